/* test-share.c - results for other programs. SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/report/tables.h"
#include "sim/share/map.h"
#include "sim/share/meanings.h"
#include "sim/share/rows.h"
#include "sim/share/workbook.h"

static char *
new_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("sf-share-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

static char *
put (const char *folder, const char *name, const char *text, gssize length)
{
  char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, length, NULL));
  return path;
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* ---- Rows ---------------------------------------------------------------- */

static void
test_rows (void)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *path = put (folder, "a.csv",
                               "\xEF\xBB\xBF"
                               "a,b\r\n\"x, \"\"y\"\"\nz\",\"'=1\"\n\r\n,\n"
                               "caf\xE9,'b",
                               -1);
  g_autoptr (SfRows) rows = sf_rows_open (path, NULL);
  guint n = 0;
  const char *const *cells = sf_rows_next (rows, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (cells[0], ==, "a");
  cells = sf_rows_next (rows, &n);
  g_assert_cmpstr (cells[0], ==, "x, \"y\"\nz");
  g_assert_cmpstr (cells[1], ==, "=1");
  cells = sf_rows_next (rows, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (cells[0], ==, "");
  cells = sf_rows_next (rows, &n);
  g_assert_cmpstr (cells[0], ==, "caf\xEF\xBF\xBD");
  g_assert_cmpstr (cells[1], ==, "'b");
  g_assert_null (sf_rows_next (rows, &n));
  guint64 n_rows = 0;
  g_assert_true (sf_rows_count (path, &n_rows, &n, NULL));
  g_assert_cmpuint (n_rows, ==, 4);
  g_assert_false (sf_rows_count (folder, &n_rows, &n, NULL));
  remove_files (folder);
}

static void
test_tags (void)
{
  const char *const tags[] = { "#date", "", "#loc+code" };
  const char *const none[] = { "", "" };
  const char *const mixed[] = { "#date", "x" };
  g_assert_true (sf_rows_is_hxl (tags, 3));
  g_assert_false (sf_rows_is_hxl (none, 2));
  g_assert_false (sf_rows_is_hxl (mixed, 2));
}

/* ---- Meanings ------------------------------------------------------------ */

static void
test_meanings (void)
{
  g_assert_cmpstr (sf_meaning_of ("curves.csv", "date")->tag, ==, "#date");
  g_assert_cmpstr (sf_meaning_of ("samples.csv", "value")->meaning, ==,
                   "the metric in this replication");
  g_assert_null (sf_meaning_of ("samples.csv", "nothing"));
  for (guint i = 0; sf_results_files[i]; i++)
    if (g_str_has_suffix (sf_results_files[i], ".csv"))
      g_assert_nonnull (sf_meaning_of_table (sf_results_files[i]));
  g_assert_cmpstr (sf_meaning_of_measure ("unmet_m3"), ==,
                   sf_meaning_of_measure ("unmet_t"));
  g_assert_cmpstr (sf_meaning_unit ("served_frac"), ==, "share, 0 to 1");
  g_assert_cmpstr (sf_meaning_unit ("demand_m3_per_day"), ==, "m3 a day");
  g_assert_cmpstr (sf_meaning_unit ("km"), ==, "km");
  g_assert_cmpstr (sf_meaning_unit ("note"), ==, "");
}

static void
test_map_tags (void)
{
  static const char *const cases[][2] = {
    { "fuel_household_person_days",
      "#affected+person_days+fuel_household+num" },
    { "Gaz-oil_served_frac", "#indicator+served+gaz_oil+num" },
    { "95_served_frac", "#indicator+served+n95+num" },
    { "lat_deg", "#geo+lat" },
    { "surface", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *tag = sf_map_tag (cases[i][0]);
    g_assert_cmpstr (tag, ==, cases[i][1]);
  }
}

/* ---- Workbooks ----------------------------------------------------------- */

/* An archive that was cut anywhere, or holds half a part, is told. */
static void
test_whole (void)
{
  g_autofree char *folder = new_folder ();
  g_free (put (folder, "a.csv", "a,b\r\n1,x\r\n", -1));
  g_autofree char *book = g_build_filename (folder, "a.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;
  const SfWorkbookAsk ask = { .folder = folder };
  g_assert_true (sf_workbook_write (&ask, book, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (sf_workbook_is_whole (book, &error));
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (book, &bytes, &length, NULL));
  for (gsize cut = 1; cut < length; cut += 97) {
    g_autofree char *part = put (folder, "cut", bytes, (gssize)(length - cut));
    g_assert_false (sf_workbook_is_whole (part, NULL));
  }
  for (gsize at = 40; at < length; at += 211) {
    g_autofree char *copy = g_memdup2 (bytes, length);
    copy[at] = (char)(copy[at] ^ 0x55);
    g_autofree char *part = put (folder, "cut", copy, (gssize)length);
    sf_workbook_is_whole (part, NULL); /* says something, and stays up */
  }
  remove_files (folder);
}

static void
test_nothing (void)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *book = g_build_filename (folder, "a.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;
  const SfWorkbookAsk ask = { .folder = folder };
  g_assert_false (sf_workbook_write (&ask, book, &n, &error));
  g_assert_error (error, SF_WORKBOOK_ERROR, SF_WORKBOOK_ERROR_NOTHING);
  g_assert_false (g_file_test (book, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_null (sf_map_new (folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  remove_files (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(PATH, TEST) g_test_add_func ("/share/" PATH, TEST)
  ADD ("rows/cells-are-cut-as-they-were-written", test_rows);
  ADD ("rows/tags-are-told-from-cells", test_tags);
  ADD ("meanings/tables-columns-measures-units", test_meanings);
  ADD ("meanings/tags-of-maps-are-well-formed", test_map_tags);
  ADD ("workbook/half-an-archive-is-told", test_whole);
  ADD ("workbook/nothing-in-nothing-out", test_nothing);
  return g_test_run ();
}
