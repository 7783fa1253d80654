/* test-fit.c - the sampler on targets that are known. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/fit.h"

#include <math.h>
#include <string.h>

#include "sim/engine/error.h"

/* ---- Targets ------------------------------------------------------------- */

#define TOLERANCE 0.2

/* Two numbers of a correlated normal distribution: the first has mean 0.4 and
 * sd TOLERANCE * sqrt (2) * WIDTH, the second the first's value and as much
 * spread again; a third does not matter. */
#define WIDTH 0.25
#define CENTRE 0.4

static SfFitStep
normal (gpointer data, const guint *lucks, guint n, const double *x,
        double *terms, GError **error)
{
  (void)data;
  (void)lucks;
  (void)error;
  for (guint i = 0; i < n; i++, x += 3, terms += 2) {
    terms[0] = fabs (x[0] - CENTRE) / WIDTH;
    terms[1] = fabs (x[1] - x[0]) / WIDTH;
  }
  return SF_FIT_DONE;
}

/* Something is always missed. */
static SfFitStep
misfit (gpointer data, const guint *lucks, guint n, const double *x,
        double *terms, GError **error)
{
  normal (data, lucks, n, x, terms, error);
  for (guint i = 0; i < n; i++)
    terms[2 * i] = 1.5 + fabs (x[3 * i] - CENTRE);
  return SF_FIT_DONE;
}

/* Many numbers that work together: each term is a sum over all of them. */
#define MANY 40u
#define MANY_TERMS 20u

static SfFitStep
many (gpointer data, const guint *lucks, guint n, const double *x,
      double *terms, GError **error)
{
  (void)data;
  (void)lucks;
  (void)error;
  for (guint i = 0; i < n; i++, x += MANY)
    for (guint t = 0; t < MANY_TERMS; t++) {
      double sum = 0;
      for (guint p = 0; p < MANY; p++)
        sum += sin (1 + 3.7 * t + 5.3 * p * (t + 1)) * (x[p] - 0.3) * 4;
      *terms++ = MAX (fabs (sum) - 1, 0);
    }
  return SF_FIT_DONE;
}

/* Nothing is known: every place is as good as any other. */
static SfFitStep
flat (gpointer data, const guint *lucks, guint n, const double *x,
      double *terms, GError **error)
{
  (void)data;
  (void)lucks;
  (void)x;
  (void)error;
  memset (terms, 0, n * sizeof *terms);
  return SF_FIT_DONE;
}

/* A single number that is found to the last digit. */
static SfFitStep
single (gpointer data, const guint *lucks, guint n, const double *x,
        double *terms, GError **error)
{
  (void)data;
  (void)lucks;
  (void)error;
  for (guint i = 0; i < n; i++)
    terms[i] = fabs (x[i] - CENTRE);
  return SF_FIT_DONE;
}

/* Refuses after so many candidates. */
static SfFitStep
break_down (gpointer data, const guint *lucks, guint n, const double *x,
            double *terms, GError **error)
{
  guint *left = data;
  normal (NULL, lucks, n, x, terms, NULL);
  if (*left >= n) {
    *left -= n;
    return SF_FIT_DONE;
  }
  g_set_error_literal (error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER, "no worker");
  return SF_FIT_FAILED;
}

static SfFit *
new_fit (guint n_parameters, guint n_terms, guint burn_in)
{
  SfFitSettings settings = { .seed = 7,
                             .n_parameters = n_parameters,
                             .n_terms = n_terms,
                             .n_chains = 40,
                             .burn_in = burn_in,
                             .tolerance = TOLERANCE };
  return sf_fit_new (&settings);
}

static void
run (SfFit *fit, guint generations, SfFitTerms terms)
{
  while (fit->n_generations < generations) {
    GError *error = NULL;
    g_assert_cmpint (sf_fit_step (fit, terms, NULL, &error), ==, SF_FIT_DONE);
    g_assert_no_error (error);
  }
}

/* Mean of f (quantiles) over the generations after the burn-in, and how well
 * it is known: the chains are the independent pieces. */
