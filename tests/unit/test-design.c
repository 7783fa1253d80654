/* test-design.c - what holds for designs of every kind. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/design-fixture.h"

#include <math.h>
#include <string.h>

#define K 4u

static const guint levels[K] = { 3, 1, 4, 2 };
static const guint groups[K] = { 1, 0, 1, 2 };
static const char *const generators[] = { "D=ABC", NULL };

/* One spec of each kind and a few more, all with four factors. */
static const SfDesignSpec specs[] = {
  { .kind = SF_DESIGN_GRID, .n_factors = K, .levels = levels },
  { .kind = SF_DESIGN_LHS, .n_factors = K, .points_count = 48 },
  { .kind = SF_DESIGN_LHS,
    .n_factors = K,
    .points_count = 48,
    .lhs_base_count = 6 },
  { .kind = SF_DESIGN_LHS,
    .n_factors = K,
    .points_count = 20,
    .is_maximin = TRUE },
  { .kind = SF_DESIGN_SOBOL, .n_factors = K, .points_count = 64 },
  { .kind = SF_DESIGN_SOBOL,
    .n_factors = K,
    .points_count = 64,
    .is_scrambled = TRUE },
  { .kind = SF_DESIGN_HALTON, .n_factors = K, .points_count = 64 },
  { .kind = SF_DESIGN_HALTON,
    .n_factors = K,
    .points_count = 64,
    .is_scrambled = TRUE },
  { .kind = SF_DESIGN_FACTORIAL, .n_factors = K },
  { .kind = SF_DESIGN_FRACTIONAL, .n_factors = K, .generators = generators },
  { .kind = SF_DESIGN_PLACKETT_BURMAN, .n_factors = K },
  { .kind = SF_DESIGN_MORRIS, .n_factors = K, .trajectories_count = 5 },
  { .kind = SF_DESIGN_MORRIS,
    .n_factors = K,
    .trajectories_count = 5,
    .candidates_count = 30 },
  { .kind = SF_DESIGN_MORRIS,
    .n_factors = K,
    .trajectories_count = 5,
    .groups = groups,
    .is_radial = TRUE },
  { .kind = SF_DESIGN_SALTELLI,
    .n_factors = K,
    .points_count = 8,
    .is_scrambled = TRUE },
  { .kind = SF_DESIGN_SALTELLI,
    .n_factors = K,
    .points_count = 8,
    .groups = groups,
    .has_second_order = TRUE },
  { .kind = SF_DESIGN_RANDOM, .n_factors = K, .points_count = 64 },
};

