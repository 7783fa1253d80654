/* flow.c - the largest flow, and what every way needs. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/network/flow.h"

#include <math.h>
#include <string.h>

#include "sim/network/graph-private.h"

void
sf_flow_clear (SfFlow *flow)
{
  g_clear_pointer (&flow->link_flow, g_array_unref);
  g_clear_pointer (&flow->cut, g_array_unref);
}

static SfFlow
new_flow (const SfScenario *s)
{
  SfFlow flow = { 0, FALSE, NULL, NULL };
  flow.link_flow = g_array_new (FALSE, TRUE, sizeof (double));
  g_array_set_size (flow.link_flow, s->n_links);
  flow.cut = g_array_new (FALSE, FALSE, sizeof (guint));
  return flow;
}

/* What goes forward less what comes back. */
static void
take_flow (SfFlow *flow, const SfGraph *g, const igraph_vector_t *amounts)
{
  for (guint i = 0; i < g->n_edges; i++) {
    if (g->arcs[i] == SF_ARC_NONE)
      continue;
    double amount = VECTOR (*amounts)[i];
    g_array_index (flow->link_flow, double, sf_arc_link (g->arcs[i]))
        += g->arcs[i] & 1 ? -amount : amount;
  }
}

static int
compare_links (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;
  return (x > y) - (x < y);
}

static void
take_cut (SfFlow *flow, const SfGraph *g, const SfScenario *s,
          const igraph_vector_int_t *cut)
{
  for (igraph_integer_t i = 0; i < igraph_vector_int_size (cut); i++) {
    SfArc arc = g->arcs[VECTOR (*cut)[i]];
    if (arc == SF_ARC_NONE)
      continue;
    guint link = sf_arc_link (arc);
    if (s->links[link].capacity_trucks_per_day >= SF_CAPACITY_UNLIMITED)
      flow->is_unlimited = TRUE;
    /* A link of no capacity is no part of what limits the flow. */
    if (s->links[link].capacity_trucks_per_day > 0)
      g_array_append_val (flow->cut, link);
  }
  g_array_sort (flow->cut, compare_links);
}

static gboolean
push (SfNetwork *n, SfGraph *g, gint to, SfFlow *flow, GError **error)
{
  const SfScenario *s = sf_network_scenario (n);
  igraph_vector_t amounts;
  igraph_vector_int_t cut;
  igraph_real_t value = 0;
  if (sf_network_failed (igraph_vector_init (&amounts, 0), "flow", error))
    return FALSE;
  if (sf_network_failed (igraph_vector_int_init (&cut, 0), "flow", error)) {
    igraph_vector_destroy (&amounts);
    return FALSE;
  }
  gboolean ok = !sf_network_failed (igraph_maxflow (&g->graph, &value, &amounts,
                                                    &cut, NULL, NULL, g->source,
                                                    to, &g->values, NULL),
                                    "flow", error);
  if (ok) {
    *flow = new_flow (s);
    flow->trucks_per_day = value;
    take_flow (flow, g, &amounts);
    take_cut (flow, g, s, &cut);
  }
  igraph_vector_int_destroy (&cut);
  igraph_vector_destroy (&amounts);
  return ok;
}

gboolean
sf_network_flow (SfNetwork *n, const GArray *from, gint to,
                 const guint8 *is_closed, SfFlow *flow, GError **error)
{
  const SfScenario *s = sf_network_scenario (n);
  g_return_val_if_fail (from && from->len > 0, FALSE);
  g_return_val_if_fail (to >= 0 && (guint)to < s->n_nodes, FALSE);
  for (guint i = 0; i < from->len; i++)
    if (g_array_index (from, gint, i) == to) {
      *flow = new_flow (s);
      flow->trucks_per_day = SF_CAPACITY_UNLIMITED;
      flow->is_unlimited = TRUE;
      return TRUE;
    }
  SfGraph graph;
  if (!sf_graph_init (&graph, n, from, SF_CARRY_CAPACITY, is_closed, error))
    return FALSE;
  gboolean ok = push (n, &graph, to, flow, error);
  sf_graph_clear (&graph);
  return ok;
}

/* ---- What every way needs ----------------------------------------------
 *
 * Whatever all ways need lies on the shortest of them: so only its links and
 * nodes are tried, each by closing it and asking for a way again. */

void
sf_single_points_clear (SfSinglePoints *points)
{
  g_clear_pointer (&points->links, g_array_unref);
  g_clear_pointer (&points->nodes, g_array_unref);
}

static SfSinglePoints
new_points (gboolean is_reached)
{
  SfSinglePoints points = { is_reached, NULL, NULL };
  points.links = g_array_new (FALSE, FALSE, sizeof (guint));
  points.nodes = g_array_new (FALSE, FALSE, sizeof (gint));
  return points;
}

