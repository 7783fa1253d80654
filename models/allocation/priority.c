/* priority.c - the most urgent are served first. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Claims are met in the order of their priority (1 first); those of equal
 * priority share in proportion what is left for them.
 */
#include "sim/engine/model.h"

typedef struct {
  char nothing;
} Priority;

static const SfParam params[] = { SF_PARAM_END };

/* Which claims are of a class cannot be foreseen by a processor, so the loops
 * below choose numbers, not ways. */

/* The lowest priority number above `last`, or the largest number. */
static double
next_priority (const SfClaim *claims, guint n, double last)
{
  double best = G_MAXDOUBLE;
  for (guint i = 0; i < n; i++) {
    double p = claims[i].priority > last ? claims[i].priority : G_MAXDOUBLE;
    best = MIN (best, p);
  }
  return best;
}

static void
allocate (const void *self, const SfClaim *claims, guint n, double supply,
          double *award)
{
  for (double p = next_priority (claims, n, -G_MAXDOUBLE); p < G_MAXDOUBLE;
       p = next_priority (claims, n, p)) {
    double sum = 0;
    for (guint i = 0; i < n; i++)
      sum += claims[i].priority == p ? claims[i].wanted : 0;
    double share = sum > supply && sum > 0 ? supply / sum : 1;
    for (guint i = 0; i < n; i++) {
      double part = claims[i].wanted * share;
      award[i] = claims[i].priority == p ? part : award[i];
    }
    supply = MAX (supply - sum * share, 0);
  }
}

const SfModel sf_model_allocation_priority = {
  .info = { "allocation/priority", N_ ("the most urgent are served first"),
            N_ ("Claims are met in order of priority, 1 first; equals share in "
                "proportion."),
            params, sizeof (Priority), NULL },
  .allocate = allocate,
};
