/* pause.c - ordering, loading, transit or receipt stops for a time. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Event rows stop one stage of supply at their places, from beginning to end:
 *
 *   pause-ordering  nobody there orders: shipments to the places
 *   pause-loading   nothing is loaded there: shipments from the places
 *   pause-transit   what is on its way from or to the places is held at the
 *                   next place
 *   pause-receipt   the places take nothing in
 *
 * Without nodes a row concerns everything. Two rows at a time are one pause
 * until the last ends. A strike of customs, a refinery that is down, a ban on
 * movement and a depot that is full are examples; what waits is not lost.
 * Assumed: a stage stops wholly or not at all.
 */
#include <string.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *commodities;
  /* state: rows in force, by shipment, and by market for the last */
  guint *ordering, *loading, *transit, *receipt;
} Pause;

static const SfParam params[] = {
  SF_PARAM_IDS (Pause, commodities, "commodities",
                "goods that rows concern; all when absent"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Pause *self = data;
  const SfScenario *s = sf_world_scenario (w);
  gsize size = s->n_shipments * sizeof (guint);
  self->ordering = sf_world_alloc (w, size);
  self->loading = sf_world_alloc (w, size);
  self->transit = sf_world_alloc (w, size);
  self->receipt = sf_world_alloc (w, s->n_markets * sizeof (guint));
}

/* One row more or less; only the first and the last change anything. */
static void
count (Pause *self, SfWorld *w, SfFactor kind, guint *rows, guint index,
       gboolean begins)
{
  rows[index] += begins ? 1u : -1u;
  sf_world_set_factor (w, self, kind, index, rows[index] > 0 ? 0 : 1);
}

static void
pause_shipments (Pause *self, SfWorld *w, const SfEventSpec *e, gboolean begins)
{
  const SfScenario *s = sf_world_scenario (w);
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfShipmentSpec *p = &s->shipments[i];
    gboolean to = sf_refs_hold (e->nodes, p->to);
    gboolean from = sf_refs_hold (e->nodes, s->fleets[p->fleet].home);
    if (!sf_refs_hold (self->commodities, p->commodity))
      continue;
    if (to && strcmp (e->kind, "pause-ordering") == 0)
      count (self, w, SF_FACTOR_ORDERS, self->ordering, i, begins);
    else if (from && strcmp (e->kind, "pause-loading") == 0)
      count (self, w, SF_FACTOR_LOADING, self->loading, i, begins);
    else if ((from || to) && strcmp (e->kind, "pause-transit") == 0)
      count (self, w, SF_FACTOR_TRANSIT, self->transit, i, begins);
  }
}

static void
event (void *data, SfWorld *w, guint row, gboolean begins)
{
  Pause *self = data;
  const SfScenario *s = sf_world_scenario (w);
  const SfEventSpec *e = &s->events[row];
  if (strcmp (e->kind, "pause-receipt") != 0) {
    pause_shipments (self, w, e, begins);
    return;
  }
  for (guint m = 0; m < s->n_markets; m++)
    if (sf_refs_hold (e->nodes, s->markets[m].node)
        && sf_refs_hold (self->commodities, s->markets[m].commodity))
      count (self, w, SF_FACTOR_RECEIPT, self->receipt, m, begins);
}

const SfModel sf_model_disruption_pause = {
  .info
  = { "disruption/pause",
      N_ ("ordering, loading, transit or receipt stops for a time"),
      N_ ("Answers events of kind \"pause-ordering\" (shipments to the "
          "nodes), \"pause-loading\" (shipments from them), "
          "\"pause-transit\" (from or to them: held at the next place) and "
          "\"pause-receipt\" (the nodes take nothing in); all places when a "
          "row names none. What waits goes on when the last row has ended."),
      params, sizeof (Pause),
      "pause-ordering|pause-loading|pause-transit|pause-receipt" },
  .start = start,
  .event = event,
};
