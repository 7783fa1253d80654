/* draw.c - the uncertain numbers of one replication. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each number has a random stream of its own, so that taking some from an
 * ensemble, or fixing them, leaves the draws of all others as they were.
 */
#include "sim/scenario/reader.h"

#include <math.h>
#include <string.h>

#include "sim/base/random.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/scenario/load.h"

/* ---- The ensemble file --------------------------------------------------- */

static void
free_ensemble (SfEnsemble *e)
{
  if (!e)
    return;
  g_free (e->assumptions);
  g_free (e->values);
  g_free (e->path);
  g_free (e->sha256);
  sf_json_doc_free (e->doc);
  g_free (e);
}

static void
unknown_pointer (SfReader *r, const SfJson *v, const char *at)
{
  const SfScenario *s = r->scenario;
  const char *pointer = sf_json_string (v);
  /* One that is there but could not be read was said to be wrong. */
  if (sf_json_pointer_get (sf_json_root (s->doc), pointer))
    return;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  for (guint i = 0; i < s->n_assumptions; i++)
    if (s->assumptions[i].dist != SF_DIST_NONE)
      g_ptr_array_add (known, s->assumptions[i].pointer);
  const char *near = sf_text_nearest (
      pointer, (const char *const *)known->pdata, known->len);
  g_autofree char *safe = sf_text_safe (pointer, -1);
  g_autofree char *hint = sf_text_hint (near);
  sf_reader_mistake (r, SF_MISTAKE_REFERENCE, v, at,
                     _ ("the scenario has no number \"%s\"%s"), safe, hint);
}

/* What is no list, or an empty one, is a mistake. */
static gboolean
is_list (SfReader *r, const SfJson *v, const char *key)
{
  g_autofree char *pointer = g_strconcat ("/", key, NULL);
  if (!v)
    sf_reader_mistake (r, SF_MISTAKE_MISSING, sf_json_root (r->doc), "",
                       _ ("\"%s\" is missing"), key);
  else if (sf_json_kind (v) != SF_JSON_ARRAY || !sf_json_first (v))
    sf_reader_mistake (r, SF_MISTAKE_TYPE, v, pointer,
                       _ ("expected a list that is not empty"));
  else
    return TRUE;
  return FALSE;
}

/* The numbers that the columns stand for: indices into assumptions, or -1
 * where a column is passed over, as when the number is certain here. */
static GArray *
read_columns (SfReader *r, const SfJson *list)
{
  SfScenario *s = r->scenario;
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (gint));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (const SfJson *v = sf_json_first (list); v; v = sf_json_next (v)) {
    g_autofree char *at = g_strdup_printf ("/parameters/%u", columns->len);
    gint place = -1;
    if (sf_json_kind (v) != SF_JSON_STRING)
      sf_reader_mistake (r, SF_MISTAKE_TYPE, v, at,
                         _ ("expected a JSON Pointer in quotes, found %s"),
                         sf_json_kind_name (sf_json_kind (v)));
    else if (!g_hash_table_add (seen, (gpointer)sf_json_string (v)))
      sf_reader_mistake (r, SF_MISTAKE_DUPLICATE, v, at,
                         _ ("this number has a column already"));
    else {
      const SfAssumption *a = sf_scenario_assumption (s, sf_json_string (v));
      if (!a)
        unknown_pointer (r, v, at);
      else if (a->dist != SF_DIST_NONE)
        place = (gint)(a - s->assumptions);
    }
    g_array_append_val (columns, place);
  }
  return columns;
}

/* A value of a row; column is -1 where it is passed over. */
static void
read_value (SfReader *r, const SfJson *v, guint row, guint i, gint column,
            GArray *values)
{
  g_autofree char *at = g_strdup_printf ("/rows/%u/%u", row, i);
  if (sf_json_kind (v) != SF_JSON_NUMBER) {
    sf_reader_mistake (r, SF_MISTAKE_TYPE, v, at,
                       _ ("expected a number, found %s"),
                       sf_json_kind_name (sf_json_kind (v)));
    return;
  }
  if (column < 0)
    return;
  const SfAssumption *a = &r->scenario->assumptions[column];
  double value = sf_json_number (v);
  if (value < a->min || value > a->max) {
    char found[SF_TEXT_NUMBER_SIZE], lo[SF_TEXT_NUMBER_SIZE],
        hi[SF_TEXT_NUMBER_SIZE];
    sf_reader_mistake (r, SF_MISTAKE_RANGE, v, at,
                       _ ("%s is out of range for %s; expected %s to %s"),
                       sf_text_number (found, value), a->pointer,
                       sf_text_number (lo, a->min),
                       sf_text_number (hi, a->max));
  }
  g_array_append_val (values, value);
}

