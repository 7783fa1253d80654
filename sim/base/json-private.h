/* json-private.h - what the JSON files share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Included by json.c, json-strict.c and json-patch.c only; others use json.h.
 */
#pragma once

#include <glib.h>

#include "sim/base/json.h"

/* Where a value was written. */
typedef struct {
  const char *file; /* interned */
  int line;         /* from 1; 0 = not from a file */
  int column;       /* from 1, in characters */
} SfJsonPlace;

/* The number of a value's place is kept in the value itself, in `valueint`,
 * which cJSON fills for numbers and nobody here reads: `valuedouble` has the
 * number. 0 is the first place, of values that were built: no line. */
struct SfJsonDoc {
  SfJson *root;     /* owned, never NULL */
  const char *name; /* interned */
  GArray *places;   /* element: SfJsonPlace; of values that are gone, too */
};

/* What the strict pass learns, in the order of the text. */
typedef struct {
  GArray *places;  /* element: SfJsonPlace; the first one is nobody's, then one
                    * for each value */
  GArray *numbers; /* element: double, of each number, read without regard to
                    * the locale */
} SfJsonStrict;

/* Checks `length` bytes against the grammar and the limits. FALSE, with at least
 * one mistake added and nothing to free, or `learnt`, whose arrays the caller
 * owns. */
gboolean sf_json_strict (const char *text, gsize length, const char *name,
                         SfMistakes *mistakes, SfJsonStrict *learnt);

/* What stands at `at`, `left` bytes from the end, in words: a whole word, one
 * character, or the end. Owned by the caller. */
char *sf_json_found (const char *at, gsize left);

/* How to mend what sf_json_found() has found, where that is a common slip; "" for
 * others. */
const char *sf_json_hint (const char *found);

/* Gives `to` a copy of the places of `from`, before values move there. Returns
 * by how much their numbers rise. */
int sf_json_add_places (const SfJsonDoc *from, SfJsonDoc *to);

/* Raises the numbers of the places of `value` and all below it by that. */
void sf_json_raise_places (SfJson *value, int by);

/* Ends the program when `memory` is NULL, as g_malloc would; else returns it.
 * For the results of cJSON, which reports exhaustion instead. */
SfJson *sf_json_must (SfJson *memory);
