/* runner.c - the process that calculates for the page. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/runner.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/text.h"
#include "sim/experiment/pool.h"
#include "sim/experiment/stop.h"
#include "sim/explore/job.h"
#include "sim/lang/lang.h"

#define PACKET_SIZE 60000u
#define REQUEST_SIZE (80u * 1024u)
#define RESULTS_KEPT 24u
#define JOBS_MAX 32u
#define POLL_MS 50

/* The first byte of a packet: more of this message follows, this is its end,
 * the runner died. */
enum { MORE = 'm', END = 'e', DEATH = 'd' };

struct SfExploreRunner {
  int fd;
  pid_t keeper;
  GString *pending;
};

/* ---- In the runner ------------------------------------------------------------ */

typedef struct {
  int fd;
  guint workers;
  const SfExploreShelf *shelf;
  SfExploreDesk *desk;
  GPtrArray *jobs;    /* SfExploreJob * */
  GPtrArray *results; /* SfExploreResult *, complete, the latest last */
  GPtrArray *waiting; /* char *: requests */
} Runner;

/* In packets; ends the process when nobody is there to read. */
static void
say (int fd, const char *tab, const char *text)
{
  g_autofree char *all = g_strconcat (tab, "\n", text, NULL);
  gsize left = strlen (all);
  char packet[PACKET_SIZE + 1];
  for (const char *at = all; left > 0;) {
    gsize n = MIN (left, PACKET_SIZE);
    packet[0] = (char)(n == left ? END : MORE);
    memcpy (packet + 1, at, n);
    if (send (fd, packet, n + 1, MSG_NOSIGNAL) < 0 && errno != EINTR)
      _exit (0);
    at += n;
    left -= n;
  }
}

static void
say_error (const Runner *r, const char *tab, guint number, const char *why)
{
  GString *json = g_string_new (NULL);
  g_string_append_printf (
      json, "{\"kind\":\"error\",\"job\":%u,\"message\":", number);
  sf_text_json (json, why);
  g_string_append_c (json, '}');
  say (r->fd, tab, json->str);
  g_string_free (json, TRUE);
}

static SfExploreResult *
find_result (const Runner *r, const char *key, guint n)
{
  for (guint i = 0; i < r->results->len; i++) {
    SfExploreResult *result = r->results->pdata[i];
    if (result->n == n && strcmp (result->key, key) == 0)
      return sf_explore_result_ref (result);
  }
  return NULL;
}

static void
keep_results (Runner *r, const SfExploreOrder *o)
{
  for (guint i = 0; i < o->n_sides; i++) {
    SfExploreResult *result = o->results[i];
    if (!result || result->n_done < result->n
        || g_ptr_array_find (r->results, result, NULL))
      continue;
    g_ptr_array_add (r->results, sf_explore_result_ref (result));
    if (r->results->len > RESULTS_KEPT)
      g_ptr_array_remove_index (r->results, 0);
  }
}

/* Ends the jobs of a tab: all, or those of one kind. */
static void
drop (Runner *r, const char *tab, gboolean is_all, gboolean is_story)
{
  for (guint i = r->jobs->len; i-- > 0;) {
    const SfExploreOrder *o = sf_explore_job_order (r->jobs->pdata[i]);
    if (strcmp (o->tab, tab) == 0
        && (is_all || is_story == (o->results[0] == NULL)))
      g_ptr_array_remove_index (r->jobs, i);
  }
}

/* What a side has to run: the setup, and for bands the result. */
static gboolean
set_up_side (Runner *r, const SfExploreState *state, guint side,
             gboolean is_story, SfExploreOrder *o, GError **error)
{
  if (!sf_explore_desk_set_up (r->desk, &state->sides[side], &o->setups[side],
                               error))
    return FALSE;
  if (side == 0 || !o->setups[0].ready)
    o->seed
        = state->has_seed ? state->seed : o->setups[side].ready->scenario->seed;
  if (is_story)
    return TRUE;
  /* The seed of A is that of B: they meet the same luck. */
  g_autofree char *said = sf_explore_state_key (state, side);
  char *key = g_strdup_printf ("%s&with=%" G_GUINT64_FORMAT, said, o->seed);
  SfExploreResult *known = find_result (r, key, state->n);
  if (!known && side == 1 && strcmp (o->results[0]->key, key) == 0)
    known = sf_explore_result_ref (o->results[0]);
  o->results[side] = known;
  if (known)
    g_free (key);
  else
    o->results[side] = sf_explore_result_new (o->setups[side].ready->plan, key,
                                              state->n, error);
  return o->results[side] != NULL;
}

