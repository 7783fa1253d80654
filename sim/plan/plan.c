/* plan.c - a scenario compiled for running. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/plan/plan.h"

#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/plan/choices.h"

/* ---- Hops -------------------------------------------------------------- */

static gboolean
is_entry (const SfScenario *s, SfArc arc)
{
  const SfLinkSpec *l = &s->links[sf_arc_link (arc)];
  const char *from = s->nodes[sf_arc_from (s, arc)].country;
  const char *to = s->nodes[sf_arc_to (s, arc)].country;
  return l->border && s->country && to && strcmp (to, s->country) == 0
         && (!from || strcmp (from, s->country) != 0);
}

/* TRUE when a truck can come to nothing but the road itself where two links
 * meet: both in the same zone, or in none. */
static gboolean
joins (const SfLinkSpec *a, const SfLinkSpec *b)
{
  return a->zone == b->zone && !a->border && !b->border && !a->closed
         && !b->closed && !a->one_way && !b->one_way;
}

/* Marks the ends of links that an event names. */
static void
stop_at_events (const SfScenario *s, guint8 *is_stop)
{
  for (guint i = 0; i < s->n_events; i++)
    for (guint k = 0; s->events[i].links && k < s->events[i].links->len; k++) {
      gint link = g_array_index (s->events[i].links, gint, k);
      is_stop[s->links[link].from] = is_stop[s->links[link].to] = TRUE;
    }
}

/* Marks nodes at which something can happen to a truck. */
static guint8 *
find_stops (const SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  guint8 *is_stop = g_new0 (guint8, s->n_nodes + 1);
  g_autofree const SfLinkSpec **first
      = g_new0 (const SfLinkSpec *, s->n_nodes + 1);
  g_autofree guint *degree = g_new0 (guint, s->n_nodes + 1);
  for (guint i = 0; i < s->n_links; i++) {
    const gint ends[] = { s->links[i].from, s->links[i].to };
    for (guint e = 0; e < 2; e++) {
      if (degree[ends[e]]++ == 0)
        first[ends[e]] = &s->links[i];
      else if (!joins (first[ends[e]], &s->links[i]))
        is_stop[ends[e]] = TRUE;
    }
  }
  for (guint i = 0; i < s->n_nodes; i++)
    if (degree[i] != 2)
      is_stop[i] = TRUE;
  stop_at_events (s, is_stop);
  for (guint i = 0; i < s->n_shipments; i++) {
    is_stop[s->shipments[i].to] = TRUE;
    is_stop[s->fleets[s->shipments[i].fleet].home] = TRUE;
  }
  for (guint i = 0; i < s->n_queues; i++)
    is_stop[s->queues[i].node] = TRUE;
  return is_stop;
}

/* By node: the sum of the numbers of its links, so that of two links each
 * tells the other. */
static guint *
sum_links (const SfScenario *s)
{
  guint *sum = g_new0 (guint, s->n_nodes + 1);
  for (guint i = 0; i < s->n_links; i++) {
    sum[s->links[i].from] += i;
    sum[s->links[i].to] += i;
  }
  return sum;
}

/* The arc that leads on from the end of another, where there is only one. */
static SfArc
next_arc (const SfScenario *s, SfArc arc, const guint *sum)
{
  gint node = sf_arc_to (s, arc);
  guint link = sum[node] - sf_arc_link (arc);
  return sf_arc_new (link, s->links[link].from != node);
}

static void
add_hop (SfPlan *plan, GArray *hops, GArray *arcs, guint first)
{
  const SfScenario *s = plan->scenario;
  SfArc begin = g_array_index (arcs, SfArc, first);
  SfArc end = g_array_index (arcs, SfArc, arcs->len - 1);
  SfHop hop = { .from = sf_arc_from (s, begin),
                .to = sf_arc_to (s, end),
                .first_arc = first,
                .n_arcs = arcs->len - first,
                .zone = s->links[sf_arc_link (begin)].zone,
                .gate = -1 };
  plan->hop_of_arc[begin] = (gint)hops->len;
  g_array_append_val (hops, hop);
}

