/* test-pool.c - worker processes keep their promises. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/pool.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/engine/world.h"
#include "sim/experiment/run.h"
#include "sim/experiment/stop.h"

/* ---- A piece of work that can go wrong in every way --------------------- */

typedef struct {
  guint bad;  /* this piece goes wrong; G_MAXUINT: none */
  int signal; /* it kills its worker; 0: exit (7) */
  gboolean dies_at_begin;
  gboolean stops; /* piece `bad` interrupts the parent instead */
  int stop_times;
  gboolean is_hit;  /* every worker is interrupted as from a terminal */
  guint lost_piece; /* what lost() was told */
  char *why;
  guint progress_last, progress_calls;
} Case;

typedef struct {
  guint64 value, worker;
} Slot;

static gpointer
begin (gpointer data)
{
  if (((Case *)data)->dies_at_begin)
    _exit (3);
  return g_new0 (guint, 1);
}

static void
end (gpointer data, gpointer state)
{
  (void)data;
  g_free (state);
}

static void
work (gpointer data, gpointer state, guint i, gpointer memory)
{
  const Case *c = data;
  Slot *slot = memory;
  ++*(guint *)state;
  slot->worker = (guint64)getpid ();
  for (int k = 0; c->is_hit && k < 3; k++)
    raise (SIGINT);
  if (i == c->bad && c->stops) {
    for (int k = 0; k < c->stop_times; k++) {
      kill (getppid (), SIGINT);
      g_usleep (60000);
    }
  } else if (i == c->bad && c->signal != 0) {
    kill (getpid (), c->signal);
  } else if (i == c->bad) {
    _exit (7);
  }
  slot->value = (guint64)i * i + 1;
}

static void
lost (gpointer data, guint i, gpointer slot, const char *why)
{
  Case *c = data;
  c->lost_piece = i;
  g_free (c->why);
  c->why = g_strdup (why);
  memset (slot, 0, sizeof (Slot));
}

static void
progress (guint done, guint total, gpointer data)
{
  Case *c = data;
  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (done, >=, c->progress_last);
  c->progress_last = done;
  c->progress_calls++;
}

static SfSlots *
run_case (Case *c, guint n, guint jobs, SfPoolOutcome *outcome, GError **error)
{
  SfPoolWork w = { .data = c,
                   .begin = begin,
                   .work = work,
                   .end = end,
                   .lost = lost,
                   .progress = progress,
                   .progress_data = c };
  g_autoptr (GError) problem = NULL;
  SfSlots *slots = sf_slots_new (n, sizeof (Slot), NULL, &problem);
  g_assert_no_error (problem);
  gboolean is_fine = sf_pool_run (&w, slots, jobs, outcome, error);
  g_assert_true (is_fine || (error && *error));
  /* No child may be left behind. */
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  return slots;
}

static guint64
value (SfSlots *slots, guint i)
{
  return ((Slot *)sf_slots_slot (slots, i))->value;
}

/* ---- Tests -------------------------------------------------------------- */

static void
test_any_number_of_workers (void)
{
  for (guint jobs = 1; jobs <= 7; jobs += 3)
    for (guint n = 0; n <= 300; n += 100) {
      Case c = { .bad = G_MAXUINT };
      SfPoolOutcome outcome;
      g_autoptr (SfSlots) slots = run_case (&c, n, jobs, &outcome, NULL);
      g_assert_cmpuint (outcome.n_done, ==, n);
      g_assert_cmpuint (outcome.n_lost, ==, 0);
      g_assert_false (outcome.was_interrupted);
      g_assert_cmpuint (c.progress_last, ==, n);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (value (slots, i), ==, (guint64)i * i + 1);
    }
}

static void
test_work_is_done_elsewhere (void)
{
  Case c = { .bad = G_MAXUINT };
  SfPoolOutcome outcome;
  g_autoptr (SfSlots) slots = run_case (&c, 4, 1, &outcome, NULL);
  g_assert_cmpuint (((Slot *)sf_slots_slot (slots, 0))->worker, !=,
                    (guint64)getpid ());
}

