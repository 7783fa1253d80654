/* sensitivity.c - what the result hangs on, from folders of sensitivity. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/page/sensitivity.h"

#include <math.h>
#include <string.h>

#include "sim/html/html.h"
#include "sim/lang/lang.h"
#include "sim/page/figure.h"
#include "sim/page/parts.h"
#include "sim/report/manifest.h"

/* Rows that a planner reads before she stops; the figure has them all. */
#define FACTORS_MOST 6u

/* Factors that a caption names. */
#define NAMED_MOST 3u

/* A table of sensitivity and how to read it. */
typedef struct {
  const char *method; /* its file is OUTCOME-METHOD-TABLE.csv */
  const char *ending;
  const char *value, *low, *high;
  const char *heading;
} Strength;

static const Strength strengths[] = {
  { "sobol", "-sobol-indices.csv", "total", "total_low", "total_high",
    N_ ("Share of the spread that goes when it is known") },
  { "morris", "-morris-effects.csv", "mu_star", "mu_star_low", "mu_star_high",
    N_ ("Mean change over its range") },
  { "pawn", "-pawn-distances.csv", "median", "median_low", "median_high",
    N_ ("How far it moves the result, 0 to 1") },
};

/* One folder at hand. */
typedef struct {
  SfPage *page;
  const char *folder, *figures;
  guint number;           /* of the folder, from 1 */
  const SfJson *manifest; /* its root; NULL: there is none */
  SfPageTable *numbers;   /* assumptions.csv of the run; or NULL */
} Analysis;

/* A factor of a sensitivity analysis, with what the scenario says of it. */
typedef struct {
  guint row;        /* of the table of strengths */
  gint number;      /* row of assumptions.csv; -1: none */
  gboolean is_lost; /* it can be chance */
  int weakness;
  const SfJson *fact; /* of the manifest, or NULL */
} Lean;

/* ---- Names ------------------------------------------------------------------ */

/* TRUE when `name` is the title or the id of a factor in some language. */
static gboolean
is_called (const SfJson *factor, const char *name, const SfJson *translations)
{
  const char *title = sf_page_text (factor, "title");
  if (strcmp (title, name) == 0)
    return TRUE;
  for (const SfJson *lang = translations ? sf_json_first (translations) : NULL;
       lang; lang = sf_json_next (lang))
    if (strcmp (sf_page_text (lang, title), name) == 0
        || strcmp (sf_page_text (lang, sf_json_key (factor)), name) == 0)
      return TRUE;
  return FALSE;
}

const SfJson *
sf_page_factor (const SfJson *manifest, const char *name)
{
  const SfJson *all = manifest ? sf_json_member (manifest, "factors") : NULL;
  const SfJson *words = all ? sf_json_member (manifest, "translations") : NULL;
  const SfJson *found = all ? sf_json_member (all, name) : NULL;
  for (const SfJson *f = all ? sf_json_first (all) : NULL; f && !found;
       f = sf_json_next (f))
    if (*name && is_called (f, name, words))
      found = f;
  return found;
}

gint
sf_page_factor_row (const SfPageTable *t, const SfJson *factor)
{
  const char *target = sf_page_text (factor, "target");
  g_autofree char *pointer = g_str_has_suffix (target, "/value")
                                 ? g_strndup (target, strlen (target) - 6)
                                 : g_strdup (target);
  for (guint r = 0; t && *pointer && r < t->rows->len; r++)
    if (strcmp (sf_page_cell (t, r, "pointer"), pointer) == 0)
      return (gint)r;
  return -1;
}

/* The title, else the id as it is translated, else the id in plain letters. */
static char *
name_of (const char *title, const char *id)
{
  const char *shown = _ (*title ? title : id);
  return *title || shown != id ? sf_html_clean (shown)
                               : sf_page_plain_name (id);
}

char *
sf_page_factor_name (const SfJson *factor, const char *id)
{
  return name_of (sf_page_text (factor, "title"), id);
}

static const SfJson *
find_outcome (const SfJson *manifest, const char *outcome)
{
  const SfJson *all = manifest ? sf_json_member (manifest, "outcomes") : NULL;
  return all ? sf_json_member (all, outcome) : NULL;
}

