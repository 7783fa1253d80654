/* keep.h - the folder that compare, rank and sensitivity leave. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What these commands find is printed; with -o it is kept too: tables, a
 * manifest that says how they were made, and figures. Tables come first and
 * stand without gnuplot.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/cli/cmd.h"
#include "sim/report/folder.h"

/* What the command line says of it. */
typedef struct {
  char *output; /* NULL: nothing is kept */
  gboolean has_force, no_plots, is_quiet;
  char **argv; /* as typed, with the program's name */
} SfKeep;

void sf_keep_clear (SfKeep *keep);

/* Its options; `what` is the help of -o. */
#define SF_KEEP_OPTIONS(KEEP, WHAT)                                            \
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &(KEEP)->output, WHAT, "DIR" },   \
      { "force",                                                               \
        'f',                                                                   \
        0,                                                                     \
        G_OPTION_ARG_NONE,                                                     \
        &(KEEP)->has_force,                                                    \
        N_ ("Replace an existing result folder"),                              \
        NULL },                                                                \
      { "no-plots",                                                            \
        0,                                                                     \
        0,                                                                     \
        G_OPTION_ARG_NONE,                                                     \
        &(KEEP)->no_plots,                                                     \
        N_ ("Write tables only, no figures"),                                  \
        NULL },                                                                \
  {                                                                            \
    "quiet", 'q', 0, G_OPTION_ARG_NONE, &(KEEP)->is_quiet,                     \
        N_ ("Show no progress"), NULL                                          \
  }

/* How a manifest begins: program, command and command line. Owned by the
 * caller. */
SfJsonDoc *sf_keep_manifest (const SfKeep *keep, const char *command);

/* Adds a JSON document to the folder as manifest.json, with the checksums of
 * the tables, which are in it by now. */
gboolean sf_keep_write_manifest (SfJsonDoc *manifest, const SfFolder *folder,
                                 GError **error);

/* Writes something into a folder. FALSE with an error. */
typedef gboolean SfKeepStep (gconstpointer data, const SfFolder *folder,
                             GError **error);

/* Adds something to a manifest. */
typedef void SfKeepRecord (SfJson *manifest, gconstpointer data);

typedef struct {
  SfKeepStep *tables, *figures;
  gconstpointer data; /* handed on to both */
} SfKept;

/* Writes and commits the folder, which is taken, and says that it is there, or
 * what is wrong. SF_EXIT_OUTSIDE: gnuplot failed, all tables are there. After
 * any other failure nothing is. */
SfExit sf_keep_write (const SfInvocation *invocation, const SfKeep *keep,
                      const SfKept *kept, SfFolder *folder);
