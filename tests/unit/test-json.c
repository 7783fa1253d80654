/* test-json.c - is JSON read strictly and written back exactly? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/json.h"

#include <locale.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

static SfJsonDoc *
parse (const char *text)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfJsonDoc *doc = sf_json_parse (text, strlen (text), "t", mistakes);

  if (doc == NULL) {
    g_autofree char *list = sf_mistakes_format (mistakes);

    g_test_message ("%s\n%s", text, list);
  }
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 0);
  g_assert_nonnull (doc);
  return doc;
}

/* A text that is refused: where, and a part of what is said. */
typedef struct {
  const char *name;
  const char *text;
  int line, column;
  SfMistakeKind kind;
  const char *says;
} Refused;

#define SYNTAX SF_MISTAKE_SYNTAX

static const Refused refused[] = {
  { "leading-zero", "[01]", 1, 2, SYNTAX, "zero" },
  { "leading-zero-after-minus", "-012", 1, 1, SYNTAX, "zero" },
  { "point-without-digit", "[1.]", 1, 4, SYNTAX, "after the decimal point" },
  { "number-beginning-with-point", "[.5]", 1, 2, SYNTAX, "'.5'" },
  { "plus-sign", "[+1]", 1, 2, SYNTAX, "plus" },
  { "minus-alone", "[-]", 1, 3, SYNTAX, "after the minus" },
  { "exponent-without-digit", "[1e+]", 1, 5, SYNTAX, "exponent" },
  { "hexadecimal", "0x10", 1, 2, SYNTAX, "'x10'" },
  { "nan", "[NaN]", 1, 2, SYNTAX, "no NaN" },
  { "infinity", "[Infinity]", 1, 2, SYNTAX, "no Infinity" },
  { "minus-infinity", "[-Infinity]", 1, 3, SYNTAX, "no Infinity" },
  { "python-true", "[True]", 1, 2, SYNTAX, "writes true" },
  { "word-too-long", "[nullx]", 1, 2, SYNTAX, "'nullx'" },
  { "word-cut-short", "tru", 1, 1, SYNTAX, "'tru'" },
  { "overflow", "[1e999]", 1, 2, SF_MISTAKE_RANGE, "1e999" },
  { "negative-overflow", "-1e309", 1, 1, SF_MISTAKE_RANGE, "-1e309" },
  { "integer-beyond-2^53", "[9007199254740993]", 1, 2, SF_MISTAKE_RANGE,
    "as a string" },
  { "negative-integer-beyond-2^53", "[-9007199254740993]", 1, 2,
    SF_MISTAKE_RANGE, "-9007199254740993" },
  { "long-integer", "123456789012345678901234567890", 1, 1, SF_MISTAKE_RANGE,
    "2^53" },
  { "trailing-comma-in-array", "[1,\n2,\n]", 2, 2, SYNTAX, "comma before" },
  { "trailing-comma-in-object", "{\"a\":1,}", 1, 7, SYNTAX, "comma before" },
  { "comma-first", "[,1]", 1, 2, SYNTAX, "expected a value" },
  { "missing-comma", "{\"a\":1\n \"b\":2}", 2, 2, SYNTAX, "',' or '}'" },
  { "missing-colon", "{\"a\" 1}", 1, 6, SYNTAX, "':'" },
  { "missing-value", "{\"a\":}", 1, 6, SYNTAX, "expected a value" },
  { "unquoted-key", "{NaN_count:1}", 1, 2, SYNTAX,
    "found 'NaN_count', expected a key in double quotes" },
  { "single-quotes", "{'a':1}", 1, 2, SYNTAX, "double quotes" },
  { "line-comment", "{ // no\n}", 1, 3, SYNTAX, "no comments" },
  { "block-comment", "[1 /* no */]", 1, 4, SYNTAX, "no comments" },
  { "text-after-the-value", "{}\n{}", 2, 1, SYNTAX, "complete" },
  { "bracket-too-many", "[]]", 1, 3, SYNTAX, "complete" },
  { "wrong-bracket", "[1}", 1, 3, SYNTAX, "',' or ']'" },
  { "unclosed-array", "[1,\n [2]", 2, 5, SYNTAX, "began at line 1, column 1" },
  { "unclosed-object", "{\"a\": {", 1, 8, SYNTAX, "end of the text" },
  { "unclosed-string", "[\"abc", 1, 6, SYNTAX, "began at line 1, column 2" },
  { "line-break-in-string", "[\"abc\n\"]", 1, 6, SYNTAX, "closing quote" },
  { "tab-in-string", "[\"a\tb\"]", 1, 4, SYNTAX, "\\u0009" },
  { "unknown-escape", "[\"C:\\dir\"]", 1, 5, SYNTAX, "escape" },
  { "short-unicode-escape", "[\"\\u12\"]", 1, 3, SYNTAX, "four hexadecimal" },
  { "escaped-nul", "[\"a\\u0000\"]", 1, 4, SYNTAX, "zero byte" },
  { "lone-high-surrogate", "[\"\\uD800\"]", 1, 3, SYNTAX, "half" },
  { "lone-low-surrogate", "[\"\\uDC00\"]", 1, 3, SYNTAX, "half" },
  { "two-high-surrogates", "[\"\\uD800\\uD800\"]", 1, 3, SYNTAX, "half" },
  { "surrogate-then-bad-escape", "[\"\\uD800\\uZZZZ\"]", 1, 9, SYNTAX,
    "four hexadecimal" },
  { "latin-1", "[\"caf\xE9\"]", 1, 6, SYNTAX, "0xE9" },
  { "overlong-utf-8", "[\"\xC0\xAF\"]", 1, 3, SYNTAX, "0xC0" },
  { "surrogate-in-utf-8", "[\"\xED\xA0\x80\"]", 1, 3, SYNTAX, "0xED" },
  { "utf-8-cut-short", "[\"\xE2\x82", 1, 3, SYNTAX, "0xE2" },
  { "byte-order-mark", "\xEF\xBB\xBF{}", 1, 1, SYNTAX, "byte-order mark" },
  { "utf-16", "\xFF\xFE{", 1, 1, SYNTAX, "UTF-16" },
  { "no-break-space",
    "[1,\xC2\xA0"
    "2]",
    1, 4, SYNTAX, "U+00A0" },
  { "curly-quotes", "[\xE2\x80\x9Cx]", 1, 2, SYNTAX, "straight quotes" },
  { "empty", "", 0, 0, SYNTAX, "is empty" },
  { "only-space", " \n ", 1, 1, SYNTAX, "white space" },
  { "columns-in-characters", "[\"h\xC3\xA9h\xE2\x82\xAC\", x]", 1, 10, SYNTAX,
    "'x'" },
  { "lines-after-crlf", "[1,\r\n2,\r\n x]", 3, 2, SYNTAX, "'x'" },
  { "duplicate-key", "{\"a\":1,\n \"b\":2,\n \"a\":3}", 3, 2,
    SF_MISTAKE_DUPLICATE, "first is on line 1" },
  { "duplicate-key-escaped", "{\"a\":1, \"\\u0061\":3}", 1, 9,
    SF_MISTAKE_DUPLICATE, "\"a\"" },
};

