/* log.c - the story of one replication, kept in memory. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/book.h"

struct SfLog {
  GArray *entries;      /* SfLogEntry */
  GStringChunk *places; /* few different ones, said many times */
};

static void
clear_entry (gpointer data)
{
  g_free (((SfLogEntry *)data)->text);
}

SfLog *
sf_log_new (void)
{
  SfLog *log = g_new0 (SfLog, 1);
  log->entries = g_array_new (FALSE, FALSE, sizeof (SfLogEntry));
  g_array_set_clear_func (log->entries, clear_entry);
  log->places = g_string_chunk_new (1024);
  return log;
}

void
sf_log_free (SfLog *log)
{
  if (!log)
    return;
  g_array_unref (log->entries);
  g_string_chunk_free (log->places);
  g_free (log);
}

void
sf_log_add (SfLog *log, gint64 tick, const char *kind, const char *place,
            double trucks, char *text)
{
  g_return_if_fail (log != NULL && kind != NULL);
  SfLogEntry entry = {
    .tick = tick,
    .kind = kind,
    .place = g_string_chunk_insert_const (log->places, place ? place : ""),
    .trucks = trucks,
    .text = text ? text : g_strdup (""),
  };
  g_array_append_val (log->entries, entry);
}

guint
sf_log_count (const SfLog *log)
{
  return log->entries->len;
}

const SfLogEntry *
sf_log_get (const SfLog *log, guint i)
{
  g_return_val_if_fail (i < log->entries->len, NULL);
  return &g_array_index (log->entries, SfLogEntry, i);
}
