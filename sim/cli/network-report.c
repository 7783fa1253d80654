/* network-report.c - what can be said of a network, as tables. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/network-report.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/network/closures.h"
#include "sim/network/flow.h"
#include "sim/network/reliability.h"

#define NO_WAY _ ("no way")
#define NO_LIMIT _ ("no limit")

static const SfScenario *
scenario_of (const SfNetworkAsk *ask)
{
  return sf_network_scenario (ask->network);
}

static gint
origin (const SfNetworkAsk *ask, guint i)
{
  return g_array_index (ask->from, gint, i);
}

static const char *
node_id (const SfNetworkAsk *ask, gint node)
{
  return scenario_of (ask)->nodes[node].id;
}

static GArray *
alone (gint node)
{
  GArray *from = g_array_new (FALSE, FALSE, sizeof (gint));
  return g_array_append_val (from, node);
}

/* A length, or the word for there being no way. */
static void
add_length (SfTable *t, double length)
{
  if (isinf (length))
    sf_table_missing (t, NO_WAY);
  else
    sf_table_number (t, length);
}

static void
add_capacity (SfTable *t, double trucks_per_day)
{
  if (trucks_per_day >= SF_CAPACITY_UNLIMITED)
    sf_table_missing (t, NO_LIMIT);
  else
    sf_table_number (t, trucks_per_day);
}

static char *
origin_names (const SfNetworkAsk *ask)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < ask->from->len; i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "",
                            node_id (ask, origin (ask, i)));
  return g_string_free (names, FALSE);
}

/* ---- Routes ------------------------------------------------------------- */

static const SfTableColumn route_columns[] = {
  { "from", N_ ("from"), -1 },
  { "to", N_ ("to"), -1 },
  { "rank", N_ ("rank"), 0 },
  { "km", N_ ("km"), 1 },
  { "travel_h", N_ ("hours"), 1 },
  { "capacity_trucks_per_day", N_ ("trucks/day"), 1 },
  { "crossings", N_ ("frontier"), -1 },
  { "crossing_capacity_trucks_per_day", N_ ("trucks/day there"), 1 },
  { "nodes", N_ ("through"), -1 },
  { NULL, NULL, 0 },
};

/* What there is to say of a way besides its length. */
typedef struct {
  double capacity, crossing_capacity;
  GString *crossings, *nodes;
} Way;

static Way
describe (const SfScenario *s, const SfPath *path)
{
  Way w = { SF_CAPACITY_UNLIMITED, SF_CAPACITY_UNLIMITED, g_string_new (NULL),
            g_string_new (NULL) };
  for (guint i = 0; i < path->n_arcs; i++) {
    const SfLinkSpec *l = &s->links[sf_arc_link (path->arcs[i])];
    w.capacity = MIN (w.capacity, l->capacity_trucks_per_day);
    g_string_append_printf (w.nodes, "%s%s", i ? " " : "",
                            s->nodes[sf_arc_from (s, path->arcs[i])].id);
    if (!l->border)
      continue;
    w.crossing_capacity = MIN (w.crossing_capacity, l->capacity_trucks_per_day);
    g_string_append_printf (w.crossings, "%s%s", w.crossings->len ? " " : "",
                            l->id);
  }
  if (path->n_arcs > 0)
    g_string_append_printf (
        w.nodes, " %s",
        s->nodes[sf_arc_to (s, path->arcs[path->n_arcs - 1])].id);
  return w;
}

static void
add_route (const SfNetworkAsk *ask, SfTable *t, gint from, guint rank,
           const SfPath *path)
{
  Way w = describe (scenario_of (ask), path);
  sf_table_text (t, node_id (ask, from));
  sf_table_text (t, node_id (ask, ask->to));
  sf_table_number (t, rank);
  sf_table_number (t, sf_network_arcs_length (ask->network, path->arcs,
                                              path->n_arcs, SF_WEIGHT_KM));
  sf_table_number (t, sf_network_arcs_length (ask->network, path->arcs,
                                              path->n_arcs, SF_WEIGHT_H));
  add_capacity (t, w.capacity);
  if (w.crossings->len > 0) {
    sf_table_text (t, w.crossings->str);
    add_capacity (t, w.crossing_capacity);
  } else {
    sf_table_missing (t, _ ("none"));
    sf_table_missing (t, "-");
  }
  sf_table_text (t, w.nodes->str);
  g_string_free (w.crossings, TRUE);
  g_string_free (w.nodes, TRUE);
}

