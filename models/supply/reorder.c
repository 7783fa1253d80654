/* reorder.c - stocks are ordered by a rule of inventory theory. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For each market, position = depot + on order - backlog, and the rule is
 *
 *   s-S         position <= s: order S - position
 *   R-Q         position <= s: order the fewest lots Q that lift it above s
 *   base-stock  order S - position at every review
 *   fixed-daily order Q at every review
 *
 * s being reorder_point_m3, S order_up_to_m3 and Q order_m3. The first two are
 * reviewed whenever the stock changes (review_days 0) or every review_days
 * from the first day; the others every review_days, at least daily. Goods come
 * from outside after a lead time uniform between lead_min_days and
 * lead_max_days, or by trucks of `shipment`, rounded up to whole loads. Then
 * an order is forgotten after that lead time: it came, or was lost on the way.
 *
 * Costs, XOF:
 *   order      order_cost + unit_cost * amount, when ordered
 *   holding    holding * integral of the depot over time
 *   shortage   backlog * integral of the backlog over time
 *              + lost * need that was not served (known a day later)
 *
 * The integrals are exact when the depot serves an even use that changes at
 * midnight, or batches (see market/batches) and no even use; backlog and
 * mixtures of both are looked at every check_h and at the end of each day.
 * Ordering stops while the factor ORDERS of all shipments of the commodity to
 * the place (of `shipment` when given) is 0; in the same way LOADING keeps what
 * is ordered with an outside supplier there, TRANSIT and RECEIPT keep it from
 * arriving. It goes on at most check_h after that is over.
 * Sources: Zipkin, Foundations of Inventory Management, 2000; Law, Simulation
 * Modeling and Analysis, chapter 1 (the periodic s-S rule).
 */
#include <math.h>
#include <string.h>

#include "sim/engine/model.h"

/* No more trucks than this are asked for at once. */
#define TRUCKS_MAX 1e6

typedef struct {
  SfTick last;
  double level, backlog; /* when last looked at */
  double on_order;
  gboolean is_polling;
  gint served_series;
  SfStream stream;
} Place;

typedef struct {
  gint policy, shipment;
  GArray *markets;
  gboolean orders_at_point;
  double reorder_point_m3, order_up_to_m3, order_m3, opening_m3, review_days,
      lead_min_days, lead_max_days, check_h;
  double order_cost_xof, unit_cost_xof_per_m3, transport_xof_per_m3,
      holding_xof_per_m3_per_day, backlog_xof_per_m3_per_day, lost_xof_per_m3;
  /* state */
  Place *places; /* by market */
  guint today;
} Reorder;

enum { S_S, R_Q, BASE_STOCK, FIXED };
enum { ORDER_COST, HOLDING_COST, SHORTAGE_COST, TRANSPORT_COST, ORDERS };
/* What a timer is for; the market is what / N_WHAT. */
enum { LOOK, POLL, SHIP, ARRIVE, LAST_SECOND, N_WHAT };

static const SfParam params[] = {
  SF_PARAM_WORD (Reorder, policy, 0, "s-S|R-Q|base-stock|fixed-daily", 0,
                 "the rule"),
  SF_PARAM_IDS (Reorder, markets, "markets",
                "whose depots order; all when absent"),
  SF_PARAM_ID (Reorder, shipment, 0, "shipments",
               "trucks that bring it to their destination; from outside when "
               "absent"),
  SF_PARAM (Reorder, reorder_point_m3, 0, 0, 1e9,
            "s: position at which s-S and R-Q order (t for solid goods, here "
            "and below)"),
  SF_PARAM_BOOL (Reorder, orders_at_point, 1,
                 "orders when the position is s, too; false: only below"),
  SF_PARAM (Reorder, order_up_to_m3, 1000, 0, 1e9,
            "S: position that s-S and base-stock order up to"),
  SF_PARAM (Reorder, order_m3, 100, 0.001, 1e9,
            "Q: lot of R-Q, or order of each review of fixed-daily"),
  SF_PARAM (Reorder, opening_m3, 0, 0, 1e9,
            "put into each depot at the start, besides its opening days; "
            "counts as received"),
  SF_PARAM (Reorder, review_days, 0, 0, 365,
            "whole days between reviews; 0: whenever the stock changes"),
  SF_PARAM (Reorder, lead_min_days, 1, 0, 365, "shortest time to arrival"),
  SF_PARAM (Reorder, lead_max_days, 1, 0, 365,
            "longest; the shortest when that is longer"),
  SF_PARAM (Reorder, check_h, 1, 0.01, 24,
            "looks again after so long when ordering or arrival was stopped"),
  SF_PARAM (Reorder, order_cost_xof, 0, 0, 1e12, "cost of an order"),
  SF_PARAM (Reorder, unit_cost_xof_per_m3, 0, 0, 1e9, "price of the goods"),
  SF_PARAM (Reorder, transport_xof_per_m3, 0, 0, 1e9, "cost of bringing it"),
  SF_PARAM (Reorder, holding_xof_per_m3_per_day, 0, 0, 1e9,
            "cost of what is in the depot"),
  SF_PARAM (Reorder, backlog_xof_per_m3_per_day, 0, 0, 1e9,
            "cost of what waits to be served"),
  SF_PARAM (Reorder, lost_xof_per_m3, 0, 0, 1e9,
            "cost of even use that is not served"),
  SF_PARAM_END,
};

