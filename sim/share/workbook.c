/* workbook.c - the tables of a folder as one spreadsheet. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/share/workbook.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "sim/base/units.h"
#include "sim/lang/lang.h"
#include "sim/report/manifest.h"
#include "sim/scenario/scenario.h"
#include "sim/share/meanings.h"
#include "sim/share/rows.h"
#include "sim/share/workbook-private.h"

/* Rows from which the width of a column is taken. */
#define WIDTH_ROWS 2000u
#define WIDTH_MAX 60u
/* Characters that a cell holds. */
#define TEXT_MAX 32767

GQuark
sf_workbook_error_quark (void)
{
  return g_quark_from_static_string ("sf-workbook-error-quark");
}

/* ---- Files beside the tables ----------------------------------------------- */

/* A JSON file of the folder, NULL when it is not there or is none. */
static SfJsonDoc *
read_json (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  SfJsonDoc *doc = sf_json_read_file (path, mistakes);
  if (doc && sf_json_kind (sf_json_root (doc)) != SF_JSON_OBJECT)
    g_clear_pointer (&doc, sf_json_doc_free);
  return doc;
}

const char *
sf_workbook_dictionary (const SfSheets *b, const char *file, const char *column,
                        const char *key)
{
  const SfJson *tables
      = b->dictionary ? sf_json_member (sf_json_root (b->dictionary), "tables")
                      : NULL;
  for (const SfJson *t = tables ? sf_json_first (tables) : NULL; t;
       t = sf_json_next (t)) {
    const SfJson *url = sf_json_pointer_get (t, "/url");
    const SfJson *columns = sf_json_pointer_get (t, "/tableSchema/columns");
    if (!url || !columns || sf_json_kind (url) != SF_JSON_STRING
        || strcmp (sf_json_string (url), file) != 0)
      continue;
    for (const SfJson *c = sf_json_first (columns); c; c = sf_json_next (c)) {
      const SfJson *name = sf_json_pointer_get (c, "/name");
      const SfJson *v = sf_json_pointer_get (c, key);
      if (name && sf_json_kind (name) == SF_JSON_STRING
          && strcmp (sf_json_string (name), column) == 0 && v
          && sf_json_kind (v) == SF_JSON_STRING)
        return sf_json_string (v);
    }
  }
  return NULL;
}

/* ---- Cells --------------------------------------------------------------- */

/* What is known of the columns of a table while its sheet is filled. */
typedef struct {
  SfSheets *b;
  const SfBookTable *table;
  lxw_worksheet *sheet;
  guint n;            /* columns */
  SfCellType *types;  /* n */
  const char **units; /* n: "" when the name says none */
  const char **tags;  /* n */
  guint *widths;      /* n */
  gint measure;       /* the column that names what is measured, or -1 */
} Sheet;

/* A number as JSON has it, of at most 15 digits, so that nothing is lost. */
static gboolean
read_number (const char *text, double *value)
{
  const char *c = text + (*text == '-');
  guint digits = 0;
  gboolean has_digit = FALSE;
  for (; *c && *c != 'e' && *c != 'E'; c++) {
    if (g_ascii_isdigit (*c))
      has_digit = TRUE;
    else if (*c != '.')
      return FALSE;
    digits += g_ascii_isdigit (*c) ? 1 : 0;
  }
  gboolean is_whole = !strpbrk (text, ".eE");
  if (!has_digit || (is_whole && digits > 15)
      || (is_whole && digits > 1 && text[*text == '-'] == '0'))
    return FALSE;
  char *end = NULL;
  *value = g_ascii_strtod (text, &end);
  return !*end && isfinite (*value);
}

static lxw_format *
look_of (const SfSheets *b, const char *unit, double value)
{
  if (strcmp (unit, "share, 0 to 1") == 0
      || strcmp (unit, "chance, 0 to 1") == 0)
    return b->looks.share;
  if (value == floor (value) || fabs (value) >= 1000)
    return b->looks.count;
  return fabs (value) < 1 ? b->looks.small : b->looks.number;
}

