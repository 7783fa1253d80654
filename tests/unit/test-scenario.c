/* test-scenario.c - is a scenario read as it was meant? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files are written to a fresh folder for each test. Refusals and their words
 * are tested with scenarios/bad; here: what comes of what is accepted, and
 * where mistakes are said to be.
 */
#include "sim/scenario/scenario.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sim/scenario/basis.h"
#include "sim/scenario/load.h"

/* Draws in a test of a mean; its bound is 5 standard errors. */
#define DRAWS 4000

typedef struct {
  double strength, trucks_count;
  GArray *nodes;
} Guard;

static const SfParam guard_params[] = {
  SF_PARAM (Guard, strength, 1, 0, 10, "strength"),
  SF_PARAM (Guard, trucks_count, 5, 0, 100, "trucks"),
  SF_PARAM_IDS (Guard, nodes, "nodes", "where"),
  SF_PARAM_END,
};

static const SfModelInfo guard = { "test/guard", "a model for tests", "",
                                   guard_params, sizeof (Guard),      "alarm" };
static const SfModelInfo *const models[] = { &guard, NULL };

/* Two towns, a road, a model and an event: the base of most tests. */
#define BASE                                                                   \
  "{\n"                                                                        \
  "  \"name\": \"base\",\n"                                                    \
  "  \"time\": {\"start\": \"2030-01-01\", \"end\": \"2030-01-31\"},\n"        \
  "  \"nodes\": {\"a\": {\"title\": \"A\"}, \"b\": {}, \"c\": {}},\n"          \
  "  \"links\": {\n"                                                           \
  "    \"a-b\": {\"from\": \"a\", \"to\": \"b\", \"km\": 10},\n"               \
  "    \"b-c\": {\"from\": \"b\", \"to\": \"c\", \"km\": 20}\n"                \
  "  },\n"                                                                     \
  "  \"models\": {\"guard\": {\"model\": \"test/guard\", \"strength\": 2,\n"   \
  "    \"nodes\": [\"a\", \"b\"]}}\n"                                          \
  "}\n"

typedef struct {
  char *folder;
  GPtrArray *paths; /* char *, owned */
  SfMistakes *mistakes;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("sf-scenario-XXXXXX", &error);
  g_assert_no_error (error);
  f->paths = g_ptr_array_new_with_free_func (g_free);
  f->mistakes = sf_mistakes_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < f->paths->len; i++)
    g_remove (f->paths->pdata[i]);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_ptr_array_unref (f->paths);
  sf_mistakes_free (f->mistakes);
  g_free (f->folder);
}

/* Writes a file; the path is the fixture's. */
static const char *
put (Fixture *f, const char *name, const char *text)
{
  char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_ptr_array_add (f->paths, path);
  return path;
}

static SfScenario *
read_set (Fixture *f, const char *path, const char *const *overrides)
{
  SfScenario *s = sf_scenario_read (path, overrides, models, f->mistakes);
  g_autofree char *text = sf_mistakes_format (f->mistakes);

  g_assert_cmpstr (text, ==, "");
  g_assert_nonnull (s);
  return s;
}

static SfScenario *
read_text (Fixture *f, const char *text)
{
  return read_set (f, put (f, "scenario.json", text), NULL);
}

/* ---- Files ---------------------------------------------------------------- */

static void
test_records (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_text (f, BASE);
  const Guard *g = s->models[0].params;

  g_assert_cmpstr (s->name, ==, "base");
  g_assert_cmpuint (s->n_nodes, ==, 3);
  g_assert_cmpstr (s->nodes[0].title, ==, "A");
  g_assert_null (s->nodes[1].title);
  g_assert_true (isnan (s->nodes[0].lat_deg));
  g_assert_cmpint (s->nodes[0].kind, ==, SF_NODE_TOWN);
  g_assert_cmpint (s->links[1].from, ==, 1);
  g_assert_cmpint (s->links[1].to, ==, 2);
  g_assert_cmpint (s->links[1].zone, ==, -1);
  g_assert_cmpfloat (s->links[0].speed_kmh, ==, 45);
  g_assert_cmpint (s->capital, ==, -1);
  g_assert_cmpuint (s->seed, ==, 1);
  g_assert_cmpuint (sf_scenario_days (s), ==, 31);
  g_assert_cmpint (sf_scenario_day (s, s->end), ==, 30);
  g_assert_cmpint (sf_scenario_find (s, "links", "b-c"), ==, 1);
  g_assert_cmpint (sf_scenario_find (s, "links", "a"), ==, -1);
  g_assert_cmpfloat (g->strength, ==, 2);
  g_assert_cmpfloat (g->trucks_count, ==, 5);
  g_assert_true (sf_refs_hold (g->nodes, 1));
  g_assert_false (sf_refs_hold (g->nodes, 2));
  g_assert_true (sf_refs_hold (NULL, 2));
}

