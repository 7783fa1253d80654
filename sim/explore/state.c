/* state.c - what the page asks for, as the text of its link. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/state.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

G_DEFINE_QUARK (sf - explore - error - quark, sf_explore_error)

#define N_USUAL 100u
#define PAIRS_MAX 1000u

static void
free_set (gpointer data)
{
  SfExploreSet *set = data;
  g_free (set->pointer);
  g_free (set);
}

static gboolean refuse (GError **error, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* What came from outside is in the message, so it is cleaned. */
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autoptr (GString) safe = g_string_new (NULL);
  sf_text_append_safe (safe, text, -1);
  g_set_error_literal (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_STATE,
                       safe->str);
  return FALSE;
}

/* ---- One pair of the text ------------------------------------------------- */

static gboolean
read_count (const char *text, guint least, guint most, guint *out,
            GError **error)
{
  guint64 value;
  if (g_ascii_string_to_unsigned (text, 10, least, most, &value, NULL)) {
    *out = (guint)value;
    return TRUE;
  }
  return refuse (error, _ ("\"%.100s\" is not a whole number from %u to %u"),
                 text, least, most);
}

/* A name of a file beside the scenario: nothing that leads elsewhere. */
static gboolean
is_name (const char *text)
{
  return *text && *text != '.' && strlen (text) <= SF_EXPLORE_NAME_MAX
         && !strchr (text, '/') && !strchr (text, '\\')
         && g_str_has_suffix (text, ".json");
}

static gboolean
add_lever (SfExploreSide *side, const char *name, GError **error)
{
  if (!is_name (name))
    return refuse (error, _ ("\"%.100s\" is not the name of a file"), name);
  if (side->levers->len >= SF_EXPLORE_LEVERS_MAX)
    return refuse (error, _ ("too many levers, beginning with \"%.100s\""),
                   name);
  if (!g_ptr_array_find_with_equal_func (side->levers, name, g_str_equal, NULL))
    g_ptr_array_add (side->levers, g_strdup (name));
  return TRUE;
}

static SfExploreSet *
find_set (const SfExploreSide *side, const char *pointer)
{
  for (guint i = 0; i < side->sets->len; i++) {
    SfExploreSet *set = side->sets->pdata[i];
    if (strcmp (set->pointer, pointer) == 0)
      return set;
  }
  return NULL;
}

static gboolean
add_set (SfExploreSide *side, const char *text, GError **error)
{
  const char *equals = strrchr (text, '=');
  if (text[0] != '/' || !equals
      || (gsize)(equals - text) > SF_EXPLORE_POINTER_MAX)
    return refuse (error, _ ("\"%.100s\" is not of the form /POINTER=NUMBER"),
                   text);
  char *end = NULL;
  double value = g_ascii_strtod (equals + 1, &end);
  if (strspn (equals + 1, "+-.0123456789eE") != strlen (equals + 1)
      || end == equals + 1 || *end || !isfinite (value))
    return refuse (error, _ ("\"%.100s\" is not a number"), equals + 1);
  g_autofree char *pointer = g_strndup (text, (gsize)(equals - text));
  SfExploreSet *set = find_set (side, pointer);
  if (!set && side->sets->len >= SF_EXPLORE_SET_MAX)
    return refuse (error, _ ("too many changes, beginning with \"%.100s\""),
                   text);
  if (!set) {
    set = g_new0 (SfExploreSet, 1);
    set->pointer = g_steal_pointer (&pointer);
    g_ptr_array_add (side->sets, set);
  }
  set->value = value;
  return TRUE;
}

/* Keys of a side: "a" or "b", then nothing, "l" or "s". */
static gboolean
read_side (SfExploreState *s, const char *key, const char *value,
           GError **error)
{
  SfExploreSide *side = &s->sides[key[0] - 'a'];
  s->has_b |= key[0] == 'b';
  if (key[1] == 'l')
    return add_lever (side, value, error);
  if (key[1] == 's')
    return add_set (side, value, error);
  g_clear_pointer (&side->file, g_free);
  if (*value && !is_name (value))
    return refuse (error, _ ("\"%.100s\" is not the name of a file"), value);
  side->file = *value ? g_strdup (value) : NULL;
  return TRUE;
}

