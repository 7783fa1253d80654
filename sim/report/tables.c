/* tables.c - the tables of a result folder. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/tables.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/observe/stats.h"
#include "sim/report/csv.h"
#include "sim/report/run-outs.h"

/* Values of a block of days that are sorted together: what a cache holds. */
#define BLOCK_VALUES 65536u
/* At least this many days a block: a cache line of every record is used up. */
#define BLOCK_DAYS_MIN 16u

const char *const sf_results_files[]
    = { "summary.txt",      "metrics.csv", "run-outs.csv",    "curves.csv",
        "weekly.csv",       "events.csv",  "assumptions.csv", "ledger.csv",
        "replications.csv", "samples.csv", "causes.csv",      "causes.txt",
        "manifest.json",    NULL };

/* The records that are done, and where to. */
typedef struct {
  const SfResults *results;
  guint n;                  /* done */
  SfRecord *records;        /* n */
  guint *replications;      /* n: which they are */
  double *values, *scratch; /* n each */
  const char *folder;
  gboolean has_hxl;
} Job;

SfRecord
sf_results_record (const SfResults *r, guint i)
{
  g_assert (i < r->n);
  return sf_record_view (r->book, (char *)r->memory + r->stride * i);
}

static gboolean
is_done (const SfResults *r, guint i)
{
  return sf_results_record (r, i).head[SF_HEAD_STATUS] == SF_RECORD_DONE;
}

guint
sf_results_done (const SfResults *r)
{
  guint n = 0;
  for (guint i = 0; i < r->n; i++)
    n += is_done (r, i);
  return n;
}

guint
sf_results_failed (const SfResults *r)
{
  guint n = 0;
  for (guint i = 0; i < r->n; i++)
    n += !is_done (r, i) && sf_results_record (r, i).message[0];
  return n;
}

/* Quantile cells are the same in curves and metrics. */
static void
put_quantiles (SfCsv *csv, const SfSummary *s,
               void (*put) (SfCsv *csv, double number))
{
  put (csv, s->p05);
  put (csv, s->p25);
  put (csv, s->p50);
  put (csv, s->p75);
  put (csv, s->p95);
}

/* ---- curves.csv --------------------------------------------------------- */

static const SfColumn curve_columns[] = {
  { "date", "#date" },
  { "day", "#date+day" },
  { "place", "#loc+code" },
  { "commodity", "#item+code" },
  { "class", "#population+group" },
  { "measure", "#indicator+name" },
  { "mean", "#indicator+mean+num" },
  { "sd", "#indicator+sd+num" },
  { "p05", "#indicator+p05+num" },
  { "p25", "#indicator+p25+num" },
  { "p50", "#indicator+median+num" },
  { "p75", "#indicator+p75+num" },
  { "p95", "#indicator+p95+num" },
  { "n", "#meta+replications+num" },
  { NULL, NULL },
};

/* "place,commodity,class,measure", escaped. */
static char *
series_cells (const SfSeries *s)
{
  GString *cells = g_string_new (NULL);
  sf_text_csv (cells, s->place);
  g_string_append_c (cells, ',');
  sf_text_csv (cells, s->commodity);
  g_string_append_c (cells, ',');
  sf_text_csv (cells, s->class);
  g_string_append_c (cells, ',');
  sf_text_csv (cells, s->measure);
  return g_string_free (cells, FALSE);
}

static void
put_day (const Job *job, SfCsv *csv, guint day, const char *cells,
         const double *values)
{
  char date[SF_DATE_SIZE];
  SfSummary s;
  sf_summary_brief (values, job->n, job->scratch, &s);
  sf_csv_raw (
      csv, sf_date_format (date, job->results->scenario->start + (SfDate)day));
  sf_csv_count (csv, day);
  sf_csv_raw (csv, cells);
  sf_csv_short (csv, s.mean);
  sf_csv_short (csv, s.sd);
  put_quantiles (csv, &s, sf_csv_short);
  sf_csv_count (csv, s.n);
  sf_csv_row (csv);
}

/* One series. Records hold a curve day after day; a day needs all records
 * side by side. So a block of days is turned round at a time. */
