/* worker.c - runs, one after the other, for whoever hands them out. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sweep/worker.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sim/lang/lang.h"

struct SfWorker {
  const SfStudy *study;
  SfWire wire;
  SfVariants *variants;
  gpointer memory; /* of one record */
  gsize memory_size;
  char **faults; /* "POINT/REP=crash": made on purpose, for tests */
};

/* ---- Messages --------------------------------------------------------------------- */

SfWire
sf_wire_new (const SfStudy *study)
{
  SfWire w = { .n_values = study->n_factors,
               .n_outcomes = study->n_outcomes,
               .n_floats = (gsize)g_strv_length (study->series)
                           * sf_scenario_days (study->base) };
  w.task_size = 2 * sizeof (guint32) + w.n_values * sizeof (double);
  gsize size = sizeof (SfWireRow) + w.n_outcomes * sizeof (double)
               + w.n_floats * sizeof (float);
  w.row_size = (size + 7) / 8 * 8;
  return w;
}

void
sf_wire_put_task (const SfWire *w, const SfStoreTask *task, guint8 *bytes)
{
  const guint32 head[] = { task->point, task->rep };
  memcpy (bytes, head, sizeof head);
  memcpy (bytes + sizeof head, task->values, w->n_values * sizeof (double));
}

void
sf_wire_get_task (const SfWire *w, const guint8 *bytes, SfStoreTask *task)
{
  guint32 head[2];
  memcpy (head, bytes, sizeof head);
  task->point = head[0];
  task->rep = head[1];
  memcpy (task->values, bytes + sizeof head, w->n_values * sizeof (double));
}

void
sf_wire_sign (guint8 *bytes, gint64 pid)
{
  SfWireRow *row = (SfWireRow *)(void *)bytes;
  g_snprintf (row->worker, sizeof row->worker, "%.60s:%" G_GINT64_FORMAT,
              g_get_host_name (), pid);
}

void
sf_wire_fail (const SfWire *w, const SfStoreTask *task, SfStoreState state,
              const char *message, guint8 *bytes)
{
  memset (bytes, 0, w->row_size);
  SfWireRow *row = (SfWireRow *)(void *)bytes;
  row->point = task->point;
  row->rep = task->rep;
  row->state = state;
  sf_wire_sign (bytes, getpid ());
  g_strlcpy (row->message, message, sizeof row->message);
}

SfStoreRow
sf_wire_row (const SfWire *w, const guint8 *bytes)
{
  const SfWireRow *row = (const SfWireRow *)(const void *)bytes;
  const guint8 *outcomes = bytes + sizeof *row;
  const guint8 *series = outcomes + w->n_outcomes * sizeof (double);
  return (SfStoreRow){
    .point = row->point,
    .rep = row->rep,
    .state = (SfStoreState)MIN (row->state, SF_STORE_N_STATES - 1),
    .fingerprint = row->fingerprint,
    .events = row->events,
    .wall_s = row->wall_s,
    .cpu_s = row->cpu_s,
    .worker = row->worker,
    .message = row->message,
    .outcomes = (const double *)(const void *)outcomes,
    .series = w->n_floats > 0 ? (const float *)(const void *)series : NULL,
  };
}

/* ---- One run ------------------------------------------------------------------------ */

SfWorker *
sf_worker_new (const SfStudy *study, const SfModelInfo *const *models)
{
  const char *faults = g_getenv ("SHORTFALL_FAULT");
  SfWorker *w = g_new0 (SfWorker, 1);
  w->study = study;
  w->wire = sf_wire_new (study);
  w->variants = sf_variants_new (study, models);
  w->faults = faults ? g_strsplit (faults, ",", -1) : NULL;
  return w;
}

void
sf_worker_free (SfWorker *w)
{
  if (!w)
    return;
  sf_variants_free (w->variants);
  g_strfreev (w->faults);
  g_free (w->memory);
  g_free (w);
}

gboolean
sf_worker_prepare (SfWorker *w, GError **error)
{
  if (!sf_variants_is_single (w->variants))
    return TRUE;
  g_autofree double *middle = g_new0 (double, w->study->n_factors);
  for (guint i = 0; i < w->study->n_factors; i++)
    middle[i] = sf_study_value (w->study, i, 0.5, FALSE);
  return sf_variants_get (w->variants, middle, error) != NULL;
}

/* Faults that a test asks for. Returns TRUE when outcomes are to be NAN. */
static gboolean
suffer (const SfWorker *w, const SfStoreTask *task)
{
  g_autofree char *name = g_strdup_printf ("%u/%u=", task->point, task->rep);
  for (char **f = w->faults; f && *f; f++) {
    if (!g_str_has_prefix (*f, name))
      continue;
    const char *what = *f + strlen (name);
    if (strcmp (what, "crash") == 0) {
      signal (SIGSEGV, SIG_DFL); /* no sanitizer's report of it */
      raise (SIGSEGV);
    }
    while (strcmp (what, "hang") == 0)
      pause ();
    return strcmp (what, "nan") == 0;
  }
  return FALSE;
}

