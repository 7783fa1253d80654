/* words.h - the words of the page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every text that the page shows, by the key under which its script asks for
 * it; "%1", "%2" stand for what the script puts in. Translated like all other
 * texts, when they are sent. Only describe.c includes this.
 */
#pragma once

#include "sim/lang/lang.h"

typedef struct {
  const char *key;
  const char *text;
} PageWord;

/* Units, by the end of a number's name. */
static const PageWord page_units[] = {
  { "days", N_ ("days") },
  { "h", N_ ("hours") },
  { "km", N_ ("km") },
  { "kmh", N_ ("km/h") },
  { "m3", N_ ("m3") },
  { "t", N_ ("tonnes") },
  { "xof", N_ ("CFA francs") },
  { "frac", N_ ("share, 0 to 1") },
  { "prob", N_ ("chance, 0 to 1") },
  { "count", N_ ("number") },
  { "trucks_per_day", N_ ("trucks a day") },
  { "m3_per_day", N_ ("m3 a day") },
  { "t_per_day", N_ ("tonnes a day") },
  { "per_day", N_ ("a day") },
  { "h_per_day", N_ ("hours a day") },
  { "h_per_100km", N_ ("hours each 100 km") },
  { "xof_per_l", N_ ("CFA francs a litre") },
  { "xof_per_day", N_ ("CFA francs a day") },
  { "rate_per_day", N_ ("a day") },
};

