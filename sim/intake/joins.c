/* joins.c - lines on a map joined at places. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ends of two lines that meet are seldom the same to the last digit, and
 * seldom lie exactly on the point that stands for the town. Ends within a
 * distance of a place are taken to be there; the nearest place wins, and an
 * end near none is a new place. Places are kept in a grid of cells as wide as
 * that distance, so that only neighbours are measured.
 */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/intake/geometry.h"
#include "sim/intake/intake.h"
#include "sim/lang/lang.h"

/* Kilometres of a degree of latitude. */
#define DEGREE_KM 111.2

typedef struct {
  SfIntake *in;
  GHashTable *cells; /* gint64 -> GArray of guint, rows of nodes */
  GHashTable *ids;
  guint n_new;
} Joins;

/* The number of a cell; lines of cells follow the circles of latitude, each
 * with cells at least as wide as the distance. */
static gint64
cell_of (const Joins *j, gint band, double lon_deg)
{
  double step_deg = j->in->join_km / DEGREE_KM;
  double far_deg = MIN ((MAX (abs (band), abs (band + 1)) + 1) * step_deg, 89);
  double width_deg = step_deg / cos (far_deg * G_PI / 180);
  return (gint64)band * 100000000 + (gint64)floor (lon_deg / width_deg);
}

static gint
band_of (const Joins *j, double lat_deg)
{
  return (gint)floor (lat_deg / (j->in->join_km / DEGREE_KM));
}

static void
remember (Joins *j, guint row, SfPosition p)
{
  gint64 *key = g_new (gint64, 1);
  *key = cell_of (j, band_of (j, p.lat_deg), p.lon_deg);
  GArray *rows = g_hash_table_lookup (j->cells, key);
  if (!rows) {
    rows = g_array_new (FALSE, FALSE, sizeof (guint));
    g_hash_table_insert (j->cells, key, rows);
  } else {
    g_free (key);
  }
  g_array_append_val (rows, row);
}

/* The row of the nearest place within the distance, or -1. */
static gint
nearest (const Joins *j, SfPosition p)
{
  gint found = -1;
  double least_km = j->in->join_km;
  gint band = band_of (j, p.lat_deg);
  for (gint b = band - 1; b <= band + 1; b++)
    for (gint side = -1; side <= 1; side++) {
      gint64 key = cell_of (j, b, p.lon_deg) + side;
      const GArray *rows = g_hash_table_lookup (j->cells, &key);
      for (guint i = 0; rows && i < rows->len; i++) {
        SfPosition q;
        guint row = g_array_index (rows, guint, i);
        if (!sf_intake_position (j->in->nodes, row, &q.lon_deg, &q.lat_deg))
          continue;
        double away_km = sf_distance_km (p, q);
        if (away_km <= least_km && (found < 0 || away_km < least_km)) {
          found = (gint)row;
          least_km = away_km;
        }
      }
    }
  return found;
}

static guint
new_place (Joins *j, SfPosition p)
{
  g_autofree char *id = NULL;
  do {
    g_free (id);
    id = g_strdup_printf ("place-%u", ++j->n_new);
  } while (g_hash_table_contains (j->ids, id));
  SfGrid *nodes = j->in->nodes;
  guint row = sf_grid_add_row (nodes, 0);
  sf_grid_set (nodes, row, "id", id);
  sf_grid_set (nodes, row, "kind", "junction");
  sf_grid_set_number (nodes, row, "lon_deg", p.lon_deg);
  sf_grid_set_number (nodes, row, "lat_deg", p.lat_deg);
  sf_grid_set (nodes, row, "note", "made where a line on the map ends");
  g_hash_table_add (j->ids, g_strdup (id));
  remember (j, row, p);
  return row;
}

static void
set_end (Joins *j, guint row, const char *column, SfPosition p)
{
  if (sf_grid_get (j->in->links, row, column))
    return;
  gint place = nearest (j, p);
  guint node = place >= 0 ? (guint)place : new_place (j, p);
  sf_grid_set (j->in->links, row, column,
               sf_grid_get (j->in->nodes, node, "id"));
}

static void
join_all (Joins *j)
{
  SfGrid *nodes = j->in->nodes, *links = j->in->links;
  SfPosition a, b;
  double km = 0;
  for (guint row = 0; row < nodes->rows->len; row++) {
    const char *id = sf_grid_get (nodes, row, "id");
    if (!id)
      continue; /* no line can end at it, and its own mistake is told later */
    g_hash_table_add (j->ids, g_strdup (id));
    if (sf_intake_position (nodes, row, &a.lon_deg, &a.lat_deg))
      remember (j, row, a);
  }
  guint n_lines = 0;
  for (guint row = 0; row < links->rows->len; row++) {
    const char *way = sf_grid_get (links, row, "geometry");
    if ((sf_grid_get (links, row, "from") && sf_grid_get (links, row, "to"))
        || !way || !sf_line_read (way, &a, &b, &km))
      continue;
    set_end (j, row, "from", a);
    set_end (j, row, "to", b);
    n_lines++;
    if (strcmp (sf_grid_get (links, row, "from"),
                sf_grid_get (links, row, "to"))
        == 0)
      sf_grid_mistake (links, row, j->in->mistakes, SF_MISTAKE_NETWORK,
                       _ ("both ends of the line are at \"%s\"; is it shorter "
                          "than the distance of --join-km?"),
                       sf_grid_get (links, row, "from"));
  }
  if (n_lines == 0)
    return;
  g_autofree char *distance = sf_lang_number (j->in->join_km, 2);
  sf_intake_remark (j->in,
                    _ ("lines that name no ends: %u, joined at places within "
                       "%s km; places made where they end: %u"),
                    n_lines, distance, j->n_new);
}

void
sf_joins_make (SfIntake *in)
{
  Joins j = { .in = in };
  j.cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                   (GDestroyNotify)g_array_unref);
  j.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  join_all (&j);
  g_hash_table_unref (j.cells);
  g_hash_table_unref (j.ids);
}
