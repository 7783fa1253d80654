/* morris.h - screening by elementary effects. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which of many factors matter at all, for few runs: Morris, "Factorial
 * sampling plans for preliminary computational experiments", Technometrics 33
 * (1991). A trajectory is g + 1 rows in which each factor is moved once; the
 * elementary effect is the change of the outcome over the step of the factor.
 * Over the trajectories, mu is its mean, sigma its standard deviation (large
 * beside mu: the factor's effect bends, or depends on others), and mu_star the
 * mean of its absolute value, which no change of sign can hide: Campolongo,
 * Cariboni and Saltelli, Environ. Model. Softw. 22 (2007).
 *
 * A group of factors is moved together. There the sign of a step has no
 * meaning, so the effect is the absolute change over the mean absolute step of
 * the factors that moved, and only mu_star is defined (2007, section 4).
 *
 * A factor that the model does not read has mu = mu_star = sigma = 0 exactly,
 * provided that all rows met the same luck.
 */
#pragma once

#include "sim/sensitivity/resample.h"

#define SF_MORRIS_ERROR (sf_morris_error_quark ())
typedef enum {
  SF_MORRIS_ERROR_DESIGN, /* the rows are no trajectories */
} SfMorrisError;
GQuark sf_morris_error_quark (void);

/* Trajectories in the order of the design. Which factor moved, and how far, is
 * read off the rows. Borrowed. */
typedef struct {
  guint r; /* trajectories */
  guint k; /* factors: columns of x */
  guint g; /* groups; each trajectory has g + 1 rows */
  /* k groups from 0 to g - 1; NULL: each factor is its own, and g = k. */
  const guint *group_of;
  /* FALSE: each row is one step from the row before. TRUE: from the first row
   * of its trajectory (Campolongo, Saltelli and Cariboni, Comput. Phys. Commun.
   * 182 (2011)). */
  gboolean is_radial;
  const double *x; /* r (g + 1) rows of k unit coordinates */
  const double *y; /* not finite: the run failed */
} SfMorrisRuns;

/* Effects are in the unit of y, for a step over a factor's whole range. */
typedef struct {
  SfEstimate mu, mu_star, sigma; /* groups of several: only mu_star */
} SfMorrisEffect;

typedef struct {
  guint g;
  /* Trajectories; one failed run drops its whole trajectory, so that all
   * factors are seen from the same n_used places. */
  guint n_used, n_dropped;
  SfMorrisEffect *effects; /* g */
} SfMorris;

/* Effects with bootstrap intervals over trajectories. NULL and an error of
 * SF_MORRIS_ERROR when a row moves nothing, factors of several groups, or a
 * group for the second time. Owned by the caller. */
SfMorris *sf_morris_new (const SfMorrisRuns *runs, const SfResample *resample,
                         GError **error);
void sf_morris_free (SfMorris *morris);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfMorris, sf_morris_free)
