/* pool.c - the same work many times, on worker processes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parent and workers share a board: for every piece who has it. A worker takes
 * a piece by one compare-and-swap on the board, so that a worker which dies at
 * any moment has either not taken a piece or is known to have it. Nothing on
 * the board is ever locked.
 */
#include "sim/experiment/pool.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"

#define JOBS_MAX 1024u
#define POLL_US 20000
#define POLLS_PER_PROGRESS 5
/* Workers that die in a row without having taken a piece. */
#define IDLE_DEATHS_MAX 3

/* Owner of a piece on the board; a number above 0 is that of the worker. */
enum { PIECE_FREE = 0, PIECE_DONE = -1, PIECE_LOST = -2 };

typedef struct {
  atomic_uint first; /* every piece below it has been taken */
  atomic_uint n_done;
  atomic_int stop; /* take no more pieces */
  atomic_int owner[];
} Board;

typedef struct {
  pid_t pid;
  int number; /* 1, 2, ...: a replacement gets a new one; 0: no worker */
} Worker;

typedef struct {
  const SfPoolWork *work;
  SfSlots *slots;
  Board *board;
  guint n, jobs;
  Worker *workers; /* jobs */
  guint n_alive;
  int last_number;
  guint idle_deaths;
  SfPoolOutcome *outcome;
} Pool;

/* ---- In a worker -------------------------------------------------------- */

/* The next free piece, now this worker's; n when there is none. */
static guint
take (Pool *pool, int number)
{
  Board *board = pool->board;
  for (guint i = atomic_load (&board->first); i < pool->n; i++) {
    int is_free = PIECE_FREE;
    if (atomic_load (&board->owner[i]) == PIECE_FREE
        && atomic_compare_exchange_strong (&board->owner[i], &is_free,
                                           number)) {
      /* Another worker may put a lower number over it: only a hint. */
      atomic_store (&board->first, i + 1);
      return i;
    }
  }
  return pool->n;
}

static void
do_pieces (Pool *pool, int number, pid_t parent)
{
  const SfPoolWork *work = pool->work;
  Board *board = pool->board;
  gpointer state = work->begin ? work->begin (work->data) : NULL;
  while (!atomic_load (&board->stop) && getppid () == parent) {
    guint i = take (pool, number);
    if (i == pool->n)
      break;
    work->work (work->data, state, i, sf_slots_slot (pool->slots, i));
    atomic_store (&board->owner[i], PIECE_DONE);
    atomic_fetch_add (&board->n_done, 1);
  }
  if (work->end)
    work->end (work->data, state);
}

static void
be_worker (Pool *pool, int number, pid_t parent)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL); /* no work for a parent that is gone */
  sf_stop_ignore ();
  sf_lang_set ("en"); /* what a run says is kept in tables */
  do_pieces (pool, number, parent);
  /* Not exit(): what the parent had buffered is the parent's to write. */
  _exit (0);
}

/* ---- In the parent ------------------------------------------------------ */

static gboolean
start_worker (Pool *pool, Worker *worker, GError **error)
{
  pid_t parent = getpid ();
  int number = pool->last_number + 1;
  pid_t pid = fork ();
  if (pid == 0)
    be_worker (pool, number, parent);
  if (pid < 0) {
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER,
                 _ ("cannot start a worker process: %s"), g_strerror (errno));
    return FALSE;
  }
  *worker = (Worker){ pid, number };
  pool->last_number = number;
  pool->n_alive++;
  return TRUE;
}

char *
sf_pool_describe_end (int status)
{
  if (WIFSIGNALED (status))
    return g_strdup_printf ("worker ended by signal %d (%s)", WTERMSIG (status),
                            g_strsignal (WTERMSIG (status)));
  return g_strdup_printf ("worker ended with exit status %d",
                          WEXITSTATUS (status));
}

/* The piece that a worker had when it ended, or n. */
static guint
piece_of (const Pool *pool, int number)
{
  for (guint i = 0; i < pool->n; i++)
    if (atomic_load (&pool->board->owner[i]) == number)
      return i;
  return pool->n;
}

static gboolean
has_free_piece (const Pool *pool)
{
  return piece_of (pool, PIECE_FREE) < pool->n;
}

static void
note_death (Pool *pool, int number, const char *why)
{
  guint i = piece_of (pool, number);
  if (i == pool->n) {
    pool->idle_deaths++;
    return;
  }
  pool->idle_deaths = 0;
  if (sf_stop_count () > 1) {
    /* Dropped at the user's second request; not a failure. */
    why = "stopped by the user";
    atomic_store (&pool->board->owner[i], PIECE_FREE);
  } else {
    pool->outcome->n_lost++;
    atomic_store (&pool->board->owner[i], PIECE_LOST);
  }
  if (pool->work->lost)
    pool->work->lost (pool->work->data, i, sf_slots_slot (pool->slots, i), why);
}

