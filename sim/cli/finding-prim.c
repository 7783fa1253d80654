/* finding-prim.c - scenario discovery, in words. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/finding.h"
#include "sim/lang/lang.h"
#include "sim/report/figure-data.h"
#include "sim/sensitivity/prim-judge.h"

/* Least share of the runs of interest in the box that is suggested. */
#define COVERAGE_MIN_FRAC 0.5
/* Every so many boxes of the trajectory bear their number in the figure. */
#define NAMED 5

static const SfTableColumn way_columns[] = {
  { "box", N_ ("box"), 0 },
  { "coverage_frac", N_ ("coverage"), 3 },
  { "density_frac", N_ ("density"), 3 },
  { "mass_frac", N_ ("mass"), 3 },
  { "points_count", N_ ("points"), 0 },
  { "restricted_count", N_ ("factors limited"), 0 },
  { "restricted", N_ ("which"), -1 },
  { NULL },
};

static const SfTableColumn box_columns[] = {
  { "factor", N_ ("factor"), -1 },
  { "limits", N_ ("lies in"), -1 },
  { "quasi_p_low", N_ ("quasi-p: low"), 4 },
  { "quasi_p_high", N_ ("high"), 4 },
  { "repeat_coverage_count", N_ ("again: by coverage"), 0 },
  { "repeat_density_count", N_ ("by density"), 0 },
  { NULL },
};

/* A box, and what it was judged by. */
typedef struct {
  const SfSubject *s;
  SfPrim *prim;
  const SfBox *box;
  SfQuasiP *quasi_p;
  SfPrimRepeat *repeats;
} Judged;

/* Four digits, without an exponent where that is possible. */
static const char *
limit_text (char *text, double limit)
{
  g_ascii_formatd (text, SF_TEXT_NUMBER_SIZE, "%.4g", limit);
  return sf_lang_decimal (sf_text_number (text, g_ascii_strtod (text, NULL)));
}

/* "1 to 2.5 h", "at least 3", "one of a, b"; to be freed. */
static char *
limits_text (const SfSubject *s, const SfBox *box, guint i)
{
  const SfStudyFactor *f = &s->sweep->study->factors[i];
  const SfLimit *l = &box->limits[i];
  GString *out = g_string_new (NULL);
  if (f->kind == SF_FACTOR_LEVER)
    return g_strdup (l->low > 0.5 || l->categories == 2 ? _ ("on") : _ ("off"));
  if (f->words) {
    for (guint c = 0; f->words[c]; c++)
      if (l->categories >> c & 1)
        g_string_append_printf (out, "%s%s", out->len ? ", " : "", f->words[c]);
    return g_string_free (out, FALSE);
  }
  char low[SF_TEXT_NUMBER_SIZE], high[SF_TEXT_NUMBER_SIZE];
  limit_text (low, l->low);
  limit_text (high, l->high);
  if (isinf (l->low))
    g_string_append_printf (out, _ ("at most %s"), high);
  else if (isinf (l->high))
    g_string_append_printf (out, _ ("at least %s"), low);
  else
    g_string_append_printf (out, _ ("%s to %s"), low, high);
  if (*f->unit)
    g_string_append_printf (out, " %s", _ (f->unit));
  return g_string_free (out, FALSE);
}

/* The same for programs. */
static char *
english_limits (const SfSubject *s, const SfBox *box, guint i)
{
  G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_pause (TRUE);
  return limits_text (s, box, i);
}

static void
fill_way (SfTable *table, const SfSubject *s, const SfPrim *prim)
{
  for (guint b = 0; b < prim->n_boxes; b++) {
    const SfBox *box = prim->boxes[b];
    g_autoptr (GString) names = g_string_new (NULL);
    g_autoptr (GString) shown = g_string_new (NULL);
    for (guint i = 0; i < box->k; i++)
      if (!sf_limit_is_none (&box->limits[i])) {
        g_string_append_printf (names, "%s%s", names->len ? ", " : "",
                                s->sweep->study->factors[i].id);
        g_string_append_printf (shown, "%s%s", shown->len ? ", " : "",
                                sf_subject_shown (s, i));
      }
    sf_table_number (table, b);
    sf_table_number (table, box->coverage_frac);
    sf_table_number (table, box->density_frac);
    sf_table_number (table, box->mass_frac);
    sf_table_number (table, box->n);
    sf_table_number (table, box->n_restricted);
    sf_table_words (table, names->str, shown->str);
  }
}

