/* cmd-fit.c - uncertain numbers that agree with what was seen. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/cli/table.h"
#include "sim/experiment/fit-file.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"

#define CHAINS_PER_NUMBER 2u
#define CHAINS_MIN 64u

typedef struct {
  char *observations, *output, *parameters, *seed_text, *until_text;
  char **vary, **set;
  gint renew, replications, jobs, chains, generations, burn_in, keep;
  double minutes, tolerance, margin, saturation;
  gboolean restart, is_csv, is_json, is_quiet;
  guint64 seed;
  SfDate until;
} Options;

static void
clear_options (Options *o)
{
  g_free (o->observations);
  g_free (o->output);
  g_free (o->parameters);
  g_free (o->seed_text);
  g_free (o->until_text);
  g_strfreev (o->vary);
  g_strfreev (o->set);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* What a fit is made of; one owner for all. */
typedef struct {
  SfScenario *scenario;
  SfPlan *plan;
  char *observations_path;
  SfObservations *observations;
  SfFitRuns *runs;
  SfFitFile *file;
  SfFit *fit;
  char *state_path, *ensemble_path;
} Job;

static void
clear_job (Job *job)
{
  sf_fit_free (job->fit);
  sf_fit_file_free (job->file);
  sf_fit_runs_free (job->runs);
  sf_observations_free (job->observations);
  sf_plan_free (job->plan);
  sf_scenario_free (job->scenario);
  g_free (job->observations_path);
  g_free (job->state_path);
  g_free (job->ensemble_path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, clear_job)

static SfExit
fail (const SfInvocation *invocation, const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return sf_cmd_usage (invocation, "%s", error->message);
  return sf_cmd_error (invocation, error);
}

/* ---- Results ------------------------------------------------------------- */

static const SfTableColumn number_columns[] = {
  { "number", N_ ("number"), -1 },
  { "prior_p05", N_ ("prior 5 %"), 4 },
  { "prior_p50", "50 %", 4 },
  { "prior_p95", "95 %", 4 },
  { "posterior_p05", N_ ("posterior 5 %"), 4 },
  { "posterior_p50", "50 %", 4 },
  { "posterior_p95", "95 %", 4 },
  { "narrowing_frac", N_ ("width left"), 2 },
  { "rank_correlation", N_ ("rank corr."), 2 },
  { "r_hat", N_ ("R-hat"), 2 },
  { "verdict", N_ ("verdict"), -1 },
  { NULL },
};

static const SfTableColumn row_columns[] = {
  { "row", N_ ("row"), -1 },
  { "title", N_ ("what"), -1 },
  { "prior_distance", N_ ("prior"), 2 },
  { "posterior_distance", N_ ("posterior"), 2 },
  { NULL },
};

static SfTable *
number_table (const Job *job)
{
  SfTable *table = sf_table_new (
      "numbers", _ ("What the observations say about each number"),
      number_columns);
  for (guint i = 0; i < job->runs->numbers->len; i++) {
    SfFitNumber n;
    sf_fit_number (job->runs, job->fit, i, &n);
    sf_table_text (table, n.number->pointer);
    for (guint q = 0; q < 3; q++)
      sf_table_number (table, n.prior[q]);
    for (guint q = 0; q < 3; q++)
      sf_table_number (table, n.posterior[q]);
    sf_table_number (table, n.narrowing_frac);
    sf_table_number (table, n.rank_correlation);
    sf_table_number (table, n.r_hat);
    sf_table_text (table, !n.is_identified ? _ ("not identified")
                          : n.is_settled   ? _ ("narrowed")
                                           : _ ("not settled"));
  }
  sf_table_note (table,
                 _ ("width left: middle half of the posterior over that "
                    "of the prior; above %s the observations do not tell"),
                 sf_lang_real ("%g", SF_FIT_IDENTIFIED).text);
  sf_table_note (table,
                 _ ("rank corr.: with the distance, over all candidates; "
                    "R-hat: near 1 when the chains agree"));
  sf_table_note (table,
                 _ ("not settled: R-hat is above %s or unknown; take more "
                    "generations before you believe the width"),
                 sf_lang_real ("%g", SF_FIT_SETTLED).text);
  return table;
}

static SfTable *
row_table (const Job *job)
{
  SfTable *table = sf_table_new (
      "rows",
      _ ("Mean distance of each row, in tolerances: 0 is hit, 3 "
         "the most"),
      row_columns);
  for (guint t = 0; t < job->runs->rows->len; t++) {
    const SfObservationRow *row = sf_observations_row (
        job->observations, g_array_index (job->runs->rows, guint, t));
    sf_table_text (table, row->number ? row->number : row->id);
    sf_table_text (table, _ (row->title));
    sf_table_number (table, sf_fit_term (job->fit, t, TRUE));
    sf_table_number (table, sf_fit_term (job->fit, t, FALSE));
  }
  return table;
}

static void
print_results (const Job *job, const Options *o)
{
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  G_GNUC_UNUSED g_auto (SfLangPause) pause
      = sf_lang_pause (o->is_csv || o->is_json);
  SfFitLook look = sf_fit_look (job->fit, job->fit->n_generations - 1);
  g_ptr_array_add (tables, number_table (job));
  g_ptr_array_add (tables, row_table (job));
  g_autofree char *title = g_strdup_printf (
      _ ("%s after %u generations of %u chains: best distance %s, median "
         "%s, delta %s"),
      job->scenario->name ? job->scenario->name : "fit",
      job->fit->n_generations - 1, job->fit->settings.n_chains,
      sf_lang_real ("%.3f", look.best).text,
      sf_lang_real ("%.3f", look.median).text,
      sf_lang_real ("%.3f", look.delta).text);
  g_autofree char *text = sf_tables_print (tables, title,
                                           o->is_csv    ? SF_TABLE_CSV
                                           : o->is_json ? SF_TABLE_JSON
                                                        : SF_TABLE_TEXT);
  fputs (text, stdout);
}

static void
say_end (const Job *job, const Options *o)
{
  if (job->runs->n_failed > 0)
    fprintf (stderr,
             _ ("shortfall fit: %u of %u replications failed and count as far "
                "from everything\n"),
             job->runs->n_failed, job->runs->n_run);
  if (job->fit->n_generations <= job->fit->settings.burn_in + 1)
    fprintf (
        stderr,
        _ ("shortfall fit: still in the burn-in (%u of %u generations); the "
           "sample is the last generation\n"),
        job->fit->n_generations - 1, job->fit->settings.burn_in);
  if (!o->is_quiet)
    sf_cmd_say (_ ("Written: %s (taken up by the same command: %s)\n"),
                job->ensemble_path, job->state_path);
}

/* ---- Generations --------------------------------------------------------- */

typedef struct {
  gint64 began; /* monotonic */
  guint first;  /* generations that were there */
} Watch;

static double
elapsed_s (const Watch *watch)
{
  return (double)(g_get_monotonic_time () - watch->began) / G_USEC_PER_SEC;
}

static double
seconds_each (const Watch *watch, const Job *job)
{
  guint n = job->fit->n_generations - watch->first;
  return n > 0 ? elapsed_s (watch) / n : 0;
}

static double
seconds_left (const Job *job, const Options *o, const Watch *watch)
{
  guint missing = (guint)o->generations + 1 - job->fit->n_generations;
  double left = seconds_each (watch, job) * missing;
  return o->minutes > 0 ? CLAMP (60 * o->minutes - elapsed_s (watch), 0, left)
                        : left;
}

static void
say_generation (const Job *job, const Options *o, const Watch *watch)
{
  guint g = job->fit->n_generations - 1;
  SfFitLook look = sf_fit_look (job->fit, g);
  if (o->is_quiet)
    return;
  fprintf (stderr,
           _ ("generation %u of %d: best %s, median %s, accepted %.0f %%, "
              "delta %s, %.0f s left\n"),
           g, o->generations, sf_lang_real ("%.3f", look.best).text,
           sf_lang_real ("%.3f", look.median).text, 100 * look.accepted_frac,
           sf_lang_real ("%.3f", look.delta).text,
           seconds_left (job, o, watch));
}

/* TRUE when another generation would not be over in time. */
static gboolean
is_time_up (const Job *job, const Options *o, const Watch *watch)
{
  return o->minutes > 0 && job->fit->n_generations > watch->first
         && elapsed_s (watch) + seconds_each (watch, job) > 60 * o->minutes;
}

static SfFitStep
go_through (Job *job, const Options *o, GError **error)
{
  Watch watch = { g_get_monotonic_time (), job->fit->n_generations };
  while (job->fit->n_generations <= (guint)o->generations
         && !is_time_up (job, o, &watch)) {
    if (sf_stop_count () > 0)
      return SF_FIT_STOPPED;
    SfFitStep step
        = sf_fit_step (job->fit, sf_fit_runs_terms, job->runs, error);
    if (step != SF_FIT_DONE)
      return step;
    if (!sf_fit_file_save (job->file, job->fit, error))
      return SF_FIT_FAILED;
    say_generation (job, o, &watch);
  }
  return SF_FIT_DONE;
}

static SfExit
fit (const SfInvocation *invocation, Job *job, const Options *o)
{
  g_autoptr (GError) error = NULL;
  if (!o->is_quiet)
    fprintf (stderr,
             _ ("numbers: %u, rows: %u, chains: %u, replications of a "
                "candidate: %d, generations so far: %u\n"),
             job->runs->numbers->len, job->runs->rows->len,
             job->fit->settings.n_chains, o->replications,
             job->fit->n_generations);
  sf_stop_begin ();
  SfFitStep step = go_through (job, o, &error);
  sf_stop_end ();
  if (step == SF_FIT_FAILED)
    return sf_cmd_error (invocation, error);
  if (step == SF_FIT_STOPPED)
    fprintf (stderr,
             _ ("shortfall fit: stopped; %u generations are kept in %s\n"),
             job->fit->n_generations, job->state_path);
  if (job->fit->n_generations == 0)
    return SF_EXIT_FAILED;
  if (!sf_fit_file_ensemble (job->file, job->fit, job->runs, (guint)o->keep,
                             job->ensemble_path, &error))
    return sf_cmd_error (invocation, error);
  print_results (job, o);
  say_end (job, o);
  return step == SF_FIT_STOPPED ? SF_EXIT_FAILED : SF_EXIT_DONE;
}

/* ---- Preparing ----------------------------------------------------------- */

/* Adds the pointers of a file, one a line, to those of --vary. */
static gboolean
read_parameters (Options *o, GError **error)
{
  g_autofree char *text = NULL;
  if (!o->parameters)
    return TRUE;
  if (!g_file_get_contents (o->parameters, &text, NULL, error))
    return FALSE;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  for (guint i = 0; o->vary && o->vary[i]; i++)
    g_ptr_array_add (all, g_strdup (o->vary[i]));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    const char *line = g_strstrip (lines[i]);
    if (*line && *line != '#')
      g_ptr_array_add (all, g_strdup (line));
  }
  g_ptr_array_add (all, NULL);
  g_strfreev (o->vary);
  o->vary = (char **)g_ptr_array_free (g_steal_pointer (&all), FALSE);
  return TRUE;
}

