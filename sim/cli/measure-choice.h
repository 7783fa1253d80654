/* measure-choice.h - which numbers a command looks at, and what they are called. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Commands that compare runs or decide when there are enough of them work on
 * measures: metrics of the book (observe/book.h) by name, or sums of them, as
 * sf_book_find_sum() takes them. Here are the sets that are taken when none is
 * named, and their titles for people.
 */
#pragma once

#include "sim/cli/cmd.h"
#include "sim/experiment/run.h"
#include "sim/scenario/scenario.h"

/* What a planner compares: for the capital person-days without each commodity,
 * and of each fuel days of shortage and what was not met; trucks lost; the cost.
 * Names (char *), owned by the caller. */
GPtrArray *sf_measures_to_compare (const SfScenario *scenario);

/* What decides whether there are enough replications: person-days without each
 * fuel in the capital (without each commodity where it has no fuel), and trucks
 * lost. Only what the book has. */
GPtrArray *sf_measures_to_settle (const SfScenario *scenario,
                                  const SfBook *book);

/* Says on standard error that there is no such measure, with the nearest name;
 * returns SF_EXIT_USAGE. */
SfExit sf_measure_unknown (const SfInvocation *invocation, const SfBook *book,
                           const char *name);

/* What people read instead of a name. */
typedef struct {
  char *title;             /* "Person-days without: Petrol, Bamako" */
  gboolean is_counted;     /* there are fewer days, but less fuel */
  gboolean is_person_days; /* which a lever averts */
} SfMeasureLabel;

/* Words are those of the language, titles as in the scenario. */
SfMeasureLabel sf_measure_label (const SfScenario *scenario, const char *name);
void sf_measure_label_clear (SfMeasureLabel *label);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfMeasureLabel, sf_measure_label_clear)
