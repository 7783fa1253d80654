/* world.c - the clock, the days and the models. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "sim/engine/error.h"
#include "sim/engine/world-private.h"

/* More events than any sensible run has: a scenario that breeds them without
 * end is stopped. */
#define EVENTS_MAX ((guint64)100000000)

/* A line at a gate that a story mentions, once a week. */
#define WORTH_TELLING 20

/* The sum of what is in the books may differ from what went in by rounding
 * only. */
#define IMBALANCE_MAX 1e-9

GQuark
sf_run_error_quark (void)
{
  return g_quark_from_static_string ("sf-run-error-quark");
}

SfEventHandle
sf_world_schedule (SfWorld *w, SfTick delay, guint8 priority, EventType type,
                   guint subject, guint object, gint64 payload)
{
  SfEvent e = { .type = (guint16)type,
                .subject = subject,
                .object = object,
                .payload = payload };
  return sf_pending_push (w->pending, w->now + MAX (delay, 0), priority, &e);
}

/* ---- Event rows ------------------------------------------------------------ */

static void
row_models (SfWorld *w, guint row, gboolean begins)
{
  const char *kind = w->scenario->events[row].kind;
  for (guint i = 0; i < w->n_models; i++)
    if (w->models[i]->event && w->models[i]->info.events
        && sf_param_choice (w->models[i]->info.events, kind) >= 0)
      w->models[i]->event (w->selves[i], w, row, begins);
}

static void
compute_hours (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint h = 0; h < w->plan->n_hops; h++)
    w->hop_km[h] = sf_plan_hop_km (w->plan, (SfHopId)h);
  for (guint wet = 0; wet < 2; wet++)
    for (guint v = 0; v < s->n_vehicles; v++)
      for (guint h = 0; h < w->plan->n_hops; h++) {
        const SfHop *hop = &w->plan->hops[h];
        double time_h = 0;
        for (guint i = 0; i < hop->n_arcs; i++)
          time_h += sf_link_h (
              &s->links[sf_arc_link (w->plan->arcs[hop->first_arc + i])],
              s->vehicles[v].driving_h_per_day, wet == 1);
        w->hop_ticks[((gsize)wet * s->n_vehicles + v) * w->plan->n_hops + h]
            = sf_ticks_from_h (time_h);
      }
}

/* A number was set: what was computed from numbers is computed again. Loads
 * of trucks are fixed for a run, since trucks under way carry them. */
static void
numbers_changed (SfWorld *w)
{
  compute_hours (w);
  sf_life_compute_exposure (w);
  for (guint m = 0; m < w->scenario->n_markets; m++)
    sf_stock_solve (w, m);
}

/* A "set" row keeps the old number in its payload to put it back. */
static gint64
set_number (SfWorld *w, guint row, double value)
{
  const SfEventSpec *e = &w->scenario->events[row];
  const SfAssumption *a = sf_scenario_assumption (w->scenario, e->target);
  gint64 old;
  for (guint m = 0; m < w->scenario->n_markets; m++)
    sf_stock_advance (w, m);
  memcpy (&old, a->target, sizeof old);
  *a->target = value;
  numbers_changed (w);
  return old;
}

static void
row_begins (SfWorld *w, guint row)
{
  const SfEventSpec *e = &w->scenario->events[row];
  gint64 old = 0;
  sf_world_say (w, "event", e->id, NAN, "%s", e->title ? e->title : e->id);
  if (strcmp (e->kind, "set") == 0)
    old = set_number (w, row, e->value);
  else
    row_models (w, row, TRUE);
  if (e->duration_days > 0)
    sf_world_schedule (w, sf_ticks_from_days (e->duration_days), PRIO_EVENT_ROW,
                       EV_ROW_ENDS, row, 0, old);
}

static void
row_ends (SfWorld *w, guint row, gint64 old)
{
  const SfEventSpec *e = &w->scenario->events[row];
  double value;
  sf_world_say (w, "event", e->id, NAN, "%s: over",
                e->title ? e->title : e->id);
  memcpy (&value, &old, sizeof value);
  if (strcmp (e->kind, "set") == 0)
    set_number (w, row, value);
  else
    row_models (w, row, FALSE);
}

