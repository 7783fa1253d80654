/* city-supply.c - what brings goods into a city. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each row with a place of loading is a fleet of its own with one shipment.
 * How many trucks it takes, when nobody says so, follows from the way there
 * and back: Little's law, trucks = departures a day times days of a round
 * trip, and a tenth more that stand still.
 */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/intake/city-private.h"
#include "sim/lang/lang.h"
#include "sim/network/graph.h"

#define DRIVING_H_PER_DAY 12.0
#define LOADING_H 12.0
#define UNLOADING_H 12.0
#define TURNROUND_H 24.0
#define SPARE 1.1

/* The network as it is so far, to find ways on. */
typedef struct {
  SfScenario *scenario;
  SfNetwork *network;
} Ways;

static void
ways_clear (Ways *w)
{
  g_clear_pointer (&w->network, sf_network_free);
  g_clear_pointer (&w->scenario, sf_scenario_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ways, ways_clear)

static gboolean
find_network (SfCity *c, Ways *w)
{
  static const char *const keys[]
      = { "sources", "assumptions", "zones", "nodes", "links" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("new");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    const SfJson *v = sf_json_member (c->root, keys[i]);
    if (v)
      sf_json_add_copy (sf_json_root (doc), keys[i], v);
  }
  g_autofree char *text = sf_json_print (sf_json_root (doc), FALSE);
  w->scenario = sf_network_from_text (text, c->wish->name, c->in->mistakes);
  w->network = w->scenario ? sf_network_new (w->scenario, &error) : NULL;
  if (w->network)
    sf_network_set_driving (w->network, DRIVING_H_PER_DAY);
  return w->network != NULL;
}

/* Hours from one place to another; INFINITY when there is no way. */
static double
way_h (const Ways *w, const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  gint a = sf_scenario_find (w->scenario, "nodes", from);
  gint b = sf_scenario_find (w->scenario, "nodes", to);
  if (a == b)
    return 0;
  g_autoptr (GArray) paths
      = sf_network_paths (w->network, a, b, 1, SF_WEIGHT_H, NULL, &error);
  return paths && paths->len > 0 ? g_array_index (paths, SfPath, 0).length
                                 : INFINITY;
}

/* What a row of supply comes to. */
typedef struct {
  guint row;
  char *place, *goods, *from, *id;
  const char *unit;
  double capacity, arrivals, trucks_per_day;
} Way;

static void
way_clear (Way *w)
{
  g_free (w->place);
  g_free (w->goods);
  g_free (w->from);
  g_free (w->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Way, way_clear)

static SfJson *
collection (const SfCity *c, const char *key)
{
  const SfJson *old = sf_json_member (c->root, key);
  return old ? (SfJson *)old : sf_json_add_object (c->root, key);
}

/* One kind of vehicle for each load. Its name, to be freed. */
static char *
add_vehicle (SfCity *c, Way *w)
{
  static const SfCityGuess driving
      = { 8, 12, 16, "hours of the day that a truck drives" };
  static const SfCityGuess liquid = { 30, 40, 50, "a usual tanker" };
  static const SfCityGuess solid = { 20, 30, 40, "a usual lorry" };
  gboolean is_liquid = strcmp (w->unit, "m3") == 0;
  gboolean is_stated
      = sf_city_number (c, w->row, "truck_capacity", 0.001, &w->capacity);
  if (!is_stated)
    w->capacity = is_liquid ? liquid.mode : solid.mode;
  char number[SF_TEXT_NUMBER_SIZE];
  g_autofree char *name
      = g_strdup_printf ("truck-%s-%s%s", sf_text_number (number, w->capacity),
                         w->unit, is_stated ? "" : "-assumed");
  char *id = sf_grid_id (name);
  SfJson *all = collection (c, "vehicles");
  if (sf_json_member (all, id))
    return id;
  SfJson *record = sf_json_add_object (all, id);
  g_autofree char *key = g_strdup_printf ("capacity_%s", w->unit);
  if (is_stated) {
    sf_json_add_number (record, key, w->capacity);
    sf_city_reported (c, record, w->row);
  } else {
    sf_city_assume (c, record, key, is_liquid ? liquid : solid);
    sf_city_replace (c, 3, _ ("truck_capacity of %s from %s: %s %s"), w->goods,
                     w->from, sf_lang_real ("%g", w->capacity).text, w->unit);
  }
  sf_city_assume (c, record, "driving_h_per_day", driving);
  return id;
}

static void
add_fleet (SfCity *c, const Way *w, const char *vehicle, double travel_h)
{
  static const SfCityGuess loading = { 6, LOADING_H, 24, "to load" };
  static const SfCityGuess unloading = { 6, UNLOADING_H, 24, "to unload" };
  static const SfCityGuess turnround
      = { 12, TURNROUND_H, 48, "at home between two journeys" };
  SfJson *record = sf_json_add_object (collection (c, "fleets"), w->id);
  sf_json_add_string (record, "vehicle", vehicle);
  sf_json_add_string (record, "home", w->from);
  double trucks = 0;
  if (sf_city_number (c, w->row, "trucks_count", 0, &trucks)) {
    sf_json_add_number (record, "trucks_count", trucks);
  } else {
    double round_days
        = (2 * travel_h + LOADING_H + UNLOADING_H + TURNROUND_H) / 24;
    trucks = MAX (ceil (SPARE * w->trucks_per_day * round_days), 1);
    SfCityGuess guess = { floor (trucks * 0.9), trucks, ceil (trucks * 1.5),
                          "as many as it takes for the way there and back" };
    sf_city_assume (c, record, "trucks_count", guess);
    sf_city_replace (c, 2,
                     _ ("trucks_count of %s from %s: %s, for a round trip of "
                        "%s days"),
                     w->goods, w->from, sf_lang_real ("%g", trucks).text,
                     sf_lang_real ("%.1f", round_days).text);
  }
  sf_city_assume (c, record, "loading_h", loading);
  sf_city_assume (c, record, "unloading_h", unloading);
  sf_city_assume (c, record, "turnround_h", turnround);
  sf_city_reported (c, record, w->row);
}

/* What arrives as long as nobody says it: what is used and does not come by
 * another row, shared among such rows. */
static double
missing_arrivals (const SfCity *c, const Way *w)
{
  double rest = sf_city_use (c, w->place, w->goods), value = 0;
  guint n = 0;
  for (guint row = 0; row < c->supply->rows->len; row++) {
    g_autofree char *place = sf_city_id (c, row, "place");
    g_autofree char *goods = sf_city_id (c, row, "commodity");
    if (strcmp (place, w->place) != 0 || strcmp (goods, w->goods) != 0
        || !sf_grid_get (c->supply, row, "loads_at"))
      continue;
    if (sf_grid_number (c->supply, row, "arrivals_per_day", &value))
      rest -= value;
    else
      n++;
  }
  return MAX (rest, 0) / MAX (n, 1);
}

static void
add_shipment (SfCity *c, Way *w)
{
  SfJson *record = sf_json_add_object (collection (c, "shipments"), w->id);
  sf_json_add_string (record, "fleet", w->id);
  sf_json_add_string (record, "commodity", w->goods);
  sf_json_add_string (record, "to", w->place);
  if (sf_grid_get (c->supply, w->row, "arrivals_per_day")) {
    sf_json_add_number (record, "trucks_per_day", w->trucks_per_day);
  } else {
    SfCityGuess guess = { w->trucks_per_day * 0.8, w->trucks_per_day,
                          w->trucks_per_day * 1.2, "as much as is used" };
    sf_city_assume (c, record, "trucks_per_day", guess);
    sf_city_replace (c, 1,
                     _ ("arrivals_per_day of %s from %s: as much as is "
                        "used, %s %s"),
                     w->goods, w->from, sf_lang_real ("%g", w->arrivals).text,
                     w->unit);
  }
  sf_city_reported (c, record, w->row);
}

static void
add_way (SfCity *c, const Ways *ways, guint row)
{
  g_auto (Way) w = { .row = row };
  w.from = sf_city_id (c, row, "loads_at");
  if (!w.from)
    return;
  w.place = sf_city_id (c, row, "place");
  w.goods = sf_city_id (c, row, "commodity");
  w.unit = sf_city_unit (c, w.goods);
  g_autofree char *name
      = g_strdup_printf ("%s-%s-%s", w.goods, w.from, w.place);
  w.id = sf_grid_id (name);
  double travel_h = way_h (ways, w.from, w.place);
  if (!isfinite (travel_h)) {
    sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_NETWORK,
                     _ ("no road leads from %s to %s"), w.from, w.place);
    return;
  }
  if (sf_json_member (collection (c, "shipments"), w.id)) {
    sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_DUPLICATE,
                     _ ("%s from %s to %s is there already"), w.goods, w.from,
                     w.place);
    return;
  }
  if (!sf_city_number (c, row, "arrivals_per_day", 0, &w.arrivals))
    w.arrivals = missing_arrivals (c, &w);
  g_autofree char *vehicle = add_vehicle (c, &w);
  w.trucks_per_day = w.arrivals / w.capacity;
  add_fleet (c, &w, vehicle, travel_h);
  add_shipment (c, &w);
}

void
sf_city_add_supply (SfCity *c)
{
  g_auto (Ways) ways = { NULL, NULL };
  if (!find_network (c, &ways))
    return;
  for (guint row = 0; row < c->supply->rows->len; row++)
    add_way (c, &ways, row);
}
