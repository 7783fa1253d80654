/* figure-data.c - the small tables that figures are drawn from. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/report/figure-data.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/report/csv.h"
#include "sim/report/manifest.h"
#include "sim/scenario/scenario.h"

#define HUES 8u

/* Paper of the scripts, in their units. */
#define AXIS_UNITS 920.0
#define LETTER_UNITS 7.0
#define GAP_UNITS 14.0
#define ROWS_MAX 24u

#define MARKS_MAX 4u

/* ---- Cells -------------------------------------------------------------- */

const char *
sf_figure_text (const SfJson *object, const char *key)
{
  const SfJson *v = sf_json_member (object, key);
  return v && sf_json_kind (v) == SF_JSON_STRING ? sf_json_string (v) : "";
}

double
sf_figure_number (const SfJson *object, const char *key)
{
  const SfJson *v = sf_json_member (object, key);
  if (v && sf_json_kind (v) == SF_JSON_OBJECT)
    v = sf_json_member (v, "value"); /* an assumption */
  return v && sf_json_kind (v) == SF_JSON_NUMBER ? sf_json_number (v) : NAN;
}

const char *
sf_figure_title (const SfFigureData *data, const char *collection,
                 const char *id)
{
  const SfJson *records = sf_json_member (data->scenario, collection);
  const SfJson *record = records ? sf_json_member (records, id) : NULL;
  const char *title = record ? sf_figure_text (record, "title") : "";
  return *title ? _ (title) : id;
}

void
sf_figure_put_text (GString *out, const char *text, char end)
{
  for (; *text; text++)
    g_string_append_c (out, *text == '"'              ? '\''
                            : g_ascii_iscntrl (*text) ? ' '
                                                      : *text);
  g_string_append_c (out, end);
}

void
sf_figure_put_number (GString *out, double number, char end)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isnan (number))
    g_string_append (out, g_ascii_formatd (text, sizeof text, "%.7g", number));
  g_string_append_c (out, end);
}

void
sf_figure_put_date (GString *out, SfDate date, char end)
{
  char text[SF_DATE_SIZE];
  g_string_append (out, sf_date_format (text, date));
  g_string_append_c (out, end);
}

/* ---- Reading a folder --------------------------------------------------- */

static void
free_curve (gpointer pointer)
{
  SfCurve *curve = pointer;
  g_free (curve->place);
  g_free (curve->commodity);
  g_free (curve->measure);
  g_array_unref (curve->points);
  g_free (curve);
}

enum { PLACE, COMMODITY, CLASS, MEASURE, DATE, MEAN, P05, P25, P50, P75, P95 };

/* A table under way into curves. */
typedef struct {
  GPtrArray *curves;         /* SfCurve */
  const char *const *wanted; /* measures */
  const char *place;         /* only of this one; NULL: of all */
} Taking;

static gboolean
is_wanted (const Taking *t, const char *const *cells)
{
  return !*cells[CLASS] && g_strv_contains (t->wanted, cells[MEASURE])
         && (!t->place || strcmp (t->place, cells[PLACE]) == 0);
}

/* The curve that a row belongs to: the last one, or a new one, since a table
 * has its curves one after the other. */
static SfCurve *
curve_of (GPtrArray *curves, const char *const *cells)
{
  SfCurve *last = curves->len ? curves->pdata[curves->len - 1] : NULL;
  if (last && strcmp (last->place, cells[PLACE]) == 0
      && strcmp (last->commodity, cells[COMMODITY]) == 0
      && strcmp (last->measure, cells[MEASURE]) == 0)
    return last;
  SfCurve *curve = g_new0 (SfCurve, 1);
  curve->place = g_strdup (cells[PLACE]);
  curve->commodity = g_strdup (cells[COMMODITY]);
  curve->measure = g_strdup (cells[MEASURE]);
  curve->points = g_array_new (FALSE, FALSE, sizeof (SfPoint));
  g_ptr_array_add (curves, curve);
  return curve;
}