/* What the above have, in order: points, rows a block, levelled. */
static const struct {
  guint n, rows_per_block;
  gboolean is_levelled;
} facts[] = {
  { 24, 1, TRUE },  { 48, 1, FALSE }, { 48, 1, FALSE }, { 20, 1, FALSE },
  { 64, 1, FALSE }, { 64, 1, FALSE }, { 64, 1, FALSE }, { 64, 1, FALSE },
  { 16, 1, TRUE },  { 8, 1, TRUE },   { 8, 1, TRUE },   { 25, 5, FALSE },
  { 25, 5, FALSE }, { 20, 4, FALSE }, { 48, 6, FALSE }, { 64, 8, FALSE },
  { 64, 1, FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (specs) == G_N_ELEMENTS (facts));

static gboolean
is_random (const SfDesignSpec *spec)
{
  switch (spec->kind) {
  case SF_DESIGN_LHS:
  case SF_DESIGN_MORRIS:
  case SF_DESIGN_RANDOM:
    return TRUE;
  default:
    return spec->is_scrambled;
  }
}

static void
test_words_go_both_ways (void)
{
  static const char *const words[SF_DESIGN_N_KINDS]
      = { "grid",      "lhs",        "sobol",           "halton",
          "factorial", "fractional", "plackett_burman", "morris",
          "saltelli",  "random" };
  SfDesignKind kind = SF_DESIGN_N_KINDS;
  for (guint k = 0; k < SF_DESIGN_N_KINDS; k++) {
    g_assert_cmpstr (sf_design_kind_word ((SfDesignKind)k), ==, words[k]);
    g_assert_true (sf_design_kind_from_word (words[k], &kind));
    g_assert_cmpuint (kind, ==, k);
  }
  g_assert_null (sf_design_kind_word (SF_DESIGN_N_KINDS));
  g_assert_false (sf_design_kind_from_word ("Sobol", &kind));
  g_assert_false (sf_design_kind_from_word ("", &kind));
  g_assert_false (sf_design_kind_from_word (NULL, &kind));
}

static void
test_counts_and_blocks_are_known (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (specs); s++) {
    guint64 count = 0;
    g_autoptr (GError) error = NULL;
    g_autoptr (SfDesign) design = make (&specs[s]);
    g_assert_true (sf_design_count_points (&specs[s], &count, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (count, ==, facts[s].n);
    g_assert_cmpuint (sf_design_count (design), ==, count);
    g_assert_cmpuint (sf_design_rows_per_block (design), ==,
                      facts[s].rows_per_block);
    g_assert_cmpuint (count % facts[s].rows_per_block, ==, 0);
    g_assert_cmpint (sf_design_is_levelled (design), ==, facts[s].is_levelled);
  }
}

/* In any order, in another design of the same spec, whatever becomes of the
 * caller's arrays. */
static void
test_a_row_depends_on_its_number_alone (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (specs); s++) {
    SfDesignSpec spec = specs[s];
    guint n, own_levels[K], own_groups[K];
    double u[K];
    g_autofree double *rows = make_rows (&spec, &n);
    memcpy (own_levels, levels, sizeof levels);
    memcpy (own_groups, groups, sizeof groups);
    spec.levels = spec.levels ? own_levels : NULL;
    spec.groups = spec.groups ? own_groups : NULL;
    g_autoptr (SfDesign) design = make (&spec);
    memset (own_levels, 0, sizeof own_levels);
    memset (own_groups, 0, sizeof own_groups);
    for (guint i = n; i-- > 0;) {
      guint other = i * 7 % n; /* each row more than once, and out of order */
      sf_design_row (design, other, u);
      g_assert_cmpmem (u, sizeof u, rows + other * K, sizeof u);
      sf_design_row (design, i, u);
      g_assert_cmpmem (u, sizeof u, rows + i * K, sizeof u);
    }
  }
}

static void
test_the_seed_matters_where_there_is_chance (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (specs); s++) {
    SfDesignSpec spec = specs[s];
    guint n;
    g_autofree double *rows = make_rows (&spec, &n);
    spec.seed = 1;
    g_autofree double *other = make_rows (&spec, &n);
    gboolean is_same = memcmp (rows, other, n * K * sizeof *rows) == 0;
    g_assert_cmpint (is_same, ==, !is_random (&spec));
  }
}

/* The same bits on every machine and with every compiler: FNV-1a of the values
 * with a place of 2^-53 each. A change here is a change of results. */
static void
test_rows_are_the_same_everywhere (void)
{
  static const guint64 expected[] = {
    0xd603cfa845185aa5, 0xbd763ea7008c0a85, 0x1a7aa9e4430c20a9,
    0xf2e3ad40e2644e1d, 0xb16fc658736bb725, 0xb3ef8e4a91a4234d,
    0x59c13f2a08ccadd0, 0xdf3039463365cebe, 0x08723f3a46fd0825,
    0xa2c210784d8af5a5, 0x8e0210784d8af5a5, 0x930f5ba6bea4c60f,
    0x7bf1ac27f9fc24b5, 0xbe17c412b6854f41, 0x6dcfb2b527b6e8ad,
    0xdec6c658736bb725, 0x970e38f4f9e38fe5,
  };
  for (guint s = 0; s < G_N_ELEMENTS (specs); s++) {
    guint n;
    guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
    g_autofree double *rows = make_rows (&specs[s], &n);
    for (guint i = 0; i < n * K; i++)
      hash = (hash ^ (guint64)(rows[i] * 0x1p53))
             * G_GUINT64_CONSTANT (0x100000001b3);
    g_assert_cmphex (hash, ==, expected[s]);
  }
}

static void
test_a_grid_is_every_combination (void)
{
  guint n, i = 0;
  g_autofree double *rows = make_rows (&specs[0], &n);
  for (guint a = 0; a < levels[0]; a++)
    for (guint b = 0; b < levels[1]; b++)
      for (guint c = 0; c < levels[2]; c++)
        for (guint d = 0; d < levels[3]; d++, i++) {
          g_assert_cmpfloat (rows[i * K], ==, a);
          g_assert_cmpfloat (rows[i * K + 1], ==, b);
          g_assert_cmpfloat (rows[i * K + 2], ==, c);
          g_assert_cmpfloat (rows[i * K + 3], ==, d);
        }
  g_assert_cmpuint (i, ==, n);
}

