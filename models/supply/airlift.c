/* airlift.c - aircraft bring goods past the roads. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A day on which aircraft fly brings
 *
 *   aircraft_count * trips_per_day * availability_frac * load_t
 *
 * tonnes, or flown_t_per_day where that is given (what was really flown), times
 * share_frac, the share for these markets. They fly from `from` to `until` and
 * while a row of kind "airlift" is in force (its value multiplies the tonnage;
 * with is_standing false, only then), but not on days of bad weather, which
 * come at random with no_fly_prob. The load is there in the morning and is
 * split
 *
 *   need   in proportion to ordinary use, in tonnes
 *   cover  so that the stock that would last shortest is filled up first
 *
 * Liquids weigh density_t_per_m3.
 * Form: sorties times load, the first estimate of planners. Assumed:
 * enough crews, fuel and room at both ends; days of bad weather are
 * independent; no attacks on aircraft.
 */
#include <math.h>

#include "sim/engine/model.h"

/* Steps of the search for the cover that a load fills up to; halves each. */
#define FILL_STEPS 60

typedef struct {
  GArray *markets;
  SfDate from, until;
  gint split;
  gboolean is_standing;
  double aircraft_count, trips_per_day, load_t, availability_frac,
      flown_t_per_day, share_frac, no_fly_prob, density_t_per_m3,
      cost_xof_per_t;
  /* state */
  double ordered; /* sum of the values of rows in force */
  SfStream weather;
} Airlift;

enum { NEED, COVER };
enum { FLOWN };

static const SfParam params[] = {
  SF_PARAM_IDS (Airlift, markets, "markets",
                "stocks that it fills; all of the capital when absent"),
  SF_PARAM_DAY (Airlift, from, 0, "first day; the start when absent"),
  SF_PARAM_DAY (Airlift, until, 0, "last day; the end when absent"),
  SF_PARAM_BOOL (Airlift, is_standing, 1,
                 "flies from `from` to `until`; false: only while a row of "
                 "kind \"airlift\" is in force"),
  SF_PARAM_WORD (Airlift, split, 0, "need|cover", 0,
                 "by ordinary use, or the scarcest first"),
  SF_PARAM (Airlift, aircraft_count, 10, 0, 10000, "aircraft"),
  SF_PARAM (Airlift, trips_per_day, 2, 0, 48, "round trips of each"),
  SF_PARAM (Airlift, load_t, 10, 0, 1000, "load of a trip"),
  SF_PARAM (Airlift, availability_frac, 0.7, 0, 1,
            "share of the aircraft fit to fly"),
  SF_PARAM (Airlift, flown_t_per_day, 0, 0, 1e6,
            "tonnes on a day of flying, where known, in place of the product; "
            "0: not known"),
  SF_PARAM (Airlift, share_frac, 1, 0, 1, "share of the load for these stocks"),
  SF_PARAM (Airlift, no_fly_prob, 0, 0, 1,
            "chance that nobody flies, each day"),
  SF_PARAM (Airlift, density_t_per_m3, 0.8, 0.01, 10, "weight of liquids"),
  SF_PARAM (Airlift, cost_xof_per_t, 0, 0, 1e9, "spent for each tonne"),
  SF_PARAM_END,
};

static gboolean
is_filled (const Airlift *self, const SfScenario *s, guint m)
{
  return self->markets ? sf_refs_hold (self->markets, (gint)m)
                       : s->markets[m].node == s->capital;
}

/* Tonnes that a unit of what a market holds weighs. */
static double
weight (const Airlift *self, const SfScenario *s, guint m)
{
  return s->commodities[s->markets[m].commodity].unit == SF_UNIT_T
             ? 1
             : self->density_t_per_m3;
}

/* Ordinary use, t a day. */
static double
use_t (const Airlift *self, SfWorld *w, guint m)
{
  const SfScenario *s = sf_world_scenario (w);
  return is_filled (self, s, m)
             ? sf_world_use_per_day (w, m) * weight (self, s, m)
             : 0;
}

