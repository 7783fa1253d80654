/* test-ranking.c - formulas by hand, and what a ranking keeps. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/ranking.h"

#include <math.h>
#include <string.h>

#include <gio/gio.h>

#include "sim/base/random.h"
#include "sim/inference/ocba.h"
#include "sim/inference/race.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-12)

/* ---- KN ------------------------------------------------------------------- */

/* k = 2, a = 0.05, n0 = 3: (0.1 / 1)^(-2/2) = 10, eta = 9/2, h2 = 2 * 4.5 * 2.
 * k = 11, n0 = 5: (0.1 / 10)^(-2/4) = 10 again, h2 = 2 * 4.5 * 4. */
static void
test_constants_by_hand (void)
{
  SfRaceRule rule = { .k = 2, .n0 = 3, .error_prob = 0.05, .indifference = 1 };
  NEAR (sf_race_eta (&rule), 4.5);
  NEAR (sf_race_h2 (&rule), 18);
  rule.k = 11;
  NEAR (sf_race_eta (&rule), 49.5);
  rule.n0 = 5;
  NEAR (sf_race_eta (&rule), 4.5);
  NEAR (sf_race_h2 (&rule), 36);
}

/* Differences -1, 0, 1: S2 = 1, and with d = 1 W (r) = (18 - r) / (2 r), so
 * that the sum of differences that ends it is (18 - r) / 2: 7.5 at r = 3, 7 at
 * r = 4, 6.5 at r = 5. */
static void
test_the_triangle_by_hand (void)
{
  SfRaceRule rule = { .k = 2, .n0 = 3, .error_prob = 0.05, .indifference = 1 };
  const double sums[] = { -1, -1, 0, 7, 6.6 };
  g_autoptr (SfRace) race = sf_race_new (&rule);
  double before = 0;
  for (guint r = 0; r < 5; r++) {
    const double outcomes[] = { 100, 100 + sums[r] - before };
    before = sums[r];
    g_assert_true (sf_race_add (race, outcomes) == (r < 4));
  }
  g_assert_cmpuint (sf_race_left (race, 1), ==, 5);
  g_assert_cmpuint (sf_race_left (race, 0), ==, 0);
  g_assert_cmpuint (sf_race_best (race), ==, 0);
}

/* As above with no difference at all after the first three: at r = 18 nothing
 * is allowed and means that are equal still are; at 19 the first wins. */
static void
test_equal_means_end (void)
{
  SfRaceRule rule = { .k = 2, .n0 = 3, .error_prob = 0.05, .indifference = 1 };
  g_autoptr (SfRace) race = sf_race_new (&rule);
  const double differences[] = { -1, 0, 1 };
  guint n = 0;
  for (gboolean is_open = TRUE; is_open; n++) {
    const double outcomes[] = { 5, 5 + (n < 3 ? differences[n] : 0) };
    is_open = sf_race_add (race, outcomes);
    g_assert_cmpuint (n, <, 100);
  }
  g_assert_cmpuint (n, ==, 19);
  g_assert_cmpuint (sf_race_best (race), ==, 0);
  g_assert_cmpuint (sf_race_left (race, 1), ==, 19);
}

static void
test_the_largest_wins_when_asked (void)
{
  for (int is_largest = 0; is_largest < 2; is_largest++) {
    SfRaceRule rule = { 3, 3, 0.05, 1, is_largest };
    g_autoptr (SfRace) race = sf_race_new (&rule);
    const double outcomes[] = { 50, 10, 90 };
    g_assert_true (sf_race_add (race, outcomes));
    g_assert_true (sf_race_add (race, outcomes));
    g_assert_false (sf_race_add (race, outcomes));
    g_assert_cmpuint (sf_race_best (race), ==, is_largest ? 2 : 1);
    g_assert_cmpuint (sf_race_left (race, 0), ==, 3);
  }
}

/* ---- OCBA ----------------------------------------------------------------- */

/* Means 1, 2, 3 and spreads 1: distances 1 and 2, so N_2 : N_3 = 1 : 1/4, and
 * N_1 = sqrt (1 + 1/16). */