/* Pieces of before are passed over, and count as done in the progress. */
static void
test_work_of_before_is_not_done_again (void)
{
  Case c = { .bad = G_MAXUINT };
  SfPoolWork w = { .data = &c,
                   .first = 7,
                   .begin = begin,
                   .work = work,
                   .end = end,
                   .progress = progress,
                   .progress_data = &c };
  SfPoolOutcome outcome;
  g_autoptr (SfSlots) slots = sf_slots_new (10, sizeof (Slot), NULL, NULL);
  g_assert_true (sf_pool_run (&w, slots, 4, &outcome, NULL));
  g_assert_cmpuint (outcome.n_done, ==, 3);
  g_assert_cmpuint (c.progress_last, ==, 10);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (value (slots, i), ==, i < 7 ? 0 : (guint64)i * i + 1);
  w.first = 10;
  g_assert_true (sf_pool_run (&w, slots, 4, &outcome, NULL));
  g_assert_cmpuint (outcome.n_done, ==, 0);
  g_assert_false (outcome.was_interrupted);
}

static void
check_death (guint jobs, guint bad, int number, const char *why)
{
  Case c = { .bad = bad, .signal = number };
  SfPoolOutcome outcome;
  g_autoptr (SfSlots) slots = run_case (&c, 50, jobs, &outcome, NULL);
  g_assert_cmpuint (outcome.n_done, ==, 49);
  g_assert_cmpuint (outcome.n_lost, ==, 1);
  g_assert_cmpuint (c.lost_piece, ==, bad);
  g_assert_true (g_str_has_prefix (c.why, why));
  for (guint i = 0; i < 50; i++)
    g_assert_cmpuint (value (slots, i), ==, i == bad ? 0 : (guint64)i * i + 1);
  g_free (c.why);
}

static void
test_a_dead_worker_takes_one_piece (void)
{
  check_death (1, 0, SIGKILL, "worker ended by signal 9");
  check_death (1, 49, SIGKILL, "worker ended by signal 9");
  check_death (3, 17, SIGALRM, "worker ended by signal 14");
  check_death (2, 20, 0, "worker ended with exit status 7");
}

static void
test_workers_that_cannot_begin_end_it (void)
{
  Case c = { .bad = G_MAXUINT, .dies_at_begin = TRUE };
  SfPoolOutcome outcome;
  g_autoptr (GError) error = NULL;
  g_autoptr (SfSlots) slots = run_case (&c, 50, 2, &outcome, &error);
  g_assert_nonnull (slots);
  g_assert_error (error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER);
  g_assert_cmpuint (outcome.n_done, ==, 0);
}

static void
test_interrupted_once_completes_what_is_under_way (void)
{
  Case c = { .bad = 5, .stops = TRUE, .stop_times = 1 };
  SfPoolOutcome outcome;
  g_autoptr (SfSlots) slots = run_case (&c, 100, 1, &outcome, NULL);
  g_assert_true (outcome.was_interrupted);
  g_assert_cmpuint (outcome.n_done, ==, 6);
  g_assert_cmpuint (outcome.n_lost, ==, 0);
  g_assert_cmpuint (value (slots, 5), ==, 26);
  g_assert_cmpuint (value (slots, 6), ==, 0);
  g_assert_cmpint (sf_stop_count (), ==, 1);
}

static void
test_interrupted_twice_drops_what_is_under_way (void)
{
  Case c = { .bad = 5, .stops = TRUE, .stop_times = 2 };
  SfPoolOutcome outcome;
  g_autoptr (SfSlots) slots = run_case (&c, 100, 1, &outcome, NULL);
  g_assert_true (outcome.was_interrupted);
  g_assert_cmpuint (outcome.n_done, ==, 5);
  g_assert_cmpuint (outcome.n_lost, ==, 0);
  g_assert_cmpuint (value (slots, 5), ==, 0);
  g_assert_cmpstr (c.why, ==, "stopped by the user");
  g_free (c.why);
}

/* A terminal interrupts the workers as well; it is the parent's to stop. */
static void
test_workers_leave_signals_to_the_parent (void)
{
  Case c = { .bad = G_MAXUINT, .is_hit = TRUE };
  SfPoolOutcome outcome;
  g_autoptr (SfSlots) slots = run_case (&c, 5, 2, &outcome, NULL);
  g_assert_cmpuint (value (slots, 4), ==, 17);
  g_assert_cmpuint (outcome.n_done, ==, 5);
  g_assert_cmpuint (outcome.n_lost, ==, 0);
}

static void
test_signals_are_given_back (void)
{
  Case c = { .bad = G_MAXUINT };
  SfPoolOutcome outcome;
  g_autoptr (SfSlots) slots = run_case (&c, 2, 2, &outcome, NULL);
  g_assert_nonnull (slots);
  struct sigaction now;
  sigaction (SIGINT, NULL, &now);
  g_assert_true (now.sa_handler == SIG_DFL);
}

