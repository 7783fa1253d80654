/* escort.c - a finite pool of escorts takes convoys in. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a date on, every check_h each free escort looks for a gate of its own
 * where at least trucks_min_count trucks would join (or, once the first has
 * waited wait_max_days, any). There they gather for marshal_days; then it takes
 * the gate with the most that would join, and leaves with them. Who joins: a driver who would go with an escort of his
 * own with probability q (driver/willingness) joins n others with q^(1 + n /
 * crowd_trucks_count), since the same soldiers then guard more trucks; n is
 * the number for which this is consistent, so the size of a convoy is a result.
 *
 * When the convoy is over the escort needs return_days + rest_days * U(0.5,
 * 1.5) before it is free again. A gate whose convoy lost trucks sees no
 * escort for stand_down_days, and the escort that was beaten is rebuilt for
 * rebuild_days. Forces tire: strength * exp (-tire_frac * F), F being
 * journeys an escort, forgotten over recover_days. Fuel for the journey is
 * taken from a depot; without it nobody leaves. An order ("recall") brings
 * resting escorts back to duty at once. Escorts per day are thus a result of
 * pool, distance and rest, never set. The numbers are assumed or fitted.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *gates;
  SfDate from;
  gint fuel_market;
  gboolean capital_only;
  double escorts_count, crowd_trucks_count, trucks_per_escort_count,
      trucks_min_count, wait_max_days, marshal_days, strength, speed_frac,
      return_days, rest_days, stand_down_days, rebuild_days, tire_frac,
      recover_days, fuel_m3_per_journey, check_h;
  /* state */
  guint busy, resting;
  gint64 epoch; /* recalls so far: older rests do not count any more */
  double fatigue;
  SfTick tired_at;
  SfConvoyId beaten;    /* the last convoy that lost trucks */
  SfTick *closed_until; /* by gate */
  SfStream stream;
} Escort;

enum { CHECK, READY, LEAVE };

static const SfParam params[] = {
  SF_PARAM_IDS (Escort, gates, "nodes",
                "places of entry that it serves; all when absent"),
  SF_PARAM_DAY (Escort, from, 0, "first day; from the start when absent"),
  SF_PARAM (Escort, escorts_count, 1, 0, 1000, "escorts in the pool"),
  SF_PARAM_BOOL (Escort, capital_only, 0,
                 "takes those who are bound for the capital; others go alone "
                 "or wait"),
  SF_PARAM (Escort, crowd_trucks_count, 1e9, 1, 1e9,
            "trucks at which the protection of one counts half"),
  SF_PARAM (Escort, trucks_per_escort_count, 10000, 1, 10000,
            "most trucks that one escort takes"),
  SF_PARAM (Escort, trucks_min_count, 25, 1, 10000, "leaves only with so many"),
  SF_PARAM (Escort, wait_max_days, 0, 0, 365,
            "leaves with fewer when the first has waited so long; 0: never"),
  SF_PARAM (Escort, marshal_days, 0, 0, 60,
            "trucks gather for so long before they leave"),
  SF_PARAM (Escort, strength, 1, 0, 1e6,
            "in the contest with attackers, who have theirs"),
  SF_PARAM (Escort, speed_frac, 0.5, 0.01, 1,
            "speed of the convoy, of that of a single truck"),
  SF_PARAM (Escort, return_days, 1, 0, 365, "way back to the gates"),
  SF_PARAM (Escort, rest_days, 2, 0, 365, "mean rest before the next"),
  SF_PARAM (Escort, stand_down_days, 0, 0, 365,
            "no escort for a gate after its convoy lost trucks"),
  SF_PARAM (Escort, rebuild_days, 0, 0, 365,
            "more rest for an escort whose convoy lost trucks"),
  SF_PARAM (Escort, tire_frac, 0, 0, 1,
            "strength lost with each journey that is not yet recovered from"),
  SF_PARAM (Escort, recover_days, 7, 0.1, 365,
            "time in which the forces recover to 1/e"),
  SF_PARAM_ID (Escort, fuel_market, 0, "markets",
               "depot that its fuel comes from; none when absent"),
  SF_PARAM (Escort, fuel_m3_per_journey, 5, 0, 1000,
            "what the escort burns there and back"),
  SF_PARAM (Escort, check_h, 6, 0.5, 240, "looks for work every"),
  SF_PARAM_END,
};

static gboolean
is_mine (const Escort *self, const SfPlan *plan, guint gate)
{
  return sf_refs_hold (self->gates, plan->gates[gate].entry);
}

static double
would_join (const Escort *self, SfWorld *w, guint gate)
{
  SfEscortOrder order = { .crowd_count = self->crowd_trucks_count,
                          .is_capital_only = self->capital_only };
  return sf_world_gate_willing (w, gate, &order);
}

/* How many would leave a gate, or 0 when they are too few. */
static double
offer (const Escort *self, SfWorld *w, guint gate)
{
  double n = would_join (self, w, gate);
  if (n >= self->trucks_min_count)
    return n;
  gboolean is_late
      = self->wait_max_days > 0
        && sf_world_gate_longest_h (w, gate) >= self->wait_max_days * 24;
  return is_late ? n : 0;
}

/* The gate with the most trucks that would join, or -1. */
static gint
best_gate (const Escort *self, SfWorld *w)
{
  const SfPlan *plan = sf_world_plan (w);
  double most = 0;
  gint best = -1;
  for (guint g = 0; g < plan->n_gates; g++) {
    if (!is_mine (self, plan, g) || self->closed_until[g] > sf_world_now (w))
      continue;
    double n = offer (self, w, g);
    if (n > most) {
      most = n;
      best = (gint)g;
    }
  }
  return best;
}

