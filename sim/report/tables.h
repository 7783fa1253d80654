/* tables.h - the tables of a result folder. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records in, CSV out: this is where replications become bands. What the
 * statistics mean is defined in observe/stats.h; the columns are described in
 * scenarios/README.md. Tables hold nothing that depends on when, where or with
 * how many workers a run was made: the same scenario, seed and version give
 * the same bytes. Only replications that are done enter statistics.
 */
#pragma once

#include "sim/observe/book.h"
#include "sim/scenario/scenario.h"

/* What there is to report; all borrowed. */
typedef struct {
  const SfScenario *scenario;
  const SfBook *book;
  guint64 seed;
  guint n;         /* replications asked for, each with a record */
  gpointer memory; /* the records, `stride` bytes from one to the next */
  gsize stride;
} SfResults;

/* The record of replication i < n. */
SfRecord sf_results_record (const SfResults *results, guint i);

/* Replications whose record is done, and those that failed or whose worker
 * died. */
guint sf_results_done (const SfResults *results);
guint sf_results_failed (const SfResults *results);

/* The files that a folder can hold, in the order in which a reader needs
 * them, ending with NULL. events.csv is written by the run (see story.h). */
extern const char *const sf_results_files[];

/* Writes all tables but events.csv into `folder`, which exists: curves.csv,
 * weekly.csv (sums over whole weeks of what is a flow), run-outs.csv (see
 * run-outs.h), metrics.csv, samples.csv, ledger.csv, replications.csv, assumptions.csv.
 * has_hxl: with a second row of HXL tags. jobs: above 1 a second thread writes
 * the first two, and has ended on return: the bytes are the same. FALSE with
 * G_FILE_ERROR; tables written before then stay. Cost: some 5 microseconds a
 * point of a curve with 200 replications. */
gboolean sf_results_write (const SfResults *results, const char *folder,
                           gboolean has_hxl, guint jobs, GError **error);
