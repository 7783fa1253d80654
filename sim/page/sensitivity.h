/* sensitivity.h - what a sensitivity analysis looked at, and in which futures. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The manifest of a folder of `sensitivity` says what was varied ("factors"),
 * what was looked at ("outcomes") and, after PRIM, where it happens ("box").
 * Here these are put into words, for the page and for its figures.
 */
#pragma once

#include "sim/page/source.h"

/* The record of a factor by its id, or by its title or a translation, which
 * tables and figures show when it is short; NULL. And its row in the table of the run's assumptions
 * (which may be NULL), that of its target or of what the target follows; -1. */
const SfJson *sf_page_factor (const SfJson *manifest, const char *name);
gint sf_page_factor_row (const SfPageTable *assumptions, const SfJson *factor);

/* What a factor is called (`factor` NULL: from its id), and an outcome, without
 * and with its unit; to be freed. */
char *sf_page_factor_name (const SfJson *factor, const char *id);
char *sf_page_outcome_name (const SfJson *manifest, const char *outcome);
char *sf_page_outcome_title (const SfJson *manifest, const char *outcome);

/* A limit of a box: "5 or more", "from 5 to 11 days"; to be freed. */
char *sf_page_limit (const SfJson *limit);

/* What is looked for, as a question, "In which futures: days of shortage, 20 or
 * more?", and the answer: "In futures where fear is 5 or more, ..."; to be
 * freed. */
char *sf_page_box_title (const SfJson *manifest, const SfJson *box);
char *sf_page_box_sentence (const SfJson *manifest, const SfJson *box);
