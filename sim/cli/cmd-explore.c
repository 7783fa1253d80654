/* cmd-explore.c - a scenario to take apart, in the browser. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/explore/server.h"
#include "sim/lang/lang.h"

typedef struct {
  gint port, jobs, linger;
  gboolean open;
} Options;

static void
show (const char *address, gpointer data)
{
  const Options *o = data;
  printf (_ ("Open this address in a browser on this machine:\n%s\n"), address);
  fprintf (stderr, "%s\n",
           _ ("Ctrl-C ends it, and so does closing the last tab."));
  fflush (stdout);
  const char *const words[] = { "xdg-open", address, NULL };
  g_autoptr (GError) error = NULL;
  if (o->open
      && !g_spawn_async (NULL, (char **)words, NULL,
                         G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL
                             | G_SPAWN_STDERR_TO_DEV_NULL,
                         NULL, NULL, NULL, &error))
    fprintf (stderr, "%s\n", error->message);
}

static SfExit
serve (const SfInvocation *invocation, SfScenario *scenario, Options *o)
{
  g_autoptr (SfExploreShelf) shelf = sf_explore_shelf_new (scenario->path);
  g_autoptr (GError) error = NULL;
  guint workers = o->jobs ? (guint)o->jobs : g_get_num_processors ();
  g_autoptr (SfExploreRunner) runner = sf_explore_runner_start (
      shelf, scenario, sf_cmd_models (), workers, &error);
  if (!runner) {
    sf_scenario_free (scenario);
    return sf_cmd_error (invocation, error);
  }
  SfExploreServing serving = { .shelf = shelf,
                               .scenario = scenario,
                               .models = sf_cmd_models (),
                               .runner = runner,
                               .port = (guint)o->port,
                               .linger_s = (guint)o->linger,
                               .ready = show,
                               .data = o };
  switch (sf_explore_serve (&serving, &error)) {
  case SF_EXPLORE_END_FAILED:
    return sf_cmd_error (invocation, error);
  case SF_EXPLORE_END_RUNNER:
    fprintf (stderr, "%s\n",
             _ ("The processes that calculate are gone; ended."));
    return SF_EXIT_FAILED;
  case SF_EXPLORE_END_CLOSED:
    fprintf (stderr, "%s\n", _ ("The last tab was closed; ended."));
    return SF_EXIT_DONE;
  case SF_EXPLORE_END_ASKED:
    fprintf (stderr, "%s\n", _ ("Ended."));
    return SF_EXIT_DONE;
  }
  return SF_EXIT_DONE;
}

static const char *
wrong_numbers (const Options *o)
{
  if (o->port < 0 || o->port > 65535)
    return _ ("--port takes 0 to 65535");
  if (o->linger < 1 || o->linger > 86400)
    return _ ("--linger takes 1 to 86400 seconds");
  return sf_cmd_numbers_wrong (0, o->jobs);
}

static SfExit
run (SfInvocation *invocation)
{
  Options o = { .linger = 60 };
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &o.port,
      N_ ("Port on 127.0.0.1 (default: one that is free)"), "N" },
    { "open", 0, 0, G_OPTION_ARG_NONE, &o.open,
      N_ ("Open the page in the browser, with xdg-open"), NULL },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &o.jobs,
      N_ ("Worker processes (default: one a processor)"), "N" },
    { "linger", 0, 0, G_OPTION_ARG_INT, &o.linger,
      N_ ("Seconds to wait after the last tab was closed (default 60)"),
      "SECONDS" },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (
          invocation, entries, "shortfall explore scenarios/two-roads.json",
          "SCENARIO.json",
          N_ ("Serves a page on this machine: change assumptions, pull levers, "
              "compare two\nscenarios, watch one run on the map. Levers and "
              "scenarios beside the file are on\noffer. Nothing leaves the "
              "machine."),
          &status))
    return status;
  const char *wrong = wrong_numbers (&o);
  if (wrong)
    return sf_cmd_usage (invocation, "%s", wrong);
  SfScenario *s = sf_cmd_load (invocation, NULL, &status);
  if (s && s->start == SF_PARAM_NO_DATE) {
    status = sf_cmd_timeless (invocation, s);
    g_clear_pointer (&s, sf_scenario_free);
  }
  return s ? serve (invocation, s, &o) : status;
}

const SfCommand sf_cmd_explore
    = { "explore", N_ ("change a scenario in the browser and watch"), run };
