/* workbook-front.c - what a workbook says before its tables. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim/base/units.h"
#include "sim/lang/lang.h"
#include "sim/report/manifest.h"
#include "sim/share/meanings.h"
#include "sim/share/rows.h"
#include "sim/share/workbook-private.h"

/* Characters in the column of long texts. */
#define WIDE 90

/* A sheet that is filled line by line. */
typedef struct {
  const SfSheets *b;
  lxw_worksheet *sheet;
  lxw_row_t row;
} Page;

static void
put (Page *p, lxw_col_t column, const char *text, lxw_format *look)
{
  if (text && *text) {
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autofree char *cut = g_utf8_strlen (valid, -1) > 32000
                               ? g_utf8_substring (valid, 0, 32000)
                               : g_strdup (valid);
    worksheet_write_string (p->sheet, p->row, column, cut, look);
  }
}

/* A row as high as the text in its widest column needs: not every program
 * finds that out by itself. */
static void
set_height (Page *p, const char *text)
{
  glong lines = g_utf8_strlen (text ? text : "", -1) / (WIDE - 5) + 1;
  if (lines > 1)
    worksheet_set_row (p->sheet, p->row, 15.0 * MIN (lines, 25), NULL);
}

static void
line (Page *p, const char *left, const char *right)
{
  set_height (p, right);
  put (p, 0, left, p->b->looks.wrap);
  put (p, 1, right, p->b->looks.wrap);
  p->row++;
}

static void
heading (Page *p, const char *text)
{
  p->row++;
  put (p, 0, text, p->b->looks.heading);
  p->row++;
}

/* A text somewhere in the manifest, or NULL. */
static const char *
fact (const SfSheets *b, const char *pointer)
{
  const SfJson *v
      = b->manifest ? sf_json_pointer_get (sf_json_root (b->manifest), pointer)
                    : NULL;
  return v && sf_json_kind (v) == SF_JSON_STRING ? sf_json_string (v) : NULL;
}

static void
fact_line (Page *p, const char *what, const char *pointer)
{
  const char *text = fact (p->b, pointer);
  const SfJson *v
      = p->b->manifest
            ? sf_json_pointer_get (sf_json_root (p->b->manifest), pointer)
            : NULL;
  if (text) {
    line (p, what, text);
  } else if (v && sf_json_kind (v) == SF_JSON_NUMBER) {
    g_autofree char *number = sf_lang_number (sf_json_number (v), 0);
    line (p, what, number);
  }
}

static GPtrArray *curves_of (const SfSheets *b, const SfBookTable *t);

/* ---- Read me ------------------------------------------------------------- */

static void
put_question (Page *p)
{
  const char *title = fact (p->b, "/scenario/title");
  if (!title)
    title = fact (p->b, "/scenario_name");
  g_autofree char *folder = g_path_get_basename (p->b->ask->folder);
  put (p, 0, title ? _ (title) : folder, p->b->looks.title);
  p->row++;
  const char *question = fact (p->b, "/scenario/description");
  if (question)
    line (p, _ ("Question"), _ (question));
  const char *start = fact (p->b, "/scenario/time/start");
  const char *end = fact (p->b, "/scenario/time/end");
  SfDate first = 0, last = 0;
  if (start && end && sf_date_parse (start, &first)
      && sf_date_parse (end, &last)) {
    g_autofree char *from = sf_lang_date (first);
    g_autofree char *to = sf_lang_date (last);
    g_autofree char *text = g_strdup_printf (_ ("From %s to %s"), from, to);
    line (p, _ ("Time"), text);
  }
}

