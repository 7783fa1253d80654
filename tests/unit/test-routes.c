/* test-routes.c - the cache of ways. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/network/routes.h"
#include "tests/unit/network-fixture.h"

/* Two ways from n0 to n2: direct (5 km), and through n1 (2 + 2 km). */
static const FixtureLink links[] = {
  { 0, 2, 5, 0, FALSE },
  { 0, 1, 2, 0, FALSE },
  { 1, 2, 2, 0, FALSE },
};

typedef struct {
  SfScenario *s;
  SfNetwork *n;
  SfRoutes *r;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void)data;
  f->s = fixture_new (3, links, 3);
  f->n = sf_network_new (f->s, NULL);
  f->r = sf_routes_new (f->n, 2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void)data;
  sf_routes_free (f->r);
  sf_network_free (f->n);
  sf_scenario_free (f->s);
}

static double
length_of (const GArray *paths, guint i)
{
  g_assert_cmpuint (i, <, paths->len);
  return g_array_index (paths, SfPath, i).length;
}

static void
test_keeps (Fixture *f, gconstpointer data)
{
  (void)data;
  const GArray *first = sf_routes_find (f->r, 0, 2, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_cmpfloat (length_of (first, 0), ==, 4);
  g_assert_cmpfloat (length_of (first, 1), ==, 5);
  g_assert_true (sf_routes_find (f->r, 0, 2, NULL) == first);
  g_assert_cmpuint (sf_routes_count (f->r), ==, 1);
}

static void
test_tells_sets_apart (Fixture *f, gconstpointer data)
{
  (void)data;
  const guint8 none[] = { 0, 0, 0 }, one[] = { 0, 1, 0 }, all[] = { 1, 1, 1 };
  const GArray *open = sf_routes_find (f->r, 0, 2, none);
  const GArray *less = sf_routes_find (f->r, 0, 2, one);
  const GArray *shut = sf_routes_find (f->r, 0, 2, all);
  g_assert_cmpfloat (length_of (open, 0), ==, 4);
  g_assert_cmpuint (less->len, ==, 1);
  g_assert_cmpfloat (length_of (less, 0), ==, 5);
  g_assert_cmpuint (shut->len, ==, 0);
  /* The other way round is another question. */
  g_assert_true (sf_routes_find (f->r, 2, 0, none) != open);
  g_assert_cmpuint (sf_routes_count (f->r), ==, 4);
  g_assert_true (sf_routes_find (f->r, 0, 2, one) == less);
}

/* Any number that is not 0 means closed, and NULL means the scenario. */
static void
test_same_set_same_answer (Fixture *f, gconstpointer data)
{
  (void)data;
  const guint8 one[] = { 0, 1, 0 }, also_one[] = { 0, 200, 0 };
  f->s->links[1].closed = TRUE;
  const GArray *paths = sf_routes_find (f->r, 0, 2, one);
  g_assert_true (sf_routes_find (f->r, 0, 2, also_one) == paths);
  g_assert_true (sf_routes_find (f->r, 0, 2, NULL) == paths);
}

static void
test_forgets (Fixture *f, gconstpointer data)
{
  (void)data;
  sf_routes_find (f->r, 0, 2, NULL);
  f->s->links[0].km = 1;
  g_assert_cmpfloat (length_of (sf_routes_find (f->r, 0, 2, NULL), 0), ==, 4);
  sf_routes_forget (f->r);
  g_assert_cmpuint (sf_routes_count (f->r), ==, 0);
  g_assert_cmpfloat (length_of (sf_routes_find (f->r, 0, 2, NULL), 0), ==, 1);
}

static void
test_hours (Fixture *f, gconstpointer data)
{
  (void)data;
  f->s->links[1].border = TRUE;
  f->s->links[1].border_h = 10;
  sf_routes_set_weight (f->r, SF_WEIGHT_H);
  g_assert_cmpfloat_with_epsilon (
      length_of (sf_routes_find (f->r, 0, 2, NULL), 0), 5.0 / 50, 1e-12);
}

/* Asks so that the next search starts from this node, if it is an end. */
static void
prefer (SfRoutes *r, gint node)
{
  const guint8 only_last[] = { 1, 1, 0 };
  sf_routes_find (r, node, (node + 1) % 3, only_last);
}

/* A single way is found by lengths from one end; which end changes nothing,
 * nor that a link is one-way. */
static void
test_either_end (Fixture *f, gconstpointer data)
{
  (void)data;
  f->s->links[2].one_way = TRUE;
  const guint8 none[] = { 0, 0, 0 };
  for (gint often = -1; often < 3; often++) {
    g_autoptr (SfRoutes) r = sf_routes_new (f->n, 1);
    if (often >= 0)
      prefer (r, often);
    const GArray *there = sf_routes_find (r, 0, 2, none);
    const GArray *back = sf_routes_find (r, 2, 0, none);
    g_assert_cmpuint (there->len, ==, 1);
    g_assert_cmpuint (back->len, ==, 1);
    g_assert_cmpfloat (length_of (there, 0), ==, 4);
    g_assert_cmpfloat (length_of (back, 0), ==, 5);
    g_assert_cmpuint (g_array_index (there, SfPath, 0).n_arcs, ==, 2);
    g_assert_cmpint (g_array_index (there, SfPath, 0).arcs[1], ==,
                     sf_arc_new (2, FALSE));
  }
}

/* Of ways that are equally long the first by its arcs, from either end. */
static void
test_ties (Fixture *f, gconstpointer data)
{
  (void)data;
  f->s->links[0].km = 4;
  for (gint often = 0; often < 3; often += 2) {
    g_autoptr (SfRoutes) r = sf_routes_new (f->n, 1);
    prefer (r, often);
    const GArray *there = sf_routes_find (r, 0, 2, NULL);
    const GArray *back = sf_routes_find (r, 2, 0, NULL);
    g_assert_cmpint (g_array_index (there, SfPath, 0).arcs[0], ==,
                     sf_arc_new (0, FALSE));
    g_assert_cmpint (g_array_index (back, SfPath, 0).arcs[0], ==,
                     sf_arc_new (0, TRUE));
  }
}

/* A country of SIDE times SIDE places, so large that most searches end before
 * its borders; here and there a road is longer, or one-way. */
#define SIDE 60u

static SfScenario *
make_country (void)
{
  g_autoptr (GArray) roads = g_array_new (FALSE, FALSE, sizeof (FixtureLink));
  for (guint i = 0; i < SIDE * SIDE; i++)
    for (guint down = 0; down < 2; down++) {
      guint next = i + (down ? SIDE : 1);
      if (next >= SIDE * SIDE || (!down && next % SIDE == 0))
        continue;
      FixtureLink road
          = { (gint)i, (gint)next, 1 + (i * 7 + down) % 5 % 3, 0, i % 11 == 3 };
      g_array_append_val (roads, road);
    }
  return fixture_new (SIDE * SIDE, (FixtureLink *)(void *)roads->data,
                      roads->len);
}

static void
assert_first_way (SfNetwork *n, SfRoutes *r, gint from, gint to,
                  const guint8 *is_closed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) all
      = sf_network_paths (n, from, to, 1, SF_WEIGHT_KM, is_closed, &error);
  g_assert_no_error (error);
  const GArray *found = sf_routes_find (r, from, to, is_closed);
  g_assert_cmpuint (found->len, ==, all->len);
  if (all->len == 0)
    return;
  const SfPath *a = &g_array_index (found, SfPath, 0);
  const SfPath *b = &g_array_index (all, SfPath, 0);
  g_assert_cmpmem (a->arcs, a->n_arcs * sizeof *a->arcs, b->arcs,
                   b->n_arcs * sizeof *b->arcs);
  g_assert_cmpfloat (a->length, ==, b->length);
}

