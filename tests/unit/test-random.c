/* test-random.c - are streams what their names say? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the draws look like as distributions is asked in theory/test-variates.c.
 */
#include "sim/base/random.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#define HEX(digits) G_GUINT64_CONSTANT (0x##digits)

/* From the file kat_vectors of Random123 1.14, lines "philox4x64 10". */
static const struct {
  guint64 counter[4], key[2], expected[4];
} vectors[] = {
  { { 0, 0, 0, 0 },
    { 0, 0 },
    { HEX (16554d9eca36314c), HEX (db20fe9d672d0fdc), HEX (d7e772cee186176b),
      HEX (7e68b68aec7ba23b) } },
  { { G_MAXUINT64, G_MAXUINT64, G_MAXUINT64, G_MAXUINT64 },
    { G_MAXUINT64, G_MAXUINT64 },
    { HEX (87b092c3013fe90b), HEX (438c3c67be8d0224), HEX (9cc7d7c69cd777b6),
      HEX (a09caebf594f0ba0) } },
  { { HEX (243f6a8885a308d3), HEX (13198a2e03707344), HEX (a4093822299f31d0),
      HEX (082efa98ec4e6c89) },
    { HEX (452821e638d01377), HEX (be5466cf34e90c6c) },
    { HEX (a528f45403e61d95), HEX (38c72dbd566e9788), HEX (a5a1610e72fd18b5),
      HEX (57bd43b5e52b7fe6) } },
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    SfStream stream;

    sf_stream_init_hashed (&stream, 0, 0, 0, 0);
    memcpy (stream.key, vectors[i].key, sizeof stream.key);
    memcpy (stream.counter, vectors[i].counter, sizeof stream.counter);
    for (guint j = 0; j < 4; j++)
      g_assert_cmphex (sf_stream_u64 (&stream), ==, vectors[i].expected[j]);
  }
}

/* The same generator, worked out here: the place of each argument in key and
 * counter is a promise, since results are kept with their seeds. */
static void
philox (const guint64 *counter, const guint64 *key, guint64 *out)
{
  guint64 c[4], k[2] = { key[0], key[1] };

  memcpy (c, counter, sizeof c);
  for (guint round = 0; round < 10; round++) {
    __extension__ typedef unsigned __int128 Wide;
    Wide a = (Wide)HEX (d2e7470ee14c6c93) * c[0];
    Wide b = (Wide)HEX (ca5a826395121157) * c[2];
    guint64 next[4] = { (guint64)(b >> 64) ^ c[1] ^ k[0], (guint64)b,
                        (guint64)(a >> 64) ^ c[3] ^ k[1], (guint64)a };

    memcpy (c, next, sizeof c);
    k[0] += HEX (9e3779b97f4a7c15);
    k[1] += HEX (bb67ae8584caa73b);
  }
  memcpy (out, c, sizeof c);
}

static void
test_address (void)
{
  const guint64 key[2] = { 20250903, sf_stream_hash ("ambush/centre") };
  SfStream stream;

  sf_stream_init (&stream, 20250903, "ambush/centre", 17, 4);
  for (guint64 block = 0; block < 100; block++) {
    const guint64 counter[4] = { block, 17, 4, 0 };
    guint64 expected[4];

    philox (counter, key, expected);
    for (guint j = 0; j < 4; j++)
      g_assert_cmphex (sf_stream_u64 (&stream), ==, expected[j]);
  }
}

static void
test_hash (void)
{
  /* The published examples of FNV-1a. */
  g_assert_cmphex (sf_stream_hash (""), ==, HEX (cbf29ce484222325));
  g_assert_cmphex (sf_stream_hash ("a"), ==, HEX (af63dc4c8601ec8c));
  g_assert_cmphex (sf_stream_hash ("foobar"), ==, HEX (85944171f73967e8));
  /* A byte above 127 is not negative. */
  g_assert_cmphex (sf_stream_hash ("\xc3\xa9"), !=, sf_stream_hash ("e"));
  g_assert_cmphex (sf_stream_hash ("\xff"), ==,
                   (HEX (cbf29ce484222325) ^ 0xff) * HEX (100000001b3));
}

