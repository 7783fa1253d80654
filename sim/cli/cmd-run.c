/* cmd-run.c - replications of one scenario. SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/causes/telling.h"
#include "sim/cli/again.h"
#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/cli/measure-choice.h"
#include "sim/cli/precise.h"
#include "sim/cli/progress.h"
#include "sim/cli/quantiles.h"
#include "sim/experiment/run.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"
#include "sim/network/graph.h"
#include "sim/page/page.h"
#include "sim/report/figures.h"
#include "sim/report/folder.h"
#include "sim/report/manifest.h"
#include "sim/report/summary.h"

/* Replications that --precision adds at a time, and at which it gives up. */
#define BATCH_USUAL 50
#define MOST_USUAL 10000

typedef struct {
  char *output, *seed_text;
  gint replications, jobs, batch, most;
  gboolean is_quiet, has_force, has_hxl, no_plots, no_causes;
  char **set, **measures;
  guint64 seed;
  double precision, quantile; /* NAN: not asked */
  char **argv;                /* as typed */
} Options;

/* TRUE when the run is to find out how many replications it needs. */
static gboolean
is_sequential (const Options *o)
{
  return !isnan (o->precision) || o->measures;
}

static void
clear_options (Options *o)
{
  g_free (o->output);
  g_free (o->seed_text);
  g_strfreev (o->set);
  g_strfreev (o->measures);
  g_strfreev (o->argv);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static void say (const Options *o, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

static void
say (const Options *o, const char *format, ...)
{
  if (o->is_quiet)
    return;
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  sf_cmd_say ("%s", text);
}

/* A folder that is not there yet, named after the scenario. */
static char *
new_folder (const SfScenario *s)
{
  char *path = g_strdup_printf ("%s-results", s->name ? s->name : "shortfall");
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++) {
    g_free (path);
    path
        = g_strdup_printf ("%s-results-%u", s->name ? s->name : "shortfall", i);
  }
  return path;
}

/* The report, or what kept it from being written; the results stand without. */
static gboolean
write_page (const char *folder, GError **error)
{
  const SfPageRequest request = { .folder = folder };
  g_autofree char *path = g_build_filename (folder, "report.html", NULL);
  g_autoptr (SfPageSource) source = sf_page_source_new (&request, error);
  return source && sf_page_write (source, path, error);
}

static SfExit
tell_extra (const SfInvocation *invocation, const GError *error)
{
  SfExit status = sf_cmd_error (invocation, error);
  fputs (_ ("The tables are complete.\n"), stderr);
  return status;
}

/* Figures and page are extra: when they fail the tables stand. Without gnuplot
 * the page says what it lacks. */
static SfExit
draw (const SfInvocation *invocation, const Options *o, const char *folder)
{
  g_autoptr (GError) error = NULL, problem = NULL;
  guint n = 0;
  if (o->no_plots)
    return SF_EXIT_DONE;
  if (!sf_figures_draw (folder, sf_lang_code (), &n, &error)
      && error->domain != SF_PLOT_ERROR)
    return tell_extra (invocation, error);
  if (!write_page (folder, &problem))
    return tell_extra (invocation, problem);
  return error ? tell_extra (invocation, error) : SF_EXIT_DONE;
}

/* What was run, and how. */
typedef struct {
  const Options *o;
  const SfScenario *scenario;
  const SfRun *run;
  const SfPrecise *precise; /* NULL: a fixed number of replications */
  const SfCauses *causes;   /* NULL: not asked */
  const char *causes_text;  /* or why it was not asked; NULL: nothing to say */
  gint64 start_unix_us; /* by the wall's clock, which may be set meanwhile */
  gint64 began_us;      /* by one that only goes on */
} Done;

/* The options on which tables depend, for rerun. */
static void
record_options (SfJson *manifest, const Options *o)
{
  SfJson *options = sf_again_options (manifest);
  sf_again_seed (options, o->seed);
  sf_again_whole (options, "replications", o->replications);
  sf_again_real (options, "precision", o->precision);
  sf_again_texts (options, "measure", o->measures);
  if (is_sequential (o)) {
    sf_again_whole (options, "batch", o->batch);
    sf_again_whole (options, "max", o->most);
  }
  sf_again_flag (options, "no-causes", o->no_causes);
  sf_again_flag (options, "hxl", o->has_hxl);
}

static void
record_more (SfJson *manifest, gconstpointer data)
{
  const Done *done = data;
  record_options (manifest, done->o);
  if (done->precise)
    sf_precise_record (manifest, done->precise);
  if (done->causes)
    sf_causes_record (done->causes, manifest);
}

static gboolean
write_tables (const SfResults *results, const Done *done, const Options *o,
              const char *folder, GError **error)
{
  g_autofree char *igraph = sf_network_library_version ();
  const char *const libraries[] = { "igraph", igraph, NULL };
  SfRunFacts facts
      = { .argv = (const char *const *)o->argv,
          .libraries = libraries,
          .start_unix_s = done->start_unix_us / G_USEC_PER_SEC,
          .duration_s
          = (double)(g_get_monotonic_time () - done->began_us) / G_USEC_PER_SEC,
          .jobs = done->run->jobs,
          .was_interrupted = done->run->was_interrupted,
          .more = record_more,
          .more_data = done };
  return sf_results_write (results, folder, o->has_hxl, done->run->jobs, error)
         && (!done->causes
             || sf_causes_write (done->causes, done->scenario, folder,
                                 o->has_hxl, error))
         && sf_summary_write (results, done->causes_text, folder, error)
         && sf_manifest_write (results, &facts, folder, error);
}

static SfExit
verdict (const SfRun *run)
{
  if (run->n_failed > 0)
    sf_cmd_alarm (_ ("shortfall run: %u of %u replications failed; "
                     "replications.csv says why\n"),
                  run->n_failed, run->n);
  if (run->was_interrupted)
    sf_cmd_alarm (
        sf_lang_plural ("shortfall run: stopped; the tables hold the %u "
                        "replication that was done\n",
                        "shortfall run: stopped; the tables hold the %u "
                        "replications that were done\n",
                        run->n_done),
        run->n_done);
  return run->n_failed > 0 || run->was_interrupted ? SF_EXIT_FAILED
                                                   : SF_EXIT_DONE;
}

static SfExit
finish (const SfInvocation *invocation, const Options *o, SfFolder *folder,
        const Done *done)
{
  g_autoptr (GError) error = NULL;
  const SfRun *run = done->run;
  SfResults results = { .scenario = done->scenario,
                        .book = run->book,
                        .seed = run->seed,
                        .n = run->n,
                        .memory = run->memory,
                        .stride = run->stride };
  if (run->n_done == 0) {
    SfRecord first = sf_run_record (run, 0);
    if (*first.message)
      sf_cmd_alarm (_ ("shortfall run: no replication was completed: %s\n"),
                    first.message);
    else
      sf_cmd_alarm (_ ("shortfall run: no replication was completed\n"));
    sf_folder_discard (folder);
    return SF_EXIT_FAILED;
  }
  if (!write_tables (&results, done, o, sf_folder_staging (folder), &error)) {
    sf_folder_discard (folder);
    return sf_cmd_error (invocation, error);
  }
  SfExit status = draw (invocation, o, sf_folder_staging (folder));
  if (!sf_folder_commit (folder, &error))
    return sf_cmd_error (invocation, error);
  SfExit run_status = verdict (run);
  return run_status != SF_EXIT_DONE ? run_status : status;
}

static void
print_end (const Options *o, const SfRun *run, gint64 began_us)
{
  double seconds
      = (double)(g_get_monotonic_time () - began_us) / G_USEC_PER_SEC;
  double worst = 0;
  for (guint i = 0; i < run->n; i++) {
    SfRecord r = sf_run_record (run, i);
    if (r.head[SF_HEAD_STATUS] == SF_RECORD_DONE)
      worst = MAX (worst, sf_ledger_imbalance (run->book, &r));
  }
  if (worst > 0)
    say (o,
         sf_lang_plural ("%u replication in %s s (workers: %u); every ledger "
                         "balances (to %.0e of what went in)\n",
                         "%u replications in %s s (workers: %u); every ledger "
                         "balances (to %.0e of what went in)\n",
                         run->n_done),
         run->n_done, sf_lang_real ("%.1f", seconds).text, run->jobs, worst);
  else
    say (o,
         sf_lang_plural ("%u replication in %s s (workers: %u); every ledger "
                         "balances exactly\n",
                         "%u replications in %s s (workers: %u); every ledger "
                         "balances exactly\n",
                         run->n_done),
         run->n_done, sf_lang_real ("%.1f", seconds).text, run->jobs);
}

/* Not reached is no failure, but it has to be seen. */
static void
print_precision (const Options *o, const SfPrecise *precise, const SfRun *run)
{
  g_autofree char *text = sf_precise_text (precise);
  say (o, "%s", text);
  if (!precise->is_reached && !run->was_interrupted)
    sf_cmd_alarm (
        _ ("shortfall run: NOT REACHED: %u replications do not give the "
           "precision that was asked for; see \"precision\" in "
           "manifest.json\n"),
        run->n);
}

/* How well the tail is known, of what was named or is looked at as a rule. */
static void
print_quantile (const Options *o, const SfPrecise *precise, const SfRun *run,
                const SfScenario *s)
{
  g_autoptr (GPtrArray) usual
      = precise ? NULL : sf_measures_to_settle (s, run->book);
  g_autofree char *text
      = sf_quantiles_text (run, precise ? precise->names : usual, o->quantile);
  say (o, "%s", text);
}

/* Whole batches until it is enough, or a fixed number (precise is NULL). */
static SfRun *
run_it (const Options *o, SfPlan *plan, SfPrecise *precise,
        const SfFolder *folder, GError **error)
{
  g_autofree char *events = sf_folder_file (folder, "events.csv");
  SfProgress progress = sf_progress_begin (o->is_quiet);
  SfRunOptions options = { .seed = o->seed,
                           .n = (guint)o->replications,
                           .jobs = (guint)o->jobs,
                           .events_path = events,
                           .has_hxl = o->has_hxl,
                           .spill_folder = sf_folder_staging (folder),
                           .progress = sf_progress_step,
                           .progress_data = &progress };
  SfRun *run = precise ? sf_precise_run (precise, plan, &options, error)
                       : sf_run_replications (plan, &options, error);
  sf_progress_end (&progress);
  return run;
}

/* What drove the shortage; NULL when it was not asked, or with an error. *text
 * is what there is to say: to be freed, or NULL. */
static SfCauses *
find_causes (const Options *o, const char *path, const SfScenario *s,
             const SfRun *run, char **text, GError **error)
{
  if (o->no_causes || run->n_done == 0)
    return NULL;
  const char *wrong = sf_causes_wrong (s, run);
  if (wrong) {
    *text = g_strconcat (wrong, "\n", NULL);
    return NULL;
  }
  SfProgress progress = sf_progress_begin (o->is_quiet);
  const SfCausesOptions options
      = { .files
          = { path, NULL, (const char *const *)o->set, sf_cmd_models () },
          .jobs = (guint)o->jobs,
          .progress = sf_progress_step,
          .progress_data = &progress };
  SfCauses *causes = sf_causes_find (s, run, &options, error);
  sf_progress_end (&progress);
  if (causes)
    *text = sf_causes_text (causes, s);
  return causes;
}

/* Runs, asks what drove it, writes all that is done. Takes the folder. */
static SfExit
carry_out (const SfInvocation *invocation, Done *done, SfPlan *plan,
           SfPrecise *precise, SfFolder *taken)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfFolder) folder = taken;
  const Options *o = done->o;
  g_autoptr (SfRun) run = run_it (o, plan, precise, folder, &error);
  if (!run)
    return sf_cmd_error (invocation, error);
  print_end (o, run, done->began_us);
  if (precise)
    print_precision (o, precise, run);
  if (!isnan (o->quantile))
    print_quantile (o, precise, run, done->scenario);
  g_autofree char *text = NULL;
  g_autoptr (SfCauses) causes = find_causes (
      o, invocation->argv[1], done->scenario, run, &text, &error);
  if (error)
    return sf_cmd_error (invocation, error);
  if (text)
    say (o, "%s", text);
  done->run = run;
  done->precise = precise;
  done->causes = causes;
  done->causes_text = text;
  return finish (invocation, o, g_steal_pointer (&folder), done);
}

