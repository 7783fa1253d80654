/* test-networks.c - random networks against counting. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Networks small enough to try everything: every way, every set of nodes on
 * one side of a cut, every pair of closures, every state of the links. What
 * the network room says must be what the counting says.
 */
#include <math.h>
#include <string.h>

#include "sim/base/random.h"
#include "sim/network/closures.h"
#include "sim/network/flow.h"
#include "sim/network/reliability.h"
#include "sim/network/routes.h"
#include "tests/unit/network-fixture.h"

#define N_NETWORKS 150u
#define LINKS_MAX 10u

/* Lengths are whole so that ways of equal length abound; some are 0, some
 * links are parallel, one-way or closed. */
static SfScenario *
random_network (guint64 which)
{
  SfStream r;
  sf_stream_init (&r, 20, "test:networks", which, 0);
  guint n_nodes = 3 + sf_stream_index (&r, 4);
  guint n_links = 2 + sf_stream_index (&r, LINKS_MAX - 1);
  FixtureLink links[LINKS_MAX];
  for (guint i = 0; i < n_links; i++) {
    gint from = (gint)sf_stream_index (&r, n_nodes);
    gint to
        = (from + 1 + (gint)sf_stream_index (&r, n_nodes - 1)) % (gint)n_nodes;
    links[i] = (FixtureLink){ from, to, sf_stream_index (&r, 6),
                              1 + sf_stream_index (&r, 9),
                              sf_stream_chance (&r, 0.3) };
  }
  SfScenario *s = fixture_new (n_nodes, links, n_links);
  for (guint i = 0; i < n_links; i++) {
    s->links[i].closed = sf_stream_chance (&r, 0.1);
    s->links[i].fail_prob = sf_stream_uniform (&r);
    if (sf_stream_chance (&r, 0.1))
      s->links[i].fail_prob = sf_stream_index (&r, 2);
    s->links[i].border = sf_stream_chance (&r, 0.2);
    s->links[i].border_h = 3;
  }
  return s;
}

/* ---- Counting ----------------------------------------------------------- */

/* Nodes that can be reached, as bits. */
static guint
reached (const SfScenario *s, guint from_bits, const guint8 *closed)
{
  guint bits = from_bits, before = 0;
  while (bits != before) {
    before = bits;
    for (guint i = 0; i < s->n_links; i++) {
      const SfLinkSpec *l = &s->links[i];
      if (closed[i])
        continue;
      if (bits & 1u << l->from)
        bits |= 1u << l->to;
      if (!l->one_way && bits & 1u << l->to)
        bits |= 1u << l->from;
    }
  }
  return bits;
}

static guint
bits_of (const GArray *nodes)
{
  guint bits = 0;
  for (guint i = 0; i < nodes->len; i++)
    bits |= 1u << g_array_index (nodes, gint, i);
  return bits;
}

typedef struct {
  const SfNetwork *network;
  const guint8 *closed;
  gint to;
  SfWeight weight;
  GArray *paths; /* SfPath */
} Walk;

/* Every way without loops, each written down when it arrives. */
static void
walk (Walk *w, gint at, guint seen, SfArc *arcs, guint n)
{
  const SfScenario *s = sf_network_scenario (w->network);
  if (at == w->to) {
    SfPath path = { sf_network_arcs_length (w->network, arcs, n, w->weight), n,
                    g_memdup2 (arcs, n * sizeof *arcs) };
    g_array_append_val (w->paths, path);
    return;
  }
  for (SfArc arc = 0; arc < (SfArc)(2 * s->n_links); arc++) {
    gint next = sf_arc_to (s, arc);
    gboolean is_backward = arc & 1;
    if (w->closed[sf_arc_link (arc)] || sf_arc_from (s, arc) != at
        || (is_backward && s->links[sf_arc_link (arc)].one_way)
        || seen & 1u << next)
      continue;
    arcs[n] = arc;
    walk (w, next, seen | 1u << next, arcs, n + 1);
  }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const SfPath *p = a, *q = b;
  gint64 x = llround (p->length * 1e6), y = llround (q->length * 1e6);
  if (x != y)
    return x < y ? -1 : 1;
  for (guint i = 0; i < MIN (p->n_arcs, q->n_arcs); i++)
    if (p->arcs[i] != q->arcs[i])
      return p->arcs[i] < q->arcs[i] ? -1 : 1;
  return (int)p->n_arcs - (int)q->n_arcs;
}