/* "fear is at least 4.7 and escorts_count at most 2"; to be freed. */
static char *
condition_text (const Judged *j)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < j->box->k; i++) {
    if (sf_limit_is_none (&j->box->limits[i]))
      continue;
    g_autofree char *limits = limits_text (j->s, j->box, i);
    g_string_append_printf (out,
                            out->len ? _ (" and %s is %s") : _ ("%s is %s"),
                            sf_subject_shown (j->s, i), limits);
  }
  return g_string_free (out, FALSE);
}

/* The answer to "in which futures?". */
static void
note_answer (SfTable *table, const Judged *j)
{
  const SfBox *box = j->box, *all = j->prim->boxes[0];
  g_autofree char *when = condition_text (j);
  if (box->n_restricted > 0)
    sf_table_note (
        table,
        _ ("Where %s, %.0f %% of points are of interest, against %.0f %% "
           "of all; these are %.0f %% of all that are."),
        when, 100 * box->density_frac, 100 * all->density_frac,
        100 * box->coverage_frac);
}

static void
fill_box (SfTable *table, const Judged *j, guint number)
{
  const SfBox *box = j->box;
  note_answer (table, j);
  for (guint i = 0; i < box->k; i++) {
    if (sf_limit_is_none (&box->limits[i]))
      continue;
    g_autofree char *limits = limits_text (j->s, box, i);
    g_autofree char *plain = english_limits (j->s, box, i);
    sf_finding_put_factor (table, j->s, i);
    sf_table_words (table, plain, limits);
    sf_table_number (table, j->quasi_p[i].below_prob);
    sf_table_number (table, j->quasi_p[i].above_prob);
    sf_table_number (table, j->repeats[i].by_coverage);
    sf_table_number (table, j->repeats[i].by_density);
  }
  sf_table_note (
      table,
      _ ("box %u, without limits that say nothing: %u points, %u of them "
         "of interest; density %s, coverage %s"),
      number, box->n, box->n_interest,
      sf_lang_real ("%.3g", box->density_frac).text,
      sf_lang_real ("%.3g", box->coverage_frac).text);
  sf_table_note (
      table,
      _ ("quasi-p: how probable it is that a limit owes its density to "
         "chance, a ranking and no true p; again: in how many of %d "
         "random halves the factor is limited too"),
      SF_PRIM_HALVES);
}

/* ---- Figures ------------------------------------------------------------------------- */

static char *
way_figure (const SfPrim *prim, guint chosen)
{
  GString *out = g_string_new ("box\tcoverage_frac\tdensity_frac\trestricted_"
                               "count\tis_chosen\tis_named\n");
  for (guint b = 0; b < prim->n_boxes; b++) {
    const SfBox *box = prim->boxes[b];
    const double cells[] = { b,
                             box->coverage_frac,
                             box->density_frac,
                             box->n_restricted,
                             b == chosen,
                             b % NAMED == 0 || b == chosen };
    for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
      sf_figure_put_number (out, cells[i],
                            i + 1 < G_N_ELEMENTS (cells) ? '\t' : '\n');
  }
  return g_string_free (out, FALSE);
}

/* Least and largest value of a factor among the rows. */
static void
range_of (const SfPrim *prim, guint factor, double *low, double *high)
{
  const SfSample *x = &prim->rows.sample;
  *low = INFINITY;
  *high = -INFINITY;
  for (guint r = 0; r < x->n; r++) {
    *low = MIN (*low, x->x[(gsize)r * x->k + factor]);
    *high = MAX (*high, x->x[(gsize)r * x->k + factor]);
  }
}