static void
schedule_rows (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint i = 0; i < s->n_events; i++) {
    const SfEventSpec *e = &s->events[i];
    g_autofree char *name = g_strconcat ("event:", e->id, NULL);
    SfStream stream;
    sf_stream_init (&stream, w->seed, name, w->replication, 0);
    gboolean happens = sf_stream_chance (&stream, e->prob);
    double late = sf_stream_uniform_between (&stream, 0, e->window_days);
    if (happens)
      sf_world_schedule (w,
                         sf_scenario_day (s, e->date) * SF_TICKS_PER_DAY
                             + sf_ticks_from_days (late),
                         PRIO_EVENT_ROW, EV_ROW_BEGINS, i, 0, 0);
  }
}

/* ---- The day ------------------------------------------------------------------ */

static void
flush_day (SfWorld *w, guint day)
{
  const SfSheet *sheet = w->plan->sheet;
  float *curves = w->record->curves;
  for (guint i = 0; i < SF_NATION_N_SERIES; i++) {
    gsize series = (gsize)sheet->nation[i];
    curves[series * w->plan->days + day] = (float)w->acc[series];
    w->acc[series] = 0;
  }
  for (guint g = 0; g < w->plan->n_gates; g++)
    for (guint i = 0; i < SF_GATE_N_SERIES; i++) {
      gsize series = (gsize)sheet->gate[g][i];
      if (i == SF_GATE_WAITING)
        continue;
      curves[series * w->plan->days + day] = (float)w->acc[series];
      w->acc[series] = 0;
    }
  sf_stock_day_end (w, day);
}

static void
review (SfWorld *w)
{
  guint day = (guint)(w->now / SF_TICKS_PER_DAY);
  if (day > 0)
    flush_day (w, day - 1);
  if (day == w->plan->days)
    return;
  for (guint i = 0; i < w->n_models; i++)
    if (w->models[i]->review)
      w->models[i]->review (w->selves[i], w, day);
  sf_stock_day_begin (w);
  sf_world_schedule (w, SF_TICKS_PER_DAY, PRIO_REVIEW, EV_REVIEW, 0, 0, 0);
}

static void
sample (SfWorld *w)
{
  guint day = (guint)(w->now / SF_TICKS_PER_DAY);
  for (guint g = 0; g < w->plan->n_gates; g++) {
    gsize series = (gsize)w->plan->sheet->gate[g][SF_GATE_WAITING];
    w->record->curves[series * w->plan->days + day]
        = (float)w->gates[g].n_waiting;
    if (day % 7 == 0 && w->gates[g].n_waiting >= WORTH_TELLING)
      sf_world_say (w, "gate", w->plan->gates[g].id, w->gates[g].n_waiting,
                    "%u trucks wait at %s", w->gates[g].n_waiting,
                    sf_world_node_title (w, w->plan->gates[g].node));
  }
  sf_stock_sample (w);
  sf_world_schedule (w, SF_TICKS_PER_DAY, PRIO_SAMPLE, EV_SAMPLE, 0, 0, 0);
}

/* ---- One event ------------------------------------------------------------------ */

static void
stock_runs_out (SfWorld *w, guint m)
{
  sf_stock_advance (w, m);
  sf_stock_solve (w, m);
}

static void
dispatch_event (SfWorld *w, const SfEvent *e)
{
  SfGroupId group = (SfGroupId)e->subject;
  switch ((EventType)e->type) {
  case EV_ROW_BEGINS:
    row_begins (w, e->subject);
    break;
  case EV_ROW_ENDS:
    row_ends (w, e->subject, e->payload);
    break;
  case EV_LEAVES:
    sf_traffic_leaves (w, group);
    break;
  case EV_HOP_END:
    sf_traffic_hop_end (w, group);
    break;
  case EV_CONVOY_END:
    sf_convoy_hop_end (w, (SfConvoyId)e->subject);
    break;
  case EV_SERVED:
    sf_queue_served (w, e->subject, (SfGroupId)e->object);
    break;
  case EV_CLEARED:
    sf_traffic_go_on (w, group);
    break;
  case EV_UNLOADED:
    sf_traffic_unloaded (w, group);
    break;
  case EV_HOME:
    sf_traffic_home (w, group);
    break;
  case EV_TURNED_BACK:
    sf_traffic_go_on (w, group);
    break;
  case EV_PATIENCE:
    if (e->object == 0)
      sf_traffic_patience_ends (w, group, e->payload);
    else
      sf_convoy_patience_ends (w, (SfConvoyId)e->subject, e->payload);
    break;
  case EV_STOCK:
    stock_runs_out (w, e->subject);
    break;
  case EV_TIMER:
    w->models[e->subject]->timer (w->selves[e->subject], w, e->object,
                                  e->payload);
    break;
  case EV_REVIEW:
    review (w);
    break;
  case EV_SAMPLE:
    sample (w);
    break;
  case EV_N:
    g_assert_not_reached ();
  }
}

