/* willingness.c - drivers refuse when they think it too dangerous. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Perceived risk R (>= 0) at each gate jumps and is forgotten:
 *
 *   dR/dt = -(R - F) / memory_days
 *   announcement:  R += announcement_risk * value of the event; while it is
 *                  in force F is standing_frac of that, else 0
 *   attack:        R += risk_per_truck_lost * trucks lost, on its corridor;
 *                  cross_frac of that on the others; the news spreads with
 *                  time constant report_days, so R lags behind
 *   truce:         F = 0 while it lasts, and memory_days is multiplied by
 *                  truce_memory_frac
 *
 * What other models make of the risk (bonus, insurance, a settlement)
 * multiplies R. A driver who decides goes on alone with probability
 * unescorted_frac * exp (-R x) and would go with an escort of his own with
 * q = exp (-escort_risk_frac R x / e), x being the cargo's exposure and e the
 * factor on the escort's strength (air cover, a better force). Those who wait decide again every reconsider_h.
 * Form: exponential smoothing of reports, as is usual for perceived risk;
 * the numbers are fitted or assumed, none was measured in Mali.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/model.h"

typedef struct {
  double announcement_risk, standing_frac, memory_days, risk_per_truck_lost,
      cross_frac, report_days, truce_memory_frac, escort_risk_frac,
      unescorted_frac, reconsider_h;
  /* state */
  double *risk, *standing; /* R and F, by gate */
  double *news;            /* jumps that are not known everywhere yet */
  double *felt, *guarded;  /* what others make of R, alone and with an escort */
  guint truces;
  SfTick last;
} Willingness;

static const SfParam params[] = {
  SF_PARAM (Willingness, announcement_risk, 4, 0, 20,
            "jump of perceived risk when a ban is announced; exp (-risk) of "
            "the drivers still go alone"),
  SF_PARAM (Willingness, standing_frac, 0, 0, 1,
            "share of that jump that stays while the ban is in force"),
  SF_PARAM (Willingness, memory_days, 45, 0.1, 3650,
            "time in which the rest of perceived risk falls to 1/e"),
  SF_PARAM (Willingness, risk_per_truck_lost, 0.02, 0, 10,
            "jump of perceived risk for each truck lost in an attack"),
  SF_PARAM (Willingness, cross_frac, 0.3, 0, 1,
            "share of that jump on the other corridors"),
  SF_PARAM (Willingness, report_days, 0, 0, 365,
            "time in which the news of a loss spreads to 1 - 1/e"),
  SF_PARAM (Willingness, truce_memory_frac, 1, 0.01, 10,
            "memory_days under a truce, of the ordinary ones"),
  SF_PARAM (Willingness, escort_risk_frac, 0.15, 0, 1,
            "share of the perceived risk that is left under escort"),
  SF_PARAM (Willingness, unescorted_frac, 1, 0, 1,
            "share of willing drivers whom the authorities let go alone"),
  SF_PARAM (Willingness, reconsider_h, 12, 0.5, 240,
            "those who wait decide again after"),
  SF_PARAM_END,
};

static void
forget (Willingness *self, SfWorld *w)
{
  double days = sf_ticks_to_days (sf_world_now (w) - self->last);
  self->last = sf_world_now (w);
  double memory
      = self->memory_days * (self->truces > 0 ? self->truce_memory_frac : 1);
  double keep = exp (-days / memory);
  double unheard = self->report_days > 0 ? exp (-days / self->report_days) : 0;
  for (guint g = 0; g < sf_world_plan (w)->n_gates; g++) {
    self->risk[g] += self->news[g] * (1 - unheard);
    self->news[g] *= unheard;
    double floor_risk = self->truces > 0 ? 0 : self->standing[g];
    self->risk[g] = floor_risk + (self->risk[g] - floor_risk) * keep;
  }
}

