/* collect.c - the rows of a sweep as plain arrays. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sweep/collect.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_sort.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Points that are compared with the design before it is believed. */
#define CHECKED 64

void
sf_collected_free (SfCollected *c)
{
  if (!c)
    return;
  g_free (c->x);
  g_free (c->y);
  g_free (c);
}

static SfCollected *
new_collected (const SfSweep *sweep, guint n)
{
  SfCollected *c = g_new0 (SfCollected, 1);
  c->n = n;
  c->k = sweep->study->n_factors;
  c->x = g_new0 (double, (gsize)n * c->k + 1);
  c->y = g_new0 (double, (gsize)n + 1);
  c->replications = sf_store_shape (sweep->store)->replications;
  c->noise_frac = NAN;
  return c;
}

/* ---- By points ---------------------------------------------------------------------- */

/* Sums over the replications of each point. */
typedef struct {
  SfCollected *c;
  guint outcome;
  double otherwise;
  double *sum, *squares;
  guint *n;       /* replications that have a value */
  guint n_common; /* replications from 0 on that are counted */
  guint *rows;    /* rows of each replication, while it is found out */
} Means;

static gboolean
count_rows (const SfStoreRow *row, const double *values, gpointer data)
{
  Means *m = data;
  (void)values;
  if (row->rep < m->c->replications)
    m->rows[row->rep]++;
  return TRUE;
}

/* While a sweep is under way, the replications that every point has: runs are
 * done replication by replication, so that half a sweep is of use. */
static gboolean
find_common (SfSweep *sweep, Means *m, GError **error)
{
  g_autofree guint *rows = g_new0 (guint, m->c->replications + 1);
  m->rows = rows;
  if (!sf_store_each (sweep->store, FALSE, count_rows, m, error))
    return FALSE;
  while (m->n_common < m->c->replications && rows[m->n_common] == m->c->n)
    m->n_common++;
  m->n_common = MAX (m->n_common, 1);
  m->rows = NULL;
  return TRUE;
}

/* Coordinates are found from the design again, so it must be the one that the
 * points were made with. */
static gboolean
find_coordinates (SfSweep *sweep, SfCollected *c, GError **error)
{
  g_autoptr (SfDesign) design = sf_design_new (&sweep->study->design, error);
  g_autofree double *values = g_new0 (double, c->k + 1);
  g_autofree double *kept = g_new0 (double, c->k + 1);
  SfStoreTask task = { .values = kept };
  if (!design)
    return FALSE;
  for (guint i = 0; i < c->n; i++) {
    guint64 row = sf_store_point_row (sweep->store, i);
    gboolean is_of_it = row < sf_design_count (design);
    if (is_of_it)
      sf_study_point (sweep->study, design, row, c->x + (gsize)i * c->k,
                      values);
    if (is_of_it && i >= CHECKED)
      continue;
    if (is_of_it && !sf_store_task (sweep->store, i, &task, error))
      return FALSE;
    if (is_of_it && memcmp (values, kept, c->k * sizeof (double)) == 0)
      continue;
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
                 _ ("point %u of %s is not that of the design: another version "
                    "of the program planned it"),
                 i, sf_store_path (sweep->store));
    return FALSE;
  }
  return TRUE;
}

static gboolean
add_run (const SfStoreRow *row, const double *values, gpointer data)
{
  Means *m = data;
  (void)values;
  if (row->point >= m->c->n || row->rep >= m->n_common
      || row->state != SF_STORE_DONE)
    return TRUE;
  double y = row->outcomes[m->outcome];
  m->c->n_never += isnan (y);
  if (isnan (y))
    y = m->otherwise;
  if (isnan (y))
    return TRUE;
  m->n[row->point]++;
  m->sum[row->point] += y;
  m->squares[row->point] += y * y;
  return TRUE;
}

/* Variances within points and of their means; a point that lacks a replication
 * is left out, since its mean would stand on other luck than those of others.
 */