/* Streams that differ in one argument share no draw among the first ones. */
static void
test_different (void)
{
  static const struct {
    guint64 seed;
    const char *name;
    guint64 replication, entity;
  } streams[] = {
    { 1, "attack", 0, 0 }, { 2, "attack", 0, 0 }, { 1, "attacks", 0, 0 },
    { 1, "attack", 1, 0 }, { 1, "attack", 0, 1 }, { 0, "attack", 1, 0 },
    { 1, "", 0, 0 },       { 1, "border", 0, 0 }, { 1, "attack", 1, 1 },
    { 1, "attack", 2, 0 }, { 1, "kcatta", 0, 0 }, { 0, "", 0, 0 },
  };
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++) {
    SfStream stream, again;

    sf_stream_init (&stream, streams[i].seed, streams[i].name,
                    streams[i].replication, streams[i].entity);
    again = stream;
    for (guint j = 0; j < 1000; j++) {
      guint64 *bits = g_new (guint64, 1);

      *bits = sf_stream_u64 (&stream);
      g_assert_cmphex (*bits, ==, sf_stream_u64 (&again));
      g_assert_true (g_hash_table_add (seen, bits));
    }
  }
}

/* Draw k of a stream is the same number whatever was drawn before: a block of
 * exponentials gives its bits to who asks for something else, and passes over
 * what is skipped. */
static void
test_kinds_mix (void)
{
  for (guint pattern = 0; pattern < 3 * 3 * 3 * 3 * 3 * 3; pattern++)
    for (guint mirror = 0; mirror < 2; mirror++) {
      SfStream mixed, plain;
      guint kinds = pattern;

      sf_stream_init (&mixed, 7, "mixed", 3, pattern);
      mixed.antithetic = mirror == 1;
      plain = mixed;
      for (guint i = 0; i < 12; i++, kinds = i == 6 ? pattern : kinds / 3) {
        double u = sf_stream_uniform (&plain);

        if (kinds % 3 == 0)
          g_assert_true (sf_stream_exponential (&mixed, 1) == -log (1 - u));
        else if (kinds % 3 == 1)
          g_assert_true (sf_stream_uniform (&mixed) == u);
        else
          sf_stream_skip (&mixed, 1);
      }
      g_assert_cmpuint (sf_stream_u64 (&mixed), ==, sf_stream_u64 (&plain));
    }
}

static void
test_antithetic (void)
{
  SfStream plain, mirror;

  sf_stream_init (&plain, 5, "x", 0, 0);
  mirror = plain;
  mirror.antithetic = TRUE;
  for (guint i = 0; i < 10000; i++) {
    double u = sf_stream_uniform (&plain), v = sf_stream_uniform (&mirror);

    g_assert_true (u + v == 1.0 && v == 1.0 - u);
    g_assert_cmpfloat (u, >, 0);
    g_assert_cmpfloat (u, <, 1);
  }
  for (guint i = 0; i < 10000; i++) {
    double x = sf_stream_normal (&plain, 0, 1);
    double y = sf_stream_normal (&mirror, 0, 1);

    g_assert_cmpfloat_with_epsilon (x, -y, 1e-12 + 1e-9 * fabs (x));
  }
}

/* A stream whose next draw is `bits`. */
static SfStream
rigged (guint64 bits)
{
  SfStream stream;

  sf_stream_init (&stream, 1, "rigged", 0, 0);
  stream.buffer[3] = bits;
  stream.used = 3;
  return stream;
}

/* The least and the greatest uniform, and some between. */
static const guint64 edges[]
    = { 0,    G_MAXUINT64, HEX (8000000000000000), HEX (7fffffffffffffff), 1,
        4095, 4096,        HEX (fffffffffffff000) };

