/* saltelli.c - rows for variance-based indices. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/design/design-private.h"

#include <stdint.h>

#include "sim/design/sobol.h"
#include "sim/lang/lang.h"

guint
sf_design_saltelli_rows (const SfDesignSpec *spec)
{
  return (spec->has_second_order ? 2 : 1) * sf_design_n_groups (spec) + 2;
}

static gboolean
count (const SfDesignSpec *spec, guint64 *points, GError **error)
{
  guint64 n = spec->points_count;
  if (2 * spec->n_factors > SF_DESIGN_SOBOL_FACTORS_MAX)
    return sf_design_refuse (
        error, _ ("%u factors are too many for saltelli: at most %u"),
        spec->n_factors, SF_DESIGN_SOBOL_FACTORS_MAX / 2);
  if (n == 0 || (n & (n - 1)) != 0)
    return sf_design_refuse (error,
                             _ ("%ju base rows are no power of two, and others "
                                "are not balanced"),
                             (uintmax_t)n);
  *points = sf_design_times (n, sf_design_saltelli_rows (spec));
  return TRUE;
}

static gpointer
build (const SfDesignSpec *spec)
{
  return sf_sobol_sequence_new (2 * spec->n_factors, spec->is_scrambled,
                                spec->seed);
}

static void
free_sobol (gpointer state)
{
  sf_sobol_sequence_free (state);
}

static void
row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  const SfSobolSequence *sobol = state;
  guint k = spec->n_factors, n_groups = sf_design_n_groups (spec);
  guint size = sf_design_saltelli_rows (spec);
  guint position = (guint)(i % size);
  guint64 point = i / size + (spec->is_scrambled ? 0 : 1);
  gboolean is_from_b = position == 1 || position >= 2 + n_groups;
  guint other = position < 2 ? G_MAXUINT : (position - 2) % n_groups;
  for (guint j = 0; j < k; j++) {
    gboolean is_other = sf_design_group (spec, j) == other;
    u[j] = sf_sobol_sequence_value (sobol, point,
                                    is_from_b != is_other ? k + j : j);
  }
}

const SfDesignType sf_design_saltelli = {
  .word = "saltelli",
  .count = count,
  .build = build,
  .free = free_sobol,
  .row = row,
};
