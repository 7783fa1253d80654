/* cmd-complete.c - candidates for the end of a line. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scripts of shells (cmd-completion.c) call it with the words of the line, the
 * last of which is to be completed and may be empty:
 *
 *   shortfall complete -- run --la
 *
 * Prints a candidate a line, with a tab and what it is, or one of the lines
 * ":json" and ":folders", for which the shell looks at files itself. What is
 * known comes from the commands themselves: the value "a|b" of an option is
 * these words, "X.json" a file of that kind, "DIR" a folder.
 */
#include <stdio.h>
#include <string.h>

#include "sim/cli/commands.h"
#include "sim/cli/manual.h"
#include "sim/lang/lang.h"

/* The line; words[n - 1] is what is completed. */
typedef struct {
  const SfCommand *command; /* NULL: the program itself */
  char *const *words;
  int n;
} Line;

static void
offer (const char *text, const char *prefix, const char *about,
       const char *current)
{
  g_autofree char *whole = g_strconcat (prefix, text, NULL);
  if (g_str_has_prefix (whole, current))
    printf ("%s\t%s\n", whole, about ? about : "");
}

/* One word of what a usage or a value says: "SCENARIO.json", "km|h", "DIR". */
static void
offer_kind (const char *kind, const char *prefix, const char *current)
{
  g_auto (GStrv) words = g_strsplit (kind, "|", -1);
  if (g_strrstr (kind, ".json"))
    puts (":json");
  else if (strcmp (kind, "DIR") == 0 || strcmp (kind, "FOLDER") == 0)
    puts (":folders");
  else if (g_str_has_prefix (kind, "FILE"))
    puts (":files");
  for (gsize i = 0; words[0] && words[1] && words[i]; i++)
    offer (words[i], prefix, NULL, current);
}

static void
offer_operands (const SfManual *manual, const Line *line, const char *current)
{
  g_auto (GStrv) kinds = g_strsplit (manual->usage, " ", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (gsize i = 0; kinds[i]; i++)
    if (strcmp (kinds[i], "|") != 0 && kinds[i][0] != '[')
      offer_kind (kinds[i], "", current);
  if (line->command && line->command->words)
    line->command->words (names);
  for (guint i = 0; i < names->len; i++)
    offer (names->pdata[i], "", NULL, current);
}

static void
offer_options (const GOptionEntry *entries, const char *current)
{
  for (const GOptionEntry *e = entries; e && e->long_name; e++)
    offer (e->long_name, "--", _ (e->description), current);
}

static void
offer_verbs (const SfCommand *const *verbs, const char *current)
{
  for (gsize i = 0; verbs && verbs[i]; i++)
    if (verbs[i]->summary)
      offer (verbs[i]->name, "", _ (verbs[i]->summary), current);
}

/* The option that this word names, when it takes a value: "--lang", "-n". */
static const GOptionEntry *
waiting (const GOptionEntry *entries, const char *word, gsize length)
{
  for (const GOptionEntry *e = entries; e && e->long_name; e++) {
    gboolean is_long = length > 2 && g_str_has_prefix (word, "--")
                       && strlen (e->long_name) == length - 2
                       && strncmp (e->long_name, word + 2, length - 2) == 0;
    gboolean is_short = length == 2 && word[0] == '-'
                        && word[1] == e->short_name && word[1] != '\0';
    if ((is_long || is_short) && e->arg != G_OPTION_ARG_NONE)
      return e;
  }
  return NULL;
}

static const GOptionEntry *
waiting_in (const SfManual *manual, const char *word, gsize length)
{
  const GOptionEntry *e = waiting (manual->own, word, length);
  return e ? e : waiting (manual->common, word, length);
}

static void
offer_all (const SfManual *manual, gpointer data)
{
  const Line *line = data;
  const char *current = line->words[line->n - 1];
  const char *before = line->n > 1 ? line->words[line->n - 2] : "";
  const char *equals
      = g_str_has_prefix (current, "--") ? strchr (current, '=') : NULL;
  const GOptionEntry *e
      = equals ? waiting_in (manual, current, (gsize)(equals - current))
               : waiting_in (manual, before, strlen (before));
  if (e && e->arg_description) {
    g_autofree char *prefix
        = equals ? g_strndup (current, (gsize)(equals - current) + 1)
                 : g_strdup ("");
    offer_kind (e->arg_description, prefix, current);
  }
  if (e || equals)
    return;
  if (current[0] == '-') {
    offer_options (manual->own, current);
    offer_options (manual->common, current);
  } else if (manual->verbs)
    offer_verbs (manual->verbs, current);
  else
    offer_operands (manual, line, current);
}

static SfExit
run (SfInvocation *invocation)
{
  const GOptionEntry entries[] = { { NULL } };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries, "shortfall complete -- run --la",
                     "-- WORD...", N_ ("Prints how a line may go on."),
                     &status))
    return status;
  int skip = invocation->argc > 1 && strcmp (invocation->argv[1], "--") == 0;
  Line line
      = { NULL, invocation->argv + 1 + skip, invocation->argc - 1 - skip };
  g_autofree char *name = NULL;
  const SfCommand *const *commands = sf_cmd_all ();
  while (line.n > 1 && commands) {
    const SfCommand *next = sf_cmd_find (commands, line.words[0]);
    if (!next)
      break;
    g_autofree char *above = g_steal_pointer (&name);
    name = above ? g_strconcat (above, " ", next->name, NULL)
                 : g_strdup (next->name);
    line = (Line){ next, line.words + 1, line.n - 1 };
    commands = next->verbs;
  }
  if (line.n < 1)
    return SF_EXIT_DONE;
  if (line.command)
    sf_manual_describe (line.command, name, offer_all, &line);
  else
    offer_all (sf_program_manual (), &line);
  return SF_EXIT_DONE;
}

const SfCommand sf_cmd_complete = { "complete", NULL, run, NULL, NULL };
