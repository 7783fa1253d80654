/* plan.h - a scenario compiled for running. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What does not change between replications: the road network cut into hops,
 * the gates, which demand belongs to which market, and the catalogue of
 * what is recorded. A hop joins links between which nothing can happen (no
 * junction, change of threat zone, frontier, queue, source, destination or
 * event), so that a truck needs one event for several links. An attack on a
 * hop is booked on its middle link.
 */
#pragma once

#include "sim/network/graph.h"
#include "sim/network/routes.h"
#include "sim/observe/sheet.h"
#include "sim/scenario/scenario.h"

typedef gint32 SfHopId;

typedef struct {
  gint from, to;           /* nodes */
  guint first_arc, n_arcs; /* in SfPlan.arcs */
  gint zone;               /* or -1 */
  gint gate;               /* gate that this hop is, or -1 */
  gboolean is_watched; /* models are told who enters: it lies in a threat zone,
                          or an event names it */
} SfHop;

typedef struct {
  SfHopId hop;
  gint node, entry; /* waits at node; enters at entry */
  const char *id;   /* of the entry: the corridor's name; borrowed */
} SfGate;

typedef struct {
  guint first_hop, n_hops; /* in SfPlan.route_hops */
  gint gate;               /* first one on it, or -1 */
  guint64 links;           /* sf_link_bit() of all that it uses */
  double length;           /* hours, by the central values */
} SfRoute;

typedef struct {
  SfScenario *scenario; /* borrowed */
  SfScenario *central;  /* the scenario with links of its own, as they are when
                          nothing is drawn; the rest is borrowed */
  SfNetwork *network;   /* of that */
  SfRoutes *finder;
  SfBook *book;
  SfSheet *sheet;
  guint days;

  guint n_hops, n_gates, n_arcs;
  SfHop *hops; /* 2i and 2i+1 are opposite */
  SfGate *gates;
  SfArc *arcs;
  gint *hop_of_arc;  /* by arc, or -1: inside or against no hop */
  gint *hop_of_link; /* the first of the two that it is part of, or -1 */

  GArray *routes;            /* SfRoute; grows when roads close */
  GArray *route_hops;        /* SfHopId */
  guint8 *shut;              /* links closed from the start */
  struct SfChoices *choices; /* what was found out about routes */

  gint *market_of; /* node * n_commodities + commodity, or -1 */
  guint
      *demand_first;  /* by market * 3 + stock from the depot down, and the end:
                          into demand_list */
  guint *demand_list; /* demands ordered by market and the stock they use */
  gint *queue_first, *queue_next; /* queues of a node as lists */
  gint *trigger; /* series that sets off an event row, or -1; by row */
} SfPlan;

/* Compiles a scenario, which stays the caller's and must outlive the plan.
 * NULL with SF_NETWORK_ERROR when the network makes no sense. */
SfPlan *sf_plan_new (SfScenario *scenario, GError **error);
void sf_plan_free (SfPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPlan, sf_plan_free)

/* A way that takes longer than so many times the usual one is a detour: no
 * choice of corridor, and taken at a closed road only after some patience. */
#define SF_DETOUR_MAX 1.6

/* Adds a mistake for each text of a scenario that names a series which is not
 * recorded. Compiles a plan for it, unless nothing is named. */
void sf_plan_check_series (SfScenario *scenario, SfMistakes *mistakes);

/* Hours of the fastest way on an ordinary day, by the central values;
 * G_MAXDOUBLE when there is none. */
double sf_plan_usual_h (SfPlan *plan, gint from, gint to);

/* Finds the routes of every shipment on an ordinary day, there and back. Worker
 * processes forked afterwards need not; changes no result. */
void sf_plan_prepare (SfPlan *plan);

/* How the search for routes failed; what was run since is worth nothing. NULL:
 * it did not. Borrowed. */
const char *sf_plan_problem (const SfPlan *plan);

/* A number, never 0, that stands for a set of closed links which its owner is
 * going to ask about; no other set of this plan's users has it. */
guint64 sf_plan_name_roads (SfPlan *plan);

/* Routes from a node to another while some links are closed (one byte a
 * link), the fastest of each corridor, fastest first: writes at most max
 * indices into SfPlan.routes and returns how many; 0 when there is none.
 * What is found is kept; only a new set of closed links costs time. Which set
 * it is says its number, or is looked at link by link when that is 0. */
guint sf_plan_routes (SfPlan *plan, gint from, gint to, const guint8 *is_closed,
                      guint64 roads, guint *routes, guint max);

/* A link in a set of links that may say of some that they are in it, though they
 * are not: bit i stands for all whose number is i modulo 64. */
static inline guint64
sf_link_bit (guint link)
{
  return (guint64)1 << (link % 64);
}

/* The market of a commodity at a node, or -1. */
static inline gint
sf_plan_market (const SfPlan *plan, gint node, gint commodity)
{
  return plan->market_of[(guint)node * plan->scenario->n_commodities
                         + (guint)commodity];
}

/* Length of a hop in km. */
double sf_plan_hop_km (const SfPlan *plan, SfHopId hop);
