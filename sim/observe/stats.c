/* stats.c - the definition of every statistic that is reported. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/stats.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#define N_QUANTILES 5
static const double quantiles[N_QUANTILES] = { 0.05, 0.25, 0.5, 0.75, 0.95 };

/* Up to this many values insertion sort is the fastest. */
#define FEW 24

static void
insertion_sort (double *v, guint n)
{
  for (guint i = 1; i < n; i++) {
    double x = v[i];
    guint j = i;
    for (; j > 0 && v[j - 1] > x; j--)
      v[j] = v[j - 1];
    v[j] = x;
  }
}

static double
median3 (double a, double b, double c)
{
  return MAX (MIN (a, b), MIN (MAX (a, b), c));
}

/* Splits around a pivot (Hoare); both sides get equals, so that many equal
 * values (all served, none lost) split in the middle. Returns the first place
 * of the right side, from 1 to n - 1. */
static guint
split (double *v, guint n)
{
  double pivot = median3 (v[0], v[n / 2], v[n - 1]);
  guint i = 0, j = n - 1;
  for (;;) {
    while (v[i] < pivot)
      i++;
    while (v[j] > pivot)
      j--;
    if (i >= j)
      break;
    double x = v[i];
    v[i++] = v[j];
    v[j--] = x;
  }
  return MAX (i, 1);
}

/* Quicksort that leaves a side alone when no rank asks for it. `base` is the
 * place of v[0] in the whole. */
static void
select_part (double *v, guint n, guint base, const guint *ranks, guint n_ranks)
{
  while (n_ranks > 0) {
    if (n <= FEW) {
      insertion_sort (v, n);
      return;
    }
    guint cut = split (v, n), left = 0;
    while (left < n_ranks && ranks[left] - base < cut)
      left++;
    select_part (v, cut, base, ranks, left);
    v += cut;
    n -= cut;
    base += cut;
    ranks += left;
    n_ranks -= left;
  }
}

void
sf_select (double *values, guint n, const guint *ranks, guint n_ranks)
{
  g_return_if_fail (values != NULL || n == 0);
  g_return_if_fail (n_ranks == 0 || ranks[n_ranks - 1] < n);
  select_part (values, n, 0, ranks, n_ranks);
}

double
sf_quantile_sorted (const double *sorted, guint n, double p)
{
  g_return_val_if_fail (n > 0 && p >= 0 && p <= 1, NAN);
  double h = (n - 1) * p;
  guint low = (guint)h;
  if (low + 1 >= n)
    return sorted[n - 1];
  return sorted[low] + (h - low) * (sorted[low + 1] - sorted[low]);
}

double
sf_half_width (double se, guint n, double level)
{
  return n < 2 ? NAN : gsl_cdf_tdist_Pinv ((1 + level) / 2, n - 1.0) * se;
}

double
sf_ci95_half_width (double se, guint n)
{
  return sf_half_width (se, n, 0.95);
}

/* Quantiles of n >= 1 values, which are put in another order. */
static void
find_quantiles (double *v, guint n, SfSummary *out)
{
  guint ranks[2 * N_QUANTILES], n_ranks = 0;
  for (guint q = 0; q < N_QUANTILES; q++) {
    guint low = (guint)((n - 1) * quantiles[q]);
    for (guint r = low; r <= MIN (low + 1, n - 1); r++)
      if (n_ranks == 0 || ranks[n_ranks - 1] < r)
        ranks[n_ranks++] = r;
  }
  sf_select (v, n, ranks, n_ranks);
  double *targets[N_QUANTILES]
      = { &out->p05, &out->p25, &out->p50, &out->p75, &out->p95 };
  for (guint q = 0; q < N_QUANTILES; q++)
    *targets[q] = sf_quantile_sorted (v, n, quantiles[q]);
}

/* What is not NAN, into `kept`; how many these are. */
static guint
keep_numbers (const double *values, guint n, double *kept)
{
  guint n_kept = 0;
  for (guint i = 0; i < n; i++) {
    kept[n_kept] = values[i];
    n_kept += !isnan (values[i]);
  }
  return n_kept;
}

