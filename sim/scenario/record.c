/* record.c - one record, by its table. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/reader.h"

#include <stdarg.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Keys that any record may have: what its numbers rest on. */
#define META "source|confidence|note"
#define CONFIDENCE "reported|estimate|derived|unverified|assumed"

void
sf_reader_mistake (SfReader *r, SfMistakeKind kind, const SfJson *at,
                   const char *pointer, const char *format, ...)
{
  const char *file = NULL;
  int line = 0, column = 0;
  if (at)
    sf_json_where (r->doc, at, &file, &line, &column);
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  sf_mistakes_add (r->mistakes, kind, file, line, column, pointer, "%s", text);
}

gboolean
sf_reader_is_object (SfReader *r, const SfJson *value, const char *pointer)
{
  if (sf_json_kind (value) == SF_JSON_OBJECT)
    return TRUE;
  sf_reader_mistake (r, SF_MISTAKE_TYPE, value, pointer,
                     _ ("expected an object, found %s"),
                     sf_json_kind_name (sf_json_kind (value)));
  return FALSE;
}

/* The text of a value, or NULL and a mistake. */
static const char *
text_of (SfReader *r, const SfJson *v, const char *pointer)
{
  if (sf_json_kind (v) == SF_JSON_STRING)
    return sf_json_string (v);
  sf_reader_mistake (r, SF_MISTAKE_TYPE, v, pointer,
                     _ ("expected a text in quotes, found %s"),
                     sf_json_kind_name (sf_json_kind (v)));
  return NULL;
}

/* The key nearest to an id. Keys in the order of the file: a hash table has
 * an order of its own, which messages must not show. */
static const char *
nearest_id (SfReader *r, const char *collection, const char *id)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const SfJson *all = sf_json_member (sf_json_root (r->doc), collection);
  for (const SfJson *v = all ? sf_json_first (all) : NULL; v;
       v = sf_json_next (v))
    if (sf_json_key (v))
      g_ptr_array_add (known, (gpointer)sf_json_key (v));
  return sf_text_nearest (id, (const char *const *)known->pdata, known->len);
}

static gint
read_id (SfReader *r, const SfJson *v, const char *pointer,
         const char *collection)
{
  const char *id = text_of (r, v, pointer);
  if (!id)
    return -1;
  int c = sf_collection_index (collection);
  g_assert (c >= 0);
  gint place = GPOINTER_TO_INT (g_hash_table_lookup (r->ids[c], id));
  if (place)
    return place - 1;
  const SfJson *all = sf_json_member (sf_json_root (r->doc), collection);
  if (all && sf_json_kind (all) != SF_JSON_OBJECT)
    return -1; /* which was said */
  const char *near = nearest_id (r, collection, id);
  g_autofree char *safe = sf_text_safe (id, -1);
  g_autofree char *hint = sf_text_hint (near);
  sf_reader_mistake (r, SF_MISTAKE_REFERENCE, v, pointer,
                     _ ("\"%s\" is not one of the %s%s"), safe, collection,
                     hint);
  return -1;
}

static void
read_ids (SfReader *r, const SfJson *v, const char *pointer,
          const char *collection, GArray **list)
{
  if (sf_json_kind (v) != SF_JSON_ARRAY) {
    sf_reader_mistake (r, SF_MISTAKE_TYPE, v, pointer,
                       _ ("expected a list of %s, found %s"), collection,
                       sf_json_kind_name (sf_json_kind (v)));
    return;
  }
  *list = g_array_new (FALSE, FALSE, sizeof (gint));
  guint i = 0;
  for (const SfJson *e = sf_json_first (v); e; e = sf_json_next (e), i++) {
    g_autofree char *child = g_strdup_printf ("%s/%u", pointer, i);
    gint id = read_id (r, e, child, collection);
    if (id >= 0 && (*list)->len > 0 && sf_refs_hold (*list, id))
      sf_reader_mistake (r, SF_MISTAKE_DUPLICATE, e, child,
                         _ ("\"%s\" is in the list twice"), sf_json_string (e));
    else if (id >= 0)
      g_array_append_val (*list, id);
  }
  if (i == 0)
    sf_reader_mistake (r, SF_MISTAKE_RANGE, v, pointer,
                       _ ("the list is empty; leave \"%s\" out to mean all"),
                       sf_json_key (v));
}

