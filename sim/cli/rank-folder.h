/* rank-folder.h - what a ranking leaves behind. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The folder that rank -o names: rank.csv, rank.json and rank.txt, which say
 * the same in three ways, manifest.json with all that is needed to rank again,
 * and figures/rank.
 */
#pragma once

#include "sim/cli/cmd.h"
#include "sim/cli/rank-report.h"
#include "sim/report/folder.h"

/* All borrowed. */
typedef struct {
  const SfRankReport *report;
  const GPtrArray *contenders; /* SfContender *, as in the report */
  const char *const *argv;     /* as typed, ending with NULL */
  gboolean no_plots;
} SfRankFolder;

/* Writes and commits the folder, which is taken. SF_EXIT_DONE; or another with
 * an error: with SF_EXIT_OUTSIDE gnuplot failed and all tables are there, else
 * nothing is. */
SfExit sf_rank_folder_write (const SfRankFolder *contents, SfFolder *folder,
                             GError **error);
