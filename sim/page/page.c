/* page.c - a result folder as one page to read, print and send. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/page/page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "page-assets.h"
#include "sim/base/file.h"
#include "sim/html/html.h"
#include "sim/html/sheet.h"
#include "sim/lang/lang.h"
#include "sim/page/parts.h"

/* By this a page is known again. */
#define GENERATOR "shortfall report"

/* ---- Mass balance ------------------------------------------------------- */

static const struct {
  const char *column, *title;
} accounts[] = {
  { "consumed", N_ ("Used") },     { "lost", N_ ("Lost") },
  { "seized", N_ ("Seized") },     { "leaked", N_ ("Sold elsewhere") },
  { "in_stock", N_ ("In stock") }, { "in_transit", N_ ("On the road") },
  { "hoarded", N_ ("Hoarded") },
};

/* Mean of a column over the rows of a commodity. */
static double
mean_of (const SfPageTable *t, const char *commodity, const char *column)
{
  double sum = 0;
  guint n = 0;
  for (guint r = 0; r < t->rows->len; r++) {
    double value = sf_page_cell_number (t, r, column);
    if (strcmp (sf_page_cell (t, r, "commodity"), commodity) != 0
        || isnan (value))
      continue;
    sum += value;
    n++;
  }
  return n > 0 ? sum / n : NAN;
}

static void
put_account (SfPage *page, const SfHtmlColumn *columns, const SfPageTable *t,
             guint first)
{
  const char *commodity = sf_page_cell (t, first, "commodity");
  const char *unit = sf_page_cell (t, first, "unit");
  double in
      = mean_of (t, commodity, "initial") + mean_of (t, commodity, "loaded");
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title
      = sf_page_title (page->source, "commodities", commodity);
  g_autofree char *total = sf_lang_number (in, 0);
  g_ptr_array_add (cells, g_steal_pointer (&title));
  g_ptr_array_add (
      cells, g_strdup_printf ("%s\u00a0%s", total,
                              strcmp (unit, "m3") == 0 ? "m\u00b3" : unit));
  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++) {
    double frac = mean_of (t, commodity, accounts[i].column) / in;
    g_ptr_array_add (cells, sf_html_percent (frac));
  }
  sf_html_row (page->out, columns, (const char *const *)cells->pdata);
}

static void
put_accounts (SfPage *page, const SfPageTable *t)
{
  SfHtmlColumn columns[G_N_ELEMENTS (accounts) + 3]
      = { { _ ("Goods"), FALSE }, { _ ("There at first or loaded"), TRUE } };
  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    columns[i + 2] = (SfHtmlColumn){ _ (accounts[i].title), TRUE };
  sf_html_table (page->out, _ ("Where the goods went: means over all runs"),
                 columns);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint r = 0; r < t->rows->len; r++)
    if (g_hash_table_add (seen, (char *)sf_page_cell (t, r, "commodity")))
      put_account (page, columns, t, r);
  sf_html_table_end (page->out);
}

void
sf_page_put_balance (SfPage *page)
{
  g_autoptr (SfPageTable) t
      = sf_page_table_read (page->source->folder, "ledger.csv");
  if (t && t->rows->len > 0) {
    double worst_frac = 0;
    for (guint r = 0; r < t->rows->len; r++)
      worst_frac = fmax (worst_frac,
                         fabs (sf_page_cell_number (t, r, "imbalance_frac")));
    sf_html_paragraph (
        page->out,
        worst_frac < 1e-6
            ? _ ("Yes. In every run, for every kind of goods, what was there "
                 "at first and what was loaded is what was used, lost, seized, "
                 "sold elsewhere, hoarded, or is still in stock or on the "
                 "road. The largest difference is below one part in a million.")
            : _ ("No. In at least one run more than one part in a million of "
                 "what was loaded is missing from the account or too much: do "
                 "not rely on this result, and report it."));
    put_accounts (page, t);
  } else
    sf_html_missing (page->out, _ ("The table ledger.csv is not in the folder, "
                                   "so it cannot be shown that the goods add "
                                   "up."));
}

/* ---- What it is not, how it was made ------------------------------------ */

void
sf_page_put_limits (SfPage *page)
{
  const char *const limits[] = {
    _ ("Not a forecast: it tells what follows from the assumptions, and its "
       "ranges hold no more uncertainty than the assumptions do."),
    _ ("Not an early warning: it watches nothing."),
    _ ("Not a source on where anyone is: it knows corridors from public "
       "reports, not positions."),
    _ ("Not a plan of attack: it tests how robust a supply is. Attacks are "
       "inputs to it."),
  };
  g_string_append (page->out, "<ul>\n");
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sf_html_add (page->out, "<li>%s</li>\n", limits[i]);
  g_string_append (page->out, "</ul>\n");
}

