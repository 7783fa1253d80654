/* telling.c - what drove a shortage, in words and as a table. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/causes/telling.h"

#include <math.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/lang/lang.h"
#include "sim/report/csv.h"

#define LINE 79

/* ---- Verdicts -------------------------------------------------------------- */

const char *
sf_cause_verdict (const SfCause *c)
{
  if (c->why_not)
    return "cannot be left out";
  if (c->n == 0)
    return "not run";
  if (c->is_same)
    return "no difference";
  if (!sf_pairs_are_distinct (&c->contrast.pairs))
    return "cannot be told";
  return c->contrast.pairs.difference.high < 0 ? "fewer" : "more";
}

/* ---- The paragraph --------------------------------------------------------- */

static const char *
capital_name (const SfScenario *s)
{
  const SfNodeSpec *n = &s->nodes[s->capital];
  return n->title && *n->title ? _ (n->title) : n->id;
}

/* "71 % fewer (64 to 77 %)"; the share may have no bounds. */
static char *
effect (const SfCauseTold *c)
{
  gboolean is_less = c->difference.estimate < 0;
  double near = is_less ? -c->share.high : c->share.low;
  double far = is_less ? -c->share.low : c->share.high;
  const char *words = _ (c->words);
  if (c->mean_without == 0)
    return g_strdup_printf (_ ("Without %s nobody would have gone without."),
                            words);
  if (isfinite (near) && isfinite (far)) {
    g_autofree char *middle
        = sf_lang_number (100 * fabs (c->share.estimate), 0);
    g_autofree char *low = sf_lang_number (100 * near, 0);
    g_autofree char *high = sf_lang_number (100 * far, 0);
    if (near >= 0.995 && is_less)
      return g_strdup_printf (_ ("Without %s hardly anybody would have gone "
                                 "without."),
                              words);
    return g_strdup_printf (
        is_less
            ? _ ("Without %s there would have been %s %% fewer (%s to %s %%).")
            : _ ("Without %s there would have been %s %% more (%s to %s %%)."),
        words, middle, low, high);
  }
  double least = c->difference.low, most = c->difference.high;
  g_autofree char *middle = sf_lang_rounded (fabs (c->difference.estimate));
  g_autofree char *low = sf_lang_rounded (is_less ? -most : least);
  g_autofree char *high = sf_lang_rounded (is_less ? -least : most);
  return g_strdup_printf (
      is_less ? _ ("Without %s there would have been %s fewer (%s to %s).")
              : _ ("Without %s there would have been %s more (%s to %s)."),
      words, middle, low, high);
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  const SfCauseTold *x = *(const SfCauseTold *const *)a,
                    *y = *(const SfCauseTold *const *)b;
  double dx = fabs (x->difference.estimate), dy = fabs (y->difference.estimate);
  return (dx < dy) - (dx > dy);
}

/* The causes of some verdict, the largest first: const SfCauseTold *. */
static GPtrArray *
those_of (const SfCausesTold *all, const char *verdicts)
{
  GPtrArray *some = g_ptr_array_new ();
  for (guint i = 0; i < all->n_causes; i++)
    if (sf_param_choice (verdicts, all->causes[i].verdict) >= 0)
      g_ptr_array_add (some, (gpointer)&all->causes[i]);
  g_ptr_array_sort (some, by_size);
  return some;
}

/* "a; b; c": commas are in the words themselves. */
static char *
list_of (const GPtrArray *some)
{
  char *list = NULL;
  for (guint i = 0; i < some->len; i++) {
    const SfCauseTold *c = some->pdata[i];
    const char *words = _ (c->words);
    char *longer
        = list ? g_strdup_printf (_ ("%s; %s"), list, words) : g_strdup (words);
    g_free (list);
    list = longer;
  }
  return list;
}

static void
say (GString *out, const char *sentence)
{
  g_string_append_printf (out, "%s%s", out->len ? " " : "", sentence);
}

static void
say_first (GString *out, const SfCausesTold *all)
{
  g_autofree char *mean = sf_lang_rounded (all->mean_run);
  g_autofree char *n = sf_lang_number (all->n_run, 0);
  g_autofree char *text = g_strdup_printf (
      _ ("%s went %s person-days without, all goods together (mean of %s "
         "replications; who goes without two goods counts twice)."),
      all->place, mean, n);
  say (out, text);
}

static void
say_list (GString *out, const SfCausesTold *all, const char *verdict,
          const char *format)
{
  g_autoptr (GPtrArray) some = those_of (all, verdict);
  if (some->len == 0)
    return;
  g_autofree char *list = list_of (some);
  g_autoptr (GString) sentence = g_string_new (format);
  g_string_replace (sentence, "%s", list, 1);
  say (out, sentence->str);
}

static void
say_effects (GString *out, const SfCausesTold *all)
{
  g_autoptr (GPtrArray) some = those_of (all, "fewer|more");
  for (guint i = 0; i < some->len; i++) {
    g_autofree char *text = effect (some->pdata[i]);
    say (out, text);
  }
  if (some->len == 0)
    say (out, _ ("Of nothing that was left out by itself can it be told that "
                 "it changes this."));
  say_list (out, all, "cannot be told",
            _ ("Cannot be told from no effect: %s."));
  say_list (out, all, "no difference",
            _ ("No difference at all in the replications that were looked at: "
               "%s."));
  say_list (out, all, "cannot be left out",
            _ ("Cannot be left out, since nothing would run without: %s."));
  say_list (out, all, "not run", _ ("Not run: %s."));
}

static guint
pairs_of (const SfCausesTold *all)
{
  guint n = 0;
  for (guint i = 0; i < all->n_causes; i++)
    n = MAX (n, all->causes[i].n);
  return n;
}

