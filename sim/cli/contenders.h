/* contenders.h - scenarios that a command sets against each other. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contenders are named on the command line as files, or as levers: files with
 * one thing done otherwise, each put on top of the first scenario. The first
 * file is the reference. Contenders share nothing but their luck: the streams
 * of chance have the seed and their own names as keys, not the scenario's, so
 * replication r of one meets what replication r of another meets.
 */
#pragma once

#include "sim/cli/load.h"

#define SF_CONTENDER_NAMES(VARIABLE)                                           \
  {                                                                            \
    "called", 0, 0, G_OPTION_ARG_STRING_ARRAY, VARIABLE,                       \
        N_ ("What tables call the scenarios, in their order, levers last "     \
            "(given once for each)"),                                          \
        "NAME"                                                                 \
  }

/* What the command line says; all borrowed. `files` and the two lists end with
 * NULL; each list may be NULL. */
typedef struct {
  const char *const *files;     /* the first is the reference */
  const char *const *levers;    /* each makes a contender of the first file */
  gboolean is_together;         /* and all of them at once make one more */
  const char *const *overrides; /* "/json/pointer=value", put on each */
  const char *const *names;     /* what to call them, in their order, as
                                   many as there will be; NULL: their own */
} SfContenderChoice;

typedef struct {
  char *name; /* the scenario's own, or that of its lever's file without
                 folder and ending; no two are alike */
  SfScenario *scenario;
  guint n_levers; /* put on the reference; 0: a file of its own */
} SfContender;

/* Reads and checks all: SfContender *, the reference first, two or more; owned
 * by the caller. On NULL what is wrong was printed (every mistake of the
 * reference, or of all others) and *status is what to return. */
GPtrArray *sf_contenders_load (const SfInvocation *invocation,
                               const SfContenderChoice *choice, SfExit *status);

/* Adds one to a list in a manifest: its name, its hash, how many levers it has
 * and the scenario itself, with its ensemble. Returns what was added. */
SfJson *sf_contender_add_json (SfJson *manifest, SfJson *list,
                               const SfContender *contender);

/* Contender i of such an array; borrowed. */
const SfContender *sf_contenders_get (const GPtrArray *contenders, guint i);
