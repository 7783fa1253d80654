/* table.c - small tables for people and programs. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/table.h"

#include <math.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"

typedef enum { CELL_TEXT, CELL_NUMBER, CELL_MISSING } CellKind;

typedef struct {
  CellKind kind;
  char *text;  /* of a text, or why it is missing */
  char *shown; /* NULL: the same */
  double number;
} Cell;

struct SfTable {
  char *name, *title;
  const SfTableColumn *columns;
  guint n_columns;
  GArray *cells;    /* Cell, row by row */
  GPtrArray *notes; /* char * */
};

static void
clear_cell (gpointer cell)
{
  g_free (((Cell *)cell)->text);
  g_free (((Cell *)cell)->shown);
}

SfTable *
sf_table_new (const char *name, const char *title, const SfTableColumn *columns)
{
  SfTable *t = g_new0 (SfTable, 1);
  t->name = g_strdup (name);
  t->title = g_strdup (title);
  t->columns = columns;
  while (columns[t->n_columns].name)
    t->n_columns++;
  t->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (t->cells, clear_cell);
  t->notes = g_ptr_array_new_with_free_func (g_free);
  return t;
}

void
sf_table_free (SfTable *t)
{
  if (!t)
    return;
  g_array_unref (t->cells);
  g_ptr_array_unref (t->notes);
  g_free (t->name);
  g_free (t->title);
  g_free (t);
}

static void
add (SfTable *t, CellKind kind, const char *text, double number)
{
  Cell cell = { kind, g_strdup (text), NULL, number };
  g_array_append_val (t->cells, cell);
}

void
sf_table_text (SfTable *table, const char *text)
{
  add (table, text ? CELL_TEXT : CELL_MISSING, text ? text : "", 0);
}

void
sf_table_words (SfTable *table, const char *text, const char *shown)
{
  Cell cell = { CELL_TEXT, g_strdup (text), g_strdup (shown), 0 };
  g_array_append_val (table->cells, cell);
}

void
sf_table_number (SfTable *table, double number)
{
  add (table, isfinite (number) ? CELL_NUMBER : CELL_MISSING, "", number);
}

void
sf_table_missing (SfTable *table, const char *why)
{
  add (table, CELL_MISSING, why, 0);
}

