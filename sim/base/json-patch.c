/* json-patch.c - JSON Pointer (RFC 6901) and merge patch (RFC 7396). SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <cjson/cJSON.h>

#include "sim/base/json-private.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Members of a patch from which on its target is searched by a hash table. */
#define INDEX_FROM 16u

/* The index of a step that no element can have. */
#define NO_INDEX G_MAXUINT

/* ---- pointers ----------------------------------------------------------- */

char *
sf_json_pointer_child (const char *parent, const char *key)
{
  GString *pointer;

  g_return_val_if_fail (key != NULL, g_strdup (parent));

  if (strpbrk (key, "~/") == NULL) /* as mostly */
    return g_strconcat (parent != NULL ? parent : "", "/", key, NULL);
  pointer = g_string_new (parent);
  g_string_append_c (pointer, '/');
  for (; *key != '\0'; key++) {
    if (*key == '~')
      g_string_append (pointer, "~0");
    else if (*key == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, *key);
  }
  return g_string_free (pointer, FALSE);
}

/* Takes one step off a pointer: `*rest` is on its slash and moves to the next
 * slash or the end. The step with its escapes resolved, owned by the caller;
 * NULL when it is malformed. */
static char *
take_step (const char **rest)
{
  const char *at = *rest;
  g_autoptr (GString) step = NULL;

  if (*at != '/')
    return NULL;
  step = g_string_new (NULL);
  for (at++; *at != '\0' && *at != '/'; at++) {
    if (*at != '~')
      g_string_append_c (step, *at);
    else if (at[1] == '0' || at[1] == '1')
      g_string_append_c (step, *++at == '0' ? '~' : '/');
    else
      return NULL;
  }
  *rest = at;
  return g_string_free (g_steal_pointer (&step), FALSE);
}

/* The element a step names: digits without a leading zero, or "-" for the one
 * after the last. NO_INDEX for other steps. */
static guint
step_index (const SfJson *array, const char *step)
{
  guint64 index;

  if (strcmp (step, "-") == 0)
    return sf_json_length (array);
  if ((step[0] == '0' && step[1] != '\0')
      || !g_ascii_string_to_unsigned (step, 10, 0, NO_INDEX - 1, &index, NULL))
    return NO_INDEX;
  return (guint)index;
}

static SfJson *
step_into (const SfJson *value, const char *step)
{
  guint index;

  if (cJSON_IsObject (value))
    return cJSON_GetObjectItemCaseSensitive (value, step);
  if (!cJSON_IsArray (value))
    return NULL;
  index = step_index (value, step);
  return index > G_MAXINT ? NULL : cJSON_GetArrayItem (value, (int)index);
}

const SfJson *
sf_json_pointer_get (const SfJson *root, const char *pointer)
{
  const SfJson *value = root;

  g_return_val_if_fail (root != NULL, NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  while (value != NULL && *pointer != '\0') {
    g_autofree char *step = take_step (&pointer);

    if (step == NULL)
      return NULL;
    value = step_into (value, step);
  }
  return value;
}

/* ---- setting ------------------------------------------------------------ */

/* A setting under way. */
typedef struct {
  SfJsonDoc *doc;
  const char *pointer;
  const char *origin;
  SfMistakes *mistakes;
  SfJson *parent; /* what the value goes into; NULL: it becomes the root */
  SfJson *old;    /* what stands there now, or NULL */
  char *step;     /* the last step, owned */
  guint depth;    /* steps in the pointer */
} Setting;

/* Adds a mistake of the pointer or the value. Always FALSE. */
G_GNUC_PRINTF (3, 4)
static gboolean
refuse (const Setting *setting, SfMistakeKind kind, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sf_mistakes_add (setting->mistakes, kind, setting->origin, 0, 0,
                   setting->pointer, "%s", message);
  return FALSE;
}

/* The last step leads nowhere: names what is there instead. */
static gboolean
refuse_step (const Setting *setting)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new (); /* borrowed keys */
  g_autofree char *shown = sf_text_safe (setting->step, -1);
  g_autofree char *hint = NULL;

  if (!cJSON_IsObject (setting->parent) && !cJSON_IsArray (setting->parent))
    return refuse (setting, SF_MISTAKE_REFERENCE,
                   _ ("there is no \"%s\" inside %s"), shown,
                   sf_json_kind_name (sf_json_kind (setting->parent)));
  if (cJSON_IsArray (setting->parent))
    return refuse (
        setting, SF_MISTAKE_REFERENCE,
        _ ("found \"%s\", expected an index of this array of %u (from "
           "0) or \"-\" to append"),
        shown, sf_json_length (setting->parent));
  for (SfJson *member = setting->parent->child; member != NULL;
       member = member->next)
    g_ptr_array_add (keys, member->string);
  hint = sf_text_hint (sf_text_nearest (
      setting->step, (const char *const *)keys->pdata, keys->len));
  return refuse (setting, SF_MISTAKE_REFERENCE, _ ("there is no \"%s\" here%s"),
                 shown, hint);
}

