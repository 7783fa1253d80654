/* sweep.c - the folder of a sweep. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sweep/sweep.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sim/lang/lang.h"
#include "sim/sweep/variant.h"

#ifndef SF_VERSION
#define SF_VERSION "unknown"
#endif

char *
sf_sweep_store_path (const char *folder)
{
  return g_build_filename (folder, "sweep.sqlite", NULL);
}

char *
sf_sweep_inputs_path (const char *folder)
{
  return g_build_filename (folder, "inputs", NULL);
}

char *
sf_sweep_shard_path (const char *folder, guint shard, guint n_shards)
{
  g_autofree char *name
      = g_strdup_printf ("shard-%05u-of-%05u.sqlite", shard, n_shards);
  return g_build_filename (folder, "shards", name, NULL);
}

void
sf_sweep_free (SfSweep *s)
{
  if (!s)
    return;
  sf_store_free (s->store);
  sf_study_free (s->study);
  g_free (s->folder);
  g_free (s);
}

/* ---- What it was made with ------------------------------------------------------ */

static gboolean
set_facts (SfStore *store, const SfStudy *study,
           const SfModelInfo *const *models, GError **error)
{
  g_autofree char *hash = sf_study_hash (study);
  g_autofree char *scenario = sf_study_input_hash (study, "scenario.json");
  g_autofree char *asked = sf_study_input_hash (study, "study.json");
  g_autofree char *built = sf_study_models_hash (models);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, study->seed);
  const char *design = sf_design_kind_word (study->design.kind);
  const char *const facts[] = {
    "program",
    "shortfall",
    "version",
    SF_VERSION,
    "name",
    study->name,
    "title",
    study->title,
    "inputs_sha256",
    hash,
    "study_sha256",
    asked,
    "scenario_sha256",
    scenario,
    "models_sha256",
    built,
    "seed",
    seed,
    "design",
    design,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i += 2)
    if (facts[i + 1]
        && !sf_store_set_fact (store, facts[i], facts[i + 1], error))
      return FALSE;
  return TRUE;
}

static gboolean
is_same (SfStore *store, const char *key, const char *now, const char *what,
         GError **error)
{
  g_autofree char *then = sf_store_fact (store, key);
  if (g_strcmp0 (then, now) == 0)
    return TRUE;
  g_set_error (
      error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
      _ ("%s was planned with another %s: %s then, %s now; rows of both "
         "must not stand in one table (plan a new sweep in another "
         "folder)"),
      sf_store_path (store), what, then ? then : _ ("none"),
      now ? now : _ ("none"));
  return FALSE;
}

gboolean
sf_sweep_check (SfStore *store, const SfStudy *study,
                const SfModelInfo *const *models, GError **error)
{
  g_autofree char *all = sf_study_hash (study);
  g_autofree char *scenario = sf_study_input_hash (study, "scenario.json");
  g_autofree char *asked = sf_study_input_hash (study, "study.json");
  g_autofree char *built = sf_study_models_hash (models);
  return is_same (store, "version", SF_VERSION, _ ("version of the program"),
                  error)
         && is_same (store, "models_sha256", built, _ ("state of the models"),
                     error)
         && is_same (store, "scenario_sha256", scenario, _ ("scenario"), error)
         && is_same (store, "study_sha256", asked, _ ("study"), error)
         && is_same (store, "inputs_sha256", all, _ ("lever or ensemble"),
                     error);
}

char *
sf_sweep_identity (const SfStudy *study, const SfModelInfo *const *models)
{
  g_autofree char *inputs = sf_study_hash (study);
  g_autofree char *built = sf_study_models_hash (models);
  return g_strjoin ("/", SF_VERSION, built, inputs, NULL);
}

/* ---- Making ------------------------------------------------------------------------ */

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0777) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s",
               path, g_strerror (errno));
  return FALSE;
}