static void
test_shares_by_hand (void)
{
  const SfOcbaSeen seen[] = { { 1, 1, 10 }, { 2, 1, 10 }, { 3, 1, 10 } };
  double shares[3], best = sqrt (1.0625), sum = best + 1.25;
  g_assert_true (sf_ocba_shares (seen, 3, FALSE, 0, shares));
  NEAR (shares[0], best / sum);
  NEAR (shares[1], 1 / sum);
  NEAR (shares[2], 0.25 / sum);
  g_assert_true (sf_ocba_shares (seen, 3, TRUE, 0, shares));
  NEAR (shares[2], best / sum);
  NEAR (shares[0], 0.25 / sum);
}

/* Means 1, 2, 3 and spreads 2, 1, 4: N_2 = (1/1)^2 = 1, N_3 = (4/2)^2 = 4,
 * N_1 = 2 sqrt ((1/1)^2 + (4/4)^2) = 2 sqrt (2). */
static void
test_spreads_count_by_hand (void)
{
  const SfOcbaSeen seen[] = { { 1, 2, 10 }, { 2, 1, 10 }, { 3, 4, 10 } };
  double shares[3], best = 2 * sqrt (2), sum = best + 5;
  g_assert_true (sf_ocba_shares (seen, 3, FALSE, 0, shares));
  NEAR (shares[0], best / sum);
  NEAR (shares[1], 1 / sum);
  NEAR (shares[2], 4 / sum);
}

static void
test_shares_without_spread_or_distance (void)
{
  const SfOcbaSeen none[] = { { 1, 0, 10 }, { 2, 0, 10 } };
  const SfOcbaSeen best_only[] = { { 1, 1, 10 }, { 2, 0, 10 } };
  const SfOcbaSeen other_only[] = { { 1, 0, 10 }, { 2, 1, 10 } };
  const SfOcbaSeen equal[] = { { 1, 1, 10 }, { 1, 1, 10 }, { 2, 1, 10 } };
  double s[3];
  g_assert_false (sf_ocba_shares (none, 2, FALSE, 0, s));
  NEAR (s[0], 0.5);
  g_assert_true (sf_ocba_shares (best_only, 2, FALSE, 0, s));
  NEAR (s[0], 1);
  NEAR (s[1], 0);
  g_assert_true (sf_ocba_shares (other_only, 2, FALSE, 0, s));
  NEAR (s[0], 0);
  NEAR (s[1], 1);
  g_assert_true (sf_ocba_shares (equal, 3, FALSE, 0, s));
  NEAR (s[0] + s[1], 1);
  NEAR (s[0], s[1]);
  /* A distance of 1 counts for all three: N = sqrt (2), 1, 1. */
  g_assert_true (sf_ocba_shares (equal, 3, FALSE, 1, s));
  NEAR (s[2], 1 / (2 + sqrt (2)));
}

/* Of 100 they should have 50, 30 and 20. The second has 40 and waits; the
 * others come to be equally far behind, by 5. */
static void
test_who_is_furthest_behind_is_next (void)
{
  const SfOcbaSeen seen[] = { { 1, 1, 10 }, { 2, 1, 40 }, { 3, 1, 10 } };
  const double shares[] = { 0.5, 0.3, 0.2 };
  guint more[3] = { 0 };
  sf_ocba_next (seen, shares, 3, 40, more);
  g_assert_cmpuint (more[0], ==, 35);
  g_assert_cmpuint (more[1], ==, 0);
  g_assert_cmpuint (more[2], ==, 5);
  memset (more, 0, sizeof more);
  sf_ocba_next (seen, shares, 3, 940, more);
  g_assert_cmpuint (more[0], ==, 490);
  g_assert_cmpuint (more[1], ==, 260);
  g_assert_cmpuint (more[2], ==, 190);
}

/* Means 0, 1, 2; variances of the means 0.5: Q (1) + Q (2) of R's pnorm. */
static void
test_correct_prob_by_hand (void)
{
  const SfOcbaSeen seen[] = { { 0, 1, 2 }, { 1, 1, 2 }, { 2, 1, 2 } };
  const SfOcbaSeen equal[] = { { 0, 0, 2 }, { 0, 0, 2 } };
  NEAR (sf_ocba_correct_prob (seen, 3, FALSE, 0),
        1 - 0.15865525393145707 - 0.022750131948179195);
  NEAR (sf_ocba_correct_prob (seen, 2, FALSE, 1), 1 - 0.022750131948179195);
  NEAR (sf_ocba_correct_prob (equal, 2, FALSE, 0), 0.5);
  NEAR (sf_ocba_correct_prob (equal, 2, FALSE, 1), 1);
}

/* ---- Rankings ------------------------------------------------------------- */

