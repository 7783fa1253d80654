/* plain-heap.h - the heap of the textbooks, to measure against. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A binary heap of 24-byte records, ordered by time and then by the order in
 * which they came, as a programmer writes it first: sift up, sift down, plain
 * comparisons. The time is a real number, as in nearly all simulators; that
 * costs a branch which nothing predicts. PLAIN_TIME may be another type: with
 * whole ticks gcc finds a way without that branch, and the heap is up to twice
 * as fast. An event that is moved is not searched for: a new record is
 * pushed, and the old one is thrown away when it comes up, since its ticket is
 * not the newest of its subject (lazy deletion).
 *
 * All of it is in the header, so that the compiler sees as much of it as it
 * sees of a loop around it.
 */
#pragma once

#include "sim/base/units.h"

#ifndef PLAIN_TIME
#define PLAIN_TIME double
#endif
typedef PLAIN_TIME PlainTime;

typedef struct {
  PlainTime when;
  guint64 sequence;
  guint32 subject;
  guint32 ticket;
} PlainRecord;

G_STATIC_ASSERT (sizeof (PlainRecord) == 24);

/* Zero bytes are an empty heap. */
typedef struct {
  PlainRecord *records;
  guint n, room;
  guint64 sequence;
} PlainHeap;

static inline void
plain_heap_clear (PlainHeap *heap)
{
  g_free (heap->records);
  *heap = (PlainHeap){ 0 };
}

static inline gboolean
plain_is_before (const PlainRecord *a, const PlainRecord *b)
{
  if (a->when != b->when)
    return a->when < b->when;
  return a->sequence < b->sequence;
}

static inline void
plain_heap_push (PlainHeap *heap, PlainTime when, guint32 subject,
                 guint32 ticket)
{
  PlainRecord record = { when, heap->sequence++, subject, ticket };
  guint at = heap->n++;

  if (heap->n > heap->room) {
    heap->room = MAX (2 * heap->room, 16);
    heap->records = g_renew (PlainRecord, heap->records, heap->room);
  }
  while (at > 0 && plain_is_before (&record, &heap->records[(at - 1) / 2])) {
    heap->records[at] = heap->records[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  heap->records[at] = record;
}

/* The heap is not empty. */
static inline PlainRecord
plain_heap_pop (PlainHeap *heap)
{
  PlainRecord first = heap->records[0], last = heap->records[--heap->n];
  guint at = 0;

  for (guint child = 1; child < heap->n; child = 2 * at + 1) {
    if (child + 1 < heap->n
        && plain_is_before (&heap->records[child + 1], &heap->records[child]))
      child++;
    if (!plain_is_before (&heap->records[child], &last))
      break;
    heap->records[at] = heap->records[child];
    at = child;
  }
  heap->records[at] = last;
  return first;
}
