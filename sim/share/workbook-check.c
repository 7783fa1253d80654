/* workbook-check.c - is an archive whole? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The library writes every part into a temporary file first and does not look
 * whether that worked, so a full disk gives an archive that is in order but
 * holds half a sheet. Each part is unpacked here (PKWARE appnote 6.3, without
 * zip64) and must end with the end tag of its first element.
 */
#include "sim/share/workbook.h"

#include <gio/gio.h>
#include <string.h>

#include "sim/lang/lang.h"

#define ENTRY_BYTES 46
#define END_BYTES 22
#define LOCAL_BYTES 30
#define HEAD_BYTES 512
#define TAIL_BYTES 64

/* The archive, and what is kept of the part that is being unpacked. */
typedef struct {
  const guchar *bytes;
  gsize length;
  char head[HEAD_BYTES + 1], tail[TAIL_BYTES + 1];
  gsize n_head, n_tail, n;
} Archive;

static guint32
u16 (const guchar *at)
{
  return (guint32)at[0] | (guint32)at[1] << 8;
}

static guint32
u32 (const guchar *at)
{
  return u16 (at) | u16 (at + 2) << 16;
}

static void
keep (Archive *a, const char *bytes, gsize n)
{
  gsize to_head = MIN (n, HEAD_BYTES - a->n_head);
  memcpy (a->head + a->n_head, bytes, to_head);
  a->n_head += to_head;
  a->n += n;
  if (n >= TAIL_BYTES) {
    memcpy (a->tail, bytes + n - TAIL_BYTES, TAIL_BYTES);
    a->n_tail = TAIL_BYTES;
    return;
  }
  gsize stay = MIN (a->n_tail, TAIL_BYTES - n);
  memmove (a->tail, a->tail + a->n_tail - stay, stay);
  memcpy (a->tail + stay, bytes, n);
  a->n_tail = stay + n;
}

static gboolean
unpack (Archive *a, const guchar *data, gsize length)
{
  g_autoptr (GConverter) inflate
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
  char out[16384];
  for (;;) {
    gsize n_read = 0, n_written = 0;
    GConverterResult result = g_converter_convert (
        inflate, data, length, out, sizeof out, G_CONVERTER_INPUT_AT_END,
        &n_read, &n_written, NULL);
    if (result == G_CONVERTER_ERROR)
      return FALSE;
    keep (a, out, n_written);
    data += n_read;
    length -= n_read;
    if (result == G_CONVERTER_FINISHED)
      return TRUE;
  }
}

/* Does the text end with the end of its first element? */
static gboolean
is_closed (Archive *a)
{
  a->head[a->n_head] = a->tail[a->n_tail] = '\0';
  const char *root = strchr (a->head, '<');
  while (root && (root[1] == '?' || root[1] == '!'))
    root = strchr (root + 1, '<');
  if (!root)
    return FALSE;
  g_strchomp (a->tail);
  g_autofree char *name = g_strndup (root + 1, strcspn (root + 1, " \t\r\n/>"));
  g_autofree char *end = g_strconcat ("</", name, ">", NULL);
  gboolean is_alone = a->n <= HEAD_BYTES && !strchr (root + 1, '<')
                      && g_str_has_suffix (a->tail, "/>");
  return g_str_has_suffix (a->tail, end) || is_alone;
}

/* The part whose entry in the directory is at `at`. */
static gboolean
check_part (Archive *a, const guchar *at)
{
  gsize packed = u32 (at + 20), place = u32 (at + 42);
  if (place + LOCAL_BYTES > a->length)
    return FALSE;
  const guchar *local = a->bytes + place;
  gsize data = place + LOCAL_BYTES + u16 (local + 26) + u16 (local + 28);
  a->n_head = a->n_tail = a->n = 0;
  if (data + packed > a->length)
    return FALSE;
  if (u16 (at + 10) == 0)
    keep (a, (const char *)a->bytes + data, packed);
  else if (!unpack (a, a->bytes + data, packed))
    return FALSE;
  return a->n == u32 (at + 24) && is_closed (a);
}

static gboolean
check (Archive *a)
{
  if (a->length < END_BYTES)
    return FALSE;
  const guchar *end = a->bytes + a->length - END_BYTES;
  if (u32 (end) != 0x06054b50 || u16 (end + 10) == 0)
    return FALSE;
  gsize at = u32 (end + 16);
  for (guint i = 0; i < u16 (end + 10); i++) {
    if (at + ENTRY_BYTES > a->length || u32 (a->bytes + at) != 0x02014b50)
      return FALSE;
    const guchar *entry = a->bytes + at;
    if (!check_part (a, entry))
      return FALSE;
    at += ENTRY_BYTES + u16 (entry + 28) + u16 (entry + 30) + u16 (entry + 32);
  }
  return TRUE;
}

gboolean
sf_workbook_is_whole (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  if (!file)
    return FALSE;
  Archive a = { .bytes = (const guchar *)g_mapped_file_get_contents (file),
                .length = g_mapped_file_get_length (file) };
  if (check (&a))
    return TRUE;
  g_set_error (error, SF_WORKBOOK_ERROR, SF_WORKBOOK_ERROR_WRITE,
               _ ("the workbook came out incomplete; is a disk full (the "
                  "folder for temporary files is %s)?"),
               g_get_tmp_dir ());
  return FALSE;
}
