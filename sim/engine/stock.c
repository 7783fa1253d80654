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
#include "sim/lang/lang.h"

/* The shortest time over which a depot spreads what it has. */
#define HORIZON_MIN SF_TICKS_PER_HOUR

/* Shares of stations with stock at which a story calls them dry, and not dry
 * any more. */
#define DRY_FRAC 0.2
#define WET_FRAC 0.5

/* After every class of users. */
#define LAST_PRIORITY 101

/* The demands on a stock of a market. */
#define FOR_USERS(W, M, STOCK, U)                                              \
  for (const guint *U = (W)->markets[M].users[STOCK],                          \
                   *U##_end = (W)->markets[M].users[(STOCK) + 1];              \
       U < U##_end; U++)

/* What is asked for from each stock, and what is ordinary. */
static void
sum_use (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  for (gint stock = 0; stock < N_STOCKS; stock++) {
    k->use[stock] = k->ordinary[stock] = 0;
    FOR_USERS (w, m, stock, u)
    {
      k->use[stock] += w->demands[*u].ask;
      k->ordinary[stock] += w->scenario->demands[*u].demand_amount_per_day;
    }
  }
}

static void
find_rates (SfWorld *w, guint d)
{
  Demand *k = &w->demands[d];
  k->need = w->scenario->demands[d].demand_amount_per_day
            * factor (w, SF_FACTOR_NEED, d);
  k->ask = k->need * factor (w, SF_FACTOR_USE, d);
}

void
sf_stock_demand_changed (SfWorld *w, guint d)
{
  const SfDemandSpec *spec = &w->scenario->demands[d];
  gint m = sf_plan_market (w->plan, spec->node, spec->commodity);
  find_rates (w, d);
  if (m >= 0)
    sum_use (w, (guint)m);
}

void
sf_stock_numbers_changed (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint d = 0; d < s->n_demands; d++) {
    find_rates (w, d);
    w->demands[d].priority = s->classes[s->demands[d].class].priority;
    w->demands[d].reserve_days = s->demands[d].reserve_days;
  }
  for (guint m = 0; m < s->n_markets; m++) {
    Market *k = &w->markets[m];
    sum_use (w, m);
    /* What households buy is as urgent as the most urgent of them. */
    k->urgent_priority = LAST_PRIORITY;
    FOR_USERS (w, m, HOUSEHOLD, u)
    k->urgent_priority = MIN (k->urgent_priority, w->demands[*u].priority);
    k->keeps_reserve = FALSE;
    for (gint stock = DEPOT; stock <= STATION; stock++)
      FOR_USERS (w, m, stock, u)
    k->keeps_reserve |= w->demands[*u].reserve_days > 0;
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

static void
consume (SfWorld *w, guint m, gint stock, double days, double cut)
{
  Market *k = &w->markets[m];
  double *consumed
      = account (w, w->scenario->markets[m].commodity, SF_LEDGER_CONSUMED);
  FOR_USERS (w, m, stock, u)
  {
    Demand *demand = &w->demands[*u];
    double served = demand->rate * days * cut;
    double wanted = demand->need * days;
    demand->day_served += served;
    demand->day_wanted += wanted;
    k->served += served;
    k->wanted += wanted;
    if (stock == STATION) {
      k->sold += served;
      k->sale_wanted += demand->ask * days;
    }
    *consumed += served;
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
                          delivered + k->served_rate[DEPOT] * days);
  consume (w, m, DEPOT, days, cut);
  delivered *= cut;
  double bought = k->household_rate * days;
  cut = draw_down (&k->level[STATION], delivered,
                   bought + k->served_rate[STATION] * days);
  consume (w, m, STATION, days, cut);
  bought *= cut;
  k->sold += bought;
  k->sale_wanted += k->household_want * days;
  cut = draw_down (&k->level[HOUSEHOLD], bought,
                   k->served_rate[HOUSEHOLD] * days);
  consume (w, m, HOUSEHOLD, days, cut);
}

/* ---- Rates --------------------------------------------------------------- */

/* What a demand may draw from the depot that leaves so much there. */
static double
above_reserve (const SfWorld *w, guint m, double reserve_days)
{
  double reserve = reserve_days * sf_world_use_per_day (w, m);
  return MAX (w->markets[m].level[DEPOT] - reserve, 0);
}

/* Adds the claims of the demands on a stock, times scale. */
static guint
add_claims (SfWorld *w, guint m, gint stock, double scale, guint n)
{
  FOR_USERS (w, m, stock, u)
  {
    const Demand *k = &w->demands[*u];
    double wanted = k->ask * scale;
    if (k->reserve_days > 0)
      wanted = MIN (wanted, above_reserve (w, m, k->reserve_days));
    w->claims[n++] = (SfClaim){ wanted, k->priority };
  }
  return n;
}

/* Takes the awards of add_claims() as rates, from the n-th on. */
static void
take_awards (SfWorld *w, guint m, gint stock, double scale, guint n)
{
  double sum = 0;
  FOR_USERS (w, m, stock, u)
  sum += w->demands[*u].rate = w->awards[n++] / scale;
  w->markets[m].served_rate[stock] = sum;
}

/* TRUE when there is enough: then all get what they want, by any rule. */
static gboolean
allocate (SfWorld *w, guint n, double supply)
{
  double wanted = 0;
  for (guint i = 0; i < n; i++) {
    w->awards[i] = w->claims[i].wanted;
    wanted += w->claims[i].wanted;
  }
  if (wanted > supply)
    w->allocation->allocate (w->allocation_self, w->claims, n, supply,
                             w->awards);
  return wanted <= supply;
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
  double most = w->scenario->markets[m].delivery_frac
                * (k->ordinary[STATION] + k->ordinary[HOUSEHOLD]);
  double want = MIN (k->station_want, most);
  double passed_on = use > 0 ? MIN (want / use, 1) * days : 0;
  guint n = add_claims (w, m, STATION, passed_on, 0);
  w->claims[n++]
      = (SfClaim){ k->household_want * passed_on, k->urgent_priority };
  w->claims[n++] = (SfClaim){ MAX (want - use, 0) * days,
                              w->scenario->markets[m].fill_priority };
  guint retail = n;
  n = add_claims (w, m, DEPOT, days, n);
  gboolean in_full = w->scenario->markets[m].serves_until_empty;
  double supply = !in_full              ? k->level[DEPOT]
                  : k->level[DEPOT] > 0 ? G_MAXDOUBLE
                                        : 0;
  k->is_ample = allocate (w, n, supply) && !k->keeps_reserve;
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
                * (k->ordinary[STATION] + k->ordinary[HOUSEHOLD]);
  pump = MIN (pump, w->least_limit[m]);
  double supply = k->level[STATION] > 0 ? G_MAXDOUBLE : k->station_rate;
  w->claims[0] = (SfClaim){ k->household_want, k->urgent_priority };
  guint n = add_claims (w, m, STATION, 1, 1);
  allocate (w, n, MIN (supply, pump));
  k->household_rate = w->awards[0];
  take_awards (w, m, STATION, 1, 1);
}

static void
solve_household (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  double supply = k->level[HOUSEHOLD] > 0 ? G_MAXDOUBLE : k->household_rate;
  guint n = add_claims (w, m, HOUSEHOLD, 1, 0);
  allocate (w, n, supply);
  take_awards (w, m, HOUSEHOLD, 1, 0);
}

/* Ticks until a stock has fallen to a level that it is above; never, when it
 * does not fall. */
static SfTick
time_to_fall (const Market *k, gint stock, double level)
{
  if (k->level[stock] <= level || k->net[stock] >= 0)
    return SF_TICK_NEVER;
  double seconds = ceil ((k->level[stock] - level) / -k->net[stock]
                         * (double)SF_TICKS_PER_DAY);
  return seconds < (double)SF_TICK_NEVER ? MAX ((SfTick)seconds, 1)
                                         : SF_TICK_NEVER;
}

/* Tells the model that watches a depot when it has fallen so far. */
static void
look (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  if (isnan (k->watch_level) || k->level[DEPOT] > k->watch_level)
    return;
  k->watch_level = NAN;
  sf_world_schedule (w, 0, PRIO_TIMER, EV_TIMER, k->watch_model, k->watch_what,
                     m);
}

static void
schedule_run_out (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  SfTick soonest = SF_TICK_NEVER;
  gint first = w->scenario->markets[m].serves_until_empty ? DEPOT : STATION;
  for (gint i = first; i <= HOUSEHOLD; i++)
    soonest = MIN (soonest, time_to_fall (k, i, 0));
  if (!isnan (k->watch_level))
    soonest = MIN (soonest, time_to_fall (k, DEPOT, k->watch_level));
  if (soonest >= w->end - w->now) {
    sf_pending_cancel (w->pending, k->run_out);
    return;
  }
  if (!sf_pending_reschedule (w->pending, &k->run_out, w->now + soonest,
                              PRIO_STOCK))
    k->run_out = sf_world_schedule (w, soonest, PRIO_STOCK, EV_STOCK, m, 0, 0);
}

static void
solve (SfWorld *w, guint m)
{
  Market *k = &w->markets[m];
  solve_depot (w, m);
  solve_station (w, m);
  solve_household (w, m);
  k->net[DEPOT] = -k->station_rate - k->served_rate[DEPOT];
  k->net[STATION]
      = k->station_rate - k->household_rate - k->served_rate[STATION];
  k->net[HOUSEHOLD] = k->household_rate - k->served_rate[HOUSEHOLD];
  look (w, m);
  schedule_run_out (w, m);
}

void
sf_stock_solve_later (SfWorld *w, guint m)
{
  if (!w->markets[m].is_stale)
    w->stale[w->n_stale++] = m;
  w->markets[m].is_stale = TRUE;
}

void
sf_stock_solve_stale (SfWorld *w)
{
  for (guint i = 0; i < w->n_stale; i++) {
    w->markets[w->stale[i]].is_stale = FALSE;
    solve (w, w->stale[i]);
  }
  w->n_stale = 0;
}

/* ---- Jumps ---------------------------------------------------------------- */

void
sf_stock_receive (SfWorld *w, guint m, double amount)
{
  Market *k = &w->markets[m];
  k->received += amount;
  if (k->is_ample && k->backlog <= 0 && isnan (k->watch_level)
      && !w->scenario->markets[m].serves_until_empty) {
    k->level[DEPOT] += amount; /* the rates stay what they are */
    return;
  }
  sf_stock_advance (w, m);
  double owed = MIN (amount, k->backlog);
  k->backlog -= owed;
  k->level[DEPOT] += amount - owed;
  *account (w, w->scenario->markets[m].commodity, SF_LEDGER_CONSUMED) += owed;
  if (!k->is_ample)
    sf_stock_solve_later (w, m);
  else
    schedule_run_out (w, m); /* so do they here */
}

double
sf_stock_take (SfWorld *w, guint m, double amount)
{
  sf_stock_advance (w, m);
  double taken = MIN (amount, w->markets[m].level[DEPOT]);
  w->markets[m].level[DEPOT] -= taken;
  sf_stock_solve_later (w, m);
  return taken;
}

/* ---- The day --------------------------------------------------------------- */

void
sf_stock_start (SfWorld *w)
{
  const SfScenario *s = w->scenario;
  for (guint d = 0; d < s->n_demands; d++)
    w->demands[d] = (Demand){ 0 };
  memset (w->markets, 0, s->n_markets * sizeof *w->markets);
  for (guint m = 0; m < s->n_markets; m++)
    for (guint i = 0; i <= N_STOCKS; i++)
      w->markets[m].users[i]
          = w->plan->demand_list + w->plan->demand_first[m * N_STOCKS + i];
  w->n_stale = 0;
  sf_stock_numbers_changed (w);
  for (guint m = 0; m < s->n_markets; m++) {
    const SfMarketSpec *spec = &s->markets[m];
    Market *k = &w->markets[m];
    k->watch_level = NAN;
    double retail = k->ordinary[STATION] + k->ordinary[HOUSEHOLD];
    k->level[DEPOT] = spec->depot_days * (retail + k->ordinary[DEPOT]);
    k->level[STATION] = spec->station_days * retail;
    k->level[HOUSEHOLD] = spec->household_days * k->ordinary[HOUSEHOLD];
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
  double retail = k->ordinary[STATION] + k->ordinary[HOUSEHOLD];
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
                is_dry ? N_ ("%s: %s: fewer than one station in five has any")
                       : N_ ("%s: %s: most stations have some again"),
                sf_world_node_title (w, spec->node),
                sf_world_title (w, c->title, c->id));
}

void
sf_stock_sample (SfWorld *w)
{
  guint day = (guint)(w->now / SF_TICKS_PER_DAY);
  for (guint m = 0; m < w->scenario->n_markets; m++) {
    sf_stock_advance (w, m);
    const Market *k = &w->markets[m];
    const gint *series = w->plan->sheet->market[m];
    double all
        = k->ordinary[STATION] + k->ordinary[HOUSEHOLD] + k->ordinary[DEPOT];
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
    sf_stock_solve_later (w, m);
  }
}

/* ---- For models -------------------------------------------------------------- */

double
sf_world_stock (SfWorld *w, guint m, guint which)
{
  const Market *k = &w->markets[m];
  g_return_val_if_fail (which < N_STOCKS, 0);
  /* Rates hold until the next event, so nothing need be moved on to look. */
  double days = sf_ticks_to_days (w->now - k->last);
  return MAX (k->level[which] + k->net[which] * days, 0);
}

double
sf_world_use_per_day (const SfWorld *w, guint m)
{
  const double *use = w->markets[m].ordinary;
  return use[DEPOT] + use[STATION] + use[HOUSEHOLD];
}

void
sf_world_set_want (SfWorld *w, guint m, double stations, double households)
{
  sf_stock_advance (w, m);
  w->markets[m].station_want = MAX (stations, 0);
  w->markets[m].household_want = MAX (households, 0);
  sf_stock_solve_later (w, m);
}

void
sf_stock_advance_demand (SfWorld *w, guint d)
{
  const SfDemandSpec *k = &w->scenario->demands[d];
  gint m = sf_plan_market (w->plan, k->node, k->commodity);
  if (m >= 0)
    sf_stock_advance (w, (guint)m);
}

void
sf_world_supply (SfWorld *w, guint m, double amount)
{
  *account (w, w->scenario->markets[m].commodity, SF_LEDGER_LOADED) += amount;
  sf_stock_receive (w, m, amount);
}

double
sf_world_take (SfWorld *w, guint m, double amount)
{
  double taken = sf_stock_take (w, m, amount);
  *account (w, w->scenario->markets[m].commodity, SF_LEDGER_CONSUMED) += taken;
  return taken;
}

void
sf_world_demand (SfWorld *w, guint d, double amount, gboolean waits)
{
  const SfDemandSpec *spec = &w->scenario->demands[d];
  gint m = sf_plan_market (w->plan, spec->node, spec->commodity);
  g_return_if_fail (m >= 0 && amount >= 0);
  Market *k = &w->markets[m];
  double served = sf_world_take (w, (guint)m, amount);
  w->demands[d].day_wanted += amount;
  w->demands[d].day_served += served;
  k->wanted += amount;
  k->served += served;
  if (waits)
    k->backlog += amount - served;
}

void
sf_world_watch (SfWorld *w, const void *self, guint m, double level,
                guint32 what)
{
  Market *k = &w->markets[m];
  sf_stock_advance (w, m);
  k->watch_level = level;
  k->watch_model = sf_factor_model_of (w, self);
  k->watch_what = what;
  sf_stock_solve_later (w, m);
}