static GArray *
all_paths (const SfNetwork *n, gint from, gint to, SfWeight weight,
           const guint8 *closed)
{
  SfArc arcs[LINKS_MAX + 1];
  Walk w
      = { n, closed, to, weight, g_array_new (FALSE, FALSE, sizeof (SfPath)) };
  g_array_set_clear_func (w.paths, (GDestroyNotify)sf_path_clear);
  walk (&w, from, 1u << from, arcs, 0);
  g_array_sort (w.paths, compare_paths);
  return w.paths;
}

static double
counted_length (const SfNetwork *n, const GArray *from, gint to,
                SfWeight weight, const guint8 *closed)
{
  double best = INFINITY;
  for (guint i = 0; i < from->len; i++) {
    g_autoptr (GArray) paths
        = all_paths (n, g_array_index (from, gint, i), to, weight, closed);
    if (paths->len > 0)
      best = MIN (best, g_array_index (paths, SfPath, 0).length);
  }
  return best;
}

/* The least capacity out of any set of nodes that holds the origins and not
 * the destination. */
static double
counted_flow (const SfScenario *s, const GArray *from, gint to,
              const guint8 *closed)
{
  guint need = bits_of (from);
  double least = INFINITY;
  for (guint set = 0; set < 1u << s->n_nodes; set++) {
    if ((set & need) != need || set & 1u << to)
      continue;
    double out = 0;
    for (guint i = 0; i < s->n_links; i++) {
      const SfLinkSpec *l = &s->links[i];
      gboolean has_from = (set & 1u << l->from) != 0;
      gboolean has_to = (set & 1u << l->to) != 0;
      if (!closed[i]
          && ((has_from && !has_to) || (!l->one_way && has_to && !has_from)))
        out += l->capacity_trucks_per_day;
    }
    least = MIN (least, out);
  }
  return least;
}

/* ---- What must hold ----------------------------------------------------- */

typedef struct {
  guint64 which;
  SfScenario *s;
  SfNetwork *n;
  guint8 *closed;
  GArray *from;
  gint to;
} Case;

static void
with_networks (void (*check) (const Case *c))
{
  for (guint64 i = 0; i < N_NETWORKS; i++) {
    g_autoptr (SfScenario) s = random_network (i);
    g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
    g_autofree guint8 *closed = sf_network_closed (n, NULL);
    gboolean has_two = s->n_nodes > 3 && i % 2;
    g_autoptr (GArray) from = fixture_nodes (0, has_two ? 1 : -1);
    Case c = { i, s, n, closed, from, (gint)s->n_nodes - 1 };
    check (&c);
  }
}

static void
assert_same_paths (const Case *c, const GArray *got, const GArray *all, guint k)
{
  g_assert_cmpuint (got->len, ==, MIN (k, all->len));
  for (guint i = 0; i < got->len; i++) {
    const SfPath *p = &g_array_index (got, SfPath, i);
    if (compare_paths (p, &g_array_index (all, SfPath, i)) != 0)
      g_error ("network %" G_GUINT64_FORMAT ", k %u: way %u differs", c->which,
               k, i);
  }
}

static void
check_paths (const Case *c)
{
  for (guint weight = SF_WEIGHT_KM; weight <= SF_WEIGHT_H; weight++) {
    g_autoptr (GArray) all
        = all_paths (c->n, 0, c->to, (SfWeight)weight, c->closed);
    for (guint k = 1; k < 6; k++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) got = sf_network_paths (
          c->n, 0, c->to, k, (SfWeight)weight, NULL, &error);
      g_assert_no_error (error);
      assert_same_paths (c, got, all, k);
    }
  }
}

static void
test_paths (void)
{
  with_networks (check_paths);
}

/* One way between every two nodes, first with nothing kept, then with all:
 * from whichever end it is found, it is the first of all ways. */
static void
check_routes_closed (const Case *c, SfRoutes *routes)
{
  const SfScenario *s = c->s;
  for (guint i = 0; i < s->n_nodes * s->n_nodes; i++) {
    gint from = (gint)(i / s->n_nodes), to = (gint)(i % s->n_nodes);
    if (from == to)
      continue;
    g_autoptr (GArray) all = all_paths (c->n, from, to, SF_WEIGHT_H, c->closed);
    assert_same_paths (c, sf_routes_find (routes, from, to, c->closed), all, 1);
  }
}

static void
check_routes (const Case *c)
{
  g_autoptr (SfRoutes) routes = sf_routes_new (c->n, 1);
  sf_routes_set_weight (routes, SF_WEIGHT_H);
  g_autofree guint8 *before = sf_network_closed (c->n, NULL);
  check_routes_closed (c, routes);
  for (guint i = 0; i < 3; i++) {
    c->closed[i % c->s->n_links] ^= 1;
    check_routes_closed (c, routes);
  }
  memcpy (c->closed, before, c->s->n_links);
  check_routes_closed (c, routes);
}

