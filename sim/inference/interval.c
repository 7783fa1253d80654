/* interval.c - how well a few runs know a mean, a share, a quantile. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/interval.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "sim/base/random.h"
#include "sim/lang/lang.h"
#include "sim/observe/stats.h"

#define RESAMPLES 999u

static SfInterval
none (double estimate, guint n, double level)
{
  return (SfInterval){ estimate, NAN, NAN, level, n };
}

/* The values that are not NAN, to be freed; their number in *kept. */
static double *
keep (const double *values, guint n, guint *kept)
{
  double *out = g_new (double, n + 1);
  *kept = 0;
  for (guint i = 0; i < n; i++)
    if (!isnan (values[i]))
      out[(*kept)++] = values[i];
  return out;
}

gboolean
sf_interval_holds (const SfInterval *interval, double x)
{
  return interval->low <= x && x <= interval->high;
}

/* ---- Means ----------------------------------------------------------------- */

SfInterval
sf_interval_mean (const double *values, guint n, double level)
{
  g_return_val_if_fail (level > 0 && level < 1, none (NAN, 0, level));
  g_autofree double *scratch = g_new (double, n + 1);
  SfSummary s;
  sf_summary (values, n, scratch, &s);
  double half = sf_half_width (s.se, s.n, level);
  return (SfInterval){ s.mean, s.mean - half, s.mean + half, level, s.n };
}

/* t of one resample: how far its mean lies from that of all, in its own
 * standard errors. */
static double
resample_t (const double *values, guint n, double mean, double *resample,
            SfStream *stream)
{
  for (guint i = 0; i < n; i++)
    resample[i] = values[(guint)(sf_stream_uniform (stream) * n)];
  double distance = gsl_stats_mean (resample, 1, n) - mean;
  double se = gsl_stats_sd (resample, 1, n) / sqrt (n);
  return se > 0 ? distance / se : distance == 0 ? 0 : distance * INFINITY;
}

SfInterval
sf_interval_mean_bootstrap (const double *values, guint n, double level,
                            guint64 seed)
{
  guint kept;
  g_autofree double *kept_values = keep (values, n, &kept);
  SfInterval plain = sf_interval_mean (kept_values, kept, level);
  if (kept < 2 || plain.low == plain.high)
    return plain;
  g_autofree double *resample = g_new (double, kept);
  g_autofree double *t = g_new (double, RESAMPLES);
  double se = gsl_stats_sd (kept_values, 1, kept) / sqrt (kept);
  SfStream stream;
  sf_stream_init (&stream, seed, "bootstrap", 0, 0);
  for (guint i = 0; i < RESAMPLES; i++)
    t[i] = resample_t (kept_values, kept, plain.estimate, resample, &stream);
  gsl_sort (t, 1, RESAMPLES);
  /* Ranks, not interpolated: infinite ones would turn to NAN. */
  double out = (1 - level) / 2 * (RESAMPLES + 1);
  guint low = (guint)MAX (out, 1) - 1;
  return (SfInterval){ plain.estimate,
                       plain.estimate - t[RESAMPLES - 1 - low] * se,
                       plain.estimate - t[low] * se, level, kept };
}

/* ---- Proportions ----------------------------------------------------------- */

SfInterval
sf_interval_wilson (guint hits, guint n, double level)
{
  g_return_val_if_fail (hits <= n, none (NAN, 0, level));
  if (n == 0)
    return none (NAN, 0, level);
  double p = (double)hits / n, z = gsl_cdf_ugaussian_Pinv ((1 + level) / 2);
  double weight = 1 + z * z / n, centre = (p + z * z / (2 * n)) / weight;
  double half = z / weight * sqrt (p * (1 - p) / n + z * z / (4.0 * n * n));
  /* At the ends the formula is exact but for its last bits. */
  return (SfInterval){ p, hits == 0 ? 0 : centre - half,
                       hits == n ? 1 : centre + half, level, n };
}

SfInterval
sf_interval_exact (guint hits, guint n, double level)
{
  g_return_val_if_fail (hits <= n, none (NAN, 0, level));
  if (n == 0)
    return none (NAN, 0, level);
  double out = (1 - level) / 2;
  return (SfInterval){
    (double)hits / n,
    hits == 0 ? 0 : gsl_cdf_beta_Pinv (out, hits, n - hits + 1.0),
    hits == n ? 1 : gsl_cdf_beta_Qinv (out, hits + 1.0, n - hits), level, n
  };
}

/* ---- Quantiles ------------------------------------------------------------- */

/* The largest k for which P (at most k - 1 of n below the quantile) <= out: the
 * k-th value is a lower bound. 0: there is none. */
static guint
lower_rank (guint n, double p, double out)
{
  guint k = 0, above = n + 1;
  while (above - k > 1) {
    guint middle = k + (above - k) / 2;
    if (gsl_cdf_binomial_P (middle - 1, p, n) <= out)
      k = middle;
    else
      above = middle;
  }
  return k;
}

