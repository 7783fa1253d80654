/* store-rows.c - what came of the runs. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/store/store-private.h"

#include "sim/lang/lang.h"

const char *const sf_store_state_names[SF_STORE_N_STATES]
    = { N_ ("done"), N_ ("failed"), N_ ("crashed"), N_ ("timeout") };

static SfStoreState
state_of (const char *word)
{
  for (guint i = 0; i < SF_STORE_N_STATES; i++)
    if (word && strcmp (word, sf_store_state_names[i]) == 0)
      return (SfStoreState)i;
  return SF_STORE_FAILED;
}

/* "" where there is none, though there should be. */
static const char *
text_of (sqlite3_stmt *q, int column)
{
  const char *text = (const char *)sqlite3_column_text (q, column);
  return text ? text : "";
}

/* ---- Writing ------------------------------------------------------------------ */

static char *
sql_put_run (const SfStore *s)
{
  (void)s;
  return g_strdup (
      "INSERT INTO run VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
      " ON CONFLICT (point, rep) DO UPDATE SET state = excluded.state,"
      " attempt = attempt + 1, fingerprint = excluded.fingerprint, events ="
      " excluded.events, wall_s = excluded.wall_s, cpu_s = excluded.cpu_s,"
      " finished_unix_s = excluded.finished_unix_s, worker = excluded.worker,"
      " message = excluded.message WHERE run.state <> 'done'");
}

static char *
sql_put_outcome (const SfStore *s)
{
  GString *sql = g_string_new ("INSERT OR REPLACE INTO outcome VALUES (?1, ?2");
  for (guint i = 0; i < s->shape.n_outcomes; i++)
    g_string_append_printf (sql, ", ?%u", i + 3);
  g_string_append (sql, ")");
  return g_string_free (sql, FALSE);
}

static char *
sql_put_series (const SfStore *s)
{
  (void)s;
  return g_strdup ("INSERT OR REPLACE INTO series VALUES (?1, ?2, ?3)");
}

static sqlite3_stmt *
keyed (SfStore *s, SfStoreStatement which, char *(*sql) (const SfStore *),
       const SfStoreRow *row, GError **error)
{
  sqlite3_stmt *q = sf_store_statement (s, which, sql, error);
  if (q) {
    sqlite3_bind_int64 (q, 1, (gint64)row->point);
    sqlite3_bind_int64 (q, 2, (gint64)row->rep);
  }
  return q;
}

static gboolean
put_outcome (SfStore *s, const SfStoreRow *row, GError **error)
{
  sqlite3_stmt *q
      = keyed (s, STATEMENT_PUT_OUTCOME, sql_put_outcome, row, error);
  if (!q)
    return FALSE;
  for (guint i = 0; i < s->shape.n_outcomes; i++) /* NAN becomes NULL */
    sqlite3_bind_double (q, (int)i + 3, row->outcomes[i]);
  return sf_store_step (s, q, error);
}

static gboolean
put_series (SfStore *s, const SfStoreRow *row, GError **error)
{
  sqlite3_stmt *q = keyed (s, STATEMENT_PUT_SERIES, sql_put_series, row, error);
  if (!q)
    return FALSE;
  gsize bytes = sizeof (float) * s->shape.n_series * s->shape.days;
  sqlite3_bind_blob64 (q, 3, row->series, bytes, SQLITE_STATIC);
  return sf_store_step (s, q, error);
}

gboolean
sf_store_put (SfStore *s, const SfStoreRow *row, GError **error)
{
  if (!sf_store_begin (s, error))
    return FALSE;
  sqlite3_stmt *q = keyed (s, STATEMENT_PUT_RUN, sql_put_run, row, error);
  if (!q)
    return FALSE;
  sqlite3_bind_text (q, 3, sf_store_state_names[row->state], -1, SQLITE_STATIC);
  sqlite3_bind_int64 (q, 4, (gint64)row->fingerprint);
  sqlite3_bind_int64 (q, 5, (gint64)row->events);
  sqlite3_bind_double (q, 6, row->wall_s);
  sqlite3_bind_double (q, 7, row->cpu_s);
  sqlite3_bind_double (q, 8, (double)g_get_real_time () / G_USEC_PER_SEC);
  sqlite3_bind_text (q, 9, row->worker, -1, SQLITE_STATIC);
  if (row->message && *row->message)
    sqlite3_bind_text (q, 10, row->message, -1, SQLITE_STATIC);
  if (!sf_store_step (s, q, error))
    return FALSE;
  if (sqlite3_changes (s->db) == 0 || row->state != SF_STORE_DONE)
    return TRUE;
  return put_outcome (s, row, error)
         && (!row->series || s->shape.n_series == 0
             || put_series (s, row, error));
}

/* ---- Counting ------------------------------------------------------------------- */

