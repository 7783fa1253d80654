/* steps.c - the ration follows the stock in steps. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every review_days the authority compares the days of cover (depot and
 * stations, divided by the full need of a day) with two thresholds:
 *
 *   cover < down_days                          one step down
 *   cover > up_days for raise_lag_days on end  one step up
 *
 *   ration = max (0, 1 - step_frac * steps down),  at most levels_count steps
 *
 * The listed classes ask for that share of their need; what is missing counts
 * as unserved. Two thresholds and the lag keep the ration from flickering.
 * Form: Leningrad 1941-42, where the bread ration was cut time and again as
 * stocks fell, and rose on 25 December, a month after the first trucks came
 * over the ice.
 * Assumed: stocks are known, one size of step, all listed classes alike, and
 * nobody counts on what is yet to arrive. Depots and stations are counted, not
 * what people have at home.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  gint market;
  GArray *classes;
  SfDate from;
  double down_days, up_days, step_frac, levels_count, review_days,
      raise_lag_days;
  /* state */
  guint steps, days_above, days_since_review;
} Steps;

static const SfParam params[] = {
  SF_PARAM_ID (Steps, market, 0, "markets",
               "what is rationed; the first of the capital when absent"),
  SF_PARAM_IDS (Steps, classes, "classes",
                "whose ration changes; all when absent"),
  SF_PARAM_DAY (Steps, from, 0, "first day; the start when absent"),
  SF_PARAM (Steps, down_days, 10, 0, 3650,
            "cover below which the ration falls one step"),
  SF_PARAM (Steps, up_days, 20, 0, 3650,
            "cover above which it rises one step; more than down_days"),
  SF_PARAM (Steps, step_frac, 0.2, 0, 1, "share of the need in one step"),
  SF_PARAM (Steps, levels_count, 3, 0, 100, "most steps down"),
  SF_PARAM (Steps, review_days, 7, 1, 365, "time between decisions"),
  SF_PARAM (Steps, raise_lag_days, 7, 0, 365,
            "days on end that cover is above up_days before a rise"),
  SF_PARAM_END,
};

enum { RATION };

static gboolean
is_in_market (const Steps *self, const SfWorld *w, guint demand)
{
  const SfDemandSpec *d = &sf_world_scenario (w)->demands[demand];
  return sf_plan_market (sf_world_plan (w), d->node, d->commodity)
         == self->market;
}

static double
cover_days (const Steps *self, SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  guint m = (guint)self->market;
  double stock = sf_world_stock (w, m, 0) + sf_world_stock (w, m, 1);
  double need = 0;
  for (guint d = 0; d < s->n_demands; d++)
    if (is_in_market (self, w, d))
      need += s->demands[d].demand_amount_per_day
              * sf_world_factor (w, SF_FACTOR_NEED, d);
  return need > 0 ? stock / need : INFINITY;
}

static void
decide (Steps *self, double cover)
{
  if (cover < self->down_days && self->steps < self->levels_count)
    self->steps++;
  else if (cover > self->up_days && self->days_above >= self->raise_lag_days
           && self->steps > 0) {
    self->steps--;
    self->days_above = 0; /* the next step up takes as long again */
  }
}

static void
publish (const Steps *self, SfWorld *w)
{
  double ration = MAX (1 - self->step_frac * self->steps, 0);
  sf_world_set_gauge (w, self, RATION, ration);
  for (guint d = 0; d < sf_world_scenario (w)->n_demands; d++)
    if (is_in_market (self, w, d)
        && sf_refs_hold (self->classes,
                         sf_world_scenario (w)->demands[d].class))
      sf_world_set_factor (w, self, SF_FACTOR_USE, d, ration);
}

static void
start (void *data, SfWorld *w)
{
  Steps *self = data;
  const SfScenario *s = sf_world_scenario (w);
  for (guint m = 0; m < s->n_markets && self->market < 0; m++)
    if (s->markets[m].node == s->capital)
      self->market = (gint)m;
  self->days_since_review = G_MAXUINT; /* the first day decides */
  sf_world_set_gauge (w, self, RATION, 1);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Steps *self = data;
  const SfScenario *s = sf_world_scenario (w);
  if (self->market < 0
      || (self->from != SF_PARAM_NO_DATE
          && (gint)day < sf_scenario_day (s, self->from)))
    return;
  double cover = cover_days (self, w);
  self->days_above = cover > self->up_days ? self->days_above + 1 : 0;
  if (self->days_since_review != G_MAXUINT)
    self->days_since_review++;
  if (self->days_since_review >= self->review_days) {
    self->days_since_review = 0;
    decide (self, cover);
  }
  publish (self, w);
}

const SfModel sf_model_rationing_steps = {
  .info
  = { "rationing/steps", N_ ("the ration follows the stock in steps"),
      N_ ("Every review_days the ration of the listed classes falls by "
          "step_frac when depot and stations cover less than down_days of "
          "the full need, and rises by it when they have covered more than "
          "up_days for raise_lag_days on end; at most levels_count steps "
          "down. What is withheld counts as unserved."),
      params, sizeof (Steps), NULL, "ration_frac" },
  .start = start,
  .review = review,
};
