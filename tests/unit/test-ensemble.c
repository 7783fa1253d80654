/* test-ensemble.c - numbers that are taken together from a file. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/scenario.h"

#include <math.h>
#include <string.h>

#include "tests/unit/place.h"

static const SfModelInfo *const no_models[] = { NULL };

/* Uncertain: x (by name, taken by two roads), the length of a-c and the
 * controls there. Certain: the speed. */
#define BODY                                                                   \
  "\"nodes\": {\"a\": {}, \"b\": {}, \"c\": {}},\n"                            \
  "\"assumptions\": {\"x\": {\"dist\": \"uniform\", \"min\": 10,"              \
  " \"max\": 20}},\n"                                                          \
  "\"links\": {\n"                                                             \
  "  \"a-b\": {\"from\": \"a\", \"to\": \"b\", \"km\": {\"assumption\": "      \
  "\"x\"}},\n"                                                                 \
  "  \"b-c\": {\"from\": \"b\", \"to\": \"c\", \"km\": {\"assumption\": "      \
  "\"x\", \"factor\": 2}},\n"                                                  \
  "  \"a-c\": {\"from\": \"a\", \"to\": \"c\", \"speed_kmh\": 50,\n"           \
  "    \"km\": {\"dist\": \"uniform\", \"min\": 100, \"max\": 200},\n"         \
  "    \"border_h\": {\"dist\": \"uniform\", \"min\": 0, \"max\": 9}}}\n"

#define NAMED "{\"name\": \"n\", \"ensemble\": \"e.json\", " BODY "}"

#define ROWS                                                                   \
  "{\"format\": 1, \"title\": \"t\", \"made\": {\"seed\": \"1\"},\n"           \
  " \"parameters\": [\"/links/a-c/km\", \"/assumptions/x\"],\n"                \
  " \"rows\": [[110, 11], [120, 12], [130, 13]]}"

typedef struct {
  char *folder;
  SfMistakes *mistakes;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = place_new ();
  f->mistakes = sf_mistakes_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  place_remove (f->folder);
  g_free (f->folder);
  sf_mistakes_free (f->mistakes);
}

static SfScenario *
read_named (Fixture *f, const char *name, const char *const *overrides)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  return sf_scenario_read (path, overrides, no_models, f->mistakes);
}

static SfScenario *
read_good (Fixture *f, const char *scenario, const char *ensemble)
{
  place_write (f->folder, "s.json", scenario);
  place_write (f->folder, "e.json", ensemble);
  SfScenario *s = read_named (f, "s.json", NULL);
  g_autofree char *text = sf_mistakes_format (f->mistakes);
  g_assert_cmpstr (text, ==, "");
  return s;
}

/* What is said of an ensemble, without the name of the folder. */
static char *
refused (Fixture *f, const char *ensemble)
{
  place_write (f->folder, "s.json", NAMED);
  if (ensemble)
    place_write (f->folder, "e.json", ensemble);
  g_assert_null (read_named (f, "s.json", NULL));
  g_autofree char *text = sf_mistakes_format (f->mistakes);
  g_auto (GStrv) pieces = g_strsplit (text, f->folder, -1);
  return g_strjoinv ("", pieces);
}

static double
km (const SfScenario *s, const char *link)
{
  return s->links[sf_scenario_find (s, "links", link)].km;
}

static guint
index_of (const SfScenario *s, const char *pointer)
{
  return (guint)(sf_scenario_assumption (s, pointer) - s->assumptions);
}

/* ---- Taking rows ---------------------------------------------------------- */

static void
test_replication_r_takes_row_r (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_good (f, NAMED, ROWS);
  g_assert_cmpuint (s->ensemble->n_rows, ==, 3);
  g_assert_cmpuint (s->ensemble->n_parameters, ==, 2);
  for (int r = 0; r < 7; r++) {
    sf_scenario_draw (s, 5, r);
    g_assert_cmpfloat (km (s, "a-c"), ==, 110 + 10 * (r % 3));
    g_assert_cmpfloat (km (s, "a-b"), ==, 11 + r % 3);
    g_assert_cmpfloat (km (s, "b-c"), ==, 2 * (11 + r % 3));
  }
}

static void
test_central_values_stay (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_good (f, NAMED, ROWS);
  sf_scenario_fix (s, index_of (s, "/assumptions/x"), 19);
  sf_scenario_draw (s, 5, 2);
  sf_scenario_draw (s, 5, -1);
  g_assert_cmpfloat (km (s, "a-c"), ==, 150);
  g_assert_cmpfloat (km (s, "a-b"), ==, 15);
}

