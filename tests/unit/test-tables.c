/* test-tables.c - tables, manifest, summary and figures. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/tables.h"

#include <locale.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/report/figure-data.h"
#include "sim/report/figures.h"
#include "sim/report/manifest.h"
#include "sim/report/summary.h"
#include "tests/unit/place.h"

/* ---- Made-up results ---------------------------------------------------- */

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

static void
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

static void
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

static Made *
make (void)
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

static void
made_free (Made *made)
{
  sf_json_doc_free (made->scenario.doc);
  sf_book_free (made->book);
  g_free (made->memory);
  g_free (made);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Made, made_free)

static char *
write_results (Made *made, gboolean has_hxl)
{
  static const char *const argv[] = { "shortfall", "run", NULL };
  static const char *const libraries[] = { "graph", "1.2", NULL };
  char *place = place_new ();
  SfRunFacts facts = { .argv = argv,
                       .libraries = libraries,
                       .start_unix_s = 86400,
                       .duration_s = 2.5,
                       .jobs = 3 };
  g_autoptr (GError) error = NULL;
  g_assert_true (sf_results_write (&made->results, place, has_hxl, &error));
  g_assert_true (sf_summary_write (&made->results, NULL, place, &error));
  g_assert_true (sf_manifest_write (&made->results, &facts, place, &error));
  g_assert_no_error (error);
  return place;
}

static void
assert_line (const char *folder, const char *name, guint number,
             const char *expected)
{
  g_autofree char *text = place_read (folder, name);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, number);
  g_assert_cmpstr (lines[number], ==, expected);
}

/* ---- Tables ------------------------------------------------------------- */

static void
test_tables_say_what_the_records_hold (void)
{
  g_autoptr (Made) made = make ();
  g_autofree char *place = write_results (made, FALSE);
  /* Replications 0, 1 and 3: 0, 0.25, 0.75. */
  assert_line (place, "curves.csv", 1,
               "2025-07-01,0,c,oil,,served_frac,0.3333333,0.3818813,0.025,"
               "0.125,0.25,0.5,0.7,3");
  assert_line (place, "curves.csv", DAYS + 2,
               "2025-07-02,1,c,oil,,cover_days,0.001,0,0.001,0.001,0.001,"
               "0.001,0.001,3");
  /* 7 days of 0, 1 and 3 trucks; one whole week from 7 July. */
  assert_line (place, "weekly.csv", 1,
               "2025-07-07,b,,,entered_count,9.333333,10.69268,0.7,3.5,7,14,"
               "19.6,3");
  assert_line (place, "weekly.csv", 2,
               "2025-07-07,b,,,lost_count,2,0,2,2,2,2,2,3");
  assert_line (place, "metrics.csv", 2,
               "shortage_days_count,c,oil,,,4,0,0,4,4,4,4,4,4,4,3,0");
  assert_line (place, "samples.csv", 9, "1,shortage_start_day,c,oil,,,");
  assert_line (place, "samples.csv", 17, "3,shortage_start_day,c,oil,,,6");
  assert_line (place, "ledger.csv", 1, "0,oil,m3,0,10,10,0,0,0,0,0,0,0");
  assert_line (place, "replications.csv", 1, "0,done,00000000000000ff,1000,0,");
  assert_line (place, "replications.csv", 3,
               "2,failed,0000000000000101,1000,0,\"too many, events\"");
  assert_line (place, "assumptions.csv", 1,
               "/nodes/a~1b/x_frac,0.3,yes,triangular,min 0.1; mode 0.3; max "
               "0.6,,,\"A4, B2\",estimate,,\"'=x\"");
  assert_line (place, "assumptions.csv", 2,
               "/y_h,6,yes,triangular,assumption /nodes/a~1b/x_frac; factor 2,"
               "5,7,,,,");
  place_remove (place);
}

