/* stretch.c - so far nothing can happen to trucks. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A group on the road has one event, at the end of its *stretch*: the hops from
 * here to the next place at which something may happen to it: a queue, a gate,
 * a closed road, a hop at whose beginning a model has to be asked, or the end
 * of its route. When that changes while it is under way, the stretch is cut
 * short at the end of the hop that it is on.
 *
 * Chance hits on trucks on their own come at a known rate (SfModel.outlook()),
 * so how far the trucks come before the first one is drawn at once: an
 * exponential of mean 1, in expected hits. Waiting times have no memory: a
 * stretch that is cut short, or begun anew after a place, draws again, and
 * that is exact. The hop in which the hit falls ends the stretch before it, and
 * is marked as due.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/world-private.h"

/* Longest stretch, in hops; the field of a group is small. */
#define STRETCH_MAX 250

/* ---- What may come ------------------------------------------------------- */

/* The passage of one truck on its own with a cargo of exposure 1. */
static SfPassage
lone_truck (const SfWorld *w, SfHopId hop, gboolean is_loaded)
{
  return (SfPassage){ .hop = hop,
                      .zone = w->plan->hops[hop].zone,
                      .convoy = SF_NOBODY,
                      .group = SF_NOBODY,
                      .trucks = 1,
                      .exposure_frac = 1,
                      .is_loaded = is_loaded,
                      .km = w->hop_km[hop] };
}

/* Expected hits by one model; SF_OUTLOOK_ASK when it has to be asked. */
static double
outlook (const SfWorld *w, guint model, const SfPassage *p)
{
  const SfModel *m = w->models[model];
  return m->outlook ? m->outlook (w->selves[model], w, p) : SF_OUTLOOK_ASK;
}

static double
hazard_of (const SfWorld *w, SfHopId hop, gboolean is_loaded)
{
  if (!w->plan->hops[hop].is_watched)
    return 0;
  SfPassage p = lone_truck (w, hop, is_loaded);
  double sum = 0;
  for (guint k = 0; k < w->n_sentries; k++)
    sum += outlook (w, w->sentries[k], &p);
  return sum;
}

static inline double
hazard (const SfWorld *w, const Group *g, SfHopId hop)
{
  return w->hazard[2 * hop + g->is_loaded];
}

/* What a hop may do to a stretch: nothing; end it before the hop if chance will
 * have it; end it always. */
enum { CLEAR = 0, CHANCE = 1, STOP = 2 };

/* Says whether trucks stop before a hop, `side` being 2 * hop + is_loaded: at
 * closed roads, where models are asked, and loaded ones at gates and at queues
 * that serve them. */
static void
mark_stop (SfWorld *w, guint side)
{
  guint hop = side / 2, is_loaded = side & 1;
  guint n_hops = w->plan->n_hops, n = w->scenario->n_commodities;
  guint8 *stops = w->stops + is_loaded * (gsize)n_hops + hop;
  double x = w->hazard[side];
  gboolean stop_all = w->hop_closed[hop] > 0 || isinf (x)
                      || (is_loaded && w->plan->hops[hop].gate >= 0);
  guint8 of_all = stop_all ? STOP : x > 0 ? CHANCE : CLEAR;
  for (guint c = 0; c < n; c++)
    stops[2 * c * (gsize)n_hops]
        = is_loaded && w->served[c * (gsize)n_hops + hop] ? STOP : of_all;
}

/* ---- Stretches that are cut short ------------------------------------------ */

/* The hops that are before a group, from the one it is on. */
static inline const SfHopId *
hops_ahead (const SfWorld *w, const Group *g)
{
  return &ROUTE_HOP (w, ROUTE (w, g->route), g->pos);
}

/* The hop of its stretch that a group is on now, from 0, and when it came to
 * that hop. */
static guint
hops_behind (const SfWorld *w, const Group *g, SfTick *entered)
{
  guint k = 0;
  SfTick come = sf_world_come (w);
  const SfHopId *hops = hops_ahead (w, g);
  *entered = g->since;
  while (k + 1u < g->stretch) {
    SfTick ticks = hop_ticks (w, hops[k], g->shipment);
    if (*entered + ticks > come)
      break;
    *entered += ticks;
    k++;
  }
  return k;
}

