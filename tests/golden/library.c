/* library.c - a program of somebody else's. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Uses the installed library as README.md shows it; tests/golden/install.py
 * builds it with what pkg-config says.
 */
#include <sim/engine/models.h>
#include <sim/experiment/run.h>
#include <sim/network/graph.h>
#include <sim/scenario/load.h>
#include <sim/scenario/scenario.h>
#include <stdio.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfScenario) s
      = sf_scenario_read (argv[1], NULL, sf_cmd_models (), mistakes);
  g_autoptr (SfPlan) plan = s ? sf_plan_new (s, &error) : NULL;
  SfRunOptions options = { .seed = 1, .n = 5, .jobs = 1 };
  g_autoptr (SfRun) run
      = plan ? sf_run_replications (plan, &options, &error) : NULL;
  if (!run)
    return 1;
  printf ("%u replications of %s\n", run->n_done, s->title);
  return run->n_done == 5 ? 0 : 1;
}
