/* json-strict.c - the grammar of JSON, to the letter. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cJSON accepts much that is not JSON and keeps no places, so this pass over
 * the text comes first. It builds nothing: it walks the text once, with a stack
 * of open arrays and objects instead of recursion, and notes where each value
 * begins. The rule inside: `at` is the byte being looked at; a function that
 * refuses something leaves `at` on the culprit, which becomes the place named.
 */
#include <math.h>
#include <string.h>

#include "sim/base/json-private.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* The largest integer up to which a double holds every integer: 2^53. */
#define INTEGER_MAX "9007199254740992"

/* A key, and where it was last seen at its depth. */
typedef struct {
  guint object; /* number of the object */
  int line;
} Seen;

/* An array or object that is open. */
typedef struct {
  gboolean is_object;
  int line, column; /* of its bracket */
  guint index;      /* of the element being read */
  guint object;     /* its number: no two objects of one depth have the same */
  const char *key;  /* of the member being read, in `seen`; NULL between them */
  GHashTable *seen; /* key (owned) -> Seen (owned), of all objects of this depth
                       so far: most have the keys that others have */
} Level;

typedef struct {
  const char *at, *end;
  const char *mark; /* the byte at line and column; never beyond `at` */
  int line, column;
  const char *name;
  SfMistakes *mistakes;
  gboolean is_refused; /* a mistake after which reading went on */
  SfJsonStrict *learnt;
  GString *scratch; /* the key just read, escapes resolved */
  guint depth;      /* levels in use */
  Level levels[SF_JSON_DEPTH_MAX];
} Strict;

/* Brings line and column up to `at`. Each byte is counted once in all, so that
 * a file of one long line costs no more than another. */
static void
locate (Strict *s)
{
  for (; s->mark < s->at; s->mark++) {
    guchar byte = (guchar)*s->mark;

    if (byte == '\n') {
      s->line++;
      s->column = 1;
    } else if ((byte & 0xC0) != 0x80) {
      s->column++;
    }
  }
}

static char *
pointer_here (const Strict *s)
{
  char *pointer = NULL;

  for (guint i = 0; i < s->depth; i++) {
    const Level *level = &s->levels[i];
    g_autofree char *parent = pointer;
    g_autofree char *index = g_strdup_printf ("%u", level->index);

    if (level->is_object && level->key == NULL)
      return g_steal_pointer (&parent);
    pointer
        = sf_json_pointer_child (parent, level->is_object ? level->key : index);
  }
  return pointer;
}

/* Adds a mistake at `at`. Always FALSE, to be returned. */
G_GNUC_PRINTF (3, 4)
static gboolean
refuse (Strict *s, SfMistakeKind kind, const char *format, ...)
{
  g_autofree char *pointer = pointer_here (s);
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  locate (s);
  s->is_refused = TRUE;
  sf_mistakes_add (s->mistakes, kind, s->name, s->line, s->column, pointer,
                   "%s", message);
  return FALSE;
}

/* Refuses what stands at `at` where `expected` belongs. */
static gboolean
refuse_found (Strict *s, const char *expected)
{
  g_autofree char *what = sf_json_found (s->at, (gsize)(s->end - s->at));

  return refuse (s, SF_MISTAKE_SYNTAX, _ ("found %s, expected %s%s"), what,
                 expected, sf_json_hint (what));
}

/* The byte at `at`; NUL at the end (and for a NUL in the text, which no rule
 * of the grammar expects either). */
static char
here (const Strict *s)
{
  return s->at < s->end ? *s->at : '\0';
}

static void
skip_space (Strict *s)
{
  while (here (s) == ' ' || here (s) == '\n' || here (s) == '\t'
         || here (s) == '\r')
    s->at++;
}

/* Reads the four digits of \uXXXX, `at` being on the backslash. */
static gboolean
read_hex (Strict *s, guint *unit)
{
  guint value = 0;

  for (int i = 2; i < 6; i++) {
    int digit = s->end - s->at > i ? g_ascii_xdigit_value (s->at[i]) : -1;

    if (digit < 0)
      return refuse (s, SF_MISTAKE_SYNTAX,
                     _ ("\\u must be followed by four hexadecimal digits"));
    value = value * 16 + (guint)digit;
  }
  *unit = value;
  return TRUE;
}

