/* random-world.h - scenarios made by chance. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A number gives a scenario: networks of 5 to 15 nodes on both sides of a
 * frontier, markets, fleets, queues, convoys, attacks, closures, rains, any of
 * the other models, events of every kind that they answer, all small (see
 * random-cast.h). What it says is always the same for a number; a
 * variant changes one thing and leaves the rest as it was, so that the two can
 * be compared. The text is written as a user would write it, so the reader is
 * tested, too.
 */
#pragma once

#include "sim/scenario/scenario.h"

/* What is changed. */
typedef enum {
  RANDOM_AS_IT_IS = 0,
  RANDOM_NO_ATTACKS = 1 << 0,  /* rates 0, no row of kind "attack", no more
                                  models of the kind interdiction/ */
  RANDOM_CALM = 1 << 1,        /* only supply, routes and queues of fixed
                                  service: nothing is drawn but the start */
  RANDOM_REORDERED = 1 << 2,   /* nodes and links in the opposite order */
  RANDOM_RENAMED = 1 << 3,     /* nodes and links have other ids */
  RANDOM_MORE_CLOSED = 1 << 4, /* two more links are closed throughout */
} RandomVariant;

/* The scenario of a number as JSON text; to be freed. */
char *random_world_text (guint64 which, RandomVariant variant);

/* The same, read: by way of a file, with every model that there is. Ends the
 * test when the reader finds a mistake. To be freed. */
SfScenario *random_world (guint64 which, RandomVariant variant);
