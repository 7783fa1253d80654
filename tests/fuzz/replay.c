/* replay.c - what all fuzz targets share. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "sim/base/json.h"

/* ---- Files ------------------------------------------------------------------ */

void
fuzz_remove (const char *path)
{
  const char *name;
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK)
                  ? NULL
                  : g_dir_open (path, 0, NULL);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *below = g_build_filename (path, name, NULL);

    fuzz_remove (below);
  }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static void
remove_ours (void)
{
  fuzz_remove (fuzz_folder ());
}

const char *
fuzz_folder (void)
{
  static char *folder;

  if (folder == NULL) {
    folder = g_dir_make_tmp ("sf-fuzz-XXXXXX", NULL);
    g_assert_nonnull (folder);
    atexit (remove_ours);
  }
  return folder;
}

char *
fuzz_path (const char *name)
{
  return g_build_filename (fuzz_folder (), name, NULL);
}

char *
fuzz_write (const char *name, const void *bytes, gsize length)
{
  char *path = fuzz_path (name);
  g_autofree char *parent = g_path_get_dirname (path);
  FILE *file;

  g_mkdir_with_parents (parent, 0700);
  file = fopen (path, "wb");
  if (file == NULL) /* a folder of that name, say */
    return path;
  g_assert_true (fwrite (bytes, 1, length, file) == length);
  fclose (file);
  return path;
}

static gboolean
is_inside (const char *name)
{
  return *name != '\0' && *name != '/' && strlen (name) < 100
         && strstr (name, "..") == NULL && strstr (name, "//") == NULL
         && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_-./")
                == strlen (name)
         && !g_str_has_suffix (name, "/");
}

void
fuzz_cut (const uint8_t *data, size_t size,
          void (*each) (const char *name, const char *text, gsize length,
                        gpointer data),
          gpointer user_data)
{
  const char mark[] = "=== ";
  const char *at = (const char *)data, *end = at + size;

  while (at < end) {
    const char *line = memchr (at, '\n', (gsize)(end - at));
    const char *text = line != NULL ? line + 1 : end;
    const char *next = text;

    while (next < end
           && !((gsize)(end - next) >= strlen (mark)
                && memcmp (next, mark, strlen (mark)) == 0)) {
      const char *after = memchr (next, '\n', (gsize)(end - next));

      next = after != NULL ? after + 1 : end;
    }
    if ((gsize)(text - at) > strlen (mark)) {
      const char *begin = at + strlen (mark);
      g_autofree char *name = g_strndup (begin, (gsize)(text - begin));
      g_autofree char *copy = g_malloc ((gsize)(next - text) + 1);

      g_strchomp (name);
      memcpy (copy, text, (gsize)(next - text));
      copy[next - text] = '\0';
      if (is_inside (name))
        each (name, copy, (gsize)(next - text), user_data);
    }
    at = next;
  }
}

#ifndef SF_LIBFUZZER

/* ---- Mutations -------------------------------------------------------------- */

/* Seeded by the size of the text, so that a file's mutations do not depend on
 * which files come before it. */
static guint
draw (guint64 *state, gsize below)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (guint)((*state >> 33) % below);
}

/* One small change: a byte replaced, removed or put in, a piece doubled, the
 * end cut off. Half of the bytes are those that matter to a grammar. */
