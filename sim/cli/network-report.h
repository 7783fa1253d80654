/* network-report.h - what can be said of a network, as tables. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each function asks the network room one question and puts the answer in a
 * table for `shortfall network`. A place that cannot be reached is a row that
 * says so. Each returns a table, owned by the caller, or NULL with `error`
 * set.
 */
#pragma once

#include "sim/cli/table.h"
#include "sim/network/graph.h"

/* One question. Everything is borrowed. */
typedef struct {
  SfNetwork *network;
  const GArray *from;      /* gint, nodes, at least one */
  gint to;                 /* node */
  SfWeight weight;         /* what makes a way short */
  const guint8 *is_closed; /* one a link, never NULL */
  guint k;                 /* ways per origin, at least 1 */
} SfNetworkAsk;

/* The k shortest ways from each origin: km, hours, the least capacity on the
 * way, the frontier crossings, the places it leads through. */
SfTable *sf_report_routes (const SfNetworkAsk *ask, GError **error);

/* The largest flow from all origins together, and the links that limit it. */
SfTable *sf_report_capacity (const SfNetworkAsk *ask, GError **error);

/* Links and nodes that alone cut off one origin, or all. */
SfTable *sf_report_single_points (const SfNetworkAsk *ask, GError **error);

/* What each single closure costs: only those that cost anything, or with
 * is_full every open link. */
SfTable *sf_report_each (const SfNetworkAsk *ask, gboolean is_full,
                         GError **error);

/* The worst 0, 1, ... `most` closures for the way, or for the capacity. */
SfTable *sf_report_closures (const SfNetworkAsk *ask, guint most,
                             gboolean is_capacity, GError **error);

/* The chance that a way is left: exactly, and drawn when samples_count is
 * not 0. fail_prob below 0 is that of each link. When the exact answer would
 * take too long a note says so, and only the drawn one is given; that is an
 * error when none was asked for. */
SfTable *sf_report_reliability (const SfNetworkAsk *ask, double fail_prob,
                                guint64 samples_count, guint64 seed,
                                GError **error);
