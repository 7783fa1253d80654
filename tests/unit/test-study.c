/* test-study.c - what a sweep asks, read and turned into values. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quantiles are checked through the distribution functions of GSL; hashes by
 * moving files about and changing them.
 */
#include "sim/study/study.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "tests/unit/study-fixture.h"

#define HEAD                                                                   \
  "'format': 1, 'name': 's', 'outcomes': {'lost': {'metric': '/lost_count'}},"
#define SCENARIO "'scenario': '$/two-roads.json',"
#define RANDOM "'design': {'kind': 'random', 'points_count': 4},"
#define TARGET "'target': '/models/drivers/announcement_risk'"

/* A study of factors that are given as text. */
static SfStudy *
of_factors (const char *factors, const char *more)
{
  g_autofree char *folder = place_new ();
  g_autofree char *text
      = g_strconcat ("{", HEAD, SCENARIO, more ? more : RANDOM, " 'factors': {",
                     factors, "}}", NULL);
  SfStudy *study = study_read (folder, text);
  place_remove (folder);
  return study;
}

#define NEAR(A, B) g_assert_cmpfloat_with_epsilon (A, B, 1e-9)

/* ---- Values ------------------------------------------------------------------- */

static double
triangular_cdf (double x)
{
  /* 2, 3, 7 */
  return x < 3 ? (x - 2) * (x - 2) / 5 : 1 - (7 - x) * (7 - x) / 20;
}

static void
test_quantiles_are_those_of_the_distribution (void)
{
  g_autoptr (SfStudy) s = of_factors (
      "'tri': {" TARGET ", 'distribution': {'dist': 'triangular', 'min': 2,"
      " 'mode': 3, 'max': 7}},"
      "'nor': {" TARGET ", 'distribution': {'dist': 'normal', 'mean': 5, 'sd':"
      " 2}},"
      "'log': {" TARGET ", 'distribution': {'dist': 'lognormal', 'median': 3,"
      " 'sigma': 0.5}},"
      "'bet': {" TARGET ", 'distribution': {'dist': 'beta', 'min': 1, 'max': 5,"
      " 'a': 2, 'b': 3}},"
      "'uni': {" TARGET ", 'distribution': {'dist': 'uniform', 'min': 1, 'max':"
      " 5}},"
      "'own': {'target': '/assumptions/fuel_depot_days'}",
      NULL);
  for (guint i = 1; i < 200; i++) {
    double u = i / 200.0;
    NEAR (triangular_cdf (sf_study_value (s, 0, u, FALSE)), u);
    NEAR (gsl_cdf_gaussian_P (sf_study_value (s, 1, u, FALSE) - 5, 2), u);
    NEAR (gsl_cdf_lognormal_P (sf_study_value (s, 2, u, FALSE), log (3), 0.5),
          u);
    NEAR (gsl_cdf_beta_P ((sf_study_value (s, 3, u, FALSE) - 1) / 4, 2, 3), u);
    NEAR (gsl_cdf_flat_P (sf_study_value (s, 4, u, FALSE), 1, 5), u);
    double own = sf_study_value (s, 5, u, FALSE); /* 5, 8, 11 */
    NEAR (own < 8 ? (own - 5) * (own - 5) / 18
                  : 1 - (11 - own) * (11 - own) / 18,
          u);
  }
}

static void
test_ends_of_distributions_are_finite (void)
{
  g_autoptr (SfStudy) s = of_factors (
      "'nor': {" TARGET ", 'distribution': {'dist': 'normal', 'mean': 5, 'sd':"
      " 2}},"
      "'log': {" TARGET ", 'distribution': {'dist': 'lognormal', 'median': 3,"
      " 'sigma': 0.5}},"
      "'tri': {" TARGET ", 'distribution': {'dist': 'triangular', 'min': 2,"
      " 'mode': 2, 'max': 7}},"
      "'end': {" TARGET ", 'distribution': {'dist': 'triangular', 'min': 2,"
      " 'mode': 7, 'max': 7}}",
      NULL);
  double z = gsl_cdf_ugaussian_Pinv (0.995);
  NEAR (sf_study_value (s, 0, 0, FALSE), 5 - 2 * z);
  NEAR (sf_study_value (s, 0, 1, FALSE), 5 + 2 * z);
  NEAR (sf_study_value (s, 1, 1, FALSE), 3 * exp (0.5 * z));
  for (guint f = 2; f < 4; f++) {
    NEAR (sf_study_value (s, f, 0, FALSE), 2);
    NEAR (sf_study_value (s, f, 1, FALSE), 7);
  }
}