static void
add_no_route (const SfNetworkAsk *ask, SfTable *t, gint from)
{
  sf_table_text (t, node_id (ask, from));
  sf_table_text (t, node_id (ask, ask->to));
  sf_table_missing (t, "-");
  sf_table_missing (t, NO_WAY);
  for (int i = 0; i < 5; i++)
    sf_table_missing (t, "-");
}

SfTable *
sf_report_routes (const SfNetworkAsk *ask, GError **error)
{
  g_autoptr (SfTable) t = sf_table_new (
      "routes",
      ask->weight == SF_WEIGHT_KM ? _ (
          "Routes, shortest first (hours of a loaded truck without queues)")
                                  : _ ("Routes, quickest first (hours of a "
                                       "loaded truck without queues)"),
      route_columns);
  for (guint i = 0; i < ask->from->len; i++) {
    g_autoptr (GArray) paths
        = sf_network_paths (ask->network, origin (ask, i), ask->to, ask->k,
                            ask->weight, ask->is_closed, error);
    if (!paths)
      return NULL;
    for (guint rank = 0; rank < paths->len; rank++)
      add_route (ask, t, origin (ask, i), rank + 1,
                 &g_array_index (paths, SfPath, rank));
    if (paths->len == 0)
      add_no_route (ask, t, origin (ask, i));
  }
  return g_steal_pointer (&t);
}

/* ---- Capacity ----------------------------------------------------------- */

static const SfTableColumn capacity_columns[] = {
  { "link", N_ ("link"), -1 },
  { "from", N_ ("from"), -1 },
  { "to", N_ ("to"), -1 },
  { "capacity_trucks_per_day", N_ ("trucks/day"), 2 },
  { NULL, NULL, 0 },
};

static void
add_link (const SfNetworkAsk *ask, SfTable *t, guint link)
{
  const SfScenario *s = scenario_of (ask);
  sf_table_text (t, s->links[link].id);
  sf_table_text (t, s->nodes[s->links[link].from].id);
  sf_table_text (t, s->nodes[s->links[link].to].id);
}

SfTable *
sf_report_capacity (const SfNetworkAsk *ask, GError **error)
{
  SfFlow flow;
  if (!sf_network_flow (ask->network, ask->from, ask->to, ask->is_closed, &flow,
                        error))
    return NULL;
  g_autofree char *names = origin_names (ask);
  g_autofree char *title
      = g_strdup_printf (_ ("Capacity into %s from %s together, and the links "
                            "that limit it"),
                         node_id (ask, ask->to), names);
  SfTable *t = sf_table_new ("capacity", title, capacity_columns);
  for (guint i = 0; !flow.is_unlimited && i < flow.cut->len; i++) {
    guint link = g_array_index (flow.cut, guint, i);
    add_link (ask, t, link);
    sf_table_number (t, scenario_of (ask)->links[link].capacity_trucks_per_day);
  }
  sf_table_text (t, _ ("total"));
  sf_table_text (t, ask->from->len == 1 ? names : _ ("all"));
  sf_table_text (t, node_id (ask, ask->to));
  add_capacity (t, flow.is_unlimited ? SF_CAPACITY_UNLIMITED
                                     : flow.trucks_per_day);
  if (flow.is_unlimited)
    sf_table_note (t,
                   _ ("At least one way has no capacity_trucks_per_day on any "
                      "of the links that would limit it."));
  else if (flow.cut->len > 0)
    sf_table_note (
        t,
        _ ("The links are a smallest cut, the one nearest to %s: their "
           "capacities add up to the total."),
        node_id (ask, ask->to));
  sf_flow_clear (&flow);
  return t;
}

/* ---- Single points ------------------------------------------------------ */

static const SfTableColumn point_columns[] = {
  { "cut_off_count", N_ ("origins cut off"), 0 },
  { "cut_off", N_ ("which"), -1 },
  { "links", N_ ("by the loss of any of these links"), -1 },
  { "nodes", N_ ("or nodes"), -1 },
  { NULL, NULL, 0 },
};