static inline guint64
mix (guint64 h, guint64 v)
{
  h ^= v;
  h *= G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return h ^ (h >> 29);
}

/* ---- The ledger --------------------------------------------------------------- */

static void
close_ledger (SfWorld *w, double *out)
{
  const SfScenario *s = w->scenario;
  memcpy (out, w->ledger, s->n_commodities * SF_LEDGER_N * sizeof *w->ledger);
  for (guint m = 0; m < s->n_markets; m++) {
    const Market *k = &w->markets[m];
    double *book = out + (guint)s->markets[m].commodity * SF_LEDGER_N;
    double ordinary = s->markets[m].household_target_days * k->use[HOUSEHOLD];
    double extra = MAX (0, k->level[HOUSEHOLD] - ordinary);
    book[SF_LEDGER_IN_STOCK]
        += k->level[DEPOT] + k->level[STATION] + k->level[HOUSEHOLD] - extra;
    book[SF_LEDGER_HOARDED] += extra;
  }
  /* Counted anew, not the running sum, so that the balance proves it. */
  for (guint i = 0; i < w->groups->len; i++) {
    const Group *g = GROUP (w, i);
    if (g->trucks > 0 && g->is_loaded)
      out[(guint)commodity_of (w, g->shipment) * SF_LEDGER_N
          + SF_LEDGER_IN_TRANSIT]
          += g->trucks * w->capacity[g->shipment];
  }
}

#ifndef NDEBUG
/* The books in the middle of a run: stocks and consumption lag together. */
static void
assert_balanced (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint c = 0; c < s->n_commodities; c++) {
    const double *l = w->ledger + c * SF_LEDGER_N;
    double in = l[SF_LEDGER_INITIAL] + l[SF_LEDGER_LOADED];
    double out = l[SF_LEDGER_CONSUMED] + l[SF_LEDGER_LOST] + l[SF_LEDGER_SEIZED]
                 + l[SF_LEDGER_LEAKED] + w->transit[c];
    for (guint m = 0; m < s->n_markets; m++)
      if (s->markets[m].commodity == (gint)c)
        for (guint i = 0; i < N_STOCKS; i++)
          out += w->markets[m].level[i];
    g_assert_cmpfloat (fabs (in - out), <=, IMBALANCE_MAX * MAX (in, 1));
  }
}
#endif

/* ---- A replication --------------------------------------------------------------- */

static void
reset_gates (SfWorld *w)
{
  guint n = w->scenario->n_commodities;
  for (guint g = 0; g < w->plan->n_gates; g++) {
    Gate *k = &w->gates[g];
    g_autofree char *name = g_strconcat ("gate:", w->plan->gates[g].id, NULL);
    for (guint c = 0; c < n; c++) {
      k->waiting[c] = (Waiting){ SF_NOBODY, SF_NOBODY, 0 };
      k->alone_prob[c] = k->escorted_prob[c] = 1;
    }
    k->risk = k->entered = k->waited_h = k->lost = 0;
    k->n_waiting = 0;
    sf_stream_init (&k->stream, w->seed, name, w->replication, 0);
  }
}

static void
reset_queues (SfWorld *w)
{
  for (guint q = 0; q < w->scenario->n_queues; q++) {
    Queue *k = &w->queues[q];
    g_autofree char *name
        = g_strconcat ("queue:", w->scenario->queues[q].id, NULL);
    memset (k, 0, sizeof *k);
    k->head = k->tail = SF_NOBODY;
    sf_stream_init (&k->stream, w->seed, name, w->replication, 0);
  }
}

