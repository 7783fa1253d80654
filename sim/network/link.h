/* link.h - one link of the network, and one way along it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A link joins two nodes. It is travelled both ways unless it is one_way; an
 * arc is a link taken in one of its directions, so that a route can say
 * which way it goes. Links and arcs are numbers: indices into the scenario's
 * array of links.
 */
#pragma once

#include "sim/scenario/scenario.h"

/* link * 2, plus 1 when it is taken backward, from its `to` to its `from`. */
typedef gint32 SfArc;

/* Hours that a loaded truck needs for the whole link, one way: driving, with
 * its rests (a truck that drives 12 h a day needs a day for 12 h of road),
 * checkpoints, and the frontier if one is crossed. Queues come on top; they
 * are the engine's. `driving_h_per_day` lies in (0, 24]; is_wet puts in the
 * speed of the rains. Always finite and not negative. */
double sf_link_h (const SfLinkSpec *link, double driving_h_per_day,
                  gboolean is_wet);

/* The arc of a link, forward or backward. */
static inline SfArc
sf_arc_new (guint link, gboolean is_backward)
{
  return (SfArc)(link * 2 + (is_backward ? 1u : 0u));
}

/* The link that an arc goes along: an index into scenario->links. */
static inline guint
sf_arc_link (SfArc arc)
{
  return (guint)arc / 2;
}

/* The node where an arc begins: an index into scenario->nodes. */
static inline gint
sf_arc_from (const SfScenario *scenario, SfArc arc)
{
  const SfLinkSpec *link = &scenario->links[sf_arc_link (arc)];
  return arc & 1 ? link->to : link->from;
}

/* The node where an arc ends. */
static inline gint
sf_arc_to (const SfScenario *scenario, SfArc arc)
{
  const SfLinkSpec *link = &scenario->links[sf_arc_link (arc)];
  return arc & 1 ? link->from : link->to;
}
