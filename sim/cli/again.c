/* again.c - a command, run again from its manifest. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/again.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/lang/lang.h"
#include "sim/scenario/scenario.h"
#include "sim/study/study.h"

/* What may be run again, and the options that are taken from a manifest. None
 * of them names a file. */
static const struct {
  const SfCommand *command;
  const char *options[16];
} known[] = {
  { &sf_cmd_run,
    { "seed", "replications", "precision", "measure", "batch", "max",
      "no-causes", "hxl" } },
  { &sf_cmd_compare, { "seed", "replications", "confidence", "measure" } },
  { &sf_cmd_rank,
    { "seed", "measure", "method", "otherwise", "indifference", "confidence",
      "largest", "replications", "batch", "max", "budget" } },
  { &sf_cmd_sensitivity,
    { "seed", "outcome", "method", "of-interest", "box", "otherwise",
      "resamples" } },
};

/* ---- Writing ---------------------------------------------------------------- */

SfJson *
sf_again_options (SfJson *manifest)
{
  return sf_json_add_object (manifest, "options");
}

void
sf_again_text (SfJson *options, const char *name, const char *text)
{
  if (text)
    sf_json_add_string (options, name, text);
}

void
sf_again_seed (SfJson *options, guint64 seed)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  sf_again_text (options, "seed", text);
}

void
sf_again_texts (SfJson *options, const char *name, char *const *texts)
{
  if (!texts)
    return;
  SfJson *list = sf_json_add_array (options, name);
  for (gsize i = 0; texts[i]; i++)
    sf_json_add_string (list, NULL, texts[i]);
}

void
sf_again_whole (SfJson *options, const char *name, gint number)
{
  g_autofree char *text = g_strdup_printf ("%d", number);
  sf_again_text (options, name, number != 0 ? text : NULL);
}

void
sf_again_real (SfJson *options, const char *name, double number)
{
  char text[SF_TEXT_NUMBER_SIZE];
  sf_again_text (options, name,
                 isnan (number) ? NULL : sf_text_number (text, number));
}

void
sf_again_flag (SfJson *options, const char *name, gboolean is_given)
{
  if (is_given)
    sf_json_add_boolean (options, name, TRUE);
}

/* ---- Options ---------------------------------------------------------------- */

const char *
sf_again_member (const SfJson *object, const char *key)
{
  const SfJson *v = sf_json_member (object, key);
  return v && sf_json_kind (v) == SF_JSON_STRING ? sf_json_string (v) : NULL;
}

/* Says one line; returns `status`. */
static SfExit refuse (const SfInvocation *invocation, SfExit status,
                      const char *format, ...) G_GNUC_PRINTF (3, 4);

static SfExit
refuse (const SfInvocation *invocation, SfExit status, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *name = sf_cmd_name (invocation);
  sf_cmd_alarm (_ ("%s: %s\n"), name, text);
  return status;
}

static void
add_word (SfAgain *again, const char *name, const char *value)
{
  g_ptr_array_add (again->line, g_strconcat ("--", name, "=", value, NULL));
}

