/* file.h - files written whole or not at all. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A result is either complete under its name or not there: everything is first
 * written to a temporary name beside the file, brought to disk, then renamed.
 * A reader, a second run or a full disk never meets half a table, and an older
 * file stays as it was until the new one is complete.
 *
 * Errors are GLib's (G_FILE_ERROR) with the file's name in the message. A path
 * that exists and is not a regular file (a pipe, /dev/stdout, /dev/null) is
 * written directly, since renaming over it would destroy it; a symbolic link is
 * followed. Killed by a signal, a program may leave its temporary
 * (NAME.tmp-XXXXXX) behind. Folders are not created.
 */
#pragma once

#include <glib.h>

/* Writes `length` bytes as the file `path`. FALSE with `error` set when that
 * fails; the old file, if any, is then untouched and no temporary is left. */
gboolean sf_file_write (const char *path, const char *data, gsize length,
                        GError **error);

/* A buffered writer with the same promise, for tables too large to hold in
 * memory. Opaque; one file each. */
typedef struct SfFile SfFile;

/* Opens the temporary beside `path`. NULL with `error` set when the folder is
 * missing or not writable, or when `path` is a folder. The caller owns the
 * writer and ends it with commit or discard. */
SfFile *sf_file_create (const char *path, GError **error);

/* Adds `length` bytes. Errors (disk full, ...) are remembered and reported by
 * sf_file_commit; after one, further bytes are dropped. */
void sf_file_put (SfFile *file, const char *text, gsize length);

/* Adds a NUL-terminated text. */
void sf_file_puts (SfFile *file, const char *text);

/* Brings all to disk, gives the file its name and frees the writer, also when
 * it fails. FALSE with `error` set on the first error since creation; nothing
 * has then changed under the name and the temporary is gone. */
gboolean sf_file_commit (SfFile *file, GError **error);

/* Gives up: removes the temporary and frees the writer; NULL is accepted. This
 * is what automatic cleanup does. */
void sf_file_discard (SfFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFile, sf_file_discard)

/* SHA-256 of a file's content in hexadecimal, to be freed, and how long it is.
 * Only of a regular file: a link is not followed, and nothing waits for a pipe
 * or a device. NULL with G_FILE_ERROR. */
char *sf_file_sha256 (const char *path, guint64 *length, GError **error);

/* TRUE when `n` more files could be opened now. GLib ends the program where it
 * cannot open a pipe, so this is asked before a child is started. FALSE with
 * G_FILE_ERROR. */
gboolean sf_file_may_open (guint n, GError **error);
