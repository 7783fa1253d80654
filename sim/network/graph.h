/* graph.h - the network as a graph: shortest ways. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This room is the only one that knows the graph library. A network is a view
 * of a scenario's nodes and links; the questions it answers take the set of
 * closed links as an argument, so that asking "what if" changes nothing. The
 * numbers of the links (km, speed, capacity) are read at each question: a
 * network follows a scenario whose uncertain numbers have been drawn anew.
 *
 * A closed set is an array of guint8, one a link, not 0 where the link is
 * closed; NULL stands for what the scenario says ("closed": true). A two-way
 * link counts as two arcs, one each way.
 *
 * That no way is left is an outcome, never an error. Errors
 * (SF_NETWORK_ERROR) are failures inside the graph library and questions too
 * large to be answered exactly.
 */
#pragma once

#include "sim/network/link.h"

#define SF_NETWORK_ERROR (sf_network_error_quark ())
GQuark sf_network_error_quark (void);

typedef enum {
  SF_NETWORK_ERROR_LIBRARY,   /* the graph library gave up; says why */
  SF_NETWORK_ERROR_TOO_LARGE, /* an exact answer would take too long */
  SF_NETWORK_ERROR_FORMAT,    /* a file to be imported makes no sense */
} SfNetworkError;

/* What makes a way long. */
typedef enum {
  SF_WEIGHT_KM, /* kilometres */
  SF_WEIGHT_H,  /* hours of a loaded truck (sf_link_h) */
} SfWeight;

/* A way from one node to another, without loops. */
typedef struct {
  double length; /* in the weight asked for */
  guint n_arcs;  /* 0: it begins where it ends */
  SfArc *arcs;   /* in the order of travel, owned by the path */
} SfPath;

/* Frees what a path holds, not the struct: the clear function of arrays. */
void sf_path_clear (SfPath *path);

/* Opaque: the network of one scenario. Not for several threads at a time. */
typedef struct SfNetwork SfNetwork;

/* A network on a scenario, which is borrowed and must live longer. Owned by
 * the caller. Installs this room's error handling in the graph library. NULL
 * with `error` set when a link's end is no node of the scenario. */
SfNetwork *sf_network_new (const SfScenario *scenario, GError **error);

/* Frees the network, not the scenario; NULL is accepted. */
void sf_network_free (SfNetwork *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfNetwork, sf_network_free)

/* The scenario it is a view of; borrowed. */
const SfScenario *sf_network_scenario (const SfNetwork *network);

/* Hours that trucks drive in a day, for SF_WEIGHT_H and the hours of routes;
 * in (0, 24], 24 (they never rest) until set. */
void sf_network_set_driving (SfNetwork *network, double driving_h_per_day);
double sf_network_driving (const SfNetwork *network);

/* Whether hours are those of the rains; the dry season until set. */
void sf_network_set_wet (SfNetwork *network, gboolean is_wet);

/* The length of one link or of a whole way in a weight. */
double sf_network_link_length (const SfNetwork *network, guint link,
                               SfWeight weight);
double sf_network_arcs_length (const SfNetwork *network, const SfArc *arcs,
                               guint n_arcs, SfWeight weight);

/* A copy of a closed set to change: as the scenario says when is_closed is
 * NULL. n_links bytes, to be freed with g_free(). */
guint8 *sf_network_closed (const SfNetwork *network, const guint8 *is_closed);

/* The k shortest ways without loops from one node to another, shortest first;
 * ways of the same length (to a millionth) in the order of their arcs, so
 * that the answer does not depend on the library. Fewer when there are no
 * more; an empty array when there is none. An array of SfPath that clears
 * its elements, owned by the caller; NULL with `error` set on failure.
 * Cost: about k * nodes shortest ways. */
GArray *sf_network_paths (SfNetwork *network, gint from, gint to, guint k,
                          SfWeight weight, const guint8 *is_closed,
                          GError **error);

/* The shortest way from any of several nodes (gint, at least one). FALSE with
 * `error` set on failure. *path is written on success; its length is
 * INFINITY, without arcs, when there is no way. To be cleared by the
 * caller. */
gboolean sf_network_nearest (SfNetwork *network, const GArray *from, gint to,
                             SfWeight weight, const guint8 *is_closed,
                             SfPath *path, GError **error);

/* Version of the igraph library in use; to be freed. */
char *sf_network_library_version (void);
