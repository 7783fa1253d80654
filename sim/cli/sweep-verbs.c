/* sweep-verbs.c - planning and looking after a sweep. SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/sweep.h"
#include "sim/lang/lang.h"
#include "sim/sweep/worker.h"

/* A session that gave no sign for so long is taken for dead. */
#define STALE_S 30

/* ---- plan -------------------------------------------------------------------------- */

/* "1.5 GB" and the like, without locale. */
static void
print_bytes (double bytes)
{
  static const char *const units[]
      = { N_ ("bytes"), N_ ("kB"), N_ ("MB"), N_ ("GB"), N_ ("TB") };
  guint i = 0;
  for (; bytes >= 1000 && i + 1 < G_N_ELEMENTS (units); i++)
    bytes /= 1000;
  printf (_ ("on disk: about %s %s\n"), sf_lang_real ("%.3g", bytes).text,
          _ (units[i]));
}

static void
print_factor (const SfStudy *study, guint i)
{
  const SfStudyFactor *f = &study->factors[i];
  printf ("  %-24s ", f->id);
  switch (f->kind) {
  case SF_FACTOR_LEVER:
    printf (_ ("lever, off or on: %s\n"), f->lever);
    return;
  case SF_FACTOR_DUMMY:
    printf (_ ("dummy that changes nothing\n"));
    return;
  case SF_FACTOR_CATEGORY: {
    g_autofree char *words = g_strjoinv (", ", f->words);
    printf (_ ("one of %s\n"), words);
    return;
  }
  case SF_FACTOR_NUMBER:
    break;
  }
  double low = sf_study_value (study, i, 1e-3, FALSE);
  double high = sf_study_value (study, i, 1 - 1e-3, FALSE);
  low = isnan (f->low) ? low : f->low;
  high = isnan (f->high) ? high : f->high;
  const char *space = *f->unit ? " " : "";
  if (f->n_levels > 0)
    printf (_ ("%u levels, %s to %s%s%s\n"), f->n_levels,
            sf_lang_real ("%g", low).text, sf_lang_real ("%g", high).text,
            space, f->unit);
  else
    printf (_ ("%s to %s%s%s\n"), sf_lang_real ("%g", low).text,
            sf_lang_real ("%g", high).text, space, f->unit);
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

/* "40 ms", "12 s", "3.5 min", "7 h"; to be freed. */
static char *
duration (double time_s)
{
  if (time_s < 1)
    return g_strdup_printf (_ ("%s ms"),
                            sf_lang_real ("%.3g", 1e3 * time_s).text);
  if (time_s < 120)
    return g_strdup_printf (_ ("%s s"), sf_lang_real ("%.3g", time_s).text);
  return time_s < 7200
             ? g_strdup_printf (_ ("%s min"),
                                sf_lang_real ("%.3g", time_s / 60).text)
             : g_strdup_printf (_ ("%s h"),
                                sf_lang_real ("%.3g", time_s / 3600).text);
}

static void
print_cost (const SfSweep *sweep, guint64 runs, double run_s)
{
  SfWire wire = sf_wire_new (sweep->study);
  double bytes = 150 + 9.0 * wire.n_outcomes + 4.0 * (double)wire.n_floats;
  double points = (double)runs / sweep->study->replications_count;
  bytes = bytes * (double)runs + points * (16 + 9.0 * wire.n_values);
  print_bytes (bytes);
  const char *how = _ ("timed");
  if (isnan (run_s)) {
    run_s = sf_study_guess_s (sweep->study);
    how = _ ("a guess from its traffic; --probe times one");
  }
  g_autofree char *one = duration (run_s);
  g_autofree char *all = duration ((double)runs * run_s);
  g_autofree char *here
      = duration ((double)runs * run_s / g_get_num_processors ());
  printf (_ ("time: about %s a run (%s), %s of processor time; %s on %u "
             "processors here\n"),
          one, how, all, here, g_get_num_processors ());
}

static void
print_design (const SfStudy *study)
{
  g_autofree char *aliases
      = study->design.kind == SF_DESIGN_FRACTIONAL
            ? sf_design_alias_text (&study->design, NULL, NULL)
            : NULL;
  printf (_ ("factors:\n"));
  for (guint i = 0; i < study->n_factors; i++)
    print_factor (study, i);
  if (aliases)
    printf ("%s", aliases);
}

static SfExit
say_planned (const char *folder)
{
  g_autofree char *next = sf_cmd_pasted ("shortfall sweep run");
  g_autofree char *path = sf_cmd_word (folder);
  fprintf (stderr,
           _ ("shortfall sweep plan: %s holds a sweep already; go on with it: "
              "%s %s, or name another folder with -o\n"),
           folder, next, path);
  return SF_EXIT_FAILED;
}

static SfExit
plan (const SfInvocation *invocation, SfStudy *study, const char *output,
      gboolean wants_probe)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = sf_sweep_folder_for (study, output);
  g_autofree char *path = sf_sweep_store_path (folder);
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    sf_study_free (study);
    return say_planned (folder);
  }
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
  const char *kind = sf_design_kind_word (study->design.kind);
  if (n_dropped > 0)
    printf (_ ("design: %s, %ju points (%ju more break a constraint and are "
               "left out)\n"),
            kind, (uintmax_t)counts.points, (uintmax_t)n_dropped);
  else
    printf (_ ("design: %s, %ju points\n"), kind, (uintmax_t)counts.points);
  printf (_ ("runs: %ju (%s of each point)\n"), (uintmax_t)counts.planned,
          sf_lang_real ("%g", study->replications_count).text);
  print_cost (sweep, counts.planned, run_s);
  fflush (stdout); /* before what is written is told */
  g_autofree char *next = sf_cmd_pasted ("shortfall sweep run");
  g_autofree char *word = sf_cmd_word (folder);
  sf_cmd_say (_ ("Written: %s\nNext: %s %s\n"), folder, next, word);
  return SF_EXIT_DONE;
}

