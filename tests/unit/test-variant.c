/* test-variant.c - a point of a sweep is the run that --set makes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sweep puts numbers into a scenario that is compiled already. Every number
 * of the shipped scenarios is moved here, one after the other, and the run
 * must be the one of a scenario that was read and compiled with the override.
 */
#include "sim/sweep/variant.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/sweep/worker.h"
#include "tests/unit/study-fixture.h"

#define SEED 7

/* The number moved by a part of itself, to where the parameter allows. */
static double
moved (const SfAssumption *a, double part)
{
  double value = CLAMP (a->value, a->min, a->max);
  double span = MAX (fabs (value), a->is_whole ? 4 : 0.2);
  value = CLAMP (value + part * span, a->min, a->max);
  return a->is_whole ? round (value) : value;
}

/* A study with a factor for every number of a scenario that can be a target. */
static SfStudy *
study_of_everything (const char *folder, const char *file, const char *end)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "scenarios", file, NULL);
  g_autoptr (SfScenario) s
      = sf_scenario_read (path, NULL, sf_cmd_models (), mistakes);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;
  g_assert_nonnull (s);
  g_string_append_printf (
      text,
      "{'format': 1, 'name': 'all', 'scenario': '$/%s', 'seed': '%d', 'set':"
      " {'/time/end': '%s'}, 'budget': {'events_count': 300000}, 'design': "
      "{'kind': 'random', 'points_count': 1},"
      " 'outcomes': {'lost': {'metric': '/lost_count'}}, 'factors': {",
      file, SEED, end);
  for (guint i = 0; i < s->n_assumptions; i++) {
    const SfAssumption *a = &s->assumptions[i];
    double low = moved (a, -0.5), high = moved (a, 0.5);
    if (!(low < high) || g_str_has_prefix (a->pointer, "/run/"))
      continue;
    g_string_append_printf (
        text, "%s'f%u': {'target': '%s', 'range': [%.17g, %.17g]}",
        n++ ? ", " : "", i, a->pointer, low, high);
  }
  g_string_append (text, "}}");
  return study_read (folder, text->str);
}

/* The run of a scenario that is read and compiled for it; FALSE when that is
 * refused or ends in an error. */
static gboolean
fresh_run (const SfStudy *study, const SfVariants *variants,
           const SfStoreTask *task, guint64 *fingerprint)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_auto (GStrv) set = sf_variants_overrides (variants, task->values);
  g_auto (GStrv) levers = sf_variants_levers (variants, task->values);
  g_autoptr (SfScenario) s = sf_scenario_read_levers (
      study->scenario, (const char *const *)levers, (const char *const *)set,
      sf_cmd_models (), mistakes);
  if (!s)
    return FALSE;
  g_autoptr (SfPlan) plan = sf_plan_new (s, NULL);
  g_autoptr (SfWorld) world = sf_world_new (plan);
  g_autofree gpointer memory = g_malloc0 (sf_record_size (plan->book));
  SfRecord record = sf_record_view (plan->book, memory);
  sf_world_set_events_max (world, (guint64)study->events_count);
  if (!sf_world_run (world, study->seed, task->rep, &record, NULL, NULL))
    return FALSE;
  *fingerprint = (guint64)record.head[SF_HEAD_FINGERPRINT];
  return TRUE;
}

/* Whether the row of a task is the run of a scenario made for it. */
static gboolean
is_same (const SfStudy *study, const SfVariants *variants, SfWorker *worker,
         const SfStoreTask *task, char **message)
{
  SfWire wire = sf_wire_new (study);
  g_autofree guint8 *bytes = g_malloc0 (wire.row_size);
  guint64 fingerprint = 0;
  sf_worker_run (worker, task, NULL, bytes);
  SfStoreRow row = sf_wire_row (&wire, bytes);
  gboolean is_fine = fresh_run (study, variants, task, &fingerprint);
  *message = g_strdup (row.message);
  return is_fine == (row.state == SF_STORE_DONE)
         && fingerprint == row.fingerprint;
}

/* Moves one number after the other, each step-th, by parts of itself (0 ends
 * the list) and returns how many runs are different. */
static guint
compare_all (const char *file, const char *end, const double *parts, guint step)
{
  g_autofree char *folder = place_new ();
  g_autoptr (SfStudy) study = study_of_everything (folder, file, end);
  g_autoptr (SfVariants) variants = sf_variants_new (study, sf_cmd_models ());
  g_autoptr (SfWorker) worker = sf_worker_new (study, sf_cmd_models ());
  g_autofree double *values = g_new0 (double, study->n_factors);
  SfStoreTask task = { .values = values, .rep = 3 };
  guint n_different = 0;
  guint n_parts = 0;
  while (parts[n_parts] != 0)
    n_parts++;
  for (guint k = 0; k < n_parts; k++)
    for (guint i = 0; i < study->n_factors; i++) {
      if (i % step != k % step)
        continue;
      for (guint f = 0; f < study->n_factors; f++) {
        const SfAssumption *a = sf_scenario_assumption (
            study->base, study->factors[f].targets[0]);
        values[f] = f == i ? moved (a, parts[k]) : a->value;
      }
      g_autofree char *message = NULL;
      if (is_same (study, variants, worker, &task, &message))
        continue;
      g_test_message ("%s=%.17g: %s", study->factors[i].targets[0], values[i],
                      message);
      n_different++;
    }
  place_remove (folder);
  return n_different;
}

