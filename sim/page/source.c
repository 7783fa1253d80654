/* source.c - what a page is made from: a result folder, read. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/page/source.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/html/html.h"
#include "sim/report/csv.h"
#include "sim/report/manifest.h"
#include "sim/scenario/scenario.h"

/* Columns that a table can have; later ones are not looked at. */
#define COLUMNS_MAX 32u

/* ---- Tables ------------------------------------------------------------- */

static void
free_row (gpointer row)
{
  g_strfreev (row);
}

static gboolean
take_row (const char *const *cells, gpointer data)
{
  SfPageTable *table = data;
  guint n = g_strv_length (table->columns);
  char **row = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    row[i] = g_utf8_make_valid (cells[i], -1);
  g_ptr_array_add (table->rows, row);
  return TRUE;
}

/* Tables of figures are TSV without quoting (see figure-data.h). */
static SfPageTable *
read_tsv (const char *path)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  SfPageTable *table = g_new0 (SfPageTable, 1);
  table->columns = g_strsplit (lines[0] ? lines[0] : "", "\t", -1);
  table->rows = g_ptr_array_new_with_free_func (free_row);
  for (guint i = 1; lines[0] && lines[i]; i++) {
    g_autofree char *line = g_utf8_make_valid (lines[i], -1);
    g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
    if (g_strv_length (cells) == g_strv_length (table->columns))
      g_ptr_array_add (table->rows, g_steal_pointer (&cells));
  }
  return table;
}

SfPageTable *
sf_page_table_read (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (g_str_has_suffix (name, ".tsv"))
    return read_tsv (path);
  char **columns = sf_csv_columns (path, NULL);
  if (!columns || !*columns) {
    g_strfreev (columns);
    return NULL;
  }
  for (guint i = g_strv_length (columns); i > COLUMNS_MAX; i--)
    g_clear_pointer (&columns[i - 1], g_free);
  g_autoptr (SfPageTable) table = g_new0 (SfPageTable, 1);
  table->columns = columns;
  table->rows = g_ptr_array_new_with_free_func (free_row);
  if (!sf_csv_read (path, (const char *const *)columns, take_row, table, NULL))
    return NULL;
  return g_steal_pointer (&table);
}

void
sf_page_table_free (SfPageTable *table)
{
  if (!table)
    return;
  g_strfreev (table->columns);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

const char *
sf_page_cell (const SfPageTable *table, guint row, const char *column)
{
  for (guint i = 0; table->columns[i]; i++)
    if (strcmp (table->columns[i], column) == 0)
      return ((char **)table->rows->pdata[row])[i];
  return "";
}

double
sf_page_cell_number (const SfPageTable *table, guint row, const char *column)
{
  return sf_csv_cell_number (sf_page_cell (table, row, column));
}

char *
sf_page_heading (const char *column)
{
  g_autofree char *clean = sf_html_clean (column);
  for (char *c = clean; *c; c++)
    if (*c == '_')
      *c = ' ';
  clean[0] = g_ascii_toupper (clean[0]);
  return g_steal_pointer (&clean);
}

/* ---- The scenario ------------------------------------------------------- */

const char *
sf_page_text (const SfJson *object, const char *key)
{
  const SfJson *v = object ? sf_json_member (object, key) : NULL;
  if (v && sf_json_kind (v) == SF_JSON_OBJECT)
    v = sf_json_member (v, "value");
  return v && sf_json_kind (v) == SF_JSON_STRING ? sf_json_string (v) : "";
}

double
sf_page_number (const SfJson *object, const char *key)
{
  const SfJson *v = object ? sf_json_member (object, key) : NULL;
  if (v && sf_json_kind (v) == SF_JSON_OBJECT)
    v = sf_json_member (v, "value");
  return v && sf_json_kind (v) == SF_JSON_NUMBER ? sf_json_number (v) : NAN;
}

char *
sf_page_title (const SfPageSource *source, const char *collection,
               const char *id)
{
  const SfJson *all
      = source->scenario ? sf_json_member (source->scenario, collection) : NULL;
  const SfJson *record = all ? sf_json_member (all, id) : NULL;
  const char *title = sf_page_text (record, "title");
  return sf_html_clean (*title ? _ (title) : id);
}

static double
number_or (const SfJson *object, const char *key, double otherwise)
{
  double number = sf_page_number (object, key);
  return isnan (number) ? otherwise : number;
}

static void
read_scenario (SfPageSource *s)
{
  s->scenario = sf_json_member (s->run, "scenario");
  sf_scenario_speak (s->scenario);
  s->capital = sf_page_text (s->scenario, "capital");
  const char *title = sf_page_text (s->scenario, "title");
  s->title = sf_html_clean (*title ? _ (title)
                                   : sf_page_text (s->run, "scenario_name"));
  s->place = sf_page_title (s, "nodes", s->capital);
  const SfJson *time
      = s->scenario ? sf_json_member (s->scenario, "time") : NULL;
  sf_date_parse (sf_page_text (time, "start"), &s->start);
  s->end = s->shock = s->start;
  sf_date_parse (sf_page_text (time, "end"), &s->end);
  sf_date_parse (sf_page_text (time, "shock"), &s->shock);
  s->days = (guint)MAX (s->end - s->start + 1, 1);
  const SfJson *run = s->scenario ? sf_json_member (s->scenario, "run") : NULL;
  s->shortage_frac = number_or (run, "shortage_frac", 0.5);
  s->shortage_days = (guint)MAX (number_or (run, "shortage_days", 2), 1);
  s->n = (guint)MAX (number_or (s->run, "replications_done_count", 0), 0);
}

/* ---- The folders -------------------------------------------------------- */

static gboolean
refuse (GError **error, const char *folder, const char *why)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", folder, why);
  return FALSE;
}

