/* bench-runs.c - replications a second. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-runs SCENARIO.json REPLICATIONS ROUNDS: the replication phase alone, no
 * reading and no tables, with 1 and with 2 workers in turns, by the clock on
 * the wall, since that is what two workers are for; and two programs of 1
 * worker at the same time, which have nothing to do with each other: what the
 * machine itself gives two at work. One line: events of a replication,
 * replications a second with 1 and with 2 workers, the ratio of the two, and
 * that of two programs apart; medians over the rounds.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clockwork.h"
#include "sim/experiment/run.h"
#include "tests/bench/loaded.h"

/* Seconds; adds up the events. */
static double
measure (SfPlan *plan, guint n, guint jobs, double *events)
{
  g_autoptr (GError) error = NULL;
  SfRunOptions options = { .seed = 1, .n = n, .jobs = jobs };
  gint64 began = g_get_monotonic_time ();
  g_autoptr (SfRun) run = sf_run_replications (plan, &options, &error);
  gint64 ended = g_get_monotonic_time ();

  if (!run || run->n_done != n)
    g_error ("%s", error ? error->message : "a replication failed");
  *events = 0;
  for (guint i = 0; i < n; i++)
    *events += (double)sf_run_record (run, i).head[SF_HEAD_EVENTS];
  return (double)(ended - began) / G_USEC_PER_SEC;
}

/* Seconds until two processes have made n each. */
static double
measure_apart (SfPlan *plan, guint n)
{
  double events;
  int status = 1;
  gint64 began = g_get_monotonic_time ();
  pid_t other = fork ();

  if (other == 0) {
    measure (plan, n, 1, &events);
    _exit (0);
  }
  measure (plan, n, 1, &events);
  if (other < 0 || waitpid (other, &status, 0) != other || status != 0)
    g_error ("the other process failed");
  return (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

int
main (int argc, char **argv)
{
  guint n = argc == 4 ? (guint)atoi (argv[2]) : 0;
  guint rounds = argc == 4 ? (guint)atoi (argv[3]) : 0;

  if (n == 0 || rounds == 0) {
    fputs ("usage: bench-runs SCENARIO.json REPLICATIONS ROUNDS\n", stderr);
    return 2;
  }
  g_autoptr (SfScenario) s = loaded_scenario (argv[1]);
  g_autoptr (SfPlan) plan = loaded_plan (s);
  g_autofree double *one = g_new (double, rounds);
  g_autofree double *two = g_new (double, rounds);
  g_autofree double *ratio = g_new (double, rounds);
  g_autofree double *apart = g_new (double, rounds);
  double events;
  for (guint i = 0; i < rounds; i++) {
    one[i] = measure (plan, n, 1, &events);
    two[i] = measure (plan, n, 2, &events);
    ratio[i] = one[i] / two[i];
    apart[i] = 2 * one[i] / measure_apart (plan, n);
  }
  printf ("%.0f\t%.2f\t%.2f\t%.3f\t%.3f\n", events / n,
          n / median (one, rounds), n / median (two, rounds),
          median (ratio, rounds), median (apart, rounds));
  return 0;
}
