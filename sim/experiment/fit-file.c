/* fit-file.c - a fit on disk, and the sample that comes of it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/fit-file.h"

#include <math.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"

#ifndef SF_VERSION
#define SF_VERSION "unknown"
#endif

#define METHOD                                                                 \
  "approximate Bayesian computation by differential evolution (shortfall fit)"

struct SfFitFile {
  char *path;
  SfJsonDoc *head; /* without generations */
  GString *text;   /* of the file but for what closes it */
  guint n_kept;    /* generations in the text */
};

void
sf_fit_file_free (SfFitFile *file)
{
  if (!file)
    return;
  g_free (file->path);
  sf_json_doc_free (file->head);
  g_string_free (file->text, TRUE);
  g_free (file);
}

/* ---- The head ------------------------------------------------------------ */

/* The scenario's hash without the files that it names beside itself: naming
 * the sample in the scenario must not make the fit another one. */
static char *
scenario_hash (const SfScenario *s)
{
  static const char text[] = "{\"ensemble\":null,\"observations\":null}";
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc = sf_json_copy (s->doc);
  g_autoptr (SfJsonDoc) patch
      = sf_json_parse (text, sizeof text - 1, "patch", mistakes);
  sf_json_merge (doc, patch);
  g_autofree char *all = sf_json_print (sf_json_root (doc), FALSE);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}

static char *
file_hash (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes,
                                      length);
}

static void
add_names (SfJson *root, const SfFitRuns *runs)
{
  const SfScenario *s = runs->plan->scenario;
  SfJson *parameters = sf_json_add_array (root, "parameters");
  for (guint i = 0; i < runs->numbers->len; i++)
    sf_json_add_string (
        parameters, NULL,
        s->assumptions[g_array_index (runs->numbers, guint, i)].pointer);
  SfJson *rows = sf_json_add_array (root, "rows");
  for (guint i = 0; i < runs->rows->len; i++)
    sf_json_add_string (
        rows, NULL,
        sf_observations_row (runs->observations,
                             g_array_index (runs->rows, guint, i))
            ->id);
}

/* All but the burn-in, which may be the file's to say. */
static SfJsonDoc *
make_head (const SfFitPlan *plan, GError **error)
{
  const SfFitRunOptions *o = &plan->runs->options;
  const SfScenario *s = plan->runs->plan->scenario;
  g_autofree char *observations = file_hash (plan->observations_path, error);
  if (!observations)
    return NULL;
  g_autofree char *scenario = scenario_hash (s);
  g_autofree char *name = g_path_get_basename (plan->observations_path);
  g_autofree char *name_safe = g_utf8_make_valid (name, -1);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, o->seed);
  SfJsonDoc *doc = sf_json_doc_new_object ("fit");
  SfJson *root = sf_json_root (doc);
  sf_json_add_number (root, "format", 1);
  sf_json_add_string (root, "method", METHOD);
  sf_json_add_string (root, "version", SF_VERSION);
  sf_json_add_string (root, "scenario_name", s->name ? s->name : "");
  sf_json_add_string (root, "scenario_sha256", scenario);
  sf_json_add_string (root, "observations_file", name_safe);
  sf_json_add_string (root, "observations_sha256", observations);
  sf_json_add_string (root, "seed", seed);
  sf_json_add_number (root, "replications_count", o->replications);
  sf_json_add_number (root, "renew_generations", plan->renew);
  sf_json_add_number (root, "chains_count", plan->n_chains);
  sf_json_add_number (root, "tolerance", plan->tolerance);
  sf_json_add_number (root, "margin", o->margin);
  sf_json_add_number (root, "saturation", plan->saturation);
  add_names (root, plan->runs);
  return doc;
}

/* The members of a document as a text to which a list is added by hand, one
 * element a line, and closed with END_LIST. */
#define END_LIST "\n  ]\n}\n"

static GString *
begin_list (SfJsonDoc *doc, const char *name)
{
  g_autofree char *text = sf_json_print (sf_json_root (doc), TRUE);
  GString *out = g_string_new (g_strchomp (text));
  g_string_truncate (out, out->len - 1); /* the closing brace */
  while (out->len > 0 && g_ascii_isspace (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
  g_string_append_printf (out, ",\n  \"%s\": [", name);
  return out;
}

/* ---- Taking up ----------------------------------------------------------- */

static gboolean
broken (const char *path, GError **error)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _ ("%s is not the state of a fit, or was changed by hand; "
                  "--restart begins anew"),
               path);
  return FALSE;
}

