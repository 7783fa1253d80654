/* sweep-verbs.c - planning, running and looking after a sweep. SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/progress.h"
#include "sim/cli/sweep.h"
#include "sim/sweep/drive.h"

/* A session that gave no sign for so long is taken for dead. */
#define STALE_S 30

/* ---- What verbs share ------------------------------------------------------------- */

SfStudy *
sf_sweep_verb_study (const SfInvocation *invocation, const char *path,
                     SfExit *status)
{
  (void)invocation;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfStudy *study = sf_study_read (path, sf_cmd_models (), mistakes);
  if (!study)
    *status = sf_cmd_mistakes (mistakes);
  return study;
}

char *
sf_sweep_folder_for (const SfStudy *study, const char *output)
{
  return output ? g_strdup (output) : g_strconcat (study->name, "-sweep", NULL);
}

static gboolean
has_one_target (const SfInvocation *invocation, SfExit *status)
{
  if (invocation->argc == 2)
    return TRUE;
  *status = sf_cmd_usage (invocation, invocation->argc < 2
                                          ? "which study, or which folder?"
                                          : "one study at a time");
  return FALSE;
}

SfSweep *
sf_sweep_verb_open (const SfInvocation *invocation, const char *output,
                    SfSweepMode mode, SfExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStudy) study = NULL;
  g_autofree char *folder = NULL;
  if (!has_one_target (invocation, status))
    return NULL;
  const char *target = invocation->argv[1];
  if (g_file_test (target, G_FILE_TEST_IS_DIR))
    folder = g_strdup (target);
  else {
    study = sf_sweep_verb_study (invocation, target, status);
    if (!study)
      return NULL;
    folder = sf_sweep_folder_for (study, output);
  }
  SfSweep *sweep = sf_sweep_open (folder, sf_cmd_models (), mode, &error);
  if (sweep && study && mode != SF_SWEEP_READ
      && !sf_sweep_check (sweep->store, study, sf_cmd_models (), &error))
    g_clear_pointer (&sweep, sf_sweep_free);
  if (!sweep)
    *status = sf_cmd_error (invocation, error);
  return sweep;
}

/* "1.5 GB" and the like, without locale. */
static void
print_bytes (const char *label, double bytes)
{
  static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB" };
  guint i = 0;
  for (; bytes >= 1000 && i + 1 < G_N_ELEMENTS (units); i++)
    bytes /= 1000;
  printf ("%s%.3g %s\n", label, bytes, units[i]);
}

/* ---- plan -------------------------------------------------------------------------- */

static void
print_factor (const SfStudy *study, guint i)
{
  const SfStudyFactor *f = &study->factors[i];
  printf ("  %-24s ", f->id);
  switch (f->kind) {
  case SF_FACTOR_LEVER:
    printf ("lever, off or on: %s\n", f->lever);
    return;
  case SF_FACTOR_DUMMY:
    printf ("dummy that changes nothing\n");
    return;
  case SF_FACTOR_CATEGORY: {
    g_autofree char *words = g_strjoinv (", ", f->words);
    printf ("one of %s\n", words);
    return;
  }
  case SF_FACTOR_NUMBER:
    break;
  }
  double low = sf_study_value (study, i, 1e-3, FALSE);
  double high = sf_study_value (study, i, 1 - 1e-3, FALSE);
  if (f->n_levels > 0)
    printf ("%u levels, ", f->n_levels);
  printf ("%g to %g%s%s\n", isnan (f->low) ? low : f->low,
          isnan (f->high) ? high : f->high, *f->unit ? " " : "", f->unit);
}

/* Seconds that one run of the first point takes, by doing one; its row is
 * thrown away. */
