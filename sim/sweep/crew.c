/* crew.c - seats at which runs are done. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sweep/crew.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/engine/error.h"
#include "sim/experiment/pool.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"

/* How often a crew that serves looks for runs that take too long. */
#define LOOK_MS 100

/* A manager that was away for longer was not at work. */
#define PAUSE_US (2 * G_USEC_PER_SEC)

typedef struct {
  pid_t pid;  /* 0: nobody sits here */
  pid_t last; /* who sat here last */
  int fd;
  GByteArray *hand; /* tasks given and not answered, as they were sent */
  gsize sent;       /* bytes of these that are under way */
  guint8 *row;      /* the answer that comes in */
  gsize got;        /* bytes of it */
  gint64 began;     /* when the task at hand began, monotonic microseconds */
} Seat;

struct SfCrew {
  SfWorker *worker;
  SfWire wire;
  double run_s;
  guint n_seats;
  Seat *seats;
  gint64 looked; /* when the seats were last looked after */
};

SfCrew *
sf_crew_new (SfWorker *worker, const SfStudy *study, guint jobs)
{
  SfCrew *c = g_new0 (SfCrew, 1);
  c->worker = worker;
  c->wire = sf_wire_new (study);
  c->run_s = study->run_s;
  c->n_seats = jobs;
  c->seats = g_new0 (Seat, jobs);
  for (guint i = 0; i < jobs; i++) {
    c->seats[i].hand = g_byte_array_new ();
    c->seats[i].row = g_malloc0 (c->wire.row_size);
    c->seats[i].fd = -1;
  }
  return c;
}

static int
leave (Seat *seat)
{
  int status = 0;
  if (seat->fd >= 0)
    close (seat->fd);
  seat->fd = -1;
  while (seat->pid > 0 && waitpid (seat->pid, &status, 0) < 0 && errno == EINTR)
    ;
  seat->last = seat->pid;
  seat->pid = 0;
  seat->sent = seat->got = 0;
  return status;
}

void
sf_crew_free (SfCrew *c)
{
  if (!c)
    return;
  for (guint i = 0; i < c->n_seats; i++) {
    if (c->seats[i].pid > 0)
      kill (c->seats[i].pid, SIGKILL);
    leave (&c->seats[i]);
    g_byte_array_unref (c->seats[i].hand);
    g_free (c->seats[i].row);
  }
  g_free (c->seats);
  g_free (c);
}

/* ---- Taking a seat ------------------------------------------------------------------ */

static G_NORETURN void
be_worker (SfCrew *c, int fd, pid_t parent)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL); /* no work for a parent that is gone */
  sf_stop_ignore ();
  sf_lang_set ("en"); /* what a run says is kept in tables */
  if (getppid () != parent)
    _exit (0);
  for (guint i = 0; i < c->n_seats; i++)
    if (c->seats[i].fd >= 0)
      close (c->seats[i].fd);
  sf_worker_serve (c->worker, fd);
}

static gboolean
sit_down (SfCrew *c, Seat *seat, GError **error)
{
  int pair[2];
  pid_t parent = getpid ();
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) {
    seat->pid = fork ();
    if (seat->pid == 0) {
      close (pair[0]);
      be_worker (c, pair[1], parent);
    }
    close (pair[1]);
    if (seat->pid > 0) {
      seat->fd = pair[0];
      fcntl (seat->fd, F_SETFL, O_NONBLOCK);
      seat->began = g_get_monotonic_time ();
      return TRUE;
    }
    close (pair[0]);
  }
  seat->pid = 0;
  g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER,
               _ ("cannot start a worker process: %s"), g_strerror (errno));
  return FALSE;
}

/* ---- Tasks out, rows in --------------------------------------------------------------- */

static guint
in_hand (gpointer self, guint seat)
{
  const SfCrew *c = self;
  return (guint)(c->seats[seat].hand->len / c->wire.task_size);
}