static void
test_children_ignored_by_whoever_started_us (void)
{
  signal (SIGCHLD, SIG_IGN);
  check_death (2, 3, SIGKILL, "worker ended by signal 9");
  signal (SIGCHLD, SIG_DFL);
}

static void
test_large_store_is_on_disk (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sf-slots-XXXXXX", &error);
  g_assert_no_error (error);
  g_autoptr (SfSlots) slots
      = sf_slots_new (3, SF_SLOTS_MEMORY_BYTES / 2 + 1, folder, &error);
  g_assert_no_error (error);
  memset (sf_slots_slot (slots, 2), 7, 100);
  g_assert_cmpuint (sf_slots_stride (slots) % 8, ==, 0);
  /* Without a name: the folder is empty. */
  g_assert_cmpint (rmdir (folder), ==, 0);
}

/* Of so many bytes to so many: what was there stays, the rest is zero. */
static void
check_growth (gsize size, guint before, guint after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfSlots) slots = sf_slots_new (before, size, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < before; i++)
    *(guint *)sf_slots_slot (slots, i) = i + 1;
  g_assert_true (sf_slots_grow (slots, after, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sf_slots_count (slots), ==, after);
  for (guint i = 0; i < after; i++)
    g_assert_cmpuint (*(guint *)sf_slots_slot (slots, i), ==,
                      i < before ? i + 1 : 0);
}

static void
test_grown_slots_keep_what_they_hold (void)
{
  check_growth (100, 1, 1);
  check_growth (100, 0, 3);
  check_growth (100, 5, 5000);
  /* From memory to disk, and on there. */
  check_growth (SF_SLOTS_MEMORY_BYTES / 4, 3, 5);
  check_growth (SF_SLOTS_MEMORY_BYTES / 4, 5, 6);
}

static void
test_no_room_to_grow_changes_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfSlots) slots = sf_slots_new (2, 64, NULL, NULL);
  *(guint *)sf_slots_slot (slots, 1) = 7;
  struct rlimit before, small = { 1 << 20, RLIM_INFINITY };
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small.rlim_max = before.rlim_max;
  setrlimit (RLIMIT_FSIZE, &small);
  signal (SIGXFSZ, SIG_IGN);
  gboolean is_grown = sf_slots_grow (slots, 1 << 16, &error);
  signal (SIGXFSZ, SIG_DFL);
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_false (is_grown);
  g_assert_true (error && error->domain == G_FILE_ERROR);
  g_assert_cmpuint (sf_slots_count (slots), ==, 2);
  g_assert_cmpuint (*(guint *)sf_slots_slot (slots, 1), ==, 7);
}

static void
test_no_room_is_an_error (void)
{
  g_autoptr (GError) error = NULL;
  SfSlots *slots
      = sf_slots_new (1, SF_SLOTS_MEMORY_BYTES, "/nowhere/at/all", &error);
  g_assert_null (slots);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  slots = sf_slots_new (G_MAXUINT, G_MAXSIZE / 16, NULL, &error);
  g_assert_null (slots);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  g_clear_error (&error);
  slots = sf_slots_new (4000000000u, 1 << 20, NULL, &error);
  g_assert_null (slots);
  g_assert_nonnull (error);
}

/* ---- Replications, with a made-up world --------------------------------- */

G_DEFINE_QUARK (sf - run - error - quark, sf_run_error)

struct SfWorld {
  SfPlan *plan;
};

SfWorld *
sf_world_new (SfPlan *plan)
{
  SfWorld *world = g_new (SfWorld, 1);
  world->plan = plan;
  return world;
}

void
sf_world_free (SfWorld *world)
{
  g_free (world);
}

/* Replication 3 of seed 13 fails; replication 4 of it kills its worker. */
gboolean
sf_world_run (SfWorld *world, guint64 seed, guint replication, SfRecord *record,
              SfLog *log, GError **error)
{
  guint n = sf_book_n_series (world->plan->book) * world->plan->days;
  for (guint i = 0; i < n; i++)
    record->curves[i] = (float)(seed * 1000 + replication + i);
  record->metrics[0] = (double)seed + replication;
  if (log)
    sf_log_add (log, 90061, "say", "a,b", 2.5, g_strdup ("said \"it\""));
  if (seed == 13 && replication == 3) {
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_BUDGET, "out of events");
    return FALSE;
  }
  if (seed == 13 && replication == 4)
    raise (SIGKILL);
  record->head[SF_HEAD_STATUS] = SF_RECORD_DONE;
  return TRUE;
}