gboolean
sf_store_count (SfStore *s, SfStoreCounts *counts, GError **error)
{
  *counts = (SfStoreCounts){ .points = s->n_points,
                             .planned = s->n_points * s->shape.replications };
  sqlite3_stmt *q = sf_store_prepare (
      s,
      "SELECT state, COUNT(*), SUM(cpu_s), SUM(wall_s) FROM run GROUP BY state",
      error);
  int code = SQLITE_DONE;
  while (q && (code = sqlite3_step (q)) == SQLITE_ROW) {
    SfStoreState state = state_of ((const char *)sqlite3_column_text (q, 0));
    counts->states[state] += (guint64)sqlite3_column_int64 (q, 1);
    counts->cpu_s += sqlite3_column_double (q, 2);
    counts->wall_s += sqlite3_column_double (q, 3);
  }
  gboolean is_fine = q && code == SQLITE_DONE;
  if (q && !is_fine)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (q);
  return is_fine;
}

gboolean
sf_store_causes (SfStore *s, guint max,
                 void (*each) (const char *state, const char *message,
                               guint64 n, gpointer data),
                 gpointer data, GError **error)
{
  sqlite3_stmt *q = sf_store_prepare (
      s,
      "SELECT state, message, COUNT(*) AS n FROM run WHERE state <> 'done'"
      " GROUP BY state, message ORDER BY n DESC, state, message LIMIT ?1",
      error);
  if (!q)
    return FALSE;
  int code;
  sqlite3_bind_int64 (q, 1, (gint64)max);
  while ((code = sqlite3_step (q)) == SQLITE_ROW)
    each (sf_store_state_names[state_of (text_of (q, 0))], text_of (q, 1),
          (guint64)sqlite3_column_int64 (q, 2), data);
  if (code != SQLITE_DONE)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (q);
  return code == SQLITE_DONE;
}

/* ---- Reading ----------------------------------------------------------------------- */

/* Columns of the statement below, before factors and outcomes. */
enum {
  COLUMN_POINT,
  COLUMN_DESIGN_ROW,
  COLUMN_BLOCK,
  COLUMN_REP,
  COLUMN_STATE,
  COLUMN_ATTEMPT,
  COLUMN_FINGERPRINT,
  COLUMN_EVENTS,
  COLUMN_WALL,
  COLUMN_CPU,
  COLUMN_FINISHED,
  COLUMN_WORKER,
  COLUMN_MESSAGE,
  COLUMN_SERIES,
  COLUMN_FIRST,
};

static char *
sql_rows (const SfStore *s, gboolean with_series, const char *where)
{
  GString *sql = g_string_new (
      "SELECT p.id, p.design_row, p.block, r.rep, r.state, r.attempt,"
      " r.fingerprint, r.events, r.wall_s, r.cpu_s, r.finished_unix_s,"
      " r.worker, r.message, ");
  g_string_append (sql, with_series ? "s.data" : "NULL");
  sf_store_add_names (sql, "p.", s->shape.factors, s->shape.n_factors);
  sf_store_add_names (sql, "o.", s->shape.outcomes, s->shape.n_outcomes);
  g_string_append (sql, " FROM point p LEFT JOIN run r ON r.point = p.id LEFT"
                        " JOIN outcome o ON o.point = p.id AND o.rep = r.rep");
  if (with_series)
    g_string_append (sql, " LEFT JOIN series s ON s.point = p.id AND s.rep ="
                          " r.rep");
  g_string_append_printf (sql, "%s ORDER BY p.id, r.rep", where);
  return g_string_free (sql, FALSE);
}

/* Texts and series of the entry are the statement's. */
static void
read_entry (const SfStore *s, sqlite3_stmt *q, SfStoreEntry *e, double *values,
            double *outcomes)
{
  gsize bytes = sizeof (float) * s->shape.n_series * s->shape.days;
  guint point = (guint)sqlite3_column_int64 (q, COLUMN_POINT);
  *e = (SfStoreEntry){
    .point = point,
    .design_row = (guint64)sqlite3_column_int64 (q, COLUMN_DESIGN_ROW),
    .block = (guint64)sqlite3_column_int64 (q, COLUMN_BLOCK),
    .values = values,
    .attempt = (guint)sqlite3_column_int64 (q, COLUMN_ATTEMPT),
    .finished_unix_s = sqlite3_column_double (q, COLUMN_FINISHED),
    .run = {
      .point = point,
      .rep = (guint)sqlite3_column_int64 (q, COLUMN_REP),
      .state = state_of ((const char *)sqlite3_column_text (q, COLUMN_STATE)),
      .fingerprint = (guint64)sqlite3_column_int64 (q, COLUMN_FINGERPRINT),
      .events = (guint64)sqlite3_column_int64 (q, COLUMN_EVENTS),
      .wall_s = sqlite3_column_double (q, COLUMN_WALL),
      .cpu_s = sqlite3_column_double (q, COLUMN_CPU),
      .worker = (const char *)sqlite3_column_text (q, COLUMN_WORKER),
      .message = (const char *)sqlite3_column_text (q, COLUMN_MESSAGE),
      .outcomes = outcomes,
      .series = sqlite3_column_blob (q, COLUMN_SERIES),
    },
  };
  if ((gsize)sqlite3_column_bytes (q, COLUMN_SERIES) != bytes)
    e->run.series = NULL;
  int column = COLUMN_FIRST;
  for (guint i = 0; i < s->shape.n_factors; i++, column++)
    values[i] = sf_store_factor_value (s, i, q, column);
  for (guint i = 0; i < s->shape.n_outcomes; i++, column++)
    outcomes[i] = sqlite3_column_type (q, column) == SQLITE_NULL
                      ? NAN
                      : sqlite3_column_double (q, column);
}