static void
put_fact (SfPage *page, const char *name, const char *value)
{
  if (value && *value)
    sf_html_add (page->out, "<dt>%s</dt><dd>%s</dd>\n", name, value);
}

/* Names and versions of what the program is linked with. */
static char *
libraries_text (const SfPageSource *s)
{
  const SfJson *all = sf_json_member (s->run, "libraries");
  GString *out = g_string_new (sf_page_text (s->run, "compiler"));
  for (const SfJson *l = all ? sf_json_first (all) : NULL; l;
       l = sf_json_next (l))
    if (sf_json_kind (l) == SF_JSON_STRING)
      g_string_append_printf (out, "%s%s %s", out->len > 0 ? ", " : "",
                              sf_json_key (l), sf_json_string (l));
  return g_string_free (out, FALSE);
}

/* The command line as it can be typed again. */
static char *
command_text (const SfPageSource *s)
{
  const SfJson *line = sf_json_member (s->run, "command_line");
  GString *out = g_string_new (NULL);
  for (const SfJson *w = line ? sf_json_first (line) : NULL; w;
       w = sf_json_next (w)) {
    const char *word
        = sf_json_kind (w) == SF_JSON_STRING ? sf_json_string (w) : "";
    gboolean is_plain
        = *word
          && strspn (word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY"
                           "Z0123456789-_./=:,+@%")
                 == strlen (word);
    g_autofree char *quoted = is_plain ? g_strdup (word) : g_shell_quote (word);
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", quoted);
  }
  return g_string_free (out, FALSE);
}

static char *
runs_text (const SfPageSource *s)
{
  double asked = sf_page_number (s->run, "replications_asked_count");
  g_autofree char *n = sf_lang_number (s->n, 0);
  if (isnan (asked) || asked == s->n)
    return g_steal_pointer (&n);
  g_autofree char *all = sf_lang_number (asked, 0);
  return g_strdup_printf (_ ("%s of %s that were asked for"), n, all);
}

static void
put_facts (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autofree char *runs = runs_text (s);
  g_autofree char *libraries = libraries_text (s);
  SfDate day;
  g_autofree char *iso = g_strndup (sf_page_text (s->run, "start"), 10);
  g_autofree char *made
      = sf_date_parse (iso, &day) ? sf_lang_date (day) : g_strdup (iso);
  g_autofree char *version
      = g_strdup_printf ("shortfall %s", sf_page_text (s->run, "version"));
  g_string_append (page->out, "<dl>\n");
  put_fact (page, _ ("Program"), version);
  put_fact (page, _ ("Its models (SHA-256)"),
            sf_page_text (s->run, "sources_sha256"));
  put_fact (page, _ ("Scenario"), sf_page_text (s->run, "scenario_name"));
  put_fact (page, _ ("Scenario (SHA-256)"),
            sf_page_text (s->run, "scenario_sha256"));
  put_fact (page, _ ("Runs"), runs);
  put_fact (page, _ ("Seed"), sf_page_text (s->run, "seed"));
  put_fact (page, _ ("Simulated on"), made);
  put_fact (page, _ ("Made with"), libraries);
  g_string_append (page->out, "</dl>\n");
}

void
sf_page_put_making (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autofree char *command = command_text (s);
  g_autofree char *scenario = sf_json_print (s->scenario, FALSE);
  put_facts (page);
  if (*command)
    sf_html_add (page->out,
                 "<p>%s</p>\n<pre class=\"scroll\" tabindex=\"0\"><code>"
                 "%s</code></pre>\n",
                 _ ("This command made the tables; the same scenario, seed and "
                    "version give the same numbers again:"),
                 command);
  g_string_append (page->out, "<p>");
  sf_html_download (page->out, "scenario.json", "application/json", scenario,
                    _ ("The scenario as it was run (JSON)"));
  g_string_append (page->out, "</p>\n");
}

/* ---- The page ----------------------------------------------------------- */

static GBytes *
script (void)
{
  static gsize is_ready;
  if (g_once_init_enter (&is_ready)) {
    sf_page_assets_register_resource ();
    g_once_init_leave (&is_ready, 1);
  }
  GBytes *bytes = g_resource_lookup_data (sf_page_assets_get_resource (),
                                          "/shortfall/page/report.js",
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes);
  return bytes;
}

/* The parts in their order: the id that each gives its section, and what it
 * is called in the list of contents. */
