/* geometry.h - lines on the globe. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is needed to make links of lines that were drawn on a map: where a
 * line begins and ends, and how long it is. Distances are great circles on a
 * sphere of 6371.0088 km (the mean radius of the Earth, IUGG), good to half
 * a per cent; the haversine formula (Sinnott, Sky and Telescope 68, 1984).
 */
#pragma once

#include <glib.h>

/* A position: longitude first, as maps have it. */
typedef struct {
  double lon_deg, lat_deg;
} SfPosition;

/* Distance of two positions. */
double sf_distance_km (SfPosition a, SfPosition b);

/* Reads well-known text, "LINESTRING (lon lat, lon lat, ...)", two positions
 * or more, with or without further numbers in each. FALSE when it is no such
 * thing or a position is not on the globe. Otherwise the ends and the length
 * along the line. */
gboolean sf_line_read (const char *text, SfPosition *from, SfPosition *to,
                       double *km);

/* TRUE when a position is on the globe. */
gboolean sf_position_is_good (SfPosition p);
