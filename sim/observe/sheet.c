/* sheet.c - what a run records, and where. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/sheet.h"

#include <string.h>

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
  static const char *const gate_rows[] = { "entered_count", "waiting_count",
                                           "waiting_fuel_count", "lost_count" };
  static const char *const line_rows[] = { "system_h", "length_count" };
  static const char *const nation_rows[]
      = { "imported_fuel_m3", "cleared_fuel_m3",    "entered_fuel_count",
          "entered_count",    "arrived_fuel_count", "lost_count",
          "lost_fuel_count",  "convoys_count",      "convoys_arrived_count" };
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
  for (guint q = 0; q < s->n_queues; q++)
    for (guint i = 0; i < SF_LINE_N_SERIES; i++)
      sheet->line[q][i] = (gint)sf_book_add_series (book, s->queues[q].id, "",
                                                    "", line_rows[i]);
  for (guint i = 0; i < SF_NATION_N_SERIES; i++)
    sheet->nation[i]
        = (gint)sf_book_add_series (book, "", "", "", nation_rows[i]);
}

/* Gauges are series under the model's id, and their mean and maximum. */
static void
add_gauges (SfSheet *sheet, SfBook *book)
{
  const SfScenario *s = sheet->scenario;
  for (guint m = 0; m < s->n_models; m++) {
    const SfModelSpec *k = &s->models[m];
    sheet->gauge_series[m] = -1;
    if (!k->is_on || !k->info->gauges)
      continue;
    g_auto (GStrv) names = g_strsplit (k->info->gauges, "|", -1);
    sheet->gauge_series[m] = (gint)sf_book_n_series (book);
    sheet->gauge_metrics[m] = sf_book_n_metrics (book);
    for (gsize i = 0; names[i]; i++) {
      g_autofree char *mean = g_strconcat ("mean_", names[i], NULL);
      g_autofree char *max = g_strconcat ("max_", names[i], NULL);
      sf_book_add_series (book, k->id, "", "", names[i]);
      sf_book_add_metric (book, mean, k->id, "", "", "");
      sf_book_add_metric (book, max, k->id, "", "", "");
      sheet->n_gauges[m]++;
    }
  }
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
  const char *const names[SF_METRIC_SERVICE]
      = { "shortage_start_day", "shortage_days_count", "served_frac", unmet,
          "stations_dry_day" };
  const char *node = s->nodes[k->node].id;
  const char *commodity = s->commodities[k->commodity].id;
  sheet->market_metrics[m]
      = add_metrics (book, names, SF_METRIC_SERVICE, node, commodity, "", "");
  add_metrics (book, sf_service_names, SF_SERVICE_N, node, commodity, "", "");
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
  sheet->demand_service[d] = -1;
  if (sheet->demand_served[d] >= 0)
    sheet->demand_service[d] = (gint)add_metrics (
        book, sf_service_names, SF_SERVICE_N, node, commodity, class, "");
}

/* How unlike places are served can be said of two or more. */
static void
add_gini (SfSheet *sheet, SfBook *book, guint c)
{
  const SfScenario *s = sheet->scenario;
  guint n = 0;
  for (guint m = 0; m < s->n_markets; m++)
    n += s->markets[m].commodity == (gint)c;
  sheet->gini[c] = -1;
  if (n >= 2)
    sheet->gini[c] = (gint)sf_book_add_metric (book, "served_gini_frac", "",
                                               s->commodities[c].id, "", "");
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
  static const char *const attack[SF_ATTACK_N_METRICS]
      = { "attack_trucks_count", "attack_lost_count", "attack_day" };
  for (guint e = 0; e < s->n_events; e++)
    sheet->attack_metrics[e]
        = g_strcmp0 (s->events[e].kind, "attack") == 0 ? (gint)add_metrics (
              book, attack, SF_ATTACK_N_METRICS, s->events[e].id, "", "", "")
                                                       : -1;
  sheet->cost_metric = sf_book_add_metric (book, "cost_xof", "", "", "", "");
  sheet->nation_metrics
      = add_metrics (book, nation, SF_NATION_N_METRICS, "", "", "", "");
  add_months (sheet, book);
  for (guint m = 0; m < s->n_markets; m++)
    add_market_metrics (sheet, book, m);
  for (guint d = 0; d < s->n_demands; d++)
    add_demand_metric (sheet, book, d);
  for (guint c = 0; c < s->n_commodities; c++)
    add_gini (sheet, book, c);
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
  sheet->demand_service = g_new0 (gint, s->n_demands + 1);
  sheet->gini = g_new0 (gint, s->n_commodities + 1);
  sheet->queue_metrics = g_new0 (guint, s->n_queues + 1);
  sheet->line = g_malloc_n (s->n_queues + 1, sizeof *sheet->line);
  sheet->n_gauges = g_new0 (guint, s->n_models + 1);
  sheet->gauge_series = g_new0 (gint, s->n_models + 1);
  sheet->gauge_metrics = g_new0 (guint, s->n_models + 1);
  sheet->attack_metrics = g_new0 (gint, s->n_events + 1);
  sheet->link_metrics = g_new0 (guint, s->n_links + 1);
  sheet->link_closed = g_new0 (guint, s->n_links + 1);
  sheet->shipment_metrics = g_new0 (guint, s->n_shipments + 1);
  sheet->gate_metrics = g_new0 (guint, sheet->n_gates + 1);
  for (guint c = 0; c < s->n_commodities; c++)
    sf_book_add_commodity (book, s->commodities[c].id,
                           sf_unit_name (s->commodities[c].unit));
  add_series (sheet, book, gates);
  add_gauges (sheet, book);
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
  g_free (sheet->demand_service);
  g_free (sheet->gini);
  g_free (sheet->queue_metrics);
  g_free (sheet->line);
  g_free (sheet->n_gauges);
  g_free (sheet->gauge_series);
  g_free (sheet->gauge_metrics);
  g_free (sheet->attack_metrics);
  g_free (sheet->link_metrics);
  g_free (sheet->link_closed);
  g_free (sheet->shipment_metrics);
  g_free (sheet->gate_metrics);
  g_free (sheet->month_of_day);
  g_free (sheet);
}
