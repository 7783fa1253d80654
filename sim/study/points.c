/* points.c - a study's design becomes points. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/study/study-private.h"

/* The design as the file has it. */
typedef struct {
  gint kind;
  double points_count, lhs_base_count, trajectories_count, grid_levels_count,
      candidates_count;
  gboolean is_scrambled, is_maximin, is_radial, is_folded, has_second_order,
      has_dummy;
  const char *seed;
} Design;

#define KINDS                                                                  \
  "grid|lhs|sobol|halton|factorial|fractional|plackett_burman|morris|"         \
  "saltelli|random"

const SfParam sf_study_design_params[] = {
  SF_PARAM_WORD (Design, kind, SF_PARAM_REQUIRED, KINDS, 0, "the design"),
  SF_PARAM (Design, points_count, 0, 0, 1e15,
            "points of lhs, sobol, halton and random; base rows of saltelli"),
  SF_PARAM (Design, lhs_base_count, 0, 0, 1e9,
            "first size of an lhs that is extended by doubling"),
  SF_PARAM (Design, trajectories_count, 0, 0, 1e9, "of morris"),
  SF_PARAM (Design, grid_levels_count, 4, 2, 1000,
            "levels of morris, an even number"),
  SF_PARAM (Design, candidates_count, 0, 0, 1000,
            "trajectories of which the best spread are taken; starts of a "
            "maximin lhs"),
  SF_PARAM_BOOL (Design, is_scrambled, 1, "of sobol, halton and saltelli"),
  SF_PARAM_BOOL (Design, is_maximin, 0, "of lhs: points far from each other"),
  SF_PARAM_BOOL (Design, is_radial, 0, "of morris"),
  SF_PARAM_BOOL (Design, is_folded, 0, "of plackett_burman"),
  SF_PARAM_BOOL (Design, has_second_order, 0, "of saltelli"),
  SF_PARAM_BOOL (Design, has_dummy, 0,
                 "a factor more that changes nothing; morris and saltelli have "
                 "it unless this is false"),
  SF_PARAM_STRING (Design, seed, "of the design, a whole number in quotes"),
  SF_PARAM_END,
};

static void
mind (SfStudyJob *job, const SfJson *at, const char *pointer, const char *text)
{
  sf_reader_mistake (&job->reader, SF_MISTAKE_RANGE, at, pointer, "%s", text);
}

static void
read_generators (SfStudyJob *job, const SfJson *v)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  for (const SfJson *e
       = sf_json_kind (v) == SF_JSON_ARRAY ? sf_json_first (v) : NULL;
       e; e = sf_json_next (e))
    if (sf_json_kind (e) == SF_JSON_STRING)
      g_ptr_array_add (words, (gpointer)sf_json_string (e));
  if (words->len == 0)
    mind (job, v, "/design/generators",
          _ ("expected a list of words such as \"D=ABC\""));
  g_ptr_array_add (words, NULL);
  gpointer list = g_memdup2 (words->pdata, words->len * sizeof (gpointer));
  job->study->design.generators = list;
  g_ptr_array_add (job->study->owned, list);
}

/* Factors of one name move together; others alone. */
static void
number_groups (SfStudy *s)
{
  guint n = 0;
  gboolean has_any = FALSE;
  s->groups = g_array_new (FALSE, TRUE, sizeof (guint));
  for (guint i = 0; i < s->n_factors; i++) {
    guint group = n;
    for (guint k = 0; k < i && s->factors[i].group; k++)
      if (g_strcmp0 (s->factors[k].group, s->factors[i].group) == 0)
        group = g_array_index (s->groups, guint, k);
    n += group == n;
    has_any = has_any || s->factors[i].group;
    g_array_append_val (s->groups, group);
  }
  s->design.groups = has_any ? (const guint *)(void *)s->groups->data : NULL;
}

static void
fill_spec (SfStudyJob *job, const Design *d)
{
  SfStudy *s = job->study;
  g_autofree char *word = sf_param_choice_word (KINDS, d->kind);
  s->levels = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < s->n_factors; i++) {
    guint n = sf_study_levels (&s->factors[i]);
    g_array_append_val (s->levels, n);
  }
  number_groups (s);
  sf_design_kind_from_word (word, &s->design.kind);
  s->design.n_factors = s->n_factors;
  s->design.levels = (const guint *)(void *)s->levels->data;
  s->design.points_count = (guint64)d->points_count;
  s->design.lhs_base_count = (guint)d->lhs_base_count;
  s->design.trajectories_count = (guint)d->trajectories_count;
  s->design.grid_levels_count = (guint)d->grid_levels_count;
  s->design.candidates_count = (guint)d->candidates_count;
  s->design.is_scrambled = d->is_scrambled;
  s->design.is_maximin = d->is_maximin;
  s->design.is_radial = d->is_radial;
  s->design.is_folded = d->is_folded;
  s->design.has_second_order = d->has_second_order;
  s->design.seed = s->seed;
}

static gboolean
has_count (SfDesignKind kind)
{
  return kind == SF_DESIGN_LHS || kind == SF_DESIGN_SOBOL
         || kind == SF_DESIGN_HALTON || kind == SF_DESIGN_RANDOM
         || kind == SF_DESIGN_SALTELLI;
}

