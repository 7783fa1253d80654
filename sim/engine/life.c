/* life.c - the birth and end of a world, and what it begins with. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/engine/world-private.h"

/* Bytes that the arena grows by. */
#define CHUNK_SIZE ((gsize)65536)

static void
take_models (SfWorld *w)
{
  SfScenario *s = w->scenario;
  w->models = g_new0 (const SfModel *, s->n_models + 1);
  w->selves = g_new0 (void *, s->n_models + 1);
  w->pristine = g_new0 (void *, s->n_models + 1);
  w->routing = G_MAXUINT;
  for (guint i = 0; i < s->n_models; i++) {
    if (!s->models[i].is_on)
      continue;
    guint n = w->n_models++;
    w->models[n] = (const SfModel *)s->models[i].info; /* its first member */
    w->selves[n] = s->models[i].params;
    w->pristine[n]
        = g_memdup2 (s->models[i].params, MAX (s->models[i].info->size, 1));
    if (w->models[n]->allocate) {
      w->allocation = w->models[n];
      w->allocation_self = w->selves[n];
    }
    if (w->models[n]->choose_route)
      w->routing = n;
  }
}

static void
make_gates (SfWorld *w)
{
  guint n = w->scenario->n_commodities + 1;
  w->gates = g_new0 (Gate, w->plan->n_gates + 1);
  for (guint g = 0; g < w->plan->n_gates; g++) {
    w->gates[g].waiting = g_new0 (Waiting, n);
    w->gates[g].alone_prob = g_new0 (double, n);
    w->gates[g].escorted_prob = g_new0 (double, n);
  }
}

SfWorld *
sf_world_new (SfPlan *plan)
{
  const SfScenario *s = plan->scenario;
  SfWorld *w = g_new0 (SfWorld, 1);
  w->plan = plan;
  w->scenario = plan->scenario;
  w->pending = sf_pending_new (4096);
  w->groups = g_array_sized_new (FALSE, TRUE, sizeof (Group), 4096);
  w->convoys = g_array_sized_new (FALSE, TRUE, sizeof (Convoy), 16);
  w->stuck = g_array_new (FALSE, FALSE, sizeof (SfGroupId));
  w->queues = g_new0 (Queue, s->n_queues + 1);
  w->markets = g_new0 (Market, s->n_markets + 1);
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
  /* Two more than there are users: household purchases and station tanks. */
  w->claims = g_new0 (SfClaim, s->n_demands + 2);
  w->awards = g_new0 (double, s->n_demands + 2);
  w->acc = g_new0 (double, sf_book_n_series (plan->book) + 1);
  w->ledger = g_new0 (double, s->n_commodities *SF_LEDGER_N + 1);
  w->transit = g_new0 (double, s->n_commodities + 1);
  w->arena = g_array_new (FALSE, FALSE, sizeof (Chunk));
  make_gates (w);
  take_models (w);
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
    g_free (w->gates[g].alone_prob);
    g_free (w->gates[g].escorted_prob);
  }
  gpointer parts[]
      = { w->models,      w->selves,       w->pristine,   w->gates,
          w->queues,      w->markets,      w->demands,    w->fleets,
          w->capacity,    w->exposure,     w->delivered,  w->hop_ticks,
          w->hop_km,      w->closed_count, w->is_closed,  w->closed_since,
          w->closed_days, w->hop_closed,   w->hop_passed, w->hop_lost,
          w->claims,      w->awards,       w->acc,        w->ledger,
          w->transit };
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_free (parts[i]);
  g_array_unref (w->groups);
  g_array_unref (w->convoys);
  g_array_unref (w->stuck);
  for (guint i = 0; i < w->arena->len; i++)
    g_free (g_array_index (w->arena, Chunk, i).memory);
  g_array_unref (w->arena);
  sf_pending_free (w->pending);
  g_free (w);
}

guint
sf_world_trucks_out (const SfWorld *w, guint fleet)
{
  guint n = 0;
  for (guint i = 0; i < w->groups->len; i++) {
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
  Chunk *c = NULL;
  for (; w->chunk < w->arena->len; w->chunk++) {
    c = &g_array_index (w->arena, Chunk, w->chunk);
    if (c->size - c->used >= whole)
      break;
  }
  if (w->chunk == w->arena->len) {
    gsize room = whole > CHUNK_SIZE ? whole : CHUNK_SIZE;
    Chunk fresh = { g_malloc (room), room, 0 };
    g_array_append_val (w->arena, fresh);
    c = &g_array_index (w->arena, Chunk, w->chunk);
  }
  gpointer memory = c->memory + c->used;
  c->used += whole;
  return memset (memory, 0, whole);
}

void
sf_life_reset_arena (SfWorld *w)
{
  w->chunk = 0;
  for (guint i = 0; i < w->arena->len; i++)
    g_array_index (w->arena, Chunk, i).used = 0;
}

/* ---- Numbers -------------------------------------------------------------------- */

void
sf_life_compute_loads (SfWorld *w)
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

/* ---- A pipeline that is full from the start ---------------------------------- */

/* Puts a group on the hop where it is after `age` ticks on its route; FALSE
 * when the route is shorter than that; then *age is what is left of it. */
static gboolean
put_on_route (SfWorld *w, SfGroupId id, SfTick *age)
{
  Group *g = GROUP (w, id);
  const SfRoute *r = ROUTE (w, g->route);
  gint fleet = w->scenario->shipments[g->shipment].fleet;
  for (g->pos = 0; g->pos < r->n_hops; g->pos++) {
    SfTick ticks = sf_traffic_hop_ticks (w, ROUTE_HOP (w, r, g->pos), fleet);
    if (*age < ticks) {
      g->state = ON_HOP;
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
  const SfShipmentSpec *p = &w->scenario->shipments[g->shipment];
  const SfFleetSpec *fleet
      = &w->scenario->fleets[w->scenario->shipments[g->shipment].fleet];
  g->is_loaded = TRUE;
  if (put_in_stay (w, id, sf_ticks_from_h (fleet->loading_h), EV_LEAVES, age))
    return TRUE;
  g->route
      = sf_traffic_find_route (w, fleet->home, p->to, g->shipment, TRUE, FALSE);
  if (g->route < 0)
    return FALSE;
  if (put_on_route (w, id, age))
    return TRUE;
  g->state = UNLOADING;
  return put_in_stay (
      w, id,
      sf_ticks_from_h (sf_queue_usual_h (w, g, p->to) + fleet->unloading_h),
      EV_UNLOADED, age);
}

static gboolean
put_empty (SfWorld *w, SfGroupId id, SfTick *age)
{
  Group *g = GROUP (w, id);
  const SfFleetSpec *fleet
      = &w->scenario->fleets[w->scenario->shipments[g->shipment].fleet];
  g->is_loaded = FALSE;
  g->route = sf_traffic_find_route (w, w->scenario->shipments[g->shipment].to,
                                    fleet->home, g->shipment, FALSE, FALSE);
  if (g->route < 0)
    return FALSE;
  return put_on_route (w, id, age)
         || put_in_stay (w, id, sf_ticks_from_h (fleet->turnround_h), EV_HOME,
                         age);
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
