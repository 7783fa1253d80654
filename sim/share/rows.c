/* rows.c - a CSV table read row by row. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/share/rows.h"

#include <string.h>

struct SfRows {
  char *file; /* read, not mapped: somebody may cut it off meanwhile */
  const char *at, *end;
  GString *text;     /* of the row, cell after cell, each with a NUL */
  GArray *places;    /* gsize: where in text each cell begins */
  GPtrArray *cells;  /* const char *, into text */
  GPtrArray *mended; /* cells that were no UTF-8, owned */
};

SfRows *
sf_rows_open (const char *path, GError **error)
{
  char *file = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &file, &length, error))
    return NULL;
  SfRows *rows = g_new0 (SfRows, 1);
  rows->file = file;
  rows->at = file;
  rows->end = file + length;
  if (rows->end - rows->at >= 3 && memcmp (rows->at, "\xEF\xBB\xBF", 3) == 0)
    rows->at += 3;
  rows->text = g_string_new (NULL);
  rows->places = g_array_new (FALSE, FALSE, sizeof (gsize));
  rows->cells = g_ptr_array_new ();
  rows->mended = g_ptr_array_new_with_free_func (g_free);
  return rows;
}

void
sf_rows_free (SfRows *rows)
{
  if (!rows)
    return;
  g_free (rows->file);
  g_string_free (rows->text, TRUE);
  g_array_unref (rows->places);
  g_ptr_array_unref (rows->cells);
  g_ptr_array_unref (rows->mended);
  g_free (rows);
}

/* What stands in quotes, up to the closing one. */
static void
read_quoted (SfRows *r)
{
  for (r->at++; r->at < r->end; r->at++) {
    if (*r->at == '"' && (++r->at == r->end || *r->at != '"'))
      return;
    g_string_append_c (r->text, *r->at);
  }
}

/* One cell; TRUE when another one follows in the row. */
static gboolean
read_cell (SfRows *r)
{
  gsize place = r->text->len;
  g_array_append_val (r->places, place);
  if (r->at < r->end && *r->at == '"')
    read_quoted (r);
  const char *plain = r->at;
  while (r->at < r->end && *r->at != ',' && *r->at != '\n' && *r->at != '\r')
    r->at++;
  g_string_append_len (r->text, plain, r->at - plain);
  g_string_append_c (r->text, '\0');
  if (r->at < r->end && *r->at == ',') {
    r->at++;
    return TRUE;
  }
  if (r->at < r->end && *r->at == '\r')
    r->at++;
  if (r->at < r->end && *r->at == '\n')
    r->at++;
  return FALSE;
}

/* A text that would be a formula was given an apostrophe when written. */
static const char *
plain_text (SfRows *r, const char *cell)
{
  if (cell[0] == '\'' && cell[1] && strchr ("=+-@\t", cell[1]))
    cell++;
  if (g_utf8_validate (cell, -1, NULL))
    return cell;
  char *mended = g_utf8_make_valid (cell, -1);
  g_ptr_array_add (r->mended, mended);
  return mended;
}

const char *const *
sf_rows_next (SfRows *r, guint *n)
{
  while (r->at && r->at < r->end && (*r->at == '\r' || *r->at == '\n'))
    r->at++;
  *n = 0;
  if (!r->at || r->at >= r->end)
    return NULL;
  g_string_truncate (r->text, 0);
  g_array_set_size (r->places, 0);
  g_ptr_array_set_size (r->cells, 0);
  g_ptr_array_set_size (r->mended, 0);
  while (read_cell (r))
    ;
  for (guint i = 0; i < r->places->len; i++)
    g_ptr_array_add (
        r->cells, (gpointer)plain_text (
                      r, r->text->str + g_array_index (r->places, gsize, i)));
  *n = r->cells->len;
  return (const char *const *)r->cells->pdata;
}

gboolean
sf_rows_count (const char *path, guint64 *n_rows, guint *n_cells,
               GError **error)
{
  g_autoptr (SfRows) rows = sf_rows_open (path, error);
  guint n = 0;
  *n_rows = 0;
  *n_cells = 0;
  if (!rows)
    return FALSE;
  while (sf_rows_next (rows, &n)) {
    (*n_rows)++;
    *n_cells = MAX (*n_cells, n);
  }
  return TRUE;
}

gboolean
sf_rows_is_hxl (const char *const *cells, guint n)
{
  gboolean has_tag = FALSE;
  for (guint i = 0; i < n; i++) {
    if (cells[i][0] && cells[i][0] != '#')
      return FALSE;
    has_tag = has_tag || cells[i][0] == '#';
  }
  return has_tag;
}
