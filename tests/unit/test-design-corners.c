/* test-design-corners.c - two-level designs: fractions, Plackett-Burman. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/design-fixture.h"

#include <string.h>

/* The signs of all rows: -1 for level 0, 1 for level 1. */
static int *
make_signs (const SfDesignSpec *spec, guint *n)
{
  g_autoptr (SfDesign) design = make (spec);
  g_autofree double *rows = make_rows (spec, n);
  int *signs = g_new (int, *n * spec->n_factors);
  g_assert_true (sf_design_is_levelled (design));
  for (guint i = 0; i < *n * spec->n_factors; i++) {
    g_assert_true (rows[i] == 0 || rows[i] == 1);
    signs[i] = rows[i] == 1 ? 1 : -1;
  }
  return signs;
}

/* Columns are balanced and orthogonal: X'X = N I with the constant in X. */
static void
assert_orthogonal (const int *signs, guint n, guint k)
{
  for (guint a = 0; a < k; a++) {
    int sum = 0;
    for (guint i = 0; i < n; i++)
      sum += signs[i * k + a];
    g_assert_cmpint (sum, ==, 0);
    for (guint b = 0; b < a; b++) {
      int product = 0;
      for (guint i = 0; i < n; i++)
        product += signs[i * k + a] * signs[i * k + b];
      g_assert_cmpint (product, ==, 0);
    }
  }
}

static SfDesignSpec
fraction_spec (guint k, const char *const *generators)
{
  return (SfDesignSpec){ .kind = SF_DESIGN_FRACTIONAL,
                         .n_factors = k,
                         .generators = generators };
}

typedef struct {
  guint k;
  const char *generators[10];
  guint n, resolution;
} Known;

/* The usual generators, as in the tables of Box, Hunter and Hunter, "Statistics
 * for Experimenters". */
static const Known known[] = {
  { 3, { "C=AB" }, 4, 3 },
  { 4, { "D=ABC" }, 8, 4 },
  { 5, { "E=ABCD" }, 16, 5 },
  { 5, { "D=AB", "E=AC" }, 8, 3 },
  { 6, { "E=ABC", "F=BCD" }, 16, 4 },
  { 6, { "F=ABCDE" }, 32, 6 },
  { 7, { "D=AB", "E=AC", "F=BC", "G=ABC" }, 8, 3 },
  { 8, { "E=BCD", "F=ACD", "G=ABC", "H=ABD" }, 16, 4 },
  { 8, { "G=ABCD", "H=ABEF" }, 64, 5 },
  { 9, { "E=ABC", "F=BCD", "G=ACD", "H=ABD", "J=ABCD" }, 16, 3 },
  { 11, { "G=CDE", "H=ABCD", "J=ABF", "K=BDEF", "L=ADEF" }, 64, 4 },
};

static void
test_known_fractions (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (known); f++) {
    g_autoptr (GError) error = NULL;
    SfDesignSpec spec = fraction_spec (known[f].k, known[f].generators);
    guint n;
    g_autofree int *signs = make_signs (&spec, &n);
    g_assert_cmpuint (n, ==, known[f].n);
    g_assert_cmpuint (sf_design_resolution (&spec, &error), ==,
                      known[f].resolution);
    g_assert_no_error (error);
    assert_orthogonal (signs, n, known[f].k);
  }
}

/* Resolution by the rows alone: the fewest columns whose product never
 * changes. */
static void
test_resolution_is_that_of_the_rows (void)
{
  for (guint f = 0; f < G_N_ELEMENTS (known); f++) {
    SfDesignSpec spec = fraction_spec (known[f].k, known[f].generators);
    guint n, k = known[f].k, shortest = k;
    g_autofree int *signs = make_signs (&spec, &n);
    for (guint set = 1; set < 1u << k; set++) {
      int sum = 0;
      for (guint i = 0; i < n; i++) {
        int product = 1;
        for (guint j = 0; j < k; j++)
          product *= set >> j & 1 ? signs[i * k + j] : 1;
        sum += product;
      }
      if (sum == (int)n || sum == -(int)n)
        shortest = MIN (shortest, (guint)__builtin_popcount (set));
    }
    g_assert_cmpuint (shortest, ==, known[f].resolution);
  }
}

static void
test_generators_hold_in_every_row (void)
{
  static const char *const letters[] = { "E=ABCD", NULL };
  static const char *const numbers[] = { " 5 = 1*2 3 * 4", NULL };
  static const char *const minus[] = { "E = -ABCD", NULL };
  static const char *const inner[] = { "A=CDE", NULL };
  SfDesignSpec spec = fraction_spec (5, letters);
  guint n;
  g_autofree int *plus = make_signs (&spec, &n);
  for (guint i = 0; i < n; i++) {
    const int *x = plus + 5 * i;
    g_assert_cmpint (x[4], ==, x[0] * x[1] * x[2] * x[3]);
    /* standard order of the free factors */
    for (guint j = 0; j < 4; j++)
      g_assert_cmpint (x[j], ==, i >> j & 1 ? 1 : -1);
  }
  spec.generators = numbers;
  g_autofree int *same = make_signs (&spec, &n);
  g_assert_cmpmem (same, 80 * sizeof *same, plus, 80 * sizeof *plus);
  spec.generators = minus;
  g_autofree int *other = make_signs (&spec, &n);
  for (guint i = 0; i < 80; i++)
    g_assert_cmpint (other[i], ==, i % 5 == 4 ? -plus[i] : plus[i]);
  spec.generators = inner;
  g_autofree int *turned = make_signs (&spec, &n);
  for (guint i = 0; i < n; i++) {
    const int *x = turned + 5 * i;
    g_assert_cmpint (x[0], ==, x[2] * x[3] * x[4]);
  }
}