/* Contender i has mean means[i]; luck is common but for own_sd. */
typedef struct {
  guint64 seed;
  const double *means;
  double own_sd;
  guint drawn[8];
} Made;

static gboolean
draw_made (guint contender, guint first, guint n, double *values, gpointer data,
           GError **error)
{
  Made *made = data;
  (void)error;
  g_assert_cmpuint (first, ==, made->drawn[contender]);
  made->drawn[contender] += n;
  for (guint r = 0; r < n; r++) {
    SfStream common, own;
    sf_stream_init (&common, made->seed, "common", first + r, 0);
    sf_stream_init (&own, made->seed, "own", first + r, contender);
    values[r] = made->means[contender] + sf_stream_normal (&common, 0, 1)
                + sf_stream_normal (&own, 0, made->own_sd);
  }
  return TRUE;
}

static SfRankRule
rule_for (SfRankMethod method, guint k)
{
  return (SfRankRule){ .method = method,
                       .k = k,
                       .n0 = 10,
                       .batch = 1,
                       .limit = 2000,
                       .confidence = 0.95,
                       .indifference = 0.2 };
}

static const double apart[] = { 5, 0, 0.3, 0.4, 5 };

static void
test_clear_losers_leave_at_once (void)
{
  Made made = { .seed = 1, .means = apart, .own_sd = 0.5 };
  SfRankRule rule = rule_for (SF_RANK_KN, 5);
  g_autoptr (SfRanking) found = sf_rank (&rule, draw_made, &made, NULL);
  g_assert_true (found->is_decided);
  g_assert_cmpuint (found->best, ==, 1);
  g_assert_cmpuint (found->ranked[0].left, ==, 10);
  g_assert_cmpuint (found->ranked[4].left, ==, 10);
  g_assert_cmpuint (made.drawn[0], ==, 10);
  g_assert_cmpuint (found->ranked[2].n, >, 20);
  g_assert_cmpint (found->ranked[1].fate, ==, SF_RANK_SELECTED);
  g_assert_cmpint (found->ranked[2].fate, ==, SF_RANK_ELIMINATED);
  g_assert_cmpuint (found->n_counted, ==, found->n_drawn);
  g_assert_false (found->ranked[0].is_near);
  /* Variances 1.25 each, 1 of it common: of 2.5 0.5 are left. */
  g_assert_cmpfloat_with_epsilon (found->ranked[2].correlation, 0.8, 0.1);
  g_assert_cmpfloat_with_epsilon (found->ranked[2].variance_ratio, 0.2, 0.1);
  g_assert_true (isnan (found->ranked[1].correlation));
}

static void
assert_same (const SfRanking *a, const SfRanking *b)
{
  g_assert_cmpuint (a->best, ==, b->best);
  g_assert_cmpuint (a->n_counted, ==, b->n_counted);
  for (guint i = 0; i < a->k; i++) {
    g_assert_cmpuint (a->ranked[i].n, ==, b->ranked[i].n);
    g_assert_cmpuint (a->ranked[i].left, ==, b->ranked[i].left);
    g_assert_cmpfloat (a->ranked[i].mean, ==, b->ranked[i].mean);
    g_assert_cmpfloat (a->ranked[i].worse_low, ==, b->ranked[i].worse_low);
  }
}

static void
test_batches_change_no_result (void)
{
  Made made = { .seed = 1, .means = apart, .own_sd = 0.5 };
  SfRankRule rule = rule_for (SF_RANK_KN, 5);
  g_autoptr (SfRanking) one = sf_rank (&rule, draw_made, &made, NULL);
  for (guint batch = 7; batch < 3000; batch *= 7) {
    memset (made.drawn, 0, sizeof made.drawn);
    rule.batch = batch;
    g_autoptr (SfRanking) found = sf_rank (&rule, draw_made, &made, NULL);
    assert_same (one, found);
    g_assert_cmpuint (found->n_drawn, >, found->n_counted);
  }
}

static const double neighbours[] = { 0, 0.001, 3 };

