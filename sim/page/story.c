/* story.c - the parts of a page that tell what happens. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/causes/groups.h"
#include "sim/causes/retelling.h"
#include "sim/lang/lang.h"
#include "sim/page/figure.h"
#include "sim/html/html.h"
#include "sim/page/outlook.h"
#include "sim/page/parts.h"

/* Fewer runs than this give rough bands. */
#define RUNS_ENOUGH 50u

/* ---- The question ------------------------------------------------------- */

/* What is asked, and what was done to answer it: two sentences. */
static char *
question (const SfPageSource *s)
{
  g_autofree char *start = sf_lang_date (s->start);
  g_autofree char *end = sf_lang_date (s->end);
  g_autofree char *shock = sf_lang_date (s->shock);
  g_autofree char *n = sf_lang_number (s->n, 0);
  g_autofree char *asked
      = s->shock > s->start
            ? g_strdup_printf (_ ("How long does what %s has last when supply "
                                  "is disrupted from %s on, and who goes "
                                  "without?"),
                               s->place, shock)
            : g_strdup_printf (_ ("How long does what %s has last when supply "
                                  "is disrupted, and who goes without?"),
                               s->place);
  g_autofree char *done = g_strdup_printf (
      sf_lang_plural ("To find out, the scenario \u201c%s\u201d was simulated "
                      "from %s to %s, %s time.",
                      "To find out, the scenario \u201c%s\u201d was simulated "
                      "from %s to %s, %s times, each time with other luck and "
                      "with other values of what is not known for sure.",
                      s->n),
      s->title, start, end, n);
  return g_strdup_printf ("%s %s", asked, done);
}

void
sf_page_put_question (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autofree char *text = question (s);
  const char *about = sf_page_text (s->scenario, "description");
  sf_html_add (page->out, "<p class=\"lead\">%s</p>\n", text);
  if (*about) {
    g_autofree char *clean = sf_html_clean (_ (about));
    sf_html_add (page->out, "<blockquote><p dir=\"auto\">%s</p></blockquote>\n",
                 clean);
  }
}

/* ---- The headline ------------------------------------------------------- */

static void
put_outlook (SfPage *page, const SfOutlook *o)
{
  const SfPageSource *s = page->source;
  g_autofree char *commodity = sf_page_title (s, "commodities", o->commodity);
  g_autofree char *class = *o->class ? sf_page_title (s, "classes", o->class)
                                     : g_strdup (_ ("All users"));
  g_autofree char *sentence = sf_outlook_sentence (o, s);
  g_autofree char *name
      = g_strdup_printf (_ ("%s \u2013 %s:"), class, commodity);
  sf_html_add (page->out, "<li><strong><bdi>%s</bdi></strong> %s.</li>\n", name,
               sentence);
}

/* Those of the classes that matter; of each commodity, that are worth a line:
 * what never runs out gets one line below, and what says the same as the
 * commodity as a whole is said once. */
static void
put_classes (SfPage *page, const GArray *outlooks)
{
  g_auto (GStrv) classes = sf_outlook_classes (page->source);
  for (char **class = classes; *class; class ++)
    for (guint i = 0; i < outlooks->len; i++) {
      const SfOutlook *o = &g_array_index (outlooks, SfOutlook, i);
      const SfOutlook *all = sf_outlooks_find (outlooks, o->commodity, "");
      if (strcmp (o->class, *class) == 0 && (!all || all->prob > 0)
          && !(all && sf_outlook_equals (all, o)))
        put_outlook (page, o);
    }
}

static void
put_commodities (SfPage *page, const GArray *outlooks)
{
  for (guint i = 0; i < outlooks->len; i++) {
    const SfOutlook *o = &g_array_index (outlooks, SfOutlook, i);
    if (!*o->class && o->prob > 0)
      put_outlook (page, o);
  }
}

/* What lasts in every run. */
static char *
untouched (const SfPageSource *s, const GArray *outlooks)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < outlooks->len; i++) {
    const SfOutlook *o = &g_array_index (outlooks, SfOutlook, i);
    if (*o->class || o->prob > 0)
      continue;
    g_autofree char *title = sf_page_title (s, "commodities", o->commodity);
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", title);
  }
  return g_string_free (names, FALSE);
}

