/* sobol.c - shares of the variance. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/sobol.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_statistics_double.h>

/* A variance below this share of the mean square is rounding. */
#define VARIANCE_MIN 1e-12

/* Columns of the table before those of the indices. */
enum { SUM, SQUARES, N_HEAD };

/* What each base row adds to the sums: N_HEAD columns, then g of first order,
 * g of total and g (g - 1) / 2 of second order. */
typedef struct {
  guint n, g, width;
  double *terms;
} Table;

static guint
n_indices (const SfSobolRuns *runs)
{
  guint g = runs->g;
  return 2 * g + (runs->has_second ? g * (g - 1) / 2 : 0);
}

static guint
row_length (const SfSobolRuns *runs)
{
  return 2 + (runs->has_second ? 2 : 1) * runs->g;
}

/* y is one base row, less the mean. */
static void
fill_row (const SfSobolRuns *runs, const double *y, double *terms)
{
  guint g = runs->g;
  double a = y[0], b = y[1];
  const double *ab = y + 2, *ba = ab + g;
  terms[SUM] = a + b;
  terms[SQUARES] = a * a + b * b;
  double *first = terms + N_HEAD, *total = first + g, *second = total + g;
  for (guint j = 0; j < g; j++) {
    double step = ab[j] - a;
    first[j] = b * step;
    total[j] = step * step / 2;
    if (!runs->has_second)
      continue;
    double twin = ba[j] - b;
    first[j] = (first[j] + a * twin) / 2;
    total[j] = (total[j] + twin * twin / 2) / 2;
    for (guint i = 0; i < j; i++)
      *second++ = ((ba[i] - b) * step + twin * (ab[i] - a)) / 2;
  }
}

/* Base rows without a failed run, one after the other. */
static double *
keep_rows (const SfSobolRuns *runs, guint *n_kept)
{
  guint length = row_length (runs);
  double *kept = g_new (double, (gsize)runs->n *length + 1);
  *n_kept = 0;
  for (guint i = 0; i < runs->n; i++) {
    const double *row = runs->y + (gsize)i * length;
    guint c = 0;
    while (c < length && isfinite (row[c]))
      c++;
    if (c == length)
      memcpy (kept + (gsize)(*n_kept)++ * length, row, length * sizeof *row);
  }
  return kept;
}

/* By a recurrence that gives the value itself when all are equal. */
static double
mean_of_both (const double *rows, guint n, guint length)
{
  g_autofree double *both = g_new (double, 2 * (gsize)n);
  for (guint i = 0; i < n; i++)
    memcpy (both + 2 * i, rows + (gsize)i * length, 2 * sizeof *both);
  return gsl_stats_mean (both, 1, 2 * (gsize)n);
}

static void
fill_table (Table *table, const SfSobolRuns *runs, double *rows, double mean)
{
  guint length = row_length (runs);
  for (guint i = 0; i < table->n; i++) {
    double *row = rows + (gsize)i * length;
    for (guint c = 0; c < length; c++)
      row[c] -= mean;
    fill_row (runs, row, table->terms + (gsize)i * table->width);
  }
}

/* The variance, the indices and the two sums of the rows so often. */
static void
find_indices (const double *counts, gconstpointer data, double *stats)
{
  const Table *table = data;
  guint n = table->n, g = table->g, width = table->width;
  g_autofree double *sums = g_new0 (double, width);
  for (guint i = 0; i < n; i++) {
    const double *terms = table->terms + (gsize)i * width;
    if (counts[i] > 0)
      for (guint c = 0; c < width; c++)
        sums[c] += counts[i] * terms[c];
  }
  double v
      = (sums[SQUARES] - sums[SUM] * sums[SUM] / (2.0 * n)) / (2.0 * n - 1);
  if (n < 2 || v <= VARIANCE_MIN * sums[SQUARES] / (2.0 * n))
    v = NAN;
  guint m = width - N_HEAD;
  stats[0] = v;
  stats[m + 1] = stats[m + 2] = 0;
  for (guint c = 0; c < m; c++) {
    stats[c + 1] = sums[N_HEAD + c] / n / v;
    if (c < 2 * g)
      stats[c < g ? m + 1 : m + 2] += stats[c + 1];
  }
}

static SfEstimate *
spread_pairs (const SfEstimate *pairs, guint g)
{
  SfEstimate *second = g_new (SfEstimate, (gsize)g * g);
  for (guint j = 0; j < g; j++) {
    second[j * g + j] = (SfEstimate){ NAN, NAN, NAN };
    for (guint i = 0; i < j; i++)
      second[i * g + j] = second[j * g + i] = *pairs++;
  }
  return second;
}

SfSobol *
sf_sobol_new (const SfSobolRuns *runs, const SfResample *resample)
{
  g_return_val_if_fail (runs != NULL && runs->g > 0 && resample != NULL, NULL);
  g_return_val_if_fail (runs->y != NULL || runs->n == 0, NULL);
  guint g = runs->g, m = n_indices (runs), n;
  g_autofree double *rows = keep_rows (runs, &n);
  Table table = { n, g, N_HEAD + m, NULL };
  g_autofree double *terms = g_new (double, (gsize)n *table.width + 1);
  table.terms = terms;
  SfSobol *sobol = g_new0 (SfSobol, 1);
  sobol->g = g;
  sobol->n_used = n;
  sobol->n_dropped = runs->n - n;
  sobol->mean = n > 0 ? mean_of_both (rows, n, row_length (runs)) : NAN;
  fill_table (&table, runs, rows, sobol->mean);
  /* Variance, indices, the two sums. */
  g_autofree SfEstimate *found = g_new (SfEstimate, (gsize)m + 3);
  SfStatistic statistic
      = { "sensitivity sobol", n, m + 3, find_indices, &table };
  sf_resample_estimate (&statistic, resample, found);
  sobol->variance = found[0].value;
  sobol->is_flat = isnan (sobol->variance);
  sobol->first = g_memdup2 (found + 1, g * sizeof *found);
  sobol->total = g_memdup2 (found + 1 + g, g * sizeof *found);
  if (runs->has_second)
    sobol->second = spread_pairs (found + 1 + 2 * g, g);
  sobol->sum_first = found[m + 1];
  sobol->sum_total = found[m + 2];
  return sobol;
}

void
sf_sobol_free (SfSobol *sobol)
{
  if (!sobol)
    return;
  g_free (sobol->first);
  g_free (sobol->total);
  g_free (sobol->second);
  g_free (sobol);
}
