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

/* Called for a number of a model that the files do not state. */
typedef void (*SfBasisDefault) (const char *pointer, double value,
                                gpointer data);

/* How many numbers of the models that are on are left at the defaults of the
 * program: assumptions too, which nobody wrote down. `each` may be NULL. */
guint sf_basis_defaults (const SfScenario *scenario, SfBasisDefault each,
                         gpointer data);
