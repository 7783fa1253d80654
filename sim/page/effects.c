/* effects.c - the parts of a page on who goes without, and why. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/page/figure.h"
#include "sim/html/html.h"
#include "sim/page/outlook.h"
#include "sim/page/parts.h"
#include "sim/page/redraw.h"
#include "sim/report/figure-data.h"
#include "sim/report/manifest.h"
#include "sim/scenario/scenario.h"

/* Classes are served in the order of their priority, from 1. */
#define PRIORITY_MOST 100

/* ---- Service and person-days -------------------------------------------- */

/* A row of metrics.csv of the capital; -1 when there is none. */
static gint
find_metric (const SfPageTable *t, const char *metric, const char *place,
             const char *commodity, const char *class)
{
  for (guint r = 0; r < t->rows->len; r++)
    if (strcmp (sf_page_cell (t, r, "metric"), metric) == 0
        && strcmp (sf_page_cell (t, r, "place"), place) == 0
        && strcmp (sf_page_cell (t, r, "commodity"), commodity) == 0
        && strcmp (sf_page_cell (t, r, "class"), class) == 0
        && !*sf_page_cell (t, r, "period"))
      return (gint)r;
  return -1;
}

static char *
band_cell (const SfPageTable *t, gint row, double unit)
{
  if (row < 0)
    return NULL;
  return sf_html_band (sf_page_cell_number (t, (guint)row, "p50"),
                       sf_page_cell_number (t, (guint)row, "p05"),
                       sf_page_cell_number (t, (guint)row, "p95"), unit);
}

/* What person-days are counted in on this page, and in words. */
static double
person_unit (const SfPageTable *t, const char **words)
{
  double most = 0;
  for (guint r = 0; r < t->rows->len; r++)
    if (strcmp (sf_page_cell (t, r, "metric"), "person_days_without") == 0)
      most = fmax (most, sf_page_cell_number (t, r, "p95"));
  *words = most >= 3e6   ? _ ("Person-days without, millions")
           : most >= 3e4 ? _ ("Person-days without, thousands")
                         : _ ("Person-days without");
  return most >= 3e6 ? 1e6 : most >= 3e4 ? 1e3 : 1;
}

static void
put_service_row (SfPage *page, const SfHtmlColumn *columns,
                 const SfPageTable *t, const SfOutlook *o, double unit)
{
  const SfPageSource *s = page->source;
  g_autofree char *class = *o->class ? sf_page_title (s, "classes", o->class)
                                     : g_strdup (_ ("All users"));
  g_autofree char *commodity = sf_page_title (s, "commodities", o->commodity);
  g_autofree char *lasts = sf_outlook_cell (o);
  g_autofree char *lost
      = band_cell (t,
                   find_metric (t, "resilience_loss_frac_days", s->capital,
                                o->commodity, o->class),
                   1);
  g_autofree char *worst = band_cell (
      t,
      find_metric (t, "worst_served_frac", s->capital, o->commodity, o->class),
      0.01);
  g_autofree char *without
      = band_cell (t,
                   find_metric (t, "person_days_without", s->capital,
                                o->commodity, o->class),
                   unit);
  g_autofree char *often = sf_html_percent (o->prob);
  const char *const cells[]
      = { class, commodity, often, lasts, lost, worst, without };
  sf_html_row (page->out, columns, cells);
}

/* Outlooks as a reader wants them: by goods, all users first, then classes,
 * the most urgent first; of goods that last, all users alone. Borrowed. */
