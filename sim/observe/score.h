/* score.h - an ensemble of runs against what was seen. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All rows of an observations file at once, for the replications of a run, and
 * the totals: how many rows are hit by the median, and of how many the 5-95 %
 * band holds what was seen. A band of 90 % should hold about 90 % of them:
 * much less, and it claims to know too much; much more, and it says little.
 */
#pragma once

#include "sim/observe/observations.h"

/* Replications to be scored: n records, stride bytes from one to the next;
 * those that are not SF_RECORD_DONE are left out. */
typedef struct {
  const SfBook *book;
  gconstpointer memory;
  gsize stride;
  guint n;
} SfScoredRun;

typedef struct {
  const SfObservations *observations;        /* borrowed */
  SfPartScore *parts;                        /* by part */
  gboolean *is_chosen, *is_hit, *is_covered; /* by row */
  guint n;                                   /* replications that were done */
  guint n_rows;                              /* chosen */
  guint n_hit;                               /* of these */
  guint n_banded;                            /* chosen, and no order only */
  guint n_covered;                           /* of these */
} SfScores;

/* Scores the rows whose evidence lies between two days, both included. The
 * observations must be bound to the run's book and outlive the scores. With
 * no replication done every median is missing, and no row is hit. */
SfScores *sf_scores_new (const SfObservations *observations,
                         const SfScoredRun *run, SfDate from, SfDate until);
void sf_scores_free (SfScores *scores);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfScores, sf_scores_free)

/* "hit 19 of 22 rows (86 %); the 90 % band covers 18 of 21 (86 %)"; to be
 * freed. */
char *sf_scores_summary (const SfScores *scores);

/* Numbers of the rows that are hit in one but not in the other, separated by
 * commas; "" when there are none. To be freed. */
char *sf_scores_lost (const SfScores *before, const SfScores *after);
