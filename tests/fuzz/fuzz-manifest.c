/* fuzz-manifest.c - can any manifest hurt who makes its results again? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is a manifest.json. Its tables are looked for beside it, and its
 * command is made again as `rerun` does it, but not run: that is refused in
 * words, or leaves scenarios in the folder that was given, nothing elsewhere,
 * and a command line of options that are known. Checksums of scenarios are
 * put right first, since a fuzzer does not find them. How it is run stands in
 * replay.h.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/cli/again.h"
#include "sim/cli/commands.h"
#include "sim/cli/manual.h"
#include "sim/cli/vouch.h"
#include "sim/report/manifest.h"
#include "sim/scenario/scenario.h"
#include "tests/fuzz/replay.h"

/* The program's own list, and its manual, are beside its main(). */
static const SfCommand *const commands[]
    = { &sf_cmd_run, &sf_cmd_compare, &sf_cmd_rank, NULL };

const SfCommand *const *
sf_cmd_all (void)
{
  return commands;
}

const SfManual *
sf_program_manual (void)
{
  return NULL;
}

/* What the command line says of them is not wanted here. */
static void
be_quiet (void)
{
  static gboolean is_quiet;

  if (!is_quiet)
    g_assert_nonnull (freopen ("/dev/null", "w", stdout));
  is_quiet = TRUE;
}

static void
put_sum (SfJsonDoc *doc, const SfJson *owner, const char *pointer)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  const SfJson *scenario = sf_json_kind (owner) == SF_JSON_OBJECT
                               ? sf_json_member (owner, "scenario")
                               : NULL;
  g_autofree char *sum = NULL, *text = NULL, *at = NULL;

  if (scenario == NULL || sf_json_kind (scenario) != SF_JSON_OBJECT)
    return;
  const SfJson *ensemble = sf_json_member (owner, "ensemble");
  sum = sf_scenario_hash_of (
      scenario, ensemble != NULL && sf_json_kind (ensemble) == SF_JSON_OBJECT
                    ? sf_again_member (ensemble, "sha256")
                    : NULL);
  text = g_strdup_printf ("\"%s\"", sum);
  at = g_strconcat (pointer, "/scenario_sha256", NULL);
  sf_json_pointer_set (doc, at, text, "fuzz", mistakes);
}

static void
put_sums (SfJsonDoc *doc)
{
  const SfJson *root = sf_json_root (doc);
  const SfJson *list = NULL;
  guint index = 0;

  if (sf_json_kind (root) == SF_JSON_OBJECT)
    list = sf_json_member (root, "scenarios");
  put_sum (doc, root, "");
  if (list == NULL || sf_json_kind (list) != SF_JSON_ARRAY)
    return;
  for (const SfJson *v = sf_json_first (list); v != NULL;
       v = sf_json_next (v)) {
    g_autofree char *pointer = g_strdup_printf ("/scenarios/%u", index++);

    put_sum (doc, v, pointer);
  }
}

/* Nothing but folders 0, 1, ... with a scenario and its ensemble. */
static void
check_home (const char *home, const SfAgain *again)
{
  g_autoptr (GDir) dir = g_dir_open (home, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_assert_cmpuint (strspn (name, "0123456789"), ==, strlen (name));
    n++;
  }
  if (again != NULL)
    g_assert_cmpuint (n, ==, again->n_scenarios);
}

static void
check_line (const SfAgain *again, const char *home)
{
  guint n_files = 0;

  for (guint i = 1; i < again->line->len; i++) {
    const char *word = again->line->pdata[i];

    g_assert_true (g_str_has_prefix (word, "--")
                   || g_str_has_prefix (word, home));
    g_assert_false (g_str_has_prefix (word, "--output"));
    g_assert_false (g_str_has_prefix (word, "--set"));
    n_files += word[0] != '-';
  }
  g_assert_cmpuint (n_files, ==, again->n_scenarios);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  char *argv[] = { (char *)"rerun", NULL };
  const SfInvocation invocation = { 1, argv, NULL, NULL };
  g_autofree char *path = fuzz_write ("beside/manifest.json", data, size);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *home = fuzz_path ("home");
  g_autoptr (GError) error = NULL;
  g_autoptr (SfJsonDoc) doc = sf_manifest_read_file (path, &error);
  SfExit status = SF_EXIT_DONE;
  SfAgain *again;

  be_quiet ();
  g_assert_true ((doc == NULL) == (error != NULL));
  if (doc == NULL)
    return 0;
  g_autoptr (GPtrArray) tables = sf_vouch_read (sf_json_root (doc), &error);
  g_assert_true ((tables == NULL) == (error != NULL));
  for (guint i = 0; tables != NULL && i < tables->len; i++)
    sf_vouch_check (tables->pdata[i], folder);
  put_sums (doc);
  fuzz_remove (home);
  g_mkdir (home, 0700);
  again = sf_again_new (&invocation, sf_json_root (doc), home, &status);
  g_assert_true ((again == NULL) == (status != SF_EXIT_DONE));
  check_home (home, again);
  if (again != NULL)
    check_line (again, home);
  sf_again_free (again);
  return 0;
}
