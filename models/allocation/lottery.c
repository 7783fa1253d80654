/* lottery.c - served in an order drawn by lot. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every day an order of the claims is drawn, all orders being equally likely,
 * and claims are met in full in that order while there is supply:
 *
 *   award = min (wanted, what those before leave)
 *
 * The mean award over all orders is the random arrival rule, which is the
 * Shapley value of the claims problem (O'Neill, "A problem of rights
 * arbitration from the Talmud", Mathematical Social Sciences 2, 1982).
 * Assumed: the lots of a day hold until midnight and for every stock; they
 * are drawn for places in the list of claims, so classes that stand at the
 * same place in two markets are lucky together. Amounts are those of the
 * commodity (m3 or t); a claim is a class of users, not a person.
 */
#include "sim/engine/model.h"

typedef struct {
  char nothing;
  /* state */
  SfStream lots; /* of today, before the first is drawn */
} Lottery;

static const SfParam params[] = { SF_PARAM_END };

static void
review (void *data, SfWorld *w, guint day)
{
  Lottery *self = data;
  sf_world_stream (w, self, day, &self->lots);
}

static void
start (void *data, SfWorld *w)
{
  review (data, w, 0);
}

static void
allocate (const void *data, const SfClaim *claims, guint n, double supply,
          double *award)
{
  const Lottery *self = data;
  /* A copy gives the same lots each time a stock is shared out today. */
  SfStream lots = self->lots;
  /* A lot is a negative number until its claim has been met. */
  for (guint i = 0; i < n; i++)
    award[i] = -sf_stream_uniform (&lots);
  for (guint k = 0; k < n; k++) {
    guint first = 0;
    for (guint i = 1; i < n; i++)
      if (award[i] < award[first])
        first = i;
    award[first] = MIN (claims[first].wanted, supply);
    supply -= award[first];
  }
}

const SfModel sf_model_allocation_lottery = {
  .info
  = { "allocation/lottery", N_ ("served in an order drawn by lot"),
      N_ ("Claims are met in full in an order that is drawn every day, all "
          "orders being equally likely; the last ones get what is left. On "
          "the mean this is the random arrival rule (O'Neill 1982). "
          "Priorities are ignored."),
      params, sizeof (Lottery), NULL },
  .start = start,
  .review = review,
  .allocate = allocate,
};