/* Reads \uXXXX, or two of them that make one character. */
static gboolean
read_unicode (Strict *s)
{
  const char *start = s->at;
  guint high = 0, low = 0;

  if (!read_hex (s, &high))
    return FALSE;
  if (high == 0)
    return refuse (
        s, SF_MISTAKE_SYNTAX,
        _ ("\\u0000 is not allowed: a text cannot hold a zero byte"));
  if (high < 0xD800 || high > 0xDFFF) {
    g_string_append_unichar (s->scratch, high);
    s->at += 6;
    return TRUE;
  }
  if (high < 0xDC00 && s->end - s->at > 7 && s->at[6] == '\\'
      && s->at[7] == 'u') {
    s->at += 6;
    if (!read_hex (s, &low))
      return FALSE;
    s->at += 6;
  }
  if (low < 0xDC00 || low > 0xDFFF) {
    s->at = start;
    return refuse (
        s, SF_MISTAKE_SYNTAX,
        _ ("\\u%04X is half a character: two such escapes, the first "
           "in D800-DBFF, the second in DC00-DFFF, make one"),
        high);
  }
  g_string_append_unichar (s->scratch,
                           0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
  return TRUE;
}

static gboolean
read_escape (Strict *s)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  char c = s->end - s->at > 1 ? s->at[1] : '\0';
  const char *found_at = c != '\0' ? strchr (from, c) : NULL;

  if (c == 'u')
    return read_unicode (s);
  if (found_at == NULL)
    return refuse (s, SF_MISTAKE_SYNTAX,
                   _ ("a backslash in a text begins an escape: one of "
                      "\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"));
  g_string_append_c (s->scratch, to[found_at - from]);
  s->at += 2;
  return TRUE;
}

/* Takes a run of ordinary characters. */
static gboolean
read_plain (Strict *s)
{
  const char *start = s->at;

  while (s->at < s->end && *s->at != '"' && *s->at != '\\'
         && (guchar)*s->at >= 0x20) {
    gunichar c;

    if ((guchar)*s->at < 0x80) {
      s->at++;
      continue;
    }
    c = g_utf8_get_char_validated (s->at, s->end - s->at);
    if (c == (gunichar)-1 || c == (gunichar)-2)
      return refuse (
          s, SF_MISTAKE_SYNTAX,
          _ ("byte 0x%02X is not valid UTF-8; save the file as UTF-8"),
          (guint)(guchar)*s->at);
    s->at += g_unichar_to_utf8 (c, NULL);
  }
  g_string_append_len (s->scratch, start, s->at - start);
  return TRUE;
}

/* Reads a string into scratch, `at` being on its opening quote. */
static gboolean
read_string (Strict *s)
{
  int line, column;

  locate (s);
  line = s->line;
  column = s->column;
  g_string_truncate (s->scratch, 0);
  for (s->at++; s->at < s->end && *s->at != '"';) {
    guchar c = (guchar)*s->at;

    if (c == '\n' || c == '\r')
      return refuse (
          s, SF_MISTAKE_SYNTAX,
          _ ("the line ends inside the text that began at column %d; "
             "expected a closing quote (a line break is written \\n)"),
          column);
    if (c < 0x20)
      return refuse (s, SF_MISTAKE_SYNTAX,
                     _ ("control character 0x%02X in a text; write \\u%04X"),
                     (guint)c, (guint)c);
    if (c == '\\' ? !read_escape (s) : !read_plain (s))
      return FALSE;
  }
  if (s->at == s->end)
    return refuse (s, SF_MISTAKE_SYNTAX,
                   _ ("the input ends inside the text that began at line %d, "
                      "column %d"),
                   line, column);
  s->at++;
  return TRUE;
}

/* One or more digits. */
static gboolean
read_digits (Strict *s, const char *expected)
{
  if (!g_ascii_isdigit (here (s)))
    return refuse_found (s, expected);
  while (g_ascii_isdigit (here (s)))
    s->at++;
  return TRUE;
}