static void
test_inheritance (Fixture *f, gconstpointer data)
{
  put (f, "base.json", BASE);
  put (f, "middle.json",
       "{\"extends\": \"base.json\", \"name\": \"middle\",\n"
       " \"links\": {\"a-b\": {\"km\": 11, \"speed_kmh\": 60}}}");
  const char *top
      = put (f, "top.json",
             "{\"extends\": \"middle.json\", \"title\": \"Top\",\n"
             " \"links\": {\"a-b\": {\"km\": 12}, \"b-c\": null,\n"
             "  \"c-a\": {\"from\": \"c\", \"to\": \"a\", \"km\": 5}},\n"
             " \"models\": {\"guard\": {\"nodes\": [\"c\"]}}}");
  g_autoptr (SfScenario) s = read_set (f, top, NULL);
  const Guard *g = s->models[0].params;

  g_assert_cmpstr (s->name, ==, "middle");
  g_assert_cmpstr (s->title, ==, "Top");
  g_assert_cmpstr (s->path, ==, top);
  g_assert_cmpuint (s->n_links, ==, 2);
  g_assert_cmpint (sf_scenario_find (s, "links", "b-c"), ==, -1);
  g_assert_cmpfloat (s->links[0].km, ==, 12);
  g_assert_cmpfloat (s->links[0].speed_kmh, ==, 60);
  g_assert_cmpstr (s->links[1].id, ==, "c-a");
  /* A patch replaces a list whole. */
  g_assert_cmpuint (g->nodes->len, ==, 1);
  g_assert_true (sf_refs_hold (g->nodes, 2));
  g_assert_cmpfloat (g->strength, ==, 2);
}

static void
test_overrides (Fixture *f, gconstpointer data)
{
  const char *const set[]
      = { "/links/a-b/km=13",
          "/links/a-b/km=14",
          "/name=other",
          "/links/b-c/one_way=true",
          "/run={\"seed\": \"18446744073709551615\"}",
          "/models/guard/strength={\"value\": 3, \"range\": [1, 4]}",
          NULL };
  g_autoptr (SfScenario) s = read_set (f, put (f, "scenario.json", BASE), set);
  const Guard *g = s->models[0].params;

  g_assert_cmpfloat (s->links[0].km, ==, 14);
  g_assert_cmpstr (s->name, ==, "other");
  g_assert_true (s->links[1].one_way);
  g_assert_true (s->seed == G_MAXUINT64);
  g_assert_cmpfloat (g->strength, ==, 3);
}

static void
test_levers (Fixture *f, gconstpointer data)
{
  const char *path = put (f, "scenario.json", BASE);
  const char *far = put (f, "far.json",
                         "{\"extends\": \"nowhere.json\", \"name\": \"far\","
                         " \"title\": \"Farther\","
                         " \"links\": {\"a-b\": {\"km\": 50}}}");
  const char *strong = put (f, "strong.json",
                            "{\"models\": {\"guard\": {\"strength\": 4}},"
                            " \"links\": {\"a-b\": {\"km\": 60}}}");
  const char *const levers[] = { far, strong, NULL };
  const char *const set[] = { "/models/guard/strength=6", NULL };
  g_autoptr (SfScenario) s
      = sf_scenario_read_levers (path, levers, set, models, f->mistakes);

  g_assert_nonnull (s);
  g_assert_cmpstr (s->name, ==, "base");
  g_assert_null (s->title);
  g_assert_cmpfloat (s->links[0].km, ==, 60);
  g_assert_cmpfloat (((const Guard *)s->models[0].params)->strength, ==, 6);
}

static void
test_malformed (Fixture *f, gconstpointer data)
{
  static const char *const good[] = { "/a=1", "/a=", "/=", "/a=b=c", NULL };
  static const char *const bad[] = { "a=1", "/a", "", "=1" };

  g_assert_null (sf_scenario_malformed_override (NULL));
  g_assert_null (sf_scenario_malformed_override (good));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    const char *const list[] = { "/a=1", bad[i], "nor=this", NULL };

    g_assert_true (sf_scenario_malformed_override (list) == bad[i]);
  }
}