char *
sf_page_outcome_name (const SfJson *manifest, const char *outcome)
{
  return name_of (sf_page_text (find_outcome (manifest, outcome), "title"),
                  outcome);
}

char *
sf_page_outcome_title (const SfJson *manifest, const char *outcome)
{
  const char *unit = sf_page_text (find_outcome (manifest, outcome), "unit");
  g_autofree char *name = sf_page_outcome_name (manifest, outcome);
  return *unit ? g_strdup_printf ("%s (%s)", name, _ (unit))
               : g_steal_pointer (&name);
}

/* ---- Limits ------------------------------------------------------------------ */

/* "5 days" */
static char *
amount (double number, const char *unit)
{
  g_autofree char *text = sf_html_number (number);
  return *unit ? g_strdup_printf ("%s\u00a0%s", text, _ (unit))
               : g_steal_pointer (&text);
}

static char *
words_of (const SfJson *words)
{
  GString *out = g_string_new (NULL);
  for (const SfJson *w = sf_json_first (words); w; w = sf_json_next (w)) {
    g_autofree char *word = sf_html_clean (
        sf_json_kind (w) == SF_JSON_STRING ? sf_json_string (w) : "");
    g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", word);
  }
  return g_string_free (out, FALSE);
}

char *
sf_page_limit (const SfJson *limit)
{
  const SfJson *words = sf_json_member (limit, "words");
  const SfJson *is_on = sf_json_member (limit, "is_on");
  const char *unit = sf_page_text (limit, "unit");
  double low = sf_page_number (limit, "low");
  double high = sf_page_number (limit, "high");
  if (words)
    return words_of (words);
  if (is_on && sf_json_kind (is_on) == SF_JSON_BOOLEAN)
    return g_strdup (sf_json_boolean (is_on) ? _ ("on") : _ ("off"));
  g_autofree char *least = amount (low, isnan (high) ? unit : "");
  g_autofree char *most = amount (high, unit);
  if (isnan (high))
    return g_strdup_printf (_ ("%s or more"), least);
  if (isnan (low))
    return g_strdup_printf (_ ("%s or less"), most);
  return g_strdup_printf (_ ("%s to %s"), least, most);
}

/* "fear: 5 or more; fuel depot: 5 to 7 days" */
static char *
limits_of (const SfJson *manifest, const SfJson *box)
{
  const SfJson *limits = sf_json_member (box, "limits");
  GString *out = g_string_new (NULL);
  for (const SfJson *l = limits ? sf_json_first (limits) : NULL; l;
       l = sf_json_next (l)) {
    const char *id = sf_page_text (l, "factor");
    g_autofree char *name
        = sf_page_factor_name (sf_page_factor (manifest, id), id);
    g_autofree char *where = sf_page_limit (l);
    g_autofree char *one = g_strdup_printf (_ ("%s is %s"), name, where);
    g_autofree char *before = g_strdup (out->str);
    if (out->len == 0)
      g_string_assign (out, one);
    else
      g_string_printf (out, _ ("%s and %s"), before, one);
  }
  return g_string_free (out, FALSE);
}

/* ---- The question and the answer ---------------------------------------------- */

/* "Days of shortage: 20 days or more": what is looked for. */
static char *
looked_for (const SfJson *manifest, const SfJson *box)
{
  static const struct {
    const char *comparison, *words;
  } all[] = {
    { ">=", N_ ("%s: %s or more") }, { ">", N_ ("%s: more than %s") },
    { "<=", N_ ("%s: %s or less") }, { "<", N_ ("%s: less than %s") },
    { "?", N_ ("%s: it happens") },  { "!", N_ ("%s: it never happens") },
  };
  const char *id = sf_page_text (box, "outcome");
  const char *comparison = sf_page_text (box, "comparison");
  const char *unit = sf_page_text (find_outcome (manifest, id), "unit");
  g_autofree char *name = sf_page_outcome_name (manifest, id);
  g_autofree char *limit = amount (sf_page_number (box, "limit"), unit);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (strcmp (all[i].comparison, comparison) == 0) {
      g_autoptr (GString) out = g_string_new (_ (all[i].words));
      g_string_replace (out, "%s", name, 1);
      g_string_replace (out, "%s", limit, 1);
      return g_strdup (out->str);
    }
  return g_steal_pointer (&name);
}

