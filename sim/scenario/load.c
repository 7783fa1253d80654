/* load.c - the files that make one scenario. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/load.h"

#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Files that extend one another; more than so many is a mistake. */
#define CHAIN_MAX 16

char *
sf_scenario_beside (const char *path, const char *name)
{
  if (g_path_is_absolute (name))
    return g_strdup (name);
  g_autofree char *folder = g_path_get_dirname (path);
  return g_build_filename (folder, name, NULL);
}

/* The file a document extends, or NULL. */
static char *
base_of (SfJsonDoc *doc, const char *path, SfMistakes *m)
{
  const SfJson *v = sf_json_member (sf_json_root (doc), "extends");
  if (!v)
    return NULL;
  if (sf_json_kind (v) == SF_JSON_STRING && *sf_json_string (v))
    return sf_scenario_beside (path, sf_json_string (v));
  const char *file;
  int line, column;
  sf_json_where (doc, v, &file, &line, &column);
  sf_mistakes_add (m, SF_MISTAKE_TYPE, file, line, column, "/extends",
                   _ ("expected the name of a file"));
  return NULL;
}

static gboolean
is_in_chain (const GPtrArray *chain, const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  for (guint i = 0; i < chain->len; i++)
    if (strcmp (full, chain->pdata[i]) == 0)
      return TRUE;
  return FALSE;
}

/* TRUE for a file whose first line is the head of a table (CSV), which is what
 * a planner has at hand. A pipe is not looked into: that would use it up. */
static gboolean
is_table (const char *path)
{
  char line[512];
  FILE *file
      = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? fopen (path, "r") : NULL;
  if (!file)
    return FALSE;
  const char *at = fgets (line, sizeof line, file);
  (void)fclose (file);
  if (!at)
    return FALSE;
  if (g_str_has_prefix (at, "\xEF\xBB\xBF")) /* as spreadsheets write it */
    at += 3;
  return (g_ascii_isalpha (*at) || *at == '"') && strpbrk (at, ",;\t")
         && !strpbrk (at, "{}[]:");
}

static SfJsonDoc *
read_file (const char *path, SfMistakes *m)
{
  if (!is_table (path))
    return sf_json_read_file (path, m);
  sf_mistakes_add (m, SF_MISTAKE_SYNTAX, path, 0, 0, NULL,
                   _ ("this looks like a table, and a scenario (JSON) is "
                      "expected; \"shortfall new\" makes a scenario from "
                      "tables of places, roads and supply"));
  return NULL;
}

static SfJsonDoc *
load (const char *path, GPtrArray *chain, SfMistakes *m)
{
  g_autoptr (SfJsonDoc) doc = read_file (path, m);
  if (!doc)
    return NULL;
  if (sf_json_kind (sf_json_root (doc)) != SF_JSON_OBJECT) {
    sf_mistakes_add (m, SF_MISTAKE_TYPE, path, 1, 1, "",
                     _ ("a scenario is an object, found %s"),
                     sf_json_kind_name (sf_json_kind (sf_json_root (doc))));
    return NULL;
  }
  g_ptr_array_add (chain, g_canonicalize_filename (path, NULL));
  guint before = sf_mistakes_count (m);
  g_autofree char *base = base_of (doc, path, m);
  if (!base)
    return sf_mistakes_count (m) > before ? NULL : g_steal_pointer (&doc);
  const char *file;
  int line, column;
  sf_json_where (doc, sf_json_member (sf_json_root (doc), "extends"), &file,
                 &line, &column);
  if (is_in_chain (chain, base) || chain->len >= CHAIN_MAX) {
    sf_mistakes_add (m, SF_MISTAKE_REFERENCE, file, line, column, "/extends",
                     _ ("%s extends itself, directly or by way of others"),
                     base);
    return NULL;
  }
  if (!g_file_test (base, G_FILE_TEST_EXISTS)) {
    sf_mistakes_add (m, SF_MISTAKE_FILE, file, line, column, "/extends",
                     _ ("there is no file %s"), base);
    return NULL;
  }
  g_autoptr (SfJsonDoc) whole = load (base, chain, m);
  if (!whole)
    return NULL;
  sf_json_merge (whole, doc);
  return g_steal_pointer (&whole);
}

const char *
sf_scenario_malformed_override (const char *const *overrides)
{
  for (gsize i = 0; overrides && overrides[i]; i++)
    if (overrides[i][0] != '/' || !strchr (overrides[i], '='))
      return overrides[i];
  return NULL;
}

static void
override (SfJsonDoc *doc, const char *text, SfMistakes *m)
{
  const char *equals = strchr (text, '=');
  g_autofree char *pointer = g_strndup (text, (gsize)(equals - text));
  if (strcmp (pointer, "/extends") == 0)
    sf_mistakes_add (m, SF_MISTAKE_REFERENCE, "--set", 0, 0, pointer,
                     _ ("the files are read before anything is set"));
  else
    sf_json_pointer_set (doc, pointer, equals + 1, "--set", m);
}

/* What a lever says of itself as a scenario of its own. */
static const char own_words[]
    = "{\"$schema\":null,\"format\":null,\"extends\":null,\"name\":null,"
      "\"title\":null,\"description\":null}";

static void
pull (SfJsonDoc *doc, const char *path, SfMistakes *m)
{
  g_autoptr (SfJsonDoc) lever = read_file (path, m);
  if (!lever)
    return;
  if (sf_json_kind (sf_json_root (lever)) != SF_JSON_OBJECT) {
    sf_mistakes_add (m, SF_MISTAKE_TYPE, path, 1, 1, "",
                     _ ("a lever is an object, found %s"),
                     sf_json_kind_name (sf_json_kind (sf_json_root (lever))));
    return;
  }
  g_autoptr (SfJsonDoc) own
      = sf_json_parse (own_words, strlen (own_words), "", m);
  sf_json_merge (lever, own);
  sf_json_merge (doc, lever);
}

SfJsonDoc *
sf_scenario_load (const char *path, const char *const *levers,
                  const char *const *overrides, SfMistakes *m)
{
  g_return_val_if_fail (!sf_scenario_malformed_override (overrides), NULL);
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SfJsonDoc) doc = load (path, chain, m);
  if (!doc)
    return NULL;
  guint before = sf_mistakes_count (m);
  for (gsize i = 0; levers && levers[i]; i++)
    pull (doc, levers[i], m);
  for (gsize i = 0; overrides && overrides[i]; i++)
    override (doc, overrides[i], m);
  return sf_mistakes_count (m) > before ? NULL : g_steal_pointer (&doc);
}
