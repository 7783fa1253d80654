/* map.c - a network with what a run made of it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/share/map.h"

#include <string.h>

#include "sim/lang/lang.h"
#include "sim/report/csv.h"
#include "sim/report/manifest.h"
#include "sim/share/meanings.h"

/* ---- The network of the manifest ----------------------------------------- */

static gboolean
fail (GError **error, const char *folder, const char *why)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", folder, why);
  return FALSE;
}

/* A scenario with nothing but the network of another, as text. */
static char *
network_text (const SfJson *scenario)
{
  static const char *const keys[]
      = { "name",        "title", "country", "capital", "sources",
          "assumptions", "zones", "nodes",   "links" };
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("manifest.json");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    const SfJson *v = sf_json_member (scenario, keys[i]);
    if (v)
      sf_json_add_copy (sf_json_root (doc), keys[i], v);
  }
  return sf_json_print (sf_json_root (doc), FALSE);
}

static SfScenario *
network_of (const char *folder, GError **error)
{
  g_autoptr (SfJsonDoc) manifest = sf_manifest_read (folder, error);
  if (!manifest)
    return NULL;
  const SfJson *root = sf_json_root (manifest);
  const SfJson *scenario = sf_json_kind (root) == SF_JSON_OBJECT
                               ? sf_json_member (root, "scenario")
                               : NULL;
  if (!scenario || sf_json_kind (scenario) != SF_JSON_OBJECT) {
    fail (error, folder,
          _ ("its manifest.json holds no scenario; give the folder of a run"));
    return NULL;
  }
  g_autofree char *text = network_text (scenario);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfScenario *s = sf_network_from_text (text, folder, mistakes);
  if (!s)
    fail (error, folder,
          sf_mistakes_count (mistakes) > 0
              ? sf_mistakes_get (mistakes, 0)->message
              : _ ("the network of its scenario cannot be read"));
  return s;
}

/* ---- What happened there ------------------------------------------------- */

typedef struct {
  SfMap *map;
  GHashTable *nodes, *links; /* id -> row + 1 */
} Fill;

enum { METRIC, PLACE, COMMODITY, CLASS, PERIOD, MEAN, P05, P95 };

static void
set_link (const Fill *f, guint row, const char *const *c)
{
  if (strcmp (c[METRIC], "loaded_trucks_per_day") == 0) {
    sf_grid_set (f->map->links, row, "loaded_trucks_per_day", c[MEAN]);
    sf_grid_set (f->map->links, row, "loaded_p05_trucks_per_day", c[P05]);
    sf_grid_set (f->map->links, row, "loaded_p95_trucks_per_day", c[P95]);
  } else if (strcmp (c[METRIC], "lost_count") == 0
             || strcmp (c[METRIC], "closed_days") == 0) {
    sf_grid_set (f->map->links, row, c[METRIC], c[MEAN]);
  }
}

static void
set_node (const Fill *f, guint row, const char *const *c)
{
  g_autofree char *column = NULL;
  gboolean has_class = *c[CLASS] != '\0', has_goods = *c[COMMODITY] != '\0';
  if (strcmp (c[METRIC], "person_days_without") == 0)
    column = g_strdup_printf ("%s_%s_person_days", c[COMMODITY], c[CLASS]);
  else if (strcmp (c[METRIC], "served_frac") == 0 && !has_class)
    column = g_strdup_printf ("%s_served_frac", c[COMMODITY]);
  else if (strcmp (c[METRIC], "shortage_days_count") == 0 && !has_class)
    column = g_strdup_printf ("%s_shortage_days", c[COMMODITY]);
  else if (strcmp (c[METRIC], "entered_per_day") == 0 && !has_goods)
    column = g_strdup ("entered_trucks_per_day");
  else if ((strcmp (c[METRIC], "wait_h") == 0
            || strcmp (c[METRIC], "lost_count") == 0)
           && !has_goods)
    column = g_strdup (c[METRIC]);
  if (column)
    sf_grid_set (f->map->nodes, row, column, c[MEAN]);
}

