/* roff.c - manual pages. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain man(7) macros, which groff and mandoc both know. No date, so that the
 * same version gives the same page.
 */
#include <string.h>

#include "sim/cli/manual.h"
#include "sim/lang/lang.h"

/* Text with what roff takes for its own made harmless. */
static void
put (FILE *out, const char *text)
{
  if (*text == '.' || *text == '\'')
    fputs ("\\&", out);
  for (const char *c = text; *c; c++) {
    if (*c == '\\')
      fputs ("\\e", out);
    else if (*c == '-')
      fputs ("\\-", out);
    else
      putc (*c, out);
    if (*c == '\n' && (c[1] == '.' || c[1] == '\''))
      fputs ("\\&", out);
  }
}

static void
put_heading (FILE *out, const char *macro, const char *text)
{
  fprintf (out, ".%s \"", macro);
  put (out, text);
  fputs ("\"\n", out);
}

static void
put_line (FILE *out, const char *macro, const char *text)
{
  if (macro)
    fprintf (out, ".%s ", macro);
  put (out, text);
  putc ('\n', out);
}

/* Paragraphs; lines that begin with a blank as they are. */
static void
put_paragraphs (FILE *out, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean is_kept = FALSE;
  for (gsize i = 0; lines[i]; i++) {
    gboolean keep = *lines[i] == ' ';
    if (keep != is_kept)
      fputs (keep ? ".PP\n.nf\n" : ".fi\n", out);
    if (*lines[i] == '\0' && lines[i + 1] && *lines[i + 1] != ' ')
      fputs (".PP\n", out);
    else if (*lines[i] != '\0')
      put_line (out, NULL, keep ? g_strchug (lines[i]) : lines[i]);
    is_kept = keep;
  }
  if (is_kept)
    fputs (".fi\n", out);
}

static void
put_examples (FILE *out, const char *example)
{
  g_auto (GStrv) lines = g_strsplit (example, "\n", -1);
  fputs (".nf\n", out);
  for (gsize i = 0; lines[i]; i++)
    put_line (out, NULL, g_strchug (lines[i]));
  fputs (".fi\n", out);
}

static void
put_options (FILE *out, const GOptionEntry *entries)
{
  for (const GOptionEntry *e = entries; e && e->long_name; e++) {
    const char *value = sf_option_value (e);
    fputs (".TP\n", out);
    if (e->short_name)
      fprintf (out, "\\fB\\-%c\\fR, ", e->short_name);
    fputs ("\\fB\\-\\-", out);
    put (out, e->long_name);
    fputs ("\\fR", out);
    if (value) {
      fputs ("=\\fI", out);
      put (out, value);
      fputs ("\\fR", out);
    }
    putc ('\n', out);
    put_line (out, NULL, _ (e->description));
  }
}

static void
put_synopsis (FILE *out, const SfManual *manual)
{
  fputs ("\\fB", out);
  put (out, manual->name);
  fputs ("\\fR ", out);
  put (out, manual->verbs ? "" : _ ("[OPTION…]"));
  fputs (manual->verbs || !*manual->usage ? "" : " ", out);
  put_line (out, NULL, _ (manual->usage));
}

/* One verb of a command, as a part of the command's page. */
static void
put_verb (const SfManual *manual, gpointer data)
{
  FILE *out = data;
  put_heading (out, "SS", manual->name);
  put_synopsis (out, manual);
  fputs (".PP\n", out);
  put_paragraphs (out, _ (manual->about));
  put_options (out, manual->own);
  fputs (".PP\n", out);
  put_line (out, NULL, _ ("Example:"));
  fputs (".PP\n", out);
  put_examples (out, manual->example);
}

