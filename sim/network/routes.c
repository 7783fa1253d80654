/* routes.c - ways that were asked for before. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/network/routes.h"

#include <string.h>

/* A question. The bits of the closed set follow, one a link; a hash of them
 * alone would not do, since two sets may share one. */
typedef struct {
  guint32 size; /* bytes of the whole key */
  gint from, to;
  guint8 bits[];
} Key;

/* FNV-1a. */
static guint
key_hash (gconstpointer key)
{
  const guint8 *bytes = key;
  guint32 hash = 2166136261u;
  for (guint32 i = 0; i < ((const Key *)key)->size; i++)
    hash = (hash ^ bytes[i]) * 16777619u;
  return hash;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;
  return x->size == y->size && memcmp (x, y, x->size) == 0;
}

struct SfRoutes {
  SfNetwork *network;
  guint k;
  SfWeight weight;
  gsize key_size;
  Key *asked;          /* the question at hand, to look it up */
  GHashTable *answers; /* Key -> GArray of SfPath, both owned */
  gboolean has_warned;
};

SfRoutes *
sf_routes_new (SfNetwork *network, guint k)
{
  g_return_val_if_fail (network && k > 0, NULL);
  SfRoutes *r = g_new0 (SfRoutes, 1);
  r->network = network;
  r->k = k;
  r->weight = SF_WEIGHT_KM;
  r->key_size = sizeof (Key) + (sf_network_scenario (network)->n_links + 7) / 8;
  r->asked = g_malloc0 (r->key_size);
  r->answers = g_hash_table_new_full (key_hash, key_equal, g_free,
                                      (GDestroyNotify)g_array_unref);
  return r;
}

void
sf_routes_free (SfRoutes *routes)
{
  if (!routes)
    return;
  g_hash_table_unref (routes->answers);
  g_free (routes->asked);
  g_free (routes);
}

void
sf_routes_set_weight (SfRoutes *routes, SfWeight weight)
{
  sf_routes_forget (routes);
  routes->weight = weight;
}

static void
fill_key (SfRoutes *r, gint from, gint to, const guint8 *is_closed)
{
  const SfScenario *s = sf_network_scenario (r->network);
  memset (r->asked, 0, r->key_size);
  r->asked->size = (guint32)r->key_size;
  r->asked->from = from;
  r->asked->to = to;
  for (guint i = 0; i < s->n_links; i++)
    if (is_closed ? is_closed[i] != 0 : s->links[i].closed)
      r->asked->bits[i / 8] |= (guint8)(1u << (i % 8));
}

/* What the library fails at cannot be mended by the engine: as if there were
 * no way, and once a line that says so. */
static GArray *
work_out (SfRoutes *r, gint from, gint to, const guint8 *is_closed)
{
  g_autoptr (GError) error = NULL;
  GArray *paths = sf_network_paths (r->network, from, to, r->k, r->weight,
                                    is_closed, &error);
  if (paths)
    return paths;
  if (!r->has_warned)
    g_warning ("routes: %s", error ? error->message : "not a question");
  r->has_warned = TRUE;
  return g_array_new (FALSE, FALSE, sizeof (SfPath));
}

const GArray *
sf_routes_find (SfRoutes *r, gint from, gint to, const guint8 *is_closed)
{
  g_return_val_if_fail (r, NULL);
  fill_key (r, from, to, is_closed);
  GArray *paths = g_hash_table_lookup (r->answers, r->asked);
  if (paths)
    return paths;
  paths = work_out (r, from, to, is_closed);
  g_hash_table_insert (r->answers, g_memdup2 (r->asked, r->key_size), paths);
  return paths;
}

void
sf_routes_forget (SfRoutes *routes)
{
  g_hash_table_remove_all (routes->answers);
}

guint
sf_routes_count (const SfRoutes *routes)
{
  return g_hash_table_size (routes->answers);
}
