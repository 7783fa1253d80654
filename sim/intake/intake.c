/* intake.c - tables and maps that a planner has. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/intake/intake.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/intake/geometry.h"
#include "sim/lang/lang.h"

/* Longer than the straight line: roads bend. Detours of national road networks
 * are 1.2 to 1.6 (Ballou, Rahardja and Sakai, Transportation Research A 36,
 * 2002). */
#define DETOUR 1.3

SfIntake *
sf_intake_new (SfMistakes *mistakes)
{
  SfIntake *in = g_new0 (SfIntake, 1);
  in->join_km = SF_INTAKE_JOIN_KM;
  in->remarks = g_ptr_array_new_with_free_func (g_free);
  in->mistakes = mistakes;
  return in;
}

void
sf_intake_free (SfIntake *in)
{
  if (!in)
    return;
  sf_grid_free (in->nodes);
  sf_grid_free (in->links);
  sf_grid_free (in->config);
  sf_grid_free (in->supply);
  g_ptr_array_unref (in->remarks);
  g_free (in);
}

void
sf_intake_remark (SfIntake *in, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_ptr_array_add (in->remarks, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
has_column (const SfGrid *grid, const char *name)
{
  return g_ptr_array_find_with_equal_func (grid->columns, name, g_str_equal,
                                           NULL);
}

/* ---- Files --------------------------------------------------------------- */

/* Puts a grid into its place, which must be free. */
static gboolean
take (SfIntake *in, SfGrid **place, SfGrid *grid, const char *what)
{
  if (!*place) {
    *place = grid;
    return TRUE;
  }
  sf_mistakes_add (in->mistakes, SF_MISTAKE_FILE, grid->name, 0, 0, NULL,
                   _ ("is a second table of %s, beside %s; put both into one"),
                   what, (*place)->name);
  sf_grid_free (grid);
  return FALSE;
}

static gboolean
take_csv (SfIntake *in, SfGrid *grid)
{
  if (has_column (grid, "commodity"))
    return take (in, &in->supply, grid, _ ("supply"));
  if (has_column (grid, "from") || has_column (grid, "from_node_id"))
    return take (in, &in->links, grid, _ ("links"));
  if (has_column (grid, "long_length")
      || (has_column (grid, "speed") && has_column (grid, "crs")))
    return take (in, &in->config, grid, _ ("units"));
  return take (in, &in->nodes, grid, _ ("nodes"));
}

/* GeoJSON and GraphML hold both kinds; an empty one is none. */
static gboolean
take_both (SfIntake *in, SfGrid *nodes, SfGrid *links)
{
  gboolean is_fine = TRUE;
  if (nodes->rows->len > 0)
    is_fine = take (in, &in->nodes, nodes, _ ("nodes"));
  else
    sf_grid_free (nodes);
  if (links->rows->len > 0)
    return take (in, &in->links, links, _ ("links")) && is_fine;
  sf_grid_free (links);
  return is_fine;
}

static gboolean
read_map (SfIntake *in, const char *path, const char *text, gsize length,
          gboolean is_graphml)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfGrid) nodes = sf_grid_new ();
  g_autoptr (SfGrid) links = sf_grid_new ();
  nodes->name = g_strdup (path);
  links->name = g_strdup (path);
  gboolean is_read
      = is_graphml
            ? sf_graphml_read (text, length, nodes, links, &error)
            : sf_geojson_read (text, length, path, nodes, links, in->mistakes);
  if (is_read)
    return take_both (in, g_steal_pointer (&nodes), g_steal_pointer (&links));
  if (error)
    sf_mistakes_add (in->mistakes, SF_MISTAKE_SYNTAX, path, 0, 0, NULL, "%s",
                     error->message);
  return FALSE;
}

/* Zip (.xlsx, .ods) or what came before it (.xls). */
static gboolean
is_spreadsheet (const char *text)
{
  return g_str_has_prefix (text, "PK\003\004")
         || g_str_has_prefix (text, "\xd0\xcf\x11\xe0");
}

