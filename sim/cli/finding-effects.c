/* finding-effects.c - Morris and Sobol, named and ordered. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "sim/cli/finding.h"
#include "sim/lang/lang.h"
#include "sim/report/figure-data.h"
#include "sim/sensitivity/morris.h"
#include "sim/sensitivity/sobol.h"

static SfCollected *
collect (const SfSubject *s, SfDesignKind kind, GError **error)
{
  const SfStudy *study = s->sweep->study;
  if (study->design.kind != kind) {
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
                 _ ("the study has the design %s; this analysis needs %s"),
                 sf_design_kind_word (study->design.kind),
                 sf_design_kind_word (kind));
    return NULL;
  }
  return sf_collect_means (s->sweep, s->outcome, s->otherwise, error);
}

static void
add_estimate (SfTable *table, const SfEstimate *e)
{
  sf_table_number (table, e->value);
  sf_table_number (table, e->low);
  sf_table_number (table, e->high);
}

static void
put_estimate (GString *out, const SfEstimate *e, char end)
{
  sf_figure_put_number (out, e->value, '\t');
  sf_figure_put_number (out, e->low, '\t');
  sf_figure_put_number (out, e->high, end);
}

/* ---- Morris ------------------------------------------------------------------------ */

static const SfTableColumn morris_columns[] = {
  { "factor", N_ ("factor"), -1 },        { "mu_star", N_ ("mu*"), 4 },
  { "mu_star_low", N_ ("95 %: low"), 4 }, { "mu_star_high", N_ ("high"), 4 },
  { "sigma", N_ ("sigma"), 4 },           { "mu", N_ ("mu"), 4 },
  { "sigma_ratio", N_ ("sigma/mu*"), 2 }, { NULL },
};

static char *
morris_figure (const SfSubject *s, const SfMorris *m, const SfPlaced *order)
{
  GString *out = g_string_new (
      "label\tmu_star\tmu_star_low\tmu_star_high\tsigma\tis_group\n");
  for (guint i = 0; i < m->g; i++) {
    const SfMorrisEffect *e = &m->effects[order[i].place];
    sf_figure_put_text (out, sf_subject_group_shown (s, order[i].place), '\t');
    put_estimate (out, &e->mu_star, '\t');
    gboolean is_group = isnan (e->sigma.value);
    sf_figure_put_number (out, is_group ? 0 : e->sigma.value, '\t');
    sf_figure_put_number (out, is_group, '\n');
  }
  return g_string_free (out, FALSE);
}

static void
fill_morris (SfTable *table, const SfSubject *s, const SfMorris *m,
             const SfPlaced *order)
{
  const SfDesignSpec *d = &s->sweep->study->design;
  guint p = d->grid_levels_count ? d->grid_levels_count : 4;
  for (guint i = 0; i < m->g; i++) {
    const SfMorrisEffect *e = &m->effects[order[i].place];
    sf_finding_put_group (table, s, order[i].place);
    add_estimate (table, &e->mu_star);
    sf_table_number (table, e->sigma.value);
    sf_table_number (table, e->mu.value);
    sf_table_number (
        table, e->mu_star.value > 0 ? e->sigma.value / e->mu_star.value : NAN);
  }
  if (d->is_radial)
    sf_table_note (table, _ ("radial design: %u base points"), m->n_used);
  else
    sf_table_note (table,
                   _ ("p = %u levels, steps of %s of each range; %u "
                      "trajectories used"),
                   p, sf_lang_real ("%.4g", p / (2.0 * (p - 1))).text,
                   m->n_used);
  if (m->n_dropped > 0)
    sf_table_note (table,
                   _ ("%u trajectories hold a run that failed and are "
                      "dropped"),
                   m->n_dropped);
  sf_table_note (table,
                 _ ("mu*: mean size of the effect of a step over the whole "
                    "range; sigma: how much it differs from place to place "
                    "(bends, or depends on other factors)"));
}

/* Effects have the size of the outcome: as many digits after the point as show
 * four of the largest. */
static SfTableColumn *
morris_columns_for (double largest)
{
  SfTableColumn *columns = g_memdup2 (morris_columns, sizeof morris_columns);
  int digits = largest > 0 ? (int)CLAMP (3 - floor (log10 (largest)), 0, 6) : 0;
  for (gsize i = 1; i < 6; i++)
    columns[i].digits = digits;
  return columns;
}

SfFinding *
sf_finding_morris (const SfSubject *s, GError **error)
{
  g_autoptr (SfCollected) rows = collect (s, SF_DESIGN_MORRIS, error);
  if (!rows)
    return NULL;
  guint g = sf_subject_groups (s);
  const SfMorrisRuns runs = { .r = rows->n / (g + 1),
                              .k = rows->k,
                              .g = g,
                              .group_of = s->sweep->study->design.groups,
                              .is_radial = s->sweep->study->design.is_radial,
                              .x = rows->x,
                              .y = rows->y };
  g_autoptr (SfMorris) m = sf_morris_new (&runs, &s->resample, error);
  if (!m)
    return NULL;
  g_autofree SfPlaced *order = g_new0 (SfPlaced, g + 1);
  for (guint i = 0; i < g; i++)
    order[i] = (SfPlaced){ i, m->effects[i].mu_star.value };
  sf_placed_sort (order, g);
  SfFinding *f = sf_finding_new (s, "morris");
  f->columns = morris_columns_for (order[0].value);
  SfTable *table = sf_finding_add_table (f, s, "effects",
                                         _ ("Elementary effects"), f->columns);
  fill_morris (table, s, m, order);
  sf_finding_note_rows (table, s, rows);
  if (m->n_used > 0)
    sf_finding_add_figure (f, s, "morris", morris_figure (s, m, order));
  return f;
}

