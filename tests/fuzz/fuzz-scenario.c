/* fuzz-scenario.c - can any file hurt the scenario reader? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read can be drawn, printed, read back, and is then the same; what
 * is refused must say why. Built with -DSF_LIBFUZZER this is a target for
 * libFuzzer; otherwise it replays the files and folders given as arguments,
 * and of each file a number of mutations that are the same on every machine:
 *
 *   fuzz-scenario [--mutations=N] FILE-OR-FOLDER...
 *
 * Most random bytes are no JSON, and fuzz-json tries those. So these
 * mutations keep the syntax and change values: one becomes another of the
 * same file, or one that is hostile.
 */
#include <glib/gstdio.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/cli/cmd.h"
#include "sim/scenario/basis.h"
#include "sim/scenario/scenario.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static SfScenario *
read_bytes (const char *bytes, gsize length, gboolean must_be_good)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  /* One name for all: file names are interned for good. */
  g_autofree char *path
      = g_strdup_printf ("%s/sf-fuzz-%d.json", g_get_tmp_dir (), getpid ());
  g_autofree char *list = NULL;
  FILE *file = fopen (path, "wb");

  g_assert_true (file != NULL);
  g_assert_true (fwrite (bytes, 1, length, file) == length);
  fclose (file);
  SfScenario *s = sf_scenario_read (path, NULL, sf_cmd_models (), mistakes);
  g_remove (path);
  list = sf_mistakes_format (mistakes);
  if (must_be_good && s == NULL)
    g_error ("what was read does not read back: %s", list);
  g_assert_true ((s == NULL) == (sf_mistakes_count (mistakes) > 0));
  g_assert_true (g_utf8_validate (list, -1, NULL));
  return s;
}

/* Every number that can be drawn stays where it may be. */
static void
check_draws (SfScenario *s)
{
  for (gint i = -1; i < 3; i++) {
    sf_scenario_draw (s, s->seed, i);
    for (guint k = 0; k < s->n_assumptions; k++) {
      const SfAssumption *a = &s->assumptions[k];

      g_assert_true (sf_scenario_assumption (s, a->pointer) == a);
      if (a->target != NULL)
        g_assert_true (*a->target >= a->min && *a->target <= a->max);
    }
  }
}

static void
check_counts (const SfScenario *s)
{
  guint sum = sf_basis_count (s, NULL).numbers;

  for (gsize i = 0; sf_basis_words[i] != NULL; i++)
    sum += sf_basis_count (s, sf_basis_words[i]).numbers;
  g_assert_cmpuint (sum, ==, s->n_assumptions);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SfScenario) s = NULL, again = NULL;
  g_autofree char *text = NULL, *first = NULL, *second = NULL;

  s = read_bytes ((const char *)data, size, FALSE);
  if (s == NULL)
    return 0;
  check_draws (s);
  check_counts (s);
  first = sf_scenario_hash (s);
  text = sf_json_print (sf_json_root (s->doc), TRUE);
  if (sf_json_member (sf_json_root (s->doc), "extends") != NULL)
    return 0; /* it would be inherited once more, where there is nothing */
  again = read_bytes (text, strlen (text), TRUE);
  second = sf_scenario_hash (again);
  g_assert_cmpstr (first, ==, second);
  return 0;
}

#ifndef SF_LIBFUZZER

static guint
draw (guint64 *state, gsize below)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (guint)((*state >> 33) % below);
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
try_mutant (SfJsonDoc *original, const GPtrArray *pointers, guint64 *state)
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
  LLVMFuzzerTestOneInput ((const uint8_t *)text, strlen (text));
}

static guint
replay_file (const char *path, guint mutations)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_autoptr (SfJsonDoc) doc = NULL;
  gsize length;
  guint64 state;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  LLVMFuzzerTestOneInput ((const uint8_t *)text, length);
  doc = sf_json_parse (text, length, path, mistakes);
  if (doc == NULL)
    return 1;
  gather (sf_json_root (doc), "", pointers);
  state = length;
  for (guint i = 0; i < mutations && pointers->len > 0; i++)
    try_mutant (doc, pointers, &state);
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
  guint mutations = 1000, count = 0;

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
