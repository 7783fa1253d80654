/* sweep-export.c - a sweep as tables and series. SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "sim/cli/sweep.h"
#include "sim/export/export.h"
#include "sim/lang/lang.h"
#include "sim/report/folder.h"

typedef struct {
  char *output;
  gboolean is_forced, has_hxl;
} Options;

static void
say_written (const SfStoreCounts *counts, const char *path, gboolean has_series)
{
  guint64 bad = 0;
  for (guint i = SF_STORE_DONE + 1; i < SF_STORE_N_STATES; i++)
    bad += counts->states[i];
  GString *names = g_string_new (NULL);
  for (const char *const *name = sf_export_files; *name; name++)
    if (has_series || name[1])
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", *name);
  sf_cmd_say (
      _ ("Written: %s (%s)\n%ju points; of %ju planned runs %ju are done "
         "and %ju failed\n"),
      path, names->str, (uintmax_t)counts->points, (uintmax_t)counts->planned,
      (uintmax_t)counts->states[SF_STORE_DONE], (uintmax_t)bad);
  g_string_free (names, TRUE);
}

static SfExit
export_sweep (const SfInvocation *invocation, const SfSweep *sweep,
              const Options *o)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path
      = o->output ? g_strdup (o->output)
                  : g_build_filename (sweep->folder, "export", NULL);
  const SfScenario *scenario = sweep->study->base;
  const SfExport what = { .store = sweep->store,
                          .scenario_title = scenario->title,
                          .start = scenario->start,
                          .has_hxl = o->has_hxl };
  SfStoreCounts counts;
  g_autoptr (SfFolder) folder = sf_folder_open (path, o->is_forced, &error);
  if (!folder)
    return sf_cmd_error (invocation, error);
  if (!sf_export_write (&what, sf_folder_staging (folder), &counts, &error)) {
    sf_folder_discard (g_steal_pointer (&folder));
    _exit (sf_cmd_error (invocation, error)); /* see export.h */
  }
  if (!sf_folder_commit (g_steal_pointer (&folder), &error))
    return sf_cmd_error (invocation, error);
  say_written (&counts, path, sf_store_shape (sweep->store)->n_series > 0);
  return SF_EXIT_DONE;
}

SfExit
sf_sweep_verb_export (SfInvocation *invocation)
{
  Options o = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
      N_ ("Folder to write (default: \"export\" in the folder of the sweep)"),
      "DIR" },
    { "force", 'f', 0, G_OPTION_ARG_NONE, &o.is_forced,
      N_ ("Replace an existing export"), NULL },
    { "hxl", 0, 0, G_OPTION_ARG_NONE, &o.has_hxl,
      N_ ("Add a row of HXL tags to each table"), NULL },
    { NULL },
  };
  SfExit status;
  if (sf_cmd_parse (
          invocation, entries, "shortfall sweep export two-roads-sweep",
          "STUDY.json | FOLDER",
          N_ ("Writes runs.csv (a row a run, failed ones too), "
              "points.csv (a row a design point),\ndictionary.json (what "
              "every column means; CSVW) and, when the study keeps daily "
              "series,\nseries.nc (NetCDF-4, CF). What is missing is an "
              "empty cell or NaN. May be given while\nthe sweep runs: "
              "it shows one moment."),
          &status)) {
    g_autoptr (SfSweep) sweep
        = sf_sweep_verb_open (invocation, NULL, SF_SWEEP_READ, &status);
    if (sweep)
      status = export_sweep (invocation, sweep, &o);
  }
  g_free (o.output);
  return status;
}