/* ---- Sobol ------------------------------------------------------------------------- */

static const SfTableColumn sobol_columns[] = {
  { "factor", N_ ("factor"), -1 },      { "first", N_ ("first"), 3 },
  { "first_low", N_ ("95 %: low"), 3 }, { "first_high", N_ ("high"), 3 },
  { "total", N_ ("total"), 3 },         { "total_low", N_ ("95 %: low"), 3 },
  { "total_high", N_ ("high"), 3 },     { NULL },
};

static const SfTableColumn second_columns[] = {
  { "factor", N_ ("factor"), -1 },      { "other", N_ ("and"), -1 },
  { "second", N_ ("second order"), 3 }, { "second_low", N_ ("95 %: low"), 3 },
  { "second_high", N_ ("high"), 3 },    { NULL },
};

static gboolean
is_dummy (const SfSubject *s, guint group)
{
  const SfStudy *study = s->sweep->study;
  for (guint i = 0; i < study->n_factors; i++)
    if ((study->design.groups ? study->design.groups[i] : i) == group)
      return study->factors[i].kind == SF_FACTOR_DUMMY;
  return FALSE;
}

static char *
sobol_figure (const SfSubject *s, const SfSobol *r, const SfPlaced *order)
{
  GString *out = g_string_new ("label\tis_dummy\tfirst\tfirst_low\tfirst_high\t"
                               "total\ttotal_low\ttotal_high\n");
  for (guint i = 0; i < r->g; i++) {
    guint k = order[i].place;
    sf_figure_put_text (out, sf_subject_group_shown (s, k), '\t');
    sf_figure_put_number (out, is_dummy (s, k), '\t');
    put_estimate (out, &r->first[k], '\t');
    put_estimate (out, &r->total[k], '\n');
  }
  return g_string_free (out, FALSE);
}

static void
fill_sobol (SfTable *table, const SfSubject *s, const SfSobol *r,
            const SfPlaced *order)
{
  for (guint i = 0; i < r->g; i++) {
    sf_finding_put_group (table, s, order[i].place);
    add_estimate (table, &r->first[order[i].place]);
    add_estimate (table, &r->total[order[i].place]);
  }
  if (r->is_flat) {
    sf_table_note (table,
                   _ ("the outcome is the same in all runs, or hardly any "
                      "run is done: there is nothing to share out"));
    return;
  }
  sf_table_note (
      table,
      _ ("sum of first orders %s [%s, %s], of totals %s [%s, "
         "%s]: what the first lacks to 1 are factors acting together"),
      sf_lang_real ("%.3f", r->sum_first.value).text,
      sf_lang_real ("%.3f", r->sum_first.low).text,
      sf_lang_real ("%.3f", r->sum_first.high).text,
      sf_lang_real ("%.3f", r->sum_total.value).text,
      sf_lang_real ("%.3f", r->sum_total.low).text,
      sf_lang_real ("%.3f", r->sum_total.high).text);
  sf_table_note (table,
                 _ ("%u base rows used, %u dropped for runs that failed or "
                    "are missing; mean %s, standard deviation %s"),
                 r->n_used, r->n_dropped, sf_lang_real ("%.4g", r->mean).text,
                 sf_lang_real ("%.4g", sqrt (r->variance)).text);
  sf_table_note (table,
                 _ ("first: share of the variance that goes when the factor "
                    "is known; total: share that stays when all others are "
                    "known"));
}

static void
fill_second (SfTable *table, const SfSubject *s, const SfSobol *r)
{
  g_autofree SfPlaced *order = g_new0 (SfPlaced, (gsize)r->g * r->g + 1);
  guint n = 0;
  for (guint i = 0; i < r->g; i++)
    for (guint j = i + 1; j < r->g; j++)
      order[n++] = (SfPlaced){ i * r->g + j, r->second[i * r->g + j].value };
  sf_placed_sort (order, n);
  for (guint i = 0; i < n; i++) {
    guint place = order[i].place;
    sf_finding_put_group (table, s, place / r->g);
    sf_finding_put_group (table, s, place % r->g);
    add_estimate (table, &r->second[place]);
  }
}

SfFinding *
sf_finding_sobol (const SfSubject *s, GError **error)
{
  g_autoptr (SfCollected) rows = collect (s, SF_DESIGN_SALTELLI, error);
  if (!rows)
    return NULL;
  guint g = sf_subject_groups (s);
  gboolean has_second = s->sweep->study->design.has_second_order;
  const SfSobolRuns runs = { .n = rows->n / (has_second ? 2 * g + 2 : g + 2),
                             .g = g,
                             .has_second = has_second,
                             .y = rows->y };
  g_autoptr (SfSobol) r = sf_sobol_new (&runs, &s->resample);
  g_autofree SfPlaced *order = g_new0 (SfPlaced, g + 1);
  for (guint i = 0; i < g; i++)
    order[i] = (SfPlaced){ i, r->total[i].value };
  sf_placed_sort (order, g);
  SfFinding *f = sf_finding_new (s, "sobol");
  SfTable *table = sf_finding_add_table (
      f, s, "indices", _ ("Shares of the variance"), sobol_columns);
  fill_sobol (table, s, r, order);
  sf_finding_note_rows (table, s, rows);
  if (has_second && !r->is_flat)
    fill_second (sf_finding_add_table (f, s, "second_order",
                                       _ ("What two factors do only together"),
                                       second_columns),
                 s, r);
  if (!r->is_flat)
    sf_finding_add_figure (f, s, "sobol", sobol_figure (s, r, order));
  return f;
}
