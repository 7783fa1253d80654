/* plan.c - a scenario compiled for running. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/engine/plan.h"

#include <string.h>

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

/* TRUE when a truck can come to nothing but the road itself where two links
 * meet: both in the same zone, or in none. */
static gboolean
joins (const SfLinkSpec *a, const SfLinkSpec *b)
{
  return a->zone == b->zone && !a->border && !b->border && !a->closed
         && !b->closed && !a->one_way && !b->one_way;
}

/* Marks the ends of links that an event names. */
static void
stop_at_events (const SfScenario *s, guint8 *is_stop)
{
  for (guint i = 0; i < s->n_events; i++)
    for (guint k = 0; s->events[i].links && k < s->events[i].links->len; k++) {
      gint link = g_array_index (s->events[i].links, gint, k);
      is_stop[s->links[link].from] = is_stop[s->links[link].to] = TRUE;
    }
}

/* Marks nodes at which something can happen to a truck. */
static guint8 *
find_stops (const SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  guint8 *is_stop = g_new0 (guint8, s->n_nodes + 1);
  g_autofree const SfLinkSpec **first
      = g_new0 (const SfLinkSpec *, s->n_nodes + 1);
  g_autofree guint *degree = g_new0 (guint, s->n_nodes + 1);
  for (guint i = 0; i < s->n_links; i++) {
    const gint ends[] = { s->links[i].from, s->links[i].to };
    for (guint e = 0; e < 2; e++) {
      if (degree[ends[e]]++ == 0)
        first[ends[e]] = &s->links[i];
      else if (!joins (first[ends[e]], &s->links[i]))
        is_stop[ends[e]] = TRUE;
    }
  }
  for (guint i = 0; i < s->n_nodes; i++)
    if (degree[i] != 2)
      is_stop[i] = TRUE;
  stop_at_events (s, is_stop);
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
  SfHop hop = { .from = sf_arc_from (s, begin),
                .to = sf_arc_to (s, end),
                .first_arc = first,
                .n_arcs = arcs->len - first,
                .zone = s->links[sf_arc_link (begin)].zone,
                .gate = -1 };
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
    SfGate gate = { .hop = (SfHopId)i,
                    .node = h->from,
                    .entry = h->to,
                    .id = plan->scenario->nodes[h->to].id };
    h->gate = (gint)gates->len;
    g_array_append_val (gates, gate);
  }
  plan->n_gates = gates->len;
  plan->gates = (SfGate *)(void *)g_array_free (gates, FALSE);
}

static gboolean
is_named (const SfPlan *plan, const SfHop *hop)
{
  const SfScenario *s = plan->scenario;
  for (guint e = 0; e < s->n_events; e++)
    for (guint i = 0; s->events[e].links && i < hop->n_arcs; i++)
      if (sf_refs_hold (s->events[e].links,
                        sf_arc_link (plan->arcs[hop->first_arc + i])))
        return TRUE;
  return FALSE;
}

