/* sobol.c - the Sobol sequence, point by point. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/design/sobol.h"

#include "sim/base/random.h"

#define N_BITS 32
#define N_TREE_BITS 8 /* digits whose coins come from one block */
#define N_TREES (N_BITS / N_TREE_BITS)
#define N_LOW_BITS 20 /* random digits below */

static const guint16 numbers[] = {
#include "sim/design/sobol-numbers.inc"
};

struct SfSobolSequence {
  guint n;
  gboolean is_scrambled;
  guint64 seed, name_hash;
  guint32 directions[][N_BITS];
};

/* One dimension from its line of numbers: degree, coefficients, m_1 ... */
static void
fill_directions (guint32 *v, const guint16 *line)
{
  guint degree = line[0], coefficients = line[1];
  for (guint k = 0; k < N_BITS; k++) {
    if (k < degree) {
      v[k] = (guint32)line[2 + k] << (N_BITS - 1 - k);
      continue;
    }
    v[k] = v[k - degree] ^ (v[k - degree] >> degree);
    for (guint j = 1; j < degree; j++)
      if (coefficients >> (degree - 1 - j) & 1)
        v[k] ^= v[k - j];
  }
}

SfSobolSequence *
sf_sobol_sequence_new (guint n, gboolean is_scrambled, guint64 seed)
{
  g_return_val_if_fail (n > 0 && n <= SF_SOBOL_DIMENSIONS_MAX, NULL);
  SfSobolSequence *sobol
      = g_malloc (sizeof *sobol + n * sizeof *sobol->directions);
  sobol->n = n;
  sobol->is_scrambled = is_scrambled;
  sobol->seed = seed;
  sobol->name_hash = sf_stream_hash ("design/sobol");
  /* The first dimension has no polynomial: van der Corput's sequence. */
  for (guint k = 0; k < N_BITS; k++)
    sobol->directions[0][k] = 1u << (N_BITS - 1 - k);
  const guint16 *line = numbers;
  for (guint d = 1; d < n; d++) {
    fill_directions (sobol->directions[d], line);
    line += 2 + line[0];
  }
  return sobol;
}

void
sf_sobol_sequence_free (SfSobolSequence *sobol)
{
  g_free (sobol);
}

/* The stream of the tree below `prefix`, at digit tree * N_TREE_BITS. */
static void
init_tree (SfStream *stream, const SfSobolSequence *sobol, guint dimension,
           guint tree, guint64 prefix)
{
  sf_stream_init_hashed (stream, sobol->seed, sobol->name_hash,
                         (guint64)tree << N_BITS | prefix, dimension);
}

/* Eight digits with each flipped by the coin of its node: node 1 is the root,
 * and the children of node m are 2 m and 2 m + 1. */
static guint32
scramble_digits (SfStream *stream, guint32 digits)
{
  guint64 coins[4];
  guint32 out = 0, node = 1;
  for (guint w = 0; w < 4; w++)
    coins[w] = sf_stream_u64 (stream);
  for (guint b = N_TREE_BITS; b-- > 0;) {
    guint32 digit = digits >> b & 1;
    out = out << 1 | (digit ^ (guint32)(coins[node / 64] >> node % 64 & 1));
    node = node << 1 | digit;
  }
  return out;
}

static double
scramble (const SfSobolSequence *sobol, guint dimension, guint32 x)
{
  SfStream stream;
  guint64 out = 0;
  for (guint t = 0; t < N_TREES; t++) {
    guint shift = N_BITS - (t + 1) * N_TREE_BITS;
    guint64 prefix = (guint64)x >> shift >> N_TREE_BITS;
    init_tree (&stream, sobol, dimension, t, prefix);
    out = out << N_TREE_BITS | scramble_digits (&stream, x >> shift & 0xff);
  }
  init_tree (&stream, sobol, dimension, N_TREES, x);
  out = out << N_LOW_BITS | sf_stream_u64 (&stream) >> (64 - N_LOW_BITS);
  return ((double)out + 0.5) / (double)(1ull << (N_BITS + N_LOW_BITS));
}

double
sf_sobol_sequence_value (const SfSobolSequence *sobol, guint64 i,
                         guint dimension)
{
  g_return_val_if_fail (dimension < sobol->n && i >> N_BITS == 0, 0);
  const guint32 *v = sobol->directions[dimension];
  guint32 x = 0;
  for (guint64 gray = i ^ i >> 1; gray != 0; gray &= gray - 1)
    x ^= v[__builtin_ctzll (gray)];
  if (sobol->is_scrambled)
    return scramble (sobol, dimension, x);
  return (double)x / (double)(1ull << N_BITS);
}
