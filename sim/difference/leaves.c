/* leaves.c - a scenario as a list of single values. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/difference/leaves.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Values that say what something is called, not what is done. */
#define WORDS "title|label|name|description|observations|road"

typedef struct {
  const SfScenario *scenario;
  SfLeaves *out;
  const char *topic;
  guint record;     /* index, or G_MAXUINT */
  const char *unit; /* of the record's commodity, or NULL */
  char *basis;      /* of the record; borrowed */
} Walk;

static void
free_leaf (gpointer data)
{
  SfLeaf *leaf = data;
  g_free (leaf->pointer);
  g_free (leaf->value);
  g_free (leaf->basis);
  g_free (leaf->remark);
  g_free (leaf);
}

static void
free_record (gpointer data)
{
  SfLeafRecord *record = data;
  g_free (record->pointer);
  g_free (record->basis);
  g_free (record);
}

/* ---- Values as text ----------------------------------------------------------- */

static char *
id_of (const SfScenario *s, const char *collection, gint index)
{
  const SfCollection *c = sf_collections;
  while (strcmp (c->name, collection) != 0)
    c++;
  const char *records = *(const gpointer *)((const char *)s + c->offset);
  return index < 0 ? g_strdup ("")
                   : g_strdup (*(
                       const char *const *)(records + (gsize)index * c->size));
}

static char *
ids_of (const SfScenario *s, const char *collection, const GArray *list)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; list && i < list->len; i++) {
    g_autofree char *id = id_of (s, collection, g_array_index (list, gint, i));
    g_string_append_printf (out, "%s%s", i ? " " : "", id);
  }
  return g_string_free (out, FALSE);
}

static char *
number_text (double number)
{
  char text[SF_TEXT_NUMBER_SIZE];
  return g_strdup (isnan (number) ? "" : sf_text_number (text, number));
}

/* The named assumption at the end of a chain of names, or the number itself. */
static const SfAssumption *
root_of (const SfScenario *s, const SfAssumption *a)
{
  while (a->named >= 0)
    a = &s->assumptions[a->named];
  return a;
}

static gboolean
is_uncertain (const SfScenario *s, const SfAssumption *a)
{
  const SfAssumption *root = root_of (s, a);
  return root->dist != SF_DIST_NONE || root->column >= 0 || a->column >= 0;
}

static char *
dist_text (const SfAssumption *a)
{
  static const char *const names[] = { [SF_DIST_NONE] = "fixed",
                                       [SF_DIST_UNIFORM] = "uniform",
                                       [SF_DIST_TRIANGULAR] = "triangular",
                                       [SF_DIST_NORMAL] = "normal",
                                       [SF_DIST_LOGNORMAL] = "lognormal",
                                       [SF_DIST_BETA] = "beta" };
  static const guint counts[] = {
    [SF_DIST_NONE] = 0,   [SF_DIST_UNIFORM] = 2,   [SF_DIST_TRIANGULAR] = 3,
    [SF_DIST_NORMAL] = 2, [SF_DIST_LOGNORMAL] = 2, [SF_DIST_BETA] = 4
  };
  GString *out = g_string_new (names[a->dist]);
  for (guint i = 0; i < counts[a->dist]; i++) {
    g_autofree char *text = number_text (a->p[i]);
    g_string_append_printf (out, " %s", text);
  }
  return g_string_free (out, FALSE);
}

static char *
uncertain_text (const SfScenario *s, const SfAssumption *a)
{
  if (a->named >= 0) {
    const char *name = strrchr (s->assumptions[a->named].pointer, '/') + 1;
    if (a->factor == 1)
      return g_strdup_printf (_ ("assumption %s"), name);
    g_autofree char *factor = number_text (a->factor);
    return g_strdup_printf (_ ("assumption %s times %s"), name,
                            sf_lang_decimal (factor));
  }
  g_autofree char *dist = dist_text (a);
  return a->column >= 0 ? g_strdup_printf (_ ("%s, from the ensemble"), dist)
                        : g_steal_pointer (&dist);
}

/* "A4, assumed". A source is the id of one, or "model". */
static char *
basis_text (const char *source, const char *confidence)
{
  if (g_strcmp0 (source, "model") == 0)
    source = _ ("model");
  confidence = confidence ? _ (confidence) : NULL;
  if (source && confidence)
    return g_strdup_printf ("%s, %s", source, confidence);
  return g_strdup (source ? source : confidence ? confidence : "");
}

static char *
remark_text (const SfAssumption *a)
{
  g_autofree char *low = number_text (a->low);
  g_autofree char *high = number_text (a->high);
  const char *note = a->note ? a->note : "";
  if (!*low && !*high)
    return g_strdup (note);
  g_autofree char *range = g_strdup_printf (_ ("%s to %s"), low, high);
  return *note ? g_strdup_printf ("%s; %s", range, note)
               : g_steal_pointer (&range);
}