/* FALSE when the value has none of the forms that are written above. */
static gboolean
take_option (SfAgain *again, const SfJson *value)
{
  const char *name = sf_json_key (value);
  switch (sf_json_kind (value)) {
  case SF_JSON_STRING:
    add_word (again, name, sf_json_string (value));
    return TRUE;
  case SF_JSON_BOOLEAN:
    if (sf_json_boolean (value))
      g_ptr_array_add (again->line, g_strconcat ("--", name, NULL));
    return TRUE;
  case SF_JSON_ARRAY:
    for (const SfJson *v = sf_json_first (value); v; v = sf_json_next (v)) {
      if (sf_json_kind (v) != SF_JSON_STRING)
        return FALSE;
      add_word (again, name, sf_json_string (v));
    }
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
take_options (const SfInvocation *invocation, SfAgain *again,
              const SfJson *options, const char *const *names, SfExit *status)
{
  for (const SfJson *v = sf_json_first (options); v; v = sf_json_next (v)) {
    const char *name = sf_json_key (v);
    if (g_strv_contains (names, name) && take_option (again, v))
      continue;
    g_autofree char *safe = sf_text_safe (name, -1);
    *status = refuse (invocation, SF_EXIT_FAILED,
                      _ ("the manifest asks for an option \"%s\" that is not "
                         "one of those that rerun takes from it"),
                      safe);
    return FALSE;
  }
  return TRUE;
}

/* The language in which the texts among the tables are. */
static gboolean
take_language (const SfInvocation *invocation, SfAgain *again,
               const SfJson *manifest, SfExit *status)
{
  const char *code = sf_again_member (manifest, "language");
  g_auto (GStrv) all = sf_lang_all ();
  if (code && g_strv_contains ((const char *const *)all, code)) {
    add_word (again, "lang", code);
    return TRUE;
  }
  g_autofree char *safe = sf_text_safe (code ? code : "", -1);
  *status = refuse (invocation, SF_EXIT_FAILED,
                    _ ("the manifest asks for the language \"%s\", which is "
                       "not there"),
                    safe);
  return FALSE;
}

/* ---- Scenarios -------------------------------------------------------------- */

/* Writes JSON as a file of a folder. */
static gboolean
write_json (const SfInvocation *invocation, const char *path,
            const SfJson *value, SfExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sf_json_print (value, FALSE);
  if (sf_file_write (path, text, strlen (text), &error))
    return TRUE;
  *status = sf_cmd_error (invocation, error);
  return FALSE;
}

/* The ensemble of `owner` as it is kept; NULL when it has none, or, with
 * *status, when it is not as its checksum says. */
static const SfJson *
find_ensemble (const SfInvocation *invocation, const SfJson *manifest,
               const SfJson *owner, SfExit *status)
{
  const SfJson *named = sf_json_member (owner, "ensemble");
  if (!named)
    return NULL;
  const char *sum = sf_again_member (named, "sha256");
  const SfJson *all = sf_json_member (manifest, "ensembles");
  const SfJson *content = sum && all ? sf_json_member (all, sum) : NULL;
  if (!content) {
    *status = refuse (invocation, SF_EXIT_FAILED,
                      _ ("the manifest does not hold the ensemble of the "
                         "scenario"));
    return NULL;
  }
  g_autofree char *text = sf_json_print (content, FALSE);
  g_autofree char *found
      = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  if (strcmp (found, sum) == 0)
    return content;
  *status = refuse (invocation, SF_EXIT_DIFFERS,
                    _ ("the ensemble in the manifest is not the one whose "
                       "checksum it gives: it was changed"));
  return NULL;
}

/* A name for the file of the ensemble, which tables give: without folders,
 * whatever the manifest says. To be freed. */
static char *
ensemble_name (const SfJson *owner)
{
  const SfJson *named = sf_json_member (owner, "ensemble");
  const char *file = sf_again_member (named, "file");
  char *name = g_path_get_basename (file && *file ? file : "ensemble.json");
  if (strcmp (name, ".") != 0 && strcmp (name, "..") != 0
      && !strchr (name, G_DIR_SEPARATOR))
    return name;
  g_free (name);
  return g_strdup ("ensemble.json");
}

/* The scenario as a document that names no file but that ensemble, by a path
 * beside it (NULL: none). */
static SfJsonDoc *
stand_alone (const SfJson *scenario, const char *ensemble)
{
  static const char *const files[]
      = { "extends", "observations", "ensemble", NULL };
  SfJsonDoc *doc = sf_json_doc_new_object ("");
  SfJson *root = sf_json_root (doc);
  for (const SfJson *v = sf_json_first (scenario); v; v = sf_json_next (v))
    if (!g_strv_contains (files, sf_json_key (v)))
      sf_json_add_copy (root, sf_json_key (v), v);
  if (ensemble)
    sf_json_add_string (root, "ensemble", ensemble);
  return doc;
}

/* Writes a scenario, and its ensemble, into a folder of its own; its path is
 * added to the line. */
static gboolean
take_files (const SfInvocation *invocation, SfAgain *again, const char *home,
            const SfJson *owner, const SfJson *ensemble, SfExit *status)
{
  g_autofree char *number = g_strdup_printf ("%u", again->n_scenarios++);
  g_autofree char *inner = g_build_filename (home, number, "ensemble", NULL);
  g_autofree char *path
      = g_build_filename (home, number, "scenario.json", NULL);
  g_autofree char *name = ensemble ? ensemble_name (owner) : NULL;
  g_autofree char *beside
      = name ? g_build_filename ("ensemble", name, NULL) : NULL;
  g_autofree char *values = name ? g_build_filename (inner, name, NULL) : NULL;
  g_autoptr (SfJsonDoc) doc
      = stand_alone (sf_json_member (owner, "scenario"), beside);
  if (g_mkdir_with_parents (inner, 0700) != 0) {
    *status = refuse (invocation, SF_EXIT_FAILED,
                      _ ("cannot make a folder in %s: %s"), home,
                      g_strerror (errno));
    return FALSE;
  }
  if (!write_json (invocation, path, sf_json_root (doc), status)
      || (ensemble && !write_json (invocation, values, ensemble, status)))
    return FALSE;
  g_ptr_array_add (again->line, g_steal_pointer (&path));
  return TRUE;
}

/* `owner` is what holds "scenario", its checksum and its ensemble. */
static gboolean
take_scenario (const SfInvocation *invocation, SfAgain *again,
               const SfJson *manifest, const char *home, const SfJson *owner,
               SfExit *status)
{
  const SfJson *scenario = sf_json_member (owner, "scenario");
  const char *sum = sf_again_member (owner, "scenario_sha256");
  if (!scenario || sf_json_kind (scenario) != SF_JSON_OBJECT || !sum) {
    *status = refuse (invocation, SF_EXIT_FAILED,
                      _ ("the manifest does not hold the scenario"));
    return FALSE;
  }
  *status = SF_EXIT_DONE;
  const SfJson *ensemble = find_ensemble (invocation, manifest, owner, status);
  if (*status != SF_EXIT_DONE)
    return FALSE;
  const SfJson *named = sf_json_member (owner, "ensemble");
  g_autofree char *found = sf_scenario_hash_of (
      scenario, ensemble ? sf_again_member (named, "sha256") : NULL);
  if (strcmp (found, sum) == 0)
    return take_files (invocation, again, home, owner, ensemble, status);
  *status = refuse (invocation, SF_EXIT_DIFFERS,
                    _ ("the scenario in the manifest is not the one whose "
                       "checksum it gives: it was changed"));
  return FALSE;
}

/* The one scenario of run, or those of compare and rank, with their names. */
static gboolean
take_scenarios (const SfInvocation *invocation, SfAgain *again,
                const SfJson *manifest, const char *home, SfExit *status)
{
  const SfJson *list = sf_json_member (manifest, "scenarios");
  if (again->command == &sf_cmd_run)
    return take_scenario (invocation, again, manifest, home, manifest, status);
  for (const SfJson *v = list ? sf_json_first (list) : NULL; v;
       v = sf_json_next (v)) {
    const char *name = sf_again_member (v, "name");
    add_word (again, "called", name ? name : "");
    if (!take_scenario (invocation, again, manifest, home, v, status))
      return FALSE;
  }
  if (again->n_scenarios > 1)
    return TRUE;
  *status = refuse (invocation, SF_EXIT_FAILED,
                    _ ("the manifest does not hold the scenario"));
  return FALSE;
}

/* ---- Studies ---------------------------------------------------------------- */

/* Names that sf_study_freeze() gives: none leads out of the folder. */
static gboolean
is_input_name (const char *name)
{
  return strchr (name, G_DIR_SEPARATOR) == NULL
         && g_str_has_suffix (name, ".json") && name[0] != '.';
}

/* The texts of the study in the manifest, borrowed; NULL when one is not as
 * they are written, or names other files. */
static GArray *
find_inputs (const SfJson *manifest)
{
  const SfJson *inputs = sf_json_member (manifest, "inputs");
  gboolean has_study = FALSE;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SfStudyInput));
  for (const SfJson *v = inputs ? sf_json_first (inputs) : NULL; v;
       v = sf_json_next (v)) {
    if (sf_json_kind (v) != SF_JSON_STRING || !is_input_name (sf_json_key (v)))
      return NULL;
    has_study = has_study || strcmp (sf_json_key (v), "study.json") == 0;
    SfStudyInput input
        = { (char *)sf_json_key (v), (char *)sf_json_string (v) };
    g_array_append_val (all, input);
  }
  return has_study
                 && sf_study_inputs_are_whole (
                     (const SfStudyInput *)(void *)all->data, all->len)
             ? g_steal_pointer (&all)
             : NULL;
}