/* For each link, then each node: the origins that its loss cuts off. */
static GPtrArray *
gather_points (const SfNetworkAsk *ask, guint *n_unreached, GError **error)
{
  const SfScenario *s = scenario_of (ask);
  g_autoptr (GPtrArray) lists
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < s->n_links + s->n_nodes; i++)
    g_ptr_array_add (lists, g_array_new (FALSE, FALSE, sizeof (gint)));
  for (guint i = 0; i < ask->from->len; i++) {
    gint node = origin (ask, i);
    g_autoptr (GArray) one = alone (node);
    SfSinglePoints points;
    if (!sf_network_single_points (ask->network, one, ask->to, ask->is_closed,
                                   &points, error))
      return NULL;
    *n_unreached += !points.is_reached;
    for (guint j = 0; j < points.links->len; j++)
      g_array_append_val (
          (GArray *)lists->pdata[g_array_index (points.links, guint, j)], node);
    for (guint j = 0; j < points.nodes->len; j++)
      g_array_append_val (
          (GArray *)
              lists->pdata[s->n_links
                           + (guint)g_array_index (points.nodes, gint, j)],
          node);
    sf_single_points_clear (&points);
  }
  return g_steal_pointer (&lists);
}

static gboolean
is_same (const GArray *a, const GArray *b)
{
  return a->len == b->len
         && memcmp (a->data, b->data, a->len * sizeof (gint)) == 0;
}

static void
append_word (GString *words, const char *word)
{
  g_string_append_printf (words, "%s%s", words->len ? " " : "", word);
}

static void
add_words (SfTable *t, GString *words)
{
  if (words->len)
    sf_table_text (t, words->str);
  else
    sf_table_missing (t, "-");
  g_string_free (words, TRUE);
}

/* One row for all links and nodes that cut off the same origins. */
static void
add_group (const SfNetworkAsk *ask, SfTable *t, const GPtrArray *lists,
           const GArray *cut)
{
  const SfScenario *s = scenario_of (ask);
  GString *links = g_string_new (NULL), *nodes = g_string_new (NULL);
  GString *which = g_string_new (NULL);
  for (guint i = 0; i < cut->len; i++)
    append_word (which, node_id (ask, g_array_index (cut, gint, i)));
  for (guint i = 0; i < lists->len; i++)
    if (is_same (lists->pdata[i], cut))
      append_word (i < s->n_links ? links : nodes,
                   i < s->n_links ? s->links[i].id
                                  : s->nodes[i - s->n_links].id);
  sf_table_number (t, cut->len);
  add_words (t, which);
  add_words (t, links);
  add_words (t, nodes);
}

static void
add_points (const SfNetworkAsk *ask, SfTable *t, const GPtrArray *lists,
            guint count)
{
  for (guint i = 0; i < lists->len; i++) {
    const GArray *cut = lists->pdata[i];
    gboolean is_new = cut->len == count;
    for (guint j = 0; is_new && j < i; j++)
      is_new = !is_same (lists->pdata[j], cut);
    if (is_new)
      add_group (ask, t, lists, cut);
  }
}

static gboolean
note_bridges (const SfNetworkAsk *ask, SfTable *t, GError **error)
{
  SfSinglePoints all;
  if (!sf_network_bridges (ask->network, ask->is_closed, &all, error))
    return FALSE;
  sf_table_note (t,
                 _ ("In the whole network the loss of any of %u links "
                    "(bridges) or %u nodes (articulation points) would split "
                    "something off."),
                 all.links->len, all.nodes->len);
  sf_single_points_clear (&all);
  return TRUE;
}

SfTable *
sf_report_single_points (const SfNetworkAsk *ask, GError **error)
{
  guint n_unreached = 0;
  g_autoptr (GPtrArray) lists = gather_points (ask, &n_unreached, error);
  if (!lists)
    return NULL;
  g_autofree char *title = g_strdup_printf (
      _ ("Single points of failure: alone, their loss leaves an origin no "
         "way to %s"),
      node_id (ask, ask->to));
  g_autoptr (SfTable) t = sf_table_new ("single_points", title, point_columns);
  guint n_reached = ask->from->len - n_unreached;
  for (guint count = n_reached; count > 0; count--)
    add_points (ask, t, lists, count);
  if (n_unreached > 0)
    sf_table_note (t, _ ("%u of %u origins have no way even now."), n_unreached,
                   ask->from->len);
  if (!note_bridges (ask, t, error))
    return NULL;
  return g_steal_pointer (&t);
}

/* ---- Worst closures and reliability ------------------------------------- */

static const SfTableColumn closure_columns[] = {
  { "closures_count", N_ ("closures"), 0 },
  { "value", N_ ("service"), 2 },
  { "unit", N_ ("unit"), -1 },
  { "links", N_ ("links of one worst set"), -1 },
  { NULL, NULL, 0 },
};

