/* world.c - the clock, the days and the models. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "sim/engine/error.h"
#include "sim/engine/world-private.h"
#include "sim/lang/lang.h"

/* A line at a gate that a story mentions, once a week. */
#define WORTH_TELLING 20

GQuark
sf_run_error_quark (void)
{
  return g_quark_from_static_string ("sf-run-error-quark");
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

/* Sets a number from which others were computed, and computes those again.
 * Loads of trucks are fixed for a run, since trucks under way carry them. */
static void
set_any (SfWorld *w, double *target, double value)
{
  for (guint m = 0; m < w->scenario->n_markets; m++)
    sf_stock_advance (w, m);
  sf_stretch_hold_planned (w);
  sf_queue_settle_all (w);
  *target = value;
  sf_stretch_halt_all (w);
  sf_world_look_again (w);
  sf_life_compute_hours (w);
  sf_life_compute_exposure (w);
  sf_stock_numbers_changed (w);
  sf_queue_numbers_changed (w);
  for (guint m = 0; m < w->scenario->n_markets; m++)
    sf_stock_solve_later (w, m);
}

/* Servers, and how long they take: nothing but turns in lines follows. */
static void
set_of_queue (SfWorld *w, double *target, double value)
{
  sf_queue_settle_all (w);
  *target = value;
  sf_queue_numbers_changed (w);
}

/* A "set" row keeps the old number in its payload to put it back. Numbers of
 * models and of shipments are read whenever they are needed; rules that share
 * out, from which rates follow, have none. */
static gint64
set_number (SfWorld *w, guint row, double value)
{
  const SfEventSpec *e = &w->scenario->events[row];
  const SfAssumption *a = sf_scenario_assumption (w->scenario, e->target);
  gint64 old;
  memcpy (&old, a->target, sizeof old);
  if (g_str_has_prefix (e->target, "/models/")
      || g_str_has_prefix (e->target, "/shipments/")) {
    *a->target = value;
    sf_world_look_again (w); /* outlook() may say something else now */
  } else if (g_str_has_prefix (e->target, "/queues/"))
    set_of_queue (w, a->target, value);
  else
    set_any (w, a->target, value);
  for (guint g = 0; g < w->plan->n_gates; g++)
    sf_gate_ask_again (w, g);
  return old;
}

/* A row without an end is paid for until the run is over. */
static void
pay (SfWorld *w, const SfEventSpec *e)
{
  double left = sf_ticks_to_days (w->end - w->now);
  double days = e->duration_days > 0 ? MIN (e->duration_days, left) : left;
  sf_world_spend (w, e->cost_xof + e->cost_xof_per_day * days);
}

static void
row_begins (SfWorld *w, guint row)
{
  const SfEventSpec *e = &w->scenario->events[row];
  gint64 old = 0;
  pay (w, e);
  sf_world_say (w, "event", e->id, NAN, "%s",
                sf_world_title (w, e->title, e->id));
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
  sf_world_say (w, "event", e->id, NAN, N_ ("%s: over"),
                sf_world_title (w, e->title, e->id));
  memcpy (&value, &old, sizeof value);
  if (strcmp (e->kind, "set") == 0)
    set_number (w, row, value);
  else
    row_models (w, row, FALSE);
}

/* What chance decides about a row is drawn at the start, so that it is the
 * same whenever its trigger comes. */
static void
draw_rows (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint i = 0; i < s->n_events; i++) {
    const SfEventSpec *e = &s->events[i];
    g_autofree char *name = g_strconcat ("event:", e->id, NULL);
    SfStream stream;
    sf_stream_init (&stream, w->seed, name, w->replication, 0);
    gboolean happens = sf_stream_chance (&stream, e->prob);
    double late = sf_stream_uniform_between (&stream, 0, e->window_days);
    w->row_fired[i] = FALSE;
    w->row_delay[i]
        = happens ? sf_ticks_from_days (late + e->delay_days) : SF_TICK_NEVER;
  }
}

static void
schedule_row (SfWorld *w, guint row, SfTick from)
{
  w->row_fired[row] = TRUE;
  if (w->row_delay[row] != SF_TICK_NEVER)
    sf_world_schedule (w, from + w->row_delay[row], PRIO_EVENT_ROW,
                       EV_ROW_BEGINS, row, 0, 0);
}

static void
schedule_rows (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  draw_rows (w);
  for (guint i = 0; i < s->n_events; i++)
    if (w->plan->trigger[i] < 0)
      schedule_row (w, i,
                    sf_scenario_day (s, s->events[i].date) * SF_TICKS_PER_DAY);
}

