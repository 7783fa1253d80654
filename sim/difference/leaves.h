/* leaves.h - a scenario as a list of single values. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that a scenario can say, one leaf a row of its tables (param.h) and
 * record, read from the records themselves: inheritance, levers and overrides
 * are done, and what is left out has its default. So two scenarios that run
 * alike have the same leaves, however their files are written. What is words in
 * a value or basis is in the language in use, so that two sets of leaves are
 * compared that were made in the same one.
 */
#pragma once

#include "sim/scenario/scenario.h"

typedef struct {
  char *pointer;              /* "/models/escorts/escorts_count" */
  const char *name;           /* its last step */
  const char *topic;          /* "models"; static */
  guint record;               /* index in the records, or G_MAXUINT */
  const char *help;           /* what the value is, in English; NULL: none */
  gboolean is_number, is_run; /* a number; it matters for what is run */
  gboolean is_default;
  double number; /* NAN when it is uncertain, not given, or none */
  SfDate date;   /* of a date; else SF_PARAM_NO_DATE */
  const SfAssumption *assumption; /* what it rests on; NULL: the default, or
                                     not a number */
  char *value;                    /* as in a table; "" when not given */
  char *basis;                    /* "A4, assumed", "" when nothing is stated */
  char *remark; /* range and note, which change nothing that is run */
} SfLeaf;

/* One record: a link, an event, a model. */
typedef struct {
  char *pointer;     /* "/events/ban" */
  const char *topic; /* "events"; static */
  const char *title; /* borrowed from the scenario: its title, else its id */
  const char *model; /* "convoy/escort"; NULL: it is no model */
  gboolean is_on;    /* a model that is switched off is FALSE */
  char *basis;
} SfLeafRecord;

typedef struct {
  GPtrArray *leaves;                          /* SfLeaf * */
  GPtrArray *records;                         /* SfLeafRecord * */
  GHashTable *by_pointer, *record_by_pointer; /* borrowed key -> these */
} SfLeaves;

/* All of a scenario, which must outlive them; owned by the caller. */
SfLeaves *sf_leaves_new (const SfScenario *scenario);
void sf_leaves_free (SfLeaves *leaves);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLeaves, sf_leaves_free)