static void
test_a_factorial_is_every_corner (void)
{
  SfDesignSpec spec = { .kind = SF_DESIGN_FACTORIAL, .n_factors = 3 };
  static const char *const corners[]
      = { "000", "100", "010", "110", "001", "101", "011", "111" };
  guint n;
  g_autofree double *rows = make_rows (&spec, &n);
  g_assert_cmpuint (n, ==, 8);
  for (guint i = 0; i < 24; i++)
    g_assert_cmpfloat (rows[i], ==, corners[i / 3][i % 3] - '0');
}

static void
test_random_points_are_uniform_and_independent (void)
{
  enum { N = 20000 };
  SfDesignSpec spec
      = { .kind = SF_DESIGN_RANDOM, .n_factors = 2, .points_count = N };
  guint n;
  double x = 0, xx = 0, xy = 0, next = 0;
  g_autofree double *rows = make_rows (&spec, &n);
  for (guint i = 0; i + 1 < N; i++) {
    double a = rows[2 * i] - 0.5, b = rows[2 * i + 1] - 0.5;
    x += a / N;
    xx += a * a / N;
    xy += a * b / N;
    next += a * (rows[2 * i + 2] - 0.5) / N;
  }
  g_assert_cmpfloat (fabs (x), <, 5 * sqrt (1.0 / 12 / N));
  g_assert_cmpfloat (fabs (xx - 1.0 / 12), <, 5 * sqrt (1.0 / 180 / N));
  g_assert_cmpfloat (fabs (xy), <, 5.0 / 12 / sqrt (N));
  g_assert_cmpfloat (fabs (next), <, 5.0 / 12 / sqrt (N));
}

/* ---- Limits -------------------------------------------------------------- */

static void
refuse (const SfDesignSpec *spec, int code, const char *text)
{
  g_autoptr (GError) error = NULL;
  guint64 count = 7;
  g_assert_false (sf_design_count_points (spec, &count, &error));
  g_assert_error (error, SF_DESIGN_ERROR, code);
  if (!strstr (error->message, text))
    g_error ("\"%s\" does not say \"%s\"", error->message, text);
  g_assert_cmpuint (count, ==, 7);
  g_assert_null (sf_design_new (spec, NULL));
}

static void
test_too_many_points_are_refused (void)
{
  static const guint million[4] = { 1000000, 1000000, 1000000, 1000000 };
  static const guint huge[2] = { G_MAXUINT, G_MAXUINT };
  const int code = SF_DESIGN_ERROR_TOO_MANY;
  const char *largest = "more than 18446744073709551615 points";
  SfDesignSpec spec
      = { .kind = SF_DESIGN_GRID, .n_factors = 2, .levels = million };
  refuse (&spec, code, "1000000000000 points are too many");
  spec.n_factors = 4; /* 10^24 does not fit */
  refuse (&spec, code, largest);
  spec.n_factors = 2;
  spec.levels = huge; /* just fits */
  refuse (&spec, code, "18446744065119617025 points");
  spec = (SfDesignSpec){ .kind = SF_DESIGN_FACTORIAL, .n_factors = 30 };
  refuse (&spec, code, "1073741824 points are too many");
  spec.n_factors = 63;
  refuse (&spec, code, "9223372036854775808 points");
  spec.n_factors = 64;
  refuse (&spec, code, largest);
  spec.n_factors = SF_DESIGN_FACTORS_MAX;
  refuse (&spec, code, largest);
  for (guint k = 0; k < 4; k++) {
    static const SfDesignKind kinds[] = { SF_DESIGN_LHS, SF_DESIGN_SOBOL,
                                          SF_DESIGN_HALTON, SF_DESIGN_RANDOM };
    spec = (SfDesignSpec){ .kind = kinds[k],
                           .n_factors = 2,
                           .points_count = 1000000000001 };
    refuse (&spec, code, "1000000000001 points are too many");
  }
  spec = (SfDesignSpec){ .kind = SF_DESIGN_SALTELLI,
                         .n_factors = 10,
                         .points_count = G_GUINT64_CONSTANT (1) << 63 };
  refuse (&spec, code, largest);
  spec = (SfDesignSpec){ .kind = SF_DESIGN_MORRIS,
                         .n_factors = SF_DESIGN_FACTORS_MAX,
                         .trajectories_count = G_MAXUINT };
  refuse (&spec, code, "42953967917295 points");
}