/* Whether a double holds the number. If not, reading goes on all the same. */
static void
check_number (Strict *s, const char *start, gboolean is_integer)
{
  const char *after = s->at;
  const char *digits = start + (*start == '-' ? 1 : 0);
  gsize length = (gsize)(after - digits), limit = strlen (INTEGER_MAX);
  gboolean is_beyond
      = is_integer && length >= limit
        && (length > limit || strncmp (digits, INTEGER_MAX, limit) > 0);
  gboolean is_long = after - start > SF_JSON_DIGITS_MAX;
  char text[SF_JSON_DIGITS_MAX + 1];
  double number = 0;

  if (!is_long) {
    memcpy (text, start, (gsize)(after - start));
    text[after - start] = '\0';
    number = g_ascii_strtod (text, NULL);
  }
  g_array_append_val (s->learnt->numbers, number);
  if (!is_long && !is_beyond && fabs (number) <= G_MAXDOUBLE)
    return; /* as mostly */
  g_autofree char *shown = sf_text_safe (start, after - start);
  s->at = start; /* for the place */
  if (is_long)
    refuse (s, SF_MISTAKE_RANGE,
            _ ("the number %s has more than %u characters"), shown,
            SF_JSON_DIGITS_MAX);
  else if (fabs (number) > G_MAXDOUBLE)
    refuse (s, SF_MISTAKE_RANGE,
            _ ("the number %s is too large (limit 1.8e308)"), shown);
  else
    refuse (s, SF_MISTAKE_RANGE,
            _ ("the integer %s is beyond 2^53 and would lose digits; write it "
               "as a string, in quotes"),
            shown);
  s->at = after;
}

static gboolean
read_number (Strict *s)
{
  const char *start = s->at;
  gboolean is_integer = TRUE;

  if (*s->at == '-')
    s->at++;
  if (here (s) == '0') {
    s->at++;
    if (g_ascii_isdigit (here (s))) {
      s->at = start;
      return refuse (
          s, SF_MISTAKE_SYNTAX,
          _ ("a number does not begin with a zero that another digit "
             "follows; leave the zero away, or write a string"));
    }
  } else if (!read_digits (s, _ ("a digit after the minus sign"))) {
    return FALSE;
  }
  if (here (s) == '.') {
    is_integer = FALSE;
    s->at++;
    if (!read_digits (s, _ ("a digit after the decimal point")))
      return FALSE;
  }
  if (here (s) == 'e' || here (s) == 'E') {
    is_integer = FALSE;
    s->at++;
    if (here (s) == '+' || here (s) == '-')
      s->at++;
    if (!read_digits (s, _ ("a digit in the exponent")))
      return FALSE;
  }
  check_number (s, start, is_integer);
  return TRUE;
}

static gboolean
read_word (Strict *s)
{
  static const char *const words[] = { "true", "false", "null" };
  gsize length = 0;

  while (s->at + length < s->end && g_ascii_isalnum (s->at[length]))
    length++;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && memcmp (s->at, words[i], length) == 0) {
      s->at += length;
      return TRUE;
    }
  return refuse_found (s, _ ("a value"));
}

static gboolean
open_level (Strict *s, gboolean is_object)
{
  Level *level;

  if (s->depth == SF_JSON_DEPTH_MAX)
    return refuse (s, SF_MISTAKE_SYNTAX,
                   _ ("arrays and objects are nested more than %u deep"),
                   SF_JSON_DEPTH_MAX);
  locate (s);
  level = &s->levels[s->depth];
  level->is_object = is_object;
  level->line = s->line;
  level->column = s->column;
  level->index = 0;
  level->object++;
  level->key = NULL;
  if (is_object && level->seen == NULL)
    level->seen
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  s->depth++;
  s->at++;
  return TRUE;
}

static void
close_level (Strict *s)
{
  s->levels[--s->depth].key = NULL;
  s->at++;
}

/* Notes the key that was just read. TRUE when its object has it already: then
 * `line` is where. */
static gboolean
note_key (Strict *s, int *line)
{
  Level *level = &s->levels[s->depth - 1];
  void *key, *value;
  gboolean is_twice;
  Seen *seen;

  if (g_hash_table_lookup_extended (level->seen, s->scratch->str, &key,
                                    &value)) {
    seen = value;
  } else {
    key = g_strndup (s->scratch->str, s->scratch->len);
    seen = g_new0 (Seen, 1);
    g_hash_table_insert (level->seen, key, seen);
  }
  level->key = key;
  is_twice = seen->object == level->object;
  *line = seen->line;
  if (!is_twice)
    *seen = (Seen){ level->object, s->line };
  return is_twice;
}

/* Reads `"key" :`, whatever stands before the value of a member. */
static gboolean
read_key (Strict *s)
{
  const char *start, *after;
  int line;

  skip_space (s);
  if (here (s) != '"')
    return refuse_found (s, _ ("a key in double quotes"));
  start = s->at;
  if (!read_string (s))
    return FALSE;
  after = s->at;
  if (note_key (s, &line)) {
    g_autofree char *shown = sf_text_safe (s->scratch->str, -1);

    s->at = start; /* the mark is not behind it: a string is one line */
    refuse (s, SF_MISTAKE_DUPLICATE,
            _ ("the key \"%s\" is here twice; the first is on line %d"), shown,
            line);
    s->at = after;
  }
  skip_space (s);
  if (here (s) != ':')
    return refuse_found (s, _ ("':' between key and value"));
  s->at++;
  return TRUE;
}

