/* haulage.c - trucks that carry food need diesel themselves. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   orders of the shipments *= floor_frac + (1 - floor_frac) q
 *
 * q is the share served of the diesel of food haulage, the mean of the last
 * mean_days days (1 before there is a day). A truck needs diesel for the way
 * back from the city and to fetch local crops; floor_frac of the trips do
 * without, because trucks fill up abroad or have a stock of their own. So food
 * runs short when diesel does, though nobody attacks it. Delivery vans stood
 * idle in Bamako in November 2025 (news report); the numbers are assumed.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  const char *diesel;
  GArray *shipments;
  double floor_frac, mean_days;
  /* state */
  gint diesel_series;
} Haulage;

enum { TRIPS };

static const SfParam params[] = {
  SF_PARAM_CURVE (Haulage, diesel,
                  "share served of the diesel of food haulage, such as "
                  "\"city/diesel/food-haulage/served_frac\"; always 1 when "
                  "absent"),
  SF_PARAM_IDS (Haulage, shipments, "shipments",
                "what needs that diesel; all that carry food when absent"),
  SF_PARAM (Haulage, floor_frac, 0.3, 0, 1,
            "share of the trips that need no diesel from the city"),
  SF_PARAM (Haulage, mean_days, 7, 1, 90,
            "days that the share served is averaged over"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Haulage *self = data;
  self->diesel_series
      = self->diesel ? sf_world_find_series (w, self->diesel) : -1;
}

static gboolean
is_listed (const Haulage *self, const SfScenario *s, guint shipment)
{
  if (self->shipments)
    return sf_refs_hold (self->shipments, (gint)shipment);
  return s->commodities[s->shipments[shipment].commodity].kind == SF_CARGO_FOOD;
}

static void
review (void *data, SfWorld *w, guint day)
{
  Haulage *self = data;
  const SfScenario *s = sf_world_scenario (w);
  double q = self->diesel_series < 0
                 ? NAN
                 : sf_world_series_mean (w, self->diesel_series,
                                         (guint)lround (self->mean_days));
  double trips
      = isnan (q) ? 1 : self->floor_frac + (1 - self->floor_frac) * MIN (q, 1);
  for (guint i = 0; i < s->n_shipments; i++)
    if (is_listed (self, s, i))
      sf_world_set_factor (w, self, SF_FACTOR_ORDERS, i, trips);
  sf_world_set_gauge (w, self, TRIPS, trips);
}

const SfModel sf_model_supply_haulage = {
  .info
  = { "supply/haulage", N_ ("trucks that carry food need diesel themselves"),
      N_ ("Orders of the listed shipments are multiplied by floor_frac + "
          "(1 - floor_frac) * q, q being the mean share served of the diesel "
          "of food haulage over the last mean_days days. Trucks under way go "
          "on; the ones that do not leave stay idle at home. Gauge: "
          "trips_frac."),
      params, sizeof (Haulage), NULL, "trips_frac" },
  .start = start,
  .review = review,
};