static void
test_refuses (const void *data)
{
  const Refused *expected = data;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  /* Exactly as long as the text: reading beyond it is seen by sanitizers. */
  gsize length = strlen (expected->text);
  g_autofree char *text = g_memdup2 (expected->text, length);
  SfJsonDoc *doc = sf_json_parse (text, length, "file.json", mistakes);
  const SfMistake *mistake;

  g_assert_null (doc);
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 1);
  mistake = sf_mistakes_get (mistakes, 0);
  g_test_message ("%d:%d: %s", mistake->line, mistake->column,
                  mistake->message);
  g_assert_cmpint (mistake->kind, ==, expected->kind);
  g_assert_cmpstr (mistake->file, ==, "file.json");
  g_assert_cmpint (mistake->line, ==, expected->line);
  g_assert_cmpint (mistake->column, ==, expected->column);
  g_assert_nonnull (strstr (mistake->message, expected->says));
}

/* Texts that are JSON, and how they are written back. */
static const char *const accepted[][2] = {
  { "null", "null" },
  { " true\t\r\n", "true" },
  { "[]", "[]" },
  { "{ }", "{}" },
  { "\"\"", "\"\"" },
  { "{\"\":0}", "{\"\":0}" },
  { "[0,-0,-0.0,0e5,1E2,1e-2,12.50]", "[0,0,0,0,100,0.01,12.5]" },
  { "[0.1,0.30000000000000004,1e308,5e-324]",
    "[0.1,0.30000000000000004,1e+308,4.94065645841247e-324]" },
  { "[9007199254740992,-9007199254740992]",
    "[9007199254740992,-9007199254740992]" },
  { "[12345678901234568.0,1e16]", "[12345678901234568.0,1e+16]" },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE9A\"",
    "\"\\\"\\\\/\\b\\f\\n\\r\\t\xC3\xA9\xF0\x9F\x9A\x9A\"" },
  { "\"\\u001f\x7F\"", "\"\\u001f\x7F\"" },
  { "{\"b\":[1,{\"a\":{}}],\"a\":\"x\"}",
    "{\"b\":[1,{\"a\":{}}],\"a\":\"x\"}" },
  { "{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}" },
};