static void
put_bar (GString *out, const Judged *j, guint factor, guint row, double low,
         double high)
{
  g_autofree char *limits = limits_text (j->s, j->box, factor);
  const SfQuasiP *q = &j->quasi_p[factor];
  double p = fmax (q->below_prob, q->above_prob);
  g_autofree char *trust
      = g_strdup_printf (_ ("p %s, %u of %d"), sf_lang_real ("%.2g", p).text,
                         j->repeats[factor].by_coverage, SF_PRIM_HALVES);
  sf_figure_put_number (out, row, '\t');
  sf_figure_put_text (out, sf_subject_shown (j->s, factor), '\t');
  sf_figure_put_number (out, low, '\t');
  sf_figure_put_number (out, high, '\t');
  sf_figure_put_text (out, limits, '\t');
  sf_figure_put_text (out, trust, '\n');
}

static void
put_factor (GString *out, const Judged *j, guint factor, guint row)
{
  const SfStudyFactor *f = &j->s->sweep->study->factors[factor];
  const SfLimit *l = &j->box->limits[factor];
  double low, high;
  guint n = f->words ? g_strv_length (f->words) : 0;
  for (guint c = 0; c < n; c++)
    if (l->categories >> c & 1)
      put_bar (out, j, factor, row, (double)c / n, (c + 1.0) / n);
  if (n > 0)
    return;
  range_of (j->prim, factor, &low, &high);
  double span = high > low ? high - low : 1;
  put_bar (out, j, factor, row, isinf (l->low) ? 0 : (l->low - low) / span,
           isinf (l->high) ? 1 : (l->high - low) / span);
}

static char *
box_figure (const Judged *j)
{
  GString *out
      = g_string_new ("row\tlabel\tlow_frac\thigh_frac\tlimits\ttrust\n");
  guint row = 0;
  for (guint i = 0; i < j->box->k; i++)
    if (!sf_limit_is_none (&j->box->limits[i]))
      put_factor (out, j, i, ++row);
  return g_string_free (out, FALSE);
}

/* ---- For the manifest ----------------------------------------------------------------- */

/* What one factor may be, for who tells it in another language. */
static void
add_limit (SfJson *limits, const Judged *j, guint i)
{
  const SfStudyFactor *f = &j->s->sweep->study->factors[i];
  const SfLimit *l = &j->box->limits[i];
  const SfQuasiP *q = &j->quasi_p[i];
  double p = fmax (q->below_prob, q->above_prob);
  SfJson *limit = sf_json_add_object (limits, NULL);
  sf_json_add_string (limit, "factor", f->id);
  sf_json_add_string (limit, "unit", f->unit);
  if (f->kind == SF_FACTOR_LEVER)
    sf_json_add_boolean (limit, "is_on", l->low > 0.5 || l->categories == 2);
  else if (f->words) {
    SfJson *words = sf_json_add_array (limit, "words");
    for (guint c = 0; f->words[c]; c++)
      if (l->categories >> c & 1)
        sf_json_add_string (words, NULL, f->words[c]);
  } else {
    if (!isinf (l->low))
      sf_json_add_number (limit, "low", l->low);
    if (!isinf (l->high))
      sf_json_add_number (limit, "high", l->high);
  }
  if (!isnan (p))
    sf_json_add_number (limit, "quasi_p", p);
  sf_json_add_number (limit, "repeat_coverage_count",
                      j->repeats[i].by_coverage);
}

static SfJsonDoc *
box_facts (const Judged *j, guint number)
{
  const SfInterest *interest = j->s->interest;
  const SfBox *all = j->prim->boxes[0];
  SfJsonDoc *doc = sf_json_doc_new_object ("box");
  SfJson *root = sf_json_root (doc);
  sf_json_add_string (root, "outcome",
                      j->s->sweep->study->outcomes[interest->outcome].name);
  sf_json_add_string (root, "comparison", interest->comparison);
  if (isfinite (interest->limit))
    sf_json_add_number (root, "limit", interest->limit);
  sf_json_add_number (root, "number", number);
  sf_json_add_number (root, "points_count", j->box->n);
  sf_json_add_number (root, "interest_count", j->box->n_interest);
  sf_json_add_number (root, "points_all_count", all->n);
  sf_json_add_number (root, "interest_all_count", all->n_interest);
  sf_json_add_number (root, "halves_count", SF_PRIM_HALVES);
  SfJson *limits = sf_json_add_array (root, "limits");
  for (guint i = 0; i < j->box->k; i++)
    if (!sf_limit_is_none (&j->box->limits[i]))
      add_limit (limits, j, i);
  return doc;
}

