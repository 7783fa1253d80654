/* test-design-sequences.c - Sobol and Halton, plain and scrambled. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/design/sobol.h"
#include "tests/unit/design-fixture.h"

#include <math.h>

#include <gsl/gsl_qrng.h>

#define N_DIMENSIONS SF_SOBOL_DIMENSIONS_MAX

/* As printed by Joe and Kuo's sobol.cc. */
static void
test_sobol_begins_as_published (void)
{
  static const double expected[4][4] = {
    { 0, 0, 0, 0 },
    { 0.5, 0.5, 0.5, 0.5 },
    { 0.75, 0.25, 0.25, 0.25 },
    { 0.25, 0.75, 0.75, 0.75 },
  };
  SfDesignSpec spec
      = { .kind = SF_DESIGN_SOBOL, .n_factors = 4, .points_count = 4 };
  guint n;
  g_autofree double *rows = make_rows (&spec, &n);
  g_assert_cmpuint (n, ==, 4);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpfloat (rows[i], ==, expected[i / 4][i % 4]);
}

/* Sum of value * 2^20 * weight modulo 2^64 of 1024 rows, all dimensions. The
 * weights are mixed: errors of a sequence are Walsh functions, and those have
 * no sum with weights that rise evenly. */
static guint64
checksum (const SfSobolSequence *sobol, guint first)
{
  guint64 sum = 0;
  for (guint i = 0; i < 1024; i++)
    for (guint d = 0; d < N_DIMENSIONS; d++) {
      guint64 weight = (guint64)i * N_DIMENSIONS + d + 1;
      double scaled = sf_sobol_sequence_value (sobol, first + i, d) * (1 << 20);
      g_assert_cmpfloat (scaled, ==, floor (scaled));
      weight *= G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
      weight ^= weight >> 29;
      sum += (guint64)scaled * (weight * weight);
    }
  return sum;
}

/* scipy 1.10.1: q = qmc.Sobol (1111, scramble=False), q.fast_forward (first) for
 * 0 and 1000000, q.random (1024) * 2**20, and the sum in numpy.uint64; for the
 * last test qmc.Sobol (8, scramble=False) at point 999999. All numbers of all
 * dimensions have a part in points from 2^13 on. */
static void
test_sobol_agrees_with_scipy (void)
{
  static const double expected[8]
      = { 19569, 941471, 384889, 37155, 896765, 645267, 813101, 91337 };
  g_autoptr (SfSobolSequence) sobol
      = sf_sobol_sequence_new (N_DIMENSIONS, FALSE, 0);
  g_assert_cmphex (checksum (sobol, 0), ==, 0x7f5f355a40dae400);
  g_assert_cmphex (checksum (sobol, 1000000), ==, 0x66b98b4fee652795);
  g_assert_cmpfloat (sf_sobol_sequence_value (sobol, 100, 99), ==, 0.8828125);
  g_assert_cmpfloat (sf_sobol_sequence_value (sobol, 1000, 1110), ==,
                     0.3701171875);
  for (guint d = 0; d < 8; d++)
    g_assert_cmpfloat (sf_sobol_sequence_value (sobol, 999999, d) * (1 << 20),
                       ==, expected[d]);
}

/* GSL has other direction numbers, but there is only one first dimension. Its
 * first point is our second. */
static void
test_sobol_agrees_with_gsl_in_one_dimension (void)
{
  g_autoptr (SfSobolSequence) sobol = sf_sobol_sequence_new (1, FALSE, 0);
  gsl_qrng *gsl = gsl_qrng_alloc (gsl_qrng_sobol, 1);
  for (guint i = 1; i < 5000; i++) {
    double x;
    gsl_qrng_get (gsl, &x);
    g_assert_cmpfloat (sf_sobol_sequence_value (sobol, i, 0), ==, x);
  }
  gsl_qrng_free (gsl);
}

static void
test_scrambled_sobol_stays_stratified (void)
{
  g_autoptr (SfSobolSequence) sobol
      = sf_sobol_sequence_new (N_DIMENSIONS, TRUE, 5);
  double u[1024];
  for (guint d = 0; d < N_DIMENSIONS; d += d < 40 ? 1 : 17) {
    for (guint i = 0; i < 1024; i++) {
      u[i] = sf_sobol_sequence_value (sobol, i, d);
      g_assert_cmpfloat (u[i], >, 0);
      g_assert_cmpfloat (u[i], <, 1);
    }
    for (guint n = 1; n <= 1024; n *= 2)
      g_assert_true (is_stratified (u, 1, n));
    /* Also a later stretch of the sequence. */
    g_assert_true (is_stratified (u + 512, 1, 512));
  }
}

