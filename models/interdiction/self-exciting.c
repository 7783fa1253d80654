/* self-exciting.c - attempts that breed attempts. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attempts at attacks come in calendar time with the rate (Hawkes 1971)
 *
 *   lambda (t) = T (S F mu + sum over attempts i before t of
 *                            n / m exp (-(t - t_i) / m))
 *
 * mu = attempts_per_day, n = branching_frac (attempts that one attempt sets off
 * directly, on average), m = memory_days; S is spell_factor in a spell and 1 in
 * calm, F the mean threat factor of the zones as midnight finds it, T is
 * truce_frac in a truce and 1 otherwise. Drawn by thinning (Ogata 1981), which
 * is exact: between attempts the rate only falls, so that its value now bounds
 * it. For S = F = T = 1 the mean rate is mu / (1 - n), a cluster has 1 / (1 -
 * n) attempts, and counts in long windows have variance / mean = 1 / (1 - n)^2.
 *
 * An attempt picks a zone in proportion to the threat factors and lies in wait
 * there for ambush_days. The first loaded trucks to enter a stretch of the
 * zone meet it (with the probability that is the exposure of their cargo), be
 * they on their own or a convoy of at least trucks_min_count; the contest with
 * the escort decides. An attempt that nobody meets costs nothing.
 *
 * Branching: 0.37 to 0.50 in Iraq with a memory of weeks (Lewis et al. 2012,
 * doi 10.1057/sj.2011.21); nothing was fitted to Mali. Spells keep slow changes
 * of the rate from being taken for contagion.
 */
#include <math.h>

#include "sim/engine/model.h"

/* An attempt that lies in wait. */
typedef struct Attempt Attempt;
struct Attempt {
  SfTick until;
  Attempt *next;
};

typedef struct {
  GArray *zones;
  SfDate from, until;
  double attempts_per_day, branching_frac, memory_days, spell_factor,
      spell_days, calm_days, truce_frac, ambush_days, trucks_min_count,
      attackers_strength, contest_exponent, window_trucks_count,
      lone_trucks_count, window_spread_frac, destroyed_frac, seized_frac,
      turned_back_frac, delay_h;
  /* state */
  gboolean is_on, is_spell;
  guint truces, today; /* the day that the gauges count */
  SfTick ends, last;   /* when it ends; when excited was brought up to date */
  double excited_per_day;  /* rate that past attempts add */
  double base_per_day;     /* S F mu, as it was when the bound was set */
  double bound_per_day;    /* of the rate, until the next candidate */
  gint64 serial;           /* of the candidate that counts */
  Attempt **waits, *spare; /* by zone; those that are over */
  SfStream stream, pick, spells, *ambushes;
} Exciting;

enum { BEGIN, CANDIDATE, SPELL };
enum { ATTEMPTS, TRIGGERED };

