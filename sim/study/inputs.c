/* inputs.c - what a study was made from, as texts of its own. SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sim/base/file.h"
#include "sim/lang/lang.h"
#include "sim/scenario/load.h"
#include "sim/study/study-private.h"
#include "sources-hash.h" /* made by the build: SF_SOURCES_SHA256 */

/* Puts a text in the place of a member; null takes it away. */
static void
replace (SfJsonDoc *doc, const char *key, const char *text)
{
  g_autoptr (SfMistakes) none = sf_mistakes_new ();
  g_autoptr (GString) patch = g_string_new ("{\"");
  g_string_append_printf (patch, "%s\":", key);
  g_string_append (patch, text ? "\"" : "null");
  if (text)
    g_string_append_printf (patch, "%s\"", text);
  g_string_append_c (patch, '}');
  g_autoptr (SfJsonDoc) change
      = sf_json_parse (patch->str, patch->len, "", none);
  sf_json_merge (doc, change);
}

static void
add_input (GArray *all, char *name, char *text)
{
  SfStudyInput input = { name, text };
  g_array_append_val (all, input);
}

/* The scenario with all it extends, naming its ensemble as it lies beside it;
 * what it is compared with has no part in a sweep. */
static void
add_scenario (SfStudyJob *job, GArray *all)
{
  const SfStudy *s = job->study;
  g_autoptr (SfMistakes) none = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc = sf_scenario_load (s->scenario, NULL, NULL, none);
  if (!doc)
    return; /* it was read before */
  gboolean has_ensemble
      = sf_json_member (sf_json_root (doc), "ensemble") != NULL;
  static const char *const gone[] = { "$schema", "extends", "observations" };
  for (gsize i = 0; i < G_N_ELEMENTS (gone); i++)
    replace (doc, gone[i], NULL);
  if (has_ensemble)
    replace (doc, "ensemble", "ensemble.json");
  add_input (all, g_strdup ("scenario.json"),
             sf_json_print (sf_json_root (doc), TRUE));
  if (!has_ensemble || !s->base->ensemble)
    return;
  g_autoptr (SfJsonDoc) ensemble
      = sf_json_read_file (s->base->ensemble->path, job->reader.mistakes);
  if (ensemble)
    add_input (all, g_strdup ("ensemble.json"),
               sf_json_print (sf_json_root (ensemble), FALSE));
}

static void
add_levers (SfStudyJob *job, GArray *all)
{
  const SfStudy *s = job->study;
  for (guint i = 0; i < s->n_factors; i++) {
    const SfStudyFactor *f = &s->factors[i];
    g_autoptr (SfJsonDoc) lever
        = f->lever ? sf_json_read_file (f->lever, job->reader.mistakes) : NULL;
    if (!lever)
      continue;
    static const char *const gone[]
        = { "$schema", "extends", "name", "title", "description" };
    for (gsize k = 0; k < G_N_ELEMENTS (gone); k++)
      replace (lever, gone[k], NULL);
    add_input (all, g_strdup_printf ("lever-%s.json", f->id),
               sf_json_print (sf_json_root (lever), TRUE));
  }
}

/* The study itself, naming the others as they lie beside it. */
static void
add_study (SfStudyJob *job, GArray *all)
{
  const SfStudy *s = job->study;
  g_autoptr (SfJsonDoc) doc = sf_json_copy (s->doc);
  replace (doc, "$schema", NULL);
  replace (doc, "scenario", "scenario.json");
  for (guint i = 0; i < s->n_factors; i++) {
    if (!s->factors[i].lever)
      continue;
    g_autofree char *pointer
        = g_strdup_printf ("/factors/%s/lever", s->factors[i].id);
    g_autofree char *value
        = g_strdup_printf ("\"lever-%s.json\"", s->factors[i].id);
    sf_json_pointer_set (doc, pointer, value, "", job->reader.mistakes);
  }
  add_input (all, g_strdup ("study.json"),
             sf_json_print (sf_json_root (doc), TRUE));
}

/* Files that a point named would not be among the inputs. */
static gboolean
names_file (const char *pointer)
{
  static const char *const keys[] = { "/ensemble", "/observations" };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    gsize n = strlen (keys[i]);
    if (strncmp (pointer, keys[i], n) == 0
        && (pointer[n] == '\0' || pointer[n] == '='))
      return TRUE;
  }
  return FALSE;
}

