/* bonus.c - drivers are paid and insured for the risk. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The perceived risk at a gate is multiplied by
 *
 *   (1 - max_effect_frac (1 - 2^(-b / half_xof))) (1 - insured_frac i)
 *
 * b: bonus_xof_per_trip times the values of the "bonus" rows in force; i:
 * insurance_frac, the part of the risk that an insurance takes from who has
 * one. Half the effect is had at half_xof and the rest ever more dearly. Each
 * midnight the bonus and the premium (of the insured) of every loaded truck
 * that entered on the day before, when it was in force, are spent; the last
 * day of a run remains unpaid.
 *
 * Drivers earn about 100,000 XOF a month and have no insurance (facts of
 * December 2025); the effect is assumed: money does not make a road safe.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *gates;
  SfDate from;
  double bonus_xof_per_trip, half_xof, max_effect_frac, insured_frac,
      insurance_frac, premium_xof_per_trip;
  /* state */
  guint8 *is_in_force; /* by event row */
  gboolean waits;      /* there are rows, and no date: only they bring it */
  double *due_xof;     /* for a truck that enters today, by gate */
  gint *entered;       /* series, by gate */
} Bonus;

static const SfParam params[] = {
  SF_PARAM_IDS (Bonus, gates, "nodes", "places of entry; all when absent"),
  SF_PARAM_DAY (Bonus, from, 0,
                "first day; when absent from the start, or only with events of "
                "kind \"bonus\" if there are such"),
  SF_PARAM (Bonus, bonus_xof_per_trip, 50000, 0, 1e9,
            "paid for a loaded truck that enters"),
  SF_PARAM (Bonus, half_xof, 50000, 1, 1e9,
            "bonus that has half the effect it can have"),
  SF_PARAM (Bonus, max_effect_frac, 0.4, 0, 1,
            "of perceived risk that a large bonus makes up for"),
  SF_PARAM (Bonus, insured_frac, 0, 0, 1, "of the drivers who are insured"),
  SF_PARAM (Bonus, insurance_frac, 0.3, 0, 1,
            "of the risk that an insurance takes from a driver"),
  SF_PARAM (Bonus, premium_xof_per_trip, 20000, 0, 1e9,
            "paid for the trip of who is insured"),
  SF_PARAM_END,
};

/* What the rows in force make of the bonus at a gate; negative: no bonus and
 * no insurance there. */
static double
level (const Bonus *self, const SfWorld *w, guint gate)
{
  const SfPlan *plan = sf_world_plan (w);
  if (!sf_refs_hold (self->gates, plan->gates[gate].entry))
    return -1;
  gboolean is_on = !self->waits
                   && (self->from == SF_PARAM_NO_DATE
                       || sf_world_day (w)
                              >= sf_scenario_day (plan->scenario, self->from));
  return sf_world_rows_at_gate (w, gate, self->is_in_force, is_on);
}

static void
publish (Bonus *self, SfWorld *w)
{
  guint n = sf_world_plan (w)->n_gates;
  double sum = 0;
  for (guint g = 0; g < n; g++) {
    double v = level (self, w, g), left = 1;
    self->due_xof[g] = 0;
    if (v >= 0) {
      double bonus_xof = v * self->bonus_xof_per_trip;
      left = 1
             - self->max_effect_frac * (1 - exp2 (-bonus_xof / self->half_xof));
      left *= 1 - self->insured_frac * self->insurance_frac;
      self->due_xof[g]
          = bonus_xof + self->insured_frac * self->premium_xof_per_trip;
    }
    sf_world_set_factor (w, self, SF_FACTOR_RISK, g, left);
    sum += left;
  }
  sf_world_set_gauge (w, self, 0, n > 0 ? sum / n : NAN);
}

static void
start (void *data, SfWorld *w)
{
  Bonus *self = data;
  const SfPlan *plan = sf_world_plan (w);
  const SfScenario *s = plan->scenario;
  self->is_in_force = sf_world_alloc (w, s->n_events + 1);
  self->due_xof
      = sf_world_alloc (w, (plan->n_gates + 1) * sizeof *self->due_xof);
  self->entered
      = sf_world_alloc (w, (plan->n_gates + 1) * sizeof *self->entered);
  for (guint g = 0; g < plan->n_gates; g++) {
    g_autofree char *name
        = g_strconcat (plan->gates[g].id, "/entered_count", NULL);
    self->entered[g] = sf_world_find_series (w, name);
  }
  for (guint row = 0; row < s->n_events; row++)
    if (g_strcmp0 (s->events[row].kind, "bonus") == 0)
      self->waits = self->from == SF_PARAM_NO_DATE;
  publish (self, w);
}

/* Pays for the day that is over; the rows of this midnight came before, but
 * due_xof is what stood when that day began. */
static void
review (void *data, SfWorld *w, guint day)
{
  Bonus *self = data;
  for (guint g = 0; day > 0 && g < sf_world_plan (w)->n_gates; g++)
    if (self->due_xof[g] > 0 && self->entered[g] >= 0)
      sf_world_spend (w, self->due_xof[g]
                             * sf_world_series (w, self->entered[g], day - 1));
  publish (self, w);
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Bonus *self = data;
  self->is_in_force[row] = begins;
}

const SfModel sf_model_driver_bonus = {
  .info
  = { "driver/bonus", N_ ("drivers are paid and insured for the risk"),
      N_ ("Multiplies perceived risk by (1 - max_effect_frac * (1 - 2^(-bonus "
          "/ half_xof))) * (1 - insured_frac * insurance_frac). Each loaded "
          "truck that enters costs the bonus, and the premium if insured. "
          "Changes take effect at midnight. Answers events of kind \"bonus\" "
          "(nodes: entry places, all when absent; value multiplies the "
          "bonus); without a date `from`, such rows alone bring it. Gauge: "
          "risk_left_frac, mean over the gates. The effect is assumed."),
      params, sizeof (Bonus), "bonus", "risk_left_frac" },
  .start = start,
  .review = review,
  .event = event,
};
