/* graph-private.h - what the files of this room share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to sim/network: the only header that includes the graph library.
 * Most questions build a small graph of the open links, ask the library, and
 * drop the graph again: with some hundred links that costs microseconds and
 * leaves no state to keep right. Shortest ways, of which the trucks want many,
 * are found on a mesh, which is kept.
 */
#pragma once

#include <igraph/igraph.h>

#include "sim/network/graph.h"

/* A graph of the open arcs of a network. Vertices are nodes; when it was
 * built from several places, one more vertex, n_nodes, leads to each of them
 * over an edge of no length. */
typedef struct {
  igraph_t graph;
  igraph_vector_t values; /* one an edge: length or capacity */
  SfArc *arcs;            /* one an edge: its arc; SF_ARC_NONE from the extra
                             vertex */
  guint n_edges;
  igraph_integer_t source; /* the one place of origin, or the extra vertex */
} SfGraph;

#define SF_ARC_NONE ((SfArc)-1)

/* What the edges of a graph carry. */
typedef enum {
  SF_CARRY_KM,       /* length */
  SF_CARRY_H,        /* hours */
  SF_CARRY_CAPACITY, /* trucks a day */
} SfCarry;

/* Installs the error and warning handlers of this room. */
void sf_network_handle_errors (void);

/* TRUE when `code` is an error; then `error` is set from the first reason the
 * library gave, after `what` ("shortest ways: "). */
gboolean sf_network_failed (igraph_error_t code, const char *what,
                            GError **error);

/* Builds the graph of the links that are open, from one or more places
 * (gint; NULL: source is not used). FALSE with `error` set on failure. The
 * caller ends it with sf_graph_clear(). */
gboolean sf_graph_init (SfGraph *graph, const SfNetwork *network,
                        const GArray *from, SfCarry carry,
                        const guint8 *is_closed, GError **error);
void sf_graph_clear (SfGraph *graph);

/* All links of a network as a graph, with their lengths of one moment: for
 * many questions. Not for several threads at a time. */
typedef struct SfMesh SfMesh;

/* A mesh of a network, which is borrowed and must live longer. Owned by the
 * caller; NULL with `error` set on failure. */
SfMesh *sf_mesh_new (const SfNetwork *network, SfWeight weight, GError **error);
void sf_mesh_free (SfMesh *mesh);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfMesh, sf_mesh_free)

/* TRUE when no link is one-way: then lengths are the same both ways. */
gboolean sf_mesh_is_even (const SfMesh *mesh);

/* Mean length of the links that anyone can go, closed or not; 0 if none. */
double sf_mesh_mean_length (const SfMesh *mesh);

/* Lengths of the shortest ways from a root to every node or, inward, from
 * every node to it; INFINITY where there is none, or none of at most `within`
 * (INFINITY: as far as it goes). One a node, owned by the caller; NULL with
 * `error` set on failure. Cost: one search through the graph within that
 * length, by Dijkstra's method, and a look at every node and link. */
double *sf_mesh_lengths (SfMesh *mesh, gint root, gboolean is_inward,
                         double within, const guint8 *is_closed,
                         GError **error);

/* The shortest way of all between two nodes that are not the same, from the
 * lengths inward to `to` or (is_inward FALSE) outward from `from`: the same as
 * the first one of sf_network_paths(). FALSE, with nothing in *path, when these
 * lengths do not tell: outward ones do not when several ways are as short
 * as one another, inward ones when there are circles of no length. *path is
 * to be cleared by the caller; its length is INFINITY when there is no way. */
gboolean sf_mesh_way (SfMesh *mesh, const double *lengths, gboolean is_inward,
                      gint from, gint to, const guint8 *is_closed,
                      SfPath *path);

/* TRUE when the link is closed in the set, or by the scenario when NULL. */
static inline gboolean
sf_is_closed (const SfScenario *s, const guint8 *is_closed, guint link)
{
  return is_closed ? is_closed[link] != 0 : s->links[link].closed;
}
