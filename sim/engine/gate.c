/* gate.c - frontier gates and convoys. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At a gate every driver decides for himself: alone, or wait. Those who wait
 * may leave with an escort. A convoy moves as one along the route of its lead
 * group; groups bound elsewhere leave it where their roads part.
 */
#include <math.h>

#include "sim/engine/world-private.h"
#include "sim/lang/lang.h"

/* ---- Waiting ---------------------------------------------------------------- */

void
sf_gate_count_entry (SfWorld *w, SfGroupId id, guint gate)
{
  const SfSheet *sheet = w->plan->sheet;
  Group *g = GROUP (w, id);
  if (g->gate == (gint)gate)
    return; /* it was turned back and comes again */
  g->gate = (gint)gate;
  w->gates[gate].entered += g->trucks;
  record_flow (w, sheet->gate[gate][SF_GATE_ENTERED], g->trucks);
  record_flow (w, sheet->nation[SF_NATION_ENTERED], g->trucks);
  if (w->cargoes[g->shipment].is_fuel)
    record_flow (w, sheet->nation[SF_NATION_ENTERED_FUEL], g->trucks);
}

/* Where a group waits: see Gate. */
static guint
line_of (const SfWorld *w, const Group *g)
{
  const Cargo *c = &w->cargoes[g->shipment];
  return 2 * (guint)c->commodity + c->is_for_capital;
}

void
sf_gate_wait (SfWorld *w, SfGroupId id, guint gate)
{
  Gate *k = &w->gates[gate];
  Group *g = GROUP (w, id);
  Waiting *line = &k->waiting[line_of (w, g)];
  g->state = AT_GATE;
  g->since = w->now;
  g->next = SF_NOBODY;
  line->trucks += g->trucks;
  k->n_waiting += g->trucks;
  w->fleets[w->cargoes[g->shipment].fleet].waiting += g->trucks;
  if (line->tail == SF_NOBODY)
    line->head = id;
  else
    GROUP (w, line->tail)->next = id;
  line->tail = id;
}

void
sf_gate_ask_again (SfWorld *w, guint gate)
{
  if (w->drivers >= w->n_models)
    return; /* all dare */
  for (guint i = 0; i < 2 * w->scenario->n_commodities; i++)
    w->gates[gate].dares[i] = NAN;
}

/* The chance that a driver goes, after what models make of it. */
static double
dares (const SfWorld *w, guint gate, guint commodity, gboolean is_escorted)
{
  double *known = &w->gates[gate].dares[2 * commodity + (is_escorted != FALSE)];
  if (isnan (*known)) {
    double exposure_frac = w->scenario->commodities[commodity].exposure_frac;
    double prob = w->models[w->drivers]->dares (w->selves[w->drivers], gate,
                                                exposure_frac, is_escorted);
    *known = CLAMP (prob, 0, 1);
  }
  return MIN (*known * factor (w, SF_FACTOR_WILLING, gate), 1);
}

void
sf_gate_arrive (SfWorld *w, SfGroupId id, guint gate)
{
  Gate *k = &w->gates[gate];
  guint trucks = GROUP (w, id)->trucks;
  guint commodity = (guint)commodity_of (w, GROUP (w, id)->shipment);
  double p = dares (w, gate, commodity, FALSE);
  guint go = p >= 1 ? trucks : sf_stream_binomial (&k->stream, trucks, p);
  if (go == 0) {
    sf_gate_wait (w, id, gate);
    return;
  }
  if (go < trucks)
    sf_gate_wait (w, sf_traffic_split (w, id, trucks - go), gate);
  sf_traffic_enter (w, id);
}

/* Takes a group of at most n trucks from the head of a line. */
static SfGroupId
take_first (SfWorld *w, Gate *k, guint which, guint n)
{
  Waiting *line = &k->waiting[which];
  SfGroupId id = line->head;
  if (GROUP (w, id)->trucks > n)
    id = sf_traffic_split (w, id, n);
  else {
    line->head = GROUP (w, id)->next;
    if (line->head == SF_NOBODY)
      line->tail = SF_NOBODY;
  }
  Group *g = GROUP (w, id);
  g->next = SF_NOBODY;
  line->trucks -= g->trucks;
  k->n_waiting -= g->trucks;
  w->fleets[w->cargoes[g->shipment].fleet].waiting -= g->trucks;
  k->waited_h += g->trucks * sf_ticks_to_h (w->now - g->since);
  return id;
}