/* Replications 0 and 1 are short on every day, 3 on none; 2 failed. */
static void
test_run_outs_count_replications (void)
{
  g_autoptr (Made) made = make ();
  g_autofree char *place = write_results (made, FALSE);
  assert_line (place, "run-outs.csv", 0,
               "date,day,place,commodity,class,run_out_prob,n");
  assert_line (place, "run-outs.csv", 1, "2025-07-01,0,c,oil,,0,3");
  /* A shortage is two days on end: by the end of the second. */
  assert_line (place, "run-outs.csv", 2, "2025-07-02,1,c,oil,,0.6666667,3");
  assert_line (place, "run-outs.csv", DAYS, "2025-07-18,17,c,oil,,0.6666667,3");
  assert_line (place, "run-outs.csv", DAYS + 1, ""); /* no other place */
  place_remove (place);
}

static void
test_run_outs_begin_with_the_shock (void)
{
  g_autoptr (Made) made = make ();
  made->scenario.shock = made->scenario.start + 4;
  SfRecord first = sf_results_record (&made->results, 0);
  for (guint d = 7; d < DAYS; d++)
    first.curves[d] = 1; /* a run of short days that goes on to day 6 */
  SfRecord second = sf_results_record (&made->results, 1);
  for (guint d = 0; d < DAYS; d++)
    second.curves[d] = d == 4 || d == 9 || d == 10 ? 0.4f : 1;
  g_autofree char *place = write_results (made, FALSE);
  assert_line (place, "run-outs.csv", 5, "2025-07-05,4,c,oil,,0,3");
  assert_line (place, "run-outs.csv", 6, "2025-07-06,5,c,oil,,0.3333333,3");
  assert_line (place, "run-outs.csv", 10, "2025-07-10,9,c,oil,,0.3333333,3");
  assert_line (place, "run-outs.csv", 11, "2025-07-11,10,c,oil,,0.6666667,3");
  place_remove (place);
}

static void
test_hxl_has_a_tag_for_every_column (void)
{
  g_autoptr (Made) made = make ();
  g_autofree char *place = write_results (made, TRUE);
  for (const char *const *name = sf_results_files; *name; name++) {
    if (g_str_has_prefix (*name, "causes"))
      continue; /* not of these rooms, and not of every run */
    if (!g_str_has_suffix (*name, ".csv") || strcmp (*name, "events.csv") == 0)
      continue;
    g_autofree char *text = place_read (place, *name);
    g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
    g_auto (GStrv) names = g_strsplit (lines[0], ",", -1);
    g_auto (GStrv) tags = g_strsplit (lines[1], ",", -1);
    g_assert_cmpuint (g_strv_length (names), ==, g_strv_length (tags));
    for (guint i = 0; tags[i]; i++)
      g_assert_cmpint (tags[i][0], ==, '#');
  }
  place_remove (place);
}

static void
test_nothing_done_is_still_a_folder (void)
{
  g_autoptr (Made) made = make ();
  memset (made->memory, 0, made->results.stride * RUNS);
  g_autofree char *place = write_results (made, FALSE);
  assert_line (place, "curves.csv", 1,
               "2025-07-01,0,c,oil,,served_frac,,,,,,,,0");
  assert_line (place, "replications.csv", 1, "0,not run,,,,");
  assert_line (place, "run-outs.csv", 1, "2025-07-01,0,c,oil,,,0");
  g_autofree char *text = sf_summary_text (&made->results, NULL);
  g_assert_nonnull (strstr (text, "Incomplete: 4 of 4"));
  place_remove (place);
}

