/* difference.c - what differs between two scenarios. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/difference/difference.h"

#include <string.h>

static const SfLeafRecord *
record_of (const SfLeaves *all, const SfLeaf *leaf)
{
  return leaf && leaf->record != G_MAXUINT ? all->records->pdata[leaf->record]
                                           : NULL;
}

/* TRUE when a change just before is of the same event, and was counted. */
static gboolean
is_counted (const SfDifference *d, const SfChange *c)
{
  for (guint i = d->changes->len; c->record_a && i-- > 0;) {
    const SfChange *other = &g_array_index (d->changes, SfChange, i);
    if (other->record_a != c->record_a)
      return FALSE;
    if (other->leaf_a && !other->leaf_a->is_number)
      return TRUE;
  }
  return FALSE;
}

static void
count (SfDifference *d, const SfChange *c)
{
  const SfLeaf *leaf = c->leaf_a ? c->leaf_a : c->leaf_b;
  if (c->kind == SF_CHANGE_REMARK)
    d->count.remarks++;
  else if (c->kind == SF_CHANGE_VALUE && leaf->is_number)
    d->count.numbers++;
  else if (c->kind != SF_CHANGE_VALUE && strcmp (c->topic, "models") == 0)
    d->count.models++;
  else if (strcmp (c->topic, "events") == 0)
    d->count.events += !is_counted (d, c);
  else
    d->count.others++;
}

static void
add (SfDifference *d, SfChange change)
{
  count (d, &change);
  g_array_append_val (d->changes, change);
}

/* ---- Records ------------------------------------------------------------------ */

/* A record of another model is another record. */
static gboolean
is_same_record (const SfLeafRecord *a, const SfLeafRecord *b)
{
  return a && b && g_strcmp0 (a->model, b->model) == 0;
}

static void
compare_record (SfDifference *d, const SfLeafRecord *a, const SfLeafRecord *b)
{
  SfChange c = { .topic = a ? a->topic : b->topic,
                 .pointer = a ? a->pointer : b->pointer,
                 .record_a = a,
                 .record_b = b };
  gboolean is_on_a = a && a->is_on, is_on_b = b && b->is_on;
  if (!is_on_a && !is_on_b)
    return; /* off in both, or off and not there: the same is run */
  if (is_same_record (a, b) && is_on_a == is_on_b)
    return;
  if (is_same_record (a, b))
    c.kind = is_on_b ? SF_CHANGE_ON : SF_CHANGE_OFF;
  else if (is_on_a && is_on_b) { /* another model under the same name */
    c.kind = SF_CHANGE_REMOVED;
    c.record_b = NULL;
    add (d, c);
    c.record_a = NULL;
    c.record_b = b;
    c.kind = SF_CHANGE_ADDED;
  } else
    c.kind = is_on_b ? SF_CHANGE_ADDED : SF_CHANGE_REMOVED;
  add (d, c);
}

/* Those of one topic: those of A in its order, then those that only B has. */
static void
compare_records (SfDifference *d, const char *topic)
{
  for (guint i = 0; i < d->a->records->len; i++) {
    const SfLeafRecord *a = d->a->records->pdata[i];
    if (strcmp (a->topic, topic) == 0)
      compare_record (
          d, a, g_hash_table_lookup (d->b->record_by_pointer, a->pointer));
  }
  for (guint i = 0; i < d->b->records->len; i++) {
    const SfLeafRecord *b = d->b->records->pdata[i];
    if (strcmp (b->topic, topic) == 0
        && !g_hash_table_contains (d->a->record_by_pointer, b->pointer))
      compare_record (d, NULL, b);
  }
}

/* ---- Values ------------------------------------------------------------------- */

/* TRUE when both sides have the record of a leaf, on. */
static gboolean
is_compared (const SfLeafRecord *a, const SfLeafRecord *b)
{
  return is_same_record (a, b) && a->is_on && b->is_on;
}

static gboolean
has_other_remark (const SfLeaf *a, const SfLeaf *b)
{
  return strcmp (a->basis, b->basis) != 0 || strcmp (a->remark, b->remark) != 0;
}

/* A source is stated once for a record and held by all its values, so only
 * numbers that the files state tell of it. */
static void
compare_leaf (SfDifference *d, const SfLeaf *a, const SfLeaf *b,
              gboolean is_remark)
{
  SfChange c = { .topic = a->topic,
                 .pointer = a->pointer,
                 .leaf_a = a,
                 .leaf_b = b,
                 .record_a = record_of (d->a, a),
                 .record_b = record_of (d->b, b) };
  gboolean is_equal = strcmp (a->value, b->value) == 0;
  if (a->record != G_MAXUINT && !is_compared (c.record_a, c.record_b))
    return;
  if (!is_remark && !is_equal && a->is_run)
    c.kind = SF_CHANGE_VALUE;
  else if (is_remark
           && (a->is_run ? is_equal && a->assumption && b->assumption
                               && has_other_remark (a, b)
                         : !is_equal))
    c.kind = SF_CHANGE_REMARK;
  else
    return;
  add (d, c);
}

/* Values outside records are few; one that only one side has (a named
 * assumption) changes nothing unless a number takes it, which is then told. */
static void
compare_leaves (SfDifference *d, const char *topic, gboolean is_remark)
{
  for (guint i = 0; i < d->a->leaves->len; i++) {
    const SfLeaf *a = d->a->leaves->pdata[i];
    const SfLeaf *b = g_hash_table_lookup (d->b->by_pointer, a->pointer);
    if (b && (!topic || strcmp (a->topic, topic) == 0))
      compare_leaf (d, a, b, is_remark);
  }
}

SfDifference *
sf_difference_new (const SfScenario *a, const SfScenario *b)
{
  static const char *const topics[]
      = { "scenario", "time", "run", "assumptions", "models" };
  SfDifference *d = g_new0 (SfDifference, 1);
  d->a = sf_leaves_new (a);
  d->b = sf_leaves_new (b);
  d->changes = g_array_new (FALSE, FALSE, sizeof (SfChange));
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++) {
    compare_records (d, topics[i]);
    compare_leaves (d, topics[i], FALSE);
  }
  for (int i = 0; sf_collections[i].name; i++) {
    compare_records (d, sf_collections[i].name);
    compare_leaves (d, sf_collections[i].name, FALSE);
  }
  compare_leaves (d, NULL, TRUE);
  return d;
}

void
sf_difference_free (SfDifference *d)
{
  if (!d)
    return;
  g_array_unref (d->changes);
  sf_leaves_free (d->a);
  sf_leaves_free (d->b);
  g_free (d);
}