static gboolean
take_row (const char *const *cells, gpointer pointer)
{
  Taking *taking = pointer;
  SfPoint p;
  if (!is_wanted (taking, cells) || !sf_date_parse (cells[DATE], &p.date))
    return TRUE;
  p.mean = sf_csv_cell_number (cells[MEAN]);
  p.p05 = sf_csv_cell_number (cells[P05]);
  p.p25 = sf_csv_cell_number (cells[P25]);
  p.p50 = sf_csv_cell_number (cells[P50]);
  p.p75 = sf_csv_cell_number (cells[P75]);
  p.p95 = sf_csv_cell_number (cells[P95]);
  g_array_append_val (curve_of (taking->curves, cells)->points, p);
  return TRUE;
}

/* Reads curves.csv or weekly.csv, which differ in the name of the date. */
static gboolean
read_curves (const SfFigureData *data, const char *name, const char *date,
             Taking *taking, GError **error)
{
  const char *const columns[]
      = { "place", "commodity", "class", "measure", date,  "mean",
          "p05",   "p25",       "p50",   "p75",     "p95", NULL };
  g_autofree char *path = g_build_filename (data->folder, name, NULL);
  return sf_csv_read (path, columns, take_row, taking, error);
}

static gboolean
take_metric_row (const char *const *cells, gpointer pointer)
{
  SfFigureData *data = pointer;
  const SfJson *links = sf_json_member (data->scenario, "links");
  GHashTable *table = strcmp (cells[0], "loaded_trucks_per_day") == 0
                          ? data->link_trucks
                      : strcmp (cells[0], "lost_count") == 0 ? data->link_lost
                                                             : NULL;
  /* Other things than links have losses as well. */
  if (!table || !*cells[1] || !links || !sf_json_member (links, cells[1]))
    return TRUE;
  double mean = sf_csv_cell_number (cells[2]);
  g_hash_table_insert (table, g_strdup (cells[1]),
                       g_memdup2 (&mean, sizeof mean));
  return TRUE;
}

static gboolean
read_tables (SfFigureData *data, GError **error)
{
  static const char *const levels[] = { "served_frac", "cover_days", NULL };
  static const char *const flows[] = { "entered_count", "lost_count", NULL };
  static const char *const columns[] = { "metric", "place", "mean", NULL };
  Taking days = { data->curves, levels, data->capital };
  Taking weeks = { data->weeks, flows, NULL };
  g_autofree char *metrics
      = g_build_filename (data->folder, "metrics.csv", NULL);
  return read_curves (data, "curves.csv", "date", &days, error)
         && read_curves (data, "weekly.csv", "week", &weeks, error)
         && sf_csv_read (metrics, columns, take_metric_row, data, error);
}

static gboolean
read_folder (SfFigureData *data, GError **error)
{
  data->manifest = sf_manifest_read (data->folder, error);
  if (!data->manifest)
    return FALSE;
  const SfJson *root = sf_json_root (data->manifest);
  const SfJson *scenario = sf_json_member (root, "scenario");
  const SfJson *time = scenario ? sf_json_member (scenario, "time") : NULL;
  SfDate end;
  if (!time || !sf_date_parse (sf_figure_text (time, "start"), &data->start)
      || !sf_date_parse (sf_figure_text (time, "end"), &end)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _ ("%s/manifest.json holds no scenario with dates"),
                 data->folder);
    return FALSE;
  }
  data->days = (guint)MAX (end - data->start + 1, 1);
  data->scenario = scenario;
  sf_scenario_speak (scenario);
  data->capital = sf_figure_text (scenario, "capital");
  return read_tables (data, error);
}

SfFigureData *
sf_figure_data_new (const char *folder, GError **error)
{
  g_autoptr (SfFigureData) data = g_new0 (SfFigureData, 1);
  data->folder = g_strdup (folder);
  data->curves = g_ptr_array_new_with_free_func (free_curve);
  data->weeks = g_ptr_array_new_with_free_func (free_curve);
  data->link_trucks
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  data->link_lost
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return read_folder (data, error) ? g_steal_pointer (&data) : NULL;
}

void
sf_figure_data_free (SfFigureData *data)
{
  if (!data)
    return;
  g_free (data->folder);
  sf_json_doc_free (data->manifest);
  g_ptr_array_unref (data->curves);
  g_ptr_array_unref (data->weeks);
  g_hash_table_unref (data->link_trucks);
  g_hash_table_unref (data->link_lost);
  g_free (data);
}

/* ---- Bands: shortage, cover, timeline ----------------------------------- */

