/* rank-folder.c - what a ranking leaves behind. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/rank-folder.h"

#include <string.h>

#include "sim/base/file.h"
#include "sim/cli/contenders.h"
#include "sim/cli/measure-choice.h"
#include "sim/lang/lang.h"
#include "sim/report/figures.h"

static char *
manifest (const SfRankFolder *contents)
{
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("manifest.json");
  SfJson *root = sf_json_root (doc);
  g_autofree char *seed
      = g_strdup_printf ("%" G_GUINT64_FORMAT, contents->report->seed);
  sf_json_add_string (root, "program", "shortfall");
  sf_json_add_string (root, "command", "rank");
  sf_json_add_string (root, "version", SF_VERSION);
  sf_json_add_string (root, "seed", seed);
  SfJson *line = sf_json_add_array (root, "command_line");
  for (const char *const *a = contents->argv; *a; a++) {
    g_autofree char *text = g_utf8_make_valid (*a, -1);
    sf_json_add_string (line, NULL, text);
  }
  SfJson *list = sf_json_add_array (root, "scenarios");
  for (guint i = 0; i < contents->contenders->len; i++) {
    const SfContender *c = sf_contenders_get (contents->contenders, i);
    g_autofree char *hash = sf_scenario_hash (c->scenario);
    SfJson *one = sf_json_add_object (list, NULL);
    sf_json_add_string (one, "name", c->name);
    sf_json_add_string (one, "scenario_sha256", hash);
    sf_json_add_copy (one, "scenario", sf_json_root (c->scenario->doc));
  }
  return sf_json_print (root, TRUE);
}

static gboolean
write_text (const SfFolder *folder, const char *name, char *taken,
            GError **error)
{
  g_autofree char *text = taken;
  g_autofree char *path = sf_folder_file (folder, name);
  return sf_file_write (path, text, strlen (text), error);
}

static gboolean
write_tables (const SfRankFolder *contents, const SfFolder *folder,
              GError **error)
{
  const SfRankReport *report = contents->report;
  return write_text (folder, "rank.csv",
                     sf_rank_report_print (report, SF_TABLE_CSV), error)
         && write_text (folder, "rank.json",
                        sf_rank_report_print (report, SF_TABLE_JSON), error)
         && write_text (folder, "rank.txt",
                        sf_rank_report_print (report, SF_TABLE_TEXT), error)
         && write_text (folder, "manifest.json", manifest (contents), error);
}

static gboolean
draw (const SfRankFolder *contents, const SfFolder *folder, GError **error)
{
  const SfRankReport *report = contents->report;
  g_auto (SfMeasureLabel) label = sf_measure_label (
      sf_contenders_get (contents->contenders, 0)->scenario, report->measure);
  g_autofree char *table = sf_rank_report_figure (report);
  g_autofree char *title = sf_rank_report_title (report, label.title);
  g_autofree char *figures = sf_folder_file (folder, "figures");
  g_autofree char *note = g_strdup_printf (
      "shortfall: v%s seed %" G_GUINT64_FORMAT, SF_VERSION, report->seed);
  const SfFigure figure = { .script = "rank",
                            .name = "rank",
                            .table = table,
                            .title = title,
                            .note = note,
                            .lang = sf_lang_code () };
  return contents->no_plots || sf_figure_draw (&figure, figures, error);
}

SfExit
sf_rank_folder_write (const SfRankFolder *contents, SfFolder *folder,
                      GError **error)
{
  g_autoptr (SfFolder) taken = folder;
  g_autoptr (GError) failed = NULL;
  if (!write_tables (contents, taken, error))
    return SF_EXIT_FAILED;
  if (!draw (contents, taken, &failed) && failed->domain != SF_PLOT_ERROR) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return SF_EXIT_FAILED;
  }
  if (!sf_folder_commit (g_steal_pointer (&taken), error))
    return SF_EXIT_FAILED;
  if (!failed)
    return SF_EXIT_DONE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return SF_EXIT_OUTSIDE;
}
