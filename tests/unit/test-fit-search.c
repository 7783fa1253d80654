/* test-fit-search.c - the search on functions with a known minimum. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/fit-search.h"

#include <math.h>

#define D 10u
#define N 20u

/* The minimum, near a corner so that mirrored candidates occur. */
static const double target[D]
    = { 0.02, 0.3, 0.9, 0.5, 0.98, 0.1, 0.6, 0.4, 0.7, 0.2 };

/* An ellipsoid with axes from 1 to 100 that lie along no coordinate. */
static double
ellipsoid (const double *x)
{
  double mean = 0, sum = 0;
  for (guint i = 0; i < D; i++)
    mean += (x[i] - target[i]) / D;
  for (guint i = 0; i < D; i++) {
    double y = x[i] - target[i] - 2 * mean; /* a reflection: a rotation */
    double axis = pow (100, i / (D - 1.0));
    sum += axis * axis * y * y;
  }
  return sqrt (sum);
}

static double
shifted (const double *x)
{
  double f = ellipsoid (x);
  return 1e6 + f * f * f; /* the same order */
}

static double
level (const double *x)
{
  (void)x;
  return 1;
}

/* Searches; the last generation is left in places. */
static void
search (double (*f) (const double *x), double noise, guint generations,
        double *places)
{
  g_autoptr (SfFitSearch) s = sf_fit_search_new (D, N);
  double distances[N];
  for (guint g = 0; g < generations; g++) {
    for (guint i = 0; i < N; i++) {
      SfStream stream;
      sf_stream_init (&stream, 3, "search", g, i);
      sf_fit_search_propose (s, &stream, places + i * D);
      distances[i] = f (places + i * D) + sf_stream_normal (&stream, 0, noise);
    }
    sf_fit_search_learn (s, places, distances);
  }
}

static double
worst_of (const double *places)
{
  double worst = 0;
  for (guint i = 0; i < N; i++)
    worst = fmax (worst, ellipsoid (places + i * D));
  return worst;
}

static void
test_an_oblique_ellipsoid_is_found (void)
{
  double places[N * D];
  search (ellipsoid, 0, 5, places);
  g_assert_cmpfloat (worst_of (places), >, 1);
  search (ellipsoid, 0, 400, places);
  g_test_message ("worst %g", worst_of (places));
  g_assert_cmpfloat (worst_of (places), <, 1e-6);
}

static void
test_only_the_order_counts (void)
{
  double one[N * D], other[N * D];
  search (ellipsoid, 0, 60, one);
  search (shifted, 0, 60, other);
  for (guint i = 0; i < N * D; i++)
    g_assert_cmpfloat (one[i], ==, other[i]);
}

static void
test_noise_is_averaged_out (void)
{
  double places[N * D], mean[D] = { 0 };
  search (ellipsoid, 1, 400, places);
  for (guint i = 0; i < N; i++)
    for (guint p = 0; p < D; p++)
      mean[p] += places[i * D + p] / N;
  g_test_message ("mean is off by %g", ellipsoid (mean));
  g_assert_cmpfloat (ellipsoid (mean), <, 1);
}

static void
test_where_all_is_level_it_stays_wide (void)
{
  double places[N * D], least = 1, most = 0;
  search (level, 0, 200, places);
  for (guint i = 0; i < N; i++) {
    g_assert_cmpfloat (places[i * D], >=, 0);
    g_assert_cmpfloat (places[i * D], <=, 1);
    least = fmin (least, places[i * D]);
    most = fmax (most, places[i * D]);
  }
  g_assert_cmpfloat (most - least, >, 0.1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fit-search/an-oblique-ellipsoid-is-found",
                   test_an_oblique_ellipsoid_is_found);
  g_test_add_func ("/fit-search/only-the-order-counts",
                   test_only_the_order_counts);
  g_test_add_func ("/fit-search/noise-is-averaged-out",
                   test_noise_is_averaged_out);
  g_test_add_func ("/fit-search/where-all-is-level-it-stays-wide",
                   test_where_all_is_level_it_stays_wide);
  return g_test_run ();
}
