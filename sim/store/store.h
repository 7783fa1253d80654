/* store.h - the database of a sweep. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One SQLite file is the truth about a sweep: what was asked (study, factor,
 * point), what came of it (run, outcome, series) and who worked on it
 * (session, event). A run is done when its row is committed; whatever a
 * scheduler says is a rumour. Reasons, with measurements: a killed writer
 * never leaves half a row, a row costs a few microseconds when a hundred share
 * a transaction, and every language reads the file without a parser.
 *
 * One process writes at a time, and holds a lock on FILE.lock while it does;
 * the kernel drops it when the process dies. Readers need no lock. A shard is
 * a store of the same shape that one job of an array writes by itself; shards
 * are merged into the store, and merging one twice changes nothing.
 *
 * The room knows tables and nothing of scenarios: names, units and values come
 * from the caller.
 */
#pragma once

#include <glib.h>

#define SF_STORE_ERROR (sf_store_error_quark ())
GQuark sf_store_error_quark (void);

typedef enum {
  SF_STORE_ERROR_FAILED, /* the database says so: full disk, no right, ... */
  SF_STORE_ERROR_FORMAT, /* no store of ours, of another format, or cut off */
  SF_STORE_ERROR_BUSY,   /* another process is at work on it */
  SF_STORE_ERROR_OTHER,  /* made from other inputs than a shard, say */
} SfStoreError;

typedef struct SfStore SfStore;

/* A column that the study brings: a factor or an outcome. Texts borrowed. */
typedef struct {
  const char *name, *title, *unit; /* unit "" where there is none */
  const char *kind;   /* factors: number, integer, category, lever, dummy;
                       outcomes: number, or event, which may
                       not happen */
  const char *detail; /* what it stands for, as JSON: targets, levels */
  const char *const *levels; /* words of a category, ends with NULL; or NULL */
  double low, high;          /* range; NAN when there is none */
} SfStoreColumn;

/* What a store is made for. */
typedef struct {
  const SfStoreColumn *factors, *outcomes;
  guint n_factors, n_outcomes;
  const char *const *series; /* names of daily series that are kept */
  guint n_series, days;
  guint replications; /* of every point */
} SfStoreShape;

/* Where the state of a run's row stands. */
typedef enum {
  SF_STORE_DONE,
  SF_STORE_FAILED,  /* an error, a budget spent, or not a number */
  SF_STORE_CRASHED, /* its process ended */
  SF_STORE_TIMEOUT, /* stopped after the time it was given */
  SF_STORE_N_STATES,
} SfStoreState;

/* "done", "failed", "crashed", "timeout". */
extern const char *const sf_store_state_names[SF_STORE_N_STATES];

/* The row of one run. Arrays are borrowed and have the shape's lengths. */
typedef struct {
  guint point, rep;
  SfStoreState state;
  guint64 fingerprint, events;
  double wall_s, cpu_s;
  const char *worker;     /* "host:pid"; or NULL */
  const char *message;    /* cause of a failure; NULL or "" when done */
  const double *outcomes; /* NAN: did not happen; not read unless done */
  const float *series;    /* series after series; NULL: none kept */
} SfStoreRow;

/* One thing to do: the values of a point, n_factors of them; a category is the
 * place of its word, a lever 0 or 1. */
typedef struct {
  guint point, rep;
  double *values;
} SfStoreTask;

typedef struct {
  guint64 points, planned; /* planned = points times replications */
  guint64 states[SF_STORE_N_STATES];
  double cpu_s, wall_s; /* of the runs that are there */
} SfStoreCounts;

/* ---- Making and opening ---------------------------------------------------- */

/* Makes a new store at `path`, which must not exist, and locks it for writing.
 * Made under a temporary name until sf_store_publish(), so that a plan that
 * fails leaves nothing. Is_shard: a journal that network file systems bear.
 * NULL with SF_STORE_ERROR. */
SfStore *sf_store_new (const char *path, const SfStoreShape *shape,
                       gboolean is_shard, GError **error);
gboolean sf_store_publish (SfStore *store, GError **error);

/* Opens one that is there; with is_writer it is locked, and
 * SF_STORE_ERROR_BUSY names who has it. A file that is no store, or of another
 * format, is SF_STORE_ERROR_FORMAT. */
SfStore *sf_store_open (const char *path, gboolean is_writer, GError **error);

/* Rolls back what was not committed and closes; what was not published is
 * removed. NULL is accepted. */
void sf_store_free (SfStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfStore, sf_store_free)

/* Brings the journal into the file and leaves it in the mode that several
 * machines can read over a network file system. */
gboolean sf_store_settle (SfStore *store, GError **error);

/* Shape as stored; borrowed from the store. */
const SfStoreShape *sf_store_shape (const SfStore *store);
const char *sf_store_path (const SfStore *store);

/* ---- What was asked --------------------------------------------------------- */

/* Facts about the study as a whole ("version", "scenario_sha256", ...). Setting
 * one again replaces it. Getting gives a text to be freed, or NULL. */
gboolean sf_store_set_fact (SfStore *store, const char *key, const char *value,
                            GError **error);
char *sf_store_fact (SfStore *store, const char *key);

