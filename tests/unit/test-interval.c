/* test-interval.c - intervals against known answers. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/interval.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "sim/lang/lang.h"

#define NEAR(a, b, epsilon) g_assert_cmpfloat_with_epsilon ((a), (b), (epsilon))

static void
count_up (double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    values[i] = i + 1;
}

/* R: t.test (1:10). */
static void
test_mean_by_student (void)
{
  double x[10];
  count_up (x, 10);
  SfInterval ci = sf_interval_mean (x, 10, 0.95);
  NEAR (ci.low, 3.33414941, 5e-9);
  NEAR (ci.high, 7.66585059, 5e-9);
  g_assert_cmpfloat (ci.estimate, ==, 5.5);
  g_assert_cmpuint (ci.n, ==, 10);
  g_assert_true (sf_interval_holds (&ci, 5) && !sf_interval_holds (&ci, 3));
  /* qt (0.95, 9) = 1.8331129326536335 */
  ci = sf_interval_mean (x, 10, 0.9);
  NEAR (ci.high - ci.low, 2 * 1.8331129326536335 * sqrt (55.0 / 6 / 10), 1e-9);
}

static void
test_too_few_values_have_no_interval (void)
{
  const double x[] = { NAN, 4, NAN };
  SfInterval ci = sf_interval_mean (x, 3, 0.95);
  g_assert_cmpfloat (ci.estimate, ==, 4);
  g_assert_true (isnan (ci.low) && isnan (ci.high));
  g_assert_false (sf_interval_holds (&ci, 4));
  ci = sf_interval_mean_bootstrap (x, 3, 0.95, 1);
  g_assert_true (isnan (ci.low));
  ci = sf_interval_mean (x, 1, 0.95);
  g_assert_true (isnan (ci.estimate));
  ci = sf_interval_wilson (0, 0, 0.95);
  g_assert_true (isnan (ci.low));
  ci = sf_interval_quantile (x, 1, 0.5, 0.95);
  g_assert_true (isnan (ci.estimate));
}

/* What defines them: at an end of Wilson's the standardised distance is the
 * normal quantile; at an end of the exact one the tail has 2.5 %. */
static void
test_proportions (void)
{
  SfInterval ci = sf_interval_wilson (0, 100, 0.95);
  g_assert_cmpfloat (ci.low, ==, 0);
  NEAR (ci.high, 0.036993, 5e-7);
  ci = sf_interval_wilson (100, 100, 0.95);
  NEAR (ci.low, 1 - 0.036993, 5e-7);
  g_assert_cmpfloat (ci.high, ==, 1);
  ci = sf_interval_wilson (3, 20, 0.95);
  NEAR ((0.15 - ci.low) / sqrt (ci.low * (1 - ci.low) / 20), 1.959963985, 1e-8);
  NEAR ((ci.high - 0.15) / sqrt (ci.high * (1 - ci.high) / 20), 1.959963985,
        1e-8);
  /* 0 of n: 1 - 0.025^(1/n) */
  ci = sf_interval_exact (0, 100, 0.95);
  g_assert_cmpfloat (ci.low, ==, 0);
  NEAR (ci.high, 1 - pow (0.025, 0.01), 1e-12);
  ci = sf_interval_exact (3, 20, 0.95);
  NEAR (gsl_cdf_binomial_Q (2, ci.low, 20), 0.025, 1e-9);
  NEAR (gsl_cdf_binomial_P (3, ci.high, 20), 0.025, 1e-9);
}

/* The ranks of the binomial distribution: for the median of 10 values the 2nd
 * and the 9th (David and Nagaraja, table 7.1: coverage .979). */
