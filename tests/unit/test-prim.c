/* test-prim.c - boxes in which the runs of interest lie. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sensitivity/prim-judge.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "sim/base/random.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-12)

static const SfPrimOptions usual = { SF_PRIM_PEEL_FRAC, SF_PRIM_MASS_MIN_FRAC };

/* ---- By hand ------------------------------------------------------------- */

/* Rows 1 to 10, of interest from 7 on; a second column says nothing. A quarter
 * is peeled: 2 of 10, 2 of 8, 1 of 6, 1 of 5, each from the low end. */
static SfPrim *
peel_ten (void)
{
  double x[20], y[10];
  for (guint i = 0; i < 10; i++) {
    x[2 * i] = i + 1;
    x[2 * i + 1] = 5;
    y[i] = i >= 6;
  }
  SfSample sample = { 10, 2, x, NULL };
  return sf_prim_new (&sample, y, &(SfPrimOptions){ 0.25, 0 });
}

static void
test_ten_rows_by_hand (void)
{
  static const double lows[] = { -INFINITY, 3, 5, 6, 7 };
  static const guint ns[] = { 10, 8, 6, 5, 4 };
  g_autoptr (SfPrim) p = peel_ten ();
  g_assert_cmpuint (p->n_boxes, ==, 5);
  for (guint b = 0; b < 5; b++) {
    const SfBox *box = p->boxes[b];
    g_assert_cmpfloat (box->limits[0].low, ==, lows[b]);
    g_assert_cmpfloat (box->limits[0].high, ==, INFINITY);
    g_assert_true (sf_limit_is_none (&box->limits[1]));
    g_assert_cmpuint (box->n, ==, ns[b]);
    g_assert_cmpuint (box->n_interest, ==, 4);
    g_assert_cmpuint (box->n_restricted, ==, b > 0);
    NEAR (box->coverage_frac, 1);
    NEAR (box->density_frac, 4.0 / ns[b]);
    NEAR (box->mass_frac, ns[b] / 10.0);
  }
}

/* Without the limit all ten rows are inside, of density 0.4. */
static void
test_quasi_p_by_hand (void)
{
  g_autoptr (SfPrim) p = peel_ten ();
  SfQuasiP q[2];
  sf_prim_quasi_p (p, p->boxes[4], q);
  NEAR (q[0].below_prob, 0.4 * 0.4 * 0.4 * 0.4);
  g_assert_true (isnan (q[0].above_prob) && isnan (q[1].below_prob));
  sf_prim_quasi_p (p, p->boxes[3], q);
  NEAR (q[0].below_prob, 5 * 0.6 * pow (0.4, 4) + pow (0.4, 5));
  /* 0.087 is too much, 0.026 is not. */
  g_assert_cmpuint (sf_prim_suggest (p, 0.5), ==, 4);
  g_assert_cmpuint (sf_prim_suggest (p, 1.01), ==, 0);
}

/* From 8..9 the low end opens first, since it comes first of equals; then the
 * high end has no row left to keep out. 6 would cost density. */
static void
test_pasting_by_hand (void)
{
  g_autoptr (SfPrim) p = peel_ten ();
  g_autoptr (SfBox) box = sf_box_copy (p->boxes[0]);
  box->limits[0] = (SfLimit){ 8, 9, G_MAXUINT64 };
  sf_box_measure (box, &p->rows);
  g_autoptr (SfBox) pasted = sf_prim_paste (p, box);
  g_assert_cmpfloat (pasted->limits[0].low, ==, 7);
  g_assert_cmpfloat (pasted->limits[0].high, ==, INFINITY);
  g_assert_cmpuint (pasted->n, ==, 4);
  NEAR (pasted->density_frac, 1);
  NEAR (pasted->coverage_frac, 1);
}

/* Of four rows in each of three categories none, one and four are of
 * interest. */
