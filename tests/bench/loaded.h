/* loaded.h - a scenario ready to run, or the program's end. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the programs here and in tests/compilers begin with. A scenario with
 * mistakes ends them with status 3 after saying which.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include "sim/engine/models.h"
#include "sim/plan/plan.h"

/* To be freed by the caller, as what loaded_plan() gives, and after it. */
static inline SfScenario *
loaded_scenario (const char *path)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfScenario *s = sf_scenario_read (path, NULL, sf_cmd_models (), mistakes);

  if (!s) {
    g_autofree char *text = sf_mistakes_format (mistakes);
    fputs (text, stderr);
    exit (3);
  }
  return s;
}

static inline SfPlan *
loaded_plan (SfScenario *s)
{
  g_autoptr (GError) error = NULL;
  SfPlan *plan = sf_plan_new (s, &error);

  if (!plan)
    g_error ("%s", error->message);
  return plan;
}
