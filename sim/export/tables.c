/* tables.c - runs and points as CSV. SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>

#include <gsl/gsl_rstat.h>

#include "sim/export/export-private.h"

struct SfExportTables {
  const SfStoreShape *shape;
  SfCsv *runs, *points;
  /* of the point at hand */
  gint64 point; /* -1: none */
  guint64 design_row, block, n_done, n_failed;
  double *values;
  gsl_rstat_workspace **stats; /* by outcome */
};

static SfCsv *
begin (const SfExport *what, const char *folder, const char *name,
       const SfExportColumns *columns, GError **error)
{
  g_autofree SfColumn *header = g_new0 (SfColumn, columns->list->len + 1);
  for (guint i = 0; i < columns->list->len; i++) {
    const SfExportColumn *c = &g_array_index (columns->list, SfExportColumn, i);
    header[i] = (SfColumn){ c->name, c->tag };
  }
  return sf_csv_create (folder, name, header, what->has_hxl, error);
}

SfExportTables *
sf_export_tables_new (const SfExport *what, const char *folder, GError **error)
{
  g_autoptr (SfExportTables) t = g_new0 (SfExportTables, 1);
  t->shape = sf_store_shape (what->store);
  t->point = -1;
  t->values = g_new0 (double, t->shape->n_factors + 1);
  t->stats = g_new0 (gsl_rstat_workspace *, t->shape->n_outcomes + 1);
  for (guint i = 0; i < t->shape->n_outcomes; i++)
    t->stats[i] = gsl_rstat_alloc ();
  g_autoptr (SfExportColumns) runs = sf_export_columns_of_runs (t->shape);
  g_autoptr (SfExportColumns) points = sf_export_columns_of_points (t->shape);
  t->runs = begin (what, folder, "runs.csv", runs, error);
  if (t->runs)
    t->points = begin (what, folder, "points.csv", points, error);
  return t->points ? g_steal_pointer (&t) : NULL;
}

void
sf_export_tables_free (SfExportTables *t)
{
  if (!t)
    return;
  for (guint i = 0; i < t->shape->n_outcomes; i++)
    gsl_rstat_free (t->stats[i]);
  g_free (t->stats);
  g_free (t->values);
  sf_csv_discard (t->runs);
  sf_csv_discard (t->points);
  g_free (t);
}

static void
put_values (SfCsv *csv, const SfStoreShape *shape, const double *values)
{
  for (guint i = 0; i < shape->n_factors; i++) {
    const char *const *levels = shape->factors[i].levels;
    if (!levels)
      sf_csv_number (csv, values[i]);
    else
      sf_csv_text (csv, isnan (values[i]) ? NULL : levels[(guint)values[i]]);
  }
}

/* ---- A run -------------------------------------------------------------------- */

static void
put_run (SfExportTables *t, const SfStoreEntry *e)
{
  const SfStoreRow *run = &e->run;
  gboolean is_done = run->state == SF_STORE_DONE;
  sf_csv_count (t->runs, run->point);
  sf_csv_count (t->runs, run->rep);
  put_values (t->runs, t->shape, e->values);
  sf_csv_text (t->runs, sf_store_state_names[run->state]);
  sf_csv_count (t->runs, e->attempt);
  for (guint i = 0; i < t->shape->n_outcomes; i++)
    sf_csv_number (t->runs, is_done ? run->outcomes[i] : NAN);
  sf_csv_text (t->runs, run->message);
  if (is_done) {
    char fingerprint[17];
    g_snprintf (fingerprint, sizeof fingerprint, "%016" PRIx64,
                run->fingerprint);
    sf_csv_raw (t->runs, fingerprint);
    sf_csv_count (t->runs, run->events);
  } else {
    sf_csv_text (t->runs, NULL);
    sf_csv_text (t->runs, NULL);
  }
  sf_csv_number (t->runs, run->wall_s);
  sf_csv_number (t->runs, run->cpu_s);
  sf_csv_number (t->runs, e->finished_unix_s);
  sf_csv_text (t->runs, run->worker);
  sf_csv_row (t->runs);
}

/* ---- A point ------------------------------------------------------------------- */

static void
put_point (SfExportTables *t)
{
  sf_csv_count (t->points, (guint64)t->point);
  sf_csv_count (t->points, t->design_row);
  sf_csv_count (t->points, t->block);
  put_values (t->points, t->shape, t->values);
  sf_csv_count (t->points, t->n_done);
  sf_csv_count (t->points, t->n_failed);
  for (guint i = 0; i < t->shape->n_outcomes; i++) {
    gsize n = gsl_rstat_n (t->stats[i]);
    sf_csv_number (t->points, n > 0 ? gsl_rstat_mean (t->stats[i]) : NAN);
    sf_csv_number (t->points, n > 1 ? gsl_rstat_sd (t->stats[i]) : NAN);
    sf_csv_count (t->points, n);
  }
  sf_csv_row (t->points);
}

static void
begin_point (SfExportTables *t, const SfStoreEntry *e)
{
  if (t->point >= 0)
    put_point (t);
  t->point = e->point;
  t->design_row = e->design_row;
  t->block = e->block;
  t->n_done = t->n_failed = 0;
  for (guint i = 0; i < t->shape->n_factors; i++)
    t->values[i] = e->values[i];
  for (guint i = 0; i < t->shape->n_outcomes; i++)
    gsl_rstat_reset (t->stats[i]);
}

void
sf_export_tables_add (SfExportTables *t, const SfStoreEntry *e)
{
  if (e->point != t->point)
    begin_point (t, e);
  if (e->attempt == 0)
    return;
  put_run (t, e);
  if (e->run.state != SF_STORE_DONE) {
    t->n_failed++;
    return;
  }
  t->n_done++;
  for (guint i = 0; i < t->shape->n_outcomes; i++)
    if (!isnan (e->run.outcomes[i]))
      gsl_rstat_add (e->run.outcomes[i], t->stats[i]);
}

gboolean
sf_export_tables_commit (SfExportTables *t, GError **error)
{
  if (t->point >= 0)
    put_point (t);
  t->point = -1;
  return sf_csv_commit (g_steal_pointer (&t->runs), error)
         && sf_csv_commit (g_steal_pointer (&t->points), error);
}
