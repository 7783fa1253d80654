/* outlook.h - how long what the city has lasts. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The headline of a page is computed here, from run-outs.csv alone: by day,
 * the share of replications with a shortage since the shock. That is a
 * distribution function, and its quantiles count the runs that never run out
 * as later than all others, which quantiles of the times themselves
 * (time_to_survive_days in metrics.csv) leave out.
 *
 * Days count from the shock to the first day of a shortage.
 */
#pragma once

#include "sim/page/source.h"

/* One class of the capital and what it uses; class "" is all together. */
typedef struct {
  char *commodity, *class; /* ids */
  double p05, p50, p95;    /* days from the shock to the shortage; NAN: not
                                  by the end of the run */
  double earliest;         /* of any run; NAN: none runs out */
  double prob;             /* share of runs that run out by the end */
} SfOutlook;

/* Every outlook of the capital, in the order of the table: SfOutlook, to be
 * unreferenced. NULL when run-outs.csv is not there or holds nothing. */
GArray *sf_outlooks_read (const SfPageSource *source);

/* That of a commodity and class; NULL when there is none. Borrowed. */
const SfOutlook *sf_outlooks_find (const GArray *outlooks,
                                   const char *commodity, const char *class);

/* TRUE when the two tell the same, of whatever they tell it. */
gboolean sf_outlook_equals (const SfOutlook *a, const SfOutlook *b);

/* "lasts 19 to 31 days; half of the runs reach day 24 (27 September 2025)", to
 * follow the name of what lasts; to be freed. */
char *sf_outlook_sentence (const SfOutlook *outlook,
                           const SfPageSource *source);

/* The same for the cell of a table: "24 (19 to 31)", "31 or more", "" when
 * nothing runs out; to be freed. */
char *sf_outlook_cell (const SfOutlook *outlook);

/* Ids of the classes that a headline names, at most three: hospitals when
 * there are any, else those that are served first. Ends with NULL, to be freed
 * with g_strfreev(). */
char **sf_outlook_classes (const SfPageSource *source);