static void
read_choice (SfReader *r, const SfJson *v, const char *pointer,
             const char *choices, gint *member)
{
  const char *word = text_of (r, v, pointer);
  if (!word)
    return;
  int place = sf_param_choice (choices, word);
  if (place >= 0) {
    *member = place;
    return;
  }
  g_auto (GStrv) words = g_strsplit (choices, "|", -1);
  const char *near = sf_text_nearest (word, (const char *const *)words,
                                      g_strv_length (words));
  g_autofree char *list = g_strjoinv (", ", words);
  g_autofree char *safe = sf_text_safe (word, -1);
  g_autofree char *hint = sf_text_hint (near);
  sf_reader_mistake (r, SF_MISTAKE_RANGE, v, pointer,
                     _ ("\"%s\" is none of %s%s"), safe, list, hint);
}

static void
read_date (SfReader *r, const SfJson *v, const char *pointer, SfDate *date)
{
  const char *text = text_of (r, v, pointer);
  if (!text || sf_date_parse (text, date))
    return;
  g_autofree char *safe = sf_text_safe (text, -1);
  sf_reader_mistake (r, SF_MISTAKE_RANGE, v, pointer,
                     _ ("\"%s\" is not a day; write YYYY-MM-DD, and a day that "
                        "exists"),
                     safe);
}

static void
read_flag (SfReader *r, const SfJson *v, const char *pointer, gboolean *flag)
{
  if (sf_json_kind (v) == SF_JSON_BOOLEAN)
    *flag = sf_json_boolean (v);
  else
    sf_reader_mistake (r, SF_MISTAKE_TYPE, v, pointer,
                       _ ("expected true or false, found %s"),
                       sf_json_kind_name (sf_json_kind (v)));
}

static void
read_member (SfReader *r, const SfParam *p, const SfJson *v,
             const char *pointer, void *member)
{
  switch (p->kind) {
  case SF_PARAM_REAL:
  case SF_PARAM_AMOUNT:
    sf_reader_number (r, v, pointer, p, member);
    break;
  case SF_PARAM_FLAG:
    read_flag (r, v, pointer, member);
    break;
  case SF_PARAM_SERIES:
  case SF_PARAM_TEXT: {
    const char *text = text_of (r, v, pointer);
    if (text)
      *(const char **)member = text;
    break;
  }
  case SF_PARAM_CHOICE:
    read_choice (r, v, pointer, p->choices, member);
    break;
  case SF_PARAM_DATE:
    read_date (r, v, pointer, member);
    break;
  case SF_PARAM_REF:
    *(gint *)member = read_id (r, v, pointer, p->choices);
    break;
  case SF_PARAM_REFS:
    read_ids (r, v, pointer, p->choices, member);
    break;
  }
}

/* Every key that is allowed, for the nearest one to a wrong key. */
static GPtrArray *
allowed_keys (const SfReader *r, const SfParam *params, const char *also)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (const SfParam *p = params; p && p->name; p++)
    if (p->kind != SF_PARAM_AMOUNT || r->unit)
      g_ptr_array_add (names, sf_param_name (p, r->unit));
  g_autofree char *more = g_strconcat (META, also ? "|" : "", also, NULL);
  g_auto (GStrv) words = g_strsplit (more, "|", -1);
  for (gsize i = 0; words[i]; i++)
    g_ptr_array_add (names, g_strdup (words[i]));
  return names;
}

