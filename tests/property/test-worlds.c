/* test-worlds.c - what holds in every world. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many small scenarios made by chance are run, and what must be true whatever
 * they say is checked: books that balance, nothing negative, no truck out of
 * nothing, the same bytes for the same seed.
 *
 * test-worlds FIRST N: worlds FIRST to FIRST + N - 1; the first 500 otherwise.
 */
#include "sim/engine/world.h"

#include <math.h>
#include <string.h>

#include "sim/cli/cmd.h"
#include "sim/observe/stats.h"
#include "tests/property/random-world.h"

#define SEED 20u

/* The worlds of a test. */
typedef struct {
  guint64 first, n;
} Range;

/* A scenario with all that is needed to run it. */
typedef struct {
  SfScenario *scenario;
  SfPlan *plan;
  SfWorld *world;
  gsize size; /* of a record */
} Stage;

static void
clear_stage (Stage *stage)
{
  sf_world_free (stage->world);
  sf_plan_free (stage->plan);
  sf_scenario_free (stage->scenario);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, clear_stage)

static Stage
set_up (guint64 which, RandomVariant variant)
{
  GError *error = NULL;
  /* The last one in the log is the one that failed. */
  g_test_message ("world %" G_GUINT64_FORMAT ", variant %u", which, variant);
  Stage stage = { .scenario = random_world (which, variant) };
  stage.plan = sf_plan_new (stage.scenario, &error);
  g_assert_no_error (error);
  stage.world = sf_world_new (stage.plan);
  stage.size = sf_record_size (stage.plan->book);
  return stage;
}

/* Runs a replication; the record is to be freed. */
static gpointer
run (Stage *stage, guint64 seed, guint replication)
{
  GError *error = NULL;
  gpointer memory = g_malloc0 (stage->size);
  SfRecord record = sf_record_view (stage->plan->book, memory);
  g_assert_true (
      sf_world_run (stage->world, seed, replication, &record, NULL, &error));
  g_assert_no_error (error);
  return memory;
}

static double
metric (const Stage *stage, gpointer memory, const char *name,
        const char *place)
{
  gint i = sf_book_find_metric (stage->plan->book, name, place, "", "", "");
  g_assert_cmpint (i, >=, 0);
  return sf_record_view (stage->plan->book, memory).metrics[i];
}

/* ---- What is always true ---------------------------------------------------- */

static void
check_ledger (const Stage *stage, gpointer memory)
{
  const SfBook *book = stage->plan->book;
  SfRecord r = sf_record_view (book, memory);
  g_assert_cmpfloat (sf_ledger_imbalance (book, &r), <=, 1e-9);
  for (guint c = 0; c < sf_book_n_commodities (book); c++) {
    const double *accounts = r.ledger + c * SF_LEDGER_N;
    double in = accounts[SF_LEDGER_INITIAL] + accounts[SF_LEDGER_LOADED];
    for (guint a = 0; a < SF_LEDGER_N; a++)
      if (accounts[a] < -1e-9 * MAX (in, 1))
        g_error ("%s: %s is %g", sf_book_commodity (book, c),
                 sf_ledger_names[a], accounts[a]);
  }
}

/* A share or a chance. */
static gboolean
is_share (const char *measure)
{
  return g_str_has_suffix (measure, "_frac")
         || g_str_has_suffix (measure, "_prob");
}

/* Hours in the system on a day on which nobody was cleared, and gauges that do
 * not apply. */
static gboolean
may_be_missing (const Stage *stage, const SfSeries *s)
{
  for (guint i = 0; i < stage->scenario->n_models; i++)
    if (strcmp (s->place, stage->scenario->models[i].id) == 0)
      return TRUE;
  return strcmp (s->measure, "system_h") == 0;
}

