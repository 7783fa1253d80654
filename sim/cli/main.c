/* main.c - the command line is a table. SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/lang/lang.h"

static const SfCommand *const commands[] = {
  &sf_cmd_check,       &sf_cmd_diff,    &sf_cmd_run,         &sf_cmd_compare,
  &sf_cmd_rank,        &sf_cmd_sweep,   &sf_cmd_sensitivity, &sf_cmd_score,
  &sf_cmd_fit,         &sf_cmd_plot,    &sf_cmd_report,      &sf_cmd_export,
  &sf_cmd_trace,       &sf_cmd_network, &sf_cmd_new,         &sf_cmd_today,
  &sf_cmd_models_list, &sf_cmd_explain,
};

static void
print_help (FILE *out)
{
  fputs (_ ("Example: shortfall run scenarios/bamako-2025.json\n\n"
            "Usage: shortfall COMMAND [options] FILE\n\n"
            "Simulates the supply of a city over roads that an adversary "
            "disrupts.\n\nCommands:\n"),
         out);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (out, "  %-11s %s\n", commands[i]->name, _ (commands[i]->summary));
  fputs (_ ("\nshortfall COMMAND --help tells more. Exit status: 0 done, 1 "
            "run failed, 2 wrong\nusage, 3 the scenario has mistakes, 4 an "
            "outside program failed.\n"),
         out);
}

static SfExit
unknown (const char *name)
{
  const char *names[G_N_ELEMENTS (commands)];
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i]->name;
  const char *near = sf_text_nearest (name, names, G_N_ELEMENTS (names));
  g_autofree char *safe = sf_text_safe (name, -1);
  g_autofree char *hint = sf_text_hint (near);
  fprintf (stderr,
           _ ("shortfall: there is no command \"%s\"%s\n"
              "Try: shortfall --help\n"),
           safe, hint);
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

/* The language has to be known before the first text, so it is looked for
 * here; whether it exists is said where options are read. */
static void
choose_language (int argc, char **argv)
{
  sf_lang_set_from_environment ();
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++) {
    const char *value = NULL;
    if (g_str_has_prefix (argv[i], "--lang="))
      value = argv[i] + strlen ("--lang=");
    else if (strcmp (argv[i], "--lang") == 0 && i + 1 < argc)
      value = argv[i + 1];
    if (value)
      sf_lang_set (value);
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_CTYPE, "");
  choose_language (argc, argv);
  if (argc < 2) {
    print_help (stderr);
    return SF_EXIT_USAGE;
  }
  const char *name = argv[1];
  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0
      || strcmp (name, "help") == 0) {
    print_help (stdout);
    return (int)close_stdout (SF_EXIT_DONE);
  }
  if (strcmp (name, "--version") == 0) {
    puts ("shortfall " SF_VERSION);
    return (int)close_stdout (SF_EXIT_DONE);
  }
  SfInvocation invocation = { argc - 1, argv + 1 };
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i]->name, name) == 0)
      return (int)close_stdout (commands[i]->run (&invocation));
  return (int)unknown (name);
}
