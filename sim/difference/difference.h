/* difference.h - what differs between two scenarios. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Leaves (leaves.h) of both are set side by side. A record or model that only
 * one of them has, or that only one of them has switched on, is one change and
 * not one for each of its values. What a model says that is off in both is of no
 * account. Titles, sources, confidence, ranges and notes change nothing that is
 * run: they are remarks, and kept apart.
 */
#pragma once

#include "sim/difference/leaves.h"

typedef enum {
  SF_CHANGE_VALUE,   /* both have it, with other values */
  SF_CHANGE_ADDED,   /* a record that only B has */
  SF_CHANGE_REMOVED, /* a record that only A has */
  SF_CHANGE_ON,      /* a model that only B has switched on */
  SF_CHANGE_OFF,
  SF_CHANGE_REMARK, /* the same is run, but it is called or founded otherwise */
} SfChangeKind;

/* One difference; all borrowed from the leaves. A value has leaves, a record
 * records. */
typedef struct {
  SfChangeKind kind;
  const char *topic, *pointer;
  const SfLeaf *leaf_a, *leaf_b;           /* NULL: that side has none */
  const SfLeafRecord *record_a, *record_b; /* NULL likewise; of the leaf, or
                                              the change itself */
} SfChange;

/* How many of each kind, remarks apart. */
typedef struct {
  guint numbers, models, events, others, remarks;
} SfChangeCount;

typedef struct {
  SfLeaves *a, *b;
  GArray *changes; /* SfChange; by topic, in the order of the format, remarks
                      last */
  SfChangeCount count;
} SfDifference;

/* Compares; the scenarios must outlive the difference. Owned by the caller. */
SfDifference *sf_difference_new (const SfScenario *a, const SfScenario *b);
void sf_difference_free (SfDifference *difference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDifference, sf_difference_free)

/* ---- In words --------------------------------------------------------------- */

/* "Different: 12 numbers, 1 model, 3 events.", or that nothing is; to be
 * freed. */
char *sf_difference_headline (const SfDifference *difference);

/* A topic, translated: "Models", "Roads and other ways". */
const char *sf_difference_topic (const char *topic);

/* A change as a sentence, with its pointer and what either side rests on; to be
 * freed. */
char *sf_change_text (const SfChange *change);

/* What a side has, for programs: a value, or the values of a record that are not
 * the default ("date=2025-07-01; kind=lever"); to be freed. */
char *sf_change_side (const SfDifference *difference, const SfChange *change,
                      gboolean is_b);

/* Everything, grouped by topic, ending in a newline; to be freed. The names are
 * those of the two scenarios. */
char *sf_difference_text (const SfDifference *difference, const char *name_a,
                          const char *name_b);
