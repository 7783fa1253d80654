/* fit-runs.c - how far a candidate is from what was seen. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/experiment/fit-runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "sim/base/text.h"
#include "sim/engine/world.h"
#include "sim/experiment/pool.h"
#include "sim/lang/lang.h"
#include "sim/observe/stats.h"

/* ---- Which numbers ------------------------------------------------------- */

/* TRUE when `pointer` is `above` or a number below it. */
static gboolean
is_below (const char *pointer, const char *above)
{
  gsize n = strlen (above);
  while (n > 0 && above[n - 1] == '/')
    n--;
  return strncmp (pointer, above, n) == 0
         && (pointer[n] == '\0' || pointer[n] == '/');
}

static void
nothing_found (const SfScenario *s, const char *vary, GError **error)
{
  const SfAssumption *a = sf_scenario_assumption (s, vary);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  for (guint i = 0; i < s->n_assumptions; i++)
    if (s->assumptions[i].dist != SF_DIST_NONE)
      g_ptr_array_add (known, s->assumptions[i].pointer);
  const char *near
      = sf_text_nearest (vary, (const char *const *)known->pdata, known->len);
  g_autofree char *hint = sf_text_hint (near);
  g_autofree char *safe = sf_text_safe (vary, -1);
  if (a && a->named >= 0)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("%s takes a named assumption; vary %s"), safe,
                 s->assumptions[a->named].pointer);
  else if (a)
    g_set_error (
        error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        _ ("%s has no distribution, so there is no prior to vary it in"), safe);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("no uncertain number is at or below %s%s"), safe, hint);
}

GArray *
sf_fit_numbers (const SfScenario *s, const char *const *vary, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint8 *has_found
      = g_new0 (guint8, vary ? g_strv_length ((char **)vary) + 1 : 1);
  for (guint i = 0; i < s->n_assumptions; i++) {
    const SfAssumption *a = &s->assumptions[i];
    gboolean is_in = vary == NULL;
    for (guint v = 0; vary && vary[v] && a->dist != SF_DIST_NONE; v++)
      if (is_below (a->pointer, vary[v]))
        is_in = has_found[v] = TRUE;
    if (is_in && a->dist != SF_DIST_NONE)
      g_array_append_val (numbers, i);
  }
  for (guint v = 0; vary && vary[v]; v++)
    if (!has_found[v]) {
      nothing_found (s, vary[v], error);
      return NULL;
    }
  if (numbers->len > 0)
    return g_steal_pointer (&numbers);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s has no uncertain number to fit"), s->path);
  return NULL;
}

/* ---- The prior ----------------------------------------------------------- */

static double
triangular (double min, double mode, double max, double q)
{
  double left = (mode - min) / (max - min);
  if (q < left)
    return min + sqrt (q * (max - min) * (mode - min));
  return max - sqrt ((1 - q) * (max - min) * (max - mode));
}

double
sf_fit_value (const SfAssumption *a, double q)
{
  double v = a->value;
  switch (a->dist) {
  case SF_DIST_UNIFORM:
    v = a->p[0] + (a->p[1] - a->p[0]) * q;
    break;
  case SF_DIST_TRIANGULAR:
    v = triangular (a->p[0], a->p[1], a->p[2], q);
    break;
  case SF_DIST_NORMAL:
    v = a->p[0] + a->p[1] * gsl_cdf_ugaussian_Pinv (q);
    break;
  case SF_DIST_LOGNORMAL:
    v = a->p[0] * exp (a->p[1] * gsl_cdf_ugaussian_Pinv (q));
    break;
  case SF_DIST_BETA:
    v = a->p[0] + (a->p[1] - a->p[0]) * gsl_cdf_beta_Pinv (q, a->p[2], a->p[3]);
    break;
  case SF_DIST_NONE:
    break;
  }
  v = CLAMP (v, a->min, a->max);
  return a->is_whole ? round (v) : v;
}

/* ---- Rows and terms ------------------------------------------------------ */

static gboolean
has_bounds (const SfObservationPart *part)
{
  return !isnan (part->min) || !isnan (part->max);
}

static gboolean
is_compared (const SfObservations *observations, const SfObservationRow *row,
             SfDate until)
{
  if (until != SF_PARAM_NO_DATE && row->last > until)
    return FALSE;
  for (guint i = 0; i < row->n_parts; i++)
    if (has_bounds (sf_observations_part (observations, row->first_part + i)))
      return TRUE;
  return FALSE;
}

