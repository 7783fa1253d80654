/* stations.h - models that only a benchmark has. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written against the public engine (sim/engine/model.h), as somebody would
 * who has a queueing network to simulate: the clock, the pending set, timers,
 * named streams, gauges and the fingerprint are the engine's.
 *
 * "bench/stations": each of stations_count stations has arrivals of its own
 * from outside (Poisson), one server with exponential services, a line without
 * limit, first come first served. Who was served goes on with onward_prob to a
 * station drawn at random, or leaves. Arrivals, services and ways of each
 * station have streams of their own. Of each station are kept the mean number
 * there over time and the mean time spent there; the means over the stations
 * are gauges of every day.
 *
 * "bench/hold": timers_count timers; each, when its time comes, sets itself
 * again, by delays from a table. What is left is the engine's own cost.
 */
#pragma once

#include "sim/engine/model.h"

/* Both, ending with NULL. */
extern const SfModelInfo *const bench_models[];

/* The table of delays of "bench/hold": exponential, mean 1e6 ticks. */
#define BENCH_DELAYS (1u << 16)
void bench_delays_fill (SfTick *delays);