static gboolean
read_word (SfExploreState *s, const char *key, const char *value,
           GError **error)
{
  if (strcmp (key, "n") == 0)
    return read_count (value, 2, SF_EXPLORE_N_MAX, &s->n, error);
  if (strcmp (key, "rep") == 0)
    return read_count (value, 0, 1000000, &s->replication, error);
  if (strcmp (key, "seed") == 0) {
    s->has_seed = g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64,
                                              &s->seed, NULL);
    return s->has_seed
           || refuse (error, _ ("\"%.100s\" is not a whole number"), value);
  }
  if (strcmp (key, "side") == 0) {
    s->told = strcmp (value, "b") == 0;
    return s->told || strcmp (value, "a") == 0
           || refuse (error, _ ("\"%.100s\" is neither a nor b"), value);
  }
  if (strcmp (key, "lang") == 0) {
    if (!sf_lang_exists (value))
      return refuse (error, _ ("there is no language \"%.100s\""), value);
    g_free (s->lang);
    s->lang = g_strdup (value);
    return TRUE;
  }
  if (strcmp (key, "who") == 0) {
    g_free (s->who);
    s->who = *value ? g_strdup (value) : NULL;
    return TRUE;
  }
  return refuse (error, _ ("\"%.100s\" is no part of a link to this page"),
                 key);
}

static gboolean
read_pair (SfExploreState *s, const char *pair, GError **error)
{
  static const char *const of_side[]
      = { "a", "al", "as", "b", "bl", "bs", NULL };
  static const char *const of_page[] = { "day", "show", "tab", NULL };
  const char *equals = strchr (pair, '=');
  g_autofree char *raw = g_strdup (equals ? equals + 1 : "");
  g_strdelimit (raw, "+", ' ');
  g_autofree char *key
      = g_strndup (pair, equals ? (gsize)(equals - pair) : strlen (pair));
  g_autofree char *value = g_uri_unescape_string (raw, NULL);
  if (!value || !g_utf8_validate (value, -1, NULL))
    return refuse (error, _ ("\"%.100s\" is not well encoded"), pair);
  if (g_strv_contains (of_side, key))
    return read_side (s, key, value, error);
  return g_strv_contains (of_page, key) || read_word (s, key, value, error);
}

/* ---- The whole text -------------------------------------------------------- */

SfExploreState *
sf_explore_state_parse (const char *text, GError **error)
{
  g_autoptr (SfExploreState) s = g_new0 (SfExploreState, 1);
  s->n = N_USUAL;
  for (guint i = 0; i < 2; i++) {
    s->sides[i].levers = g_ptr_array_new_with_free_func (g_free);
    s->sides[i].sets = g_ptr_array_new_with_free_func (free_set);
  }
  g_auto (GStrv) pairs = g_strsplit (text ? text : "", "&", PAIRS_MAX + 1);
  if (g_strv_length (pairs) > PAIRS_MAX) {
    refuse (error, _ ("\"%.100s\" has too many parts"), text);
    return NULL;
  }
  for (guint i = 0; pairs[i]; i++)
    if (*pairs[i] && !read_pair (s, pairs[i], error))
      return NULL;
  if (s->told == 1 && !s->has_b) {
    refuse (error, _ ("side \"%.100s\" is not there"), "b");
    return NULL;
  }
  return g_steal_pointer (&s);
}

void
sf_explore_state_free (SfExploreState *s)
{
  if (!s)
    return;
  for (guint i = 0; i < 2; i++) {
    g_free (s->sides[i].file);
    g_ptr_array_unref (s->sides[i].levers);
    g_ptr_array_unref (s->sides[i].sets);
  }
  g_free (s->lang);
  g_free (s->who);
  g_free (s);
}

static gint
by_pointer (gconstpointer a, gconstpointer b)
{
  const SfExploreSet *x = *(SfExploreSet *const *)a,
                     *y = *(SfExploreSet *const *)b;
  return strcmp (x->pointer, y->pointer);
}

char *
sf_explore_state_key (const SfExploreState *s, guint side)
{
  const SfExploreSide *of = &s->sides[side];
  GString *key = g_string_new (of->file ? of->file : "");
  for (guint i = 0; i < of->levers->len; i++)
    g_string_append_printf (key, "&%s", (char *)of->levers->pdata[i]);
  g_autoptr (GPtrArray) sets = g_ptr_array_copy (of->sets, NULL, NULL);
  g_ptr_array_set_free_func (sets, NULL);
  g_ptr_array_sort (sets, by_pointer);
  for (guint i = 0; i < sets->len; i++) {
    const SfExploreSet *set = sets->pdata[i];
    char number[SF_TEXT_NUMBER_SIZE];
    g_string_append_printf (key, "&%s=%s", set->pointer,
                            sf_text_number (number, set->value));
  }
  if (s->has_seed)
    g_string_append_printf (key, "&seed=%" G_GUINT64_FORMAT, s->seed);
  return g_string_free (key, FALSE);
}
