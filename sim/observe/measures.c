/* measures.c - what follows from the curves once a run is over. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/measures.h"

#include <math.h>

#include "sim/observe/curve-stat.h"
#include "sim/observe/sheet.h"

/* Stations count as dry when fewer than this share of them has stock. */
#define DRY_FRAC 0.2

const char *const sf_service_names[SF_SERVICE_N]
    = { "time_to_survive_days", "time_to_recover_days",
        "resilience_loss_frac_days", "resilience_loss_frac",
        "worst_served_frac" };

/* ---- One curve ---------------------------------------------------------- */

double
sf_service_shortage (const float *served, const SfServiceRule *rule,
                     double *short_days)
{
  double first = NAN;
  guint length = 0;
  *short_days = 0;
  for (guint day = rule->shock; day <= rule->days; day++) {
    if (day < rule->days
        && sf_curve_is_below ((double)served[day], rule->shortage_frac)) {
      length++;
      continue;
    }
    if (length >= rule->need_days) {
      *short_days += length;
      if (isnan (first))
        first = day - length;
    }
    length = 0;
  }
  return first;
}

/* Days from the start of a shortage until its recovery begins. */
static double
days_to_recover (const float *served, const SfServiceRule *rule, double start)
{
  guint length = 0;
  if (isnan (start))
    return NAN;
  for (guint day = (guint)start; day < rule->days; day++) {
    length = sf_curve_is_below ((double)served[day], rule->recovery_frac)
                 ? 0
                 : length + 1;
    if (length == rule->need_days)
      return day + 1 - rule->need_days - start;
  }
  return NAN;
}

static double
worst_mean (const float *served, const SfServiceRule *rule)
{
  guint n = MIN (SF_SERVICE_WORST_DAYS, rule->days - rule->shock);
  double least = INFINITY;
  for (guint day = rule->shock; day + n <= rule->days; day++) {
    double sum = 0;
    for (guint i = 0; i < n; i++)
      sum += (double)served[day + i];
    least = MIN (least, sum / n);
  }
  return least;
}

void
sf_service_measures (const float *served, const SfServiceRule *rule,
                     double *out)
{
  double short_days, loss = 0;
  for (guint i = 0; i < SF_SERVICE_N; i++)
    out[i] = NAN;
  if (rule->shock >= rule->days)
    return;
  double start = sf_service_shortage (served, rule, &short_days);
  for (guint day = rule->shock; day < rule->days; day++)
    loss += 1 - (double)served[day];
  out[SF_SERVICE_SURVIVE] = start - rule->shock;
  out[SF_SERVICE_RECOVER] = days_to_recover (served, rule, start);
  out[SF_SERVICE_LOSS_DAYS] = loss;
  out[SF_SERVICE_LOSS] = loss / (rule->days - rule->shock);
  out[SF_SERVICE_WORST] = worst_mean (served, rule);
}

/* ---- Many places -------------------------------------------------------- */

double
sf_gini (const double *values, guint n)
{
  double sum = 0, distance = 0;
  for (guint i = 0; i < n; i++) {
    sum += values[i];
    for (guint k = 0; k < i; k++)
      distance += fabs (values[i] - values[k]);
  }
  return sum > 0 ? distance / (n * sum) : NAN;
}

/* ---- The end of a run --------------------------------------------------- */

static const float *
curve_of (const SfSheet *sheet, const SfRecord *record, gint series)
{
  return record->curves + (gsize)series * sheet->days;
}

static SfServiceRule
rule_of (const SfSheet *sheet, guint shock)
{
  const SfScenario *s = sheet->scenario;
  return (SfServiceRule){ .shock = shock,
                          .days = sheet->days,
                          .shortage_frac = s->shortage_frac,
                          .recovery_frac = s->recovery_frac,
                          .need_days = (guint)s->shortage_days };
}

static void
finish_demand (const SfSheet *sheet, const SfTotals *totals, guint d,
               SfRecord *record)
{
  record->metrics[sheet->demand_unmet[d]] = totals->unmet[d];
  if (sheet->demand_persons[d] >= 0)
    record->metrics[sheet->demand_persons[d]] = totals->person_days[d];
  if (sheet->demand_service[d] < 0)
    return;
  SfServiceRule rule = rule_of (sheet, sf_scenario_shock_day (sheet->scenario));
  sf_service_measures (curve_of (sheet, record, sheet->demand_served[d]), &rule,
                       record->metrics + sheet->demand_service[d]);
}

/* Adds up what a market's demands wanted and did not get. */
static void
sum_market (const SfSheet *sheet, const SfTotals *totals, guint m,
            double *unmet, double *wanted)
{
  const SfScenario *s = sheet->scenario;
  *unmet = *wanted = 0;
  for (guint d = 0; d < s->n_demands; d++) {
    if (s->demands[d].node != s->markets[m].node
        || s->demands[d].commodity != s->markets[m].commodity)
      continue;
    *unmet += totals->unmet[d];
    *wanted += totals->wanted[d];
  }
}

