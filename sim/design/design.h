/* design.h - which points of the factor space to run. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A design is a list of points with one value a factor. A point is found from
 * its number alone: row i is a function of (spec, seed, i), the same on every
 * machine, whichever rows were asked for before and by however many workers.
 * Only the Latin hypercube needs memory that grows with the number of points.
 * What a value means (a quantile of a distribution, one of a list of choices)
 * is the caller's: rows are plain numbers of one of three kinds.
 *
 * Levels: `grid` gives the number of the level, 0 to levels - 1, and the
 * two-level designs give 0 (low) or 1 (high): sf_design_is_levelled().
 * Unit: `lhs`, `random`, `saltelli`, and scrambled `sobol` and `halton` give
 * reals strictly between 0 and 1, so that no quantile is infinite; unscrambled
 * `sobol` and `halton` begin with the point 0 in every factor and are above 0
 * from then on.
 * Steps: `morris` gives multiples of 1 / (p - 1) from 0 to 1, both included;
 * radial, reals strictly between 0 and 1.
 */
#pragma once

#include <glib.h>

#define SF_DESIGN_ERROR (sf_design_error_quark ())
GQuark sf_design_error_quark (void);

typedef enum {
  SF_DESIGN_ERROR_SPEC,     /* what is asked for makes no sense */
  SF_DESIGN_ERROR_TOO_MANY, /* more points, or cells, than are allowed */
} SfDesignError;

/* The kinds, and the words of a study file for them (in lower case, as here):
 *
 * grid: every combination of levels; the last factor changes fastest.
 * lhs: Latin hypercube, one point in each of n equal slices of each factor
 *   (McKay, Beckman and Conover, Technometrics 21, 1979).
 * sobol: digital (t, s)-sequence in base 2 with the direction numbers of Joe
 *   and Kuo (2008), points in Gray-code order, from point 0. Take a power of
 *   two of them: others are not balanced (Owen, "On dropping the first Sobol'
 *   point", 2020).
 * halton: radical inverses in the first primes, from point 0.
 * factorial: all 2^k corners in standard order; the first factor changes
 *   fastest.
 * fractional: the 2^(k-g) corners that g generators leave.
 * plackett_burman: n corners for up to n - 1 factors, n a multiple of 4, with
 *   orthogonal columns (Plackett and Burman, Biometrika 33, 1946).
 * morris: trajectories in which each factor moves once (Morris, Technometrics
 *   33, 1991).
 * saltelli: the rows for variance-based indices (Saltelli et al., Comput. Phys.
 *   Commun. 181, 2010).
 * random: independent uniform points, plain Monte Carlo. */
typedef enum {
  SF_DESIGN_GRID,
  SF_DESIGN_LHS,
  SF_DESIGN_SOBOL,
  SF_DESIGN_HALTON,
  SF_DESIGN_FACTORIAL,
  SF_DESIGN_FRACTIONAL,
  SF_DESIGN_PLACKETT_BURMAN,
  SF_DESIGN_MORRIS,
  SF_DESIGN_SALTELLI,
  SF_DESIGN_RANDOM,
  SF_DESIGN_N_KINDS,
} SfDesignKind;

/* Limits; what is beyond is refused before memory is touched. */
#define SF_DESIGN_POINTS_MAX G_GUINT64_CONSTANT (1000000000)
#define SF_DESIGN_FACTORS_MAX 10000
#define SF_DESIGN_SOBOL_FACTORS_MAX 1111   /* saltelli, radial: half of it */
#define SF_DESIGN_HALTON_FACTORS_MAX 100   /* far fewer are sensible */
#define SF_DESIGN_LETTERS_MAX 50           /* factors of `fractional` */
#define SF_DESIGN_GENERATORS_MAX 16        /* of `fractional` */
#define SF_DESIGN_PB_FACTORS_MAX 255       /* of `plackett_burman` */
#define SF_DESIGN_LHS_CELLS_MAX (1u << 28) /* points times factors: 1 GiB */
#define SF_DESIGN_MAXIMIN_POINTS_MAX 2000  /* 32 MB while it is made */
#define SF_DESIGN_CANDIDATES_MAX 1000

/* What is asked for. Zero bytes are defaults; members that are not of the kind
 * are ignored. Nothing is kept: the design has its own copy. */
