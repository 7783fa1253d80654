/* test-sobol.c - variance shares of small samples. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/sobol.h"

#include <math.h>
#include <string.h>

#include "sim/base/random.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-12)

static const SfResample often = { 7, 200 };

/* y of a small model at 4 coordinates; the last is not read. */
static double
model (const double *x)
{
  return x[0] + 2 * x[1] * x[2];
}

/* Outcomes of n base rows of 4 random factors, in the order of the design.
 * Owned by the caller. */
static double *
run_design (guint n, gboolean has_second)
{
  guint g = 4, length = 2 + (has_second ? 2 : 1) * g;
  double *y = g_new (double, (gsize)n *length);
  SfStream stream;
  sf_stream_init (&stream, 3, "test", 0, 0);
  for (guint i = 0; i < n; i++) {
    double a[4], b[4], mixed[4], *row = y + (gsize)i * length;
    for (guint j = 0; j < g; j++) {
      a[j] = sf_stream_uniform (&stream);
      b[j] = sf_stream_uniform (&stream);
    }
    row[0] = model (a);
    row[1] = model (b);
    for (guint c = 2; c < length; c++) {
      guint j = (c - 2) % g;
      memcpy (mixed, c < 2 + g ? a : b, sizeof mixed);
      mixed[j] = c < 2 + g ? b[j] : a[j];
      row[c] = model (mixed);
    }
  }
  return y;
}

/* A, B = 0, 2 and 1, 1; the mean is 1, V = (1 + 1 + 0 + 0) / 3. AB = 2 and 0:
 * S = (1 * 2 + 0 * -1) / 2 V, ST = (4 + 1) / 4 V. */
static void
test_two_rows_by_hand (void)
{
  const double y[] = { 0, 2, 2, 1, 1, 0 };
  SfSobolRuns runs = { 2, 1, FALSE, y };
  g_autoptr (SfSobol) s = sf_sobol_new (&runs, &(SfResample){ 1, 0 });
  g_assert_cmpuint (s->n_used, ==, 2);
  NEAR (s->mean, 1);
  NEAR (s->variance, 2 / 3.0);
  NEAR (s->first[0].value, 1.5);
  NEAR (s->total[0].value, 1.875);
  NEAR (s->sum_first.value, 1.5);
  NEAR (s->sum_total.value, 1.875);
  g_assert_true (isnan (s->first[0].low) && isnan (s->first[0].high));
  g_assert_null (s->second);
}

/* The twin of AB: BA = 1 and 3. The terms of S are (2 + 0 * -1) / 2 and
 * (-1 * -1 + 0 * 2) / 2, those of ST (4 + 1) / 4 and (1 + 4) / 4. */
static void
test_twins_are_averaged (void)
{
  const double y[] = { 0, 2, 2, 1, 1, 1, 0, 3 };
  SfSobolRuns runs = { 2, 1, TRUE, y };
  g_autoptr (SfSobol) s = sf_sobol_new (&runs, &(SfResample){ 1, 0 });
  NEAR (s->first[0].value, (1.5 + 0) / 2 * 1.5);
  NEAR (s->total[0].value, 2.5 / 2 * 1.5);
}

/* By the formula of Saltelli (2002) and its twin, term by term. */
static void
test_second_order_is_saltellis (void)
{
  enum { N = 50 };
  g_autofree double *y = run_design (N, TRUE);
  SfSobolRuns runs = { N, 4, TRUE, y };
  g_autoptr (SfSobol) s = sf_sobol_new (&runs, &(SfResample){ 1, 0 });
  for (guint i = 0; i < 4; i++)
    for (guint j = 0; j < i; j++) {
      double sum = 0;
      for (guint r = 0; r < N; r++) {
        double q[10];
        for (guint c = 0; c < 10; c++)
          q[c] = y[r * 10 + c] - s->mean;
        sum += (q[6 + i] * q[2 + j] + q[6 + j] * q[2 + i]) / 2 - q[0] * q[1];
      }
      double closed = sum / N / s->variance;
      NEAR (s->second[i * 4 + j].value,
            closed - s->first[i].value - s->first[j].value);
      g_assert_cmpmem (s->second + i * 4 + j, sizeof (SfEstimate),
                       s->second + j * 4 + i, sizeof (SfEstimate));
    }
}

static void
assert_zero (const SfEstimate *e)
{
  g_assert_cmpfloat (e->value, ==, 0);
  g_assert_cmpfloat (e->low, ==, 0);
  g_assert_cmpfloat (e->high, ==, 0);
}

static void
test_an_unread_factor_has_exactly_nothing (void)
{
  for (int has_second = 0; has_second < 2; has_second++) {
    g_autofree double *y = run_design (64, has_second);
    SfSobolRuns runs = { 64, 4, has_second, y };
    g_autoptr (SfSobol) s = sf_sobol_new (&runs, &often);
    assert_zero (&s->first[3]);
    assert_zero (&s->total[3]);
    g_assert_cmpfloat (s->total[0].low, >, 0);
    for (guint i = 0; has_second && i < 3; i++)
      assert_zero (&s->second[3 * 4 + i]);
  }
}

