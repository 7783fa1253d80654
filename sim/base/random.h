/* random.h - named streams of random numbers. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every source of chance draws from a stream of its own, found by name: seed
 * and name are the key, replication and entity are part of the counter of the
 * generator Philox4x64-10 (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", 2011; the code is Random123's). A draw is a function of (seed,
 * name, replication, entity, number of the draw) and of nothing else: a new
 * model shifts nobody's luck, one replication can be run alone, and two
 * scenarios meet the same luck, since the scenario is not in the key. Setting
 * up a stream costs nothing; there is no table of streams and no state that is
 * not in the struct.
 *
 * Variates are drawn by inversion and rise with their uniform: exactly one
 * uniform each, so that streams stay in step between scenarios and antithetic
 * streams mirror each other. Gamma, beta and Erlang, for which inversion is
 * slow, take one draw too, and get all they need from a substream of that draw.
 *
 * Reals can differ in their last bit between processors (log, exp); the engine
 * rounds delays to ticks, which absorbs that. Not for cryptography.
 */
#pragma once

#include <glib.h>
#include <gsl/gsl_rng.h>

/* A stream; 88 bytes by value, a copy continues on its own from the same draw.
 * Only `antithetic` is meant to be set from outside, right after the init. */
typedef struct {
  guint64 key[2];      /* seed, hash of the name */
  guint64 counter[4];  /* next block, replication, entity, 0 or substream */
  union {              /* the last block of draws */
    guint64 buffer[4]; /* as bits */
    double units[4];   /* as exponentials of mean 1 */
  };
  guint used;        /* how many of those are spent: 0 to 4; more: not drawn */
  guint8 antithetic; /* every uniform u is 1 - u instead */
  guint8 has_units;  /* the block is there as exponentials */
} SfStream;

/* The stream of (seed, name, replication, entity) at its first draw. Any values
 * are good, also 0 and neighbours; `name` is compared byte by byte. Entity: the
 * id of what draws (a link, a truck), or 0. */
void sf_stream_init (SfStream *stream, guint64 seed, const char *name,
                     guint64 replication, guint64 entity);

/* The hash that stands for a name: FNV-1a, 64 bits. The same everywhere. */
guint64 sf_stream_hash (const char *name);

/* sf_stream_init() with the name hashed before, for the event loop. */
void sf_stream_init_hashed (SfStream *stream, guint64 seed, guint64 name_hash,
                            guint64 replication, guint64 entity);

/* 64 random bits. Period 2^66; streams do not overlap. */
guint64 sf_stream_u64 (SfStream *stream);

/* A real strictly between 0 and 1: an odd multiple of 2^-53, so that 1 - u is
 * exact and of the same kind. */
double sf_stream_uniform (SfStream *stream);

/* Passes over n uniforms that nobody needs, so that the stream stays in step;
 * nearly free. */
void sf_stream_skip (SfStream *stream, guint n);

/* By inversion, one uniform each. Units are the caller's: results have the unit
 * of mean, median, scale, min ... */

/* Mean >= 0; 0 gives 0. */
double sf_stream_exponential (SfStream *stream, double mean);
/* Between a and b, a <= b; a when they are equal. */
double sf_stream_uniform_between (SfStream *stream, double a, double b);
/* min <= mode <= max. */
double sf_stream_triangular (SfStream *stream, double min, double mode,
                             double max);
/* Standard deviation sd >= 0. */
double sf_stream_normal (SfStream *stream, double mean, double sd);
/* median >= 0; sigma >= 0, the standard deviation of the logarithm. The mean is
 * median * exp (sigma^2 / 2). */
double sf_stream_lognormal (SfStream *stream, double median, double sigma);
/* scale >= 0, shape > 0; shape 1 is the exponential of mean scale. */
double sf_stream_weibull (SfStream *stream, double scale, double shape);
/* At least min (>= 0); P(X > x) = (min / x)^shape with shape > 0. The mean is
 * infinite for shape <= 1. */
double sf_stream_pareto (SfStream *stream, double min, double shape);
/* TRUE with probability p; p <= 0 never, p >= 1 always. Draws in any case. */
gboolean sf_stream_chance (SfStream *stream, double p);
/* A place from 0 to n - 1, n >= 1; no place is likelier than another by more
 * than n / 2^64. */
guint sf_stream_index (SfStream *stream, guint n);
/* Successes among n trials of probability p; p <= 0 gives 0, p >= 1 gives n.
 * The smallest k with P(X <= k) >= u, where rounding may move u by 1e-13. Cost:
 * 40 ns, and 2 ns more for each unit of n p up to 200; beyond, 1 to 4 us. */
guint sf_stream_binomial (SfStream *stream, guint n, double p);
/* A count of the given mean, 0 to 1e6. As above. */
guint sf_stream_poisson (SfStream *stream, double mean);

/* By rejection from a substream; one draw of `stream` each. They do not rise
 * with a uniform, so antithetic streams mirror them only in part. */

/* shape > 0, scale >= 0; the mean is shape * scale. */
double sf_stream_gamma (SfStream *stream, double shape, double scale);
/* Between 0 and 1; a > 0, b > 0; the mean is a / (a + b). */
double sf_stream_beta (SfStream *stream, double a, double b);
/* The sum of k >= 1 exponentials, of mean `mean` (>= 0) together. */
double sf_stream_erlang (SfStream *stream, guint k, double mean);

/* The kind of generator that lets GSL draw from a stream: all 64 bits, name
 * "sf_philox4x64". gsl_rng_alloc() with it gives the stream of seed gsl_rng_set
 * and name "gsl". Borrowed, constant. */
const gsl_rng_type *sf_stream_gsl_type (void);

/* Makes `rng`, the caller's own struct, a view of `stream`: GSL draws from it
 * and moves it on. Nothing is allocated: do not call gsl_rng_free(). Valid as
 * long as `stream` stays where it is. */
void sf_stream_gsl (gsl_rng *rng, SfStream *stream);
