/* cmd-sweep.c - many runs over a design. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/commands.h"
#include "sim/cli/manual.h"
#include "sim/cli/sweep.h"
#include "sim/lang/lang.h"

static const SfCommand plan
    = { "plan",
        N_ ("read a study, write every point into a new folder; nothing runs"),
        sf_sweep_verb_plan };
static const SfCommand run_all
    = { "run",
        N_ ("do what is not done yet; the same command takes it up again"),
        sf_sweep_verb_run };
static const SfCommand status
    = { "status", N_ ("how far it is, and what failed; safe while it runs"),
        sf_sweep_verb_status };
static const SfCommand export_rows
    = { "export",
        N_ ("tables with a data dictionary, and daily series as NetCDF"),
        sf_sweep_verb_export };
static const SfCommand rerun
    = { "rerun", N_ ("one row again, compared bit for bit, as a story"),
        sf_sweep_verb_rerun };
static const SfCommand merge
    = { "merge", N_ ("bring shards of array jobs into the store"),
        sf_sweep_verb_merge };

static const SfCommand *const verbs[]
    = { &plan, &run_all, &status, &export_rows, &rerun, &merge, NULL };

static SfExit
run (SfInvocation *invocation)
{
  static const SfManual help = {
    .example = "shortfall sweep run scenarios/sweeps/two-roads.json",
    .usage = N_ ("VERB [options] STUDY.json | FOLDER"),
    .about = N_ ("Runs a scenario at many points: a study file names what "
                 "varies, the design and the outcomes. Rows are kept in one "
                 "SQLite file, which survives whatever stops a run."),
    .end = N_ ("shortfall sweep VERB --help tells more."),
  };
  return sf_cmd_verb (invocation, &sf_cmd_sweep, &help);
}

const SfCommand sf_cmd_sweep
    = { "sweep", N_ ("run a scenario at the points of a design"), run, verbs,
        NULL };
