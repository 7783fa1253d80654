/* test-page.c - a result folder as one page. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sim/html/html.h"
#include "sim/page/outlook.h"
#include "sim/page/page.h"
#include "sim/html/svg.h"
#include "tests/unit/place.h"

/* ---- Text ------------------------------------------------------------------ */

static void
test_escapes (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  sf_html_add (out, "<p title=\"%s\">%s</p>", "a\"b'c", "<script>&amp;");
  g_assert_cmpstr (out->str, ==,
                   "<p title=\"a&quot;b&apos;c\">&lt;script&gt;&amp;amp;</p>");
}

static void
test_names (void)
{
  g_autofree char *plain = sf_html_clean ("Bamako");
  g_assert_cmpstr (plain, ==, "Bamako");
  g_autofree char *arabic = sf_html_clean ("\u062a\u0645\u0628");
  g_assert_cmpstr (arabic, ==, "\u2068\u062a\u0645\u0628\u2069");
  g_autofree char *turned = sf_html_clean ("a\u202eb\u2069c");
  g_assert_cmpstr (turned, ==, "abc");
  g_autofree char *broken = sf_html_clean ("a\xff\nb");
  g_assert_cmpstr (broken, ==, "a\ufffd b");
}

static void
test_rounding (void)
{
  static const struct {
    double middle, low, high, unit;
    const char *text;
  } bands[] = { { 46.2, 39.8, 57.4, 1, "46 (40 to 57)" },
                { 14.2e6, 6.8e6, 24.6e6, 1e6, "14.2 (6.8 to 24.6)" },
                { 3, 3, 3, 1, "3" },
                { -58.6, -63.1, -54.1, 1, "\u221259 (\u221263 to \u221254)" },
                { NAN, 1, 2, 1, "\u2013" } };
  for (gsize i = 0; i < G_N_ELEMENTS (bands); i++) {
    g_autofree char *text = sf_html_band (bands[i].middle, bands[i].low,
                                          bands[i].high, bands[i].unit);
    g_assert_cmpstr (text, ==, bands[i].text);
  }
  g_autofree char *nearly = sf_html_percent (0.999);
  g_assert_cmpstr (nearly, ==, "99.9\u00a0%");
  g_autofree char *hardly = sf_html_percent (0.0001);
  g_assert_cmpstr (hardly, ==, "< 0.1\u00a0%");
}

/* ---- Pictures -------------------------------------------------------------- */

#define PICTURE                                                                \
  "<?xml version=\"1.0\"?><svg viewBox=\"0 0 10 10\" "                         \
  "xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"><title>Gnuplot</title>" \
  "<defs><circle id='gpDot' r='1'/></defs>"                                    \
  "<g id=\"plot_1\"><title>t using (in(k, \"p50\"))</title>"                   \
  "<use xlink:href='#gpDot'/><path style='filter:url(#gpDot)' d='M0 0'/></g>"  \
  "<script>alert(1)</script><a xlink:href='http://x.example/'><text>in</text>" \
  "</a><text onclick='x()'>5 &lt; 6</text></svg>"

static void
test_pictures (void)
{
  const SfSvgNames names = { "one", "A <title>", "It \"falls\"." };
  g_autofree char *svg = sf_svg_inline (PICTURE, &names);
  g_assert_nonnull (svg);
  g_assert_nonnull (strstr (svg, "id=\"one-gpDot\""));
  g_assert_nonnull (strstr (svg, "href=\"#one-gpDot\""));
  g_assert_nonnull (strstr (svg, "filter=\"url(#one-gpDot)\""));
  g_assert_nonnull (strstr (svg, "id=\"one-plot_1\" data-part=\"median\">"));
  g_assert_nonnull (strstr (svg, "aria-label=\"It &quot;falls&quot;.\""));
  g_assert_nonnull (strstr (svg, "<title>A &lt;title&gt;</title>"));
  g_assert_nonnull (strstr (svg, "5 &lt; 6"));
  const char *const gone[] = { "<script",   "alert",   "onload", "onclick",
                               "x.example", "Gnuplot", "using",  "style=" };
  for (gsize i = 0; i < G_N_ELEMENTS (gone); i++)
    g_assert_null (strstr (svg, gone[i]));
  g_assert_null (sf_svg_inline ("<html></html>", &names));
  g_assert_null (sf_svg_inline ("<svg><g></svg>", &names));
}

/* ---- The headline ---------------------------------------------------------- */