/* Counts a loaded group on the hops of its stretch that it has entered; on the
 * first it was counted when it set out. */
static void
count_passed (SfWorld *w, const Group *g, guint entered)
{
  if (!g->is_loaded || entered < 2)
    return;
  double *passing = w->passing + ROUTE (w, g->route)->first_hop + g->pos;
  passing[1] += g->trucks;
  passing[entered] -= g->trucks;
}

/* Takes a group out of those that come to the end of their stretches by the
 * same event. */
static void
part_company (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  SfEvent *e = sf_pending_event (w->pending, g->way);
  if (!e || (e->subject == (guint)id && g->next == SF_NOBODY))
    return;
  if (e->subject == (guint)id)
    e->subject = (guint)g->next;
  else {
    SfGroupId before = (SfGroupId)e->subject;
    while (GROUP (w, before)->next != id)
      before = GROUP (w, before)->next;
    GROUP (w, before)->next = g->next;
  }
  g->next = SF_NOBODY;
  g->way = SF_EVENT_NONE;
}

/* The group alone comes to the end of its stretch at a time. */
static void
come_alone_at (SfWorld *w, SfGroupId id, SfTick when)
{
  Group *g = GROUP (w, id);
  part_company (w, id);
  if (!sf_pending_reschedule (w->pending, &g->way, when, PRIO_ARRIVAL))
    g->way = sf_world_schedule (w, when - w->now, PRIO_ARRIVAL, EV_HOP_END,
                                (guint)id, 0, 0);
}

/* TRUE when a group is the last of those who come to the end of a stretch then,
 * by one event. */
static gboolean
is_last_to_come (const SfWorld *w, SfGroupId id, SfTick when)
{
  const Group *g = GROUP (w, id);
  if (g->state != ON_HOP || g->next != SF_NOBODY
      || sf_pending_when (w->pending, g->way) != when)
    return FALSE;
  return sf_pending_event (w->pending, g->way)->type == EV_HOP_END;
}

/* The group sets out and comes to the end of its stretch at a time, as others
 * may who set out with it. */
static void
come_at (SfWorld *w, SfGroupId id, SfTick when)
{
  Group *g = GROUP (w, id);
  guint i = 0;
  g->next = SF_NOBODY;
  while (i + 1 < LEAVING_N && w->coming[i].when != when)
    i++;
  if (w->coming[i].when == when
      && is_last_to_come (w, w->coming[i].last, when)) {
    GROUP (w, w->coming[i].last)->next = id;
    g->way = GROUP (w, w->coming[i].last)->way;
  } else {
    g->way = sf_world_schedule (w, when - w->now, PRIO_ARRIVAL, EV_HOP_END,
                                (guint)id, 0, 0);
    memmove (w->coming + 1, w->coming, i * sizeof *w->coming);
    i = 0;
  }
  w->coming[i] = (Company){ when, id };
}

/* A group that is under way goes no further than the end of its hop. The hops
 * behind are taken off its stretch, since the times of hops may be about to
 * change. What is to follow its last hop without an event is left to be decided
 * there: here when it comes home, elsewhere by sf_stretch_hold_planned(). */
static void
halt (SfWorld *w, Group *g)
{
  SfTick entered;
  g->is_due = FALSE;
  if (g->stretch == 0)
    return;
  guint k = hops_behind (w, g, &entered);
  gboolean is_last = k + 1u == g->stretch;
  count_passed (w, g, k + 1);
  g->pos += k;
  g->since = entered;
  g->stretch = 1;
  if (is_last && (g->is_loaded || !g->is_for_good))
    return;
  SfTick end = entered + hop_ticks (w, *hops_ahead (w, g), g->shipment);
  if (is_last && end <= sf_world_come (w)) { /* it gets ready at home */
    sf_stretch_end (w, (SfGroupId)(g - w->groups));
    return;
  }
  if (g->is_for_good && !g->is_loaded)
    g->next = SF_NOBODY; /* no entry says any more when it is home */
  g->is_for_good = FALSE;
  come_alone_at (w, (SfGroupId)(g - w->groups), end);
}

void
sf_stretch_halt_all (SfWorld *w)
{
  for (guint i = 0; i < w->n_groups; i++)
    if (GROUP (w, i)->trucks > 0)
      halt (w, GROUP (w, i));
}

