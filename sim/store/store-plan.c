/* store-plan.c - what is asked, and what is still to be done. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/store/store-private.h"

/* ---- Facts -------------------------------------------------------------------- */

static char *
sql_set_fact (const SfStore *s)
{
  (void)s;
  return g_strdup ("INSERT INTO study VALUES (?1, ?2) ON CONFLICT (key) DO"
                   " UPDATE SET value = excluded.value");
}

static char *
sql_get_fact (const SfStore *s)
{
  (void)s;
  return g_strdup ("SELECT value FROM study WHERE key = ?1");
}

gboolean
sf_store_set_fact (SfStore *s, const char *key, const char *value,
                   GError **error)
{
  sqlite3_stmt *q
      = sf_store_statement (s, STATEMENT_SET_FACT, sql_set_fact, error);
  if (!q)
    return FALSE;
  sqlite3_bind_text (q, 1, key, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (q, 2, value, -1, SQLITE_TRANSIENT);
  gboolean is_fine = sf_store_step (s, q, error);
  sqlite3_reset (q);
  return is_fine;
}

char *
sf_store_fact (SfStore *s, const char *key)
{
  sqlite3_stmt *q
      = sf_store_statement (s, STATEMENT_GET_FACT, sql_get_fact, NULL);
  char *value = NULL;
  if (!q)
    return NULL;
  sqlite3_bind_text (q, 1, key, -1, SQLITE_TRANSIENT);
  if (sqlite3_step (q) == SQLITE_ROW) {
    const char *text = (const char *)sqlite3_column_text (q, 0);
    value = text ? g_utf8_make_valid (text, -1) : NULL;
  }
  sqlite3_reset (q);
  return value;
}

/* ---- Points ---------------------------------------------------------------------- */

static char *
sql_add_point (const SfStore *s)
{
  GString *sql = g_string_new ("INSERT INTO point VALUES (?1, ?2, ?3");
  for (guint i = 0; i < s->shape.n_factors; i++)
    g_string_append_printf (sql, ", ?%u", i + 4);
  g_string_append (sql, ")");
  return g_string_free (sql, FALSE);
}

gboolean
sf_store_add_point (SfStore *s, guint64 row, guint64 block,
                    const double *values, GError **error)
{
  sqlite3_stmt *q
      = sf_store_statement (s, STATEMENT_ADD_POINT, sql_add_point, error);
  if (!q || !sf_store_begin (s, error))
    return FALSE;
  sqlite3_bind_int64 (q, 1, (gint64)s->n_points);
  sqlite3_bind_int64 (q, 2, (gint64)row);
  sqlite3_bind_int64 (q, 3, (gint64)block);
  for (guint i = 0; i < s->shape.n_factors; i++) {
    const char *const *levels = s->shape.factors[i].levels;
    if (levels)
      sqlite3_bind_text (q, (int)i + 4, levels[(guint)values[i]], -1,
                         SQLITE_STATIC);
    else
      sqlite3_bind_double (q, (int)i + 4, values[i]);
  }
  if (!sf_store_step (s, q, error))
    return FALSE;
  s->n_points++;
  return TRUE;
}

gboolean
sf_store_set_replications (SfStore *s, guint replications, GError **error)
{
  if (replications <= s->shape.replications)
    return TRUE;
  g_autofree char *text = g_strdup_printf ("%u", replications);
  if (!sf_store_set_fact (s, "replications_count", text, error))
    return FALSE;
  s->shape.replications = replications;
  return TRUE;
}

/* ---- What is to be done ----------------------------------------------------------- */

static char *
sql_next (const SfStore *s)
{
  GString *sql = g_string_new ("SELECT p.id");
  sf_store_add_names (sql, "p.", s->shape.factors, s->shape.n_factors);
  g_string_append (sql,
                   " FROM point p WHERE p.id > ?1"
                   " AND (?2 * ?3 + p.id) % ?4 = ?5"
                   " AND NOT EXISTS (SELECT 1 FROM run r WHERE r.point = p.id"
                   " AND r.rep = ?2 AND (r.state = 'done' OR NOT ?7))");
  if (s->has_base)
    g_string_append (sql,
                     " AND NOT EXISTS (SELECT 1 FROM base.run r WHERE r.point"
                     " = p.id AND r.rep = ?2 AND (r.state = 'done' OR NOT"
                     " ?7))");
  g_string_append (sql, " ORDER BY p.id LIMIT ?6");
  return g_string_free (sql, FALSE);
}

static void
take_task (SfStore *s, sqlite3_stmt *q, guint rep, SfStoreTask *task)
{
  task->point = (guint)sqlite3_column_int64 (q, 0);
  task->rep = rep;
  for (guint i = 0; i < s->shape.n_factors; i++)
    task->values[i] = sf_store_factor_value (s, i, q, (int)i + 1);
}

guint
sf_store_next (SfStore *s, SfStoreWalk *walk, SfStoreTask *tasks, guint max,
               GError **error)
{
  guint n = 0;
  sqlite3_stmt *q = sf_store_statement (s, STATEMENT_NEXT, sql_next, error);
  while (q && n < max && walk->rep < s->shape.replications) {
    sqlite3_reset (q);
    const gint64 binds[] = { walk->point,         (gint64)walk->rep,
                             (gint64)s->n_points, (gint64)walk->n_shards,
                             (gint64)walk->shard, (gint64)(max - n),
                             walk->retries };
    for (int i = 0; i < (int)G_N_ELEMENTS (binds); i++)
      sqlite3_bind_int64 (q, i + 1, binds[i]);
    int code;
    while ((code = sqlite3_step (q)) == SQLITE_ROW) {
      take_task (s, q, walk->rep, &tasks[n]);
      walk->point = tasks[n++].point;
    }
    if (code != SQLITE_DONE) {
      sf_store_fail (s, SF_STORE_READING, error);
      sqlite3_reset (q);
      return 0;
    }
    if (n < max) { /* this replication is at its end */
      walk->rep++;
      walk->point = -1;
    }
  }
  if (q)
    sqlite3_reset (q);
  return n;
}

gboolean
sf_store_task (SfStore *s, guint point, SfStoreTask *task, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT p.id");
  sf_store_add_names (sql, "p.", s->shape.factors, s->shape.n_factors);
  g_string_append (sql, " FROM point p WHERE p.id = ?1");
  sqlite3_stmt *q = sf_store_prepare (s, sql->str, error);
  if (!q)
    return FALSE;
  sqlite3_bind_int64 (q, 1, (gint64)point);
  int code = sqlite3_step (q);
  if (code == SQLITE_ROW)
    take_task (s, q, 0, task);
  else if (code != SQLITE_DONE)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (q);
  return code == SQLITE_ROW;
}

guint64
sf_store_point_row (SfStore *s, guint point)
{
  sqlite3_stmt *q = sf_store_prepare (
      s, "SELECT design_row FROM point WHERE id = ?1", NULL);
  guint64 row = 0;
  if (!q)
    return 0;
  sqlite3_bind_int64 (q, 1, (gint64)point);
  if (sqlite3_step (q) == SQLITE_ROW)
    row = (guint64)sqlite3_column_int64 (q, 0);
  sqlite3_finalize (q);
  return row;
}
