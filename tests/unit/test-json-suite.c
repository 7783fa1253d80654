/* test-json-suite.c - is JSON read as the public test suite asks? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSONTestSuite (https://github.com/nst/JSONTestSuite; Seriot, "Parsing JSON is
 * a minefield", 2016) names what readers do with odd texts: y_ must be read,
 * n_ refused, i_ is free, but nothing may crash. These are our own texts for
 * the behaviours that it names. Ours is stricter in what is named below: a key
 * stands once in an object, no NUL is in a text, a number is one that a double
 * holds, and of 63 characters at most.
 */
#include <string.h>

#include "sim/base/json.h"

/* A text may hold any byte: its length is the array's. */
typedef struct {
  const char *name, *text;
  gsize length;
} Case;

#define CASE(NAME, TEXT)                                                       \
  {                                                                            \
    NAME, TEXT, sizeof (TEXT) - 1                                              \
  }

static const Case y_cases[] = {
  CASE ("array-spaces-between", "[[]\t \n]"),
  CASE ("array-empty", "[]"),
  CASE ("array-empty-string", "[\"\"]"),
  CASE ("array-heterogeneous", "[null, 2, \"2\", {}, false]"),
  CASE ("array-several-null", "[3,null,null,null]"),
  CASE ("array-space-around", " \r\n[5] \t"),
  CASE ("number-zero-with-exponents", "[0e1, 0e+1, 0E-1, 0.0e0]"),
  CASE ("number-exponents", "[1E22, 1E-2, 1E+2, 12e34, 1.5e+2, 20e1]"),
  CASE ("number-minus-zero", "[-0, -0.0, -0e0]"),
  CASE ("number-close-to-zero", "[-0.00000000000000000000000000000000000001]"),
  CASE ("number-plain", "[7, -7, -1, 12.5]"),
  CASE ("object-basic", "{\"a\":\"b\", \"c\" : \"d\"}"),
  CASE ("object-empty-and-empty-key", "{\"\":{}}"),
  CASE ("object-large-numbers", "{\"min\": -1.0e+28, \"max\": 1.0e+28}"),
  CASE ("object-newlines", "{\n\"a\"\n:\r\n1\n}\n"),
  CASE ("object-escaped-key", "{\"\\u041f\\u043e\": 1}"),
  CASE ("string-escapes", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]"),
  CASE ("string-surrogate-pairs", "[\"\\ud83d\\uDE00\\uDBFF\\uDFFF\"]"),
  CASE ("string-backslash-then-u", "[\"\\\\u0000\"]"),
  CASE ("string-comment-within", "[\"a/*b*/c//d\"]"),
  CASE ("string-escaped-control", "[\"\\u0001\\u001F\"]"),
  CASE ("string-noncharacters-escaped",
        "[\"\\uFFFE\\uFFFF\\uFDD0\\uD83F\\uDFFE\"]"),
  CASE ("string-noncharacters", "[\"\xEF\xBF\xBF \xF4\x8F\xBF\xBF\"]"),
  CASE ("string-reserved", "[\"\xF0\x9B\xBF\xBF\"]"),
  CASE ("string-two-to-four-bytes",
        "[\"\xCF\x80 \xE2\x82\xAC \xF0\x9D\x84\x9E\"]"),
  CASE ("string-line-separators", "[\"\xE2\x80\xA8\xE2\x80\xA9\"]"),
  CASE ("string-delete", "[\"a\x7F\"]"),
  CASE ("string-escaped-quote-and-backslash", "[\"\\u0022\\u005C\"]"),
  CASE ("string-invisible", "[\"\\u200B\\u2064\\u00A0\"]"),
  CASE ("lonely-values-true", "true"),
  CASE ("lonely-values-false", "false"),
  CASE ("lonely-values-null", "null"),
  CASE ("lonely-values-number", "-0.5"),
  CASE ("lonely-values-string", "\" \""),
  CASE ("lonely-values-empty-string", "\"\""),
};