/* The mean of the days that end with `day` lies where the trigger wants it. */
static gboolean
holds_on (const SfWorld *w, const SfEventSpec *e, gint series, guint day)
{
  guint days = (guint)e->trigger_mean_days;
  double sum = 0;
  if (day + 1 < days)
    return FALSE;
  for (guint d = day + 1 - days; d <= day; d++)
    sum += sf_world_series (w, series, d);
  return (isnan (e->trigger_below) || sum / days < e->trigger_below)
         && (isnan (e->trigger_above) || sum / days > e->trigger_above);
}

static void
pull_triggers (SfWorld *w, guint today)
{
  const SfScenario *s = w->scenario;
  for (guint i = 0; i < s->n_events; i++) {
    const SfEventSpec *e = &s->events[i];
    guint need = (guint)e->trigger_for_days, n = 0;
    if (w->plan->trigger[i] < 0 || w->row_fired[i]
        || (e->date != SF_PARAM_NO_DATE
            && (gint)today < sf_scenario_day (s, e->date)))
      continue;
    while (n < need && n < today
           && holds_on (w, e, w->plan->trigger[i], today - 1 - n))
      n++;
    if (n == need)
      schedule_row (w, i, 0);
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
      if (i == SF_GATE_WAITING || i == SF_GATE_WAITING_FUEL)
        continue;
      curves[series * w->plan->days + day] = (float)w->acc[series];
      w->acc[series] = 0;
    }
  sf_stock_day_end (w, day);
  sf_queue_day_end (w, day);
  sf_factor_flush_gauges (w, day);
}

static void
midnight (SfWorld *w)
{
  guint day = (guint)(w->now / SF_TICKS_PER_DAY);
  flush_day (w, day - 1);
  if (day == w->plan->days)
    return;
  pull_triggers (w, day);
  sf_world_schedule (w, SF_TICKS_PER_DAY, PRIO_MIDNIGHT, EV_MIDNIGHT, 0, 0, 0);
}

static void
review (SfWorld *w)
{
  guint day = (guint)(w->now / SF_TICKS_PER_DAY);
  for (guint i = 0; i < w->n_models; i++)
    if (w->models[i]->review)
      w->models[i]->review (w->selves[i], w, day);
  sf_stock_day_begin (w);
  if (day + 1 < w->plan->days)
    sf_world_schedule (w, SF_TICKS_PER_DAY, PRIO_REVIEW, EV_REVIEW, 0, 0, 0);
}

static guint
waiting_tankers (const SfWorld *w, const Gate *k)
{
  guint sum = 0;
  for (guint l = 0; l < n_lines (w); l++)
    if (w->scenario->commodities[l / 2].kind == SF_CARGO_FUEL)
      sum += k->waiting[l].trucks;
  return sum;
}

static void
log_day (SfWorld *w)
{
  g_autofree double *passed = g_new (double, w->plan->n_hops + 1);
  sf_stretch_count_passed (w, passed);
  sf_log_add_day (w->log, passed, w->plan->n_hops, w->is_closed,
                  w->scenario->n_links);
}

static void
sample (SfWorld *w)
{
  guint day = (guint)(w->now / SF_TICKS_PER_DAY);
  for (guint g = 0; g < w->plan->n_gates; g++) {
    gsize series = (gsize)w->plan->sheet->gate[g][SF_GATE_WAITING];
    w->record->curves[series * w->plan->days + day]
        = (float)w->gates[g].n_waiting;
    series = (gsize)w->plan->sheet->gate[g][SF_GATE_WAITING_FUEL];
    w->record->curves[series * w->plan->days + day]
        = (float)waiting_tankers (w, &w->gates[g]);
    if (day % 7 == 0 && w->gates[g].n_waiting >= WORTH_TELLING)
      sf_world_say (w, "gate", w->plan->gates[g].id, w->gates[g].n_waiting,
                    N_ ("%u trucks wait at %s"), w->gates[g].n_waiting,
                    sf_world_node_title (w, w->plan->gates[g].node));
  }
  sf_stock_sample (w);
  sf_queue_sample (w, day);
  if (w->log)
    log_day (w);
  sf_world_schedule (w, SF_TICKS_PER_DAY, PRIO_SAMPLE, EV_SAMPLE, 0, 0, 0);
}

/* ---- One event ------------------------------------------------------------------ */

