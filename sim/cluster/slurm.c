/* slurm.c - the shards of a sweep as an array of Slurm jobs. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cluster/slurm.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sim/base/file.h"
#include "sim/experiment/stop.h"
#include "sim/cluster/call.h"
#include "sim/lang/lang.h"

/* Time limits of calls; sbatch itself retries when the controller is busy. */
#define SUBMIT_S 60
#define ASK_S 10
/* Between two questions: soon for short arrays, seldom for long ones. */
#define ASK_FIRST_S 0.3
#define ASK_LAST_S 10
/* A controller that says nothing for so long is taken for gone. */
#define SILENT_MAX_S 300
/* After scancel: tasks get TERM, commit, and are killed if they do not. */
#define CANCEL_MAX_S 60
#define BEAT_S 10
/* Tasks when nobody says how many: at most so many, of so many runs each. */
#define TASKS_MAX 64
#define TASK_RUNS 16
#define SLICE_US (G_USEC_PER_SEC / 10)

GQuark
sf_slurm_error_quark (void)
{
  return g_quark_from_static_string ("sf-slurm-error-quark");
}

void
sf_slurm_array_clear (SfSlurmArray *a)
{
  g_free (a->job);
  g_free (a->reason);
  *a = (SfSlurmArray){ 0 };
}

/* ---- Commands of Slurm ------------------------------------------------------------- */

static const char *
words_of (const SfCall *call)
{
  const char *said = *call->err ? call->err : call->out;
  return *said ? said : _ ("it gave no reason");
}

static gboolean
fail (const SfCall *call, const char *name, double limit_s, GError **error)
{
  if (call->end == SF_CALL_MISSING)
    g_set_error (
        error, SF_SLURM_ERROR, SF_SLURM_ERROR_MISSING,
        _ ("%s cannot be started (%s): is Slurm installed here? Without "
           "it, shards can be done by any other means (sweep run "
           "--shard)"),
        name, call->err);
  else if (call->end == SF_CALL_LATE)
    g_set_error (error, SF_SLURM_ERROR, SF_SLURM_ERROR_SILENT,
                 _ ("%s gave no answer in %g s; is slurmctld running?"), name,
                 limit_s);
  else
    g_set_error (error, SF_SLURM_ERROR, SF_SLURM_ERROR_REFUSED, "%s: %s", name,
                 words_of (call));
  return FALSE;
}

/* Counts the lines "STATE|REASON" of squeue. */
static void
count_tasks (SfSlurmArray *a, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  a->n_running = a->n_pending = 0;
  g_clear_pointer (&a->reason, g_free);
  for (char **line = lines; *line; line++) {
    const char *bar = strchr (*line, '|');
    if (!bar)
      continue;
    if (!g_str_has_prefix (*line, "PD")) {
      a->n_running++;
      continue;
    }
    a->n_pending++;
    if (!a->reason)
      a->reason = g_strdup (bar + 1);
  }
}

/* Whether the array is in the queue. FALSE without an error: it has left. An
 * error: the controller does not say. */
static gboolean
ask (SfSlurmArray *a, GError **error)
{
  const char *const argv[]
      = { "squeue", "-h", "-r", "-j", a->job, "-o", "%t|%r", NULL };
  g_auto (SfCall) call = { 0 };
  sf_call (&call, argv, ASK_S);
  if (call.end == SF_CALL_DONE && call.status == 0) {
    count_tasks (a, call.out);
    return a->n_running + a->n_pending > 0;
  }
  a->n_running = a->n_pending = 0;
  /* Long gone: the controller has forgotten the number. */
  if (call.end == SF_CALL_DONE && strstr (call.err, "Invalid job id"))
    return FALSE;
  return fail (&call, "squeue", ASK_S, error);
}

static void
cancel (const SfSlurmArray *a)
{
  const char *const argv[] = { "scancel", a->job, NULL };
  g_auto (SfCall) call = { 0 };
  sf_call (&call, argv, ASK_S);
}

/* ---- Submitting ----------------------------------------------------------------------- */