/* ---- The finding ---------------------------------------------------------------------- */

static SfFinding *
judge (const SfSubject *s, SfPrim *prim, guint number)
{
  SfFinding *f = sf_finding_new (s, "prim");
  g_autoptr (SfBox) box = sf_prim_simplify (prim, prim->boxes[number]);
  g_autofree SfQuasiP *quasi_p = g_new0 (SfQuasiP, box->k);
  g_autofree SfPrimRepeat *repeats = g_new0 (SfPrimRepeat, box->k);
  Judged j = { s, prim, box, quasi_p, repeats };
  sf_prim_quasi_p (prim, box, quasi_p);
  sf_prim_repeat (prim, box, s->resample.seed, SF_PRIM_HALVES, repeats);
  SfTable *way = sf_finding_add_table (
      f, s, "trajectory", _ ("Boxes on the way of peeling"), way_columns);
  fill_way (way, s, prim);
  sf_finding_note_sample (way, s);
  sf_table_note (
      way,
      _ ("%u of %u points are of interest; %u have a run that failed and "
         "are left out; --box N looks at another box"),
      prim->rows.n_interest, prim->rows.sample.n, prim->n_failed);
  SfTable *table = sf_finding_add_table (
      f, s, "box", _ ("Where the points of interest lie"), box_columns);
  fill_box (table, &j, number);
  if (box->n_restricted == 0)
    sf_table_note (table, _ ("no limit says anything: what is of interest lies "
                             "everywhere alike, or there are too few runs"));
  f->box = box_facts (&j, number);
  sf_finding_add_figure (f, s, "prim-trajectory", way_figure (prim, number));
  if (box->n_restricted > 0)
    sf_finding_add_figure (f, s, "prim-box", box_figure (&j));
  return f;
}

static gboolean
check_categories (const SfSubject *s, GError **error)
{
  const SfStudy *study = s->sweep->study;
  for (guint i = 0; i < study->n_factors; i++) {
    const SfStudyFactor *f = &study->factors[i];
    if (f->kind != SF_FACTOR_CATEGORY || f->n_levels <= SF_CATEGORIES_MAX)
      continue;
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
                 _ ("%s has %u words; this analysis takes at most %d"), f->id,
                 f->n_levels, SF_CATEGORIES_MAX);
    return FALSE;
  }
  return TRUE;
}

SfFinding *
sf_finding_prim (const SfSubject *s, GError **error)
{
  if (!check_categories (s, error))
    return NULL;
  g_autoptr (SfCollected) rows
      = sf_collect_medians (s->sweep, s->outcome, error);
  if (!rows)
    return NULL;
  sf_interest_mark (s->interest, rows);
  g_autofree SfColumn *columns = sf_subject_columns (s);
  const SfSample sample
      = { .n = rows->n, .k = rows->k, .x = rows->x, .columns = columns };
  const SfPrimOptions options = { .peel_frac = SF_PRIM_PEEL_FRAC,
                                  .mass_min_frac = SF_PRIM_MASS_MIN_FRAC };
  g_autoptr (SfPrim) prim = sf_prim_new (&sample, rows->y, &options);
  if (prim->rows.n_interest == 0
      || prim->rows.n_interest == prim->rows.sample.n) {
    g_set_error (
        error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
        prim->rows.n_interest == 0
            ? _ ("none of the %u points is of interest: there is nothing to "
                 "tell apart")
            : _ ("every one of the %u points is of interest: there is nothing "
                 "to tell apart"),
        prim->rows.sample.n);
    return NULL;
  }
  if (s->box >= (gint)prim->n_boxes) {
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
                 _ ("there is no box %d; they are 0 to %u"), s->box,
                 prim->n_boxes - 1);
    return NULL;
  }
  guint number
      = s->box >= 0 ? (guint)s->box : sf_prim_suggest (prim, COVERAGE_MIN_FRAC);
  return judge (s, prim, number);
}