static void
put_reading (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autofree char *shock = sf_lang_date (s->shock);
  g_autofree char *share = sf_html_percent (s->shortage_frac);
  g_autofree char *text = g_strdup_printf (
      sf_lang_plural ("A range holds nine runs in ten. Days count from %s. "
                      "Short means: on %u day or more less than %s of what is "
                      "wanted is served.",
                      "A range holds nine runs in ten. Days count from %s. "
                      "Short means: on %u days on end or more less than %s of "
                      "what is wanted is served.",
                      s->shortage_days),
      shock, s->shortage_days, share);
  sf_html_add (page->out, "<p class=\"note\">%s</p>\n", text);
  if (s->n < RUNS_ENOUGH) {
    g_autofree char *few = g_strdup_printf (
        sf_lang_plural ("This rests on %u run only: the ranges are rough.",
                        "This rests on %u runs only: the ranges are rough.",
                        s->n),
        s->n);
    sf_html_add (page->out, "<p class=\"note\"><strong>%s</strong></p>\n", few);
  }
}

void
sf_page_put_headline (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autoptr (GArray) outlooks = sf_outlooks_read (s);
  if (!*s->capital) {
    sf_html_missing (page->out, _ ("The scenario names no capital, so there is "
                                   "no city to say it of."));
  } else if (!outlooks) {
    sf_html_missing (page->out, _ ("The table run-outs.csv is not in the "
                                   "folder, so it cannot be said how long "
                                   "anything lasts."));
  } else {
    g_autofree char *names = untouched (s, outlooks);
    g_string_append (page->out, "<ul class=\"headline\">\n");
    put_classes (page, outlooks);
    put_commodities (page, outlooks);
    if (*names) {
      g_autofree char *end = sf_lang_date (s->end);
      g_autofree char *text
          = g_strdup_printf (_ ("no shortage in any run up to %s"), end);
      g_autofree char *name = g_strdup_printf (_ ("%s:"), names);
      sf_html_add (page->out, "<li><strong><bdi>%s</bdi></strong> %s.</li>\n",
                   name, text);
    }
    g_string_append (page->out, "</ul>\n");
    put_reading (page);
  }
}

/* ---- Curves and map ----------------------------------------------------- */

static void
put_curves_of (SfPage *page, const char *name, const char *title,
               gboolean is_share)
{
  const SfPageSource *s = page->source;
  g_autofree char *finding = sf_page_curves_finding (s, name, is_share);
  sf_page_figure (page->out, s->figures, name, title, finding);
  sf_page_curves_table (page->out, s, name, is_share);
}

void
sf_page_put_curves (SfPage *page)
{
  g_autofree char *served = g_strdup_printf (
      _ ("Share of demand served in %s, day by day"), page->source->place);
  g_autofree char *cover = g_strdup_printf (
      _ ("Days that the stock of %s lasts, day by day"), page->source->place);
  sf_html_paragraph (
      page->out,
      _ ("The line is the median: half of the runs are above it, half below. "
         "The dark band holds the middle half of the runs, the light band nine "
         "in ten."));
  put_curves_of (page, "shortage", served, TRUE);
  put_curves_of (page, "cover", cover, FALSE);
}

static gboolean
has_places (const SfPageSource *s)
{
  const SfJson *all
      = s->scenario ? sf_json_member (s->scenario, "nodes") : NULL;
  for (const SfJson *n = all ? sf_json_first (all) : NULL; n;
       n = sf_json_next (n))
    if (isfinite (sf_page_number (n, "lat_deg")))
      return TRUE;
  return FALSE;
}

void
sf_page_put_map (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autofree char *finding = sf_page_map_finding (s);
  if (has_places (s))
    sf_page_figure (page->out, s->figures, "map",
                    _ ("Loaded trucks and losses on the roads"), finding);
  else {
    sf_html_missing (page->out, _ ("The scenario gives no places to draw a map "
                                   "of."));
    if (finding)
      sf_html_paragraph (page->out, finding);
  }
  sf_page_roads_table (page->out, s);
}

/* ---- What happened and when --------------------------------------------- */

/* A line of the story. */
typedef struct {
  SfDate date;
  guint order;
  char *text;
  gboolean is_result, is_main;
} Moment;

