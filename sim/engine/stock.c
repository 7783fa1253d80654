/* stock.c - markets: depot, stations, households. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stocks change at constant rates between events, so the moment at which one
 * runs out is known and scheduled. Rates are solved from the depot down. A
 * depot that cannot meet the day's claims shares what it has until midnight
 * by the allocation rule; stations and households that have run out share
 * what flows in.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/world-private.h"

/* The shortest time over which a depot spreads what it has. */
#define HORIZON_MIN SF_TICKS_PER_HOUR

/* Shares of stations with stock at which a story calls them dry, and not dry
 * any more. */
#define DRY_FRAC 0.2
#define WET_FRAC 0.5

/* After every class of users. */
#define LAST_PRIORITY 101

static guint
n_demands (const SfWorld *w, guint m)
{
  return w->plan->demand_first[m + 1] - w->plan->demand_first[m];
}

static guint
demand_at (const SfWorld *w, guint m, guint i)
{
  return w->plan->demand_list[w->plan->demand_first[m] + i];
}

static gint
from_of (const SfWorld *w, guint d)
{
  /* SfFrom counts from the household up, the stocks from the depot down. */
  return HOUSEHOLD - w->scenario->classes[w->scenario->demands[d].class].from;
}

static double
priority_of (const SfWorld *w, guint d)
{
  return w->scenario->classes[w->scenario->demands[d].class].priority;
}

static double
wanted_rate (const SfWorld *w, guint d)
{
  return w->scenario->demands[d].demand_amount_per_day;
}

static void
sum_use (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  memset (k->use, 0, sizeof k->use);
  for (guint i = 0; i < n_demands (w, m); i++) {
    guint d = demand_at (w, m, i);
    k->use[from_of (w, d)] += wanted_rate (w, d);
  }
}

/* ---- Time passes -------------------------------------------------------- */

/* Takes `out` amounts from a level that also gains `in`; when there is too
 * little (by rounding: run-outs are scheduled to the second) all are cut
 * alike. Returns the factor. */
static double
draw_down (double *level, double in, double out)
{
  double have = *level + in;
  if (out <= have) {
    *level = have - out;
    return 1;
  }
  *level = 0;
  return out > 0 ? have / out : 1;
}

static double
served_from (const SfWorld *w, guint m, gint stock, double days)
{
  double sum = 0;
  for (guint i = 0; i < n_demands (w, m); i++) {
    guint d = demand_at (w, m, i);
    if (from_of (w, d) == stock)
      sum += w->demands[d].rate * days;
  }
  return sum;
}

static void
consume (SfWorld *w, guint m, gint stock, double days, double cut)
{
  Market *k = &w->markets[m];
  for (guint i = 0; i < n_demands (w, m); i++) {
    guint d = demand_at (w, m, i);
    if (from_of (w, d) != stock)
      continue;
    Demand *demand = &w->demands[d];
    double served = demand->rate * days * cut;
    double wanted = wanted_rate (w, d) * days;
    demand->day_served += served;
    demand->day_wanted += wanted;
    k->served += served;
    k->wanted += wanted;
    if (stock == STATION) {
      k->sold += served;
      k->sale_wanted += wanted;
    }
    *account (w, w->scenario->markets[m].commodity, SF_LEDGER_CONSUMED)
        += served;
  }
}

void
sf_stock_advance (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  if (w->now == k->last)
    return;
  double days = sf_ticks_to_days (w->now - k->last);
  k->last = w->now;
  double delivered = k->station_rate * days;
  double cut = draw_down (&k->level[DEPOT], 0,
                          delivered + served_from (w, m, DEPOT, days));
  consume (w, m, DEPOT, days, cut);
  delivered *= cut;
  double bought = k->household_rate * days;
  cut = draw_down (&k->level[STATION], delivered,
                   bought + served_from (w, m, STATION, days));
  consume (w, m, STATION, days, cut);
  bought *= cut;
  k->sold += bought;
  k->sale_wanted += k->household_want * days;
  cut = draw_down (&k->level[HOUSEHOLD], bought,
                   served_from (w, m, HOUSEHOLD, days));
  consume (w, m, HOUSEHOLD, days, cut);
}

/* ---- Rates --------------------------------------------------------------- */

/* Adds the claims of the demands on a stock, times scale. */
static guint
add_claims (SfWorld *w, guint m, gint stock, double scale, guint n)
{
  for (guint i = 0; i < n_demands (w, m); i++) {
    guint d = demand_at (w, m, i);
    if (from_of (w, d) == stock)
      w->claims[n++]
          = (SfClaim){ wanted_rate (w, d) * scale, priority_of (w, d) };
  }
  return n;
}

/* Takes the awards of add_claims() as rates, from the n-th on. */
static void
take_awards (SfWorld *w, guint m, gint stock, double scale, guint n)
{
  for (guint i = 0; i < n_demands (w, m); i++) {
    guint d = demand_at (w, m, i);
    if (from_of (w, d) == stock)
      w->demands[d].rate = w->awards[n++] / scale;
  }
}

static void
allocate (SfWorld *w, guint n, double supply)
{
  w->allocation->allocate (w->allocation_self, w->claims, n, supply, w->awards);
}

