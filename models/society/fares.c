/* fares.c - transport fares follow the price of fuel and its scarcity. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   dF/dt = (T - F) / smooth_days
 *   T     = 1 + pass_through_frac (p - 1) + scarcity_frac (1 - q)
 *
 * F is the fare over the ordinary fare, p the price that drivers pay for fuel
 * over the official one, and q the share served of the fuel of public
 * transport, both of yesterday. The first term is cost: pass_through_frac is
 * the share of fuel in the cost of a trip. The second is what those who still
 * drive can ask for: scarcity_frac more when nobody else does. Linear, since
 * nothing better is known. A tricycle in Mopti cost 2.5 times the usual in
 * October 2025, when petrol in the interior cost up to 4 times the official
 * price (news reports); the defaults give 2.3 for that price when half of the
 * transport is missing.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  const char *price, *service;
  double official_xof_per_l, pass_through_frac, scarcity_frac, smooth_days;
  /* state */
  gint price_series, service_series;
  double fare;
} Fares;

enum { FARE };

static const SfParam params[] = {
  SF_PARAM_CURVE (Fares, price,
                  "what drivers pay, such as \"street/price_xof_per_l\"; the "
                  "official price when absent"),
  SF_PARAM_CURVE (Fares, service,
                  "share served of the fuel of public transport; always 1 "
                  "when absent"),
  SF_PARAM (Fares, official_xof_per_l, 775, 1, 1e6, "ordinary price of fuel"),
  SF_PARAM (Fares, pass_through_frac, 0.35, 0, 1,
            "share of fuel in the cost of a trip"),
  SF_PARAM (Fares, scarcity_frac, 0.5, 0, 20,
            "rise of the fare when no transport is left"),
  SF_PARAM (Fares, smooth_days, 5, 0.01, 365,
            "time in which fares make 1 - 1/e of a change"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Fares *self = data;
  self->price_series = self->price ? sf_world_find_series (w, self->price) : -1;
  self->service_series
      = self->service ? sf_world_find_series (w, self->service) : -1;
  self->fare = 1;
}

static void
review (void *data, SfWorld *w, guint day)
{
  Fares *self = data;
  double official = self->official_xof_per_l;
  double price
      = sf_world_yesterday (w, self->price_series, official) / official;
  double missing = 1 - sf_world_yesterday (w, self->service_series, 1);
  double target = 1 + self->pass_through_frac * (price - 1)
                  + self->scarcity_frac * CLAMP (missing, 0, 1);
  self->fare += (target - self->fare) * -expm1 (-1 / self->smooth_days);
  sf_world_set_gauge (w, self, FARE, self->fare);
}

const SfModel sf_model_society_fares = {
  .info
  = { "society/fares", N_ ("fares follow the price of fuel and its scarcity"),
      N_ ("The fare over the ordinary fare follows 1 + pass_through_frac * "
          "(price / official - 1) + scarcity_frac * (1 - service) in "
          "smooth_days; price and service are those of yesterday. Assumes "
          "that fares fall as fast as they rise and that no fare is fixed "
          "by the authorities. Gauge: fare_ratio."),
      params, sizeof (Fares), NULL, "fare_ratio" },
  .start = start,
  .review = review,
};