SfExit
sf_sweep_verb_plan (SfInvocation *invocation)
{
  g_autofree char *output = NULL;
  gboolean wants_probe = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("Folder of the sweep (default: NAME-sweep)"), "DIR" },
    { "probe", 0, 0, G_OPTION_ARG_NONE, &wants_probe,
      N_ ("Time one run of the first point, to estimate the time"), NULL },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries,
                     "shortfall sweep plan scenarios/sweeps/two-roads.json",
                     "STUDY.json",
                     N_ ("Reads a study, writes every point into a new folder, "
                         "prints how many runs that are\nand what they cost. "
                         "Nothing runs."),
                     &status)
      || !sf_sweep_verb_has_target (invocation, &status))
    return status;
  SfStudy *study
      = sf_sweep_verb_study (invocation, invocation->argv[1], &status);
  return study ? plan (invocation, study, output, wants_probe) : status;
}

/* ---- status ----------------------------------------------------------------------------- */

typedef struct {
  guint64 in_hand, n_alive, n_stale;
} Sessions;

/* A process of this machine that is gone needs no waiting for its sign. */
static gboolean
is_known_dead (const char *host, gint64 pid)
{
  return strcmp (host, g_get_host_name ()) == 0 && kill ((pid_t)pid, 0) != 0
         && errno == ESRCH;
}

static void
print_session (const char *engine, const char *host, gint64 pid,
               guint64 in_hand, double silent_s, gpointer data)
{
  Sessions *s = data;
  if (silent_s < STALE_S && !is_known_dead (host, pid)) {
    s->n_alive++;
    s->in_hand += in_hand;
    printf (_ ("at work: %s, process %jd on %s\n"), engine, (intmax_t)pid,
            host);
  } else
    s->n_stale++;
}

static void
print_cause (const char *state, const char *message, guint64 n, gpointer data)
{
  (void)data;
  g_autofree char *safe = sf_text_safe (message ? message : "", -1);
  printf ("  %6" PRIu64 "  %s: %s\n", n, _ (state), safe);
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
  printf (_ ("planned  %ju runs of %ju points\n"), (uintmax_t)c.planned,
          (uintmax_t)c.points);
  for (guint i = 0; i < SF_STORE_N_STATES; i++)
    printf ("%-8s %" PRIu64 "\n", _ (sf_store_state_names[i]), c.states[i]);
  printf ("%-8s %" PRIu64 "\n%-8s %" PRIu64 "\n", _ ("running"),
          sessions.in_hand, _ ("left"), left);
  if (sessions.n_stale > 0)
    printf (_ ("stale    %ju sessions ended without a word; what they had not "
               "committed is still to be done\n"),
            (uintmax_t)sessions.n_stale);
  if (c.states[SF_STORE_DONE] + bad > 0)
    printf (
        _ ("time     %s s of processor time a run; about %s processor "
           "hours left\n"),
        sf_lang_real ("%.3g", c.cpu_s / (double)(c.states[SF_STORE_DONE] + bad))
            .text,
        sf_lang_real ("%.3g", c.cpu_s / (double)(c.states[SF_STORE_DONE] + bad)
                                  * (double)left / 3600)
            .text);
  if (bad > 0) {
    printf (_ ("causes, most frequent first:\n"));
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
      N_ ("Folder of the sweep (default: NAME-sweep)"), "DIR" },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (
          invocation, entries, "shortfall sweep status two-roads-sweep",
          "STUDY.json | FOLDER",
          N_ ("Says how many runs are done, failed, running and left, "
              "who is at work, and why runs\nfailed. Safe while the "
              "sweep runs."),
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
      N_ ("Folder of the sweep (default: NAME-sweep)"), "DIR" },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries,
                     "shortfall sweep merge two-roads-sweep",
                     "STUDY.json | FOLDER",
                     N_ ("Takes the rows of all shards in the folder into the "
                         "store. Doing it twice changes\nnothing."),
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
  printf (_ ("%ju new rows from %u shards\n"), (uintmax_t)n_new, n_shards);
  return SF_EXIT_DONE;
}
