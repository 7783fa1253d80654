/* units.c - time and dates. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/units.h"

#include <math.h>
#include <string.h>

gboolean
sf_date_parse (const char *text, SfDate *date)
{
  static const char shape[] = "dddd-dd-dd";
  if (strlen (text) != sizeof shape - 1)
    return FALSE;
  for (gsize i = 0; shape[i]; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != '-')
      return FALSE;
  guint year = (guint)g_ascii_strtoull (text, NULL, 10);
  guint month = (guint)g_ascii_strtoull (text + 5, NULL, 10);
  guint day = (guint)g_ascii_strtoull (text + 8, NULL, 10);
  if (year < 1900 || year > 2199 || month > 12
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  GDate d;
  g_date_clear (&d, 1);
  g_date_set_dmy (&d, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  /* GLib counts from 1 January of the year 1, which is day 1. */
  *date = (SfDate)g_date_get_julian (&d) - 719163;
  return TRUE;
}

static GDate
to_gdate (SfDate date)
{
  GDate d;
  g_date_clear (&d, 1);
  g_date_set_julian (&d, (guint32)(date + 719163));
  return d;
}

static void
put_digits (char *to, guint number, guint n)
{
  for (; n-- > 0; number /= 10)
    to[n] = (char)('0' + number % 10);
}

char *
sf_date_format (char *buffer, SfDate date)
{
  GDate d = to_gdate (date);
  put_digits (buffer, g_date_get_year (&d), 4);
  put_digits (buffer + 5, (guint)g_date_get_month (&d), 2);
  put_digits (buffer + 8, g_date_get_day (&d), 2);
  buffer[4] = buffer[7] = '-';
  buffer[10] = '\0';
  return buffer;
}

int
sf_date_month (SfDate date)
{
  GDate d = to_gdate (date);
  return (int)g_date_get_month (&d);
}

int
sf_date_weekday (SfDate date)
{
  GDate d = to_gdate (date);
  return (int)g_date_get_weekday (&d) - 1;
}

gboolean
sf_unit_is_known_suffix (const char *name)
{
  static const char *const units[]
      = { "h",    "days", "km",    "kmh", "m3", "t",       "xof",
          "frac", "prob", "count", "deg", "l",  "persons", "s" };
  const char *per = strstr (name, "_per_");
  if (per)
    return per != name && per[5] != '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autofree char *tail = g_strconcat ("_", units[i], NULL);
    if (g_str_has_suffix (name, tail) || strcmp (name, units[i]) == 0)
      return TRUE;
  }
  return FALSE;
}
