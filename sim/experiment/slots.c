/* slots.c - memory that worker processes fill and their parent reads. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create(), O_TMPFILE */
#endif
#include "sim/experiment/slots.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sim/lang/lang.h"

#include <glib/gstdio.h>

struct SfSlots {
  guint n;
  gsize stride, bytes;
  char *memory, *folder;
  int fd; /* what backs it; -1: nothing yet */
};

/* A new file without a name in a folder, or -1 with errno set. */
static int
open_unnamed (const char *folder)
{
#ifdef O_TMPFILE
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    return fd;
#endif
  /* Some file systems know no unnamed files. */
  g_autofree char *name = g_build_filename (folder, ".shortfall-XXXXXX", NULL);
  int named = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  if (named >= 0)
    g_unlink (name);
  return named;
}

static int
open_backing (gsize bytes, const char *folder)
{
#ifdef MFD_CLOEXEC
  if (bytes < SF_SLOTS_MEMORY_BYTES) {
    int fd = memfd_create ("shortfall", MFD_CLOEXEC);
    if (fd >= 0)
      return fd;
  }
#endif
  return open_unnamed (folder);
}

static gboolean
fail (GError **error, int code, gsize bytes, const char *folder)
{
  g_autofree char *size = g_format_size (bytes);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("cannot set aside %s for results in %s: %s"), size, folder,
               g_strerror (code));
  return FALSE;
}

/* Backs the slots with a file of so many bytes; what they held is copied. */
static gboolean
map (SfSlots *slots, gsize bytes, GError **error)
{
  int fd = open_backing (bytes, slots->folder);
  if (fd < 0)
    return fail (error, errno, bytes, slots->folder);
  int code = posix_fallocate (fd, 0, (off_t)bytes);
  void *memory = MAP_FAILED;
  if (code == 0) {
    memory = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    code = memory == MAP_FAILED ? errno : 0;
  }
  if (code != 0) {
    close (fd);
    return fail (error, code, bytes, slots->folder);
  }
  if (slots->memory) {
    memcpy (memory, slots->memory, slots->bytes);
    munmap (slots->memory, slots->bytes);
    close (slots->fd);
  }
  slots->memory = memory;
  slots->bytes = bytes;
  slots->fd = fd;
  return TRUE;
}

/* Lengthens file and mapping. */
static gboolean
stretch (SfSlots *slots, gsize bytes, GError **error)
{
  int code = posix_fallocate (slots->fd, (off_t)slots->bytes,
                              (off_t)(bytes - slots->bytes));
  if (code != 0)
    return fail (error, code, bytes, slots->folder);
  void *memory = mremap (slots->memory, slots->bytes, bytes, MREMAP_MAYMOVE);
  if (memory == MAP_FAILED)
    return fail (error, errno, bytes, slots->folder);
  slots->memory = memory;
  slots->bytes = bytes;
  return TRUE;
}

static gboolean
count_bytes (const SfSlots *slots, guint n, gsize *bytes, GError **error)
{
  if (g_size_checked_mul (bytes, slots->stride, MAX (n, 1))
      && *bytes <= G_MAXINT64)
    return TRUE;
  return fail (error, EFBIG, G_MAXINT64, slots->folder);
}

SfSlots *
sf_slots_new (guint n, gsize slot_size, const char *folder, GError **error)
{
  g_return_val_if_fail (slot_size > 0, NULL);
  g_autoptr (SfSlots) slots = g_new0 (SfSlots, 1);
  gsize bytes;
  slots->folder = g_strdup (folder ? folder : g_get_tmp_dir ());
  slots->fd = -1;
  slots->n = n;
  slots->stride = (slot_size + 7) / 8 * 8;
  if (!count_bytes (slots, n, &bytes, error) || !map (slots, bytes, error))
    return NULL;
  return g_steal_pointer (&slots);
}

gboolean
sf_slots_grow (SfSlots *slots, guint n, GError **error)
{
  g_return_val_if_fail (n >= slots->n, FALSE);
  gsize bytes;
  if (!count_bytes (slots, n, &bytes, error))
    return FALSE;
  /* Too large for memory from here on: once to disk, and on there. */
  gboolean moves
      = slots->bytes < SF_SLOTS_MEMORY_BYTES && bytes >= SF_SLOTS_MEMORY_BYTES;
  if (bytes > slots->bytes
      && !(moves ? map (slots, bytes, error) : stretch (slots, bytes, error)))
    return FALSE;
  slots->n = n;
  return TRUE;
}

void
sf_slots_free (SfSlots *slots)
{
  if (!slots)
    return;
  if (slots->memory)
    munmap (slots->memory, slots->bytes);
  if (slots->fd >= 0)
    close (slots->fd);
  g_free (slots->folder);
  g_free (slots);
}

guint
sf_slots_count (const SfSlots *slots)
{
  return slots->n;
}

gsize
sf_slots_stride (const SfSlots *slots)
{
  return slots->stride;
}

gpointer
sf_slots_slot (const SfSlots *slots, guint i)
{
  g_return_val_if_fail (i < slots->n, NULL);
  return slots->memory + slots->stride * i;
}