static const SfParam params[] = {
  SF_PARAM_IDS (Exciting, zones, "zones", "where; all when absent"),
  SF_PARAM_DAY (Exciting, from, 0, "first day; from the start when absent"),
  SF_PARAM_DAY (Exciting, until, 0, "last day; to the end when absent"),
  SF_PARAM (Exciting, attempts_per_day, 0.1, 0, 100,
            "attempts that no other sets off, in all these zones together"),
  SF_PARAM (Exciting, branching_frac, 0.4, 0, 0.95,
            "attempts that one attempt sets off directly, on average"),
  SF_PARAM (Exciting, memory_days, 10, 0.01, 365,
            "time in which what an attempt sets off falls to 1/e"),
  SF_PARAM (Exciting, spell_factor, 1, 0, 100,
            "multiplies attempts_per_day in a spell; 1: there are none"),
  SF_PARAM (Exciting, spell_days, 20, 0.1, 3650, "mean length of a spell"),
  SF_PARAM (Exciting, calm_days, 60, 0.1, 3650, "mean time between spells"),
  SF_PARAM (Exciting, truce_frac, 0, 0, 1, "of all this under a truce"),
  SF_PARAM (Exciting, ambush_days, 2, 0, 365, "lies in wait for so long"),
  SF_PARAM (Exciting, trucks_min_count, 1, 1, 10000,
            "lets smaller convoys pass"),
  SF_PARAM (Exciting, attackers_strength, 1, 0, 1e6,
            "in the contest with the escort"),
  SF_PARAM (Exciting, contest_exponent, 1, 0.01, 20,
            "how much strength decides"),
  SF_PARAM (Exciting, window_trucks_count, 40, 1, 10000,
            "mean number of trucks of a convoy that an ambush can reach"),
  SF_PARAM (Exciting, window_spread_frac, 0, 0, 3,
            "standard deviation of that number, of its mean"),
  SF_PARAM (Exciting, lone_trucks_count, 1, 1, 10000,
            "most trucks on their own that it can reach"),
  SF_PARAM (Exciting, destroyed_frac, 0.8, 0, 1, "of the trucks reached"),
  SF_PARAM (Exciting, seized_frac, 0.5, 0, 1,
            "of the trucks reached and not destroyed"),
  SF_PARAM (Exciting, turned_back_frac, 0.2, 0, 1, "of the trucks not reached"),
  SF_PARAM (Exciting, delay_h, 12, 0, 1000, "for those who go on"),
  SF_PARAM_END,
};

/* ---- The rate ----------------------------------------------------------- */

static double
sum_threat (const Exciting *self, const SfWorld *w, guint *n)
{
  double sum = 0;
  *n = 0;
  for (guint z = 0; z < sf_world_scenario (w)->n_zones; z++)
    if (sf_refs_hold (self->zones, (gint)z)) {
      sum += sf_world_factor (w, SF_FACTOR_THREAT, z);
      ++*n;
    }
  return sum;
}

static double
base_per_day (const Exciting *self, const SfWorld *w)
{
  guint n;
  double threat = sum_threat (self, w, &n);
  return n == 0 ? 0
                : self->attempts_per_day * threat / n
                      * (self->is_spell ? self->spell_factor : 1);
}

/* Brings the excitation up to now and returns the share a truce leaves. */
static double
settle (Exciting *self, const SfWorld *w)
{
  double days = sf_ticks_to_days (sf_world_now (w) - self->last);
  self->last = sf_world_now (w);
  self->excited_per_day *= exp (-days / self->memory_days);
  return self->truces > 0 ? self->truce_frac : 1;
}

/* Draws the next candidate. What was drawn before does not count any more:
 * waiting times have no memory, so to draw anew is exact. */
static void
plan_next (Exciting *self, SfWorld *w)
{
  double share = settle (self, w);
  self->serial++;
  self->base_per_day = base_per_day (self, w);
  self->bound_per_day = share * (self->base_per_day + self->excited_per_day);
  if (!self->is_on || !(self->bound_per_day > 0))
    return;
  double days = sf_stream_exponential (&self->stream, 1 / self->bound_per_day);
  sf_world_timer (w, self, sf_ticks_from_days (days), CANDIDATE, self->serial);
}

/* ---- Attempts ----------------------------------------------------------- */

/* A zone in proportion to the threat factors, or -1 when all are 0. */
static gint
pick_zone (Exciting *self, SfWorld *w)
{
  guint n;
  double u = sf_stream_uniform (&self->pick) * sum_threat (self, w, &n);
  gint zone = -1;
  for (guint z = 0; z < sf_world_scenario (w)->n_zones && u > 0; z++)
    if (sf_refs_hold (self->zones, (gint)z)) {
      double threat = sf_world_factor (w, SF_FACTOR_THREAT, z);
      zone = threat > 0 ? (gint)z : zone;
      u -= threat;
    }
  return zone;
}

/* The first thing that happens on a day sets what is counted by day to 0: at
 * midnight attempts come before the review. */
