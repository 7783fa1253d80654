/* contrast.h - several scenarios against one. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One measure of a reference and of others that met the same luck: each is set
 * against the reference pair by pair (pairs.h), with intervals that hold
 * together at the level asked for. Where a side has a cost, what it costs to
 * lower the measure by one is estimated as well.
 */
#pragma once

#include "sim/inference/pairs.h"

/* One side; all borrowed. Value i is that of replication i, n on every side. */
typedef struct {
  const gboolean *is_done; /* n; a replication counts when it is done on both
                              sides */
  const double *values;    /* n; NULL: this side has no such measure */
  const double *cost;      /* n; NULL: of no interest */
} SfContrastSide;

typedef struct {
  gboolean is_there; /* both sides have the measure; else all is empty */
  SfPairs pairs;     /* a: the reference; b: this side */
  double p_holm;     /* p adjusted over all that are there */
  SfInterval
      per_unit;      /* (cost b - cost a) / (a - b) by Fieller, at the level of
                          the pairs; n = 0 without costs, no bounds when a - b
                          cannot be told from 0 */
  SfShape shape;     /* of the differences */
  SfZeroHeavy parts; /* of this side's own values, over the pairs */
  SfZeroHeavy parts_reference; /* and of the reference's */
} SfContrast;

/* Sets side k + 1 against the first one and fills out[k], for all n_sides - 1.
 * Every interval has sf_level_each (level, n_sides - 1).
 * Linear in n for each. */
void sf_contrast (const SfContrastSide *sides, guint n_sides, guint n,
                  double level, SfContrast *out);