static SfStore *
make_store (const SfStudy *study, const SfModelInfo *const *models,
            const char *path, gboolean is_shard, GError **error)
{
  SfStoreShape shape = sf_study_shape (study);
  g_autoptr (SfStore) store = sf_store_new (path, &shape, is_shard, error);
  g_free ((gpointer)shape.factors);
  if (!store || !set_facts (store, study, models, error))
    return NULL;
  return g_steal_pointer (&store);
}

GQuark
sf_sweep_error_quark (void)
{
  return g_quark_from_static_string ("sf-sweep-error-quark");
}

static gboolean
check_study (const SfStudy *study, const SfModelInfo *const *models,
             GError **error)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  if (sf_variants_check (study, models, mistakes))
    return TRUE;
  sf_mistakes_sort (mistakes);
  g_autofree char *text = sf_mistakes_format (mistakes);
  guint n = sf_mistakes_count (mistakes);
  g_set_error (error, SF_SWEEP_ERROR, SF_SWEEP_ERROR_MISTAKES,
               sf_lang_plural ("%s%u mistake; nothing was written",
                               "%s%u mistakes; nothing was written", n),
               text, n);
  return FALSE;
}

/* Files of these names that say something else are somebody's own. */
static gboolean
are_inputs_free (const SfStudy *study, const char *inputs, GError **error)
{
  for (guint i = 0; i < study->n_inputs; i++) {
    g_autofree char *path
        = g_build_filename (inputs, study->inputs[i].name, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents (path, &text, NULL, NULL)
        || strcmp (text, study->inputs[i].text) == 0)
      continue; /* of a plan that was killed */
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                 _ ("%s is there already and would be replaced; take another "
                    "folder for the sweep"),
                 path);
    return FALSE;
  }
  return TRUE;
}

/* Takes away what a plan that failed has made. */
static void
unmake (SfSweep *s, gboolean was_there)
{
  g_autofree char *inputs = sf_sweep_inputs_path (s->folder);
  g_autofree char *path = sf_sweep_store_path (s->folder);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  for (guint i = 0; s->store && i < s->study->n_inputs; i++) {
    g_autofree char *name
        = g_build_filename (inputs, s->study->inputs[i].name, NULL);
    g_unlink (name);
  }
  if (s->store)
    g_rmdir (inputs);
  g_clear_pointer (&s->store, sf_store_free);
  if (was_there)
    return;
  g_unlink (lock);
  g_rmdir (s->folder);
}

SfSweep *
sf_sweep_new (SfStudy *study, const SfModelInfo *const *models,
              const char *folder, guint64 *n_dropped, GError **error)
{
  g_autoptr (SfSweep) s = g_new0 (SfSweep, 1);
  g_autoptr (GError) problem = NULL;
  g_autofree char *path = sf_sweep_store_path (folder);
  g_autofree char *inputs = sf_sweep_inputs_path (folder);
  gboolean was_there = g_file_test (folder, G_FILE_TEST_EXISTS);
  s->study = study;
  s->folder = g_strdup (folder);
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                 _ ("%s holds a sweep already"), folder);
    return NULL;
  }
  if (!are_inputs_free (study, inputs, error))
    return NULL;
  if (!check_study (study, models, error) || !make_folder (folder, error))
    return NULL;
  s->store = make_store (study, models, path, FALSE, &problem);
  if (s->store && sf_study_plan (study, s->store, n_dropped, &problem)
      && sf_study_freeze (study, inputs, &problem)
      && sf_store_publish (s->store, &problem))
    return g_steal_pointer (&s);
  /* Another process is planning: what is there is its own. */
  if (!g_error_matches (problem, SF_STORE_ERROR, SF_STORE_ERROR_BUSY))
    unmake (s, was_there);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* ---- Opening ----------------------------------------------------------------------- */