static double
mean_of (const SfFit *fit, double (*f) (const double *x), double *error)
{
  guint n = fit->settings.n_chains, first = fit->settings.burn_in + 1;
  double all = 0, squares = 0;
  g_autofree double *means = g_new0 (double, n);
  for (guint i = 0; i < n; i++) {
    for (guint g = first; g < fit->n_generations; g++) {
      double x[3] = { 0 };
      for (guint p = 0; p < fit->settings.n_parameters; p++)
        x[p] = sf_fit_quantile (fit, sf_fit_state (fit, g, i), p);
      means[i] += f (x) / (fit->n_generations - first);
    }
    all += means[i] / n;
  }
  for (guint i = 0; i < n; i++)
    squares += (means[i] - all) * (means[i] - all);
  *error = sqrt (squares / (n - 1) / n);
  return all;
}

static void
assert_mean (const SfFit *fit, double (*f) (const double *x), double expected)
{
  double error, mean = mean_of (fit, f, &error);
  g_test_message ("%g, expected %g, standard error %g", mean, expected, error);
  g_assert_cmpfloat (error, <, 0.03 * MAX (fabs (expected), 0.02));
  g_assert_cmpfloat_with_epsilon (mean, expected, 5 * error);
}

static double
first_value (const double *x)
{
  return x[0];
}

static double
first_square (const double *x)
{
  return (x[0] - CENTRE) * (x[0] - CENTRE);
}

static double
second_square (const double *x)
{
  return (x[1] - CENTRE) * (x[1] - CENTRE);
}

static double
product (const double *x)
{
  return (x[0] - CENTRE) * (x[1] - CENTRE);
}

static double
third_value (const double *x)
{
  return x[2];
}

static double
third_square (const double *x)
{
  return (x[2] - 0.5) * (x[2] - 0.5);
}

/* ---- Tests --------------------------------------------------------------- */

static void
test_a_normal_target_is_sampled (void)
{
  g_autoptr (SfFit) fit = new_fit (3, 2, 50);
  run (fit, 3000, normal);
  double variance = 2 * TOLERANCE * TOLERANCE * WIDTH * WIDTH;
  g_assert_cmpfloat (sf_fit_look (fit, 2999).delta, ==, TOLERANCE);
  assert_mean (fit, first_value, CENTRE);
  assert_mean (fit, first_square, variance);
  assert_mean (fit, second_square, 2 * variance);
  assert_mean (fit, product, variance);
  assert_mean (fit, third_value, 0.5);
  assert_mean (fit, third_square, 1 / 12.0);
}

/* Where two halves are small: chains that learned from their own half would
 * come out too narrow. */
static void
test_few_chains_are_as_good (void)
{
  SfFitSettings settings = { .seed = 3,
                             .n_parameters = 3,
                             .n_terms = 2,
                             .n_chains = 8,
                             .burn_in = 50,
                             .tolerance = TOLERANCE };
  g_autoptr (SfFit) fit = sf_fit_new (&settings);
  run (fit, 30000, normal);
  double variance = 2 * TOLERANCE * TOLERANCE * WIDTH * WIDTH;
  assert_mean (fit, first_value, CENTRE);
  assert_mean (fit, first_square, variance);
  assert_mean (fit, product, variance);
}

static void
test_without_observations_the_prior_stays (void)
{
  g_autoptr (SfFit) fit = new_fit (3, 1, 0);
  run (fit, 1000, flat);
  assert_mean (fit, first_value, 0.5);
  assert_mean (fit, third_square, 1 / 12.0);
  SfFitParameter p;
  sf_fit_parameter (fit, 1, &p);
  g_assert_cmpfloat_with_epsilon (p.p05, 0.05, 0.01);
  g_assert_cmpfloat_with_epsilon (p.p75, 0.75, 0.02);
  g_assert_cmpfloat_with_epsilon (p.r_hat, 1, 0.05);
  g_assert_true (isnan (p.rank_correlation));
}

static void
test_parameters_tell_what_matters (void)
{
  g_autoptr (SfFit) fit = new_fit (3, 2, 30);
  run (fit, 300, normal);
  SfFitParameter known, unknown;
  sf_fit_parameter (fit, 0, &known);
  sf_fit_parameter (fit, 2, &unknown);
  double sd = TOLERANCE * WIDTH * sqrt (2);
  g_assert_cmpfloat_with_epsilon (known.p75 - known.p25, 1.349 * sd, 0.1 * sd);
  g_assert_cmpfloat_with_epsilon (known.p50, CENTRE, 0.1 * sd);
  g_assert_cmpfloat_with_epsilon (unknown.p75 - unknown.p25, 0.5, 0.05);
  g_assert_cmpfloat (fabs (unknown.rank_correlation), <, 0.1);
  /* E |x| of a normal with sd TOLERANCE * sqrt (2), in widths. */
  g_assert_cmpfloat_with_epsilon (sf_fit_term (fit, 0, FALSE),
                                  TOLERANCE * sqrt (2) * sqrt (2 / G_PI),
                                  0.03 * TOLERANCE);
}