/* The first thing that happens on a day sets what is counted by day to 0. */
static void
begin_day (Reorder *self, SfWorld *w)
{
  guint today = (guint)(sf_world_now (w) / SF_TICKS_PER_DAY);
  for (guint i = ORDER_COST; i <= ORDERS && today != self->today; i++)
    sf_world_set_gauge (w, self, i, 0);
  self->today = today;
}

static void
add (Reorder *self, SfWorld *w, guint gauge, double amount)
{
  begin_day (self, w);
  sf_world_set_gauge (w, self, gauge, sf_world_gauge (w, self, gauge) + amount);
}

static void
set_timer (Reorder *self, SfWorld *w, guint m, guint what, double days,
           double amount)
{
  gint64 payload;
  memcpy (&payload, &amount, sizeof payload);
  sf_world_timer (w, self, sf_ticks_from_days (days), m * N_WHAT + what,
                  payload);
}

/* ---- What stock and backlog cost ------------------------------------------ */

/* TRUE when the depot is asked for batches only: its level has steps. */
static gboolean
has_steps (const SfWorld *w, guint m)
{
  return sf_world_use_from (w, m, 0) + sf_world_use_from (w, m, 1)
             + sf_world_use_from (w, m, 2)
         <= 0;
}

/* Takes note of the stock as it is, without charging for the time before. */
static void
note (Reorder *self, SfWorld *w, guint m)
{
  Place *p = &self->places[m];
  p->last = sf_world_now (w);
  p->level = sf_world_stock (w, m, 0);
  p->backlog = sf_world_backlog (w, m);
}

/* Charges for the time since the last look. Steps are seen at once while there
 * is a stock to be watched; else they come somewhere in between. */
static void
settle (Reorder *self, SfWorld *w, guint m)
{
  const Place before = self->places[m];
  note (self, w, m);
  const Place *now = &self->places[m];
  double days = sf_ticks_to_days (now->last - before.last);
  double held = before.level, owed = before.backlog;
  if (before.level <= 0 || !has_steps (w, m)) {
    held = (before.level + now->level) / 2;
    owed = (before.backlog + now->backlog) / 2;
  }
  add (self, w, HOLDING_COST, self->holding_xof_per_m3_per_day * held * days);
  add (self, w, SHORTAGE_COST, self->backlog_xof_per_m3_per_day * owed * days);
}

/* Charges for what was not served yesterday. */
static void
charge_lost (Reorder *self, SfWorld *w, guint m, guint yesterday)
{
  const SfScenario *s = sf_world_scenario (w);
  double need = 0;
  for (guint d = 0; d < s->n_demands; d++)
    if (sf_plan_market (sf_world_plan (w), s->demands[d].node,
                        s->demands[d].commodity)
        == (gint)m)
      need += s->demands[d].demand_amount_per_day
              * sf_world_factor (w, SF_FACTOR_NEED, d);
  double served = sf_world_series (w, self->places[m].served_series, yesterday);
  add (self, w, SHORTAGE_COST,
       self->lost_xof_per_m3 * need * MAX (1 - served, 0));
}

/* ---- Orders ---------------------------------------------------------------- */

static gboolean
is_continuous (const Reorder *self)
{
  return self->policy <= R_Q && self->review_days < 0.5;
}

static gboolean
carries (const SfScenario *s, gint shipment, guint m)
{
  return s->shipments[shipment].to == s->markets[m].node
         && s->shipments[shipment].commodity == s->markets[m].commodity;
}

