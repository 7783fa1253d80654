/* intake.h - tables and maps that a planner has. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files of places and roads become the two grids that network/exchange.h
 * makes a scenario of. Read are CSV tables, with the names of a scenario
 * ("id", "from", "km") or those of the General Modeling Network
 * Specification (https://github.com/zephyr-data-specs/GMNS: "node_id",
 * "from_node_id", "length"), GraphML, and GeoJSON, also lines that were drawn
 * on a map and name no ends. Which file is which is seen from its columns.
 *
 * What is doubtful is a mistake with file and line, and all are found at once.
 * What had to be assumed (a unit, a length) is a remark, which the command
 * prints, and is marked "assumed" in what is made.
 */
#pragma once

#include "sim/network/exchange.h"

/* Files under way. */
typedef struct {
  /* As asked for; NULL and 0 stand for the defaults. */
  const char *length_unit; /* of GMNS "length": km, m, mi, ft */
  const char *speed_unit;  /* of GMNS "free_speed": km/h, m/s, mph */
  double join_km; /* ends of lines so near to a place are at that place */
  /* What was read. */
  SfGrid *nodes, *links, *config, *supply; /* NULL: no such file */
  GPtrArray *remarks;                      /* char *, in order */
  SfMistakes *mistakes;                    /* borrowed */
} SfIntake;

#define SF_INTAKE_JOIN_KM 0.5

SfIntake *sf_intake_new (SfMistakes *mistakes);
void sf_intake_free (SfIntake *intake);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfIntake, sf_intake_free)

/* Notes something that was assumed. */
void sf_intake_remark (SfIntake *intake, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* A table of a file that was read, to be freed with sf_grid_free(). NULL with
 * mistakes added; a spreadsheet is told to be one. */
SfGrid *sf_intake_table (const char *path, const char *text, gsize length,
                         SfMistakes *mistakes);

/* Reads a file into the grid that it belongs to. A table with a column
 * "commodity" is one of supply; one with "from" or "from_node_id" of links;
 * one with "long_length" or "speed" and one row a GMNS configuration; any
 * other of nodes. FALSE with mistakes added. */
gboolean sf_intake_read (SfIntake *intake, const char *path);

/* Puts names and units in order, joins lines at places, measures what has no
 * length. FALSE with mistakes added. Both grids are there afterwards. */
gboolean sf_intake_finish (SfIntake *intake);

/* Says of rows that name no source that they are reported, with the file and
 * the line of the table; what was assumed keeps its note. After the finish. */
void sf_intake_cite (SfIntake *intake);

/* The file of a grid as the id of a source ("supply.csv"); to be freed. */
char *sf_intake_source (const SfGrid *grid);

/* ---- Its parts ---------------------------------------------------------- */

/* Renames the columns of GMNS and brings their numbers into ours. */
void sf_gmns_nodes (SfIntake *intake);
void sf_gmns_links (SfIntake *intake);

/* Gives links without ends those that their geometry has: the nearest place
 * within join_km, else a new one. */
void sf_joins_make (SfIntake *intake);

/* The position of a row of nodes; FALSE when it has none. */
gboolean sf_intake_position (const SfGrid *nodes, guint row, double *lon_deg,
                             double *lat_deg);
