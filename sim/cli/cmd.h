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
#include "sim/engine/models.h"

/* Exit status of the program. */
typedef enum {
  SF_EXIT_DONE = 0,
  SF_EXIT_FAILED = 1,   /* a run failed, or a file could not be written */
  SF_EXIT_USAGE = 2,    /* the command line is wrong */
  SF_EXIT_SCENARIO = 3, /* the scenario has mistakes */
  SF_EXIT_OUTSIDE = 4,  /* an outside program is missing or failed */
  SF_EXIT_DIFFERS = 5,  /* results are not what their manifest says */
} SfExit;

/* What a command says of itself; see manual.h. */
typedef struct SfManual SfManual;
typedef void SfDescribe (const SfManual *manual, gpointer data);

/* What a subcommand is given. argv[0] is its name; all borrowed. */
typedef struct {
  int argc;
  char **argv;
  SfDescribe *describe; /* not NULL: only tell it what you are (sf_cmd_parse()
                           does it), and do nothing */
  gpointer describe_data;
} SfInvocation;

typedef struct SfCommand SfCommand;
struct SfCommand {
  const char *name;
  const char *summary; /* one line for the list of commands; NULL: hidden */
  SfExit (*run) (SfInvocation *invocation);
  const SfCommand *const *verbs; /* commands of its own, ending with NULL, for
                                    sf_cmd_verb(); NULL: none */
  void (*words) (GPtrArray *names); /* adds what its operand may be called,
                                       borrowed; NULL: files or nothing */
};

/* All of the program's commands, hidden ones too, ending with NULL. */
const SfCommand *const *sf_cmd_all (void);

/* Language and colours, from the environment and from --lang and --color
 * wherever they stand, before anything is said. Whether their values make
 * sense is said where options are read. */
void sf_cmd_begin (int argc, char **argv);

/* Parses options with GLib. `example` is shown first in --help, `usage` is
 * what follows the options ("SCENARIO.json"), `about` a paragraph. After a
 * TRUE return argv holds what is left, argv[0] being the name. On FALSE
 * *status is what to return: SF_EXIT_DONE after --help (printed), else
 * SF_EXIT_USAGE after one line on standard error. Every entry needs help. */
gboolean sf_cmd_parse (SfInvocation *invocation, const GOptionEntry *entries,
                       const char *example, const char *usage,
                       const char *about, SfExit *status);

/* Runs the verb that stands in argv[1]; else help, or a usage error. `help` has
 * example, usage, about and end filled in. */
SfExit sf_cmd_verb (SfInvocation *invocation, const SfCommand *command,
                    const SfManual *help);

/* The one of these commands with that name, or NULL; and what to add to a
 * message that there is none: "; did you mean \"run\"?", or "", to be freed. */
const SfCommand *sf_cmd_find (const SfCommand *const *commands,
                              const char *name);
char *sf_cmd_did_you_mean (const SfCommand *const *commands, const char *name);

/* What messages begin with: "shortfall NAME", or the name of a program of its
 * own ("shortfall-mpi"). To be freed. */
char *sf_cmd_name (const SfInvocation *invocation);

/* A command of ours as it can be pasted: "shortfall run" begins with the path
 * by which the program was called when it was called by one. And a word as a
 * shell reads it, in quotes only where it needs them. To be freed. */
char *sf_cmd_pasted (const char *command);
char *sf_cmd_word (const char *word);

/* The command line as typed, with the program's name, to be freed with
 * g_strfreev(); before options are parsed, which takes them out. */
char **sf_cmd_line (const SfInvocation *invocation);

/* The same as printf() to standard error; what a terminal would obey, but for
 * the ends of lines, is shown as sf_text_append_safe() does. */
void sf_cmd_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* One line "shortfall NAME: ..." on standard error; returns SF_EXIT_USAGE. */
SfExit sf_cmd_usage (const SfInvocation *invocation, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* sf_cmd_say() in red where there are colours: for what failed or was not
 * reached. */
void sf_cmd_alarm (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Prints every mistake and how many there are; returns SF_EXIT_SCENARIO. */
SfExit sf_cmd_mistakes (const SfMistakes *mistakes);

/* Prints an error of a run; returns the exit status that it deserves. */
SfExit sf_cmd_error (const SfInvocation *invocation, const GError *error);
