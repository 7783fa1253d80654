/* folder.h - a result folder appears whole or not at all. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is written into a staging folder NAME.partial-XXXXXX beside the
 * target, which gets the target's name at the end. Who finds a folder under
 * its name can trust that nothing in it is missing; a run that fails leaves
 * nothing. An older folder stays as it was until that moment, and is replaced
 * only on request, and only if it is a result folder.
 */
#pragma once

#include <glib.h>

/* Opaque; one folder under way. */
typedef struct SfFolder SfFolder;

/* Makes the staging folder for `path` (and the folders above it). When there
 * is something at `path`: without `force` it is refused (G_FILE_ERROR_EXIST);
 * with it, it must be an empty folder or one with a manifest.json (or the
 * dictionary.json and runs.csv of an export), so that a slip does not replace
 * someone's papers. The caller owns the folder and ends
 * it with commit or discard. NULL with G_FILE_ERROR. */
SfFolder *sf_folder_open (const char *path, gboolean force, GError **error);

/* The path of a file in the staging folder; owned by the caller. And of the
 * staging folder itself; borrowed. */
char *sf_folder_file (const SfFolder *folder, const char *name);
const char *sf_folder_staging (const SfFolder *folder);

/* Writes a text as a file of the folder. FALSE with G_FILE_ERROR. */
gboolean sf_folder_write (const SfFolder *folder, const char *name,
                          const char *text, GError **error);

/* Gives the staging folder its name, removes what it replaces, and frees, also
 * when it fails. FALSE with G_FILE_ERROR; what was at `path` is then still
 * there, and the staging folder is gone. */
gboolean sf_folder_commit (SfFolder *folder, GError **error);

/* Removes the staging folder with all in it and frees; NULL is accepted. This
 * is what automatic cleanup does. */
void sf_folder_discard (SfFolder *folder);

/* Removes a folder, whatever is in it; links are removed, not followed. */
void sf_folder_remove (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFolder, sf_folder_discard)
