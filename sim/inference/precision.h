/* precision.h - are there enough replications? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sequential stopping: replications are added batch by batch until the means
 * of all measures are known as well as asked (Chow and Robbins, "On the
 * asymptotic theory of fixed-width sequential confidence intervals", 1965; Law,
 * "Simulation Modeling and Analysis", 5th ed. 2015, ch. 9.4.1). Looks are taken
 * after whole batches only, so that the answer depends neither on the number
 * of workers nor on timing. It is an interval that is looked at often: with too
 * few replications before the first look it covers less than it says.
 */
#pragma once

#include <glib.h>

/* What is asked of one measure; a half-width h that is small enough by either
 * rule will do. */
typedef struct {
  double relative; /* g > 0: h / |mean| <= g / (1 + g), which makes the
                      estimate's own relative error at most g; a mean of 0
                      never gets there. NAN: not asked */
  double absolute; /* e > 0: h <= e, in the measure's unit; NAN: not asked */
} SfPrecisionGoal;

/* How far a measure is. */
typedef struct {
  guint n; /* values that are not NAN */
  double mean, half_width;
  gboolean is_constant; /* all values are equal: nothing is left to estimate,
                           as far as they can tell */
  gboolean is_reached;
} SfPrecisionState;

/* When to look. */
typedef struct {
  guint least; /* replications before the first look */
  guint batch; /* 1 or more */
  guint most;  /* and before one gives up */
} SfPrecisionPlan;

/* Fewer values than this tell nothing of their spread. */
#define SF_PRECISION_LEAST 30u

/* Judges n values, NAN left out. `level` is that of the interval: with several
 * measures that must all pass, sf_level_each() of pairs.h. A measure with fewer
 * than SF_PRECISION_LEAST values has not reached its goal. */
void sf_precision_judge (const double *values, guint n,
                         const SfPrecisionGoal *goal, double level,
                         SfPrecisionState *out);

/* How many replications there should be at the next look, n of them being done:
 * `least` rounded up to whole batches, then a batch more, but never more than
 * `most`; n itself when that is reached. */
guint sf_precision_next (const SfPrecisionPlan *plan, guint n);
