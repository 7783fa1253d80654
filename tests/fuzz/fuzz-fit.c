/* fuzz-fit.c - can any saved state hurt a fit that takes it up? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is the state of a fit of two numbers to two rows, in which "?KEY"
 * becomes what that member of the head has to be, since a fuzzer does not find
 * checksums. What is refused says why, in words that a terminal only shows, and
 * stays as it was. What is taken up goes on, makes a sample that the scenario
 * reads, and is saved as a state that is taken up as the same bytes. How it is
 * run stands in replay.h.
 */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/cli/cmd.h"
#include "sim/experiment/fit-file.h"
#include "tests/fuzz/replay.h"

#define SCENARIO FUZZ_SCENARIOS "/two-roads.json"
#define STEPS 3 /* after what was taken up */
#define KEEP 20 /* rows of the sample */
#define GENERATIONS_MAX 100

static const char *const vary[] = { "/assumptions/fuel_depot_days",
                                    "/models/drivers/announcement_risk", NULL };

/* A row about the stock in a depot from one day to another. */
#define ROW(number, from, to)                                                  \
  "\"row" number "\": {\"number\": \"" number "\", \"title\": \"Stock\","      \
  " \"source\": \"model\", \"confidence\": \"assumed\", \"parts\": {"          \
  "\"mean\": {\"series\": [\"kessa/fuel/depot_stock_m3\"], \"stat\": "         \
  "\"mean\","                                                                  \
  " \"from_day\": " from ", \"to_day\": " to ", \"min\": 1, \"max\": 9}}}"
static const char seen[]
    = "{\"format\": 1, \"title\": \"Seen\", \"day0\": \"2030-01-01\","
      " \"rows\": {" ROW ("1", "5", "20") ", " ROW ("2", "31", "33") "}}";

/* ---- The fit ---------------------------------------------------------------- */

static SfScenario *
read_scenario (const char *const *overrides)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfScenario *scenario
      = sf_scenario_read (SCENARIO, overrides, sf_cmd_models (), mistakes);
  g_autofree char *list = sf_mistakes_format (mistakes);

  if (scenario == NULL)
    g_error ("the scenario is refused: %s", list);
  return scenario;
}

static SfFitRuns *
make_runs (const char *observations_path)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfScenario *scenario = read_scenario (NULL);
  SfPlan *plan = sf_plan_new (scenario, NULL);
  SfObservations *observations
      = sf_observations_read (observations_path, mistakes);
  const SfFitRunOptions options
      = { .seed = 7, .replications = 1, .jobs = 1, .until = SF_PARAM_NO_DATE };

  g_assert_nonnull (plan);
  g_assert_nonnull (observations);
  g_assert_true (sf_observations_bind (observations, plan->book,
                                       scenario->start, mistakes));
  return sf_fit_runs_new (plan, observations,
                          sf_fit_numbers (scenario, vary, NULL), &options,
                          NULL);
}

/* Made once; of a burn-in and of chains that are renewed. */
static const SfFitPlan *
get_plan (void)
{
  static SfFitPlan plan = { .n_chains = 8,
                            .burn_in = SF_FIT_BURN_IN_ANY,
                            .generations = 4,
                            .tolerance = 0.1,
                            .saturation = 2,
                            .renew = 3 };

  if (plan.runs == NULL) {
    plan.observations_path = fuzz_write ("seen.json", seen, strlen (seen));
    plan.runs = make_runs (plan.observations_path);
  }
  return &plan;
}

/* Instead of replications. */
static SfFitStep
find_terms (gpointer data, const guint *lucks, guint n, const double *x,
            double *terms, GError **error)
{
  for (guint i = 0; i < n; i++, x += 2, terms += 2) {
    terms[0] = 4 * fabs (x[0] - 0.4);
    terms[1] = fabs (x[1] - x[0]) + lucks[i] % 3;
  }
  return SF_FIT_DONE;
}

/* ---- The state -------------------------------------------------------------- */

/* The head of the states that are taken up. */
static const SfJson *
get_head (void)
{
  static SfJsonDoc *doc;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *path = fuzz_path ("new.fit.json");
  SfFit *fit = NULL;

  if (doc == NULL) {
    sf_fit_file_free (sf_fit_file_open (path, get_plan (), TRUE, &fit, NULL));
    sf_fit_free (fit);
    doc = sf_json_read_file (path, mistakes);
    g_assert_nonnull (doc);
  }
  return sf_json_root (doc);
}

