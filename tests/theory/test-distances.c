/* test-distances.c - PAWN of Ishigami's function. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The distances have no formula, so they are worked out from a fine grid of
 * the three factors and a fine table of the distribution functions; its error
 * is well below 0.01. A sample of 10 000 rows, 1000 a slice, is at most
 * 1.36 / sqrt (1000) = 0.043 away from that in 95 % of slices, so the median
 * and the mean of ten slices are within 0.03, and the largest within 0.06.
 */
#include "sim/sensitivity/pawn.h"

#include <math.h>

#include "sim/base/random.h"
#include "tests/theory/known-functions.h"

#define GRID 60
#define BINS 4000
#define SLICES 10
#define N 10000
#define K 4 /* the last is not read */

/* y lies between -b and 7 + b with b = 1 + 0.1 pi^4. */
static guint
bin_of (double y)
{
  double b = 1 + 0.1 * pow (G_PI, 4);
  return (guint)fmin (BINS - 1, (y + b) / (7 + 2 * b) * BINS);
}

/* Counts of the bins by slice of each factor. */
static void
fill_bins (guint (*bins)[SLICES][BINS])
{
  for (guint i = 0; i < GRID; i++)
    for (guint j = 0; j < GRID; j++)
      for (guint l = 0; l < GRID; l++) {
        guint place[3] = { i, j, l };
        double u[3];
        for (guint c = 0; c < 3; c++)
          u[c] = (place[c] + 0.5) / GRID;
        guint bin = bin_of (ishigami (u));
        for (guint c = 0; c < 3; c++)
          bins[c][place[c] * SLICES / GRID][bin]++;
      }
}

/* Median, mean and largest distance of one factor. */
static void
summarise (guint (*bins)[BINS], double *known)
{
  double distances[SLICES] = { 0 }, sum = 0;
  double passed[SLICES] = { 0 };
  for (guint b = 0; b < BINS; b++) {
    double all = 0;
    for (guint s = 0; s < SLICES; s++) {
      passed[s] += bins[s][b];
      all += passed[s];
    }
    double size = (double)GRID * GRID * GRID;
    for (guint s = 0; s < SLICES; s++)
      distances[s]
          = fmax (distances[s], fabs (passed[s] * SLICES - all) / size);
  }
  for (guint s = 1; s < SLICES; s++)
    for (guint t = s; t > 0 && distances[t] < distances[t - 1]; t--) {
      double d = distances[t];
      distances[t] = distances[t - 1];
      distances[t - 1] = d;
    }
  for (guint s = 0; s < SLICES; s++)
    sum += distances[s];
  known[SF_PAWN_MEDIAN]
      = (distances[SLICES / 2 - 1] + distances[SLICES / 2]) / 2;
  known[SF_PAWN_MEAN] = sum / SLICES;
  known[SF_PAWN_MAX] = distances[SLICES - 1];
}

static SfPawn *
sample_ishigami (const SfResample *resample)
{
  g_autofree double *x = g_new (double, N *K), *y = g_new (double, N);
  SfStream stream;
  sf_stream_init (&stream, 6, "test", 0, 0);
  for (guint i = 0; i < N; i++) {
    for (guint c = 0; c < K; c++)
      x[i * K + c] = sf_stream_uniform (&stream);
    y[i] = ishigami (x + i * K);
  }
  SfSample sample = { N, K, x, NULL };
  SfPawnOptions options = { SLICES, SF_PAWN_FAILED_DROP };
  return sf_pawn_new (&sample, y, &options, resample);
}

static void
test_distances_are_those_of_a_fine_grid (void)
{
  static const double bounds[SF_PAWN_N] = { 0.03, 0.03, 0.06 };
  g_autofree guint (*bins)[SLICES][BINS] = g_malloc0 (3 * sizeof *bins);
  fill_bins (bins);
  g_autoptr (SfPawn) p = sample_ishigami (&(SfResample){ 1, 0 });
  for (guint c = 0; c < 3; c++) {
    double known[SF_PAWN_N];
    summarise (bins[c], known);
    for (guint s = 0; s < SF_PAWN_N; s++) {
      double found = p->factors[c].distance[s].value;
      g_test_message ("factor %u: %.4f, known %.4f", c, found, known[s]);
      g_assert_cmpfloat (fabs (found - known[s]), <, bounds[s]);
    }
  }
}

/* What a factor does to the whole distribution, not to the variance, sets the
 * order; the fourth factor is one of its dummies. */
static void
test_factors_come_in_order (void)
{
  g_autoptr (SfPawn) p = sample_ishigami (&(SfResample){ 1, 40 });
  const SfPawnFactor *f = p->factors;
  for (guint s = SF_PAWN_MEDIAN; s <= SF_PAWN_MEAN; s++) {
    g_assert_cmpfloat (f[1].distance[s].low, >, f[0].distance[s].high);
    g_assert_cmpfloat (f[0].distance[s].low, >, f[2].distance[s].high);
    g_assert_cmpfloat (f[2].distance[s].low, >, f[2].dummy[s].high);
    g_assert_cmpfloat (f[3].distance[s].value, <, f[3].dummy[s].high);
  }
}

/* 100 samples in which nothing is read: 2.5 % of factors come out above the
 * upper end for dummies; 5 standard errors more are 4.0 %. Values of several
 * factors of one sample are nearly independent. */
static void
test_dummies_are_exceeded_as_rarely_as_they_say (void)
{
  enum { ROWS = 100, FACTORS = 4, TIMES = 100 };
  guint n_above[SF_PAWN_N] = { 0 };
  for (guint t = 0; t < TIMES; t++) {
    double x[ROWS * FACTORS], y[ROWS];
    SfStream stream;
    sf_stream_init (&stream, 8, "test", t, 0);
    for (guint i = 0; i < ROWS * FACTORS; i++)
      x[i] = sf_stream_uniform (&stream);
    for (guint i = 0; i < ROWS; i++)
      y[i] = sf_stream_uniform (&stream);
    SfSample sample = { ROWS, FACTORS, x, NULL };
    SfPawnOptions five = { 5, SF_PAWN_FAILED_DROP };
    g_autoptr (SfPawn) p
        = sf_pawn_new (&sample, y, &five, &(SfResample){ t, 199 });
    for (guint c = 0; c < FACTORS; c++)
      for (guint s = 0; s < SF_PAWN_N; s++)
        n_above[s]
            += p->factors[c].distance[s].value > p->factors[c].dummy[s].high;
  }
  double n = TIMES * FACTORS;
  for (guint s = 0; s < SF_PAWN_N; s++) {
    g_test_message ("%u of %.0f", n_above[s], n);
    g_assert_cmpfloat (n_above[s] / n, <, 0.025 + 5 * sqrt (0.025 * 0.975 / n));
    g_assert_cmpuint (n_above[s], >, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/distances/those-of-a-fine-grid",
                   test_distances_are_those_of_a_fine_grid);
  g_test_add_func ("/distances/factors-come-in-order",
                   test_factors_come_in_order);
  g_test_add_func ("/distances/dummies-are-exceeded-as-rarely-as-they-say",
                   test_dummies_are_exceeded_as_rarely_as_they_say);
  return g_test_run ();
}