static GPtrArray *
service_rows (const SfPageSource *s, const GArray *outlooks)
{
  GPtrArray *rows = g_ptr_array_new ();
  const SfJson *classes
      = s->scenario ? sf_json_member (s->scenario, "classes") : NULL;
  for (guint i = 0; i < outlooks->len; i++) {
    const SfOutlook *all = &g_array_index (outlooks, SfOutlook, i);
    if (*all->class)
      continue;
    g_ptr_array_add (rows, (gpointer)all);
    for (int priority = 0; priority <= PRIORITY_MOST; priority++)
      for (guint k = 0; k < outlooks->len; k++) {
        const SfOutlook *o = &g_array_index (outlooks, SfOutlook, k);
        const SfJson *class = classes ? sf_json_member (classes, o->class)
                                      : NULL;
        double own = sf_page_number (class, "priority");
        own = isnan (own) ? PRIORITY_MOST : CLAMP (own, 0, PRIORITY_MOST);
        if (*o->class && strcmp (o->commodity, all->commodity) == 0
            && (int)own == priority && (all->prob > 0 || o->prob > 0))
          g_ptr_array_add (rows, (gpointer)o);
      }
  }
  return rows;
}

static void
put_service_table (SfPage *page, const SfPageTable *t, const GArray *outlooks)
{
  const SfPageSource *s = page->source;
  const char *words;
  double unit = person_unit (t, &words);
  const SfHtmlColumn columns[] = { { _ ("Who"), FALSE },
                                   { _ ("What"), FALSE },
                                   { _ ("Runs with a shortage"), TRUE },
                                   { _ ("Lasts, days"), TRUE },
                                   { _ ("Days of full service lost"), TRUE },
                                   { _ ("Served in the worst week, %"), TRUE },
                                   { words, TRUE },
                                   { NULL, FALSE } };
  g_autofree char *caption = g_strdup_printf (
      _ ("%s by class: median and, in brackets, nine runs in ten"), s->place);
  sf_html_table (page->out, caption, columns);
  g_autoptr (GPtrArray) rows = service_rows (s, outlooks);
  for (guint i = 0; i < rows->len; i++)
    put_service_row (page, columns, t, rows->pdata[i], unit);
  sf_html_table_end (page->out);
}

void
sf_page_put_service (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autoptr (SfPageTable) t = sf_page_table_read (s->folder, "metrics.csv");
  g_autoptr (GArray) outlooks = sf_outlooks_read (s);
  if (!t || !outlooks)
    sf_html_missing (page->out, _ ("The tables metrics.csv and run-outs.csv "
                                   "are not both in the folder, so service by "
                                   "class cannot be shown."));
  else if (*s->capital) {
    put_service_table (page, t, outlooks);
    sf_html_add (
        page->out, "<p class=\"note\">%s</p>\n",
        _ ("Person-days without: people who depend on the class, times days, "
           "times the share that was not served. One person without two goods "
           "counts twice, so rows are not to be added up. Days of full service "
           "lost: two days at half count as one. Worst week: the seven days "
           "on end with the least service."));
  }
}

/* ---- Levers ------------------------------------------------------------- */

/* Measures of the same place, goods and class: "bamako/petrol". */
static char *
group_of (const char *measure)
{
  const char *slash = strrchr (measure, '/');
  return slash ? g_strndup (measure, (gsize)(slash - measure)) : g_strdup ("");
}

static const char *
metric_of (const char *measure)
{
  const char *slash = strrchr (measure, '/');
  return slash ? slash + 1 : measure;
}

static char *
metric_title (const char *metric, double unit)
{
  static const struct {
    const char *metric, *title;
  } known[] = {
    { "person_days_without", N_ ("Person-days without") },
    { "shortage_days_count", N_ ("Days of shortage") },
    { "unmet_m3", N_ ("Demand not met, m\u00b3") },
    { "unmet_t", N_ ("Demand not met, t") },
    { "lost_count", N_ ("Trucks lost") },
    { "cost_xof", N_ ("Cost, XOF") },
  };
  const char *words = unit >= 1e9   ? _ ("%s, billions")
                      : unit >= 1e6 ? _ ("%s, millions")
                      : unit >= 1e3 ? _ ("%s, thousands")
                                    : "%s";
  g_autofree char *title = sf_page_heading (metric);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].metric, metric) == 0) {
      g_free (title);
      title = g_strdup (_ (known[i].title));
    }
  GString *out = g_string_new (words);
  g_string_replace (out, "%s", title, 1);
  return g_string_free (out, FALSE);
}

