/* table.h - small tables for people and programs. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a command found, as one or more tables, printed in one of four ways:
 * aligned text with units in the headings, the same as Markdown, CSV (RFC
 * 4180, one table), or JSON. Numbers are rounded in text and Markdown only. Headings
 * and decimal signs there are those of the language; CSV and JSON never depend
 * on it.
 *
 * Not for results of runs, which are long and written as they come.
 */
#pragma once

#include <glib.h>

typedef enum {
  SF_TABLE_TEXT,
  SF_TABLE_CSV,
  SF_TABLE_JSON,
  SF_TABLE_MARKDOWN,
} SfTableFormat;

/* One column. An array of them ends with a NULL name. */
typedef struct {
  const char *name;    /* in CSV and JSON, unit included: "length_km" */
  const char *heading; /* in text: N_ ("length (km)") */
  int digits;          /* most digits after the point in text; -1: a text */
} SfTableColumn;

typedef struct SfTable SfTable;

/* An empty table. `name` is its key in JSON, `title` the line above it in
 * text. Columns are borrowed and static; name and title are copied. */
SfTable *sf_table_new (const char *name, const char *title,
                       const SfTableColumn *columns);
void sf_table_free (SfTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfTable, sf_table_free)

/* Each adds the next cell of the row at hand; a full row begins the next. A
 * missing cell is empty in CSV, null in JSON, and `why` ("no way") in text. A
 * number that is not finite is missing without a word. Words are `text` in CSV
 * and JSON, and `shown`, in the reader's language, elsewhere. */
void sf_table_text (SfTable *table, const char *text);
void sf_table_words (SfTable *table, const char *text, const char *shown);
void sf_table_number (SfTable *table, double number);
void sf_table_missing (SfTable *table, const char *why);

/* Adds a line that text shows below the table and JSON under "notes". */
void sf_table_note (SfTable *table, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

const char *sf_table_name (const SfTable *table);

/* All tables (SfTable *) under a first line, as text ending in a newline. As
 * CSV only the first table is printed. Owned by the caller. */
char *sf_tables_print (const GPtrArray *tables, const char *title,
                       SfTableFormat format);
