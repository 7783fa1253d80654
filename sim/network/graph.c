/* graph.c - a network as the graph library sees it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/network/graph.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"
#include "sim/network/graph-private.h"

struct SfNetwork {
  const SfScenario *scenario;
  double driving_h_per_day;
  gboolean is_wet;
};

GQuark
sf_network_error_quark (void)
{
  return g_quark_from_static_string ("sf-network-error-quark");
}

double
sf_link_h (const SfLinkSpec *link, double driving_h_per_day, gboolean is_wet)
{
  g_return_val_if_fail (driving_h_per_day > 0, 0);
  double speed_kmh = link->speed_kmh * (is_wet ? link->wet_speed_frac : 1);
  double driving_h = link->km / speed_kmh;
  double h = driving_h * 24 / driving_h_per_day;
  h += link->control_h_per_100km * link->km / 100;
  return link->border ? h + link->border_h : h;
}

/* The library's handler has no place for user data, and calls it again with
 * an empty reason as an error travels up: the first one is kept here until
 * sf_network_failed() takes it, in the same thread. */
static GPrivate first_reason = G_PRIVATE_INIT (g_free);

static void
keep_reason (const char *reason, const char *file, int line,
             igraph_error_t code)
{
  (void)file;
  (void)line;
  (void)code;
  if (reason && *reason && !g_private_get (&first_reason))
    g_private_set (&first_reason, g_strdup (reason));
  IGRAPH_FINALLY_FREE ();
}

void
sf_network_handle_errors (void)
{
  igraph_set_error_handler (keep_reason);
  /* Its warnings tell of places that cannot be reached: an outcome here. */
  igraph_set_warning_handler (igraph_warning_handler_ignore);
}

gboolean
sf_network_failed (igraph_error_t code, const char *what, GError **error)
{
  if (code == IGRAPH_SUCCESS)
    return FALSE;
  const char *reason = g_private_get (&first_reason);
  g_set_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_LIBRARY, "%s: %s",
               what, reason ? reason : igraph_strerror (code));
  g_private_replace (&first_reason, NULL);
  return TRUE;
}

SfNetwork *
sf_network_new (const SfScenario *s, GError **error)
{
  g_return_val_if_fail (s, NULL);
  sf_network_handle_errors ();
  for (guint i = 0; i < s->n_links; i++) {
    const SfLinkSpec *l = &s->links[i];
    if (l->from >= 0 && (guint)l->from < s->n_nodes && l->to >= 0
        && (guint)l->to < s->n_nodes)
      continue;
    g_set_error (error, SF_NETWORK_ERROR, SF_NETWORK_ERROR_FORMAT,
                 _ ("link \"%s\" does not end at nodes of the scenario"),
                 l->id);
    return NULL;
  }
  SfNetwork *n = g_new0 (SfNetwork, 1);
  n->scenario = s;
  n->driving_h_per_day = 24;
  return n;
}

void
sf_network_free (SfNetwork *network)
{
  g_free (network);
}

const SfScenario *
sf_network_scenario (const SfNetwork *network)
{
  return network->scenario;
}

void
sf_network_set_driving (SfNetwork *network, double driving_h_per_day)
{
  g_return_if_fail (driving_h_per_day > 0 && driving_h_per_day <= 24);
  network->driving_h_per_day = driving_h_per_day;
}

double
sf_network_driving (const SfNetwork *network)
{
  return network->driving_h_per_day;
}

void
sf_network_set_wet (SfNetwork *network, gboolean is_wet)
{
  network->is_wet = is_wet;
}

double
sf_network_link_length (const SfNetwork *n, guint link, SfWeight weight)
{
  const SfLinkSpec *l = &n->scenario->links[link];
  return weight == SF_WEIGHT_KM
             ? l->km
             : sf_link_h (l, n->driving_h_per_day, n->is_wet);
}

double
sf_network_arcs_length (const SfNetwork *network, const SfArc *arcs,
                        guint n_arcs, SfWeight weight)
{
  double length = 0;
  for (guint i = 0; i < n_arcs; i++)
    length += sf_network_link_length (network, sf_arc_link (arcs[i]), weight);
  return length;
}

