/* tripwire.c - a decision that a measured condition forces. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Schools close, an embassy sends families home, an airline stops coming: each
 * is a wire across a recorded series. Every midnight, m being the mean of the
 * last mean_days days,
 *
 *   it trips      when m has been beyond the limit on for_days midnights on
 *                 end, this one included
 *   it is released when it has held for hold_days and m is back at the release
 *                 limit, or in any case after hold_max_days
 *
 * and after a release the midnights are counted from none again. Two limits
 * and two lengths of time keep it from flickering. Event rows of kind "trip"
 * hold it while they last, whatever the series says, and release it at their
 * end. While it is tripped the need of the listed classes is multiplied by
 * need_frac: no school, fewer trips. In Bamako schools were closed for 14 days
 * from 27 October 2025, three weeks after the pumps had first run dry; limits
 * and effect are assumed.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  const char *watch;
  gint side;
  double limit, release_limit, mean_days, for_days, hold_days, hold_max_days;
  gint node;
  GArray *classes, *rows;
  double need_frac;
  /* state */
  gint series;
  gboolean is_tripped;
  guint midnights; /* on end beyond the limit */
  gint held;       /* event rows in force */
  guint since;     /* day */
} Tripwire;

enum { TRIPPED, FIRST_DAY };

static const SfParam params[] = {
  SF_PARAM_CURVE (Tripwire, watch,
                  "the series, such as \"city/petrol/stations_open_frac\"; "
                  "only event rows trip it when absent"),
  SF_PARAM_WORD (Tripwire, side, 0, "below|above", 0,
                 "on which side of the limit it trips"),
  SF_PARAM (Tripwire, limit, 0.5, -1e12, 1e12, "in the unit of the series"),
  SF_PARAM (Tripwire, release_limit, NAN, -1e12, 1e12,
            "where it may be released; the limit when absent, or when on the "
            "wrong side of it"),
  SF_PARAM (Tripwire, mean_days, 3, 1, 365, "days that the mean is taken over"),
  SF_PARAM (Tripwire, for_days, 1, 1, 365,
            "midnights on end on which the mean is beyond the limit"),
  SF_PARAM (Tripwire, hold_days, 7, 0, 3650, "holds at least so long"),
  SF_PARAM (Tripwire, hold_max_days, 0, 0, 3650,
            "is released after so long in any case; 0: is not"),
  SF_PARAM_ID (Tripwire, node, 0, "nodes",
               "where it changes the need; the capital when absent"),
  SF_PARAM_IDS (Tripwire, classes, "classes",
                "whose need it changes; all when absent"),
  SF_PARAM (Tripwire, need_frac, 1, 0, 10, "of their need while it is tripped"),
  SF_PARAM_IDS (Tripwire, rows, "events",
                "rows of kind \"trip\" that hold it; all when absent"),
  SF_PARAM_END,
};

/* Its id in the scenario. */
static const char *
name_of (const Tripwire *self, const SfScenario *s)
{
  for (guint i = 0; i < s->n_models; i++)
    if (s->models[i].params == self)
      return s->models[i].id;
  g_return_val_if_reached ("tripwire");
}

/* Tells what it does; every day, since events may change need_frac. */
static void
apply (Tripwire *self, SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  gint node = self->node >= 0 ? self->node : s->capital;
  for (guint i = 0; i < s->n_demands; i++)
    if (s->demands[i].node == node
        && sf_refs_hold (self->classes, s->demands[i].class))
      sf_world_set_factor (w, self, SF_FACTOR_NEED, i,
                           self->is_tripped ? self->need_frac : 1);
  sf_world_set_gauge (w, self, TRIPPED, self->is_tripped ? 1 : 0);
}

static void
trip (Tripwire *self, SfWorld *w, gboolean is_tripped)
{
  if (self->is_tripped == is_tripped)
    return;
  const char *id = name_of (self, sf_world_scenario (w));
  self->is_tripped = is_tripped;
  self->midnights = 0;
  self->since = (guint)floor (sf_world_day (w));
  if (is_tripped && isnan (sf_world_gauge (w, self, FIRST_DAY)))
    sf_world_set_gauge (w, self, FIRST_DAY, self->since);
  sf_world_say (w, "tripwire", id, NAN,
                is_tripped ? N_ ("%s is tripped") : N_ ("%s is released"), id);
  apply (self, w);
}

static void
start (void *data, SfWorld *w)
{
  Tripwire *self = data;
  self->series = self->watch ? sf_world_find_series (w, self->watch) : -1;
  sf_world_set_gauge (w, self, FIRST_DAY, NAN);
  apply (self, w);
}

static gboolean
is_beyond (const Tripwire *self, double mean)
{
  return self->side == 0 ? mean < self->limit : mean > self->limit;
}

static gboolean
is_back (const Tripwire *self, double mean)
{
  double limit
      = isnan (self->release_limit) ? self->limit : self->release_limit;
  return self->side == 0 ? mean >= MAX (limit, self->limit)
                         : mean <= MIN (limit, self->limit);
}

/* TRUE when it has held for that long at this midnight. */
static gboolean
has_held (const Tripwire *self, guint day, double days)
{
  return day - self->since >= days;
}

static void
review (void *data, SfWorld *w, guint day)
{
  Tripwire *self = data;
  double mean = self->series < 0
                    ? NAN
                    : sf_world_series_mean (w, self->series,
                                            (guint)lround (self->mean_days));
  if (!self->is_tripped) {
    self->midnights = is_beyond (self, mean) ? self->midnights + 1 : 0;
    if (self->midnights >= self->for_days)
      trip (self, w, TRUE);
  } else if (self->held == 0) {
    gboolean must_end
        = self->hold_max_days > 0 && has_held (self, day, self->hold_max_days);
    if (must_end
        || (has_held (self, day, self->hold_days) && is_back (self, mean)))
      trip (self, w, FALSE);
  }
  apply (self, w);
}

/* A row begins or ends: a second later, since at midnight the day before is
 * not yet written down. */
static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Tripwire *self = data;
  if (sf_refs_hold (self->rows, (gint)row))
    sf_world_timer (w, self, 1, 0, begins ? 1 : -1);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 by)
{
  Tripwire *self = data;
  self->held += (gint)by;
  trip (self, w, self->held > 0);
}

const SfModel sf_model_society_tripwire = {
  .info
  = { "society/tripwire", N_ ("a decision that a measured condition forces"),
      N_ ("Trips at a midnight when the mean of the watched series over "
          "mean_days has been beyond the limit on for_days midnights on "
          "end; stays for hold_days at least and until the mean is back at "
          "the release limit, or for hold_max_days at most. While it is "
          "tripped the need of the classes at the node is multiplied by "
          "need_frac. Answers events of kind \"trip\" (those listed in rows, "
          "all when absent), which hold it while they last and release it "
          "at their end. Gauges: tripped_frac (0 or 1; its mean over the "
          "replications is the chance) and tripped_day, the first day (0 is "
          "the start; the metric max_tripped_day)."),
      params, sizeof (Tripwire), "trip", "tripped_frac|tripped_day" },
  .start = start,
  .review = review,
  .timer = timer,
  .event = event,
};
