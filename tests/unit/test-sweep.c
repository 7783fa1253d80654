/* test-sweep.c - workers that crash, hang and are killed. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A crew gets tasks as the driver of a sweep would give them; faults are asked
 * for by the variable SHORTFALL_FAULT. Whatever happens, there is one row for
 * every task.
 */
#include "sim/sweep/drive.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/sweep/sweep.h"
#include "tests/unit/study-fixture.h"

#define TASKS 12

static const char study_of_one[]
    = "{'format': 1, 'name': 's', 'scenario': '$/two-roads.json', 'seed': '1',"
      " 'set': {'/time/end': '2030-03-12'}, 'budget': {'run_s': 1},"
      " 'design': {'kind': 'random', 'points_count': 12}, 'factors': {'fear':"
      " {'target': '/models/drivers/announcement_risk', 'range': [0, 8]}},"
      " 'outcomes': {'lost': {'metric': '/lost_count'}},"
      " 'series': ['kessa/fuel/served_frac']}";

typedef struct {
  char *folder;
  SfStudy *study;
  SfWorker *worker;
  SfCrew *crew;
  SfEngine engine;
  SfWire wire;
  guint n_rows, states[SF_STORE_N_STATES];
  guint order[TASKS]; /* points of rows as they came */
  SfStoreState state_of[TASKS];
  guint64 fingerprints[TASKS];
  char *said[TASKS];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  const char *faults = data;
  if (faults)
    g_setenv ("SHORTFALL_FAULT", faults, TRUE);
  else
    g_unsetenv ("SHORTFALL_FAULT");
  f->folder = place_new ();
  f->study = study_read (f->folder, study_of_one);
  f->worker = sf_worker_new (f->study, sf_cmd_models ());
  f->wire = sf_wire_new (f->study);
  f->crew = sf_crew_new (f->worker, f->study, 2);
  f->engine = sf_crew_engine (f->crew);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sf_crew_free (f->crew);
  sf_worker_free (f->worker);
  sf_study_free (f->study);
  place_remove (f->folder);
  for (guint i = 0; i < TASKS; i++)
    g_free (f->said[i]);
  g_free (f->folder);
}

static void
take_row (const guint8 *bytes, gpointer data)
{
  Fixture *f = data;
  SfStoreRow row = sf_wire_row (&f->wire, bytes);
  g_assert_cmpuint (f->n_rows, <, TASKS);
  g_assert_cmpuint (row.point, <, TASKS);
  g_assert_null (f->said[row.point]); /* no row twice */
  f->order[f->n_rows++] = row.point;
  f->states[row.state]++;
  f->state_of[row.point] = row.state;
  f->fingerprints[row.point] = row.fingerprint;
  f->said[row.point] = g_strdup (row.message);
}

static void
give (Fixture *f, guint seat, guint first, guint n)
{
  g_autoptr (GError) error = NULL;
  double values[TASKS];
  SfStoreTask tasks[TASKS];
  for (guint i = 0; i < n; i++) {
    values[i] = 0.5 * (first + i);
    tasks[i] = (SfStoreTask){ .point = first + i, .values = &values[i] };
  }
  f->engine.give (f->engine.self, seat, tasks, n, &error);
  g_assert_no_error (error);
}

