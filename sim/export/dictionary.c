/* dictionary.c - what every column means, as CSVW. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys without a prefix are the vocabulary's own; the others are common
 * properties, with prefixes that its context knows: dc (Dublin Core terms),
 * schema (schema.org). A column's "titles" are what stands in the header, as
 * validators compare them with it.
 */
#include <math.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/base/json.h"
#include "sim/export/export-private.h"

/* A regular expression for one of some words, and nothing else. */
static char *
pattern_of (const char *const *words)
{
  g_autoptr (GString) pattern = g_string_new ("^(?:");
  for (guint i = 0; words[i]; i++) {
    g_string_append (pattern, i > 0 ? "|" : "");
    for (const char *c = words[i]; *c; c++) {
      if (strchr ("\\^$.|?*+()[]{}/-", *c))
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *c);
    }
  }
  g_string_append (pattern, ")$");
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

static void
add_datatype (SfJson *column, const SfExportColumn *c)
{
  static const char *const bases[] = { [SF_CELL_INTEGER] = "integer",
                                       [SF_CELL_NUMBER] = "double",
                                       [SF_CELL_TEXT] = "string" };
  gboolean has_limit = !isnan (c->low) || !isnan (c->high);
  if (!has_limit && !c->levels) {
    sf_json_add_string (column, "datatype", bases[c->type]);
    return;
  }
  SfJson *datatype = sf_json_add_object (column, "datatype");
  sf_json_add_string (datatype, "base", bases[c->type]);
  if (!isnan (c->low))
    sf_json_add_number (datatype, "minimum", c->low);
  if (!isnan (c->high))
    sf_json_add_number (datatype, "maximum", c->high);
  if (c->levels) {
    g_autofree char *pattern = pattern_of (c->levels);
    sf_json_add_string (datatype, "format", pattern);
  }
}

static void
add_columns (SfJson *schema, const SfExportColumns *columns, gboolean has_hxl)
{
  SfJson *list = sf_json_add_array (schema, "columns");
  for (guint i = 0; i < columns->list->len; i++) {
    const SfExportColumn *c = &g_array_index (columns->list, SfExportColumn, i);
    SfJson *column = sf_json_add_object (list, NULL);
    sf_json_add_string (column, "name", c->name);
    SfJson *titles = sf_json_add_array (column, "titles");
    sf_json_add_string (titles, NULL, c->name);
    if (has_hxl)
      sf_json_add_string (titles, NULL, c->tag);
    sf_json_add_string (column, "dc:title", c->title);
    sf_json_add_string (column, "dc:description", c->meaning);
    if (*c->unit)
      sf_json_add_string (column, "schema:unitText", c->unit);
    add_datatype (column, c);
    sf_json_add_boolean (column, "required", c->is_needed);
  }
}

static SfJson *
add_table (SfJson *tables, const char *url, const char *title,
           const SfExportColumns *columns, gboolean has_hxl)
{
  SfJson *table = sf_json_add_object (tables, NULL);
  sf_json_add_string (table, "url", url);
  sf_json_add_string (table, "dc:title", title);
  SfJson *schema = sf_json_add_object (table, "tableSchema");
  add_columns (schema, columns, has_hxl);
  return schema;
}

/* Every point of runs.csv is one of points.csv. */
static void
add_reference (SfJson *schema)
{
  SfJson *keys = sf_json_add_array (schema, "primaryKey");
  sf_json_add_string (keys, NULL, "point");
  sf_json_add_string (keys, NULL, "rep");
  SfJson *key
      = sf_json_add_object (sf_json_add_array (schema, "foreignKeys"), NULL);
  sf_json_add_string (key, "columnReference", "point");
  SfJson *there = sf_json_add_object (key, "reference");
  sf_json_add_string (there, "resource", "points.csv");
  sf_json_add_string (there, "columnReference", "point");
}

static void
add_provenance (SfJson *root, const SfExport *what)
{
  g_autofree char *now = sf_export_now ();
  g_autofree char *title = sf_store_fact (what->store, "title");
  g_autofree char *name = sf_store_fact (what->store, "name");
  g_auto (GStrv) facts = sf_export_facts (what);
  sf_json_add_string (root, "dc:title", title ? title : name ? name : "");
  SfJson *created = sf_json_add_object (root, "dc:created");
  sf_json_add_string (created, "@value", now);
  sf_json_add_string (created, "@type", "xsd:dateTime");
  SfJson *list = sf_json_add_array (root, "schema:additionalProperty");
  for (char **f = facts; f[0]; f += 2) {
    SfJson *property = sf_json_add_object (list, NULL);
    sf_json_add_string (property, "@type", "schema:PropertyValue");
    sf_json_add_string (property, "schema:name", f[0]);
    sf_json_add_string (property, "schema:value", f[1]);
  }
}

gboolean
sf_export_dictionary (const SfExport *what, const char *folder, GError **error)
{
  const SfStoreShape *shape = sf_store_shape (what->store);
  g_autoptr (SfExportColumns) runs = sf_export_columns_of_runs (shape);
  g_autoptr (SfExportColumns) points = sf_export_columns_of_points (shape);
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("dictionary.json");
  SfJson *root = sf_json_root (doc);
  SfJson *context = sf_json_add_array (root, "@context");
  sf_json_add_string (context, NULL, "http://www.w3.org/ns/csvw");
  sf_json_add_string (sf_json_add_object (context, NULL), "@language", "en");
  sf_json_add_string (root, "@type", "TableGroup");
  add_provenance (root, what);
  SfJson *dialect = sf_json_add_object (root, "dialect");
  sf_json_add_number (dialect, "headerRowCount", what->has_hxl ? 2 : 1);
  sf_json_add_string (root, "null", "");
  SfJson *tables = sf_json_add_array (root, "tables");
  add_reference (
      add_table (tables, "runs.csv", "One row a run", runs, what->has_hxl));
  SfJson *schema = add_table (tables, "points.csv", "One row a design point",
                              points, what->has_hxl);
  sf_json_add_string (schema, "primaryKey", "point");
  g_autofree char *text = sf_json_print (root, TRUE);
  g_autofree char *path = g_build_filename (folder, "dictionary.json", NULL);
  return sf_file_write (path, text, strlen (text), error);
}
