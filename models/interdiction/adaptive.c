/* adaptive.c - effort follows the traffic it sees. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A finite effort is spread over n zones. Every midnight:
 *
 *   traffic_z   -> trucks of the day,  time constant traffic_days
 *   effort_z    -> traffic_z^focus / sum_y traffic_y^focus,  lag_days
 *   morale_z    -> 1,  return_days
 *   threat factor of z = budget_ratio * n * effort_z * morale_z
 *
 * "x -> y, T" being x += (y - x) (1 - exp (-1 day / T)). Trucks of the day are
 * loaded ones, each times the exposure of its cargo and the share of the
 * zone's kilometres that it enters, so that it does not matter into how many
 * links a road is cut. An attack that a convoy's escort repels takes
 * retreat_frac of the morale in its zone, a convoy that passes the whole zone
 * takes convoy_retreat_frac: they lie low there and do not go elsewhere.
 *
 * This is a parameter of a stress test and no plan: effort only follows
 * traffic, it looks for no weakest point and knows nothing of the city. Form
 * and numbers are assumed. With budget_ratio 1 and morale 1 the mean factor is
 * 1, so effort is moved and none is added; focus_exponent 0 spreads it evenly.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *zones;
  SfDate from;
  double budget_ratio, focus_exponent, traffic_days, lag_days, retreat_frac,
      convoy_retreat_frac, return_days;
  /* state, by zone */
  double *zone_km, *seen, *traffic, *effort, *morale;
  guint n; /* zones that it covers */
  /* Trucks that were counted last, so that none is counted twice. */
  SfHopId counted_hop;
  SfTick counted_at;
  guint counted_trucks;
  gboolean is_by_attack; /* before this model was asked */
} Adaptive;

enum { FOCUS, RETREATED };

static const SfParam params[] = {
  SF_PARAM_IDS (Adaptive, zones, "zones", "where; all when absent"),
  SF_PARAM_DAY (Adaptive, from, 0,
                "effort is even before; from the start when absent"),
  SF_PARAM (Adaptive, budget_ratio, 1, 0, 100,
            "mean threat factor of these zones"),
  SF_PARAM (Adaptive, focus_exponent, 1, 0, 10,
            "how much more effort more traffic draws: 0 none, 1 in proportion"),
  SF_PARAM (Adaptive, traffic_days, 7, 0.1, 365,
            "time in which a change of traffic is noticed"),
  SF_PARAM (Adaptive, lag_days, 14, 0.1, 365,
            "time in which effort is moved to another zone"),
  SF_PARAM (Adaptive, retreat_frac, 0.3, 0, 1,
            "of the effort in a zone that is given up after an attack is "
            "repelled"),
  SF_PARAM (Adaptive, convoy_retreat_frac, 0, 0, 1,
            "of it that lies low for each convoy that passes the zone"),
  SF_PARAM (Adaptive, return_days, 10, 0.1, 365,
            "time in which given up effort comes back"),
  SF_PARAM_END,
};

static gboolean
covers (const Adaptive *self, gint zone)
{
  return zone >= 0 && sf_refs_hold (self->zones, zone);
}

static void
approach (double *x, double to, double constant_days)
{
  *x += (to - *x) * -expm1 (-1 / constant_days);
}

/* Share of the zone's length that a hop is. */
static double
share_of (const Adaptive *self, const SfWorld *w, SfHopId hop, gint zone)
{
  if (self->zone_km[zone] <= 0)
    return 1;
  return sf_plan_hop_km (sf_world_plan (w), hop) / self->zone_km[zone];
}

static void
publish (Adaptive *self, SfWorld *w)
{
  double largest = 0, sum = 0, morale = 0;
  for (guint z = 0; z < sf_world_scenario (w)->n_zones; z++) {
    if (!covers (self, (gint)z))
      continue;
    double factor
        = self->budget_ratio * self->n * self->effort[z] * self->morale[z];
    sf_world_set_factor (w, self, SF_FACTOR_THREAT, z, factor);
    largest = MAX (largest, factor);
    sum += factor;
    morale += self->morale[z];
  }
  sf_world_set_gauge (w, self, FOCUS, sum > 0 ? largest / sum * self->n : NAN);
  sf_world_set_gauge (w, self, RETREATED,
                      self->n > 0 ? 1 - morale / self->n : NAN);
}