static void
assert_place (const Fixture *f, guint i, const char *file, int line,
              const char *pointer)
{
  const SfMistake *m = sf_mistakes_get (f->mistakes, i);
  g_autofree char *name = g_path_get_basename (m->file);

  g_assert_cmpstr (name, ==, file);
  g_assert_cmpint (m->line, ==, line);
  g_assert_cmpstr (m->pointer, ==, pointer);
}

/* One in the base, one in the patch, one on the command line, one that only
 * the whole scenario can tell: all at once, each where it was written. */
static void
test_places (Fixture *f, gconstpointer data)
{
  const char *const set[] = { "/links/b-c/km=-1", NULL };

  put (f, "base.json", BASE);
  const char *top = put (f, "top.json",
                         "{\"extends\": \"base.json\",\n\n"
                         " \"links\": {\"a-b\": {\n  \"km\": \"far\",\n"
                         "  \"to\": \"a\"}},\n"
                         " \"nodes\": {\"a\": {\"title\": null}},\n"
                         " \"models\": {\"guard\": {\"strenght\": 2}}}");
  g_assert_null (sf_scenario_read (top, set, models, f->mistakes));
  g_assert_cmpuint (sf_mistakes_count (f->mistakes), ==, 4);
  assert_place (f, 0, "top.json", 4, "/links/a-b/km");
  assert_place (f, 1, "top.json", 5, "/links/a-b/to");
  assert_place (f, 2, "top.json", 7, "/models/guard/strenght");
  assert_place (f, 3, "--set", 0, "/links/b-c/km");
}

/* ---- Assumptions ---------------------------------------------------------- */

#define WITH(MEMBERS)                                                          \
  "{\"nodes\": {\"a\": {}, \"b\": {}, \"c\": {}},\n" MEMBERS "}"
#define ROAD(KM)                                                               \
  WITH ("\"links\": {\"a-b\": {\"from\": \"a\", \"to\": \"b\", "               \
        "\"km\": " KM "}}\n")

static void
test_basis (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_text (
      f, WITH ("\"sources\": {\"S\": {\"title\": \"s\"}},\n"
               "\"links\": {\"a-b\": {\"from\": \"a\", \"to\": \"b\",\n"
               " \"km\": {\"value\": 10, \"range\": [5, 20], "
               "\"note\": \"why\", \"confidence\": \"reported\"},\n"
               " \"speed_kmh\": 30, \"border_h\": 2,\n"
               " \"source\": \"S\", \"confidence\": \"assumed\"},\n"
               " \"b-c\": {\"from\": \"b\", \"to\": \"c\", \"km\": 3}}\n"));
  const SfAssumption *km = sf_scenario_assumption (s, "/links/a-b/km");
  const SfAssumption *speed
      = sf_scenario_assumption (s, "/links/a-b/speed_kmh");

  g_assert_null (sf_scenario_assumption (s, "/links/a-b/fail_prob"));
  g_assert_cmpfloat (km->low, ==, 5);
  g_assert_cmpfloat (km->high, ==, 20);
  g_assert_cmpstr (km->note, ==, "why");
  g_assert_cmpstr (km->source, ==, "S");
  g_assert_cmpstr (km->confidence, ==, "reported");
  g_assert_true (km->target == &s->links[0].km);
  g_assert_true (isnan (speed->low));
  g_assert_cmpstr (speed->confidence, ==, "assumed");
  g_assert_cmpuint (sf_basis_count (s, "assumed").numbers, ==, 2);
  g_assert_cmpuint (sf_basis_count (s, "reported").numbers, ==, 1);
  g_assert_cmpuint (sf_basis_count (s, NULL).numbers, ==, 1);
  g_assert_cmpuint (sf_basis_count (s, NULL).drawn, ==, 0);
}

static void
test_named (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_text (
      f, WITH ("\"assumptions\": {\n"
               " \"x\": {\"dist\": \"uniform\", \"min\": 10, \"max\": 30},\n"
               " \"twice\": {\"assumption\": \"x\", \"factor\": 2}},\n"
               "\"links\": {\"a-b\": {\"from\": \"a\", \"to\": \"b\", "
               "\"km\": {\"assumption\": \"x\"}},\n"
               " \"b-c\": {\"from\": \"b\", \"to\": \"c\", "
               "\"km\": {\"assumption\": \"x\", \"factor\": 0.5}},\n"
               " \"c-a\": {\"from\": \"c\", \"to\": \"a\", "
               "\"km\": {\"assumption\": \"twice\"}}}\n"));
  double last = 0;

  g_assert_cmpfloat (s->links[1].km, ==, 10);
  for (gint i = -1; i < 20; i++) {
    sf_scenario_draw (s, 7, i);
    double x = s->links[0].km;

    g_assert_true (i < 0 ? x == 20 : x > 10 && x < 30 && x != last);
    g_assert_cmpfloat (s->links[1].km, ==, x * 0.5);
    g_assert_cmpfloat (s->links[2].km, ==, x * 2);
    last = x;
  }
  g_assert_cmpuint (sf_basis_count (s, NULL).drawn, ==, 5);
}