static void
check_numbers (const Stage *stage, gpointer memory)
{
  const SfBook *book = stage->plan->book;
  SfRecord r = sf_record_view (book, memory);
  guint days = sf_book_days (book);
  for (guint i = 0; i < sf_book_n_series (book); i++) {
    const SfSeries *s = sf_book_series (book, i);
    float most = is_share (s->measure) ? 1 : G_MAXFLOAT;
    for (guint day = 0; day < days; day++) {
      float value = r.curves[i * days + day];
      if (isnan (value) && may_be_missing (stage, s))
        continue;
      if (!(value >= 0 && value <= most))
        g_error ("%s %s %s on day %u is %g", s->measure, s->place, s->commodity,
                 day, value);
    }
  }
  for (guint i = 0; i < sf_book_n_metrics (book); i++) {
    const SfMetric *m = sf_book_metric (book, i);
    double most = is_share (m->metric) ? 1 + 1e-9 : 1e12;
    if (!isnan (r.metrics[i])
        && !(r.metrics[i] >= -1e-9 && r.metrics[i] <= most))
      g_error ("%s %s is %g", m->metric, m->place, r.metrics[i]);
  }
}

static void
check_stocks_and_trucks (const Stage *stage)
{
  SfWorld *w = stage->world;
  for (guint m = 0; m < stage->scenario->n_markets; m++)
    for (guint stock = 0; stock < 3; stock++)
      g_assert_cmpfloat (sf_world_stock (w, m, stock), >=, 0);
  for (guint f = 0; f < stage->scenario->n_fleets; f++) {
    guint waiting = sf_world_fleet_waiting (w, f);
    guint out = sf_world_trucks_out (w, f);
    g_assert_cmpuint (waiting, <=, out);
    g_assert_cmpint ((gint)(sf_world_idle_trucks (w, f) + out)
                         + sf_world_trucks_lost (w, f),
                     ==, (gint)stage->scenario->fleets[f].trucks_count);
  }
}

/* ---- What the worlds have seen ---------------------------------------------- */

/* Adds what a world has under names: its models, the kinds of its events that
 * happened, and gauges that moved. */
static void
see (const Stage *stage, gpointer memory, GHashTable *seen)
{
  const SfScenario *s = stage->scenario;
  const SfSheet *sheet = stage->plan->sheet;
  const SfBook *book = stage->plan->book;
  SfRecord r = sf_record_view (book, memory);
  guint days = stage->plan->days;
  for (guint i = 0; i < s->n_events; i++)
    g_hash_table_add (seen, g_strdup (s->events[i].kind));
  for (guint m = 0; m < s->n_models; m++) {
    const char *name = s->models[m].info->name;
    g_hash_table_add (seen, g_strdup (name));
    for (guint g = 0; g < sheet->n_gauges[m]; g++) {
      guint series = (guint)sheet->gauge_series[m] + g;
      const float *curve = r.curves + (gsize)series * days;
      gboolean moved = FALSE;
      for (guint day = 1; day < days; day++)
        moved |= memcmp (&curve[day], curve, sizeof *curve) != 0;
      if (moved)
        g_hash_table_add (
            seen, g_strconcat (name, " ",
                               sf_book_series (book, series)->measure, NULL));
    }
  }
}

static void
assert_seen (GHashTable *seen, const char *model, const char *words)
{
  g_auto (GStrv) word = g_strsplit (words ? words : "", "|", -1);
  for (gsize i = 0; word[i]; i++) {
    g_autofree char *name
        = model ? g_strconcat (model, " ", word[i], NULL) : g_strdup (word[i]);
    if (*word[i] && !g_hash_table_contains (seen, name))
      g_error ("no world has seen %s", name);
  }
}

/* Every model that there is, every kind of event and every gauge. */
static void
check_seen (GHashTable *seen)
{
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++) {
    assert_seen (seen, NULL, (*m)->name);
    assert_seen (seen, NULL, (*m)->events);
    assert_seen (seen, (*m)->name, (*m)->gauges);
  }
}

