/* options.c - what is wrong with an option, in our words. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GLib parses; its messages are neither ours nor translated, and it takes
 * --quiet=1 for --quiet. So this walks over the line before.
 */
#include <errno.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/manual.h"
#include "sim/lang/lang.h"

/* Entries of both tables, in turn. */
static const GOptionEntry *
entry_at (const SfManual *manual, gsize index)
{
  const GOptionEntry *const tables[] = { manual->own, manual->common };
  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const GOptionEntry *e = tables[t]; e && e->long_name; e++)
      if (index-- == 0)
        return e;
  return NULL;
}

static const GOptionEntry *
find_long (const SfManual *manual, const char *name, gsize length)
{
  const GOptionEntry *e;
  for (gsize i = 0; (e = entry_at (manual, i)); i++)
    if (strlen (e->long_name) == length
        && strncmp (e->long_name, name, length) == 0)
      return e;
  return NULL;
}

static const GOptionEntry *
find_short (const SfManual *manual, char letter)
{
  const GOptionEntry *e;
  for (gsize i = 0; (e = entry_at (manual, i)); i++)
    if (e->short_name == letter)
      return e;
  return NULL;
}

static char *
unknown_long (const SfManual *manual, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const GOptionEntry *e;
  for (gsize i = 0; (e = entry_at (manual, i)); i++)
    g_ptr_array_add (names, (gpointer)e->long_name);
  const char *near
      = sf_text_nearest (name, (const char *const *)names->pdata, names->len);
  g_autofree char *safe = sf_text_safe (name, -1);
  return near ? g_strdup_printf (
             _ ("there is no option --%s; did you mean --%s?"), safe, near)
              : g_strdup_printf (_ ("there is no option --%s"), safe);
}

static char *
unknown_short (const char *letter)
{
  g_autofree char *one = g_utf8_validate (letter, -1, NULL)
                             ? g_utf8_substring (letter, 0, 1)
                             : g_strndup (letter, 1);
  g_autofree char *safe = sf_text_safe (one, -1);
  return g_strdup_printf (_ ("there is no option -%s"), safe);
}

static char *
missing_value (const GOptionEntry *e)
{
  return g_strdup_printf (_ ("--%s needs a value: --%s=%s"), e->long_name,
                          e->long_name, sf_option_value (e));
}

/* "a, b or c" of "a|b|c"; to be freed. */
static char *
alternatives (char *const *words)
{
  GString *out = g_string_new (words[0]);
  for (gsize i = 1; words[i] && words[i + 1]; i++)
    g_string_append_printf (out, ", %s", words[i]);
  g_autofree char *all_but_one = g_string_free (out, FALSE);
  return g_strdup_printf (_ ("%s or %s"), all_but_one,
                          words[g_strv_length ((char **)words) - 1]);
}

/* An option whose value is shown as "a|b" takes nothing else. */
static char *
wrong_word (const GOptionEntry *e, const char *value)
{
  if (!e->arg_description || !strchr (e->arg_description, '|'))
    return NULL;
  g_auto (GStrv) words = g_strsplit (e->arg_description, "|", -1);
  if (g_strv_contains ((const char *const *)words, value))
    return NULL;
  g_autofree char *safe = sf_text_safe (value, -1);
  g_autofree char *all = alternatives (words);
  return g_strdup_printf (_ ("--%s takes %s, not \"%s\""), e->long_name, all,
                          safe);
}

/* What is wrong with a value, a number or a word; NULL: nothing. */
static char *
wrong_value (const GOptionEntry *e, const char *value)
{
  char *end = NULL;
  g_autofree char *safe = sf_text_safe (value, -1);
  errno = 0;
  if (e->arg == G_OPTION_ARG_DOUBLE) {
    g_ascii_strtod (value, &end);
    return end != value && *end == '\0' && errno == 0
               ? NULL
               : g_strdup_printf (
                   _ ("--%s takes a number such as 12 or 0.5, not \"%s\""),
                   e->long_name, safe);
  }
  if (e->arg != G_OPTION_ARG_INT && e->arg != G_OPTION_ARG_INT64)
    return wrong_word (e, value);
  gint64 number = g_ascii_strtoll (value, &end, 0);
  if (end == value || *end != '\0')
    return g_strdup_printf (_ ("--%s takes a whole number, not \"%s\""),
                            e->long_name, safe);
  gboolean is_large
      = errno == ERANGE
        || (e->arg == G_OPTION_ARG_INT && number != (gint64)(gint)number);
  return is_large ? g_strdup_printf (_ ("--%s %s: the number is too large"),
                                     e->long_name, safe)
                  : NULL;
}

/* "--name", "--name=value", "--name value"; *skips when the next word is taken.
 */
static char *
wrong_long (const SfManual *manual, const char *word, const char *next,
            gboolean *skips)
{
  const char *name = word + 2;
  const char *equals = strchr (name, '=');
  gsize length = equals ? (gsize)(equals - name) : strlen (name);
  const GOptionEntry *e = find_long (manual, name, length);
  if (!e) {
    g_autofree char *bare = g_strndup (name, length);
    return unknown_long (manual, bare);
  }
  if (e->arg == G_OPTION_ARG_NONE)
    return equals ? g_strdup_printf (_ ("--%s takes no value"), e->long_name)
                  : NULL;
  *skips = !equals;
  const char *value = equals ? equals + 1 : next;
  return value ? wrong_value (e, value) : missing_value (e);
}

/* "-q", "-n5", "-n 5", "-qn5". */
static char *
wrong_short (const SfManual *manual, const char *word, const char *next,
             gboolean *skips)
{
  for (const char *letter = word + 1; *letter; letter++) {
    const GOptionEntry *e = find_short (manual, *letter);
    if (!e)
      return unknown_short (letter);
    if (e->arg == G_OPTION_ARG_NONE)
      continue;
    *skips = letter[1] == '\0';
    const char *value = *skips ? next : letter + 1;
    return value ? wrong_value (e, value) : missing_value (e);
  }
  return NULL;
}

char *
sf_options_wrong (const SfManual *manual, int argc, char *const *argv)
{
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++) {
    const char *next = i + 1 < argc ? argv[i + 1] : NULL;
    gboolean skips = FALSE;
    char *wrong = NULL;
    if (g_str_has_prefix (argv[i], "--"))
      wrong = wrong_long (manual, argv[i], next, &skips);
    else if (argv[i][0] == '-' && argv[i][1] != '\0')
      wrong = wrong_short (manual, argv[i], next, &skips);
    if (wrong)
      return wrong;
    i += skips ? 1 : 0;
  }
  return NULL;
}
