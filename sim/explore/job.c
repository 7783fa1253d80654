/* job.c - replications for one tab of the page. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/job.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/text.h"
#include "sim/engine/world.h"
#include "sim/experiment/pool.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"

#define WORKERS_MAX 64u
#define DEATHS_MAX 8u
/* Replications of each side after which the page hears of it; then when there
 * are three times as many, but not more often than so, nor as shortly before
 * the end. */
#define FIRST_COUNT 4u /* two rounds on two processors */
#define PAUSE_US (400 * 1000)
/* Workers leave the page and its server the right of way. */
#define NICE 5

typedef struct {
  pid_t pid; /* 0: none */
  int number;
} Worker;

struct SfExploreJob {
  SfExploreOrder order;
  gboolean is_shared; /* both sides have one result */
  guint n_pieces;
  SfSlots *board; /* one atomic_uint: the next piece */
  Worker workers[WORKERS_MAX];
  guint n_workers, n_deaths;
  int last_number;
  int in, out; /* pipe from workers: a byte a piece, or the text of a story */
  GString *text;
  gint64 began_us, said_us;
  guint n_said;
  gboolean is_over;
};

void
sf_explore_order_clear (SfExploreOrder *o)
{
  for (guint i = 0; i < 2; i++) {
    sf_explore_setup_clear (&o->setups[i]);
    g_clear_pointer (&o->results[i], sf_explore_result_unref);
  }
  g_clear_pointer (&o->tab, g_free);
  g_clear_pointer (&o->lang, g_free);
  g_clear_pointer (&o->who, g_free);
}

/* ---- Pieces ------------------------------------------------------------------ */

static gboolean
is_complete (const SfExploreResult *r)
{
  return r->n_done + r->n_failed == r->n;
}

/* Sides that have to run: bit 0 and bit 1. */
static guint
sides_to_run (const SfExploreJob *job)
{
  const SfExploreOrder *o = &job->order;
  guint sides = 0;
  for (guint i = 0; i < o->n_sides; i++)
    if (!is_complete (o->results[i]) && !(i == 1 && job->is_shared))
      sides |= 1u << i;
  return sides;
}

/* Piece k is a replication of a side; pairs come one after the other. */
static void
piece (guint sides, guint k, guint *side, guint *replication)
{
  *side = sides == 3 ? k % 2 : sides - 1;
  *replication = sides == 3 ? k / 2 : k;
}

/* ---- In a worker --------------------------------------------------------------- */

static void
do_piece (SfExploreJob *job, SfWorld **worlds, gpointer memory[2], guint side,
          guint i)
{
  SfExploreOrder *o = &job->order;
  SfExploreResult *r = o->results[side];
  SfPlan *plan = o->setups[side].ready->plan;
  if (!worlds[side]) {
    worlds[side] = sf_world_new (plan);
    memory[side] = g_malloc0 (sf_record_size (plan->book));
  }
  SfRecord record = sf_record_view (plan->book, memory[side]);
  g_autoptr (GError) error = NULL;
  sf_explore_setup_apply (&o->setups[side]);
  gboolean is_fine
      = sf_world_run (worlds[side], o->seed, i, &record, NULL, &error);
  if (is_fine)
    sf_explore_result_fill (r, i, &record);
  else
    sf_explore_result_fail (r, i, error ? error->message : "?");
  __atomic_store_n (sf_explore_result_owner (r, i),
                    is_fine ? SF_OUTCOME_DONE : SF_OUTCOME_FAILED,
                    __ATOMIC_RELEASE);
}

static void
do_pieces (SfExploreJob *job, int number)
{
  atomic_uint *next = sf_slots_slot (job->board, 0);
  guint sides = sides_to_run (job), side, i;
  SfWorld *worlds[2] = { NULL, NULL };
  gpointer memory[2] = { NULL, NULL };
  for (guint k; (k = atomic_fetch_add (next, 1)) < job->n_pieces;) {
    piece (sides, k, &side, &i);
    __atomic_store_n (sf_explore_result_owner (job->order.results[side], i),
                      number, __ATOMIC_RELEASE);
    do_piece (job, worlds, memory, side, i);
    if (write (job->out, "", 1) < 0)
      return;
  }
}

