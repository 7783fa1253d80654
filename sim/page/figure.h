/* figure.h - figures of a page, with words and numbers beside them. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure is the picture that gnuplot drew, a sentence that says what it
 * shows (for the caption, and for those who do not see it), and its table, as
 * a file to be saved and, where that helps, to be read. The sentence is made
 * from the table that the picture was drawn from, so that the two agree.
 */
#pragma once

#include "sim/page/source.h"

/* All borrowed. */
typedef struct {
  const char *folder; /* of figures */
  const char *name;   /* NAME.svg in it, with data/NAME.tsv */
  const char *id;     /* with which its ids begin, another for each figure */
  const char *title;
  const char *finding; /* NULL: none is known */
} SfPageFigure;

/* Puts a figure. A picture that is not there is said to be missing; its table
 * is offered all the same. */
void sf_page_put_figure (GString *out, const SfPageFigure *figure);

/* The same of one whose name no other figure of the page has. */
void sf_page_figure (GString *out, const char *figures, const char *name,
                     const char *title, const char *finding);

/* What curves show, a panel after another: how low the median of each falls
 * and when. `is_share`: in per cent of demand, else in days of stock. Of
 * data/NAME.tsv; NULL when that is not there. To be freed. */
char *sf_page_curves_finding (const SfPageSource *source, const char *name,
                              gboolean is_share);

/* The curves of data/NAME.tsv as a table with a row a week, folded away until
 * it is asked for. Puts nothing when there is no table. */
void sf_page_curves_table (GString *out, const SfPageSource *source,
                           const char *name, gboolean is_share);

/* What arrivals show, and what the map shows; NULL when their tables are not
 * there. To be freed. */
char *sf_page_arrivals_finding (const SfPageSource *source);
char *sf_page_map_finding (const SfPageSource *source);

/* Roads with their trucks and losses as a table, the busiest first. */
void sf_page_roads_table (GString *out, const SfPageSource *source);