/* Read by the standard, refused by us. */
static const Case stricter_cases[] = {
  CASE ("object-duplicated-key", "{\"a\":1,\"a\":2}"),
  CASE ("object-duplicated-key-and-value", "{\"a\":1,\"a\":1}"),
  CASE ("object-duplicated-key-escaped", "{\"a\":1,\"\\u0061\":1}"),
  CASE ("object-escaped-null-in-key", "{\"a\\u0000b\": 1}"),
  CASE ("string-null-escape", "[\"\\u0000\"]"),
  CASE (
      "number-longer-than-63-characters",
      "[-0.00000000000000000000000000000000000000000000000000000000000000001]"),
};

static const Case n_cases[] = {
  CASE ("array-without-comma", "[1 true]"),
  CASE ("array-colon-for-comma", "[\"\": 1]"),
  CASE ("array-comma-after-close", "[1],"),
  CASE ("array-comma-first", "[,1]"),
  CASE ("array-double-comma", "[1,,2]"),
  CASE ("array-double-comma-at-end", "[1,,]"),
  CASE ("array-closed-twice", "[\"x\"]]"),
  CASE ("array-comma-at-end", "[1,]"),
  CASE ("array-just-comma", "[,]"),
  CASE ("array-unclosed-wrong-value", "[x"),
  CASE ("array-unclosed", "[\"x\""),
  CASE ("array-inner-without-comma", "[3[4]]"),
  CASE ("array-semicolon", "[1;2]"),
  CASE ("array-minus", "[-]"),
  CASE ("array-vertical-tab-formfeed", "[\"\v\",\f]"),
  CASE ("array-star", "[*]"),
  CASE ("array-unclosed-comma", "[1,"),
  CASE ("array-unclosed-lines", "[1,\n2\n,3"),
  CASE ("array-unclosed-object", "[{}"),
  CASE ("array-invalid-utf8", "[\xFF]"),
  CASE ("array-letter-invalid-utf8", "[a\xE5]"),
  CASE ("word-false-cut", "[fals]"),
  CASE ("word-null-cut", "[nul]"),
  CASE ("word-true-cut", "[tru]"),
  CASE ("word-true-capital", "[True]"),
  CASE ("number-then-null-byte", "123\0"),
  CASE ("number-two-points", "[0.1.2]"),
  CASE ("number-minus-leading-zero", "[-01]"),
  CASE ("number-leading-zeros", "[012]"),
  CASE ("number-exponent-empty", "[0e]"),
  CASE ("number-exponent-sign-only", "[0.3e+]"),
  CASE ("number-exponent-minus-only", "[1.0E-]"),
  CASE ("number-point-then-exponent", "[0.e1]"),
  CASE ("number-space-within", "[1 000.0]"),
  CASE ("number-two-exponents", "[1eE2]"),
  CASE ("number-point-minus", "[.-1]"),
  CASE ("number-plus", "[+1]"),
  CASE ("number-plus-plus", "[++1]"),
  CASE ("number-point-first", "[.2e-3]"),
  CASE ("number-point-last", "[2.]"),
  CASE ("number-minus-point-last", "[-2.]"),
  CASE ("number-point-exponent", "[2.e+3]"),
  CASE ("number-expression", "[1+2]"),
  CASE ("number-hex", "[0x1]"),
  CASE ("number-hex-two-digits", "[0x42]"),
  CASE ("number-infinity", "[Infinity]"),
  CASE ("number-minus-infinity", "[-Infinity]"),
  CASE ("number-plus-inf", "[+Inf]"),
  CASE ("number-inf", "[Inf]"),
  CASE ("number-nan", "[NaN]"),
  CASE ("number-minus-nan", "[-NaN]"),
  CASE ("number-exponent-two-signs", "[0e+-1]"),
  CASE ("number-garbage-behind", "[-123.5foo]"),
  CASE ("number-minus-garbage", "[-foo]"),
  CASE ("number-minus-space", "[- 1]"),
  CASE ("number-minus-point", "[-.5]"),
  CASE ("number-letter-behind", "[-1x]"),
  CASE ("number-letter-in-exponent", "[1ea]"),
  CASE ("number-letter-within", "[1.2a-3]"),
  CASE ("number-invalid-utf8-behind", "[12\xE5]"),
  CASE ("number-invalid-utf8-in-exponent", "[1e1\xE5]"),
  CASE ("number-full-width-digit", "[\xEF\xBC\x91]"),
  CASE ("object-bad-value", "{\"x\": truth}"),
  CASE ("object-bracket-key", "{[: 1}"),
  CASE ("object-comma-for-colon", "{\"x\", null}"),
  CASE ("object-double-colon", "{\"x\"::1}"),
  CASE ("object-emoji", "{\xF0\x9F\x87\xA8}"),
  CASE ("object-garbage-at-end", "{\"a\":1 2}"),
  CASE ("object-single-quotes", "{'a':0}"),
  CASE ("object-value-single-quotes", "{\"a\":'b'}"),
  CASE ("object-continuation-byte-in-key", "{\"\xB9\":0}"),
  CASE ("object-missing-colon", "{\"a\" 1}"),
  CASE ("object-missing-colon-letter", "{\"a\" b}"),
  CASE ("object-missing-key", "{:1}"),
  CASE ("object-missing-value", "{\"a\":"),
  CASE ("object-key-only", "{\"a\"}"),
  CASE ("object-key-huge-number", "{9999E9999:1}"),
  CASE ("object-key-number", "{1:1}"),
  CASE ("object-key-null", "{null:null}"),
  CASE ("object-commas-at-end", "{\"a\":0,,,}"),
  CASE ("object-comma-at-end", "{\"a\":0,}"),
  CASE ("object-two-commas", "{\"a\":1,,\"b\":2}"),
  CASE ("object-comment-behind", "{\"a\":1}/**/"),
  CASE ("object-comment-open", "{\"a\":1}/**//"),
  CASE ("object-slash-behind", "{\"a\":1}/"),
  CASE ("object-line-comment", "{\"a\":1}//"),
  CASE ("object-comment-within", "{\"a\":/*c*/1}"),
  CASE ("object-unquoted-key", "{a: 1}"),
  CASE ("object-unterminated-value", "{\"a\":\"b"),
  CASE ("object-lone-string", "{\"a\":1, \"b\"}"),
  CASE ("object-hash-behind", "{\"a\":1}#"),
  CASE ("blank", " "),
  CASE ("string-surrogate-then-escape", "[\"\\uD800\\\"]"),
  CASE ("string-surrogate-then-u", "[\"\\uD800\\u\"]"),
  CASE ("string-surrogate-then-u1", "[\"\\uD800\\u1\"]"),
  CASE ("string-surrogate-then-u1x", "[\"\\uD800\\u1x\"]"),
  CASE ("string-accent-unquoted", "[\xC3\xA9]"),
  CASE ("string-backslash-null", "[\"\\\0\"]"),
  CASE ("string-backslash-three-times", "[\"\\\\\\\"]"),
  CASE ("string-backslash-tab", "[\"\\\t\"]"),
  CASE ("string-backslash-emoji", "[\"\\\xF0\x9F\x8C\x80\"]"),
  CASE ("string-escape-x", "[\"\\x00\"]"),
  CASE ("string-escape-octal", "[\"\\07\"]"),
  CASE ("string-escape-three-digits", "[\"\\u00A\"]"),
  CASE ("string-escape-no-hex", "[\"\\uqqqq\"]"),
  CASE ("string-escape-invalid-utf8", "[\"\\u\xE5\"]"),
  CASE ("string-escape-a", "[\"\\a\"]"),
  CASE ("string-escape-capital-u", "[\"\\UA66D\"]"),
  CASE ("string-escape-cut", "[\"\\\"]"),
  CASE ("string-escape-unclosed", "[\"\\"),
  CASE ("string-second-surrogate-cut", "[\"\\uD834\\uDd\"]"),
  CASE ("string-escape-before-quote", "[\\u0020\"a\"]"),
  CASE ("string-escape-unquoted", "[\\n]"),
  CASE ("string-one-quote", "\""),
  CASE ("string-single-quotes", "['a']"),
  CASE ("string-unquoted", "abc"),
  CASE ("string-null-byte", "[\"a\0b\"]"),
  CASE ("string-newline", "[\"a\nb\"]"),
  CASE ("string-tab", "[\"\t\"]"),
  CASE ("string-garbage-behind", "\"\"x"),
  CASE ("angle-brackets", "<.>"),
  CASE ("angle-brackets-null", "[<null>]"),
  CASE ("array-garbage-behind", "[1]x"),
  CASE ("array-with-unclosed-string", "[\"a]"),
  CASE ("identifier", "a\xC3\xA5"),
  CASE ("array-never-opened", "1]"),
  CASE ("comma-for-brace", "{\"x\": true,"),
  CASE ("two-arrays", "[][]"),
  CASE ("bracket-closes-nothing", "]"),
  CASE ("bom-cut", "\xEF\xBB{}"),
  CASE ("bom-alone", "\xEF\xBB\xBF"),
  CASE ("invalid-utf8-alone", "\xE5"),
  CASE ("bracket-alone", "["),
  CASE ("nothing", ""),
  CASE ("null-byte-outside", "[\0]"),
  CASE ("number-at-sign", "2@"),
  CASE ("brace-closes-nothing", "{}}"),
  CASE ("two-values", "{\"a\": true} \"x\""),
  CASE ("bracket-apostrophe", "['"),
  CASE ("bracket-comma", "[,"),
  CASE ("bracket-brace", "[{"),
  CASE ("bracket-string-open", "[\"a"),
  CASE ("brace-bracket", "{]"),
  CASE ("brace-comma", "{,"),
  CASE ("brace-array", "{["),
  CASE ("brace-alone", "{"),
  CASE ("brace-string-open", "{\"a"),
  CASE ("brace-apostrophes", "{'a'"),
  CASE ("escapes-and-brackets", "[\"\\{[\"\\{[\"\\{"),
  CASE ("e-acute-cut", "\xC3"),
  CASE ("star", "*"),
  CASE ("hash-between", "{\"a\":1}#{}"),
  CASE ("newline-escaped-outside", "[\\u000A\"\"]"),
  CASE ("unclosed-with-word-cut", "[false, nul"),
  CASE ("object-unclosed", "{\"a\":\"b\""),
  CASE ("space-formfeed", "[\f]"),
  CASE ("space-word-joiner", "[\xE2\x81\xA0]"),
  CASE ("space-no-break", "[\xC2\xA0]"),
};

