/* pending.c - the tournament tree of events. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The key of an event is one 128-bit number, so that comparing two events is
 * two machine instructions and a conditional move:
 *
 *   tick 56 bits | priority 8 | sequence 40 | slot 24
 *
 * The sequence is never 0 and never repeats, so keys are unique and the low 64
 * bits, the handle, tell a live event from an earlier tenant of its slot.
 *
 * levels[0] are the leaves, one for each slot; levels[l + 1][i] is the smallest
 * of levels[l][4 i .. 4 i + 3], four keys that share a cache line of 64 bytes;
 * levels[depth][0] is the root. An empty leaf holds KEY_EMPTY.
 *
 * Most events schedule another one when they happen. So a pop empties the leaf
 * but leaves the nodes above it as they are: the slot becomes the `hole`. The
 * next push fills the hole and replays its path once, not twice. All nodes that
 * are wrong meanwhile lie on the path of the hole and are computed anew when
 * that is replayed, whatever else was changed before; only reading the root has
 * to wait for it.
 */
#include "sim/turns/pending.h"

#include <string.h>

__extension__ typedef unsigned __int128 SfKey;

#define KEY_EMPTY (~(SfKey)0)
#define SLOT_BITS 24
#define SEQUENCE_MAX (((guint64)1 << 40) - 2) /* no handle is all ones */
#define DEPTH_MAX 12                          /* 4^12 slots = SF_PENDING_MAX */
#define NO_SLOT G_MAXUINT32

struct SfPending {
  SfKey *levels[DEPTH_MAX + 1];
  guint depth;
  guint32 hole;       /* emptied slot whose path is out of date, or NO_SLOT */
  guint32 free_slots; /* a list through events[].subject, ends in NO_SLOT */
  guint32 touched;    /* slots from here on were never used */
  guint count;
  guint64 sequence; /* the last one given */
  guint64 ties;
  SfTick last; /* tick of the last pop; -1 before the first */
  SfEvent *events;
};

G_STATIC_ASSERT (sizeof (SfKey) == 16);
G_STATIC_ASSERT ((SF_PENDING_MAX >> (2 * DEPTH_MAX)) == 1);

static inline SfKey
key_new (SfTick when, guint8 priority, guint64 sequence, guint32 slot)
{
  guint64 high = (guint64)when << 8 | priority;

  return (SfKey)high << 64 | (sequence << SLOT_BITS | slot);
}

static inline SfTick
key_when (SfKey key)
{
  return (SfTick)(key >> 72);
}

static inline guint32
key_slot (SfKey key)
{
  return (guint32)key & (SF_PENDING_MAX - 1);
}

/* No branch: which of two events is earlier cannot be predicted. Gcc makes
 * conditional moves of the plain form and is a third faster with it; clang
 * makes jumps of it, which take three times as long, so it gets masks. */
static inline SfKey
key_min (SfKey a, SfKey b)
{
#ifdef __clang__
  guint64 mask = -(guint64)(b < a);
  guint64 high = (guint64)(a >> 64), low = (guint64)a;

  high ^= (high ^ (guint64)(b >> 64)) & mask;
  low ^= (low ^ (guint64)b) & mask;
  return (SfKey)high << 64 | low;
#else
  return b < a ? b : a;
#endif
}

static inline guint32
slots (const SfPending *pending)
{
  return (guint32)1 << (2 * pending->depth);
}

/* The winner among four siblings, of which one, at `place`, has `key`. */
static inline SfKey
match (const SfKey *level, guint32 place, SfKey key)
{
  SfKey near = key_min (key, level[place ^ 1]);
  SfKey far = key_min (level[place ^ 2], level[place ^ 3]);

  return key_min (near, far);
}

/* Puts a key into a leaf and plays the matches from there to the root. The
 * places to visit follow from the slot alone, so the processor fetches all of
 * them at once; only the chain of minima is serial. */
static inline void
replay (SfPending *pending, guint32 slot, SfKey key)
{
  for (guint l = 0; l < pending->depth; l++) {
    SfKey *level = pending->levels[l];

    level[slot] = key;
    key = match (level, slot, key);
    slot >>= 2;
  }
  pending->levels[pending->depth][0] = key;
}

/* Puts a key into an empty leaf of a tree without a hole: it wins its matches up
 * to where an earlier one stands, which for most is near. */
static inline void
climb (SfPending *pending, guint32 slot, SfKey key)
{
  pending->levels[0][slot] = key;
  for (guint l = 1; l <= pending->depth; l++) {
    slot >>= 2;
    if (pending->levels[l][slot] < key)
      return;
    pending->levels[l][slot] = key;
  }
}

