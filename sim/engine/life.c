/* life.c - the birth and end of a world, and what it begins with. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/engine/world-private.h"

/* Bytes that the arena grows by. */
#define CHUNK_SIZE ((gsize)65536)

/* The piece of it in use. */
#define CHUNK(W) g_array_index ((W)->arena, Chunk, (W)->chunk)

static void
take_models (SfWorld *w)
{
  SfScenario *s = w->scenario;
  w->models = g_new0 (const SfModel *, s->n_models + 1);
  w->selves = g_new0 (void *, s->n_models + 1);
  w->pristine = g_new0 (void *, s->n_models + 1);
  w->first_gauge = g_new0 (gint, s->n_models + 1);
  w->sentries = g_new0 (guint, s->n_models + 1);
  w->routing = w->drivers = G_MAXUINT;
  for (guint i = 0; i < s->n_models; i++) {
    if (!s->models[i].is_on)
      continue;
    guint n = w->n_models++;
    w->models[n] = (const SfModel *)s->models[i].info; /* its first member */
    w->selves[n] = s->models[i].params;
    w->first_gauge[n] = w->plan->sheet->gauge_series[i];
    w->pristine[n]
        = g_memdup2 (s->models[i].params, MAX (s->models[i].info->size, 1));
    if (w->models[n]->allocate) {
      w->allocation = w->models[n];
      w->allocation_self = w->selves[n];
    }
    if (w->models[n]->choose_route)
      w->routing = n;
    if (w->models[n]->dares)
      w->drivers = n;
    if (w->models[n]->enters)
      w->sentries[w->n_sentries++] = n;
  }
}

/* Liquid fuel from a source outside the capital's country. */
static gboolean
is_imported_fuel (const SfScenario *s, const SfShipmentSpec *p)
{
  const SfCommodity *c = &s->commodities[p->commodity];
  const char *country = s->nodes[s->fleets[p->fleet].home].country;
  return !p->from_stock && c->kind == SF_CARGO_FUEL && c->unit == SF_UNIT_M3
         && g_strcmp0 (country, s->country) != 0;
}

static void
make_cargoes (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  w->cargoes = g_new0 (Cargo, s->n_shipments + 1);
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfShipmentSpec *p = &s->shipments[i];
    const SfFleetSpec *fleet = &s->fleets[p->fleet];
    w->cargoes[i] = (Cargo){
      .commodity = p->commodity,
      .fleet = p->fleet,
      .home = fleet->home,
      .to = p->to,
      .home_market = sf_plan_market (w->plan, fleet->home, p->commodity),
      .market = sf_plan_market (w->plan, p->to, p->commodity),
      .first_hop = (guint)fleet->vehicle * w->plan->n_hops,
      .is_fuel = s->commodities[p->commodity].kind == SF_CARGO_FUEL,
      .is_imported = is_imported_fuel (s, p),
      .is_for_capital = p->to == s->capital,
    };
  }
}

static void
make_gates (SfWorld *w)
{
  guint n = w->scenario->n_commodities + 1;
  w->gates = g_new0 (Gate, w->plan->n_gates + 1);
  for (guint g = 0; g < w->plan->n_gates; g++) {
    w->gates[g].waiting = g_new0 (Waiting, 2 * n);
    w->gates[g].dares = g_new0 (double, 2 * n);
  }
}