/* Free by the standard. These are read ... */
static const Case i_read_cases[] = {
  CASE ("number-underflow", "[123.456e-789]"),
  CASE ("number-underflow-far", "[1e-10000000]"),
  CASE ("depth-of-50", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
                       "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"),
};

/* ... and these refused: nobody meant them. */
static const Case i_refused_cases[] = {
  CASE ("number-huge-exponent", "[0.4e00669999999999999999999999999999]"),
  CASE ("number-overflow", "[1.5e+9999]"),
  CASE ("number-negative-overflow", "[-1e+9999]"),
  CASE ("number-integer-too-large", "[100000000000000000000]"),
  CASE ("number-negative-integer-too-large", "[-123123123123123123123123]"),
  CASE ("key-lone-second-surrogate", "{\"\\uDFAA\":0}"),
  CASE ("string-lone-first-surrogate", "[\"\\uDADA\"]"),
  CASE ("string-second-surrogate-is-none", "[\"\\uD888\\u1234\"]"),
  CASE ("string-surrogate-then-newline", "[\"\\uD800\\n\"]"),
  CASE ("string-two-first-surrogates", "[\"\\uD800\\uD800\\n\"]"),
  CASE ("string-surrogate-then-letters", "[\"\\ud800abc\"]"),
  CASE ("string-surrogates-inverted", "[\"\\uDd1e\\uD834\"]"),
  CASE ("string-latin-1", "[\"\xE9\"]"),
  CASE ("string-invalid-utf8", "[\"\xFF\"]"),
  CASE ("string-lone-continuation", "[\"\x81\"]"),
  CASE ("string-beyond-unicode", "[\"\xF4\xBF\xBF\xBF\"]"),
  CASE ("string-overlong-2", "[\"\xC0\xAF\"]"),
  CASE ("string-overlong-6", "[\"\xFC\x83\xBF\xBF\xBF\xBF\"]"),
  CASE ("string-overlong-null", "[\"\xFC\x80\x80\x80\x80\x80\"]"),
  CASE ("string-truncated", "[\"\xE0\xFF\"]"),
  CASE ("string-surrogate-in-utf8", "[\"\xED\xA0\x80\"]"),
  CASE ("byte-order-mark", "\xEF\xBB\xBF{}"),
  CASE ("utf16-big", "\0[\0\"\0\xE9\0\"\0]"),
  CASE ("utf16-little", "[\0\"\0\xE9\0\"\0]\0"),
  CASE ("utf16-little-with-bom", "\xFF\xFE[\0\"\0\xE9\0\"\0]\0"),
};

