/* keep.c - the folder that compare, rank and sensitivity leave. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/keep.h"

#include <stdio.h>

#include "sim/lang/lang.h"
#include "sim/report/figures.h"
#include "sim/report/manifest.h"

void
sf_keep_clear (SfKeep *keep)
{
  g_clear_pointer (&keep->output, g_free);
  g_clear_pointer (&keep->argv, g_strfreev);
}

SfJsonDoc *
sf_keep_manifest (const SfKeep *keep, const char *command)
{
  SfJsonDoc *doc = sf_json_doc_new_object ("manifest.json");
  SfJson *root = sf_json_root (doc);
  sf_json_add_string (root, "program", "shortfall");
  sf_json_add_string (root, "command", command);
  sf_manifest_add_command_line (root, (const char *const *)keep->argv);
  sf_manifest_add_making (root);
  return doc;
}

gboolean
sf_keep_write_manifest (SfJsonDoc *manifest, const SfFolder *folder,
                        GError **error)
{
  sf_manifest_add_files (sf_json_root (manifest), sf_folder_staging (folder),
                         NULL);
  g_autofree char *text = sf_json_print (sf_json_root (manifest), TRUE);
  return sf_folder_write (folder, "manifest.json", text, error);
}

SfExit
sf_keep_write (const SfInvocation *invocation, const SfKeep *keep,
               const SfKept *kept, SfFolder *folder)
{
  g_autoptr (SfFolder) taken = folder;
  g_autoptr (GError) error = NULL;
  SfExit status = SF_EXIT_DONE;
  if (!kept->tables (kept->data, taken, &error))
    return sf_cmd_error (invocation, error);
  if (!keep->no_plots && !kept->figures (kept->data, taken, &error)) {
    status = sf_cmd_error (invocation, error);
    if (error->domain != SF_PLOT_ERROR)
      return status;
    g_clear_error (&error);
  }
  if (!sf_folder_commit (g_steal_pointer (&taken), &error))
    return sf_cmd_error (invocation, error);
  if (!keep->is_quiet)
    sf_cmd_say (_ ("Written: %s\n"), keep->output);
  return status;
}
