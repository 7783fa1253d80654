/* basis.c - the parts of a page on what the result rests on. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/html/html.h"
#include "sim/page/parts.h"

/* Rows that a planner reads before she stops; the others are folded away. */
#define ASSUMPTIONS_MOST 12u

/* ---- Assumptions -------------------------------------------------------- */

/* An uncertain number, with how many numbers of the scenario follow it. */
typedef struct {
  guint row; /* of assumptions.csv */
  int weakness;
  guint users;
} Doubt;

static const struct {
  const char *word, *title;
  int weakness;
} degrees[] = {
  { "assumed", N_ ("assumed"), 5 },   { "unverified", N_ ("unverified"), 4 },
  { "estimate", N_ ("estimate"), 3 }, { "derived", N_ ("derived"), 2 },
  { "reported", N_ ("reported"), 1 },
};

int
sf_page_weakness (const char *confidence)
{
  for (gsize i = 0; i < G_N_ELEMENTS (degrees); i++)
    if (strcmp (degrees[i].word, confidence) == 0)
      return degrees[i].weakness;
  return 6; /* nobody said */
}

const char *
sf_page_confidence (const char *confidence)
{
  for (gsize i = 0; i < G_N_ELEMENTS (degrees); i++)
    if (strcmp (degrees[i].word, confidence) == 0)
      return _ (degrees[i].title);
  return _ ("not stated");
}

/* The number that follows a word in "uniform; min 5; max 14"; NAN. */
static double
number_after (const char *text, const char *word)
{
  const char *at = strstr (text, word);
  return at ? g_ascii_strtod (at + strlen (word), NULL) : NAN;
}

static char *
range_text (const SfPageTable *t, guint row)
{
  const char *law = sf_page_cell (t, row, "parameters");
  double low = sf_page_cell_number (t, row, "low");
  double high = sf_page_cell_number (t, row, "high");
  if (isnan (low) || isnan (high)) {
    low = number_after (law, "min ");
    high = number_after (law, "max ");
  }
  if (isnan (low) || isnan (high))
    return sf_html_clean (law);
  g_autofree char *a = sf_html_number (low), *b = sf_html_number (high);
  return g_strdup_printf (_ ("%s to %s"), a, b);
}

/* The unit that its name ends with, as a reader writes it: "days". */
static const char *
unit_of (const char *pointer)
{
  static const struct {
    const char *suffix, *unit;
  } units[] = { { "_days", N_ ("days") },
                { "_h", N_ ("hours") },
                { "_km", N_ ("km") },
                { "_m3", N_ ("m\u00b3") },
                { "_t", N_ ("t") },
                { "_xof", N_ ("XOF") },
                { "_m3_per_day", N_ ("m\u00b3 a day") } };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_suffix (pointer, units[i].suffix))
      return _ (units[i].unit);
  return "";
}

char *
sf_page_plain_name (const char *pointer)
{
  const char *slash = strrchr (pointer, '/');
  char *name = sf_html_clean (slash ? slash + 1 : pointer);
  static const char *const endings[] = { "_days", "_frac", "_count",
                                         "_prob", "_h",    "_km",
                                         "_m3",   "_t",    "_xof" };
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i])) {
      name[strlen (name) - strlen (endings[i])] = '\0';
      break;
    }
  for (char *c = name; *c; c++)
    if (*c == '_')
      *c = ' ';
  return name;
}

/* A note of the file says more than the help of the parameter. */
static char *
meaning_of (const SfPageTable *t, guint row)
{
  const char *note = sf_page_cell (t, row, "note");
  const char *help = sf_page_cell (t, row, "help");
  return *note ? sf_html_clean (note)
         : g_str_has_prefix (sf_page_cell (t, row, "pointer"), "/assumptions/")
             ? g_strdup ("")
             : sf_html_clean (_ (help));
}

static const SfHtmlColumn *
assumption_columns (SfHtmlColumn columns[7])
{
  const SfHtmlColumn all[] = { { _ ("Assumption"), FALSE },
                               { _ ("Value"), TRUE },
                               { _ ("Range"), TRUE },
                               { _ ("Confidence"), FALSE },
                               { _ ("Source"), FALSE },
                               { _ ("Note"), FALSE },
                               { NULL, FALSE } };
  memcpy (columns, all, sizeof all);
  return columns;
}

static void
put_assumption (SfPage *page, const SfHtmlColumn *columns, const SfPageTable *t,
                guint row)
{
  const char *pointer = sf_page_cell (t, row, "pointer");
  g_autofree char *plain = sf_page_plain_name (pointer);
  g_autofree char *number
      = sf_html_number (sf_page_cell_number (t, row, "value"));
  g_autofree char *value
      = *unit_of (pointer)
            ? g_strdup_printf ("%s\u00a0%s", number, unit_of (pointer))
            : g_steal_pointer (&number);
  g_autofree char *range = range_text (t, row);
  g_autofree char *source = sf_html_clean (sf_page_cell (t, row, "source"));
  g_autofree char *note = meaning_of (t, row);
  const char *const cells[]
      = { plain,  value,
          range,  sf_page_confidence (sf_page_cell (t, row, "confidence")),
          source, note };
  sf_html_row (page->out, columns, cells);
}