static void
test_quantile_by_order_statistics (void)
{
  double x[400];
  count_up (x, 400);
  SfInterval ci = sf_interval_quantile (x, 10, 0.5, 0.95);
  g_assert_cmpfloat (ci.estimate, ==, 5.5);
  g_assert_cmpfloat (ci.low, ==, 2);
  g_assert_cmpfloat (ci.high, ==, 9);
  ci = sf_interval_quantile (x, 100, 0.99, 0.95);
  g_assert_true (isinf (ci.high) && ci.high > 0);
  g_assert_cmpfloat (ci.low, ==, 97);
  ci = sf_interval_quantile (x, 100, 0.01, 0.95);
  g_assert_true (isinf (ci.low) && ci.low < 0);
  g_assert_cmpfloat (ci.high, ==, 4);
  ci = sf_interval_quantile (x, 367, 0.99, 0.95);
  g_assert_true (isinf (ci.high));
  ci = sf_interval_quantile (x, 368, 0.99, 0.95);
  g_assert_cmpfloat (ci.high, ==, 368);
  ci = sf_interval_quantile (x, 3, 0.5, 0.95);
  g_assert_true (isinf (ci.low) && isinf (ci.high));
}

static void
test_bootstrap_repeats_and_follows_the_skew (void)
{
  const double x[] = { 1, 2, 2, 3, 3, 4, 5, 7, 11, 30 };
  SfInterval plain = sf_interval_mean (x, 10, 0.95);
  SfInterval one = sf_interval_mean_bootstrap (x, 10, 0.95, 7);
  SfInterval two = sf_interval_mean_bootstrap (x, 10, 0.95, 7);
  g_assert_true (one.low == two.low && one.high == two.high);
  g_assert_cmpfloat (one.estimate, ==, plain.estimate);
  g_assert_cmpfloat (one.high, >, plain.high + 1);
  g_assert_cmpfloat (one.low, >, plain.low);
  g_assert_cmpfloat (one.low, <, plain.estimate);
  const double same[] = { 3, 3, 3 };
  one = sf_interval_mean_bootstrap (same, 3, 0.95, 7);
  g_assert_true (one.low == 3 && one.high == 3);
}

/* Most resamples of these are all 0. */
static void
test_bootstrap_says_when_there_is_no_bound (void)
{
  const double x[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 5 };
  SfInterval ci = sf_interval_mean_bootstrap (x, 10, 0.95, 1);
  g_assert_true (isinf (ci.high) && ci.high > 0);
  g_assert_true (isfinite (ci.low));
}

/* A ratio without error; and what defines the ends of another. */
static void
test_ratio_by_fieller (void)
{
  const double x[] = { 20, 40, 60, 30, NAN }, y[] = { 10, 20, 30, 15, 1 };
  SfInterval ci = sf_interval_ratio (x, y, 5, 0.95);
  g_assert_cmpuint (ci.n, ==, 4);
  NEAR (ci.estimate, 2, 1e-12);
  NEAR (ci.low, 2, 1e-6);
  NEAR (ci.high, 2, 1e-6);
  /* At each end the mean of a - r b has a t interval that ends at 0. */
  const double a[] = { 5, 7, 6, 9, 4, 8 }, b[] = { 2, 3, 4, 3, 2, 3 };
  ci = sf_interval_ratio (a, b, 6, 0.9);
  for (int end = 0; end < 2; end++) {
    double d[6], r = end ? ci.high : ci.low;
    for (int i = 0; i < 6; i++)
      d[i] = a[i] - r * b[i];
    SfInterval zero = sf_interval_mean (d, 6, 0.9);
    NEAR (end ? zero.high : zero.low, 0, 1e-9);
  }
  g_assert_true (ci.low < ci.estimate && ci.estimate < ci.high);
}

static void
test_ratio_over_about_nothing_has_no_interval (void)
{
  const double x[] = { 20, 40, 60, 30 }, y[] = { 1, -2, 3, -1 };
  SfInterval ci = sf_interval_ratio (x, y, 4, 0.95);
  g_assert_true (isnan (ci.low) && isnan (ci.high));
}

static void
test_shape (void)
{
  const double x[] = { 0, 0, 0, NAN, 1, 9 };
  SfShape shape;
  sf_shape (x, 6, &shape);
  g_assert_cmpuint (shape.n, ==, 5);
  g_assert_cmpfloat (shape.common, ==, 0);
  g_assert_cmpfloat (shape.common_frac, ==, 0.6);
  /* m2 = 12.4, m3 = (3 (-8) + (-1) + 343) / 5 = 63.6 */
  NEAR (shape.skewness, 63.6 / pow (12.4, 1.5), 1e-12);
  sf_shape (x, 0, &shape);
  g_assert_true (isnan (shape.skewness));
}