/* Readers count on it that points are numbered from 0 and that there is no run
 * which nobody could have planned. */
static gboolean
check_place (const SfStore *s, sqlite3_stmt *q, GError **error)
{
  gint64 point = sqlite3_column_int64 (q, COLUMN_POINT);
  gint64 rep = sqlite3_column_int64 (q, COLUMN_REP);
  if (point >= 0 && (guint64)point < s->n_points && rep >= 0
      && rep < SF_STORE_REPLICATIONS_MAX)
    return TRUE;
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FORMAT,
               _ ("%s is damaged: it has a run that nobody planned"), s->path);
  return FALSE;
}

gboolean
sf_store_each_entry (SfStore *s, gboolean with_series, SfStoreEachEntry each,
                     gpointer data, GError **error)
{
  g_autofree char *sql = sql_rows (s, with_series, "");
  g_autofree double *values = g_new (double, s->shape.n_factors + 1);
  g_autofree double *outcomes = g_new (double, s->shape.n_outcomes + 1);
  sqlite3_stmt *q = sf_store_prepare (s, sql, error);
  SfStoreEntry entry;
  int code = SQLITE_DONE;
  gboolean is_planned = TRUE;
  while (q && (code = sqlite3_step (q)) == SQLITE_ROW) {
    is_planned = check_place (s, q, error);
    if (!is_planned)
      break;
    read_entry (s, q, &entry, values, outcomes);
    if (!each (&entry, data))
      break;
  }
  gboolean is_fine = q && (code == SQLITE_DONE || code == SQLITE_ROW);
  if (q && !is_fine)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (q);
  return is_fine && is_planned;
}

typedef struct {
  SfStoreEach each;
  gpointer data;
} Rows;

static gboolean
pass_row (const SfStoreEntry *entry, gpointer data)
{
  const Rows *rows = data;
  return entry->attempt == 0
         || rows->each (&entry->run, entry->values, rows->data);
}

gboolean
sf_store_each (SfStore *s, gboolean with_series, SfStoreEach each,
               gpointer data, GError **error)
{
  Rows rows = { each, data };
  return sf_store_each_entry (s, with_series, pass_row, &rows, error);
}

gboolean
sf_store_get (SfStore *s, guint point, guint rep, SfStoreRow *row,
              double *outcomes, float *series, char **message, GError **error)
{
  g_autofree char *sql
      = sql_rows (s, series != NULL, " WHERE p.id = ?1 AND r.rep = ?2");
  g_autofree double *values = g_new (double, s->shape.n_factors + 1);
  sqlite3_stmt *q = sf_store_prepare (s, sql, error);
  if (!q)
    return FALSE;
  sqlite3_bind_int64 (q, 1, (gint64)point);
  sqlite3_bind_int64 (q, 2, (gint64)rep);
  int code = sqlite3_step (q);
  if (code == SQLITE_ROW) {
    SfStoreEntry entry;
    read_entry (s, q, &entry, values, outcomes);
    *row = entry.run;
    if (series && row->series)
      memcpy (series, row->series,
              sizeof (float) * s->shape.n_series * s->shape.days);
    *message = g_strdup (row->message);
    row->message = *message;
    row->worker = NULL;
    row->series = row->series ? series : NULL;
  } else if (code != SQLITE_DONE)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (q);
  return code == SQLITE_ROW;
}

gboolean
sf_store_hold (SfStore *s, GError **error)
{
  if (!sf_store_exec (s, "BEGIN", error))
    return FALSE;
  sqlite3_stmt *q
      = sf_store_prepare (s,
                          "SELECT MAX(COALESCE((SELECT MAX(rep) + 1 FROM run),"
                          " 0), CAST((SELECT value FROM study WHERE key ="
                          " 'replications_count') AS INTEGER))",
                          error);
  gboolean is_fine = q && sqlite3_step (q) == SQLITE_ROW;
  if (is_fine)
    s->shape.replications = (guint)CLAMP (sqlite3_column_int64 (q, 0), 0,
                                          SF_STORE_REPLICATIONS_MAX);
  else if (q)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (q);
  return is_fine;
}
