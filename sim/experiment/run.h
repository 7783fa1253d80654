/* run.h - replications of one scenario. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run is a plan, a seed and n replications, and the record of each. It is
 * the pool at work on worlds. Replication i is the same whatever the number of
 * workers, and whichever other replications there are.
 */
#pragma once

#include "sim/plan/plan.h"

/* What to run. Zero bytes, NULL and 0 are the defaults. */
typedef struct {
  guint64 seed;
  guint first;              /* number of the first replication */
  guint n;                  /* replications, 1 or more */
  guint jobs;               /* worker processes; 0: one a processor */
  const char *events_path;  /* table of what happened in replication 0; NULL:
                               none is written */
  gboolean has_hxl;         /* with a row of HXL tags */
  const char *spill_folder; /* where records go that memory should not hold;
                               NULL: the system's folder */
  /* Called about ten times a second, done counting failures too. */
  void (*progress) (guint done, guint total, gpointer data);
  gpointer progress_data;
} SfRunOptions;

/* The records of a run, and how it went. */
typedef struct {
  const SfBook *book; /* the plan's; shape of the records */
  guint64 seed;
  guint first, n, jobs;
  guint n_done;   /* records that are SF_RECORD_DONE */
  guint n_failed; /* ended by an error, or by the death of their worker */
  gboolean was_interrupted; /* n_done + n_failed < n, since the user asked */
  gpointer memory;          /* n records, `stride` bytes from one to the next */
  gsize stride;
  struct SfSlots *slots; /* owns that memory */
} SfRun;

/* Runs. The plan stays the caller's and must outlive the run. A replication
 * that fails is a record that says why, not an error of the run; the error
 * messages carry replication and seed. NULL with an error when records have no
 * room, no worker can be started or the events table cannot be written.
 * Must be called before any thread or child program is started (pool.h). */
SfRun *sf_run_replications (SfPlan *plan, const SfRunOptions *options,
                            GError **error);

/* Adds replications to a run until there are n (no fewer than it has): those
 * that sf_run_replications() with n of them would have had. Plan and options are
 * the same as then but for options->n, which is passed over. Records move:
 * views from before are void. FALSE with an error as above; the run then has
 * what it had. */
gboolean sf_run_more (SfRun *run, SfPlan *plan, const SfRunOptions *options,
                      guint n, GError **error);

/* Frees the run with its records; NULL is accepted. */
void sf_run_free (SfRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRun, sf_run_free)

/* The record of replication first + i, i < n, borrowed from the run. */
SfRecord sf_run_record (const SfRun *run, guint i);

/* Values of a measure (a metric of the book or a sum of them, by a name that
 * sf_book_find_sum() takes) in records 0 to run->n - 1; NAN where a record is
 * not done. NULL when the book has none of that name; owned by the caller. */
double *sf_run_values (const SfRun *run, const char *measure);