static void
put_sheets (Page *p)
{
  heading (p, _ ("Sheets"));
  if (p->b->has_charts)
    line (p, _ ("Charts"), _ ("share of the need served in the capital"));
  line (p, _ ("Columns"), _ ("what each column and each measure means"));
  for (guint i = 0; i < p->b->tables->len; i++) {
    const SfBookTable *t = p->b->tables->pdata[i];
    const char *what = sf_meaning_of_table (t->file);
    line (p, t->sheet, what ? _ (what) : t->file);
  }
  const SfBookTable *curves = sf_workbook_table (p->b, "curves.csv");
  if (curves && curves->is_short)
    line (p, _ ("Left out"),
          _ ("What analysts want and planners seldom do: the numbers of each "
             "replication (samples.csv), and of the curves mean, standard "
             "deviation and quartiles. They are in the folder of the run; "
             "shortfall export --all puts them into the workbook."));
}

static void
put_reading (Page *p)
{
  heading (p, _ ("How to read it"));
  line (p, _ ("Units"),
        _ ("The name of a number ends in its unit: _days, _h, _km, _m3, _t, "
           "_count, _per_day. _frac is a share and _prob a chance from 0 to 1, "
           "shown in per cent. In tables with a column measure or metric that "
           "name gives the unit of the row."));
  line (
      p, _ ("Bands"),
      _ ("p05 to p95 is the band of outcomes: nine of ten replications fall "
         "into it. ci95_low to ci95_high is how well the mean is known, which "
         "is another thing."));
  line (p, _ ("Empty cells"),
        _ ("Something did not happen or is not known. Nothing is put in its "
           "place."));
  line (p, _ ("What it is not"),
        _ ("Not a forecast: it tells what follows from assumptions. Not an "
           "early-warning system. Not a source on where anyone is. What drives "
           "the result most is assumed, not measured; the sheet of assumptions "
           "says so line by line."));
}

static void
put_provenance (Page *p)
{
  heading (p, _ ("Where it comes from"));
  line (p, _ ("Program"), "shortfall");
  fact_line (p, _ ("Version"), "/version");
  fact_line (p, _ ("Scenario"), "/scenario_name");
  fact_line (p, _ ("Hash of the scenario (SHA-256)"), "/scenario_sha256");
  fact_line (p, _ ("Seed"), "/seed");
  fact_line (p, _ ("Replications done"), "/replications_done_count");
  fact_line (p, _ ("Replications failed"), "/replications_failed_count");
  fact_line (p, _ ("Run at (UTC)"), "/start");
  const SfJson *words
      = p->b->manifest
            ? sf_json_member (sf_json_root (p->b->manifest), "command_line")
            : NULL;
  if (!words || sf_json_kind (words) != SF_JSON_ARRAY)
    return;
  g_autoptr (GString) text = g_string_new (NULL);
  for (const SfJson *w = sf_json_first (words); w; w = sf_json_next (w))
    if (sf_json_kind (w) == SF_JSON_STRING)
      g_string_append_printf (text, "%s%s", text->len ? " " : "",
                              sf_json_string (w));
  line (p, _ ("Command line"), text->str);
}

void
sf_workbook_readme (SfSheets *b)
{
  const SfBookTable *t = sf_workbook_table (b, "curves.csv");
  g_autoptr (GPtrArray) curves = curves_of (b, t);
  b->has_charts = curves != NULL;
  Page p = { b, workbook_add_worksheet (b->book, _ ("Read me")), 0 };
  if (!p.sheet)
    return;
  worksheet_set_column (p.sheet, 0, 0, 30, NULL);
  worksheet_set_column (p.sheet, 1, 1, WIDE, NULL);
  sf_workbook_page (p.sheet, -1);
  put_question (&p);
  put_reading (&p);
  put_sheets (&p);
  put_provenance (&p);
  if (sf_lang_is_rtl ())
    worksheet_right_to_left (p.sheet);
}

/* ---- Columns ------------------------------------------------------------- */