static guint
read_rows (SfReader *r, const SfJson *list, const GArray *columns,
           GArray *values)
{
  guint row = 0;
  for (const SfJson *v = sf_json_first (list); v; v = sf_json_next (v), row++) {
    g_autofree char *at = g_strdup_printf ("/rows/%u", row);
    if (sf_json_kind (v) != SF_JSON_ARRAY
        || sf_json_length (v) != columns->len) {
      sf_reader_mistake (r, SF_MISTAKE_TYPE, v, at,
                         _ ("expected a list of %u numbers, one a parameter"),
                         columns->len);
      continue;
    }
    guint i = 0;
    for (const SfJson *x = sf_json_first (v); x; x = sf_json_next (x), i++)
      read_value (r, x, row, i, g_array_index (columns, gint, i), values);
  }
  return row;
}

static void
check_top (SfReader *r, const SfJson *root)
{
  static const char *const known[]
      = { "format", "title", "made", "notes", "parameters", "rows", NULL };
  for (const SfJson *v = sf_json_first (root); v; v = sf_json_next (v)) {
    const char *key = sf_json_key (v);
    if (g_strv_contains (known, key))
      continue;
    const char *near = sf_text_nearest (key, known, G_N_ELEMENTS (known));
    g_autofree char *at = sf_json_pointer_child ("", key);
    g_autofree char *safe = sf_text_safe (key, -1);
    g_autofree char *hint = sf_text_hint (near);
    sf_reader_mistake (r, SF_MISTAKE_UNKNOWN_KEY, v, at,
                       _ ("unknown key \"%s\"%s"), safe, hint);
  }
  const SfJson *v = sf_json_member (root, "format");
  if (!v || sf_json_kind (v) != SF_JSON_NUMBER || sf_json_number (v) != 1)
    sf_reader_mistake (r, SF_MISTAKE_RANGE, v ? v : root, v ? "/format" : "",
                       _ ("this program reads \"format\": 1 of an ensemble"));
}

/* Columns that are passed over leave no trace in the ensemble. */
static void
take_columns (SfScenario *s, SfEnsemble *e, const GArray *columns)
{
  e->assumptions = g_new (guint, columns->len);
  for (guint i = 0; i < columns->len; i++) {
    gint place = g_array_index (columns, gint, i);
    if (place < 0)
      continue;
    s->assumptions[place].column = (gint)e->n_parameters;
    e->assumptions[e->n_parameters++] = (guint)place;
  }
}

/* Reads the file into the scenario; with any mistake the scenario is not
 * returned, so that a half-read ensemble is never drawn from. */
static void
read_ensemble (SfReader *scenario_reader, const char *path)
{
  SfScenario *s = scenario_reader->scenario;
  g_autoptr (SfJsonDoc) doc
      = sf_json_read_file (path, scenario_reader->mistakes);
  if (!doc)
    return;
  SfReader r
      = { .scenario = s, .doc = doc, .mistakes = scenario_reader->mistakes };
  const SfJson *root = sf_json_root (doc);
  if (!sf_reader_is_object (&r, root, ""))
    return;
  check_top (&r, root);
  const SfJson *parameters = sf_json_member (root, "parameters");
  const SfJson *rows = sf_json_member (root, "rows");
  gboolean has_rows = is_list (&r, rows, "rows");
  if (!is_list (&r, parameters, "parameters") || !has_rows)
    return;
  g_autoptr (GArray) columns = read_columns (&r, parameters);
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));
  SfEnsemble *e = s->ensemble = g_new0 (SfEnsemble, 1);
  e->n_rows = read_rows (&r, rows, columns, values);
  e->values = (double *)(void *)g_array_free (values, FALSE);
  e->path = g_strdup (path);
  g_autofree char *text = sf_json_print (root, FALSE);
  e->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  take_columns (s, e, columns);
  e->doc = g_steal_pointer (&doc);
}