static void
finish (Means *m)
{
  SfCollected *c = m->c;
  double within = 0, sum = 0, squares = 0;
  guint n = 0, r = m->n_common;
  c->n_common = r;
  for (guint i = 0; i < c->n; i++) {
    c->n_failed += r - MIN (r, m->n[i]);
    c->y[i] = m->n[i] == r ? m->sum[i] / r : NAN;
    if (m->n[i] < r)
      continue;
    n++;
    sum += c->y[i];
    squares += c->y[i] * c->y[i];
    if (r > 1)
      within += MAX (0, (m->squares[i] - r * c->y[i] * c->y[i]) / (r - 1));
  }
  if (isnan (m->otherwise)) /* these are told apart */
    c->n_failed -= MIN (c->n_failed, c->n_never);
  double between = n > 1 ? (squares - sum * sum / n) / (n - 1) : NAN;
  if (r > 1 && between > 0)
    c->noise_frac = within / n / r / between;
}

SfCollected *
sf_collect_means (SfSweep *sweep, guint outcome, double otherwise,
                  GError **error)
{
  SfStoreCounts counts;
  if (!sf_store_count (sweep->store, &counts, error))
    return NULL;
  g_autoptr (SfCollected) c = new_collected (sweep, (guint)counts.points);
  if (!find_coordinates (sweep, c, error))
    return NULL;
  g_autofree double *sum = g_new0 (double, c->n + 1);
  g_autofree double *squares = g_new0 (double, c->n + 1);
  g_autofree guint *n = g_new0 (guint, c->n + 1);
  Means means = { c, outcome, otherwise, sum, squares, n, 0, NULL };
  if (!find_common (sweep, &means, error)
      || !sf_store_each (sweep->store, FALSE, add_run, &means, error))
    return NULL;
  finish (&means);
  return g_steal_pointer (&c);
}

/* ---- Medians ------------------------------------------------------------------------- */

typedef struct {
  SfCollected *c;
  guint outcome;
  guint per_block; /* saltelli: points of a block, of which A and B count, the
                      others being made of them; else 0 */
  gint64 point;    /* the one at hand; -1: none yet */
  GArray *seen;    /* double, of the point at hand */
} Medians;

/* The median of the point at hand: rows come point by point. */
static void
close_point (Medians *m)
{
  SfCollected *c = m->c;
  double *y = (double *)(void *)m->seen->data;
  guint n = m->seen->len;
  gboolean has_failed = FALSE;
  if (m->point < 0)
    return;
  for (guint i = 0; i < n; i++)
    has_failed = has_failed || isnan (y[i]);
  if (has_failed)
    c->y[c->n++] = NAN;
  else {
    gsl_sort (y, 1, n);
    c->y[c->n++] = isinf (y[n / 2]) ? INFINITY
                   : n % 2 == 1     ? y[n / 2]
                                    : (y[n / 2 - 1] + y[n / 2]) / 2;
  }
  g_array_set_size (m->seen, 0);
}

static gboolean
take_run (const SfStoreRow *row, const double *values, gpointer data)
{
  Medians *m = data;
  SfCollected *c = m->c;
  if (m->per_block > 0 && row->point % m->per_block > 1)
    return TRUE;
  if (row->point != m->point) {
    close_point (m);
    m->point = row->point;
    memcpy (c->x + (gsize)c->n * c->k, values, c->k * sizeof (double));
  }
  double y = row->state == SF_STORE_DONE ? row->outcomes[m->outcome] : NAN;
  gboolean is_never = row->state == SF_STORE_DONE && isnan (y);
  c->n_never += is_never;
  c->n_failed += row->state != SF_STORE_DONE;
  y = is_never ? INFINITY : y;
  g_array_append_val (m->seen, y);
  return TRUE;
}

static gboolean
find_block (const SfStudy *study, Medians *m, GError **error)
{
  if (study->design.kind != SF_DESIGN_SALTELLI)
    return TRUE;
  g_autoptr (SfDesign) design = sf_design_new (&study->design, error);
  if (design)
    m->per_block = sf_design_rows_per_block (design);
  return design != NULL;
}