static void
put_columns (Page *p, const SfBookTable *t)
{
  for (char **name = t->columns; *name; name++) {
    const SfMeaning *m = sf_meaning_of (t->file, *name);
    const char *own
        = sf_workbook_dictionary (p->b, t->file, *name, "/dc:description");
    const char *unit
        = sf_workbook_dictionary (p->b, t->file, *name, "/schema:unitText");
    put (p, 0, t->sheet, p->b->looks.text);
    put (p, 1, *name, p->b->looks.text);
    put (p, 2, unit ? unit : _ (sf_meaning_unit (*name)), p->b->looks.text);
    put (p, 3, own ? own : m ? _ (m->meaning) : "", p->b->looks.wrap);
    p->row++;
  }
}

/* The measures that a table names, each once. */
static void
gather_measures (const SfBookTable *t, GHashTable *seen, GPtrArray *names)
{
  guint n = 0;
  gint column = MAX (sf_workbook_column (t, "measure"),
                     sf_workbook_column (t, "metric"));
  g_autoptr (SfRows) rows = column < 0 ? NULL : sf_rows_open (t->path, NULL);
  if (!rows)
    return;
  column = (gint)t->sources[column];
  sf_rows_next (rows, &n);
  for (const char *const *cells; (cells = sf_rows_next (rows, &n));) {
    if ((guint)column >= n)
      continue;
    const char *slash = strrchr (cells[column], '/');
    const char *name = slash ? slash + 1 : cells[column];
    if (!*name || *name == '#' || g_hash_table_contains (seen, name))
      continue;
    char *copy = g_strdup (name);
    g_hash_table_add (seen, copy);
    g_ptr_array_add (names, copy);
  }
}

static void
put_measures (Page *p)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < p->b->tables->len; i++)
    gather_measures (p->b->tables->pdata[i], seen, names);
  for (guint i = 0; i < names->len; i++) {
    const char *what = sf_meaning_of_measure (names->pdata[i]);
    put (p, 0, _ ("measure"), p->b->looks.text);
    put (p, 1, names->pdata[i], p->b->looks.text);
    put (p, 2, _ (sf_meaning_unit (names->pdata[i])), p->b->looks.text);
    put (p, 3, what ? _ (what) : "", p->b->looks.wrap);
    p->row++;
  }
}

void
sf_workbook_columns (SfSheets *b)
{
  Page p = { b, workbook_add_worksheet (b->book, _ ("Columns")), 0 };
  if (!p.sheet)
    return;
  const char *const heads[]
      = { _ ("sheet"), _ ("column or measure"), _ ("unit"), _ ("what it is") };
  const double widths[] = { 18, 30, 22, WIDE };
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    lxw_col_t column = (lxw_col_t)i;
    put (&p, column, heads[i], b->looks.heading);
    worksheet_set_column (p.sheet, column, column, widths[i], NULL);
  }
  p.row = 1;
  sf_workbook_page (p.sheet, 0);
  for (guint i = 0; i < b->tables->len; i++)
    put_columns (&p, b->tables->pdata[i]);
  put_measures (&p);
  worksheet_freeze_panes (p.sheet, 1, 0);
  worksheet_autofilter (p.sheet, 0, 0, MAX (p.row, 2) - 1,
                        G_N_ELEMENTS (heads) - 1);
}

/* ---- Charts -------------------------------------------------------------- */

/* The rows, in the sheet, of one curve. */
typedef struct {
  char *commodity;
  lxw_row_t first, last;
  double begin; /* its first day, as the sheet counts days */
} Curve;

static void
curve_free (Curve *c)
{
  g_free (c->commodity);
  g_free (c);
}

/* Where the curves of what the capital is served stand. A series is a block
 * of rows. */
