/* test-design-lhs.c - Latin hypercubes. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/design-fixture.h"

#include <math.h>
#include <string.h>

#define K 3u

static SfDesignSpec
lhs_spec (guint64 n, guint64 seed)
{
  return (SfDesignSpec){
    .kind = SF_DESIGN_LHS, .n_factors = K, .points_count = n, .seed = seed
  };
}

static void
assert_latin (const double *rows, guint n)
{
  for (guint j = 0; j < K; j++)
    g_assert_true (is_stratified (rows + j, K, n));
}

static void
test_one_point_in_every_slice (void)
{
  static const guint sizes[] = { 1, 2, 3, 7, 64, 100, 1000, 4097 };
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    SfDesignSpec spec = lhs_spec (sizes[s], s);
    guint n;
    g_autofree double *rows = make_rows (&spec, &n);
    g_assert_cmpuint (n, ==, sizes[s]);
    assert_latin (rows, n);
    for (guint i = 0; i < n * K; i++)
      g_assert_true (rows[i] > 0 && rows[i] < 1);
  }
}

/* Slices in independent random order, and points anywhere in their slices. */
static void
test_order_and_places_are_random (void)
{
  enum { N = 10, RUNS = 3000 };
  double sum_xy = 0, sum_place = 0, first = 0;
  for (guint run = 0; run < RUNS; run++) {
    SfDesignSpec spec = lhs_spec (N, run);
    guint n;
    g_autofree double *rows = make_rows (&spec, &n);
    first += rows[0] / RUNS;
    for (guint i = 0; i < N; i++) {
      double x = rows[i * K], y = rows[i * K + 1];
      sum_xy += (x - 0.5) * (y - 0.5) / (N * RUNS);
      sum_place += (x * N - floor (x * N)) / (N * RUNS);
    }
  }
  /* 5 standard errors each; rows of one hypercube are nearly independent */
  g_assert_cmpfloat (fabs (first - 0.5), <, 5 * sqrt (1.0 / 12 / RUNS));
  g_assert_cmpfloat (fabs (sum_place - 0.5), <,
                     5 * sqrt (1.0 / 12 / (N * RUNS)));
  g_assert_cmpfloat (fabs (sum_xy), <, 5.0 / 12 / sqrt ((N - 1.0) * RUNS));
}

/* Base b doubled d times: all prefixes b * 2^c are Latin hypercubes, and the
 * prefix of a longer design is the shorter design. */
static void
test_prefixes_are_latin_hypercubes (void)
{
  static const guint bases[] = { 1, 2, 5, 12, 100 };
  for (guint b = 0; b < G_N_ELEMENTS (bases); b++) {
    SfDesignSpec spec = lhs_spec (bases[b] << 6, 3 + b);
    guint n, n_shorter;
    spec.lhs_base_count = bases[b];
    g_autofree double *rows = make_rows (&spec, &n);
    for (guint size = bases[b]; size <= n; size *= 2) {
      assert_latin (rows, size);
      spec.points_count = size;
      g_autofree double *shorter = make_rows (&spec, &n_shorter);
      g_assert_cmpmem (shorter, size * K * sizeof *rows, rows,
                       size * K * sizeof *rows);
    }
  }
}

/* New points do not follow the old ones, nor each other: of a base of 1, the
 * second point is in the other half, and within it in either quarter; and the
 * third is as often above the fourth as below. */
static void
test_doubling_is_random (void)
{
  enum { RUNS = 4000 };
  guint n_equal = 0, n_above = 0, n;
  for (guint run = 0; run < RUNS; run++) {
    SfDesignSpec spec = lhs_spec (4, run);
    spec.lhs_base_count = 1;
    g_autofree double *rows = make_rows (&spec, &n);
    n_equal += ((guint)(rows[0] * 4) & 1) == ((guint)(rows[K] * 4) & 1);
    n_above += rows[2 * K] > rows[3 * K];
  }
  g_assert_cmpfloat (fabs (n_equal - RUNS / 2.0), <, 5 * sqrt (RUNS / 4.0));
  g_assert_cmpfloat (fabs (n_above - RUNS / 2.0), <, 5 * sqrt (RUNS / 4.0));
}

/* The smallest distance between two points. */
static double
smallest_distance (const double *rows, guint n)
{
  double smallest = INFINITY;
  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < a; b++) {
      double sum = 0;
      for (guint j = 0; j < K; j++) {
        double d = rows[a * K + j] - rows[b * K + j];
        sum += d * d;
      }
      smallest = MIN (smallest, sqrt (sum));
    }
  return smallest;
}

