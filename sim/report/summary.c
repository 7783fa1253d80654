/* summary.c - the page a planner reads first. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/summary.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/observe/stats.h"
#include "sim/scenario/basis.h"

typedef struct {
  const SfResults *results;
  const SfScenario *scenario;
  GString *out;
} Page;

static void
heading (Page *page, const char *text)
{
  g_string_append_printf (page->out, "\n%s\n", text);
  for (glong i = g_utf8_strlen (text, -1); i > 0; i--)
    g_string_append_c (page->out, '-');
  g_string_append_c (page->out, '\n');
}

/* A word, and spaces up to a column. */
static void
put_padded (Page *page, const char *word, glong column)
{
  g_string_append (page->out, word);
  for (glong i = g_utf8_strlen (word, -1); i < column; i++)
    g_string_append_c (page->out, ' ');
}

/* "%.*f" with the decimal sign of the language, to be freed. */
static char *
fixed (double number, int digits)
{
  char format[8], text[400];
  g_snprintf (format, sizeof format, "%%.%df", digits);
  g_ascii_formatd (text, sizeof text, format, number);
  return g_strdup (sf_lang_decimal (text));
}

/* "3.2 (1.0 to 5.4)": the median and the band, times a factor; to be freed. */
static char *
band (const SfSummary *s, double factor, int digits)
{
  g_autofree char *middle = fixed (factor * s->p50, digits);
  g_autofree char *low = fixed (factor * s->p05, digits);
  g_autofree char *high = fixed (factor * s->p95, digits);
  return g_strdup_printf (_ ("%s (%s to %s)"), middle, low, high);
}

static const char *
title_of (const char *title, const char *id)
{
  return title && *title ? _ (title) : id;
}

/* Summary of a metric over the replications that are done; FALSE when the book
 * has no such metric. */
static gboolean
summarise (const Page *page, gint metric, SfSummary *s)
{
  const SfResults *r = page->results;
  if (metric < 0)
    return FALSE;
  g_autofree double *values = g_new (double, 2 * (gsize)r->n + 2);
  guint n = 0;
  for (guint i = 0; i < r->n; i++) {
    SfRecord record = sf_results_record (r, i);
    if (record.head[SF_HEAD_STATUS] == SF_RECORD_DONE)
      values[n++] = record.metrics[metric];
  }
  sf_summary (values, n, values + r->n + 1, s);
  return TRUE;
}

/* ---- What was run ------------------------------------------------------- */

static void
add_run (Page *page)
{
  const SfScenario *s = page->scenario;
  char start[SF_DATE_SIZE], end[SF_DATE_SIZE];
  guint done = sf_results_done (page->results);
  g_autofree char *hash = sf_scenario_hash (s);
  const char *title = title_of (s->title, s->name ? s->name : _ ("Scenario"));
  g_string_append_printf (page->out, "%s\n", title);
  for (glong i = g_utf8_strlen (title, -1); i > 0; i--)
    g_string_append_c (page->out, '=');
  g_string_append_printf (
      page->out,
      _ ("\n\n%s to %s (%u days), %u replications, seed %ju, scenario "
         "%.8s\n"),
      sf_date_format (start, s->start), sf_date_format (end, s->end),
      sf_scenario_days (s), done, (uintmax_t)page->results->seed, hash);
  if (done < page->results->n)
    g_string_append_printf (page->out,
                            _ ("Incomplete: %u of %u replications are missing "
                               "(%u failed; see replications.csv).\n"),
                            page->results->n - done, page->results->n,
                            sf_results_failed (page->results));
}

/* ---- What came out ------------------------------------------------------ */

/* "2025-10-06 (2025-10-01 to 2025-10-12)" from days of the run; to be freed. */
static char *
dates (const Page *page, const SfSummary *s)
{
  char date[3][SF_DATE_SIZE];
  const double days[3] = { s->p50, s->p05, s->p95 };
  for (int i = 0; i < 3; i++)
    sf_date_format (date[i],
                    page->scenario->start + (SfDate)floor (days[i] + 0.5));
  return g_strdup_printf (_ ("%s (%s to %s)"), date[0], date[1], date[2]);
}

static void
add_shortage (Page *page, const char *place, const char *commodity)
{
  SfSummary start, days;
  const SfBook *book = page->results->book;
  if (!summarise (page,
                  sf_book_find_metric (book, "shortage_start_day", place,
                                       commodity, "", ""),
                  &start)
      || !summarise (page,
                     sf_book_find_metric (book, "shortage_days_count", place,
                                          commodity, "", ""),
                     &days))
    return;
  guint n = start.n + start.n_missing;
  if (start.n == 0) {
    g_string_append (page->out, _ ("  shortage    in no replication\n"));
    return;
  }
  g_autofree char *when = dates (page, &start);
  g_autofree char *share = fixed (100.0 * start.n / MAX (n, 1), 0);
  g_autofree char *length = band (&days, 1, 0);
  g_string_append_printf (page->out,
                          _ ("  shortage    from %s\n"
                             "              in %s %% of replications; %s days "
                             "of it\n"),
                          when, share, length);
}

