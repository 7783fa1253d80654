/* store.c - the database of a sweep: opening, locking, closing. SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "sim/store/store-private.h"

#include "sim/lang/lang.h"

/* How long a reader waits for a writer that is just committing. */
#define BUSY_MS 10000

/* File systems of one machine on which memory can be shared between
 * processes; others get the older journal. Numbers of statfs(2). */
#define NFS_MAGIC 0x6969
#define SMB_MAGIC 0x517b
#define CIFS_MAGIC 0xff534d42
#define LUSTRE_MAGIC 0x0bd00bd0
#define GPFS_MAGIC 0x47504653

GQuark
sf_store_error_quark (void)
{
  return g_quark_from_static_string ("sf-store-error-quark");
}

gboolean
sf_store_fail (SfStore *s, SfStoreDeed deed, GError **error)
{
  int code = sqlite3_errcode (s->db) & 0xff;
  const char *why = sqlite3_errmsg (s->db);
  if (code == SQLITE_FULL)
    why = _ (
        "the disk is full; free some space and give the same command again");
  else if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
    why = _ ("it is damaged or no store of a sweep");
  g_set_error (error, SF_STORE_ERROR,
               code == SQLITE_NOTADB || code == SQLITE_CORRUPT
                   ? SF_STORE_ERROR_FORMAT
                   : SF_STORE_ERROR_FAILED,
               deed == SF_STORE_OPENING   ? _ ("%s: cannot be opened: %s")
               : deed == SF_STORE_READING ? _ ("%s: cannot be read: %s")
                                          : _ ("%s: cannot be written: %s"),
               s->path, why);
  return FALSE;
}

gboolean
sf_store_exec (SfStore *s, const char *sql, GError **error)
{
  if (sqlite3_exec (s->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  return sf_store_fail (s, SF_STORE_WRITING, error);
}

sqlite3_stmt *
sf_store_prepare (SfStore *s, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2 (s->db, sql, -1, &statement, NULL) != SQLITE_OK) {
    sf_store_fail (s, SF_STORE_READING, error);
    return NULL;
  }
  return statement;
}

sqlite3_stmt *
sf_store_statement (SfStore *s, SfStoreStatement which,
                    char *(*sql) (const SfStore *store), GError **error)
{
  sqlite3_stmt *statement = s->statements[which];
  if (statement) {
    sqlite3_reset (statement);
    sqlite3_clear_bindings (statement);
    return statement;
  }
  g_autofree char *text = sql (s);
  s->statements[which] = sf_store_prepare (s, text, error);
  return s->statements[which];
}

gboolean
sf_store_step (SfStore *s, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);
  if (code == SQLITE_DONE || code == SQLITE_ROW)
    return TRUE;
  sf_store_fail (s, SF_STORE_WRITING, error);
  sqlite3_reset (statement);
  return FALSE;
}

gboolean
sf_store_begin (SfStore *s, GError **error)
{
  return !sqlite3_get_autocommit (s->db)
         || sf_store_exec (s, s->has_base ? "BEGIN" : "BEGIN IMMEDIATE", error);
}

