/* test-design-sensitivity.c - Morris trajectories and Saltelli's rows. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/design/sobol.h"
#include "tests/unit/design-fixture.h"

#include <math.h>
#include <string.h>

#define K 6u

/* Factors 0 and 4 move as one, 1, 2 and 5 too, and 3 alone. */
static const guint groups[K] = { 0, 1, 1, 2, 0, 1 };

static guint
group_of (const SfDesignSpec *spec, guint factor)
{
  return spec->groups ? spec->groups[factor] : factor;
}

/* The one group whose factors, all of them and no others, differ between two
 * rows. */
static guint
changed_group (const SfDesignSpec *spec, const double *a, const double *b)
{
  guint group = G_MAXUINT;
  for (guint j = 0; j < K; j++)
    if (a[j] != b[j]) {
      g_assert_true (group == G_MAXUINT || group == group_of (spec, j));
      group = group_of (spec, j);
    }
  g_assert_cmpuint (group, !=, G_MAXUINT);
  for (guint j = 0; j < K; j++)
    g_assert_true ((a[j] != b[j]) == (group_of (spec, j) == group));
  return group;
}

static SfDesignSpec
morris_spec (guint r, guint p, const guint *of_groups)
{
  return (SfDesignSpec){ .kind = SF_DESIGN_MORRIS,
                         .n_factors = K,
                         .seed = 11,
                         .trajectories_count = r,
                         .grid_levels_count = p,
                         .groups = of_groups };
}

/* Every row is on the grid, every group moves exactly once in a trajectory, and
 * always by p / (2 (p - 1)). */
static void
check_trajectories (const SfDesignSpec *spec, guint p)
{
  guint n, n_groups = spec->groups ? 3 : K;
  double delta = p / (2 * (p - 1.0));
  g_autofree double *rows = make_rows (spec, &n);
  g_assert_cmpuint (n, ==, spec->trajectories_count * (n_groups + 1));
  for (guint i = 0; i < n * K; i++) {
    double level = rows[i] * (p - 1);
    g_assert_true (rows[i] >= 0 && rows[i] <= 1);
    g_assert_cmpfloat_with_epsilon (level, round (level), 1e-12);
  }
  for (guint t = 0; t < spec->trajectories_count; t++) {
    guint seen = 0;
    for (guint r = 1; r <= n_groups; r++) {
      const double *row = rows + (t * (n_groups + 1) + r) * K;
      guint group = changed_group (spec, row - K, row);
      g_assert_cmpuint (seen >> group & 1, ==, 0);
      seen |= 1u << group;
      for (guint j = 0; j < K; j++)
        if (group_of (spec, j) == group)
          g_assert_cmpfloat_with_epsilon (fabs (row[j] - (row - K)[j]), delta,
                                          1e-12);
    }
    g_assert_cmpuint (seen, ==, (1u << n_groups) - 1);
  }
}

static void
test_every_group_moves_once (void)
{
  static const guint levels[] = { 2, 4, 6, 10 };
  for (guint l = 0; l < G_N_ELEMENTS (levels); l++)
    for (guint g = 0; g < 2; g++) {
      SfDesignSpec spec = morris_spec (50, levels[l], g ? groups : NULL);
      check_trajectories (&spec, levels[l]);
      spec.candidates_count = 80;
      check_trajectories (&spec, levels[l]);
    }
  SfDesignSpec spec = morris_spec (5, 0, NULL);
  check_trajectories (&spec, 4);
}

/* All levels are used alike, both ways are, and every factor has every turn: a
 * known fault of another program is a grid of 6 of which only 4 are met. */
