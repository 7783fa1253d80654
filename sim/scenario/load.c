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

/* ---- Files that are something else ------------------------------------------ */

#define HEAD_MOST 512u /* bytes that are looked at */

static gboolean
is_spreadsheet (const char *path)
{
  static const char *const endings[]
      = { ".xlsx", ".xlsm", ".xls", ".ods", NULL };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  for (gsize i = 0; endings[i]; i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* TRUE for the head of a table (CSV), which is what a planner has at hand. */
static gboolean
is_table (const char *head)
{
  g_autofree char *line = g_strndup (head, strcspn (head, "\r\n"));
  return (g_ascii_isalpha (*line) || *line == '"') && strpbrk (line, ",;\t")
         && !strpbrk (line, "{}[]:");
}

static gboolean
is_page (const char *head)
{
  return g_ascii_strncasecmp (head, "<!doctype html", 14) == 0
         || g_ascii_strncasecmp (head, "<html", 5) == 0;
}

/* Files that begin in a way that no JSON does. */
static const struct {
  const char *magic, *text;
} kinds[] = {
  { "PK", N_ ("this is a packed archive, and a scenario (JSON) is expected; "
              "unpack it and name a scenario in it") },
  { "\x1f\x8b", N_ ("this is a packed file, and a scenario (JSON) is expected; "
                    "unpack it and name a scenario in it") },
  { "%PDF", N_ ("this is a PDF document, and a scenario (JSON) is expected; a "
                "report is made from a scenario and cannot be run itself") },
  { "\x89PNG", N_ ("this is a picture, and a scenario (JSON) is expected") },
  { "\xff\xd8\xff",
    N_ ("this is a picture, and a scenario (JSON) is expected") },
  { "<", N_ ("this is XML (GraphML, SVG, KML or so), and a scenario (JSON) is "
             "expected; \"shortfall new\" makes a scenario from tables or from "
             "a map of roads in GeoJSON") },
};

/* What to say of a file that is no JSON; NULL: try it. */
static const char *
no_json (const char *path, const char *head)
{
  if (is_table (head))
    return _ ("this looks like a table, and a scenario (JSON) is "
              "expected; \"shortfall new\" makes a scenario from "
              "tables of places, roads and supply");
  if (is_page (head))
    return _ ("this is a web page, and a scenario (JSON) is expected; a "
              "report says at its end what it was made from, and of a "
              "scenario on a web site take the file (\"raw\"), not the page "
              "that shows it");
  if (is_spreadsheet (path) && *head != '{')
    return _ ("this is a spreadsheet, and a scenario (JSON) is expected; "
              "save its sheets of places, roads and supply as CSV, and "
              "\"shortfall new\" makes a scenario from them");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (head, kinds[i].magic))
      return _ (kinds[i].text);
  return NULL;
}

/* The same of JSON that is something else, by what only that has. */
static const char *
no_scenario (const SfJson *root)
{
  static const struct {
    const char *keys[3], *text;
  } others[] = {
    { { "type", "features" },
      N_ ("this is a map (GeoJSON), and a scenario is expected; \"shortfall "
          "new\" makes a scenario from a map of roads and a table of supply") },
    { { "scenario", "factors", "outcomes" },
      N_ ("this is a study, and a scenario is expected; \"shortfall sweep "
          "run\" "
          "runs a study") },
    { { "day0", "rows" },
      N_ ("these are observations, and a scenario is expected; \"shortfall "
          "score\" and \"shortfall fit\" take both") },
    { { "program", "command_line" },
      N_ ("this says how results were made, and a scenario is expected; its "
          "\"command_line\" names the one that was run") },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    gboolean has_all = TRUE;
    for (gsize k = 0; k < 3 && others[i].keys[k]; k++)
      has_all = has_all && sf_json_member (root, others[i].keys[k]);
    if (has_all)
      return _ (others[i].text);
  }
  return NULL;
}

/* The first bytes, as far as a text goes, without the mark that spreadsheets
 * put before it. Of a pipe nothing: that would use it up. */
static void
read_head (const char *path, char head[HEAD_MOST + 1])
{
  FILE *file
      = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? fopen (path, "r") : NULL;
  gsize n = file ? fread (head, 1, HEAD_MOST, file) : 0;
  if (file)
    (void)fclose (file);
  head[n] = '\0';
  if (g_str_has_prefix (head, "\xEF\xBB\xBF"))
    memmove (head, head + 3, n - 2);
}

static SfJsonDoc *
read_file (const char *path, SfMistakes *m)
{
  char head[HEAD_MOST + 1];
  read_head (path, head);
  const char *wrong = no_json (path, head);
  g_autoptr (SfJsonDoc) doc = wrong ? NULL : sf_json_read_file (path, m);
  if (doc && sf_json_kind (sf_json_root (doc)) == SF_JSON_OBJECT)
    wrong = no_scenario (sf_json_root (doc));
  if (!wrong)
    return g_steal_pointer (&doc);
  sf_mistakes_add (m, SF_MISTAKE_SYNTAX, path, 0, 0, NULL, "%s", wrong);
  return NULL;
}

/* ---- One after the other -------------------------------------------------- */

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
