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
#include "tests/unit/made-results.h"
#include "tests/unit/place.h"

static char *
write_results_by (Made *made, gboolean has_hxl, guint jobs)
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
  g_assert_true (
      sf_results_write (&made->results, place, has_hxl, jobs, &error));
  g_assert_true (sf_summary_write (&made->results, NULL, place, &error));
  g_assert_true (sf_manifest_write (&made->results, &facts, place, &error));
  g_assert_no_error (error);
  return place;
}

static char *
write_results (Made *made, gboolean has_hxl)
{
  return write_results_by (made, has_hxl, 2);
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
  g_autoptr (Made) made = made_new ();
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

static void
test_one_and_two_threads_write_the_same_bytes (void)
{
  g_autoptr (Made) made = made_new ();
  g_autofree char *one = write_results_by (made, FALSE, 1);
  g_autofree char *two = write_results_by (made, FALSE, 2);
  for (const char *const *name = sf_results_files; *name; name++) {
    if (!g_str_has_suffix (*name, ".csv") || g_str_has_prefix (*name, "causes")
        || strcmp (*name, "events.csv") == 0)
      continue;
    g_autofree char *first = place_read (one, *name);
    g_autofree char *second = place_read (two, *name);
    g_assert_cmpstr (first, ==, second);
  }
  place_remove (one);
  place_remove (two);
}

/* A folder in the place of a table: either half can fail. */
static void
test_an_error_of_either_half_is_reported (void)
{
  g_autoptr (Made) made = made_new ();
  static const char *const names[] = { "weekly.csv", "samples.csv" };
  for (guint i = 0; i < 2 * G_N_ELEMENTS (names); i++) {
    g_autofree char *place = place_new ();
    g_autofree char *path = g_build_filename (place, names[i / 2], NULL);
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    g_assert_false (
        sf_results_write (&made->results, place, FALSE, 1 + i % 2, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
    g_assert_nonnull (strstr (error->message, names[i / 2]));
    g_assert_cmpint (g_rmdir (path), ==, 0);
    place_remove (place);
  }
}

/* Replications 0 and 1 are short on every day, 3 on none; 2 failed. */
static void
test_run_outs_count_replications (void)
{
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_autoptr (Made) made = made_new ();
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
  g_test_add_func ("/tables/one-and-two-threads-write-the-same-bytes",
                   test_one_and_two_threads_write_the_same_bytes);
  g_test_add_func ("/tables/an-error-of-either-half-is-reported",
                   test_an_error_of_either_half_is_reported);
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
