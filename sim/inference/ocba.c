/* ocba.c - where the next replication helps most. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/ocba.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

guint
sf_ocba_best (const SfOcbaSeen *seen, guint k, gboolean is_largest)
{
  guint best = 0;
  for (guint i = 1; i < k; i++)
    if (is_largest ? seen[i].mean > seen[best].mean
                   : seen[i].mean < seen[best].mean)
      best = i;
  return best;
}

static double
largest_sd (const SfOcbaSeen *seen, guint k)
{
  double largest = 0;
  for (guint i = 0; i < k; i++)
    largest = MAX (largest, seen[i].sd);
  return largest;
}

/* s_i / d_i^2 is N_i / s_i: nothing is divided by a spread of 0. */
gboolean
sf_ocba_shares (const SfOcbaSeen *seen, guint k, gboolean is_largest,
                double least_gap, double *shares)
{
  g_return_val_if_fail (k >= 2 && least_gap >= 0, FALSE);
  guint b = sf_ocba_best (seen, k, is_largest);
  double scale = largest_sd (seen, k), squares = 0, sum = 0;
  /* Far below what any budget can resolve, far above what would overflow. */
  double floor = MAX (least_gap, 1e-6 * scale);
  for (guint i = 0; i < k; i++)
    shares[i] = 1.0 / k;
  if (!(scale > 0))
    return FALSE;
  for (guint i = 0; i < k; i++) {
    double gap = MAX (fabs (seen[i].mean - seen[b].mean), floor);
    double per_sd = seen[i].sd / (gap * gap);
    shares[i] = per_sd * seen[i].sd;
    squares += i == b ? 0 : per_sd * per_sd;
  }
  shares[b] = seen[b].sd * sqrt (squares);
  for (guint i = 0; i < k; i++)
    sum += shares[i];
  if (!(sum > 0)) /* only the best varies */
    sum = shares[b] = 1;
  for (guint i = 0; i < k; i++)
    shares[i] /= sum;
  return TRUE;
}

void
sf_ocba_next (const SfOcbaSeen *seen, const double *shares, guint k,
              guint extra, guint *more)
{
  double total = 0;
  g_autofree guint *n = g_new (guint, k);
  for (guint i = 0; i < k; i++)
    total += n[i] = seen[i].n;
  for (guint e = 0; e < extra; e++) {
    guint starving = 0;
    total++;
    for (guint i = 1; i < k; i++)
      if (shares[i] * total - n[i] > shares[starving] * total - n[starving])
        starving = i;
    n[starving]++;
    more[starving]++;
  }
}

double
sf_ocba_correct_prob (const SfOcbaSeen *seen, guint k, gboolean is_largest,
                      double margin)
{
  guint b = sf_ocba_best (seen, k, is_largest);
  double wrong = 0;
  for (guint i = 0; i < k; i++) {
    if (i == b)
      continue;
    double gap = fabs (seen[i].mean - seen[b].mean) + margin;
    double variance = seen[i].sd * seen[i].sd / seen[i].n
                      + seen[b].sd * seen[b].sd / seen[b].n;
    if (variance > 0)
      wrong += gsl_cdf_ugaussian_Q (gap / sqrt (variance));
    else
      wrong += gap > 0 ? 0 : 0.5;
  }
  return MAX (0, 1 - wrong);
}
