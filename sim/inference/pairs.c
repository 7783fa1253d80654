/* pairs.c - two scenarios on the same luck. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/pairs.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

/* Two-sided and exact: of the pairs that differ half should go either way. */
static double
mcnemar (guint a_only, guint b_only)
{
  guint n = a_only + b_only, fewer = MIN (a_only, b_only);
  return n == 0 ? 1 : MIN (1, 2 * gsl_cdf_binomial_P (fewer, 0.5, n));
}

/* Puts pairs with a number on both sides one after the other. */
static void
sort_out (const double *a, const double *b, guint n, double *both_a,
          double *both_b, SfPairs *out)
{
  out->n = n;
  for (guint i = 0; i < n; i++) {
    gboolean in_a = !isnan (a[i]), in_b = !isnan (b[i]);
    if (in_a && in_b) {
      both_a[out->n_both] = a[i];
      both_b[out->n_both++] = b[i];
    } else if (in_a)
      out->n_a_only++;
    else if (in_b)
      out->n_b_only++;
    else
      out->n_neither++;
  }
}

static void
correlate (const double *a, const double *b, const double *difference,
           SfPairs *out)
{
  guint n = out->n_both;
  double var_a = gsl_stats_variance (a, 1, n);
  double var_b = gsl_stats_variance (b, 1, n);
  out->correlation = out->variance_ratio = NAN;
  if (var_a > 0 && var_b > 0)
    out->correlation
        = gsl_stats_covariance (a, 1, b, 1, n) / sqrt (var_a * var_b);
  if (var_a + var_b > 0)
    out->variance_ratio
        = gsl_stats_variance (difference, 1, n) / (var_a + var_b);
  if (n > 3 && out->correlation > -1)
    out->is_out_of_step
        = atanh (out->correlation) + 1.959964 / sqrt (n - 3.0) < 0;
  else
    out->is_out_of_step = n > 3 && out->correlation <= -1;
}

static double
p_of (const SfInterval *difference, double se)
{
  if (difference->n < 2)
    return NAN;
  if (difference->estimate == 0)
    return 1;
  return 2
         * gsl_cdf_tdist_Q (fabs (difference->estimate) / se,
                            difference->n - 1.0);
}

void
sf_pairs (const double *a, const double *b, guint n, double level, SfPairs *out)
{
  *out = (SfPairs){ .n = n, .correlation = NAN, .variance_ratio = NAN };
  g_autofree double *both = g_new (double, 3 * (gsize)n + 1);
  double *both_a = both, *both_b = both + n, *difference = both + 2 * (gsize)n;
  sort_out (a, b, n, both_a, both_b, out);
  guint k = out->n_both;
  gboolean is_equal = TRUE;
  for (guint i = 0; i < k; i++) {
    difference[i] = both_b[i] - both_a[i];
    is_equal = is_equal && difference[i] == 0;
  }
  out->is_identical
      = n > 0 && is_equal && out->n_a_only == 0 && out->n_b_only == 0;
  out->mean_a = k > 0 ? gsl_stats_mean (both_a, 1, k) : NAN;
  out->mean_b = k > 0 ? gsl_stats_mean (both_b, 1, k) : NAN;
  out->difference = sf_interval_mean (difference, k, level);
  out->happened_p = mcnemar (out->n_a_only, out->n_b_only);
  out->p = p_of (&out->difference,
                 k > 1 ? gsl_stats_sd (difference, 1, k) / sqrt (k) : NAN);
  if (k > 1)
    correlate (both_a, both_b, difference, out);
}

gboolean
sf_pairs_are_distinct (const SfPairs *pairs)
{
  return pairs->difference.low > 0 || pairs->difference.high < 0;
}

double
sf_level_each (double level, guint n)
{
  return n > 1 ? 1 - (1 - level) / n : level;
}

void
sf_holm (const double *p, guint n, double *adjusted)
{
  g_autofree gboolean *is_done = g_new0 (gboolean, n + 1);
  guint left = 0;
  double least = 0;
  for (guint i = 0; i < n; i++) {
    adjusted[i] = NAN;
    left += !isnan (p[i]);
  }
  /* The smallest first; a family is small. */
  for (; left > 0; left--) {
    guint next = n;
    for (guint i = 0; i < n; i++)
      if (!isnan (p[i]) && !is_done[i] && (next == n || p[i] < p[next]))
        next = i;
    is_done[next] = TRUE;
    least = MAX (least, MIN (1, left * p[next]));
    adjusted[next] = least;
  }
}
