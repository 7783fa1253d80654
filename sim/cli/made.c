/* made.c - a scenario file that a command makes. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/made.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/plan/plan.h"

/* A file beside `path` with the text in it; NULL with an error. */
static char *
make_beside (const char *path, const char *text, GError **error)
{
  g_autofree char *name = g_strconcat (path, ".check-XXXXXX", NULL);
  int fd = g_mkstemp (name);
  if (fd < 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s",
                 path, g_strerror (errno));
    return NULL;
  }
  close (fd);
  if (g_file_set_contents (name, text, -1, error))
    return g_steal_pointer (&name);
  g_unlink (name);
  return NULL;
}

/* Mistakes carry the temporary name; people know the other one. */
static SfExit
tell (const SfMistakes *found, const char *temporary, const char *path)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  for (guint i = 0; i < sf_mistakes_count (found); i++) {
    const SfMistake *m = sf_mistakes_get (found, i);
    gboolean is_ours = g_strcmp0 (m->file, temporary) == 0;
    sf_mistakes_add (mistakes, m->kind, is_ours ? path : m->file,
                     is_ours ? 0 : m->line, is_ours ? 0 : m->column, m->pointer,
                     "%s", m->message);
  }
  return sf_cmd_mistakes (mistakes);
}

gboolean
sf_cmd_may_make (const SfInvocation *invocation, const char *path,
                 gboolean is_forced, SfExit *status)
{
  if (is_forced || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autofree char *safe = sf_text_safe (path, -1);
  *status = sf_cmd_usage (
      invocation,
      _ ("%s exists already; choose another name, or --force to replace it "
         "(what you changed in it by hand is lost)"),
      safe);
  return FALSE;
}

SfScenario *
sf_cmd_write_made (const SfInvocation *invocation, SfJsonDoc *doc,
                   const char *path, SfExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *text = sf_json_print (sf_json_root (doc), TRUE);
  g_autofree char *temporary = make_beside (path, text, &error);
  if (!temporary) {
    *status = sf_cmd_error (invocation, error);
    return NULL;
  }
  g_autoptr (SfScenario) s
      = sf_scenario_read (temporary, NULL, sf_cmd_models (), mistakes);
  if (s && s->start != SF_PARAM_NO_DATE)
    sf_plan_check_series (s, mistakes);
  g_unlink (temporary);
  if (!s || sf_mistakes_count (mistakes) > 0)
    *status = tell (mistakes, temporary, path);
  else if (!sf_file_write (path, text, strlen (text), &error))
    *status = sf_cmd_error (invocation, error);
  else
    return g_steal_pointer (&s);
  return NULL;
}
