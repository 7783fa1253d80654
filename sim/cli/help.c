/* help.c - what --help prints. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/cli/manual.h"
#include "sim/cli/terminal.h"
#include "sim/lang/lang.h"

/* Names longer than this stand on a line of their own. */
#define COLUMN_MOST 27

const char *
sf_option_value (const GOptionEntry *entry)
{
  if (entry->arg == G_OPTION_ARG_NONE)
    return NULL;
  return entry->arg_description ? _ (entry->arg_description) : _ ("VALUE");
}

char *
sf_option_words (const GOptionEntry *entry)
{
  GString *out = g_string_new (NULL);
  const char *value = sf_option_value (entry);
  if (entry->short_name)
    g_string_append_printf (out, "-%c, ", entry->short_name);
  g_string_append_printf (out, "--%s", entry->long_name);
  if (value)
    g_string_append_printf (out, "=%s", value);
  return g_string_free (out, FALSE);
}

/* ---- Lines -------------------------------------------------------------------- */

void
sf_help_wrap (GString *out, const char *text, guint at, guint indent,
              guint width)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  gboolean is_first = TRUE;
  for (gsize i = 0; words[i]; i++) {
    guint length = (guint)g_utf8_strlen (words[i], -1);
    if (length == 0)
      continue;
    if (!is_first && at + 1 + length > width) {
      g_string_append_printf (out, "\n%*s", (int)indent, "");
      at = indent;
    } else if (!is_first) {
      g_string_append_c (out, ' ');
      at++;
    }
    g_string_append (out, words[i]);
    at += length;
    is_first = FALSE;
  }
}

/* Paragraphs, broken anew; lines that begin with a blank stay as they are. */
static void
append_paragraphs (GString *out, const char *text, guint width)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *flow = g_string_new (NULL);
  for (gsize i = 0;; i++) {
    gboolean is_kept = lines[i] && (*lines[i] == ' ' || *lines[i] == '\0');
    if ((!lines[i] || is_kept) && flow->len > 0) {
      sf_help_wrap (out, flow->str, 0, 0, width);
      g_string_append_c (out, '\n');
      g_string_truncate (flow, 0);
    }
    if (!lines[i])
      break;
    if (is_kept)
      g_string_append_printf (out, "%s\n", lines[i]);
    else
      g_string_append_printf (flow, "%s ", lines[i]);
  }
  g_string_free (flow, TRUE);
}

/* ---- Two columns ---------------------------------------------------------------- */

typedef struct {
  char *left;
  const char *right;
} Row;

static void
free_row (gpointer pointer)
{
  Row *row = pointer;
  g_free (row->left);
  g_free (row);
}

static void
add_row (GPtrArray *rows, char *left, const char *right)
{
  Row *row = g_new (Row, 1);
  *row = (Row){ left, right };
  g_ptr_array_add (rows, row);
}

static void
append_rows (GString *out, const GPtrArray *rows, guint width)
{
  guint column = 0;
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = rows->pdata[i];
    guint length = (guint)g_utf8_strlen (row->left, -1) + 4;
    if (length <= COLUMN_MOST)
      column = MAX (column, length);
  }
  column = MAX (column, 8);
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = rows->pdata[i];
    guint length = (guint)g_utf8_strlen (row->left, -1) + 2;
    g_string_append_printf (out, "  %s", row->left);
    if (length + 2 > column)
      g_string_append_printf (out, "\n%*s", (int)column, "");
    else
      g_string_append_printf (out, "%*s", (int)(column - length), "");
    sf_help_wrap (out, row->right, column, column, width);
    g_string_append_c (out, '\n');
  }
}

static void
add_options (GPtrArray *rows, const GOptionEntry *entries)
{
  for (const GOptionEntry *e = entries; e && e->long_name; e++)
    add_row (rows, sf_option_words (e), _ (e->description));
}

static GPtrArray *
rows_of_verbs (const SfCommand *const *verbs)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (free_row);
  for (gsize i = 0; verbs && verbs[i]; i++)
    if (verbs[i]->summary)
      add_row (rows, g_strdup (verbs[i]->name), _ (verbs[i]->summary));
  return rows;
}

/* ---- The whole -------------------------------------------------------------------- */

static void
append_heading (GString *out, FILE *stream, const char *text)
{
  g_string_append_printf (out, "%s%s%s\n",
                          sf_style_begin (stream, SF_STYLE_HEADING), text,
                          sf_style_end (stream));
}

static void
append_table (GString *out, FILE *stream, const char *heading,
              const GPtrArray *rows)
{
  if (rows->len == 0)
    return;
  g_string_append_c (out, '\n');
  append_heading (out, stream, heading);
  append_rows (out, rows, sf_terminal_text_width (stream));
}

/* "Example: one" and the others below it. */
static void
append_example (GString *out, FILE *stream, const char *example)
{
  const char *word = _ ("Example:");
  g_autofree char *margin
      = g_strnfill ((gsize)g_utf8_strlen (word, -1) + 1, ' ');
  g_auto (GStrv) lines = g_strsplit (example, "\n", -1);
  g_string_append_printf (out, "%s%s%s",
                          sf_style_begin (stream, SF_STYLE_HEADING), word,
                          sf_style_end (stream));
  for (gsize i = 0; lines[i]; i++)
    g_string_append_printf (out, "%s%s\n", i == 0 ? " " : margin,
                            g_strchug (lines[i]));
  g_string_append_c (out, '\n');
}

void
sf_help_print (const SfManual *manual, FILE *stream)
{
  guint width = sf_terminal_text_width (stream);
  GString *out = g_string_new (NULL);
  append_example (out, stream, manual->example);
  append_heading (out, stream, _ ("Usage:"));
  g_string_append_printf (out, "  %s %s%s%s\n\n", manual->name,
                          manual->verbs ? "" : _ ("[OPTION…]"),
                          *manual->usage && !manual->verbs ? " " : "",
                          _ (manual->usage));
  append_paragraphs (out, _ (manual->about), width);
  g_autoptr (GPtrArray) verbs = rows_of_verbs (manual->verbs);
  append_table (out, stream,
                strchr (manual->name, ' ') == NULL ? _ ("Commands:")
                                                   : _ ("Verbs:"),
                verbs);
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (free_row);
  add_options (options, manual->own);
  add_options (options, manual->common);
  append_table (out, stream, _ ("Options:"), options);
  if (manual->end) {
    g_string_append_c (out, '\n');
    append_paragraphs (out, _ (manual->end), width);
  }
  fputs (out->str, stream);
  g_string_free (out, TRUE);
}
