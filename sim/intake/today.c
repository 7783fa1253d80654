/* today.c - a scenario that starts from today. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/intake/today.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/base/units.h"
#include "sim/lang/lang.h"

typedef enum { DEPOT, STATION, HOUSEHOLD, N_HOLDERS } Holder;

static const char *const holders[] = { "depot", "station", "household", NULL };
static const char *const stock_keys[]
    = { "depot_days", "station_days", "household_days" };

/* ---- What the model has --------------------------------------------------- */

/* Ordinary use that a stock is counted in. */
static double
use_per_day (const SfScenario *s, const SfMarketSpec *m, Holder holder)
{
  double sum = 0;
  for (guint i = 0; i < s->n_demands; i++) {
    const SfDemandSpec *d = &s->demands[i];
    gint from = s->classes[d->class].from;
    gboolean counts = holder == DEPOT
                      || (holder == STATION && from != SF_FROM_DEPOT)
                      || from == SF_FROM_HOUSEHOLD;
    if (d->node == m->node && d->commodity == m->commodity && counts)
      sum += d->demand_amount_per_day;
  }
  return sum;
}

static double
days_of (const SfMarketSpec *m, Holder holder)
{
  const double all[] = { m->depot_days, m->station_days, m->household_days };
  return all[holder];
}

/* Load of a truck of a shipment in the commodity's unit. */
static double
load_of (const SfScenario *s, const SfShipmentSpec *p)
{
  const SfVehicle *v = &s->vehicles[s->fleets[p->fleet].vehicle];
  return s->commodities[p->commodity].unit == SF_UNIT_T ? v->capacity_t
                                                        : v->capacity_m3;
}

/* ---- The table to fill in ------------------------------------------------- */

static void
round_to (SfGrid *grid, guint row, double value)
{
  char text[SF_TEXT_NUMBER_SIZE];
  g_ascii_formatd (text, sizeof text, "%.6g", value);
  sf_grid_set_number (grid, row, "model_value", g_ascii_strtod (text, NULL));
}

static void
add_stocks (const SfScenario *s, SfGrid *grid)
{
  for (guint i = 0; i < s->n_markets; i++)
    for (Holder h = DEPOT; h < N_HOLDERS; h++) {
      const SfMarketSpec *m = &s->markets[i];
      double use = use_per_day (s, m, h);
      if (!(use > 0) || (h != DEPOT && !(days_of (m, h) > 0)))
        continue;
      guint row = sf_grid_add_row (grid, 0);
      sf_grid_set (grid, row, "place", s->nodes[m->node].id);
      sf_grid_set (grid, row, "commodity", s->commodities[m->commodity].id);
      sf_grid_set (grid, row, "holder", holders[h]);
      sf_grid_set (grid, row, "unit",
                   sf_unit_name (s->commodities[m->commodity].unit));
      round_to (grid, row, days_of (m, h) * use);
    }
}

static void
add_flows (const SfScenario *s, SfGrid *grid)
{
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfShipmentSpec *p = &s->shipments[i];
    guint row = sf_grid_add_row (grid, 0);
    sf_grid_set (grid, row, "place", s->nodes[p->to].id);
    sf_grid_set (grid, row, "commodity", s->commodities[p->commodity].id);
    sf_grid_set (grid, row, "corridor", p->id);
    sf_grid_set (grid, row, "unit", "trucks/day");
    round_to (grid, row, p->trucks_per_day);
  }
}

char *
sf_today_template (SfScenario *s, gboolean has_semicolons)
{
  static const char *const columns[]
      = { "date",        "place", "commodity", "holder", "corridor", "unit",
          "model_value", "value", "low",       "high",   "note" };
  sf_scenario_draw (s, 1, -1);
  g_autoptr (SfGrid) grid = sf_grid_new ();
  grid->has_decimal_comma = has_semicolons;
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_ptr_array_add (grid->columns, g_strdup (columns[i]));
  add_stocks (s, grid);
  add_flows (s, grid);
  if (!has_semicolons)
    return sf_grid_to_csv (grid);
  GString *out = g_string_new ("\xEF\xBB\xBF");
  g_string_append (out, "date;place;commodity;holder;corridor;unit;"
                        "model_value;value;low;high;note\r\n");
  for (guint row = 0; row < grid->rows->len; row++)
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
      const char *text = sf_grid_get (grid, row, columns[i]);
      g_string_append (out, text ? text : "");
      g_string_append (out, i + 1 < G_N_ELEMENTS (columns) ? ";" : "\r\n");
    }
  return g_string_free (out, FALSE);
}

/* ---- The filled table ----------------------------------------------------- */

