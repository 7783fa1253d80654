/* page.h - the story of one replication as a page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One HTML file that needs no network and no script: the chain of turning
 * points with their reasons, a small curve of service above it for each good
 * that fell short, and the whole log below, folded. It reads on a phone and
 * prints; days are headings, so that a screen reader can jump.
 */
#pragma once

#include "sim/story/chain.h"

/* The page in the language in use; to be freed. Whatever comes from the scenario
 * is escaped. */
char *sf_story_page (const SfChain *chain, const SfStory *story,
                     guint replication, guint64 seed);