/* Takes n trucks in the order in which they came, one group a shipment and
 * stretch of the line, as a list. */
static SfGroupId
take_trucks (SfWorld *w, Gate *k, guint line, guint n, SfGroupId list)
{
  while (n > 0) {
    SfGroupId id = take_first (w, k, line, n);
    Group *g = GROUP (w, id);
    n -= g->trucks;
    SfGroupId other = list;
    while (other != SF_NOBODY
           && (GROUP (w, other)->shipment != g->shipment
               || GROUP (w, other)->route != g->route
               || GROUP (w, other)->pos != g->pos
               || GROUP (w, other)->gate != g->gate))
      other = GROUP (w, other)->next;
    if (other != SF_NOBODY) {
      GROUP (w, other)->trucks += g->trucks;
      sf_traffic_drop (w, id);
    } else {
      g->next = list;
      list = id;
    }
  }
  return list;
}

void
sf_world_gate_reconsider (SfWorld *w, guint gate)
{
  Gate *k = &w->gates[gate];
  if (k->n_waiting == 0 || w->hop_closed[w->plan->gates[gate].hop]) {
    sf_stream_skip (&k->stream, n_lines (w)); /* the luck of others stays */
    return;
  }
  SfGroupId list = SF_NOBODY;
  for (guint l = 0; l < n_lines (w); l++) {
    if (k->waiting[l].trucks == 0) {
      sf_stream_skip (&k->stream, 1);
      continue;
    }
    guint go = sf_stream_binomial (&k->stream, k->waiting[l].trucks,
                                   dares (w, gate, l / 2, FALSE));
    list = take_trucks (w, k, l, go, list);
  }
  while (list != SF_NOBODY) {
    SfGroupId next = GROUP (w, list)->next;
    sf_traffic_enter (w, list);
    list = next;
  }
}

/* ---- Convoys ------------------------------------------------------------------- */

static SfConvoyId
new_convoy (SfWorld *w)
{
  guint i = 0;
  while (i < w->convoys->len && CONVOY (w, i)->is_used)
    i++;
  if (i == w->convoys->len)
    g_array_set_size (w->convoys, i + 1);
  *CONVOY (w, i) = (Convoy){ .is_used = TRUE, .first = SF_NOBODY };
  return (SfConvoyId)i;
}

void
sf_convoy_recount (SfWorld *w, SfConvoyId id)
{
  guint trucks = 0;
  SfGroupId *link = &CONVOY (w, id)->first;
  while (*link != SF_NOBODY) {
    SfGroupId member = *link;
    trucks += GROUP (w, member)->trucks;
    if (GROUP (w, member)->trucks > 0)
      link = &GROUP (w, member)->next;
    else {
      *link = GROUP (w, member)->next;
      sf_traffic_drop (w, member);
    }
  }
  CONVOY (w, id)->trucks = trucks;
}

typedef enum { ARRIVED, BROKEN_UP, DISSOLVED } ConvoyEnd;

static void
end_convoy (SfWorld *w, SfConvoyId id, ConvoyEnd how)
{
  Convoy *c = CONVOY (w, id);
  gint owner = c->owner;
  gint64 token = c->token;
  const SfGate *gate = &w->plan->gates[c->gate];
  if (c->trucks + c->left > 0)
    record_flow (w, w->plan->sheet->nation[SF_NATION_CONVOYS], 1);
  sf_world_say (
      w, "convoy-end", gate->id, c->trucks,
      how == ARRIVED ? N_ ("convoy that entered at %s reached its end; trucks: "
                           "%u of %u; went to places on the way: %u")
      : how == BROKEN_UP
          ? N_ ("convoy that entered at %s was broken up; trucks: "
                "%u of %u; went to places on the way: %u")
          : N_ ("convoy that entered at %s dissolved; trucks: %u of "
                "%u; went to places on the way: %u"),
      sf_world_node_title (w, gate->entry), c->trucks, c->started, c->left);
  if (w->models[owner]->convoy_ended)
    w->models[owner]->convoy_ended (w->selves[owner], w, id, token);
  CONVOY (w, id)->is_used = FALSE;
}