/* Every box of 2^-a x 2^(a-m) has one of 2^m points: a (0, m, 2)-net. */
static void
assert_is_net (const double *rows, guint m)
{
  guint n = 1u << m;
  for (guint a = 0; a <= m; a++) {
    g_autofree guint8 *is_taken = g_malloc0 (n);
    for (guint i = 0; i < n; i++) {
      guint x = (guint)(rows[2 * i] * (1u << a));
      guint y = (guint)(rows[2 * i + 1] * (1u << (m - a)));
      guint8 *box = &is_taken[x << (m - a) | y];
      g_assert_cmpuint (*box, ==, 0);
      *box = 1;
    }
  }
}

static void
test_two_dimensions_are_a_net (void)
{
  for (guint seed = 0; seed < 5; seed++) {
    SfDesignSpec spec = { .kind = SF_DESIGN_SOBOL,
                          .n_factors = 2,
                          .points_count = 1024,
                          .seed = seed,
                          .is_scrambled = seed > 0 };
    guint n;
    g_autofree double *rows = make_rows (&spec, &n);
    for (guint m = 0; m <= 10; m++)
      assert_is_net (rows, m);
  }
}

/* A digital shift would flip the second digits of points 0 and 1 together; in
 * nested scrambling their coins differ, since their first digits do. */
static void
test_scrambling_is_nested (void)
{
  guint n_equal = 0, n = 4000;
  double sum = 0;
  for (guint seed = 0; seed < n; seed++) {
    g_autoptr (SfSobolSequence) sobol = sf_sobol_sequence_new (1, TRUE, seed);
    double a = sf_sobol_sequence_value (sobol, 0, 0),
           b = sf_sobol_sequence_value (sobol, 1, 0);
    g_assert_true ((a < 0.5) != (b < 0.5));
    n_equal += ((guint)(a * 4) & 1) == ((guint)(b * 4) & 1);
    sum += a;
  }
  /* 5 standard errors of a count of coins and of a mean of uniforms */
  g_assert_cmpfloat (fabs (n_equal - n / 2.0), <, 5 * sqrt (n / 4.0));
  g_assert_cmpfloat (fabs (sum / n - 0.5), <, 5 * sqrt (1.0 / 12 / n));
}

/* All digits are random, also those below the 32 of the sequence, and no two
 * dimensions are alike. */
static void
test_every_digit_is_scrambled (void)
{
  enum { N = 2000 };
  guint counts[52] = { 0 };
  for (guint seed = 0; seed < N; seed++) {
    g_autoptr (SfSobolSequence) sobol = sf_sobol_sequence_new (2, TRUE, seed);
    double u = sf_sobol_sequence_value (sobol, 12345, 1);
    guint64 digits = (guint64)(u * 0x1p52);
    g_assert_cmpfloat (u, ==, (double)digits * 0x1p-52 + 0x1p-53);
    g_assert_cmpfloat (u, !=, sf_sobol_sequence_value (sobol, 12345, 0));
    for (guint b = 0; b < 52; b++)
      counts[b] += digits >> b & 1;
  }
  for (guint b = 0; b < 52; b++)
    g_assert_cmpfloat (fabs (counts[b] - N / 2.0), <, 5 * sqrt (N / 4.0));
}

/* The mean of a smooth function over 256 points: its error over 40 scramblings
 * is far below the 1 / sqrt (256) of plain Monte Carlo. */
static double
squared_error (SfDesignKind kind)
{
  double sum = 0;
  for (guint seed = 0; seed < 40; seed++) {
    SfDesignSpec spec = { .kind = kind,
                          .n_factors = 4,
                          .points_count = 256,
                          .seed = seed,
                          .is_scrambled = TRUE };
    guint n;
    double mean = 0;
    g_autofree double *rows = make_rows (&spec, &n);
    for (guint i = 0; i < n; i++) {
      double product = 1;
      for (guint j = 0; j < 4; j++)
        product *= 0.5 + rows[4 * i + j];
      mean += product / n;
    }
    sum += (mean - 1) * (mean - 1);
  }
  return sum / 40;
}

static void
test_scrambled_sequences_integrate_better (void)
{
  double plain = squared_error (SF_DESIGN_RANDOM);
  g_assert_cmpfloat (squared_error (SF_DESIGN_SOBOL), <, plain / 300);
  g_assert_cmpfloat (squared_error (SF_DESIGN_HALTON), <, plain / 50);
}

