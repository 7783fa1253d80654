/* redraw.h - figures of other folders, drawn anew for a page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The figures in a folder of `compare` or `sensitivity` speak the language of
 * the day on which they were drawn. For a page they are drawn again, in the
 * language in use, from the tables that they were drawn from.
 */
#pragma once

#include "sim/page/source.h"

/* Draws them into folders in `folder` and has the source take them from there.
 * FALSE with SF_PLOT_ERROR or G_FILE_ERROR, and no change. Starts child
 * programs; takes about half a second a figure. */
gboolean sf_page_redraw (SfPageSource *source, const char *folder,
                         GError **error);

/* The table of the figure of levers (see plots/compare.gp), from compare.csv;
 * NULL when nothing can be drawn. To be freed. In effects.c. */
char *sf_page_levers_table (const SfPageSource *source);
