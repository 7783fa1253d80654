/* read.c - a document becomes a scenario. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/scenario/load.h"
#include "sim/scenario/reader.h"

#define TOP                                                                    \
  "$schema|format|extends|time|run|sources|assumptions|models|notes|"          \
  "translations|"                                                              \
  "commodities|vehicles|nodes|zones|links|queues|fleets|shipments|markets|"    \
  "classes|demands|events"

static guint
n_collections (void)
{
  guint n = 0;
  while (sf_collections[n].name)
    n++;
  return n;
}

static gpointer *
array_of (SfScenario *s, const SfCollection *c)
{
  return (gpointer *)((char *)s + c->offset);
}

static guint *
count_of (SfScenario *s, const SfCollection *c)
{
  return (guint *)((char *)s + c->count_offset);
}

gboolean
sf_reader_is_id (const char *id)
{
  if (!*id || *id == '.' || strlen (id) > 64)
    return FALSE;
  for (const char *c = id; *c; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_' && *c != '.')
      return FALSE;
  return TRUE;
}

static void
check_id (SfReader *r, const SfJson *v, const char *pointer)
{
  if (sf_reader_is_id (sf_json_key (v)))
    return;
  g_autofree char *safe = sf_text_safe (sf_json_key (v), -1);
  sf_reader_mistake (r, SF_MISTAKE_TYPE, v, pointer,
                     _ ("\"%s\" is not an id: 1 to 64 letters, digits, - _ or "
                        ". (not first)"),
                     safe);
}

/* First pass: every id gets its index, so that records can refer ahead. */
static void
register_ids (SfReader *r, const SfJson *root, int which)
{
  const SfCollection *c = &sf_collections[which];
  const SfJson *object = sf_json_member (root, c->name);
  r->ids[which] = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *pointer = g_strconcat ("/", c->name, NULL);
  if (!object || !sf_reader_is_object (r, object, pointer))
    return;
  guint n = 0;
  for (const SfJson *v = sf_json_first (object); v; v = sf_json_next (v)) {
    g_autofree char *child = sf_json_pointer_child (pointer, sf_json_key (v));
    check_id (r, v, child);
    g_hash_table_insert (r->ids[which], (gpointer)sf_json_key (v),
                         GINT_TO_POINTER ((gint)++n));
  }
  *array_of (r->scenario, c) = g_malloc0_n (MAX (n, 1), c->size);
  *count_of (r->scenario, c) = n;
}

/* The unit of the commodity that a record names, or NULL. */
static const char *
unit_of (SfReader *r, const SfJson *record)
{
  if (sf_json_kind (record) != SF_JSON_OBJECT)
    return NULL;
  const SfJson *v = sf_json_member (record, "commodity");
  if (!v || sf_json_kind (v) != SF_JSON_STRING)
    return NULL;
  gint i = GPOINTER_TO_INT (g_hash_table_lookup (
      r->ids[sf_collection_index ("commodities")], sf_json_string (v)));
  if (!i || r->scenario->commodities[i - 1].unit < 0)
    return NULL;
  return sf_unit_name (r->scenario->commodities[i - 1].unit);
}

static void
read_collection (SfReader *r, const SfJson *root, int which)
{
  const SfCollection *c = &sf_collections[which];
  const SfJson *object = sf_json_member (root, c->name);
  if (!object || sf_json_kind (object) != SF_JSON_OBJECT)
    return;
  g_autofree char *pointer = g_strconcat ("/", c->name, NULL);
  char *record = *array_of (r->scenario, c);
  for (const SfJson *v = sf_json_first (object); v; v = sf_json_next (v)) {
    g_autofree char *child = sf_json_pointer_child (pointer, sf_json_key (v));
    r->unit = unit_of (r, v);
    sf_reader_record (r, v, child, c->params, NULL, record);
    *(const char **)record = sf_json_key (v);
    record += c->size;
  }
  r->unit = NULL;
}

static const SfModelInfo *
find_model (SfReader *r, const SfJson *v, const char *pointer,
            const SfModelInfo *const *models)
{
  const SfJson *m = sf_json_member (v, "model");
  const char *name
      = m && sf_json_kind (m) == SF_JSON_STRING ? sf_json_string (m) : NULL;
  if (!name) {
    sf_reader_mistake (r, SF_MISTAKE_MISSING, m ? m : v, pointer,
                       _ ("\"model\" is missing (the name of a model as "
                          "\"kind/word\"; `shortfall models` lists them)"));
    return NULL;
  }
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (gsize i = 0; models[i]; i++) {
    if (strcmp (models[i]->name, name) == 0)
      return models[i];
    g_ptr_array_add (names, (gpointer)models[i]->name);
  }
  const char *near
      = sf_text_nearest (name, (const char *const *)names->pdata, names->len);
  g_autofree char *safe = sf_text_safe (name, -1);
  g_autofree char *child = sf_json_pointer_child (pointer, "model");
  g_autofree char *hint = sf_text_hint (near);
  sf_reader_mistake (r, SF_MISTAKE_MODEL, m, child,
                     _ ("there is no model \"%s\"%s"), safe, hint);
  return NULL;
}

