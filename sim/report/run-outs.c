/* run-outs.c - how likely the capital has run out by each day. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/run-outs.h"

#include <math.h>
#include <string.h>

#include "sim/observe/measures.h"
#include "sim/report/csv.h"

static const SfColumn columns[] = {
  { "date", "#date" },
  { "day", "#date+day" },
  { "place", "#loc+code" },
  { "commodity", "#item+code" },
  { "class", "#population+group" },
  { "run_out_prob", "#indicator+prob+num" },
  { "n", "#meta+replications+num" },
  { NULL, NULL },
};

/* Counts, by day, the replications that run out on it; returns how many
 * replications are done. */
static guint
count_run_outs (const SfResults *r, guint series, const SfServiceRule *rule,
                guint *counts)
{
  guint done = 0;
  for (guint i = 0; i < r->n; i++) {
    SfRecord record = sf_results_record (r, i);
    double short_days;
    if (record.head[SF_HEAD_STATUS] != SF_RECORD_DONE)
      continue;
    done++;
    double start = sf_service_shortage (
        record.curves + (gsize)series * rule->days, rule, &short_days);
    if (!isnan (start))
      counts[(guint)start + rule->need_days - 1]++;
  }
  return done;
}

static void
put_series (SfCsv *csv, const SfResults *r, guint series,
            const SfServiceRule *rule)
{
  char date[SF_DATE_SIZE];
  const SfSeries *s = sf_book_series (r->book, series);
  g_autofree guint *counts = g_new0 (guint, rule->days + 1);
  guint done = count_run_outs (r, series, rule, counts);
  guint n = 0;
  for (guint day = 0; day < rule->days; day++) {
    n += counts[day];
    sf_csv_raw (csv, sf_date_format (date, r->scenario->start + (SfDate)day));
    sf_csv_count (csv, day);
    sf_csv_text (csv, s->place);
    sf_csv_text (csv, s->commodity);
    sf_csv_text (csv, s->class);
    sf_csv_short (csv, done > 0 ? (double)n / done : NAN);
    sf_csv_count (csv, done);
    sf_csv_row (csv);
  }
}

gboolean
sf_run_outs_write (const SfResults *results, const char *folder,
                   gboolean has_hxl, GError **error)
{
  g_return_val_if_fail (results && folder, FALSE);
  const SfScenario *s = results->scenario;
  SfServiceRule rule = { .shock = sf_scenario_shock_day (s),
                         .days = sf_book_days (results->book),
                         .shortage_frac = s->shortage_frac,
                         .recovery_frac = s->recovery_frac,
                         .need_days = MAX (1, (guint)s->shortage_days) };
  SfCsv *csv = sf_csv_create (folder, "run-outs.csv", columns, has_hxl, error);
  if (!csv)
    return FALSE;
  for (guint i = 0; i < sf_book_n_series (results->book); i++) {
    const SfSeries *series = sf_book_series (results->book, i);
    if (s->capital >= 0 && strcmp (series->measure, "served_frac") == 0
        && strcmp (series->place, s->nodes[s->capital].id) == 0)
      put_series (csv, results, i, &rule);
  }
  return sf_csv_commit (csv, error);
}