/* Tells the gates what drivers think. */
static void
publish (Willingness *self, SfWorld *w)
{
  guint n = sf_world_plan (w)->n_gates;
  double sum = 0;
  for (guint g = 0; g < n; g++) {
    self->felt[g] = self->risk[g] * sf_world_factor (w, SF_FACTOR_RISK, g);
    self->guarded[g] = self->escort_risk_frac * self->felt[g]
                       / MAX (sf_world_factor (w, SF_FACTOR_ESCORT, g), 1e-3);
    sf_world_set_gate_risk (w, g, self->felt[g]);
    /* Risk can be below 0 where news is good; a chance ends at 1. */
    sum += MIN (self->unescorted_frac * exp (-self->felt[g]), 1);
  }
  sf_world_set_gauge (w, self, 0, n > 0 ? sum / n : NAN);
}

static double
dares (const void *data, guint gate, double exposure_frac, gboolean is_escorted)
{
  const Willingness *self = data;
  if (is_escorted)
    return exp (-self->guarded[gate] * exposure_frac);
  /* A cargo that is no target is not held back. */
  double let = exposure_frac > 0 ? self->unescorted_frac : 1;
  return let * exp (-self->felt[gate] * exposure_frac);
}

static void
start (void *data, SfWorld *w)
{
  Willingness *self = data;
  gsize size = sf_world_plan (w)->n_gates * sizeof *self->risk;
  self->risk = sf_world_alloc (w, size);
  self->standing = sf_world_alloc (w, size);
  self->news = sf_world_alloc (w, size);
  self->felt = sf_world_alloc (w, size);
  self->guarded = sf_world_alloc (w, size);
  self->last = 0;
  publish (self, w);
  sf_world_timer (w, self, sf_ticks_from_h (self->reconsider_h), 0, 0);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Willingness *self = data;
  forget (self, w);
  publish (self, w);
  for (guint g = 0; g < sf_world_plan (w)->n_gates; g++)
    sf_world_gate_reconsider (w, g);
  sf_world_timer (w, self, sf_ticks_from_h (self->reconsider_h), 0, 0);
}

static void
announce (Willingness *self, const SfPlan *plan, const SfEventSpec *e,
          gboolean begins)
{
  double jump = self->announcement_risk * (isnan (e->value) ? 1 : e->value);
  for (guint g = 0; g < plan->n_gates; g++) {
    if (!sf_refs_hold (e->nodes, plan->gates[g].entry))
      continue;
    if (begins)
      self->risk[g] += jump;
    self->standing[g] += (begins ? 1 : -1) * self->standing_frac * jump;
  }
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Willingness *self = data;
  const SfPlan *plan = sf_world_plan (w);
  const SfEventSpec *e = &plan->scenario->events[row];
  forget (self, w);
  if (strcmp (e->kind, "announce") == 0)
    announce (self, plan, e, begins);
  else if (begins)
    self->truces++;
  else
    self->truces--;
  publish (self, w);
}

static void
attacked (void *data, SfWorld *w, const SfAttack *a)
{
  Willingness *self = data;
  double jump = self->risk_per_truck_lost * (a->destroyed + a->seized);
  if (jump <= 0 || a->gate < 0)
    return;
  forget (self, w);
  for (guint g = 0; g < sf_world_plan (w)->n_gates; g++)
    self->news[g] += jump * ((gint)g == a->gate ? 1 : self->cross_frac);
  forget (self, w); /* without delay the news is known at once */
  publish (self, w);
}

const SfModel sf_model_driver_willingness = {
  .info
  = { "driver/willingness", N_ ("drivers refuse when it seems dangerous"),
      N_ ("Perceived risk R of a corridor jumps with announcements and "
          "with trucks lost and decays with memory_days to standing_frac "
          "of the announcements in force (to 0 in a truce). A driver goes "
          "on alone with probability unescorted_frac * exp (-R x) and joins "
          "an escort with exp (-escort_risk_frac R x), x being the "
          "exposure of the cargo. Answers events of kind \"announce\" "
          "(value multiplies announcement_risk; nodes: entry places, all "
          "when absent) and \"truce\". Gauge: willing_frac, the chance to go "
          "on alone with a cargo that is a target, mean over corridors."),
      params, sizeof (Willingness), "announce|truce", "willing_frac" },
  .start = start,
  .timer = timer,
  .event = event,
  .attacked = attacked,
  .dares = dares,
};
