/* batches.c - a demand comes in batches at random. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In place of its even use (or besides it), a demand asks its depot for a
 * batch at once, again and again:
 *
 *   time between   exponential with mean_h, or always mean_h
 *   size           one of up to six sizes with given weights, or exponential
 *                  or normal (cut off at 0) with size_mean_m3, size_sd_m3
 *
 * With mean_h 0 the mean rate is the demand_{u}_per_day of the scenario, which
 * opening stocks refer to in any case. What the depot does not hold is lost, or
 * with `waits` kept as backlog, which the next arrivals serve first. While
 * batches take the place of the even use, its factor NEED is 0, so season and
 * growth do not change them.
 * Form: compound renewal demand, as in any text on inventory; what is asked
 * for does not depend on what was served before. Sizes are assumed unless the
 * scenario says where they are from.
 */
#include <math.h>

#include "sim/engine/model.h"

#define N_SIZES 6

typedef struct {
  gint demand, arrivals, sizes;
  gboolean waits, besides;
  double mean_h, first_h, size_mean_m3, size_sd_m3, lost_xof_per_m3;
  double size_1_m3, size_2_m3, size_3_m3, size_4_m3, size_5_m3, size_6_m3;
  double weight_1_frac, weight_2_frac, weight_3_frac, weight_4_frac,
      weight_5_frac, weight_6_frac;
  /* state */
  SfStream gaps, amounts;
  gint market;
  guint today;
} Batches;

enum { EXPONENTIAL_GAPS, FIXED_GAPS };
enum { LIST, EXPONENTIAL_SIZES, NORMAL_SIZES };
enum { ASKED, LOST, LOST_COST };

static const SfParam params[] = {
  SF_PARAM_ID (Batches, demand, 0, "demands",
               "which demand; the first when absent"),
  SF_PARAM_WORD (Batches, arrivals, 0, "exponential|fixed", 0,
                 "time between batches"),
  SF_PARAM (Batches, mean_h, 0, 0, 8760,
            "mean time between them; 0: what makes the demand's use a day"),
  SF_PARAM (Batches, first_h, 0, 0, 8760,
            "when the first comes, with fixed arrivals"),
  SF_PARAM_WORD (Batches, sizes, 0, "list|exponential|normal", 0,
                 "size of a batch"),
  SF_PARAM (Batches, size_mean_m3, 1, 0, 1e9,
            "mean size if not from the list (t for solid goods, here and "
            "below)"),
  SF_PARAM (Batches, size_sd_m3, 0, 0, 1e9, "standard deviation, if normal"),
  SF_PARAM (Batches, size_1_m3, 1, 0, 1e9, "first size of the list"),
  SF_PARAM (Batches, size_2_m3, 0, 0, 1e9, "second size"),
  SF_PARAM (Batches, size_3_m3, 0, 0, 1e9, "third size"),
  SF_PARAM (Batches, size_4_m3, 0, 0, 1e9, "fourth size"),
  SF_PARAM (Batches, size_5_m3, 0, 0, 1e9, "fifth size"),
  SF_PARAM (Batches, size_6_m3, 0, 0, 1e9, "sixth size"),
  SF_PARAM (Batches, weight_1_frac, 1, 0, 1,
            "chance of the first size, relative to the others"),
  SF_PARAM (Batches, weight_2_frac, 0, 0, 1, "of the second"),
  SF_PARAM (Batches, weight_3_frac, 0, 0, 1, "of the third"),
  SF_PARAM (Batches, weight_4_frac, 0, 0, 1, "of the fourth"),
  SF_PARAM (Batches, weight_5_frac, 0, 0, 1, "of the fifth"),
  SF_PARAM (Batches, weight_6_frac, 0, 0, 1, "of the sixth"),
  SF_PARAM_BOOL (Batches, waits, 0,
                 "what is not there is kept as backlog; false: lost"),
  SF_PARAM_BOOL (Batches, besides, 0, "besides the even use, not in its place"),
  SF_PARAM (Batches, lost_xof_per_m3, 0, 0, 1e9, "cost of what is lost"),
  SF_PARAM_END,
};

typedef struct {
  double size[N_SIZES], weight[N_SIZES], sum;
} List;

static List
list_of (const Batches *self)
{
  List l = { { self->size_1_m3, self->size_2_m3, self->size_3_m3,
               self->size_4_m3, self->size_5_m3, self->size_6_m3 },
             { self->weight_1_frac, self->weight_2_frac, self->weight_3_frac,
               self->weight_4_frac, self->weight_5_frac, self->weight_6_frac },
             0 };
  for (guint i = 0; i < N_SIZES; i++)
    l.sum += l.weight[i];
  return l;
}

