/* test-book.c - the catalogue, its records and the log. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/book.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "sim/lang/lang.h"
#include "sim/observe/story.h"

static SfBook *
small_book (void)
{
  SfBook *book = sf_book_new (5);
  g_assert_cmpuint (sf_book_add_series (book, "a", "oil", "", "x_count"), ==,
                    0);
  g_assert_cmpuint (sf_book_add_series (book, NULL, "oil", "bus", "y_frac"), ==,
                    1);
  sf_book_add_series (book, "a", "oil", "bus", "y_frac");
  sf_book_add_metric (book, "y_day", "a", "oil", NULL, "2025-09");
  sf_book_add_commodity (book, "oil", "m3");
  sf_book_add_commodity (book, "rice", "t");
  return book;
}

static void
test_entries_are_found_again (void)
{
  g_autoptr (SfBook) book = small_book ();
  g_assert_cmpuint (sf_book_days (book), ==, 5);
  g_assert_cmpuint (sf_book_n_series (book), ==, 3);
  g_assert_cmpuint (sf_book_n_metrics (book), ==, 1);
  g_assert_cmpuint (sf_book_n_commodities (book), ==, 2);
  g_assert_cmpstr (sf_book_series (book, 1)->place, ==, "");
  g_assert_cmpstr (sf_book_series (book, 1)->class, ==, "bus");
  g_assert_cmpint (sf_book_find_series (book, "a", "oil", "bus", "y_frac"), ==,
                   2);
  g_assert_cmpint (sf_book_find_series (book, NULL, "oil", "bus", "y_frac"), ==,
                   1);
  g_assert_cmpint (sf_book_find_series (book, "b", "oil", "bus", "y_frac"), ==,
                   -1);
  g_assert_cmpint (
      sf_book_find_metric (book, "y_day", "a", "oil", "", "2025-09"), ==, 0);
  g_assert_cmpint (sf_book_find_metric (book, "y_day", "a", "oil", "", ""), ==,
                   -1);
  g_assert_cmpstr (sf_book_commodity (book, 1), ==, "rice");
  g_assert_cmpstr (sf_book_unit (book, 1), ==, "t");
}

/* A book with person-days of two places, by commodity and class. */
static SfBook *
book_of_needs (void)
{
  static const char *const rows[][4] = {
    { "person_days_without", "a", "oil", "bus" },
    { "person_days_without", "a", "oil", "home" },
    { "person_days_without", "a", "rice", "home" },
    { "person_days_without", "b", "oil", "home" },
    { "unmet_m3", "a", "oil", "" },
    { "unmet_m3", "a", "oil", "bus" },
    { "unmet_m3", "a", "oil", "home" },
    { "lost_count", "", "", "" },
  };
  SfBook *book = sf_book_new (1);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    sf_book_add_metric (book, rows[i][0], rows[i][1], rows[i][2], rows[i][3],
                        "");
  sf_book_add_metric (book, "lost_count", "", "", "", "2025-09");
  return book;
}

/* "0 1 " of the metrics of a sum; "none" when there is none. */
static char *
sum_of (const SfBook *book, const char *name)
{
  g_autoptr (GArray) found = sf_book_find_sum (book, name);
  GString *out = g_string_new (found ? "" : "none");
  for (guint i = 0; found && i < found->len; i++)
    g_string_append_printf (out, "%u ", g_array_index (found, guint, i));
  return g_string_free (out, FALSE);
}

static void
test_what_a_name_leaves_open_is_summed (void)
{
  static const struct {
    const char *name, *metrics;
  } cases[] = {
    { "a/oil/bus/person_days_without", "0 " },
    { "a/oil/person_days_without", "0 1 " },
    { "a/person_days_without", "0 1 2 " },
    { "/person_days_without", "0 1 2 3 " },
    { "/oil/person_days_without", "0 1 3 " },
    { "a/oil/unmet_m3", "4 " }, /* the book has it */
    { "a/unmet_m3", "5 6 " },   /* and not twice */
    { "/lost_count", "7 " },
    { "/lost_count/2025-09", "8 " },
    { "a/lost_count", "none" },
    { "c/person_days_without", "none" },
    { "person_days_without", "none" },
  };
  g_autoptr (SfBook) book = book_of_needs ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *metrics = sum_of (book, cases[i].name);
    g_assert_cmpstr (metrics, ==, cases[i].metrics);
  }
}