static const struct {
  const char *id, *heading;
  void (*put) (SfPage *page);
} parts[] = {
  { "question", N_ ("The question"), sf_page_put_question },
  { "headline", N_ ("In short"), sf_page_put_headline },
  { "curves", N_ ("How supply holds, day by day"), sf_page_put_curves },
  { "map", N_ ("On the map"), sf_page_put_map },
  { "events", N_ ("What happened, and when"), sf_page_put_events },
  { "service", N_ ("Who goes without"), sf_page_put_service },
  { "causes", N_ ("What drove the shortage"), sf_page_put_causes },
  { "levers", N_ ("What levers would change"), sf_page_put_levers },
  { "assumptions", N_ ("What would change this picture"),
    sf_page_put_assumptions },
  { "balance", N_ ("Do the goods add up?"), sf_page_put_balance },
  { "limits", N_ ("What this is not"), sf_page_put_limits },
  { "making", N_ ("How it was made, and how to run it again"),
    sf_page_put_making },
};

static void
put_contents (SfPage *page)
{
  sf_html_add (page->out, "<nav aria-label=\"%s\"><ol>\n", _ ("Contents"));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    sf_html_add (page->out, "<li><a href=\"#%s\">%s</a></li>\n", parts[i].id,
                 _ (parts[i].heading));
  g_string_append (page->out, "</ol></nav>\n");
}

static void
put_header (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autofree char *start = sf_lang_date (s->start);
  g_autofree char *end = sf_lang_date (s->end);
  g_autofree char *n = sf_lang_number (s->n, 0);
  g_autofree char *text = g_strdup_printf (
      sf_lang_plural ("%s to %s, %s run", "%s to %s, %s runs", s->n), start,
      end, n);
  sf_html_add (page->out,
               "<header>\n<h1 dir=\"auto\">%s</h1>\n<p>%s</p>\n</header>\n",
               s->title, text);
}

/* The words that the script needs, where it finds them. */
static void
put_words (SfPage *page)
{
  sf_html_add (page->out,
               "<main id=\"main\" tabindex=\"-1\" data-day=\"%s\" "
               "data-show=\"%s\" data-median=\"%s\" data-half=\"%s\" "
               "data-wide=\"%s\" data-band=\"%s\" data-join=\"%s\" "
               "data-hint=\"%s\">\n",
               _ ("Read a day"), _ ("Show:"), _ ("median"),
               _ ("middle half of runs"), _ ("nine runs in ten"),
               _ ("{low} to {high}"), _ ("; "),
               _ ("Point at the curves or move the slider to read a day."));
}

char *
sf_page_html (const SfPageSource *source)
{
  g_return_val_if_fail (source != NULL, NULL);
  SfPage page = { source, g_string_sized_new (2000000) };
  g_autoptr (GBytes) code = script ();
  g_autofree char *title = g_strdup_printf (_ ("%s: report"), source->title);
  const SfSheet sheet = { title, GENERATOR, code };
  sf_sheet_begin (page.out, &sheet);
  put_header (&page);
  put_contents (&page);
  put_words (&page);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    sf_html_section (page.out, parts[i].id, _ (parts[i].heading));
    parts[i].put (&page);
    sf_html_section_end (page.out);
  }
  g_string_append (page.out, "</main>\n<footer><p>");
  sf_html_add (page.out, "%s",
               _ ("Made with shortfall, a simulator of supply routes under "
                  "disruption. This file needs no network and asks for "
                  "nothing."));
  g_string_append (page.out, "</p></footer>\n");
  sf_sheet_end (page.out, &sheet);
  return g_string_free (page.out, FALSE);
}

/* ---- The file ----------------------------------------------------------- */

/* A page of ours, or nothing of anybody's. */
static gboolean
may_replace (const char *path)
{
  char head[SF_SHEET_HEAD_BYTES + 1];
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  FILE *file = fopen (path, "r");
  if (!file)
    return FALSE;
  gsize n = fread (head, 1, SF_SHEET_HEAD_BYTES, file);
  fclose (file);
  head[n] = '\0';
  return n == 0 || sf_sheet_is_ours (head, GENERATOR);
}

gboolean
sf_page_write (const SfPageSource *source, const char *path, GError **error)
{
  g_return_val_if_fail (source && path, FALSE);
  if (!may_replace (path)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                 _ ("%s is there and is no report; name another file with -o"),
                 path);
    return FALSE;
  }
  g_autofree char *html = sf_page_html (source);
  return sf_file_write (path, html, strlen (html), error);
}
