/* factor.c - what models multiply, measure and look at. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each model has a factor of its own for a thing; the world keeps them apart
 * and their product beside, which is computed anew from all of them, so that
 * no rounding is left behind when a model goes back to 1.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/world-private.h"

static guint
count_of (const SfWorld *w, SfFactor kind)
{
  const SfScenario *s = w->scenario;
  switch (kind) {
  case SF_FACTOR_NEED:
  case SF_FACTOR_USE:
    return s->n_demands;
  case SF_FACTOR_TARGET:
  case SF_FACTOR_RECEIPT:
    return s->n_markets;
  case SF_FACTOR_ORDERS:
  case SF_FACTOR_LOADING:
  case SF_FACTOR_TRANSIT:
    return s->n_shipments;
  case SF_FACTOR_WILLING:
  case SF_FACTOR_RISK:
  case SF_FACTOR_ESCORT:
    return w->plan->n_gates;
  case SF_FACTOR_THREAT:
    return s->n_zones;
  case SF_FACTOR_N:
    break;
  }
  g_assert_not_reached ();
}

static void
fill (double *values, gsize n, double value)
{
  for (gsize i = 0; i < n; i++)
    values[i] = value;
}

void
sf_factor_new (SfWorld *w)
{
  for (guint k = 0; k < SF_FACTOR_N; k++) {
    Factor *f = &w->factors[k];
    f->n = count_of (w, (SfFactor)k);
    f->product = g_new (double, f->n + 1);
    f->own = g_new (double, (gsize)f->n * w->n_models + 1);
    f->is_used = TRUE; /* so that the first reset fills it */
  }
  w->limit = g_new (double, (gsize)w->scenario->n_markets * w->n_models + 1);
  w->least_limit = g_new (double, w->scenario->n_markets + 1);
  w->gauge = g_new (double, sf_book_n_series (w->plan->book) + 1);
}

void
sf_factor_free (SfWorld *w)
{
  for (guint k = 0; k < SF_FACTOR_N; k++) {
    g_free (w->factors[k].product);
    g_free (w->factors[k].own);
  }
  g_free (w->limit);
  g_free (w->least_limit);
  g_free (w->gauge);
}

void
sf_factor_reset (SfWorld *w)
{
  for (guint k = 0; k < SF_FACTOR_N; k++) {
    Factor *f = &w->factors[k];
    if (!f->is_used)
      continue;
    fill (f->product, f->n, 1);
    fill (f->own, (gsize)f->n * w->n_models, 1);
    f->is_used = FALSE;
  }
  fill (w->limit, (gsize)w->scenario->n_markets * w->n_models, G_MAXDOUBLE);
  fill (w->least_limit, w->scenario->n_markets, G_MAXDOUBLE);
  fill (w->gauge, sf_book_n_series (w->plan->book), NAN);
}

/* A model that speaks mostly says more than one thing. */
guint
sf_factor_model_of (SfWorld *w, const void *self)
{
  guint i = w->speaker;
  if (w->selves[i] == self)
    return i;
  i = 0;
  while (i < w->n_models && w->selves[i] != self)
    i++;
  g_assert (i < w->n_models);
  w->speaker = i;
  return i;
}

/* What follows from a change. */
static void
changed (SfWorld *w, SfFactor kind, guint index)
{
  const SfDemandSpec *d = &w->scenario->demands[index];
  gint m;
  switch (kind) {
  case SF_FACTOR_NEED:
  case SF_FACTOR_USE:
    m = sf_plan_market (w->plan, d->node, d->commodity);
    sf_stock_demand_changed (w, index);
    if (m >= 0)
      sf_stock_solve_later (w, (guint)m);
    break;
  case SF_FACTOR_TRANSIT:
    if (factor (w, kind, index) <= 0) {
      sf_stretch_halt_all (w);
      sf_stretch_hold_planned (w);
    }
    sf_traffic_retry (w);
    break;
  case SF_FACTOR_RECEIPT:
    if (factor (w, kind, index) <= 0)
      sf_stretch_hold_planned (w);
    sf_traffic_retry (w);
    break;
  case SF_FACTOR_THREAT:
    sf_world_look_again (w);
    break;
  default:
    break;
  }
}