static void
test_categories_by_hand (void)
{
  double x[12], y[12];
  const SfColumn columns[] = { SF_COLUMN_CATEGORY };
  for (guint i = 0; i < 12; i++) {
    x[i] = (i % 3) * 31;
    y[i] = i % 3 == 2 || i == 1;
  }
  SfSample sample = { 12, 1, x, columns };
  g_autoptr (SfPrim) p = sf_prim_new (&sample, y, &(SfPrimOptions){ 0.1, 0 });
  g_assert_cmpuint (p->n_boxes, ==, 3);
  g_assert_cmpuint (p->boxes[1]->limits[0].categories, ==, G_MAXUINT64 - 1);
  g_assert_cmpuint (p->boxes[1]->n_interest, ==, 5);
  g_assert_cmpuint (p->boxes[2]->n, ==, 4);
  NEAR (p->boxes[2]->coverage_frac, 0.8);
  NEAR (p->boxes[2]->density_frac, 1);
  SfQuasiP q;
  sf_prim_quasi_p (p, p->boxes[2], &q);
  NEAR (q.below_prob, pow (5 / 12.0, 4));
  /* 31 is 1 of 4: it would cost density, and so would 0. */
  g_autoptr (SfBox) pasted = sf_prim_paste (p, p->boxes[2]);
  g_assert_cmpuint (pasted->n, ==, 4);
  g_autoptr (SfBox) zero = sf_box_copy (p->boxes[0]);
  zero->limits[0].categories = 1;
  sf_box_measure (zero, &p->rows);
  g_autoptr (SfBox) grown = sf_prim_paste (p, zero);
  g_assert_cmpuint (grown->n, ==, 8);
  NEAR (grown->density_frac, 0.5);
}

/* Six rows of value 0: more than want to go, but they go together. */
static void
test_equal_values_stay_together (void)
{
  const double x[] = { 0, 0, 0, 0, 0, 0, 1, 1, 2, 3 };
  const double y[] = { 0, 0, 0, 0, 0, 1, 1, 1, 1, 0 };
  const SfColumn columns[] = { SF_COLUMN_INTEGER };
  SfSample sample = { 10, 1, x, columns };
  g_autoptr (SfPrim) p = sf_prim_new (&sample, y, &(SfPrimOptions){ 0.1, 0 });
  g_assert_cmpuint (p->n_boxes, ==, 3);
  /* Per row lost: from 0.4 to 0.75 by six rows, to 0.44 by one row. */
  g_assert_cmpfloat (p->boxes[1]->limits[0].low, ==, 1);
  g_assert_cmpuint (p->boxes[1]->n, ==, 4);
  g_assert_cmpfloat (p->boxes[2]->limits[0].high, ==, 2);
  NEAR (p->boxes[2]->density_frac, 1);
}

/* Every peel would lose rows of interest only. */
static void
test_peeling_stops_where_density_falls (void)
{
  const double x[] = { 1, 2, 3, 4, 5 }, y[] = { 1, 1, 0, 1, 1 };
  SfSample sample = { 5, 1, x, NULL };
  g_autoptr (SfPrim) p = sf_prim_new (&sample, y, &(SfPrimOptions){ 0.2, 0 });
  g_assert_cmpuint (p->n_boxes, ==, 1);
  g_assert_cmpuint (p->boxes[0]->n_interest, ==, 4);
}

/* ---- Planted boxes ------------------------------------------------------- */

#define N 2000
#define K 10

/* A planted box in factors 1, 4 and 7, a tenth of all rows: of interest are
 * 95 of 100 rows in it and 3 of 100 outside. Factors 2 and 4 are integers
 * from 0 to 9, factors 3 and 7 categories 0 to 4. */
typedef struct {
  double x[N * K], y[N];
  SfColumn columns[K];
  SfSample sample;
} Planted;