/* The hop that begins with arcs from `first` on, and its opposite. */
static void
add_both (SfPlan *plan, GArray *hops, GArray *arcs, guint first)
{
  guint n = arcs->len - first;
  add_hop (plan, hops, arcs, first);
  for (guint i = 0; i < n; i++) {
    SfArc back = g_array_index (arcs, SfArc, first + n - 1 - i) ^ 1;
    g_array_append_val (arcs, back);
  }
  add_hop (plan, hops, arcs, first + n);
}

static void
find_hops_of_links (SfPlan *plan)
{
  guint n_links = plan->scenario->n_links;
  plan->hop_of_link = g_new (gint, n_links + 1);
  for (guint i = 0; i < n_links; i++)
    plan->hop_of_link[i] = -1;
  for (guint h = 0; h < plan->n_hops; h += 2)
    for (guint i = 0; i < plan->hops[h].n_arcs; i++) {
      SfArc arc = plan->arcs[plan->hops[h].first_arc + i];
      plan->hop_of_link[sf_arc_link (arc)] = (gint)h;
    }
}

static void
find_gates (SfPlan *plan)
{
  GArray *gates = g_array_new (FALSE, FALSE, sizeof (SfGate));
  for (guint i = 0; i < plan->n_hops; i++) {
    SfHop *h = &plan->hops[i];
    if (!is_entry (plan->scenario, plan->arcs[h->first_arc]))
      continue;
    SfGate gate = { .hop = (SfHopId)i,
                    .node = h->from,
                    .entry = h->to,
                    .id = plan->scenario->nodes[h->to].id };
    h->gate = (gint)gates->len;
    g_array_append_val (gates, gate);
  }
  plan->n_gates = gates->len;
  plan->gates = (SfGate *)(void *)g_array_free (gates, FALSE);
}

/* Links that an event names. */
static guint8 *
find_named (const SfScenario *s)
{
  guint8 *is_named = g_new0 (guint8, s->n_links + 1);
  for (guint e = 0; e < s->n_events; e++)
    for (guint i = 0; s->events[e].links && i < s->events[e].links->len; i++)
      is_named[g_array_index (s->events[e].links, gint, i)] = TRUE;
  return is_named;
}

static void
mark_watched (SfPlan *plan)
{
  g_autofree guint8 *is_named = find_named (plan->scenario);
  for (guint h = 0; h < plan->n_hops; h++) {
    SfHop *hop = &plan->hops[h];
    hop->is_watched = hop->zone >= 0;
    for (guint i = 0; i < hop->n_arcs; i++)
      hop->is_watched |= is_named[sf_arc_link (plan->arcs[hop->first_arc + i])];
  }
}

static void
cut_hops (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  g_autofree guint8 *is_stop = find_stops (plan);
  g_autofree guint *sum = sum_links (s);
  GArray *hops = g_array_new (FALSE, FALSE, sizeof (SfHop));
  GArray *arcs = g_array_new (FALSE, FALSE, sizeof (SfArc));
  plan->hop_of_arc = g_new (gint, 2 * s->n_links + 1);
  for (guint i = 0; i < 2 * s->n_links; i++)
    plan->hop_of_arc[i] = -1;
  for (SfArc a = 0; a < (SfArc)(2 * s->n_links); a++)
    if (is_stop[sf_arc_from (s, a)] && plan->hop_of_arc[a] < 0) {
      guint first = arcs->len;
      g_array_append_val (arcs, a);
      /* A ring without any stop cannot be entered, so the walk ends. */
      for (SfArc on = a; !is_stop[sf_arc_to (s, on)];) {
        on = next_arc (s, on, sum);
        g_array_append_val (arcs, on);
      }
      add_both (plan, hops, arcs, first);
    }
  plan->n_hops = hops->len;
  plan->n_arcs = arcs->len;
  plan->hops = (SfHop *)(void *)g_array_free (hops, FALSE);
  plan->arcs = (SfArc *)(void *)g_array_free (arcs, FALSE);
  find_hops_of_links (plan);
  mark_watched (plan);
  find_gates (plan);
}

/* ---- Markets and queues ------------------------------------------------ */

/* Where a demand's place in the list of demands is counted: its market, and the
 * stock it uses, from the depot down. -1: it has no market. */