SfInterval
sf_interval_quantile (const double *values, guint n, double p, double level)
{
  g_return_val_if_fail (p > 0 && p < 1, none (NAN, 0, level));
  guint kept;
  g_autofree double *sorted = keep (values, n, &kept);
  if (kept == 0)
    return none (NAN, 0, level);
  gsl_sort (sorted, 1, kept);
  /* From above it is the quantile 1 - p. */
  guint low = lower_rank (kept, p, (1 - level) / 2);
  guint high = lower_rank (kept, 1 - p, (1 - level) / 2);
  return (SfInterval){ sf_quantile_sorted (sorted, kept, p),
                       low > 0 ? sorted[low - 1] : -INFINITY,
                       high > 0 ? sorted[kept - high] : INFINITY, level, kept };
}

/* ---- Ratios ---------------------------------------------------------------- */

guint
sf_interval_quantile_needs (double p, double level)
{
  g_return_val_if_fail (p > 0 && p < 1 && level > 0 && level < 1, 0);
  return (guint)floor (log ((1 - level) / 2) / log (MAX (p, 1 - p))) + 1;
}

SfInterval
sf_interval_ratio (const double *above, const double *below, guint n,
                   double level)
{
  g_autofree double *x = g_new (double, n + 1);
  g_autofree double *y = g_new (double, n + 1);
  guint k = 0;
  for (guint i = 0; i < n; i++)
    if (!isnan (above[i]) && !isnan (below[i])) {
      x[k] = above[i];
      y[k++] = below[i];
    }
  SfInterval whole = sf_interval_mean (y, k, level);
  double mx = k > 0 ? gsl_stats_mean (x, 1, k) : NAN, my = whole.estimate;
  SfInterval ratio = none (mx / my, k, level);
  if (k < 2 || sf_interval_holds (&whole, 0))
    return ratio;
  /* Where (mx - r my)^2 = t^2 var (x - r y) / k: a r^2 - 2 b r + c = 0. */
  double t = sf_half_width (1, k, level), f = t * t / k;
  double a = my * my - f * gsl_stats_variance (y, 1, k);
  double b = mx * my - f * gsl_stats_covariance (x, 1, y, 1, k);
  double c = mx * mx - f * gsl_stats_variance (x, 1, k);
  double root = sqrt (MAX (b * b - a * c, 0));
  ratio.low = (b - root) / a;
  ratio.high = (b + root) / a;
  return ratio;
}

/* ---- What the values look like --------------------------------------------- */

static double
skewness_of (const double *values, guint n)
{
  double mean = gsl_stats_mean (values, 1, n), m2 = 0, m3 = 0;
  for (guint i = 0; i < n; i++) {
    double d = values[i] - mean;
    m2 += d * d / n;
    m3 += d * d * d / n;
  }
  return m2 > 0 ? m3 / (m2 * sqrt (m2)) : 0;
}

void
sf_shape (const double *values, guint n, SfShape *shape)
{
  guint kept, most = 0;
  g_autofree double *sorted = keep (values, n, &kept);
  gsl_sort (sorted, 1, kept);
  *shape = (SfShape){ kept, NAN, NAN, NAN };
  for (guint i = 0, run = 0; i < kept; i++) {
    run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
    if (run > most) {
      most = run;
      shape->common = sorted[i];
    }
  }
  if (kept == 0)
    return;
  shape->common_frac = (double)most / kept;
  shape->skewness = most == kept ? 0 : skewness_of (sorted, kept);
}

char *
sf_shape_warning (const SfShape *s)
{
  if (s->n == 0 || s->common_frac >= 1)
    return NULL;
  if (s->common_frac > 0.5)
    return g_strdup_printf (
        _ ("%.0f %% of the values are %s: a mean with an interval says "
           "little, and the interval is likely to be too narrow"),
        100 * s->common_frac, sf_lang_real ("%.6g", s->common).text);
  double need = 25 * s->skewness * s->skewness;
  if (fabs (s->skewness) < 2 * sqrt (6.0 / s->n) || s->n >= need)
    return NULL;
  return g_strdup_printf (
      _ ("the values are skewed (%s): the interval is likely to be too "
         "narrow; some %.0f replications would do"),
      sf_lang_real ("%.1f", s->skewness).text, ceil (need / 10) * 10);
}

void
sf_zero_heavy (const double *values, guint n, double level, SfZeroHeavy *out)
{
  guint kept, positive = 0;
  g_autofree double *all = keep (values, n, &kept);
  for (guint i = 0; i < kept; i++)
    if (all[i] > 0)
      all[positive++] = all[i];
  out->positive_frac = sf_interval_wilson (positive, kept, level);
  out->mean_positive = sf_interval_mean (all, positive, level);
}
