/* observations-read.c - an observations file is read and checked. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe/observations-private.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/scenario/reader.h"

#define DAY_MIN (-36500)
#define DAY_MAX 36500
#define MUCH 1e15

typedef struct {
  const char *title, *description;
  SfDate day0;
} FileRecord;

static const SfParam top_params[] = {
  SF_PARAM_STRING (FileRecord, title, "one line"),
  SF_PARAM_STRING (FileRecord, description, "what was observed, and how"),
  SF_PARAM_DAY (FileRecord, day0, SF_PARAM_REQUIRED,
                "the date that days are counted from, YYYY-MM-DD"),
  SF_PARAM_END,
};

static const SfParam row_params[] = {
  SF_PARAM_STRING (SfRowRecord, number, "short name for tables"),
  SF_PARAM_STRING (SfRowRecord, title, "what was seen"),
  SF_PARAM_BOOL (SfRowRecord, is_order, 0,
                 "an order of things only: left out of the coverage"),
  SF_PARAM (SfRowRecord, first_day, NAN, DAY_MIN, DAY_MAX,
            "first day that its evidence is about"),
  SF_PARAM (SfRowRecord, last_day, NAN, DAY_MIN, DAY_MAX,
            "last day that its evidence is about"),
  SF_PARAM_END,
};

const SfParam sf_observation_part_params[] = {
  SF_PARAM_STRING (SfPartRecord, title, "what the number is"),
  SF_PARAM_STRING (SfPartRecord, unit, "its unit, as shown"),
  SF_PARAM_STRING (SfPartRecord, metric, "PLACE/METRIC"),
  SF_PARAM_WORD (SfPartRecord, stat, 0, SF_CURVE_STATS, -1, "the statistic"),
  SF_PARAM (SfPartRecord, from_day, NAN, DAY_MIN, DAY_MAX, "first day"),
  SF_PARAM (SfPartRecord, to_day, NAN, DAY_MIN, DAY_MAX, "last day"),
  SF_PARAM (SfPartRecord, for_days, NAN, 1, DAY_MAX,
            "so many days from the first one, instead of to_day"),
  SF_PARAM (SfPartRecord, limit, NAN, -MUCH, MUCH, "of below and above"),
  SF_PARAM (SfPartRecord, window_days, NAN, 1, 3650, "days on end"),
  SF_PARAM (SfPartRecord, factor, 1, -MUCH, MUCH, "multiplies every value"),
  SF_PARAM_STRING (SfPartRecord, after, "ROW/PART whose day is the first"),
  SF_PARAM_STRING (SfPartRecord, before, "ROW/PART whose day ends it"),
  SF_PARAM_STRING (SfPartRecord, minus, "ROW/PART that is taken away"),
  SF_PARAM (SfPartRecord, never, NAN, -MUCH, MUCH,
            "what counts when it did not happen"),
  SF_PARAM (SfPartRecord, min, NAN, -MUCH, MUCH, "at least"),
  SF_PARAM (SfPartRecord, max, NAN, -MUCH, MUCH, "at most"),
  SF_PARAM (SfPartRecord, value, NAN, -MUCH, MUCH, "as reported"),
  SF_PARAM (SfPartRecord, tolerance, NAN, 0, MUCH,
            "distance from a bound that counts as 1"),
  SF_PARAM_END,
};

typedef struct {
  SfReader reader;
  SfObservations *o;
  GHashTable *known; /* "row/part" (owned) -> index in records + 1 */
  GPtrArray *names;  /* the same, in order; borrowed */
} Job;

static void wrong (Job *job, const SfPartRecord *p, const char *key,
                   const char *format, ...) G_GNUC_PRINTF (4, 5);

/* A mistake in a part, at one of its keys, or at the whole when it does not
 * have that key. */
static void
wrong (Job *job, const SfPartRecord *p, const char *key, const char *format,
       ...)
{
  const SfJson *v = sf_json_member (p->json, key);
  g_autofree char *child
      = v ? sf_json_pointer_child (p->pointer, key) : g_strdup (p->pointer);
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  sf_reader_mistake (&job->reader, v ? SF_MISTAKE_RANGE : SF_MISTAKE_MISSING,
                     v ? v : p->json, child, "%s", text);
}

