/* test-text.c - do names, numbers and fields come out right? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/text.h"

#include <float.h>
#include <math.h>
#include <string.h>

static void
test_distance (void)
{
  static const struct {
    const char *a, *b;
    guint distance;
  } cases[] = {
    { "", "", 0 },
    { "", "abc", 3 },
    { "kitten", "sitting", 3 },
    { "convoy", "covnoy", 1 },
    { "ca", "abc", 3 }, /* 2 without the rule of one edit per byte */
    { "ab", "ba", 1 },
    { "abcdef", "badcfe", 3 },
    { "travel_h", "travel_km", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint exact = cases[i].distance;

    g_assert_cmpuint (sf_text_distance (cases[i].a, cases[i].b, G_MAXUINT), ==,
                      exact);
    for (guint limit = 0; limit < 8; limit++) {
      guint expected = MIN (exact, limit + 1);

      g_assert_cmpuint (sf_text_distance (cases[i].a, cases[i].b, limit), ==,
                        expected);
      g_assert_cmpuint (sf_text_distance (cases[i].b, cases[i].a, limit), ==,
                        expected);
    }
  }
}

/* Stopping early never changes the answer: short random words over two
 * letters, where swaps are common. */
static void
test_distance_limit (void)
{
  guint32 state = 7;

  for (int i = 0; i < 5000; i++) {
    char words[2][9] = { "", "" };

    for (int w = 0; w < 2; w++)
      for (int k = 0; k < 8; k++) {
        state = state * 1664525u + 1013904223u;
        words[w][k] = "aabbabab\0"[(state >> 24) % 9];
      }
    for (guint limit = 0, exact = sf_text_distance (words[0], words[1], 99);
         limit < 9; limit++)
      g_assert_cmpuint (sf_text_distance (words[0], words[1], limit), ==,
                        MIN (exact, limit + 1));
  }
}

static void
test_nearest (void)
{
  static const char *const names[]
      = { "travel_h", NULL, "travel_km", "capacity", "x" };
  gsize n = G_N_ELEMENTS (names);

  g_assert_cmpstr (sf_text_nearest ("travel_k", names, n), ==, "travel_h");
  g_assert_cmpstr (sf_text_nearest ("travelkm", names, n), ==, "travel_km");
  g_assert_cmpstr (sf_text_nearest ("capactiy", names, n), ==, "capacity");
  g_assert_cmpstr (sf_text_nearest ("capacity", names, n), ==, "capacity");
  g_assert_cmpstr (sf_text_nearest ("y", names, n), ==, "x");
  g_assert_null (sf_text_nearest ("speed_kmh", names, n));
  g_assert_null (sf_text_nearest ("", names, 4));
  g_assert_null (sf_text_nearest ("abc", NULL, 0));
}

