/* precise.h - a run that goes on until means are known well enough. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole batches of replications are added to a run until every measure asked for
 * is as precise as wanted (inference/precision.h), or there are as many as
 * allowed. What comes out depends on scenario, seed and what was asked, not on
 * workers or timing, and is the run of that many replications, byte for byte.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/cli/cmd.h"
#include "sim/experiment/run.h"
#include "sim/inference/precision.h"

/* What to reach; all borrowed. */
typedef struct {
  double relative;             /* as SfPrecisionGoal; NAN: only absolute ones */
  const char *const *measures; /* "NAME" or "NAME=ABSOLUTE", ends with NULL;
                                  NULL: sf_measures_to_settle() */
  double level;                /* confidence of all intervals together */
  SfPrecisionPlan plan;
} SfPreciseWish;

/* How far it got. */
typedef struct {
  const SfPreciseWish *wish;
  GPtrArray *names; /* char *: measures */
  SfPrecisionGoal *goals;
  SfPrecisionState *states;
  guint n_looks;
  gboolean is_reached; /* by all */
} SfPrecise;

/* Reads what is wished against the plan's book. NULL, with *status, when it
 * makes no sense, which was said. */
SfPrecise *sf_precise_new (const SfInvocation *invocation, const SfPlan *plan,
                           const SfPreciseWish *wish, SfExit *status);
void sf_precise_free (SfPrecise *precise);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPrecise, sf_precise_free)

/* Runs until it is enough; options->n is passed over. Stops when the user asks,
 * as a plain run does. NULL with an error as sf_run_replications(). */
SfRun *sf_precise_run (SfPrecise *precise, SfPlan *plan,
                       const SfRunOptions *options, GError **error);

/* A table for people: n, mean, half-width, and whether it is reached; to be
 * freed. */
char *sf_precise_text (const SfPrecise *precise);

/* Adds "precision" to a manifest; data is an SfPrecise. */
void sf_precise_record (SfJson *manifest, gconstpointer data);
