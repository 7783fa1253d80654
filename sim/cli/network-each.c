/* network-each.c - what each single closure costs. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links one after the other on the same stretch cost the same when closed: in
 * the short form they share a row.
 */
#include <math.h>
#include <string.h>

#include "sim/cli/network-report.h"
#include "sim/lang/lang.h"
#include "sim/network/flow.h"

#define SAME 1e-9

static const SfTableColumn pair_columns[] = {
  { "length_km", N_ ("km"), 2 },
  { "extra_km", N_ ("extra km"), 2 },
  { "travel_h", N_ ("hours"), 2 },
  { "extra_h", N_ ("extra hours"), 2 },
  { "capacity_trucks_per_day", N_ ("trucks/day"), 2 },
  { "lost_trucks_per_day", N_ ("lost trucks/day"), 2 },
  { "links", N_ ("when any one of these is closed"), -1 },
  { NULL, NULL, 0 },
};

static const SfTableColumn many_columns[] = {
  { "cut_off_count", N_ ("cut off"), 0 },
  { "longer_count", N_ ("longer"), 0 },
  { "worst_from", N_ ("most for"), -1 },
  { "extra_km", N_ ("extra km"), 1 },
  { "extra_h", N_ ("extra hours"), 1 },
  { "lost_trucks_per_day", N_ ("lost trucks/day"), 1 },
  { "links", N_ ("when any one of these is closed"), -1 },
  { NULL, NULL, 0 },
};

/* The way from one origin, and what can arrive from all. */
typedef struct {
  double length, km, h; /* length in the weight asked for */
} Way;

typedef struct {
  Way *ways; /* one an origin */
  double trucks_per_day;
} State;

/* Links whose closure, of any one of them, comes to the same. */
typedef struct {
  GString *links;
  State after;
} Group;

static void
clear_state (State *state)
{
  g_clear_pointer (&state->ways, g_free);
}

static void
group_free (Group *group)
{
  g_string_free (group->links, TRUE);
  clear_state (&group->after);
  g_free (group);
}

static gboolean
look (const SfNetworkAsk *ask, const guint8 *closed, State *state,
      GError **error)
{
  state->ways = g_new (Way, ask->from->len);
  for (guint i = 0; i < ask->from->len; i++) {
    gint node = g_array_index (ask->from, gint, i);
    g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (gint));
    g_array_append_val (one, node);
    SfPath path;
    if (!sf_network_nearest (ask->network, one, ask->to, ask->weight, closed,
                             &path, error))
      return FALSE;
    Way *w = &state->ways[i];
    gboolean is_none = isinf (path.length);
    w->length = path.length;
    w->km = is_none ? INFINITY
                    : sf_network_arcs_length (ask->network, path.arcs,
                                              path.n_arcs, SF_WEIGHT_KM);
    w->h = is_none ? INFINITY
                   : sf_network_arcs_length (ask->network, path.arcs,
                                             path.n_arcs, SF_WEIGHT_H);
    sf_path_clear (&path);
  }
  SfFlow flow;
  if (!sf_network_flow (ask->network, ask->from, ask->to, closed, &flow, error))
    return FALSE;
  state->trucks_per_day = flow.is_unlimited ? INFINITY : flow.trucks_per_day;
  sf_flow_clear (&flow);
  return TRUE;
}

/* A value with `after`, and how much more it is than before. */
static void
add_change (SfTable *t, double before, double after, gboolean is_more,
            const char *without)
{
  if (isinf (after))
    sf_table_missing (t, without);
  else
    sf_table_number (t, after);
  if (isinf (after) || isinf (before))
    sf_table_missing (t, "-");
  else
    sf_table_number (t, is_more ? after - before : before - after);
}

static void
add_pair_row (SfTable *t, const State *before, const State *after)
{
  const Way *b = before->ways, *a = after->ways;
  add_change (t, b->km, a->km, TRUE, _ ("no way"));
  add_change (t, b->h, a->h, TRUE, _ ("no way"));
  add_change (t, before->trucks_per_day, after->trucks_per_day, FALSE,
              _ ("no limit"));
}

static gboolean
is_longer (const Way *before, const Way *after)
{
  return !isinf (after->length) && after->length > before->length * (1 + SAME);
}

static void
add_lost (SfTable *t, double before, double after)
{
  if (!isinf (before))
    sf_table_number (t, before - after);
  else
    sf_table_missing (t, isinf (after) ? "-" : _ ("no limit before"));
}

