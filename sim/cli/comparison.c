/* comparison.c - contenders set against a reference, as numbers and words. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/comparison.h"

#include <math.h>

#include "sim/base/text.h"
#include "sim/cli/measure-choice.h"
#include "sim/lang/lang.h"
#include "sim/report/csv.h"
#include "sim/report/figure-data.h"

#define DIGITS_MAX 4

void
sf_comparison_contrast (SfComparison *c)
{
  g_autofree SfContrastSide *sides = g_new0 (SfContrastSide, c->n_sides);
  c->contrasts = g_new0 (SfContrast *, c->measures->len + 1);
  for (guint m = 0; m < c->measures->len; m++) {
    for (guint k = 0; k < c->n_sides; k++)
      sides[k] = (SfContrastSide){ c->sides[k].is_done, c->sides[k].values[m],
                                   c->sides[k].cost };
    c->contrasts[m] = g_new0 (SfContrast, c->n_sides);
    sf_contrast (sides, c->n_sides, c->n, c->level, c->contrasts[m]);
  }
}

void
sf_comparison_free (SfComparison *c)
{
  if (!c)
    return;
  for (guint k = 0; k < c->n_sides; k++) {
    for (guint m = 0; c->sides[k].values && m < c->measures->len; m++)
      g_free (c->sides[k].values[m]);
    g_free (c->sides[k].values);
    g_free (c->sides[k].cost);
    g_free (c->sides[k].is_done);
    g_free (c->sides[k].problem);
  }
  for (guint m = 0; c->contrasts && m < c->measures->len; m++)
    g_free (c->contrasts[m]);
  g_free (c->contrasts);
  g_free (c->sides);
  g_clear_pointer (&c->measures, g_ptr_array_unref);
  g_free (c);
}

static const char *
measure_name (const SfComparison *c, guint m)
{
  return c->measures->pdata[m];
}

/* ---- Numbers as people read them ------------------------------------------- */

SfScale
sf_comparison_scale (const SfComparison *c, guint m)
{
  double most = 0, least_half = INFINITY;
  for (guint k = 0; k + 1 < c->n_sides; k++) {
    const SfPairs *p = &c->contrasts[m][k].pairs;
    double half = (p->difference.high - p->difference.low) / 2;
    if (!c->contrasts[m][k].is_there || p->n_both == 0)
      continue;
    most = fmax (most, fmax (fabs (p->mean_a), fabs (p->mean_b)));
    if (half > 0)
      least_half = fmin (least_half, half);
  }
  SfScale s = { 1, "", 1 };
  if (most >= 1e9)
    s = (SfScale){ 1e9, N_ (", in billions"), 1 };
  else if (most >= 1e6)
    s = (SfScale){ 1e6, N_ (", in millions"), 1 };
  else if (most >= 1e4)
    s = (SfScale){ 1e3, N_ (", in thousands"), 1 };
  if (isfinite (least_half))
    s.digits
        = (int)CLAMP (ceil (-log10 (least_half / s.unit / 2)), 0, DIGITS_MAX);
  return s;
}

void
sf_append_number (GString *out, double number, int digits)
{
  char format[8], text[SF_TEXT_NUMBER_SIZE * 12];
  while (digits < 9 && number != 0 && fabs (number) < 0.5 * pow (10, -digits))
    digits++;
  g_snprintf (format, sizeof format, "%%.%df", digits);
  g_ascii_formatd (text, sizeof text, format, number + 0.0);
  g_string_append (out, sf_lang_decimal (text));
}

void
sf_append_range (GString *out, double low, double high, int digits)
{
  g_autofree char *from = sf_number_text (low, digits);
  g_autofree char *to = sf_number_text (high, digits);
  g_string_append_printf (out, _ ("%s to %s"), from, to);
}

char *
sf_number_text (double number, int digits)
{
  GString *out = g_string_new (NULL);
  sf_append_number (out, number, digits);
  return g_string_free (out, FALSE);
}

/* ---- Verdicts -------------------------------------------------------------- */