static void
put_series (const Job *job, SfCsv *csv, guint series, double *block,
            guint block_days)
{
  guint days = sf_book_days (job->results->book);
  g_autofree char *cells
      = series_cells (sf_book_series (job->results->book, series));
  for (guint first = 0; first < days; first += block_days) {
    guint n_days = MIN (block_days, days - first);
    for (guint i = 0; i < job->n; i++) {
      const float *curve
          = job->records[i].curves + (gsize)series * days + first;
      for (guint d = 0; d < n_days; d++)
        block[(gsize)d * job->n + i] = (double)curve[d];
    }
    for (guint d = 0; d < n_days; d++)
      put_day (job, csv, first + d, cells, block + (gsize)d * job->n);
  }
}

static gboolean
write_curves (const Job *job, GError **error)
{
  SfCsv *csv = sf_csv_create (job->folder, "curves.csv", curve_columns,
                              job->has_hxl, error);
  if (!csv)
    return FALSE;
  guint block_days = MAX (BLOCK_VALUES / MAX (job->n, 1), BLOCK_DAYS_MIN);
  block_days = MIN (block_days, MAX (sf_book_days (job->results->book), 1));
  g_autofree double *block = g_new (double, (gsize)block_days * job->n + 1);
  for (guint i = 0; i < sf_book_n_series (job->results->book); i++)
    put_series (job, csv, i, block, block_days);
  return sf_csv_commit (csv, error);
}

/* ---- weekly.csv --------------------------------------------------------- */

static const SfColumn week_columns[] = {
  { "week", "#date+week" },          { "place", "#loc+code" },
  { "commodity", "#item+code" },     { "class", "#population+group" },
  { "measure", "#indicator+name" },  { "mean", "#indicator+mean+num" },
  { "sd", "#indicator+sd+num" },     { "p05", "#indicator+p05+num" },
  { "p25", "#indicator+p25+num" },   { "p50", "#indicator+median+num" },
  { "p75", "#indicator+p75+num" },   { "p95", "#indicator+p95+num" },
  { "n", "#meta+replications+num" }, { NULL, NULL },
};

/* What is a sum over the day, so that days can be added up. */
static gboolean
is_flow (const char *measure)
{
  static const char *const stems[]
      = { "entered_", "lost_", "convoys_", "received_", "imported_" };
  for (gsize i = 0; i < G_N_ELEMENTS (stems); i++)
    if (g_str_has_prefix (measure, stems[i]))
      return TRUE;
  return FALSE;
}

/* The days of a week, added up in every replication. */
static void
put_week (const Job *job, SfCsv *csv, guint series, guint first,
          const char *cells)
{
  char date[SF_DATE_SIZE];
  guint days = sf_book_days (job->results->book);
  SfSummary s;
  for (guint i = 0; i < job->n; i++) {
    const float *curve = job->records[i].curves + (gsize)series * days + first;
    job->values[i] = 0;
    for (guint d = 0; d < 7; d++)
      job->values[i] += (double)curve[d];
  }
  sf_summary_brief (job->values, job->n, job->scratch, &s);
  sf_csv_raw (csv, sf_date_format (date, job->results->scenario->start
                                             + (SfDate)first));
  sf_csv_raw (csv, cells);
  sf_csv_short (csv, s.mean);
  sf_csv_short (csv, s.sd);
  put_quantiles (csv, &s, sf_csv_short);
  sf_csv_count (csv, s.n);
  sf_csv_row (csv);
}

/* Whole weeks only, from Monday on: a part of a week is no week. */
static gboolean
write_weekly (const Job *job, GError **error)
{
  const SfBook *book = job->results->book;
  guint monday
      = (guint)(7 - sf_date_weekday (job->results->scenario->start)) % 7;
  SfCsv *csv = sf_csv_create (job->folder, "weekly.csv", week_columns,
                              job->has_hxl, error);
  if (!csv)
    return FALSE;
  for (guint i = 0; i < sf_book_n_series (book); i++) {
    const SfSeries *series = sf_book_series (book, i);
    if (!is_flow (series->measure))
      continue;
    g_autofree char *cells = series_cells (series);
    for (guint day = monday; day + 7 <= sf_book_days (book); day += 7)
      put_week (job, csv, i, day, cells);
  }
  return sf_csv_commit (csv, error);
}

/* ---- metrics.csv and samples.csv ---------------------------------------- */

