/* regular.c - loads leave at an ordinary rate. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each shipment sends rate * f trucks a day, as far as idle trucks (and, for
 * shipments from a depot, its stock) allow, where
 *
 *   f = clamp (1 + order_gain * (target - depot) / target, min, max)
 *       / (1 + waiting / queue_half_count)
 *
 * reacts to the depot at the destination (target is depot_target_days of
 * ordinary use; without one the first factor is 1) and to the trucks of the
 * same fleet that wait at a frontier: owners hold others back. All orders of one
 * moment are made of what stands there at that moment. Trucks that could not be
 * sent are asked for again for a day, then forgotten. Lost trucks are replaced
 * at the fleet's replaced_per_day. At the start the pipeline is full: trucks
 * stand where an ordinary month would have put them.
 */
#include <math.h>

#include "sim/engine/model.h"

/* Further back than any journey. */
#define FILL_DAYS 90

enum { ALL_LEAVE, ONE_LEAVES };

typedef struct {
  double order_gain, order_min_frac, order_max_frac, queue_half_count;
  /* state */
  double *owed;         /* trucks, by shipment */
  double *to_buy;       /* trucks, by fleet */
  double *ordered_frac; /* by market, when they were looked at */
  double *let_go_frac;  /* by fleet, the same */
  SfStream *streams;
} Regular;

static const SfParam params[] = {
  SF_PARAM (Regular, order_gain, 0.5, 0, 20,
            "change of orders for a depot that is empty"),
  SF_PARAM (Regular, order_min_frac, 0.5, 0, 1, "orders fall no lower"),
  SF_PARAM (Regular, order_max_frac, 1.3, 1, 100, "orders rise no higher"),
  SF_PARAM (Regular, queue_half_count, 1e9, 1, 1e9,
            "trucks of a fleet waiting at frontiers at which its owners send "
            "half as many"),
  SF_PARAM_END,
};

/* What the depot makes of the orders for it. */
static double
ordered_frac (const Regular *self, SfWorld *w, guint market)
{
  double target = sf_world_scenario (w)->markets[market].depot_target_days
                  * sf_world_use_per_day (w, market);
  if (target <= 0)
    return 1;
  double f
      = 1
        + self->order_gain * (target - sf_world_stock (w, market, 0)) / target;
  return CLAMP (f, self->order_min_frac, self->order_max_frac);
}

/* What those who wait at frontiers make of them. */
static double
let_go_frac (const Regular *self, const SfWorld *w, guint fleet)
{
  return 1 / (1 + sf_world_fleet_waiting (w, fleet) / self->queue_half_count);
}

/* Looks at depots and frontiers, for the orders of this moment. */
static void
look (Regular *self, SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  for (guint m = 0; m < s->n_markets; m++)
    self->ordered_frac[m] = ordered_frac (self, w, m);
  for (guint f = 0; f < s->n_fleets; f++)
    self->let_go_frac[f] = let_go_frac (self, w, f);
}

/* The same for one shipment. */
static void
look_for (Regular *self, SfWorld *w, guint shipment)
{
  const SfPlan *plan = sf_world_plan (w);
  const SfShipmentSpec *p = &plan->scenario->shipments[shipment];
  gint m = sf_plan_market (plan, p->to, p->commodity);
  if (m >= 0)
    self->ordered_frac[m] = ordered_frac (self, w, (guint)m);
  self->let_go_frac[p->fleet] = let_go_frac (self, w, (guint)p->fleet);
}

static double
rate_per_h (const Regular *self, const SfWorld *w, guint shipment)
{
  const SfPlan *plan = sf_world_plan (w);
  const SfShipmentSpec *p = &plan->scenario->shipments[shipment];
  gint m = sf_plan_market (plan, p->to, p->commodity);
  return p->trucks_per_day / 24
         * sf_world_factor (w, SF_FACTOR_ORDERS, shipment)
         * (m >= 0 ? self->ordered_frac[m] : 1) * self->let_go_frac[p->fleet];
}

static guint
whole_part (double *owed)
{
  guint n = (guint)(*owed + 1e-9);
  *owed -= n;
  return n;
}

/* How many trucks are due after step_h: those of the step, and of what is
 * owed from before no more than an ordinary day's. */
static guint
due (Regular *self, SfWorld *w, guint shipment, double step_h)
{
  const SfShipmentSpec *p = &sf_world_scenario (w)->shipments[shipment];
  double mean = rate_per_h (self, w, shipment) * step_h;
  double *owed = &self->owed[shipment];
  if (p->dispatch == 1) {
    *owed = MIN (*owed, MAX (1, p->trucks_per_day));
    return sf_stream_poisson (&self->streams[shipment], mean)
           + whole_part (owed);
  }
  double most = MAX (MAX (1.5, p->trucks_per_day), mean + 1);
  *owed = MIN (*owed + mean, most);
  return whole_part (owed);
}

