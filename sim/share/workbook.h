/* workbook.h - the tables of a folder as one spreadsheet. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A spreadsheet in French takes "0.95" in a CSV file for a text and "1,5" for
 * a number. A workbook (Office Open XML, .xlsx) has no such trouble: dates are
 * dates, numbers are numbers, and texts are texts, also those that begin with
 * "=". Its first sheet says what was asked, what each sheet is, in which
 * units, where it comes from and what it is not, in the language in use; one
 * says what each column and measure means; then comes one sheet a table, with
 * a frozen and filtered header, and for a run charts of what is served. Of a
 * run the numbers of each replication are left out, and of its curves all but
 * median and band, unless all is asked for; the first sheet says so.
 *
 * Any folder of our CSV tables will do: of a run, a comparison, a ranking, an
 * analysis, the export of a sweep. A sheet holds 1,048,576 rows and 16,384
 * columns; a larger table is refused before anything is written. Memory does
 * not grow with the tables (the library's constant memory mode; its temporary
 * files go where TMPDIR says). The file is written whole or not at all: the
 * library overlooks a full disk, so what it wrote is read again.
 */
#pragma once

#include <glib.h>

#define SF_WORKBOOK_ROWS_MAX 1048576u
#define SF_WORKBOOK_CELLS_MAX 16384u

#define SF_WORKBOOK_ERROR (sf_workbook_error_quark ())
GQuark sf_workbook_error_quark (void);

typedef enum {
  SF_WORKBOOK_ERROR_NOTHING,   /* no table in the folder */
  SF_WORKBOOK_ERROR_TOO_LARGE, /* a table does not fit into a sheet */
  SF_WORKBOOK_ERROR_WRITE,     /* the library or the disk failed */
} SfWorkbookError;

/* What is wanted; all borrowed. */
typedef struct {
  const char *folder;
  const char *const *without; /* tables left out, "samples.csv"; or NULL */
  gboolean has_hxl;           /* a row of HXL tags below each header */
  gboolean has_all;           /* what only analysts want, too: samples.csv
                                 beside metrics.csv, and all columns of curves */
} SfWorkbookAsk;

/* Writes the workbook `path`; *n_sheets is how many tables are in it. FALSE
 * with SF_WORKBOOK_ERROR or G_FILE_ERROR; what was at `path` is then as it
 * was. */
gboolean sf_workbook_write (const SfWorkbookAsk *ask, const char *path,
                            guint *n_sheets, GError **error);

/* TRUE when every part of the zip archive at `path` is an XML text with its
 * end. FALSE with SF_WORKBOOK_ERROR_WRITE. */
gboolean sf_workbook_is_whole (const char *path, GError **error);

/* The version of libxlsxwriter; to be freed. */
char *sf_workbook_library_version (void);
