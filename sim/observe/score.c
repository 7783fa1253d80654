/* score.c - an ensemble of runs against what was seen. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/score.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"

/* ---- One part ------------------------------------------------------------ */

static int
ascending (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* As sf_quantile_sorted(), for values that end in infinities. */
static double
quantile (const double *sorted, guint n, double p)
{
  double h = (n - 1) * p;
  guint low = (guint)h;
  double frac = h - low;
  if (frac == 0 || low + 1 >= n || sorted[low] == sorted[low + 1])
    return sorted[low];
  return sorted[low] + frac * (sorted[low + 1] - sorted[low]);
}

/* Of sorted values: the sum of all distances between two of them needs only
 * each one's place. */
static double
crps (const double *sorted, guint n, double value)
{
  double apart = 0, spread = 0;
  for (guint i = 0; i < n; i++) {
    apart += fabs (sorted[i] - value);
    spread += (2.0 * i - n + 1) * sorted[i];
  }
  return apart / n - spread / n / n;
}

static gboolean
has_bounds (const SfObservationPart *p)
{
  return !isnan (p->min) || !isnan (p->max);
}

/* A bound that is not given (NAN) holds for everything but what did not
 * happen, which is later than any day and so above any largest. */
static gboolean
is_inside (const SfObservationPart *p, double x)
{
  return !(x < p->min) && !(x > p->max) && !isinf (x);
}

static gboolean
is_covered (const SfObservationPart *p, const SfPartScore *s)
{
  if (!isnan (p->value))
    return s->p05 <= p->value && p->value <= s->p95;
  return !(s->p95 < p->min) && !(s->p05 > p->max) && !isinf (s->p05);
}

void
sf_observations_score (const SfObservations *o, guint part,
                       const double *values, guint n, guint stride,
                       SfPartScore *out)
{
  const SfObservationPart *p = sf_observations_part (o, part);
  g_return_if_fail (p && (values || n == 0));
  *out = (SfPartScore){ INFINITY, INFINITY, INFINITY, n, 0, FALSE, FALSE, NAN };
  if (n == 0)
    return;
  g_autofree double *sorted = g_new (double, n);
  for (guint i = 0; i < n; i++) {
    double x = values[(gsize)i * stride];
    out->n_missing += isnan (x);
    sorted[i] = isnan (x) ? INFINITY : x;
  }
  qsort (sorted, n, sizeof (double), ascending);
  out->p05 = quantile (sorted, n, 0.05);
  out->p50 = quantile (sorted, n, 0.5);
  out->p95 = quantile (sorted, n, 0.95);
  out->is_hit = is_inside (p, out->p50);
  out->is_covered = is_covered (p, out);
  if (!isnan (p->value) && out->n_missing == 0)
    out->crps = crps (sorted, n, p->value);
}

double
sf_observations_distance (const SfObservations *o, guint part, double value,
                          double margin, double most)
{
  const SfObservationPart *p = sf_observations_part (o, part);
  if (!has_bounds (p))
    return 0;
  if (!isfinite (value))
    return most;
  double inset = margin * p->tolerance;
  gboolean has_both = !isnan (p->min) && !isnan (p->max);
  if (has_both)
    inset = MIN (inset, (p->max - p->min) / 2);
  double away = value < p->min + inset   ? p->min + inset - value
                : value > p->max - inset ? value - (p->max - inset)
                                         : 0;
  return MIN (away / p->tolerance, most);
}

/* ---- Rows ---------------------------------------------------------------- */

gboolean
sf_observations_row_hit (const SfObservations *o, guint row,
                         const SfPartScore *parts)
{
  const SfObservationRow *r = sf_observations_row (o, row);
  for (guint i = r->first_part; i < r->first_part + r->n_parts; i++)
    if (has_bounds (sf_observations_part (o, i)) && !parts[i].is_hit)
      return FALSE;
  return TRUE;
}

gboolean
sf_observations_row_covered (const SfObservations *o, guint row,
                             const SfPartScore *parts)
{
  const SfObservationRow *r = sf_observations_row (o, row);
  for (guint i = r->first_part; i < r->first_part + r->n_parts; i++)
    if (has_bounds (sf_observations_part (o, i)) && !parts[i].is_covered)
      return FALSE;
  return TRUE;
}

/* ---- All ----------------------------------------------------------------- */

/* The values of all parts, replication after replication; *n is how many of
 * these were done. */
static double *
take_values (const SfObservations *o, const SfScoredRun *run, guint *n)
{
  guint n_parts = sf_observations_n_parts (o);
  double *values = g_new (double, (gsize)n_parts *MAX (run->n, 1));
  *n = 0;
  for (guint i = 0; i < run->n; i++) {
    SfRecord record
        = sf_record_view (run->book, (char *)run->memory + run->stride * i);
    if (record.head[SF_HEAD_STATUS] == SF_RECORD_DONE)
      sf_observations_values (o, &record, values + (gsize)n_parts * (*n)++);
  }
  return values;
}

SfScores *
sf_scores_new (const SfObservations *o, const SfScoredRun *run, SfDate from,
               SfDate until)
{
  g_return_val_if_fail (o && run, NULL);
  guint n_parts = sf_observations_n_parts (o),
        n_rows = sf_observations_n_rows (o);
  SfScores *s = g_new0 (SfScores, 1);
  s->observations = o;
  s->parts = g_new0 (SfPartScore, n_parts);
  s->is_chosen = g_new0 (gboolean, n_rows);
  s->is_hit = g_new0 (gboolean, n_rows);
  s->is_covered = g_new0 (gboolean, n_rows);
  g_autofree double *values = take_values (o, run, &s->n);
  for (guint i = 0; i < n_parts; i++)
    sf_observations_score (o, i, values + i, s->n, n_parts, &s->parts[i]);
  for (guint i = 0; i < n_rows; i++) {
    const SfObservationRow *row = sf_observations_row (o, i);
    s->is_chosen[i] = row->first >= from && row->last <= until;
    s->is_hit[i] = sf_observations_row_hit (o, i, s->parts);
    s->is_covered[i] = sf_observations_row_covered (o, i, s->parts);
    if (!s->is_chosen[i])
      continue;
    s->n_rows++;
    s->n_hit += s->is_hit[i] != 0;
    s->n_banded += !row->is_order;
    s->n_covered += !row->is_order && s->is_covered[i];
  }
  return s;
}

void
sf_scores_free (SfScores *s)
{
  if (!s)
    return;
  g_free (s->parts);
  g_free (s->is_chosen);
  g_free (s->is_hit);
  g_free (s->is_covered);
  g_free (s);
}

char *
sf_scores_lost (const SfScores *before, const SfScores *after)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < sf_observations_n_rows (before->observations); i++)
    if (before->is_chosen[i] && before->is_hit[i] && !after->is_hit[i])
      g_string_append_printf (
          list, "%s%s", list->len > 0 ? ", " : "",
          sf_observations_row (before->observations, i)->number);
  return g_string_free (list, FALSE);
}

static double
percent (guint n, guint of)
{
  return of > 0 ? 100.0 * n / of : 0;
}

char *
sf_scores_summary (const SfScores *s)
{
  return g_strdup_printf (_ ("hit %u of %u rows (%.0f %%); the 90 %% band "
                             "covers %u of %u (%.0f %%)"),
                          s->n_hit, s->n_rows, percent (s->n_hit, s->n_rows),
                          s->n_covered, s->n_banded,
                          percent (s->n_covered, s->n_banded));
}