/* That `folder` was written by the command. */
static gboolean
check_other (const char *folder, const char *command, const char *why,
             GError **error)
{
  if (!folder)
    return TRUE;
  g_autoptr (SfJsonDoc) manifest = sf_manifest_read (folder, error);
  if (!manifest)
    return FALSE;
  const char *written = sf_page_text (sf_json_root (manifest), "command");
  return strcmp (written, command) == 0 || refuse (error, folder, why);
}

/* Studies bring words of their own. */
static void
learn_words (const SfPageSource *s)
{
  for (guint i = 0; s->sensitivity && s->sensitivity[i]; i++) {
    g_autoptr (SfJsonDoc) manifest = sf_manifest_read (s->sensitivity[i], NULL);
    if (manifest)
      sf_scenario_speak (sf_json_root (manifest));
  }
}

SfPageSource *
sf_page_source_new (const SfPageRequest *request, GError **error)
{
  g_return_val_if_fail (request && request->folder, NULL);
  g_autoptr (SfPageSource) s = g_new0 (SfPageSource, 1);
  s->folder = g_strdup (request->folder);
  s->manifest = sf_manifest_read (s->folder, error);
  if (!s->manifest)
    return NULL;
  s->run = sf_json_root (s->manifest);
  if (!sf_json_member (s->run, "replications_done_count")
      || !sf_json_member (s->run, "scenario")) {
    refuse (error, s->folder,
            _ ("these are not the results of shortfall run; a report is made "
               "of the folder that run writes"));
    return NULL;
  }
  if (!check_other (request->compare, "compare",
                    _ ("these are not the results of shortfall compare"),
                    error))
    return NULL;
  for (guint i = 0; request->sensitivity && request->sensitivity[i]; i++)
    if (!check_other (request->sensitivity[i], "sensitivity",
                      _ ("these are not the results of shortfall "
                         "sensitivity"),
                      error))
      return NULL;
  s->figures = request->figures ? g_strdup (request->figures)
                                : g_build_filename (s->folder, "figures", NULL);
  s->compare = g_strdup (request->compare);
  s->sensitivity = g_strdupv ((char **)request->sensitivity);
  learn_words (s);
  read_scenario (s);
  return g_steal_pointer (&s);
}

char *
sf_page_compare_figures (const SfPageSource *s)
{
  return s->redrawn ? g_build_filename (s->redrawn, "compare", NULL)
                    : g_build_filename (s->compare, "figures", NULL);
}

char *
sf_page_sensitivity_figures (const SfPageSource *s, guint i)
{
  g_autofree char *name = g_strdup_printf ("sensitivity-%u", i + 1);
  return s->redrawn ? g_build_filename (s->redrawn, name, NULL)
                    : g_build_filename (s->sensitivity[i], "figures", NULL);
}

void
sf_page_source_free (SfPageSource *s)
{
  if (!s)
    return;
  g_free (s->folder);
  g_free (s->figures);
  g_free (s->compare);
  g_strfreev (s->sensitivity);
  g_free (s->redrawn);
  g_free (s->title);
  g_free (s->place);
  sf_json_doc_free (s->manifest);
  g_free (s);
}
