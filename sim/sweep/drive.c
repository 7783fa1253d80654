/* drive.c - hands runs to an engine and keeps what comes back. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sweep/drive.h"

#include <string.h>

#include "sim/engine/error.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"

/* Tasks that are read from the store at once, and given to a seat at most. */
#define BUFFER 512
#define HANDFUL_MAX 64
/* A handful lasts about so long. */
#define HANDFUL_S 0.02
/* A transaction ends after so many rows, or so long. */
#define COMMIT_ROWS 500
#define COMMIT_US (G_USEC_PER_SEC / 5)
#define BEAT_US (2 * G_USEC_PER_SEC)
#define WAIT_MS 100
/* Runs that all end their worker, without one that is done: it is not them. */
#define HOPELESS 20

typedef struct {
  const SfStudy *study;
  SfStore *store;
  const SfEngine *engine;
  const SfDriveOptions *options;
  SfDriveOutcome *outcome;
  SfWire wire;
  SfStoreWalk walk;
  SfStoreTask *buffer; /* BUFFER, with room for values */
  guint n_buffered, next;
  gboolean is_at_end;
  guint64 n_given, n_rows, n_uncommitted;
  double run_s;             /* mean of what runs took of late */
  gint64 committed, beaten; /* when last, monotonic microseconds */
  GError *problem;
} Drive;

static void
keep_row (const guint8 *bytes, gpointer data)
{
  Drive *d = data;
  SfStoreRow row = sf_wire_row (&d->wire, bytes);
  d->n_rows++;
  d->n_uncommitted++;
  d->outcome->states[row.state]++;
  if (row.wall_s > 0) /* else its worker ended before it could say */
    d->run_s = d->run_s == 0 ? row.wall_s : 0.95 * d->run_s + 0.05 * row.wall_s;
  if (!d->problem)
    sf_store_put (d->store, &row, &d->problem);
}

/* ---- Handing out ------------------------------------------------------------------ */

