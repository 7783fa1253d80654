/* numbers.c - all that replications come to. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * numbers SCENARIO.json REPLICATIONS: runs them one after another, and prints
 * every number of their records, a line each: "i" and an integer, "r" and a
 * real (metrics, ledger), "f" and a value of a curve, which is kept as a
 * float. Compilers are compared by it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/engine/world.h"
#include "tests/bench/loaded.h"

static void
print_record (const SfPlan *plan, const SfRecord *record)
{
  gsize n_curves = (gsize)sf_book_n_series (plan->book) * plan->days;
  gsize n_ledger = (gsize)plan->scenario->n_commodities * SF_LEDGER_N;

  for (guint i = 0; i < SF_HEAD_N; i++)
    printf ("i %" PRId64 "\n", record->head[i]);
  for (guint i = 0; i < sf_book_n_metrics (plan->book); i++)
    printf ("r %.17g\n", record->metrics[i]);
  for (gsize i = 0; i < n_ledger; i++)
    printf ("r %.17g\n", record->ledger[i]);
  for (gsize i = 0; i < n_curves; i++)
    printf ("f %.9g\n", (double)record->curves[i]);
}

int
main (int argc, char **argv)
{
  guint n = argc == 3 ? (guint)atoi (argv[2]) : 0;

  if (n == 0) {
    fputs ("usage: numbers SCENARIO.json REPLICATIONS\n", stderr);
    return 2;
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (SfScenario) s = loaded_scenario (argv[1]);
  g_autoptr (SfPlan) plan = loaded_plan (s);
  g_autofree gpointer memory = g_malloc0 (sf_record_size (plan->book));
  SfRecord record = sf_record_view (plan->book, memory);
  g_autoptr (SfWorld) world = sf_world_new (plan);
  for (guint i = 0; i < n; i++) {
    if (!sf_world_run (world, 1, i, &record, NULL, &error))
      g_error ("%s", error->message);
    print_record (plan, &record);
  }
  return 0;
}