typedef struct {
  SfScenario *s;
  const SfGrid *table;
  SfMistakes *mistakes;
  GPtrArray *remarks;
  SfJson *root;
  const SfJson *base; /* the root of the scenario's document */
  GHashTable *seen;   /* what was stated: "markets/ID/depot_days" */
  char *source;
} Today;

/* Values of a row, in days or trucks a day. */
typedef struct {
  double value, low, high; /* low, high: NAN when not given */
} Stated;

static const SfJson *
base_record (const Today *t, const char *collection, const char *id)
{
  const SfJson *all = sf_json_member (t->base, collection);
  return all ? sf_json_member (all, id) : NULL;
}

static SfJson *
child (SfJson *object, const char *key)
{
  const SfJson *old = sf_json_member (object, key);
  return old ? (SfJson *)old : sf_json_add_object (object, key);
}

/* Takes away the keys that an object in the base has and the new one not. */
static void
take_away (SfJson *object, const SfJson *old)
{
  if (!old || sf_json_kind (old) != SF_JSON_OBJECT)
    return;
  for (const SfJson *v = sf_json_first (old); v; v = sf_json_next (v))
    if (!sf_json_member (object, sf_json_key (v)))
      sf_json_add_number (object, sf_json_key (v), NAN); /* null */
}

void
sf_today_number (SfJson *record, const SfJson *old, const char *key,
                 double value)
{
  const SfJson *before = old ? sf_json_member (old, key) : NULL;
  if (!before || sf_json_kind (before) != SF_JSON_OBJECT) {
    sf_json_add_number (record, key, value);
    return;
  }
  SfJson *object = sf_json_add_object (record, key);
  sf_json_add_number (object, "value", value);
  take_away (object, before);
}

/* Puts what a row states over the number of a record. */
static void
put (Today *t, guint row, const char *collection, const char *id,
     const char *key, Stated stated, const char *note)
{
  g_autofree char *what = g_strconcat (collection, "/", id, "/", key, NULL);
  if (!g_hash_table_add (t->seen, g_strdup (what))) {
    sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_DUPLICATE, "%s",
                     _ ("an earlier row states the same"));
    return;
  }
  const SfJson *old = base_record (t, collection, id);
  SfJson *object
      = sf_json_add_object (child (child (t->root, collection), id), key);
  if (isnan (stated.low)) {
    sf_json_add_number (object, "value", stated.value);
  } else {
    sf_json_add_string (object, "dist", "triangular");
    sf_json_add_number (object, "min", stated.low);
    sf_json_add_number (object, "mode", stated.value);
    sf_json_add_number (object, "max", stated.high);
  }
  const char *own = sf_grid_get (t->table, row, "note");
  g_autofree char *text
      = g_strdup_printf ("%s, line %d: %s%s%s", t->source,
                         g_array_index (t->table->lines, gint, row), note,
                         own ? "; " : "", own ? own : "");
  sf_json_add_string (object, "source", t->source);
  sf_json_add_string (object, "confidence", "reported");
  sf_json_add_string (object, "note", text);
  take_away (object, old ? sf_json_member (old, key) : NULL);
}

/* A cell that must be a number, at least 0; NAN when empty or a mistake. */
static double
cell (Today *t, guint row, const char *column)
{
  double value = NAN;
  const char *text = sf_grid_get (t->table, row, column);
  if (!text)
    return NAN;
  if (sf_grid_number (t->table, row, column, &value) && value >= 0)
    return value;
  g_autofree char *safe = sf_text_safe (text, -1);
  sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_TYPE,
                   _ ("%s is \"%s\"; expected a number, at least %s"), column,
                   safe, "0");
  return NAN;
}

/* What a row states; FALSE when it states nothing or something wrong. */
static gboolean
read_stated (Today *t, guint row, double factor, Stated *stated)
{
  guint before = sf_mistakes_count (t->mistakes);
  stated->value = factor * cell (t, row, "value");
  stated->low = factor * cell (t, row, "low");
  stated->high = factor * cell (t, row, "high");
  if (isnan (stated->low) != isnan (stated->high) || stated->low > stated->value
      || stated->high < stated->value)
    sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_RANGE, "%s",
                     _ ("low and high go together, with the value between "
                        "them"));
  if (!isnan (stated->low) && stated->low == stated->high)
    stated->low = stated->high = NAN;
  return sf_mistakes_count (t->mistakes) == before && !isnan (stated->value);
}

static void
wrong_unit (Today *t, guint row, const char *unit, const char *expected)
{
  g_autofree char *safe = sf_text_safe (unit ? unit : "", -1);
  sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_TYPE,
                   _ ("the unit is \"%s\"; expected %s"), safe, expected);
}

