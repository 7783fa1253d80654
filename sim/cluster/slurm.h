/* slurm.h - the shards of a sweep as an array of Slurm jobs. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sweep is cut into as many shards as the array has tasks; each task is this
 * program with --shard, and writes a store of its own. So a task does many
 * runs, and the scheduler is asked for little: a task start costs it a tenth of
 * a second.
 *
 * Whether a run is done, the shards say. The scheduler is asked only whether
 * the array is still there: its controller may be down (every call has a time
 * limit), may have forgotten tasks, or may hold them for ever. Whatever is
 * missing at the end, the same command does it.
 *
 * Slurm is used through sbatch, squeue and scancel. Nothing is printed here.
 */
#pragma once

#include "sim/sweep/sweep.h"

#define SF_SLURM_ERROR (sf_slurm_error_quark ())
GQuark sf_slurm_error_quark (void);

typedef enum {
  SF_SLURM_ERROR_MISSING, /* there is no sbatch here */
  SF_SLURM_ERROR_REFUSED, /* sbatch says no, in its own words */
  SF_SLURM_ERROR_SILENT,  /* no answer within the time limit of a call */
} SfSlurmError;

/* How an array stands, as far as is known. */
typedef struct {
  char *job;      /* its number; owned */
  guint n_shards; /* tasks of the array */
  guint n_running, n_pending;
  char *reason;      /* why tasks wait, in Slurm's words; owned; or NULL */
  double silent_s;   /* since the controller last answered; 0: it does */
  gboolean was_here; /* from an earlier command that did not see its end */
} SfSlurmArray;

void sf_slurm_array_clear (SfSlurmArray *array);

typedef struct {
  guint n_tasks;             /* shards; 0: chosen by the runs that are left */
  guint at_once;             /* tasks at the same time; 0: no limit */
  guint jobs;                /* processors of each task; 0: one */
  gboolean retries;          /* as in drive.h */
  double wait_max_h;         /* stop waiting then, whatever the array does */
  const char *const *sbatch; /* more options of sbatch, ends with NULL */
  /* Called when rows came or the array stands differently; `done` of `total`
   * runs that were to be done have a row. */
  void (*news) (const SfSlurmArray *array, guint64 done, guint64 total,
                gpointer data);
  gpointer data;
} SfSlurmOptions;

/* Why the waiting ended. */
typedef enum {
  SF_SLURM_LEFT,        /* the array has left the queue */
  SF_SLURM_ALL_DONE,    /* every run has a row, whatever the queue says */
  SF_SLURM_INTERRUPTED, /* the user stopped it, and the array with it */
  SF_SLURM_STUCK,       /* Slurm itself held what is left; it was cancelled */
  SF_SLURM_WAITED,      /* wait_max_h is over; the array is left alone */
  SF_SLURM_SILENT,      /* the controller has not answered for too long */
} SfSlurmEnd;

/* Does what is to be done: settles the store, writes FOLDER/slurm/job.sh,
 * submits (or goes on waiting for an array of this sweep that is still in the
 * queue), waits, and merges the shards. *array and *end say how it went; *array
 * is to be cleared in either case. FALSE with SF_SLURM_ERROR or
 * SF_STORE_ERROR. Needs the sweep open for writing. */
gboolean sf_slurm_run (SfSweep *sweep, const SfSlurmOptions *options,
                       SfSlurmArray *array, SfSlurmEnd *end, GError **error);
