/* sobol.h - shares of the variance. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much of the variance of an outcome goes away when a factor is known
 * (first order), how much is left when everything else is known (total), and
 * what two factors do only together (second order). Factors vary independently.
 *
 * The design has two independent samples A and B of n rows; AB_j is A with the
 * column of factor j from B, BA_j is B with the column from A. With outcomes y
 * less their mean over A and B, and V their variance over A and B:
 *
 *   S_j   mean of y_B (y_AB_j - y_A) / V
 *         Saltelli et al., "Variance based sensitivity analysis of model
 *         output", Comput. Phys. Commun. 181 (2010), table 2 (b)
 *   ST_j  mean of (y_A - y_AB_j)^2 / 2 V
 *         Jansen, Comput. Phys. Commun. 117 (1999); table 2 (f)
 *   S_ij  mean of y_BA_i y_AB_j - y_A y_B, over V, less S_i and S_j
 *         Saltelli, Comput. Phys. Commun. 145 (2002)
 *
 * With BA rows each has a twin in which A and B change roles, and the mean of
 * the two is taken; S_ij is then the mean of
 * ((y_BA_i - y_B) (y_AB_j - y_A) + (y_BA_j - y_B) (y_AB_i - y_A)) / 2 V.
 * So S, ST and all S_ij of a factor that the model does not read are 0 exactly,
 * provided that all rows met the same luck.
 *
 * For a group of factors, take its columns together: the formulas stay.
 * Estimates are not clipped: a small share may come out below 0, and that shows
 * how far to trust the others.
 */
#pragma once

#include "sim/sensitivity/resample.h"

/* Outcomes in the order of the design: for each base row A, B, AB_1 to AB_g
 * and, with has_second, BA_1 to BA_g. A number that is not finite marks a
 * failed run. Borrowed. */
typedef struct {
  guint n, g; /* base rows, factors or groups */
  gboolean has_second;
  const double *y; /* n * (g + 2), or n * (2 g + 2) */
} SfSobolRuns;

typedef struct {
  guint g;
  guint n_used, n_dropped; /* base rows; one failed run drops its whole row */
  gboolean is_flat;        /* fewer than two rows, or A and B are all equal: no
                              index is defined and all are NAN */
  double mean, variance;   /* of A and B; the divisor is 2 n_used - 1 */
  SfEstimate *first, *total; /* g each */
  SfEstimate *second; /* g x g, symmetric, NAN on the diagonal; or NULL */
  /* Of exact indices the first sum is at most 1 and the second at least 1. An
   * interval on the wrong side says that there are too few rows. */
  SfEstimate sum_first, sum_total;
} SfSobol;

/* Indices with bootstrap intervals over base rows. Cost: (resamples + 1) n g,
 * or n g^2 / 2 with second order. Owned by the caller. */
SfSobol *sf_sobol_new (const SfSobolRuns *runs, const SfResample *resample);
void sf_sobol_free (SfSobol *sobol);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSobol, sf_sobol_free)
