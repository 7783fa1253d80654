/* causes.c - what drove a shortage, by leaving one thing out at a time. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/causes/causes.h"

#include <math.h>
#include <string.h>

#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"

#define MEASURE "person_days_without"
#define LEVEL 0.95

/* One group's runs while they are made. */
typedef struct {
  SfScenario *scenario;
  SfPlan *plan;
  SfRun *run;
} Side;

typedef struct {
  const SfRun *base;
  const SfCausesOptions *options;
  SfCauses *causes;
  double *values; /* of the run */
  Side *sides;
  guint done, total; /* replications, for progress */
} Search;

/* ---- Values ---------------------------------------------------------------- */

static char *
measure_of (const SfScenario *s)
{
  return s->capital < 0
             ? NULL
             : g_strconcat (s->nodes[s->capital].id, "/" MEASURE, NULL);
}

/* The measure, replication by replication; NAN where it is not done. NULL when
 * the book does not have it. */
static double *
values_of (const SfRun *run, const char *measure)
{
  g_autoptr (GArray) metrics = sf_book_find_sum (run->book, measure);
  if (!metrics)
    return NULL;
  double *values = g_new (double, run->n + 1);
  for (guint i = 0; i < run->n; i++) {
    SfRecord record = sf_run_record (run, i);
    gboolean is_done = record.head[SF_HEAD_STATUS] == SF_RECORD_DONE;
    values[i] = is_done ? 0 : NAN;
    for (guint k = 0; is_done && k < metrics->len; k++)
      values[i] += record.metrics[g_array_index (metrics, guint, k)];
  }
  return values;
}

static double
mean_of (const double *values, guint n)
{
  return sf_interval_mean (values, n, LEVEL).estimate;
}

const char *
sf_causes_wrong (const SfScenario *s, const SfRun *run)
{
  g_autofree char *measure = measure_of (s);
  g_autoptr (GArray) metrics
      = measure ? sf_book_find_sum (run->book, measure) : NULL;
  if (!metrics)
    return _ ("What drove it was not asked: the scenario names no people who "
              "go without.");
  if (run->was_interrupted)
    return _ ("What drove it was not asked: the run was stopped.");
  if (run->n_done < SF_CAUSES_LEAST)
    return _ ("What drove it was not asked: that takes a run of 50 "
              "replications or more (-n).");
  return NULL;
}

/* ---- How many -------------------------------------------------------------- */

guint
sf_causes_share_out (guint n_run, guint n_groups, guint n_left)
{
  guint spent = n_groups * SF_CAUSES_PILOT;
  guint rest = n_run / 2 > spent ? n_run / 2 - spent : 0;
  guint each = SF_CAUSES_PILOT + (n_left > 0 ? rest / n_left : 0);
  return MIN (CLAMP (each, SF_CAUSES_FEW, SF_CAUSES_MANY), n_run);
}

/* ---- Running --------------------------------------------------------------- */

static void
step (guint done, guint total, gpointer data)
{
  Search *s = data;
  (void)total;
  if (s->options->progress)
    s->options->progress (MIN (s->done + done, s->total), s->total,
                          s->options->progress_data);
}

/* Runs replications of a side until it has n. */
static gboolean
extend (Search *s, Side *side, guint n, GError **error)
{
  const SfRunOptions options = { .seed = s->base->seed,
                                 .n = n,
                                 .jobs = s->options->jobs,
                                 .progress = step,
                                 .progress_data = s };
  guint before = side->run ? side->run->n : 0;
  if (!side->run)
    side->run = sf_run_replications (side->plan, &options, error);
  else if (n > before
           && !sf_run_more (side->run, side->plan, &options, n, error))
    return FALSE;
  s->done += n - before;
  return side->run != NULL;
}

/* FALSE only on an error; what cannot be left out is no error. */
static gboolean
begin (Search *s, guint i, GError **error)
{
  SfCause *cause = &s->causes->causes[i];
  Side *side = &s->sides[i];
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  side->scenario
      = sf_without_read (&s->options->files, cause->group->off, mistakes);
  if (!side->scenario) {
    cause->why_not = g_strdup (sf_mistakes_get (mistakes, 0)->message);
    return TRUE;
  }
  side->plan = sf_plan_new (side->scenario, error);
  return side->plan
         && extend (s, side, MIN (SF_CAUSES_PILOT, s->base->n), error);
}

static void
end (Side *side)
{
  g_clear_pointer (&side->run, sf_run_free);
  g_clear_pointer (&side->plan, sf_plan_free);
  g_clear_pointer (&side->scenario, sf_scenario_free);
}