static char *
in_slurm (const SfSweep *sweep, const char *name)
{
  g_autofree char *folder = g_canonicalize_filename (sweep->folder, NULL);
  return g_build_filename (folder, "slurm", name, NULL);
}

static gboolean
write_text (const SfSweep *sweep, const char *name, const char *text,
            GError **error)
{
  g_autofree char *path = in_slurm (sweep, name);
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0777) == 0)
    return sf_file_write (path, text, strlen (text), error);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s",
               folder, g_strerror (errno));
  return FALSE;
}

static gboolean
write_job (const SfSweep *sweep, const SfSlurmOptions *o, guint n_shards,
           GError **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  if (!program)
    return FALSE;
  g_autofree char *folder = g_canonicalize_filename (sweep->folder, NULL);
  g_autofree char *quoted = g_shell_quote (program);
  g_autofree char *where = g_shell_quote (folder);
  g_autofree char *text = g_strdup_printf (
      "#!/bin/sh\n"
      "# One shard of the sweep, by the number of the array's task. Each task\n"
      "# commits what it has done and ends when it is told to (SIGTERM).\n"
      "exec %s sweep run %s -q%s \\\n"
      "  --shard \"$SLURM_ARRAY_TASK_ID/%u\" -j "
      "\"${SLURM_CPUS_PER_TASK:-1}\"\n",
      quoted, where, o->retries ? " --retry-failed" : "", n_shards);
  return write_text (sweep, "job.sh", text, error);
}

/* What tasks of an earlier array had to say. */
static void
forget_talk (const SfSweep *sweep)
{
  g_autofree char *folder = in_slurm (sweep, "");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = in_slurm (sweep, name);
    if (g_str_has_prefix (name, "task-"))
      g_unlink (path);
  }
}

static GPtrArray *
submission (const SfSweep *sweep, const SfSlurmOptions *o, guint n_shards)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *output = in_slurm (sweep, "task-%a.txt");
  g_ptr_array_add (argv, g_strdup ("sbatch"));
  g_ptr_array_add (argv, g_strdup ("--parsable"));
  g_ptr_array_add (argv, g_strdup_printf ("--job-name=%s", sweep->study->name));
  g_ptr_array_add (argv, g_strdup_printf ("--output=%s", output));
  g_ptr_array_add (argv, g_strdup ("--requeue"));
  g_ptr_array_add (
      argv, o->at_once > 0
                ? g_strdup_printf ("--array=0-%u%%%u", n_shards - 1, o->at_once)
                : g_strdup_printf ("--array=0-%u", n_shards - 1));
  if (o->jobs > 0)
    g_ptr_array_add (argv, g_strdup_printf ("--cpus-per-task=%u", o->jobs));
  for (const char *const *more = o->sbatch; more && *more; more++)
    g_ptr_array_add (argv, g_strdup (*more));
  g_ptr_array_add (argv, in_slurm (sweep, "job.sh"));
  g_ptr_array_add (argv, NULL);
  return argv;
}

static gboolean
submit (const SfSweep *sweep, const SfSlurmOptions *o, SfSlurmArray *a,
        GError **error)
{
  if (!write_job (sweep, o, a->n_shards, error))
    return FALSE;
  forget_talk (sweep);
  g_autoptr (GPtrArray) argv = submission (sweep, o, a->n_shards);
  g_auto (SfCall) call = { 0 };
  sf_call (&call, (const char *const *)argv->pdata, SUBMIT_S);
  if (call.end != SF_CALL_DONE || call.status != 0)
    return fail (&call, "sbatch", SUBMIT_S, error);
  /* "17", or "17;cluster". */
  a->job = g_strndup (call.out, strcspn (call.out, ";\n"));
  g_autofree char *text = g_strdup_printf ("%s %u\n", a->job, a->n_shards);
  return write_text (sweep, "array", text, error);
}

/* Tasks that could not be started (after a restart of the controller, say) are
 * held by Slurm itself, and nobody will release them. What the user or the
 * administrator holds (JobHeldUser, JobHeldAdmin), they may. */
