/* basis.h - what the numbers of a scenario rest on. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts for reports and for the checker.
 */
#pragma once

#include "sim/scenario/scenario.h"

typedef struct {
  guint numbers; /* stated in the files */
  guint drawn;   /* of these, drawn anew for each replication */
} SfBasisCount;

/* The degrees of confidence, best first; ends with NULL. */
extern const char *const sf_basis_words[];

/* Numbers of one degree of confidence; NULL counts those without any. */
SfBasisCount sf_basis_count (const SfScenario *scenario,
                             const char *confidence);
