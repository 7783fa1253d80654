/* plan.c - a scenario compiled for running. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/engine/plan.h"

#include <string.h>

/* A corridor that takes longer than so many times the fastest is no choice. */
#define DETOUR_MAX 1.6

/* ---- Hops -------------------------------------------------------------- */

static gboolean
is_entry (const SfScenario *s, SfArc arc)
{
  const SfLinkSpec *l = &s->links[sf_arc_link (arc)];
  const char *from = s->nodes[sf_arc_from (s, arc)].country;
  const char *to = s->nodes[sf_arc_to (s, arc)].country;
  return l->border && s->country && to && strcmp (to, s->country) == 0
         && (!from || strcmp (from, s->country) != 0);
}

/* Marks nodes at which something can happen to a truck. */
static guint8 *
find_stops (const SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  guint8 *is_stop = g_new0 (guint8, s->n_nodes + 1);
  g_autofree guint *degree = g_new0 (guint, s->n_nodes + 1);
  for (guint i = 0; i < s->n_links; i++) {
    const SfLinkSpec *l = &s->links[i];
    degree[l->from]++;
    degree[l->to]++;
    if (l->zone >= 0 || l->border || l->closed || l->one_way)
      is_stop[l->from] = is_stop[l->to] = TRUE;
  }
  for (guint i = 0; i < s->n_nodes; i++)
    if (degree[i] != 2)
      is_stop[i] = TRUE;
  for (guint i = 0; i < s->n_events; i++)
    for (guint k = 0; s->events[i].links && k < s->events[i].links->len; k++) {
      gint link = g_array_index (s->events[i].links, gint, k);
      is_stop[s->links[link].from] = is_stop[s->links[link].to] = TRUE;
    }
  for (guint i = 0; i < s->n_shipments; i++) {
    is_stop[s->shipments[i].to] = TRUE;
    is_stop[s->fleets[s->shipments[i].fleet].home] = TRUE;
  }
  for (guint i = 0; i < s->n_queues; i++)
    is_stop[s->queues[i].node] = TRUE;
  return is_stop;
}

/* The arc that leads on from the end of another, where there is only one. */
static SfArc
next_arc (const SfScenario *s, SfArc arc)
{
  gint node = sf_arc_to (s, arc);
  for (guint i = 0; i < s->n_links; i++) {
    if (i == (guint)sf_arc_link (arc))
      continue;
    if (s->links[i].from == node)
      return (SfArc)(2 * i);
    if (s->links[i].to == node)
      return (SfArc)(2 * i + 1);
  }
  g_assert_not_reached ();
}

static void
add_hop (SfPlan *plan, GArray *hops, GArray *arcs, guint first)
{
  const SfScenario *s = plan->scenario;
  SfArc begin = g_array_index (arcs, SfArc, first);
  SfArc end = g_array_index (arcs, SfArc, arcs->len - 1);
  SfHop hop = { .from = sf_arc_from (s, begin), .to = sf_arc_to (s, end),
                .first_arc = first, .n_arcs = arcs->len - first,
                .zone = s->links[sf_arc_link (begin)].zone, .gate = -1 };
  plan->hop_of_arc[begin] = (gint)hops->len;
  g_array_append_val (hops, hop);
}

/* The hop that begins with an arc, and its opposite. */
static void
cut_hop (SfPlan *plan, SfArc arc, const guint8 *is_stop, GArray *hops,
         GArray *arcs)
{
  const SfScenario *s = plan->scenario;
  guint first = arcs->len;
  g_array_append_val (arcs, arc);
  /* A ring without any stop cannot be entered, so the walk ends. */
  while (!is_stop[sf_arc_to (s, arc)]) {
    arc = next_arc (s, arc);
    g_array_append_val (arcs, arc);
  }
  guint n = arcs->len - first;
  add_hop (plan, hops, arcs, first);
  for (guint i = 0; i < n; i++) {
    SfArc back = g_array_index (arcs, SfArc, first + n - 1 - i) ^ 1;
    g_array_append_val (arcs, back);
  }
  add_hop (plan, hops, arcs, first + n);
}