SfGrid *
sf_intake_table (const char *path, const char *text, gsize length,
                 SfMistakes *mistakes)
{
  if (!is_spreadsheet (text))
    return sf_grid_from_csv (text, length, path, mistakes);
  sf_mistakes_add (mistakes, SF_MISTAKE_SYNTAX, path, 0, 0, NULL, "%s",
                   _ ("this is a spreadsheet or another packed file, and a "
                      "table (CSV) is expected; open it in its program, save "
                      "each sheet as \"CSV UTF-8\" and name those files"));
  return NULL;
}

gboolean
sf_intake_read (SfIntake *in, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autofree char *low = g_ascii_strdown (path, -1);
  if (!g_file_get_contents (path, &text, &length, &error)) {
    sf_mistakes_add (in->mistakes, SF_MISTAKE_FILE, path, 0, 0, NULL, "%s",
                     error->message);
    return FALSE;
  }
  if (g_str_has_suffix (low, ".geojson") || g_str_has_suffix (low, ".json"))
    return read_map (in, path, text, length, FALSE);
  if (g_str_has_suffix (low, ".graphml") || g_str_has_suffix (low, ".xml"))
    return read_map (in, path, text, length, TRUE);
  SfGrid *grid = sf_intake_table (path, text, length, in->mistakes);
  if (!grid)
    return FALSE;
  if (grid->rows->len > 0)
    return take_csv (in, grid);
  sf_mistakes_add (in->mistakes, SF_MISTAKE_MISSING, path, 0, 0, NULL, "%s",
                   _ ("the table has no rows below its header"));
  sf_grid_free (grid);
  return FALSE;
}

/* ---- Lengths ------------------------------------------------------------- */

gboolean
sf_intake_position (const SfGrid *nodes, guint row, double *lon_deg,
                    double *lat_deg)
{
  return sf_grid_number (nodes, row, "lon_deg", lon_deg)
         && sf_grid_number (nodes, row, "lat_deg", lat_deg)
         && sf_position_is_good ((SfPosition){ *lon_deg, *lat_deg });
}

/* Puts a length and what it rests on into a row of links. */
static void
set_km (SfGrid *links, guint row, double km, const char *confidence,
        const char *note)
{
  sf_grid_set_number (links, row, "km", round (km * 10) / 10);
  if (!sf_grid_get (links, row, "note"))
    sf_grid_set (links, row, "note", note);
  if (!sf_grid_get (links, row, "confidence"))
    sf_grid_set (links, row, "confidence", confidence);
}

/* Where the ends of a link are; FALSE when that is not known. */
static gboolean
end_position (const SfIntake *in, GHashTable *index, const char *id,
              SfPosition *p)
{
  guint row = id ? GPOINTER_TO_UINT (g_hash_table_lookup (index, id)) : 0;
  return row > 0
         && sf_intake_position (in->nodes, row - 1, &p->lon_deg, &p->lat_deg);
}

/* Measures the links that state no km. */
static void
measure (SfIntake *in)
{
  guint n_along = 0, n_straight = 0;
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint row = 0; row < in->nodes->rows->len; row++) {
    const char *id = sf_grid_get (in->nodes, row, "id");
    if (id)
      g_hash_table_insert (index, (gpointer)id, GUINT_TO_POINTER (row + 1));
  }
  for (guint row = 0; row < in->links->rows->len; row++) {
    const char *way = sf_grid_get (in->links, row, "geometry");
    SfPosition a, b;
    double km = 0;
    if (sf_grid_get (in->links, row, "km"))
      continue;
    if (way && sf_line_read (way, &a, &b, &km)) {
      set_km (in->links, row, km, "derived",
              "length measured along the line on the map");
      n_along++;
    } else if (end_position (in, index, sf_grid_get (in->links, row, "from"),
                             &a)
               && end_position (in, index, sf_grid_get (in->links, row, "to"),
                                &b)) {
      set_km (in->links, row, DETOUR * sf_distance_km (a, b), "assumed",
              "1.3 times the straight line; range 1.1 to 1.6 times");
      n_straight++;
    }
  }
  if (n_along > 0)
    sf_intake_remark (in,
                      sf_lang_plural ("%u link has no km: measured along its "
                                      "line (great circles)",
                                      "%u links have no km: measured along "
                                      "their lines (great circles)",
                                      n_along),
                      n_along);
  if (n_straight > 0)
    sf_intake_remark (in,
                      sf_lang_plural ("%u link has no km: 1.3 times the "
                                      "straight line is assumed",
                                      "%u links have no km: 1.3 times the "
                                      "straight line is assumed",
                                      n_straight),
                      n_straight);
}