/* "Bamako, Petrol": of what a table of levers tells. */
static char *
group_title (const SfPageSource *s, const char *group)
{
  g_auto (GStrv) parts = g_strsplit (group, "/", 3);
  guint n = g_strv_length (parts);
  if (n < 2)
    return g_strdup (_ ("On the roads, and what it costs"));
  g_autofree char *place = sf_page_title (s, "nodes", parts[0]);
  g_autofree char *commodity = sf_page_title (s, "commodities", parts[1]);
  if (n < 3)
    return g_strdup_printf (_ ("%s, %s: change by each lever"), commodity,
                            place);
  g_autofree char *class = sf_page_title (s, "classes", parts[2]);
  return g_strdup_printf (_ ("%s, %s, %s: change by each lever"), commodity,
                          class, place);
}

/* Text of an event's label that the reference does not have. */
static gboolean
has_label (const SfJson *scenario, const char *label)
{
  const SfJson *events = sf_json_member (scenario, "events");
  for (const SfJson *e = events ? sf_json_first (events) : NULL; e;
       e = sf_json_next (e))
    if (strcmp (sf_page_text (e, "label"), label) == 0)
      return TRUE;
  return FALSE;
}

/* "Lever: airlift" in a table of levers is "Airlift". */
static char *
without_prefix (const char *label)
{
  g_autofree char *clean = sf_html_clean (_ (label));
  const char *rest
      = g_str_has_prefix (label, "Lever:") ? strchr (clean, ':') : NULL;
  if (!rest)
    return g_steal_pointer (&clean);
  for (rest++; g_unichar_isspace (g_utf8_get_char (rest));)
    rest = g_utf8_next_char (rest);
  GString *out = g_string_new (NULL);
  if (*rest) {
    g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (rest)));
    g_string_append (out, g_utf8_next_char (rest));
  }
  return g_string_free (out, FALSE);
}

/* A lever says on figures what it is by the labels of its events. */
static char *
lever_title (const SfJson *manifest, const char *name)
{
  const SfJson *sides = sf_json_member (manifest, "scenarios");
  const SfJson *first = sides ? sf_json_first (sides) : NULL;
  const SfJson *reference = first ? sf_json_member (first, "scenario") : NULL;
  for (const SfJson *side = first; side; side = sf_json_next (side)) {
    const SfJson *own = sf_json_member (side, "scenario");
    if (strcmp (sf_page_text (side, "name"), name) != 0)
      continue;
    if (sf_page_number (side, "levers_count") > 1)
      return g_strdup (_ ("All of them together"));
    const SfJson *events = own ? sf_json_member (own, "events") : NULL;
    for (const SfJson *e = events ? sf_json_first (events) : NULL; e;
         e = sf_json_next (e)) {
      const char *label = sf_page_text (e, "label");
      if (*label && reference && !has_label (reference, label))
        return without_prefix (label);
    }
  }
  return sf_html_clean (name);
}

/* Values of one measure in compare.csv, in units. */
static double
measure_unit (const SfPageTable *t, const char *measure)
{
  double most = 0;
  for (guint r = 0; r < t->rows->len; r++)
    if (strcmp (sf_page_cell (t, r, "measure"), measure) == 0) {
      most = fmax (most, fabs (sf_page_cell_number (t, r, "mean_reference")));
      most = fmax (most, fabs (sf_page_cell_number (t, r, "mean")));
    }
  return most >= 3e9 ? 1e9 : most >= 3e6 ? 1e6 : most >= 3e4 ? 1e3 : 1;
}

/* "−59 (−63 to −54)", or that it cannot be told from nothing. */
static char *
change_cell (const SfPageTable *t, guint row, double unit)
{
  double change = sf_page_cell_number (t, row, "difference");
  double low = sf_page_cell_number (t, row, "low");
  double high = sf_page_cell_number (t, row, "high");
  g_autofree char *band = sf_html_band (change, low, high, unit);
  if (strstr (sf_page_cell (t, row, "verdict"), "not distinguishable"))
    return g_strdup_printf (_ ("not clear: %s"), band);
  return g_steal_pointer (&band);
}