static gboolean
find_target (Setting *setting)
{
  const char *rest = setting->pointer;

  setting->old = setting->doc->root;
  while (*rest != '\0') {
    char *step;

    if (setting->old == NULL)
      return refuse_step (setting);
    step = take_step (&rest);
    if (step == NULL)
      return refuse (setting, SF_MISTAKE_SYNTAX,
                     _ ("not a JSON pointer: each step begins with /, and ~ is "
                        "written ~0, / inside a key ~1"));
    g_free (setting->step);
    setting->step = step;
    setting->parent = setting->old;
    setting->old = step_into (setting->parent, step);
    setting->depth++;
  }
  /* A new last member is welcome, in an object or at the end of an array. */
  if (setting->old != NULL || cJSON_IsObject (setting->parent))
    return TRUE;
  if (cJSON_IsArray (setting->parent)
      && step_index (setting->parent, setting->step)
             == sf_json_length (setting->parent))
    return TRUE;
  return refuse_step (setting);
}

/* The value as a document of its own; NULL with mistakes added. */
static SfJsonDoc *
read_setting (const Setting *setting, const char *text)
{
  g_autoptr (SfMistakes) own = sf_mistakes_new ();
  const char *begin = text + strspn (text, " \t\r\n");
  SfJsonDoc *doc;
  gboolean is_plain = *begin == '\0' || strchr ("{[\"", *begin) == NULL;

  doc = sf_json_parse (text, strlen (text), setting->origin, own);
  if (doc != NULL)
    return doc;
  if (is_plain && sf_mistakes_get (own, 0)->kind == SF_MISTAKE_SYNTAX) {
    g_autoptr (GString) quoted = g_string_new (NULL);

    if (!g_utf8_validate (text, -1, NULL)) {
      refuse (setting, SF_MISTAKE_SYNTAX, _ ("the value is not valid UTF-8"));
      return NULL;
    }
    sf_text_json (quoted, text);
    return sf_json_parse (quoted->str, quoted->len, setting->origin,
                          setting->mistakes);
  }
  for (guint i = 0; i < sf_mistakes_count (own); i++) {
    const SfMistake *mistake = sf_mistakes_get (own, i);

    refuse (setting, mistake->kind, _ ("in the value, column %d: %s"),
            mistake->column, mistake->message);
  }
  return NULL;
}

static guint
depth_of (const SfJson *value)
{
  guint deepest = 0;

  for (const SfJson *child = value->child; child != NULL; child = child->next) {
    guint depth = depth_of (child); /* once: MAX evaluates twice */

    deepest = MAX (deepest, depth);
  }
  return cJSON_IsObject (value) || cJSON_IsArray (value) ? deepest + 1 : 0;
}

/* Takes the root out of a document, which is then good for freeing only, and
 * hands its places on. */
static SfJson *
take_root (SfJsonDoc *from, SfJsonDoc *to)
{
  SfJson *root = from->root;

  from->root = sf_json_must (cJSON_CreateNull ());
  sf_json_raise_places (root, sf_json_add_places (from, to));
  return root;
}

static void
replace_root (SfJsonDoc *doc, SfJson *root)
{
  cJSON_Delete (doc->root);
  doc->root = root;
}

static void
put (const Setting *setting, SfJsonDoc *value)
{
  SfJson *root;

  /* Line and column in an option tell nothing. */
  for (guint i = 0; i < value->places->len; i++) {
    SfJsonPlace *place = &g_array_index (value->places, SfJsonPlace, i);

    place->line = place->column = 0;
  }
  root = take_root (value, setting->doc);
  if (setting->parent == NULL) {
    replace_root (setting->doc, root);
    return;
  }
  if (cJSON_IsArray (setting->parent) && setting->old == NULL)
    cJSON_AddItemToArray (setting->parent, root);
  else if (cJSON_IsArray (setting->parent))
    cJSON_ReplaceItemViaPointer (setting->parent, setting->old, root);
  else if (setting->old == NULL)
    cJSON_AddItemToObject (setting->parent, setting->step, root);
  else
    cJSON_ReplaceItemInObjectCaseSensitive (setting->parent, setting->step,
                                            root);
}

