/* pending.h - the set of pending events. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds what is going to happen and hands it out in order. The order is total:
 * by tick, then by priority (the lower number first), then by the order in
 * which events were scheduled. Nothing else (no address, no hash) decides, so
 * the same calls give the same order on any machine.
 *
 * The idea: a tournament. Every pending event sits in a numbered slot, a leaf
 * of a tree in which each node holds the smallest key of its four children;
 * the champion at the root is the next event. A change replays the matches on
 * one path to the root. No record moves, no comparison branches, and the slot
 * is the handle, so moving or cancelling an event needs no search. The cost is
 * flat: it depends on the number of events, never on how their times are
 * spread; whole days, with thousands of ties, are as fast as anything else.
 *
 * The set does not know the clock: it accepts an event earlier than the last
 * one popped. It does not run events and owns nothing they refer to. One thread
 * at a time may use a set.
 */
#pragma once

#include "sim/base/units.h"

/* One scheduled event, for as long as it is pending. 0 is no event. A handle
 * goes stale when its event is popped, cancelled or rescheduled; a stale handle
 * is recognised, also after its slot is used again, until the set is cleared.
 * Inside: the sequence number (40 bits) and the slot (24 bits). */
typedef guint64 SfEventHandle;

#define SF_EVENT_NONE ((SfEventHandle)0)

/* The most events that can be pending at once. */
#define SF_PENDING_MAX (1u << 24)

/* What is to happen. Plain numbers without pointers, so that events can be
 * copied, compared and saved; what they mean is the engine's affair. */
typedef struct {
  guint16 type;
  guint16 extra;
  guint32 subject;
  guint32 object;
  gint64 payload;
} SfEvent;

typedef struct SfPending SfPending;

/* An empty set with room for `capacity` events (0 to SF_PENDING_MAX). It grows
 * by itself, fourfold, whenever it is full: a wrong guess costs some rebuilding
 * and up to 4 times the memory (46 bytes for each place). */
SfPending *sf_pending_new (guint capacity);
void sf_pending_free (SfPending *pending);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPending, sf_pending_free)

/* Empties the set and keeps its memory. Sequence numbers and ties start again,
 * so what follows is the same as in a new set. Forget all handles: an old one
 * may equal a new one. */
void sf_pending_clear (SfPending *pending);

/* Schedules a copy of `event` at tick `when` (0 to SF_TICK_NEVER). Among events
 * of the same tick the lower `priority` goes first, among equals the one that
 * was scheduled first. SF_EVENT_NONE, and nothing scheduled, when
 * SF_PENDING_MAX events are pending. Cost: one path, half of it saved after a
 * pop. At most 1.1e12 pushes and reschedules between two clears; more abort. */
SfEventHandle sf_pending_push (SfPending *pending, SfTick when, guint8 priority,
                               const SfEvent *event);

/* The same for who writes the event where it is going to be: the fields hold
 * anything, and the caller sets them all before the set is used again. NULL, and
 * nothing scheduled, when SF_PENDING_MAX events are pending. A copy of fields
 * that were just written makes the processor wait for them. */
SfEvent *sf_pending_push_blank (SfPending *pending, SfTick when,
                                guint8 priority, SfEventHandle *handle);

/* Takes the first event out. Each of `when`, `priority` and `event` may be
 * NULL. FALSE, and nothing written, when the set is empty. */
gboolean sf_pending_pop (SfPending *pending, SfTick *when, guint8 *priority,
                         SfEvent *event);

/* The tick of the first event, which stays. FALSE, and nothing written, when
 * the set is empty. Right after a pop this costs one path. */
gboolean sf_pending_peek (const SfPending *pending, SfTick *when);

/* Takes the event out before its time. FALSE when it is not pending any more:
 * cancelling too late is harmless. */
gboolean sf_pending_cancel (SfPending *pending, SfEventHandle handle);

/* Moves the event to another tick and priority, as if it were cancelled and
 * scheduled anew: it goes last among equals and *handle changes. FALSE, with
 * *handle as it was, when it is not pending any more. */
gboolean sf_pending_reschedule (SfPending *pending, SfEventHandle *handle,
                                SfTick when, guint8 priority);

/* TRUE while the event is pending. SF_EVENT_NONE and any made-up number are
 * accepted. */
gboolean sf_pending_is_live (const SfPending *pending, SfEventHandle handle);

/* The tick of a pending event; SF_TICK_NEVER when it is pending no more. */
SfTick sf_pending_when (const SfPending *pending, SfEventHandle handle);

/* What is to happen, to be looked at or changed; NULL when it is not pending any
 * more. Good until the set is changed. */
SfEvent *sf_pending_event (SfPending *pending, SfEventHandle handle);

/* Number of events pending. */
guint sf_pending_count (const SfPending *pending);

/* Pops since the last clear that had the tick of the pop before them: how often
 * priority or sequence decided, not time. */
guint64 sf_pending_ties (const SfPending *pending);