/* Sends what the socket takes; a worker that is gone is noticed in reading. */
static void
send_some (Seat *seat)
{
  while (seat->sent < seat->hand->len) {
    ssize_t n = send (seat->fd, seat->hand->data + seat->sent,
                      seat->hand->len - seat->sent, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return;
    seat->sent += (gsize)n;
  }
}

static gboolean
give (gpointer self, guint place, const SfStoreTask *tasks, guint n,
      GError **error)
{
  SfCrew *c = self;
  Seat *seat = &c->seats[place];
  if (seat->pid == 0 && !sit_down (c, seat, error))
    return FALSE;
  if (seat->hand->len == 0)
    seat->began = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++) {
    guint at = seat->hand->len;
    g_byte_array_set_size (seat->hand, at + (guint)c->wire.task_size);
    sf_wire_put_task (&c->wire, &tasks[i], seat->hand->data + at);
  }
  send_some (seat);
  return TRUE;
}

/* The task at hand is answered. */
static void
answered (SfCrew *c, Seat *seat)
{
  g_byte_array_remove_range (seat->hand, 0, (guint)c->wire.task_size);
  seat->sent -= MIN (seat->sent, c->wire.task_size);
  seat->began = g_get_monotonic_time ();
}

/* The worker is gone, with a task at hand or not: the row says why, and who
 * comes next goes on with the rest. */
static gboolean
bury (SfCrew *c, Seat *seat, SfStoreState state, const char *why,
      SfEngineRow each, gpointer data)
{
  g_autofree SfStoreTask *task = g_new0 (SfStoreTask, 1);
  g_autofree double *values = g_new0 (double, c->wire.n_values + 1);
  if (seat->hand->len == 0)
    return TRUE;
  task->values = values;
  sf_wire_get_task (&c->wire, seat->hand->data, task);
  sf_wire_fail (&c->wire, task, state, why, seat->row);
  sf_wire_sign (seat->row, seat->last);
  each (seat->row, data);
  answered (c, seat);
  seat->sent = 0;
  return TRUE;
}

static gboolean
replace (SfCrew *c, Seat *seat, GError **error)
{
  if (seat->hand->len == 0)
    return TRUE; /* when there is work again */
  if (!sit_down (c, seat, error))
    return FALSE;
  send_some (seat);
  return TRUE;
}

/* Reads all that is there. FALSE when the worker is gone. */
static gboolean
read_rows (SfCrew *c, Seat *seat, SfEngineRow each, gpointer data)
{
  for (;;) {
    ssize_t n
        = read (seat->fd, seat->row + seat->got, c->wire.row_size - seat->got);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
      return TRUE;
    if (n <= 0)
      return FALSE;
    seat->got += (gsize)n;
    if (seat->got < c->wire.row_size)
      continue;
    each (seat->row, data);
    seat->got = 0;
    answered (c, seat);
  }
}

/* Looks after one seat. */
static gboolean
tend (SfCrew *c, Seat *seat, SfEngineRow each, gpointer data, GError **error)
{
  if (seat->pid == 0)
    return TRUE;
  send_some (seat);
  if (!read_rows (c, seat, each, data)) {
    g_autofree char *why = sf_pool_describe_end (leave (seat));
    return bury (c, seat, SF_STORE_CRASHED, why, each, data)
           && replace (c, seat, error);
  }
  gint64 spent = g_get_monotonic_time () - seat->began;
  if (c->run_s <= 0 || seat->hand->len == 0
      || (double)spent < c->run_s * G_USEC_PER_SEC)
    return TRUE;
  kill (seat->pid, SIGKILL);
  leave (seat);
  g_autofree char *why = g_strdup_printf (
      "stopped after %g s, the most that a run may take", c->run_s);
  return bury (c, seat, SF_STORE_TIMEOUT, why, each, data)
         && replace (c, seat, error);
}

/* A time in which the manager itself stood still (Ctrl-Z, a machine put to
 * sleep, a scheduler that suspends jobs) is no time of the runs. */
