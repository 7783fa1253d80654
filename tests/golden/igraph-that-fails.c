/* igraph-that-fails.c - a graph library that cannot. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loaded before the library (LD_PRELOAD): the function that SHORTFALL_IGRAPH
 * names reports a failure at every call, as when memory is short or a number
 * does not converge; the others do what they do.
 */
#include <dlfcn.h>
#include <igraph/igraph.h>
#include <stdlib.h>
#include <string.h>

static int
is_named (const char *name)
{
  const char *named = getenv ("SHORTFALL_IGRAPH");

  return named != NULL && strcmp (named, name) == 0;
}

/* FUNCTION with its parameters in brackets, and their names as arguments. */
#define FAILS(FUNCTION, PARAMETERS, ARGUMENTS)                                 \
  igraph_error_t FUNCTION PARAMETERS                                           \
  {                                                                            \
    __typeof__ (&FUNCTION) next;                                               \
    void *symbol = dlsym (RTLD_NEXT, #FUNCTION);                               \
                                                                               \
    if (is_named (#FUNCTION) || symbol == NULL)                                \
      return igraph_error ("made to fail", __FILE__, __LINE__,                 \
                           IGRAPH_FAILURE);                                    \
    memcpy (&next, &symbol, sizeof next);                                      \
    return next ARGUMENTS;                                                     \
  }

FAILS (igraph_create,
       (igraph_t * graph, const igraph_vector_int_t *edges, igraph_integer_t n,
        igraph_bool_t directed),
       (graph, edges, n, directed))
FAILS (igraph_distances_dijkstra_cutoff,
       (const igraph_t *graph, igraph_matrix_t *res, const igraph_vs_t from,
        const igraph_vs_t to, const igraph_vector_t *weights,
        igraph_neimode_t mode, igraph_real_t cutoff),
       (graph, res, from, to, weights, mode, cutoff))
FAILS (igraph_get_shortest_path_dijkstra,
       (const igraph_t *graph, igraph_vector_int_t *vertices,
        igraph_vector_int_t *edges, igraph_integer_t from, igraph_integer_t to,
        const igraph_vector_t *weights, igraph_neimode_t mode),
       (graph, vertices, edges, from, to, weights, mode))
FAILS (igraph_get_k_shortest_paths,
       (const igraph_t *graph, const igraph_vector_t *weights,
        igraph_vector_int_list_t *vertex_paths,
        igraph_vector_int_list_t *edge_paths, igraph_integer_t k,
        igraph_integer_t from, igraph_integer_t to, igraph_neimode_t mode),
       (graph, weights, vertex_paths, edge_paths, k, from, to, mode))
FAILS (igraph_maxflow,
       (const igraph_t *graph, igraph_real_t *value, igraph_vector_t *flow,
        igraph_vector_int_t *cut, igraph_vector_int_t *partition,
        igraph_vector_int_t *partition2, igraph_integer_t source,
        igraph_integer_t target, const igraph_vector_t *capacity,
        igraph_maxflow_stats_t *stats),
       (graph, value, flow, cut, partition, partition2, source, target,
        capacity, stats))
FAILS (igraph_bridges, (const igraph_t *graph, igraph_vector_int_t *bridges),
       (graph, bridges))
FAILS (igraph_articulation_points,
       (const igraph_t *graph, igraph_vector_int_t *res), (graph, res))
FAILS (igraph_biconnected_components,
       (const igraph_t *graph, igraph_integer_t *no,
        igraph_vector_int_list_t *tree_edges,
        igraph_vector_int_list_t *component_edges,
        igraph_vector_int_list_t *components,
        igraph_vector_int_t *articulation_points),
       (graph, no, tree_edges, component_edges, components,
        articulation_points))
FAILS (igraph_write_graph_graphml,
       (const igraph_t *graph, FILE *outstream, igraph_bool_t prefixattr),
       (graph, outstream, prefixattr))
FAILS (igraph_read_graph_graphml,
       (igraph_t * graph, FILE *instream, igraph_integer_t index),
       (graph, instream, index))