static void
start (void *data, SfWorld *w)
{
  Adaptive *self = data;
  const SfPlan *plan = sf_world_plan (w);
  guint n_zones = plan->scenario->n_zones;
  double **arrays[] = { &self->zone_km, &self->seen, &self->traffic,
                        &self->effort, &self->morale };
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = sf_world_alloc (w, (n_zones + 1) * sizeof (double));
  for (guint h = 0; h < plan->n_hops; h += 2)
    if (plan->hops[h].zone >= 0)
      self->zone_km[plan->hops[h].zone] += sf_plan_hop_km (plan, (SfHopId)h);
  for (guint z = 0; z < n_zones; z++)
    self->n += covers (self, (gint)z) ? 1 : 0;
  for (guint z = 0; z < n_zones; z++) {
    self->effort[z] = 1.0 / MAX (self->n, 1);
    self->morale[z] = 1;
  }
  self->counted_hop = -1;
  publish (self, w);
}

/* One day of watching and moving. */
static void
move (Adaptive *self, guint n_zones, gboolean moves)
{
  double sum = 0;
  for (guint z = 0; z < n_zones; z++) {
    approach (&self->traffic[z], self->seen[z], self->traffic_days);
    approach (&self->morale[z], 1, self->return_days);
    self->seen[z] = 0;
    if (covers (self, (gint)z))
      sum += pow (self->traffic[z], self->focus_exponent);
  }
  for (guint z = 0; z < n_zones && moves; z++) {
    double weight = pow (self->traffic[z], self->focus_exponent);
    approach (&self->effort[z], sum > 0 ? weight / sum : 1.0 / self->n,
              self->lag_days);
  }
}

static void
review (void *data, SfWorld *w, guint day)
{
  Adaptive *self = data;
  const SfScenario *s = sf_world_scenario (w);
  if (day == 0 || self->n == 0)
    return;
  gboolean moves = self->from == SF_PARAM_NO_DATE
                   || (gint)day > sf_scenario_day (s, self->from);
  move (self, s->n_zones, moves);
  publish (self, w);
}

static gboolean
is_counted (const Adaptive *self, const SfWorld *w, SfHopId hop, guint trucks)
{
  return hop == self->counted_hop && trucks == self->counted_trucks
         && sf_world_now (w) == self->counted_at;
}

static void
count (Adaptive *self, const SfWorld *w, SfHopId hop, gint zone, guint trucks,
       double exposure_frac)
{
  self->seen[zone] += trucks * exposure_frac * share_of (self, w, hop, zone);
  self->counted_hop = hop;
  self->counted_at = sf_world_now (w);
  self->counted_trucks = trucks;
}

static double
outlook (const void *data, const SfWorld *w, const SfPassage *p)
{
  return p->is_loaded && covers (data, p->zone) ? SF_OUTLOOK_ASK : 0;
}

static void
enters (void *data, SfWorld *w, const SfPassage *p)
{
  Adaptive *self = data;
  if (!p->is_loaded || !covers (self, p->zone))
    return;
  if (!self->is_by_attack || !is_counted (self, w, p->hop, p->trucks))
    count (self, w, p->hop, p->zone, p->trucks, p->exposure_frac);
  self->is_by_attack = FALSE;
  if (p->convoy != SF_NOBODY)
    self->morale[p->zone] *= pow (1 - self->convoy_retreat_frac,
                                  share_of (self, w, p->hop, p->zone));
}

/* Trucks that a model asked before this one attacks were seen all the same;
 * when they lose some, this model is not asked about the rest. */
static void
attacked (void *data, SfWorld *w, const SfAttack *a)
{
  Adaptive *self = data;
  if (!covers (self, a->zone))
    return;
  if (a->is_loaded && !is_counted (self, w, a->hop, a->trucks)) {
    count (self, w, a->hop, a->zone, a->trucks, 1);
    self->is_by_attack = a->destroyed + a->seized + a->turned_back == 0;
    if (!self->is_by_attack)
      self->counted_hop = -1;
  }
  if (a->is_repelled)
    self->morale[a->zone] *= 1 - self->retreat_frac;
}

const SfModel sf_model_interdiction_adaptive = {
  .info
  = { "interdiction/adaptive", N_ ("effort follows the traffic it sees"),
      N_ ("A finite effort is spread over zones and follows their traffic "
          "(loaded trucks times exposure, smoothed over traffic_days): "
          "effort tends to traffic^focus_exponent / sum with lag_days. After "
          "a repelled attack retreat_frac of the effort in that zone is "
          "given up, after a convoy convoy_retreat_frac, and comes back with "
          "return_days. Threat factor of a zone = budget_ratio * zones * "
          "effort, 1 on average. Gauges: focus_ratio, the largest factor over "
          "the mean; retreated_frac. A stress on the plan under test, not a "
          "plan: it seeks no weakest point. Form and numbers are assumed."),
      params, sizeof (Adaptive), NULL, "focus_ratio|retreated_frac" },
  .start = start,
  .review = review,
  .outlook = outlook,
  .enters = enters,
  .attacked = attacked,
};