static void
draw_rows (Planted *p, guint64 seed, gboolean is_mixed, SfStream *stream)
{
  sf_stream_init (stream, seed, "test", 0, 0);
  for (guint i = 0; i < N * K; i++)
    p->x[i] = sf_stream_uniform (stream);
  memset (p->columns, 0, sizeof p->columns);
  p->sample = (SfSample){ N, K, p->x, p->columns };
  if (!is_mixed)
    return;
  p->columns[2] = p->columns[4] = SF_COLUMN_INTEGER;
  p->columns[3] = p->columns[7] = SF_COLUMN_CATEGORY;
  for (guint i = 0; i < N; i++)
    for (guint c = 0; c < K; c++)
      if (p->columns[c] != SF_COLUMN_REAL) {
        double *x = p->x + i * K + c;
        *x = floor (*x * (p->columns[c] == SF_COLUMN_INTEGER ? 10 : 5));
      }
}

static Planted *
plant (guint64 seed, gboolean is_mixed)
{
  Planted *p = g_new (Planted, 1);
  SfStream stream;
  draw_rows (p, seed, is_mixed, &stream);
  for (guint i = 0; i < N; i++) {
    const double *x = p->x + i * K;
    gboolean is_in = x[1] > 0.25 && x[1] < 0.75;
    if (is_mixed)
      is_in = is_in && x[4] >= 5 && (x[7] == 1 || x[7] == 3);
    else
      is_in = is_in && x[4] > 0.5 && x[7] < 0.4;
    p->y[i] = sf_stream_chance (&stream, is_in ? 0.95 : 0.03);
  }
  return p;
}

static SfBox *
suggest (const SfPrim *p, double coverage_min_frac)
{
  guint b = sf_prim_suggest (p, coverage_min_frac);
  return sf_prim_simplify (p, p->boxes[b]);
}

static void
assert_found (const SfPrim *p, const SfBox *box)
{
  SfQuasiP q[K];
  SfPrimRepeat repeats[K];
  guint by_coverage = 0, by_density = 0;
  sf_prim_quasi_p (p, box, q);
  sf_prim_repeat (p, box, 1, SF_PRIM_HALVES, repeats);
  for (guint c = 0; c < K; c++) {
    gboolean is_planted = c == 1 || c == 4 || c == 7;
    g_test_message ("%u: [%.3f, %.3f] p %.2g, %.2g; %u, %u", c,
                    box->limits[c].low, box->limits[c].high, q[c].below_prob,
                    q[c].above_prob, repeats[c].by_coverage,
                    repeats[c].by_density);
    g_assert_cmpint (sf_limit_is_none (&box->limits[c]), ==, !is_planted);
    if (!is_planted) {
      by_coverage += repeats[c].by_coverage;
      by_density += repeats[c].by_density;
      continue;
    }
    g_assert_false (q[c].below_prob > 1e-6 || q[c].above_prob > 1e-6);
    g_assert_cmpuint (repeats[c].by_coverage, ==, SF_PRIM_HALVES);
    g_assert_cmpuint (repeats[c].by_density, ==, SF_PRIM_HALVES);
  }
  g_test_message ("others %u, %u", by_coverage, by_density);
  /* The other seven factors, in less than half of the halves. */
  g_assert_cmpuint (by_coverage, <, 7 * SF_PRIM_HALVES / 2);
  g_assert_cmpuint (by_density, <, 7 * SF_PRIM_HALVES / 2);
}

#define ABOUT(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 0.05)

static void
test_a_planted_box_is_found (void)
{
  for (guint64 seed = 1; seed <= 3; seed++) {
    g_autofree Planted *planted = plant (seed, FALSE);
    g_autoptr (SfPrim) p = sf_prim_new (&planted->sample, planted->y, &usual);
    g_autoptr (SfBox) box = suggest (p, 0.5);
    g_test_message ("coverage %.2f density %.2f", box->coverage_frac,
                    box->density_frac);
    assert_found (p, box);
    ABOUT (box->limits[1].low, 0.25);
    ABOUT (box->limits[1].high, 0.75);
    ABOUT (box->limits[4].low, 0.5);
    ABOUT (box->limits[7].high, 0.4);
    g_assert_cmpfloat (box->density_frac, >, 0.85);
  }
}

