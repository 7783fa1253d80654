/* text.c - names, numbers and fields as text. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/text.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"

/* Characters sf_text_safe shows, and the mark at the end of a cut text. */
#define SAFE_MAX 80
#define SAFE_MARK "..."

/* ---- distance ----------------------------------------------------------- */

/* One row of the distance table from the two before it. Returns the row's
 * minimum: the final distance cannot be smaller. */
static guint
distance_row (const char *a, gsize i, const char *b, gsize n, guint *rows[3])
{
  const guint *before = rows[0], *above = rows[1];
  guint *row = rows[2];
  guint least;

  row[0] = (guint)i;
  least = row[0];
  for (gsize j = 1; j <= n; j++) {
    guint cost = a[i - 1] == b[j - 1] ? 0 : 1;
    guint best = MIN (above[j], row[j - 1]) + 1;

    best = MIN (best, above[j - 1] + cost);
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
      best = MIN (best, before[j - 2] + 1);
    row[j] = best;
    least = MIN (least, best);
  }
  return least;
}

guint
sf_text_distance (const char *a, const char *b, guint limit)
{
  g_autofree guint *memory = NULL;
  guint beyond = limit == G_MAXUINT ? limit : limit + 1;
  guint *rows[3];
  gsize m, n;

  g_return_val_if_fail (a != NULL && b != NULL, beyond);

  m = strlen (a);
  n = strlen (b);
  if ((m > n ? m - n : n - m) > limit)
    return beyond;
  memory = g_new0 (guint, 3 * (n + 1));
  rows[0] = memory;
  rows[1] = rows[0] + n + 1;
  rows[2] = rows[1] + n + 1;
  for (gsize j = 0; j <= n; j++)
    rows[2][j] = (guint)j;
  for (gsize i = 1; i <= m; i++) {
    guint *oldest = rows[0];
    guint least;

    rows[0] = rows[1];
    rows[1] = rows[2];
    rows[2] = oldest;
    least = distance_row (a, i, b, n, rows);
    /* No later row can be below this one's least: even a swap, which reaches
     * over one row, adds one to a row that is at most one below this. */
    if (least > limit)
      return beyond;
  }
  return MIN (rows[2][n], beyond);
}

const char *
sf_text_nearest (const char *name, const char *const *candidates, gsize n)
{
  const char *nearest = NULL;
  guint limit;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (candidates != NULL || n == 0, NULL);

  limit = (guint)MIN (MAX (strlen (name) / 3, 1), G_MAXUINT / 2);
  for (gsize i = 0; i < n; i++) {
    guint distance;

    if (candidates[i] == NULL)
      continue;
    distance = sf_text_distance (name, candidates[i], limit);
    if (distance > limit)
      continue;
    nearest = candidates[i];
    if (distance == 0)
      break;
    limit = distance - 1; /* the next one has to be better */
  }
  return nearest;
}

/* ---- numbers ------------------------------------------------------------ */

char *
sf_text_hint (const char *near)
{
  return near ? g_strdup_printf (_ ("; did you mean \"%s\"?"), near)
              : g_strdup ("");
}

static char *
put_word (char *buffer, const char *word)
{
  g_strlcpy (buffer, word, SF_TEXT_NUMBER_SIZE);
  return buffer;
}

char *
sf_text_number (char *buffer, double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  g_return_val_if_fail (buffer != NULL, NULL);

  if (isnan (value))
    return put_word (buffer, "nan");
  if (isinf (value))
    return put_word (buffer, value > 0 ? "inf" : "-inf");
  if (value == 0)
    return put_word (buffer, "0");
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (buffer, SF_TEXT_NUMBER_SIZE, formats[i], value);
    if (g_ascii_strtod (buffer, NULL) == value)
      break;
  }
  return buffer;
}

/* Digits after the point of four significant ones; of sizes of which that can
 * be said without an exponent. */
static guint
decimals_of (double size)
{
  guint decimals = 0;
  for (double least = 999.95; size < least && decimals < 7; least /= 10)
    decimals++;
  return decimals;
}

void
sf_text_short (GString *out, double value)
{
  static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7 };
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char *at = text + sizeof text;
  double size = fabs (value);
  g_return_if_fail (out != NULL);
  if (!isfinite (value) || (size > 0 && size < 2e-4) || size >= 9999) {
    g_string_append (out, isfinite (value) ? g_ascii_formatd (text, sizeof text,
                                                              "%.4g", value)
                                           : "null");
    return;
  }
  guint decimals = decimals_of (size);
  guint digits = (guint)(size * powers[decimals] + 0.5);
  for (; decimals > 0 && digits % 10 == 0; digits /= 10)
    decimals--;
  for (gint left = (gint)decimals; digits > 0 || left >= 0; left--) {
    if (left == 0 && decimals > 0)
      *--at = '.';
    *--at = (char)('0' + digits % 10);
    digits /= 10;
  }
  if (value < 0 && (at[0] != '0' || decimals > 0))
    *--at = '-';
  g_string_append_len (out, at, text + sizeof text - at);
}

