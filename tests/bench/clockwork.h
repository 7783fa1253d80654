/* clockwork.h - medians of measurements. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the benchmarks in C share: a clock of nanoseconds, and medians. What is
 * compared is measured in turns, one round of each after the other, so that
 * whatever slows the machine down meets all of them.
 */
#pragma once

#include <glib.h>
#include <stdlib.h>
#include <time.h>

/* Processor time of this thread: what others do in between is not in it. */
static inline double
clock_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

static inline int
compare_reals (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Sorts the values; n >= 1. */
static inline double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_reals);
  return values[n / 2];
}