static void
put_band (GString *out, const SfPoint *p, double factor)
{
  sf_figure_put_date (out, p->date, '\t');
  sf_figure_put_number (out, p->p05 * factor, '\t');
  sf_figure_put_number (out, p->p25 * factor, '\t');
  sf_figure_put_number (out, p->p50 * factor, '\t');
  sf_figure_put_number (out, p->p75 * factor, '\t');
  sf_figure_put_number (out, p->p95 * factor, '\n');
}

char *
sf_figure_panels (const SfFigureData *data, const char *measure, double factor)
{
  GString *out
      = g_string_new ("panel\tlabel\thue\tdate\tp05\tp25\tp50\tp75\tp95\n");
  guint panel = 0;
  for (guint i = 0; i < data->curves->len && panel < HUES; i++) {
    const SfCurve *c = data->curves->pdata[i];
    if (strcmp (c->measure, measure) != 0)
      continue;
    panel++;
    for (guint k = 0; k < c->points->len; k++) {
      g_string_append_printf (out, "%u\t", panel);
      sf_figure_put_text (
          out, sf_figure_title (data, "commodities", c->commodity), '\t');
      g_string_append_printf (out, "%u\t", panel);
      put_band (out, &g_array_index (c->points, SfPoint, k), factor);
    }
  }
  return g_string_free (out, panel == 0);
}

static gboolean
is_fuel (const SfFigureData *data, const char *commodity)
{
  const SfJson *all = sf_json_member (data->scenario, "commodities");
  const SfJson *one = all ? sf_json_member (all, commodity) : NULL;
  return one && strcmp (sf_figure_text (one, "kind"), "fuel") == 0;
}

/* Service of the first fuel of the capital; of its first good when it has no
 * fuel; NULL when it has nothing. */
static const SfCurve *
main_curve (const SfFigureData *data)
{
  const SfCurve *first = NULL;
  for (guint i = 0; i < data->curves->len; i++) {
    const SfCurve *c = data->curves->pdata[i];
    if (strcmp (c->measure, "served_frac") != 0)
      continue;
    if (is_fuel (data, c->commodity))
      return c;
    if (!first)
      first = c;
  }
  return first;
}

char *
sf_figure_timeline (const SfFigureData *data, const char **title)
{
  const SfCurve *c = main_curve (data);
  if (!c)
    return NULL;
  GString *out = g_string_new ("date\tp05\tp25\tp50\tp75\tp95\n");
  for (guint k = 0; k < c->points->len; k++)
    put_band (out, &g_array_index (c->points, SfPoint, k), 100);
  *title = sf_figure_title (data, "commodities", c->commodity);
  return g_string_free (out, FALSE);
}

/* ---- Dated events as flags and bars that keep apart ------------------- */

/* An event with a label, on the axis of time. */
typedef struct {
  const char *label, *kind;
  SfDate from, to; /* both included; to < from: it is a moment */
  double x, width; /* of its day and of its label, in units */
} Event;

/* The words of a figure for the kinds of events that models answer. */
static const char *
figure_kind (const char *kind, const char *label)
{
  static const struct {
    const char *part, *word;
  } words[] = {
    { "attack", "attack" },  { "ambush", "attack" },  { "ban", "attack" },
    { "truce", "truce" },    { "strike", "strike" },  { "escort", "supply" },
    { "convoy", "supply" },  { "supply", "supply" },  { "grant", "supply" },
    { "reserve", "supply" }, { "airlift", "supply" },
  };
  g_autofree char *low = g_utf8_strdown (label, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (kind, words[i].part) || strstr (low, words[i].part))
      return words[i].word;
  return "policy";
}

static int
by_date (gconstpointer a, gconstpointer b)
{
  const Event *first = a, *second = b;
  return (first->from > second->from) - (first->from < second->from);
}