/* The state with what it cannot know put in. */
static GString *
make_state (const uint8_t *data, size_t size)
{
  GString *text = g_string_new_len ((const char *)data, (gssize)size);

  for (const SfJson *v = sf_json_first (get_head ()); v != NULL;
       v = sf_json_next (v)) {
    g_autofree char *from = g_strdup_printf ("\"?%s\"", sf_json_key (v));
    g_autofree char *to = sf_json_print (v, FALSE);

    g_string_replace (text, from, to, 0);
  }
  return text;
}

static char *
read_bytes (const char *path, gsize *length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

/* ---- Looking ---------------------------------------------------------------- */

static void
check_refusal (const char *path, const GString *text, const GError *error)
{
  gsize length;
  g_autofree char *bytes = read_bytes (path, &length);
  g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);

  g_assert_cmpmem (bytes, length, text->str, text->len);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (GString) safe = g_string_new (NULL);

    sf_text_append_safe (safe, lines[i], -1);
    g_assert_cmpstr (safe->str, ==, lines[i]);
  }
}

static void
check_sample (const SfFitFile *file, const SfFit *fit)
{
  g_autofree char *path = fuzz_path ("sample.json");
  g_autofree char *override = g_strconcat ("/ensemble=", path, NULL);
  const char *const overrides[] = { override, NULL };
  GError *error = NULL;

  sf_fit_file_ensemble (file, fit, get_plan ()->runs, KEEP, path, &error);
  g_assert_no_error (error);
  sf_scenario_free (read_scenario (overrides));
}

static void
look (const SfFit *fit)
{
  for (guint c = 0; c < 2 * fit->distances->len; c++)
    g_assert_true (sf_fit_quantile (fit, c / 2, c % 2) > 0
                   && sf_fit_quantile (fit, c / 2, c % 2) < 1);
  for (guint g = 0; g < fit->n_generations; g++) {
    SfFitLook now = sf_fit_look (fit, g);

    g_assert_true (now.best >= 0 && now.best <= now.median);
    g_assert_true (now.median <= SF_FIT_MOST && now.delta > 0);
  }
  for (guint i = 0; i < 2; i++) {
    SfFitNumber n;

    sf_fit_number (get_plan ()->runs, fit, i, &n);
    g_assert_true (
        n.number->min <= n.posterior[0] && n.posterior[0] <= n.posterior[1]
        && n.posterior[1] <= n.posterior[2] && n.posterior[2] <= n.number->max);
    g_assert_true (sf_fit_term (fit, i, TRUE) <= SF_FIT_MOST);
    g_assert_true (sf_fit_term (fit, i, FALSE) <= SF_FIT_MOST);
  }
}

/* ---- Going on --------------------------------------------------------------- */

static void
check_again (const char *path)
{
  gsize length, length_again;
  g_autofree char *bytes = read_bytes (path, &length), *again = NULL;
  GError *error = NULL;
  SfFit *fit = NULL;
  SfFitFile *file = sf_fit_file_open (path, get_plan (), FALSE, &fit, &error);

  g_assert_no_error (error);
  again = read_bytes (path, &length_again);
  g_assert_cmpmem (bytes, length, again, length_again);
  sf_fit_file_free (file);
  sf_fit_free (fit);
}

static void
go_on (const char *path, SfFitFile *file, SfFit *fit)
{
  GError *error = NULL;

  check_again (path);
  if (fit->n_generations > GENERATIONS_MAX)
    return;
  for (guint i = 0; i < STEPS; i++) {
    sf_fit_step (fit, find_terms, NULL, &error);
    g_assert_no_error (error);
  }
  look (fit);
  check_sample (file, fit);
  sf_fit_file_save (file, fit, &error);
  g_assert_no_error (error);
  check_again (path);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GString) text = make_state (data, size);
  g_autofree char *path = fuzz_write ("state.fit.json", text->str, text->len);
  g_autoptr (GError) error = NULL;
  SfFit *fit = NULL;
  SfFitFile *file = sf_fit_file_open (path, get_plan (), FALSE, &fit, &error);

  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL)
    check_refusal (path, text, error);
  else
    go_on (path, file, fit);
  sf_fit_file_free (file);
  sf_fit_free (fit);
  return 0;
}
