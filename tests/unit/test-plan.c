/* test-plan.c - routes that are kept are those found anew. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/plan/plan.h"

#include <string.h>

#include "sim/base/random.h"
#include "sim/cli/cmd.h"

#define SEED 6u
#define MOST 16u

typedef struct {
  SfScenario *s;
  SfPlan *plan;
} Fixture;

static void
set_up_with (Fixture *f, const char *file, const char *const *set)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "scenarios", file, NULL);
  f->s = sf_scenario_read (path, set, sf_cmd_models (), mistakes);
  g_assert_nonnull (f->s);
  f->plan = sf_plan_new (f->s, NULL);
}

static void
set_up (Fixture *f, gconstpointer file)
{
  set_up_with (f, file, NULL);
}

static void
tear_down (Fixture *f, gconstpointer file)
{
  (void)file;
  sf_plan_free (f->plan);
  sf_scenario_free (f->s);
}

/* The ends of a shipment's journey, there or back. */
static void
ends_of (const SfScenario *s, guint shipment, gboolean is_back, gint *from,
         gint *to)
{
  gint home = s->fleets[s->shipments[shipment].fleet].home;
  *from = is_back ? s->shipments[shipment].to : home;
  *to = is_back ? home : s->shipments[shipment].to;
}

static gboolean
is_open (const SfPlan *plan, const SfRoute *r, const guint8 *closed)
{
  for (guint i = 0; i < r->n_hops; i++) {
    const SfHop *h = &plan->hops[g_array_index (plan->route_hops, SfHopId,
                                                r->first_hop + i)];
    for (guint k = 0; k < h->n_arcs; k++)
      if (closed[sf_arc_link (plan->arcs[h->first_arc + k])])
        return FALSE;
  }
  return TRUE;
}

/* An answer as text: the hops of each route. */
static char *
told (SfPlan *plan, gint from, gint to, const guint8 *closed, guint max)
{
  GString *text = g_string_new (NULL);
  guint routes[MOST];
  guint n = sf_plan_routes (plan, from, to, closed, 0, routes, max);
  g_assert_cmpuint (n, <=, max);
  for (guint i = 0; i < n; i++) {
    const SfRoute *r = &g_array_index (plan->routes, SfRoute, routes[i]);
    g_assert_true (is_open (plan, r, closed));
    g_string_append_printf (text, "%.6f:", r->length);
    for (guint h = 0; h < r->n_hops; h++)
      g_string_append_printf (
          text, " %d",
          g_array_index (plan->route_hops, SfHopId, r->first_hop + h));
    g_string_append_c (text, '\n');
  }
  g_string_append_printf (text, "usual %.6g", sf_plan_usual_h (plan, from, to));
  return g_string_free (text, FALSE);
}

/* A link that some shipment passes on an ordinary day, or any. */
static guint
some_link (SfStream *r, SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  guint routes[MOST];
  gint from, to;
  ends_of (s, sf_stream_index (r, s->n_shipments), FALSE, &from, &to);
  guint n = sf_plan_routes (plan, from, to, plan->shut, 0, routes, MOST);
  if (n == 0 || sf_stream_chance (r, 0.3))
    return sf_stream_index (r, s->n_links);
  const SfRoute *route
      = &g_array_index (plan->routes, SfRoute, routes[sf_stream_index (r, n)]);
  const SfHop *hop = &plan->hops[g_array_index (
      plan->route_hops, SfHopId,
      route->first_hop + sf_stream_index (r, route->n_hops))];
  return sf_arc_link (
      plan->arcs[hop->first_arc + sf_stream_index (r, hop->n_arcs)]);
}

/* Roads closed and opened by chance, few enough for states to come back. */
static void
change_roads (SfStream *r, SfPlan *plan, guint8 *closed)
{
  guint n_links = plan->scenario->n_links;
  if (sf_stream_chance (r, 0.2))
    memcpy (closed, plan->shut, n_links);
  else
    closed[some_link (r, plan)] ^= 1;
  if (sf_stream_chance (r, 0.2)) /* all roads are opened */
    memset (closed, 0, n_links);
}