static gboolean
is_true (SfReader *r, const SfJson *on, const char *model)
{
  if (sf_json_kind (on) == SF_JSON_BOOLEAN)
    return sf_json_boolean (on);
  g_autofree char *pointer = sf_json_pointer_child (model, "enabled");
  sf_reader_mistake (r, SF_MISTAKE_TYPE, on, pointer,
                     _ ("expected true or false, found %s"),
                     sf_json_kind_name (sf_json_kind (on)));
  return TRUE;
}

static void
read_models (SfReader *r, const SfJson *root, const SfModelInfo *const *models)
{
  SfScenario *s = r->scenario;
  const SfJson *object = sf_json_member (root, "models");
  if (!object || !sf_reader_is_object (r, object, "/models"))
    return;
  s->models = g_new0 (SfModelSpec, sf_json_length (object) + 1);
  for (const SfJson *v = sf_json_first (object); v; v = sf_json_next (v)) {
    g_autofree char *child = sf_json_pointer_child ("/models", sf_json_key (v));
    check_id (r, v, child);
    if (!sf_reader_is_object (r, v, child))
      continue;
    const SfModelInfo *info = find_model (r, v, child, models);
    if (!info)
      continue;
    SfModelSpec *spec = &s->models[s->n_models++];
    spec->id = sf_json_key (v);
    spec->info = info;
    spec->params = g_malloc0 (MAX (info->size, 1));
    const SfJson *on = sf_json_member (v, "enabled");
    spec->is_on = !on || is_true (r, on, child);
    sf_reader_record (r, v, child, info->params, "model|enabled", spec->params);
  }
}

/* A part of the top level that is an object with a table of its own. */
static void
read_part (SfReader *r, const SfJson *root, const char *name,
           const SfParam *params, const char *also)
{
  const SfJson *object = sf_json_member (root, name);
  g_autofree char *pointer = g_strconcat ("/", name, NULL);
  if (object)
    sf_reader_record (r, object, pointer, params, also, r->scenario);
  else
    sf_param_set_defaults (params, r->scenario);
}

/* Seeds are 64 bits wide, more than a JSON number holds: they are texts. */
static void
read_seed (SfReader *r, const SfJson *root)
{
  const SfJson *run = sf_json_member (root, "run");
  const SfJson *v = run && sf_json_kind (run) == SF_JSON_OBJECT
                        ? sf_json_member (run, "seed")
                        : NULL;
  r->scenario->seed = 1;
  if (!v)
    return;
  if (sf_json_kind (v) == SF_JSON_STRING
      && g_ascii_string_to_unsigned (sf_json_string (v), 10, 0, G_MAXUINT64,
                                     &r->scenario->seed, NULL))
    return;
  sf_reader_mistake (r, SF_MISTAKE_TYPE, v, "/run/seed",
                     _ ("expected a whole number in quotes, \"0\" to "
                        "\"18446744073709551615\""));
}

void
sf_reader_format (SfReader *r, const SfJson *root)
{
  const SfJson *v = sf_json_member (root, "format");
  if (v && (sf_json_kind (v) != SF_JSON_NUMBER || sf_json_number (v) != 1))
    sf_reader_mistake (r, SF_MISTAKE_RANGE, v, "/format",
                       _ ("this program reads format 1"));
}

/* The name becomes that of a folder, so it must not lead elsewhere. */
static void
check_name (SfReader *r, const SfJson *root)
{
  const SfJson *v = sf_json_member (root, "name");
  if (!v || !r->scenario->name || sf_reader_is_id (r->scenario->name))
    return;
  sf_reader_mistake (r, SF_MISTAKE_TYPE, v, "/name",
                     _ ("folders are called after it: 1 to 64 letters, digits, "
                        "- _ or . (not first)"));
}