static gboolean
has (const SfPartRecord *p, const char *key)
{
  return sf_json_member (p->json, key) != NULL;
}

/* ---- One part ------------------------------------------------------------ */

/* An earlier part by name, or -1; that a day is needed is said too. */
static gint
find_part (Job *job, const SfPartRecord *p, const char *key, const char *name,
           gboolean wants_day)
{
  if (!name)
    return -1;
  gint place = GPOINTER_TO_INT (g_hash_table_lookup (job->known, name)) - 1;
  if (place < 0) {
    const char *near = sf_text_nearest (
        name, (const char *const *)job->names->pdata, job->names->len);
    g_autofree char *safe = sf_text_safe (name, -1);
    g_autofree char *hint = sf_text_hint (near);
    wrong (job, p, key, _ ("\"%s\" is not an earlier ROW/PART%s"), safe, hint);
    return -1;
  }
  const SfPartRecord *other
      = &g_array_index (job->o->records, SfPartRecord, place);
  if (wants_day
      && (other->minus || !sf_curve_stat_is_day ((SfCurveStat)other->stat)))
    wrong (job, p, key, _ ("\"%s\" is not a day"), name);
  return place;
}

static void
check_series (Job *job, const SfPartRecord *p)
{
  const SfJson *list = sf_json_member (p->json, "series");
  if (!list && !p->metric) {
    if (!has (p, "metric"))
      wrong (job, p, "series", _ ("\"series\" or \"metric\" is missing"));
    return;
  }
  if (list && p->metric)
    wrong (job, p, "metric",
           _ ("a part has \"series\" or \"metric\", not both"));
  if (!list)
    return;
  if (sf_json_kind (list) != SF_JSON_ARRAY || !sf_json_first (list)) {
    wrong (job, p, "series", _ ("expected a list of names of series"));
    return;
  }
  for (const SfJson *v = sf_json_first (list); v; v = sf_json_next (v))
    if (sf_json_kind (v) != SF_JSON_STRING) {
      wrong (job, p, "series", _ ("expected texts in quotes, found %s"),
             sf_json_kind_name (sf_json_kind (v)));
      return;
    }
}

/* A statistic has what it needs, and nothing that means nothing to it. */
static void
check_stat (Job *job, SfPartRecord *p)
{
  if (p->metric && !has (p, "stat"))
    p->stat = SF_STAT_VALUE;
  if (p->stat < 0) {
    if (!has (p, "stat"))
      wrong (job, p, "stat",
             _ ("\"stat\" is missing (how the series becomes one "
                "number)"));
    return;
  }
  SfCurveStat stat = (SfCurveStat)p->stat;
  g_autofree char *word = sf_param_choice_word (SF_CURVE_STATS, p->stat);
  if ((stat == SF_STAT_VALUE) != (p->metric != NULL))
    wrong (job, p, "stat",
           p->metric ? _ ("a metric is a number already: \"value\"")
                     : _ ("a series has many values, not one"));
  const struct {
    const char *key;
    gboolean is_needed;
  } needs[] = { { "limit", sf_curve_stat_has_limit (stat) },
                { "window_days", sf_curve_stat_has_window (stat) } };
  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++) {
    if (needs[i].is_needed && !has (p, needs[i].key))
      wrong (job, p, needs[i].key, _ ("\"%s\" is missing, which %s needs"),
             needs[i].key, word);
    else if (!needs[i].is_needed && has (p, needs[i].key))
      wrong (job, p, needs[i].key, _ ("\"%s\" means nothing to %s"),
             needs[i].key, word);
  }
  static const char *const days[]
      = { "from_day", "to_day", "for_days", "after", "before" };
  for (gsize i = 0; stat == SF_STAT_VALUE && i < G_N_ELEMENTS (days); i++)
    if (has (p, days[i]))
      wrong (job, p, days[i], _ ("\"%s\" means nothing to a metric"), days[i]);
}

