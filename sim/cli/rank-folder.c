/* rank-folder.c - what a ranking leaves behind. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/rank-folder.h"

#include "sim/cli/contenders.h"
#include "sim/cli/measure-choice.h"
#include "sim/lang/lang.h"
#include "sim/report/figures.h"

static SfJsonDoc *
manifest (const SfRankFolder *contents)
{
  SfJsonDoc *doc = sf_keep_manifest (contents->keep, "rank");
  SfJson *root = sf_json_root (doc);
  g_autofree char *seed
      = g_strdup_printf ("%" G_GUINT64_FORMAT, contents->report->seed);
  sf_json_add_string (root, "version", SF_VERSION);
  sf_json_add_string (root, "seed", seed);
  contents->record (root, contents->record_data);
  SfJson *list = sf_json_add_array (root, "scenarios");
  for (guint i = 0; i < contents->contenders->len; i++)
    sf_contender_add_json (root, list,
                           sf_contenders_get (contents->contenders, i));
  return doc;
}

static gboolean
write_tables (gconstpointer data, const SfFolder *folder, GError **error)
{
  const SfRankFolder *contents = data;
  const SfRankReport *report = contents->report;
  g_autofree char *csv = sf_rank_report_print (report, SF_TABLE_CSV);
  g_autofree char *json = sf_rank_report_print (report, SF_TABLE_JSON);
  g_autofree char *text = sf_rank_report_print (report, SF_TABLE_TEXT);
  g_autoptr (SfJsonDoc) doc = manifest (contents);
  return sf_folder_write (folder, "rank.csv", csv, error)
         && sf_folder_write (folder, "rank.json", json, error)
         && sf_folder_write (folder, "rank.txt", text, error)
         && sf_keep_write_manifest (doc, folder, error);
}

static gboolean
draw (gconstpointer data, const SfFolder *folder, GError **error)
{
  const SfRankFolder *contents = data;
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
  return sf_figure_draw (&figure, figures, error);
}

SfExit
sf_rank_folder_write (const SfInvocation *invocation,
                      const SfRankFolder *contents, SfFolder *folder)
{
  const SfKept kept = { write_tables, draw, contents };
  return sf_keep_write (invocation, contents->keep, &kept, folder);
}
