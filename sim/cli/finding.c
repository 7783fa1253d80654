/* finding.c - what an analysis of a sweep found. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/finding.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/lang/lang.h"

/* A title longer than that does not fit beside a figure. */
#define LABEL_MAX 46

static void
free_figure (gpointer data)
{
  SfFindingFigure *figure = data;
  g_free (figure->name);
  g_free (figure->title);
  g_free (figure->table);
  g_free (figure);
}

SfFinding *
sf_finding_new (const SfSubject *subject, const char *method)
{
  SfFinding *f = g_new0 (SfFinding, 1);
  const SfStoreColumn *c = &subject->sweep->study->outcomes[subject->outcome];
  f->name = g_strdup_printf ("%s-%s", c->name, method);
  f->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  f->figures = g_ptr_array_new_with_free_func (free_figure);
  return f;
}

void
sf_finding_free (SfFinding *f)
{
  if (!f)
    return;
  g_ptr_array_unref (f->tables);
  g_ptr_array_unref (f->figures);
  g_free (f->columns);
  sf_json_doc_free (f->box);
  g_free (f->name);
  g_free (f);
}

/* "Days of shortage (days)" */
static char *
outcome_title (const SfSubject *subject)
{
  const SfStoreColumn *c = &subject->sweep->study->outcomes[subject->outcome];
  const char *title = _ (c->title ? c->title : c->name);
  return *c->unit ? g_strdup_printf ("%s (%s)", title, _ (c->unit))
                  : g_strdup (title);
}

SfTable *
sf_finding_add_table (SfFinding *f, const SfSubject *subject, const char *key,
                      const char *heading, const SfTableColumn *columns)
{
  g_autofree char *outcome = outcome_title (subject);
  g_autofree char *title = g_strdup_printf (_ ("%s: %s"), heading, outcome);
  SfTable *table = sf_table_new (key, title, columns);
  g_ptr_array_add (f->tables, table);
  return table;
}

void
sf_finding_add_figure (SfFinding *f, const SfSubject *subject,
                       const char *script, char *table)
{
  const SfStoreColumn *c = &subject->sweep->study->outcomes[subject->outcome];
  SfFindingFigure *figure = g_new0 (SfFindingFigure, 1);
  figure->script = script;
  figure->name = g_strdup_printf ("%s-%s", c->name, script);
  figure->title
      = g_str_has_prefix (script, "prim") && subject->condition
            ? g_strdup_printf (_ ("In which futures: %s?"), subject->condition)
            : outcome_title (subject);
  figure->table = table;
  g_ptr_array_add (f->figures, figure);
}

/* `title` (NULL: none) when it is short in the language in use, else `id`, which
 * may have a translation, too. */
static const char *
short_name (const char *title, const char *id)
{
  const char *shown = _ (title);
  return shown && g_utf8_strlen (shown, -1) <= LABEL_MAX ? shown : _ (id);
}

const char *
sf_subject_shown (const SfSubject *subject, guint factor)
{
  const SfStudyFactor *f = &subject->sweep->study->factors[factor];
  return short_name (f->title, f->id);
}

guint
sf_subject_groups (const SfSubject *subject)
{
  const SfStudy *s = subject->sweep->study;
  guint n = 0;
  for (guint i = 0; s->design.groups && i < s->n_factors; i++)
    n = MAX (n, s->design.groups[i] + 1);
  return s->design.groups ? n : s->n_factors;
}

const char *
sf_subject_group_shown (const SfSubject *subject, guint group)
{
  const SfStudy *s = subject->sweep->study;
  if (!s->design.groups)
    return sf_subject_shown (subject, group);
  for (guint i = 0; i < s->n_factors; i++)
    if (s->design.groups[i] == group)
      return s->factors[i].group ? _ (s->factors[i].group)
                                 : sf_subject_shown (subject, i);
  return "";
}