static void
check_count (SfStudyJob *job, const SfJson *v)
{
  g_autoptr (GError) error = NULL;
  SfStudy *s = job->study;
  guint64 count = 0;
  if (s->design.points_count == 0 && has_count (s->design.kind)) {
    mind (job, v, "/design", _ ("\"points_count\" is missing"));
    return;
  }
  if (s->design.trajectories_count == 0 && s->design.kind == SF_DESIGN_MORRIS) {
    mind (job, v, "/design", _ ("\"trajectories_count\" is missing"));
    return;
  }
  if (!sf_design_count_points (&s->design, &count, &error))
    mind (job, v, "/design", error->message);
  else if ((double)count * s->replications_count
           > (double)SF_DESIGN_POINTS_MAX) {
    g_autofree char *text = g_strdup_printf (
        _ ("%ju points with %g replications are more than %g runs"),
        (uintmax_t)count, s->replications_count, (double)SF_DESIGN_POINTS_MAX);
    mind (job, v, "/design", text);
  }
}

/* ---- Rules ---------------------------------------------------------------------- */

const SfParam sf_study_rule_params[] = {
  SF_PARAM (SfStudyRule, min, -INFINITY, -1e15, 1e15, "the sum is at least"),
  SF_PARAM (SfStudyRule, max, INFINITY, -1e15, 1e15, "the sum is at most"),
  SF_PARAM_END,
};

static void
read_term (SfStudyJob *job, SfStudyRule *rule, const SfJson *v,
           const char *pointer)
{
  const SfStudy *s = job->study;
  guint i = 0;
  while (i < s->n_factors && strcmp (s->factors[i].id, sf_json_key (v)) != 0)
    i++;
  if (i == s->n_factors) {
    g_autofree const char **names = g_new0 (const char *, s->n_factors + 1);
    for (guint k = 0; k < s->n_factors; k++)
      names[k] = s->factors[k].id;
    const char *near = sf_text_nearest (sf_json_key (v), names, s->n_factors);
    g_autofree char *hint = sf_text_hint (near);
    sf_reader_mistake (&job->reader, SF_MISTAKE_REFERENCE, v, pointer,
                       _ ("there is no factor of this name%s"), hint);
  } else if (s->factors[i].kind == SF_FACTOR_CATEGORY)
    mind (job, v, pointer, _ ("a category has no number to add up"));
  else if (sf_json_kind (v) != SF_JSON_NUMBER)
    mind (job, v, pointer, _ ("expected a number that the factor counts"));
  else
    rule->weights[i] = sf_json_number (v);
}

static void
read_rule (SfStudyJob *job, const SfJson *v, const char *pointer)
{
  SfStudyRule *rule = &job->study->rules[job->study->n_rules++];
  sf_reader_record (&job->reader, v, pointer, sf_study_rule_params, "terms",
                    rule);
  rule->id = sf_json_key (v);
  rule->weights = g_new0 (double, job->study->n_factors + 1);
  const SfJson *terms
      = sf_json_kind (v) == SF_JSON_OBJECT ? sf_json_member (v, "terms") : NULL;
  g_autofree char *at = sf_json_pointer_child (pointer, "terms");
  if (!terms || !sf_reader_is_object (&job->reader, terms, at)) {
    mind (job, v, pointer,
          _ ("\"terms\" is missing: {\"FACTOR\": WEIGHT, ...}"));
    return;
  }
  for (const SfJson *t = sf_json_first (terms); t; t = sf_json_next (t)) {
    g_autofree char *child = sf_json_pointer_child (at, sf_json_key (t));
    read_term (job, rule, t, child);
  }
  if (isinf (rule->min) && isinf (rule->max))
    mind (job, v, pointer, _ ("\"min\" or \"max\" is missing"));
}

/* Leaving points out would break what these designs are. */
static gboolean
can_drop (SfDesignKind kind)
{
  return kind != SF_DESIGN_MORRIS && kind != SF_DESIGN_SALTELLI
         && kind != SF_DESIGN_FRACTIONAL && kind != SF_DESIGN_PLACKETT_BURMAN;
}

static void
read_rules (SfStudyJob *job, const SfJson *root)
{
  SfStudy *s = job->study;
  const SfJson *all = sf_json_member (root, "constraints");
  if (!all || !sf_reader_is_object (&job->reader, all, "/constraints"))
    return;
  s->rules = g_new0 (SfStudyRule, sf_json_length (all) + 1);
  for (const SfJson *v = sf_json_first (all); v; v = sf_json_next (v)) {
    g_autofree char *child
        = sf_json_pointer_child ("/constraints", sf_json_key (v));
    read_rule (job, v, child);
  }
  if (s->n_rules > 0 && !can_drop (s->design.kind))
    mind (job, all, "/constraints",
          _ ("points cannot be left out of this design; take grid, lhs, sobol, "
             "halton or random"));
}

