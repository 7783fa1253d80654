/* text.h - names, numbers and fields as text. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small helpers for everything that is written or compared as text: the nearest
 * known name for a misspelt one, numbers that read back exactly, and the three
 * escapings (CSV, JSON, terminal). Nothing here depends on the locale: a run
 * on a French machine writes the same bytes as one on an English machine.
 */
#pragma once

#include <glib.h>

/* Bytes a buffer for sf_text_number needs, the final NUL included. */
#define SF_TEXT_NUMBER_SIZE 32

/* Number of edits (insert, delete, replace one byte, or swap two neighbours;
 * no byte is edited twice) that turn `a` into `b`. Stops early: whenever the
 * distance is larger than `limit`, returns limit + 1 (or G_MAXUINT when limit
 * is that). Cost: at most length of a times length of b. */
guint sf_text_distance (const char *a, const char *b, guint limit);

/* The one of `n` candidates nearest to `name`, to suggest in a message: at most
 * max (1, length of name / 3) edits away, the first one of equals. Borrowed
 * from `candidates`; NULL when none is near. NULL candidates are skipped. */
const char *sf_text_nearest (const char *name, const char *const *candidates,
                             gsize n);

/* What a message about an unknown name goes on with: "; did you mean
 * \"NEAR\"?" in the reader's language, "" when `near` is NULL. Owned by the
 * caller. */
char *sf_text_hint (const char *near);

/* Writes `value` into `buffer` (at least SF_TEXT_NUMBER_SIZE bytes) with 15, 16
 * or 17 significant digits, the fewest that read back as the same double, with
 * a decimal point whatever the locale. Minus zero is "0"; not finite values
 * are "nan", "inf" and "-inf" (JSON has no word for them). Returns `buffer`. */
char *sf_text_number (char *buffer, double value);

/* Appends a value with four significant digits, as "%.4g" has it but for the
 * rounding of halves, for lists of thousands that are drawn, in which printf()
 * would take most of the time. What is not finite is "null", as JSON has it. */
void sf_text_short (GString *out, double value);

/* Appends `field` as one CSV field (RFC 4180): in quotes, with quotes doubled,
 * when it holds a comma, a quote, a line break, or a space at either end. A
 * text that is no number and begins with = + - @ or a tab would be run as a
 * formula by spreadsheets: it is quoted, with an apostrophe before it. NULL is
 * an empty field. The separator and the line end are the caller's. */
void sf_text_csv (GString *out, const char *field);

/* Appends `utf8` as a JSON string, quotes included. Only what RFC 8259 demands
 * is escaped. Invalid UTF-8 is replaced (U+FFFD): the result is valid. */
void sf_text_json (GString *out, const char *utf8);

/* Appends `length` bytes (-1: up to the NUL) so that a terminal only displays
 * them: control and other invisible characters, direction marks and invalid
 * UTF-8 become \xNN byte by byte. Nothing is cut. */
void sf_text_append_safe (GString *out, const char *bytes, gssize length);

/* The same as a new string, cut to at most 80 characters, "..." at the end
 * included: for quoting in a message what a user wrote. Owned by the caller. */
char *sf_text_safe (const char *bytes, gssize length);
