/* finding-pawn.c - PAWN, named and ordered. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "sim/cli/finding.h"
#include "sim/lang/lang.h"
#include "sim/report/figure-data.h"
#include "sim/sensitivity/pawn.h"

static const SfTableColumn pawn_columns[] = {
  { "factor", N_ ("factor"), -1 },
  { "median", N_ ("median"), 3 },
  { "median_low", N_ ("95 %: low"), 3 },
  { "median_high", N_ ("high"), 3 },
  { "dummy_high", N_ ("chance up to"), 3 },
  { "mean", N_ ("mean"), 3 },
  { "max", N_ ("largest"), 3 },
  { "slices_count", N_ ("slices"), 0 },
  { "verdict", "", -1 },
  { NULL },
};

static SfPlaced *
rank (const SfPawnFactor *factors, guint k)
{
  SfPlaced *order = g_new0 (SfPlaced, k + 1);
  for (guint i = 0; i < k; i++) {
    order[i] = (SfPlaced){ i, factors[i].distance[SF_PAWN_MEDIAN].value };
  }
  sf_placed_sort (order, k);
  return order;
}

static void
fill (SfTable *table, const SfSubject *s, const SfPawnFactor *factors, guint k)
{
  g_autofree SfPlaced *order = rank (factors, k);
  for (guint i = 0; i < k; i++) {
    const SfPawnFactor *f = &factors[order[i].place];
    const SfEstimate *median = &f->distance[SF_PAWN_MEDIAN];
    double chance = f->dummy[SF_PAWN_MEDIAN].high;
    sf_finding_put_factor (table, s, order[i].place);
    sf_table_number (table, median->value);
    sf_table_number (table, median->low);
    sf_table_number (table, median->high);
    sf_table_number (table, chance);
    sf_table_number (table, f->distance[SF_PAWN_MEAN].value);
    sf_table_number (table, f->distance[SF_PAWN_MAX].value);
    sf_table_number (table, f->n_slices);
    const char *verdict = isnan (chance) || median->value > chance
                              ? ""
                              : N_ ("not distinguishable from nothing");
    sf_table_words (table, verdict, _ (verdict));
  }
}

static char *
figure (const SfSubject *s, const SfPawn *p)
{
  GString *out
      = g_string_new ("label\tmedian\tmedian_low\tmedian_high\tdummy_high\n");
  g_autofree SfPlaced *order = rank (p->factors, p->k);
  for (guint i = 0; i < p->k; i++) {
    const SfPawnFactor *f = &p->factors[order[i].place];
    const SfEstimate *median = &f->distance[SF_PAWN_MEDIAN];
    sf_figure_put_text (out, sf_subject_shown (s, order[i].place), '\t');
    sf_figure_put_number (out, median->value, '\t');
    sf_figure_put_number (out, median->low, '\t');
    sf_figure_put_number (out, median->high, '\t');
    sf_figure_put_number (out, f->dummy[SF_PAWN_MEDIAN].high, '\n');
  }
  return g_string_free (out, FALSE);
}

SfFinding *
sf_finding_pawn (const SfSubject *s, GError **error)
{
  g_autoptr (SfCollected) rows
      = sf_collect_medians (s->sweep, s->outcome, error);
  if (!rows)
    return NULL;
  g_autofree SfColumn *columns = sf_subject_columns (s);
  const SfSample sample
      = { .n = rows->n, .k = rows->k, .x = rows->x, .columns = columns };
  const SfPawnOptions options
      = { .n_slices = SF_PAWN_SLICES, .failed = SF_PAWN_FAILED_LAST };
  g_autoptr (SfPawn) p = sf_pawn_new (&sample, rows->y, &options, &s->resample);
  SfFinding *f = sf_finding_new (s, "pawn");
  SfTable *table = sf_finding_add_table (
      f, s, "distances", _ ("How far each factor moves the distribution"),
      pawn_columns);
  fill (table, s, p->factors, p->k);
  sf_table_note (
      table,
      _ ("%u points; in %u it did not happen, which counts as later "
         "than every number; %u have a run that failed and count as an "
         "outcome of their own"),
      p->n_used, p->n_never, p->n_failed);
  sf_table_note (table,
                 _ ("Kolmogorov-Smirnov distances between all points and "
                    "those in a slice of the factor, over the slices; "
                    "chance: what a factor that changes nothing exceeds "
                    "once in forty"));
  sf_finding_note_sample (table, s);
  if (p->n_used > 0)
    sf_finding_add_figure (f, s, "pawn", figure (s, p));
  if (p->failures)
    fill (sf_finding_add_table (f, s, "failures", _ ("What drives failures"),
                                pawn_columns),
          s, p->failures, p->k);
  return f;
}
