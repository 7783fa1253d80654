/* cmd-rank.c - which scenario is best, for as few runs as may be. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/cli/again.h"
#include "sim/cli/commands.h"
#include "sim/cli/contenders.h"
#include "sim/cli/measure-choice.h"
#include "sim/cli/progress.h"
#include "sim/cli/rank-folder.h"
#include "sim/experiment/run.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"

#define DEFAULT_N0 20
#define DEFAULT_BATCH 10
#define DEFAULT_MAX 1000   /* of each, KN */
#define DEFAULT_BUDGET 100 /* times the scenarios, OCBA */
#define DEFAULT_ZONE_FRAC 0.05

typedef struct {
  SfKeep keep;
  SfFormats formats;
  char *seed_text, *measure, *method, *zone_text, *otherwise_text;
  gint n0, batch, max, budget, jobs;
  double confidence; /* in % */
  gboolean is_largest, is_without_base;
  char **set, **names, **levers;
  guint64 seed;
  double zone, zone_frac, otherwise; /* otherwise: NAN when not given */
} Options;

static void
clear_options (Options *o)
{
  sf_keep_clear (&o->keep);
  g_free (o->seed_text);
  g_free (o->measure);
  g_free (o->method);
  g_free (o->zone_text);
  g_free (o->otherwise_text);
  g_strfreev (o->set);
  g_strfreev (o->levers);
  g_strfreev (o->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* ---- Drawing outcomes ----------------------------------------------------- */

/* What can be run, and how far it is. */
typedef struct {
  const SfInvocation *invocation;
  const Options *o;
  GPtrArray *contenders; /* SfContender *: those that are ranked */
  GPtrArray *plans;      /* SfPlan *, likewise */
  const char *measure;
  SfProgress progress;
  guint drawn, planned;
  SfExit status; /* of what went wrong; it was said */
} Session;

static void
step (guint done, guint total, gpointer data)
{
  Session *session = data;
  guint all = MAX (session->planned, session->drawn + total);
  sf_progress_step (session->drawn + done, all, &session->progress);
}

/* FALSE when the session is over; `why` is taken and said. */
static gboolean
give_up (Session *session, SfExit status, char *why, GError **error)
{
  g_autofree char *text = why;
  session->status = status;
  g_set_error_literal (error, SF_RANK_ERROR, SF_RANK_ERROR_DRAW, text);
  return FALSE;
}

/* A ranking with a hole in it would not be defended. */
static gboolean
is_whole (Session *session, const char *name, const SfRun *run, GError **error)
{
  for (guint i = 0; i < run->n; i++) {
    SfRecord record = sf_run_record (run, i);
    if (record.head[SF_HEAD_STATUS] == SF_RECORD_DONE
        || (run->was_interrupted && !*record.message))
      continue;
    return give_up (session, SF_EXIT_FAILED,
                    g_strdup_printf (_ ("replication %u of %s failed: %s"),
                                     run->first + i, name, record.message),
                    error);
  }
  if (!run->was_interrupted)
    return TRUE;
  return give_up (
      session, SF_EXIT_FAILED,
      g_strdup_printf (_ ("stopped after %u runs; nothing was decided"),
                       session->drawn + run->n_done),
      error);
}

/* What did not happen becomes what the user said. */
static gboolean
fill_in (Session *session, const char *name, double *values, const SfRun *run,
         GError **error)
{
  guint n_missing = 0;
  for (guint i = 0; i < run->n; i++)
    n_missing += !isfinite (values[i]);
  if (n_missing > 0 && isnan (session->o->otherwise))
    return give_up (
        session, SF_EXIT_USAGE,
        g_strdup_printf (
            _ ("%s did not happen in %u of the replications %u to %u of %s; "
               "--otherwise VALUE says what it counts as then (the run has "
               "%u days)"),
            session->measure, n_missing, run->first, run->first + run->n - 1,
            name, sf_book_days (run->book)),
        error);
  for (guint i = 0; i < run->n; i++)
    if (!isfinite (values[i]))
      values[i] = session->o->otherwise;
  return TRUE;
}

static gboolean
draw (guint contender, guint first, guint n, double *values, gpointer data,
      GError **error)
{
  Session *session = data;
  const char *name = sf_contenders_get (session->contenders, contender)->name;
  SfRunOptions options = { .seed = session->o->seed,
                           .first = first,
                           .n = n,
                           .jobs = (guint)session->o->jobs,
                           .progress = step,
                           .progress_data = session };
  g_autoptr (SfRun) run
      = sf_run_replications (session->plans->pdata[contender], &options, error);
  if (!run || !is_whole (session, name, run, error))
    return FALSE;
  g_autofree double *found = sf_run_values (run, session->measure);
  if (!fill_in (session, name, found, run, error))
    return FALSE;
  memcpy (values, found, n * sizeof *values);
  session->drawn += n;
  return TRUE;
}

/* ---- What is ranked, and by what ------------------------------------------ */

/* The measure as it is asked for, or the default of a scenario, to be freed. */
static char *
choose_measure (const Options *o, const SfScenario *s)
{
  if (o->measure)
    return g_strdup (o->measure);
  return g_strconcat (s->capital >= 0 ? s->nodes[s->capital].id : "",
                      "/person_days_without", NULL);
}

/* All of them must have it. */
static gboolean
check_measure (const SfInvocation *invocation, const Session *session,
               SfExit *status)
{
  for (guint i = 0; i < session->plans->len; i++) {
    const SfPlan *plan = session->plans->pdata[i];
    g_autoptr (GArray) found = sf_book_find_sum (plan->book, session->measure);
    if (found)
      continue;
    *status
        = session->o->measure
              ? sf_measure_unknown (invocation, plan->book, session->measure)
              : sf_cmd_usage (invocation,
                              _ ("nobody is counted in the capital of %s; name "
                                 "what is to be ranked by with --measure"),
                              sf_contenders_get (session->contenders, i)->name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
compile (const SfInvocation *invocation, Session *session, SfExit *status)
{
  for (guint i = 0; i < session->contenders->len; i++) {
    g_autoptr (GError) error = NULL;
    SfPlan *plan = sf_plan_new (
        sf_contenders_get (session->contenders, i)->scenario, &error);
    if (!plan) {
      *status = sf_cmd_error (invocation, error);
      return FALSE;
    }
    g_ptr_array_add (session->plans, plan);
  }
  return check_measure (invocation, session, status);
}

static gboolean
is_ocba (const Options *o)
{
  return g_strcmp0 (o->method, "ocba") == 0;
}

static SfRankRule
rule_of (const Options *o, guint k)
{
  guint each = o->max > 0 ? (guint)o->max : DEFAULT_MAX;
  guint all = o->budget > 0 ? (guint)o->budget : DEFAULT_BUDGET * k;
  return (SfRankRule){
    .method = is_ocba (o) ? SF_RANK_OCBA : SF_RANK_KN,
    .k = k,
    .n0 = (guint)o->n0,
    .batch = (guint)o->batch,
    /* What is asked for first of all is within the limit. */
    .limit
    = is_ocba (o) ? MAX (all, k * (guint)o->n0) : MAX (each, (guint)o->n0),
    .confidence = o->confidence / 100,
    .indifference = o->zone,
    .indifference_frac = o->zone_frac,
    .is_largest = o->is_largest,
  };
}

/* ---- The command ---------------------------------------------------------- */

static SfRanking *
rank (Session *session, const SfRankRule *rule, SfExit *status)
{
  g_autoptr (GError) error = NULL;
  session->status = SF_EXIT_FAILED;
  session->planned
      = rule->method == SF_RANK_OCBA ? rule->limit : rule->k * rule->n0;
  session->progress = sf_progress_begin (session->o->keep.is_quiet);
  SfRanking *ranking = sf_rank (rule, draw, session, &error);
  sf_progress_end (&session->progress);
  if (ranking)
    return ranking;
  if (g_error_matches (error, SF_RANK_ERROR, SF_RANK_ERROR_INDIFFERENCE))
    *status
        = sf_cmd_usage (session->invocation,
                        _ ("the first scenario has a mean of 0, of which no "
                           "share can be taken: give --indifference in the "
                           "unit of %s"),
                        session->measure);
  else if (session->status == SF_EXIT_USAGE)
    *status = sf_cmd_usage (session->invocation, "%s", error->message);
  else
    *status = sf_cmd_error (session->invocation, error);
  return NULL;
}

/* Rows of the smallest ensemble, or 0. */
static guint
ensemble_rows (const GPtrArray *contenders)
{
  guint least = 0;
  for (guint i = 0; i < contenders->len; i++) {
    const SfEnsemble *ensemble
        = sf_contenders_get (contenders, i)->scenario->ensemble;
    if (ensemble && (least == 0 || ensemble->n_rows < least))
      least = ensemble->n_rows;
  }
  return least;
}

/* The options on which tables depend, for rerun. */
static void
record_options (SfJson *manifest, gconstpointer data)
{
  const Session *session = data;
  const Options *o = session->o;
  SfJson *options = sf_again_options (manifest);
  sf_again_seed (options, o->seed);
  sf_again_text (options, "measure", session->measure);
  sf_again_text (options, "method", o->method);
  sf_again_text (options, "otherwise", o->otherwise_text);
  sf_again_text (options, "indifference", o->zone_text);
  sf_again_real (options, "confidence", o->confidence);
  sf_again_flag (options, "largest", o->is_largest);
  sf_again_whole (options, "replications", o->n0);
  sf_again_whole (options, "batch", o->batch);
  if (is_ocba (o))
    sf_again_whole (options, "budget", o->budget);
  else
    sf_again_whole (options, "max", o->max);
}

static SfExit
finish (Session *session)
{
  const Options *o = session->o;
  SfExit status = SF_EXIT_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (SfFolder) folder
      = o->keep.output
            ? sf_folder_open (o->keep.output, o->keep.has_force, &error)
            : NULL;
  if (error)
    return sf_cmd_error (session->invocation, error);
  SfRankRule rule = rule_of (o, session->contenders->len);
  g_autoptr (SfRanking) ranking = rank (session, &rule, &status);
  if (!ranking)
    return status;
  g_autofree const char **names = g_new (const char *, rule.k);
  for (guint i = 0; i < rule.k; i++)
    names[i] = sf_contenders_get (session->contenders, i)->name;
  SfRankReport report = { &rule,   ranking,
                          names,   session->measure,
                          o->seed, ensemble_rows (session->contenders) };
  g_autofree char *text
      = sf_rank_report_print (&report, sf_cmd_format (&o->formats));
  fputs (text, stdout);
  fflush (stdout); /* before what is written is told */
  const SfRankFolder contents = { .report = &report,
                                  .contenders = session->contenders,
                                  .keep = &o->keep,
                                  .record = record_options,
                                  .record_data = session };
  return folder ? sf_rank_folder_write (session->invocation, &contents,
                                        g_steal_pointer (&folder))
                : SF_EXIT_DONE;
}

/* "12.5" or "5%"; FALSE when it is neither, or not above 0. */
static gboolean
read_zone (Options *o)
{
  char *end = NULL;
  if (!o->zone_text) {
    o->zone_frac = DEFAULT_ZONE_FRAC;
    return TRUE;
  }
  double number = g_ascii_strtod (o->zone_text, &end);
  if (end == o->zone_text || !isfinite (number) || !(number > 0))
    return FALSE;
  if (strcmp (end, "%") == 0)
    o->zone_frac = number / 100;
  else
    o->zone = number;
  return *end == '\0' || o->zone_frac > 0;
}

static gboolean
read_otherwise (Options *o)
{
  char *end = NULL;
  o->otherwise = NAN;
  if (!o->otherwise_text)
    return TRUE;
  o->otherwise = g_ascii_strtod (o->otherwise_text, &end);
  return end != o->otherwise_text && *end == '\0' && isfinite (o->otherwise);
}

/* What is wrong with a number or a method, or NULL. */
static const char *
wrong_number (const Options *o)
{
  if (o->n0 < 2 || o->n0 > 100000)
    return _ ("-n takes 2 to 100000 replications");
  if (o->batch < 1 || o->batch > 100000)
    return _ ("--batch takes 1 to 100000 replications");
  if (o->jobs < 0 || o->jobs > 1024)
    return _ ("-j takes 1 to 1024 workers");
  if (!(o->confidence > 50 && o->confidence < 100))
    return _ ("--confidence takes per cent, above 50 and below 100");
  if (is_ocba (o) && o->max != 0)
    return _ ("--max is for --method kn; ocba has a --budget");
  if (!is_ocba (o) && o->budget != 0)
    return _ ("--budget is for --method ocba; kn has a --max");
  if (o->max != 0 && (o->max < o->n0 || o->max > 1000000))
    return _ ("--max takes no fewer than -n, and 1000000 at most");
  if (o->budget < 0 || o->budget > 100000000)
    return _ ("--budget takes 1 to 100000000 runs");
  return NULL;
}

/* FALSE with a usage error when an option's value makes no sense. */
static gboolean
check_options (const SfInvocation *invocation, Options *o, SfExit *status)
{
  const char *wrong = wrong_number (o);
  if (wrong)
    ;
  else if (!sf_cmd_seed (o->seed_text, &o->seed))
    wrong = SF_CMD_SEED_WRONG;
  else if (!read_zone (o))
    wrong = _ ("--indifference takes a number above 0, or a share such as 5%");
  else if (!read_otherwise (o))
    wrong = _ ("--otherwise takes a number");
  if (!wrong)
    wrong = sf_cmd_formats_wrong (&o->formats);
  if (wrong)
    *status = sf_cmd_usage (invocation, "%s", wrong);
  return !wrong;
}

static gboolean
parse (SfInvocation *invocation, Options *o, SfExit *status)
{
  const GOptionEntry entries[] = {
    { "lever", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->levers,
      N_ ("The first scenario with this lever too (may be given again)"),
      "LEVER.json" },
    { "without-base", 0, 0, G_OPTION_ARG_NONE, &o->is_without_base,
      N_ ("Leave the first scenario itself out"), NULL },
    { "measure", 0, 0, G_OPTION_ARG_STRING, &o->measure,
      N_ ("Rank by this (default: person-days without in the capital): "
          "PLACE/COMMODITY/CLASS/METRIC, or /METRIC"),
      "NAME" },
    { "largest", 0, 0, G_OPTION_ARG_NONE, &o->is_largest,
      N_ ("The largest is the best, not the smallest"), NULL },
    { "otherwise", 0, 0, G_OPTION_ARG_STRING, &o->otherwise_text,
      N_ ("What a measure counts as where it did not happen"), "VALUE" },
    { "indifference", 0, 0, G_OPTION_ARG_STRING, &o->zone_text,
      N_ ("A lead worth finding: in the measure's unit, or as a share of the "
          "first scenario's mean (default: 5%)"),
      "D" },
    { "confidence", 0, 0, G_OPTION_ARG_DOUBLE, &o->confidence,
      N_ ("Confidence (default: 95)"), "PERCENT" },
    { "method", 0, 0, G_OPTION_ARG_STRING, &o->method,
      N_ ("kn: until it is decided (default); ocba: spend a budget"),
      "kn|ocba" },
    { "replications", 'n', 0, G_OPTION_ARG_INT, &o->n0,
      N_ ("Replications of each to begin with (default: 20)"), "N" },
    { "batch", 0, 0, G_OPTION_ARG_INT, &o->batch,
      N_ ("Replications at a time after that (default: 10)"), "N" },
    { "max", 0, 0, G_OPTION_ARG_INT, &o->max,
      N_ ("kn: replications of one scenario at most (default: 1000)"), "N" },
    { "budget", 0, 0, G_OPTION_ARG_INT, &o->budget,
      N_ ("ocba: runs of all together (default: 100 a scenario)"), "N" },
    SF_CMD_JOBS (&o->jobs),
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o->seed_text,
      N_ ("Seed of all (default: the first scenario's, else 1)"), "N" },
    SF_CMD_SET (&o->set),
    SF_CONTENDER_NAMES (&o->names),
    SF_KEEP_OPTIONS (&o->keep, N_ ("Write a folder: tables, manifest, figure")),
    SF_CMD_FORMATS (&o->formats),
    { NULL },
  };
  return sf_cmd_parse (
      invocation, entries,
      "shortfall rank scenarios/bamako-2025.json "
      "--lever scenarios/lever-reserve.json --lever "
      "scenarios/lever-bonus.json",
      "SCENARIO.json [SCENARIO.json...]",
      N_ ("Finds the best of several scenarios with as few runs as may be: all "
          "meet the same\nluck, those that are clearly worse are dropped, and "
          "only "
          "those in contention are run\non. Says what is selected, with which "
          "confidence, and which others may be as good;\nor that it cannot be "
          "decided."),
      status);
}

/* Without its base a choice of one is none. */
static gboolean
drop_base (const SfInvocation *invocation, const Options *o,
           GPtrArray *contenders, SfExit *status)
{
  if (!o->is_without_base)
    return TRUE;
  if (contenders->len < 3) {
    *status = sf_cmd_usage (
        invocation,
        _ ("--without-base leaves one scenario: there is no choice"));
    return FALSE;
  }
  g_ptr_array_remove_index (contenders, 0);
  return TRUE;
}

/* FALSE with a usage error when the budget does not reach for a start. */
static gboolean
check_budget (const SfInvocation *invocation, const Options *o, guint k,
              SfExit *status)
{
  if (!is_ocba (o) || o->budget == 0 || (guint)o->budget >= k * (guint)o->n0)
    return TRUE;
  *status
      = sf_cmd_usage (invocation,
                      _ ("a --budget of %d is less than the %u runs to begin "
                         "with (-n %d of each)"),
                      o->budget, k * (guint)o->n0, o->n0);
  return FALSE;
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o
      = { .n0 = DEFAULT_N0, .batch = DEFAULT_BATCH, .confidence = 95 };
  o.keep.argv = sf_cmd_line (invocation);
  SfExit status;
  if (!parse (invocation, &o, &status)
      || !check_options (invocation, &o, &status))
    return status;
  const SfContenderChoice choice
      = { .files = (const char *const *)invocation->argv + 1,
          .levers = (const char *const *)o.levers,
          .overrides = (const char *const *)o.set,
          .names = (const char *const *)o.names };
  g_autoptr (GPtrArray) contenders
      = sf_contenders_load (invocation, &choice, &status);
  if (!contenders)
    return status;
  const SfScenario *base = sf_contenders_get (contenders, 0)->scenario;
  g_autofree char *measure = choose_measure (&o, base);
  if (!o.seed_text)
    o.seed = base->seed;
  if (!drop_base (invocation, &o, contenders, &status)
      || !check_budget (invocation, &o, contenders->len, &status))
    return status;
  g_autoptr (GPtrArray) plans
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_plan_free);
  Session session = { .invocation = invocation,
                      .o = &o,
                      .contenders = contenders,
                      .plans = plans,
                      .measure = measure };
  if (!compile (invocation, &session, &status))
    return status;
  /* Until all is written: who stops it meanwhile means to keep it. */
  sf_stop_begin ();
  status = finish (&session);
  sf_stop_end ();
  return status;
}

const SfCommand sf_cmd_rank
    = { "rank", N_ ("find the best of several scenarios with few runs"), run };
