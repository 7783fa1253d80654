/* cmd.c - what subcommands share. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/cmd.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/load.h"
#include "sim/cli/manual.h"
#include "sim/cli/terminal.h"
#include "sim/report/figures.h"
#include "sim/plan/plan.h"
#include "sim/scenario/load.h"
#include "sim/cluster/slurm.h"
#include "sim/lang/lang.h"

char *
sf_cmd_name (const SfInvocation *invocation)
{
  const char *name = invocation->argv[0];
  return g_str_has_prefix (name, "shortfall-")
             ? g_strdup (name)
             : g_strconcat ("shortfall ", name, NULL);
}

char *
sf_cmd_word (const char *word)
{
  for (const char *at = word; *at; at++)
    if (!g_ascii_isalnum (*at) && !strchr ("/._-+=:,@%", *at))
      return g_shell_quote (word);
  return *word ? g_strdup (word) : g_shell_quote (word);
}

char *
sf_cmd_pasted (const char *command)
{
  g_autofree char *line = NULL; /* words, each with a NUL at its end */
  if (!g_file_get_contents ("/proc/self/cmdline", &line, NULL, NULL)
      || !strchr (line, '/'))
    return g_strdup (command);
  g_autofree char *program = sf_cmd_word (line);
  return g_strconcat (program, command + strcspn (command, " "), NULL);
}

/* ---- Options ------------------------------------------------------------------ */

typedef struct {
  gboolean wants_help;
  char *lang, *color;
} Common;

static void
clear_common (Common *c)
{
  g_free (c->lang);
  g_free (c->color);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Common, clear_common)

static gboolean
parse (SfInvocation *invocation, const SfManual *manual, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, manual->own, NULL);
  g_option_context_add_main_entries (context, manual->common, NULL);
  return g_option_context_parse (context, &invocation->argc, &invocation->argv,
                                 error);
}

gboolean
sf_cmd_parse (SfInvocation *invocation, const GOptionEntry *entries,
              const char *example, const char *usage, const char *about,
              SfExit *status)
{
  g_auto (Common) c = { 0 };
  g_auto (GStrv) languages = sf_lang_all ();
  g_autofree char *codes = g_strjoinv ("|", languages);
  const GOptionEntry common[] = {
    { "lang", 0, 0, G_OPTION_ARG_STRING, &c.lang,
      N_ ("Language of texts and figures (default: the system's)"), codes },
    { "color", 0, 0, G_OPTION_ARG_STRING, &c.color,
      N_ ("Colours (default: auto, on a terminal and without NO_COLOR)"),
      SF_COLOR_WORDS },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &c.wants_help, N_ ("Show this help"),
      NULL },
    { NULL },
  };
  g_autofree char *name = sf_cmd_name (invocation);
  const SfManual manual = { .name = name,
                            .example = example,
                            .usage = usage,
                            .about = about,
                            .own = entries,
                            .common = common };
  *status = SF_EXIT_DONE;
  if (invocation->describe) {
    invocation->describe (&manual, invocation->describe_data);
    return FALSE;
  }
  g_set_prgname (name);
  g_autoptr (GError) error = NULL;
  g_autofree char *wrong
      = sf_options_wrong (&manual, invocation->argc, invocation->argv);
  if (wrong)
    *status = sf_cmd_usage (invocation, "%s", wrong);
  else if (!parse (invocation, &manual, &error))
    *status = sf_cmd_usage (invocation, "%s", error->message);
  else if (c.wants_help)
    sf_help_print (&manual, stdout);
  else {
    if (c.lang)
      sf_lang_set (c.lang);
    if (c.color)
      sf_terminal_set_color (c.color);
    return TRUE;
  }
  return FALSE;
}

/* ---- Verbs ---------------------------------------------------------------------- */

