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

/* Thousands of equal generations of n places of one number, the best two this
 * far from the middle and the others there; then what is proposed is still a
 * number from 0 to 1. */
static void
learn_one_thing (guint n, double best, double second)
{
  SfFitSearch *s = sf_fit_search_new (1, n);
  g_autofree double *places = g_new (double, n);
  g_autofree double *distances = g_new (double, n);
  double place;
  for (guint i = 0; i < n; i++) {
    places[i] = 0.5 + (i == 0 ? best : i == 1 ? second : 0);
    distances[i] = i;
  }
  for (guint g = 0; g < 5000; g++) {
    SfStream stream;
    sf_fit_search_learn (s, places, distances);
    sf_stream_init (&stream, 7, "test", g, 0);
    sf_fit_search_propose (s, &stream, &place);
    g_assert_true (place >= 0 && place <= 1);
  }
  sf_fit_search_free (s);
}

static void
test_one_place_over_and_over_comes_to_an_end (void)
{
  learn_one_thing (8, 0, 0);
  learn_one_thing (64, 0, 0);
}

/* The best two lie so that the mean stays: ever smaller steps are expected, and
 * large ones seen. */
static void
test_a_wide_cloud_that_never_moves_comes_to_an_end (void)
{
  const double first = log (4.5) - log (1), second = log (4.5) - log (2);
  learn_one_thing (8, 0.1, -0.1 * first / second);
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
  g_test_add_func ("/fit-search/one-place-over-and-over-comes-to-an-end",
                   test_one_place_over_and_over_comes_to_an_end);
  g_test_add_func ("/fit-search/a-wide-cloud-that-never-moves-comes-to-an-end",
                   test_a_wide_cloud_that_never_moves_comes_to_an_end);
  return g_test_run ();
}
