/* traffic.c - groups of trucks on the road. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of a group: loaded at home, hop after hop to its destination
 * (queues, gates and attacks on the way), unloaded, empty home again.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/world-private.h"
#include "sim/lang/lang.h"

/* ---- The pool of groups --------------------------------------------------- */

SfGroupId
sf_traffic_new_group (SfWorld *w, gint shipment, guint trucks)
{
  SfGroupId id = sf_life_take_group (w);
  *GROUP (w, id) = (Group){ .shipment = shipment,
                            .trucks = trucks,
                            .route = -1,
                            .convoy = SF_NOBODY,
                            .next = SF_NOBODY,
                            .queue = -1,
                            .gate = -1,
                            .since = w->now };
  return id;
}

void
sf_traffic_drop (SfWorld *w, SfGroupId id)
{
  GROUP (w, id)->next = w->free_group;
  GROUP (w, id)->trucks = 0;
  w->free_group = id;
}

/* A new group with some of the trucks, like the old one in all else. */
SfGroupId
sf_traffic_split (SfWorld *w, SfGroupId id, guint trucks)
{
  SfGroupId part = sf_traffic_new_group (w, GROUP (w, id)->shipment, trucks);
  Group *from = GROUP (w, id), *to = GROUP (w, part);
  from->trucks -= trucks;
  *to = *from;
  to->trucks = trucks;
  to->next = SF_NOBODY;
  return part;
}

/* ---- Where to -------------------------------------------------------------- */

static gint
target_of (const SfWorld *w, const Group *g)
{
  const Cargo *c = &w->cargoes[g->shipment];
  return g->is_loaded ? c->to : c->home;
}

static double
route_h (const SfWorld *w, const SfRoute *r, gint shipment)
{
  SfTick sum = 0;
  for (guint i = 0; i < r->n_hops; i++)
    sum += hop_ticks (w, ROUTE_HOP (w, r, i), shipment);
  return sf_ticks_to_h (sum);
}

static void
find_ways (SfWorld *w, gint from, gint to, Ways *ways)
{
  ways->n = sf_plan_routes (w->plan, from, to, w->is_closed, w->roads_state,
                            ways->routes, ROUTES_MAX);
  sf_stretch_make_room (w);
  ways->n_patient = ways->n; /* the longest are last */
  double most = SF_DETOUR_MAX * sf_plan_usual_h (w->plan, from, to);
  while (ways->n_patient > 0
         && ROUTE (w, ways->routes[ways->n_patient - 1])->length > most)
    ways->n_patient--;
  ways->state = w->roads_state;
  ways->hours = w->hours_state - 1;
}

/* Routes from a node to another. Most trucks ask at one end of their journey
 * for the way to the other; what they find is kept. */
static Ways *
ways_between (SfWorld *w, gint from, gint to, gint shipment, Ways *scratch)
{
  const Cargo *c = &w->cargoes[shipment];
  gboolean is_out = from == c->home && to == c->to;
  Ways *ways = scratch;
  if (is_out || (from == c->to && to == c->home)) {
    ways = &w->ways[2 * shipment + is_out];
    if (ways->state == w->roads_state)
      return ways;
  }
  find_ways (w, from, to, ways);
  return ways;
}

/* Hours on each route, as long as hops take the same time. */
static void
know_hours (const SfWorld *w, Ways *ways, gint shipment)
{
  if (ways->hours == w->hours_state)
    return;
  for (guint i = 0; i < ways->n; i++)
    ways->route_h[i] = route_h (w, ROUTE (w, ways->routes[i]), shipment);
  ways->hours = w->hours_state;
}