static void
test_the_manifest_is_enough (void)
{
  g_autoptr (Made) made = make ();
  g_autofree char *place = write_results (made, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SfJsonDoc) doc = sf_manifest_read (place, &error);
  g_assert_no_error (error);
  const SfJson *root = sf_json_root (doc);
  g_autofree char *hash = sf_scenario_hash (&made->scenario);
  g_autofree char *id = sf_manifest_run_id (doc);
  g_autofree char *expected
      = sf_json_print (sf_json_root (made->scenario.doc), FALSE);
  g_autofree char *found
      = sf_json_print (sf_json_member (root, "scenario"), FALSE);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (sf_figure_text (root, "scenario_sha256"), ==, hash);
  g_assert_cmpstr (sf_figure_text (root, "seed"), ==, "7");
  g_assert_cmpstr (sf_figure_text (root, "start"), ==, "1970-01-02T00:00:00Z");
  g_assert_cmpfloat (sf_figure_number (root, "replications_done_count"), ==, 3);
  g_assert_cmpfloat (sf_figure_number (root, "replications_failed_count"), ==,
                     1);
  g_assert_true (g_str_has_suffix (id, " seed 7 n 3"));
  const SfJson *file = sf_json_pointer_get (root, "/files/1");
  g_autofree char *text = place_read (place, sf_figure_text (file, "file"));
  g_autofree char *sum
      = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_assert_cmpstr (sf_figure_text (file, "sha256"), ==, sum);
  place_remove (place);
  g_assert_null (sf_manifest_read (place, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_the_summary_answers_first_questions (void)
{
  g_autoptr (Made) made = make ();
  g_autofree char *text = sf_summary_text (&made->results, NULL);
  /* Start on days 3 and 6 of two replications, none in the third. */
  g_assert_nonnull (strstr (text, "2025-07-01 to 2025-07-18 (18 days), 3 "));
  g_assert_nonnull (strstr (text, "Incomplete: 1 of 4"));
  g_assert_nonnull (strstr (text, "in 67 % of replications"));
  g_assert_nonnull (strstr (text, "90.0 % (90.0 to 90.0)"));
  g_assert_nonnull (strstr (
      text, "survived    12 (12 to 12) days from 2025-07-01, where it "));
  g_assert_nonnull (
      strstr (text, "lost        7.2 (7.2 to 7.2) days of full service\n"));
  g_assert_nonnull (strstr (text, "2.5 (2.5 to 2.5) million person-days, Homes"
                                  "\n"));
  g_assert_nonnull (strstr (text, "0.0e+00"));
  g_assert_nonnull (strstr (text, "Not a forecast"));
}

/* ---- Figures ------------------------------------------------------------ */

static void
test_figure_tables (void)
{
  g_autoptr (Made) made = make ();
  g_autofree char *place = write_results (made, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SfFigureData) data = sf_figure_data_new (place, &error);
  g_assert_no_error (error);
  const char *title;
  g_autofree char *panels = sf_figure_panels (data, "served_frac", 100);
  g_autofree char *timeline = sf_figure_timeline (data, &title);
  g_autofree char *events = sf_figure_events (data);
  g_autofree char *periods = sf_figure_periods (data);
  g_autofree char *arrivals = sf_figure_arrivals (data, "others");
  g_autofree char *totals = sf_figure_totals (data);
  g_autofree char *links = sf_figure_links (data);
  g_autofree char *nodes = sf_figure_nodes (data, NULL);
  g_assert_true (
      g_str_has_prefix (strchr (panels, '\n') + 1,
                        "1\tOil 'x'\t1\t2025-07-01\t2.5\t12.5\t25\t50\t70\n"));
  g_assert_cmpstr (title, ==, "Oil \"x\"");
  g_assert_nonnull (strstr (timeline, "\n2025-07-18\t2.5\t12.5\t25\t50\t70\n"));
  /* Two on one day stand in two rows; what is outside the run is left out. */
  g_assert_cmpstr (events, ==,
                   "date\tkind\tlabel\trow\tside\n"
                   "2025-07-05\tpolicy\ta label\t1\tright\n"
                   "2025-07-05\tpolicy\tother\t2\tright\n");
  g_assert_cmpstr (periods, ==,
                   "from\tto\tkind\tlabel\trow\n"
                   "2025-07-06\t2025-07-08\tpolicy\tclosed\t1\n");
  g_assert_cmpstr (strchr (arrivals, '\n'), ==,
                   "\n2025-07-07\tBorder\t1\t9.333333\t0\t2\t0\n");
  g_assert_cmpstr (strchr (totals, '\n'), ==,
                   "\n2025-07-07\t0.7\t19.6\t0\t0\n");
  g_assert_cmpstr (strchr (links, '\n'), ==,
                   "\n14\t-17\t13\t-12\t1.5\t2\n13\t-12\t12\t-8\t0\t0\n");
  g_assert_nonnull (strstr (nodes, "Capital\t12\t-8\tcapital\tleft\n"));
  g_assert_nonnull (strstr (nodes, "p\t14\t-17\tport\tright\n"));
  place_remove (place);
}

/* A program that stands for gnuplot: writes argument `OUT`, or complains. */
static char *
fake_gnuplot (const char *place, const char *body)
{
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", body, "\n", NULL);
  char *path = g_build_filename (place, "fake", NULL);
  place_write (place, "fake", text);
  g_assert_cmpint (chmod (path, 0700), ==, 0);
  return path;
}

static void
draw_with (const char *place, const char *gnuplot, guint *n, GError **error)
{
  g_setenv ("SHORTFALL_GNUPLOT", gnuplot, TRUE);
  gboolean is_fine = sf_figures_draw (place, "en", n, error);
  g_assert_true (is_fine == (*error == NULL));
  g_unsetenv ("SHORTFALL_GNUPLOT");
}

static void
test_gnuplot_missing_or_failing_is_said (void)
{
  g_autoptr (Made) made = make ();
  g_autofree char *place = write_results (made, FALSE);
  g_autoptr (GError) error = NULL;
  guint n = 0;
  draw_with (place, "no-such-gnuplot", &n, &error);
  g_assert_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "apt install gnuplot-nox"));
  g_clear_error (&error);

  g_autofree char *fake
      = fake_gnuplot (place, "echo 'line 3: bad thing' >&2; exit 1");
  draw_with (place, fake, &n, &error);
  g_assert_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "line 3: bad thing"));
  g_clear_error (&error);

  /* No complaint but no picture either. */
  g_free (fake_gnuplot (place, "exit 0"));
  draw_with (place, fake, &n, &error);
  g_assert_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_FAILED);
  g_autofree char *figures = g_build_filename (place, "figures", NULL);
  g_autofree char *left = place_list (figures);
  g_assert_cmpstr (left, ==, "data ");
  place_remove (place);
}

