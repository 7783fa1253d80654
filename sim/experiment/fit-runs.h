/* fit-runs.h - how far a candidate is from what was seen. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A candidate is a set of values for the uncertain numbers that a fit varies;
 * its terms (fit.h) come from replications with those values. What is not
 * varied is drawn from its prior as in any run. All candidates are run on the
 * same seed: with the same replications, so that they differ by their values
 * and not by luck, or each with replications of its own, so that nothing is
 * fitted to the luck of a few.
 *
 * Of each part of a row the median over the replications counts (what did not
 * happen is later than everything, and so is a replication that failed); its
 * distance is sf_observations_distance(), SF_FIT_MOST at most; and the row's
 * term is the mean of the largest and of the mean of its parts with bounds.
 */
#pragma once

#include "sim/experiment/fit.h"
#include "sim/observe/observations.h"
#include "sim/plan/plan.h"

/* How candidates are run. */
typedef struct {
  guint64 seed;
  guint replications; /* a candidate, 1 or more */
  guint jobs;         /* worker processes; 0: one a processor */
  double margin;      /* tolerances by which the bounds are narrowed, so
                            that chance does not carry a row out of them */
  SfDate until;       /* rows whose evidence ends later are left out;
                           SF_PARAM_NO_DATE: none is */
} SfFitRunOptions;

/* The numbers that are varied and the rows that are compared. */
typedef struct {
  SfPlan *plan;                       /* borrowed */
  const SfObservations *observations; /* borrowed; bound to the plan's book */
  SfFitRunOptions options;
  GArray *numbers;       /* guint: indices of assumptions */
  GArray *rows;          /* guint: indices of rows, one a term */
  guint n_run, n_failed; /* replications so far */
} SfFitRuns;

/* Indices of the uncertain numbers (guint) to vary: every number with a
 * distribution of its own when `vary` is NULL, else those that a pointer of
 * `vary` (ends with NULL) names or stands above: "/models/drivers". NULL with
 * G_OPTION_ERROR when a pointer finds none, or nothing is uncertain. Owned by
 * the caller. */
GArray *sf_fit_numbers (const SfScenario *scenario, const char *const *vary,
                        GError **error);

/* The value of an uncertain number at a quantile (0 to 1) of its prior: of its
 * distribution, cut off at the parameter's range and rounded where it counts
 * things, as sf_scenario_draw() does. */
double sf_fit_value (const SfAssumption *number, double quantile);

/* Takes `numbers`. NULL with G_OPTION_ERROR when no row is left. */
SfFitRuns *sf_fit_runs_new (SfPlan *plan, const SfObservations *observations,
                            GArray *numbers, const SfFitRunOptions *options,
                            GError **error);
void sf_fit_runs_free (SfFitRuns *runs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFitRuns, sf_fit_runs_free)

/* The terms of candidates by replications on worker processes; an SfFitTerms,
 * with the SfFitRuns as its data. */
SfFitStep sf_fit_runs_terms (gpointer runs, const guint *lucks, guint n,
                             const double *quantiles, double *terms,
                             GError **error);

/* What a fit says of a number; low, middle and high are 5, 50 and 95 %. */
typedef struct {
  const SfAssumption *number;
  double prior[3], posterior[3];
  double narrowing_frac;  /* width of the middle half: posterior over prior;
                            NAN: the prior has none */
  gboolean is_identified; /* narrowed to SF_FIT_IDENTIFIED or less */
  gboolean is_settled;    /* R-hat is SF_FIT_SETTLED or less: otherwise the
                             width is an accident of the search, most often too
                             narrow */
  double rank_correlation, r_hat; /* see fit.h */
} SfFitNumber;

/* A wider posterior says that the observations do not tell. */
#define SF_FIT_IDENTIFIED 0.8
#define SF_FIT_SETTLED 1.2

void sf_fit_number (const SfFitRuns *runs, const SfFit *fit, guint parameter,
                    SfFitNumber *out);