static void
test_trajectories_are_random (void)
{
  enum { R = 3000, P = 6 };
  SfDesignSpec spec = morris_spec (R, P, NULL);
  guint n, up = 0, levels[P] = { 0 }, turns[K] = { 0 };
  g_autofree double *rows = make_rows (&spec, &n);
  for (guint t = 0; t < R; t++) {
    const double *row = rows + (gsize)t * (K + 1) * K;
    levels[(guint)(row[2] * (P - 1) + 0.5)]++;
    up += row[K * K + 2] > row[2];
    for (guint r = 1; r <= K; r++)
      if (row[r * K + 2] != row[(r - 1) * K + 2])
        turns[r - 1]++;
  }
  g_assert_cmpfloat (fabs (up - R / 2.0), <, 5 * sqrt (R / 4.0));
  for (guint l = 0; l < P; l++) {
    g_assert_cmpfloat (fabs (levels[l] - R / 6.0), <, 5 * sqrt (R * 5 / 36.0));
    g_assert_cmpfloat (fabs (turns[l] - R / 6.0), <, 5 * sqrt (R * 5 / 36.0));
  }
}

/* Sum of squared distances between trajectories, each the sum over all pairs of
 * their rows (Campolongo 2007, formula 10). */
static double
measure_spread (const double *rows, const guint *chosen, guint r)
{
  double sum = 0;
  for (guint t = 0; t < r; t++)
    for (guint o = 0; o < t; o++) {
      double d = 0;
      for (guint a = 0; a <= K; a++)
        for (guint b = 0; b <= K; b++) {
          double squares = 0;
          for (guint j = 0; j < K; j++) {
            double x = rows[(chosen[t] * (K + 1) + a) * K + j]
                       - rows[(chosen[o] * (K + 1) + b) * K + j];
            squares += x * x;
          }
          d += sqrt (squares);
        }
      sum += d * d;
    }
  return sum;
}

/* The best spread of 3 of 12 trajectories, few enough to try all, and the mean. */
static double
best_spread (const double *rows, double *mean)
{
  double best = 0, sum = 0;
  for (guint a = 0; a < 12; a++)
    for (guint b = 0; b < a; b++)
      for (guint c = 0; c < b; c++) {
        double spread = measure_spread (rows, (guint[]){ a, b, c }, 3);
        best = MAX (best, spread);
        sum += spread;
      }
  *mean = sum / 220;
  return best;
}

/* What is chosen cannot be bettered by one exchange: mostly the best of all,
 * and never far from it. */
static void
test_candidates_are_chosen_for_spread (void)
{
  static const guint all[] = { 0, 1, 2 };
  guint n, n_best = 0;
  for (guint seed = 0; seed < 20; seed++) {
    double mean;
    SfDesignSpec spec = morris_spec (12, 4, NULL);
    spec.seed = seed;
    g_autofree double *rows = make_rows (&spec, &n);
    double best = best_spread (rows, &mean);
    spec.trajectories_count = 3;
    spec.candidates_count = 12;
    g_autofree double *chosen = make_rows (&spec, &n);
    double spread = measure_spread (chosen, all, 3);
    g_assert_cmpuint (n, ==, 3 * (K + 1));
    g_assert_cmpfloat (spread, <, best * (1 + 1e-9));
    g_assert_cmpfloat (spread, >, mean + 0.8 * (best - mean));
    n_best += spread > best * (1 - 1e-9);
  }
  g_test_message ("%u", n_best);
  g_assert_cmpuint (n_best, >=, 16);
}

/* All candidates chosen are all trajectories, in some order. */
static void
test_all_candidates_may_be_taken (void)
{
  SfDesignSpec spec = morris_spec (7, 4, NULL);
  guint n;
  double sums[2] = { 0, 0 };
  for (guint c = 0; c < 2; c++) {
    spec.candidates_count = c ? 7 : 0;
    g_autofree double *rows = make_rows (&spec, &n);
    for (guint i = 0; i < n * K; i++)
      sums[c] += rows[i] * (i % K + 1);
  }
  g_assert_cmpfloat_with_epsilon (sums[0], sums[1], 1e-9);
}