/* Writes the study with all it names; its sweep is done again before it is
 * looked at. */
static gboolean
take_study (const SfInvocation *invocation, SfAgain *again,
            const SfJson *manifest, const char *home, SfExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) inputs = find_inputs (manifest);
  const char *sum = sf_again_member (manifest, "inputs_sha256");
  if (!inputs || !sum) {
    *status = refuse (invocation, SF_EXIT_FAILED,
                      _ ("the manifest does not hold the study"));
    return FALSE;
  }
  const SfStudyInput *first = (const SfStudyInput *)(void *)inputs->data;
  g_autofree char *found = sf_study_inputs_hash (first, inputs->len);
  if (strcmp (found, sum) != 0) {
    *status = refuse (invocation, SF_EXIT_DIFFERS,
                      _ ("the study in the manifest is not the one whose "
                         "checksum it gives: it was changed"));
    return FALSE;
  }
  g_autofree char *folder = g_build_filename (home, "inputs", NULL);
  g_autofree char *sweep = g_build_filename (home, "sweep", NULL);
  if (!sf_study_write_inputs (first, inputs->len, folder, &error)) {
    *status = sf_cmd_error (invocation, error);
    return FALSE;
  }
  g_ptr_array_add (again->line, g_strdup ("--run"));
  add_word (again, "folder", sweep);
  g_ptr_array_add (again->line, g_build_filename (folder, "study.json", NULL));
  return TRUE;
}

