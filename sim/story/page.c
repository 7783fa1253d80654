/* page.c - the story of one replication as a page. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/story/page.h"

#include <math.h>
#include <stdarg.h>

#include "sim/lang/lang.h"
#include "sim/story/story-private.h"

/* The curve's box, in units of the drawing. */
#define WIDTH 480.0
#define HEIGHT 80.0

static const char style[]
    = ":root{color-scheme:light;--ink:#1b1b1b;--soft:#505050;--line:#c9c9c9;"
      "--bad:#9c1c1c;--good:#1b6e3c;--road:#0b4f8a}"
      "*{box-sizing:border-box}"
      "body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);"
      "background:#fff}"
      "main{max-width:46rem;margin:0 auto;padding:1rem}"
      "h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}"
      "h2{font-size:1.2rem;margin:2rem 0 .5rem}"
      "h3{font-size:1rem;margin:0}"
      "ol.story{list-style:none;margin:0;padding:0 0 0 1rem;"
      "border-left:2px solid var(--line)}"
      "ol.story>li{margin:0 0 1.25rem;position:relative}"
      "ol.story>li::before{content:'';position:absolute;left:-1.45rem;top:."
      "4rem;"
      "width:.8rem;height:.8rem;border-radius:50%;background:var(--road)}"
      "ol.story>li.bad::before{background:var(--bad)}"
      "ol.story>li.good::before{background:var(--good)}"
      ".when{color:var(--soft);font-size:.95rem;font-weight:600}"
      "a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px "
      "solid #b35900;outline-offset:2px}"
      "ul{margin:.25rem 0 0;padding-left:1.2rem}"
      "svg{display:block;width:100%;max-width:36rem;height:auto}"
      "figure{margin:1rem 0}figcaption{font-size:.9rem;color:var(--soft)}"
      ".scroll{overflow-x:auto}"
      "table{border-collapse:collapse;font-size:.85rem;width:100%}"
      "th,td{text-align:left;vertical-align:top;padding:.2rem .5rem;"
      "border-bottom:1px solid var(--line)}"
      "summary{cursor:pointer;padding:.5rem 0;min-height:2.75rem}"
      "footer{color:var(--soft);font-size:.85rem;margin-top:2rem}"
      "@media print{main{max-width:none;padding:0}"
      "ol.story>li,figure{break-inside:avoid}details{display:none}}";

