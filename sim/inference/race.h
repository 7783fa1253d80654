/* race.h - who is best? Replication by replication, losers leave. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The procedure KN of Kim and Nelson, "A fully sequential procedure for
 * indifference-zone selection in simulation", ACM TOMACS 11 (2001), doi
 * 10.1145/502109.502111, with c = 1. After n0 replications of all k contenders
 * S2_il is the variance of the n0 differences between i and l. With
 *   eta = ((2 a / (k - 1))^(-2 / (n0 - 1)) - 1) / 2    h2 = 2 eta (n0 - 1)
 *   W_il (r) = max (0, d / (2 r) (h2 S2_il / d^2 - r))
 * contender i stays after r replications when its mean is no worse than
 * W_il (r) behind that of every other l that was in before. So contenders that
 * are clearly worse leave early, and close ones take many replications.
 *
 * What it promises: with probability 1 - a or more the best is selected, when
 * it is ahead of every other by d or more. What that rests on: outcomes that
 * are close to normal, and replications independent of one another; contenders
 * may and should meet the same luck, since only differences count. When some
 * are less than d apart one of those may come out, and it is up to the caller
 * to say so (see ranking.h).
 *
 * It always ends: once r exceeds h2 S2_il / d^2 for all that are left, the
 * best mean wins, the first of equal ones.
 */
#pragma once

#include <glib.h>

typedef struct {
  guint k;             /* contenders, 2 or more */
  guint n0;            /* replications before the first decision, 2 or more */
  double error_prob;   /* a: 0 to (k - 1) / 2, as a rule 0.05 */
  double indifference; /* d > 0: a lead that is worth finding, in the unit of
                          the outcomes */
  gboolean is_largest; /* the largest mean is the best; else the smallest */
} SfRaceRule;

typedef struct SfRace SfRace;

SfRace *sf_race_new (const SfRaceRule *rule);
void sf_race_free (SfRace *race);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRace, sf_race_free)

/* The constants, for those who check. */
double sf_race_eta (const SfRaceRule *rule);
double sf_race_h2 (const SfRaceRule *rule);

/* Adds the next replication: k outcomes, of which only those of contenders
 * still in are read (they must be finite). TRUE as long as more is wanted.
 * Once it is FALSE nothing may be added. Cost: k^2 after the first n0, which
 * cost k^2 n0 at their end. */
gboolean sf_race_add (SfRace *race, const double *outcomes);

/* Replications so far. */
guint sf_race_n (const SfRace *race);
/* After how many replications a contender left; 0: it is in. When the race is
 * over one is in. */
guint sf_race_left (const SfRace *race, guint contender);
/* The one in with the best mean, the first of equal ones. */
guint sf_race_best (const SfRace *race);
