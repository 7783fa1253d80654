/* outcome.c - what the page shows of many replications. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/outcome.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/engine/world.h"
#include "sim/inference/pairs.h"
#include "sim/observe/stats.h"

#define MESSAGE_SIZE 248
#define LEVEL 0.95

/* A slot: where it stands, why it failed, the numbers, the curves. */
typedef struct {
  int owner;
  char message[MESSAGE_SIZE];
  double values[];
} Slot;

/* ---- Which numbers and curves --------------------------------------------- */

/* The place that is looked at: the capital, or where there is a market. */
static gint
place_of (const SfScenario *s)
{
  return s->capital >= 0 || s->n_markets == 0 ? s->capital : s->markets[0].node;
}

static void
add_series (SfExploreResult *r, GStrvBuilder *names, const SfBook *book,
            const char *name)
{
  gint series = sf_book_find_named (book, name);
  if (series < 0)
    return;
  g_strv_builder_add (names, name);
  g_array_append_val (r->from_series, series);
}

static void
add_number (SfExploreResult *r, GStrvBuilder *names, const SfBook *book,
            const char *name)
{
  GArray *metrics = sf_book_find_sum (book, name);
  if (!metrics)
    return;
  g_strv_builder_add (names, name);
  g_ptr_array_add (r->from_metrics, metrics);
}

/* The names of what is kept, while they are found. */
typedef struct {
  SfExploreResult *r;
  const SfBook *book;
  GStrvBuilder *series, *numbers;
} Choice;

/* Curves and numbers of what begins with `stem`. */
static void
choose_all (const Choice *c, const char *stem, const char *const *curves,
            const char *const *numbers)
{
  for (gsize i = 0; curves[i]; i++) {
    g_autofree char *name = g_strconcat (stem, curves[i], NULL);
    add_series (c->r, c->series, c->book, name);
  }
  for (gsize i = 0; numbers[i]; i++) {
    g_autofree char *name = g_strconcat (stem, numbers[i], NULL);
    add_number (c->r, c->numbers, c->book, name);
  }
}

static void
choose_markets (const Choice *c, const SfScenario *s)
{
  static const char *const none[] = { NULL };
  static const char *const curves[] = { "served_frac", "cover_days", NULL };
  static const char *const numbers[]
      = { "person_days_without", "shortage_days_count", "shortage_start_day",
          "worst_served_frac", NULL };
  static const char *const of_country[]
      = { "/lost_count", "/entered_fuel_per_day", "/cost_xof", NULL };
  for (guint m = 0; m < s->n_markets; m++) {
    if (s->markets[m].node != place_of (s))
      continue;
    g_autofree char *stem
        = g_strconcat (s->nodes[s->markets[m].node].id, "/",
                       s->commodities[s->markets[m].commodity].id, "/", NULL);
    choose_all (c, stem, curves, numbers);
  }
  choose_all (c, "", none, of_country);
}

/* What is recorded of user classes, which is so in the capital only. */
static void
choose_classes (const Choice *c, const SfScenario *s)
{
  static const char *const curves[] = { "served_frac", NULL };
  static const char *const numbers[]
      = { "person_days_without", "time_to_survive_days", "worst_served_frac",
          NULL };
  for (guint d = 0; d < s->n_demands; d++) {
    const SfDemandSpec *k = &s->demands[d];
    if (k->node != s->capital)
      continue;
    g_autofree char *stem = g_strconcat (s->nodes[k->node].id, "/",
                                         s->commodities[k->commodity].id, "/",
                                         s->classes[k->class].id, "/", NULL);
    choose_all (c, stem, curves, numbers);
  }
}

static void
choose (SfExploreResult *r, const SfPlan *plan)
{
  g_autoptr (GStrvBuilder) series = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
  const Choice c = { r, plan->book, series, numbers };
  choose_markets (&c, plan->scenario);
  r->n_brief_series = r->from_series->len;
  r->n_brief_numbers = r->from_metrics->len;
  choose_classes (&c, plan->scenario);
  r->series = g_strv_builder_end (series);
  r->numbers = g_strv_builder_end (numbers);
}

