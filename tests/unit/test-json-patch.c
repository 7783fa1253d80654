/* test-json-patch.c - do pointers and merge patches obey their RFCs? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/json.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "sim/base/json-private.h"

static SfJsonDoc *
parse_as (const char *text, const char *name)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfJsonDoc *doc = sf_json_parse (text, strlen (text), name, mistakes);

  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 0);
  return doc;
}

static void
assert_prints (SfJsonDoc *doc, const char *expected)
{
  g_autofree char *text = sf_json_print (sf_json_root (doc), FALSE);

  g_assert_cmpstr (text, ==, expected);
}

/* Takes the place of every value from here down. */
static void
take_places (const SfJson *value, GByteArray *taken)
{
  g_assert_cmpint (value->valueint, >, 0);
  g_assert_cmpint (value->valueint, <, (int)taken->len);
  g_assert_cmpuint (taken->data[value->valueint]++, ==, 0);
  for (const SfJson *child = value->child; child != NULL; child = child->next)
    take_places (child, taken);
}

/* Every value, all having been read, has a place that no other has. */
static void
assert_places_complete (SfJsonDoc *doc)
{
  g_autoptr (GByteArray) taken = g_byte_array_new ();

  g_byte_array_set_size (taken, doc->places->len);
  memset (taken->data, 0, taken->len);
  take_places (sf_json_root (doc), taken);
}

/* ---- pointers ----------------------------------------------------------- */

/* The document of RFC 6901, section 5. */
#define RFC_6901                                                               \
  "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,"           \
  "\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}"

static void
test_pointer_get (void)
{
  static const char *const cases[][2] = {
    { "", RFC_6901 },        { "/foo", "[\"bar\",\"baz\"]" },
    { "/foo/0", "\"bar\"" }, { "/", "0" },
    { "/a~1b", "1" },        { "/c%d", "2" },
    { "/e^f", "3" },         { "/g|h", "4" },
    { "/i\\j", "5" },        { "/k\"l", "6" },
    { "/ ", "7" },           { "/m~0n", "8" },
    { "/foo/1", "\"baz\"" },
  };
  static const char *const nowhere[] = { "foo",
                                         "/nope",
                                         "/foo/2",
                                         "/foo/-",
                                         "/foo/00",
                                         "/foo/01",
                                         "/foo/+1",
                                         "/foo/",
                                         "/foo/1x",
                                         "/foo/0/x",
                                         "/m~n",
                                         "/m~2n",
                                         "/foo~",
                                         "/FOO",
                                         "//",
                                         "/foo/ 1",
                                         "/foo/99999999999999999999",
                                         "/foo/4294967296" };
  g_autoptr (SfJsonDoc) doc = parse_as (RFC_6901, "rfc");
  const SfJson *root = sf_json_root (doc);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const SfJson *value = sf_json_pointer_get (root, cases[i][0]);
    g_autofree char *text = NULL;

    g_assert_nonnull (value);
    text = sf_json_print (value, FALSE);
    g_assert_cmpstr (text, ==, cases[i][1]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (nowhere); i++)
    g_assert_null (sf_json_pointer_get (root, nowhere[i]));
}

/* What pointer_child writes, pointer_get finds, whatever the key. */
static void
test_pointer_child (void)
{
  g_autoptr (SfJsonDoc) doc = parse_as (RFC_6901, "rfc");
  g_autofree char *deep = sf_json_pointer_child ("/a", "~1/x");
  const SfJson *root = sf_json_root (doc);

  g_assert_cmpstr (deep, ==, "/a/~01~1x");
  for (const SfJson *value = sf_json_first (root); value != NULL;
       value = sf_json_next (value)) {
    g_autofree char *pointer
        = sf_json_pointer_child (NULL, sf_json_key (value));

    g_assert_true (sf_json_pointer_get (root, pointer) == value);
  }
}

/* ---- setting ------------------------------------------------------------ */

#define SETTABLE "{\"a\":{\"speed_kmh\":40,\"list\":[1,2]},\"s\":\"x\"}"

