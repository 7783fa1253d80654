/* rank-report.h - what a ranking found, in words and tables. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The best first, then those that are in contention, then the others, each by
 * its mean. People get numbers in thousands or millions where these are large,
 * and sentences: what is selected, what that promises and rests on, who may be
 * as good, and what it cost. Programs get plain numbers.
 */
#pragma once

#include "sim/cli/table.h"
#include "sim/inference/ranking.h"

/* All borrowed. */
typedef struct {
  const SfRankRule *rule;
  const SfRanking *ranking;
  const char *const *names; /* of the contenders */
  const char *measure;      /* "bamako/person_days_without" */
  guint64 seed;
  guint n_rows; /* of the smallest ensemble; 0: there is none */
} SfRankReport;

/* The whole, ending in a newline; owned by the caller. */
char *sf_rank_report_print (const SfRankReport *report, SfTableFormat format);

/* The table of plots/rank.gp, to be freed. */
char *sf_rank_report_figure (const SfRankReport *report);

/* "LABEL, in millions (smaller is better)", to be freed: its title, with the
 * measure in words. */
char *sf_rank_report_title (const SfRankReport *report, const char *label);
