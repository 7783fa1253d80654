/* csv.h - tables as text: rows out, rows in. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every table of a result folder is CSV as RFC 4180 has it: comma, line end
 * CR LF, a header row; an empty cell where there is no number; a decimal point
 * in any locale. Tables are written row by row, since samples of many
 * replications are long, and read the same way, for figures.
 */
#pragma once

#include "sim/base/file.h"

/* ---- Writing ------------------------------------------------------------ */

/* A column: its name, with unit, and its tag in the Humanitarian Exchange
 * Language (https://hxlstandard.org). An array of them ends with a NULL name. */
typedef struct {
  const char *name, *hxl;
} SfColumn;

/* Opaque; one table under way. */
typedef struct SfCsv SfCsv;

/* Begins the table NAME in `folder` with its header, and the row of tags when
 * has_hxl. The caller ends it with commit or discard. NULL with G_FILE_ERROR. */
SfCsv *sf_csv_create (const char *folder, const char *name,
                      const SfColumn *columns, gboolean has_hxl,
                      GError **error);

/* Each adds the next cell of the row at hand. */
void sf_csv_text (SfCsv *csv, const char *text); /* NULL: empty */
void sf_csv_raw (SfCsv *csv, const char *cells); /* escaped before, as is; may
                                                     hold several with commas */
void sf_csv_number (SfCsv *csv, double number);  /* to the last digit; NAN:
                                                     empty */
void sf_csv_short (SfCsv *csv, double number);   /* 7 significant digits */
void sf_csv_count (SfCsv *csv, guint64 count);

/* Ends the row. */
void sf_csv_row (SfCsv *csv);

/* Completes the file, whole or not at all, and frees the table. FALSE with
 * G_FILE_ERROR on the first error since creation. */
gboolean sf_csv_commit (SfCsv *csv, GError **error);

/* Gives up; NULL is accepted. */
void sf_csv_discard (SfCsv *csv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfCsv, sf_csv_discard)

/* ---- Reading ------------------------------------------------------------ */

/* Called for every row after the header; cells[i] is the cell of the i-th of
 * the columns asked for, unquoted. FALSE ends the reading. */
typedef gboolean (*SfCsvRow) (const char *const *cells, gpointer data);

/* Reads the table at `path` and calls row() with the named columns (at most
 * 32, `columns` ends with NULL). A second row of HXL tags is passed over. FALSE
 * with G_FILE_ERROR when it cannot be read, lacks a column or a row of it has
 * too few cells. Cost: linear; the file is held in memory. */
gboolean sf_csv_read (const char *path, const char *const *columns,
                      SfCsvRow row, gpointer data, GError **error);

/* The names of the columns of the table at `path`, for readers that take what
 * there is; to be freed with g_strfreev(). NULL with G_FILE_ERROR. */
char **sf_csv_columns (const char *path, GError **error);

/* The number in a cell; NAN when it is empty or none. */
double sf_csv_cell_number (const char *cell);
