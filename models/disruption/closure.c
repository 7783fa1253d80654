/* closure.c - roads are closed and opened. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events of kind "close" close their links and, when they end, open them
 * again; "open" rows do the reverse (for a link that is closed from the
 * start, such as a railway). A link with two reasons to be closed opens when
 * both are gone, so overlapping closures are one long closure. Besides, road
 * blocks may come at random: a Poisson process over the links of some zones,
 * each lasting an exponential time.
 */
#include "sim/engine/model.h"

typedef struct {
  GArray *zones;
  SfDate from;
  double blocks_per_day, block_days;
  /* state */
  SfStream stream;
  guint n_links;
  guint8 **has_opened; /* by event row and place in its links */
  guint *pool;         /* links that can be blocked */
} Closure;

enum { BLOCK, UNBLOCK };

static const SfParam params[] = {
  SF_PARAM_IDS (Closure, zones, "zones",
                "where road blocks come; all when absent"),
  SF_PARAM_DAY (Closure, from, 0,
                "first day of road blocks; the start when absent"),
  SF_PARAM (Closure, blocks_per_day, 0, 0, 1000,
            "road blocks in all these zones together"),
  SF_PARAM (Closure, block_days, 1, 0.01, 365, "mean length of a block"),
  SF_PARAM_END,
};

static void
next_block (Closure *self, SfWorld *w, SfTick from)
{
  if (self->blocks_per_day <= 0 || self->n_links == 0)
    return;
  double days = sf_stream_exponential (&self->stream, 1 / self->blocks_per_day);
  sf_world_timer (w, self, from + sf_ticks_from_days (days), BLOCK, 0);
}

static void
start (void *data, SfWorld *w)
{
  Closure *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->pool = sf_world_alloc (w, (s->n_links + 1) * sizeof *self->pool);
  self->has_opened
      = sf_world_alloc (w, (s->n_events + 1) * sizeof *self->has_opened);
  for (guint i = 0; i < s->n_links; i++)
    if (s->links[i].zone >= 0 && !s->links[i].closed
        && sf_refs_hold (self->zones, s->links[i].zone))
      self->pool[self->n_links++] = i;
  sf_world_stream (w, self, 0, &self->stream);
  SfTick first
      = self->from == SF_PARAM_NO_DATE
            ? 0
            : MAX (sf_scenario_day (s, self->from), 0) * SF_TICKS_PER_DAY;
  next_block (self, w, first);
}

static void
timer (void *data, SfWorld *w, guint32 what, gint64 link)
{
  Closure *self = data;
  if (what == UNBLOCK) {
    sf_world_close (w, (guint)link, -1);
    return;
  }
  guint pick = self->pool[sf_stream_index (&self->stream, self->n_links)];
  double days = sf_stream_exponential (&self->stream, self->block_days);
  sf_world_close (w, pick, 1);
  sf_world_timer (w, self, sf_ticks_from_days (days), UNBLOCK, pick);
  next_block (self, w, 0);
}

/* Opens what is closed, and at the end closes only what it opened. */
static void
open_link (SfWorld *w, guint link, gboolean begins, guint8 *has_opened)
{
  if (begins && !sf_world_is_open (w, link)) {
    *has_opened = TRUE;
    sf_world_close (w, link, -1);
  } else if (!begins && *has_opened) {
    *has_opened = FALSE;
    sf_world_close (w, link, 1);
  }
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Closure *self = data;
  const SfEventSpec *e = &sf_world_scenario (w)->events[row];
  gboolean closes = e->kind[0] == 'c';
  if (!closes && !self->has_opened[row])
    self->has_opened[row] = sf_world_alloc (w, e->links->len);
  for (guint i = 0; e->links && i < e->links->len; i++) {
    guint link = (guint)g_array_index (e->links, gint, i);
    if (closes)
      sf_world_close (w, link, begins ? 1 : -1);
    else
      open_link (w, link, begins, &self->has_opened[row][i]);
  }
}

const SfModel sf_model_disruption_closure = {
  .info = { "disruption/closure", N_ ("roads are closed and opened"),
            N_ ("Answers events of kind \"close\" and \"open\" (links). "
                "Overlapping closures merge: a link opens when no reason is "
                "left. Road blocks at random: blocks_per_day over the links of "
                "the zones, each of exponential length with mean block_days."),
            params, sizeof (Closure), "close|open" },
  .start = start,
  .timer = timer,
  .event = event,
};
