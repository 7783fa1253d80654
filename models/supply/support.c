/* support.c - sponsors send goods or trucks. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of kind "support" is a package: its title names the sponsor, nodes the
 * places that get it (the capital when absent), value the amount, prob whether
 * it is kept at all, delay_days how late it begins. From then on
 *
 *   value * delivered_frac / n   in each of n parcels, one each morning,
 *
 * n being duration_days rounded up (1 when there is none), shared equally
 * among those of its places that hold the commodity. Without a shipment the
 * parcel reaches the depots, as a grant on the spot or by air; with one it
 * leaves by extra trucks of that shipment, which meet all that others meet.
 * brings_trucks adds as many to the fleet for good; else idle ones are used,
 * and what they cannot carry today is tried again tomorrow. One instance a
 * commodity: `rows` says which packages it answers.
 * Assumed: parcels are equal, a sponsor who begins goes on.
 */
#include <math.h>

#include "sim/engine/model.h"

/* No more trucks than this are asked for at once. */
#define TRUCKS_MAX 1e6

typedef struct {
  GArray *rows;
  gint commodity, shipment;
  double amount_m3, delivered_frac, cost_xof_per_m3;
  gboolean brings_trucks;
  /* state */
  guint *parcels; /* that are still to come, by event row */
  double owed;    /* that trucks could not take yet */
} Support;

enum { SENT };

static const SfParam params[] = {
  SF_PARAM_IDS (Support, rows, "events",
                "packages that this answers; all rows of kind \"support\" when "
                "absent"),
  SF_PARAM_ID (Support, commodity, 0, "commodities",
               "what is given; that of the shipment, or the first of the "
               "scenario, when absent"),
  SF_PARAM_ID (Support, shipment, 0, "shipments",
               "extra trucks of this one carry it; it reaches the depots when "
               "absent"),
  SF_PARAM (Support, amount_m3, 1000, 0, 1e9,
            "of a row without a value (t for solid goods)"),
  SF_PARAM (Support, delivered_frac, 1, 0, 1, "share of what is promised"),
  SF_PARAM_BOOL (Support, brings_trucks, 0,
                 "the sponsor's own trucks join the fleet"),
  SF_PARAM (Support, cost_xof_per_m3, 0, 0, 1e9,
            "spent for each unit that is sent"),
  SF_PARAM_END,
};

static void
note_sent (Support *self, SfWorld *w, double amount)
{
  sf_world_spend (w, self->cost_xof_per_m3 * amount);
  sf_world_set_gauge (w, self, SENT, sf_world_gauge (w, self, SENT) + amount);
}

/* Market of the commodity at a place that a row names, or -1. */
static gint
market_at (const Support *self, const SfWorld *w, const SfEventSpec *e,
           gint node)
{
  const SfScenario *s = sf_world_scenario (w);
  gboolean is_named
      = e->nodes ? sf_refs_hold (e->nodes, node) : node == s->capital;
  return is_named ? sf_plan_market (sf_world_plan (w), node, self->commodity)
                  : -1;
}

static void
give (Support *self, SfWorld *w, const SfEventSpec *e, double amount)
{
  const SfScenario *s = sf_world_scenario (w);
  guint n = 0;
  for (guint i = 0; i < s->n_nodes; i++)
    n += market_at (self, w, e, (gint)i) >= 0;
  for (guint i = 0; i < s->n_nodes; i++) {
    gint m = market_at (self, w, e, (gint)i);
    if (m >= 0)
      sf_world_supply (w, (guint)m, amount / n);
  }
  if (n > 0)
    note_sent (self, w, amount);
}

/* Sends what is owed, to the nearest truck. */
static void
send (Support *self, SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  const SfShipmentSpec *p = &s->shipments[self->shipment];
  const SfVehicle *v = &s->vehicles[s->fleets[p->fleet].vehicle];
  double load = s->commodities[p->commodity].unit == SF_UNIT_T ? v->capacity_t
                                                               : v->capacity_m3;
  double trucks = load > 0 ? round (self->owed / load) : 0;
  if (trucks < 1)
    return;
  guint n = sf_world_dispatch (w, (guint)self->shipment,
                               (guint)MIN (trucks, TRUCKS_MAX));
  self->owed -= n * load;
  note_sent (self, w, n * load);
}

static void
bring_trucks (Support *self, SfWorld *w, double amount)
{
  const SfScenario *s = sf_world_scenario (w);
  const SfShipmentSpec *p = &s->shipments[self->shipment];
  const SfVehicle *v = &s->vehicles[s->fleets[p->fleet].vehicle];
  double load = s->commodities[p->commodity].unit == SF_UNIT_T ? v->capacity_t
                                                               : v->capacity_m3;
  if (load > 0)
    sf_world_buy_trucks (w, (guint)p->fleet,
                         (guint)MIN (round (amount / load), TRUCKS_MAX));
}

static double
promised (const Support *self, const SfEventSpec *e)
{
  double value = isnan (e->value) ? self->amount_m3 : MAX (e->value, 0);
  return value * self->delivered_frac;
}

static guint
parcels_of (const SfEventSpec *e)
{
  return (guint)MAX (ceil (e->duration_days), 1);
}

static void
start (void *data, SfWorld *w)
{
  Support *self = data;
  const SfScenario *s = sf_world_scenario (w);
  if (self->shipment >= 0)
    self->commodity = s->shipments[self->shipment].commodity;
  self->commodity = MAX (self->commodity, 0);
  self->parcels = sf_world_alloc (w, s->n_events * sizeof *self->parcels);
  sf_world_set_gauge (w, self, SENT, 0);
}

/* Parcels come in the morning, so that they count for the day that begins. */
static void
review (void *data, SfWorld *w, guint day)
{
  Support *self = data;
  const SfScenario *s = sf_world_scenario (w);
  sf_world_set_gauge (w, self, SENT, 0);
  for (guint row = 0; row < s->n_events; row++) {
    const SfEventSpec *e = &s->events[row];
    if (self->parcels[row] == 0)
      continue;
    self->parcels[row]--;
    double parcel = promised (self, e) / parcels_of (e);
    if (self->shipment < 0)
      give (self, w, e, parcel);
    else
      self->owed += parcel;
  }
  if (self->shipment >= 0)
    send (self, w);
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Support *self = data;
  const SfEventSpec *e = &sf_world_scenario (w)->events[row];
  if (!begins || !sf_refs_hold (self->rows, (gint)row))
    return; /* parcels end by themselves */
  if (self->shipment >= 0 && self->brings_trucks)
    bring_trucks (self, w, promised (self, e));
  self->parcels[row] = parcels_of (e);
}

const SfModel sf_model_supply_support = {
  .info
  = { "supply/support", N_ ("sponsors send goods or trucks"),
      N_ ("Answers events of kind \"support\" (title: the sponsor; nodes; "
          "value: amount; duration_days; delay_days; prob): value * "
          "delivered_frac comes in one parcel each morning over duration_days, "
          "at "
          "once without one, shared among the nodes, by depot or by extra "
          "trucks of a shipment. `rows` says which packages this instance "
          "answers: one instance a commodity. Gauge: sent_m3 of the day."),
      params, sizeof (Support), "support", "sent_m3" },
  .start = start,
  .review = review,
  .event = event,
};
