/* store-session.c - who works on a store, and what joins it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "sim/base/text.h"
#include "sim/store/store-private.h"

#include "sim/lang/lang.h"

static double
now_unix_s (void)
{
  return (double)g_get_real_time () / G_USEC_PER_SEC;
}

/* ---- Sessions ------------------------------------------------------------------ */

gboolean
sf_store_begin_session (SfStore *s, const char *engine, const char *host,
                        guint jobs, GError **error)
{
  sqlite3_stmt *q = sf_store_prepare (
      s,
      "INSERT INTO session (engine, host, pid, jobs, in_hand, started_unix_s,"
      " heartbeat_unix_s) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5)",
      error);
  if (!q)
    return FALSE;
  sqlite3_bind_text (q, 1, engine, -1, SQLITE_STATIC);
  sqlite3_bind_text (q, 2, host, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (q, 3, getpid ());
  sqlite3_bind_int64 (q, 4, (gint64)jobs);
  sqlite3_bind_double (q, 5, now_unix_s ());
  gboolean is_fine = sf_store_step (s, q, error);
  sqlite3_finalize (q);
  s->session = sqlite3_last_insert_rowid (s->db);
  return is_fine && sf_store_commit (s, error);
}

static char *
sql_beat (const SfStore *s)
{
  (void)s;
  return g_strdup ("UPDATE session SET in_hand = ?1, heartbeat_unix_s = ?2,"
                   " ended_unix_s = ?3 WHERE id = ?4");
}

static gboolean
sign (SfStore *s, guint64 in_hand, gboolean is_over, GError **error)
{
  sqlite3_stmt *q = sf_store_statement (s, STATEMENT_BEAT, sql_beat, error);
  if (!q || !sf_store_begin (s, error))
    return FALSE;
  sqlite3_bind_int64 (q, 1, (gint64)in_hand);
  sqlite3_bind_double (q, 2, now_unix_s ());
  if (is_over)
    sqlite3_bind_double (q, 3, now_unix_s ());
  sqlite3_bind_int64 (q, 4, s->session);
  return sf_store_step (s, q, error);
}

gboolean
sf_store_beat (SfStore *s, guint64 in_hand, GError **error)
{
  return sign (s, in_hand, FALSE, error);
}

gboolean
sf_store_end_session (SfStore *s, GError **error)
{
  return sign (s, 0, TRUE, error) && sf_store_commit (s, error);
}

gboolean
sf_store_sessions (SfStore *s,
                   void (*each) (const char *engine, const char *host,
                                 gint64 pid, guint64 in_hand, double silent_s,
                                 gpointer data),
                   gpointer data, GError **error)
{
  sqlite3_stmt *q = sf_store_prepare (
      s,
      "SELECT engine, host, pid, in_hand, heartbeat_unix_s FROM session"
      " WHERE ended_unix_s IS NULL ORDER BY id DESC",
      error);
  if (!q)
    return FALSE;
  int code;
  while ((code = sqlite3_step (q)) == SQLITE_ROW) {
    const char *engine = (const char *)sqlite3_column_text (q, 0);
    const char *host = (const char *)sqlite3_column_text (q, 1);
    each (engine ? engine : "", host ? host : "", sqlite3_column_int64 (q, 2),
          (guint64)sqlite3_column_int64 (q, 3),
          now_unix_s () - sqlite3_column_double (q, 4), data);
  }
  if (code != SQLITE_DONE)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (q);
  return code == SQLITE_DONE;
}

gboolean
sf_store_log (SfStore *s, const char *kind, const char *text, GError **error)
{
  sqlite3_stmt *q = sf_store_prepare (
      s, "INSERT INTO event (unix_s, kind, text) VALUES (?1, ?2, ?3)", error);
  if (!q)
    return FALSE;
  sqlite3_bind_double (q, 1, now_unix_s ());
  sqlite3_bind_text (q, 2, kind, -1, SQLITE_STATIC);
  sqlite3_bind_text (q, 3, text, -1, SQLITE_STATIC);
  gboolean is_fine = sf_store_step (s, q, error);
  sqlite3_finalize (q);
  return is_fine;
}

/* ---- Shards ---------------------------------------------------------------------- */

static gboolean
attach (SfStore *s, const char *path, const char *as, GError **error)
{
  char *sql = sqlite3_mprintf ("ATTACH DATABASE %Q AS %s", path, as);
  gboolean is_fine = sf_store_exec (s, sql, error);
  sqlite3_free (sql);
  return is_fine;
}

gboolean
sf_store_beside (SfStore *shard, const char *path, GError **error)
{
  g_return_val_if_fail (!shard->has_base, FALSE);
  shard->has_base = attach (shard, path, "base", error);
  return shard->has_base;
}

/* Two stores belong together when they were made from the same inputs. */
static gboolean
check_inputs (SfStore *s, SfStore *other, GError **error)
{
  static const char *const keys[]
      = { "version", "models_sha256", "inputs_sha256" };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *ours = sf_store_fact (s, keys[i]);
    g_autofree char *theirs = sf_store_fact (other, keys[i]);
    if (g_strcmp0 (ours, theirs) == 0)
      continue;
    g_autofree char *that = sf_text_safe (theirs ? theirs : _ ("missing"), -1);
    g_autofree char *this = sf_text_safe (ours ? ours : _ ("missing"), -1);
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
                 _ ("%s was made from other inputs: its %s is %s, that of %s "
                    "is %s"),
                 other->path, keys[i], that, s->path, this);
    return FALSE;
  }
  return TRUE;
}