/* Tells the models in turn; there is one attack a passage. */
static void
ask_models (SfWorld *w, const SfPassage *p)
{
  for (guint k = 0;
       k < w->n_sentries && CONVOY (w, p->convoy)->trucks == p->trucks; k++) {
    guint m = w->sentries[k];
    w->models[m]->enters (w->selves[m], w, p);
  }
}

/* Counts its members onto the hop and tells the models. */
static void
announce (SfWorld *w, SfConvoyId id, SfHopId hop)
{
  const SfHop *h = &w->plan->hops[hop];
  double exposure = 0;
  for (SfGroupId i = CONVOY (w, id)->first; i != SF_NOBODY;
       i = GROUP (w, i)->next) {
    Group *g = GROUP (w, i);
    g->is_cleared = FALSE; /* of the post behind, not of the next queue */
    w->hop_passed[hop] += g->trucks;
    exposure += g->trucks * w->exposure[g->shipment];
    if (h->gate >= 0)
      sf_gate_count_entry (w, i, (guint)h->gate);
  }
  Convoy *c = CONVOY (w, id);
  if (!h->is_watched || c->trucks == 0)
    return;
  SfPassage p = { .hop = hop,
                  .zone = h->zone,
                  .convoy = id,
                  .group = SF_NOBODY,
                  .trucks = c->trucks,
                  .exposure_frac = exposure / c->trucks,
                  .is_loaded = TRUE,
                  .km = w->hop_km[hop] };
  ask_models (w, &p);
}

static void
enter (SfWorld *w, SfConvoyId id)
{
  SfHopId hop
      = ROUTE_HOP (w, ROUTE (w, CONVOY (w, id)->route), CONVOY (w, id)->pos);
  announce (w, id, hop);
  sf_convoy_recount (w, id);
  Convoy *c = CONVOY (w, id);
  if (c->trucks == 0) {
    end_convoy (w, id, BROKEN_UP);
    return;
  }
  double h = sf_ticks_to_h (hop_ticks (w, hop, GROUP (w, c->first)->shipment));
  SfTick ticks = sf_ticks_from_h (h / c->speed_frac) + c->delay;
  c->delay = 0;
  sf_world_schedule (w, ticks, PRIO_ARRIVAL, EV_CONVOY_END, (guint)id, 0, 0);
}

/* TRUE when a group's way on is that of its convoy. */
static gboolean
stays (const SfWorld *w, const Group *g, const Convoy *c)
{
  const SfRoute *mine = ROUTE (w, g->route), *its = ROUTE (w, c->route);
  return g->pos < mine->n_hops && c->pos < its->n_hops
         && ROUTE_HOP (w, mine, g->pos) == ROUTE_HOP (w, its, c->pos);
}

/* The route that leads: to the capital when anybody goes there. */
static SfGroupId
lead_of (const SfWorld *w, SfGroupId list)
{
  SfGroupId lead = list;
  for (SfGroupId i = list; i != SF_NOBODY; i = GROUP (w, i)->next)
    if (w->cargoes[GROUP (w, i)->shipment].is_for_capital)
      lead = i;
  return lead;
}

/* Lets go the members whose way is another one from here: they have just come
 * to a place, or were standing there. Returns FALSE when none is left. */
static gboolean
part_ways (SfWorld *w, SfConvoyId id, gboolean have_come)
{
  SfGroupId i = CONVOY (w, id)->first, kept = SF_NOBODY;
  while (i != SF_NOBODY) {
    SfGroupId next = GROUP (w, i)->next;
    Group *g = GROUP (w, i);
    if (stays (w, g, CONVOY (w, id))) {
      g->next = kept;
      kept = i;
    } else {
      g->convoy = g->next = SF_NOBODY;
      CONVOY (w, id)->left += g->trucks;
      if (have_come)
        sf_traffic_at_node (w, i);
      else
        sf_traffic_go_on (w, i);
    }
    i = next;
  }
  CONVOY (w, id)->first = kept;
  sf_convoy_recount (w, id);
  if (kept == SF_NOBODY)
    end_convoy (w, id, DISSOLVED);
  return kept != SF_NOBODY;
}

/* A new way for the whole convoy from where it stands; FALSE when there is
 * none. Members for whom there is none part with it. */
