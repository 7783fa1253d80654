/* test-difference.c - what differs between two scenarios. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/difference/difference.h"

#include <string.h>

#include "sim/cli/cmd.h"

static SfScenario *
read_with (const char *const *overrides)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "scenarios",
                                                 "two-roads.json", NULL);
  SfScenario *s
      = sf_scenario_read (path, overrides, sf_cmd_models (), mistakes);
  g_autofree char *said = sf_mistakes_format (mistakes);
  g_assert_cmpstr (said, ==, "");
  return s;
}

/* The difference that overrides make; the scenarios live until the end of the
 * program's test. */
typedef struct {
  SfScenario *a, *b;
  SfDifference *d;
} Made;

static Made
make (const char *const *overrides_a, const char *const *overrides_b)
{
  Made m = { read_with (overrides_a), read_with (overrides_b), NULL };
  m.d = sf_difference_new (m.a, m.b);
  return m;
}

static void
unmake (Made *m)
{
  sf_difference_free (m->d);
  sf_scenario_free (m->a);
  sf_scenario_free (m->b);
}

static const SfChange *
change (const Made *m, guint i)
{
  return &g_array_index (m->d->changes, SfChange, i);
}

static void
test_the_same_is_no_difference (void)
{
  Made m = make (NULL, NULL);
  g_assert_cmpuint (m.d->changes->len, ==, 0);
  g_autofree char *headline = sf_difference_headline (m.d);
  g_assert_cmpstr (headline, ==, "No difference in what is run.");
  unmake (&m);
}

/* What is left out has its default, and a certain assumption is its value. */
static void
test_a_default_that_is_written_is_no_difference (void)
{
  static const char *const overrides[]
      = { "/models/retail/refill_days=1",
          "/links/port-north/wet_speed_frac=1",
          "/models/escorts/enabled=true",
          "/run/seed=\"1\"",
          "/links/port-north/km={\"value\": 360}",
          NULL };
  Made m = make (NULL, overrides);
  for (guint i = 0; i < m.d->changes->len; i++)
    g_test_message ("%s", change (&m, i)->pointer);
  g_assert_cmpuint (m.d->count.numbers, ==, 0);
  g_assert_cmpuint (m.d->count.others, ==, 0);
  unmake (&m);
}

static void
test_a_number_is_told_with_its_source (void)
{
  static const char *const overrides[]
      = { "/models/escorts/escorts_count={\"value\": 2, \"confidence\": "
          "\"estimate\"}",
          NULL };
  Made m = make (NULL, overrides);
  g_assert_cmpuint (m.d->count.numbers, ==, 1);
  g_assert_cmpuint (m.d->changes->len, ==, 1);
  g_autofree char *text = sf_change_text (change (&m, 0));
  g_assert_cmpstr (text, ==,
                   "escorts, escorts in the pool: 1 \u2192 2 (+100 %) "
                   "(/models/escorts/escorts_count; model, assumed \u2192 "
                   "model, estimate)");
  unmake (&m);
}

static void
test_a_source_alone_is_a_remark (void)
{
  static const char *const overrides[]
      = { "/links/port-north/km={\"value\": 360, \"range\": [300, 400], "
          "\"confidence\": \"estimate\"}",
          "/title=Another", NULL };
  Made m = make (NULL, overrides);
  g_autofree char *headline = sf_difference_headline (m.d);
  g_assert_cmpstr (headline, ==, "No difference in what is run.");
  g_assert_cmpuint (m.d->count.remarks, ==, 2);
  unmake (&m);
}

static void
test_a_model_that_is_off_is_not_looked_into (void)
{
  static const char *const off[] = { "/models/escorts/enabled=false", NULL };
  static const char *const other[]
      = { "/models/escorts/enabled=false", "/models/escorts/escorts_count=9",
          NULL };
  Made m = make (off, other);
  g_assert_cmpuint (m.d->changes->len, ==, 0);
  unmake (&m);
  m = make (NULL, off);
  g_assert_cmpuint (m.d->changes->len, ==, 1);
  g_assert_cmpint ((int)change (&m, 0)->kind, ==, SF_CHANGE_OFF);
  unmake (&m);
}

