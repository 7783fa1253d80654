/* ambush.c - attacks at random on trucks and convoys. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On its way through a threat zone a truck on its own is hit with
 * probability 1 - exp (-lone_attacks_per_100km x km / 100), x being the
 * exposure of its cargo (empty_frac of it when empty). A convoy is ambushed
 * with probability 1 - exp (-convoy_attacks_per_100km x km / 100); the contest of attackers and escort then decides (sim/engine/contest.c). A truce
 * multiplies both by truce_frac.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *zones;
  SfDate from;
  double lone_attacks_per_100km, convoy_attacks_per_100km, empty_frac,
      attackers_strength, contest_exponent, window_trucks_count, destroyed_frac,
      seized_frac, turned_back_frac, delay_h, truce_frac, window_spread_frac;
  /* state */
  guint truces;
  gboolean is_on;    /* its first day has come */
  SfStream *streams; /* by zone */
} Ambush;

static const SfParam params[] = {
  SF_PARAM_IDS (Ambush, zones, "zones", "where; all when absent"),
  SF_PARAM_DAY (Ambush, from, 0, "first day; from the start when absent"),
  SF_PARAM (Ambush, lone_attacks_per_100km, 0.002, 0, 100,
            "hits on a truck on its own on 100 km"),
  SF_PARAM (Ambush, convoy_attacks_per_100km, 0.02, 0, 100,
            "ambushes of a convoy on 100 km"),
  SF_PARAM (Ambush, empty_frac, 0.3, 0, 1, "of that for empty trucks"),
  SF_PARAM (Ambush, attackers_strength, 1, 0, 1e6,
            "in the contest with the escort"),
  SF_PARAM (Ambush, contest_exponent, 1, 0.01, 20,
            "how much strength decides: 0 chance, large always the stronger"),
  SF_PARAM (Ambush, window_trucks_count, 40, 1, 10000,
            "mean number of trucks that an ambush can reach"),
  SF_PARAM (Ambush, window_spread_frac, 0, 0, 3,
            "standard deviation of that number, of its mean (gamma); 0: "
            "always the same"),
  SF_PARAM (Ambush, destroyed_frac, 0.8, 0, 1, "of the trucks reached"),
  SF_PARAM (Ambush, seized_frac, 0.5, 0, 1,
            "of the trucks reached and not destroyed"),
  SF_PARAM (Ambush, turned_back_frac, 0.2, 0, 1, "of the trucks not reached"),
  SF_PARAM (Ambush, delay_h, 12, 0, 1000, "for those who go on"),
  SF_PARAM (Ambush, truce_frac, 0, 0, 1, "of all this under a truce"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Ambush *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->streams = sf_world_alloc (w, (s->n_zones + 1) * sizeof *self->streams);
  for (guint z = 0; z < s->n_zones; z++)
    sf_world_stream (w, self, z, &self->streams[z]);
  SfTick first = self->from == SF_PARAM_NO_DATE
                     ? 0
                     : sf_scenario_day (s, self->from) * SF_TICKS_PER_DAY;
  self->is_on = first <= 0;
  if (!self->is_on)
    sf_world_timer (w, self, first, 0, 0);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Ambush *self = data;
  self->is_on = TRUE;
  sf_world_look_again (w);
}

static SfAmbush
shape (const Ambush *self)
{
  return (SfAmbush){ self->attackers_strength,
                     self->contest_exponent,
                     self->window_trucks_count,
                     self->destroyed_frac,
                     self->seized_frac,
                     self->turned_back_frac,
                     self->delay_h,
                     self->window_spread_frac };
}

/* Of the ordinary rate, for a passage. */
static double
share_of (const Ambush *self, const SfWorld *w, const SfPassage *p)
{
  if (p->zone < 0 || !self->is_on || !sf_refs_hold (self->zones, p->zone))
    return 0;
  return p->exposure_frac * (p->is_loaded ? 1 : self->empty_frac)
         * (self->truces > 0 ? self->truce_frac : 1)
         * sf_world_factor (w, SF_FACTOR_THREAT, (guint)p->zone);
}

/* Trucks on their own. */
static double
outlook (const void *data, const SfWorld *w, const SfPassage *p)
{
  const Ambush *self = data;
  return self->lone_attacks_per_100km * share_of (self, w, p) * p->km / 100;
}

static void
strikes (void *data, SfWorld *w, const SfPassage *p, guint n)
{
  Ambush *self = data;
  SfAmbush a = shape (self);
  a.window_trucks_count = n;
  a.window_spread_frac = 0; /* so many were hit, no more, no less */
  a.turned_back_frac = 0;
  sf_world_ambush (w, p, &a, &self->streams[p->zone]);
}

/* Convoys. */
static void
enters (void *data, SfWorld *w, const SfPassage *p)
{
  Ambush *self = data;
  double expected
      = self->convoy_attacks_per_100km * share_of (self, w, p) * p->km / 100;
  if (expected <= 0
      || !sf_stream_chance (&self->streams[p->zone], -expm1 (-expected)))
    return;
  SfAmbush a = shape (self);
  sf_world_ambush (w, p, &a, &self->streams[p->zone]);
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Ambush *self = data;
  if (begins)
    self->truces++;
  else
    self->truces--;
  sf_world_look_again (w);
}

const SfModel sf_model_interdiction_ambush = {
  .info
  = { "interdiction/ambush", N_ ("attacks at random on trucks and convoys"),
      N_ ("A truck on its own is hit lone_attacks_per_100km times, a convoy "
          "ambushed convoy_attacks_per_100km times on 100 km of a threat "
          "zone (Poisson), times the exposure of the cargo. The escort loses "
          "with p = "
          "a^g / (a^g + e^g); then at most window_trucks_count trucks are "
          "reached, so the share lost falls with the size of the convoy. "
          "Answers events of kind \"truce\"."),
      params, sizeof (Ambush), "truce" },
  .start = start,
  .timer = timer,
  .outlook = outlook,
  .strikes = strikes,
  .enters = enters,
  .event = event,
};
