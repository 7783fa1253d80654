/* mistakes.c - every mistake of a user's input, gathered. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/base/mistakes.h"

#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Lines after which the formatted list says only how many more there are. */
#define LINES_MAX 100u

typedef struct {
  SfMistake mistake; /* first, so that its address is the entry's */
  guint file_rank;
  guint sequence;
} Entry;

struct SfMistakes {
  GPtrArray *entries; /* element: Entry *, owned */
  GHashTable *files;  /* interned name -> rank in order of first naming */
};

static void
entry_free (void *data)
{
  Entry *entry = data;

  g_free (entry->mistake.pointer);
  g_free (entry->mistake.message);
  g_free (entry);
}

SfMistakes *
sf_mistakes_new (void)
{
  SfMistakes *mistakes = g_new0 (SfMistakes, 1);

  mistakes->entries = g_ptr_array_new_with_free_func (entry_free);
  mistakes->files = g_hash_table_new (NULL, NULL);
  return mistakes;
}

void
sf_mistakes_free (SfMistakes *mistakes)
{
  if (mistakes == NULL)
    return;
  g_ptr_array_unref (mistakes->entries);
  g_hash_table_unref (mistakes->files);
  g_free (mistakes);
}

static guint
file_rank (SfMistakes *mistakes, const char *file)
{
  void *rank;

  if (g_hash_table_lookup_extended (mistakes->files, file, NULL, &rank))
    return GPOINTER_TO_UINT (rank);
  rank = GUINT_TO_POINTER (g_hash_table_size (mistakes->files));
  g_hash_table_insert (mistakes->files, (void *)file, rank);
  return GPOINTER_TO_UINT (rank);
}

void
sf_mistakes_add (SfMistakes *mistakes, SfMistakeKind kind, const char *file,
                 int line, int column, const char *pointer, const char *format,
                 ...)
{
  Entry *entry;
  va_list arguments;

  g_return_if_fail (mistakes != NULL);
  g_return_if_fail (format != NULL);

  /* File names are few and are compared often: interned, they are pointers. */
  file = g_intern_string (file);
  entry = g_new0 (Entry, 1);
  entry->mistake.kind = kind;
  entry->mistake.file = file;
  entry->mistake.line = line;
  entry->mistake.column = column;
  entry->mistake.pointer = g_strdup (pointer);
  va_start (arguments, format);
  entry->mistake.message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  entry->file_rank = file_rank (mistakes, file);
  entry->sequence = mistakes->entries->len;
  g_ptr_array_add (mistakes->entries, entry);
}

guint
sf_mistakes_count (const SfMistakes *mistakes)
{
  g_return_val_if_fail (mistakes != NULL, 0);

  return mistakes->entries->len;
}

const SfMistake *
sf_mistakes_get (const SfMistakes *mistakes, guint index)
{
  const Entry *entry;

  g_return_val_if_fail (mistakes != NULL, NULL);
  g_return_val_if_fail (index < mistakes->entries->len, NULL);

  entry = g_ptr_array_index (mistakes->entries, index);
  return &entry->mistake;
}

static int
order (guint64 a, guint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_entries (const void *left, const void *right)
{
  const Entry *a = *(Entry *const *)left;
  const Entry *b = *(Entry *const *)right;
  int result = order (a->file_rank, b->file_rank);

  if (result == 0)
    result = order ((guint)a->mistake.line, (guint)b->mistake.line);
  if (result == 0)
    result = order ((guint)a->mistake.column, (guint)b->mistake.column);
  if (result == 0)
    result = order (a->sequence, b->sequence);
  return result;
}

void
sf_mistakes_sort (SfMistakes *mistakes)
{
  g_return_if_fail (mistakes != NULL);

  g_ptr_array_sort (mistakes->entries, compare_entries);
}

static void
format_one (GString *out, const SfMistake *mistake)
{
  if (mistake->file != NULL) {
    sf_text_append_safe (out, mistake->file, -1);
    g_string_append_c (out, ':');
  }
  if (mistake->line > 0)
    g_string_append_printf (out, "%d:", mistake->line);
  if (mistake->line > 0 && mistake->column > 0)
    g_string_append_printf (out, "%d:", mistake->column);
  if (mistake->file != NULL || mistake->line > 0)
    g_string_append_c (out, ' ');
  if (mistake->pointer != NULL && mistake->pointer[0] != '\0') {
    sf_text_append_safe (out, mistake->pointer, -1);
    g_string_append (out, ": ");
  }
  sf_text_append_safe (out, mistake->message, -1);
  g_string_append_c (out, '\n');
}

char *
sf_mistakes_format (const SfMistakes *mistakes)
{
  GString *out;
  guint count, shown;

  g_return_val_if_fail (mistakes != NULL, NULL);

  count = mistakes->entries->len;
  shown = MIN (count, LINES_MAX);
  out = g_string_new (NULL);
  for (guint i = 0; i < shown; i++)
    format_one (out, sf_mistakes_get (mistakes, i));
  if (count > shown)
    g_string_append_printf (out, _ ("... and %u more\n"), count - shown);
  return g_string_free (out, FALSE);
}