static void
test_books (gconstpointer data)
{
  const Range *r = data;
  double lost = 0, convoys = 0;
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint64 which = r->first; which < r->first + r->n; which++) {
    g_auto (Stage) stage = set_up (which, RANDOM_AS_IT_IS);
    g_autofree void *record = run (&stage, SEED, 0);
    check_ledger (&stage, record);
    check_numbers (&stage, record);
    check_stocks_and_trucks (&stage);
    see (&stage, record, seen);
    lost += metric (&stage, record, "lost_count", "");
    convoys += metric (&stage, record, "convoys_count", "");
  }
  /* The worlds are worth running. */
  check_seen (seen);
  g_assert_cmpfloat (lost, >, 3 * (double)r->n);
  g_assert_cmpfloat (convoys, >, 3 * (double)r->n);
}

/* A replication does not depend on what ran before it in the same world. */
static void
test_repeats (gconstpointer data)
{
  const Range *r = data;
  guint n_other = 0;
  for (guint64 which = r->first; which < r->first + r->n; which += 5) {
    g_auto (Stage) one = set_up (which, RANDOM_AS_IT_IS);
    g_auto (Stage) two = set_up (which, RANDOM_AS_IT_IS);
    g_autofree void *first = run (&one, SEED, 3);
    g_free (run (&two, SEED, 9));
    g_autofree void *other = run (&one, SEED, 4);
    g_autofree void *again = run (&one, SEED, 3);
    g_autofree void *fresh = run (&two, SEED, 3);
    g_autofree void *seed = run (&two, SEED + 1, 3);
    g_assert_cmpmem (first, one.size, again, one.size);
    g_assert_cmpmem (first, one.size, fresh, two.size);
    n_other += memcmp (first, other, one.size) != 0
               && memcmp (first, seed, one.size) != 0
               && memcmp (other, seed, one.size) != 0;
  }
  /* A world without trucks is the same under any seed. */
  g_assert_cmpuint (n_other, >=, r->n / 5 - 5);
}

static void
test_no_attacks (gconstpointer data)
{
  const Range *r = data;
  for (guint64 which = r->first; which < r->first + r->n; which += 5) {
    g_auto (Stage) stage = set_up (which, RANDOM_NO_ATTACKS);
    g_autofree void *record = run (&stage, SEED, 0);
    SfRecord view = sf_record_view (stage.plan->book, record);
    g_assert_cmpfloat (metric (&stage, record, "lost_count", ""), ==, 0);
    for (guint c = 0; c < stage.scenario->n_commodities; c++) {
      const double *accounts = view.ledger + c * SF_LEDGER_N;
      g_assert_cmpfloat (accounts[SF_LEDGER_LOST], ==, 0);
      g_assert_cmpfloat (accounts[SF_LEDGER_SEIZED], ==, 0);
    }
    for (guint f = 0; f < stage.scenario->n_fleets; f++)
      g_assert_cmpint (sf_world_trucks_lost (stage.world, f), <=, 0);
  }
}

/* Makes a number of an event row certain. */
static void
set_row (SfScenario *s, gint row, const char *key, double value)
{
  g_autofree char *pointer
      = g_strdup_printf ("/events/%s/%s", s->events[row].id, key);
  const SfAssumption *number = sf_scenario_assumption (s, pointer);
  g_assert_nonnull (number);
  sf_scenario_fix (s, (guint)(number - s->assumptions), value);
}

/* Compares the days before a row with and without it; TRUE when it matters
 * later. */
static gboolean
check_before (const Stage *stage, gint row, gpointer with, gpointer without)
{
  const SfBook *book = stage->plan->book;
  const SfEventSpec *e = &stage->scenario->events[row];
  SfRecord x = sf_record_view (book, with);
  SfRecord y = sf_record_view (book, without);
  gsize days = stage->plan->days, size = sizeof *x.curves;
  gsize before = (gsize)sf_scenario_day (stage->scenario, e->date);
  gboolean matters = FALSE;
  for (guint i = 0; i < sf_book_n_series (book); i++) {
    const SfSeries *s = sf_book_series (book, i);
    const float *a = x.curves + i * days, *b = y.curves + i * days;
    if (memcmp (a, b, before * size) != 0)
      g_error ("%s %s foresees %s, of kind %s", s->measure, s->place, e->id,
               e->kind);
    matters |= memcmp (a, b, days * size) != 0;
  }
  return matters;
}

