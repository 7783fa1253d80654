/* figure.c - figures of a page, with words and numbers beside them. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/page/figure.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/html/html.h"
#include "sim/html/svg.h"

/* Roads that are listed below the map. */
#define ROADS_MOST 15u

/* A stock that never falls below this share of what it was is not worth a
 * word. */
#define CALM_FRAC 0.8

/* ---- Pictures and their data -------------------------------------------- */

/* TSV as CSV, for spreadsheets. */
static char *
csv_of (const SfPageTable *table)
{
  GString *out = g_string_new (NULL);
  for (guint c = 0; table->columns[c]; c++) {
    g_string_append (out, c > 0 ? "," : "");
    sf_text_csv (out, table->columns[c]);
  }
  for (guint r = 0; r < table->rows->len; r++) {
    char **cells = table->rows->pdata[r];
    for (guint c = 0; cells[c]; c++) {
      g_string_append (out, c > 0 ? "," : "\r\n");
      sf_text_csv (out, cells[c]);
    }
  }
  g_string_append (out, "\r\n");
  return g_string_free (out, FALSE);
}

static SfPageTable *
read_data (const char *figures, const char *name)
{
  g_autofree char *folder = g_build_filename (figures, "data", NULL);
  g_autofree char *file = g_strconcat (name, ".tsv", NULL);
  return sf_page_table_read (folder, file);
}

/* TRUE when figures were drawn and there was no data for this one. */
static gboolean
is_idle (const char *figures, const char *name)
{
  g_autofree char *folder = g_build_filename (figures, "data", NULL);
  g_autofree char *file
      = g_strconcat (strcmp (name, "map") == 0 ? "links" : name, ".tsv", NULL);
  g_autofree char *data = g_build_filename (folder, file, NULL);
  return g_file_test (folder, G_FILE_TEST_IS_DIR)
         && !g_file_test (data, G_FILE_TEST_EXISTS);
}

static void
put_picture (GString *out, const SfPageFigure *figure)
{
  const SfSvgNames names
      = { .prefix = figure->id,
          .title = figure->title,
          .finding = figure->finding ? figure->finding : figure->title };
  g_autofree char *file = g_strconcat (figure->name, ".svg", NULL);
  g_autofree char *path = g_build_filename (figure->folder, file, NULL);
  g_autofree char *svg = NULL;
  g_autofree char *picture = NULL;
  if (g_file_get_contents (path, &svg, NULL, NULL))
    picture = sf_svg_inline (svg, &names);
  if (!picture) {
    sf_html_missing (out, is_idle (figure->folder, figure->name)
                              ? _ ("There was nothing to draw here.")
                              : _ ("This figure is not in the folder: gnuplot "
                                   "was missing, or no figures were wanted."));
    return;
  }
  sf_html_add (out,
               "<div class=\"scroll picture\" role=\"region\" tabindex=\"0\" "
               "aria-label=\"%s\">\n",
               names.title);
  g_string_append (out, picture);
  g_string_append (out, "</div>\n");
}

void
sf_page_put_figure (GString *out, const SfPageFigure *figure)
{
  g_autoptr (SfPageTable) table = read_data (figure->folder, figure->name);
  sf_html_add (out, "<figure id=\"figure-%s\">\n", figure->id);
  put_picture (out, figure);
  sf_html_add (out, "<figcaption><strong>%s.</strong> %s ", figure->title,
               figure->finding ? figure->finding : "");
  if (table) {
    g_autofree char *csv = csv_of (table);
    g_autofree char *file = g_strconcat (figure->name, ".csv", NULL);
    sf_html_download (out, file, "text/csv", csv, _ ("Data (CSV)"));
  }
  g_string_append (out, "</figcaption>\n</figure>\n");
}

void
sf_page_figure (GString *out, const char *figures, const char *name,
                const char *title, const char *finding)
{
  const SfPageFigure figure = { figures, name, name, title, finding };
  sf_page_put_figure (out, &figure);
}

/* ---- Curves ------------------------------------------------------------- */

/* The rows of one panel: from `first` to before `end`. */
typedef struct {
  char *label;
  guint first, end, lowest;
} Panel;

