/* sample.h - a table of factors, one row a run. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For analyses that ask for no particular design: any sample will do, and so
 * will runs that were made for another purpose. Rows should be drawn
 * independently of each other, or more evenly than that.
 */
#pragma once

#include <glib.h>

/* What the numbers of a column are. */
typedef enum {
  SF_COLUMN_REAL,
  SF_COLUMN_INTEGER,  /* an order and few values, so there are ties */
  SF_COLUMN_CATEGORY, /* whole numbers that stand for names; no order */
} SfColumn;

/* All finite. Borrowed. */
typedef struct {
  guint n, k;              /* rows and columns */
  const double *x;         /* n rows of k */
  const SfColumn *columns; /* k; NULL: all real */
} SfSample;

/* The kind of column c. */
static inline SfColumn
sf_sample_column (const SfSample *sample, guint c)
{
  return sample->columns ? sample->columns[c] : SF_COLUMN_REAL;
}