static void
test_edges (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++) {
    SfStream s;
    double u, x;

#define DRAW(call) (s = rigged (edges[i]), call)
    u = DRAW (sf_stream_uniform (&s));
    g_assert_cmpfloat (u, >=, 0x1p-53);
    g_assert_cmpfloat (u, <=, 1 - 0x1p-53);
    x = DRAW (sf_stream_exponential (&s, 1));
    g_assert_true (x > 0 && x < 40);
    g_assert_true (isfinite (DRAW (sf_stream_normal (&s, 0, 1))));
    g_assert_true (DRAW (sf_stream_lognormal (&s, 1, 2)) > 0);
    g_assert_true (isfinite (DRAW (sf_stream_weibull (&s, 1, 0.5))));
    g_assert_true (isfinite (DRAW (sf_stream_pareto (&s, 1, 0.5))));
    g_assert_true (DRAW (sf_stream_pareto (&s, 3, 9)) >= 3);
    x = DRAW (sf_stream_triangular (&s, 1, 1, 4));
    g_assert_true (x >= 1 && x <= 4);
    x = DRAW (sf_stream_triangular (&s, 1, 4, 4));
    g_assert_true (x >= 1 && x <= 4);
    g_assert_cmpuint (DRAW (sf_stream_index (&s, 7)), <, 7);
    g_assert_cmpuint (DRAW (sf_stream_index (&s, G_MAXUINT)), <, G_MAXUINT);
    g_assert_cmpuint (DRAW (sf_stream_index (&s, 1)), ==, 0);
    g_assert_false (DRAW (sf_stream_chance (&s, 0)));
    g_assert_true (DRAW (sf_stream_chance (&s, 1)));
    g_assert_false (DRAW (sf_stream_chance (&s, -1)));
    g_assert_cmpuint (DRAW (sf_stream_binomial (&s, 5, 0.3)), <=, 5);
    g_assert_cmpuint (DRAW (sf_stream_binomial (&s, 5, 0.9)), <=, 5);
    g_assert_cmpuint (DRAW (sf_stream_binomial (&s, 4000000000u, 1e-12)), <, 9);
    g_assert_cmpuint (DRAW (sf_stream_poisson (&s, 40)), <, 120);
    g_assert_cmpuint (DRAW (sf_stream_poisson (&s, 1e6)), <, 1009000);
    g_assert_cmpuint (DRAW (sf_stream_poisson (&s, 1e6)), >, 991000);
  }
}

/* Sums of probabilities may stay below the greatest uniform by rounding; the
 * search has to end all the same. */
static void
test_searches_end (void)
{
  for (guint i = 1; i <= 2500; i++) {
    SfStream s = rigged (G_MAXUINT64);
    double mean = i / 10.0, limit = mean + 12 * sqrt (mean) + 40;

    g_assert_cmpfloat (sf_stream_poisson (&s, mean), <, limit);
    s = rigged (G_MAXUINT64);
    g_assert_cmpfloat (sf_stream_binomial (&s, 1000000, mean / 1e6), <, limit);
  }
}

static void
test_degenerate (void)
{
  SfStream s;

  sf_stream_init (&s, 1, "degenerate", 0, 0);
  for (guint i = 0; i < 100; i++) {
    g_assert_cmpfloat (sf_stream_exponential (&s, 0), ==, 0);
    g_assert_cmpfloat (sf_stream_uniform_between (&s, 3, 3), ==, 3);
    g_assert_cmpfloat (sf_stream_triangular (&s, 2, 2, 2), ==, 2);
    g_assert_cmpfloat (sf_stream_normal (&s, 4, 0), ==, 4);
    g_assert_cmpfloat (sf_stream_lognormal (&s, 4, 0), ==, 4);
    g_assert_cmpfloat (sf_stream_weibull (&s, 0, 2), ==, 0);
    g_assert_cmpfloat (sf_stream_pareto (&s, 0, 2), ==, 0);
    g_assert_cmpfloat (sf_stream_gamma (&s, 2, 0), ==, 0);
    g_assert_cmpfloat (sf_stream_erlang (&s, 3, 0), ==, 0);
    g_assert_cmpuint (sf_stream_binomial (&s, 0, 0.5), ==, 0);
    g_assert_cmpuint (sf_stream_binomial (&s, 9, 0), ==, 0);
    g_assert_cmpuint (sf_stream_binomial (&s, 9, -0.1), ==, 0);
    g_assert_cmpuint (sf_stream_binomial (&s, 9, 1), ==, 9);
    g_assert_cmpuint (sf_stream_binomial (&s, 9, 1.5), ==, 9);
    g_assert_cmpuint (sf_stream_binomial (&s, 9, 1e-320), ==, 0);
    g_assert_cmpuint (sf_stream_poisson (&s, 0), ==, 0);
  }
}

