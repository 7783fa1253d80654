/* city.h - a scenario from a planner's three tables. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Places, roads, and one table of supply: a row says what is used at a place
 * of one commodity by one class, what is in stock, and what comes from where
 * by how many trucks. Its columns:
 *
 *   place, commodity           needed; the place is a node
 *   unit                       m3 or t; needed once a commodity
 *   kind                       fuel, gas, food or other (default: other)
 *   class                      who uses it (default: "all")
 *   use_per_day                in the unit; in one row of a place and
 *                              commodity at least
 *   people_count               people who depend on it
 *   priority                   1 is served first; in any row: the scarce is
 *                              shared by rank, else in proportion
 *   stock                      in the unit, at the start
 *   loads_at                   node where trucks load; none: nothing comes
 *   arrivals_per_day           in the unit, on an ordinary day
 *   trucks_count, truck_capacity   trucks on that way; load of one
 *
 * What the tables state is "reported", with file and line. What they leave
 * out and a run needs is assumed, with a range that is drawn, a note, and a
 * line in the list of what to replace first.
 */
#pragma once

#include "sim/base/units.h"
#include "sim/intake/intake.h"

/* What is wanted besides the tables; borrowed. NULL: by default. */
typedef struct {
  const char *name, *title;
  const char *capital; /* node; by default that of kind capital, else the one
                          where most is used */
  SfDate start;
  guint days;
  const char *close;   /* links, by commas: closed on a day; NULL: none */
  SfDate close_on;     /* the day */
  guint close_days;    /* 0: for good */
  const char *list[4]; /* files, for the description; ends with NULL */
} SfCityWish;

/* Adds to a network made by sf_grids_to_scenario() from the intake's grids
 * what makes a run of it. What was assumed, the most important first, is
 * added to `assumed` (char *). FALSE with mistakes added. */
gboolean sf_city_add (SfIntake *intake, SfJsonDoc *doc, const SfCityWish *wish,
                      GPtrArray *assumed);
