/* made-results.h - four replications of a made-up scenario, for tests of what is written of them. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A capital that wants oil, a border, 18 days. Replications 0, 1 and 3 are
 * done, 2 has failed.
 */
#pragma once

#include <math.h>

#include "sim/report/tables.h"

#define DAYS 18u /* 2025-07-01, a Tuesday: one whole week from 7 July */
#define RUNS 4u

typedef struct {
  SfScenario scenario;
  SfNodeSpec node;
  SfCommodity commodity;
  SfMarketSpec market;
  SfClassSpec class;
  SfAssumption assumptions[2];
  SfBook *book;
  char *memory;
  SfResults results;
} Made;

static const char scenario_text[]
    = "{\"format\":1,\"name\":\"two\",\"capital\":\"c\","
      "\"time\":{\"start\":\"2025-07-01\",\"end\":\"2025-07-18\"},"
      "\"commodities\":{\"oil\":{\"title\":\"Oil "
      "\\\"x\\\"\",\"kind\":\"fuel\"}},"
      "\"nodes\":{\"c\":{\"title\":\"Capital\",\"kind\":\"capital\","
      "\"lat_deg\":12,\"lon_deg\":-8},\"p\":{\"kind\":\"port\","
      "\"lat_deg\":14,\"lon_deg\":-17},\"b\":{\"title\":\"Border\","
      "\"kind\":\"border\",\"lat_deg\":13,\"lon_deg\":-12}},"
      "\"links\":{\"pb\":{\"from\":\"p\",\"to\":\"b\",\"mode\":\"road\"},"
      "\"bc\":{\"from\":\"b\",\"to\":\"c\"},"
      "\"air\":{\"from\":\"p\",\"to\":\"c\",\"mode\":\"air\"}},"
      "\"events\":{\"e\":{\"kind\":\"set\",\"date\":\"2025-07-05\","
      "\"label\":\"a\\tlabel\"},\"f\":{\"kind\":\"close\","
      "\"date\":\"2025-07-06\",\"duration_days\":3,\"label\":\"closed\"},"
      "\"g\":{\"kind\":\"set\",\"date\":\"2025-07-05\",\"label\":\"other\"},"
      "\"h\":{\"kind\":\"set\",\"date\":\"2025-08-05\",\"label\":\"late\"},"
      "\"i\":{\"kind\":\"set\",\"date\":\"2025-07-07\"}}}";

static inline void
fill_records (Made *made)
{
  for (guint i = 0; i < RUNS; i++) {
    SfRecord r = sf_results_record (&made->results, i);
    r.head[SF_HEAD_STATUS] = SF_RECORD_DONE;
    r.head[SF_HEAD_FINGERPRINT] = 255 + i;
    r.head[SF_HEAD_EVENTS] = 1000;
    for (guint d = 0; d < DAYS; d++) {
      r.curves[d] = (float)(0.25 * i);        /* served_frac */
      r.curves[DAYS + d] = (float)(d * 1e-3); /* cover_days */
      r.curves[2 * DAYS + d] = (float)i;      /* entered at b */
      r.curves[3 * DAYS + d] = d == 7 ? 2 : 0;
      r.curves[4 * DAYS + d] = (float)i; /* entered, country */
      r.curves[5 * DAYS + d] = 0;
    }
    r.metrics[0] = i == 1 ? NAN : 3 + i;
    r.metrics[1] = 4;
    r.metrics[2] = 1.5;
    r.metrics[3] = 2;
    r.metrics[4] = 0.9;
    r.metrics[5] = i == 3 ? NAN : 12;
    r.metrics[6] = 7.25;
    r.metrics[7] = 2.5e6;
    r.ledger[SF_LEDGER_LOADED] = 10;
    r.ledger[SF_LEDGER_CONSUMED] = 10;
  }
  SfRecord failed = sf_results_record (&made->results, 2);
  failed.head[SF_HEAD_STATUS] = SF_RECORD_FAILED;
  g_strlcpy (failed.message, "too many, events", SF_RECORD_MESSAGE);
}

static inline void
make_scenario (Made *made)
{
  SfScenario *s = &made->scenario;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  s->doc = sf_json_parse (scenario_text, sizeof scenario_text - 1, "two.json",
                          mistakes);
  g_assert_nonnull (s->doc);
  s->name = "two";
  s->title = "Two roads";
  g_assert_true (sf_date_parse ("2025-07-01", &s->start));
  s->end = s->start + (SfDate)DAYS - 1;
  s->shortage_days = 2;
  s->shortage_frac = 0.5;
  made->node = (SfNodeSpec){ .id = "c", .title = "Capital" };
  made->commodity = (SfCommodity){ .id = "oil", .title = "Oil" };
  made->assumptions[0] = (SfAssumption){
    .pointer = (char *)"/nodes/a~1b/x_frac",
    .value = 0.3,
    .low = NAN,
    .high = NAN,
    .dist = SF_DIST_TRIANGULAR,
    .p = { 0.1, 0.3, 0.6 },
    .named = -1,
    .source = "A4, B2",
    .confidence = "estimate",
    .help = "=x",
  };
  made->assumptions[1] = (SfAssumption){
    .pointer = (char *)"/y_h",
    .value = 6,
    .low = 5,
    .high = 7,
    .named = 0,
    .factor = 2,
  };
  made->class = (SfClassSpec){ .id = "home", .title = "Homes" };
  s->classes = &made->class;
  s->n_classes = 1;
  s->nodes = &made->node;
  s->commodities = &made->commodity;
  s->markets = &made->market;
  s->assumptions = made->assumptions;
  s->n_nodes = s->n_commodities = s->n_markets = 1;
  s->n_assumptions = 2;
}

static inline Made *
made_new (void)
{
  Made *made = g_new0 (Made, 1);
  make_scenario (made);
  made->book = sf_book_new (DAYS);
  sf_book_add_series (made->book, "c", "oil", "", "served_frac");
  sf_book_add_series (made->book, "c", "oil", "", "cover_days");
  sf_book_add_series (made->book, "b", "", "", "entered_count");
  sf_book_add_series (made->book, "b", "", "", "lost_count");
  sf_book_add_series (made->book, "", "", "", "entered_count");
  sf_book_add_series (made->book, "", "", "", "lost_count");
  sf_book_add_metric (made->book, "shortage_start_day", "c", "oil", "", "");
  sf_book_add_metric (made->book, "shortage_days_count", "c", "oil", "", "");
  sf_book_add_metric (made->book, "loaded_trucks_per_day", "pb", "", "", "");
  sf_book_add_metric (made->book, "lost_count", "pb", "", "", "");
  sf_book_add_metric (made->book, "served_frac", "c", "oil", "", "");
  sf_book_add_metric (made->book, "time_to_survive_days", "c", "oil", "", "");
  sf_book_add_metric (made->book, "resilience_loss_frac_days", "c", "oil", "",
                      "");
  sf_book_add_metric (made->book, "person_days_without", "c", "oil", "home",
                      "");
  sf_book_add_commodity (made->book, "oil", "m3");
  gsize stride = sf_record_size (made->book);
  made->memory = g_malloc0 (stride * RUNS);
  made->results = (SfResults){ &made->scenario, made->book, 7, RUNS,
                               made->memory,    stride };
  fill_records (made);
  return made;
}

static inline void
made_free (Made *made)
{
  sf_json_doc_free (made->scenario.doc);
  sf_book_free (made->book);
  g_free (made->memory);
  g_free (made);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Made, made_free)