static void
find_gates (SfPlan *plan)
{
  GArray *gates = g_array_new (FALSE, FALSE, sizeof (SfGate));
  for (guint i = 0; i < plan->n_hops; i++) {
    SfHop *h = &plan->hops[i];
    if (!is_entry (plan->scenario, plan->arcs[h->first_arc]))
      continue;
    SfGate gate = { .hop = (SfHopId)i, .node = h->from, .entry = h->to,
                    .id = plan->scenario->nodes[h->to].id };
    h->gate = (gint)gates->len;
    g_array_append_val (gates, gate);
  }
  plan->n_gates = gates->len;
  plan->gates = (SfGate *)(void *)g_array_free (gates, FALSE);
}

static void
cut_hops (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  g_autofree guint8 *is_stop = find_stops (plan);
  GArray *hops = g_array_new (FALSE, FALSE, sizeof (SfHop));
  GArray *arcs = g_array_new (FALSE, FALSE, sizeof (SfArc));
  plan->hop_of_arc = g_new (gint, 2 * s->n_links + 1);
  for (guint i = 0; i < 2 * s->n_links; i++)
    plan->hop_of_arc[i] = -1;
  for (SfArc a = 0; a < (SfArc)(2 * s->n_links); a++)
    if (is_stop[sf_arc_from (s, a)] && plan->hop_of_arc[a] < 0)
      cut_hop (plan, a, is_stop, hops, arcs);
  plan->n_hops = hops->len;
  plan->n_arcs = arcs->len;
  plan->hops = (SfHop *)(void *)g_array_free (hops, FALSE);
  plan->arcs = (SfArc *)(void *)g_array_free (arcs, FALSE);
  find_gates (plan);
}

/* ---- Markets and queues ------------------------------------------------ */

static void
index_markets (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  guint cells = s->n_nodes * s->n_commodities;
  plan->market_of = g_new (gint, cells + 1);
  for (guint i = 0; i < cells; i++)
    plan->market_of[i] = -1;
  plan->demand_first = g_new0 (guint, s->n_markets + 2);
  plan->demand_list = g_new0 (guint, s->n_demands + 1);
  guint n = 0;
  for (guint m = 0; m < s->n_markets; m++) {
    const SfMarketSpec *k = &s->markets[m];
    plan->market_of[(guint)k->node * s->n_commodities + (guint)k->commodity]
        = (gint)m;
    plan->demand_first[m] = n;
    for (guint d = 0; d < s->n_demands; d++)
      if (s->demands[d].node == k->node
          && s->demands[d].commodity == k->commodity)
        plan->demand_list[n++] = d;
  }
  plan->demand_first[s->n_markets] = n;
}

static void
index_queues (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  plan->queue_first = g_new (gint, s->n_nodes + 1);
  plan->queue_next = g_new (gint, s->n_queues + 1);
  for (guint i = 0; i < s->n_nodes; i++)
    plan->queue_first[i] = -1;
  for (guint i = s->n_queues; i-- > 0;) {
    gint node = s->queues[i].node;
    plan->queue_next[i] = plan->queue_first[node];
    plan->queue_first[node] = (gint)i;
  }
}

gint
sf_plan_market (const SfPlan *plan, gint node, gint commodity)
{
  return plan->market_of[(guint)node * plan->scenario->n_commodities
                         + (guint)commodity];
}

double
sf_plan_hop_km (const SfPlan *plan, SfHopId hop)
{
  const SfHop *h = &plan->hops[hop];
  double km = 0;
  for (guint i = 0; i < h->n_arcs; i++)
    km += plan->scenario->links[sf_arc_link (plan->arcs[h->first_arc + i])].km;
  return km;
}

/* ---- Routes ------------------------------------------------------------ */

/* Puts a path into the store of routes. */
static SfRoute
store_route (SfPlan *plan, const SfPath *path)
{
  SfRoute route = { .first_hop = plan->route_hops->len, .gate = -1 };
  for (guint i = 0; i < path->n_arcs;) {
    SfHopId hop = plan->hop_of_arc[path->arcs[i]];
    g_assert (hop >= 0);
    if (route.gate < 0)
      route.gate = plan->hops[hop].gate;
    g_array_append_val (plan->route_hops, hop);
    i += plan->hops[hop].n_arcs;
  }
  route.n_hops = plan->route_hops->len - route.first_hop;
  return route;
}