static double
probe (const SfSweep *sweep, GError **error)
{
  g_autoptr (SfWorker) worker = sf_worker_new (sweep->study, sf_cmd_models ());
  SfWire wire = sf_wire_new (sweep->study);
  g_autofree guint8 *row = g_malloc0 (wire.row_size);
  g_autofree double *values = g_new0 (double, wire.n_values + 1);
  SfStoreTask task = { .values = values };
  double cpu_s = NAN;
  if (!sf_store_task (sweep->store, 0, &task, error))
    return NAN;
  for (guint i = 0; i < 2; i++) { /* the first one compiles the scenario */
    sf_worker_run (worker, &task, NULL, row);
    cpu_s = sf_wire_row (&wire, row).cpu_s;
  }
  return cpu_s;
}

static void
print_cost (const SfSweep *sweep, guint64 runs, double run_s)
{
  SfWire wire = sf_wire_new (sweep->study);
  double bytes = 150 + 9.0 * wire.n_outcomes + 4.0 * (double)wire.n_floats;
  double points = (double)runs / sweep->study->replications_count;
  bytes = bytes * (double)runs + points * (16 + 9.0 * wire.n_values);
  print_bytes ("on disk: about ", bytes);
  if (isnan (run_s)) {
    printf ("time: not known before a run is timed (plan --probe does one)\n");
    return;
  }
  double hours = (double)runs * run_s / 3600;
  printf ("time: %.3g s a run, %.3g processor hours; %.3g hours on %u "
          "processors here\n",
          run_s, hours, hours / g_get_num_processors (),
          g_get_num_processors ());
}

static void
print_design (const SfStudy *study)
{
  g_autofree char *aliases
      = study->design.kind == SF_DESIGN_FRACTIONAL
            ? sf_design_alias_text (&study->design, NULL, NULL)
            : NULL;
  printf ("factors:\n");
  for (guint i = 0; i < study->n_factors; i++)
    print_factor (study, i);
  if (aliases)
    printf ("%s", aliases);
}

static SfExit
plan (const SfInvocation *invocation, SfStudy *study, const char *output,
      gboolean wants_probe)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = sf_sweep_folder_for (study, output);
  guint64 n_dropped = 0;
  g_autoptr (SfSweep) sweep
      = sf_sweep_new (study, sf_cmd_models (), folder, &n_dropped, &error);
  if (!sweep)
    return sf_cmd_error (invocation, error);
  SfStoreCounts counts;
  double run_s = NAN;
  if (!sf_store_count (sweep->store, &counts, &error))
    return sf_cmd_error (invocation, error);
  if (wants_probe)
    run_s = probe (sweep, &error);
  print_design (study);
  printf ("design: %s, %" PRIu64 " points",
          sf_design_kind_word (study->design.kind), counts.points);
  if (n_dropped > 0)
    printf (" (%" PRIu64 " more break a constraint and are left out)",
            n_dropped);
  printf ("\nruns: %" PRIu64 " (%g of each point)\n", counts.planned,
          study->replications_count);
  print_cost (sweep, counts.planned, run_s);
  fflush (stdout); /* before what is written is told */
  fprintf (stderr, "Written: %s\nNext: shortfall sweep run %s\n", folder,
           folder);
  return SF_EXIT_DONE;
}

SfExit
sf_sweep_verb_plan (SfInvocation *invocation)
{
  g_autofree char *output = NULL;
  gboolean wants_probe = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      "Folder of the sweep (default: NAME-sweep)", "DIR" },
    { "probe", 0, 0, G_OPTION_ARG_NONE, &wants_probe,
      "Time one run of the first point, to estimate the time", NULL },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries,
                     "shortfall sweep plan scenarios/sweeps/two-roads.json",
                     "STUDY.json",
                     "Reads a study, writes every point into a new folder, "
                     "prints how many runs that are\nand what they cost. "
                     "Nothing runs.",
                     &status)
      || !has_one_target (invocation, &status))
    return status;
  SfStudy *study
      = sf_sweep_verb_study (invocation, invocation->argv[1], &status);
  return study ? plan (invocation, study, output, wants_probe) : status;
}

/* ---- run ----------------------------------------------------------------------------- */

