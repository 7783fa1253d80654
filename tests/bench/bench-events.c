/* bench-events.c - replications in this process. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-events SCENARIO.json REPLICATIONS: runs them one after another, without
 * workers, for whoever looks on: a profiler, or callgrind, which counts the
 * instructions within sf_world_run(). Prints the number of events, a hash of
 * the fingerprints, and nanoseconds an event.
 */
#include <inttypes.h>
#include <stdio.h>

#include "clockwork.h"
#include "sim/engine/world.h"
#include "tests/bench/loaded.h"

int
main (int argc, char **argv)
{
  guint n = argc == 3 ? (guint)atoi (argv[2]) : 0;
  guint64 events = 0, hash = 0;
  double ns = 0;

  if (n == 0) {
    fputs ("usage: bench-events SCENARIO.json REPLICATIONS\n", stderr);
    return 2;
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (SfScenario) s = loaded_scenario (argv[1]);
  g_autoptr (SfPlan) plan = loaded_plan (s);
  g_autofree gpointer memory = g_malloc0 (sf_record_size (plan->book));
  SfRecord record = sf_record_view (plan->book, memory);
  g_autoptr (SfWorld) world = sf_world_new (plan);
  for (guint i = 0; i < n; i++) {
    double began = clock_ns ();
    if (!sf_world_run (world, 1, i, &record, NULL, &error))
      g_error ("%s", error->message);
    ns += clock_ns () - began;
    events += (guint64)record.head[SF_HEAD_EVENTS];
    hash = hash * 31 + (guint64)record.head[SF_HEAD_FINGERPRINT];
  }
  printf ("%" PRIu64 "\t%016" PRIx64 "\t%.1f\n", events, hash,
          ns / (double)events);
  return 0;
}