static void
test_accepts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++) {
    g_autoptr (SfJsonDoc) doc = parse (accepted[i][0]);
    g_autofree char *text = sf_json_print (sf_json_root (doc), FALSE);
    g_autoptr (SfJsonDoc) again = parse (text);
    g_autofree char *pretty = sf_json_print (sf_json_root (again), TRUE);
    g_autoptr (SfJsonDoc) third = parse (pretty);
    g_autofree char *last = sf_json_print (sf_json_root (third), FALSE);

    g_assert_cmpstr (text, ==, accepted[i][1]);
    g_assert_cmpstr (last, ==, accepted[i][1]);
  }
}

static void
test_pretty (void)
{
  g_autoptr (SfJsonDoc) doc = parse ("{\"a\":[1,{\"b\":[]}],\"c\":{}}");
  g_autofree char *text = sf_json_print (sf_json_root (doc), TRUE);

  g_assert_cmpstr (text, ==,
                   "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n"
                   "  ],\n  \"c\": {}\n}\n");
}

/* The number that `digits` characters give, or NAN when they are refused. */
static double
read_digits (guint characters)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *zeros = g_strnfill (characters - 3, '0');
  g_autofree char *text = g_strconcat ("0.", zeros, "5", NULL);
  g_autoptr (SfJsonDoc) doc
      = sf_json_parse (text, strlen (text), "t", mistakes);

  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, doc == NULL ? 1 : 0);
  return doc != NULL ? sf_json_number (sf_json_root (doc)) : NAN;
}

static void
test_long_numbers (void)
{
  double number = read_digits (SF_JSON_DIGITS_MAX);

  g_assert_true (number > 4.9e-61 && number < 5.1e-61);
  g_assert_true (isnan (read_digits (SF_JSON_DIGITS_MAX + 1)));
}

static void
test_nul_byte (void)
{
  static const char text[] = "[\"a\0b\"]";
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();

  g_assert_null (sf_json_parse (text, sizeof text - 1, "t", mistakes));
  g_assert_cmpint (sf_mistakes_get (mistakes, 0)->column, ==, 4);
}

/* All duplicates and all ranges, then the syntax mistake, in the order of the
 * text and with their pointers. */
