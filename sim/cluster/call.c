/* call.c - another program, with a time limit. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cluster/call.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Reads what is there; at the end closes *fd and makes it -1. */
static void
drain (int *fd, GString *text)
{
  char bytes[4096];
  ssize_t n = read (*fd, bytes, sizeof bytes);
  if (n > 0)
    g_string_append_len (text, bytes, n);
  else if (n == 0 || errno != EINTR) {
    close (*fd);
    *fd = -1;
  }
}

/* Reads both until they end. FALSE when the time was over before. */
static gboolean
listen_to (int out, int err, GString *texts[2], gint64 until)
{
  struct pollfd fds[]
      = { { .fd = out, .events = POLLIN }, { .fd = err, .events = POLLIN } };
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    gint64 left_ms = (until - g_get_monotonic_time ()) / 1000;
    if (left_ms <= 0)
      break;
    if (poll (fds, 2, (int)left_ms) <= 0)
      continue;
    for (guint i = 0; i < 2; i++)
      if (fds[i].fd >= 0 && fds[i].revents)
        drain (&fds[i].fd, texts[i]);
  }
  gboolean is_over = fds[0].fd < 0 && fds[1].fd < 0;
  for (guint i = 0; i < 2; i++)
    if (fds[i].fd >= 0)
      close (fds[i].fd);
  return is_over;
}

/* It has closed its output, so it ends in a moment, or it is killed. */
static int
wait_for_end (pid_t pid, gint64 until)
{
  int status = 0;
  pid_t got;
  while ((got = waitpid (pid, &status, WNOHANG)) == 0
         && g_get_monotonic_time () < until)
    g_usleep (1000);
  if (got == 0) {
    kill (pid, SIGKILL);
    while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
      ;
  }
  return WIFSIGNALED (status) ? 128 + WTERMSIG (status) : WEXITSTATUS (status);
}

void
sf_call (SfCall *call, const char *const *argv, double limit_s)
{
  g_autoptr (GError) error = NULL;
  GPid pid;
  int out, err;
  gint64 until = g_get_monotonic_time () + (gint64)(limit_s * G_USEC_PER_SEC);
  *call = (SfCall){ .end = SF_CALL_MISSING };
  if (!g_spawn_async_with_pipes (NULL, (char **)argv, NULL,
                                 G_SPAWN_SEARCH_PATH
                                     | G_SPAWN_DO_NOT_REAP_CHILD,
                                 NULL, NULL, &pid, NULL, &out, &err, &error)) {
    call->out = g_strdup ("");
    call->err = g_strdup (error->message);
    return;
  }
  GString *texts[] = { g_string_new (NULL), g_string_new (NULL) };
  call->end = listen_to (out, err, texts, until) ? SF_CALL_DONE : SF_CALL_LATE;
  call->status = wait_for_end (pid, call->end == SF_CALL_LATE ? 0 : until);
  call->out = g_strstrip (g_string_free (texts[0], FALSE));
  call->err = g_strstrip (g_string_free (texts[1], FALSE));
}

void
sf_call_clear (SfCall *call)
{
  g_free (call->out);
  g_free (call->err);
}
