/* reliability.c - the chance that a place can still be reached. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Factoring with series and parallel reductions: A. Satyanarayana and R. K.
 * Wood, "A linear-time algorithm for computing k-terminal reliability in
 * series-parallel networks", SIAM J. Comput. 14 (1985); branching at the
 * origin keeps it right for one-way links as well.
 */
#include "sim/network/reliability.h"

#include <math.h>
#include <string.h>

#include "sim/base/random.h"
#include "sim/lang/lang.h"
#include "sim/network/graph-private.h"

/* An edge of the graph that is being reduced. */
typedef struct {
  gint from, to;
  gboolean is_one_way;
  double prob; /* that it holds */
} Edge;

typedef struct {
  gint source, target; /* nodes of the reduced graph */
  guint n_nodes;
  guint n_branchings;
} Factoring;

static Edge *
edge_at (const GArray *edges, guint i)
{
  return &g_array_index (edges, Edge, i);
}

/* At the ends only one direction is of use. FALSE when the edge is of none. */
static gboolean
orient (const Factoring *f, Edge *e)
{
  if (e->from == e->to || e->prob <= 0)
    return FALSE;
  if (e->is_one_way)
    return e->to != f->source && e->from != f->target;
  if (e->to == f->source || e->from == f->target) {
    gint swap = e->from;
    e->from = e->to;
    e->to = swap;
  }
  e->is_one_way = e->from == f->source || e->to == f->target;
  return TRUE;
}

static gboolean
is_parallel (const Edge *a, const Edge *b)
{
  if (a->is_one_way != b->is_one_way)
    return FALSE;
  if (a->from == b->from && a->to == b->to)
    return TRUE;
  return !a->is_one_way && a->from == b->to && a->to == b->from;
}

/* Drops useless edges and merges parallel ones; TRUE when any changed. */
static gboolean
reduce_parallel (const Factoring *f, GArray *edges)
{
  gboolean changed = FALSE;
  for (guint i = 0; i < edges->len;) {
    Edge *e = edge_at (edges, i);
    gboolean is_gone = !orient (f, e);
    for (guint j = 0; !is_gone && j < i; j++) {
      Edge *other = edge_at (edges, j);
      if (!is_parallel (e, other))
        continue;
      other->prob = 1 - (1 - other->prob) * (1 - e->prob);
      is_gone = TRUE;
    }
    changed = changed || is_gone;
    if (is_gone)
      g_array_remove_index (edges, i);
    else
      i++;
  }
  return changed;
}

/* What meets at a node: how many edges, and the first two. */
typedef struct {
  guint n;
  guint edge[2];
} Meeting;

/* Two edges that meet at `node` as one that passes through it. FALSE when
 * nothing can pass. */
static gboolean
join (const Edge *a, const Edge *b, gint node, Edge *joined)
{
  gint far_a = a->from == node ? a->to : a->from;
  gint far_b = b->from == node ? b->to : b->from;
  gboolean a_in = !a->is_one_way || a->to == node;
  gboolean a_out = !a->is_one_way || a->from == node;
  gboolean b_in = !b->is_one_way || b->to == node;
  gboolean b_out = !b->is_one_way || b->from == node;
  gboolean forth = a_in && b_out, back = b_in && a_out;
  if (!forth && !back)
    return FALSE;
  joined->from = forth ? far_a : far_b;
  joined->to = forth ? far_b : far_a;
  joined->is_one_way = !(forth && back);
  joined->prob = a->prob * b->prob;
  return TRUE;
}

/* Removes one node that only one or two edges meet; TRUE when there was one.
 * A dead end goes away, a pass-through becomes one edge. */
static gboolean
reduce_series (const Factoring *f, GArray *edges)
{
  g_autofree Meeting *at = g_new0 (Meeting, f->n_nodes);
  for (guint i = 0; i < edges->len; i++) {
    const Edge *e = edge_at (edges, i);
    for (int end = 0; end < 2; end++) {
      Meeting *m = &at[end ? e->to : e->from];
      if (m->n < 2)
        m->edge[m->n] = i;
      m->n++;
    }
  }
  for (guint v = 0; v < f->n_nodes; v++) {
    const Meeting *m = &at[v];
    if ((gint)v == f->source || (gint)v == f->target || m->n == 0 || m->n > 2)
      continue;
    if (m->n == 1) {
      g_array_remove_index (edges, m->edge[0]);
      return TRUE;
    }
    Edge joined = { 0, 0, FALSE, 0 };
    if (join (edge_at (edges, m->edge[0]), edge_at (edges, m->edge[1]), (gint)v,
              &joined))
      *edge_at (edges, m->edge[0]) = joined;
    else
      edge_at (edges, m->edge[0])->prob = 0;
    g_array_remove_index (edges, m->edge[1]);
    return TRUE;
  }
  return FALSE;
}

