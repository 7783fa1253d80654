/* rank-folder.h - what a ranking leaves behind. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The folder that rank -o names: rank.csv, rank.json and rank.txt, which say
 * the same in three ways, manifest.json with all that is needed to rank again,
 * and figures/rank.
 */
#pragma once

#include "sim/cli/keep.h"
#include "sim/cli/rank-report.h"

/* All borrowed. */
typedef struct {
  const SfRankReport *report;
  const GPtrArray *contenders; /* SfContender *, as in the report */
  const SfKeep *keep;          /* where, and what the command line was */
  SfKeepRecord *record;        /* adds options to the manifest, with data */
  gconstpointer record_data;
} SfRankFolder;

/* Writes and commits the folder, which is taken; see sf_keep_write(). */
SfExit sf_rank_folder_write (const SfInvocation *invocation,
                             const SfRankFolder *contents, SfFolder *folder);