static gboolean
comes_by_truck (const Reorder *self, const SfWorld *w, guint m)
{
  return self->shipment >= 0
         && carries (sf_world_scenario (w), self->shipment, m);
}

/* TRUE when the factor of all shipments that could bring it is 0. */
static gboolean
is_stopped (const Reorder *self, const SfWorld *w, guint m, SfFactor kind)
{
  const SfScenario *s = sf_world_scenario (w);
  guint n = 0;
  if (comes_by_truck (self, w, m))
    return sf_world_factor (w, kind, (guint)self->shipment) <= 0;
  for (guint i = 0; i < s->n_shipments; i++) {
    if (!carries (s, (gint)i, m))
      continue;
    if (sf_world_factor (w, kind, i) > 0)
      return FALSE;
    n++;
  }
  return n > 0;
}

static double
position (const Reorder *self, SfWorld *w, guint m)
{
  return sf_world_stock (w, m, 0) + self->places[m].on_order
         - sf_world_backlog (w, m);
}

/* What the rule asks for now. */
static double
wanted (const Reorder *self, SfWorld *w, guint m)
{
  double have = position (self, w, m);
  double gap = self->reorder_point_m3 - have;
  gboolean is_low = self->orders_at_point ? gap >= 0 : gap > 0;
  switch (self->policy) {
  case S_S:
    return is_low ? MAX (self->order_up_to_m3 - have, 0) : 0;
  case R_Q:
    if (!is_low)
      return 0;
    return self->order_m3
           * (self->orders_at_point ? floor (gap / self->order_m3) + 1
                                    : ceil (gap / self->order_m3));
  case BASE_STOCK:
    return MAX (self->order_up_to_m3 - have, 0);
  default:
    return self->order_m3;
  }
}

/* Sends what was ordered on its way, once the supplier loads. */
static void
ship (Reorder *self, SfWorld *w, guint m, double amount)
{
  Place *p = &self->places[m];
  if (!comes_by_truck (self, w, m)
      && is_stopped (self, w, m, SF_FACTOR_LOADING)) {
    set_timer (self, w, m, SHIP, self->check_h / 24, amount);
    return;
  }
  double lead = sf_stream_uniform_between (
      &p->stream, self->lead_min_days,
      MAX (self->lead_min_days, self->lead_max_days));
  set_timer (self, w, m, ARRIVE, lead, amount);
}

/* By as many trucks as can be had; returns what they carry. */
static double
load_trucks (Reorder *self, SfWorld *w, double amount)
{
  const SfScenario *s = sf_world_scenario (w);
  const SfShipmentSpec *p = &s->shipments[self->shipment];
  const SfVehicle *v = &s->vehicles[s->fleets[p->fleet].vehicle];
  double load = s->commodities[p->commodity].unit == SF_UNIT_T ? v->capacity_t
                                                               : v->capacity_m3;
  double trucks = load > 0 ? ceil (amount / load - 1e-9) : 0;
  return load
         * sf_world_dispatch (w, (guint)self->shipment,
                              (guint)MIN (trucks, TRUCKS_MAX));
}

static void
order (Reorder *self, SfWorld *w, guint m, double amount)
{
  if (comes_by_truck (self, w, m))
    amount = load_trucks (self, w, amount);
  if (amount <= 0)
    return;
  self->places[m].on_order += amount;
  ship (self, w, m, amount);
  add (self, w, ORDERS, 1);
  add (self, w, ORDER_COST,
       self->order_cost_xof + self->unit_cost_xof_per_m3 * amount);
  add (self, w, TRANSPORT_COST, self->transport_xof_per_m3 * amount);
}

/* Sees to it that the next thing of interest is noticed: any step of a stock
 * that has steps, else the reorder point and the end of the stock. */
static void
arm (Reorder *self, SfWorld *w, guint m)
{
  Place *p = &self->places[m];
  double level = sf_world_stock (w, m, 0);
  double point = is_continuous (self) ? self->reorder_point_m3 - p->on_order
                                            + sf_world_backlog (w, m)
                                      : 0;
  gboolean steps = has_steps (w, m);
  if (level > 0 && steps)
    point = level * (1 - 1e-9);
  if (level > 0)
    sf_world_watch (w, self, m, point > 0 && point < level ? point : 0,
                    m * N_WHAT + LOOK);
  gboolean in_vain
      = is_continuous (self) && position (self, w, m) <= self->reorder_point_m3;
  if (p->is_polling || (!in_vain && !(steps && level <= 0)))
    return;
  p->is_polling = TRUE;
  set_timer (self, w, m, POLL, self->check_h / 24, 0);
}

