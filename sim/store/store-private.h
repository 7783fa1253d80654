/* store-private.h - what the files of the store share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statements are made when they are first wanted and kept until the store is
 * closed. Every failure of the database passes through sf_store_fail(), which
 * names the file.
 */
#pragma once

#include <sqlite3.h>

#include "sim/store/store.h"

/* "SFLL", and the number of this layout. */
#define SF_STORE_APPLICATION 0x53464c4c
#define SF_STORE_FORMAT 1

/* More no study asks for; a store that says so is damaged. */
#define SF_STORE_REPLICATIONS_MAX 1000000u

typedef enum {
  STATEMENT_PUT_RUN,
  STATEMENT_PUT_OUTCOME,
  STATEMENT_PUT_SERIES,
  STATEMENT_ADD_POINT,
  STATEMENT_NEXT,
  STATEMENT_SET_FACT,
  STATEMENT_GET_FACT,
  STATEMENT_BEAT,
  STATEMENT_N,
} SfStoreStatement;

struct SfStore {
  sqlite3 *db;
  char *path; /* its name once published */
  char *at;   /* where it is now */
  int lock;   /* descriptor of the lock file, or -1 */
  gboolean is_new, is_shard, has_base;
  guint64 n_points;
  gint64 session;
  sqlite3_stmt *statements[STATEMENT_N];

  SfStoreShape shape; /* with what it points to: */
  SfStoreColumn *columns;
  GPtrArray *texts; /* owned strings and word lists */
  char **series;
};

/* What could not be done. */
typedef enum {
  SF_STORE_OPENING,
  SF_STORE_READING,
  SF_STORE_WRITING
} SfStoreDeed;

/* FALSE, with what the database says about it. */
gboolean sf_store_fail (SfStore *store, SfStoreDeed deed, GError **error);

/* Runs SQL without parameters or results. */
gboolean sf_store_exec (SfStore *store, const char *sql, GError **error);

/* A statement that is kept, made from `sql` when it is first wanted (and then
 * freed with g_free), reset and without bindings; NULL with an error. */
sqlite3_stmt *sf_store_statement (SfStore *store, SfStoreStatement which,
                                  char *(*sql) (const SfStore *store),
                                  GError **error);

/* A statement for once; NULL with an error. */
sqlite3_stmt *sf_store_prepare (SfStore *store, const char *sql,
                                GError **error);

/* Does one step of a statement without rows. */
gboolean sf_store_step (SfStore *store, sqlite3_stmt *statement,
                        GError **error);

/* Begins a transaction unless one is open. IMMEDIATE would lock for writing
 * what stands beside a shard as well, which other shards read. */
gboolean sf_store_begin (SfStore *store, GError **error);

/* Makes the tables of a shape; reads them into store->shape. */
gboolean sf_store_create_tables (SfStore *store, const SfStoreShape *shape,
                                 GError **error);
gboolean sf_store_read_shape (SfStore *store, GError **error);

/* Appends ", PREFIX"name"" for each column; quotes are doubled. */
void sf_store_add_names (GString *sql, const char *prefix,
                         const SfStoreColumn *columns, guint n);

/* The value of a factor as a number: a category is the place of its word. */
double sf_store_factor_value (const SfStore *store, guint factor,
                              sqlite3_stmt *statement, int column);
