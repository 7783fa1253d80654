/* reliability.h - the chance that a place can still be reached. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every link fails with its own probability, independently of the others; a
 * two-way link fails in both directions at once. What is the chance that a
 * way is left from any of the origins to the destination?
 *
 * Exactly by factoring: a link that leaves the origins either holds (its far
 * end joins the origins) or fails (it is dropped). Links in parallel and in
 * series are merged and dead ends dropped before each step, which leaves
 * little to branch on in a road network. And by drawing, for networks too
 * large for that, and as a check.
 *
 * Independence is the assumption to doubt: floods and sieges close roads
 * together.
 */
#pragma once

#include "sim/network/graph.h"

/* Branchings of the exact method before it gives up. */
#define SF_RELIABILITY_BUDGET 1000000u

typedef struct {
  double prob;           /* that a way is left */
  guint n_links;         /* open links; when exact, those a way could use */
  guint n_branchings;    /* of the exact method; 0 when drawn */
  guint64 samples_count; /* drawn; 0 when exact */
  double se_prob;        /* standard error of prob when drawn, else 0: from
                             the binomial, with one success and one failure
                             added so that it is never 0 */
} SfReliability;

/* Exactly. Probabilities are the links' fail_prob, or `fail_prob` for all
 * when it is not negative. FALSE with `error` set: SF_NETWORK_ERROR_TOO_LARGE
 * when the budget does not suffice. *result is written on success. */
gboolean sf_network_reliability (SfNetwork *network, const GArray *from,
                                 gint to, const guint8 *is_closed,
                                 double fail_prob, SfReliability *result,
                                 GError **error);

/* By drawing `samples_count` (at least 1) states of the network. Sample i
 * draws every link of the scenario in its order, open or not, from the
 * replication i of the stream "network:reliability", so that the same seed
 * gives the same states whatever is closed. Errors as above. Cost: a search
 * through the graph for each sample. */
gboolean sf_network_reliability_drawn (SfNetwork *network, const GArray *from,
                                       gint to, const guint8 *is_closed,
                                       double fail_prob, guint64 seed,
                                       guint64 samples_count,
                                       SfReliability *result, GError **error);