/* The number that has no column is drawn as it is without an ensemble. */
static void
test_others_are_drawn_as_before (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_good (f, NAMED, ROWS);
  g_autoptr (SfScenario) plain = read_good (f, "{" BODY "}", ROWS);
  g_assert_null (plain->ensemble);
  for (int r = 0; r < 5; r++) {
    sf_scenario_draw (s, 5, r);
    sf_scenario_draw (plain, 5, r);
    g_assert_cmpfloat (s->links[2].border_h, ==, plain->links[2].border_h);
    g_assert_cmpfloat (km (s, "a-c"), !=, km (plain, "a-c"));
  }
}

static void
test_an_ensemble_can_be_forgotten (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_good (f, NAMED, ROWS);
  g_autoptr (SfScenario) plain = read_good (f, "{" BODY "}", ROWS);
  g_autofree char *before = sf_scenario_hash (s);
  sf_scenario_forget_ensemble (s);
  g_assert_null (s->ensemble);
  sf_scenario_draw (s, 5, 3);
  sf_scenario_draw (plain, 5, 3);
  g_assert_cmpfloat (km (s, "a-c"), ==, km (plain, "a-c"));
  g_assert_cmpfloat (km (s, "b-c"), ==, km (plain, "b-c"));
  g_autofree char *after = sf_scenario_hash (s);
  g_assert_cmpstr (before, !=, after);
}

static void
test_a_fixed_number_wins (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) s = read_good (f, NAMED, ROWS);
  guint x = index_of (s, "/assumptions/x");
  sf_scenario_fix (s, x, 17);
  sf_scenario_draw (s, 5, 1);
  g_assert_cmpfloat (km (s, "a-b"), ==, 17);
  g_assert_cmpfloat (km (s, "b-c"), ==, 34); /* follows by name */
  g_assert_cmpfloat (km (s, "a-c"), ==, 120);
  sf_scenario_fix (s, index_of (s, "/links/a-c/km"), -5); /* cut off */
  sf_scenario_fix (s, index_of (s, "/links/b-c/km"), 7);
  sf_scenario_draw (s, 5, 1);
  g_assert_cmpfloat (km (s, "a-c"), ==, 0);
  g_assert_cmpfloat (km (s, "b-c"), ==, 7);
  sf_scenario_fix (s, x, NAN);
  sf_scenario_draw (s, 5, 1);
  g_assert_cmpfloat (km (s, "a-b"), ==, 12);
}

/* ---- Which numbers it has ------------------------------------------------- */

static void
test_what_is_made_certain_stays_so (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) base = read_good (f, NAMED, ROWS);
  g_assert_nonnull (base);
  place_write (f->folder, "child.json",
               "{\"extends\": \"s.json\", \"links\": {\"a-c\": {\"km\": 77}}}");
  g_autoptr (SfScenario) s = read_named (f, "child.json", NULL);
  g_assert_nonnull (s);
  g_assert_cmpuint (s->ensemble->n_parameters, ==, 1);
  sf_scenario_draw (s, 5, 1);
  g_assert_cmpfloat (km (s, "a-c"), ==, 77);
  g_assert_cmpfloat (km (s, "a-b"), ==, 12);
  const char *const set[] = { "/assumptions/x=14", NULL };
  g_autoptr (SfScenario) both = read_named (f, "child.json", set);
  g_assert_nonnull (both);
  g_assert_cmpuint (both->ensemble->n_parameters, ==, 0);
  sf_scenario_draw (both, 5, 1);
  g_assert_cmpfloat (km (both, "a-b"), ==, 14);
}

static void
test_null_takes_the_ensemble_away (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) base = read_good (f, NAMED, ROWS);
  g_assert_nonnull (base);
  place_write (f->folder, "child.json",
               "{\"extends\": \"s.json\", \"ensemble\": null}");
  g_autoptr (SfScenario) s = read_named (f, "child.json", NULL);
  g_assert_nonnull (s);
  g_assert_null (s->ensemble);
}

/* It lies beside the file that names it, not beside the one that extends. */
static void
test_files_lie_beside_the_one_that_names_them (Fixture *f, gconstpointer data)
{
  g_autofree char *below = g_build_filename (f->folder, "below", NULL);
  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  g_autoptr (SfScenario) base = read_good (f, NAMED, ROWS);
  g_assert_nonnull (base);
  place_write (below, "child.json",
               "{\"extends\": \"../s.json\", \"observations\": \"o.json\"}");
  place_write (below, "o.json", "{}");
  g_autoptr (SfScenario) s = read_named (f, "below/child.json", NULL);
  g_assert_nonnull (s);
  g_assert_cmpuint (s->ensemble->n_rows, ==, 3);
  g_autofree char *expected = g_build_filename (below, "o.json", NULL);
  g_assert_cmpstr (s->observations, ==, expected);
  g_assert_null (base->observations);
}