static const PageWord page_words[] = {
  { "explore", N_ ("Explore") },
  { "loading", N_ ("Loading...") },
  { "skip", N_ ("Skip to the results") },
  { "language", N_ ("Language") },
  { "scenario", N_ ("Scenario") },
  { "scenario_a", N_ ("Scenario A") },
  { "scenario_b", N_ ("Scenario B") },
  { "compare", N_ ("Compare with a second scenario (B)") },
  { "change_which", N_ ("What the controls below change") },
  { "levers", N_ ("Levers") },
  { "levers_none", N_ ("There are no lever files for this scenario.") },
  { "numbers", N_ ("Assumptions") },
  { "numbers_about",
    N_ ("The most uncertain come first. A slider that is not touched follows "
        "the scenario; one that is moved holds its number in every run.") },
  { "search", N_ ("Search all %1 assumptions") },
  { "show_more", N_ ("Show %1 more") },
  { "no_match", N_ ("No assumption matches.") },
  { "changed", N_ ("changed") },
  { "drawn", N_ ("drawn in each run") },
  { "reset", N_ ("Put back") },
  { "reset_all", N_ ("Put everything back") },
  { "about_number", N_ ("Where this number comes from") },
  { "source", N_ ("Source") },
  { "confidence", N_ ("Confidence") },
  { "range", N_ ("Range") },
  { "used_for", N_ ("Used for") },
  { "note", N_ ("Note") },
  { "none_stated", N_ ("none stated") },
  { "belongs_to", N_ ("Belongs to") },
  { "name_in_file", N_ ("Name in the file") },
  { "expected", N_ ("%1 is out of range. Expected: %2 to %3.") },
  { "not_number", N_ ("Not a number. Expected: %1 to %2.") },
  { "run", N_ ("Run") },
  { "replications", N_ ("Runs") },
  { "seed", N_ ("Seed of chance") },
  { "cancel", N_ ("Cancel") },
  { "cancelled", N_ ("Cancelled after %1 of %2 runs.") },
  { "waiting", N_ ("Calculating...") },
  { "progress", N_ ("%1 of %2 runs") },
  { "finished", N_ ("%1 runs in %2 s.") },
  { "some_failed", N_ ("%1 runs failed: %2") },
  { "first_bands", N_ ("First bands after %1 s.") },
  { "link", N_ ("Copy the link to this state") },
  { "link_copied", N_ ("The link is copied. It works while this page is "
                       "served; the part after # works in any later one.") },
  { "get_scenario", N_ ("Scenario file (JSON)") },
  { "get_bands", N_ ("Bands (CSV)") },
  { "get_numbers", N_ ("Key numbers (CSV)") },
  { "downloads", N_ ("Take it with you") },
  { "bands", N_ ("Day by day") },
  { "bands_about",
    N_ ("The line is the median. Half of all runs lie in the dark band, nine "
        "in ten in the light one. Dashes: the median of the other scenario.") },
  { "measure", N_ ("Show") },
  { "served_frac", N_ ("Share of demand served") },
  { "cover_days", N_ ("Days of cover in all stocks") },
  { "chart_text",
    N_ ("%1, %2: the median is lowest on %3, at %4; nine in ten runs then lie "
        "between %5 and %6. At the end it is %7.") },
  { "at_day", N_ ("%1 (day %2): median %3, half of the runs %4 to %5, nine in "
                  "ten %6 to %7") },
  { "chart_keys",
    N_ ("Left and right arrows move through the days, Home and End to the "
        "ends.") },
  { "as_table", N_ ("The same as a table") },
  { "day", N_ ("Day") },
  { "date", N_ ("Date") },
  { "median", N_ ("Median") },
  { "p05", N_ ("5 %") },
  { "p25", N_ ("25 %") },
  { "p75", N_ ("75 %") },
  { "p95", N_ ("95 %") },
  { "key_numbers", N_ ("Key numbers") },
  { "key_about",
    N_ ("Median, and in small print where nine in ten runs lie. The difference "
        "is the mean of B - A, run by run on the same luck, with its interval "
        "of 95 %.") },
  { "what", N_ ("What") },
  { "difference", N_ ("Difference B - A") },
  { "same", N_ ("the same in every run") },
  { "not_distinct", N_ ("not distinguishable") },
  { "to", N_ ("%1 to %2") },
  { "more", N_ ("more by %1 to %2") },
  { "fewer", N_ ("fewer by %1 to %2") },
  { "never", N_ ("never") },
  { "happens", N_ ("in %1 of %2 runs") },
  { "person_days_without", N_ ("person-days without") },
  { "shortage_days_count", N_ ("days of shortage") },
  { "shortage_start_day", N_ ("first day of shortage") },
  { "worst_served_frac", N_ ("share served in the worst week") },
  { "lost_count", N_ ("Trucks lost") },
  { "entered_fuel_per_day", N_ ("Tankers that enter a day") },
  { "cost_xof", N_ ("Cost of levers, CFA francs") },
  { "map", N_ ("The map, one run day by day") },
  { "map_about",
    N_ ("One run of the %1, not the average. The wider a road, the more loaded "
        "trucks enter it that day. Red and dashed: closed. A cross: an attack "
        "of the day. Discs at frontiers: trucks that wait.") },
  { "which_run", N_ ("Run number") },
  { "which_side", N_ ("Of scenario") },
  { "play", N_ ("Play") },
  { "pause", N_ ("Pause") },
  { "back", N_ ("One day back") },
  { "forth", N_ ("One day on") },
  { "day_slider", N_ ("Day of the run") },
  { "speed", N_ ("Days a second") },
  { "story", N_ ("What happened") },
  { "story_none", N_ ("Nothing to tell up to this day.") },
  { "story_all", N_ ("Show all %1 lines up to this day") },
  { "map_text",
    N_ ("%1: %2 loaded trucks entered the roads into %3, %4 wait at "
        "frontiers, %5 roads are closed.") },
  { "map_served", N_ ("Served in %1: %2") },
  { "map_city", N_ ("%1: %2 of demand served") },
  { "map_waits", N_ ("%1: %2 trucks wait") },
  { "map_link", N_ ("%1: %2 loaded trucks") },
  { "map_closed", N_ ("%1: closed") },
  { "map_none", N_ ("The scenario gives no places to draw a map of.") },
  { "attack", N_ ("attack") },
  { "road", N_ ("road") },
  { "convoy", N_ ("convoy") },
  { "event", N_ ("event") },
  { "gate", N_ ("frontier") },
  { "stock", N_ ("stock") },
  { "all_kinds", N_ ("Everything") },
  { "show_kind", N_ ("Only") },
  { "served_legend", N_ ("served") },
  { "runner_died",
    N_ ("The process that calculates ended (%1). Another one was started; "
        "calculating again.") },
  { "runner_gone",
    N_ ("The processes that calculate are gone. Start shortfall explore "
        "again.") },
  { "server_gone",
    N_ ("No answer from shortfall explore. It may have ended: start it again "
        "and use the address that it prints.") },
  { "refused", N_ ("Not possible: %1") },
  { "dates", N_ ("January February March April May June July August September "
                 "October November December") },
};
