/* fit-stat.c - what the chains of a fit say. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/fit.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_statistics_double.h>

#include "sim/observe/stats.h"

/* The first generation that counts: the first after the burn-in, or the last
 * there is. */
static guint
first_generation (const SfFit *fit)
{
  return MIN (fit->settings.burn_in + 1, fit->n_generations - 1);
}

/* States that count, chain after chain within each generation. */
static guint
n_states (const SfFit *fit)
{
  return (fit->n_generations - first_generation (fit)) * fit->settings.n_chains;
}

static guint
state_at (const SfFit *fit, guint i)
{
  gsize first = (gsize)first_generation (fit) * fit->settings.n_chains;
  return g_array_index (fit->states, guint32, first + i);
}

guint
sf_fit_sample (const SfFit *fit, guint keep, guint *candidates)
{
  g_return_val_if_fail (fit->n_generations > 0, 0);
  guint64 n = n_states (fit);
  keep = (guint)MIN (keep, n);
  for (guint i = 0; i < keep; i++)
    candidates[i] = state_at (fit, (guint)((2 * i + 1) * n / (2 * keep)));
  return keep;
}

static int
by_size (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double
rank_correlation (const SfFit *fit, guint parameter)
{
  gsize n = fit->distances->len;
  const double *distance = (const double *)(void *)fit->distances->data;
  g_autofree double *x = g_new (double, n);
  g_autofree double *work = g_new (double, 2 * n);
  for (guint i = 0; i < n; i++)
    x[i] = sf_fit_quantile (fit, i, parameter);
  return gsl_stats_spearman (x, 1, distance, 1, n, work);
}

/* Mean and variance of a stretch of one chain. */
static void
stretch (const SfFit *fit, guint parameter, guint chain, guint first, guint n,
         double *mean, double *variance)
{
  double sum = 0, squares = 0;
  for (guint g = first; g < first + n; g++)
    sum += sf_fit_quantile (fit, sf_fit_state (fit, g, chain), parameter);
  for (guint g = first; g < first + n; g++) {
    double x = sf_fit_quantile (fit, sf_fit_state (fit, g, chain), parameter);
    squares += (x - sum / n) * (x - sum / n);
  }
  *mean = sum / n;
  *variance = squares / (n - 1);
}

static double
r_hat (const SfFit *fit, guint parameter)
{
  guint first = first_generation (fit), m = 2 * fit->settings.n_chains;
  guint n = (fit->n_generations - first) / 2;
  if (n < 2)
    return NAN;
  g_autofree double *means = g_new (double, m);
  double within = 0, all = 0, between = 0;
  for (guint i = 0; i < m; i++) {
    double variance;
    stretch (fit, parameter, i / 2, first + i % 2 * n, n, &means[i], &variance);
    within += variance / m;
    all += means[i] / m;
  }
  for (guint i = 0; i < m; i++)
    between += (means[i] - all) * (means[i] - all) / (m - 1);
  return sqrt (((n - 1.0) / n * within + between) / within);
}

void
sf_fit_parameter (const SfFit *fit, guint parameter, SfFitParameter *out)
{
  g_return_if_fail (fit->n_generations > 0
                    && parameter < fit->settings.n_parameters);
  guint n = n_states (fit);
  g_autofree double *x = g_new (double, n);
  for (guint i = 0; i < n; i++)
    x[i] = sf_fit_quantile (fit, state_at (fit, i), parameter);
  qsort (x, n, sizeof *x, by_size);
  *out = (SfFitParameter){
    .p05 = sf_quantile_sorted (x, n, 0.05),
    .p25 = sf_quantile_sorted (x, n, 0.25),
    .p50 = sf_quantile_sorted (x, n, 0.5),
    .p75 = sf_quantile_sorted (x, n, 0.75),
    .p95 = sf_quantile_sorted (x, n, 0.95),
    .rank_correlation = rank_correlation (fit, parameter),
    .r_hat = r_hat (fit, parameter),
  };
}

static double
term_of (const SfFit *fit, guint candidate, guint term)
{
  gsize at = (gsize)candidate * fit->settings.n_terms + term;
  return g_array_index (fit->terms, guint16, at) / (double)SF_FIT_TERM;
}

double
sf_fit_term (const SfFit *fit, guint term, gboolean is_prior)
{
  g_return_val_if_fail (fit->n_generations > 0 && term < fit->settings.n_terms,
                        NAN);
  guint n = is_prior ? fit->settings.n_chains : n_states (fit);
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += term_of (fit, is_prior ? i : state_at (fit, i), term);
  return sum / n;
}
