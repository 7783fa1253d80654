/* scenario.c - a scenario as plain records. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/scenario.h"

#include <string.h>

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

char *
sf_scenario_hash (const SfScenario *s)
{
  g_autofree char *text = sf_json_print (sf_json_root (s->doc), FALSE);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
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
