/* sweep.h - the verbs of the command sweep. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A verb is a command of its own: it gets what is left of the line, with
 * "sweep VERB" as its name, and has its own options and help.
 */
#pragma once

#include "sim/cli/cmd.h"
#include "sim/sweep/sweep.h"

SfExit sf_sweep_verb_plan (SfInvocation *invocation);
SfExit sf_sweep_verb_run (SfInvocation *invocation);
SfExit sf_sweep_verb_status (SfInvocation *invocation);
SfExit sf_sweep_verb_rerun (SfInvocation *invocation);
SfExit sf_sweep_verb_merge (SfInvocation *invocation);
SfExit sf_sweep_verb_export (SfInvocation *invocation);

/* Opens the sweep in the one folder that is left on the line, or that a study
 * file there stands for; NULL with *status when it was said why not. */
SfSweep *sf_sweep_verb_open (const SfInvocation *invocation, const char *output,
                             SfSweepMode mode, SfExit *status);

/* The folder of a sweep of a study: `output`, or NAME-sweep. To be freed. */
char *sf_sweep_folder_for (const SfStudy *study, const char *output);

/* Reads the study that is left on the line; NULL with *status. */
SfStudy *sf_sweep_verb_study (const SfInvocation *invocation, const char *path,
                              SfExit *status);