static void
recover (Escort *self, SfWorld *w)
{
  double days = sf_ticks_to_days (sf_world_now (w) - self->tired_at);
  self->tired_at = sf_world_now (w);
  self->fatigue *= exp (-days / self->recover_days);
}

/* FALSE when there is no fuel to go. */
static gboolean
refuel (const Escort *self, SfWorld *w)
{
  double need = self->fuel_m3_per_journey;
  if (self->fuel_market < 0 || need <= 0)
    return TRUE;
  guint m = (guint)self->fuel_market;
  if (sf_world_stock (w, m, 0) < need)
    return FALSE;
  sf_world_take (w, m, need);
  return TRUE;
}

/* TRUE when a convoy has left. */
static gboolean
send (Escort *self, SfWorld *w, guint gate)
{
  gboolean is_late = would_join (self, w, gate) < self->trucks_min_count;
  recover (self, w);
  SfEscortOrder order
      = { .trucks_min = is_late ? 1 : (guint)self->trucks_min_count,
          .trucks_max = (guint)self->trucks_per_escort_count,
          .crowd_count = self->crowd_trucks_count,
          .strength
          = self->strength
            * exp (-self->tire_frac * self->fatigue / self->escorts_count),
          .speed_frac = self->speed_frac,
          .is_capital_only = self->capital_only };
  if (!refuel (self, w))
    return FALSE;
  self->busy++; /* before it leaves: it may not survive the first hop */
  if (sf_world_convoy (w, self, gate, &order) != SF_NOBODY) {
    self->fatigue++;
    return TRUE;
  }
  self->busy--;
  return FALSE;
}

static void
check (Escort *self, SfWorld *w)
{
  while (self->busy < (guint)self->escorts_count) {
    gint gate = best_gate (self, w);
    if (gate < 0)
      return;
    if (self->marshal_days > 0) {
      self->busy++;
      sf_world_timer (w, self, sf_ticks_from_days (self->marshal_days), LEAVE,
                      0);
    } else if (!send (self, w, (guint)gate))
      return;
  }
}

/* They have gathered; there may be a better gate by now. */
static void
leave (Escort *self, SfWorld *w)
{
  gint gate = best_gate (self, w);
  self->busy--;
  if (gate >= 0)
    send (self, w, (guint)gate);
}

static void
start (void *data, SfWorld *w)
{
  Escort *self = data;
  const SfScenario *s = sf_world_scenario (w);
  SfTick first = 0;
  if (self->from != SF_PARAM_NO_DATE)
    first = MAX (sf_scenario_day (s, self->from), 0) * SF_TICKS_PER_DAY;
  self->beaten = SF_NOBODY;
  self->closed_until
      = sf_world_alloc (w, sf_world_plan (w)->n_gates * sizeof (SfTick));
  sf_world_stream (w, self, 0, &self->stream);
  sf_world_timer (w, self, first + sf_ticks_from_h (self->check_h), CHECK, 0);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 epoch)
{
  Escort *self = data;
  if (what == LEAVE)
    leave (self, w);
  if (what == READY && epoch == self->epoch) {
    self->busy--;
    self->resting--;
  }
  check (self, w);
  if (what == CHECK)
    sf_world_timer (w, self, sf_ticks_from_h (self->check_h), CHECK, 0);
}

/* All who rest are at their posts again. */
static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Escort *self = data;
  const SfEventSpec *e = &sf_world_scenario (w)->events[row];
  const SfPlan *plan = sf_world_plan (w);
  gboolean is_meant = FALSE;
  for (guint g = 0; g < plan->n_gates; g++)
    is_meant |= is_mine (self, plan, g)
                && sf_refs_hold (e->nodes, plan->gates[g].entry);
  if (!begins || !is_meant)
    return;
  self->busy -= self->resting;
  self->resting = 0;
  self->epoch++;
  check (self, w);
}

static void
convoy_ended (void *data, SfWorld *w, SfConvoyId convoy, gint64 token)
{
  Escort *self = data;
  double days
      = self->return_days
        + self->rest_days * sf_stream_uniform_between (&self->stream, 0.5, 1.5);
  if (convoy == self->beaten) {
    days += self->rebuild_days;
    self->beaten = SF_NOBODY;
  }
  self->resting++;
  sf_world_timer (w, self, sf_ticks_from_days (days), READY, self->epoch);
}

static void
attacked (void *data, SfWorld *w, const SfAttack *a)
{
  Escort *self = data;
  if (!a->is_convoy || a->destroyed + a->seized == 0 || a->gate < 0
      || !is_mine (self, sf_world_plan (w), (guint)a->gate))
    return;
  self->beaten = a->convoy;
  self->closed_until[a->gate]
      = sf_world_now (w) + sf_ticks_from_days (self->stand_down_days);
}

const SfModel sf_model_convoy_escort = {
  .info
  = { "convoy/escort", N_ ("a finite pool of escorts takes convoys in"),
      N_ ("Each free escort takes the gate with the most trucks that would "
          "join, when these are at least trucks_min_count, and leaves with "
          "them. Who would go with an escort of his own with probability q "
          "joins n others with q^(1 + n / crowd_trucks_count). It is free "
          "again after the journey, return_days and rest_days * U(0.5, "
          "1.5), or at once after an event of kind \"recall\" (nodes: entry "
          "places). After a loss the gate has no escort for "
          "stand_down_days, and the beaten escort is rebuilt for "
          "rebuild_days. Its strength is strength * exp (-tire_frac * "
          "journeys not yet recovered from, an escort)."),
      params, sizeof (Escort), "recall", NULL },
  .start = start,
  .timer = timer,
  .event = event,
  .convoy_ended = convoy_ended,
  .attacked = attacked,
};
