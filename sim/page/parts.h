/* parts.h - the parts of a page, in their order. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each puts what stands below the heading of one section. A section whose table or figure is not in the folder
 * stays, and says what is missing: a reader must not take silence for calm.
 */
#pragma once

#include "sim/page/source.h"

/* The page under way. */
typedef struct {
  const SfPageSource *source;
  GString *out;
} SfPage;

/* story.c */
void sf_page_put_question (SfPage *page);
void sf_page_put_headline (SfPage *page);
void sf_page_put_curves (SfPage *page);
void sf_page_put_map (SfPage *page);
void sf_page_put_events (SfPage *page);
void sf_page_put_causes (SfPage *page);

/* effects.c */
void sf_page_put_service (SfPage *page);
void sf_page_put_levers (SfPage *page);

/* basis.c */
void sf_page_put_assumptions (SfPage *page);

/* What a number is called, from its place in the file: "fuel depot" of
 * "/assumptions/fuel_depot_days"; to be freed. */
char *sf_page_plain_name (const char *pointer);

/* How weak a word of confidence is, 1 the strongest, and the word in the
 * language in use. */
int sf_page_weakness (const char *confidence);
const char *sf_page_confidence (const char *confidence);

/* sensitivity.c: puts nothing when there is no such folder. */
void sf_page_put_sensitivity (SfPage *page);

/* page.c */
void sf_page_put_balance (SfPage *page);
void sf_page_put_limits (SfPage *page);
void sf_page_put_making (SfPage *page);
