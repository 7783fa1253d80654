/* file.c - files written whole or not at all. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/lang/lang.h"

#include <glib/gstdio.h>

#define BUFFER_SIZE ((gsize)64 * 1024)

struct SfFile {
  char *name;      /* as the caller gave it, for messages */
  char *path;      /* where it will be, symbolic links followed */
  char *temporary; /* NULL when written directly */
  int descriptor;
  int failure; /* errno of the first error, 0 = none */
  gsize used;
  char buffer[BUFFER_SIZE];
};

static void
set_error (GError **error, const char *name, int failure)
{
  g_autofree char *shown = g_filename_display_name (name);

  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (failure),
               _ ("cannot write %s: %s"), shown, g_strerror (failure));
}

static void
file_free (SfFile *file)
{
  if (file->descriptor >= 0)
    (void)close (file->descriptor);
  if (file->temporary != NULL)
    (void)g_unlink (file->temporary);
  g_free (file->temporary);
  g_free (file->path);
  g_free (file->name);
  g_free (file);
}

/* Finds out where the bytes go and opens it. Returns 0 or an errno. */
static int
open_target (SfFile *file)
{
  struct stat status;
  char *resolved;

  if (stat (file->name, &status) == 0 && !S_ISREG (status.st_mode)) {
    if (S_ISDIR (status.st_mode))
      return EISDIR;
    file->descriptor = open (file->name, O_WRONLY | O_CLOEXEC);
    return file->descriptor < 0 ? errno : 0;
  }
  /* Fails when there is no such file yet, which is the ordinary case. */
  resolved = realpath (file->name, NULL);
  file->path = g_strdup (resolved != NULL ? resolved : file->name);
  free (resolved);
  file->temporary = g_strconcat (file->path, ".tmp-XXXXXX", NULL);
  /* 0666 and the umask: as any other program would have made the file. */
  file->descriptor
      = g_mkstemp_full (file->temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (file->descriptor < 0) {
    int failure = errno;

    g_clear_pointer (&file->temporary, g_free);
    return failure;
  }
  return 0;
}

SfFile *
sf_file_create (const char *path, GError **error)
{
  SfFile *file;
  int failure;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  file = g_new0 (SfFile, 1);
  file->name = g_strdup (path);
  file->descriptor = -1;
  failure = open_target (file);
  if (failure != 0) {
    set_error (error, path, failure);
    file_free (file);
    return NULL;
  }
  return file;
}

static void
write_all (SfFile *file, const char *data, gsize length)
{
  while (length > 0 && file->failure == 0) {
    gssize written = write (file->descriptor, data, length);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0) {
      file->failure = errno;
    } else {
      data += written;
      length -= (gsize)written;
    }
  }
}

static void
flush (SfFile *file)
{
  write_all (file, file->buffer, file->used);
  file->used = 0;
}

void
sf_file_put (SfFile *file, const char *text, gsize length)
{
  g_return_if_fail (file != NULL);
  g_return_if_fail (text != NULL || length == 0);

  if (length > BUFFER_SIZE - file->used)
    flush (file);
  if (length > BUFFER_SIZE) {
    write_all (file, text, length);
  } else if (length > 0) {
    memcpy (file->buffer + file->used, text, length);
    file->used += length;
  }
}

void
sf_file_puts (SfFile *file, const char *text)
{
  g_return_if_fail (text != NULL);

  sf_file_put (file, text, strlen (text));
}

/* Only what has reached the disk may take the name: a rename can overtake the
 * data in a power cut. The folder itself is not synced; after a power cut it
 * may still show the old file, which is whole too. */
static void
bring_to_disk (SfFile *file)
{
  int closed;

  if (file->failure == 0 && file->temporary != NULL
      && fsync (file->descriptor) != 0)
    file->failure = errno;
  closed = close (file->descriptor);
  file->descriptor = -1;
  if (file->failure == 0 && closed != 0)
    file->failure = errno;
}

gboolean
sf_file_commit (SfFile *file, GError **error)
{
  int failure;

  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  flush (file);
  bring_to_disk (file);
  if (file->failure == 0 && file->temporary != NULL) {
    if (g_rename (file->temporary, file->path) != 0)
      file->failure = errno;
    else
      g_clear_pointer (&file->temporary, g_free);
  }
  failure = file->failure;
  if (failure != 0)
    set_error (error, file->name, failure);
  file_free (file);
  return failure == 0;
}

void
sf_file_discard (SfFile *file)
{
  if (file != NULL)
    file_free (file);
}

gboolean
sf_file_write (const char *path, const char *data, gsize length, GError **error)
{
  SfFile *file;

  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  file = sf_file_create (path, error);
  if (file == NULL)
    return FALSE;
  sf_file_put (file, data, length);
  return sf_file_commit (file, error);
}

/* ---- Checksums ------------------------------------------------------------ */

/* Feeds all of it to the checksum. Returns 0 or an errno. */
static int
add_content (GChecksum *sum, int descriptor, guint64 *length)
{
  guint8 buffer[BUFFER_SIZE];
  struct stat status;
  *length = 0;
  if (fstat (descriptor, &status) != 0)
    return errno;
  if (!S_ISREG (status.st_mode))
    return S_ISDIR (status.st_mode) ? EISDIR : EINVAL;
  for (;;) {
    gssize n = read (descriptor, buffer, sizeof buffer);
    if (n == 0)
      return 0;
    if (n < 0 && errno != EINTR)
      return errno;
    if (n < 0)
      continue;
    g_checksum_update (sum, buffer, n);
    *length += (guint64)n;
  }
}

char *
sf_file_sha256 (const char *path, guint64 *length, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  int failure = descriptor < 0 ? errno : add_content (sum, descriptor, length);
  if (descriptor >= 0)
    (void)close (descriptor);
  if (failure == 0)
    return g_strdup (g_checksum_get_string (sum));
  g_autofree char *shown = g_filename_display_name (path);
  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (failure),
               _ ("cannot read %s: %s"), shown,
               failure == ELOOP || failure == EINVAL ? _ ("not a regular file")
                                                     : g_strerror (failure));
  return NULL;
}

gboolean
sf_file_may_open (guint n, GError **error)
{
  g_autoptr (GArray) opened = g_array_new (FALSE, FALSE, sizeof (int));
  int fd = 0;
  for (guint i = 0; i < n && fd >= 0; i++) {
    fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
      g_array_append_val (opened, fd);
  }
  int code = errno;
  for (guint i = 0; i < opened->len; i++)
    close (g_array_index (opened, int, i));
  if (fd < 0)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s",
                 g_strerror (code));
  return fd >= 0;
}