static void add (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* As printf(), with every %s escaped. */
static void
add (GString *out, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (out, text);
}

/* ---- Curves ------------------------------------------------------------------- */

static void
add_coordinate (GString *out, double x, double y)
{
  char a[16], b[16];
  g_string_append_printf (out, "%s,%s ",
                          g_ascii_formatd (a, sizeof a, "%.1f", x),
                          g_ascii_formatd (b, sizeof b, "%.1f", y));
}

static void
add_line (GString *out, const float *served, guint days)
{
  g_string_append (out, "<polyline fill=\"none\" stroke=\"#1a1a1a\" "
                        "stroke-width=\"1.5\" points=\"");
  for (guint day = 0; day < days; day++)
    if (!isnan (served[day]))
      add_coordinate (out, WIDTH * day / MAX (days - 1, 1),
                      HEIGHT * (1 - CLAMP ((double)served[day], 0, 1)) + 2);
  g_string_append (out, "\"/>");
}

/* A dot on the worst day. */
static void
add_mark (GString *out, const float *served, guint days, guint day)
{
  char x[16], y[16];
  g_string_append_printf (
      out, "<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"#9c1c1c\"/>",
      g_ascii_formatd (x, sizeof x, "%.1f", WIDTH * day / MAX (days - 1, 1)),
      g_ascii_formatd (y, sizeof y, "%.1f",
                       HEIGHT * (1 - CLAMP ((double)served[day], 0, 1)) + 2));
}

static const float *
served_of (const SfStory *story, guint commodity)
{
  const SfScenario *s = story->scenario;
  gint i
      = sf_book_find_series (story->book, s->nodes[s->capital].id,
                             s->commodities[commodity].id, "", "served_frac");
  return i < 0 ? NULL
               : story->record->curves + (gsize)i * sf_book_days (story->book);
}

static void
add_curve (GString *out, const SfStory *story, guint commodity)
{
  const SfCommodity *c = &story->scenario->commodities[commodity];
  const float *served = served_of (story, commodity);
  guint days = sf_book_days (story->book);
  if (!served)
    return;
  const char *title = sf_telling_title (c->title, c->id);
  guint worst = 0;
  for (guint day = 1; day < days; day++)
    if (served[day] < served[worst])
      worst = day;
  g_autofree char *least = sf_lang_number (100 * (double)served[worst], 0);
  g_autofree char *when = sf_chain_when (story, worst);
  g_autofree char *first = sf_lang_date (story->scenario->start);
  g_autofree char *last
      = sf_lang_date (story->scenario->start + (SfDate)days - 1);
  g_autofree char *alt = g_strdup_printf (
      _ ("Share of what is wanted of %s that is served, day by day, from %s to "
         "%s; least on %s: %s %%."),
      title, first, last, when, least);
  add (out,
       "<figure><svg viewBox=\"-4 -14 488 114\" role=\"img\" "
       "aria-label=\"%s\" font-size=\"11\" fill=\"#505050\">",
       alt);
  g_string_append (out, "<path d=\"M0,2H480M0,82H480\" stroke=\"#c9c9c9\"/>");
  add_line (out, served, days);
  add_mark (out, served, days, worst);
  add (out,
       "<text x=\"0\" y=\"-3\">100 %%</text><text x=\"0\" y=\"96\">%s</text>"
       "<text x=\"480\" y=\"96\" text-anchor=\"end\">%s</text>",
       first, last);
  add (out, "</svg><figcaption>%s</figcaption></figure>\n", alt);
}

/* A curve for each good of which something is told. */
static void
add_curves (GString *out, const SfChain *chain, const SfStory *story)
{
  for (guint c = 0; c < story->scenario->n_commodities; c++) {
    gboolean is_told = FALSE;
    for (guint i = 0; i < sf_chain_count (chain); i++)
      is_told = is_told || sf_chain_get (chain, i)->commodity == (gint)c;
    if (is_told)
      add_curve (out, story, c);
  }
}

/* ---- The chain ------------------------------------------------------------------ */

static const char *
hue_of (SfTurnKind kind)
{
  switch (kind) {
  case SF_TURN_SHORT:
  case SF_TURN_GONE:
  case SF_TURN_DRY:
  case SF_TURN_WORST:
  case SF_TURN_LOSSES:
    return "bad";
  case SF_TURN_WET:
  case SF_TURN_RECOVERY:
    return "good";
  default:
    return "road";
  }
}

/* The day stands above the first of its turning points. */
static void
add_turn (GString *out, const SfStory *story, const SfTurn *turn,
          gboolean is_first)
{
  char date[SF_DATE_SIZE];
  g_autofree char *when = sf_chain_when (story, turn->day);
  sf_date_format (date, story->scenario->start + (SfDate)turn->day);
  add (out, "<li class=\"%s\">", hue_of (turn->kind));
  if (is_first)
    add (out, "<time class=\"when\" datetime=\"%s\">%s</time>", date, when);
  add (out, "<h3>%s</h3>", turn->title);
  if (turn->reasons->len > 0) {
    g_string_append (out, "<ul>");
    for (guint k = 0; k < turn->reasons->len; k++)
      add (out, "<li>%s</li>", g_array_index (turn->reasons, SfReason, k).text);
    g_string_append (out, "</ul>");
  }
  g_string_append (out, "</li>\n");
}

static void
add_chain (GString *out, const SfChain *chain, const SfStory *story)
{
  add (out, "<h2>%s</h2>\n", _ ("What happened, and why"));
  if (sf_chain_count (chain) == 0) {
    add (out, "<p>%s</p>\n",
         _ ("Nothing turned: the city was served as usual."));
    return;
  }
  g_string_append (out, "<ol class=\"story\">\n");
  for (guint i = 0; i < sf_chain_count (chain); i++) {
    const SfTurn *turn = sf_chain_get (chain, i);
    add_turn (out, story, turn,
              i == 0 || sf_chain_get (chain, i - 1)->day != turn->day);
  }
  g_string_append (out, "</ol>\n");
}

/* ---- The log -------------------------------------------------------------------- */

static void
add_log (GString *out, const SfStory *story)
{
  guint n = sf_log_count (story->log);
  g_autofree char *number = sf_lang_number (n, 0);
  g_autofree char *title
      = g_strdup_printf (sf_lang_plural ("The whole log: %s entry",
                                         "The whole log: %s entries", n),
                         number);
  add (out,
       "<details><summary>%s</summary><div class=\"scroll\" tabindex=\"0\" "
       "role=\"region\" aria-label=\"%s\"><table>\n",
       title, title);
  add (out,
       "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
       "<th scope=\"col\">%s</th></tr></thead><tbody>\n",
       _ ("Day"), _ ("Kind"), _ ("What happened"));
  for (guint i = 0; i < n; i++) {
    const SfLogEntry *e = sf_log_get (story->log, i);
    guint day = e->tick < 0 ? 0 : (guint)(e->tick / SF_TICKS_PER_DAY);
    g_autofree char *when = sf_lang_day (story->scenario->start + (SfDate)day);
    add (out, "<tr><td>%u, %s</td><td>%s</td><td>%s</td></tr>\n", day, when,
         e->kind, e->text);
  }
  g_string_append (out, "</tbody></table></div></details>\n");
}

/* ---- The page ------------------------------------------------------------------- */

char *
sf_story_page (const SfChain *chain, const SfStory *story, guint replication,
               guint64 seed)
{
  const SfScenario *s = story->scenario;
  GString *out = g_string_new ("<!DOCTYPE html>\n");
  const char *title
      = sf_telling_title (s->title, s->name ? s->name : "shortfall");
  add (out,
       "<html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\">"
       "<meta name=\"viewport\" content=\"width=device-width,"
       "initial-scale=1\"><title>%s</title>",
       sf_lang_code (), sf_lang_is_rtl () ? "rtl" : "ltr", title);
  g_string_append_printf (out, "<style>%s</style></head>\n", style);
  add (out, "<body><main>\n<h1>%s</h1>\n", title);
  g_autofree char *lead = g_strdup_printf (
      _ ("This is the story of one replication, number %u: one way in which it "
         "could have gone, not a forecast. Every number below is from this "
         "replication."),
      replication);
  g_autofree char *usual = sf_chain_usual (chain);
  add (out, "<p>%s %s</p>\n", lead, usual);
  if (s->capital >= 0)
    add_curves (out, chain, story);
  add_chain (out, chain, story);
  add_log (out, story);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  g_autofree char *foot
      = g_strdup_printf (_ ("Made by shortfall %s; seed %s, replication %u."),
                         SF_VERSION, number, replication);
  add (out, "<footer>%s</footer>\n</main></body></html>\n", foot);
  return g_string_free (out, FALSE);
}
