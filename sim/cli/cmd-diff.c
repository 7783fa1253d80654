/* cmd-diff.c - what differs between two scenarios. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/difference/difference.h"
#include "sim/lang/lang.h"
#include "sim/plan/plan.h"
#include "sim/scenario/load.h"

typedef struct {
  char **levers, **levers_a, **set;
  SfFormats formats;
} Options;

static void
clear_options (Options *o)
{
  g_strfreev (o->levers);
  g_strfreev (o->levers_a);
  g_strfreev (o->set);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* ---- As a table --------------------------------------------------------------- */

static const SfTableColumn columns[] = {
  { "change", N_ ("change"), -1 },
  { "topic", N_ ("topic"), -1 },
  { "record", N_ ("record"), -1 },
  { "what", N_ ("what"), -1 },
  { "a", "A", -1 },
  { "b", "B", -1 },
  { "basis_a", N_ ("A rests on"), -1 },
  { "basis_b", N_ ("B rests on"), -1 },
  { "pointer", N_ ("where"), -1 },
  { NULL },
};

static const char *
basis_of (const SfLeaf *leaf, const SfLeafRecord *record)
{
  return leaf ? leaf->basis : record ? record->basis : "";
}

static void
add_change (SfTable *table, const SfDifference *d, const SfChange *c)
{
  static const char *const words[]
      = { [SF_CHANGE_VALUE] = "value",     [SF_CHANGE_ADDED] = "added",
          [SF_CHANGE_REMOVED] = "removed", [SF_CHANGE_ON] = "on",
          [SF_CHANGE_OFF] = "off",         [SF_CHANGE_REMARK] = "remark" };
  const SfLeafRecord *record = c->record_b ? c->record_b : c->record_a;
  const SfLeaf *leaf = c->leaf_a;
  g_autofree char *a = sf_change_side (d, c, FALSE);
  g_autofree char *b = sf_change_side (d, c, TRUE);
  sf_table_text (table, words[c->kind]);
  sf_table_text (table, c->topic);
  sf_table_text (table, record ? record->title : "");
  sf_table_text (table, leaf ? (leaf->help ? leaf->help : leaf->name)
                        : record && record->model ? record->model
                                                  : "");
  sf_table_text (table, a);
  sf_table_text (table, b);
  sf_table_text (table, basis_of (c->leaf_a, c->record_a));
  sf_table_text (table, basis_of (c->leaf_b, c->record_b));
  sf_table_text (table, c->pointer);
}

static void
print_table (const SfDifference *d, const Options *o, const char *title)
{
  g_autofree char *headline = sf_difference_headline (d);
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  SfTable *table = sf_table_new ("differences", headline, columns);
  g_ptr_array_add (tables, table);
  for (guint i = 0; i < d->changes->len; i++)
    add_change (table, d, &g_array_index (d->changes, SfChange, i));
  g_autofree char *text
      = sf_tables_print (tables, title, sf_cmd_format (&o->formats));
  fputs (text, stdout);
}

/* ---- The command --------------------------------------------------------------- */

/* What is wrong with the command line, to be freed; NULL: nothing. */
static char *
wrong_usage (const SfInvocation *invocation, const Options *o)
{
  const char *formats = sf_cmd_formats_wrong (&o->formats);
  if (invocation->argc < 2)
    return g_strdup (_ ("which scenarios?"));
  if (invocation->argc > 3)
    return g_strdup (_ ("two scenarios at a time"));
  if (invocation->argc == 2 && !o->levers && !o->set)
    return g_strdup (
        _ ("with what? name another scenario, or --lever FILE, or --set"));
  if (formats)
    return g_strdup (formats);
  return sf_cmd_set_wrong ((const char *const *)o->set);
}

/* "scenarios/a.json + scenarios/lever.json". */
static char *
name_of (const char *path, char **levers, char **set)
{
  GString *out = g_string_new (path);
  for (gsize i = 0; levers && levers[i]; i++)
    g_string_append_printf (out, " + %s", levers[i]);
  for (gsize i = 0; set && set[i]; i++)
    g_string_append_printf (out, " + %s", set[i]);
  g_autofree char *bytes = g_string_free (out, FALSE);
  GString *safe = g_string_new (NULL);
  sf_text_append_safe (safe, bytes, -1);
  return g_string_free (safe, FALSE);
}

static SfScenario *
read_side (const char *path, char **levers, char **set, SfMistakes *mistakes)
{
  SfScenario *s = sf_scenario_read_levers (path, (const char *const *)levers,
                                           (const char *const *)set,
                                           sf_cmd_models (), mistakes);
  if (s && s->start != SF_PARAM_NO_DATE)
    sf_plan_check_series (s, mistakes);
  return s;
}

static SfExit
compare (const SfInvocation *invocation, const Options *o)
{
  const char *path_a = invocation->argv[1];
  const char *path_b = invocation->argc > 2 ? invocation->argv[2] : path_a;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfScenario) a = read_side (path_a, o->levers_a, NULL, mistakes);
  /* The mistakes of a file that is read twice are told once. */
  gboolean is_told = sf_mistakes_count (mistakes) > 0 && path_a == path_b;
  g_autoptr (SfScenario) b
      = is_told ? NULL : read_side (path_b, o->levers, o->set, mistakes);
  if (sf_mistakes_count (mistakes) > 0)
    return sf_cmd_mistakes (mistakes);
  G_GNUC_UNUSED g_auto (SfLangPause) pause
      = sf_lang_pause (o->formats.is_csv || o->formats.is_json);
  g_autoptr (SfDifference) d = sf_difference_new (a, b);
  g_autofree char *name_a = name_of (path_a, o->levers_a, NULL);
  g_autofree char *name_b = name_of (path_b, o->levers, o->set);
  if (o->formats.is_csv || o->formats.is_json || o->formats.is_markdown) {
    g_autofree char *title = g_strdup_printf ("A: %s; B: %s", name_a, name_b);
    print_table (d, o, title);
    return SF_EXIT_DONE;
  }
  g_autofree char *text = sf_difference_text (d, name_a, name_b);
  fputs (text, stdout);
  return SF_EXIT_DONE;
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { NULL };
  const GOptionEntry entries[] = {
    { "lever", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.levers,
      N_ ("Put this lever on B (may be given again)"), "LEVER.json" },
    { "lever-a", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.levers_a,
      N_ ("Put this lever on A (may be given again)"), "LEVER.json" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.set,
      N_ ("Change one value of B: /json/pointer=value (may be given again)"),
      "/POINTER=VALUE" },
    SF_CMD_FORMATS (&o.formats),
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries,
                     "shortfall diff scenarios/bamako-baseline.json "
                     "scenarios/bamako-2025.json",
                     "A.json [B.json]",
                     N_ ("Says what differs between two scenarios once files, "
                         "levers and defaults are put\ntogether: numbers, "
                         "models, events, roads, stocks, each with its source. "
                         "Without B it is\nA with what --lever and --set "
                         "change. Nothing is run."),
                     &status))
    return status;
  g_autofree char *wrong = wrong_usage (invocation, &o);
  return wrong ? sf_cmd_usage (invocation, "%s", wrong)
               : compare (invocation, &o);
}

const SfCommand sf_cmd_diff
    = { "diff", N_ ("what differs between two scenarios, in words"), run };
