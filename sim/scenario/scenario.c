/* scenario.c - a scenario as plain records. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/scenario.h"

#include <string.h>

#include "sim/lang/lang.h"
#include "sim/scenario/basis.h"
#include "sim/scenario/reader.h"

static void
free_lists (const SfParam *params, void *record)
{
  for (const SfParam *p = params; p && p->name; p++) {
    GArray *list = p->kind == SF_PARAM_REFS
                       ? *(GArray **)((char *)record + p->offset)
                       : NULL;
    if (list)
      g_array_unref (list);
  }
}

static void
free_collection (SfScenario *s, const SfCollection *c)
{
  char *records = *(gpointer *)((char *)s + c->offset);
  guint n = *(guint *)((char *)s + c->count_offset);
  for (guint i = 0; records && i < n; i++)
    free_lists (c->params, records + i * c->size);
  g_free (records);
}

void
sf_scenario_free (SfScenario *s)
{
  if (!s)
    return;
  for (int i = 0; sf_collections[i].name; i++)
    free_collection (s, &sf_collections[i]);
  for (guint i = 0; i < s->n_models; i++) {
    free_lists (s->models[i].info->params, s->models[i].params);
    g_free (s->models[i].params);
  }
  g_free (s->models);
  for (guint i = 0; i < s->n_assumptions; i++)
    g_free (s->assumptions[i].pointer);
  sf_scenario_forget_ensemble (s); /* it frees the assumptions from it */
  g_free (s->assumptions);
  g_clear_pointer (&s->numbers, g_hash_table_unref);
  sf_json_doc_free (s->doc);
  g_ptr_array_unref (s->texts);
  g_free (s);
}

gint
sf_scenario_find (const SfScenario *s, const char *collection, const char *id)
{
  const SfCollection *c = &sf_collections[sf_collection_index (collection)];
  const char *records = *(const gpointer *)((const char *)s + c->offset);
  guint n = *(const guint *)((const char *)s + c->count_offset);
  for (guint i = 0; i < n; i++)
    if (strcmp (*(const char *const *)(records + i * c->size), id) == 0)
      return (gint)i;
  return -1;
}

const SfAssumption *
sf_scenario_assumption (const SfScenario *s, const char *pointer)
{
  gint i = GPOINTER_TO_INT (g_hash_table_lookup (s->numbers, pointer));
  return i ? &s->assumptions[i - 1] : NULL;
}

guint
sf_scenario_days (const SfScenario *s)
{
  return (guint)(s->end - s->start) + 1;
}

gint
sf_scenario_day (const SfScenario *s, SfDate date)
{
  return date - s->start;
}

guint
sf_scenario_shock_day (const SfScenario *s)
{
  return s->shock <= s->start ? 0 : (guint)(s->shock - s->start);
}

char *
sf_scenario_hash (const SfScenario *s)
{
  return sf_scenario_hash_of (sf_json_root (s->doc),
                              s->ensemble ? s->ensemble->sha256 : NULL);
}

char *
sf_scenario_hash_of (const SfJson *root, const char *ensemble_sha256)
{
  static const char *const files[]
      = { "extends", "observations", "ensemble", NULL };
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("");
  for (const SfJson *v = sf_json_first (root); v; v = sf_json_next (v))
    if (!g_strv_contains (files, sf_json_key (v)))
      sf_json_add_copy (sf_json_root (doc), sf_json_key (v), v);
  g_autofree char *text = sf_json_print (sf_json_root (doc), FALSE);
  g_autofree char *all = ensemble_sha256
                             ? g_strconcat (text, "\n", ensemble_sha256, NULL)
                             : NULL;
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all ? all : text,
                                        -1);
}

char *
sf_scenario_ensemble_name (const SfScenario *s)
{
  return g_path_get_basename (s->ensemble_file);
}

gboolean
sf_refs_hold (const GArray *list, gint value)
{
  if (!list)
    return TRUE;
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, gint, i) == value)
      return TRUE;
  return FALSE;
}

const char *
sf_unit_name (gint unit)
{
  return unit == SF_UNIT_T ? "t" : "m3";
}

/* ---- What the numbers rest on -------------------------------------------- */

const char *const sf_basis_words[]
    = { N_ ("reported"),   N_ ("derived"), N_ ("estimate"),
        N_ ("unverified"), N_ ("assumed"), NULL };

/* A number is uncertain by itself or by the named assumption it takes, which
 * may take another in its turn. */
