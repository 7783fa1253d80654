/* morris.c - trajectories in which each factor moves once. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/design/design-private.h"

#include <math.h>

#include "sim/design/sobol.h"
#include "sim/lang/lang.h"

#define LEVELS_DEFAULT 4
#define LEVELS_MAX 1000
#define WORK_MAX 1e10 /* coordinates compared to choose among candidates */

typedef struct {
  SfSobolSequence *sobol; /* radial */
  guint *chosen;          /* candidate by trajectory; NULL: all, in order */
} Morris;

static guint
n_levels (const SfDesignSpec *spec)
{
  return spec->grid_levels_count ? spec->grid_levels_count : LEVELS_DEFAULT;
}

static gboolean
check_candidates (const SfDesignSpec *spec, GError **error)
{
  guint m = spec->candidates_count;
  double rows = sf_design_n_groups (spec) + 1.0;
  if (m < spec->trajectories_count)
    return sf_design_refuse (error,
                             _ ("%u candidates are fewer than %u trajectories"),
                             m, spec->trajectories_count);
  if (m > SF_DESIGN_CANDIDATES_MAX
      || 0.5 * m * m * rows * rows * spec->n_factors > WORK_MAX)
    return sf_design_refuse (
        error,
        _ ("%u candidate trajectories of %u factors are too "
           "many to compare"),
        m, spec->n_factors);
  return TRUE;
}

static gboolean
count (const SfDesignSpec *spec, guint64 *points, GError **error)
{
  guint p = n_levels (spec);
  if (spec->trajectories_count == 0)
    return sf_design_refuse (error, _ ("0 trajectories asked for"));
  if (spec->is_radial && spec->candidates_count > 0)
    return sf_design_refuse (error,
                             _ ("radial trajectories are not chosen among "
                                "candidates"));
  if (spec->is_radial && 2 * spec->n_factors > SF_DESIGN_SOBOL_FACTORS_MAX)
    return sf_design_refuse (
        error,
        _ ("%u factors are too many for radial trajectories: "
           "at most %u"),
        spec->n_factors, SF_DESIGN_SOBOL_FACTORS_MAX / 2);
  if (!spec->is_radial && (p % 2 != 0 || p > LEVELS_MAX))
    return sf_design_refuse (
        error,
        _ ("%u grid levels: Morris trajectories need an even "
           "number of them, at most %u"),
        p, LEVELS_MAX);
  if (spec->candidates_count > 0 && !check_candidates (spec, error))
    return FALSE;
  *points = sf_design_times (spec->trajectories_count,
                             sf_design_n_groups (spec) + 1);
  return TRUE;
}

/* The levels of the first row, by factor, and the row in which each group moves
 * (1 to the number of groups). Every level is as likely as any other to begin
 * with: a factor moves half the grid, and only one way stays inside it. */
static void
draw_trajectory (const SfDesignSpec *spec, guint candidate, guint *levels,
                 guint *turns)
{
  guint n_groups = sf_design_n_groups (spec);
  SfStream stream;
  sf_stream_init (&stream, spec->seed, "design/morris", candidate, 0);
  for (guint j = 0; j < spec->n_factors; j++)
    levels[j] = sf_stream_index (&stream, n_levels (spec));
  for (guint g = 0; g < n_groups; g++)
    turns[g] = g + 1;
  sf_design_shuffle (turns, n_groups, &stream);
}

static guint
level_at (const SfDesignSpec *spec, guint start, guint turn, guint position)
{
  guint half = n_levels (spec) / 2;
  if (position < turn)
    return start;
  return start < half ? start + half : start - half;
}

/* ---- The candidates that are spread most --------------------------------- */

/* Levels of all rows of all candidates. */
static guint *
draw_candidates (const SfDesignSpec *spec)
{
  guint k = spec->n_factors, n_rows = sf_design_n_groups (spec) + 1;
  guint *all = g_new (guint, (gsize)spec->candidates_count * n_rows * k);
  g_autofree guint *levels = g_new (guint, k), *turns = g_new (guint, n_rows);
  guint *next = all;
  for (guint m = 0; m < spec->candidates_count; m++) {
    draw_trajectory (spec, m, levels, turns);
    for (guint position = 0; position < n_rows; position++)
      for (guint j = 0; j < k; j++)
        *next++ = level_at (spec, levels[j], turns[sf_design_group (spec, j)],
                            position);
  }
  return all;
}

/* The sum of the distances between all rows of one and all rows of the other,
 * in levels. Whole numbers below the root, so the same on every machine. */
static double
distance (const guint *a, const guint *b, guint n_rows, guint k)
{
  double sum = 0;
  for (guint r = 0; r < n_rows; r++)
    for (guint s = 0; s < n_rows; s++) {
      guint64 squares = 0;
      for (guint j = 0; j < k; j++) {
        gint64 d = (gint64)a[r * k + j] - b[s * k + j];
        squares += (guint64)(d * d);
      }
      sum += sqrt ((double)squares);
    }
  return sum;
}

