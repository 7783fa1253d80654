/* test-models.c - the contract that every model keeps. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here names a model: the cases are made from the table of models, so
 * a new one is tested as soon as it is listed. Each is put into a small
 * scenario with a frontier, convoys, attacks and stocks, with its defaults and
 * with each number at either end of its range, and must finish, repeat, balance
 * and refuse what lies outside.
 */
#include "sim/engine/world.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/cmd.h"
#include "sim/engine/model.h"
#include "tests/unit/place.h"

/* Two roads over two frontiers to a city that uses a little of everything.
 * Models and events follow. */
static const char frame[]
    = "{\"format\": 1, \"name\": \"contract\", \"country\": \"XA\","
      " \"capital\": \"city\","
      " \"time\": {\"start\": \"2030-01-01\", \"end\": \"2030-01-31\"},"
      " \"commodities\": {\"petrol\": {\"unit\": \"m3\", \"kind\": \"fuel\"},"
      "  \"rice\": {\"unit\": \"t\", \"kind\": \"food\","
      "   \"exposure_frac\": 0.3}},"
      " \"vehicles\": {\"lorry\": {\"capacity_m3\": 45, \"capacity_t\": 30,"
      "  \"driving_h_per_day\": 12}},"
      " \"nodes\": {\"port\": {\"country\": \"XB\", \"kind\": \"port\"},"
      "  \"north-post\": {\"country\": \"XB\"},"
      "  \"north-gate\": {\"country\": \"XA\"},"
      "  \"south-post\": {\"country\": \"XB\"},"
      "  \"south-gate\": {\"country\": \"XA\"},"
      "  \"city\": {\"country\": \"XA\", \"kind\": \"capital\"}},"
      " \"zones\": {\"north\": {}, \"south\": {}},"
      " \"links\": {"
      "  \"a\": {\"from\": \"port\", \"to\": \"north-post\", \"km\": 150},"
      "  \"b\": {\"from\": \"north-post\", \"to\": \"north-gate\", \"km\": 2,"
      "   \"border\": true, \"border_h\": 2},"
      "  \"c\": {\"from\": \"north-gate\", \"to\": \"city\", \"km\": 200,"
      "   \"zone\": \"north\", \"wet_speed_frac\": 0.5},"
      "  \"d\": {\"from\": \"port\", \"to\": \"south-post\", \"km\": 180},"
      "  \"e\": {\"from\": \"south-post\", \"to\": \"south-gate\", \"km\": 2,"
      "   \"border\": true},"
      "  \"f\": {\"from\": \"south-gate\", \"to\": \"city\", \"km\": 210,"
      "   \"zone\": \"south\"}},"
      " \"queues\": {\"customs\": {\"node\": \"city\", \"servers_count\": 2,"
      "  \"service_h\": 1, \"scope\": \"ending\"}},"
      " \"fleets\": {\"lorries\": {\"vehicle\": \"lorry\", \"home\": \"port\","
      "  \"trucks_count\": 80, \"loading_h\": 6, \"unloading_h\": 6}},"
      " \"shipments\": {"
      "  \"petrol\": {\"fleet\": \"lorries\", \"commodity\": \"petrol\","
      "   \"to\": \"city\", \"trucks_per_day\": 8},"
      "  \"rice\": {\"fleet\": \"lorries\", \"commodity\": \"rice\","
      "   \"to\": \"city\", \"trucks_per_day\": 3}},"
      " \"markets\": {\"petrol\": {\"node\": \"city\","
      "   \"commodity\": \"petrol\", \"depot_days\": 4,"
      "   \"depot_target_days\": 4, \"station_days\": 1,"
      "   \"station_target_days\": 2, \"household_days\": 2,"
      "   \"household_target_days\": 2},"
      "  \"rice\": {\"node\": \"city\", \"commodity\": \"rice\","
      "   \"depot_days\": 9}},"
      " \"classes\": {\"hospital\": {\"priority\": 1, \"from\": \"station\"},"
      "  \"homes\": {\"priority\": 2, \"from\": \"household\"},"
      "  \"mills\": {\"priority\": 3, \"from\": \"depot\"}},"
      " \"demands\": {"
      "  \"hospital\": {\"node\": \"city\", \"commodity\": \"petrol\","
      "   \"class\": \"hospital\", \"demand_m3_per_day\": 60,"
      "   \"persons_count\": 1000},"
      "  \"homes\": {\"node\": \"city\", \"commodity\": \"petrol\","
      "   \"class\": \"homes\", \"demand_m3_per_day\": 200,"
      "   \"persons_count\": 100000},"
      "  \"mills\": {\"node\": \"city\", \"commodity\": \"rice\","
      "   \"class\": \"mills\", \"demand_t_per_day\": 80}}";

