/* import.h - tables of places and roads on the command line. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two commands take a planner's files: network --import, which makes a
 * network of them, and new, which makes a scenario. What they share is the
 * reading, and saying what was assumed.
 */
#pragma once

#include "sim/intake/intake.h"

/* Reads files (ends with NULL) and makes a scenario of their nodes and links.
 * has_sources: every row that names no source is said to come from its file.
 * Names of columns that were not used are added to `skipped` (char *). NULL
 * with mistakes added, in order. */
SfJsonDoc *sf_cmd_import (SfIntake *intake, const char *const *files,
                          gboolean has_sources, GPtrArray *skipped);

/* Says on standard error what was assumed and what was not used. */
void sf_cmd_say_import (const SfIntake *intake, const GPtrArray *skipped);

/* The options of reading; those of a planner's files are in more units than
 * ours. */
typedef struct {
  char *length_unit, *speed_unit; /* NULL: km, km/h */
  double join_km; /* lines end at a place within this distance */
} SfImport;

void sf_import_clear (SfImport *import);

/* What is wrong with them, or NULL; and handing them on, all borrowed. */
const char *sf_import_wrong (const SfImport *import);
void sf_import_apply (const SfImport *import, SfIntake *intake);

#define SF_CMD_IMPORT(O)                                                       \
  { "length-unit",                                                             \
    0,                                                                         \
    0,                                                                         \
    G_OPTION_ARG_STRING,                                                       \
    &(O)->length_unit,                                                         \
    N_ ("Unit of a column \"length\" (GMNS): km (default), m, mi or ft"),      \
    "UNIT" },                                                                  \
      { "speed-unit",                                                          \
        0,                                                                     \
        0,                                                                     \
        G_OPTION_ARG_STRING,                                                   \
        &(O)->speed_unit,                                                      \
        N_ ("Unit of a column \"free_speed\" (GMNS): km/h (default), m/s or "  \
            "mph"),                                                            \
        "UNIT" },                                                              \
  {                                                                            \
    "join-km", 0, 0, G_OPTION_ARG_DOUBLE, &(O)->join_km,                       \
        N_ ("Lines on a map end at a place within this distance (default "     \
            "0.5)"),                                                           \
        "KM"                                                                   \
  }
