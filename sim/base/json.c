/* json.c - documents, values and their text. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "sim/base/json-private.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Beyond this an integer is refused by the reader (2^53). */
#define INTEGER_MAX 9007199254740992.0

/* Bytes of a word that are quoted in a message. */
#define WORD_MAX 20

SfJson *
sf_json_must (SfJson *memory)
{
  if (memory == NULL)
    g_error ("out of memory");
  return memory;
}

/* ---- documents ---------------------------------------------------------- */

static SfJsonDoc *
doc_new (SfJson *root, const char *name, GArray *places)
{
  SfJsonDoc *doc = g_new0 (SfJsonDoc, 1);

  doc->root = root;
  doc->name = g_intern_string (name);
  doc->places = places;
  return doc;
}

SfJsonDoc *
sf_json_doc_new_object (const char *name)
{
  SfJsonPlace nowhere = { .file = g_intern_string (name) };
  GArray *places = g_array_new (FALSE, FALSE, sizeof nowhere);

  g_array_append_val (places, nowhere);
  return doc_new (sf_json_must (cJSON_CreateObject ()), name, places);
}

void
sf_json_doc_free (SfJsonDoc *doc)
{
  if (doc == NULL)
    return;
  cJSON_Delete (doc->root);
  g_array_unref (doc->places);
  g_free (doc);
}

SfJson *
sf_json_root (SfJsonDoc *doc)
{
  g_return_val_if_fail (doc != NULL, NULL);

  return doc->root;
}

/* Pairs the tree of cJSON with what the strict pass has learnt: both are in the
 * order of the text. Numbers are taken over from there too, since cJSON reads
 * them by the locale. */
static void
pair (SfJson *value, int *place, const double **number)
{
  value->valueint = ++*place;
  if (cJSON_IsNumber (value))
    value->valuedouble = *(*number)++;
  for (SfJson *child = value->child; child != NULL; child = child->next)
    pair (child, place, number);
}

/* What can be wrong before there is any grammar: nothing there, too much, or
 * the mark of another encoding, which editors leave without being asked. */
static gboolean
check_text (const char *text, gsize length, const char *name,
            SfMistakes *mistakes)
{
  const char *message = NULL;
  gsize space = 0;

  while (space < length && strchr (" \t\r\n", text[space]) != NULL
         && text[space] != '\0')
    space++;
  if (length == 0)
    message = _ ("is empty, expected a JSON value");
  else if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    message = _ ("begins with a byte-order mark; save it as UTF-8 without one "
                 "(without BOM)");
  else if (length >= 2
           && (memcmp (text, "\xFF\xFE", 2) == 0
               || memcmp (text, "\xFE\xFF", 2) == 0))
    message = _ ("is UTF-16; save it as UTF-8");
  else if (space == length)
    message = _ ("holds only white space, expected a JSON value");
  if (message == NULL)
    return TRUE;
  sf_mistakes_add (mistakes, SF_MISTAKE_SYNTAX, name, length == 0 ? 0 : 1,
                   length == 0 ? 0 : 1, NULL, "%s", message);
  return FALSE;
}

static void
add_too_large (SfMistakes *mistakes, const char *name)
{
  sf_mistakes_add (mistakes, SF_MISTAKE_FILE, name, 0, 0, NULL,
                   _ ("is larger than %d MiB, the most that is read"),
                   (int)(SF_JSON_BYTES_MAX / 1024 / 1024));
}

SfJsonDoc *
sf_json_parse (const char *text, gsize length, const char *name,
               SfMistakes *mistakes)
{
  SfJsonStrict learnt;
  const double *number;
  SfJson *root;
  int place = 0;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (mistakes != NULL, NULL);

  if (length > SF_JSON_BYTES_MAX) {
    add_too_large (mistakes, name);
    return NULL;
  }
  if (!check_text (text, length, name, mistakes))
    return NULL;
  if (!sf_json_strict (text, length, name, mistakes, &learnt))
    return NULL;
  root = cJSON_ParseWithLength (text, length);
  if (root == NULL) {
    sf_mistakes_add (mistakes, SF_MISTAKE_SYNTAX, name, 0, 0, NULL,
                     _ ("cannot be read by the JSON library"));
    g_array_unref (learnt.places);
    g_array_unref (learnt.numbers);
    return NULL;
  }
  number = (const double *)(void *)learnt.numbers->data;
  pair (root, &place, &number);
  g_assert ((guint)place + 1 == learnt.places->len);
  g_array_unref (learnt.numbers);
  return doc_new (root, name, learnt.places);
}