static void
reduce (const Factoring *f, GArray *edges)
{
  while (reduce_parallel (f, edges) || reduce_series (f, edges))
    ;
}

/* The edges without `dropped`; when it holds, its far end is the source. */
static GArray *
without (const Factoring *f, const GArray *edges, guint dropped, gboolean holds)
{
  gint joined = edge_at (edges, dropped)->to;
  GArray *rest = g_array_sized_new (FALSE, FALSE, sizeof (Edge), edges->len);
  for (guint i = 0; i < edges->len; i++) {
    if (i == dropped)
      continue;
    Edge e = *edge_at (edges, i);
    if (holds && e.from == joined)
      e.from = f->source;
    if (holds && e.to == joined)
      e.to = f->source;
    g_array_append_val (rest, e);
  }
  return rest;
}

/* The edge from the source to branch on: the most likely one to lead to the
 * target soon, which is one that ends there, else the surest. -1: none. */
static gint
choose (const Factoring *f, const GArray *edges)
{
  gint best = -1;
  for (guint i = 0; i < edges->len; i++) {
    const Edge *e = edge_at (edges, i);
    if (e->from != f->source)
      continue;
    if (e->to == f->target)
      return (gint)i;
    if (best < 0 || e->prob > edge_at (edges, (guint)best)->prob)
      best = (gint)i;
  }
  return best;
}

/* Chance that source and target are connected; takes the edges. Negative when
 * the budget is spent. */
static double
factor (Factoring *f, GArray *edges)
{
  g_autoptr (GArray) owned = edges;
  reduce (f, owned);
  gint i = choose (f, owned);
  if (i < 0)
    return 0;
  Edge e = *edge_at (owned, (guint)i);
  double held = 1;
  if (e.to != f->target) {
    if (++f->n_branchings > SF_RELIABILITY_BUDGET)
      return -1;
    held = factor (f, without (f, owned, (guint)i, TRUE));
  }
  if (held < 0 || e.prob >= 1)
    return held;
  double failed = factor (f, without (f, owned, (guint)i, FALSE));
  return failed < 0 ? failed : e.prob * held + (1 - e.prob) * failed;
}

static double
holds_prob (const SfLinkSpec *link, double fail_prob)
{
  return 1 - (fail_prob >= 0 ? fail_prob : link->fail_prob);
}

/* The open links with their chances; sure ones lead from the extra source to
 * each origin. */
static GArray *
all_edges (const SfNetwork *n, const GArray *from, const guint8 *is_closed,
           double fail_prob)
{
  const SfScenario *s = sf_network_scenario (n);
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  for (guint i = 0; i < from->len; i++) {
    Edge e = { (gint)s->n_nodes, g_array_index (from, gint, i), TRUE, 1 };
    g_array_append_val (edges, e);
  }
  for (guint i = 0; i < s->n_links; i++) {
    const SfLinkSpec *l = &s->links[i];
    Edge e = { l->from, l->to, l->one_way, holds_prob (l, fail_prob) };
    if (!sf_is_closed (s, is_closed, i))
      g_array_append_val (edges, e);
  }
  return edges;
}

/* Marks the edges in one block with `last`, an edge from end to end: only
 * they can lie on a way without loops. */
static gboolean
mark_useful (const GArray *edges, guint n_nodes, guint8 *is_useful,
             GError **error)
{
  g_autofree igraph_integer_t *ends
      = g_new (igraph_integer_t, edges->len * 2 + 1);
  for (guint i = 0; i < edges->len; i++) {
    ends[2 * i] = edge_at (edges, i)->from;
    ends[2 * i + 1] = edge_at (edges, i)->to;
  }
  igraph_vector_int_t view;
  igraph_vector_int_view (&view, ends, edges->len * 2);
  igraph_t graph;
  igraph_vector_int_list_t blocks;
  if (sf_network_failed (
          igraph_create (&graph, &view, n_nodes, IGRAPH_UNDIRECTED),
          "reliability", error))
    return FALSE;
  gboolean ok = !sf_network_failed (igraph_vector_int_list_init (&blocks, 0),
                                    "reliability", error);
  if (ok) {
    ok = !sf_network_failed (
        igraph_biconnected_components (&graph, NULL, NULL, &blocks, NULL, NULL),
        "reliability", error);
    for (igraph_integer_t b = 0;
         ok && b < igraph_vector_int_list_size (&blocks); b++) {
      igraph_vector_int_t *block = igraph_vector_int_list_get_ptr (&blocks, b);
      if (!igraph_vector_int_contains (block, edges->len - 1))
        continue;
      for (igraph_integer_t i = 0; i < igraph_vector_int_size (block); i++)
        is_useful[VECTOR (*block)[i]] = 1;
    }
    igraph_vector_int_list_destroy (&blocks);
  }
  igraph_destroy (&graph);
  return ok;
}

