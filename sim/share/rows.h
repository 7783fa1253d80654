/* rows.h - a CSV table read row by row. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of results can be larger than memory is free, so the file is mapped
 * and one row at a time is cut into cells. Read is what the house writes (RFC
 * 4180): the apostrophe that keeps a spreadsheet from running a text as a
 * formula is taken away again, and texts are made valid UTF-8. Nothing is
 * interpreted: a cell is text until the caller says otherwise.
 */
#pragma once

#include <glib.h>

/* Opaque; one table under way. */
typedef struct SfRows SfRows;

/* Opens the table at `path`, before its first row. NULL with G_FILE_ERROR.
 * The caller frees it. */
SfRows *sf_rows_open (const char *path, GError **error);
void sf_rows_free (SfRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRows, sf_rows_free)

/* The cells of the next row, borrowed until the next call, and how many there
 * are; NULL after the last row. Empty lines are passed over. */
const char *const *sf_rows_next (SfRows *rows, guint *n);

/* How many rows the table at `path` has, its header included, and the most
 * cells that one has. FALSE with G_FILE_ERROR. */
gboolean sf_rows_count (const char *path, guint64 *n_rows, guint *n_cells,
                        GError **error);

/* TRUE when the cells are a row of HXL tags: none but tags and empty ones. */
gboolean sf_rows_is_hxl (const char *const *cells, guint n);