char *
sf_json_found (const char *at, gsize left)
{
  g_autofree char *safe = NULL;
  gsize length = 0;
  gunichar c;

  if (left == 0)
    return g_strdup (_ ("the end of the text"));
  while (length < MIN (left, WORD_MAX)
         && (g_ascii_isalnum (at[length])
             || memchr ("+-._", at[length], 4) != NULL))
    length++;
  if (length == 0) {
    c = g_utf8_get_char_validated (at, (gssize)left);
    if (c >= 0x80 && g_unichar_isspace (c)) /* looks like nothing */
      return g_strdup_printf (_ ("the special space U+%04X"), c);
    length = c <= G_MAXINT ? (gsize)g_unichar_to_utf8 (c, NULL) : 1;
  }
  safe = sf_text_safe (at, (gssize)length);
  return g_strdup_printf ("'%s'", safe);
}

/* Slips so common that the message names the remedy. */
static const struct {
  const char *start; /* of what `found` says */
  const char *hint;
} hints[] = {
  { "''", N_ ("; texts stand in double quotes") },
  { "'\xE2\x80\x9C", N_ ("; texts stand in straight quotes") },
  { "'/", N_ ("; JSON has no comments") },
  { "'#", N_ ("; JSON has no comments") },
  { "'.", N_ ("; a number begins with a digit (0.5)") },
  { "'+", N_ ("; a number has no plus sign") },
  { "'NaN'", N_ ("; JSON has no NaN, only null") },
  { "'Infinity'", N_ ("; JSON has no Infinity") },
  { "'True'", N_ ("; JSON writes true") },
  { "'False'", N_ ("; JSON writes false") },
  { "'None'", N_ ("; JSON writes null") },
};

const char *
sf_json_hint (const char *found)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    if (g_str_has_prefix (found, hints[i].start))
      return _ (hints[i].hint);
  return "";
}

/* All bytes of an open file, one more than the limit at most: pipes do not
 * tell their size. NULL with errno set. */
static GString *
read_all (int descriptor, gsize size)
{
  GString *text = g_string_sized_new (size + 1);
  char buffer[64 * 1024];

  while (text->len <= SF_JSON_BYTES_MAX) {
    gssize got = read (descriptor, buffer, sizeof buffer);

    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0) {
      int failure = errno;

      g_string_free (text, TRUE);
      errno = failure;
      return NULL;
    }
    if (got == 0)
      break;
    g_string_append_len (text, buffer, got);
  }
  return text;
}

/* The text of a file; NULL with the mistake added. */
static GString *
load (const char *path, SfMistakes *mistakes)
{
  struct stat status = { 0 };
  int descriptor = open (path, O_RDONLY | O_CLOEXEC);
  GString *text = NULL;
  int failure;

  if (descriptor < 0 || fstat (descriptor, &status) != 0) {
    failure = errno;
  } else if (S_ISDIR (status.st_mode)) {
    failure = EISDIR;
  } else if (S_ISREG (status.st_mode)
             && status.st_size > (goffset)SF_JSON_BYTES_MAX) {
    failure = EFBIG;
  } else {
    text = read_all (descriptor, (gsize)MAX (status.st_size, 0));
    failure = text == NULL ? errno : 0;
  }
  if (descriptor >= 0)
    (void)close (descriptor);

  if (failure == EFBIG)
    add_too_large (mistakes, path);
  else if (failure == EISDIR)
    sf_mistakes_add (mistakes, SF_MISTAKE_FILE, path, 0, 0, NULL,
                     _ ("is a folder, expected a JSON file"));
  else if (failure == ENOENT) /* the system may not know the language */
    sf_mistakes_add (mistakes, SF_MISTAKE_FILE, path, 0, 0, NULL,
                     _ ("there is no such file"));
  else if (failure != 0)
    sf_mistakes_add (mistakes, SF_MISTAKE_FILE, path, 0, 0, NULL,
                     _ ("cannot be read: %s"), g_strerror (failure));
  return text;
}

