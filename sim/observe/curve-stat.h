/* curve-stat.h - one number out of a daily curve. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The statistics that observations are compared by. Each looks at a window of
 * days, both ends included, and answers with a value in the unit of the curve,
 * a number of days, or a day (an index into the curve). NAN stands for "did
 * not happen". A day without a value (NAN) is in no mean, sum or count, fails
 * every condition and so ends a run of days.
 *
 * Curves are recorded as floats, so a share of 0.9 is 0.89999998: "at or above
 * a limit" forgives one part in a million, and "below" is its opposite.
 */
#pragma once

#include <glib.h>

typedef enum {
  SF_STAT_MEAN,             /* of the days that have a value */
  SF_STAT_MIN,              /* the least */
  SF_STAT_MAX,              /* the largest */
  SF_STAT_SUM,              /* over the days */
  SF_STAT_FIRST_BELOW,      /* first day below the limit */
  SF_STAT_FIRST_ABOVE,      /* first day at or above the limit */
  SF_STAT_LAST_ABOVE,       /* last day at or above the limit */
  SF_STAT_COUNT_BELOW,      /* days below the limit */
  SF_STAT_COUNT_ABOVE,      /* days at or above the limit */
  SF_STAT_MAX_MEAN,         /* largest mean of window_days on end */
  SF_STAT_FIRST_MEAN_ABOVE, /* first day of the first window_days on end whose
                               mean is at or above the limit */
  SF_STAT_WORST_CENTRE,     /* middle of the window_days on end with the least
                               mean (first of equals); x.5 when window_days is
                               even */
  SF_STAT_WORST_MEAN,       /* that least mean */
  SF_STAT_FIRST_RUN_ABOVE,  /* first of window_days on end that are all at or
                               above the limit */
  SF_STAT_VALUE,            /* of a metric, which has no curve */
} SfCurveStat;

/* The same as scenarios write them, in that order. */
#define SF_CURVE_STATS                                                         \
  "mean|min|max|sum|first_below|first_above|last_above|count_below|"           \
  "count_above|max_mean|first_mean_above|worst_centre|worst_mean|"             \
  "first_run_above|value"

/* What a statistic needs and gives. */
gboolean sf_curve_stat_has_limit (SfCurveStat stat);
gboolean sf_curve_stat_has_window (SfCurveStat stat);
gboolean sf_curve_stat_is_day (SfCurveStat stat);

/* Whether a day's value is below a limit, as said above; FALSE for NAN. */
gboolean sf_curve_is_below (double x, double limit);

/* The statistic of the days first to last (first <= last, both inside the
 * curve). `limit` and `window_days` (1 or more) matter where the statistic
 * has one; a window longer than the days there are does not happen. Linear in
 * the days. */
double sf_curve_stat (SfCurveStat stat, const double *curve, guint first,
                      guint last, double limit, guint window_days);
