/* crew.h - seats at which runs are done. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An engine has seats; each seat is given tasks and gives back rows, in the
 * order of the tasks. Who sits there differs: a forked process of this machine
 * (the crew), or an MPI rank that has a crew of its own. A crew survives its
 * workers: one that dies, or takes longer than the study allows and is killed,
 * leaves a row that says so, and another one takes over what it had in hand.
 */
#pragma once

#include "sim/sweep/worker.h"

/* Called for every row that comes in; row_size bytes. */
typedef void (*SfEngineRow) (const guint8 *row, gpointer data);

/* An engine: a table of functions over `self`. */
typedef struct {
  const char *name; /* "local", "mpi" */
  guint n_seats;
  gpointer self;
  /* Tasks that a seat has and has not answered. */
  guint (*in_hand) (gpointer self, guint seat);
  /* Gives n tasks to a seat. FALSE with an error when it cannot. */
  gboolean (*give) (gpointer self, guint seat, const SfStoreTask *tasks,
                    guint n, GError **error);
  /* Waits up to so long for rows and hands them on. */
  gboolean (*wait) (gpointer self, guint wait_ms, SfEngineRow each,
                    gpointer data, GError **error);
} SfEngine;

typedef struct SfCrew SfCrew;

/* A crew of `jobs` processes, forked when they get their first task. The worker
 * is what they begin with; it stays the caller's. Must be made before the
 * first thread or child program. */
SfCrew *sf_crew_new (SfWorker *worker, const SfStudy *study, guint jobs);

/* Ends all workers, whatever they are at. */
void sf_crew_free (SfCrew *crew);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfCrew, sf_crew_free)

/* The crew as an engine. */
SfEngine sf_crew_engine (SfCrew *crew);

/* Serves tasks from a socket until it is closed, as a worker does, but with the
 * whole crew. Does not return. */
G_NORETURN void sf_crew_serve (SfCrew *crew, int socket);
