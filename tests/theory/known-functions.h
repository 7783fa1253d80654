/* known-functions.h - functions whose sensitivity is known. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both take coordinates from 0 to 1. Their indices are worked out by hand in
 * the books: Saltelli et al., "Global Sensitivity Analysis. The Primer" (2008),
 * sections 4.7 and 3.6.
 */
#pragma once

#include <math.h>

#include <glib.h>

/* Ishigami and Homma (1990), a = 7, b = 0.1, on [-pi, pi]^3. */
#define ISHIGAMI_S1 0.3139051911
#define ISHIGAMI_S2 0.4424111448
#define ISHIGAMI_S13 0.2436836641

static inline double
ishigami (const double *u)
{
  double x[3];
  for (int i = 0; i < 3; i++)
    x[i] = (2 * u[i] - 1) * G_PI;
  double s = sin (x[1]);
  return sin (x[0]) + 7 * s * s + 0.1 * pow (x[2], 4) * sin (x[0]);
}

/* Sobol's g: the product over k factors of (|4 u - 2| + a) / (1 + a); the
 * variance of one of them alone is 1 / 3 (1 + a)^2. */
static inline double
g_function (const double *u, const double *a, guint k)
{
  double y = 1;
  for (guint i = 0; i < k; i++)
    y *= (fabs (4 * u[i] - 2) + a[i]) / (1 + a[i]);
  return y;
}

static inline double
g_variance (double a)
{
  return 1 / (3 * (1 + a) * (1 + a));
}