void
sf_stretch_hold_planned (SfWorld *w)
{
  for (guint i = 0; i < w->n_groups; i++) {
    Group *g = GROUP (w, i);
    if (g->trucks == 0 || !g->is_loaded || !g->is_for_good
        || g->state == UNLOADING)
      continue;
    SfTick end = sf_pending_when (w->pending, g->way);
    if (end == SF_TICK_NEVER)
      end = w->now; /* its event is on */
    SfTick come = end - sf_world_end_ticks (w, g);
    if (come <= sf_world_come (w)) {
      g->state = UNLOADING; /* as long as it was to take when it began */
      continue;
    }
    g->is_for_good = FALSE;
    come_alone_at (w, (SfGroupId)i, come);
  }
}

/* TRUE when something is marked on the hops that it has not entered, or before
 * which it will stop for a hit. */
static gboolean
is_marked_ahead (const SfWorld *w, const Group *g)
{
  const SfHopId *hops = hops_ahead (w, g);
  for (guint i = g->stretch + g->is_due; i-- > 1;)
    if (w->marks[2 * hops[i] + g->is_loaded])
      return TRUE;
  return FALSE;
}

/* Halts those who have a mark before them, on a route with one of the links. */
static void
halt_marked (SfWorld *w, guint64 links)
{
  for (guint i = 0; i < w->n_groups; i++) {
    Group *g = GROUP (w, i);
    if (g->stretch + g->is_due > 1 && g->trucks > 0
        && (ROUTE (w, g->route)->links & links) != 0 && is_marked_ahead (w, g))
      halt (w, g);
  }
}

void
sf_stretch_road_changed (SfWorld *w, guint link)
{
  gint hop = w->plan->hop_of_link[link];
  if (hop < 0)
    return;
  for (guint h = (guint)hop; h < (guint)hop + 2; h++) {
    w->hop_closed[h] += w->is_closed[link] ? 1u : -1u;
    mark_stop (w, 2 * h);
    mark_stop (w, 2 * h + 1);
  }
  if (!w->is_closed[link])
    return;
  memset (w->marks + 2 * hop, TRUE, 4);
  halt_marked (w, sf_link_bit (link));
  memset (w->marks + 2 * hop, FALSE, 4);
}

void
sf_world_look_again (SfWorld *w)
{
  w->is_outlook_old = TRUE;
}

/* sf_link_bit() of all links of a hop. */
static guint64
links_of (const SfWorld *w, guint hop)
{
  const SfHop *h = &w->plan->hops[hop];
  guint64 links = 0;
  for (guint i = 0; i < h->n_arcs; i++)
    links |= sf_link_bit ((guint)sf_arc_link (w->plan->arcs[h->first_arc + i]));
  return links;
}

void
sf_stretch_refresh (SfWorld *w)
{
  guint64 links = 0;
  w->is_outlook_old = FALSE;
  for (guint i = 0; i < 2 * w->plan->n_hops; i++) {
    double x = hazard_of (w, (SfHopId)(i / 2), (i & 1) != 0);
    if (x == w->hazard[i])
      continue;
    w->hazard[i] = x;
    w->marks[i] = TRUE;
    mark_stop (w, i);
    links |= links_of (w, i / 2);
  }
  if (links == 0)
    return;
  halt_marked (w, links);
  memset (w->marks, FALSE, 2 * (gsize)w->plan->n_hops);
}

/* ---- Hits ------------------------------------------------------------------ */

static SfPassage
passage_of (const SfWorld *w, SfGroupId id, SfHopId hop)
{
  const Group *g = GROUP (w, id);
  SfPassage p = lone_truck (w, hop, g->is_loaded);
  p.group = id;
  p.trucks = g->trucks;
  p.exposure_frac = w->exposure[g->shipment];
  return p;
}

