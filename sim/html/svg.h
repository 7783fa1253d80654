/* svg.h - a figure of gnuplot as part of a page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture that is put into a page shares its ids with all others there, and
 * can bring along what a picture of its own may have: scripts, links, fonts.
 * So it is read as XML and written again with the elements that drawings are
 * made of, nothing else; ids and the references to them get a prefix; what
 * gnuplot calls its plots (the text of its commands) goes, and the picture
 * gets a name and a sentence for those who do not see it.
 *
 * Groups that draw a median, the middle half or nine tenths of runs are marked
 * with data-part "median", "half" and "wide", for the script of the page.
 */
#pragma once

#include <glib.h>

/* What the picture is called, and what it shows, in a sentence; and what its
 * ids begin with, different for each picture of a page. All borrowed. */
typedef struct {
  const char *prefix, *title, *finding;
} SfSvgNames;

/* The picture `svg` as an element, to be freed. NULL when it is no SVG. */
char *sf_svg_inline (const char *svg, const SfSvgNames *names);