gboolean
sf_store_commit (SfStore *s, GError **error)
{
  if (sqlite3_get_autocommit (s->db))
    return TRUE;
  if (sqlite3_exec (s->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  sf_store_fail (s, SF_STORE_WRITING, error);
  sqlite3_exec (s->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* ---- The lock -------------------------------------------------------------- */

/* Who wrote himself into the lock file: "process 123 on host". */
static char *
owner_of (int fd)
{
  char text[200] = "another process";
  ssize_t n = pread (fd, text, sizeof text - 1, 0);
  if (n > 0)
    text[n] = '\0';
  return g_strdup (g_strchomp (text));
}

/* A POSIX lock: it is not inherited by forked workers, works over network file
 * systems, and goes with its process. */
static gboolean
lock (SfStore *s, GError **error)
{
  g_autofree char *name = g_strconcat (s->path, ".lock", NULL);
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  s->lock = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (s->lock < 0) {
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, "%s: %s", name,
                 g_strerror (errno));
    return FALSE;
  }
  if (fcntl (s->lock, F_SETLK, &whole) == 0) {
    g_autofree char *me = g_strdup_printf ("process %d on %s\n", (int)getpid (),
                                           g_get_host_name ());
    if (ftruncate (s->lock, 0) != 0 || pwrite (s->lock, me, strlen (me), 0) < 0)
      close (s->lock), s->lock = -1;
    if (s->lock >= 0)
      return TRUE;
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED,
                 _ ("%s cannot be written: %s"), name, g_strerror (errno));
    return FALSE;
  }
  g_autofree char *who = owner_of (s->lock);
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_BUSY,
               _ ("%s: %s is at work on it; wait for it to end"), s->path, who);
  close (s->lock);
  s->lock = -1;
  return FALSE;
}

/* ---- Opening ---------------------------------------------------------------- */

static gboolean
bears_shared_memory (const char *path)
{
  struct statfs fs;
  g_autofree char *folder = g_path_get_dirname (path);
  if (statfs (folder, &fs) != 0)
    return FALSE;
  const guint32 type = (guint32)fs.f_type;
  return type != NFS_MAGIC && type != SMB_MAGIC && type != CIFS_MAGIC
         && type != LUSTRE_MAGIC && type != GPFS_MAGIC;
}

static gboolean
set_journal (SfStore *s, GError **error)
{
  gboolean is_wal = !s->is_shard && bears_shared_memory (s->at);
  return sf_store_exec (s,
                        is_wal ? "PRAGMA journal_mode=WAL;"
                                 "PRAGMA synchronous=NORMAL"
                               : "PRAGMA journal_mode=DELETE;"
                                 "PRAGMA synchronous=FULL",
                        error);
}

static gboolean
open_database (SfStore *s, int flags, GError **error)
{
  if (sqlite3_open_v2 (s->at, &s->db, flags, NULL) != SQLITE_OK)
    return sf_store_fail (s, SF_STORE_OPENING, error);
  sqlite3_busy_timeout (s->db, BUSY_MS);
  /* The file may come from anywhere: its schema may not call functions that
   * reach out of it. */
  sqlite3_db_config (s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return TRUE;
}

/* Size of PATH-wal or the like; 0 when there is none. */
static gint64
size_beside (const char *path, const char *suffix)
{
  GStatBuf info;
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  return g_stat (name, &info) == 0 ? (gint64)info.st_size : 0;
}

/* What the head of the file says; FALSE when it is too short to have one.
 * Places are those of the SQLite file format, section 1.3. */
static gboolean
read_head (const char *path, gint64 *size, guint *page, gboolean *is_wal)
{
  guint8 head[100];
  GStatBuf info;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  ssize_t n = pread (fd, head, sizeof head, 0);
  close (fd);
  if (n < (ssize_t)sizeof head || g_stat (path, &info) != 0)
    return FALSE;
  *size = (gint64)info.st_size;
  *page = (guint)head[16] << 8 | head[17];
  *page = *page == 1 ? 65536 : *page;
  *is_wal = head[18] == 2;
  return TRUE;
}

/* SQLite fills up a page that is cut off with zeros; but a journal beside the
 * file may hold what is missing. */
static gboolean
is_cut_off (const char *path)
{
  gint64 size;
  guint page;
  gboolean is_wal;
  return read_head (path, &size, &page, &is_wal) && page > 0 && size % page != 0
         && size_beside (path, "-wal") == 0
         && size_beside (path, "-journal") == 0;
}

/* A reader may write what a killed writer left half done: the journal is
 * rolled back. From a folder that cannot be written a file is read as it is,
 * which SQLite has to be told when it was written with a WAL. */
static gboolean
open_to_read (SfStore *s, GError **error)
{
  gint64 size;
  guint page;
  gboolean is_wal = FALSE;
  g_autofree char *folder = g_path_get_dirname (s->at);
  if (read_head (s->at, &size, &page, &is_wal) && is_wal
      && size_beside (s->at, "-wal") == 0 && g_access (folder, W_OK) != 0) {
    g_autofree char *whole = g_canonicalize_filename (s->at, NULL);
    g_autofree char *uri = g_filename_to_uri (whole, NULL, NULL);
    g_free (s->at);
    s->at = g_strconcat (uri, "?immutable=1", NULL);
    return open_database (s, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
  }
  return open_database (s, SQLITE_OPEN_READWRITE, error)
         && sf_store_exec (s, "PRAGMA query_only=1", error);
}

static SfStore *
new_store (const char *path, gboolean is_shard)
{
  SfStore *s = g_new0 (SfStore, 1);
  s->path = g_strdup (path);
  s->at = g_strdup (path);
  s->lock = -1;
  s->is_shard = is_shard;
  s->texts = g_ptr_array_new_with_free_func (g_free);
  return s;
}

SfStore *
sf_store_new (const char *path, const SfStoreShape *shape, gboolean is_shard,
              GError **error)
{
  g_autoptr (SfStore) s = new_store (path, is_shard);
  if (!lock (s, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED,
                 _ ("%s is there already"), path);
    return NULL;
  }
  g_free (s->at);
  s->at = g_strconcat (path, ".new", NULL);
  g_unlink (s->at); /* of a plan that was killed; we hold the lock */
  s->is_new = TRUE;
  if (!open_database (s, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error)
      || !sf_store_exec (s, "PRAGMA journal_mode=MEMORY", error)
      || !sf_store_create_tables (s, shape, error)
      || !sf_store_read_shape (s, error))
    return NULL;
  return g_steal_pointer (&s);
}

static void
close_database (SfStore *s)
{
  for (guint i = 0; i < STATEMENT_N; i++) {
    sqlite3_finalize (s->statements[i]);
    s->statements[i] = NULL;
  }
  g_clear_pointer (&s->db, sqlite3_close);
}

/* Journals of a store that somebody took away would be played into the new
 * one. */
static void
remove_journals (const char *path)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
    g_unlink (name);
  }
}

gboolean
sf_store_publish (SfStore *s, GError **error)
{
  g_return_val_if_fail (s->is_new, FALSE);
  if (!sf_store_commit (s, error)
      || !sf_store_exec (s, "PRAGMA journal_mode=DELETE", error))
    return FALSE;
  close_database (s);
  remove_journals (s->path);
  if (g_rename (s->at, s->path) != 0) {
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, "%s: %s",
                 s->path, g_strerror (errno));
    return FALSE;
  }
  g_free (s->at);
  s->at = g_strdup (s->path);
  if (!open_database (s, SQLITE_OPEN_READWRITE, error)
      || !set_journal (s, error))
    return FALSE;
  s->is_new = FALSE;
  return TRUE;
}

