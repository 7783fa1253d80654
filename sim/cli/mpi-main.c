/* mpi-main.c - the program shortfall-mpi: a sweep over MPI. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program of its own, so that the main one needs no MPI. Rank 0 does all the
 * talking; the others are told what to do (sim/cluster/ranks.h). Each rank forks
 * its keeper before MPI_Init(), and no rank forks after it.
 */
#include <stdio.h>
#include <string.h>

#include "sim/cli/manual.h"
#include "sim/cli/sweep.h"
#include "sim/experiment/stop.h"
#include "sim/cluster/ranks.h"
#include "sim/lang/lang.h"

static SfExit
drive (const SfInvocation *invocation, SfSweep *sweep, SfRanks *ranks,
       const SfSweepRun *run)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_canonicalize_filename (sweep->folder, NULL);
  g_autofree char *identity
      = sf_sweep_identity (sweep->study, sf_cmd_models ());
  if (!sf_sweep_run_raise (sweep->store, run, &error)
      || !sf_ranks_begin (ranks, sweep->study, folder, identity, &error))
    return sf_cmd_error (invocation, error);
  SfEngine engine = sf_ranks_engine (ranks);
  return sf_sweep_run_on (invocation, sweep->study, sweep->store, &engine, run);
}

static SfExit
do_run (SfInvocation *invocation, SfRanks *ranks, const SfSweepRun *run)
{
  SfExit status;
  if (!sf_sweep_run_check (invocation, run, &status))
    return status;
  if (sf_ranks_count (ranks) < 2)
    return sf_cmd_usage (
        invocation, _ ("one rank is the manager and does no runs; start 2 or "
                       "more, as mpirun -n 4 shortfall-mpi FOLDER does"));
  g_autoptr (SfSweep) sweep
      = sf_sweep_run_open (invocation, run, SF_SWEEP_WRITE, &status);
  return sweep ? drive (invocation, sweep, ranks, run) : status;
}

static SfExit
manage (SfInvocation *invocation, SfRanks *ranks)
{
  SfSweepRun run = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &run.output,
      N_ ("Folder of the sweep (default: NAME-sweep)"), "DIR" },
    { "replications", 'n', 0, G_OPTION_ARG_INT, &run.replications,
      N_ ("Raise the replications of every point to so many"), "N" },
    { "retry-failed", 0, 0, G_OPTION_ARG_NONE, &run.retries,
      N_ ("Do runs again that failed, crashed or took too long"), NULL },
    { "most", 0, 0, G_OPTION_ARG_INT64, &run.most,
      N_ ("Stop after so many runs"), "N" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &run.is_quiet,
      N_ ("Say nothing unless something is wrong"), NULL },
    { NULL },
  };
  SfExit status;
  if (sf_cmd_parse (
          invocation, entries, "mpirun -n 4 shortfall-mpi two-roads-sweep",
          "STUDY.json | FOLDER",
          N_ ("Does the runs of a sweep that have no row yet, as "
              "shortfall sweep run does, on the ranks\nof an MPI job. "
              "Rank 0 keeps the store; each other rank does one run at a "
              "time."),
          &status))
    status = do_run (invocation, ranks, &run);
  if (ranks)
    sf_ranks_end (ranks);
  g_free (run.output);
  return status;
}

static void
print_page (const SfManual *manual, gpointer out)
{
  SfManual whole = *manual;
  whole.summary = N_ ("the runs of a sweep over MPI");
  sf_roff_print (&whole, NULL, out);
}

/* shortfall-mpi manual: the manual page, for the build; no MPI is begun. */
static SfExit
print_manual (void)
{
  char name[] = "shortfall-mpi", *argv[] = { name, NULL };
  SfInvocation invocation = { 1, argv, print_page, stdout };
  manage (&invocation, NULL);
  return SF_EXIT_DONE;
}

int
main (int argc, char **argv)
{
  sf_cmd_begin (argc, argv);
  if (argc > 1 && strcmp (argv[1], "manual") == 0)
    return (int)print_manual ();
  g_autoptr (GError) error = NULL;
  SfExit status = SF_EXIT_DONE;
  SfKeeper *keeper = sf_keeper_new (sf_cmd_models (), &error);
  if (!keeper) {
    fprintf (stderr, "shortfall-mpi: %s\n", error->message);
    return SF_EXIT_FAILED;
  }
  SfRanks *ranks = sf_ranks_new (&argc, &argv);
  if (sf_ranks_own (ranks) == 0) {
    char name[] = "shortfall-mpi";
    SfInvocation invocation = { argc, argv };
    argv[0] = name;
    g_clear_pointer (&keeper, sf_keeper_free);
    status = manage (&invocation, ranks);
  } else {
    sf_stop_ignore (); /* rank 0 hears signals, and lets the others finish */
    sf_ranks_serve (ranks, keeper);
  }
  g_clear_pointer (&keeper, sf_keeper_free);
  sf_ranks_free (ranks);
  return (int)status;
}