/* The map hangs and the others are drawn; then all hang, and the third is not
 * tried. `exec`: the child that is killed is the one that sleeps. */
static void
test_gnuplot_that_hangs_is_ended (void)
{
  g_autoptr (Made) made = make ();
  g_autofree char *place = write_results (made, FALSE);
  g_autofree char *figures = g_build_filename (place, "figures", NULL);
  g_autofree char *fake = fake_gnuplot (
      place, "case \"$3\" in */cover.gp) exec sleep 600;; esac\n"
             "while [ $# -gt 4 ]; do shift; done; echo x > \"$1\"");
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_setenv ("SHORTFALL_FIGURE_SECONDS", "1", TRUE);
  draw_with (place, fake, &n, &error);
  g_assert_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_LATE);
  g_assert_nonnull (strstr (error->message, "cover in 1 s"));
  g_clear_error (&error);
  g_autofree char *names = place_list (figures);
  g_assert_cmpstr (names, ==,
                   "arrivals.png arrivals.svg data map.png map.svg "
                   "shortage.png shortage.svg timeline.png timeline.svg ");

  g_autofree char *tried = g_build_filename (place, "tried", NULL);
  g_autofree char *body
      = g_strdup_printf ("echo x >> '%s'; exec sleep 600", tried);
  g_free (fake_gnuplot (place, body));
  draw_with (place, fake, &n, &error);
  g_assert_error (error, SF_PLOT_ERROR, SF_PLOT_ERROR_LATE);
  g_autofree char *lines = place_read (place, "tried");
  g_assert_cmpstr (lines, ==, "x\nx\nx\nx\n"); /* two figures, two forms */
  g_unsetenv ("SHORTFALL_FIGURE_SECONDS");
  place_remove (place);
}