/* Runs the replication that is told and sends its text through the pipe. */
static void
tell (SfExploreJob *job)
{
  SfExploreOrder *o = &job->order;
  if (o->lang)
    sf_lang_set (o->lang);
  sf_explore_setup_apply (&o->setups[o->told]);
  g_autofree char *text = sf_explore_tale (o->setups[o->told].ready->plan,
                                           o->seed, o->replication, o->told);
  gsize left = strlen (text);
  fcntl (job->out, F_SETFL, 0);
  for (const char *at = text; left > 0;) {
    gssize n = write (job->out, at, left);
    if (n < 0)
      return;
    at += n;
    left -= (gsize)n;
  }
}

static void
be_worker (SfExploreJob *job, int number, pid_t parent)
{
  sf_stop_ignore ();
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () == parent) {
    setpriority (PRIO_PROCESS, 0, NICE);
    if (job->order.results[0])
      do_pieces (job, number);
    else
      tell (job);
  }
  _exit (0);
}

/* ---- In the parent ----------------------------------------------------------- */

static gboolean
start_worker (SfExploreJob *job, Worker *worker, GError **error)
{
  pid_t parent = getpid ();
  int number = ++job->last_number;
  pid_t pid = fork ();
  if (pid == 0)
    be_worker (job, number, parent);
  if (pid < 0) {
    g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_PROCESS,
                 _ ("cannot start a process: %s"), g_strerror (errno));
    return FALSE;
  }
  *worker = (Worker){ pid, number };
  return TRUE;
}

static gboolean
open_pipe (SfExploreJob *job, GError **error)
{
  int ends[2];
  if (pipe2 (ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_PROCESS,
                 _ ("cannot start a process: %s"), g_strerror (errno));
    return FALSE;
  }
  job->in = ends[0];
  job->out = ends[1];
  return TRUE;
}

SfExploreJob *
sf_explore_job_start (SfExploreOrder *order, guint workers, GError **error)
{
  g_autoptr (SfExploreJob) job = g_new0 (SfExploreJob, 1);
  job->order = *order;
  *order = (SfExploreOrder){ 0 };
  job->in = job->out = -1;
  job->began_us = g_get_monotonic_time ();
  job->text = g_string_new (NULL);
  job->is_shared = job->order.results[0] == job->order.results[1];
  job->board = sf_slots_new (1, sizeof (atomic_uint), NULL, error);
  if (!job->board || !open_pipe (job, error))
    return NULL;
  job->n_pieces = 1;
  if (job->order.results[0]) {
    guint sides = sides_to_run (job);
    job->n_pieces = job->order.n * (guint)__builtin_popcount (sides);
  }
  job->n_workers = MIN (MIN (workers, WORKERS_MAX), job->n_pieces);
  for (guint w = 0; w < job->n_workers; w++)
    if (!start_worker (job, &job->workers[w], w == 0 ? error : NULL) && w == 0)
      return NULL;
  return g_steal_pointer (&job);
}

void
sf_explore_job_free (SfExploreJob *job)
{
  if (!job)
    return;
  for (guint w = 0; w < job->n_workers; w++)
    if (job->workers[w].pid > 0) {
      kill (job->workers[w].pid, SIGKILL);
      waitpid (job->workers[w].pid, NULL, 0);
    }
  if (job->in >= 0) {
    close (job->in);
    close (job->out);
  }
  sf_slots_free (job->board);
  g_string_free (job->text, TRUE);
  sf_explore_order_clear (&job->order);
  g_free (job);
}

const SfExploreOrder *
sf_explore_job_order (const SfExploreJob *job)
{
  return &job->order;
}

int
sf_explore_job_fd (const SfExploreJob *job)
{
  return job->in;
}

gboolean
sf_explore_job_is_over (const SfExploreJob *job)
{
  return job->is_over;
}

/* A worker died: the replication that it had has failed. */
static void
note_death (SfExploreJob *job, int number, const char *why)
{
  for (guint side = 0; side < job->order.n_sides; side++) {
    SfExploreResult *r = job->order.results[side];
    for (guint i = 0; r && i < r->n; i++)
      if (*sf_explore_result_owner (r, i) == number) {
        sf_explore_result_fail (r, i, why);
        *sf_explore_result_owner (r, i) = SF_OUTCOME_FAILED;
      }
  }
}

static gboolean
has_more (const SfExploreJob *job)
{
  return atomic_load ((atomic_uint *)sf_slots_slot (job->board, 0))
         < job->n_pieces;
}

