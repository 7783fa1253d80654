/* comparison.h - contenders set against a reference, as numbers and words. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A comparison is contenders, measures, and for each pair of these a contrast
 * with the reference (inference/contrast.h). Here are the numbers of all, their
 * verdicts in words, one tidy table for programs, the differences replication
 * by replication, and the table of a figure. Text for people is in
 * compare-report.h.
 */
#pragma once

#include "sim/cli/table.h"
#include "sim/inference/contrast.h"
#include "sim/lang/lang.h"
#include "sim/scenario/scenario.h"

typedef struct {
  const char *name; /* borrowed */
  gboolean *is_done;
  double **values; /* by measure; NULL: it is not recorded */
  double *cost;
  guint n_done, n_failed;
  char *problem; /* of the first that failed; or NULL */
  guint n_levers;
} SfComparedSide;

typedef struct {
  const SfScenario *scenario; /* the reference's; borrowed */
  guint64 seed;
  guint n; /* replications asked for, of each */
  double level;
  GPtrArray *measures; /* char *: names */
  guint n_sides;
  SfComparedSide *sides;  /* the reference first */
  SfContrast **contrasts; /* by measure, n_sides - 1 each */
} SfComparison;

/* Sets all others against the first side. */
void sf_comparison_contrast (SfComparison *comparison);
void sf_comparison_free (SfComparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfComparison, sf_comparison_free)

/* In what a measure is told: thousands or millions, and how many digits. */
typedef struct {
  double unit;
  const char *words; /* N_ ("") or N_ (", in millions") */
  int digits;        /* the narrowest interval shows a digit or two */
} SfScale;
SfScale sf_comparison_scale (const SfComparison *comparison, guint measure);

/* For people: a number with so many digits, or more when it would look like 0; and
 * "1.2 to 3.4". */
void sf_append_number (GString *out, double number, int digits);
void sf_append_range (GString *out, double low, double high, int digits);
char *sf_number_text (double number, int digits); /* to be freed */

/* "fewer by 12 to 31", "not distinguishable", "identical in every replication"
 * and the like, to be freed. Without a scale (NULL) no number is in it. */
char *sf_contrast_verdict (const SfContrast *contrast, gboolean is_counted,
                           const SfScale *scale);

/* A row a measure and scenario, unscaled; owned by the caller. */
SfTable *sf_comparison_tidy (const SfComparison *comparison);

/* Writes differences.csv: replication, measure, scenario, the reference's value,
 * the scenario's and the difference. FALSE with G_FILE_ERROR. */
gboolean sf_comparison_write_differences (const SfComparison *comparison,
                                          const char *folder, GError **error);

/* The table of plots/compare.gp, to be freed; NULL when there is no interval to
 * draw. */
char *sf_comparison_figure (const SfComparison *comparison);
