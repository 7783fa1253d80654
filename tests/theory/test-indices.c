/* test-indices.c - do indices agree with the books? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Samples of 2^13 base rows from the quasi-random sequence of Sobol (GSL's),
 * which is far more even than a random sample: each index lies within 3 half
 * widths of its bootstrap interval, which is made for random samples, and also
 * within an absolute bound.
 */
#include "sim/sensitivity/morris.h"
#include "sim/sensitivity/sobol.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_qrng.h>

#include "sim/base/random.h"
#include "tests/theory/known-functions.h"

#define N 8192
#define BOUND 0.005
#define K_MAX 8

static const SfResample some = { 1, 200 };

typedef double (*Function) (const double *x, gpointer data);

/* What a Saltelli sample of k factors in g groups gives. */
typedef struct {
  guint n, k, g;
  const guint *group_of; /* k; NULL: each its own */
  gboolean has_second;
  Function f;
  gpointer data;
} Study;

/* `ab` is one base row: the place in A, then the one in B. */
static void
run_row (const Study *s, const double *ab, double *y)
{
  const double *a = ab, *b = ab + s->k;
  *y++ = s->f (a, s->data);
  *y++ = s->f (b, s->data);
  for (int twin = 0; twin <= s->has_second; twin++)
    for (guint j = 0; j < s->g; j++) {
      double x[K_MAX];
      for (guint c = 0; c < s->k; c++) {
        gboolean is_own = (s->group_of ? s->group_of[c] : c) == j;
        x[c] = is_own != twin ? b[c] : a[c];
      }
      *y++ = s->f (x, s->data);
    }
}

/* A quasi-random sample, or a random one drawn from `stream`. */
static SfSobol *
analyse (const Study *s, SfStream *stream)
{
  guint length = 2 + (s->has_second ? 2 : 1) * s->g;
  g_autofree double *y = g_new (double, (gsize)s->n *length);
  gsl_qrng *sequence = gsl_qrng_alloc (gsl_qrng_sobol, 2 * s->k);
  for (guint i = 0; i < s->n; i++) {
    double ab[2 * K_MAX];
    gsl_qrng_get (sequence, ab);
    for (guint c = 0; stream && c < 2 * s->k; c++)
      ab[c] = sf_stream_uniform (stream);
    run_row (s, ab, y + (gsize)i * length);
  }
  gsl_qrng_free (sequence);
  SfSobolRuns runs = { s->n, s->g, s->has_second, y };
  return sf_sobol_new (&runs, &some);
}

static void
assert_known (const SfEstimate *e, double known)
{
  double half_width = (e->high - e->low) / 2;
  g_test_message ("%.5f [%.5f, %.5f], known %.5f", e->value, e->low, e->high,
                  known);
  g_assert_cmpfloat (fabs (e->value - known), <, 3 * half_width);
  g_assert_cmpfloat (fabs (e->value - known), <, BOUND);
}

static double
f_ishigami (const double *x, gpointer data)
{
  return ishigami (x);
}

static void
test_ishigami (void)
{
  Study study = { N, 3, 3, NULL, TRUE, f_ishigami, NULL };
  g_autoptr (SfSobol) s = analyse (&study, NULL);
  const double first[] = { ISHIGAMI_S1, ISHIGAMI_S2, 0 };
  const double total[]
      = { ISHIGAMI_S1 + ISHIGAMI_S13, ISHIGAMI_S2, ISHIGAMI_S13 };
  for (guint j = 0; j < 3; j++) {
    assert_known (&s->first[j], first[j]);
    assert_known (&s->total[j], total[j]);
  }
  assert_known (&s->second[0 * 3 + 1], 0);
  assert_known (&s->second[0 * 3 + 2], ISHIGAMI_S13);
  assert_known (&s->second[1 * 3 + 2], 0);
}

static const double g_a[] = { 0, 1, 4.5, 9 };

static double
f_g (const double *x, gpointer data)
{
  return g_function (x, g_a, 4);
}

static void
test_g_function (void)
{
  Study study = { N, 4, 4, NULL, TRUE, f_g, NULL };
  g_autoptr (SfSobol) s = analyse (&study, NULL);
  double all = 1;
  for (guint j = 0; j < 4; j++)
    all *= 1 + g_variance (g_a[j]);
  for (guint j = 0; j < 4; j++) {
    double own = g_variance (g_a[j]);
    assert_known (&s->first[j], own / (all - 1));
    assert_known (&s->total[j], own * all / (1 + own) / (all - 1));
    for (guint i = 0; i < j; i++)
      assert_known (&s->second[i * 4 + j],
                    own * g_variance (g_a[i]) / (all - 1));
  }
  g_assert_cmpfloat (fabs (s->variance - (all - 1)), <, 0.02);
}