static void
clear_moment (gpointer moment)
{
  g_free (((Moment *)moment)->text);
}

static gint
by_date (gconstpointer a, gconstpointer b)
{
  const Moment *x = a, *y = b;
  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* "from 26 October to 4 December": the words of an event that lasts. */
static char *
event_text (const SfJson *event, SfDate date)
{
  const char *label = sf_page_text (event, "label");
  const char *title = sf_page_text (event, "title");
  double duration_days = sf_page_number (event, "duration_days");
  g_autofree char *name = sf_html_clean (*title   ? _ (title)
                                         : *label ? _ (label)
                                                  : sf_json_key (event));
  if (!(duration_days >= 1 && duration_days < 36500))
    return g_steal_pointer (&name);
  g_autofree char *last
      = sf_lang_date (date + (SfDate)floor (duration_days) - 1);
  return g_strdup_printf (_ ("%s (until %s)"), name, last);
}

static void
add_events (const SfPageSource *s, GArray *moments)
{
  const SfJson *events
      = s->scenario ? sf_json_member (s->scenario, "events") : NULL;
  for (const SfJson *e = events ? sf_json_first (events) : NULL; e;
       e = sf_json_next (e)) {
    Moment m = { .order = moments->len };
    if (!sf_date_parse (sf_page_text (e, "date"), &m.date) || m.date > s->end)
      continue;
    m.text = event_text (e, m.date);
    m.is_main = *sf_page_text (e, "label") != '\0';
    g_array_append_val (moments, m);
  }
}

/* The day by which half of the runs are short: what the events lead to. */
static void
add_shortages (const SfPageSource *s, GArray *moments)
{
  g_autoptr (GArray) outlooks = sf_outlooks_read (s);
  for (guint i = 0; outlooks && i < outlooks->len; i++) {
    const SfOutlook *o = &g_array_index (outlooks, SfOutlook, i);
    if (*o->class || isnan (o->p50))
      continue;
    g_autofree char *title = sf_page_title (s, "commodities", o->commodity);
    const Moment m
        = { .date = s->shock + (SfDate)floor (o->p50),
            .order = moments->len,
            .text = g_strdup_printf (
                _ ("%s is short in %s in half of the runs"), title, s->place),
            .is_result = TRUE,
            .is_main = TRUE };
    g_array_append_val (moments, m);
  }
}

static void
put_moments (SfPage *page, const GArray *moments, gboolean is_all,
             const char *caption)
{
  const SfHtmlColumn columns[] = { { _ ("Day"), FALSE },
                                   { _ ("What happens"), FALSE },
                                   { _ ("Kind"), FALSE },
                                   { NULL, FALSE } };
  sf_html_table (page->out, caption, columns);
  for (guint i = 0; i < moments->len; i++) {
    const Moment *m = &g_array_index (moments, Moment, i);
    if (!is_all && !m->is_main)
      continue;
    g_autofree char *day = sf_lang_date (m->date);
    const char *const cells[]
        = { day, m->text, m->is_result ? _ ("result") : _ ("input") };
    sf_html_row (page->out, columns, cells);
  }
  sf_html_table_end (page->out);
}

static void
put_story (SfPage *page)
{
  g_autoptr (GArray) moments = g_array_new (FALSE, TRUE, sizeof (Moment));
  guint n_main = 0;
  g_array_set_clear_func (moments, clear_moment);
  add_events (page->source, moments);
  add_shortages (page->source, moments);
  g_array_sort (moments, by_date);
  for (guint i = 0; i < moments->len; i++)
    n_main += g_array_index (moments, Moment, i).is_main;
  if (moments->len == 0) {
    sf_html_paragraph (page->out, _ ("The scenario has no dated events, and "
                                     "nothing is short in half of the runs."));
    return;
  }
  if (n_main > 0)
    put_moments (page, moments, FALSE,
                 _ ("What is put in, and what comes of it"));
  if (n_main == moments->len)
    return;
  sf_html_add (page->out, "<details><summary>%s</summary>\n",
               _ ("All dated events of the scenario"));
  put_moments (page, moments, TRUE, _ ("All dated events, in order"));
  g_string_append (page->out, "</details>\n");
}

/* What the figure with the flags shows: see sf_figure_timeline(). */
static char *
first_fuel (const SfPageSource *s)
{
  const SfJson *all
      = s->scenario ? sf_json_member (s->scenario, "commodities") : NULL;
  const SfJson *first = all ? sf_json_first (all) : NULL;
  for (const SfJson *c = first; c; c = sf_json_next (c))
    if (strcmp (sf_page_text (c, "kind"), "fuel") == 0)
      return sf_page_title (s, "commodities", sf_json_key (c));
  return sf_page_title (s, "commodities", first ? sf_json_key (first) : "");
}

void
sf_page_put_events (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autofree char *arrivals = sf_page_arrivals_finding (s);
  g_autofree char *fall = sf_page_curves_finding (s, "timeline", TRUE);
  g_autofree char *fuel = first_fuel (s);
  g_autofree char *timeline = g_strdup_printf (
      _ ("%s: demand served in %s, and what happened when"), fuel, s->place);
  sf_page_figure (page->out, s->figures, "timeline", timeline, fall);
  put_story (page);
  sf_page_figure (page->out, s->figures, "arrivals",
                  _ ("Trucks entering and lost, week by week"), arrivals);
}

/* ---- What drove it ------------------------------------------------------ */

/* Columns that make a table wide and tell a reader of the page nothing. */
static gboolean
is_shown (const SfPageTable *t, guint column)
{
  for (guint r = 0; r < t->rows->len; r++)
    if (*((char **)t->rows->pdata[r])[column])
      return TRUE;
  return FALSE;
}

static char *
any_cell (const char *cell)
{
  char *end;
  double number = g_ascii_strtod (cell, &end);
  return *cell && !*end ? sf_html_number (number) : sf_html_clean (cell);
}

static gboolean
is_number_column (const SfPageTable *t, guint column)
{
  char *end;
  for (guint r = 0; r < t->rows->len; r++) {
    const char *cell = ((char **)t->rows->pdata[r])[column];
    g_ascii_strtod (cell, &end);
    if (*cell && *end)
      return FALSE;
  }
  return TRUE;
}

/* A table whose columns are not known here, as it is. */
static void
put_any_table (SfPage *page, const SfPageTable *t, const char *caption)
{
  g_autoptr (GArray) columns = g_array_new (TRUE, TRUE, sizeof (SfHtmlColumn));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint c = 0; t->columns[c]; c++) {
    if (!is_shown (t, c))
      continue;
    char *name = sf_page_heading (t->columns[c]);
    const SfHtmlColumn column = { name, is_number_column (t, c) };
    g_ptr_array_add (names, name);
    g_array_append_val (columns, column);
    g_array_append_val (places, c);
  }
  if (places->len == 0)
    return;
  sf_html_table (page->out, caption, (const SfHtmlColumn *)columns->data);
  for (guint r = 0; r < t->rows->len; r++) {
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; i < places->len; i++)
      g_ptr_array_add (
          cells,
          any_cell (
              ((char **)t->rows->pdata[r])[g_array_index (places, guint, i)]));
    sf_html_row (page->out, (const SfHtmlColumn *)columns->data,
                 (const char *const *)cells->pdata);
  }
  sf_html_table_end (page->out);
}