/* Each object has its own keys, whatever those beside it and in it have. */
static void
test_keys_are_of_one_object (void)
{
  static const char text[] = "[{\"a\":1},{\"a\":{\"a\":[{\"a\":1}]}},\n"
                             "{\"a\":1,\"b\":{\"a\":2},\n\"a\":3},{\"a\":4}]";
  static const char *const list = "f.json:3:1: /2/a: the key \"a\" is here "
                                  "twice; the first is on line 2\n";
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *found = NULL;

  g_assert_null (sf_json_parse (text, strlen (text), "f.json", mistakes));
  found = sf_mistakes_format (mistakes);
  g_assert_cmpstr (found, ==, list);
}

static void
test_collects (void)
{
  static const char text[] = "{\"a\":{\"x/y\":1,\n\"x/y\":2},\n"
                             "\"b\":[0,{\"n\":1e999}],\n\"a\":0,\n\"c\":?}";
  static const char *const list
      = "f.json:2:1: /a/x~1y: the key \"x/y\" is here twice; the first is on "
        "line 1\n"
        "f.json:3:13: /b/1/n: the number 1e999 is too large (limit 1.8e308)\n"
        "f.json:4:1: /a: the key \"a\" is here twice; the first is on line 1\n"
        "f.json:5:5: /c: found '?', expected a value\n";
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *found = NULL;

  g_assert_null (sf_json_parse (text, strlen (text), "f.json", mistakes));
  found = sf_mistakes_format (mistakes);
  g_assert_cmpstr (found, ==, list);
}

/* The same key in two objects of one depth is no duplicate. */
static void
test_keys_are_per_object (void)
{
  sf_json_doc_free (parse ("[{\"a\":1},{\"a\":{\"a\":1}},{\"a\":1}]"));
}

static void
test_depth (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < SF_JSON_DEPTH_MAX; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < SF_JSON_DEPTH_MAX; i++)
    g_string_append_c (text, ']');
  sf_json_doc_free (parse (text->str));

  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  g_assert_null (sf_json_parse (text->str, text->len, "t", mistakes));
  g_assert_cmpint (sf_mistakes_get (mistakes, 0)->column, ==,
                   SF_JSON_DEPTH_MAX + 1);
  g_string_free (text, TRUE);
}

/* Neither the stack nor the clock may suffer from a hostile text. */
static void
test_hostile_sizes (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  gsize length = SF_JSON_BYTES_MAX;
  g_autofree char *text = g_strnfill (length + 1, '[');

  g_assert_null (sf_json_parse (text, length, "t", mistakes));
  g_assert_null (sf_json_parse (text, length + 1, "t", mistakes));
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 2);
  g_assert_cmpint (sf_mistakes_get (mistakes, 0)->kind, ==, SF_MISTAKE_SYNTAX);
  g_assert_cmpint (sf_mistakes_get (mistakes, 1)->kind, ==, SF_MISTAKE_FILE);
}

static void
test_too_many_values (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  gsize length = 2 * ((gsize)SF_JSON_VALUES_MAX + 1);
  g_autofree char *text = g_strnfill (length, '0');

  for (gsize i = 0; i < length; i += 2)
    text[i] = i == 0 ? '[' : ',';
  g_assert_null (sf_json_parse (text, length, "t", mistakes));
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 1);
  g_assert_nonnull (
      strstr (sf_mistakes_get (mistakes, 0)->message, "4000000 values"));
}

/* ---- values and places -------------------------------------------------- */

