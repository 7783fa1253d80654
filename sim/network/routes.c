/* routes.c - ways that were asked for before. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/network/routes.h"

#include <math.h>
#include <string.h>

#include "sim/network/graph-private.h"

/* Memory that lengths kept from a search may take, and the number of them
 * that are kept whatever they take. */
#define KEPT_BYTES (8u << 20)
#define KEPT_MIN 64u

/* Links that are looked at together. */
#define STEP 256u

/* In a large country most questions are about places nearby. So a search goes
 * so many mean lengths of links first, then further by this factor so many
 * times, and at last as far as there are roads. */
#define NEAR_LINKS 10
#define NEAR_STEP 4
#define NEAR_STEPS 1

/* A question. A hash of the closed set alone would not do, since two sets may
 * share one. */
typedef struct {
  guint32 n; /* closed links */
  gint from, to;
  guint32 links[]; /* which, ascending */
} Key;

/* In the place of an end: lengths from the other end, or to it. */
#define TO_ALL (-1)
#define FROM_ALL (-2)

/* What a search found. */
typedef struct {
  double reach;    /* of a way that is looked for; INFINITY: of any */
  double *lengths; /* by node; INFINITY where there is no such way */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;
  g_free (found->lengths);
  g_free (found);
}

/* Lengths near the reach leave no room for ways that are as long but for the
 * last digits. */
static gboolean
reaches (const Found *found, gint node)
{
  return isinf (found->reach) || found->lengths[node] < 0.999 * found->reach;
}

/* FNV-1a, by words. */
static guint
key_hash (gconstpointer key)
{
  const Key *k = key;
  guint32 hash = 2166136261u;
  hash = (hash ^ (guint32)k->from) * 16777619u;
  hash = (hash ^ (guint32)k->to) * 16777619u;
  for (guint32 i = 0; i < k->n; i++)
    hash = (hash ^ k->links[i]) * 16777619u;
  return hash;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;
  return x->n == y->n && x->from == y->from && x->to == y->to
         && memcmp (x->links, y->links, x->n * sizeof *x->links) == 0;
}

struct SfRoutes {
  SfNetwork *network;
  guint k;
  SfWeight weight;
  Key *asked;          /* the question at hand, to look it up */
  GHashTable *answers; /* Key -> GArray of SfPath, both owned */
  SfMesh *mesh;        /* NULL until needed; only when k is 1 */
  GHashTable *lengths; /* Key with an end that is all -> Found, both owned */
  guint *searched;     /* by node: searches it was an end of */
  char *problem;       /* the first time that the library failed */
};

SfRoutes *
sf_routes_new (SfNetwork *network, guint k)
{
  g_return_val_if_fail (network && k > 0, NULL);
  const SfScenario *s = sf_network_scenario (network);
  SfRoutes *r = g_new0 (SfRoutes, 1);
  r->network = network;
  r->k = k;
  r->weight = SF_WEIGHT_KM;
  r->asked = g_malloc (sizeof (Key) + s->n_links * sizeof (guint32));
  r->answers = g_hash_table_new_full (key_hash, key_equal, g_free,
                                      (GDestroyNotify)g_array_unref);
  r->lengths = g_hash_table_new_full (key_hash, key_equal, g_free, found_free);
  r->searched = g_new0 (guint, s->n_nodes + 1);
  return r;
}

void
sf_routes_free (SfRoutes *routes)
{
  if (!routes)
    return;
  sf_routes_forget (routes);
  g_hash_table_unref (routes->answers);
  g_hash_table_unref (routes->lengths);
  g_free (routes->searched);
  g_free (routes->asked);
  g_free (routes);
}

void
sf_routes_set_weight (SfRoutes *routes, SfWeight weight)
{
  sf_routes_forget (routes);
  routes->weight = weight;
}

/* TRUE when none of the next links is closed: most are open, and there may be
 * a great many. */
static gboolean
is_open_for_long (const guint8 *is_closed, guint32 link, guint32 n_links)
{
  static const guint8 open[STEP] = { 0 };
  return is_closed && link % STEP == 0 && link + STEP <= n_links
         && memcmp (is_closed + link, open, STEP) == 0;
}

static void
fill_key (SfRoutes *r, gint from, gint to, const guint8 *is_closed)
{
  const SfScenario *s = sf_network_scenario (r->network);
  Key *key = r->asked;
  key->n = 0;
  key->from = from;
  key->to = to;
  for (guint32 i = 0; i < s->n_links; i++)
    if (is_open_for_long (is_closed, i, s->n_links))
      i += STEP - 1;
    else if (sf_is_closed (s, is_closed, i))
      key->links[key->n++] = i;
}

static gpointer
copy_key (const Key *key)
{
  return g_memdup2 (key, sizeof *key + key->n * sizeof *key->links);
}

/* The question at hand with one end that is all: what was kept, or NULL. */
static Found *
look_up (SfRoutes *r, gint root, gboolean is_inward)
{
  is_inward &= !sf_mesh_is_even (r->mesh);
  Key before = *r->asked;
  r->asked->from = is_inward ? FROM_ALL : root;
  r->asked->to = is_inward ? root : TO_ALL;
  Found *found = g_hash_table_lookup (r->lengths, r->asked);
  r->asked->from = before.from;
  r->asked->to = before.to;
  return found;
}

/* What was kept, if it says how far the other end is. */
static const double *
look_up_for (SfRoutes *r, gint root, gint other, gboolean is_inward)
{
  const Found *found = look_up (r, root, is_inward);
  return found && reaches (found, other) ? found->lengths : NULL;
}

