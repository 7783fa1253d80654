/* prim-judge.c - which box, and how far to trust it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/prim-judge.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "sim/base/random.h"

/* ---- Quasi-p ------------------------------------------------------------- */

/* Rows that one limit alone keeps out. */
typedef struct {
  guint n, n_interest;
} KeptOut;

/* `kept_out` has two of them a factor: below and above. */
static void
count_kept_out (const SfPrim *prim, const SfBox *box, KeptOut *kept_out)
{
  const SfSample *sample = &prim->rows.sample;
  memset (kept_out, 0, 2 * (gsize)box->k * sizeof *kept_out);
  for (guint r = 0; r < sample->n; r++) {
    guint n_broken = 0, broken = 0;
    for (guint c = 0; c < box->k && n_broken < 2; c++) {
      SfLimitSide side
          = sf_limit_side (&box->limits[c], sf_sample_column (sample, c),
                           sample->x[(gsize)r * sample->k + c]);
      if (side == SF_LIMIT_INSIDE)
        continue;
      n_broken++;
      broken = 2 * c + (side == SF_LIMIT_ABOVE);
    }
    if (n_broken == 1) {
      kept_out[broken].n++;
      kept_out[broken].n_interest += prim->rows.is_of_interest[r];
    }
  }
}

/* Probability of n_interest or more among n at the density without the limit. */
static double
chance (const SfBox *box, const KeptOut *kept_out)
{
  double density = (double)(box->n_interest + kept_out->n_interest)
                   / (box->n + kept_out->n);
  if (box->n_interest == 0 || density >= 1)
    return 1;
  return gsl_cdf_binomial_Q (box->n_interest - 1, density, box->n);
}

void
sf_prim_quasi_p (const SfPrim *prim, const SfBox *box, SfQuasiP *quasi_p)
{
  g_return_if_fail (prim != NULL && box != NULL && quasi_p != NULL);
  g_autofree KeptOut *kept_out = g_new (KeptOut, 2 * (gsize)box->k);
  count_kept_out (prim, box, kept_out);
  for (guint c = 0; c < box->k; c++) {
    const SfLimit *limit = &box->limits[c];
    quasi_p[c] = (SfQuasiP){ NAN, NAN };
    if (!isinf (limit->low) || limit->categories != G_MAXUINT64)
      quasi_p[c].below_prob = chance (box, &kept_out[2 * c]);
    if (!isinf (limit->high))
      quasi_p[c].above_prob = chance (box, &kept_out[2 * c + 1]);
  }
}

/* Takes off the limit of the largest quasi-p. FALSE when all can be trusted. */
static gboolean
drop_worst (const SfPrim *prim, SfBox *box)
{
  g_autofree SfQuasiP *quasi_p = g_new (SfQuasiP, box->k);
  double worst = SF_QUASI_P_MAX;
  SfLimit *limit = NULL;
  gboolean is_above = FALSE;
  sf_prim_quasi_p (prim, box, quasi_p);
  for (guint c = 0; c < 2 * box->k; c++) {
    const SfQuasiP *own = &quasi_p[c / 2];
    double prob = c % 2 ? own->above_prob : own->below_prob;
    if (!(prob > worst))
      continue;
    limit = &box->limits[c / 2];
    is_above = c % 2;
    worst = prob;
  }
  if (!limit)
    return FALSE;
  SfLimit none = sf_limit_none ();
  if (is_above) {
    limit->high = none.high;
  } else {
    limit->low = none.low;
    limit->categories = none.categories;
  }
  sf_box_measure (box, &prim->rows);
  return TRUE;
}

SfBox *
sf_prim_simplify (const SfPrim *prim, const SfBox *box)
{
  g_return_val_if_fail (prim != NULL && box != NULL, NULL);
  SfBox *simple = sf_box_copy (box);
  while (drop_worst (prim, simple))
    ;
  return simple;
}

guint
sf_prim_suggest (const SfPrim *prim, double coverage_min_frac)
{
  g_return_val_if_fail (prim != NULL, 0);
  guint best = 0;
  double density = prim->boxes[0]->density_frac;
  for (guint b = 1; b < prim->n_boxes; b++) {
    g_autoptr (SfBox) simple = sf_prim_simplify (prim, prim->boxes[b]);
    if (simple->coverage_frac < coverage_min_frac
        || simple->density_frac <= density)
      continue;
    best = b;
    density = simple->density_frac;
  }
  return best;
}

/* ---- Halves -------------------------------------------------------------- */

static double
share (const SfBox *box, gboolean by_density)
{
  return by_density ? box->density_frac : box->coverage_frac;
}

static const SfBox *
find_nearest (const SfPrim *prim, const SfBox *box, gboolean by_density)
{
  const SfBox *best = prim->boxes[0];
  double want = share (box, by_density);
  for (guint b = 1; b < prim->n_boxes; b++) {
    double near = fabs (share (prim->boxes[b], by_density) - want);
    double nearest = fabs (share (best, by_density) - want);
    /* Many boxes have the same coverage: the densest of them, the last. */
    if (near < nearest || (near == nearest && !by_density))
      best = prim->boxes[b];
  }
  return best;
}

static SfPrim *
peel_half (const SfPrim *prim, guint64 seed, guint number)
{
  guint n = prim->rows.sample.n;
  SfStream stream;
  gsl_rng rng;
  sf_stream_init (&stream, seed, "sensitivity prim half", number, 0);
  sf_stream_gsl (&rng, &stream);
  g_autofree guint *all = g_new (guint, n), *half = g_new (guint, n);
  for (guint r = 0; r < n; r++)
    all[r] = r;
  gsl_ran_choose (&rng, half, n / 2, all, n, sizeof *all);
  return sf_prim_new_part (prim, half, n / 2);
}

void
sf_prim_repeat (const SfPrim *prim, const SfBox *box, guint64 seed,
                guint n_halves, SfPrimRepeat *repeats)
{
  g_return_if_fail (prim != NULL && box != NULL && repeats != NULL);
  memset (repeats, 0, box->k * sizeof *repeats);
  for (guint i = 0; i < n_halves && prim->rows.sample.n > 1; i++) {
    g_autoptr (SfPrim) half = peel_half (prim, seed, i);
    const SfBox *like[2]
        = { find_nearest (half, box, FALSE), find_nearest (half, box, TRUE) };
    for (guint c = 0; c < box->k; c++) {
      repeats[c].by_coverage += !sf_limit_is_none (&like[0]->limits[c]);
      repeats[c].by_density += !sf_limit_is_none (&like[1]->limits[c]);
    }
  }
}