static void
reap (SfExploreJob *job)
{
  for (guint w = 0; w < job->n_workers; w++) {
    Worker *worker = &job->workers[w];
    int status = 0;
    if (worker->pid == 0 || waitpid (worker->pid, &status, WNOHANG) <= 0)
      continue;
    int number = worker->number;
    *worker = (Worker){ 0, 0 };
    if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
      continue;
    g_autofree char *why = sf_pool_describe_end (status);
    note_death (job, number, why);
    if (job->order.results[0] && has_more (job)
        && ++job->n_deaths <= DEATHS_MAX)
      start_worker (job, worker, NULL);
  }
}

static gboolean
has_workers (const SfExploreJob *job)
{
  for (guint w = 0; w < job->n_workers; w++)
    if (job->workers[w].pid > 0)
      return TRUE;
  return FALSE;
}

/* What is in the pipe; only stories have text in it. */
static void
drain (SfExploreJob *job)
{
  char buffer[65536];
  gssize n;
  while ((n = read (job->in, buffer, sizeof buffer)) > 0)
    if (!job->order.results[0])
      g_string_append_len (job->text, buffer, n);
}

static void
count (SfExploreResult *r)
{
  r->n_done = r->n_failed = 0;
  for (guint i = 0; i < r->n; i++) {
    int owner
        = __atomic_load_n (sf_explore_result_owner (r, i), __ATOMIC_ACQUIRE);
    r->n_done += owner == SF_OUTCOME_DONE;
    r->n_failed += owner == SF_OUTCOME_FAILED;
  }
}

static char *
bands (SfExploreJob *job)
{
  const SfExploreOrder *o = &job->order;
  GString *json = g_string_sized_new (256 * 1024);
  job->said_us = g_get_monotonic_time ();
  g_string_append_printf (
      json,
      "{\"kind\":\"bands\",\"job\":%u,\"seed\":\"%" G_GUINT64_FORMAT
      "\",\"is_over\":%s,\"ms\":%.1f,\"sides\":[",
      o->number, o->seed, job->is_over ? "true" : "false",
      (double)(job->said_us - job->began_us) / 1000);
  for (guint i = 0; i < o->n_sides; i++) {
    if (i > 0)
      g_string_append_c (json, ',');
    sf_explore_result_write (o->results[i], o->who, json);
  }
  g_string_append (json, "],\"differences\":");
  if (o->n_sides == 2)
    sf_explore_result_write_differences (o->results[0], o->results[1], o->who,
                                         json);
  else
    g_string_append (json, "[]");
  const char *problem = NULL;
  for (guint i = 0; i < o->n_sides && !problem; i++)
    problem = sf_explore_result_problem (o->results[i]);
  g_string_append (json, ",\"problem\":");
  sf_text_json (json, problem ? problem : "");
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* TRUE when, at the speed so far, all will be done before anybody has looked at
 * a picture of now. */
static gboolean
is_nearly_over (const SfExploreJob *job, guint least, gint64 now)
{
  double spent_us = (double)(now - job->began_us);
  return spent_us * (job->order.n - least) < (double)PAUSE_US * least;
}

/* TRUE when it is time to tell of `least` replications of each side. */
static gboolean
is_worth_telling (const SfExploreJob *job, guint least)
{
  gint64 now = g_get_monotonic_time ();
  if (job->n_said == 0)
    return least >= FIRST_COUNT;
  return least >= 3 * job->n_said && now - job->said_us >= PAUSE_US
         && !is_nearly_over (job, least, now);
}

/* The message about replications, when it is time for one. */
static char *
look_at_bands (SfExploreJob *job, gboolean is_working)
{
  const SfExploreOrder *o = &job->order;
  guint least = G_MAXUINT, all_done = TRUE;
  for (guint i = 0; i < o->n_sides; i++) {
    count (o->results[i]);
    least = MIN (least, o->results[i]->n_done);
    all_done &= is_complete (o->results[i]);
  }
  job->is_over = all_done || !is_working;
  if (!job->is_over && !is_worth_telling (job, least))
    return NULL;
  job->n_said = least;
  return bands (job);
}

char *
sf_explore_job_look (SfExploreJob *job)
{
  drain (job);
  reap (job);
  gboolean is_working = has_workers (job);
  if (job->order.results[0])
    return look_at_bands (job, is_working);
  if (is_working)
    return NULL;
  drain (job);
  job->is_over = TRUE;
  if (job->text->len > 0)
    return g_strdup_printf ("{\"kind\":\"story\",\"job\":%u,%s",
                            job->order.number, job->text->str + 1);
  return g_strdup_printf (
      "{\"kind\":\"error\",\"job\":%u,\"message\":\"worker ended\"}",
      job->order.number);
}
