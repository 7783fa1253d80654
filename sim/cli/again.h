/* again.h - a command, run again from its manifest. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A manifest holds the whole scenarios, with their ensembles, or the study and
 * all it names (of sensitivity, whose sweep is done again, too), and under
 * "options" the options on which tables depend, by their long names:
 *
 *   "options": { "seed": "1", "replications": "200", "hxl": true,
 *                "measure": ["bamako/diesel/hospital/short_days"] }
 *
 * From these, and not from the command line as it was typed, the command is
 * made again, so that a manifest which somebody else wrote reads no file but
 * itself and names none to be written: only options in the list of again.c are
 * taken, each as one word "--name=value", and the files are written anew, into
 * a folder of ours.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/cli/cmd.h"

/* ---- Writing: what a command notes of itself -------------------------------- */

/* Adds "options", to be filled. */
SfJson *sf_again_options (SfJson *manifest);

/* As text, since a number in JSON does not hold every seed. */
void sf_again_seed (SfJson *options, guint64 seed);

/* Each adds an option, or nothing where it was not given: NULL, 0, NAN. */
void sf_again_text (SfJson *options, const char *name, const char *text);
void sf_again_texts (SfJson *options, const char *name, char *const *texts);
void sf_again_whole (SfJson *options, const char *name, gint number);
void sf_again_real (SfJson *options, const char *name, double number);
void sf_again_flag (SfJson *options, const char *name, gboolean is_given);

/* ---- Reading ---------------------------------------------------------------- */

typedef struct {
  const SfCommand *command;
  GPtrArray *line; /* char *: its words, the name first; without a NULL */
  guint n_scenarios;
} SfAgain;

/* Makes the command of a manifest again and writes its scenarios into the
 * folder `home`. NULL with the user told and *status what to return: the
 * manifest does not hold what it takes (SF_EXIT_FAILED), or a scenario in it
 * is not the one whose checksum it gives (SF_EXIT_DIFFERS). */
SfAgain *sf_again_new (const SfInvocation *invocation, const SfJson *manifest,
                       const char *home, SfExit *status);
void sf_again_free (SfAgain *again);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfAgain, sf_again_free)

/* Runs it, with `jobs` workers (0: one a processor), quietly, what it prints
 * on standard output thrown away. Its tables are in the folder `output` then.
 * Returns what the command returns. */
SfExit sf_again_run (SfAgain *again, const char *output, gint jobs);

/* A member of a JSON object as text; NULL when it is none. Borrowed. */
const char *sf_again_member (const SfJson *object, const char *key);
