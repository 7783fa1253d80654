/* test-store-files.c - stores that are damaged, half made or left behind. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/store-fixture.h"

/* ---- Files that are none ------------------------------------------------------- */

static void
refused (const char *path, int code)
{
  for (int is_writer = 0; is_writer < 2; is_writer++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (SfStore) s = sf_store_open (path, is_writer, &error);
    g_assert_null (s);
    g_assert_error (error, SF_STORE_ERROR, code);
    g_assert_nonnull (strstr (error->message, path));
  }
}

static void
test_files_that_are_no_store (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "other", NULL);
  refused (path, SF_STORE_ERROR_FAILED);
  refused (f->folder, SF_STORE_ERROR_FAILED);
  g_file_set_contents (path, "", 0, NULL);
  refused (path, SF_STORE_ERROR_FORMAT);
  g_file_set_contents (path, "Dear Sir or Madam", -1, NULL);
  refused (path, SF_STORE_ERROR_FORMAT);
  g_autofree char *text = g_strnfill (5000, 'x');
  g_file_set_contents (path, text, -1, NULL);
  refused (path, SF_STORE_ERROR_FORMAT);
  g_remove (path);
  g_free (ask (path, "CREATE TABLE mine (a)"));
  refused (path, SF_STORE_ERROR_FORMAT);
}

static void
test_another_format_is_named (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->store, sf_store_free);
  g_free (ask (f->path, "PRAGMA user_version=77"));
  g_autoptr (GError) error = NULL;
  g_assert_null (sf_store_open (f->path, FALSE, &error));
  g_assert_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "77"));
}

/* Whatever is cut off, reading it all says so. */
static void
test_a_store_that_is_cut_off (Fixture *f, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize size;
  for (guint p = 0; p < POINTS; p++)
    for (guint r = 0; r < REPS; r++)
      put (f->store, p, r, SF_STORE_DONE);
  commit (f->store);
  g_assert_true (sf_store_settle (f->store, NULL));
  g_clear_pointer (&f->store, sf_store_free);
  g_assert_true (g_file_get_contents (f->path, &whole, &size, NULL));
  for (gsize n = 0; n < size; n += n < 600 ? 50 : 409) {
    g_autofree char *path = g_build_filename (f->folder, "cut", NULL);
    g_assert_true (g_file_set_contents (path, whole, (gssize)n, NULL));
    refused (path, SF_STORE_ERROR_FORMAT);
  }
}

/* Pages of rubbish: never a crash, and no row that was not written. */
static void
test_a_store_with_a_bad_page (Fixture *f, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize size;
  put (f->store, 0, 0, SF_STORE_DONE);
  commit (f->store);
  g_assert_true (sf_store_settle (f->store, NULL));
  g_clear_pointer (&f->store, sf_store_free);
  g_assert_true (g_file_get_contents (f->path, &whole, &size, NULL));
  for (gsize at = 0; at < size; at += 4096) {
    g_autofree char *path = g_build_filename (f->folder, "bad", NULL);
    g_autofree char *copy = g_memdup2 (whole, size);
    for (gsize i = 100; i < 4096; i++)
      copy[at + i] = (char)(i * 37);
    memset (copy + at, 0xff, at > 0 ? 100 : 0);
    g_assert_true (g_file_set_contents (path, copy, (gssize)size, NULL));
    g_autoptr (GError) error = NULL;
    g_autoptr (SfStore) s = sf_store_open (path, FALSE, &error);
    SfStoreCounts counts;
    if (s && sf_store_count (s, &counts, &error))
      g_assert_cmpuint (counts.states[SF_STORE_DONE], ==, 1);
    else
      g_assert_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FORMAT);
  }
}

/* ---- Making and locking --------------------------------------------------------- */

static void
test_a_plan_that_is_dropped_leaves_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "new", NULL);
  SfStoreShape shape = shape_of (1);
  SfStore *s = sf_store_new (path, &shape, FALSE, NULL);
  sf_store_free (s);
  g_clear_pointer (&f->store, sf_store_free);
  g_autofree char *names = place_list (f->folder);
  g_assert_cmpstr (names, ==,
                   "it's a \"store\".sqlite it's a \"store\".sqlite.lock "
                   "new.lock ");
}

static void
test_a_store_is_not_made_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SfStoreShape shape = shape_of (1);
  g_clear_pointer (&f->store, sf_store_free);
  g_assert_null (sf_store_new (f->path, &shape, FALSE, &error));
  g_assert_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED);
  f->store = open_again (f->path, TRUE);
}

/* The journal of a store that was taken away is not played into a new one. */
static void
test_an_old_journal_is_not_played (Fixture *f, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  g_autofree char *old = NULL;
  gsize size;
  put (f->store, 0, 0, SF_STORE_DONE);
  commit (f->store);
  g_assert_true (g_file_get_contents (wal, &old, &size, NULL));
  g_assert_cmpuint (size, >, 0);
  g_clear_pointer (&f->store, sf_store_free);
  g_remove (f->path);
  g_assert_true (g_file_set_contents (wal, old, (gssize)size, NULL));
  f->store = make (f->path, FALSE, "iii");
  SfStoreCounts counts;
  g_assert_true (sf_store_count (f->store, &counts, NULL));
  g_assert_cmpuint (counts.states[SF_STORE_DONE], ==, 0);
  ASKED (f->path, "PRAGMA integrity_check", "ok");
}

/* A journal that a killed writer left is rolled back by whoever reads next.
 * The copy of a store in mid-commit is what a kill leaves. */
static void
test_a_reader_rolls_back_a_shard (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "shard", NULL);
  g_autofree char *copy = g_build_filename (f->folder, "copy", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *journal_copy = g_strconcat (copy, "-journal", NULL);
  g_autofree char *bytes = NULL, *log = NULL;
  gsize size, log_size;
  SfStore *shard = make (path, TRUE, "iii");
  put (shard, 0, 0, SF_STORE_DONE);
  commit (shard);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  put (shard, 1, 0, SF_STORE_DONE);
  g_assert_true (g_file_get_contents (journal, &log, &log_size, NULL));
  sf_store_free (shard);
  /* The head of a journal is written when it is synced: as if it was. */
  const guint8 head[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
  g_assert_cmpuint (log_size, >, sizeof head + 4);
  memcpy (log, head, sizeof head);
  g_assert_true (g_file_set_contents (copy, bytes, (gssize)size, NULL));
  g_assert_true (
      g_file_set_contents (journal_copy, log, (gssize)log_size, NULL));
  guint64 n = 0;
  g_autoptr (GError) error = NULL;
  sf_store_merge (f->store, copy, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("files-that-are-no-store", test_files_that_are_no_store);
  TEST ("another-format-is-named", test_another_format_is_named);
  TEST ("a-store-that-is-cut-off", test_a_store_that_is_cut_off);
  TEST ("a-store-with-a-bad-page", test_a_store_with_a_bad_page);
  TEST ("a-plan-that-is-dropped-leaves-nothing",
        test_a_plan_that_is_dropped_leaves_nothing);
  TEST ("a-store-is-not-made-twice", test_a_store_is_not_made_twice);
  TEST ("an-old-journal-is-not-played", test_an_old_journal_is_not_played);
  TEST ("a-reader-rolls-back-a-shard", test_a_reader_rolls_back_a_shard);
  return g_test_run ();
}
