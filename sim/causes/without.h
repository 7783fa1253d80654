/* without.h - a scenario with something left out. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files of a scenario are read once more with overrides on top, so what
 * comes out was checked like any scenario, and shares nothing with the first
 * reading but the luck of its replications.
 */
#pragma once

#include "sim/scenario/scenario.h"

/* From what a scenario was read; all borrowed, lists end with NULL or are
 * NULL. */
typedef struct {
  const char *path;
  const char *const *levers, *const *overrides;
  const SfModelInfo *const *models;
} SfScenarioFiles;

/* The scenario with further overrides (char *) put on after its own; owned by
 * the caller. NULL, with mistakes, when it makes no sense without that. */
SfScenario *sf_without_read (const SfScenarioFiles *files, const GPtrArray *off,
                             SfMistakes *mistakes);