static SfExit
simulate (const SfInvocation *invocation, SfScenario *s, Options *o)
{
  g_autoptr (GError) error = NULL;
  Done done = { .o = o,
                .scenario = s,
                .start_unix_us = g_get_real_time (),
                .began_us = g_get_monotonic_time () };
  g_autoptr (SfPlan) plan = sf_plan_new (s, &error);
  if (!plan)
    return sf_cmd_error (invocation, error);
  const SfPreciseWish wish
      = { .relative = o->precision,
          .measures = (const char *const *)o->measures,
          .level = 0.95,
          .plan = { MAX ((guint)o->replications, SF_PRECISION_LEAST),
                    (guint)o->batch, (guint)o->most } };
  SfExit status = SF_EXIT_DONE;
  g_autoptr (SfPrecise) precise
      = is_sequential (o) ? sf_precise_new (invocation, plan, &wish, &status)
                          : NULL;
  if (status != SF_EXIT_DONE)
    return status;
  g_autofree char *path = o->output ? g_strdup (o->output) : new_folder (s);
  SfFolder *folder = sf_folder_open (path, o->has_force, &error);
  if (!folder)
    return sf_cmd_error (invocation, error);
  /* Until all is written: who stops it while it writes means to keep it. */
  sf_stop_begin ();
  status = carry_out (invocation, &done, plan, precise, folder);
  sf_stop_end ();
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && status != SF_EXIT_USAGE)
    say (o,
         o->no_plots || status != SF_EXIT_DONE
             ? _ ("Written: %s (begin with summary.txt)\n")
             : _ ("Written: %s (begin with report.html)\n"),
         path);
  return status;
}