/* ---- Results ------------------------------------------------------------------ */

SfExploreResult *
sf_explore_result_new (const SfPlan *plan, char *key, guint n, GError **error)
{
  g_autoptr (SfExploreResult) r = g_new0 (SfExploreResult, 1);
  r->n_refs = 1;
  r->key = key;
  r->n = n;
  r->days = plan->days;
  r->start = plan->scenario->start;
  r->from_series = g_array_new (FALSE, FALSE, sizeof (gint));
  r->from_metrics
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  choose (r, plan);
  gsize size = sizeof (Slot) + r->from_metrics->len * sizeof (double)
               + (gsize)r->from_series->len * r->days * sizeof (float);
  r->slots = sf_slots_new (n, size, NULL, error);
  return r->slots ? g_steal_pointer (&r) : NULL;
}

SfExploreResult *
sf_explore_result_ref (SfExploreResult *r)
{
  r->n_refs++;
  return r;
}

void
sf_explore_result_unref (SfExploreResult *r)
{
  if (!r || --r->n_refs > 0)
    return;
  sf_slots_free (r->slots);
  g_array_unref (r->from_series);
  g_ptr_array_unref (r->from_metrics);
  g_strfreev (r->series);
  g_strfreev (r->numbers);
  g_free (r->key);
  g_free (r);
}

static Slot *
slot_of (const SfExploreResult *r, guint i)
{
  return sf_slots_slot (r->slots, i);
}

static float *
curves_of (const SfExploreResult *r, guint i)
{
  return (float *)(slot_of (r, i)->values + r->from_metrics->len);
}

int *
sf_explore_result_owner (const SfExploreResult *r, guint i)
{
  return &slot_of (r, i)->owner;
}

static gboolean
is_done (const SfExploreResult *r, guint i)
{
  return __atomic_load_n (&slot_of (r, i)->owner, __ATOMIC_ACQUIRE)
         == SF_OUTCOME_DONE;
}

void
sf_explore_result_fill (SfExploreResult *r, guint i, const SfRecord *record)
{
  double *values = slot_of (r, i)->values;
  for (guint k = 0; k < r->from_metrics->len; k++) {
    const GArray *metrics = r->from_metrics->pdata[k];
    values[k] = 0;
    for (guint m = 0; m < metrics->len; m++)
      values[k] += record->metrics[g_array_index (metrics, guint, m)];
  }
  float *curves = curves_of (r, i);
  for (guint c = 0; c < r->from_series->len; c++)
    memcpy (curves + (gsize)c * r->days,
            record->curves
                + (gsize)g_array_index (r->from_series, gint, c) * r->days,
            r->days * sizeof *curves);
}

void
sf_explore_result_fail (SfExploreResult *r, guint i, const char *why)
{
  g_strlcpy (slot_of (r, i)->message, why, MESSAGE_SIZE);
}

const char *
sf_explore_result_problem (const SfExploreResult *r)
{
  for (guint i = 0; i < r->n; i++)
    if (slot_of (r, i)->message[0])
      return slot_of (r, i)->message;
  return NULL;
}

/* ---- As JSON ---------------------------------------------------------------- */

/* A number, with more digits than anybody sees; not finite ones are null. */
static void
put (GString *json, const char *key, double x, const char *format)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (key)
    g_string_append_printf (json, "\"%s\":", key);
  g_string_append (json, isfinite (x)
                             ? g_ascii_formatd (text, sizeof text, format, x)
                             : "null");
  g_string_append_c (json, ',');
}

static void
put_name (GString *json, const char *name)
{
  g_string_append (json, "{\"name\":");
  sf_text_json (json, name);
  g_string_append_c (json, ',');
}

/* Ends a list or an object: the comma behind its last part goes. */
static void
finish (GString *json, const char *bracket)
{
  if (json->str[json->len - 1] == ',')
    g_string_truncate (json, json->len - 1);
  g_string_append (json, bracket);
  g_string_append_c (json, ',');
}