/* What households buy is as urgent as the most urgent of them. */
static double
household_priority (const SfWorld *w, guint m)
{
  double best = LAST_PRIORITY;
  for (guint i = 0; i < n_demands (w, m); i++) {
    guint d = demand_at (w, m, i);
    if (from_of (w, d) == HOUSEHOLD)
      best = MIN (best, priority_of (w, d));
  }
  return best;
}

/* Stations ask the depot on behalf of those they serve, each with his own
 * priority; what only fills their tanks comes last. */
static void
solve_depot (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  SfTick left = SF_TICKS_PER_DAY - w->now % SF_TICKS_PER_DAY;
  double days = sf_ticks_to_days (MAX (left, HORIZON_MIN));
  double use = k->household_want + k->use[STATION];
  double passed_on = use > 0 ? MIN (k->station_want / use, 1) * days : 0;
  guint n = add_claims (w, m, STATION, passed_on, 0);
  w->claims[n++]
      = (SfClaim){ k->household_want * passed_on, household_priority (w, m) };
  w->claims[n++]
      = (SfClaim){ MAX (k->station_want - use, 0) * days, LAST_PRIORITY };
  guint retail = n;
  n = add_claims (w, m, DEPOT, days, n);
  allocate (w, n, k->level[DEPOT]);
  k->station_rate = 0;
  for (guint i = 0; i < retail; i++)
    k->station_rate += w->awards[i] / days;
  take_awards (w, m, DEPOT, days, retail);
}

static void
solve_station (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  double pump = w->scenario->markets[m].pump_frac
                * (k->use[STATION] + k->use[HOUSEHOLD]);
  double supply = k->level[STATION] > 0 ? k->household_want + k->use[STATION]
                                        : k->station_rate;
  w->claims[0] = (SfClaim){ k->household_want, household_priority (w, m) };
  guint n = add_claims (w, m, STATION, 1, 1);
  allocate (w, n, MIN (supply, pump));
  k->household_rate = w->awards[0];
  take_awards (w, m, STATION, 1, 1);
}

static void
solve_household (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  double supply
      = k->level[HOUSEHOLD] > 0 ? k->use[HOUSEHOLD] : k->household_rate;
  guint n = add_claims (w, m, HOUSEHOLD, 1, 0);
  allocate (w, n, supply);
  take_awards (w, m, HOUSEHOLD, 1, 0);
}

static void
schedule_run_out (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  SfTick soonest = SF_TICK_NEVER;
  for (gint i = STATION; i <= HOUSEHOLD; i++) {
    if (k->level[i] <= 0 || k->net[i] >= 0)
      continue;
    double seconds = ceil (k->level[i] / -k->net[i] * (double)SF_TICKS_PER_DAY);
    if (seconds < (double)soonest)
      soonest = MAX ((SfTick)seconds, 1);
  }
  if (soonest >= w->end - w->now) {
    sf_pending_cancel (w->pending, k->run_out);
    return;
  }
  if (!sf_pending_reschedule (w->pending, &k->run_out, w->now + soonest,
                              PRIO_STOCK))
    k->run_out = sf_world_schedule (w, soonest, PRIO_STOCK, EV_STOCK, m, 0, 0);
}

void
sf_stock_solve (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  sum_use (w, m);
  solve_depot (w, m);
  solve_station (w, m);
  solve_household (w, m);
  double use[N_STOCKS] = { 0 };
  for (gint i = 0; i < N_STOCKS; i++)
    use[i] = served_from (w, m, i, 1);
  k->net[DEPOT] = -k->station_rate - use[DEPOT];
  k->net[STATION] = k->station_rate - k->household_rate - use[STATION];
  k->net[HOUSEHOLD] = k->household_rate - use[HOUSEHOLD];
  schedule_run_out (w, m);
}

/* ---- Jumps ---------------------------------------------------------------- */

void
sf_stock_receive (SfWorld *w, guint m, double amount)
{
  sf_stock_advance (w, m);
  w->markets[m].level[DEPOT] += amount;
  w->markets[m].received += amount;
  sf_stock_solve (w, m);
}

double
sf_stock_take (SfWorld *w, guint m, double amount)
{
  sf_stock_advance (w, m);
  double taken = MIN (amount, w->markets[m].level[DEPOT]);
  w->markets[m].level[DEPOT] -= taken;
  sf_stock_solve (w, m);
  return taken;
}

/* ---- The day --------------------------------------------------------------- */

void
sf_stock_start (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint d = 0; d < s->n_demands; d++)
    w->demands[d] = (Demand){ 0 };
  for (guint m = 0; m < s->n_markets; m++) {
    const SfMarketSpec *spec = &s->markets[m];
    Market *k = &w->markets[m];
    memset (k, 0, sizeof *k);
    sum_use (w, m);
    double retail = k->use[STATION] + k->use[HOUSEHOLD];
    k->level[DEPOT] = spec->depot_days * (retail + k->use[DEPOT]);
    k->level[STATION] = spec->station_days * retail;
    k->level[HOUSEHOLD] = spec->household_days * k->use[HOUSEHOLD];
    k->station_want = retail;
    k->household_want = k->use[HOUSEHOLD];
    for (gint i = 0; i < N_STOCKS; i++)
      *account (w, spec->commodity, SF_LEDGER_INITIAL) += k->level[i];
  }
}

