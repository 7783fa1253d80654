/* halton.c - radical inverses in the first primes. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/design/design-private.h"

#include "sim/lang/lang.h"

/* A scrambled value has as many digits as fit 2^52 places. */
#define PLACES_MAX (G_GUINT64_CONSTANT (1) << 52)

typedef struct {
  guint base;
  guint n_digits;
  guint32 *digits; /* by place and digit: what it becomes; NULL unscrambled */
} Inverse;

static gboolean
count (const SfDesignSpec *spec, guint64 *points, GError **error)
{
  if (spec->n_factors > SF_DESIGN_HALTON_FACTORS_MAX)
    return sf_design_refuse (
        error,
        _ ("%u factors are too many for a Halton sequence: "
           "at most %u (sobol does %u)"),
        spec->n_factors, SF_DESIGN_HALTON_FACTORS_MAX,
        SF_DESIGN_SOBOL_FACTORS_MAX);
  return sf_design_count_plain (spec, points, error);
}

static guint
next_prime (guint prime)
{
  for (;;) {
    guint divisor = 2;
    prime++;
    while (divisor * divisor <= prime && prime % divisor != 0)
      divisor++;
    if (divisor * divisor > prime)
      return prime;
  }
}

static void
fill_digits (Inverse *inverse, guint64 seed, guint factor)
{
  inverse->digits = g_new (guint32, (gsize)inverse->n_digits * inverse->base);
  for (guint p = 0; p < inverse->n_digits; p++) {
    guint32 *digits = inverse->digits + (gsize)p * inverse->base;
    SfStream stream;
    sf_stream_init (&stream, seed, "design/halton", p, factor);
    for (guint d = 0; d < inverse->base; d++)
      digits[d] = d;
    sf_design_shuffle (digits, inverse->base, &stream);
  }
}

static gpointer
build (const SfDesignSpec *spec)
{
  Inverse *inverses = g_new0 (Inverse, spec->n_factors + 1);
  guint prime = 1;
  for (guint j = 0; j < spec->n_factors; j++) {
    guint64 places = 1;
    prime = next_prime (prime);
    inverses[j].base = prime;
    for (; places <= PLACES_MAX / prime; places *= prime)
      inverses[j].n_digits++;
    if (spec->is_scrambled)
      fill_digits (&inverses[j], spec->seed, j);
  }
  return inverses;
}

static void
free_inverses (gpointer state)
{
  for (Inverse *inverse = state; inverse->base > 0; inverse++)
    g_free (inverse->digits);
  g_free (state);
}

static void
row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  const Inverse *inverses = state;
  for (guint j = 0; j < spec->n_factors; j++) {
    const Inverse *inverse = &inverses[j];
    const guint32 *digits = inverse->digits;
    guint base = inverse->base;
    guint64 mirrored = 0, places = 1, rest = i;
    for (guint p = 0; p < inverse->n_digits && (rest > 0 || digits); p++) {
      guint digit = (guint)(rest % base);
      rest /= base;
      mirrored = mirrored * base
                 + (digits ? digits[(gsize)p * base + digit] : digit);
      places *= base;
    }
    u[j] = ((double)mirrored + (digits ? 0.5 : 0)) / (double)places;
  }
}

const SfDesignType sf_design_halton = {
  .word = "halton",
  .count = count,
  .build = build,
  .free = free_inverses,
  .row = row,
};
