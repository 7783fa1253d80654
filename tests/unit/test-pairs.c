/* test-pairs.c - comparisons on the same luck, against known answers. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/contrast.h"

#include <math.h>

#define NEAR(a, b, epsilon) g_assert_cmpfloat_with_epsilon ((a), (b), (epsilon))

/* Student's own example, the sleep data: R's t.test (..., paired = TRUE) on
 * sleep gives t = 4.0621, df = 9, p = 0.002833, 0.7001142 to 2.4598858. */
static const double drug_1[]
    = { 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0 };
static const double drug_2[]
    = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };

static void
test_paired_t_of_the_sleep_data (void)
{
  SfPairs p;
  sf_pairs (drug_1, drug_2, 10, 0.95, &p);
  NEAR (p.mean_a, 0.75, 1e-12);
  NEAR (p.mean_b, 2.33, 1e-12);
  NEAR (p.difference.estimate, 1.58, 1e-12);
  NEAR (p.difference.low, 0.7001142, 5e-8);
  NEAR (p.difference.high, 2.4598858, 5e-8);
  NEAR (p.p, 0.002833, 5e-7);
  /* cor = 0.7951702 */
  NEAR (p.correlation, 0.7951702, 5e-8);
  g_assert_true (sf_pairs_are_distinct (&p));
  g_assert_false (p.is_identical || p.is_out_of_step);
  /* var (difference) / (var 1 + var 2) = 1.512889 / (3.200556 + 4.009) */
  NEAR (p.variance_ratio, 1.512889 / 7.209556, 1e-6);
}

static void
test_a_wider_interval_that_holds_nothing_tells_nothing (void)
{
  SfPairs p;
  sf_pairs (drug_1, drug_2, 10, 0.999, &p);
  g_assert_true (sf_interval_holds (&p.difference, 0));
  g_assert_false (sf_pairs_are_distinct (&p));
}

static void
test_the_same_twice_is_identical (void)
{
  const double a[] = { 3, NAN, 5, 9 };
  SfPairs p;
  sf_pairs (a, a, 4, 0.95, &p);
  g_assert_true (p.is_identical);
  g_assert_true (p.difference.low == 0 && p.difference.high == 0);
  g_assert_cmpfloat (p.p, ==, 1);
  NEAR (p.correlation, 1, 1e-12);
  g_assert_false (sf_pairs_are_distinct (&p));
  /* Without spread there is no correlation. */
  const double flat[] = { 0, 0, 0 };
  sf_pairs (flat, flat, 3, 0.95, &p);
  g_assert_true (p.is_identical && isnan (p.correlation)
                 && isnan (p.variance_ratio) && !p.is_out_of_step);
}

static void
test_what_did_not_happen_is_counted (void)
{
  const double a[] = { 1, NAN, 3, NAN, NAN, NAN, 2, NAN, NAN };
  const double b[] = { 2, NAN, NAN, 4, 4, 5, 5, 1, 1 };
  SfPairs p;
  sf_pairs (a, b, 9, 0.95, &p);
  g_assert_cmpuint (p.n, ==, 9);
  g_assert_cmpuint (p.n_both, ==, 2);
  g_assert_cmpuint (p.n_a_only, ==, 1);
  g_assert_cmpuint (p.n_b_only, ==, 5);
  g_assert_cmpuint (p.n_neither, ==, 1);
  NEAR (p.mean_a, 1.5, 1e-12);
  NEAR (p.mean_b, 3.5, 1e-12);
  /* 2 P (at most 1 of 6) = 2 (1 + 6) / 64 */
  NEAR (p.happened_p, 14.0 / 64, 1e-12);
  g_assert_false (p.is_identical);
}

static void
test_one_pair_has_no_interval (void)
{
  const double a[] = { 1 }, b[] = { 3 };
  SfPairs p;
  sf_pairs (a, b, 1, 0.95, &p);
  NEAR (p.difference.estimate, 2, 1e-12);
  g_assert_true (isnan (p.difference.low) && isnan (p.p)
                 && isnan (p.correlation));
  g_assert_false (sf_pairs_are_distinct (&p) || p.is_identical);
  sf_pairs (a, b, 0, 0.95, &p);
  g_assert_true (isnan (p.mean_a) && isnan (p.difference.estimate));
  g_assert_false (p.is_identical);
}

static void
test_negative_correlation_is_out_of_step (void)
{
  double a[40], b[40];
  SfPairs p;
  for (int i = 0; i < 40; i++) {
    a[i] = i + (i * 7 % 5);
    b[i] = 100 - i + (i * 3 % 7);
  }
  sf_pairs (a, b, 40, 0.95, &p);
  g_assert_cmpfloat (p.correlation, <, -0.8);
  g_assert_cmpfloat (p.variance_ratio, >, 1.8);
  g_assert_true (p.is_out_of_step);
  /* A little below 0 is chance. */
  for (int i = 0; i < 40; i++) {
    a[i] = i * 7 % 11;
    b[i] = -(i * 9 % 13);
  }
  sf_pairs (a, b, 40, 0.95, &p);
  g_assert_cmpfloat (p.correlation, <, 0);
  g_assert_false (p.is_out_of_step);
  for (int i = 0; i < 40; i++)
    b[i] = -a[i];
  sf_pairs (a, b, 40, 0.95, &p);
  g_assert_true (p.is_out_of_step);
}

