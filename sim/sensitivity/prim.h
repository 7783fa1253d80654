/* prim.h - where the runs of interest lie. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scenario discovery: which few conditions, taken together, make the outcome
 * that is of interest (a city without fuel for a week)? The patient rule
 * induction method of Friedman and Fisher, "Bump hunting in high-dimensional
 * data", Stat. Comput. 9 (1999): from the box of all rows a thin slice is
 * peeled off one side of one factor, then another, and so on; each time the
 * one after which the rest is densest in rows of interest. Where slices differ
 * in size, as those of categories and of ties do, the gain in density is taken
 * per row lost: Kwakkel and Jaxa-Rozen, Environ. Model. Softw. 79 (2016).
 *
 * All boxes on the way are kept, from full coverage to high density. The tool
 * suggests one (prim-judge.h), but a person who knows what the limits mean
 * chooses.
 *
 * A limit is the value of the outermost row inside. Peeling is done without
 * chance: the same rows give the same boxes.
 */
#pragma once

#include "sim/sensitivity/box.h"

/* As Friedman and Fisher advise, and the least share of rows in a box. */
#define SF_PRIM_PEEL_FRAC 0.05
#define SF_PRIM_MASS_MIN_FRAC 0.05

typedef struct {
  double peel_frac;     /* of the rows inside, peeled at a time; 0 to 0.5 */
  double mass_min_frac; /* of all rows: no box has fewer */
} SfPrimOptions;

typedef struct {
  SfBoxRows rows; /* copies of the rows that did not fail */
  guint n_failed; /* left out */
  SfPrimOptions options;
  guint n_boxes;
  SfBox **boxes; /* the way of peeling; number 0 has no limits */
} SfPrim;

/* Peels. y is 1 (of interest), 0 (not), or NAN (failed). Stops when no peel
 * adds density, when all rows inside are of interest, or at the least mass.
 * Cost: n k per box, about 3 / peel_frac boxes. Owned by the caller. */
SfPrim *sf_prim_new (const SfSample *sample, const double *y,
                     const SfPrimOptions *options);

/* The next box of a covering: peels the rows that are not in `box`, of which
 * coverage, density and mass are then shares. Owned by the caller. */
SfPrim *sf_prim_new_outside (const SfPrim *prim, const SfBox *box);

/* The same for any rows, by number, each at most once: for resamples. */
SfPrim *sf_prim_new_part (const SfPrim *prim, const guint *part, guint n);

/* Bottom-up pasting (Friedman and Fisher, section 8.2): gives slices of
 * peel_frac of its rows back to the box as long as density does not fall,
 * since a peel may have gone a little far. Owned by the caller. */
SfBox *sf_prim_paste (const SfPrim *prim, const SfBox *box);

void sf_prim_free (SfPrim *prim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPrim, sf_prim_free)
