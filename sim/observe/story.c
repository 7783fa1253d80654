/* story.c - the log of a replication, kept in memory and told as a table. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/story.h"

#include <math.h>

#include "sim/base/file.h"
#include "sim/base/text.h"
#include "sim/lang/lang.h"

struct SfLog {
  GArray *entries;      /* SfLogEntry */
  GStringChunk *places; /* few different ones, said many times */
  gboolean is_for_people;
  GPtrArray *passed; /* double, by hop; day after day */
  GPtrArray *closed; /* guint8, by link */
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
  log->passed = g_ptr_array_new_with_free_func (g_free);
  log->closed = g_ptr_array_new_with_free_func (g_free);
  return log;
}

SfLog *
sf_log_new_for_people (void)
{
  SfLog *log = sf_log_new ();
  log->is_for_people = TRUE;
  return log;
}

const char *
sf_log_text (const SfLog *log, const char *english)
{
  return log->is_for_people ? _ (english) : english;
}

void
sf_log_free (SfLog *log)
{
  if (!log)
    return;
  g_array_unref (log->entries);
  g_string_chunk_free (log->places);
  g_ptr_array_unref (log->passed);
  g_ptr_array_unref (log->closed);
  g_free (log);
}

void
sf_log_add_day (SfLog *log, const double *passed, guint n_hops,
                const guint8 *is_closed, guint n_links)
{
  g_ptr_array_add (log->passed, g_memdup2 (passed, n_hops * sizeof *passed));
  g_ptr_array_add (log->closed, g_memdup2 (is_closed, n_links));
}

guint
sf_log_days (const SfLog *log)
{
  return log->passed->len;
}

const double *
sf_log_passed (const SfLog *log, guint day)
{
  g_return_val_if_fail (day < log->passed->len, NULL);
  return log->passed->pdata[day];
}

const guint8 *
sf_log_closed (const SfLog *log, guint day)
{
  g_return_val_if_fail (day < log->closed->len, NULL);
  return log->closed->pdata[day];
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

/* ---- As a table --------------------------------------------------------- */

static void
add_time (GString *row, SfTick tick, SfDate start)
{
  char date[SF_DATE_SIZE];
  SfTick day = tick / SF_TICKS_PER_DAY, rest = tick % SF_TICKS_PER_DAY;
  if (rest < 0) { /* before the start: pipelines that were filled */
    day--;
    rest += SF_TICKS_PER_DAY;
  }
  g_string_append_printf (
      row, "%s,%02d:%02d:%02d,", sf_date_format (date, start + (SfDate)day),
      (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

static void
add_entry (GString *row, const SfLogEntry *entry, SfDate start,
           guint replication)
{
  char number[SF_TEXT_NUMBER_SIZE];
  g_string_printf (row, "%u,", replication);
  add_time (row, entry->tick, start);
  g_string_append (row, g_ascii_formatd (number, sizeof number, "%.7g",
                                         sf_ticks_to_days (entry->tick)));
  g_string_append_c (row, ',');
  sf_text_csv (row, entry->kind);
  g_string_append_c (row, ',');
  sf_text_csv (row, entry->place);
  g_string_append_c (row, ',');
  if (!isnan (entry->trucks))
    g_string_append (row, sf_text_number (number, entry->trucks));
  g_string_append_c (row, ',');
  sf_text_csv (row, entry->text);
  g_string_append (row, "\r\n");
}

gboolean
sf_log_write (const SfLog *log, SfDate start, guint replication,
              gboolean has_hxl, const char *path, GError **error)
{
  SfFile *file = sf_file_create (path, error);
  if (!file)
    return FALSE;
  g_autoptr (GString) row = g_string_new (NULL);
  sf_file_puts (file, "replication,date,time,day,kind,place,trucks_count,"
                      "detail\r\n");
  if (has_hxl)
    sf_file_puts (file, "#meta+replication,#date,#date+time,#date+day,"
                        "#event+type,#loc+code,#affected+trucks+num,"
                        "#description\r\n");
  for (guint i = 0; i < sf_log_count (log); i++) {
    add_entry (row, sf_log_get (log, i), start, replication);
    sf_file_put (file, row->str, row->len);
  }
  return sf_file_commit (file, error);
}