static gboolean
is_whole (double x)
{
  return isnan (x) || x == floor (x);
}

static void
check_days (Job *job, const SfPartRecord *p)
{
  const struct {
    const char *key;
    double days;
  } all[] = { { "from_day", p->from_day },
              { "to_day", p->to_day },
              { "for_days", p->for_days },
              { "window_days", p->window_days } };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (!is_whole (all[i].days))
      wrong (job, p, all[i].key, _ ("expected a whole number of days"));
  if (!isnan (p->to_day) && !isnan (p->for_days))
    wrong (job, p, "for_days", _ ("\"to_day\" or \"for_days\", not both"));
  double from = isnan (p->from_day) ? 0 : p->from_day;
  if (p->to_day < from)
    wrong (job, p, "to_day", _ ("the last day is before the first, %g"), from);
}

static void
check_bounds (Job *job, SfPartRecord *p)
{
  gboolean has_both = !isnan (p->min) && !isnan (p->max);
  gboolean has_any = !isnan (p->min) || !isnan (p->max);
  if (has_both && p->min > p->max)
    wrong (job, p, "max", _ ("the largest is less than \"min\""));
  else if (p->tolerance == 0)
    wrong (job, p, "tolerance", _ ("expected more than 0"));
  else if (!has_any && has (p, "tolerance"))
    wrong (job, p, "tolerance",
           _ ("\"tolerance\" means nothing without bounds"));
  else if (isnan (p->tolerance) && has_both && p->max > p->min)
    p->tolerance = (p->max - p->min) / 2;
  else if (has_any && isnan (p->tolerance) && !has (p, "tolerance"))
    wrong (job, p, "tolerance",
           _ ("\"tolerance\" is missing, which a single bound needs"));
}

static void
read_part (Job *job, const SfJson *v, const char *pointer, guint row)
{
  SfPartRecord p = { .row = row,
                     .id = sf_json_key (v),
                     .json = v,
                     .after_part = -1,
                     .before_part = -1,
                     .minus_part = -1,
                     .metric_index = -1 };
  sf_reader_record (&job->reader, v, pointer, sf_observation_part_params,
                    "series", &p);
  p.pointer = g_strdup (pointer);
  p.series = g_array_new (FALSE, FALSE, sizeof (guint));
  if (sf_json_kind (v) == SF_JSON_OBJECT) {
    check_series (job, &p);
    check_stat (job, &p);
    check_days (job, &p);
    check_bounds (job, &p);
    p.after_part = find_part (job, &p, "after", p.after, TRUE);
    p.before_part = find_part (job, &p, "before", p.before, TRUE);
    p.minus_part = find_part (job, &p, "minus", p.minus, FALSE);
  }
  SfObservationPart shown = { .id = p.id,
                              .title = p.title,
                              .unit = p.unit,
                              .row = row,
                              .min = p.min,
                              .max = p.max,
                              .value = p.value,
                              .tolerance = p.tolerance };
  g_array_append_val (job->o->records, p);
  g_array_append_val (job->o->parts, shown);
}

/* ---- Rows ---------------------------------------------------------------- */

static gboolean
is_id (Job *job, const SfJson *v, const char *pointer)
{
  if (sf_reader_is_id (sf_json_key (v)))
    return TRUE;
  g_autofree char *safe = sf_text_safe (sf_json_key (v), -1);
  sf_reader_mistake (&job->reader, SF_MISTAKE_TYPE, v, pointer,
                     _ ("\"%s\" is not an id: 1 to 64 letters, digits, - _ or "
                        ". (not first)"),
                     safe);
  return FALSE;
}