static void
clear_panel (gpointer panel)
{
  g_free (((Panel *)panel)->label);
}

static GArray *
panels_of (const SfPageTable *t)
{
  GArray *panels = g_array_new (FALSE, TRUE, sizeof (Panel));
  g_array_set_clear_func (panels, clear_panel);
  for (guint r = 0; r < t->rows->len; r++) {
    const char *number = sf_page_cell (t, r, "panel");
    if (r == 0 || strcmp (number, sf_page_cell (t, r - 1, "panel")) != 0) {
      const Panel begun
          = { .label = sf_html_clean (sf_page_cell (t, r, "label")),
              .first = r,
              .lowest = r };
      g_array_append_val (panels, begun);
    }
    Panel *p = &g_array_index (panels, Panel, panels->len - 1);
    p->end = r + 1;
    if (sf_page_cell_number (t, r, "p50")
        < sf_page_cell_number (t, p->lowest, "p50"))
      p->lowest = r;
  }
  return panels;
}

static char *
date_of (const char *iso)
{
  SfDate date;
  return sf_date_parse (iso, &date) ? sf_lang_date (date) : sf_html_clean (iso);
}

static char *
panel_finding (const SfPageTable *t, const Panel *p, gboolean is_share)
{
  double lowest = sf_page_cell_number (t, p->lowest, "p50");
  g_autofree char *day = date_of (sf_page_cell (t, p->lowest, "date"));
  if (is_share) {
    g_autofree char *share = sf_html_percent (lowest / 100);
    if (!*p->label)
      return g_strdup_printf (_ ("The median falls to %s on %s"), share, day);
    return g_strdup_printf (_ ("%s: median falls to %s on %s"), p->label, share,
                            day);
  }
  g_autofree char *days = sf_lang_number (lowest, lowest < 9.95 ? 1 : 0);
  return g_strdup_printf (_ ("%s: median lowest at %s days of use on %s"),
                          p->label, days, day);
}

char *
sf_page_curves_finding (const SfPageSource *source, const char *name,
                        gboolean is_share)
{
  g_autoptr (SfPageTable) t = read_data (source->figures, name);
  if (!t || t->rows->len == 0)
    return NULL;
  g_autoptr (GArray) panels = panels_of (t);
  GString *out = g_string_new (NULL), *full = g_string_new (NULL);
  gboolean is_calm = FALSE; /* a single panel without a name */
  for (guint i = 0; i < panels->len; i++) {
    const Panel *p = &g_array_index (panels, Panel, i);
    double lowest = sf_page_cell_number (t, p->lowest, "p50");
    double calm = is_share
                      ? 99.5
                      : CALM_FRAC * sf_page_cell_number (t, p->first, "p50");
    if (lowest >= calm) {
      is_calm = is_calm || !*p->label;
      g_string_append_printf (full, "%s%s", full->len > 0 ? ", " : "",
                              p->label);
      continue;
    }
    g_autofree char *text = panel_finding (t, p, is_share);
    g_string_append_printf (out, "%s%s", out->len > 0 ? _ ("; ") : "", text);
  }
  if (is_calm)
    g_string_append (out, _ ("The median stays full"));
  else if (full->len > 0) {
    g_autofree char *text
        = g_strdup_printf (is_share ? _ ("%s: median stays full")
                                    : _ ("%s: median stays near what it was"),
                           full->str);
    g_string_append_printf (out, "%s%s", out->len > 0 ? _ ("; ") : "", text);
  }
  g_string_append_c (out, '.');
  g_string_free (full, TRUE);
  return g_string_free (out, FALSE);
}

/* The row of a panel that is `day` days after its first; NULL at its end. */
static char *
week_cell (const SfPageTable *t, const Panel *p, guint day, gboolean is_share)
{
  guint r = p->first + day;
  if (r >= p->end)
    return NULL;
  double middle = sf_page_cell_number (t, r, "p50");
  double low = sf_page_cell_number (t, r, "p05");
  double high = sf_page_cell_number (t, r, "p95");
  if (is_share)
    return sf_html_band (round (middle), round (low), round (high), 1);
  return sf_html_band (middle, low, high, 1);
}

