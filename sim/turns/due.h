/* due.h - who is due when, without an event. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Some things need not be done at their time, only before somebody asks: a
 * truck that comes home changes nothing until one is wanted. They are kept in
 * a heap, which costs a fraction of an event, and are taken out, in order of
 * time, by whoever asks. Those of one time come in no particular order.
 *
 * What is not to happen after all stays in the heap until its time; the caller
 * tells it from what is by its ticket.
 */
#pragma once

#include "sim/base/units.h"

typedef struct {
  SfTick when;
  gint32 who;    /* the caller's */
  gint32 ticket; /* the caller's */
} SfDue;

/* Zero bytes are an empty heap. */
typedef struct {
  SfDue *due;
  guint n, room;
} SfDues;

/* Empties it; what it has allocated it keeps. */
static inline void
sf_dues_reset (SfDues *dues)
{
  dues->n = 0;
}

/* Frees what it has allocated; the struct is the caller's. */
void sf_dues_clear (SfDues *dues);

/* Adds one, by value. */
void sf_dues_add (SfDues *dues, SfDue due);

/* Takes out the first that is due at `now` or before; FALSE, and nothing
 * written, when there is none. */
gboolean sf_dues_take (SfDues *dues, SfTick now, SfDue *due);