SfWorld *
sf_world_new (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  SfWorld *w = g_new0 (SfWorld, 1);
  w->plan = plan;
  w->scenario = plan->scenario;
  w->events_max = SF_WORLD_EVENTS_MAX;
  w->pending = sf_pending_new (0);
  w->groups_room = 4096;
  w->groups = g_aligned_alloc (w->groups_room, sizeof (Group), sizeof (Group));
  w->convoys = g_array_sized_new (FALSE, TRUE, sizeof (Convoy), 16);
  w->stuck = g_array_new (FALSE, FALSE, sizeof (SfGroupId));
  w->held = g_array_new (FALSE, FALSE, sizeof (SfGroupId));
  sf_queue_new_all (w);
  w->markets = g_new0 (Market, s->n_markets + 1);
  w->stale = g_new0 (guint, s->n_markets + 1);
  w->demands = g_new0 (Demand, s->n_demands + 1);
  w->fleets = g_new0 (Fleet, s->n_fleets + 1);
  w->capacity = g_new0 (double, s->n_shipments + 1);
  w->exposure = g_new0 (double, s->n_shipments + 1);
  w->delivered = g_new0 (double, s->n_shipments + 1);
  w->hop_ticks = g_new0 (SfTick, 2 * (gsize)s->n_vehicles * plan->n_hops + 1);
  w->hop_km = g_new0 (double, plan->n_hops + 1);
  w->closed_count = g_new0 (guint, s->n_links + 1);
  w->is_closed = g_new0 (guint8, s->n_links + 1);
  w->closed_since = g_new0 (SfTick, s->n_links + 1);
  w->closed_days = g_new0 (double, s->n_links + 1);
  w->hop_closed = g_new0 (guint, plan->n_hops + 1);
  w->hop_passed = g_new0 (double, plan->n_hops + 1);
  w->hop_lost = g_new0 (double, plan->n_hops + 1);
  w->hazard = g_new0 (double, 2 * plan->n_hops + 1);
  w->stops = g_new0 (guint8, 2 * (gsize)s->n_commodities * plan->n_hops + 1);
  w->marks = g_new0 (guint8, 2 * plan->n_hops + 1);
  w->luck = g_new0 (SfStream, s->n_shipments + 1);
  w->ways = g_new0 (Ways, 2 * s->n_shipments + 1);
  /* Two more than there are users: household purchases and station tanks. */
  w->claims = g_new0 (SfClaim, s->n_demands + 2);
  w->awards = g_new0 (double, s->n_demands + 2);
  w->acc = g_new0 (double, sf_book_n_series (plan->book) + 1);
  w->ledger = g_new0 (double, s->n_commodities *SF_LEDGER_N + 1);
  w->transit = g_new0 (double, s->n_commodities + 1);
  w->arena = g_array_new (FALSE, FALSE, sizeof (Chunk));
  w->row_delay = g_new0 (SfTick, s->n_events + 1);
  w->row_fired = g_new0 (guint8, s->n_events + 1);
  make_cargoes (w);
  make_gates (w);
  take_models (w);
  sf_factor_new (w);
  return w;
}

void
sf_world_free (SfWorld *w)
{
  if (!w)
    return;
  for (guint i = 0; i < w->n_models; i++) {
    memcpy (w->selves[i], w->pristine[i], w->models[i]->info.size);
    g_free (w->pristine[i]);
  }
  for (guint g = 0; g < w->plan->n_gates; g++) {
    g_free (w->gates[g].waiting);
    g_free (w->gates[g].dares);
  }
  for (guint f = 0; f < w->scenario->n_fleets; f++)
    sf_dues_clear (&w->fleets[f].coming);
  sf_queue_free_all (w);
  gpointer parts[]
      = { w->cargoes,    w->sentries,     w->models,      w->selves,
          w->pristine,   w->gates,        w->markets,     w->stale,
          w->demands,    w->fleets,       w->capacity,    w->exposure,
          w->delivered,  w->hop_ticks,    w->hop_km,      w->closed_count,
          w->is_closed,  w->closed_since, w->closed_days, w->hop_closed,
          w->hop_passed, w->hop_lost,     w->hazard,      w->marks,
          w->stops,      w->luck,         w->ways,        w->claims,
          w->awards,     w->acc,          w->ledger,      w->transit,
          w->row_delay,  w->row_fired,    w->first_gauge, w->passing,
          w->served };
  sf_factor_free (w);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_free (parts[i]);
  g_aligned_free (w->groups);
  g_array_unref (w->convoys);
  g_array_unref (w->stuck);
  g_array_unref (w->held);
  for (guint i = 0; i < w->arena->len; i++)
    g_free (g_array_index (w->arena, Chunk, i).memory);
  g_array_unref (w->arena);
  sf_pending_free (w->pending);
  g_free (w);
}

