/* city.c - a scenario from a planner's three tables. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/intake/city.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/intake/city-private.h"
#include "sim/lang/lang.h"

/* Rows are compared with one another; no city has so many. */
#define ROWS_MAX 1000u

/* ---- What the parts share ------------------------------------------------ */

char *
sf_city_id (const SfCity *c, guint row, const char *column)
{
  const char *text = sf_grid_get (c->supply, row, column);
  return text ? sf_grid_id (text) : NULL;
}

gboolean
sf_city_number (const SfCity *c, guint row, const char *column, double least,
                double *value)
{
  const char *text = sf_grid_get (c->supply, row, column);
  double number = 0;
  if (!text)
    return FALSE;
  if (sf_grid_number (c->supply, row, column, &number) && number >= least) {
    *value = number;
    return TRUE;
  }
  g_autofree char *safe = sf_text_safe (text, -1);
  char low[SF_TEXT_NUMBER_SIZE];
  sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_TYPE,
                   _ ("%s is \"%s\"; expected a number, at least %s"), column,
                   safe, sf_text_number (low, least));
  return FALSE;
}

void
sf_city_reported (const SfCity *c, SfJson *record, guint row)
{
  g_autofree char *source = sf_intake_source (c->supply);
  g_autofree char *note = g_strdup_printf (
      "%s, line %d", source, g_array_index (c->supply->lines, gint, row));
  sf_json_add_string (record, "source", source);
  sf_json_add_string (record, "confidence", "reported");
  sf_json_add_string (record, "note", note);
}

static void
fill_guess (SfJson *object, SfCityGuess g)
{
  sf_json_add_string (object, "dist", "triangular");
  sf_json_add_number (object, "min", g.least);
  sf_json_add_number (object, "mode", g.mode);
  sf_json_add_number (object, "max", g.most);
  sf_json_add_string (object, "source", "model");
  sf_json_add_string (object, "confidence", "assumed");
  sf_json_add_string (object, "note", g.note);
}

void
sf_city_assume (SfCity *c, SfJson *record, const char *key, SfCityGuess guess)
{
  fill_guess (sf_json_add_object (record, key), guess);
}

char *
sf_city_guess_text (SfCityGuess guess)
{
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("guess");
  fill_guess (sf_json_root (doc), guess);
  return sf_json_print (sf_json_root (doc), FALSE);
}

void
sf_city_replace (SfCity *c, int rank, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (c->assumed, g_strdup_printf ("%d%s", rank, text));
}

const char *
sf_city_unit (const SfCity *c, const char *commodity)
{
  for (guint row = 0; row < c->supply->rows->len; row++) {
    g_autofree char *id = sf_city_id (c, row, "commodity");
    const char *unit = sf_grid_get (c->supply, row, "unit");
    if (unit && g_strcmp0 (id, commodity) == 0)
      return strcmp (unit, "t") == 0 ? "t" : "m3";
  }
  return NULL;
}

double
sf_city_use (const SfCity *c, const char *place, const char *commodity)
{
  double sum = 0, use = 0;
  for (guint row = 0; row < c->supply->rows->len; row++) {
    g_autofree char *node = sf_city_id (c, row, "place");
    g_autofree char *goods = sf_city_id (c, row, "commodity");
    if (g_strcmp0 (node, place) == 0 && g_strcmp0 (goods, commodity) == 0
        && sf_grid_number (c->supply, row, "use_per_day", &use))
      sum += use;
  }
  return sum;
}

static SfJson *
collection (const SfCity *c, const char *key)
{
  const SfJson *old = sf_json_member (c->root, key);
  return old ? (SfJson *)old : sf_json_add_object (c->root, key);
}

/* ---- Checks of the table ------------------------------------------------- */

