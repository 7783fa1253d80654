/* test-variates.c - do variates have their distributions? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * N draws of each at a fixed seed. Mean and variance lie within 5 standard
 * errors of the formulas; the largest distance between the draws' distribution
 * function and GSL's (Kolmogorov and Smirnov) is below the bound that chance
 * exceeds as rarely as a normal variate exceeds 5 standard deviations: once in
 * 1.7 million. For draws by inversion the quantile itself is checked, too.
 */
#include "sim/base/random.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics_double.h>

#define N 100000
/* sqrt (ln (2 / p) / 2) with p = 5.7e-7. */
#define KS_BOUND 2.744
#define ERRORS 5.0

typedef struct {
  const char *name;
  double (*draw) (SfStream *s, double a, double b);
  double (*cdf) (double x, double a, double b);
  double a, b;
  double mean, variance; /* NAN: not checked, infinite */
  gboolean is_inversion; /* cdf (draw) is the uniform */
} Law;

static double
draw_exponential (SfStream *s, double a, double b)
{
  (void)b;
  return sf_stream_exponential (s, a);
}

static double
cdf_exponential (double x, double a, double b)
{
  (void)b;
  return gsl_cdf_exponential_P (x, a);
}

/* Of mode 1 and given ends. */
static double
draw_triangular (SfStream *s, double a, double b)
{
  return sf_stream_triangular (s, a, 1, b);
}

static double
cdf_triangular (double x, double a, double b)
{
  if (x < 1)
    return (x - a) * (x - a) / ((b - a) * (1 - a));
  return 1 - (b - x) * (b - x) / ((b - a) * (b - 1));
}

static double
cdf_normal (double x, double a, double b)
{
  return gsl_cdf_gaussian_P (x - a, b);
}

static double
cdf_lognormal (double x, double a, double b)
{
  return gsl_cdf_lognormal_P (x, log (a), b);
}

/* GSL takes the shape first. */
static double
cdf_pareto (double x, double a, double b)
{
  return gsl_cdf_pareto_P (x, b, a);
}

static double
draw_erlang (SfStream *s, double a, double b)
{
  return sf_stream_erlang (s, (guint)a, b);
}

static double
cdf_erlang (double x, double a, double b)
{
  return gsl_cdf_gamma_P (x, a, b / a);
}

/* The length of a weibull of scale 1: moments by the gamma function. */
#define WEIBULL_MEAN 0.88622692545275801 /* gamma (3/2) */
#define WEIBULL_VAR 0.21460183660255169  /* 1 - pi / 4 */

static const Law laws[] = {
  { "uniform", sf_stream_uniform_between, gsl_cdf_flat_P, -2, 5, 1.5, 49 / 12.0,
    TRUE },
  { "exponential", draw_exponential, cdf_exponential, 3, 0, 3, 9, TRUE },
  { "triangular", draw_triangular, cdf_triangular, 0, 4, 5 / 3.0, 13 / 18.0,
    TRUE },
  { "triangular-left", draw_triangular, cdf_triangular, -3, 1.5, -1 / 6.0,
    (9 + 1 + 2.25 + 3 - 1.5 + 4.5) / 18, TRUE },
  { "normal", sf_stream_normal, cdf_normal, 10, 2, 10, 4, TRUE },
  { "lognormal", sf_stream_lognormal, cdf_lognormal, 5, 0.4, 5.4164353383732465,
    5.0904, TRUE },
  { "weibull", sf_stream_weibull, gsl_cdf_weibull_P, 1, 2, WEIBULL_MEAN,
    WEIBULL_VAR, TRUE },
  { "weibull-steep", sf_stream_weibull, gsl_cdf_weibull_P, 4, 0.5, 8, 320,
    TRUE },
  { "pareto", sf_stream_pareto, cdf_pareto, 2, 6, 2.4, 0.24, TRUE },
  { "pareto-heavy", sf_stream_pareto, cdf_pareto, 2, 1.5, NAN, NAN, TRUE },
  { "gamma", sf_stream_gamma, gsl_cdf_gamma_P, 2.5, 2, 5, 10, FALSE },
  { "gamma-below-one", sf_stream_gamma, gsl_cdf_gamma_P, 0.3, 2, 0.6, 1.2,
    FALSE },
  { "beta", sf_stream_beta, gsl_cdf_beta_P, 2, 3, 0.4, 0.04, FALSE },
  { "beta-below-one", sf_stream_beta, gsl_cdf_beta_P, 0.5, 0.5, 0.5, 0.125,
    FALSE },
  { "erlang", draw_erlang, cdf_erlang, 4, 8, 8, 16, FALSE },
};

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Mean and variance against the formulas, each within 5 of its own standard
 * errors, which are estimated from the draws. */