static void
stock_runs_out (SfWorld *w, guint m)
{
  sf_stock_advance (w, m);
  sf_stock_solve_later (w, m);
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
    sf_traffic_leave (w, group);
    break;
  case EV_HOP_END:
    sf_traffic_hop_end (w, group);
    break;
  case EV_CONVOY_END:
    sf_convoy_hop_end (w, (SfConvoyId)e->subject);
    break;
  case EV_CLEARED:
    sf_queue_cleared (w, group);
    break;
  case EV_UNLOADED:
    sf_traffic_unloaded (w, group);
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
  case EV_MIDNIGHT:
    midnight (w);
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

/* ---- A replication --------------------------------------------------------------- */

static void
begin (SfWorld *w)
{
  sf_life_reset (w);
  schedule_rows (w);
  for (guint i = 0; i < w->n_models; i++)
    if (w->models[i]->start)
      w->models[i]->start (w->selves[i], w);
  sf_world_schedule (w, SF_TICKS_PER_DAY, PRIO_MIDNIGHT, EV_MIDNIGHT, 0, 0, 0);
  sf_world_schedule (w, 0, PRIO_REVIEW, EV_REVIEW, 0, 0, 0);
  sf_world_schedule (w, SAMPLE_TICK, PRIO_SAMPLE, EV_SAMPLE, 0, 0, 0);
}

/* Texts that are translated have no width of an integer in their places. */
static void
over_budget (const SfWorld *w, GError **error)
{
  g_autofree char *replication
      = g_strdup_printf ("%" G_GUINT64_FORMAT, w->replication);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, w->seed);
  g_autofree char *most = g_strdup_printf ("%" G_GUINT64_FORMAT, w->events_max);
  g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_BUDGET,
               _ ("replication %s (seed %s) needs more than %s events"),
               replication, seed, most);
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
    w->priority = priority;
    w->fingerprint = mix (w->fingerprint, (guint64)when);
    w->fingerprint = mix (w->fingerprint, (guint64)e.type << 32 | e.subject);
    if (++w->n_events > w->events_max) {
      over_budget (w, error);
      return FALSE;
    }
    dispatch_event (w, &e);
    if (w->n_stale > 0)
      sf_stock_solve_stale (w);
    if (w->is_outlook_old)
      sf_stretch_refresh (w);
#ifndef NDEBUG
    sf_life_assert_balanced (w);
#endif
  }
  w->now = w->end;
  w->priority = G_MAXUINT8;
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
  if (sf_plan_problem (w->plan)) {
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_ROUTES,
                 _ ("routes could not be found: %s"),
                 sf_plan_problem (w->plan));
    return FALSE;
  }
  sf_life_finish (w);
  double off = sf_ledger_imbalance (w->plan->book, record);
  if (off > IMBALANCE_MAX) {
    g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_LEDGER,
                 _ ("replication %u (seed %s): the ledger is off by a share "
                    "of %g"),
                 replication, name, off);
    return FALSE;
  }
  return TRUE;
}

void
sf_world_set_events_max (SfWorld *w, guint64 events_max)
{
  w->events_max = events_max;
}

/* ---- Verbs and views ----------------------------------------------------------- */

void
sf_world_timer (SfWorld *w, const void *self, SfTick delay, guint32 what,
                gint64 payload)
{
  sf_world_schedule (w, delay, PRIO_TIMER, EV_TIMER,
                     sf_factor_model_of (w, self), what, payload);
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
sf_world_title (const SfWorld *w, const char *title, const char *id)
{
  if (!title)
    return id;
  return w->log ? sf_log_text (w->log, title) : title;
}

const char *
sf_world_node_title (const SfWorld *w, gint node)
{
  const SfNodeSpec *n = &w->scenario->nodes[node];
  return sf_world_title (w, n->title, n->id);
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
              g_strdup_vprintf (sf_log_text (w->log, format), args));
  va_end (args);
}

void
sf_world_spend (SfWorld *w, double amount_xof)
{
  w->cost_xof += amount_xof;
}

void
sf_world_note_attack (SfWorld *w, guint row, const SfAttack *a)
{
  gint first = w->plan->sheet->attack_metrics[row];
  g_return_if_fail (first >= 0);
  double *out = w->record->metrics + first;
  out[SF_ATTACK_TRUCKS] = a->trucks;
  out[SF_ATTACK_LOST] = a->destroyed + a->seized;
  out[SF_ATTACK_DAY] = sf_world_day (w);
}
