/* choices.c - which routes there are from one place to another. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/plan/plan.h"

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

/* The fastest route around the links in plan->closed, as an index, or -1. */
static gint
find_around (SfPlan *plan, gint from, gint to)
{
  const GArray *paths = sf_routes_find (plan->finder, from, to, plan->closed);
  if (paths->len == 0)
    return -1;
  gint known = GPOINTER_TO_INT (g_hash_table_lookup (plan->known, paths));
  if (known == 0) {
    known = (gint)store_route (plan, &g_array_index (paths, SfPath, 0)) + 1;
    g_hash_table_insert (plan->known, (gpointer)paths, GINT_TO_POINTER (known));
  }
  return known - 1;
}

/* Adds to plan->closed the links of a route that are closed; FALSE: none is. */
static gboolean
avoid_closed (SfPlan *plan, gint route, const guint8 *is_closed)
{
  const SfRoute *r = &g_array_index (plan->routes, SfRoute, route);
  gboolean any = FALSE;
  for (guint i = 0; i < r->n_hops; i++) {
    const SfHop *h = &plan->hops[g_array_index (plan->route_hops, SfHopId,
                                                r->first_hop + i)];
    for (guint k = 0; k < h->n_arcs; k++) {
      guint link = (guint)sf_arc_link (plan->arcs[h->first_arc + k]);
      plan->closed[link] |= is_closed[link];
      any |= is_closed[link] != 0;
    }
  }
  return any;
}

/* The fastest route over one gate (-1: over any) while links are closed, as
 * an index, or -1. Closures are heeded only when they lie on the way: the
 * fastest route around some of them that meets none of the others is the
 * fastest around all. So few sets of closures are ever looked at. */
static gint
find_over_gate (SfPlan *plan, gint from, gint to, gint gate,
                const guint8 *is_closed)
{
  gint route;
  for (guint i = 0; i < plan->scenario->n_links; i++)
    plan->closed[i] = plan->shut[i] && is_closed[i];
  for (guint g = 0; gate >= 0 && g < plan->n_gates; g++)
    if ((gint)g != gate)
      plan->closed[sf_arc_link (
          plan->arcs[plan->hops[plan->gates[g].hop].first_arc])]
          = TRUE;
  do
    route = find_around (plan, from, to);
  while (route >= 0 && avoid_closed (plan, route, is_closed));
  return route;
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

static void
sort_by_length (const SfPlan *plan, GArray *list)
{
  guint *routes = (guint *)(void *)list->data;
  for (guint n = 1; n < list->len; n++)
    insert_by_length (plan, routes, n, routes[n]);
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
  sort_by_length (plan, list);
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
  if (memcmp (is_closed, plan->shut, plan->scenario->n_links) == 0) {
    const GArray *usual = ordinary_choice (plan, from, to);
    guint k = MIN (usual->len, max);
    if (k > 0)
      memcpy (routes, usual->data, k * sizeof *routes);
    return k; /* as on most days */
  }
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