/* A way that cannot be read is said, since it was meant to be one. */
static void
check_ways (SfIntake *in)
{
  for (guint row = 0; row < in->links->rows->len; row++) {
    const char *way = sf_grid_get (in->links, row, "geometry");
    SfPosition a, b;
    double km = 0;
    if (way && !sf_line_read (way, &a, &b, &km))
      sf_grid_mistake (in->links, row, in->mistakes, SF_MISTAKE_SYNTAX,
                       _ ("the geometry is no line of two positions in "
                          "longitude and latitude"));
  }
}

/* Where there is a table of places, a link that names another one is a slip of
 * the pen. */
static void
check_ends (SfIntake *in)
{
  static const char *const ends[] = { "from", "to" };
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint row = 0; row < in->nodes->rows->len; row++) {
    const char *id = sf_grid_get (in->nodes, row, "id");
    if (id && g_hash_table_add (known, (gpointer)id))
      g_ptr_array_add (ids, (gpointer)id);
  }
  for (guint row = 0; ids->len > 0 && row < in->links->rows->len; row++)
    for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
      const char *id = sf_grid_get (in->links, row, ends[i]);
      if (!id || g_hash_table_contains (known, id))
        continue;
      const char *near = sf_text_nearest (id, (const char *const *)ids->pdata,
                                          MIN (ids->len, 1000));
      g_autofree char *safe = sf_text_safe (id, -1);
      g_autofree char *hint
          = near ? g_strdup_printf (_ ("; did you mean \"%s\"?"), near)
                 : g_strdup ("");
      sf_grid_mistake (in->links, row, in->mistakes, SF_MISTAKE_REFERENCE,
                       _ ("there is no place \"%s\" in the table of nodes%s"),
                       safe, hint);
    }
}

gboolean
sf_intake_finish (SfIntake *in)
{
  guint before = sf_mistakes_count (in->mistakes);
  if (!in->nodes)
    in->nodes = sf_grid_new ();
  if (!in->links)
    in->links = sf_grid_new ();
  sf_gmns_nodes (in);
  sf_gmns_links (in);
  check_ways (in);
  check_ends (in);
  sf_joins_make (in);
  measure (in);
  return sf_mistakes_count (in->mistakes) == before;
}

/* ---- Where it comes from -------------------------------------------------- */

char *
sf_intake_source (const SfGrid *grid)
{
  g_autofree char *file = g_path_get_basename (grid->name ? grid->name : "");
  char *id = sf_grid_id (file);
  if (*id && *id != '.')
    return id;
  g_free (id);
  return g_strdup ("table");
}

static void
cite (SfGrid *grid)
{
  g_autofree char *source = sf_intake_source (grid);
  for (guint row = 0; row < grid->rows->len; row++) {
    gint line = g_array_index (grid->lines, gint, row);
    g_autofree char *note = g_strdup_printf ("%s, line %d", source, line);
    const char *confidence = sf_grid_get (grid, row, "confidence");
    if (line == 0 || sf_grid_get (grid, row, "source"))
      continue;
    gboolean is_assumed = g_strcmp0 (confidence, "assumed") == 0;
    sf_grid_set (grid, row, "source", is_assumed ? "model" : source);
    if (!confidence)
      sf_grid_set (grid, row, "confidence", "reported");
    if (!sf_grid_get (grid, row, "note"))
      sf_grid_set (grid, row, "note", note);
  }
}

void
sf_intake_cite (SfIntake *in)
{
  cite (in->nodes);
  cite (in->links);
}
