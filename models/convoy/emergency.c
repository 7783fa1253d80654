/* emergency.c - a convoy out of turn when the city runs dry. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When the mean of a recorded series over the last mean_days is below a
 * limit (stations with fuel, say), the authorities send what guard they have,
 * besides the ordinary escorts: after prepare_days it takes the gate with the
 * most trucks that would join, and at most one such convoy leaves every
 * every_days. Size is a result, as with convoy/escort. That a government acts
 * when its capital is dry is assumed; that it did so is reported (about 300
 * tankers entered Bamako on the day after the pumps ran dry).
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *gates;
  SfDate from;
  const char *series;
  double below, mean_days, prepare_days, every_days, retry_h,
      crowd_trucks_count, trucks_min_count, strength, speed_frac;
  /* state */
  gint curve;
  SfTick next;       /* not before */
  gboolean is_ready; /* being prepared, or waiting for trucks */
} Emergency;

enum { LEAVE };

static const SfParam params[] = {
  SF_PARAM_IDS (Emergency, gates, "nodes",
                "places of entry that it may serve; all when absent"),
  SF_PARAM_DAY (Emergency, from, 0, "first day; from the start when absent"),
  SF_PARAM_CURVE (Emergency, series, "what tells of the emergency"),
  SF_PARAM (Emergency, below, 0.2, -1e12, 1e12, "an emergency is below this"),
  SF_PARAM (Emergency, mean_days, 1, 1, 365, "days that its mean is taken of"),
  SF_PARAM (Emergency, prepare_days, 1, 0, 365, "until the guard is there"),
  SF_PARAM (Emergency, every_days, 14, 0.1, 3650,
            "from one such convoy to the next, at least"),
  SF_PARAM (Emergency, retry_h, 12, 0.5, 240,
            "when too few would join, it asks again after"),
  SF_PARAM (Emergency, crowd_trucks_count, 1e9, 1, 1e9,
            "trucks at which the protection of one counts half"),
  SF_PARAM (Emergency, trucks_min_count, 25, 1, 10000,
            "leaves only with so many"),
  SF_PARAM (Emergency, strength, 1, 0, 1e6, "in the contest with attackers"),
  SF_PARAM (Emergency, speed_frac, 0.5, 0.01, 1,
            "speed of the convoy, of that of a single truck"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Emergency *self = data;
  self->curve = self->series ? sf_world_find_series (w, self->series) : -1;
  self->next = self->from == SF_PARAM_NO_DATE
                   ? 0
                   : sf_scenario_day (sf_world_scenario (w), self->from)
                         * SF_TICKS_PER_DAY;
}

static void
review (void *data, SfWorld *w, guint day)
{
  Emergency *self = data;
  if (self->curve < 0 || self->is_ready || day == 0
      || sf_world_now (w) < self->next)
    return;
  double mean = sf_world_series_mean (w, self->curve, (guint)self->mean_days);
  if (isnan (mean) || mean >= self->below)
    return;
  self->is_ready = TRUE;
  sf_world_timer (w, self, sf_ticks_from_days (self->prepare_days), LEAVE, 0);
}

static gint
best_gate (const Emergency *self, SfWorld *w, const SfEscortOrder *order)
{
  const SfPlan *plan = sf_world_plan (w);
  double most = self->trucks_min_count;
  gint best = -1;
  for (guint g = 0; g < plan->n_gates; g++) {
    if (!sf_refs_hold (self->gates, plan->gates[g].entry))
      continue;
    double n = sf_world_gate_willing (w, g, order);
    if (n >= most) {
      most = n;
      best = (gint)g;
    }
  }
  return best;
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Emergency *self = data;
  SfEscortOrder order = { .trucks_min = (guint)self->trucks_min_count,
                          .trucks_max = G_MAXUINT,
                          .crowd_count = self->crowd_trucks_count,
                          .strength = self->strength,
                          .speed_frac = self->speed_frac,
                          .is_capital_only = TRUE };
  gint gate = best_gate (self, w, &order);
  if (gate < 0 || sf_world_convoy (w, self, (guint)gate, &order) == SF_NOBODY) {
    sf_world_timer (w, self, sf_ticks_from_h (self->retry_h), LEAVE, 0);
    return;
  }
  self->is_ready = FALSE;
  self->next = sf_world_now (w) + sf_ticks_from_days (self->every_days);
}

const SfModel sf_model_convoy_emergency = {
  .info
  = { "convoy/emergency", N_ ("a convoy out of turn when the city runs dry"),
      N_ ("When the mean of a series over mean_days is below a limit, a "
          "guard besides the ordinary escorts takes the gate with the most "
          "trucks that would join, after prepare_days and at most once "
          "every every_days. Without a series it does nothing."),
      params, sizeof (Emergency), NULL, NULL },
  .start = start,
  .review = review,
  .timer = timer,
};