static double
ratio (double served, double wanted)
{
  return wanted > 0 ? MIN (served / wanted, 1) : 1;
}

static void
put (SfWorld *w, gint series, guint day, double value)
{
  if (series >= 0)
    w->record->curves[(gsize)series * w->plan->days + day] = (float)value;
}

static double
open_share (const SfWorld *w, guint m)
{
  const Market *k = &w->markets[m];
  double retail = k->use[STATION] + k->use[HOUSEHOLD];
  double spread = w->scenario->markets[m].stations_spread_days * retail;
  return retail > 0 ? -expm1 (-k->level[STATION] / spread) : 1;
}

/* Tells when stations run dry and when they sell again. */
static void
tell_dryness (SfWorld *w, guint m, double share)
{
  Market *k = &w->markets[m];
  const SfMarketSpec *spec = &w->scenario->markets[m];
  const SfCommodity *c = &w->scenario->commodities[spec->commodity];
  gboolean is_dry = share < (k->is_dry ? WET_FRAC : DRY_FRAC);
  if (is_dry == k->is_dry)
    return;
  k->is_dry = is_dry;
  sf_world_say (w, "stock", w->scenario->nodes[spec->node].id, NAN,
                "%s: %s: %s", sf_world_node_title (w, spec->node),
                c->title ? c->title : c->id,
                is_dry ? "fewer than one station in five has any"
                       : "most stations have some again");
}

void
sf_stock_sample (SfWorld *w)
{
  guint day = (guint)(w->now / SF_TICKS_PER_DAY);
  for (guint m = 0; m < w->scenario->n_markets; m++) {
    sf_stock_advance (w, m);
    const Market *k = &w->markets[m];
    const gint *series = w->plan->sheet->market[m];
    double retail = k->use[STATION] + k->use[HOUSEHOLD];
    double all = retail + k->use[DEPOT];
    put (w, series[SF_MARKET_DEPOT_STOCK], day, k->level[DEPOT]);
    put (w, series[SF_MARKET_STATION_STOCK], day, k->level[STATION]);
    put (w, series[SF_MARKET_HOUSEHOLD_STOCK], day, k->level[HOUSEHOLD]);
    put (w, series[SF_MARKET_COVER_DAYS], day,
         all > 0
             ? (k->level[DEPOT] + k->level[STATION] + k->level[HOUSEHOLD]) / all
             : 0);
    double share = open_share (w, m);
    put (w, series[SF_MARKET_OPEN_FRAC], day, share);
    tell_dryness (w, m, share);
  }
}

/* Writes the day that ends now and empties its accounts. */
void
sf_stock_day_end (SfWorld *w, guint day)
{
  for (guint m = 0; m < w->scenario->n_markets; m++) {
    sf_stock_advance (w, m);
    Market *k = &w->markets[m];
    const gint *series = w->plan->sheet->market[m];
    put (w, series[SF_MARKET_SERVED_FRAC], day, ratio (k->served, k->wanted));
    put (w, series[SF_MARKET_PURCHASE_FRAC], day,
         ratio (k->sold, k->sale_wanted));
    put (w, series[SF_MARKET_RECEIVED], day, k->received);
    k->served = k->wanted = k->sold = k->sale_wanted = k->received = 0;
  }
  for (guint d = 0; d < w->scenario->n_demands; d++) {
    Demand *k = &w->demands[d];
    put (w, w->plan->sheet->demand_served[d], day,
         ratio (k->day_served, k->day_wanted));
    k->wanted += k->day_wanted;
    k->unmet += MAX (0, k->day_wanted - k->day_served);
    k->person_days += w->scenario->demands[d].persons_count
                      * (1 - ratio (k->day_served, k->day_wanted));
    k->day_served = k->day_wanted = 0;
  }
}

void
sf_stock_day_begin (SfWorld *w)
{
  for (guint m = 0; m < w->scenario->n_markets; m++) {
    sf_stock_advance (w, m);
    sf_stock_solve (w, m);
  }
}

/* ---- For models -------------------------------------------------------------- */

double
sf_world_stock (SfWorld *w, guint m, guint which)
{
  g_return_val_if_fail (which < N_STOCKS, 0);
  sf_stock_advance (w, m);
  return w->markets[m].level[which];
}

double
sf_world_use_from (const SfWorld *w, guint m, guint which)
{
  return w->markets[m].use[which];
}

double
sf_world_use_per_day (const SfWorld *w, guint m)
{
  const double *use = w->markets[m].use;
  return use[DEPOT] + use[STATION] + use[HOUSEHOLD];
}

void
sf_world_set_want (SfWorld *w, guint m, double stations, double households)
{
  sf_stock_advance (w, m);
  w->markets[m].station_want = MAX (stations, 0);
  w->markets[m].household_want = MAX (households, 0);
  sf_stock_solve (w, m);
}
