/* progress.c - how far long work is. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/progress.h"

#include <stdio.h>

#include "sim/cli/terminal.h"
#include "sim/lang/lang.h"

/* A line is written over so often, and elsewhere a new one so seldom. */
#define TERMINAL_INTERVAL (G_USEC_PER_SEC / 10)
#define PLAIN_INTERVAL (10 * G_USEC_PER_SEC)

SfProgress
sf_progress_begin (gboolean is_quiet)
{
  gint64 now = g_get_monotonic_time ();
  SfProgress p = { is_quiet, sf_terminal_can_erase (stderr), now, now };
  return p;
}

/* "40 s", "12 min", "3 h 05 min"; to be freed. */
static char *
time_left (double left_s)
{
  double minutes = left_s / 60;
  if (left_s < 120)
    return g_strdup_printf ("%.0f s", left_s);
  if (minutes < 120)
    return g_strdup_printf ("%.0f min", minutes);
  guint whole = (guint)MIN (minutes, 6e6);
  return g_strdup_printf ("%u h %02u min", whole / 60, whole % 60);
}

/* What is said of it; to be freed. */
static char *
text_of (const SfProgress *p, guint done, guint total, gint64 now)
{
  double seconds = (double)(now - p->began) / G_USEC_PER_SEC;
  double rate = seconds > 0 ? done / seconds : 0;
  if (!(rate > 0))
    return g_strdup_printf (_ ("%u of %u replications"), done, total);
  g_autofree char *left = time_left ((total - done) / rate);
  return g_strdup_printf (_ ("%u of %u replications, %.0f a second, %s left"),
                          done, total, rate, left);
}

/* Over the line that is there; a longer one than the terminal is wide would
 * leave its beginning behind. */
static void
write_over (const char *text)
{
  guint width = sf_terminal_width (stderr);
  glong length = g_utf8_strlen (text, -1);
  if (width > 1)
    length = MIN (length, (glong)width - 1);
  g_autofree char *cut = g_utf8_substring (text, 0, length);
  fprintf (stderr, "\r%s\033[K", cut);
}

void
sf_progress_step (guint done, guint total, gpointer data)
{
  SfProgress *p = data;
  gint64 now = g_get_monotonic_time ();
  gint64 interval = p->is_terminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
  if (p->is_quiet || now - p->last < interval)
    return;
  p->last = now;
  g_autofree char *text = text_of (p, done, total, now);
  if (p->is_terminal)
    write_over (text);
  else
    fprintf (stderr, "%s\n", text);
}

void
sf_progress_end (SfProgress *p)
{
  if (p->is_terminal && !p->is_quiet)
    fputs ("\r\033[K", stderr);
}