static const char manifest[]
    = "{\"replications_done_count\": 20, \"scenario_name\": \"x\", "
      "\"scenario\": {\"title\": \"<b>Siege</b>\", \"capital\": \"town\", "
      "\"nodes\": {\"town\": {\"title\": \"Town & <i>gown</i>\"}}, "
      "\"time\": {\"start\": \"2030-01-01\", \"end\": \"2030-03-01\", "
      "\"shock\": \"2030-01-11\"}, "
      "\"classes\": {\"bakery\": {\"title\": \"Bakeries\", \"priority\": 1}, "
      "\"hospital\": {\"title\": \"Hospitals\", \"priority\": 2}}, "
      "\"commodities\": {\"fuel\": {\"title\": \"Fuel\"}}}}";

/* A folder whose capital runs out with these probabilities, by day. */
static char *
folder_of (const double *probs, guint n)
{
  char *folder = place_new ();
  g_autoptr (GString) csv
      = g_string_new ("date,day,place,commodity,class,run_out_prob,n\r\n");
  place_write (folder, "manifest.json", manifest);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "2030-01-01,%u,town,fuel,hospital,%g,20\r\n",
                            20 + i, probs[i]);
  place_write (folder, "run-outs.csv", csv->str);
  return folder;
}

static SfPageSource *
source_of (const char *folder)
{
  const SfPageRequest request = { .folder = folder };
  g_autoptr (GError) error = NULL;
  SfPageSource *source = sf_page_source_new (&request, &error);
  g_assert_no_error (error);
  return source;
}

/* Day 20 + i of the run is day 10 + i from the shock; a shortage is complete
 * on its second day, hence began the day before. */
static void
test_headline (void)
{
  static const struct {
    double probs[6];
    const char *sentence, *cell;
  } cases[] = {
    { { 0, 0, 0, 0, 0, 0 }, "no shortage in any run up to 1 March 2030", "" },
    { { 0, 0.05, 0.3, 0.5, 0.95, 1 },
      "lasts 10 to 13 days; half of the runs reach day 12 (23 January 2030)",
      "12 (10 to 13)" },
    { { 0, 0, 1, 1, 1, 1 },
      "lasts 11 days in nearly all runs, until 22 January 2030",
      "11" },
    { { 0, 0.05, 0.3, 0.5, 0.75, 0.75 },
      "lasts 10 days or more; half of the runs reach day 12 (23 January 2030); "
      "25\u00a0% of the runs see no shortage up to 1 March 2030",
      "12 (10 or more)" },
    { { 0, 0, 0, 0.2, 0.2, 0.4 },
      "short in 40\u00a0% of the runs, on day 12 (23 January 2030) at the "
      "earliest; no shortage in the others up to 1 March 2030",
      "12 or more" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folder = folder_of (cases[i].probs, 6);
    g_autoptr (SfPageSource) source = source_of (folder);
    g_autoptr (GArray) outlooks = sf_outlooks_read (source);
    const SfOutlook *o = sf_outlooks_find (outlooks, "fuel", "hospital");
    g_assert_nonnull (o);
    g_autofree char *sentence = sf_outlook_sentence (o, source);
    g_autofree char *cell = sf_outlook_cell (o);
    g_assert_cmpstr (sentence, ==, cases[i].sentence);
    g_assert_cmpstr (cell, ==, cases[i].cell);
    place_remove (folder);
  }
}

static void
test_hospitals_first (void)
{
  const double probs[] = { 1 };
  g_autofree char *folder = folder_of (probs, 1);
  g_autoptr (SfPageSource) source = source_of (folder);
  g_auto (GStrv) classes = sf_outlook_classes (source);
  g_assert_cmpuint (g_strv_length (classes), ==, 1);
  g_assert_cmpstr (classes[0], ==, "hospital");
  place_remove (folder);
}

/* ---- The page -------------------------------------------------------------- */

/* Nothing but the manifest: every part is there and says what it lacks. */
static void
test_missing (void)
{
  g_autofree char *folder = place_new ();
  place_write (folder, "manifest.json", manifest);
  g_autoptr (SfPageSource) source = source_of (folder);
  g_autofree char *html = sf_page_html (source);
  const char *const said[]
      = { "<h2 id=\"making-h\">",       "run-outs.csv is not in the folder",
          "metrics.csv and run-outs",   "causes.txt",
          "This figure is not in",      "ledger.csv is not in the folder",
          "assumptions.csv is not in ", "No levers were compared" };
  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    g_assert_nonnull (strstr (html, said[i]));
  g_assert_nonnull (strstr (html, "&lt;b&gt;Siege&lt;/b&gt;"));
  g_assert_null (strstr (html, "<b>Siege"));
  g_assert_null (strstr (html, "<i>gown"));
  place_remove (folder);
}

static guint
count_of (const char *text, const char *part)
{
  guint n = 0;
  for (const char *at = text; (at = strstr (at, part)); at += strlen (part))
    n++;
  return n;
}

/* Figures were drawn, of which some had nothing to show; the picture of one
 * whose table is there is missed. */
static void
test_nothing_to_draw (void)
{
  g_autofree char *folder = place_new ();
  g_autofree char *data = g_build_filename (folder, "figures", "data", NULL);
  place_write (folder, "manifest.json", manifest);
  g_assert_cmpint (g_mkdir_with_parents (data, 0777), ==, 0);
  g_autoptr (SfPageSource) source = source_of (folder);
  g_autofree char *idle = sf_page_html (source);
  g_assert_cmpuint (count_of (idle, "There was nothing to draw here."), ==, 4);
  g_assert_null (strstr (idle, "This figure is not in"));
  place_write (data, "arrivals.tsv", "a\n");
  g_autofree char *torn = sf_page_html (source);
  g_assert_cmpuint (count_of (torn, "There was nothing to draw here."), ==, 3);
  g_assert_cmpuint (count_of (torn, "This figure is not in"), ==, 1);
  place_remove (folder);
}

static void
test_torn_tables (void)
{
  g_autofree char *folder = place_new ();
  const char *const names[]
      = { "run-outs.csv",    "metrics.csv", "ledger.csv",
          "assumptions.csv", "causes.csv",  "causes.txt" };
  static const char *const texts[]
      = { "", "\r\n", "a\r\n1\r\n", "a,b\r\n1\r\n", "\"a", "\xff,\xfe\r\n1,2" };
  place_write (folder, "manifest.json", manifest);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
      place_write (folder, names[k], texts[i]);
    g_autoptr (SfPageSource) source = source_of (folder);
    g_autofree char *html = sf_page_html (source);
    g_assert_true (g_str_has_suffix (html, "</html>\n"));
    g_assert_true (g_utf8_validate (html, -1, NULL));
  }
  place_remove (folder);
}

