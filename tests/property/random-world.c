/* random-world.c - scenarios made by chance. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every part draws from a stream of its own, so that leaving one out does not
 * change the others. Numbers are printed in the C locale, which tests do not
 * leave.
 */
#include "tests/property/random-world.h"

#include <stdio.h>

#include "sim/base/random.h"
#include "sim/cli/cmd.h"
#include "tests/property/random-cast.h"
#include "tests/unit/place.h"

#define NODES_MAX 15u
#define LINKS_MAX 40u

typedef struct {
  guint from, to;
  gboolean is_tree; /* without it some place could not be reached */
  double km;
} Link;

typedef struct {
  guint64 which;
  RandomVariant variant;
  GString *text;
  RandomCast *cast; /* of models and events */
  guint n_nodes, n_foreign, n_links, n_events;
  Link links[LINKS_MAX];
  gboolean has_comma; /* the collection being written is not empty */
} World;

static SfStream
stream_of (const World *w, const char *part)
{
  SfStream s;
  sf_stream_init (&s, 20, part, w->which, 0);
  return s;
}

static void put (World *w, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
put (World *w, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_string_append_vprintf (w->text, format, args);
  va_end (args);
}

static void note (World *w, const char *what, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Tells the cast of something that models and events can name. */
static void
note (World *w, const char *what, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *name = g_strdup_vprintf (format, args);
  va_end (args);
  random_cast_note (w->cast, what, name);
}

/* Begins a record or a collection: a comma when one stands before it. */
static void
next (World *w)
{
  if (w->has_comma)
    put (w, ",\n");
  w->has_comma = TRUE;
}

static void
open_collection (World *w, const char *name)
{
  next (w);
  put (w, "\"%s\": {\n", name);
  w->has_comma = FALSE;
}

static void
close_collection (World *w)
{
  put (w, "}");
  w->has_comma = TRUE;
}

/* Prefix of the ids of nodes and links. */
static const char *
prefix (const World *w)
{
  return w->variant & RANDOM_RENAMED ? "other-" : "";
}

static gboolean
is_calm (const World *w)
{
  return (w->variant & RANDOM_CALM) != 0;
}

static double
between (SfStream *s, double a, double b)
{
  return sf_stream_uniform_between (s, a, b);
}

/* ---- Network -------------------------------------------------------------- */

/* A tree first, so that everything is connected, then some more links. The
 * first nodes are abroad, the last is the capital. */
static void
lay_roads (World *w)
{
  SfStream s = stream_of (w, "roads");
  w->n_nodes = 5 + sf_stream_index (&s, NODES_MAX - 4);
  w->n_foreign = 1 + sf_stream_index (&s, 3);
  for (guint i = 1; i < w->n_nodes; i++)
    w->links[w->n_links++]
        = (Link){ sf_stream_index (&s, i), i, TRUE, between (&s, 5, 300) };
  guint more = sf_stream_index (&s, w->n_nodes);
  for (guint i = 0; i < more; i++) {
    guint from = sf_stream_index (&s, w->n_nodes);
    guint to = (from + 1 + sf_stream_index (&s, w->n_nodes - 1)) % w->n_nodes;
    w->links[w->n_links++] = (Link){ from, to, FALSE, between (&s, 5, 300) };
  }
}

static void
put_node (World *w, guint i)
{
  gboolean is_capital = i == w->n_nodes - 1;
  note (w, "nodes", "%sn%u", prefix (w), i);
  next (w);
  put (w, "\"%sn%u\": {\"country\": \"%s\", \"kind\": \"%s\"}", prefix (w), i,
       i < w->n_foreign ? "XB" : "XA",
       i == 0       ? "port"
       : is_capital ? "capital"
                    : "town");
}

static void
put_link (World *w, guint i)
{
  const Link *l = &w->links[i];
  SfStream s;
  sf_stream_init (&s, 20, "link", w->which, i);
  gboolean is_border = (l->from < w->n_foreign) != (l->to < w->n_foreign);
  gboolean is_closed = !l->is_tree && sf_stream_chance (&s, 0.1);
  if (w->variant & RANDOM_MORE_CLOSED && !l->is_tree)
    is_closed = is_closed || i + 2 >= w->n_links;
  note (w, "links", "%sl%u", prefix (w), i);
  if (is_border)
    note (w, "entries", "%sn%u", prefix (w), MAX (l->from, l->to));
  next (w);
  put (w,
       "\"%sl%u\": {\"from\": \"%sn%u\", \"to\": \"%sn%u\", \"km\": %.6f, "
       "\"wet_speed_frac\": %.3f, \"speed_kmh\": %.3f",
       prefix (w), i, prefix (w), l->from, prefix (w), l->to, l->km,
       between (&s, 0.3, 1), between (&s, 10, 60));
  if (sf_stream_chance (&s, 0.3) && !is_calm (w))
    put (w,
         ", \"control_h_per_100km\": {\"dist\": \"uniform\", \"min\": 0, "
         "\"max\": %.3f}",
         between (&s, 0.1, 20));
  if (is_border)
    put (w, ", \"border\": true, \"border_h\": %.3f", between (&s, 0, 6));
  if (is_closed)
    put (w, ", \"closed\": true");
  if (!l->is_tree && sf_stream_chance (&s, 0.2))
    put (w, ", \"one_way\": true");
  if (sf_stream_chance (&s, 0.6))
    put (w, ", \"zone\": \"z%u\"", sf_stream_index (&s, 2));
  put (w, "}");
}

static void
put_network (World *w)
{
  gboolean is_back = (w->variant & RANDOM_REORDERED) != 0;
  open_collection (w, "nodes");
  for (guint i = 0; i < w->n_nodes; i++)
    put_node (w, is_back ? w->n_nodes - 1 - i : i);
  close_collection (w);
  open_collection (w, "zones");
  put (w, "\"z0\": {}, \"z1\": {}");
  note (w, "zones", "z0");
  note (w, "zones", "z1");
  close_collection (w);
  open_collection (w, "links");
  for (guint i = 0; i < w->n_links; i++)
    put_link (w, is_back ? w->n_links - 1 - i : i);
  close_collection (w);
}

static void
put_queues (World *w)
{
  static const char *const service[] = { "fixed", "exponential", "erlang2" };
  static const char *const scope[] = { "ending", "passing", "all" };
  SfStream s = stream_of (w, "queues");
  guint n = sf_stream_index (&s, 4);
  open_collection (w, "queues");
  for (guint i = 0; i < n; i++) {
    guint kind = sf_stream_index (&s, 3);
    note (w, "queues", "q%u", i);
    note (w, "series", "q%u/system_h", i);
    note (w, "series", "q%u/length_count", i);
    next (w);
    put (w,
         "\"q%u\": {\"node\": \"%sn%u\", \"servers_count\": %u, "
         "\"service\": \"%s\", \"service_h\": %.3f, \"dwell_h\": %.3f, "
         "\"scope\": \"%s\"",
         i, prefix (w), sf_stream_index (&s, w->n_nodes),
         1 + sf_stream_index (&s, 3), service[is_calm (w) ? 0 : kind],
         between (&s, 0, 4), between (&s, 0, 12),
         scope[sf_stream_index (&s, 3)]);
    if (sf_stream_chance (&s, 0.4))
      put (w, ", \"waiting_limit_count\": %u", sf_stream_index (&s, 12));
    put (w, "}");
  }
  close_collection (w);
}

/* ---- Goods ----------------------------------------------------------------- */

static void
put_goods (World *w)
{
  open_collection (w, "commodities");
  put (w, "\"petrol\": {\"unit\": \"m3\", \"kind\": \"fuel\"},\n"
          "\"rice\": {\"unit\": \"t\", \"kind\": \"food\", "
          "\"exposure_frac\": 0.2}");
  close_collection (w);
  open_collection (w, "vehicles");
  put (w, "\"lorry\": {\"capacity_m3\": 45, \"capacity_t\": 30, "
          "\"driving_h_per_day\": 12},\n"
          "\"van\": {\"capacity_m3\": 5.5, \"capacity_t\": 3.3}");
  close_collection (w);
  note (w, "commodities", "petrol");
  note (w, "commodities", "rice");
}

/* A fleet that brings each good in, and one that carries petrol on from the
 * capital's depot. */
static void
put_fleets (World *w)
{
  SfStream s = stream_of (w, "fleets");
  open_collection (w, "fleets");
  for (guint i = 0; i < 3; i++) {
    note (w, "fleets", "f%u", i);
    next (w);
    put (w,
         "\"f%u\": {\"vehicle\": \"%s\", \"home\": \"%sn%u\", "
         "\"trucks_count\": %u, \"loading_h\": %.3f, \"unloading_h\": %.3f, "
         "\"turnround_h\": %.3f, \"replaced_per_day\": %.3f}",
         i, i < 2 ? "lorry" : "van", prefix (w), i < 2 ? 0 : w->n_nodes - 1,
         sf_stream_index (&s, 60), between (&s, 0, 30), between (&s, 0, 20),
         between (&s, 0, 20),
         sf_stream_chance (&s, 0.5) ? 0 : between (&s, 0, 1));
  }
  close_collection (w);
  open_collection (w, "shipments");
  static const char *const cargo[] = { "petrol", "rice", "petrol", "petrol" };
  static const guint fleet[] = { 0, 1, 2, 0 };
  for (guint i = 0; i < 4; i++) {
    guint to
        = i < 2 ? w->n_nodes - 1 : 1 + sf_stream_index (&s, w->n_nodes - 2);
    gboolean is_poisson = sf_stream_chance (&s, 0.5);
    note (w, "shipments", "s%u", i);
    next (w);
    put (w,
         "\"s%u\": {\"fleet\": \"f%u\", \"commodity\": \"%s\", \"to\": "
         "\"%sn%u\", \"trucks_per_day\": %.3f, \"dispatch\": \"%s\"%s}",
         i, fleet[i], cargo[i], prefix (w), to, between (&s, 0, i < 2 ? 12 : 3),
         is_poisson && !is_calm (w) ? "poisson" : "regular",
         i == 2 ? ", \"from_stock\": true, \"reserve_days\": 1" : "");
  }
  close_collection (w);
}

/* The series of a market that are recorded. */
static void
note_series (World *w, guint node, const char *cargo, const char *unit)
{
  static const char *const all[]
      = { "cover_days", "stations_open_frac", "served_frac" };
  static const char *const stocks[]
      = { "depot_stock", "station_stock", "household_stock" };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    note (w, "series", "%sn%u/%s/%s", prefix (w), node, cargo, all[i]);
  note (w, "series", "%sn%u/%s/received_%s", prefix (w), node, cargo, unit);
  if (node != w->n_nodes - 1)
    return;
  note (w, "series", "%sn%u/%s/purchase_frac", prefix (w), node, cargo);
  for (gsize i = 0; i < G_N_ELEMENTS (stocks); i++)
    note (w, "series", "%sn%u/%s/%s_%s", prefix (w), node, cargo, stocks[i],
          unit);
}

static void
put_market (World *w, SfStream *s, guint node, const char *cargo)
{
  note (w, "markets", "m%u-%s", node, cargo);
  note_series (w, node, cargo, *cargo == 'r' ? "t" : "m3");
  next (w);
  put (w, "\"m%u-%s\": {\"node\": \"%sn%u\", \"commodity\": \"%s\"", node,
       cargo, prefix (w), node, cargo);
  static const char *const stocks[] = { "depot", "station", "household" };
  for (guint i = 0; i < 3; i++) {
    put (w, ", \"%s_days\": %.3f", stocks[i], between (s, 0, 8));
    put (w, ", \"%s_target_days\": %.3f", stocks[i], between (s, 0, 8));
  }
  put (w,
       ", \"pump_frac\": %.3f, \"delivery_frac\": 1.5, "
       "\"stations_spread_days\": %.3f, "
       "\"serves_until_empty\": %s, \"fill_priority\": %u}",
       between (s, 0.5, 3), between (s, 0.01, 3),
       sf_stream_chance (s, 0.3) ? "true" : "false",
       sf_stream_chance (s, 0.5) ? 1 + sf_stream_index (s, 4) : 101);
}

/* Who uses what; some of the people depend on it. */
static void
put_demand (World *w, SfStream *s, guint i)
{
  static const char *const classes[] = { "hospital", "power", "homes" };
  gboolean is_rice = i == 6;
  guint node = w->n_nodes - (i < 3 || is_rice ? 1 : 2);
  const char *cargo = is_rice ? "rice" : "petrol";
  const char *class = is_rice ? "homes" : classes[i % 3];
  note (w, "demands", "d%u", i);
  if (node == w->n_nodes - 1)
    note (w, "series", "%sn%u/%s/%s/served_frac", prefix (w), node, cargo,
          class);
  next (w);
  put (w,
       "\"d%u\": {\"node\": \"%sn%u\", \"commodity\": \"%s\", \"class\": "
       "\"%s\", \"demand_%s_per_day\": %.3f, \"persons_count\": %u%s}",
       i, prefix (w), node, cargo, class, is_rice ? "t" : "m3",
       between (s, 0, i < 3 ? 200 : 60), 1000 * sf_stream_index (s, 9),
       i % 3 == 1 ? ", \"reserve_days\": 0.5" : "");
}

static void
put_markets (World *w)
{
  SfStream s = stream_of (w, "markets");
  guint capital = w->n_nodes - 1, town = capital - 1;
  open_collection (w, "markets");
  put_market (w, &s, capital, "petrol");
  put_market (w, &s, capital, "rice");
  put_market (w, &s, town, "petrol");
  close_collection (w);
  open_collection (w, "classes");
  put (w, "\"hospital\": {\"priority\": 1, \"from\": \"station\"},\n"
          "\"power\": {\"priority\": 2, \"from\": \"depot\"},\n"
          "\"homes\": {\"priority\": 3, \"from\": \"household\"}");
  close_collection (w);
  note (w, "classes", "hospital");
  note (w, "classes", "power");
  note (w, "classes", "homes");
  open_collection (w, "demands");
  for (guint i = 0; i < 7; i++)
    put_demand (w, &s, i);
  close_collection (w);
}

/* ---- Models ------------------------------------------------------------------ */

static void
put_attacks (World *w, SfStream *s)
{
  double rate = w->variant & RANDOM_NO_ATTACKS ? 0 : 1;
  next (w);
  put (w,
       "\"ambushes\": {\"model\": \"interdiction/ambush\", "
       "\"lone_attacks_per_100km\": %.4f, "
       "\"convoy_attacks_per_100km\": %.4f, \"window_trucks_count\": %u, "
       "\"destroyed_frac\": {\"dist\": \"uniform\", \"min\": 0.2, "
       "\"max\": 0.9}, \"turned_back_frac\": %.3f, \"empty_frac\": %.3f}",
       rate * between (s, 0, 0.1), rate * between (s, 0, 0.5),
       1 + sf_stream_index (s, 20), between (s, 0, 0.5), between (s, 0, 1));
  next (w);
  put (w,
       "\"attacks\": {\"model\": \"interdiction/attack\", "
       "\"window_trucks_count\": %u, \"turned_back_frac\": %.3f}",
       1 + sf_stream_index (s, 30), between (s, 0, 0.5));
}

static void
put_threats (World *w, SfStream *s)
{
  next (w);
  put (w,
       "\"drivers\": {\"model\": \"driver/willingness\", "
       "\"announcement_risk\": {\"dist\": \"triangular\", \"min\": 0.5, "
       "\"mode\": 2, \"max\": 5}, \"memory_days\": %.3f, "
       "\"risk_per_truck_lost\": %.4f, \"unescorted_frac\": %.3f, "
       "\"standing_frac\": %.3f}",
       between (s, 1, 40), between (s, 0, 0.2), between (s, 0, 1),
       between (s, 0, 1));
  next (w);
  put (w,
       "\"escorts\": {\"model\": \"convoy/escort\", \"escorts_count\": %u, "
       "\"trucks_min_count\": %u, \"trucks_per_escort_count\": %u, "
       "\"strength\": %.3f, \"rest_days\": %.3f, \"stand_down_days\": %.3f}",
       sf_stream_index (s, 4), 1 + sf_stream_index (s, 5),
       5 + sf_stream_index (s, 30), between (s, 0, 3), between (s, 0, 3),
       between (s, 0, 3));
  put_attacks (w, s);
  next (w);
  put (w,
       "\"closures\": {\"model\": \"disruption/closure\", "
       "\"blocks_per_day\": %.3f, \"block_days\": %.3f}",
       between (s, 0, 0.5), between (s, 0.05, 3));
  next (w);
  put (w,
       "\"rains\": {\"model\": \"season/rains\", \"from\": \"2030-01-05\", "
       "\"until\": \"2030-01-20\", \"washouts_per_day\": %.3f}",
       between (s, 0, 0.3));
}

/* Supply, retail, sharing and routes are always there; the rest only where
 * something may be left to chance. */
static void
put_models (World *w)
{
  static const char *const company[]
      = { "interdiction/ambush", "interdiction/attack", "driver/willingness",
          "convoy/escort",       "disruption/closure",  "season/rains" };
  SfStream s = stream_of (w, "models");
  open_collection (w, "models");
  next (w);
  put (w,
       "\"supply\": {\"model\": \"supply/regular\", \"order_gain\": %.3f, "
       "\"queue_half_count\": %u},\n"
       "\"retail\": {\"model\": \"market/retail\"}",
       between (&s, 0, 3), 1 + sf_stream_index (&s, 100));
  random_cast_pick_kind (w->cast, "allocation", "sharing");
  if (is_calm (w)) {
    put (w,
         ",\n\"routing\": {\"model\": \"routing/logit\", "
         "\"theta_per_h\": 100, \"risk_h\": %.3f}",
         between (&s, 0, 20));
  } else {
    put_threats (w, &s);
    for (gsize i = 0; i < G_N_ELEMENTS (company); i++)
      random_cast_note_model (w->cast, company[i]);
    random_cast_pick_kind (w->cast, "routing", "routing");
    random_cast_pick (w->cast);
  }
  random_cast_put_models (w->cast, w->text);
  close_collection (w);
  random_cast_note_number (w->cast, "/models/escorts/strength", 0, 3);
  random_cast_note_number (w->cast, "/models/supply/queue_half_count", 1, 150);
  random_cast_note_number (w->cast, "/demands/d0/demand_m3_per_day", 0, 200);
}

/* ---- Events ------------------------------------------------------------------- */

/* Half of the days are whole: much falls on the same midnight. */
static double
days (SfStream *s, double most)
{
  double x = between (s, 0, most);
  return sf_stream_chance (s, 0.5) ? (guint)x : x;
}

static void
put_event (World *w, SfStream *s, guint i)
{
  g_autofree char *link
      = g_strdup_printf ("%sl%u", prefix (w), sf_stream_index (s, w->n_links));
  gboolean has_trigger = sf_stream_chance (s, 0.3);
  next (w);
  put (w, "\"e%u\": {", i);
  random_cast_put_event (w->cast, s, link, w->text);
  if (has_trigger)
    random_cast_put_trigger (w->cast, s, w->text);
  if (!has_trigger || sf_stream_chance (s, 0.5))
    put (w, ", \"date\": \"2030-01-%02u\"", 1 + sf_stream_index (s, 20));
  put (w, ", \"prob\": %.3f", between (s, 0.5, 1));
  put (w, ", \"window_days\": %.3f", days (s, 4));
  put (w, ", \"duration_days\": %.3f}", days (s, 15));
}

static void
put_events (World *w)
{
  SfStream s = stream_of (w, "events");
  open_collection (w, "events");
  for (guint i = 0; i < w->n_events; i++)
    put_event (w, &s, i);
  close_collection (w);
}

/* Rows are written last but can be named before. */
static void
plan_events (World *w)
{
  SfStream s = stream_of (w, "rows");
  w->n_events = is_calm (w) ? 0 : sf_stream_index (&s, 20);
  for (guint i = 0; i < w->n_events; i++)
    note (w, "events", "e%u", i);
}

/* ---- The whole ------------------------------------------------------------------ */

char *
random_world_text (guint64 which, RandomVariant variant)
{
  static const double groups[] = { 0, 1, 6, 24, 48 };
  g_autofree World *w = g_new0 (World, 1);
  g_autoptr (RandomCast) cast
      = random_cast_new (which, !(variant & RANDOM_NO_ATTACKS));
  *w = (World){ .which = which,
                .variant = variant,
                .text = g_string_new ("{\"format\": 1"),
                .cast = cast,
                .has_comma = TRUE };
  SfStream s = stream_of (w, "time");
  guint group = sf_stream_index (&s, G_N_ELEMENTS (groups));
  lay_roads (w);
  plan_events (w);
  next (w);
  put (w,
       "\"name\": \"random\", \"country\": \"XA\", \"capital\": "
       "\"%sn%u\", \"time\": {\"start\": \"2030-01-01\", \"end\": "
       "\"2030-02-%02u\"}, \"run\": {\"group_h\": %g}",
       prefix (w), w->n_nodes - 1, 1 + sf_stream_index (&s, 20), groups[group]);
  put_goods (w);
  put_network (w);
  put_queues (w);
  put_fleets (w);
  put_markets (w);
  put_models (w);
  put_events (w);
  put (w, "}\n");
  return g_string_free (w->text, FALSE);
}

SfScenario *
random_world (guint64 which, RandomVariant variant)
{
  g_autofree char *text = random_world_text (which, variant);
  g_autofree char *folder = place_new ();
  g_autofree char *path = g_build_filename (folder, "world.json", NULL);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  place_write (folder, "world.json", text);
  SfScenario *s = sf_scenario_read (path, NULL, sf_cmd_models (), mistakes);
  if (!s) {
    g_autofree char *said = sf_mistakes_format (mistakes);
    g_error ("world %" G_GUINT64_FORMAT ":\n%s%s", which, said, text);
  }
  place_remove (folder);
  return s;
}