static void
add_many_row (const SfNetworkAsk *ask, SfTable *t, const State *before,
              const State *after)
{
  const SfScenario *s = sf_network_scenario (ask->network);
  guint n_cut = 0, n_longer = 0, worst = G_MAXUINT;
  double most = 0;
  for (guint i = 0; i < ask->from->len; i++) {
    const Way *b = &before->ways[i], *a = &after->ways[i];
    n_cut += isinf (a->length) && !isinf (b->length);
    if (!is_longer (b, a))
      continue;
    n_longer++;
    if (a->length - b->length > most) {
      most = a->length - b->length;
      worst = i;
    }
  }
  sf_table_number (t, n_cut);
  sf_table_number (t, n_longer);
  if (worst == G_MAXUINT) {
    for (int i = 0; i < 3; i++)
      sf_table_missing (t, "-");
  } else {
    gint node = g_array_index (ask->from, gint, worst);
    sf_table_text (t, s->nodes[node].id);
    sf_table_number (t, after->ways[worst].km - before->ways[worst].km);
    sf_table_number (t, after->ways[worst].h - before->ways[worst].h);
  }
  add_lost (t, before->trucks_per_day, after->trucks_per_day);
}

/* TRUE when a closure makes any difference. */
static gboolean
matters (const SfNetworkAsk *ask, const State *before, const State *after)
{
  for (guint i = 0; i < ask->from->len; i++) {
    const Way *b = &before->ways[i], *a = &after->ways[i];
    if (is_longer (b, a) || isinf (a->length) != isinf (b->length))
      return TRUE;
  }
  return after->trucks_per_day < before->trucks_per_day * (1 - SAME);
}

/* Adds the closure of a link to the group with the same outcome, or to a new
 * one. Takes the state. */
static void
add_to_group (GPtrArray *groups, const SfNetworkAsk *ask, const char *id,
              gboolean is_full, State *after)
{
  Group *group = NULL;
  gsize size = ask->from->len * sizeof (Way);
  for (guint i = 0; !is_full && !group && i < groups->len; i++) {
    Group *g = groups->pdata[i];
    if (memcmp (g->after.ways, after->ways, size) == 0
        && g->after.trucks_per_day == after->trucks_per_day)
      group = g;
  }
  if (group) {
    g_string_append_printf (group->links, " %s", id);
    clear_state (after);
    return;
  }
  group = g_new0 (Group, 1);
  group->links = g_string_new (id);
  group->after = *after;
  after->ways = NULL;
  g_ptr_array_add (groups, group);
}

static gboolean
try_all (const SfNetworkAsk *ask, gboolean is_full, const State *before,
         GPtrArray *groups, guint *n_free, GError **error)
{
  const SfScenario *s = sf_network_scenario (ask->network);
  g_autofree guint8 *closed = sf_network_closed (ask->network, ask->is_closed);
  for (guint i = 0; i < s->n_links; i++) {
    if (closed[i])
      continue;
    State after = { NULL, 0 };
    closed[i] = 1;
    gboolean ok = look (ask, closed, &after, error);
    closed[i] = 0;
    if (ok && !is_full && !matters (ask, before, &after))
      ++*n_free;
    else if (ok)
      add_to_group (groups, ask, s->links[i].id, is_full, &after);
    clear_state (&after);
    if (!ok)
      return FALSE;
  }
  return TRUE;
}

static SfTable *
print_groups (const SfNetworkAsk *ask, const State *before,
              const GPtrArray *groups, guint n_free)
{
  gboolean is_pair = ask->from->len == 1;
  const char *title
      = ask->weight == SF_WEIGHT_KM
            ? _ ("Each closure alone: the shortest way and the capacity with "
                 "one link closed")
            : _ ("Each closure alone: the quickest way and the capacity with "
                 "one link closed");
  SfTable *t
      = sf_table_new ("each", title, is_pair ? pair_columns : many_columns);
  for (guint i = 0; i < groups->len; i++) {
    const Group *group = groups->pdata[i];
    if (is_pair)
      add_pair_row (t, before, &group->after);
    else
      add_many_row (ask, t, before, &group->after);
    sf_table_text (t, group->links->str);
  }
  if (n_free > 0)
    sf_table_note (t,
                   _ ("The closure of any of the other %u open links changes "
                      "nothing."),
                   n_free);
  if (!is_pair)
    sf_table_note (t,
                   _ ("Cut off, longer: how many origins. Extra: for the "
                      "origin that loses most. Capacity: from all together."));
  return t;
}

SfTable *
sf_report_each (const SfNetworkAsk *ask, gboolean is_full, GError **error)
{
  g_autoptr (GPtrArray) groups
      = g_ptr_array_new_with_free_func ((GDestroyNotify)group_free);
  State before = { NULL, 0 };
  guint n_free = 0;
  SfTable *t = NULL;
  if (look (ask, ask->is_closed, &before, error)
      && try_all (ask, is_full, &before, groups, &n_free, error))
    t = print_groups (ask, &before, groups, n_free);
  clear_state (&before);
  return t;
}
