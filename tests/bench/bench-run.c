/* bench-run.c - events and replications a second on a real scenario. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-run SCENARIO.json [REPLICATIONS]: runs them one after another in this
 * process, each timed; prints medians. Not a test: it never fails on speed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/cli/cmd.h"
#include "sim/engine/world.h"

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

static gboolean
measure (SfPlan *plan, guint n, GError **error)
{
  g_autofree gpointer memory = g_malloc0 (sf_record_size (plan->book));
  g_autofree double *seconds = g_new (double, n);
  g_autofree double *rates = g_new (double, n);
  SfRecord record = sf_record_view (plan->book, memory);
  g_autoptr (SfWorld) world = sf_world_new (plan);
  for (guint i = 0; i < n; i++) {
    gint64 began = g_get_monotonic_time ();
    if (!sf_world_run (world, 1, i, &record, NULL, error))
      return FALSE;
    seconds[i] = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
    rates[i] = (double)record.head[SF_HEAD_EVENTS] / seconds[i];
  }
  double rate = median (rates, n);
  printf ("%.2f million events a second\n", rate / 1e6);
  printf ("%.0f ns an event\n", 1e9 / rate);
  printf ("%.1f replications a second on one processor\n",
          1 / median (seconds, n));
  return TRUE;
}

int
main (int argc, char **argv)
{
  guint n = argc > 2 ? (guint)atoi (argv[2]) : 15;
  if (argc < 2 || n == 0) {
    fputs ("usage: bench-run SCENARIO.json [REPLICATIONS]\n", stderr);
    return 2;
  }
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfScenario) s
      = sf_scenario_read (argv[1], NULL, sf_cmd_models (), mistakes);
  if (!s) {
    g_autofree char *text = sf_mistakes_format (mistakes);
    fputs (text, stderr);
    return 3;
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (SfPlan) plan = sf_plan_new (s, &error);
  if (plan && measure (plan, n, &error))
    return 0;
  fprintf (stderr, "bench-run: %s\n", error->message);
  return 1;
}
