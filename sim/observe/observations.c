/* observations.c - what was seen, found in a run. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/observations-private.h"

#include <math.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

static void
clear_record (gpointer data)
{
  SfPartRecord *p = data;
  g_free (p->pointer);
  g_array_unref (p->series);
}

SfObservations *
sf_observations_new (SfJsonDoc *doc)
{
  SfObservations *o = g_new0 (SfObservations, 1);
  o->doc = doc;
  o->rows = g_array_new (FALSE, FALSE, sizeof (SfObservationRow));
  o->parts = g_array_new (FALSE, FALSE, sizeof (SfObservationPart));
  o->records = g_array_new (FALSE, FALSE, sizeof (SfPartRecord));
  g_array_set_clear_func (o->records, clear_record);
  return o;
}

void
sf_observations_free (SfObservations *o)
{
  if (!o)
    return;
  g_array_unref (o->rows);
  g_array_unref (o->parts);
  g_array_unref (o->records);
  if (!o->is_guest)
    sf_json_doc_free (o->doc);
  g_free (o);
}

SfDate
sf_observations_day0 (const SfObservations *o)
{
  return o->day0;
}

guint
sf_observations_n_rows (const SfObservations *o)
{
  return o->rows->len;
}

guint
sf_observations_n_parts (const SfObservations *o)
{
  return o->parts->len;
}

const SfObservationRow *
sf_observations_row (const SfObservations *o, guint row)
{
  g_return_val_if_fail (row < o->rows->len, NULL);
  return &g_array_index (o->rows, SfObservationRow, row);
}

const SfObservationPart *
sf_observations_part (const SfObservations *o, guint part)
{
  g_return_val_if_fail (part < o->parts->len, NULL);
  return &g_array_index (o->parts, SfObservationPart, part);
}

/* ---- Finding what a part names ------------------------------------------- */

static void
not_found (const SfObservations *o, SfMistakes *m, const SfJson *v,
           const char *pointer, gboolean is_series, const char *near)
{
  if (!m)
    return;
  const char *file;
  int line, column;
  sf_json_where (o->doc, v, &file, &line, &column);
  g_autofree char *safe = sf_text_safe (sf_json_string (v), -1);
  g_autofree char *hint = sf_text_hint (near);
  sf_mistakes_add (m, SF_MISTAKE_REFERENCE, file, line, column, pointer,
                   is_series ? _ ("no series \"%s\" is recorded%s")
                             : _ ("no metric \"%s\" is recorded%s"),
                   safe, hint);
}

static void
find_series (SfObservations *o, SfPartRecord *p, SfMistakes *m)
{
  const SfJson *list = sf_json_member (p->json, "series");
  guint n = 0;
  g_array_set_size (p->series, 0);
  for (const SfJson *v = list ? sf_json_first (list) : NULL; v;
       v = sf_json_next (v), n++) {
    gint series = sf_book_find_named (o->book, sf_json_string (v));
    if (series >= 0) {
      g_array_append_val (p->series, series);
      continue;
    }
    p->is_absent = TRUE;
    g_autofree char *near
        = sf_book_nearest_series (o->book, sf_json_string (v));
    g_autofree char *at = g_strdup_printf ("%s/series/%u", p->pointer, n);
    not_found (o, m, v, at, TRUE, near);
  }
}

static char *
metric_name (const SfMetric *metric)
{
  const char *const parts[]
      = { metric->commodity, metric->class, metric->metric, metric->period };
  GString *name = g_string_new (metric->place);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i])
      g_string_append_printf (name, "/%s", parts[i]);
  return g_string_free (name, FALSE);
}

static void
find_metric (SfObservations *o, SfPartRecord *p, SfMistakes *m)
{
  p->metric_index
      = p->metric ? sf_book_find_named_metric (o->book, p->metric) : -1;
  if (!p->metric || p->metric_index >= 0)
    return;
  p->is_absent = TRUE;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sf_book_n_metrics (o->book); i++)
    g_ptr_array_add (names, metric_name (sf_book_metric (o->book, i)));
  g_autofree char *at = sf_json_pointer_child (p->pointer, "metric");
  not_found (o, m, sf_json_member (p->json, "metric"), at, FALSE,
             sf_text_nearest (p->metric, (const char *const *)names->pdata,
                              names->len));
}

/* Days of the file become days of the run, inside which they must lie. */
static void
find_days (SfObservations *o, SfPartRecord *p, SfMistakes *m)
{
  gint days = (gint)sf_book_days (o->book);
  gint from = isnan (p->from_day) ? 0 : (gint)p->from_day;
  p->first = o->offset + from;
  p->last = days - 1;
  if (!isnan (p->to_day))
    p->last = o->offset + (gint)p->to_day;
  else if (!isnan (p->for_days) && p->after_part < 0)
    p->last = p->first + (gint)p->for_days - 1;
  if (p->metric || (p->first >= 0 && p->first <= p->last && p->last < days))
    return;
  p->is_absent = TRUE;
  if (!m)
    return;
  const char *file;
  int line, column;
  sf_json_where (o->doc, p->json, &file, &line, &column);
  sf_mistakes_add (
      m, SF_MISTAKE_RANGE, file, line, column, p->pointer,
      _ ("day %d to %d lies outside the run, which is day %d to %d"),
      p->first - o->offset, p->last - o->offset, -o->offset,
      days - 1 - o->offset);
}