static void
put_verbs (FILE *out, const SfManual *manual, const SfCommand *command)
{
  put_heading (out, "SH", command ? _ ("VERBS") : _ ("COMMANDS"));
  for (gsize i = 0; manual->verbs[i]; i++) {
    const SfCommand *verb = manual->verbs[i];
    if (!verb->summary)
      continue;
    if (command) {
      g_autofree char *name
          = g_strconcat (command->name, " ", verb->name, NULL);
      sf_manual_describe (verb, name, put_verb, out);
      continue;
    }
    fputs (".TP\n\\fB", out);
    put (out, verb->name);
    fputs ("\\fR\n", out);
    put_line (out, NULL, _ (verb->summary));
  }
}

static void
put_word (FILE *out, const char *word, const char *meaning)
{
  fputs (".TP\n\\fB", out);
  put (out, word);
  fputs ("\\fR\n", out);
  put_line (out, NULL, meaning);
}

static void
put_exit_status (FILE *out)
{
  put_heading (out, "SH", _ ("EXIT STATUS"));
  put_word (out, "0", _ ("All is done."));
  put_word (out, "1",
            _ ("A run failed or was stopped, or a file could not be written."));
  put_word (out, "2", _ ("The command line is wrong; nothing was done."));
  put_word (out, "3",
            _ ("The scenario or study has mistakes; nothing was written."));
  put_word (out, "4",
            _ ("An outside program, such as gnuplot, is missing or failed; "
               "tables are complete."));
}

static void
put_environment (FILE *out)
{
  put_heading (out, "SH", _ ("ENVIRONMENT"));
  put_word (out, "LANGUAGE, LC_ALL, LC_MESSAGES, LANG",
            _ ("The language, unless --lang says it."));
  put_word (out, "NO_COLOR",
            _ ("Not empty: no colours, whatever the terminal."));
  put_word (out, "SHORTFALL_PLOTS",
            _ ("The folder with the scripts of the figures."));
  put_word (out, "SHORTFALL_GNUPLOT",
            _ ("Another gnuplot than the first "
               "one in PATH."));
  put_word (out, "SHORTFALL_FIGURE_SECONDS",
            _ ("Seconds that gnuplot may take for a figure (60)."));
}

/* The other pages, or the main one. */
static void
put_see_also (FILE *out, const SfManual *manual, const SfCommand *command)
{
  put_heading (out, "SH", _ ("SEE ALSO"));
  if (command || !manual->verbs) {
    fputs (".BR shortfall (1),\n.BR gnuplot (1)\n", out);
    return;
  }
  gboolean is_first = TRUE;
  for (gsize i = 0; manual->verbs && manual->verbs[i]; i++) {
    if (!manual->verbs[i]->summary)
      continue;
    fputs (is_first ? "" : ",\n", out);
    fprintf (out, ".BR shortfall\\-%s (1)", manual->verbs[i]->name);
    is_first = FALSE;
  }
  putc ('\n', out);
}

void
sf_roff_print (const SfManual *manual, const SfCommand *command, FILE *out)
{
  g_autofree char *title = g_strdelimit (g_strdup (manual->name), " ", '-');
  g_autofree char *upper = g_ascii_strup (title, -1);
  fputs (".TH ", out);
  put (out, upper);
  fputs (" 1 \"\" \"shortfall " SF_VERSION "\" \"", out);
  put (out, _ ("Manual of shortfall"));
  fputs ("\"\n", out);
  put_heading (out, "SH", _ ("NAME"));
  put (out, title);
  fputs (" \\- ", out);
  put_line (out, NULL, _ (manual->summary));
  put_heading (out, "SH", _ ("SYNOPSIS"));
  put_synopsis (out, manual);
  put_heading (out, "SH", _ ("DESCRIPTION"));
  put_paragraphs (out, _ (manual->about));
  if (manual->verbs)
    put_verbs (out, manual, command);
  if (manual->own || manual->common)
    put_heading (out, "SH", _ ("OPTIONS"));
  put_options (out, manual->own);
  put_options (out, manual->common);
  put_heading (out, "SH", _ ("EXAMPLES"));
  put_examples (out, manual->example);
  put_exit_status (out);
  put_environment (out);
  put_see_also (out, manual, command);
}
