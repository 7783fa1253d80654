/* sweep-run.c - doing the runs of a sweep. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/cli/sweep.h"

#include "sim/lang/lang.h"

typedef struct {
  SfSweepRun run;
  char *shard_text, *engine;
  gint jobs;

  /* Slurm only. */
  gint tasks, at_once;
  double wait_max_h;
  char **sbatch;
} Options;

/* Reads "3/16": shard 3, counted from 0, of 16. */
static gboolean
parse_shard (Options *o)
{
  guint64 shard, n;
  o->run.n_shards = 1;
  if (!o->shard_text)
    return TRUE;
  g_auto (GStrv) parts = g_strsplit (o->shard_text, "/", 2);
  if (!parts[0] || !parts[1]
      || !g_ascii_string_to_unsigned (parts[0], 10, 0, 99999, &shard, NULL)
      || !g_ascii_string_to_unsigned (parts[1], 10, 1, 100000, &n, NULL)
      || shard >= n)
    return FALSE;
  o->run.shard = (guint)shard;
  o->run.n_shards = (guint)n;
  return TRUE;
}

static SfExit
run_here (const SfInvocation *invocation, SfSweep *sweep, const Options *o)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStore) shard = NULL;
  guint jobs = o->jobs > 0 ? (guint)o->jobs : g_get_num_processors ();
  if (o->shard_text)
    shard = sf_sweep_open_shard (sweep, sf_cmd_models (), o->run.shard,
                                 o->run.n_shards, &error);
  if (error)
    return sf_cmd_error (invocation, error);
  SfStore *store = shard ? shard : sweep->store;
  g_autoptr (SfWorker) worker = sf_worker_new (sweep->study, sf_cmd_models ());
  if (!sf_sweep_run_raise (store, &o->run, &error)
      || !sf_worker_prepare (worker, &error))
    return sf_cmd_error (invocation, error);
  g_autoptr (SfCrew) crew = sf_crew_new (worker, sweep->study, jobs);
  SfEngine engine = sf_crew_engine (crew);
  return sf_sweep_run_on (invocation, sweep->study, store, &engine, &o->run);
}

static gboolean
is_slurm (const Options *o)
{
  return g_strcmp0 (o->engine, "slurm") == 0;
}

/* What does not go together; NULL when all does. */
static const char *
refusal (Options *o)
{
  if (!parse_shard (o))
    return _ ("--shard takes I/N with I from 0 to N - 1");
  if (o->jobs < 0 || o->jobs > 1024)
    return _ ("-j takes 1 to 1024 workers");
  if (!is_slurm (o))
    return o->tasks || o->at_once || o->sbatch
               ? _ ("--tasks, --at-most and --sbatch need --engine slurm")
               : NULL;
  if (o->shard_text || o->run.most != 0)
    return _ ("--shard and --most do not go with --engine slurm");
  if (o->tasks < 0 || o->tasks > 100000 || o->at_once < 0)
    return _ ("--tasks takes 1 to 100000 tasks, --at-most 1 or more");
  return o->wait_max_h > 0 ? NULL : _ ("--wait-max takes hours, more than 0");
}

static SfExit
run_on_slurm (const SfInvocation *invocation, SfSweep *sweep, const Options *o)
{
  SfSlurmOptions options = { .n_tasks = (guint)o->tasks,
                             .at_once = (guint)o->at_once,
                             .jobs = (guint)o->jobs,
                             .wait_max_h = o->wait_max_h,
                             .sbatch = (const char *const *)o->sbatch };
  return sf_sweep_run_slurm (invocation, sweep, &o->run, &options);
}

static SfExit
do_run (SfInvocation *invocation, Options *o)
{
  SfExit status;
  const char *refused = refusal (o);
  if (refused)
    return sf_cmd_usage (invocation, "%s", refused);
  if (!sf_sweep_run_check (invocation, &o->run, &status))
    return status;
  g_autoptr (SfSweep) sweep = sf_sweep_run_open (
      invocation, &o->run, o->shard_text ? SF_SWEEP_INPUTS : SF_SWEEP_WRITE,
      &status);
  if (!sweep)
    return status;
  return is_slurm (o) ? run_on_slurm (invocation, sweep, o)
                      : run_here (invocation, sweep, o);
}

SfExit
sf_sweep_verb_run (SfInvocation *invocation)
{
  Options o = { .wait_max_h = 168 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.run.output,
      N_ ("Folder of the sweep (default: NAME-sweep)"), "DIR" },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &o.jobs,
      N_ ("Worker processes (default: one a processor)"), "N" },
    { "replications", 'n', 0, G_OPTION_ARG_INT, &o.run.replications,
      N_ ("Raise the replications of every point to so many"), "N" },
    { "retry-failed", 0, 0, G_OPTION_ARG_NONE, &o.run.retries,
      N_ ("Do runs again that failed, crashed or took too long"), NULL },
    { "most", 0, 0, G_OPTION_ARG_INT64, &o.run.most,
      N_ ("Stop after so many runs"), "N" },
    { "shard", 0, 0, G_OPTION_ARG_STRING, &o.shard_text,
      N_ ("Do every N-th run, from the I-th on, into a shard of its own"),
      "I/N" },
    { "engine", 0, 0, G_OPTION_ARG_STRING, &o.engine,
      N_ ("Where: local, or slurm for the shards as an array (MPI: mpirun -n 4 "
          "shortfall-mpi FOLDER)"),
      "local|slurm" },
    { "tasks", 0, 0, G_OPTION_ARG_INT, &o.tasks,
      N_ ("slurm: tasks of the array (default: up to 64)"), "N" },
    { "at-most", 0, 0, G_OPTION_ARG_INT, &o.at_once,
      N_ ("slurm: tasks at the same time"), "N" },
    { "sbatch", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.sbatch,
      N_ ("slurm: an option for sbatch (may be given again)"),
      "--OPTION=VALUE" },
    { "wait-max", 0, 0, G_OPTION_ARG_DOUBLE, &o.wait_max_h,
      N_ ("slurm: stop waiting after so many hours (default: 168)"), "HOURS" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.run.is_quiet,
      N_ ("Say nothing unless something is wrong"), NULL },
    { NULL },
  };
  SfExit status;
  if (sf_cmd_parse (
          invocation, entries,
          "shortfall sweep run scenarios/sweeps/two-roads.json",
          "STUDY.json | FOLDER",
          N_ ("Does the runs of a sweep that have no row yet. Stopped or "
              "killed, the same command goes\non; a study that has no "
              "folder yet is planned first. Results do not depend on the "
              "number\nof workers.\n\nSlurm: the folder must be one "
              "that all nodes see. By hand, with GNU parallel:\n"
              "  seq 0 7 | parallel shortfall sweep run DIR --shard "
              "{}/8 -j 1 -q\n  shortfall sweep merge DIR"),
          &status))
    status = do_run (invocation, &o);
  g_free (o.run.output);
  g_free (o.shard_text);
  g_free (o.engine);
  g_strfreev (o.sbatch);
  return status;
}
