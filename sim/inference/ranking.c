/* ranking.c - which contender is best, for how many runs. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/ranking.h"

#include <math.h>

#include <gsl/gsl_statistics_double.h>

#include "sim/inference/ocba.h"
#include "sim/inference/pairs.h"
#include "sim/inference/race.h"
#include "sim/lang/lang.h"
#include "sim/observe/stats.h"

G_DEFINE_QUARK (sf - rank - error - quark, sf_rank_error)

typedef struct {
  const SfRankRule *rule;
  SfRankDraw draw;
  gpointer data;
  GArray **outcomes; /* by contender: double, in the order of replications */
  guint *runners;    /* contenders that are no twins, in their order */
  guint m;           /* how many these are */
  SfRanking *out;
} Ranking;

void
sf_ranking_free (SfRanking *ranking)
{
  if (!ranking)
    return;
  g_free (ranking->ranked);
  g_free (ranking);
}

static const double *
outcomes_of (const Ranking *r, guint contender)
{
  return (const double *)(gpointer)r->outcomes[contender]->data;
}

/* Makes n outcomes of a contender known. */
static gboolean
draw_until (Ranking *r, guint contender, guint n, GError **error)
{
  GArray *outcomes = r->outcomes[contender];
  guint first = outcomes->len;
  if (first >= n)
    return TRUE;
  g_array_set_size (outcomes, n);
  r->out->n_drawn += n - first;
  return r->draw (contender, first, n - first,
                  &g_array_index (outcomes, double, first), r->data, error);
}

static gboolean
is_same_start (const Ranking *r, guint i, guint l)
{
  const double *a = outcomes_of (r, i), *b = outcomes_of (r, l);
  for (guint n = 0; n < r->rule->n0; n++)
    if (a[n] != b[n])
      return FALSE;
  return TRUE;
}

static void
find_twins (Ranking *r)
{
  for (guint i = 0; i < r->rule->k; i++) {
    SfRanked *ranked = &r->out->ranked[i];
    ranked->twin = -1;
    for (guint t = 0; t < r->m && ranked->twin < 0; t++)
      if (is_same_start (r, i, r->runners[t]))
        ranked->twin = (gint)r->runners[t];
    if (ranked->twin < 0)
      r->runners[r->m++] = i;
    ranked->n = r->rule->n0;
  }
}

static gboolean
find_indifference (Ranking *r, GError **error)
{
  const SfRankRule *rule = r->rule;
  r->out->indifference = rule->indifference;
  if (!(rule->indifference_frac > 0))
    return TRUE;
  r->out->indifference
      = rule->indifference_frac
        * fabs (gsl_stats_mean (outcomes_of (r, 0), 1, rule->n0));
  if (r->out->indifference > 0)
    return TRUE;
  g_set_error_literal (error, SF_RANK_ERROR, SF_RANK_ERROR_INDIFFERENCE,
                       _ ("the mean is 0, of which no share can be taken"));
  return FALSE;
}

/* ---- KN ------------------------------------------------------------------- */

/* Makes the first n outcomes of all that are in known, in whole batches. */
static gboolean
draw_round (Ranking *r, const SfRace *race, guint n, GError **error)
{
  guint n0 = r->rule->n0, batch = r->rule->batch;
  if (n <= n0)
    return TRUE;
  n = MIN (n0 + (n - n0 + batch - 1) / batch * batch, r->rule->limit);
  for (guint t = 0; t < r->m; t++)
    if (sf_race_left (race, t) == 0 && !draw_until (r, r->runners[t], n, error))
      return FALSE;
  return TRUE;
}

static void
end_race (Ranking *r, const SfRace *race, gboolean is_open)
{
  for (guint t = 0; t < r->m; t++) {
    SfRanked *ranked = &r->out->ranked[r->runners[t]];
    ranked->left = sf_race_left (race, t);
    ranked->n = ranked->left ? ranked->left : sf_race_n (race);
    ranked->fate = ranked->left ? SF_RANK_ELIMINATED
                   : is_open    ? SF_RANK_IN
                                : SF_RANK_SELECTED;
  }
  r->out->best = r->runners[sf_race_best (race)];
  r->out->is_decided = !is_open;
}

