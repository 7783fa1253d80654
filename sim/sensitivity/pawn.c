/* pawn.c - how far a factor moves the distribution. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/pawn.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "sim/base/random.h"

/* The rows by ascending outcome; a place is a row's number in that order. */
typedef struct {
  guint n, k;
  guint n_ties;    /* different outcomes */
  guint *ties;     /* n_ties + 1: the first place of each, and n */
  guint *slice;    /* k times n: the slice of each place */
  guint *n_slices; /* k */
} Order;

static void
order_clear (Order *order)
{
  g_free (order->ties);
  g_free (order->slice);
  g_free (order->n_slices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, order_clear)

/* ---- Slices -------------------------------------------------------------- */

/* Writes the slice of each of n values and returns how many slices there are.
 * Equal values share a slice. */
static guint
cut_values (const double *values, guint n, SfColumn kind, guint n_slices,
            guint *slice)
{
  g_autofree gsize *rows = g_new (gsize, n);
  g_autofree guint *value_of = g_new (guint, n);
  gsl_sort_index (rows, values, 1, n);
  guint n_values = 0, first = 0;
  for (guint i = 0; i < n; i++) {
    if (i == 0 || values[rows[i]] != values[rows[i - 1]]) {
      first = i;
      n_values++;
    }
    value_of[rows[i]] = n_values - 1;
    slice[rows[i]] = (guint)((guint64)first * n_slices / n);
  }
  if (kind == SF_COLUMN_REAL
      || (kind == SF_COLUMN_INTEGER && n_values > n_slices))
    return n_slices;
  memcpy (slice, value_of, n * sizeof *slice);
  return n_values;
}

/* `rows` are the rows of the sample in use, by ascending outcome. */
static void
cut_columns (Order *order, const SfSample *sample, const guint *rows,
             guint n_slices)
{
  guint n = order->n;
  g_autofree double *values = g_new (double, n);
  for (guint c = 0; c < order->k; c++) {
    for (guint p = 0; p < n; p++)
      values[p] = sample->x[(gsize)rows[p] * sample->k + c];
    order->n_slices[c] = cut_values (values, n, sf_sample_column (sample, c),
                                     n_slices, order->slice + (gsize)c * n);
  }
}

/* ---- Order of outcomes --------------------------------------------------- */

static int
by_outcome (const void *a, const void *b, void *data)
{
  const double *y = data;
  guint r = *(const guint *)a, s = *(const guint *)b;
  if (isnan (y[r]) != isnan (y[s]))
    return isnan (y[r]) ? 1 : -1;
  if (y[r] != y[s] && !isnan (y[r]))
    return y[r] > y[s] ? 1 : -1;
  return (r > s) - (r < s);
}

static gboolean
is_tied (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/* Leaves out failed rows if `is_dropping`. */
static void
order_rows (Order *order, const SfSample *sample, const double *y,
            gboolean is_dropping, guint n_slices)
{
  g_autofree guint *rows = g_new (guint, sample->n + 1);
  guint n = 0;
  for (guint r = 0; r < sample->n; r++)
    if (!is_dropping || !isnan (y[r]))
      rows[n++] = r;
  g_qsort_with_data (rows, (gint)n, sizeof *rows, by_outcome, (gpointer)y);
  *order = (Order){ n,
                    sample->k,
                    0,
                    g_new (guint, n + 1),
                    g_new (guint, (gsize)n * sample->k + 1),
                    g_new0 (guint, sample->k) };
  for (guint p = 0; p < n; p++)
    if (p == 0 || !is_tied (y[rows[p]], y[rows[p - 1]]))
      order->ties[order->n_ties++] = p;
  order->ties[order->n_ties] = n;
  if (n > 0)
    cut_columns (order, sample, rows, n_slices);
}

/* ---- Distances ----------------------------------------------------------- */

/* A slice while places are passed in order. */
typedef struct {
  double share; /* of the slice, in one row: 1 / number of rows */
  double passed;
  double distance; /* the largest so far */
} Slice;

static void
compare (Slice *slices, const guint *slice_of, const guint *ties, double passed)
{
  for (guint p = ties[0]; p < ties[1]; p++) {
    Slice *s = slices + slice_of[p];
    double distance = fabs (s->passed * s->share - passed);
    if (distance > s->distance)
      s->distance = distance;
  }
}

/* A slice's distribution function rises at its own outcomes only, so the
 * distance is largest right before or right after one of them. */
static void
pass_places (const Order *order, const guint *slice_of, const double *counts,
             Slice *slices)
{
  double passed = 0;
  for (guint t = 0; t < order->n_ties; t++) {
    const guint *ties = order->ties + t;
    compare (slices, slice_of, ties, passed / order->n);
    for (guint p = ties[0]; p < ties[1]; p++) {
      slices[slice_of[p]].passed += counts[p];
      passed += counts[p];
    }
    compare (slices, slice_of, ties, passed / order->n);
  }
}

/* Writes SF_PAWN_N numbers and returns how many slices hold a row. */
static guint
find_distances (const Order *order, const guint *slice_of, guint n_slices,
                const double *counts, double *stats)
{
  g_autofree Slice *slices = g_new0 (Slice, n_slices);
  g_autofree double *distances = g_new (double, n_slices);
  for (guint p = 0; p < order->n; p++)
    slices[slice_of[p]].share += counts[p];
  for (guint s = 0; s < n_slices; s++)
    if (slices[s].share > 0)
      slices[s].share = 1 / slices[s].share;
  pass_places (order, slice_of, counts, slices);
  guint kept = 0;
  for (guint s = 0; s < n_slices; s++)
    if (slices[s].share > 0)
      distances[kept++] = slices[s].distance;
  gsl_sort (distances, 1, kept);
  stats[SF_PAWN_MEDIAN]
      = gsl_stats_median_from_sorted_data (distances, 1, kept);
  stats[SF_PAWN_MEAN] = gsl_stats_mean (distances, 1, kept);
  stats[SF_PAWN_MAX] = distances[kept - 1];
  return kept;
}

static void
find_all (const double *counts, gconstpointer data, double *stats)
{
  const Order *order = data;
  for (guint c = 0; c < order->k; c++)
    find_distances (order, order->slice + (gsize)c * order->n,
                    order->n_slices[c], counts, stats + c * SF_PAWN_N);
}

/* Puts the interval around the value. */
static void
centre (SfEstimate *e)
{
  double half_width = (e->high - e->low) / 2;
  if (isnan (half_width))
    return;
  e->low = fmax (0, e->value - half_width);
  e->high = fmin (1, e->value + half_width);
}

/* ---- Dummies ------------------------------------------------------------- */

/* One random order of rows, for all columns: `stats` as of find_all(). */
static void
find_dummies (const Order *order, const double *ones, SfStream *stream,
              double *stats)
{
  guint n = order->n;
  gsl_rng rng;
  g_autofree guint *places = g_new (guint, n), *mixed = g_new (guint, n);
  for (guint p = 0; p < n; p++)
    places[p] = p;
  sf_stream_gsl (&rng, stream);
  gsl_ran_shuffle (&rng, places, n, sizeof *places);
  for (guint c = 0; c < order->k; c++) {
    const guint *slice = order->slice + (gsize)c * n;
    for (guint p = 0; p < n; p++)
      mixed[p] = slice[places[p]];
    find_distances (order, mixed, order->n_slices[c], ones,
                    stats + c * SF_PAWN_N);
  }
}

static void
summarise_dummies (double *values, guint n, SfEstimate *dummy)
{
  *dummy = (SfEstimate){ NAN, NAN, NAN };
  if (n == 0)
    return;
  sf_resample_interval (values, n, &dummy->low, &dummy->high);
  dummy->value = gsl_stats_median_from_sorted_data (values, 1, n);
}

static void
add_dummies (const Order *order, const SfResample *resample,
             SfPawnFactor *factors)
{
  guint n_stats = order->k * SF_PAWN_N, times = resample->n;
  g_autofree double *drawn = g_new (double, (gsize)n_stats *times + 1);
  g_autofree double *stats = g_new (double, n_stats);
  g_autofree double *ones = g_new (double, order->n);
  for (guint p = 0; p < order->n; p++)
    ones[p] = 1;
  for (guint b = 0; b < times; b++) {
    SfStream stream;
    sf_stream_init (&stream, resample->seed, "sensitivity pawn dummy", b, 0);
    find_dummies (order, ones, &stream, stats);
    for (guint s = 0; s < n_stats; s++)
      drawn[(gsize)s * times + b] = stats[s];
  }
  for (guint s = 0; s < n_stats; s++)
    summarise_dummies (drawn + (gsize)s * times, times,
                       &factors[s / SF_PAWN_N].dummy[s % SF_PAWN_N]);
}

/* ---- The whole ----------------------------------------------------------- */

static guint
count_slices (const Order *order, guint c)
{
  g_autofree gboolean *is_used = g_new0 (gboolean, order->n_slices[c] + 1);
  guint n_used = 0;
  for (guint p = 0; p < order->n; p++) {
    guint s = order->slice[(gsize)c * order->n + p];
    n_used += !is_used[s];
    is_used[s] = TRUE;
  }
  return n_used;
}

static SfPawnFactor *
find_factors (const Order *order, const SfResample *resample)
{
  guint k = order->k, n_stats = k * SF_PAWN_N;
  SfPawnFactor *factors = g_new0 (SfPawnFactor, k);
  g_autofree SfEstimate *found = g_new (SfEstimate, n_stats);
  SfStatistic statistic
      = { "sensitivity pawn", order->n, n_stats, find_all, order };
  sf_resample_estimate (&statistic, resample, found);
  for (guint s = 0; s < n_stats; s++) {
    centre (&found[s]);
    factors[s / SF_PAWN_N].distance[s % SF_PAWN_N] = found[s];
    factors[s / SF_PAWN_N].dummy[s % SF_PAWN_N] = (SfEstimate){ NAN, NAN, NAN };
  }
  for (guint c = 0; c < k; c++)
    factors[c].n_slices = count_slices (order, c);
  if (order->n > 0)
    add_dummies (order, resample, factors);
  return factors;
}

static SfPawnFactor *
find_failures (const SfSample *sample, const double *y, guint n_slices,
               const SfResample *resample)
{
  g_autofree double *is_failed = g_new (double, sample->n);
  for (guint r = 0; r < sample->n; r++)
    is_failed[r] = isnan (y[r]) ? 1 : 0;
  g_auto (Order) order = { 0 };
  order_rows (&order, sample, is_failed, FALSE, n_slices);
  return find_factors (&order, resample);
}

SfPawn *
sf_pawn_new (const SfSample *sample, const double *y,
             const SfPawnOptions *options, const SfResample *resample)
{
  g_return_val_if_fail (sample != NULL && sample->k > 0, NULL);
  g_return_val_if_fail (y != NULL || sample->n == 0, NULL);
  g_return_val_if_fail (options != NULL && options->n_slices > 1, NULL);
  g_return_val_if_fail (resample != NULL, NULL);
  SfPawn *pawn = g_new0 (SfPawn, 1);
  for (guint r = 0; r < sample->n; r++) {
    pawn->n_failed += isnan (y[r]);
    pawn->n_never += y[r] == INFINITY;
  }
  gboolean is_dropping = options->failed == SF_PAWN_FAILED_DROP;
  g_auto (Order) order = { 0 };
  order_rows (&order, sample, y, is_dropping, options->n_slices);
  pawn->k = sample->k;
  pawn->n_used = order.n;
  pawn->factors = find_factors (&order, resample);
  if (pawn->n_failed > 0 && pawn->n_failed < sample->n)
    pawn->failures = find_failures (sample, y, options->n_slices, resample);
  return pawn;
}

void
sf_pawn_free (SfPawn *pawn)
{
  if (!pawn)
    return;
  g_free (pawn->factors);
  g_free (pawn->failures);
  g_free (pawn);
}