void
sf_scenario_forget_ensemble (SfScenario *s)
{
  g_clear_pointer (&s->ensemble, free_ensemble);
  for (guint i = 0; i < s->n_assumptions; i++)
    s->assumptions[i].column = -1;
}

/* ---- Files beside the scenario ------------------------------------------- */

/* The path of a file that a member of the top level names, beside the file
 * that says so; NULL when none is named or it is not there. */
static const char *
file_beside (SfReader *r, const char *key)
{
  const SfJson *v = sf_json_member (sf_json_root (r->doc), key);
  if (!v || sf_json_kind (v) != SF_JSON_STRING)
    return NULL; /* which was said */
  const char *file;
  sf_json_where (r->doc, v, &file, NULL, NULL);
  const char *from = strcmp (file, "--set") == 0 ? r->scenario->path : file;
  char *path = sf_scenario_beside (from, sf_json_string (v));
  g_ptr_array_add (r->scenario->texts, path);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_autofree char *pointer = g_strconcat ("/", key, NULL);
  sf_reader_mistake (r, SF_MISTAKE_FILE, v, pointer, _ ("there is no file %s"),
                     path);
  return NULL;
}

void
sf_reader_files (SfReader *r)
{
  r->scenario->observations = file_beside (r, "observations");
  const char *ensemble = file_beside (r, "ensemble");
  if (ensemble)
    read_ensemble (r, ensemble);
}

/* ---- Drawing ------------------------------------------------------------- */

static double
draw (const SfAssumption *a, guint64 seed, guint64 replication)
{
  g_autofree char *name = g_strconcat ("assume:", a->pointer, NULL);
  SfStream s;
  sf_stream_init (&s, seed, name, replication, 0);
  double v = a->value;
  switch (a->dist) {
  case SF_DIST_UNIFORM:
    v = sf_stream_uniform_between (&s, a->p[0], a->p[1]);
    break;
  case SF_DIST_TRIANGULAR:
    v = sf_stream_triangular (&s, a->p[0], a->p[1], a->p[2]);
    break;
  case SF_DIST_NORMAL:
    v = sf_stream_normal (&s, a->p[0], a->p[1]);
    break;
  case SF_DIST_LOGNORMAL:
    v = sf_stream_lognormal (&s, a->p[0], a->p[1]);
    break;
  case SF_DIST_BETA:
    v = a->p[0] + (a->p[1] - a->p[0]) * sf_stream_beta (&s, a->p[2], a->p[3]);
    break;
  case SF_DIST_NONE:
    break;
  }
  return CLAMP (v, a->min, a->max);
}

/* The value of a number in a replication, before it is rounded. `row` is the
 * replication's row of the ensemble, or NULL. */
static double
take (const SfAssumption *a, const double *row, guint64 seed, gint replication)
{
  if (replication < 0)
    return a->value;
  if (!isnan (a->fixed))
    return CLAMP (a->fixed, a->min, a->max);
  if (row && a->column >= 0)
    return row[a->column];
  return a->dist == SF_DIST_NONE ? a->value
                                 : draw (a, seed, (guint64)replication);
}

void
sf_scenario_draw (SfScenario *s, guint64 seed, gint replication)
{
  const SfEnsemble *e = s->ensemble;
  const double *row = NULL;
  if (e && replication >= 0)
    row = e->values + (gsize)e->n_parameters * ((guint)replication % e->n_rows);
  g_autofree double *drawn = g_new (double, s->n_assumptions);
  for (guint i = 0; i < s->n_assumptions; i++) {
    const SfAssumption *a = &s->assumptions[i];
    gboolean is_free = replication < 0 || isnan (a->fixed);
    if (a->named >= 0 && is_free) /* named ones come first in the list */
      drawn[i] = CLAMP (drawn[a->named] * a->factor, a->min, a->max);
    else
      drawn[i] = take (a, row, seed, replication);
    if (a->is_whole)
      drawn[i] = round (drawn[i]);
    if (a->target)
      *a->target = drawn[i];
  }
}

void
sf_scenario_fix (SfScenario *s, guint assumption, double value)
{
  g_return_if_fail (assumption < s->n_assumptions);
  s->assumptions[assumption].fixed = value;
}
