/* bench-stations.c - queueing networks through the engine. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-stations STATIONS.json QUEUE.json
 *
 * In turns, so that whatever slows the machine down meets all of them: one
 * station, a network of 1,000, timers that do nothing, all three through
 * sf_world_run() with the models of stations.h; trucks that go to one queue of
 * a scenario (QUEUE.json); and bare holds at 1,000 events of the engine's
 * pending set and of the plain heap. Lines of "what, ns": of a customer served
 * at a station, of a truck, of an event, of a hold.
 *
 * Then the variance of the difference of two M/M/1, mean service 1 and 0.95
 * of an hour, arrivals 0.9 an hour: with the same seed for both, and with
 * different seeds; "crn" and the two variances, of the mean time in system.
 */
#include "sim/engine/world.h"
#include "sim/turns/pending.h"

#include <stdio.h>

#include "clockwork.h"
#include "plain-heap.h"
#include "sim/engine/models.h"
#include "stations.h"

#define ROUNDS 9
#define HOLDS 500000u
#define PENDING 1000u
#define PAIRS 400

/* ---- Scenarios ------------------------------------------------------------ */

typedef struct {
  SfScenario *scenario;
  SfPlan *plan;
  SfWorld *world;
  gpointer memory;
  SfRecord record;
} Run;

static void
run_begin (Run *run, const char *path, const char *const *overrides,
           const SfModelInfo *const *models)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GError) error = NULL;
  run->scenario = sf_scenario_read (path, overrides, models, mistakes);
  if (!run->scenario) {
    g_autofree char *text = sf_mistakes_format (mistakes);
    g_error ("%s", text);
  }
  run->plan = sf_plan_new (run->scenario, &error);
  if (!run->plan)
    g_error ("%s", error->message);
  run->world = sf_world_new (run->plan);
  run->memory = g_malloc0 (sf_record_size (run->plan->book));
  run->record = sf_record_view (run->plan->book, run->memory);
}

static void
run_end (Run *run)
{
  sf_world_free (run->world);
  sf_plan_free (run->plan);
  sf_scenario_free (run->scenario);
  g_free (run->memory);
}

/* Runs a replication; returns nanoseconds. */
static double
run_once (Run *run, guint64 seed, guint replication)
{
  g_autoptr (GError) error = NULL;
  double began = clock_ns ();
  if (!sf_world_run (run->world, seed, replication, &run->record, NULL, &error))
    g_error ("%s", error->message);
  return clock_ns () - began;
}

/* A gauge of the model `stations` on the last day. */
static double
last_gauge (const Run *run, const char *name)
{
  gint series = sf_world_find_series (run->world, name);
  guint days = run->plan->days;
  g_assert (series >= 0);
  return (double)run->record.curves[(guint)series * days + days - 1];
}

/* ---- Bare holds ------------------------------------------------------------ */

static double
hold_set (SfPending *set, const SfTick *delays, guint *next)
{
  SfTick now;
  SfEvent event;
  double began = clock_ns ();
  for (guint i = 0; i < HOLDS; i++) {
    sf_pending_pop (set, &now, NULL, &event);
    sf_pending_push (set, now + delays[(*next)++ % BENCH_DELAYS], 0, &event);
  }
  return (clock_ns () - began) / HOLDS;
}

static double
hold_heap (PlainHeap *heap, const SfTick *delays, guint *next)
{
  double began = clock_ns ();
  for (guint i = 0; i < HOLDS; i++) {
    PlainRecord record = plain_heap_pop (heap);
    plain_heap_push (heap,
                     record.when + (PlainTime)delays[(*next)++ % BENCH_DELAYS],
                     record.subject, 0);
  }
  return (clock_ns () - began) / HOLDS;
}

/* ---- Time ------------------------------------------------------------------- */

enum { ONE, NETWORK, TIMERS, TRUCKS, SET, HEAP, N_WHAT };
static const char *const names[N_WHAT]
    = { "mm1", "network", "timers", "trucks", "set", "heap" };

