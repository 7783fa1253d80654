/* test-morris.c - elementary effects of small designs. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/morris.h"

#include <math.h>
#include <string.h>

#include "sim/base/random.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-12)

static const SfResample often = { 5, 200 };

/* Two trajectories of two factors, the second in another order and downward.
 * Effects of the first factor: 3 / 0.5 and (1 - 4) / 0.5 = 6 and -6; of the
 * second: -1 / 0.5 = -2 and (4 - 5) / -0.5 = 2. */
static const double hand_x[] = { 0, 0, 0.5, 0,   0.5, 0.5, /* */
                                 0, 1, 0,   0.5, 0.5, 0.5 };
static const double hand_y[] = { 1, 4, 3, /* */ 5, 4, 1 };

static void
test_two_trajectories_by_hand (void)
{
  SfMorrisRuns runs = { 2, 2, 2, NULL, FALSE, hand_x, hand_y };
  g_autoptr (SfMorris) m = sf_morris_new (&runs, &often, NULL);
  g_assert_cmpuint (m->n_used, ==, 2);
  NEAR (m->effects[0].mu.value, 0);
  NEAR (m->effects[0].mu_star.value, 6);
  NEAR (m->effects[0].sigma.value, sqrt (72));
  NEAR (m->effects[1].mu.value, 0);
  NEAR (m->effects[1].mu_star.value, 2);
  NEAR (m->effects[1].sigma.value, sqrt (8));
  NEAR (m->effects[0].mu.low, -6);
  NEAR (m->effects[0].mu.high, 6);
}

/* The same rows, but each compared with the first: 3 / 0.5; the second row
 * moves both factors and is refused. */
static void
test_radial_rows_are_steps_from_the_first (void)
{
  const double x[] = { 0, 0, 0.5, 0, 0, 0.25 };
  const double y[] = { 1, 4, 3 };
  SfMorrisRuns runs = { 1, 2, 2, NULL, TRUE, x, y };
  g_autoptr (SfMorris) m = sf_morris_new (&runs, &often, NULL);
  NEAR (m->effects[0].mu.value, 6);
  NEAR (m->effects[1].mu.value, 8);
  g_assert_true (isnan (m->effects[0].sigma.value));
  runs.x = hand_x;
  g_autoptr (GError) error = NULL;
  g_assert_null (sf_morris_new (&runs, &often, &error));
  g_assert_error (error, SF_MORRIS_ERROR, SF_MORRIS_ERROR_DESIGN);
}

/* Factors 0 and 2 move together, one up and one down, by 0.5 and 0.25. */
static void
test_groups_have_sizes_only (void)
{
  const guint group_of[] = { 1, 0, 1 };
  const double x[] = { 0, 0, 1, 0.5, 0, 0.75, 0.5, 0.5, 0.75 };
  const double y[] = { 4, 1, 2 };
  SfMorrisRuns runs = { 1, 3, 2, group_of, FALSE, x, y };
  g_autoptr (SfMorris) m = sf_morris_new (&runs, &often, NULL);
  NEAR (m->effects[1].mu_star.value, 3 / 0.375);
  g_assert_true (isnan (m->effects[1].mu.value));
  g_assert_true (isnan (m->effects[1].sigma.value));
  NEAR (m->effects[0].mu_star.value, 2);
  NEAR (m->effects[0].mu.value, 2);
}

static void
test_rows_that_are_no_trajectory_are_refused (void)
{
  const double twice[] = { 0, 0, 0.5, 0, 1, 0 };
  const double nothing[] = { 0, 0, 0.5, 0, 0.5, 0 };
  const double both[] = { 0, 0, 0.5, 0.5, 0.5, 0 };
  const double *const wrong[] = { twice, nothing, both };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    SfMorrisRuns runs = { 1, 2, 2, NULL, FALSE, wrong[i], hand_y };
    g_assert_null (sf_morris_new (&runs, &often, &error));
    g_assert_error (error, SF_MORRIS_ERROR, SF_MORRIS_ERROR_DESIGN);
  }
}

/* Random trajectories of 3 factors with steps of 2/3, and the outcomes of
 * y = 2 x0 + x0 x1; the last factor is not read. */
