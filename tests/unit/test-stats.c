/* test-stats.c - statistics against known answers and plain sorting. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-12)

/* R 4: x <- c (2, 4, 4, 4, 5, 5, 7, 9); mean, sd, quantile, t.test. */
static void
test_known_answers (void)
{
  const double x[] = { 9, 4, 5, 2, 4, 7, 5, 4 };
  double scratch[8];
  SfSummary s;
  sf_summary (x, 8, scratch, &s);
  NEAR (s.mean, 5);
  NEAR (s.sd, sqrt (32.0 / 7));
  NEAR (s.se, sqrt (32.0 / 7 / 8));
  /* qt (0.975, 7) = 2.3646242515927849 */
  NEAR (s.ci95, 2.3646242515927849 * sqrt (4.0 / 7));
  NEAR (s.p05, 2.7);
  NEAR (s.p25, 4);
  NEAR (s.p50, 4.5);
  NEAR (s.p75, 5.5);
  NEAR (s.p95, 8.3);
  g_assert_cmpuint (s.n, ==, 8);
  g_assert_cmpuint (s.n_missing, ==, 0);
}

static void
test_what_did_not_happen_is_left_out (void)
{
  const double x[] = { NAN, 1, NAN, 3, NAN };
  double scratch[5];
  SfSummary s;
  sf_summary (x, 5, scratch, &s);
  NEAR (s.mean, 2);
  NEAR (s.sd, sqrt (2));
  NEAR (s.p50, 2);
  NEAR (s.p05, 1.1);
  g_assert_cmpuint (s.n, ==, 2);
  g_assert_cmpuint (s.n_missing, ==, 3);
}

static void
test_too_few_values_give_no_statistic (void)
{
  const double x[] = { 7, NAN };
  double scratch[2];
  SfSummary s;
  sf_summary (x, 1, scratch, &s);
  g_assert_cmpfloat (s.mean, ==, 7);
  g_assert_cmpfloat (s.p05, ==, 7);
  g_assert_cmpfloat (s.p95, ==, 7);
  g_assert_true (isnan (s.sd) && isnan (s.se) && isnan (s.ci95));
  sf_summary (x + 1, 1, scratch, &s);
  g_assert_true (isnan (s.mean) && isnan (s.p50));
  g_assert_cmpuint (s.n, ==, 0);
  g_assert_cmpuint (s.n_missing, ==, 1);
  sf_summary (NULL, 0, scratch, &s);
  g_assert_true (isnan (s.mean));
  g_assert_cmpuint (s.n_missing, ==, 0);
}

static void
test_brief_is_the_same_without_intervals (void)
{
  const double x[] = { 3, 1, 2 };
  double scratch[3];
  SfSummary s;
  sf_summary_brief (x, 3, scratch, &s);
  NEAR (s.mean, 2);
  NEAR (s.sd, 1);
  g_assert_true (isnan (s.se) && isnan (s.ci95));
}

/* The naive sum of squares loses all digits here. */
static void
test_spread_on_a_high_level_is_kept (void)
{
  double x[1000], scratch[1000];
  SfSummary s;
  for (int i = 0; i < 1000; i++)
    x[i] = 1e9 + (i % 2 ? 0.25 : -0.25);
  sf_summary (x, 1000, scratch, &s);
  g_assert_cmpfloat_with_epsilon (s.sd, 0.25 * sqrt (1000.0 / 999), 1e-6);
}

static void
test_equal_values_have_no_spread (void)
{
  double x[100], scratch[100];
  SfSummary s;
  for (int i = 0; i < 100; i++)
    x[i] = 0.1;
  sf_summary (x, 100, scratch, &s);
  g_assert_cmpfloat (s.mean, ==, 0.1);
  g_assert_cmpfloat (s.p05, ==, 0.1);
  g_assert_cmpfloat (s.p95, ==, 0.1);
  g_assert_cmpfloat (s.sd, <, 1e-15);
}

static void
test_values_are_not_touched (void)
{
  double x[50], copy[50], scratch[50];
  SfSummary s;
  for (int i = 0; i < 50; i++)
    x[i] = copy[i] = (i * 37) % 50;
  sf_summary (x, 50, scratch, &s);
  g_assert_cmpmem (x, sizeof x, copy, sizeof copy);
}

