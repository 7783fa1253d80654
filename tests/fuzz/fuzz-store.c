/* fuzz-store.c - can any store hurt who reads it? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A store is a SQLite file that may come from anywhere. The input is one, or
 * says how a good one is spoilt: lines "@OFFSET HEX" put bytes into its file,
 * everything else is SQL that is run on it before. Whatever comes of it is
 * refused in words, or counted, walked, exported, merged and written to. How
 * it is run stands in replay.h.
 */
#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "sim/export/export.h"
#include "tests/fuzz/replay.h"

#define DAYS 3
#define STEPS_MAX 100000 /* of SQL, in thousands of SQLite's instructions */

static const char *const words[] = { "plain", "it's", "", NULL };
static const char *const curves[] = { "kessa/fuel/served_frac" };
static const SfStoreColumn factors[] = {
  { .name = "km", .unit = "km", .kind = "number", .low = 1, .high = 9 },
  { .name = "who",
    .kind = "category",
    .levels = words,
    .low = NAN,
    .high = NAN },
};
static const SfStoreColumn outcomes[] = {
  { .name = "days", .title = "Days", .unit = "d", .kind = "number" },
  { .name = "first", .unit = "", .kind = "event" },
};

static void
put (SfStore *s, guint point, guint rep, SfStoreState state)
{
  const double values[] = { point + 0.5, rep > 0 ? NAN : 1 };
  const float series[] = { 1, 2, 3 };
  SfStoreRow row = { .point = point,
                     .rep = rep,
                     .state = state,
                     .worker = "host:1",
                     .message = state == SF_STORE_DONE ? "" : "bad",
                     .outcomes = values,
                     .series = series };

  if (!sf_store_put (s, &row, NULL) || !sf_store_commit (s, NULL))
    return;
}

/* A good store, made once. */
static void
make_base (char **bytes, gsize *length)
{
  g_autofree char *path = fuzz_path ("base.sqlite");
  SfStoreShape shape = { .factors = factors,
                         .outcomes = outcomes,
                         .n_factors = G_N_ELEMENTS (factors),
                         .n_outcomes = G_N_ELEMENTS (outcomes),
                         .series = curves,
                         .n_series = 1,
                         .days = DAYS,
                         .replications = 2 };
  SfStore *s = sf_store_new (path, &shape, FALSE, NULL);

  for (guint p = 0; p < 3; p++) {
    const double values[] = { 1 + p, p };

    g_assert_true (sf_store_add_point (s, p, p, values, NULL));
  }
  sf_store_set_fact (s, "version", "1", NULL);
  sf_store_set_fact (s, "models_sha256", "m", NULL);
  sf_store_set_fact (s, "inputs_sha256", "i", NULL);
  g_assert_true (sf_store_publish (s, NULL));
  sf_store_begin_session (s, "local", "host", 1, NULL);
  put (s, 0, 0, SF_STORE_DONE);
  put (s, 0, 1, SF_STORE_DONE);
  put (s, 1, 0, SF_STORE_FAILED);
  sf_store_log (s, "note", "text", NULL);
  g_assert_true (sf_store_settle (s, NULL));
  sf_store_free (s);
  g_assert_true (g_file_get_contents (path, bytes, length, NULL));
}

/* ---- Spoiling ----------------------------------------------------------------- */

static int
allow (void *data, int action, const char *a, const char *b, const char *c,
       const char *d)
{
  gboolean reaches_out = action == SQLITE_ATTACH || action == SQLITE_DETACH
                         || action == SQLITE_PRAGMA
                         || (action == SQLITE_FUNCTION
                             && (g_strcmp0 (b, "load_extension") == 0
                                 || g_strcmp0 (b, "writefile") == 0));

  return reaches_out ? SQLITE_DENY : SQLITE_OK;
}

static int
count_down (void *data)
{
  return --*(int *)data < 0;
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  int steps = STEPS_MAX / 1000;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  /* Also what refers to tables that are gone. */
  sqlite3_exec (db, "PRAGMA writable_schema = ON; PRAGMA journal_mode = DELETE",
                NULL, NULL, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, 1000000);
  sqlite3_set_authorizer (db, allow, NULL);
  sqlite3_progress_handler (db, 1000, count_down, &steps);
  sqlite3_exec (db, sql, NULL, NULL, NULL);
  sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  sqlite3_close (db);
}