/* FALSE with a usage error when an option's value makes no sense. */
static gboolean
check_options (const SfInvocation *invocation, Options *o, SfExit *status)
{
  const char *wrong = NULL;
  if (!sf_cmd_seed (o->seed_text, &o->seed))
    wrong = SF_CMD_SEED_WRONG;
  else if (!isnan (o->precision) && !(o->precision > 0 && o->precision <= 1))
    wrong = _ ("--precision takes a share of the mean, above 0 to 1");
  else if (!isnan (o->quantile) && !(o->quantile > 0 && o->quantile < 1))
    wrong = _ ("--quantile takes a share between 0 and 1");
  else if (o->batch < 1 || o->most < 1 || o->most > 1000000)
    wrong = _ ("--batch and --max take 1 to 1000000 replications");
  else if (!is_sequential (o)
           && (o->batch != BATCH_USUAL || o->most != MOST_USUAL))
    wrong = _ ("--batch and --max go with --precision");
  else if (is_sequential (o) && o->replications > o->most)
    wrong = _ ("-n, the least number, is above --max");
  if (!wrong)
    wrong = sf_cmd_numbers_wrong (o->replications, o->jobs);
  if (wrong)
    *status = sf_cmd_usage (invocation, "%s", wrong);
  return !wrong;
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = {
    .batch = BATCH_USUAL, .most = MOST_USUAL, .precision = NAN, .quantile = NAN
  };
  o.argv = sf_cmd_line (invocation);
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output,
      N_ ("Result folder (default: a new one named after the scenario)"),
      "DIR" },
    { "replications", 'n', 0, G_OPTION_ARG_INT, &o.replications,
      N_ ("Replications (default: the scenario's, else 200)"), "N" },
    { "precision", 0, 0, G_OPTION_ARG_DOUBLE, &o.precision,
      N_ ("Run until means are known to this share of themselves, as 0.05; -n "
          "is "
          "the least number then"),
      "G" },
    { "quantile", 0, 0, G_OPTION_ARG_DOUBLE, &o.quantile,
      N_ ("Say how well this quantile of the measures is known, as 0.95"),
      "P" },
    { "measure", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.measures,
      N_ ("Mean that has to be known (may be given again), with =H also when "
          "its "
          "half-width is H; default: person-days without each fuel in the "
          "capital, "
          "trucks lost"),
      "NAME[=H]" },
    { "batch", 0, 0, G_OPTION_ARG_INT, &o.batch,
      N_ ("With --precision: replications between looks (default: 50)"), "N" },
    { "max", 0, 0, G_OPTION_ARG_INT, &o.most,
      N_ ("With --precision: give up at so many (default: 10000)"), "N" },
    SF_CMD_JOBS (&o.jobs),
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o.seed_text,
      N_ ("Seed (default: the scenario's, else 1)"), "N" },
    SF_CMD_SET (&o.set),
    { "force", 'f', 0, G_OPTION_ARG_NONE, &o.has_force,
      N_ ("Replace an existing result folder"), NULL },
    { "no-plots", 0, 0, G_OPTION_ARG_NONE, &o.no_plots,
      N_ ("Write tables only, no figures"), NULL },
    { "no-causes", 0, 0, G_OPTION_ARG_NONE, &o.no_causes,
      N_ ("Do not ask what drove the shortage, which takes half as many "
          "replications again"),
      NULL },
    { "hxl", 0, 0, G_OPTION_ARG_NONE, &o.has_hxl,
      N_ ("Add a row of HXL tags to each table"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.is_quiet,
      N_ ("Say nothing unless something is wrong"), NULL },
    { NULL },
  };
  SfExit status;
  if (!sf_cmd_parse (
          invocation, entries,
          "shortfall run scenarios/bamako-2025.json -n 200", "SCENARIO.json",
          N_ ("Runs a scenario many times and writes a folder with "
              "curves, metrics, ledger, events,\nassumptions, "
              "manifest and figures. The same scenario, seed and "
              "version give the same\ntables, whatever the number of "
              "workers."),
          &status))
    return status;
  if (!check_options (invocation, &o, &status))
    return status;
  g_autoptr (SfScenario) s
      = sf_cmd_load (invocation, (const char *const *)o.set, &status);
  if (!s)
    return status;
  if (s->start == SF_PARAM_NO_DATE)
    return sf_cmd_timeless (invocation, s);
  if (!o.seed_text)
    o.seed = s->seed;
  if (o.replications == 0 && !is_sequential (&o))
    o.replications = (gint)s->replications_count;
  return simulate (invocation, s, &o);
}

const SfCommand sf_cmd_run
    = { "run", N_ ("run replications, write tables and figures"), run };