/* Takes the comma between two values and what comes before the next value. */
static gboolean
read_comma (Strict *s, char closing)
{
  const char *comma = s->at;
  Level *level = &s->levels[s->depth - 1];

  locate (s);
  s->at++;
  skip_space (s);
  if (here (s) == closing) {
    s->at = comma;
    return refuse (s, SF_MISTAKE_SYNTAX,
                   _ ("a comma before the closing '%c'; remove it"), closing);
  }
  level->index++;
  return level->is_object ? read_key (s) : TRUE;
}

/* After a value: closes what closes here. Sets `is_more` when another value
 * has to follow. */
static gboolean
finish_value (Strict *s, gboolean *is_more)
{
  *is_more = FALSE;
  while (s->depth > 0) {
    Level *level = &s->levels[s->depth - 1];
    char closing = level->is_object ? '}' : ']';

    level->key = NULL;
    skip_space (s);
    if (s->at == s->end)
      return refuse (s, SF_MISTAKE_SYNTAX,
                     level->is_object
                         ? _ ("the input ends inside the object that began at "
                              "line %d, column %d; expected ',' or '%c'")
                         : _ ("the input ends inside the array that began at "
                              "line %d, column %d; expected ',' or '%c'"),
                     level->line, level->column, closing);
    if (*s->at == ',') {
      *is_more = TRUE;
      return read_comma (s, closing);
    }
    if (*s->at != closing)
      return refuse_found (s, level->is_object ? _ ("',' or '}'")
                                               : _ ("',' or ']'"));
    close_level (s);
  }
  return TRUE;
}

/* Reads a value, or the opening of one: then `is_open`, and the first value
 * inside comes next. */
static gboolean
read_value (Strict *s, gboolean *is_open)
{
  SfJsonPlace place = { .file = s->name };
  gboolean is_object;

  *is_open = FALSE;
  skip_space (s);
  if (s->at == s->end)
    return refuse_found (s, _ ("a value"));
  if (s->learnt->places->len > SF_JSON_VALUES_MAX)
    return refuse (s, SF_MISTAKE_SYNTAX, _ ("more than %u values in one file"),
                   SF_JSON_VALUES_MAX);
  locate (s);
  place.line = s->line;
  place.column = s->column;
  g_array_append_val (s->learnt->places, place);
  if (*s->at == '"')
    return read_string (s);
  if (*s->at == '-' || g_ascii_isdigit (*s->at))
    return read_number (s);
  if (*s->at != '{' && *s->at != '[')
    return read_word (s);

  is_object = *s->at == '{';
  if (!open_level (s, is_object))
    return FALSE;
  skip_space (s);
  if (here (s) == (is_object ? '}' : ']')) {
    close_level (s);
    return TRUE;
  }
  *is_open = TRUE;
  return is_object ? read_key (s) : TRUE;
}

static gboolean
read_document (Strict *s)
{
  gboolean is_open, is_more = TRUE;

  while (is_more) {
    if (!read_value (s, &is_open))
      return FALSE;
    if (!is_open && !finish_value (s, &is_more))
      return FALSE;
  }
  skip_space (s);
  if (s->at < s->end)
    return refuse_found (s, _ ("nothing more: the JSON value is complete"));
  return !s->is_refused;
}

gboolean
sf_json_strict (const char *text, gsize length, const char *name,
                SfMistakes *mistakes, SfJsonStrict *learnt)
{
  Strict s = { .at = text, .end = text + length, .mark = text };
  SfJsonPlace nobody = { 0 };
  gboolean is_good;

  s.line = s.column = 1;
  s.name = nobody.file = g_intern_string (name);
  s.mistakes = mistakes;
  s.learnt = learnt;
  learnt->places = g_array_new (FALSE, FALSE, sizeof nobody);
  learnt->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (learnt->places, nobody);
  s.scratch = g_string_new (NULL);
  is_good = read_document (&s);
  for (guint i = 0; i < SF_JSON_DEPTH_MAX; i++)
    g_clear_pointer (&s.levels[i].seen, g_hash_table_unref);
  g_string_free (s.scratch, TRUE);
  if (is_good)
    return TRUE;
  g_array_unref (learnt->places);
  g_array_unref (learnt->numbers);
  return FALSE;
}