/* Applies a line "@OFFSET HEX". */
static void
patch (GString *file, const char *line)
{
  char *at;
  guint64 offset = g_ascii_strtoull (line + 1, &at, 10);

  while (*at == ' ')
    at++;
  for (; g_ascii_isxdigit (at[0]) && g_ascii_isxdigit (at[1]); at += 2)
    if (offset < file->len)
      file->str[offset++] = (char)(g_ascii_xdigit_value (at[0]) * 16
                                   + g_ascii_xdigit_value (at[1]));
}

/* The spoilt store; returns its path, to be freed. */
static char *
make_spoilt (const uint8_t *data, size_t size)
{
  static char *base;
  static gsize base_length;
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) file = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  char *path;

  if (base == NULL)
    make_base (&base, &base_length);
  if (g_str_has_prefix (text, "SQLite format 3"))
    return fuzz_write ("store.sqlite", data, size);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '@')
      g_string_append_printf (sql, "%s\n", lines[i]);
  path = fuzz_write ("store.sqlite", base, base_length);
  run_sql (path, sql->str);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  file = g_string_new_len (bytes, (gssize)length);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] == '@')
      patch (file, lines[i]);
  g_free (path);
  return fuzz_write ("store.sqlite", file->str, file->len);
}

/* ---- Reading ------------------------------------------------------------------- */

/* An answer comes without an error, a refusal with one, which is cleared. */
static void
check_error (gboolean is_fine, GError **error)
{
  g_assert_true (is_fine == (*error == NULL));
  if (*error != NULL)
    g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_clear_error (error);
}

static void
see_cause (const char *state, const char *message, guint64 n, gpointer data)
{
  g_assert_true (state != NULL && message != NULL);
}

static void
see_session (const char *engine, const char *host, gint64 pid, guint64 in_hand,
             double silent_s, gpointer data)
{
  g_assert_true (engine != NULL && host != NULL);
}

static void
walk (SfStore *s)
{
  const SfStoreShape *shape = sf_store_shape (s);
  g_autofree double *values = g_new0 (double, 2 * shape->n_factors + 1);
  SfStoreTask tasks[]
      = { { 0, 0, values }, { 0, 0, values + shape->n_factors } };
  SfStoreWalk steps = { .n_shards = 1, .point = -1, .retries = TRUE };
  GError *error = NULL;

  for (int i = 0; i < 10; i++)
    if (sf_store_next (s, &steps, tasks, 2, &error) == 0)
      break;
  g_clear_error (&error);
  sf_store_task (s, 1, tasks, &error);
  g_clear_error (&error);
}

static void
look (SfStore *s)
{
  SfStoreCounts counts;
  GError *error = NULL;
  g_free (sf_store_fact (s, "version"));

  check_error (sf_store_count (s, &counts, &error), &error);
  check_error (sf_store_causes (s, 5, see_cause, NULL, &error), &error);
  check_error (sf_store_sessions (s, see_session, NULL, &error), &error);
  walk (s);
}

static void
export_all (SfStore *s)
{
  g_autofree char *folder = fuzz_path ("export");
  SfExport what = { .store = s, .has_hxl = TRUE };
  GError *error = NULL;
  SfStoreCounts counts;

  fuzz_remove (folder);
  g_mkdir (folder, 0700);
  check_error (sf_export_write (&what, folder, &counts, &error), &error);
}

static void
write_to (const char *path)
{
  GError *error = NULL;
  SfStore *s = sf_store_open (path, TRUE, &error);

  check_error (s != NULL, &error);
  if (s != NULL && sf_store_shape (s)->n_outcomes <= 2
      && sf_store_shape (s)->n_series <= 1 && sf_store_shape (s)->days <= DAYS)
    put (s, 2, 0, SF_STORE_DONE);
  sf_store_free (s);
}

static void
merge (const char *path)
{
  g_autofree char *base = fuzz_path ("base.sqlite");
  g_autofree char *copy = fuzz_path ("copy.sqlite");
  g_autofree char *bytes = NULL;
  GError *error = NULL;
  guint64 n_new = 0;
  gsize length;
  SfStore *s;

  g_assert_true (g_file_get_contents (base, &bytes, &length, NULL));
  g_free (fuzz_write ("copy.sqlite", bytes, length));
  s = sf_store_open (copy, TRUE, &error);
  g_assert_no_error (error);
  check_error (sf_store_merge (s, path, &n_new, &error), &error);
  look (s);
  sf_store_free (s);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path = make_spoilt (data, size);
  GError *error = NULL;
  SfStore *s = sf_store_open (path, FALSE, &error);

  check_error (s != NULL, &error);
  if (s != NULL) {
    look (s);
    export_all (s);
  }
  sf_store_free (s);
  merge (path);
  write_to (path);
  return 0;
}