/* The value as one line that a terminal only shows, shortened; a hash is short
 * enough to be shown whole. */
static char *
shown (const SfJson *value)
{
  g_autofree char *text = value ? sf_json_print (value, FALSE) : NULL;
  return text ? sf_text_safe (text, -1) : g_strdup ("nothing");
}

/* Every member of `head` has to be in the state as well. */
static gboolean
check_head (const char *path, const SfJson *state, const SfJson *head,
            GError **error)
{
  GString *differences = g_string_new (NULL);
  for (const SfJson *v = sf_json_first (head); v; v = sf_json_next (v)) {
    const SfJson *old = sf_json_member (state, sf_json_key (v));
    g_autofree char *was = old ? sf_json_print (old, FALSE) : NULL;
    g_autofree char *is = sf_json_print (v, FALSE);
    if (g_strcmp0 (was, is) == 0)
      continue;
    g_autofree char *was_shown = shown (old), *is_shown = shown (v);
    g_string_append_printf (differences, _ ("\n  %s was %s\n  %*s is  %s"),
                            sf_json_key (v), was_shown,
                            (int)strlen (sf_json_key (v)), "", is_shown);
  }
  g_autofree char *text = g_string_free (differences, FALSE);
  if (!*text)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _ ("%s was begun with something else; --restart begins anew:%s"),
               path, text);
  return FALSE;
}

/* Reads a list of exactly n whole numbers from 0 to max. */
static gboolean
read_whole (const SfJson *list, guint n, double max, guint32 *out)
{
  if (!list || sf_json_kind (list) != SF_JSON_ARRAY
      || sf_json_length (list) != n)
    return FALSE;
  for (const SfJson *v = sf_json_first (list); v; v = sf_json_next (v)) {
    double x = sf_json_kind (v) == SF_JSON_NUMBER ? sf_json_number (v) : -1;
    if (!(x >= 0 && x <= max) || x != floor (x))
      return FALSE;
    *out++ = (guint32)x;
  }
  return TRUE;
}

static gboolean
read_candidate (SfFit *fit, const SfJson *place, const SfJson *terms)
{
  const SfFitSettings *s = &fit->settings;
  g_autofree guint32 *places = g_new (guint32, s->n_parameters);
  g_autofree guint32 *wide = g_new (guint32, s->n_terms);
  g_autofree guint16 *narrow = g_new (guint16, s->n_terms);
  if (!read_whole (place, s->n_parameters, SF_FIT_BILLION, places)
      || !read_whole (terms, s->n_terms, G_MAXUINT16, wide))
    return FALSE;
  for (guint t = 0; t < s->n_terms; t++)
    narrow[t] = (guint16)wide[t];
  return sf_fit_add_candidate (fit, places, narrow);
}

static gboolean
read_generation (SfFit *fit, const SfJson *generation)
{
  guint n = fit->settings.n_chains;
  g_autofree guint32 *states = g_new (guint32, n);
  const SfJson *delta = sf_json_member (generation, "delta");
  const SfJson *places = sf_json_member (generation, "places");
  const SfJson *terms = sf_json_member (generation, "terms");
  if (!delta || sf_json_kind (delta) != SF_JSON_NUMBER || !places || !terms
      || !read_whole (sf_json_member (generation, "states"), n, G_MAXUINT32,
                      states))
    return FALSE;
  const SfJson *place = sf_json_first (places), *term = sf_json_first (terms);
  for (guint i = 0; i < n; i++) {
    if (!place || !term || !read_candidate (fit, place, term))
      return FALSE;
    place = sf_json_next (place);
    term = sf_json_next (term);
  }
  return !place && !term
         && sf_fit_add_generation (fit, states, sf_json_number (delta));
}

static gboolean
take_up (SfFit *fit, const char *path, const SfJson *root, GError **error)
{
  const SfJson *list = sf_json_member (root, "generations");
  if (!list || sf_json_kind (list) != SF_JSON_ARRAY)
    return broken (path, error);
  for (const SfJson *g = sf_json_first (list); g; g = sf_json_next (g))
    if (!read_generation (fit, g))
      return broken (path, error);
  return TRUE;
}

