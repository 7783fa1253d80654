/* retelling.c - what drove a shortage, told again from its table. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/causes/retelling.h"

#include <math.h>

#include "sim/causes/telling.h"
#include "sim/report/csv.h"

/* In this order in take_row(). */
static const char *const columns[] = {
  "group", "replications_count", "mean_without",   "difference",      "low",
  "high",  "share_frac",         "share_low_frac", "share_high_frac", "verdict",
  NULL
};

static gboolean
take_row (const char *const *cells, gpointer data)
{
  GArray *all = data;
  const char *words = sf_cause_words (cells[0]);
  double n = sf_csv_cell_number (cells[1]);
  const SfCauseTold told = { .words = g_strdup (words ? words : cells[0]),
                             .verdict = g_strdup (cells[9]),
                             .n = n > 0 ? (guint)n : 0,
                             .mean_without = sf_csv_cell_number (cells[2]),
                             .difference = { sf_csv_cell_number (cells[3]),
                                             sf_csv_cell_number (cells[4]),
                                             sf_csv_cell_number (cells[5]) },
                             .share = { sf_csv_cell_number (cells[6]),
                                        sf_csv_cell_number (cells[7]),
                                        sf_csv_cell_number (cells[8]) } };
  g_array_append_val (all, told);
  return TRUE;
}

static void
clear_told (gpointer told)
{
  g_free ((char *)((SfCauseTold *)told)->words);
  g_free ((char *)((SfCauseTold *)told)->verdict);
}

static double
number_of (const SfJson *object, const char *key)
{
  const SfJson *v = object ? sf_json_member (object, key) : NULL;
  return v && sf_json_kind (v) == SF_JSON_NUMBER ? sf_json_number (v) : NAN;
}

char *
sf_causes_retell (const char *folder, const SfJson *manifest, const char *place)
{
  const SfJson *how = sf_json_member (manifest, "causes");
  const SfJson *is_whole = how ? sf_json_member (how, "is_whole") : NULL;
  double mean = number_of (how, "mean_run");
  double n = number_of (how, "replications_run_count");
  g_autofree char *path = g_build_filename (folder, "causes.csv", NULL);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SfCauseTold));
  g_array_set_clear_func (all, clear_told);
  if (!(mean >= 0) || !(n >= 0) || !is_whole
      || sf_json_kind (is_whole) != SF_JSON_BOOLEAN
      || !sf_csv_read (path, columns, take_row, all, NULL))
    return NULL;
  const SfCausesTold told = { .place = place,
                              .n_run = (guint)n,
                              .mean_run = mean,
                              .is_whole = sf_json_boolean (is_whole),
                              .n_causes = all->len,
                              .causes = (const SfCauseTold *)all->data };
  return sf_causes_tell (&told);
}