/* Picks a route from a node for a shipment's trucks; -1 when none is left. */
gint
sf_traffic_find_route (SfWorld *w, gint from, gint to, gint shipment,
                       gboolean choose, gboolean is_patient)
{
  Ways scratch;
  Ways *ways = ways_between (w, from, to, shipment, &scratch);
  const guint *routes = ways->routes;
  guint n = is_patient ? ways->n_patient : ways->n;
  if (n == 0)
    return -1;
  if (n == 1 || !choose || w->routing >= w->n_models)
    return (gint)routes[0];
  know_hours (w, ways, shipment);
  SfChoice choices[ROUTES_MAX];
  for (guint i = 0; i < n; i++) {
    const SfRoute *r = ROUTE (w, routes[i]);
    choices[i] = (SfChoice){ ways->route_h[i], r->gate, 0, 0 };
    if (r->gate >= 0) {
      choices[i].risk = w->gates[r->gate].risk * w->exposure[shipment];
      choices[i].waiting = w->gates[r->gate].n_waiting;
    }
  }
  guint pick = w->models[w->routing]->choose_route (w->selves[w->routing], w,
                                                    choices, n);
  g_assert (pick < n);
  return (gint)routes[pick];
}

static void
get_stuck (SfWorld *w, SfGroupId id, gint node)
{
  Group *g = GROUP (w, id);
  if (g->state != STUCK) {
    g->since = w->now;
    sf_world_schedule (w, sf_ticks_from_h (PATIENCE_H), PRIO_ARRIVAL,
                       EV_PATIENCE, (guint)id, 0, w->now);
  }
  g->state = STUCK;
  g->queue = node; /* where it waits; it is in no queue */
  g_array_append_val (w->stuck, id);
}

/* Gives a group a route from a node to its target, or leaves it waiting. */
static gboolean
take_route (SfWorld *w, SfGroupId id, gint from, gboolean is_patient)
{
  if (sf_traffic_reroute (w, id, from, is_patient)) {
    GROUP (w, id)->state = ON_HOP;
    return TRUE;
  }
  get_stuck (w, id, from);
  return FALSE;
}

/* Those who have waited at a closed road for long take any way there is. */
void
sf_traffic_patience_ends (SfWorld *w, SfGroupId id, gint64 since)
{
  Group *g = GROUP (w, id);
  guint i = 0;
  if (g->trucks == 0 || g->state != STUCK || g->since != since)
    return;
  while (g_array_index (w->stuck, SfGroupId, i) != id)
    i++;
  g_array_remove_index (w->stuck, i);
  gint node = g->queue;
  g->queue = -1;
  g->state = ON_HOP; /* so that its patience begins anew if it is in vain */
  if (take_route (w, id, node, FALSE))
    sf_traffic_go_on (w, id);
}

gboolean
sf_traffic_reroute (SfWorld *w, SfGroupId id, gint from, gboolean is_patient)
{
  Group *g = GROUP (w, id);
  gint route = sf_traffic_find_route (w, from, target_of (w, g), g->shipment,
                                      g->is_loaded, is_patient);
  if (route < 0)
    return FALSE;
  g->route = route;
  g->pos = 0;
  g->is_due = FALSE; /* that was on the way it leaves */
  return TRUE;
}

/* ---- Hops ------------------------------------------------------------------ */

/* The group enters the hop it stands before; it may not come out. */
void
sf_traffic_enter (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  SfHopId hop = ROUTE_HOP (w, ROUTE (w, g->route), g->pos);
  const SfHop *h = &w->plan->hops[hop];
  g->state = ON_HOP;
  g->since = w->now;
  g->is_cleared = FALSE;
  if (g->is_loaded) {
    w->hop_passed[hop] += g->trucks;
    if (h->gate >= 0)
      sf_gate_count_entry (w, id, (guint)h->gate);
  }
  if (!sf_stretch_begin (w, id, hop))
    sf_traffic_drop (w, id);
}

gboolean
sf_traffic_is_held (const SfWorld *w, const Group *g, gboolean ends)
{
  const Cargo *c = &w->cargoes[g->shipment];
  if (!g->is_loaded)
    return FALSE;
  if (factor (w, SF_FACTOR_TRANSIT, (guint)g->shipment) <= 0)
    return TRUE;
  return ends && c->market >= 0
         && factor (w, SF_FACTOR_RECEIPT, (guint)c->market) <= 0;
}

static void
arrive (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  SfTick ticks = sf_world_end_ticks (w, g);
  g->state = UNLOADING;
  if (g->is_loaded)
    sf_world_schedule (w, ticks, PRIO_ARRIVAL, EV_UNLOADED, (guint)id, 0, 0);
  else
    sf_traffic_expect_home (w, id, w->now + ticks);
}