/* Reads the parts of row `row`, called `name`; FALSE when none has a bound. */
static gboolean
read_members (Job *job, const SfJson *parts, const char *at, const char *name,
              guint row)
{
  gboolean has_bounds = FALSE;
  for (const SfJson *v = sf_json_first (parts); v; v = sf_json_next (v)) {
    g_autofree char *child = sf_json_pointer_child (at, sf_json_key (v));
    is_id (job, v, child);
    read_part (job, v, child, row);
    guint place = job->o->records->len;
    const SfPartRecord *p
        = &g_array_index (job->o->records, SfPartRecord, place - 1);
    has_bounds = has_bounds || has (p, "min") || has (p, "max");
    char *full = g_strconcat (name, "/", sf_json_key (v), NULL);
    if (g_hash_table_insert (job->known, full, GUINT_TO_POINTER (place)))
      g_ptr_array_add (job->names, full);
  }
  return has_bounds;
}

static void
read_parts (Job *job, const SfJson *row_json, const char *pointer, guint row)
{
  const SfJson *parts = sf_json_member (row_json, "parts");
  g_autofree char *at = sf_json_pointer_child (pointer, "parts");
  if (!parts)
    sf_reader_mistake (&job->reader, SF_MISTAKE_MISSING, row_json, pointer,
                       _ ("\"parts\" is missing"));
  if (!parts || !sf_reader_is_object (&job->reader, parts, at))
    return;
  if (!read_members (job, parts, at, sf_json_key (row_json), row))
    sf_reader_mistake (
        &job->reader, SF_MISTAKE_MISSING, parts, at,
        _ ("no part has \"min\" or \"max\": nothing could miss"));
}

/* The days that a row is about: as stated, or those of its parts. */
static void
find_days (Job *job, const SfJson *v, const char *pointer,
           const SfRowRecord *record, SfObservationRow *row)
{
  double first = INFINITY, last = -INFINITY;
  for (guint i = 0; i < row->n_parts; i++) {
    const SfPartRecord *p
        = &g_array_index (job->o->records, SfPartRecord, row->first_part + i);
    double from = isnan (p->from_day) ? 0 : p->from_day;
    double to = isnan (p->to_day) ? from + p->for_days - 1 : p->to_day;
    if (p->metric || isnan (to))
      continue;
    first = MIN (first, from);
    last = MAX (last, to);
  }
  if (!isnan (record->first_day))
    first = record->first_day;
  if (!isnan (record->last_day))
    last = record->last_day;
  if (isinf (first) || isinf (last))
    sf_reader_mistake (&job->reader, SF_MISTAKE_MISSING, v, pointer,
                       _ ("\"first_day\" and \"last_day\" are missing: no part "
                          "says which days it is about"));
  else if (first > last)
    sf_reader_mistake (&job->reader, SF_MISTAKE_RANGE, v, pointer,
                       _ ("its evidence ends on day %g, before it begins on "
                          "day %g"),
                       last, first);
  else {
    row->first = job->o->day0 + (SfDate)first;
    row->last = job->o->day0 + (SfDate)last;
  }
}

static void
read_row (Job *job, const SfJson *v, const char *pointer)
{
  SfRowRecord record = { 0 };
  if (!sf_reader_is_object (&job->reader, v, pointer))
    return;
  sf_reader_record (&job->reader, v, pointer, row_params, "parts", &record);
  const SfJson *note = sf_json_member (v, "note");
  gboolean has_note = note && sf_json_kind (note) == SF_JSON_STRING;
  SfObservationRow row
      = { .id = sf_json_key (v),
          .number = record.number ? record.number : sf_json_key (v),
          .title = record.title,
          .source = job->reader.source,
          .confidence = job->reader.confidence,
          .note = has_note ? sf_json_string (note) : NULL,
          .is_order = record.is_order,
          .first_part = job->o->records->len };
  read_parts (job, v, pointer, job->o->rows->len);
  row.n_parts = job->o->records->len - row.first_part;
  if (row.n_parts > 0)
    find_days (job, v, pointer, &record, &row);
  g_array_append_val (job->o->rows, row);
}

