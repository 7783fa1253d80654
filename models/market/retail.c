/* retail.c - stations and households order up to a target. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Once a day, for each market:
 *
 *   stations want    use + (station target - stock) / refill_days
 *   households want  use + (household target - stock) / household_refill_days
 *
 * a day, never less than nothing; targets are days of ordinary use. Base
 * stock ordering; see any textbook of inventory theory.
 */
#include "sim/engine/model.h"

typedef struct {
  double refill_days, household_refill_days;
} Retail;

static const SfParam params[] = {
  SF_PARAM (Retail, refill_days, 1, 0.1, 365,
            "time in which stations make up a gap"),
  SF_PARAM (Retail, household_refill_days, 2, 0.1, 365,
            "time in which households make up a gap"),
  SF_PARAM_END,
};

static void
review_market (const Retail *self, SfWorld *w, guint m)
{
  const SfMarketSpec *spec = &sf_world_scenario (w)->markets[m];
  double at_station = sf_world_use_from (w, m, 1);
  double at_home = sf_world_use_from (w, m, 2);
  double home_gap
      = sf_world_target_days (w, m) * at_home - sf_world_stock (w, m, 2);
  double station_gap = spec->station_target_days * (at_station + at_home)
                       - sf_world_stock (w, m, 1);
  double households = MAX (at_home + home_gap / self->household_refill_days, 0);
  double stations
      = MAX (at_station + households + station_gap / self->refill_days, 0);
  sf_world_set_want (w, m, stations, households);
}

static void
review (void *self, SfWorld *w, guint day)
{
  for (guint m = 0; m < sf_world_scenario (w)->n_markets; m++)
    review_market (self, w, m);
}

const SfModel sf_model_market_retail = {
  .info
  = { "market/retail", N_ ("stations and households order up to a target"),
      N_ ("A day's want is ordinary use plus the gap to the target "
          "divided by the refill time, for stations towards the depot and "
          "for households towards the stations."),
      params, sizeof (Retail), NULL },
  .review = review,
};
