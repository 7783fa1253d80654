/* water.c - water needs power or diesel for its pumps. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In days of need, with g the hours of power over full_h (at most 1) and d
 * the share served of the diesel of the waterworks, both of yesterday:
 *
 *   pumped  P = (1 + spare_frac) (grid_frac g + (1 - grid_frac) d)
 *   served    = min (1, V + P) of the need of the day
 *   tank   V' = min (V + P - served, tank_days)
 *
 * which is exact when pumps run evenly through the day. A tank that is full at
 * the start lasts through short cuts; it fills again only from what the pumps
 * can do beyond the need. Form: a mass balance. Numbers: assumed; that power
 * cuts disturb the supply of Bamako, its outer districts most, is reported
 * (for 2024 and 2025) without a figure.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  const char *power, *diesel;
  double full_h, grid_frac, spare_frac, tank_days;
  /* state */
  gint power_series, diesel_series;
  double tank; /* days of need */
} Water;

enum { SERVED, TANK };

static const SfParam params[] = {
  SF_PARAM_CURVE (Water, power,
                  "hours of power a day, such as \"power/power_h_per_day\"; "
                  "always full when absent"),
  SF_PARAM_CURVE (Water, diesel,
                  "share served of the diesel of the waterworks; always 1 "
                  "when absent"),
  SF_PARAM (Water, full_h, 19, 0.1, 24, "power a day on an ordinary day"),
  SF_PARAM (Water, grid_frac, 0.7, 0, 1,
            "share of the pumping that runs on the grid, the rest on diesel"),
  SF_PARAM (Water, spare_frac, 0.1, 0, 10,
            "what the pumps can do beyond the need"),
  SF_PARAM (Water, tank_days, 0.5, 0, 30, "need that full reservoirs hold"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Water *self = data;
  self->power_series = self->power ? sf_world_find_series (w, self->power) : -1;
  self->diesel_series
      = self->diesel ? sf_world_find_series (w, self->diesel) : -1;
  self->tank = self->tank_days;
}

static void
review (void *data, SfWorld *w, guint day)
{
  Water *self = data;
  double grid
      = sf_world_yesterday (w, self->power_series, self->full_h) / self->full_h;
  double diesel = sf_world_yesterday (w, self->diesel_series, 1);
  double pumped = (1 + self->spare_frac)
                  * (self->grid_frac * MIN (grid, 1)
                     + (1 - self->grid_frac) * MIN (diesel, 1));
  double served = MIN (self->tank + pumped, 1);
  self->tank = MIN (self->tank + pumped - served, self->tank_days);
  sf_world_set_gauge (w, self, SERVED, served);
  sf_world_set_gauge (w, self, TANK, self->tank);
}

const SfModel sf_model_society_water = {
  .info
  = { "society/water", N_ ("water needs power or diesel for its pumps"),
      N_ ("Pumps do (1 + spare_frac) * (grid_frac * g + (1 - grid_frac) * "
          "d) of the need, g being yesterday's hours of power over full_h "
          "and d yesterday's share served of the waterworks' diesel. "
          "Reservoirs of tank_days of need, full at the start, fill the gap "
          "while they last and are filled from what is pumped beyond the "
          "need. Nothing is lost in the pipes, and every district gets the "
          "same. Gauges: water_served_frac, tank_days (at the end of the "
          "day)."),
      params, sizeof (Water), NULL, "water_served_frac|tank_days" },
  .start = start,
  .review = review,
};