/* A text without what XML cannot hold, cut to what a cell holds. */
static char *
cell_text (const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  char *copy = length > TEXT_MAX ? g_utf8_substring (text, 0, TEXT_MAX - 3)
                                 : g_strdup (text);
  for (char *c = strstr (copy, "\xEF\xBF"); c; c = strstr (c + 3, "\xEF\xBF"))
    if ((guchar)c[2] >= 0xBE)
      c[2] = (char)0xBD; /* U+FFFE, U+FFFF: the replacement character */
  if (length <= TEXT_MAX)
    return copy;
  char *cut = g_strconcat (copy, "...", NULL);
  g_free (copy);
  return cut;
}

double
sf_workbook_day (const char *text)
{
  /* Day 1 of a workbook is 1 January 1900, and 1900 is taken for a leap year:
   * from March 1900 on its count is 25569 above ours. */
  SfDate date = 0;
  return sf_date_parse (text, &date) && date > -25509 ? date + 25569.0 : 0;
}

static void
put_cell (const Sheet *s, lxw_row_t row, guint i, const char *text,
          const char *row_unit)
{
  double value = 0;
  lxw_col_t col = (lxw_col_t)i;
  if (!*text)
    return;
  SfCellType type = i < s->n ? s->types[i] : SF_TYPE_TEXT;
  double day = type == SF_TYPE_DATE ? sf_workbook_day (text) : 0;
  if (day > 0) {
    worksheet_write_number (s->sheet, row, col, day, s->b->looks.date);
  } else if (type == SF_TYPE_GUESS && read_number (text, &value)) {
    const char *unit = *s->units[i] ? s->units[i] : row_unit;
    worksheet_write_number (s->sheet, row, col, value,
                            look_of (s->b, unit, value));
  } else {
    g_autofree char *safe = cell_text (text);
    worksheet_write_string (s->sheet, row, col, safe, s->b->looks.text);
  }
}

/* ---- A sheet ------------------------------------------------------------- */

guint
sf_workbook_first_row (const SfSheets *b, const SfBookTable *table)
{
  return b->ask->has_hxl ? 2 : 1;
}

/* What a column is, from the list or from the dictionary of a sweep. */
static void
describe (Sheet *s, guint i)
{
  const char *name = s->table->columns[i];
  const SfMeaning *m = sf_meaning_of (s->table->file, name);
  const char *base
      = sf_workbook_dictionary (s->b, s->table->file, name, "/datatype");
  if (!base)
    base
        = sf_workbook_dictionary (s->b, s->table->file, name, "/datatype/base");
  s->types[i] = g_strcmp0 (base, "string") == 0 ? SF_TYPE_TEXT
                : m && !base                    ? m->type
                                                : SF_TYPE_GUESS;
  s->units[i] = sf_meaning_unit (name);
  const char *tag
      = sf_workbook_dictionary (s->b, s->table->file, name, "/titles/1");
  s->tags[i] = m ? m->tag : tag ? tag : "";
  s->widths[i] = (guint)g_utf8_strlen (name, -1) + 4;
  if (strcmp (name, "measure") == 0 || strcmp (name, "metric") == 0)
    s->measure = (gint)i;
}

static void
put_header (Sheet *s)
{
  for (guint i = 0; i < s->n; i++) {
    g_autofree char *name = cell_text (s->table->columns[i]);
    worksheet_write_string (s->sheet, 0, (lxw_col_t)i, name,
                            s->b->looks.heading);
  }
  for (guint i = 0; s->b->ask->has_hxl && i < s->n; i++)
    if (*s->tags[i])
      worksheet_write_string (s->sheet, 1, (lxw_col_t)i, s->tags[i],
                              s->b->looks.tag);
}

/* Writes a row; cells that the header does not know stand at its end. */
static void
put_row (Sheet *s, lxw_row_t row, const char *const *cells, guint n,
         gboolean is_looked_at)
{
  const SfBookTable *t = s->table;
  guint source = s->measure >= 0 ? t->sources[s->measure] : n;
  const char *unit = source < n ? sf_meaning_unit (cells[source]) : "";
  for (guint i = 0; i < (t->is_short ? s->n : MAX (n, s->n)); i++) {
    guint k = i < s->n ? t->sources[i] : i;
    if (k >= n)
      continue;
    put_cell (s, row, i, cells[k], unit);
    if (is_looked_at && i < s->n && s->types[i] != SF_TYPE_GUESS)
      s->widths[i]
          = MAX (s->widths[i], (guint)g_utf8_strlen (cells[k], -1) + 1);
  }
}