static void
assert_text (const SfDesignSpec *spec, const char *const *names,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sf_design_alias_text (spec, names, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* 2^(4-1) and 2^(7-4), as any textbook has them; the latter without aliases of
 * three and more factors. */
static void
test_alias_tables_are_those_of_the_textbook (void)
{
  static const char *const four[] = { "D=ABC", NULL };
  static const char *const minus[] = { "D=-ABC", NULL };
  static const char *const two_minus[] = { "D=-AB", "E=-AC", NULL };
  static const char *const seven[] = { "D=AB", "E=AC", "F=BC", "G=ABC", NULL };
  static const char *const names[] = { "speed", "cost", "delay", "loss" };
  SfDesignSpec spec = fraction_spec (4, four);
  assert_text (&spec, NULL,
               "2^(4-1), 8 points, resolution IV\nI = ABCD\n"
               "A = BCD\nB = ACD\nC = ABD\nD = ABC\n"
               "AB = CD\nAC = BD\nAD = BC\n");
  spec.generators = minus;
  assert_text (&spec, names,
               "2^(4-1), 8 points, resolution IV\n"
               "A: speed\nB: cost\nC: delay\nD: loss\nI = -ABCD\n"
               "A = -BCD\nB = -ACD\nC = -ABD\nD = -ABC\n"
               "AB = -CD\nAC = -BD\nAD = -BC\n");
  spec = fraction_spec (5, two_minus);
  assert_text (&spec, NULL,
               "2^(5-2), 8 points, resolution III\n"
               "I = -ABD = -ACE = BCDE\n"
               "A = -BD = -CE\nB = -AD\nC = -AE\nD = -AB\nE = -AC\n"
               "BC = DE\nBE = CD\n");
  spec = fraction_spec (7, seven);
  assert_text (&spec, NULL,
               "2^(7-4), 8 points, resolution III\n"
               "I = ABD = ACE = AFG = BCF = BEG = CDG = DEF = ABCG = ABEF"
               " = ACDF = ADEG = BCDE = BDFG = CEFG = ABCDEFG\n"
               "A = BD = CE = FG\nB = AD = CF = EG\nC = AE = BF = DG\n"
               "D = AB = CG = EF\nE = AC = BG = DF\nF = AG = BC = DE\n"
               "G = AF = BE = CD\n");
}

static void
test_aliases_of_resolution_five_are_long (void)
{
  static const char *const five[] = { "E=ABCD", NULL };
  SfDesignSpec spec = fraction_spec (5, five);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sf_design_alias_text (&spec, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (
      text, "2^(5-1), 16 points, resolution V\nI = ABCDE\nA = BCDE\n"));
  g_assert_nonnull (strstr (text, "\nAB = CDE\n"));
  g_assert_true (g_str_has_suffix (text, "\nDE = ABC\n"));
}

static void
test_bad_generators_are_refused (void)
{
  static const struct {
    guint k;
    const char *generators[4];
    const char *text;
  } bad[] = {
    { 5, { NULL }, "needs generators" },
    { 5, { "E" }, "\"E\" is not like" },
    { 5, { "" }, "\"\" is not like" },
    { 5, { "E=" }, "\"E=\" is not like" },
    { 5, { "E=A" }, "\"E=A\" is not like" },
    { 5, { "E=ABF" }, "\"E=ABF\" is not like" },
    { 5, { "E=ABE" }, "\"E=ABE\" is not like" },
    { 5, { "E=AAB" }, "\"E=AAB\" is not like" },
    { 5, { "E=AB+C" }, "\"E=AB+C\" is not like" },
    { 5, { "E=A\033B" }, "\"E=A\\x1BB\" is not like" },
    { 5, { "5=1234" }, "\"5=1234\" is not like" },
    { 5, { "0=1*2" }, "\"0=1*2\" is not like" },
    { 5, { "5=99999999999999999999999*2" }, "is not like" },
    { 9, { "I=AB" }, "\"I=AB\" is not like" },
    { 5, { "E=ABC", "E=ABD" }, "two generators make factor E" },
    { 5, { "D=ABC", "E=ABD" }, "generator of factor E names" },
    { 5, { "D=ABC", "E=ABC" }, "factors D and E would always move together" },
    { 2, { "A=AB", "B=AB" }, "2 generators for 2 factors" },
    { 51, { "E=ABCD" }, "51 factors are too many" },
  };
  for (guint b = 0; b < G_N_ELEMENTS (bad); b++) {
    g_autoptr (GError) error = NULL;
    SfDesignSpec spec = fraction_spec (bad[b].k, bad[b].generators);
    g_assert_null (sf_design_new (&spec, &error));
    g_assert_error (error, SF_DESIGN_ERROR, SF_DESIGN_ERROR_SPEC);
    if (!strstr (error->message, bad[b].text))
      g_error ("\"%s\" does not say \"%s\"", error->message, bad[b].text);
    g_assert_cmpuint (sf_design_resolution (&spec, NULL), ==, 0);
    g_assert_null (sf_design_alias_text (&spec, NULL, NULL));
  }
}

/* ---- Plackett-Burman ----------------------------------------------------- */

static void
test_plackett_burman_is_orthogonal (void)
{
  guint last = 0, n_offered = 0;
  for (guint k = 1; k <= 127; k++) {
    SfDesignSpec spec = { .kind = SF_DESIGN_PLACKETT_BURMAN, .n_factors = k };
    guint n;
    g_autofree int *signs = make_signs (&spec, &n);
    g_assert_cmpuint (n, >, k);
    g_assert_cmpuint (n % 4, ==, 0);
    if (k <= 47) /* the next multiple of four, without a gap */
      g_assert_cmpuint (n, ==, 4 * (k / 4 + 1));
    if (n != last || k + 1 == n) {
      assert_orthogonal (signs, n, k);
      n_offered += n != last;
    }
    last = n;
  }
  g_assert_cmpuint (n_offered, >=, 24);
}

/* The first rows that Plackett and Burman (1946) printed; each further
 * row is the one before, moved one place, and the last is all minus. */
static void
test_plackett_burman_is_as_published (void)
{
  static const char *const first[]
      = { "++-+++---+-", "++--++++-+-+----++-", "+++++-+-++--++--+-+----" };
  for (guint d = 0; d < G_N_ELEMENTS (first); d++) {
    guint k = (guint)strlen (first[d]), n;
    SfDesignSpec spec = { .kind = SF_DESIGN_PLACKETT_BURMAN, .n_factors = k };
    g_autofree int *signs = make_signs (&spec, &n);
    g_assert_cmpuint (n, ==, k + 1);
    for (guint i = 0; i < k; i++)
      for (guint j = 0; j < k; j++)
        g_assert_cmpint (signs[i * k + (i + j) % k], ==,
                         first[d][j] == '+' ? 1 : -1);
    for (guint j = 0; j < k; j++)
      g_assert_cmpint (signs[k * k + j], ==, -1);
  }
}

/* Folded over, no main effect is in line with any two-factor interaction. */
static void
test_folding_frees_main_effects (void)
{
  enum { K = 11 };
  SfDesignSpec spec = { .kind = SF_DESIGN_PLACKETT_BURMAN,
                        .n_factors = K,
                        .is_folded = TRUE };
  guint n;
  g_autofree int *signs = make_signs (&spec, &n);
  g_assert_cmpuint (n, ==, 24);
  assert_orthogonal (signs, n, K);
  for (guint a = 0; a < K; a++)
    for (guint b = 0; b < K; b++)
      for (guint c = 0; c < b; c++) {
        int sum = 0;
        for (guint i = 0; i < n; i++)
          sum += signs[i * K + a] * signs[i * K + b] * signs[i * K + c];
        g_assert_cmpint (sum, ==, 0);
      }
}

static void
test_largest_plackett_burman_is_there (void)
{
  SfDesignSpec spec = { .kind = SF_DESIGN_PLACKETT_BURMAN,
                        .n_factors = SF_DESIGN_PB_FACTORS_MAX };
  guint n;
  g_autofree int *signs = make_signs (&spec, &n);
  g_assert_cmpuint (n, ==, 256);
  g_assert_cmpint (signs[0], ==, 1);
  spec.n_factors++;
  g_autoptr (GError) error = NULL;
  g_assert_null (sf_design_new (&spec, &error));
  g_assert_error (error, SF_DESIGN_ERROR, SF_DESIGN_ERROR_SPEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define T(path, f) g_test_add_func ("/design/" path, f)
  T ("fractional/known-designs", test_known_fractions);
  T ("fractional/resolution-is-that-of-the-rows",
     test_resolution_is_that_of_the_rows);
  T ("fractional/generators-hold-in-every-row",
     test_generators_hold_in_every_row);
  T ("fractional/alias-tables-are-those-of-the-textbook",
     test_alias_tables_are_those_of_the_textbook);
  T ("fractional/aliases-of-resolution-five-are-long",
     test_aliases_of_resolution_five_are_long);
  T ("fractional/bad-generators-are-refused", test_bad_generators_are_refused);
  T ("plackett-burman/is-orthogonal", test_plackett_burman_is_orthogonal);
  T ("plackett-burman/is-as-published", test_plackett_burman_is_as_published);
  T ("plackett-burman/folding-frees-main-effects",
     test_folding_frees_main_effects);
  T ("plackett-burman/the-largest-is-there",
     test_largest_plackett_burman_is_there);
#undef T
  return g_test_run ();
}
