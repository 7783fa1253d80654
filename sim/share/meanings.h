/* meanings.h - what the columns of result tables mean. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A planner who gets a table without this program needs to be told what each
 * column is. This is that list, for every table that a run, a comparison, a
 * ranking or an analysis writes; a sweep's export describes its own columns in
 * dictionary.json. What belongs to a measure ("served_frac") stands in a
 * second list. Tags are those of the Humanitarian Exchange Language 1.1
 * (https://hxlstandard.org): a hashtag of the standard's dictionary, then
 * attributes; "" where no tag fits. Texts are in English, to be translated
 * where they are shown.
 */
#pragma once

#include <glib.h>

/* How the cells of a column are typed in a workbook. */
typedef enum {
  SF_TYPE_GUESS, /* a number when it reads as one, else a text */
  SF_TYPE_TEXT,  /* always a text: ids, hashes, words */
  SF_TYPE_DATE,  /* "2025-09-03"; a text when it is no date */
} SfCellType;

typedef struct {
  const char *table;  /* "metrics.csv"; "": any table */
  const char *column; /* "p05" */
  SfCellType type;
  const char *tag;     /* HXL */
  const char *meaning; /* N_() */
} SfMeaning;

/* The row for a column of a table, that of the table itself before that of
 * any table; NULL when nothing is known. */
const SfMeaning *sf_meaning_of (const char *table, const char *column);

/* What a table holds, in one line; NULL when it is not one of ours. */
const char *sf_meaning_of_table (const char *table);

/* What a measure or metric is ("served_frac"); NULL when it is not listed.
 * Units m3 and t in its name are read alike. */
const char *sf_meaning_of_measure (const char *measure);

/* The unit that a name ends in ("m3 per day", "h", "share 0-1"); "" when it
 * says none. Static. */
const char *sf_meaning_unit (const char *name);
