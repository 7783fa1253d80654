/* routes.h - ways that were asked for before. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The engine asks for the same few pairs of places again and again, with the
 * same few sets of closed links. This keeps every answer, keyed by the pair
 * and the exact set, so that only the first question costs anything. It may
 * be filled before worker processes are forked: they inherit what is known.
 *
 * Of a single way (k is 1) the lengths from one end to all places are kept too,
 * so that questions with an end and a closed set in common cost one search.
 *
 * The lengths of links are those of the moment of the first question; when a
 * scenario's numbers are drawn anew, forget what is kept.
 */
#pragma once

#include "sim/network/graph.h"

typedef struct SfRoutes SfRoutes;

/* A cache of the k (at least 1) shortest ways by km on a network, which is
 * borrowed and must live longer. Owned by the caller. */
SfRoutes *sf_routes_new (SfNetwork *network, guint k);

/* Frees the cache and all the ways it has handed out; NULL is accepted. */
void sf_routes_free (SfRoutes *routes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRoutes, sf_routes_free)

/* Measures ways in hours instead of km; forgets what is kept. */
void sf_routes_set_weight (SfRoutes *routes, SfWeight weight);

/* The k shortest ways (see sf_network_paths): an array of SfPath, borrowed,
 * valid until the cache is freed or forgets. Empty when `to` cannot be
 * reached; also when the graph library fails: see sf_routes_problem().
 * is_closed NULL is as the scenario says. */
const GArray *sf_routes_find (SfRoutes *routes, gint from, gint to,
                              const guint8 *is_closed);

/* How the graph library failed, the first time since all was forgotten: what
 * was found since may lack ways. NULL when it never did. Borrowed. */
const char *sf_routes_problem (const SfRoutes *routes);

/* Forgets all; arrays handed out are no longer valid. */
void sf_routes_forget (SfRoutes *routes);

/* Answers kept. */
guint sf_routes_count (const SfRoutes *routes);
