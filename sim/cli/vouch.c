/* vouch.c - tables against the checksums of a manifest. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/vouch.h"

#include <string.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/cli/again.h"
#include "sim/lang/lang.h"

/* Above it a double does not hold every whole number. */
#define LENGTH_MOST 9007199254740992.0

static void
free_vouched (gpointer pointer)
{
  SfVouched *v = pointer;
  g_free (v->name);
  g_free (v->sha256);
  g_free (v);
}

/* A file in a folder, and nothing else. */
static gboolean
is_plain_name (const char *name)
{
  return *name && *name != '.' && !strpbrk (name, "/\\")
         && strcmp (name, "manifest.json") != 0;
}

static gboolean
is_sum (const char *text)
{
  return strlen (text) == 64
         && strspn (text, "0123456789abcdef") == strlen (text);
}

/* One entry; NULL when it is none. */
static SfVouched *
read_one (const SfJson *entry)
{
  const char *name = sf_again_member (entry, "file");
  const char *sum = sf_again_member (entry, "sha256");
  const SfJson *bytes = sf_json_member (entry, "bytes");
  if (!name || !is_plain_name (name) || !sum || !is_sum (sum) || !bytes
      || sf_json_kind (bytes) != SF_JSON_NUMBER)
    return NULL;
  double length = sf_json_number (bytes);
  if (!(length >= 0 && length <= LENGTH_MOST))
    return NULL;
  SfVouched *v = g_new0 (SfVouched, 1);
  v->name = g_strdup (name);
  v->sha256 = g_strdup (sum);
  v->length = (guint64)length;
  return v;
}

GPtrArray *
sf_vouch_read (const SfJson *manifest, GError **error)
{
  const SfJson *list = sf_json_member (manifest, "files");
  if (!list || sf_json_kind (list) != SF_JSON_ARRAY || !sf_json_first (list)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _ ("the manifest names no tables: it was written by an older "
                    "version, or cut"));
    return NULL;
  }
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (free_vouched);
  for (const SfJson *v = sf_json_first (list); v; v = sf_json_next (v)) {
    SfVouched *one = read_one (v);
    if (one && !sf_vouch_find (tables, one->name)) {
      g_ptr_array_add (tables, one);
      continue;
    }
    if (one)
      free_vouched (one);
    const char *name = sf_again_member (v, "file");
    g_autofree char *safe = sf_text_safe (name ? name : "?", -1);
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _ ("entry \"%s\" of the manifest's list is not the name of a "
                    "table, once, with its length and SHA-256"),
                 safe);
    return NULL;
  }
  return g_steal_pointer (&tables);
}

SfVouchState
sf_vouch_check (const SfVouched *table, const char *folder)
{
  guint64 length = 0;
  g_autofree char *path = g_build_filename (folder, table->name, NULL);
  g_autofree char *sum = sf_file_sha256 (path, &length, NULL);
  if (!sum)
    return SF_VOUCH_MISSING;
  return length == table->length && strcmp (sum, table->sha256) == 0
             ? SF_VOUCH_SAME
             : SF_VOUCH_CHANGED;
}

const SfVouched *
sf_vouch_find (const GPtrArray *tables, const char *name)
{
  for (guint i = 0; i < tables->len; i++) {
    const SfVouched *v = tables->pdata[i];
    if (strcmp (v->name, name) == 0)
      return v;
  }
  return NULL;
}
