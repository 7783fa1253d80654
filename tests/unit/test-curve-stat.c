/* test-curve-stat.c - numbers out of curves drawn by hand. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/curve-stat.h"

#include <math.h>

#include "sim/base/param.h"

/*                            0  1  2  3    4  5  6  7    8    9 */
static const double curve[] = { 9, 8, 7, 2.5, 1, 0, 4, 5.5, 6, 3 };

#define LAST (G_N_ELEMENTS (curve) - 1)

static double
stat (SfCurveStat which, double limit, guint window_days)
{
  return sf_curve_stat (which, curve, 0, LAST, limit, window_days);
}

static void
test_of_all (void)
{
  g_assert_cmpfloat (stat (SF_STAT_MEAN, 0, 0), ==, 4.6);
  g_assert_cmpfloat (stat (SF_STAT_SUM, 0, 0), ==, 46);
  g_assert_cmpfloat (stat (SF_STAT_MIN, 0, 0), ==, 0);
  g_assert_cmpfloat (stat (SF_STAT_MAX, 0, 0), ==, 9);
}

static void
test_both_ends_of_a_window_count (void)
{
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_SUM, curve, 3, 5, 0, 0), ==, 3.5);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_MAX, curve, 4, 4, 0, 0), ==, 1);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_COUNT_BELOW, curve, 3, 5, 3, 0), ==,
                     3);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_FIRST_ABOVE, curve, 3, 7, 5.5, 0),
                     ==, 7);
  g_assert_true (
      isnan (sf_curve_stat (SF_STAT_FIRST_ABOVE, curve, 3, 6, 5.5, 0)));
}

static void
test_days_below_and_above (void)
{
  g_assert_cmpfloat (stat (SF_STAT_FIRST_BELOW, 7, 0), ==, 3); /* 7 is not */
  g_assert_cmpfloat (stat (SF_STAT_FIRST_ABOVE, 9, 0), ==, 0); /* 9 is */
  g_assert_cmpfloat (stat (SF_STAT_LAST_ABOVE, 6, 0), ==, 8);
  g_assert_cmpfloat (stat (SF_STAT_COUNT_BELOW, 3, 0), ==, 3);
  g_assert_cmpfloat (stat (SF_STAT_COUNT_ABOVE, 3, 0), ==, 7);
  g_assert_cmpfloat (stat (SF_STAT_COUNT_ABOVE, 10, 0), ==, 0);
  g_assert_true (isnan (stat (SF_STAT_FIRST_BELOW, 0, 0)));
  g_assert_true (isnan (stat (SF_STAT_LAST_ABOVE, 10, 0)));
}

static void
test_a_share_kept_as_float_reaches_its_limit (void)
{
  double share[] = { (double)0.9f, 0.8999 };
  g_assert_cmpfloat (share[0], <, 0.9);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_COUNT_ABOVE, share, 0, 1, 0.9, 0),
                     ==, 1);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_FIRST_BELOW, share, 0, 1, 0.9, 0),
                     ==, 1);
}

static void
test_windows (void)
{
  g_assert_cmpfloat (stat (SF_STAT_MAX_MEAN, 0, 3), ==, 8);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_MAX_MEAN, curve, 3, LAST, 0, 2), ==,
                     5.75);
  g_assert_cmpfloat (stat (SF_STAT_WORST_MEAN, 0, 2), ==, 0.5);
  g_assert_cmpfloat (stat (SF_STAT_WORST_CENTRE, 0, 2), ==, 4.5);
  g_assert_cmpfloat_with_epsilon (stat (SF_STAT_WORST_MEAN, 0, 3), 3.5 / 3,
                                  1e-15);
  g_assert_cmpfloat (stat (SF_STAT_WORST_CENTRE, 0, 3), ==, 4);
  g_assert_cmpfloat (
      sf_curve_stat (SF_STAT_FIRST_MEAN_ABOVE, curve, 3, LAST, 4.75, 2), ==, 6);
  g_assert_cmpfloat (stat (SF_STAT_FIRST_MEAN_ABOVE, 8, 3), ==, 0);
  g_assert_true (isnan (stat (SF_STAT_FIRST_MEAN_ABOVE, 8.1, 3)));
  g_assert_true (isnan (stat (SF_STAT_WORST_MEAN, 0, 11)));
  g_assert_cmpfloat (stat (SF_STAT_WORST_MEAN, 0, 10), ==, 4.6);
}

static void
test_of_equal_windows_the_first_is_the_worst (void)
{
  const double flat[] = { 1, 1, 1, 1, 1 };
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_WORST_CENTRE, flat, 0, 4, 0, 3), ==,
                     1);
}

