/* html.h - HTML as text, with everything from outside escaped. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page is written front to back into one GString. Markup stands in format
 * strings of this program; whatever comes from a scenario or a table goes
 * through a %s and is escaped, so that a town called "<script>" is a town.
 * There is no tree and no template: what is here keeps tables, sections and
 * numbers alike on the whole page.
 */
#pragma once

#include <glib.h>

/* Appends as printf() does; each argument of a %s is escaped, for text and for
 * attributes in quotes. Invalid UTF-8 is the caller's to keep out (see
 * sf_html_clean()). */
void sf_html_add (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A paragraph of plain text; and one that says what is missing and why. */
void sf_html_paragraph (GString *out, const char *text);
void sf_html_missing (GString *out, const char *text);

/* A name from outside, fit to stand in a sentence of another direction of
 * writing: valid UTF-8, without marks of direction of its own, isolated when
 * it holds letters that are written from right to left. To be freed. */
char *sf_html_clean (const char *name);

/* Begins and ends a part of the page, with a heading of the second level. */
void sf_html_section (GString *out, const char *id, const char *heading);
void sf_html_section_end (GString *out);

/* A column of a table; an array of them ends with a NULL heading. Headings
 * are translated by the caller. */
typedef struct {
  const char *heading;
  gboolean is_number; /* set to the right */
} SfHtmlColumn;

/* Begins a table in a box of its own that scrolls when the window is narrow;
 * `caption` says what it shows. Then rows of as many cells as there are
 * columns, the first of which heads its row (NULL and "" are a dash), and the
 * end. */
void sf_html_table (GString *out, const char *caption,
                    const SfHtmlColumn *columns);
void sf_html_row (GString *out, const SfHtmlColumn *columns,
                  const char *const *cells);
void sf_html_table_end (GString *out);

/* A link that saves `text` as the file `name`: the data are in the page. */
void sf_html_download (GString *out, const char *name, const char *type,
                       const char *text, const char *label);

/* Numbers for reading, each to be freed. A share as per cent ("31 %"); a count
 * to what is worth reading of it ("1,240", "14.2", "0.31"); a median with its band
 * ("46 (40 to 57)", in units of `unit`), which is one number when all are
 * alike. NAN is a dash. */
char *sf_html_percent (double frac);
char *sf_html_number (double number);
char *sf_html_band (double middle, double low, double high, double unit);