/* Asks the models one by one; there is one attack a passage. */
static void
ask (SfWorld *w, SfGroupId id, SfHopId hop)
{
  SfPassage alone = lone_truck (w, hop, GROUP (w, id)->is_loaded);
  SfPassage p = passage_of (w, id, hop);
  SfStream *luck = &w->luck[GROUP (w, id)->shipment];
  for (guint k = 0; k < w->n_sentries && GROUP (w, id)->trucks == p.trucks;
       k++) {
    guint m = w->sentries[k];
    double x = outlook (w, m, &alone);
    if (isinf (x)) {
      w->models[m]->enters (w->selves[m], w, &p);
    } else if (x > 0) {
      guint n
          = sf_stream_binomial (luck, p.trucks, -expm1 (-x * p.exposure_frac));
      if (n > 0)
        w->models[m]->strikes (w->selves[m], w, &p, n);
    }
  }
}

/* The first hit falls `reach` into the hop, in expected hits on all trucks: it
 * says which truck and whose hit it is; those behind have their own luck. */
static void
strike (SfWorld *w, SfGroupId id, SfHopId hop, double reach)
{
  SfPassage alone = lone_truck (w, hop, GROUP (w, id)->is_loaded);
  SfPassage p = passage_of (w, id, hop);
  double each = w->hazard[2 * hop + (p.is_loaded != FALSE)] * p.exposure_frac;
  guint first = (guint)MIN (floor (reach / each), p.trucks - 1.0);
  double rest = (reach - first * each) / p.exposure_frac;
  for (guint k = 0; k < w->n_sentries; k++) {
    guint m = w->sentries[k];
    double x = outlook (w, m, &alone);
    if (x <= 0)
      continue;
    if (rest < x || k + 1 == w->n_sentries) {
      guint n = 1
                + sf_stream_binomial (&w->luck[GROUP (w, id)->shipment],
                                      p.trucks - 1 - first,
                                      -expm1 (-x * p.exposure_frac));
      w->models[m]->strikes (w->selves[m], w, &p, n);
      return;
    }
    rest -= x;
  }
}

/* How far a group comes before the next hit is exponential of mean 1, in
 * expected hits on all its trucks: -log (1 - u), or less than `within` if it is
 * known to be. */
typedef struct {
  double u;      /* NAN: not drawn */
  double passed; /* expected hits on the hops since it was drawn */
} Reach;

/* Most hops bring a small chance only, and then no logarithm is needed: 1 -
 * exp (-x) < x. */
static gboolean
is_hit (Reach *reach, double expected)
{
  reach->passed += expected;
  return reach->passed > reach->u && reach->passed > -log1p (-reach->u);
}

static Reach
draw_reach (SfWorld *w, const Group *g)
{
  return (Reach){ sf_stream_uniform (&w->luck[g->shipment]), 0 };
}

/* The group enters a hop on which it may be hit; returns how far it comes
 * after that hop. */
static Reach
pass (SfWorld *w, SfGroupId id, SfHopId hop, gboolean is_due)
{
  const Group *g = GROUP (w, id);
  double x = hazard (w, g, hop);
  double expected = x * g->trucks * w->exposure[g->shipment];
  Reach none = { NAN, 0 };
  if (isinf (x)) {
    ask (w, id, hop);
    return none;
  }
  if (expected <= 0)
    return none;
  Reach reach = draw_reach (w, g);
  if (is_due)
    reach.u *= -expm1 (-expected); /* it falls on this hop */
  else if (!is_hit (&reach, expected))
    return reach;
  strike (w, id, hop, -log1p (-reach.u));
  return none;
}

/* ---- Setting out ------------------------------------------------------------ */

/* TRUE when it unloads at once where its journey ends, and nobody counts it
 * when it comes. */
static gboolean
unloads_at_once (const SfWorld *w, const Group *g)
{
  const Cargo *c = &w->cargoes[g->shipment];
  return !sf_traffic_is_held (w, g, TRUE)
         && !sf_queue_serves (w, c->commodity, c->to, TRUE)
         && !(c->is_fuel && c->to == w->scenario->capital);
}

/* Adds what follows on a stretch to the end of the route: with its cargo it
 * unloads, without it gets ready for the next journey. */
static SfTick
end_for_good (const SfWorld *w, Group *g)
{
  g->is_for_good = !g->is_loaded || unloads_at_once (w, g);
  return g->is_for_good ? sf_world_end_ticks (w, g) : 0;
}

/* Adds hops to the stretch as long as nothing can happen; returns the time to
 * its end. */