/* TRUE in *is_cut when no way is left with these links closed. */
static gboolean
try_closed (SfNetwork *n, const GArray *from, gint to, const guint8 *is_closed,
            gboolean *is_cut, GError **error)
{
  SfPath path;
  if (!sf_network_nearest (n, from, to, SF_WEIGHT_KM, is_closed, &path, error))
    return FALSE;
  *is_cut = isinf (path.length);
  sf_path_clear (&path);
  return TRUE;
}

static void
close_node (const SfScenario *s, gint node, guint8 *closed)
{
  for (guint i = 0; i < s->n_links; i++)
    if (s->links[i].from == node || s->links[i].to == node)
      closed[i] = 1;
}

static gboolean
try_path (SfNetwork *n, const GArray *from, gint to, const SfPath *path,
          const guint8 *is_closed, SfSinglePoints *points, GError **error)
{
  const SfScenario *s = sf_network_scenario (n);
  g_autofree guint8 *now = sf_network_closed (n, is_closed);
  g_autofree guint8 *trial = g_new (guint8, s->n_links + 1);
  for (guint i = 0; i < path->n_arcs; i++) {
    guint link = sf_arc_link (path->arcs[i]);
    gint node = sf_arc_to (s, path->arcs[i]);
    gboolean is_cut = FALSE;
    memcpy (trial, now, s->n_links);
    trial[link] = 1;
    if (!try_closed (n, from, to, trial, &is_cut, error))
      return FALSE;
    if (is_cut)
      g_array_append_val (points->links, link);
    if (node == to)
      continue;
    memcpy (trial, now, s->n_links);
    close_node (s, node, trial);
    if (!try_closed (n, from, to, trial, &is_cut, error))
      return FALSE;
    if (is_cut)
      g_array_append_val (points->nodes, node);
  }
  return TRUE;
}

gboolean
sf_network_single_points (SfNetwork *n, const GArray *from, gint to,
                          const guint8 *is_closed, SfSinglePoints *points,
                          GError **error)
{
  SfPath path;
  if (!sf_network_nearest (n, from, to, SF_WEIGHT_KM, is_closed, &path, error))
    return FALSE;
  SfSinglePoints found = new_points (!isinf (path.length));
  gboolean ok = try_path (n, from, to, &path, is_closed, &found, error);
  sf_path_clear (&path);
  if (ok)
    *points = found;
  else
    sf_single_points_clear (&found);
  return ok;
}

/* Links whose loss splits: a two-way link is two edges here, which would
 * never be bridges, so the graph is made again with one edge a link. */
static gboolean
simple_graph (const SfScenario *s, const guint8 *is_closed, igraph_t *graph,
              GArray *links, GError **error)
{
  igraph_vector_int_t ends;
  if (sf_network_failed (igraph_vector_int_init (&ends, 0), "bridges", error))
    return FALSE;
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < s->n_links; i++) {
    if (sf_is_closed (s, is_closed, i) || s->links[i].from == s->links[i].to)
      continue;
    g_array_append_val (links, i);
    ok = !sf_network_failed (
             igraph_vector_int_push_back (&ends, s->links[i].from), "bridges",
             error)
         && !sf_network_failed (
             igraph_vector_int_push_back (&ends, s->links[i].to), "bridges",
             error);
  }
  ok = ok
       && !sf_network_failed (
           igraph_create (graph, &ends, s->n_nodes, IGRAPH_UNDIRECTED),
           "bridges", error);
  igraph_vector_int_destroy (&ends);
  return ok;
}

static gboolean
ask_bridges (const igraph_t *graph, const GArray *links, SfSinglePoints *points,
             GError **error)
{
  igraph_vector_int_t found;
  if (sf_network_failed (igraph_vector_int_init (&found, 0), "bridges", error))
    return FALSE;
  gboolean ok
      = !sf_network_failed (igraph_bridges (graph, &found), "bridges", error);
  if (ok) {
    igraph_vector_int_sort (&found);
    for (igraph_integer_t i = 0; i < igraph_vector_int_size (&found); i++)
      g_array_append_val (points->links,
                          g_array_index (links, guint, VECTOR (found)[i]));
    igraph_vector_int_clear (&found);
    ok = !sf_network_failed (igraph_articulation_points (graph, &found),
                             "articulation points", error);
  }
  if (ok) {
    igraph_vector_int_sort (&found);
    for (igraph_integer_t i = 0; i < igraph_vector_int_size (&found); i++) {
      gint node = (gint)VECTOR (found)[i];
      g_array_append_val (points->nodes, node);
    }
  }
  igraph_vector_int_destroy (&found);
  return ok;
}

gboolean
sf_network_bridges (SfNetwork *n, const guint8 *is_closed,
                    SfSinglePoints *points, GError **error)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (guint));
  igraph_t graph;
  if (!simple_graph (sf_network_scenario (n), is_closed, &graph, links, error))
    return FALSE;
  SfSinglePoints found = new_points (TRUE);
  gboolean ok = ask_bridges (&graph, links, &found, error);
  igraph_destroy (&graph);
  if (ok)
    *points = found;
  else
    sf_single_points_clear (&found);
  return ok;
}
