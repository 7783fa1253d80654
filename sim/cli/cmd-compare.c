/* cmd-compare.c - scenarios on the same luck, against one. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/cli/again.h"
#include "sim/cli/commands.h"
#include "sim/cli/compare-report.h"
#include "sim/cli/contenders.h"
#include "sim/cli/keep.h"
#include "sim/cli/measure-choice.h"
#include "sim/cli/progress.h"
#include "sim/experiment/run.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"
#include "sim/report/figures.h"

#define COST "/cost_xof"

typedef struct {
  SfKeep keep;
  SfFormats formats;
  char *seed_text;
  gint replications, jobs;
  double confidence; /* in % */
  gboolean is_together;
  char **set, **names, **levers, **measures;
  guint64 seed;
} Options;

static void
clear_options (Options *o)
{
  sf_keep_clear (&o->keep);
  g_free (o->seed_text);
  g_strfreev (o->set);
  g_strfreev (o->levers);
  g_strfreev (o->names);
  g_strfreev (o->measures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* ---- Running ----------------------------------------------------------------- */

/* Progress over all contenders. */
typedef struct {
  SfProgress progress;
  guint before, total;
} Walk;

static void
step (guint done, guint total, gpointer data)
{
  Walk *walk = data;
  (void)total;
  sf_progress_step (walk->before + done, walk->total, &walk->progress);
}

/* The measures of the reference; NULL, with *status, when one is not known. */
static GPtrArray *
choose_measures (const SfInvocation *invocation, const Options *o,
                 const SfPlan *plan, SfExit *status)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; o->measures && o->measures[i]; i++)
    g_ptr_array_add (wanted, g_strdup (o->measures[i]));
  if (!o->measures) {
    g_ptr_array_unref (wanted);
    wanted = sf_measures_to_compare (plan->scenario);
  }
  for (guint i = wanted->len; i-- > 0;) {
    g_autoptr (GArray) found = sf_book_find_sum (plan->book, wanted->pdata[i]);
    if (found)
      continue;
    if (o->measures) {
      *status = sf_measure_unknown (invocation, plan->book, wanted->pdata[i]);
      return NULL;
    }
    g_ptr_array_remove_index (wanted, i);
  }
  return g_steal_pointer (&wanted);
}

static void
take_values (SfComparison *c, SfComparedSide *side, const SfRun *run)
{
  side->n_done = run->n_done;
  side->n_failed = run->n_failed;
  for (guint i = 0; i < run->n && !side->problem; i++) {
    SfRecord record = sf_run_record (run, i);
    if (*record.message)
      side->problem = g_strdup (record.message);
  }
  for (guint i = 0; i < run->n; i++)
    side->is_done[i]
        = sf_run_record (run, i).head[SF_HEAD_STATUS] == SF_RECORD_DONE;
  for (guint m = 0; m < c->measures->len; m++)
    side->values[m] = sf_run_values (run, c->measures->pdata[m]);
  side->cost = sf_run_values (run, COST);
}

/* Runs one contender; the first one's book decides what is measured. */
static gboolean
run_side (const SfInvocation *invocation, const Options *o, SfComparison *c,
          Walk *walk, const SfContender *contender, SfExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfPlan) plan = sf_plan_new (contender->scenario, &error);
  if (plan && !c->measures)
    c->measures = choose_measures (invocation, o, plan, status);
  if (plan && !c->measures)
    return FALSE;
  SfRunOptions options = { .seed = o->seed,
                           .n = c->n,
                           .jobs = (guint)o->jobs,
                           .progress = step,
                           .progress_data = walk };
  g_autoptr (SfRun) run
      = plan ? sf_run_replications (plan, &options, &error) : NULL;
  if (!run) {
    *status = sf_cmd_error (invocation, error);
    return FALSE;
  }
  SfComparedSide *side = &c->sides[c->n_sides++];
  side->name = contender->name;
  side->is_done = g_new0 (gboolean, c->n + 1);
  side->values = g_new0 (double *, c->measures->len + 1);
  take_values (c, side, run);
  walk->before += c->n;
  return TRUE;
}

/* What could not be done, once for each side. */
static SfExit
verdict (const SfComparison *c, guint n_contenders)
{
  SfExit status = SF_EXIT_DONE;
  for (guint k = 0; k < c->n_sides; k++)
    if (c->sides[k].n_done < c->n) {
      sf_cmd_alarm (
          _ ("shortfall compare: %s: %u of %u replications were done\n"),
          c->sides[k].name, c->sides[k].n_done, c->n);
      status = SF_EXIT_FAILED;
    }
  if (c->n_sides < n_contenders) {
    sf_cmd_alarm (
        _ ("shortfall compare: stopped; %u of %u scenarios were run\n"),
        c->n_sides, n_contenders);
    status = SF_EXIT_FAILED;
  }
  return status;
}