static GPtrArray *
find_curves (const SfSheets *b, const SfBookTable *t, const char *capital)
{
  GPtrArray *curves
      = g_ptr_array_new_with_free_func ((GDestroyNotify)curve_free);
  guint n = 0;
  g_autoptr (SfRows) rows = sf_rows_open (t->path, NULL);
  if (!rows || !sf_rows_next (rows, &n) || n < 13)
    return curves;
  if (t->has_tags)
    sf_rows_next (rows, &n);
  lxw_row_t row = sf_workbook_first_row (b, t);
  Curve *last = NULL;
  for (const char *const *c; (c = sf_rows_next (rows, &n)); row++) {
    if (n < 13 || strcmp (c[2], capital) != 0 || *c[4]
        || strcmp (c[5], "served_frac") != 0)
      continue;
    if (!last || strcmp (last->commodity, c[3]) != 0) {
      last = g_new0 (Curve, 1);
      last->commodity = g_strdup (c[3]);
      last->first = row;
      last->begin = sf_workbook_day (c[0]);
      g_ptr_array_add (curves, last);
    }
    last->last = row;
  }
  return curves;
}

static void
add_line (lxw_chart *chart, const SfBookTable *t, const Curve *curve,
          const char *quantile, const char *name)
{
  const gboolean is_median = strcmp (quantile, "p50") == 0;
  lxw_col_t column = (lxw_col_t)sf_workbook_column (t, quantile);
  lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
  lxw_chart_line look = { .color = is_median ? 0x1B1B1B : 0x7A97B5,
                          .width = is_median ? 2.0f : 1.0f };
  chart_series_set_categories (series, t->sheet, curve->first, 0, curve->last,
                               0);
  chart_series_set_values (series, t->sheet, curve->first, column, curve->last,
                           column);
  chart_series_set_name (series, name);
  chart_series_set_line (series, &look);
}

static void
add_chart (SfSheets *b, lxw_worksheet *sheet, const SfBookTable *t,
           const Curve *curve, guint place)
{
  g_autofree char *pointer
      = g_strdup_printf ("/scenario/commodities/%s/title", curve->commodity);
  const char *title = fact (b, pointer);
  g_autofree char *heading = g_strdup_printf (
      _ ("%s: share of the need served"), title ? _ (title) : curve->commodity);
  lxw_chart *chart = workbook_add_chart (b->book, LXW_CHART_SCATTER_STRAIGHT);
  add_line (chart, t, curve, "p95", _ ("19 in 20 below (p95)"));
  add_line (chart, t, curve, "p50", _ ("median"));
  add_line (chart, t, curve, "p05", _ ("1 in 20 below (p05)"));
  chart_title_set_name (chart, heading);
  chart_axis_set_min (chart->x_axis, curve->begin);
  chart_axis_set_max (chart->x_axis, curve->begin + curve->last - curve->first);
  chart_axis_set_num_format (chart->x_axis, "yyyy-mm-dd");
  chart_axis_set_num_format (chart->y_axis, "0%");
  chart_axis_set_min (chart->y_axis, 0);
  chart_axis_set_max (chart->y_axis, 1);
  chart_legend_set_position (chart, LXW_CHART_LEGEND_BOTTOM);
  lxw_chart_options size = { .x_scale = 1.6, .y_scale = 1.1 };
  worksheet_insert_chart_opt (sheet, place * 17, 0, chart, &size);
}

/* What there is to draw, in the table; NULL when nothing. */
static GPtrArray *
curves_of (const SfSheets *b, const SfBookTable *t)
{
  const char *capital = fact (b, "/scenario/capital");
  g_autoptr (GPtrArray) curves
      = t && capital ? find_curves (b, t, capital) : NULL;
  return curves && curves->len > 0 ? g_steal_pointer (&curves) : NULL;
}

void
sf_workbook_charts (SfSheets *b)
{
  const SfBookTable *t = sf_workbook_table (b, "curves.csv");
  g_autoptr (GPtrArray) curves = curves_of (b, t);
  if (!curves)
    return;
  lxw_worksheet *sheet = workbook_add_worksheet (b->book, _ ("Charts"));
  if (sheet)
    sf_workbook_page (sheet, -1);
  for (guint i = 0; sheet && i < curves->len; i++)
    add_chart (b, sheet, t, curves->pdata[i], i);
}