static void
test_the_limit_leaves_it_open (void)
{
  Made made = { .seed = 2, .means = neighbours, .own_sd = 1 };
  SfRankRule rule = rule_for (SF_RANK_KN, 3);
  rule.indifference = 0.001;
  rule.limit = 57;
  rule.batch = 10;
  g_autoptr (SfRanking) found = sf_rank (&rule, draw_made, &made, NULL);
  g_assert_false (found->is_decided);
  g_assert_cmpint (found->ranked[0].fate, ==, SF_RANK_IN);
  g_assert_cmpint (found->ranked[1].fate, ==, SF_RANK_IN);
  g_assert_cmpuint (found->ranked[0].n, ==, 57);
  g_assert_cmpuint (made.drawn[0], ==, 57);
  g_assert_true (found->ranked[1 - found->best].is_near);
}

/* Selected, but the other is as good as the zone can tell. */
static void
test_who_is_within_the_zone_is_told (void)
{
  Made made = { .seed = 3, .means = neighbours, .own_sd = 1 };
  SfRankRule rule = rule_for (SF_RANK_KN, 3);
  g_autoptr (SfRanking) found = sf_rank (&rule, draw_made, &made, NULL);
  const SfRanked *other = &found->ranked[1 - found->best];
  g_assert_true (found->is_decided);
  g_assert_cmpint (other->fate, ==, SF_RANK_ELIMINATED);
  g_assert_true (other->is_near);
  g_assert_cmpfloat (other->worse_low, <, 0.2);
  g_assert_cmpfloat (other->worse_high, >, 0);
  g_assert_false (found->ranked[2].is_near);
  g_assert_cmpfloat (found->ranked[2].worse_low, >, 0.2);
}

/* Contender 2 is 0 by another name; it must not be asked again. */
static gboolean
draw_twins (guint contender, guint first, guint n, double *values,
            gpointer data, GError **error)
{
  Made twin = *(Made *)data;
  if (contender != 2)
    return draw_made (contender, first, n, values, data, error);
  g_assert_cmpuint (first, ==, 0);
  twin.drawn[0] = 0;
  return draw_made (0, first, n, values, &twin, error);
}

static gboolean
draw_alike (guint contender, guint first, guint n, double *values,
            gpointer data, GError **error)
{
  (void)contender;
  (void)data;
  (void)error;
  for (guint r = 0; r < n; r++)
    values[r] = (first + r) % 3;
  return TRUE;
}

static void
test_twins_are_run_once (void)
{
  for (int method = SF_RANK_KN; method <= SF_RANK_OCBA; method++) {
    SfRankRule rule = rule_for (method, 3);
    static const double means[] = { 0, 1 };
    guint drawn = 0;
    for (int is_twin = 0; is_twin < 2; is_twin++) {
      Made made = { .seed = 4, .means = means, .own_sd = 0.5 };
      rule.k = is_twin ? 3 : 2;
      rule.limit = is_twin ? 210 : 200;
      g_autoptr (SfRanking) found
          = sf_rank (&rule, is_twin ? draw_twins : draw_made, &made, NULL);
      g_assert_cmpuint (found->best, ==, 0);
      g_assert_true (found->is_decided);
      if (is_twin) {
        g_assert_cmpint (found->ranked[2].fate, ==, SF_RANK_TWIN);
        g_assert_cmpint (found->ranked[2].twin, ==, 0);
        g_assert_cmpuint (found->ranked[2].n, ==, 10);
        g_assert_true (found->ranked[2].is_near);
        g_assert_cmpuint (found->n_counted, ==, drawn + 10);
      }
      drawn = found->n_counted;
    }
  }
}

static void
test_all_alike_ends (void)
{
  for (int method = SF_RANK_KN; method <= SF_RANK_OCBA; method++) {
    SfRankRule rule = rule_for (method, 4);
    g_autoptr (SfRanking) found = sf_rank (&rule, draw_alike, NULL, NULL);
    g_assert_true (found->is_decided);
    g_assert_cmpuint (found->best, ==, 0);
    g_assert_cmpuint (found->n_drawn, ==, 40);
    for (guint i = 1; i < 4; i++) {
      g_assert_cmpint (found->ranked[i].fate, ==, SF_RANK_TWIN);
      g_assert_cmpfloat (found->ranked[i].worse, ==, 0);
      g_assert_true (found->ranked[i].is_near);
    }
  }
}

