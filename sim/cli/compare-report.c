/* compare-report.c - what a comparison found, for people and programs. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/compare-report.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/measure-choice.h"
#include "sim/lang/lang.h"

static const char *
measure_name (const SfComparison *c, guint m)
{
  return c->measures->pdata[m];
}

/* "98.75 %" */
static char *
percent (double frac)
{
  char number[SF_TEXT_NUMBER_SIZE];
  g_ascii_formatd (number, sizeof number, "%.4g", 100 * frac);
  return g_strdup_printf (_ ("%s %%"), sf_lang_decimal (number));
}

/* ---- Cells ------------------------------------------------------------------ */

/* Three significant digits without an exponent. */
static int
digits_for (double number)
{
  double size = fabs (number);
  return size > 0 ? (int)CLAMP (2 - floor (log10 (size)), 0, 6) : 0;
}

static char *
interval_text (const SfInterval *i, const SfScale *s)
{
  if (isnan (i->low))
    return g_strdup (_ ("none"));
  GString *out = g_string_new (NULL);
  sf_append_range (out, i->low / s->unit, i->high / s->unit, s->digits);
  return g_string_free (out, FALSE);
}

/* What one less costs, in words. */
static char *
cost_text (const SfContrast *contrast)
{
  const SfInterval *r = &contrast->per_unit;
  if (!contrast->is_there || contrast->pairs.n_both < 2 || r->n < 2)
    return g_strdup ("");
  if (contrast->pairs.is_identical)
    return g_strdup ("");
  if (isnan (r->low))
    return g_strdup (_ ("not distinguishable"));
  if (contrast->pairs.difference.estimate > 0)
    return g_strdup (_ ("none averted"));
  if (r->low == 0 && r->high == 0)
    return g_strdup (_ ("no cost"));
  int digits = digits_for (r->estimate);
  g_autofree char *estimate = sf_number_text (r->estimate, digits);
  g_autofree char *low = sf_number_text (r->low, digits);
  g_autofree char *high = sf_number_text (r->high, digits);
  return g_strdup_printf (_ ("%s (%s to %s)"), estimate, low, high);
}

/* A cost that differs anywhere makes the column worth its width. */
static gboolean
has_costs (const SfComparison *c)
{
  for (guint k = 1; k < c->n_sides; k++)
    for (guint i = 0; i < c->n; i++)
      if (c->sides[k].cost && c->sides[0].cost && c->sides[k].is_done[i]
          && c->sides[0].is_done[i]
          && c->sides[k].cost[i] != c->sides[0].cost[i])
        return TRUE;
  return FALSE;
}

static gboolean
has_person_days (const SfComparison *c)
{
  for (guint m = 0; m < c->measures->len; m++) {
    g_auto (SfMeasureLabel) label
        = sf_measure_label (c->scenario, measure_name (c, m));
    if (label.is_person_days)
      return TRUE;
  }
  return FALSE;
}

/* Nothing to see: the same number in every replication of every scenario. */
static gboolean
is_flat (const SfComparison *c, guint m)
{
  gboolean is_there = FALSE;
  for (guint k = 0; k + 1 < c->n_sides; k++) {
    const SfContrast *contrast = &c->contrasts[m][k];
    is_there = is_there || contrast->is_there;
    if (contrast->is_there
        && !(contrast->pairs.is_identical
             && isnan (contrast->pairs.variance_ratio)))
      return FALSE;
  }
  return is_there;
}

/* ---- Remarks below a table -------------------------------------------------- */

/* In how many replications it happened, where it did not always. */
static void
note_happened (SfTable *table, const SfComparison *c, guint k, const SfPairs *p)
{
  char number[SF_TEXT_NUMBER_SIZE];
  if (p->n_both == p->n || p->n == 0)
    return;
  sf_table_note (
      table,
      _ ("%s: it happened in both in %u of %u replications, in %s only in %u, "
         "in "
         "%s only in %u, in neither in %u (McNemar's p %s); means "
         "and differences are over both"),
      c->sides[k].name, p->n_both, p->n, c->sides[0].name, p->n_a_only,
      c->sides[k].name, p->n_b_only, p->n_neither,
      sf_lang_decimal (
          g_ascii_formatd (number, sizeof number, "%.2g", p->happened_p)));
}