static void
test_maximin_keeps_points_apart (void)
{
  enum { N = 30, RUNS = 50 };
  double best_plain = 0;
  guint n;
  for (guint run = 0; run < RUNS; run++) {
    SfDesignSpec spec = lhs_spec (N, run);
    g_autofree double *rows = make_rows (&spec, &n);
    best_plain = MAX (best_plain, smallest_distance (rows, N));
  }
  for (guint run = 0; run < 5; run++) {
    SfDesignSpec spec = lhs_spec (N, run);
    spec.is_maximin = TRUE;
    g_autofree double *rows = make_rows (&spec, &n);
    assert_latin (rows, N);
    /* Better than the best of fifty, by far */
    g_assert_cmpfloat (smallest_distance (rows, N), >, 1.3 * best_plain);
    for (guint i = 0; i < N * K; i++) {
      double middle = rows[i] * N - 0.5;
      g_assert_cmpfloat_with_epsilon (middle, floor (middle + 0.5), 1e-12);
    }
  }
}

/* The largest smallest distance, squared and in cells, of all hypercubes of n
 * points in 2 dimensions: the first dimension in order, the second in every
 * order that begins with the `fixed` places of `order`. */
static guint
best_of_all (guint *order, guint fixed, guint n)
{
  guint best = 0, smallest = G_MAXUINT;
  for (guint a = 0; fixed == n && a < n; a++)
    for (guint b = 0; b < a; b++) {
      guint y = order[a] > order[b] ? order[a] - order[b] : order[b] - order[a];
      smallest = MIN (smallest, (a - b) * (a - b) + y * y);
    }
  if (fixed == n)
    return smallest;
  for (guint i = fixed; i < n; i++) {
    guint kept = order[i];
    order[i] = order[fixed];
    order[fixed] = kept;
    best = MAX (best, best_of_all (order, fixed + 1, n));
    order[fixed] = order[i];
    order[i] = kept;
  }
  return best;
}

static void
test_maximin_finds_the_best_of_all (void)
{
  for (guint n = 2; n <= 7; n++) {
    guint found, order[] = { 0, 1, 2, 3, 4, 5, 6 };
    double best = sqrt (best_of_all (order, 0, n)), smallest = INFINITY;
    SfDesignSpec spec = { .kind = SF_DESIGN_LHS,
                          .n_factors = 2,
                          .points_count = n,
                          .seed = 1,
                          .is_maximin = TRUE,
                          .candidates_count = 20 };
    g_autofree double *rows = make_rows (&spec, &found);
    for (guint a = 0; a < n; a++)
      for (guint b = 0; b < a; b++)
        smallest = MIN (smallest, hypot (rows[2 * a] - rows[2 * b],
                                         rows[2 * a + 1] - rows[2 * b + 1]));
    g_assert_cmpfloat_with_epsilon (smallest * n, best, 1e-12);
  }
}

static void
refuse (const SfDesignSpec *spec, int code, const char *text)
{
  g_autoptr (GError) error = NULL;
  guint64 count = 7;
  g_assert_false (sf_design_count_points (spec, &count, &error));
  g_assert_error (error, SF_DESIGN_ERROR, code);
  g_assert_nonnull (strstr (error->message, text));
  g_assert_cmpuint (count, ==, 7);
}

static void
test_nonsense_is_refused (void)
{
  SfDesignSpec spec = lhs_spec (0, 0);
  refuse (&spec, SF_DESIGN_ERROR_SPEC, "0 points");
  spec = lhs_spec (60, 0);
  spec.lhs_base_count = 20;
  refuse (&spec, SF_DESIGN_ERROR_SPEC, "60 points are not 20 doubled");
  spec.lhs_base_count = 7;
  refuse (&spec, SF_DESIGN_ERROR_SPEC, "60 points are not 7 doubled");
  spec.lhs_base_count = 30;
  spec.is_maximin = TRUE;
  refuse (&spec, SF_DESIGN_ERROR_SPEC, "cannot be extended");
  spec = lhs_spec (SF_DESIGN_MAXIMIN_POINTS_MAX + 1, 0);
  spec.is_maximin = TRUE;
  refuse (&spec, SF_DESIGN_ERROR_SPEC, "2001 points are too many");
  spec = lhs_spec (SF_DESIGN_POINTS_MAX, 0);
  refuse (&spec, SF_DESIGN_ERROR_TOO_MANY, "memory");
  spec = lhs_spec (G_MAXUINT64, 0);
  refuse (&spec, SF_DESIGN_ERROR_TOO_MANY, "18446744073709551615");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define T(path, f) g_test_add_func ("/design/lhs/" path, f)
  T ("one-point-in-every-slice", test_one_point_in_every_slice);
  T ("order-and-places-are-random", test_order_and_places_are_random);
  T ("prefixes-are-latin-hypercubes", test_prefixes_are_latin_hypercubes);
  T ("doubling-is-random", test_doubling_is_random);
  T ("maximin-keeps-points-apart", test_maximin_keeps_points_apart);
  T ("maximin-finds-the-best-of-all", test_maximin_finds_the_best_of_all);
  T ("nonsense-is-refused", test_nonsense_is_refused);
#undef T
  return g_test_run ();
}
