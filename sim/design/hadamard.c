/* hadamard.c - Plackett-Burman designs. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hadamard matrices of three kinds (R. Paley, "On orthogonal matrices", 1933):
 * n - 1 a prime; n / 2 - 1 a prime that leaves 1 over 4; twice one of half the
 * size. Together they give every multiple of 4 up to 48. The first is the
 * cyclic design as Plackett and Burman printed it, for 12, 20 and 24 runs.
 * Sizes are small: the matrix is held, its first column all plus.
 */
#include "sim/design/design-private.h"

#include <string.h>

#include "sim/lang/lang.h"

typedef struct {
  guint n;
  gint8 *signs; /* n x n, -1 or 1 */
} Hadamard;

static gboolean
is_prime (guint n)
{
  guint divisor = 2;
  while (divisor * divisor <= n && n % divisor != 0)
    divisor++;
  return n >= 2 && divisor * divisor > n;
}

static gboolean
is_first_kind (guint n)
{
  return n % 4 == 0 && is_prime (n - 1);
}

static gboolean
is_second_kind (guint n)
{
  return n % 4 == 0 && n % 8 != 0 && is_prime (n / 2 - 1);
}

static gboolean
can_build (guint n)
{
  return n == 1 || is_first_kind (n) || is_second_kind (n)
         || (n % 2 == 0 && can_build (n / 2));
}

static guint
find_size (guint n_factors)
{
  guint n = 4 * (n_factors / 4 + 1);
  while (!can_build (n))
    n += 4;
  return n;
}

/* Legendre's symbol for 0 to q - 1: 1 for squares modulo q, -1 for others. */
static gint8 *
find_squares (guint q)
{
  gint8 *symbols = g_new (gint8, q);
  memset (symbols, -1, q);
  for (guint a = 1; a < q; a++)
    symbols[a * a % q] = 1;
  symbols[0] = 0;
  return symbols;
}

/* Cyclic rows, each one place to the right of the one before, and a last row of
 * minus. */
static void
fill_first_kind (gint8 *signs, guint n)
{
  guint q = n - 1;
  g_autofree gint8 *symbols = find_squares (q);
  for (guint r = 0; r < n; r++) {
    signs[r * n] = 1;
    for (guint c = 0; c < q; c++)
      signs[r * n + 1 + c] = r == q || symbols[(c + q - r) % q] < 0 ? -1 : 1;
  }
}

/* The symmetric conference matrix of q + 1 with each of its entries as a 2 x 2
 * block, rows turned so that the first column is plus. */
static void
fill_second_kind (gint8 *signs, guint n)
{
  guint q = n / 2 - 1;
  g_autofree gint8 *symbols = find_squares (q);
  for (guint r = 0; r < n; r++)
    for (guint c = 0; c < n; c++) {
      guint a = r / 2, b = c / 2;
      gint8 entry = a == 0 || b == 0 ? 1 : symbols[(a + q - b) % q];
      gboolean is_minus
          = a == b ? r % 2 == 1 || c % 2 == 1 : r % 2 == 1 && c % 2 == 1;
      gint8 sign = a == b ? 1 : entry;
      signs[r * n + c] = is_minus ? -sign : sign;
    }
  for (guint r = 0; r < n; r++)
    for (guint c = n; c-- > 0 && signs[r * n] < 0;)
      signs[r * n + c] = -signs[r * n + c];
}

static void
fill (gint8 *signs, guint n)
{
  if (n == 1) {
    signs[0] = 1;
  } else if (is_first_kind (n)) {
    fill_first_kind (signs, n);
  } else if (is_second_kind (n)) {
    fill_second_kind (signs, n);
  } else {
    guint half = n / 2;
    g_autofree gint8 *part = g_new (gint8, (gsize)half * half);
    fill (part, half);
    for (guint r = 0; r < n; r++)
      for (guint c = 0; c < n; c++) {
        gint8 sign = part[r % half * half + c % half];
        signs[r * n + c] = r >= half && c >= half ? -sign : sign;
      }
  }
}

static gboolean
count (const SfDesignSpec *spec, guint64 *points, GError **error)
{
  if (spec->n_factors > SF_DESIGN_PB_FACTORS_MAX)
    return sf_design_refuse (error,
                             _ ("%u factors are too many for a Plackett-Burman "
                                "design: at most %u"),
                             spec->n_factors, SF_DESIGN_PB_FACTORS_MAX);
  *points = find_size (spec->n_factors) * (spec->is_folded ? 2 : 1);
  return TRUE;
}

static gpointer
build (const SfDesignSpec *spec)
{
  Hadamard *hadamard = g_new (Hadamard, 1);
  hadamard->n = find_size (spec->n_factors);
  hadamard->signs = g_new (gint8, (gsize)hadamard->n * hadamard->n);
  fill (hadamard->signs, hadamard->n);
  return hadamard;
}

static void
free_hadamard (gpointer state)
{
  Hadamard *hadamard = state;
  g_free (hadamard->signs);
  g_free (hadamard);
}

static void
row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  const Hadamard *hadamard = state;
  guint n = hadamard->n;
  int side = i < n ? 1 : -1; /* the second half is the mirror image */
  const gint8 *signs = hadamard->signs + i % n * n + 1;
  for (guint j = 0; j < spec->n_factors; j++)
    u[j] = SF_DESIGN_LEVEL (side * signs[j]);
}

const SfDesignType sf_design_plackett_burman = {
  .word = "plackett_burman",
  .is_levelled = TRUE,
  .count = count,
  .build = build,
  .free = free_hadamard,
  .row = row,
};