/* How often a measure that is mostly 0 is not, and how large it is then. */
static void
note_parts (SfTable *table, const SfComparison *c, guint k,
            const SfContrast *contrast, const SfScale *s)
{
  const SfZeroHeavy *parts = &contrast->parts;
  double frac = parts->positive_frac.estimate;
  double before = contrast->parts_reference.positive_frac.estimate;
  if (!(frac > 0 && frac < 0.5) && !(before > 0 && before < 0.5))
    return;
  const SfInterval *mean = &parts->mean_positive;
  const char *name = c->sides[k].name, *other = c->sides[0].name;
  g_autofree char *share = sf_number_text (100 * frac, 0);
  g_autofree char *low = sf_number_text (100 * parts->positive_frac.low, 0);
  g_autofree char *high = sf_number_text (100 * parts->positive_frac.high, 0);
  g_autofree char *was = sf_number_text (100 * before, 0);
  g_autofree char *size = sf_number_text (mean->estimate / s->unit, s->digits);
  g_autofree char *range = interval_text (mean, s);
  if (!(frac > 0))
    sf_table_note (
        table, _ ("%s: above 0 in %s %% of replications (%s to %s; %s: %s)"),
        name, share, low, high, other, was);
  else if (isnan (mean->low))
    sf_table_note (table,
                   _ ("%s: above 0 in %s %% of replications (%s to %s; %s: "
                      "%s), and there on average %s"),
                   name, share, low, high, other, was, size);
  else
    sf_table_note (table,
                   _ ("%s: above 0 in %s %% of replications (%s to %s; %s: "
                      "%s), and there on average %s (%s)"),
                   name, share, low, high, other, was, size, range);
}

/* The differences that no t interval fits, once. */
static void
note_shape (SfTable *table, const SfComparison *c, guint m)
{
  g_autofree char *first = NULL;
  GString *names = g_string_new (NULL);
  for (guint k = 0; k + 1 < c->n_sides; k++) {
    const SfContrast *contrast = &c->contrasts[m][k];
    char *warning
        = contrast->is_there ? sf_shape_warning (&contrast->shape) : NULL;
    if (!warning)
      continue;
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                            c->sides[k + 1].name);
    if (first)
      g_free (warning);
    else
      first = warning;
  }
  g_autofree char *text = g_string_free (names, FALSE);
  if (first)
    sf_table_note (table, _ ("Careful with %s. Of the differences: %s."), text,
                   first);
}

static void
add_notes (SfTable *table, const SfComparison *c, guint m, const SfScale *scale)
{
  for (guint k = 1; k < c->n_sides; k++) {
    const SfContrast *contrast = &c->contrasts[m][k - 1];
    if (!contrast->is_there)
      continue;
    note_happened (table, c, k, &contrast->pairs);
    note_parts (table, c, k, contrast, scale);
    if (contrast->pairs.is_out_of_step)
      sf_table_note (
          table,
          _ ("%s: the correlation is negative, so synchronisation is "
             "broken: it does not meet the luck of %s any more"),
          c->sides[k].name, c->sides[0].name);
  }
  note_shape (table, c, m);
}

/* ---- Tables for people ------------------------------------------------------ */

/* A table with its columns, which a table borrows. */
typedef struct {
  SfTableColumn columns[8];
  char heading[48]; /* "99 % interval" */
  SfTable *table;
} Sheet;

static void
free_sheet (gpointer pointer)
{
  Sheet *sheet = pointer;
  sf_table_free (sheet->table);
  g_free (sheet);
}

