/* quantiles.c - how well the tail of a run is known. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/quantiles.h"

#include <math.h>

#include "sim/cli/measure-choice.h"
#include "sim/cli/table.h"
#include "sim/inference/interval.h"
#include "sim/lang/lang.h"

#define LEVEL 0.95

static const SfTableColumn columns[] = {
  { "measure", N_ ("measure"), -1 },  { "n", "n", 0 },
  { "quantile", N_ ("quantile"), 3 }, { "low", N_ ("95 %: low"), 3 },
  { "high", N_ ("high"), 3 },         { NULL },
};

static void
add_bound (SfTable *table, double bound)
{
  if (isinf (bound))
    sf_table_missing (table, _ ("no bound"));
  else
    sf_table_number (table, bound);
}

static gboolean
add_measure (SfTable *table, const SfRun *run, const char *name, double p)
{
  g_autofree double *values = sf_run_values (run, name);
  SfInterval i = sf_interval_quantile (values, run->n, p, LEVEL);
  sf_table_text (table, name);
  sf_table_number (table, i.n);
  sf_table_number (table, i.estimate);
  add_bound (table, i.low);
  add_bound (table, i.high);
  return isinf (i.low) || isinf (i.high);
}

char *
sf_quantiles_text (const SfRun *run, const GPtrArray *measures, double p)
{
  gboolean is_open = FALSE;
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  g_autofree char *title = g_strdup_printf (_ ("Quantile %s of the outcomes"),
                                            sf_lang_real ("%g", p).text);
  SfTable *table = sf_table_new ("quantiles", title, columns);
  g_ptr_array_add (tables, table);
  for (guint m = 0; m < measures->len; m++)
    is_open |= add_measure (table, run, measures->pdata[m], p);
  sf_table_note (table, _ ("intervals between values of the run (order "
                           "statistics), exact whatever the distribution"));
  if (is_open)
    sf_table_note (
        table,
        _ ("where it says no bound there are too few values: it takes "
           "%u of them"),
        sf_interval_quantile_needs (p, LEVEL));
  return sf_tables_print (tables, _ ("How well the tail is known"),
                          SF_TABLE_TEXT);
}