static void
assert_same (const SfSobol *a, const SfSobol *b)
{
  gsize size = a->g * sizeof (SfEstimate);
  g_assert_cmpmem (a->first, size, b->first, size);
  g_assert_cmpmem (a->total, size, b->total, size);
  g_assert_cmpmem (&a->variance, sizeof (double), &b->variance,
                   sizeof (double));
}

/* Failures in A, in AB and, infinite, in B: to the last bit as if the three
 * base rows had never been there. */
static void
test_failed_runs_drop_their_base_row (void)
{
  g_autofree double *y = run_design (40, FALSE);
  double kept[40 * 6];
  guint n_kept = 0;
  y[3 * 6] = y[20 * 6 + 4] = NAN;
  y[21 * 6 + 1] = INFINITY;
  for (guint i = 0; i < 40; i++)
    if (i != 3 && i != 20 && i != 21)
      memcpy (kept + 6 * n_kept++, y + 6 * i, 6 * sizeof *y);
  SfSobolRuns runs = { 40, 4, FALSE, y };
  SfSobolRuns without = { n_kept, 4, FALSE, kept };
  g_autoptr (SfSobol) a = sf_sobol_new (&runs, &often);
  g_autoptr (SfSobol) b = sf_sobol_new (&without, &often);
  g_assert_cmpuint (a->n_used, ==, 37);
  g_assert_cmpuint (a->n_dropped, ==, 3);
  g_assert_cmpuint (b->n_dropped, ==, 0);
  assert_same (a, b);
  g_assert_true (isfinite (a->first[0].low));
}

static void
assert_undefined (const SfSobol *s)
{
  g_assert_true (s->is_flat);
  for (guint j = 0; j < s->g; j++) {
    g_assert_true (isnan (s->first[j].value) && isnan (s->first[j].low));
    g_assert_true (isnan (s->total[j].value) && isnan (s->total[j].high));
  }
  g_assert_true (isnan (s->sum_first.value) && isnan (s->variance));
}

static void
test_no_variance_is_said (void)
{
  double y[8 * 6];
  for (guint i = 0; i < G_N_ELEMENTS (y); i++)
    y[i] = 0.1;
  SfSobolRuns runs = { 8, 4, FALSE, y };
  g_autoptr (SfSobol) flat = sf_sobol_new (&runs, &often);
  assert_undefined (flat);
  g_assert_cmpfloat (flat->mean, ==, 0.1);
  runs.n = 1;
  y[0] = 3;
  g_autoptr (SfSobol) one = sf_sobol_new (&runs, &often);
  assert_undefined (one);
  y[0] = NAN;
  g_autoptr (SfSobol) none = sf_sobol_new (&runs, &often);
  assert_undefined (none);
  g_assert_cmpuint (none->n_used, ==, 0);
  g_assert_cmpuint (none->n_dropped, ==, 1);
}

static void
test_the_seed_moves_intervals_only (void)
{
  g_autofree double *y = run_design (64, FALSE);
  SfSobolRuns runs = { 64, 4, FALSE, y };
  g_autoptr (SfSobol) a = sf_sobol_new (&runs, &often);
  g_autoptr (SfSobol) b = sf_sobol_new (&runs, &often);
  g_autoptr (SfSobol) c = sf_sobol_new (&runs, &(SfResample){ 8, 200 });
  assert_same (a, b);
  g_assert_cmpfloat (a->first[0].value, ==, c->first[0].value);
  g_assert_cmpfloat (a->first[0].low, !=, c->first[0].low);
}

/* A level far above the spread costs digits, no more. */
static void
test_a_high_level_is_harmless (void)
{
  g_autofree double *y = run_design (64, FALSE);
  SfSobolRuns runs = { 64, 4, FALSE, y };
  g_autoptr (SfSobol) low = sf_sobol_new (&runs, &often);
  for (guint i = 0; i < 64 * 6; i++)
    y[i] += 1e6;
  g_autoptr (SfSobol) high = sf_sobol_new (&runs, &often);
  for (guint j = 0; j < 4; j++) {
    g_assert_cmpfloat_with_epsilon (low->first[j].value, high->first[j].value,
                                    1e-8);
    g_assert_cmpfloat_with_epsilon (low->first[j].low, high->first[j].low,
                                    1e-8);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sobol/two-rows-by-hand", test_two_rows_by_hand);
  g_test_add_func ("/sobol/twins-are-averaged", test_twins_are_averaged);
  g_test_add_func ("/sobol/second-order-is-saltellis",
                   test_second_order_is_saltellis);
  g_test_add_func ("/sobol/an-unread-factor-has-exactly-nothing",
                   test_an_unread_factor_has_exactly_nothing);
  g_test_add_func ("/sobol/failed-runs-drop-their-base-row",
                   test_failed_runs_drop_their_base_row);
  g_test_add_func ("/sobol/no-variance-is-said", test_no_variance_is_said);
  g_test_add_func ("/sobol/the-seed-moves-intervals-only",
                   test_the_seed_moves_intervals_only);
  g_test_add_func ("/sobol/a-high-level-is-harmless",
                   test_a_high_level_is_harmless);
  return g_test_run ();
}
