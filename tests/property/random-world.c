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
  guint n_nodes, n_foreign, n_links, days;
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
         between (&s, 0, 20));
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
}

/* A fleet that brings each good in, and one that carries petrol on from the
 * capital's depot. */
static void
put_fleets (World *w)
{
  SfStream s = stream_of (w, "fleets");
  open_collection (w, "fleets");
  for (guint i = 0; i < 3; i++) {
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

static void
put_market (World *w, SfStream *s, guint node, const char *cargo)
{
  next (w);
  put (w, "\"m%u-%s\": {\"node\": \"%sn%u\", \"commodity\": \"%s\"", node,
       cargo, prefix (w), node, cargo);
  static const char *const stocks[] = { "depot", "station", "household" };
  for (guint i = 0; i < 3; i++) {
    put (w, ", \"%s_days\": %.3f", stocks[i], between (s, 0, 8));
    put (w, ", \"%s_target_days\": %.3f", stocks[i], between (s, 0, 8));
  }
  put (w, ", \"pump_frac\": %.3f}", between (s, 0.5, 3));
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
  open_collection (w, "demands");
  static const char *const classes[] = { "hospital", "power", "homes" };
  for (guint i = 0; i < 7; i++) {
    gboolean is_rice = i == 6;
    next (w);
    put (w,
         "\"d%u\": {\"node\": \"%sn%u\", \"commodity\": \"%s\", \"class\": "
         "\"%s\", \"demand_%s_per_day\": %.3f}",
         i, prefix (w), i < 3 || is_rice ? capital : town,
         is_rice ? "rice" : "petrol", is_rice ? "homes" : classes[i % 3],
         is_rice ? "t" : "m3", between (&s, 0, i < 3 ? 200 : 60));
  }
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

static void
put_models (World *w)
{
  SfStream s = stream_of (w, "models");
  open_collection (w, "models");
  next (w);
  put (w,
       "\"supply\": {\"model\": \"supply/regular\", \"order_gain\": %.3f, "
       "\"queue_half_count\": %u},\n\"retail\": {\"model\": "
       "\"market/retail\"},\n\"sharing\": {\"model\": \"allocation/%s\"},\n"
       "\"routing\": {\"model\": \"routing/logit\", \"theta_per_h\": %.3f, "
       "\"risk_h\": %.3f}",
       between (&s, 0, 3), 1 + sf_stream_index (&s, 100),
       sf_stream_chance (&s, 0.5) ? "priority" : "proportional",
       is_calm (w) ? 100 : between (&s, 0, 1), between (&s, 0, 20));
  if (!is_calm (w))
    put_threats (w, &s);
  close_collection (w);
}

/* ---- Events ------------------------------------------------------------------- */

static void
put_when (World *w, SfStream *s, guint i)
{
  put (w,
       "\"e%u\": {\"date\": \"2030-01-%02u\", \"prob\": %.3f, "
       "\"window_days\": %.3f, \"duration_days\": %.3f, ",
       i, 1 + sf_stream_index (s, 20), between (s, 0.5, 1), between (s, 0, 4),
       sf_stream_chance (s, 0.2) ? 0 : between (s, 0.1, 15));
}

static void
put_event (World *w, SfStream *s, guint i)
{
  static const char *const targets[]
      = { "/models/escorts/strength", "/demands/d0/demand_m3_per_day",
          "/models/supply/queue_half_count" };
  static const char *const kinds[]
      = { "close",    "close", "close", "attack", "attack",
          "announce", "truce", "set",   "open",   "announce" };
  const char *kind = kinds[sf_stream_index (s, G_N_ELEMENTS (kinds))];
  guint link = sf_stream_index (s, w->n_links);
  const char *target = targets[sf_stream_index (s, G_N_ELEMENTS (targets))];
  if (w->variant & RANDOM_NO_ATTACKS && g_str_equal (kind, "attack"))
    kind = "close";
  next (w);
  put_when (w, s, i);
  put (w, "\"kind\": \"%s\", \"links\": [\"%sl%u\"]", kind, prefix (w), link);
  if (g_str_equal (kind, "set"))
    put (w, ", \"target\": \"%s\", \"value\": %.3f", target,
         between (s, 1, 150));
  if (g_str_equal (kind, "attack"))
    put (w, ", \"ambush_days\": %.3f, \"attackers_strength\": %.3f",
         between (s, 0.5, 8), between (s, 0, 3));
  put (w, "}");
}

static void
put_events (World *w)
{
  SfStream s = stream_of (w, "events");
  guint n = is_calm (w) ? 0 : sf_stream_index (&s, 12);
  open_collection (w, "events");
  for (guint i = 0; i < n; i++)
    put_event (w, &s, i);
  close_collection (w);
}

/* ---- The whole ------------------------------------------------------------------ */

char *
random_world_text (guint64 which, RandomVariant variant)
{
  static const double groups[] = { 0, 1, 6, 24, 48 };
  g_autofree World *w = g_new0 (World, 1);
  *w = (World){ .which = which,
                .variant = variant,
                .text = g_string_new ("{\"format\": 1"),
                .has_comma = TRUE };
  SfStream s = stream_of (w, "time");
  guint group = sf_stream_index (&s, G_N_ELEMENTS (groups));
  lay_roads (w);
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