static void
test_whole_and_log_ranges (void)
{
  guint n[4] = { 0 };
  g_autoptr (SfStudy) s = of_factors (
      "'whole': {'target': '/models/escorts/escorts_count', 'range': [0, 3],"
      " 'is_whole': true}, 'log': {" TARGET ", 'range': [0.01, 100], 'is_log':"
      " true}",
      NULL);
  for (guint i = 0; i < 400; i++) {
    double value = sf_study_value (s, 0, (i + 0.5) / 400, FALSE);
    g_assert_cmpfloat (value, ==, floor (value));
    n[(guint)value]++;
  }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (n[i], ==, 100);
  g_assert_cmpfloat (sf_study_value (s, 0, 1, FALSE), ==, 3);
  NEAR (sf_study_value (s, 1, 0.25, FALSE), 0.1);
  NEAR (sf_study_value (s, 1, 0.5, FALSE), 1);
  NEAR (sf_study_value (s, 1, 1, FALSE), 100);
}

/* A number that the scenario rounds is stored as what it is rounded to. */
static void
test_counts_are_whole_in_every_distribution (void)
{
  g_autoptr (SfStudy) s = of_factors (
      "'n': {'target': '/models/escorts/escorts_count', 'distribution':"
      " {'dist': 'triangular', 'min': 0, 'mode': 2, 'max': 5}, 'is_whole':"
      " true}",
      NULL);
  for (guint i = 0; i <= 50; i++) {
    double value = sf_study_value (s, 0, i / 50.0, FALSE);
    g_assert_cmpfloat (value, ==, round (value));
    g_assert_true (value >= 0 && value <= 5);
  }
}

static void
test_levels_of_a_grid (void)
{
  g_autoptr (SfStudy) s = of_factors (
      "'five': {" TARGET ", 'range': [0, 8], 'levels_count': 5},"
      "'two': {'target': '/models/escorts/escorts_count', 'range': [0, 1],"
      " 'is_whole': true, 'levels_count': 6},"
      "'numbers': {'target': '/links/north-kessa/km', 'levels': [300, 200,"
      " 250.5]},"
      "'words': {'target': '/models/sharing/model', 'levels':"
      " ['allocation/priority', 'allocation/proportional']},"
      "'parts': {" TARGET ", 'levels_count': 2, 'distribution': {'dist':"
      " 'uniform', 'min': 0, 'max': 4}}",
      "'design': {'kind': 'grid'},");
  for (guint i = 0; i < 5; i++)
    NEAR (sf_study_value (s, 0, i, TRUE), 2.0 * i);
  /* no point twice */
  g_assert_cmpuint (sf_study_levels (&s->factors[1]), ==, 2);
  NEAR (sf_study_value (s, 1, 0, TRUE), 0);
  NEAR (sf_study_value (s, 1, 1, TRUE), 1);
  NEAR (sf_study_value (s, 2, 1, TRUE), 200);
  NEAR (sf_study_value (s, 2, 0.99, FALSE), 250.5);
  NEAR (sf_study_value (s, 2, 1, FALSE), 250.5);
  NEAR (sf_study_value (s, 3, 0.4, FALSE), 0);
  NEAR (sf_study_value (s, 3, 0.5, FALSE), 1);
  g_assert_cmpstr (s->factors[3].words[1], ==, "allocation/proportional");
}

static void
test_rules_weigh_factors (void)
{
  g_autoptr (SfStudy) s = of_factors (
      "'a': {" TARGET ", 'range': [0, 8]}, 'b': {" TARGET ", 'range': [0, 8]}",
      RANDOM " 'constraints': {'sum': {'terms': {'a': 1, 'b':"
             " 2}, 'max': 10, 'min': 1}},");
  const double inside[] = { 4, 3 }, above[] = { 4, 3.01 }, below[] = { 0.5, 0 };
  g_assert_cmpuint (s->n_rules, ==, 1);
  g_assert_true (sf_study_allows (s, inside));
  g_assert_false (sf_study_allows (s, above));
  g_assert_false (sf_study_allows (s, below));
}

