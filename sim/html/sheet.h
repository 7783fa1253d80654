/* sheet.h - the head, the look and the end of every page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever is written as HTML looks alike: one style sheet (assets/page.css)
 * for a screen, a phone and paper, one way to say the language and its
 * direction. The page needs nothing else: the style is in it, and a policy
 * lets it ask for nothing and run no script but its own. It begins with a link
 * that skips to the text, which is the element with the id "main".
 */
#pragma once

#include <glib.h>

/* All borrowed. */
typedef struct {
  const char *title;     /* of the window */
  const char *generator; /* by which a file of ours is known again */
  GBytes *script;        /* or NULL */
} SfSheet;

/* Puts everything up to the skip link, and everything after the last part. */
void sf_sheet_begin (GString *out, const SfSheet *sheet);
void sf_sheet_end (GString *out, const SfSheet *sheet);

/* TRUE when `head`, the beginning of a file, is that of a page of `generator`.
 * SF_SHEET_HEAD_BYTES are enough. */
#define SF_SHEET_HEAD_BYTES 4096u
gboolean sf_sheet_is_ours (const char *head, const char *generator);
