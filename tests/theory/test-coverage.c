/* test-coverage.c - do intervals cover what they say, and do rules stop where they should? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Student's interval covers less than it says on skewed output. How much less
 * was measured apart, with another program: 20,000 trials for each figure
 * below. The same trials here agree within 5 standard errors of both together.
 * Then what is to be done about it: the bootstrap covers more, and where nothing
 * covers (nearly all values 0) a warning is given.
 */
#include "sim/inference/precision.h"
#include "sim/inference/interval.h"

#include <math.h>

#include "sim/base/random.h"

#define TRIALS 20000
#define ERRORS 5.0
#define N_MAX 400

typedef double (*Draw) (SfStream *stream);

static double
draw_normal (SfStream *stream)
{
  return sf_stream_normal (stream, 0, 1);
}

static double
draw_exponential (SfStream *stream)
{
  return sf_stream_exponential (stream, 1);
}

static double
draw_lognormal (SfStream *stream)
{
  return exp (sf_stream_normal (stream, 0, 1));
}

/* 90 % zero, else exponential with mean 10. */
static double
draw_mostly_zero (SfStream *stream)
{
  double u = sf_stream_uniform (stream), x = sf_stream_exponential (stream, 10);
  return u < 0.9 ? 0 : x;
}

#define N_SIZES 6
static const guint sizes[N_SIZES] = { 5, 10, 20, 50, 100, 400 };
static const struct {
  const char *name;
  Draw draw;
  double mean;
  double covered_frac[N_SIZES]; /* measured apart, nominal .95 */
} laws[] = {
  { "normal", draw_normal, 0, { .952, .949, .948, .950, .950, .953 } },
  { "exponential",
    draw_exponential,
    1,
    { .883, .902, .919, .933, .944, .949 } },
  { "lognormal",
    draw_lognormal,
    1.6487212707001282, /* exp (1/2) */
    { .821, .839, .869, .897, .920, .940 } },
  { "mostly zero",
    draw_mostly_zero,
    1,
    { .371, .534, .687, .817, .873, .929 } },
};

static void
draw_all (Draw draw, SfStream *stream, double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    values[i] = draw (stream);
}

/* Share of the trials whose interval holds the mean. */
static double
coverage (guint law, guint n, guint trials, gboolean is_bootstrap)
{
  double x[N_MAX];
  guint hits = 0;
  for (guint trial = 0; trial < trials; trial++) {
    SfStream stream;
    sf_stream_init (&stream, 1, laws[law].name, trial, n);
    draw_all (laws[law].draw, &stream, x, n);
    SfInterval ci = is_bootstrap
                        ? sf_interval_mean_bootstrap (x, n, 0.95, trial)
                        : sf_interval_mean (x, n, 0.95);
    hits += sf_interval_holds (&ci, laws[law].mean);
  }
  return (double)hits / trials;
}

static void
check_student (guint law, guint size)
{
  double expected = laws[law].covered_frac[size];
  double found = coverage (law, sizes[size], TRIALS, FALSE);
  double error = sqrt (2 * expected * (1 - expected) / TRIALS);
  g_test_message ("%s, n = %u: %.4f, expected %.3f", laws[law].name,
                  sizes[size], found, expected);
  /* The figures are rounded to three digits. */
  g_assert_cmpfloat (fabs (found - expected), <, ERRORS * error + 0.0005);
}

static void
test_student_covers_as_measured (void)
{
  for (guint law = 0; law < G_N_ELEMENTS (laws); law++)
    for (guint size = 0; size < N_SIZES; size++)
      check_student (law, size);
}

/* More than Student, and by more than chance. */
static void
check_bootstrap (guint law, guint size)
{
  const guint trials = 2500;
  double student = laws[law].covered_frac[size];
  double found = coverage (law, sizes[size], trials, TRUE);
  double variance = student * (1 - student);
  g_test_message ("%s, n = %u: bootstrap %.4f, Student %.3f", laws[law].name,
                  sizes[size], found, student);
  g_assert_cmpfloat (found - student, >,
                     ERRORS * sqrt (variance / trials + variance / TRIALS));
  g_assert_cmpfloat (found, <, 0.95 + ERRORS * sqrt (0.05 * 0.95 / trials));
}

