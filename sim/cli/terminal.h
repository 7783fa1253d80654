/* terminal.h - what the other end of a stream can show. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours are used sparingly and never carry a meaning alone: the word is
 * always there. A stream shows them when it is a terminal that is not "dumb"
 * (TERM), unless the environment says NO_COLOR (https://no-color.org) or the
 * user --color. Standard output and standard error are asked apart.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

typedef enum {
  SF_STYLE_HEADING, /* bold */
  SF_STYLE_ALARM,   /* red: a mistake, something failed or was not reached */
} SfStyle;

/* What --color takes, as its option table shows it. */
#define SF_COLOR_WORDS "auto|always|never"

/* Decides for the whole process, through the environment that everyone reads
 * (NO_COLOR, CLICOLOR_FORCE), so that there is no state of our own. FALSE, and
 * no change, when `when` is none of the words. Not thread-safe: called before
 * anything else runs. */
gboolean sf_terminal_set_color (const char *when);

/* The sequence that begins or ends a style on that stream; "" where there are
 * no colours. Never freed. */
const char *sf_style_begin (FILE *out, SfStyle style);
const char *sf_style_end (FILE *out);

/* Prints `text` in a style on that stream. */
void sf_style_print (FILE *out, SfStyle style, const char *text);

/* Columns of a stream: of the terminal, elsewhere what COLUMNS says, else 80;
 * between 40 and 100, since longer lines are hard to read. And the columns of
 * the terminal as they are, 0 when it is none or does not say. */
guint sf_terminal_text_width (FILE *out);
guint sf_terminal_width (FILE *out);

/* TRUE when a line there can be written over: a terminal that is not dumb. */
gboolean sf_terminal_can_erase (FILE *out);