SfJsonDoc *
sf_json_read_file (const char *path, SfMistakes *mistakes)
{
  GString *text;
  SfJsonDoc *doc;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (mistakes != NULL, NULL);

  text = load (path, mistakes);
  if (text == NULL)
    return NULL;
  doc = sf_json_parse (text->str, text->len, path, mistakes);
  g_string_free (text, TRUE);
  return doc;
}

/* ---- places ------------------------------------------------------------- */

void
sf_json_where (const SfJsonDoc *doc, const SfJson *value, const char **file,
               int *line, int *column)
{
  const SfJsonPlace *place;

  g_return_if_fail (doc != NULL);
  g_return_if_fail (value != NULL);
  g_return_if_fail ((guint)value->valueint < doc->places->len);

  place = &g_array_index (doc->places, SfJsonPlace, value->valueint);
  if (file != NULL)
    *file = place->file;
  if (line != NULL)
    *line = place->line;
  if (column != NULL)
    *column = place->column;
}

int
sf_json_add_places (const SfJsonDoc *from, SfJsonDoc *to)
{
  guint by = to->places->len;

  g_assert (by <= (guint)G_MAXINT - from->places->len);
  g_array_append_vals (to->places, from->places->data, from->places->len);
  return (int)by;
}

void
sf_json_raise_places (SfJson *value, int by)
{
  value->valueint += by;
  for (SfJson *child = value->child; child != NULL; child = child->next)
    sf_json_raise_places (child, by);
}

/* All are built, not read. */
static void
forget_places (SfJson *value)
{
  value->valueint = 0;
  for (SfJson *child = value->child; child != NULL; child = child->next)
    forget_places (child);
}

SfJsonDoc *
sf_json_copy (const SfJsonDoc *doc)
{
  g_return_val_if_fail (doc != NULL, NULL);

  return doc_new (sf_json_must (cJSON_Duplicate (doc->root, TRUE)), doc->name,
                  g_array_copy (doc->places));
}

/* ---- values ------------------------------------------------------------- */

SfJsonKind
sf_json_kind (const SfJson *value)
{
  g_return_val_if_fail (value != NULL, SF_JSON_NULL);

  if (cJSON_IsBool (value))
    return SF_JSON_BOOLEAN;
  if (cJSON_IsNumber (value))
    return SF_JSON_NUMBER;
  if (cJSON_IsString (value))
    return SF_JSON_STRING;
  if (cJSON_IsArray (value))
    return SF_JSON_ARRAY;
  if (cJSON_IsObject (value))
    return SF_JSON_OBJECT;
  return SF_JSON_NULL;
}

const char *
sf_json_kind_name (SfJsonKind kind)
{
  static const char *const names[]
      = { N_ ("null"),     N_ ("true or false"), N_ ("a number"),
          N_ ("a string"), N_ ("an array"),      N_ ("an object") };

  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);

  return _ (names[kind]);
}

const SfJson *
sf_json_member (const SfJson *object, const char *key)
{
  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (!cJSON_IsObject (object))
    return NULL;
  return cJSON_GetObjectItemCaseSensitive (object, key);
}

const SfJson *
sf_json_first (const SfJson *container)
{
  g_return_val_if_fail (container != NULL, NULL);

  return container->child;
}

const SfJson *
sf_json_next (const SfJson *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  return value->next;
}

const char *
sf_json_key (const SfJson *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  return value->string;
}

guint
sf_json_length (const SfJson *value)
{
  g_return_val_if_fail (value != NULL, 0);

  return (guint)cJSON_GetArraySize (value);
}

double
sf_json_number (const SfJson *value)
{
  g_return_val_if_fail (cJSON_IsNumber (value), NAN);

  return value->valuedouble;
}