static void
test_a_budget_is_spent_to_the_last (void)
{
  Made made = { .seed = 5, .means = apart, .own_sd = 1 };
  SfRankRule rule = rule_for (SF_RANK_OCBA, 5);
  rule.limit = 503;
  rule.batch = 20;
  g_autoptr (SfRanking) found = sf_rank (&rule, draw_made, &made, NULL);
  g_assert_cmpuint (found->n_drawn, ==, 503);
  g_assert_cmpuint (found->n_counted, ==, 503);
  g_assert_cmpuint (found->best, ==, 1);
  /* The far ones get next to nothing. */
  g_assert_cmpuint (found->ranked[0].n, <, 15);
  g_assert_cmpuint (found->ranked[2].n, >, 110);
  g_assert_cmpfloat (found->good_prob, >=, found->correct_prob);
  g_assert_true (found->is_decided == (found->good_prob >= rule.confidence));
}

static void
test_a_share_of_the_first_mean (void)
{
  static const double means[] = { 50, 30 };
  Made made = { .seed = 6, .means = means };
  SfRankRule rule = rule_for (SF_RANK_KN, 2);
  rule.indifference_frac = 0.1;
  g_autoptr (SfRanking) found = sf_rank (&rule, draw_made, &made, NULL);
  g_assert_cmpfloat_with_epsilon (found->indifference, 5, 0.2);
}

static gboolean
draw_zero (guint contender, guint first, guint n, double *values, gpointer data,
           GError **error)
{
  (void)first;
  (void)data;
  (void)error;
  for (guint r = 0; r < n; r++)
    values[r] = contender;
  return TRUE;
}

static void
test_a_share_of_nothing_is_refused (void)
{
  SfRankRule rule = rule_for (SF_RANK_KN, 2);
  rule.indifference_frac = 0.1;
  g_autoptr (GError) error = NULL;
  g_assert_null (sf_rank (&rule, draw_zero, NULL, &error));
  g_assert_error (error, SF_RANK_ERROR, SF_RANK_ERROR_INDIFFERENCE);
}

static gboolean
draw_fails (guint contender, guint first, guint n, double *values,
            gpointer data, GError **error)
{
  if (contender == 1 && first > 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no");
    return FALSE;
  }
  return draw_made (contender, first, n, values, data, error);
}

static void
test_an_error_of_a_draw_ends_it (void)
{
  for (int method = SF_RANK_KN; method <= SF_RANK_OCBA; method++) {
    Made made = { .seed = 7, .means = neighbours, .own_sd = 1 };
    SfRankRule rule = rule_for (method, 2);
    g_autoptr (GError) error = NULL;
    g_assert_null (sf_rank (&rule, draw_fails, &made, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/race/constants-by-hand", test_constants_by_hand);
  g_test_add_func ("/race/the-triangle-by-hand", test_the_triangle_by_hand);
  g_test_add_func ("/race/equal-means-end", test_equal_means_end);
  g_test_add_func ("/race/the-largest-wins-when-asked",
                   test_the_largest_wins_when_asked);
  g_test_add_func ("/ocba/shares-by-hand", test_shares_by_hand);
  g_test_add_func ("/ocba/spreads-count-by-hand", test_spreads_count_by_hand);
  g_test_add_func ("/ocba/shares-without-spread-or-distance",
                   test_shares_without_spread_or_distance);
  g_test_add_func ("/ocba/who-is-furthest-behind-is-next",
                   test_who_is_furthest_behind_is_next);
  g_test_add_func ("/ocba/correct-prob-by-hand", test_correct_prob_by_hand);
  g_test_add_func ("/ranking/clear-losers-leave-at-once",
                   test_clear_losers_leave_at_once);
  g_test_add_func ("/ranking/batches-change-no-result",
                   test_batches_change_no_result);
  g_test_add_func ("/ranking/the-limit-leaves-it-open",
                   test_the_limit_leaves_it_open);
  g_test_add_func ("/ranking/who-is-within-the-zone-is-told",
                   test_who_is_within_the_zone_is_told);
  g_test_add_func ("/ranking/twins-are-run-once", test_twins_are_run_once);
  g_test_add_func ("/ranking/all-alike-ends", test_all_alike_ends);
  g_test_add_func ("/ranking/a-budget-is-spent-to-the-last",
                   test_a_budget_is_spent_to_the_last);
  g_test_add_func ("/ranking/a-share-of-the-first-mean",
                   test_a_share_of_the_first_mean);
  g_test_add_func ("/ranking/a-share-of-nothing-is-refused",
                   test_a_share_of_nothing_is_refused);
  g_test_add_func ("/ranking/an-error-of-a-draw-ends-it",
                   test_an_error_of_a_draw_ends_it);
  return g_test_run ();
}
