/* study.c - a study file is read and checked. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/scenario/load.h"
#include "sim/study/study-private.h"

#define RUNS_MAX 1e9

const SfParam sf_study_top_params[] = {
  SF_PARAM_STRING (SfStudy, name, "short name, used for folders"),
  SF_PARAM_STRING (SfStudy, title, "one line"),
  SF_PARAM_STRING (SfStudy, description, "what the study asks"),
  SF_PARAM (SfStudy, replications_count, 1, 1, 1e6,
            "replications of every point"),
  SF_PARAM_DAY (SfStudy, day0, 0,
                "the date that days of outcomes are counted from; else the "
                "scenario's shock, or its start"),
  SF_PARAM_END,
};

const SfParam sf_study_budget_params[] = {
  SF_PARAM (SfStudy, run_s, 600, 0, 1e6,
            "seconds that one run may take; 0: no limit"),
  SF_PARAM (SfStudy, events_count, 1e8, 1, 1e12, "events that it may take"),
  SF_PARAM_END,
};

#define TOP                                                                    \
  "$schema|format|sources|notes|scenario|set|seed|budget|design|factors|"      \
  "constraints|outcomes|series|translations"

const char *
sf_study_keep (SfStudy *s, char *text)
{
  g_ptr_array_add (s->owned, text);
  return text;
}

static void
mind (SfStudyJob *job, const SfJson *at, const char *pointer, const char *text)
{
  sf_reader_mistake (&job->reader, SF_MISTAKE_TYPE, at, pointer, "%s", text);
}

/* ---- The scenario ----------------------------------------------------------------- */

static void
read_set (SfStudyJob *job, const SfJson *root)
{
  const SfJson *set = sf_json_member (root, "set");
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  if (set && sf_reader_is_object (&job->reader, set, "/set"))
    for (const SfJson *v = sf_json_first (set); v; v = sf_json_next (v)) {
      g_autofree char *value = sf_json_print (v, FALSE);
      g_autofree char *text = g_strconcat (sf_json_key (v), "=", value, NULL);
      if (*sf_json_key (v) == '/' && !strchr (sf_json_key (v), '='))
        g_strv_builder_add (all, text);
      else
        mind (job, v, "/set", _ ("keys are JSON Pointers into the scenario"));
    }
  job->study->set = g_strv_builder_end (all);
}

/* A mistake of the scenario; one that "set" makes stands there. */
static void
pass_on (SfStudyJob *job, const SfMistake *m)
{
  const SfJson *set = sf_json_member (sf_json_root (job->study->doc), "set");
  if (set && g_strcmp0 (m->file, "--set") == 0)
    sf_reader_mistake (&job->reader, m->kind, set, "/set", "%s: %s",
                       m->pointer ? m->pointer : "", m->message);
  else
    sf_mistakes_add (job->reader.mistakes, m->kind, m->file, m->line, m->column,
                     m->pointer, "%s", m->message);
}

static void
read_scenario (SfStudyJob *job, const SfJson *root)
{
  SfStudy *s = job->study;
  const SfJson *v = sf_json_member (root, "scenario");
  if (!v || sf_json_kind (v) != SF_JSON_STRING) {
    mind (job, v ? v : root, "/scenario",
          _ ("\"scenario\" names the file that is varied"));
    return;
  }
  s->scenario = sf_scenario_beside (s->path, sf_json_string (v));
  g_autoptr (SfMistakes) found = sf_mistakes_new ();
  s->base = sf_scenario_read (s->scenario, (const char *const *)s->set,
                              job->models, found);
  for (guint i = 0; i < sf_mistakes_count (found); i++)
    pass_on (job, sf_mistakes_get (found, i));
  if (s->base && s->base->start == SF_PARAM_NO_DATE)
    mind (job, v, "/scenario", _ ("this is a network without a time to run"));
  else if (s->base && s->day0 == SF_PARAM_NO_DATE)
    s->day0
        = s->base->shock != SF_PARAM_NO_DATE ? s->base->shock : s->base->start;
}

static void
read_seed (SfStudyJob *job, const SfJson *root)
{
  const SfJson *v = sf_json_member (root, "seed");
  job->study->seed = job->study->base ? job->study->base->seed : 1;
  if (v
      && (sf_json_kind (v) != SF_JSON_STRING
          || !g_ascii_string_to_unsigned (
              sf_json_string (v), 10, 0, G_MAXUINT64, &job->study->seed, NULL)))
    mind (job, v, "/seed", _ ("expected a whole number in quotes"));
}

/* ---- Outcomes and series ------------------------------------------------------------ */

SfObservations *
sf_study_outcomes (const SfStudy *s, SfMistakes *mistakes)
{
  const SfJson *parts = sf_json_member (sf_json_root (s->doc), "outcomes");
  return sf_observations_of_parts (s->doc, parts, "/outcomes", s->day0,
                                   mistakes);
}