static gint64
pragma (SfStore *s, const char *sql, GError **error)
{
  sqlite3_stmt *statement = sf_store_prepare (s, sql, error);
  gint64 value = -1;
  if (statement && sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  else if (statement)
    sf_store_fail (s, SF_STORE_READING, error);
  sqlite3_finalize (statement);
  return value;
}

/* A file that is empty or another program's is said to be none of ours. */
static gboolean
check_format (SfStore *s, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gint64 application = pragma (s, "PRAGMA application_id", &problem);
  gint64 format = problem ? 0 : pragma (s, "PRAGMA user_version", &problem);
  if (problem) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (application == SF_STORE_APPLICATION && format == SF_STORE_FORMAT)
    return TRUE;
  if (application != SF_STORE_APPLICATION)
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FORMAT,
                 _ ("%s is not the store of a sweep"), s->path);
  else
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FORMAT,
                 _ ("%s has format %jd of a store; this program knows format "
                    "%d"),
                 s->path, (intmax_t)format, SF_STORE_FORMAT);
  return FALSE;
}

SfStore *
sf_store_open (const char *path, gboolean is_writer, GError **error)
{
  g_autoptr (SfStore) s = new_store (path, FALSE);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED,
                 _ ("%s: there is no such store"), path);
    return NULL;
  }
  if (is_writer && !lock (s, error))
    return NULL;
  if (is_cut_off (path)) {
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FORMAT,
                 _ ("%s is cut off: it ends in the middle of a page"), path);
    return NULL;
  }
  if (!(is_writer ? open_database (s, SQLITE_OPEN_READWRITE, error)
                  : open_to_read (s, error))
      || !check_format (s, error) || !sf_store_read_shape (s, error))
    return NULL;
  g_autofree char *shard = sf_store_fact (s, "is_shard");
  s->is_shard = shard && strcmp (shard, "1") == 0;
  if (is_writer && !set_journal (s, error))
    return NULL;
  return g_steal_pointer (&s);
}

gboolean
sf_store_settle (SfStore *s, GError **error)
{
  return sf_store_commit (s, error)
         && sf_store_exec (s, "PRAGMA journal_mode=DELETE", error);
}

void
sf_store_free (SfStore *s)
{
  if (!s)
    return;
  close_database (s);
  if (s->is_new) {
    g_unlink (s->at);
    remove_journals (s->at);
  }
  if (s->lock >= 0)
    close (s->lock);
  g_free (s->columns);
  g_strfreev (s->series);
  g_ptr_array_unref (s->texts);
  g_free (s->path);
  g_free (s->at);
  g_free (s);
}

const SfStoreShape *
sf_store_shape (const SfStore *s)
{
  return &s->shape;
}

const char *
sf_store_path (const SfStore *s)
{
  return s->path;
}

char *
sf_store_library_version (void)
{
  return g_strdup (sqlite3_libversion ());
}