static gint
find_side (const SfPageTable *t, const char *measure, const char *side)
{
  for (guint r = 0; r < t->rows->len; r++)
    if (strcmp (sf_page_cell (t, r, "measure"), measure) == 0
        && strcmp (sf_page_cell (t, r, "scenario"), side) == 0)
      return (gint)r;
  return -1;
}

/* Each text of a column once, in its order; borrowed. `group` NULL: all. */
static GPtrArray *
distinct (const SfPageTable *t, const char *column, const char *group)
{
  GPtrArray *all = g_ptr_array_new ();
  for (guint r = 0; r < t->rows->len; r++) {
    const char *text = sf_page_cell (t, r, column);
    g_autofree char *own = group_of (sf_page_cell (t, r, "measure"));
    if ((!group || strcmp (own, group) == 0)
        && !g_ptr_array_find_with_equal_func (all, text, g_str_equal, NULL))
      g_ptr_array_add (all, (char *)text);
  }
  return all;
}

/* Nothing to see: 0 in every scenario. */
static gboolean
is_flat (const SfPageTable *t, const char *measure)
{
  for (guint r = 0; r < t->rows->len; r++)
    if (strcmp (sf_page_cell (t, r, "measure"), measure) == 0
        && (fabs (sf_page_cell_number (t, r, "mean_reference")) > 0
            || fabs (sf_page_cell_number (t, r, "mean")) > 0))
      return FALSE;
  return TRUE;
}

/* What a person-day costs; only in tables of person-days. */
static char *
cost_cell (const SfPageTable *t, const GPtrArray *measures, const char *side)
{
  for (guint m = 0; m < measures->len; m++) {
    gint row = find_side (t, measures->pdata[m], side);
    double cost
        = row < 0 ? NAN
                  : sf_page_cell_number (t, (guint)row, "xof_per_person_day");
    if (isfinite (cost))
      return sf_html_band (
          cost, sf_page_cell_number (t, (guint)row, "xof_per_person_day_low"),
          sf_page_cell_number (t, (guint)row, "xof_per_person_day_high"), 1);
  }
  return NULL;
}

