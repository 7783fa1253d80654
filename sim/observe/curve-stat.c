/* curve-stat.c - one number out of a daily curve. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/curve-stat.h"

#include <math.h>

/* Curves are floats. */
#define SLACK_FRAC 1e-6

gboolean
sf_curve_stat_has_limit (SfCurveStat stat)
{
  switch (stat) {
  case SF_STAT_FIRST_BELOW:
  case SF_STAT_FIRST_ABOVE:
  case SF_STAT_LAST_ABOVE:
  case SF_STAT_COUNT_BELOW:
  case SF_STAT_COUNT_ABOVE:
  case SF_STAT_FIRST_MEAN_ABOVE:
  case SF_STAT_FIRST_RUN_ABOVE:
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
sf_curve_stat_has_window (SfCurveStat stat)
{
  switch (stat) {
  case SF_STAT_MAX_MEAN:
  case SF_STAT_FIRST_MEAN_ABOVE:
  case SF_STAT_WORST_CENTRE:
  case SF_STAT_WORST_MEAN:
  case SF_STAT_FIRST_RUN_ABOVE:
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
sf_curve_stat_is_day (SfCurveStat stat)
{
  switch (stat) {
  case SF_STAT_FIRST_BELOW:
  case SF_STAT_FIRST_ABOVE:
  case SF_STAT_LAST_ABOVE:
  case SF_STAT_FIRST_MEAN_ABOVE:
  case SF_STAT_WORST_CENTRE:
  case SF_STAT_FIRST_RUN_ABOVE:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
is_above (double x, double limit)
{
  return x >= limit - SLACK_FRAC * fabs (limit);
}

gboolean
sf_curve_is_below (double x, double limit)
{
  return !isnan (x) && !is_above (x, limit);
}

static double
of_all (SfCurveStat stat, const double *curve, guint first, guint last)
{
  double sum = 0, least = INFINITY, most = -INFINITY;
  guint n = 0;
  for (guint day = first; day <= last; day++) {
    if (isnan (curve[day]))
      continue;
    n++;
    sum += curve[day];
    least = MIN (least, curve[day]);
    most = MAX (most, curve[day]);
  }
  if (n == 0)
    return NAN;
  return stat == SF_STAT_MEAN  ? sum / n
         : stat == SF_STAT_SUM ? sum
         : stat == SF_STAT_MIN ? least
                               : most;
}

static double
of_days (SfCurveStat stat, const double *curve, guint first, guint last,
         double limit)
{
  guint count = 0;
  double found = NAN;
  gboolean wants_below
      = stat == SF_STAT_FIRST_BELOW || stat == SF_STAT_COUNT_BELOW;
  for (guint day = first; day <= last; day++) {
    if (wants_below ? !sf_curve_is_below (curve[day], limit)
                    : !is_above (curve[day], limit))
      continue;
    count++;
    if (count == 1 || stat == SF_STAT_LAST_ABOVE)
      found = day;
  }
  gboolean wants_count
      = stat == SF_STAT_COUNT_BELOW || stat == SF_STAT_COUNT_ABOVE;
  return wants_count ? count : found;
}

static double
first_run (const double *curve, guint first, guint last, double limit,
           guint window_days)
{
  guint length = 0;
  for (guint day = first; day <= last; day++) {
    length = is_above (curve[day], limit) ? length + 1 : 0;
    if (length == window_days)
      return (double)day + 1 - window_days;
  }
  return NAN;
}

/* Each window is summed anew: a running sum would carry the rounding of one
 * replication's spikes into all that follows. */
static double
of_windows (SfCurveStat stat, const double *curve, guint first, guint last,
            double limit, guint window_days)
{
  double least = INFINITY, most = -INFINITY, centre = NAN;
  for (guint day = first; day + window_days <= last + 1; day++) {
    double mean = of_all (SF_STAT_MEAN, curve, day, day + window_days - 1);
    if (isnan (mean))
      continue;
    if (stat == SF_STAT_FIRST_MEAN_ABOVE && is_above (mean, limit))
      return day;
    most = MAX (most, mean);
    if (mean < least) {
      least = mean;
      centre = day + (window_days - 1) / 2.0;
    }
  }
  if (stat == SF_STAT_FIRST_MEAN_ABOVE || isnan (centre))
    return NAN;
  return stat == SF_STAT_MAX_MEAN       ? most
         : stat == SF_STAT_WORST_CENTRE ? centre
                                        : least;
}

double
sf_curve_stat (SfCurveStat stat, const double *curve, guint first, guint last,
               double limit, guint window_days)
{
  g_return_val_if_fail (curve && first <= last, NAN);
  switch (stat) {
  case SF_STAT_MEAN:
  case SF_STAT_MIN:
  case SF_STAT_MAX:
  case SF_STAT_SUM:
    return of_all (stat, curve, first, last);
  case SF_STAT_FIRST_BELOW:
  case SF_STAT_FIRST_ABOVE:
  case SF_STAT_LAST_ABOVE:
  case SF_STAT_COUNT_BELOW:
  case SF_STAT_COUNT_ABOVE:
    return of_days (stat, curve, first, last, limit);
  case SF_STAT_FIRST_RUN_ABOVE:
    return first_run (curve, first, last, limit, MAX (window_days, 1));
  case SF_STAT_MAX_MEAN:
  case SF_STAT_FIRST_MEAN_ABOVE:
  case SF_STAT_WORST_CENTRE:
  case SF_STAT_WORST_MEAN:
    return of_windows (stat, curve, first, last, limit, MAX (window_days, 1));
  case SF_STAT_VALUE:
    break;
  }
  return NAN;
}