/* B against A says the same as A against B, the other way round. */
static void
test_it_is_symmetric (void)
{
  static const SfChangeKind turned[]
      = { [SF_CHANGE_VALUE] = SF_CHANGE_VALUE,
          [SF_CHANGE_ADDED] = SF_CHANGE_REMOVED,
          [SF_CHANGE_REMOVED] = SF_CHANGE_ADDED,
          [SF_CHANGE_ON] = SF_CHANGE_OFF,
          [SF_CHANGE_OFF] = SF_CHANGE_ON,
          [SF_CHANGE_REMARK] = SF_CHANGE_REMARK };
  static const char *const overrides[]
      = { "/models/escorts/enabled=false",
          "/models/drivers/announcement_risk=3",
          "/events/truce/date=2030-03-20",
          "/events/new={\"kind\": \"truce\", \"date\": \"2030-04-01\"}",
          "/queues/customs/scope=all",
          "/title=Another",
          NULL };
  Made m = make (NULL, overrides), n = make (overrides, NULL);
  g_assert_cmpuint (m.d->changes->len, ==, 6);
  g_assert_cmpuint (m.d->changes->len, ==, n.d->changes->len);
  g_assert_cmpmem (&m.d->count, sizeof m.d->count, &n.d->count,
                   sizeof n.d->count);
  g_assert_cmpuint (m.d->count.events, ==, 2);
  for (guint i = 0; i < m.d->changes->len; i++) {
    const SfChange *x = change (&m, i), *y = change (&n, i);
    g_autofree char *xa = sf_change_side (m.d, x, FALSE);
    g_autofree char *yb = sf_change_side (n.d, y, TRUE);
    g_assert_cmpstr (x->pointer, ==, y->pointer);
    g_assert_cmpint ((int)turned[x->kind], ==, (int)y->kind);
    g_assert_cmpstr (xa, ==, yb);
  }
  unmake (&m);
  unmake (&n);
}

static void
test_another_model_of_that_name_is_another (void)
{
  static const char *const overrides[]
      = { "/models/sharing={\"model\": \"allocation/priority\"}", NULL };
  Made m = make (NULL, overrides);
  g_assert_cmpuint (m.d->count.models, ==, 2);
  g_assert_cmpint ((int)change (&m, 0)->kind, ==, SF_CHANGE_REMOVED);
  g_assert_cmpint ((int)change (&m, 1)->kind, ==, SF_CHANGE_ADDED);
  unmake (&m);
}

static void
test_uncertain_numbers_are_told_in_words (void)
{
  static const char *const overrides[] = {
    "/models/drivers/announcement_risk={\"dist\": \"uniform\", \"min\": 1, "
    "\"max\": 2.5}",
    NULL
  };
  Made m = make (NULL, overrides);
  g_autofree char *text = sf_change_text (change (&m, 0));
  g_autofree char *side = sf_change_side (m.d, change (&m, 0), TRUE);
  g_assert_nonnull (strstr (text, "drawn between 5 and 7, most often about 6 "
                                  "\u2192 drawn between 1 and 2.5"));
  g_assert_cmpstr (side, ==, "uniform 1 2.5");
  unmake (&m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/difference/the-same-is-no-difference",
                   test_the_same_is_no_difference);
  g_test_add_func ("/difference/a-default-that-is-written-is-no-difference",
                   test_a_default_that_is_written_is_no_difference);
  g_test_add_func ("/difference/a-number-is-told-with-its-source",
                   test_a_number_is_told_with_its_source);
  g_test_add_func ("/difference/a-source-alone-is-a-remark",
                   test_a_source_alone_is_a_remark);
  g_test_add_func ("/difference/a-model-that-is-off-is-not-looked-into",
                   test_a_model_that_is_off_is_not_looked_into);
  g_test_add_func ("/difference/it-is-symmetric", test_it_is_symmetric);
  g_test_add_func ("/difference/another-model-of-that-name-is-another",
                   test_another_model_of_that_name_is_another);
  g_test_add_func ("/difference/uncertain-numbers-are-told-in-words",
                   test_uncertain_numbers_are_told_in_words);
  return g_test_run ();
}
