/* resample.c - numbers with intervals, by drawing rows again. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/resample.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "sim/base/random.h"

void
sf_resample_interval (double *values, guint n, double *low, double *high)
{
  guint kept = 0;
  for (guint i = 0; i < n; i++)
    if (!isnan (values[i]))
      values[kept++] = values[i];
  *low = *high = NAN;
  if (kept == 0 || 2 * kept < n)
    return;
  gsl_sort (values, 1, kept);
  *low = gsl_stats_quantile_from_sorted_data (values, 1, kept, 0.025);
  *high = gsl_stats_quantile_from_sorted_data (values, 1, kept, 0.975);
}

void
sf_resample_counts (const SfStatistic *statistic, const SfResample *resample,
                    guint draw, double *counts)
{
  SfStream stream;
  guint n = statistic->n_rows;
  sf_stream_init (&stream, resample->seed, statistic->name, draw, 0);
  memset (counts, 0, n * sizeof *counts);
  for (guint i = 0; i < n; i++)
    counts[sf_stream_index (&stream, n)]++;
}

void
sf_resample_estimate (const SfStatistic *statistic, const SfResample *resample,
                      SfEstimate *estimates)
{
  g_return_if_fail (statistic != NULL && resample != NULL);
  guint n = statistic->n_rows, m = statistic->n_stats, times = resample->n;
  for (guint s = 0; s < m; s++)
    estimates[s] = (SfEstimate){ NAN, NAN, NAN };
  if (n == 0)
    return;
  g_autofree double *counts = g_new (double, n), *stats = g_new (double, m);
  g_autofree double *drawn = g_new (double, (gsize)m *times + 1);
  for (guint i = 0; i < n; i++)
    counts[i] = 1;
  statistic->find (counts, statistic->data, stats);
  for (guint s = 0; s < m; s++)
    estimates[s].value = stats[s];
  for (guint b = 0; b < times; b++) {
    sf_resample_counts (statistic, resample, b, counts);
    statistic->find (counts, statistic->data, stats);
    for (guint s = 0; s < m; s++)
      drawn[(gsize)s * times + b] = stats[s];
  }
  for (guint s = 0; s < m; s++)
    if (!isnan (estimates[s].value))
      sf_resample_interval (drawn + (gsize)s * times, times, &estimates[s].low,
                            &estimates[s].high);
}
