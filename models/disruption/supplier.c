/* supplier.c - a supplier fails and recovers at random. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Up and down times are exponential,
 *
 *   mean up 365 / disruptions_per_year, mean down 365 / recoveries_per_year
 *
 * days, so in the long run the supplier is down for the share
 * d / (d + r). With period_days both are rounded up to whole periods, which
 * makes them geometric: in each period an up supplier fails with probability
 * 1 - exp (-d period_days / 365). What a failure stops is `stage`: that orders
 * are taken, that trucks are loaded, that trucks go on, or that the destination
 * takes goods in. One instance a supplier; they are independent.
 * Form: Snyder and Shen, Fundamentals of Supply Chain Theory, chapter 9. No
 * rate of a real supplier is known here.
 */
#include <math.h>

#include "sim/engine/model.h"

#define YEAR_DAYS 365.0

typedef struct {
  GArray *shipments;
  gint stage;
  double disruptions_per_year, recoveries_per_year, period_days, down_prob;
  /* state */
  SfStream stream;
  gboolean is_down;
} Supplier;

enum { ORDERING, LOADING, TRANSIT, RECEIPT };
enum { DOWN };

static const SfParam params[] = {
  SF_PARAM_IDS (Supplier, shipments, "shipments",
                "what it supplies; all when absent"),
  SF_PARAM_WORD (Supplier, stage, 0, "ordering|loading|transit|receipt", 0,
                 "what stops while it is down"),
  SF_PARAM (Supplier, disruptions_per_year, 1, 0, 8760,
            "failures in a year of 365 days in which it is up; 0: never"),
  SF_PARAM (Supplier, recoveries_per_year, 12, 0.01, 8760,
            "recoveries in a year in which it is down"),
  SF_PARAM (Supplier, period_days, 0, 0, 365,
            "changes only at whole periods from the start; 0: at any time"),
  SF_PARAM (Supplier, down_prob, 0, 0, 1, "chance that it begins down"),
  SF_PARAM_END,
};

/* Tells those who are concerned. */
static void
publish (Supplier *self, SfWorld *w)
{
  static const SfFactor factors[]
      = { SF_FACTOR_ORDERS, SF_FACTOR_LOADING, SF_FACTOR_TRANSIT };
  const SfScenario *s = sf_world_scenario (w);
  double open = self->is_down ? 0 : 1;
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfShipmentSpec *p = &s->shipments[i];
    gint m = sf_plan_market (sf_world_plan (w), p->to, p->commodity);
    if (!sf_refs_hold (self->shipments, (gint)i))
      continue;
    if (self->stage != RECEIPT)
      sf_world_set_factor (w, self, factors[self->stage], i, open);
    else if (m >= 0)
      sf_world_set_factor (w, self, SF_FACTOR_RECEIPT, (guint)m, open);
  }
}

static void
set_next (Supplier *self, SfWorld *w)
{
  double rate
      = self->is_down ? self->recoveries_per_year : self->disruptions_per_year;
  if (rate <= 0)
    return;
  double days = sf_stream_exponential (&self->stream, YEAR_DAYS / rate);
  if (self->period_days > 0)
    days = self->period_days * MAX (ceil (days / self->period_days), 1);
  sf_world_timer (w, self, MAX (sf_ticks_from_days (days), 1), 0, 0);
}

static void
start (void *data, SfWorld *w)
{
  Supplier *self = data;
  sf_world_stream (w, self, 0, &self->stream);
  self->is_down = sf_stream_chance (&self->stream, self->down_prob);
  publish (self, w);
  set_next (self, w);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Supplier *self = data;
  double day = sf_world_day (w), left = ceil (day) - day;
  self->is_down = !self->is_down;
  sf_world_set_gauge (w, self, DOWN,
                      sf_world_gauge (w, self, DOWN)
                          + (self->is_down ? left : -left));
  sf_world_say (w, "supplier", "", NAN,
                self->is_down ? N_ ("a supplier is down")
                              : N_ ("a supplier is up again"));
  publish (self, w);
  set_next (self, w);
}

/* As if it stayed so until the day is over; a change puts that right. */
static void
review (void *data, SfWorld *w, guint day)
{
  const Supplier *self = data;
  sf_world_set_gauge (w, self, DOWN, self->is_down ? 1 : 0);
}

const SfModel sf_model_disruption_supplier = {
  .info
  = { "disruption/supplier", N_ ("a supplier fails and recovers at random"),
      N_ ("Exponential times up and down, with disruptions_per_year and "
          "recoveries_per_year; with period_days rounded up to whole "
          "periods. While it is down, ordering, loading, transit or receipt "
          "of the listed shipments stops (factors 0); what waits goes on "
          "afterwards. Gauge: down_frac of the day."),
      params, sizeof (Supplier), NULL, "down_frac" },
  .start = start,
  .review = review,
  .timer = timer,
};