static void
test_figures_are_drawn (void)
{
  g_autofree char *gnuplot = g_find_program_in_path ("gnuplot");
  if (!gnuplot) {
    g_test_skip ("gnuplot is not installed");
    return;
  }
  g_autoptr (Made) made = make ();
  g_autofree char *place = write_results (made, FALSE);
  g_autoptr (GError) error = NULL;
  guint n = 0;
  draw_with (place, gnuplot, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 10);
  g_autofree char *figures = g_build_filename (place, "figures", NULL);
  g_autofree char *names = place_list (figures);
  g_assert_cmpstr (names, ==,
                   "arrivals.png arrivals.svg cover.png cover.svg data map.png "
                   "map.svg shortage.png shortage.svg timeline.png "
                   "timeline.svg ");
  place_remove (place);
}

/* ---- Any locale --------------------------------------------------------- */

static void
test_a_french_machine_writes_the_same (void)
{
  if (!setlocale (LC_ALL, "fr_FR.UTF-8")) {
    g_test_skip ("there is no French locale");
    return;
  }
  test_tables_say_what_the_records_hold ();
  test_the_summary_answers_first_questions ();
  setlocale (LC_ALL, "C");
}

/* The script gets the table and the words; the files have the name. */
static void
test_a_figure_of_a_table_is_drawn (void)
{
  g_autofree char *place = place_new ();
  g_autofree char *out = g_build_filename (place, "out", NULL);
  g_autofree char *fake = fake_gnuplot (
      place, "{ echo \"${3##*/} $6 $7 ${8##*/}\"; cat \"$4\"; } > \"$5\"");
  g_autoptr (GError) error = NULL;
  const SfFigure figure = { .script = "cover",
                            .name = "mine",
                            .table = "a\tb\n1\t2\n",
                            .title = "Title",
                            .note = "note",
                            .lang = "fr" };
  g_setenv ("SHORTFALL_GNUPLOT", fake, TRUE);
  g_assert_true (sf_figure_draw (&figure, out, &error));
  g_unsetenv ("SHORTFALL_GNUPLOT");
  g_assert_no_error (error);
  g_autofree char *names = place_list (out);
  g_assert_cmpstr (names, ==, "data mine.png mine.svg ");
  g_autofree char *svg = place_read (out, "mine.svg");
  g_assert_cmpstr (svg, ==, "cover.gp Title note words.gp\na\tb\n1\t2\n");
  place_remove (place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *plots
      = g_test_build_filename (G_TEST_DIST, "..", "plots", NULL);
  g_setenv ("SHORTFALL_PLOTS", plots, TRUE);
  g_test_add_func ("/tables/say-what-the-records-hold",
                   test_tables_say_what_the_records_hold);
  g_test_add_func ("/tables/run-outs-count-replications",
                   test_run_outs_count_replications);
  g_test_add_func ("/tables/run-outs-begin-with-the-shock",
                   test_run_outs_begin_with_the_shock);
  g_test_add_func ("/tables/hxl-has-a-tag-for-every-column",
                   test_hxl_has_a_tag_for_every_column);
  g_test_add_func ("/tables/nothing-done-is-still-a-folder",
                   test_nothing_done_is_still_a_folder);
  g_test_add_func ("/tables/a-french-machine-writes-the-same",
                   test_a_french_machine_writes_the_same);
  g_test_add_func ("/manifest/is-enough", test_the_manifest_is_enough);
  g_test_add_func ("/summary/answers-first-questions",
                   test_the_summary_answers_first_questions);
  g_test_add_func ("/figures/tables", test_figure_tables);
  g_test_add_func ("/figures/gnuplot-that-hangs-is-ended",
                   test_gnuplot_that_hangs_is_ended);
  g_test_add_func ("/figures/gnuplot-missing-or-failing-is-said",
                   test_gnuplot_missing_or_failing_is_said);
  g_test_add_func ("/figures/are-drawn", test_figures_are_drawn);
  g_test_add_func ("/figures/of-a-table-is-drawn",
                   test_a_figure_of_a_table_is_drawn);
  return g_test_run ();
}
