/* fit-file.h - a fit on disk, and the sample that comes of it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state file holds everything that was tried, so that a fit can be taken
 * up where it was left: a JSON object with a head (what the fit depends on),
 * "parameters", "rows", and "generations", of which each has
 *
 *   delta    with which its candidates were accepted
 *   states   the number of the candidate at which each chain stands
 *   places   of each candidate, the prior quantiles in billionths
 *   terms    of each candidate, the rows' distances in ten-thousandths
 *
 * It is written whole after every generation (file.h): killed at any moment,
 * a fit loses the generation under way and nothing else. No clock, machine or
 * number of workers is in it; the same fit gives the same bytes, interrupted
 * or not.
 *
 * A state is taken up only by the same program version, scenario (whatever
 * ensemble and observations it names), observations and options; the number
 * of generations may change.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/experiment/fit-runs.h"

/* Whoever wants the burn-in of the state, or half the generations. */
#define SF_FIT_BURN_IN_ANY G_MAXUINT

/* What is to be fitted to what; borrowed. */
typedef struct {
  const SfFitRuns *runs;
  const char *observations_path;
  guint n_chains;
  guint burn_in;     /* generations, or SF_FIT_BURN_IN_ANY */
  guint generations; /* wanted in the end, the first (0) not counted */
  double tolerance;
  double saturation; /* see SfFitSettings */
  guint renew;       /* likewise */
} SfFitPlan;

typedef struct SfFitFile SfFitFile;

/* Begins the state file `path`, or takes it up when it is there and not
 * `restart`. NULL with G_FILE_ERROR when it cannot be read or written, is none,
 * or belongs to another fit; the message then shows both sides of what
 * differs. The caller owns both. */
SfFitFile *sf_fit_file_open (const char *path, const SfFitPlan *plan,
                             gboolean restart, SfFit **fit, GError **error);
void sf_fit_file_free (SfFitFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFitFile, sf_fit_file_free)

/* Writes what the fit has more than the file. FALSE with G_FILE_ERROR; the file
 * is then as it was. */
gboolean sf_fit_file_save (SfFitFile *file, const SfFit *fit, GError **error);

/* Writes at most `keep` rows of the posterior as an ensemble file (see
 * scenarios/README.md), with the head of the state under "made". FALSE with
 * G_FILE_ERROR; the file is then as it was. */
gboolean sf_fit_file_ensemble (const SfFitFile *file, const SfFit *fit,
                               const SfFitRuns *runs, guint keep,
                               const char *path, GError **error);
