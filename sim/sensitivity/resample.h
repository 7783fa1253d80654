/* resample.h - numbers with intervals, by drawing rows again. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bootstrap (Efron, "Bootstrap methods: another look at the jackknife",
 * 1979): n independent rows are drawn from the n rows with replacement, the
 * statistic is worked out anew, and so on; the middle 95 % of the values so
 * found is the interval (percentile method). A row is whatever the design made
 * independent: a run, a base row of a Sobol design, a trajectory of Morris.
 *
 * An interval tells how far the numbers would move with other rows of the same
 * design. It does not tell of an error of the model, nor of the luck within it
 * that all rows share. Nothing is ever put in the place of a failed run, so
 * that failures make intervals wider.
 */
#pragma once

#include <glib.h>

/* Resamples that give steady 95 % intervals; fewer than 100 do not. */
#define SF_RESAMPLE_N 1000

/* A number and its 95 % interval. All NAN when it is not defined; the interval
 * alone is NAN when none was asked for, or when the number was not defined in
 * more than half of the resamples. */
typedef struct {
  double value, low, high;
} SfEstimate;

/* How intervals are found. The same seed gives the same bits. */
typedef struct {
  guint64 seed;
  guint n; /* resamples, SF_RESAMPLE_N as a rule; 0: no intervals */
} SfResample;

/* What is estimated: n_stats numbers of n_rows rows. `find` gets for each row
 * how many times it is there (all 1 for the sample itself; the sum is n_rows)
 * and writes n_stats numbers, NAN where one is not defined. */
typedef struct {
  const char *name; /* of the random stream */
  guint n_rows, n_stats;
  void (*find) (const double *counts, gconstpointer data, double *stats);
  gconstpointer data;
} SfStatistic;

/* Writes n_stats estimates. Cost: 1 + resample->n times that of `find`, and
 * memory for that many sets of n_stats numbers. Without rows all are NAN. */
void sf_resample_estimate (const SfStatistic *statistic,
                           const SfResample *resample, SfEstimate *estimates);

/* Draws resample number `draw`: writes into `counts` how many times each of n
 * rows is there. */
void sf_resample_counts (const SfStatistic *statistic,
                         const SfResample *resample, guint draw,
                         double *counts);

/* The middle 95 % of the n values that are not NAN, by quantiles of type 7 of
 * Hyndman and Fan (1996); NAN unless at least half are. The values are put in
 * another order. */
void sf_resample_interval (double *values, guint n, double *low, double *high);
