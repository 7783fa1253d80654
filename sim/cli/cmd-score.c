/* cmd-score.c - an ensemble of runs against what was seen. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/causes/groups.h"
#include "sim/causes/without.h"
#include "sim/cli/commands.h"
#include "sim/cli/load.h"
#include "sim/cli/progress.h"
#include "sim/cli/table.h"
#include "sim/experiment/run.h"
#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"
#include "sim/observe/score.h"

typedef struct {
  char *observations, *seed_text, *from_text, *until_text;
  gint replications, jobs;
  gboolean is_prior, is_ablation, is_quiet;
  SfFormats formats;
  char **set, **beside;
  guint64 seed;
  SfDate from, until;
} Options;

static void
clear_options (Options *o)
{
  g_free (o->observations);
  g_free (o->seed_text);
  g_free (o->from_text);
  g_free (o->until_text);
  g_strfreev (o->set);
  g_strfreev (o->beside);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* ---- Running and scoring -------------------------------------------------- */

/* Scores of one scenario; NULL with *status when it was said why not. With
 * is_whole, all that the observations name must be recorded. */
static SfScores *
score (const SfInvocation *invocation, const Options *o, SfScenario *s,
       SfObservations *observations, gboolean is_whole, SfExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfMistakes) mistakes = is_whole ? sf_mistakes_new () : NULL;
  g_autoptr (SfPlan) plan = sf_plan_new (s, &error);
  if (plan
      && !sf_observations_bind (observations, plan->book, s->start, mistakes)) {
    *status = sf_cmd_mistakes (mistakes);
    return NULL;
  }
  SfProgress progress = sf_progress_begin (o->is_quiet);
  SfRunOptions options = { .seed = o->seed,
                           .n = (guint)o->replications,
                           .jobs = (guint)o->jobs,
                           .progress = sf_progress_step,
                           .progress_data = &progress };
  g_autoptr (SfRun) run
      = plan ? sf_run_replications (plan, &options, &error) : NULL;
  sf_progress_end (&progress);
  if (!run) {
    *status = sf_cmd_error (invocation, error);
    return NULL;
  }
  *status = SF_EXIT_DONE;
  if (run->n_failed > 0 || run->was_interrupted || run->n_done == 0) {
    *status = SF_EXIT_FAILED;
    SfRecord first = sf_run_record (run, 0);
    fprintf (stderr,
             *first.message
                 ? _ ("shortfall score: %u of %u replications were done: %s\n")
                 : _ ("shortfall score: %u of %u replications were done\n"),
             run->n_done, run->n, first.message);
  }
  if (run->n_done == 0)
    return NULL;
  SfScoredRun scored = { run->book, run->memory, run->stride, run->n };
  return sf_scores_new (observations, &scored, o->from, o->until);
}

static void
print (const Options *o, const GPtrArray *tables, const SfScenario *s)
{
  const char *what = s->title ? _ (s->title) : _ ("scored");
  g_autofree char *title = g_strdup_printf ("%s: %s", s->path, what);
  g_autofree char *text
      = sf_tables_print (tables, title, sf_cmd_format (&o->formats));
  fputs (text, stdout);
}

/* ---- The tables ----------------------------------------------------------- */

/* For people: a line a row, and one a part unless a row has only one. */
static const SfTableColumn text_columns[] = {
  { "row", N_ ("row"), -1 },
  { "what", N_ ("what"), -1 },
  { "bounds", N_ ("bounds"), -1 },
  { "median", N_ ("median"), 2 },
  { "p05", "5 %", 2 },
  { "p95", "95 %", 2 },
  { "verdict", N_ ("verdict"), -1 },
  { "covered", N_ ("covered"), -1 },
  { "crps", "CRPS", 2 },
  { NULL },
};

/* For programs: a line a part. */
static const SfTableColumn part_columns[] = {
  { "row", "", -1 },     { "row_id", "", -1 },      { "part", "", -1 },
  { "title", "", -1 },   { "unit", "", -1 },        { "min", "", 0 },
  { "max", "", 0 },      { "value", "", 0 },        { "p50", "", 0 },
  { "p05", "", 0 },      { "p95", "", 0 },          { "missing_count", "", 0 },
  { "hit", "", -1 },     { "covered", "", -1 },     { "crps", "", 0 },
  { "row_hit", "", -1 }, { "row_covered", "", -1 }, { NULL },
};

static gboolean
has_bounds (const SfObservationPart *p)
{
  return !isnan (p->min) || !isnan (p->max);
}

