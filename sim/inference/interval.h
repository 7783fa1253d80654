/* interval.h - how well a few runs know a mean, a share, a quantile. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain arrays in, an estimate with a confidence interval out. Values are
 * outcomes of independent replications, each counting alike. NAN stands for
 * "did not happen" and is left out, as in observe/stats.h. Intervals are
 * two-sided with the same error on either side; a side on which the values give
 * no bound is infinite and says so, instead of being made up.
 *
 * Formulas: Law, "Simulation Modeling and Analysis" (5th ed., 2015), ch. 4 and
 * 9; others are cited where they are used.
 */
#pragma once

#include <glib.h>

typedef struct {
  double estimate;  /* NAN: there is none */
  double low, high; /* -INFINITY, INFINITY: no bound on that side; NAN: too
                       few values for an interval */
  double level;     /* confidence, 0 to 1 */
  guint n;          /* values that it rests on */
} SfInterval;

/* TRUE when the interval is there and `x` lies in it, ends included. */
gboolean sf_interval_holds (const SfInterval *interval, double x);

/* Mean, by Student's t: mean -+ t (1 - a/2, n - 1) s / sqrt (n), a = 1 - level.
 * Right for values that are about normal; too narrow for skewed ones unless n
 * is large (see sf_shape_warning()). No interval for n < 2. */
SfInterval sf_interval_mean (const double *values, guint n, double level);

/* The same by bootstrap-t (Efron and Tibshirani, "An Introduction to the
 * Bootstrap", 1993, ch. 12.5), which follows the skew: the t of 999 resamples,
 * (mean* - mean) / se*, gives the quantiles instead of Student. A resample of
 * equal values has t = +-INFINITY and may leave a side without a bound. The
 * same seed and values give the same interval. Cost: 999 n draws. */
SfInterval sf_interval_mean_bootstrap (const double *values, guint n,
                                       double level, guint64 seed);

/* Proportion of n with `hits`, by the score interval (Wilson, "Probable
 * inference", 1927): covers about `level` on average over proportions. No
 * interval for n = 0. */
SfInterval sf_interval_wilson (guint hits, guint n, double level);

/* The same by Clopper and Pearson, "The use of confidence or fiducial limits"
 * (1934), from quantiles of the beta distribution: covers at least `level`. */
SfInterval sf_interval_exact (guint hits, guint n, double level);

/* Quantile p (0 < p < 1): the estimate is that of stats.h; its bounds are two of
 * the values themselves, chosen so that the binomial distribution of the
 * number of values below the quantile leaves at most a/2 on either side (David
 * and Nagaraja, "Order Statistics", 3rd ed. 2003, ch. 7.1). Exact whatever the
 * distribution; a side has no bound when even the last value would not do: the
 * upper one of p = .99 needs n > 367 at 95 %. */
SfInterval sf_interval_quantile (const double *values, guint n, double p,
                                 double level);

/* Values that it takes for quantile p to have a bound on both sides: the least
 * n with max (p, 1 - p)^n < a/2. */
guint sf_interval_quantile_needs (double p, double level);

/* Ratio of two means, mean (above) / mean (below), of n pairs, by Fieller,
 * "Some problems in interval estimation" (1954): all r for which mean (above -
 * r below) is not significantly different from 0. No interval when the mean
 * below is not itself distinguishable from 0, since then every ratio would
 * do. A pair with a NAN is left out. */
SfInterval sf_interval_ratio (const double *above, const double *below, guint n,
                              double level);

/* ---- What the values look like ------------------------------------------- */

typedef struct {
  guint n;            /* values that are not NAN */
  double common;      /* the most frequent value */
  double common_frac; /* the share of values equal to it */
  double skewness;    /* m3 / m2^1.5; 0 when all are equal; NAN for n = 0 */
} SfShape;

/* Cost: sorts a copy. */
void sf_shape (const double *values, guint n, SfShape *shape);

/* Why a t interval of the mean of such values is not to be trusted, to be
 * freed; NULL when there is no reason, or all are equal. Two rules: more than
 * half of the values are equal; or n < 25 skewness^2 (Cochran, "Sampling
 * Techniques", 3rd ed. 1977, p. 42), and the skew is beyond twice its standard
 * error for normal values, sqrt (6 / n). */
char *sf_shape_warning (const SfShape *shape);

/* Values that are mostly 0, told in two parts: how often they are not, and how
 * large they are then. Both say more than the mean of all. */
typedef struct {
  SfInterval positive_frac; /* by Wilson */
  SfInterval mean_positive; /* of those above 0, by t */
} SfZeroHeavy;

void sf_zero_heavy (const double *values, guint n, double level,
                    SfZeroHeavy *out);