static double
draw_size (Batches *self)
{
  if (self->sizes == EXPONENTIAL_SIZES)
    return sf_stream_exponential (&self->amounts, self->size_mean_m3);
  if (self->sizes == NORMAL_SIZES) {
    double size = sf_stream_normal (&self->amounts, self->size_mean_m3,
                                    self->size_sd_m3);
    return MAX (size, 0); /* a macro: one draw, not two */
  }
  List l = list_of (self);
  double u = sf_stream_uniform (&self->amounts) * l.sum;
  guint last = 0;
  for (guint i = 0; i < N_SIZES; i++) {
    if (l.weight[i] <= 0)
      continue;
    last = i;
    if (u < l.weight[i])
      break;
    u -= l.weight[i];
  }
  return l.sum > 0 ? l.size[last] : 0;
}

/* Mean size, a cut-off of the normal aside. */
static double
mean_size (const Batches *self)
{
  if (self->sizes != LIST)
    return self->size_mean_m3;
  List l = list_of (self);
  double sum = 0;
  for (guint i = 0; i < N_SIZES; i++)
    sum += l.size[i] * l.weight[i];
  return l.sum > 0 ? sum / l.sum : 0;
}

/* Mean time between batches; 0: none come. */
static double
mean_gap_h (const Batches *self, const SfWorld *w)
{
  double use
      = sf_world_scenario (w)->demands[self->demand].demand_amount_per_day;
  if (self->mean_h > 0)
    return self->mean_h;
  return use > 0 ? 24 * mean_size (self) / use : 0;
}

static void
set_next (Batches *self, SfWorld *w)
{
  double gap = mean_gap_h (self, w);
  if (gap <= 0)
    return;
  if (self->arrivals == EXPONENTIAL_GAPS)
    gap = sf_stream_exponential (&self->gaps, gap);
  sf_world_timer (w, self, MAX (sf_ticks_from_h (gap), 1), 0, 0);
}

static void
start (void *data, SfWorld *w)
{
  Batches *self = data;
  const SfScenario *s = sf_world_scenario (w);
  for (guint i = ASKED; i <= LOST_COST; i++)
    sf_world_set_gauge (w, self, i, 0);
  if (self->demand < 0)
    self->demand = s->n_demands > 0 ? 0 : -1;
  self->market
      = self->demand < 0
            ? -1
            : sf_plan_market (sf_world_plan (w), s->demands[self->demand].node,
                              s->demands[self->demand].commodity);
  if (self->market < 0)
    return;
  if (!self->besides)
    sf_world_set_factor (w, self, SF_FACTOR_NEED, (guint)self->demand, 0);
  sf_world_stream (w, self, 0, &self->gaps);
  sf_world_stream (w, self, 1, &self->amounts);
  if (self->arrivals == FIXED_GAPS && mean_gap_h (self, w) > 0)
    sf_world_timer (w, self, sf_ticks_from_h (self->first_h), 0, 0);
  else
    set_next (self, w);
}

/* The first thing that happens on a day sets what is counted by day to 0. */
static void
begin_day (Batches *self, SfWorld *w)
{
  guint today = (guint)(sf_world_now (w) / SF_TICKS_PER_DAY);
  for (guint i = ASKED; i <= LOST_COST && today != self->today; i++)
    sf_world_set_gauge (w, self, i, 0);
  self->today = today;
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Batches *self = data;
  double size = draw_size (self);
  double there = sf_world_stock (w, (guint)self->market, 0);
  double lost = self->waits ? 0 : MAX (size - there, 0);
  const double added[] = { size, lost, lost * self->lost_xof_per_m3 };
  begin_day (self, w);
  for (guint i = ASKED; i <= LOST_COST; i++)
    sf_world_set_gauge (w, self, i, sf_world_gauge (w, self, i) + added[i]);
  sf_world_demand (w, (guint)self->demand, size, self->waits);
  set_next (self, w);
}

static void
review (void *data, SfWorld *w, guint day)
{
  begin_day (data, w);
}

const SfModel sf_model_market_batches = {
  .info
  = { "market/batches", N_ ("a demand comes in batches at random"),
      N_ ("The demand asks its depot for a batch at once, again and again: "
          "time between batches exponential with mean_h or always mean_h, "
          "size by a list of sizes and weights, exponential or normal. With "
          "mean_h 0 the mean use a day is that of the scenario. What is not "
          "there is lost, or with waits kept as backlog and served first. "
          "Takes the place of the even use unless besides is set. Gauges of "
          "the day: asked_m3, lost_m3, lost_cost_xof."),
      params, sizeof (Batches), NULL, "asked_m3|lost_m3|lost_cost_xof" },
  .start = start,
  .review = review,
  .timer = timer,
};
