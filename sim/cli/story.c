/* story.c - what happened in a replication, line by line. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/story.h"

#include <stdio.h>

#include "sim/lang/lang.h"

static void
print_entry (SfDate start, const SfLogEntry *e)
{
  char date[SF_DATE_SIZE];
  gint day = (gint)(e->tick / SF_TICKS_PER_DAY);
  gint minute = (gint)(e->tick % SF_TICKS_PER_DAY / 60);
  sf_date_format (date, start + day);
  printf (_ ("%s %02d:%02d  day %-4d %-13s %s\n"), date, minute / 60,
          minute % 60, day, e->kind, e->text);
}

void
sf_story_print (const SfLog *log, SfDate start,
                gboolean (*is_wanted) (const SfLogEntry *entry,
                                       gconstpointer data),
                gconstpointer data)
{
  for (guint i = 0; i < sf_log_count (log); i++)
    if (!is_wanted || is_wanted (sf_log_get (log, i), data))
      print_entry (start, sf_log_get (log, i));
}