static gboolean
read_observations (const SfInvocation *invocation, Job *job, const Options *o,
                   SfExit *status)
{
  const char *path
      = o->observations ? o->observations : job->scenario->observations;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  if (!path) {
    *status = sf_cmd_usage (invocation,
                            _ ("%s names no observations; give --observations"),
                            job->scenario->path);
    return FALSE;
  }
  job->observations_path = g_strdup (path);
  job->observations = sf_observations_read (path, mistakes);
  if (job->observations
      && sf_observations_bind (job->observations, job->plan->book,
                               job->scenario->start, mistakes))
    return TRUE;
  *status = sf_cmd_mistakes (mistakes);
  return FALSE;
}

static gboolean
make_runs (Job *job, Options *o, GError **error)
{
  SfFitRunOptions options = { .seed = o->seed,
                              .replications = (guint)o->replications,
                              .jobs = (guint)o->jobs,
                              .margin = o->margin,
                              .until = o->until };
  GArray *numbers = read_parameters (o, error) ? sf_fit_numbers (
                        job->scenario, (const char *const *)o->vary, error)
                                               : NULL;
  if (numbers)
    job->runs = sf_fit_runs_new (job->plan, job->observations, numbers,
                                 &options, error);
  return job->runs != NULL;
}

/* A sample that no state stands beside is somebody's work. */
static gboolean
is_safe (const Job *job, const Options *o, GError **error)
{
  if (o->restart || !g_file_test (job->ensemble_path, G_FILE_TEST_EXISTS)
      || g_file_test (job->state_path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
               _ ("%s is there, but not the state %s that it came from; choose "
                  "another --output, or --restart to replace it"),
               job->ensemble_path, job->state_path);
  return FALSE;
}

static gboolean
open_state (Job *job, const Options *o, GError **error)
{
  const char *name = job->scenario->name ? job->scenario->name : "fit";
  const char *stem = o->output ? o->output : name;
  guint chains
      = o->chains > 0
            ? (guint)o->chains
            : MAX (CHAINS_MIN, CHAINS_PER_NUMBER * job->runs->numbers->len);
  SfFitPlan plan
      = { .runs = job->runs,
          .observations_path = job->observations_path,
          .n_chains = chains,
          .burn_in = o->burn_in < 0 ? SF_FIT_BURN_IN_ANY : (guint)o->burn_in,
          .generations = (guint)o->generations,
          .tolerance = o->tolerance,
          .saturation = o->saturation,
          .renew = (guint)o->renew };
  job->state_path = g_strconcat (stem, ".fit.json", NULL);
  job->ensemble_path = g_strconcat (stem, ".ensemble.json", NULL);
  if (!is_safe (job, o, error))
    return FALSE;
  job->file
      = sf_fit_file_open (job->state_path, &plan, o->restart, &job->fit, error);
  return job->file != NULL;
}

static SfExit
prepare_and_fit (const SfInvocation *invocation, Options *o)
{
  SfExit status;
  g_autoptr (GError) error = NULL;
  g_auto (Job) job = { NULL };
  job.scenario = sf_cmd_load (invocation, (const char *const *)o->set, &status);
  if (!job.scenario)
    return status;
  if (job.scenario->start == SF_PARAM_NO_DATE)
    return sf_cmd_timeless (invocation, job.scenario);
  sf_scenario_forget_ensemble (job.scenario);
  if (!o->seed_text)
    o->seed = job.scenario->seed;
  job.plan = sf_plan_new (job.scenario, &error);
  if (!job.plan)
    return sf_cmd_error (invocation, error);
  if (!read_observations (invocation, &job, o, &status))
    return status;
  if (!make_runs (&job, o, &error) || !open_state (&job, o, &error))
    return fail (invocation, error);
  return fit (invocation, &job, o);
}

/* FALSE with a usage error when an option's value makes no sense. */
static gboolean
check_options (const SfInvocation *invocation, Options *o, SfExit *status)
{
  const char *wrong = NULL;
  o->until = SF_PARAM_NO_DATE;
  if (!sf_cmd_seed (o->seed_text, &o->seed))
    wrong = SF_CMD_SEED_WRONG;
  else if (o->until_text && !sf_date_parse (o->until_text, &o->until))
    wrong = _ ("--until takes a date, YYYY-MM-DD");
  else if (o->replications < 1 || o->replications > 1000)
    wrong = _ ("-n takes 1 to 1000 replications a candidate");
  else if (o->jobs < 0 || o->jobs > 1024)
    wrong = _ ("-j takes 1 to 1024 workers");
  else if (o->chains != 0
           && (o->chains < 8 || o->chains > 10000 || o->chains % 2))
    wrong = _ ("--chains takes an even number from 8 to 10000");
  else if (o->generations < 1 || o->generations > 100000)
    wrong = _ ("--generations takes 1 to 100000");
  else if (o->burn_in < -1 || o->burn_in > 100000)
    wrong = _ ("--burn-in takes 0 to 100000 generations");
  else if (!(o->tolerance > 0 && o->tolerance <= 3))
    wrong = _ ("--tolerance takes a number above 0 and up to 3");
  else if (!(o->margin >= 0 && o->margin <= 3))
    wrong = _ ("--margin takes 0 to 3");
  else if (o->renew < 0 || o->renew == 1 || o->renew > 10000)
    wrong = _ ("--renew takes 0, or 2 to 10000");
  else if (!(o->saturation >= 0 && o->saturation <= 100))
    wrong = _ ("--saturation takes 0 to 100");
  else if (!(o->minutes >= 0 && isfinite (o->minutes)))
    wrong = _ ("--minutes takes a number, 0 or more");
  else if (o->keep < 1 || o->keep > 100000)
    wrong = _ ("--keep takes 1 to 100000 rows");
  else if (o->is_csv && o->is_json)
    wrong = _ ("--csv or --json, not both");
  if (wrong)
    *status = sf_cmd_usage (invocation, "%s", wrong);
  return !wrong;
}

static gboolean
parse (SfInvocation *invocation, Options *o, SfExit *status)
{
  const GOptionEntry entries[] = {
    { "observations", 0, 0, G_OPTION_ARG_FILENAME, &o->observations,
      N_ ("What was seen (default: the file that the scenario names)"),
      "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output,
      N_ ("Writes STEM.fit.json and STEM.ensemble.json (default: the "
          "scenario's "
          "name)"),
      "STEM" },
    { "vary", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->vary,
      N_ ("Uncertain number to fit, or all below a pointer (may be given "
          "again; "
          "default: all)"),
      "/POINTER" },
    { "parameters", 0, 0, G_OPTION_ARG_FILENAME, &o->parameters,
      N_ ("File with such pointers, one a line"), "FILE" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &o->until_text,
      N_ ("Leave out what was seen later"), "DATE" },
    { "generations", 'g', 0, G_OPTION_ARG_INT, &o->generations,
      N_ ("Generations after the first (default 60)"), "N" },
    { "burn-in", 0, 0, G_OPTION_ARG_INT, &o->burn_in,
      N_ ("Generations that are no part of the sample (default: half)"), "N" },
    { "minutes", 'm', 0, G_OPTION_ARG_DOUBLE, &o->minutes,
      N_ ("Stop before a generation that would end later"), "M" },
    { "chains", 0, 0, G_OPTION_ARG_INT, &o->chains,
      N_ ("Chains (default: 2 a number, at least 64)"), "N" },
    { "replications", 'n', 0, G_OPTION_ARG_INT, &o->replications,
      N_ ("Replications of each candidate (default 3)"), "N" },
    { "tolerance", 't', 0, G_OPTION_ARG_DOUBLE, &o->tolerance,
      N_ ("Distance that counts as small in the end (default 0.1)"), "D" },
    { "margin", 0, 0, G_OPTION_ARG_DOUBLE, &o->margin,
      N_ ("Tolerances by which bounds are narrowed (default 0)"), "M" },
    { "saturation", 0, 0, G_OPTION_ARG_DOUBLE, &o->saturation,
      N_ ("Distance beyond which a row counts little more (default 0: none)"),
      "S" },
    { "renew", 0, 0, G_OPTION_ARG_INT, &o->renew,
      N_ ("After the burn-in, replications of its own for every chain, others "
          "after K generations (default 0: the same for all)"),
      "K" },
    { "keep", 'k', 0, G_OPTION_ARG_INT, &o->keep,
      N_ ("Rows of the posterior sample (default 200)"), "N" },
    SF_CMD_JOBS (&o->jobs),
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o->seed_text,
      N_ ("Seed (default: the scenario's, else 1)"), "N" },
    SF_CMD_SET (&o->set),
    { "restart", 0, 0, G_OPTION_ARG_NONE, &o->restart,
      N_ ("Begin anew, whatever the state file holds"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &o->is_csv, N_ ("Table as CSV"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->is_json, N_ ("Tables as JSON"),
      NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->is_quiet,
      N_ ("No line a generation"), NULL },
    { NULL },
  };
  return sf_cmd_parse (
      invocation, entries,
      "shortfall fit scenarios/bamako-2025.json --vary /models --minutes 60",
      "SCENARIO.json",
      N_ ("Searches values of the uncertain numbers with which the runs agree "
          "with "
          "the\nobservations, and writes a sample of them (approximate "
          "Bayesian "
          "computation). The\nsame command takes up a fit that was stopped."),
      status);
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { .replications = 3,
                         .generations = 60,
                         .burn_in = -1,
                         .keep = 200,
                         .tolerance = 0.1 };
  SfExit status;
  if (!parse (invocation, &o, &status)
      || !check_options (invocation, &o, &status))
    return status;
  return prepare_and_fit (invocation, &o);
}

const SfCommand sf_cmd_fit
    = { "fit", N_ ("fit uncertain numbers to observations"), run };
