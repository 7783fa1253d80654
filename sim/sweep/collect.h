/* collect.h - the rows of a sweep as plain arrays. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Analyses want arrays, with one row a point: runs of one point share its
 * factors, so they are no independent rows. Means over the replications, in the
 * order of the design, are for analyses that need all of it (Morris, Sobol);
 * medians for those that take any sample and ask for order only (PAWN, PRIM). A
 * run that failed or was not done is NAN and is never filled; an outcome that
 * did not happen is INFINITY among medians, later than everything, and for
 * means it needs a value that the user states.
 */
#pragma once

#include "sim/sweep/sweep.h"

/* One outcome of a sweep. */
typedef struct {
  guint n, k;       /* rows, factors */
  double *x;        /* n rows of k: with means design coordinates (0 to 1), with
                 medians values; a category is the place of its word */
  double *y;        /* n */
  guint64 n_failed; /* runs that are not done, or without a row yet */
  guint64 n_never;  /* runs in which it did not happen */
  guint replications; /* planned of each point */
  guint n_common;     /* by points: replications that the means are over, those
                     that every point has; at least 1 */
  /* By points, and more than one replication: the share of the variance of y
   * between points that is luck which was not averaged out. Within-variance
   * over replications, over the variance of y: Ankenman, Nelson and Staum,
   * "Stochastic kriging", Oper. Res. 58 (2010), call it intrinsic. Differences
   * between points on common random numbers see less of it. NAN otherwise. */
  double noise_frac;
} SfCollected;

/* Points in the order of the design. `otherwise` takes the place of what did
 * not happen; NAN: such a run counts as failed. NULL with SF_STORE_ERROR. */
SfCollected *sf_collect_means (SfSweep *sweep, guint outcome, double otherwise,
                               GError **error);

/* Points with a run: the median over the replications that are done, INFINITY
 * when it did not happen in half of them or more; NAN when one failed. Of a
 * saltelli design only the rows A and B, which are independent. */
SfCollected *sf_collect_medians (SfSweep *sweep, guint outcome, GError **error);
void sf_collected_free (SfCollected *collected);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfCollected, sf_collected_free)

/* What is of interest: "OUTCOME >= NUMBER", also > < <=, and "OUTCOME never" or
 * "OUTCOME happens". FALSE with SF_STORE_ERROR_OTHER when it is not understood.
 * On TRUE *outcome is the outcome's place. */
typedef struct {
  guint outcome;
  char comparison[3]; /* ">=", ">", "<=", "<", "!" (never), "?" (happens) */
  double limit;
} SfInterest;

gboolean sf_interest_parse (const SfStudy *study, const char *text,
                            SfInterest *interest, GError **error);

/* Turns the y of collected medians into 1, 0 and NAN. */
void sf_interest_mark (const SfInterest *interest, SfCollected *medians);

/* The place of an outcome by name, or -1 with an error that says the nearest. */
gint sf_study_find_outcome (const SfStudy *study, const char *name,
                            GError **error);