/* Until the day of a row, which begins at midnight, it does not matter whether
 * it will happen: no model writes what it does then into the day before. */
static void
test_no_foresight (gconstpointer data)
{
  const Range *r = data;
  guint n_that_matter = 0;
  for (guint64 which = r->first; which < r->first + r->n; which += 5) {
    g_auto (Stage) stage = set_up (which, RANDOM_AS_IT_IS);
    SfScenario *s = stage.scenario;
    for (gint row = 0; row < (gint)s->n_events; row++) {
      if (s->events[row].trigger)
        continue;
      set_row (s, row, "prob", 1);
      set_row (s, row, "window_days", 0);
    }
    g_autofree void *with = run (&stage, SEED, 0);
    for (gint row = 0; row < (gint)s->n_events; row++) {
      if (s->events[row].trigger)
        continue;
      set_row (s, row, "prob", 0);
      g_autofree void *without = run (&stage, SEED, 0);
      n_that_matter += check_before (&stage, row, with, without);
      set_row (s, row, "prob", 1);
    }
  }
  g_assert_cmpuint (n_that_matter, >, r->n / 2);
}

/* ---- Variants ------------------------------------------------------------------ */

/* Where nothing is left to chance, neither the order of places and roads in
 * the file nor their names matter. */
static void
check_same (guint64 which, RandomVariant variant)
{
  g_auto (Stage) one = set_up (which, RANDOM_CALM);
  g_auto (Stage) two = set_up (which, RANDOM_CALM | variant);
  g_autofree void *a = run (&one, SEED, 0);
  g_autofree void *b = run (&two, SEED, 0);
  SfRecord x = sf_record_view (one.plan->book, a);
  SfRecord y = sf_record_view (two.plan->book, b);
  for (guint i = 0; i < one.scenario->n_commodities * SF_LEDGER_N; i++)
    g_assert_cmpfloat_with_epsilon (x.ledger[i], y.ledger[i],
                                    1e-9 * (1 + fabs (x.ledger[i])));
  for (guint p = 0; p < one.scenario->n_shipments; p++) {
    const char *id = one.scenario->shipments[p].id;
    g_assert_cmpfloat (metric (&one, a, "delivered_trucks_count", id), ==,
                       metric (&two, b, "delivered_trucks_count", id));
  }
}

static void
test_reordered (gconstpointer data)
{
  const Range *r = data;
  for (guint64 which = r->first; which < r->first + r->n; which += 5)
    check_same (which, RANDOM_REORDERED);
}

static void
test_renamed (gconstpointer data)
{
  const Range *r = data;
  for (guint64 which = r->first + 1; which < r->first + r->n; which += 5)
    check_same (which, RANDOM_RENAMED);
}

/* Hours of the fastest route of a shipment while links are closed. */
static double
fastest (Stage *stage, guint shipment)
{
  const SfScenario *s = stage->scenario;
  g_autofree guint8 *closed = g_new0 (guint8, s->n_links + 1);
  for (guint i = 0; i < s->n_links; i++)
    closed[i] = s->links[i].closed != 0;
  guint routes[16];
  guint n = sf_plan_routes (stage->plan,
                            s->fleets[s->shipments[shipment].fleet].home,
                            s->shipments[shipment].to, closed, 0, routes, 16);
  return n == 0
             ? INFINITY
             : g_array_index (stage->plan->routes, SfRoute, routes[0]).length;
}