char *
sf_page_box_title (const SfJson *manifest, const SfJson *box)
{
  g_autofree char *what = looked_for (manifest, box);
  return g_strdup_printf (_ ("In which futures? %s"), what);
}

char *
sf_page_box_sentence (const SfJson *manifest, const SfJson *box)
{
  double n = sf_page_number (box, "points_count");
  double n_so = sf_page_number (box, "interest_count");
  double all = sf_page_number (box, "points_all_count");
  double all_so = sf_page_number (box, "interest_all_count");
  g_autofree char *what = looked_for (manifest, box);
  g_autofree char *where = limits_of (manifest, box);
  g_autofree char *n_text = sf_lang_number (n, 0);
  g_autofree char *n_so_text = sf_lang_number (n_so, 0);
  g_autofree char *all_text = sf_lang_number (all, 0);
  g_autofree char *all_so_text = sf_lang_number (all_so, 0);
  g_autofree char *share = sf_html_percent (n_so / n);
  g_autofree char *all_share = sf_html_percent (all_so / all);
  if (!*where)
    return g_strdup_printf (
        _ ("\u201c%s\u201d holds in %s of the %s futures that were tried "
           "(%s). No limit on what was varied tells them apart: they lie "
           "everywhere alike, or too few were tried."),
        what, all_so_text, all_text, all_share);
  return g_strdup_printf (
      _ ("\u201c%s\u201d holds in %s of the %s futures that were tried (%s). "
         "In futures where %s, it holds in %s of %s (%s); these are %s of the "
         "%s in which it holds."),
      what, all_so_text, all_text, all_share, where, n_so_text, n_text, share,
      n_so_text, all_so_text);
}

/* ---- Factors --------------------------------------------------------------- */

static gint
weak_first (gconstpointer a, gconstpointer b)
{
  const Lean *x = a, *y = b;
  if (x->is_lost != y->is_lost)
    return x->is_lost ? 1 : -1;
  if (!x->is_lost && x->weakness != y->weakness)
    return x->weakness > y->weakness ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* The strongest factors; of those that cannot be chance, the weakest
 * confidence first. */
static GArray *
leans_of (const Analysis *a, const SfPageTable *t)
{
  GArray *leans = g_array_new (FALSE, FALSE, sizeof (Lean));
  for (guint r = 0; r < MIN (t->rows->len, FACTORS_MOST); r++) {
    const SfJson *fact
        = sf_page_factor (a->manifest, sf_page_cell (t, r, "factor"));
    Lean lean = { .row = r,
                  .number = sf_page_factor_row (a->numbers, fact),
                  .is_lost = *sf_page_cell (t, r, "verdict") != '\0',
                  .fact = fact };
    if (lean.number >= 0)
      lean.weakness = sf_page_weakness (
          sf_page_cell (a->numbers, (guint)lean.number, "confidence"));
    g_array_append_val (leans, lean);
  }
  g_array_sort (leans, weak_first);
  return leans;
}

/* Over which a factor was varied. */
static char *
varied_range (const SfJson *fact)
{
  const SfJson *range = fact ? sf_json_member (fact, "range") : NULL;
  const SfJson *low = range ? sf_json_first (range) : NULL;
  const SfJson *high = low ? sf_json_next (low) : NULL;
  if (!high || sf_json_kind (low) != SF_JSON_NUMBER
      || sf_json_kind (high) != SF_JSON_NUMBER)
    return NULL;
  g_autofree char *a = sf_html_number (sf_json_number (low));
  g_autofree char *b = sf_html_number (sf_json_number (high));
  return g_strdup_printf (_ ("%s to %s"), a, b);
}

static void
put_lean (const Analysis *a, const SfHtmlColumn *columns, const SfPageTable *t,
          const Strength *how)
{
  g_autoptr (GArray) leans = leans_of (a, t);
  for (guint i = 0; i < leans->len; i++) {
    const Lean *lean = &g_array_index (leans, Lean, i);
    gboolean is_known = lean->number >= 0;
    guint row = is_known ? (guint)lean->number : 0;
    g_autofree char *name = sf_page_factor_name (
        lean->fact, sf_page_cell (t, lean->row, "factor"));
    g_autofree char *strength
        = sf_html_band (sf_page_cell_number (t, lean->row, how->value),
                        sf_page_cell_number (t, lean->row, how->low),
                        sf_page_cell_number (t, lean->row, how->high), 1);
    g_autofree char *range = varied_range (lean->fact);
    g_autofree char *source
        = is_known ? sf_html_clean (sf_page_cell (a->numbers, row, "source"))
                   : NULL;
    const char *confidence = is_known ? sf_page_confidence (
                                 sf_page_cell (a->numbers, row, "confidence"))
                                      : NULL;
    const char *const cells[]
        = { name,       strength, lean->is_lost ? _ ("it can") : _ ("no"),
            confidence, range,    source };
    sf_html_row (a->page->out, columns, cells);
  }
}

/* ---- One outcome ------------------------------------------------------------- */

/* "Strongest: fear 0.45, fuel depot 0.31." */
static char *
strongest (const Analysis *a, const SfPageTable *t, const Strength *how)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;
  for (guint r = 0; r < t->rows->len && n < NAMED_MOST; r++) {
    const char *cell = sf_page_cell (t, r, "factor");
    double value = sf_page_cell_number (t, r, how->value);
    if (isnan (value) || *sf_page_cell (t, r, "verdict"))
      continue;
    g_autofree char *name
        = sf_page_factor_name (sf_page_factor (a->manifest, cell), cell);
    g_autofree char *number = sf_html_number (value);
    g_string_append_printf (names, "%s%s %s", n++ > 0 ? ", " : "", name,
                            number);
  }
  return n > 0 ? g_strdup_printf (_ ("Strongest: %s."), names->str)
               : g_strdup (_ ("Nothing that was varied stands out from "
                              "chance."));
}

