/* air-cover.c - aircraft over the convoys. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A convoy that leaves a covered gate has its escort's strength multiplied by
 *
 *   1 + boost_frac * v * d * k
 *
 * v: product of the values of the "air-cover" rows in force; d: 1 when the
 * aircraft fly from that gate today, drawn each midnight with
 * availability_prob, else 0; k: share of the day's fuel that the depot had.
 * Fuel is taken and money spent on each day on which any gate may be covered,
 * whether they fly or wait. Drones and helicopters over the convoys are
 * reported from November 2025 on; how much they add is assumed.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *gates;
  SfDate from;
  double boost_frac, availability_prob, fuel_m3_per_day, cost_xof_per_day;
  gint market;
  /* state */
  guint8 *is_in_force; /* by event row */
  gboolean waits;      /* there are rows, and no date: only they bring it */
  gboolean *flies;     /* by gate, today */
  double fuelled_frac; /* of today's need */
  SfStream *streams;   /* by gate */
} AirCover;

static const SfParam params[] = {
  SF_PARAM_IDS (AirCover, gates, "nodes",
                "places of entry that it serves; all when absent"),
  SF_PARAM_DAY (AirCover, from, 0,
                "first day; when absent from the start, or only with events of "
                "kind \"air-cover\" if there are such"),
  SF_PARAM (AirCover, boost_frac, 0.5, 0, 100,
            "of the escort's strength that it adds"),
  SF_PARAM (AirCover, availability_prob, 0.7, 0, 1,
            "chance to fly from a gate on a day"),
  SF_PARAM_ID (AirCover, market, 0, "markets",
               "a fuel in m3 whose depot it draws on; none when absent"),
  SF_PARAM (AirCover, fuel_m3_per_day, 0, 0, 10000, "taken from that depot"),
  SF_PARAM (AirCover, cost_xof_per_day, 0, 0, 1e12, "spent while it lasts"),
  SF_PARAM_END,
};

/* What the rows in force make of the boost at a gate; 0: no cover. */
static double
level (const AirCover *self, const SfWorld *w, guint gate)
{
  const SfPlan *plan = sf_world_plan (w);
  if (!sf_refs_hold (self->gates, plan->gates[gate].entry))
    return 0;
  gboolean is_on = !self->waits
                   && (self->from == SF_PARAM_NO_DATE
                       || sf_world_day (w)
                              >= sf_scenario_day (plan->scenario, self->from));
  return MAX (sf_world_rows_at_gate (w, gate, self->is_in_force, is_on), 0);
}

static void
publish (AirCover *self, SfWorld *w)
{
  for (guint g = 0; g < sf_world_plan (w)->n_gates; g++)
    if (self->flies[g])
      sf_world_set_factor (
          w, self, SF_FACTOR_ESCORT, g,
          1 + self->boost_frac * self->fuelled_frac * level (self, w, g));
    else
      sf_world_set_factor (w, self, SF_FACTOR_ESCORT, g, 1);
}

/* The record of a day says what flew when it began. */
static void
note (AirCover *self, SfWorld *w)
{
  double sum = 0;
  guint n = 0;
  for (guint g = 0; g < sf_world_plan (w)->n_gates; g++) {
    if (!sf_refs_hold (self->gates, sf_world_plan (w)->gates[g].entry))
      continue;
    sum += self->flies[g] && level (self, w, g) > 0 ? self->fuelled_frac : 0;
    n++;
  }
  sf_world_set_gauge (w, self, 0, n > 0 ? sum / n : NAN);
}

static void
start (void *data, SfWorld *w)
{
  AirCover *self = data;
  const SfPlan *plan = sf_world_plan (w);
  const SfScenario *s = plan->scenario;
  self->is_in_force = sf_world_alloc (w, s->n_events + 1);
  self->flies = sf_world_alloc (w, (plan->n_gates + 1) * sizeof *self->flies);
  self->streams
      = sf_world_alloc (w, (plan->n_gates + 1) * sizeof *self->streams);
  for (guint g = 0; g < plan->n_gates; g++)
    sf_world_stream (w, self, g, &self->streams[g]);
  self->waits = FALSE;
  for (guint row = 0; row < s->n_events; row++)
    if (g_strcmp0 (s->events[row].kind, "air-cover") == 0)
      self->waits = self->from == SF_PARAM_NO_DATE;
}

static void
review (void *data, SfWorld *w, guint day)
{
  AirCover *self = data;
  gboolean is_on = FALSE;
  for (guint g = 0; g < sf_world_plan (w)->n_gates; g++) {
    self->flies[g]
        = sf_stream_chance (&self->streams[g], self->availability_prob);
    is_on = is_on || level (self, w, g) > 0;
  }
  self->fuelled_frac = 1;
  if (is_on && self->market >= 0 && self->fuel_m3_per_day > 0)
    self->fuelled_frac
        = sf_world_take (w, (guint)self->market, self->fuel_m3_per_day)
          / self->fuel_m3_per_day;
  if (is_on)
    sf_world_spend (w, self->cost_xof_per_day);
  publish (self, w);
  note (self, w);
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  AirCover *self = data;
  self->is_in_force[row] = begins;
  publish (self, w);
}

const SfModel sf_model_convoy_air_cover = {
  .info
  = { "convoy/air-cover", N_ ("aircraft over the convoys"),
      N_ ("Multiplies the strength of escorts that leave its gates by 1 + "
          "boost_frac * value on days on which the aircraft fly: drawn for "
          "each day and gate with availability_prob. Each day it costs "
          "cost_xof_per_day and fuel_m3_per_day from the depot of a market; "
          "with less fuel it adds less. Answers events of kind \"air-cover\" "
          "(nodes: entry places, all when absent; value multiplies "
          "boost_frac); without a date `from`, such rows alone bring it. "
          "Gauge: cover_frac, mean over its gates. The boost is assumed."),
      params, sizeof (AirCover), "air-cover", "cover_frac" },
  .start = start,
  .review = review,
  .event = event,
};