/* ---- Inputs ------------------------------------------------------------------- */

#define LEVER "{'title': 'More', 'models': {'escorts': {'escorts_count': 3}}}"
#define ENSEMBLE                                                               \
  "{'format': 1, 'parameters': ['/assumptions/fuel_depot_days'], 'rows': [[6]" \
  ", [7.1]]}"
#define BASE                                                                   \
  "{'format': 1, 'name': 'base', 'extends': '$/two-roads.json', 'ensemble':"   \
  " 'e.json', 'queues': {'customs': {'service_h': 0.1}}}"
#define STUDY                                                                  \
  "{" HEAD "'scenario': 'base.json', 'set': {'/fleets/tankers/loading_h':"     \
  " 1e-7}, " RANDOM                                                            \
  "'factors': {'more': {'lever': 'lever.json'}, 'fear': {" TARGET              \
  ", 'range': [0.1, 123456789.125]}}}"

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *whole = study_text (text);
  place_write (folder, name, whole);
}

/* The hash of a study whose files are these; NULL text: the usual. */
static char *
hash_of (const char *base, const char *lever, const char *ensemble,
         const char *text)
{
  g_autofree char *folder = place_new ();
  write_text (folder, "base.json", base ? base : BASE);
  write_text (folder, "lever.json", lever ? lever : LEVER);
  write_text (folder, "e.json", ensemble ? ensemble : ENSEMBLE);
  g_autoptr (SfStudy) s = study_read (folder, text ? text : STUDY);
  place_remove (folder);
  return sf_study_hash (s);
}

/* The text with one thing changed. */
static char *
changed (const char *text, const char *from, const char *to)
{
  GString *all = g_string_new (text);
  g_assert_cmpuint (g_string_replace (all, from, to, 0), >, 0);
  return g_string_free (all, FALSE);
}

static void
test_hash_does_not_depend_on_places (void)
{
  g_autofree char *usual = hash_of (NULL, NULL, NULL, NULL);
  g_autofree char *again = hash_of (NULL, NULL, NULL, NULL);
  g_autofree char *folder = place_new ();
  g_autofree char *deep = g_build_filename (folder, "deep", NULL);
  g_mkdir (deep, 0777);
  g_autofree char *base = changed (BASE, "'e.json'", "'deep/my-e.json'");
  g_autofree char *moved = changed (STUDY, "'base.json'", "'../other.json'");
  g_autofree char *text = changed (moved, "'lever.json'", "'my-lever.json'");
  write_text (folder, "other.json", base);
  write_text (deep, "my-lever.json", LEVER);
  write_text (deep, "my-e.json", ENSEMBLE);
  g_autoptr (SfStudy) s = study_read (deep, text);
  g_autofree char *there = sf_study_hash (s);
  place_remove (folder);
  g_assert_cmpstr (usual, ==, again);
  g_assert_cmpstr (usual, ==, there);
}

static void
test_hash_tells_what_is_different (void)
{
  g_autofree char *usual = hash_of (NULL, NULL, NULL, NULL);
  g_autofree char *base = changed (BASE, "0.1", "0.10000000000000002");
  g_autofree char *lever = changed (LEVER, "3", "2");
  g_autofree char *ensemble = changed (ENSEMBLE, "7.1", "7.2");
  g_autofree char *text = changed (STUDY, "[0.1,", "[0.2,");
  g_autofree char *titled = changed (LEVER, "More", "Still more");
  const char *const files[][4] = { { base, NULL, NULL, NULL },
                                   { NULL, lever, NULL, NULL },
                                   { NULL, NULL, ensemble, NULL },
                                   { NULL, NULL, NULL, text } };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *other
        = hash_of (files[i][0], files[i][1], files[i][2], files[i][3]);
    g_assert_cmpstr (usual, !=, other);
  }
  g_autofree char *same = hash_of (NULL, titled, NULL, NULL);
  g_assert_cmpstr (usual, ==, same);
}