/* All of them; NULL with *status. After an interrupt those that were run. */
static SfComparison *
run_all (const SfInvocation *invocation, const Options *o,
         const GPtrArray *contenders, SfExit *status)
{
  g_autoptr (SfComparison) c = g_new0 (SfComparison, 1);
  c->scenario = sf_contenders_get (contenders, 0)->scenario;
  c->seed = o->seed;
  c->n = (guint)o->replications;
  c->level = o->confidence / 100;
  c->sides = g_new0 (SfComparedSide, contenders->len);
  Walk walk
      = { sf_progress_begin (o->keep.is_quiet), 0, c->n * contenders->len };
  gboolean is_fine = TRUE;
  for (guint k = 0; is_fine && k < contenders->len && sf_stop_count () == 0;
       k++)
    is_fine = run_side (invocation, o, c, &walk,
                        sf_contenders_get (contenders, k), status);
  sf_progress_end (&walk.progress);
  if (!is_fine)
    return NULL;
  if (c->n_sides > 1)
    sf_comparison_contrast (c);
  *status = verdict (c, contenders->len);
  return g_steal_pointer (&c);
}

/* ---- The folder ----------------------------------------------------------------- */

/* What is kept; all borrowed. */
typedef struct {
  const Options *o;
  const SfComparison *c;
  const GPtrArray *contenders;
} Found;

/* The options on which tables depend, for rerun. */
static void
record_options (SfJson *manifest, const SfComparison *c, double confidence)
{
  SfJson *options = sf_again_options (manifest);
  sf_again_seed (options, c->seed);
  sf_again_whole (options, "replications", (gint)c->n);
  sf_again_real (options, "confidence", confidence);
  SfJson *measures = sf_json_add_array (options, "measure");
  for (guint m = 0; m < c->measures->len; m++)
    sf_json_add_string (measures, NULL, c->measures->pdata[m]);
}

static SfJsonDoc *
manifest (const Found *found)
{
  const SfComparison *c = found->c;
  SfJsonDoc *doc = sf_keep_manifest (&found->o->keep, "compare");
  SfJson *root = sf_json_root (doc);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, c->seed);
  sf_json_add_string (root, "version", SF_VERSION);
  sf_json_add_string (root, "seed", seed);
  sf_json_add_number (root, "replications_asked_count", c->n);
  sf_json_add_number (root, "confidence_frac", c->level);
  SfJson *measures = sf_json_add_array (root, "measures");
  for (guint m = 0; m < c->measures->len; m++)
    sf_json_add_string (measures, NULL, c->measures->pdata[m]);
  record_options (root, c, found->o->confidence);
  SfJson *list = sf_json_add_array (root, "scenarios");
  for (guint k = 0; k < c->n_sides; k++) {
    SfJson *one = sf_contender_add_json (
        root, list, sf_contenders_get (found->contenders, k));
    sf_json_add_number (one, "replications_done_count", c->sides[k].n_done);
    sf_json_add_number (one, "replications_failed_count", c->sides[k].n_failed);
  }
  return doc;
}

static gboolean
write_tables (gconstpointer data, const SfFolder *folder, GError **error)
{
  const Found *found = data;
  g_autofree char *csv = sf_comparison_print (found->c, SF_TABLE_CSV);
  g_autofree char *text = sf_comparison_print (found->c, SF_TABLE_TEXT);
  g_autoptr (SfJsonDoc) doc = manifest (found);
  return sf_folder_write (folder, "compare.csv", csv, error)
         && sf_folder_write (folder, "compare.txt", text, error)
         && sf_comparison_write_differences (found->c,
                                             sf_folder_staging (folder), error)
         && sf_keep_write_manifest (doc, folder, error);
}

static gboolean
draw (gconstpointer data, const SfFolder *folder, GError **error)
{
  const SfComparison *c = ((const Found *)data)->c;
  g_autofree char *table = sf_comparison_figure (c);
  g_autofree char *title
      = g_strdup_printf (_ ("Difference from %s"), c->sides[0].name);
  g_autofree char *note
      = g_strdup_printf ("shortfall: v%s seed %" G_GUINT64_FORMAT " n %u",
                         SF_VERSION, c->seed, c->n);
  g_autofree char *figures = sf_folder_file (folder, "figures");
  const SfFigure figure = { .script = "compare",
                            .name = "compare",
                            .table = table,
                            .title = title,
                            .note = note,
                            .lang = sf_lang_code () };
  return !table || sf_figure_draw (&figure, figures, error);
}

