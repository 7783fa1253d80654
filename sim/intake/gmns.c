/* gmns.c - the names and units of GMNS. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * General Modeling Network Specification 0.9x, tables node, link and config.
 * A capacity is in passenger cars an hour and lane; a truck is taken for two
 * cars (Highway Capacity Manual, level terrain), all day long.
 */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/intake/intake.h"
#include "sim/lang/lang.h"

#define CARS_PER_TRUCK 2.0
#define HOURS_PER_DAY 24.0

/* What a column is called elsewhere, and here. */
typedef struct {
  const char *theirs, *ours;
} Name;

static const Name node_names[] = {
  { "node_id", "id" },  { "name", "title" },        { "x_coord", "lon_deg" },
  { "lon", "lon_deg" }, { "longitude", "lon_deg" }, { "y_coord", "lat_deg" },
  { "lat", "lat_deg" }, { "latitude", "lat_deg" },  { NULL, NULL },
};

static const Name link_names[] = {
  { "link_id", "id" },       { "from_node_id", "from" },
  { "to_node_id", "to" },    { "name", "title" },
  { "directed", "one_way" }, { "oneway", "one_way" },
  { "length_km", "km" },     { NULL, NULL },
};

/* What a unit is called, and how much of ours it is. */
typedef struct {
  const char *words; /* "km|kilometer" */
  double factor;
} Unit;

static const Unit lengths[] = {
  { "km|kilometer|kilometre|kilometers|kilometres", 1 },
  { "m|meter|metre|meters|metres", 0.001 },
  { "mi|mile|miles", 1.609344 },
  { "ft|foot|feet", 0.0003048 },
  { NULL, 0 },
};

static const Unit speeds[] = {
  { "km/h|kmh|kph|kmph", 1 },
  { "m/s|mps", 3.6 },
  { "mi/h|mph", 1.609344 },
  { NULL, 0 },
};

static gboolean
has_column (const SfGrid *grid, const char *name)
{
  return g_ptr_array_find_with_equal_func (grid->columns, name, g_str_equal,
                                           NULL);
}

static void
rename_columns (SfGrid *grid, const Name *names)
{
  for (const Name *n = names; n->theirs; n++) {
    guint place = 0;
    if (has_column (grid, n->ours)
        || !g_ptr_array_find_with_equal_func (grid->columns, n->theirs,
                                              g_str_equal, &place))
      continue;
    g_free (grid->columns->pdata[place]);
    grid->columns->pdata[place] = g_strdup (n->ours);
  }
}

/* ---- Units ---------------------------------------------------------------- */

/* The factor of a unit, from the option, the configuration, or by assumption,
 * which is then said. */
static double
unit_factor (SfIntake *in, const char *asked, const char *column,
             const Unit *units, const char *what)
{
  const char *given = asked;
  if (!given && in->config && in->config->rows->len > 0)
    given = sf_grid_get (in->config, 0, column);
  if (!given) {
    g_autofree char *usual = sf_param_choice_word (units[0].words, 0);
    sf_intake_remark (in, _ ("no unit is stated for \"%s\": %s is assumed"),
                      what, usual);
    return 1;
  }
  g_autofree char *low = g_ascii_strdown (given, -1);
  for (const Unit *u = units; u->words; u++)
    if (sf_param_choice (u->words, g_strstrip (low)) >= 0)
      return u->factor;
  g_autofree char *safe = sf_text_safe (given, -1);
  sf_mistakes_add (in->mistakes, SF_MISTAKE_TYPE,
                   asked ? NULL : in->config->name, asked ? 0 : 2, 0, NULL,
                   _ ("\"%s\" is no unit of \"%s\" that is known here"), safe,
                   what);
  return 1;
}

/* Brings a column of theirs into ours where ours is empty. */
static void
convert (SfIntake *in, const char *theirs, const char *ours, double factor)
{
  char text[SF_TEXT_NUMBER_SIZE];
  for (guint row = 0; row < in->links->rows->len; row++) {
    double value = 0;
    if (!sf_grid_get (in->links, row, theirs)
        || sf_grid_get (in->links, row, ours))
      continue;
    if (!sf_grid_number (in->links, row, theirs, &value) || value <= 0) {
      g_autofree char *safe
          = sf_text_safe (sf_grid_get (in->links, row, theirs), -1);
      sf_grid_mistake (in->links, row, in->mistakes, SF_MISTAKE_TYPE,
                       _ ("%s is \"%s\"; expected a number above 0"), theirs,
                       safe);
      continue;
    }
    /* 12 digits: 0.6 miles are 0.9656064 km, without what binary adds. */
    g_ascii_formatd (text, sizeof text, "%.12g", value * factor);
    sf_grid_set_number (in->links, row, ours, g_ascii_strtod (text, NULL));
  }
}

/* ---- Nodes ---------------------------------------------------------------- */

