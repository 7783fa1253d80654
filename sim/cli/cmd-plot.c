/* cmd-plot.c - figures from a result folder. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/report/figures.h"

static SfExit
run (SfInvocation *invocation)
{
  g_autofree char *lang = NULL;
  const GOptionEntry entries[] = {
    { "lang", 0, 0, G_OPTION_ARG_STRING, &lang,
      "Language of the figures: en or fr", "LANG" },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries, "shortfall plot bamako-2025-results",
                     "FOLDER",
                     "Draws the figures of a result folder again, from its "
                     "tables; nothing is simulated.",
                     &status))
    return status;
  if (invocation->argc != 2)
    return sf_cmd_usage (invocation, "which result folder?");
  if (sf_cmd_lang_wrong (lang))
    return sf_cmd_usage (invocation, "%s", sf_cmd_lang_wrong (lang));
  g_autoptr (GError) error = NULL;
  guint n = 0;
  if (!sf_figures_draw (invocation->argv[1], lang ? lang : "en", &n, &error))
    return sf_cmd_error (invocation, error);
  fprintf (stderr, "Drawn: %u figures in %s/figures\n", n, invocation->argv[1]);
  return SF_EXIT_DONE;
}

const SfCommand sf_cmd_plot
    = { "plot", "draw the figures of a result folder again", run };
