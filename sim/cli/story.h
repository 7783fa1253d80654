/* story.h - what happened in a replication, line by line. SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim/base/units.h"
#include "sim/observe/book.h"

/* Prints the entries of a log for which is_wanted() holds (NULL: all), with
 * date, hour and day; `start` is the first day of the run. */
void sf_story_print (const SfLog *log, SfDate start,
                     gboolean (*is_wanted) (const SfLogEntry *entry,
                                            gconstpointer data),
                     gconstpointer data);