typedef struct {
  char *output, *shard_text;
  gint jobs, replications;
  gint64 most;
  gboolean retries, is_quiet;
  guint shard, n_shards;
} RunOptions;

/* Reads "3/16": shard 3, counted from 0, of 16. */
static gboolean
parse_shard (RunOptions *o)
{
  guint64 shard, n;
  o->n_shards = 1;
  if (!o->shard_text)
    return TRUE;
  g_auto (GStrv) parts = g_strsplit (o->shard_text, "/", 2);
  if (!parts[0] || !parts[1]
      || !g_ascii_string_to_unsigned (parts[0], 10, 0, 99999, &shard, NULL)
      || !g_ascii_string_to_unsigned (parts[1], 10, 1, 100000, &n, NULL)
      || shard >= n)
    return FALSE;
  o->shard = (guint)shard;
  o->n_shards = (guint)n;
  return TRUE;
}

static SfExit
say_outcome (const SfInvocation *invocation, SfStore *store,
             const SfDriveOutcome *out, const RunOptions *o, double seconds)
{
  guint64 n = 0;
  for (guint i = 0; i < SF_STORE_N_STATES; i++)
    n += out->states[i];
  guint64 bad = n - out->states[SF_STORE_DONE];
  SfStoreCounts counts = { 0 };
  sf_store_count (store, &counts, NULL);
  guint64 bad_all = 0;
  for (guint i = SF_STORE_DONE + 1; i < SF_STORE_N_STATES; i++)
    bad_all += counts.states[i];
  if (!o->is_quiet)
    fprintf (stderr,
             "%" PRIu64 " runs in %.1f s, %.1f ms of processor time each; "
             "%" PRIu64 " of %" PRIu64 " planned are done\n",
             n, seconds,
             1e3 * counts.cpu_s / MAX (1, (double)(counts.states[0] + bad_all)),
             counts.states[SF_STORE_DONE], counts.planned);
  if (bad_all > 0)
    fprintf (stderr,
             "shortfall %s: %" PRIu64 " runs failed, %" PRIu64
             " of them now; their rows say why (sweep status; --retry-failed "
             "does them again)\n",
             invocation->argv[0], bad_all, bad);
  if (out->was_interrupted)
    fprintf (stderr, "shortfall %s: stopped; the same command does the rest\n",
             invocation->argv[0]);
  return bad_all > 0 || out->was_interrupted ? SF_EXIT_FAILED : SF_EXIT_DONE;
}

static SfExit
run_sweep (const SfInvocation *invocation, SfSweep *sweep, const RunOptions *o)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStore) shard = NULL;
  guint jobs = o->jobs > 0 ? (guint)o->jobs : g_get_num_processors ();
  if (o->shard_text)
    shard = sf_sweep_open_shard (sweep, sf_cmd_models (), o->shard, o->n_shards,
                                 &error);
  if (error)
    return sf_cmd_error (invocation, error);
  SfStore *store = shard ? shard : sweep->store;
  if (o->replications > 0
      && (!sf_store_set_replications (store, (guint)o->replications, &error)
          || !sf_store_commit (store, &error)))
    return sf_cmd_error (invocation, error);
  g_autoptr (SfWorker) worker = sf_worker_new (sweep->study, sf_cmd_models ());
  if (!sf_worker_prepare (worker, &error))
    return sf_cmd_error (invocation, error);
  g_autoptr (SfCrew) crew = sf_crew_new (worker, sweep->study, jobs);
  SfEngine engine = sf_crew_engine (crew);
  SfProgress progress = sf_progress_begin (o->is_quiet);
  SfDriveOptions options = { .shard = o->shard,
                             .n_shards = o->n_shards,
                             .retries = o->retries,
                             .most = (guint64)MAX (o->most, 0),
                             .progress = sf_progress_step,
                             .progress_data = &progress };
  SfDriveOutcome out;
  gint64 began = g_get_monotonic_time ();
  gboolean is_fine
      = sf_drive_run (sweep->study, store, &engine, &options, &out, &error);
  sf_progress_end (&progress);
  if (!is_fine)
    return sf_cmd_error (invocation, error);
  return say_outcome (invocation, store, &out, o,
                      (double)(g_get_monotonic_time () - began)
                          / G_USEC_PER_SEC);
}

