/* store-shape.c - the tables of a store. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/store/store-private.h"

#include "sim/lang/lang.h"

static const char fixed_tables[]
    = "CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
      "CREATE TABLE factor (position INTEGER PRIMARY KEY, name TEXT NOT NULL"
      " UNIQUE, title TEXT, unit TEXT, kind TEXT NOT NULL, detail TEXT,"
      " levels TEXT, low REAL, high REAL) STRICT;"
      "CREATE TABLE measure (position INTEGER PRIMARY KEY, name TEXT NOT NULL"
      " UNIQUE, title TEXT, unit TEXT, kind TEXT NOT NULL, detail TEXT)"
      " STRICT;"
      "CREATE TABLE curve (position INTEGER PRIMARY KEY, name TEXT NOT NULL"
      " UNIQUE) STRICT;"
      "CREATE TABLE run (point INTEGER NOT NULL, rep INTEGER NOT NULL, state"
      " TEXT NOT NULL, attempt INTEGER NOT NULL, fingerprint INTEGER, events"
      " INTEGER, wall_s REAL, cpu_s REAL, finished_unix_s REAL, worker TEXT,"
      " message TEXT, PRIMARY KEY (point, rep)) STRICT, WITHOUT ROWID;"
      "CREATE TABLE series (point INTEGER NOT NULL, rep INTEGER NOT NULL, data"
      " BLOB NOT NULL, PRIMARY KEY (point, rep)) STRICT;"
      "CREATE TABLE session (id INTEGER PRIMARY KEY, engine TEXT NOT NULL, host"
      " TEXT NOT NULL, pid INTEGER NOT NULL, jobs INTEGER NOT NULL,"
      " in_hand INTEGER NOT NULL, started_unix_s REAL NOT NULL, "
      "heartbeat_unix_s"
      " REAL NOT NULL, ended_unix_s REAL) STRICT;"
      "CREATE TABLE event (id INTEGER PRIMARY KEY, unix_s REAL NOT NULL,"
      " kind TEXT NOT NULL, text TEXT NOT NULL) STRICT;";

void
sf_store_add_names (GString *sql, const char *prefix,
                    const SfStoreColumn *columns, guint n)
{
  for (guint i = 0; i < n; i++) {
    char *name = sqlite3_mprintf ("\"%w\"", columns[i].name);
    g_string_append_printf (sql, ", %s%s", prefix, name);
    sqlite3_free (name);
  }
}

static void
add_typed (GString *sql, const SfStoreColumn *columns, guint n)
{
  for (guint i = 0; i < n; i++) {
    char *name = sqlite3_mprintf ("\"%w\"", columns[i].name);
    g_string_append_printf (sql, ", %s %s", name,
                            columns[i].levels ? "TEXT" : "REAL");
    sqlite3_free (name);
  }
}

/* One table a reader needs no join for. */
static void
add_view (GString *sql, const SfStoreShape *shape)
{
  g_string_append (sql, "CREATE VIEW tidy AS SELECT r.point, r.rep");
  sf_store_add_names (sql, "p.", shape->factors, shape->n_factors);
  g_string_append (sql, ", r.state, r.attempt");
  sf_store_add_names (sql, "o.", shape->outcomes, shape->n_outcomes);
  g_string_append (
      sql, ", r.message, r.fingerprint, r.events, r.wall_s, r.cpu_s,"
           " r.finished_unix_s, r.worker FROM run r JOIN point p ON p.id ="
           " r.point LEFT JOIN outcome o ON o.point = r.point AND o.rep ="
           " r.rep;");
}

