/* worker.h - runs, one after the other, for whoever hands them out. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A worker is a process with a socket: tasks come in, rows go out, both of
 * fixed size for a study, so that a row is a row over a socket, over MPI or in
 * memory. What is in a row depends on the study, the point and the replication,
 * never on which worker made it, but for times and its name.
 */
#pragma once

#include "sim/sweep/variant.h"

/* Where things lie in the messages of a study. */
typedef struct {
  guint n_values, n_outcomes;
  gsize n_floats; /* of the series */
  gsize task_size, row_size;
} SfWire;

/* The head of a row; outcomes (double) and series (float) follow. */
typedef struct {
  guint32 point, rep;
  guint32 state;   /* SfStoreState */
  char worker[72]; /* "host:pid" */
  guint64 fingerprint, events;
  double wall_s, cpu_s;
  char message[SF_RECORD_MESSAGE];
} SfWireRow;

SfWire sf_wire_new (const SfStudy *study);

/* Writes a task as task_size bytes, and reads it; values has n_values. */
void sf_wire_put_task (const SfWire *wire, const SfStoreTask *task,
                       guint8 *bytes);
void sf_wire_get_task (const SfWire *wire, const guint8 *bytes,
                       SfStoreTask *task);

/* Fills a row with a failure. */
void sf_wire_fail (const SfWire *wire, const SfStoreTask *task,
                   SfStoreState state, const char *message, guint8 *bytes);

/* Says that process `pid` of this machine made a row; a failure is signed by
 * the process that fills it in. */
void sf_wire_sign (guint8 *bytes, gint64 pid);

/* A view of row_size bytes; texts and arrays point into them. The bytes must be
 * aligned for a double. */
SfStoreRow sf_wire_row (const SfWire *wire, const guint8 *bytes);

/* What a worker works with; one in each process. */
typedef struct SfWorker SfWorker;
SfWorker *sf_worker_new (const SfStudy *study,
                         const SfModelInfo *const *models);
void sf_worker_free (SfWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfWorker, sf_worker_free)

/* Compiles what all points share, before workers are forked. FALSE with
 * SF_RUN_ERROR_SCENARIO. */
gboolean sf_worker_prepare (SfWorker *worker, GError **error);

/* Does one run and leaves its row, failure included. With a log, what happened
 * is told. */
void sf_worker_run (SfWorker *worker, const SfStoreTask *task, SfLog *log,
                    guint8 *row);

/* Serves tasks from a socket until it is closed: the whole life of a forked
 * worker. Does not return. */
G_NORETURN void sf_worker_serve (SfWorker *worker, int socket);
