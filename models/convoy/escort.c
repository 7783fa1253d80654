/* escort.c - a finite pool of escorts takes convoys in. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a date on, every check_h each free escort takes the gate of its own
 * with the most willing trucks waiting, if these are at least
 * trucks_min_count, and leaves with up to trucks_per_escort_count of them.
 * When the convoy is over the escort needs return_days + rest_days * U(0.5,
 * 1.5) before it is free again. A gate whose convoy lost trucks sees no
 * escort for stand_down_days. Escorts per day are thus a result of pool,
 * distance and rest, never set.
 */
#include "sim/engine/model.h"

typedef struct {
  GArray *gates;
  SfDate from;
  double escorts_count, trucks_per_escort_count, trucks_min_count, strength,
      speed_frac, return_days, rest_days, stand_down_days, check_h;
  /* state */
  guint busy;
  SfTick *closed_until; /* by gate */
  SfStream stream;
} Escort;

enum { CHECK, READY };

static const SfParam params[] = {
  SF_PARAM_IDS (Escort, gates, "nodes",
                "places of entry that it serves; all when absent"),
  SF_PARAM_DAY (Escort, from, 0, "first day; from the start when absent"),
  SF_PARAM (Escort, escorts_count, 1, 0, 1000, "escorts in the pool"),
  SF_PARAM (Escort, trucks_per_escort_count, 100, 1, 10000,
            "most trucks that one escort takes"),
  SF_PARAM (Escort, trucks_min_count, 25, 1, 10000, "leaves only with so many"),
  SF_PARAM (Escort, strength, 1, 0, 1e6,
            "in the contest with attackers, who have theirs"),
  SF_PARAM (Escort, speed_frac, 0.5, 0.01, 1,
            "speed of the convoy, of that of a single truck"),
  SF_PARAM (Escort, return_days, 1, 0, 365, "way back to the gates"),
  SF_PARAM (Escort, rest_days, 2, 0, 365, "mean rest before the next"),
  SF_PARAM (Escort, stand_down_days, 0, 0, 365,
            "no escort for a gate after its convoy lost trucks"),
  SF_PARAM (Escort, check_h, 6, 0.5, 240, "looks for work every"),
  SF_PARAM_END,
};

static gboolean
is_mine (const Escort *self, const SfPlan *plan, guint gate)
{
  return sf_refs_hold (self->gates, plan->gates[gate].entry);
}

/* The gate with the most willing trucks, or -1. */
static gint
best_gate (const Escort *self, SfWorld *w)
{
  const SfPlan *plan = sf_world_plan (w);
  double most = self->trucks_min_count;
  gint best = -1;
  for (guint g = 0; g < plan->n_gates; g++) {
    if (!is_mine (self, plan, g) || self->closed_until[g] > sf_world_now (w))
      continue;
    double willing = sf_world_gate_willing (w, g);
    if (willing >= most) {
      most = willing;
      best = (gint)g;
    }
  }
  return best;
}

static void
check (Escort *self, SfWorld *w)
{
  while (self->busy < (guint)self->escorts_count) {
    gint gate = best_gate (self, w);
    if (gate < 0)
      return;
    self->busy++; /* before it leaves: it may not survive the first hop */
    SfConvoyId c
        = sf_world_convoy (w, self, (guint)gate, (guint)self->trucks_min_count,
                           (guint)self->trucks_per_escort_count, self->strength,
                           self->speed_frac, 0);
    if (c == SF_NOBODY) {
      self->busy--;
      return;
    }
  }
}

static void
start (void *data, SfWorld *w)
{
  Escort *self = data;
  const SfScenario *s = sf_world_scenario (w);
  SfTick first = 0;
  if (self->from != SF_PARAM_NO_DATE)
    first = MAX (sf_scenario_day (s, self->from), 0) * SF_TICKS_PER_DAY;
  self->closed_until
      = sf_world_alloc (w, sf_world_plan (w)->n_gates * sizeof (SfTick));
  sf_world_stream (w, self, 0, &self->stream);
  sf_world_timer (w, self, first + sf_ticks_from_h (self->check_h), CHECK, 0);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Escort *self = data;
  if (what == READY)
    self->busy--;
  check (self, w);
  if (what == CHECK)
    sf_world_timer (w, self, sf_ticks_from_h (self->check_h), CHECK, 0);
}

static void
convoy_ended (void *data, SfWorld *w, SfConvoyId convoy, gint64 token)
{
  Escort *self = data;
  double days
      = self->return_days
        + self->rest_days * sf_stream_uniform_between (&self->stream, 0.5, 1.5);
  sf_world_timer (w, self, sf_ticks_from_days (days), READY, 0);
}

static void
attacked (void *data, SfWorld *w, const SfAttack *a)
{
  Escort *self = data;
  if (!a->is_convoy || a->is_repelled || a->gate < 0
      || !is_mine (self, sf_world_plan (w), (guint)a->gate))
    return;
  self->closed_until[a->gate]
      = sf_world_now (w) + sf_ticks_from_days (self->stand_down_days);
}

const SfModel sf_model_convoy_escort = {
  .info = { "convoy/escort", "a finite pool of escorts takes convoys in",
            "Each free escort takes the gate with the most willing trucks, "
            "when these are at least trucks_min_count, and leaves with up "
            "to trucks_per_escort_count. It is free again after the "
            "journey, return_days and rest_days * U(0.5, 1.5). After a loss "
            "the gate has no escort for stand_down_days.",
            params, sizeof (Escort), NULL },
  .start = start,
  .timer = timer,
  .convoy_ended = convoy_ended,
  .attacked = attacked,
};