static gboolean
add_columns (SfStore *s, const char *table, const SfStoreColumn *columns,
             guint n, GError **error)
{
  for (guint i = 0; i < n; i++) {
    const SfStoreColumn *c = &columns[i];
    g_autofree char *levels
        = c->levels ? g_strjoinv ("\n", (char **)c->levels) : NULL;
    gboolean is_factor = strcmp (table, "factor") == 0;
    char *sql = sqlite3_mprintf (
        is_factor ? "INSERT INTO factor VALUES (%d,%Q,%Q,%Q,%Q,%Q,%Q,?1,?2)"
                  : "INSERT INTO measure VALUES (%d,%Q,%Q,%Q,%Q,%Q)",
        i, c->name, c->title, c->unit ? c->unit : "", c->kind, c->detail,
        levels);
    sqlite3_stmt *statement = sf_store_prepare (s, sql, error);
    sqlite3_free (sql);
    if (!statement)
      return FALSE;
    if (is_factor) { /* NAN is stored as NULL */
      sqlite3_bind_double (statement, 1, c->low);
      sqlite3_bind_double (statement, 2, c->high);
    }
    gboolean is_fine = sf_store_step (s, statement, error);
    sqlite3_finalize (statement);
    if (!is_fine)
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_curves (SfStore *s, const SfStoreShape *shape, GError **error)
{
  for (guint i = 0; i < shape->n_series; i++) {
    char *sql = sqlite3_mprintf ("INSERT INTO curve VALUES (%d, %Q)", i,
                                 shape->series[i]);
    gboolean is_fine = sf_store_exec (s, sql, error);
    sqlite3_free (sql);
    if (!is_fine)
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_facts (SfStore *s, const SfStoreShape *shape, GError **error)
{
  g_autofree char *days = g_strdup_printf ("%u", shape->days);
  g_autofree char *replications = g_strdup_printf ("%u", shape->replications);
  return sf_store_set_fact (s, "days_count", days, error)
         && sf_store_set_fact (s, "replications_count", replications, error)
         && sf_store_set_fact (s, "is_shard", s->is_shard ? "1" : "0", error);
}

gboolean
sf_store_create_tables (SfStore *s, const SfStoreShape *shape, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_append_printf (sql,
                          "BEGIN; PRAGMA application_id=%d;"
                          "PRAGMA user_version=%d;%s",
                          SF_STORE_APPLICATION, SF_STORE_FORMAT, fixed_tables);
  g_string_append (sql, "CREATE TABLE point (id INTEGER PRIMARY KEY,"
                        " design_row INTEGER NOT NULL, block INTEGER NOT NULL");
  add_typed (sql, shape->factors, shape->n_factors);
  g_string_append (sql, ") STRICT; CREATE TABLE outcome (point INTEGER NOT "
                        "NULL, rep INTEGER NOT NULL");
  add_typed (sql, shape->outcomes, shape->n_outcomes);
  g_string_append (sql, ", PRIMARY KEY (point, rep)) STRICT, WITHOUT ROWID;");
  add_view (sql, shape);
  return sf_store_exec (s, sql->str, error)
         && add_columns (s, "factor", shape->factors, shape->n_factors, error)
         && add_columns (s, "measure", shape->outcomes, shape->n_outcomes,
                         error)
         && add_curves (s, shape, error) && add_facts (s, shape, error);
}

/* ---- Reading it back --------------------------------------------------------- */

/* Of the series of a run: SQLite's own limit. */
#define SERIES_BYTES_MAX 1000000000u

static gboolean
damaged (const SfStore *s, const char *what, GError **error)
{
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FORMAT,
               _ ("%s is damaged: %s"), s->path, what);
  return FALSE;
}

/* That nothing else goes by the name of a table, such as a view that never
 * ends. */
static gboolean
check_tables (SfStore *s, GError **error)
{
  sqlite3_stmt *statement = sf_store_prepare (
      s,
      "SELECT COUNT(*) = 10 FROM pragma_table_list WHERE schema = 'main' AND"
      " type = 'table' AND strict AND name IN ('study', 'factor', 'measure',"
      " 'curve', 'point', 'run', 'outcome', 'series', 'session', 'event')",
      error);
  if (!statement)
    return FALSE;
  int code = sqlite3_step (statement);
  gboolean is_whole
      = code == SQLITE_ROW && sqlite3_column_int (statement, 0) == 1;
  if (code != SQLITE_ROW)
    sf_store_fail (s, SF_STORE_READING, error);
  else if (!is_whole)
    damaged (s, _ ("its tables are not those of a store"), error);
  sqlite3_finalize (statement);
  return is_whole;
}

static const char *
keep (SfStore *s, sqlite3_stmt *statement, int column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);
  char *copy = text ? g_utf8_make_valid (text, -1) : NULL;
  if (copy)
    g_ptr_array_add (s->texts, copy);
  return copy;
}

/* Words of a category, as a list that ends with NULL. */
static const char *const *
keep_levels (SfStore *s, sqlite3_stmt *statement, int column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);
  if (!text)
    return NULL;
  char **words = g_strsplit (text, "\n", -1);
  for (char **w = words; *w; w++)
    g_ptr_array_add (s->texts, *w);
  g_ptr_array_add (s->texts, words);
  return (const char *const *)words;
}

static double
number_or_nan (sqlite3_stmt *statement, int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL
             ? NAN
             : sqlite3_column_double (statement, column);
}

static gboolean
read_columns (SfStore *s, const char *sql, GArray *into, GError **error)
{
  sqlite3_stmt *statement = sf_store_prepare (s, sql, error);
  int code = SQLITE_DONE;
  gboolean is_named = TRUE;
  while (statement && is_named
         && (code = sqlite3_step (statement)) == SQLITE_ROW) {
    SfStoreColumn c = { .name = keep (s, statement, 0),
                        .title = keep (s, statement, 1),
                        .unit = keep (s, statement, 2),
                        .kind = keep (s, statement, 3),
                        .detail = keep (s, statement, 4),
                        .levels = keep_levels (s, statement, 5),
                        .low = number_or_nan (statement, 6),
                        .high = number_or_nan (statement, 7) };
    c.unit = c.unit ? c.unit : "";
    is_named = c.name && *c.name && c.kind;
    g_array_append_val (into, c);
  }
  gboolean is_fine = statement && code == SQLITE_DONE && is_named;
  if (!is_named)
    damaged (s, _ ("a column of it has no name"), error);
  else if (statement && !is_fine)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (statement);
  return is_fine;
}

static gboolean
read_curves (SfStore *s, GError **error)
{
  sqlite3_stmt *statement
      = sf_store_prepare (s, "SELECT name FROM curve ORDER BY position", error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  if (!statement)
    return FALSE;
  int code;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW) {
    const char *name = keep (s, statement, 0);
    g_strv_builder_add (names, name ? name : "");
  }
  if (code != SQLITE_DONE)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (statement);
  if (code != SQLITE_DONE)
    return FALSE;
  s->series = g_strv_builder_end (names);
  s->shape.series = (const char *const *)s->series;
  s->shape.n_series = g_strv_length (s->series);
  return TRUE;
}

/* A fact that every store has. */
static gboolean
read_count (SfStore *s, const char *key, guint *count, GError **error)
{
  g_autofree char *text = sf_store_fact (s, key);
  if (!text) {
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FORMAT,
                 _ ("%s is damaged: it does not say %s"), s->path, key);
    return FALSE;
  }
  guint64 number = g_ascii_strtoull (text, NULL, 10);
  *count = (guint)MIN (number, G_MAXUINT);
  return TRUE;
}