static void
test_names_of_metrics_lead_back (void)
{
  g_autoptr (SfBook) book = book_of_needs ();
  for (guint i = 0; i < sf_book_n_metrics (book); i++) {
    g_autofree char *name = sf_book_metric_name (book, i);
    g_assert_cmpint (sf_book_find_named_metric (book, name), ==, (gint)i);
  }
  g_autofree char *near = sf_book_nearest_metric (book, "/lost_cuont");
  g_assert_cmpstr (near, ==, "/lost_count");
  g_autofree char *far = sf_book_nearest_metric (book, "weather");
  g_assert_null (far);
}

static void
test_records_do_not_overlap (void)
{
  g_autoptr (SfBook) book = small_book ();
  gsize size = sf_record_size (book);
  g_assert_cmpuint (size % 8, ==, 0);
  g_autofree char *memory = g_malloc0 (2 * size);
  SfRecord first = sf_record_view (book, memory);
  SfRecord second = sf_record_view (book, memory + size);
  /* Fill the first to its brim; the second stays empty. */
  for (int i = 0; i < SF_HEAD_N; i++)
    first.head[i] = -1;
  first.metrics[0] = 1;
  for (int i = 0; i < 2 * SF_LEDGER_N; i++)
    first.ledger[i] = 2;
  for (int i = 0; i < 15; i++)
    first.curves[i] = 3;
  memset (first.message, 'm', SF_RECORD_MESSAGE);
  for (gsize i = 0; i < size; i++)
    g_assert_cmpint (memory[size + i], ==, 0);
  g_assert_cmpint (first.head[SF_HEAD_TIES], ==, -1);
  g_assert_cmpfloat (first.metrics[0], ==, 1);
  g_assert_cmpfloat (first.ledger[0], ==, 2);
  g_assert_cmpfloat (first.ledger[2 * SF_LEDGER_N - 1], ==, 2);
  g_assert_cmpfloat ((double)first.curves[0], ==, 3);
  g_assert_cmpfloat ((double)first.curves[14], ==, 3);
  g_assert_cmpint (second.head[SF_HEAD_STATUS], ==, SF_RECORD_EMPTY);
}

static void
test_the_worst_commodity_is_the_imbalance (void)
{
  g_autoptr (SfBook) book = small_book ();
  g_autofree char *memory = g_malloc0 (sf_record_size (book));
  SfRecord record = sf_record_view (book, memory);
  double *oil = record.ledger, *rice = record.ledger + SF_LEDGER_N;
  g_assert_cmpfloat (sf_ledger_imbalance (book, &record), ==, 0);
  oil[SF_LEDGER_INITIAL] = 60;
  oil[SF_LEDGER_LOADED] = 40;
  oil[SF_LEDGER_CONSUMED] = 50;
  oil[SF_LEDGER_LOST] = 10;
  oil[SF_LEDGER_SEIZED] = 5;
  oil[SF_LEDGER_LEAKED] = 5;
  oil[SF_LEDGER_IN_STOCK] = 10;
  oil[SF_LEDGER_IN_TRANSIT] = 15;
  oil[SF_LEDGER_HOARDED] = 5;
  g_assert_cmpfloat (sf_ledger_imbalance (book, &record), ==, 0);
  rice[SF_LEDGER_LOADED] = 10;
  rice[SF_LEDGER_IN_STOCK] = 9;
  oil[SF_LEDGER_HOARDED] = 4;
  g_assert_cmpfloat_with_epsilon (sf_ledger_imbalance (book, &record), 0.1,
                                  1e-15);
  rice[SF_LEDGER_LOADED] = 0; /* out of nothing */
  g_assert_true (isinf (sf_ledger_imbalance (book, &record)));
  rice[SF_LEDGER_IN_STOCK] = NAN;
  g_assert_true (isnan (sf_ledger_imbalance (book, &record)));
}