static const SfColumn metric_columns[] = {
  { "metric", "#indicator+name" },
  { "place", "#loc+code" },
  { "commodity", "#item+code" },
  { "class", "#population+group" },
  { "period", "#date+period" },
  { "mean", "#indicator+mean+num" },
  { "sd", "#indicator+sd+num" },
  { "se", "#indicator+se+num" },
  { "ci95_low", "#indicator+mean+low+num" },
  { "ci95_high", "#indicator+mean+high+num" },
  { "p05", "#indicator+p05+num" },
  { "p25", "#indicator+p25+num" },
  { "p50", "#indicator+median+num" },
  { "p75", "#indicator+p75+num" },
  { "p95", "#indicator+p95+num" },
  { "n", "#meta+replications+num" },
  { "n_missing", "#meta+missing+num" },
  { NULL, NULL },
};

static const SfColumn sample_columns[] = {
  { "replication", "#meta+replication" },
  { "metric", "#indicator+name" },
  { "place", "#loc+code" },
  { "commodity", "#item+code" },
  { "class", "#population+group" },
  { "period", "#date+period" },
  { "value", "#indicator+value+num" },
  { NULL, NULL },
};

/* "metric,place,commodity,class,period", escaped. */
static char *
metric_cells (const SfMetric *m)
{
  const char *const texts[]
      = { m->metric, m->place, m->commodity, m->class, m->period };
  GString *cells = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (i > 0)
      g_string_append_c (cells, ',');
    sf_text_csv (cells, texts[i]);
  }
  return g_string_free (cells, FALSE);
}

static void
put_metric (const Job *job, SfCsv *csv, guint m)
{
  g_autofree char *cells
      = metric_cells (sf_book_metric (job->results->book, m));
  SfSummary s;
  for (guint i = 0; i < job->n; i++)
    job->values[i] = job->records[i].metrics[m];
  sf_summary (job->values, job->n, job->scratch, &s);
  sf_csv_raw (csv, cells);
  sf_csv_number (csv, s.mean);
  sf_csv_number (csv, s.sd);
  sf_csv_number (csv, s.se);
  sf_csv_number (csv, s.mean - s.ci95);
  sf_csv_number (csv, s.mean + s.ci95);
  put_quantiles (csv, &s, sf_csv_number);
  sf_csv_count (csv, s.n);
  sf_csv_count (csv, s.n_missing);
  sf_csv_row (csv);
}

static gboolean
write_metrics (const Job *job, GError **error)
{
  SfCsv *csv = sf_csv_create (job->folder, "metrics.csv", metric_columns,
                              job->has_hxl, error);
  if (!csv)
    return FALSE;
  for (guint m = 0; m < sf_book_n_metrics (job->results->book); m++)
    put_metric (job, csv, m);
  return sf_csv_commit (csv, error);
}

static gboolean
write_samples (const Job *job, GError **error)
{
  SfCsv *csv = sf_csv_create (job->folder, "samples.csv", sample_columns,
                              job->has_hxl, error);
  if (!csv)
    return FALSE;
  guint n_metrics = sf_book_n_metrics (job->results->book);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  for (guint m = 0; m < n_metrics; m++)
    g_ptr_array_add (cells,
                     metric_cells (sf_book_metric (job->results->book, m)));
  for (guint i = 0; i < job->n; i++)
    for (guint m = 0; m < n_metrics; m++) {
      sf_csv_count (csv, job->replications[i]);
      sf_csv_raw (csv, cells->pdata[m]);
      sf_csv_number (csv, job->records[i].metrics[m]);
      sf_csv_row (csv);
    }
  return sf_csv_commit (csv, error);
}

/* ---- ledger.csv and replications.csv ------------------------------------ */

static const SfColumn replication_columns[] = {
  { "replication", "#meta+replication" },
  { "status", "#status" },
  { "fingerprint", "#meta+fingerprint" },
  { "events_count", "#meta+events+num" },
  { "ties_count", "#meta+ties+num" },
  { "message", "#description" },
  { NULL, NULL },
};

static void
put_ledger (const Job *job, SfCsv *csv, guint i, guint commodity)
{
  const SfBook *book = job->results->book;
  const double *accounts
      = job->records[i].ledger + (gsize)commodity * SF_LEDGER_N;
  sf_csv_count (csv, job->replications[i]);
  sf_csv_text (csv, sf_book_commodity (book, commodity));
  sf_csv_text (csv, sf_book_unit (book, commodity));
  for (guint a = 0; a < SF_LEDGER_N; a++)
    sf_csv_number (csv, accounts[a]);
  sf_csv_number (csv, sf_imbalance_frac (accounts));
  sf_csv_row (csv);
}