static void
read_rows (Job *job, const SfJson *root)
{
  const SfJson *rows = sf_json_member (root, "rows");
  if (!rows)
    sf_reader_mistake (&job->reader, SF_MISTAKE_MISSING, root, "",
                       _ ("\"rows\" is missing"));
  if (!rows || !sf_reader_is_object (&job->reader, rows, "/rows"))
    return;
  for (const SfJson *v = sf_json_first (rows); v; v = sf_json_next (v)) {
    g_autofree char *child = sf_json_pointer_child ("/rows", sf_json_key (v));
    is_id (job, v, child);
    read_row (job, v, child);
  }
  if (sf_json_length (rows) == 0)
    sf_reader_mistake (&job->reader, SF_MISTAKE_MISSING, rows, "/rows",
                       _ ("there is no row"));
}

/* ---- The file ------------------------------------------------------------ */

/* What was seen is a number; it is not drawn. */
static void
refuse_draws (Job *job)
{
  for (guint i = 0; i < job->reader.assumptions->len; i++) {
    SfAssumption *a = &g_array_index (job->reader.assumptions, SfAssumption, i);
    if (a->dist != SF_DIST_NONE)
      sf_reader_mistake (
          &job->reader, SF_MISTAKE_TYPE,
          sf_json_pointer_get (sf_json_root (job->o->doc), a->pointer),
          a->pointer, _ ("an observation has no distribution; state a number"));
    g_free (a->pointer);
  }
}

static void
read_all (Job *job)
{
  const SfJson *root = sf_json_root (job->o->doc);
  FileRecord file = { 0 };
  if (!sf_reader_is_object (&job->reader, root, ""))
    return;
  sf_reader_sources (&job->reader, root);
  sf_reader_format (&job->reader, root);
  sf_reader_record (&job->reader, root, "", top_params,
                    "$schema|format|sources|rows|notes|translations", &file);
  sf_reader_translations (&job->reader, root);
  /* Where none is given, which is a mistake, other mistakes are still told. */
  job->o->day0 = file.day0 == SF_PARAM_NO_DATE ? 0 : file.day0;
  read_rows (job, root);
  refuse_draws (job);
}

static Job
begin (SfObservations *o, SfMistakes *mistakes)
{
  return (Job){
    .reader
    = { .doc = o->doc,
        .mistakes = mistakes,
        .named = g_hash_table_new (g_str_hash, g_str_equal),
        .assumptions = g_array_new (FALSE, FALSE, sizeof (SfAssumption)) },
    .o = o,
    .known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .names = g_ptr_array_new (),
  };
}

static void
end (Job *job)
{
  g_hash_table_unref (job->reader.named);
  g_array_unref (job->reader.assumptions);
  g_ptr_array_unref (job->names);
  g_hash_table_unref (job->known);
}

SfObservations *
sf_observations_read (const char *path, SfMistakes *mistakes)
{
  g_return_val_if_fail (path && mistakes, NULL);
  SfJsonDoc *doc = sf_json_read_file (path, mistakes);
  if (!doc)
    return NULL;
  guint before = sf_mistakes_count (mistakes);
  g_autoptr (SfObservations) o = sf_observations_new (doc);
  Job job = begin (o, mistakes);
  read_all (&job);
  end (&job);
  if (sf_mistakes_count (mistakes) == before) {
    sf_scenario_speak (sf_json_root (doc));
    return g_steal_pointer (&o);
  }
  sf_mistakes_sort (mistakes);
  return NULL;
}

SfObservations *
sf_observations_of_parts (SfJsonDoc *doc, const SfJson *parts,
                          const char *pointer, SfDate day0, SfMistakes *m)
{
  guint before = sf_mistakes_count (m);
  g_autoptr (SfObservations) o = sf_observations_new (doc);
  o->is_guest = TRUE;
  o->day0 = day0;
  Job job = begin (o, m);
  if (sf_reader_is_object (&job.reader, parts, pointer))
    read_members (&job, parts, pointer, "outcomes", 0);
  refuse_draws (&job);
  end (&job);
  SfObservationRow row = { .id = "outcomes",
                           .number = "outcomes",
                           .n_parts = o->records->len,
                           .first = day0,
                           .last = G_MAXINT32 };
  g_array_append_val (o->rows, row);
  return sf_mistakes_count (m) == before ? g_steal_pointer (&o) : NULL;
}