/* A node that a cell names must be one of the network. */
static void
check_place (const SfCity *c, guint row, const char *column, gboolean is_needed)
{
  g_autofree char *id = sf_city_id (c, row, column);
  const SfJson *nodes = sf_json_member (c->root, "nodes");
  if (!id && is_needed)
    sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_MISSING,
                     _ ("%s is missing"), column);
  if (!id || sf_json_member (nodes, id))
    return;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (const SfJson *v = sf_json_first (nodes); v; v = sf_json_next (v))
    g_ptr_array_add (ids, (gpointer)sf_json_key (v));
  const char *near
      = sf_text_nearest (id, (const char *const *)ids->pdata, ids->len);
  g_autofree char *hint
      = near ? g_strdup_printf (_ ("; did you mean \"%s\"?"), near)
             : g_strdup ("");
  sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_REFERENCE,
                   _ ("%s: there is no place \"%s\"%s"), column, id, hint);
}

static void
check_word (const SfCity *c, guint row, const char *column, const char *words)
{
  const char *text = sf_grid_get (c->supply, row, column);
  if (!text || sf_param_choice (words, text) >= 0)
    return;
  g_autofree char *safe = sf_text_safe (text, -1);
  sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_TYPE,
                   _ ("%s is \"%s\"; expected %s"), column, safe, words);
}

static void
check_row (const SfCity *c, guint row)
{
  static const struct {
    const char *column;
    double least;
  } numbers[] = { { "use_per_day", 0 },       { "people_count", 0 },
                  { "priority", 1 },          { "stock", 0 },
                  { "arrivals_per_day", 0 },  { "trucks_count", 0 },
                  { "truck_capacity", 0.001 } };
  double value = 0;
  check_place (c, row, "place", TRUE);
  check_place (c, row, "loads_at", FALSE);
  check_word (c, row, "unit", "m3|t");
  check_word (c, row, "kind", "fuel|gas|food|other");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sf_city_number (c, row, numbers[i].column, numbers[i].least, &value);
  g_autofree char *place = sf_city_id (c, row, "place");
  g_autofree char *goods = sf_city_id (c, row, "commodity");
  if (!goods)
    sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_MISSING,
                     _ ("%s is missing"), "commodity");
  else if (!sf_city_unit (c, goods))
    sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_MISSING,
                     _ ("no row says the unit of \"%s\": m3 or t"), goods);
  else if (place && !(sf_city_use (c, place, goods) > 0))
    sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_MISSING,
                     _ ("no row says how much %s is used at %s "
                        "(use_per_day)"),
                     goods, place);
}

/* Columns that nobody reads are said. */
static void
check_columns (const SfCity *c)
{
  static const char *const known[]
      = { "place",          "commodity",        "unit",         "kind",
          "class",          "use_per_day",      "people_count", "priority",
          "stock",          "arrivals_per_day", "loads_at",     "trucks_count",
          "truck_capacity", "source",           "note",         NULL };
  for (guint i = 0; i < c->supply->columns->len; i++) {
    const char *name = c->supply->columns->pdata[i];
    const char *near = sf_text_nearest (name, known, G_N_ELEMENTS (known) - 1);
    if (!*name || g_strv_contains (known, name))
      continue;
    g_autofree char *safe = sf_text_safe (name, -1);
    sf_mistakes_add (c->in->mistakes, SF_MISTAKE_UNKNOWN_KEY, c->supply->name,
                     1, 0, NULL,
                     near ? _ ("unknown column \"%s\"; did you mean \"%s\"?")
                          : _ ("unknown column \"%s\"%s"),
                     safe, near ? near : "");
  }
}

/* ---- Goods, stocks, users ------------------------------------------------ */

static void
add_commodity (SfCity *c, guint row)
{
  g_autofree char *id = sf_city_id (c, row, "commodity");
  SfJson *all = collection (c, "commodities");
  if (sf_json_member (all, id))
    return;
  const char *kind = NULL;
  for (guint i = row; !kind && i < c->supply->rows->len; i++) {
    g_autofree char *other = sf_city_id (c, i, "commodity");
    if (strcmp (other, id) == 0)
      kind = sf_grid_get (c->supply, i, "kind");
  }
  SfJson *record = sf_json_add_object (all, id);
  sf_json_add_string (record, "title",
                      sf_grid_get (c->supply, row, "commodity"));
  sf_json_add_string (record, "unit", sf_city_unit (c, id));
  sf_json_add_string (record, "kind", kind ? kind : "other");
}

