/* sweep.h - the verbs of the command sweep. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A verb is a command of its own: it gets what is left of the line, with
 * "sweep VERB" as its name, and has its own options and help.
 */
#pragma once

#include "sim/cli/cmd.h"
#include "sim/sweep/drive.h"
#include "sim/cluster/slurm.h"
#include "sim/sweep/sweep.h"

SfExit sf_sweep_verb_plan (SfInvocation *invocation);
SfExit sf_sweep_verb_run (SfInvocation *invocation);
SfExit sf_sweep_verb_status (SfInvocation *invocation);
SfExit sf_sweep_verb_rerun (SfInvocation *invocation);
SfExit sf_sweep_verb_merge (SfInvocation *invocation);
SfExit sf_sweep_verb_export (SfInvocation *invocation);

/* ---- What verbs share (sweep-common.c) --------------------------------------- */

/* Whether one thing is left on the line; else *status when it was said. */
gboolean sf_sweep_verb_has_target (const SfInvocation *invocation,
                                   SfExit *status);

/* Opens the sweep in the one folder that is left on the line, or that a study
 * file there stands for; NULL with *status when it was said why not. */
SfSweep *sf_sweep_verb_open (const SfInvocation *invocation, const char *output,
                             SfSweepMode mode, SfExit *status);

/* The folder of a sweep of a study: `output`, or NAME-sweep. To be freed. */
char *sf_sweep_folder_for (const SfStudy *study, const char *output);

/* Reads the study that is left on the line; NULL with *status. */
SfStudy *sf_sweep_verb_study (const SfInvocation *invocation, const char *path,
                              SfExit *status);

/* ---- What all ways of running share (sweep-common.c) -------------------------- */

typedef struct {
  char *output;
  gint replications; /* 0: as planned */
  gint64 most;       /* runs; 0: all */
  gboolean retries, is_quiet;
  guint shard, n_shards;
} SfSweepRun;

/* Checks the numbers; *status when something was said. */
gboolean sf_sweep_run_check (const SfInvocation *invocation,
                             const SfSweepRun *run, SfExit *status);

/* Opens the sweep, which is planned first when the line names a study that has
 * no folder yet. */
SfSweep *sf_sweep_run_open (const SfInvocation *invocation,
                            const SfSweepRun *run, SfSweepMode mode,
                            SfExit *status);

/* Raises the replications when that is asked. */
gboolean sf_sweep_run_raise (SfStore *store, const SfSweepRun *run,
                             GError **error);

/* Does what is to be done, shows how far it is, and says what came of it. */
SfExit sf_sweep_run_on (const SfInvocation *invocation, const SfStudy *study,
                        SfStore *store, const SfEngine *engine,
                        const SfSweepRun *run);

/* Says that rows of runs are not done; so many of them came now, if any. */
void sf_sweep_run_say_bad (const SfInvocation *invocation, guint64 bad_all,
                           guint64 bad_now);

/* The same over Slurm (sweep-slurm.c); what `run` says and how to tell news is
 * filled into the options. */
SfExit sf_sweep_run_slurm (const SfInvocation *invocation, SfSweep *sweep,
                           const SfSweepRun *run,
                           const SfSlurmOptions *options);