static void
test_pointer_set (void)
{
  static const char *const cases[][3] = {
    { "/a/speed_kmh", "55.5",
      "{\"a\":{\"speed_kmh\":55.5,\"list\":[1,2]},\"s\":\"x\"}" },
    { "/a/list/0", "{\"b\":[null]}",
      "{\"a\":{\"speed_kmh\":40,\"list\":[{\"b\":[null]},2]},\"s\":\"x\"}" },
    { "/a/list/-", " 3 ",
      "{\"a\":{\"speed_kmh\":40,\"list\":[1,2,3]},\"s\":\"x\"}" },
    { "/a/list/2", "true",
      "{\"a\":{\"speed_kmh\":40,\"list\":[1,2,true]},\"s\":\"x\"}" },
    { "/a/new~1key", "\"15\"",
      "{\"a\":{\"speed_kmh\":40,\"list\":[1,2],\"new/key\":\"15\"},"
      "\"s\":\"x\"}" },
    { "/s", "escort/none",
      "{\"a\":{\"speed_kmh\":40,\"list\":[1,2]},\"s\":\"escort/none\"}" },
    { "/s", "", "{\"a\":{\"speed_kmh\":40,\"list\":[1,2]},\"s\":\"\"}" },
    { "/s", "2025-09-03",
      "{\"a\":{\"speed_kmh\":40,\"list\":[1,2]},\"s\":\"2025-09-03\"}" },
    { "/a", "null", "{\"a\":null,\"s\":\"x\"}" },
    { "", "[7]", "[7]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SfJsonDoc) doc = parse_as (SETTABLE, "base");
    g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
    const SfJson *value;
    const char *file;
    int line;

    g_assert_true (
        sf_json_pointer_set (doc, cases[i][0], cases[i][1], "--set", mistakes));
    g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 0);
    assert_prints (doc, cases[i][2]);
    assert_places_complete (doc);
    value = sf_json_pointer_get (sf_json_root (doc), cases[i][0]);
    if (value == NULL) /* "-" */
      continue;
    sf_json_where (doc, value, &file, &line, NULL);
    g_assert_cmpstr (file, ==, "--set");
    g_assert_cmpint (line, ==, 0);
  }
}

static void
test_pointer_set_refuses (void)
{
  static const struct {
    const char *pointer, *value;
    SfMistakeKind kind;
    const char *says;
  } cases[] = {
    { "a", "1", SF_MISTAKE_SYNTAX, "not a JSON pointer" },
    { "/a~", "1", SF_MISTAKE_SYNTAX, "not a JSON pointer" },
    { "/b/speed_kmh", "1", SF_MISTAKE_REFERENCE, "did you mean \"a\"" },
    { "/nowhere/x", "1", SF_MISTAKE_REFERENCE, "no \"nowhere\" here" },
    { "/s/x", "1", SF_MISTAKE_REFERENCE, "inside a string" },
    { "/s/x/y", "1", SF_MISTAKE_REFERENCE, "inside a string" },
    { "/a/list/3", "1", SF_MISTAKE_REFERENCE, "array of 2" },
    { "/a/list/x", "1", SF_MISTAKE_REFERENCE, "array of 2" },
    { "/a/list/9/x", "1", SF_MISTAKE_REFERENCE, "array of 2" },
    { "/s", "1e999", SF_MISTAKE_RANGE, "too large" },
    { "/s", "9007199254740993", SF_MISTAKE_RANGE, "as a string" },
    { "/s", "{\"a\":1,}", SF_MISTAKE_SYNTAX, "column 7: a comma before" },
    { "/s", " [1", SF_MISTAKE_SYNTAX, "ends inside the array" },
    { "/s", "\"x", SF_MISTAKE_SYNTAX, "ends inside the text" },
    { "/s", "{\"a\":1,\"a\":2}", SF_MISTAKE_DUPLICATE, "twice" },
    { "/s", "caf\xE9", SF_MISTAKE_SYNTAX, "UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SfJsonDoc) doc = parse_as (SETTABLE, "base");
    g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
    const SfMistake *mistake;

    g_assert_false (sf_json_pointer_set (doc, cases[i].pointer, cases[i].value,
                                         "--set", mistakes));
    g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 1);
    mistake = sf_mistakes_get (mistakes, 0);
    g_test_message ("%s: %s", cases[i].pointer, mistake->message);
    g_assert_cmpint (mistake->kind, ==, cases[i].kind);
    g_assert_cmpstr (mistake->file, ==, "--set");
    g_assert_cmpstr (mistake->pointer, ==, cases[i].pointer);
    g_assert_nonnull (strstr (mistake->message, cases[i].says));
    assert_prints (doc, SETTABLE);
    assert_places_complete (doc);
  }
}

