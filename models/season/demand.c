/* demand.c - need grows and has a season. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   need *= (1 + growth_frac_per_year)^(t / 365.25)
 *           (1 + amplitude_frac cos (2 pi (y - peak_days) / 365.25))
 *
 * t is the days since `from` (before it there is no growth) and y those since
 * the first day of January of the year in which the run starts, both at noon.
 * Demands in the scenario are the mean of a year at `from`: over a whole year
 * the wave adds nothing. One instance a pattern: several multiply. The power
 * that the utility of Mali is asked for grows by 10 % a year and is highest
 * in the hot months before the rains, when fuel makes most of it (reported for
 * 2024); the size of the wave is assumed.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/model.h"

#define YEAR_DAYS 365.25

typedef struct {
  SfDate from;
  double growth_frac_per_year, amplitude_frac, peak_days;
  GArray *nodes, *classes, *commodities;
  /* state */
  gint january; /* its first day, as a day of the run */
} Demand;

enum { NEED };

static const SfParam params[] = {
  SF_PARAM_DAY (Demand, from, 0,
                "day of which the demands are stated; the start when absent"),
  SF_PARAM (Demand, growth_frac_per_year, 0.05, -0.5, 1, "growth of need"),
  SF_PARAM (Demand, amplitude_frac, 0, 0, 1,
            "by which need at its height is above the mean of the year"),
  SF_PARAM (Demand, peak_days, 105, 0, 366,
            "days from the first of January to the height"),
  SF_PARAM_IDS (Demand, nodes, "nodes", "where; everywhere when absent"),
  SF_PARAM_IDS (Demand, classes, "classes", "whose need; all when absent"),
  SF_PARAM_IDS (Demand, commodities, "commodities",
                "need of what; all when absent"),
  SF_PARAM_END,
};

/* The first of January of the year of a date. */
static SfDate
january_of (SfDate date)
{
  char text[SF_DATE_SIZE];
  sf_date_format (text, date);
  memcpy (text + 4, "-01-01", 6);
  g_return_val_if_fail (sf_date_parse (text, &date), date);
  return date;
}

static void
start (void *data, SfWorld *w)
{
  Demand *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->january = sf_scenario_day (s, january_of (s->start));
}

static void
review (void *data, SfWorld *w, guint day)
{
  Demand *self = data;
  const SfScenario *s = sf_world_scenario (w);
  gint base
      = self->from == SF_PARAM_NO_DATE ? 0 : sf_scenario_day (s, self->from);
  double noon = day + 0.5;
  double grown
      = pow (1 + self->growth_frac_per_year, MAX (noon - base, 0) / YEAR_DAYS);
  double turn = (noon - self->january - self->peak_days) / YEAR_DAYS;
  double need = grown * (1 + self->amplitude_frac * cos (2 * G_PI * turn));
  for (guint i = 0; i < s->n_demands; i++)
    if (sf_refs_hold (self->nodes, s->demands[i].node)
        && sf_refs_hold (self->classes, s->demands[i].class)
        && sf_refs_hold (self->commodities, s->demands[i].commodity))
      sf_world_set_factor (w, self, SF_FACTOR_NEED, i, need);
  sf_world_set_gauge (w, self, NEED, need);
}

const SfModel sf_model_season_demand = {
  .info
  = { "season/demand", N_ ("need grows and has a season"),
      N_ ("The need of the chosen demands is multiplied by (1 + "
          "growth_frac_per_year)^(years since from) * (1 + amplitude_frac * "
          "cos (2 pi (y - peak_days) / 365.25)), y being the days since the "
          "first of January; once a day, with the values at noon. Lorries, "
          "pumps and stocks do not grow with it. Gauge: need_ratio."),
      params, sizeof (Demand), NULL, "need_ratio" },
  .start = start,
  .review = review,
};
