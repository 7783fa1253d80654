/* sweep-common.c - what the verbs of a sweep share. SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/cli/load.h"
#include "sim/cli/progress.h"
#include "sim/cli/sweep.h"
#include "sim/lang/lang.h"

/* ---- Opening --------------------------------------------------------------------- */

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

gboolean
sf_sweep_verb_has_target (const SfInvocation *invocation, SfExit *status)
{
  if (invocation->argc == 2)
    return TRUE;
  *status = sf_cmd_usage (invocation, invocation->argc < 2
                                          ? _ ("which study, or which folder?")
                                          : _ ("one study at a time"));
  return FALSE;
}

SfSweep *
sf_sweep_verb_open (const SfInvocation *invocation, const char *output,
                    SfSweepMode mode, SfExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStudy) study = NULL;
  g_autofree char *folder = NULL;
  if (!sf_sweep_verb_has_target (invocation, status))
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
  g_autofree char *path = sf_sweep_store_path (folder);
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    *status = sf_cmd_usage (
        invocation,
        _ ("%s holds no sweep; \"shortfall sweep run STUDY.json\" makes one"),
        folder);
    return NULL;
  }
  SfSweep *sweep = sf_sweep_open (folder, sf_cmd_models (), mode, &error);
  if (sweep && study && mode != SF_SWEEP_READ
      && !sf_sweep_check (sweep->store, study, sf_cmd_models (), &error))
    g_clear_pointer (&sweep, sf_sweep_free);
  if (!sweep)
    *status = sf_cmd_error (invocation, error);
  return sweep;
}

/* ---- Running ---------------------------------------------------------------------- */

/* A study without a folder yet is planned first. */
static gboolean
plan_if_new (const SfInvocation *invocation, const SfSweepRun *o,
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
    fprintf (stderr, _ ("Planned: %s\n"), folder);
  return sweep != NULL;
}

gboolean
sf_sweep_run_check (const SfInvocation *invocation, const SfSweepRun *o,
                    SfExit *status)
{
  if (!sf_sweep_verb_has_target (invocation, status))
    return FALSE;
  const char *wrong = sf_cmd_numbers_wrong (o->replications, 0);
  if (!wrong && o->most < 0)
    wrong = _ ("--most takes 1 or more runs");
  if (wrong)
    *status = sf_cmd_usage (invocation, "%s", wrong);
  return !wrong;
}

SfSweep *
sf_sweep_run_open (const SfInvocation *invocation, const SfSweepRun *o,
                   SfSweepMode mode, SfExit *status)
{
  if (!plan_if_new (invocation, o, status))
    return NULL;
  return sf_sweep_verb_open (invocation, o->output, mode, status);
}

gboolean
sf_sweep_run_raise (SfStore *store, const SfSweepRun *o, GError **error)
{
  return o->replications == 0
         || (sf_store_set_replications (store, (guint)o->replications, error)
             && sf_store_commit (store, error));
}

void
sf_sweep_run_say_bad (const SfInvocation *invocation, guint64 bad_all,
                      guint64 bad_now)
{
  g_autofree char *name = sf_cmd_name (invocation);
  if (bad_now > 0)
    sf_cmd_alarm (_ ("%s: %ju runs failed, %ju of them now; their rows say why "
                     "(sweep status; --retry-failed does them again)\n"),
                  name, (uintmax_t)bad_all, (uintmax_t)bad_now);
  else
    sf_cmd_alarm (_ ("%s: %ju runs failed; their rows say why (sweep status; "
                     "--retry-failed does them again)\n"),
                  name, (uintmax_t)bad_all);
}

static SfExit
say_outcome (const SfInvocation *invocation, SfStore *store,
             const SfDriveOutcome *out, const SfSweepRun *o, double seconds)
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
             _ ("%ju runs in %s s, %s ms of processor time each; %ju of "
                "%ju planned are done\n"),
             (uintmax_t)n, sf_lang_real ("%.1f", seconds).text,
             sf_lang_real ("%.1f",
                           1e3 * counts.cpu_s
                               / MAX (1, (double)(counts.states[0] + bad_all)))
                 .text,
             (uintmax_t)counts.states[SF_STORE_DONE],
             (uintmax_t)counts.planned);
  if (bad_all > 0)
    sf_sweep_run_say_bad (invocation, bad_all, bad);
  g_autofree char *name = sf_cmd_name (invocation);
  if (out->was_interrupted)
    fprintf (stderr, _ ("%s: stopped; the same command does the rest\n"), name);
  return bad_all > 0 || out->was_interrupted ? SF_EXIT_FAILED : SF_EXIT_DONE;
}

SfExit
sf_sweep_run_on (const SfInvocation *invocation, const SfStudy *study,
                 SfStore *store, const SfEngine *engine, const SfSweepRun *o)
{
  g_autoptr (GError) error = NULL;
  SfProgress progress = sf_progress_begin (o->is_quiet);
  SfDriveOptions options = { .shard = o->shard,
                             .n_shards = MAX (o->n_shards, 1),
                             .retries = o->retries,
                             .most = (guint64)MAX (o->most, 0),
                             .progress = sf_progress_step,
                             .progress_data = &progress };
  SfDriveOutcome out;
  gint64 began = g_get_monotonic_time ();
  gboolean is_fine
      = sf_drive_run (study, store, engine, &options, &out, &error);
  sf_progress_end (&progress);
  if (!is_fine)
    return sf_cmd_error (invocation, error);
  return say_outcome (invocation, store, &out, o,
                      (double)(g_get_monotonic_time () - began)
                          / G_USEC_PER_SEC);
}