/* How many of the commodity's unit are in one of the row's; 0: unknown. */
static double
unit_factor (gint unit, const char *word)
{
  if (g_strcmp0 (word, sf_unit_name (unit)) == 0)
    return 1;
  return g_strcmp0 (word, unit == SF_UNIT_T ? "kg" : "l") == 0 ? 0.001 : 0;
}

static void
apply_stock (Today *t, guint row, const SfMarketSpec *m, Holder holder)
{
  gint commodity_unit = t->s->commodities[m->commodity].unit;
  const char *unit = sf_grid_get (t->table, row, "unit");
  double use = use_per_day (t->s, m, holder);
  double factor = unit_factor (commodity_unit, unit);
  gboolean is_days = g_strcmp0 (unit, "days") == 0;
  char number[SF_TEXT_NUMBER_SIZE];
  Stated stated;
  if (!is_days && factor == 0) {
    wrong_unit (t, row, unit,
                commodity_unit == SF_UNIT_T ? "t, kg, days" : "m3, l, days");
    return;
  }
  if (!(use > 0)) {
    sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_RANGE, "%s",
                     _ ("nobody draws on that stock in the scenario"));
    return;
  }
  if (!read_stated (t, row, is_days ? 1 : factor / use, &stated))
    return;
  g_autofree char *note
      = g_strdup_printf ("%s %s", sf_grid_get (t->table, row, "value"), unit);
  if (!is_days) {
    g_autofree char *plain = g_steal_pointer (&note);
    note = g_strdup_printf ("%s, ordinary use %s %s a day", plain,
                            sf_text_number (number, use),
                            sf_unit_name (commodity_unit));
  }
  put (t, row, "markets", m->id, stock_keys[holder], stated, note);
}

static void
apply_flow (Today *t, guint row, const SfShipmentSpec *p)
{
  const char *unit = sf_grid_get (t->table, row, "unit");
  g_autofree char *goods = g_strdup_printf (
      "%s/day", sf_unit_name (t->s->commodities[p->commodity].unit));
  double factor = g_strcmp0 (unit, "trucks/day") == 0 ? 1
                  : g_strcmp0 (unit, goods) == 0      ? 1 / load_of (t->s, p)
                                                      : 0;
  Stated stated;
  if (!(factor > 0) || !isfinite (factor)) {
    g_autofree char *expected = g_strdup_printf ("trucks/day, %s", goods);
    wrong_unit (t, row, unit, expected);
    return;
  }
  if (!read_stated (t, row, factor, &stated))
    return;
  g_autofree char *note
      = g_strdup_printf ("%s %s", sf_grid_get (t->table, row, "value"), unit);
  put (t, row, "shipments", p->id, "trucks_per_day", stated, note);
}

/* The index of what a cell names, or -1 after a mistake. */
static gint
find (Today *t, guint row, const char *collection, const char *column)
{
  const char *id = sf_grid_get (t->table, row, column);
  gint i = id ? sf_scenario_find (t->s, collection, id) : -1;
  if (i >= 0)
    return i;
  g_autofree char *safe = sf_text_safe (id ? id : "", -1);
  sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_REFERENCE,
                   _ ("%s \"%s\" is not in the scenario; leave the texts of "
                      "the template as they are"),
                   column, safe);
  return -1;
}

static void
apply_row (Today *t, guint row)
{
  const char *holder = sf_grid_get (t->table, row, "holder");
  if (sf_grid_get (t->table, row, "corridor")) {
    gint p = find (t, row, "shipments", "corridor");
    if (p >= 0)
      apply_flow (t, row, &t->s->shipments[p]);
    return;
  }
  gint node = find (t, row, "nodes", "place");
  gint commodity = find (t, row, "commodities", "commodity");
  gint h = sf_param_choice ("depot|station|household", holder ? holder : "");
  if (h < 0)
    sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_TYPE, "%s",
                     _ ("holder is depot, station or household; the model "
                        "keeps no other stocks: add those of an institution "
                        "to the depot"));
  if (node < 0 || commodity < 0 || h < 0)
    return;
  for (guint i = 0; i < t->s->n_markets; i++)
    if (t->s->markets[i].node == node
        && t->s->markets[i].commodity == commodity) {
      apply_stock (t, row, &t->s->markets[i], (Holder)h);
      return;
    }
  sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_REFERENCE, "%s",
                   _ ("the scenario has no stock of that there"));
}