/* Keeps the edges that a way could use. */
static gboolean
keep_useful (GArray *edges, guint n_nodes, gint source, gint target,
             GError **error)
{
  Edge last = { target, source, TRUE, 1 };
  g_array_append_val (edges, last);
  g_autofree guint8 *is_useful = g_new0 (guint8, edges->len);
  if (!mark_useful (edges, n_nodes, is_useful, error))
    return FALSE;
  guint kept = 0;
  for (guint i = 0; i + 1 < edges->len; i++)
    if (is_useful[i])
      *edge_at (edges, kept++) = *edge_at (edges, i);
  g_array_set_size (edges, kept);
  return TRUE;
}

static gboolean
is_origin (const GArray *from, gint node)
{
  for (guint i = 0; i < from->len; i++)
    if (g_array_index (from, gint, i) == node)
      return TRUE;
  return FALSE;
}

gboolean
sf_network_reliability (SfNetwork *n, const GArray *from, gint to,
                        const guint8 *is_closed, double fail_prob,
                        SfReliability *result, GError **error)
{
  g_return_val_if_fail (from && from->len > 0, FALSE);
  guint n_nodes = sf_network_scenario (n)->n_nodes + 1;
  SfReliability r = { 1, 0, 0, 0, 0 };
  if (!is_origin (from, to)) {
    Factoring f = { (gint)n_nodes - 1, to, n_nodes, 0 };
    g_autoptr (GArray) edges = all_edges (n, from, is_closed, fail_prob);
    if (!keep_useful (edges, n_nodes, f.source, f.target, error))
      return FALSE;
    for (guint i = 0; i < edges->len; i++)
      r.n_links += edge_at (edges, i)->from != f.source;
    r.prob = factor (&f, g_array_ref (edges));
    r.n_branchings = f.n_branchings;
  }
  if (r.prob < 0) {
    g_set_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_TOO_LARGE,
                 _ ("the exact chance needs more than %u branchings over %u "
                    "links; draw samples instead"),
                 SF_RELIABILITY_BUDGET, r.n_links);
    return FALSE;
  }
  *result = r;
  return TRUE;
}

/* Closes what fails in one drawn state of the network. */
static void
draw_state (const SfScenario *s, const guint8 *closed, double fail_prob,
            SfStream *stream, guint8 *state)
{
  for (guint i = 0; i < s->n_links; i++) {
    double u = sf_stream_uniform (stream);
    state[i] = closed[i] || u >= holds_prob (&s->links[i], fail_prob);
  }
}

static double
standard_error (guint64 n_up, guint64 n)
{
  double p = ((double)n_up + 1) / ((double)n + 2);
  return sqrt (p * (1 - p) / (double)n);
}

gboolean
sf_network_reliability_drawn (SfNetwork *n, const GArray *from, gint to,
                              const guint8 *is_closed, double fail_prob,
                              guint64 seed, guint64 samples_count,
                              SfReliability *result, GError **error)
{
  g_return_val_if_fail (from && from->len > 0 && samples_count > 0, FALSE);
  const SfScenario *s = sf_network_scenario (n);
  g_autofree guint8 *closed = sf_network_closed (n, is_closed);
  g_autofree guint8 *state = g_new0 (guint8, s->n_links + 1);
  guint64 name = sf_stream_hash ("network:reliability");
  guint64 n_up = 0;
  for (guint64 i = 0; i < samples_count; i++) {
    SfStream stream;
    sf_stream_init_hashed (&stream, seed, name, i, 0);
    draw_state (s, closed, fail_prob, &stream, state);
    SfPath path;
    if (!sf_network_nearest (n, from, to, SF_WEIGHT_KM, state, &path, error))
      return FALSE;
    n_up += !isinf (path.length);
    sf_path_clear (&path);
  }
  SfReliability r = { (double)n_up / (double)samples_count, 0, 0, samples_count,
                      standard_error (n_up, samples_count) };
  for (guint i = 0; i < s->n_links; i++)
    r.n_links += !closed[i];
  *result = r;
  return TRUE;
}
