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
  const SfJson *factors; /* of the sensitivity analysis at hand; or NULL */
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

/* page.c */
void sf_page_put_balance (SfPage *page);
void sf_page_put_limits (SfPage *page);
void sf_page_put_making (SfPage *page);