void
sf_study_read_design (SfStudyJob *job)
{
  SfStudy *s = job->study;
  const SfJson *root = sf_json_root (s->doc);
  const SfJson *v = sf_json_member (root, "design");
  Design d = { 0 };
  guint before = sf_mistakes_count (job->reader.mistakes);
  if (!v) {
    sf_reader_mistake (&job->reader, SF_MISTAKE_MISSING, root, "",
                       _ ("\"design\" is missing: {\"kind\": \"grid\"}, say"));
    return;
  }
  sf_reader_record (&job->reader, v, "/design", sf_study_design_params,
                    "generators", &d);
  if (sf_json_kind (v) == SF_JSON_OBJECT && sf_json_member (v, "generators"))
    read_generators (job, sf_json_member (v, "generators"));
  if (sf_mistakes_count (job->reader.mistakes) > before || s->n_factors == 0)
    return;
  fill_spec (job, &d);
  if (d.seed
      && !g_ascii_string_to_unsigned (d.seed, 10, 0, G_MAXUINT64,
                                      &s->design.seed, NULL))
    mind (job, sf_json_member (v, "seed"), "/design/seed",
          _ ("expected a whole number in quotes"));
  check_count (job, v);
  read_rules (job, root);
}

/* ---- Into the store ----------------------------------------------------------------- */

static const char *const kind_names[] = { [SF_FACTOR_NUMBER] = "number",
                                          [SF_FACTOR_CATEGORY] = "category",
                                          [SF_FACTOR_LEVER] = "lever",
                                          [SF_FACTOR_DUMMY] = "dummy" };

SfStoreShape
sf_study_shape (const SfStudy *s)
{
  SfStoreColumn *columns = g_new0 (SfStoreColumn, s->n_factors + 1);
  const SfJson *all = sf_json_member (sf_json_root (s->doc), "factors");
  for (guint i = 0; i < s->n_factors; i++) {
    const SfStudyFactor *f = &s->factors[i];
    const SfJson *v = sf_json_member (all, f->id);
    gboolean is_fixed = f->kind == SF_FACTOR_CATEGORY;
    columns[i] = (SfStoreColumn){
      .name = f->id,
      .title = f->title,
      .unit = f->unit,
      .kind = kind_names[f->kind],
      .detail
      = v ? sf_study_keep ((SfStudy *)s, sf_json_print (v, FALSE)) : NULL,
      .levels = is_fixed ? (const char *const *)f->words : NULL,
      .low = is_fixed ? NAN : f->low,
      .high = is_fixed ? NAN : f->high,
    };
  }
  return (SfStoreShape){ .factors = columns,
                         .outcomes = s->outcomes,
                         .n_factors = s->n_factors,
                         .n_outcomes = s->n_outcomes,
                         .series = (const char *const *)s->series,
                         .n_series = g_strv_length (s->series),
                         .days = sf_scenario_days (s->base),
                         .replications = (guint)s->replications_count };
}

/* Events for each truck that sets out, and seconds for each event with all the
 * models that answer it: two-roads takes 2 ms for 3,600 trucks, the blockade of
 * Bamako some 45 ms for 54,000, on a processor of 2023. */
#define EVENTS_PER_TRUCK 4.0
#define EVENT_S 1.5e-7

double
sf_study_guess_s (const SfStudy *s)
{
  double trucks_per_day = 0;
  for (guint i = 0; i < s->base->n_shipments; i++)
    trucks_per_day += s->base->shipments[i].trucks_per_day;
  return trucks_per_day * sf_scenario_days (s->base) * EVENTS_PER_TRUCK
         * EVENT_S;
}

void
sf_study_point (const SfStudy *s, const SfDesign *design, guint64 row,
                double *u, double *values)
{
  gboolean is_level = sf_design_is_levelled (design);
  gboolean is_corner = is_level && s->design.kind != SF_DESIGN_GRID;
  sf_design_row (design, row, u);
  for (guint i = 0; i < s->n_factors; i++) {
    /* Two-level designs stand at the first and the last level. */
    guint last = sf_study_levels (&s->factors[i]) - 1;
    values[i] = sf_study_value (s, i, is_corner ? u[i] * last : u[i], is_level);
  }
}

gboolean
sf_study_plan (const SfStudy *s, SfStore *store, guint64 *n_dropped,
               GError **error)
{
  g_autoptr (SfDesign) design = sf_design_new (&s->design, error);
  if (!design)
    return FALSE;
  g_autofree double *u = g_new (double, s->n_factors);
  g_autofree double *values = g_new (double, s->n_factors);
  guint per_block = sf_design_rows_per_block (design);
  guint64 dropped = 0, n = sf_design_count (design);
  for (guint64 row = 0; row < n; row++) {
    sf_study_point (s, design, row, u, values);
    if (!sf_study_allows (s, values))
      dropped++;
    else if (!sf_store_add_point (store, row, row / per_block, values, error))
      return FALSE;
  }
  if (n_dropped)
    *n_dropped = dropped;
  if (dropped < n)
    return TRUE;
  g_set_error (error, SF_DESIGN_ERROR, SF_DESIGN_ERROR_SPEC,
               _ ("the constraints leave no point"));
  return FALSE;
}