static void
test_bootstrap_covers_skewed_values_better (void)
{
  check_bootstrap (1, 1);
  check_bootstrap (2, 1);
  check_bootstrap (2, 2);
}

static void
test_mostly_zero_is_warned_of (void)
{
  double x[N_MAX];
  SfStream stream;
  sf_stream_init (&stream, 1, "mostly zero", 0, 0);
  for (guint trial = 0; trial < 1000; trial++) {
    SfShape shape;
    draw_all (draw_mostly_zero, &stream, x, 100);
    sf_shape (x, 100, &shape);
    g_autofree char *warning = sf_shape_warning (&shape);
    g_assert_nonnull (warning);
  }
}

/* Runs of one replication a batch from Exp (1), until the mean is known to
 * 15 %. */
static void
stop (double g, guint trials, double *mean_n, double *within_frac)
{
  const SfPrecisionPlan plan = { 30, 1, 2000 };
  SfPrecisionGoal goal = { g, NAN };
  double x[2000], sum_n = 0, within = 0;
  for (guint trial = 0; trial < trials; trial++) {
    SfStream stream;
    SfPrecisionState state = { 0 };
    sf_stream_init (&stream, 1, "stop", trial, 0);
    for (guint n = 0, next; !state.is_reached; n = next) {
      next = sf_precision_next (&plan, n);
      g_assert_cmpuint (next, >, n);
      draw_all (draw_exponential, &stream, x + n, next - n);
      sf_precision_judge (x, next, &goal, 0.95, &state);
    }
    sum_n += state.n;
    within += fabs (state.mean - 1) <= 0.15;
  }
  *mean_n = sum_n / trials;
  *within_frac = within / trials;
}

/* Both rules as measured apart. With the uncorrected one, h / |mean| <= g, the
 * relative error is not what was asked for: g / (1 + g) = .15 for g = .1765. */
static void
test_stopping_rule (void)
{
  const guint trials = 2000;
  double n, within;
  stop (0.15, trials, &n, &within);
  g_test_message ("corrected: %.1f runs, %.4f within", n, within);
  g_assert_cmpfloat (fabs (n - 224), <, 6);
  g_assert_cmpfloat (fabs (within - 0.972), <,
                     ERRORS * sqrt (2 * 0.972 * 0.028 / trials));
  stop (0.15 / 0.85, trials, &n, &within);
  g_test_message ("uncorrected: %.1f runs, %.4f within", n, within);
  g_assert_cmpfloat (fabs (n - 169), <, 6);
  g_assert_cmpfloat (fabs (within - 0.940), <,
                     ERRORS * sqrt (2 * 0.94 * 0.06 / trials));
}

static void
test_mean_zero_never_stops_without_a_floor (void)
{
  const SfPrecisionPlan plan = { 30, 50, 2000 };
  SfPrecisionGoal relative = { 0.15, NAN }, absolute = { 0.15, 0.1 };
  SfPrecisionState state;
  double x[2000];
  SfStream stream;
  guint n = 0;
  sf_stream_init (&stream, 1, "zero", 0, 0);
  draw_all (draw_normal, &stream, x, 2000);
  while (sf_precision_next (&plan, n) > n) {
    n = sf_precision_next (&plan, n);
    sf_precision_judge (x, n, &relative, 0.95, &state);
    g_assert_false (state.is_reached);
  }
  /* 1.96 / sqrt (n) <= .1 from some 384 on. */
  for (n = 0; n == 0 || !state.is_reached;) {
    n = sf_precision_next (&plan, n);
    sf_precision_judge (x, n, &absolute, 0.95, &state);
  }
  g_assert_cmpuint (n, >=, 350);
  g_assert_cmpuint (n, <=, 450);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coverage/student-as-measured",
                   test_student_covers_as_measured);
  g_test_add_func ("/coverage/bootstrap-covers-skewed-values-better",
                   test_bootstrap_covers_skewed_values_better);
  g_test_add_func ("/coverage/mostly-zero-is-warned-of",
                   test_mostly_zero_is_warned_of);
  g_test_add_func ("/precision/stopping-rule", test_stopping_rule);
  g_test_add_func ("/precision/mean-zero-needs-a-floor",
                   test_mean_zero_never_stops_without_a_floor);
  return g_test_run ();
}