/* The group stands at the node before the hop at its pos: on, or wait. */
void
sf_traffic_go_on (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  const SfRoute *r = ROUTE (w, g->route);
  if (sf_traffic_is_held (w, g, g->pos == r->n_hops)) {
    g->state = HELD;
    g_array_append_val (w->held, id);
    return;
  }
  if (g->pos == r->n_hops) {
    arrive (w, id);
    return;
  }
  SfHopId hop = ROUTE_HOP (w, r, g->pos);
  if (w->hop_closed[hop]) {
    if (!take_route (w, id, w->plan->hops[hop].from, TRUE))
      return;
    g = GROUP (w, id);
    r = ROUTE (w, g->route);
    hop = ROUTE_HOP (w, r, 0);
  }
  if (g->is_loaded && w->plan->hops[hop].gate >= 0)
    sf_gate_arrive (w, id, (guint)w->plan->hops[hop].gate);
  else
    sf_traffic_enter (w, id);
}

/* The group has come to a node: queues first, then on. */
void
sf_traffic_at_node (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  const SfRoute *r = ROUTE (w, g->route);
  gboolean ends = g->pos == r->n_hops;
  gint node = w->plan->hops[ROUTE_HOP (w, r, g->pos - 1)].to;
  g->since = w->now;
  if (ends && g->is_loaded && node == w->scenario->capital
      && w->cargoes[g->shipment].is_fuel)
    record_flow (w, w->plan->sheet->nation[SF_NATION_ARRIVED_FUEL], g->trucks);
  if (g->is_loaded && !g->is_cleared && sf_queue_arrive (w, id, node, ends))
    return;
  sf_traffic_go_on (w, id);
}

void
sf_traffic_hop_end (SfWorld *w, SfGroupId id)
{
  while (id != SF_NOBODY) {
    Group *g = GROUP (w, id);
    SfGroupId next = g->next;
    g->next = SF_NOBODY;
    sf_stretch_end (w, id);
    if (!g->is_for_good)
      sf_traffic_at_node (w, id);
    else {
      g->is_for_good = FALSE;
      sf_traffic_unloaded (w, id);
    }
    id = next;
  }
}

/* ---- Journeys ---------------------------------------------------------------- */

static guint
limit_by_stock (SfWorld *w, guint shipment, guint n)
{
  const SfShipmentSpec *p = &w->scenario->shipments[shipment];
  gint m = w->cargoes[shipment].home_market;
  double spare = sf_world_stock (w, (guint)m, DEPOT)
                 - p->reserve_days * sf_world_use_per_day (w, (guint)m);
  double most = floor (spare / w->capacity[shipment]);
  return most <= 0 ? 0 : (guint)MIN ((double)n, most);
}

static void
load (SfWorld *w, guint shipment, guint n)
{
  const SfShipmentSpec *p = &w->scenario->shipments[shipment];
  double amount = n * w->capacity[shipment];
  if (p->from_stock)
    amount = sf_stock_take (w, (guint)w->cargoes[shipment].home_market, amount);
  else
    *account (w, p->commodity, SF_LEDGER_LOADED) += amount;
  w->transit[p->commodity] += amount;
}

/* Those who leave at the same time, as many do, share an event. */
static void
schedule_leave (SfWorld *w, SfGroupId id, SfTick delay)
{
  guint i = 0;
  while (i < LEAVING_N && w->leaving[i].when != w->now + delay)
    i++;
  if (i < LEAVING_N) {
    GROUP (w, w->leaving[i].last)->next = id;
    w->leaving[i].last = id;
    return;
  }
  memmove (w->leaving + 1, w->leaving, sizeof w->leaving - sizeof *w->leaving);
  w->leaving[0] = (Company){ w->now + delay, id };
  sf_world_schedule (w, delay, PRIO_ARRIVAL, EV_LEAVES, (guint)id, 0, 0);
}