/* Sums are taken in four rows side by side, so that an addition need not wait
 * for the one before. */
#define ROWS 4

static double
add_rows (const double *rows)
{
  return (rows[0] + rows[1]) + (rows[2] + rows[3]);
}

/* The sum of n values, and the lowest and the highest of them. */
static double
find_sum (const double *v, guint n, double *low, double *high)
{
  double sums[ROWS] = { 0 }, lows[ROWS], highs[ROWS];
  guint whole = n - n % ROWS;
  for (guint r = 0; r < ROWS; r++)
    lows[r] = highs[r] = v[0];
  for (guint i = 0; i < whole; i += ROWS)
    for (guint r = 0; r < ROWS; r++) {
      double x = v[i + r];
      sums[r] += x;
      lows[r] = x < lows[r] ? x : lows[r];
      highs[r] = x > highs[r] ? x : highs[r];
    }
  for (guint i = whole; i < n; i++) {
    sums[0] += v[i];
    lows[0] = MIN (lows[0], v[i]);
    highs[0] = MAX (highs[0], v[i]);
  }
  *low = MIN (MIN (lows[0], lows[1]), MIN (lows[2], lows[3]));
  *high = MAX (MAX (highs[0], highs[1]), MAX (highs[2], highs[3]));
  return add_rows (sums);
}

/* Sums of the differences from `centre` and of their squares. */
static void
find_spread (const double *v, guint n, double centre, double *sum,
             double *squares)
{
  double sums[ROWS] = { 0 }, squared[ROWS] = { 0 };
  guint whole = n - n % ROWS;
  for (guint i = 0; i < whole; i += ROWS)
    for (guint r = 0; r < ROWS; r++) {
      double x = v[i + r] - centre;
      sums[r] += x;
      squared[r] += x * x;
    }
  for (guint i = whole; i < n; i++) {
    double x = v[i] - centre;
    sums[0] += x;
    squared[0] += x * x;
  }
  *sum = add_rows (sums);
  *squares = add_rows (squared);
}

/* Mean and standard deviation of n >= 1 values that are not all alike: in two
 * passes, the second of which mends what rounding left in the first (Chan,
 * Golub and LeVeque 1983, The American Statistician 37, 242). */
static void
find_moments (const double *v, guint n, double sum, SfSummary *out)
{
  double centre = sum / n, rest, squares;
  find_spread (v, n, centre, &rest, &squares);
  out->mean = centre + rest / n;
  out->sd = sqrt (MAX (squares - rest * rest / n, 0) / (n - 1));
}

void
sf_summary_brief (const double *values, guint n, double *scratch,
                  SfSummary *out)
{
  g_return_if_fail (values != NULL || n == 0);
  *out = (SfSummary){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0, 0 };
  double low, high;
  guint kept = keep_numbers (values, n, scratch);
  out->n = kept;
  out->n_missing = n - kept;
  if (kept == 0)
    return;
  double sum = find_sum (scratch, kept, &low, &high);
  if (low == high) {
    out->mean = low;
    out->p05 = out->p25 = out->p50 = out->p75 = out->p95 = low;
    if (kept > 1)
      out->sd = 0;
    return;
  }
  find_moments (scratch, kept, sum, out);
  out->mean = CLAMP (out->mean, low, high);
  find_quantiles (scratch, kept, out);
}

void
sf_summary (const double *values, guint n, double *scratch, SfSummary *out)
{
  sf_summary_brief (values, n, scratch, out);
  if (out->n < 2)
    return;
  out->se = out->sd / sqrt (out->n);
  out->ci95 = sf_ci95_half_width (out->se, out->n);
}

double
sf_imbalance_frac (const double *accounts)
{
  double in = accounts[SF_LEDGER_INITIAL] + accounts[SF_LEDGER_LOADED];
  double out = 0;
  for (guint a = SF_LEDGER_CONSUMED; a < SF_LEDGER_N; a++)
    out += accounts[a];
  return in == out ? 0 : fabs (in - out) / fabs (in);
}