static void
check_files (SfStudyJob *job)
{
  const SfStudy *s = job->study;
  gboolean has_any = FALSE;
  for (char **set = s->set; *set; set++)
    has_any = has_any || names_file (*set);
  for (guint i = 0; i < s->n_factors; i++) {
    for (char **t = s->factors[i].targets; *t; t++)
      has_any = has_any || names_file (*t);
    g_autoptr (SfMistakes) none = sf_mistakes_new ();
    g_autoptr (SfJsonDoc) lever
        = s->factors[i].lever ? sf_json_read_file (s->factors[i].lever, none)
                              : NULL;
    has_any = has_any
              || (lever && sf_json_member (sf_json_root (lever), "ensemble"));
  }
  if (has_any)
    sf_reader_mistake (&job->reader, SF_MISTAKE_REFERENCE,
                       sf_json_root (s->doc), "",
                       _ ("only the scenario itself names files such as an "
                          "ensemble; \"set\", targets and levers cannot"));
}

void
sf_study_take_inputs (SfStudyJob *job)
{
  check_files (job);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SfStudyInput));
  add_study (job, all);
  add_scenario (job, all);
  add_levers (job, all);
  job->study->n_inputs = all->len;
  job->study->inputs
      = (SfStudyInput *)(void *)g_array_free (g_steal_pointer (&all), FALSE);
}

/* ---- Inputs from elsewhere --------------------------------------------------- */

/* Whether a member that names a file is not there or names another input. */
static gboolean
stays_inside (const SfStudyInput *inputs, guint n, const SfJson *owner,
              const char *key)
{
  const SfJson *member = sf_json_member (owner, key);
  if (!member)
    return TRUE;
  for (guint i = 0; i < n && sf_json_kind (member) == SF_JSON_STRING; i++)
    if (strcmp (inputs[i].name, sf_json_string (member)) == 0)
      return TRUE;
  return FALSE;
}

/* Whether `set` leaves alone what names files. */
static gboolean
sets_no_file (const SfJson *set)
{
  for (const SfJson *v = set ? sf_json_first (set) : NULL; v;
       v = sf_json_next (v)) {
    const char *pointer = sf_json_key (v);
    if (!pointer || !*pointer || names_file (pointer)
        || g_str_has_prefix (pointer, "/extends"))
      return FALSE;
  }
  return TRUE;
}

/* Whether the input names no file but the others, whatever it is called. */
static gboolean
is_whole (const SfStudyInput *input, const SfStudyInput *inputs, guint n)
{
  g_autoptr (SfMistakes) none = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc
      = sf_json_parse (input->text, strlen (input->text), input->name, none);
  if (!doc || sf_json_kind (sf_json_root (doc)) != SF_JSON_OBJECT)
    return FALSE;
  const SfJson *root = sf_json_root (doc);
  const SfJson *factors = sf_json_member (root, "factors");
  gboolean is_fine = stays_inside (inputs, n, root, "scenario")
                     && stays_inside (inputs, n, root, "ensemble")
                     && sets_no_file (sf_json_member (root, "set"))
                     && !sf_json_member (root, "extends")
                     && !sf_json_member (root, "observations");
  for (const SfJson *v = factors ? sf_json_first (factors) : NULL; v;
       v = sf_json_next (v))
    is_fine = is_fine && stays_inside (inputs, n, v, "lever");
  return is_fine;
}

gboolean
sf_study_inputs_are_whole (const SfStudyInput *inputs, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!is_whole (&inputs[i], inputs, n))
      return FALSE;
  return TRUE;
}

/* ---- Checksums, and files ---------------------------------------------------- */

char *
sf_study_inputs_hash (const SfStudyInput *inputs, guint n)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < n; i++) {
    const char *const parts[] = { inputs[i].name, inputs[i].text };
    for (gsize k = 0; k < G_N_ELEMENTS (parts); k++)
      g_checksum_update (sum, (const guchar *)parts[k],
                         (gssize)strlen (parts[k]) + 1);
  }
  return g_strdup (g_checksum_get_string (sum));
}

char *
sf_study_hash (const SfStudy *s)
{
  return sf_study_inputs_hash (s->inputs, s->n_inputs);
}

char *
sf_study_input_hash (const SfStudy *s, const char *name)
{
  for (guint i = 0; i < s->n_inputs; i++)
    if (strcmp (s->inputs[i].name, name) == 0)
      return g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                            s->inputs[i].text, -1);
  return NULL;
}

gboolean
sf_study_write_inputs (const SfStudyInput *inputs, guint n, const char *folder,
                       GError **error)
{
  if (g_mkdir_with_parents (folder, 0777) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s",
                 folder, g_strerror (errno));
    return FALSE;
  }
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_build_filename (folder, inputs[i].name, NULL);
    if (!sf_file_write (path, inputs[i].text, strlen (inputs[i].text), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
sf_study_freeze (const SfStudy *s, const char *folder, GError **error)
{
  return sf_study_write_inputs (s->inputs, s->n_inputs, folder, error);
}

char *
sf_study_models_hash (const SfModelInfo *const *models)
{
  g_autofree char *schema = sf_scenario_schema (models);
  g_autofree char *all = g_strconcat (SF_SOURCES_SHA256, "\n", schema, NULL);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}