static void
reset_roads (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  memset (w->hop_closed, 0, w->plan->n_hops * sizeof *w->hop_closed);
  memset (w->hop_passed, 0, w->plan->n_hops * sizeof *w->hop_passed);
  memset (w->hop_lost, 0, w->plan->n_hops * sizeof *w->hop_lost);
  memset (w->closed_count, 0, s->n_links * sizeof *w->closed_count);
  memset (w->is_closed, 0, s->n_links);
  memset (w->closed_days, 0, s->n_links * sizeof *w->closed_days);
  for (guint i = 0; i < s->n_links; i++)
    if (s->links[i].closed)
      sf_world_close (w, i, 1);
}

static void
reset (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  sf_pending_clear (w->pending);
  g_array_set_size (w->groups, 0);
  g_array_set_size (w->convoys, 0);
  g_array_set_size (w->stuck, 0);
  sf_life_reset_arena (w);
  w->free_group = SF_NOBODY;
  w->now = 0;
  w->n_events = 0;
  w->fingerprint = 0;
  w->is_wet = FALSE;
  memset (w->acc, 0, sf_book_n_series (w->plan->book) * sizeof *w->acc);
  memset (w->ledger, 0, s->n_commodities * SF_LEDGER_N * sizeof *w->ledger);
  memset (w->transit, 0, s->n_commodities * sizeof *w->transit);
  memset (w->delivered, 0, s->n_shipments * sizeof *w->delivered);
  for (guint i = 0; i < w->n_models; i++)
    memcpy (w->selves[i], w->pristine[i], w->models[i]->info.size);
  sf_scenario_draw (w->scenario, w->seed, (gint)w->replication);
  compute_hours (w);
  sf_life_compute_loads (w);
  sf_life_compute_exposure (w);
  for (guint f = 0; f < s->n_fleets; f++)
    w->fleets[f] = (Fleet){ .idle = (guint)round (s->fleets[f].trucks_count) };
  reset_gates (w);
  reset_queues (w);
  reset_roads (w);
  sf_stock_start (w);
}

static void
finish (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  const SfSheet *sheet = w->plan->sheet;
  double *metrics = w->record->metrics;
  for (guint q = 0; q < s->n_queues; q++)
    sf_queue_finish (w, q);
  for (guint l = 0; l < s->n_links; l++) {
    if (w->closed_count[l] > 0)
      w->closed_days[l] += sf_ticks_to_days (w->end - w->closed_since[l]);
    metrics[sheet->link_closed[l]] = w->closed_days[l];
  }
  for (guint h = 0; h < w->plan->n_hops; h++) {
    const SfHop *hop = &w->plan->hops[h];
    const SfArc *arcs = w->plan->arcs + hop->first_arc;
    for (guint i = 0; i < hop->n_arcs; i++)
      metrics[sheet->link_metrics[sf_arc_link (arcs[i])]]
          += w->hop_passed[h] / w->plan->days;
    metrics[sheet->link_metrics[sf_arc_link (arcs[hop->n_arcs / 2])] + 1]
        += w->hop_lost[h];
  }
  for (guint g = 0; g < w->plan->n_gates; g++) {
    const Gate *k = &w->gates[g];
    double *out = metrics + sheet->gate_metrics[g];
    out[SF_GATE_ENTERED_DAY] = k->entered / w->plan->days;
    out[SF_GATE_WAIT] = k->entered > 0 ? k->waited_h / k->entered : NAN;
    out[SF_GATE_LOST_ALL] = k->lost;
  }
  for (guint p = 0; p < s->n_shipments; p++)
    metrics[sheet->shipment_metrics[p]] = w->delivered[p];
  g_autofree double *unmet = g_new0 (double, s->n_demands + 1);
  g_autofree double *wanted = g_new0 (double, s->n_demands + 1);
  g_autofree double *person_days = g_new0 (double, s->n_demands + 1);
  for (guint d = 0; d < s->n_demands; d++) {
    unmet[d] = w->demands[d].unmet;
    wanted[d] = w->demands[d].wanted;
    person_days[d] = w->demands[d].person_days;
  }
  SfTotals totals = { unmet, wanted, person_days };
  sf_sheet_finish (w->plan->sheet, &totals, w->record);
  close_ledger (w, w->record->ledger);
  w->record->head[SF_HEAD_FINGERPRINT] = (gint64)w->fingerprint;
  w->record->head[SF_HEAD_EVENTS] = (gint64)w->n_events;
  w->record->head[SF_HEAD_TIES] = (gint64)sf_pending_ties (w->pending);
}