static void
wait_for (Fixture *f, guint n)
{
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  while (f->n_rows < n && g_get_monotonic_time () < end) {
    f->engine.wait (f->engine.self, 50, take_row, f, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (f->n_rows, ==, n);
}

/* ---- Messages ------------------------------------------------------------------- */

static void
test_tasks_and_rows_pass_the_wire (Fixture *f, gconstpointer data)
{
  double values[] = { -0.1 }, other[] = { 0 };
  SfStoreTask task = { .point = G_MAXUINT32, .rep = 7, .values = values },
              back = { .values = other };
  g_autofree guint8 *bytes = g_malloc0 (f->wire.task_size);
  g_autofree guint8 *row = g_malloc0 (f->wire.row_size);
  g_autofree char *longer = g_strnfill (10000, 'x');
  sf_wire_put_task (&f->wire, &task, bytes);
  sf_wire_get_task (&f->wire, bytes, &back);
  g_assert_cmpuint (back.point, ==, G_MAXUINT32);
  g_assert_cmpuint (back.rep, ==, 7);
  g_assert_cmpfloat (other[0], ==, -0.1);
  sf_wire_fail (&f->wire, &task, SF_STORE_TIMEOUT, longer, row);
  SfStoreRow r = sf_wire_row (&f->wire, row);
  g_assert_cmpuint (r.point, ==, G_MAXUINT32);
  g_assert_cmpint (r.state, ==, SF_STORE_TIMEOUT);
  g_assert_true (g_str_has_prefix (longer, r.message));
  g_assert_cmpuint (strlen (r.message), >, 50);
  memset (row, 0xff, sizeof (guint32) * 3); /* a state that there is not */
  g_assert_cmpint (sf_wire_row (&f->wire, row).state, <, SF_STORE_N_STATES);
}

/* ---- The crew --------------------------------------------------------------------- */

static void
test_rows_come_in_order (Fixture *f, gconstpointer data)
{
  give (f, 0, 0, TASKS);
  g_assert_cmpuint (f->engine.in_hand (f->engine.self, 0), ==, TASKS);
  wait_for (f, TASKS);
  for (guint i = 0; i < TASKS; i++)
    g_assert_cmpuint (f->order[i], ==, i);
  g_assert_cmpuint (f->states[SF_STORE_DONE], ==, TASKS);
  g_assert_cmpuint (f->engine.in_hand (f->engine.self, 0), ==, 0);
}

static void
test_seats_give_what_one_process_gives (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *bytes = g_malloc0 (f->wire.row_size);
  give (f, 0, 0, 6);
  give (f, 1, 6, 6);
  wait_for (f, TASKS);
  for (guint i = 0; i < TASKS; i++) {
    double value = 0.5 * i;
    SfStoreTask task = { .point = i, .values = &value };
    sf_worker_run (f->worker, &task, NULL, bytes);
    SfStoreRow row = sf_wire_row (&f->wire, bytes);
    g_assert_cmpuint (row.fingerprint, ==, f->fingerprints[i]);
  }
}

/* The task at hand is lost, and only that one. */
static void
test_a_crash_costs_one_run (Fixture *f, gconstpointer data)
{
  give (f, 0, 0, 8);
  give (f, 1, 8, 4);
  wait_for (f, TASKS);
  g_assert_cmpuint (f->states[SF_STORE_DONE], ==, TASKS - 3);
  g_assert_cmpint (f->state_of[0], ==, SF_STORE_CRASHED);
  g_assert_cmpint (f->state_of[3], ==, SF_STORE_CRASHED);
  g_assert_cmpint (f->state_of[11], ==, SF_STORE_CRASHED);
  g_assert_nonnull (strstr (f->said[3], "worker ended"));
}

static void
test_a_hang_is_ended (Fixture *f, gconstpointer data)
{
  give (f, 0, 0, 4);
  give (f, 1, 4, 2);
  wait_for (f, 6);
  g_assert_cmpuint (f->states[SF_STORE_TIMEOUT], ==, 2);
  g_assert_cmpint (f->state_of[1], ==, SF_STORE_TIMEOUT);
  g_assert_cmpstr (f->said[1], ==,
                   "stopped after 1 s, the most that a run may take");
  g_assert_cmpint (f->state_of[2], ==, SF_STORE_DONE);
}

static void
test_nan_is_a_failure (Fixture *f, gconstpointer data)
{
  give (f, 0, 0, 4);
  wait_for (f, 4);
  g_assert_cmpint (f->state_of[2], ==, SF_STORE_FAILED);
  g_assert_cmpstr (f->said[2], ==, "outcome lost is not a number");
  g_assert_cmpuint (f->states[SF_STORE_DONE], ==, 3);
}

/* The process of a worker, as /proc/self/task/PID/children says. */
static int
find_child (void)
{
  g_autofree char *name
      = g_strdup_printf ("/proc/self/task/%d/children", (int)getpid ());
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (name, &text, NULL, NULL));
  return atoi (text);
}

static void
test_a_worker_that_is_killed_is_replaced (Fixture *f, gconstpointer data)
{
  give (f, 0, 0, 2);
  wait_for (f, 1); /* the second hangs */
  int pid = find_child ();
  g_assert_cmpint (pid, >, 0);
  kill (pid, SIGKILL);
  wait_for (f, 2);
  g_assert_cmpint (f->state_of[1], ==, SF_STORE_CRASHED);
  g_assert_nonnull (strstr (f->said[1], "signal 9"));
  give (f, 0, 2, 4);
  wait_for (f, 6);
  g_assert_cmpuint (f->states[SF_STORE_DONE], ==, 5);
  kill (find_child (), SIGKILL); /* idle */
  g_usleep (50000);
  give (f, 0, 6, 3);
  wait_for (f, 9);
  g_assert_cmpuint (f->states[SF_STORE_DONE] + f->states[SF_STORE_CRASHED], ==,
                    9);
  g_assert_cmpuint (f->states[SF_STORE_CRASHED], <=, 2);
}

static void
test_free_ends_workers_that_hang (Fixture *f, gconstpointer data)
{
  give (f, 0, 0, 2);
  wait_for (f, 1);
  int pid = find_child ();
  g_clear_pointer (&f->crew, sf_crew_free);
  g_assert_cmpint (kill (pid, 0), !=, 0); /* gone, and waited for */
}

/* ---- The driver --------------------------------------------------------------------- */

static void
test_drive_keeps_every_row (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (f->folder, "sweep", NULL);
  g_autofree char *source = g_build_filename (f->folder, "study.json", NULL);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfStudy *again = sf_study_read (source, sf_cmd_models (), mistakes);
  g_autoptr (SfSweep) sweep
      = sf_sweep_new (again, sf_cmd_models (), folder, NULL, &error);
  g_assert_no_error (error);
  SfDriveOptions options = { .n_shards = 1, .most = 7 };
  SfDriveOutcome out;
  for (guint i = 0; i < 2; i++) {
    sf_drive_run (f->study, sweep->store, &f->engine, &options, &out, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (out.states[SF_STORE_DONE] + out.states[SF_STORE_CRASHED],
                      ==, i == 0 ? 7 : 5);
    g_assert_cmpuint (out.n_asked, ==, i == 0 ? 7 : 5);
  }
  SfStoreCounts counts;
  g_assert_true (sf_store_count (sweep->store, &counts, NULL));
  g_assert_cmpuint (counts.states[SF_STORE_DONE], ==, 9);
  g_assert_cmpuint (counts.states[SF_STORE_CRASHED], ==, 3);
}

#define TEST(NAME, FAULTS, FUNCTION)                                           \
  g_test_add ("/sweep/" NAME, Fixture, FAULTS, set_up, FUNCTION, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("tasks-and-rows-pass-the-wire", NULL,
        test_tasks_and_rows_pass_the_wire);
  TEST ("rows-come-in-order", NULL, test_rows_come_in_order);
  TEST ("seats-give-what-one-process-gives", NULL,
        test_seats_give_what_one_process_gives);
  TEST ("a-crash-costs-one-run", "0/0=crash,3/0=crash,11/0=crash",
        test_a_crash_costs_one_run);
  TEST ("a-hang-is-ended", "1/0=hang,5/0=hang", test_a_hang_is_ended);
  TEST ("nan-is-a-failure", "2/0=nan", test_nan_is_a_failure);
  TEST ("a-worker-that-is-killed-is-replaced", "1/0=hang",
        test_a_worker_that_is_killed_is_replaced);
  TEST ("free-ends-workers-that-hang", "1/0=hang",
        test_free_ends_workers_that_hang);
  TEST ("drive-keeps-every-row", "0/0=crash,3/0=crash,11/0=crash",
        test_drive_keeps_every_row);
  return g_test_run ();
}
