/* bench-hold.c - nanoseconds a hold. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hold takes the first of N pending events and schedules it again; the step
 * "move" moves another pending event as well, as a re-routing does. Delays
 * come from a table, so random numbers are not in the figure. The set of the
 * engine and the plain heap (plain-heap.h) do the same steps in turns.
 *
 * bench-hold [N]: of all sizes, or of one. Printed are lines of "step, delays, N, ns of the engine's, ns of the plain
 * heap", medians of ROUNDS rounds, and whether both popped the same ("same").
 */
#include "sim/turns/pending.h"

#include <math.h>
#include <stdio.h>

#include "clockwork.h"
#include "plain-heap.h"

#define TABLE (1u << 16)
#define ROUNDS 11
#define STEPS 200000u

typedef struct {
  gboolean is_whole; /* delays of 1 to 10 days, else exponential */
  gboolean moves;    /* a second event is moved at each step */
  guint n;
} Case;

/* One of two at the same work. */
typedef struct {
  const Case *c;
  const SfTick *delays;  /* TABLE of them */
  const guint32 *others; /* TABLE of subjects */
  SfPending *set;        /* or NULL: the plain heap */
  guint next;            /* place in the tables */
  guint64 popped;        /* hash of what came up */
  SfEventHandle *handles;
  PlainHeap heap;
  guint32 *tickets;
} Work;

static inline guint64
mix (guint64 hash, SfTick when, guint32 subject)
{
  hash = (hash ^ (guint64)when ^ ((guint64)subject << 40))
         * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return hash ^ (hash >> 29);
}

/* ---- The engine's ------------------------------------------------------ */

/* Loops of their own, so that none pays for the tests of another. */
static void
set_holds (Work *work, guint steps)
{
  SfTick now;
  SfEvent event;

  for (guint i = 0; i < steps; i++) {
    sf_pending_pop (work->set, &now, NULL, &event);
    work->popped = mix (work->popped, now, event.subject);
    sf_pending_push (work->set, now + work->delays[work->next++ % TABLE], 0,
                     &event);
  }
}

static void
set_moves (Work *work, guint steps)
{
  SfTick now;
  SfEvent event;

  for (guint i = 0; i < steps; i++) {
    guint at = work->next++ % TABLE;

    sf_pending_pop (work->set, &now, NULL, &event);
    work->popped = mix (work->popped, now, event.subject);
    work->handles[event.subject]
        = sf_pending_push (work->set, now + work->delays[at], 0, &event);
    sf_pending_reschedule (work->set, &work->handles[work->others[at]],
                           now + work->delays[(at * 7 + 1) % TABLE], 0);
  }
}

/* ---- The plain heap ---------------------------------------------------- */

static void
heap_holds (Work *work, guint steps)
{
  for (guint i = 0; i < steps; i++) {
    PlainRecord record = plain_heap_pop (&work->heap);

    work->popped = mix (work->popped, (SfTick)record.when, record.subject);
    plain_heap_push (&work->heap,
                     record.when
                         + (PlainTime)work->delays[work->next++ % TABLE],
                     record.subject, 0);
  }
}

static void
heap_moves (Work *work, guint steps)
{
  for (guint i = 0; i < steps; i++) {
    guint at = work->next++ % TABLE;
    guint32 other = work->others[at];
    PlainRecord record;

    do
      record = plain_heap_pop (&work->heap);
    while (record.ticket != work->tickets[record.subject]);
    work->popped = mix (work->popped, (SfTick)record.when, record.subject);
    plain_heap_push (&work->heap, record.when + (PlainTime)work->delays[at],
                     record.subject, record.ticket);
    plain_heap_push (&work->heap,
                     record.when
                         + (PlainTime)work->delays[(at * 7 + 1) % TABLE],
                     other, ++work->tickets[other]);
  }
}

/* ---- Both -------------------------------------------------------------- */

static void
work_steps (Work *work, guint steps)
{
  if (work->set && work->c->moves)
    set_moves (work, steps);
  else if (work->set)
    set_holds (work, steps);
  else if (work->c->moves)
    heap_moves (work, steps);
  else
    heap_holds (work, steps);
}

static void
work_begin (Work *work)
{
  guint n = work->c->n;

  work->handles = g_new0 (SfEventHandle, n);
  work->tickets = g_new0 (guint32, n);
  for (guint32 i = 0; i < n; i++) {
    SfTick when = work->delays[work->next++ % TABLE];
    SfEvent event = { .subject = i };

    if (work->set)
      work->handles[i] = sf_pending_push (work->set, when, 0, &event);
    else
      plain_heap_push (&work->heap, (PlainTime)when, i, 0);
  }
  work_steps (work, 2 * n);
}

static void
work_end (Work *work)
{
  g_clear_pointer (&work->set, sf_pending_free);
  plain_heap_clear (&work->heap);
  g_free (work->handles);
  g_free (work->tickets);
}

static void
measure (const Case *c)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree SfTick *delays = g_new (SfTick, TABLE);
  g_autofree guint32 *others = g_new (guint32, TABLE);
  Work works[2] = { { .c = c,
                      .delays = delays,
                      .others = others,
                      .set = sf_pending_new (c->n) },
                    { .c = c, .delays = delays, .others = others } };
  double ns[2][ROUNDS];

  for (guint i = 0; i < TABLE; i++) {
    double u = g_rand_double (rand);

    delays[i] = c->is_whole ? SF_TICKS_PER_DAY * (1 + (SfTick)(10 * u))
                            : (SfTick)(-1e6 * log1p (-u));
    others[i] = (guint32)g_rand_int_range (rand, 0, (gint32)c->n);
  }
  for (guint i = 0; i < 2; i++)
    work_begin (&works[i]);
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < 2; i++) {
      double began = clock_ns ();

      work_steps (&works[i], STEPS);
      ns[i][round] = (clock_ns () - began) / STEPS;
    }
  printf ("%s\t%s\t%u\t%.2f\t%.2f\t%s\n", c->moves ? "move" : "hold",
          c->is_whole ? "whole" : "exponential", c->n, median (ns[0], ROUNDS),
          median (ns[1], ROUNDS),
          works[0].popped == works[1].popped ? "same" : "different");
  fflush (stdout);
  for (guint i = 0; i < 2; i++)
    work_end (&works[i]);
}

int
main (int argc, char **argv)
{
  static const guint sizes[] = { 10, 1000, 100000, 1000000 };
  guint only = argc > 1 ? (guint)atoi (argv[1]) : 0;

  for (guint kind = 0; kind < 4; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      Case c = { kind % 2 == 1, kind / 2 == 1, sizes[i] };

      if (only == 0 || only == c.n)
        measure (&c);
    }
  return 0;
}
