/* outcome.h - what the page shows of many replications. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of a replication's record the page needs little: two curves a commodity of
 * the capital (share of demand served, days of cover) and a few numbers. A
 * result keeps just these for each replication of one scenario, in memory that
 * workers fill and their parent reads; so it is small enough for the last few
 * to stay, and a scenario that was not changed need not run again when it is
 * compared with another. What the numbers mean is defined in the room that
 * observes; the names are those of metrics.csv and curves.csv.
 */
#pragma once

#include "sim/experiment/slots.h"
#include "sim/plan/plan.h"

/* How far a replication has come; a number above 0 is the worker that has
 * it. */
enum {
  SF_OUTCOME_FREE = 0,
  SF_OUTCOME_DONE = -1,
  SF_OUTCOME_FAILED = -2,
};

/* The outcomes of n replications of one scenario. */
typedef struct {
  char *key; /* what was run, see sf_explore_state_key() */
  guint n, days;
  SfDate start;   /* date of day 0 */
  char **series;  /* names of the curves; NULL-terminated */
  char **numbers; /* names of the numbers; NULL-terminated */
  guint n_brief_series, n_brief_numbers; /* those of all users, which come
                                            first; then user classes */
  GArray *from_series;                   /* gint in the book, by curve */
  GPtrArray *from_metrics; /* GArray of guint in the book, by number: summed */
  SfSlots *slots;          /* n */
  guint n_done, n_failed;
  guint n_refs;
} SfExploreResult;

/* A result for a plan with room for n replications, none done yet. Takes the
 * key. The caller owns a reference. NULL with G_FILE_ERROR when memory is
 * short. */
SfExploreResult *sf_explore_result_new (const SfPlan *plan, char *key, guint n,
                                        GError **error);
SfExploreResult *sf_explore_result_ref (SfExploreResult *result);
void sf_explore_result_unref (SfExploreResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExploreResult, sf_explore_result_unref)

/* Where a replication stands, for workers and parent: one of the words above,
 * read and written atomically. */
int *sf_explore_result_owner (const SfExploreResult *result, guint i);

/* Copies what is kept of a record into place i; in a worker. */
void sf_explore_result_fill (SfExploreResult *result, guint i,
                             const SfRecord *record);
/* Leaves a reason why replication i failed; and the first that is there, or
 * NULL. */
void sf_explore_result_fail (SfExploreResult *result, guint i, const char *why);
const char *sf_explore_result_problem (const SfExploreResult *result);

/* Appends what is known so far as a JSON object: "n", "done", "failed",
 * "start", "days", "series" (name, and p05 to p95 by day) and "numbers" (name,
 * mean, quantiles, "n", "missing"). NAN is null. Written by hand and not
 * through a tree: this is tens of thousands of numbers, several times a run.
 * While replications are missing, classes of users other than `who` (NULL:
 * none) are left out, here and below: they are the larger part, and would hold
 * up the first bands. */
void sf_explore_result_write (const SfExploreResult *result, const char *who,
                              GString *json);

/* Appends as a JSON array the differences b - a of the numbers that both have,
 * over the replications that both have done: "name", "n", "estimate", "low",
 * "high" (95 %), "is_distinct", "is_identical", "a_only", "b_only". */
void sf_explore_result_write_differences (const SfExploreResult *a,
                                          const SfExploreResult *b,
                                          const char *who, GString *json);

/* Runs a replication and tells it as a JSON object, to be freed:
 *
 *   "side", "replication", "start", "days"
 *   "entries"  [day, kind, place, trucks or null, text] in order of time
 *   "flows"    [link, [loaded trucks that enter it, by day]], the links by
 *              number, those without any left out
 *   "closed"   [link, [1 on the days at whose noon it is closed, else 0]]
 *   "waiting"  [entry of the gate, [trucks at noon, by day]]
 *   "served"   [place, commodity, [share of demand, by day]]
 *
 * When the replication fails it has "message" and nothing else. */
char *sf_explore_tale (SfPlan *plan, guint64 seed, guint replication,
                       guint side);
