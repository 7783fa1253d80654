/* strike.c - drivers strike. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While a strike lasts at a gate the chance that a driver goes at all, alone
 * or with an escort, is multiplied by 1 - share. Strikes come with event rows
 * of kind "strike", and by themselves: when more than losses_count trucks were
 * lost on a corridor within window_days, drivers strike delay_days later for
 * strike_days. Losses that led to a strike are then forgotten: the next needs
 * as many again. Shares of strikes at the same time multiply. With
 * all_corridors the losses of all corridors count together and all strike.
 *
 * Reported: strikes of about 20 October 2025 and 9 to 11 February 2026, each
 * after losses; the threshold is assumed.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  double losses_count, window_days, delay_days, strike_days, share_frac;
  gboolean all_corridors;
  /* state */
  guint8 *is_in_force; /* by event row */
  guint *lost;         /* trucks of the window, by corridor */
  gint32 *age;         /* how often lost began anew, by corridor */
  guint8 *phase;       /* by corridor */
  gboolean has_ended;  /* a strike, since those who wait were last asked */
} Strike;

enum { FORGET, BEGIN, END };     /* timers */
enum { QUIET, CALLED, STRIKES }; /* phases */

static const SfParam params[] = {
  SF_PARAM (
      Strike, losses_count, 0, 0, 10000,
      "drivers strike when more trucks were lost; 0: never by themselves"),
  SF_PARAM (Strike, window_days, 7, 0.1, 365, "within so many days"),
  SF_PARAM (Strike, delay_days, 2, 0, 365, "until the strike begins"),
  SF_PARAM (Strike, strike_days, 3, 0, 365, "length of such a strike"),
  SF_PARAM (Strike, share_frac, 1, 0, 1, "of the drivers who take part in it"),
  SF_PARAM_BOOL (Strike, all_corridors, FALSE,
                 "losses of all corridors count together, and all strike"),
  SF_PARAM_END,
};

/* A corridor is a gate, or all of them. */
static guint
corridor (const Strike *self, guint gate)
{
  return self->all_corridors ? 0 : gate;
}

static double
working_frac (const Strike *self, const SfWorld *w, guint gate)
{
  const SfPlan *plan = sf_world_plan (w);
  double frac = 1;
  if (self->phase[corridor (self, gate)] == STRIKES)
    frac = 1 - self->share_frac;
  for (guint row = 0; row < plan->scenario->n_events; row++) {
    const SfEventSpec *e = &plan->scenario->events[row];
    if (self->is_in_force[row]
        && sf_refs_hold (e->nodes, plan->gates[gate].entry))
      frac *= 1 - (isnan (e->value) ? 1 : CLAMP (e->value, 0, 1));
  }
  return frac;
}

/* Sets the record; when a strike has ended, those who wait decide anew. */
static void
settle (Strike *self, SfWorld *w)
{
  guint n = sf_world_plan (w)->n_gates;
  double sum = 0;
  for (guint g = 0; g < n; g++) {
    sum += 1 - working_frac (self, w, g);
    if (self->has_ended)
      sf_world_gate_reconsider (w, g);
  }
  self->has_ended = FALSE;
  sf_world_set_gauge (w, self, 0, n > 0 ? sum / n : NAN);
}

/* A strike begins or ends. At midnight the rest is left to the review, since
 * the day before is not yet on the record. */
static void
change (Strike *self, SfWorld *w, gboolean ends)
{
  for (guint g = 0; g < sf_world_plan (w)->n_gates; g++)
    sf_world_set_factor (w, self, SF_FACTOR_WILLING, g,
                         working_frac (self, w, g));
  self->has_ended = self->has_ended || ends;
  if (sf_world_now (w) % SF_TICKS_PER_DAY != 0)
    settle (self, w);
}

static void
review (void *data, SfWorld *w, guint day)
{
  settle (data, w);
}

static void
start (void *data, SfWorld *w)
{
  Strike *self = data;
  guint n = sf_world_plan (w)->n_gates + 1;
  self->is_in_force = sf_world_alloc (w, sf_world_scenario (w)->n_events + 1);
  self->lost = sf_world_alloc (w, n * sizeof *self->lost);
  self->age = sf_world_alloc (w, n * sizeof *self->age);
  self->phase = sf_world_alloc (w, n);
}

/* Calls a strike when enough was lost and none is called. */
static void
consider (Strike *self, SfWorld *w, guint c)
{
  if (self->losses_count <= 0 || self->phase[c] != QUIET
      || self->lost[c] <= self->losses_count)
    return;
  self->phase[c] = CALLED;
  self->lost[c] = 0;
  self->age[c]++;
  sf_world_timer (w, self, sf_ticks_from_days (self->delay_days), BEGIN, c);
}

/* The payload of the timer says whose losses, of which count, and how many. */
static void
attacked (void *data, SfWorld *w, const SfAttack *a)
{
  Strike *self = data;
  guint n = a->destroyed + a->seized;
  if (n == 0 || a->gate < 0)
    return;
  guint c = corridor (self, (guint)a->gate);
  self->lost[c] += n;
  gint64 load = (gint64)c << 48 | ((gint64)self->age[c] & 0xffff) << 32 | n;
  sf_world_timer (w, self, sf_ticks_from_days (self->window_days), FORGET,
                  load);
  consider (self, w, c);
}

static void
forget (Strike *self, gint64 load)
{
  guint c = (guint)(load >> 48);
  if ((load >> 32 & 0xffff) == (self->age[c] & 0xffff))
    self->lost[c] -= (guint)(load & 0xffffffff);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Strike *self = data;
  if (what == FORGET) {
    forget (self, payload);
    return;
  }
  guint c = (guint)payload;
  self->phase[c] = what == BEGIN ? STRIKES : QUIET;
  change (self, w, what == END);
  if (what == BEGIN)
    sf_world_timer (w, self, sf_ticks_from_days (self->strike_days), END, c);
  else
    consider (self, w, c);
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Strike *self = data;
  self->is_in_force[row] = begins;
  change (self, w, !begins);
}

const SfModel sf_model_driver_strike = {
  .info
  = { "driver/strike", N_ ("drivers strike"),
      N_ ("While a strike lasts at a gate, 1 - share of the willing drivers "
          "go. Answers events of kind \"strike\" (nodes: entry places, all "
          "when absent; value: share of the drivers, 1 when absent). When "
          "more than losses_count trucks were lost on a corridor within "
          "window_days, a strike of strike_days follows after delay_days; "
          "these losses then count no more. Gauge: striking_frac, mean over "
          "the gates. The threshold is assumed."),
      params, sizeof (Strike), "strike", "striking_frac" },
  .start = start,
  .review = review,
  .timer = timer,
  .event = event,
  .attacked = attacked,
};
