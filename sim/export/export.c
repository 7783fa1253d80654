/* export.c - a sweep as files, in one walk over its store. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/export/export.h"


#include "sim/export/export-private.h"

const char *const sf_export_files[]
    = { "runs.csv", "points.csv", "dictionary.json", "series.nc", NULL };

GQuark
sf_export_error_quark (void)
{
  return g_quark_from_static_string ("sf-export-error-quark");
}

/* ---- Where it comes from ------------------------------------------------------- */

char **
sf_export_facts (const SfExport *what)
{
  static const char *const keys[]
      = { "program",         "version",      "name",          "title",
          "design",          "seed",         "inputs_sha256", "study_sha256",
          "scenario_sha256", "models_sha256" };
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *value = sf_store_fact (what->store, keys[i]);
    if (value)
      g_strv_builder_add_many (all, keys[i], value, NULL);
  }
  if (what->scenario_title)
    g_strv_builder_add_many (all, "scenario_title", what->scenario_title, NULL);
  return g_strv_builder_end (all);
}

char *
sf_export_now (void)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  g_autoptr (GDateTime) now
      = epoch
            ? g_date_time_new_from_unix_utc (g_ascii_strtoll (epoch, NULL, 10))
            : g_date_time_new_now_utc ();
  return now ? g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

/* ---- The walk ------------------------------------------------------------------- */

typedef struct {
  SfExportTables *tables;
  SfExportSeries *series; /* or NULL */
  GError **error;
  gboolean has_failed;
} Walk;

static gboolean
add (const SfStoreEntry *entry, gpointer data)
{
  Walk *w = data;
  sf_export_tables_add (w->tables, entry);
  w->has_failed
      = w->series && !sf_export_series_add (w->series, entry, w->error);
  return !w->has_failed;
}

gboolean
sf_export_write (const SfExport *what, const char *folder,
                 SfStoreCounts *counts, GError **error)
{
  g_autoptr (SfExportTables) tables = NULL;
  g_autoptr (SfExportSeries) series = NULL;
  if (!sf_store_hold (what->store, error)
      || !sf_store_count (what->store, counts, error))
    return FALSE;
  gboolean has_series = sf_store_shape (what->store)->n_series > 0;
  tables = sf_export_tables_new (what, folder, error);
  if (!tables)
    return FALSE;
  if (has_series) {
    series = sf_export_series_new (what, folder, counts->points, error);
    if (!series)
      return FALSE;
  }
  Walk walk = { tables, series, error, FALSE };
  return sf_store_each_entry (what->store, has_series, add, &walk, error)
         && !walk.has_failed && sf_export_tables_commit (tables, error)
         && (!series || sf_export_series_commit (series, error))
         && sf_export_dictionary (what, folder, error);
}
