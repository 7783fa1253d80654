/* drive.h - hands runs to an engine and keeps what comes back. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one writer of a store: takes from the store what has no row yet, gives
 * it to the seats of an engine in handfuls that last some hundredths of a
 * second, and commits rows a few times a second. What it holds in memory does
 * not grow with the number of runs. Whatever ends it, the store holds every
 * row that was committed, and the same call does the rest.
 */
#pragma once

#include "sim/sweep/crew.h"

typedef struct {
  guint shard, n_shards; /* every n-th run; 0 of 1: all */
  gboolean retries;      /* rows that are not done are done again */
  guint64 most;          /* runs to do at most; 0: all */
  /* About five times a second: runs with a row of those planned for this call,
   * and of these the ones that are not done. */
  void (*progress) (guint done, guint total, gpointer data);
  gpointer progress_data;
} SfDriveOptions;

typedef struct {
  guint64 n_asked; /* runs that had no row when it began */
  guint64 states[SF_STORE_N_STATES];
  gboolean was_interrupted;
} SfDriveOutcome;

/* Does what is to be done. FALSE with an error when the store or the engine
 * fails, or when every worker so far died at its first run; what was committed
 * stays, and *outcome is filled in either case. */
gboolean sf_drive_run (const SfStudy *study, SfStore *store,
                       const SfEngine *engine, const SfDriveOptions *options,
                       SfDriveOutcome *outcome, GError **error);
