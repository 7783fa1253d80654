/* random.c - named streams of random numbers. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fourth word of the counter is 0 in streams and 1 + (number of the draw)
 * in the substream of that draw, so no two of them ever share a block.
 */
#include "sim/base/random.h"

#include <Random123/philox.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

/* Up to this mean a count is searched for from 0; above, from a guess, which
 * needs one incomplete beta or gamma function. Where the two cost the same. */
#define SEARCH_MEAN 200.0

/* More than a probability can be off by rounding. */
#define ROUNDING 1e-12

G_STATIC_ASSERT (sizeof (SfStream) == 88);
G_STATIC_ASSERT (sizeof (unsigned long) == sizeof (guint64));

/* FNV-1a of Fowler, Noll and Vo. */
guint64
sf_stream_hash (const char *name)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  g_return_val_if_fail (name != NULL, 0);

  for (const char *c = name; *c != '\0'; c++) {
    hash ^= (guchar)*c;
    hash *= G_GUINT64_CONSTANT (0x100000001b3);
  }
  return hash;
}

void
sf_stream_init_hashed (SfStream *stream, guint64 seed, guint64 name_hash,
                       guint64 replication, guint64 entity)
{
  g_return_if_fail (stream != NULL);

  *stream = (SfStream){
    .key = { seed, name_hash },
    .counter = { 0, replication, entity, 0 },
    .used = 4,
  };
}

void
sf_stream_init (SfStream *stream, guint64 seed, const char *name,
                guint64 replication, guint64 entity)
{
  g_return_if_fail (stream != NULL && name != NULL);

  sf_stream_init_hashed (stream, seed, sf_stream_hash (name), replication,
                         entity);
}

/* Number by number, since copies of whole arrays stay in memory. */
static void
refill (SfStream *stream)
{
  const guint64 *n = stream->counter;
  philox4x64_ctr_t counter = { { n[0], n[1], n[2], n[3] } };
  philox4x64_key_t key = { { stream->key[0], stream->key[1] } };

  counter = philox4x64_R (10, counter, key);
  for (guint i = 0; i < 4; i++)
    stream->buffer[i] = counter.v[i];
  stream->counter[0]++;
  stream->used = 0;
  stream->has_units = FALSE;
}

/* Passes over a draw that nobody looks at. A block is not computed before one of
 * it is looked at: used is then 4 + the number passed over. */
static inline void
skip (SfStream *stream)
{
  if (++stream->used == 8) {
    stream->counter[0]++;
    stream->used = 4;
  }
}

static void
next_block (SfStream *stream)
{
  guint used = stream->used - 4;

  refill (stream);
  stream->used = used;
}

/* The bits of the block, from which exponentials were made. */
static void
same_block (SfStream *stream)
{
  guint used = stream->used;

  stream->counter[0]--;
  refill (stream);
  stream->used = used;
}

static inline guint64
draw (SfStream *stream)
{
  guint64 bits;

  if (G_UNLIKELY (stream->used >= 4))
    next_block (stream);
  else if (G_UNLIKELY (stream->has_units))
    same_block (stream);
  bits = stream->buffer[stream->used++];
  return stream->antithetic ? ~bits : bits;
}

/* The middles of 2^52 equal parts: never 0 or 1, and the complement of the bits
 * gives exactly 1 - u (Random123's u01_open_open_64_53). */
