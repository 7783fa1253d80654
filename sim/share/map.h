/* map.h - a network with what a run made of it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The nodes and links of a result folder as grids (see network/exchange.h),
 * with columns for what happened on them, means over the replications of the
 * whole run unless the name says otherwise, from metrics.csv:
 *
 *   links  loaded_trucks_per_day (both ways), the same with _p05 and _p95
 *          before the unit, lost_count, closed_days
 *   nodes  COMMODITY_served_frac, COMMODITY_shortage_days, and
 *          COMMODITY_CLASS_person_days of people who go without; at a place
 *          of entry entered_trucks_per_day, wait_h and lost_count
 *
 * Person-days of several classes must not be added up: they are the same
 * people. An empty cell is what did not happen or is not known. From here the
 * grids go into GeoJSON, GraphML or CSV.
 */
#pragma once

#include "sim/network/exchange.h"

/* A network with results; all owned. */
typedef struct {
  SfScenario *scenario; /* its network alone */
  SfGrid *nodes, *links;
} SfMap;

/* Reads the manifest and metrics.csv of a result folder. NULL with
 * G_FILE_ERROR when it is none, or not one of a run. */
SfMap *sf_map_new (const char *folder, GError **error);
void sf_map_free (SfMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfMap, sf_map_free)

/* One of the grids as CSV, with a row of HXL tags below the header when
 * has_hxl. To be freed. */
char *sf_map_csv (const SfGrid *grid, gboolean has_hxl);

/* The HXL tag of a column of the grids, to be freed; "" when none fits. */
char *sf_map_tag (const char *column);