SfCollected *
sf_collect_medians (SfSweep *sweep, guint outcome, GError **error)
{
  SfStoreCounts counts;
  if (!sf_store_count (sweep->store, &counts, error))
    return NULL;
  g_autoptr (SfCollected) c = new_collected (sweep, (guint)counts.points);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (double));
  Medians medians = { c, outcome, 0, -1, seen };
  if (!find_block (sweep->study, &medians, error))
    return NULL;
  c->n = 0; /* counts up */
  if (!sf_store_each (sweep->store, FALSE, take_run, &medians, error))
    return NULL;
  close_point (&medians);
  return g_steal_pointer (&c);
}

/* ---- Of interest ---------------------------------------------------------------------- */

gint
sf_study_find_outcome (const SfStudy *s, const char *name, GError **error)
{
  g_autofree const char **names = g_new0 (const char *, s->n_outcomes + 1);
  for (guint i = 0; i < s->n_outcomes; i++) {
    names[i] = s->outcomes[i].name;
    if (strcmp (names[i], name) == 0)
      return (gint)i;
  }
  const char *near = sf_text_nearest (name, names, s->n_outcomes);
  g_autofree char *safe = sf_text_safe (name, -1);
  g_autofree char *list = g_strjoinv (", ", (char **)names);
  if (near)
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
                 _ ("the study keeps no outcome \"%s\" (did you mean \"%s\"?); "
                    "it keeps %s"),
                 safe, near, list);
  else
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
                 _ ("the study keeps no outcome \"%s\"; it keeps %s"), safe,
                 list);
  return -1;
}

gboolean
sf_interest_parse (const SfStudy *s, const char *text, SfInterest *interest,
                   GError **error)
{
  static const char *const signs[] = { ">=", "<=", ">", "<" };
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  for (char **w = words; *w; w++)
    if (**w)
      g_ptr_array_add (parts, *w);
  gint outcome
      = parts->len > 0 ? sf_study_find_outcome (s, parts->pdata[0], error) : -1;
  if (parts->len > 0 && outcome < 0)
    return FALSE;
  *interest = (SfInterest){ .outcome = (guint)outcome };
  if (parts->len == 2 && strcmp (parts->pdata[1], "never") == 0)
    return g_strlcpy (interest->comparison, "!", 3) > 0;
  if (parts->len == 2 && strcmp (parts->pdata[1], "happens") == 0)
    return g_strlcpy (interest->comparison, "?", 3) > 0;
  for (gsize i = 0; parts->len == 3 && i < G_N_ELEMENTS (signs); i++) {
    char *end = NULL;
    if (strcmp (parts->pdata[1], signs[i]) != 0)
      continue;
    interest->limit = g_ascii_strtod (parts->pdata[2], &end);
    if (end != parts->pdata[2] && *end == '\0' && isfinite (interest->limit))
      return g_strlcpy (interest->comparison, signs[i], 3) > 0;
  }
  g_set_error (
      error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER,
      _ ("\"%s\" is not understood; write \"OUTCOME >= NUMBER\" (or >, <, "
         "<=), \"OUTCOME happens\" or \"OUTCOME never\""),
      text);
  return FALSE;
}

static gboolean
is_of_interest (const SfInterest *i, double y)
{
  gboolean is_never = isinf (y);
  switch (i->comparison[0]) {
  case '!':
    return is_never;
  case '?':
    return !is_never;
  case '>':
    return !is_never && (i->comparison[1] ? y >= i->limit : y > i->limit);
  default:
    return !is_never && (i->comparison[1] ? y <= i->limit : y < i->limit);
  }
}

void
sf_interest_mark (const SfInterest *interest, SfCollected *medians)
{
  for (guint i = 0; i < medians->n; i++)
    if (!isnan (medians->y[i]))
      medians->y[i] = is_of_interest (interest, medians->y[i]);
}