static gboolean
has_cost (const SfPageTable *t, const GPtrArray *measures)
{
  for (guint r = 0; r < t->rows->len; r++)
    if (fabs (sf_page_cell_number (t, r, "xof_per_person_day")) > 0
        && g_ptr_array_find_with_equal_func ((GPtrArray *)measures,
                                             sf_page_cell (t, r, "measure"),
                                             g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

/* The reference: its own means, from any row of each measure. */
static void
put_reference (SfPage *page, const SfHtmlColumn *columns, const SfPageTable *t,
               const GPtrArray *measures)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (cells, g_strdup (_ ("As it is, without levers")));
  for (guint m = 0; m < measures->len; m++)
    for (guint r = 0; r < t->rows->len; r++)
      if (strcmp (sf_page_cell (t, r, "measure"), measures->pdata[m]) == 0) {
        g_ptr_array_add (
            cells, sf_html_number (sf_page_cell_number (t, r, "mean_reference")
                                   / measure_unit (t, measures->pdata[m])));
        break;
      }
  g_ptr_array_add (cells, NULL);
  sf_html_row (page->out, columns, (const char *const *)cells->pdata);
}

static void
put_sides (SfPage *page, const SfHtmlColumn *columns, const SfPageTable *t,
           const GPtrArray *measures, const SfJson *manifest)
{
  g_autoptr (GPtrArray) sides = distinct (t, "scenario", NULL);
  for (guint k = 0; k < sides->len; k++) {
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (cells, lever_title (manifest, sides->pdata[k]));
    for (guint m = 0; m < measures->len; m++) {
      gint row = find_side (t, measures->pdata[m], sides->pdata[k]);
      g_ptr_array_add (
          cells, row < 0 ? NULL
                         : change_cell (t, (guint)row,
                                        measure_unit (t, measures->pdata[m])));
    }
    g_ptr_array_add (cells, cost_cell (t, measures, sides->pdata[k]));
    sf_html_row (page->out, columns, (const char *const *)cells->pdata);
  }
}

static void
put_group (SfPage *page, const SfPageTable *t, const char *group,
           const SfJson *manifest)
{
  g_autoptr (GPtrArray) measures = distinct (t, "measure", group);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) columns = g_array_new (TRUE, TRUE, sizeof (SfHtmlColumn));
  for (guint m = measures->len; m > 0; m--)
    if (is_flat (t, measures->pdata[m - 1]))
      g_ptr_array_remove_index (measures, m - 1);
  if (measures->len == 0)
    return;
  SfHtmlColumn column = { _ ("Lever"), FALSE };
  g_array_append_val (columns, column);
  for (guint m = 0; m < measures->len; m++) {
    const char *measure = measures->pdata[m];
    g_ptr_array_add (
        titles, metric_title (metric_of (measure), measure_unit (t, measure)));
    column = (SfHtmlColumn){ titles->pdata[m], TRUE };
    g_array_append_val (columns, column);
  }
  column = (SfHtmlColumn){ _ ("XOF per person-day averted"), TRUE };
  if (has_cost (t, measures))
    g_array_append_val (columns, column);
  g_autofree char *caption = group_title (page->source, group);
  const SfHtmlColumn *heads = (const SfHtmlColumn *)columns->data;
  sf_html_table (page->out, caption, heads);
  put_reference (page, heads, t, measures);
  put_sides (page, heads, t, measures, manifest);
  sf_html_table_end (page->out);
}

/* Levers bring translations of their own. */
static void
speak_sides (const SfJson *manifest)
{
  const SfJson *sides = sf_json_member (manifest, "scenarios");
  for (const SfJson *side = sides ? sf_json_first (sides) : NULL; side;
       side = sf_json_next (side)) {
    const SfJson *scenario = sf_json_member (side, "scenario");
    if (scenario)
      sf_scenario_speak (scenario);
  }
}

static void
put_comparison (SfPage *page, const SfPageTable *t, const SfJson *manifest)
{
  double level = sf_page_number (manifest, "confidence_frac");
  g_autofree char *all = sf_html_percent (isnan (level) ? 0.95 : level);
  g_autofree char *text = g_strdup_printf (
      _ ("Each lever was put on the scenario alone and met the same luck as "
         "the scenario without it, run by run. Tables show the mean change, "
         "below 0 where there is less of it, and in brackets where the true "
         "mean change lies; all ranges of one column hold together with %s "
         "confidence. \u201cNot clear\u201d: these runs cannot tell it from no "
         "change."),
      all);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);
  speak_sides (manifest);
  sf_html_paragraph (page->out, text);
  for (guint r = 0; r < t->rows->len; r++) {
    char *group = group_of (sf_page_cell (t, r, "measure"));
    if (g_ptr_array_find_with_equal_func (groups, group, g_str_equal, NULL))
      g_free (group);
    else
      g_ptr_array_add (groups, group);
  }
  for (guint i = 0; i < groups->len; i++)
    put_group (page, t, groups->pdata[i], manifest);
}

/* ---- The figure of levers ------------------------------------------------ */

/* What a figure of levers calls things by; all borrowed. */
typedef struct {
  const SfPageSource *source;
  const SfJson *manifest;
  const GPtrArray *sides;
} FigureNames;

/* What can be drawn: an interval that is more than a point at 0. */
static gboolean
has_interval (const SfPageTable *t, const char *measure)
{
  for (guint r = 0; r < t->rows->len; r++)
    if (strcmp (sf_page_cell (t, r, "measure"), measure) == 0
        && sf_page_cell_number (t, r, "low")
               < sf_page_cell_number (t, r, "high"))
      return TRUE;
  return FALSE;
}

