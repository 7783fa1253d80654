/* lhs.c - Latin hypercubes: random, extendable, maximin. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A point knows its cell, by factor, in the hypercube of the size at which it
 * came in, and its place inside the cell: PLACE_BITS digits that cells twice,
 * four times ... as fine go on from. Doubling a hypercube leaves half of the
 * finer cells empty; the new points take those in random order.
 */
#include "sim/design/design-private.h"

#include <stdint.h>
#include <string.h>

#include "sim/lang/lang.h"

/* Cells times places inside a cell are at most 2^50: with one more digit for
 * the middle of a place a value is exact to less than a place. */
#define DIGITS 50
#define STARTS_DEFAULT 20
#define TRIES_MAX 5000000 /* exchanges tried, in all starts together */

typedef struct {
  guint n_start; /* points of the hypercube that is doubled */
  guint n;
  guint64 name_hash;
  guint32 *cells; /* by factor and point */
} Lhs;

static gboolean
count (const SfDesignSpec *spec, guint64 *points, GError **error)
{
  guint64 n = spec->points_count, base = spec->lhs_base_count;
  if (!sf_design_count_plain (spec, points, error))
    return FALSE;
  if (n > SF_DESIGN_POINTS_MAX)
    return TRUE;
  if (n * spec->n_factors > SF_DESIGN_LHS_CELLS_MAX) {
    g_set_error (error, SF_DESIGN_ERROR, SF_DESIGN_ERROR_TOO_MANY,
                 _ ("a Latin hypercube of %ju points and %u factors needs too "
                    "much memory: at most %u points times factors (sobol has "
                    "no such limit)"),
                 (uintmax_t)n, spec->n_factors, SF_DESIGN_LHS_CELLS_MAX);
    return FALSE;
  }
  if (base > 0 && (n % base != 0 || (n / base & (n / base - 1)) != 0))
    return sf_design_refuse (error,
                             _ ("%ju points are not %ju doubled some times: an "
                                "extendable Latin hypercube has base * 2^d "
                                "points"),
                             (uintmax_t)n, (uintmax_t)base);
  if (spec->is_maximin && base > 0)
    return sf_design_refuse (
        error, _ ("a maximin Latin hypercube cannot be extended"));
  if (spec->candidates_count > SF_DESIGN_CANDIDATES_MAX)
    return sf_design_refuse (error,
                             _ ("%u candidates are too many: at most %u"),
                             spec->candidates_count, SF_DESIGN_CANDIDATES_MAX);
  if (spec->is_maximin && n > SF_DESIGN_MAXIMIN_POINTS_MAX)
    return sf_design_refuse (error,
                             _ ("%ju points are too many for a maximin Latin "
                                "hypercube: at most %u"),
                             (uintmax_t)n, SF_DESIGN_MAXIMIN_POINTS_MAX);
  return TRUE;
}

/* Points of the hypercube with which point i came in. */
static guint
size_at_birth (const Lhs *lhs, guint i)
{
  guint size = lhs->n_start;
  while (size <= i)
    size *= 2;
  return size;
}

/* How many binary digits there are inside a cell of 1 / size. */
static guint
place_bits (guint size)
{
  return DIGITS - g_bit_storage (size - 1);
}

/* Where in its cell a point lies, to so many digits (1 or more). */
static guint64
place (const SfDesignSpec *spec, const Lhs *lhs, guint factor, guint i,
       guint bits)
{
  SfStream stream;
  sf_stream_init_hashed (&stream, spec->seed, lhs->name_hash, i, factor);
  return sf_stream_u64 (&stream) >> (64 - bits);
}

/* The empty cells of a factor once `size` (a doubling) cells are made and the
 * first half of the points is in them. */
static void
find_empty (const SfDesignSpec *spec, const Lhs *lhs, guint factor, guint size,
            guint32 *empty)
{
  g_autofree guint8 *is_taken = g_malloc0 (size);
  const guint32 *cells = lhs->cells + (gsize)factor * lhs->n;
  for (guint i = 0; i < size / 2; i++) {
    guint finer = g_bit_nth_msf (size / size_at_birth (lhs, i), -1);
    guint64 cell
        = (guint64)cells[i] << finer | place (spec, lhs, factor, i, finer);
    g_assert (!is_taken[cell]);
    is_taken[cell] = 1;
  }
  guint n_empty = 0;
  for (guint cell = 0; cell < size; cell++)
    if (!is_taken[cell])
      empty[n_empty++] = cell;
}

