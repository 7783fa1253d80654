/* shelf.h - the scenario files that the page may use. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page works with the scenario that the command was given and with files
 * that lie beside it: scenarios that build on the same file as it does, and
 * levers (lever-NAME.json) that are written for it. The shelf is the list of
 * them; what is not on it cannot be asked for, so that nothing else on the disk
 * is read for a request. A symbolic link that leads out of the folder is not
 * listed.
 */
#pragma once

#include "sim/explore/state.h"
#include "sim/scenario/scenario.h"

/* One file; all owned by the shelf. */
typedef struct {
  char *name;        /* without the folder */
  char *path;        /* as it is read */
  char *title;       /* of the file, or its name */
  char *description; /* or NULL */
  gboolean is_lever;
} SfExploreFile;

typedef struct SfExploreShelf SfExploreShelf;

/* Looks at the folder of a scenario, once. The scenario itself is always on
 * the shelf. Owned by the caller. */
SfExploreShelf *sf_explore_shelf_new (const char *scenario_path);
void sf_explore_shelf_free (SfExploreShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExploreShelf, sf_explore_shelf_free)

/* The files, the scenario that was given first, then by name. */
guint sf_explore_shelf_count (const SfExploreShelf *shelf);
const SfExploreFile *sf_explore_shelf_get (const SfExploreShelf *shelf,
                                           guint i);

/* The file of that name and kind; NULL for the name: the scenario given. NULL
 * with SF_EXPLORE_ERROR_FILE when it is not on the shelf. */
const SfExploreFile *sf_explore_shelf_find (const SfExploreShelf *shelf,
                                            const char *name, gboolean is_lever,
                                            GError **error);

/* The paths of a side's levers, ending with NULL, to be freed with g_free();
 * the paths are borrowed. NULL with an error as above. */
const char **sf_explore_shelf_levers (const SfExploreShelf *shelf,
                                      const SfExploreSide *side,
                                      GError **error);

/* Whether the files of a side, and what they extend and name, are those that
 * were there when the shelf was made: by size, time of change and inode. To be
 * asked after reading them; FALSE with SF_EXPLORE_ERROR_FILE when one was
 * changed or is gone, since it would be compared with what was read before. */
gboolean sf_explore_shelf_check (const SfExploreShelf *shelf,
                                 const SfExploreSide *side, GError **error);

/* A side as a scenario file: what it extends, what its levers change, and the
 * numbers that differ, each as a plain number. Put beside the file that it
 * extends it is read by every command and gives the same results. `scenario`
 * is the side as it was read, without the numbers. To be freed; NULL with an
 * error as above, or with SF_EXPLORE_ERROR_SCENARIO when a lever cannot be
 * read. */
char *sf_explore_shelf_write (const SfExploreShelf *shelf,
                              const SfExploreSide *side,
                              const SfScenario *scenario, GError **error);
