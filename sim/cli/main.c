/* main.c - the command line is a table. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/manual.h"
#include "sim/cli/terminal.h"
#include "sim/cli/version.h"
#include "sim/lang/lang.h"

#define TRY_FILE "scenarios/two-roads.json"

static const SfCommand *const commands[] = {
  &sf_cmd_check,
  &sf_cmd_diff,
  &sf_cmd_run,
  &sf_cmd_compare,
  &sf_cmd_rank,
  &sf_cmd_sweep,
  &sf_cmd_sensitivity,
  &sf_cmd_score,
  &sf_cmd_fit,
  &sf_cmd_explore,
  &sf_cmd_plot,
  &sf_cmd_report,
  &sf_cmd_rerun,
  &sf_cmd_export,
  &sf_cmd_trace,
  &sf_cmd_network,
  &sf_cmd_new,
  &sf_cmd_today,
  &sf_cmd_models_list,
  &sf_cmd_explain,
  &sf_cmd_completion,
  &sf_cmd_manual,
  &sf_cmd_complete,
  NULL,
};

const SfCommand *const *
sf_cmd_all (void)
{
  return commands;
}

static const GOptionEntry options[] = {
  { "lang", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Language of texts and figures (default: the system's)"), "LANG" },
  { "color", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Colours (default: auto, on a terminal and without NO_COLOR)"),
    SF_COLOR_WORDS },
  { "help", 'h', 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Show this help; after a command, its own"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Show the versions of the program and of what it is made with"), NULL },
  { NULL },
};

static const SfManual manual = {
  .name = "shortfall",
  .summary = N_ ("what happens to a city when its roads are cut"),
  .example = "shortfall run scenarios/bamako-2025.json",
  .usage = N_ ("COMMAND [options] FILE"),
  .about = N_ (
      "Simulates the supply of a city over roads that an adversary disrupts."),
  .common = options,
  .verbs = commands,
  .end = N_ ("shortfall COMMAND --help tells more. Exit status: 0 done, 1 run "
             "failed, 2 wrong usage, 3 the scenario has mistakes, 4 an outside "
             "program failed, 5 results are not what their manifest says."),
};

const SfManual *
sf_program_manual (void)
{
  return &manual;
}

/* What a first look needs, and the list. */
static SfExit
start (void)
{
  g_autofree char *program = sf_cmd_pasted ("shortfall");
  fprintf (stderr,
           _ ("shortfall: which command? Three to begin with:\n"
              "  %s check %s\n"
              "  %s run %s -n 100\n"
              "  %s trace %s --day 33\n\n"),
           program, TRY_FILE, program, TRY_FILE, program, TRY_FILE);
  sf_help_print (&manual, stderr);
  return SF_EXIT_USAGE;
}

static SfExit
unknown (const char *name)
{
  g_autofree char *program = sf_cmd_pasted ("shortfall");
  g_autofree char *near = sf_cmd_did_you_mean (commands, name);
  g_autofree char *safe = sf_text_safe (name, -1);
  if (*name == '-')
    fprintf (stderr,
             _ ("shortfall: \"%s\" stands before the command; options stand "
                "behind it\nTry: %s --help\n"),
             safe, program);
  else
    fprintf (stderr,
             _ ("shortfall: there is no command \"%s\"%s\n"
                "Try: %s --help\n"),
             safe, near, program);
  return SF_EXIT_USAGE;
}

/* A closed pipe (shortfall ... | head) is no failure of ours, but output that
 * could not be written is. */
static SfExit
close_stdout (SfExit status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  perror (_ ("shortfall: standard output"));
  return status == SF_EXIT_DONE ? SF_EXIT_FAILED : status;
}

/* "help sweep plan" is another way to say "sweep plan --help". */
static void
help_last (int argc, char **argv)
{
  static char help[] = "--help";
  if (argc < 3 || strcmp (argv[1], "help") != 0 || *argv[2] == '-')
    return;
  memmove (argv + 1, argv + 2, (gsize)(argc - 2) * sizeof *argv);
  argv[argc - 1] = help;
}

int
main (int argc, char **argv)
{
  static const char *const helps[] = { "--help", "-h", "help", NULL };
  sf_cmd_begin (argc, argv);
  if (argc < 2)
    return (int)start ();
  help_last (argc, argv);
  const char *name = argv[1];
  if (g_strv_contains (helps, name)) {
    sf_help_print (&manual, stdout);
    return (int)close_stdout (SF_EXIT_DONE);
  }
  if (strcmp (name, "--version") == 0) {
    sf_version_print (stdout);
    return (int)close_stdout (SF_EXIT_DONE);
  }
  SfInvocation invocation = { argc - 1, argv + 1, NULL, NULL };
  const SfCommand *command = sf_cmd_find (commands, name);
  return (int)(command ? close_stdout (command->run (&invocation))
                       : unknown (name));
}