static void
fill_factor (const SfDesignSpec *spec, const Lhs *lhs, guint factor,
             guint start)
{
  guint32 *cells = lhs->cells + (gsize)factor * lhs->n;
  SfStream stream;
  sf_stream_init (&stream, spec->seed, "design/lhs-order", start, factor);
  for (guint i = 0; i < lhs->n_start; i++)
    cells[i] = i;
  sf_design_shuffle (cells, lhs->n_start, &stream);
  for (guint size = lhs->n_start; size < lhs->n; size *= 2) {
    find_empty (spec, lhs, factor, 2 * size, cells + size);
    sf_design_shuffle (cells + size, size, &stream);
  }
}

/* ---- Maximin ------------------------------------------------------------- */

/* Squared distances in cells are whole numbers: which exchange is better is the
 * same on every machine. */
typedef struct {
  guint n, n_factors;
  guint32 *cells;     /* by factor and point */
  guint64 *distances; /* n x n, squared; the diagonal is G_MAXUINT64 */
  guint *nearest;     /* of each point */
  guint n_tries;
} Spread;

static guint64
squared (guint32 a, guint32 b)
{
  guint64 d = a > b ? a - b : b - a;
  return d * d;
}

static void
find_nearest (Spread *s, guint point)
{
  const guint64 *row = s->distances + (gsize)point * s->n;
  guint best = 0;
  for (guint i = 1; i < s->n; i++)
    if (row[i] < row[best])
      best = i;
  s->nearest[point] = best;
}

static guint64
nearest_distance (const Spread *s, guint point)
{
  return s->distances[(gsize)point * s->n + s->nearest[point]];
}

static void
measure (Spread *s)
{
  guint n = s->n;
  for (guint a = 0; a < n; a++)
    for (guint b = 0; b <= a; b++) {
      guint64 sum = a == b ? G_MAXUINT64 : 0;
      for (guint j = 0; j < s->n_factors && a != b; j++)
        sum += squared (s->cells[j * n + a], s->cells[j * n + b]);
      s->distances[(gsize)a * n + b] = s->distances[(gsize)b * n + a] = sum;
    }
  for (guint a = 0; a < n; a++)
    find_nearest (s, a);
}

/* The point with the closest neighbour. */
static guint
find_closest (const Spread *s)
{
  guint best = 0;
  for (guint i = 1; i < s->n; i++)
    if (nearest_distance (s, i) < nearest_distance (s, best))
      best = i;
  return best;
}

/* Whether a and b would both be further than `limit` from all others if they
 * exchanged their cells of one factor. */
static gboolean
is_better (const Spread *s, const guint32 *cells, guint a, guint b,
           guint64 limit)
{
  const guint64 *from_a = s->distances + (gsize)a * s->n;
  const guint64 *from_b = s->distances + (gsize)b * s->n;
  if (from_a[b] <= limit)
    return FALSE;
  for (guint i = 0; i < s->n; i++) {
    if (i == a || i == b)
      continue;
    guint64 da = squared (cells[a], cells[i]);
    guint64 db = squared (cells[b], cells[i]);
    if (from_a[i] - da + db <= limit || from_b[i] - db + da <= limit)
      return FALSE;
  }
  return TRUE;
}

static void
exchange (Spread *s, guint32 *cells, guint a, guint b)
{
  guint n = s->n;
  for (guint i = 0; i < n; i++) {
    if (i == a || i == b)
      continue;
    guint64 da = squared (cells[a], cells[i]);
    guint64 db = squared (cells[b], cells[i]);
    guint64 *from_i = s->distances + (gsize)i * n;
    s->distances[(gsize)a * n + i] = from_i[a] = from_i[a] - da + db;
    s->distances[(gsize)b * n + i] = from_i[b] = from_i[b] - db + da;
  }
  guint32 kept = cells[a];
  cells[a] = cells[b];
  cells[b] = kept;
  for (guint i = 0; i < n; i++)
    if (i == a || i == b || s->nearest[i] == a || s->nearest[i] == b)
      find_nearest (s, i);
    else
      for (guint k = 0; k < 2; k++)
        if (s->distances[(gsize)i * n + (k ? a : b)] < nearest_distance (s, i))
          s->nearest[i] = k ? a : b;
}