void
sf_reader_sources (SfReader *r, const SfJson *root)
{
  typedef struct {
    const char *title, *url;
  } Source;
  static const SfParam params[] = {
    SF_PARAM_STRING (Source, title, "what it is, with its date"),
    SF_PARAM_STRING (Source, url, "where it can be read"),
    SF_PARAM_END,
  };
  Source source;
  const SfJson *all = sf_json_member (root, "sources");
  if (!all || !sf_reader_is_object (r, all, "/sources"))
    return;
  r->sources = all;
  for (const SfJson *v = sf_json_first (all); v; v = sf_json_next (v)) {
    g_autofree char *child
        = sf_json_pointer_child ("/sources", sf_json_key (v));
    check_id (r, v, child);
    sf_reader_record (r, v, child, params, NULL, &source);
  }
}

/* "translations": {"fr": {"Petrol": "Essence"}}. */
void
sf_reader_translations (SfReader *r, const SfJson *root)
{
  const SfJson *all = sf_json_member (root, "translations");
  if (!all || !sf_reader_is_object (r, all, "/translations"))
    return;
  for (const SfJson *lang = sf_json_first (all); lang;
       lang = sf_json_next (lang)) {
    g_autofree char *path
        = sf_json_pointer_child ("/translations", sf_json_key (lang));
    if (!sf_reader_is_object (r, lang, path))
      continue;
    for (const SfJson *v = sf_json_first (lang); v; v = sf_json_next (v)) {
      g_autofree char *child = sf_json_pointer_child (path, sf_json_key (v));
      if (sf_json_kind (v) != SF_JSON_STRING)
        sf_reader_mistake (r, SF_MISTAKE_TYPE, v, child,
                           _ ("a text, what the title is in that language"));
    }
  }
}

static void
read_all (SfReader *r, const SfModelInfo *const *models)
{
  const SfJson *root = sf_json_root (r->doc);
  sf_reader_sources (r, root);
  sf_reader_format (r, root);
  for (int i = 0; sf_collections[i].name; i++)
    register_ids (r, root, i);
  sf_reader_record (r, root, "", sf_scenario_params, TOP, r->scenario);
  check_name (r, root);
  sf_reader_translations (r, root);
  const SfJson *named = sf_json_member (root, "assumptions");
  if (named) /* before everything that may take one */
    sf_reader_named (r, named);
  read_part (r, root, "time", sf_time_params, NULL);
  read_part (r, root, "run", sf_run_params, "seed");
  read_seed (r, root);
  for (int i = 0; sf_collections[i].name; i++)
    read_collection (r, root, i);
  read_models (r, root, models);
}

static void
take_assumptions (SfReader *r)
{
  SfScenario *s = r->scenario;
  s->n_assumptions = r->assumptions->len;
  s->assumptions = (SfAssumption *)(void *)g_array_free (r->assumptions, FALSE);
  r->assumptions = NULL;
  s->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < s->n_assumptions; i++)
    g_hash_table_insert (s->numbers, s->assumptions[i].pointer,
                         GINT_TO_POINTER ((gint)i + 1));
}

SfScenario *
sf_scenario_read (const char *path, const char *const *overrides,
                  const SfModelInfo *const *models, SfMistakes *mistakes)
{
  return sf_scenario_read_levers (path, NULL, overrides, models, mistakes);
}

SfScenario *
sf_scenario_read_levers (const char *path, const char *const *levers,
                         const char *const *overrides,
                         const SfModelInfo *const *models, SfMistakes *mistakes)
{
  SfJsonDoc *doc = sf_scenario_load (path, levers, overrides, mistakes);
  if (!doc)
    return NULL;
  guint before = sf_mistakes_count (mistakes);
  g_autoptr (SfScenario) s = g_new0 (SfScenario, 1);
  s->doc = doc;
  s->texts = g_ptr_array_new_with_free_func (g_free);
  s->path = g_strdup (path);
  g_ptr_array_add (s->texts, (gpointer)s->path);
  SfReader r = { .scenario = s, .doc = doc, .mistakes = mistakes };
  r.ids = g_new0 (GHashTable *, n_collections ());
  r.named = g_hash_table_new (g_str_hash, g_str_equal);
  r.assumptions = g_array_new (FALSE, FALSE, sizeof (SfAssumption));
  read_all (&r, models);
  take_assumptions (&r);
  sf_reader_files (&r);
  sf_scenario_check (&r);
  for (guint i = 0; i < n_collections (); i++)
    g_hash_table_unref (r.ids[i]);
  g_free (r.ids);
  g_hash_table_unref (r.named);
  if (sf_mistakes_count (mistakes) == before) {
    sf_scenario_speak (sf_json_root (s->doc));
    return g_steal_pointer (&s);
  }
  sf_mistakes_sort (mistakes);
  return NULL;
}