SfGroupId
sf_life_take_group (SfWorld *w)
{
  SfGroupId id = w->free_group;
  if (id != SF_NOBODY) {
    w->free_group = GROUP (w, id)->next;
    return id;
  }
  if (w->n_groups == w->groups_room) {
    Group *old = w->groups;
    w->groups_room *= 2;
    w->groups
        = g_aligned_alloc (w->groups_room, sizeof (Group), sizeof (Group));
    memcpy (w->groups, old, w->n_groups * sizeof (Group));
    g_aligned_free (old);
  }
  return (SfGroupId)w->n_groups++;
}

guint
sf_world_trucks_out (SfWorld *w, guint fleet)
{
  guint n = 0;
  sf_world_idle_trucks (w, fleet); /* takes home who has come */
  for (guint i = 0; i < w->n_groups; i++) {
    const Group *g = GROUP (w, i);
    if (g->trucks > 0
        && w->scenario->shipments[g->shipment].fleet == (gint)fleet)
      n += g->trucks;
  }
  return n;
}

/* ---- Memory of models ----------------------------------------------------------- */

/* Chunks are kept from one replication to the next, so after the first one
 * nothing is asked of the system. */
gpointer
sf_world_alloc (SfWorld *w, gsize size)
{
  gsize whole = (MAX (size, 1) + 15) / 16 * 16;
  while (w->chunk < w->arena->len && CHUNK (w).size - CHUNK (w).used < whole)
    w->chunk++;
  if (w->chunk == w->arena->len) {
    gsize room = MAX (whole, CHUNK_SIZE);
    Chunk fresh = { g_malloc (room), room, 0 };
    g_array_append_val (w->arena, fresh);
  }
  Chunk *c = &CHUNK (w);
  gpointer memory = c->memory + c->used;
  c->used += whole;
  return memset (memory, 0, whole);
}

static void
reset_arena (SfWorld *w)
{
  w->chunk = 0;
  for (guint i = 0; i < w->arena->len; i++)
    g_array_index (w->arena, Chunk, i).used = 0;
}

/* ---- Numbers -------------------------------------------------------------------- */

static void
compute_stays (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfFleetSpec *fleet = &s->fleets[s->shipments[i].fleet];
    Cargo *c = &w->cargoes[i];
    c->loading_ticks = sf_ticks_from_h (fleet->loading_h);
    c->end_ticks[0] = sf_ticks_from_h (fleet->turnround_h);
    c->end_ticks[1] = sf_ticks_from_h (fleet->unloading_h);
  }
}

void
sf_life_compute_hours (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  w->hours_state++;
  compute_stays (w);
  for (guint h = 0; h < w->plan->n_hops; h++)
    w->hop_km[h] = sf_plan_hop_km (w->plan, (SfHopId)h);
  for (guint wet = 0; wet < 2; wet++)
    for (guint v = 0; v < s->n_vehicles; v++)
      for (guint h = 0; h < w->plan->n_hops; h++) {
        const SfHop *hop = &w->plan->hops[h];
        double time_h = 0;
        for (guint i = 0; i < hop->n_arcs; i++)
          time_h += sf_link_h (
              &s->links[sf_arc_link (w->plan->arcs[hop->first_arc + i])],
              s->vehicles[v].driving_h_per_day, wet == 1);
        w->hop_ticks[((gsize)wet * s->n_vehicles + v) * w->plan->n_hops + h]
            = sf_ticks_from_h (time_h);
      }
}

static void
compute_loads (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfShipmentSpec *p = &s->shipments[i];
    const SfVehicle *v = &s->vehicles[s->fleets[p->fleet].vehicle];
    const SfCommodity *c = &s->commodities[p->commodity];
    w->capacity[i] = c->unit == SF_UNIT_T ? v->capacity_t : v->capacity_m3;
  }
}

void
sf_life_compute_exposure (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint i = 0; i < s->n_shipments; i++)
    w->exposure[i] = s->commodities[s->shipments[i].commodity].exposure_frac;
}

/* ---- A new replication ------------------------------------------------------- */