static void
send (Regular *self, SfWorld *w, guint shipment, guint n)
{
  guint sent = sf_world_dispatch (w, shipment, n);
  self->owed[shipment] += n - sent;
}

/* Time to the next truck that leaves alone. */
static SfTick
gap (Regular *self, SfWorld *w, guint shipment)
{
  look_for (self, w, shipment);
  double rate = rate_per_h (self, w, shipment);
  if (rate <= 0)
    return SF_TICKS_PER_DAY;
  if (sf_world_scenario (w)->shipments[shipment].dispatch == 1)
    return sf_ticks_from_h (
        sf_stream_exponential (&self->streams[shipment], 1 / rate));
  return MAX (sf_ticks_from_h (1 / rate), 1);
}

static void
fill (Regular *self, SfWorld *w, guint shipment, double step_h)
{
  double owed = self->owed[shipment];
  double rate = sf_world_scenario (w)->shipments[shipment].trucks_per_day / 24;
  for (double age_h = 0; age_h < FILL_DAYS * 24; age_h += step_h) {
    owed += rate * step_h;
    guint n = whole_part (&owed);
    if (n > 0 && !sf_world_place (w, shipment, n, sf_ticks_from_h (age_h)))
      return;
  }
}

static void
start (void *data, SfWorld *w)
{
  Regular *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->owed = sf_world_alloc (w, s->n_shipments * sizeof *self->owed);
  self->to_buy = sf_world_alloc (w, s->n_fleets * sizeof *self->to_buy);
  self->ordered_frac = sf_world_alloc (w, s->n_markets * sizeof (double));
  self->let_go_frac = sf_world_alloc (w, s->n_fleets * sizeof (double));
  self->streams = sf_world_alloc (w, s->n_shipments * sizeof *self->streams);
  for (guint i = 0; i < s->n_shipments; i++) {
    double rate = s->shipments[i].trucks_per_day;
    sf_world_stream (w, self, i, &self->streams[i]);
    if (s->shipments[i].dispatch == 0 && rate > 0) {
      self->owed[i] = sf_stream_uniform (&self->streams[i]);
      fill (self, w, i, s->group_h > 0 ? s->group_h : 24 / rate);
    }
    if (s->group_h <= 0)
      sf_world_timer (w, self, gap (self, w, i), ONE_LEAVES, i);
  }
  if (s->group_h > 0)
    sf_world_timer (w, self, sf_ticks_from_h (s->group_h), ALL_LEAVE, 0);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 shipment)
{
  Regular *self = data;
  const SfScenario *s = sf_world_scenario (w);
  if (what == ONE_LEAVES) {
    guint n = 1 + whole_part (&self->owed[shipment]);
    look_for (self, w, (guint)shipment);
    if (rate_per_h (self, w, (guint)shipment) > 0)
      send (self, w, (guint)shipment, n);
    self->owed[shipment] = MIN (self->owed[shipment],
                                MAX (1, s->shipments[shipment].trucks_per_day));
    sf_world_timer (w, self, gap (self, w, (guint)shipment), ONE_LEAVES,
                    shipment);
    return;
  }
  look (self, w);
  for (guint i = 0; i < s->n_shipments; i++) {
    guint n = due (self, w, i, s->group_h);
    if (n > 0)
      send (self, w, i, n);
  }
  sf_world_timer (w, self, sf_ticks_from_h (s->group_h), ALL_LEAVE, 0);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Regular *self = data;
  const SfScenario *s = sf_world_scenario (w);
  for (guint f = 0; f < s->n_fleets; f++) {
    double lost = MAX (sf_world_trucks_lost (w, f), 0);
    self->to_buy[f]
        = MIN (self->to_buy[f] + s->fleets[f].replaced_per_day, lost);
    guint n = whole_part (&self->to_buy[f]);
    if (n > 0)
      sf_world_buy_trucks (w, f, n);
  }
}

const SfModel sf_model_supply_regular = {
  .info
  = { "supply/regular", N_ ("loads leave at an ordinary rate"),
      N_ ("Sends rate * f trucks a day per shipment as idle trucks allow; "
          "f reacts to the depot at the destination: f = clamp (1 + "
          "order_gain * (target - depot) / target, order_min_frac, "
          "order_max_frac) / (1 + waiting / queue_half_count). Assumes that "
          "sources always have goods and "
          "that owners order by the depot alone, not by the trucks under "
          "way."),
      params, sizeof (Regular), NULL },
  .start = start,
  .review = review,
  .timer = timer,
};