/* Distributions with mean and standard deviation from a textbook. */
static void
test_means (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *text;
    double centre, mean, sd, min, max;
  } cases[] = {
    { "{\"dist\": \"uniform\", \"min\": 100, \"max\": 400}", 250, 250,
      86.60254037844386, 100, 400 },
    { "{\"dist\": \"triangular\", \"min\": 100, \"mode\": 200, \"max\": 600}",
      200, 300, 108.01234497346433, 100, 600 },
    { "{\"dist\": \"normal\", \"mean\": 500, \"sd\": 20}", 500, 500, 20, 350,
      650 },
    { "{\"dist\": \"lognormal\", \"median\": 100, \"sigma\": 0.5}", 100,
      113.3148453066826, 60.39006770389, 0, 20000 },
    { "{\"dist\": \"beta\", \"min\": 10, \"max\": 20, \"a\": 2, \"b\": 3}", 14,
      14, 2, 10, 20 },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++) {
    g_autofree char *text
        = g_strconcat (WITH ("\"links\": {\"a-b\": {\"from\": \"a\", "
                             "\"to\": \"b\", \"km\": "),
                       NULL);

    text[strlen (text) - 1] = '\0'; /* the brace that WITH closes with */
    g_autofree char *whole = g_strconcat (text, cases[k].text, "}}}", NULL);
    g_autoptr (SfScenario) s = read_text (f, whole);
    double sum = 0, squares = 0;

    sf_scenario_draw (s, 1, -1);
    g_assert_cmpfloat (s->links[0].km, ==, cases[k].centre);
    for (gint i = 0; i < DRAWS; i++) {
      sf_scenario_draw (s, 1, i);
      double x = s->links[0].km - cases[k].mean;

      g_assert_true (s->links[0].km >= cases[k].min
                     && s->links[0].km <= cases[k].max);
      sum += x;
      squares += x * x;
    }
    g_assert_cmpfloat (fabs (sum / DRAWS), <, 5 * cases[k].sd / sqrt (DRAWS));
    g_assert_cmpfloat (fabs (sqrt (squares / DRAWS) / cases[k].sd - 1), <, 0.1);
  }
}

static void
test_cut_off (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_text (
      f, ROAD ("{\"dist\": \"normal\", \"mean\": 1, \"sd\": 1000}"));
  guint at_zero = 0;

  for (gint i = 0; i < 200; i++) {
    sf_scenario_draw (s, 1, i);
    g_assert_cmpfloat (s->links[0].km, >=, 0);
    at_zero += s->links[0].km == 0;
  }
  g_assert_cmpuint (at_zero, >, 60);
}

static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_text (
      f, WITH ("\"models\": {\"guard\": {\"model\": \"test/guard\", "
               "\"trucks_count\": {\"dist\": \"uniform\", \"min\": 1, "
               "\"max\": 9}}}\n"));
  const Guard *g = s->models[0].params;

  for (gint i = 0; i < 50; i++) {
    sf_scenario_draw (s, 1, i);
    g_assert_cmpfloat (g->trucks_count, ==, round (g->trucks_count));
  }
}

/* Two scenarios meet the same luck where they share a pointer; another
 * pointer, replication or seed has its own. */
static void
test_luck (Fixture *f, gconstpointer data)
{
#define SPREAD "{\"dist\": \"uniform\", \"min\": 0, \"max\": 1}"
  g_autoptr (SfScenario) one = read_text (f, ROAD (SPREAD));
  g_autoptr (SfScenario) two = read_text (
      f,
      WITH (
          "\"links\": {\"z\": {\"from\": \"a\", \"to\": \"c\", \"km\": " SPREAD
          "},\n \"a-b\": {\"from\": \"b\", \"to\": \"a\", "
          "\"border_h\": " SPREAD ", \"km\": " SPREAD "}}\n"));
#undef SPREAD
  double first = 0;

  for (gint i = 0; i < 10; i++) {
    sf_scenario_draw (one, 5, i);
    sf_scenario_draw (two, 5, i);
    g_assert_cmpfloat (one->links[0].km, ==, two->links[1].km);
    g_assert_cmpfloat (one->links[0].km, !=, two->links[0].km);
    g_assert_cmpfloat (one->links[0].km, !=, two->links[1].border_h);
    g_assert_cmpfloat (one->links[0].km, !=, first);
    first = i == 0 ? one->links[0].km : first;
  }
  sf_scenario_draw (one, 6, 0);
  g_assert_cmpfloat (one->links[0].km, !=, first);
  sf_scenario_draw (one, 5, 0);
  g_assert_cmpfloat (one->links[0].km, ==, first);
}

