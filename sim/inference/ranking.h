/* ranking.h - which contender is best, for how many runs. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contenders are scenarios, or anything else that gives one number a
 * replication. All get n0 replications; which get more is decided by what was
 * seen: SF_RANK_KN runs those that are still in contention until one is left
 * (race.h), SF_RANK_OCBA spends a fixed budget where it helps most (ocba.h).
 * Replication r of one contender should have the same luck as replication r of
 * another: only differences count, and their spread is then smaller.
 *
 * Contenders that gave the very same numbers in all of the first n0 are twins:
 * only the first of them is run on, and the others share its fate. They are
 * told apart by more replications at the start or not at all.
 *
 * Nothing is selected in silence. However it ends, each contender has an
 * interval for how much worse it is than the best of the others, and those
 * that may be within the indifference zone of the best are marked. These are
 * multiple comparisons with the best as in J. C. Hsu, "Multiple Comparisons:
 * Theory and Methods" (1996), from t intervals of all pairs of differences
 * over the replications both have, all holding together with the confidence
 * asked for (Bonferroni). Student's t assumes a number of replications fixed in
 * advance, so with SF_RANK_KN they are somewhat too short. One that is
 * eliminated is often still within the zone: that it is worse does not say by
 * how much.
 *
 * This module runs nothing itself: the caller draws outcomes.
 */
#pragma once

#include "sim/inference/interval.h"

typedef enum { SF_RANK_KN, SF_RANK_OCBA } SfRankMethod;

typedef struct {
  SfRankMethod method;
  guint k;             /* contenders, 2 or more */
  guint n0;            /* replications of each to begin with, 2 or more */
  guint batch;         /* replications drawn at a time, 1 or more: of each (KN),
                          which changes no result; of all (OCBA), between two
                          looks at the shares */
  guint limit;         /* KN: replications of one contender, n0 or more;
                          OCBA: of all together, k n0 or more */
  double confidence;   /* above 0.5, below 1 */
  double indifference; /* in the unit of the outcomes; > 0 */
  double indifference_frac; /* if > 0 the above is this share of the mean of
                               the first n0 outcomes of contender 0 */
  gboolean is_largest;      /* the largest mean is the best */
} SfRankRule;

/* Draws outcomes of replications first to first + n - 1 of a contender into
 * values: finite ones. FALSE with an error ends the ranking. The same arguments
 * must give the same outcomes. */
typedef gboolean (*SfRankDraw) (guint contender, guint first, guint n,
                                double *values, gpointer data, GError **error);

typedef enum {
  SF_RANK_SELECTED,
  SF_RANK_IN,         /* in contention, it was not decided */
  SF_RANK_ELIMINATED, /* KN: clearly no better than another */
  SF_RANK_PASSED,     /* OCBA: another is selected */
  SF_RANK_TWIN,       /* see above */
} SfRankFate;

typedef struct {
  SfRankFate fate;
  gint twin;  /* whose twin it is, or -1 */
  guint n;    /* outcomes that counted */
  guint left; /* KN: after so many replications it was eliminated, or 0 */
  double mean, sd;
  double ci;    /* half-width of the mean's own t interval, at the confidence */
  double worse; /* than the best of the others, by so much; < 0: it leads */
  double worse_low, worse_high; /* interval of that */
  gboolean is_near; /* not the best itself, and worse_low <= indifference */
  /* Against the best, over the replications both have (see pairs.h); NAN for
   * the best itself and where nothing varies. */
  double correlation, variance_ratio;
  gboolean is_out_of_step;
  SfShape shape; /* of the differences from the best: are they near normal? */
} SfRanked;

typedef struct {
  guint k, best; /* the best mean of those in */
  SfRanked *ranked;
  gboolean is_decided;
  double indifference; /* as it was used */
  double correct_prob; /* OCBA: at least so likely the best is the best; NAN */
  double good_prob;    /* OCBA: ... none is better by the indifference; NAN */
  guint n_most;        /* replications of the contender with the most */
  guint n_counted;     /* outcomes that counted, of all */
  guint n_drawn;       /* outcomes drawn: some of a batch may not be needed */
} SfRanking;

typedef enum {
  SF_RANK_ERROR_INDIFFERENCE, /* a share of a mean that is 0 */
  SF_RANK_ERROR_DRAW,         /* for those who draw: there is no outcome */
} SfRankError;
#define SF_RANK_ERROR (sf_rank_error_quark ())
GQuark sf_rank_error_quark (void);

/* Ranks. KN is decided when one contender is left (apart from its twins);
 * OCBA when good_prob reaches the confidence, else it says what is likeliest.
 * NULL with the error of `draw`, or SF_RANK_ERROR. */
SfRanking *sf_rank (const SfRankRule *rule, SfRankDraw draw, gpointer data,
                    GError **error);
void sf_ranking_free (SfRanking *ranking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRanking, sf_ranking_free)