/* A study without a folder yet is planned first. */
static gboolean
plan_if_new (const SfInvocation *invocation, const RunOptions *o,
             SfExit *status)
{
  const char *target = invocation->argv[1];
  g_autoptr (GError) error = NULL;
  if (g_file_test (target, G_FILE_TEST_IS_DIR))
    return TRUE;
  SfStudy *study = sf_sweep_verb_study (invocation, target, status);
  if (!study)
    return FALSE;
  g_autofree char *folder = sf_sweep_folder_for (study, o->output);
  g_autofree char *path = sf_sweep_store_path (folder);
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    sf_study_free (study);
    return TRUE;
  }
  g_autoptr (SfSweep) sweep
      = sf_sweep_new (study, sf_cmd_models (), folder, NULL, &error);
  if (!sweep)
    *status = sf_cmd_error (invocation, error);
  else if (!o->is_quiet)
    fprintf (stderr, "Planned: %s\n", folder);
  return sweep != NULL;
}

static SfExit
do_run (SfInvocation *invocation, RunOptions *o)
{
  SfExit status;
  if (!has_one_target (invocation, &status))
    return status;
  if (!parse_shard (o))
    return sf_cmd_usage (invocation,
                         "--shard takes I/N with I from 0 to N - 1");
  if (o->jobs < 0 || o->jobs > 1024)
    return sf_cmd_usage (invocation, "-j takes 1 to 1024 workers");
  if (o->replications < 0 || o->replications > 1000000)
    return sf_cmd_usage (invocation, "-n takes 1 to 1000000 replications");
  if (!plan_if_new (invocation, o, &status))
    return status;
  g_autoptr (SfSweep) sweep = sf_sweep_verb_open (
      invocation, o->output, o->shard_text ? SF_SWEEP_INPUTS : SF_SWEEP_WRITE,
      &status);
  return sweep ? run_sweep (invocation, sweep, o) : status;
}

SfExit
sf_sweep_verb_run (SfInvocation *invocation)
{
  RunOptions o = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
      "Folder of the sweep (default: NAME-sweep)", "DIR" },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &o.jobs,
      "Worker processes (default: one a processor)", "N" },
    { "replications", 'n', 0, G_OPTION_ARG_INT, &o.replications,
      "Raise the replications of every point to so many", "N" },
    { "retry-failed", 0, 0, G_OPTION_ARG_NONE, &o.retries,
      "Do runs again that failed, crashed or took too long", NULL },
    { "most", 0, 0, G_OPTION_ARG_INT64, &o.most, "Stop after so many runs",
      "N" },
    { "shard", 0, 0, G_OPTION_ARG_STRING, &o.shard_text,
      "Do every N-th run, from the I-th on, into a shard of its own", "I/N" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.is_quiet,
      "Say nothing unless something is wrong", NULL },
    { NULL },
  };
  SfExit status;
  if (sf_cmd_parse (invocation, entries,
                    "shortfall sweep run scenarios/sweeps/two-roads.json",
                    "STUDY.json | FOLDER",
                    "Does the runs of a sweep that have no row yet. Stopped or "
                    "killed, the same command goes\non; a study that has no "
                    "folder yet is planned first. Results do not depend on the "
                    "number\nof workers.",
                    &status))
    status = do_run (invocation, &o);
  g_free (o.output);
  g_free (o.shard_text);
  return status;
}

/* ---- status ----------------------------------------------------------------------------- */

typedef struct {
  guint64 in_hand, n_alive, n_stale;
} Sessions;