/* "day 29 to 37", "at least 600 tankers". */
static char *
bounds_of (const SfObservationPart *p)
{
  char low[SF_TEXT_NUMBER_SIZE], high[SF_TEXT_NUMBER_SIZE];
  gboolean is_day = g_strcmp0 (p->unit, "day") == 0;
  const char *unit = p->unit && !is_day ? _ (p->unit) : "";
  sf_lang_decimal (sf_text_number (low, p->min));
  sf_lang_decimal (sf_text_number (high, p->max));
  if (!has_bounds (p))
    return g_strdup ("");
  if (isnan (p->min))
    return is_day
               ? g_strdup_printf (_ ("at most day %s"), high)
               : g_strchomp (g_strdup_printf (_ ("at most %s %s"), high, unit));
  if (isnan (p->max))
    return is_day
               ? g_strdup_printf (_ ("at least day %s"), low)
               : g_strchomp (g_strdup_printf (_ ("at least %s %s"), low, unit));
  return is_day ? g_strdup_printf (_ ("day %s to %s"), low, high)
                : g_strchomp (
                    g_strdup_printf (_ ("%s to %s %s"), low, high, unit));
}

static void
add_quantiles (SfTable *table, const SfPartScore *score)
{
  const double quantiles[] = { score->p50, score->p05, score->p95 };
  for (gsize i = 0; i < G_N_ELEMENTS (quantiles); i++)
    if (isinf (quantiles[i]))
      sf_table_missing (table, _ ("never"));
    else
      sf_table_number (table, quantiles[i]);
}

static const char *
yes_or_no (gboolean is_meant, gboolean is_yes)
{
  return !is_meant ? "" : is_yes ? _ ("yes") : _ ("no");
}

static const char *
hit_or_miss (gboolean is_hit)
{
  return is_hit ? _ ("hit") : _ ("miss");
}

static void
add_line (SfTable *table, const SfObservationPart *p, const SfPartScore *score,
          gboolean is_order)
{
  g_autofree char *bounds = bounds_of (p);
  gboolean is_bound = has_bounds (p);
  sf_table_text (table, bounds);
  add_quantiles (table, score);
  sf_table_text (table, is_bound ? hit_or_miss (score->is_hit) : "");
  sf_table_text (table, yes_or_no (is_bound && !is_order, score->is_covered));
  sf_table_number (table, score->crps);
}

static void
add_row (SfTable *table, const SfScores *scores, guint i)
{
  const SfObservations *o = scores->observations;
  const SfObservationRow *row = sf_observations_row (o, i);
  sf_table_text (table, row->number);
  sf_table_text (table, row->title ? _ (row->title) : row->id);
  if (row->n_parts == 1) {
    add_line (table, sf_observations_part (o, row->first_part),
              &scores->parts[row->first_part], row->is_order);
    return;
  }
  for (guint c = 0; c < 4; c++)
    sf_table_text (table, "");
  sf_table_text (table, hit_or_miss (scores->is_hit[i]));
  sf_table_text (table, yes_or_no (!row->is_order, scores->is_covered[i]));
  sf_table_text (table, "");
  for (guint k = row->first_part; k < row->first_part + row->n_parts; k++) {
    const SfObservationPart *p = sf_observations_part (o, k);
    g_autofree char *title
        = g_strconcat ("  ", p->title ? _ (p->title) : p->id, NULL);
    sf_table_text (table, "");
    sf_table_text (table, title);
    add_line (table, p, &scores->parts[k], row->is_order);
  }
}

static void
add_part (SfTable *table, const SfScores *scores, guint part)
{
  const SfObservationPart *p
      = sf_observations_part (scores->observations, part);
  const SfObservationRow *row
      = sf_observations_row (scores->observations, p->row);
  const SfPartScore *score = &scores->parts[part];
  sf_table_text (table, row->number);
  sf_table_text (table, row->id);
  sf_table_text (table, p->id);
  sf_table_text (table, p->title ? p->title : "");
  sf_table_text (table, p->unit ? p->unit : "");
  sf_table_number (table, p->min);
  sf_table_number (table, p->max);
  sf_table_number (table, p->value);
  add_quantiles (table, score);
  sf_table_number (table, score->n_missing);
  sf_table_text (table, yes_or_no (has_bounds (p), score->is_hit));
  sf_table_text (
      table, yes_or_no (has_bounds (p) && !row->is_order, score->is_covered));
  sf_table_number (table, score->crps);
  sf_table_text (table, yes_or_no (TRUE, scores->is_hit[p->row]));
  sf_table_text (table, yes_or_no (!row->is_order, scores->is_covered[p->row]));
}