static void
test_values (void)
{
  g_autoptr (SfJsonDoc) doc
      = parse ("{\"n\":null,\"t\":true,\"d\":2.5,\"s\":\"x\",\"a\":[1,2,3]}");
  const SfJson *root = sf_json_root (doc);
  const SfJson *value = sf_json_first (root);

  g_assert_cmpuint (sf_json_length (root), ==, 5);
  for (SfJsonKind kind = SF_JSON_NULL; kind <= SF_JSON_ARRAY; kind++) {
    g_assert_cmpint (sf_json_kind (value), ==, kind);
    value = sf_json_next (value);
  }
  g_assert_null (value);
  g_assert_cmpint (sf_json_kind (root), ==, SF_JSON_OBJECT);
  g_assert_true (sf_json_boolean (sf_json_member (root, "t")));
  g_assert_true (sf_json_number (sf_json_member (root, "d")) == 2.5);
  g_assert_cmpstr (sf_json_string (sf_json_member (root, "s")), ==, "x");
  g_assert_cmpuint (sf_json_length (sf_json_member (root, "a")), ==, 3);
  g_assert_cmpstr (sf_json_key (sf_json_first (root)), ==, "n");
  g_assert_null (sf_json_key (sf_json_first (sf_json_member (root, "a"))));
  g_assert_null (sf_json_member (root, "N"));
  g_assert_null (sf_json_member (sf_json_member (root, "s"), "s"));
  g_assert_cmpstr (sf_json_kind_name (SF_JSON_OBJECT), ==, "an object");
}

static void
assert_place (const SfJsonDoc *doc, const SfJson *value, const char *file,
              int line, int column)
{
  const char *at_file;
  int at_line, at_column;

  sf_json_where (doc, value, &at_file, &at_line, &at_column);
  g_assert_cmpstr (at_file, ==, file);
  g_assert_cmpint (at_line, ==, line);
  g_assert_cmpint (at_column, ==, column);
}

static void
test_places (void)
{
  g_autoptr (SfJsonDoc) doc = parse ("{\n  \"\xC3\xA9\": [1,\n 2, {\"x\": "
                                     "\"\xE2\x82\xAC\", \"y\": null}]\n}");
  g_autoptr (SfJsonDoc) copy = sf_json_copy (doc);
  const SfJson *array = sf_json_first (sf_json_root (copy));
  const SfJson *value = sf_json_first (array);

  assert_place (copy, sf_json_root (copy), "t", 1, 1);
  assert_place (copy, array, "t", 2, 8);
  assert_place (copy, value, "t", 2, 9);
  value = sf_json_next (value);
  assert_place (copy, value, "t", 3, 2);
  value = sf_json_next (value);
  assert_place (copy, value, "t", 3, 5);
  assert_place (copy, sf_json_member (value, "y"), "t", 3, 21);
}

static void
test_builds (void)
{
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("manifest");
  SfJson *root = sf_json_root (doc);
  SfJson *array;
  g_autofree char *text = NULL;
  g_autoptr (SfJsonDoc) again = NULL;

  sf_json_add_number (root, "n", 0.1 + 0.2);
  sf_json_add_number (root, "none", NAN);
  sf_json_add_string (root, "s", "d\xC3\xA9p\xC3\xB4t \"A\"");
  sf_json_add_boolean (root, "b", FALSE);
  array = sf_json_add_array (root, "list");
  sf_json_add_number (sf_json_add_object (array, NULL), "x", -3);
  sf_json_add_copy (array, NULL, sf_json_member (root, "s"));
  sf_json_add_copy (root, "copy", array);
  text = sf_json_print (root, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"n\":0.30000000000000004,\"none\":null,"
                   "\"s\":\"d\xC3\xA9p\xC3\xB4t \\\"A\\\"\",\"b\":false,"
                   "\"list\":[{\"x\":-3},\"d\xC3\xA9p\xC3\xB4t \\\"A\\\"\"],"
                   "\"copy\":[{\"x\":-3},\"d\xC3\xA9p\xC3\xB4t \\\"A\\\"\"]}");
  g_assert_null (sf_json_key (sf_json_next (sf_json_first (array))));
  assert_place (doc, array, "manifest", 0, 0);
  again = parse (text);
}

/* Numbers are read and written with a point on a machine that writes a comma.
 * Skipped where no such locale is installed. */
