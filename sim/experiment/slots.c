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

#include <glib/gstdio.h>

struct SfSlots {
  guint n;
  gsize stride, bytes;
  char *memory;
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
               "cannot set aside %s for results in %s: %s", size, folder,
               g_strerror (code));
  return FALSE;
}

static gboolean
map (SfSlots *slots, const char *folder, GError **error)
{
  int fd = open_backing (slots->bytes, folder);
  if (fd < 0)
    return fail (error, errno, slots->bytes, folder);
  int code = posix_fallocate (fd, 0, (off_t)slots->bytes);
  void *memory = MAP_FAILED;
  if (code == 0) {
    memory
        = mmap (NULL, slots->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    code = memory == MAP_FAILED ? errno : 0;
  }
  close (fd); /* the mapping keeps the file */
  if (code != 0)
    return fail (error, code, slots->bytes, folder);
  slots->memory = memory;
  return TRUE;
}

SfSlots *
sf_slots_new (guint n, gsize slot_size, const char *folder, GError **error)
{
  g_return_val_if_fail (slot_size > 0, NULL);
  g_autoptr (SfSlots) slots = g_new0 (SfSlots, 1);
  if (!folder)
    folder = g_get_tmp_dir ();
  slots->n = n;
  slots->stride = (slot_size + 7) / 8 * 8;
  if (!g_size_checked_mul (&slots->bytes, slots->stride, MAX (n, 1))
      || slots->bytes > G_MAXINT64) {
    fail (error, EFBIG, G_MAXINT64, folder);
    return NULL;
  }
  if (!map (slots, folder, error))
    return NULL;
  return g_steal_pointer (&slots);
}

void
sf_slots_free (SfSlots *slots)
{
  if (!slots)
    return;
  if (slots->memory)
    munmap (slots->memory, slots->bytes);
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