static gint
weakest_first (gconstpointer a, gconstpointer b)
{
  const Doubt *x = a, *y = b;
  if (x->weakness != y->weakness)
    return x->weakness > y->weakness ? -1 : 1;
  if (x->users != y->users)
    return x->users > y->users ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* How many numbers follow the assumption at `pointer`. */
static guint
users_of (const SfPageTable *t, const char *pointer)
{
  g_autofree char *what = g_strdup_printf ("assumption %s;", pointer);
  guint n = 0;
  for (guint r = 0; r < t->rows->len; r++)
    n += g_str_has_prefix (sf_page_cell (t, r, "parameters"), what);
  return n;
}

/* What is drawn anew in each run, once each, weakest first: Doubt. */
static GArray *
doubts_of (const SfPageTable *t)
{
  GArray *doubts = g_array_new (FALSE, FALSE, sizeof (Doubt));
  for (guint r = 0; r < t->rows->len; r++) {
    if (strcmp (sf_page_cell (t, r, "is_drawn"), "yes") != 0
        || g_str_has_prefix (sf_page_cell (t, r, "parameters"), "assumption "))
      continue;
    const Doubt d = { r, sf_page_weakness (sf_page_cell (t, r, "confidence")),
                      users_of (t, sf_page_cell (t, r, "pointer")) };
    g_array_append_val (doubts, d);
  }
  g_array_sort (doubts, weakest_first);
  return doubts;
}

static void
put_doubts (SfPage *page, const SfPageTable *t)
{
  SfHtmlColumn columns[7];
  assumption_columns (columns);
  g_autoptr (GArray) doubts = doubts_of (t);
  if (doubts->len == 0) {
    sf_html_paragraph (page->out, _ ("Nothing is drawn anew between runs: the "
                                     "ranges of this page hold chance alone, "
                                     "not what is unknown."));
    return;
  }
  guint n = MIN (doubts->len, ASSUMPTIONS_MOST);
  sf_html_table (page->out,
                 _ ("Uncertain numbers, weakest confidence first; among equals "
                    "those that most others follow"),
                 columns);
  for (guint i = 0; i < n; i++)
    put_assumption (page, columns, t, g_array_index (doubts, Doubt, i).row);
  sf_html_table_end (page->out);
  if (n == doubts->len)
    return;
  g_autofree char *more = g_strdup_printf (
      sf_lang_plural ("%u more uncertain number", "%u more uncertain numbers",
                      doubts->len - n),
      doubts->len - n);
  sf_html_add (page->out, "<details><summary>%s</summary>\n", more);
  sf_html_table (page->out, _ ("The other uncertain numbers"), columns);
  for (guint i = n; i < doubts->len; i++)
    put_assumption (page, columns, t, g_array_index (doubts, Doubt, i).row);
  sf_html_table_end (page->out);
  g_string_append (page->out, "</details>\n");
}

/* What the codes in the column of sources stand for. */
static void
put_sources (SfPage *page, const SfPageTable *t)
{
  const SfJson *all = page->source->scenario
                          ? sf_json_member (page->source->scenario, "sources")
                          : NULL;
  g_autoptr (GArray) doubts = doubts_of (t);
  g_autoptr (GHashTable) cited
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < doubts->len; i++) {
    g_auto (GStrv) codes = g_strsplit_set (
        sf_page_cell (t, g_array_index (doubts, Doubt, i).row, "source"), ", ",
        -1);
    for (char **code = codes; *code; code++)
      g_hash_table_add (cited, g_strdup (*code));
  }
  if (!all || g_hash_table_size (cited) == 0)
    return;
  sf_html_add (page->out, "<details><summary>%s</summary>\n<dl>\n",
               _ ("What the sources are"));
  for (const SfJson *s = sf_json_first (all); s; s = sf_json_next (s)) {
    g_autofree char *title = sf_html_clean (_ (sf_page_text (s, "title")));
    const char *url = sf_page_text (s, "url");
    if (!g_hash_table_contains (cited, sf_json_key (s)))
      continue;
    sf_html_add (page->out, "<dt>%s</dt><dd>%s %s</dd>\n", sf_json_key (s),
                 title, url);
  }
  g_string_append (page->out, "</dl></details>\n");
}

/* "Of 1,337 numbers 160 are reported, ..." */
static void
put_counts (SfPage *page, const SfPageTable *t)
{
  g_autofree char *total = sf_lang_number (t->rows->len, 0);
  GString *parts = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (degrees); i++) {
    guint n = 0;
    for (guint r = 0; r < t->rows->len; r++)
      n += strcmp (sf_page_cell (t, r, "confidence"), degrees[i].word) == 0;
    g_autofree char *number = sf_lang_number (n, 0);
    if (n > 0)
      g_string_append_printf (parts, "%s%s %s", parts->len > 0 ? ", " : "",
                              number, _ (degrees[i].title));
  }
  g_autofree char *text = g_strdup_printf (
      _ ("The scenario holds %s numbers, each with its source and confidence "
         "(%s)."),
      total, parts->str);
  sf_html_paragraph (page->out, text);
  g_string_free (parts, TRUE);
}

/* ---- All ---- */

void
sf_page_put_assumptions (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autoptr (SfPageTable) t = sf_page_table_read (s->folder, "assumptions.csv");
  g_autofree char *path = g_build_filename (s->folder, "assumptions.csv", NULL);
  g_autofree char *csv = NULL;
  sf_page_put_sensitivity (page);
  if (t) {
    put_counts (page, t);
    put_doubts (page, t);
    sf_html_add (page->out, "<p class=\"note\">%s</p>\n",
                 _ ("Confidence, from the weakest: assumed (a choice of this "
                    "model), unverified (found, but not checked), estimate "
                    "(somebody's), derived (worked out from what was "
                    "reported), reported."));
    put_sources (page, t);
    if (g_file_get_contents (path, &csv, NULL, NULL)) {
      g_string_append (page->out, "<p>");
      sf_html_download (page->out, "assumptions.csv", "text/csv", csv,
                        _ ("All numbers with their sources (CSV)"));
      g_string_append (page->out, "</p>\n");
    }
  } else
    sf_html_missing (page->out, _ ("The table assumptions.csv is not in the "
                                   "folder."));
}