typedef struct {
  SfDesignKind kind;
  guint n_factors; /* 1 or more */
  guint64 seed;    /* of everything random; grids and corners have nothing */
  /* grid: levels by factor, each 1 or more */
  const guint *levels;
  /* lhs, sobol, halton, random: points. saltelli: base rows, a power of two */
  guint64 points_count;
  /* sobol, halton, saltelli. Sobol: Owen's nested uniform scrambling (1995),
   * exact: every digit is flipped by a coin that belongs to the digits before
   * it. Halton: a random permutation for each place of each factor (Owen, "A
   * randomized Halton algorithm in R", 2017). Both keep the net property and
   * fill the digits below: 52 bits. */
  gboolean is_scrambled;
  /* lhs: points in the middle of their cells, cells exchanged until the closest
   * pair cannot be moved apart (the criterion of Johnson, Moore and Ylvisaker,
   * 1990); the best of candidates_count starts, default 20, or of as many as 5
   * million exchanges tried allow */
  gboolean is_maximin;
  /* lhs, extendable (0: not): points_count is base * 2^d. The first base * 2^c
   * points are the same for every d and are a Latin hypercube for every c. Not
   * together with is_maximin. */
  guint lhs_base_count;
  /* fractional: NULL-terminated, "E=ABCD" or "5=1*2*3*4", "E=-ABCD" for the
   * other half; the first factor is A or 1, and there is no letter I (A to H, J
   * to Z, a to h, j to z). The right sides name factors which no generator
   * makes. Resolution II is refused. */
  const char *const *generators;
  /* plackett_burman: followed by its mirror image, which frees the main
   * effects of two-factor interactions (resolution IV) */
  gboolean is_folded;
  /* morris: r trajectories on p levels (even, 0 for 4); each step is
   * p / (2 (p - 1)) up or down. With candidates, the r of so many that are
   * spread most (Campolongo, Cariboni and Saltelli, Environ. Model. Softw. 22,
   * 2007; greedy choice, then exchange to a local optimum) */
  guint trajectories_count, grid_levels_count, candidates_count;
  /* morris: radial, from a scrambled Sobol sequence: a row a, then a with one
   * factor after the other as in a row b (Campolongo, Saltelli and Cariboni,
   * Comput. Phys. Commun. 182, 2011). Steps differ in size and can be small (0
   * with probability 2^-52): prefer trajectories where outputs are noisy. */
  gboolean is_radial;
  /* morris, saltelli: group of each factor, 0 to the number of groups - 1, each
   * used; a group moves as one. NULL: each factor by itself. */
  const guint *groups;
  /* saltelli: also the rows for second-order indices */
  gboolean has_second_order;
} SfDesignSpec;

/* The word for a kind; NULL for no kind. */
const char *sf_design_kind_word (SfDesignKind kind);
/* The kind of a word; FALSE when there is none. */
gboolean sf_design_kind_from_word (const char *word, SfDesignKind *kind);

/* Checks all of the spec and finds the number of points, without memory. Fails
 * with SF_DESIGN_ERROR_TOO_MANY above SF_DESIGN_POINTS_MAX (also where the
 * number does not fit 64 bits) and SF_DESIGN_ERROR_SPEC for everything that
 * makes no sense. The message begins with what is wrong, and names it. */
gboolean sf_design_count_points (const SfDesignSpec *spec, guint64 *count,
                                 GError **error);

/* A design; constant once made, so that threads may share it. */
typedef struct SfDesign SfDesign;

/* The design of a spec, owned by the caller; NULL with an error as above. At
 * once but for `lhs` (a second for ten million cells), maximin (at most twenty
 * seconds) and candidates (a second for 1000 of 10 factors, at most 20). */
SfDesign *sf_design_new (const SfDesignSpec *spec, GError **error);
void sf_design_free (SfDesign *design);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDesign, sf_design_free)

/* Number of points. */
guint64 sf_design_count (const SfDesign *design);

/* Point i (0 to count - 1): n_factors values into u. 5 to 250 ns a factor; the
 * most is for scrambled Sobol. */
void sf_design_row (const SfDesign *design, guint64 i, double *u);

/* Whether rows are whole numbers of levels. */
gboolean sf_design_is_levelled (const SfDesign *design);

/* Rows that stand or fall together: point = block * rows + position, and when
 * a run of a block fails the block is lost to the analysis. With g groups (or
 * factors):
 *
 * morris: g + 1. Position 0 is the start. Between one row and the next exactly
 *   one group differs, and each once. Radial: every row differs from position
 *   0 instead, in the group of its position - 1.
 * saltelli: g + 2, or 2 g + 2 with second order. Position 0 is A, 1 is B, 2 + j
 *   is A with group j from B, 2 + g + j is B with group j from A. A and B are
 *   the halves of one sequence of 2 n_factors dimensions. Scrambled, base row 0
 *   is the sequence's point 0, so that 2^m rows are a net. Unscrambled, it is
 *   point 1: in point 0 all rows of a block would be the same corner, where
 *   quantiles may be infinite (in point 1 all are the centre).
 * others: 1. */
guint sf_design_rows_per_block (const SfDesign *design);

/* The resolution of a fractional design, 3 or more: the length of the shortest
 * word of its defining relation. 0 with an error for a spec that is none. */
guint sf_design_resolution (const SfDesignSpec *spec, GError **error);

/* What a fractional design cannot tell apart, as lines of text: size and
 * resolution, the letter of each factor when `names` (one a factor) is not
 * NULL, the defining relation, and for each main effect and two-factor
 * interaction those of its aliases that have the fewest factors. An interaction
 * that stands in a line above has none of its own. NULL with an error for a
 * spec that is no such design. The text is the caller's. */
char *sf_design_alias_text (const SfDesignSpec *spec, const char *const *names,
                            GError **error);
