/* test-fit-runs.c - priors of a fit, and which numbers it varies. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/fit-runs.h"

#include <math.h>
#include <string.h>

/* Numbers as a scenario would hold them; one of each kind. */
static SfAssumption numbers[] = {
  { .pointer = "/assumptions/u", .dist = SF_DIST_UNIFORM, .p = { 2, 5 } },
  { .pointer = "/assumptions/t", .dist = SF_DIST_TRIANGULAR, .p = { 1, 2, 6 } },
  { .pointer = "/models/a/n", .dist = SF_DIST_NORMAL, .p = { 3, 2 } },
  { .pointer = "/models/a/l", .dist = SF_DIST_LOGNORMAL, .p = { 2, 0.7 } },
  { .pointer = "/models/ab/b", .dist = SF_DIST_BETA, .p = { 1, 3, 2, 5 } },
  { .pointer = "/links/x/t", .dist = SF_DIST_TRIANGULAR, .p = { 4, 4, 6 } },
  { .pointer = "/links/x/km", .dist = SF_DIST_NONE, .value = 7 },
  { .pointer = "/links/y/km", .dist = SF_DIST_NONE, .value = 3 },
};
#define N G_N_ELEMENTS (numbers)

static SfScenario
make_scenario (double min, double max)
{
  for (guint i = 0; i < N; i++) {
    numbers[i].named = -1;
    numbers[i].column = -1;
    numbers[i].fixed = NAN;
    numbers[i].factor = 1;
    numbers[i].min = min;
    numbers[i].max = max;
  }
  numbers[N - 1].named = 0; /* takes a named assumption */
  return (SfScenario){ .path = "made.json",
                       .n_assumptions = N,
                       .assumptions = numbers };
}

/* As many draws of a run lie below the value of a quantile as should. */
static void
test_values_are_quantiles_of_what_is_drawn (void)
{
  enum { DRAWS = 4000 };
  static const double quantiles[] = { 0.01, 0.1, 0.3, 0.5, 0.8, 0.99 };
  SfScenario s = make_scenario (-1e12, 1e12);
  double places[N];
  guint below[N][G_N_ELEMENTS (quantiles)] = { 0 };
  for (guint i = 0; i < N; i++)
    numbers[i].target = &places[i];
  for (gint r = 0; r < DRAWS; r++) {
    sf_scenario_draw (&s, 1, r);
    for (guint i = 0; i < N; i++)
      for (guint q = 0; q < G_N_ELEMENTS (quantiles); q++)
        below[i][q] += places[i] < sf_fit_value (&numbers[i], quantiles[q]);
  }
  for (guint i = 0; numbers[i].dist != SF_DIST_NONE; i++)
    for (guint q = 0; q < G_N_ELEMENTS (quantiles); q++) {
      double p = quantiles[q];
      g_assert_cmpfloat_with_epsilon (below[i][q] / (double)DRAWS, p,
                                      5 * sqrt (p * (1 - p) / (double)DRAWS));
    }
  for (guint i = 0; i < N; i++)
    numbers[i].target = NULL;
}

static void
test_values_keep_to_the_range (void)
{
  make_scenario (2.5, 3.25);
  for (guint i = 0; numbers[i].dist != SF_DIST_NONE; i++) {
    g_assert_cmpfloat (sf_fit_value (&numbers[i], 1e-9), >=, 2.5);
    g_assert_cmpfloat (sf_fit_value (&numbers[i], 1 - 1e-9), <=, 3.25);
  }
  make_scenario (0, 10);
  SfAssumption whole = numbers[0];
  whole.is_whole = TRUE;
  g_assert_cmpfloat (sf_fit_value (&whole, 0.5), ==, 4); /* 3.5 */
  g_assert_cmpfloat (sf_fit_value (&numbers[0], 0.5), ==, 3.5);
}

static guint
n_found (const char *const *vary)
{
  SfScenario s = make_scenario (0, 10);
  GError *error = NULL;
  g_autoptr (GArray) found = sf_fit_numbers (&s, vary, &error);
  g_assert_no_error (error);
  return found->len;
}

static void
test_numbers_are_found_by_what_stands_above (void)
{
  g_assert_cmpuint (n_found (NULL), ==, 6);
  g_assert_cmpuint (n_found ((const char *const[]){ "/models", NULL }), ==, 3);
  /* Not /models/ab. */
  g_assert_cmpuint (n_found ((const char *const[]){ "/models/a", NULL }), ==,
                    2);
  g_assert_cmpuint (n_found ((const char *const[]){ "/models/a/", NULL }), ==,
                    2);
  g_assert_cmpuint (n_found ((const char *const[]){ "/models/a/n", "/models",
                                                    "/links/x", NULL }),
                    ==, 4);
}

static void
assert_refused (const char *vary, const char *why)
{
  SfScenario s = make_scenario (0, 10);
  s.numbers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < N; i++)
    g_hash_table_insert (s.numbers, numbers[i].pointer,
                         GINT_TO_POINTER ((gint)i + 1));
  g_autoptr (GError) error = NULL;
  const char *const list[] = { "/models", vary, NULL };
  g_assert_null (sf_fit_numbers (&s, list, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_assert_nonnull (strstr (error->message, why));
  g_hash_table_unref (s.numbers);
}

static void
test_what_cannot_be_varied_is_refused (void)
{
  assert_refused ("/links/x/km", "no distribution");
  assert_refused ("/links/y/km", "vary /assumptions/u");
  assert_refused ("/models/a/m", "did you mean \"/models/a/n\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(NAME, TEST) g_test_add_func ("/fit-runs/" NAME, TEST)
  ADD ("values-are-quantiles-of-what-is-drawn",
       test_values_are_quantiles_of_what_is_drawn);
  ADD ("values-keep-to-the-range", test_values_keep_to_the_range);
  ADD ("numbers-are-found-by-what-stands-above",
       test_numbers_are_found_by_what_stands_above);
  ADD ("what-cannot-be-varied-is-refused",
       test_what_cannot_be_varied_is_refused);
#undef ADD
  return g_test_run ();
}