static void
test_levels_of_several (void)
{
  NEAR (sf_level_each (0.95, 5), 0.99, 1e-12);
  g_assert_cmpfloat (sf_level_each (0.95, 1), ==, 0.95);
  g_assert_cmpfloat (sf_level_each (0.9, 0), ==, 0.9);
}

/* R: p.adjust (c (0.01, 0.04, 0.03, 0.005), "holm"). */
static void
test_holm (void)
{
  const double p[] = { 0.01, 0.04, NAN, 0.03, 0.005 };
  double adjusted[5];
  sf_holm (p, 5, adjusted);
  NEAR (adjusted[0], 0.03, 1e-12);
  NEAR (adjusted[1], 0.06, 1e-12);
  g_assert_true (isnan (adjusted[2]));
  NEAR (adjusted[3], 0.06, 1e-12);
  NEAR (adjusted[4], 0.02, 1e-12);
}

/* Failed replications of either side are left out; the rest is as a plain
 * comparison at the corrected level. */
static void
test_contrasts_are_pairs_that_both_have_done (void)
{
  const double b[] = { 2, 5, 99, 7, 1, 99 }, a[] = { 1, 3, 5, 4, 2, 6 };
  const double cost_a[6] = { 0 }, cost_b[] = { 10, 12, 99, 9, 11, 99 };
  const gboolean all[] = { TRUE, TRUE, TRUE, TRUE, TRUE, TRUE };
  const gboolean some[] = { TRUE, TRUE, FALSE, TRUE, TRUE, FALSE };
  const gboolean most[] = { TRUE, TRUE, TRUE, FALSE, TRUE, TRUE };
  const SfContrastSide sides[]
      = { { most, a, cost_a }, { some, b, cost_b }, { all, NULL, cost_a } };
  const double plain_a[] = { 1, 3, 2 }, plain_b[] = { 2, 5, 1 };
  SfContrast out[2];
  SfPairs plain;
  sf_contrast (sides, 3, 6, 0.9, out);
  sf_pairs (plain_a, plain_b, 3, 0.95, &plain);
  g_assert_true (out[0].is_there);
  g_assert_cmpuint (out[0].pairs.n, ==, 3);
  NEAR (out[0].pairs.difference.low, plain.difference.low, 1e-12);
  NEAR (out[0].pairs.difference.high, plain.difference.high, 1e-12);
  NEAR (out[0].p_holm, plain.p, 1e-12); /* the only one that is there */
  g_assert_cmpuint (out[0].shape.n, ==, 3);
  g_assert_true (isnan (out[0].per_unit.low));
  g_assert_false (out[1].is_there);
  g_assert_true (isnan (out[1].p_holm));
}

static void
test_cost_of_one_less (void)
{
  const double a[] = { 30, 40, 50, 60 }, b[] = { 20, 31, 39, 50 };
  const double cost_a[] = { 1, 1, 1, 1 }, cost_b[] = { 21, 20, 22, 21 };
  const gboolean all[] = { TRUE, TRUE, TRUE, TRUE };
  const SfContrastSide sides[] = { { all, a, cost_a }, { all, b, cost_b } };
  SfContrast out[1];
  sf_contrast (sides, 2, 4, 0.95, out);
  /* 20 more for 10 less. */
  NEAR (out[0].per_unit.estimate, 2, 1e-12);
  g_assert_true (out[0].per_unit.low < 2 && out[0].per_unit.high > 2);
  g_assert_cmpfloat (out[0].pairs.difference.high, <, 0);
  const SfContrastSide free[] = { { all, a, NULL }, { all, b, NULL } };
  sf_contrast (free, 2, 4, 0.95, out);
  g_assert_cmpuint (out[0].per_unit.n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pairs/paired-t-of-the-sleep-data",
                   test_paired_t_of_the_sleep_data);
  g_test_add_func ("/pairs/a-wider-interval-tells-nothing",
                   test_a_wider_interval_that_holds_nothing_tells_nothing);
  g_test_add_func ("/pairs/the-same-twice-is-identical",
                   test_the_same_twice_is_identical);
  g_test_add_func ("/pairs/what-did-not-happen-is-counted",
                   test_what_did_not_happen_is_counted);
  g_test_add_func ("/pairs/one-pair-has-no-interval",
                   test_one_pair_has_no_interval);
  g_test_add_func ("/pairs/negative-correlation-is-out-of-step",
                   test_negative_correlation_is_out_of_step);
  g_test_add_func ("/pairs/levels-of-several", test_levels_of_several);
  g_test_add_func ("/pairs/holm", test_holm);
  g_test_add_func ("/contrast/pairs-that-both-have-done",
                   test_contrasts_are_pairs_that_both_have_done);
  g_test_add_func ("/contrast/cost-of-one-less", test_cost_of_one_less);
  return g_test_run ();
}
