/* sheet.c - what a run records, and where. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/sheet.h"

#include <math.h>
#include <string.h>

/* Stations count as dry when fewer than this share of them has stock. */
#define DRY_FRAC 0.2

static char *
with_unit (const char *stem, const SfScenario *s, gint commodity)
{
  return g_strconcat (stem, "_", sf_unit_name (s->commodities[commodity].unit),
                      NULL);
}

static void
add_market (SfSheet *sheet, SfBook *book, guint m)
{
  static const struct {
    const char *name;
    gboolean has_unit, is_capital_only;
  } rows[SF_MARKET_N_SERIES] = {
    [SF_MARKET_DEPOT_STOCK] = { "depot_stock", TRUE, TRUE },
    [SF_MARKET_STATION_STOCK] = { "station_stock", TRUE, TRUE },
    [SF_MARKET_HOUSEHOLD_STOCK] = { "household_stock", TRUE, TRUE },
    [SF_MARKET_COVER_DAYS] = { "cover_days", FALSE, FALSE },
    [SF_MARKET_OPEN_FRAC] = { "stations_open_frac", FALSE, FALSE },
    [SF_MARKET_SERVED_FRAC] = { "served_frac", FALSE, FALSE },
    [SF_MARKET_PURCHASE_FRAC] = { "purchase_frac", FALSE, TRUE },
    [SF_MARKET_RECEIVED] = { "received", TRUE, FALSE },
  };
  const SfScenario *s = sheet->scenario;
  const SfMarketSpec *k = &s->markets[m];
  for (guint i = 0; i < SF_MARKET_N_SERIES; i++) {
    sheet->market[m][i] = -1;
    if (rows[i].is_capital_only && k->node != s->capital)
      continue;
    g_autofree char *name = rows[i].has_unit
                                ? with_unit (rows[i].name, s, k->commodity)
                                : g_strdup (rows[i].name);
    sheet->market[m][i] = (gint)sf_book_add_series (
        book, s->nodes[k->node].id, s->commodities[k->commodity].id, "", name);
  }
}

static void
add_series (SfSheet *sheet, SfBook *book, const char *const *gates)
{
  static const char *const gate_rows[]
      = { "entered_count", "waiting_count", "lost_count" };
  static const char *const nation_rows[]
      = { "imported_fuel_m3", "entered_fuel_count", "entered_count",
          "lost_count", "convoys_count" };
  const SfScenario *s = sheet->scenario;
  for (guint m = 0; m < s->n_markets; m++)
    add_market (sheet, book, m);
  for (guint d = 0; d < s->n_demands; d++) {
    const SfDemandSpec *k = &s->demands[d];
    sheet->demand_served[d] = -1;
    if (k->node == s->capital)
      sheet->demand_served[d] = (gint)sf_book_add_series (
          book, s->nodes[k->node].id, s->commodities[k->commodity].id,
          s->classes[k->class].id, "served_frac");
  }
  for (guint g = 0; g < sheet->n_gates; g++)
    for (guint i = 0; i < SF_GATE_N_SERIES; i++)
      sheet->gate[g][i]
          = (gint)sf_book_add_series (book, gates[g], "", "", gate_rows[i]);
  for (guint i = 0; i < SF_NATION_N_SERIES; i++)
    sheet->nation[i]
        = (gint)sf_book_add_series (book, "", "", "", nation_rows[i]);
}

/* The next metrics of one thing, in a row; returns the first. */
static guint
add_metrics (SfBook *book, const char *const *names, guint n, const char *place,
             const char *commodity, const char *class, const char *period)
{
  guint first = sf_book_n_metrics (book);
  for (guint i = 0; i < n; i++)
    sf_book_add_metric (book, names[i], place, commodity, class, period);
  return first;
}

static void
add_market_metrics (SfSheet *sheet, SfBook *book, guint m)
{
  const SfScenario *s = sheet->scenario;
  const SfMarketSpec *k = &s->markets[m];
  g_autofree char *unmet = with_unit ("unmet", s, k->commodity);
  const char *const names[SF_MARKET_N_METRICS]
      = { "shortage_start_day", "shortage_days_count", "served_frac", unmet,
          "stations_dry_day",   "recovery_days" };
  sheet->market_metrics[m]
      = add_metrics (book, names, SF_MARKET_N_METRICS, s->nodes[k->node].id,
                     s->commodities[k->commodity].id, "", "");
}

