/* folder.c - a result folder appears whole or not at all. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* nftw() */
#endif
#include "sim/report/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/file.h"
#include "sim/lang/lang.h"

#include <glib/gstdio.h>

struct SfFolder {
  char *path;    /* absolute */
  char *staging; /* NULL once it has its name */
  gboolean force;
};

static void fail (GError **error, int code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static void
fail (GError **error, int code, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (G_FILE_ERROR,
                                                g_file_error_from_errno (code),
                                                format, arguments));
  va_end (arguments);
}

static int
remove_entry (const char *path, const struct stat *info, int kind,
              struct FTW *place)
{
  (void)info;
  (void)kind;
  (void)place;
  return remove (path);
}

void
sf_folder_remove (const char *path)
{
  nftw (path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static gboolean
is_empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  return dir && !g_dir_read_name (dir);
}

static gboolean
exists (const char *path)
{
  GStatBuf info;
  return g_lstat (path, &info) == 0;
}

/* Whether a folder holds what a command writes last of a result, or of an
 * export. */
static gboolean
is_result (const char *path)
{
  g_autofree char *manifest = g_build_filename (path, "manifest.json", NULL);
  g_autofree char *dictionary
      = g_build_filename (path, "dictionary.json", NULL);
  g_autofree char *runs = g_build_filename (path, "runs.csv", NULL);
  return exists (manifest) || (exists (dictionary) && exists (runs));
}

/* May what is at `path` be replaced? */
static gboolean
check_target (const char *path, gboolean force, GError **error)
{
  if (!exists (path))
    return TRUE;
  if (!force)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                 _ ("%s exists already; choose another name, or --force to "
                    "replace it"),
                 path);
  else if (!is_empty (path) && !is_result (path))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                 _ ("%s is not a result folder (no manifest.json in it); it is "
                    "not replaced, even with --force"),
                 path);
  else
    return TRUE;
  return FALSE;
}

/* A new folder beside `path`; NULL with an error. */
static char *
make_beside (const char *path, const char *what, GError **error)
{
  g_autofree char *name = g_strconcat (path, ".", what, "-XXXXXX", NULL);
  if (g_mkdtemp_full (name, 0777)) /* less what umask takes */
    return g_steal_pointer (&name);
  g_autofree char *parent = g_path_get_dirname (path);
  fail (error, errno, _ ("cannot make a folder in %s: %s"), parent,
        g_strerror (errno));
  return NULL;
}

SfFolder *
sf_folder_open (const char *path, gboolean force, GError **error)
{
  g_return_val_if_fail (path != NULL && *path, NULL);
  g_autoptr (SfFolder) folder = g_new0 (SfFolder, 1);
  folder->path = g_canonicalize_filename (path, NULL);
  folder->force = force;
  if (!check_target (folder->path, force, error))
    return NULL;
  g_autofree char *parent = g_path_get_dirname (folder->path);
  if (g_mkdir_with_parents (parent, 0777) != 0) {
    fail (error, errno, _ ("cannot make the folder %s: %s"), parent,
          g_strerror (errno));
    return NULL;
  }
  folder->staging = make_beside (folder->path, "partial", error);
  return folder->staging ? g_steal_pointer (&folder) : NULL;
}

char *
sf_folder_file (const SfFolder *folder, const char *name)
{
  return g_build_filename (folder->staging, name, NULL);
}

const char *
sf_folder_staging (const SfFolder *folder)
{
  return folder->staging;
}

gboolean
sf_folder_write (const SfFolder *folder, const char *name, const char *text,
                 GError **error)
{
  g_autofree char *path = sf_folder_file (folder, name);
  return sf_file_write (path, text, strlen (text), error);
}

/* Names are on disk once their folder is. */
static void
sync_folder (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* Moves what is at the target out of the way, into a new folder whose name is
 * returned; NULL when nothing is there, or with an error. */
static char *
move_aside (const SfFolder *folder, GError **error)
{
  if (!exists (folder->path))
    return NULL;
  g_autofree char *aside = make_beside (folder->path, "old", error);
  if (!aside)
    return NULL;
  g_autofree char *old = g_build_filename (aside, "old", NULL);
  if (g_rename (folder->path, old) == 0)
    return g_steal_pointer (&aside);
  fail (error, errno, _ ("cannot move aside %s: %s"), folder->path,
        g_strerror (errno));
  g_rmdir (aside);
  return NULL;
}

static gboolean
take_name (SfFolder *folder, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *aside = move_aside (folder, &problem);
  if (problem) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (g_rename (folder->staging, folder->path) == 0) {
    g_clear_pointer (&folder->staging, g_free);
    if (aside)
      sf_folder_remove (aside);
    return TRUE;
  }
  fail (error, errno, _ ("cannot give the results the name %s: %s"),
        folder->path, g_strerror (errno));
  if (aside) {
    g_autofree char *old = g_build_filename (aside, "old", NULL);
    if (g_rename (old, folder->path) == 0)
      g_rmdir (aside);
  }
  return FALSE;
}

gboolean
sf_folder_commit (SfFolder *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_autofree char *parent = g_path_get_dirname (folder->path);
  sync_folder (folder->staging);
  /* Again: something may have come under the name since. */
  gboolean is_fine = check_target (folder->path, folder->force, error)
                     && take_name (folder, error);
  sync_folder (parent);
  sf_folder_discard (folder);
  return is_fine;
}

void
sf_folder_discard (SfFolder *folder)
{
  if (!folder)
    return;
  if (folder->staging)
    sf_folder_remove (folder->staging);
  g_free (folder->staging);
  g_free (folder->path);
  g_free (folder);
}
