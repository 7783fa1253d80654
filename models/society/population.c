/* population.c - people leave a place that lacks much, and come back. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AN ASSUMPTION, off unless a scenario names it. With A the share who left:
 *
 *   dA/dt = leave_frac_per_day x (1 - A) - return_frac_per_day (1 - x) A
 *   dx/dt = (1 - served - x) / smooth_days
 *
 * x is the shortage that people feel: 1 - a series such as the share served of
 * the whole market, of yesterday. The need of the listed classes at the place
 * is multiplied by 1 - A. Solved exactly over a day with x constant.
 *
 * 0.01 a day is what Flee (a model of flight from conflict,
 * github.com/djgroen/flee) takes by default for a place in full conflict,
 * displaced_per_conflict_day in its mode pop_ratio. No published number was
 * found for people who leave because of shortage, and no mass flight from
 * Bamako was reported in 2025.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  const char *served;
  gint node;
  GArray *classes;
  double leave_frac_per_day, return_frac_per_day, smooth_days;
  /* state */
  gint series;
  double shortage, away; /* x and A */
} Population;

enum { AWAY };

static const SfParam params[] = {
  SF_PARAM_CURVE (Population, served,
                  "share served by which people judge, such as "
                  "\"city/petrol/served_frac\"; always 1 when absent"),
  SF_PARAM_ID (Population, node, 0, "nodes",
               "the place they leave; the capital when absent"),
  SF_PARAM_IDS (Population, classes, "classes",
                "whose need goes with them; all when absent"),
  SF_PARAM (Population, leave_frac_per_day, 0.01, 0, 1,
            "of those present when nothing is served"),
  SF_PARAM (Population, return_frac_per_day, 0.02, 0, 1,
            "of those away when everything is served"),
  SF_PARAM (Population, smooth_days, 14, 0.01, 365,
            "time in which 1 - 1/e of a change in service is felt"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Population *self = data;
  self->series = self->served ? sf_world_find_series (w, self->served) : -1;
}

/* A day of leaving and coming back. */
static void
move (Population *self, double served)
{
  double felt = CLAMP (1 - served, 0, 1);
  self->shortage += (felt - self->shortage) * -expm1 (-1 / self->smooth_days);
  double leave = self->leave_frac_per_day * self->shortage;
  double rate = leave + self->return_frac_per_day * (1 - self->shortage);
  if (rate > 0)
    self->away += (leave / rate - self->away) * -expm1 (-rate);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Population *self = data;
  const SfScenario *s = sf_world_scenario (w);
  gint node = self->node >= 0 ? self->node : s->capital;
  double served
      = self->series < 0 ? 1 : sf_world_series_mean (w, self->series, 1);
  if (!isnan (served))
    move (self, served);
  for (guint i = 0; i < s->n_demands; i++)
    if (s->demands[i].node == node
        && sf_refs_hold (self->classes, s->demands[i].class))
      sf_world_set_factor (w, self, SF_FACTOR_NEED, i, 1 - self->away);
  sf_world_set_gauge (w, self, AWAY, self->away);
}

const SfModel sf_model_society_population = {
  .info
  = { "society/population",
      N_ ("people leave a place that lacks much, and come back"),
      N_ ("An assumption without a source for shortages. Of those present "
          "leave_frac_per_day * x leave a day and of those away "
          "return_frac_per_day * (1 - x) come back, x being 1 - the share "
          "served of yesterday, smoothed over smooth_days. The need of the "
          "classes at the node shrinks in proportion. They go nowhere: the "
          "need of other places does not grow, and persons in the measures "
          "are those of the scenario. Gauge: away_frac."),
      params, sizeof (Population), NULL, "away_frac" },
  .start = start,
  .review = review,
};