typedef struct {
  SfScenario scenario;
  SfPlan plan;
} Made;

static void
make_plan (Made *made)
{
  memset (made, 0, sizeof *made);
  g_assert_true (sf_date_parse ("2025-07-01", &made->scenario.start));
  made->plan.scenario = &made->scenario;
  made->plan.days = 10;
  made->plan.book = sf_book_new (10);
  sf_book_add_series (made->plan.book, "a", "", "", "x_count");
  sf_book_add_metric (made->plan.book, "y_count", "a", "", "", "");
}

static void
test_run_is_the_same_for_any_jobs (void)
{
  Made made;
  make_plan (&made);
  g_autofree char *first = NULL;
  for (guint jobs = 1; jobs <= 4; jobs++) {
    SfRunOptions options = { .seed = 5, .n = 40, .jobs = jobs };
    g_autoptr (SfRun) run = sf_run_replications (&made.plan, &options, NULL);
    g_assert_cmpuint (run->n_done, ==, 40);
    gsize bytes = run->stride * run->n;
    if (!first)
      first = g_memdup2 (run->memory, bytes);
    g_assert_cmpmem (first, bytes, run->memory, bytes);
    g_assert_cmpfloat (sf_run_record (run, 7).metrics[0], ==, 12);
  }
  sf_book_free (made.plan.book);
}

static void
test_run_can_begin_later (void)
{
  Made made;
  make_plan (&made);
  SfRunOptions whole = { .seed = 5, .n = 12, .jobs = 2 };
  SfRunOptions rest = { .seed = 5, .first = 7, .n = 5, .jobs = 1 };
  g_autoptr (SfRun) all = sf_run_replications (&made.plan, &whole, NULL);
  g_autoptr (SfRun) run = sf_run_replications (&made.plan, &rest, NULL);
  g_assert_cmpmem ((char *)all->memory + 7 * all->stride, 5 * all->stride,
                   run->memory, 5 * run->stride);
  sf_book_free (made.plan.book);
}

/* In steps, or all at once: the same bytes. */
static void
test_run_can_be_continued (void)
{
  Made made;
  make_plan (&made);
  SfRunOptions whole = { .seed = 5, .n = 40, .jobs = 2 };
  SfRunOptions begin_with = { .seed = 5, .n = 7, .jobs = 3 };
  g_autoptr (SfRun) all = sf_run_replications (&made.plan, &whole, NULL);
  g_autoptr (SfRun) run = sf_run_replications (&made.plan, &begin_with, NULL);
  g_assert_true (sf_run_more (run, &made.plan, &begin_with, 8, NULL));
  g_assert_true (sf_run_more (run, &made.plan, &begin_with, 8, NULL));
  g_assert_cmpuint (run->n_done, ==, 8);
  /* Nothing is done twice: what was changed stays so. */
  sf_run_record (run, 2).metrics[0] = -1;
  g_assert_true (sf_run_more (run, &made.plan, &begin_with, 40, NULL));
  g_assert_cmpuint (run->n_done, ==, 40);
  g_assert_cmpfloat (sf_run_record (run, 2).metrics[0], ==, -1);
  sf_run_record (run, 2).metrics[0] = sf_run_record (all, 2).metrics[0];
  g_assert_cmpmem (all->memory, 40 * all->stride, run->memory,
                   40 * run->stride);
  sf_book_free (made.plan.book);
}

static void
test_failures_of_a_continued_run_add_up (void)
{
  Made made;
  make_plan (&made);
  SfRunOptions options = { .seed = 13, .n = 4, .jobs = 2 };
  g_autoptr (SfRun) run = sf_run_replications (&made.plan, &options, NULL);
  g_assert_cmpuint (run->n_failed, ==, 1);
  g_assert_true (sf_run_more (run, &made.plan, &options, 8, NULL));
  g_assert_cmpuint (run->n_done, ==, 6);
  g_assert_cmpuint (run->n_failed, ==, 2);
  g_assert_cmpint (sf_run_record (run, 3).head[SF_HEAD_STATUS], ==,
                   SF_RECORD_FAILED);
  sf_book_free (made.plan.book);
}

