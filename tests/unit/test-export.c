/* test-export.c - a sweep as files. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/export/export.h"

#include <math.h>
#include <string.h>

#include <netcdf.h>

#include "sim/base/json.h"
#include "sim/export/export-private.h"
#include "tests/unit/place.h"

/* ---- A store ------------------------------------------------------------------ */

static const char *const words[] = { "open, wide", "shut", NULL };
static const SfStoreColumn factors[] = {
  { "fear", "Fear", "", "number",
    "{\"target\":\"/models/drivers/fear\",\"range\":[0,8]}", NULL, 0, 8 },
  { "border", NULL, "", "category", "{\"levels\":[\"open, wide\",\"shut\"]}",
    words, NAN, NAN },
  { "reserve", NULL, "", "lever", NULL, NULL, 0, 1 },
};
static const SfStoreColumn outcomes[] = {
  { "lost", "Trucks lost", "trucks", "number", NULL, NULL, NAN, NAN },
  { "first_day", NULL, "day", "event", NULL, NULL, NAN, NAN },
};
static const char *const series[]
    = { "kessa/fuel/served_frac", "/stock_m3", "/fear", NULL };

typedef struct {
  char *place, *path;
  SfStore *store;
  guint days, reps;
} Fixture;

static void
set_up (Fixture *f, guint reps, guint days)
{
  const SfStoreShape shape = { .factors = factors,
                               .outcomes = outcomes,
                               .n_factors = G_N_ELEMENTS (factors),
                               .n_outcomes = G_N_ELEMENTS (outcomes),
                               .series = series,
                               .n_series = 3,
                               .days = days,
                               .replications = reps };
  g_autoptr (GError) error = NULL;
  f->place = place_new ();
  f->path = g_build_filename (f->place, "sweep.sqlite", NULL);
  f->days = days;
  f->reps = reps;
  f->store = sf_store_new (f->path, &shape, FALSE, &error);
  g_assert_no_error (error);
  sf_store_set_fact (f->store, "title", "A study", &error);
  sf_store_set_fact (f->store, "seed", "7", &error);
  for (guint p = 0; p < 3; p++) {
    const double values[] = { 0.1 + p / 3.0, p % 2, p > 0 };
    sf_store_add_point (f->store, 10 + p, p / 2, values, &error);
  }
  g_assert_true (sf_store_publish (f->store, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f)
{
  sf_store_free (f->store);
  place_remove (f->place);
  g_free (f->place);
  g_free (f->path);
}

/* What series i of a run is on a day. */
static float
curve (guint i, guint point, guint rep, guint day)
{
  return (float)(1e6 * i + 1e4 * point + 10 * rep) + (float)day / 512;
}

static void
put (Fixture *f, guint point, guint rep, SfStoreState state, double lost,
     double day)
{
  const double y[] = { lost, day };
  g_autofree float *curves = g_new (float, 3 * f->days);
  for (guint i = 0; i < 3; i++)
    for (guint d = 0; d < f->days; d++)
      curves[i * f->days + d] = curve (i, point, rep, d);
  const SfStoreRow row
      = { point,
          rep,
          state,
          G_GUINT64_CONSTANT (0xfedcba9876543210),
          42,
          0.5,
          0.25,
          "host:1",
          state == SF_STORE_DONE ? NULL : "it said \"no\",\nso",
          y,
          curves };
  g_autoptr (GError) error = NULL;
  sf_store_put (f->store, &row, &error);
  sf_store_commit (f->store, &error);
  g_assert_no_error (error);
}

/* Point 0: two runs, in one of which it did not happen, and a failure that was
 * tried twice. Point 1: one that is not representable in few digits. Point 2:
 * nothing. */
static void
fill (Fixture *f)
{
  put (f, 0, 0, SF_STORE_DONE, 1, 30);
  put (f, 0, 1, SF_STORE_DONE, 4, NAN);
  put (f, 0, 2, SF_STORE_CRASHED, 0, 0);
  put (f, 0, 2, SF_STORE_TIMEOUT, 0, 0);
  put (f, 1, 1, SF_STORE_DONE, 0.1 + 0.2, 1.0 / 3);
}

/* Exports into the place; the counts. */
static SfStoreCounts export(Fixture *f, gboolean has_hxl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStore) store = sf_store_open (f->path, FALSE, &error);
  g_assert_no_error (error);
  SfExport what = { store, "A scenario", 0, has_hxl };
  SfStoreCounts counts;
  g_assert_true (sf_date_parse ("2025-09-01", &what.start));
  g_assert_true (sf_export_write (&what, f->place, &counts, &error));
  g_assert_no_error (error);
  return counts;
}

/* All rows of some columns as one text, "a;b|c;d|". */
typedef struct {
  GString *text;
  guint n;
} Rows;

static gboolean
add_row (const char *const *cells, gpointer data)
{
  Rows *rows = data;
  for (guint i = 0; i < rows->n; i++)
    g_string_append_printf (rows->text, "%s%s", cells[i],
                            i + 1 < rows->n ? ";" : "|");
  return TRUE;
}

static char *
table (Fixture *f, const char *name, const char *columns)
{
  g_autofree char *path = g_build_filename (f->place, name, NULL);
  g_auto (GStrv) list = g_strsplit (columns, " ", -1);
  Rows rows = { g_string_new (NULL), g_strv_length (list) };
  g_autoptr (GError) error = NULL;
  sf_csv_read (path, (const char *const *)list, add_row, &rows, &error);
  g_assert_no_error (error);
  return g_string_free (rows.text, FALSE);
}

static char *
read_text (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->place, name, NULL);
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* ---- Tables --------------------------------------------------------------------- */

static void
test_every_run_is_a_row (void)
{
  Fixture f;
  set_up (&f, 3, 4);
  fill (&f);
  SfStoreCounts counts = export(&f, FALSE);
  g_assert_cmpuint (counts.states[SF_STORE_DONE], ==, 3);
  g_autofree char *runs = table (
      &f, "runs.csv", "point rep state attempt border reserve message");
  g_assert_cmpstr (runs, ==,
                   "0;0;done;1;open, wide;0;|0;1;done;1;open, wide;0;|"
                   "0;2;timeout;2;open, wide;0;it said \"no\",\nso|"
                   "1;1;done;1;shut;1;|");
  g_autofree char *rest
      = table (&f, "runs.csv", "fingerprint events wall_s cpu_s worker");
  g_assert_cmpstr (rest, ==,
                   "fedcba9876543210;42;0.5;0.25;host:1|"
                   "fedcba9876543210;42;0.5;0.25;host:1|"
                   ";;0.5;0.25;host:1|fedcba9876543210;42;0.5;0.25;host:1|");
  tear_down (&f);
}

static void
test_what_is_missing_is_empty (void)
{
  Fixture f;
  set_up (&f, 3, 4);
  fill (&f);
  export(&f, FALSE);
  g_autofree char *runs = table (&f, "runs.csv", "lost first_day");
  g_assert_cmpstr (runs, ==,
                   "1;30|4;|;|0.30000000000000004;0.3333333333333333|");
  tear_down (&f);
}

static void
test_points_sum_up_their_runs (void)
{
  Fixture f;
  set_up (&f, 3, 4);
  fill (&f);
  export(&f, FALSE);
  g_autofree char *place = table (&f, "points.csv", "point design_row block");
  g_assert_cmpstr (place, ==, "0;10;0|1;11;0|2;12;1|");
  g_autofree char *counts
      = table (&f, "points.csv", "fear n_done n_failed lost_n first_day_n");
  g_assert_cmpstr (counts, ==,
                   "0.1;2;1;2;1|0.43333333333333335;1;0;1;1|"
                   "0.7666666666666666;0;0;0;0|");
  g_autofree char *stats = table (
      &f, "points.csv", "lost_mean lost_sd first_day_mean first_day_sd");
  g_assert_cmpstr (stats, ==,
                   "2.5;2.1213203435596424;30;|"
                   "0.30000000000000004;;0.3333333333333333;|;;;|");
  tear_down (&f);
}

static void
test_shows_one_moment (void)
{
  Fixture f;
  set_up (&f, 1, 4);
  put (&f, 0, 0, SF_STORE_DONE, 1, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStore) reader = sf_store_open (f.path, FALSE, &error);
  SfStoreCounts before, after;
  g_assert_true (sf_store_hold (reader, &error));
  g_assert_true (sf_store_count (reader, &before, &error));
  put (&f, 1, 0, SF_STORE_DONE, 1, 1);
  put (&f, 2, 6, SF_STORE_DONE, 1, 1); /* more replications than planned */
  g_assert_true (sf_store_count (reader, &after, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (before.states[SF_STORE_DONE], ==, 1);
  g_assert_cmpuint (after.states[SF_STORE_DONE], ==, 1);
  g_assert_cmpuint (sf_store_shape (reader)->replications, ==, 1);
  after = export(&f, FALSE);
  g_assert_cmpuint (after.states[SF_STORE_DONE], ==, 3);
  g_assert_cmpuint (after.planned, ==, 21);
  tear_down (&f);
}

/* ---- The dictionary ----------------------------------------------------------------- */

/* Names in the dictionary are those of the header, in its order. */
static void
check_header (Fixture *f, const SfJson *table, const char *file)
{
  const SfJson *columns = sf_json_pointer_get (table, "/tableSchema/columns");
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = read_text (f, file);
  for (const SfJson *c = sf_json_first (columns); c; c = sf_json_next (c)) {
    const char *name = sf_json_string (sf_json_member (c, "name"));
    const SfJson *titles = sf_json_member (c, "titles");
    g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "", name);
    g_assert_cmpstr (sf_json_string (sf_json_first (titles)), ==, name);
    g_assert_nonnull (sf_json_member (c, "dc:description"));
    g_assert_nonnull (sf_json_member (c, "datatype"));
  }
  g_string_append (names, "\r\n");
  g_assert_true (g_str_has_prefix (text, names->str));
  g_assert_cmpstr (sf_json_string (sf_json_member (table, "url")), ==, file);
}

static void
test_dictionary_has_every_column (void)
{
  Fixture f;
  set_up (&f, 3, 4);
  export(&f, FALSE);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *path = g_build_filename (f.place, "dictionary.json", NULL);
  g_autoptr (SfJsonDoc) doc = sf_json_read_file (path, mistakes);
  const SfJson *root = sf_json_root (doc);
  check_header (&f, sf_json_pointer_get (root, "/tables/0"), "runs.csv");
  check_header (&f, sf_json_pointer_get (root, "/tables/1"), "points.csv");
  const SfJson *fear
      = sf_json_pointer_get (root, "/tables/0/tableSchema/columns/2");
  g_autofree char *type
      = sf_json_print (sf_json_member (fear, "datatype"), FALSE);
  g_assert_cmpstr (type, ==,
                   "{\"base\":\"double\",\"minimum\":0,\"maximum\":8}");
  g_assert_cmpstr (sf_json_string (sf_json_member (fear, "dc:description")), ==,
                   "factor; target /models/drivers/fear; range [0,8]");
  const SfJson *format = sf_json_pointer_get (
      root, "/tables/0/tableSchema/columns/3/datatype/format");
  g_assert_cmpstr (sf_json_string (format), ==, "^(?:open, wide|shut)$");
  tear_down (&f);
}

static void
test_tags_are_a_second_row (void)
{
  Fixture f;
  set_up (&f, 3, 4);
  fill (&f);
  export(&f, TRUE);
  g_autofree char *text = read_text (&f, "runs.csv");
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  g_assert_true (g_str_has_prefix (
      lines[1], "#meta+point,#meta+replication,#indicator+factor+fear+num,"));
  g_autofree char *dictionary = read_text (&f, "dictionary.json");
  g_assert_nonnull (strstr (dictionary, "\"headerRowCount\": 2"));
  g_assert_nonnull (strstr (dictionary, "\"#indicator+outcome+lost+num\""));
  tear_down (&f);
}

/* ---- Series --------------------------------------------------------------------------- */

static int
open_series (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->place, "series.nc", NULL);
  int file;
  g_assert_cmpint (nc_open (path, NC_NOWRITE, &file), ==, NC_NOERR);
  return file;
}

static int
variable (int file, const char *name)
{
  int v = -1;
  g_assert_cmpint (nc_inq_varid (file, name, &v), ==, NC_NOERR);
  return v;
}

static char *
attribute (int file, int v, const char *name)
{
  gsize n = 0;
  g_assert_cmpint (nc_inq_attlen (file, v, name, &n), ==, NC_NOERR);
  char *text = g_malloc0 (n + 1);
  nc_get_att_text (file, v, name, text);
  return text;
}

static float
value (int file, int v, guint point, guint rep, guint day)
{
  const gsize at[] = { point, rep, day };
  float x = 0;
  g_assert_cmpint (nc_get_var1_float (file, v, at, &x), ==, NC_NOERR);
  return x;
}

static void
test_series_are_in_their_place (void)
{
  Fixture f;
  set_up (&f, 3, 4);
  fill (&f);
  export(&f, FALSE);
  int file = open_series (&f);
  const char *const names[] = { "kessa_fuel_served_frac", "stock_m3", "fear_" };
  for (guint i = 0; i < 3; i++) {
    int v = variable (file, names[i]);
    g_assert_cmpfloat (value (file, v, 0, 1, 3), ==, curve (i, 0, 1, 3));
    g_assert_cmpfloat (value (file, v, 1, 1, 0), ==, curve (i, 1, 1, 0));
    g_assert_true (isnan (value (file, v, 0, 2, 0))); /* failed */
    g_assert_true (isnan (value (file, v, 2, 0, 0))); /* not run */
  }
  signed char states[9];
  nc_get_var_schar (file, variable (file, "status"), states);
  const signed char expected[] = { 0, 0, 3, 4, 0, 4, 4, 4, 4 };
  g_assert_cmpmem (states, 9, expected, 9);
  double fear[3];
  nc_get_var_double (file, variable (file, "fear"), fear);
  g_assert_cmpfloat (fear[2], ==, 0.1 + 2 / 3.0);
  char *border[3];
  nc_get_var_string (file, variable (file, "border"), border);
  g_assert_cmpstr (border[0], ==, "open, wide");
  g_assert_cmpstr (border[1], ==, "shut");
  nc_free_string (3, border);
  nc_close (file);
  tear_down (&f);
}

static void
test_attributes_follow_the_conventions (void)
{
  Fixture f;
  set_up (&f, 3, 4);
  export(&f, FALSE);
  int file = open_series (&f);
  int time = variable (file, "time"), stock = variable (file, "stock_m3");
  g_autofree char *units = attribute (file, time, "units");
  g_autofree char *m3 = attribute (file, stock, "units");
  g_autofree char *name = attribute (file, stock, "long_name");
  g_autofree char *conventions = attribute (file, NC_GLOBAL, "Conventions");
  g_autofree char *seed = attribute (file, NC_GLOBAL, "seed");
  g_assert_cmpstr (units, ==, "days since 2025-09-01");
  g_assert_cmpstr (m3, ==, "m3");
  g_assert_cmpstr (name, ==, "/stock_m3");
  g_assert_cmpstr (conventions, ==, "CF-1.8");
  g_assert_cmpstr (seed, ==, "7");
  nc_close (file);
  tear_down (&f);
}

/* A point whose replications fill more than one chunk: 300 days leave room for
 * 873 of them. */
static void
test_many_replications_make_several_chunks (void)
{
  Fixture f;
  set_up (&f, 1000, 300);
  const guint reps[] = { 0, 872, 873, 999 };
  for (guint p = 0; p < 3; p += 2)
    for (guint i = 0; i < G_N_ELEMENTS (reps); i++)
      put (&f, p, reps[i], SF_STORE_DONE, 1, 1);
  export(&f, FALSE);
  int file = open_series (&f), v = variable (file, "stock_m3");
  for (guint p = 0; p < 3; p++)
    for (guint i = 0; i < G_N_ELEMENTS (reps); i++) {
      float x = value (file, v, p, reps[i], 299);
      g_assert_true (p == 1 ? isnan (x) : x == curve (1, p, reps[i], 299));
      g_assert_true (isnan (value (file, v, p, 500, 7)));
    }
  gsize chunk[3];
  int storage;
  nc_inq_var_chunking (file, v, &storage, chunk);
  g_assert_cmpuint (chunk[1], <, 1000);
  nc_close (file);
  tear_down (&f);
}

static void
test_units_have_names_that_others_know (void)
{
  const char *const cases[][2] = { { "h", "h" },
                                   { "days", "day" },
                                   { "kmh", "km h-1" },
                                   { "m3_per_day", "m3/day" },
                                   { "frac", "1" },
                                   { "xof_per_l", "1/L" },
                                   { "per_100km", "1/(100 km)" },
                                   { "trucks", "1" },
                                   { "h_per_person", "h" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *units = sf_export_udunits (cases[i][0]);
    g_assert_cmpstr (units, ==, cases[i][1]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/every-run-is-a-row", test_every_run_is_a_row);
  g_test_add_func ("/export/what-is-missing-is-empty",
                   test_what_is_missing_is_empty);
  g_test_add_func ("/export/points-sum-up-their-runs",
                   test_points_sum_up_their_runs);
  g_test_add_func ("/export/shows-one-moment", test_shows_one_moment);
  g_test_add_func ("/export/dictionary-has-every-column",
                   test_dictionary_has_every_column);
  g_test_add_func ("/export/tags-are-a-second-row", test_tags_are_a_second_row);
  g_test_add_func ("/export/series-are-in-their-place",
                   test_series_are_in_their_place);
  g_test_add_func ("/export/attributes-follow-the-conventions",
                   test_attributes_follow_the_conventions);
  g_test_add_func ("/export/many-replications-make-several-chunks",
                   test_many_replications_make_several_chunks);
  g_test_add_func ("/export/units-have-names-that-others-know",
                   test_units_have_names_that_others_know);
  return g_test_run ();
}