static void
test_more_closed (gconstpointer data)
{
  const Range *r = data;
  guint n_longer = 0;
  for (guint64 which = r->first; which < r->first + r->n; which += 5) {
    g_auto (Stage) one = set_up (which, RANDOM_CALM);
    g_auto (Stage) two = set_up (which, RANDOM_CALM | RANDOM_MORE_CLOSED);
    for (guint p = 0; p < one.scenario->n_shipments; p++) {
      double open = fastest (&one, p), closed = fastest (&two, p);
      g_assert_cmpfloat (closed, >=, open - 1e-9);
      n_longer += closed > open + 1e-9;
    }
  }
  g_assert_cmpuint (n_longer, >, r->n / 25);
}

/* On an ordinary day the first route is the fastest. */
static void
check_fastest (const Stage *stage, SfRoutes *finder, gint from, gint to)
{
  guint routes[16];
  guint n = sf_plan_routes (stage->plan, from, to, stage->plan->shut, 0, routes,
                            16);
  const GArray *ways = sf_routes_find (finder, from, to, stage->plan->shut);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpfloat_with_epsilon (
      g_array_index (stage->plan->routes, SfRoute, routes[0]).length,
      g_array_index (ways, SfPath, 0).length, 1e-9);
}

/* Wherever there is a way, the trucks' routes find one. */
static void
check_any_way (const Stage *stage, SfRoutes *finder, SfStream *r, gint from,
               gint to)
{
  const SfScenario *s = stage->scenario;
  g_autofree guint8 *closed = g_new0 (guint8, s->n_links + 1);
  guint routes[16];
  for (guint i = 0; i < s->n_links; i++)
    closed[i] = s->links[i].closed || sf_stream_chance (r, 0.15);
  guint n = sf_plan_routes (stage->plan, from, to, closed, 0, routes, 16);
  const GArray *ways = sf_routes_find (finder, from, to, closed);
  g_assert_cmpint (n > 0, ==, ways->len > 0);
}

static void
test_any_way (gconstpointer data)
{
  const Range *r = data;
  for (guint64 which = r->first; which < r->first + r->n; which += 5) {
    g_auto (Stage) stage = set_up (which, RANDOM_AS_IT_IS);
    const SfScenario *s = stage.scenario;
    SfStream chance;
    sf_stream_init (&chance, SEED, "closures", which, 0);
    g_autoptr (SfRoutes) finder = sf_routes_new (stage.plan->network, 1);
    sf_routes_set_weight (finder, SF_WEIGHT_H);
    for (guint p = 0; p < s->n_shipments; p++) {
      gint home = s->fleets[s->shipments[p].fleet].home;
      check_fastest (&stage, finder, home, s->shipments[p].to);
      for (guint k = 0; k < 5; k++)
        check_any_way (&stage, finder, &chance, home, s->shipments[p].to);
    }
  }
}

int
main (int argc, char **argv)
{
  Range r = { 0, 500 };
  g_test_init (&argc, &argv, NULL);
  if (argc == 3)
    r = (Range){ g_ascii_strtoull (argv[1], NULL, 10),
                 g_ascii_strtoull (argv[2], NULL, 10) };
  g_test_add_data_func ("/worlds/balance-and-conserve", &r, test_books);
  g_test_add_data_func ("/worlds/repeat-byte-for-byte", &r, test_repeats);
  g_test_add_data_func ("/worlds/lose-nothing-without-attacks", &r,
                        test_no_attacks);
  g_test_add_data_func ("/worlds/do-not-foresee-an-event", &r,
                        test_no_foresight);
  g_test_add_data_func ("/worlds/do-not-mind-the-order-of-places", &r,
                        test_reordered);
  g_test_add_data_func ("/worlds/do-not-mind-the-names-of-places", &r,
                        test_renamed);
  g_test_add_data_func ("/worlds/have-no-shorter-way-when-more-is-closed", &r,
                        test_more_closed);
  g_test_add_data_func ("/worlds/find-the-fastest-way-and-any-way", &r,
                        test_any_way);
  return g_test_run ();
}