/* Factors, earlier outcomes, and what stands for the outcome in the table of
 * points. */
static gboolean
is_column_taken (const SfStudy *s, const char *name, guint n_before)
{
  static const char *const ends[] = { "", "_mean", "_sd", "_n" };
  for (guint i = 0; i < s->n_factors; i++)
    for (gsize e = 0; e < G_N_ELEMENTS (ends); e++) {
      g_autofree char *column = g_strconcat (name, ends[e], NULL);
      if (g_ascii_strcasecmp (s->factors[i].id, column) == 0)
        return TRUE;
    }
  for (guint i = 0; i < n_before; i++)
    if (g_ascii_strcasecmp (s->outcomes[i].name, name) == 0)
      return TRUE;
  g_autofree char *small = g_ascii_strdown (name, -1);
  return sf_param_choice ("point|rep|state|attempt|message|fingerprint|events|"
                          "wall_s|cpu_s|finished_unix_s|worker",
                          small)
         >= 0;
}

/* Whether an outcome can fail to happen, so that a run without it is a result
 * and not a fault: days, times, and what is only there when something else was.
 * Of a series: all but means, extremes, sums and counts. */
static gboolean
may_not_happen (const SfJson *part)
{
  const SfJson *metric = sf_json_member (part, "metric");
  const SfJson *stat = sf_json_member (part, "stat");
  if (!metric)
    return stat
           && sf_param_choice ("mean|min|max|sum|count_below|count_above",
                               sf_json_string (stat))
                  < 0;
  const char *path = sf_json_string (metric);
  static const char *const marks[]
      = { "_day",     "time_to_", "attack_", "wait_h",
          "system_h", "_mean",    "_max",    "gini" };
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (path, marks[i])
        && !g_str_has_suffix (path, "person_days_without"))
      return TRUE;
  return FALSE;
}

static void
read_outcomes (SfStudyJob *job, const SfJson *root)
{
  SfStudy *s = job->study;
  const SfJson *all = sf_json_member (root, "outcomes");
  if (!all || sf_json_kind (all) != SF_JSON_OBJECT || !sf_json_first (all)) {
    mind (job, all ? all : root, "/outcomes",
          _ ("\"outcomes\" is an object of at least one number to keep"));
    return;
  }
  g_autoptr (SfObservations) o
      = s->base ? sf_study_outcomes (s, job->reader.mistakes) : NULL;
  if (!o)
    return;
  s->n_outcomes = sf_observations_n_parts (o);
  s->outcomes = g_new0 (SfStoreColumn, s->n_outcomes);
  for (guint i = 0; i < s->n_outcomes; i++) {
    const SfObservationPart *p = sf_observations_part (o, i);
    const SfJson *v = sf_json_member (all, p->id);
    g_autofree char *pointer = sf_json_pointer_child ("/outcomes", p->id);
    if (is_column_taken (s, p->id, i) || strpbrk (p->id, ".-"))
      mind (job, v, pointer,
            _ ("an outcome's name becomes a column: letters, digits and _, and "
               "not that of another column (or, with _mean, _sd or _n, of a "
               "factor)"));
    s->outcomes[i] = (SfStoreColumn){
      .name = p->id,
      .title = p->title,
      .unit = p->unit ? p->unit : "",
      .kind = may_not_happen (v) ? "event" : "number",
      .detail = sf_study_keep (s, sf_json_print (v, FALSE)),
    };
  }
}

static void
read_series (SfStudyJob *job, const SfJson *root)
{
  const SfJson *all = sf_json_member (root, "series");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  gboolean is_list = all && sf_json_kind (all) == SF_JSON_ARRAY;
  if (all && !is_list)
    mind (job, all, "/series", _ ("expected a list of names of daily series"));
  for (const SfJson *v = is_list ? sf_json_first (all) : NULL; v;
       v = sf_json_next (v)) {
    if (sf_json_kind (v) == SF_JSON_STRING)
      g_strv_builder_add (names, sf_json_string (v));
    else
      mind (job, v, "/series", _ ("expected names in quotes"));
    for (const SfJson *o = sf_json_first (all); o != v; o = sf_json_next (o))
      if (sf_json_kind (v) == SF_JSON_STRING
          && sf_json_kind (o) == SF_JSON_STRING
          && strcmp (sf_json_string (o), sf_json_string (v)) == 0)
        mind (job, v, "/series", _ ("a series stands here twice"));
  }
  job->study->series = g_strv_builder_end (names);
}

/* ---- The whole ------------------------------------------------------------------------- */

