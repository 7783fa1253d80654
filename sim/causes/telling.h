/* telling.h - what drove a shortage, in words and as a table. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One paragraph for people, in the language in use, and causes.csv for
 * programs. Both say the same numbers.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/causes/causes.h"

/* What the numbers of a cause amount to, as in the table: "fewer", "more",
 * "cannot be told", "no difference", "cannot be left out", "not run". */
const char *sf_cause_verdict (const SfCause *cause);

/* The paragraph, lines of at most 79 characters, ending in a newline; to be
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
