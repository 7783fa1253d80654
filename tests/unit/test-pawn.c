/* test-pawn.c - distances between distributions. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/pawn.h"

#include <math.h>
#include <string.h>

#include "sim/base/random.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-12)
#define N 1000
#define K 3

static const SfResample none = { 1, 0 }, some = { 1, 100 };
static const SfPawnOptions ten = { SF_PAWN_SLICES, SF_PAWN_FAILED_DROP };

/* N rows of K uniform factors. */
static void
draw (double *x)
{
  SfStream stream;
  sf_stream_init (&stream, 4, "test", 0, 0);
  for (guint i = 0; i < N * K; i++)
    x[i] = sf_stream_uniform (&stream);
}

/* Two factors matter, the second less; the third is not read. */
static void
run (double *x, double *y)
{
  draw (x);
  for (guint i = 0; i < N; i++)
    y[i] = 2 * x[i * K] + pow (x[i * K + 1], 2);
}

/* Two slices of two rows: y = 1, 2 below and 3, 4 above. Each is half a unit
 * from the distribution of all. With categories 0, 1, 1, 1 the slices are
 * { 1 } and { 2, 3, 4 }: 3/4 and 1/4. */
static void
test_distances_by_hand (void)
{
  const double x[] = { 0.4, 1, 0.1, 0, 0.9, 1, 0.6, 1 };
  const double y[] = { 2, 1, 4, 3 };
  const SfColumn columns[] = { SF_COLUMN_REAL, SF_COLUMN_CATEGORY };
  SfSample sample = { 4, 2, x, columns };
  SfPawnOptions two = { 2, SF_PAWN_FAILED_DROP };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &two, &none);
  NEAR (p->factors[0].distance[SF_PAWN_MEDIAN].value, 0.5);
  NEAR (p->factors[0].distance[SF_PAWN_MAX].value, 0.5);
  NEAR (p->factors[1].distance[SF_PAWN_MEDIAN].value, 0.5);
  NEAR (p->factors[1].distance[SF_PAWN_MEAN].value, 0.5);
  NEAR (p->factors[1].distance[SF_PAWN_MAX].value, 0.75);
  g_assert_true (isnan (p->factors[0].distance[SF_PAWN_MAX].low));
  g_assert_true (isnan (p->factors[0].dummy[SF_PAWN_MAX].value));
}

/* Equal outcomes are one step of the distribution function: 1, 2, 2 and 2, 2,
 * 3 have 1/3 and 0 up to 1, 1 and 2/3 up to 2; all have 1/6 and 5/6. */
static void
test_ties_are_one_step (void)
{
  const double x[] = { 1, 2, 3, 4, 5, 6 };
  const double y[] = { 1, 2, 2, 2, 2, 3 };
  SfSample sample = { 6, 1, x, NULL };
  SfPawnOptions two = { 2, SF_PAWN_FAILED_DROP };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &two, &none);
  NEAR (p->factors[0].distance[SF_PAWN_MAX].value, 1 / 6.0);
}

/* Equal reals share a slice, whatever the outcomes: { 1, 2, 3 } and { 4 }. */
static void
test_equal_values_share_a_slice (void)
{
  const double x[] = { 0, 0, 0, 1 };
  const double y[] = { 1, 2, 3, 4 };
  SfSample sample = { 4, 1, x, NULL };
  SfPawnOptions two = { 2, SF_PAWN_FAILED_DROP };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &two, &none);
  g_assert_cmpuint (p->factors[0].n_slices, ==, 2);
  NEAR (p->factors[0].distance[SF_PAWN_MAX].value, 0.75);
}

static void
test_columns_are_cut_by_kind (void)
{
  double x[N * K], y[N];
  const SfColumn columns[]
      = { SF_COLUMN_REAL, SF_COLUMN_INTEGER, SF_COLUMN_CATEGORY };
  SfSample sample = { N, K, x, columns };
  run (x, y);
  for (guint i = 0; i < N; i++) {
    x[i * K + 1] = i % 7;
    x[i * K + 2] = 10.0 * (i % 13);
  }
  g_autoptr (SfPawn) few = sf_pawn_new (&sample, y, &ten, &none);
  g_assert_cmpuint (few->factors[0].n_slices, ==, 10);
  g_assert_cmpuint (few->factors[1].n_slices, ==, 7);
  g_assert_cmpuint (few->factors[2].n_slices, ==, 13);
  for (guint i = 0; i < N; i++)
    x[i * K + 1] = i % 20;
  g_autoptr (SfPawn) many = sf_pawn_new (&sample, y, &ten, &none);
  g_assert_cmpuint (many->factors[1].n_slices, ==, 10);
}

static void
test_an_unread_factor_is_like_its_dummies (void)
{
  double x[N * K], y[N];
  run (x, y);
  SfSample sample = { N, K, x, NULL };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &ten, &some);
  for (guint s = 0; s < SF_PAWN_N; s++) {
    const SfPawnFactor *f = p->factors;
    g_assert_cmpfloat (f[0].distance[s].low, >, f[1].distance[s].high);
    g_assert_cmpfloat (f[1].distance[s].low, >, f[1].dummy[s].high);
    g_assert_cmpfloat (f[2].distance[s].value, <, f[2].dummy[s].high);
    g_assert_cmpfloat (f[2].distance[s].value, >, f[2].dummy[s].low);
    g_assert_cmpfloat (f[0].distance[s].low, <, f[0].distance[s].value);
  }
}

static void
assert_same (const SfPawnFactor *a, const SfPawnFactor *b)
{
  g_assert_cmpmem (a, K * sizeof *a, b, K * sizeof *b);
}