/* The one day of the table. */
static SfDate
find_day (Today *t)
{
  SfDate day = SF_PARAM_NO_DATE, other = 0;
  for (guint row = 0; row < t->table->rows->len; row++) {
    const char *text = sf_grid_get (t->table, row, "date");
    char first[SF_DATE_SIZE];
    if (!text)
      continue;
    g_autofree char *safe = sf_text_safe (text, -1);
    if (!sf_date_parse (text, &other))
      sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_TYPE,
                       _ ("the date is \"%s\"; write it as 2026-03-01"), safe);
    else if (day == SF_PARAM_NO_DATE)
      day = other;
    else if (other != day)
      sf_grid_mistake (t->table, row, t->mistakes, SF_MISTAKE_RANGE,
                       _ ("the date is %s, and %s in a row before; a start is "
                          "one day"),
                       safe, sf_date_format (first, day));
  }
  if (day == SF_PARAM_NO_DATE)
    sf_mistakes_add (t->mistakes, SF_MISTAKE_MISSING, t->table->name, 0, 0,
                     NULL, "%s",
                     _ ("no row says the date; write it into one at least"));
  return day;
}

static SfDate
last_day (const Today *t, SfDate start, const SfTodayWish *wish)
{
  return wish->days > 0 ? start + (SfDate)wish->days - 1 : t->s->end;
}

static void
add_time (Today *t, SfDate start, const SfTodayWish *wish)
{
  char text[SF_DATE_SIZE];
  SfJson *time = sf_json_add_object (t->root, "time");
  sf_json_add_string (time, "start", sf_date_format (text, start));
  if (wish->days > 0)
    sf_json_add_string (time, "end",
                        sf_date_format (text, last_day (t, start, wish)));
  else if (start > t->s->end)
    sf_mistakes_add (t->mistakes, SF_MISTAKE_RANGE, t->table->name, 0, 0, NULL,
                     _ ("the day is after the end of the scenario, %s; say how "
                        "long the run is with --days"),
                     sf_date_format (text, t->s->end));
  if (t->s->shock == SF_PARAM_NO_DATE)
    return;
  if (t->s->shock < start)
    sf_json_add_string (time, "shock", sf_date_format (text, start));
  else if (t->s->shock > last_day (t, start, wish))
    sf_json_add_number (time, "shock", NAN); /* null: not in this run */
}

static void
add_head (Today *t, const SfTodayWish *wish, SfDate start)
{
  char date[SF_DATE_SIZE];
  const char *old = t->s->title ? t->s->title : wish->name;
  g_autofree char *title
      = g_strdup_printf (_ ("%s, from the stocks and flows of %s"), old,
                         sf_date_format (date, start));
  sf_json_add_string (t->root, "extends", wish->extends);
  sf_json_add_string (t->root, "name", wish->name);
  sf_json_add_string (t->root, "title", title);
  sf_json_add_string (
      sf_json_add_object (sf_json_add_object (t->root, "sources"), t->source),
      "title", t->source);
}

/* Cells that were left blank keep what the model has. */
static void
say_blank (Today *t)
{
  guint n_blank = 0, n = t->table->rows->len;
  for (guint row = 0; row < n; row++)
    n_blank += sf_grid_get (t->table, row, "value") ? 0 : 1;
  if (n_blank == 0)
    return;
  char start[SF_DATE_SIZE];
  g_ptr_array_add (
      t->remarks,
      g_strdup_printf (
          sf_lang_plural ("%u of %u rows is blank: the model's value is kept, "
                          "that of its own start, %s",
                          "%u of %u rows are blank: the model's values are "
                          "kept, those of its own start, %s",
                          n_blank),
          n_blank, n, sf_date_format (start, t->s->start)));
}

SfJsonDoc *
sf_today_apply (SfScenario *s, const SfGrid *table, const SfTodayWish *wish,
                GPtrArray *remarks, SfMistakes *mistakes)
{
  guint before = sf_mistakes_count (mistakes);
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object (wish->name);
  g_autofree char *file = g_path_get_basename (table->name);
  g_autofree char *source = sf_grid_id (file);
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Today t = {
    s,    table, mistakes, remarks, sf_json_root (doc), sf_json_root (s->doc),
    seen, source
  };
  sf_scenario_draw (s, 1, -1);
  SfDate start = find_day (&t);
  if (start == SF_PARAM_NO_DATE)
    return NULL;
  add_head (&t, wish, start);
  add_time (&t, start, wish);
  for (guint row = 0; row < table->rows->len; row++)
    if (sf_grid_get (table, row, "value"))
      apply_row (&t, row);
  say_blank (&t);
  sf_today_events (s, start, last_day (&t, start, wish),
                   child (t.root, "events"), remarks);
  return sf_mistakes_count (mistakes) > before ? NULL : g_steal_pointer (&doc);
}
