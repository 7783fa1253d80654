/* workbook-tables.c - which tables go into a workbook, and what of them. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/report/tables.h"
#include "sim/share/rows.h"
#include "sim/share/workbook-private.h"

/* ---- What is left out ---------------------------------------------------- */

/* A planner reads medians and bands; numbers of each replication, and moments
 * and quartiles of every day, are two thirds of a file and for analysts, who
 * have the CSV. */
static const char *const short_curves[]
    = { "mean", "sd", "p25", "p75", "n", NULL };

static gboolean
is_curves (const char *file)
{
  return strcmp (file, "curves.csv") == 0;
}

/* Samples are left out where metrics.csv sums them up. */
static gboolean
is_left_out (const SfWorkbookAsk *ask, const char *file)
{
  g_autofree char *metrics
      = g_build_filename (ask->folder, "metrics.csv", NULL);
  if (ask->without && g_strv_contains (ask->without, file))
    return TRUE;
  return !ask->has_all && strcmp (file, "samples.csv") == 0
         && g_file_test (metrics, G_FILE_TEST_EXISTS);
}

/* ---- Tables ---------------------------------------------------------------- */

static void
table_free (SfBookTable *t)
{
  g_free (t->sources);
  g_free (t->file);
  g_free (t->path);
  g_free (t->sheet);
  g_strfreev (t->columns);
  g_free (t);
}

const SfBookTable *
sf_workbook_table (const SfSheets *b, const char *file)
{
  for (guint i = 0; i < b->tables->len; i++)
    if (strcmp (((SfBookTable *)b->tables->pdata[i])->file, file) == 0)
      return b->tables->pdata[i];
  return NULL;
}

static guint
rank_of (const char *file)
{
  guint i = 0;
  while (sf_results_files[i] && strcmp (sf_results_files[i], file) != 0)
    i++;
  return i;
}

/* Tables of a run in the order in which they are read, others by name. */
static gint
by_rank (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  guint i = rank_of (x), j = rank_of (y);
  return i != j ? (i < j ? -1 : 1) : strcmp (x, y);
}

static GPtrArray *
list_files (const SfWorkbookAsk *ask, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (ask->folder, 0, NULL);
  if (!dir) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                 _ ("%s is no folder that can be read; give that of a run"),
                 ask->folder);
    return NULL;
  }
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  for (const char *name; (name = g_dir_read_name (dir));)
    if (g_str_has_suffix (name, ".csv") && !is_left_out (ask, name))
      g_ptr_array_add (files, g_strdup (name));
  g_ptr_array_sort (files, by_rank);
  return files;
}

/* A name that a sheet may have: at most 31 characters, none of []:*?/\, no
 * apostrophe at an end, and no other sheet's, whatever the case. */
static char *
sheet_name (const SfSheets *b, const char *file)
{
  g_autofree char *valid = g_utf8_make_valid (file, -1);
  if (g_str_has_suffix (valid, ".csv"))
    valid[strlen (valid) - 4] = '\0';
  g_strdelimit (valid, "[]:*?/\\'", '-');
  g_autofree char *stem
      = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), 27));
  char *name = g_strdup (*stem ? stem : "table");
  g_autofree char *readme = g_utf8_casefold (_ ("Read me"), -1);
  for (guint n = 2;; n++) {
    g_autofree char *low = g_utf8_casefold (name, -1);
    gboolean is_taken
        = strcmp (low, readme) == 0 || strcmp (low, "history") == 0;
    const char *const own[] = { _ ("Columns"), _ ("Charts") };
    for (gsize i = 0; i < G_N_ELEMENTS (own); i++) {
      g_autofree char *other = g_utf8_casefold (own[i], -1);
      is_taken = is_taken || strcmp (low, other) == 0;
    }
    for (guint i = 0; i < b->tables->len; i++) {
      const SfBookTable *t = b->tables->pdata[i];
      g_autofree char *other = g_utf8_casefold (t->sheet, -1);
      is_taken = is_taken || strcmp (low, other) == 0;
    }
    if (!is_taken)
      return name;
    g_free (name);
    name = g_strdup_printf ("%s %u", stem, n);
  }
}

static gboolean
read_header (const SfWorkbookAsk *ask, SfBookTable *t, GError **error)
{
  guint n = 0, k = 0;
  g_autoptr (SfRows) rows = sf_rows_open (t->path, error);
  if (!rows)
    return FALSE;
  const char *const *cells = sf_rows_next (rows, &n);
  t->columns = g_new0 (char *, n + 1);
  t->sources = g_new0 (guint, n + 1);
  t->is_short = !ask->has_all && is_curves (t->file);
  for (guint i = 0; cells && i < n; i++)
    if (!t->is_short || !g_strv_contains (short_curves, cells[i])) {
      t->sources[k] = i;
      t->columns[k++] = g_strdup (cells[i]);
    }
  cells = sf_rows_next (rows, &n);
  t->has_tags = cells && sf_rows_is_hxl (cells, n);
  return TRUE;
}

static gboolean
add_table (SfSheets *b, const char *file, GError **error)
{
  SfBookTable *t = g_new0 (SfBookTable, 1);
  t->file = g_strdup (file);
  t->path = g_build_filename (b->ask->folder, file, NULL);
  t->sheet = sheet_name (b, file);
  g_ptr_array_add (b->tables, t);
  guint n_cells = 0;
  if (!sf_rows_count (t->path, &t->n_rows, &n_cells, error)
      || !read_header (b->ask, t, error))
    return FALSE;
  guint64 n_rows = t->n_rows + (b->ask->has_hxl && !t->has_tags ? 1 : 0);
  if (n_rows <= SF_WORKBOOK_ROWS_MAX && n_cells <= SF_WORKBOOK_CELLS_MAX)
    return TRUE;
  g_autofree char *rows = sf_lang_number ((double)n_rows, 0);
  g_autofree char *most = sf_lang_number (SF_WORKBOOK_ROWS_MAX, 0);
  g_set_error (error, SF_WORKBOOK_ERROR, SF_WORKBOOK_ERROR_TOO_LARGE,
               _ ("%s has %s rows and %u columns; a sheet holds %s rows and "
                  "%u columns. Leave it out with --without %s (the CSV file "
                  "stays), or run fewer replications"),
               t->path, rows, n_cells, most, SF_WORKBOOK_CELLS_MAX, file);
  return FALSE;
}

gint
sf_workbook_column (const SfBookTable *t, const char *name)
{
  for (gint i = 0; t->columns[i]; i++)
    if (strcmp (t->columns[i], name) == 0)
      return i;
  return -1;
}

gboolean
sf_workbook_find_tables (SfSheets *b, GError **error)
{
  b->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)table_free);
  g_autoptr (GPtrArray) files = list_files (b->ask, error);
  if (!files)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    if (!add_table (b, files->pdata[i], error))
      return FALSE;
  if (b->tables->len > 0)
    return TRUE;
  g_set_error (error, SF_WORKBOOK_ERROR, SF_WORKBOOK_ERROR_NOTHING,
               _ ("%s holds no CSV table; give the folder that run, compare, "
                  "rank, sensitivity or sweep export wrote"),
               b->ask->folder);
  return FALSE;
}