static void
test_a_box_of_categories_is_found (void)
{
  for (guint64 seed = 1; seed <= 3; seed++) {
    g_autofree Planted *planted = plant (seed, TRUE);
    g_autoptr (SfPrim) p = sf_prim_new (&planted->sample, planted->y, &usual);
    g_autoptr (SfBox) box = suggest (p, 0.5);
    assert_found (p, box);
    ABOUT (box->limits[1].low, 0.25);
    ABOUT (box->limits[1].high, 0.75);
    g_assert_cmpfloat (box->limits[4].low, ==, 5);
    g_assert_cmpfloat (box->limits[4].high, ==, INFINITY);
    g_assert_cmpuint (box->limits[7].categories & 0x1f, ==, 0xa);
  }
}

/* Of the boxes of full coverage the densest counts, which in some halves has a
 * limit already, not the one without limits; one of such density is like the
 * planted one. */
static void
test_halves_are_compared_by_coverage_and_by_density (void)
{
  g_autofree Planted *planted = plant (1, FALSE);
  g_autoptr (SfPrim) p = sf_prim_new (&planted->sample, planted->y, &usual);
  g_autoptr (SfBox) box = sf_box_copy (p->boxes[0]);
  SfPrimRepeat repeats[K];
  box->coverage_frac = 1;
  box->mass_frac = 0.3; /* plays no part */
  box->density_frac = 0.9;
  sf_prim_repeat (p, box, 1, SF_PRIM_HALVES, repeats);
  g_assert_cmpuint (repeats[4].by_coverage, >, 0);
  g_assert_cmpuint (repeats[4].by_coverage, <, SF_PRIM_HALVES);
  g_assert_cmpuint (repeats[4].by_density, ==, SF_PRIM_HALVES);
}

/* Two limits on factors that say nothing are added to the planted ones, one of
 * them to a factor that has a good limit on the other side. */
static void
test_limits_that_say_nothing_are_dropped (void)
{
  g_autofree Planted *planted = plant (1, FALSE);
  g_autoptr (SfPrim) p = sf_prim_new (&planted->sample, planted->y, &usual);
  g_autoptr (SfBox) box = sf_box_copy (p->boxes[0]);
  box->limits[1].low = 0.25;
  box->limits[1].high = 0.75;
  box->limits[4].low = 0.5;
  box->limits[7].high = 0.4;
  g_autoptr (SfBox) wrong = sf_box_copy (box);
  wrong->limits[5].high = 0.9;
  wrong->limits[4].high = 0.95;
  sf_box_measure (box, &p->rows);
  sf_box_measure (wrong, &p->rows);
  g_autoptr (SfBox) simple = sf_prim_simplify (p, wrong);
  g_assert_cmpmem (simple->limits, K * sizeof (SfLimit), box->limits,
                   K * sizeof (SfLimit));
  g_assert_cmpuint (simple->n, ==, box->n);
  g_assert_cmpuint (simple->n, >, wrong->n);
}

static void
test_boxes_only_shrink_and_add_up (void)
{
  g_autofree Planted *planted = plant (4, TRUE);
  g_autoptr (SfPrim) p = sf_prim_new (&planted->sample, planted->y, &usual);
  g_assert_cmpuint (p->n_boxes, >, 20);
  for (guint b = 0; b < p->n_boxes; b++) {
    const SfBox *box = p->boxes[b];
    guint n = 0, n_interest = 0;
    for (guint r = 0; r < N; r++)
      if (sf_box_holds (box, &planted->sample, r)) {
        n++;
        n_interest += planted->y[r] == 1;
      }
    g_assert_cmpuint (box->n, ==, n);
    g_assert_cmpuint (box->n_interest, ==, n_interest);
    NEAR (box->coverage_frac * p->rows.n_interest, n_interest);
    NEAR (box->density_frac * n, n_interest);
    g_assert_cmpfloat (box->mass_frac, >=, SF_PRIM_MASS_MIN_FRAC);
    if (b == 0)
      continue;
    g_assert_cmpuint (n, <, p->boxes[b - 1]->n);
    g_assert_cmpfloat (box->density_frac, >=, p->boxes[b - 1]->density_frac);
    g_assert_cmpfloat (box->coverage_frac, <=, p->boxes[b - 1]->coverage_frac);
  }
}