void
sf_page_curves_table (GString *out, const SfPageSource *source,
                      const char *name, gboolean is_share)
{
  g_autoptr (SfPageTable) t = read_data (source->figures, name);
  if (!t || t->rows->len == 0)
    return;
  g_autoptr (GArray) panels = panels_of (t);
  const Panel *first = &g_array_index (panels, Panel, 0);
  g_autofree SfHtmlColumn *columns = g_new0 (SfHtmlColumn, panels->len + 2);
  columns[0].heading = _ ("Day");
  for (guint i = 0; i < panels->len; i++)
    columns[i + 1]
        = (SfHtmlColumn){ g_array_index (panels, Panel, i).label, TRUE };
  sf_html_add (out, "<details><summary>%s</summary>\n",
               _ ("The same as numbers, week by week"));
  sf_html_table (out,
                 is_share ? _ ("Share of demand served, %: median and, in "
                               "brackets, nine runs in ten")
                          : _ ("Days that the stock lasts: median and, in "
                               "brackets, nine runs in ten"),
                 columns);
  for (guint day = 0; first->first + day < first->end; day += 7) {
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (cells,
                     date_of (sf_page_cell (t, first->first + day, "date")));
    for (guint i = 0; i < panels->len; i++)
      g_ptr_array_add (cells, week_cell (t, &g_array_index (panels, Panel, i),
                                         day, is_share));
    sf_html_row (out, columns, (const char *const *)cells->pdata);
  }
  sf_html_table_end (out);
  g_string_append (out, "</details>\n");
}

/* ---- Roads -------------------------------------------------------------- */

char *
sf_page_arrivals_finding (const SfPageSource *source)
{
  g_autoptr (SfPageTable) t = read_data (source->figures, "arrivals");
  if (!t || t->rows->len == 0)
    return NULL;
  g_autoptr (GHashTable) weeks
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  const char *most = NULL, *least = NULL;
  for (guint r = 0; r < t->rows->len; r++) {
    double *sum = g_hash_table_lookup (weeks, sf_page_cell (t, r, "week"));
    if (!sum) {
      sum = g_new0 (double, 1);
      g_hash_table_insert (weeks, (char *)sf_page_cell (t, r, "week"), sum);
    }
    *sum += sf_page_cell_number (t, r, "arrived_count");
  }
  GHashTableIter iter;
  gpointer week, sum;
  double high = -INFINITY, low = INFINITY;
  g_hash_table_iter_init (&iter, weeks);
  while (g_hash_table_iter_next (&iter, &week, &sum)) {
    double count = *(double *)sum;
    if (!most || count > high || (count == high && strcmp (week, most) < 0)) {
      high = count;
      most = week;
    }
    if (!least || count < low || (count == low && strcmp (week, least) < 0)) {
      low = count;
      least = week;
    }
  }
  if (!most || !least)
    return NULL;
  g_autofree char *high_text = sf_lang_number (high, 0);
  if (round (high) == round (low))
    return g_strdup_printf (_ ("On average %s trucks enter in every week."),
                            high_text);
  g_autofree char *low_text = sf_lang_number (low, 0);
  g_autofree char *high_week = date_of (most), *low_week = date_of (least);
  return g_strdup_printf (_ ("On average %s trucks enter in the busiest week "
                             "(from %s) and %s in the emptiest (from %s)."),
                          high_text, high_week, low_text, low_week);
}

/* A road with what metrics.csv says of it. */
typedef struct {
  const char *id; /* borrowed */
  double per_day, lost_count;
} Road;

static gint
busiest_first (gconstpointer a, gconstpointer b)
{
  const Road *x = a, *y = b;
  if (x->per_day != y->per_day)
    return x->per_day < y->per_day ? 1 : -1;
  return strcmp (x->id, y->id);
}