/* GSL's first point is our second; it adds up rounded digits, we divide once.
 * scipy 1.10.1: qmc.Halton (10, scramble=False).random (1001)[1000]. */
static void
test_halton_agrees_with_gsl_and_scipy (void)
{
  static const double scipy[10]
      = { 0.0927734375,       0.3475080018289895, 0.00512,
          0.9162848812994586, 0.9316303531179565, 0.9904415111515704,
          0.8483614899246896, 0.6706516984983233, 0.5161502424591108,
          0.4887449259912255 };
  enum { K = SF_DESIGN_HALTON_FACTORS_MAX };
  SfDesignSpec spec
      = { .kind = SF_DESIGN_HALTON, .n_factors = K, .points_count = 1001 };
  guint n;
  double x[K];
  g_autofree double *rows = make_rows (&spec, &n);
  gsl_qrng *gsl = gsl_qrng_alloc (gsl_qrng_halton, K);
  for (guint i = 1; i < n; i++) {
    gsl_qrng_get (gsl, x);
    for (guint j = 0; j < K; j++)
      g_assert_cmpfloat_with_epsilon (rows[i * K + j], x[j], 1e-14);
  }
  gsl_qrng_free (gsl);
  for (guint j = 0; j < 10; j++)
    g_assert_cmpfloat_with_epsilon (rows[1000 * K + j], scipy[j], 1e-15);
  for (guint j = 0; j < K; j++)
    g_assert_cmpfloat (rows[j], ==, 0);
}

static void
test_scrambled_halton_stays_stratified (void)
{
  static const guint bases[6] = { 2, 3, 5, 7, 11, 13 };
  SfDesignSpec spec = { .kind = SF_DESIGN_HALTON,
                        .n_factors = 6,
                        .points_count = 2197,
                        .seed = 9,
                        .is_scrambled = TRUE };
  guint n;
  g_autofree double *rows = make_rows (&spec, &n);
  for (guint i = 0; i < n * 6; i++)
    g_assert_true (rows[i] > 0 && rows[i] < 1);
  for (guint j = 0; j < 6; j++)
    for (guint size = bases[j]; size <= n; size *= bases[j])
      g_assert_true (is_stratified (rows + j, 6, size));
}

/* Unscrambled, the first points of two large primes lie on a line. */
static void
test_scrambling_breaks_the_lines_of_halton (void)
{
  enum { K = 40, N = 150 };
  SfDesignSpec spec = {
    .kind = SF_DESIGN_HALTON, .n_factors = K, .points_count = N, .seed = 1
  };
  for (guint scrambled = 0; scrambled < 2; scrambled++) {
    guint n;
    spec.is_scrambled = scrambled;
    g_autofree double *rows = make_rows (&spec, &n);
    double xy = 0, xx = 0, yy = 0;
    for (guint i = 0; i < N; i++) {
      double x = rows[i * K + K - 2] - 0.5, y = rows[i * K + K - 1] - 0.5;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
    double correlation = xy / sqrt (xx * yy);
    if (scrambled)
      g_assert_cmpfloat (fabs (correlation), <, 0.4);
    else
      g_assert_cmpfloat (correlation, >, 0.9);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define T(path, f) g_test_add_func ("/design/" path, f)
  T ("sobol/begins-as-published", test_sobol_begins_as_published);
  T ("sobol/agrees-with-scipy", test_sobol_agrees_with_scipy);
  T ("sobol/agrees-with-gsl-in-one-dimension",
     test_sobol_agrees_with_gsl_in_one_dimension);
  T ("sobol/scrambled-stays-stratified", test_scrambled_sobol_stays_stratified);
  T ("sobol/two-dimensions-are-a-net", test_two_dimensions_are_a_net);
  T ("sobol/scrambling-is-nested", test_scrambling_is_nested);
  T ("sobol/every-digit-is-scrambled", test_every_digit_is_scrambled);
  T ("sequences/scrambled-integrate-better",
     test_scrambled_sequences_integrate_better);
  T ("halton/agrees-with-gsl-and-scipy", test_halton_agrees_with_gsl_and_scipy);
  T ("halton/scrambled-stays-stratified",
     test_scrambled_halton_stays_stratified);
  T ("halton/scrambling-breaks-the-lines",
     test_scrambling_breaks_the_lines_of_halton);
#undef T
  return g_test_run ();
}
