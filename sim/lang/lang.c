/* lang.c - the language that people are spoken to in. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/lang/lang.h"

#include <string.h>

#include "catalogues.h"

#define CODE_SIZE 16
#define MO_MAGIC 0x950412deu

/* A catalogue as msgfmt writes it: two tables of (length, offset), the texts
 * of the first in order. */
typedef struct {
  char code[CODE_SIZE];
  const char *data; /* NULL: English, which needs none */
  guint32 n, ids, texts;
} Catalogue;

/* The language of the process, and the words that scenarios add to it ("fr"
 * and a text, "\n" between them, to its translation): like a locale there is
 * but one. */
static Catalogue current = { .code = "en" };
static GHashTable *added;  /* interned both; NULL: none */
static GHashTable *opened; /* path to GBytes, which texts point into */

/* Kept in a static library, the catalogues do not come forward themselves. */
static void
have_catalogues (void)
{
  static gsize is_ready;
  if (g_once_init_enter (&is_ready)) {
    sf_catalogues_register_resource ();
    g_once_init_leave (&is_ready, 1);
  }
}

static guint32
word_at (const char *data, guint32 offset)
{
  guint32 word;
  memcpy (&word, data + offset, sizeof word);
  return GUINT32_FROM_LE (word);
}

/* A catalogue of the program, or of the folder that G_RESOURCE_OVERLAYS puts in
 * its place; kept as long as the process lives. NULL: there is none. */
static const char *
data_of (const char *code)
{
  g_autofree char *path = g_strdup_printf ("/shortfall/po/%s.mo", code);
  if (!opened)
    opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                    (GDestroyNotify)g_bytes_unref);
  GBytes *bytes = g_hash_table_lookup (opened, path);
  if (!bytes) {
    have_catalogues ();
    bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    if (!bytes)
      return NULL;
    g_hash_table_insert (opened, g_steal_pointer (&path), bytes);
  }
  return g_bytes_get_data (bytes, NULL);
}

static gboolean
open_catalogue (const char *code, Catalogue *catalogue)
{
  Catalogue c = { .code = "" };
  if (strlen (code) >= CODE_SIZE || strchr (code, '/'))
    return FALSE;
  g_strlcpy (c.code, code, CODE_SIZE);
  if (strcmp (code, "en") != 0) {
    c.data = data_of (code);
    if (!c.data || word_at (c.data, 0) != MO_MAGIC)
      return FALSE;
    c.n = word_at (c.data, 8);
    c.ids = word_at (c.data, 12);
    c.texts = word_at (c.data, 16);
  }
  *catalogue = c;
  return TRUE;
}

gboolean
sf_lang_exists (const char *code)
{
  Catalogue c;
  return open_catalogue (code, &c);
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char **
sf_lang_all (void)
{
  have_catalogues ();
  g_auto (GStrv) files
      = g_resources_enumerate_children ("/shortfall/po", 0, NULL);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  for (guint i = 0; files && files[i]; i++)
    g_ptr_array_add (codes, g_strndup (files[i], strlen (files[i]) - 3));
  g_ptr_array_sort (codes, by_name);
  g_ptr_array_insert (codes, 0, g_strdup ("en"));
  g_ptr_array_add (codes, NULL);
  return (char **)g_ptr_array_steal (codes, NULL);
}

gboolean
sf_lang_set (const char *code)
{
  return open_catalogue (code, &current);
}

void
sf_lang_set_from_environment (void)
{
  const char *const *names = g_get_language_names ();
  for (guint i = 0; names[i]; i++)
    if (strcmp (names[i], "C") == 0 || sf_lang_set (names[i]))
      return;
}

const char *
sf_lang_code (void)
{
  return current.code;
}

gboolean
sf_lang_is_rtl (void)
{
  const char *const codes[] = { "ar", "fa", "he", "ur", NULL };
  return g_strv_contains (codes, current.code);
}

SfLangPause
sf_lang_speak (const char *code)
{
  SfLangPause pause = { .code = "" };
  char before[sizeof pause.code];
  g_strlcpy (before, current.code, sizeof before);
  if (code && sf_lang_set (code))
    g_strlcpy (pause.code, before, sizeof pause.code);
  return pause;
}

SfLangPause
sf_lang_pause (gboolean is_wanted)
{
  return sf_lang_speak (is_wanted ? "en" : NULL);
}

void
sf_lang_resume (SfLangPause *pause)
{
  if (*pause->code)
    sf_lang_set (pause->code);
  *pause->code = '\0';
}

/* The texts of an entry, one for each plural form, each ending with a NUL. */
static const char *
find (const Catalogue *c, const char *english)
{
  guint32 low = 0, high = c->n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    int order = strcmp (english,
                        c->data + word_at (c->data, c->ids + 4 + middle * 8));
    if (order == 0)
      return c->data + word_at (c->data, c->texts + 4 + middle * 8);
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

void
sf_lang_add_word (const char *code, const char *english, const char *text)
{
  if (strcmp (code, "en") == 0 || !sf_lang_exists (code) || !*english || !*text)
    return;
  if (!added)
    added = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *key = g_strconcat (code, "\n", english, NULL);
  g_hash_table_insert (added, (gpointer)g_intern_string (key),
                       (gpointer)g_intern_string (text));
}

static const char *
find_added (const char *english)
{
  if (!added)
    return NULL;
  g_autofree char *key = g_strconcat (current.code, "\n", english, NULL);
  return g_hash_table_lookup (added, key);
}

const char *
sf_lang_text (const char *english)
{
  if (!english || !*english || !current.data)
    return english;
  const char *text = find (&current, english);
  if (!text || !*text)
    text = find_added (english);
  return text ? text : english;
}

/* Which form goes with n, from 0. */
static guint
plural_form (guint64 n)
{
  if (strcmp (current.code, "fr") == 0)
    return n > 1;
  return n != 1;
}

const char *
sf_lang_plural (const char *one, const char *many, guint64 n)
{
  const char *text = current.data ? find (&current, one) : NULL;
  if (!text || !*text)
    return n == 1 ? one : many;
  for (guint form = plural_form (n); form > 0; form--)
    text += strlen (text) + 1;
  return text;
}
