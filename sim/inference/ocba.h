/* ocba.h - where the next replication helps most. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Optimal computing budget allocation: C.-H. Chen, J. Lin, E. Yuecesan and S.
 * E. Chick, "Simulation budget allocation for further enhancing the efficiency
 * of ordinal optimization", Discrete Event Dynamic Systems 10 (2000), doi
 * 10.1023/A:1008349927281. With b the best so far and d_i the distance of i's
 * mean from b's, replications N are shared out as
 *   N_i / N_j = ((s_i / d_i) / (s_j / d_j))^2,  i, j other than b
 *   N_b = s_b sqrt (sum over i of (N_i / s_i)^2)
 * so that a budget makes it as likely as can be that b is the best. The next
 * replication goes to the contender that is furthest behind its share ("most
 * starving": Chen and Lee, "Stochastic simulation optimization", 2011, ch. 4).
 *
 * Outcomes are taken as normal and contenders as independent of one another.
 * With common luck differences vary less than that, so the probability of
 * a correct selection comes out too low, not too high, as long as correlations
 * are positive.
 */
#pragma once

#include <glib.h>

/* What was seen of a contender. */
typedef struct {
  double mean, sd; /* of its outcomes; finite */
  guint n;         /* how many these are, 1 or more */
} SfOcbaSeen;

/* The best mean, the first of equal ones. */
guint sf_ocba_best (const SfOcbaSeen *seen, guint k, gboolean is_largest);

/* Fills `shares` of a budget, which sum to 1, for k >= 2 contenders. Distances
 * below least_gap >= 0 count as that: what is closer is not worth telling
 * apart. Those equal to the best get the more the smaller it is; with 0 they
 * and the best get everything. One that never varies gets 0; FALSE, and equal
 * shares, when none varies. */
gboolean sf_ocba_shares (const SfOcbaSeen *seen, guint k, gboolean is_largest,
                         double least_gap, double *shares);

/* Adds to more[i] how many of the next `extra` replications i is to get. */
void sf_ocba_next (const SfOcbaSeen *seen, const double *shares, guint k,
                   guint extra, guint *more);

/* At least so likely (by Bonferroni; 0 or more) no other is better than the
 * best seen by more than `margin`: 1 - sum of P (the other's mean is better).
 * With margin 0 it is the approximate probability of correct selection. */
double sf_ocba_correct_prob (const SfOcbaSeen *seen, guint k,
                             gboolean is_largest, double margin);
