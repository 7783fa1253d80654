/* cmd-plot.c - figures from a result folder. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/lang/lang.h"
#include "sim/report/figures.h"

static SfExit
run (SfInvocation *invocation)
{
  const GOptionEntry entries[] = {
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries, "shortfall plot bamako-2025-results",
                     "FOLDER",
                     N_ ("Draws the figures of a result folder again, from its "
                         "tables; nothing is simulated."),
                     &status))
    return status;
  if (invocation->argc != 2)
    return sf_cmd_usage (invocation, _ ("which result folder?"));
  g_autoptr (GError) error = NULL;
  guint n = 0;
  if (!sf_figures_draw (invocation->argv[1], sf_lang_code (), &n, &error))
    return sf_cmd_error (invocation, error);
  sf_cmd_say (_ ("Drawn: %u figures in %s/figures\n"), n, invocation->argv[1]);
  return SF_EXIT_DONE;
}

const SfCommand sf_cmd_plot
    = { "plot", N_ ("draw the figures of a result folder again"), run };
