/* fit.c - uncertain numbers that agree with what was seen. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/fit.h"

#include <math.h>
#include <string.h>

#include "sim/base/random.h"
#include "sim/observe/stats.h"

#define MODE_EVERY 10u   /* generations: gamma = 1 */
#define DELTA_FRAC 0.2   /* of the median distance, in the burn-in */
#define GAMMA_SCALE 2.38 /* best for a normal target (ter Braak) */

SfFit *
sf_fit_new (const SfFitSettings *settings)
{
  g_return_val_if_fail (settings->n_parameters > 0 && settings->n_terms > 0,
                        NULL);
  g_return_val_if_fail (settings->n_chains >= 8 && settings->n_chains % 2 == 0,
                        NULL);
  g_return_val_if_fail (settings->tolerance > 0, NULL);
  SfFit *fit = g_new0 (SfFit, 1);
  fit->settings = *settings;
  fit->places = g_array_new (FALSE, FALSE, sizeof (guint32));
  fit->terms = g_array_new (FALSE, FALSE, sizeof (guint16));
  fit->distances = g_array_new (FALSE, FALSE, sizeof (double));
  fit->states = g_array_new (FALSE, FALSE, sizeof (guint32));
  fit->deltas = g_array_new (FALSE, FALSE, sizeof (double));
  fit->search = sf_fit_search_new (settings->n_parameters, settings->n_chains);
  return fit;
}

void
sf_fit_free (SfFit *fit)
{
  if (!fit)
    return;
  g_array_unref (fit->places);
  g_array_unref (fit->terms);
  g_array_unref (fit->distances);
  g_array_unref (fit->states);
  g_array_unref (fit->deltas);
  sf_fit_search_free (fit->search);
  g_free (fit);
}

/* ---- Candidates ---------------------------------------------------------- */

static const guint32 *
place_of (const SfFit *fit, guint candidate)
{
  gsize at = (gsize)candidate * fit->settings.n_parameters;
  return &g_array_index (fit->places, guint32, at);
}

double
sf_fit_quantile (const SfFit *fit, guint candidate, guint parameter)
{
  g_return_val_if_fail (candidate < fit->distances->len
                            && parameter < fit->settings.n_parameters,
                        NAN);
  return place_of (fit, candidate)[parameter] / (double)SF_FIT_BILLION;
}

guint
sf_fit_state (const SfFit *fit, guint generation, guint chain)
{
  g_return_val_if_fail (
      generation < fit->n_generations && chain < fit->settings.n_chains, 0);
  gsize at = (gsize)generation * fit->settings.n_chains + chain;
  return g_array_index (fit->states, guint32, at);
}

static double
distance_of (const SfFit *fit, guint candidate)
{
  return g_array_index (fit->distances, double, candidate);
}

gboolean
sf_fit_add_candidate (SfFit *fit, const guint32 *places, const guint16 *terms)
{
  double sum = 0;
  for (guint p = 0; p < fit->settings.n_parameters; p++)
    if (places[p] == 0 || places[p] >= SF_FIT_BILLION)
      return FALSE;
  for (guint t = 0; t < fit->settings.n_terms; t++) {
    double term = terms[t] / (double)SF_FIT_TERM;
    if (term > SF_FIT_MOST)
      return FALSE;
    double s = fit->settings.saturation;
    double squared = term * term;
    sum += s > 0 ? squared / (1 + squared / (s * s)) : squared;
  }
  double distance = sqrt (sum / fit->settings.n_terms);
  g_array_append_vals (fit->places, places, fit->settings.n_parameters);
  g_array_append_vals (fit->terms, terms, fit->settings.n_terms);
  g_array_append_val (fit->distances, distance);
  return TRUE;
}

/* The search learns from the generation that is complete. */
static void
learn (SfFit *fit)
{
  guint n = fit->settings.n_chains, d = fit->settings.n_parameters;
  gsize first = (gsize)fit->n_generations * n;
  g_autofree double *places = g_new (double, (gsize)n *d);
  for (gsize i = 0; i < (gsize)n * d; i++)
    places[i] = g_array_index (fit->places, guint32, first * d + i)
                / (double)SF_FIT_BILLION;
  sf_fit_search_learn (fit->search, places,
                       &g_array_index (fit->distances, double, first));
}