static void
run_design (guint r, double *x, double *y)
{
  SfStream stream;
  sf_stream_init (&stream, 11, "test", 0, 0);
  for (guint t = 0; t < r; t++) {
    guint first = sf_stream_index (&stream, 3);
    for (guint row = 0; row < 4; row++) {
      double *own = x + (t * 4 + row) * 3;
      if (row == 0)
        for (guint c = 0; c < 3; c++)
          own[c] = sf_stream_index (&stream, 2) / 3.0;
      else
        memcpy (own, own - 3, 3 * sizeof *own);
      if (row > 0)
        own[(first + row) % 3] += 2 / 3.0;
      y[t * 4 + row] = 2 * own[0] + own[0] * own[1];
    }
  }
}

static void
test_an_unread_factor_has_exactly_nothing (void)
{
  enum { R = 20 };
  double x[R * 12], y[R * 4];
  run_design (R, x, y);
  SfMorrisRuns runs = { R, 3, 3, NULL, FALSE, x, y };
  g_autoptr (SfMorris) m = sf_morris_new (&runs, &often, NULL);
  const SfMorrisEffect *unread = &m->effects[2];
  g_assert_cmpfloat (unread->mu_star.value, ==, 0);
  g_assert_cmpfloat (unread->mu_star.high, ==, 0);
  g_assert_cmpfloat (unread->mu.value, ==, 0);
  g_assert_cmpfloat (unread->sigma.value, ==, 0);
  g_assert_cmpfloat (m->effects[0].mu_star.low, >, 2);
  g_assert_cmpfloat (m->effects[0].mu_star.high, <, 3);
  g_assert_cmpfloat (m->effects[0].mu_star.low, <, m->effects[0].mu_star.high);
}

/* To the last bit as if the trajectories had never been there. */
static void
test_failed_runs_drop_their_trajectory (void)
{
  enum { R = 12 };
  double x[R * 12], y[R * 4], kept_x[R * 12], kept_y[R * 4];
  guint n_kept = 0;
  run_design (R, x, y);
  y[4 * 2 + 3] = NAN;
  y[4 * 7] = INFINITY;
  for (guint t = 0; t < R; t++)
    if (t != 2 && t != 7) {
      memcpy (kept_x + 12 * n_kept, x + 12 * t, 12 * sizeof *x);
      memcpy (kept_y + 4 * n_kept++, y + 4 * t, 4 * sizeof *y);
    }
  SfMorrisRuns runs = { R, 3, 3, NULL, FALSE, x, y };
  SfMorrisRuns without = { n_kept, 3, 3, NULL, FALSE, kept_x, kept_y };
  g_autoptr (SfMorris) a = sf_morris_new (&runs, &often, NULL);
  g_autoptr (SfMorris) b = sf_morris_new (&without, &often, NULL);
  g_assert_cmpuint (a->n_used, ==, R - 2);
  g_assert_cmpuint (a->n_dropped, ==, 2);
  gsize size = 3 * sizeof *a->effects;
  g_assert_cmpmem (a->effects, size, b->effects, size);
}

static void
test_without_runs_nothing_is_defined (void)
{
  const double y[] = { NAN, NAN, NAN, NAN, NAN, NAN };
  SfMorrisRuns runs = { 2, 2, 2, NULL, FALSE, hand_x, y };
  g_autoptr (SfMorris) m = sf_morris_new (&runs, &often, NULL);
  g_assert_cmpuint (m->n_used, ==, 0);
  g_assert_cmpuint (m->n_dropped, ==, 2);
  g_assert_true (isnan (m->effects[0].mu_star.value));
  g_assert_true (isnan (m->effects[0].mu_star.low));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/morris/two-trajectories-by-hand",
                   test_two_trajectories_by_hand);
  g_test_add_func ("/morris/radial-rows-are-steps-from-the-first",
                   test_radial_rows_are_steps_from_the_first);
  g_test_add_func ("/morris/groups-have-sizes-only",
                   test_groups_have_sizes_only);
  g_test_add_func ("/morris/rows-that-are-no-trajectory-are-refused",
                   test_rows_that_are_no_trajectory_are_refused);
  g_test_add_func ("/morris/an-unread-factor-has-exactly-nothing",
                   test_an_unread_factor_has_exactly_nothing);
  g_test_add_func ("/morris/failed-runs-drop-their-trajectory",
                   test_failed_runs_drop_their_trajectory);
  g_test_add_func ("/morris/without-runs-nothing-is-defined",
                   test_without_runs_nothing_is_defined);
  return g_test_run ();
}