static void
test_only_the_order_of_outcomes_counts (void)
{
  double x[N * K], y[N];
  run (x, y);
  SfSample sample = { N, K, x, NULL };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &ten, &some);
  for (guint i = 0; i < N; i++)
    y[i] = exp (3 * y[i]) - 100;
  g_autoptr (SfPawn) q = sf_pawn_new (&sample, y, &ten, &some);
  assert_same (p->factors, q->factors);
}

/* "Did not happen" is beyond every number: as good as a large one. */
static void
test_never_is_the_largest (void)
{
  double x[N * K], y[N];
  run (x, y);
  SfSample sample = { N, K, x, NULL };
  for (guint i = 0; i < N; i++)
    y[i] = fmin (y[i], 2);
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &ten, &some);
  guint n_never = 0;
  for (guint i = 0; i < N; i++)
    if (y[i] == 2) {
      y[i] = INFINITY;
      n_never++;
    }
  g_autoptr (SfPawn) q = sf_pawn_new (&sample, y, &ten, &some);
  assert_same (p->factors, q->factors);
  g_assert_cmpuint (q->n_never, ==, n_never);
  g_assert_cmpuint (q->n_failed, ==, 0);
  g_assert_cmpuint (q->n_used, ==, N);
  g_assert_null (q->failures);
}

/* Runs fail where the third factor is high, which moves no outcome. */
static void
fail_some (const double *x, double *y)
{
  for (guint i = 0; i < N; i++)
    if (x[i * K + 2] > 0.93)
      y[i] = NAN;
}

static void
test_what_drives_failures_is_found (void)
{
  double x[N * K], y[N];
  run (x, y);
  fail_some (x, y);
  SfSample sample = { N, K, x, NULL };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &ten, &some);
  g_assert_nonnull (p->failures);
  const SfPawnFactor *f = p->failures;
  g_assert_cmpfloat (f[2].distance[SF_PAWN_MAX].low, >,
                     2 * f[2].dummy[SF_PAWN_MAX].high);
  for (guint c = 0; c < 2; c++)
    g_assert_cmpfloat (f[c].distance[SF_PAWN_MAX].value, <=,
                       f[c].dummy[SF_PAWN_MAX].high);
  g_assert_cmpuint (p->n_used + p->n_failed, ==, N);
}

/* Dropped, failures are as if never run; last, they are an outcome of their
 * own behind +INFINITY, and the factor that drives them matters. */
static void
test_failed_runs_are_dropped_or_last (void)
{
  double x[N * K], y[N], kept_x[N * K], kept_y[N];
  run (x, y);
  fail_some (x, y);
  guint n = 0;
  for (guint i = 0; i < N; i++)
    if (!isnan (y[i])) {
      memcpy (kept_x + K * n, x + K * i, K * sizeof *x);
      kept_y[n++] = y[i];
    }
  SfSample sample = { N, K, x, NULL }, without = { n, K, kept_x, NULL };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &ten, &some);
  g_autoptr (SfPawn) q = sf_pawn_new (&without, kept_y, &ten, &some);
  assert_same (p->factors, q->factors);
  const SfPawnOptions last = { SF_PAWN_SLICES, SF_PAWN_FAILED_LAST };
  g_autoptr (SfPawn) r = sf_pawn_new (&sample, y, &last, &some);
  g_assert_cmpuint (r->n_used, ==, N);
  g_assert_cmpuint (r->n_failed, ==, N - n);
  const SfPawnFactor *f = &r->factors[2];
  g_assert_cmpfloat (f->distance[SF_PAWN_MAX].low, >,
                     f->dummy[SF_PAWN_MAX].high);
  /* The same order in finite numbers. */
  y[0] = INFINITY;
  for (guint i = 0; i < N; i++)
    kept_y[i] = isnan (y[i]) ? 1e300 : fmin (y[i], 1e299);
  g_autoptr (SfPawn) s = sf_pawn_new (&sample, y, &last, &some);
  g_autoptr (SfPawn) t = sf_pawn_new (&sample, kept_y, &last, &some);
  assert_same (s->factors, t->factors);
}

static void
test_without_runs_nothing_is_defined (void)
{
  const double x[] = { 0.1, 0.2 }, y[] = { NAN, NAN };
  SfSample sample = { 2, 1, x, NULL };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, y, &ten, &some);
  g_assert_cmpuint (p->n_used, ==, 0);
  g_assert_cmpuint (p->n_failed, ==, 2);
  g_assert_true (isnan (p->factors[0].distance[SF_PAWN_MEDIAN].value));
  g_assert_true (isnan (p->factors[0].dummy[SF_PAWN_MEDIAN].high));
  g_assert_null (p->failures);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pawn/distances-by-hand", test_distances_by_hand);
  g_test_add_func ("/pawn/ties-are-one-step", test_ties_are_one_step);
  g_test_add_func ("/pawn/equal-values-share-a-slice",
                   test_equal_values_share_a_slice);
  g_test_add_func ("/pawn/columns-are-cut-by-kind",
                   test_columns_are_cut_by_kind);
  g_test_add_func ("/pawn/an-unread-factor-is-like-its-dummies",
                   test_an_unread_factor_is_like_its_dummies);
  g_test_add_func ("/pawn/only-the-order-of-outcomes-counts",
                   test_only_the_order_of_outcomes_counts);
  g_test_add_func ("/pawn/never-is-the-largest", test_never_is_the_largest);
  g_test_add_func ("/pawn/what-drives-failures-is-found",
                   test_what_drives_failures_is_found);
  g_test_add_func ("/pawn/failed-runs-are-dropped-or-last",
                   test_failed_runs_are_dropped_or_last);
  g_test_add_func ("/pawn/without-runs-nothing-is-defined",
                   test_without_runs_nothing_is_defined);
  return g_test_run ();
}
