/* prim-judge.h - which box, and how far to trust it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Peeling finds a box in pure noise, too. Two tests of Bryant and Lempert
 * (2010, section 3.3) tell which limits mean something:
 *
 * Quasi-p. Without one limit the box holds more rows, of another density. If
 * rows were drawn at that density, how probable is it that as many as those in
 * the box, or more, were of interest? It is no true p value, since the limit
 * was chosen for making it small: read it as a ranking, and mistrust anything
 * above SF_QUASI_P_MAX.
 *
 * Resampling. The whole peeling is repeated on random halves of the rows, and
 * on each way the box nearest to the chosen one in coverage (of equals the
 * densest), and the one nearest in density, is looked at: does it restrict the
 * same factors? A box
 * that restricts nearly all factors finds them again by chance alone.
 */
#pragma once

#include "sim/sensitivity/prim.h"

/* A limit above this is not to be trusted. */
#define SF_QUASI_P_MAX 0.05

/* Halves that are drawn as a rule. */
#define SF_PRIM_HALVES 10

/* The quasi-p of each side; NAN where there is no limit. That of categories is
 * below_prob. */
typedef struct {
  double below_prob, above_prob;
} SfQuasiP;

/* Writes one for each factor of a box of `prim`. Cost: n k. */
void sf_prim_quasi_p (const SfPrim *prim, const SfBox *box, SfQuasiP *quasi_p);

/* The box without the limits that are not to be trusted: while a quasi-p is
 * above SF_QUASI_P_MAX, the limit of the largest goes. A peel that was owed to
 * chance stays with all later boxes of the way, so hardly any box is without
 * one. Owned by the caller. */
SfBox *sf_prim_simplify (const SfPrim *prim, const SfBox *box);

/* The box to look at first: the one which, simplified, is the densest of those
 * that then cover at least coverage_min_frac (0.5 as a rule) of the rows of
 * interest; the first of equals. Number 0, the box without limits, means that
 * nothing was found. */
guint sf_prim_suggest (const SfPrim *prim, double coverage_min_frac);

/* In how many halves a factor is restricted. */
typedef struct {
  guint by_coverage; /* in the box of the nearest coverage */
  guint by_density;  /* in that of the nearest density */
} SfPrimRepeat;

/* Writes one for each factor. Costs as much as peeling n_halves / 2 times. */
void sf_prim_repeat (const SfPrim *prim, const SfBox *box, guint64 seed,
                     guint n_halves, SfPrimRepeat *repeats);
