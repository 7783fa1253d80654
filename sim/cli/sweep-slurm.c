/* sweep-slurm.c - the runs of a sweep on Slurm. SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/progress.h"
#include "sim/cli/sweep.h"
#include "sim/lang/lang.h"

/* Bytes that are quoted of what a task says. */
#define SAYS_MAX 200

typedef struct {
  SfProgress progress;
  gboolean is_quiet, said_silent;
  char *reason; /* the last one that was said */
} Talk;

/* Why nothing runs, once for each reason. */
static void
tell_news (const SfSlurmArray *a, guint64 done, guint64 total, gpointer data)
{
  Talk *t = data;
  if (t->is_quiet)
    return;
  sf_progress_step ((guint)done, (guint)total, &t->progress);
  if (a->silent_s > 0 && !t->said_silent) {
    sf_progress_end (&t->progress);
    fprintf (stderr,
             _ ("array %s: the controller does not answer; tasks may go on "
                "without it\n"),
             a->job);
  }
  t->said_silent = a->silent_s > 0;
  if (a->n_running > 0 || !a->reason || strcmp (a->reason, "None") == 0
      || g_strcmp0 (a->reason, t->reason) == 0)
    return;
  sf_progress_end (&t->progress);
  g_autofree char *safe = sf_text_safe (a->reason, -1);
  fprintf (stderr, _ ("array %s: %u tasks wait (%s)\n"), a->job, a->n_pending,
           safe);
  g_free (t->reason);
  t->reason = g_strdup (a->reason);
}

/* The last line that one of the tasks wrote, and they write only when something
 * is wrong; NULL when none did. */
static char *
heard_from_tasks (const SfSweep *sweep)
{
  g_autofree char *folder = g_build_filename (sweep->folder, "slurm", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    if (!g_str_has_prefix (name, "task-")
        || !g_file_get_contents (path, &text, NULL, NULL)
        || !*g_strchomp (text))
      continue;
    const char *last = strrchr (text, '\n');
    last = last ? last + 1 : text;
    g_autofree char *safe
        = sf_text_safe (last, (gssize)MIN (strlen (last), SAYS_MAX));
    return g_strdup_printf (_ ("%s says: %s"), name, safe);
  }
  return NULL;
}

/* Why runs are missing, as far as is known. */
static char *
why (const SfSweep *sweep, const SfSlurmArray *a, SfSlurmEnd end)
{
  g_autofree char *heard = heard_from_tasks (sweep);
  const char *comma = heard ? "; " : "";
  const char *says = heard ? heard : "";
  switch (end) {
  case SF_SLURM_INTERRUPTED:
    return g_strdup_printf (_ ("stopped, and array %s is cancelled"), a->job);
  case SF_SLURM_STUCK:
    return g_strdup_printf (
        _ ("Slurm could not start %u tasks of array %s, which "
           "is cancelled (%s)"),
        a->n_pending, a->job, a->reason);
  case SF_SLURM_WAITED:
    if (a->silent_s > 0)
      break;
    return g_strdup_printf (
        _ ("enough waited; array %s is left in the queue, %u "
           "tasks run and %u wait (%s)%s%s"),
        a->job, a->n_running, a->n_pending,
        a->reason ? a->reason : _ ("no reason given"), comma, says);
  case SF_SLURM_SILENT:
    break;
  case SF_SLURM_LEFT:
  case SF_SLURM_ALL_DONE:
    return g_strdup_printf (_ ("array %s has left the queue%s%s"), a->job,
                            comma, says);
  }
  return g_strdup_printf (
      _ ("the controller has not answered for %.0f s; tasks of array %s may go "
         "on without it"),
      a->silent_s, a->job);
}

static SfExit
say_end (const SfInvocation *invocation, const SfSweep *sweep,
         const SfSweepRun *run, const SfSlurmArray *a, SfSlurmEnd end)
{
  g_autoptr (GError) error = NULL;
  SfStoreCounts c;
  if (!sf_store_count (sweep->store, &c, &error))
    return sf_cmd_error (invocation, error);
  guint64 bad = 0;
  for (guint i = SF_STORE_DONE + 1; i < SF_STORE_N_STATES; i++)
    bad += c.states[i];
  guint64 rows = c.states[SF_STORE_DONE] + bad;
  guint64 missing = c.planned - MIN (rows, c.planned);
  if (!run->is_quiet)
    fprintf (stderr, _ ("%ju of %ju planned are done\n"),
             (uintmax_t)c.states[SF_STORE_DONE], (uintmax_t)c.planned);
  if (bad > 0)
    sf_sweep_run_say_bad (invocation, bad, 0);
  if (missing > 0) {
    g_autofree char *name = sf_cmd_name (invocation);
    g_autofree char *reason = why (sweep, a, end);
    fprintf (stderr,
             _ ("%s: %ju runs are missing: %s. The same command does the "
                "rest\n"),
             name, (uintmax_t)missing, reason);
  }
  return bad + missing > 0 ? SF_EXIT_FAILED : SF_EXIT_DONE;
}

SfExit
sf_sweep_run_slurm (const SfInvocation *invocation, SfSweep *sweep,
                    const SfSweepRun *run, const SfSlurmOptions *options)
{
  g_autoptr (GError) error = NULL;
  SfSlurmArray array;
  SfSlurmEnd end;
  Talk talk = { .is_quiet = run->is_quiet,
                .progress = sf_progress_begin (run->is_quiet) };
  SfSlurmOptions o = *options;
  o.retries = run->retries;
  o.news = tell_news;
  o.data = &talk;
  SfExit status;
  if (!sf_sweep_run_raise (sweep->store, run, &error))
    return sf_cmd_error (invocation, error);
  gboolean is_fine = sf_slurm_run (sweep, &o, &array, &end, &error);
  sf_progress_end (&talk.progress);
  if (is_fine) {
    if (!run->is_quiet && array.job)
      fprintf (stderr,
               array.was_here ? _ ("array %s of %u tasks, submitted earlier: ")
                              : _ ("array %s of %u tasks: "),
               array.job, array.n_shards);
    status = say_end (invocation, sweep, run, &array, end);
  } else
    status = sf_cmd_error (invocation, error);
  sf_slurm_array_clear (&array);
  g_free (talk.reason);
  return status;
}
