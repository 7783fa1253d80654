/* race.c - who is best? Replication by replication, losers leave. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/race.h"

#include <math.h>

#include <gsl/gsl_statistics_double.h>

struct SfRace {
  SfRaceRule rule;
  double h2;
  guint n, n_in;
  double *sums;   /* by contender; the smaller the better */
  guint *left;    /* by contender */
  double *first;  /* the first n0 outcomes, by contender and replication */
  double *spread; /* k x k, variance of the differences of these */
};

double
sf_race_eta (const SfRaceRule *rule)
{
  double power = -2 / (rule->n0 - 1.0);
  return (pow (2 * rule->error_prob / (rule->k - 1.0), power) - 1) / 2;
}

double
sf_race_h2 (const SfRaceRule *rule)
{
  return 2 * sf_race_eta (rule) * (rule->n0 - 1.0);
}

SfRace *
sf_race_new (const SfRaceRule *rule)
{
  g_return_val_if_fail (rule->k >= 2 && rule->n0 >= 2, NULL);
  g_return_val_if_fail (rule->indifference > 0, NULL);
  g_return_val_if_fail (
      rule->error_prob > 0 && rule->error_prob < (rule->k - 1) / 2.0, NULL);
  SfRace *race = g_new0 (SfRace, 1);
  gsize k = rule->k;
  race->rule = *rule;
  race->h2 = sf_race_h2 (rule);
  race->n_in = rule->k;
  race->sums = g_new0 (double, k);
  race->left = g_new0 (guint, k);
  race->first = g_new0 (double, k * rule->n0);
  race->spread = g_new0 (double, k *k);
  return race;
}

void
sf_race_free (SfRace *race)
{
  if (!race)
    return;
  g_free (race->sums);
  g_free (race->left);
  g_free (race->first);
  g_free (race->spread);
  g_free (race);
}

guint
sf_race_n (const SfRace *race)
{
  return race->n;
}

guint
sf_race_left (const SfRace *race, guint contender)
{
  g_return_val_if_fail (contender < race->rule.k, 0);
  return race->left[contender];
}

guint
sf_race_best (const SfRace *race)
{
  guint best = race->rule.k;
  for (guint i = 0; i < race->rule.k; i++)
    if (race->left[i] == 0
        && (best == race->rule.k || race->sums[i] < race->sums[best]))
      best = i;
  return best;
}

static void
find_spreads (SfRace *race)
{
  guint k = race->rule.k, n0 = race->rule.n0;
  g_autofree double *difference = g_new (double, n0);
  for (guint i = 0; i < k; i++)
    for (guint l = i + 1; l < k; l++) {
      for (guint r = 0; r < n0; r++)
        difference[r] = race->first[i * n0 + r] - race->first[l * n0 + r];
      race->spread[i * k + l] = race->spread[l * k + i]
          = gsl_stats_variance (difference, 1, n0);
    }
}

/* How many replications it takes until the mean alone decides between two. */
static double
decided_after (const SfRace *race, guint i, guint l)
{
  double d = race->rule.indifference;
  return race->h2 * race->spread[i * race->rule.k + l] / (d * d);
}

/* How far i may lie behind l and stay. */
static double
allowance (const SfRace *race, guint i, guint l)
{
  double r = race->n;
  return race->rule.indifference / (2 * r)
         * MAX (0, decided_after (race, i, l) - r);
}

/* All contenders are judged against those that were in before. */
static void
screen (SfRace *race)
{
  guint k = race->rule.k;
  g_autofree gboolean *is_beaten = g_new0 (gboolean, k);
  for (guint i = 0; i < k; i++)
    for (guint l = 0; l < k && race->left[i] == 0; l++)
      if (l != i && race->left[l] == 0
          && race->sums[i] - race->sums[l] > race->n * allowance (race, i, l))
        is_beaten[i] = TRUE;
  for (guint i = 0; i < k; i++)
    if (is_beaten[i]) {
      race->left[i] = race->n;
      race->n_in--;
    }
}

static gboolean
is_time_up (const SfRace *race)
{
  for (guint i = 0; i < race->rule.k; i++)
    for (guint l = 0; l < i; l++)
      if (race->left[i] == 0 && race->left[l] == 0
          && decided_after (race, i, l) >= race->n)
        return FALSE;
  return TRUE;
}

/* Those in have equal means, or chance has decided between them. */
static void
keep_best (SfRace *race)
{
  guint best = sf_race_best (race);
  for (guint i = 0; i < race->rule.k; i++)
    if (i != best && race->left[i] == 0)
      race->left[i] = race->n;
  race->n_in = 1;
}

gboolean
sf_race_add (SfRace *race, const double *outcomes)
{
  g_return_val_if_fail (race->n_in > 1, FALSE);
  guint n0 = race->rule.n0;
  double sign = race->rule.is_largest ? -1 : 1;
  for (guint i = 0; i < race->rule.k; i++) {
    if (race->left[i] > 0)
      continue;
    race->sums[i] += sign * outcomes[i];
    if (race->n < n0)
      race->first[i * n0 + race->n] = outcomes[i];
  }
  race->n++;
  if (race->n < n0)
    return TRUE;
  if (race->n == n0)
    find_spreads (race);
  screen (race);
  if (race->n_in > 1 && is_time_up (race))
    keep_best (race);
  return race->n_in > 1;
}