const SfCommand *
sf_cmd_find (const SfCommand *const *commands, const char *name)
{
  for (gsize i = 0; commands[i]; i++)
    if (strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

char *
sf_cmd_did_you_mean (const SfCommand *const *commands, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (gsize i = 0; commands[i]; i++)
    if (commands[i]->summary)
      g_ptr_array_add (names, (gpointer)commands[i]->name);
  const char *near
      = sf_text_nearest (name, (const char *const *)names->pdata, names->len);
  return sf_text_hint (near);
}

SfExit
sf_cmd_verb (SfInvocation *invocation, const SfCommand *command,
             const SfManual *help)
{
  g_autofree char *name = sf_cmd_name (invocation);
  SfManual manual = *help;
  manual.name = name;
  manual.summary = command->summary;
  manual.verbs = command->verbs;
  if (invocation->describe) {
    invocation->describe (&manual, invocation->describe_data);
    return SF_EXIT_DONE;
  }
  const char *word = invocation->argc > 1 ? invocation->argv[1] : NULL;
  gboolean wants_help
      = word && (strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0);
  if (!word || wants_help) {
    sf_help_print (&manual, wants_help ? stdout : stderr);
    return wants_help ? SF_EXIT_DONE : SF_EXIT_USAGE;
  }
  const SfCommand *verb = sf_cmd_find (command->verbs, word);
  if (!verb) {
    g_autofree char *near = sf_cmd_did_you_mean (command->verbs, word);
    g_autofree char *safe = sf_text_safe (word, -1);
    return sf_cmd_usage (invocation, _ ("there is no verb \"%s\"%s"), safe,
                         near);
  }
  g_autofree char *full = g_strconcat (command->name, " ", verb->name, NULL);
  invocation->argv[1] = full;
  SfInvocation rest
      = { invocation->argc - 1, invocation->argv + 1, NULL, NULL };
  return verb->run (&rest);
}

void
sf_manual_describe (const SfCommand *command, const char *name,
                    SfDescribe *describe, gpointer data)
{
  g_autofree char *own = g_strdup (name);
  char *argv[] = { own, NULL };
  SfInvocation invocation = { 1, argv, describe, data };
  command->run (&invocation);
}

/* ---- What is said ------------------------------------------------------------------ */

void
sf_cmd_begin (int argc, char **argv)
{
  setlocale (LC_CTYPE, "");
  sf_lang_set_from_environment ();
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++) {
    const char *next = i + 1 < argc ? argv[i + 1] : "";
    if (g_str_has_prefix (argv[i], "--lang="))
      sf_lang_set (argv[i] + strlen ("--lang="));
    else if (strcmp (argv[i], "--lang") == 0)
      sf_lang_set (next);
    else if (g_str_has_prefix (argv[i], "--color="))
      sf_terminal_set_color (argv[i] + strlen ("--color="));
    else if (strcmp (argv[i], "--color") == 0)
      sf_terminal_set_color (next);
  }
}

/* Line by line: names of files may hold what a terminal obeys. */
static char *
safe_lines (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *end; (end = strchr (text, '\n')) != NULL; text = end + 1) {
    sf_text_append_safe (out, text, end - text);
    g_string_append_c (out, '\n');
  }
  sf_text_append_safe (out, text, -1);
  return g_string_free (out, FALSE);
}

void
sf_cmd_say (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *safe = safe_lines (text);
  (void)fputs (safe, stderr);
}

SfExit
sf_cmd_usage (const SfInvocation *invocation, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *name = sf_cmd_name (invocation);
  g_autofree char *pasted = sf_cmd_pasted (name);
  sf_cmd_say (_ ("%s: %s\nTry: %s --help\n"), name, text, pasted);
  return SF_EXIT_USAGE;
}

void
sf_cmd_alarm (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *safe = safe_lines (text);
  sf_style_print (stderr, SF_STYLE_ALARM, safe);
}

SfExit
sf_cmd_mistakes (const SfMistakes *mistakes)
{
  g_autofree char *text = sf_mistakes_format (mistakes);
  guint n = sf_mistakes_count (mistakes);
  fputs (text, stderr);
  sf_cmd_alarm (sf_lang_plural ("%u mistake; nothing was written\n",
                                "%u mistakes; nothing was written\n", n),
                n);
  return SF_EXIT_SCENARIO;
}