static void
test_nonsense_is_refused (void)
{
  static const guint zero[3] = { 3, 0, 2 };
  const int code = SF_DESIGN_ERROR_SPEC;
  SfDesignSpec spec = { .kind = SF_DESIGN_N_KINDS, .n_factors = 1 };
  refuse (&spec, code, "10 is no kind");
  spec.kind = (SfDesignKind)-1;
  refuse (&spec, code, "no kind");
  spec = (SfDesignSpec){ .kind = SF_DESIGN_RANDOM };
  refuse (&spec, code, "needs a factor");
  spec.n_factors = SF_DESIGN_FACTORS_MAX + 1;
  refuse (&spec, code, "10001 factors");
  spec = (SfDesignSpec){ .kind = SF_DESIGN_GRID, .n_factors = 3 };
  refuse (&spec, code, "levels of each factor");
  spec.levels = zero;
  refuse (&spec, code, "factor 2 of the grid has 0 levels");
  spec = (SfDesignSpec){ .kind = SF_DESIGN_RANDOM, .n_factors = 1 };
  refuse (&spec, code, "0 points");
  spec.kind = SF_DESIGN_SOBOL;
  refuse (&spec, code, "0 points");
  spec.n_factors = SF_DESIGN_SOBOL_FACTORS_MAX + 1;
  refuse (&spec, code, "1112 factors");
  spec = (SfDesignSpec){ .kind = SF_DESIGN_HALTON, .n_factors = 1 };
  refuse (&spec, code, "0 points");
  spec.n_factors = SF_DESIGN_HALTON_FACTORS_MAX + 1;
  refuse (&spec, code, "101 factors");
}

/* Members of other kinds may be anything, and of any length. */
static void
test_foreign_members_are_ignored (void)
{
  g_autofree guint *few = g_new0 (guint, 1);
  g_autofree char **word = g_new0 (char *, 2);
  word[0] = (char *)"nonsense";
  few[0] = G_MAXUINT;
  SfDesignSpec spec = { .kind = SF_DESIGN_RANDOM,
                        .n_factors = 100,
                        .points_count = 1,
                        .levels = few,
                        .groups = few,
                        .generators = (const char *const *)word };
  double u[100];
  g_autoptr (SfDesign) design = make (&spec);
  sf_design_row (design, 0, u);
  g_assert_cmpuint (sf_design_rows_per_block (design), ==, 1);
}

/* A thousand million points are within the limit and cost nothing to have; the
 * last is found as fast as the first. */
static void
test_the_largest_designs_need_no_memory (void)
{
  static const guint many[4] = { 1000, 1000, 1000, 1 };
  for (guint s = 0; s < G_N_ELEMENTS (specs); s++) {
    SfDesignSpec spec = specs[s];
    double u[30] = { 0 };
    if (spec.kind == SF_DESIGN_LHS || spec.kind == SF_DESIGN_FRACTIONAL
        || spec.kind == SF_DESIGN_PLACKETT_BURMAN || spec.candidates_count > 0)
      continue;
    spec.levels = many;
    spec.trajectories_count = 200000000;
    spec.points_count = SF_DESIGN_POINTS_MAX;
    if (spec.kind == SF_DESIGN_SALTELLI)
      spec.points_count = 1 << 26;
    if (spec.kind == SF_DESIGN_FACTORIAL)
      spec.n_factors = 29;
    g_autoptr (SfDesign) design = make (&spec);
    g_assert_cmpuint (sf_design_count (design), >=, 1 << 28);
    g_assert_cmpuint (sf_design_count (design), <=, SF_DESIGN_POINTS_MAX);
    sf_design_row (design, sf_design_count (design) - 1, u);
    g_assert_cmpfloat (u[0] + u[1] + u[2], >, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define T(path, f) g_test_add_func ("/design/" path, f)
  T ("words-go-both-ways", test_words_go_both_ways);
  T ("counts-and-blocks-are-known", test_counts_and_blocks_are_known);
  T ("a-row-depends-on-its-number-alone",
     test_a_row_depends_on_its_number_alone);
  T ("the-seed-matters-where-there-is-chance",
     test_the_seed_matters_where_there_is_chance);
  T ("rows-are-the-same-everywhere", test_rows_are_the_same_everywhere);
  T ("a-grid-is-every-combination", test_a_grid_is_every_combination);
  T ("a-factorial-is-every-corner", test_a_factorial_is_every_corner);
  T ("random-points-are-uniform-and-independent",
     test_random_points_are_uniform_and_independent);
  T ("too-many-points-are-refused", test_too_many_points_are_refused);
  T ("nonsense-is-refused", test_nonsense_is_refused);
  T ("foreign-members-are-ignored", test_foreign_members_are_ignored);
  T ("the-largest-designs-need-no-memory",
     test_the_largest_designs_need_no_memory);
#undef T
  return g_test_run ();
}
