/* test-file.c - are files written whole or not at all? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/file.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

typedef struct {
  char *folder;
  char *path; /* of a file in it, not there yet */
} Fixture;

static void
set_up (Fixture *fixture, const void *data)
{
  (void)data;
  fixture->folder = g_dir_make_tmp ("sf-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "table.csv", NULL);
}

/* Number of entries in the folder. */
static guint
count_entries (const Fixture *fixture)
{
  GDir *dir = g_dir_open (fixture->folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  g_dir_close (dir);
  return count;
}

static void
tear_down (Fixture *fixture, const void *data)
{
  (void)data;
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing left over */
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_writes (Fixture *fixture, const void *data)
{
  GError *error = NULL;
  struct stat status;
  mode_t mask = umask (027);

  (void)data;
  g_assert_true (sf_file_write (fixture->path, "old\n", 4, &error));
  umask (mask);
  assert_content (fixture->path, "old\n");
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0640);
  g_assert_true (sf_file_write (fixture->path, NULL, 0, &error));
  assert_content (fixture->path, "");
  g_assert_no_error (error);
  g_assert_cmpuint (count_entries (fixture), ==, 1);
}

static void
test_keeps_old (Fixture *fixture, const void *data)
{
  GError *error = NULL;
  SfFile *file;

  (void)data;
  g_assert_true (sf_file_write (fixture->path, "old", 3, &error));
  file = sf_file_create (fixture->path, &error);
  g_assert_nonnull (file);
  sf_file_puts (file, "new");
  g_assert_cmpuint (count_entries (fixture), ==, 2);
  assert_content (fixture->path, "old");
  sf_file_discard (file);
  assert_content (fixture->path, "old");
  g_assert_cmpuint (count_entries (fixture), ==, 1);
  sf_file_discard (NULL);
}

/* Pieces smaller and larger than the buffer arrive in order. */
static void
test_pieces (Fixture *fixture, const void *data)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  GError *error = NULL;
  SfFile *file = sf_file_create (fixture->path, &error);

  (void)data;
  g_assert_no_error (error);
  for (guint i = 0; i < 40; i++) {
    gsize length = (gsize)i * i * 100;
    g_autofree char *piece = g_strnfill (length, (char)('a' + i % 26));

    sf_file_put (file, piece, length);
    g_string_append_len (expected, piece, (gssize)length);
  }
  g_assert_true (sf_file_commit (file, &error));
  assert_content (fixture->path, expected->str);
}

static void
assert_refused (const char *path, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sf_file_write (path, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_refuses (Fixture *fixture, const void *data)
{
  g_autofree char *inside = g_build_filename (fixture->folder, "no", "x", NULL);
  g_autofree char *below = g_build_filename (fixture->path, "x", NULL);

  (void)data;
  assert_refused (fixture->folder, G_FILE_ERROR_ISDIR);
  assert_refused (inside, G_FILE_ERROR_NOENT);
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  assert_refused (below, G_FILE_ERROR_NOTDIR);
  g_assert_cmpuint (count_entries (fixture), ==, 1);
}

/* A disk that fills up, played by the limit on the size of files: EFBIG takes
 * the same way as ENOSPC. In a child, since the limit cannot be raised again
 * by an ordinary user. */
static void
test_full (Fixture *fixture, const void *data)
{
  (void)data;
  if (g_test_subprocess ()) {
    struct rlimit limit = { 100000, 100000 };
    g_autoptr (GError) error = NULL;
    g_autofree char *text = g_strnfill (1000, 'x');
    SfFile *file;

    signal (SIGXFSZ, SIG_IGN);
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
    g_assert_true (sf_file_write (fixture->path, "old", 3, NULL));
    file = sf_file_create (fixture->path, &error);
    for (int i = 0; i < 200; i++)
      sf_file_put (file, text, 1000);
    g_assert_false (sf_file_commit (file, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
    g_assert_nonnull (strstr (error->message, "table.csv"));
    assert_content (fixture->path, "old");
    g_assert_cmpuint (count_entries (fixture), ==, 1);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

/* Devices and pipes are written, not replaced. */
static void
test_devices (Fixture *fixture, const void *data)
{
  GError *error = NULL;
  struct stat status;

  (void)fixture;
  (void)data;
  g_assert_true (sf_file_write ("/dev/null", "x", 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat ("/dev/null", &status), ==, 0);
  g_assert_true (S_ISCHR (status.st_mode));
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    assert_refused ("/dev/full", G_FILE_ERROR_NOSPC);
}

static void
test_links (Fixture *fixture, const void *data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  GError *error = NULL;

  (void)data;
  g_assert_true (sf_file_write (fixture->path, "old", 3, &error));
  g_assert_cmpint (symlink ("table.csv", link), ==, 0);
  g_assert_true (sf_file_write (link, "new", 3, &error));
  assert_content (fixture->path, "new");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_unlink (link), ==, 0);
}

/* "abc" is the first example of FIPS 180-4; nothing but a file has a sum. */
static void
test_sums (Fixture *fixture, const void *data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);
  const char *const others[]
      = { link, pipe, fixture->folder, "/dev/zero", "/nowhere/at/all" };
  guint64 length = 0;
  (void)data;
  g_assert_true (sf_file_write (fixture->path, "abc", 3, NULL));
  g_autofree char *sum = sf_file_sha256 (fixture->path, &length, NULL);
  g_assert_cmpstr (sum, ==,
                   "ba7816bf8f01cfea414140de5dae2223"
                   "b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpuint (length, ==, 3);
  g_assert_cmpint (symlink ("table.csv", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (sf_file_sha256 (others[i], &length, &error));
    g_assert_nonnull (error);
    g_assert_true (error->domain == G_FILE_ERROR);
  }
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (g_unlink (pipe), ==, 0);
}

static void
add (const char *path, void (*test) (Fixture *, const void *))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/file/write/is-complete-and-obeys-the-umask", test_writes);
  add ("/file/write/refuses-folders-and-missing-ones", test_refuses);
  add ("/file/writer/keeps-the-old-file-until-commit", test_keeps_old);
  add ("/file/writer/keeps-pieces-in-order", test_pieces);
  add ("/file/writer/reports-a-full-disk-and-leaves-nothing", test_full);
  add ("/file/write/does-not-replace-devices", test_devices);
  add ("/file/write/follows-links", test_links);
  add ("/file/sum/is-sha-256-of-files-only", test_sums);
  return g_test_run ();
}
