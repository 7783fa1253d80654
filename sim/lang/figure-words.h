/* figure-words.h - what the scripts in plots/ say, in the reader's language. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scripts speak English, with the words of plots/words.gp. In another
 * language they are given a file that puts others in their place. The words are
 * here once more so that they are found for the catalogues; a test compares.
 */
#pragma once

#include <glib.h>

/* One word: word_NAME in plots/words.gp. */
typedef struct {
  const char *name, *english;
} SfFigureWord;

/* All of them, ending with a NULL name. */
extern const SfFigureWord sf_figure_words_all[];

/* Commands of gnuplot that set every word in the language in use, and with
 * which column of the table of countries names are drawn. NULL when that is
 * English; to be freed. */
char *sf_figure_words (const char *countries);

/* The column of that table that has names in the language in use: "name_fr", or
 * "name" when it has none or cannot be read. To be freed. */
char *sf_figure_names_column (const char *countries);
