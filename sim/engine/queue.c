/* queue.c - servers with a line before them. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trucks are served one by one, first come first served; a group goes on when
 * its last truck is done. Waiting statistics are per truck.
 */
#include "sim/engine/world-private.h"

#include <math.h>

enum { ENDING, PASSING, ALL };
enum { FIXED, EXPONENTIAL, ERLANG2 };

static gboolean
serves (const SfWorld *w, gint q, const Group *g, gboolean ends)
{
  const SfQueueSpec *spec = &w->scenario->queues[q];
  if (spec->scope != ALL && (spec->scope == ENDING) != ends)
    return FALSE;
  return sf_refs_hold (spec->commodities, commodity_of (w, g->shipment));
}

static void
note_time (SfWorld *w, Queue *k)
{
  k->area_h += (k->busy + k->waiting) * sf_ticks_to_h (w->now - k->last);
  k->last = w->now;
}

static SfTick
draw_service (SfWorld *w, guint q)
{
  const SfQueueSpec *spec = &w->scenario->queues[q];
  Queue *k = &w->queues[q];
  switch (spec->service) {
  case EXPONENTIAL:
    return sf_ticks_from_h (
        sf_stream_exponential (&k->stream, spec->service_h));
  case ERLANG2:
    return sf_ticks_from_h (
        sf_stream_exponential (&k->stream, spec->service_h / 2)
        + sf_stream_exponential (&k->stream, spec->service_h / 2));
  default:
    return sf_ticks_from_h (spec->service_h);
  }
}

/* Starts as many of a group as there are servers. Those whose service takes the
 * same time are done together, in one event. */
static void
start (SfWorld *w, guint q, SfGroupId id)
{
  Group *g = GROUP (w, id);
  Queue *k = &w->queues[q];
  guint servers = (guint)w->scenario->queues[q].servers_count;
  guint n = servers > k->busy ? MIN (servers - k->busy, g->unserved) : 0;
  k->busy += n;
  k->wait_h += n * sf_ticks_to_h (w->now - g->since);
  k->waited += w->now > g->since ? n : 0;
  g->unserved -= n;
  g->in_service += n;
  guint together = w->scenario->queues[q].service == FIXED ? n : 1;
  for (guint i = 0; i < n; i += together)
    sf_world_schedule (w, draw_service (w, q), PRIO_ARRIVAL, EV_SERVED, q,
                       (guint)id, together);
}

static void
append (SfWorld *w, Queue *k, SfGroupId id)
{
  GROUP (w, id)->next = SF_NOBODY;
  if (k->tail == SF_NOBODY)
    k->head = id;
  else
    GROUP (w, k->tail)->next = id;
  k->tail = id;
}

/* A group takes its place; some of it may find no room and turn away.
 * Returns FALSE when nothing is left of it. */
static gboolean
join (SfWorld *w, guint q, SfGroupId id)
{
  const SfQueueSpec *spec = &w->scenario->queues[q];
  Queue *k = &w->queues[q];
  guint servers = (guint)spec->servers_count;
  guint free = servers > k->busy ? servers - k->busy : 0;
  double room = spec->waiting_limit_count - k->waiting + free;
  guint trucks = GROUP (w, id)->trucks;
  k->arrived += trucks;
  guint away = room >= trucks ? 0 : trucks - (guint)MAX (room, 0);
  k->turned += away;
  if (away > 0)
    sf_traffic_turn_away (w, id, away);
  Group *g = GROUP (w, id);
  if (g->trucks == 0) {
    sf_traffic_drop (w, id);
    return FALSE;
  }
  g->state = IN_QUEUE;
  g->queue = (gint)q;
  g->unserved = g->trucks;
  g->in_service = 0;
  return TRUE;
}

/* The queue at a node that takes a group in, or -1. */
static gint
queue_of (const SfWorld *w, const Group *g, gint node, gboolean ends)
{
  gint q = w->plan->queue_first[node];
  while (q >= 0 && !serves (w, q, g, ends))
    q = w->plan->queue_next[q];
  return q;
}

gboolean
sf_queue_serves (const SfWorld *w, const Group *g, gint node, gboolean ends)
{
  return queue_of (w, g, node, ends) >= 0;
}

