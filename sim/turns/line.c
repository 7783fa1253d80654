/* line.c - servers with one line before them. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/turns/line.h"

#include <string.h>

/* ---- Heaps ------------------------------------------------------------------ */

static inline void
make_room (SfTurns *t)
{
  if (t->n < t->room)
    return;
  t->room = MAX (2 * t->room, 16);
  t->turns = g_renew (SfTurn, t->turns, t->room);
}

static void
heap_push (SfTurns *heap, const SfTurn *turn)
{
  make_room (heap);
  SfTurn *t = heap->turns;
  guint i = heap->n++;
  for (; i > 0 && t[(i - 1) / 2].end > turn->end; i = (i - 1) / 2)
    t[i] = t[(i - 1) / 2];
  t[i] = *turn;
}

/* Puts a turn in the place of the first. */
static void
heap_replace (SfTurns *heap, const SfTurn *turn)
{
  guint n = heap->n, i = 0;
  SfTurn *t = heap->turns;
  for (guint child = 1; child < n; child = 2 * i + 1) {
    child += child + 1 < n && t[child + 1].end < t[child].end;
    if (t[child].end >= turn->end)
      break;
    t[i] = t[child];
    i = child;
  }
  t[i] = *turn;
}

static void
heap_pop (SfTurns *heap)
{
  SfTurn last = heap->turns[--heap->n];
  if (heap->n > 0)
    heap_replace (heap, &last);
}

/* ---- Books ------------------------------------------------------------------ */

void
sf_line_reset (SfLine *line)
{
  *line = (SfLine){ .waiting = { line->waiting.turns, 0, line->waiting.room },
                    .busy = { line->busy.turns, 0, line->busy.room },
                    .servers = { line->servers.turns, 0, line->servers.room } };
}

void
sf_line_clear (SfLine *line)
{
  g_free (line->waiting.turns);
  g_free (line->busy.turns);
  g_free (line->servers.turns);
  *line = (SfLine){ 0 };
}

static void
begin (SfLine *line, const SfTurn *t)
{
  line->wait_ticks += t->start - t->at;
  line->waited += t->start > t->at;
  heap_push (&line->busy, t);
}

void
sf_line_settle (SfLine *line, SfTick now)
{
  const SfTurn *t = line->waiting.turns;
  while (line->first < line->waiting.n && t[line->first].start <= now)
    begin (line, &t[line->first++]);
  if (line->first == line->waiting.n)
    line->first = line->waiting.n = 0;
  for (t = line->busy.turns; line->busy.n > 0 && t->end <= now;
       heap_pop (&line->busy)) {
    line->served++;
    line->system_ticks += t->end - t->at;
  }
}

SfTick
sf_line_unfinished (const SfLine *line, SfTick now)
{
  SfTick sum = 0;
  for (guint i = 0; i < line->busy.n; i++)
    sum += now - line->busy.turns[i].at;
  for (guint i = line->first; i < line->waiting.n; i++)
    sum += now - line->waiting.turns[i].at;
  return sum;
}

void
sf_line_last (const SfLine *line, SfTick *last, guint n)
{
  const SfTurns *parts[] = { &line->busy, &line->waiting };
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    for (guint i = p == 1 ? line->first : 0; i < parts[p]->n; i++) {
      const SfTurn *t = &parts[p]->turns[i];
      g_return_if_fail (t->who >= 0 && (guint)t->who < n);
      last[t->who] = MAX (last[t->who], t->end);
    }
}

/* ---- Turns ------------------------------------------------------------------ */

/* Finds the first server that is free for a customer, and keeps it. */
static void
plan (SfLine *line, SfTurn *t, SfTick from, const SfService *service)
{
  gboolean is_free = line->servers.n < service->servers;
  t->start = is_free ? from : MAX (from, line->servers.turns[0].end);
  t->end = t->start + sf_ticks_from_h (t->service_frac * service->service_h);
  if (is_free)
    heap_push (&line->servers, t);
  else
    heap_replace (&line->servers, t);
}

/* Adds to those who wait; what is free in front of them is used again. */
static void
append (SfLine *line, const SfTurn *t)
{
  SfTurns *waiting = &line->waiting;
  if (waiting->n == waiting->room && line->first > waiting->n / 2) {
    waiting->n -= line->first;
    memmove (waiting->turns, waiting->turns + line->first,
             waiting->n * sizeof *t);
    line->first = 0;
  }
  make_room (waiting);
  waiting->turns[waiting->n++] = *t;
}

SfTick
sf_line_join (SfLine *line, gint32 who, double service_frac, SfTick now,
              const SfService *service)
{
  SfTurn t = { .at = now, .service_frac = service_frac, .who = who };
  g_return_val_if_fail (service->servers > 0, now);
  plan (line, &t, now, service);
  if (t.start <= now && sf_line_waiting (line) == 0)
    begin (line, &t);
  else
    append (line, &t);
  return t.end;
}

void
sf_line_plan_again (SfLine *line, SfTick now, const SfService *service)
{
  g_return_if_fail (service->servers > 0);
  line->servers.n = 0;
  for (guint i = 0; i < line->busy.n; i++)
    heap_push (&line->servers, &line->busy.turns[i]);
  while (line->servers.n > service->servers)
    heap_pop (&line->servers);
  for (guint i = line->first; i < line->waiting.n; i++)
    plan (line, &line->waiting.turns[i], now, service);
}