static void
assert_moments (const double *x, gsize n, double mean, double variance)
{
  double m = gsl_stats_mean (x, 1, n), v = gsl_stats_variance (x, 1, n);
  double fourth = 0, error;

  for (gsize i = 0; i < n; i++)
    fourth += pow (x[i] - m, 4) / (double)n;
  error = sqrt (v / (double)n);
  g_test_message ("mean %g, expected %g, error %g", m, mean, error);
  g_assert_cmpfloat (fabs (m - mean), <=, ERRORS * error);
  error = sqrt ((fourth - v * v) / (double)n);
  g_test_message ("variance %g, expected %g, error %g", v, variance, error);
  g_assert_cmpfloat (fabs (v - variance), <=, ERRORS * error);
}

/* Sorts p, probabilities that should be uniform. */
static void
assert_uniform (double *p, gsize n)
{
  double distance = 0;

  qsort (p, n, sizeof *p, compare);
  for (gsize i = 0; i < n; i++) {
    distance = MAX (distance, p[i] - (double)i / (double)n);
    distance = MAX (distance, (double)(i + 1) / (double)n - p[i]);
  }
  g_test_message ("distance %g of %g", distance * sqrt ((double)n), KS_BOUND);
  g_assert_cmpfloat (distance * sqrt ((double)n), <=, KS_BOUND);
}

static void
test_law (gconstpointer data)
{
  const Law *law = data;
  g_autofree double *x = g_new (double, N);
  g_autofree double *p = g_new (double, N);
  SfStream stream, twin;

  sf_stream_init (&stream, 20250903, law->name, 0, 0);
  twin = stream;
  for (gsize i = 0; i < N; i++) {
    double u = sf_stream_uniform (&twin);

    x[i] = law->draw (&stream, law->a, law->b);
    p[i] = law->cdf (x[i], law->a, law->b);
    if (law->is_inversion)
      g_assert_cmpfloat_with_epsilon (p[i], u, 1e-12);
  }
  if (!isnan (law->mean))
    assert_moments (x, N, law->mean, law->variance);
  assert_uniform (p, N);
}

/* Small, rare, symmetric, both sides of the change of method, large. */
static const struct {
  guint n;
  double p;
} binomials[] = {
  { 1, 0.3 },           { 5, 0.5 },       { 12, 0.06 },
  { 40, 0.97 },         { 4000, 0.0499 }, { 4000, 0.0501 },
  { 4000, 0.9501 },     { 4000, 0.9499 }, { 3000, 0.5 },
  { 100000, 0.999 },    { 1000000, 0.2 }, { 2000000000, 1e-9 },
  { 2000000000, 1e-6 },
};

/* The quantile of u: P (X < k) < u <= P (X <= k). Sums of many terms round: a
 * small sum by a small part of itself, one near 1 by some 1e-14. Binomials of
 * p > 1/2 are drawn as the mirror image, so for them small u are near 1. */
static void
assert_quantile (double u, double slack, double below, double upto)
{
  g_assert_cmpfloat (below, <, u + slack);
  g_assert_cmpfloat (u, <=, upto + slack);
}

