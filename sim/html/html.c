/* html.c - HTML as text, with everything from outside escaped. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/html/html.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"

void
sf_html_add (GString *out, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);
  g_string_append (out, text);
}

void
sf_html_paragraph (GString *out, const char *text)
{
  sf_html_add (out, "<p>%s</p>\n", text);
}

void
sf_html_missing (GString *out, const char *text)
{
  sf_html_add (out, "<p class=\"missing\">%s</p>\n", text);
}

/* ---- Names from outside ------------------------------------------------- */

static gboolean
is_direction_mark (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x200e || c == 0x200f || c == 0x061c;
}

static gboolean
is_written_leftwards (gunichar c)
{
  switch (g_unichar_get_script (c)) {
  case G_UNICODE_SCRIPT_ARABIC:
  case G_UNICODE_SCRIPT_HEBREW:
  case G_UNICODE_SCRIPT_SYRIAC:
  case G_UNICODE_SCRIPT_THAANA:
  case G_UNICODE_SCRIPT_NKO:
  case G_UNICODE_SCRIPT_ADLAM:
    return TRUE;
  default:
    return FALSE;
  }
}

/* U+2068 and U+2069: what lies between finds its own direction (Unicode
 * Standard Annex 9). */
char *
sf_html_clean (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name ? name : "", -1);
  GString *out = g_string_new (NULL);
  gboolean is_isolated = sf_lang_is_rtl ();
  for (const char *c = valid; *c; c = g_utf8_next_char (c)) {
    gunichar letter = g_utf8_get_char (c);
    if (is_direction_mark (letter))
      continue;
    is_isolated = is_isolated || is_written_leftwards (letter);
    g_string_append_unichar (out, g_unichar_iscntrl (letter) ? ' ' : letter);
  }
  if (is_isolated && out->len > 0) {
    g_string_prepend (out, "\u2068");
    g_string_append (out, "\u2069");
  }
  return g_string_free (out, FALSE);
}

/* ---- Parts -------------------------------------------------------------- */

void
sf_html_section (GString *out, const char *id, const char *heading)
{
  sf_html_add (out,
               "<section id=\"%s\" aria-labelledby=\"%s-h\">\n"
               "<h2 id=\"%s-h\">%s</h2>\n",
               id, id, id, heading);
}

void
sf_html_section_end (GString *out)
{
  g_string_append (out, "</section>\n\n");
}

void
sf_html_table (GString *out, const char *caption, const SfHtmlColumn *columns)
{
  sf_html_add (out,
               "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
               "aria-label=\"%s\"><table>\n<caption><span>%s</span></caption>\n"
               "<thead><tr>",
               caption, caption);
  for (const SfHtmlColumn *c = columns; c->heading; c++)
    sf_html_add (out,
                 c->is_number ? "<th scope=\"col\" class=\"n\">%s</th>"
                              : "<th scope=\"col\">%s</th>",
                 c->heading);
  g_string_append (out, "</tr></thead>\n<tbody>\n");
}

void
sf_html_row (GString *out, const SfHtmlColumn *columns,
             const char *const *cells)
{
  g_string_append (out, "<tr>");
  for (guint i = 0; columns[i].heading; i++) {
    const char *text = cells[i] && *cells[i] ? cells[i] : "\u2013";
    if (i == 0)
      sf_html_add (out, "<th scope=\"row\"><bdi>%s</bdi></th>", text);
    else if (columns[i].is_number)
      sf_html_add (out, "<td class=\"n\">%s</td>", text);
    else
      sf_html_add (out, "<td>%s</td>", text);
  }
  g_string_append (out, "</tr>\n");
}

void
sf_html_table_end (GString *out)
{
  g_string_append (out, "</tbody></table></div>\n");
}

void
sf_html_download (GString *out, const char *name, const char *type,
                  const char *text, const char *label)
{
  g_autofree char *base64
      = g_base64_encode ((const guchar *)text, strlen (text));
  sf_html_add (out,
               "<a class=\"data\" download=\"%s\" "
               "href=\"data:%s;charset=utf-8;base64,%s\">%s</a>",
               name, type, base64, label);
}

/* ---- Numbers ------------------------------------------------------------ */

/* Digits after the point, so that three or so are worth reading. */
static guint
digits_for (double number)
{
  double size = fabs (number);
  if (size >= 29.95 || size == round (size))
    return 0;
  return size >= 0.995 ? 1 : size >= 0.0995 ? 2 : size >= 0.00995 ? 3 : 4;
}

char *
sf_html_number (double number)
{
  return sf_lang_number (number, digits_for (number));
}

char *
sf_html_percent (double frac)
{
  if (!isfinite (frac))
    return g_strdup ("\u2013");
  if (frac > 0 && frac < 0.0005) {
    g_autofree char *least = sf_lang_number (0.1, 1);
    return g_strdup_printf (_ ("< %s\u00a0%%"), least);
  }
  /* Nothing is rounded to "all" or to "none" that is not. */
  gboolean is_edge = (frac > 0 && frac < 0.005) || (frac < 1 && frac > 0.995);
  g_autofree char *number = sf_lang_number (100 * frac, is_edge ? 1 : 0);
  return g_strdup_printf (_ ("%s\u00a0%%"), number);
}

char *
sf_html_band (double middle, double low, double high, double unit)
{
  if (!isfinite (middle))
    return g_strdup ("\u2013");
  double most = MAX (fabs (high), fabs (middle)) / unit;
  guint digits = digits_for (most);
  if (most == round (most) && (middle != round (middle) || low != round (low)))
    digits = most < 10 ? 1 : 0;
  g_autofree char *m = sf_lang_number (middle / unit, digits);
  g_autofree char *l = sf_lang_number (low / unit, digits);
  g_autofree char *h = sf_lang_number (high / unit, digits);
  if (strcmp (l, h) == 0 || !isfinite (low) || !isfinite (high))
    return g_steal_pointer (&m);
  return g_strdup_printf (_ ("%s (%s to %s)"), m, l, h);
}