static void
test_numbers (void)
{
  static const struct {
    double value;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { -0.0, "0" },
    { 0.1, "0.1" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3, "0.3333333333333333" },
    { 46, "46" },
    { 1e15, "1e+15" },
    { 123456789012345, "123456789012345" },
    { 9007199254740991, "9007199254740991" },
    { -2.5e-9, "-2.5e-09" },
    { DBL_MAX, "1.7976931348623157e+308" },
    { -DBL_MAX, "-1.7976931348623157e+308" },
    { DBL_MIN, "2.2250738585072014e-308" },
    { NAN, "nan" },
    { -NAN, "nan" },
    { INFINITY, "inf" },
    { -INFINITY, "-inf" },
  };
  char buffer[SF_TEXT_NUMBER_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (sf_text_number (buffer, cases[i].value), ==,
                     cases[i].text);
}

static void
test_csv (void)
{
  static const char *const cases[][2] = {
    { "plain text", "plain text" },
    { "", "" },
    { "a,b", "\"a,b\"" },
    { "say \"x\"", "\"say \"\"x\"\"\"" },
    { "two\nlines", "\"two\nlines\"" },
    { " padded", "\" padded\"" },
    { "padded ", "\"padded \"" },
    { "=1+2", "\"'=1+2\"" },
    { "@sum(a1)", "\"'@sum(a1)\"" },
    { "+cmd|x", "\"'+cmd|x\"" },
    { "-a", "\"'-a\"" },
    { "\tx", "\"'\tx\"" },
    { "-", "\"'-\"" },
    { "-.", "\"'-.\"" },
    { "-1e", "\"'-1e\"" },
    { "-0x10", "\"'-0x10\"" },
    { "-12.5", "-12.5" },
    { "+.5e-3", "+.5e-3" },
    { "-5.", "-5." },
    { "-inf", "-inf" },
    { "a=b", "a=b" },
    { "d\xC3\xA9p\xC3\xB4t", "d\xC3\xA9p\xC3\xB4t" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) out = g_string_new (NULL);

    sf_text_csv (out, cases[i][0]);
    g_assert_cmpstr (out->str, ==, cases[i][1]);
    sf_text_csv (out, NULL);
    g_assert_cmpstr (out->str, ==, cases[i][1]);
  }
}

static void
test_json (void)
{
  g_autoptr (GString) out = g_string_new ("x=");

  sf_text_json (out, "q\"b\\s/\b\f\n\r\t\x01\x1F\x7F\xE2\x82\xAC");
  g_assert_cmpstr (out->str, ==,
                   "x=\"q\\\"b\\\\s/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F"
                   "\xE2\x82\xAC\"");
  g_string_truncate (out, 0);
  sf_text_json (out, "a\xFFz");
  g_assert_cmpstr (out->str, ==, "\"a\xEF\xBF\xBDz\"");
}

static void
test_safe (void)
{
  static const char *const cases[][2] = {
    { "plain \xC3\xA9\xE2\x82\xAC", "plain \xC3\xA9\xE2\x82\xAC" },
    { "\x1B[31mred\n", "\\x1B[31mred\\x0A" },
    { "\x7F\xC2\x9B", "\\x7F\\xC2\\x9B" },
    { "\xFF\xC3", "\\xFF\\xC3" },
    { "\xE2\x80\xAEtxt", "\\xE2\\x80\\xAEtxt" }, /* right to left */
    { "\xE2\x80\xA8", "\\xE2\\x80\\xA8" },       /* line separator */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *safe = sf_text_safe (cases[i][0], -1);
    g_autoptr (GString) whole = g_string_new (NULL);

    sf_text_append_safe (whole, cases[i][0], -1);
    g_assert_cmpstr (safe, ==, cases[i][1]);
    g_assert_cmpstr (whole->str, ==, cases[i][1]);
  }
}

static void
test_safe_cuts (void)
{
  g_autofree char *exact = g_strnfill (80, 'x');
  g_autofree char *longer = g_strnfill (81, 'x');
  g_autofree char *bells = g_strnfill (21, '\a');
  g_autofree char *safe = sf_text_safe (exact, -1);
  g_autofree char *cut = sf_text_safe (longer, -1);
  g_autofree char *cut_bells = sf_text_safe (bells, -1);
  g_autofree char *nul = sf_text_safe ("a\0b", 3);

  g_assert_cmpstr (safe, ==, exact);
  g_assert_cmpuint (strlen (cut), ==, 80);
  g_assert_true (g_str_has_suffix (cut, "xx..."));
  g_assert_true (g_str_has_suffix (cut_bells, "\\x07..."));
  g_assert_cmpuint (strlen (cut_bells), ==, 79); /* no half of an escape */
  g_assert_cmpstr (nul, ==, "a\\x00b");
}

/* As near to the number as what printf() writes, and at most a byte longer. */
static void
test_short (void)
{
  static const double known[]
      = { 0,       -0.0,   1,       0.5,    -0.5,    0.05,  0.9995,
          0.99995, 9.9999, 99.995,  999.95, 9998.6,  12345, 1234567,
          0.001,   0.0002, 1.99e-4, 1e-9,   1e300,   10,    100,
          1000,    9999.6, -42.25,  0.1,    0.099999 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 200000; i++) {
    double x = i < G_N_ELEMENTS (known)
                   ? known[i]
                   : pow (10, g_rand_double_range (rand, -6, 6))
                         * (i % 3 == 0 ? -1 : 1);
    char usual[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_truncate (text, 0);
    sf_text_short (text, x);
    g_ascii_formatd (usual, sizeof usual, "%.4g", x);
    double wrong = fabs (g_ascii_strtod (text->str, NULL) - x);
    double allowed = fabs (g_ascii_strtod (usual, NULL) - x);
    g_assert_cmpfloat (wrong, <=, allowed + 1e-12 * fabs (x));
    g_assert_cmpuint (text->len, <=, strlen (usual) + 1);
  }
  g_string_assign (text, "[");
  for (gsize i = 0; i < 6; i++) {
    sf_text_short (text, known[i]);
    g_string_append_c (text, ' ');
  }
  sf_text_short (text, NAN);
  sf_text_short (text, -INFINITY);
  g_assert_cmpstr (text->str, ==, "[0 0 1 0.5 -0.5 0.05 nullnull");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/distance/counts-edits-and-swaps", test_distance);
  g_test_add_func ("/text/distance/stops-early-without-error",
                   test_distance_limit);
  g_test_add_func ("/text/nearest/suggests-only-what-is-near", test_nearest);
  g_test_add_func ("/text/number/reads-back-and-is-short", test_numbers);
  g_test_add_func ("/text/short/is-what-printf-says-in-four-digits",
                   test_short);
  g_test_add_func ("/text/csv/quotes-and-disarms-formulas", test_csv);
  g_test_add_func ("/text/json/escapes-and-repairs", test_json);
  g_test_add_func ("/text/safe/shows-nothing-a-terminal-obeys", test_safe);
  g_test_add_func ("/text/safe/cuts-at-eighty-characters", test_safe_cuts);
  return g_test_run ();
}