SfStudy *
sf_sweep_read_study (const char *folder, const SfModelInfo *const *models,
                     GError **error)
{
  g_autofree char *inputs = sf_sweep_inputs_path (folder);
  g_autofree char *path = g_build_filename (inputs, "study.json", NULL);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfStudy *study = sf_study_read (path, models, mistakes);
  if (!study) {
    g_autofree char *text = sf_mistakes_format (mistakes);
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
                 _ ("the inputs of the sweep cannot be read:\n%s"),
                 g_strchomp (text));
  }
  return study;
}

/* A store is read by the study's names and counts, so these must agree, also
 * where the versions need not. */
static gboolean
has_shape (SfStore *store, const SfStudy *study, GError **error)
{
  SfStoreShape asked = sf_study_shape (study);
  const SfStoreShape *kept = sf_store_shape (store);
  gboolean is_same = asked.n_factors == kept->n_factors
                     && asked.n_outcomes == kept->n_outcomes
                     && asked.n_series == kept->n_series
                     && asked.days == kept->days;
  for (guint i = 0; is_same && i < asked.n_factors; i++)
    is_same = strcmp (asked.factors[i].name, kept->factors[i].name) == 0;
  for (guint i = 0; is_same && i < asked.n_outcomes; i++)
    is_same = strcmp (asked.outcomes[i].name, kept->outcomes[i].name) == 0;
  if (!is_same)
    g_set_error (
        error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
        _ ("%s was not made for the study in its inputs: their factors, "
           "outcomes, series or days differ"),
        sf_store_path (store));
  g_free ((gpointer)asked.factors);
  return is_same;
}

SfSweep *
sf_sweep_open (const char *folder, const SfModelInfo *const *models,
               SfSweepMode mode, GError **error)
{
  g_autoptr (SfSweep) s = g_new0 (SfSweep, 1);
  g_autofree char *path = sf_sweep_store_path (folder);
  s->folder = g_strdup (folder);
  s->store = sf_store_open (path, mode == SF_SWEEP_WRITE, error);
  if (!s->store)
    return NULL;
  s->study = sf_sweep_read_study (folder, models, error);
  if (!s->study
      || (mode != SF_SWEEP_READ
          && !sf_sweep_check (s->store, s->study, models, error))
      || !has_shape (s->store, s->study, error))
    return NULL;
  return g_steal_pointer (&s);
}

/* ---- Shards -------------------------------------------------------------------------- */

SfStore *
sf_sweep_open_shard (const SfSweep *sweep, const SfModelInfo *const *models,
                     guint shard, guint n_shards, GError **error)
{
  g_autofree char *path = sf_sweep_shard_path (sweep->folder, shard, n_shards);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (SfStore) store = NULL;
  if (!make_folder (folder, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    store = sf_store_open (path, TRUE, error);
  else {
    store = make_store (sweep->study, models, path, TRUE, error);
    if (store
        && (!sf_study_plan (sweep->study, store, NULL, error)
            || !sf_store_publish (store, error)))
      return NULL;
  }
  if (!store || !sf_sweep_check (store, sweep->study, models, error)
      || !sf_store_set_replications (
          store, sf_store_shape (sweep->store)->replications, error)
      || !sf_store_beside (store, sf_store_path (sweep->store), error))
    return NULL;
  return g_steal_pointer (&store);
}

gboolean
sf_sweep_merge_shards (SfSweep *sweep, guint64 *n_new, guint *n_shards,
                       GError **error)
{
  g_autofree char *folder = g_build_filename (sweep->folder, "shards", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean is_fine = TRUE;
  *n_new = 0;
  *n_shards = 0;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    guint64 n = 0;
    if (!g_str_has_suffix (name, ".sqlite"))
      continue;
    if (!sf_store_merge (sweep->store, path, &n, is_fine ? error : NULL)) {
      is_fine = FALSE; /* the others are taken all the same */
      continue;
    }
    g_autofree char *text
        = g_strdup_printf ("%s: %" G_GUINT64_FORMAT " new rows", name, n);
    if (!sf_store_log (sweep->store, "merge", text, error))
      return FALSE;
    *n_new += n;
    (*n_shards)++;
  }
  return is_fine;
}
