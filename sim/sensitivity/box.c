/* box.c - limits on factors, and the rows within. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/box.h"

#include <math.h>

SfLimit
sf_limit_none (void)
{
  return (SfLimit){ -INFINITY, INFINITY, G_MAXUINT64 };
}

gboolean
sf_limit_is_none (const SfLimit *limit)
{
  return limit->low == -INFINITY && limit->high == INFINITY
         && limit->categories == G_MAXUINT64;
}

SfLimitSide
sf_limit_side (const SfLimit *limit, SfColumn kind, double value)
{
  if (kind == SF_COLUMN_CATEGORY)
    return limit->categories >> (guint)value & 1 ? SF_LIMIT_INSIDE
                                                 : SF_LIMIT_BELOW;
  if (value < limit->low)
    return SF_LIMIT_BELOW;
  return value > limit->high ? SF_LIMIT_ABOVE : SF_LIMIT_INSIDE;
}

SfBox *
sf_box_new (guint k)
{
  SfBox *box = g_new0 (SfBox, 1);
  box->k = k;
  box->limits = g_new (SfLimit, k);
  for (guint c = 0; c < k; c++)
    box->limits[c] = sf_limit_none ();
  return box;
}

SfBox *
sf_box_copy (const SfBox *box)
{
  SfBox *copy = g_memdup2 (box, sizeof *box);
  copy->limits = g_memdup2 (box->limits, box->k * sizeof *box->limits);
  return copy;
}

void
sf_box_free (SfBox *box)
{
  if (!box)
    return;
  g_free (box->limits);
  g_free (box);
}

gboolean
sf_box_holds (const SfBox *box, const SfSample *sample, guint r)
{
  const double *x = sample->x + (gsize)r * sample->k;
  for (guint c = 0; c < box->k; c++)
    if (sf_limit_side (&box->limits[c], sf_sample_column (sample, c), x[c])
        != SF_LIMIT_INSIDE)
      return FALSE;
  return TRUE;
}

void
sf_box_measure (SfBox *box, const SfBoxRows *rows)
{
  box->n = box->n_interest = box->n_restricted = 0;
  for (guint r = 0; r < rows->sample.n; r++)
    if (sf_box_holds (box, &rows->sample, r)) {
      box->n++;
      box->n_interest += rows->is_of_interest[r];
    }
  for (guint c = 0; c < box->k; c++)
    box->n_restricted += !sf_limit_is_none (&box->limits[c]);
  /* 0 / 0 is NAN, which is what is meant. */
  box->coverage_frac = (double)box->n_interest / rows->n_interest;
  box->density_frac = (double)box->n_interest / box->n;
  box->mass_frac = (double)box->n / rows->sample.n;
}
