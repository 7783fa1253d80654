/* today-events.c - what happened before the new start. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/intake/today.h"
#include "sim/lang/lang.h"

/* Share of an announcement's fear that is left after so many days, as
 * driver/willingness forgets it. */
static double
fear_left (const SfScenario *s, double age_days)
{
  for (guint i = 0; i < s->n_models; i++) {
    const SfModelSpec *m = &s->models[i];
    if (strcmp (m->info->name, "driver/willingness") != 0 || !m->is_on)
      continue;
    const SfParam *memory
        = sf_param_find (m->info->params, "memory_days", NULL);
    const SfParam *stand
        = sf_param_find (m->info->params, "standing_frac", NULL);
    const char *params = m->params;
    double memory_days = *(const double *)(params + memory->offset);
    double standing = *(const double *)(params + stand->offset);
    return standing + (1 - standing) * exp (-age_days / memory_days);
  }
  return 1;
}

/* TRUE for what happens at a moment, which is then over. */
static gboolean
is_of_a_moment (const SfEventSpec *e)
{
  return strcmp (e->kind, "attack") == 0 || strcmp (e->kind, "recall") == 0;
}

static void
remark (GPtrArray *remarks, const SfEventSpec *e, const char *what)
{
  g_ptr_array_add (remarks,
                   g_strdup_printf (_ ("event \"%s\": %s"), e->id, what));
}

static const SfJson *
written (const SfScenario *s, const SfEventSpec *e)
{
  const SfJson *all = sf_json_member (sf_json_root (s->doc), "events");
  return all ? sf_json_member (all, e->id) : NULL;
}

/* Begins on the first day, with what is left of it. */
static void
move (const SfScenario *s, const SfEventSpec *e, SfDate start, SfJson *events,
      GPtrArray *remarks)
{
  char date[SF_DATE_SIZE];
  const SfJson *old = written (s, e);
  SfJson *record = sf_json_add_object (events, e->id);
  double begun_days = start - (e->date + e->delay_days);
  sf_json_add_string (record, "date", sf_date_format (date, start));
  if (e->window_days > 0)
    sf_today_number (record, old, "window_days", 0);
  if (e->delay_days > 0)
    sf_today_number (record, old, "delay_days", 0);
  if (e->duration_days > 0)
    sf_today_number (record, old, "duration_days",
                     MAX (e->duration_days - begun_days, 1));
  if (e->cost_xof > 0)
    sf_today_number (record, old, "cost_xof", 0);
  if (strcmp (e->kind, "announce") != 0) {
    remark (remarks, e,
            _ ("it began before and still holds; it begins on the first day"));
    return;
  }
  double value = isfinite (e->value) ? e->value : 1;
  sf_today_number (record, old, "value", value * fear_left (s, begun_days));
  remark (remarks, e,
          _ ("announced before; on the first day it counts by what is left of "
             "its fear"));
}

void
sf_today_events (const SfScenario *s, SfDate start, SfDate last, SfJson *events,
                 GPtrArray *remarks)
{
  for (guint i = 0; i < s->n_events; i++) {
    const SfEventSpec *e = &s->events[i];
    double end = e->date + e->delay_days + e->window_days + e->duration_days;
    if (e->date != SF_PARAM_NO_DATE && e->date > last) {
      sf_json_add_number (events, e->id, NAN); /* null */
      remark (remarks, e, _ ("it begins after the last day; left out"));
      continue;
    }
    if (e->date == SF_PARAM_NO_DATE || e->date >= start)
      continue;
    if (e->trigger) { /* "not before" has come */
      char date[SF_DATE_SIZE];
      sf_json_add_string (sf_json_add_object (events, e->id), "date",
                          sf_date_format (date, start));
      continue;
    }
    if (e->date + e->delay_days >= start) { /* it is still to come */
      char date[SF_DATE_SIZE];
      SfJson *record = sf_json_add_object (events, e->id);
      sf_json_add_string (record, "date", sf_date_format (date, start));
      sf_today_number (record, written (s, e), "delay_days",
                       e->date + e->delay_days - start);
      continue;
    }
    if ((e->duration_days > 0 && end <= start) || is_of_a_moment (e)) {
      sf_json_add_number (events, e->id, NAN); /* null */
      remark (remarks, e, _ ("it was over before; left out"));
    } else {
      move (s, e, start, events, remarks);
    }
  }
}