static Sheet *
new_sheet (const SfComparison *c, guint m, const SfScale *scale,
           gboolean has_cost)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  g_autofree char *each = percent (sf_level_each (c->level, c->n_sides - 1));
  g_snprintf (sheet->heading, sizeof sheet->heading, _ ("%s interval"), each);
  const SfTableColumn columns[] = {
    { "scenario", N_ ("scenario"), -1 },
    { "mean", N_ ("mean"), scale->digits },
    { "difference", N_ ("difference"), scale->digits },
    { "interval", sheet->heading, -1 },
    { "verdict", N_ ("verdict"), -1 },
    { "correlation", N_ ("correlation"), 2 },
    { "cost", N_ ("XOF per person-day averted"), -1 },
  };
  memcpy (sheet->columns, columns, (has_cost ? 7 : 6) * sizeof columns[0]);
  g_auto (SfMeasureLabel) label
      = sf_measure_label (c->scenario, measure_name (c, m));
  g_autofree char *title = g_strdup_printf (
      "%s%s  [%s]", label.title, _ (scale->words), measure_name (c, m));
  sheet->table = sf_table_new (measure_name (c, m), title, sheet->columns);
  return sheet;
}

static void
add_reference (SfTable *table, const SfComparison *c, guint m,
               const SfScale *scale, gboolean has_cost)
{
  double mean
      = sf_interval_mean (c->sides[0].values[m], c->n, c->level).estimate;
  sf_table_text (table, c->sides[0].name);
  sf_table_number (table, mean / scale->unit);
  sf_table_text (table, "");
  sf_table_text (table, "");
  sf_table_text (table, _ ("the reference"));
  sf_table_text (table, "");
  if (has_cost)
    sf_table_text (table, "");
}

static void
add_side (SfTable *table, const SfComparison *c, guint m, guint k,
          const SfScale *scale)
{
  const SfContrast *contrast = &c->contrasts[m][k - 1];
  const SfPairs *p = &contrast->pairs;
  g_auto (SfMeasureLabel) label
      = sf_measure_label (c->scenario, measure_name (c, m));
  g_autofree char *verdict
      = sf_contrast_verdict (contrast, label.is_counted, scale);
  g_autofree char *interval = contrast->is_there && !p->is_identical
                                  ? interval_text (&p->difference, scale)
                                  : NULL;
  sf_table_text (table, c->sides[k].name);
  sf_table_number (table, contrast->is_there ? p->mean_b / scale->unit : NAN);
  sf_table_number (
      table, contrast->is_there ? p->difference.estimate / scale->unit : NAN);
  sf_table_text (table, interval ? interval : "");
  sf_table_text (table, verdict);
  sf_table_number (table, contrast->is_there ? p->correlation : NAN);
}

static Sheet *
sheet_of (const SfComparison *c, guint m)
{
  SfScale scale = sf_comparison_scale (c, m);
  g_auto (SfMeasureLabel) label
      = sf_measure_label (c->scenario, measure_name (c, m));
  gboolean has_cost = label.is_person_days && has_costs (c);
  Sheet *sheet = new_sheet (c, m, &scale, has_cost);
  add_reference (sheet->table, c, m, &scale, has_cost);
  for (guint k = 1; k < c->n_sides; k++) {
    add_side (sheet->table, c, m, k, &scale);
    if (!has_cost)
      continue;
    g_autofree char *cost = cost_text (&c->contrasts[m][k - 1]);
    sf_table_text (sheet->table, cost);
  }
  add_notes (sheet->table, c, m, &scale);
  return sheet;
}

/* ---- What holds for all ------------------------------------------------------ */

static void
note_sizes (SfTable *table, const SfComparison *c)
{
  sf_table_note (
      table,
      sf_lang_plural ("%u replication of each scenario, seed %ju, on "
                      "the same luck: compared pair by pair.",
                      "%u replications of each scenario, seed %ju, "
                      "on the same luck: compared pair by pair.",
                      c->n),
      c->n, (uintmax_t)c->seed);
  for (guint k = 0; k < c->n_sides; k++)
    if (c->sides[k].n_done < c->n)
      sf_table_note (table,
                     _ ("%s: only %u of %u replications were done (%u failed); "
                        "pairs with one missing are left out."),
                     c->sides[k].name, c->sides[k].n_done, c->n,
                     c->sides[k].n_failed);
  for (guint k = 0; k < c->n_sides; k++)
    if (c->sides[k].problem)
      sf_table_note (table, _ ("%s, the first that failed: %s"),
                     c->sides[k].name, c->sides[k].problem);
}