static gboolean
is_drawn (const SfScenario *s, const SfAssumption *a)
{
  while (a->named >= 0)
    a = &s->assumptions[a->named];
  return a->dist != SF_DIST_NONE;
}

void
sf_scenario_speak (const SfJson *root)
{
  const SfJson *all = sf_json_member (root, "translations");
  if (!all || sf_json_kind (all) != SF_JSON_OBJECT)
    return;
  for (const SfJson *lang = sf_json_first (all); lang;
       lang = sf_json_next (lang)) {
    if (sf_json_kind (lang) != SF_JSON_OBJECT)
      continue;
    for (const SfJson *v = sf_json_first (lang); v; v = sf_json_next (v))
      if (sf_json_kind (v) == SF_JSON_STRING)
        sf_lang_add_word (sf_json_key (lang), sf_json_key (v),
                          sf_json_string (v));
  }
}

SfBasisCount
sf_basis_count (const SfScenario *s, const char *confidence)
{
  SfBasisCount n = { 0, 0 };
  for (guint i = 0; i < s->n_assumptions; i++) {
    const SfAssumption *a = &s->assumptions[i];
    if (g_strcmp0 (a->confidence, confidence) != 0)
      continue;
    n.numbers++;
    n.drawn += is_drawn (s, a);
  }
  return n;
}

guint
sf_basis_defaults (const SfScenario *s, SfBasisDefault each, gpointer data)
{
  guint n = 0;
  for (guint i = 0; i < s->n_models; i++) {
    const SfModelSpec *m = &s->models[i];
    for (const SfParam *p = m->info->params; m->is_on && p->name; p++) {
      g_autofree char *pointer
          = g_strdup_printf ("/models/%s/%s", m->id, p->name);
      if (p->kind != SF_PARAM_REAL || sf_scenario_assumption (s, pointer))
        continue;
      n++;
      if (each)
        each (pointer, p->fallback, data);
    }
  }
  return n;
}

/* ---- Parts of the network ------------------------------------------------ */

/* The node that stands for a part: its own parent. */
static gint
part_of (const SfParts *parts, gint node)
{
  gint *parent = parts->parent;
  while (parent[node] != node)
    node = parent[node] = parent[parent[node]];
  return node;
}

static gboolean *
find_usable (const SfScenario *s)
{
  gboolean *is_usable = g_new0 (gboolean, s->n_links + 1);
  for (guint i = 0; i < s->n_links; i++)
    is_usable[i] = !s->links[i].closed;
  for (guint i = 0; i < s->n_events; i++) {
    const GArray *links = s->events[i].links;
    gboolean opens = g_strcmp0 (s->events[i].kind, "open") == 0;
    for (guint k = 0; opens && links && k < links->len; k++)
      is_usable[g_array_index (links, gint, k)] = TRUE;
  }
  return is_usable;
}

SfParts
sf_parts_find (const SfScenario *s)
{
  SfParts parts = { s, find_usable (s), g_new (gint, s->n_nodes + 1) };
  for (guint i = 0; i < s->n_nodes; i++)
    parts.parent[i] = (gint)i;
  for (guint i = 0; i < s->n_links; i++) {
    if (!parts.is_usable[i] || s->links[i].one_way)
      continue;
    gint from = part_of (&parts, s->links[i].from);
    gint to = part_of (&parts, s->links[i].to);
    parts.parent[MAX (from, to)] = MIN (from, to);
  }
  return parts;
}

void
sf_parts_clear (SfParts *parts)
{
  g_free (parts->is_usable);
  g_free (parts->parent);
}

gboolean
sf_parts_lead (SfParts *parts, gint from, gint to)
{
  const SfScenario *s = parts->scenario;
  gint target = part_of (parts, to);
  from = part_of (parts, from);
  if (from == target)
    return TRUE; /* as mostly */
  g_autofree gboolean *is_reached = g_new0 (gboolean, s->n_nodes + 1);
  is_reached[from] = TRUE;
  for (gboolean grew = TRUE; grew && !is_reached[target];) {
    grew = FALSE;
    for (guint i = 0; i < s->n_links; i++) {
      gint a = part_of (parts, s->links[i].from);
      gint b = part_of (parts, s->links[i].to);
      if (parts->is_usable[i] && is_reached[a] && !is_reached[b])
        grew = is_reached[b] = TRUE;
    }
  }
  return is_reached[target];
}