/* Nanoseconds of one round of those that are scenarios. */
static double
time_run (Run *run, guint what, guint round)
{
  double ns = run_once (run, 1, round);
  switch (what) {
  case TIMERS:
    return ns / (double)run->record.head[SF_HEAD_EVENTS];
  case TRUCKS:
    return ns
           / run->record
                 .metrics[run->plan->sheet->queue_metrics[0] + SF_QUEUE_SERVED];
  default:
    return ns / last_gauge (run, "stations/served_count");
  }
}

static void
measure_times (char **paths)
{
  static const char *const one[] = { "/time/end=2032-09-26", NULL };
  static const char *const network[]
      = { "/time/end=2030-01-05", "/models/stations/stations_count=1000",
          "/models/stations/arrivals_per_h=4.5",
          "/models/stations/onward_prob=0.5", NULL };
  static const char *const timers[]
      = { "/time/end=2046-06-01",
          "/models={\"stations\":{\"model\":\"bench/hold\"}}", NULL };
  static const char *const *const overrides[] = { one, network, timers, NULL };
  g_autofree SfTick *delays = g_new (SfTick, BENCH_DELAYS);
  g_autoptr (SfPending) set = sf_pending_new (PENDING);
  PlainHeap heap = { 0 };
  Run runs[SET];
  double ns[N_WHAT][ROUNDS];
  guint next_set = 0, next_heap = 0;

  bench_delays_fill (delays);
  for (guint32 i = 0; i < PENDING; i++) {
    SfEvent event = { .subject = i };
    sf_pending_push (set, delays[i], 0, &event);
    plain_heap_push (&heap, (PlainTime)delays[i], i, 0);
  }
  for (guint i = 0; i < SET; i++)
    run_begin (&runs[i], paths[i == TRUCKS], overrides[i],
               i == TRUCKS ? sf_cmd_models () : bench_models);
  for (guint round = 0; round < ROUNDS; round++) {
    for (guint i = 0; i < SET; i++)
      ns[i][round] = time_run (&runs[i], i, round);
    ns[SET][round] = hold_set (set, delays, &next_set);
    ns[HEAP][round] = hold_heap (&heap, delays, &next_heap);
  }
  for (guint i = 0; i < N_WHAT; i++)
    printf ("%s\t%.2f\n", names[i], median (ns[i], ROUNDS));
  for (guint i = 0; i < SET; i++)
    run_end (&runs[i]);
  plain_heap_clear (&heap);
}

/* ---- Common random numbers -------------------------------------------------- */

static double
variance (const double *values, guint n)
{
  double mean = 0, sum = 0;
  for (guint i = 0; i < n; i++)
    mean += values[i] / n;
  for (guint i = 0; i < n; i++)
    sum += (values[i] - mean) * (values[i] - mean);
  return sum / (n - 1);
}

static void
measure_crn (const char *path)
{
  /* 20,000 customers. */
  static const char *const slow[]
      = { "/time/end=2032-07-14", "/models/stations/arrivals_per_h=0.9",
          "/models/stations/service_h=1", NULL };
  static const char *const fast[]
      = { "/time/end=2032-07-14", "/models/stations/arrivals_per_h=0.9",
          "/models/stations/service_h=0.95", NULL };
  Run a, b;
  double common[PAIRS], apart[PAIRS];

  run_begin (&a, path, slow, bench_models);
  run_begin (&b, path, fast, bench_models);
  for (guint i = 0; i < PAIRS; i++) {
    run_once (&a, 1, i);
    double system_h = last_gauge (&a, "stations/system_h");
    run_once (&b, 1, i);
    common[i] = system_h - last_gauge (&b, "stations/system_h");
    run_once (&b, 2, i);
    apart[i] = system_h - last_gauge (&b, "stations/system_h");
  }
  printf ("crn\t%.4f\t%.4f\n", variance (common, PAIRS),
          variance (apart, PAIRS));
  run_end (&a);
  run_end (&b);
}

int
main (int argc, char **argv)
{
  if (argc != 3) {
    fputs ("usage: bench-stations STATIONS.json QUEUE.json\n", stderr);
    return 2;
  }
  measure_times (argv + 1);
  measure_crn (argv[1]);
  return 0;
}