static void
put_text_file (SfPage *page, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) parts = g_regex_split_simple ("\\n\\s*\\n", valid, 0, 0);
  for (char **part = parts; *part; part++) {
    g_strstrip (*part);
    if (**part)
      sf_html_add (page->out, "<p dir=\"auto\">%s</p>\n", *part);
  }
}

/* Rows of causes.csv, the largest change first. */
static gint
by_change (gconstpointer a, gconstpointer b, gpointer data)
{
  const SfPageTable *t = data;
  double x = fabs (sf_page_cell_number (t, *(const guint *)a, "difference"));
  double y = fabs (sf_page_cell_number (t, *(const guint *)b, "difference"));
  x = isnan (x) ? -1 : x;
  y = isnan (y) ? -1 : y;
  return x > y ? -1 : x < y;
}

static const char *
verdict_title (const char *verdict)
{
  static const struct {
    const char *verdict, *title;
  } known[] = {
    { "fewer", N_ ("it made the shortage worse") },
    { "more", N_ ("it made the shortage milder") },
    { "cannot be told", N_ ("cannot be told from no effect") },
    { "no difference", N_ ("no effect") },
    { "cannot be left out", N_ ("cannot be left out") },
    { "not run", N_ ("not tried") },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].verdict, verdict) == 0)
      return _ (known[i].title);
  return verdict;
}