/* The state on disk, or NULL: with an error when it is there and unreadable. */
static SfJsonDoc *
read_state (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc = sf_json_read_file (path, mistakes);
  const SfJson *method
      = doc ? sf_json_member (sf_json_root (doc), "method") : NULL;
  if (method && sf_json_kind (method) == SF_JSON_STRING
      && strcmp (sf_json_string (method), METHOD) == 0)
    return g_steal_pointer (&doc);
  broken (path, error);
  return NULL;
}

/* The burn-in that was asked for, or the state's, or half of all. */
static guint
choose_burn_in (const SfFitPlan *plan, SfJsonDoc *state)
{
  const SfJson *v
      = state ? sf_json_member (sf_json_root (state), "burn_in_count") : NULL;
  if (plan->burn_in != SF_FIT_BURN_IN_ANY)
    return plan->burn_in;
  if (v && sf_json_kind (v) == SF_JSON_NUMBER && sf_json_number (v) >= 0
      && sf_json_number (v) < G_MAXINT32)
    return (guint)sf_json_number (v);
  return plan->generations / 2;
}

/* What would be written can be read again. */
static gboolean
has_room (const char *path, const SfFitPlan *plan, GError **error)
{
  double values = (plan->generations + 1.0) * plan->n_chains
                  * (plan->runs->numbers->len + plan->runs->rows->len + 3);
  if (values < SF_JSON_VALUES_MAX)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
               _ ("%s would become too large to be taken up; take fewer chains "
                  "or generations"),
               path);
  return FALSE;
}

static SfFit *
new_fit (const SfFitPlan *plan, guint burn_in)
{
  SfFitSettings settings = { .seed = plan->runs->options.seed,
                             .n_parameters = plan->runs->numbers->len,
                             .n_terms = plan->runs->rows->len,
                             .n_chains = plan->n_chains,
                             .burn_in = burn_in,
                             .tolerance = plan->tolerance,
                             .saturation = plan->saturation,
                             .renew = plan->renew };
  return sf_fit_new (&settings);
}

SfFitFile *
sf_fit_file_open (const char *path, const SfFitPlan *plan, gboolean restart,
                  SfFit **fit_out, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SfJsonDoc) state = restart ? NULL : read_state (path, &problem);
  if (problem) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  SfJsonDoc *head
      = has_room (path, plan, error) ? make_head (plan, error) : NULL;
  if (!head)
    return NULL;
  g_autoptr (SfFitFile) file = g_new0 (SfFitFile, 1);
  guint burn_in = choose_burn_in (plan, state);
  sf_json_add_number (sf_json_root (head), "burn_in_count", burn_in);
  file->path = g_strdup (path);
  file->head = head;
  file->text = begin_list (head, "generations");
  g_autoptr (SfFit) fit = new_fit (plan, burn_in);
  if (state
      && (!check_head (path, sf_json_root (state), sf_json_root (head), error)
          || !take_up (fit, path, sf_json_root (state), error)))
    return NULL;
  /* Also to know at once, not after the first generation. */
  if (!sf_fit_file_save (file, fit, error))
    return NULL;
  *fit_out = g_steal_pointer (&fit);
  return g_steal_pointer (&file);
}

/* ---- Keeping ------------------------------------------------------------- */

/* A list of candidates' numbers, one candidate a line; the array's elements
 * are wide (guint32) or narrow (guint16). */
static void
put_lists (GString *out, const char *name, const GArray *array, guint first,
           guint n, guint width)
{
  gboolean is_wide = g_array_get_element_size ((GArray *)array) == 4;
  g_string_append_printf (out, ",\n      \"%s\": [", name);
  for (guint i = 0; i < n; i++) {
    g_string_append (out, i > 0 ? ",\n        [" : "\n        [");
    for (guint j = 0; j < width; j++) {
      gsize at = (gsize)(first + i) * width + j;
      g_string_append_printf (out, "%s%u", j > 0 ? "," : "",
                              is_wide ? g_array_index (array, guint32, at)
                                      : g_array_index (array, guint16, at));
    }
    g_string_append_c (out, ']');
  }
  g_string_append (out, "\n      ]");
}