static char *
class_of (const SfCity *c, guint row)
{
  char *id = sf_city_id (c, row, "class");
  return id ? id : g_strdup ("all");
}

static void
add_class (SfCity *c, guint row)
{
  g_autofree char *id = class_of (c, row);
  const char *title = sf_grid_get (c->supply, row, "class");
  SfJson *all = collection (c, "classes");
  double priority = 1;
  if (sf_json_member (all, id))
    return;
  SfJson *record = sf_json_add_object (all, id);
  sf_json_add_string (record, "title", title ? title : _ ("All users"));
  sf_json_add_string (record, "from", "depot");
  if (sf_city_number (c, row, "priority", 1, &priority))
    sf_json_add_number (record, "priority", priority);
  sf_city_reported (c, record, row);
}

static void
add_demand (SfCity *c, guint row)
{
  double use = 0, persons = 0;
  if (!sf_city_number (c, row, "use_per_day", 0, &use))
    return;
  g_autofree char *place = sf_city_id (c, row, "place");
  g_autofree char *goods = sf_city_id (c, row, "commodity");
  g_autofree char *class = class_of (c, row);
  g_autofree char *name = g_strdup_printf ("%s-%s-%s", place, goods, class);
  g_autofree char *id = sf_grid_id (name);
  SfJson *all = collection (c, "demands");
  if (sf_json_member (all, id)) {
    sf_grid_mistake (c->supply, row, c->in->mistakes, SF_MISTAKE_DUPLICATE,
                     _ ("the use of %s at %s by %s is there already"), goods,
                     place, class);
    return;
  }
  add_class (c, row);
  SfJson *record = sf_json_add_object (all, id);
  g_autofree char *key
      = g_strdup_printf ("demand_%s_per_day", sf_city_unit (c, goods));
  sf_json_add_string (record, "node", place);
  sf_json_add_string (record, "commodity", goods);
  sf_json_add_string (record, "class", class);
  sf_json_add_number (record, key, use);
  if (sf_city_number (c, row, "people_count", 0, &persons))
    sf_json_add_number (record, "persons_count", persons);
  else
    sf_city_replace (c, 6,
                     _ ("people_count of %s at %s: without it no person-days "
                        "are counted"),
                     goods, place);
  sf_city_reported (c, record, row);
}

/* The row that states the stock of a place and commodity, or -1. */
static gint
stock_row (const SfCity *c, const char *place, const char *goods)
{
  for (guint row = 0; row < c->supply->rows->len; row++) {
    g_autofree char *a = sf_city_id (c, row, "place");
    g_autofree char *b = sf_city_id (c, row, "commodity");
    if (sf_grid_get (c->supply, row, "stock") && g_strcmp0 (a, place) == 0
        && g_strcmp0 (b, goods) == 0)
      return (gint)row;
  }
  return -1;
}

static void
add_market (SfCity *c, guint row)
{
  static const SfCityGuess unknown
      = { 3, 7, 14, "nothing was stated: 3 to 14 days of use" };
  static const SfCityGuess target
      = { 3, 7, 14, "what ordering aims at; nothing was stated" };
  g_autofree char *place = sf_city_id (c, row, "place");
  g_autofree char *goods = sf_city_id (c, row, "commodity");
  g_autofree char *name = g_strdup_printf ("%s-%s", place, goods);
  g_autofree char *id = sf_grid_id (name);
  SfJson *all = collection (c, "markets");
  if (sf_json_member (all, id))
    return;
  SfJson *record = sf_json_add_object (all, id);
  sf_json_add_string (record, "node", place);
  sf_json_add_string (record, "commodity", goods);
  gint stated = stock_row (c, place, goods);
  double stock = 0;
  if (stated >= 0 && sf_city_number (c, (guint)stated, "stock", 0, &stock)) {
    double days = stock / sf_city_use (c, place, goods);
    sf_json_add_number (record, "depot_days", days);
    SfCityGuess same = { days / 2, days, days * 1.5,
                         "ordering aims at what is in stock now" };
    if (days > 0)
      sf_city_assume (c, record, "depot_target_days", same);
    sf_city_reported (c, record, (guint)stated);
    return;
  }
  sf_city_assume (c, record, "depot_days", unknown);
  sf_city_assume (c, record, "depot_target_days", target);
  sf_city_replace (c, 1, _ ("stock of %s at %s: 3 to 14 days of use"), goods,
                   place);
}