static double
cover_days (SfWorld *w, guint m)
{
  double stock = sf_world_stock (w, m, 0) + sf_world_stock (w, m, 1)
                 + sf_world_stock (w, m, 2);
  return stock / sf_world_use_per_day (w, m);
}

/* Tonnes that lift every stock to so many days of cover. */
static double
to_fill_t (const Airlift *self, SfWorld *w, double days)
{
  double sum = 0;
  for (guint m = 0; m < sf_world_scenario (w)->n_markets; m++)
    if (use_t (self, w, m) > 0)
      sum += use_t (self, w, m) * MAX (days - cover_days (w, m), 0);
  return sum;
}

/* The days of cover that a load fills up to. */
static double
fill_level (const Airlift *self, SfWorld *w, double load_t)
{
  double low = 0, high = 1;
  while (to_fill_t (self, w, high) < load_t)
    high *= 2;
  for (guint i = 0; i < FILL_STEPS; i++) {
    double days = (low + high) / 2;
    if (to_fill_t (self, w, days) < load_t)
      low = days;
    else
      high = days;
  }
  return high;
}

static void
unload (Airlift *self, SfWorld *w, double load_t)
{
  const SfScenario *s = sf_world_scenario (w);
  double sum = 0, unloaded_t = 0;
  for (guint m = 0; m < s->n_markets; m++)
    sum += use_t (self, w, m);
  if (sum <= 0 || load_t <= 0)
    return;
  double level = self->split == COVER ? fill_level (self, w, load_t) : 0;
  for (guint m = 0; m < s->n_markets; m++) {
    double use = use_t (self, w, m);
    if (use <= 0)
      continue;
    double part = self->split == COVER
                      ? use * MAX (level - cover_days (w, m), 0)
                      : load_t * use / sum;
    sf_world_supply (w, m, part / weight (self, s, m));
    unloaded_t += part;
  }
  sf_world_spend (w, self->cost_xof_per_t * unloaded_t);
  sf_world_set_gauge (w, self, FLOWN, unloaded_t);
}

/* What multiplies the tonnage today; 0: no airlift. */
static double
strength (const Airlift *self, const SfScenario *s, guint day)
{
  gboolean is_on = self->is_standing
                   && (self->from == SF_PARAM_NO_DATE
                       || (gint)day >= sf_scenario_day (s, self->from))
                   && (self->until == SF_PARAM_NO_DATE
                       || (gint)day <= sf_scenario_day (s, self->until));
  return (is_on ? 1 : 0) + MAX (self->ordered, 0);
}

static void
start (void *data, SfWorld *w)
{
  Airlift *self = data;
  sf_world_stream (w, self, 0, &self->weather);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Airlift *self = data;
  double capacity_t = self->aircraft_count * self->trips_per_day
                      * self->availability_frac * self->load_t;
  double flown_t
      = self->flown_t_per_day > 0 ? self->flown_t_per_day : capacity_t;
  sf_world_set_gauge (w, self, FLOWN, 0);
  if (!sf_stream_chance (&self->weather, self->no_fly_prob))
    unload (self, w,
            flown_t * self->share_frac
                * strength (self, sf_world_scenario (w), day));
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Airlift *self = data;
  double value = sf_world_scenario (w)->events[row].value;
  self->ordered += (begins ? 1 : -1) * (isnan (value) ? 1 : value);
}

const SfModel sf_model_supply_airlift = {
  .info
  = { "supply/airlift", N_ ("aircraft bring goods past the roads"),
      N_ ("Every morning that aircraft fly: aircraft_count * trips_per_day "
          "* availability_frac * load_t tonnes (or flown_t_per_day where it "
          "is known) times share_frac, split by ordinary use or so that the "
          "scarcest stock is filled first. From `from` to `until` and while "
          "an event of kind \"airlift\" is in force (value multiplies). "
          "Nobody flies with no_fly_prob. Gauge: flown_t_per_day."),
      params, sizeof (Airlift), "airlift", "flown_t_per_day" },
  .start = start,
  .review = review,
  .event = event,
};