static void
begin_day (Exciting *self, SfWorld *w)
{
  guint today = (guint)(sf_world_now (w) / SF_TICKS_PER_DAY);
  if (today == self->today)
    return;
  self->today = today;
  sf_world_set_gauge (w, self, ATTEMPTS, 0);
  sf_world_set_gauge (w, self, TRIGGERED, 0);
}

static void
count_one (Exciting *self, SfWorld *w, guint gauge)
{
  sf_world_set_gauge (w, self, gauge, sf_world_gauge (w, self, gauge) + 1);
}

static void
add_attempt (Exciting *self, SfWorld *w, gboolean is_triggered)
{
  gint zone = pick_zone (self, w);
  if (zone < 0)
    return;
  self->excited_per_day += self->branching_frac / self->memory_days;
  begin_day (self, w);
  count_one (self, w, ATTEMPTS);
  if (is_triggered)
    count_one (self, w, TRIGGERED);
  Attempt *a = self->spare;
  if (a)
    self->spare = a->next;
  else
    a = sf_world_alloc (w, sizeof *a);
  a->until = sf_world_now (w) + sf_ticks_from_days (self->ambush_days);
  Attempt **last = &self->waits[zone];
  while (*last)
    last = &(*last)->next;
  a->next = NULL;
  *last = a;
  sf_world_look_again (w);
  const SfZoneSpec *z = &sf_world_scenario (w)->zones[zone];
  sf_world_say (w, "attempt", z->id, NAN,
                is_triggered
                    ? N_ ("an attempt at an attack in %s, set off by others")
                    : N_ ("an attempt at an attack in %s"),
                sf_world_title (w, z->title, z->id));
}

static void
consider (Exciting *self, SfWorld *w)
{
  if (sf_world_now (w) >= self->ends)
    return;
  double share = settle (self, w);
  double u = sf_stream_uniform (&self->stream) * self->bound_per_day;
  if (u < share * (self->base_per_day + self->excited_per_day))
    add_attempt (self, w, u >= share * self->base_per_day);
  plan_next (self, w);
}

static void
release (Exciting *self, SfWorld *w, Attempt **place)
{
  Attempt *a = *place;
  *place = a->next;
  a->next = self->spare;
  self->spare = a;
  sf_world_look_again (w);
}

/* The attempt in a zone that has waited longest, or NULL; those that have
 * given up are released. */
static Attempt **
first_waiting (Exciting *self, SfWorld *w, gint zone)
{
  Attempt **place = &self->waits[zone];
  while (*place && (*place)->until < sf_world_now (w))
    release (self, w, place);
  return *place ? place : NULL;
}

/* ---- What the engine calls ---------------------------------------------- */

