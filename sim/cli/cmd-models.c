/* cmd-models.c - lists the models. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "sim/cli/commands.h"
#include "sim/lang/lang.h"
#include "sim/scenario/scenario.h"

static SfExit
run (SfInvocation *invocation)
{
  gboolean schema = FALSE;
  const GOptionEntry entries[] = {
    { "schema", 0, 0, G_OPTION_ARG_NONE, &schema,
      N_ ("Print the JSON schema of scenarios instead"), NULL },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries, "shortfall models", "",
                     N_ ("Lists the models that a scenario can switch on under "
                         "\"models\"; `shortfall\nexplain NAME` tells more of "
                         "one."),
                     &status))
    return status;
  if (invocation->argc > 1)
    return sf_cmd_usage (invocation, _ ("takes no file"));
  if (schema) {
    g_autofree char *text = sf_scenario_schema (sf_cmd_models ());
    fputs (text, stdout);
    return SF_EXIT_DONE;
  }
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++)
    printf ("%-26s %s\n", (*m)->name, _ ((*m)->title));
  return SF_EXIT_DONE;
}

const SfCommand sf_cmd_models_list
    = { "models", N_ ("list the models that a scenario can switch on"), run };
