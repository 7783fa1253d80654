/* desk.h - scenarios that are ready to run. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading and checking a scenario takes longer than a replication of it, so
 * the few that were used last stay compiled. A number that no road depends on
 * is put into a compiled scenario; others, and levers, make another one (see
 * sim/sweep/variant.h, which does the same for the points of a study). Either
 * way a run is the one that `shortfall run --set POINTER=VALUE` makes.
 */
#pragma once

#include "sim/explore/shelf.h"
#include "sim/plan/plan.h"

/* A scenario that is ready; lives as long as the desk keeps it or a setup has
 * it. */
typedef struct {
  char *key; /* files and numbers it was compiled with */
  SfScenario *scenario;
  SfPlan *plan;
  guint64 used; /* when it was last wanted */
  guint n_refs;
} SfExploreReady;

/* What a side needs to run: the scenario and what is put in. */
typedef struct {
  SfExploreReady *ready; /* shared */
  guint n_puts;
  guint *numbers; /* index in the scenario's assumptions */
  double *values;
} SfExploreSetup;

void sf_explore_setup_clear (SfExploreSetup *setup);

/* Puts the numbers in, after taking out all that was put in before. */
void sf_explore_setup_apply (const SfExploreSetup *setup);

typedef struct SfExploreDesk SfExploreDesk;

/* An empty desk for the files of a shelf, which has to outlive it. */
SfExploreDesk *sf_explore_desk_new (const SfExploreShelf *shelf,
                                    const SfModelInfo *const *models);
void sf_explore_desk_free (SfExploreDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExploreDesk, sf_explore_desk_free)

/* Takes a scenario that was already read from the first file of the shelf. */
void sf_explore_desk_take (SfExploreDesk *desk, SfScenario *scenario);

/* Makes a side ready. FALSE with SF_EXPLORE_ERROR_FILE, or _SCENARIO when a
 * pointer leads to no number, a value is out of range (the message says what
 * was expected), or the scenario has mistakes (the message is the first). */
gboolean sf_explore_desk_set_up (SfExploreDesk *desk, const SfExploreSide *side,
                                 SfExploreSetup *setup, GError **error);