static void
test_frozen_inputs_are_the_study (void)
{
  g_autofree char *folder = place_new ();
  g_autofree char *frozen = g_build_filename (folder, "inputs", NULL);
  g_autofree char *path = g_build_filename (frozen, "study.json", NULL);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GError) error = NULL;
  write_text (folder, "base.json", BASE);
  write_text (folder, "lever.json", LEVER);
  write_text (folder, "e.json", ENSEMBLE);
  g_autoptr (SfStudy) s = study_read (folder, STUDY);
  sf_study_freeze (s, frozen, &error);
  g_assert_no_error (error);
  g_autofree char *names = place_list (frozen);
  g_assert_cmpstr (names, ==,
                   "ensemble.json lever-more.json scenario.json study.json ");
  for (guint i = 0; i < 3; i++) {
    static const char *const files[] = { "base.json", "lever.json", "e.json" };
    g_autofree char *file = g_build_filename (folder, files[i], NULL);
    g_remove (file);
  }
  g_autoptr (SfStudy) t = sf_study_read (path, sf_cmd_models (), mistakes);
  g_assert_nonnull (t);
  g_autofree char *before = sf_study_hash (s);
  g_autofree char *after = sf_study_hash (t);
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (t->base->ensemble);
  g_assert_cmpuint (t->base->ensemble->n_rows, ==, 2);
  place_remove (folder);
}

/* A file that is named by what a point changes would not be among the inputs. */
static void
test_points_cannot_name_files (void)
{
  g_autofree char *folder = place_new ();
  g_autofree char *lever
      = changed (LEVER, "'title': 'More'", "'ensemble': 'e.json'");
  g_autofree char *set = changed (STUDY, "'/fleets/tankers/loading_h': 1e-7",
                                  "'/ensemble': 'e.json'");
  g_autofree char *target
      = changed (STUDY, "'more': {'lever': 'lever.json'}",
                 "'e': {'target': '/ensemble', 'levels': ['e.json', 'f']}");
  write_text (folder, "base.json", BASE);
  write_text (folder, "e.json", ENSEMBLE);
  const char *const files[][2]
      = { { lever, STUDY }, { LEVER, set }, { LEVER, target } };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *said = NULL;
    write_text (folder, "lever.json", files[i][0]);
    g_autoptr (SfStudy) s
        = study_try (folder, "study.json", files[i][1], &said);
    g_assert_null (s);
    g_assert_nonnull (strstr (said, "only the scenario itself names files"));
  }
  place_remove (folder);
}

/* SQL does not tell "Block" from "block". */
static void
test_names_of_columns_are_taken_in_any_case (void)
{
  static const char *const names[] = { "Block", "ID", "State", "WALL_S" };
  g_autofree char *folder = place_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *said = NULL;
    g_autofree char *text
        = g_strconcat ("{" HEAD SCENARIO RANDOM "'factors': {'", names[i],
                       "': {" TARGET ", 'range': [0, 8]}}}", NULL);
    g_autoptr (SfStudy) s = study_try (folder, "study.json", text, &said);
    g_assert_null (s);
    g_assert_nonnull (strstr (said, "is a column of every table"));
  }
  place_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/study/quantiles-are-those-of-the-distribution",
                   test_quantiles_are_those_of_the_distribution);
  g_test_add_func ("/study/ends-of-distributions-are-finite",
                   test_ends_of_distributions_are_finite);
  g_test_add_func ("/study/whole-and-log-ranges", test_whole_and_log_ranges);
  g_test_add_func ("/study/counts-are-whole-in-every-distribution",
                   test_counts_are_whole_in_every_distribution);
  g_test_add_func ("/study/levels-of-a-grid", test_levels_of_a_grid);
  g_test_add_func ("/study/rules-weigh-factors", test_rules_weigh_factors);
  g_test_add_func ("/study/hash-does-not-depend-on-places",
                   test_hash_does_not_depend_on_places);
  g_test_add_func ("/study/hash-tells-what-is-different",
                   test_hash_tells_what_is_different);
  g_test_add_func ("/study/frozen-inputs-are-the-study",
                   test_frozen_inputs_are_the_study);
  g_test_add_func ("/study/points-cannot-name-files",
                   test_points_cannot_name_files);
  g_test_add_func ("/study/names-of-columns-are-taken-in-any-case",
                   test_names_of_columns_are_taken_in_any_case);
  return g_test_run ();
}