const char *
sf_json_string (const SfJson *value)
{
  g_return_val_if_fail (cJSON_IsString (value), NULL);

  return value->valuestring;
}

gboolean
sf_json_boolean (const SfJson *value)
{
  g_return_val_if_fail (cJSON_IsBool (value), FALSE);

  return cJSON_IsTrue (value);
}

/* ---- writing ------------------------------------------------------------ */

static void
print_number (GString *out, double number)
{
  char buffer[SF_TEXT_NUMBER_SIZE];

  sf_text_number (buffer, number);
  g_string_append (out, buffer);
  /* A large double must not look like an integer, which would be refused when
   * read back. */
  if (fabs (number) > INTEGER_MAX && strpbrk (buffer, ".e") == NULL)
    g_string_append (out, ".0");
}

/* A new line at the given depth, when there are lines at all (depth >= 0). */
static void
print_line (GString *out, int depth)
{
  if (depth < 0)
    return;
  g_string_append_c (out, '\n');
  for (int i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

/* Depth -1 means compact: it then stays -1 all the way down. */
static void
print_value (GString *out, const SfJson *value, int depth)
{
  gboolean is_object = cJSON_IsObject (value);
  int inside = depth < 0 ? depth : depth + 1;

  if (cJSON_IsNumber (value)) {
    print_number (out, value->valuedouble);
  } else if (cJSON_IsString (value)) {
    sf_text_json (out, value->valuestring);
  } else if (cJSON_IsBool (value)) {
    g_string_append (out, cJSON_IsTrue (value) ? "true" : "false");
  } else if (!is_object && !cJSON_IsArray (value)) {
    g_string_append (out, "null");
  } else {
    g_string_append_c (out, is_object ? '{' : '[');
    for (const SfJson *child = value->child; child != NULL;
         child = child->next) {
      print_line (out, inside);
      if (is_object) {
        sf_text_json (out, child->string);
        g_string_append (out, depth < 0 ? ":" : ": ");
      }
      print_value (out, child, inside);
      if (child->next != NULL)
        g_string_append_c (out, ',');
    }
    if (value->child != NULL)
      print_line (out, depth);
    g_string_append_c (out, is_object ? '}' : ']');
  }
}

char *
sf_json_print (const SfJson *value, gboolean pretty)
{
  GString *out;

  g_return_val_if_fail (value != NULL, NULL);

  out = g_string_new (NULL);
  print_value (out, value, pretty ? 0 : -1);
  if (pretty)
    g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

static SfJson *
add (SfJson *container, const char *key, SfJson *value)
{
  forget_places (sf_json_must (value));
  g_assert (key != NULL ? cJSON_IsObject (container)
                        : cJSON_IsArray (container));
  if (key != NULL)
    cJSON_AddItemToObject (container, key, value);
  else
    cJSON_AddItemToArray (container, value);
  return value;
}

SfJson *
sf_json_add_object (SfJson *container, const char *key)
{
  return add (container, key, cJSON_CreateObject ());
}

SfJson *
sf_json_add_array (SfJson *container, const char *key)
{
  return add (container, key, cJSON_CreateArray ());
}

void
sf_json_add_number (SfJson *container, const char *key, double number)
{
  add (container, key,
       isfinite (number) ? cJSON_CreateNumber (number) : cJSON_CreateNull ());
}

void
sf_json_add_string (SfJson *container, const char *key, const char *string)
{
  g_return_if_fail (string != NULL);

  add (container, key, cJSON_CreateString (string));
}

void
sf_json_add_boolean (SfJson *container, const char *key, gboolean boolean)
{
  add (container, key, cJSON_CreateBool (boolean));
}

void
sf_json_add_copy (SfJson *container, const char *key, const SfJson *value)
{
  SfJson *copy;

  g_return_if_fail (value != NULL);

  copy = sf_json_must (cJSON_Duplicate (value, TRUE));
  /* Elements of arrays have no key; the copy comes with the original's. */
  if (key == NULL)
    g_clear_pointer (&copy->string, cJSON_free);
  add (container, key, copy);
}

char *
sf_json_library_version (void)
{
  return g_strdup (cJSON_Version ());
}
