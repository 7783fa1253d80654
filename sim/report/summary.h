/* summary.h - the page a planner reads first. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * summary.txt says in plain text what was run, what came out for the capital,
 * whether the goods add up, what it all rests on, and what it is not. The
 * numbers are those of the tables, rounded; it holds nothing that depends on
 * when or how the run was made.
 */
#pragma once

#include "sim/report/tables.h"

/* The page, ending in a newline; to be freed. `causes` is a paragraph on what
 * drove the shortage, or why that was not asked, ending in a newline; NULL: none.
 */
char *sf_summary_text (const SfResults *results, const char *causes);

/* Writes it as summary.txt into `folder`. FALSE with G_FILE_ERROR. */
gboolean sf_summary_write (const SfResults *results, const char *causes,
                           const char *folder, GError **error);
