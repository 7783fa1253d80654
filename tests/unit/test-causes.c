/* test-causes.c - what drove a shortage. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/causes/telling.h"

#include <math.h>
#include <string.h>

#include "sim/cli/cmd.h"

#define SEED 5
#define N 50

typedef struct {
  char *path;
  const char *const *overrides;
  SfScenario *scenario;
  SfPlan *plan;
  SfRun *run;
} Made;

static Made
make (const char *const *overrides, guint n)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GError) error = NULL;
  Made m = { .overrides = overrides };
  m.path = g_test_build_filename (G_TEST_DIST, "..", "scenarios",
                                  "two-roads.json", NULL);
  m.scenario = sf_scenario_read (m.path, overrides, sf_cmd_models (), mistakes);
  g_assert_nonnull (m.scenario);
  m.plan = sf_plan_new (m.scenario, &error);
  g_assert_no_error (error);
  const SfRunOptions options = { .seed = SEED, .n = n, .jobs = 2 };
  m.run = sf_run_replications (m.plan, &options, &error);
  g_assert_no_error (error);
  return m;
}

static void
unmake (Made *m)
{
  sf_run_free (m->run);
  sf_plan_free (m->plan);
  sf_scenario_free (m->scenario);
  g_free (m->path);
}

static SfCauses *
find (const Made *m, guint jobs)
{
  g_autoptr (GError) error = NULL;
  const SfCausesOptions options
      = { .files = { m->path, NULL, m->overrides, sf_cmd_models () },
          .jobs = jobs };
  SfCauses *causes = sf_causes_find (m->scenario, m->run, &options, &error);
  g_assert_no_error (error);
  return causes;
}

static const SfCause *
cause_of (const SfCauses *causes, const char *key)
{
  for (guint i = 0; i < causes->n_causes; i++)
    if (strcmp (causes->causes[i].group->key, key) == 0)
      return &causes->causes[i];
  return NULL;
}

/* Drivers whom no loss impresses keep to what was announced. */
static void
test_orders_are_not_fear (void)
{
  static const char *const overrides[]
      = { "/models/drivers/risk_per_truck_lost=0", NULL };
  Made m = make (overrides, 1);
  g_autoptr (GPtrArray) groups = sf_cause_groups (m.scenario);
  const SfCauseGroup *first = groups->pdata[0], *second = groups->pdata[1];
  g_assert_cmpstr (first->key, ==, "orders");
  g_assert_cmpstr (first->off->pdata[0], ==, "/models/drivers/enabled=false");
  g_assert_cmpstr (second->key, ==, "attacks");
  unmake (&m);
}

static void
test_groups_are_made_from_what_models_are (void)
{
  static const char *const keys[]
      = { "fear", "losses-fear", "attacks", "escorts", "queues", "truces" };
  Made m = make (NULL, 1);
  g_autoptr (GPtrArray) groups = sf_cause_groups (m.scenario);
  g_assert_cmpuint (groups->len, ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < groups->len; i++)
    g_assert_cmpstr (((SfCauseGroup *)groups->pdata[i])->key, ==, keys[i]);
  const SfCauseGroup *attacks = groups->pdata[2];
  g_assert_cmpuint (attacks->off->len, ==, 2);
  g_assert_cmpstr (attacks->off->pdata[0], ==,
                   "/models/ambushes/enabled=false");
  const SfCauseGroup *queues = groups->pdata[4];
  g_assert_cmpuint (queues->names->len, ==, 1);
  g_assert_cmpstr (queues->off->pdata[1], ==, "/queues/customs/dwell_h=0");
  unmake (&m);
}

/* Half of the run, but never too few for an interval. */
static void
test_the_extra_work_is_limited (void)
{
  g_assert_cmpuint (sf_causes_share_out (200, 5), ==, 20);
  g_assert_cmpuint (sf_causes_share_out (100, 12), ==, SF_CAUSES_FEW);
  g_assert_cmpuint (sf_causes_share_out (5000, 12), ==, SF_CAUSES_MANY);
  g_assert_cmpuint (sf_causes_share_out (6, 1), ==, 6);
  g_assert_cmpuint (sf_causes_share_out (200, 0), ==, SF_CAUSES_FEW);
}