static void
test_failed_runs_are_left_out (void)
{
  g_autofree Planted *planted = plant (5, FALSE);
  g_autofree Planted *without = plant (5, FALSE);
  guint n = 0;
  for (guint i = 0; i < N; i++)
    if (i % 7 == 3) {
      planted->y[i] = NAN;
    } else {
      memcpy (without->x + K * n, planted->x + K * i, K * sizeof (double));
      without->y[n++] = planted->y[i];
    }
  without->sample.n = n;
  g_autoptr (SfPrim) a = sf_prim_new (&planted->sample, planted->y, &usual);
  g_autoptr (SfPrim) b = sf_prim_new (&without->sample, without->y, &usual);
  g_assert_cmpuint (a->n_failed, ==, N - n);
  g_assert_cmpuint (b->n_failed, ==, 0);
  g_assert_cmpuint (a->n_boxes, ==, b->n_boxes);
  const SfBox *last_a = a->boxes[a->n_boxes - 1];
  const SfBox *last_b = b->boxes[a->n_boxes - 1];
  g_assert_cmpmem (last_a->limits, K * sizeof (SfLimit), last_b->limits,
                   K * sizeof (SfLimit));
  g_assert_cmpuint (last_a->n, ==, last_b->n);
}

/* The last box of a way that still covers half. */
static const SfBox *
densest (const SfPrim *p)
{
  guint b = p->n_boxes - 1;
  while (p->boxes[b]->coverage_frac < 0.5)
    b--;
  return p->boxes[b];
}

/* Nothing to find: no box is suggested, or once in a while. The densest has
 * limits, for peeling always finds some, but one of a large quasi-p, too, and
 * most of its factors are not found in every half, although the boxes of halves
 * restrict nearly all factors by then. */
static void
test_noise_is_not_trusted (void)
{
  guint n_suggested = 0, n_trusted = 0, n_limits = 0, n_steady = 0;
  for (guint64 seed = 1; seed <= 20; seed++) {
    g_autofree Planted *planted = g_new (Planted, 1);
    SfStream stream;
    draw_rows (planted, seed, FALSE, &stream);
    for (guint i = 0; i < N; i++)
      planted->y[i] = sf_stream_chance (&stream, 0.3);
    planted->sample.n = 500;
    g_autoptr (SfPrim) p = sf_prim_new (&planted->sample, planted->y, &usual);
    const SfBox *box = densest (p);
    SfPrimRepeat repeats[K];
    SfQuasiP q[K];
    double worst = 0;
    sf_prim_repeat (p, box, seed, SF_PRIM_HALVES, repeats);
    sf_prim_quasi_p (p, box, q);
    n_limits += box->n_restricted;
    for (guint c = 0; c < K; c++) {
      n_steady += !sf_limit_is_none (&box->limits[c])
                  && repeats[c].by_coverage == SF_PRIM_HALVES;
      worst = fmax (worst, fmax (q[c].below_prob, q[c].above_prob));
    }
    n_suggested += sf_prim_suggest (p, 0.5) > 0;
    n_trusted += worst <= SF_QUASI_P_MAX;
  }
  g_test_message ("%u suggested, %u trusted, %u limits, %u steady", n_suggested,
                  n_trusted, n_limits, n_steady);
  g_assert_cmpuint (n_suggested, <=, 2);
  g_assert_cmpuint (n_trusted, <=, 1);
  g_assert_cmpuint (n_limits, >, 40);
  g_assert_cmpuint (n_steady, <, n_limits / 2);
}