static void
begin (SfWorld *w)
{
  reset (w);
  schedule_rows (w);
  for (guint i = 0; i < w->n_models; i++)
    if (w->models[i]->start)
      w->models[i]->start (w->selves[i], w);
  sf_world_schedule (w, 0, PRIO_REVIEW, EV_REVIEW, 0, 0, 0);
  sf_world_schedule (w, SAMPLE_TICK, PRIO_SAMPLE, EV_SAMPLE, 0, 0, 0);
}

static gboolean
loop (SfWorld *w, GError **error)
{
  SfEvent e;
  SfTick when;
  guint8 priority;
  while (sf_pending_pop (w->pending, &when, &priority, &e)) {
    if (when > w->end)
      break;
    w->now = when;
    w->fingerprint = mix (w->fingerprint, (guint64)when);
    w->fingerprint = mix (w->fingerprint, (guint64)e.type << 32 | e.subject);
    if (++w->n_events > EVENTS_MAX) {
      g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_BUDGET,
                   "replication %" G_GUINT64_FORMAT " (seed %" G_GUINT64_FORMAT
                   ") needs more than %" G_GUINT64_FORMAT " events",
                   w->replication, w->seed, EVENTS_MAX);
      return FALSE;
    }
    dispatch_event (w, &e);
#ifndef NDEBUG
    assert_balanced (w);
#endif
  }
  w->now = w->end;
  return TRUE;
}

gboolean
sf_world_run (SfWorld *w, guint64 seed, guint replication, SfRecord *record,
              SfLog *log, GError **error)
{
  w->seed = seed;
  w->replication = replication;
  w->record = record;
  w->log = log;
  w->end = (SfTick)w->plan->days * SF_TICKS_PER_DAY;
  memset (record->metrics, 0,
          sf_book_n_metrics (w->plan->book) * sizeof *record->metrics);
  begin (w);
  if (!loop (w, error))
    return FALSE;
  finish (w);
  double off = sf_ledger_imbalance (w->plan->book, record);
  if (off > IMBALANCE_MAX) {
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_LEDGER,
                 "replication %u (seed %" G_GUINT64_FORMAT
                 "): the ledger is off by a share of %g",
                 replication, seed, off);
    return FALSE;
  }
  return TRUE;
}

/* ---- Verbs and views ----------------------------------------------------------- */

void
sf_world_timer (SfWorld *w, const void *self, SfTick delay, guint32 what,
                gint64 payload)
{
  for (guint i = 0; i < w->n_models; i++)
    if (w->selves[i] == self)
      sf_world_schedule (w, delay, PRIO_TIMER, EV_TIMER, i, what, payload);
}

void
sf_world_stream (const SfWorld *w, const void *self, guint64 entity,
                 SfStream *stream)
{
  for (guint i = 0; i < w->scenario->n_models; i++)
    if (w->scenario->models[i].params == self) {
      g_autofree char *name
          = g_strconcat ("model:", w->scenario->models[i].id, NULL);
      sf_stream_init (stream, w->seed, name, w->replication, entity);
    }
}

const SfPlan *
sf_world_plan (const SfWorld *w)
{
  return w->plan;
}

const SfScenario *
sf_world_scenario (const SfWorld *w)
{
  return w->scenario;
}

SfTick
sf_world_now (const SfWorld *w)
{
  return w->now;
}

double
sf_world_day (const SfWorld *w)
{
  return sf_ticks_to_days (w->now);
}

const char *
sf_world_node_title (const SfWorld *w, gint node)
{
  const SfNodeSpec *n = &w->scenario->nodes[node];
  return n->title ? n->title : n->id;
}

void
sf_world_say (SfWorld *w, const char *kind, const char *place, double trucks,
              const char *format, ...)
{
  if (!w->log)
    return;
  va_list args;
  va_start (args, format);
  sf_log_add (w->log, w->now, kind, place, trucks,
              g_strdup_vprintf (format, args));
  va_end (args);
}
