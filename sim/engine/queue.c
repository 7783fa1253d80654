/* queue.c - servers with a line before them. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trucks are served one by one, first come first served; a group goes on when
 * its last truck is done, which is known when it comes (sim/turns/line.h) and
 * is its only event. Waiting statistics are per truck.
 */
#include <math.h>

#include "sim/engine/world-private.h"

enum { ENDING, PASSING, ALL };
enum { FIXED, EXPONENTIAL, ERLANG2 };

static gboolean
serves (const SfWorld *w, gint q, gint commodity, gboolean ends)
{
  const SfQueueSpec *spec = &w->scenario->queues[q];
  if (spec->scope != ALL && (spec->scope == ENDING) != ends)
    return FALSE;
  return w->queues[q].serves[commodity];
}

/* ---- Servers ------------------------------------------------------------------ */

static SfService
service_of (const SfWorld *w, guint q)
{
  const SfQueueSpec *spec = &w->scenario->queues[q];
  return (SfService){ (guint)spec->servers_count, spec->service_h };
}

/* Length of a service, of the mean. */
static double
draw_service (SfStream *s, gint kind)
{
  switch (kind) {
  case EXPONENTIAL:
    return sf_stream_exponential (s, 1);
  case ERLANG2:
    return sf_stream_exponential (s, 0.5) + sf_stream_exponential (s, 0.5);
  default:
    return 1;
  }
}

/* A group goes on when it is done here, papers included; at the end of its
 * journey it is unloaded then. */
static void
go_on_after (SfWorld *w, guint q, SfGroupId id, SfTick done)
{
  Group *g = GROUP (w, id);
  SfTick when = done + sf_ticks_from_h (w->scenario->queues[q].dwell_h);
  when = MAX (when, w->now) + (g->is_for_good ? sf_world_end_ticks (w, g) : 0);
  if (!sf_pending_reschedule (w->pending, &g->way, when, PRIO_ARRIVAL))
    g->way = sf_world_schedule (w, when - w->now, PRIO_ARRIVAL, EV_CLEARED,
                                (guint)id, 0, 0);
}

void
sf_queue_settle_all (SfWorld *w)
{
  for (guint q = 0; q < w->scenario->n_queues; q++)
    sf_line_settle (&w->queues[q].line, sf_world_come (w));
}

void
sf_queue_numbers_changed (SfWorld *w)
{
  for (guint q = 0; q < w->scenario->n_queues; q++) {
    SfLine *line = &w->queues[q].line;
    SfService service = service_of (w, q);
    g_autofree SfTick *last = g_new0 (SfTick, w->n_groups + 1);
    sf_line_plan_again (line, w->now, &service);
    sf_line_last (line, last, w->n_groups);
    for (guint id = 0; id < w->n_groups; id++)
      if (last[id] > 0)
        go_on_after (w, q, (SfGroupId)id, last[id]);
  }
}

/* ---- Coming and going ---------------------------------------------------------- */

/* Those for whom there is no room turn away. Returns FALSE when nothing is left
 * of the group. */
static gboolean
find_room (SfWorld *w, guint q, SfGroupId id)
{
  const SfQueueSpec *spec = &w->scenario->queues[q];
  Queue *k = &w->queues[q];
  k->arrived += GROUP (w, id)->trucks;
  /* No more than all in the books can be waiting. */
  if (spec->waiting_limit_count >= k->line.n + (double)GROUP (w, id)->trucks)
    return TRUE;
  sf_line_settle (&k->line, sf_world_come (w));
  guint servers = (guint)spec->servers_count, busy = sf_line_busy (&k->line);
  double room = spec->waiting_limit_count - sf_line_waiting (&k->line)
                + (servers > busy ? servers - busy : 0);
  guint trucks = GROUP (w, id)->trucks;
  guint away = room >= trucks ? 0 : trucks - (guint)MAX (room, 0);
  k->turned += away;
  if (away > 0)
    sf_traffic_turn_away (w, id, away);
  if (GROUP (w, id)->trucks > 0)
    return TRUE;
  sf_traffic_drop (w, id);
  return FALSE;
}

/* The queue at a node that takes trucks with a cargo in, or -1. */
static gint
queue_of (const SfWorld *w, gint commodity, gint node, gboolean ends)
{
  gint q = w->plan->queue_first[node];
  while (q >= 0 && !serves (w, q, commodity, ends))
    q = w->plan->queue_next[q];
  return q;
}

gboolean
sf_queue_serves (const SfWorld *w, gint commodity, gint node, gboolean ends)
{
  return queue_of (w, commodity, node, ends) >= 0;
}

/* Hours that a truck which finds no line spends at the queue where its
 * journey ends. */
double
sf_queue_usual_h (const SfWorld *w, const Group *g, gint node)
{
  gint q = queue_of (w, commodity_of (w, g->shipment), node, TRUE);
  return q < 0 ? 0
               : w->scenario->queues[q].service_h
                     + w->scenario->queues[q].dwell_h;
}