static void
test_accounts_have_names (void)
{
  for (int i = 0; i < SF_LEDGER_N; i++)
    g_assert_nonnull (sf_ledger_names[i]);
  g_assert_cmpstr (sf_ledger_names[SF_LEDGER_IN_TRANSIT], ==, "in_transit");
}

static void
test_the_log_keeps_order_and_places (void)
{
  g_autoptr (SfLog) log = sf_log_new ();
  char place[] = "dakar";
  sf_log_add (log, 5, "arrive", place, 3, g_strdup ("three"));
  place[0] = 'x';
  sf_log_add (log, 5, "wait", NULL, NAN, NULL);
  g_assert_cmpuint (sf_log_count (log), ==, 2);
  g_assert_cmpstr (sf_log_get (log, 0)->place, ==, "dakar");
  g_assert_cmpstr (sf_log_get (log, 0)->text, ==, "three");
  g_assert_cmpstr (sf_log_get (log, 1)->place, ==, "");
  g_assert_cmpstr (sf_log_get (log, 1)->text, ==, "");
}

static void
test_the_log_knows_whom_it_is_for (void)
{
  const char *english = "a truce is negotiated";
  g_autoptr (SfLog) table = sf_log_new ();
  g_autoptr (SfLog) people = sf_log_new_for_people ();
  g_assert_cmpstr (sf_log_text (people, english), ==, english);
  g_assert_true (sf_lang_set ("fr"));
  g_assert_cmpstr (sf_log_text (table, english), ==, english);
  g_assert_cmpstr (sf_log_text (people, english), ==, "une trêve est négociée");
  sf_lang_set ("en");
}

static void
test_the_log_is_a_table (void)
{
  g_autoptr (SfLog) log = sf_log_new ();
  g_autofree char *folder = g_dir_make_tmp ("sf-book-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "events.csv", NULL);
  g_autofree char *contents = NULL;
  SfDate start;
  g_assert_true (sf_date_parse ("2025-12-31", &start));
  sf_log_add (log, -1, "before", "a", NAN, NULL);
  sf_log_add (log, 86400 + 3661, "after", "b", 1e6, g_strdup ("x, y"));
  g_assert_true (sf_log_write (log, start, 7, TRUE, path, NULL));
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (contents, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_cmpint (lines[1][0], ==, '#');
  g_assert_cmpstr (lines[2], ==,
                   "7,2025-12-30,23:59:59,-1.157407e-05,before,a,,");
  g_assert_cmpstr (lines[3], ==,
                   "7,2026-01-01,01:01:01,1.042373,after,b,1000000,\"x, y\"");
  unlink (path);
  rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book/entries-are-found-again",
                   test_entries_are_found_again);
  g_test_add_func ("/book/what-a-name-leaves-open-is-summed",
                   test_what_a_name_leaves_open_is_summed);
  g_test_add_func ("/book/names-of-metrics-lead-back",
                   test_names_of_metrics_lead_back);
  g_test_add_func ("/book/records-do-not-overlap", test_records_do_not_overlap);
  g_test_add_func ("/book/worst-commodity-is-the-imbalance",
                   test_the_worst_commodity_is_the_imbalance);
  g_test_add_func ("/book/accounts-have-names", test_accounts_have_names);
  g_test_add_func ("/log/keeps-order-and-places",
                   test_the_log_keeps_order_and_places);
  g_test_add_func ("/log/knows-whom-it-is-for",
                   test_the_log_knows_whom_it_is_for);
  g_test_add_func ("/log/is-a-table", test_the_log_is_a_table);
  return g_test_run ();
}