static void
test_numbers_of_the_class_scenario (void)
{
  const double parts[] = { -9, -0.4, 0.45, 3, 0 };
  g_assert_cmpuint (compare_all ("two-roads.json", "2030-03-20", parts,
                                 g_test_slow () ? 1 : 8),
                    ==, 0);
}

static void
test_numbers_of_a_city (void)
{
  const double parts[] = { 0.4, -0.4, 0 };
  guint n = compare_all ("bamako-2025.json", "2026-03-31", parts, 29);
  g_assert_cmpuint (n, ==, 0);
}

/* ---- One study, some points -------------------------------------------------- */

#define HEAD                                                                   \
  "{'format': 1, 'name': 'some', 'scenario': '$/two-roads.json', 'seed': '7'," \
  " 'design': {'kind': 'random', 'points_count': 1}, 'outcomes': {'lost':"     \
  " {'metric': '/lost_count'}}, 'factors': {"

/* Runs points of a study (n_factors values each) and compares; returns the
 * message of the last. */
static char *
run_points (const char *factors, const double *points, guint n)
{
  g_autofree char *folder = place_new ();
  g_autofree char *text = g_strconcat (HEAD, factors, "}}", NULL);
  place_write (folder, "road.json",
               "{\"links\": {\"by\": {\"from\": \"port\", \"to\": \"kessa\","
               " \"km\": {\"assumption\": \"fuel_depot_days\", \"factor\":"
               " 90}, \"speed_kmh\": 45}}}");
  g_autoptr (SfStudy) study = study_read (folder, text);
  g_autoptr (SfVariants) variants = sf_variants_new (study, sf_cmd_models ());
  g_autoptr (SfWorker) worker = sf_worker_new (study, sf_cmd_models ());
  char *message = NULL;
  for (guint i = 0; i < n; i++) {
    SfStoreTask task = { .values = (double *)points + i * study->n_factors };
    g_free (message);
    gboolean is_good = is_same (study, variants, worker, &task, &message);
    g_test_message ("point %u: %s", i, message);
    g_assert_true (is_good);
  }
  place_remove (folder);
  return message;
}

static void
test_words_levers_and_roads (void)
{
  const double points[] = { 0, 0, 300, 1, 1, 300, 1, 0, 250, 0, 1, 280 };
  g_autofree char *message = run_points (
      "'who': {'target': '/models/sharing/model', 'levels':"
      " ['allocation/priority', 'allocation/proportional']}, 'bonus': {'lever':"
      " 'road.json'}, 'km': {'target': '/links/north-kessa/km', 'range': [200,"
      " 400]}",
      points, 4);
  g_assert_cmpstr (message, ==, "");
}

/* The lever's road is as long as the depots' days say. */
static void
test_a_lever_that_takes_the_number_by_name (void)
{
  const double points[] = { 5, 0, 5, 1, 10, 1, 10, 0 };
  g_autofree char *message
      = run_points ("'days': {'target': '/assumptions/fuel_depot_days'},"
                    " 'by': {'lever': 'road.json'}",
                    points, 4);
  g_assert_cmpstr (message, ==, "");
}

static void
test_ends_of_a_range_and_beyond (void)
{
  const double points[] = { 0, 1, -0.25 };
  g_autofree char *message
      = run_points ("'part': {'target': '/models/drivers/cross_frac', 'range':"
                    " [-1, 2]}",
                    points, 3);
  g_assert_cmpstr (message, ==,
                   "the point makes no scenario: /models/drivers/cross_frac: "
                   "-0.25 is out of range; expected 0 to 1");
}

/* A number that others take by name must suit them too. */
static void
test_beyond_what_takers_allow (void)
{
  const double points[] = { 8, -1 };
  g_autofree char *message = run_points (
      "'days': {'target': '/assumptions/fuel_depot_days', 'range':"
      " [-2, 9]}",
      points, 2);
  g_assert_nonnull (strstr (message, "/markets/kessa-fuel/depot"));
}

/* Words that would be read as something else than a word. */
static void
test_words_with_quotes_and_digits (void)
{
  const double points[] = { 0, 1, 2, 3, 4 };
  g_autofree char *message = run_points (
      "'what': {'target': '/title', 'levels': ['12', 'true', 'a\\\"b, c',"
      " '{}', 'null']}",
      points, 5);
  g_assert_cmpstr (message, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variant/numbers-of-the-class-scenario",
                   test_numbers_of_the_class_scenario);
  if (g_test_slow ())
    g_test_add_func ("/variant/numbers-of-a-city", test_numbers_of_a_city);
  g_test_add_func ("/variant/words-levers-and-roads",
                   test_words_levers_and_roads);
  g_test_add_func ("/variant/a-lever-that-takes-the-number-by-name",
                   test_a_lever_that_takes_the_number_by_name);
  g_test_add_func ("/variant/ends-of-a-range-and-beyond",
                   test_ends_of_a_range_and_beyond);
  g_test_add_func ("/variant/beyond-what-takers-allow",
                   test_beyond_what_takers_allow);
  g_test_add_func ("/variant/words-with-quotes-and-digits",
                   test_words_with_quotes_and_digits);
  return g_test_run ();
}