static void
test_routes (void)
{
  with_networks (check_routes);
}

static void
check_nearest (const Case *c)
{
  g_autoptr (GError) error = NULL;
  SfPath path;
  sf_network_nearest (c->n, c->from, c->to, SF_WEIGHT_KM, NULL, &path, &error);
  g_assert_no_error (error);
  double expected
      = counted_length (c->n, c->from, c->to, SF_WEIGHT_KM, c->closed);
  g_assert_true (path.length == expected
                 || fabs (path.length - expected) < 1e-9);
  sf_path_clear (&path);
}

static void
test_nearest (void)
{
  with_networks (check_nearest);
}

/* What leaves a node less what comes in. */
static double
surplus (const SfScenario *s, const SfFlow *flow, gint node)
{
  double sum = 0;
  for (guint i = 0; i < s->n_links; i++) {
    double amount = g_array_index (flow->link_flow, double, i);
    sum += s->links[i].from == node ? amount : 0;
    sum -= s->links[i].to == node ? amount : 0;
  }
  return sum;
}

static void
check_flow (const Case *c)
{
  g_autoptr (GError) error = NULL;
  SfFlow flow;
  sf_network_flow (c->n, c->from, c->to, NULL, &flow, &error);
  g_assert_no_error (error);
  double expected = counted_flow (c->s, c->from, c->to, c->closed);
  g_assert_cmpfloat_with_epsilon (flow.trucks_per_day, expected, 1e-9);
  g_assert_cmpfloat_with_epsilon (surplus (c->s, &flow, c->to), -expected,
                                  1e-9);
  for (gint v = 0; v < c->to; v++)
    if (!(bits_of (c->from) & 1u << v))
      g_assert_cmpfloat_with_epsilon (surplus (c->s, &flow, v), 0, 1e-9);
  double cut = 0;
  for (guint i = 0; i < flow.cut->len; i++) {
    guint link = g_array_index (flow.cut, guint, i);
    cut += c->s->links[link].capacity_trucks_per_day;
    c->closed[link] = 1;
  }
  g_assert_cmpfloat_with_epsilon (cut, expected, 1e-9);
  g_assert_cmpfloat (counted_flow (c->s, c->from, c->to, c->closed), ==, 0);
  sf_flow_clear (&flow);
}

static void
test_flow (void)
{
  with_networks (check_flow);
}

static gboolean
holds (const GArray *list, gint value)
{
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, gint, i) == value)
      return TRUE;
  return FALSE;
}

static void
check_points (const Case *c)
{
  SfSinglePoints points;
  g_assert_true (
      sf_network_single_points (c->n, c->from, c->to, NULL, &points, NULL));
  guint from = bits_of (c->from), to = 1u << c->to;
  gboolean now = (reached (c->s, from, c->closed) & to) != 0;
  g_assert_true (points.is_reached == now);
  for (guint i = 0; i < c->s->n_links; i++) {
    guint8 was = c->closed[i];
    c->closed[i] = 1;
    gboolean is_cut = now && !(reached (c->s, from, c->closed) & to);
    c->closed[i] = was;
    g_assert_true (holds (points.links, (gint)i) == is_cut);
  }
  g_autofree guint8 *trial = g_new (guint8, c->s->n_links + 1);
  for (gint v = 0; v < c->to; v++) {
    for (guint i = 0; i < c->s->n_links; i++)
      trial[i]
          = c->closed[i] || c->s->links[i].from == v || c->s->links[i].to == v;
    gboolean is_cut = now && !(reached (c->s, from, trial) & to);
    gboolean is_end = (from & 1u << v) != 0;
    if (!is_end)
      g_assert_true (holds (points.nodes, v) == is_cut);
  }
  sf_single_points_clear (&points);
}

static void
test_points (void)
{
  with_networks (check_points);
}

static double
counted_service (const Case *c, SfService service)
{
  if (service == SF_SERVICE_CAPACITY)
    return counted_flow (c->s, c->from, c->to, c->closed);
  return counted_length (c->n, c->from, c->to,
                         service == SF_SERVICE_KM ? SF_WEIGHT_KM : SF_WEIGHT_H,
                         c->closed);
}