/* The curve in each replication that is done; returns how many are. */
static guint
done_curves (const SfExploreResult *r, guint curve, const float **curves)
{
  guint n = 0;
  for (guint i = 0; i < r->n; i++)
    if (is_done (r, i))
      curves[n++] = curves_of (r, i) + (gsize)curve * r->days;
  return n;
}

static void
write_curve (const SfExploreResult *r, guint curve, double *values,
             GString *json)
{
  static const char *const names[] = { "p05", "p25", "p50", "p75", "p95" };
  double *scratch = values + r->n;
  g_autofree SfSummary *days = g_new (SfSummary, r->days + 1);
  g_autofree const float **curves = g_new (const float *, r->n + 1);
  guint n = done_curves (r, curve, curves);
  for (guint day = 0; day < r->days; day++) {
    for (guint i = 0; i < n; i++)
      values[i] = curves[i][day];
    sf_summary_brief (values, n, scratch, &days[day]);
  }
  for (gsize q = 0; q < G_N_ELEMENTS (names); q++) {
    g_string_append_printf (json, "\"%s\":[", names[q]);
    for (guint day = 0; day < r->days; day++) {
      const SfSummary *s = &days[day];
      const double all[] = { s->p05, s->p25, s->p50, s->p75, s->p95 };
      sf_text_short (json, all[q]);
      g_string_append_c (json, ',');
    }
    finish (json, "]");
  }
}

static void
write_number (const SfExploreResult *r, guint number, double *values,
              GString *json)
{
  guint n = 0;
  for (guint i = 0; i < r->n; i++)
    if (is_done (r, i))
      values[n++] = slot_of (r, i)->values[number];
  SfSummary s;
  sf_summary (values, n, values + r->n, &s);
  put (json, "mean", s.mean, "%.6g");
  put (json, "p05", s.p05, "%.6g");
  put (json, "p25", s.p25, "%.6g");
  put (json, "p50", s.p50, "%.6g");
  put (json, "p75", s.p75, "%.6g");
  put (json, "p95", s.p95, "%.6g");
  put (json, "n", s.n, "%.0f");
  put (json, "missing", s.n_missing, "%.0f");
}

static gboolean
is_over (const SfExploreResult *r)
{
  return r->n_done + r->n_failed >= r->n;
}

/* TRUE for PLACE/COMMODITY/CLASS/MEASURE of a class. */
static gboolean
is_of_class (const char *name, const char *who)
{
  g_auto (GStrv) steps = g_strsplit (name, "/", -1);
  return who && g_strv_length (steps) == 4 && strcmp (steps[2], who) == 0;
}

/* What is told of a run under way: all users, and the class that is looked
 * at. */
static gboolean
is_curve_told (const SfExploreResult *r, guint curve, const char *who)
{
  return curve < r->n_brief_series || is_over (r)
         || is_of_class (r->series[curve], who);
}

static gboolean
is_number_told (const SfExploreResult *r, guint number, const char *who)
{
  return number < r->n_brief_numbers || is_over (r)
         || is_of_class (r->numbers[number], who);
}

void
sf_explore_result_write (const SfExploreResult *r, const char *who,
                         GString *json)
{
  g_autofree double *values = g_new (double, 2 * (gsize)r->n + 1);
  char date[SF_DATE_SIZE];
  g_string_append_printf (json,
                          "{\"n\":%u,\"done\":%u,\"failed\":%u,"
                          "\"start\":\"%s\",\"days\":%u,\"series\":[",
                          r->n, r->n_done, r->n_failed,
                          sf_date_format (date, r->start), r->days);
  for (guint c = 0; c < r->from_series->len; c++) {
    if (!is_curve_told (r, c, who))
      continue;
    put_name (json, r->series[c]);
    write_curve (r, c, values, json);
    finish (json, "}");
  }
  finish (json, "]");
  g_string_append (json, "\"numbers\":[");
  for (guint k = 0; k < r->from_metrics->len; k++) {
    if (!is_number_told (r, k, who))
      continue;
    put_name (json, r->numbers[k]);
    write_number (r, k, values, json);
    finish (json, "}");
  }
  finish (json, "]");
  finish (json, "}");
  g_string_truncate (json, json->len - 1);
}