/* Roads with trucks on them; borrows from `metrics`. */
static GArray *
roads_of (const SfPageTable *metrics)
{
  GArray *roads = g_array_new (FALSE, TRUE, sizeof (Road));
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint r = 0; r < metrics->rows->len; r++) {
    const Road road = { .id = sf_page_cell (metrics, r, "place"),
                        .per_day = sf_page_cell_number (metrics, r, "mean") };
    if (strcmp (sf_page_cell (metrics, r, "metric"), "loaded_trucks_per_day")
            != 0
        || !(road.per_day > 0))
      continue;
    g_array_append_val (roads, road);
  }
  g_array_sort (roads, busiest_first);
  for (guint i = 0; i < roads->len; i++)
    g_hash_table_insert (places, (char *)g_array_index (roads, Road, i).id,
                         &g_array_index (roads, Road, i));
  for (guint r = 0; r < metrics->rows->len; r++) {
    Road *road
        = g_hash_table_lookup (places, sf_page_cell (metrics, r, "place"));
    double mean = sf_page_cell_number (metrics, r, "mean");
    if (road && !isnan (mean)
        && strcmp (sf_page_cell (metrics, r, "metric"), "lost_count") == 0)
      road->lost_count += mean;
  }
  return roads;
}

/* "Zegoua - Kadiolo": a road is called after its ends. */
static char *
road_title (const SfPageSource *source, const char *id)
{
  const SfJson *links
      = source->scenario ? sf_json_member (source->scenario, "links") : NULL;
  const SfJson *link = links ? sf_json_member (links, id) : NULL;
  const char *from = sf_page_text (link, "from"),
             *to = sf_page_text (link, "to");
  if (!*from || !*to)
    return sf_html_clean (id);
  g_autofree char *a = sf_page_title (source, "nodes", from);
  g_autofree char *b = sf_page_title (source, "nodes", to);
  return g_strdup_printf ("%s\u00a0\u2013 %s", a, b);
}

char *
sf_page_map_finding (const SfPageSource *source)
{
  g_autoptr (SfPageTable) metrics
      = sf_page_table_read (source->folder, "metrics.csv");
  g_autoptr (GArray) roads = metrics ? roads_of (metrics) : NULL;
  if (!roads || roads->len == 0)
    return NULL;
  const Road *first = &g_array_index (roads, Road, 0), *worst = first;
  for (guint i = 0; i < roads->len; i++)
    if (g_array_index (roads, Road, i).lost_count > worst->lost_count)
      worst = &g_array_index (roads, Road, i);
  g_autofree char *busy = road_title (source, first->id);
  g_autofree char *trucks = sf_html_number (first->per_day);
  if (!(worst->lost_count > 0))
    return g_strdup_printf (_ ("The busiest road is %s, with %s loaded trucks "
                               "a day on average; no truck is lost."),
                            busy, trucks);
  g_autofree char *bad = road_title (source, worst->id);
  g_autofree char *lost = sf_html_number (worst->lost_count);
  return g_strdup_printf (_ ("The busiest road is %s, with %s loaded trucks a "
                             "day on average; most trucks are lost on %s, %s "
                             "in a run."),
                          busy, trucks, bad, lost);
}

void
sf_page_roads_table (GString *out, const SfPageSource *source)
{
  const SfHtmlColumn columns[] = { { _ ("Road"), FALSE },
                                   { _ ("Loaded trucks a day"), TRUE },
                                   { _ ("Trucks lost in a run"), TRUE },
                                   { NULL, FALSE } };
  g_autoptr (SfPageTable) metrics
      = sf_page_table_read (source->folder, "metrics.csv");
  g_autoptr (GArray) roads = metrics ? roads_of (metrics) : NULL;
  if (!roads || roads->len == 0)
    return;
  sf_html_add (out, "<details><summary>%s</summary>\n",
               _ ("The busiest roads as numbers"));
  sf_html_table (out, _ ("The busiest roads: means over all runs"), columns);
  for (guint i = 0; i < MIN (roads->len, ROADS_MOST); i++) {
    const Road *road = &g_array_index (roads, Road, i);
    g_autofree char *title = road_title (source, road->id);
    g_autofree char *trucks = sf_html_number (road->per_day);
    g_autofree char *lost = sf_html_number (road->lost_count);
    const char *const cells[] = { title, trucks, lost };
    sf_html_row (out, columns, cells);
  }
  sf_html_table_end (out);
  g_string_append (out, "</details>\n");
}
