/* flow.h - how much can pass, and what holds it together. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The most trucks a day that can reach a place when every link carries at most
 * its capacity, the links that set that limit, and the links and places
 * without which nothing arrives at all.
 *
 * A two-way link is taken as two arcs of its full capacity, one each way. For
 * one flow from origins to one destination that is the same as one capacity
 * shared by both directions, since flows that meet on a link cancel out.
 */
#pragma once

#include "sim/network/graph.h"

/* At or above this, in trucks a day, a capacity is no limit (the default of
 * links that give none). */
#define SF_CAPACITY_UNLIMITED 1e9

typedef struct {
  double trucks_per_day; /* 0 when nothing can pass */
  gboolean is_unlimited; /* the cut holds a link without a stated capacity */
  GArray *link_flow;     /* double a link, trucks a day; negative: backward.
                            One of possibly many ways to spread the flow. */
  GArray *cut;           /* guint, links: the smallest cut nearest to the
                            destination; their capacities add up to the
                            flow */
} SfFlow;

/* Frees what a flow holds, not the struct. */
void sf_flow_clear (SfFlow *flow);

/* The largest flow from several nodes together (gint, at least one) to one.
 * FALSE with `error` set on failure; *flow is written on success, to be
 * cleared by the caller. When `to` is one of the origins the flow is
 * unlimited. */
gboolean sf_network_flow (SfNetwork *network, const GArray *from, gint to,
                          const guint8 *is_closed, SfFlow *flow,
                          GError **error);

/* Links and nodes, each of which alone every way needs. */
typedef struct {
  gboolean is_reached; /* FALSE: there is no way even now; lists are empty */
  GArray *links;       /* guint, in the order of travel */
  GArray *nodes;       /* gint, in the order of travel, without the ends */
} SfSinglePoints;

void sf_single_points_clear (SfSinglePoints *points);

/* What alone, when lost, cuts `to` off from all of `from` (gint, at least
 * one). Exact with one-way links too. Cost: a shortest way for each link of
 * the shortest way. Errors as above. */
gboolean sf_network_single_points (SfNetwork *network, const GArray *from,
                                   gint to, const guint8 *is_closed,
                                   SfSinglePoints *points, GError **error);

/* Bridges and articulation points: links and nodes whose loss splits the
 * network of open links, one-way links counted as if both ways. Same struct;
 * lists in the order of the scenario. */
gboolean sf_network_bridges (SfNetwork *network, const guint8 *is_closed,
                             SfSinglePoints *points, GError **error);