static void
mutate (GString *text, guint64 *state)
{
  static const char bytes[]
      = "{}[],:;\"'\\/ue0123456789.-+tfn<>& \n\r\t\xC3\xE2\xF0";
  char byte = draw (state, 2) == 0 ? (char)draw (state, 256)
                                   : bytes[draw (state, sizeof bytes - 1)];
  gsize at = draw (state, text->len + 1);
  gsize wanted = draw (state, 16) + 1u;
  gsize length = MIN (wanted, text->len - at);
  guint kind = draw (state, 9);

  if (kind < 2 && at < text->len) {
    text->str[at] = byte;
  } else if (kind < 4 && at < text->len) {
    g_string_erase (text, (gssize)at, (gssize)length);
  } else if (kind < 6) {
    g_string_insert_c (text, (gssize)at, byte);
  } else if (kind < 8 && length > 0) {
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

static void
try_bytes (const char *text, gsize length, guint64 *state)
{
  g_autoptr (GString) mutant = g_string_new_len (text, (gssize)length);

  for (guint k = draw (state, 4) + 1; k > 0; k--)
    mutate (mutant, state);
  try_text (mutant->str, mutant->len);
}

static void
gather (const SfJson *value, const char *pointer, GPtrArray *pointers)
{
  guint index = 0;

  if (*pointer != '\0')
    g_ptr_array_add (pointers, g_strdup (pointer));
  for (const SfJson *child = sf_json_first (value); child != NULL;
       child = sf_json_next (child)) {
    g_autofree char *step = g_strdup_printf ("%u", index++);
    const char *key = sf_json_key (child);
    g_autofree char *below
        = sf_json_pointer_child (pointer, key != NULL ? key : step);

    gather (child, below, pointers);
  }
}

/* A value of the same document, or a hostile one. */
static char *
pick_value (SfJsonDoc *doc, const GPtrArray *pointers, guint64 *state)
{
  static const char *const hostile[]
      = { "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "0",
          "-1",
          "1e300",
          "1e-300",
          "0.5",
          "\"model\"",
          "[\"a\", \"a\"]",
          "{\"value\": 1}",
          "{\"dist\": \"uniform\", \"min\": -1, \"max\": 1e9}",
          "{\"dist\": \"lognormal\", \"median\": 1, \"sigma\": 300}",
          "{\"assumption\": \"x\", \"factor\": -1e12}",
          "\"2030-02-30\"",
          "\"\\u0000\"",
          "\"../../x\"",
          "\"set\"",
          "[[[[]]]]" };

  if (draw (state, 2) == 0)
    return g_strdup (hostile[draw (state, G_N_ELEMENTS (hostile))]);
  const char *from = pointers->pdata[draw (state, pointers->len)];
  return sf_json_print (sf_json_pointer_get (sf_json_root (doc), from), FALSE);
}

static void
try_values (SfJsonDoc *original, const GPtrArray *pointers, guint64 *state)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc = sf_json_copy (original);
  g_autofree char *text = NULL;

  for (guint k = draw (state, 3) + 1; k > 0; k--) {
    const char *to = pointers->pdata[draw (state, pointers->len)];
    g_autofree char *value = pick_value (original, pointers, state);

    /* May be refused, when an earlier change removed the place. */
    sf_json_pointer_set (doc, to, value, "fuzz", mistakes);
  }
  text = sf_json_print (sf_json_root (doc), FALSE);
  try_text (text, strlen (text));
}

/* ---- Replay ----------------------------------------------------------------- */

typedef struct {
  guint mutations;
  gboolean has_values;
  guint count;
} Replay;

static void
replay_file (Replay *r, const char *path)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (SfJsonDoc) doc = NULL;
  g_autofree char *text = NULL;
  gsize length;
  guint64 state;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  try_text (text, length);
  if (r->has_values)
    doc = sf_json_parse (text, length, path, mistakes);
  if (doc != NULL)
    gather (sf_json_root (doc), "", pointers);
  state = length;
  for (guint i = 0; i < r->mutations; i++) {
    if (pointers->len > 0)
      try_values (doc, pointers, &state);
    else
      try_bytes (text, length, &state);
  }
  r->count += r->mutations + 1;
}

static void
replay (Replay *r, const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL) {
    replay_file (r, path);
    return;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *below = g_build_filename (path, name, NULL);

    replay (r, below);
  }
}

int
main (int argc, char **argv)
{
  Replay r = { .mutations = 200 };

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  for (int i = 1; i < argc; i++) {
    if (g_str_has_prefix (argv[i], "--mutations="))
      r.mutations
          = (guint)g_ascii_strtoull (strchr (argv[i], '=') + 1, NULL, 10);
    else if (strcmp (argv[i], "--values") == 0)
      r.has_values = TRUE;
    else
      replay (&r, argv[i]);
  }
  printf ("%u texts\n", r.count);
  return r.count > 0 ? 0 : 1;
}

#endif
