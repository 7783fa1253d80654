/* quantiles.h - how well the tail of a run is known. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "In one run of twenty it is worse than this" rests on the few worst runs. The
 * interval is exact whatever the distribution (inference/interval.h), and where
 * there are too few replications for a bound it says so.
 */
#pragma once

#include "sim/experiment/run.h"

/* A table of quantile p (0 < p < 1) of measures (char *) with their 95 %
 * intervals; to be freed. */
char *sf_quantiles_text (const SfRun *run, const GPtrArray *measures, double p);