static gboolean
write_ledger (const Job *job, GError **error)
{
  static const char *const tags[SF_LEDGER_N] = {
    "#value+initial+num",  "#value+loaded+num",     "#value+consumed+num",
    "#value+lost+num",     "#value+seized+num",     "#value+leaked+num",
    "#value+in_stock+num", "#value+in_transit+num", "#value+hoarded+num"
  };
  SfColumn columns[SF_LEDGER_N + 5] = { { "replication", "#meta+replication" },
                                        { "commodity", "#item+code" },
                                        { "unit", "#item+unit" } };
  for (guint a = 0; a < SF_LEDGER_N; a++)
    columns[3 + a] = (SfColumn){ sf_ledger_names[a], tags[a] };
  columns[3 + SF_LEDGER_N]
      = (SfColumn){ "imbalance_frac", "#indicator+imbalance+num" };
  SfCsv *csv
      = sf_csv_create (job->folder, "ledger.csv", columns, job->has_hxl, error);
  if (!csv)
    return FALSE;
  for (guint i = 0; i < job->n; i++)
    for (guint c = 0; c < sf_book_n_commodities (job->results->book); c++)
      put_ledger (job, csv, i, c);
  return sf_csv_commit (csv, error);
}

static void
put_replication (SfCsv *csv, guint i, const SfRecord *record)
{
  char hex[17] = "";
  gint64 status = record->head[SF_HEAD_STATUS];
  gboolean has_run = status != SF_RECORD_EMPTY;
  sf_csv_count (csv, i);
  sf_csv_text (csv, status == SF_RECORD_DONE     ? "done"
                    : status == SF_RECORD_FAILED ? "failed"
                    : record->message[0]         ? "lost"
                                                 : "not run");
  if (has_run)
    g_snprintf (hex, sizeof hex, "%016" G_GINT64_MODIFIER "x",
                (guint64)record->head[SF_HEAD_FINGERPRINT]);
  sf_csv_text (csv, hex);
  sf_csv_number (csv, has_run ? (double)record->head[SF_HEAD_EVENTS] : NAN);
  sf_csv_number (csv, has_run ? (double)record->head[SF_HEAD_TIES] : NAN);
  sf_csv_text (csv, record->message);
  sf_csv_row (csv);
}

static gboolean
write_replications (const Job *job, GError **error)
{
  SfCsv *csv = sf_csv_create (job->folder, "replications.csv",
                              replication_columns, job->has_hxl, error);
  if (!csv)
    return FALSE;
  for (guint i = 0; i < job->results->n; i++) {
    SfRecord record = sf_results_record (job->results, i);
    put_replication (csv, i, &record);
  }
  return sf_csv_commit (csv, error);
}

/* ---- assumptions.csv ---------------------------------------------------- */

static const SfColumn assumption_columns[] = {
  { "pointer", "#meta+pointer" },       { "value", "#indicator+value+num" },
  { "is_drawn", "#meta+drawn" },        { "dist", "#meta+distribution" },
  { "parameters", "#meta+parameters" }, { "low", "#indicator+low+num" },
  { "high", "#indicator+high+num" },    { "source", "#meta+source" },
  { "confidence", "#meta+confidence" }, { "note", "#description+note" },
  { "help", "#description" },           { NULL, NULL },
};

static const struct {
  const char *name;
  const char *keys[4];
} dists[] = {
  [SF_DIST_NONE] = { "", { NULL } },
  [SF_DIST_UNIFORM] = { "uniform", { "min", "max" } },
  [SF_DIST_TRIANGULAR] = { "triangular", { "min", "mode", "max" } },
  [SF_DIST_NORMAL] = { "normal", { "mean", "sd" } },
  [SF_DIST_LOGNORMAL] = { "lognormal", { "median", "sigma" } },
  [SF_DIST_BETA] = { "beta", { "min", "max", "a", "b" } },
};

static gboolean
is_in_ensemble (const SfScenario *s, const SfAssumption *a)
{
  return s->ensemble && a->column >= 0;
}

/* "min 0.1; max 0.4", or the named assumption that the number follows, or the
 * ensemble that it is taken from and the distribution it had before. */