/* From one place to ones ever further away and back, near ones again, with
 * roads closed in between: the same as a search of the whole country. */
static void
test_near_and_far (Fixture *f, gconstpointer data)
{
  (void)f;
  (void)data;
  static const gint places[] = { 1, 61, 8, 900, 13, 1850, 3599, 9, 905 };
  g_autoptr (SfScenario) s = make_country ();
  g_autoptr (SfNetwork) n = sf_network_new (s, NULL);
  g_autoptr (SfRoutes) r = sf_routes_new (n, 1);
  g_autofree guint8 *is_closed = g_new0 (guint8, s->n_links);
  for (guint closed = 0; closed < 4; closed++) {
    for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
      assert_first_way (n, r, 0, places[i], is_closed);
      assert_first_way (n, r, places[i], 0, is_closed);
    }
    for (guint i = 1; i < G_N_ELEMENTS (places); i++)
      assert_first_way (n, r, places[i - 1], places[i], is_closed);
    for (guint i = closed; i < s->n_links; i += 5 - closed)
      is_closed[i] = 1;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(PATH, TEST)                                                        \
  g_test_add ("/routes/" PATH, Fixture, NULL, set_up, TEST, tear_down)
  ADD ("second-question-gets-the-same-array", test_keeps);
  ADD ("closed-sets-are-told-apart", test_tells_sets_apart);
  ADD ("same-set-written-otherwise-is-the-same", test_same_set_same_answer);
  ADD ("forgetting-reads-the-lengths-again", test_forgets);
  ADD ("hours-weigh-the-frontier", test_hours);
  ADD ("either-end-finds-the-same-way", test_either_end);
  ADD ("equal-ways-in-the-order-of-their-arcs", test_ties);
  ADD ("near-and-far-are-what-a-whole-search-finds", test_near_and_far);
  return g_test_run ();
}