/* A plan that has been asked much answers as one that was asked nothing. */
static void
test_as_fresh (Fixture *f, gconstpointer file)
{
  (void)file;
  SfStream chance;
  sf_stream_init (&chance, SEED, "test:plan", 0, 0);
  g_autofree guint8 *closed = g_memdup2 (f->plan->shut, f->s->n_links);
  for (guint i = 0; i < 60; i++) {
    g_autoptr (SfPlan) fresh = sf_plan_new (f->s, NULL);
    guint max = i % 5 == 0 ? 1 : MOST;
    gint from, to;
    change_roads (&chance, f->plan, closed);
    for (guint p = 0; p < f->s->n_shipments; p += 1 + i % 3) {
      ends_of (f->s, p, i % 2, &from, &to);
      g_autofree char *first = told (f->plan, from, to, closed, max);
      g_autofree char *again = told (f->plan, from, to, closed, max);
      g_autofree char *anew = told (fresh, from, to, closed, max);
      g_assert_cmpstr (first, ==, anew);
      g_assert_cmpstr (again, ==, anew);
    }
  }
}

/* So many states that those of before are forgotten. */
static void
test_forgets (Fixture *f, gconstpointer file)
{
  (void)file;
  g_autofree guint8 *closed = g_memdup2 (f->plan->shut, f->s->n_links);
  gint from, to;
  ends_of (f->s, 0, FALSE, &from, &to);
  g_autofree char *usual = told (f->plan, from, to, closed, MOST);
  closed[f->s->n_links - 1] ^= 1;
  g_autofree char *before = told (f->plan, from, to, closed, MOST);
  for (guint state = 1; state < 5000; state++) {
    for (guint bit = 0; bit < 13; bit++)
      closed[bit] = f->plan->shut[bit] != ((state >> bit) & 1);
    guint routes[MOST];
    sf_plan_routes (f->plan, from, to, closed, 0, routes, MOST);
  }
  memcpy (closed, f->plan->shut, f->s->n_links);
  g_autofree char *usual_again = told (f->plan, from, to, closed, MOST);
  closed[f->s->n_links - 1] ^= 1;
  g_autofree char *after = told (f->plan, from, to, closed, MOST);
  g_assert_cmpstr (usual_again, ==, usual);
  g_assert_cmpstr (after, ==, before);
}

/* The demands of each stock of each market are those that a search through
 * all finds, in their order. */
static void
test_demands (Fixture *f, gconstpointer file)
{
  (void)file;
  const SfScenario *s = f->s;
  const SfPlan *plan = f->plan;
  guint n = 0;
  for (guint m = 0; m < s->n_markets; m++)
    for (gint stock = 0; stock < 3; stock++) {
      g_assert_cmpuint (plan->demand_first[3 * m + (guint)stock], ==, n);
      for (guint d = 0; d < s->n_demands; d++)
        if (s->demands[d].node == s->markets[m].node
            && s->demands[d].commodity == s->markets[m].commodity
            && s->classes[s->demands[d].class].from == SF_FROM_DEPOT - stock)
          g_assert_cmpuint (plan->demand_list[n++], ==, d);
    }
  g_assert_cmpuint (plan->demand_first[3 * s->n_markets], ==, n);
  g_assert_cmpuint (n, ==, s->n_demands);
}

/* Every open arc that a truck can begin with lies in a hop whose arcs follow
 * one another, and whose inner nodes have no other way out. */
static void
test_hops (Fixture *f, gconstpointer file)
{
  (void)file;
  const SfScenario *s = f->s;
  g_autofree guint *degree = g_new0 (guint, s->n_nodes);
  guint n_long = 0;
  for (guint i = 0; i < s->n_links; i++) {
    degree[s->links[i].from]++;
    degree[s->links[i].to]++;
  }
  for (guint h = 0; h < f->plan->n_hops; h++) {
    const SfHop *hop = &f->plan->hops[h];
    const SfArc *arcs = &f->plan->arcs[hop->first_arc];
    n_long += hop->n_arcs > 1;
    g_assert_cmpint (sf_arc_from (s, arcs[0]), ==, hop->from);
    g_assert_cmpint (sf_arc_to (s, arcs[hop->n_arcs - 1]), ==, hop->to);
    for (guint i = 0; i + 1 < hop->n_arcs; i++) {
      g_assert_cmpint (sf_arc_to (s, arcs[i]), ==,
                       sf_arc_from (s, arcs[i + 1]));
      g_assert_cmpint (sf_arc_link (arcs[i]), !=, sf_arc_link (arcs[i + 1]));
      g_assert_cmpuint (degree[sf_arc_to (s, arcs[i])], ==, 2);
    }
  }
  g_assert_cmpuint (n_long, >, 0);
}