static void
test_refuses (void)
{
  g_autofree char *folder = place_new ();
  const SfPageRequest request = { .folder = folder };
  g_autoptr (GError) none = NULL, other = NULL;
  g_assert_null (sf_page_source_new (&request, &none));
  g_assert_error (none, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  place_write (folder, "manifest.json", "{\"command\": \"compare\"}");
  g_assert_null (sf_page_source_new (&request, &other));
  g_assert_error (other, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  place_remove (folder);
}

static void
test_replaces_reports_only (void)
{
  g_autofree char *folder = place_new ();
  g_autofree char *path = g_build_filename (folder, "page.html", NULL);
  g_autoptr (GError) error = NULL;
  place_write (folder, "manifest.json", manifest);
  place_write (folder, "page.html", "<!DOCTYPE html><p>precious</p>");
  g_autoptr (SfPageSource) source = source_of (folder);
  g_assert_false (sf_page_write (source, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_autofree char *kept = place_read (folder, "page.html");
  g_assert_cmpstr (kept, ==, "<!DOCTYPE html><p>precious</p>");
  g_unlink (path);
  for (guint i = 0; i < 2; i++)
    g_assert_true (sf_page_write (source, path, NULL));
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/html/escapes-what-comes-from-outside", test_escapes);
  g_test_add_func ("/page/html/isolates-names-written-leftwards", test_names);
  g_test_add_func ("/page/html/rounds-to-what-is-worth-reading", test_rounding);
  g_test_add_func ("/page/svg/keeps-drawings-and-nothing-else", test_pictures);
  g_test_add_func ("/page/headline/says-what-the-table-holds", test_headline);
  g_test_add_func ("/page/headline/puts-hospitals-first", test_hospitals_first);
  g_test_add_func ("/page/says-what-is-missing", test_missing);
  g_test_add_func ("/page/says-when-there-was-nothing-to-draw",
                   test_nothing_to_draw);
  g_test_add_func ("/page/bears-torn-tables", test_torn_tables);
  g_test_add_func ("/page/refuses-other-folders", test_refuses);
  g_test_add_func ("/page/replaces-reports-only", test_replaces_reports_only);
  return g_test_run ();
}