gboolean
sf_fit_add_generation (SfFit *fit, const guint32 *states, double delta)
{
  guint n = fit->settings.n_chains;
  guint64 all = ((guint64)fit->n_generations + 1) * n;
  if (fit->distances->len != all || !(delta > 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (states[i] >= all)
      return FALSE;
  g_array_append_vals (fit->states, states, n);
  g_array_append_val (fit->deltas, delta);
  if (fit->n_generations <= fit->settings.burn_in)
    learn (fit);
  fit->n_generations++;
  return TRUE;
}

/* Forgets the candidates of a generation that was not completed. */
static void
drop_candidates (SfFit *fit)
{
  const SfFitSettings *s = &fit->settings;
  guint n = fit->n_generations * s->n_chains;
  g_array_set_size (fit->places, n * s->n_parameters);
  g_array_set_size (fit->terms, n * s->n_terms);
  g_array_set_size (fit->distances, n);
}

/* ---- Proposals ----------------------------------------------------------- */

/* What chain `chain` does in a generation is drawn from here. */
static void
stream_of (const SfFit *fit, SfStream *stream, guint chain)
{
  sf_stream_init (stream, fit->settings.seed, "fit", fit->n_generations, chain);
}

static guint32
to_place (double quantile)
{
  double billionths = round (quantile * SF_FIT_BILLION);
  return (guint32)CLAMP (billionths, 1.0, SF_FIT_BILLION - 1.0);
}

/* A Latin hypercube: of each parameter, one chain in each n-th of the prior. */
static void
propose_prior (const SfFit *fit, guint32 *places)
{
  guint n = fit->settings.n_chains, d = fit->settings.n_parameters;
  g_autofree guint *order = g_new (guint, n);
  for (guint p = 0; p < d; p++) {
    SfStream s;
    sf_stream_init (&s, fit->settings.seed, "fit:prior", p, 0);
    for (guint i = 0; i < n; i++) {
      guint j = sf_stream_index (&s, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    for (guint i = 0; i < n; i++)
      places[i * d + p] = to_place ((order[i] + sf_stream_uniform (&s)) / n);
  }
}

/* The coordinates that change; at least one. Returns how many. */
static guint
choose_part (SfStream *s, guint d, double share, guint8 *is_in)
{
  guint n = 0;
  for (guint p = 0; p < d; p++) {
    is_in[p] = sf_stream_uniform (s) < share;
    n += is_in[p];
  }
  guint one = sf_stream_index (s, d);
  if (n > 0)
    return n;
  is_in[one] = 1;
  return 1;
}

/* Chains below n / 2 learn from those above and the other way round. */
static void
propose (const SfFit *fit, const guint32 *states, guint chain, guint32 *places)
{
  guint d = fit->settings.n_parameters, half = fit->settings.n_chains / 2;
  gboolean is_mode = fit->n_generations % MODE_EVERY == 0;
  SfStream s;
  stream_of (fit, &s, chain);
  const guint32 *others = states + (chain < half ? half : 0);
  guint a = sf_stream_index (&s, half), b = sf_stream_index (&s, half - 1);
  b += b >= a;
  double share = (1 + sf_stream_index (&s, 3)) / 3.0;
  g_autofree guint8 *is_in = g_new (guint8, d);
  guint n = choose_part (&s, d, is_mode ? 1 : share, is_in);
  double gamma = is_mode ? 1 : GAMMA_SCALE / sqrt (2.0 * n);
  const guint32 *x = place_of (fit, states[chain]),
                *xa = place_of (fit, others[a]),
                *xb = place_of (fit, others[b]);
  for (guint p = 0; p < d; p++) {
    double e = sf_stream_normal (&s, 0, SF_FIT_JITTER);
    double step = gamma * ((double)xa[p] - xb[p]);
    if (is_in[p])
      places[p] = to_place (
          sf_fit_search_reflect ((x[p] + step) / SF_FIT_BILLION + e));
    else
      places[p] = x[p];
  }
}

/* ---- A generation -------------------------------------------------------- */

/* In the burn-in each generation has luck of its own. Later all have the same,
 * or, with `renew`, each chain its own, and others after so many generations. */
static guint
luck_of (const SfFitSettings *s, guint candidate)
{
  guint chain = candidate % s->n_chains, generation = candidate / s->n_chains;
  if (generation <= s->burn_in)
    return generation;
  guint later = s->burn_in + 1;
  return s->renew ? later + generation / s->renew * s->n_chains + chain : later;
}

/* Finds the terms of n proposals and adds them as candidates. */
static SfFitStep
evaluate (SfFit *fit, const guint32 *places, guint n, SfFitTerms function,
          gpointer data, GError **error)
{
  guint d = fit->settings.n_parameters, m = fit->settings.n_terms;
  g_autofree double *quantiles = g_new (double, (gsize)n *d);
  g_autofree double *terms = g_new0 (double, (gsize)n *m);
  g_autofree guint16 *whole = g_new (guint16, m);
  g_autofree guint *lucks = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    lucks[i] = luck_of (&fit->settings, fit->distances->len + i);
  for (gsize i = 0; i < (gsize)n * d; i++)
    quantiles[i] = places[i] / (double)SF_FIT_BILLION;
  SfFitStep step = function (data, lucks, n, quantiles, terms, error);
  for (guint i = 0; step == SF_FIT_DONE && i < n; i++) {
    for (guint t = 0; t < m; t++) {
      double term = terms[(gsize)i * m + t];
      term = isnan (term) ? SF_FIT_MOST : CLAMP (term, 0, SF_FIT_MOST);
      whole[t] = (guint16)lround (term * SF_FIT_TERM);
    }
    gboolean is_good = sf_fit_add_candidate (fit, places + (gsize)i * d, whole);
    g_assert (is_good);
  }
  return step;
}

static SfFitStep
step_prior (SfFit *fit, guint32 *states, SfFitTerms terms, gpointer data,
            GError **error)
{
  guint n = fit->settings.n_chains;
  g_autofree guint32 *places
      = g_new (guint32, (gsize)n * fit->settings.n_parameters);
  propose_prior (fit, places);
  for (guint i = 0; i < n; i++)
    states[i] = i;
  return evaluate (fit, places, n, terms, data, error);
}

static void
accept (const SfFit *fit, guint32 *states, guint chain, double delta)
{
  SfStream s;
  sf_stream_init (&s, fit->settings.seed, "fit:accept", fit->n_generations,
                  chain);
  guint candidate = fit->n_generations * fit->settings.n_chains + chain;
  double was = distance_of (fit, states[chain]),
         is = distance_of (fit, candidate);
  double ratio = exp ((was * was - is * is) / (2 * delta * delta));
  if (sf_stream_uniform (&s) < ratio)
    states[chain] = candidate;
}

static SfFitStep
step_halves (SfFit *fit, guint32 *states, double delta, SfFitTerms terms,
             gpointer data, GError **error)
{
  guint half = fit->settings.n_chains / 2, d = fit->settings.n_parameters;
  g_autofree guint32 *places = g_new (guint32, (gsize)half * d);
  for (guint first = 0; first <= half; first += half) {
    for (guint i = 0; i < half; i++)
      propose (fit, states, first + i, places + (gsize)i * d);
    SfFitStep step = evaluate (fit, places, half, terms, data, error);
    if (step != SF_FIT_DONE)
      return step;
    for (guint i = 0; i < half; i++)
      accept (fit, states, first + i, delta);
  }
  return SF_FIT_DONE;
}

/* Candidates of the search; each becomes where its chain stands. */
static SfFitStep
step_search (SfFit *fit, guint32 *states, SfFitTerms terms, gpointer data,
             GError **error)
{
  guint n = fit->settings.n_chains, d = fit->settings.n_parameters;
  g_autofree guint32 *places = g_new (guint32, (gsize)n * d);
  g_autofree double *place = g_new (double, d);
  for (guint i = 0; i < n; i++) {
    SfStream s;
    stream_of (fit, &s, i);
    sf_fit_search_propose (fit->search, &s, place);
    for (guint p = 0; p < d; p++)
      places[i * d + p] = to_place (place[p]);
    states[i] = fit->n_generations * n + i;
  }
  return evaluate (fit, places, n, terms, data, error);
}

/* Where the chains begin: candidates of the later half of the search, each
 * with the density that the chains are to have. */
static void
choose_starts (const SfFit *fit, guint32 *states, double delta)
{
  guint n = fit->settings.n_chains, last = fit->n_generations * n;
  guint first = (fit->n_generations + 1) / 2 * n;
  double least = INFINITY, sum = 0;
  for (guint c = first; c < last; c++)
    least = MIN (least, distance_of (fit, c));
  g_autofree double *below = g_new (double, last - first);
  for (guint c = first; c < last; c++) {
    double is = distance_of (fit, c);
    sum += exp ((least * least - is * is) / (2 * delta * delta));
    below[c - first] = sum;
  }
  SfStream s;
  sf_stream_init (&s, fit->settings.seed, "fit:start", 0, 0);
  for (guint i = 0; i < n; i++) {
    double u = sum * (i + sf_stream_uniform (&s)) / n;
    guint c = first;
    while (c + 1 < last && below[c - first] < u)
      c++;
    states[i] = c;
  }
}

/* Every chain stays, and its distance is found again. */
static SfFitStep
step_renew (SfFit *fit, guint32 *states, SfFitTerms terms, gpointer data,
            GError **error)
{
  guint n = fit->settings.n_chains, d = fit->settings.n_parameters;
  g_autofree guint32 *places = g_new (guint32, (gsize)n * d);
  for (guint i = 0; i < n; i++) {
    memcpy (places + (gsize)i * d, place_of (fit, states[i]),
            d * sizeof *places);
    states[i] = fit->n_generations * n + i;
  }
  return evaluate (fit, places, n, terms, data, error);
}

static int
by_size (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Distances of the chains in ascending order, to be freed. */
static double *
sorted_distances (const SfFit *fit, const guint32 *states)
{
  guint n = fit->settings.n_chains;
  double *sorted = g_new (double, n);
  for (guint i = 0; i < n; i++)
    sorted[i] = distance_of (fit, states[i]);
  qsort (sorted, n, sizeof *sorted, by_size);
  return sorted;
}

/* delta of the generation that comes. */
static double
next_delta (const SfFit *fit)
{
  guint g = fit->n_generations;
  double now = fit->deltas->len ? g_array_index (fit->deltas, double, g - 1)
                                : INFINITY;
  if (g > 1 && g > fit->settings.burn_in)
    return now;
  double median = sf_fit_look (fit, g - 1).median;
  double wanted = MAX (DELTA_FRAC * median, fit->settings.tolerance);
  return g > 1 ? MIN (now, wanted) : wanted;
}

SfFitStep
sf_fit_step (SfFit *fit, SfFitTerms terms, gpointer data, GError **error)
{
  guint n = fit->settings.n_chains, g = fit->n_generations;
  g_return_val_if_fail ((guint64)(g + 1) * n < G_MAXUINT32, SF_FIT_FAILED);
  g_autofree guint32 *states = g_new0 (guint32, n);
  double delta = g > 0 ? next_delta (fit) : SF_FIT_MOST;
  SfFitStep step;
  if (g == 0)
    step = step_prior (fit, states, terms, data, error);
  else {
    memcpy (states, &g_array_index (fit->states, guint32, (gsize)(g - 1) * n),
            n * sizeof *states);
    guint renew = fit->settings.renew, burn_in = fit->settings.burn_in;
    if (g <= burn_in)
      step = step_search (fit, states, terms, data, error);
    else if (g == burn_in + 1 && burn_in > 0) {
      choose_starts (fit, states, delta);
      step = step_renew (fit, states, terms, data, error);
    } else if (renew > 0 && g % renew == 0)
      step = step_renew (fit, states, terms, data, error);
    else
      step = step_halves (fit, states, delta, terms, data, error);
  }
  if (step != SF_FIT_DONE) {
    drop_candidates (fit);
    return step;
  }
  gboolean is_good = sf_fit_add_generation (fit, states, delta);
  g_assert (is_good);
  return SF_FIT_DONE;
}

SfFitLook
sf_fit_look (const SfFit *fit, guint generation)
{
  guint n = fit->settings.n_chains, n_new = 0;
  SfFitLook look = { NAN, NAN, NAN, NAN };
  g_return_val_if_fail (generation < fit->n_generations, look);
  const guint32 *states
      = &g_array_index (fit->states, guint32, (gsize)generation * n);
  g_autofree double *sorted = sorted_distances (fit, states);
  for (guint i = 0; i < n; i++)
    n_new += states[i] == generation * n + i;
  look.best = sorted[0];
  look.median = sf_quantile_sorted (sorted, n, 0.5);
  look.accepted_frac = n_new / (double)n;
  look.delta = g_array_index (fit->deltas, double, generation);
  return look;
}