/* What an event sets stays possible, however it is drawn. */
static void
test_set_value (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_text (
      f, "{\"time\": {\"start\": \"2030-01-01\", \"end\": \"2030-01-31\"},\n"
         "\"models\": {\"guard\": {\"model\": \"test/guard\", "
         "\"strength\": 1}},\n"
         "\"events\": {\"more\": {\"date\": \"2030-01-02\", \"kind\": "
         "\"set\", \"target\": \"/models/guard/strength\",\n"
         " \"value\": {\"dist\": \"normal\", \"mean\": 5, \"sd\": 50}},\n"
         " \"ring\": {\"date\": \"2030-01-31\", \"kind\": \"alarm\"}}}");

  for (gint i = 0; i < 100; i++) {
    sf_scenario_draw (s, 1, i);
    g_assert_cmpfloat (s->events[0].value, >=, 0);
    g_assert_cmpfloat (s->events[0].value, <=, 10);
  }
}

/* ---- The whole ------------------------------------------------------------- */

static void
test_hash (Fixture *f, gconstpointer data)
{
  const char *const set[] = { "/links/a-b/km=10", NULL };
  const char *const other[] = { "/links/a-b/km=11", NULL };
  const char *path = put (f, "scenario.json", BASE);
  g_autoptr (SfScenario) one = read_set (f, path, NULL);
  g_autoptr (SfScenario) same = read_set (f, path, set);
  g_autoptr (SfScenario) changed = read_set (f, path, other);
  g_autofree char *first = sf_scenario_hash (one);
  g_autofree char *second = sf_scenario_hash (same);
  g_autofree char *third = sf_scenario_hash (changed);

  g_assert_cmpuint (strlen (first), ==, 64);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
  sf_scenario_draw (one, 1, 3);
  g_autofree char *again = sf_scenario_hash (one);
  g_assert_cmpstr (first, ==, again);
}

static void
test_schema (Fixture *f, gconstpointer data)
{
  g_autofree char *text = sf_scenario_schema (models);
  g_autoptr (SfJsonDoc) doc
      = sf_json_parse (text, strlen (text), "schema", f->mistakes);
  const SfJson *root = sf_json_root (doc);
  static const char *const pointers[] = {
    "/definitions/links/properties/km/description",
    "/definitions/demands/properties/demand_m3_per_day",
    "/definitions/demands/properties/demand_t_per_day",
    "/definitions/models/oneOf/1/properties/strength",
    "/properties/run/properties/seed",
    "/else/properties/links/additionalProperties/required/2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pointers); i++)
    g_assert_nonnull (sf_json_pointer_get (root, pointers[i]));
  g_assert_cmpstr (
      sf_json_string (sf_json_pointer_get (
          root, "/definitions/models/oneOf/1/properties/model/const")),
      ==, "test/guard");
}

#define ADD(NAME, FUNCTION)                                                    \
  g_test_add ("/scenario/" NAME, Fixture, NULL, set_up, FUNCTION, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("records get what is written and defaults for the rest", test_records);
  ADD ("a file changes the one it extends", test_inheritance);
  ADD ("overrides come last", test_overrides);
  ADD ("levers change a scenario, which keeps its name", test_levers);
  ADD ("an override has a pointer and a value", test_malformed);
  ADD ("mistakes are where they were written", test_places);
  ADD ("numbers know what they rest on", test_basis);
  ADD ("a named assumption is one number for all", test_named);
  ADD ("draws have the mean of their distribution", test_means);
  ADD ("draws are cut off at what is possible", test_cut_off);
  ADD ("counts are whole", test_whole);
  ADD ("the same pointer has the same luck", test_luck);
  ADD ("what an event sets stays possible", test_set_value);
  ADD ("the hash is that of the content", test_hash);
  ADD ("the schema knows every table", test_schema);
  return g_test_run ();
}