static void
unknown_key (SfReader *r, const SfJson *v, const char *pointer,
             const SfParam *params, const char *also)
{
  /* An amount whose commodity could not be read: one mistake is enough. */
  if (!r->unit
      && (sf_param_find (params, sf_json_key (v), "m3")
          || sf_param_find (params, sf_json_key (v), "t")))
    return;
  g_autoptr (GPtrArray) names = allowed_keys (r, params, also);
  const char *near = sf_text_nearest (
      sf_json_key (v), (const char *const *)names->pdata, names->len);
  g_autofree char *safe = sf_text_safe (sf_json_key (v), -1);
  g_autofree char *hint = sf_text_hint (near);
  sf_reader_mistake (r, SF_MISTAKE_UNKNOWN_KEY, v, pointer,
                     _ ("unknown key \"%s\"%s"), safe, hint);
}

/* Checks that a source is listed: "model" stands for our own assumption. */
static void
check_source (SfReader *r, const SfJson *v, const char *pointer)
{
  const char *text = text_of (r, v, pointer);
  if (!text)
    return;
  g_auto (GStrv) keys = g_strsplit_set (text, ", ", -1);
  for (gsize i = 0; keys[i]; i++) {
    if (!*keys[i] || strcmp (keys[i], "model") == 0)
      continue;
    if (r->sources && sf_json_member (r->sources, keys[i]))
      continue;
    g_autofree char *safe = sf_text_safe (keys[i], -1);
    sf_reader_mistake (r, SF_MISTAKE_REFERENCE, v, pointer,
                       _ ("source \"%s\" is not listed under /sources"), safe);
  }
}

static void
read_meta (SfReader *r, const SfJson *object, const char *pointer,
           const char **source, const char **confidence)
{
  const SfJson *n = sf_json_member (object, "note");
  const SfJson *s = sf_json_member (object, "source");
  const SfJson *c = sf_json_member (object, "confidence");
  if (s) {
    g_autofree char *child = sf_json_pointer_child (pointer, "source");
    check_source (r, s, child);
    if (sf_json_kind (s) == SF_JSON_STRING)
      *source = sf_json_string (s);
  }
  if (c) {
    g_autofree char *child = sf_json_pointer_child (pointer, "confidence");
    gint place = -1;
    read_choice (r, c, child, CONFIDENCE, &place);
    if (place >= 0)
      *confidence = sf_json_string (c);
  }
  if (n) {
    g_autofree char *child = sf_json_pointer_child (pointer, "note");
    text_of (r, n, child);
  }
}

void
sf_reader_record (SfReader *r, const SfJson *object, const char *pointer,
                  const SfParam *params, const char *also, void *record)
{
  sf_param_set_defaults (params, record);
  if (!sf_reader_is_object (r, object, pointer))
    return;
  r->source = r->confidence = NULL;
  read_meta (r, object, pointer, &r->source, &r->confidence);
  for (const SfJson *v = sf_json_first (object); v; v = sf_json_next (v)) {
    const char *key = sf_json_key (v);
    g_autofree char *child = sf_json_pointer_child (pointer, key);
    const SfParam *p = sf_param_find (params, key, r->unit);
    if (p)
      read_member (r, p, v, child, (char *)record + p->offset);
    else if (sf_param_choice (META, key) < 0
             && (!also || sf_param_choice (also, key) < 0))
      unknown_key (r, v, child, params, also);
  }
  for (const SfParam *p = params; p && p->name; p++) {
    if (!(p->flags & SF_PARAM_REQUIRED)
        || (p->kind == SF_PARAM_AMOUNT && !r->unit))
      continue; /* its commodity could not be read, which was said */
    g_autofree char *name = sf_param_name (p, r->unit);
    if (!sf_json_member (object, name))
      sf_reader_mistake (r, SF_MISTAKE_MISSING, object, pointer,
                         _ ("\"%s\" is missing (%s)"), name, _ (p->help));
  }
}
