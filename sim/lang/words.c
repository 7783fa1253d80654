/* words.c - numbers and days for reading. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/lang/lang.h"

#include <math.h>
#include <string.h>

/* The sign between groups of three digits, and the decimal sign. */
static const char *
group_sign (void)
{
  return strcmp (sf_lang_code (), "fr") == 0 ? "\u202f" : ",";
}

static char
decimal_sign (void)
{
  return strcmp (sf_lang_code (), "fr") == 0 ? ',' : '.';
}

char *
sf_lang_number (double value, guint decimals)
{
  if (!isfinite (value))
    return g_strdup ("\u2013");
  char plain[400], format[16];
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 20));
  g_ascii_formatd (plain, sizeof plain, format, fabs (value));
  gboolean is_zero = strspn (plain, "0.") == strlen (plain);
  GString *out = g_string_new (value < 0 && !is_zero ? "\u2212" : "");
  gsize whole = strcspn (plain, ".");
  for (gsize i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0)
      g_string_append (out, group_sign ());
    g_string_append_c (out, plain[i]);
  }
  if (plain[whole]) {
    g_string_append_c (out, decimal_sign ());
    g_string_append (out, plain + whole + 1);
  }
  return g_string_free (out, FALSE);
}

char *
sf_lang_decimal (char *number)
{
  char *point = strchr (number, '.');
  if (point)
    *point = decimal_sign ();
  return number;
}

SfLangReal
sf_lang_real (const char *format, double value)
{
  SfLangReal real;
  g_ascii_formatd (real.text, sizeof real.text, format, value);
  sf_lang_decimal (real.text);
  return real;
}

static gboolean
is_from_right (gunichar letter)
{
  switch (g_unichar_get_script (letter)) {
  case G_UNICODE_SCRIPT_ADLAM:
  case G_UNICODE_SCRIPT_ARABIC:
  case G_UNICODE_SCRIPT_HEBREW:
  case G_UNICODE_SCRIPT_NKO:
    return TRUE;
  default:
    return FALSE;
  }
}

char *
sf_lang_directed (const char *sentence)
{
  /* An isolate, LRI or RLI to PDI (Unicode Standard Annex 9). */
  const char *begin = sf_lang_is_rtl () ? "\u2067" : "\u2066";
  for (const char *c = sentence; *c; c = g_utf8_next_char (c))
    if (is_from_right (g_utf8_get_char (c)))
      return g_strconcat (begin, sentence, "\u2069", NULL);
  return g_strdup (sentence);
}

char *
sf_lang_rounded (double value)
{
  if (!isfinite (value) || value == 0)
    return sf_lang_number (value, 0);
  int last = (int)floor (log10 (fabs (value))) - 2;
  double unit = pow (10, last);
  return sf_lang_number (round (value / unit) * unit, last < 0 ? -last : 0);
}

static const char *const months[]
    = { N_ ("January"),   N_ ("February"), N_ ("March"),    N_ ("April"),
        N_ ("May"),       N_ ("June"),     N_ ("July"),     N_ ("August"),
        N_ ("September"), N_ ("October"),  N_ ("November"), N_ ("December") };

/* The Julian day of 1970-01-01, as GDate counts them. */
#define EPOCH_JULIAN 719163

static GDate
to_gdate (gint32 epoch_days)
{
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)(epoch_days + EPOCH_JULIAN));
  return date;
}

char *
sf_lang_day (gint32 date)
{
  GDate d = to_gdate (date);
  guint day = g_date_get_day (&d);
  const char *month = _ (months[g_date_get_month (&d) - 1]);
  if (day == 1 && strcmp (sf_lang_code (), "fr") == 0)
    return g_strdup_printf ("1er %s", month);
  return g_strdup_printf ("%u %s", day, month);
}

char *
sf_lang_date (gint32 date)
{
  GDate d = to_gdate (date);
  g_autofree char *text = sf_lang_day (date);
  return g_strdup_printf ("%s %u", text, (guint)g_date_get_year (&d));
}
