/* contrast.c - several scenarios against one. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/contrast.h"

#include <math.h>

/* What two sides have of the replications that both have done. */
typedef struct {
  double *a, *b;        /* values */
  double *more;         /* b - a */
  double *less, *costs; /* a - b, and by how much b costs more */
  guint n;
} Match;

static Match
match (const SfContrastSide *a, const SfContrastSide *b, guint n)
{
  double *memory = g_new (double, 5 * (gsize)n + 1);
  Match m = { .a = memory,
              .b = memory + n,
              .more = memory + 2 * (gsize)n,
              .less = memory + 3 * (gsize)n,
              .costs = memory + 4 * (gsize)n };
  gboolean has_cost = a->cost && b->cost;
  for (guint i = 0; i < n; i++) {
    if (!a->is_done[i] || !b->is_done[i])
      continue;
    m.a[m.n] = a->values[i];
    m.b[m.n] = b->values[i];
    m.more[m.n] = b->values[i] - a->values[i];
    m.less[m.n] = a->values[i] - b->values[i];
    m.costs[m.n] = has_cost ? b->cost[i] - a->cost[i] : NAN;
    m.n++;
  }
  return m;
}

static void
contrast (const SfContrastSide *reference, const SfContrastSide *side, guint n,
          double level, SfContrast *out)
{
  *out = (SfContrast){ .p_holm = NAN };
  out->is_there = reference->values && side->values;
  if (!out->is_there)
    return;
  Match m = match (reference, side, n);
  sf_pairs (m.a, m.b, m.n, level, &out->pairs);
  out->per_unit = sf_interval_ratio (m.costs, m.less, m.n, level);
  sf_shape (m.more, m.n, &out->shape);
  sf_zero_heavy (m.b, m.n, level, &out->parts);
  sf_zero_heavy (m.a, m.n, level, &out->parts_reference);
  g_free (m.a);
}

void
sf_contrast (const SfContrastSide *sides, guint n_sides, guint n, double level,
             SfContrast *out)
{
  g_return_if_fail (n_sides >= 1);
  guint n_others = n_sides - 1;
  g_autofree double *p = g_new (double, 2 * (gsize)n_sides);
  for (guint k = 0; k < n_others; k++) {
    contrast (&sides[0], &sides[k + 1], n, sf_level_each (level, n_others),
              &out[k]);
    p[k] = out[k].is_there ? out[k].pairs.p : NAN;
  }
  sf_holm (p, n_others, p + n_sides);
  for (guint k = 0; k < n_others; k++)
    out[k].p_holm = p[n_sides + k];
}
