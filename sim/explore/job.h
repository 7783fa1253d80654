/* job.h - replications for one tab of the page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A job runs the scenarios of a state on worker processes of its own, which
 * are forked with everything ready and so start at once, and can be ended at
 * any moment by killing them: nothing that others need is in them. Unlike the
 * pool (sim/experiment/pool.h) it never waits, so that one process can look
 * after several jobs and hear of newer ones meanwhile. A worker that dies takes
 * one replication with it, and another takes its place.
 *
 * Replication i of scenario A and of B meet the same luck; pieces are taken
 * pair by pair, so that differences are known early. The other kind of job tells
 * one replication: what happened, and the flows on every road day by day.
 */
#pragma once

#include "sim/explore/desk.h"
#include "sim/explore/outcome.h"

typedef struct SfExploreJob SfExploreJob;

/* What a job is about. Setups and results have a place for each side; a result
 * that is complete is not run again. All are taken over. */
typedef struct {
  char *tab; /* whose it is */
  guint number;
  guint n_sides, n; /* replications */
  guint64 seed;
  SfExploreSetup setups[2];
  SfExploreResult *results[2]; /* NULL when one replication is told */
  guint told, replication;     /* which one is told */
  char *lang;                  /* in which language; or NULL */
  char *who; /* the class of users that is looked at; or NULL */
} SfExploreOrder;

void sf_explore_order_clear (SfExploreOrder *order);

/* Starts a job on up to `workers` processes. Takes the order's content, also
 * when it fails: NULL with SF_EXPLORE_ERROR_PROCESS. */
SfExploreJob *sf_explore_job_start (SfExploreOrder *order, guint workers,
                                    GError **error);

/* Kills what still runs, waits for it, and frees; NULL is accepted. */
void sf_explore_job_free (SfExploreJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExploreJob, sf_explore_job_free)

const SfExploreOrder *sf_explore_job_order (const SfExploreJob *job);

/* Becomes readable when there is something to look at. */
int sf_explore_job_fd (const SfExploreJob *job);

/* Looks at what workers have done since; to be called when the descriptor is
 * readable and some ten times a second, for workers that died. Returns the
 * message for the page, to be freed, or NULL when there is nothing worth
 * saying yet: a first one after a handful of replications, more as they come,
 * one at the end. */
char *sf_explore_job_look (SfExploreJob *job);

/* TRUE when the last message was given. */
gboolean sf_explore_job_is_over (const SfExploreJob *job);