/* Squared distances of all pairs: what is summed is their square. */
static double *
measure (const SfDesignSpec *spec)
{
  guint m = spec->candidates_count, k = spec->n_factors;
  guint n_rows = sf_design_n_groups (spec) + 1;
  g_autofree guint *all = draw_candidates (spec);
  double *squares = g_new0 (double, (gsize)m *m);
  for (guint a = 0; a < m; a++)
    for (guint b = 0; b < a; b++) {
      double d = distance (all + (gsize)a * n_rows * k,
                           all + (gsize)b * n_rows * k, n_rows, k);
      squares[a * m + b] = squares[b * m + a] = d * d;
    }
  return squares;
}

/* Takes the chosen place that loses least out for the candidate outside that
 * brings most; FALSE when no exchange raises the sum. `gains` holds the sum of
 * the squares between each candidate and the chosen. */
static gboolean
improve (const double *squares, guint m, guint r, guint *chosen, double *gains)
{
  double best = 0;
  guint best_place = 0, best_in = 0;
  g_autofree gboolean *is_chosen = g_new0 (gboolean, m);
  for (guint t = 0; t < r; t++)
    is_chosen[chosen[t]] = TRUE;
  for (guint t = 0; t < r; t++)
    for (guint in = 0; in < m; in++) {
      double gain = gains[in] - squares[in * m + chosen[t]] - gains[chosen[t]];
      /* A hair more, so that rounding cannot turn it round for ever. */
      if (!is_chosen[in] && gain > best + 1e-9 * gains[in]) {
        best = gain;
        best_place = t;
        best_in = in;
      }
    }
  if (best == 0)
    return FALSE;
  guint out = chosen[best_place];
  chosen[best_place] = best_in;
  for (guint i = 0; i < m; i++)
    gains[i] += squares[i * m + best_in] - squares[i * m + out];
  return TRUE;
}

static guint *
choose (const SfDesignSpec *spec)
{
  guint m = spec->candidates_count, r = spec->trajectories_count;
  g_autofree double *squares = measure (spec);
  g_autofree double *gains = g_new0 (double, m);
  g_autofree gboolean *is_chosen = g_new0 (gboolean, m);
  guint *chosen = g_new (guint, r);
  for (guint t = 0; t < r; t++) {
    guint best = 0;
    while (is_chosen[best])
      best++;
    for (guint i = best + 1; i < m; i++)
      if (!is_chosen[i] && gains[i] > gains[best])
        best = i;
    chosen[t] = best;
    is_chosen[best] = TRUE;
    for (guint i = 0; i < m; i++)
      gains[i] += squares[i * m + best];
  }
  while (improve (squares, m, r, chosen, gains))
    ;
  return chosen;
}

/* -------------------------------------------------------------------------- */

static gpointer
build (const SfDesignSpec *spec)
{
  Morris *morris = g_new0 (Morris, 1);
  if (spec->is_radial)
    morris->sobol
        = sf_sobol_sequence_new (2 * spec->n_factors, TRUE, spec->seed);
  if (spec->candidates_count > 0)
    morris->chosen = choose (spec);
  return morris;
}

static void
free_morris (gpointer state)
{
  Morris *morris = state;
  sf_sobol_sequence_free (morris->sobol);
  g_free (morris->chosen);
  g_free (morris);
}

static void
radial_row (const SfDesignSpec *spec, const SfSobolSequence *sobol,
            guint trajectory, guint position, double *u)
{
  for (guint j = 0; j < spec->n_factors; j++) {
    gboolean is_moved = sf_design_group (spec, j) + 1 == position;
    u[j] = sf_sobol_sequence_value (sobol, trajectory,
                                    is_moved ? spec->n_factors + j : j);
  }
}

static void
row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  const Morris *morris = state;
  guint k = spec->n_factors, n_rows = sf_design_n_groups (spec) + 1;
  guint trajectory = (guint)(i / n_rows), position = (guint)(i % n_rows);
  if (morris->sobol) {
    radial_row (spec, morris->sobol, trajectory, position, u);
    return;
  }
  g_autofree guint *levels = g_new (guint, k), *turns = g_new (guint, n_rows);
  draw_trajectory (spec,
                   morris->chosen ? morris->chosen[trajectory] : trajectory,
                   levels, turns);
  for (guint j = 0; j < k; j++)
    u[j]
        = level_at (spec, levels[j], turns[sf_design_group (spec, j)], position)
          / (n_levels (spec) - 1.0);
}

const SfDesignType sf_design_morris = {
  .word = "morris",
  .count = count,
  .build = build,
  .free = free_morris,
  .row = row,
};