void
sf_table_note (SfTable *table, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (table->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

const char *
sf_table_name (const SfTable *table)
{
  return table->name;
}

static guint
n_rows (const SfTable *t)
{
  return t->cells->len / t->n_columns;
}

static const Cell *
cell_at (const SfTable *t, guint row, guint column)
{
  return &g_array_index (t->cells, Cell, row * t->n_columns + column);
}

/* "12.50" with two digits at most is "12.5". */
static char *
short_number (double number, int digits)
{
  char format[8], text[400];
  g_snprintf (format, sizeof format, "%%.%df", CLAMP (digits, 0, 12));
  g_ascii_formatd (text, sizeof text, format, number);
  if (strchr (text, '.')) {
    char *end = text + strlen (text);
    while (end[-1] == '0')
      *--end = '\0';
    if (end[-1] == '.')
      end[-1] = '\0';
  }
  return g_strdup (strcmp (text, "-0") == 0 ? "0" : sf_lang_decimal (text));
}

static char *
shown (const SfTable *t, guint row, guint column)
{
  const Cell *cell = cell_at (t, row, column);
  if (cell->kind == CELL_NUMBER)
    return short_number (cell->number, t->columns[column].digits);
  GString *safe = g_string_new (NULL);
  sf_text_append_safe (safe, cell->shown ? cell->shown : cell->text, -1);
  return g_string_free (safe, FALSE);
}

static guint
width_of (const SfTable *t, guint column)
{
  glong width = g_utf8_strlen (_ (t->columns[column].heading), -1);
  for (guint row = 0; row < n_rows (t); row++) {
    g_autofree char *text = shown (t, row, column);
    width = MAX (width, g_utf8_strlen (text, -1));
  }
  return (guint)width;
}

/* Numbers to the right, texts to the left; nothing after the last text. */
static void
append_padded (GString *out, const SfTable *t, guint column, guint width,
               const char *text)
{
  guint gap = width - (guint)g_utf8_strlen (text, -1);
  gboolean is_number = t->columns[column].digits >= 0;
  g_string_append (out, column ? "  " : "");
  for (guint i = 0; is_number && i < gap; i++)
    g_string_append_c (out, ' ');
  g_string_append (out, text);
  for (guint i = 0; !is_number && column + 1 < t->n_columns && i < gap; i++)
    g_string_append_c (out, ' ');
}

static void
end_line (GString *out)
{
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

static void
print_text (const SfTable *t, GString *out)
{
  g_string_append_printf (out, "\n%s\n", t->title);
  g_autofree guint *widths = g_new (guint, t->n_columns);
  for (guint c = 0; c < t->n_columns; c++)
    widths[c] = width_of (t, c);
  for (guint c = 0; n_rows (t) > 0 && c < t->n_columns; c++)
    append_padded (out, t, c, widths[c], _ (t->columns[c].heading));
  if (n_rows (t) > 0)
    end_line (out);
  for (guint row = 0; row < n_rows (t); row++) {
    for (guint c = 0; c < t->n_columns; c++) {
      g_autofree char *text = shown (t, row, c);
      append_padded (out, t, c, widths[c], text);
    }
    end_line (out);
  }
  for (guint i = 0; i < t->notes->len; i++)
    g_string_append_printf (out, "%s\n", (const char *)t->notes->pdata[i]);
}

/* A bar in a cell would end it. */
static void
append_cell (GString *out, const char *text)
{
  for (const char *c = text; *c; c++)
    if (*c == '|')
      g_string_append (out, "\\|");
    else
      g_string_append_c (out, *c);
  g_string_append (out, " |");
}

static void
print_head (const SfTable *t, GString *out)
{
  g_string_append (out, "|");
  for (guint c = 0; c < t->n_columns; c++) {
    g_string_append (out, " ");
    append_cell (out, _ (t->columns[c].heading));
  }
  g_string_append (out, "\n|");
  for (guint c = 0; c < t->n_columns; c++)
    g_string_append (out, t->columns[c].digits >= 0 ? "---:|" : "---|");
}

static void
print_markdown (const SfTable *t, GString *out)
{
  if (n_rows (t) > 0)
    print_head (t, out);
  for (guint row = 0; row < n_rows (t); row++) {
    g_string_append (out, "\n|");
    for (guint c = 0; c < t->n_columns; c++) {
      g_autofree char *text = shown (t, row, c);
      g_string_append (out, " ");
      append_cell (out, text);
    }
  }
  if (n_rows (t) > 0)
    g_string_append (out, "\n");
  for (guint i = 0; i < t->notes->len; i++)
    g_string_append_printf (out, "\n%s\n", (const char *)t->notes->pdata[i]);
}

static void
print_csv (const SfTable *t, GString *out)
{
  char number[SF_TEXT_NUMBER_SIZE];
  for (guint c = 0; c < t->n_columns; c++) {
    g_string_append (out, c ? "," : "");
    sf_text_csv (out, t->columns[c].name);
  }
  g_string_append (out, "\r\n");
  for (guint row = 0; row < n_rows (t); row++) {
    for (guint c = 0; c < t->n_columns; c++) {
      const Cell *cell = cell_at (t, row, c);
      g_string_append (out, c ? "," : "");
      if (cell->kind == CELL_NUMBER)
        g_string_append (out, sf_text_number (number, cell->number));
      else if (cell->kind == CELL_TEXT)
        sf_text_csv (out, cell->text);
    }
    g_string_append (out, "\r\n");
  }
}

static void
add_json (const SfTable *t, SfJson *tables)
{
  SfJson *object = sf_json_add_object (tables, t->name);
  sf_json_add_string (object, "title", t->title);
  SfJson *rows = sf_json_add_array (object, "rows");
  for (guint row = 0; row < n_rows (t); row++) {
    SfJson *record = sf_json_add_object (rows, NULL);
    for (guint c = 0; c < t->n_columns; c++) {
      const Cell *cell = cell_at (t, row, c);
      if (cell->kind == CELL_TEXT)
        sf_json_add_string (record, t->columns[c].name, cell->text);
      else /* what is not finite becomes null */
        sf_json_add_number (record, t->columns[c].name,
                            cell->kind == CELL_NUMBER ? cell->number : NAN);
    }
  }
  SfJson *notes = sf_json_add_array (object, "notes");
  for (guint i = 0; i < t->notes->len; i++)
    sf_json_add_string (notes, NULL, t->notes->pdata[i]);
}

char *
sf_tables_print (const GPtrArray *tables, const char *title,
                 SfTableFormat format)
{
  GString *out = g_string_new (NULL);
  if (format == SF_TABLE_CSV) {
    if (tables->len > 0)
      print_csv (tables->pdata[0], out);
    return g_string_free (out, FALSE);
  }
  if (format == SF_TABLE_MARKDOWN) {
    for (guint i = 0; i < tables->len; i++) {
      const SfTable *t = tables->pdata[i];
      if (tables->len > 1) /* one speaks for itself */
        g_string_append_printf (out, "%s**%s**\n%s", i ? "\n" : "", t->title,
                                n_rows (t) > 0 ? "\n" : "");
      print_markdown (t, out);
    }
    return g_string_free (out, FALSE);
  }
  if (format == SF_TABLE_TEXT) {
    g_string_append_printf (out, "%s\n", title);
    for (guint i = 0; i < tables->len; i++)
      print_text (tables->pdata[i], out);
    return g_string_free (out, FALSE);
  }
  g_string_free (out, TRUE);
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("tables");
  SfJson *root = sf_json_root (doc);
  sf_json_add_string (root, "title", title);
  SfJson *object = sf_json_add_object (root, "tables");
  for (guint i = 0; i < tables->len; i++)
    add_json (tables->pdata[i], object);
  return sf_json_print (root, TRUE);
}
