/* run.c - replications of one scenario. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/run.h"

#include <math.h>
#include <string.h>

#include "sim/engine/world.h"
#include "sim/experiment/pool.h"
#include "sim/lang/lang.h"
#include "sim/observe/story.h"

/* What a worker tells about the events table; shared like the records. */
typedef struct {
  char problem[SF_RECORD_MESSAGE]; /* "" when it is written */
} Note;

typedef struct {
  SfPlan *plan;
  const SfRunOptions *options;
  Note *note;
} Batch;

static gpointer
begin (gpointer data)
{
  return sf_world_new (((Batch *)data)->plan);
}

static void
end (gpointer data, gpointer state)
{
  (void)data;
  sf_world_free (state);
}

static void
write_events (const Batch *batch, const SfLog *log)
{
  g_autoptr (GError) error = NULL;
  if (!sf_log_write (log, batch->plan->scenario->start, 0,
                     batch->options->has_hxl, batch->options->events_path,
                     &error))
    g_strlcpy (batch->note->problem, error->message, SF_RECORD_MESSAGE);
}

/* One replication, in a worker. */
static void
work (gpointer data, gpointer state, guint i, gpointer slot)
{
  const Batch *batch = data;
  SfRecord record = sf_record_view (batch->plan->book, slot);
  /* What it leaves goes into tables, which are in one language. */
  G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_pause (TRUE);
  guint replication = batch->options->first + i;
  gboolean is_told = replication == 0 && batch->options->events_path;
  g_autoptr (SfLog) log = is_told ? sf_log_new () : NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_fine = sf_world_run (state, batch->options->seed, replication,
                                   &record, log, &error);
  if (log)
    write_events (batch, log);
  if (is_fine) {
    record.head[SF_HEAD_STATUS] = SF_RECORD_DONE;
    return;
  }
  g_autofree char *why
      = g_strdup_printf ("%s (replication %u, seed %" G_GUINT64_FORMAT ")",
                         error ? error->message : "failed without a reason",
                         replication, batch->options->seed);
  g_strlcpy (record.message, why, SF_RECORD_MESSAGE);
  record.head[SF_HEAD_STATUS] = SF_RECORD_FAILED;
}

/* Half a record is worth nothing. */
static void
lost (gpointer data, guint i, gpointer slot, const char *why)
{
  const Batch *batch = data;
  (void)i;
  memset (slot, 0, sf_record_size (batch->plan->book));
  SfRecord record = sf_record_view (batch->plan->book, slot);
  record.head[SF_HEAD_STATUS] = SF_RECORD_EMPTY;
  g_strlcpy (record.message, why, SF_RECORD_MESSAGE);
}

/* Counts the records from `from` on. */
static void
count (SfRun *run, guint from, const SfPoolOutcome *outcome)
{
  run->n_failed += outcome->n_lost;
  for (guint i = from; i < run->n; i++) {
    SfRecord record = sf_run_record (run, i);
    run->n_done += record.head[SF_HEAD_STATUS] == SF_RECORD_DONE;
    run->n_failed += record.head[SF_HEAD_STATUS] == SF_RECORD_FAILED;
  }
  run->was_interrupted = outcome->was_interrupted;
}

static SfRun *
new_run (const SfPlan *plan, const SfRunOptions *options, GError **error)
{
  g_autoptr (SfSlots) slots = sf_slots_new (
      options->n, sf_record_size (plan->book), options->spill_folder, error);
  if (!slots)
    return NULL;
  SfRun *run = g_new0 (SfRun, 1);
  run->book = plan->book;
  run->seed = options->seed;
  run->first = options->first;
  run->jobs = options->jobs ? options->jobs : g_get_num_processors ();
  run->stride = sf_slots_stride (slots);
  run->slots = g_steal_pointer (&slots);
  return run;
}

/* Does every slot that the run does not have yet. */
static gboolean
do_rest (SfRun *run, SfPlan *plan, const SfRunOptions *options, GError **error)
{
  run->memory = sf_slots_slot (run->slots, 0); /* it may have moved */
  g_autoptr (SfSlots) notes = sf_slots_new (1, sizeof (Note), NULL, error);
  if (!notes)
    return FALSE;
  Batch batch = { plan, options, sf_slots_slot (notes, 0) };
  SfPoolWork pool_work = {
    .data = &batch,
    .first = run->n,
    .begin = begin,
    .work = work,
    .end = end,
    .lost = lost,
    .progress = options->progress,
    .progress_data = options->progress_data,
  };
  SfPoolOutcome outcome;
  sf_plan_prepare (plan);
  if (!sf_pool_run (&pool_work, run->slots, run->jobs, &outcome, error))
    return FALSE;
  if (batch.note->problem[0]) {
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                         batch.note->problem);
    return FALSE;
  }
  run->n = sf_slots_count (run->slots);
  count (run, pool_work.first, &outcome);
  return TRUE;
}

SfRun *
sf_run_replications (SfPlan *plan, const SfRunOptions *options, GError **error)
{
  g_return_val_if_fail (plan && options && options->n > 0, NULL);
  g_autoptr (SfRun) run = new_run (plan, options, error);
  return run && do_rest (run, plan, options, error) ? g_steal_pointer (&run)
                                                    : NULL;
}

gboolean
sf_run_more (SfRun *run, SfPlan *plan, const SfRunOptions *options, guint n,
             GError **error)
{
  g_return_val_if_fail (run->book == plan->book && n >= run->n, FALSE);
  return sf_slots_grow (run->slots, n, error)
         && do_rest (run, plan, options, error);
}

void
sf_run_free (SfRun *run)
{
  if (!run)
    return;
  sf_slots_free (run->slots);
  g_free (run);
}

SfRecord
sf_run_record (const SfRun *run, guint i)
{
  g_assert (i < run->n);
  return sf_record_view (run->book, (char *)run->memory + run->stride * i);
}

double *
sf_run_values (const SfRun *run, const char *measure)
{
  g_autoptr (GArray) metrics = sf_book_find_sum (run->book, measure);
  if (!metrics)
    return NULL;
  double *values = g_new (double, run->n + 1);
  for (guint i = 0; i < run->n; i++) {
    SfRecord record = sf_run_record (run, i);
    gboolean is_done = record.head[SF_HEAD_STATUS] == SF_RECORD_DONE;
    values[i] = is_done ? 0 : NAN;
    for (guint k = 0; is_done && k < metrics->len; k++)
      values[i] += record.metrics[g_array_index (metrics, guint, k)];
  }
  return values;
}
