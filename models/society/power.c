/* power.c - hours of power follow the fuel that the utility gets. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   power = full_h (hydro_frac + (1 - hydro_frac) s)   hours a day
 *   ds/dt = (f - s) / smooth_days
 *   f     = min (1, litres got / ordinary litres), over all fuels of the class
 *
 * Litres got are those of yesterday: each demand of the class at the place, as
 * far as its commodity is a fuel, litre for litre, whichever fuel it is. When
 * one fuel is short the utility asks for others instead: substitute_frac of
 * what was missing yesterday, spread over the others by their ordinary use.
 * That raises what it needs, which is what the shortage of those others is
 * measured against; f stays measured against ordinary litres.
 *
 * The utility of Bamako has no stock of its own and lives from day to day; of
 * 39 tankers a day at the peak 21 are heavy oil and 18 diesel, and 70 % of its
 * power came from fuel in February to June 2024 (news reports quoting it).
 * Supply fell from 19 to 6 hours in October 2025, which is what water power
 * alone gives by this equation.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/model.h"

/* One fuel of the utility. */
typedef struct {
  guint demand;
  gint served;     /* series; -1: as if served in full */
  double factor;   /* by which this model raises its need */
  double need;     /* litres asked for on the last day that began */
  double ordinary; /* the same without that factor */
  double missing;  /* of the ordinary litres */
} Fuel;

typedef struct {
  gint node, class;
  double full_h, hydro_frac, smooth_days, substitute_frac;
  /* state */
  guint n_fuels;
  Fuel *fuels;
  double share; /* s */
} Power;

enum { POWER };

static const SfParam params[] = {
  SF_PARAM_ID (Power, node, 0, "nodes", "the city; the capital when absent"),
  SF_PARAM_ID (Power, class, 0, "classes",
               "users that make power; the class \"power\" when absent"),
  SF_PARAM (Power, full_h, 19, 0, 24, "power a day with the fuel needed"),
  SF_PARAM (Power, hydro_frac, 0.3, 0, 1, "share that needs no fuel"),
  SF_PARAM (Power, smooth_days, 1, 0.01, 365,
            "time in which 1 - 1/e of a change in fuel is felt"),
  SF_PARAM (Power, substitute_frac, 0.3, 0, 1,
            "share of a missing fuel that is asked of the others"),
  SF_PARAM_END,
};

static gint
named_class (const SfScenario *s, const char *id)
{
  for (guint i = 0; i < s->n_classes; i++)
    if (strcmp (s->classes[i].id, id) == 0)
      return (gint)i;
  return -1;
}

/* The share served of a demand: of its class where that is recorded, else of
 * the market. */
static gint
served_series (const SfWorld *w, const SfDemandSpec *d)
{
  const SfScenario *s = sf_world_scenario (w);
  const char *node = s->nodes[d->node].id;
  const char *commodity = s->commodities[d->commodity].id;
  g_autofree char *own = g_strdup_printf ("%s/%s/%s/served_frac", node,
                                          commodity, s->classes[d->class].id);
  gint series = sf_world_find_series (w, own);
  if (series >= 0)
    return series;
  g_autofree char *all = g_strdup_printf ("%s/%s/served_frac", node, commodity);
  return sf_world_find_series (w, all);
}

static void
show (const Power *self, SfWorld *w)
{
  sf_world_set_gauge (
      w, self, POWER,
      self->full_h * (self->hydro_frac + (1 - self->hydro_frac) * self->share));
}

static void
start (void *data, SfWorld *w)
{
  Power *self = data;
  const SfScenario *s = sf_world_scenario (w);
  gint node = self->node >= 0 ? self->node : s->capital;
  gint class = self->class >= 0 ? self->class : named_class (s, "power");
  self->fuels = sf_world_alloc (w, (s->n_demands + 1) * sizeof *self->fuels);
  for (guint i = 0; i < s->n_demands; i++) {
    const SfDemandSpec *d = &s->demands[i];
    gint kind = s->commodities[d->commodity].kind;
    if (d->node != node
        || d->class != class || (kind != SF_CARGO_FUEL && kind != SF_CARGO_GAS))
      continue;
    Fuel *fuel = &self->fuels[self->n_fuels++];
    fuel->demand = i;
    fuel->served = served_series (w, d);
    fuel->factor = 1;
  }
  self->share = 1;
  show (self, w);
}

/* What came yesterday; returns f. */
static double
count_litres (Power *self, const SfWorld *w, guint day)
{
  double got = 0, ordinary = 0;
  for (guint i = 0; i < self->n_fuels; i++) {
    Fuel *fuel = &self->fuels[i];
    double served
        = fuel->served < 0 ? 1 : sf_world_series (w, fuel->served, day - 1);
    double litres = isnan (served) ? 0 : served * fuel->need;
    fuel->missing = MAX (fuel->ordinary - litres, 0);
    got += litres;
    ordinary += fuel->ordinary;
  }
  return ordinary > 0 ? MIN (got / ordinary, 1) : 1;
}

/* Asks for more of a fuel because others are short. */
static void
substitute (Power *self, SfWorld *w)
{
  double ordinary = 0;
  for (guint i = 0; i < self->n_fuels; i++)
    ordinary += self->fuels[i].ordinary;
  for (guint i = 0; i < self->n_fuels; i++) {
    double more = 0;
    for (guint j = 0; j < self->n_fuels; j++) {
      double others = ordinary - self->fuels[j].ordinary;
      if (j != i && others > 0)
        more += self->fuels[j].missing / others;
    }
    self->fuels[i].factor = 1 + self->substitute_frac * more;
    sf_world_set_factor (w, self, SF_FACTOR_NEED, self->fuels[i].demand,
                         self->fuels[i].factor);
  }
}

static void
review (void *data, SfWorld *w, guint day)
{
  Power *self = data;
  if (day > 0) {
    double f = count_litres (self, w, day);
    self->share += (f - self->share) * -expm1 (-1 / self->smooth_days);
    substitute (self, w);
    show (self, w);
  }
  /* Every model has had its say a second past midnight. */
  sf_world_timer (w, self, 1, 0, 0);
}

/* Notes what is asked for today. */
static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Power *self = data;
  const SfScenario *s = sf_world_scenario (w);
  for (guint i = 0; i < self->n_fuels; i++) {
    Fuel *fuel = &self->fuels[i];
    fuel->need = s->demands[fuel->demand].demand_amount_per_day
                 * sf_world_factor (w, SF_FACTOR_NEED, fuel->demand);
    fuel->ordinary = fuel->need / fuel->factor;
  }
}

const SfModel sf_model_society_power = {
  .info
  = { "society/power", N_ ("hours of power follow the utility's fuel"),
      N_ ("Hours a day = full_h * (hydro_frac + (1 - hydro_frac) * s); s "
          "follows f in smooth_days, f being the litres that the class got "
          "yesterday over its ordinary litres, all its fuels together, at "
          "most 1. Of what was missing of one fuel substitute_frac is asked "
          "of the others, on top of their need. Assumes that a litre of any "
          "fuel makes the same power and that the share of water power is "
          "constant. Gauge: power_h_per_day."),
      params, sizeof (Power), NULL, "power_h_per_day" },
  .start = start,
  .review = review,
  .timer = timer,
};