/* The worst over all sets of at most `left` closures, links from `first`. */
static double
counted_worst (const Case *c, SfService service, guint first, guint left)
{
  double worst = counted_service (c, service);
  for (guint i = first; left > 0 && i < c->s->n_links; i++) {
    if (c->closed[i])
      continue;
    c->closed[i] = 1;
    double value = counted_worst (c, service, i + 1, left - 1);
    c->closed[i] = 0;
    worst = service == SF_SERVICE_CAPACITY ? MIN (worst, value)
                                           : MAX (worst, value);
  }
  return worst;
}

static void
check_closures (const Case *c)
{
  if (c->which % 5)
    return; /* counting is slow */
  for (guint service = SF_SERVICE_KM; service <= SF_SERVICE_CAPACITY; service++)
    for (guint k = 0; k < 4; k++) {
      SfClosures got;
      g_assert_true (sf_network_closures (
          c->n, c->from, c->to, (SfService)service, NULL, k, &got, NULL));
      double expected = counted_worst (c, (SfService)service, 0, k);
      g_assert_true (got.value == expected
                     || fabs (got.value - expected) < 1e-9);
      g_assert_cmpuint (got.links->len, <=, k);
      for (guint i = 0; i < got.links->len; i++)
        c->closed[g_array_index (got.links, guint, i)] = 1;
      double service_then = counted_service (c, (SfService)service);
      g_assert_true (service_then == expected
                     || fabs (service_then - expected) < 1e-9);
      for (guint i = 0; i < got.links->len; i++)
        c->closed[g_array_index (got.links, guint, i)] = 0;
      sf_closures_clear (&got);
    }
}

static void
test_closures (void)
{
  with_networks (check_closures);
}

static double
counted_reliability (const Case *c)
{
  double prob = 0;
  g_autofree guint8 *state = g_new (guint8, c->s->n_links + 1);
  for (guint bits = 0; bits < 1u << c->s->n_links; bits++) {
    double p = 1;
    for (guint i = 0; i < c->s->n_links; i++) {
      gboolean fails = (bits >> i) & 1;
      double q = c->s->links[i].fail_prob;
      p *= fails ? q : 1 - q;
      state[i] = c->closed[i] || fails;
    }
    if (p > 0 && reached (c->s, bits_of (c->from), state) & 1u << c->to)
      prob += p;
  }
  return prob;
}

static void
check_reliability (const Case *c)
{
  g_autoptr (GError) error = NULL;
  SfReliability exact, drawn;
  sf_network_reliability (c->n, c->from, c->to, NULL, -1, &exact, &error);
  g_assert_no_error (error);
  double expected = counted_reliability (c);
  if (fabs (exact.prob - expected) > 1e-12)
    g_error ("network %" G_GUINT64_FORMAT ": %.15g, counted %.15g", c->which,
             exact.prob, expected);
  if (c->which % 10)
    return;
  sf_network_reliability_drawn (c->n, c->from, c->to, NULL, -1, 7, 500, &drawn,
                                &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (fabs (drawn.prob - expected), <=, 5 * drawn.se_prob);
}

static void
test_reliability (void)
{
  with_networks (check_reliability);
}

/* The same network with its nodes numbered backwards. */
static void
check_relabelled (const Case *c)
{
  g_autoptr (SfScenario) other = random_network (c->which);
  gint last = (gint)other->n_nodes - 1;
  for (guint i = 0; i < other->n_links; i++) {
    other->links[i].from = last - other->links[i].from;
    other->links[i].to = last - other->links[i].to;
  }
  g_autoptr (SfNetwork) n = sf_network_new (other, NULL);
  g_autoptr (GArray) here
      = sf_network_paths (c->n, 0, c->to, 4, SF_WEIGHT_KM, NULL, NULL);
  g_autoptr (GArray) there
      = sf_network_paths (n, last, last - c->to, 4, SF_WEIGHT_KM, NULL, NULL);
  assert_same_paths (c, there, here, here->len);
}

static void
test_relabelled (void)
{
  with_networks (check_relabelled);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/networks/ways-are-those-counted", test_paths);
  g_test_add_func ("/networks/kept-lengths-lead-the-way-counted", test_routes);
  g_test_add_func ("/networks/nearest-origin-is-that-counted", test_nearest);
  g_test_add_func ("/networks/flow-is-the-smallest-cut", test_flow);
  g_test_add_func ("/networks/single-points-are-those-counted", test_points);
  g_test_add_func ("/networks/closures-are-the-worst-counted", test_closures);
  g_test_add_func ("/networks/reliability-is-that-counted", test_reliability);
  g_test_add_func ("/networks/numbering-changes-nothing", test_relabelled);
  return g_test_run ();
}