static void
add_closures (const SfNetworkAsk *ask, SfTable *t, guint most,
              SfService service, const SfClosures *c)
{
  static const char *const units[] = { "km", "h", N_ ("trucks/day") };
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < c->links->len; i++)
    g_string_append_printf (
        names, "%s%s", i ? " " : "",
        scenario_of (ask)->links[g_array_index (c->links, guint, i)].id);
  sf_table_number (t, most);
  if (service == SF_SERVICE_CAPACITY)
    add_capacity (t, c->value);
  else
    add_length (t, c->value);
  sf_table_text (t, _ (units[service]));
  if (names->len)
    sf_table_text (t, names->str);
  else
    sf_table_missing (t, most ? _ ("none matters") : _ ("none"));
  g_string_free (names, TRUE);
}

SfTable *
sf_report_closures (const SfNetworkAsk *ask, guint most, gboolean is_capacity,
                    GError **error)
{
  SfService service = is_capacity                   ? SF_SERVICE_CAPACITY
                      : ask->weight == SF_WEIGHT_KM ? SF_SERVICE_KM
                                                    : SF_SERVICE_H;
  g_autofree char *names = origin_names (ask);
  g_autofree char *title = g_strdup_printf (
      is_capacity ? _ ("Stress test: what can arrive from %s to %s with links "
                       "closed, at the worst")
      : ask->weight == SF_WEIGHT_KM
          ? _ ("Stress test: shortest way from %s to %s with links closed, at "
               "the worst")
          : _ ("Stress test: quickest way from %s to %s with links closed, at "
               "the worst"),
      names, node_id (ask, ask->to));
  g_autoptr (SfTable) t = sf_table_new ("closures", title, closure_columns);
  guint n_looked_at = 0;
  for (guint k = 0; k <= most; k++) {
    SfClosures c;
    if (!sf_network_closures (ask->network, ask->from, ask->to, service,
                              ask->is_closed, k, &c, error))
      return NULL;
    add_closures (ask, t, k, service, &c);
    n_looked_at += c.n_looked_at;
    sf_closures_clear (&c);
  }
  sf_table_note (t,
                 _ ("Exact (%u sets evaluated). Other sets may be as bad, and "
                    "a larger set need not hold a smaller one: this ranks no "
                    "roads."),
                 n_looked_at);
  return g_steal_pointer (&t);
}

static const SfTableColumn reliability_columns[] = {
  { "method", N_ ("method"), -1 },
  { "reached_prob", N_ ("probability"), 12 },
  { "se_prob", N_ ("standard error"), 6 },
  { "links_count", N_ ("links"), 0 },
  { "work_count", N_ ("branchings or samples"), 0 },
  { NULL, NULL, 0 },
};

static void
add_reliability (SfTable *t, const SfReliability *r)
{
  gboolean is_drawn = r->samples_count > 0;
  sf_table_text (t, is_drawn ? _ ("drawn") : _ ("exact"));
  sf_table_number (t, r->prob);
  if (is_drawn)
    sf_table_number (t, r->se_prob);
  else
    sf_table_missing (t, "-");
  sf_table_number (t, r->n_links);
  sf_table_number (t, is_drawn ? (double)r->samples_count : r->n_branchings);
}

SfTable *
sf_report_reliability (const SfNetworkAsk *ask, double fail_prob,
                       guint64 samples_count, guint64 seed, GError **error)
{
  g_autofree char *names = origin_names (ask);
  g_autofree char *title = g_strdup_printf (
      _ ("Chance that a way is left from %s to %s when links fail "
         "independently"),
      names, node_id (ask, ask->to));
  g_autoptr (SfTable) t
      = sf_table_new ("reliability", title, reliability_columns);
  g_autoptr (GError) too_large = NULL;
  SfReliability r;
  if (sf_network_reliability (ask->network, ask->from, ask->to, ask->is_closed,
                              fail_prob, &r, &too_large)) {
    add_reliability (t, &r);
  } else if (samples_count > 0
             && g_error_matches (too_large, SF_NETWORK_ERROR,
                                 SF_NETWORK_ERROR_TOO_LARGE)) {
    sf_table_note (t, _ ("Not exact: %s."), too_large->message);
  } else {
    g_propagate_error (error, g_steal_pointer (&too_large));
    return NULL;
  }
  if (samples_count > 0) {
    if (!sf_network_reliability_drawn (ask->network, ask->from, ask->to,
                                       ask->is_closed, fail_prob, seed,
                                       samples_count, &r, error))
      return NULL;
    add_reliability (t, &r);
  }
  sf_table_note (t,
                 _ ("Each link fails on its own here; floods and sieges close "
                    "roads together, and then the chance is smaller or "
                    "larger."));
  return g_steal_pointer (&t);
}