/* Rows 1 to g differ from the first in one group each, in order. */
static void
test_radial_rows_are_spokes (void)
{
  for (guint g = 0; g < 2; g++) {
    guint n, n_groups = g ? 3 : K;
    SfDesignSpec spec = morris_spec (256, 0, g ? groups : NULL);
    spec.is_radial = TRUE;
    g_autofree double *rows = make_rows (&spec, &n);
    g_assert_cmpuint (n, ==, 256 * (n_groups + 1));
    for (guint i = 0; i < n * K; i++)
      g_assert_true (rows[i] > 0 && rows[i] < 1);
    for (guint t = 0; t < 256; t++) {
      const double *first = rows + t * (n_groups + 1) * K;
      for (guint r = 1; r <= n_groups; r++)
        g_assert_cmpuint (changed_group (&spec, first, first + r * K), ==,
                          r - 1);
    }
    /* Where they begin, and where they go, is a net in each factor. */
    for (guint j = 0; j < K; j++) {
      guint spoke = group_of (&spec, j) + 1;
      g_assert_true (is_stratified (rows + j, (n_groups + 1) * K, 256));
      g_assert_true (
          is_stratified (rows + spoke * K + j, (n_groups + 1) * K, 256));
    }
  }
}

/* ---- Saltelli ------------------------------------------------------------ */

static SfDesignSpec
saltelli_spec (guint64 n, const guint *of_groups, gboolean has_second_order)
{
  return (SfDesignSpec){ .kind = SF_DESIGN_SALTELLI,
                         .n_factors = K,
                         .seed = 4,
                         .points_count = n,
                         .is_scrambled = TRUE,
                         .groups = of_groups,
                         .has_second_order = has_second_order };
}

static void
check_blocks (const SfDesignSpec *spec)
{
  guint n, g = spec->groups ? 3 : K;
  guint size = (spec->has_second_order ? 2 : 1) * g + 2;
  g_autofree double *rows = make_rows (spec, &n);
  g_autoptr (SfDesign) design = make (spec);
  g_autoptr (SfSobolSequence) sobol
      = sf_sobol_sequence_new (2 * K, spec->is_scrambled, spec->seed);
  g_assert_cmpuint (sf_design_rows_per_block (design), ==, size);
  g_assert_cmpuint (n, ==, spec->points_count * size);
  for (guint b = 0; b < spec->points_count; b++)
    for (guint position = 0; position < size; position++)
      for (guint j = 0; j < K; j++) {
        guint point = spec->is_scrambled ? b : b + 1;
        gboolean is_b
            = position == 1 || position == 2 + group_of (spec, j)
              || (position >= 2 + g && position != 2 + g + group_of (spec, j));
        g_assert_cmpfloat (
            rows[(b * size + position) * K + j], ==,
            sf_sobol_sequence_value (sobol, point, is_b ? K + j : j));
      }
}

static void
test_blocks_are_a_b_and_their_mixtures (void)
{
  for (guint way = 0; way < 8; way++) {
    SfDesignSpec spec
        = saltelli_spec (16, way & 1 ? groups : NULL, way >> 1 & 1);
    spec.is_scrambled = way >> 2;
    check_blocks (&spec);
  }
}

/* A longer design begins with the shorter one: base rows can be added. */
static void
test_base_rows_can_be_added (void)
{
  SfDesignSpec spec = saltelli_spec (32, NULL, FALSE);
  guint n, n_longer;
  g_autofree double *rows = make_rows (&spec, &n);
  spec.points_count = 64;
  g_autofree double *longer = make_rows (&spec, &n_longer);
  g_assert_cmpuint (n_longer, ==, 2 * n);
  g_assert_cmpmem (longer, n * K * sizeof *rows, rows, n * K * sizeof *rows);
}

/* Ishigami's function with a = 7, b = 0.1: first-order 0.3139, 0.4424, 0 and
 * total 0.5576, 0.4424, 0.2437. Estimators of Saltelli (2010) and Jansen. */
static double
ishigami (const double *u)
{
  double x = (2 * u[0] - 1) * G_PI, y = (2 * u[1] - 1) * G_PI;
  double z = (2 * u[2] - 1) * G_PI;
  return sin (x) + 7 * sin (y) * sin (y) + 0.1 * z * z * z * z * sin (x);
}

