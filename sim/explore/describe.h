/* describe.h - a scenario and the page's own words, for the page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page is plain files; what it has to know comes as JSON in the reader's
 * language: the words it shows, and what the scenario is: its numbers with
 * ranges, units and sources to make sliders of, its levers, and its roads to
 * draw a map. Nothing here runs anything.
 */
#pragma once

#include "sim/explore/shelf.h"

/* The words of the page in the language in use: an object of texts by key, with
 * "lang" and "languages". To be freed. */
char *sf_explore_words (void);

/* A scenario as a JSON object, to be freed:
 *
 *   "name", "title", "description", "country", "start", "days",
 *                  "capital", "seed"
 *   "commodities"  by id: its title
 *   "nodes"        id, title, kind, lat_deg, lon_deg (null: not given)
 *   "links"        id, from, to (places in nodes), title, mode
 *   "numbers"      pointer, label, group, unit, value, low and high of the
 *                  slider, min and max allowed, is_whole, is_drawn, range (what
 *                  is known of it, in words), source, confidence, note; those
 *                  that are most uncertain and shared by most come first;
 *                  numbers that follow another are left out
 *   "scenarios", "levers"  file, title, description: what the shelf has */
char *sf_explore_describe (const SfScenario *scenario,
                           const SfExploreShelf *shelf);