static gboolean
reroute (SfWorld *w, SfConvoyId id, gint node, gboolean is_patient)
{
  SfGroupId lead = lead_of (w, CONVOY (w, id)->first);
  if (!sf_traffic_reroute (w, lead, node, is_patient))
    return FALSE;
  CONVOY (w, id)->route = GROUP (w, lead)->route;
  CONVOY (w, id)->pos = GROUP (w, lead)->pos;
  for (SfGroupId i = CONVOY (w, id)->first; i != SF_NOBODY;
       i = GROUP (w, i)->next)
    if (i != lead)
      sf_traffic_reroute (w, i, node, is_patient);
  return TRUE;
}

/* On from a node; at a closed road by another way, or wait. */
static void
go_on (SfWorld *w, SfConvoyId id, gboolean is_patient)
{
  Convoy *c = CONVOY (w, id);
  SfHopId hop = ROUTE_HOP (w, ROUTE (w, c->route), c->pos);
  gboolean was_stuck = c->is_stuck;
  c->is_stuck = FALSE;
  if (w->hop_closed[hop] == 0) {
    enter (w, id);
    return;
  }
  if (reroute (w, id, w->plan->hops[hop].from, is_patient)) {
    if (part_ways (w, id, FALSE))
      enter (w, id);
    return;
  }
  c->is_stuck = TRUE;
  if (was_stuck && is_patient)
    return;
  c->since = w->now;
  sf_world_schedule (w, sf_ticks_from_h (PATIENCE_H), PRIO_ARRIVAL, EV_PATIENCE,
                     (guint)id, 1, w->now);
}

void
sf_convoy_retry (SfWorld *w)
{
  for (guint i = 0; i < w->convoys->len; i++)
    if (CONVOY (w, i)->is_used && CONVOY (w, i)->is_stuck)
      go_on (w, (SfConvoyId)i, TRUE);
}

void
sf_convoy_patience_ends (SfWorld *w, SfConvoyId id, gint64 since)
{
  const Convoy *c = CONVOY (w, id);
  if (c->is_used && c->is_stuck && c->since == since)
    go_on (w, id, FALSE);
}

static void
count_arrival (SfWorld *w, SfConvoyId id)
{
  const Convoy *c = CONVOY (w, id);
  if (w->cargoes[GROUP (w, c->first)->shipment].is_for_capital
      && c->trucks >= SF_CONVOY_MIN)
    record_flow (w, w->plan->sheet->nation[SF_NATION_CONVOYS_ARRIVED], 1);
}

/* The convoy is over: its members go on, each by himself. */
static void
disband (SfWorld *w, SfConvoyId id)
{
  SfGroupId i = CONVOY (w, id)->first;
  count_arrival (w, id);
  end_convoy (w, id, ARRIVED); /* the id may be another's from here */
  while (i != SF_NOBODY) {
    SfGroupId next = GROUP (w, i)->next;
    GROUP (w, i)->convoy = GROUP (w, i)->next = SF_NOBODY;
    sf_traffic_at_node (w, i);
    i = next;
  }
}

void
sf_convoy_hop_end (SfWorld *w, SfConvoyId id)
{
  CONVOY (w, id)->pos++;
  for (SfGroupId i = CONVOY (w, id)->first; i != SF_NOBODY;
       i = GROUP (w, i)->next)
    GROUP (w, i)->pos++;
  if (CONVOY (w, id)->pos == ROUTE (w, CONVOY (w, id)->route)->n_hops)
    disband (w, id);
  else if (part_ways (w, id, TRUE))
    go_on (w, id, TRUE);
}

/* Most steps of the search for the number that joins; it takes a handful. */
#define JOIN_STEPS 50

/* How many of those who wait would join when each expects n others, and how
 * that falls with n. */
static double
joining (const SfWorld *w, guint gate, const SfEscortOrder *order, double n,
         double *slope)
{
  double sum = 0, power = 1 + n / order->crowd_count;
  *slope = 0;
  for (guint l = order->is_capital_only; l < n_lines (w);
       l += 1 + order->is_capital_only) {
    guint waiting = w->gates[gate].waiting[l].trucks;
    double prob = waiting > 0 ? dares (w, gate, l / 2, TRUE) : 0;
    if (prob <= 0)
      continue;
    double join = waiting * pow (prob, power);
    sum += join;
    *slope += join * log (prob) / order->crowd_count;
  }
  return sum;
}

/* The number that is what each of them expects: joining() falls with n, so
 * there is one. It is convex, so Newton's steps from 0 rise towards it. */
