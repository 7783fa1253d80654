/* proportional.c - scarcity is shared in proportion. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * award = wanted * min (1, supply / sum of wanted).
 */
#include "sim/engine/model.h"

typedef struct {
  char nothing;
} Proportional;

static const SfParam params[] = { SF_PARAM_END };

static void
allocate (const void *self, const SfClaim *claims, guint n, double supply,
          double *award)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += claims[i].wanted;
  double share = sum > supply && sum > 0 ? supply / sum : 1;
  for (guint i = 0; i < n; i++)
    award[i] = claims[i].wanted * share;
}

const SfModel sf_model_allocation_proportional = {
  .info = { "allocation/proportional", N_ ("scarcity is shared in proportion"),
            N_ ("award = wanted * min (1, supply / sum of wanted)."), params,
            sizeof (Proportional), NULL },
  .allocate = allocate,
};
