/* cmd-report.c - a result folder as one page. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "sim/cli/commands.h"
#include "sim/lang/lang.h"
#include "sim/page/page.h"
#include "sim/page/redraw.h"
#include "sim/report/figures.h"
#include "sim/report/folder.h"
#include "sim/report/manifest.h"

typedef struct {
  char *output, *compare, **sensitivity;
  gboolean is_quiet;
} Options;

static void
clear_options (Options *o)
{
  g_free (o->output);
  g_free (o->compare);
  g_strfreev (o->sensitivity);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* Figures in the language of the page, in a folder for the time being; those
 * of the result folder, in whatever language they are, when that cannot be. */
static SfFolder *
draw (const char *folder, GError **error)
{
  g_autofree char *name
      = g_build_filename (g_get_tmp_dir (), "shortfall-report", NULL);
  g_autoptr (SfFolder) scratch = sf_folder_open (name, TRUE, error);
  if (!scratch
      || !sf_figures_draw_into (folder, sf_folder_staging (scratch),
                                sf_lang_code (), NULL, error))
    return NULL;
  return g_steal_pointer (&scratch);
}

static void
tell_not_drawn (const Options *o, const GError *error)
{
  if (!o->is_quiet)
    fprintf (stderr,
             _ ("The figures cannot be drawn anew (%s); those of the folder "
                "are taken.\n"),
             error->message);
}

static SfExit
write_page (const SfInvocation *invocation, const Options *o,
            const char *folder, const SfFolder *scratch)
{
  g_autoptr (GError) error = NULL;
  const char *figures = scratch ? sf_folder_staging (scratch) : NULL;
  const SfPageRequest request
      = { .folder = folder,
          .figures = figures,
          .compare = o->compare,
          .sensitivity = (const char *const *)o->sensitivity };
  g_autofree char *path = o->output
                              ? g_strdup (o->output)
                              : g_build_filename (folder, "report.html", NULL);
  g_autoptr (SfPageSource) source = sf_page_source_new (&request, &error);
  if (!source)
    return sf_cmd_error (invocation, error);
  if (figures && !sf_page_redraw (source, figures, &error)) {
    tell_not_drawn (o, error);
    g_clear_error (&error);
  }
  if (!sf_page_write (source, path, &error))
    return sf_cmd_error (invocation, error);
  if (!o->is_quiet)
    sf_cmd_say (_ ("Written: %s (open it in a browser, or print it)\n"), path);
  return SF_EXIT_DONE;
}

static SfExit
draw_and_write (const SfInvocation *invocation, const Options *o,
                const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfFolder) scratch = draw (folder, &error);
  if (!scratch)
    tell_not_drawn (o, error);
  return write_page (invocation, o, folder, scratch);
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
      N_ ("Write this file (default: report.html in the folder)"),
      N_ ("FILE") },
    { "compare", 0, 0, G_OPTION_ARG_FILENAME, &o.compare,
      N_ ("Show the levers of this folder, which compare has written"),
      N_ ("DIR") },
    { "sensitivity", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.sensitivity,
      N_ ("Show what the result hangs on, from this folder, which sensitivity "
          "has written (may be given again)"),
      N_ ("DIR") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.is_quiet,
      N_ ("Say nothing unless something is wrong"), NULL },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries,
                     "shortfall report bamako-2025-results", N_ ("FOLDER"),
                     N_ ("Writes a result folder as one HTML file, with "
                         "figures, tables and sources, to be read in\na "
                         "browser without a network, printed, or sent. Nothing "
                         "is simulated."),
                     &status))
    return status;
  if (invocation->argc != 2)
    return sf_cmd_usage (invocation, _ ("which result folder?"));
  g_autoptr (GError) error = NULL;
  g_autoptr (SfJsonDoc) manifest
      = sf_manifest_read (invocation->argv[1], &error);
  return manifest ? draw_and_write (invocation, &o, invocation->argv[1])
                  : sf_cmd_error (invocation, error);
}

const SfCommand sf_cmd_report
    = { "report", N_ ("write a result folder as one page to read and send"),
        run };
