/* choices.c - which routes there are from one place to another. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/plan/choices.h"
#include "sim/plan/plan.h"

/* Answers, and sets of closed links, that are kept besides those of ordinary
 * days. */
#define ANSWERS_MAX 65536u
#define STATES_MAX 4096u

/* The number of the state of the roads in which only those links are closed
 * that are so from the start. */
#define ORDINARY 0u

typedef struct {
  gint from, to;
} Ends;

/* The choice on an ordinary day. */
typedef struct {
  Ends ends;      /* first, as the key */
  GArray *routes; /* gint, fastest first */
  double usual_h; /* of the first; G_MAXDOUBLE when there is none */
} Choice;

typedef struct {
  Ends ends;
  guint state, max;
} Question;

typedef struct {
  Question question; /* first, as the key */
  guint n;
  guint routes[];
} Answer;

struct SfChoices {
  const guint8 *shut; /* borrowed */
  guint n_links;
  GHashTable *known;   /* what the finder found -> index in routes + 1 */
  GHashTable *choices; /* Choice, by its ends */
  GHashTable *answers; /* Answer, by its question */
  GHashTable *states;  /* GBytes: links that differ from shut -> number */
  guint8 *closed;      /* scratch */

  guint64 n_named; /* sets of closed links that have a number */

  /* Of the closed set that was asked for last: */
  guint8 *now;
  guint64 roads; /* its number, or 0 */
  guint state;
  guint64 bits;       /* of links closed that are not so from the start */
  gboolean is_opened; /* a link is open that is closed from the start */
};

static guint
ends_hash (gconstpointer key)
{
  const Ends *ends = key;
  return (guint)ends->from * 2654435761u ^ (guint)ends->to;
}

static gboolean
ends_equal (gconstpointer a, gconstpointer b)
{
  const Ends *x = a, *y = b;
  return x->from == y->from && x->to == y->to;
}

static guint
question_hash (gconstpointer key)
{
  const Question *q = key;
  return (ends_hash (&q->ends) ^ q->state * 40503u) * 2246822519u + q->max;
}

static gboolean
question_equal (gconstpointer a, gconstpointer b)
{
  const Question *x = a, *y = b;
  return ends_equal (&x->ends, &y->ends) && x->state == y->state
         && x->max == y->max;
}

static void
choice_free (gpointer data)
{
  Choice *choice = data;
  g_array_unref (choice->routes);
  g_free (choice);
}

SfChoices *
sf_choices_new (const guint8 *shut, guint n_links)
{
  SfChoices *c = g_new0 (SfChoices, 1);
  c->shut = shut;
  c->n_links = n_links;
  c->known = g_hash_table_new (NULL, NULL);
  c->choices = g_hash_table_new_full (ends_hash, ends_equal, choice_free, NULL);
  c->answers
      = g_hash_table_new_full (question_hash, question_equal, g_free, NULL);
  c->states = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                     (GDestroyNotify)g_bytes_unref, NULL);
  c->closed = g_new0 (guint8, n_links + 1);
  c->now = g_memdup2 (shut, n_links + 1);
  return c;
}

void
sf_choices_free (SfChoices *c)
{
  g_hash_table_unref (c->known);
  g_hash_table_unref (c->choices);
  g_hash_table_unref (c->answers);
  g_hash_table_unref (c->states);
  g_free (c->closed);
  g_free (c->now);
  g_free (c);
}

/* ---- States of the roads --------------------------------------------------- */

/* Forgets all but ordinary days. */
static void
forget_answers (SfChoices *c)
{
  g_hash_table_remove_all (c->states);
  g_hash_table_remove_all (c->answers);
}

/* The number of a set of links that differ from shut. */
static guint
number_of (SfChoices *c, const GArray *links)
{
  if (links->len == 0)
    return ORDINARY;
  g_autoptr (GBytes) key
      = g_bytes_new (links->data, links->len * sizeof (guint32));
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (c->states, key));
  if (number)
    return number;
  if (g_hash_table_size (c->states) >= STATES_MAX)
    forget_answers (c);
  number = g_hash_table_size (c->states) + 1;
  g_hash_table_insert (c->states, g_steal_pointer (&key),
                       GUINT_TO_POINTER (number));
  return number;
}

/* Makes the closed set the one of the moment. */
static void
set_state (SfChoices *c, const guint8 *is_closed, guint64 roads)
{
  if (roads != 0 && roads == c->roads)
    return; /* as mostly */
  c->roads = roads;
  if (memcmp (c->now, is_closed, c->n_links) == 0)
    return;
  memcpy (c->now, is_closed, c->n_links);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (guint32));
  c->bits = 0;
  c->is_opened = FALSE;
  for (guint32 i = 0; i < c->n_links; i++) {
    if ((is_closed[i] != 0) == (c->shut[i] != 0))
      continue;
    g_array_append_val (links, i);
    if (is_closed[i])
      c->bits |= sf_link_bit (i);
    else
      c->is_opened = TRUE;
  }
  c->state = number_of (c, links);
}