/* Attacks, escorts and queues are gone from the scenario; what is left of a
 * shortage is made by fear. */
static void
test_one_group_alone_makes_the_shortage (void)
{
  static const char *const overrides[]
      = { "/models/ambushes/enabled=false", "/models/attacks/enabled=false",
          "/models/escorts/enabled=false", "/queues/customs/service_h=0",
          NULL };
  Made m = make (overrides, N);
  g_autoptr (SfCauses) causes = find (&m, 2);
  const SfCause *fear = cause_of (causes, "fear");
  const SfCause *queues = cause_of (causes, "queues");
  g_assert_null (cause_of (causes, "attacks"));
  g_assert_null (cause_of (causes, "escorts"));
  g_assert_cmpfloat (causes->mean_run, >, 1e6);
  g_assert_cmpstr (sf_cause_verdict (fear), ==, "fewer");
  g_assert_cmpfloat (fear->contrast.pairs.mean_b, ==, 0);
  g_assert_cmpfloat_with_epsilon (fear->share.estimate, -1, 1e-12);
  g_assert_cmpstr (sf_cause_verdict (queues), ==, "no difference");
  g_assert_cmpstr (sf_cause_verdict (cause_of (causes, "losses-fear")), ==,
                   "no difference"); /* nothing is lost */
  g_autofree char *text = sf_causes_text (causes, m.scenario);
  g_assert_nonnull (strstr (text, "Without drivers' fear\nnobody"));
  g_assert_nonnull (strstr (text, "No difference at all"));
  unmake (&m);
}

static void
test_workers_change_nothing (void)
{
  Made m = make (NULL, N);
  g_autoptr (SfCauses) one = find (&m, 1);
  g_autoptr (SfCauses) three = find (&m, 3);
  g_autofree char *a = sf_causes_text (one, m.scenario);
  g_autofree char *b = sf_causes_text (three, m.scenario);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpuint (one->n_extra, ==, three->n_extra);
  for (guint i = 0; i < one->n_causes; i++)
    g_assert_true (one->causes[i].contrast.pairs.mean_b
                   == three->causes[i].contrast.pairs.mean_b);
  unmake (&m);
}

static void
test_without_a_shortage_nothing_is_run (void)
{
  static const char *const overrides[]
      = { "/models/drivers/announcement_risk=0",
          "/models/ambushes/enabled=false", "/models/attacks/enabled=false",
          NULL };
  Made m = make (overrides, N);
  g_autoptr (SfCauses) causes = find (&m, 1);
  g_assert_cmpfloat (causes->mean_run, ==, 0);
  g_assert_cmpuint (causes->n_extra, ==, 0);
  g_autofree char *text = sf_causes_text (causes, m.scenario);
  g_assert_nonnull (strstr (text, "no shortage"));
  g_assert_cmpstr (sf_cause_verdict (&causes->causes[0]), ==, "not run");
  unmake (&m);
}

static void
test_few_replications_are_not_asked (void)
{
  Made m = make (NULL, 3);
  g_assert_nonnull (sf_causes_wrong (m.scenario, m.run));
  m.run->n_done = SF_CAUSES_LEAST;
  g_assert_null (sf_causes_wrong (m.scenario, m.run));
  m.run->was_interrupted = TRUE;
  g_assert_nonnull (sf_causes_wrong (m.scenario, m.run));
  unmake (&m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/causes/orders-are-not-fear", test_orders_are_not_fear);
  g_test_add_func ("/causes/groups-are-made-from-what-models-are",
                   test_groups_are_made_from_what_models_are);
  g_test_add_func ("/causes/the-extra-work-is-limited",
                   test_the_extra_work_is_limited);
  g_test_add_func ("/causes/one-group-alone-makes-the-shortage",
                   test_one_group_alone_makes_the_shortage);
  g_test_add_func ("/causes/workers-change-nothing",
                   test_workers_change_nothing);
  g_test_add_func ("/causes/without-a-shortage-nothing-is-run",
                   test_without_a_shortage_nothing_is_run);
  g_test_add_func ("/causes/few-replications-are-not-asked",
                   test_few_replications_are_not_asked);
  return g_test_run ();
}
