/* attack.c - attacks on a date and a road. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event row says when, on which links, how strong the attackers are and
 * how long they lie in wait. The first loaded trucks that come (a convoy of
 * at least trucks_min_count, or trucks on their own when that is small) meet
 * them; the contest with the escort decides what is lost. If nobody comes
 * there is no attack: the loss is never an input.
 */
#include "sim/engine/model.h"

typedef struct {
  double contest_exponent, window_trucks_count, destroyed_frac, seized_frac,
      turned_back_frac, delay_h, window_spread_frac;
  /* state */
  gboolean *lies_in_wait; /* by event row */
  guint n_waiting;
  SfStream *streams;
} Attack;

static const SfParam params[] = {
  SF_PARAM (Attack, contest_exponent, 1, 0.01, 20, "how much strength decides"),
  SF_PARAM (Attack, window_trucks_count, 60, 1, 10000,
            "mean number of trucks that an ambush can reach"),
  SF_PARAM (Attack, window_spread_frac, 0, 0, 3,
            "standard deviation of that number, of its mean (gamma); 0: "
            "always the same"),
  SF_PARAM (Attack, destroyed_frac, 0.8, 0, 1, "of the trucks reached"),
  SF_PARAM (Attack, seized_frac, 0.5, 0, 1,
            "of the trucks reached and not destroyed"),
  SF_PARAM (Attack, turned_back_frac, 0.2, 0, 1, "of the trucks not reached"),
  SF_PARAM (Attack, delay_h, 12, 0, 1000, "for those who go on"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Attack *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->lies_in_wait
      = sf_world_alloc (w, s->n_events * sizeof *self->lies_in_wait);
  self->streams = sf_world_alloc (w, s->n_events * sizeof *self->streams);
  for (guint i = 0; i < s->n_events; i++)
    sf_world_stream (w, self, sf_stream_hash (s->events[i].id),
                     &self->streams[i]);
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Attack *self = data;
  const SfEventSpec *e = &sf_world_scenario (w)->events[row];
  if (!begins || self->lies_in_wait[row])
    return;
  self->lies_in_wait[row] = TRUE;
  self->n_waiting++;
  sf_world_look_again (w);
  sf_world_timer (w, self, sf_ticks_from_days (e->ambush_days), 0, row);
}

static void
give_up (Attack *self, SfWorld *w, guint row)
{
  self->lies_in_wait[row] = FALSE;
  self->n_waiting--;
  sf_world_look_again (w);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 row)
{
  Attack *self = data;
  if (!self->lies_in_wait[row])
    return;
  give_up (self, w, (guint)row);
  const char *id = sf_world_scenario (w)->events[row].id;
  sf_world_say (w, "attack", id, 0, N_ ("nobody came: no attack (%s)"), id);
}

static gboolean
is_there (const SfEventSpec *e, const SfPlan *plan, SfHopId hop)
{
  const SfHop *h = &plan->hops[hop];
  for (guint i = 0; i < h->n_arcs; i++)
    if (sf_refs_hold (e->links, sf_arc_link (plan->arcs[h->first_arc + i])))
      return TRUE;
  return FALSE;
}

static double
outlook (const void *data, const SfWorld *w, const SfPassage *p)
{
  const Attack *self = data;
  const SfPlan *plan = sf_world_plan (w);
  if (self->n_waiting > 0 && p->is_loaded)
    for (guint row = 0; row < plan->scenario->n_events; row++)
      if (self->lies_in_wait[row]
          && is_there (&plan->scenario->events[row], plan, p->hop))
        return SF_OUTLOOK_ASK;
  return 0;
}

static gboolean
is_met (const SfEventSpec *e, const SfPlan *plan, const SfPassage *p)
{
  return p->is_loaded && p->exposure_frac > 0
         && p->trucks >= e->trucks_min_count && is_there (e, plan, p->hop);
}

static void
enters (void *data, SfWorld *w, const SfPassage *p)
{
  Attack *self = data;
  const SfPlan *plan = sf_world_plan (w);
  if (self->n_waiting == 0)
    return;
  for (guint row = 0; row < plan->scenario->n_events; row++) {
    const SfEventSpec *e = &plan->scenario->events[row];
    if (!self->lies_in_wait[row] || !is_met (e, plan, p))
      continue;
    give_up (self, w, row);
    SfAmbush a = { e->attackers_strength,
                   self->contest_exponent,
                   MIN (self->window_trucks_count, e->trucks_max_count),
                   self->destroyed_frac,
                   self->seized_frac,
                   self->turned_back_frac,
                   self->delay_h,
                   self->window_spread_frac };
    SfAttack out = sf_world_ambush (w, p, &a, &self->streams[row]);
    sf_world_note_attack (w, row, &out);
    return;
  }
}

const SfModel sf_model_interdiction_attack = {
  .info = { "interdiction/attack", N_ ("attacks on a date and a road"),
            N_ ("Answers events of kind \"attack\" (links, attackers_strength, "
                "ambush_days, trucks_min_count, trucks_max_count): the first "
                "loaded trucks that come meet the attackers, and the contest "
                "with the escort decides the loss. If nobody comes there is no "
                "attack."),
            params, sizeof (Attack), "attack" },
  .start = start,
  .timer = timer,
  .event = event,
  .outlook = outlook,
  .enters = enters,
};
