/* server.h - the page on the loopback address. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Serves the page, its words, what the scenario is, and one stream of events
 * (Server-Sent Events) a tab, over which the runner's messages reach it. It
 * calculates nothing. It listens on 127.0.0.1 only, answers nobody without the
 * token in the address (see door.h), gives every request a time and a size,
 * and keeps a limited number of connections: when there are too many, the one
 * that has waited longest without showing the token has to go. Only the files
 * of the page, which are part of the program, and those on the shelf are read.
 *
 * This is the one file that knows the HTTP library.
 */
#pragma once

#include "sim/explore/runner.h"

/* What is served; all borrowed, but the scenario is taken. */
typedef struct {
  const SfExploreShelf *shelf;
  SfScenario *scenario; /* read from the first file of the shelf */
  const SfModelInfo *const *models;
  SfExploreRunner *runner;
  guint port;     /* 0: any that is free */
  guint linger_s; /* how long it waits after the last tab was closed */
  /* Called once with the address of the page. */
  void (*ready) (const char *address, gpointer data);
  gpointer data;
} SfExploreServing;

/* Why it ended. */
typedef enum {
  SF_EXPLORE_END_FAILED, /* see the error */
  SF_EXPLORE_END_ASKED,  /* by a signal */
  SF_EXPLORE_END_CLOSED, /* the last tab was closed long enough ago */
  SF_EXPLORE_END_RUNNER, /* the processes that calculate are gone */
} SfExploreEnd;

/* Serves until there is a reason to end. SF_EXPLORE_END_FAILED with a GIO error
 * when the port cannot be had, or G_FILE_ERROR when there are no random
 * numbers for the token. */
SfExploreEnd sf_explore_serve (const SfExploreServing *serving, GError **error);