static gint
slot_of (const SfPlan *plan, const SfDemandSpec *d)
{
  gint market = sf_plan_market (plan, d->node, d->commodity);
  gint stock = SF_FROM_DEPOT - plan->scenario->classes[d->class].from;
  return market < 0 ? -1 : 3 * market + stock;
}

static void
index_demands (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  guint *first = g_new0 (guint, 3 * s->n_markets + 2);
  plan->demand_list = g_new0 (guint, s->n_demands + 1);
  for (guint d = 0; d < s->n_demands; d++) {
    gint slot = slot_of (plan, &s->demands[d]);
    if (slot >= 0)
      first[slot + 2]++;
  }
  for (guint i = 2; i <= 3 * s->n_markets; i++)
    first[i] += first[i - 1];
  for (guint d = 0; d < s->n_demands; d++) { /* moves first[slot + 1] */
    gint slot = slot_of (plan, &s->demands[d]);
    if (slot >= 0)
      plan->demand_list[first[slot + 1]++] = d;
  }
  plan->demand_first = first;
}

static void
index_markets (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  guint cells = s->n_nodes * s->n_commodities;
  plan->market_of = g_new (gint, cells + 1);
  for (guint i = 0; i < cells; i++)
    plan->market_of[i] = -1;
  for (guint m = 0; m < s->n_markets; m++)
    plan->market_of[(guint)s->markets[m].node * s->n_commodities
                    + (guint)s->markets[m].commodity]
        = (gint)m;
  index_demands (plan);
}

static void
index_queues (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  plan->queue_first = g_new (gint, s->n_nodes + 1);
  plan->queue_next = g_new (gint, s->n_queues + 1);
  for (guint i = 0; i < s->n_nodes; i++)
    plan->queue_first[i] = -1;
  for (guint i = s->n_queues; i-- > 0;) {
    gint node = s->queues[i].node;
    plan->queue_next[i] = plan->queue_first[node];
    plan->queue_first[node] = (gint)i;
  }
}

double
sf_plan_hop_km (const SfPlan *plan, SfHopId hop)
{
  const SfHop *h = &plan->hops[hop];
  double km = 0;
  for (guint i = 0; i < h->n_arcs; i++)
    km += plan->scenario->links[sf_arc_link (plan->arcs[h->first_arc + i])].km;
  return km;
}

/* ---- The whole --------------------------------------------------------- */

/* Links that are closed from the start. */
static void
list_shut (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  plan->shut = g_new0 (guint8, s->n_links + 1);
  for (guint i = 0; i < s->n_links; i++)
    plan->shut[i] = s->links[i].closed != 0;
  plan->choices = sf_choices_new (plan->shut, s->n_links);
}

static void
add_sheet (SfPlan *plan)
{
  g_autofree const char **names = g_new0 (const char *, plan->n_gates + 1);
  for (guint g = 0; g < plan->n_gates; g++)
    names[g] = plan->gates[g].id;
  plan->sheet = sf_sheet_new (plan->book, plan->scenario, names, plan->n_gates);
}

/* ---- Series that are named ---------------------------------------------- */

static void
find_triggers (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  plan->trigger = g_new (gint, s->n_events + 1);
  for (guint i = 0; i < s->n_events; i++)
    plan->trigger[i]
        = s->events[i].trigger
              ? sf_book_find_named (plan->book, s->events[i].trigger)
              : -1;
}

static void
check_named (const SfPlan *plan, const SfScenario *s, const char *name,
             const char *pointer, gpointer data)
{
  const char *file = NULL;
  int line = 0, column = 0;
  if (sf_book_find_named (plan->book, name) >= 0)
    return;
  const SfJson *at = sf_json_pointer_get (sf_json_root (s->doc), pointer);
  if (at)
    sf_json_where (s->doc, at, &file, &line, &column);
  g_autofree char *near = sf_book_nearest_series (plan->book, name);
  g_autofree char *safe = sf_text_safe (name, -1);
  g_autofree char *hint = sf_text_hint (near);
  sf_mistakes_add (data, SF_MISTAKE_REFERENCE, file ? file : s->path, line,
                   column, pointer, _ ("no series \"%s\" is recorded%s"), safe,
                   hint);
}

typedef void (*Named) (const SfPlan *plan, const SfScenario *s,
                       const char *name, const char *pointer, gpointer data);