static gboolean
check_sizes (SfStore *s, GError **error)
{
  guint64 cells = (guint64)s->shape.n_series * s->shape.days;
  if (s->shape.replications >= 1
      && s->shape.replications <= SF_STORE_REPLICATIONS_MAX
      && cells <= SERIES_BYTES_MAX / sizeof (float)
      && (cells > 0 || s->shape.n_series == 0))
    return TRUE;
  return damaged (s, _ ("it says that it has a size that no store has"), error);
}

static gboolean
count_points (SfStore *s, GError **error)
{
  sqlite3_stmt *statement = sf_store_prepare (
      s, "SELECT COUNT(*), MIN(id), MAX(id) FROM point", error);
  if (!statement)
    return FALSE;
  gboolean is_fine = sqlite3_step (statement) == SQLITE_ROW;
  gint64 n = is_fine ? sqlite3_column_int64 (statement, 0) : 0;
  s->n_points = (guint64)n;
  if (!is_fine)
    sf_store_fail (s, SF_STORE_READING, error);
  else if (n > 0
           && (sqlite3_column_int64 (statement, 1) != 0
               || sqlite3_column_int64 (statement, 2) != n - 1))
    is_fine = damaged (s, _ ("points of it are missing"), error);
  sqlite3_finalize (statement);
  return is_fine;
}

gboolean
sf_store_read_shape (SfStore *s, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SfStoreColumn));
  if (!check_tables (s, error))
    return FALSE;
  if (!read_columns (s,
                     "SELECT name, title, unit, kind, detail, levels, low, high"
                     " FROM factor ORDER BY position",
                     all, error))
    return FALSE;
  s->shape.n_factors = all->len;
  if (!read_columns (s,
                     "SELECT name, title, unit, kind, detail, NULL, NULL, NULL"
                     " FROM measure ORDER BY position",
                     all, error)
      || !read_curves (s, error) || !count_points (s, error))
    return FALSE;
  s->shape.n_outcomes = all->len - s->shape.n_factors;
  s->columns = g_memdup2 (all->data, all->len * sizeof (SfStoreColumn));
  s->shape.factors = s->columns;
  s->shape.outcomes = s->columns + s->shape.n_factors;
  return read_count (s, "days_count", &s->shape.days, error)
         && read_count (s, "replications_count", &s->shape.replications, error)
         && check_sizes (s, error);
}

double
sf_store_factor_value (const SfStore *s, guint factor, sqlite3_stmt *statement,
                       int column)
{
  const char *const *levels = s->shape.factors[factor].levels;
  if (!levels)
    return sqlite3_column_double (statement, column);
  const char *word = (const char *)sqlite3_column_text (statement, column);
  for (guint i = 0; word && levels[i]; i++)
    if (strcmp (levels[i], word) == 0)
      return i;
  return NAN;
}
