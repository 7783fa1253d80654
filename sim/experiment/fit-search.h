/* fit-search.h - evolution strategy with a covariance matrix. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CMA-ES as in N. Hansen, "The CMA Evolution Strategy: A Tutorial" (2016),
 * with its default constants for n candidates a generation, half of them
 * weighted. Candidates are m + sigma N (0, C), mirrored at 0 and 1; m, sigma
 * and C learn from the places that were tried and from the order of their
 * distances alone, so candidates of one generation only need to be comparable
 * with one another. Distances may be noisy and of another luck in each
 * generation.
 */
#pragma once

#include <glib.h>

#include "sim/base/random.h"

typedef struct SfFitSearch SfFitSearch;

/* A search in [0, 1]^d with n >= 4 candidates a generation, that begins with
 * the uniform distribution's centre and width. */
SfFitSearch *sf_fit_search_new (guint d, guint n);
void sf_fit_search_free (SfFitSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFitSearch, sf_fit_search_free)

/* Back into 0 to 1, as a mirror at either end would. */
double sf_fit_search_reflect (double x);

/* Draws a candidate: d numbers from 0 to 1. */
void sf_fit_search_propose (const SfFitSearch *search, SfStream *stream,
                            double *place);

/* Learns from a generation: n places of d numbers and their distances, smaller
 * is better. Nothing any more once sigma has become nothing. */
void sf_fit_search_learn (SfFitSearch *search, const double *places,
                          const double *distances);
