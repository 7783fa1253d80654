/* telling.h - what drove a shortage, in words and as a table. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One paragraph for people, in the language in use, and causes.csv for
 * programs. Both say the same numbers.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/causes/causes.h"

/* What is told of one group: numbers that causes.csv holds. */
typedef struct {
  const char *words;   /* of the group, in English */
  const char *verdict; /* see below */
  guint n;             /* pairs */
  double mean_without;
  struct {
    double estimate, low, high; /* NAN or infinite: no bound */
  } difference, share;
} SfCauseTold;

/* What is told in all; borrowed. */
typedef struct {
  const char *place; /* what the city is called */
  guint n_run;
  double mean_run;
  gboolean is_whole;
  guint n_causes;
  const SfCauseTold *causes;
} SfCausesTold;

/* The paragraph in the language in use, as one line without an end; to be
 * freed. */
char *sf_causes_tell (const SfCausesTold *told);

/* What the numbers of a cause amount to, as in the table: "fewer", "more",
 * "cannot be told", "no difference", "cannot be left out", "not run". */
const char *sf_cause_verdict (const SfCause *cause);

/* The same of causes at hand, lines of at most 79 characters, ending in a newline; to be
 * freed. */
char *sf_causes_text (const SfCauses *causes, const SfScenario *scenario);

/* Writes causes.csv (a row a group: group, models, measure, replications, means,
 * difference with its interval, share of the mean as run with its interval, p by
 * Holm, verdict, the overrides that leave it out) and causes.txt into `folder`.
 * FALSE with G_FILE_ERROR. */
gboolean sf_causes_write (const SfCauses *causes, const SfScenario *scenario,
                          const char *folder, gboolean has_hxl, GError **error);

/* Adds how it was found to a manifest. */
void sf_causes_record (const SfCauses *causes, SfJson *manifest);