/* Closes every gate but one. */
static void
leave_one_gate (const SfPlan *plan, guint gate, guint8 *is_closed)
{
  for (guint g = 0; g < plan->n_gates; g++)
    if (g != gate)
      is_closed[sf_arc_link (plan->arcs[plan->hops[plan->gates[g].hop]
                                            .first_arc])] = TRUE;
}

static void
keep_route (SfPlan *plan, const SfPath *path, GArray *list)
{
  SfRoute route = store_route (plan, path);
  guint index = plan->routes->len;
  g_array_append_val (plan->routes, route);
  g_array_append_val (list, index);
}

/* The fastest route, then the fastest of each other corridor unless it is
 * far longer. */
static GArray *
keep_routes (SfPlan *plan, gint from, gint to, const guint8 *is_closed,
             const GArray *paths)
{
  const SfScenario *s = plan->scenario;
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
  if (!paths->len)
    return list;
  const SfPath *best = &g_array_index (paths, SfPath, 0);
  keep_route (plan, best, list);
  gint used = g_array_index (plan->routes, SfRoute,
                             g_array_index (list, guint, 0)).gate;
  g_autofree guint8 *closed = g_new (guint8, s->n_links + 1);
  for (guint g = 0; used >= 0 && g < plan->n_gates; g++) {
    if ((gint)g == used)
      continue;
    memcpy (closed, is_closed, s->n_links);
    leave_one_gate (plan, g, closed);
    const GArray *more = sf_routes_find (plan->finder, from, to, closed);
    if (more->len
        && g_array_index (more, SfPath, 0).length
               <= DETOUR_MAX * best->length)
      keep_route (plan, &g_array_index (more, SfPath, 0), list);
  }
  return list;
}

guint
sf_plan_routes (SfPlan *plan, gint from, gint to, const guint8 *is_closed,
                guint *routes, guint max)
{
  const GArray *paths = sf_routes_find (plan->finder, from, to, is_closed);
  GArray *list = g_hash_table_lookup (plan->known, paths);
  if (!list) {
    list = keep_routes (plan, from, to, is_closed, paths);
    g_hash_table_insert (plan->known, (gpointer)paths, list);
  }
  guint n = MIN (list->len, max);
  for (guint i = 0; i < n; i++)
    routes[i] = g_array_index (list, guint, i);
  return n;
}

/* ---- The whole --------------------------------------------------------- */

static void
free_list (gpointer list)
{
  g_array_unref (list);
}

static void
add_sheet (SfPlan *plan)
{
  g_autofree const char **names = g_new0 (const char *, plan->n_gates + 1);
  for (guint g = 0; g < plan->n_gates; g++)
    names[g] = plan->gates[g].id;
  plan->sheet
      = sf_sheet_new (plan->book, plan->scenario, names, plan->n_gates);
}

SfPlan *
sf_plan_new (SfScenario *scenario, GError **error)
{
  g_autoptr (SfNetwork) network = sf_network_new (scenario, error);
  if (!network)
    return NULL;
  SfPlan *plan = g_new0 (SfPlan, 1);
  plan->scenario = scenario;
  plan->network = g_steal_pointer (&network);
  plan->finder = sf_routes_new (plan->network, 1);
  plan->days = sf_scenario_days (scenario);
  plan->routes = g_array_new (FALSE, FALSE, sizeof (SfRoute));
  plan->route_hops = g_array_new (FALSE, FALSE, sizeof (SfHopId));
  plan->known = g_hash_table_new_full (NULL, NULL, NULL, free_list);
  cut_hops (plan);
  index_markets (plan);
  index_queues (plan);
  plan->book = sf_book_new (plan->days);
  add_sheet (plan);
  return plan;
}

void
sf_plan_free (SfPlan *plan)
{
  if (!plan)
    return;
  sf_sheet_free (plan->sheet);
  sf_book_free (plan->book);
  g_hash_table_unref (plan->known);
  g_array_unref (plan->routes);
  g_array_unref (plan->route_hops);
  sf_routes_free (plan->finder);
  sf_network_free (plan->network);
  g_free (plan->hops);
  g_free (plan->gates);
  g_free (plan->arcs);
  g_free (plan->hop_of_arc);
  g_free (plan->market_of);
  g_free (plan->demand_first);
  g_free (plan->demand_list);
  g_free (plan->queue_first);
  g_free (plan->queue_next);
  g_free (plan);
}