/* The first generation has one chain in each n-th of every prior. */
static void
test_it_begins_with_a_latin_hypercube (void)
{
  g_autoptr (SfFit) fit = new_fit (3, 2, 30);
  run (fit, 1, normal);
  for (guint p = 0; p < 3; p++) {
    guint64 seen = 0;
    for (guint i = 0; i < 40; i++)
      seen |= (guint64)1 << (guint)(40 * sf_fit_quantile (fit, i, p));
    g_assert_cmpuint (seen, ==, ((guint64)1 << 40) - 1);
  }
}

static void
test_delta_never_rises_and_stays_after_burn_in (void)
{
  g_autoptr (SfFit) fit = new_fit (3, 2, 8), long_fit = new_fit (3, 2, 60);
  run (fit, 60, misfit);
  run (long_fit, 60, misfit);
  double before = SF_FIT_MOST;
  for (guint g = 0; g < 60; g++) {
    SfFitLook look = sf_fit_look (long_fit, g);
    g_assert_cmpfloat (look.delta, <=, before);
    g_assert_cmpfloat (look.delta, >=, TOLERANCE);
    before = look.delta;
  }
  /* There was more to gain, but not after the burn-in. */
  g_assert_cmpfloat (sf_fit_look (fit, 8).delta, ==,
                     sf_fit_look (long_fit, 8).delta);
  g_assert_cmpfloat (sf_fit_look (fit, 59).delta, ==,
                     sf_fit_look (fit, 8).delta);
  g_assert_cmpfloat (before, <, sf_fit_look (fit, 8).delta);
  g_assert_cmpfloat (sf_fit_look (fit, 0).accepted_frac, ==, 1);
}

/* Differential evolution alone would hardly leave the prior. */
static void
test_many_numbers_are_searched (void)
{
  SfFitSettings settings = { .seed = 5,
                             .n_parameters = MANY,
                             .n_terms = MANY_TERMS,
                             .n_chains = 160,
                             .burn_in = 40,
                             .tolerance = TOLERANCE };
  g_autoptr (SfFit) fit = sf_fit_new (&settings);
  run (fit, 60, many);
  g_test_message ("median %g, then %g", sf_fit_look (fit, 0).median,
                  sf_fit_look (fit, 59).median);
  g_assert_cmpfloat (sf_fit_look (fit, 0).median, >, 1.5);
  g_assert_cmpfloat (sf_fit_look (fit, 59).median, <, 0.5);
}

/* The search has nothing left to tell apart long before the burn-in is over. */
static void
test_a_burn_in_may_be_far_too_long (void)
{
  SfFitSettings settings = { .seed = 7,
                             .n_parameters = 1,
                             .n_terms = 1,
                             .n_chains = 8,
                             .burn_in = 5000,
                             .tolerance = TOLERANCE };
  g_autoptr (SfFit) fit = sf_fit_new (&settings);
  run (fit, 5010, single);
  g_assert_cmpfloat_with_epsilon (sf_fit_quantile (fit, 8 * 5000, 0), CENTRE,
                                  1e-4);
}

static void
test_the_same_seed_gives_the_same_chains (void)
{
  g_autoptr (SfFit) a = new_fit (3, 2, 10), b = new_fit (3, 2, 10);
  run (a, 30, normal);
  run (b, 30, normal);
  for (guint i = 0; i < 30 * 40 * 3; i++)
    g_assert_cmpuint (g_array_index (a->places, guint32, i), ==,
                      g_array_index (b->places, guint32, i));
  b->settings.seed++;
  run (b, 31, normal);
  run (a, 31, normal);
  g_assert_cmpint (memcmp (&g_array_index (a->places, guint32, 30 * 40 * 3),
                           &g_array_index (b->places, guint32, 30 * 40 * 3),
                           40 * 3 * sizeof (guint32)),
                   !=, 0);
}

