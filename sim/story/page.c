/* page.c - the story of one replication as a page. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/story/page.h"

#include <math.h>
#include <string.h>

#include "sim/html/html.h"
#include "sim/html/sheet.h"
#include "sim/lang/lang.h"
#include "sim/story/story-private.h"

/* The curve's box, in units of the drawing. */
#define WIDTH 480.0
#define HEIGHT 80.0

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
  g_autofree char *when = sf_lang_date (story->scenario->start + (SfDate)worst);
  g_autofree char *first = sf_lang_date (story->scenario->start);
  g_autofree char *last
      = sf_lang_date (story->scenario->start + (SfDate)days - 1);
  g_autofree char *alt = g_strdup_printf (
      _ ("Share of what is wanted of %s that is served, day by day, from %s to "
         "%s; least on %s: %s %%."),
      title, first, last, when, least);
  sf_html_add (
      out,
      "<figure class=\"curve\"><svg viewBox=\"-4 -14 488 114\" role=\"img\" "
      "aria-label=\"%s\">",
      alt);
  g_string_append (out, "<path d=\"M0,2H480M0,82H480\" stroke=\"#c9c9c9\"/>");
  add_line (out, served, days);
  add_mark (out, served, days, worst);
  sf_html_add (
      out,
      "<text x=\"0\" y=\"-3\">100 %%</text><text x=\"0\" y=\"96\">%s</text>"
      "<text x=\"480\" y=\"96\" text-anchor=\"end\">%s</text>",
      first, last);
  sf_html_add (out, "</svg><figcaption>%s</figcaption></figure>\n", alt);
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
  sf_html_add (out, "<li class=\"%s\">", hue_of (turn->kind));
  if (is_first)
    sf_html_add (out, "<time class=\"when\" datetime=\"%s\">%s</time>", date,
                 when);
  sf_html_add (out, "<h3>%s</h3>", turn->title);
  if (turn->reasons->len > 0) {
    g_string_append (out, "<ul>");
    for (guint k = 0; k < turn->reasons->len; k++)
      sf_html_add (out, "<li>%s</li>",
                   g_array_index (turn->reasons, SfReason, k).text);
    g_string_append (out, "</ul>");
  }
  g_string_append (out, "</li>\n");
}

static void
add_chain (GString *out, const SfChain *chain, const SfStory *story)
{
  if (sf_chain_count (chain) == 0) {
    sf_html_paragraph (out,
                       _ ("Nothing turned: the city was served as usual."));
    return;
  }
  g_autofree char *usual = sf_chain_usual (chain);
  sf_html_paragraph (out, usual);
  g_string_append (out, "<ol class=\"story\">\n");
  for (guint i = 0; i < sf_chain_count (chain); i++) {
    const SfTurn *turn = sf_chain_get (chain, i);
    add_turn (out, story, turn,
              i == 0 || sf_chain_get (chain, i - 1)->day != turn->day);
  }
  g_string_append (out, "</ol>\n");
}

/* ---- The log -------------------------------------------------------------------- */

/* "attack" of "attack-convoy", in words. */
static const char *
kind_title (const char *kind)
{
  static const struct {
    const char *family, *title;
  } titles[] = {
    { "attack", N_ ("attack") },     { "attempt", N_ ("attempt") },
    { "convoy", N_ ("convoy") },     { "ending", N_ ("ending") },
    { "event", N_ ("event") },       { "gate", N_ ("frontier") },
    { "road", N_ ("road") },         { "stock", N_ ("stock") },
    { "strike", N_ ("strike") },     { "supplier", N_ ("supplier") },
    { "tripwire", N_ ("tripwire") },
  };
  gsize length = strcspn (kind, "-");
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strlen (titles[i].family) == length
        && strncmp (titles[i].family, kind, length) == 0)
      return _ (titles[i].title);
  return kind;
}

static void
add_log (GString *out, const SfStory *story)
{
  const SfHtmlColumn columns[] = { { _ ("Day"), FALSE },
                                   { _ ("Kind"), FALSE },
                                   { _ ("What happened"), FALSE },
                                   { NULL, FALSE } };
  guint n = sf_log_count (story->log);
  g_autofree char *number = sf_lang_number (n, 0);
  g_autofree char *title
      = g_strdup_printf (sf_lang_plural ("The whole log: %s entry",
                                         "The whole log: %s entries", n),
                         number);
  sf_html_add (out, "<details><summary>%s</summary>\n", title);
  sf_html_table (out, title, columns);
  for (guint i = 0; i < n; i++) {
    const SfLogEntry *e = sf_log_get (story->log, i);
    guint day = e->tick < 0 ? 0 : (guint)(e->tick / SF_TICKS_PER_DAY);
    g_autofree char *date = sf_lang_day (story->scenario->start + (SfDate)day);
    g_autofree char *when = g_strdup_printf ("%u, %s", day, date);
    g_autofree char *text = sf_html_clean (e->text);
    const char *const cells[] = { when, kind_title (e->kind), text };
    sf_html_row (out, columns, cells);
  }
  sf_html_table_end (out);
  g_string_append (out, "</details>\n");
}

/* ---- The page ------------------------------------------------------------------- */

static void
add_header (GString *out, const char *title, guint replication)
{
  g_autofree char *lead = g_strdup_printf (
      _ ("This is the story of one replication, number %u: one way in which it "
         "could have gone, not a forecast. Every number below is from this "
         "replication."),
      replication);
  sf_html_add (out,
               "<header>\n<h1 dir=\"auto\">%s</h1>\n<p>%s</p>\n</header>\n"
               "<main id=\"main\" tabindex=\"-1\">\n",
               title, lead);
}

char *
sf_story_page (const SfChain *chain, const SfStory *story, guint replication,
               guint64 seed)
{
  const SfScenario *s = story->scenario;
  g_autofree char *title = sf_html_clean (
      sf_telling_title (s->title, s->name ? s->name : "shortfall"));
  const SfSheet sheet = { title, "shortfall trace", NULL };
  GString *out = g_string_new (NULL);
  sf_sheet_begin (out, &sheet);
  add_header (out, title, replication);
  if (s->capital >= 0)
    add_curves (out, chain, story);
  sf_html_section (out, "chain", _ ("What happened, and why"));
  add_chain (out, chain, story);
  sf_html_section_end (out);
  add_log (out, story);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  g_autofree char *foot
      = g_strdup_printf (_ ("Made by shortfall %s; seed %s, replication %u."),
                         SF_VERSION, number, replication);
  sf_html_add (out, "</main>\n<footer><p>%s</p></footer>\n", foot);
  sf_sheet_end (out, &sheet);
  return g_string_free (out, FALSE);
}