static gboolean
is_stuck (const SfSlurmArray *a)
{
  return a->n_running == 0 && a->reason && strstr (a->reason, "requeued held");
}

/* The array of an earlier command that did not see its end. In place of one
 * that is stuck, which is cancelled, a new one is submitted. An error: the
 * controller does not say. */
static gboolean
find_earlier (const SfSweep *sweep, SfSlurmArray *a, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *path = in_slurm (sweep, "array");
  g_autofree char *text = NULL;
  guint64 n;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  g_auto (GStrv) words = g_strsplit (g_strstrip (text), " ", 2);
  if (!words[0] || !words[1]
      || !g_ascii_string_to_unsigned (words[1], 10, 1, 100000, &n, NULL))
    return FALSE;
  a->job = g_strdup (words[0]);
  a->n_shards = (guint)n;
  a->was_here = ask (a, &problem);
  if (problem) {
    /* Not to submit a second array that does the same. */
    g_propagate_prefixed_error (error, g_steal_pointer (&problem),
                                _ ("array %s may still be at work: "), a->job);
    return FALSE;
  }
  if (a->was_here && !is_stuck (a))
    return TRUE;
  if (a->was_here)
    cancel (a);
  sf_slurm_array_clear (a);
  return FALSE;
}

/* ---- Waiting ---------------------------------------------------------------------------- */

typedef struct {
  SfSweep *sweep;
  const SfSlurmOptions *options;
  SfSlurmArray *array;
  guint64 before, done, total; /* rows in the shards when it began; since */
  gint64 began, answered, beaten;
  double pause_s;
} Wait;

static double
seconds_since (gint64 then)
{
  return (double)(g_get_monotonic_time () - then) / G_USEC_PER_SEC;
}

/* Rows that count in a store. */
static guint64
rows_in (SfStore *store, gboolean retries)
{
  SfStoreCounts c;
  if (!sf_store_count (store, &c, NULL))
    return 0;
  guint64 n = c.states[SF_STORE_DONE];
  for (guint i = SF_STORE_DONE + 1; i < SF_STORE_N_STATES && !retries; i++)
    n += c.states[i];
  return n;
}

/* Rows in the shards of the array, which may be in the making. */
static guint64
rows_in_shards (const Wait *w)
{
  guint64 n = 0;
  for (guint i = 0; i < w->array->n_shards; i++) {
    g_autofree char *path
        = sf_sweep_shard_path (w->sweep->folder, i, w->array->n_shards);
    g_autoptr (SfStore) shard = NULL;
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      shard = sf_store_open (path, FALSE, NULL);
    n += shard ? rows_in (shard, w->options->retries) : 0;
  }
  return n;
}

static guint64
missing (const Wait *w)
{
  SfStoreCounts c;
  if (!sf_store_count (w->sweep->store, &c, NULL))
    return 0;
  guint64 there = rows_in (w->sweep->store, w->options->retries);
  return c.planned - MIN (there, c.planned);
}

/* Sleeps in slices, so that a signal is heard. */
static void
rest (Wait *w)
{
  for (gint64 from = g_get_monotonic_time ();
       seconds_since (from) < w->pause_s && sf_stop_count () == 0;)
    g_usleep (SLICE_US);
  w->pause_s = MIN (1.15 * w->pause_s, ASK_LAST_S);
  if (w->done >= w->total) /* the tasks are about to end */
    w->pause_s = ASK_FIRST_S;
}

static gboolean
look (Wait *w, SfSlurmEnd *end)
{
  SfSlurmArray *a = w->array;
  g_autoptr (GError) problem = NULL;
  gboolean is_there = ask (a, &problem);
  if (!problem)
    w->answered = g_get_monotonic_time ();
  a->silent_s = problem ? seconds_since (w->answered) : 0;
  guint64 now = rows_in_shards (w);
  w->done = now - MIN (now, w->before);
  if (w->options->news)
    w->options->news (a, w->done, w->total, w->options->data);
  *end = SF_SLURM_LEFT;
  if (!is_there && !problem)
    return FALSE;
  *end = SF_SLURM_ALL_DONE;
  /* Tasks that have done all are about to end by themselves. */
  if (w->done >= w->total && (problem || a->n_running == 0))
    return FALSE;
  *end = SF_SLURM_STUCK;
  if (is_stuck (a))
    return FALSE;
  *end = SF_SLURM_WAITED;
  if (seconds_since (w->began) > 3600 * w->options->wait_max_h)
    return FALSE;
  *end = SF_SLURM_SILENT;
  return a->silent_s <= SILENT_MAX_S;
}

