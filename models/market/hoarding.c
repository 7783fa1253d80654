/* hoarding.c - people fill up when they are alarmed. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alarm p (0 to 1) follows what people see, quickly up and slowly down:
 *
 *   signal:    s = 1 - x / calm_level between 0 and 1, x being yesterday's
 *              value of the watched series; at least the value of the
 *              "alarm" events in force
 *   each day:  p += (s - p) (1 - exp (-1 / days)), with rise_days when
 *              s > p, else calm_days
 *   attack:    p += attack_alarm_frac * share of the trucks that were lost,
 *              once a shortage has been lived through (a day on which less
 *              than lived_frac of the need was served)
 *
 * Households fill up to 1 + hoard_frac p times their usual target, so a rise
 * of alarm is a surge at the pump followed by a hollow, and fuel hoarded is a
 * stock. Those who can save use 1 - save_frac p of what they need.
 *
 * Form: the tank argument (drivers refill at a higher level; extra purchases
 * are vehicles x rise of the mean tank) and the shape of the panic of 2021 in
 * Britain, where stations fell from 33 to 15 % of capacity within two days.
 * The numbers are assumed; none was measured in Mali. Assumed, too: everyone
 * is alarmed alike, and no alarm spreads between cities by itself.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *markets, *save_classes;
  const char *watch;
  double calm_level, rise_days, calm_days, hoard_frac, attack_alarm_frac,
      lived_frac, save_frac;
  /* state */
  double alarm_frac, told_frac; /* p; sum of the events in force */
  gboolean has_lived_it;
  gint watched;        /* series, or -1: the open stations */
  gint *open, *served; /* series by market; -1: not watched */
  guint8 *is_mine;     /* by market */
} Hoarding;

static const SfParam params[] = {
  SF_PARAM_IDS (Hoarding, markets, "markets",
                "where people hoard; all of fuel when absent"),
  SF_PARAM_CURVE (Hoarding, watch,
                  "what people look at; when absent the share of open "
                  "stations, the least of these markets at the capital"),
  SF_PARAM (Hoarding, calm_level, 0.9, 1e-6, 1e9,
            "value of that series from which on nobody is alarmed"),
  SF_PARAM (Hoarding, rise_days, 2, 0.01, 365,
            /* xgettext:no-c-format */
            "time in which alarm rises to 63 % of its cause"),
  SF_PARAM (Hoarding, calm_days, 10, 0.01, 3650,
            "time in which alarm falls to 37 %"),
  SF_PARAM (Hoarding, hoard_frac, 0.5, 0, 20,
            "rise of the household target in full alarm"),
  SF_PARAM (Hoarding, attack_alarm_frac, 0.2, 0, 1,
            "alarm added by an attack in which every truck is lost"),
  SF_PARAM (Hoarding, lived_frac, 0.8, 0, 1,
            "a day served below it makes people mind attacks"),
  SF_PARAM (Hoarding, save_frac, 0, 0, 1,
            "share of their need that classes do without in full alarm"),
  SF_PARAM_IDS (Hoarding, save_classes, "classes",
                "classes that save; all when absent"),
  SF_PARAM_END,
};

enum { ALARM };

static gint
series_of (const SfWorld *w, guint market, const char *measure)
{
  const SfScenario *s = sf_world_scenario (w);
  const SfMarketSpec *m = &s->markets[market];
  g_autofree char *name
      = g_strdup_printf ("%s/%s/%s", s->nodes[m->node].id,
                         s->commodities[m->commodity].id, measure);
  return sf_world_find_series (w, name);
}

/* Its markets, and the series it follows there. */
static void
find_markets (Hoarding *self, SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  gboolean is_at_capital = FALSE;
  for (guint m = 0; m < s->n_markets; m++) {
    const SfMarketSpec *spec = &s->markets[m];
    self->is_mine[m]
        = self->markets ? sf_refs_hold (self->markets, (gint)m)
                        : s->commodities[spec->commodity].kind == SF_CARGO_FUEL;
    is_at_capital |= self->is_mine[m] && spec->node == s->capital;
  }
  for (guint m = 0; m < s->n_markets; m++) {
    gboolean is_seen = self->is_mine[m]
                       && (!is_at_capital || s->markets[m].node == s->capital);
    self->open[m] = is_seen ? series_of (w, m, "stations_open_frac") : -1;
    self->served[m] = is_seen ? series_of (w, m, "served_frac") : -1;
  }
}