static const char *
skip_digits (const char *at)
{
  while (g_ascii_isdigit (*at))
    at++;
  return at;
}

/* Whether the whole of `text` is a decimal number as sf_text_number writes it
 * or as people do: "-3", "+.5", "1e-9", "-inf". */
static gboolean
is_number (const char *text)
{
  const char *digits, *at = text;

  if (*at == '+' || *at == '-')
    at++;
  if (strcmp (at, "inf") == 0 || strcmp (at, "nan") == 0)
    return TRUE;
  digits = at;
  at = skip_digits (at);
  if (*at == '.')
    at = skip_digits (at + 1);
  if (at == digits || (at == digits + 1 && *digits == '.'))
    return FALSE;
  if (*at == 'e' || *at == 'E') {
    digits = at + (at[1] == '+' || at[1] == '-' ? 2 : 1);
    at = skip_digits (digits);
    if (at == digits)
      return FALSE;
  }
  return *at == '\0';
}

/* ---- fields ------------------------------------------------------------- */

void
sf_text_csv (GString *out, const char *field)
{
  gboolean is_formula, is_quoted;
  gsize length;

  g_return_if_fail (out != NULL);

  if (field == NULL || field[0] == '\0')
    return;
  length = strlen (field);
  is_formula = strchr ("=+-@\t\r", field[0]) != NULL && !is_number (field);
  is_quoted = is_formula || strpbrk (field, ",\"\r\n") != NULL
              || field[0] == ' ' || field[length - 1] == ' ';
  if (!is_quoted) {
    g_string_append_len (out, field, (gssize)length);
    return;
  }
  g_string_append (out, is_formula ? "\"'" : "\"");
  for (const char *at = field; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *at);
  }
  g_string_append_c (out, '"');
}

static void
append_json_char (GString *out, char c)
{
  static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";

  for (const char *pair = shorts; *pair != '\0'; pair += 2)
    if (*pair == c) {
      g_string_append_c (out, '\\');
      g_string_append_c (out, pair[1]);
      return;
    }
  if ((guchar)c < 0x20)
    g_string_append_printf (out, "\\u%04x", (guint)(guchar)c);
  else
    g_string_append_c (out, c);
}

void
sf_text_json (GString *out, const char *utf8)
{
  g_autofree char *repaired = NULL;

  g_return_if_fail (out != NULL);
  g_return_if_fail (utf8 != NULL);

  if (!g_utf8_validate (utf8, -1, NULL)) {
    repaired = g_utf8_make_valid (utf8, -1);
    utf8 = repaired;
  }
  g_string_append_c (out, '"');
  for (const char *at = utf8; *at != '\0'; at++)
    append_json_char (out, *at);
  g_string_append_c (out, '"');
}

/* ---- terminal ----------------------------------------------------------- */

/* Puts the next character of `bytes` into `out` as it is safe to show; returns
 * the number of bytes it took and sets `width` to the characters it shows. */
static gsize
append_safe_char (GString *out, const char *bytes, gsize length, gsize *width)
{
  gunichar c = g_utf8_get_char_validated (bytes, (gssize)length);
  gboolean is_shown = FALSE;
  gsize size = 1;

  if (c != (gunichar)-1 && c != (gunichar)-2) {
    GUnicodeType type = g_unichar_type (c);

    size = (gsize)g_unichar_to_utf8 (c, NULL);
    is_shown = g_unichar_isprint (c) && type != G_UNICODE_LINE_SEPARATOR
               && type != G_UNICODE_PARAGRAPH_SEPARATOR;
  }
  if (is_shown) {
    g_string_append_len (out, bytes, (gssize)size);
    *width = 1;
    return size;
  }
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (out, "\\x%02X", (guint)(guchar)bytes[i]);
  *width = 4 * size;
  return size;
}

void
sf_text_append_safe (GString *out, const char *bytes, gssize length)
{
  gsize left;

  g_return_if_fail (out != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  left = length < 0 ? strlen (bytes) : (gsize)length;
  while (left > 0) {
    gsize width;
    gsize size = append_safe_char (out, bytes, left, &width);

    bytes += size;
    left -= size;
  }
}

char *
sf_text_safe (const char *bytes, gssize length)
{
  GString *out = g_string_new (NULL);
  gsize left, shown = 0;
  gsize cut = 0; /* where the text ends when it has to be cut */

  g_return_val_if_fail (bytes != NULL || length == 0,
                        g_string_free (out, FALSE));

  left = length < 0 ? strlen (bytes) : (gsize)length;
  while (left > 0) {
    gsize width;
    gsize size = append_safe_char (out, bytes, left, &width);

    bytes += size;
    left -= size;
    shown += width;
    if (shown <= SAFE_MAX - strlen (SAFE_MARK))
      cut = out->len;
    if (shown > SAFE_MAX) {
      g_string_truncate (out, cut);
      g_string_append (out, SAFE_MARK);
      break;
    }
  }
  return g_string_free (out, FALSE);
}