gboolean
sf_json_pointer_set (SfJsonDoc *doc, const char *pointer,
                     const char *value_text, const char *origin,
                     SfMistakes *mistakes)
{
  Setting setting = {
    .doc = doc, .pointer = pointer, .origin = origin, .mistakes = mistakes
  };
  g_autoptr (SfJsonDoc) value = NULL;
  gboolean is_good;

  g_return_val_if_fail (doc != NULL && doc->root != NULL, FALSE);
  g_return_val_if_fail (pointer != NULL && value_text != NULL, FALSE);
  g_return_val_if_fail (mistakes != NULL, FALSE);

  is_good = find_target (&setting);
  if (is_good) {
    value = read_setting (&setting, value_text);
    is_good = value != NULL;
  }
  if (is_good && setting.depth + depth_of (value->root) > SF_JSON_DEPTH_MAX)
    is_good = refuse (&setting, SF_MISTAKE_SYNTAX,
                      _ ("the value would nest more than %u deep"),
                      SF_JSON_DEPTH_MAX);
  if (is_good)
    put (&setting, value);
  g_free (setting.step);
  return is_good;
}

/* ---- merging ------------------------------------------------------------ */

/* A patch that replaces nothing still deletes: its nulls go, at any depth, but
 * not those in arrays, which are values. */
static void
strip_nulls (SfJson *value)
{
  SfJson *next;

  if (!cJSON_IsObject (value))
    return;
  for (SfJson *child = value->child; child != NULL; child = next) {
    next = child->next;
    if (cJSON_IsNull (child))
      cJSON_Delete (cJSON_DetachItemViaPointer (value, child));
    else
      strip_nulls (child);
  }
}

/* Members by key, to find many without walking them all for each; NULL when
 * the patch is small. Keys and values are borrowed. */
static GHashTable *
index_members (const SfJson *target, const SfJson *patch)
{
  GHashTable *index;

  if (sf_json_length (patch) < INDEX_FROM)
    return NULL;
  index = g_hash_table_new (g_str_hash, g_str_equal);
  for (SfJson *member = target->child; member != NULL; member = member->next)
    g_hash_table_insert (index, member->string, member);
  return index;
}

static void merge_object (SfJson *target, SfJson *patch);

/* Merges one member of a patch. `old` is the target's member of that key, or
 * NULL. */
static void
merge_member (SfJson *target, SfJson *old, SfJson *patch, SfJson *member)
{
  if (old != NULL && cJSON_IsObject (old) && cJSON_IsObject (member)) {
    merge_object (old, member);
    return;
  }
  if (cJSON_IsNull (member)) {
    cJSON_Delete (cJSON_DetachItemViaPointer (target, old));
    return;
  }
  strip_nulls (member);
  cJSON_DetachItemViaPointer (patch, member);
  if (old != NULL)
    cJSON_ReplaceItemViaPointer (target, old, member);
  else
    cJSON_AddItemToArray (target, member); /* keeps the key it has */
}

static void
merge_object (SfJson *target, SfJson *patch)
{
  g_autoptr (GHashTable) index = index_members (target, patch);
  SfJson *next;

  for (SfJson *member = patch->child; member != NULL; member = next) {
    const char *key = member->string;
    SfJson *old = index != NULL
                      ? g_hash_table_lookup (index, key)
                      : cJSON_GetObjectItemCaseSensitive (target, key);

    next = member->next;
    merge_member (target, old, patch, member);
  }
}

void
sf_json_merge (SfJsonDoc *target, SfJsonDoc *patch)
{
  SfJson *root;

  g_return_if_fail (target != NULL && patch != NULL);
  g_return_if_fail (target != patch);

  root = take_root (patch, target);
  if (cJSON_IsObject (root) && cJSON_IsObject (target->root)) {
    merge_object (target->root, root);
    cJSON_Delete (root);
    return;
  }
  strip_nulls (root);
  replace_root (target, root);
}
