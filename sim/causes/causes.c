/* causes.c - what drove a shortage, by leaving one thing out at a time. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/causes/causes.h"

#include <math.h>
#include <string.h>

#include "sim/experiment/stop.h"
#include "sim/lang/lang.h"

#define MEASURE "person_days_without"
#define LEVEL 0.95

/* A scenario without one group, while it is run. */
typedef struct {
  SfScenario *scenario;
  SfPlan *plan;
  SfRun *run;
} Side;

typedef struct {
  const SfRun *base;
  const SfCausesOptions *options;
  SfCauses *causes;
  double *values;    /* of the run */
  Side *side;        /* the one at hand */
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
sf_causes_share_out (guint n_run, guint n_groups)
{
  guint each = n_groups > 0 ? n_run / (2 * n_groups) : 0;
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

/* FALSE only on an error; what cannot be left out is no error. */
static gboolean
run_side (Search *s, guint i, guint n, GError **error)
{
  SfCause *cause = &s->causes->causes[i];
  Side *side = s->side;
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  side->scenario
      = sf_without_read (&s->options->files, cause->group->off, mistakes);
  if (!side->scenario) {
    cause->why_not = g_strdup (sf_mistakes_get (mistakes, 0)->message);
    return TRUE;
  }
  const SfRunOptions options = { .seed = s->base->seed,
                                 .n = n,
                                 .jobs = s->options->jobs,
                                 .progress = step,
                                 .progress_data = s };
  side->plan = sf_plan_new (side->scenario, error);
  if (side->plan)
    side->run = sf_run_replications (side->plan, &options, error);
  s->done += n;
  return side->run != NULL;
}

static void
end (Side *side)
{
  g_clear_pointer (&side->run, sf_run_free);
  g_clear_pointer (&side->plan, sf_plan_free);
  g_clear_pointer (&side->scenario, sf_scenario_free);
}

static void
put_result (Search *s, guint i)
{
  SfCause *cause = &s->causes->causes[i];
  Side *side = s->side;
  guint n = side->run->n;
  g_autofree double *without = sf_run_values (side->run, s->causes->measure);
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
  cause->is_same = cause->contrast.pairs.is_identical;
  if (cause->n < n)
    s->causes->is_whole = FALSE;
}

static void
adjust_p (SfCauses *c)
{
  g_autofree double *p = g_new0 (double, 2 * (gsize)c->n_causes + 1);
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
  guint n = sf_causes_share_out (s->base->n, c->n_causes);
  s->total = n * c->n_causes;
  for (guint i = 0; i < c->n_causes && sf_stop_count () == 0; i++) {
    Side side = { NULL };
    s->side = &side;
    gboolean is_fine = run_side (s, i, n, error);
    if (side.run)
      put_result (s, i);
    end (&side);
    s->side = NULL;
    if (!is_fine)
      return FALSE;
  }
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
  g_autofree double *values = sf_run_values (run, c->measure);
  g_return_val_if_fail (values != NULL, NULL);
  c->n_run = run->n_done;
  c->mean_run = mean_of (values, run->n);
  Search search = { run, options, c, values, NULL, 0, 0 };
  gboolean is_fine = TRUE;
  sf_stop_begin ();
  if (c->mean_run > 0) /* else there is nothing to explain */
    is_fine = run_all (&search, error);
  sf_stop_end ();
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