/* Moves one point of the closest pair away from it; FALSE when no exchange
 * does. The search begins anywhere, so that no point is favoured. */
static gboolean
part_closest (Spread *s, SfStream *stream)
{
  guint ends[2] = { find_closest (s), 0 };
  ends[1] = s->nearest[ends[0]];
  guint64 limit = nearest_distance (s, ends[0]);
  guint n_ways = 2 * s->n_factors * s->n;
  guint first = sf_stream_index (stream, n_ways);
  for (guint w = 0; w < n_ways && s->n_tries < TRIES_MAX; w++, s->n_tries++) {
    guint way = (first + w) % n_ways;
    guint a = ends[way & 1], b = way / 2 % s->n;
    guint32 *cells = s->cells + (gsize)(way / 2 / s->n) * s->n;
    if (a != b && is_better (s, cells, a, b, limit)) {
      exchange (s, cells, a, b);
      return TRUE;
    }
  }
  return FALSE;
}

/* Every exchange leaves fewer pairs at the smallest distance, or a larger one:
 * it ends. */
static void
spread (const SfDesignSpec *spec, Lhs *lhs)
{
  gsize n_cells = (gsize)spec->n_factors * lhs->n;
  guint n_starts
      = spec->candidates_count ? spec->candidates_count : STARTS_DEFAULT;
  g_autofree guint32 *cells = g_new (guint32, n_cells);
  g_autofree guint64 *distances = g_new (guint64, (gsize)lhs->n * lhs->n);
  g_autofree guint *nearest = g_new (guint, lhs->n);
  Spread s = { lhs->n, spec->n_factors, lhs->cells, distances, nearest, 0 };
  guint64 best = 0;
  for (guint start = 0; start < n_starts && s.n_tries < TRIES_MAX; start++) {
    SfStream stream;
    sf_stream_init (&stream, spec->seed, "design/lhs-maximin", start, 0);
    for (guint j = 0; j < spec->n_factors; j++)
      fill_factor (spec, lhs, j, start);
    measure (&s);
    while (part_closest (&s, &stream))
      ;
    guint64 smallest = nearest_distance (&s, find_closest (&s));
    if (start > 0 && smallest <= best)
      continue;
    best = smallest;
    memcpy (cells, lhs->cells, n_cells * sizeof *cells);
  }
  memcpy (lhs->cells, cells, n_cells * sizeof *cells);
}

/* -------------------------------------------------------------------------- */

static gpointer
build (const SfDesignSpec *spec)
{
  Lhs *lhs = g_new (Lhs, 1);
  lhs->n = (guint)spec->points_count;
  lhs->n_start = spec->lhs_base_count ? spec->lhs_base_count : lhs->n;
  lhs->name_hash = sf_stream_hash ("design/lhs-place");
  lhs->cells = g_new (guint32, (gsize)spec->n_factors * lhs->n);
  if (spec->is_maximin && lhs->n > 1)
    spread (spec, lhs);
  else
    for (guint j = 0; j < spec->n_factors; j++)
      fill_factor (spec, lhs, j, 0);
  return lhs;
}

static void
free_lhs (gpointer state)
{
  Lhs *lhs = state;
  g_free (lhs->cells);
  g_free (lhs);
}

static void
row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  const Lhs *lhs = state;
  guint size = size_at_birth (lhs, (guint)i), bits = place_bits (size);
  double places = (double)(1ull << bits);
  for (guint j = 0; j < spec->n_factors; j++) {
    double cell = lhs->cells[(gsize)j * lhs->n + i];
    if (spec->is_maximin)
      u[j] = (cell + 0.5) / size;
    else
      u[j]
          = (cell * places + (double)place (spec, lhs, j, (guint)i, bits) + 0.5)
            / (size * places);
  }
}

const SfDesignType sf_design_lhs = {
  .word = "lhs",
  .count = count,
  .build = build,
  .free = free_lhs,
  .row = row,
};