/* The root as it will be once the hole's path has been replayed. */
static SfKey
root_without_hole (const SfPending *pending)
{
  guint32 place = pending->hole;
  SfKey key = KEY_EMPTY;

  if (place == NO_SLOT)
    return pending->levels[pending->depth][0];
  for (guint l = 0; l < pending->depth; l++) {
    key = match (pending->levels[l], place, key);
    place >>= 2;
  }
  return key;
}

static void
release_slot (SfPending *pending, guint32 slot)
{
  pending->events[slot].subject = pending->free_slots;
  pending->free_slots = slot;
}

static void
close_hole (SfPending *pending)
{
  if (pending->hole == NO_SLOT)
    return;
  replay (pending, pending->hole, KEY_EMPTY);
  release_slot (pending, pending->hole);
  pending->hole = NO_SLOT;
}

/* Allocates levels for 4^depth slots, all empty. One block, freed as
 * levels[0]; every level but the root begins on a cache line. */
static void
allocate_levels (SfPending *pending, guint depth)
{
  gsize n = 0;
  SfKey *block;

  for (guint l = 0; l <= depth; l++)
    n += (gsize)1 << (2 * l);
  block = g_aligned_alloc (n, sizeof (SfKey), 64);
  memset (block, 0xff, n * sizeof (SfKey));
  for (guint l = 0; l <= depth; l++) {
    pending->levels[l] = block;
    block += (gsize)1 << (2 * (depth - l));
  }
  pending->depth = depth;
}

/* Four times the slots. Slots keep their numbers, so handles stay good. */
static void
grow (SfPending *pending)
{
  SfKey *old = pending->levels[0];
  guint32 n = slots (pending);

  g_assert (pending->hole == NO_SLOT && pending->depth < DEPTH_MAX);
  allocate_levels (pending, pending->depth + 1);
  memcpy (pending->levels[0], old, n * sizeof (SfKey));
  g_aligned_free (old);
  for (guint l = 0; l < pending->depth; l++) {
    const SfKey *level = pending->levels[l];

    n = (n + 3) / 4;
    for (guint32 i = 0; i < n; i++)
      pending->levels[l + 1][i] = match (level, 4 * i, level[4 * i]);
  }
  pending->events = g_renew (SfEvent, pending->events, slots (pending));
}

/* A slot for a new event; the caller replays its path at once. NO_SLOT when
 * all are taken. */
static inline guint32
take_slot (SfPending *pending)
{
  guint32 slot = pending->hole;

  if (slot != NO_SLOT) {
    pending->hole = NO_SLOT;
    return slot;
  }
  slot = pending->free_slots;
  if (slot != NO_SLOT) {
    pending->free_slots = pending->events[slot].subject;
    return slot;
  }
  if (pending->touched == SF_PENDING_MAX)
    return NO_SLOT;
  if (pending->touched == slots (pending))
    grow (pending);
  return pending->touched++;
}

/* Empties a leaf. One hole at a time: the path of a second one is replayed. */
static inline void
empty_slot (SfPending *pending, guint32 slot)
{
  if (pending->hole == NO_SLOT) {
    pending->levels[0][slot] = KEY_EMPTY;
    pending->hole = slot;
  } else {
    replay (pending, slot, KEY_EMPTY);
    release_slot (pending, slot);
  }
  pending->count--;
}

static inline guint64
next_sequence (SfPending *pending)
{
  g_assert (pending->sequence < SEQUENCE_MAX);
  return ++pending->sequence;
}

SfPending *
sf_pending_new (guint capacity)
{
  SfPending *pending;
  guint depth = 1;

  g_return_val_if_fail (capacity <= SF_PENDING_MAX, NULL);

  while ((guint64)1 << (2 * depth) < capacity)
    depth++;
  pending = g_new0 (SfPending, 1);
  allocate_levels (pending, depth);
  pending->events = g_new (SfEvent, slots (pending));
  pending->hole = NO_SLOT;
  pending->free_slots = NO_SLOT;
  pending->last = -1;
  return pending;
}

void
sf_pending_free (SfPending *pending)
{
  if (pending == NULL)
    return;
  g_aligned_free (pending->levels[0]);
  g_free (pending->events);
  g_free (pending);
}

void
sf_pending_clear (SfPending *pending)
{
  gsize n;

  g_return_if_fail (pending != NULL);

  n = pending->touched;
  for (guint l = 0; l <= pending->depth; l++) {
    memset (pending->levels[l], 0xff, n * sizeof (SfKey));
    n = (n + 3) / 4;
  }
  pending->hole = NO_SLOT;
  pending->free_slots = NO_SLOT;
  pending->touched = 0;
  pending->count = 0;
  pending->sequence = 0;
  pending->ties = 0;
  pending->last = -1;
}

