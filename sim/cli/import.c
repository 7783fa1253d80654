/* import.c - tables of places and roads on the command line. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/import.h"

#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Columns that the reading makes others of. */
static const char *const used[]
    = { "length",    "free_speed",    "capacity", "lanes",
        "node_type", "facility_type", "geometry", NULL };

void
sf_import_clear (SfImport *import)
{
  g_clear_pointer (&import->length_unit, g_free);
  g_clear_pointer (&import->speed_unit, g_free);
}

const char *
sf_import_wrong (const SfImport *import)
{
  return import->join_km > 0 && import->join_km <= 100
             ? NULL
             : _ ("--join-km takes more than 0, at most 100");
}

void
sf_import_apply (const SfImport *import, SfIntake *intake)
{
  intake->length_unit = import->length_unit;
  intake->speed_unit = import->speed_unit;
  intake->join_km = import->join_km;
}

SfJsonDoc *
sf_cmd_import (SfIntake *in, const char *const *files, gboolean has_sources,
               GPtrArray *skipped)
{
  gboolean is_read = TRUE;
  for (guint i = 0; files[i]; i++)
    is_read = sf_intake_read (in, files[i]) && is_read;
  /* Of the files that could be read every mistake is told. */
  gboolean is_fine = sf_intake_finish (in);
  if (has_sources)
    sf_intake_cite (in);
  g_autoptr (SfJsonDoc) doc = sf_grids_to_scenario (
      in->nodes, in->links, files[0], skipped, in->mistakes);
  if (!is_fine || !is_read)
    g_clear_pointer (&doc, sf_json_doc_free);
  sf_mistakes_sort (in->mistakes);
  return g_steal_pointer (&doc);
}

void
sf_cmd_say_import (const SfIntake *in, const GPtrArray *skipped)
{
  for (guint i = 0; i < in->remarks->len; i++)
    fprintf (stderr, _ ("Assumed: %s\n"), (const char *)in->remarks->pdata[i]);
  for (guint i = 0; i < skipped->len; i++) {
    g_autofree char *safe = sf_text_safe (skipped->pdata[i], -1);
    if (!g_strv_contains (used, skipped->pdata[i]))
      fprintf (stderr, _ ("Not used: column \"%s\"\n"), safe);
  }
}
