/* food-prices.c - food costs more when transport does and stocks are low. SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   dP/dt = (T - P) / smooth_days
 *   T     = (1 + transport_frac (F - 1)) max (c, floor_frac)^-cover_elasticity
 *
 * P is the price of food over the ordinary price, F the fare ratio (of
 * society/fares, or any series that is 1 on an ordinary day), and c the days
 * of cover over target_days, at most 1: stocks above their target make food no
 * cheaper. Both are yesterday's. The first factor is cost, the second is the
 * price that goes with a low stock: constant elasticity, as for the price of
 * fuel, but of the stock and not of what is sold, since traders raise prices
 * before shelves are empty. Numbers: assumed. In October and November 2025
 * fish cost 1.5 times and cabbage 2.5 times as much as before in Bamako (news
 * reports), while dry food was not short.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  const char *fares, *cover;
  double transport_frac, target_days, cover_elasticity, floor_frac, smooth_days;
  /* state */
  gint fares_series, cover_series;
  double price;
} FoodPrices;

enum { PRICE };

static const SfParam params[] = {
  SF_PARAM_CURVE (FoodPrices, fares,
                  "cost of transport over the ordinary cost, such as "
                  "\"fares/fare_ratio\"; always 1 when absent"),
  SF_PARAM_CURVE (FoodPrices, cover,
                  "days of cover of the food, such as "
                  "\"city/rice/cover_days\"; always enough when absent"),
  SF_PARAM (FoodPrices, transport_frac, 0.25, 0, 1,
            "share of transport in the price of food"),
  SF_PARAM (FoodPrices, target_days, 20, 0.1, 3650,
            "cover below which the price rises"),
  SF_PARAM (FoodPrices, cover_elasticity, 0.3, 0, 5,
            "relative rise of the price for a small relative fall of cover"),
  SF_PARAM (FoodPrices, floor_frac, 0.05, 0.001, 1,
            "of the target; less cover raises the price no further"),
  SF_PARAM (FoodPrices, smooth_days, 7, 0.01, 365,
            "time in which prices make 1 - 1/e of a change"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  FoodPrices *self = data;
  self->fares_series = self->fares ? sf_world_find_series (w, self->fares) : -1;
  self->cover_series = self->cover ? sf_world_find_series (w, self->cover) : -1;
  self->price = 1;
}

static void
review (void *data, SfWorld *w, guint day)
{
  FoodPrices *self = data;
  double fare = sf_world_yesterday (w, self->fares_series, 1);
  double cover = sf_world_yesterday (w, self->cover_series, self->target_days)
                 / self->target_days;
  double scarcity
      = pow (CLAMP (cover, self->floor_frac, 1), -self->cover_elasticity);
  double target = (1 + self->transport_frac * (fare - 1)) * scarcity;
  self->price += (target - self->price) * -expm1 (-1 / self->smooth_days);
  sf_world_set_gauge (w, self, PRICE, self->price);
}

const SfModel sf_model_society_food_prices = {
  .info
  = { "society/food-prices",
      N_ ("food costs more when transport does and stocks are low"),
      N_ ("The price of food over the ordinary price follows (1 + "
          "transport_frac * (fare ratio - 1)) * (cover / "
          "target_days)^(-cover_elasticity) in smooth_days; cover counts "
          "between floor_frac of the target and the target, and both are "
          "those of yesterday. People buy as much as before: the price is "
          "shown and changes nothing. Gauge: food_price_ratio."),
      params, sizeof (FoodPrices), NULL, "food_price_ratio" },
  .start = start,
  .review = review,
};
