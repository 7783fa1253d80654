/* test-selection.c - is the best selected as often as promised? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rankings of normal outcomes over and over, each with a seed of its own, and
 * how often the right one is selected. Bounds are 5 standard errors of a
 * proportion of so many rankings. The best is ahead by just the indifference
 * zone and all others are equal (slippage): nothing is harder.
 */
#include "sim/inference/ranking.h"

#include <math.h>

#include "sim/base/random.h"

#define ERRORS 5.0

/* Contender i has mean i * step, or `step` but for contender 0. */
typedef struct {
  guint64 seed;
  double step, sd;
  double common_frac; /* of the variance: luck that all share */
  gboolean is_slippage, is_mirrored;
} World;

static gboolean
draw (guint contender, guint first, guint n, double *values, gpointer data,
      GError **error)
{
  const World *w = data;
  double sign = w->is_mirrored ? -1 : 1;
  double mean
      = w->is_slippage ? w->step * (contender > 0) : w->step * contender;
  (void)error;
  for (guint r = 0; r < n; r++) {
    SfStream common, own;
    sf_stream_init_hashed (&common, w->seed, 1, first + r, 0);
    sf_stream_init_hashed (&own, w->seed, 2, first + r, contender);
    values[r] = mean
                + sf_stream_normal (&common, 0, w->sd * sqrt (w->common_frac))
                + sf_stream_normal (&own, 0, w->sd * sqrt (1 - w->common_frac));
    values[r] *= sign;
  }
  return TRUE;
}

typedef struct {
  double correct_frac, drawn; /* means over rankings */
  double claimed_frac;        /* OCBA's own estimate */
  double covered_frac;        /* rankings in which all intervals held */
} Found;

static gboolean
all_held (const SfRanking *found, const World *w)
{
  for (guint i = 0; i < found->k; i++) {
    const SfRanked *ranked = &found->ranked[i];
    double worse = i == 0 ? -w->step : w->step * (w->is_slippage ? 1 : i);
    if (ranked->worse_low > worse || ranked->worse_high < worse)
      return FALSE;
  }
  return TRUE;
}

static Found
repeat (const SfRankRule *rule, World w, guint times)
{
  Found sum = { 0, 0, 0, 0 };
  SfRankRule own = *rule;
  own.is_largest = w.is_mirrored;
  for (guint t = 0; t < times; t++) {
    w.seed = t;
    g_autoptr (SfRanking) found = sf_rank (&own, draw, &w, NULL);
    sum.correct_frac += (found->best == 0) / (double)times;
    sum.drawn += found->n_drawn / (double)times;
    sum.claimed_frac += found->correct_prob / times;
    sum.covered_frac += all_held (found, &w) / (double)times;
  }
  return sum;
}

static double
error_of (double frac, guint times)
{
  return sqrt (frac * (1 - frac) / times);
}

static SfRankRule
kn (guint k)
{
  return (SfRankRule){ .method = SF_RANK_KN,
                       .k = k,
                       .n0 = 10,
                       .batch = 1,
                       .limit = 1000000,
                       .confidence = 0.95,
                       .indifference = 0.5 };
}

/* Returns what it cost. */
static double
check_promise (guint k, const World *w, guint times)
{
  SfRankRule rule = kn (k);
  Found found = repeat (&rule, *w, times);
  g_test_message ("k = %u, common %.1f: %.4f of %u right, %.1f replications", k,
                  w->common_frac, found.correct_frac, times, found.drawn);
  g_assert_cmpfloat (found.correct_frac, >=,
                     0.95 - ERRORS * error_of (0.95, times));
  return found.drawn;
}

static void
test_two (void)
{
  World w = { .step = 0.5, .sd = 1, .is_slippage = TRUE };
  check_promise (2, &w, 4000);
  w.is_mirrored = TRUE;
  check_promise (2, &w, 1000);
}