static void
print_scores (const Options *o, const SfScenario *s, const SfScores *scores)
{
  const SfObservations *observations = scores->observations;
  gboolean is_text = !o->formats.is_csv && !o->formats.is_json;
  G_GNUC_UNUSED g_auto (SfLangPause) pause = sf_lang_pause (!is_text);
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  const char *how = _ ("A row is hit when the median lies within the bounds");
  SfTable *table
      = sf_table_new ("rows", how, is_text ? text_columns : part_columns);
  g_ptr_array_add (tables, table);
  for (guint i = 0; i < sf_observations_n_rows (observations); i++) {
    const SfObservationRow *row = sf_observations_row (observations, i);
    if (!scores->is_chosen[i])
      continue;
    if (is_text)
      add_row (table, scores, i);
    for (guint k = 0; !is_text && k < row->n_parts; k++)
      add_part (table, scores, row->first_part + k);
  }
  g_autofree char *summary = sf_scores_summary (scores);
  sf_table_note (table, "%s", summary);
  sf_table_note (table, _ ("%u replications, seed %ju"), scores->n,
                 (uintmax_t)o->seed);
  print (o, tables, s);
}

/* ---- Leaving out one model at a time -------------------------------------- */

static const SfTableColumn ablation_columns[] = {
  { "model", N_ ("without"), -1 },
  { "kind", N_ ("which is"), -1 },
  { "rows_hit_count", N_ ("rows hit"), 0 },
  { "rows_covered_count", N_ ("covered"), 0 },
  { "lost", N_ ("rows lost"), -1 },
  { "gained", N_ ("rows gained"), -1 },
  { NULL },
};

/* NULL, with mistakes, when the scenario makes no sense without the model. */
static SfScenario *
read_without (const Options *o, const char *path, const char *id,
              SfMistakes *mistakes)
{
  const SfScenarioFiles files
      = { path, NULL, (const char *const *)o->set, sf_cmd_models () };
  g_autoptr (GPtrArray) off = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (off, sf_cause_model_off (id));
  return sf_without_read (&files, off, mistakes);
}

static SfExit
add_without (const SfInvocation *invocation, const Options *o, SfTable *table,
             const SfModelSpec *model, SfObservations *observations,
             const SfScores *all)
{
  sf_table_text (table, model->id);
  sf_table_text (table, model->info->name);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfScenario) s
      = read_without (o, invocation->argv[1], model->id, mistakes);
  if (!s) {
    for (guint c = 2; ablation_columns[c].name; c++)
      sf_table_missing (table, "");
    sf_table_note (table, _ ("%s cannot be left out: %s"), model->id,
                   sf_mistakes_get (mistakes, 0)->message);
    return SF_EXIT_DONE;
  }
  if (o->is_prior)
    sf_scenario_forget_ensemble (s);
  SfExit status;
  g_autoptr (SfScores) scores
      = score (invocation, o, s, observations, FALSE, &status);
  g_autofree char *lost
      = scores ? sf_scores_lost (all, scores) : g_strdup (_ ("(failed)"));
  g_autofree char *gained
      = scores ? sf_scores_lost (scores, all) : g_strdup ("");
  sf_table_number (table, scores ? scores->n_hit : NAN);
  sf_table_number (table, scores ? scores->n_covered : NAN);
  sf_table_text (table, lost);
  sf_table_text (table, gained);
  return scores ? SF_EXIT_DONE : status;
}

static SfExit
ablate (const SfInvocation *invocation, const Options *o, const SfScenario *s,
        SfObservations *observations, const SfScores *all)
{
  SfExit worst = SF_EXIT_DONE;
  G_GNUC_UNUSED g_auto (SfLangPause) pause
      = sf_lang_pause (o->formats.is_csv || o->formats.is_json);
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  SfTable *table = sf_table_new ("ablation", _ ("One model left out at a time"),
                                 ablation_columns);
  g_ptr_array_add (tables, table);
  sf_table_text (table, _ ("(none)"));
  sf_table_text (table, "");
  sf_table_number (table, all->n_hit);
  sf_table_number (table, all->n_covered);
  sf_table_text (table, "");
  sf_table_text (table, "");
  for (guint i = 0; i < s->n_models && sf_stop_count () == 0; i++) {
    if (!s->models[i].is_on)
      continue;
    SfExit status
        = add_without (invocation, o, table, &s->models[i], observations, all);
    worst = MAX (worst, status);
  }
  sf_table_note (table, _ ("of %u rows; %u replications each, seed %ju"),
                 all->n_rows, all->n, (uintmax_t)o->seed);
  print (o, tables, s);
  return worst;
}

