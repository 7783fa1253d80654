/* csv.c - tables as text: rows out, rows in. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/csv.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

struct SfCsv {
  SfFile *file;
  GString *buffer;
  gboolean is_in_row;
};

#define BUFFER_BYTES 65536

/* ---- Writing ------------------------------------------------------------ */

static void
next_cell (SfCsv *csv)
{
  if (csv->is_in_row)
    g_string_append_c (csv->buffer, ',');
  csv->is_in_row = TRUE;
}

SfCsv *
sf_csv_create (const char *folder, const char *name, const SfColumn *columns,
               gboolean has_hxl, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  SfFile *file = sf_file_create (path, error);
  if (!file)
    return NULL;
  SfCsv *csv = g_new0 (SfCsv, 1);
  csv->file = file;
  csv->buffer = g_string_sized_new (BUFFER_BYTES + 1024);
  for (const SfColumn *c = columns; c->name; c++)
    sf_csv_text (csv, c->name);
  sf_csv_row (csv);
  if (has_hxl) {
    for (const SfColumn *c = columns; c->name; c++)
      sf_csv_text (csv, c->hxl);
    sf_csv_row (csv);
  }
  return csv;
}

void
sf_csv_text (SfCsv *csv, const char *text)
{
  next_cell (csv);
  sf_text_csv (csv->buffer, text);
}

void
sf_csv_raw (SfCsv *csv, const char *cells)
{
  next_cell (csv);
  g_string_append (csv->buffer, cells);
}

/* Many cells are whole numbers; snprintf() takes ten times as long for them. */
static void
append_count (GString *out, guint64 count)
{
  char digits[24];
  int at = sizeof digits;
  do {
    digits[--at] = (char)('0' + count % 10);
    count /= 10;
  } while (count > 0);
  g_string_append_len (out, digits + at, (gssize)sizeof digits - at);
}

/* Up to here "%.15g" writes whole numbers without an exponent. */
#define WHOLE_END 1e15

static gboolean
append_whole (GString *out, double number, double end)
{
  if (!(number >= 0 && number < end && number == floor (number)))
    return FALSE;
  append_count (out, (guint64)number);
  return TRUE;
}

void
sf_csv_number (SfCsv *csv, double number)
{
  char text[SF_TEXT_NUMBER_SIZE];
  next_cell (csv);
  if (!isnan (number) && !append_whole (csv->buffer, number, WHOLE_END))
    g_string_append (csv->buffer, sf_text_number (text, number));
}

/* Digits that a short number has, and the smallest and largest numbers of so
 * many digits. */
#define SHORT_DIGITS 7
#define SHORT_MIN 1000000u
#define SHORT_END 10000000u

/* Nearer to the middle of two short numbers than this, in units of the last
 * digit, rounding is left to printf(): what is off here is below 1e-9. */
#define MIDDLE 1e-6

/* Writes what "%.7g" writes of numbers from 0.0001 to 1e7, by one exact power of
 * ten and one rounding; FALSE, with nothing written, where that does not say for
 * sure which number is nearest. */
static gboolean
append_short (GString *out, double number)
{
  static const double powers[]
      = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11 };
  char text[2 * SHORT_DIGITS + 2], reversed[2 * SHORT_DIGITS], *to = text;
  double size = fabs (number);
  int places = 0, n = 0; /* places: behind the point */
  if (!(size >= 1e-4 && size < SHORT_END))
    return FALSE;
  while (size * powers[places] < SHORT_MIN && places < 10)
    places++;
  double scaled = size * powers[places];
  guint digits = (guint)scaled;
  double rest = scaled - digits;
  if (fabs (rest - 0.5) < MIDDLE || digits < SHORT_MIN)
    return FALSE;
  digits += rest > 0.5;
  if (digits >= SHORT_END)
    return FALSE;
  for (; places > 0 && digits % 10 == 0; places--)
    digits /= 10;
  for (int i = 0; digits > 0 || i <= places; i++, digits /= 10) {
    if (i == places && places > 0)
      reversed[n++] = '.';
    reversed[n++] = (char)('0' + digits % 10);
  }
  if (number < 0)
    *to++ = '-';
  while (n > 0)
    *to++ = reversed[--n];
  g_string_append_len (out, text, to - text);
  return TRUE;
}