static gboolean
run_race (Ranking *r, GError **error)
{
  const SfRankRule *rule = r->rule;
  SfRaceRule race_rule = { r->m, rule->n0, 1 - rule->confidence,
                           r->out->indifference, rule->is_largest };
  g_autoptr (SfRace) race = sf_race_new (&race_rule);
  g_autofree double *next = g_new0 (double, r->m);
  gboolean is_open = TRUE;
  while (is_open && sf_race_n (race) < rule->limit) {
    guint n = sf_race_n (race);
    if (!draw_round (r, race, n + 1, error))
      return FALSE;
    for (guint t = 0; t < r->m; t++)
      if (sf_race_left (race, t) == 0)
        next[t] = outcomes_of (r, r->runners[t])[n];
    is_open = sf_race_add (race, next);
  }
  end_race (r, race, is_open);
  return TRUE;
}

/* ---- OCBA ----------------------------------------------------------------- */

static void
look (const Ranking *r, SfOcbaSeen *seen)
{
  for (guint t = 0; t < r->m; t++) {
    guint n = r->outcomes[r->runners[t]]->len;
    const double *x = outcomes_of (r, r->runners[t]);
    seen[t]
        = (SfOcbaSeen){ gsl_stats_mean (x, 1, n), gsl_stats_sd (x, 1, n), n };
  }
}

static void
end_budget (Ranking *r, const SfOcbaSeen *seen)
{
  SfRanking *out = r->out;
  gboolean is_largest = r->rule->is_largest;
  guint best = sf_ocba_best (seen, r->m, is_largest);
  out->correct_prob = sf_ocba_correct_prob (seen, r->m, is_largest, 0);
  out->good_prob
      = sf_ocba_correct_prob (seen, r->m, is_largest, out->indifference);
  out->is_decided = out->good_prob >= r->rule->confidence;
  out->best = r->runners[best];
  for (guint t = 0; t < r->m; t++) {
    SfRanked *ranked = &out->ranked[r->runners[t]];
    ranked->n = seen[t].n;
    ranked->fate = !out->is_decided ? SF_RANK_IN
                   : t == best      ? SF_RANK_SELECTED
                                    : SF_RANK_PASSED;
  }
}

static gboolean
spend_budget (Ranking *r, GError **error)
{
  const SfRankRule *rule = r->rule;
  g_autofree SfOcbaSeen *seen = g_new0 (SfOcbaSeen, r->m);
  g_autofree double *shares = g_new0 (double, r->m);
  look (r, seen);
  while (r->out->n_drawn < rule->limit
         && sf_ocba_shares (seen, r->m, rule->is_largest, r->out->indifference,
                            shares)) {
    g_autofree guint *more = g_new0 (guint, r->m);
    guint extra = MIN (rule->batch, rule->limit - r->out->n_drawn);
    sf_ocba_next (seen, shares, r->m, extra, more);
    for (guint t = 0; t < r->m; t++)
      if (!draw_until (r, r->runners[t], seen[t].n + more[t], error))
        return FALSE;
    look (r, seen);
  }
  end_budget (r, seen);
  return TRUE;
}

/* ---- What was found ------------------------------------------------------- */

/* How much worse i is than l, by an interval that holds for all pairs. */
static void
compare (const Ranking *r, guint i, guint l, SfPairs *out)
{
  const double *a = outcomes_of (r, r->rule->is_largest ? i : l);
  const double *b = outcomes_of (r, r->rule->is_largest ? l : i);
  guint n = MIN (r->out->ranked[i].n, r->out->ranked[l].n);
  guint pairs = r->m * (r->m - 1) / 2;
  sf_pairs (a, b, n, sf_level_each (r->rule->confidence, pairs), out);
}

static void
compare_with_best (const Ranking *r, guint i, const SfPairs *pairs)
{
  const double *a = outcomes_of (r, i), *b = outcomes_of (r, r->out->best);
  SfRanked *ranked = &r->out->ranked[i];
  g_autofree double *differences = g_new (double, pairs->n);
  ranked->correlation = pairs->correlation;
  ranked->variance_ratio = pairs->variance_ratio;
  ranked->is_out_of_step = pairs->is_out_of_step;
  for (guint n = 0; n < pairs->n; n++)
    differences[n] = a[n] - b[n];
  sf_shape (differences, pairs->n, &ranked->shape);
}

