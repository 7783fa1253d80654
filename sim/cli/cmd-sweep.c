/* cmd-sweep.c - many runs over a design. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/sweep.h"
#include "sim/lang/lang.h"

static const struct {
  const char *name, *summary;
  SfExit (*run) (SfInvocation *invocation);
} verbs[] = {
  { "plan",
    N_ ("read a study, write every point into a new folder; nothing runs"),
    sf_sweep_verb_plan },
  { "run", N_ ("do what is not done yet; the same command takes it up again"),
    sf_sweep_verb_run },
  { "status", N_ ("how far it is, and what failed; safe while it runs"),
    sf_sweep_verb_status },
  { "export", N_ ("tables with a data dictionary, and daily series as NetCDF"),
    sf_sweep_verb_export },
  { "rerun", N_ ("one row again, compared bit for bit, as a story"),
    sf_sweep_verb_rerun },
  { "merge", N_ ("bring shards of array jobs into the store"),
    sf_sweep_verb_merge },
};

static void
print_help (FILE *out)
{
  fputs (_ ("Example: shortfall sweep run scenarios/sweeps/two-roads.json\n\n"
            "Usage: shortfall sweep VERB [options] STUDY.json | FOLDER\n\n"
            "Runs a scenario at many points: a study file names what varies, "
            "the design and\nthe outcomes. Rows are kept in one SQLite file, "
            "which survives whatever stops a run.\n\nVerbs:\n"),
         out);
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    fprintf (out, "  %-8s %s\n", verbs[i].name, _ (verbs[i].summary));
  fputs (_ ("\nshortfall sweep VERB --help tells more.\n"), out);
}

static SfExit
unknown (const SfInvocation *invocation, const char *name)
{
  const char *names[G_N_ELEMENTS (verbs)];
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    names[i] = verbs[i].name;
  const char *near = sf_text_nearest (name, names, G_N_ELEMENTS (names));
  g_autofree char *hint = sf_text_hint (near);
  g_autofree char *safe = sf_text_safe (name, -1);
  return sf_cmd_usage (invocation, _ ("there is no verb \"%s\"%s"), safe, hint);
}

static SfExit
run (SfInvocation *invocation)
{
  if (invocation->argc < 2) {
    print_help (stderr);
    return SF_EXIT_USAGE;
  }
  const char *name = invocation->argv[1];
  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0) {
    print_help (stdout);
    return SF_EXIT_DONE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++) {
    if (strcmp (verbs[i].name, name) != 0)
      continue;
    g_autofree char *full = g_strconcat ("sweep ", name, NULL);
    invocation->argv[1] = full;
    SfInvocation rest = { invocation->argc - 1, invocation->argv + 1 };
    return verbs[i].run (&rest);
  }
  return unknown (invocation, name);
}

const SfCommand sf_cmd_sweep
    = { "sweep", N_ ("run a scenario at the points of a design"), run };