/* What is there besides; a model takes the place of another of its kind when
 * only one may be on. */
static const struct {
  const char *id, *model, *rest;
} company[] = {
  { "supply", "supply/regular", "" },
  { "sharing", "allocation/proportional", "" },
  { "retail", "market/retail", "" },
  { "drivers", "driver/willingness", ", \"unescorted_frac\": 0.5" },
  { "escorts", "convoy/escort",
    ", \"escorts_count\": 2, \"trucks_min_count\": 2, \"rest_days\": 1" },
  { "ambushes", "interdiction/ambush",
    ", \"lone_attacks_per_100km\": 0.05, \"convoy_attacks_per_100km\": 0.3" },
};

/* TRUE for the kind of a model ("supply/") that another has, too. */
static gboolean
same_kind (const char *a, const char *b)
{
  gsize n = strcspn (a, "/") + 1;
  return strncmp (a, b, n) == 0;
}

/* A value for a parameter that must be given, or NULL. Later dates for later
 * parameters. */
static char *
needed (const SfParam *p, guint nth)
{
  char number[SF_TEXT_NUMBER_SIZE];
  if (!(p->flags & SF_PARAM_REQUIRED))
    return NULL;
  switch (p->kind) {
  case SF_PARAM_REAL:
  case SF_PARAM_AMOUNT:
    return g_strdup (sf_text_number (number, p->min));
  case SF_PARAM_FLAG:
    return g_strdup ("true");
  case SF_PARAM_DATE:
    return g_strdup_printf ("\"2030-01-%02u\"", 5 + 5 * nth);
  case SF_PARAM_CHOICE: {
    g_autofree char *word = sf_param_choice_word (p->choices, 0);
    return g_strdup_printf ("\"%s\"", word);
  }
  default:
    g_error ("%s: no value known for this kind of parameter", p->name);
  }
}

/* Events of each kind that the model answers. */
static void
add_events (GString *text, const SfModelInfo *info)
{
  g_auto (GStrv) kinds = g_strsplit (info->events ? info->events : "", "|", -1);
  g_string_append (text, ", \"events\": {");
  for (guint i = 0; kinds[i] && *kinds[i]; i++)
    g_string_append_printf (
        text,
        "%s\"event-%u\": {\"kind\": \"%s\", \"date\": \"2030-01-%02u\","
        " \"links\": [\"c\", \"f\"], \"duration_days\": 6, \"value\": 1}",
        i > 0 ? ", " : "", i, kinds[i], 4 + 3 * i);
  g_string_append (text, "}");
}

/* The frame with a model, one of whose parameters is set to a text (or none:
 * NULL). */
static char *
text_with (const SfModelInfo *info, const SfParam *param, const char *value)
{
  GString *text = g_string_new (frame);
  g_string_append_printf (text, ", \"models\": {\"mine\": {\"model\": \"%s\"",
                          info->name);
  for (guint i = 0; info->params[i].name; i++) {
    const SfParam *p = &info->params[i];
    g_autofree char *given = needed (p, i);
    if (p == param)
      g_string_append_printf (text, ", \"%s\": %s", p->name, value);
    else if (given)
      g_string_append_printf (text, ", \"%s\": %s", p->name, given);
  }
  g_string_append (text, "}");
  for (gsize i = 0; i < G_N_ELEMENTS (company); i++)
    if (!same_kind (info->name, company[i].model))
      g_string_append_printf (text, ", \"%s\": {\"model\": \"%s\"%s}",
                              company[i].id, company[i].model, company[i].rest);
  g_string_append (text, "}");
  add_events (text, info);
  g_string_append (text, "}\n");
  return g_string_free (text, FALSE);
}

static SfScenario *
read_text (const char *text, SfMistakes *mistakes)
{
  g_autofree char *folder = place_new ();
  g_autofree char *path = g_build_filename (folder, "contract.json", NULL);
  place_write (folder, "contract.json", text);
  SfScenario *s = sf_scenario_read (path, NULL, sf_cmd_models (), mistakes);
  place_remove (folder);
  return s;
}

/* Runs a text; the record of replication 1 is to be freed, its size comes
 * out. Replication 0 runs before, so that state left over would show. */
