/* story.h - the log of a replication as a table. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * events.csv: what happened in one replication, in the order in which it
 * happened. It is here and not in the room of tables because the worker that
 * ran the replication writes it; only numbers go from workers to their parent.
 */
#pragma once

#include "sim/base/units.h"
#include "sim/observe/book.h"

/* Writes the log as a table to `path`, whole or not at all: the columns
 * replication, date, time (HH:MM:SS), day (with fraction; 0 is the first
 * midnight), kind, place, trucks_count (empty where it does not apply),
 * detail. `start` is the scenario's first day. With has_hxl a second row holds
 * HXL tags. FALSE with G_FILE_ERROR when it cannot be written. */
gboolean sf_log_write (const SfLog *log, SfDate start, guint replication,
                       gboolean has_hxl, const char *path, GError **error);