static void
finish_market (const SfSheet *sheet, const SfTotals *totals, guint m,
               SfRecord *record)
{
  const gint *series = sheet->market[m];
  double *out = record->metrics + sheet->market_metrics[m];
  const float *served = curve_of (sheet, record, series[SF_MARKET_SERVED_FRAC]);
  SfServiceRule whole = rule_of (sheet, 0), shocked = whole, dry = whole;
  double unmet, wanted, days;
  sum_market (sheet, totals, m, &unmet, &wanted);
  out[SF_METRIC_SERVED] = wanted > 0 ? 1 - unmet / wanted : 1;
  out[SF_METRIC_UNMET] = unmet;
  out[SF_METRIC_SHORTAGE_START] = sf_service_shortage (served, &whole, &days);
  out[SF_METRIC_SHORTAGE_DAYS] = days;
  dry.shortage_frac = DRY_FRAC;
  dry.need_days = 1;
  out[SF_METRIC_DRY_DAY] = sf_service_shortage (
      curve_of (sheet, record, series[SF_MARKET_OPEN_FRAC]), &dry, &days);
  shocked.shock = sf_scenario_shock_day (sheet->scenario);
  sf_service_measures (served, &shocked, out + SF_METRIC_SERVICE);
}

/* How unlike places were served: of each commodity that is wanted at two or
 * more. */
static void
finish_gini (const SfSheet *sheet, const SfTotals *totals, SfRecord *record)
{
  const SfScenario *s = sheet->scenario;
  g_autofree double *served = g_new (double, s->n_markets + 1);
  for (guint c = 0; c < s->n_commodities; c++) {
    guint n = 0;
    if (sheet->gini[c] < 0)
      continue;
    for (guint m = 0; m < s->n_markets; m++) {
      double unmet, wanted;
      if (s->markets[m].commodity != (gint)c)
        continue;
      sum_market (sheet, totals, m, &unmet, &wanted);
      if (wanted > 0)
        served[n++] = MAX (0, 1 - unmet / wanted);
    }
    record->metrics[sheet->gini[c]] = n >= 2 ? sf_gini (served, n) : NAN;
  }
}

static double
sum_of (const SfSheet *sheet, const SfRecord *record, gint series, gint month)
{
  const float *curve = curve_of (sheet, record, series);
  double sum = 0;
  for (guint day = 0; day < sheet->days; day++)
    if (month < 0 || sheet->month_of_day[day] == month)
      sum += curve[day];
  return sum;
}

static void
finish_nation (const SfSheet *sheet, SfRecord *record)
{
  const gint *series = sheet->nation;
  double *out = record->metrics + sheet->nation_metrics;
  out[SF_NATION_ENTERED_DAY]
      = sum_of (sheet, record, series[SF_NATION_ENTERED], -1) / sheet->days;
  out[SF_NATION_FUEL_DAY]
      = sum_of (sheet, record, series[SF_NATION_ENTERED_FUEL], -1)
        / sheet->days;
  out[SF_NATION_LOST_ALL] = sum_of (sheet, record, series[SF_NATION_LOST], -1);
  out[SF_NATION_CONVOYS_ALL]
      = sum_of (sheet, record, series[SF_NATION_CONVOYS], -1);
  for (guint i = 0; i < sheet->n_months; i++) {
    double *month
        = record->metrics + sheet->month_first + i * SF_MONTH_N_METRICS;
    month[SF_MONTH_FUEL]
        = sum_of (sheet, record, series[SF_NATION_IMPORTED_FUEL], (gint)i);
    month[SF_MONTH_ENTERED]
        = sum_of (sheet, record, series[SF_NATION_ENTERED], (gint)i);
    month[SF_MONTH_LOST]
        = sum_of (sheet, record, series[SF_NATION_LOST], (gint)i);
    month[SF_MONTH_CONVOYS]
        = sum_of (sheet, record, series[SF_NATION_CONVOYS], (gint)i);
  }
}

/* Days on which a gauge does not apply are left out. */
static void
finish_gauges (const SfSheet *sheet, SfRecord *record)
{
  const SfScenario *s = sheet->scenario;
  for (guint m = 0; m < s->n_models; m++) {
    for (guint i = 0; i < sheet->n_gauges[m]; i++) {
      double *out = record->metrics + sheet->gauge_metrics[m]
                    + (gsize)i * SF_GAUGE_N_METRICS;
      const float *curve
          = curve_of (sheet, record, sheet->gauge_series[m] + (gint)i);
      double sum = 0, most = NAN;
      guint days = 0;
      for (guint day = 0; day < sheet->days; day++) {
        if (isnan (curve[day]))
          continue;
        sum += curve[day];
        most = isnan (most) ? curve[day] : MAX (most, curve[day]);
        days++;
      }
      out[SF_GAUGE_MEAN] = days > 0 ? sum / days : NAN;
      out[SF_GAUGE_MAX] = most;
    }
  }
}

void
sf_sheet_finish (const SfSheet *sheet, const SfTotals *totals, SfRecord *record)
{
  for (guint m = 0; m < sheet->scenario->n_markets; m++)
    finish_market (sheet, totals, m, record);
  for (guint d = 0; d < sheet->scenario->n_demands; d++)
    finish_demand (sheet, totals, d, record);
  finish_gini (sheet, totals, record);
  finish_nation (sheet, record);
  finish_gauges (sheet, record);
}