static gboolean
set_up (Runner *r, const SfExploreState *state, gboolean is_story,
        SfExploreOrder *o, GError **error)
{
  o->n = state->n;
  o->n_sides = is_story ? 0 : state->has_b ? 2 : 1;
  o->told = state->told;
  o->replication = state->replication;
  o->lang = g_strdup (state->lang);
  o->who = g_strdup (state->who);
  /* A story of B meets the luck of A, too. */
  guint sides = is_story ? state->told + 1 : o->n_sides;
  for (guint i = 0; i < sides; i++)
    if (!set_up_side (r, state, i, is_story, o, error))
      return FALSE;
  return TRUE;
}

static void
start_job (Runner *r, const char *tab, guint number, const char *query,
           gboolean is_story)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfExploreState) state = sf_explore_state_parse (query, &error);
  if (state && state->lang)
    sf_lang_set (state->lang);
  SfExploreOrder order = { .tab = g_strdup (tab), .number = number };
  SfExploreJob *job = NULL;
  if (state && r->jobs->len >= JOBS_MAX)
    g_set_error (&error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_PROCESS,
                 _ ("too many pages calculate at the same time"));
  else if (state && set_up (r, state, is_story, &order, &error))
    job = sf_explore_job_start (&order, r->workers, &error);
  sf_explore_order_clear (&order);
  if (job)
    g_ptr_array_add (r->jobs, job);
  else
    say_error (r, tab, number, error ? error->message : "?");
}

/* "run TAB NUMBER QUERY" and the others; see the header. */
static void
obey (Runner *r, const char *request)
{
  g_auto (GStrv) words = g_strsplit (request, " ", 4);
  guint n = g_strv_length (words);
  gboolean is_story = n == 4 && strcmp (words[0], "tell") == 0;
  if (n == 2 && strcmp (words[0], "drop") == 0)
    drop (r, words[1], TRUE, FALSE);
  else if (is_story || (n == 4 && strcmp (words[0], "run") == 0)) {
    drop (r, words[1], FALSE, is_story);
    start_job (r, words[1], (guint)g_ascii_strtoull (words[2], NULL, 10),
               words[3], is_story);
  }
}

/* Takes all requests that have come; FALSE when the server is gone. Of those
 * that a newer one ends nothing is done. */
static gboolean
hear (Runner *r)
{
  g_autofree char *buffer = g_malloc (REQUEST_SIZE + 1);
  for (;;) {
    gssize n = recv (r->fd, buffer, REQUEST_SIZE, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
      return FALSE;
    if (n < 0)
      return TRUE;
    buffer[n] = '\0';
    /* "run TAB" is what has to be the same. */
    const char *second = strchr (buffer, ' ');
    const char *third = second ? strchr (second + 1, ' ') : NULL;
    for (guint i = r->waiting->len; third && i-- > 0;)
      if (strncmp (r->waiting->pdata[i], buffer, (gsize)(third - buffer) + 1)
          == 0)
        g_ptr_array_remove_index (r->waiting, i);
    g_ptr_array_add (r->waiting, g_strdup (buffer));
  }
}

static void
look_at_jobs (Runner *r)
{
  for (guint i = r->jobs->len; i-- > 0;) {
    SfExploreJob *job = r->jobs->pdata[i];
    const SfExploreOrder *o = sf_explore_job_order (job);
    g_autofree char *message = sf_explore_job_look (job);
    if (message)
      say (r->fd, o->tab, message);
    if (!sf_explore_job_is_over (job))
      continue;
    keep_results (r, o);
    g_ptr_array_remove_index (r->jobs, i);
  }
}

static void
wait_for_news (const Runner *r)
{
  struct pollfd fds[JOBS_MAX + 1] = { { .fd = r->fd, .events = POLLIN } };
  for (guint i = 0; i < r->jobs->len; i++)
    fds[i + 1] = (struct pollfd){ .fd = sf_explore_job_fd (r->jobs->pdata[i]),
                                  .events = POLLIN };
  poll (fds, r->jobs->len + 1, r->jobs->len > 0 ? POLL_MS : -1);
}

static void
be_runner (Runner *r)
{
  r->jobs
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_explore_job_free);
  r->results = g_ptr_array_new_with_free_func (
      (GDestroyNotify)sf_explore_result_unref);
  r->waiting = g_ptr_array_new_with_free_func (g_free);
  while (hear (r)) {
    while (r->waiting->len > 0) {
      g_autofree char *request = g_ptr_array_steal_index (r->waiting, 0);
      obey (r, request);
    }
    look_at_jobs (r);
    wait_for_news (r);
  }
  g_ptr_array_unref (r->jobs);
  _exit (0);
}

/* ---- In the keeper -------------------------------------------------------------- */