static void
add_served (Page *page, const char *place, const char *commodity)
{
  SfSummary s;
  if (!summarise (page,
                  sf_book_find_metric (page->results->book, "served_frac",
                                       place, commodity, "", ""),
                  &s)
      || s.n == 0)
    return;
  g_autofree char *middle = fixed (100 * s.p50, 1);
  g_autofree char *low = fixed (100 * s.p05, 1);
  g_autofree char *high = fixed (100 * s.p95, 1);
  g_autofree char *mean = fixed (100 * s.mean, 1);
  g_autofree char *half = fixed (100 * s.ci95, 1);
  if (s.n > 1)
    g_string_append_printf (page->out,
                            _ ("  served      %s %% (%s to %s) of what was "
                               "wanted; mean %s +- %s\n"),
                            middle, low, high, mean, half);
  else
    g_string_append_printf (
        page->out, _ ("  served      %s %% (%s to %s) of what was wanted\n"),
        middle, low, high);
}

/* How long it held from the shock on, and how much service was lost. */
static void
add_resilience (Page *page, const char *place, const char *commodity)
{
  const SfBook *book = page->results->book;
  char date[SF_DATE_SIZE];
  SfDate shock
      = page->scenario->start + (SfDate)sf_scenario_shock_day (page->scenario);
  SfSummary s;
  if (summarise (page,
                 sf_book_find_metric (book, "time_to_survive_days", place,
                                      commodity, "", ""),
                 &s)
      && s.n > 0) {
    g_autofree char *days = band (&s, 1, 0);
    g_string_append_printf (
        page->out,
        s.n_missing > 0
            ? _ ("  survived    %s days from %s, where it ran short\n")
            : _ ("  survived    %s days from %s\n"),
        days, sf_date_format (date, shock));
  }
  if (summarise (page,
                 sf_book_find_metric (book, "resilience_loss_frac_days", place,
                                      commodity, "", ""),
                 &s)
      && s.n > 0 && s.p95 >= 0.05) {
    g_autofree char *days = band (&s, 1, 1);
    g_string_append_printf (
        page->out, _ ("  lost        %s days of full service\n"), days);
  }
}

/* Person-days without, a line a class that has persons and lost any. */
static void
add_person_days (Page *page, const char *place, const char *commodity)
{
  const SfScenario *k = page->scenario;
  for (guint c = 0; c < k->n_classes; c++) {
    SfSummary s;
    if (!summarise (page,
                    sf_book_find_metric (page->results->book,
                                         "person_days_without", place,
                                         commodity, k->classes[c].id, ""),
                    &s)
        || s.n == 0 || !(s.p95 >= 1))
      continue;
    const char *title = title_of (k->classes[c].title, k->classes[c].id);
    double unit = s.p95 >= 1e6 ? 1e6 : s.p95 >= 1e4 ? 1e3 : 1;
    g_autofree char *text = band (&s, 1 / unit, unit > 1 ? 1 : 0);
    g_string_append_printf (
        page->out,
        unit == 1e6   ? _ ("  without     %s million person-days, %s\n")
        : unit == 1e3 ? _ ("  without     %s thousand person-days, %s\n")
                      : _ ("  without     %s person-days, %s\n"),
        text, title);
  }
}

static void
add_capital (Page *page)
{
  const SfScenario *s = page->scenario;
  if (s->capital < 0)
    return;
  const SfNodeSpec *capital = &s->nodes[s->capital];
  g_autofree char *text = g_strdup_printf (
      _ ("What came out for %s"), title_of (capital->title, capital->id));
  heading (page, text);
  g_autofree char *days = fixed (s->shortage_days, 0);
  g_autofree char *share = fixed (100 * s->shortage_frac, 0);
  g_string_append_printf (
      page->out,
      _ ("Median over replications, and in brackets the band that holds 90 %% "
         "of\nthem; +- is the 95 %% confidence interval of the mean. A "
         "shortage is\n%s days or more on end with less than %s %% of demand "
         "served.\n"),
      days, share);
  for (guint m = 0; m < s->n_markets; m++) {
    if (s->markets[m].node != s->capital)
      continue;
    const SfCommodity *c = &s->commodities[s->markets[m].commodity];
    g_string_append_printf (page->out, "\n%s\n", title_of (c->title, c->id));
    add_shortage (page, capital->id, c->id);
    add_served (page, capital->id, c->id);
    add_resilience (page, capital->id, c->id);
    add_person_days (page, capital->id, c->id);
  }
}

static void
add_nation (Page *page)
{
  static const struct {
    const char *metric, *text;
    int digits;
  } rows[] = {
    { "entered_per_day", N_ ("trucks entering a day"), 1 },
    { "lost_count", N_ ("trucks lost over the run"), 0 },
    { "convoys_count", N_ ("convoys over the run"), 0 },
  };
  glong column = 26;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    column = MAX (column, g_utf8_strlen (_ (rows[i].text), -1) + 2);
  heading (page, _ ("On the roads"));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    SfSummary s;
    if (!summarise (page,
                    sf_book_find_metric (page->results->book, rows[i].metric,
                                         "", "", "", ""),
                    &s)
        || s.n == 0)
      continue;
    g_autofree char *text = band (&s, 1, rows[i].digits);
    put_padded (page, _ (rows[i].text), column);
    g_string_append_printf (page->out, "%s\n", text);
  }
}