/* A road that the scenario closes is a choice once it is opened. */
static void
test_opened (void)
{
  static const char *const set[] = { "/links/north-kessa/closed=true", NULL };
  Fixture f;
  set_up_with (&f, "two-roads.json", set);
  g_autofree guint8 *open = g_new0 (guint8, f.s->n_links);
  guint routes[MOST];
  gint from, to;
  ends_of (f.s, 0, FALSE, &from, &to);
  guint n = sf_plan_routes (f.plan, from, to, f.plan->shut, 0, routes, MOST);
  g_assert_cmpuint (n, ==, 1);
  double south_h = g_array_index (f.plan->routes, SfRoute, routes[0]).length;
  n = sf_plan_routes (f.plan, from, to, open, 0, routes, MOST);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (g_array_index (f.plan->routes, SfRoute, routes[0]).length,
                     <, south_h);
  g_assert_cmpfloat (g_array_index (f.plan->routes, SfRoute, routes[1]).length,
                     ==, south_h);
  tear_down (&f, NULL);
}

/* A set of closed links with a number is taken at its number, whoever asked
 * between. */
static void
test_numbers (void)
{
  static const char *const set[] = { "/links/north-kessa/closed=true", NULL };
  Fixture f;
  set_up_with (&f, "two-roads.json", set);
  g_autofree guint8 *open = g_new0 (guint8, f.s->n_links);
  guint64 shut_now = sf_plan_name_roads (f.plan),
          open_now = sf_plan_name_roads (f.plan);
  guint routes[MOST];
  gint from, to;
  ends_of (f.s, 0, FALSE, &from, &to);
  g_assert_cmpuint (shut_now, !=, open_now);
  g_assert_cmpuint (shut_now, !=, 0);
  for (guint i = 0; i < 3; i++) {
    guint n = sf_plan_routes (f.plan, from, to, f.plan->shut, shut_now, routes,
                              MOST);
    g_assert_cmpuint (n, ==, 1);
    n = sf_plan_routes (f.plan, from, to, open, open_now, routes, MOST);
    g_assert_cmpuint (n, ==, 2);
    if (i > 0)
      sf_plan_routes (f.plan, from, to, f.plan->shut, 0, routes, MOST);
    n = sf_plan_routes (f.plan, from, to, open, open_now, routes, MOST);
    g_assert_cmpuint (n, ==, 2);
  }
  tear_down (&f, NULL);
}

/* What is prepared is not looked for again. */
static void
test_prepared (Fixture *f, gconstpointer file)
{
  (void)file;
  sf_plan_prepare (f->plan);
  guint n = sf_routes_count (f->plan->finder);
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < 2 * f->s->n_shipments; i++) {
    guint routes[MOST];
    gint from, to;
    ends_of (f->s, i / 2, i % 2, &from, &to);
    g_assert_cmpuint (
        sf_plan_routes (f->plan, from, to, f->plan->shut, 0, routes, MOST), >,
        0);
    g_assert_cmpfloat (
        sf_plan_usual_h (f->plan, from, to), ==,
        g_array_index (f->plan->routes, SfRoute, routes[0]).length);
  }
  g_assert_cmpuint (sf_routes_count (f->plan->finder), ==, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(PATH, FILE, TEST)                                                  \
  g_test_add ("/plan/" PATH, Fixture, FILE, set_up, TEST, tear_down)
  ADD ("kept-routes-are-those-found-anew", "two-roads.json", test_as_fresh);
  ADD ("kept-routes-are-those-found-anew/bamako", "bamako-2025.json",
       test_as_fresh);
  ADD ("too-many-states-are-forgotten", "bamako-2025.json", test_forgets);
  ADD ("demands-by-market-and-stock", "bamako-2025.json", test_demands);
  ADD ("hops-go-from-fork-to-fork", "bamako-2025.json", test_hops);
  ADD ("what-is-prepared-is-known", "bamako-2025.json", test_prepared);
  g_test_add_func ("/plan/opened-road-is-a-choice", test_opened);
  g_test_add_func ("/plan/numbered-sets-are-kept-apart", test_numbers);
  return g_test_run ();
}
