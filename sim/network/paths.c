/* paths.c - shortest ways. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "sim/network/graph-private.h"

/* More ways than asked for, of one length, are looked at up to this number to
 * choose among them by their arcs. */
#define TIES_MAX 64

void
sf_path_clear (SfPath *path)
{
  g_clear_pointer (&path->arcs, g_free);
  path->n_arcs = 0;
}

/* Sums of the same lengths in another order differ in the last digits: what
 * counts as equal is a millionth of a km or hour. */
static gint64
rounded (double length)
{
  return llround (length * 1e6);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const SfPath *p = a, *q = b;
  gint64 x = rounded (p->length), y = rounded (q->length);
  if (x != y)
    return x < y ? -1 : 1;
  for (guint i = 0; i < p->n_arcs && i < q->n_arcs; i++)
    if (p->arcs[i] != q->arcs[i])
      return p->arcs[i] < q->arcs[i] ? -1 : 1;
  return (p->n_arcs > q->n_arcs) - (p->n_arcs < q->n_arcs);
}

/* The edges of a way in the library's numbers as arcs of ours. */
static SfPath
path_from (const SfNetwork *n, const SfGraph *g,
           const igraph_vector_int_t *edges, SfWeight weight)
{
  SfPath path = { 0, 0, NULL };
  igraph_integer_t count = igraph_vector_int_size (edges);
  path.arcs = g_new (SfArc, count + 1);
  for (igraph_integer_t i = 0; i < count; i++) {
    SfArc arc = g->arcs[VECTOR (*edges)[i]];
    if (arc != SF_ARC_NONE)
      path.arcs[path.n_arcs++] = arc;
  }
  path.length = sf_network_arcs_length (n, path.arcs, path.n_arcs, weight);
  return path;
}

static GArray *
new_paths (void)
{
  GArray *paths = g_array_new (FALSE, FALSE, sizeof (SfPath));
  g_array_set_clear_func (paths, (GDestroyNotify)sf_path_clear);
  return paths;
}

/* Up to k ways in the library's order of equals, then sorted by ours. */
static GArray *
ask (const SfNetwork *n, SfGraph *g, gint to, guint k, SfWeight weight,
     GError **error)
{
  igraph_vector_int_list_t list;
  if (sf_network_failed (igraph_vector_int_list_init (&list, 0),
                         "shortest ways", error))
    return NULL;
  GArray *paths = NULL;
  if (!sf_network_failed (
          igraph_get_k_shortest_paths (&g->graph, &g->values, NULL, &list, k,
                                       g->source, to, IGRAPH_OUT),
          "shortest ways", error)) {
    paths = new_paths ();
    for (igraph_integer_t i = 0; i < igraph_vector_int_list_size (&list); i++) {
      SfPath path
          = path_from (n, g, igraph_vector_int_list_get_ptr (&list, i), weight);
      g_array_append_val (paths, path);
    }
    g_array_sort (paths, compare);
  }
  igraph_vector_int_list_destroy (&list);
  return paths;
}

/* One more than k is asked for: when it is as long as the last one wanted,
 * which of them come first is not the library's to say. */
static GArray *
ask_with_ties (const SfNetwork *n, SfGraph *g, gint to, guint k,
               SfWeight weight, GError **error)
{
  for (guint more = 1;; more = more * 4 + 4) {
    GArray *paths = ask (n, g, to, k + more, weight, error);
    if (!paths || paths->len <= k)
      return paths;
    const SfPath *last = &g_array_index (paths, SfPath, k - 1);
    const SfPath *next = &g_array_index (paths, SfPath, paths->len - 1);
    if (paths->len < k + more || more > TIES_MAX
        || rounded (last->length) != rounded (next->length)) {
      g_array_set_size (paths, k);
      return paths;
    }
    g_array_unref (paths);
  }
}

GArray *
sf_network_paths (SfNetwork *n, gint from, gint to, guint k, SfWeight weight,
                  const guint8 *is_closed, GError **error)
{
  guint n_nodes = sf_network_scenario (n)->n_nodes;
  g_return_val_if_fail (from >= 0 && (guint)from < n_nodes, NULL);
  g_return_val_if_fail (to >= 0 && (guint)to < n_nodes, NULL);
  g_return_val_if_fail (k > 0, NULL);
  if (from == to) {
    GArray *paths = new_paths ();
    SfPath here = { 0, 0, NULL };
    g_array_append_val (paths, here);
    return paths;
  }
  g_autoptr (GArray) origin = g_array_new (FALSE, FALSE, sizeof (gint));
  g_array_append_val (origin, from);
  SfGraph graph;
  SfCarry carry = weight == SF_WEIGHT_KM ? SF_CARRY_KM : SF_CARRY_H;
  if (!sf_graph_init (&graph, n, origin, carry, is_closed, error))
    return NULL;
  GArray *paths = ask_with_ties (n, &graph, to, k, weight, error);
  sf_graph_clear (&graph);
  return paths;
}

static gboolean
holds (const GArray *nodes, gint node)
{
  for (guint i = 0; i < nodes->len; i++)
    if (g_array_index (nodes, gint, i) == node)
      return TRUE;
  return FALSE;
}

gboolean
sf_network_nearest (SfNetwork *n, const GArray *from, gint to, SfWeight weight,
                    const guint8 *is_closed, SfPath *path, GError **error)
{
  g_return_val_if_fail (from && from->len > 0, FALSE);
  *path = (SfPath){ 0, 0, NULL };
  if (holds (from, to))
    return TRUE;
  SfGraph graph;
  SfCarry carry = weight == SF_WEIGHT_KM ? SF_CARRY_KM : SF_CARRY_H;
  if (!sf_graph_init (&graph, n, from, carry, is_closed, error))
    return FALSE;
  igraph_vector_int_t edges;
  gboolean ok = !sf_network_failed (igraph_vector_int_init (&edges, 0),
                                    "shortest way", error);
  if (ok) {
    ok = !sf_network_failed (igraph_get_shortest_path_dijkstra (
                                 &graph.graph, NULL, &edges, graph.source, to,
                                 &graph.values, IGRAPH_OUT),
                             "shortest way", error);
    if (ok)
      *path = path_from (n, &graph, &edges, weight);
    if (ok && path->n_arcs == 0)
      path->length = INFINITY;
    igraph_vector_int_destroy (&edges);
  }
  sf_graph_clear (&graph);
  return ok;
}