static void
keep (SfRoutes *r, gint root, gboolean is_inward, Found *found)
{
  gsize size
      = sizeof *found->lengths * sf_network_scenario (r->network)->n_nodes;
  if (g_hash_table_size (r->lengths)
      >= MAX (KEPT_MIN, KEPT_BYTES / MAX (size, 1)))
    g_hash_table_remove_all (r->lengths);
  Key *key = copy_key (r->asked);
  key->from = is_inward ? FROM_ALL : root;
  key->to = is_inward ? root : TO_ALL;
  g_hash_table_insert (r->lengths, key, found);
}

/* Searches for lengths from a node to another and all that are nearer, or to
 * it from these; borrowed until the next are searched for. NULL with `error`
 * set on failure. */
static const double *
search (SfRoutes *r, gint root, gint other, gboolean is_inward,
        const guint8 *is_closed, GError **error)
{
  is_inward &= !sf_mesh_is_even (r->mesh);
  const Found *before = look_up (r, root, is_inward);
  double reach = NEAR_LINKS * sf_mesh_mean_length (r->mesh);
  Found *found = g_new0 (Found, 1);
  for (guint i = 0; !found->lengths || !reaches (found, other); i++) {
    found->reach = i > NEAR_STEPS ? INFINITY : reach;
    reach *= NEAR_STEP;
    if (before && i <= NEAR_STEPS && found->reach <= before->reach)
      continue; /* that is known */
    g_free (found->lengths);
    found->lengths = sf_mesh_lengths (r->mesh, root, is_inward, found->reach,
                                      is_closed, error);
    if (!found->lengths) {
      found_free (found);
      return NULL;
    }
  }
  keep (r, root, is_inward, found);
  return found->lengths;
}

/* The shortest way by lengths that are kept, or from the end that searches had
 * more often (`from` if both alike), since its lengths serve again. FALSE when
 * they do not tell, or with `error` set. */
static gboolean
find_way (SfRoutes *r, gint from, gint to, const guint8 *is_closed,
          SfPath *path, GError **error)
{
  if (!r->mesh && !(r->mesh = sf_mesh_new (r->network, r->weight, error)))
    return FALSE;
  const double *gone = look_up_for (r, from, to, FALSE);
  const double *left = look_up_for (r, to, from, TRUE);
  if (!gone && !left) {
    gboolean is_outward = r->searched[from] >= r->searched[to];
    const double *found = is_outward
                              ? search (r, from, to, FALSE, is_closed, error)
                              : search (r, to, from, TRUE, is_closed, error);
    if (!found)
      return FALSE;
    *(is_outward ? &gone : &left) = found;
    r->searched[from]++;
    r->searched[to]++;
  }
  if (!left && sf_mesh_way (r->mesh, gone, FALSE, from, to, is_closed, path))
    return TRUE;
  if (!left)
    left = search (r, to, from, TRUE, is_closed, error);
  return left && sf_mesh_way (r->mesh, left, TRUE, from, to, is_closed, path);
}

static GArray *
find_one (SfRoutes *r, gint from, gint to, const guint8 *is_closed,
          GError **error)
{
  GError *problem = NULL;
  SfPath path;
  if (from == to || !find_way (r, from, to, is_closed, &path, &problem)) {
    if (!problem)
      return sf_network_paths (r->network, from, to, 1, r->weight, is_closed,
                               error);
    g_propagate_error (error, problem);
    return NULL;
  }
  GArray *paths = g_array_new (FALSE, FALSE, sizeof (SfPath));
  g_array_set_clear_func (paths, (GDestroyNotify)sf_path_clear);
  if (path.n_arcs > 0)
    g_array_append_val (paths, path);
  return paths;
}

/* What the library fails at cannot be mended by the engine: as if there were
 * no way, and who asks for the problem is told. */
static GArray *
work_out (SfRoutes *r, gint from, gint to, const guint8 *is_closed)
{
  g_autoptr (GError) error = NULL;
  GArray *paths = r->k == 1 ? find_one (r, from, to, is_closed, &error)
                            : sf_network_paths (r->network, from, to, r->k,
                                                r->weight, is_closed, &error);
  if (paths)
    return paths;
  if (!r->problem)
    r->problem = g_strdup (error ? error->message : "not a question");
  return g_array_new (FALSE, FALSE, sizeof (SfPath));
}

const GArray *
sf_routes_find (SfRoutes *r, gint from, gint to, const guint8 *is_closed)
{
  g_return_val_if_fail (r, NULL);
  guint n_nodes = sf_network_scenario (r->network)->n_nodes;
  g_return_val_if_fail (from >= 0 && (guint)from < n_nodes, NULL);
  g_return_val_if_fail (to >= 0 && (guint)to < n_nodes, NULL);
  fill_key (r, from, to, is_closed);
  GArray *paths = g_hash_table_lookup (r->answers, r->asked);
  if (paths)
    return paths;
  paths = work_out (r, from, to, is_closed);
  g_hash_table_insert (r->answers, copy_key (r->asked), paths);
  return paths;
}

void
sf_routes_forget (SfRoutes *routes)
{
  g_hash_table_remove_all (routes->answers);
  g_hash_table_remove_all (routes->lengths);
  g_clear_pointer (&routes->mesh, sf_mesh_free);
  g_clear_pointer (&routes->problem, g_free);
}

const char *
sf_routes_problem (const SfRoutes *routes)
{
  return routes->problem;
}

guint
sf_routes_count (const SfRoutes *routes)
{
  return g_hash_table_size (routes->answers);
}