static void
start (void *data, SfWorld *w)
{
  Exciting *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->waits = sf_world_alloc (w, (s->n_zones + 1) * sizeof *self->waits);
  self->ambushes
      = sf_world_alloc (w, (s->n_zones + 1) * sizeof *self->ambushes);
  for (guint z = 0; z < s->n_zones; z++)
    sf_world_stream (w, self, z, &self->ambushes[z]);
  sf_world_stream (w, self, G_MAXUINT64, &self->stream);
  sf_world_stream (w, self, G_MAXUINT64 - 1, &self->pick);
  sf_world_stream (w, self, G_MAXUINT64 - 2, &self->spells);
  SfTick first = 0;
  if (self->from != SF_PARAM_NO_DATE)
    first = MAX (sf_scenario_day (s, self->from), 0) * SF_TICKS_PER_DAY;
  self->ends = SF_TICK_NEVER;
  if (self->until != SF_PARAM_NO_DATE)
    self->ends = (sf_scenario_day (s, self->until) + 1) * SF_TICKS_PER_DAY;
  double spell_prob = self->spell_days / (self->spell_days + self->calm_days);
  sf_world_set_gauge (w, self, ATTEMPTS, 0);
  sf_world_set_gauge (w, self, TRIGGERED, 0);
  /* The opposite, since the first change comes at once. */
  self->is_spell = !sf_stream_chance (&self->spells, spell_prob);
  sf_world_timer (w, self, 0, SPELL, 0);
  sf_world_timer (w, self, first, BEGIN, 0);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Exciting *self = data;
  begin_day (self, w);
  /* Threat factors, or the scenario, may have changed the rate. */
  if (self->is_on && base_per_day (self, w) != self->base_per_day)
    plan_next (self, w);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 serial)
{
  Exciting *self = data;
  if (what == BEGIN) {
    self->is_on = TRUE;
    plan_next (self, w);
  } else if (what == SPELL) {
    self->is_spell = !self->is_spell;
    double mean_days = self->is_spell ? self->spell_days : self->calm_days;
    double days = sf_stream_exponential (&self->spells, mean_days);
    sf_world_timer (w, self, sf_ticks_from_days (days), SPELL, 0);
    if (self->is_on && base_per_day (self, w) != self->base_per_day)
      plan_next (self, w);
  } else if (serial == self->serial) {
    consider (self, w);
  }
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Exciting *self = data;
  if (begins)
    self->truces++;
  else
    self->truces--;
  if (self->is_on)
    plan_next (self, w);
}

static double
outlook (const void *data, const SfWorld *w, const SfPassage *p)
{
  const Exciting *self = data;
  return p->zone >= 0 && p->is_loaded && self->waits[p->zone] ? SF_OUTLOOK_ASK
                                                              : 0;
}

static void
enters (void *data, SfWorld *w, const SfPassage *p)
{
  Exciting *self = data;
  gboolean is_convoy = p->convoy != SF_NOBODY;
  if (p->zone < 0 || !self->waits[p->zone] || !p->is_loaded
      || (is_convoy && p->trucks < self->trucks_min_count))
    return;
  Attempt **place = first_waiting (self, w, p->zone);
  SfStream *s = &self->ambushes[p->zone];
  if (!place || !sf_stream_chance (s, p->exposure_frac))
    return;
  release (self, w, place);
  SfAmbush a = {
    .attackers_strength = self->attackers_strength,
    .contest_exponent = self->contest_exponent,
    .window_trucks_count
    = is_convoy ? self->window_trucks_count : self->lone_trucks_count,
    .destroyed_frac = self->destroyed_frac,
    .seized_frac = self->seized_frac,
    .turned_back_frac = is_convoy ? self->turned_back_frac : 0,
    .delay_h = self->delay_h,
    .window_spread_frac = is_convoy ? self->window_spread_frac : 0,
  };
  sf_world_ambush (w, p, &a, s);
}

const SfModel sf_model_interdiction_self_exciting = {
  .info
  = { "interdiction/self-exciting", N_ ("attempts that breed attempts"),
      N_ ("Attempts at attacks come at the rate attempts_per_day + sum of "
          "branching_frac / memory_days * exp (-age / memory_days) over the "
          "attempts so far (Hawkes process, drawn exactly): mean rate "
          "attempts_per_day / (1 - branching_frac). In a spell "
          "attempts_per_day is multiplied by spell_factor, always by the "
          "mean threat factor of the zones; under a truce the whole rate by "
          "truce_frac. An attempt lies in wait in one zone, picked by threat "
          "factor, for ambush_days; the first loaded trucks that come meet "
          "it (probability: exposure of the cargo) and the contest with the "
          "escort decides. Gauges: attempts_count of the day, and "
          "triggered_count of those set off by others. Answers events of "
          "kind \"truce\". Branching of 0.2 to 0.6 and a memory of 3 to 30 "
          "days were fitted in other wars."),
      params, sizeof (Exciting), "truce", "attempts_count|triggered_count" },
  .start = start,
  .review = review,
  .timer = timer,
  .event = event,
  .outlook = outlook,
  .enters = enters,
};