/* ---- Side by side ---------------------------------------------------------- */

/* What stands in a column; each scored on the same luck. */
typedef struct {
  const char *name; /* borrowed */
  SfScores *scores;
} Side;

static void
clear_side (gpointer side)
{
  sf_scores_free (((Side *)side)->scores);
}

static SfScores *
score_beside (const SfInvocation *invocation, const Options *o,
              const char *name, SfObservations *observations, SfExit *status)
{
  gboolean is_prior = strcmp (name, "prior") == 0;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfScenario) s = sf_scenario_read (
      is_prior ? invocation->argv[1] : name, (const char *const *)o->set,
      sf_cmd_models (), mistakes);
  if (s && s->start == SF_PARAM_NO_DATE) {
    *status = sf_cmd_timeless (invocation, s);
    return NULL;
  }
  if (s)
    sf_plan_check_series (s, mistakes);
  if (!s || sf_mistakes_count (mistakes) > 0) {
    *status = sf_cmd_mistakes (mistakes);
    return NULL;
  }
  if (is_prior || o->is_prior)
    sf_scenario_forget_ensemble (s);
  return score (invocation, o, s, observations, TRUE, status);
}

/* "72.5 miss" of one part, "miss" of several. */
static void
add_verdict (SfTable *table, const SfScores *scores, guint i)
{
  const SfObservationRow *row = sf_observations_row (scores->observations, i);
  const char *verdict = hit_or_miss (scores->is_hit[i]);
  double median = scores->parts[row->first_part].p50;
  char text[SF_TEXT_NUMBER_SIZE];
  g_snprintf (text, sizeof text, "%.3g", median);
  g_autofree char *both = g_strconcat (text, " ", verdict, NULL);
  sf_table_text (table, row->n_parts > 1 || isinf (median) ? verdict : both);
  sf_table_text (table, yes_or_no (!row->is_order, scores->is_covered[i]));
}

static void
print_sides (const Options *o, const SfScenario *s, const Side *sides, guint n)
{
  const SfObservations *observations = sides[0].scores->observations;
  G_GNUC_UNUSED g_auto (SfLangPause) pause
      = sf_lang_pause (o->formats.is_csv || o->formats.is_json);
  g_autofree SfTableColumn *columns = g_new0 (SfTableColumn, 2 * n + 3);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)sf_table_free);
  memcpy (columns, text_columns, 2 * sizeof *columns);
  for (guint k = 0; k < n; k++) {
    char *covered = g_strconcat (sides[k].name, ":covered", NULL);
    g_ptr_array_add (names, covered);
    columns[2 * k + 2] = (SfTableColumn){ sides[k].name, sides[k].name, -1 };
    columns[2 * k + 3] = (SfTableColumn){ covered, N_ ("covered"), -1 };
  }
  SfTable *table
      = sf_table_new ("rows", _ ("Medians and verdicts side by side"), columns);
  g_ptr_array_add (tables, table);
  for (guint i = 0; i < sf_observations_n_rows (observations); i++) {
    const SfObservationRow *row = sf_observations_row (observations, i);
    if (!sides[0].scores->is_chosen[i])
      continue;
    sf_table_text (table, row->number);
    sf_table_text (table, row->title ? _ (row->title) : row->id);
    for (guint k = 0; k < n; k++)
      add_verdict (table, sides[k].scores, i);
  }
  for (guint k = 0; k < n; k++) {
    g_autofree char *summary = sf_scores_summary (sides[k].scores);
    sf_table_note (table, "%s: %s", sides[k].name, summary);
  }
  sf_table_note (table, _ ("%u replications each, seed %ju"),
                 sides[0].scores->n, (uintmax_t)o->seed);
  print (o, tables, s);
}

/* Takes the scores. */
static SfExit
compare (const SfInvocation *invocation, const Options *o, const SfScenario *s,
         SfObservations *observations, SfScores *own)
{
  g_autoptr (GArray) sides = g_array_new (FALSE, FALSE, sizeof (Side));
  g_array_set_clear_func (sides, clear_side);
  Side first = { s->name ? s->name : "it", own };
  g_array_append_val (sides, first);
  SfExit status = SF_EXIT_DONE, worst = SF_EXIT_DONE;
  for (guint i = 0; o->beside[i]; i++) {
    Side side = { o->beside[i], score_beside (invocation, o, o->beside[i],
                                              observations, &status) };
    worst = MAX (worst, status);
    if (!side.scores)
      return worst;
    g_array_append_val (sides, side);
  }
  print_sides (o, s, &g_array_index (sides, Side, 0), sides->len);
  return worst;
}

