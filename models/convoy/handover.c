/* handover.c - one escorting force takes over from another. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The strength of all escorts is multiplied by q, which is before_frac until
 * `from`, goes in a straight line to dip_frac in the middle of handover_days,
 * in another to after_frac at their end, and stays there. Escorts of a day
 * have the q of its midnight. One partner force withdrew and another took its
 * place in 2025; no strength was measured, so all three are assumed.
 */
#include "sim/engine/model.h"

typedef struct {
  GArray *gates;
  SfDate from;
  double before_frac, dip_frac, after_frac, handover_days;
} Handover;

static const SfParam params[] = {
  SF_PARAM_IDS (Handover, gates, "nodes", "places of entry; all when absent"),
  SF_PARAM_DAY (Handover, from, SF_PARAM_REQUIRED, "first day of the change"),
  SF_PARAM (Handover, before_frac, 1, 0, 10,
            "of the escorts' strength, until then"),
  SF_PARAM (Handover, dip_frac, 0.6, 0, 10,
            "of their strength in the middle of the change"),
  SF_PARAM (Handover, after_frac, 0.9, 0, 10,
            "of their strength when it is done"),
  SF_PARAM (Handover, handover_days, 30, 0, 3650, "length of the change"),
  SF_PARAM_END,
};

static double
quality (const Handover *self, double days)
{
  double half_days = self->handover_days / 2;
  if (days >= self->handover_days && days >= 0)
    return self->after_frac;
  if (days <= 0)
    return self->before_frac;
  if (days <= half_days)
    return self->before_frac
           + (self->dip_frac - self->before_frac) * days / half_days;
  return self->dip_frac
         + (self->after_frac - self->dip_frac) * (days - half_days) / half_days;
}

static void
review (void *data, SfWorld *w, guint day)
{
  Handover *self = data;
  const SfPlan *plan = sf_world_plan (w);
  double q = quality (self,
                      (gint)day - sf_scenario_day (plan->scenario, self->from));
  for (guint g = 0; g < plan->n_gates; g++)
    if (sf_refs_hold (self->gates, plan->gates[g].entry))
      sf_world_set_factor (w, self, SF_FACTOR_ESCORT, g, q);
  sf_world_set_gauge (w, self, 0, q);
}

const SfModel sf_model_convoy_handover = {
  .info
  = { "convoy/handover", N_ ("one escorting force takes over from another"),
      N_ ("Multiplies the strength of escorts by before_frac until `from`, "
          "then by what leads in a straight line to dip_frac in the middle of "
          "handover_days and in another to after_frac at their end. Gauge: "
          "quality_ratio. All numbers are assumed."),
      params, sizeof (Handover), NULL, "quality_ratio" },
  .review = review,
};