/* TRUE when nothing at all differs but what the group itself records. */
static gboolean
is_same (const Search *s, const Side *side)
{
  g_autofree double *values = values_of (side->run, s->causes->measure);
  for (guint i = 0; values && i < side->run->n; i++)
    if (!(values[i] == s->values[i]))
      return FALSE;
  return values != NULL;
}

static void
put_result (Search *s, guint i)
{
  SfCause *cause = &s->causes->causes[i];
  Side *side = &s->sides[i];
  guint n = side->run->n;
  g_autofree double *without = values_of (side->run, s->causes->measure);
  g_autofree double *less = g_new (double, n + 1);
  g_autofree gboolean *is_done = g_new (gboolean, n + 1);
  for (guint k = 0; k < n; k++) {
    is_done[k] = without && !isnan (without[k]) && !isnan (s->values[k]);
    less[k] = is_done[k] ? without[k] - s->values[k] : NAN;
    cause->n += is_done[k];
  }
  const SfContrastSide pair[]
      = { { is_done, s->values, NULL }, { is_done, without, NULL } };
  double each = sf_level_each (LEVEL, s->causes->n_causes);
  sf_contrast (pair, 2, n, each, &cause->contrast);
  cause->share = sf_interval_ratio (less, s->values, n, each);
  if (cause->n < n)
    s->causes->is_whole = FALSE;
}

static void
adjust_p (SfCauses *c)
{
  g_autofree double *p = g_new (double, 2 * (gsize)c->n_causes + 1);
  for (guint i = 0; i < c->n_causes; i++)
    p[i] = c->causes[i].n > 0 ? c->causes[i].contrast.pairs.p : NAN;
  sf_holm (p, c->n_causes, p + c->n_causes);
  for (guint i = 0; i < c->n_causes; i++)
    c->causes[i].contrast.p_holm = p[c->n_causes + i];
}

static gboolean
run_all (Search *s, GError **error)
{
  SfCauses *c = s->causes;
  guint n_left = 0;
  for (guint i = 0; i < c->n_causes && sf_stop_count () == 0; i++) {
    if (!begin (s, i, error))
      return FALSE;
    if (!s->sides[i].run)
      continue;
    c->causes[i].is_same = is_same (s, &s->sides[i]);
    n_left += !c->causes[i].is_same;
  }
  guint n = sf_causes_share_out (s->base->n, c->n_causes, n_left);
  s->total = s->done + n_left * (n - MIN (n, SF_CAUSES_PILOT));
  for (guint i = 0; i < c->n_causes && sf_stop_count () == 0; i++)
    if (s->sides[i].run && !c->causes[i].is_same
        && !extend (s, &s->sides[i], n, error))
      return FALSE;
  for (guint i = 0; i < c->n_causes; i++)
    if (s->sides[i].run)
      put_result (s, i);
  adjust_p (c);
  c->n_extra = s->done;
  if (sf_stop_count () > 0)
    c->is_whole = FALSE;
  return TRUE;
}

SfCauses *
sf_causes_find (const SfScenario *scenario, const SfRun *run,
                const SfCausesOptions *options, GError **error)
{
  g_return_val_if_fail (run->first == 0, NULL);
  g_autoptr (SfCauses) c = g_new0 (SfCauses, 1);
  c->measure = measure_of (scenario);
  c->groups = sf_cause_groups (scenario);
  c->n_causes = c->groups->len;
  c->causes = g_new0 (SfCause, c->n_causes + 1);
  c->level = LEVEL;
  c->is_whole = TRUE;
  for (guint i = 0; i < c->n_causes; i++)
    c->causes[i].group = c->groups->pdata[i];
  g_autofree double *values = values_of (run, c->measure);
  g_return_val_if_fail (values != NULL, NULL);
  c->n_run = run->n_done;
  c->mean_run = mean_of (values, run->n);
  g_autofree Side *sides = g_new0 (Side, c->n_causes + 1);
  Search search = { run, options, c, values, sides, 0, 0 };
  search.total = MAX (run->n / 2, c->n_causes * SF_CAUSES_FEW);
  gboolean is_fine = TRUE;
  sf_stop_begin ();
  if (c->mean_run > 0) /* else there is nothing to explain */
    is_fine = run_all (&search, error);
  sf_stop_end ();
  for (guint i = 0; i < c->n_causes; i++)
    end (&sides[i]);
  return is_fine ? g_steal_pointer (&c) : NULL;
}

void
sf_causes_free (SfCauses *c)
{
  if (!c)
    return;
  for (guint i = 0; i < c->n_causes; i++)
    g_free (c->causes[i].why_not);
  g_free (c->causes);
  g_ptr_array_unref (c->groups);
  g_free (c->measure);
  g_free (c);
}