/* ---- The command ----------------------------------------------------------- */

/* FALSE with a usage error when an option's value makes no sense. */
static gboolean
check_options (const SfInvocation *invocation, Options *o, SfExit *status)
{
  const char *wrong = NULL;
  if (!sf_cmd_seed (o->seed_text, &o->seed))
    wrong = SF_CMD_SEED_WRONG;
  else if (o->from_text && !sf_date_parse (o->from_text, &o->from))
    wrong = _ ("--from takes a day, YYYY-MM-DD");
  else if (o->until_text && !sf_date_parse (o->until_text, &o->until))
    wrong = _ ("--until takes a day, YYYY-MM-DD");
  else if (o->is_ablation && o->beside)
    wrong = _ ("one of --ablate and --beside at a time");
  wrong = wrong ? wrong : sf_cmd_numbers_wrong (o->replications, o->jobs);
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
    { "observations", 0, 0, G_OPTION_ARG_FILENAME, &o->observations,
      N_ ("What was seen (default: the file that the scenario names)"),
      "FILE" },
    { "replications", 'n', 0, G_OPTION_ARG_INT, &o->replications,
      N_ ("Replications (default: the scenario's, else 200)"), "N" },
    SF_CMD_JOBS (&o->jobs),
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o->seed_text,
      N_ ("Seed (default: the scenario's, else 1)"), "N" },
    SF_CMD_SET (&o->set),
    { "prior", 0, 0, G_OPTION_ARG_NONE, &o->is_prior,
      N_ ("Draw every number as the files state it, no ensemble"), NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &o->from_text,
      N_ ("Only rows whose evidence begins on this day or later"), "DATE" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &o->until_text,
      N_ ("Only rows whose evidence ends by this day"), "DATE" },
    { "beside", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->beside,
      N_ ("Score this scenario too, or prior: no ensemble (may be repeated)"),
      "SCENARIO.json" },
    { "ablate", 0, 0, G_OPTION_ARG_NONE, &o->is_ablation,
      N_ ("Leave out one model at a time: which rows need it?"), NULL },
    SF_CMD_FORMATS (&o->formats),
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->is_quiet, N_ ("Show no progress"),
      NULL },
    { NULL },
  };
  return sf_cmd_parse (
      invocation, entries, "shortfall score scenarios/bamako-2025.json -n 200",
      "SCENARIO.json",
      /* xgettext:no-c-format */
      N_ ("Runs a scenario many times and compares it with what was seen, row "
          "by row. A row\nis hit when the median of the replications lies "
          "within its bounds, and covered\nwhen the band from 5 to 95 % holds "
          "what was reported. CRPS is the distance of\nthe whole ensemble from "
          "the reported value, in its unit: smaller is better."),
      status);
}

static SfExit
finish (const SfInvocation *invocation, const Options *o, SfScenario *s)
{
  const char *path = o->observations ? o->observations : s->observations;
  if (!path)
    return sf_cmd_usage (
        invocation, _ ("%s names no observations; give --observations FILE"),
        s->path);
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfObservations) observations
      = sf_observations_read (path, mistakes);
  if (!observations)
    return sf_cmd_mistakes (mistakes);
  SfExit status;
  g_autoptr (SfScores) scores
      = score (invocation, o, s, observations, TRUE, &status);
  if (!scores)
    return status;
  if (o->beside) {
    SfExit rest
        = compare (invocation, o, s, observations, g_steal_pointer (&scores));
    return MAX (rest, status);
  }
  if (!o->is_ablation) {
    print_scores (o, s, scores);
    return status;
  }
  sf_stop_begin ();
  SfExit worst = ablate (invocation, o, s, observations, scores);
  sf_stop_end ();
  return MAX (worst, status);
}

static SfExit
run (SfInvocation *invocation)
{
  g_auto (Options) o = { .from = G_MININT32, .until = G_MAXINT32 };
  SfExit status;
  if (!parse (invocation, &o, &status)
      || !check_options (invocation, &o, &status))
    return status;
  g_autoptr (SfScenario) s
      = sf_cmd_load (invocation, (const char *const *)o.set, &status);
  if (!s)
    return status;
  if (s->start == SF_PARAM_NO_DATE)
    return sf_cmd_timeless (invocation, s);
  if (!o.seed_text)
    o.seed = s->seed;
  if (o.replications == 0)
    o.replications = (gint)s->replications_count;
  if (o.is_prior)
    sf_scenario_forget_ensemble (s);
  return finish (invocation, &o, s);
}

const SfCommand sf_cmd_score
    = { "score", N_ ("compare runs with what was seen"), run };
