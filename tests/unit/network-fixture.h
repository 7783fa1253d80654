/* network-fixture.h - small networks for tests. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scenario of nodes and links only, filled by hand, so that the network
 * room is tested without a file. Nodes are called "n0", "n1", ... and links
 * "l0", "l1", ...; free with sf_scenario_free().
 */
#pragma once

#include <math.h>

#include "sim/scenario/scenario.h"

/* One link of a fixture: ends, length (km), capacity (trucks a day; 0 stands
 * for none stated) and whether it is one_way. */
typedef struct {
  gint from, to;
  double km, capacity;
  gboolean one_way;
} FixtureLink;

/* A text owned by the scenario. */
static inline const char *
fixture_text (SfScenario *s, char *text)
{
  g_ptr_array_add (s->texts, text);
  return text;
}

/* A scenario of n_nodes nodes and the links; speed is 50 km/h everywhere. */
static inline SfScenario *
fixture_new (guint n_nodes, const FixtureLink *links, guint n_links)
{
  SfScenario *s = g_new0 (SfScenario, 1);
  s->texts = g_ptr_array_new_with_free_func (g_free);
  s->nodes = g_new0 (SfNodeSpec, n_nodes + 1);
  s->links = g_new0 (SfLinkSpec, n_links + 1);
  s->n_nodes = n_nodes;
  s->n_links = n_links;
  s->capital = (gint)n_nodes - 1;
  for (guint i = 0; i < n_nodes; i++) {
    s->nodes[i].id = fixture_text (s, g_strdup_printf ("n%u", i));
    s->nodes[i].kind = SF_NODE_JUNCTION;
    s->nodes[i].lat_deg = s->nodes[i].lon_deg = NAN;
  }
  for (guint i = 0; i < n_links; i++) {
    SfLinkSpec *l = &s->links[i];
    l->id = fixture_text (s, g_strdup_printf ("l%u", i));
    l->from = links[i].from;
    l->to = links[i].to;
    l->km = links[i].km;
    l->one_way = links[i].one_way;
    l->zone = -1;
    l->speed_kmh = 50;
    l->wet_speed_frac = 1;
    l->capacity_trucks_per_day
        = links[i].capacity > 0 ? links[i].capacity : 1e9;
  }
  return s;
}

/* An array of one or two nodes (the second may be -1), owned by the caller. */
static inline GArray *
fixture_nodes (gint first, gint second)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (gint));
  g_array_append_val (nodes, first);
  if (second >= 0)
    g_array_append_val (nodes, second);
  return nodes;
}
