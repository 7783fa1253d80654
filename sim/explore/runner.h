/* runner.h - the process that calculates for the page. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server of the page has threads (GLib's), and a process with threads must
 * not fork workers. So before the first thread a *keeper* is forked, which
 * does nothing but keep a *runner* alive: it forks one, waits for its end, says
 * so, and forks the next. The runner holds the compiled scenarios, forks
 * workers for every job, and sends back what the page shows. All of them end
 * when the one above them is gone, however it ended.
 *
 * Server and runner talk over one socket in packets. To the runner:
 *
 *   run TAB NUMBER QUERY    replications of a state (see state.h)
 *   tell TAB NUMBER QUERY   one replication, for the map
 *   drop TAB                end what the tab has asked for
 *
 * A newer request of a tab ends the older one of its kind at once. Back come
 * messages for tabs, JSON objects with the member "kind": "bands", "story" or
 * "error" (with "message"), and the "job" they answer.
 */
#pragma once

#include "sim/explore/shelf.h"

typedef struct SfExploreRunner SfExploreRunner;

/* Forks the keeper; to be called before the first thread or child program.
 * The scenario is the one that was read from the first file of the shelf; all
 * is borrowed. `workers` is how many processes a job may use. NULL with
 * SF_EXPLORE_ERROR_PROCESS. */
SfExploreRunner *sf_explore_runner_start (const SfExploreShelf *shelf,
                                          SfScenario *scenario,
                                          const SfModelInfo *const *models,
                                          guint workers, GError **error);

/* Ends all its processes and waits until they are gone; NULL is accepted. */
void sf_explore_runner_free (SfExploreRunner *runner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExploreRunner, sf_explore_runner_free)

/* Readable when there is something to receive. */
int sf_explore_runner_fd (const SfExploreRunner *runner);

/* Sends a request; never waits. FALSE when the runner has too much to read. */
gboolean sf_explore_runner_send (SfExploreRunner *runner, const char *request);

typedef enum {
  SF_EXPLORE_NOTHING, /* nothing (more) has come */
  SF_EXPLORE_MESSAGE, /* a message for a tab */
  SF_EXPLORE_DIED,    /* the runner ended, all jobs with it; the next one is
                         there already */
  SF_EXPLORE_GONE,    /* the keeper is gone, too: nothing will come any more */
} SfExploreNews;

/* Takes what has come; never waits. Of a message *tab and *text are set, of a
 * death *text says how; to be freed. */
SfExploreNews sf_explore_runner_receive (SfExploreRunner *runner, char **tab,
                                         char **text);
