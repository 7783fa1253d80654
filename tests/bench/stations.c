/* stations.c - models that only a benchmark has. SPDX-License-Identifier: GPL-3.0-or-later */
#include "stations.h"

enum { ARRIVES, DONE };

typedef struct {
  SfStream arrivals, services, ways;
  SfTick *came; /* ring of those who are here */
  guint first, n;
  guint mask;   /* of places in the ring, whose number is a power of 2 */
  SfTick since; /* when n last changed */
  SfTick here_ticks, system_ticks; /* sums over customers */
  guint served;
} Station;

typedef struct {
  double stations_count, arrivals_per_h, service_h, onward_prob;
  /* state */
  Station *stations;
} Stations;

static const SfParam station_params[] = {
  SF_PARAM (Stations, stations_count, 1, 1, 1e6, "stations"),
  SF_PARAM (Stations, arrivals_per_h, 9, 0, 1e6, "from outside, each station"),
  SF_PARAM (Stations, service_h, 0.1, 0, 1e6, "mean service"),
  SF_PARAM (Stations, onward_prob, 0, 0, 0.999, "goes to another station"),
  SF_PARAM_END,
};

enum { LENGTH, SYSTEM, SERVED };

static void
count_until (Station *s, SfTick now)
{
  s->here_ticks += s->n * (now - s->since);
  s->since = now;
}

static void
serve (Stations *self, SfWorld *w, guint i)
{
  double service_h
      = sf_stream_exponential (&self->stations[i].services, self->service_h);
  sf_world_timer (w, self, sf_ticks_from_h (service_h), DONE, i);
}

static void
grow (Station *s, SfWorld *w)
{
  SfTick *came = sf_world_alloc (w, 2 * s->n * sizeof *came);
  for (guint k = 0; k < s->n; k++)
    came[k] = s->came[(s->first + k) & s->mask];
  s->came = came;
  s->first = 0;
  s->mask = 2 * s->n - 1;
}

static void
join (Stations *self, SfWorld *w, guint i)
{
  Station *s = &self->stations[i];
  SfTick now = sf_world_now (w);
  count_until (s, now);
  if (s->n > s->mask)
    grow (s, w);
  s->came[(s->first + s->n++) & s->mask] = now;
  if (s->n == 1)
    serve (self, w, i);
}

static void
leave (Stations *self, SfWorld *w, guint i)
{
  Station *s = &self->stations[i];
  SfTick now = sf_world_now (w);
  count_until (s, now);
  s->system_ticks += now - s->came[s->first];
  s->first = (s->first + 1) & s->mask;
  s->served++;
  if (--s->n > 0)
    serve (self, w, i);
  if (self->onward_prob > 0 && sf_stream_chance (&s->ways, self->onward_prob))
    join (self, w, sf_stream_index (&s->ways, (guint)self->stations_count));
}

static void
next_arrival (Stations *self, SfWorld *w, guint i)
{
  double gap_h = sf_stream_exponential (&self->stations[i].arrivals,
                                        1 / self->arrivals_per_h);
  sf_world_timer (w, self, sf_ticks_from_h (gap_h), ARRIVES, i);
}

static void
stations_start (void *data, SfWorld *w)
{
  Stations *self = data;
  guint n = (guint)self->stations_count;
  self->stations = sf_world_alloc (w, n * sizeof *self->stations);
  for (guint i = 0; i < n; i++) {
    Station *s = &self->stations[i];
    s->mask = 15;
    s->came = sf_world_alloc (w, 16 * sizeof *s->came);
    sf_world_stream (w, self, 3 * i, &s->arrivals);
    sf_world_stream (w, self, 3 * i + 1, &s->services);
    sf_world_stream (w, self, 3 * i + 2, &s->ways);
    next_arrival (self, w, i);
  }
}

static void
stations_timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  guint i = (guint)payload;
  if (what == DONE) {
    leave (data, w, i);
    return;
  }
  join (data, w, i);
  next_arrival (data, w, i);
}

static void
stations_review (void *data, SfWorld *w, guint day)
{
  Stations *self = data;
  double here_h = 0, system_h = 0, served = 0;
  for (guint i = 0; i < (guint)self->stations_count; i++) {
    count_until (&self->stations[i], sf_world_now (w));
    here_h += sf_ticks_to_h (self->stations[i].here_ticks);
    system_h += sf_ticks_to_h (self->stations[i].system_ticks);
    served += self->stations[i].served;
  }
  sf_world_set_gauge (w, self, LENGTH,
                      day > 0 ? here_h / 24 / day / self->stations_count : NAN);
  sf_world_set_gauge (w, self, SYSTEM, served > 0 ? system_h / served : NAN);
  sf_world_set_gauge (w, self, SERVED, served);
}

static const SfModel stations = {
  .info = { "bench/stations", "queues of customers", "For benchmarks.",
            station_params, sizeof (Stations), NULL,
            "length_count|system_h|served_count" },
  .start = stations_start,
  .review = stations_review,
  .timer = stations_timer,
};

/* ---- Hold ---------------------------------------------------------------- */

typedef struct {
  double timers_count;
  /* state */
  SfTick *delays;
  guint next;
} Hold;

static const SfParam hold_params[] = {
  SF_PARAM (Hold, timers_count, 1000, 1, 1e6, "timers"),
  SF_PARAM_END,
};

void
bench_delays_fill (SfTick *delays)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  for (guint i = 0; i < BENCH_DELAYS; i++)
    delays[i] = (SfTick)(-1e6 * log1p (-g_rand_double (rand)));
}

static void
hold_timer (void *data, SfWorld *w, guint32 what, gint64 payload)
{
  Hold *self = data;
  sf_world_timer (w, self, self->delays[self->next++ % BENCH_DELAYS], what,
                  payload);
}

static void
hold_start (void *data, SfWorld *w)
{
  Hold *self = data;
  self->delays = sf_world_alloc (w, BENCH_DELAYS * sizeof *self->delays);
  bench_delays_fill (self->delays);
  for (guint i = 0; i < (guint)self->timers_count; i++)
    hold_timer (self, w, i, 0);
}

static const SfModel hold = {
  .info = { "bench/hold", "timers that set themselves again", "For benchmarks.",
            hold_params, sizeof (Hold), NULL, NULL },
  .start = hold_start,
  .timer = hold_timer,
};

const SfModelInfo *const bench_models[] = { &stations.info, &hold.info, NULL };
