/* today.h - a scenario that starts from today. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a planner knows on a morning is a page of stocks and flows. This writes
 * that page for a scenario, with its own values beside blank cells, and makes
 * of the page, once filled, a scenario that extends the first: it starts on
 * the day of the table, with these stocks and flows, source and line on
 * record. A blank cell keeps the model's value.
 *
 * Columns: date, place, commodity, holder (depot, station, household; empty in
 * a row of a flow), corridor (a shipment), unit (m3, l, t, kg or days; of a
 * flow trucks/day, m3/day or t/day), model_value, value, low, high, note. low
 * and high make a triangular distribution of the value.
 *
 * Events dated before the new start are dropped when they are over or were of
 * a moment (an attack), else they begin on the first day with the time that is
 * left. What people remember (fear, alarm) and where escorts are begins anew,
 * as at any start; an announcement counts by what is left of its fear.
 */
#pragma once

#include "sim/network/exchange.h"

/* The table to fill in, to be freed. has_semicolons: as a spreadsheet in French
 * reads it (semicolons, decimal commas, a byte order mark). */
char *sf_today_template (SfScenario *scenario, gboolean has_semicolons);

/* What is made of a filled table. */
typedef struct {
  const char *extends; /* path of the scenario, as the new file names it */
  const char *name;    /* short name of the new scenario */
  guint days;          /* length of the run; 0: to the old end */
} SfTodayWish;

/* The extending scenario, owned by the caller; what was done to events and
 * which cells were blank is added to `remarks` (char *). NULL with mistakes
 * added. */
SfJsonDoc *sf_today_apply (SfScenario *scenario, const SfGrid *table,
                           const SfTodayWish *wish, GPtrArray *remarks,
                           SfMistakes *mistakes);

/* Moves what lies before the new start, and leaves out what begins after the
 * last day; part of the above. */
void sf_today_events (const SfScenario *scenario, SfDate start, SfDate last,
                      SfJson *events, GPtrArray *remarks);

/* Puts a number over one of the scenario: if that is an object, its other keys
 * are taken away. `old` is the record that holds it, or NULL. */
void sf_today_number (SfJson *record, const SfJson *old, const char *key,
                      double value);
