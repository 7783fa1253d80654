/* cmd.h - subcommands. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A subcommand is one file, cmd-NAME.c, that fills an SfCommand, and one line
 * in the table in main.c. It parses options, calls the rooms, and says what
 * was written; it computes nothing. Data goes to files or standard output,
 * talk to standard error.
 */
#pragma once

#include "sim/base/mistakes.h"
#include "sim/base/param.h"

/* Exit status of the program. */
typedef enum {
  SF_EXIT_DONE = 0,
  SF_EXIT_FAILED = 1,   /* a run failed, or a file could not be written */
  SF_EXIT_USAGE = 2,    /* the command line is wrong */
  SF_EXIT_SCENARIO = 3, /* the scenario has mistakes */
  SF_EXIT_OUTSIDE = 4,  /* an outside program is missing or failed */
} SfExit;

/* What a subcommand is given. argv[0] is its name; all borrowed. */
typedef struct {
  int argc;
  char **argv;
} SfInvocation;

typedef struct {
  const char *name;
  const char *summary; /* one line for the list of commands */
  SfExit (*run) (SfInvocation *invocation);
} SfCommand;

/* Parses options with GLib. `example` is shown first in --help, `usage` is
 * what follows the options ("SCENARIO.json"), `about` a paragraph. After a
 * TRUE return argv holds what is left, argv[0] being the name. On FALSE
 * *status is what to return: SF_EXIT_DONE after --help (printed), else
 * SF_EXIT_USAGE after one line on standard error. Every entry needs help. */
gboolean sf_cmd_parse (SfInvocation *invocation, const GOptionEntry *entries,
                       const char *example, const char *usage,
                       const char *about, SfExit *status);

/* What messages begin with: "shortfall NAME", or the name of a program of its
 * own ("shortfall-mpi"). To be freed. */
char *sf_cmd_name (const SfInvocation *invocation);

/* One line "shortfall NAME: ..." on standard error; returns SF_EXIT_USAGE. */
SfExit sf_cmd_usage (const SfInvocation *invocation, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Prints every mistake and how many there are; returns SF_EXIT_SCENARIO. */
SfExit sf_cmd_mistakes (const SfMistakes *mistakes);

/* Prints an error of a run; returns the exit status that it deserves. */
SfExit sf_cmd_error (const SfInvocation *invocation, const GError *error);

/* The models built in, ending with NULL (see models/). */
const SfModelInfo *const *sf_cmd_models (void);
