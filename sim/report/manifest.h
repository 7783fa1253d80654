/* manifest.h - what a result folder was made from. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * manifest.json is enough to make the folder again: the scenario as it was run
 * (inheritance and overrides done), seed, replications, version, libraries.
 * It is the only file that knows when and how a run was made; the machine is
 * not named. It lists the other files with their SHA-256, so that a table
 * can be traced to its run.
 *
 * With SOURCE_DATE_EPOCH set (https://reproducible-builds.org) the start is
 * that time and the duration 0, so that two runs give the same bytes.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/report/tables.h"

/* How a run was made; all borrowed. */
typedef struct {
  const char *const *argv;      /* the command line, ends with NULL */
  const char *const *libraries; /* name, version, name, version, ..., NULL:
                                   besides GLib and GSL; or NULL */
  gint64 start_unix_s;          /* wall clock when it began */
  double duration_s;
  guint jobs;
  gboolean was_interrupted;
  /* Adds what else the caller knows of it; NULL: nothing. */
  void (*more) (SfJson *manifest, gconstpointer data);
  gconstpointer more_data;
} SfRunFacts;

/* Adds "command_line" to a manifest; argv ends with NULL, or is NULL. */
void sf_manifest_add_command_line (SfJson *manifest, const char *const *argv);

/* Adds what program it was: hash of its sources, compiler, language of texts.
 * And these of the program that runs, static. */
void sf_manifest_add_making (SfJson *manifest);
const char *sf_manifest_sources (void);
const char *sf_manifest_compiler (void);

/* Adds to `owner`, in the manifest, which ensemble a scenario has, and to
 * "ensembles" of the manifest its content, once each; nothing when it has
 * none. */
void sf_manifest_add_ensemble (SfJson *manifest, SfJson *owner,
                               const SfScenario *scenario);

/* Adds "files": of each of these files of `folder` that is there its name,
 * length in bytes and SHA-256. `names` ends with NULL; NULL: all files of the
 * folder, but not of folders in it. The manifest itself is left out. */
void sf_manifest_add_files (SfJson *manifest, const char *folder,
                            const char *const *names);

/* Writes manifest.json into `folder`, in which the other files are by now.
 * FALSE with G_FILE_ERROR. */
gboolean sf_manifest_write (const SfResults *results, const SfRunFacts *facts,
                            const char *folder, GError **error);

/* Reads the manifest of a result folder; owned by the caller. NULL with
 * G_FILE_ERROR when there is none or it is not JSON. */
SfJsonDoc *sf_manifest_read (const char *folder, GError **error);
/* The same by its own path. */
SfJsonDoc *sf_manifest_read_file (const char *path, GError **error);

/* "bamako-2025 v0.1.0 3f9a41c2 seed 1 n 200": scenario, version, begin of its
 * hash, seed, replications done; to be freed. */
char *sf_manifest_run_id (SfJsonDoc *manifest);