/* "Petrol, Bamako: person-days without, millions" */
static char *
panel_title (const SfPageSource *s, const char *measure, double unit)
{
  g_autofree char *group = group_of (measure);
  g_autofree char *metric = metric_title (metric_of (measure), unit);
  g_auto (GStrv) parts = g_strsplit (group, "/", 3);
  if (g_strv_length (parts) < 2)
    return g_steal_pointer (&metric);
  g_autofree char *place = sf_page_title (s, "nodes", parts[0]);
  g_autofree char *commodity = sf_page_title (s, "commodities", parts[1]);
  g_autofree char *class = parts[2] ? sf_page_title (s, "classes", parts[2])
                                    : NULL;
  return class ? g_strdup_printf ("%s \u2013 %s, %s, %s", metric, commodity,
                                  class, place)
               : g_strdup_printf ("%s \u2013 %s, %s", metric, commodity, place);
}

static void
add_panel (GString *out, const SfPageTable *t, const char *measure, guint panel,
           const FigureNames *names)
{
  double unit = measure_unit (t, measure);
  g_autofree char *title = panel_title (names->source, measure, unit);
  for (guint k = 0; k < names->sides->len; k++) {
    gint row = find_side (t, measure, names->sides->pdata[k]);
    g_autofree char *name
        = lever_title (names->manifest, names->sides->pdata[k]);
    double cells[3] = { NAN, NAN, NAN };
    gboolean is_distinct = FALSE;
    if (row >= 0) {
      cells[0] = sf_page_cell_number (t, (guint)row, "low") / unit;
      cells[1] = sf_page_cell_number (t, (guint)row, "difference") / unit;
      cells[2] = sf_page_cell_number (t, (guint)row, "high") / unit;
      is_distinct = !strstr (sf_page_cell (t, (guint)row, "verdict"),
                             "not distinguishable");
    }
    sf_figure_put_number (out, panel, '\t');
    sf_figure_put_text (out, title, '\t');
    sf_figure_put_number (out, k + 1, '\t');
    sf_figure_put_text (out, name, '\t');
    for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
      sf_figure_put_number (out, cells[i], '\t');
    sf_figure_put_number (out, is_distinct, '\n');
  }
}

char *
sf_page_levers_table (const SfPageSource *s)
{
  g_autoptr (SfJsonDoc) manifest = sf_manifest_read (s->compare, NULL);
  g_autoptr (SfPageTable) t = sf_page_table_read (s->compare, "compare.csv");
  GString *out = g_string_new (
      "panel\tlabel\trow\tname\tlow\testimate\thigh\tis_distinct\n");
  guint panel = 0;
  if (t && manifest) {
    speak_sides (sf_json_root (manifest));
    g_autoptr (GPtrArray) measures = distinct (t, "measure", NULL);
    g_autoptr (GPtrArray) sides = distinct (t, "scenario", NULL);
    const FigureNames names = { s, sf_json_root (manifest), sides };
    for (guint m = 0; m < measures->len; m++)
      if (has_interval (t, measures->pdata[m]))
        add_panel (out, t, measures->pdata[m], ++panel, &names);
  }
  return g_string_free (out, panel == 0);
}

void
sf_page_put_levers (SfPage *page)
{
  const SfPageSource *s = page->source;
  if (!s->compare) {
    sf_html_missing (page->out,
                     _ ("No levers were compared for this page. To add them:"));
    sf_html_add (page->out,
                 "<pre class=\"scroll\" tabindex=\"0\"><code>%s\n%s"
                 "</code></pre>\n",
                 "shortfall compare SCENARIO.json --lever LEVER.json -o FOLDER",
                 "shortfall report RESULTS --compare FOLDER");
  } else {
    g_autoptr (SfJsonDoc) manifest = sf_manifest_read (s->compare, NULL);
    g_autoptr (SfPageTable) t = sf_page_table_read (s->compare, "compare.csv");
    g_autofree char *figures = sf_page_compare_figures (s);
    if (t && manifest && t->rows->len > 0)
      put_comparison (page, t, sf_json_root (manifest));
    else
      sf_html_missing (page->out, _ ("The table compare.csv is not in the "
                                     "folder of the comparison."));
    sf_html_add (page->out, "<details><summary>%s</summary>\n",
                 _ ("The same as a figure"));
    sf_page_figure (page->out, figures, "compare",
                    _ ("Changes by lever, with intervals"), NULL);
    g_string_append (page->out, "</details>\n");
  }
}