/* ---- What it rests on --------------------------------------------------- */

static void
add_balance (Page *page)
{
  double worst = 0;
  char number[SF_TEXT_NUMBER_SIZE];
  for (guint i = 0; i < page->results->n; i++) {
    SfRecord record = sf_results_record (page->results, i);
    if (record.head[SF_HEAD_STATUS] != SF_RECORD_DONE)
      continue;
    double imbalance = sf_ledger_imbalance (page->results->book, &record);
    if (!(imbalance <= worst))
      worst = imbalance;
  }
  heading (page, _ ("Do the goods add up?"));
  g_string_append_printf (
      page->out,
      _ ("Largest imbalance of any commodity in any replication: %s of what\n"
         "went in (ledger.csv).\n"),
      sf_lang_decimal (g_ascii_formatd (number, sizeof number, "%.1e", worst)));
}

static void
add_basis (Page *page, const char *word, const char *shown)
{
  SfBasisCount n = sf_basis_count (page->scenario, word);
  if (n.numbers > 0) {
    g_string_append (page->out, "  ");
    put_padded (page, shown, 12);
    g_string_append_printf (page->out, "%u\n", n.numbers);
  }
}

static void
add_assumptions (Page *page)
{
  const SfScenario *s = page->scenario;
  guint values = 0, numbers = sf_basis_count (s, NULL).drawn;
  for (guint i = 0; i < s->n_assumptions; i++)
    values += s->assumptions[i].dist != SF_DIST_NONE;
  for (gsize i = 0; sf_basis_words[i]; i++)
    numbers += sf_basis_count (s, sf_basis_words[i]).drawn;
  heading (page, _ ("What it rests on"));
  g_string_append_printf (
      page->out,
      _ ("%u numbers; %u of them follow %u uncertain values that are drawn\n"
         "anew for every replication (assumptions.csv has each with its\n"
         "source). By confidence:\n"),
      s->n_assumptions, numbers, values);
  g_autofree char *ensemble
      = s->ensemble ? sf_scenario_ensemble_name (s) : NULL;
  if (ensemble)
    g_string_append_printf (
        page->out,
        _ ("Of these, %u are taken together from the %u rows of the ensemble\n"
           "%s.\n"),
        s->ensemble->n_parameters, s->ensemble->n_rows, ensemble);
  for (gsize i = 0; sf_basis_words[i]; i++)
    add_basis (page, sf_basis_words[i], _ (sf_basis_words[i]));
  add_basis (page, NULL, _ ("not stated"));
}

static void
add_limits (Page *page)
{
  heading (page, _ ("What this is not"));
  g_string_append (
      page->out,
      _ ("Not a forecast: it says what follows from the assumptions, and the\n"
         "bands hold no more uncertainty than the assumptions do. Not an "
         "early\n"
         "warning. Not a source on where anyone is: it knows corridors, not\n"
         "positions. It tests how robust a supply is; it plans no attack.\n"));
}

static void
add_files (Page *page)
{
  heading (page, _ ("Files"));
  g_string_append (
      page->out,
      _ ("run-outs.csv      how likely the capital has run out, day by day\n"
         "curves.csv        day by day: place, commodity, class, measure, "
         "band\n"
         "weekly.csv        what came and was lost, week by week\n"
         "metrics.csv       one number a run: band and confidence interval\n"
         "samples.csv       the same, replication by replication\n"
         "events.csv        what happened in replication 0\n"
         "ledger.csv        where the goods went\n"
         "assumptions.csv   every number of the scenario, with its source\n"
         "replications.csv  which replications were run, and how they ended\n"
         "manifest.json     scenario, seed, version: enough to run it "
         "again\n"));
  g_string_append (page->out,
                   _ ("causes.csv        what drove it: the same run with one "
                      "thing left out\n"));
}

char *
sf_summary_text (const SfResults *results, const char *causes)
{
  g_return_val_if_fail (results != NULL, NULL);
  Page page = { results, results->scenario, g_string_new (NULL) };
  add_run (&page);
  add_capital (&page);
  add_nation (&page);
  if (causes) {
    heading (&page, _ ("What drove it"));
    g_string_append (page.out, causes);
  }
  add_balance (&page);
  add_assumptions (&page);
  add_limits (&page);
  add_files (&page);
  return g_string_free (page.out, FALSE);
}

gboolean
sf_summary_write (const SfResults *results, const char *causes,
                  const char *folder, GError **error)
{
  g_autofree char *text = sf_summary_text (results, causes);
  g_autofree char *path = g_build_filename (folder, "summary.txt", NULL);
  return sf_file_write (path, text, strlen (text), error);
}