/* ---- Leaves --------------------------------------------------------------------- */

static SfLeaf *
add_leaf (Walk *w, const char *parent, const char *name)
{
  SfLeaf *leaf = g_new0 (SfLeaf, 1);
  leaf->pointer = sf_json_pointer_child (parent, name);
  leaf->name = strrchr (leaf->pointer, '/') + 1;
  leaf->topic = w->topic;
  leaf->record = w->record;
  leaf->number = NAN;
  leaf->date = SF_PARAM_NO_DATE;
  leaf->is_run = sf_param_choice (WORDS, name) < 0;
  g_ptr_array_add (w->out->leaves, leaf);
  return leaf;
}

static void
put_number (Walk *w, SfLeaf *leaf, double number, double fallback)
{
  const SfScenario *s = w->scenario;
  const SfAssumption *a = sf_scenario_assumption (s, leaf->pointer);
  leaf->is_number = TRUE;
  leaf->assumption = a;
  if (a) {
    g_free (leaf->basis);
    leaf->basis = basis_text (a->source, a->confidence);
    leaf->remark = remark_text (a);
  }
  if (a && is_uncertain (s, a)) {
    leaf->value = uncertain_text (s, a);
    return;
  }
  leaf->number = a ? a->value : number;
  leaf->value = number_text (leaf->number);
  leaf->is_default
      = leaf->number == fallback || (isnan (leaf->number) && isnan (fallback));
}

static char *
other_text (const Walk *w, const SfParam *p, const void *member, SfLeaf *leaf)
{
  char date[SF_DATE_SIZE];
  const char *text;
  switch (p->kind) {
  case SF_PARAM_FLAG:
    return g_strdup (*(const gboolean *)member ? "true" : "false");
  case SF_PARAM_CHOICE:
    return sf_param_choice_word (p->choices, *(const gint *)member);
  case SF_PARAM_DATE:
    leaf->date = *(const SfDate *)member;
    return leaf->date == SF_PARAM_NO_DATE
               ? g_strdup ("")
               : g_strdup (sf_date_format (date, leaf->date));
  case SF_PARAM_REF:
    return id_of (w->scenario, p->choices, *(const gint *)member);
  case SF_PARAM_REFS:
    return ids_of (w->scenario, p->choices, *(GArray *const *)member);
  default:
    text = *(const char *const *)member;
    return g_strdup (text ? text : "");
  }
}

static gboolean
is_usual (const SfParam *p, const char *value)
{
  if (p->kind == SF_PARAM_FLAG)
    return (strcmp (value, "true") == 0) == (p->fallback != 0);
  if (p->kind != SF_PARAM_CHOICE)
    return !*value;
  g_autofree char *word = sf_param_choice_word (p->choices, (int)p->fallback);
  return g_strcmp0 (word, value) == 0;
}

/* A leaf for each row of a table. */
static void
add_rows (Walk *w, const char *pointer, const SfParam *params,
          const void *record)
{
  for (const SfParam *p = params; p && p->name; p++) {
    if (p->kind == SF_PARAM_AMOUNT && !w->unit)
      continue;
    g_autofree char *name = sf_param_name (p, w->unit);
    const void *member = (const char *)record + p->offset;
    SfLeaf *leaf = add_leaf (w, pointer, name);
    leaf->help = p->help;
    leaf->basis = g_strdup (w->basis ? w->basis : "");
    if (p->kind == SF_PARAM_REAL || p->kind == SF_PARAM_AMOUNT) {
      put_number (w, leaf, *(const double *)member, p->fallback);
    } else {
      leaf->value = other_text (w, p, member, leaf);
      if (!leaf->value)
        leaf->value = g_strdup ("");
      leaf->is_default = is_usual (p, leaf->value);
    }
    if (!leaf->remark)
      leaf->remark = g_strdup ("");
  }
}

/* ---- Records -------------------------------------------------------------------- */

static const char *
text_at (const SfScenario *s, const char *pointer, const char *key)
{
  const SfJson *record = sf_json_pointer_get (sf_json_root (s->doc), pointer);
  const SfJson *v = record ? sf_json_member (record, key) : NULL;
  return v && sf_json_kind (v) == SF_JSON_STRING ? sf_json_string (v) : NULL;
}

static SfLeafRecord *
begin_record (Walk *w, const char *collection, const char *id)
{
  g_autofree char *parent = g_strconcat ("/", collection, NULL);
  SfLeafRecord *record = g_new0 (SfLeafRecord, 1);
  record->pointer = sf_json_pointer_child (parent, id);
  record->topic = collection;
  record->title = text_at (w->scenario, record->pointer, "title");
  if (!record->title || !*record->title)
    record->title = id;
  record->is_on = TRUE;
  record->basis
      = basis_text (text_at (w->scenario, record->pointer, "source"),
                    text_at (w->scenario, record->pointer, "confidence"));
  w->record = w->out->records->len;
  w->topic = collection;
  w->basis = record->basis;
  g_ptr_array_add (w->out->records, record);
  return record;
}

