/* fuzz-json.c - can any bytes hurt the JSON reader? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read must print, read back, and print the same; what is refused must
 * say why. How it is run stands in replay.h.
 */
#include <string.h>

#include "sim/base/json.h"
#include "tests/fuzz/replay.h"

static SfJsonDoc *
read_text (const char *text, gsize length)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfJsonDoc *doc = sf_json_parse (text, length, "fuzz", mistakes);
  g_autofree char *list = NULL;

  sf_mistakes_sort (mistakes);
  list = sf_mistakes_format (mistakes);
  g_assert_true ((doc == NULL) == (sf_mistakes_count (mistakes) > 0));
  g_assert_true (g_utf8_validate (list, -1, NULL));
  return doc;
}

/* Every value has a place inside the text and is found by its pointer. */
static void
check_values (SfJsonDoc *doc, const SfJson *value, const char *pointer)
{
  guint index = 0;
  int line, column;

  sf_json_where (doc, value, NULL, &line, &column);
  g_assert_true (line > 0 && column > 0);
  g_assert_true (sf_json_pointer_get (sf_json_root (doc), pointer) == value);
  for (const SfJson *child = sf_json_first (value); child != NULL;
       child = sf_json_next (child)) {
    g_autofree char *step = g_strdup_printf ("%u", index++);
    const char *key = sf_json_key (child);
    g_autofree char *below
        = sf_json_pointer_child (pointer, key != NULL ? key : step);

    if (index > 64) /* finding each is quadratic */
      break;
    check_values (doc, child, below);
  }
}

/* A document merged into a copy of itself keeps what is not null; bytes that
 * are no JSON still are a value for --set, unless they are refused. */
static void
check_changes (SfJsonDoc *doc, const char *text)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) copy = sf_json_copy (doc);
  g_autofree char *once = NULL, *twice = NULL;
  SfJsonDoc *patch = sf_json_copy (doc);

  sf_json_merge (copy, patch);
  sf_json_doc_free (patch);
  once = sf_json_print (sf_json_root (copy), TRUE);
  patch = sf_json_copy (doc);
  sf_json_merge (copy, patch);
  sf_json_doc_free (patch);
  twice = sf_json_print (sf_json_root (copy), TRUE);
  g_assert_cmpstr (once, ==, twice);
  g_assert_true (sf_json_pointer_set (copy, "/a", text, "--set", mistakes)
                 == (sf_mistakes_count (mistakes) == 0));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SfJsonDoc) doc = NULL, again = NULL, pretty = NULL;
  g_autofree char *copy = g_strndup (size > 0 ? (const char *)data : "", size);
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  doc = read_text ((const char *)data, size);
  if (doc == NULL) {
    doc = sf_json_doc_new_object ("fuzz");
    check_changes (doc, copy);
    return 0;
  }
  check_values (doc, sf_json_root (doc), "");
  check_changes (doc, copy);
  first = sf_json_print (sf_json_root (doc), FALSE);
  again = read_text (first, strlen (first));
  g_assert_nonnull (again);
  second = sf_json_print (sf_json_root (again), TRUE);
  pretty = read_text (second, strlen (second));
  g_assert_nonnull (pretty);
  third = sf_json_print (sf_json_root (pretty), FALSE);
  g_assert_cmpstr (first, ==, third);
  return 0;
}