static void
mark_watched (SfPlan *plan)
{
  for (guint h = 0; h < plan->n_hops; h++)
    plan->hops[h].is_watched
        = plan->hops[h].zone >= 0 || is_named (plan, &plan->hops[h]);
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
  mark_watched (plan);
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

static inline guint64
link_bit (guint link)
{
  return (guint64)1 << (link % 64);
}

/* Bits of the links that are closed but not from the start. */
static guint64
bits_closed (const SfPlan *plan, const guint8 *is_closed)
{
  guint64 bits = 0;
  for (guint i = 0; i < plan->scenario->n_links; i++)
    if (is_closed[i] && !plan->shut[i])
      bits |= link_bit (i);
  return bits;
}

/* Puts a path into the store of routes; returns its index. */
static guint
store_route (SfPlan *plan, const SfPath *path)
{
  SfRoute route = { .first_hop = plan->route_hops->len,
                    .gate = -1,
                    .length = path->length };
  for (guint i = 0; i < path->n_arcs;) {
    SfHopId hop = plan->hop_of_arc[path->arcs[i]];
    g_assert (hop >= 0);
    if (route.gate < 0)
      route.gate = plan->hops[hop].gate;
    g_array_append_val (plan->route_hops, hop);
    for (guint k = 0; k < plan->hops[hop].n_arcs; k++)
      route.links |= link_bit ((guint)sf_arc_link (path->arcs[i + k]));
    i += plan->hops[hop].n_arcs;
  }
  route.n_hops = plan->route_hops->len - route.first_hop;
  g_array_append_val (plan->routes, route);
  return plan->routes->len - 1;
}

/* The fastest route over one gate (-1: over any) while links are closed, as
 * an index, or -1. */
static gint
find_over_gate (SfPlan *plan, gint from, gint to, gint gate,
                const guint8 *is_closed)
{
  const guint8 *closed = is_closed;
  if (gate >= 0) {
    memcpy (plan->closed, is_closed, plan->scenario->n_links);
    for (guint g = 0; g < plan->n_gates; g++)
      if ((gint)g != gate)
        plan->closed[sf_arc_link (
            plan->arcs[plan->hops[plan->gates[g].hop].first_arc])]
            = TRUE;
    closed = plan->closed;
  }
  const GArray *paths = sf_routes_find (plan->finder, from, to, closed);
  if (paths->len == 0)
    return -1;
  gint known = GPOINTER_TO_INT (g_hash_table_lookup (plan->known, paths));
  if (known == 0) {
    known = (gint)store_route (plan, &g_array_index (paths, SfPath, 0)) + 1;
    g_hash_table_insert (plan->known, (gpointer)paths, GINT_TO_POINTER (known));
  }
  return known - 1;
}

/* The choice while nothing is closed that is not closed from the start: the
 * fastest route, then that of each other corridor unless it is far longer. */
static GArray *
find_choice (SfPlan *plan, gint from, gint to, const guint8 *is_closed)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (gint));
  gint best = find_over_gate (plan, from, to, -1, is_closed);
  if (best < 0)
    return list;
  g_array_append_val (list, best);
  SfRoute fastest = g_array_index (plan->routes, SfRoute, best);
  for (guint g = 0; fastest.gate >= 0 && g < plan->n_gates; g++) {
    if ((gint)g == fastest.gate)
      continue;
    gint other = find_over_gate (plan, from, to, (gint)g, is_closed);
    if (other >= 0
        && g_array_index (plan->routes, SfRoute, other).length
               <= SF_DETOUR_MAX * fastest.length)
      g_array_append_val (list, other);
  }
  return list;
}

static gboolean
is_route_open (const SfPlan *plan, const SfRoute *r, const guint8 *is_closed)
{
  for (guint i = 0; i < r->n_hops; i++) {
    const SfHop *h = &plan->hops[g_array_index (plan->route_hops, SfHopId,
                                                r->first_hop + i)];
    for (guint k = 0; k < h->n_arcs; k++)
      if (is_closed[sf_arc_link (plan->arcs[h->first_arc + k])])
        return FALSE;
  }
  return TRUE;
}

/* TRUE when a link that the scenario closes has been opened. */
static gboolean
is_anything_opened (const SfPlan *plan, const guint8 *is_closed)
{
  const SfScenario *s = plan->scenario;
  for (guint i = 0; i < s->n_links; i++)
    if (s->links[i].closed && !is_closed[i])
      return TRUE;
  return FALSE;
}

static void
insert_by_length (const SfPlan *plan, guint *routes, guint n, guint route)
{
  double length = g_array_index (plan->routes, SfRoute, route).length;
  while (n > 0
         && g_array_index (plan->routes, SfRoute, routes[n - 1]).length
                > length) {
    routes[n] = routes[n - 1];
    n--;
  }
  routes[n] = route;
}

/* The choice of an ordinary day, found once for each pair of places. */
static const GArray *
ordinary_choice (SfPlan *plan, gint from, gint to)
{
  GArray **slot
      = &plan->choices[(gsize)from * plan->scenario->n_nodes + (gsize)to];
  if (!*slot)
    *slot = find_choice (plan, from, to, plan->shut);
  return *slot;
}

double
sf_plan_usual_h (SfPlan *plan, gint from, gint to)
{
  const GArray *list = ordinary_choice (plan, from, to);
  if (list->len == 0)
    return G_MAXDOUBLE;
  return g_array_index (plan->routes, SfRoute, g_array_index (list, gint, 0))
      .length;
}