static gpointer
run_text (const char *text, gsize *size)
{
  GError *error = NULL;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfScenario) s = read_text (text, mistakes);
  if (!s) {
    g_autofree char *said = sf_mistakes_format (mistakes);
    g_error ("%s%s", said, text);
  }
  g_autoptr (SfPlan) plan = sf_plan_new (s, &error);
  g_assert_no_error (error);
  g_autoptr (SfWorld) world = sf_world_new (plan);
  *size = sf_record_size (plan->book);
  gpointer memory = g_malloc0 (*size);
  SfRecord record = sf_record_view (plan->book, memory);
  for (guint replication = 0; replication < 2; replication++) {
    memset (memory, 0, *size);
    g_assert_true (
        sf_world_run (world, 20, replication, &record, NULL, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpfloat (sf_ledger_imbalance (plan->book, &record), <=, 1e-9);
  return memory;
}

/* ---- The cases -------------------------------------------------------------- */

static void
test_manual (gconstpointer data)
{
  const SfModelInfo *info = data;
  g_auto (GStrv) part = g_strsplit (info->name, "/", -1);
  g_assert_cmpuint (g_strv_length (part), ==, 2);
  g_assert_true (info->title && strlen (info->title) >= 10);
  g_assert_true (info->manual && strlen (info->manual) >= 40);
  for (const SfParam *p = info->params; p->name; p++) {
    g_assert_true (p->help && *p->help);
    gboolean is_number = p->kind == SF_PARAM_REAL || p->kind == SF_PARAM_AMOUNT;
    if (!is_number)
      continue;
    g_assert_cmpfloat (p->min, <, p->max);
    if (p->flags & SF_PARAM_REQUIRED || isnan (p->fallback))
      continue;
    g_assert_cmpfloat (p->fallback, >=, p->min);
    g_assert_cmpfloat (p->fallback, <=, p->max);
  }
}

static void
test_defaults (gconstpointer data)
{
  const SfModelInfo *info = data;
  gsize size, again_size;
  g_autofree char *text = text_with (info, NULL, NULL);
  g_autofree void *once = run_text (text, &size);
  g_autofree void *again = run_text (text, &again_size);
  g_assert_cmpmem (once, size, again, again_size);
}

static void
test_ends (gconstpointer data)
{
  const SfModelInfo *info = data;
  for (const SfParam *p = info->params; p->name; p++) {
    if (p->kind != SF_PARAM_REAL)
      continue;
    for (guint end = 0; end < 2; end++) {
      char number[SF_TEXT_NUMBER_SIZE];
      gsize size;
      sf_text_number (number, end == 0 ? p->min : p->max);
      g_autofree char *text = text_with (info, p, number);
      g_free (run_text (text, &size));
    }
  }
}

static void
check_refused (const SfModelInfo *info, const SfParam *p, double value)
{
  char number[SF_TEXT_NUMBER_SIZE];
  g_autofree char *text = text_with (info, p, sf_text_number (number, value));
  g_autofree char *pointer = g_strdup_printf ("/models/mine/%s", p->name);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfScenario) s = read_text (text, mistakes);
  g_assert_null (s);
  g_assert_cmpuint (sf_mistakes_count (mistakes), ==, 1);
  const SfMistake *m = sf_mistakes_get (mistakes, 0);
  g_assert_cmpint (m->kind, ==, SF_MISTAKE_RANGE);
  g_assert_cmpstr (m->pointer, ==, pointer);
  g_assert_cmpint (m->line, >, 0);
}

static void
test_range (gconstpointer data)
{
  const SfModelInfo *info = data;
  for (const SfParam *p = info->params; p->name; p++) {
    if (p->kind != SF_PARAM_REAL)
      continue;
    check_refused (info, p, nextafter (p->min, -INFINITY));
    check_refused (info, p, nextafter (p->max, INFINITY));
  }
}

static void
test_misspelt (gconstpointer data)
{
  const SfModelInfo *info = data;
  for (const SfParam *p = info->params; p->name; p++) {
    g_autofree char *wrong = g_strconcat (p->name, "x", NULL);
    SfParam misspelt = *p;
    SfModelInfo other = *info;
    SfParam table[2] = { misspelt, SF_PARAM_END };
    table[0].name = wrong;
    other.params = table;
    g_autofree char *text = text_with (&other, &table[0], "1");
    g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
    g_autoptr (SfScenario) s = read_text (text, mistakes);
    g_assert_null (s);
    gboolean is_found = FALSE;
    for (guint i = 0; i < sf_mistakes_count (mistakes); i++) {
      const SfMistake *m = sf_mistakes_get (mistakes, i);
      is_found = is_found
                 || (m->kind == SF_MISTAKE_UNKNOWN_KEY
                     && strstr (m->message, p->name));
    }
    g_assert_true (is_found);
  }
}

static void
add (const SfModelInfo *info, const char *what, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/models/%s/%s", info->name, what);
  g_test_add_data_func (path, info, function);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const SfModelInfo *const *m = sf_cmd_models (); *m; m++) {
    add (*m, "has-a-manual", test_manual);
    add (*m, "finishes-and-repeats", test_defaults);
    add (*m, "finishes-at-the-ends-of-its-ranges", test_ends);
    add (*m, "refuses-what-is-out-of-range", test_range);
    add (*m, "suggests-the-right-name", test_misspelt);
  }
  return g_test_run ();
}