/* An attack that met nobody has no numbers. */
static void
reset_attacks (SfWorld *w)
{
  for (guint e = 0; e < w->scenario->n_events; e++)
    for (guint i = 0; i < SF_ATTACK_N_METRICS; i++)
      if (w->plan->sheet->attack_metrics[e] >= 0)
        w->record->metrics[(guint)w->plan->sheet->attack_metrics[e] + i] = NAN;
}

static void
reset_gates (SfWorld *w)
{
  for (guint g = 0; g < w->plan->n_gates; g++) {
    Gate *k = &w->gates[g];
    g_autofree char *name = g_strconcat ("gate:", w->plan->gates[g].id, NULL);
    for (guint l = 0; l < n_lines (w); l++) {
      k->waiting[l] = (Waiting){ SF_NOBODY, SF_NOBODY, 0 };
      k->dares[l] = 1;
    }
    k->risk = k->entered = k->waited_h = k->lost = 0;
    k->n_waiting = 0;
    sf_gate_ask_again (w, g);
    sf_stream_init (&k->stream, w->seed, name, w->replication, 0);
  }
}

static void
reset_luck (SfWorld *w)
{
  w->is_outlook_old = TRUE;
  for (guint i = 0; i < w->scenario->n_shipments; i++) {
    g_autofree char *name
        = g_strconcat ("road:", w->scenario->shipments[i].id, NULL);
    sf_stream_init (&w->luck[i], w->seed, name, w->replication, 0);
  }
}

static void
reset_roads (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  sf_stretch_reset (w);
  memset (w->hop_lost, 0, w->plan->n_hops * sizeof *w->hop_lost);
  memset (w->closed_count, 0, s->n_links * sizeof *w->closed_count);
  memset (w->is_closed, 0, s->n_links);
  w->roads_state = sf_plan_name_roads (w->plan);
  memset (w->closed_days, 0, s->n_links * sizeof *w->closed_days);
  for (guint i = 0; i < s->n_links; i++)
    if (s->links[i].closed)
      sf_world_close (w, i, 1);
}

void
sf_life_reset (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  sf_pending_clear (w->pending);
  w->n_groups = 0;
  g_array_set_size (w->convoys, 0);
  g_array_set_size (w->stuck, 0);
  g_array_set_size (w->held, 0);
  reset_arena (w);
  w->free_group = SF_NOBODY;
  w->last_ticket = 0;
  for (guint i = 0; i < LEAVING_N; i++)
    w->leaving[i].when = w->coming[i].when = -1;
  w->now = 0;
  w->priority = 0;
  w->n_events = 0;
  w->fingerprint = 0;
  sf_world_set_wet (w, FALSE);
  w->cost_xof = 0;
  memset (w->acc, 0, sf_book_n_series (w->plan->book) * sizeof *w->acc);
  memset (w->ledger, 0, s->n_commodities * SF_LEDGER_N * sizeof *w->ledger);
  memset (w->transit, 0, s->n_commodities * sizeof *w->transit);
  memset (w->delivered, 0, s->n_shipments * sizeof *w->delivered);
  for (guint i = 0; i < w->n_models; i++)
    memcpy (w->selves[i], w->pristine[i], w->models[i]->info.size);
  sf_scenario_draw (w->scenario, w->seed, (gint)w->replication);
  sf_life_compute_hours (w);
  compute_loads (w);
  sf_life_compute_exposure (w);
  for (guint f = 0; f < s->n_fleets; f++) {
    SfDues coming = w->fleets[f].coming;
    sf_dues_reset (&coming);
    w->fleets[f] = (Fleet){ .idle = (guint)round (s->fleets[f].trucks_count),
                            .coming = coming };
  }
  sf_factor_reset (w);
  reset_gates (w);
  reset_luck (w);
  for (guint q = 0; q < s->n_queues; q++)
    sf_queue_reset (w, q);
  reset_roads (w);
  reset_attacks (w);
  sf_stock_start (w);
}

/* ---- A pipeline that is full from the start ---------------------------------- */

/* Puts a group on the hop where it is after `age` ticks on its route; FALSE
 * when the route is shorter than that; then *age is what is left of it. */
