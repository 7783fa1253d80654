/* precision.c - are there enough replications? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/inference/precision.h"

#include <math.h>

#include "sim/observe/stats.h"

/* Comparisons with NAN, for what is not asked, are false. */
static gboolean
is_enough (const SfPrecisionGoal *goal, const SfPrecisionState *state)
{
  double h = state->half_width, g = goal->relative;
  return h <= goal->absolute || h <= g / (1 + g) * fabs (state->mean);
}

void
sf_precision_judge (const double *values, guint n, const SfPrecisionGoal *goal,
                    double level, SfPrecisionState *out)
{
  g_autofree double *scratch = g_new (double, n + 1);
  SfSummary s;
  sf_summary (values, n, scratch, &s);
  *out = (SfPrecisionState){ s.n, s.mean, sf_half_width (s.se, s.n, level),
                             FALSE, FALSE };
  out->is_constant = s.n > 1 && s.sd == 0;
  out->is_reached = s.n >= SF_PRECISION_LEAST
                    && (out->is_constant || is_enough (goal, out));
}

guint
sf_precision_next (const SfPrecisionPlan *plan, guint n)
{
  g_return_val_if_fail (plan->batch >= 1, n);
  guint64 batch = plan->batch;
  guint64 first = (MAX (plan->least, 1) + batch - 1) / batch * batch;
  guint64 next = n < first ? first : n + batch;
  return (guint)MAX (MIN (next, plan->most), n);
}
