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

/* ---- One way of all ------------------------------------------------------ */

struct SfMesh {
  const SfNetwork *network;
  igraph_t graph;         /* edge i is the arc i */
  igraph_vector_t values; /* scratch, one an edge */
  double *lengths;        /* one a link */
  guint *first;           /* by node, and the end: into leaving */
  SfArc *leaving;         /* the arcs that leave a node, in their order */
  guint *seen;            /* by node: the last walk that came by */
  guint walk;
  double mean; /* length of a link that anyone can go; 0 if there is none */
  gboolean is_even;
};

static void
list_leaving (SfMesh *m)
{
  const SfScenario *s = sf_network_scenario (m->network);
  SfArc n_arcs = (SfArc)(2 * s->n_links);
  m->first = g_new0 (guint, s->n_nodes + 2);
  m->leaving = g_new (SfArc, n_arcs + 1);
  for (SfArc a = 0; a < n_arcs; a++)
    m->first[sf_arc_from (s, a) + 2]++;
  for (guint i = 0; i < s->n_nodes; i++)
    m->first[i + 2] += m->first[i + 1];
  for (SfArc a = 0; a < n_arcs; a++) /* moves first[i + 1] to its place */
    m->leaving[m->first[sf_arc_from (s, a) + 1]++] = a;
}

static gboolean
build_graph (SfMesh *m, GError **error)
{
  const SfScenario *s = sf_network_scenario (m->network);
  g_autofree igraph_integer_t *ends
      = g_new (igraph_integer_t, 4 * s->n_links + 1);
  for (SfArc a = 0; a < (SfArc)(2 * s->n_links); a++) {
    ends[2 * a] = sf_arc_from (s, a);
    ends[2 * a + 1] = sf_arc_to (s, a);
  }
  igraph_vector_int_t view;
  igraph_vector_int_view (&view, ends, 4 * s->n_links);
  if (sf_network_failed (igraph_vector_init (&m->values, 2 * s->n_links),
                         "building", error))
    return FALSE;
  if (!sf_network_failed (
          igraph_create (&m->graph, &view, s->n_nodes, IGRAPH_DIRECTED),
          "building", error))
    return TRUE;
  igraph_vector_destroy (&m->values);
  return FALSE;
}

SfMesh *
sf_mesh_new (const SfNetwork *network, SfWeight weight, GError **error)
{
  const SfScenario *s = sf_network_scenario (network);
  SfMesh *m = g_new0 (SfMesh, 1);
  m->network = network;
  if (!build_graph (m, error)) {
    g_free (m);
    return NULL;
  }
  list_leaving (m);
  m->seen = g_new0 (guint, s->n_nodes + 1);
  m->lengths = g_new (double, s->n_links + 1);
  m->is_even = TRUE;
  guint n = 0;
  for (guint i = 0; i < s->n_links; i++) {
    m->lengths[i] = sf_network_link_length (network, i, weight);
    m->is_even &= !s->links[i].one_way;
    if (isfinite (m->lengths[i]))
      m->mean += (m->lengths[i] - m->mean) / ++n;
  }
  return m;
}

void
sf_mesh_free (SfMesh *m)
{
  if (!m)
    return;
  igraph_destroy (&m->graph);
  igraph_vector_destroy (&m->values);
  g_free (m->lengths);
  g_free (m->first);
  g_free (m->leaving);
  g_free (m->seen);
  g_free (m);
}

gboolean
sf_mesh_is_even (const SfMesh *m)
{
  return m->is_even;
}

double
sf_mesh_mean_length (const SfMesh *m)
{
  return m->mean;
}

/* INFINITY where nobody can go. */
static double
arc_length (const SfMesh *m, SfArc arc, const guint8 *is_closed)
{
  const SfScenario *s = sf_network_scenario (m->network);
  guint link = sf_arc_link (arc);
  const SfLinkSpec *l = &s->links[link];
  return sf_is_closed (s, is_closed, link) || l->from == l->to
                 || (l->one_way && (arc & 1))
             ? INFINITY
             : m->lengths[link];
}

/* Copies the only row of a matrix. */
static double *
row_of (const igraph_matrix_t *matrix)
{
  igraph_integer_t n = igraph_matrix_ncol (matrix);
  double *row = g_new (double, n + 1);
  for (igraph_integer_t i = 0; i < n; i++)
    row[i] = MATRIX (*matrix, 0, i);
  return row;
}

double *
sf_mesh_lengths (SfMesh *m, gint root, gboolean is_inward, double within,
                 const guint8 *is_closed, GError **error)
{
  igraph_integer_t n_edges = igraph_vector_size (&m->values);
  for (igraph_integer_t i = 0; i < n_edges; i++)
    VECTOR (m->values)[i] = arc_length (m, (SfArc)i, is_closed);
  igraph_matrix_t found;
  if (sf_network_failed (igraph_matrix_init (&found, 0, 0), "shortest ways",
                         error))
    return NULL;
  double *lengths = NULL;
  if (!sf_network_failed (igraph_distances_dijkstra_cutoff (
                              &m->graph, &found, igraph_vss_1 (root),
                              igraph_vss_all (), &m->values,
                              is_inward ? IGRAPH_IN : IGRAPH_OUT, within),
                          "shortest ways", error))
    lengths = row_of (&found);
  igraph_matrix_destroy (&found);
  return lengths;
}