static void
put_cause (SfPage *page, const SfHtmlColumn *columns, const SfPageTable *t,
           guint row, double unit)
{
  const char *key = sf_page_cell (t, row, "group");
  const char *words = sf_cause_words (key);
  g_autofree char *name = words ? g_strdup (_ (words)) : sf_html_clean (key);
  g_autofree char *change
      = sf_html_band (sf_page_cell_number (t, row, "difference"),
                      sf_page_cell_number (t, row, "low"),
                      sf_page_cell_number (t, row, "high"), unit);
  g_autofree char *share
      = sf_html_percent (sf_page_cell_number (t, row, "share_frac"));
  const char *const cells[]
      = { name, change, share,
          verdict_title (sf_page_cell (t, row, "verdict")) };
  sf_html_row (page->out, columns, cells);
}

/* What changes are counted in, and in words. */
static double
change_unit (const SfPageTable *t, const char **words)
{
  double most = 0;
  for (guint r = 0; r < t->rows->len; r++)
    most = fmax (most, fabs (sf_page_cell_number (t, r, "difference")));
  *words = most >= 3e6   ? _ ("Change of person-days without, millions")
           : most >= 3e4 ? _ ("Change of person-days without, thousands")
                         : _ ("Change of person-days without");
  return most >= 3e6 ? 1e6 : most >= 3e4 ? 1e3 : 1;
}

/* Where there is no shortage, nothing was tried. */
static gboolean
is_tried (const SfPageTable *t)
{
  for (guint r = 0; r < t->rows->len; r++)
    if (strcmp (sf_page_cell (t, r, "verdict"), "not run") != 0)
      return TRUE;
  return FALSE;
}

/* What `run` writes; FALSE when the columns are others. */
static gboolean
put_causes_table (SfPage *page, const SfPageTable *t)
{
  const char *words;
  double unit = change_unit (t, &words);
  const SfHtmlColumn columns[] = { { _ ("Left out"), FALSE },
                                   { words, TRUE },
                                   { _ ("As a share"), TRUE },
                                   { _ ("What that says"), FALSE },
                                   { NULL, FALSE } };
  const char *const needed[] = { "group", "difference", "low", "high" };
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!g_strv_contains ((const char *const *)t->columns, needed[i]))
      return FALSE;
  if (!is_tried (t))
    return TRUE;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint r = 0; r < t->rows->len; r++)
    g_array_append_val (rows, r);
  g_array_sort_with_data (rows, by_change, (gpointer)t);
  sf_html_table (page->out,
                 _ ("The same runs with one thing left out: what that changes, "
                    "and in brackets where the true mean change lies"),
                 columns);
  for (guint i = 0; i < rows->len; i++)
    put_cause (page, columns, t, g_array_index (rows, guint, i), unit);
  sf_html_table_end (page->out);
  return TRUE;
}

/* The paragraph in the language of the page; of a folder that lacks the numbers
 * the one that `run` wrote, when it speaks that language. */
static char *
causes_text (const SfPageSource *s)
{
  char *text = sf_causes_retell (s->folder, s->run, s->place);
  g_autofree char *path = g_build_filename (s->folder, "causes.txt", NULL);
  const char *language = sf_page_text (s->run, "language");
  if (!text && (!*language || strcmp (language, sf_lang_code ()) == 0))
    g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

void
sf_page_put_causes (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autofree char *text = causes_text (s);
  g_autoptr (SfPageTable) t = sf_page_table_read (s->folder, "causes.csv");
  if (text)
    put_text_file (page, text);
  if (t && t->rows->len > 0 && put_causes_table (page, t))
    return;
  if (t && t->rows->len > 0)
    put_any_table (page, t, _ ("What was taken away, and what that changed"));
  else if (!text)
    sf_html_missing (page->out, _ ("Causes were not worked out in this run "
                                   "(there is no causes.txt in the folder)."));
}