static void
note_levels (SfTable *table, const SfComparison *c)
{
  guint n = c->n_sides - 1;
  g_autofree char *all = percent (c->level);
  g_autofree char *each = percent (sf_level_each (c->level, n));
  sf_table_note (table,
                 _ ("Differences are the scenario's value less that of %s."),
                 c->sides[0].name);
  if (n == 1)
    sf_table_note (table,
                   _ ("One comparison a measure, at %s (Student's t of the "
                      "differences)."),
                   all);
  else
    sf_table_note (table,
                   _ ("%u comparisons a measure, each interval at %s, so that "
                      "all of a measure hold\ntogether at %s (Bonferroni). "
                      "Measures are not corrected for one another."),
                   n, each, all);
}

static char *
not_recorded (const SfComparison *c, guint m)
{
  GString *missing = g_string_new (NULL);
  for (guint k = 1; k < c->n_sides; k++)
    if (!c->contrasts[m][k - 1].is_there)
      g_string_append_printf (missing, _ ("; not recorded in %s"),
                              c->sides[k].name);
  return g_string_free (missing, FALSE);
}

static void
note_flat (SfTable *table, const SfComparison *c)
{
  char number[SF_TEXT_NUMBER_SIZE];
  gboolean is_first = TRUE;
  for (guint m = 0; m < c->measures->len; m++) {
    if (!is_flat (c, m))
      continue;
    if (is_first)
      sf_table_note (table,
                     _ ("The same in every replication of every scenario:"));
    is_first = FALSE;
    g_auto (SfMeasureLabel) label
        = sf_measure_label (c->scenario, measure_name (c, m));
    g_autofree char *but = not_recorded (c, m);
    double mean
        = sf_interval_mean (c->sides[0].values[m], c->n, c->level).estimate;
    sf_text_number (number, mean);
    sf_table_note (table, _ ("  %s: %s%s  [%s]"), label.title,
                   sf_lang_decimal (number), but, measure_name (c, m));
  }
}

static const SfTableColumn no_columns[] = { { "note", "", -1 }, { NULL } };

static Sheet *
sheet_of_notes (const SfComparison *c)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  sheet->table = sf_table_new ("how", _ ("How to read it"), no_columns);
  note_sizes (sheet->table, c);
  note_levels (sheet->table, c);
  sf_table_note (
      sheet->table,
      _ ("Correlation: what the same luck does; near 1 a few "
         "replications tell scenarios apart,\nnear 0 it is no help."));
  if (has_costs (c) && has_person_days (c))
    sf_table_note (
        sheet->table,
        _ ("XOF per person-day averted: mean extra cost over mean person-days "
           "less, of this commodity\nalone, with an interval by Fieller; no "
           "number "
           "where person-days are not distinguishable."));
  note_flat (sheet->table, c);
  return sheet;
}

static Sheet *
tidy_sheet (const SfComparison *c)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  sheet->table = sf_comparison_tidy (c);
  note_sizes (sheet->table, c);
  note_levels (sheet->table, c);
  return sheet;
}

char *
sf_comparison_print (const SfComparison *c, SfTableFormat format)
{
  gboolean is_tidy = format == SF_TABLE_CSV || format == SF_TABLE_JSON;
  G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_pause (is_tidy);
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func (free_sheet);
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  for (guint m = 0; !is_tidy && m < c->measures->len; m++)
    if (!is_flat (c, m))
      g_ptr_array_add (sheets, sheet_of (c, m));
  g_ptr_array_add (sheets, is_tidy ? tidy_sheet (c) : sheet_of_notes (c));
  for (guint i = 0; i < sheets->len; i++)
    g_ptr_array_add (tables, ((Sheet *)sheets->pdata[i])->table);
  g_autofree char *title = g_strdup_printf (
      "%s: %s", c->sides[0].name,
      c->scenario->title ? _ (c->scenario->title) : _ ("compared"));
  return sf_tables_print (tables, title, format);
}