static inline double
uniform_of (guint64 bits)
{
  return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

static inline double
draw_uniform (SfStream *stream)
{
  return uniform_of (draw (stream));
}

static inline double
unit_of (guint64 bits)
{
  return -log (1.0 - uniform_of (bits));
}

/* Four logarithms that do not wait for one another take little longer than one.
 */
static void
make_units (SfStream *stream)
{
  guint64 flip = stream->antithetic ? ~(guint64)0 : 0;

  for (guint i = 0; i < 4; i++)
    stream->units[i] = unit_of (stream->buffer[i] ^ flip);
  stream->has_units = TRUE;
}

/* Minus the logarithm of 1 - u, a unit exponential that rises with u. Who begins
 * a block with one is taken to go on. */
static inline double
draw_exponential (SfStream *stream)
{
  if (G_UNLIKELY (stream->used >= 4))
    next_block (stream);
  if (stream->used == 0)
    make_units (stream);
  if (G_LIKELY (stream->has_units))
    return stream->units[stream->used++];
  return unit_of (draw (stream));
}

void
sf_stream_skip (SfStream *stream, guint n)
{
  g_return_if_fail (stream != NULL);

  while (n-- > 0)
    skip (stream);
}

guint64
sf_stream_u64 (SfStream *stream)
{
  g_return_val_if_fail (stream != NULL, 0);

  return draw (stream);
}

double
sf_stream_uniform (SfStream *stream)
{
  g_return_val_if_fail (stream != NULL, 0.5);

  return draw_uniform (stream);
}

double
sf_stream_exponential (SfStream *stream, double mean)
{
  g_return_val_if_fail (stream != NULL && mean >= 0, 0);

  return mean * draw_exponential (stream);
}

double
sf_stream_uniform_between (SfStream *stream, double a, double b)
{
  g_return_val_if_fail (stream != NULL && a <= b, a);

  return a + (b - a) * draw_uniform (stream);
}

double
sf_stream_triangular (SfStream *stream, double min, double mode, double max)
{
  double u, x;

  g_return_val_if_fail (stream != NULL, mode);
  g_return_val_if_fail (min <= mode && mode <= max, mode);

  u = draw_uniform (stream);
  if (u * (max - min) < mode - min)
    x = min + sqrt (u * (max - min) * (mode - min));
  else
    x = max - sqrt ((1.0 - u) * (max - min) * (max - mode));
  return CLAMP (x, min, max);
}

double
sf_stream_normal (SfStream *stream, double mean, double sd)
{
  g_return_val_if_fail (stream != NULL && sd >= 0, mean);

  return mean + sd * gsl_cdf_ugaussian_Pinv (draw_uniform (stream));
}

double
sf_stream_lognormal (SfStream *stream, double median, double sigma)
{
  g_return_val_if_fail (stream != NULL && median >= 0 && sigma >= 0, median);

  return median * exp (sigma * gsl_cdf_ugaussian_Pinv (draw_uniform (stream)));
}

double
sf_stream_weibull (SfStream *stream, double scale, double shape)
{
  g_return_val_if_fail (stream != NULL && scale >= 0 && shape > 0, scale);

  return scale * pow (draw_exponential (stream), 1.0 / shape);
}

double
sf_stream_pareto (SfStream *stream, double min, double shape)
{
  g_return_val_if_fail (stream != NULL && min >= 0 && shape > 0, min);

  return min * exp (draw_exponential (stream) / shape);
}

gboolean
sf_stream_chance (SfStream *stream, double p)
{
  g_return_val_if_fail (stream != NULL && !isnan (p), FALSE);

  return draw_uniform (stream) < p;
}

guint
sf_stream_index (SfStream *stream, guint n)
{
  guint64 bits, high;

  g_return_val_if_fail (stream != NULL && n >= 1, 0);

  /* The upper half of bits * n, which has 96 bits, in two steps of 64. */
  bits = draw (stream);
  high = (bits >> 32) * n + ((bits & G_MAXUINT32) * n >> 32);
  return (guint)(high >> 32);
}

/* A distribution of counts from 0 to n whose neighbouring probabilities are
 * P(k + 1) / P(k) = odds * (n - k) / (k + 1), or mean / (k + 1) if n has no
 * bound: binomial and Poisson. */
typedef struct {
  double odds; /* p / (1 - p), or the mean */
  double n;    /* or INFINITY */
} Counts;

static inline double
step_ratio (const Counts *counts, double k)
{
  double weight = isinf (counts->n) ? 1.0 : counts->n - k;

  return counts->odds * weight / (k + 1);
}

/* The smallest k with P(X <= k) >= u, from a k nearby: `prob` is P(X = k) and
 * `sum` is P(X <= k). */
static double
search (const Counts *counts, double u, double k, double prob, double sum)
{
  while (sum >= u && k > 0 && sum - prob >= u) {
    sum -= prob;
    prob /= step_ratio (counts, k - 1);
    k--;
  }
  while (sum < u && k < counts->n) {
    prob *= step_ratio (counts, k);
    /* Rounding can leave the whole sum below a u next to 1. */
    if (sum + prob == sum)
      break;
    sum += prob;
    k++;
  }
  return k;
}

/* A first guess at the quantile: the normal one, corrected for skewness by the
 * first term of Cornish and Fisher. */
static double
guess_count (double u, double mean, double sd, double skewness, double max)
{
  double z = gsl_cdf_ugaussian_Pinv (u);
  double k = mean + sd * (z + skewness * (z * z - 1) / 6);

  return CLAMP (floor (k + 0.5), 0, max);
}

/* Binomial for 0 < p <= 1/2. */
static guint
invert_binomial (double u, guint n, double p)
{
  Counts counts = { p / (1 - p), n };
  double mean = n * p, sd, k;

  /* (1 - p)^n is no less than 1 - n p: rare things mostly do not happen, which
   * is known without a logarithm. */
  if (u < 1 - mean - ROUNDING)
    return 0;
  if (mean <= SEARCH_MEAN) {
    double none = exp (n * log1p (-p));

    return (guint)search (&counts, u, 0, none, none);
  }
  sd = sqrt (mean * (1 - p));
  k = guess_count (u, mean, sd, (1 - 2 * p) / sd, n);
  return (guint)search (&counts, u, k, gsl_ran_binomial_pdf ((guint)k, p, n),
                        gsl_cdf_binomial_P ((guint)k, p, n));
}

guint
sf_stream_binomial (SfStream *stream, guint n, double p)
{
  double u;

  g_return_val_if_fail (stream != NULL && !isnan (p), 0);

  if (n == 0 || p <= 0 || p >= 1) {
    skip (stream);
    return p >= 1 ? n : 0;
  }
  u = draw_uniform (stream);
  if (p > 0.5)
    return n - invert_binomial (1 - u, n, 1 - p);
  return invert_binomial (u, n, p);
}

guint
sf_stream_poisson (SfStream *stream, double mean)
{
  Counts counts = { mean, INFINITY };
  double u, k;

  g_return_val_if_fail (stream != NULL && mean >= 0 && mean <= 1e6, 0);

  u = draw_uniform (stream);
  if (mean <= SEARCH_MEAN) {
    double none = exp (-mean);

    return (guint)search (&counts, u, 0, none, none);
  }
  k = guess_count (u, mean, sqrt (mean), 1 / sqrt (mean), 1e9);
  return (guint)search (&counts, u, k, gsl_ran_poisson_pdf ((guint)k, mean),
                        gsl_cdf_poisson_P ((guint)k, mean));
}

/* Takes one draw of `stream` and makes `sub` the substream that belongs to it.
 * The draw is used by its number, not its value: no two substreams can be the
 * same by accident. */
static void
begin_substream (SfStream *sub, SfStream *stream)
{
  draw (stream);
  *sub = *stream;
  sub->counter[3] = (stream->counter[0] - 1) * 4 + stream->used;
  sub->counter[0] = 0;
  sub->used = 4;
}

double
sf_stream_gamma (SfStream *stream, double shape, double scale)
{
  SfStream sub;
  gsl_rng rng;

  g_return_val_if_fail (stream != NULL && shape > 0 && scale >= 0, 0);

  begin_substream (&sub, stream);
  sf_stream_gsl (&rng, &sub);
  return gsl_ran_gamma (&rng, shape, scale);
}

double
sf_stream_beta (SfStream *stream, double a, double b)
{
  SfStream sub;
  gsl_rng rng;

  g_return_val_if_fail (stream != NULL && a > 0 && b > 0, 0.5);

  begin_substream (&sub, stream);
  sf_stream_gsl (&rng, &sub);
  return gsl_ran_beta (&rng, a, b);
}

double
sf_stream_erlang (SfStream *stream, guint k, double mean)
{
  g_return_val_if_fail (stream != NULL && k >= 1 && mean >= 0, 0);

  return sf_stream_gamma (stream, k, mean / k);
}

static void
rng_set (void *state, unsigned long seed)
{
  sf_stream_init (state, seed, "gsl", 0, 0);
}

static unsigned long
rng_get (void *state)
{
  return draw (state);
}

static double
rng_get_double (void *state)
{
  return draw_uniform (state);
}

static const gsl_rng_type rng_type = {
  .name = "sf_philox4x64",
  .max = G_MAXULONG,
  .min = 0,
  .size = sizeof (SfStream),
  .set = rng_set,
  .get = rng_get,
  .get_double = rng_get_double,
};

const gsl_rng_type *
sf_stream_gsl_type (void)
{
  return &rng_type;
}

void
sf_stream_gsl (gsl_rng *rng, SfStream *stream)
{
  g_return_if_fail (rng != NULL && stream != NULL);

  rng->type = &rng_type;
  rng->state = stream;
}
