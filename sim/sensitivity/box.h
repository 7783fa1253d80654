/* box.h - limits on factors, and the rows within. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A box is the set of rows whose factors lie within limits, all at once: "fear
 * above 0.6 and fewer than 4 escorts". Three numbers tell what it is worth
 * (Bryant and Lempert, "Thinking inside the box", Technol. Forecast. Soc.
 * Change 77 (2010)): the share of all rows of interest that lie in it, the
 * share of its rows that are of interest, and the share of all rows in it.
 */
#pragma once

#include "sim/sensitivity/sample.h"

/* Categories are whole numbers from 0 to 63. */
#define SF_CATEGORIES_MAX 64

/* What one factor may be. Both ends are inside. */
typedef struct {
  double low, high;   /* -INFINITY, INFINITY: no limit on that side */
  guint64 categories; /* bit c: category c is inside; all bits: no limit */
} SfLimit;

/* Where a value lies. A category that is not inside is below. */
typedef enum { SF_LIMIT_INSIDE, SF_LIMIT_BELOW, SF_LIMIT_ABOVE } SfLimitSide;

/* No limit at all. */
SfLimit sf_limit_none (void);
gboolean sf_limit_is_none (const SfLimit *limit);
SfLimitSide sf_limit_side (const SfLimit *limit, SfColumn kind, double value);

/* Rows, those of interest marked. */
typedef struct {
  SfSample sample;
  gboolean *is_of_interest;
  guint n_interest;
} SfBoxRows;

typedef struct {
  guint k;
  SfLimit *limits;      /* k */
  guint n, n_interest;  /* rows inside, and those of interest */
  guint n_restricted;   /* factors with a limit */
  double coverage_frac; /* of the rows of interest; NAN if there are none */
  double density_frac;  /* of the rows inside, are of interest; or NAN */
  double mass_frac;     /* of all rows; NAN if there are none */
} SfBox;

/* A box without limits; its counts are not set. Owned by the caller. */
SfBox *sf_box_new (guint k);
SfBox *sf_box_copy (const SfBox *box);
void sf_box_free (SfBox *box);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfBox, sf_box_free)

/* TRUE when row r is inside. */
gboolean sf_box_holds (const SfBox *box, const SfSample *sample, guint r);

/* Sets all counts and shares. */
void sf_box_measure (SfBox *box, const SfBoxRows *rows);