/* ---- Roads --------------------------------------------------------------- */

/* Speeds and lengths that the table of links does not state. */
static void
assume_roads (SfCity *c)
{
  static const SfCityGuess speed
      = { 30, 45, 60, "speed of a loaded truck; roads differ" };
  guint n_speeds = 0, n_lengths = 0, row = 0;
  const SfJson *links = sf_json_member (c->root, "links");
  for (const SfJson *v = sf_json_first (links); v;
       v = sf_json_next (v), row++) {
    g_autofree char *at = sf_json_pointer_child ("/links", sf_json_key (v));
    const char *note = sf_grid_get (c->in->links, row, "note");
    double km = 0;
    if (!sf_grid_get (c->in->links, row, "speed_kmh")) {
      g_autofree char *pointer = sf_json_pointer_child (at, "speed_kmh");
      sf_json_pointer_set (c->doc, pointer,
                           "{\"assumption\": \"road_speed_kmh\"}", "new",
                           c->in->mistakes);
      n_speeds++;
    }
    if (note && g_str_has_prefix (note, "1.3 times the straight")
        && sf_grid_number (c->in->links, row, "km", &km) && km > 0) {
      g_autofree char *pointer = sf_json_pointer_child (at, "km");
      SfCityGuess guess = { round (km * 1.1 / 1.3), km, round (km * 1.6 / 1.3),
                            "1.1 to 1.6 times the straight line" };
      g_autofree char *text = sf_city_guess_text (guess);
      sf_json_pointer_set (c->doc, pointer, text, "new", c->in->mistakes);
      n_lengths++;
    }
  }
  if (n_speeds > 0) {
    sf_city_assume (c, collection (c, "assumptions"), "road_speed_kmh", speed);
    sf_city_replace (c, 4,
                     sf_lang_plural ("speed_kmh of %u road: 30 to 60",
                                     "speed_kmh of %u roads: 30 to 60",
                                     n_speeds),
                     n_speeds);
  }
  if (n_lengths > 0)
    sf_city_replace (
        c, 5,
        sf_lang_plural ("km of %u road: 1.1 to 1.6 times the straight line",
                        "km of %u roads: 1.1 to 1.6 times the straight line",
                        n_lengths),
        n_lengths);
}

/* ---- The head ------------------------------------------------------------ */

static void
add_day (SfJson *object, const char *key, SfDate date)
{
  char text[SF_DATE_SIZE];
  sf_json_add_string (object, key, sf_date_format (text, date));
}

/* The place where most is used, in rows of whatever unit. */
static const char *
busiest (const SfCity *c)
{
  const char *found = NULL;
  double most = -1, use = 0;
  for (guint row = 0; row < c->supply->rows->len; row++)
    if (sf_grid_number (c->supply, row, "use_per_day", &use) && use > most) {
      most = use;
      found = sf_grid_get (c->supply, row, "place");
    }
  return found;
}

static void
add_capital (SfCity *c)
{
  if (sf_json_member (c->root, "capital") && !c->wish->capital)
    return;
  const char *name = c->wish->capital ? c->wish->capital : busiest (c);
  g_autofree char *id = sf_grid_id (name ? name : "");
  g_autofree char *json = g_strdup_printf ("\"%s\"", id);
  if (!sf_json_member (sf_json_member (c->root, "nodes"), id)) {
    sf_mistakes_add (c->in->mistakes, SF_MISTAKE_REFERENCE, "--capital", 0, 0,
                     NULL, _ ("there is no place \"%s\""), id);
    return;
  }
  sf_json_pointer_set (c->doc, "/capital", json, "--capital", c->in->mistakes);
  if (!c->wish->capital)
    sf_intake_remark (c->in,
                      _ ("no place is of kind capital: %s is taken, where "
                         "most is used (--capital)"),
                      id);
}

