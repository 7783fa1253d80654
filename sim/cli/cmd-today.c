/* cmd-today.c - a scenario from today's stocks and flows. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/cli/made.h"
#include "sim/intake/intake.h"
#include "sim/intake/today.h"
#include "sim/lang/lang.h"

static const char example[]
    = "shortfall today --template two-roads.json > today.csv\n"
      "         shortfall today two-roads.json today.csv -o from-today.json";

typedef struct {
  char *output;
  gint days;
  gboolean is_template, has_semicolons, is_forced;
} Options;

static void
options_clear (Options *o)
{
  g_free (o->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (SfInvocation *invocation, Options *o, SfExit *status)
{
  const GOptionEntry entries[] = {
    { "template", 0, 0, G_OPTION_ARG_NONE, &o->is_template,
      N_ ("Write the table to fill in, with the scenario's own values"), NULL },
    { "semicolon", 0, 0, G_OPTION_ARG_NONE, &o->has_semicolons,
      N_ ("With --template: semicolons and decimal commas, as a spreadsheet in "
          "French reads them"),
      NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output,
      N_ ("File to write, whole or not at all (default with --template: "
          "standard output)"),
      "FILE" },
    { "force", 'f', 0, G_OPTION_ARG_NONE, &o->is_forced,
      N_ ("Replace an existing file"), NULL },
    { "days", 0, 0, G_OPTION_ARG_INT, &o->days,
      N_ ("Length of the run (default: to the end of the scenario)"), "N" },
    { NULL },
  };
  return sf_cmd_parse (
      invocation, entries, example, "SCENARIO.json [TABLE.csv]",
      _ ("Starts a scenario from what is known today. --template writes a "
         "small table of stocks and\nflows with the scenario's values beside "
         "blank cells; fill in the date and what you know.\nWith the table the "
         "command writes a scenario that extends the first: it starts on that "
         "day\nwith these stocks and flows. Blank cells keep the model's "
         "values. What people remember\n(fear, alarm) and where escorts are "
         "begins anew."),
      status);
}

static SfExit
write_template (const SfInvocation *invocation, const Options *o)
{
  SfExit status = SF_EXIT_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (SfScenario) s = sf_cmd_load (invocation, NULL, &status);
  if (!s)
    return status;
  g_autofree char *text = sf_today_template (s, o->has_semicolons);
  if (!o->output) {
    fputs (text, stdout);
    return SF_EXIT_DONE;
  }
  if (!sf_file_write (o->output, text, strlen (text), &error))
    return sf_cmd_error (invocation, error);
  sf_cmd_say (_ ("Written: %s\n"), o->output);
  return SF_EXIT_DONE;
}

/* The file's path by the true names of its folders: ".." leads out of these,
 * not out of a link to them. To be freed. */
static char *
true_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *real = realpath (folder, NULL);
  char *out = real ? g_build_filename (real, name, NULL)
                   : g_canonicalize_filename (path, NULL);
  free (real);
  return out;
}

/* The scenario's path as a file at `output` names it. */
static char *
extends_of (const char *scenario, const char *output)
{
  g_autofree char *from = true_path (output);
  g_autofree char *to = true_path (scenario);
  gsize shared = 0; /* the folders above both */
  for (gsize i = 0; from[i] && from[i] == to[i]; i++)
    if (from[i] == '/')
      shared = i + 1;
  GString *out = g_string_new (NULL);
  for (const char *at = from + shared; (at = strchr (at, '/')); at++)
    g_string_append (out, "../");
  g_string_append (out, to + shared);
  return g_string_free (out, FALSE);
}

static char *
name_of (const char *output)
{
  g_autofree char *base = g_path_get_basename (output);
  char *point = strrchr (base, '.');
  if (point && point != base)
    *point = '\0';
  char *id = sf_grid_id (base);
  if (*id)
    return id;
  g_free (id);
  return g_strdup ("today");
}

static SfGrid *
read_table (const char *path, SfMistakes *mistakes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  if (g_file_get_contents (path, &text, &length, &error))
    return sf_intake_table (path, text, length, mistakes);
  sf_mistakes_add (mistakes, SF_MISTAKE_FILE, path, 0, 0, NULL, "%s",
                   error->message);
  return NULL;
}

static SfExit
make (SfInvocation *invocation, const Options *o)
{
  SfExit status = SF_EXIT_DONE;
  const char *path = invocation->argv[2];
  invocation->argc = 2; /* the scenario alone */
  g_autoptr (SfScenario) s = sf_cmd_load (invocation, NULL, &status);
  if (!s)
    return status;
  if (s->start == SF_PARAM_NO_DATE)
    return sf_cmd_usage (invocation, "%s",
                         _ ("the scenario is a network without a time to run"));
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SfGrid) table = read_table (path, mistakes);
  g_autofree char *extends = extends_of (invocation->argv[1], o->output);
  g_autofree char *name = name_of (o->output);
  const SfTodayWish wish = { extends, name, (guint)o->days };
  g_autoptr (SfJsonDoc) doc
      = table ? sf_today_apply (s, table, &wish, remarks, mistakes) : NULL;
  if (!doc) {
    sf_mistakes_sort (mistakes);
    return sf_cmd_mistakes (mistakes);
  }
  g_autoptr (SfScenario) made
      = sf_cmd_write_made (invocation, doc, o->output, &status);
  if (!made)
    return status;
  for (guint i = 0; i < remarks->len; i++)
    fprintf (stderr, "%s\n", (const char *)remarks->pdata[i]);
  char start[SF_DATE_SIZE], end[SF_DATE_SIZE];
  g_autofree char *run = sf_cmd_pasted ("shortfall run");
  g_autofree char *word = sf_cmd_word (o->output);
  sf_cmd_say (_ ("Written: %s (%s to %s). Next: %s %s\n"), o->output,
              sf_date_format (start, made->start),
              sf_date_format (end, made->end), run, word);
  return SF_EXIT_DONE;
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { 0 };
  SfExit status;
  if (!parse (invocation, &o, &status))
    return status;
  const char *wrong = NULL;
  if (o.has_semicolons && !o.is_template)
    wrong = _ ("--semicolon goes with --template; a table is read either way");
  else if (o.days < 0 || o.days > 3650)
    wrong = _ ("--days takes 1 to 3650");
  else if (!o.is_template && invocation->argc != 3)
    wrong = _ ("which scenario and which table? Begin with --template");
  else if (!o.is_template && !o.output)
    wrong = _ ("where to? Give a file with -o, as -o from-today.json");
  if (wrong)
    return sf_cmd_usage (invocation, "%s", wrong);
  if (o.output && !sf_cmd_may_make (invocation, o.output, o.is_forced, &status))
    return status;
  return o.is_template ? write_template (invocation, &o)
                       : make (invocation, &o);
}

const SfCommand sf_cmd_today
    = { "today", N_ ("start a scenario from today's stocks and flows"), run };
