/* finding.h - what an analysis of a sweep found. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An analysis looks at one outcome of one sweep and gives a finding: tables for
 * people and programs, and what figures are drawn from. The mathematics are in
 * sim/sensitivity, the rows come from sim/sweep/collect.h; here they are named,
 * ordered and put into words.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/cli/table.h"
#include "sim/sensitivity/resample.h"
#include "sim/sensitivity/sample.h"
#include "sim/sweep/collect.h"

/* What is looked at; all borrowed. */
typedef struct {
  SfSweep *sweep;
  guint outcome;
  double otherwise; /* in the place of what did not happen; NAN: none given */
  SfResample resample;
  const SfInterest *interest; /* of PRIM */
  const char *condition;      /* the same as the user wrote it */
  gint box;                   /* PRIM: the box to look at; -1: the one that the
                                 tool suggests */
} SfSubject;

/* A figure to be drawn: script in plots/, table as TSV. */
typedef struct {
  const char *script;
  char *name, *title, *table;
} SfFindingFigure;

typedef struct {
  char *name;             /* for files: "OUTCOME-sobol" */
  GPtrArray *tables;      /* SfTable */
  GPtrArray *figures;     /* SfFindingFigure */
  SfTableColumn *columns; /* of a table, when they are not static; or NULL */
  SfJsonDoc *box;         /* PRIM: the box in numbers, for the manifest; or
                             NULL */
} SfFinding;

/* Elementary effects of a Morris design. NULL with an error when the sweep has
 * another design, or its rows are no trajectories. */
SfFinding *sf_finding_morris (const SfSubject *subject, GError **error);

/* Shares of variance of a Saltelli design. */
SfFinding *sf_finding_sobol (const SfSubject *subject, GError **error);

/* Distances between distributions, of any sample. */
SfFinding *sf_finding_pawn (const SfSubject *subject, GError **error);

/* Where the runs of interest lie, in any sample. */
SfFinding *sf_finding_prim (const SfSubject *subject, GError **error);

void sf_finding_free (SfFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFinding, sf_finding_free)

/* ---- For the files of this family --------------------------------------------- */

/* A finding without tables yet. */
SfFinding *sf_finding_new (const SfSubject *subject, const char *method);

/* Adds an empty table, borrowed; `heading` is followed by the outcome's title
 * and unit. */
SfTable *sf_finding_add_table (SfFinding *finding, const SfSubject *subject,
                               const char *key, const char *heading,
                               const SfTableColumn *columns);

/* Adds a figure; takes the table's text. */
void sf_finding_add_figure (SfFinding *finding, const SfSubject *subject,
                            const char *script, char *table);

/* What a factor is called in the reader's language: its title when that is
 * short. Borrowed. */
const char *sf_subject_shown (const SfSubject *subject, guint factor);

/* How many groups there are (each factor alone when none is named), and what
 * one is called in the reader's language; borrowed. */
guint sf_subject_groups (const SfSubject *subject);
const char *sf_subject_group_shown (const SfSubject *subject, guint group);

/* Puts a factor or a group into a table: the same for programs in every
 * language. */
void sf_finding_put_factor (SfTable *table, const SfSubject *subject,
                            guint factor);
void sf_finding_put_group (SfTable *table, const SfSubject *subject,
                           guint group);

/* The kind of each factor as a column; to be freed. */
SfColumn *sf_subject_columns (const SfSubject *subject);

/* Places 0 to n - 1 with a value each, put into descending order of it; NAN
 * comes last. */
typedef struct {
  guint place;
  double value;
} SfPlaced;
void sf_placed_sort (SfPlaced *placed, guint n);

/* Says below a table what a row of the sample is. */
void sf_finding_note_sample (SfTable *table, const SfSubject *subject);

/* Says below a table how many runs are missing, did not happen, and how much
 * of the variance is luck. */
void sf_finding_note_rows (SfTable *table, const SfSubject *subject,
                           const SfCollected *rows);
