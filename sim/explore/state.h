/* state.h - what the page asks for, as the text of its link. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One text says which scenario is looked at, what was changed in it and how it
 * is run. It is the query of every request and stands behind the # of the
 * page's address, so that a link brings the same state and the same numbers
 * back. It is written like a form (application/x-www-form-urlencoded):
 *
 *   a=FILE al=LEVER as=/POINTER=NUMBER   scenario A: its file, the levers that
 *                                        are pulled, the numbers that differ
 *   b=FILE bl=LEVER bs=/POINTER=NUMBER   scenario B; without b there is none
 *   n=100 seed=1 rep=0 side=a lang=fr    how it is run and shown
 *   who=hospital                         a class of users that is looked at
 *   day=33 show=cover_days               only the page reads these
 *
 * Files are names without a folder; which of them exist is not decided here.
 * Text comes from anyone who can reach the page, so all of it is doubted.
 */
#pragma once

#include <glib.h>

/* What can be wrong with a request for the page. */
#define SF_EXPLORE_ERROR (sf_explore_error_quark ())
GQuark sf_explore_error_quark (void);
typedef enum {
  SF_EXPLORE_ERROR_STATE,    /* the text of a link makes no sense */
  SF_EXPLORE_ERROR_FILE,     /* it names a file that is not on offer */
  SF_EXPLORE_ERROR_SCENARIO, /* what it asks for is no scenario that can run */
  SF_EXPLORE_ERROR_PROCESS,  /* a process cannot be started, or is gone */
} SfExploreError;

/* Limits; beyond them a text is refused. */
#define SF_EXPLORE_N_MAX 1000u      /* replications */
#define SF_EXPLORE_SET_MAX 200u     /* numbers changed in a scenario */
#define SF_EXPLORE_LEVERS_MAX 40u   /* levers pulled in it */
#define SF_EXPLORE_NAME_MAX 200u    /* bytes of a file's name */
#define SF_EXPLORE_POINTER_MAX 400u /* bytes of a pointer */

/* A number that is changed. */
typedef struct {
  char *pointer;
  double value;
} SfExploreSet;

/* One scenario. */
typedef struct {
  char *file;        /* NULL: the one the command was given */
  GPtrArray *levers; /* char *: names of files */
  GPtrArray *sets;   /* SfExploreSet *, in the order of the text */
} SfExploreSide;

typedef struct {
  SfExploreSide sides[2]; /* A and B */
  gboolean has_b;
  guint n;           /* replications, 2 to SF_EXPLORE_N_MAX */
  gboolean has_seed; /* else it is the scenario's */
  guint64 seed;
  guint replication; /* the one that is told */
  guint told;        /* on which side: 0 or 1 */
  char *lang;        /* NULL: the program's */
  char *who;         /* a class of users, as far as is known; NULL: all */
} SfExploreState;

/* Reads such a text. NULL with SF_EXPLORE_ERROR_STATE when a key is unknown,
 * a number is none or out of range, or a limit is passed; the message, in the
 * language in use, says what was expected. */
SfExploreState *sf_explore_state_parse (const char *text, GError **error);
void sf_explore_state_free (SfExploreState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExploreState, sf_explore_state_free)

/* The text of one side without what is only shown: equal texts mean equal
 * results for the same number of replications. To be freed. */
char *sf_explore_state_key (const SfExploreState *state, guint side);