guint
sf_plan_routes (SfPlan *plan, gint from, gint to, const guint8 *is_closed,
                guint *routes, guint max)
{
  g_autoptr (GArray) fresh = NULL;
  if (is_anything_opened (plan, is_closed))
    fresh = find_choice (plan, from, to, is_closed);
  const GArray *list = fresh ? fresh : ordinary_choice (plan, from, to);
  guint n = 0;
  guint64 closed = bits_closed (plan, is_closed);
  for (guint i = 0; i < list->len && n < max; i++) {
    /* A closure can only lengthen ways: a route that it does not touch is
     * still the fastest of its corridor, the others are found anew. */
    gint index = g_array_index (list, gint, i);
    SfRoute r = g_array_index (plan->routes, SfRoute, index);
    if ((closed & r.links) != 0 && !is_route_open (plan, &r, is_closed))
      index = find_over_gate (plan, from, to, r.gate, is_closed);
    if (index >= 0)
      insert_by_length (plan, routes, n++, (guint)index);
  }
  if (n == 0 && max > 0 && closed != 0) {
    /* Of the corridors that are a choice none is left: any other way. */
    gint index = find_over_gate (plan, from, to, -1, is_closed);
    if (index >= 0)
      routes[n++] = (guint)index;
  }
  return n;
}

/* ---- The whole --------------------------------------------------------- */

/* Links that are closed from the start. */
static void
list_shut (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  plan->shut = g_new0 (guint8, s->n_links + 1);
  plan->closed = g_new0 (guint8, s->n_links + 1);
  plan->choices = g_new0 (GArray *, (gsize)s->n_nodes * s->n_nodes + 1);
  for (guint i = 0; i < s->n_links; i++)
    plan->shut[i] = s->links[i].closed != 0;
}

static void
add_sheet (SfPlan *plan)
{
  g_autofree const char **names = g_new0 (const char *, plan->n_gates + 1);
  for (guint g = 0; g < plan->n_gates; g++)
    names[g] = plan->gates[g].id;
  plan->sheet = sf_sheet_new (plan->book, plan->scenario, names, plan->n_gates);
}

/* Hours that the trucks drive in a day: those that rest most. */
static double
least_driving_h (const SfScenario *s)
{
  double least_h = 24;
  for (guint i = 0; i < s->n_fleets; i++)
    least_h
        = MIN (least_h, s->vehicles[s->fleets[i].vehicle].driving_h_per_day);
  return least_h;
}

/* Routes are found as they are needed, so in the middle of some replication
 * or other. That all find the same, they see the central values, not those
 * that happen to be drawn then. */
static gboolean
make_finder (SfPlan *plan, GError **error)
{
  SfScenario *s = plan->scenario;
  sf_scenario_draw (s, 0, -1);
  plan->central = g_memdup2 (s, sizeof *s);
  plan->central->links = g_memdup2 (s->links, s->n_links * sizeof *s->links);
  plan->network = sf_network_new (plan->central, error);
  if (!plan->network)
    return FALSE;
  sf_network_set_driving (plan->network, least_driving_h (s));
  plan->finder = sf_routes_new (plan->network, 1);
  sf_routes_set_weight (plan->finder, SF_WEIGHT_H);
  return TRUE;
}

static void
free_finder (SfPlan *plan)
{
  sf_routes_free (plan->finder);
  sf_network_free (plan->network);
  g_free (plan->central->links);
  g_free (plan->central);
}

SfPlan *
sf_plan_new (SfScenario *scenario, GError **error)
{
  SfPlan *plan = g_new0 (SfPlan, 1);
  plan->scenario = scenario;
  if (!make_finder (plan, error)) {
    free_finder (plan);
    g_free (plan);
    return NULL;
  }
  plan->days = sf_scenario_days (scenario);
  plan->routes = g_array_new (FALSE, FALSE, sizeof (SfRoute));
  plan->route_hops = g_array_new (FALSE, FALSE, sizeof (SfHopId));
  plan->known = g_hash_table_new (NULL, NULL);
  list_shut (plan);
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
  for (gsize i = 0;
       i < (gsize)plan->scenario->n_nodes * plan->scenario->n_nodes; i++)
    if (plan->choices[i])
      g_array_unref (plan->choices[i]);
  g_free (plan->choices);
  g_free (plan->shut);
  g_free (plan->closed);
  free_finder (plan);
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
