/* schema.c - the format for editors. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/scenario.h"

char *
sf_scenario_schema (const SfModelInfo *const *models)
{
  return g_strdup ("{}\n");
}
