/* rains.c - the rainy season slows and cuts roads. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between two days of the year every link runs at its wet_speed_frac.
 * Washouts close a link whose wet_speed_frac is below 1 at random:
 * washouts_per_day over all such links together, each for an exponential
 * time with mean repair_days.
 */
#include "sim/engine/model.h"

typedef struct {
  SfDate from, until;
  double washouts_per_day, repair_days;
  /* state */
  guint n_links;
  guint *pool;
  SfStream stream;
} Rains;

enum { BEGIN, END, WASHOUT, REPAIRED };

static const SfParam params[] = {
  SF_PARAM_DAY (Rains, from, SF_PARAM_REQUIRED, "first day of the rains"),
  SF_PARAM_DAY (Rains, until, SF_PARAM_REQUIRED, "last day of the rains"),
  SF_PARAM (Rains, washouts_per_day, 0, 0, 100,
            "on all roads that suffer in the rains together"),
  SF_PARAM (Rains, repair_days, 2, 0.01, 365, "mean time to repair"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Rains *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->pool = sf_world_alloc (w, (s->n_links + 1) * sizeof *self->pool);
  for (guint i = 0; i < s->n_links; i++)
    if (s->links[i].wet_speed_frac < 1 && !s->links[i].closed)
      self->pool[self->n_links++] = i;
  sf_world_stream (w, self, 0, &self->stream);
  SfTick first = sf_scenario_day (s, self->from) * SF_TICKS_PER_DAY;
  SfTick last = (sf_scenario_day (s, self->until) + 1) * SF_TICKS_PER_DAY;
  if (last <= 0)
    return;
  sf_world_timer (w, self, MAX (first, 0), BEGIN, 0);
  sf_world_timer (w, self, last, END, 0);
}

static void
next_washout (Rains *self, SfWorld *w)
{
  if (self->washouts_per_day <= 0 || self->n_links == 0)
    return;
  double days
      = sf_stream_exponential (&self->stream, 1 / self->washouts_per_day);
  sf_world_timer (w, self, sf_ticks_from_days (days), WASHOUT, 0);
}

static gboolean
is_over (const Rains *self, const SfWorld *w)
{
  return sf_world_day (w)
         > sf_scenario_day (sf_world_scenario (w), self->until) + 1;
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 link)
{
  Rains *self = data;
  if (what == BEGIN || what == END)
    sf_world_set_wet (w, what == BEGIN);
  if (what == REPAIRED)
    sf_world_close (w, (guint)link, -1);
  if (what == WASHOUT && !is_over (self, w)) {
    guint pick = self->pool[sf_stream_index (&self->stream, self->n_links)];
    double days = sf_stream_exponential (&self->stream, self->repair_days);
    sf_world_close (w, pick, 1);
    sf_world_timer (w, self, sf_ticks_from_days (days), REPAIRED, pick);
  }
  if (what == BEGIN || (what == WASHOUT && !is_over (self, w)))
    next_washout (self, w);
}

const SfModel sf_model_season_rains = {
  .info
  = { "season/rains", N_ ("the rainy season slows and cuts roads"),
      N_ ("Between from and until every link runs at its wet_speed_frac; "
          "washouts_per_day close one of the links that suffer (wet speed "
          "below 1), each for an exponential time with mean repair_days."),
      params, sizeof (Rains), NULL },
  .start = start,
  .timer = timer,
};