char *
sf_contrast_verdict (const SfContrast *contrast, gboolean is_counted,
                     const SfScale *s)
{
  const SfPairs *p = &contrast->pairs;
  if (!contrast->is_there)
    return g_strdup (_ ("not recorded in this scenario"));
  if (p->n == 0)
    return g_strdup (_ ("no replication was done in both"));
  if (p->is_identical)
    return g_strdup (_ ("identical in every replication"));
  if (p->n_both == 0)
    return g_strdup (_ ("in no replication did it happen in both"));
  if (p->n_both == 1)
    return g_strdup (_ ("one pair only: no interval"));
  if (!sf_pairs_are_distinct (p))
    return g_strdup (_ ("not distinguishable"));
  gboolean is_less = p->difference.high < 0;
  double near = is_less ? -p->difference.high : p->difference.low;
  double far = is_less ? -p->difference.low : p->difference.high;
  if (!s)
    return g_strdup (is_counted ? (is_less ? _ ("fewer") : _ ("more"))
                                : (is_less ? _ ("lower") : _ ("higher")));
  g_autofree char *from = sf_number_text (near / s->unit, s->digits);
  g_autofree char *to = sf_number_text (far / s->unit, s->digits);
  if (near == far)
    return g_strdup_printf (
        is_counted ? (is_less ? _ ("fewer by %s in every replication")
                              : _ ("more by %s in every replication"))
                   : (is_less ? _ ("lower by %s in every replication")
                              : _ ("higher by %s in every replication")),
        from);
  return g_strdup_printf (
      is_counted
          ? (is_less ? _ ("fewer by %s to %s") : _ ("more by %s to %s"))
          : (is_less ? _ ("lower by %s to %s") : _ ("higher by %s to %s")),
      from, to);
}

/* ---- One table for programs --------------------------------------------------- */

static const SfTableColumn tidy_columns[] = {
  { "measure", "", -1 },
  { "scenario", "", -1 },
  { "reference", "", -1 },
  { "pairs_count", "", 0 },
  { "both_count", "", 0 },
  { "reference_only_count", "", 0 },
  { "scenario_only_count", "", 0 },
  { "neither_count", "", 0 },
  { "happened_p", "", 0 },
  { "mean_reference", "", 0 },
  { "mean", "", 0 },
  { "difference", "", 0 },
  { "low", "", 0 },
  { "high", "", 0 },
  { "level_frac", "", 0 },
  { "p", "", 0 },
  { "p_holm", "", 0 },
  { "correlation", "", 0 },
  { "variance_ratio", "", 0 },
  { "xof_per_person_day", "", 0 },
  { "xof_per_person_day_low", "", 0 },
  { "xof_per_person_day_high", "", 0 },
  { "verdict", "", -1 },
  { "warning", "", -1 },
  { NULL },
};

static void
add_tidy (SfTable *table, const SfComparison *c, guint m, guint k)
{
  const SfContrast *contrast = &c->contrasts[m][k - 1];
  const SfPairs *p = &contrast->pairs;
  g_auto (SfMeasureLabel) label
      = sf_measure_label (c->scenario, measure_name (c, m));
  g_autofree char *verdict
      = sf_contrast_verdict (contrast, label.is_counted, NULL);
  g_autofree char *warning = sf_shape_warning (&contrast->shape);
  SfInterval ratio = contrast->per_unit;
  if (!label.is_person_days || isnan (ratio.low))
    ratio.estimate = ratio.low = ratio.high = NAN;
  const double numbers[] = { p->n,
                             p->n_both,
                             p->n_a_only,
                             p->n_b_only,
                             p->n_neither,
                             p->happened_p,
                             p->mean_a,
                             p->mean_b,
                             p->difference.estimate,
                             p->difference.low,
                             p->difference.high,
                             p->difference.level,
                             p->p,
                             contrast->p_holm,
                             p->correlation,
                             p->variance_ratio,
                             ratio.estimate,
                             ratio.low,
                             ratio.high };
  sf_table_text (table, measure_name (c, m));
  sf_table_text (table, c->sides[k].name);
  sf_table_text (table, c->sides[0].name);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sf_table_number (table, contrast->is_there ? numbers[i] : NAN);
  sf_table_text (table, verdict);
  sf_table_text (table, warning ? warning : "");
}

