/* stats.h - the definition of every statistic that is reported. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers of replications in, a summary out. NAN stands for "did not happen"
 * (a shortage that never began) and is left out of every statistic and
 * counted: nothing is put in its place, least of all the end of the run.
 * Two kinds of interval come out and must not be mixed up: quantiles are the
 * band in which outcomes fall; ci95 is how well their mean is known.
 */
#pragma once

#include "sim/observe/book.h"

/* Everything is in the unit of the values; over the n values that are not
 * NAN. A statistic that needs more values than there are is NAN. */
typedef struct {
  double mean; /* sum / n; NAN for n = 0 */
  double sd;   /* standard deviation of a sample: the divisor is n - 1,
                       in two passes; NAN for n < 2 */
  double se;   /* standard error of the mean: sd / sqrt (n) */
  double ci95; /* half-width of the 95 % confidence interval of the mean:
                       t (0.975, n - 1) * se, Student's t; outcomes are taken
                       as independent and n as large enough for the mean to be
                       close to normal */
  double p05, p25, p50, p75, p95; /* quantiles: see sf_quantile_sorted() */
  guint n;                        /* values that are not NAN */
  guint n_missing;                /* NAN */
} SfSummary;

/* Summarises n values (n = 0 is fine). `scratch` holds n doubles and is
 * overwritten; it must not overlap `values`. Cost: linear in n but for
 * Student's t, some microseconds. The same values in the same order give the
 * same bits. */
void sf_summary (const double *values, guint n, double *scratch,
                 SfSummary *out);

/* The same without se and ci95, which stay NAN: for curves, where there are
 * tens of thousands of summaries to make. */
void sf_summary_brief (const double *values, guint n, double *scratch,
                       SfSummary *out);

/* Quantile p (0 to 1) of n >= 1 values in ascending order: type 7 of Hyndman
 * and Fan, "Sample quantiles in statistical packages" (1996), the default of R
 * and NumPy. With h = (n - 1) p it lies between the values at floor (h) and
 * floor (h) + 1 (counted from 0), in proportion. */
double sf_quantile_sorted (const double *sorted, guint n, double p);

/* Half-width of a confidence interval of a mean with n >= 2 values: t (1 -
 * (1 - level) / 2, n - 1) * se; NAN for n < 2. And that of 95 %. */
double sf_half_width (double se, guint n, double level);
double sf_ci95_half_width (double se, guint n);

/* Puts at every place in `ranks` (ascending, each below n) the value that
 * sorting would put there, the smaller ones before it and the larger ones
 * after it. No NAN among the values. Linear in n for a few ranks. */
void sf_select (double *values, guint n, const guint *ranks, guint n_ranks);

/* |loaded + initial - all that they became| / (loaded + initial) of the
 * SF_LEDGER_N accounts of one commodity: 0 when nothing was lost unrecorded
 * (also for a commodity that nobody has), INFINITY when something came out of
 * nothing. */
double sf_imbalance_frac (const double *accounts);