static void
read_budget (SfStudyJob *job, const SfJson *root)
{
  const SfJson *v = sf_json_member (root, "budget");
  if (v)
    sf_reader_record (&job->reader, v, "/budget", sf_study_budget_params, NULL,
                      job->study);
  else
    sf_param_set_defaults (sf_study_budget_params, job->study);
}

static void
read_all (SfStudyJob *job)
{
  SfStudy *s = job->study;
  const SfJson *root = sf_json_root (s->doc);
  s->set = g_new0 (char *, 1);
  s->series = g_new0 (char *, 1);
  if (!sf_reader_is_object (&job->reader, root, ""))
    return;
  g_clear_pointer (&s->set, g_strfreev);
  g_clear_pointer (&s->series, g_strfreev);
  sf_reader_sources (&job->reader, root);
  sf_reader_format (&job->reader, root);
  sf_reader_record (&job->reader, root, "", sf_study_top_params, TOP, s);
  sf_reader_translations (&job->reader, root);
  if (!s->name || !sf_reader_is_id (s->name))
    mind (job, root, "/name",
          _ ("\"name\" is missing, or no name for a folder: 1 to 64 letters, "
             "digits, - _ or . (not first)"));
  read_budget (job, root);
  read_set (job, root);
  read_scenario (job, root);
  read_seed (job, root);
  read_series (job, root);
  sf_study_read_factors (job);
  sf_study_read_design (job);
  read_outcomes (job, root);
}

/* TRUE, with a mistake, for a scenario, which has a time or extends one. */
static gboolean
is_scenario (SfJsonDoc *doc, const char *path, SfMistakes *mistakes)
{
  const SfJson *root = sf_json_root (doc);
  if (sf_json_kind (root) != SF_JSON_OBJECT || sf_json_member (root, "factors")
      || !(sf_json_member (root, "time") || sf_json_member (root, "extends")))
    return FALSE;
  sf_mistakes_add (mistakes, SF_MISTAKE_TYPE, path, 0, 0, NULL, "%s",
                   _ ("this is a scenario, and a study is expected: a file "
                      "that names a \"scenario\" and the factors that vary in "
                      "it; scenarios/sweeps/ has examples"));
  return TRUE;
}

SfStudy *
sf_study_read (const char *path, const SfModelInfo *const *models,
               SfMistakes *mistakes)
{
  SfJsonDoc *doc = sf_json_read_file (path, mistakes);
  if (doc && is_scenario (doc, path, mistakes))
    g_clear_pointer (&doc, sf_json_doc_free);
  if (!doc)
    return NULL;
  guint before = sf_mistakes_count (mistakes);
  g_autoptr (SfStudy) s = g_new0 (SfStudy, 1);
  s->doc = doc;
  s->path = g_strdup (path);
  s->owned = g_ptr_array_new_with_free_func (g_free);
  SfStudyJob job = { .reader = { .doc = doc, .mistakes = mistakes },
                     .study = s,
                     .models = models };
  job.reader.named = g_hash_table_new (g_str_hash, g_str_equal);
  job.reader.assumptions = g_array_new (FALSE, FALSE, sizeof (SfAssumption));
  read_all (&job);
  if (sf_mistakes_count (mistakes) == before)
    sf_study_take_inputs (&job);
  for (guint i = 0; i < job.reader.assumptions->len; i++)
    g_free (g_array_index (job.reader.assumptions, SfAssumption, i).pointer);
  g_array_unref (job.reader.assumptions);
  g_hash_table_unref (job.reader.named);
  if (sf_mistakes_count (mistakes) == before) {
    sf_scenario_speak (sf_json_root (doc));
    return g_steal_pointer (&s);
  }
  sf_mistakes_sort (mistakes);
  return NULL;
}

static void
clear_factor (SfStudyFactor *f)
{
  g_strfreev (f->targets);
  g_strfreev (f->words);
  g_free (f->numbers);
}

void
sf_study_free (SfStudy *s)
{
  if (!s)
    return;
  for (guint i = 0; i < s->n_factors; i++)
    clear_factor (&s->factors[i]);
  for (guint i = 0; i < s->n_rules; i++)
    g_free (s->rules[i].weights);
  for (guint i = 0; i < s->n_inputs; i++) {
    g_free (s->inputs[i].name);
    g_free (s->inputs[i].text);
  }
  g_free (s->factors);
  g_free (s->rules);
  g_free (s->inputs);
  g_free (s->outcomes);
  g_strfreev (s->set);
  g_strfreev (s->series);
  g_clear_pointer (&s->levels, g_array_unref);
  g_clear_pointer (&s->groups, g_array_unref);
  sf_scenario_free (s->base);
  sf_json_doc_free (s->doc);
  g_ptr_array_unref (s->owned);
  g_free (s->scenario);
  g_free (s->path);
  g_free (s);
}