/* Hours that a truck which finds no line spends at the queue where its
 * journey ends. */
double
sf_queue_usual_h (const SfWorld *w, const Group *g, gint node)
{
  gint q = queue_of (w, g, node, TRUE);
  return q < 0 ? 0
               : w->scenario->queues[q].service_h
                     + w->scenario->queues[q].dwell_h;
}

/* TRUE when the group stays here (or is gone). */
gboolean
sf_queue_arrive (SfWorld *w, SfGroupId id, gint node, gboolean ends)
{
  gint q = queue_of (w, GROUP (w, id), node, ends);
  if (q < 0)
    return FALSE;
  Queue *k = &w->queues[q];
  note_time (w, k);
  if (!join (w, (guint)q, id))
    return TRUE;
  if (k->waiting == 0)
    start (w, (guint)q, id);
  if (GROUP (w, id)->unserved > 0) {
    k->waiting += GROUP (w, id)->unserved;
    append (w, k, id);
  }
  return TRUE;
}

static void
start_next (SfWorld *w, guint q)
{
  Queue *k = &w->queues[q];
  guint servers = (guint)w->scenario->queues[q].servers_count;
  while (k->waiting > 0 && k->busy < servers) {
    SfGroupId id = k->head;
    guint busy = k->busy;
    start (w, q, id);
    k->waiting -= k->busy - busy;
    if (GROUP (w, id)->unserved > 0)
      return;
    k->head = GROUP (w, id)->next;
    if (k->head == SF_NOBODY)
      k->tail = SF_NOBODY;
  }
}

void
sf_queue_served (SfWorld *w, guint q, SfGroupId id, guint trucks)
{
  Queue *k = &w->queues[q];
  Group *g = GROUP (w, id);
  note_time (w, k);
  double system_h = sf_ticks_to_h (w->now - g->since);
  double dwell_h = w->scenario->queues[q].dwell_h;
  k->busy -= trucks;
  k->served += trucks;
  k->system_h += trucks * system_h;
  k->day_system_h += trucks * (system_h + dwell_h);
  k->day_served += trucks;
  g->in_service -= trucks;
  start_next (w, q);
  g = GROUP (w, id);
  if (g->unserved > 0 || g->in_service > 0)
    return;
  g->queue = -1;
  g->is_cleared = TRUE;
  if (dwell_h <= 0)
    sf_traffic_go_on (w, id);
  else
    sf_world_schedule (w, sf_ticks_from_h (dwell_h), PRIO_ARRIVAL, EV_CLEARED,
                       (guint)id, 0, 0);
}

void
sf_queue_finish (SfWorld *w, guint q)
{
  Queue *k = &w->queues[q];
  double *out = w->record->metrics + w->plan->sheet->queue_metrics[q];
  note_time (w, k);
  double started = k->served + k->busy;
  out[SF_QUEUE_WAIT] = started > 0 ? k->wait_h / started : NAN;
  out[SF_QUEUE_SYSTEM] = k->served > 0 ? k->system_h / k->served : NAN;
  out[SF_QUEUE_WAITED] = started > 0 ? k->waited / started : NAN;
  out[SF_QUEUE_TURNED] = k->arrived > 0 ? k->turned / k->arrived : NAN;
  out[SF_QUEUE_LENGTH] = k->area_h / sf_ticks_to_h (w->end);
  out[SF_QUEUE_SERVED] = k->served;
}

void
sf_queue_sample (SfWorld *w, guint day)
{
  for (guint q = 0; q < w->scenario->n_queues; q++) {
    gsize series = (gsize)w->plan->sheet->line[q][SF_LINE_LENGTH];
    w->record->curves[series * w->plan->days + day]
        = (float)(w->queues[q].busy + w->queues[q].waiting);
  }
}

void
sf_queue_day_end (SfWorld *w, guint day)
{
  for (guint q = 0; q < w->scenario->n_queues; q++) {
    Queue *k = &w->queues[q];
    gsize series = (gsize)w->plan->sheet->line[q][SF_LINE_SYSTEM];
    w->record->curves[series * w->plan->days + day]
        = (float)(k->day_served > 0 ? k->day_system_h / k->day_served : NAN);
    k->day_system_h = k->day_served = 0;
  }
}
