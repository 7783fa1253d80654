/* study.h - what a sweep asks. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A study names a scenario, the factors that vary in it, the design that says
 * at which points, how many replications each point gets, and the outcomes
 * that are kept of every run. A factor is a number at one or more JSON
 * Pointers (with a range, a distribution or levels), a word or flag (a
 * category), a whole lever on or off, or a dummy that changes nothing: what an
 * analysis finds for the dummy is what it finds for nothing.
 *
 * Reading makes the study independent of the files it was read from: scenario,
 * ensemble and levers become inputs, texts with fixed names, whose hash tells
 * whether two stores were made from the same things. A study that is read from
 * its own inputs has the same inputs.
 *
 * The format is described in scenarios/README.md.
 */
#pragma once

#include "sim/design/design.h"
#include "sim/observe/observations.h"
#include "sim/scenario/scenario.h"
#include "sim/store/store.h"

typedef enum {
  SF_FACTOR_NUMBER,
  SF_FACTOR_CATEGORY,
  SF_FACTOR_LEVER,
  SF_FACTOR_DUMMY,
} SfFactorKind;

/* One factor. Texts and lists belong to the study. */
typedef struct {
  const char *id, *title, *unit; /* unit: of the target's key when not given */
  const char *lever;             /* path of a file; NULL unless a lever */
  const char *group;             /* moves with others of that name; or NULL */
  gboolean is_whole, is_log;     /* range: whole numbers; equal ratios */
  double levels_count;           /* of a range or distribution in a grid */

  SfFactorKind kind;
  char **targets;  /* JSON Pointers, ends with NULL */
  SfDistKind dist; /* of a number without levels */
  double p[4];     /* its parameters, as in scenario.h */
  guint n_levels;  /* 0: continuous */
  double *numbers; /* levels of a number */
  char **words;    /* levels of a category as JSON, ends with NULL */
  double low, high;
} SfStudyFactor;

/* min <= sum of weight * factor <= max; a lever counts 0 or 1. */
typedef struct {
  const char *id;
  double *weights; /* by factor */
  double min, max; /* -INFINITY, INFINITY where not given */
} SfStudyRule;

/* A text that the study was made from, under a fixed name. */
typedef struct {
  char *name, *text;
} SfStudyInput;

typedef struct {
  const char *name, *title, *description;
  char *path;     /* file it was read from */
  char *scenario; /* path */
  char **set;     /* overrides for all points, "/pointer=value" */
  guint64 seed;
  double replications_count;
  double run_s;        /* wall seconds a run may take; 0: no limit */
  double events_count; /* events a run may take */
  SfDate day0;         /* days of outcomes count from it */

  SfDesignSpec design; /* points to texts of the study */
  guint n_factors, n_rules, n_inputs;
  SfStudyFactor *factors;
  SfStudyRule *rules;
  SfStudyInput *inputs;
  char **series; /* daily series to keep, ends with NULL */
  guint n_outcomes;
  SfStoreColumn *outcomes;

  SfJsonDoc *doc;
  SfScenario *base; /* the scenario with `set`, no lever pulled */
  GPtrArray *owned; /* memory, freed with g_free */
  GArray *levels;   /* guint by factor, for grids */
  GArray *groups;   /* guint by factor */
} SfStudy;

/* Reads a study and the scenario, levers and ensemble that it names. NULL when
 * anything is wrong; every mistake found is then in `mistakes`. */
SfStudy *sf_study_read (const char *path, const SfModelInfo *const *models,
                        SfMistakes *mistakes);
void sf_study_free (SfStudy *study);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfStudy, sf_study_free)

/* The value of factor i at coordinate u of the design: u is a level's number
 * when is_level, else 0 to 1. A category gives the place of its word, a lever 0
 * or 1. Quantiles of distributions without bounds are taken from 0.005 to 0.995
 * where a design reaches 0 or 1. */
double sf_study_value (const SfStudy *study, guint factor, double u,
                       gboolean is_level);

/* Levels of a factor in a grid. */
guint sf_study_levels (const SfStudyFactor *factor);

/* Row `row` of the study's design: coordinates into u, values into `values`,
 * n_factors each. */
void sf_study_point (const SfStudy *study, const SfDesign *design, guint64 row,
                     double *u, double *values);

/* Seconds of processor time that a run of the scenario may take, within a
 * factor of three or so, by the trucks that set out: nothing runs. */
double sf_study_guess_s (const SfStudy *study);

/* Whether a point keeps to the rules; values by factor. */
gboolean sf_study_allows (const SfStudy *study, const double *values);

/* The outcomes as observations of one row, to be bound to the book of a run;
 * owned by the caller, and the study must outlive it. */
SfObservations *sf_study_outcomes (const SfStudy *study, SfMistakes *mistakes);

/* SHA-256 over the inputs, of a study or as they are before one is read; and
 * over one of them ("scenario.json"), NULL when there is none of that name. To
 * be freed. */
char *sf_study_hash (const SfStudy *study);
char *sf_study_inputs_hash (const SfStudyInput *inputs, guint n);
char *sf_study_input_hash (const SfStudy *study, const char *name);

/* Writes the inputs as files into a folder, which is made. FALSE with
 * G_FILE_ERROR. */
gboolean sf_study_freeze (const SfStudy *study, const char *folder,
                          GError **error);
gboolean sf_study_write_inputs (const SfStudyInput *inputs, guint n,
                                const char *folder, GError **error);

/* Whether inputs that somebody else may have written are JSON objects and name
 * no file but one another: then reading them as a study reads nothing else. */
gboolean sf_study_inputs_are_whole (const SfStudyInput *inputs, guint n);

/* SHA-256 over names, parameters and manuals of all models, and the version of
 * their sources: what a result depends on besides its inputs. To be freed. */
char *sf_study_models_hash (const SfModelInfo *const *models);

/* Puts points and what describes them into a store that was just made for the
 * study (see sf_study_shape), points that break a rule left out. n_dropped may
 * be NULL. */
gboolean sf_study_plan (const SfStudy *study, SfStore *store,
                        guint64 *n_dropped, GError **error);

/* ---- The format --------------------------------------------------------------- */

/* A key that no table describes; fill() puts what it may be into a schema. */
typedef struct {
  const char *key, *help; /* NULL ends a list */
  void (*fill) (SfJson *schema);
} SfStudyKey;

/* A kind of record of a study file. */
typedef struct {
  const char *name, *title; /* NULL ends the list */
  const SfParam *params;
  const SfStudyKey *keys;
  const char *needed; /* keys that must be there, "a|b"; or "" */
} SfStudyPart;

extern const SfStudyPart sf_study_parts[];

/* The JSON schema (draft-07) of study files, for editors; to be freed. */
char *sf_study_schema (void);

/* ---- Into the store ------------------------------------------------------------- */

/* The shape of the study's store; borrowed from the study but for `factors`,
 * which is to be freed with g_free. */
SfStoreShape sf_study_shape (const SfStudy *study);
