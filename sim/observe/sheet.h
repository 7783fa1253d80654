/* sheet.h - what a run records, and where. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheet fills a book and keeps, for every thing in the world, the index of
 * its series and metrics. The world adds amounts under these indices; at
 * midnight the day is written to the record. What a measure means is defined
 * here, in measures.h and in models/README.md, nowhere else.
 */
#pragma once

#include "sim/observe/book.h"
#include "sim/observe/measures.h"
#include "sim/scenario/scenario.h"

/* Series of a market; -1 where a series is not kept. */
typedef enum {
  SF_MARKET_DEPOT_STOCK,
  SF_MARKET_STATION_STOCK,
  SF_MARKET_HOUSEHOLD_STOCK,
  SF_MARKET_COVER_DAYS,
  SF_MARKET_OPEN_FRAC,
  SF_MARKET_SERVED_FRAC,
  SF_MARKET_PURCHASE_FRAC,
  SF_MARKET_RECEIVED,
  SF_MARKET_N_SERIES,
} SfMarketSeries;

/* Series of a gate. */
typedef enum {
  SF_GATE_ENTERED,
  SF_GATE_WAITING,
  SF_GATE_WAITING_FUEL, /* tankers of these, loaded */
  SF_GATE_LOST,
  SF_GATE_N_SERIES,
} SfGateSeries;

/* Series of a queue. */
typedef enum {
  SF_LINE_SYSTEM, /* mean hours from arrival to clearance of the trucks that
                     were cleared on the day; NAN: none was */
  SF_LINE_LENGTH, /* trucks at noon: waiting and in service */
  SF_LINE_N_SERIES,
} SfLineSeries;

/* Series of the country. */
typedef enum {
  SF_NATION_IMPORTED_FUEL,
  SF_NATION_CLEARED_FUEL,    /* of that, as the customs series has it */
  SF_NATION_ENTERED_FUEL,    /* tankers */
  SF_NATION_ENTERED,         /* all trucks */
  SF_NATION_ARRIVED_FUEL,    /* loaded tankers that reach the capital */
  SF_NATION_LOST,            /* trucks burnt or seized */
  SF_NATION_LOST_FUEL,       /* tankers of these, loaded or empty */
  SF_NATION_CONVOYS,         /* convoys that end with a truck left */
  SF_NATION_CONVOYS_ARRIVED, /* of SF_CONVOY_MIN trucks or more that reach the
                                capital */
  SF_NATION_N_SERIES,
} SfNationSeries;

/* Fewer trucks than this are no convoy to be counted when they arrive. */
#define SF_CONVOY_MIN 25

typedef struct {
  const SfBook *book; /* borrowed, as is the scenario */
  const SfScenario *scenario;
  guint days, n_gates;
  gint (*market)[SF_MARKET_N_SERIES]; /* by market */
  gint *demand_served;                /* by demand */
  gint (*gate)[SF_GATE_N_SERIES];     /* by gate */
  gint nation[SF_NATION_N_SERIES];
  gint (*line)[SF_LINE_N_SERIES]; /* by queue */
  guint *n_gauges;                /* by model */
  gint *gauge_series; /* first of a model's gauges, by model; -1: it is off
                          or has none */
  /* Metrics */
  guint *market_metrics;   /* first of SF_MARKET_N_METRICS, by market */
  guint *demand_unmet;     /* by demand */
  gint *demand_persons;    /* person-days without; by demand, or -1 where the
                              scenario names no persons */
  gint *demand_service;    /* first of SF_SERVICE_N, by demand; -1: no curve */
  gint *gini;              /* of the served share over places, by commodity;
                              -1 where fewer than two places have it */
  guint *queue_metrics;    /* first of SF_QUEUE_N_METRICS, by queue */
  guint *link_metrics;     /* loaded trucks a day, lost; by link */
  guint *link_closed;      /* days closed, by link */
  guint *shipment_metrics; /* delivered, by shipment */
  guint *gauge_metrics;    /* first of SF_GAUGE_N_METRICS a gauge, by model */
  gint *attack_metrics;    /* first of SF_ATTACK_N_METRICS, by event row; -1 */
  guint cost_metric;       /* XOF of levers and models, over the run */
  guint *gate_metrics;     /* first of SF_GATE_N_METRICS, by gate */
  guint nation_metrics;    /* first of SF_NATION_N_METRICS */
  guint month_first;       /* SF_MONTH_N_METRICS a month */
  guint n_months;
  gint *month_of_day; /* by day */
} SfSheet;

enum {
  SF_METRIC_SHORTAGE_START,
  SF_METRIC_SHORTAGE_DAYS,
  SF_METRIC_SERVED,
  SF_METRIC_UNMET,
  SF_METRIC_DRY_DAY,
  SF_METRIC_SERVICE, /* first of SF_SERVICE_N */
  SF_MARKET_N_METRICS = SF_METRIC_SERVICE + SF_SERVICE_N
};
enum {
  SF_QUEUE_WAIT,
  SF_QUEUE_SYSTEM,
  SF_QUEUE_WAITED,
  SF_QUEUE_TURNED,
  SF_QUEUE_LENGTH,
  SF_QUEUE_SERVED,
  SF_QUEUE_N_METRICS
};
enum { SF_GAUGE_MEAN, SF_GAUGE_MAX, SF_GAUGE_N_METRICS };
enum {
  SF_ATTACK_TRUCKS, /* met; NAN: nobody came */
  SF_ATTACK_LOST,   /* burnt or seized */
  SF_ATTACK_DAY,
  SF_ATTACK_N_METRICS
};
enum { SF_GATE_ENTERED_DAY, SF_GATE_WAIT, SF_GATE_LOST_ALL, SF_GATE_N_METRICS };
enum {
  SF_NATION_ENTERED_DAY,
  SF_NATION_FUEL_DAY,
  SF_NATION_LOST_ALL,
  SF_NATION_CONVOYS_ALL,
  SF_NATION_N_METRICS
};
enum {
  SF_MONTH_FUEL,
  SF_MONTH_ENTERED,
  SF_MONTH_LOST,
  SF_MONTH_CONVOYS,
  SF_MONTH_N_METRICS
};

/* Lays out a book, which stays the caller's. `gates` are the names of the
 * corridors, in the order in which the world counts them; borrowed. */
SfSheet *sf_sheet_new (SfBook *book, const SfScenario *scenario,
                       const char *const *gates, guint n_gates);
void sf_sheet_free (SfSheet *sheet);

/* What the world summed up over the run. */
typedef struct {
  const double *unmet, *wanted; /* amounts, by demand */
  const double *person_days;    /* by demand: persons who depend on it times
                                   the share not served, day by day */
} SfTotals;

/* Fills the metrics that follow from the curves and the totals, as measures.h
 * defines them; called once the run is over. */
void sf_sheet_finish (const SfSheet *sheet, const SfTotals *totals,
                      SfRecord *record);