SfExit
sf_cmd_error (const SfInvocation *invocation, const GError *error)
{
  if (error->domain == SF_SWEEP_ERROR) { /* a list of mistakes */
    sf_cmd_say ("%s\n", error->message);
    return SF_EXIT_SCENARIO;
  }
  g_autofree char *name = sf_cmd_name (invocation);
  sf_cmd_say (_ ("%s: %s\n"), name, error->message);
  if (error->domain == SF_DESIGN_ERROR) /* of a study */
    return SF_EXIT_SCENARIO;
  gboolean is_outside
      = error->domain == SF_PLOT_ERROR || error->domain == SF_SLURM_ERROR;
  return is_outside ? SF_EXIT_OUTSIDE : SF_EXIT_FAILED;
}

gboolean
sf_cmd_seed (const char *text, guint64 *seed)
{
  return !text
         || g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, seed, NULL);
}

const char *
sf_cmd_numbers_wrong (gint replications, gint jobs)
{
  if (replications < 0 || replications > 1000000)
    return _ ("-n takes 1 to 1000000 replications");
  return jobs < 0 || jobs > 1024 ? _ ("-j takes 1 to 1024 workers") : NULL;
}

char *
sf_cmd_set_wrong (const char *const *set)
{
  const char *malformed = sf_scenario_malformed_override (set);
  if (!malformed)
    return NULL;
  g_autofree char *safe = sf_text_safe (malformed, -1);
  return g_strdup_printf (_ ("--set takes /json/pointer=value, not \"%s\""),
                          safe);
}

const char *
sf_cmd_formats_wrong (const SfFormats *f)
{
  return (f->is_csv ? 1 : 0) + (f->is_json ? 1 : 0) + (f->is_markdown ? 1 : 0)
                 > 1
             ? _ ("one of --csv, --json and --markdown at a time")
             : NULL;
}

SfTableFormat
sf_cmd_format (const SfFormats *f)
{
  return f->is_csv        ? SF_TABLE_CSV
         : f->is_json     ? SF_TABLE_JSON
         : f->is_markdown ? SF_TABLE_MARKDOWN
                          : SF_TABLE_TEXT;
}

char **
sf_cmd_line (const SfInvocation *invocation)
{
  char **line = g_new0 (char *, invocation->argc + 2);
  line[0] = g_strdup ("shortfall");
  for (int i = 0; i < invocation->argc; i++)
    line[i + 1] = g_strdup (invocation->argv[i]);
  return line;
}

SfScenario *
sf_cmd_load (const SfInvocation *invocation, const char *const *overrides,
             SfExit *status)
{
  if (invocation->argc != 2) {
    *status = sf_cmd_usage (invocation, invocation->argc < 2
                                            ? _ ("which scenario?")
                                            : _ ("one scenario at a time"));
    return NULL;
  }
  g_autofree char *wrong = sf_cmd_set_wrong (overrides);
  if (wrong) {
    *status = sf_cmd_usage (invocation, "%s", wrong);
    return NULL;
  }
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfScenario *s = sf_scenario_read (invocation->argv[1], overrides,
                                    sf_cmd_models (), mistakes);
  if (s && s->start != SF_PARAM_NO_DATE)
    sf_plan_check_series (s, mistakes);
  if (!s || sf_mistakes_count (mistakes) > 0) {
    *status = sf_cmd_mistakes (mistakes);
    g_clear_pointer (&s, sf_scenario_free);
  }
  return s;
}

SfExit
sf_cmd_timeless (const SfInvocation *invocation, const SfScenario *scenario)
{
  g_autofree char *pasted = sf_cmd_pasted ("shortfall network");
  g_autofree char *path = sf_cmd_word (scenario->path);
  return sf_cmd_usage (invocation,
                       _ ("%s is a network without a time to run; try "
                          "%s %s"),
                       scenario->path, pasted, path);
}