/* Nothing in common with the run is one mistake, not one a part. */
static gboolean
is_another_time (const SfObservations *o, SfDate start, SfMistakes *m)
{
  SfDate end = start + (SfDate)sf_book_days (o->book) - 1;
  SfDate first = G_MAXINT32, last = G_MININT32;
  for (guint i = 0; i < o->rows->len; i++) {
    const SfObservationRow *row = sf_observations_row (o, i);
    first = MIN (first, row->first);
    last = MAX (last, row->last);
  }
  if (first <= end && start <= last)
    return FALSE;
  char a[SF_DATE_SIZE], b[SF_DATE_SIZE], c[SF_DATE_SIZE], d[SF_DATE_SIZE];
  const SfJson *v = sf_json_member (sf_json_root (o->doc), "day0");
  const char *file;
  int line, column;
  sf_json_where (o->doc, v, &file, &line, &column);
  sf_mistakes_add (
      m, SF_MISTAKE_RANGE, file, line, column, "/day0",
      _ ("these are observations of %s to %s, and the run is %s to "
         "%s"),
      sf_date_format (a, first), sf_date_format (b, last),
      sf_date_format (c, start), sf_date_format (d, end));
  return TRUE;
}

gboolean
sf_observations_bind (SfObservations *o, const SfBook *book, SfDate start,
                      SfMistakes *m)
{
  g_return_val_if_fail (o && book, FALSE);
  guint before = m ? sf_mistakes_count (m) : 0;
  o->book = book;
  o->offset = o->day0 - start;
  gboolean is_hopeless = m && is_another_time (o, start, m);
  for (guint i = 0; i < o->records->len && !is_hopeless; i++) {
    SfPartRecord *p = &g_array_index (o->records, SfPartRecord, i);
    p->is_absent = FALSE;
    find_series (o, p, m);
    find_metric (o, p, m);
    find_days (o, p, m);
  }
  if (!m || sf_mistakes_count (m) == before)
    return TRUE;
  o->book = NULL;
  sf_mistakes_sort (m);
  return FALSE;
}

/* ---- Values -------------------------------------------------------------- */

/* Days of the run that one replication's part looks at; FALSE when there are
 * none, since what they depend on did not happen or leaves no day. */
static gboolean
window (const SfObservations *o, const SfPartRecord *p, const double *values,
        guint *first, guint *last)
{
  gint days = (gint)sf_book_days (o->book), from = p->first, to = p->last;
  if (p->after_part >= 0) {
    double after = values[p->after_part];
    if (isnan (after))
      return FALSE;
    from = MAX (from, o->offset + (gint)ceil (after));
    if (!isnan (p->for_days))
      to = MIN (from + (gint)p->for_days - 1, days - 1);
  }
  if (p->before_part >= 0 && !isnan (values[p->before_part]))
    to = MIN (to, o->offset + (gint)ceil (values[p->before_part]) - 1);
  if (from < 0 || from > to || to >= days)
    return FALSE;
  *first = (guint)from;
  *last = (guint)to;
  return TRUE;
}

/* Adds the series of a part up; a day on which one has no value has none. */
static void
add_up (const SfObservations *o, const SfPartRecord *p, const SfRecord *record,
        double *curve)
{
  guint days = sf_book_days (o->book);
  for (guint day = 0; day < days; day++) {
    double sum = 0;
    for (guint i = 0; i < p->series->len; i++) {
      guint series = g_array_index (p->series, guint, i);
      sum += (double)record->curves[(gsize)series * days + day];
    }
    curve[day] = sum * p->factor;
  }
}

static double
value_of (const SfObservations *o, const SfPartRecord *p,
          const SfRecord *record, const double *values, double *curve)
{
  double value;
  if (p->is_absent)
    return NAN;
  if (p->metric)
    value = record->metrics[p->metric_index] * p->factor;
  else {
    guint first, last;
    if (!window (o, p, values, &first, &last))
      return NAN;
    add_up (o, p, record, curve);
    SfCurveStat stat = (SfCurveStat)p->stat;
    guint window_days = isnan (p->window_days) ? 1 : (guint)p->window_days;
    value = sf_curve_stat (stat, curve, first, last, p->limit, window_days);
    if (sf_curve_stat_is_day (stat))
      value -= o->offset;
  }
  if (isnan (value))
    value = p->never;
  return p->minus_part >= 0 ? value - values[p->minus_part] : value;
}

void
sf_observations_values (const SfObservations *o, const SfRecord *record,
                        double *values)
{
  g_return_if_fail (o->book != NULL);
  g_autofree double *curve = g_new (double, sf_book_days (o->book));
  for (guint i = 0; i < o->records->len; i++)
    values[i] = value_of (o, &g_array_index (o->records, SfPartRecord, i),
                          record, values, curve);
}