static gboolean
put_on_route (SfWorld *w, SfGroupId id, SfTick *age)
{
  Group *g = GROUP (w, id);
  const SfRoute *r = ROUTE (w, g->route);
  for (g->pos = 0; g->pos < r->n_hops; g->pos++) {
    SfTick ticks = hop_ticks (w, ROUTE_HOP (w, r, g->pos), g->shipment);
    if (*age < ticks) {
      g->state = ON_HOP;
      g->stretch = 1;
      sf_world_schedule (w, ticks - *age, PRIO_ARRIVAL, EV_HOP_END, (guint)id,
                         0, 0);
      return TRUE;
    }
    *age -= ticks;
  }
  return FALSE;
}

/* Schedules an event that ends a stay of `length` when age lies within it;
 * else takes the stay off the age. */
static gboolean
put_in_stay (SfWorld *w, SfGroupId id, SfTick length, EventType end,
             SfTick *age)
{
  if (*age >= length) {
    *age -= length;
    return FALSE;
  }
  sf_world_schedule (w, length - *age, PRIO_ARRIVAL, end, (guint)id, 0, 0);
  return TRUE;
}

/* Where a loaded group is: loading, on its way, or clearing and unloading. */
static gboolean
put_loaded (SfWorld *w, SfGroupId id, SfTick *age)
{
  Group *g = GROUP (w, id);
  const Cargo *c = &w->cargoes[g->shipment];
  g->is_loaded = TRUE;
  if (put_in_stay (w, id, c->loading_ticks, EV_LEAVES, age))
    return TRUE;
  g->route
      = sf_traffic_find_route (w, c->home, c->to, g->shipment, TRUE, FALSE);
  if (g->route < 0)
    return FALSE;
  if (put_on_route (w, id, age))
    return TRUE;
  g->state = UNLOADING;
  SfTick queued = sf_ticks_from_h (sf_queue_usual_h (w, g, c->to));
  return put_in_stay (w, id, queued + sf_world_end_ticks (w, g), EV_UNLOADED,
                      age);
}

static gboolean
put_empty (SfWorld *w, SfGroupId id, SfTick *age)
{
  Group *g = GROUP (w, id);
  const Cargo *c = &w->cargoes[g->shipment];
  g->is_loaded = FALSE;
  g->route
      = sf_traffic_find_route (w, c->to, c->home, g->shipment, FALSE, FALSE);
  if (g->route < 0)
    return FALSE;
  if (put_on_route (w, id, age))
    return TRUE;
  SfTick turnround = sf_world_end_ticks (w, g);
  if (*age >= turnround)
    return FALSE;
  sf_traffic_expect_home (w, id, w->now + turnround - *age);
  return TRUE;
}

gboolean
sf_world_place (SfWorld *w, guint shipment, guint n, SfTick age)
{
  const SfShipmentSpec *p = &w->scenario->shipments[shipment];
  n = MIN (n, w->fleets[p->fleet].idle);
  if (n == 0)
    return FALSE;
  SfGroupId id = sf_traffic_new_group (w, (gint)shipment, n);
  w->fleets[p->fleet].idle -= n;
  if (put_loaded (w, id, &age)) {
    double amount = n * w->capacity[shipment];
    *account (w, p->commodity, SF_LEDGER_INITIAL) += amount;
    w->transit[p->commodity] += amount;
    return TRUE;
  }
  if (put_empty (w, id, &age))
    return TRUE;
  w->fleets[p->fleet].idle += n;
  sf_traffic_drop (w, id);
  return FALSE;
}

/* ---- The ledger --------------------------------------------------------------- */

static void
close_ledger (SfWorld *w, double *out)
{
  const SfScenario *s = w->scenario;
  memcpy (out, w->ledger, s->n_commodities * SF_LEDGER_N * sizeof *w->ledger);
  for (guint m = 0; m < s->n_markets; m++) {
    const Market *k = &w->markets[m];
    double *book = out + (guint)s->markets[m].commodity * SF_LEDGER_N;
    double ordinary = s->markets[m].household_target_days * k->use[HOUSEHOLD];
    double extra = MAX (0, k->level[HOUSEHOLD] - ordinary);
    book[SF_LEDGER_IN_STOCK]
        += k->level[DEPOT] + k->level[STATION] + k->level[HOUSEHOLD] - extra;
    book[SF_LEDGER_HOARDED] += extra;
  }
  /* Counted anew, not the running sum, so that the balance proves it. */
  for (guint i = 0; i < w->n_groups; i++) {
    const Group *g = GROUP (w, i);
    if (g->trucks > 0 && g->is_loaded)
      out[(guint)commodity_of (w, g->shipment) * SF_LEDGER_N
          + SF_LEDGER_IN_TRANSIT]
          += g->trucks * w->capacity[g->shipment];
  }
}