/* What the command is to work on. */
static gboolean
take_inputs (const SfInvocation *invocation, SfAgain *again,
             const SfJson *manifest, const char *home, SfExit *status)
{
  return again->command == &sf_cmd_sensitivity
             ? take_study (invocation, again, manifest, home, status)
             : take_scenarios (invocation, again, manifest, home, status);
}

/* ---- The command ------------------------------------------------------------- */

void
sf_again_free (SfAgain *again)
{
  if (!again)
    return;
  g_ptr_array_unref (again->line);
  g_free (again);
}

/* Index in `known`; -1, with *status, when it is not there. */
static gint
find_command (const SfInvocation *invocation, const SfJson *manifest,
              SfExit *status)
{
  const char *name = sf_again_member (manifest, "command");
  if (!name && sf_json_member (manifest, "scenario"))
    name = sf_cmd_run.name; /* whose manifest came first, and does not say */
  for (gsize i = 0; name && i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].command->name, name) == 0)
      return (gint)i;
  g_autofree char *safe = sf_text_safe (name ? name : "?", -1);
  *status = refuse (invocation, SF_EXIT_FAILED,
                    _ ("results of \"%s\" cannot be made again; run, compare, "
                       "rank and sensitivity can"),
                    safe);
  return -1;
}

static gboolean
was_stopped (const SfJson *manifest)
{
  const SfJson *v = sf_json_member (manifest, "was_interrupted");
  return v && sf_json_kind (v) == SF_JSON_BOOLEAN && sf_json_boolean (v);
}

SfAgain *
sf_again_new (const SfInvocation *invocation, const SfJson *manifest,
              const char *home, SfExit *status)
{
  gint which = find_command (invocation, manifest, status);
  if (which < 0)
    return NULL;
  const SfJson *options = sf_json_member (manifest, "options");
  if (!options || sf_json_kind (options) != SF_JSON_OBJECT) {
    *status = refuse (invocation, SF_EXIT_FAILED,
                      _ ("the manifest holds no \"options\": it was written by "
                         "an older version, or cut"));
    return NULL;
  }
  if (was_stopped (manifest)) {
    *status = refuse (invocation, SF_EXIT_FAILED,
                      _ ("the run was stopped before its end; what was done by "
                         "then cannot be had again"));
    return NULL;
  }
  g_autoptr (SfAgain) again = g_new0 (SfAgain, 1);
  again->command = known[which].command;
  again->line = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (again->line, g_strdup (again->command->name));
  if (take_options (invocation, again, options, known[which].options, status)
      && take_language (invocation, again, manifest, status)
      && take_inputs (invocation, again, manifest, home, status))
    return g_steal_pointer (&again);
  return NULL;
}

/* Throws standard output away; returns what it was, or -1. */
static int
mute (void)
{
  (void)fflush (stdout);
  int kept = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  int nowhere = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  if (kept >= 0 && nowhere >= 0)
    (void)dup2 (nowhere, STDOUT_FILENO);
  if (nowhere >= 0)
    (void)close (nowhere);
  return kept;
}

static void
unmute (int kept)
{
  (void)fflush (stdout);
  if (kept < 0)
    return;
  (void)dup2 (kept, STDOUT_FILENO);
  (void)close (kept);
}

SfExit
sf_again_run (SfAgain *again, const char *output, gint jobs)
{
  g_autofree char *workers = g_strdup_printf ("%d", jobs);
  g_autofree char *lang = g_strdup (sf_lang_code ());
  add_word (again, "output", output);
  add_word (again, "jobs", workers);
  g_ptr_array_add (again->line, g_strdup ("--no-plots"));
  g_ptr_array_add (again->line, g_strdup ("--quiet"));
  guint n = again->line->len;
  g_ptr_array_add (again->line, NULL);
  /* The parser takes words out of its array. */
  g_autofree char **argv
      = g_memdup2 (again->line->pdata, (n + 1) * sizeof (gpointer));
  SfInvocation invocation = { (int)n, argv, NULL, NULL };
  int kept = mute ();
  SfExit status = again->command->run (&invocation);
  unmute (kept);
  sf_lang_set (lang);
  return status;
}
