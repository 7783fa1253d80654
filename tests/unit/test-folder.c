/* test-folder.c - result folders and their CSV. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/folder.h"

#include <math.h>
#include <unistd.h>

#include "sim/base/text.h"
#include "sim/report/csv.h"
#include "tests/unit/place.h"

/* ---- Folders ------------------------------------------------------------ */

static void
test_nothing_under_the_name_before_the_end (void)
{
  g_autofree char *place = place_new ();
  g_autofree char *target = g_build_filename (place, "deep/down/run", NULL);
  g_autofree char *above = g_path_get_dirname (target);
  g_autoptr (GError) error = NULL;
  SfFolder *folder = sf_folder_open (target, FALSE, &error);
  g_assert_no_error (error);
  place_write (sf_folder_staging (folder), "a.csv", "x");
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_assert_true (sf_folder_commit (folder, &error));
  g_autofree char *inside = place_list (target), *beside = place_list (above);
  g_assert_cmpstr (inside, ==, "a.csv ");
  g_assert_cmpstr (beside, ==, "run ");
  place_remove (place);
}

static void
test_given_up_leaves_nothing (void)
{
  g_autofree char *place = place_new ();
  g_autofree char *target = g_build_filename (place, "run", NULL);
  {
    g_autoptr (SfFolder) folder = sf_folder_open (target, FALSE, NULL);
    g_autofree char *file = sf_folder_file (folder, "a.csv");
    g_autofree char *deeper = sf_folder_file (folder, "figures/data");
    g_assert_cmpint (g_mkdir_with_parents (deeper, 0700), ==, 0);
    place_write (deeper, "x.tsv", "x");
    g_assert_true (g_file_set_contents (file, "x", -1, NULL));
    /* A link is removed, what it leads to is not. */
    g_autofree char *link = sf_folder_file (folder, "link");
    g_autofree char *kept = g_build_filename (place, "kept", NULL);
    g_assert_cmpint (g_mkdir (kept, 0700), ==, 0);
    place_write (kept, "papers", "x");
    g_assert_cmpint (symlink (kept, link), ==, 0);
  }
  g_autofree char *kept = g_build_filename (place, "kept", NULL);
  g_autofree char *left = place_list (place), *papers = place_list (kept);
  g_assert_cmpstr (left, ==, "kept ");
  g_assert_cmpstr (papers, ==, "papers ");
  place_remove (place);
}