/* Adds a point; `row` is its number in the design, `block` what stands and
 * falls with it. Points are numbered from 0 in this order. */
gboolean sf_store_add_point (SfStore *store, guint64 row, guint64 block,
                             const double *values, GError **error);
/* Planned replications of every point, raised later (never lowered). */
gboolean sf_store_set_replications (SfStore *store, guint replications,
                                    GError **error);

/* ---- What is to be done ------------------------------------------------------- */

/* A walk over the runs that have no row yet, replication by replication and
 * point by point. Shard i of n takes every n-th run; n = 1: all. A second
 * store may hold more rows that count as done (the sweep's, beside a shard). */
typedef struct {
  guint shard, n_shards;
  gint64 point; /* last one given; -1 at the beginning */
  guint rep;
  gboolean retries; /* rows that are not done are to be done again */
} SfStoreWalk;

/* Fills at most `max` tasks (with room for values) and returns how many; 0 at
 * the end. *error is set when the database fails, and 0 returned. */
guint sf_store_next (SfStore *store, SfStoreWalk *walk, SfStoreTask *tasks,
                     guint max, GError **error);

/* One task by name: FALSE when there is no such point. */
gboolean sf_store_task (SfStore *store, guint point, SfStoreTask *task,
                        GError **error);
guint64 sf_store_point_row (SfStore *store, guint point);

/* ---- What came of it ---------------------------------------------------------- */

/* Adds the row of a run to the transaction at hand. A row that is there and
 * done stays as it is; one that is not done is replaced, and its attempt is one
 * more. */
gboolean sf_store_put (SfStore *store, const SfStoreRow *row, GError **error);

/* Commits. Rows are safe from the death of this process from then on. */
gboolean sf_store_commit (SfStore *store, GError **error);

/* Counts over all runs. */
gboolean sf_store_count (SfStore *store, SfStoreCounts *counts, GError **error);

/* One row by name; FALSE without an error when there is none. The arrays of
 * `row` must have room (series NULL: not wanted); message and worker are to be
 * freed by the caller, to which they are pointed. */
gboolean sf_store_get (SfStore *store, guint point, guint rep, SfStoreRow *row,
                       double *outcomes, float *series, char **message,
                       GError **error);

/* Calls each() for every row in order of point and replication, all states; the
 * row's arrays live for the call. Values of the factors as in a task. FALSE
 * from each() ends the walk. */
typedef gboolean (*SfStoreEach) (const SfStoreRow *row, const double *values,
                                 gpointer data);
gboolean sf_store_each (SfStore *store, gboolean with_series, SfStoreEach each,
                        gpointer data, GError **error);

/* What a walk over the points sees: a point, and one run of it. */
typedef struct {
  guint point;
  guint64 design_row, block;
  const double *values; /* of the factors, as in a task */
  guint attempt;        /* 0: the point has no run, and `run` holds nothing */
  double finished_unix_s;
  SfStoreRow run;
} SfStoreEntry;

/* Calls each() for every run in order of point and replication, and once for a
 * point that has none; otherwise as sf_store_each(). Memory does not grow with
 * the number of runs. */
typedef gboolean (*SfStoreEachEntry) (const SfStoreEntry *entry, gpointer data);
gboolean sf_store_each_entry (SfStore *store, gboolean with_series,
                              SfStoreEachEntry each, gpointer data,
                              GError **error);

/* Until the store is closed, reading shows it as it is now, whoever writes. The
 * shape's replications are then at least those that any point has. */
gboolean sf_store_hold (SfStore *store, GError **error);

/* Causes of failure with how often each occurred, most frequent first: calls
 * each() at most `max` times. */
gboolean sf_store_causes (SfStore *store, guint max,
                          void (*each) (const char *state, const char *message,
                                        guint64 n, gpointer data),
                          gpointer data, GError **error);

/* ---- Who worked on it ----------------------------------------------------------- */

/* A session is one process that does runs. Its heartbeat tells whether it is
 * alive; one that ends badly leaves `ended` empty. */
gboolean sf_store_begin_session (SfStore *store, const char *engine,
                                 const char *host, guint jobs, GError **error);
gboolean sf_store_beat (SfStore *store, guint64 in_hand, GError **error);
gboolean sf_store_end_session (SfStore *store, GError **error);
/* Adds a line to the log of the store. */
gboolean sf_store_log (SfStore *store, const char *kind, const char *text,
                       GError **error);
/* Sessions that have not ended, newest first, with seconds since they last
 * gave sign. */
gboolean sf_store_sessions (SfStore *store,
                            void (*each) (const char *engine, const char *host,
                                          gint64 pid, guint64 in_hand,
                                          double silent_s, gpointer data),
                            gpointer data, GError **error);

/* ---- Shards ----------------------------------------------------------------- */

/* Takes the rows of another store of the same study that are missing here.
 * *n_new is how many came. SF_STORE_ERROR_OTHER when its inputs differ. */
gboolean sf_store_merge (SfStore *store, const char *path, guint64 *n_new,
                         GError **error);
/* Beside the store of a shard: rows of the sweep's own store count as done. */
gboolean sf_store_beside (SfStore *shard, const char *path, GError **error);

/* The version of SQLite; to be freed. */
char *sf_store_library_version (void);
