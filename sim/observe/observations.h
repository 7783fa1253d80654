/* observations.h - what was seen, and how near the runs come. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An observations file is a list of rows. A row is one thing that was seen; it
 * has parts, each a statistic of one replication with the bounds within which
 * it counts as right. A row is hit when every part of it that has bounds is,
 * by the median of the replications. See scenarios/README.md for the format.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/base/param.h"
#include "sim/base/units.h"
#include "sim/observe/book.h"

typedef struct SfObservations SfObservations;

/* A row as reports show it; texts are borrowed from the observations. */
typedef struct {
  const char *id, *number; /* "9a": as shown; the id when none is given */
  const char *title, *source, *confidence, *note; /* NULL when none */
  gboolean is_order;  /* states an order only: left out of the coverage */
  SfDate first, last; /* days that its evidence is about */
  guint first_part, n_parts;
} SfObservationRow;

/* A part: NAN where a bound or a value is not given. A part without bounds
 * only names a number for others. */
typedef struct {
  const char *id, *title, *unit;
  guint row;
  double min, max;  /* inclusive */
  double value;     /* what was reported, for the CRPS and the coverage */
  double tolerance; /* distance from a bound that counts as 1; NAN when there
                       are no bounds */
} SfObservationPart;

/* Reads a file. NULL when anything is wrong; every mistake found is then in
 * `mistakes`, with line and JSON path. */
SfObservations *sf_observations_read (const char *path, SfMistakes *mistakes);
/* Takes an object of parts in another document ("outcomes" of a study) as the
 * one row "outcomes": nothing is to be hit, so no bounds are asked for. The
 * document stays the caller's and must outlive the answer. */
SfObservations *sf_observations_of_parts (SfJsonDoc *doc, const SfJson *parts,
                                          const char *pointer, SfDate day0,
                                          SfMistakes *mistakes);
/* The keys of one part, for schemas and manuals; "series" comes besides. */
extern const SfParam sf_observation_part_params[];

void sf_observations_free (SfObservations *observations);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfObservations, sf_observations_free)

/* Finds the series and metrics that the parts name in a book; `start` is the
 * first day of the run, so that days counted from the file's day 0 become days
 * of the run. FALSE, with mistakes, when one is not recorded or lies outside
 * the run. With mistakes NULL such a part is one that never happens, and the
 * answer is TRUE: for a run from which a model was left out. Can be bound
 * again to another book; the book must outlive the observations. */
gboolean sf_observations_bind (SfObservations *observations, const SfBook *book,
                               SfDate start, SfMistakes *mistakes);

/* The file's day 0. */
SfDate sf_observations_day0 (const SfObservations *observations);
guint sf_observations_n_rows (const SfObservations *observations);
guint sf_observations_n_parts (const SfObservations *observations);
const SfObservationRow *sf_observations_row (const SfObservations *observations,
                                             guint row);
const SfObservationPart *
sf_observations_part (const SfObservations *observations, guint part);

/* The statistics of one replication, one a part, in days after day 0 where
 * they are days; NAN: did not happen. Only once bound. */
void sf_observations_values (const SfObservations *observations,
                             const SfRecord *record, double *values);

/* How one part, or the whole of a row, compares with n replications. */
typedef struct {
  double p05, p50, p95; /* NAN counts as later than everything: INFINITY */
  guint n, n_missing;
  gboolean is_hit;     /* the median lies within the bounds */
  gboolean is_covered; /* the 5-95 % band holds the reported value, or where
                          none is given touches the bounds */
  double crps;         /* continuous ranked probability score against the
                          value, in its unit, smaller is better: mean distance
                          to the value less half the mean distance of two
                          replications (Gneiting & Raftery 2007, eq. 21). NAN:
                          no value, or missing in a replication, which would
                          make it infinite */
} SfPartScore;

/* Scores part `part` from the values of n replications, `stride` doubles from
 * one to the next (so that the table of all values can be passed). */
void sf_observations_score (const SfObservations *observations, guint part,
                            const double *values, guint n, guint stride,
                            SfPartScore *out);

/* A row: hit and covered when all its parts with bounds are. */
gboolean sf_observations_row_hit (const SfObservations *observations, guint row,
                                  const SfPartScore *parts);
gboolean sf_observations_row_covered (const SfObservations *observations,
                                      guint row, const SfPartScore *parts);

/* How far a part's value lies from its bounds: 0 inside, 1 at a distance of
 * the part's tolerance (half the width of the bounds when both are given, the
 * file's "tolerance" else), and so on; `most` when it did not happen. With a
 * margin above 0 the bounds are taken so many tolerances narrower, at most to
 * their middle: what only just lies inside still counts as away. */
double sf_observations_distance (const SfObservations *observations, guint part,
                                 double value, double margin, double most);