/* A child that ends with its parent. */
static pid_t
fork_bound (void)
{
  pid_t parent = getpid ();
  pid_t pid = fork ();
  if (pid == 0) {
    sf_stop_ignore ();
    prctl (PR_SET_PDEATHSIG, SIGKILL);
    if (getppid () != parent)
      _exit (0);
  }
  return pid;
}

/* Waits for a child; its workers, which it may have left behind, come here to
 * be buried. */
static int
wait_for (pid_t pid)
{
  int status = 0;
  for (pid_t ended = 0; ended != pid;) {
    ended = waitpid (-1, &status, 0);
    if (ended < 0 && errno != EINTR)
      return 0;
  }
  return status;
}

static void
be_keeper (Runner *r)
{
  signal (SIGCHLD, SIG_DFL);
  prctl (PR_SET_CHILD_SUBREAPER, 1);
  for (;;) {
    pid_t pid = fork_bound ();
    if (pid == 0)
      be_runner (r);
    int status = pid > 0 ? wait_for (pid) : 0;
    if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
      _exit (0);
    g_autofree char *how = sf_pool_describe_end (status);
    g_autofree char *packet = g_strdup_printf ("%c%s", DEATH, how);
    if (send (r->fd, packet, strlen (packet), MSG_NOSIGNAL) < 0)
      _exit (0);
    g_usleep (100 * 1000); /* one that dies at once must not eat the machine */
  }
}

/* ---- In the server ---------------------------------------------------------------- */

SfExploreRunner *
sf_explore_runner_start (const SfExploreShelf *shelf, SfScenario *scenario,
                         const SfModelInfo *const *models, guint workers,
                         GError **error)
{
  int ends[2];
  Runner runner = { .workers = workers, .shelf = shelf };
  gboolean is_open
      = socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0;
  pid_t pid = is_open ? fork_bound () : -1;
  if (pid < 0) {
    g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_PROCESS,
                 _ ("cannot start a process: %s"), g_strerror (errno));
    return NULL;
  }
  if (pid == 0) {
    close (ends[0]);
    runner.fd = ends[1];
    runner.desk = sf_explore_desk_new (shelf, models);
    sf_explore_desk_take (runner.desk, scenario);
    be_keeper (&runner);
  }
  close (ends[1]);
  SfExploreRunner *r = g_new0 (SfExploreRunner, 1);
  r->fd = ends[0];
  r->keeper = pid;
  r->pending = g_string_new (NULL);
  return r;
}

void
sf_explore_runner_free (SfExploreRunner *r)
{
  if (!r)
    return;
  close (r->fd);
  /* The runner reads the end of the socket at once, unless it hangs. */
  int tries = 100;
  while (tries-- > 0 && waitpid (r->keeper, NULL, WNOHANG) == 0)
    g_usleep (10 * 1000);
  if (tries < 0) {
    kill (r->keeper, SIGKILL);
    waitpid (r->keeper, NULL, 0);
  }
  g_string_free (r->pending, TRUE);
  g_free (r);
}

int
sf_explore_runner_fd (const SfExploreRunner *r)
{
  return r->fd;
}

gboolean
sf_explore_runner_send (SfExploreRunner *r, const char *request)
{
  gsize n = strlen (request);
  return n < REQUEST_SIZE
         && send (r->fd, request, n, MSG_NOSIGNAL | MSG_DONTWAIT) == (gssize)n;
}

/* Cuts the tab off a message that is complete. */
static SfExploreNews
deliver (SfExploreRunner *r, char **tab, char **text)
{
  char *line_end = strchr (r->pending->str, '\n');
  if (!line_end) {
    g_string_truncate (r->pending, 0);
    return SF_EXPLORE_NOTHING;
  }
  *tab = g_strndup (r->pending->str, (gsize)(line_end - r->pending->str));
  *text = g_strdup (line_end + 1);
  g_string_truncate (r->pending, 0);
  return SF_EXPLORE_MESSAGE;
}

SfExploreNews
sf_explore_runner_receive (SfExploreRunner *r, char **tab, char **text)
{
  char packet[PACKET_SIZE + 1];
  for (;;) {
    gssize n = recv (r->fd, packet, sizeof packet, MSG_DONTWAIT);
    if (n == 0)
      return SF_EXPLORE_GONE;
    if (n < 0)
      return errno == EAGAIN || errno == EINTR ? SF_EXPLORE_NOTHING
                                               : SF_EXPLORE_GONE;
    if (packet[0] == DEATH) {
      g_string_truncate (r->pending, 0);
      *text = g_strndup (packet + 1, (gsize)n - 1);
      return SF_EXPLORE_DIED;
    }
    g_string_append_len (r->pending, packet + 1, n - 1);
    if (packet[0] == END)
      return deliver (r, tab, text);
  }
}