static void
test_failed_replications_are_records (void)
{
  Made made;
  make_plan (&made);
  SfRunOptions options = { .seed = 13, .n = 8, .jobs = 2 };
  g_autoptr (SfRun) run = sf_run_replications (&made.plan, &options, NULL);
  g_assert_cmpuint (run->n_done, ==, 6);
  g_assert_cmpuint (run->n_failed, ==, 2);
  g_assert_false (run->was_interrupted);
  SfRecord failed = sf_run_record (run, 3), dead = sf_run_record (run, 4);
  g_assert_cmpint (failed.head[SF_HEAD_STATUS], ==, SF_RECORD_FAILED);
  g_assert_cmpstr (failed.message, ==,
                   "out of events (replication 3, seed 13)");
  g_assert_cmpint (dead.head[SF_HEAD_STATUS], ==, SF_RECORD_EMPTY);
  g_assert_true (g_str_has_prefix (dead.message, "worker ended by signal 9"));
  g_assert_cmpfloat (dead.metrics[0], ==, 0);
  sf_book_free (made.plan.book);
}

static void
test_events_of_replication_0_are_written (void)
{
  Made made;
  make_plan (&made);
  g_autofree char *folder = g_dir_make_tmp ("sf-run-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "events.csv", NULL);
  g_autofree char *contents = NULL;
  SfRunOptions options = { .seed = 1, .n = 3, .jobs = 2, .events_path = path };
  g_autoptr (SfRun) run = sf_run_replications (&made.plan, &options, NULL);
  g_assert_nonnull (run);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==,
                   "replication,date,time,day,kind,place,trucks_count,detail"
                   "\r\n0,2025-07-02,01:01:01,1.042373,say,\"a,b\",2.5,"
                   "\"said \"\"it\"\"\"\r\n");
  unlink (path);
  rmdir (folder);

  /* The folder is gone: the run says that the table is not there. */
  g_autoptr (GError) error = NULL;
  SfRun *none = sf_run_replications (&made.plan, &options, &error);
  g_assert_null (none);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  sf_book_free (made.plan.book);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/any-number-of-workers", test_any_number_of_workers);
  g_test_add_func ("/pool/work-is-done-elsewhere", test_work_is_done_elsewhere);
  g_test_add_func ("/pool/work-of-before-is-not-done-again",
                   test_work_of_before_is_not_done_again);
  g_test_add_func ("/pool/a-dead-worker-takes-one-piece",
                   test_a_dead_worker_takes_one_piece);
  g_test_add_func ("/pool/workers-that-cannot-begin-end-it",
                   test_workers_that_cannot_begin_end_it);
  g_test_add_func ("/pool/interrupted-once-completes-what-is-under-way",
                   test_interrupted_once_completes_what_is_under_way);
  g_test_add_func ("/pool/interrupted-twice-drops-what-is-under-way",
                   test_interrupted_twice_drops_what_is_under_way);
  g_test_add_func ("/pool/workers-leave-signals-to-the-parent",
                   test_workers_leave_signals_to_the_parent);
  g_test_add_func ("/pool/signals-are-given-back", test_signals_are_given_back);
  g_test_add_func ("/pool/children-ignored-by-whoever-started-us",
                   test_children_ignored_by_whoever_started_us);
  g_test_add_func ("/slots/large-slots-is-on-disk",
                   test_large_store_is_on_disk);
  g_test_add_func ("/slots/grown-keep-what-they-hold",
                   test_grown_slots_keep_what_they_hold);
  g_test_add_func ("/slots/no-room-to-grow-changes-nothing",
                   test_no_room_to_grow_changes_nothing);
  g_test_add_func ("/slots/no-room-is-an-error", test_no_room_is_an_error);
  g_test_add_func ("/run/same-for-any-jobs", test_run_is_the_same_for_any_jobs);
  g_test_add_func ("/run/can-begin-later", test_run_can_begin_later);
  g_test_add_func ("/run/can-be-continued", test_run_can_be_continued);
  g_test_add_func ("/run/failures-of-a-continued-run-add-up",
                   test_failures_of_a_continued_run_add_up);
  g_test_add_func ("/run/failed-replications-are-records",
                   test_failed_replications_are_records);
  g_test_add_func ("/run/events-of-replication-0-are-written",
                   test_events_of_replication_0_are_written);
  return g_test_run ();
}
