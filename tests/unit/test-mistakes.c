/* test-mistakes.c - is every mistake kept, ordered and shown? SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/mistakes.h"

#include <string.h>

static void
test_formats (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *none = sf_mistakes_format (mistakes);
  g_autofree char *list = NULL;

  sf_mistakes_add (mistakes, SF_MISTAKE_TYPE, "a.json", 3, 7, "/x/y",
                   "found %s, expected %s", "a string", "a number");
  sf_mistakes_add (mistakes, SF_MISTAKE_FILE, "a.json", 0, 0, NULL, "gone");
  sf_mistakes_add (mistakes, SF_MISTAKE_RANGE, "--set", 0, 0, "/x", "high");
  sf_mistakes_add (mistakes, SF_MISTAKE_MODEL, NULL, 0, 0, "/x", "odd");
  sf_mistakes_add (mistakes, SF_MISTAKE_NETWORK, NULL, 0, 0, "", "split");
  sf_mistakes_add (mistakes, SF_MISTAKE_SYNTAX, "b\x1B[2J", 2, 0, NULL,
                   "a\nb \xFF \xC3\xA9");
  list = sf_mistakes_format (mistakes);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (list, ==,
                   "a.json:3:7: /x/y: found a string, expected a number\n"
                   "a.json: gone\n"
                   "--set: /x: high\n"
                   "/x: odd\n"
                   "split\n"
                   "b\\x1B[2J:2: a\\x0Ab \\xFF \xC3\xA9\n");
}

static void
test_shows_a_hundred (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *full = NULL, *cut = NULL;

  for (int i = 0; i < 100; i++)
    sf_mistakes_add (mistakes, SF_MISTAKE_TYPE, NULL, 0, 0, NULL, "m%d", i);
  full = sf_mistakes_format (mistakes);
  g_assert_true (g_str_has_suffix (full, "m98\nm99\n"));
  for (int i = 100; i < 103; i++)
    sf_mistakes_add (mistakes, SF_MISTAKE_TYPE, NULL, 0, 0, NULL, "m%d", i);
  cut = sf_mistakes_format (mistakes);
  g_assert_true (g_str_has_suffix (cut, "m98\nm99\n... and 3 more\n"));
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 103);
}

static void
test_sorts (void)
{
  static const struct {
    const char *file;
    int line, column;
  } added[] = {
    { "z", 2, 1 },  { "a", 1, 1 }, { "z", 1, 9 }, { "z", 1, 2 },
    { NULL, 0, 0 }, { "a", 0, 0 }, { "z", 1, 2 }, { "z", 0, 0 },
  };
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  GString *order = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (added); i++)
    sf_mistakes_add (mistakes, SF_MISTAKE_TYPE, added[i].file, added[i].line,
                     added[i].column, NULL, "%u", i);
  sf_mistakes_sort (mistakes);
  sf_mistakes_sort (mistakes);
  for (guint i = 0; i < sf_mistakes_count (mistakes); i++)
    g_string_append (order, sf_mistakes_get (mistakes, i)->message);
  g_assert_cmpstr (order->str, ==, "73620514");
  g_string_free (order, TRUE);
}

/* What was given may be freed at once. */
static void
test_copies (void)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  char file[] = "file", pointer[] = "/p", message[] = "text";
  const SfMistake *mistake;

  sf_mistakes_add (mistakes, SF_MISTAKE_MISSING, file, 1, 2, pointer, "%s",
                   message);
  memset (file, 'x', sizeof file);
  memset (pointer, 'x', sizeof pointer);
  memset (message, 'x', sizeof message);
  mistake = sf_mistakes_get (mistakes, 0);
  g_assert_cmpint (mistake->kind, ==, SF_MISTAKE_MISSING);
  g_assert_cmpstr (mistake->file, ==, "file");
  g_assert_cmpstr (mistake->pointer, ==, "/p");
  g_assert_cmpstr (mistake->message, ==, "text");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mistakes/leave-out-what-is-unknown", test_formats);
  g_test_add_func ("/mistakes/show-a-hundred-at-most", test_shows_a_hundred);
  g_test_add_func ("/mistakes/sort-by-file-line-column", test_sorts);
  g_test_add_func ("/mistakes/keep-their-own-copies", test_copies);
  return g_test_run ();
}