/* Breaks a paragraph into lines. */
static char *
fill (const char *text)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  glong column = 0;
  for (gsize i = 0; words[i]; i++) {
    glong length = g_utf8_strlen (words[i], -1);
    gboolean is_full = column > 0 && column + 1 + length > LINE;
    if (column > 0)
      g_string_append_c (out, is_full ? '\n' : ' ');
    column = is_full || column == 0 ? length : column + 1 + length;
    g_string_append (out, words[i]);
  }
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

char *
sf_causes_tell (const SfCausesTold *all)
{
  GString *out = g_string_new (NULL);
  if (!(all->mean_run > 0)) {
    g_string_append_printf (
        out,
        _ ("In no replication did anyone in %s go without: there is no "
           "shortage to explain."),
        all->place);
    return g_string_free (out, FALSE);
  }
  say_first (out, all);
  say_effects (out, all);
  guint n = pairs_of (all);
  g_autofree char *number = sf_lang_number (n, 0);
  g_autofree char *end = g_strdup_printf (
      sf_lang_plural (
          "These are differences on the same luck, one thing left out at a "
          "time, over %s replication; the intervals hold together at 95 %%.",
          "These are differences on the same luck, one thing left out at a "
          "time, over %s replications; the intervals hold together at 95 %%.",
          n),
      number);
  say (out, end);
  say (out, _ ("They do not add up: one thing works through another."));
  if (!all->is_whole)
    say (out, _ ("Incomplete: not every replication was done."));
  return g_string_free (out, FALSE);
}

char *
sf_causes_text (const SfCauses *all, const SfScenario *s)
{
  g_autofree SfCauseTold *causes = g_new0 (SfCauseTold, all->n_causes + 1);
  for (guint i = 0; i < all->n_causes; i++) {
    const SfCause *c = &all->causes[i];
    const SfInterval *d = &c->contrast.pairs.difference, *share = &c->share;
    causes[i] = (SfCauseTold){ c->group->words,
                               sf_cause_verdict (c),
                               c->n,
                               c->contrast.pairs.mean_b,
                               { d->estimate, d->low, d->high },
                               { share->estimate, share->low, share->high } };
  }
  const SfCausesTold told = { capital_name (s), all->n_run,    all->mean_run,
                              all->is_whole,    all->n_causes, causes };
  g_autofree char *text = sf_causes_tell (&told);
  return fill (text);
}

/* ---- The table ------------------------------------------------------------- */

static const SfColumn columns[] = {
  { "group", "#meta+group" },
  { "models", "#meta+models" },
  { "measure", "#indicator+name" },
  { "replications_count", "#meta+replications+num" },
  { "mean_base", "#indicator+reference+num" },
  { "mean_without", "#indicator+value+num" },
  { "difference", "#indicator+difference+num" },
  { "low", "#indicator+difference+low+num" },
  { "high", "#indicator+difference+high+num" },
  { "share_frac", "#indicator+share+num" },
  { "share_low_frac", "#indicator+share+low+num" },
  { "share_high_frac", "#indicator+share+high+num" },
  { "p_holm", "#indicator+p+num" },
  { "verdict", "#indicator+verdict" },
  { "off", "#meta+overrides" },
  { NULL, NULL },
};

static char *
joined (const GPtrArray *texts)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (out, "%s%s", i ? " " : "",
                            (const char *)texts->pdata[i]);
  return g_string_free (out, FALSE);
}

static void
put_row (SfCsv *csv, const SfCauses *all, const SfCause *c)
{
  const SfPairs *p = &c->contrast.pairs;
  gboolean is_known = c->n > 0;
  g_autofree char *names = joined (c->group->names);
  g_autofree char *off = joined (c->group->off);
  const double numbers[]
      = { p->mean_a,         p->mean_b,          p->difference.estimate,
          p->difference.low, p->difference.high, c->share.estimate,
          c->share.low,      c->share.high,      c->contrast.p_holm };
  sf_csv_text (csv, c->group->key);
  sf_csv_text (csv, names);
  sf_csv_text (csv, all->measure);
  sf_csv_count (csv, c->n);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sf_csv_number (csv, is_known && isfinite (numbers[i]) ? numbers[i] : NAN);
  sf_csv_text (csv, sf_cause_verdict (c));
  sf_csv_text (csv, off);
  sf_csv_row (csv);
}

gboolean
sf_causes_write (const SfCauses *all, const SfScenario *s, const char *folder,
                 gboolean has_hxl, GError **error)
{
  SfCsv *csv = sf_csv_create (folder, "causes.csv", columns, has_hxl, error);
  if (!csv)
    return FALSE;
  for (guint i = 0; i < all->n_causes; i++)
    put_row (csv, all, &all->causes[i]);
  if (!sf_csv_commit (csv, error))
    return FALSE;
  g_autofree char *text = sf_causes_text (all, s);
  g_autofree char *path = g_build_filename (folder, "causes.txt", NULL);
  return sf_file_write (path, text, strlen (text), error);
}

void
sf_causes_record (const SfCauses *all, SfJson *manifest)
{
  SfJson *one = sf_json_add_object (manifest, "causes");
  sf_json_add_string (one, "measure", all->measure);
  sf_json_add_number (one, "confidence_frac", all->level);
  sf_json_add_number (one, "replications_run_count", all->n_run);
  sf_json_add_number (one, "mean_run", all->mean_run);
  sf_json_add_number (one, "groups_count", all->n_causes);
  guint n_each = 0;
  for (guint i = 0; i < all->n_causes; i++)
    n_each = MAX (n_each, all->causes[i].n);
  sf_json_add_number (one, "replications_each_count", n_each);
  sf_json_add_number (one, "replications_extra_count", all->n_extra);
  sf_json_add_boolean (one, "is_whole", all->is_whole);
}