static void
add_demand_metric (SfSheet *sheet, SfBook *book, guint d)
{
  const SfScenario *s = sheet->scenario;
  const SfDemandSpec *k = &s->demands[d];
  g_autofree char *unmet = with_unit ("unmet", s, k->commodity);
  const char *node = s->nodes[k->node].id;
  const char *commodity = s->commodities[k->commodity].id;
  const char *class = s->classes[k->class].id;
  sheet->demand_unmet[d]
      = sf_book_add_metric (book, unmet, node, commodity, class, "");
  sheet->demand_persons[d] = -1;
  if (k->persons_count > 0)
    sheet->demand_persons[d] = (gint)sf_book_add_metric (
        book, "person_days_without", node, commodity, class, "");
}

static void
add_months (SfSheet *sheet, SfBook *book)
{
  static const char *const names[SF_MONTH_N_METRICS]
      = { "imported_fuel_m3", "entered_count", "lost_count", "convoys_count" };
  char last[8] = "", buffer[SF_DATE_SIZE];
  sheet->month_of_day = g_new (gint, sheet->days + 1);
  sheet->month_first = sf_book_n_metrics (book);
  for (guint day = 0; day < sheet->days; day++) {
    sf_date_format (buffer, sheet->scenario->start + (SfDate)day);
    buffer[7] = '\0';
    if (strcmp (buffer, last) != 0) {
      add_metrics (book, names, SF_MONTH_N_METRICS, "", "", "", buffer);
      memcpy (last, buffer, sizeof last);
      sheet->n_months++;
    }
    sheet->month_of_day[day] = (gint)sheet->n_months - 1;
  }
}

static void
add_all_metrics (SfSheet *sheet, SfBook *book, const char *const *gates)
{
  static const char *const queue[SF_QUEUE_N_METRICS]
      = { "wait_h",           "system_h",     "waiting_frac",
          "turned_away_frac", "length_count", "served_count" };
  static const char *const gate[SF_GATE_N_METRICS]
      = { "entered_per_day", "wait_h", "lost_count" };
  static const char *const nation[SF_NATION_N_METRICS]
      = { "entered_per_day", "entered_fuel_per_day", "lost_count",
          "convoys_count" };
  static const char *const link[] = { "loaded_trucks_per_day", "lost_count" };
  const SfScenario *s = sheet->scenario;
  sheet->nation_metrics
      = add_metrics (book, nation, SF_NATION_N_METRICS, "", "", "", "");
  add_months (sheet, book);
  for (guint m = 0; m < s->n_markets; m++)
    add_market_metrics (sheet, book, m);
  for (guint d = 0; d < s->n_demands; d++)
    add_demand_metric (sheet, book, d);
  for (guint q = 0; q < s->n_queues; q++)
    sheet->queue_metrics[q] = add_metrics (book, queue, SF_QUEUE_N_METRICS,
                                           s->queues[q].id, "", "", "");
  for (guint g = 0; g < sheet->n_gates; g++)
    sheet->gate_metrics[g]
        = add_metrics (book, gate, SF_GATE_N_METRICS, gates[g], "", "", "");
  for (guint p = 0; p < s->n_shipments; p++)
    sheet->shipment_metrics[p] = sf_book_add_metric (
        book, "delivered_trucks_count", s->shipments[p].id, "", "", "");
  for (guint l = 0; l < s->n_links; l++) {
    sheet->link_metrics[l]
        = add_metrics (book, link, 2, s->links[l].id, "", "", "");
    sheet->link_closed[l]
        = sf_book_add_metric (book, "closed_days", s->links[l].id, "", "", "");
  }
}

SfSheet *
sf_sheet_new (SfBook *book, const SfScenario *s, const char *const *gates,
              guint n_gates)
{
  SfSheet *sheet = g_new0 (SfSheet, 1);
  sheet->book = book;
  sheet->scenario = s;
  sheet->days = sf_book_days (book);
  sheet->n_gates = n_gates;
  sheet->market = g_malloc_n (s->n_markets + 1, sizeof *sheet->market);
  sheet->gate = g_malloc_n (sheet->n_gates + 1, sizeof *sheet->gate);
  sheet->demand_served = g_new (gint, s->n_demands + 1);
  sheet->market_metrics = g_new0 (guint, s->n_markets + 1);
  sheet->demand_unmet = g_new0 (guint, s->n_demands + 1);
  sheet->demand_persons = g_new0 (gint, s->n_demands + 1);
  sheet->queue_metrics = g_new0 (guint, s->n_queues + 1);
  sheet->link_metrics = g_new0 (guint, s->n_links + 1);
  sheet->link_closed = g_new0 (guint, s->n_links + 1);
  sheet->shipment_metrics = g_new0 (guint, s->n_shipments + 1);
  sheet->gate_metrics = g_new0 (guint, sheet->n_gates + 1);
  for (guint c = 0; c < s->n_commodities; c++)
    sf_book_add_commodity (book, s->commodities[c].id,
                           sf_unit_name (s->commodities[c].unit));
  add_series (sheet, book, gates);
  add_all_metrics (sheet, book, gates);
  return sheet;
}