void
sf_world_set_factor (SfWorld *w, const void *self, SfFactor kind, guint index,
                     double factor)
{
  Factor *f = &w->factors[kind];
  g_return_if_fail (index < f->n && factor >= 0);
  double *own = &f->own[(gsize)sf_factor_model_of (w, self) * f->n + index];
  if (*own == factor)
    return;
  if (kind == SF_FACTOR_NEED || kind == SF_FACTOR_USE)
    sf_stock_advance_demand (w, index);
  *own = factor;
  f->is_used = TRUE;
  f->product[index] = 1;
  for (guint i = 0; i < w->n_models; i++)
    f->product[index] *= f->own[(gsize)i * f->n + index];
  changed (w, kind, index);
}

double
sf_world_factor (const SfWorld *w, SfFactor kind, guint index)
{
  return w->factors[kind].product[index];
}

double
sf_world_use_from (const SfWorld *w, guint m, guint which)
{
  return w->markets[m].use[which];
}

double
sf_world_backlog (const SfWorld *w, guint m)
{
  return w->markets[m].backlog;
}

double
sf_world_target_days (const SfWorld *w, guint m)
{
  return w->scenario->markets[m].household_target_days
         * factor (w, SF_FACTOR_TARGET, m);
}

void
sf_world_limit_sales (SfWorld *w, const void *self, guint m,
                      double amount_per_day)
{
  guint n = w->scenario->n_markets;
  sf_stock_advance (w, m);
  w->limit[(gsize)sf_factor_model_of (w, self) * n + m]
      = MAX (amount_per_day, 0);
  w->least_limit[m] = G_MAXDOUBLE;
  for (guint i = 0; i < w->n_models; i++)
    w->least_limit[m] = MIN (w->least_limit[m], w->limit[(gsize)i * n + m]);
  sf_stock_solve_later (w, m);
}

/* ---- Gauges and series --------------------------------------------------- */

static double *
gauge_of (SfWorld *w, const void *self, guint gauge)
{
  gint first = w->first_gauge[sf_factor_model_of (w, self)];
  g_assert (first >= 0);
  return &w->gauge[(guint)first + gauge];
}

void
sf_world_set_gauge (SfWorld *w, const void *self, guint gauge, double value)
{
  *gauge_of (w, self, gauge) = value;
}

double
sf_world_gauge (SfWorld *w, const void *self, guint gauge)
{
  return *gauge_of (w, self, gauge);
}

void
sf_factor_flush_gauges (SfWorld *w, guint day)
{
  const SfSheet *sheet = w->plan->sheet;
  for (guint m = 0; m < w->scenario->n_models; m++) {
    if (sheet->gauge_series[m] < 0)
      continue;
    guint n = sheet->n_gauges[m];
    for (guint i = 0; i < n; i++) {
      gsize series = (gsize)sheet->gauge_series[m] + i;
      w->record->curves[series * w->plan->days + day] = (float)w->gauge[series];
    }
  }
}

gint
sf_world_find_series (const SfWorld *w, const char *name)
{
  return sf_book_find_named (w->plan->book, name);
}

double
sf_world_series (const SfWorld *w, gint series, guint day)
{
  g_return_val_if_fail (series >= 0 && day < w->plan->days, NAN);
  return w->record->curves[(gsize)series * w->plan->days + day];
}

double
sf_world_series_mean (const SfWorld *w, gint series, guint days)
{
  guint today = (guint)MIN (w->now / SF_TICKS_PER_DAY, (SfTick)w->plan->days);
  double sum = 0;
  guint n = 0;
  for (guint d = today > days ? today - days : 0; d < today; d++) {
    double v = sf_world_series (w, series, d);
    if (isnan (v))
      continue;
    sum += v;
    n++;
  }
  return n > 0 ? sum / n : NAN;
}

double
sf_world_yesterday (const SfWorld *w, gint series, double otherwise)
{
  double value = series < 0 ? NAN : sf_world_series_mean (w, series, 1);
  return isnan (value) ? otherwise : value;
}

double
sf_world_rows_at_gate (const SfWorld *w, guint gate, const guint8 *is_in_force,
                       gboolean is_on)
{
  const SfScenario *s = w->scenario;
  gint entry = w->plan->gates[gate].entry;
  double product = 1;
  for (guint row = 0; row < s->n_events; row++)
    if (is_in_force[row] && sf_refs_hold (s->events[row].nodes, entry)) {
      is_on = TRUE;
      product *= isnan (s->events[row].value) ? 1 : s->events[row].value;
    }
  return is_on ? MAX (product, 0) : -1;
}
