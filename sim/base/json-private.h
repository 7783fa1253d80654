/* json-private.h - what the JSON files share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Included by json.c, json-strict.c and json-patch.c only; others use json.h.
 */
#pragma once

#include <glib.h>

#include "sim/base/json.h"

/* What the strict pass learns of one value. */
typedef struct {
  int line;      /* from 1 */
  int column;    /* from 1, in characters */
  double number; /* the value of a number, read without regard to the locale;
                  * 0 for other kinds */
} SfJsonSpot;

/* Where a value was written. */
typedef struct {
  const char *file; /* interned */
  int line;         /* from 1; 0 = not from a file */
  int column;
} SfJsonPlace;

struct SfJsonDoc {
  SfJson *root;       /* owned, never NULL */
  const char *name;   /* interned */
  GHashTable *places; /* SfJson * -> SfJsonPlace * (owned); values of the tree
                       * only, built ones are missing */
};

/* Checks `length` bytes against the grammar and the limits. Returns the spots
 * of all values in document order (element: SfJsonSpot), owned by the caller,
 * or NULL with at least one mistake added. */
GArray *sf_json_strict (const char *text, gsize length, const char *name,
                        SfMistakes *mistakes);

/* Forgets the places of `value` and all below it, before it is deleted: its
 * address may come back as another value. */
void sf_json_forget (SfJsonDoc *doc, const SfJson *value);

/* Moves the places of `value` and all below it to another document, when the
 * value itself moves. */
void sf_json_move_places (SfJsonDoc *from, SfJsonDoc *to, const SfJson *value);

/* Ends the program when `memory` is NULL, as g_malloc would; else returns it.
 * For the results of cJSON, which reports exhaustion instead. */
SfJson *sf_json_must (SfJson *memory);