static void
assert_binomial (guint k, double u, guint n, double p)
{
  double slack = u < 0.5 && p <= 0.5 ? 1e-9 * u : 1e-13;

  assert_quantile (u, slack, k == 0 ? 0 : gsl_cdf_binomial_P (k - 1, p, n),
                   gsl_cdf_binomial_P (k, p, n));
}

static void
assert_poisson (guint k, double u, double mean)
{
  double slack = u < 0.5 ? 1e-9 * u : 1e-13;

  assert_quantile (u, slack, k == 0 ? 0 : gsl_cdf_poisson_P (k - 1, mean),
                   gsl_cdf_poisson_P (k, mean));
}

static void
test_binomial (void)
{
  g_autofree double *x = g_new (double, N);

  for (guint c = 0; c < G_N_ELEMENTS (binomials); c++) {
    guint n = binomials[c].n;
    double p = binomials[c].p;
    SfStream stream, twin;

    sf_stream_init (&stream, 20250903, "binomial", 0, c);
    twin = stream;
    for (gsize i = 0; i < N; i++) {
      guint k = sf_stream_binomial (&stream, n, p);
      double u = sf_stream_uniform (&twin);

      g_assert_cmpuint (k, <=, n);
      x[i] = k;
      if (i % 10 == 0)
        assert_binomial (k, u, n, p);
    }
    g_test_message ("n %u, p %g", n, p);
    assert_moments (x, N, n * p, n * p * (1 - p));
  }
}

static void
test_poisson (void)
{
  static const double means[] = { 0.01, 1, 7.5, 60, 199.9, 200.1, 1e4, 1e6 };
  g_autofree double *x = g_new (double, N);

  for (guint c = 0; c < G_N_ELEMENTS (means); c++) {
    SfStream stream, twin;

    sf_stream_init (&stream, 20250903, "poisson", 0, c);
    twin = stream;
    for (gsize i = 0; i < N; i++) {
      guint k = sf_stream_poisson (&stream, means[c]);
      double u = sf_stream_uniform (&twin);

      x[i] = k;
      if (i % 10 == 0)
        assert_poisson (k, u, means[c]);
    }
    assert_moments (x, N, means[c], means[c]);
  }
}

/* Far out, where the first guess is off by many: uniforms of 2^-1 to 2^-50 and
 * as near to 1. */
static void
test_tails (void)
{
  for (guint i = 1; i <= 100; i++) {
    SfStream next, twin;
    guint64 bits = G_GUINT64_CONSTANT (1) << (64 - (i + 1) / 2);
    double u;

    sf_stream_init (&next, 1, "tails", 0, 0);
    next.buffer[3] = i % 2 ? bits : ~bits;
    next.used = 3;
    twin = next;
    u = sf_stream_uniform (&twin);
    for (guint c = 0; c < G_N_ELEMENTS (binomials); c++) {
      SfStream s = next;
      guint n = binomials[c].n;
      double p = binomials[c].p;

      assert_binomial (sf_stream_binomial (&s, n, p), u, n, p);
    }
    for (double mean = 0.5; mean < 2e5; mean *= 1.7) {
      SfStream s = next;

      assert_poisson (sf_stream_poisson (&s, mean), u, mean);
    }
  }
}

/* Every cell of a small binomial is hit as often as it should be: chi-square
 * within 5 standard deviations of its mean. */
static void
test_cells (void)
{
  enum { TRIALS = 12 };
  double hits[TRIALS + 1] = { 0 }, chi2 = 0;
  SfStream stream;

  sf_stream_init (&stream, 20250903, "cells", 0, 0);
  for (guint i = 0; i < N; i++)
    hits[sf_stream_binomial (&stream, TRIALS, 0.4)]++;
  for (guint k = 0; k <= TRIALS; k++) {
    double expected = N * gsl_ran_binomial_pdf (k, 0.4, TRIALS);

    chi2 += (hits[k] - expected) * (hits[k] - expected) / expected;
  }
  g_assert_cmpfloat (gsl_cdf_chisq_Q (chi2, TRIALS), >, 5.7e-7);
}

