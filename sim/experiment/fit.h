/* fit.h - uncertain numbers that agree with what was seen. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Approximate Bayesian computation with a soft distance, sampled by
 * differential evolution (ter Braak, "A Markov Chain Monte Carlo version of
 * the genetic algorithm Differential Evolution", 2006; Turner and Sederberg,
 * "Approximate Bayesian computation with differential evolution", 2012). This
 * file is the sampler and what is read from its chains; fit-runs.h makes the
 * distance from replications, fit-file.h keeps it all on disk.
 *
 * Place. Each of the d parameters is its own prior quantile, strictly between
 * 0 and 1. The prior is uniform there, so it drops out of the acceptance
 * ratio, and a step that leaves an end is reflected. A place is a whole number
 * of billionths, so that a file holds it exactly.
 *
 * Distance. A candidate has n_terms terms (one a row of observations): 0 is
 * "as was seen", 1 "off by its tolerance", SF_FIT_MOST at most, in steps of
 * 1e-4. The distance is the root of the mean of their squares, and a place has
 * the density exp (-distance^2 / (2 delta^2)).
 *
 * Generation 0 draws a Latin hypercube from the prior. After the burn-in every
 * chain i proposes x_i + gamma (x_a - x_b) + e in a random part of the
 * coordinates (each with probability CR, 1/3, 2/3 or 1), gamma being
 * 2.38 / sqrt (2 n) for n coordinates; every tenth generation gamma and CR are
 * 1, so that chains change between modes. The chains are updated in two
 * halves, each with a and b from the other half, which stays where it is: so
 * the proposal is symmetric, the target is kept exactly, and half of the
 * candidates can be simulated at once. e is normal with SF_FIT_JITTER.
 *
 * Burn-in. An evolution strategy (fit-search.h) looks for the places that agree
 * best; every generation is a fresh cloud, compared on luck of its own, so that
 * it does not learn what suits one luck. Differential evolution alone hardly
 * moves among fifty numbers, and pulled to the best chains it ends where they
 * all are alike too early. The chains then begin at candidates of the later
 * half of the burn-in, drawn with the density that they are to have; nothing of
 * the burn-in is in the sample. delta is 0.2 times the median distance of the
 * last generation, or the tolerance when that is larger, never rises, and stays
 * after the burn-in.
 *
 * Renewal. After the burn-in all candidates meet the same luck, or, with
 * `renew`, each chain its own, and other luck every so many generations: its
 * place is then tried again, and the new distance counts, so nobody lives long
 * on having been lucky.
 *
 * Random numbers are keyed by generation and chain, so the chains do not
 * depend on where a fit was interrupted nor on who simulated what.
 */
#pragma once

#include <glib.h>

#include "sim/experiment/fit-search.h"

#define SF_FIT_BILLION 1000000000u /* a place is k / SF_FIT_BILLION */
#define SF_FIT_TERM 10000u         /* a term is k / SF_FIT_TERM */
#define SF_FIT_MOST 3.0            /* a term is not larger */
#define SF_FIT_JITTER 1e-3         /* sd of e, in prior quantiles */

/* What the chains depend on. */
typedef struct {
  guint64 seed;
  guint n_parameters, n_terms; /* 1 or more each */
  guint n_chains;              /* even, 8 or more */
  guint burn_in;               /* generations, the first (0) not counted */
  double tolerance;            /* delta does not fall below; > 0 */
  double saturation;           /* a term t counts t / sqrt (1 + (t / s)^2), so
                                  never more than this s: what cannot be reached
                                  then does not pull everything else out of
                                  its bounds; 0: t as it is */
  guint renew; /* every so many generations the chains stay where they are and
                  are tried anew, whatever comes of it; 0: never */
} SfFitSettings;

/* All that was tried so far. Candidates are numbered from 0: generation g has
 * g * n_chains and the n_chains - 1 after it, one a chain. */
typedef struct {
  SfFitSettings settings;
  guint n_generations; /* complete */
  GArray *places;      /* guint32, n_parameters a candidate */
  GArray *terms;       /* guint16, n_terms a candidate */
  GArray *distances;   /* double, one a candidate */
  GArray *states;      /* guint32, n_chains a generation: the candidate that
                          each chain stands at when it is over */
  GArray *deltas;      /* double, one a generation: delta with which its
                          candidates were accepted */
  SfFitSearch *search; /* of the burn-in */
} SfFit;

typedef enum {
  SF_FIT_DONE,
  SF_FIT_STOPPED, /* the user asked; no error */
  SF_FIT_FAILED,  /* with an error */
} SfFitStep;

/* Finds the terms of n candidates. `lucks` has a number for each: candidates
 * with the same number are to meet the same luck. `quantiles` has n_parameters
 * a candidate, `terms` room for n_terms a candidate; larger ones and NAN count
 * as SF_FIT_MOST. */
typedef SfFitStep (*SfFitTerms) (gpointer data, const guint *lucks, guint n,
                                 const double *quantiles, double *terms,
                                 GError **error);

/* A fit without a generation; owned by the caller. */
SfFit *sf_fit_new (const SfFitSettings *settings);
void sf_fit_free (SfFit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFit, sf_fit_free)

/* Goes through one more generation. When it is not SF_FIT_DONE the fit is as
 * it was before. */
SfFitStep sf_fit_step (SfFit *fit, SfFitTerms terms, gpointer data,
                       GError **error);

/* Adds a candidate that was read from a file: its n_parameters places and
 * n_terms terms; and when n_chains of them were added, the generation with its
 * states and delta. FALSE when a number makes no sense; the fit is then good
 * for nothing but freeing. */
gboolean sf_fit_add_candidate (SfFit *fit, const guint32 *places,
                               const guint16 *terms);
gboolean sf_fit_add_generation (SfFit *fit, const guint32 *states,
                                double delta);

/* Prior quantile of a parameter of a candidate; the candidate at which a chain
 * stands when a generation is over. */
double sf_fit_quantile (const SfFit *fit, guint candidate, guint parameter);
guint sf_fit_state (const SfFit *fit, guint generation, guint chain);

/* A generation at a glance: distances of where the chains stand. */
typedef struct {
  double best, median;
  double accepted_frac; /* of its candidates */
  double delta;
} SfFitLook;

SfFitLook sf_fit_look (const SfFit *fit, guint generation);

/* The posterior sample: at most `keep` candidates (numbers; repeated where a
 * chain stayed) evenly out of all generations after the burn-in, or of the
 * last generation while there are none. Returns how many. */
guint sf_fit_sample (const SfFit *fit, guint keep, guint *candidates);

/* What a fit says of one parameter. Quantiles are in prior quantiles: the
 * value is that quantile of the prior. */
typedef struct {
  double p05, p25, p50, p75, p95; /* of the chains after the burn-in */
  double rank_correlation;        /* Spearman's, with the distance, over all
                                     candidates; NAN: neither varies */
  double r_hat; /* potential scale reduction of halved chains (Gelman and
                   others, Bayesian Data Analysis, 3rd ed., 11.4): near 1 when
                   the chains agree; NAN: too few generations */
} SfFitParameter;

void sf_fit_parameter (const SfFit *fit, guint parameter, SfFitParameter *out);

/* Mean of a term over the chains after the burn-in; or, of what the prior gives,
 * over the first generation. */
double sf_fit_term (const SfFit *fit, guint term, gboolean is_prior);
