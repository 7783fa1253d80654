/* compare-report.h - a comparison as people read it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table a measure, with a verdict in words for each scenario, remarks where
 * a number needs care, and at the end how to read it. As CSV and JSON it is the
 * tidy table of comparison.h.
 */
#pragma once

#include "sim/cli/comparison.h"

/* The whole in one of the four ways of table.h; owned by the caller. */
char *sf_comparison_print (const SfComparison *comparison,
                           SfTableFormat format);