void
sf_sheet_free (SfSheet *sheet)
{
  if (!sheet)
    return;
  g_free (sheet->market);
  g_free (sheet->gate);
  g_free (sheet->demand_served);
  g_free (sheet->market_metrics);
  g_free (sheet->demand_unmet);
  g_free (sheet->demand_persons);
  g_free (sheet->queue_metrics);
  g_free (sheet->link_metrics);
  g_free (sheet->link_closed);
  g_free (sheet->shipment_metrics);
  g_free (sheet->gate_metrics);
  g_free (sheet->month_of_day);
  g_free (sheet);
}

/* ---- The end of a run --------------------------------------------------- */

/* First day of the first run of at least `need` days below `limit`; NAN when
 * there is none. `*count` gets the days below the limit in such runs. */
static double
first_spell (const float *curve, guint days, double limit, guint need,
             double *count)
{
  double first = NAN;
  guint length = 0;
  *count = 0;
  for (guint day = 0; day <= days; day++) {
    if (day < days && curve[day] < limit) {
      length++;
      continue;
    }
    if (length >= need) {
      *count += length;
      if (isnan (first))
        first = day - length;
    }
    length = 0;
  }
  return first;
}

/* Days from the start of a shortage until the first of `need` days on end at
 * or above `limit`: two thresholds, so that a flicker is no recovery. NAN when
 * there was no shortage, or no recovery within the run (censored). */
static double
days_to_recover (const float *curve, guint days, double start, double limit,
                 guint need)
{
  guint length = 0;
  if (isnan (start))
    return NAN;
  for (guint day = (guint)start; day < days; day++) {
    length = curve[day] >= limit ? length + 1 : 0;
    if (length == need)
      return day + 1 - need - start;
  }
  return NAN;
}

static void
finish_market (const SfSheet *sheet, const SfTotals *totals, guint m,
               SfRecord *record)
{
  const SfScenario *s = sheet->scenario;
  const gint *series = sheet->market[m];
  double *out = record->metrics + sheet->market_metrics[m];
  double unmet = 0, wanted = 0, count;
  for (guint d = 0; d < s->n_demands; d++) {
    if (s->demands[d].node != s->markets[m].node
        || s->demands[d].commodity != s->markets[m].commodity)
      continue;
    unmet += totals->unmet[d];
    wanted += totals->wanted[d];
    record->metrics[sheet->demand_unmet[d]] = totals->unmet[d];
    if (sheet->demand_persons[d] >= 0)
      record->metrics[sheet->demand_persons[d]] = totals->person_days[d];
  }
  out[SF_METRIC_SERVED] = wanted > 0 ? 1 - unmet / wanted : 1;
  out[SF_METRIC_UNMET] = unmet;
  guint need = (guint)s->shortage_days;
  const float *served
      = record->curves + (gsize)series[SF_MARKET_SERVED_FRAC] * sheet->days;
  double start
      = first_spell (served, sheet->days, s->shortage_frac, need, &count);
  out[SF_METRIC_SHORTAGE_START] = start;
  out[SF_METRIC_SHORTAGE_DAYS] = count;
  out[SF_METRIC_RECOVERY]
      = days_to_recover (served, sheet->days, start, s->recovery_frac, need);
  out[SF_METRIC_DRY_DAY] = first_spell (
      record->curves + (gsize)series[SF_MARKET_OPEN_FRAC] * sheet->days,
      sheet->days, DRY_FRAC, 1, &count);
}

static double
sum_of (const SfSheet *sheet, const SfRecord *record, gint series, gint month)
{
  const float *curve = record->curves + (gsize)series * sheet->days;
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

void
sf_sheet_finish (const SfSheet *sheet, const SfTotals *totals, SfRecord *record)
{
  for (guint m = 0; m < sheet->scenario->n_markets; m++)
    finish_market (sheet, totals, m, record);
  finish_nation (sheet, record);
}