static void
put_generation (GString *out, const SfFit *fit, guint g)
{
  const SfFitSettings *s = &fit->settings;
  char number[SF_TEXT_NUMBER_SIZE];
  double delta = g_array_index (fit->deltas, double, g);
  g_string_append_printf (out,
                          "%s\n    {\n      \"delta\": %s,\n"
                          "      \"states\": [",
                          g > 0 ? "," : "", sf_text_number (number, delta));
  for (guint i = 0; i < s->n_chains; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "",
                            sf_fit_state (fit, g, i));
  g_string_append_c (out, ']');
  put_lists (out, "places", fit->places, g * s->n_chains, s->n_chains,
             s->n_parameters);
  put_lists (out, "terms", fit->terms, g * s->n_chains, s->n_chains,
             s->n_terms);
  g_string_append (out, "\n    }");
}

gboolean
sf_fit_file_save (SfFitFile *file, const SfFit *fit, GError **error)
{
  for (guint g = file->n_kept; g < fit->n_generations; g++)
    put_generation (file->text, fit, g);
  file->n_kept = fit->n_generations;
  gsize length = file->text->len;
  g_string_append (file->text, END_LIST);
  gboolean is_written
      = sf_file_write (file->path, file->text->str, file->text->len, error);
  g_string_truncate (file->text, length);
  return is_written;
}

/* ---- The sample ---------------------------------------------------------- */

/* The head of the state and how far the fit came. */
static void
add_made (SfJson *root, const SfFitFile *file, const SfFit *fit)
{
  SfJson *made = sf_json_add_object (root, "made");
  SfFitLook look = sf_fit_look (fit, fit->n_generations - 1);
  const SfJson *head = sf_json_root (file->head);
  for (const SfJson *v = sf_json_first (head); v; v = sf_json_next (v))
    if (strcmp (sf_json_key (v), "parameters") != 0
        && strcmp (sf_json_key (v), "format") != 0)
      sf_json_add_copy (made, sf_json_key (v), v);
  sf_json_add_number (made, "generations_count", fit->n_generations - 1);
  sf_json_add_number (made, "candidates_count", fit->distances->len);
  sf_json_add_number (made, "delta", look.delta);
  sf_json_add_number (made, "distance_best", look.best);
  sf_json_add_number (made, "distance_median", look.median);
}

/* A value as a file shows it: digits beyond the sixth say nothing here, but the
 * parameter's range must not be left by rounding. */
static void
put_value (GString *out, const SfAssumption *number, double quantile)
{
  char text[SF_TEXT_NUMBER_SIZE];
  double value = sf_fit_value (number, quantile);
  g_ascii_formatd (text, sizeof text, "%.6g", value);
  double rounded = g_ascii_strtod (text, NULL);
  if (rounded >= number->min && rounded <= number->max)
    value = rounded;
  g_string_append (out, sf_text_number (text, value));
}

/* One row a line. */
static void
put_rows (GString *out, const SfFit *fit, const SfFitRuns *runs, guint keep)
{
  const SfScenario *s = runs->plan->scenario;
  g_autofree guint *sample = g_new (guint, keep);
  guint n = sf_fit_sample (fit, keep, sample);
  for (guint i = 0; i < n; i++) {
    g_string_append (out, i > 0 ? ",\n    [" : "\n    [");
    for (guint p = 0; p < runs->numbers->len; p++) {
      guint number = g_array_index (runs->numbers, guint, p);
      g_string_append (out, p > 0 ? ", " : "");
      put_value (out, &s->assumptions[number],
                 sf_fit_quantile (fit, sample[i], p));
    }
    g_string_append_c (out, ']');
  }
}

gboolean
sf_fit_file_ensemble (const SfFitFile *file, const SfFit *fit,
                      const SfFitRuns *runs, guint keep, const char *path,
                      GError **error)
{
  g_return_val_if_fail (fit->n_generations > 0 && keep > 0, FALSE);
  const SfScenario *s = runs->plan->scenario;
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("ensemble");
  SfJson *root = sf_json_root (doc);
  g_autofree char *title
      = g_strdup_printf ("Posterior sample of %s", s->name ? s->name : "?");
  sf_json_add_number (root, "format", 1);
  sf_json_add_string (root, "title", title);
  add_made (root, file, fit);
  sf_json_add_copy (root, "parameters",
                    sf_json_member (sf_json_root (file->head), "parameters"));
  g_autoptr (GString) text = begin_list (doc, "rows");
  put_rows (text, fit, runs, keep);
  g_string_append (text, END_LIST);
  return sf_file_write (path, text->str, text->len, error);
}