static gboolean
take_metric (const char *const *cells, gpointer data)
{
  const Fill *f = data;
  if (*cells[PERIOD] || !*cells[PLACE])
    return TRUE;
  guint link = GPOINTER_TO_UINT (g_hash_table_lookup (f->links, cells[PLACE]));
  guint node = GPOINTER_TO_UINT (g_hash_table_lookup (f->nodes, cells[PLACE]));
  if (link > 0)
    set_link (f, link - 1, cells);
  if (node > 0)
    set_node (f, node - 1, cells);
  return TRUE;
}

static GHashTable *
index_of (const SfGrid *grid)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint row = 0; row < grid->rows->len; row++)
    g_hash_table_insert (index, (gpointer)sf_grid_get (grid, row, "id"),
                         GUINT_TO_POINTER (row + 1));
  return index;
}

SfMap *
sf_map_new (const char *folder, GError **error)
{
  static const char *const columns[]
      = { "metric", "place", "commodity", "class", "period",
          "mean",   "p05",   "p95",       NULL };
  SfScenario *scenario = network_of (folder, error);
  if (!scenario)
    return NULL;
  g_autoptr (SfMap) map = g_new0 (SfMap, 1);
  map->scenario = scenario;
  map->nodes = sf_grid_of (scenario, "nodes");
  map->links = sf_grid_of (scenario, "links");
  g_autoptr (GHashTable) nodes = index_of (map->nodes);
  g_autoptr (GHashTable) links = index_of (map->links);
  Fill fill = { map, nodes, links };
  g_autofree char *path = g_build_filename (folder, "metrics.csv", NULL);
  return sf_csv_read (path, columns, take_metric, &fill, error)
             ? g_steal_pointer (&map)
             : NULL;
}

void
sf_map_free (SfMap *map)
{
  if (!map)
    return;
  sf_grid_free (map->nodes);
  sf_grid_free (map->links);
  sf_scenario_free (map->scenario);
  g_free (map);
}

/* ---- CSV ----------------------------------------------------------------- */

/* "#affected+person_days+fuel_household+num": an attribute is made of lower
 * case letters, digits and underscores, and begins with a letter. */
static char *
made_tag (const char *begin, const char *column, const char *end)
{
  g_autofree char *stem = g_ascii_strdown (column, -1);
  stem[strlen (stem) - strlen (end)] = '\0';
  for (char *c = stem; *c; c++)
    if (!g_ascii_isalnum (*c))
      *c = '_';
  return g_strconcat (begin, g_ascii_isalpha (*stem) ? "+" : "+n", stem, "+num",
                      NULL);
}

char *
sf_map_tag (const char *column)
{
  if (g_str_has_suffix (column, "_person_days"))
    return made_tag ("#affected+person_days", column, "_person_days");
  if (g_str_has_suffix (column, "_served_frac"))
    return made_tag ("#indicator+served", column, "_served_frac");
  if (g_str_has_suffix (column, "_shortage_days"))
    return made_tag ("#indicator+shortage_days", column, "_shortage_days");
  const SfMeaning *m = sf_meaning_of ("", column);
  return g_strdup (m ? m->tag : "");
}

char *
sf_map_csv (const SfGrid *grid, gboolean has_hxl)
{
  char *text = sf_grid_to_csv (grid);
  if (!has_hxl)
    return text;
  g_autofree char *plain = text;
  g_autoptr (GString) tags = g_string_new (NULL);
  for (guint i = 0; i < grid->columns->len; i++) {
    g_autofree char *tag = sf_map_tag (grid->columns->pdata[i]);
    g_string_append_printf (tags, "%s%s", i > 0 ? "," : "", tag);
  }
  gsize header = (gsize)(strchr (plain, '\n') - plain) + 1;
  GString *all = g_string_new_len (plain, (gssize)header);
  g_string_append_printf (all, "%s\r\n%s", tags->str, plain + header);
  return g_string_free (all, FALSE);
}