guint8 *
sf_network_closed (const SfNetwork *network, const guint8 *is_closed)
{
  const SfScenario *s = network->scenario;
  guint8 *copy = g_new0 (guint8, s->n_links + 1);
  for (guint i = 0; i < s->n_links; i++)
    copy[i] = sf_is_closed (s, is_closed, i) ? 1 : 0;
  return copy;
}

static double
carried (const SfNetwork *n, guint link, SfCarry carry)
{
  if (carry == SF_CARRY_CAPACITY)
    return n->scenario->links[link].capacity_trucks_per_day;
  return sf_network_link_length (
      n, link, carry == SF_CARRY_KM ? SF_WEIGHT_KM : SF_WEIGHT_H);
}

/* Edges being gathered: ends two by two, then value and arc of each. */
typedef struct {
  GArray *ends;   /* igraph_integer_t */
  GArray *values; /* double */
  GArray *arcs;   /* SfArc */
} Edges;

static void
add_edge (Edges *e, igraph_integer_t from, igraph_integer_t to, double value,
          SfArc arc)
{
  g_array_append_val (e->ends, from);
  g_array_append_val (e->ends, to);
  g_array_append_val (e->values, value);
  g_array_append_val (e->arcs, arc);
}

static void
gather (Edges *e, const SfNetwork *n, const GArray *from, SfCarry carry,
        const guint8 *is_closed)
{
  const SfScenario *s = n->scenario;
  double unlimited = 0;
  for (guint i = 0; i < s->n_links; i++) {
    const SfLinkSpec *l = &s->links[i];
    if (sf_is_closed (s, is_closed, i) || l->from == l->to)
      continue;
    double value = carried (n, i, carry);
    unlimited += value;
    add_edge (e, l->from, l->to, value, sf_arc_new (i, FALSE));
    if (!l->one_way)
      add_edge (e, l->to, l->from, value, sf_arc_new (i, TRUE));
  }
  /* Nothing that leaves a place can exceed the sum of all capacities. */
  double value = carry == SF_CARRY_CAPACITY ? unlimited + 1 : 0;
  for (guint i = 0; from && from->len > 1 && i < from->len; i++)
    add_edge (e, s->n_nodes, g_array_index (from, gint, i), value, SF_ARC_NONE);
}

gboolean
sf_graph_init (SfGraph *g, const SfNetwork *n, const GArray *from,
               SfCarry carry, const guint8 *is_closed, GError **error)
{
  Edges e = { g_array_new (FALSE, FALSE, sizeof (igraph_integer_t)),
              g_array_new (FALSE, FALSE, sizeof (double)),
              g_array_new (FALSE, FALSE, sizeof (SfArc)) };
  gather (&e, n, from, carry, is_closed);
  gboolean is_many = from && from->len > 1;
  igraph_vector_int_t ends;
  igraph_vector_t values;
  igraph_vector_int_view (&ends, (igraph_integer_t *)(void *)e.ends->data,
                          e.ends->len);
  igraph_vector_view (&values, (double *)(void *)e.values->data, e.values->len);
  gboolean ok = !sf_network_failed (
      igraph_vector_init_copy (&g->values, &values), "building", error);
  if (ok
      && sf_network_failed (
          igraph_create (&g->graph, &ends,
                         n->scenario->n_nodes + (is_many ? 1 : 0),
                         IGRAPH_DIRECTED),
          "building", error)) {
    igraph_vector_destroy (&g->values);
    ok = FALSE;
  }
  g->n_edges = e.arcs->len;
  g->source = is_many             ? (igraph_integer_t)n->scenario->n_nodes
              : from && from->len ? g_array_index (from, gint, 0)
                                  : -1;
  g_array_unref (e.ends);
  g_array_unref (e.values);
  g->arcs = (SfArc *)(void *)g_array_free (e.arcs, !ok);
  return ok;
}

void
sf_graph_clear (SfGraph *g)
{
  igraph_destroy (&g->graph);
  igraph_vector_destroy (&g->values);
  g_clear_pointer (&g->arcs, g_free);
}

char *
sf_network_library_version (void)
{
  const char *version = NULL;
  igraph_version (&version, NULL, NULL, NULL);
  return g_strdup (version);
}