static gboolean
is_read (const char *text, gsize length)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  /* Exactly as long as the text, for sanitizers to see a step beyond it. */
  g_autofree char *exact = g_memdup2 (text, length);
  g_autoptr (SfJsonDoc) doc
      = sf_json_parse (exact != NULL ? exact : "", length, "t", mistakes);
  g_autofree char *list = sf_mistakes_format (mistakes);

  g_assert_true ((doc == NULL) == (sf_mistakes_count (mistakes) > 0));
  g_assert_true (g_utf8_validate (list, -1, NULL));
  return doc != NULL;
}

static void
check_all (const Case *cases, gsize n, gboolean must_be_read)
{
  for (gsize i = 0; i < n; i++)
    if (is_read (cases[i].text, cases[i].length) != must_be_read) {
      g_test_message ("%s", cases[i].name);
      g_test_fail ();
    }
}

static void
test_reads (void)
{
  check_all (y_cases, G_N_ELEMENTS (y_cases), TRUE);
}

static void
test_stricter (void)
{
  check_all (stricter_cases, G_N_ELEMENTS (stricter_cases), FALSE);
}

static void
test_refuses (void)
{
  check_all (n_cases, G_N_ELEMENTS (n_cases), FALSE);
}

static void
test_free (void)
{
  check_all (i_read_cases, G_N_ELEMENTS (i_read_cases), TRUE);
  check_all (i_refused_cases, G_N_ELEMENTS (i_refused_cases), FALSE);
}

/* Deeper than we read (500), and than any stack bears. */
static void
test_deep (void)
{
  static const char *const pieces[] = { "[", "[{\"\":", "{\"a\":[" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *open = g_strnfill (500, '['),
                    *shut = g_strnfill (500, ']');
    g_autofree char *both = g_strconcat (open, shut, NULL);

    g_assert_false (is_read (both, strlen (both)));
    for (guint k = 0; k < 100000; k++)
      g_string_append (text, pieces[i]);
    g_assert_false (is_read (text->str, text->len));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-suite/y-is-read", test_reads);
  g_test_add_func ("/json-suite/y-that-we-refuse", test_stricter);
  g_test_add_func ("/json-suite/n-is-refused", test_refuses);
  g_test_add_func ("/json-suite/i-is-decided", test_free);
  g_test_add_func ("/json-suite/depth-does-not-crash", test_deep);
  return g_test_run ();
}