static void
forgive_pause (SfCrew *c, guint wait_ms)
{
  gint64 now = g_get_monotonic_time ();
  gint64 pause = now - c->looked - (gint64)wait_ms * 1000;
  if (c->looked > 0 && pause > PAUSE_US)
    for (guint i = 0; i < c->n_seats; i++)
      c->seats[i].began += pause;
  c->looked = now;
}

static gboolean
wait_for_rows (gpointer self, guint wait_ms, SfEngineRow each, gpointer data,
               GError **error)
{
  SfCrew *c = self;
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, c->n_seats);
  for (guint i = 0; i < c->n_seats; i++) {
    const Seat *seat = &c->seats[i];
    fds[i].fd = seat->fd; /* -1 is passed over */
    fds[i].events = POLLIN;
    if (seat->sent < seat->hand->len)
      fds[i].events |= POLLOUT;
  }
  poll (fds, c->n_seats, (int)wait_ms);
  forgive_pause (c, wait_ms);
  for (guint i = 0; i < c->n_seats; i++)
    if (!tend (c, &c->seats[i], each, data, error))
      return FALSE;
  return TRUE;
}

SfEngine
sf_crew_engine (SfCrew *c)
{
  return (SfEngine){ .name = "local",
                     .n_seats = c->n_seats,
                     .self = c,
                     .in_hand = in_hand,
                     .give = give,
                     .wait = wait_for_rows };
}

/* ---- Serving --------------------------------------------------------------------------- */

typedef struct {
  SfCrew *crew;
  int socket;
  GByteArray *in; /* tasks, the last one perhaps in part */
} Service;

/* FALSE when the socket was closed. */
static gboolean
read_tasks (Service *s)
{
  guint8 bytes[65536];
  ssize_t n = recv (s->socket, bytes, sizeof bytes, MSG_DONTWAIT);
  if (n < 0)
    return errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK;
  g_byte_array_append (s->in, bytes, (guint)n);
  return n > 0;
}

/* To whoever has least in hand. */
static gboolean
share_out (Service *s)
{
  SfCrew *c = s->crew;
  g_autofree double *values = g_new0 (double, c->wire.n_values + 1);
  SfStoreTask task = { .values = values };
  while (s->in->len >= c->wire.task_size) {
    guint least = 0;
    for (guint i = 1; i < c->n_seats; i++)
      if (in_hand (c, i) < in_hand (c, least))
        least = i;
    sf_wire_get_task (&c->wire, s->in->data, &task);
    g_byte_array_remove_range (s->in, 0, (guint)c->wire.task_size);
    if (!give (c, least, &task, 1, NULL))
      return FALSE;
  }
  return TRUE;
}

static void
pass_on (const guint8 *row, gpointer data)
{
  const Service *s = data;
  gsize size = s->crew->wire.row_size;
  while (size > 0) {
    ssize_t n = send (s->socket, row, size, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return; /* closed: read_tasks() will see it */
    row += n;
    size -= (gsize)n;
  }
}

/* Until there is something to read, or it is time to look at the clock. */
static void
wait_for_any (const Service *s)
{
  const SfCrew *c = s->crew;
  g_autofree struct pollfd *fds = g_new0 (struct pollfd, c->n_seats + 1);
  for (guint i = 0; i <= c->n_seats; i++) {
    fds[i].fd = i < c->n_seats ? c->seats[i].fd : s->socket;
    fds[i].events = POLLIN;
  }
  poll (fds, c->n_seats + 1, LOOK_MS);
}

void
sf_crew_serve (SfCrew *c, int socket)
{
  Service s = { c, socket, g_byte_array_new () };
  while (read_tasks (&s) && share_out (&s)
         && wait_for_rows (c, 0, pass_on, &s, NULL))
    wait_for_any (&s);
  sf_crew_free (c);
  _exit (0); /* what the parent had buffered is the parent's to write */
}