static double
expected_size (const SfWorld *w, guint gate, const SfEscortOrder *order)
{
  double slope, n = 0, more = joining (w, gate, order, 0, &slope);
  if (isinf (order->crowd_count))
    return more;
  for (guint i = 0; i < JOIN_STEPS && more > 1e-9 * n; i++) {
    n += more / (1 - slope);
    more = joining (w, gate, order, n, &slope) - n;
  }
  return n;
}

/* Draws who joins, at most trucks_max of all, by line; returns their number. */
static guint
draw_willing (SfWorld *w, guint gate, const SfEscortOrder *order,
              guint *willing)
{
  Gate *k = &w->gates[gate];
  guint sum = 0, cut = 0;
  double power = 1 + expected_size (w, gate, order) / order->crowd_count;
  for (guint l = order->is_capital_only; l < n_lines (w);
       l += 1 + order->is_capital_only) {
    willing[l] = sf_stream_binomial (&k->stream, k->waiting[l].trucks,
                                     pow (dares (w, gate, l / 2, TRUE), power));
    sum += willing[l];
  }
  if (sum <= order->trucks_max)
    return sum;
  for (guint l = 0; l < n_lines (w); l++) {
    willing[l] = (guint)((guint64)willing[l] * order->trucks_max / sum);
    cut += willing[l];
  }
  return cut;
}

SfConvoyId
sf_world_convoy (SfWorld *w, const void *self, guint gate,
                 const SfEscortOrder *order)
{
  Gate *k = &w->gates[gate];
  g_autofree guint *willing = g_new0 (guint, n_lines (w));
  if (w->hop_closed[w->plan->gates[gate].hop])
    return SF_NOBODY;
  guint n = draw_willing (w, gate, order, willing);
  if (n == 0 || n < order->trucks_min)
    return SF_NOBODY;
  SfGroupId list = SF_NOBODY;
  for (guint l = 0; l < n_lines (w); l++)
    list = take_trucks (w, k, l, willing[l], list);
  SfConvoyId id = new_convoy (w);
  Convoy *convoy = CONVOY (w, id);
  const Group *lead = GROUP (w, lead_of (w, list));
  *convoy = (Convoy){ .gate = (gint)gate,
                      .first = list,
                      .route = lead->route,
                      .pos = lead->pos,
                      .trucks = n,
                      .started = n,
                      .strength
                      = order->strength * factor (w, SF_FACTOR_ESCORT, gate),
                      .speed_frac = order->speed_frac,
                      .owner = (gint)sf_factor_model_of (w, self),
                      .token = order->token,
                      .is_used = TRUE };
  for (SfGroupId i = list; i != SF_NOBODY; i = GROUP (w, i)->next) {
    GROUP (w, i)->convoy = id;
    GROUP (w, i)->state = IN_CONVOY;
  }
  sf_world_say (w, "convoy", w->plan->gates[gate].id, n,
                N_ ("convoy of %u trucks leaves %s for %s with an escort"), n,
                sf_world_node_title (w, w->plan->gates[gate].node),
                sf_world_node_title (w, w->plan->gates[gate].entry));
  enter (w, id);
  return id;
}

/* ---- For models ------------------------------------------------------------------ */

double
sf_world_gate_willing (const SfWorld *w, guint gate, const SfEscortOrder *order)
{
  if (w->hop_closed[w->plan->gates[gate].hop])
    return 0; /* an escort had better go elsewhere */
  return expected_size (w, gate, order);
}

guint
sf_world_gate_waiting (const SfWorld *w, guint gate)
{
  return w->gates[gate].n_waiting;
}

double
sf_world_gate_longest_h (const SfWorld *w, guint gate)
{
  SfTick first = w->now;
  for (guint l = 0; l < n_lines (w); l++) {
    SfGroupId head = w->gates[gate].waiting[l].head;
    if (head != SF_NOBODY)
      first = MIN (first, GROUP (w, head)->since);
  }
  return sf_ticks_to_h (w->now - first);
}

void
sf_world_set_gate_risk (SfWorld *w, guint gate, double risk)
{
  w->gates[gate].risk = MAX (risk, 0);
  sf_gate_ask_again (w, gate);
}

guint
sf_world_convoy_trucks (const SfWorld *w, SfConvoyId convoy)
{
  return CONVOY (w, convoy)->trucks;
}