/* For two the bound is nearly reached, so a lavish program shows as well. */
static void
test_two_are_not_overdone (void)
{
  World w = { .step = 0.25, .sd = 1, .is_slippage = TRUE };
  SfRankRule rule = kn (2);
  rule.indifference = 0.25;
  Found found = repeat (&rule, w, 2000);
  g_test_message ("%.4f right", found.correct_frac);
  g_assert_cmpfloat (found.correct_frac, <=,
                     0.96 + ERRORS * error_of (0.96, 2000));
}

/* Luck that all share costs nothing: of the variance 1/5 is left. */
static void
test_common_luck_saves_runs (void)
{
  World w = { .step = 0.5, .sd = 1.5, .is_slippage = TRUE };
  double apart = check_promise (5, &w, 1000);
  w.common_frac = 0.8;
  double together = check_promise (5, &w, 1000);
  g_test_message ("%.2f times as many without", apart / together);
  g_assert_cmpfloat (apart / together, >, 3.5);
  g_assert_cmpfloat (apart / together, <, 5);
}

/* Means 0, 1, 2 ... with the zone 0.5: the far ones leave at once. */
static void
test_spread_out_means_are_cheaper (void)
{
  World w = { .step = 0.5, .sd = 2, .is_slippage = TRUE };
  double slippage = check_promise (5, &w, 150);
  w.is_slippage = FALSE;
  double ladder = check_promise (5, &w, 150);
  g_assert_cmpfloat (ladder, <, 0.8 * slippage);
}

/* Chen's example: means 0, 1, ... 9, spread 6, the smallest is best. Equal
 * shares are what OCBA gives when nothing is left after n0. */
static void
test_a_budget_is_better_spent (void)
{
  World w = { .step = 1, .sd = 6 };
  SfRankRule rule = { .method = SF_RANK_OCBA,
                      .k = 10,
                      .n0 = 10,
                      .batch = 20,
                      .limit = 800,
                      .confidence = 0.95,
                      .indifference = 1e-3 };
  guint times = 600;
  Found spent = repeat (&rule, w, times);
  rule.n0 = 80;
  Found equal = repeat (&rule, w, times);
  double error = hypot (error_of (spent.correct_frac, times),
                        error_of (equal.correct_frac, times));
  g_test_message ("right: %.4f, with equal shares %.4f; claimed %.4f, %.4f",
                  spent.correct_frac, equal.correct_frac, spent.claimed_frac,
                  equal.claimed_frac);
  g_assert_cmpfloat_with_epsilon (spent.drawn, 800, 1e-6);
  g_assert_cmpfloat_with_epsilon (equal.drawn, 800, 1e-6);
  g_assert_cmpfloat (spent.correct_frac, >,
                     equal.correct_frac + ERRORS * error);
}

/* Nothing sequential here: a budget that ends with n0. */
static void
test_intervals_hold_together (void)
{
  World w = { .step = 1, .sd = 6, .common_frac = 0.5 };
  SfRankRule rule = { .method = SF_RANK_OCBA,
                      .k = 4,
                      .n0 = 15,
                      .batch = 1,
                      .limit = 60,
                      .confidence = 0.9,
                      .indifference = 1e-3 };
  Found found = repeat (&rule, w, 2000);
  g_test_message ("all intervals held in %.4f", found.covered_frac);
  g_assert_cmpfloat (found.covered_frac, >=,
                     0.9 - ERRORS * error_of (0.9, 2000));
  g_assert_cmpfloat (found.covered_frac, <, 0.999);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/two", test_two);
  g_test_add_func ("/selection/two-are-not-overdone",
                   test_two_are_not_overdone);
  g_test_add_func ("/selection/common-luck-saves-runs",
                   test_common_luck_saves_runs);
  g_test_add_func ("/selection/spread-out-means-are-cheaper",
                   test_spread_out_means_are_cheaper);
  g_test_add_func ("/selection/a-budget-is-better-spent",
                   test_a_budget_is_better_spent);
  g_test_add_func ("/selection/intervals-hold-together",
                   test_intervals_hold_together);
  return g_test_run ();
}