/* Orders by the rule when it is reviewed all the time, or now. */
static void
consider (Reorder *self, SfWorld *w, guint m, gboolean is_review)
{
  double amount = is_review || is_continuous (self) ? wanted (self, w, m) : 0;
  if (amount > 0 && !is_stopped (self, w, m, SF_FACTOR_ORDERS))
    order (self, w, m, amount);
  note (self, w, m); /* loading may have taken from this very depot */
  arm (self, w, m);
}

static void
arrive (Reorder *self, SfWorld *w, guint m, double amount)
{
  Place *p = &self->places[m];
  gboolean is_outside = !comes_by_truck (self, w, m);
  if (is_outside
      && (is_stopped (self, w, m, SF_FACTOR_TRANSIT)
          || sf_world_factor (w, SF_FACTOR_RECEIPT, m) <= 0)) {
    set_timer (self, w, m, ARRIVE, self->check_h / 24, amount);
    return;
  }
  p->on_order = MAX (p->on_order - amount, 0);
  if (is_outside)
    sf_world_supply (w, m, amount);
}

/* ---- The model -------------------------------------------------------------- */

static void
start (void *data, SfWorld *w)
{
  Reorder *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->places = sf_world_alloc (w, s->n_markets * sizeof *self->places);
  for (guint i = ORDER_COST; i <= ORDERS; i++)
    sf_world_set_gauge (w, self, i, 0);
  for (guint m = 0; m < s->n_markets; m++) {
    const SfMarketSpec *k = &s->markets[m];
    if (!sf_refs_hold (self->markets, (gint)m))
      continue;
    g_autofree char *name
        = g_strdup_printf ("%s/%s/served_frac", s->nodes[k->node].id,
                           s->commodities[k->commodity].id);
    self->places[m].served_series = sf_world_find_series (w, name);
    sf_world_stream (w, self, sf_stream_hash (k->id), &self->places[m].stream);
    if (self->opening_m3 > 0)
      sf_world_supply (w, m, self->opening_m3);
    note (self, w, m);
    set_timer (self, w, m, LOOK, 0, 0);
    sf_world_timer (w, self, SF_TICKS_PER_DAY - 1, m * N_WHAT + LAST_SECOND, 0);
  }
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Reorder *self = data;
  guint m = what / N_WHAT;
  double amount;
  memcpy (&amount, &payload, sizeof amount);
  settle (self, w, m);
  switch (what % N_WHAT) {
  case POLL:
    self->places[m].is_polling = FALSE;
    break;
  case SHIP:
    ship (self, w, m, amount);
    break;
  case ARRIVE:
    arrive (self, w, m, amount);
    break;
  case LAST_SECOND: /* of the day, whose books are closed at midnight */
    set_timer (self, w, m, LAST_SECOND, 1, 0);
    return;
  default:
    break;
  }
  consider (self, w, m, FALSE);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Reorder *self = data;
  const SfScenario *s = sf_world_scenario (w);
  guint period = (guint)MAX (round (self->review_days), 1);
  begin_day (self, w);
  for (guint m = 0; m < s->n_markets; m++) {
    if (!sf_refs_hold (self->markets, (gint)m))
      continue;
    settle (self, w, m);
    if (day > 0)
      charge_lost (self, w, m, day - 1);
    consider (self, w, m, !is_continuous (self) && day % period == 0);
  }
}

const SfModel sf_model_supply_reorder = {
  .info
  = { "supply/reorder", N_ ("stocks are ordered by a rule of inventory theory"),
      N_ ("Position = depot + on order - backlog. s-S: at s order up to S; "
          "R-Q: at s order lots of Q; base-stock: order up to S at every "
          "review; fixed-daily: order Q at every review. Goods come after a "
          "lead time uniform between lead_min_days and lead_max_days, or by "
          "trucks of a shipment. Ordering stops while the factor ORDERS of "
          "the shipments to that place is 0. Costs are measured, not spent: "
          "of orders, transport, holding (integral of the depot), backlog "
          "(integral) and even use not served, which is charged a day later. "
          "Gauges of the day: order_cost_xof, holding_cost_xof, "
          "shortage_cost_xof, transport_cost_xof, orders_count."),
      params, sizeof (Reorder), NULL,
      "order_cost_xof|holding_cost_xof|shortage_cost_xof|"
      "transport_cost_xof|orders_count" },
  .start = start,
  .review = review,
  .timer = timer,
};