static void
test_runs (void)
{
  g_assert_cmpfloat (stat (SF_STAT_FIRST_RUN_ABOVE, 4, 3), ==, 0);
  g_assert_cmpfloat (
      sf_curve_stat (SF_STAT_FIRST_RUN_ABOVE, curve, 1, LAST, 4, 3), ==, 6);
  g_assert_true (
      isnan (sf_curve_stat (SF_STAT_FIRST_RUN_ABOVE, curve, 1, LAST, 4, 4)));
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_FIRST_RUN_ABOVE, curve, 7, 7, 4, 1),
                     ==, 7);
}

static void
test_days_without_a_value (void)
{
  const double gaps[] = { NAN, 2, NAN, 4, 4, NAN };
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_SUM, gaps, 0, 5, 0, 0), ==, 10);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_MEAN, gaps, 0, 3, 0, 0), ==, 3);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_COUNT_BELOW, gaps, 0, 5, 3, 0), ==,
                     1);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_COUNT_ABOVE, gaps, 0, 5, 3, 0), ==,
                     2);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_FIRST_BELOW, gaps, 0, 5, 9, 0), ==,
                     1);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_FIRST_RUN_ABOVE, gaps, 0, 5, 1, 2),
                     ==, 3);
  g_assert_cmpfloat (sf_curve_stat (SF_STAT_WORST_MEAN, gaps, 0, 5, 0, 2), ==,
                     2);
  g_assert_true (isnan (sf_curve_stat (SF_STAT_SUM, gaps, 0, 0, 0, 0)));
  g_assert_true (isnan (sf_curve_stat (SF_STAT_MIN, gaps, 2, 2, 0, 0)));
}

static void
test_every_statistic_has_a_word (void)
{
  const struct {
    SfCurveStat stat;
    const char *word;
    gboolean has_limit, has_window, is_day;
  } all[] = {
    { SF_STAT_MEAN, "mean", 0, 0, 0 },
    { SF_STAT_MIN, "min", 0, 0, 0 },
    { SF_STAT_MAX, "max", 0, 0, 0 },
    { SF_STAT_SUM, "sum", 0, 0, 0 },
    { SF_STAT_FIRST_BELOW, "first_below", 1, 0, 1 },
    { SF_STAT_FIRST_ABOVE, "first_above", 1, 0, 1 },
    { SF_STAT_LAST_ABOVE, "last_above", 1, 0, 1 },
    { SF_STAT_COUNT_BELOW, "count_below", 1, 0, 0 },
    { SF_STAT_COUNT_ABOVE, "count_above", 1, 0, 0 },
    { SF_STAT_MAX_MEAN, "max_mean", 0, 1, 0 },
    { SF_STAT_FIRST_MEAN_ABOVE, "first_mean_above", 1, 1, 1 },
    { SF_STAT_WORST_CENTRE, "worst_centre", 0, 1, 1 },
    { SF_STAT_WORST_MEAN, "worst_mean", 0, 1, 0 },
    { SF_STAT_FIRST_RUN_ABOVE, "first_run_above", 1, 1, 1 },
    { SF_STAT_VALUE, "value", 0, 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    g_assert_cmpint (sf_param_choice (SF_CURVE_STATS, all[i].word), ==,
                     all[i].stat);
    g_assert_cmpint (sf_curve_stat_has_limit (all[i].stat), ==,
                     all[i].has_limit);
    g_assert_cmpint (sf_curve_stat_has_window (all[i].stat), ==,
                     all[i].has_window);
    g_assert_cmpint (sf_curve_stat_is_day (all[i].stat), ==, all[i].is_day);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curve-stat/of-all", test_of_all);
  g_test_add_func ("/curve-stat/both-ends-of-a-window-count",
                   test_both_ends_of_a_window_count);
  g_test_add_func ("/curve-stat/days-below-and-above",
                   test_days_below_and_above);
  g_test_add_func ("/curve-stat/a-share-kept-as-float-reaches-its-limit",
                   test_a_share_kept_as_float_reaches_its_limit);
  g_test_add_func ("/curve-stat/windows", test_windows);
  g_test_add_func ("/curve-stat/of-equal-windows-the-first-is-the-worst",
                   test_of_equal_windows_the_first_is_the_worst);
  g_test_add_func ("/curve-stat/runs", test_runs);
  g_test_add_func ("/curve-stat/days-without-a-value",
                   test_days_without_a_value);
  g_test_add_func ("/curve-stat/every-statistic-has-a-word",
                   test_every_statistic_has_a_word);
  return g_test_run ();
}