static gboolean
refill (Drive *d, GError **error)
{
  g_autoptr (GError) problem = NULL;
  guint64 most = d->options->most;
  guint want = BUFFER;
  if (most > 0)
    want = (guint)MIN ((guint64)BUFFER, most - MIN (most, d->n_given));
  d->next = 0;
  d->n_buffered
      = want > 0 ? sf_store_next (d->store, &d->walk, d->buffer, want, &problem)
                 : 0;
  d->is_at_end = d->n_buffered == 0;
  if (!problem)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* So many that a seat has work for HANDFUL_S. */
static guint
handful (const Drive *d)
{
  if (d->run_s == 0)
    return 1;
  gsize most = MAX (65536 / d->wire.task_size, 1);
  double n = HANDFUL_S / MAX (d->run_s, 1e-6);
  return (guint)CLAMP (n, 1, (double)MIN (most, HANDFUL_MAX));
}

/* Every seat has two handfuls, so that none waits for the next. */
static gboolean
hand_out (Drive *d, GError **error)
{
  const SfEngine *e = d->engine;
  guint n = handful (d);
  for (guint seat = 0; seat < e->n_seats && !d->is_at_end; seat++) {
    if (e->in_hand (e->self, seat) > n)
      continue;
    if (d->next == d->n_buffered && !refill (d, error))
      return FALSE;
    guint take = MIN (n, d->n_buffered - d->next);
    if (take == 0)
      break;
    if (!e->give (e->self, seat, d->buffer + d->next, take, error))
      return FALSE;
    d->next += take;
    d->n_given += take;
  }
  return TRUE;
}

/* ---- Keeping ------------------------------------------------------------------------ */

static gboolean
keep (Drive *d, gboolean is_last, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  if (d->problem) {
    g_propagate_error (error, g_steal_pointer (&d->problem));
    return FALSE;
  }
  if (now - d->beaten > BEAT_US || is_last) {
    d->beaten = now;
    if (!sf_store_beat (d->store, d->n_given - d->n_rows, error))
      return FALSE;
  } else if (d->n_uncommitted < COMMIT_ROWS && now - d->committed < COMMIT_US)
    return TRUE;
  d->committed = now;
  d->n_uncommitted = 0;
  if (!sf_store_commit (d->store, error))
    return FALSE;
  if (d->options->progress)
    d->options->progress ((guint)MIN (d->n_rows, G_MAXUINT),
                          (guint)MIN (d->outcome->n_asked, G_MAXUINT),
                          d->options->progress_data);
  return TRUE;
}

static gboolean
is_hopeless (Drive *d, GError **error)
{
  const guint64 *n = d->outcome->states;
  if (n[SF_STORE_CRASHED] < HOPELESS || n[SF_STORE_CRASHED] < d->n_rows)
    return FALSE;
  if (!keep (d, TRUE, error))
    return TRUE;
  g_set_error (
      error, SF_RUN_ERROR, SF_RUN_ERROR_WORKER,
      _ ("the first %u runs all ended their workers; the others are left "
         "alone (sweep status says how they ended)"),
      (guint)d->n_rows);
  return TRUE;
}

static gboolean
loop (Drive *d, GError **error)
{
  const SfEngine *e = d->engine;
  for (;;) {
    int asked = sf_stop_count ();
    if (asked == 0 && !hand_out (d, error))
      return FALSE;
    if (asked > 1 || d->n_given == d->n_rows)
      return keep (d, TRUE, error);
    if (!e->wait (e->self, WAIT_MS, keep_row, d, error)
        || !keep (d, FALSE, error) || is_hopeless (d, error))
      return FALSE;
  }
}

/* Runs without a row; for a shard about its share of them. */
static guint64
count_asked (const Drive *d)
{
  SfStoreCounts counts;
  if (!sf_store_count (d->store, &counts, NULL))
    return 0;
  guint64 rows = counts.states[SF_STORE_DONE];
  for (guint i = SF_STORE_DONE + 1; i < SF_STORE_N_STATES; i++)
    rows += d->options->retries ? 0 : counts.states[i];
  guint64 all = counts.planned / d->options->n_shards;
  guint64 left = all - MIN (all, rows);
  return d->options->most > 0 ? MIN (left, d->options->most) : left;
}

/* Lines of the store's log: when it began, and what came of it. */
static gboolean
log_begin (const Drive *d, GError **error)
{
  g_autofree char *text = g_strdup_printf (
      "%s, %u seats, %" G_GUINT64_FORMAT " runs to do", d->engine->name,
      d->engine->n_seats, d->outcome->n_asked);
  return sf_store_log (d->store, "begin", text, error);
}

static gboolean
log_end (const Drive *d, GError **error)
{
  const guint64 *n = d->outcome->states;
  g_autofree char *text = g_strdup_printf (
      "%" G_GUINT64_FORMAT " done, %" G_GUINT64_FORMAT
      " failed, %" G_GUINT64_FORMAT " crashed, %" G_GUINT64_FORMAT
      " took too long%s",
      n[SF_STORE_DONE], n[SF_STORE_FAILED], n[SF_STORE_CRASHED],
      n[SF_STORE_TIMEOUT], sf_stop_count () > 0 ? "; stopped" : "");
  return sf_store_log (d->store, "end", text, error);
}

gboolean
sf_drive_run (const SfStudy *study, SfStore *store, const SfEngine *engine,
              const SfDriveOptions *options, SfDriveOutcome *outcome,
              GError **error)
{
  guint n = study->n_factors;
  *outcome = (SfDriveOutcome){ 0 };
  g_autofree double *values = g_new0 (double, (gsize)BUFFER *(n + 1));
  g_autofree SfStoreTask *buffer = g_new0 (SfStoreTask, BUFFER);
  for (guint i = 0; i < BUFFER; i++)
    buffer[i].values = values + (gsize)i * n;
  Drive d = { .study = study,
              .store = store,
              .engine = engine,
              .options = options,
              .outcome = outcome,
              .wire = sf_wire_new (study),
              .walk = { .shard = options->shard,
                        .n_shards = options->n_shards,
                        .point = -1,
                        .retries = options->retries },
              .buffer = buffer };
  outcome->n_asked = count_asked (&d);
  sf_stop_begin ();
  gboolean is_fine
      = sf_store_begin_session (store, engine->name, g_get_host_name (),
                                engine->n_seats, error)
        && log_begin (&d, error) && loop (&d, error) && log_end (&d, error);
  sf_stop_end ();
  outcome->was_interrupted = sf_stop_count () > 0;
  g_clear_error (&d.problem);
  return is_fine && sf_store_end_session (store, error);
}