/* ---- Routes ---------------------------------------------------------------- */

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
      route.links |= sf_link_bit ((guint)sf_arc_link (path->arcs[i + k]));
    i += plan->hops[hop].n_arcs;
  }
  route.n_hops = plan->route_hops->len - route.first_hop;
  g_array_append_val (plan->routes, route);
  return plan->routes->len - 1;
}

/* The fastest route around the links that are marked closed, as an index, or -1. */
static gint
find_around (SfPlan *plan, gint from, gint to)
{
  const GArray *paths
      = sf_routes_find (plan->finder, from, to, plan->choices->closed);
  if (paths->len == 0)
    return -1;
  gint known
      = GPOINTER_TO_INT (g_hash_table_lookup (plan->choices->known, paths));
  if (known == 0) {
    known = (gint)store_route (plan, &g_array_index (paths, SfPath, 0)) + 1;
    g_hash_table_insert (plan->choices->known, (gpointer)paths,
                         GINT_TO_POINTER (known));
  }
  return known - 1;
}

/* Marks the links of a route that are closed; FALSE: none is. */
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
      plan->choices->closed[link] |= is_closed[link];
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
  /* Pointers of our own, so that the compiler takes many links at a time. */
  guint n_links = plan->scenario->n_links;
  guint8 *closed = plan->choices->closed;
  const guint8 *shut = plan->shut;
  gint route;
  for (guint i = 0; i < n_links; i++)
    closed[i] = shut[i] & is_closed[i];
  for (guint g = 0; gate >= 0 && g < plan->n_gates; g++)
    if ((gint)g != gate)
      closed[sf_arc_link (plan->arcs[plan->hops[plan->gates[g].hop].first_arc])]
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

/* The choice of an ordinary day, found once for each pair of places. */
static const Choice *
ordinary_choice (SfPlan *plan, gint from, gint to)
{
  const Ends ends = { from, to };
  Choice *choice = g_hash_table_lookup (plan->choices->choices, &ends);
  if (choice)
    return choice;
  choice = g_new (Choice, 1);
  choice->ends = ends;
  choice->routes = find_choice (plan, from, to, plan->shut);
  choice->usual_h = G_MAXDOUBLE;
  if (choice->routes->len > 0)
    choice->usual_h = g_array_index (plan->routes, SfRoute,
                                     g_array_index (choice->routes, gint, 0))
                          .length;
  g_hash_table_add (plan->choices->choices, choice);
  return choice;
}

double
sf_plan_usual_h (SfPlan *plan, gint from, gint to)
{
  return ordinary_choice (plan, from, to)->usual_h;
}

void
sf_plan_prepare (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  for (guint i = 0; i < s->n_shipments; i++) {
    gint home = s->fleets[s->shipments[i].fleet].home;
    ordinary_choice (plan, home, s->shipments[i].to);
    ordinary_choice (plan, s->shipments[i].to, home);
  }
}

/* Routes in the state of the moment, on no ordinary day. */
static guint
find_routes (SfPlan *plan, gint from, gint to, guint *routes, guint max)
{
  const guint8 *is_closed = plan->choices->now;
  guint64 closed = plan->choices->bits;
  g_autoptr (GArray) fresh = NULL;
  if (plan->choices->is_opened)
    fresh = find_choice (plan, from, to, is_closed);
  const GArray *list = fresh ? fresh : ordinary_choice (plan, from, to)->routes;
  guint n = 0;
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

/* The answer to a question in the state of the moment, found once. */
static const Answer *
answer (SfPlan *plan, const Question *question)
{
  SfChoices *c = plan->choices;
  Answer *kept = g_hash_table_lookup (c->answers, question);
  if (kept)
    return kept;
  g_autofree guint *routes = g_new (guint, question->max + 1);
  guint n = find_routes (plan, question->ends.from, question->ends.to, routes,
                         question->max);
  if (g_hash_table_size (c->answers) >= ANSWERS_MAX)
    g_hash_table_remove_all (c->answers);
  kept = g_malloc (sizeof *kept + n * sizeof *routes);
  kept->question = *question;
  kept->n = n;
  memcpy (kept->routes, routes, n * sizeof *routes);
  g_hash_table_add (c->answers, kept);
  return kept;
}

const char *
sf_plan_problem (const SfPlan *plan)
{
  return sf_routes_problem (plan->finder);
}

guint64
sf_plan_name_roads (SfPlan *plan)
{
  return ++plan->choices->n_named;
}

guint
sf_plan_routes (SfPlan *plan, gint from, gint to, const guint8 *is_closed,
                guint64 roads, guint *routes, guint max)
{
  set_state (plan->choices, is_closed, roads);
  if (plan->choices->state == ORDINARY) {
    const GArray *usual = ordinary_choice (plan, from, to)->routes;
    guint n = MIN (usual->len, max);
    if (n > 0)
      memcpy (routes, usual->data, n * sizeof *routes);
    return n;
  }
  const Question question = { { from, to }, plan->choices->state, max };
  const Answer *a = answer (plan, &question);
  for (guint i = 0; i < a->n; i++) /* a few */
    routes[i] = a->routes[i];
  return a->n;
}