#ifndef NDEBUG
/* The books in the middle of a run: stocks and consumption lag together. */
void
sf_life_assert_balanced (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint c = 0; c < s->n_commodities; c++) {
    const double *l = w->ledger + c * SF_LEDGER_N;
    double in = l[SF_LEDGER_INITIAL] + l[SF_LEDGER_LOADED];
    double out = l[SF_LEDGER_CONSUMED] + l[SF_LEDGER_LOST] + l[SF_LEDGER_SEIZED]
                 + l[SF_LEDGER_LEAKED] + w->transit[c];
    for (guint m = 0; m < s->n_markets; m++)
      if (s->markets[m].commodity == (gint)c)
        for (guint i = 0; i < N_STOCKS; i++)
          out += w->markets[m].level[i];
    g_assert_cmpfloat (fabs (in - out), <=, IMBALANCE_MAX * MAX (in, 1));
  }
}
#endif

void
sf_life_finish (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  const SfSheet *sheet = w->plan->sheet;
  double *metrics = w->record->metrics;
  g_autofree double *passed = g_new (double, w->plan->n_hops + 1);
  sf_stretch_count_passed (w, passed);
  for (guint q = 0; q < s->n_queues; q++)
    sf_queue_finish (w, q);
  for (guint l = 0; l < s->n_links; l++) {
    if (w->closed_count[l] > 0)
      w->closed_days[l] += sf_ticks_to_days (w->end - w->closed_since[l]);
    metrics[sheet->link_closed[l]] = w->closed_days[l];
  }
  for (guint h = 0; h < w->plan->n_hops; h++) {
    const SfHop *hop = &w->plan->hops[h];
    const SfArc *arcs = w->plan->arcs + hop->first_arc;
    for (guint i = 0; i < hop->n_arcs; i++)
      metrics[sheet->link_metrics[sf_arc_link (arcs[i])]]
          += passed[h] / w->plan->days;
    metrics[sheet->link_metrics[sf_arc_link (arcs[hop->n_arcs / 2])] + 1]
        += w->hop_lost[h];
  }
  for (guint g = 0; g < w->plan->n_gates; g++) {
    const Gate *k = &w->gates[g];
    double *out = metrics + sheet->gate_metrics[g];
    out[SF_GATE_ENTERED_DAY] = k->entered / w->plan->days;
    out[SF_GATE_WAIT] = k->entered > 0 ? k->waited_h / k->entered : NAN;
    out[SF_GATE_LOST_ALL] = k->lost;
  }
  for (guint p = 0; p < s->n_shipments; p++)
    metrics[sheet->shipment_metrics[p]] = w->delivered[p];
  g_autofree double *unmet = g_new0 (double, s->n_demands + 1);
  g_autofree double *wanted = g_new0 (double, s->n_demands + 1);
  g_autofree double *person_days = g_new0 (double, s->n_demands + 1);
  for (guint d = 0; d < s->n_demands; d++) {
    unmet[d] = w->demands[d].unmet;
    wanted[d] = w->demands[d].wanted;
    person_days[d] = w->demands[d].person_days;
  }
  SfTotals totals = { unmet, wanted, person_days };
  sf_sheet_finish (w->plan->sheet, &totals, w->record);
  metrics[sheet->cost_metric] = w->cost_xof;
  close_ledger (w, w->record->ledger);
  w->record->head[SF_HEAD_FINGERPRINT] = (gint64)w->fingerprint;
  w->record->head[SF_HEAD_EVENTS] = (gint64)w->n_events;
  w->record->head[SF_HEAD_TIES] = (gint64)sf_pending_ties (w->pending);
}
