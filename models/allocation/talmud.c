/* talmud.c - equal awards up to one half, then equal losses. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With C the sum of all that is wanted and S the supply:
 *
 *   S <= C / 2:  award = min (wanted / 2, L)
 *   else:        award = wanted - min (wanted / 2, L)
 *
 * L such that the awards add up to the supply. Nobody gets more than half of
 * what he wants before all have half of theirs. For two claims this is
 * "divide the contested". Amounts are those of the commodity (m3 or t); a
 * claim is a class of users, not a person. Source: Aumann and Maschler, "Game
 * theoretic analysis of a bankruptcy problem from the Talmud", Journal of
 * Economic Theory 36, 1985.
 */
#include "sim/engine/model.h"

typedef struct {
  char nothing;
} Talmud;

static const SfParam params[] = { SF_PARAM_END };

/* L such that the sum of min (wanted / 2, L) is `sum`, which is at most half
 * of all that is wanted. */
static double
find_level (const SfClaim *claims, guint n, double sum)
{
  double level = -1;
  for (;;) {
    double left = sum;
    guint above = 0;
    for (guint i = 0; i < n; i++) {
      if (claims[i].wanted / 2 > level)
        above++;
      else
        left -= claims[i].wanted / 2;
    }
    if (above == 0 || left / above <= level)
      return MAX (level, 0);
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
  gboolean is_little = supply <= all / 2;
  double level = find_level (claims, n, is_little ? supply : all - supply);
  for (guint i = 0; i < n; i++) {
    double part = MIN (claims[i].wanted / 2, level);
    award[i] = is_little ? part : claims[i].wanted - part;
  }
}

const SfModel sf_model_allocation_talmud = {
  .info
  = { "allocation/talmud", N_ ("equal awards to one half, then equal losses"),
      N_ ("When the supply is at most half of all that is wanted, award = "
          "min (wanted / 2, L), else wanted - min (wanted / 2, L), L such "
          "that the awards add up to the supply (Aumann and Maschler 1985). "
          "Each class has one claim, however many people it stands for; "
          "priorities are ignored."),
      params, sizeof (Talmud), NULL },
  .allocate = allocate,
};