static char *
dist_parameters (const SfScenario *s, const SfAssumption *a)
{
  char number[SF_TEXT_NUMBER_SIZE];
  if (a->named >= 0)
    return g_strdup_printf ("assumption %s; factor %s",
                            s->assumptions[a->named].pointer,
                            sf_text_number (number, a->factor));
  GString *text = g_string_new (NULL);
  g_autofree char *ensemble
      = is_in_ensemble (s, a) ? sf_scenario_ensemble_name (s) : NULL;
  if (ensemble)
    g_string_append_printf (text, "%u rows of %s; before: %s; ",
                            s->ensemble->n_rows, ensemble, dists[a->dist].name);
  for (guint i = 0; i < 4 && dists[a->dist].keys[i]; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "",
                            dists[a->dist].keys[i],
                            sf_text_number (number, a->p[i]));
  return g_string_free (text, FALSE);
}

static void
put_assumption (SfCsv *csv, const SfScenario *s, const SfAssumption *a)
{
  g_autofree char *parameters = dist_parameters (s, a);
  const SfAssumption *drawn = a->named >= 0 ? &s->assumptions[a->named] : a;
  sf_csv_text (csv, a->pointer);
  sf_csv_number (csv, a->value);
  sf_csv_text (csv, drawn->dist == SF_DIST_NONE ? "no" : "yes");
  sf_csv_text (csv, is_in_ensemble (s, drawn) ? "ensemble"
                                              : dists[drawn->dist].name);
  sf_csv_text (csv, parameters);
  sf_csv_number (csv, a->low);
  sf_csv_number (csv, a->high);
  sf_csv_text (csv, a->source);
  sf_csv_text (csv, a->confidence);
  sf_csv_text (csv, a->note);
  sf_csv_text (csv, a->help);
  sf_csv_row (csv);
}

static gboolean
write_assumptions (const Job *job, GError **error)
{
  const SfScenario *s = job->results->scenario;
  SfCsv *csv = sf_csv_create (job->folder, "assumptions.csv",
                              assumption_columns, job->has_hxl, error);
  if (!csv)
    return FALSE;
  for (guint i = 0; i < s->n_assumptions; i++)
    put_assumption (csv, s, &s->assumptions[i]);
  return sf_csv_commit (csv, error);
}

/* ---- All ---------------------------------------------------------------- */

/* Half of the tables: the two halves take about as long. */
typedef struct {
  Job job;
  gboolean is_fine;
  GError *error;
} Half;

static gpointer
write_bands (gpointer data)
{
  Half *half = data;
  half->is_fine = write_curves (&half->job, &half->error)
                  && write_weekly (&half->job, &half->error);
  return NULL;
}

static void
write_others (Half *half)
{
  const Job *job = &half->job;
  GError **error = &half->error;
  half->is_fine
      = sf_run_outs_write (job->results, job->folder, job->has_hxl, error)
        && write_metrics (job, error) && write_samples (job, error)
        && write_ledger (job, error) && write_replications (job, error)
        && write_assumptions (job, error);
}

/* One after the other when no second thread is wanted or to be had. */
static gboolean
write_halves (Half *bands, Half *others, guint jobs, GError **error)
{
  GThread *thread
      = jobs > 1 ? g_thread_try_new ("bands", write_bands, bands, NULL) : NULL;
  if (!thread)
    write_bands (bands);
  if (thread || bands->is_fine)
    write_others (others);
  if (thread)
    g_thread_join (thread);
  if (bands->error)
    g_clear_error (&others->error);
  if (bands->error || others->error)
    g_propagate_error (error, bands->error ? bands->error : others->error);
  return bands->is_fine && others->is_fine;
}

gboolean
sf_results_write (const SfResults *results, const char *folder,
                  gboolean has_hxl, guint jobs, GError **error)
{
  g_return_val_if_fail (results && folder, FALSE);
  gsize size = (gsize)results->n + 1;
  g_autofree SfRecord *records = g_new (SfRecord, size);
  g_autofree guint *replications = g_new (guint, size);
  g_autofree double *room = g_new (double, 4 * size);
  Job job = { results, 0,           records, replications,
              room,    room + size, folder,  has_hxl };
  for (guint i = 0; i < results->n; i++)
    if (is_done (results, i)) {
      records[job.n] = sf_results_record (results, i);
      replications[job.n++] = i;
    }
  Half bands = { .job = job }, others = { .job = job };
  others.job.values += 2 * size;
  others.job.scratch += 2 * size;
  return write_halves (&bands, &others, jobs, error);
}
