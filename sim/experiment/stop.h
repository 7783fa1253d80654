/* stop.h - a signal asks to stop; it does not kill. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between sf_stop_begin() and sf_stop_end() an interrupt (Ctrl-C), TERM or HUP
 * is counted instead of ending the program: what is done is kept and files are
 * completed. Once means finish the replications under way, twice drop them,
 * and the third time the program ends on the spot as if nothing was caught.
 *
 * Signals belong to the process, so this is the one place with state outside
 * of an object. It is meant for the main process, not for its workers.
 */
#pragma once

#include <glib.h>

/* Begins to count signals; the count starts at 0. Calls nest: only the
 * outermost begin and end do anything, so that a command can hold what the
 * pool inside it asks for as well. */
void sf_stop_begin (void);

/* Gives the signals back to whoever had them. The count stays readable. */
void sf_stop_end (void);

/* How often the user has asked to stop since the outermost begin: 0 to 2. */
int sf_stop_count (void);

/* In a worker, right after fork(): it ignores the signals that its parent
 * counts, since a terminal sends them to both. */
void sf_stop_ignore (void);