/* The worst of the differences to all others is the one to the best. */
static void
compare_with_others (const Ranking *r, guint i)
{
  SfRanked *ranked = &r->out->ranked[i];
  for (guint t = 0; t < r->m; t++) {
    guint l = r->runners[t];
    SfPairs pairs;
    if (l == i)
      continue;
    compare (r, i, l, &pairs);
    ranked->worse = fmax (ranked->worse, pairs.difference.estimate);
    ranked->worse_low = fmax (ranked->worse_low, pairs.difference.low);
    ranked->worse_high = fmax (ranked->worse_high, pairs.difference.high);
    if (l == r->out->best)
      compare_with_best (r, i, &pairs);
  }
  ranked->is_near
      = i != r->out->best && ranked->worse_low <= r->out->indifference;
}

static void
summarise (const Ranking *r, guint i)
{
  SfRanked *ranked = &r->out->ranked[i];
  ranked->mean = gsl_stats_mean (outcomes_of (r, i), 1, ranked->n);
  ranked->sd = gsl_stats_sd (outcomes_of (r, i), 1, ranked->n);
  ranked->ci = sf_half_width (ranked->sd / sqrt (ranked->n), ranked->n,
                              r->rule->confidence);
  ranked->worse = r->m > 1 ? -INFINITY : 0;
  ranked->worse_low = ranked->worse_high = ranked->worse;
  ranked->correlation = ranked->variance_ratio = NAN;
}

/* A twin has what the other has, but for its own replications. */
static void
copy_fate (const Ranking *r, guint i)
{
  SfRanked *ranked = &r->out->ranked[i];
  const SfRanked *other = &r->out->ranked[ranked->twin];
  ranked->fate = SF_RANK_TWIN;
  ranked->worse = other->worse;
  ranked->worse_low = other->worse_low;
  ranked->worse_high = other->worse_high;
  ranked->is_near = other->is_near || (guint)ranked->twin == r->out->best;
}

static void
finish (const Ranking *r)
{
  SfRanking *out = r->out;
  for (guint i = 0; i < out->k; i++)
    summarise (r, i);
  for (guint t = 0; t < r->m; t++)
    compare_with_others (r, r->runners[t]);
  for (guint i = 0; i < out->k; i++) {
    SfRanked *ranked = &out->ranked[i];
    if (ranked->twin >= 0)
      copy_fate (r, i);
    out->n_most = MAX (out->n_most, ranked->n);
    out->n_counted += ranked->n;
  }
}

/* All contenders gave the same: the first is as good as any. */
static void
end_alike (Ranking *r)
{
  r->out->ranked[r->runners[0]].fate = SF_RANK_SELECTED;
  r->out->best = r->runners[0];
  r->out->is_decided = TRUE;
}

static gboolean
rank (Ranking *r, GError **error)
{
  for (guint i = 0; i < r->rule->k; i++)
    if (!draw_until (r, i, r->rule->n0, error))
      return FALSE;
  find_twins (r);
  if (!find_indifference (r, error))
    return FALSE;
  if (r->m == 1)
    end_alike (r);
  else if (!(r->rule->method == SF_RANK_KN ? run_race (r, error)
                                           : spend_budget (r, error)))
    return FALSE;
  finish (r);
  return TRUE;
}

SfRanking *
sf_rank (const SfRankRule *rule, SfRankDraw draw, gpointer data, GError **error)
{
  g_return_val_if_fail (rule->k >= 2 && rule->n0 >= 2 && rule->batch >= 1,
                        NULL);
  g_return_val_if_fail (rule->confidence > 0.5 && rule->confidence < 1, NULL);
  g_autoptr (SfRanking) out = g_new0 (SfRanking, 1);
  out->k = rule->k;
  out->ranked = g_new0 (SfRanked, rule->k);
  out->correct_prob = out->good_prob = NAN;
  Ranking r = { rule, draw, data, NULL, NULL, 0, out };
  r.outcomes = g_new0 (GArray *, rule->k);
  r.runners = g_new0 (guint, rule->k);
  for (guint i = 0; i < rule->k; i++)
    r.outcomes[i] = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean is_fine = rank (&r, error);
  for (guint i = 0; i < rule->k; i++)
    g_array_unref (r.outcomes[i]);
  g_free (r.outcomes);
  g_free (r.runners);
  return is_fine ? g_steal_pointer (&out) : NULL;
}