/* TRUE when the group stays here (or is gone). */
gboolean
sf_queue_arrive (SfWorld *w, SfGroupId id, gint node, gboolean ends)
{
  gint q = queue_of (w, commodity_of (w, GROUP (w, id)->shipment), node, ends);
  if (q < 0)
    return FALSE;
  Queue *k = &w->queues[q];
  if (!find_room (w, (guint)q, id))
    return TRUE;
  Group *g = GROUP (w, id);
  SfService service = service_of (w, (guint)q);
  SfTick done = w->now;
  g->state = IN_QUEUE;
  g->queue = q;
  g->way = SF_EVENT_NONE;
  g->is_for_good = ends && !sf_traffic_is_held (w, g, TRUE);
  for (guint i = 0; i < g->trucks; i++) {
    double frac = draw_service (&k->stream, w->scenario->queues[q].service);
    SfTick end = sf_line_join (&k->line, id, frac, w->now, &service);
    done = MAX (done, end);
  }
  go_on_after (w, (guint)q, id, done);
  return TRUE;
}

void
sf_queue_cleared (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  g->queue = -1;
  g->is_cleared = TRUE;
  if (!g->is_for_good) {
    sf_traffic_go_on (w, id);
    return;
  }
  g->is_for_good = FALSE;
  sf_traffic_unloaded (w, id);
}

/* ---- Books ------------------------------------------------------------------- */

/* Which loads stop before which hops for a queue on their way. */
static void
find_served (SfWorld *w)
{
  guint n = w->scenario->n_commodities, n_hops = w->plan->n_hops;
  w->served = g_new0 (guint8, n * (gsize)n_hops + 1);
  for (guint c = 0; c < n; c++)
    for (guint h = 0; h < n_hops; h++)
      w->served[c * (gsize)n_hops + h]
          = queue_of (w, (gint)c, w->plan->hops[h].from, FALSE) >= 0;
}

void
sf_queue_new_all (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  w->queues = g_new0 (Queue, s->n_queues + 1);
  for (guint q = 0; q < s->n_queues; q++) {
    w->queues[q].serves = g_new0 (guint8, s->n_commodities + 1);
    for (guint c = 0; c < s->n_commodities; c++)
      w->queues[q].serves[c]
          = sf_refs_hold (s->queues[q].commodities, (gint)c) != FALSE;
  }
  find_served (w);
}

void
sf_queue_free_all (SfWorld *w)
{
  for (guint q = 0; q < w->scenario->n_queues; q++) {
    sf_line_clear (&w->queues[q].line);
    g_free (w->queues[q].serves);
  }
  g_free (w->queues);
}

void
sf_queue_reset (SfWorld *w, guint q)
{
  Queue *k = &w->queues[q];
  g_autofree char *name
      = g_strconcat ("queue:", w->scenario->queues[q].id, NULL);
  sf_line_reset (&k->line);
  k->turned = k->arrived = 0;
  k->day_served = 0;
  k->day_system = 0;
  sf_stream_init (&k->stream, w->seed, name, w->replication, 0);
}

void
sf_queue_finish (SfWorld *w, guint q)
{
  Queue *k = &w->queues[q];
  SfLine *line = &k->line;
  double *out = w->record->metrics + w->plan->sheet->queue_metrics[q];
  sf_line_settle (line, w->end);
  double started = line->served + sf_line_busy (line);
  SfTick here = line->system_ticks + sf_line_unfinished (line, w->end);
  out[SF_QUEUE_WAIT]
      = started > 0 ? sf_ticks_to_h (line->wait_ticks) / started : NAN;
  out[SF_QUEUE_SYSTEM] = line->served > 0
                             ? sf_ticks_to_h (line->system_ticks) / line->served
                             : NAN;
  out[SF_QUEUE_WAITED] = started > 0 ? line->waited / started : NAN;
  out[SF_QUEUE_TURNED] = k->arrived > 0 ? k->turned / k->arrived : NAN;
  out[SF_QUEUE_LENGTH] = sf_ticks_to_h (here) / sf_ticks_to_h (w->end);
  out[SF_QUEUE_SERVED] = line->served;
}

void
sf_queue_sample (SfWorld *w, guint day)
{
  sf_queue_settle_all (w);
  for (guint q = 0; q < w->scenario->n_queues; q++) {
    const SfLine *line = &w->queues[q].line;
    gsize series = (gsize)w->plan->sheet->line[q][SF_LINE_LENGTH];
    w->record->curves[series * w->plan->days + day]
        = (float)(sf_line_busy (line) + sf_line_waiting (line));
  }
}

void
sf_queue_day_end (SfWorld *w, guint day)
{
  sf_queue_settle_all (w);
  for (guint q = 0; q < w->scenario->n_queues; q++) {
    Queue *k = &w->queues[q];
    gsize series = (gsize)w->plan->sheet->line[q][SF_LINE_SYSTEM];
    guint served = k->line.served - k->day_served;
    double system_h = sf_ticks_to_h (k->line.system_ticks - k->day_system);
    w->record->curves[series * w->plan->days + day]
        = (float)(served > 0
                      ? system_h / served + w->scenario->queues[q].dwell_h
                      : NAN);
    k->day_served = k->line.served;
    k->day_system = k->line.system_ticks;
  }
}