static void
write_difference (const SfExploreResult *a, const SfExploreResult *b,
                  const guint *which, GString *json)
{
  guint n = 0;
  g_autofree double *x = g_new (double, MIN (a->n, b->n) + 1);
  g_autofree double *y = g_new (double, MIN (a->n, b->n) + 1);
  for (guint i = 0; i < MIN (a->n, b->n); i++)
    if (is_done (a, i) && is_done (b, i)) {
      x[n] = slot_of (a, i)->values[which[0]];
      y[n++] = slot_of (b, i)->values[which[1]];
    }
  SfPairs pairs;
  sf_pairs (x, y, n, LEVEL, &pairs);
  put_name (json, a->numbers[which[0]]);
  put (json, "n", pairs.n_both, "%.0f");
  put (json, "estimate", pairs.difference.estimate, "%.6g");
  put (json, "low", pairs.difference.low, "%.6g");
  put (json, "high", pairs.difference.high, "%.6g");
  g_string_append_printf (json, "\"is_distinct\":%s,\"is_identical\":%s,",
                          sf_pairs_are_distinct (&pairs) ? "true" : "false",
                          pairs.is_identical ? "true" : "false");
  put (json, "a_only", pairs.n_a_only, "%.0f");
  put (json, "b_only", pairs.n_b_only, "%.0f");
  finish (json, "}");
}

void
sf_explore_result_write_differences (const SfExploreResult *a,
                                     const SfExploreResult *b, const char *who,
                                     GString *json)
{
  g_string_append_c (json, '[');
  for (guint k = 0; k < a->from_metrics->len; k++)
    for (guint m = 0; m < b->from_metrics->len; m++)
      if (strcmp (a->numbers[k], b->numbers[m]) == 0
          && is_number_told (a, k, who) && is_number_told (b, m, who)) {
        const guint which[] = { k, m };
        write_difference (a, b, which, json);
      }
  finish (json, "]");
  g_string_truncate (json, json->len - 1);
}

/* ---- One replication --------------------------------------------------------- */

/* A list of numbers, one a day, each with a comma before it but the first. */
static void
put_day (GString *json, guint day, double x)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (day > 0)
    g_string_append_c (json, ',');
  g_string_append (json, isfinite (x)
                             ? g_ascii_formatd (text, sizeof text, "%.3g", x)
                             : "null");
}

static void
put_comma (GString *json)
{
  if (json->str[json->len - 1] != '[')
    g_string_append_c (json, ',');
}

static void
put_entries (GString *json, const SfLog *log)
{
  g_string_append (json, ",\"entries\":[");
  for (guint i = 0; i < sf_log_count (log); i++) {
    const SfLogEntry *e = sf_log_get (log, i);
    char number[SF_TEXT_NUMBER_SIZE];
    put_comma (json);
    g_string_append_printf (json, "[%.3f,",
                            (double)e->tick / (double)SF_TICKS_PER_DAY);
    sf_text_json (json, e->kind);
    g_string_append_c (json, ',');
    sf_text_json (json, e->place);
    g_string_append_printf (
        json, ",%s,",
        isfinite (e->trucks) ? sf_text_number (number, e->trucks) : "null");
    sf_text_json (json, e->text);
    g_string_append_c (json, ']');
  }
  g_string_append_c (json, ']');
}

/* Trucks that entered each link on each day: day * n_links + link. */
static double *
sum_flows (const SfPlan *plan, const SfLog *log)
{
  guint n_links = plan->scenario->n_links;
  double *flows = g_new0 (double, (gsize)sf_log_days (log) * n_links + 1);
  for (guint day = 0; day < sf_log_days (log); day++) {
    const double *now = sf_log_passed (log, day);
    const double *before = day > 0 ? sf_log_passed (log, day - 1) : NULL;
    for (guint h = 0; h < plan->n_hops; h++)
      for (guint i = 0; i < plan->hops[h].n_arcs; i++) {
        SfArc arc = plan->arcs[plan->hops[h].first_arc + i];
        flows[(gsize)day * n_links + (guint)sf_arc_link (arc)]
            += now[h] - (before ? before[h] : 0);
      }
  }
  return flows;
}