guint
sf_world_dispatch (SfWorld *w, guint shipment, guint n)
{
  const SfShipmentSpec *p = &w->scenario->shipments[shipment];
  n = MIN (n, sf_world_idle_trucks (w, (guint)p->fleet));
  if (factor (w, SF_FACTOR_LOADING, shipment) <= 0)
    return 0;
  if (n > 0 && p->from_stock)
    n = limit_by_stock (w, shipment, n);
  if (n == 0)
    return 0;
  load (w, shipment, n);
  w->fleets[p->fleet].idle -= n;
  SfGroupId id = sf_traffic_new_group (w, (gint)shipment, n);
  GROUP (w, id)->is_loaded = TRUE;
  schedule_leave (w, id, w->cargoes[shipment].loading_ticks);
  return n;
}

void
sf_traffic_leave (SfWorld *w, SfGroupId id)
{
  for (guint i = 0; i < LEAVING_N; i++)
    if (w->leaving[i].when == w->now)
      w->leaving[i].when = -1;
  while (id != SF_NOBODY) {
    SfGroupId next = GROUP (w, id)->next;
    GROUP (w, id)->next = SF_NOBODY;
    gint home = w->cargoes[GROUP (w, id)->shipment].home;
    if (take_route (w, id, home, TRUE))
      sf_traffic_go_on (w, id);
    id = next;
  }
}

/* Turns a route round: the same road, empty. */
static void
set_out_home (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  gint at = w->cargoes[g->shipment].to;
  g->is_loaded = FALSE;
  if (take_route (w, id, at, TRUE))
    sf_traffic_go_on (w, id);
}

void
sf_traffic_unloaded (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  const Cargo *c = &w->cargoes[g->shipment];
  double amount = g->trucks * w->capacity[g->shipment];
  w->transit[c->commodity] -= amount;
  w->delivered[g->shipment] += g->trucks;
  if (c->market >= 0)
    sf_stock_receive (w, (guint)c->market, amount);
  else /* nobody keeps stock here: used on the spot */
    *account (w, c->commodity, SF_LEDGER_CONSUMED) += amount;
  if (c->is_imported) {
    const gint *nation = w->plan->sheet->nation;
    record_flow (w, nation[SF_NATION_IMPORTED_FUEL], amount);
    record_flow (w, nation[SF_NATION_CLEARED_FUEL],
                 amount * w->scenario->customs_reported_frac);
  }
  set_out_home (w, id);
}

void
sf_traffic_expect_home (SfWorld *w, SfGroupId id, SfTick when)
{
  Group *g = GROUP (w, id);
  SfDues *coming = &w->fleets[w->cargoes[g->shipment].fleet].coming;
  g->is_for_good = TRUE;
  g->next = ++w->last_ticket;
  sf_dues_add (coming, (SfDue){ when, id, g->next });
}

guint
sf_world_idle_trucks (SfWorld *w, guint fleet)
{
  Fleet *f = &w->fleets[fleet];
  SfDue due;
  while (sf_dues_take (&f->coming, sf_world_come (w), &due)) {
    const Group *g = GROUP (w, due.who);
    if (g->trucks == 0 || g->is_loaded || !g->is_for_good
        || g->next != due.ticket)
      continue; /* it was halted on its way, or is somebody else by now */
    f->idle += g->trucks;
    sf_traffic_drop (w, due.who);
  }
  return f->idle;
}

/* Cargo that comes back: into the depot it was taken from, or as if it had
 * never been loaded. */
static void
unload_at_source (SfWorld *w, guint shipment, double amount)
{
  const SfShipmentSpec *p = &w->scenario->shipments[shipment];
  w->transit[p->commodity] -= amount;
  if (!p->from_stock) {
    *account (w, p->commodity, SF_LEDGER_LOADED) -= amount;
    return;
  }
  guint m = (guint)w->cargoes[shipment].home_market;
  sf_stock_advance (w, m);
  w->markets[m].level[DEPOT] += amount;
  sf_stock_solve_later (w, m);
}

/* Trucks for which there is no room turn round with their cargo, which is
 * given back at once. */