/* What is set stays readable: the depth is bounded there too. */
static void
test_pointer_set_depth (void)
{
  g_autoptr (SfJsonDoc) doc = parse_as ("{\"a\":{}}", "base");
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < SF_JSON_DEPTH_MAX - 2; i++) {
    g_string_prepend_c (text, '[');
    g_string_append_c (text, ']');
  }
  g_assert_true (
      sf_json_pointer_set (doc, "/a/x", text->str, "--set", mistakes));
  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  g_assert_false (
      sf_json_pointer_set (doc, "/a/x", text->str, "--set", mistakes));
  g_string_free (text, TRUE);
}

/* ---- merging ------------------------------------------------------------ */

/* RFC 7396, appendix A, and the example of its section 3. */
static void
test_merge_rfc (void)
{
  static const char *const cases[][3] = {
    { "{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
    { "{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}" },
    { "{\"a\":\"b\"}", "{\"a\":null}", "{}" },
    { "{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}" },
    { "{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
    { "{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}" },
    { "{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}",
      "{\"a\":{\"b\":\"d\"}}" },
    { "{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}" },
    { "[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]" },
    { "{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]" },
    { "{\"a\":\"foo\"}", "null", "null" },
    { "{\"a\":\"foo\"}", "\"bar\"", "\"bar\"" },
    { "{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}" },
    { "[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}" },
    { "{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}" },
    { "{\"title\":\"Goodbye!\",\"author\":{\"givenName\":\"John\","
      "\"familyName\":\"Doe\"},\"tags\":[\"example\",\"sample\"],"
      "\"content\":\"This will be unchanged\"}",
      "{\"title\":\"Hello!\",\"phoneNumber\":\"+01-123-456-7890\","
      "\"author\":{\"familyName\":null},\"tags\":[\"example\"]}",
      "{\"title\":\"Hello!\",\"author\":{\"givenName\":\"John\"},"
      "\"tags\":[\"example\"],\"content\":\"This will be unchanged\","
      "\"phoneNumber\":\"+01-123-456-7890\"}" },
    /* ours: nulls in arrays are values, deleting the absent is nothing */
    { "{}", "{\"a\":[null,{\"b\":null}],\"x\":null}",
      "{\"a\":[null,{\"b\":null}]}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SfJsonDoc) target = parse_as (cases[i][0], "target");
    g_autoptr (SfJsonDoc) patch = parse_as (cases[i][1], "patch");

    sf_json_merge (target, patch);
    assert_prints (target, cases[i][2]);
    assert_places_complete (target);
  }
}

static void
test_merge_places (void)
{
  g_autoptr (SfJsonDoc) target
      = parse_as ("{\"a\":{\n\"x\":1,\"y\":2}}", "base.json");
  SfJsonDoc *patch = parse_as ("{\"a\":{\"y\":3,\n\"z\":[4]}}", "top.json");
  static const struct {
    const char *pointer, *file;
    int line, column;
  } cases[] = {
    { "/a", "base.json", 1, 6 },
    { "/a/x", "base.json", 2, 5 },
    { "/a/y", "top.json", 1, 11 },
    { "/a/z/0", "top.json", 2, 6 },
  };

  sf_json_merge (target, patch);
  sf_json_doc_free (patch);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *file;
    int line, column;

    sf_json_where (
        target, sf_json_pointer_get (sf_json_root (target), cases[i].pointer),
        &file, &line, &column);
    g_assert_cmpstr (file, ==, cases[i].file);
    g_assert_cmpint (line, ==, cases[i].line);
    g_assert_cmpint (column, ==, cases[i].column);
  }
}

/* A repeatable source of small numbers. */
static guint
draw (guint64 *state, guint below)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (guint)(*state >> 33) % below;
}

/* Random JSON text with few distinct keys, so that patches meet targets; now
 * and then an object wide enough for the hash table of a merge. */
static void
write_random (GString *out, guint64 *state, guint depth)
{
  guint kind = draw (state, depth == 0 ? 3 : 6);
  guint width = draw (state, 8) == 0 ? 40 : 5;

  if (kind == 0) {
    g_string_append (out, "null");
  } else if (kind < 3) {
    g_string_append_printf (out, "%u", draw (state, 100));
  } else {
    gboolean is_object = kind > 3;
    const char *comma = "";

    g_string_append_c (out, is_object ? '{' : '[');
    for (guint i = 0; i < width; i++) {
      if (draw (state, 2) == 0)
        continue;
      g_string_append (out, comma);
      if (is_object)
        g_string_append_printf (out, "\"k%u\":", i);
      write_random (out, state, depth - 1);
      comma = ",";
    }
    g_string_append_c (out, is_object ? '}' : ']');
  }
}

/* Merging by the words of the RFC: builds a new tree and shares no code with
 * the module. */
static void
merge_plainly (SfJson *out, const char *key, const SfJson *target,
               const SfJson *patch)
{
  SfJson *object;

  if (sf_json_kind (patch) != SF_JSON_OBJECT) {
    sf_json_add_copy (out, key, patch);
    return;
  }
  object = sf_json_add_object (out, key);
  if (target != NULL && sf_json_kind (target) != SF_JSON_OBJECT)
    target = NULL;
  for (const SfJson *old = target != NULL ? sf_json_first (target) : NULL;
       old != NULL; old = sf_json_next (old)) {
    const SfJson *change = sf_json_member (patch, sf_json_key (old));

    if (change == NULL)
      sf_json_add_copy (object, sf_json_key (old), old);
    else if (sf_json_kind (change) != SF_JSON_NULL)
      merge_plainly (object, sf_json_key (old), old, change);
  }
  for (const SfJson *new = sf_json_first (patch); new != NULL;
       new = sf_json_next (new))
    if (sf_json_kind (new) != SF_JSON_NULL
        && (target == NULL
            || sf_json_member (target, sf_json_key (new)) == NULL))
      merge_plainly (object, sf_json_key (new), NULL, new);
}

static void
test_merge_random (void)
{
  guint64 state = 42;

  for (guint i = 0; i < 2000; i++) {
    GString *texts[2] = { g_string_new (NULL), g_string_new (NULL) };
    g_autoptr (SfJsonDoc) plain = sf_json_doc_new_object ("plain");
    g_autoptr (SfJsonDoc) target = NULL, patch = NULL, again = NULL;
    g_autofree char *expected = NULL;

    for (int k = 0; k < 2; k++)
      write_random (texts[k], &state, 3);
    target = parse_as (texts[0]->str, "target");
    patch = parse_as (texts[1]->str, "patch");
    again = sf_json_copy (patch);
    merge_plainly (sf_json_root (plain), "x", sf_json_root (target),
                   sf_json_root (patch));
    expected
        = sf_json_print (sf_json_member (sf_json_root (plain), "x"), FALSE);
    sf_json_merge (target, patch);
    assert_prints (target, expected);
    assert_places_complete (target);
    sf_json_merge (target, again); /* a second time changes nothing */
    assert_prints (target, expected);
    assert_places_complete (target);
    for (int k = 0; k < 2; k++)
      g_string_free (texts[k], TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/pointer/finds-the-examples-of-rfc-6901",
                   test_pointer_get);
  g_test_add_func ("/json/pointer/child-escapes-what-get-resolves",
                   test_pointer_child);
  g_test_add_func ("/json/set/replaces-creates-and-appends", test_pointer_set);
  g_test_add_func ("/json/set/refuses-and-changes-nothing",
                   test_pointer_set_refuses);
  g_test_add_func ("/json/set/bounds-the-depth", test_pointer_set_depth);
  g_test_add_func ("/json/merge/obeys-the-examples-of-rfc-7396",
                   test_merge_rfc);
  g_test_add_func ("/json/merge/values-keep-their-places", test_merge_places);
  g_test_add_func ("/json/merge/random-documents-agree-with-the-rfc",
                   test_merge_random);
  return g_test_run ();
}
