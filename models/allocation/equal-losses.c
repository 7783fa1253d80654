/* equal-losses.c - everybody goes without the same amount. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constrained equal losses:
 *
 *   award = max (wanted - L, 0),  L such that the awards add up to the supply
 *
 * Claims below L get nothing; the rule favours those who want much. Amounts
 * are those of the commodity (m3 or t); a claim is a class of users, not a
 * person. Source: as for equal awards, of which it is the dual (Thomson,
 * Mathematical Social Sciences 45, 2003).
 */
#include "sim/engine/model.h"

typedef struct {
  char nothing;
} EqualLosses;

static const SfParam params[] = { SF_PARAM_END };

/* L: rises to the equal loss of the claims above it, until no further claim
 * falls below. */
static double
find_loss (const SfClaim *claims, guint n, double supply)
{
  double loss = 0;
  for (;;) {
    double excess = -supply;
    guint above = 0;
    for (guint i = 0; i < n; i++) {
      if (claims[i].wanted > loss) {
        excess += claims[i].wanted;
        above++;
      }
    }
    if (above == 0 || excess / above <= loss)
      return loss;
    loss = excess / above;
  }
}

static void
allocate (const void *self, const SfClaim *claims, guint n, double supply,
          double *award)
{
  double all = 0;
  for (guint i = 0; i < n; i++)
    all += award[i] = claims[i].wanted;
  if (all <= supply)
    return; /* enough for everybody, as on most days */
  double loss = find_loss (claims, n, supply);
  for (guint i = 0; i < n; i++)
    award[i] = MAX (claims[i].wanted - loss, 0);
}

const SfModel sf_model_allocation_equal_losses = {
  .info
  = { "allocation/equal-losses", N_ ("everybody goes without the same amount"),
      N_ ("award = max (wanted - L, 0), L such that the awards add up to "
          "the supply (constrained equal losses). Each class has one claim, "
          "however many people it stands for; priorities are ignored."),
      params, sizeof (EqualLosses), NULL },
  .allocate = allocate,
};
