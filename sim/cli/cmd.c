/* cmd.c - what subcommands share. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/cmd.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/load.h"
#include "sim/report/figures.h"
#include "sim/plan/plan.h"
#include "sim/scenario/load.h"
#include "sim/cluster/slurm.h"
#include "sim/lang/lang.h"

/* What GLib says of a wrong option. It says so in English, since its own
 * catalogues are of the system's locale, which need not be the reader's. */
static const char *const wrong_options[] = {
  N_ ("Unknown option %s"),
  N_ ("Missing argument for %s"),
  N_ ("Cannot parse integer value “%s” for %s"),
  N_ ("Integer value “%s” for %s out of range"),
  N_ ("Cannot parse double value “%s” for %s"),
  N_ ("Double value “%s” for %s out of range"),
};

/* What stands in the places of a sentence, or NULL when it is not that one. */
static char **
places_of (const char *sentence, const char *text)
{
  g_autofree char *escaped = g_regex_escape_string (sentence, -1);
  g_auto (GStrv) parts = g_strsplit (escaped, "%s", -1);
  g_autofree char *inside = g_strjoinv ("(.*)", parts);
  g_autofree char *whole = g_strconcat ("^", inside, "$", NULL);
  g_autoptr (GRegex) regex = g_regex_new (whole, G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  return regex && g_regex_match (regex, text, 0, &match)
             ? g_match_info_fetch_all (match)
             : NULL;
}

/* The message in the language in use, to be freed. */
static char *
option_text (const char *message)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_options); i++) {
    g_auto (GStrv) places = places_of (wrong_options[i], message);
    g_auto (GStrv) parts = g_strsplit (_ (wrong_options[i]), "%s", -1);
    if (!places || g_strv_length (parts) != g_strv_length (places))
      continue;
    GString *out = g_string_new (parts[0]);
    for (guint p = 1; parts[p]; p++)
      g_string_append_printf (out, "%s%s", places[p], parts[p]);
    return g_string_free (out, FALSE);
  }
  return g_strdup (message);
}

char *
sf_cmd_name (const SfInvocation *invocation)
{
  const char *name = invocation->argv[0];
  return g_str_has_prefix (name, "shortfall-")
             ? g_strdup (name)
             : g_strconcat ("shortfall ", name, NULL);
}

static const char *
translate (const char *text, gpointer data)
{
  return sf_lang_text (text);
}

static GOptionContext *
make_context (const GOptionEntry *entries, const char *usage, const char *about)
{
  GOptionContext *context = g_option_context_new (usage);
  g_option_context_set_translate_func (context, translate, NULL, NULL);
  g_option_context_set_summary (context, _ (about));
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  return context;
}

gboolean
sf_cmd_parse (SfInvocation *invocation, const GOptionEntry *entries,
              const char *example, const char *usage, const char *about,
              SfExit *status)
{
  gboolean wants_help = FALSE;
  g_autofree char *lang = NULL;
  const GOptionEntry common[] = {
    { "lang", 0, 0, G_OPTION_ARG_STRING, &lang,
      N_ ("Language of texts and figures: en or fr (default: the system's)"),
      "LANG" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_ ("Show this help"),
      NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = make_context (entries, usage, about);
  g_option_context_add_main_entries (context, common, NULL);
  g_option_group_set_translate_func (g_option_context_get_main_group (context),
                                     translate, NULL, NULL);
  g_autofree char *name = sf_cmd_name (invocation);
  g_set_prgname (name);
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse (context, &invocation->argc, &invocation->argv,
                               &error)) {
    g_autofree char *text = option_text (error->message);
    *status = sf_cmd_usage (invocation, "%s", text);
    return FALSE;
  }
  if (lang && !sf_lang_set (lang)) {
    *status = sf_cmd_usage (invocation, "%s", _ ("--lang takes en or fr"));
    return FALSE;
  }
  if (!wants_help)
    return TRUE;
  g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
  printf (_ ("Example: %s\n\n%s"), example, text);
  *status = SF_EXIT_DONE;
  return FALSE;
}

SfExit
sf_cmd_usage (const SfInvocation *invocation, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *name = sf_cmd_name (invocation);
  fprintf (stderr, _ ("%s: %s\nTry: %s --help\n"), name, text, name);
  return SF_EXIT_USAGE;
}

SfExit
sf_cmd_mistakes (const SfMistakes *mistakes)
{
  g_autofree char *text = sf_mistakes_format (mistakes);
  guint n = sf_mistakes_count (mistakes);
  fputs (text, stderr);
  fprintf (stderr,
           sf_lang_plural ("%u mistake; nothing was written\n",
                           "%u mistakes; nothing was written\n", n),
           n);
  return SF_EXIT_SCENARIO;
}

SfExit
sf_cmd_error (const SfInvocation *invocation, const GError *error)
{
  if (error->domain == SF_SWEEP_ERROR) { /* a list of mistakes */
    fprintf (stderr, "%s\n", error->message);
    return SF_EXIT_SCENARIO;
  }
  g_autofree char *name = sf_cmd_name (invocation);
  fprintf (stderr, _ ("%s: %s\n"), name, error->message);
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

const char *
sf_cmd_formats_wrong (gboolean is_csv, gboolean is_json, gboolean is_markdown)
{
  return (is_csv ? 1 : 0) + (is_json ? 1 : 0) + (is_markdown ? 1 : 0) > 1
             ? _ ("one of --csv, --json and --markdown at a time")
             : NULL;
}

SfTableFormat
sf_cmd_format (gboolean is_csv, gboolean is_json, gboolean is_markdown)
{
  return is_csv        ? SF_TABLE_CSV
         : is_json     ? SF_TABLE_JSON
         : is_markdown ? SF_TABLE_MARKDOWN
                       : SF_TABLE_TEXT;
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
  const char *malformed = sf_scenario_malformed_override (overrides);
  if (malformed) {
    g_autofree char *safe = sf_text_safe (malformed, -1);
    *status = sf_cmd_usage (
        invocation, _ ("--set takes /json/pointer=value, not \"%s\""), safe);
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