static lxw_row_t
put_rows (Sheet *s, SfRows *rows)
{
  guint n = 0;
  lxw_row_t row = sf_workbook_first_row (s->b, s->table);
  const char *const *cells;
  sf_rows_next (rows, &n); /* the header */
  if (s->table->has_tags) {
    cells = sf_rows_next (rows, &n);
    for (guint i = 0; s->b->ask->has_hxl && i < s->n; i++) {
      guint k = s->table->sources[i];
      if (k < n && *cells[k])
        worksheet_write_string (s->sheet, 1, (lxw_col_t)i, cells[k],
                                s->b->looks.tag);
    }
  }
  guint first = row;
  for (; (cells = sf_rows_next (rows, &n)); row++)
    put_row (s, row, cells, n, row - first < WIDTH_ROWS);
  return row;
}

static void
finish_sheet (Sheet *s, lxw_row_t end)
{
  guint first = sf_workbook_first_row (s->b, s->table);
  for (guint i = 0; i < s->n; i++)
    worksheet_set_column (s->sheet, (lxw_col_t)i, (lxw_col_t)i,
                          MIN (MAX (s->widths[i], 9u), WIDTH_MAX), NULL);
  sf_workbook_page (s->sheet, (int)first - 1);
  worksheet_freeze_panes (s->sheet, first, 0);
  if (s->n > 0)
    worksheet_autofilter (s->sheet, first - 1, 0,
                          MAX (end, first) - (end > first ? 1 : 0),
                          (lxw_col_t)(s->n - 1));
}

void
sf_workbook_page (lxw_worksheet *sheet, int last_head)
{
  worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, 9); /* A4 */
  worksheet_fit_to_pages (sheet, 1, 0);
  if (last_head >= 0)
    worksheet_repeat_rows (sheet, 0, (lxw_row_t)last_head);
}

static gboolean
put_table (SfSheets *b, const SfBookTable *table, GError **error)
{
  g_autoptr (SfRows) rows = sf_rows_open (table->path, error);
  if (!rows)
    return FALSE;
  guint n = g_strv_length (table->columns);
  g_autofree SfCellType *types = g_new0 (SfCellType, n + 1);
  g_autofree const char **units = g_new0 (const char *, n + 1);
  g_autofree const char **tags = g_new0 (const char *, n + 1);
  g_autofree guint *widths = g_new0 (guint, n + 1);
  Sheet s = { b,    table,  workbook_add_worksheet (b->book, table->sheet),
              n,    types,  units,
              tags, widths, -1 };
  for (guint i = 0; i < n; i++)
    describe (&s, i);
  if (!s.sheet) {
    g_set_error (error, SF_WORKBOOK_ERROR, SF_WORKBOOK_ERROR_WRITE,
                 _ ("no sheet \"%s\" could be made"), table->sheet);
    return FALSE;
  }
  put_header (&s);
  finish_sheet (&s, put_rows (&s, rows));
  FILE *file = s.sheet->optimize_tmpfile;
  if (!file || (fflush (file) == 0 && !ferror (file)))
    return TRUE;
  g_set_error (error, SF_WORKBOOK_ERROR, SF_WORKBOOK_ERROR_WRITE,
               _ ("cannot write the temporary file of a sheet in %s: %s"),
               g_get_tmp_dir (), g_strerror (errno));
  return FALSE;
}

/* ---- The whole ----------------------------------------------------------- */

static void
make_looks (SfSheets *b)
{
  SfBookLooks *l = &b->looks;
  lxw_format **const all[]
      = { &l->title, &l->heading, &l->text,  &l->wrap,  &l->tag,
          &l->date,  &l->share,   &l->count, &l->small, &l->number };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    *all[i] = workbook_add_format (b->book);
  format_set_bold (l->title);
  format_set_font_size (l->title, 14);
  format_set_bold (l->heading);
  format_set_bg_color (l->heading, 0xDDE6EE);
  format_set_bottom (l->heading, LXW_BORDER_THIN);
  format_set_text_wrap (l->wrap);
  format_set_align (l->wrap, LXW_ALIGN_VERTICAL_TOP);
  format_set_align (l->text, LXW_ALIGN_VERTICAL_TOP);
  format_set_font_color (l->tag, 0x5A6B7B);
  format_set_num_format (l->date, "yyyy-mm-dd");
  format_set_num_format (l->share, "0.0%");
  format_set_num_format (l->count, "#,##0");
  format_set_num_format (l->small, "0.000");
  format_set_num_format (l->number, "#,##0.0");
}