static void
add_head (SfCity *c)
{
  g_autofree char *files = g_strjoinv (", ", (char **)c->wish->list);
  g_autofree char *description = g_strdup_printf (
      _ ("Made from the tables %s. Numbers with the confidence "
         "\"assumed\" were in none of them: replace them first."),
      files);
  sf_json_add_string (c->root, "name", c->wish->name);
  sf_json_add_string (c->root, "title", c->wish->title);
  sf_json_add_string (c->root, "description", description);
  SfJson *time = sf_json_add_object (c->root, "time");
  add_day (time, "start", c->wish->start);
  add_day (time, "end", c->wish->start + (SfDate)c->wish->days - 1);
  g_autofree char *id = sf_intake_source (c->supply);
  SfJson *sources = collection (c, "sources");
  if (!sf_json_member (sources, id))
    sf_json_add_string (sf_json_add_object (sources, id), "title", id);
}

static gboolean
has_priorities (const SfCity *c)
{
  for (guint row = 0; row < c->supply->rows->len; row++)
    if (sf_grid_get (c->supply, row, "priority"))
      return TRUE;
  return FALSE;
}

static void
add_models (SfCity *c)
{
  const char *const models[][2]
      = { { "supply", "supply/regular" },
          { "sharing", has_priorities (c) ? "allocation/priority"
                                          : "allocation/proportional" },
          { "closures", "disruption/closure" } };
  SfJson *all = collection (c, "models");
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    sf_json_add_string (sf_json_add_object (all, models[i][0]), "model",
                        models[i][1]);
}

/* The roads that are to be closed, as an event. */
static void
add_closure (SfCity *c)
{
  if (!c->wish->close)
    return;
  SfJson *event = sf_json_add_object (collection (c, "events"), "closure");
  add_day (event, "date", c->wish->close_on);
  sf_json_add_string (event, "title", _ ("Roads are closed"));
  sf_json_add_string (event, "label", _ ("Closed"));
  sf_json_add_string (event, "kind", "close");
  if (c->wish->close_days > 0)
    sf_json_add_number (event, "duration_days", c->wish->close_days);
  SfJson *links = sf_json_add_array (event, "links");
  g_auto (GStrv) ids = g_strsplit (c->wish->close, ",", -1);
  for (guint i = 0; ids[i]; i++)
    if (*g_strstrip (ids[i]))
      sf_json_add_string (links, NULL, ids[i]);
  sf_json_add_string (event, "source", "model");
  sf_json_add_string (event, "confidence", "assumed");
  add_day (collection (c, "time"), "shock", c->wish->close_on);
}

static gint
by_rank (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

gboolean
sf_city_add (SfIntake *in, SfJsonDoc *doc, const SfCityWish *wish,
             GPtrArray *assumed)
{
  guint before = sf_mistakes_count (in->mistakes);
  SfCity c = { in, in->supply, doc, sf_json_root (doc), wish, assumed };
  check_columns (&c);
  if (c.supply->rows->len > ROWS_MAX) {
    sf_mistakes_add (in->mistakes, SF_MISTAKE_RANGE, c.supply->name, 0, 0, NULL,
                     _ ("the table of supply has %u rows; at most %u"),
                     c.supply->rows->len, ROWS_MAX);
    return FALSE;
  }
  for (guint row = 0; row < c.supply->rows->len; row++)
    check_row (&c, row);
  if (sf_mistakes_count (in->mistakes) > before)
    return FALSE;
  add_head (&c);
  add_capital (&c);
  assume_roads (&c);
  for (guint row = 0; row < c.supply->rows->len; row++) {
    add_commodity (&c, row);
    add_demand (&c, row);
    add_market (&c, row);
  }
  sf_city_add_supply (&c);
  add_models (&c);
  add_closure (&c);
  g_ptr_array_sort (assumed, by_rank);
  for (guint i = 0; i < assumed->len; i++) {
    char *line = assumed->pdata[i];
    memmove (line, line + 1, strlen (line));
  }
  return sf_mistakes_count (in->mistakes) == before;
}
