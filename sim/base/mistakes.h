/* mistakes.h - every mistake of a user's input, gathered. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readers and checkers of scenarios do not stop at the first mistake: they add
 * each one here and the command fails once, at the end, with the whole list.
 * This module keeps, orders and prints mistakes; it does not find them, and it
 * is not for mistakes of the programmer (g_return_if_fail) nor for failures of
 * the machine while running (GError).
 */
#pragma once

#include <glib.h>

/* What is wrong, coarsely; the message says it in words. */
typedef enum {
  SF_MISTAKE_SYNTAX,      /* not JSON, not UTF-8, not a JSON pointer */
  SF_MISTAKE_FILE,        /* missing, unreadable, a directory, too large */
  SF_MISTAKE_MISSING,     /* a required key is not there */
  SF_MISTAKE_TYPE,        /* a string where a number belongs, ... */
  SF_MISTAKE_RANGE,       /* a number outside what makes sense */
  SF_MISTAKE_REFERENCE,   /* names something that does not exist */
  SF_MISTAKE_UNKNOWN_KEY, /* a key nobody reads, often a misspelling */
  SF_MISTAKE_DUPLICATE,   /* the same key twice in one object */
  SF_MISTAKE_NETWORK,     /* the graph as a whole makes no sense */
  SF_MISTAKE_MODEL        /* an unknown model, or one used wrongly */
} SfMistakeKind;

/* One mistake. Everything is owned by the collection it is in. */
typedef struct {
  SfMistakeKind kind;
  const char *file; /* as the user named it, or "--set"; NULL = unknown */
  int line;         /* from 1; 0 = unknown */
  int column;       /* from 1, in characters, not bytes; 0 = unknown */
  char *pointer;    /* RFC 6901 pointer to the value; NULL = unknown */
  char *message;    /* one line, says what was found and what was expected */
} SfMistake;

/* An opaque, growing list of mistakes. */
typedef struct SfMistakes SfMistakes;

/* An empty list, owned by the caller. */
SfMistakes *sf_mistakes_new (void);

/* Frees the list and all in it; NULL is accepted. */
void sf_mistakes_free (SfMistakes *mistakes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfMistakes, sf_mistakes_free)

/* Adds one mistake. `file` and `pointer` may be NULL, `line` and `column` 0,
 * when they are unknown; all strings are copied. `format` and what follows are
 * as for printf; the message is plain words without a final point or newline.
 * Text of the user need not be cleaned before (see sf_mistakes_format), only
 * shortened when it may be long (sf_text_safe does both). */
void sf_mistakes_add (SfMistakes *mistakes, SfMistakeKind kind,
                      const char *file, int line, int column,
                      const char *pointer, const char *format, ...)
    G_GNUC_PRINTF (7, 8);

/* How many there are; 0 means that the input is good so far. */
guint sf_mistakes_count (const SfMistakes *mistakes);

/* The mistake at `index` (0 to count - 1): borrowed, valid until the list is
 * freed. Its index changes when the list is sorted, its address does not. */
const SfMistake *sf_mistakes_get (const SfMistakes *mistakes, guint index);

/* Orders by file (in the order in which files were first named to this list),
 * line, column, then order of adding. What is unknown (0) comes first. */
void sf_mistakes_sort (SfMistakes *mistakes);

/* The list for people, one mistake per line, each line ending in a newline:
 *
 *   FILE:LINE:COLUMN: /json/pointer: message
 *
 * Unknown parts are left out. At most 100 lines, then "... and N more".
 * Control characters and invalid UTF-8 come out as \xNN, so that a hostile
 * file cannot speak to the terminal. "" when there are none. Owned by the
 * caller. */
char *sf_mistakes_format (const SfMistakes *mistakes);