/* ---- The command -------------------------------------------------------------------- */

static SfExit
finish (const SfInvocation *invocation, const Options *o,
        const GPtrArray *contenders)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfFolder) folder
      = o->keep.output
            ? sf_folder_open (o->keep.output, o->keep.has_force, &error)
            : NULL;
  if (error)
    return sf_cmd_error (invocation, error);
  SfExit status;
  g_autoptr (SfComparison) c = run_all (invocation, o, contenders, &status);
  if (!c)
    return status;
  if (c->n_sides < 2)
    return status;
  g_autofree char *text = sf_comparison_print (c, sf_cmd_format (&o->formats));
  fputs (text, stdout);
  fflush (stdout); /* before what is written is told */
  if (!folder)
    return status;
  const Found found = { o, c, contenders };
  const SfKept kept = { write_tables, draw, &found };
  SfExit written
      = sf_keep_write (invocation, &o->keep, &kept, g_steal_pointer (&folder));
  return status != SF_EXIT_DONE ? status : written;
}

/* FALSE with a usage error when an option's value makes no sense. */
static gboolean
check_options (const SfInvocation *invocation, Options *o, SfExit *status)
{
  const char *wrong = NULL;
  if (!sf_cmd_seed (o->seed_text, &o->seed))
    wrong = SF_CMD_SEED_WRONG;
  else if (!(o->confidence >= 50 && o->confidence < 100))
    wrong = _ ("--confidence takes per cent, 50 to below 100");
  if (!wrong)
    wrong = sf_cmd_numbers_wrong (o->replications, o->jobs);
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
    { "together", 0, 0, G_OPTION_ARG_NONE, &o->is_together,
      N_ ("And with all levers at once"), NULL },
    { "measure", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->measures,
      N_ ("Compare this (may be given again): PLACE/COMMODITY/CLASS/METRIC, or "
          "/METRIC"),
      "NAME" },
    { "replications", 'n', 0, G_OPTION_ARG_INT, &o->replications,
      N_ ("Replications of each (default: the first scenario's, else 200)"),
      "N" },
    SF_CMD_JOBS (&o->jobs),
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o->seed_text,
      N_ ("Seed of all (default: the first scenario's, else 1)"), "N" },
    SF_CMD_SET (&o->set),
    SF_CONTENDER_NAMES (&o->names),
    { "confidence", 0, 0, G_OPTION_ARG_DOUBLE, &o->confidence,
      N_ ("Confidence of all intervals of a measure together (default: 95)"),
      "PERCENT" },
    SF_KEEP_OPTIONS (&o->keep, N_ ("Write a folder: tables, differences, "
                                   "manifest, figure")),
    SF_CMD_FORMATS (&o->formats),
    { NULL },
  };
  return sf_cmd_parse (
      invocation, entries,
      "shortfall compare scenarios/bamako-2025.json "
      "scenarios/lever-reserve.json -n 100",
      "SCENARIO.json [SCENARIO.json...]",
      N_ ("Runs scenarios on the same luck and says how each differs from the "
          "first, pair by\npair, with intervals that hold together, or that it "
          "cannot be told."),
      status);
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { .confidence = 95 };
  o.keep.argv = sf_cmd_line (invocation);
  SfExit status;
  if (!parse (invocation, &o, &status)
      || !check_options (invocation, &o, &status))
    return status;
  const SfContenderChoice choice
      = { .files = (const char *const *)invocation->argv + 1,
          .levers = (const char *const *)o.levers,
          .is_together = o.is_together,
          .overrides = (const char *const *)o.set,
          .names = (const char *const *)o.names };
  g_autoptr (GPtrArray) contenders
      = sf_contenders_load (invocation, &choice, &status);
  if (!contenders)
    return status;
  const SfScenario *reference = sf_contenders_get (contenders, 0)->scenario;
  if (!o.seed_text)
    o.seed = reference->seed;
  if (o.replications == 0)
    o.replications = (gint)reference->replications_count;
  /* Until all is written: who stops it meanwhile means to keep it. */
  sf_stop_begin ();
  status = finish (invocation, &o, contenders);
  sf_stop_end ();
  return status;
}

const SfCommand sf_cmd_compare
    = { "compare", N_ ("set scenarios against one on the same luck"), run };
