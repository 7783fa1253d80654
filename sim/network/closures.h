/* closures.h - the closures a plan would feel most. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stress test of service: with at most so many links closed at the same
 * time, how long can the way to a place become, or how little can reach it?
 * Exact, by looking at all sets that could matter. Only a link on the present
 * shortest way can make the way longer, and only a link that carries flow can
 * lessen the flow; what was tried in one branch is kept open in the next.
 *
 * The sets for one and for two closures need not have a link in common, and
 * sometimes no link stands out at all: this gives no ranking of roads.
 */
#pragma once

#include "sim/network/flow.h"

/* Sets that are looked at before a question is refused as too large. */
#define SF_CLOSURES_BUDGET 100000u

typedef enum {
  SF_SERVICE_KM,       /* length of the shortest way */
  SF_SERVICE_H,        /* hours of the quickest way */
  SF_SERVICE_CAPACITY, /* trucks a day that can arrive */
} SfService;

typedef struct {
  double value;      /* in the service's unit; a length is INFINITY when no
                        way is left */
  GArray *links;     /* guint, in the order of the scenario: one worst set
                        among possibly several, of fewer links when more make
                        no difference */
  guint n_looked_at; /* sets evaluated */
} SfClosures;

void sf_closures_clear (SfClosures *closures);

/* The worst service from several nodes together (gint, at least one) to one
 * when at most `most` links close besides those of is_closed. FALSE with
 * `error` set: SF_NETWORK_ERROR_TOO_LARGE when more than SF_CLOSURES_BUDGET
 * sets would have to be looked at. *closures is written on success, to be
 * cleared by the caller. */
gboolean sf_network_closures (SfNetwork *network, const GArray *from, gint to,
                              SfService service, const guint8 *is_closed,
                              guint most, SfClosures *closures, GError **error);
