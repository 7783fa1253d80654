/* closures.c - the closures a plan would feel most. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/network/closures.h"

#include <math.h>

#include "sim/lang/lang.h"

/* Differences below it, relative to the value, come from rounding. */
#define SAME 1e-9

/* A link that could matter: on the shortest way, or with flow on it. */
typedef struct {
  guint link;
  double flow;
} Candidate;

typedef struct {
  SfNetwork *network;
  const GArray *from;
  gint to;
  SfService service;
  guint8 *closed; /* now */
  guint8 *kept;   /* tried in an earlier branch: stays open in this one */
  GArray *chosen; /* guint, closed in this branch */
  SfClosures best;
} Search;

void
sf_closures_clear (SfClosures *closures)
{
  g_clear_pointer (&closures->links, g_array_unref);
}

static gboolean
look_at_length (Search *s, double *value, GArray *candidates, GError **error)
{
  SfWeight weight = s->service == SF_SERVICE_KM ? SF_WEIGHT_KM : SF_WEIGHT_H;
  SfPath path;
  if (!sf_network_nearest (s->network, s->from, s->to, weight, s->closed, &path,
                           error))
    return FALSE;
  *value = path.length;
  for (guint i = 0; i < path.n_arcs; i++) {
    Candidate c = { sf_arc_link (path.arcs[i]), 0 };
    g_array_append_val (candidates, c);
  }
  sf_path_clear (&path);
  return TRUE;
}

static int
more_flow_first (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;
  if (x->flow < y->flow || x->flow > y->flow)
    return x->flow > y->flow ? -1 : 1;
  return (x->link > y->link) - (x->link < y->link);
}

static gboolean
look_at_flow (Search *s, double *value, GArray *candidates, GError **error)
{
  SfFlow flow;
  if (!sf_network_flow (s->network, s->from, s->to, s->closed, &flow, error))
    return FALSE;
  *value = flow.trucks_per_day;
  for (guint i = 0; i < flow.link_flow->len; i++) {
    Candidate c = { i, fabs (g_array_index (flow.link_flow, double, i)) };
    if (c.flow > SAME * flow.trucks_per_day)
      g_array_append_val (candidates, c);
  }
  g_array_sort (candidates, more_flow_first);
  sf_flow_clear (&flow);
  return TRUE;
}

/* The flow over a link is the most that its loss can cost; so is the sum for
 * a set. TRUE when even the largest of them cannot beat the best found. */
static gboolean
is_hopeless (const Search *s, double value, const GArray *candidates,
             guint left)
{
  if (s->service != SF_SERVICE_CAPACITY)
    return FALSE;
  for (guint i = 0; i < candidates->len && left > 0; i++) {
    const Candidate *c = &g_array_index (candidates, Candidate, i);
    if (s->kept[c->link])
      continue;
    value -= c->flow;
    left--;
  }
  return value > s->best.value;
}

static void
remember (Search *s, double value)
{
  double old = s->best.value;
  double slack = isinf (old) ? 0 : SAME * fabs (old);
  gboolean is_worse = s->service == SF_SERVICE_CAPACITY ? value < old - slack
                                                        : value > old + slack;
  gboolean is_same = isinf (value) ? isinf (old) : fabs (value - old) <= slack;
  if (s->best.links
      && !(is_worse || (is_same && s->chosen->len < s->best.links->len)))
    return;
  s->best.value = value;
  g_clear_pointer (&s->best.links, g_array_unref);
  s->best.links = g_array_copy (s->chosen);
}

static gboolean search (Search *s, guint left, GError **error);

static gboolean
branch (Search *s, const GArray *candidates, guint left, GError **error)
{
  gboolean ok = TRUE;
  guint n = 0;
  g_autofree guint8 *was_kept = g_new0 (guint8, candidates->len + 1);
  for (; ok && n < candidates->len; n++) {
    guint link = g_array_index (candidates, Candidate, n).link;
    was_kept[n] = s->kept[link];
    if (was_kept[n])
      continue;
    s->closed[link] = 1;
    g_array_append_val (s->chosen, link);
    ok = search (s, left - 1, error);
    g_array_set_size (s->chosen, s->chosen->len - 1);
    s->closed[link] = 0;
    s->kept[link] = 1;
  }
  while (n-- > 0)
    s->kept[g_array_index (candidates, Candidate, n).link] = was_kept[n];
  return ok;
}

/* Looks at the set at hand and at all larger ones that could matter. */
static gboolean
search (Search *s, guint left, GError **error)
{
  if (++s->best.n_looked_at > SF_CLOSURES_BUDGET) {
    g_set_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_TOO_LARGE,
                 _ ("more than %u sets of closures would have to be looked at; "
                    "ask for fewer closures or for one origin"),
                 SF_CLOSURES_BUDGET);
    return FALSE;
  }
  g_autoptr (GArray) candidates
      = g_array_new (FALSE, FALSE, sizeof (Candidate));
  double value = 0;
  gboolean ok = s->service == SF_SERVICE_CAPACITY
                    ? look_at_flow (s, &value, candidates, error)
                    : look_at_length (s, &value, candidates, error);
  if (!ok)
    return FALSE;
  remember (s, value);
  if (left == 0 || candidates->len == 0
      || is_hopeless (s, value, candidates, left))
    return TRUE;
  return branch (s, candidates, left, error);
}

static int
compare_links (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;
  return (x > y) - (x < y);
}

gboolean
sf_network_closures (SfNetwork *n, const GArray *from, gint to,
                     SfService service, const guint8 *is_closed, guint most,
                     SfClosures *closures, GError **error)
{
  g_return_val_if_fail (from && from->len > 0, FALSE);
  g_autofree guint8 *closed = sf_network_closed (n, is_closed);
  g_autofree guint8 *kept
      = g_new0 (guint8, sf_network_scenario (n)->n_links + 1);
  Search s = { n,
               from,
               to,
               service,
               closed,
               kept,
               g_array_new (FALSE, FALSE, sizeof (guint)),
               { 0, NULL, 0 } };
  gboolean ok = search (&s, most, error);
  g_array_unref (s.chosen);
  if (!ok) {
    sf_closures_clear (&s.best);
    return FALSE;
  }
  g_array_sort (s.best.links, compare_links);
  *closures = s.best;
  return TRUE;
}