/* Events with a label that touch the run, by date. */
static GArray *
labelled (const SfFigureData *data)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (Event));
  const SfJson *all = sf_json_member (data->scenario, "events");
  SfDate end = data->start + (SfDate)data->days - 1;
  for (const SfJson *e = all ? sf_json_first (all) : NULL; e;
       e = sf_json_next (e)) {
    Event event = { .label = _ (sf_figure_text (e, "label")) };
    if (!*event.label
        || !sf_date_parse (sf_figure_text (e, "date"), &event.from))
      continue;
    double days = sf_figure_number (e, "duration_days");
    event.to
        = event.from - 1 + (days > 0 && days < 36500 ? (SfDate)ceil (days) : 0);
    if (event.from > end || MAX (event.to, event.from) < data->start)
      continue;
    event.kind
        = figure_kind (sf_figure_text (e, "kind"), sf_figure_text (e, "label"));
    event.x
        = AXIS_UNITS * MAX (event.from - data->start, 0) / MAX (data->days, 1u);
    event.width
        = LETTER_UNITS * (double)g_utf8_strlen (event.label, -1) + GAP_UNITS;
    g_array_append_val (events, event);
  }
  g_array_sort (events, by_date);
  return events;
}

/* ---- Rows --------------------------------------------------------------- */

/* A stretch of a row that is taken. */
typedef struct {
  double from, to;
  guint row;
} Taken;

/* The lowest row, from 1, with room from `from` to `to`, which it takes. */
static guint
find_row (GArray *taken, double from, double to)
{
  guint row = 1;
  for (guint i = 0; i < taken->len && row < ROWS_MAX;) {
    const Taken *t = &g_array_index (taken, Taken, i);
    if (t->row == row && t->from < to && from < t->to) {
      row++;
      i = 0;
    } else {
      i++;
    }
  }
  Taken mine = { from, to, row };
  g_array_append_val (taken, mine);
  return row;
}

static gboolean
is_period (const Event *e)
{
  return e->to > e->from;
}

char *
sf_figure_events (const SfFigureData *data)
{
  g_autoptr (GArray) events = labelled (data);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  GString *out = g_string_new ("date\tkind\tlabel\trow\tside\n");
  guint n = 0;
  for (guint i = 0; i < events->len; i++) {
    const Event *e = &g_array_index (events, Event, i);
    if (is_period (e) || e->from < data->start)
      continue;
    gboolean is_right = e->x + e->width <= AXIS_UNITS;
    double from = is_right ? e->x - GAP_UNITS / 2 : e->x - e->width;
    guint row = find_row (taken, from, from + e->width + GAP_UNITS / 2);
    sf_figure_put_date (out, e->from, '\t');
    sf_figure_put_text (out, e->kind, '\t');
    sf_figure_put_text (out, e->label, '\t');
    g_string_append_printf (out, "%u\t%s\n", row, is_right ? "right" : "left");
    n++;
  }
  return g_string_free (out, n == 0);
}

char *
sf_figure_periods (const SfFigureData *data)
{
  g_autoptr (GArray) events = labelled (data);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  GString *out = g_string_new ("from\tto\tkind\tlabel\trow\n");
  guint n = 0;
  for (guint i = 0; i < events->len; i++) {
    const Event *e = &g_array_index (events, Event, i);
    if (!is_period (e))
      continue;
    double end = AXIS_UNITS * (e->to + 1 - data->start) / data->days;
    guint row = find_row (taken, e->x, MAX (end + 4, e->x + e->width));
    sf_figure_put_date (out, e->from, '\t');
    sf_figure_put_date (out, e->to, '\t');
    sf_figure_put_text (out, e->kind, '\t');
    sf_figure_put_text (out, e->label, '\t');
    g_string_append_printf (out, "%u\n", row);
    n++;
  }
  return g_string_free (out, n == 0);
}

char *
sf_figure_marks (const SfFigureData *data)
{
  g_autoptr (GArray) events = labelled (data);
  GString *out = g_string_new ("date\tlabel\n");
  double free_from = 0;
  guint n = 0;
  for (guint i = 0; i < events->len && n < MARKS_MAX; i++) {
    const Event *e = &g_array_index (events, Event, i);
    /* Single attacks are many, and the timeline has them; the announcement
     * that began it all is a period or lasts for good. */
    gboolean is_attack = strcmp (e->kind, "attack") == 0 && n > 0;
    /* The names of later days stand to the left of them (see panels.gp). */
    gboolean is_right = e->x <= 0.8 * AXIS_UNITS;
    if (is_attack || e->from < data->start
        || (is_right ? e->x : e->x - e->width) < free_from)
      continue;
    sf_figure_put_date (out, e->from, '\t');
    sf_figure_put_text (out, e->label, '\n');
    free_from = is_right ? e->x + e->width : e->x + GAP_UNITS;
    n++;
  }
  return g_string_free (out, n == 0);
}