static char *
warning_of (const double *values, guint n)
{
  SfShape shape;
  sf_shape (values, n, &shape);
  return sf_shape_warning (&shape);
}

static void
test_warnings (void)
{
  double x[100];
  count_up (x, 100);
  g_autofree char *even = warning_of (x, 100);
  g_assert_null (even);
  for (int i = 0; i < 100; i++)
    x[i] = i < 90 ? 0 : i;
  g_autofree char *zeros = warning_of (x, 100);
  g_assert_true (strstr (zeros, "90 % of the values are 0") == zeros);
  for (int i = 0; i < 100; i++)
    x[i] = exp (i / 20.0);
  g_autofree char *skewed = warning_of (x, 30);
  g_assert_null (skewed);
  for (int i = 0; i < 100; i++)
    x[i] = exp (i / 7.0);
  g_autofree char *more = warning_of (x, 60);
  g_assert_nonnull (strstr (more, "the values are skewed (2."));
  g_assert_true (sf_lang_set ("fr"));
  g_autofree char *french = warning_of (x, 60);
  g_assert_true (sf_lang_set ("en"));
  g_assert_nonnull (strstr (french, "(2,"));
  for (int i = 0; i < 100; i++)
    x[i] = 4;
  g_autofree char *same = warning_of (x, 100);
  g_assert_null (same);
}

static void
test_zero_heavy_is_told_in_two_parts (void)
{
  const double x[] = { 0, 0, 4, 0, 0, NAN, 0, 6, 0, 0, 5 };
  SfZeroHeavy parts;
  sf_zero_heavy (x, 11, 0.95, &parts);
  SfInterval three = sf_interval_wilson (3, 10, 0.95);
  const double positive[] = { 4, 6, 5 };
  SfInterval mean = sf_interval_mean (positive, 3, 0.95);
  g_assert_cmpfloat (parts.positive_frac.low, ==, three.low);
  g_assert_cmpfloat (parts.positive_frac.high, ==, three.high);
  g_assert_cmpfloat (parts.mean_positive.estimate, ==, 5);
  g_assert_cmpfloat (parts.mean_positive.high, ==, mean.high);
}

static void
test_quantile_says_what_it_needs (void)
{
  g_assert_cmpuint (sf_interval_quantile_needs (0.99, 0.95), ==, 368);
  g_assert_cmpuint (sf_interval_quantile_needs (0.01, 0.95), ==, 368);
  g_assert_cmpuint (sf_interval_quantile_needs (0.5, 0.95), ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interval/mean-by-student", test_mean_by_student);
  g_test_add_func ("/interval/too-few-values-have-none",
                   test_too_few_values_have_no_interval);
  g_test_add_func ("/interval/proportions", test_proportions);
  g_test_add_func ("/interval/quantile-by-order-statistics",
                   test_quantile_by_order_statistics);
  g_test_add_func ("/interval/bootstrap-repeats-and-follows-the-skew",
                   test_bootstrap_repeats_and_follows_the_skew);
  g_test_add_func ("/interval/bootstrap-says-when-there-is-no-bound",
                   test_bootstrap_says_when_there_is_no_bound);
  g_test_add_func ("/interval/ratio-by-fieller", test_ratio_by_fieller);
  g_test_add_func ("/interval/ratio-over-about-nothing-has-none",
                   test_ratio_over_about_nothing_has_no_interval);
  g_test_add_func ("/interval/shape", test_shape);
  g_test_add_func ("/interval/warnings", test_warnings);
  g_test_add_func ("/interval/zero-heavy-is-told-in-two-parts",
                   test_zero_heavy_is_told_in_two_parts);
  g_test_add_func ("/interval/a-quantile-says-how-many-it-needs",
                   test_quantile_says_what_it_needs);
  return g_test_run ();
}
