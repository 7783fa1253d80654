/* line.c - servers with one line before them. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/turns/line.h"

#include <string.h>

/* ---- Servers ---------------------------------------------------------------- */

static void
heap_push (SfLine *line, SfTick end)
{
  if (line->n_servers == line->servers_room) {
    line->servers_room = MAX (2 * line->servers_room, 16);
    line->servers = g_renew (SfTick, line->servers, line->servers_room);
  }
  SfTick *t = line->servers;
  guint i = line->n_servers++;
  for (; i > 0 && t[(i - 1) / 2] > end; i = (i - 1) / 2)
    t[i] = t[(i - 1) / 2];
  t[i] = end;
}

/* The server that is free first serves somebody until `end`. */
static void
heap_replace (SfLine *line, SfTick end)
{
  guint n = line->n_servers, i = 0;
  SfTick *t = line->servers;
  for (guint child = 1; child < n; child = 2 * i + 1) {
    child += child + 1 < n && t[child + 1] < t[child];
    if (t[child] >= end)
      break;
    t[i] = t[child];
    i = child;
  }
  t[i] = end;
}

static void
heap_pop (SfLine *line)
{
  SfTick last = line->servers[--line->n_servers];
  if (line->n_servers > 0)
    heap_replace (line, last);
}

/* ---- Books ------------------------------------------------------------------ */

void
sf_line_reset (SfLine *line)
{
  *line = (SfLine){ .turns = line->turns,
                    .room = line->room,
                    .servers = line->servers,
                    .servers_room = line->servers_room };
}

void
sf_line_clear (SfLine *line)
{
  g_free (line->turns);
  g_free (line->servers);
  *line = (SfLine){ 0 };
}

void
sf_line_settle (SfLine *line, SfTick now)
{
  SfTurn *t = line->turns;
  guint kept = 0;
  for (; line->first < line->n && t[line->first].start <= now; line->first++) {
    const SfTurn *who = &t[line->first];
    line->wait_ticks += who->start - who->at;
    line->waited += who->start > who->at;
    t[line->n_busy++] = *who;
  }
  for (guint i = 0; i < line->n_busy; i++)
    if (t[i].end <= now) {
      line->served++;
      line->system_ticks += t[i].end - t[i].at;
    } else {
      t[kept++] = t[i];
    }
  line->n_busy = kept;
  if (line->first == line->n)
    line->first = line->n = kept;
}

SfTick
sf_line_unfinished (const SfLine *line, SfTick now)
{
  SfTick sum = 0;
  for (guint i = 0; i < line->n_busy; i++)
    sum += now - line->turns[i].at;
  for (guint i = line->first; i < line->n; i++)
    sum += now - line->turns[i].at;
  return sum;
}

/* The last turn of each, of those from one place in the line to another. */
static void
find_last (const SfLine *line, guint from, guint to, SfTick *last, guint n)
{
  for (guint i = from; i < to; i++) {
    const SfTurn *t = &line->turns[i];
    g_return_if_fail (t->who >= 0 && (guint)t->who < n);
    last[t->who] = MAX (last[t->who], t->end);
  }
}

void
sf_line_last (const SfLine *line, SfTick *last, guint n)
{
  find_last (line, 0, line->n_busy, last, n);
  find_last (line, line->first, line->n, last, n);
}

/* ---- Turns ------------------------------------------------------------------ */

/* Finds the first server that is free for a customer, and keeps it. */
static void
plan (SfLine *line, SfTurn *t, SfTick from, const SfService *service)
{
  gboolean is_free = line->n_servers < service->servers;
  t->start = is_free ? from : MAX (from, line->servers[0]);
  t->end = t->start + sf_ticks_from_h (t->service_frac * service->service_h);
  if (is_free)
    heap_push (line, t->end);
  else
    heap_replace (line, t->end);
}

/* Makes room for one more; places between those who are served and those who
 * wait are used again. */
static void
make_room (SfLine *line)
{
  if (line->n < line->room)
    return;
  guint gap = line->first - line->n_busy;
  if (gap > line->n / 2) {
    memmove (line->turns + line->n_busy, line->turns + line->first,
             (line->n - line->first) * sizeof *line->turns);
    line->first -= gap;
    line->n -= gap;
    return;
  }
  line->room = MAX (2 * line->room, 16);
  line->turns = g_renew (SfTurn, line->turns, line->room);
}

SfTick
sf_line_join (SfLine *line, gint32 who, double service_frac, SfTick now,
              const SfService *service)
{
  g_return_val_if_fail (service->servers > 0, now);
  make_room (line);
  SfTurn *t = &line->turns[line->n++];
  *t = (SfTurn){ .at = now, .service_frac = service_frac, .who = who };
  plan (line, t, now, service);
  return t->end;
}

void
sf_line_plan_again (SfLine *line, SfTick now, const SfService *service)
{
  g_return_if_fail (service->servers > 0);
  line->n_servers = 0;
  for (guint i = 0; i < line->n_busy; i++)
    heap_push (line, line->turns[i].end);
  while (line->n_servers > service->servers)
    heap_pop (line);
  for (guint i = line->first; i < line->n; i++)
    plan (line, &line->turns[i], now, service);
}