static void
print_session (const char *engine, const char *host, gint64 pid,
               guint64 in_hand, double silent_s, gpointer data)
{
  Sessions *s = data;
  if (silent_s < STALE_S) {
    s->n_alive++;
    s->in_hand += in_hand;
    printf ("at work: %s, process %" PRId64 " on %s\n", engine, pid, host);
  } else
    s->n_stale++;
}

static void
print_cause (const char *state, const char *message, guint64 n, gpointer data)
{
  (void)data;
  g_autofree char *safe = sf_text_safe (message ? message : "", -1);
  printf ("  %6" PRIu64 "  %s: %s\n", n, state, safe);
}

static SfExit
print_status (const SfInvocation *invocation, SfStore *store)
{
  g_autoptr (GError) error = NULL;
  SfStoreCounts c;
  Sessions sessions = { 0 };
  if (!sf_store_count (store, &c, &error)
      || !sf_store_sessions (store, print_session, &sessions, &error))
    return sf_cmd_error (invocation, error);
  guint64 bad = 0;
  for (guint i = SF_STORE_DONE + 1; i < SF_STORE_N_STATES; i++)
    bad += c.states[i];
  guint64 left = c.planned - MIN (c.planned, c.states[SF_STORE_DONE] + bad);
  printf ("planned  %" PRIu64 " runs of %" PRIu64 " points\n", c.planned,
          c.points);
  for (guint i = 0; i < SF_STORE_N_STATES; i++)
    printf ("%-8s %" PRIu64 "\n", sf_store_state_names[i], c.states[i]);
  printf ("%-8s %" PRIu64 "\n%-8s %" PRIu64 "\n", "running", sessions.in_hand,
          "left", left);
  if (sessions.n_stale > 0)
    printf ("stale    %" PRIu64 " sessions ended without a word; what they had "
            "not committed is still to be done\n",
            sessions.n_stale);
  if (c.states[SF_STORE_DONE] + bad > 0)
    printf ("time     %.3g s of processor time a run; about %.3g processor "
            "hours left\n",
            c.cpu_s / (double)(c.states[SF_STORE_DONE] + bad),
            c.cpu_s / (double)(c.states[SF_STORE_DONE] + bad) * (double)left
                / 3600);
  if (bad > 0) {
    printf ("causes, most frequent first:\n");
    sf_store_causes (store, 10, print_cause, NULL, &error);
  }
  return error ? sf_cmd_error (invocation, error) : SF_EXIT_DONE;
}

SfExit
sf_sweep_verb_status (SfInvocation *invocation)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      "Folder of the sweep (default: NAME-sweep)", "DIR" },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries,
                     "shortfall sweep status two-roads-sweep",
                     "STUDY.json | FOLDER",
                     "Says how many runs are done, failed, running and left, "
                     "who is at work, and why runs\nfailed. Safe while the "
                     "sweep runs.",
                     &status))
    return status;
  g_autoptr (SfSweep) sweep
      = sf_sweep_verb_open (invocation, output, SF_SWEEP_READ, &status);
  return sweep ? print_status (invocation, sweep->store) : status;
}

/* ---- merge ------------------------------------------------------------------------------- */

SfExit
sf_sweep_verb_merge (SfInvocation *invocation)
{
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      "Folder of the sweep (default: NAME-sweep)", "DIR" },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries,
                     "shortfall sweep merge two-roads-sweep",
                     "STUDY.json | FOLDER",
                     "Takes the rows of all shards in the folder into the "
                     "store. Doing it twice changes\nnothing.",
                     &status))
    return status;
  g_autoptr (SfSweep) sweep
      = sf_sweep_verb_open (invocation, output, SF_SWEEP_WRITE, &status);
  if (!sweep)
    return status;
  guint64 n_new;
  guint n_shards;
  if (!sf_sweep_merge_shards (sweep, &n_new, &n_shards, &error))
    return sf_cmd_error (invocation, error);
  printf ("%" PRIu64 " new rows from %u shards\n", n_new, n_shards);
  return SF_EXIT_DONE;
}