/* The unit of a record that has a commodity. */
static const char *
unit_of (const SfScenario *s, const SfCollection *c, const char *record)
{
  const SfParam *p = sf_param_find (c->params, "commodity", NULL);
  if (!p || p->kind != SF_PARAM_REF)
    return NULL;
  gint i = *(const gint *)(const void *)(record + p->offset);
  return i < 0 ? NULL : sf_unit_name (s->commodities[i].unit);
}

static void
add_collection (Walk *w, const SfCollection *c)
{
  const SfScenario *s = w->scenario;
  const char *records = *(const gpointer *)((const char *)s + c->offset);
  guint n = *(const guint *)((const char *)s + c->count_offset);
  for (guint i = 0; i < n; i++, records += c->size) {
    const SfLeafRecord *record
        = begin_record (w, c->name, *(const char *const *)records);
    w->unit = unit_of (s, c, records);
    add_rows (w, record->pointer, c->params, records);
  }
}

static void
add_models (Walk *w)
{
  const SfScenario *s = w->scenario;
  w->unit = NULL;
  for (guint i = 0; i < s->n_models; i++) {
    SfLeafRecord *record = begin_record (w, "models", s->models[i].id);
    record->model = s->models[i].info->name;
    record->is_on = s->models[i].is_on;
    add_rows (w, record->pointer, s->models[i].info->params,
              s->models[i].params);
  }
}

static void
begin_part (Walk *w, const char *topic)
{
  w->topic = topic;
  w->record = G_MAXUINT;
  w->unit = w->basis = NULL;
}

static void
add_named (Walk *w)
{
  const SfScenario *s = w->scenario;
  begin_part (w, "assumptions");
  for (guint i = 0; i < s->n_assumptions; i++) {
    const SfAssumption *a = &s->assumptions[i];
    if (!g_str_has_prefix (a->pointer, "/assumptions/"))
      continue;
    SfLeaf *leaf
        = add_leaf (w, "/assumptions", a->pointer + strlen ("/assumptions/"));
    put_number (w, leaf, a->value, NAN);
    leaf->is_run = TRUE;
  }
}

/* An ensemble is its content, not only its name. */
static void
mark_ensemble (Walk *w)
{
  const SfEnsemble *e = w->scenario->ensemble;
  for (guint i = 0; e && i < w->out->leaves->len; i++) {
    SfLeaf *leaf = w->out->leaves->pdata[i];
    if (strcmp (leaf->pointer, "/ensemble") != 0)
      continue;
    char *value = g_strdup_printf ("%s (%.8s)", leaf->value, e->sha256);
    g_free (leaf->value);
    leaf->value = value;
  }
}

/* The seed stands in no table. */
static void
add_run (Walk *w)
{
  const SfScenario *s = w->scenario;
  begin_part (w, "run");
  add_rows (w, "/run", sf_run_params, s);
  SfLeaf *seed = add_leaf (w, "/run", "seed");
  seed->value = g_strdup_printf ("%" G_GUINT64_FORMAT, s->seed);
  seed->is_default = s->seed == 1;
}

SfLeaves *
sf_leaves_new (const SfScenario *s)
{
  SfLeaves *out = g_new0 (SfLeaves, 1);
  out->leaves = g_ptr_array_new_with_free_func (free_leaf);
  out->records = g_ptr_array_new_with_free_func (free_record);
  Walk w = { .scenario = s, .out = out };
  begin_part (&w, "scenario");
  add_rows (&w, "", sf_scenario_params, s);
  mark_ensemble (&w);
  begin_part (&w, "time");
  add_rows (&w, "/time", sf_time_params, s);
  add_run (&w);
  add_named (&w);
  add_models (&w);
  for (int i = 0; sf_collections[i].name; i++)
    add_collection (&w, &sf_collections[i]);
  out->by_pointer = g_hash_table_new (g_str_hash, g_str_equal);
  out->record_by_pointer = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < out->leaves->len; i++) {
    SfLeaf *leaf = out->leaves->pdata[i];
    if (!leaf->basis)
      leaf->basis = g_strdup ("");
    if (!leaf->remark)
      leaf->remark = g_strdup ("");
    g_hash_table_insert (out->by_pointer, leaf->pointer, leaf);
  }
  for (guint i = 0; i < out->records->len; i++) {
    SfLeafRecord *record = out->records->pdata[i];
    g_hash_table_insert (out->record_by_pointer, record->pointer, record);
  }
  return out;
}

void
sf_leaves_free (SfLeaves *leaves)
{
  if (!leaves)
    return;
  g_hash_table_unref (leaves->by_pointer);
  g_hash_table_unref (leaves->record_by_pointer);
  g_ptr_array_unref (leaves->leaves);
  g_ptr_array_unref (leaves->records);
  g_free (leaves);
}