/* A worker is gone. FALSE when no other can take its place. */
static gboolean
bury (Pool *pool, Worker *worker, int status, GError **error)
{
  int number = worker->number;
  *worker = (Worker){ 0, 0 };
  pool->n_alive--;
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return TRUE;
  g_autofree char *why = sf_pool_describe_end (status);
  note_death (pool, number, why);
  if (atomic_load (&pool->board->stop) || !has_free_piece (pool))
    return TRUE;
  if (pool->idle_deaths < IDLE_DEATHS_MAX)
    return start_worker (pool, worker, error);
  g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER,
               _ ("workers end before they begin: %s"), why);
  return FALSE;
}

/* Looks after the workers once. Only own children are waited for, one by one:
 * others may belong to someone else. */
static gboolean
look_after (Pool *pool, GError **error)
{
  gboolean is_fine = TRUE;
  for (guint w = 0; w < pool->jobs; w++) {
    Worker *worker = &pool->workers[w];
    int status = 0;
    pid_t ended = worker->number ? waitpid (worker->pid, &status, WNOHANG) : 0;
    if (ended == 0 || (ended < 0 && errno == EINTR))
      continue;
    if (ended < 0)
      status = 255 << 8; /* someone else waited for it */
    if (!bury (pool, worker, status, is_fine ? error : NULL)) {
      is_fine = FALSE;
      atomic_store (&pool->board->stop, 1);
    }
  }
  return is_fine;
}

static void
kill_all (Pool *pool)
{
  for (guint w = 0; w < pool->jobs; w++)
    if (pool->workers[w].number != 0)
      kill (pool->workers[w].pid, SIGKILL);
}

static void
report (const Pool *pool)
{
  const SfPoolWork *work = pool->work;
  if (work->progress)
    work->progress (work->first + atomic_load (&pool->board->n_done)
                        + pool->outcome->n_lost,
                    pool->n, work->progress_data);
}

/* Until the last worker is gone. */
static gboolean
supervise (Pool *pool, GError **error)
{
  gboolean is_fine = TRUE;
  for (guint poll = 1; pool->n_alive > 0; poll++) {
    int asked = sf_stop_count ();
    if (asked > 0)
      atomic_store (&pool->board->stop, 1);
    if (asked > 1)
      kill_all (pool);
    if (!look_after (pool, is_fine ? error : NULL))
      is_fine = FALSE;
    if (poll % POLLS_PER_PROGRESS == 0)
      report (pool);
    if (pool->n_alive > 0)
      g_usleep (poll < 20 ? 1000 : POLL_US);
  }
  report (pool);
  return is_fine;
}

static gboolean
start_all (Pool *pool, GError **error)
{
  for (guint w = 0; w < pool->jobs; w++) {
    g_autoptr (GError) problem = NULL;
    if (start_worker (pool, &pool->workers[w], &problem))
      continue;
    /* Fewer workers than asked for do the same work. */
    if (pool->n_alive > 0)
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  return TRUE;
}

gboolean
sf_pool_run (const SfPoolWork *work, SfSlots *slots, guint jobs,
             SfPoolOutcome *outcome, GError **error)
{
  g_return_val_if_fail (work && work->work && slots && outcome, FALSE);
  g_return_val_if_fail (jobs >= 1, FALSE);
  *outcome = (SfPoolOutcome){ 0 };
  guint n = sf_slots_count (slots);
  g_return_val_if_fail (work->first <= n, FALSE);
  g_autoptr (SfSlots) board
      = sf_slots_new (1, sizeof (Board) + n * sizeof (atomic_int), NULL, error);
  if (!board)
    return FALSE;
  jobs = CLAMP (jobs, 1, MAX (MIN (n - work->first, JOBS_MAX), 1));
  g_autofree Worker *workers = g_new0 (Worker, jobs);
  Pool pool = { .work = work,
                .slots = slots,
                .n = n,
                .jobs = jobs,
                .board = sf_slots_slot (board, 0),
                .workers = workers,
                .outcome = outcome };
  for (guint i = 0; i < work->first; i++)
    atomic_store (&pool.board->owner[i], PIECE_DONE);
  atomic_store (&pool.board->first, work->first);
  /* Whoever started us may have children ignored; ours are waited for. */
  struct sigaction before, standard = { .sa_handler = SIG_DFL };
  sigaction (SIGCHLD, &standard, &before);
  sf_stop_begin ();
  gboolean is_fine = start_all (&pool, error) && supervise (&pool, error);
  sf_stop_end ();
  sigaction (SIGCHLD, &before, NULL);
  outcome->n_done = atomic_load (&pool.board->n_done);
  outcome->was_interrupted = sf_stop_count () > 0 && has_free_piece (&pool);
  return is_fine;
}
