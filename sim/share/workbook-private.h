/* workbook-private.h - what the sheets of a workbook share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workbook under way: the tables that go in, found and counted before
 * anything is written; the formats of its cells; and the library's handle.
 * Sheets are made in the order in which they stand; within one, rows are
 * written from top to bottom, since they leave memory as they come.
 */
#pragma once

#include <xlsxwriter.h>

#include "sim/base/json.h"
#include "sim/share/workbook.h"

/* One table that goes in. */
typedef struct {
  char *file;        /* "curves.csv" */
  char *path;        /* where it is */
  char *sheet;       /* name of its sheet: unique, at most 31 characters */
  guint64 n_rows;    /* header included */
  gboolean has_tags; /* its second row are HXL tags */
  char **columns;    /* those that go in */
  guint *sources;    /* of each, its place in the file */
  gboolean is_short; /* some are left out */
} SfBookTable;

/* How cells look. */
typedef struct {
  lxw_format *title, *heading, *text, *wrap, *tag, *date;
  lxw_format *share, *count, *small, *number;
} SfBookLooks;

typedef struct {
  const SfWorkbookAsk *ask;
  GPtrArray *tables;   /* SfBookTable */
  SfJsonDoc *manifest; /* NULL when there is none */
  SfJsonDoc *dictionary;
  lxw_workbook *book;
  SfBookLooks looks;
  gboolean has_charts;
} SfSheets;

/* The first sheets: what it is; what columns and measures mean; and charts of
 * what is served in the capital, when there is something to draw. */
void sf_workbook_readme (SfSheets *b);
void sf_workbook_columns (SfSheets *b);
void sf_workbook_charts (SfSheets *b);

/* A date "2025-09-03" as a workbook counts days; 0 when it is none. */
double sf_workbook_day (const char *text);

/* How a sheet is printed: on wide pages, one across, with the rows up to
 * `last_head` (-1: none) at the top of each. */
void sf_workbook_page (lxw_worksheet *sheet, int last_head);

/* The first row, from 0, that holds data in the sheet of a table. */
guint sf_workbook_first_row (const SfSheets *b, const SfBookTable *table);

/* What the table in dictionary.json says of a column (`key` of it), or NULL. */
const char *sf_workbook_dictionary (const SfSheets *b, const char *file,
                                    const char *column, const char *key);

/* Finds and counts the tables. FALSE with an error, when there is none or one is
 * too large. */
gboolean sf_workbook_find_tables (SfSheets *b, GError **error);

/* The place of a column in the sheet of a table, or -1. */
gint sf_workbook_column (const SfBookTable *table, const char *name);

/* The table of that name, or NULL. */
const SfBookTable *sf_workbook_table (const SfSheets *b, const char *file);