void
sf_csv_short (SfCsv *csv, double number)
{
  char text[SF_TEXT_NUMBER_SIZE];
  next_cell (csv);
  if (isnan (number))
    return;
  if (!append_whole (csv->buffer, number, SHORT_END)
      && !append_short (csv->buffer, number))
    g_string_append (csv->buffer,
                     g_ascii_formatd (text, sizeof text, "%.7g", number));
}

void
sf_csv_count (SfCsv *csv, guint64 count)
{
  next_cell (csv);
  append_count (csv->buffer, count);
}

void
sf_csv_row (SfCsv *csv)
{
  g_string_append (csv->buffer, "\r\n");
  csv->is_in_row = FALSE;
  if (csv->buffer->len < BUFFER_BYTES)
    return;
  sf_file_put (csv->file, csv->buffer->str, csv->buffer->len);
  g_string_truncate (csv->buffer, 0);
}

gboolean
sf_csv_commit (SfCsv *csv, GError **error)
{
  sf_file_put (csv->file, csv->buffer->str, csv->buffer->len);
  gboolean is_fine = sf_file_commit (g_steal_pointer (&csv->file), error);
  sf_csv_discard (csv);
  return is_fine;
}

void
sf_csv_discard (SfCsv *csv)
{
  if (!csv)
    return;
  sf_file_discard (csv->file);
  g_string_free (csv->buffer, TRUE);
  g_free (csv);
}

/* ---- Reading ------------------------------------------------------------ */

#define COLUMNS_MAX 32

/* Cuts the cell at *at in place and unquotes it; *at is then behind it.
 * `is_last` says that its row ends with it. */
static char *
cut_cell (char **at, gboolean *is_last)
{
  char *cell = *at, *read = *at, *write = *at;
  if (*read == '"') {
    for (read++; *read; read++) {
      if (*read == '"' && *++read != '"')
        break;
      *write++ = *read;
    }
  }
  while (*read && *read != ',' && *read != '\r' && *read != '\n')
    *write++ = *read++;
  *is_last = *read != ',';
  if (*read == '\r')
    read++;
  if (*read)
    read++;
  *write = '\0';
  *at = read;
  return cell;
}

/* The cells of the row at *at, into an array of borrowed texts. */
static void
cut_row (char **at, GPtrArray *cells)
{
  gboolean is_last = FALSE;
  g_ptr_array_set_size (cells, 0);
  while (!is_last)
    g_ptr_array_add (cells, cut_cell (at, &is_last));
}

static gboolean
fail (GError **error, const char *path, const char *what)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", path, what);
  return FALSE;
}

static gboolean
find_columns (const GPtrArray *header, const char *const *columns,
              guint *places, const char *path, GError **error)
{
  for (guint c = 0; columns[c]; c++)
    if (!g_ptr_array_find_with_equal_func ((GPtrArray *)header, columns[c],
                                           g_str_equal, &places[c])) {
      g_autofree char *what
          = g_strdup_printf (_ ("there is no column %s"), columns[c]);
      return fail (error, path, what);
    }
  return TRUE;
}

static gboolean
is_hxl (const GPtrArray *cells)
{
  const char *first = cells->pdata[0];
  return first[0] == '#' || strncmp (first, "'#", 2) == 0;
}

gboolean
sf_csv_read (const char *path, const char *const *columns, SfCsvRow row,
             gpointer data, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  guint places[COLUMNS_MAX], n = g_strv_length ((char **)columns), highest = 0;
  g_return_val_if_fail (n > 0 && n <= COLUMNS_MAX, FALSE);
  char *at = text;
  cut_row (&at, cells);
  if (!find_columns (cells, columns, places, path, error))
    return FALSE;
  for (guint c = 0; c < n; c++)
    highest = MAX (highest, places[c]);
  for (guint line = 2; *at; line++) {
    const char *wanted[COLUMNS_MAX];
    cut_row (&at, cells);
    if (cells->len <= highest)
      return fail (error, path, _ ("a row has too few cells"));
    if (line == 2 && is_hxl (cells))
      continue;
    for (guint c = 0; c < n; c++)
      wanted[c] = cells->pdata[places[c]];
    if (!row (wanted, data))
      break;
  }
  return TRUE;
}

char **
sf_csv_columns (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  char *at = text;
  cut_row (&at, cells);
  for (guint i = 0; i < cells->len; i++)
    g_strv_builder_add (names, cells->pdata[i]);
  return g_strv_builder_end (names);
}

double
sf_csv_cell_number (const char *cell)
{
  char *end;
  double number = g_ascii_strtod (cell, &end);
  return end == cell || *end ? NAN : number;
}