/* How many draws a stream has given. */
static guint64
position (const SfStream *stream)
{
  return stream->counter[0] * 4 + stream->used - 4;
}

static void
test_one_draw_each (void)
{
  SfStream s;
  guint64 n = 0;

  sf_stream_init (&s, 1, "count", 0, 0);
  g_assert_cmpuint (position (&s), ==, 0);
#define COUNT(call)                                                            \
  G_STMT_START                                                                 \
  {                                                                            \
    (void)(call);                                                              \
    g_assert_cmpuint (position (&s), ==, ++n);                                 \
  }                                                                            \
  G_STMT_END
  for (guint i = 0; i < 1000; i++) {
    COUNT (sf_stream_u64 (&s));
    COUNT (sf_stream_uniform (&s));
    COUNT (sf_stream_exponential (&s, 2));
    COUNT (sf_stream_uniform_between (&s, 1, 2));
    COUNT (sf_stream_triangular (&s, 1, 2, 3));
    COUNT (sf_stream_normal (&s, 0, 1));
    COUNT (sf_stream_lognormal (&s, 1, 1));
    COUNT (sf_stream_weibull (&s, 1, 2));
    COUNT (sf_stream_pareto (&s, 1, 2));
    COUNT (sf_stream_chance (&s, 0));
    COUNT (sf_stream_index (&s, 10));
    COUNT (sf_stream_binomial (&s, 10, i % 3 * 0.5));
    COUNT (sf_stream_binomial (&s, 1000, 0.4));
    COUNT (sf_stream_poisson (&s, i));
    COUNT (sf_stream_gamma (&s, 0.1, 1));
    COUNT (sf_stream_beta (&s, 2, 3));
    COUNT (sf_stream_erlang (&s, 4, 1));
  }
}

/* A draw from a substream depends on the place in the stream, and on nothing
 * that was drawn before. */
/* Whatever was drawn before, in the middle of a block or at its end. */
static void
test_skip (void)
{
  for (guint before = 0; before < 9; before++)
    for (guint n = 0; n < 14; n++) {
      SfStream drawn, skipped;

      sf_stream_init (&drawn, 1, "a", 2, 3);
      sf_stream_init (&skipped, 1, "a", 2, 3);
      for (guint i = 0; i < before; i++)
        g_assert_cmpfloat (sf_stream_uniform (&drawn), ==,
                           sf_stream_uniform (&skipped));
      for (guint i = 0; i < n; i++)
        sf_stream_uniform (&drawn);
      sf_stream_skip (&skipped, n);
      for (guint i = 0; i < 6; i++)
        g_assert_cmpfloat (sf_stream_uniform (&drawn), ==,
                           sf_stream_uniform (&skipped));
    }
}

static void
test_substreams (void)
{
  SfStream a, b;
  double before = -1;

  sf_stream_init (&a, 1, "sub", 2, 3);
  b = a;
  for (guint i = 0; i < 1000; i++) {
    double x;

    if (i % 2)
      sf_stream_gamma (&a, 0.5 + i, 1);
    else
      sf_stream_u64 (&a);
    sf_stream_u64 (&b);
    x = sf_stream_gamma (&a, 2, 1);
    g_assert_true (x == sf_stream_gamma (&b, 2, 1));
    g_assert_true (x != before);
    before = x;
  }
  g_assert_cmphex (sf_stream_u64 (&a), ==, sf_stream_u64 (&b));
}