static void
test_locale (void)
{
  static const char *const names[]
      = { "fr_FR.UTF-8", "fr_FR.utf8", "de_DE.UTF-8", "de_DE.utf8" };
  gboolean is_set = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names) && !is_set; i++)
    is_set = setlocale (LC_NUMERIC, names[i]) != NULL;
  if (!is_set) {
    g_test_skip ("no locale with a decimal comma");
    return;
  }
  test_accepts ();
  setlocale (LC_NUMERIC, "C");
}

/* Random doubles of every size come back bit for bit. */
static void
test_number_round_trip (void)
{
  guint64 state = 1;

  for (int i = 0; i < 20000; i++) {
    g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("t");
    g_autoptr (SfJsonDoc) again = NULL;
    g_autofree char *text = NULL;
    double number;

    state = state * 6364136223846793005u + 1442695040888963407u;
    memcpy (&number, &state, sizeof number);
    if (!isfinite (number))
      continue;
    if (i % 2 == 0)
      number = floor (fmod (number, 1e18));
    sf_json_add_number (sf_json_root (doc), "x", number);
    text = sf_json_print (sf_json_root (doc), FALSE);
    again = parse (text);
    g_assert_true (sf_json_number (sf_json_member (sf_json_root (again), "x"))
                   == number);
  }
}

/* ---- files -------------------------------------------------------------- */

static void
assert_unreadable (const char *path, const char *says)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  const SfMistake *mistake;

  g_assert_null (sf_json_read_file (path, mistakes));
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 1);
  mistake = sf_mistakes_get (mistakes, 0);
  g_assert_cmpstr (mistake->file, ==, path);
  g_assert_nonnull (strstr (mistake->message, says));
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sf-json-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.json", NULL);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc = NULL;

  assert_unreadable (folder, "is a folder");
  assert_unreadable (path, "there is no such file");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_unreadable (path, "is empty");
  /* A sparse file: refused by its size, not after reading it. */
  g_assert_cmpint (truncate (path, (off_t)SF_JSON_BYTES_MAX + 1), ==, 0);
  assert_unreadable (path, "64 MiB");
  assert_unreadable ("/dev/zero", "64 MiB");
  g_assert_true (g_file_set_contents (path, "{\"a\":1}\n", -1, NULL));
  doc = sf_json_read_file (path, mistakes);
  g_assert_nonnull (doc);
  assert_place (doc, sf_json_first (sf_json_root (doc)), path, 1, 6);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree char *path
        = g_strconcat ("/json/strict/refuses-", refused[i].name, NULL);

    g_test_add_data_func (path, &refused[i], test_refuses);
  }
  g_test_add_func ("/json/strict/accepts-all-of-the-grammar", test_accepts);
  g_test_add_func ("/json/strict/bounds-the-length-of-numbers",
                   test_long_numbers);
  g_test_add_func ("/json/strict/refuses-nul-byte", test_nul_byte);
  g_test_add_func ("/json/strict/collects-all-but-one-syntax-mistake",
                   test_collects);
  g_test_add_func ("/json/keys-are-of-one-object", test_keys_are_of_one_object);
  g_test_add_func ("/json/strict/keys-are-unique-per-object-only",
                   test_keys_are_per_object);
  g_test_add_func ("/json/strict/bounds-the-depth", test_depth);
  g_test_add_func ("/json/strict/survives-hostile-sizes", test_hostile_sizes);
  g_test_add_func ("/json/strict/bounds-the-number-of-values",
                   test_too_many_values);
  g_test_add_func ("/json/values/have-kind-and-content", test_values);
  g_test_add_func ("/json/values/know-their-places", test_places);
  g_test_add_func ("/json/values/can-be-built", test_builds);
  g_test_add_func ("/json/print/is-indented-by-two", test_pretty);
  g_test_add_func ("/json/print/does-not-depend-on-the-locale", test_locale);
  g_test_add_func ("/json/print/numbers-read-back-exactly",
                   test_number_round_trip);
  g_test_add_func ("/json/file/says-why-it-cannot-be-read", test_files);
  return g_test_run ();
}