static void
put_flows (GString *json, const SfPlan *plan, const SfLog *log)
{
  guint n_links = plan->scenario->n_links, n_days = sf_log_days (log);
  g_autofree double *flows = sum_flows (plan, log);
  g_string_append (json, ",\"flows\":[");
  for (guint l = 0; l < n_links; l++) {
    double all = 0;
    for (guint day = 0; day < n_days; day++)
      all += flows[(gsize)day * n_links + l];
    if (all <= 0)
      continue;
    put_comma (json);
    g_string_append_printf (json, "[%u,[", l);
    for (guint day = 0; day < n_days; day++)
      put_day (json, day, flows[(gsize)day * n_links + l]);
    g_string_append (json, "]]");
  }
  g_string_append_c (json, ']');
}

static void
put_closed (GString *json, const SfPlan *plan, const SfLog *log)
{
  guint n_days = sf_log_days (log);
  g_string_append (json, ",\"closed\":[");
  for (guint l = 0; l < plan->scenario->n_links; l++) {
    guint closed = 0;
    for (guint day = 0; day < n_days; day++)
      closed += sf_log_closed (log, day)[l];
    if (closed == 0)
      continue;
    put_comma (json);
    g_string_append_printf (json, "[%u,[", l);
    for (guint day = 0; day < n_days; day++)
      put_day (json, day, sf_log_closed (log, day)[l]);
    g_string_append (json, "]]");
  }
  g_string_append_c (json, ']');
}

/* The curves of one measure, whatever the place. */
static void
put_curves (GString *json, const SfPlan *plan, const SfRecord *record,
            const char *measure)
{
  for (guint i = 0; i < sf_book_n_series (plan->book); i++) {
    const SfSeries *s = sf_book_series (plan->book, i);
    if (strcmp (s->measure, measure) != 0 || s->class[0] || !s->place[0])
      continue;
    put_comma (json);
    g_string_append_c (json, '[');
    sf_text_json (json, s->place);
    g_string_append_c (json, ',');
    if (s->commodity[0]) {
      sf_text_json (json, s->commodity);
      g_string_append_c (json, ',');
    }
    g_string_append_c (json, '[');
    for (guint day = 0; day < plan->days; day++)
      put_day (json, day, record->curves[(gsize)i * plan->days + day]);
    g_string_append (json, "]]");
  }
}

char *
sf_explore_tale (SfPlan *plan, guint64 seed, guint replication, guint side)
{
  g_autofree gpointer memory = g_malloc0 (sf_record_size (plan->book));
  SfRecord record = sf_record_view (plan->book, memory);
  g_autoptr (SfLog) log = sf_log_new_for_people ();
  g_autoptr (SfWorld) world = sf_world_new (plan);
  g_autoptr (GError) error = NULL;
  char date[SF_DATE_SIZE];
  GString *json = g_string_new (NULL);
  if (!sf_world_run (world, seed, replication, &record, log, &error)) {
    g_string_append (json, "{\"message\":");
    sf_text_json (json, error ? error->message : "?");
    g_string_append_c (json, '}');
    return g_string_free (json, FALSE);
  }
  g_string_append_printf (
      json, "{\"side\":%u,\"replication\":%u,\"start\":\"%s\",\"days\":%u",
      side, replication, sf_date_format (date, plan->scenario->start),
      plan->days);
  put_entries (json, log);
  put_flows (json, plan, log);
  put_closed (json, plan, log);
  g_string_append (json, ",\"waiting\":[");
  put_curves (json, plan, &record, "waiting_count");
  g_string_append (json, "],\"served\":[");
  put_curves (json, plan, &record, "served_frac");
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}
