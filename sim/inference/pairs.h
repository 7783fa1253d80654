/* pairs.h - two scenarios on the same luck. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Replication i of one scenario and replication i of another met the same
 * chances (common random numbers), so they are compared pair by pair: what both
 * share cancels out, and far fewer replications tell them apart than two
 * independent samples would need. Plain arrays in: value i of both comes from
 * replication i, and replications that failed in either are left out by the
 * caller. NAN stands for "did not happen".
 *
 * Law, "Simulation Modeling and Analysis" (5th ed., 2015), ch. 10.2 and 11.2.
 */
#pragma once

#include "sim/inference/interval.h"

typedef struct {
  guint n;                                     /* pairs */
  guint n_both, n_a_only, n_b_only, n_neither; /* in which it happened */
  double mean_a, mean_b;                       /* over the n_both pairs, as is
                                                   all that follows */
  SfInterval difference;   /* of the mean of b - a, by Student's t */
  double p;                /* two-sided, of a difference as large by chance; 1
                            when all differences are 0; NAN for n_both < 2 */
  double correlation;      /* of a and b, induced by the common luck; NAN when
                            one of them does not vary */
  double variance_ratio;   /* var (b - a) / (var a + var b): 1 with independent
                            runs, which would need 1 / ratio times as many
                            replications; NAN when nothing varies */
  gboolean is_identical;   /* b = a in every pair, and happens in the same */
  gboolean is_out_of_step; /* the correlation is negative beyond chance: the
                              two do not meet the same luck any more */
  double happened_p; /* McNemar's exact test (1947) that it happens as often in
                        b as in a; 1 when it always or never differs in none */
} SfPairs;

/* Compares n pairs; `level` is that of the interval, corrected by the caller
 * when there are several comparisons. Out of step is a correlation whose 95 %
 * interval, by Fisher's z (1921), lies below 0. Linear in n. */
void sf_pairs (const double *a, const double *b, guint n, double level,
               SfPairs *out);

/* TRUE when the interval says which of the two is larger. */
gboolean sf_pairs_are_distinct (const SfPairs *pairs);

/* The level of each of `n` intervals that all hold together with `level`: 1 -
 * (1 - level) / n (Bonferroni), whatever the dependence between them, which
 * differences from the same reference have. */
double sf_level_each (double level, guint n);

/* The p values of a family, adjusted by Holm, "A simple sequentially rejective
 * multiple test procedure" (1979): those up to 1 - level are significant
 * together. NAN stays and counts for none. `adjusted` holds n. */
void sf_holm (const double *p, guint n, double *adjusted);
