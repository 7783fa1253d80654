/* pawn.h - how far a factor moves the distribution. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pianosi and Wagener, "Distribution-based sensitivity analysis from a generic
 * input-output sample", Environ. Model. Softw. 108 (2018). The range of a
 * factor is cut into slices; the largest distance between the distribution
 * function of the outcome within a slice and over all rows (Kolmogorov and
 * Smirnov's, 0 to 1) says how much it matters that the factor lies there.
 * Median, mean and largest distance over the slices sum that up.
 *
 * Only the order of outcomes counts. So an outcome may be +INFINITY, "did not
 * happen within the run": it lies beyond every number, and nothing has to be
 * put in its place. Any sample will do, also one with failed runs, which Sobol
 * designs bear badly.
 *
 * Few rows in a slice make a distance above 0 by chance alone. How large, is
 * seen from dummies: columns with the factor's own values in random order. A
 * factor whose number is not above the upper end for dummies cannot be told
 * from one that is not read. (The paper has one dummy; here there are as many
 * as resamples, of each factor, since slices of categories differ in size.)
 *
 * Drawing rows again adds the same kind of chance once more, which moves all
 * values up. So the bootstrap interval keeps its width, and is put around the
 * value and cut at 0 and 1.
 */
#pragma once

#include "sim/sensitivity/resample.h"
#include "sim/sensitivity/sample.h"

/* Slices as a rule; a slice should hold 50 rows or more. */
#define SF_PAWN_SLICES 10

/* What becomes of failed runs, whose outcome is NAN. */
typedef enum {
  SF_PAWN_FAILED_DROP, /* left out */
  SF_PAWN_FAILED_LAST, /* an outcome of their own, beyond even +INFINITY */
} SfPawnFailed;

typedef struct {
  /* Of reals: holding the same number of rows, but for ties. Categories, and
   * integers of at most that many values, have a slice for each value. */
  guint n_slices;
  SfPawnFailed failed;
} SfPawnOptions;

/* Numbers of a factor, over its slices. */
enum { SF_PAWN_MEDIAN, SF_PAWN_MEAN, SF_PAWN_MAX, SF_PAWN_N };

typedef struct {
  guint n_slices; /* that hold a row */
  SfEstimate distance[SF_PAWN_N];
  /* Of dummies: the median, and the middle 95 %. NAN without resamples. */
  SfEstimate dummy[SF_PAWN_N];
} SfPawnFactor;

typedef struct {
  guint k;
  guint n_used;          /* rows in the analysis */
  guint n_failed;        /* NAN */
  guint n_never;         /* +INFINITY */
  SfPawnFactor *factors; /* k */
  /* The same for the outcome "failed or not" of all rows: what drives
   * failures. NULL unless some rows failed and some did not. */
  SfPawnFactor *failures;
} SfPawn;

/* Distances of every factor; y has an outcome for each row. All are NAN when no
 * row is used. Cost: 2 (resamples + 1) n k, some 10 ns each, and as much again
 * for failures. Owned by the caller. */
SfPawn *sf_pawn_new (const SfSample *sample, const double *y,
                     const SfPawnOptions *options, const SfResample *resample);
void sf_pawn_free (SfPawn *pawn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPawn, sf_pawn_free)
