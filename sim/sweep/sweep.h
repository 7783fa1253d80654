/* sweep.h - the folder of a sweep. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sweep is a folder: sweep.sqlite, the store and the truth; inputs/, all the
 * study was made from, so that the folder can be taken to another machine;
 * shards/, what jobs of an array have written and is not merged yet. Nothing
 * in it names a path outside.
 */
#pragma once

#include "sim/store/store.h"
#include "sim/study/study.h"

#define SF_SWEEP_ERROR (sf_sweep_error_quark ())
GQuark sf_sweep_error_quark (void);

typedef enum {
  SF_SWEEP_ERROR_MISTAKES, /* in the study; the message is a list of lines */
} SfSweepError;

/* Opened: what is asked, and what is there. */
typedef struct {
  char *folder;
  SfStudy *study;
  SfStore *store;
} SfSweep;

typedef enum {
  SF_SWEEP_READ,   /* needs no lock */
  SF_SWEEP_WRITE,  /* the one writer of the store */
  SF_SWEEP_INPUTS, /* the study only */
} SfSweepMode;

/* The paths of its parts; to be freed. */
char *sf_sweep_store_path (const char *folder);
char *sf_sweep_inputs_path (const char *folder);
char *sf_sweep_shard_path (const char *folder, guint shard, guint n_shards);

/* Makes the folder and all points, and leaves the store open for writing.
 * Nothing runs. Takes the study in any case. NULL with an error when there is
 * one already, the ends of the factors make no scenario (SF_SWEEP_ERROR), or it
 * cannot be written; what was made is then removed. */
SfSweep *sf_sweep_new (SfStudy *study, const SfModelInfo *const *models,
                       const char *folder, guint64 *n_dropped, GError **error);

/* Opens one. The study is read from the folder; that it, the models and the
 * program are the ones that the store was made with is checked, but not for
 * SF_SWEEP_READ: else SF_STORE_ERROR_OTHER shows both hashes. */
SfSweep *sf_sweep_open (const char *folder, const SfModelInfo *const *models,
                        SfSweepMode mode, GError **error);
void sf_sweep_free (SfSweep *sweep);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSweep, sf_sweep_free)

/* Checks a study, models and this program against a store, as above. */
gboolean sf_sweep_check (SfStore *store, const SfStudy *study,
                         const SfModelInfo *const *models, GError **error);

/* The study in a folder, from its inputs alone; NULL with an error. */
SfStudy *sf_sweep_read_study (const char *folder,
                              const SfModelInfo *const *models, GError **error);

/* What must be the same for rows to stand in one table, as one word: version,
 * models and inputs. To be freed. */
char *sf_sweep_identity (const SfStudy *study,
                         const SfModelInfo *const *models);

/* The store of a shard, for writing: opened where it is there, else made. Rows
 * of the sweep's store count as done in it. */
SfStore *sf_sweep_open_shard (const SfSweep *sweep,
                              const SfModelInfo *const *models, guint shard,
                              guint n_shards, GError **error);

/* Merges all shards in the folder into the store; *n_new rows came, from
 * *n_shards files. One that cannot be merged does not keep the others out: the
 * first such is the error in the end. */
gboolean sf_sweep_merge_shards (SfSweep *sweep, guint64 *n_new, guint *n_shards,
                                GError **error);
