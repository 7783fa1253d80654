/* groups.h - what in a scenario may drive a shortage. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The models that are on, the queues and the dated events of a scenario, sorted
 * into mechanisms that can be left out one at a time: fear, attacks, escorts,
 * queues, hoarding and so on. A group is made from what a model is (the kind and
 * word of its name), never from what it is called in one scenario. Models
 * without which nothing would move or be shared (supply, retail, allocation,
 * routing) are in no group.
 *
 * A group is left out by overrides, the same that --set takes, so that anyone
 * can do it again by hand.
 */
#pragma once

#include "sim/scenario/scenario.h"

typedef struct {
  const char *key; /* "fear", as in tables; static */
  const char
      *words;     /* "drivers' fear", to be translated where printed; static */
  GPtrArray *off; /* char *: overrides that leave it out */
  GPtrArray *names; /* const char *: the ids of its models, queues or events;
                        borrowed from the scenario */
} SfCauseGroup;

/* The groups that the scenario has, in a fixed order: SfCauseGroup *, owned by
 * the caller. The scenario must outlive them. */
GPtrArray *sf_cause_groups (const SfScenario *scenario);

/* What the group of that key is called, to be translated where printed; NULL
 * when there is none. Static. */
const char *sf_cause_words (const char *key);

/* The overrides that leave a model out; to be freed. */
char *sf_cause_model_off (const char *model_id);