/* Takes outcomes and series out of a record; FALSE with a message when a number
 * that must be there is none. */
static gboolean
take (const SfWorker *w, const SfVariant *v, const SfRecord *record,
      gboolean is_spoilt, guint8 *bytes)
{
  SfWireRow *row = (SfWireRow *)(void *)bytes;
  double *outcomes = (double *)(void *)(bytes + sizeof *row);
  float *series = (float *)(void *)(outcomes + w->wire.n_outcomes);
  guint days = v->plan->days;
  sf_observations_values (v->outcomes, record, outcomes);
  for (guint i = 0; i < w->wire.n_outcomes; i++) {
    const SfStoreColumn *c = &w->study->outcomes[i];
    gboolean is_needed = strcmp (c->kind, "event") != 0;
    if (is_spoilt)
      outcomes[i] = NAN;
    if (isinf (outcomes[i]) || (is_needed && isnan (outcomes[i]))) {
      g_snprintf (row->message, sizeof row->message, "outcome %s is %s",
                  c->name, isnan (outcomes[i]) ? "not a number" : "infinite");
      return FALSE;
    }
  }
  for (guint i = 0; i < v->series->len; i++) {
    gsize from = (gsize)g_array_index (v->series, gint, i) * days;
    memcpy (series + (gsize)i * days, record->curves + from,
            days * sizeof (float));
  }
  return TRUE;
}

static gboolean
simulate (SfWorker *w, const SfStoreTask *task, SfLog *log, guint8 *bytes)
{
  SfWireRow *row = (SfWireRow *)(void *)bytes;
  g_autoptr (GError) error = NULL;
  /* A store is for machines and says why in one language. */
  G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_pause (log == NULL);
  gboolean is_spoilt = w->faults && suffer (w, task);
  SfVariant *v = sf_variants_get (w->variants, task->values, &error);
  gboolean is_fine = v != NULL;
  SfRecord record = { 0 };
  if (is_fine) {
    gsize size = sf_record_size (v->plan->book);
    if (size > w->memory_size) {
      g_free (w->memory);
      w->memory = g_malloc0 (size);
      w->memory_size = size;
    }
    memset (w->memory, 0, size);
    record = sf_record_view (v->plan->book, w->memory);
    is_fine = sf_world_run (v->world, w->study->seed, task->rep, &record, log,
                            &error);
  }
  if (!is_fine) {
    g_strlcpy (row->message, error->message, sizeof row->message);
    return FALSE;
  }
  row->fingerprint = (guint64)record.head[SF_HEAD_FINGERPRINT];
  row->events = (guint64)record.head[SF_HEAD_EVENTS];
  return take (w, v, &record, is_spoilt, bytes);
}

static double
clock_s (clockid_t which)
{
  struct timespec t;
  clock_gettime (which, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void
sf_worker_run (SfWorker *w, const SfStoreTask *task, SfLog *log, guint8 *bytes)
{
  double wall = clock_s (CLOCK_MONOTONIC);
  double cpu = clock_s (CLOCK_PROCESS_CPUTIME_ID);
  sf_wire_fail (&w->wire, task, SF_STORE_FAILED, "", bytes);
  SfWireRow *row = (SfWireRow *)(void *)bytes;
  if (simulate (w, task, log, bytes))
    row->state = SF_STORE_DONE;
  row->wall_s = clock_s (CLOCK_MONOTONIC) - wall;
  row->cpu_s = clock_s (CLOCK_PROCESS_CPUTIME_ID) - cpu;
}

/* ---- A life --------------------------------------------------------------------------- */

/* All bytes, or none: the socket was closed. */
static gboolean
read_all (int fd, gpointer buffer, gsize n)
{
  char *at = buffer;
  while (n > 0) {
    ssize_t got = read (fd, at, n);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return FALSE;
    at += got;
    n -= (gsize)got;
  }
  return TRUE;
}

static gboolean
write_all (int fd, gconstpointer buffer, gsize n)
{
  const char *at = buffer;
  while (n > 0) {
    ssize_t put = write (fd, at, n);
    if (put < 0 && errno == EINTR)
      continue;
    if (put <= 0)
      return FALSE;
    at += put;
    n -= (gsize)put;
  }
  return TRUE;
}

void
sf_worker_serve (SfWorker *w, int socket)
{
  g_autofree guint8 *in = g_malloc (w->wire.task_size);
  g_autofree guint8 *out = g_malloc (w->wire.row_size);
  SfStoreTask task = { .values = g_new (double, w->wire.n_values + 1) };
  while (read_all (socket, in, w->wire.task_size)) {
    sf_wire_get_task (&w->wire, in, &task);
    sf_worker_run (w, &task, NULL, out);
    if (!write_all (socket, out, w->wire.row_size))
      break;
  }
  /* Not exit(): what the parent had buffered is the parent's to write. */
  _exit (0);
}