static void
test_chance_and_index (void)
{
  enum { PLACES = 7 };
  double hits[PLACES] = { 0 }, wins = 0, chi2 = 0;
  SfStream stream;

  sf_stream_init (&stream, 20250903, "chance", 0, 0);
  for (guint i = 0; i < N; i++) {
    wins += sf_stream_chance (&stream, 0.06);
    hits[sf_stream_index (&stream, PLACES)]++;
  }
  g_assert_cmpfloat (fabs (wins - N * 0.06), <=,
                     ERRORS * sqrt (N * 0.06 * 0.94));
  for (guint i = 0; i < PLACES; i++)
    chi2 += pow (hits[i] - N / 7.0, 2) / (N / 7.0);
  g_assert_cmpfloat (gsl_cdf_chisq_Q (chi2, PLACES - 1), >, 5.7e-7);
}

/* Correlation of the uniforms of two streams, in its standard errors. */
static double
correlation (SfStream a, SfStream b)
{
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);

  for (gsize i = 0; i < N; i++) {
    x[i] = sf_stream_uniform (&a);
    y[i] = sf_stream_uniform (&b);
  }
  return gsl_stats_correlation (x, 1, y, 1, N) * sqrt (N);
}

static void
test_uncorrelated (void)
{
  SfStream base, other;

  sf_stream_init (&base, 1, "attack", 0, 0);
  g_assert_cmpfloat (correlation (base, base), >, 0.999 * sqrt (N));
  other = base;
  other.antithetic = TRUE;
  g_assert_cmpfloat (correlation (base, other), <, -0.999 * sqrt (N));
  /* Against its own next draw. */
  other = base;
  sf_stream_u64 (&other);
  g_assert_cmpfloat (fabs (correlation (base, other)), <, ERRORS);
  for (guint64 i = 1; i <= 16; i++) {
    g_autofree char *name = g_strdup_printf ("attack%" G_GUINT64_FORMAT, i);

    sf_stream_init (&other, 1, "attack", i, 0);
    g_assert_cmpfloat (fabs (correlation (base, other)), <, ERRORS);
    sf_stream_init (&other, 1, "attack", 0, i);
    g_assert_cmpfloat (fabs (correlation (base, other)), <, ERRORS);
    sf_stream_init (&other, 1 + i, "attack", 0, 0);
    g_assert_cmpfloat (fabs (correlation (base, other)), <, ERRORS);
    sf_stream_init (&other, 1, name, 0, 0);
    g_assert_cmpfloat (fabs (correlation (base, other)), <, ERRORS);
  }
}

/* First draws of many replications and entities: what a simulation that draws
 * once from each stream would see. */
static void
test_across_streams (void)
{
  g_autofree double *u = g_new (double, N);
  guint64 hash = sf_stream_hash ("first");

  for (guint kind = 0; kind < 3; kind++) {
    for (guint64 i = 0; i < N; i++) {
      SfStream s;

      sf_stream_init_hashed (&s, kind == 2 ? i : 1, hash, kind == 0 ? i : 0,
                             kind == 1 ? i : 0);
      u[i] = sf_stream_uniform (&s);
    }
    assert_moments (u, N, 0.5, 1 / 12.0);
    assert_uniform (u, N);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (laws); i++) {
    g_autofree char *path
        = g_strdup_printf ("/base/random/%s-is-as-its-formula", laws[i].name);

    g_test_add_data_func (path, &laws[i], test_law);
  }
#define ADD(name, function) g_test_add_func ("/base/random/" name, function)
  ADD ("binomial-is-the-quantile", test_binomial);
  ADD ("poisson-is-the-quantile", test_poisson);
  ADD ("counts-are-quantiles-in-the-tails", test_tails);
  ADD ("small-binomial-fills-its-cells", test_cells);
  ADD ("chance-and-index-hit-as-often-as-they-should", test_chance_and_index);
  ADD ("streams-are-uncorrelated", test_uncorrelated);
  ADD ("first-draws-of-streams-are-uniform", test_across_streams);
  return g_test_run ();
}
