/* causes.h - what drove a shortage, by leaving one thing out at a time. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run is done. The same replications are run again without one mechanism
 * (groups.h), for each, and the person-days without in the capital are set
 * against those of the run pair by pair, on the same luck (inference/pairs.h).
 * The intervals hold together (Bonferroni). Differences do not add up to the
 * whole: one mechanism works through another, so leaving out either of two may
 * take the same shortage away.
 *
 * The extra work is limited: together, the groups take half as many replications
 * as the run had, but each enough for an interval.
 */
#pragma once

#include "sim/causes/groups.h"
#include "sim/causes/without.h"
#include "sim/experiment/run.h"
#include "sim/inference/contrast.h"

/* A run with fewer replications is not asked. */
#define SF_CAUSES_LEAST 50u
/* Replications without a group: at least, at most. */
#define SF_CAUSES_FEW 7u
#define SF_CAUSES_MANY 40u

/* What leaving one group out did. */
typedef struct {
  const SfCauseGroup *group; /* borrowed from the causes */
  char *why_not;       /* it cannot be left out: what the checker says; NULL:
                           it was */
  gboolean is_same;    /* not one replication differed */
  guint n;             /* pairs */
  SfContrast contrast; /* a: as run, b: without the group */
  SfInterval share;    /* of the difference in the mean as run, by Fieller; no
                           bounds when that cannot be told from 0 */
} SfCause;

typedef struct {
  char *measure;     /* "bamako/person_days_without" */
  guint n_run;       /* replications of the run */
  double mean_run;   /* of the measure over these */
  double level;      /* with which the intervals hold together */
  guint n_extra;     /* replications that all this took */
  gboolean is_whole; /* FALSE: the user stopped it, or a replication failed */
  GPtrArray *groups; /* SfCauseGroup * */
  guint n_causes;
  SfCause *causes; /* one a group, in their order */
} SfCauses;

/* What to do it with. */
typedef struct {
  SfScenarioFiles files;
  guint jobs;
  void (*progress) (guint done, guint total, gpointer data);
  gpointer progress_data;
} SfCausesOptions;

/* Why a run cannot be asked what drove it, as a sentence for people (static,
 * translated); NULL when it can. */
const char *sf_causes_wrong (const SfScenario *scenario, const SfRun *run);

/* Finds them; owned by the caller. The scenario is that of the run, of its first
 * replications (run->first is 0). The result depends neither on jobs nor on
 * timing. NULL with an error when a run cannot be made. Must be called before
 * any thread or child program is started (pool.h). */
SfCauses *sf_causes_find (const SfScenario *scenario, const SfRun *run,
                          const SfCausesOptions *options, GError **error);
void sf_causes_free (SfCauses *causes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfCauses, sf_causes_free)

/* Replications without each group, from those of the run and the groups. */
guint sf_causes_share_out (guint n_run, guint n_groups);