/* Makes all sheets and closes the book; *error is that of the first fault. */
static gboolean
fill (SfSheets *b, const char *path, GError **error)
{
  g_autofree char *tmp = g_strdup (g_get_tmp_dir ());
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = tmp };
  gboolean is_fine = TRUE;
  b->book = workbook_new_opt (path, &options);
  if (!b->book) {
    g_set_error (error, SF_WORKBOOK_ERROR, SF_WORKBOOK_ERROR_WRITE, "%s",
                 _ ("the workbook could not be begun"));
    return FALSE;
  }
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  lxw_doc_properties about
      = { .company = "shortfall",
          .created = epoch ? (time_t)g_ascii_strtoll (epoch, NULL, 10) : 0 };
  workbook_set_properties (b->book, &about);
  make_looks (b);
  sf_workbook_readme (b);
  sf_workbook_charts (b);
  sf_workbook_columns (b);
  for (guint i = 0; i < b->tables->len; i++) {
    const SfBookTable *table = b->tables->pdata[i];
    if (is_fine)
      is_fine = put_table (b, table, error);
    else /* the charts name it, and the library would complain */
      workbook_add_worksheet (b->book, table->sheet);
  }
  lxw_error problem = workbook_close (b->book);
  if (is_fine && problem != LXW_NO_ERROR)
    g_set_error (error, SF_WORKBOOK_ERROR, SF_WORKBOOK_ERROR_WRITE,
                 _ ("the workbook could not be written: %s"),
                 lxw_strerror (problem));
  return is_fine && problem == LXW_NO_ERROR;
}

/* Brings a file to disk under its final name. */
static gboolean
give_name (const char *from, const char *to, GError **error)
{
  int fd = open (from, O_RDONLY | O_CLOEXEC);
  gboolean is_fine = fd >= 0 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  if (is_fine && g_rename (from, to) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("cannot write %s: %s"), to, g_strerror (errno));
  return FALSE;
}

/* An empty file beside `path`; NULL with an error. */
static char *
make_beside (const char *path, GError **error)
{
  char *name = g_strconcat (path, ".tmp-XXXXXX", NULL);
  int fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0666);
  if (fd >= 0) {
    close (fd);
    return name;
  }
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("cannot write %s: %s"), path, g_strerror (errno));
  g_free (name);
  return NULL;
}

static gboolean
write_book (SfSheets *b, const char *path, GError **error)
{
  if (!sf_workbook_find_tables (b, error))
    return FALSE;
  b->manifest = read_json (b->ask->folder, "manifest.json");
  b->dictionary = read_json (b->ask->folder, "dictionary.json");
  const SfJson *scenario
      = b->manifest ? sf_json_member (sf_json_root (b->manifest), "scenario")
                    : NULL;
  if (scenario)
    sf_scenario_speak (scenario);
  if (g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                 _ ("%s is there and is no file; choose another name"), path);
    return FALSE;
  }
  g_autofree char *temporary = make_beside (path, error);
  if (!temporary)
    return FALSE;
  gboolean is_fine = fill (b, temporary, error)
                     && sf_workbook_is_whole (temporary, error)
                     && give_name (temporary, path, error);
  if (!is_fine)
    g_unlink (temporary);
  return is_fine;
}

gboolean
sf_workbook_write (const SfWorkbookAsk *ask, const char *path, guint *n_sheets,
                   GError **error)
{
  SfSheets b = { .ask = ask };
  gboolean is_fine = write_book (&b, path, error);
  *n_sheets = b.tables->len;
  g_ptr_array_unref (b.tables);
  sf_json_doc_free (b.manifest);
  sf_json_doc_free (b.dictionary);
  return is_fine;
}

char *
sf_workbook_library_version (void)
{
  return g_strdup (lxw_version ());
}