/* The same name for programs, and as it is shown. */
static void
put_name (SfTable *table, const SfSubject *subject, guint i,
          const char *(*name) (const SfSubject *subject, guint i))
{
  const char *shown = name (subject, i);
  G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_pause (TRUE);
  sf_table_words (table, name (subject, i), shown);
}

void
sf_finding_put_factor (SfTable *table, const SfSubject *subject, guint factor)
{
  put_name (table, subject, factor, sf_subject_shown);
}

void
sf_finding_put_group (SfTable *table, const SfSubject *subject, guint group)
{
  put_name (table, subject, group, sf_subject_group_shown);
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  const SfPlaced *x = a, *y = b;
  double u = isnan (x->value) ? -INFINITY : x->value;
  double v = isnan (y->value) ? -INFINITY : y->value;
  return u != v ? (u < v) - (u > v)
                : (x->place > y->place) - (x->place < y->place);
}

void
sf_placed_sort (SfPlaced *placed, guint n)
{
  qsort (placed, n, sizeof *placed, by_value);
}

SfColumn *
sf_subject_columns (const SfSubject *subject)
{
  const SfStudy *s = subject->sweep->study;
  SfColumn *columns = g_new0 (SfColumn, s->n_factors + 1);
  for (guint i = 0; i < s->n_factors; i++) {
    const SfStudyFactor *f = &s->factors[i];
    columns[i] = f->kind == SF_FACTOR_CATEGORY ? SF_COLUMN_CATEGORY
                 : f->kind == SF_FACTOR_LEVER || f->is_whole || f->n_levels > 0
                     ? SF_COLUMN_INTEGER
                     : SF_COLUMN_REAL;
  }
  return columns;
}

void
sf_finding_note_sample (SfTable *table, const SfSubject *subject)
{
  guint replications = sf_store_shape (subject->sweep->store)->replications;
  SfDesignKind kind = subject->sweep->study->design.kind;
  if (replications > 1)
    sf_table_note (table,
                   _ ("each point counts once, with the median of its %u "
                      "replications"),
                   replications);
  if (kind == SF_DESIGN_SALTELLI)
    sf_table_note (table, _ ("of this design only the independent rows A and B "
                             "are taken; the others repeat their values"));
  else if (kind == SF_DESIGN_MORRIS)
    sf_table_note (table,
                   _ ("the points of a trajectory share most values, so "
                      "intervals and chance are too narrow; better take an "
                      "lhs or sobol design"));
}

void
sf_finding_note_rows (SfTable *table, const SfSubject *subject,
                      const SfCollected *rows)
{
  const SfStoreColumn *c = &subject->sweep->study->outcomes[subject->outcome];
  if (rows->n_failed > 0)
    sf_table_note (
        table,
        _ ("%ju runs failed or are not done; nothing is put in their place, "
           "what hangs on them is left out"),
        (uintmax_t)rows->n_failed);
  if (rows->n_never > 0 && !isnan (subject->otherwise))
    sf_table_note (table,
                   _ ("%s did not happen in %ju runs, which count as %s, as "
                      "asked"),
                   c->name, (uintmax_t)rows->n_never,
                   sf_lang_real ("%g", subject->otherwise).text);
  else if (rows->n_never > 0)
    sf_table_note (table,
                   _ ("%s did not happen in %ju runs; without --otherwise they "
                      "are left out"),
                   c->name, (uintmax_t)rows->n_never);
  if (rows->n_common > 0 && rows->n_common < rows->replications)
    sf_table_note (
        table,
        _ ("over the first %u of %u replications: not every point has "
           "more yet"),
        rows->n_common, rows->replications);
  if (!isnan (rows->noise_frac))
    sf_table_note (
        table,
        _ ("means over %u replications; luck that is left in them is "
           "at most %s %% of the variance between points"),
        rows->n_common, sf_lang_real ("%.2g", 100 * rows->noise_frac).text);
}
