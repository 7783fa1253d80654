/* keeper.c - keeps a worker for a process that must not fork. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cluster/keeper.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/engine/error.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"
#include "sim/sweep/sweep.h"

struct SfKeeper {
  pid_t pid;
  int fd;
  gsize task_size, row_size;
  GByteArray *out, *in; /* tasks not sent, rows not taken */
  guint64 n_given, n_taken;
};

/* What it is asked first, and what it answers. */
typedef struct {
  char folder[4096], identity[256];
} Question;

typedef struct {
  guint64 is_fine, task_size, row_size;
  char message[1000];
} Answer;

/* ---- The process --------------------------------------------------------------------- */

static gboolean
receive (int fd, gpointer bytes, gsize n)
{
  ssize_t got;
  do
    got = recv (fd, bytes, n, MSG_WAITALL);
  while (got < 0 && errno == EINTR);
  return got == (ssize_t)n;
}

static SfStudy *
read_study (const Question *q, const SfModelInfo *const *models, GError **error)
{
  g_autoptr (SfStudy) study = sf_sweep_read_study (q->folder, models, error);
  if (!study)
    return NULL;
  g_autofree char *identity = sf_sweep_identity (study, models);
  if (strcmp (identity, q->identity) == 0)
    return g_steal_pointer (&study);
  g_set_error (
      error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO,
      _ ("the program, its models or the inputs in %s are others on %s"),
      q->folder, g_get_host_name ());
  return NULL;
}

static G_NORETURN void
be_keeper (const SfModelInfo *const *models, int fd)
{
  Question q;
  Answer a = { 0 };
  g_autoptr (GError) error = NULL;
  if (!receive (fd, &q, sizeof q))
    _exit (0);
  SfStudy *study = read_study (&q, models, &error);
  SfWorker *worker = study ? sf_worker_new (study, models) : NULL;
  a.is_fine = worker && sf_worker_prepare (worker, &error);
  if (error)
    g_strlcpy (a.message, error->message, sizeof a.message);
  if (study) {
    SfWire wire = sf_wire_new (study);
    a.task_size = wire.task_size;
    a.row_size = wire.row_size;
  }
  if (send (fd, &a, sizeof a, MSG_NOSIGNAL) != sizeof a || !a.is_fine)
    _exit (0);
  sf_crew_serve (sf_crew_new (worker, study, 1), fd);
}

/* ---- Its owner ------------------------------------------------------------------------ */

SfKeeper *
sf_keeper_new (const SfModelInfo *const *models, GError **error)
{
  int pair[2];
  pid_t parent = getpid (), pid = -1;
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) {
    pid = fork ();
    if (pid == 0) {
      close (pair[0]);
      sf_stop_ignore ();
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      if (getppid () != parent)
        _exit (0);
      be_keeper (models, pair[1]);
    }
    close (pair[1]);
    if (pid < 0)
      close (pair[0]);
  }
  if (pid < 0) {
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER,
                 _ ("cannot start a worker process: %s"), g_strerror (errno));
    return NULL;
  }
  SfKeeper *k = g_new0 (SfKeeper, 1);
  k->pid = pid;
  k->fd = pair[0];
  k->out = g_byte_array_new ();
  k->in = g_byte_array_new ();
  return k;
}

void
sf_keeper_free (SfKeeper *k)
{
  if (!k)
    return;
  close (k->fd);
  kill (k->pid, SIGKILL); /* and with it goes its worker */
  while (waitpid (k->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  g_byte_array_unref (k->out);
  g_byte_array_unref (k->in);
  g_free (k);
}

gboolean
sf_keeper_begin (SfKeeper *k, const char *folder, const char *identity,
                 GError **error)
{
  Question q = { 0 };
  Answer a = { 0 };
  g_strlcpy (q.folder, folder, sizeof q.folder);
  g_strlcpy (q.identity, identity, sizeof q.identity);
  if (send (k->fd, &q, sizeof q, MSG_NOSIGNAL) != sizeof q
      || !receive (k->fd, &a, sizeof a)) {
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER,
                 _ ("a worker process ended before it began, on %s"),
                 g_get_host_name ());
    return FALSE;
  }
  k->task_size = (gsize)a.task_size;
  k->row_size = (gsize)a.row_size;
  if (a.is_fine)
    return TRUE;
  g_set_error_literal (error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO, a.message);
  return FALSE;
}

static void
send_some (SfKeeper *k)
{
  while (k->out->len > 0) {
    ssize_t n
        = send (k->fd, k->out->data, k->out->len, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return;
    g_byte_array_remove_range (k->out, 0, (guint)n);
  }
}

void
sf_keeper_give (SfKeeper *k, const guint8 *tasks, gsize n_bytes)
{
  g_return_if_fail (k->task_size > 0 && n_bytes % k->task_size == 0);
  g_byte_array_append (k->out, tasks, (guint)n_bytes);
  k->n_given += n_bytes / k->task_size;
  send_some (k);
}

/* FALSE at the end. */
static gboolean
read_some (SfKeeper *k, gsize n_bytes)
{
  guint8 bytes[65536];
  while (k->in->len < n_bytes) {
    ssize_t n = recv (k->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return errno == EAGAIN || errno == EWOULDBLOCK;
    if (n == 0)
      return FALSE;
    g_byte_array_append (k->in, bytes, (guint)n);
  }
  return TRUE;
}

gboolean
sf_keeper_take (SfKeeper *k, GByteArray *rows, gsize n_bytes)
{
  send_some (k);
  gboolean is_there = read_some (k, MAX (n_bytes, k->row_size));
  gsize n = k->row_size > 0 ? k->in->len / k->row_size : 0;
  gsize size = n * k->row_size;
  g_byte_array_append (rows, k->in->data, (guint)size);
  g_byte_array_remove_range (k->in, 0, (guint)size);
  k->n_taken += n;
  return is_there;
}

guint64
sf_keeper_in_hand (const SfKeeper *k)
{
  return k->n_given - k->n_taken;
}