static SfTick
extend (SfWorld *w, Group *g, Reach reach, SfTick ticks)
{
  const Cargo *c = &w->cargoes[g->shipment];
  guint left = ROUTE (w, g->route)->n_hops - g->pos;
  guint most = MIN (left, STRETCH_MAX), i = 1;
  const SfHopId *hops = hops_ahead (w, g);
  const guint8 *stops
      = w->stops
        + (2 * (guint)c->commodity + g->is_loaded) * (gsize)w->plan->n_hops;
  const SfTick *hop_ticks = w->ticks_now + c->first_hop;
  double weight = g->trucks * w->exposure[g->shipment];
  for (; i < most; i++) {
    SfHopId hop = hops[i];
    if (stops[hop] == STOP)
      break;
    if (stops[hop] == CHANCE && weight > 0) {
      if (isnan (reach.u))
        reach = draw_reach (w, g);
      g->is_due = is_hit (&reach, hazard (w, g, hop) * weight);
      if (g->is_due)
        break;
    }
    ticks += hop_ticks[hop];
  }
  g->stretch = (guint8)i;
  return i == left ? ticks + end_for_good (w, g) : ticks;
}

gboolean
sf_stretch_begin (SfWorld *w, SfGroupId id, SfHopId hop)
{
  Group *g = GROUP (w, id);
  gboolean is_due = g->is_due;
  Reach reach = { NAN, 0 };
  g->stretch = 0;
  g->is_due = g->is_for_good = FALSE;
  if (w->is_outlook_old)
    sf_stretch_refresh (w);
  if (hazard (w, g, hop) > 0) {
    reach = pass (w, id, hop, is_due);
    g = GROUP (w, id);
    if (g->trucks == 0)
      return FALSE;
  }
  SfTick ticks = hop_ticks (w, hop, g->shipment) + g->delay;
  g->stretch = 1;
  if (g->delay == 0)
    ticks = extend (w, g, reach, ticks);
  g->delay = 0;
  g->way = SF_EVENT_NONE;
  if (g->is_for_good && !g->is_loaded)
    sf_traffic_expect_home (w, id, w->now + ticks);
  else
    come_at (w, id, w->now + ticks);
  return TRUE;
}

void
sf_stretch_end (SfWorld *w, SfGroupId id)
{
  Group *g = GROUP (w, id);
  count_passed (w, g, g->stretch);
  g->pos += g->stretch;
  g->stretch = 0;
}

/* ---- Counting ---------------------------------------------------------------- */

void
sf_stretch_make_room (SfWorld *w)
{
  guint needed = w->plan->route_hops->len + 1, had = w->passing_room;
  if (needed <= had)
    return;
  w->passing_room = MAX (2 * had, needed);
  w->passing = g_renew (double, w->passing, w->passing_room);
  memset (w->passing + had, 0, (w->passing_room - had) * sizeof *w->passing);
}

void
sf_stretch_reset (SfWorld *w)
{
  guint n_hops = w->plan->n_hops;
  sf_stretch_make_room (w);
  memset (w->hop_closed, 0, n_hops * sizeof *w->hop_closed);
  for (guint i = 0; i < 2 * n_hops; i++)
    mark_stop (w, i);
  memset (w->hop_passed, 0, n_hops * sizeof *w->hop_passed);
  memset (w->passing, 0, w->passing_room * sizeof *w->passing);
}

/* Those who are under way, and not counted yet on the hops that they have
 * entered since they set out. */
static void
add_under_way (const SfWorld *w, double *passed)
{
  for (guint i = 0; i < w->n_groups; i++) {
    const Group *g = GROUP (w, i);
    SfTick entered;
    if (g->trucks == 0 || g->stretch < 2 || !g->is_loaded)
      continue;
    const SfHopId *hops = hops_ahead (w, g);
    for (guint k = hops_behind (w, g, &entered); k > 0; k--)
      passed[hops[k]] += g->trucks;
  }
}

void
sf_stretch_count_passed (const SfWorld *w, double *passed)
{
  double now = 0;
  for (guint h = 0; h < w->plan->n_hops; h++)
    passed[h] = w->hop_passed[h];
  for (guint i = 0; i < MIN (w->passing_room, w->plan->route_hops->len); i++) {
    now += w->passing[i];
    passed[g_array_index (w->plan->route_hops, SfHopId, i)] += now;
  }
  add_under_way (w, passed);
}