/* Where it begins: nothing of the stream's own draws is in it. */
static void
test_substream_address (void)
{
  SfStream stream, sub;
  gsl_rng rng;

  sf_stream_init (&stream, 1, "sub", 2, 3);
  for (guint64 i = 0; i < 20; i++) {
    sf_stream_init (&sub, 1, "sub", 2, 3);
    sub.counter[3] = 1 + i;
    sf_stream_gsl (&rng, &sub);
    g_assert_true (sf_stream_beta (&stream, 2, 3) == gsl_ran_beta (&rng, 2, 3));
  }
}

static void
test_gsl_view (void)
{
  SfStream stream, same;
  gsl_rng rng;

  sf_stream_init (&stream, 9, "gsl", 0, 0);
  same = stream;
  sf_stream_gsl (&rng, &stream);
  g_assert_cmpstr (gsl_rng_name (&rng), ==, "sf_philox4x64");
  g_assert_cmphex (gsl_rng_max (&rng), ==, G_MAXUINT64);
  g_assert_cmphex (gsl_rng_min (&rng), ==, 0);
  for (guint i = 0; i < 100; i++) {
    g_assert_cmphex (gsl_rng_get (&rng), ==, sf_stream_u64 (&same));
    g_assert_true (gsl_rng_uniform (&rng) == sf_stream_uniform (&same));
  }
  /* The view moves the stream itself. */
  g_assert_cmphex (sf_stream_u64 (&stream), ==, sf_stream_u64 (&same));
}

static void
test_gsl_alloc (void)
{
  gsl_rng *rng = gsl_rng_alloc (sf_stream_gsl_type ());
  gsl_rng *copy;
  SfStream stream;

  gsl_rng_set (rng, 1234);
  sf_stream_init (&stream, 1234, "gsl", 0, 0);
  g_assert_cmphex (gsl_rng_get (rng), ==, sf_stream_u64 (&stream));
  copy = gsl_rng_clone (rng);
  g_assert_true (gsl_ran_gamma (rng, 2, 3) == gsl_ran_gamma (copy, 2, 3));
  gsl_rng_free (rng);
  gsl_rng_free (copy);
}

/* The upper bits of a product, against the plain way. */
static void
test_index (void)
{
  SfStream s, same;

  sf_stream_init (&s, 3, "index", 0, 0);
  same = s;
  for (guint i = 0; i < 10000; i++) {
    __extension__ typedef unsigned __int128 Wide;
    guint n = i % 3 ? 1 + i : G_MAXUINT - i;
    guint64 bits = sf_stream_u64 (&same);

    g_assert_cmpuint (sf_stream_index (&s, n), ==,
                      (guint)((Wide)bits * n >> 64));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/base/random/" name, function)
  ADD ("to-skip-is-to-draw-and-forget", test_skip);
  ADD ("gives-the-published-numbers", test_vectors);
  ADD ("addresses-draws-as-promised", test_address);
  ADD ("hashes-names-as-published", test_hash);
  ADD ("differs-when-one-argument-differs", test_different);
  ADD ("antithetic-is-one-minus-u", test_antithetic);
  ADD ("draws-of-all-kinds-are-in-step", test_kinds_mix);
  ADD ("survives-the-ends-of-the-uniform", test_edges);
  ADD ("ends-the-search-for-the-last-count", test_searches_end);
  ADD ("draws-constants-when-nothing-varies", test_degenerate);
  ADD ("takes-one-draw-for-one-variate", test_one_draw_each);
  ADD ("substream-belongs-to-its-place", test_substreams);
  ADD ("substream-begins-where-it-should", test_substream_address);
  ADD ("gsl-draws-from-the-stream", test_gsl_view);
  ADD ("gsl-can-allocate-one", test_gsl_alloc);
  ADD ("index-is-the-upper-half-of-a-product", test_index);
  return g_test_run ();
}
