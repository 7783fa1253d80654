/* equal-awards.c - the same amount for everybody. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constrained equal awards:
 *
 *   award = min (wanted, L),  L such that the awards add up to the supply
 *
 * Small claims are met in full, and what they leave is shared by the others.
 * Amounts are those of the commodity (m3 or t). A claim is a class of users,
 * not a person: a class of few gets as much as a class of many. Source: the
 * claims problem as in Thomson, "Axiomatic and game-theoretic analysis of
 * bankruptcy and taxation problems", Mathematical Social Sciences 45, 2003.
 */
#include "sim/engine/model.h"

typedef struct {
  char nothing;
} EqualAwards;

static const SfParam params[] = { SF_PARAM_END };

/* L: rises to the equal share of what the claims below it leave, until no
 * further claim falls below. */
static double
find_level (const SfClaim *claims, guint n, double supply)
{
  double level = -1;
  for (;;) {
    double left = supply;
    guint above = 0;
    for (guint i = 0; i < n; i++) {
      if (claims[i].wanted > level)
        above++;
      else
        left -= claims[i].wanted;
    }
    if (above == 0 || left / above <= level)
      return level;
    level = left / above;
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
  double level = MAX (find_level (claims, n, supply), 0);
  for (guint i = 0; i < n; i++)
    award[i] = MIN (claims[i].wanted, level);
}

const SfModel sf_model_allocation_equal_awards = {
  .info = { "allocation/equal-awards", N_ ("the same amount for everybody"),
            N_ ("award = min (wanted, L), L such that the awards add up to the "
                "supply (constrained equal awards). Each class has one claim, "
                "however many people it stands for; priorities are ignored."),
            params, sizeof (EqualAwards), NULL },
  .allocate = allocate,
};
