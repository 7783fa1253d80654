/* page.h - a result folder as one page to read, print and send. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page is one HTML file that needs nothing else: figures, styles, script
 * and the data behind each figure are in it, and its content security policy
 * lets it ask for nothing. It is complete without its script, which only reads
 * values off the curves and hides bands. It is made from the tables of a
 * result folder; nothing is simulated and nothing is drawn.
 *
 * Texts are in the language in use (see sim/lang/lang.h), figures in that in
 * which they were drawn.
 */
#pragma once

#include "sim/page/source.h"

/* The page, to be freed. */
char *sf_page_html (const SfPageSource *source);

/* Writes it as the file `path`, whole or not at all. FALSE with G_FILE_ERROR,
 * also (G_FILE_ERROR_EXIST) when there is a file that is no such page: it is
 * left as it is. */
gboolean sf_page_write (const SfPageSource *source, const char *path,
                        GError **error);
