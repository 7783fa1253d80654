/* fuzz-json.c - can any bytes hurt the JSON reader? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read must print, read back, and print the same; what is refused must
 * say why. Built with -DSF_LIBFUZZER this is a target for libFuzzer; otherwise
 * it replays the files and folders given as arguments, and of each file a
 * number of mutations that are the same on every machine:
 *
 *   fuzz-json [--mutations=N] FILE-OR-FOLDER...
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "sim/base/json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

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

#ifndef SF_LIBFUZZER

/* Seeded by the size of the text, so that a file's mutations do not depend on
 * which files come before it. */
static guint
draw (guint64 *state, gsize below)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (guint)((*state >> 33) % below);
}

/* One small change: a byte replaced, removed or put in, a piece doubled, the
 * end cut off. Half of the bytes are those that matter to the grammar. */
static void
mutate (GString *text, guint64 *state)
{
  static const char bytes[] = "{}[],:\"\\/ue0123456789.-+tfn \n\t\xC3\xE2\xF0";
  char byte = draw (state, 2) == 0 ? (char)draw (state, 256)
                                   : bytes[draw (state, sizeof bytes - 1)];
  gsize at = draw (state, text->len + 1);
  gsize wanted = draw (state, 16) + 1u;
  gsize length = MIN (wanted, text->len - at);
  guint kind = draw (state, 5);

  if (kind == 0 && at < text->len) {
    text->str[at] = byte;
  } else if (kind == 1 && at < text->len) {
    g_string_erase (text, (gssize)at, (gssize)length);
  } else if (kind == 2) {
    g_string_insert_c (text, (gssize)at, byte);
  } else if (kind == 3 && length > 0) {
    g_autofree char *piece = g_memdup2 (text->str + at, length);

    g_string_insert_len (text, (gssize)at, piece, (gssize)length);
  } else {
    g_string_truncate (text, at);
  }
}

static void
try_text (const char *text, gsize length)
{
  /* Exactly as long as the text, for sanitizers to see a step beyond it. */
  g_autofree uint8_t *exact = g_memdup2 (text, length);

  LLVMFuzzerTestOneInput (exact, length);
}

static guint
replay_file (const char *path, guint mutations)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint64 state;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  try_text (text, length);
  state = length;
  for (guint i = 0; i < mutations; i++) {
    g_autoptr (GString) mutant = g_string_new_len (text, (gssize)length);

    for (guint k = draw (&state, 4) + 1; k > 0; k--)
      mutate (mutant, &state);
    try_text (mutant->str, mutant->len);
  }
  return mutations + 1;
}

static guint
replay (const char *path, guint mutations)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint count = 0;

  if (dir == NULL)
    return replay_file (path, mutations);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *below = g_build_filename (path, name, NULL);

    count += replay (below, mutations);
  }
  g_dir_close (dir);
  return count;
}

int
main (int argc, char **argv)
{
  guint mutations = 200, count = 0;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  for (int i = 1; i < argc; i++) {
    if (g_str_has_prefix (argv[i], "--mutations="))
      mutations = (guint)g_ascii_strtoull (strchr (argv[i], '=') + 1, NULL, 10);
    else
      count += replay (argv[i], mutations);
  }
  printf ("%u texts\n", count);
  return count > 0 ? 0 : 1;
}

#endif
