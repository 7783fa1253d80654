/* geometry.c - lines on the globe. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/intake/geometry.h"

#include <math.h>
#include <string.h>

#define EARTH_KM 6371.0088

static double
radians (double angle_deg)
{
  return angle_deg * G_PI / 180;
}

double
sf_distance_km (SfPosition a, SfPosition b)
{
  double up = sin (radians (b.lat_deg - a.lat_deg) / 2);
  double along = sin (radians (b.lon_deg - a.lon_deg) / 2);
  double h
      = up * up
        + cos (radians (a.lat_deg)) * cos (radians (b.lat_deg)) * along * along;
  return 2 * EARTH_KM * asin (sqrt (MIN (h, 1)));
}

gboolean
sf_position_is_good (SfPosition p)
{
  return fabs (p.lon_deg) <= 180 && fabs (p.lat_deg) <= 90;
}

/* One position; *at is then behind it. */
static gboolean
read_position (const char **at, SfPosition *p)
{
  char *end = NULL;
  p->lon_deg = g_ascii_strtod (*at, &end);
  if (end == *at)
    return FALSE;
  *at = end;
  p->lat_deg = g_ascii_strtod (*at, &end);
  if (end == *at || !sf_position_is_good (*p))
    return FALSE;
  *at = end + strspn (end, " \t0123456789.+-eE"); /* height, measure */
  return TRUE;
}

gboolean
sf_line_read (const char *text, SfPosition *from, SfPosition *to, double *km)
{
  while (g_ascii_isspace (*text))
    text++;
  if (g_ascii_strncasecmp (text, "LINESTRING", 10) != 0)
    return FALSE;
  text += 10 + strspn (text + 10, " ZMzm");
  if (*text++ != '(')
    return FALSE;
  SfPosition last = { 0, 0 }, p;
  guint n = 0;
  double length_km = 0;
  for (;; text++, n++) {
    if (!read_position (&text, &p))
      return FALSE;
    if (n == 0)
      *from = p;
    else
      length_km += sf_distance_km (last, p);
    last = p;
    if (*text != ',')
      break;
  }
  if (n == 0 || *text != ')')
    return FALSE;
  *to = last;
  *km = length_km;
  return TRUE;
}