void
sf_traffic_turn_away (SfWorld *w, SfGroupId id, guint trucks)
{
  Group *g = GROUP (w, id);
  unload_at_source (w, (guint)g->shipment, trucks * w->capacity[g->shipment]);
  SfGroupId part = sf_traffic_split (w, id, trucks);
  gint node = w->plan
                  ->hops[ROUTE_HOP (w, ROUTE (w, GROUP (w, part)->route),
                                    GROUP (w, part)->pos - 1)]
                  .to;
  GROUP (w, part)->is_loaded = FALSE;
  if (take_route (w, part, node, TRUE))
    sf_traffic_go_on (w, part);
}

void
sf_traffic_lose (SfWorld *w, SfGroupId id, guint trucks, SfLedgerAccount how)
{
  Group *g = GROUP (w, id);
  gint c = commodity_of (w, g->shipment);
  g->trucks -= trucks;
  if (w->cargoes[g->shipment].is_fuel)
    record_flow (w, w->plan->sheet->nation[SF_NATION_LOST_FUEL], trucks);
  w->fleets[w->cargoes[g->shipment].fleet].lost += trucks;
  if (!g->is_loaded)
    return;
  double amount = trucks * w->capacity[g->shipment];
  w->transit[c] -= amount;
  *account (w, c, how) += amount;
}

/* Groups that were told to wait look again. */
void
sf_traffic_retry (SfWorld *w)
{
  guint n = w->held->len;
  for (guint i = 0; i < n; i++) {
    SfGroupId id = g_array_index (w->held, SfGroupId, i);
    GROUP (w, id)->state = ON_HOP;
    sf_traffic_go_on (w, id); /* else it is put at the end again */
  }
  g_array_remove_range (w->held, 0, n);
}

/* ---- Roads ------------------------------------------------------------------- */

/* A road was closed or opened: those who are stuck look again. */
static void
roads_changed (SfWorld *w)
{
  guint n = w->stuck->len;
  for (guint i = 0; i < n; i++) {
    SfGroupId id = g_array_index (w->stuck, SfGroupId, i);
    gint node = GROUP (w, id)->queue;
    GROUP (w, id)->queue = -1;
    if (take_route (w, id, node, TRUE)) /* else it is put at the end again */
      sf_traffic_go_on (w, id);
  }
  g_array_remove_range (w->stuck, 0, n);
  sf_convoy_retry (w);
}

void
sf_world_close (SfWorld *w, guint link, int by)
{
  gboolean was_closed = w->closed_count[link] > 0;
  if (by < 0 && !was_closed)
    return; /* opening an open road changes nothing */
  w->closed_count[link] = (guint)((int)w->closed_count[link] + by);
  gboolean is_closed = w->closed_count[link] > 0;
  if (is_closed == was_closed)
    return;
  w->is_closed[link] = is_closed;
  w->roads_state = sf_plan_name_roads (w->plan);
  if (is_closed)
    w->closed_since[link] = w->now;
  else
    w->closed_days[link] += sf_ticks_to_days (w->now - w->closed_since[link]);
  sf_stretch_road_changed (w, link);
  const SfLinkSpec *l = &w->scenario->links[link];
  if (w->now > 0)
    sf_world_say (w, "road", l->id, NAN,
                  is_closed ? N_ ("the road %s - %s is closed")
                            : N_ ("the road %s - %s is open again"),
                  sf_world_node_title (w, l->from),
                  sf_world_node_title (w, l->to));
  roads_changed (w);
}

gboolean
sf_world_is_open (const SfWorld *w, guint link)
{
  return !w->is_closed[link];
}

void
sf_world_set_wet (SfWorld *w, gboolean is_wet)
{
  gsize half = (gsize)w->scenario->n_vehicles * w->plan->n_hops;
  sf_stretch_halt_all (w);
  w->ticks_now = w->hop_ticks + (is_wet ? half : 0);
  w->hours_state++;
}

/* ---- For models ---------------------------------------------------------------- */

guint
sf_world_fleet_waiting (const SfWorld *w, guint fleet)
{
  return w->fleets[fleet].waiting;
}

gint
sf_world_trucks_lost (const SfWorld *w, guint fleet)
{
  return (gint)w->fleets[fleet].lost - (gint)w->fleets[fleet].bought;
}

void
sf_world_buy_trucks (SfWorld *w, guint fleet, guint n)
{
  w->fleets[fleet].idle += n;
  w->fleets[fleet].bought += n;
}