/* A row that is done beats one that is not, and counts the attempts of both;
 * else the one that is here stays. Not IMMEDIATE, which would lock the other
 * one for writing too: somebody may be writing it. */
static const char merge_sql[]
    = "BEGIN;"
      "CREATE TEMP TABLE fresh AS SELECT o.point, o.rep, o.attempt + IFNULL"
      " (r.attempt, 0) AS attempts FROM other.run o LEFT"
      " JOIN main.run r ON r.point = o.point AND r.rep = o.rep WHERE r.point IS"
      " NULL OR (r.state <> 'done' AND o.state = 'done');"
      /* Rows that nobody planned are not taken. */
      "DELETE FROM temp.fresh WHERE point NOT IN (SELECT id FROM main.point) OR"
      " rep < 0 OR rep > 999999;"
      "INSERT OR REPLACE INTO main.run SELECT o.* FROM other.run o JOIN"
      " temp.fresh f ON f.point = o.point AND f.rep = o.rep;"
      "UPDATE main.run SET attempt = f.attempts FROM temp.fresh f WHERE f.point"
      " = run.point AND f.rep = run.rep;"
      "INSERT OR REPLACE INTO main.outcome SELECT o.* FROM other.outcome o JOIN"
      " temp.fresh f ON f.point = o.point AND f.rep = o.rep;"
      "INSERT OR REPLACE INTO main.series SELECT o.* FROM other.series o JOIN"
      " temp.fresh f ON f.point = o.point AND f.rep = o.rep;";

static gboolean
take_rows (SfStore *s, guint64 *n_new, GError **error)
{
  if (!sf_store_exec (s, merge_sql, error))
    return FALSE;
  sqlite3_stmt *q
      = sf_store_prepare (s, "SELECT COUNT(*) FROM temp.fresh", error);
  if (!q)
    return FALSE;
  if (sqlite3_step (q) == SQLITE_ROW)
    *n_new = (guint64)sqlite3_column_int64 (q, 0);
  sqlite3_finalize (q);
  return sf_store_exec (s, "DROP TABLE temp.fresh", error)
         && sf_store_commit (s, error);
}

gboolean
sf_store_merge (SfStore *s, const char *path, guint64 *n_new, GError **error)
{
  g_autoptr (SfStore) other = sf_store_open (path, FALSE, error);
  if (!other || !check_inputs (s, other, error) || !sf_store_commit (s, error)
      || !sf_store_set_replications (s, other->shape.replications, error))
    return FALSE;
  g_clear_pointer (&other, sf_store_free);
  if (!attach (s, path, "other", error))
    return FALSE;
  gboolean is_fine = take_rows (s, n_new, error);
  if (!sqlite3_get_autocommit (s->db))
    sqlite3_exec (s->db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_exec (s->db, "DETACH DATABASE other", NULL, NULL, NULL);
  return is_fine;
}
