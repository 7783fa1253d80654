/* progress.h - how far long work is. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On a terminal one line that is written over, with rate and time left, cut to
 * the width; elsewhere a plain line now and then; with --quiet nothing.
 */
#pragma once

#include <glib.h>

typedef struct {
  gboolean is_quiet, is_terminal;
  gint64 began, last; /* monotonic microseconds */
} SfProgress;

SfProgress sf_progress_begin (gboolean is_quiet);

/* Fits the progress callbacks of sim/experiment; data is an SfProgress. */
void sf_progress_step (guint done, guint total, gpointer data);

/* Removes the line. */
void sf_progress_end (SfProgress *progress);