/* A second planted box is found among the rows outside the first. */
static void
test_a_covering_finds_both_boxes (void)
{
  g_autofree Planted *planted = plant (6, FALSE);
  for (guint i = 0; i < N; i++) {
    const double *x = planted->x + i * K;
    planted->y[i] = (x[0] < 0.3 && x[2] < 0.5) || (x[5] > 0.7 && x[9] > 0.5);
  }
  g_autoptr (SfPrim) first = sf_prim_new (&planted->sample, planted->y, &usual);
  g_autoptr (SfBox) a = suggest (first, 0.4);
  g_autoptr (SfPrim) second = sf_prim_new_outside (first, a);
  g_autoptr (SfBox) b = suggest (second, 0.4);
  g_assert_cmpuint (second->rows.sample.n, ==, N - a->n);
  g_assert_cmpuint (second->rows.n_interest, ==,
                    first->rows.n_interest - a->n_interest);
  g_assert_cmpfloat (a->density_frac, >, 0.9);
  g_assert_cmpfloat (b->density_frac, >, 0.9);
  g_assert_cmpint (sf_limit_is_none (&a->limits[0]), !=,
                   sf_limit_is_none (&b->limits[0]));
  g_assert_cmpint (sf_limit_is_none (&a->limits[5]), !=,
                   sf_limit_is_none (&b->limits[5]));
}

static void
test_without_rows_there_is_one_box (void)
{
  const double x[] = { 1, 2 }, failed[] = { NAN, NAN }, dull[] = { 0, 0 };
  SfSample sample = { 2, 1, x, NULL };
  g_autoptr (SfPrim) none = sf_prim_new (&sample, failed, &usual);
  g_assert_cmpuint (none->n_boxes, ==, 1);
  g_assert_cmpuint (none->n_failed, ==, 2);
  g_assert_true (isnan (none->boxes[0]->density_frac));
  g_autoptr (SfPrim) zero = sf_prim_new (&sample, dull, &usual);
  g_assert_cmpuint (sf_prim_suggest (zero, 0.5), ==, 0);
  g_assert_true (isnan (zero->boxes[0]->coverage_frac));
  NEAR (zero->boxes[0]->density_frac, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prim/ten-rows-by-hand", test_ten_rows_by_hand);
  g_test_add_func ("/prim/quasi-p-by-hand", test_quasi_p_by_hand);
  g_test_add_func ("/prim/pasting-by-hand", test_pasting_by_hand);
  g_test_add_func ("/prim/categories-by-hand", test_categories_by_hand);
  g_test_add_func ("/prim/equal-values-stay-together",
                   test_equal_values_stay_together);
  g_test_add_func ("/prim/peeling-stops-where-density-falls",
                   test_peeling_stops_where_density_falls);
  g_test_add_func ("/prim/halves-are-compared-by-coverage-and-by-density",
                   test_halves_are_compared_by_coverage_and_by_density);
  g_test_add_func ("/prim/a-planted-box-is-found", test_a_planted_box_is_found);
  g_test_add_func ("/prim/a-box-of-categories-is-found",
                   test_a_box_of_categories_is_found);
  g_test_add_func ("/prim/limits-that-say-nothing-are-dropped",
                   test_limits_that_say_nothing_are_dropped);
  g_test_add_func ("/prim/boxes-only-shrink-and-add-up",
                   test_boxes_only_shrink_and_add_up);
  g_test_add_func ("/prim/failed-runs-are-left-out",
                   test_failed_runs_are_left_out);
  g_test_add_func ("/prim/noise-is-not-trusted", test_noise_is_not_trusted);
  g_test_add_func ("/prim/a-covering-finds-both-boxes",
                   test_a_covering_finds_both_boxes);
  g_test_add_func ("/prim/without-rows-there-is-one-box",
                   test_without_rows_there_is_one_box);
  return g_test_run ();
}