static void
test_the_hash_covers_the_content (Fixture *f, gconstpointer data)
{
  g_autoptr (SfScenario) first = read_good (f, NAMED, ROWS);
  g_autoptr (SfScenario) second = read_good (f, NAMED, ROWS "\n\n");
  g_autofree char *hash = sf_scenario_hash (first);
  g_autofree char *same = sf_scenario_hash (second);
  g_assert_cmpstr (hash, ==, same);
  g_auto (GStrv) pieces = g_strsplit (ROWS, "13]", -1);
  g_autofree char *changed = g_strjoinv ("14]", pieces);
  g_autoptr (SfScenario) third = read_good (f, NAMED, changed);
  g_autofree char *other = sf_scenario_hash (third);
  g_assert_cmpstr (hash, !=, other);
}

/* ---- Mistakes ------------------------------------------------------------- */

static void
test_all_mistakes_at_once (Fixture *f, gconstpointer data)
{
  g_autofree char *said
      = refused (f, "{\"format\": 2, \"row\": 3,\n"
                    "\"parameters\": [\"/links/a-c/kn\", 4,\n"
                    "  \"/assumptions/x\", \"/assumptions/x\"],\n"
                    "\"rows\": [[1, 2, 1e13, 3],\n"
                    "  [1, 2, 3],\n"
                    "  [1, 2, \"x\", 3], 5]}");
  g_assert_cmpstr (
      said, ==,
      "/e.json:1:12: /format: this program reads \"format\": 1 of an "
      "ensemble\n"
      "/e.json:1:22: /row: unknown key \"row\"; did you mean \"rows\"?\n"
      "/e.json:2:16: /parameters/0: the scenario has no number "
      "\"/links/a-c/kn\"; did you mean \"/links/a-c/km\"?\n"
      "/e.json:2:33: /parameters/1: expected a JSON Pointer in quotes, found "
      "a number\n"
      "/e.json:3:21: /parameters/3: this number has a column already\n"
      "/e.json:4:17: /rows/0/2: 10000000000000 is out of range for "
      "/assumptions/x; expected -1000000000000 to 1000000000000\n"
      "/e.json:5:3: /rows/1: expected a list of 4 numbers, one a parameter\n"
      "/e.json:6:10: /rows/2/2: expected a number, found a string\n"
      "/e.json:6:19: /rows/3: expected a list of 4 numbers, one a parameter\n");
}

static void
test_a_missing_file_is_a_mistake (Fixture *f, gconstpointer data)
{
  g_autofree char *said = refused (f, NULL);
  g_assert_cmpstr (said, ==,
                   "/s.json:1:27: /ensemble: there is no file /e.json\n");
}

static void
test_nothing_in_it_is_a_mistake (Fixture *f, gconstpointer data)
{
  g_autofree char *said = refused (f, "{\"format\": 1, \"rows\": []}");
  g_assert_cmpstr (said, ==,
                   "/e.json:1:1: \"parameters\" is missing\n"
                   "/e.json:1:23: /rows: expected a list that is not empty\n");
}

#define ADD(NAME, FUNCTION)                                                    \
  g_test_add ("/ensemble/" NAME, Fixture, NULL, set_up, FUNCTION, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("replication-r-takes-row-r", test_replication_r_takes_row_r);
  ADD ("central-values-stay", test_central_values_stay);
  ADD ("others-are-drawn-as-before", test_others_are_drawn_as_before);
  ADD ("can-be-forgotten", test_an_ensemble_can_be_forgotten);
  ADD ("a-fixed-number-wins", test_a_fixed_number_wins);
  ADD ("what-is-made-certain-stays-so", test_what_is_made_certain_stays_so);
  ADD ("null-takes-it-away", test_null_takes_the_ensemble_away);
  ADD ("files-lie-beside-the-one-that-names-them",
       test_files_lie_beside_the_one_that_names_them);
  ADD ("the-hash-covers-the-content", test_the_hash_covers_the_content);
  ADD ("all-mistakes-at-once", test_all_mistakes_at_once);
  ADD ("a-missing-file-is-a-mistake", test_a_missing_file_is_a_mistake);
  ADD ("nothing-in-it-is-a-mistake", test_nothing_in_it_is_a_mistake);
  return g_test_run ();
}