/* Lets markets and demands feel the alarm. */
static void
publish (const Hoarding *self, SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  sf_world_set_gauge (w, self, ALARM, self->alarm_frac);
  for (guint m = 0; m < s->n_markets; m++)
    if (self->is_mine[m])
      sf_world_set_factor (w, self, SF_FACTOR_TARGET, m,
                           1 + self->hoard_frac * self->alarm_frac);
  for (guint d = 0; d < s->n_demands; d++) {
    const SfDemandSpec *demand = &s->demands[d];
    gint m
        = sf_plan_market (sf_world_plan (w), demand->node, demand->commodity);
    if (m >= 0 && self->is_mine[m]
        && sf_refs_hold (self->save_classes, demand->class))
      sf_world_set_factor (w, self, SF_FACTOR_USE, d,
                           1 - self->save_frac * self->alarm_frac);
  }
}

static void
start (void *data, SfWorld *w)
{
  Hoarding *self = data;
  guint n = sf_world_scenario (w)->n_markets + 1;
  self->open = sf_world_alloc (w, n * sizeof *self->open);
  self->served = sf_world_alloc (w, n * sizeof *self->served);
  self->is_mine = sf_world_alloc (w, n * sizeof *self->is_mine);
  self->watched = self->watch ? sf_world_find_series (w, self->watch) : -1;
  find_markets (self, w);
  publish (self, w);
}

/* The least of some series yesterday; NAN: none is there. */
static double
least_of (const SfWorld *w, const gint *series)
{
  double least = NAN;
  for (guint m = 0; m < sf_world_scenario (w)->n_markets; m++)
    if (series[m] >= 0)
      least = fmin (least, sf_world_series_mean (w, series[m], 1));
  return least;
}

static double
signal_frac (const Hoarding *self, const SfWorld *w)
{
  double x = self->watched >= 0 ? sf_world_series_mean (w, self->watched, 1)
                                : least_of (w, self->open);
  double seen = isnan (x) ? 0 : 1 - x / self->calm_level;
  return CLAMP (MAX (seen, self->told_frac), 0, 1);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Hoarding *self = data;
  double signal = signal_frac (self, w);
  double gap = signal - self->alarm_frac;
  double days = gap > 0 ? self->rise_days : self->calm_days;
  self->alarm_frac -= gap * expm1 (-1 / days);
  if (least_of (w, self->served) < self->lived_frac)
    self->has_lived_it = TRUE;
  publish (self, w);
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Hoarding *self = data;
  double value = sf_world_scenario (w)->events[row].value;
  self->told_frac += (begins ? 1 : -1) * (isnan (value) ? 1 : value);
}

static void
attacked (void *data, SfWorld *w, const SfAttack *a)
{
  Hoarding *self = data;
  if (!self->has_lived_it || a->trucks == 0)
    return;
  double lost_frac = (double)(a->destroyed + a->seized) / a->trucks;
  self->alarm_frac
      = MIN (self->alarm_frac + self->attack_alarm_frac * lost_frac, 1);
  publish (self, w);
}

const SfModel sf_model_market_hoarding = {
  .info
  = { "market/hoarding", N_ ("people fill up when they are alarmed"),
      N_ ("Alarm follows 1 - (watched series) / calm_level with rise_days "
          "upwards and calm_days downwards, and jumps with attacks once a "
          "shortage has been lived through. Households fill up to 1 + "
          "hoard_frac * alarm times their target; market/retail turns that "
          "into purchases. Classes that save ask for 1 - save_frac * alarm "
          "of their need. Answers events of kind \"alarm\" (news, a rumour, "
          "a call to fill up): alarm heads for their value, 1 when absent, "
          "while they last."),
      params, sizeof (Hoarding), "alarm", "alarm_frac" },
  .start = start,
  .review = review,
  .event = event,
  .attacked = attacked,
};