static void
test_an_existing_folder_is_refused (void)
{
  g_autofree char *place = place_new ();
  g_autofree char *target = g_build_filename (place, "run/", NULL);
  g_autoptr (GError) error = NULL;
  g_mkdir (target, 0700);
  g_assert_null (sf_folder_open (target, FALSE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_assert_nonnull (strstr (error->message, "--force"));
  g_autofree char *left = place_list (place);
  g_assert_cmpstr (left, ==, "run ");
  place_remove (place);
}

static void
test_force_replaces_results_only (void)
{
  g_autofree char *place = place_new ();
  g_autofree char *target = g_build_filename (place, "run", NULL);
  g_autoptr (GError) error = NULL;
  g_mkdir (target, 0700);
  place_write (target, "thesis.txt", "years of work");
  g_assert_null (sf_folder_open (target, TRUE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  place_write (target, "manifest.json", "{}");
  SfFolder *folder = sf_folder_open (target, TRUE, NULL);
  place_write (sf_folder_staging (folder), "new.csv", "x");
  g_autofree char *still = place_list (target);
  g_assert_cmpstr (still, ==, "manifest.json thesis.txt ");
  g_assert_true (sf_folder_commit (folder, NULL));
  g_autofree char *inside = place_list (target), *beside = place_list (place);
  g_assert_cmpstr (inside, ==, "new.csv ");
  g_assert_cmpstr (beside, ==, "run ");
  place_remove (place);
}

static void
test_who_came_in_between_is_not_replaced (void)
{
  g_autofree char *place = place_new ();
  g_autofree char *target = g_build_filename (place, "run", NULL);
  g_autoptr (GError) error = NULL;
  SfFolder *folder = sf_folder_open (target, FALSE, NULL);
  g_mkdir (target, 0700);
  place_write (target, "manifest.json", "{}");
  g_assert_false (sf_folder_commit (folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_autofree char *inside = place_list (target), *beside = place_list (place);
  g_assert_cmpstr (inside, ==, "manifest.json ");
  g_assert_cmpstr (beside, ==, "run ");
  place_remove (place);
}

/* ---- Reading tables ----------------------------------------------------- */

static gboolean
join_cells (const char *const *cells, gpointer data)
{
  g_string_append_printf (data, "[%s|%s]", cells[0], cells[1]);
  return TRUE;
}

static void
test_csv_is_read_as_written (void)
{
  static const SfColumn columns[]
      = { { "a", "#a" }, { "b", "#b" }, { "c,\"", "#c" }, { NULL, NULL } };
  static const char *const wanted[] = { "c,\"", "a", NULL };
  static const char *const missing[] = { "d", NULL };
  g_autofree char *place = place_new ();
  g_autofree char *path = g_build_filename (place, "t.csv", NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SfCsv *csv = sf_csv_create (place, "t.csv", columns, TRUE, NULL);
  sf_csv_text (csv, "x \"quoted\",\nnew line");
  sf_csv_short (csv, 1.0 / 3);
  sf_csv_text (csv, "é");
  sf_csv_row (csv);
  sf_csv_number (csv, -0.1);
  sf_csv_number (csv, NAN);
  sf_csv_count (csv, 0);
  sf_csv_row (csv);
  g_assert_true (sf_csv_commit (csv, NULL));
  g_assert_true (sf_csv_read (path, wanted, join_cells, seen, NULL));
  g_assert_cmpstr (seen->str, ==, "[é|x \"quoted\",\nnew line][0|-0.1]");
  g_assert_false (sf_csv_read (path, missing, join_cells, seen, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_clear_error (&error);
  place_write (place, "t.csv", "a,b,\"c,\"\"\"\n1,2\n");
  g_assert_false (sf_csv_read (path, wanted, join_cells, seen, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_cmpfloat (sf_csv_cell_number ("1.5"), ==, 1.5);
  g_assert_true (isnan (sf_csv_cell_number ("")));
  g_assert_true (isnan (sf_csv_cell_number ("1 x")));
  place_remove (place);
}

/* Numbers of all sizes: of single precision, as curves are, of few digits, and
 * in the middle of two short ones. */
static double
any_number (GRand *rand, guint i)
{
  double size = g_rand_double_range (rand, 1, 10)
                * pow (10, g_rand_int_range (rand, -6, 9));
  int sign = g_rand_boolean (rand) ? 1 : -1;
  switch (i % 4) {
  case 0:
    return sign * size;
  case 1:
    return sign * (double)(float)size;
  case 2:
    return sign * g_rand_int_range (rand, 1, 100000)
           / pow (10, g_rand_int_range (rand, 0, 9));
  default:
    return sign * (g_rand_int_range (rand, 0, 100000000) + 0.5)
           / (1 << g_rand_int_range (rand, 0, 20));
  }
}

static void
test_short_numbers (void)
{
  static const SfColumn columns[] = { { "n", "#n" }, { NULL, NULL } };
  g_autofree char *place = place_new ();
  g_autofree char *path = g_build_filename (place, "s.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) expected = g_string_new ("n\r\n");
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  SfCsv *csv = sf_csv_create (place, "s.csv", columns, FALSE, NULL);
  for (guint i = 0; i < 100000; i++) {
    char cell[SF_TEXT_NUMBER_SIZE];
    double number = any_number (rand, i);
    sf_csv_short (csv, number);
    sf_csv_row (csv);
    g_ascii_formatd (cell, sizeof cell, "%.7g", number);
    g_string_append_printf (expected, "%s\r\n", cell);
  }
  g_assert_true (sf_csv_commit (csv, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected->str);
  place_remove (place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder/nothing-under-the-name-before-the-end",
                   test_nothing_under_the_name_before_the_end);
  g_test_add_func ("/folder/given-up-leaves-nothing",
                   test_given_up_leaves_nothing);
  g_test_add_func ("/folder/existing-is-refused",
                   test_an_existing_folder_is_refused);
  g_test_add_func ("/folder/force-replaces-results-only",
                   test_force_replaces_results_only);
  g_test_add_func ("/folder/who-came-in-between-is-not-replaced",
                   test_who_came_in_between_is_not_replaced);
  g_test_add_func ("/csv/is-read-as-written", test_csv_is_read_as_written);
  g_test_add_func ("/csv/short-numbers-are-those-of-printf",
                   test_short_numbers);
  return g_test_run ();
}