/* The first and the third factor of Ishigami together, and the second: nothing
 * is left that only both groups do. */
static void
test_groups (void)
{
  const guint group_of[] = { 0, 1, 0 };
  Study study = { N, 3, 2, group_of, TRUE, f_ishigami, NULL };
  g_autoptr (SfSobol) s = analyse (&study, NULL);
  assert_known (&s->first[0], ISHIGAMI_S1 + ISHIGAMI_S13);
  assert_known (&s->total[0], ISHIGAMI_S1 + ISHIGAMI_S13);
  assert_known (&s->first[1], ISHIGAMI_S2);
  assert_known (&s->total[1], ISHIGAMI_S2);
  assert_known (&s->second[1], 0);
}

/* y = x0 + 2 x1 + 3 x2: shares 1, 4 and 9 of 14. */
static double
f_sum (const double *x, gpointer data)
{
  return x[0] + 2 * x[1] + 3 * x[2];
}

/* 200 random samples of 256 rows. An interval of nominal 95 % that keeps its
 * promise covers at least .95 - 5 sqrt (.95 .05 / 200) = .87 of them; the
 * percentile method is known to fall a little short of nominal. */
static void
test_intervals_cover (void)
{
  Study study = { 256, 3, 3, NULL, FALSE, f_sum, NULL };
  guint first[3] = { 0 }, total[3] = { 0 };
  for (guint i = 0; i < 200; i++) {
    SfStream stream;
    sf_stream_init (&stream, 20, "test", i, 0);
    g_autoptr (SfSobol) s = analyse (&study, &stream);
    for (guint j = 0; j < 3; j++) {
      double share = (j + 1) * (j + 1) / 14.0;
      first[j] += s->first[j].low <= share && share <= s->first[j].high;
      total[j] += s->total[j].low <= share && share <= s->total[j].high;
    }
  }
  for (guint j = 0; j < 3; j++) {
    g_test_message ("first %u, total %u of 200", first[j], total[j]);
    g_assert_cmpuint (first[j], >=, 170);
    g_assert_cmpuint (total[j], >=, 170);
    g_assert_cmpuint (first[j] + total[j], <, 400);
  }
}

/* Radial designs from the same sequence, k + 1 rows each. The mean absolute
 * effect of a line is its slope; that of x^2 between two independent places is
 * the mean of their sum, 1, and its variance that of the sum, 1 / 6. */
static double
f_bent (const double *x, gpointer data)
{
  return 3 * x[0] - x[1] + x[2] * x[2];
}

static void
test_radial_effects (void)
{
  enum { R = 1024, K = 3 };
  g_autofree double *x = g_new (double, R *(K + 1) * K);
  g_autofree double *y = g_new (double, R *(K + 1));
  SfStream stream;
  sf_stream_init (&stream, 2, "test", 0, 0);
  for (guint row = 0; row < R * (K + 1); row++) {
    double *own = x + row * K;
    guint j = row % (K + 1);
    if (j > 0)
      memcpy (own, own - j * K, K * sizeof *own);
    for (guint c = 0; c < K; c++)
      if (j == 0 || c == j - 1)
        own[c] = sf_stream_uniform (&stream);
    y[row] = f_bent (own, NULL);
  }
  SfMorrisRuns runs = { R, K, K, NULL, TRUE, x, y };
  g_autoptr (SfMorris) m = sf_morris_new (&runs, &some, NULL);
  const SfMorrisEffect *e = m->effects;
  g_assert_cmpfloat_with_epsilon (e[0].mu_star.value, 3, 1e-9);
  g_assert_cmpfloat_with_epsilon (e[1].mu.value, -1, 1e-9);
  g_assert_cmpfloat_with_epsilon (e[1].mu_star.value, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (e[0].sigma.value, 0, 1e-9);
  double error = sqrt (1 / 6.0 / R);
  g_assert_cmpfloat (fabs (e[2].mu_star.value - 1), <, 5 * error);
  g_assert_cmpfloat (fabs (e[2].sigma.value - sqrt (1 / 6.0)), <, 0.05);
  /* 2 * 1.96 standard errors, and the noise of 200 resamples. */
  double width = (e[2].mu_star.high - e[2].mu_star.low) / (2 * 1.96 * error);
  g_assert_cmpfloat (width, >, 0.75);
  g_assert_cmpfloat (width, <, 1.25);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/indices/ishigami", test_ishigami);
  g_test_add_func ("/indices/g-function", test_g_function);
  g_test_add_func ("/indices/groups", test_groups);
  g_test_add_func ("/indices/intervals-cover", test_intervals_cover);
  g_test_add_func ("/indices/radial-effects", test_radial_effects);
  return g_test_run ();
}
