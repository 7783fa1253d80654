/* progress.c - how far long work is. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "sim/lang/lang.h"

/* Elsewhere than on a terminal: a line every ten seconds. */
#define PLAIN_INTERVAL (10 * G_USEC_PER_SEC)

SfProgress
sf_progress_begin (gboolean is_quiet)
{
  gint64 now = g_get_monotonic_time ();
  SfProgress p = { is_quiet, isatty (STDERR_FILENO) == 1, now, now };
  return p;
}

void
sf_progress_step (guint done, guint total, gpointer data)
{
  SfProgress *p = data;
  gint64 now = g_get_monotonic_time ();
  if (p->is_quiet || (!p->is_terminal && now - p->last < PLAIN_INTERVAL))
    return;
  p->last = now;
  double seconds = (double)(now - p->began) / G_USEC_PER_SEC;
  double rate = seconds > 0 ? done / seconds : 0;
  fputs (p->is_terminal ? "\r" : "", stderr);
  if (rate > 0)
    fprintf (stderr, _ ("%u of %u replications, %.0f a second, %.0f s left"),
             done, total, rate, (total - done) / rate);
  else
    fprintf (stderr, _ ("%u of %u replications"), done, total);
  fputs (p->is_terminal ? "\033[K" : "\n", stderr);
}

void
sf_progress_end (SfProgress *p)
{
  if (p->is_terminal && !p->is_quiet)
    fputs ("\r\033[K", stderr);
}