/* Read back candidate by candidate, a fit goes on as if nothing happened. */
static void
test_a_fit_goes_on_from_what_was_kept (void)
{
  g_autoptr (SfFit) a = new_fit (3, 2, 10), b = new_fit (3, 2, 10);
  run (a, 8, normal);
  for (guint g = 0; g < 8; g++) {
    for (guint i = 40 * g; i < 40 * (g + 1); i++)
      g_assert_true (
          sf_fit_add_candidate (b, &g_array_index (a->places, guint32, 3 * i),
                                &g_array_index (a->terms, guint16, 2 * i)));
    g_assert_true (
        sf_fit_add_generation (b, &g_array_index (a->states, guint32, 40 * g),
                               g_array_index (a->deltas, double, g)));
  }
  run (a, 25, normal);
  run (b, 25, normal);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpuint (sf_fit_state (a, 24, i), ==, sf_fit_state (b, 24, i));
  guint32 bad[3] = { 0, 1, 1 };
  guint16 terms[2] = { 0, 30001 };
  g_assert_false (sf_fit_add_candidate (b, bad, terms));
  bad[0] = 1;
  g_assert_false (sf_fit_add_candidate (b, bad, terms));
}

static void
test_a_step_that_fails_leaves_no_trace (void)
{
  g_autoptr (SfFit) fit = new_fit (3, 2, 10);
  g_autoptr (GError) error = NULL;
  guint left = 4 * 40 + 20; /* fails in the second half of a generation */
  SfFitStep step;
  while ((step = sf_fit_step (fit, break_down, &left, &error)) == SF_FIT_DONE)
    ;
  g_assert_cmpint (step, ==, SF_FIT_FAILED);
  g_assert_error (error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER);
  g_assert_cmpuint (fit->n_generations, ==, 4);
  g_assert_cmpuint (fit->distances->len, ==, 160);
  g_autoptr (SfFit) other = new_fit (3, 2, 10);
  run (fit, 9, normal);
  run (other, 9, normal);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpuint (sf_fit_state (fit, 8, i), ==, sf_fit_state (other, 8, i));
}

static void
test_the_sample_comes_from_after_the_burn_in (void)
{
  g_autoptr (SfFit) fit = new_fit (3, 2, 10);
  guint sample[500];
  run (fit, 5, normal);
  g_assert_cmpuint (sf_fit_sample (fit, 500, sample), ==, 40);
  g_assert_cmpuint (sample[7], ==, sf_fit_state (fit, 4, 7));
  run (fit, 13, normal);
  g_assert_cmpuint (sf_fit_sample (fit, 500, sample), ==, 80);
  g_assert_cmpuint (sample[0], ==, sf_fit_state (fit, 11, 0));
  g_assert_cmpuint (sample[79], ==, sf_fit_state (fit, 12, 39));
  g_assert_cmpuint (sf_fit_sample (fit, 20, sample), ==, 20);
  g_assert_cmpuint (sample[0], ==, sf_fit_state (fit, 11, 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(NAME, TEST) g_test_add_func ("/fit/" NAME, TEST)
  ADD ("a-normal-target-is-sampled", test_a_normal_target_is_sampled);
  ADD ("few-chains-are-as-good", test_few_chains_are_as_good);
  ADD ("without-observations-the-prior-stays",
       test_without_observations_the_prior_stays);
  ADD ("parameters-tell-what-matters", test_parameters_tell_what_matters);
  ADD ("it-begins-with-a-latin-hypercube",
       test_it_begins_with_a_latin_hypercube);
  ADD ("delta-never-rises-and-stays-after-burn-in",
       test_delta_never_rises_and_stays_after_burn_in);
  ADD ("many-numbers-are-searched", test_many_numbers_are_searched);
  ADD ("a-burn-in-may-be-far-too-long", test_a_burn_in_may_be_far_too_long);
  ADD ("the-same-seed-gives-the-same-chains",
       test_the_same_seed_gives_the_same_chains);
  ADD ("a-fit-goes-on-from-what-was-kept",
       test_a_fit_goes_on_from_what_was_kept);
  ADD ("a-step-that-fails-leaves-no-trace",
       test_a_step_that_fails_leaves_no_trace);
  ADD ("the-sample-comes-from-after-the-burn-in",
       test_the_sample_comes_from_after_the_burn_in);
#undef ADD
  return g_test_run ();
}