SfTable *
sf_comparison_tidy (const SfComparison *c)
{
  SfTable *table = sf_table_new (
      "comparisons", _ ("Each scenario less the reference"), tidy_columns);
  for (guint m = 0; m < c->measures->len; m++)
    for (guint k = 1; k < c->n_sides; k++)
      add_tidy (table, c, m, k);
  return table;
}

/* ---- Replication by replication ------------------------------------------------ */

static const SfColumn difference_columns[] = {
  { "replication", "#meta+replication" },
  { "measure", "#indicator+name" },
  { "scenario", "#meta+scenario" },
  { "value_reference", "#indicator+reference+num" },
  { "value", "#indicator+value+num" },
  { "difference", "#indicator+difference+num" },
  { NULL, NULL },
};

static void
put_differences (SfCsv *csv, const SfComparison *c, guint m, guint k)
{
  const double *a = c->sides[0].values[m], *b = c->sides[k].values[m];
  for (guint i = 0; a && b && i < c->n; i++) {
    if (!c->sides[0].is_done[i] || !c->sides[k].is_done[i])
      continue;
    sf_csv_count (csv, i);
    sf_csv_text (csv, measure_name (c, m));
    sf_csv_text (csv, c->sides[k].name);
    sf_csv_number (csv, a[i]);
    sf_csv_number (csv, b[i]);
    sf_csv_number (csv, b[i] - a[i]);
    sf_csv_row (csv);
  }
}

gboolean
sf_comparison_write_differences (const SfComparison *c, const char *folder,
                                 GError **error)
{
  SfCsv *csv = sf_csv_create (folder, "differences.csv", difference_columns,
                              FALSE, error);
  if (!csv)
    return FALSE;
  for (guint m = 0; m < c->measures->len; m++)
    for (guint k = 1; k < c->n_sides; k++)
      put_differences (csv, c, m, k);
  return sf_csv_commit (csv, error);
}

/* ---- The figure's table ---------------------------------------------------------- */

static void
put_interval (GString *out, const SfComparison *c, guint m, guint k)
{
  const SfContrast *contrast = &c->contrasts[m][k - 1];
  const SfInterval *d = &contrast->pairs.difference;
  SfScale scale = sf_comparison_scale (c, m);
  gboolean is_known = contrast->is_there && !isnan (d->low);
  sf_figure_put_number (out, k, '\t');
  sf_figure_put_text (out, c->sides[k].name, '\t');
  sf_figure_put_number (out, is_known ? d->low / scale.unit : NAN, '\t');
  sf_figure_put_number (out, is_known ? d->estimate / scale.unit : NAN, '\t');
  sf_figure_put_number (out, is_known ? d->high / scale.unit : NAN, '\t');
  sf_figure_put_number (out, sf_pairs_are_distinct (&contrast->pairs), '\n');
}

/* TRUE when the measure has an interval that is more than a point at 0. */
static gboolean
can_be_drawn (const SfComparison *c, guint m)
{
  for (guint k = 0; k + 1 < c->n_sides; k++) {
    const SfContrast *contrast = &c->contrasts[m][k];
    if (contrast->is_there && !contrast->pairs.is_identical
        && !isnan (contrast->pairs.difference.low))
      return TRUE;
  }
  return FALSE;
}

char *
sf_comparison_figure (const SfComparison *c)
{
  GString *out = g_string_new (
      "panel\tlabel\trow\tname\tlow\testimate\thigh\tis_distinct\n");
  guint panel = 0;
  for (guint m = 0; m < c->measures->len; m++) {
    if (!can_be_drawn (c, m))
      continue;
    SfScale scale = sf_comparison_scale (c, m);
    g_auto (SfMeasureLabel) label
        = sf_measure_label (c->scenario, measure_name (c, m));
    g_autofree char *whole = g_strconcat (label.title, _ (scale.words), NULL);
    panel++;
    for (guint k = 1; k < c->n_sides; k++) {
      sf_figure_put_number (out, panel, '\t');
      sf_figure_put_text (out, whole, '\t');
      put_interval (out, c, m, k);
    }
  }
  return g_string_free (out, panel == 0);
}