/* Calls `each` for every text that names a series. */
static void
for_each_named (const SfPlan *plan, const SfScenario *s, Named each,
                gpointer data)
{
  for (guint i = 0; i < s->n_events; i++) {
    g_autofree char *pointer
        = g_strdup_printf ("/events/%s/trigger", s->events[i].id);
    if (s->events[i].trigger)
      each (plan, s, s->events[i].trigger, pointer, data);
  }
  for (guint i = 0; i < s->n_models; i++)
    for (const SfParam *p = s->models[i].info->params;
         s->models[i].is_on && p->name; p++) {
      if (p->kind != SF_PARAM_SERIES)
        continue;
      const char *record = s->models[i].params;
      const char *name = *(const char *const *)(record + p->offset);
      g_autofree char *pointer
          = g_strdup_printf ("/models/%s/%s", s->models[i].id, p->name);
      if (name)
        each (plan, s, name, pointer, data);
    }
}

static void
count_named (const SfPlan *plan, const SfScenario *s, const char *name,
             const char *pointer, gpointer data)
{
  ++*(guint *)data;
}

/* Hours that the trucks drive in a day: those that rest most. */
static double
least_driving_h (const SfScenario *s)
{
  double least_h = 24;
  for (guint i = 0; i < s->n_fleets; i++)
    least_h
        = MIN (least_h, s->vehicles[s->fleets[i].vehicle].driving_h_per_day);
  return least_h;
}

/* Routes are found as they are needed, so in the middle of some replication
 * or other. That all find the same, they see the central values, not those
 * that happen to be drawn then. */
static gboolean
make_finder (SfPlan *plan, GError **error)
{
  SfScenario *s = plan->scenario;
  sf_scenario_draw (s, 0, -1);
  plan->central = g_memdup2 (s, sizeof *s);
  plan->central->links = g_memdup2 (s->links, s->n_links * sizeof *s->links);
  plan->network = sf_network_new (plan->central, error);
  if (!plan->network)
    return FALSE;
  sf_network_set_driving (plan->network, least_driving_h (s));
  plan->finder = sf_routes_new (plan->network, 1);
  sf_routes_set_weight (plan->finder, SF_WEIGHT_H);
  return TRUE;
}

static void
free_finder (SfPlan *plan)
{
  sf_routes_free (plan->finder);
  sf_network_free (plan->network);
  g_free (plan->central->links);
  g_free (plan->central);
}

SfPlan *
sf_plan_new (SfScenario *scenario, GError **error)
{
  SfPlan *plan = g_new0 (SfPlan, 1);
  plan->scenario = scenario;
  if (!make_finder (plan, error)) {
    free_finder (plan);
    g_free (plan);
    return NULL;
  }
  plan->days = sf_scenario_days (scenario);
  plan->routes = g_array_new (FALSE, FALSE, sizeof (SfRoute));
  plan->route_hops = g_array_new (FALSE, FALSE, sizeof (SfHopId));
  list_shut (plan);
  cut_hops (plan);
  index_markets (plan);
  index_queues (plan);
  plan->book = sf_book_new (plan->days);
  add_sheet (plan);
  find_triggers (plan);
  return plan;
}

void
sf_plan_free (SfPlan *plan)
{
  if (!plan)
    return;
  sf_sheet_free (plan->sheet);
  sf_book_free (plan->book);
  g_array_unref (plan->routes);
  g_array_unref (plan->route_hops);
  sf_choices_free (plan->choices);
  g_free (plan->shut);
  free_finder (plan);
  g_free (plan->hops);
  g_free (plan->gates);
  g_free (plan->arcs);
  g_free (plan->hop_of_arc);
  g_free (plan->hop_of_link);
  g_free (plan->market_of);
  g_free (plan->demand_first);
  g_free (plan->demand_list);
  g_free (plan->trigger);
  g_free (plan->queue_first);
  g_free (plan->queue_next);
  g_free (plan);
}

void
sf_plan_check_series (SfScenario *s, SfMistakes *mistakes)
{
  guint n = 0;
  for_each_named (NULL, s, count_named, &n);
  if (n == 0)
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (SfPlan) plan = sf_plan_new (s, &error);
  if (plan) /* else whoever wants to run it is told why it cannot be */
    for_each_named (plan, s, check_named, mistakes);
}