/* From the beginning, each time the first arc that leads to the end without
 * loss: so comes the first of all ways of that length. */
static gboolean
walk_on (SfMesh *m, const double *left, gint from, gint to,
         const guint8 *is_closed, GArray *arcs)
{
  const SfScenario *s = sf_network_scenario (m->network);
  gint64 least = rounded (left[from]);
  double length = 0;
  for (gint at = from; at != to;) {
    guint i = m->first[at];
    double step = INFINITY;
    if (m->seen[at] == m->walk)
      return FALSE; /* in a circle */
    m->seen[at] = m->walk;
    for (; i < m->first[at + 1]; i++) {
      step = arc_length (m, m->leaving[i], is_closed);
      double whole = length + step + left[sf_arc_to (s, m->leaving[i])];
      if (whole < INFINITY && rounded (whole) <= least)
        break;
    }
    if (i == m->first[at + 1])
      return FALSE;
    g_array_append_val (arcs, m->leaving[i]);
    length += step;
    at = sf_arc_to (s, m->leaving[i]);
  }
  return TRUE;
}

/* What loses less cannot be told from what loses nothing. */
#define LOSS_MAX 1.1e-6

/* From the end back, as long as just one arc leads there without loss. */
static gboolean
walk_back (const SfMesh *m, const double *gone, gint from, gint to,
           const guint8 *is_closed, GArray *arcs)
{
  const SfScenario *s = sf_network_scenario (m->network);
  for (gint at = to; at != from;) {
    SfArc only = SF_ARC_NONE;
    for (guint i = m->first[at]; i < m->first[at + 1]; i++) {
      SfArc arc = m->leaving[i] ^ 1; /* the same link, to here */
      double whole
          = gone[sf_arc_from (s, arc)] + arc_length (m, arc, is_closed);
      if (!(whole <= gone[at] + LOSS_MAX))
        continue;
      if (only != SF_ARC_NONE)
        return FALSE;
      only = arc;
    }
    if (only == SF_ARC_NONE)
      return FALSE;
    g_array_append_val (arcs, only);
    at = sf_arc_from (s, only);
  }
  for (guint i = 0; i < arcs->len / 2; i++) {
    SfArc *a = &g_array_index (arcs, SfArc, i);
    SfArc *b = &g_array_index (arcs, SfArc, arcs->len - 1 - i);
    SfArc kept = *a;
    *a = *b;
    *b = kept;
  }
  return TRUE;
}

gboolean
sf_mesh_way (SfMesh *m, const double *lengths, gboolean is_inward, gint from,
             gint to, const guint8 *is_closed, SfPath *path)
{
  double least = lengths[is_inward ? from : to];
  *path = (SfPath){ INFINITY, 0, NULL };
  if (isinf (least))
    return TRUE;
  g_autoptr (GArray) arcs = g_array_new (FALSE, FALSE, sizeof (SfArc));
  m->walk++;
  if (!(is_inward ? walk_on (m, lengths, from, to, is_closed, arcs)
                  : walk_back (m, lengths, from, to, is_closed, arcs)))
    return FALSE;
  double length = 0;
  for (guint i = 0; i < arcs->len; i++)
    length += m->lengths[sf_arc_link (g_array_index (arcs, SfArc, i))];
  if (rounded (length) != rounded (least))
    return FALSE;
  path->length = length;
  path->n_arcs = arcs->len;
  path->arcs = (SfArc *)(void *)g_array_free (g_steal_pointer (&arcs), FALSE);
  return TRUE;
}

/* The first way, or none; NULL without an error: look for it otherwise. */
static GArray *
ask_for_one (const SfNetwork *n, gint from, gint to, SfWeight weight,
             const guint8 *is_closed, GError **error)
{
  g_autoptr (SfMesh) mesh = sf_mesh_new (n, weight, error);
  g_autofree double *left
      = mesh ? sf_mesh_lengths (mesh, to, TRUE, INFINITY, is_closed, error)
             : NULL;
  SfPath path;
  if (!left || !sf_mesh_way (mesh, left, TRUE, from, to, is_closed, &path))
    return NULL;
  GArray *paths = new_paths ();
  if (path.n_arcs > 0)
    g_array_append_val (paths, path);
  return paths;
}

/* ---- Questions ------------------------------------------------------------ */

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
  if (k == 1) {
    g_autoptr (GError) problem = NULL;
    GArray *one = ask_for_one (n, from, to, weight, is_closed, &problem);
    if (problem)
      g_propagate_error (error, g_steal_pointer (&problem));
    if (one || problem)
      return one;
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