SfEvent *
sf_pending_push_blank (SfPending *pending, SfTick when, guint8 priority,
                       SfEventHandle *handle)
{
  guint32 slot;
  SfKey key;
  gboolean had_hole;

  g_return_val_if_fail (pending != NULL && handle != NULL, NULL);
  g_return_val_if_fail (when >= 0 && when <= SF_TICK_NEVER, NULL);

  had_hole = pending->hole != NO_SLOT;
  slot = take_slot (pending);
  if (slot == NO_SLOT)
    return NULL;
  key = key_new (when, priority, next_sequence (pending), slot);
  pending->count++;
  if (had_hole)
    replay (pending, slot, key);
  else
    climb (pending, slot, key);
  *handle = (SfEventHandle)key;
  return &pending->events[slot];
}

SfEventHandle
sf_pending_push (SfPending *pending, SfTick when, guint8 priority,
                 const SfEvent *event)
{
  SfEventHandle handle = SF_EVENT_NONE;
  SfEvent *blank;

  g_return_val_if_fail (event != NULL, SF_EVENT_NONE);

  blank = sf_pending_push_blank (pending, when, priority, &handle);
  if (blank != NULL)
    *blank = *event;
  return handle;
}

gboolean
sf_pending_pop (SfPending *pending, SfTick *when, guint8 *priority,
                SfEvent *event)
{
  SfKey key;
  SfTick tick;
  guint32 slot;

  g_return_val_if_fail (pending != NULL, FALSE);

  if (pending->count == 0)
    return FALSE;
  close_hole (pending);
  key = pending->levels[pending->depth][0];
  tick = key_when (key);
  slot = key_slot (key);
  pending->ties += tick == pending->last;
  pending->last = tick;
  if (when != NULL)
    *when = tick;
  if (priority != NULL)
    *priority = (guint8)(key >> 64);
  if (event != NULL)
    *event = pending->events[slot];
  empty_slot (pending, slot);
  return TRUE;
}

gboolean
sf_pending_peek (const SfPending *pending, SfTick *when)
{
  g_return_val_if_fail (pending != NULL && when != NULL, FALSE);

  if (pending->count == 0)
    return FALSE;
  *when = key_when (root_without_hole (pending));
  return TRUE;
}

gboolean
sf_pending_is_live (const SfPending *pending, SfEventHandle handle)
{
  guint32 slot = key_slot (handle);

  g_return_val_if_fail (pending != NULL, FALSE);

  /* All ones would match every empty leaf. */
  return slot < pending->touched && handle != (SfEventHandle)KEY_EMPTY
         && (SfEventHandle)pending->levels[0][slot] == handle;
}

gboolean
sf_pending_cancel (SfPending *pending, SfEventHandle handle)
{
  g_return_val_if_fail (pending != NULL, FALSE);

  if (!sf_pending_is_live (pending, handle))
    return FALSE;
  empty_slot (pending, key_slot (handle));
  return TRUE;
}

gboolean
sf_pending_reschedule (SfPending *pending, SfEventHandle *handle, SfTick when,
                       guint8 priority)
{
  guint32 slot;
  SfKey key;

  g_return_val_if_fail (pending != NULL && handle != NULL, FALSE);
  g_return_val_if_fail (when >= 0 && when <= SF_TICK_NEVER, FALSE);

  if (!sf_pending_is_live (pending, *handle))
    return FALSE;
  slot = key_slot (*handle);
  key = key_new (when, priority, next_sequence (pending), slot);
  replay (pending, slot, key);
  *handle = (SfEventHandle)key;
  return TRUE;
}

SfTick
sf_pending_when (const SfPending *pending, SfEventHandle handle)
{
  g_return_val_if_fail (pending != NULL, SF_TICK_NEVER);

  if (!sf_pending_is_live (pending, handle))
    return SF_TICK_NEVER;
  return key_when (pending->levels[0][key_slot (handle)]);
}

SfEvent *
sf_pending_event (SfPending *pending, SfEventHandle handle)
{
  g_return_val_if_fail (pending != NULL, NULL);

  if (!sf_pending_is_live (pending, handle))
    return NULL;
  return &pending->events[key_slot (handle)];
}

guint
sf_pending_count (const SfPending *pending)
{
  g_return_val_if_fail (pending != NULL, 0);

  return pending->count;
}

guint64
sf_pending_ties (const SfPending *pending)
{
  g_return_val_if_fail (pending != NULL, 0);

  return pending->ties;
}
