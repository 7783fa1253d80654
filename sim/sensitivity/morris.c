/* morris.c - screening by elementary effects. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/morris.h"

#include <math.h>

#include "sim/lang/lang.h"

GQuark
sf_morris_error_quark (void)
{
  return g_quark_from_static_string ("sf-morris-error-quark");
}

/* Numbers found of each group. */
enum { MU, MU_STAR, SIGMA, N_STATS };

typedef struct {
  guint n, g;
  double *effects;         /* n x g */
  const gboolean *is_many; /* of each group: has several factors */
} Table;

/* The group that differs between two rows and the step; g when there is none,
 * or more than one. */
static guint
find_step (const SfMorrisRuns *runs, const double *from, const double *to,
           double *step)
{
  guint group = runs->g, moved = 0;
  double sum = 0;
  for (guint c = 0; c < runs->k; c++) {
    double by = to[c] - from[c];
    if (by == 0)
      continue;
    guint own = runs->group_of ? runs->group_of[c] : c;
    if (moved > 0 && own != group)
      return runs->g;
    group = own;
    moved++;
    *step = by;
    sum += fabs (by);
  }
  if (moved > 1)
    *step = sum / moved;
  return group;
}

/* The effects of one trajectory. FALSE when it is none. */
static gboolean
read_trajectory (const SfMorrisRuns *runs, guint t, const gboolean *is_many,
                 double *effects)
{
  guint g = runs->g, k = runs->k;
  const double *x = runs->x + (gsize)t * (g + 1) * k;
  const double *y = runs->y + (gsize)t * (g + 1);
  for (guint j = 0; j < g; j++)
    effects[j] = NAN;
  g_autofree gboolean *is_seen = g_new0 (gboolean, g);
  for (guint row = 1; row <= g; row++) {
    guint from = runs->is_radial ? 0 : row - 1;
    double step = 0;
    guint j = find_step (runs, x + (gsize)from * k, x + (gsize)row * k, &step);
    if (j == g || is_seen[j])
      return FALSE;
    is_seen[j] = TRUE;
    effects[j] = (y[row] - y[from]) / step;
    if (is_many[j])
      effects[j] = fabs (effects[j]);
  }
  return TRUE;
}

static gboolean
has_failed_run (const SfMorrisRuns *runs, guint t)
{
  const double *y = runs->y + (gsize)t * (runs->g + 1);
  for (guint row = 0; row <= runs->g; row++)
    if (!isfinite (y[row]))
      return TRUE;
  return FALSE;
}

static void
find_effects (const double *counts, gconstpointer data, double *stats)
{
  const Table *table = data;
  guint n = table->n, g = table->g;
  for (guint j = 0; j < g; j++) {
    double sum = 0, sizes = 0, squares = 0;
    for (guint t = 0; t < n; t++) {
      double effect = table->effects[(gsize)t * g + j];
      sum += counts[t] * effect;
      sizes += counts[t] * fabs (effect);
    }
    double mu = sum / n;
    for (guint t = 0; t < n; t++) {
      double off = table->effects[(gsize)t * g + j] - mu;
      squares += counts[t] * off * off;
    }
    double *own = stats + (gsize)j * N_STATS;
    own[MU] = table->is_many[j] ? NAN : mu;
    own[MU_STAR] = sizes / n;
    own[SIGMA] = table->is_many[j] || n < 2 ? NAN : sqrt (squares / (n - 1));
  }
}

static gboolean *
find_many (const SfMorrisRuns *runs)
{
  g_autofree guint *sizes = g_new0 (guint, runs->g);
  for (guint c = 0; c < runs->k; c++) {
    guint own = runs->group_of ? runs->group_of[c] : c;
    g_assert (own < runs->g);
    sizes[own]++;
  }
  gboolean *is_many = g_new (gboolean, runs->g);
  for (guint j = 0; j < runs->g; j++)
    is_many[j] = sizes[j] > 1;
  return is_many;
}

static SfMorris *
summarise (const Table *table, guint n_dropped, const SfResample *resample)
{
  guint g = table->g, n_stats = g * N_STATS;
  g_autofree SfEstimate *found = g_new (SfEstimate, n_stats);
  SfStatistic statistic
      = { "sensitivity morris", table->n, n_stats, find_effects, table };
  sf_resample_estimate (&statistic, resample, found);
  SfMorris *morris = g_new0 (SfMorris, 1);
  morris->g = g;
  morris->n_used = table->n;
  morris->n_dropped = n_dropped;
  morris->effects = g_new (SfMorrisEffect, g);
  for (guint j = 0; j < g; j++) {
    const SfEstimate *own = found + (gsize)j * N_STATS;
    morris->effects[j] = (SfMorrisEffect){ own[MU], own[MU_STAR], own[SIGMA] };
  }
  return morris;
}

SfMorris *
sf_morris_new (const SfMorrisRuns *runs, const SfResample *resample,
               GError **error)
{
  g_return_val_if_fail (runs != NULL && runs->g > 0 && resample != NULL, NULL);
  g_return_val_if_fail (runs->group_of != NULL || runs->g == runs->k, NULL);
  g_autofree gboolean *is_many = find_many (runs);
  g_autofree double *effects = g_new (double, (gsize)runs->r * runs->g + 1);
  Table table = { 0, runs->g, effects, is_many };
  for (guint t = 0; t < runs->r; t++) {
    double *own = effects + (gsize)table.n * runs->g;
    if (!read_trajectory (runs, t, is_many, own)) {
      g_set_error (
          error, SF_MORRIS_ERROR, SF_MORRIS_ERROR_DESIGN,
          _ ("trajectory %u does not move each of %u factors or groups "
             "once, one a row"),
          t, runs->g);
      return NULL;
    }
    if (!has_failed_run (runs, t))
      table.n++;
  }
  return summarise (&table, runs->r - table.n, resample);
}

void
sf_morris_free (SfMorris *morris)
{
  if (!morris)
    return;
  g_free (morris->effects);
  g_free (morris);
}
