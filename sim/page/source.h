/* source.h - what a page is made from: a result folder, read. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page is made from files alone, and from whichever of them are there: a
 * folder may be old, or a table deleted; only manifest.json is needed. Tables
 * are held as text, with cells asked for by the names of their columns, so
 * that a column that is new or gone hurts nobody. Nothing here is HTML.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/base/units.h"

/* A table in memory. */
typedef struct {
  char **columns;  /* names, ends with NULL */
  GPtrArray *rows; /* char **, as long as columns */
} SfPageTable;

/* Reads the table NAME.csv, or NAME.tsv of a figure, of `folder`. NULL when it is not there or is none (this
 * is no error: the page says what it lacks). */
SfPageTable *sf_page_table_read (const char *folder, const char *name);
void sf_page_table_free (SfPageTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPageTable, sf_page_table_free)

/* A cell; "" when there is no such column. Borrowed. And as a number; NAN. */
const char *sf_page_cell (const SfPageTable *table, guint row,
                          const char *column);
double sf_page_cell_number (const SfPageTable *table, guint row,
                            const char *column);

/* The name of a column that nobody gave a title, for reading: "lost_frac" to
 * "Lost frac". To be freed. */
char *sf_page_heading (const char *column);

/* What is asked for; all borrowed. */
typedef struct {
  const char *folder;             /* of `run` */
  const char *figures;            /* its figures, or figures drawn anew; NULL:
                              folder/figures */
  const char *compare;            /* folder of `compare`, or NULL */
  const char *const *sensitivity; /* folders of `sensitivity`, ends with NULL;
                                     or NULL */
} SfPageRequest;

/* A result folder, read. */
typedef struct {
  char *folder, *figures, *compare; /* paths, or NULL */
  char **sensitivity;               /* paths; or NULL */
  char *redrawn; /* where figures of the others were drawn anew (redraw.h);
                    NULL: nowhere */
  SfJsonDoc *manifest;
  const SfJson *run;      /* the root of the manifest */
  const SfJson *scenario; /* in it; NULL when it holds none */
  const char *capital;    /* id, "" when there is none */
  char *title, *place;    /* of the scenario and of the capital, clean */
  SfDate start, end, shock;
  guint days;
  double shortage_frac; /* what counts as a shortage */
  guint shortage_days;
  guint n; /* replications done */
} SfPageSource;

/* Reads the folders. NULL with G_FILE_ERROR when the first holds no results of
 * `run`, or one of the others is not what it is said to be. The caller owns
 * the result. */
SfPageSource *sf_page_source_new (const SfPageRequest *request, GError **error);
void sf_page_source_free (SfPageSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPageSource, sf_page_source_free)

/* Where the figures of the comparison are, and of an analysis, counted from 0;
 * to be freed. */
char *sf_page_compare_figures (const SfPageSource *source);
char *sf_page_sensitivity_figures (const SfPageSource *source, guint i);

/* The title of a record of the scenario ("commodities", "diesel"), clean and in
 * the reader's language where it is known; its id when it has none. To be
 * freed. */
char *sf_page_title (const SfPageSource *source, const char *collection,
                     const char *id);

/* A member of a JSON object as text ("" when it is none; borrowed) and as a
 * number (NAN); either may be written as an assumption with a "value". */
const char *sf_page_text (const SfJson *object, const char *key);
double sf_page_number (const SfJson *object, const char *key);