static int
ascending (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Kinds of data that have broken quicksorts: random, few different values,
 * sorted, reversed, organ pipe, all equal but one. */
static double
made_value (int kind, guint i, guint n, GRand *chance)
{
  switch (kind) {
  case 0:
    return g_rand_double (chance);
  case 1:
    return g_rand_int_range (chance, 0, 3);
  case 2:
    return i;
  case 3:
    return n - i;
  case 4:
    return MIN (i, n - i);
  default:
    return i == n / 3;
  }
}

static void
check_quantiles (const double *x, guint n)
{
  g_autofree double *sorted = g_memdup2 (x, n * sizeof *x);
  g_autofree double *scratch = g_new (double, n);
  SfSummary s;
  qsort (sorted, n, sizeof *sorted, ascending);
  sf_summary_brief (x, n, scratch, &s);
  g_assert_cmpfloat (s.p05, ==, sf_quantile_sorted (sorted, n, 0.05));
  g_assert_cmpfloat (s.p25, ==, sf_quantile_sorted (sorted, n, 0.25));
  g_assert_cmpfloat (s.p50, ==, sf_quantile_sorted (sorted, n, 0.5));
  g_assert_cmpfloat (s.p75, ==, sf_quantile_sorted (sorted, n, 0.75));
  g_assert_cmpfloat (s.p95, ==, sf_quantile_sorted (sorted, n, 0.95));
}

static void
test_selection_agrees_with_sorting (void)
{
  static const guint sizes[] = { 1, 2, 3, 24, 25, 26, 50, 99, 200, 1000, 4097 };
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);
  for (int kind = 0; kind < 6; kind++)
    for (gsize k = 0; k < G_N_ELEMENTS (sizes); k++) {
      guint n = sizes[k];
      g_autofree double *x = g_new (double, n);
      for (guint i = 0; i < n; i++)
        x[i] = made_value (kind, i, n, chance);
      check_quantiles (x, n);
    }
}

static void
test_selection_of_any_ranks (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (2);
  for (int round = 0; round < 200; round++) {
    double x[300], sorted[300];
    guint ranks[3] = { (guint)g_rand_int_range (chance, 0, 100),
                       (guint)g_rand_int_range (chance, 100, 200),
                       (guint)g_rand_int_range (chance, 200, 300) };
    for (int i = 0; i < 300; i++)
      x[i] = g_rand_int_range (chance, 0, 100 + round);
    memcpy (sorted, x, sizeof x);
    qsort (sorted, 300, sizeof *sorted, ascending);
    sf_select (x, 300, ranks, 3);
    for (int r = 0; r < 3; r++) {
      g_assert_cmpfloat (x[ranks[r]], ==, sorted[ranks[r]]);
      for (guint i = 0; i < 300; i++)
        g_assert_true (i < ranks[r] ? x[i] <= x[ranks[r]]
                                    : x[i] >= x[ranks[r]]);
    }
  }
}

static void
test_quantile_ends (void)
{
  const double x[] = { 1, 2, 4 };
  NEAR (sf_quantile_sorted (x, 3, 0), 1);
  NEAR (sf_quantile_sorted (x, 3, 1), 4);
  NEAR (sf_quantile_sorted (x, 3, 0.75), 3);
}

/* qt (0.975, 199) of R. */
static void
test_half_width_follows_student (void)
{
  NEAR (sf_ci95_half_width (1, 2), 12.706204736174698);
  g_assert_cmpfloat_with_epsilon (sf_ci95_half_width (2, 200),
                                  2 * 1.9719565442493954, 1e-9);
  g_assert_true (isnan (sf_ci95_half_width (1, 1)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/known-answers", test_known_answers);
  g_test_add_func ("/stats/what-did-not-happen-is-left-out",
                   test_what_did_not_happen_is_left_out);
  g_test_add_func ("/stats/too-few-values-give-no-statistic",
                   test_too_few_values_give_no_statistic);
  g_test_add_func ("/stats/brief-is-the-same-without-intervals",
                   test_brief_is_the_same_without_intervals);
  g_test_add_func ("/stats/spread-on-a-high-level-is-kept",
                   test_spread_on_a_high_level_is_kept);
  g_test_add_func ("/stats/equal-values-have-no-spread",
                   test_equal_values_have_no_spread);
  g_test_add_func ("/stats/values-are-not-touched",
                   test_values_are_not_touched);
  g_test_add_func ("/stats/selection-agrees-with-sorting",
                   test_selection_agrees_with_sorting);
  g_test_add_func ("/stats/selection-of-any-ranks",
                   test_selection_of_any_ranks);
  g_test_add_func ("/stats/quantile-ends", test_quantile_ends);
  g_test_add_func ("/stats/half-width-follows-student",
                   test_half_width_follows_student);
  return g_test_run ();
}
