/* choices.h - what was found out about routes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to sim/plan. Trucks ask for the same routes over and over, with
 * nothing closed or the same few roads. What is kept follows what was
 * asked for, not the size of the country: a choice for each two places
 * between which somebody travels, and the answers for sets of closed links,
 * which are forgotten when they become too many.
 */
#pragma once

#include <glib.h>

typedef struct SfChoices SfChoices;

/* Nothing found out yet. `shut` (one byte a link, borrowed) tells the links
 * that are closed from the start. Owned by the caller. */
SfChoices *sf_choices_new (const guint8 *shut, guint n_links);
void sf_choices_free (SfChoices *choices);
