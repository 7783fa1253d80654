/* purchase.c - a ration for each purchase and a wait before the next. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While the rule is in force a vehicle gets at most cap_l, and not again
 * before interval_h have passed. N vehicles that would otherwise fill tank_l,
 * and queue no more often than every revisit_h, then buy at most
 *
 *   N min (cap_l, tank_l) / max (interval_h, revisit_h) * 24 h/day / 1000 l/m3
 *
 * m3 a day; a share evasion_frac of them goes on as if there were no rule and
 * buys N tank_l / revisit_h. Cars and motorcycles have rules of their own and
 * add up. The sum is the most that the stations of the market sell. So a cap
 * alone bites only as far as people cannot come back soon, an interval alone
 * only when it is longer than the time in which a tank is used up, and a
 * ration works against hoarding more than against use.
 *
 * In force from `from` until `until`, and while an event of kind "ration"
 * lasts; throughout when neither is given. The form is arithmetic; counts of
 * vehicles are to be had from registers, revisit_h and evasion_frac are
 * assumed. The rule of January 2026 in Mali: 72 h for cars and 48 h for
 * motorcycles, often 30 l. Left out: how long people queue for it.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/model.h"

typedef struct {
  gint market;
  SfDate from, until;
  double vehicles_count, cap_l, interval_h, tank_l;
  double motorcycles_count, motorcycle_cap_l, motorcycle_interval_h,
      motorcycle_tank_l;
  double revisit_h, evasion_frac;
  /* state */
  gboolean has_rows; /* events turn it on */
  guint in_force;    /* how many of them */
} Purchase;

static const SfParam params[] = {
  SF_PARAM_ID (Purchase, market, 0, "markets",
               "whose stations ration; the first of fuel at the capital when "
               "absent"),
  SF_PARAM_DAY (Purchase, from, 0, "first day of the rule"),
  SF_PARAM_DAY (Purchase, until, 0, "last day of the rule"),
  SF_PARAM (Purchase, vehicles_count, 100000, 0, 1e9, "cars that buy there"),
  SF_PARAM (Purchase, cap_l, 30, 0, 1e6, "most that a car gets at a time"),
  SF_PARAM (Purchase, interval_h, 72, 0, 8760,
            "time before a car gets any again"),
  SF_PARAM (Purchase, tank_l, 30, 0, 1e6,
            "what a car buys at a time without a rule"),
  SF_PARAM (Purchase, motorcycles_count, 0, 0, 1e9,
            "motorcycles that buy there"),
  SF_PARAM (Purchase, motorcycle_cap_l, 30, 0, 1e6,
            "most that a motorcycle gets at a time"),
  SF_PARAM (Purchase, motorcycle_interval_h, 48, 0, 8760,
            "time before a motorcycle gets any again"),
  SF_PARAM (Purchase, motorcycle_tank_l, 4, 0, 1e6,
            "what a motorcycle buys at a time without a rule"),
  SF_PARAM (Purchase, revisit_h, 24, 0.1, 8760,
            "nobody queues more often than this, rule or not"),
  SF_PARAM (Purchase, evasion_frac, 0.1, 0, 1,
            "share of vehicles that get round the rule"),
  SF_PARAM_END,
};

enum { LIMIT };

static double
litres_per_h (const Purchase *self, double n, double cap_l, double interval_h,
              double tank_l)
{
  double by_rule = MIN (cap_l, tank_l) / MAX (interval_h, self->revisit_h);
  double without = tank_l / self->revisit_h;
  return n
         * ((1 - self->evasion_frac) * by_rule + self->evasion_frac * without);
}

static double
limit_m3_per_day (const Purchase *self)
{
  double l_per_h
      = litres_per_h (self, self->vehicles_count, self->cap_l, self->interval_h,
                      self->tank_l)
        + litres_per_h (self, self->motorcycles_count, self->motorcycle_cap_l,
                        self->motorcycle_interval_h, self->motorcycle_tank_l);
  return l_per_h * 24 / 1000;
}

static gboolean
is_in_force (const Purchase *self, const SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  gboolean has_dates
      = self->from != SF_PARAM_NO_DATE || self->until != SF_PARAM_NO_DATE;
  if (self->in_force > 0)
    return TRUE;
  if (!has_dates)
    return !self->has_rows;
  gint day = (gint)sf_world_day (w);
  return (self->from == SF_PARAM_NO_DATE
          || day >= sf_scenario_day (s, self->from))
         && (self->until == SF_PARAM_NO_DATE
             || day <= sf_scenario_day (s, self->until));
}

/* Tells the stations. Numbers are read anew, since events may set them. */
static void
apply (const Purchase *self, SfWorld *w)
{
  if (self->market < 0)
    return;
  gboolean is_on = is_in_force (self, w);
  double most = limit_m3_per_day (self);
  sf_world_limit_sales (w, self, (guint)self->market,
                        is_on ? most : G_MAXDOUBLE);
  sf_world_set_gauge (w, self, LIMIT, is_on ? most : NAN);
}

static void
start (void *data, SfWorld *w)
{
  Purchase *self = data;
  const SfScenario *s = sf_world_scenario (w);
  for (guint m = s->n_markets; m-- > 0 && self->market < 0;)
    if (s->markets[m].node == s->capital
        && s->commodities[s->markets[m].commodity].kind == SF_CARGO_FUEL)
      self->market = (gint)m;
  for (guint i = 0; i < s->n_events; i++)
    self->has_rows |= strcmp (s->events[i].kind, "ration") == 0;
  apply (self, w);
}

static void
review (void *self, SfWorld *w, guint day)
{
  apply (self, w);
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Purchase *self = data;
  if (begins)
    self->in_force++;
  else
    self->in_force--;
  apply (self, w);
}

const SfModel sf_model_rationing_purchase = {
  .info
  = { "rationing/purchase", N_ ("a ration for each purchase, then a wait"),
      N_ ("Stations of a market sell at most N * min (cap_l, tank_l) / max "
          "(interval_h, revisit_h) a day, cars and motorcycles added; a "
          "share evasion_frac buys tank_l every revisit_h all the same. In "
          "force between from and until, and while events of kind "
          "\"ration\" last; throughout when there is neither."),
      params, sizeof (Purchase), "ration", "sales_limit_m3_per_day" },
  .start = start,
  .review = review,
  .event = event,
};
