/* exchange.h - networks from and to other programs. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the records of a scenario and a file stands a grid: named columns
 * and rows of text, one grid of nodes and one of links. The columns are the
 * names that a scenario uses, "id" first, units in the name; "source",
 * "confidence" and "note" are those of the whole record. An empty cell is a
 * value that is not given.
 *
 * Written again after being read, a file is the same byte for byte. What
 * a grid cannot hold is lost on the way: ranges and distributions of single
 * numbers (their central value stays), and everything but nodes and links.
 * GraphML keeps 15 significant digits, the others all.
 */
#pragma once

#include "sim/network/graph.h"

/* Text cells under named columns. */
typedef struct {
  GPtrArray *columns;         /* char *, owned */
  GPtrArray *rows;            /* GPtrArray of char * (NULL: empty), as long as
                         columns; owned */
  GArray *lines;              /* gint, where a row was read; 0: unknown */
  char *name;                 /* the file it was read from; NULL: unknown */
  char separator;             /* of the CSV file it was read from; 0: none */
  gboolean has_decimal_comma; /* its numbers are written 12,5 */
} SfGrid;

SfGrid *sf_grid_new (void);
void sf_grid_free (SfGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfGrid, sf_grid_free)

/* Adds an empty row read at `line` and returns its number. */
guint sf_grid_add_row (SfGrid *grid, gint line);

/* Puts a copy of text into a cell; the column comes to be if need be. */
void sf_grid_set (SfGrid *grid, guint row, const char *column,
                  const char *text);

/* A cell, borrowed; NULL when it is empty or there is no such column. */
const char *sf_grid_get (const SfGrid *grid, guint row, const char *column);

/* Reads a number from a cell. A file with semicolons or tabs may have a decimal
 * comma, as spreadsheets write it in French; in one that has, "1.234" is
 * refused, since nobody knows which of two numbers it is. FALSE when the cell
 * is empty or holds no finite number; *value is then left alone. */
gboolean sf_grid_number (const SfGrid *grid, guint row, const char *column,
                         double *value);

/* Puts a number into a cell, with the decimal sign of the file. */
void sf_grid_set_number (SfGrid *grid, guint row, const char *column,
                         double value);

/* A name from elsewhere as an id: "Bobo Dioulasso" is "Bobo-Dioulasso"; an id
 * stays as it is. To be freed. */
char *sf_grid_id (const char *name);

/* Adds a mistake in a row of the grid; it names the file and the line. */
void sf_grid_mistake (const SfGrid *grid, guint row, SfMistakes *mistakes,
                      SfMistakeKind kind, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

/* The nodes, or links, of a scenario as a grid, owned by the caller. */
SfGrid *sf_grid_of (const SfScenario *scenario, const char *collection);

/* CSV (RFC 4180; read also with semicolons or tabs, as some spreadsheets write
 * it, a byte order mark, and any line end). A column without a name, two of
 * the same name, a quote that is never closed, a row longer than the header and
 * a file that is not UTF-8 are mistakes; all are found at once. Reading returns
 * NULL with at least one mistake added; `name` is the file for messages. Results are owned by the caller. */
char *sf_grid_to_csv (const SfGrid *grid);
SfGrid *sf_grid_from_csv (const char *text, gsize length, const char *name,
                          SfMistakes *mistakes);

/* GeoJSON (RFC 7946): a point for a node, a straight line for a link; a null
 * geometry where coordinates are not given. Reading fills both grids, FALSE
 * with mistakes added when the text is no such thing. A line that names no
 * ends becomes a link, each part of it one, with its way in the column
 * "geometry" as well-known text ("LINESTRING (lon lat, ...)"). */
char *sf_geojson_write (const SfScenario *scenario);
/* The same with the rows of grids that sf_grid_of() made and others have added
 * columns to; a further column whose name ends in a unit is a number. */
char *sf_geojson_write_grids (const SfScenario *scenario, const SfGrid *nodes,
                              const SfGrid *links);
gboolean sf_geojson_read (const char *text, gsize length, const char *name,
                          SfGrid *nodes, SfGrid *links, SfMistakes *mistakes);

/* GraphML, through the graph library. Always a directed graph, with the
 * attribute one_way on each edge; a directed graph from elsewhere without
 * that attribute is taken as one-way links, an undirected one as two-way. NULL
 * or FALSE with `error` set when it fails. */
char *sf_graphml_write (const SfScenario *scenario, GError **error);
char *sf_graphml_write_grids (const SfScenario *scenario, const SfGrid *nodes,
                              const SfGrid *links, GError **error);
gboolean sf_graphml_read (const char *text, gsize length, SfGrid *nodes,
                          SfGrid *links, GError **error);

/* The network of a scenario file from memory; nothing else may be in it that
 * takes models. `name` stands for the file. NULL with mistakes added. */
SfScenario *sf_network_from_text (const char *text, const char *name,
                                  SfMistakes *mistakes);

/* A scenario file with the nodes and links of two grids (each may be empty),
 * and the sources, zones and nodes they name. Names from elsewhere become ids
 * (letters, digits, hyphens); a link without an id is named after its ends.
 * The node of kind capital becomes the capital when there is just one. Numbers
 * equal to the default are left out. Columns a scenario does not know are
 * skipped; their names are appended to `skipped` (char *, to be freed) when it
 * is not NULL. NULL with mistakes added when a cell makes no sense. */
SfJsonDoc *sf_grids_to_scenario (const SfGrid *nodes, const SfGrid *links,
                                 const char *name, GPtrArray *skipped,
                                 SfMistakes *mistakes);
