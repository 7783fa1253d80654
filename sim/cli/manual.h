/* manual.h - what a command says of itself, in several forms. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options, examples and explanations are written once, where a command parses
 * its line (sf_cmd_parse() in cmd.h). From there they come here: as --help, as
 * a manual page, as candidates for a shell that completes a line. Who wants
 * them runs the command with a describer in its SfInvocation; nothing else of
 * the command is then run.
 *
 * Texts are English, as marked with N_(), and are translated where they are
 * printed. In `about` paragraphs are parted by empty lines; lines are broken
 * anew, except those that begin with a blank.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

#include "sim/cli/cmd.h"

/* Borrowed, and gone when the describer returns. */
struct SfManual {
  const char *name;    /* "shortfall sweep run" */
  const char *summary; /* of a few words; NULL: none */
  const char *example; /* one or more lines */
  const char *usage;   /* what follows the options: "SCENARIO.json" */
  const char *about;
  const GOptionEntry *own, *common; /* end with a NULL name; may be NULL */
  const SfCommand *const *verbs;    /* ends with NULL; NULL: none */
  const char *end;                  /* a last paragraph; NULL: none */
};

/* The description of a command, or of a verb of one ("sweep", "run"). */
void sf_manual_describe (const SfCommand *command, const char *name,
                         SfDescribe *describe, gpointer data);

/* What shortfall --help shows; borrowed (main.c). */
const SfManual *sf_program_manual (void);

/* As --help shows it, broken to the width of the stream. */
void sf_help_print (const SfManual *manual, FILE *out);

/* Adds words to `out`, in lines of at most `width` columns, all but the first
 * of which are indented; the first begins at column `at`. */
void sf_help_wrap (GString *out, const char *text, guint at, guint indent,
                   guint width);

/* "-n, --replications=N" of an option; to be freed. */
char *sf_option_words (const GOptionEntry *entry);
/* What its value is, "N"; NULL when it takes none. Translated. */
const char *sf_option_value (const GOptionEntry *entry);

/* A manual page (man(7)) of the program or a command to that stream: with its
 * verbs in full when `command` has some. */
void sf_roff_print (const SfManual *manual, const SfCommand *command,
                    FILE *out);

/* Which option is wrong, and how, in our words: "there is no option --sed; did
 * you mean --seed?". To be freed; NULL when nothing is found. argv[0] is not
 * looked at. */
char *sf_options_wrong (const SfManual *manual, int argc, char *const *argv);
