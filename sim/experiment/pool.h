/* pool.h - the same work many times, on worker processes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * n pieces of work, numbered from 0, are shared out among forked workers; a
 * worker takes the next piece when it is free and writes what comes out into
 * the piece's slot. What a piece computes depends on its number only, so the
 * results do not depend on how many workers there were or who did what. A worker that dies takes one piece with it, and another worker is
 * started for the rest.
 *
 * Processes and not threads, because the graph library is not safe to use
 * from several threads, and because a crash in one piece must not take the
 * batch. fork() copies the program as it stands: the pool has to be used
 * before the first thread of GLib or the first child program is started. One
 * worker is a process of its own as well.
 */
#pragma once

#include "sim/engine/error.h"
#include "sim/experiment/slots.h"

/* What is to be done; the functions may be NULL but for work(). The first
 * three are called in workers, the others in the parent. `data` is passed to
 * all; what a worker writes to it stays in that worker. */
typedef struct {
  gpointer data;
  guint first; /* pieces below it were done before; they count as done in
                  progress(), not in the outcome */
  /* Makes what a worker needs for all its pieces. */
  gpointer (*begin) (gpointer data);
  /* Does piece `index` and leaves the outcome, failure included, in `slot`. */
  void (*work) (gpointer data, gpointer state, guint index, gpointer slot);
  void (*end) (gpointer data, gpointer state);

  /* The worker that had piece `index` died; `why` says how ("worker ended by
   * signal 9 (Killed)"). The slot may be half written. */
  void (*lost) (gpointer data, guint index, gpointer slot, const char *why);
  /* About ten times a second, and at the end. */
  void (*progress) (guint done, guint total, gpointer progress_data);
  gpointer progress_data;
} SfPoolWork;

/* "worker ended by signal 9 (Killed)": the end of a child in words, from what
 * waitpid() gave; to be freed. */
char *sf_pool_describe_end (int status);

/* What came of it. */
typedef struct {
  guint n_done;             /* pieces whose work() returned */
  guint n_lost;             /* pieces whose worker died */
  gboolean was_interrupted; /* stopped by the user (see stop.h) before all
                               pieces were taken; those under way were
                               completed, unless he asked twice */
} SfPoolOutcome;

/* Does every piece of `work` on `jobs` workers (1 to 1024, and not more than
 * there are pieces); their number is that of `slots`, and piece i
 * fills slot i. Returns when all workers are gone. FALSE with SF_RUN_ERROR
 * (_WORKER) when no worker can be started, or each one dies before it takes
 * any work, or G_FILE_ERROR when memory is short; *outcome is filled in
 * either case. */
gboolean sf_pool_run (const SfPoolWork *work, SfSlots *slots, guint jobs,
                      SfPoolOutcome *outcome, GError **error);