static void
test_rows_give_the_indices_of_ishigami (void)
{
  enum { N = 4096 };
  static const double first[3] = { 0.3139051911, 0.4424111448, 0 };
  static const double total[3] = { 0.5575888552, 0.4424111448, 0.2436836641 };
  const double mean = 3.5; /* a / 2 */
  SfDesignSpec spec = saltelli_spec (N, NULL, FALSE);
  g_autoptr (SfDesign) design = make (&spec);
  double variance = 0, s[3] = { 0 }, t[3] = { 0 };
  for (guint b = 0; b < N; b++) {
    double y[K + 2], u[K];
    for (guint r = 0; r < K + 2; r++) {
      sf_design_row (design, b * (K + 2) + r, u);
      y[r] = ishigami (u) - mean;
    }
    variance += (y[0] * y[0] + y[1] * y[1]) / (2 * N);
    for (guint j = 0; j < 3; j++) {
      s[j] += y[1] * (y[2 + j] - y[0]) / N;
      t[j] += (y[0] - y[2 + j]) * (y[0] - y[2 + j]) / (2 * N);
    }
  }
  for (guint j = 0; j < 3; j++) {
    g_assert_cmpfloat_with_epsilon (s[j] / variance, first[j], 0.01);
    g_assert_cmpfloat_with_epsilon (t[j] / variance, total[j], 0.01);
  }
}

static void
refuse (const SfDesignSpec *spec, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (sf_design_new (spec, &error));
  g_assert_error (error, SF_DESIGN_ERROR, SF_DESIGN_ERROR_SPEC);
  if (!strstr (error->message, text))
    g_error ("\"%s\" does not say \"%s\"", error->message, text);
}

static void
test_nonsense_is_refused (void)
{
  static const guint gap[K] = { 0, 1, 1, 3, 0, 1 };
  static const guint beyond[K] = { 0, 1, 1, G_MAXUINT, 0, 1 };
  SfDesignSpec spec = saltelli_spec (12, NULL, FALSE);
  refuse (&spec, "12 base rows are no power of two");
  spec.points_count = 0;
  refuse (&spec, "0 base rows");
  spec = saltelli_spec (16, gap, FALSE);
  refuse (&spec, "no factor is in group 2 of 0 to 3");
  spec = saltelli_spec (16, beyond, FALSE);
  refuse (&spec, "factor 4 is in group 4294967295");
  spec = saltelli_spec (16, NULL, FALSE);
  spec.n_factors = 556;
  refuse (&spec, "at most 555");
  spec = morris_spec (0, 4, NULL);
  refuse (&spec, "0 trajectories");
  spec = morris_spec (10, 5, NULL);
  refuse (&spec, "5 grid levels");
  spec = morris_spec (10, 4, NULL);
  spec.candidates_count = 9;
  refuse (&spec, "9 candidates are fewer than 10");
  spec.candidates_count = SF_DESIGN_CANDIDATES_MAX + 1;
  refuse (&spec, "too many to compare");
  spec.candidates_count = 1000;
  spec.n_factors = 300;
  refuse (&spec, "too many to compare");
  spec = morris_spec (10, 4, NULL);
  spec.is_radial = TRUE;
  spec.candidates_count = 20;
  refuse (&spec, "radial");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define T(path, f) g_test_add_func ("/design/" path, f)
  T ("morris/every-group-moves-once", test_every_group_moves_once);
  T ("morris/trajectories-are-random", test_trajectories_are_random);
  T ("morris/candidates-are-chosen-for-spread",
     test_candidates_are_chosen_for_spread);
  T ("morris/all-candidates-may-be-taken", test_all_candidates_may_be_taken);
  T ("morris/radial-rows-are-spokes", test_radial_rows_are_spokes);
  T ("saltelli/blocks-are-a-b-and-their-mixtures",
     test_blocks_are_a_b_and_their_mixtures);
  T ("saltelli/base-rows-can-be-added", test_base_rows_can_be_added);
  T ("saltelli/rows-give-the-indices-of-ishigami",
     test_rows_give_the_indices_of_ishigami);
  T ("sensitivity/nonsense-is-refused", test_nonsense_is_refused);
#undef T
  return g_test_run ();
}
