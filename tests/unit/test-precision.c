/* test-precision.c - when are there enough replications? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/precision.h"

#include <math.h>

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-9)

/* n values of the given mean and standard deviation. */
static void
make (double *values, guint n, double mean, double sd)
{
  double step = sd * sqrt ((n - 1.0) / n);
  for (guint i = 0; i < n; i++)
    values[i] = mean + (i % 2 ? step : -step);
}

static gboolean
is_reached (const double *values, guint n, double relative, double absolute)
{
  SfPrecisionGoal goal = { relative, absolute };
  SfPrecisionState state;
  sf_precision_judge (values, n, &goal, 0.95, &state);
  return state.is_reached;
}

/* qt (0.975, 99) = 1.9842169515086827 */
static void
test_half_width_decides (void)
{
  double x[100];
  SfPrecisionGoal goal = { NAN, 1 };
  SfPrecisionState state;
  make (x, 100, 50, 10);
  sf_precision_judge (x, 100, &goal, 0.95, &state);
  g_assert_cmpuint (state.n, ==, 100);
  NEAR (state.mean, 50);
  NEAR (state.half_width, 1.9842169515086827);
  g_assert_false (state.is_reached || state.is_constant);
  g_assert_true (is_reached (x, 100, NAN, 1.99));
  g_assert_false (is_reached (x, 100, NAN, 1.98));
}

/* h / |mean| = .0397 <= g / (1 + g) from g = .0413 on. */
static void
test_relative_is_corrected (void)
{
  double x[100];
  make (x, 100, -50, 10);
  g_assert_true (is_reached (x, 100, 0.0414, NAN));
  g_assert_false (is_reached (x, 100, 0.0412, NAN));
  g_assert_true (is_reached (x, 100, 0.01, 2));
}

static void
test_mean_zero_needs_an_absolute_goal (void)
{
  double x[10000];
  make (x, 10000, 0, 1);
  g_assert_false (is_reached (x, 10000, 0.5, NAN));
  g_assert_true (is_reached (x, 10000, 0.5, 0.02));
}

static void
test_few_values_reach_nothing (void)
{
  double x[200];
  for (int i = 0; i < 200; i++)
    x[i] = i < 29 ? 5 : NAN;
  g_assert_false (is_reached (x, 200, 0.5, 100));
  x[29] = 5;
  g_assert_true (is_reached (x, 200, 0.5, 100));
  g_assert_false (is_reached (x + 100, 100, 0.5, 100));
}

static void
test_equal_values_are_enough (void)
{
  double x[30] = { 0 };
  SfPrecisionGoal goal = { 0.05, NAN };
  SfPrecisionState state;
  sf_precision_judge (x, 30, &goal, 0.95, &state);
  g_assert_true (state.is_constant && state.is_reached);
}

static void
test_looks_come_after_whole_batches (void)
{
  const SfPrecisionPlan plan = { 120, 50, 260 };
  g_assert_cmpuint (sf_precision_next (&plan, 0), ==, 150);
  g_assert_cmpuint (sf_precision_next (&plan, 150), ==, 200);
  g_assert_cmpuint (sf_precision_next (&plan, 250), ==, 260);
  g_assert_cmpuint (sf_precision_next (&plan, 260), ==, 260);
  const SfPrecisionPlan small = { 500, 50, 100 };
  g_assert_cmpuint (sf_precision_next (&small, 0), ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/precision/half-width-decides", test_half_width_decides);
  g_test_add_func ("/precision/relative-is-corrected",
                   test_relative_is_corrected);
  g_test_add_func ("/precision/mean-zero-needs-an-absolute-goal",
                   test_mean_zero_needs_an_absolute_goal);
  g_test_add_func ("/precision/few-values-reach-nothing",
                   test_few_values_reach_nothing);
  g_test_add_func ("/precision/equal-values-are-enough",
                   test_equal_values_are_enough);
  g_test_add_func ("/precision/looks-come-after-whole-batches",
                   test_looks_come_after_whole_batches);
  return g_test_run ();
}