/* Ends the array and waits for what its tasks still commit; asked again, it
 * does not wait. */
static void
end_array (const Wait *w)
{
  gint64 from = g_get_monotonic_time ();
  cancel (w->array);
  for (;;) {
    g_autoptr (GError) problem = NULL;
    if (!ask (w->array, &problem) || sf_stop_count () > 1
        || seconds_since (from) > CANCEL_MAX_S)
      return;
    g_usleep (2 * SLICE_US);
  }
}

static gboolean
wait_for_array (Wait *w, SfSlurmEnd *end, GError **error)
{
  while (look (w, end)) {
    rest (w);
    *end = SF_SLURM_INTERRUPTED;
    if (sf_stop_count () > 0)
      break;
    if (seconds_since (w->beaten) < BEAT_S)
      continue;
    w->beaten = g_get_monotonic_time ();
    if (!sf_store_beat (w->sweep->store, w->total - MIN (w->total, w->done),
                        error)
        || !sf_store_commit (w->sweep->store, error))
      return FALSE;
  }
  if (*end == SF_SLURM_INTERRUPTED || *end == SF_SLURM_ALL_DONE
      || *end == SF_SLURM_STUCK)
    end_array (w);
  return TRUE;
}

/* ---- All of it ------------------------------------------------------------------------- */

static gboolean
merge (SfSweep *sweep, GError **error)
{
  guint64 n_new;
  guint n_shards;
  return sf_sweep_merge_shards (sweep, &n_new, &n_shards, error)
         && sf_store_settle (sweep->store, error);
}

static gboolean
submit_and_wait (Wait *w, SfSlurmEnd *end, GError **error)
{
  SfSlurmArray *a = w->array;
  w->total = missing (w);
  g_autoptr (GError) problem = NULL;
  if (!find_earlier (w->sweep, a, &problem)) {
    if (problem) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
    *end = SF_SLURM_LEFT;
    if (w->total == 0)
      return TRUE;
    guint n = (guint)CLAMP (w->total / TASK_RUNS, 1, TASKS_MAX);
    a->n_shards = w->options->n_tasks > 0 ? w->options->n_tasks : n;
    a->n_shards = (guint)MIN (a->n_shards, w->total);
    if (!submit (w->sweep, w->options, a, error))
      return FALSE;
  }
  w->before = rows_in_shards (w);
  w->began = w->answered = w->beaten = g_get_monotonic_time ();
  w->pause_s = ASK_FIRST_S;
  return wait_for_array (w, end, error);
}

gboolean
sf_slurm_run (SfSweep *sweep, const SfSlurmOptions *options,
              SfSlurmArray *array, SfSlurmEnd *end, GError **error)
{
  Wait w = { .sweep = sweep, .options = options, .array = array };
  *array = (SfSlurmArray){ 0 };
  /* What an earlier array left counts, and other machines read the store. */
  if (!merge (sweep, error)
      || !sf_store_begin_session (sweep->store, "slurm", g_get_host_name (),
                                  options->n_tasks, error))
    return FALSE;
  sf_stop_begin ();
  gboolean is_fine = submit_and_wait (&w, end, error);
  sf_stop_end ();
  g_autoptr (GError) problem = NULL;
  gboolean is_kept = merge (sweep, &problem)
                     && sf_store_end_session (sweep->store, &problem);
  if (is_fine && !is_kept)
    g_propagate_error (error, g_steal_pointer (&problem));
  return is_fine && is_kept;
}