static void
check_position (SfIntake *in, guint row)
{
  double lon_deg = 0, lat_deg = 0;
  gboolean has_lon = sf_grid_number (in->nodes, row, "lon_deg", &lon_deg);
  gboolean has_lat = sf_grid_number (in->nodes, row, "lat_deg", &lat_deg);
  if ((has_lon && fabs (lon_deg) > 180) || (has_lat && fabs (lat_deg) > 90))
    sf_grid_mistake (in->nodes, row, in->mistakes, SF_MISTAKE_RANGE,
                     _ ("the position is not in degrees; write longitude and "
                        "latitude (EPSG:4326), not metres"));
}

/* node_type is free text there; here it is one of some words. */
static void
take_type (SfIntake *in, guint row, guint *n_unknown)
{
  static const char kinds[]
      = "port|refinery|border|town|city|depot|capital|junction";
  const char *type = sf_grid_get (in->nodes, row, "node_type");
  g_autofree char *low = type ? g_ascii_strdown (type, -1) : NULL;
  if (!low || sf_grid_get (in->nodes, row, "kind"))
    return;
  if (sf_param_choice (kinds, low) >= 0)
    sf_grid_set (in->nodes, row, "kind", low);
  else
    (*n_unknown)++;
}

void
sf_gmns_nodes (SfIntake *in)
{
  guint n_unknown = 0;
  rename_columns (in->nodes, node_names);
  for (guint row = 0; row < in->nodes->rows->len; row++) {
    if (!sf_grid_get (in->nodes, row, "id"))
      sf_grid_set (in->nodes, row, "id", sf_grid_get (in->nodes, row, "title"));
    check_position (in, row);
    take_type (in, row, &n_unknown);
  }
  if (n_unknown > 0)
    sf_intake_remark (in,
                      sf_lang_plural ("%u node_type is no kind that is known "
                                      "here: taken for a town",
                                      "%u node_types are no kinds that are "
                                      "known here: taken for towns",
                                      n_unknown),
                      n_unknown);
}

/* ---- Links ---------------------------------------------------------------- */

/* facility_type is free text: what it says of mode and surface is taken. */
static void
take_facility (SfGrid *links, guint row)
{
  static const struct {
    const char *word, *mode, *surface;
  } words[] = {
    { "rail", "rail", "rail" },     { "ferry", "river", "river" },
    { "river", "river", "river" },  { "waterway", "river", "river" },
    { "air", "air", "air" },        { "track", NULL, "unpaved" },
    { "unpaved", NULL, "unpaved" }, { "dirt", NULL, "unpaved" },
    { "gravel", NULL, "unpaved" },
  };
  const char *type = sf_grid_get (links, row, "facility_type");
  g_autofree char *low = type ? g_ascii_strdown (type, -1) : NULL;
  for (gsize i = 0; low && i < G_N_ELEMENTS (words); i++) {
    if (!strstr (low, words[i].word))
      continue;
    if (words[i].mode && !sf_grid_get (links, row, "mode"))
      sf_grid_set (links, row, "mode", words[i].mode);
    if (!sf_grid_get (links, row, "surface"))
      sf_grid_set (links, row, "surface", words[i].surface);
    return;
  }
}

/* Cars an hour and lane become trucks a day. */
static void
take_capacity (SfIntake *in)
{
  guint n = 0;
  for (guint row = 0; row < in->links->rows->len; row++) {
    double cars = 0, lanes = 1;
    if (!sf_grid_number (in->links, row, "capacity", &cars) || cars <= 0
        || sf_grid_get (in->links, row, "capacity_trucks_per_day"))
      continue;
    sf_grid_number (in->links, row, "lanes", &lanes);
    double trucks = cars * MAX (lanes, 1) * HOURS_PER_DAY / CARS_PER_TRUCK;
    sf_grid_set_number (in->links, row, "capacity_trucks_per_day",
                        round (trucks));
    n++;
  }
  if (n > 0)
    sf_intake_remark (
        in,
        sf_lang_plural ("%u capacity is in cars an hour and lane: times "
                        "lanes and 24 h, a truck taken for two cars",
                        "%u capacities are in cars an hour and lane: times "
                        "lanes and 24 h, a truck taken for two cars",
                        n),
        n);
}

void
sf_gmns_links (SfIntake *in)
{
  rename_columns (in->links, link_names);
  if (has_column (in->links, "length"))
    convert (
        in, "length", "km",
        unit_factor (in, in->length_unit, "long_length", lengths, "length"));
  if (has_column (in->links, "free_speed"))
    convert (in, "free_speed", "speed_kmh",
             unit_factor (in, in->speed_unit, "speed", speeds, "free_speed"));
  take_capacity (in);
  for (guint row = 0; row < in->links->rows->len; row++)
    take_facility (in->links, row);
}