SfFitRuns *
sf_fit_runs_new (SfPlan *plan, const SfObservations *observations,
                 GArray *numbers, const SfFitRunOptions *options,
                 GError **error)
{
  g_return_val_if_fail (options->replications > 0 && numbers->len > 0, NULL);
  g_autoptr (SfFitRuns) runs = g_new0 (SfFitRuns, 1);
  *runs = (SfFitRuns){ .plan = plan,
                       .observations = observations,
                       .options = *options,
                       .numbers = numbers,
                       .rows = g_array_new (FALSE, FALSE, sizeof (guint)) };
  if (options->jobs == 0)
    runs->options.jobs = g_get_num_processors ();
  for (guint i = 0; i < sf_observations_n_rows (observations); i++)
    if (is_compared (observations, sf_observations_row (observations, i),
                     options->until))
      g_array_append_val (runs->rows, i);
  if (runs->rows->len > 0)
    return g_steal_pointer (&runs);
  g_set_error_literal (
      error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      _ ("no row of the observations is left to compare with"));
  return NULL;
}

void
sf_fit_runs_free (SfFitRuns *runs)
{
  if (!runs)
    return;
  g_array_unref (runs->numbers);
  g_array_unref (runs->rows);
  g_free (runs);
}

static int
by_size (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Distance of a part from the values of n replications, one every `stride`
 * doubles; `sorted` has room for n. */
static double
part_distance (const SfFitRuns *runs, guint part, const double *values,
               gsize stride, double *sorted)
{
  guint n = runs->options.replications;
  for (guint i = 0; i < n; i++) {
    double v = values[i * stride];
    sorted[i] = isnan (v) ? INFINITY : v;
  }
  qsort (sorted, n, sizeof *sorted, by_size);
  double median = sf_quantile_sorted (sorted, n, 0.5);
  if (!isfinite (median))
    median = NAN;
  double distance = sf_observations_distance (
      runs->observations, part, median, runs->options.margin, SF_FIT_MOST);
  return isnan (distance) ? SF_FIT_MOST : CLAMP (distance, 0, SF_FIT_MOST);
}

static double
row_term (const SfFitRuns *runs, guint index, const double *values,
          gsize stride, double *sorted)
{
  const SfObservationRow *row = sf_observations_row (runs->observations, index);
  double largest = 0, sum = 0;
  guint n = 0;
  for (guint i = row->first_part; i < row->first_part + row->n_parts; i++) {
    if (!has_bounds (sf_observations_part (runs->observations, i)))
      continue;
    double d = part_distance (runs, i, values + i, stride, sorted);
    largest = MAX (largest, d);
    sum += d;
    n++;
  }
  return (largest + sum / n) / 2;
}

/* ---- In a worker --------------------------------------------------------- */

/* A slot: 1 when the replication was completed, then the value of each part. */
enum { SLOT_STATUS, SLOT_VALUES };

typedef struct {
  const SfFitRuns *runs;
  const double *quantiles;
  const guint *lucks; /* by candidate */
} Batch;

typedef struct {
  SfWorld *world;
  gpointer memory; /* of a record */
} Desk;

static gpointer
begin (gpointer data)
{
  const Batch *batch = data;
  Desk *desk = g_new0 (Desk, 1);
  desk->world = sf_world_new (batch->runs->plan);
  desk->memory = g_malloc (sf_record_size (batch->runs->plan->book));
  return desk;
}

static void
end (gpointer data, gpointer state)
{
  Desk *desk = state;
  (void)data;
  sf_world_free (desk->world);
  g_free (desk->memory);
  g_free (desk);
}

static void
fix_values (const Batch *batch, guint candidate)
{
  SfScenario *s = batch->runs->plan->scenario;
  const GArray *numbers = batch->runs->numbers;
  const double *q = batch->quantiles + (gsize)candidate * numbers->len;
  for (guint p = 0; p < numbers->len; p++) {
    guint number = g_array_index (numbers, guint, p);
    sf_scenario_fix (s, number, sf_fit_value (&s->assumptions[number], q[p]));
  }
}

/* Piece i is replication i % R of candidate i / R. */
static void
work (gpointer data, gpointer state, guint i, gpointer slot)
{
  const Batch *batch = data;
  const SfFitRunOptions *o = &batch->runs->options;
  Desk *desk = state;
  double *out = slot;
  guint candidate = i / o->replications, replication = i % o->replications;
  replication += batch->lucks[candidate] * o->replications;
  fix_values (batch, candidate);
  memset (desk->memory, 0, sf_record_size (batch->runs->plan->book));
  SfRecord record = sf_record_view (batch->runs->plan->book, desk->memory);
  if (!sf_world_run (desk->world, o->seed, replication, &record, NULL, NULL))
    return;
  sf_observations_values (batch->runs->observations, &record,
                          out + SLOT_VALUES);
  out[SLOT_STATUS] = 1;
}

/* ---- In the parent ------------------------------------------------------- */

static void
lost (gpointer data, guint i, gpointer slot, const char *why)
{
  (void)data;
  (void)i;
  (void)why;
  ((double *)slot)[SLOT_STATUS] = 0;
}

/* What a replication that failed says: nothing happened in it. */
static void
blank_failed (SfFitRuns *runs, SfSlots *slots)
{
  guint n_parts = sf_observations_n_parts (runs->observations);
  for (guint i = 0; i < sf_slots_count (slots); i++) {
    double *slot = sf_slots_slot (slots, i);
    runs->n_run++;
    if (slot[SLOT_STATUS] == 1)
      continue;
    runs->n_failed++;
    for (guint p = 0; p < n_parts; p++)
      slot[SLOT_VALUES + p] = NAN;
  }
}

static void
gather (SfFitRuns *runs, SfSlots *slots, guint n, double *terms)
{
  gsize stride = sf_slots_stride (slots) / sizeof (double);
  g_autofree double *sorted = g_new (double, runs->options.replications);
  blank_failed (runs, slots);
  for (guint i = 0; i < n; i++) {
    const double *slot = sf_slots_slot (slots, i * runs->options.replications);
    for (guint t = 0; t < runs->rows->len; t++)
      *terms++ = row_term (runs, g_array_index (runs->rows, guint, t),
                           slot + SLOT_VALUES, stride, sorted);
  }
}

SfFitStep
sf_fit_runs_terms (gpointer data, const guint *lucks, guint n,
                   const double *quantiles, double *terms, GError **error)
{
  SfFitRuns *runs = data;
  Batch batch = { runs, quantiles, lucks };
  gsize n_values = SLOT_VALUES + sf_observations_n_parts (runs->observations);
  g_autoptr (SfSlots) slots = sf_slots_new (
      n * runs->options.replications, n_values * sizeof (double), NULL, error);
  if (!slots)
    return SF_FIT_FAILED;
  SfPoolWork pool_work = {
    .data = &batch, .begin = begin, .work = work, .end = end, .lost = lost
  };
  SfPoolOutcome outcome;
  sf_plan_prepare (runs->plan);
  if (!sf_pool_run (&pool_work, slots, runs->options.jobs, &outcome, error))
    return SF_FIT_FAILED;
  if (outcome.was_interrupted)
    return SF_FIT_STOPPED;
  gather (runs, slots, n, terms);
  return SF_FIT_DONE;
}

/* ---- What came of it ----------------------------------------------------- */

void
sf_fit_number (const SfFitRuns *runs, const SfFit *fit, guint parameter,
               SfFitNumber *out)
{
  const SfScenario *s = runs->plan->scenario;
  const SfAssumption *a
      = &s->assumptions[g_array_index (runs->numbers, guint, parameter)];
  SfFitParameter p;
  sf_fit_parameter (fit, parameter, &p);
  double prior = sf_fit_value (a, 0.75) - sf_fit_value (a, 0.25);
  double posterior = sf_fit_value (a, p.p75) - sf_fit_value (a, p.p25);
  double narrowing = prior > 0 ? posterior / prior : NAN;
  *out = (SfFitNumber){
    .number = a,
    .prior
    = { sf_fit_value (a, 0.05), sf_fit_value (a, 0.5), sf_fit_value (a, 0.95) },
    .posterior = { sf_fit_value (a, p.p05), sf_fit_value (a, p.p50),
                   sf_fit_value (a, p.p95) },
    .narrowing_frac = narrowing,
    .is_identified = narrowing <= SF_FIT_IDENTIFIED,
    .is_settled = p.r_hat <= SF_FIT_SETTLED,
    .rank_correlation = p.rank_correlation,
    .r_hat = p.r_hat,
  };
}