/* Puts nothing when there is no picture: tables say the same. */
static void
put_figure (const Analysis *a, const char *name, const char *title,
            const char *finding)
{
  g_autofree char *file = g_strconcat (name, ".svg", NULL);
  g_autofree char *path = g_build_filename (a->figures, file, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  g_autofree char *id = g_strdup_printf ("sensitivity-%u-%s", a->number, name);
  const SfPageFigure figure = { a->figures, name, id, title, finding };
  sf_page_put_figure (a->page->out, &figure);
}

static void
put_strength (const Analysis *a, const char *outcome, const SfPageTable *t,
              const Strength *how)
{
  const SfHtmlColumn columns[] = { { _ ("Assumption"), FALSE },
                                   { _ (how->heading), TRUE },
                                   { _ ("Can it be chance?"), FALSE },
                                   { _ ("Confidence"), FALSE },
                                   { _ ("Varied over"), TRUE },
                                   { _ ("Source"), FALSE },
                                   { NULL, FALSE } };
  g_autofree char *title = sf_page_outcome_name (a->manifest, outcome);
  g_autofree char *caption
      = g_strdup_printf (_ ("%s: what it hangs on"), title);
  g_autofree char *finding = strongest (a, t, how);
  g_autofree char *figure = g_strdup_printf ("%s-%s", outcome, how->method);
  sf_html_table (a->page->out, caption, columns);
  put_lean (a, columns, t, how);
  sf_html_table_end (a->page->out);
  put_figure (a, figure, caption, finding);
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Tables that a folder of `sensitivity` holds, in the order of their names. */
static GPtrArray *
files_of (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name;
       name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, by_name);
  return names;
}

/* How many tables of strengths there are. */
static guint
put_strengths (const Analysis *a)
{
  g_autoptr (GPtrArray) names = files_of (a->folder);
  guint n = 0;
  for (guint i = 0; i < names->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (strengths); k++) {
      const char *name = names->pdata[i];
      if (!g_str_has_suffix (name, strengths[k].ending))
        continue;
      g_autoptr (SfPageTable) t = sf_page_table_read (a->folder, name);
      g_autofree char *outcome
          = g_strndup (name, strlen (name) - strlen (strengths[k].ending));
      if (!t || t->rows->len == 0)
        continue;
      put_strength (a, outcome, t, &strengths[k]);
      n++;
    }
  if (n > 0)
    sf_html_add (a->page->out, "<p class=\"note\">%s</p>\n",
                 _ ("From many runs in which these assumptions were varied "
                    "together. In brackets the range that holds the true value "
                    "in 95 of 100 such analyses. \u201cIt can\u201d: a number "
                    "that changes nothing would do as much."));
  return n;
}

/* ---- In which futures --------------------------------------------------------- */

static void
put_limits (const Analysis *a, const SfJson *box)
{
  const SfHtmlColumn columns[]
      = { { _ ("Assumption"), FALSE },
          { _ ("Lies in"), FALSE },
          { _ ("Chance that the limit means nothing"), TRUE },
          { _ ("Found again, of 10 halves"), TRUE },
          { _ ("Confidence"), FALSE },
          { _ ("Source"), FALSE },
          { NULL, FALSE } };
  sf_html_table (a->page->out, _ ("The limits of these futures, one by one"),
                 columns);
  const SfJson *limits = sf_json_member (box, "limits");
  for (const SfJson *l = limits ? sf_json_first (limits) : NULL; l;
       l = sf_json_next (l)) {
    const char *id = sf_page_text (l, "factor");
    const SfJson *fact = sf_page_factor (a->manifest, id);
    gint row = sf_page_factor_row (a->numbers, fact);
    g_autofree char *name = sf_page_factor_name (fact, id);
    g_autofree char *where = sf_page_limit (l);
    g_autofree char *chance = sf_html_percent (sf_page_number (l, "quasi_p"));
    g_autofree char *again
        = sf_html_number (sf_page_number (l, "repeat_coverage_count"));
    g_autofree char *source
        = row < 0
              ? NULL
              : sf_html_clean (sf_page_cell (a->numbers, (guint)row, "source"));
    const char *confidence = row < 0 ? NULL
                                     : sf_page_confidence (sf_page_cell (
                                         a->numbers, (guint)row, "confidence"));
    const char *const cells[]
        = { name, where, chance, again, confidence, source };
    sf_html_row (a->page->out, columns, cells);
  }
  sf_html_table_end (a->page->out);
}

static void
put_box (const Analysis *a, const SfJson *box)
{
  const char *outcome = sf_page_text (box, "outcome");
  const SfJson *limits = sf_json_member (box, "limits");
  g_autofree char *said = sf_page_box_sentence (a->manifest, box);
  g_autofree char *title = sf_page_box_title (a->manifest, box);
  g_autofree char *name = g_strconcat (outcome, "-prim-box", NULL);
  g_autofree char *way = g_strconcat (outcome, "-prim-trajectory", NULL);
  sf_html_paragraph (a->page->out, said);
  if (limits && sf_json_length (limits) > 0) {
    g_autofree char *where = limits_of (a->manifest, box);
    g_autofree char *finding
        = g_strdup_printf (_ ("In these futures %s."), where);
    put_limits (a, box);
    put_figure (a, name, title, finding);
  }
  sf_html_add (a->page->out, "<details><summary>%s</summary>\n",
               _ ("How these futures were found"));
  put_figure (a, way, title,
              _ ("Each dot is a set of futures: the further right, the more of "
                 "those that are looked for are in it; the higher, the fewer "
                 "others. The ring marks the one that is told."));
  g_string_append (a->page->out, "</details>\n");
}

/* ---- All ----------------------------------------------------------------------- */

static void
put_folder (const Analysis *a)
{
  const SfJson *box = a->manifest ? sf_json_member (a->manifest, "box") : NULL;
  if (put_strengths (a) == 0 && !box)
    sf_html_missing (a->page->out, _ ("The folder of the sensitivity analysis "
                                      "holds no table of factors that this "
                                      "page knows."));
  if (box)
    put_box (a, box);
}

void
sf_page_put_sensitivity (SfPage *page)
{
  const SfPageSource *s = page->source;
  g_autoptr (SfPageTable) numbers
      = sf_page_table_read (s->folder, "assumptions.csv");
  for (guint i = 0; s->sensitivity && s->sensitivity[i]; i++) {
    g_autoptr (SfJsonDoc) manifest = sf_manifest_read (s->sensitivity[i], NULL);
    g_autofree char *figures = sf_page_sensitivity_figures (s, i);
    const Analysis a = { page,
                         s->sensitivity[i],
                         figures,
                         i + 1,
                         manifest ? sf_json_root (manifest) : NULL,
                         numbers };
    put_folder (&a);
  }
}
