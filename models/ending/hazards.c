/* hazards.c - a siege ends in one of three ways, by chance. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * EXPLORATORY, off unless a scenario names it: nobody has measured these
 * hazards, and the outcome is an input in disguise. Three endings compete; per
 * day each has the hazard
 *
 *   h = base exp (gain x)
 *
 * with x the shortage, 1 - the mean of a series over mean_days days that are
 * over (0 before there is one). Proportional hazards (Cox 1972) whose hazard
 * is constant through a day. When the sum of the three, added up over time,
 * reaches an exponential draw of mean 1 an ending comes, at that very second,
 * and is one of the three in proportion to the hazards of then. The two draws
 * are made at the start, so that two scenarios share their luck.
 *
 *   truce     no more attacks, and drivers feel calm_frac of the risk
 *   clearing  attacks come at cleared_frac of their rate
 *   lost      authority is lost: escorts have no strength; attacks go on
 *
 * Only the first to come happens, and it stays.
 */
#include <math.h>

#include "sim/engine/model.h"

enum { TRUCE, CLEARING, LOST, N_ENDINGS };

typedef struct {
  const char *served;
  SfDate from;
  double mean_days;
  double truce_per_day, clearing_per_day, lost_per_day;
  double truce_gain, clearing_gain, lost_gain;
  double calm_frac, cleared_frac;
  /* state */
  gint series;
  gboolean is_over;
  double left;  /* hazard still to be added up */
  double which; /* in [0, 1) */
} Hazards;

static const SfParam params[] = {
  SF_PARAM_CURVE (Hazards, served,
                  "share served that drives the hazards, such as "
                  "\"city/petrol/served_frac\"; no shortage when absent"),
  SF_PARAM_DAY (Hazards, from, 0,
                "first day on which it can end; the start when absent"),
  SF_PARAM (Hazards, mean_days, 14, 1, 365,
            "days that the share is averaged over"),
  SF_PARAM (Hazards, truce_per_day, 0.002, 0, 100,
            "hazard of a negotiated truce without shortage"),
  SF_PARAM (Hazards, clearing_per_day, 0.001, 0, 100,
            "hazard that the army clears the roads, without shortage"),
  SF_PARAM (Hazards, lost_per_day, 0.0002, 0, 100,
            "hazard that authority is lost, without shortage"),
  SF_PARAM (Hazards, truce_gain, 1, -20, 20,
            "logarithm of the factor by which that rises in full shortage"),
  SF_PARAM (Hazards, clearing_gain, 0, -20, 20, "the same for clearing"),
  SF_PARAM (Hazards, lost_gain, 2, -20, 20,
            "the same for the loss of authority"),
  SF_PARAM (Hazards, calm_frac, 0.3, 0, 1,
            "of the perceived risk in the truce"),
  SF_PARAM (Hazards, cleared_frac, 0.3, 0, 1,
            "of the rate of attacks after clearing"),
  SF_PARAM_END,
};

static void
hazards (const Hazards *self, const SfWorld *w, double h[N_ENDINGS])
{
  double served = self->series < 0
                      ? 1
                      : sf_world_series_mean (w, self->series,
                                              (guint)lround (self->mean_days));
  double x = isnan (served) ? 0 : CLAMP (1 - served, 0, 1);
  h[TRUCE] = self->truce_per_day * exp (self->truce_gain * x);
  h[CLEARING] = self->clearing_per_day * exp (self->clearing_gain * x);
  h[LOST] = self->lost_per_day * exp (self->lost_gain * x);
}

static void
start (void *data, SfWorld *w)
{
  Hazards *self = data;
  SfStream stream;
  sf_world_stream (w, self, 0, &stream);
  self->left = sf_stream_exponential (&stream, 1);
  self->which = sf_stream_uniform (&stream);
  self->series = self->served ? sf_world_find_series (w, self->served) : -1;
  for (guint i = 0; i < N_ENDINGS; i++)
    sf_world_set_gauge (w, self, i, 0);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Hazards *self = data;
  double h[N_ENDINGS];
  if (self->is_over
      || (self->from != SF_PARAM_NO_DATE
          && (gint)day < sf_scenario_day (sf_world_scenario (w), self->from)))
    return;
  hazards (self, w, h);
  double sum = h[TRUCE] + h[CLEARING] + h[LOST];
  if (self->left >= sum) {
    self->left -= sum;
    return;
  }
  double at = self->which * sum;
  guint ending = at < h[TRUCE]                 ? TRUCE
                 : at < h[TRUCE] + h[CLEARING] ? CLEARING
                                               : LOST;
  self->is_over = TRUE;
  sf_world_timer (w, self, sf_ticks_from_days (self->left / sum), ending, 0);
}

static void
timer (void *data, SfWorld *w, guint32 ending, gint64 payload)
{
  Hazards *self = data;
  const SfPlan *plan = sf_world_plan (w);
  const SfScenario *s = plan->scenario;
  sf_world_set_gauge (w, self, ending, 1);
  sf_world_say (w, "ending", s->nodes[s->capital].id, NAN,
                ending == TRUCE      ? N_ ("a truce is negotiated")
                : ending == CLEARING ? N_ ("the roads are cleared")
                                     : N_ ("authority is lost: no more "
                                           "escorts"));
  for (guint z = 0; ending != LOST && z < s->n_zones; z++)
    sf_world_set_factor (w, self, SF_FACTOR_THREAT, z,
                         ending == TRUCE ? 0 : self->cleared_frac);
  for (guint g = 0; g < plan->n_gates; g++) {
    if (ending == TRUCE)
      sf_world_set_factor (w, self, SF_FACTOR_RISK, g, self->calm_frac);
    if (ending == LOST)
      sf_world_set_factor (w, self, SF_FACTOR_ESCORT, g, 0);
  }
}

const SfModel sf_model_ending_hazards = {
  .info
  = { "ending/hazards", N_ ("a siege ends in one of three ways, by chance"),
      N_ ("Exploratory: its hazards are assumptions. A truce, a clearing of "
          "the roads and a loss of authority compete, each with the hazard "
          "base * exp (gain * x) a day, x being 1 - the mean share served "
          "over mean_days; the first to come happens and stays. Truce: no "
          "attacks, perceived risk times calm_frac. Clearing: attacks times "
          "cleared_frac. Loss of authority: escorts without strength. "
          "Attacks with a date of their own still come. Gauges: truce_prob, "
          "clearing_prob, lost_prob (0 or 1; their means over the "
          "replications are the chances by that day)."),
      params, sizeof (Hazards), NULL, "truce_prob|clearing_prob|lost_prob" },
  .start = start,
  .review = review,
  .timer = timer,
};
