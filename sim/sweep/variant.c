/* variant.c - the scenario of a point, ready to run. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sweep/variant.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/engine/error.h"

/* Variants that a process keeps. */
#define KEPT 16

struct SfVariants {
  const SfStudy *study;
  const SfModelInfo *const *models;
  gboolean *is_put_in; /* by factor: a number that is put into any variant */
  SfVariant *kept[KEPT];
  guint64 clock;
};

/* ---- What can be put in ----------------------------------------------------- */

/* Only roads, and how long vehicles drive on them, are looked at when a
 * scenario is compiled; what else it says is read anew in every replication.
 * (Capacities of vehicles are apart from roads, but one of 0 is a mistake of
 * the scenario, which reading finds.) */
static gboolean
is_read_anew (const char *pointer)
{
  static const char *const good[]
      = { "/models/", "/assumptions/", "/markets/",   "/demands/",
          "/queues/", "/fleets/",      "/shipments/", "/events/" };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    if (g_str_has_prefix (pointer, good[i]))
      return TRUE;
  return FALSE;
}

/* Whether a number takes another one by name, at whatever remove. */
static gboolean
takes (const SfScenario *s, const SfAssumption *a, const char *pointer)
{
  for (; a->named >= 0; a = &s->assumptions[a->named])
    if (strcmp (s->assumptions[a->named].pointer, pointer) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_apart_from_roads (const SfScenario *s, const char *pointer)
{
  if (!is_read_anew (pointer))
    return FALSE;
  for (guint i = 0; i < s->n_assumptions; i++)
    if (!is_read_anew (s->assumptions[i].pointer)
        && takes (s, &s->assumptions[i], pointer))
      return FALSE;
  return TRUE;
}

gboolean
sf_variants_is_single (const SfVariants *v)
{
  for (guint i = 0; i < v->study->n_factors; i++)
    if (!v->is_put_in[i] && v->study->factors[i].kind != SF_FACTOR_DUMMY)
      return FALSE;
  return TRUE;
}

static void
free_variant (SfVariant *v)
{
  if (!v)
    return;
  sf_world_free (v->world);
  sf_observations_free (v->outcomes);
  sf_plan_free (v->plan);
  sf_scenario_free (v->scenario);
  g_clear_pointer (&v->numbers, g_array_unref);
  g_clear_pointer (&v->series, g_array_unref);
  g_free (v->key);
  g_free (v);
}

void
sf_variants_free (SfVariants *v)
{
  if (!v)
    return;
  for (guint i = 0; i < KEPT; i++)
    free_variant (v->kept[i]);
  g_free (v->is_put_in);
  g_free (v);
}

/* ---- What a point changes ---------------------------------------------------- */

char **
sf_variants_levers (const SfVariants *v, const double *values)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  for (guint i = 0; i < v->study->n_factors; i++)
    if (v->study->factors[i].kind == SF_FACTOR_LEVER && values[i] > 0)
      g_strv_builder_add (all, v->study->factors[i].lever);
  return g_strv_builder_end (all);
}

/* Overrides of a point. With is_key, numbers that are put in later are at the
 * middle of their range: the text says which variant it is. */
static char **
overrides (const SfVariants *v, const double *values, gboolean is_key)
{
  const SfStudy *s = v->study;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  for (guint i = 0; s->set[i]; i++)
    g_strv_builder_add (all, s->set[i]);
  for (guint i = 0; i < s->n_factors; i++) {
    const SfStudyFactor *f = &s->factors[i];
    char number[SF_TEXT_NUMBER_SIZE];
    double value = is_key && v->is_put_in[i] ? sf_study_value (s, i, 0.5, FALSE)
                                             : values[i];
    const char *text
        = f->words ? f->words[(guint)value] : sf_text_number (number, value);
    for (char **t = f->targets; *t; t++) {
      g_autofree char *one = g_strconcat (*t, "=", text, NULL);
      g_strv_builder_add (all, one);
    }
  }
  return g_strv_builder_end (all);
}

char **
sf_variants_overrides (const SfVariants *v, const double *values)
{
  return overrides (v, values, FALSE);
}

/* ---- What is put in ------------------------------------------------------------ */

static void
mark_put_in (SfVariants *v, const SfScenario *s)
{
  for (guint i = 0; i < v->study->n_factors; i++)
    for (char **t = v->study->factors[i].targets; v->is_put_in[i] && *t; t++)
      v->is_put_in[i]
          = is_apart_from_roads (s, *t) && sf_scenario_assumption (s, *t);
}

/* Looks at the scenario with all that is put in, and a lever or NULL: a lever
 * may bring a road that takes a number by name. */
static void
mark_with_lever (SfVariants *v, const char *lever)
{
  const char *const levers[] = { lever, NULL };
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree double *middle = g_new0 (double, v->study->n_factors + 1);
  for (guint i = 0; i < v->study->n_factors; i++)
    middle[i] = sf_study_value (v->study, i, 0.5, FALSE);
  g_auto (GStrv) set = overrides (v, middle, TRUE);
  g_autoptr (SfScenario) s
      = sf_scenario_read_levers (v->study->scenario, levers,
                                 (const char *const *)set, v->models, mistakes);
  if (s) /* else runs of it will fail, and say why */
    mark_put_in (v, s);
}

SfVariants *
sf_variants_new (const SfStudy *study, const SfModelInfo *const *models)
{
  SfVariants *v = g_new0 (SfVariants, 1);
  v->study = study;
  v->models = models;
  v->is_put_in = g_new0 (gboolean, study->n_factors + 1);
  for (guint i = 0; i < study->n_factors; i++)
    v->is_put_in[i] = study->factors[i].kind == SF_FACTOR_NUMBER;
  mark_with_lever (v, NULL);
  for (guint i = 0; i < study->n_factors; i++)
    if (study->factors[i].kind == SF_FACTOR_LEVER)
      mark_with_lever (v, study->factors[i].lever);
  return v;
}

/* ---- Making one ---------------------------------------------------------------- */

static void
refuse (const SfMistakes *mistakes, GError **error)
{
  const SfMistake *m = sf_mistakes_get (mistakes, 0);
  g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO,
               "the point makes no scenario: %s%s%s",
               m->pointer ? m->pointer : "", m->pointer ? ": " : "",
               m->message);
}

static void
find_numbers (const SfVariants *all, SfVariant *v)
{
  v->numbers = g_array_new (FALSE, FALSE, sizeof (gint));
  for (guint i = 0; i < all->study->n_factors; i++)
    for (char **t = all->study->factors[i].targets; all->is_put_in[i] && *t;
         t++) {
      const SfAssumption *a = sf_scenario_assumption (v->scenario, *t);
      gint index = a ? (gint)(a - v->scenario->assumptions) : -1;
      g_array_append_val (v->numbers, index);
    }
}

static gboolean
find_series (const SfStudy *study, SfVariant *v, GError **error)
{
  v->series = g_array_new (FALSE, FALSE, sizeof (gint));
  for (char **name = study->series; *name; name++) {
    gint series = sf_book_find_named (v->plan->book, *name);
    g_array_append_val (v->series, series);
    if (series >= 0)
      continue;
    g_autofree char *near = sf_book_nearest_series (v->plan->book, *name);
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO,
                 "no series \"%s\" is recorded%s%s%s", *name,
                 near ? "; did you mean \"" : "", near ? near : "",
                 near ? "\"?" : "");
    return FALSE;
  }
  return TRUE;
}

static gboolean
compile (const SfVariants *all, SfVariant *v, GError **error)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  v->plan = sf_plan_new (v->scenario, error);
  if (!v->plan)
    return FALSE;
  v->outcomes = sf_study_outcomes (all->study, mistakes);
  if (!v->outcomes
      || !sf_observations_bind (v->outcomes, v->plan->book, v->scenario->start,
                                mistakes)) {
    refuse (mistakes, error);
    return FALSE;
  }
  find_numbers (all, v);
  if (!find_series (all->study, v, error))
    return FALSE;
  v->world = sf_world_new (v->plan);
  sf_world_set_events_max (v->world, (guint64)all->study->events_count);
  return TRUE;
}

static SfVariant *
make (const SfVariants *all, const double *values, char *key, GError **error)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_auto (GStrv) levers = sf_variants_levers (all, values);
  g_auto (GStrv) set = overrides (all, values, TRUE);
  SfVariant *v = g_new0 (SfVariant, 1);
  v->key = key;
  v->scenario = sf_scenario_read_levers (
      all->study->scenario, (const char *const *)levers,
      (const char *const *)set, all->models, mistakes);
  if (v->scenario)
    sf_plan_check_series (v->scenario, mistakes);
  if (!v->scenario || sf_mistakes_count (mistakes) > 0) {
    refuse (mistakes, error);
    free_variant (v);
    return NULL;
  }
  if (compile (all, v, error))
    return v;
  free_variant (v);
  return NULL;
}

/* The same text means the same variant. */
static char *
key_of (const SfVariants *v, const double *values)
{
  GString *key = g_string_new (NULL);
  for (guint i = 0; i < v->study->n_factors; i++) {
    char number[SF_TEXT_NUMBER_SIZE];
    if (!v->is_put_in[i] && v->study->factors[i].kind != SF_FACTOR_DUMMY)
      g_string_append_printf (key, "%u=%s;", i,
                              sf_text_number (number, values[i]));
  }
  return g_string_free (key, FALSE);
}

/* Where the variant stands, or should be put: the place used longest ago. */
static guint
place_of (const SfVariants *all, const char *key)
{
  guint oldest = 0;
  for (guint i = 0; i < KEPT; i++) {
    if (all->kept[i] && strcmp (all->kept[i]->key, key) == 0)
      return i;
    if (!all->kept[i]
        || (all->kept[oldest] && all->kept[i]->used < all->kept[oldest]->used))
      oldest = i;
  }
  return oldest;
}

/* Whether a value is one that reading would let pass: within what the
 * parameter allows, and so are those that take it by name. */
static gboolean
is_allowed (const SfScenario *s, guint number, double value, GError **error)
{
  for (guint i = number; i < s->n_assumptions; i++) {
    const SfAssumption *a = &s->assumptions[i];
    if (i != number && !takes (s, a, s->assumptions[number].pointer))
      continue;
    double x = value; /* of this one */
    for (const SfAssumption *b = a; b != &s->assumptions[number];
         b = &s->assumptions[b->named])
      x *= b->factor;
    if (x >= a->min && x <= a->max
        && (i == number || isnan (a->low) || (x >= a->low && x <= a->high)))
      continue;
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO,
                 "the point makes no scenario: %s: %.17g is out of range; "
                 "expected %g to %g",
                 a->pointer, x, i == number ? a->min : fmax (a->min, a->low),
                 i == number ? a->max : fmin (a->max, a->high));
    return FALSE;
  }
  return TRUE;
}

static gboolean
put_in (const SfVariants *all, SfVariant *v, const double *values,
        GError **error)
{
  guint n = 0;
  for (guint i = 0; i < all->study->n_factors; i++)
    for (char **t = all->study->factors[i].targets; all->is_put_in[i] && *t;
         t++, n++) {
      gint number = g_array_index (v->numbers, gint, n);
      if (number < 0) {
        g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO,
                     "the point makes no scenario: %s is no number in it", *t);
        return FALSE;
      }
      if (!is_allowed (v->scenario, (guint)number, values[i], error))
        return FALSE;
      sf_scenario_fix (v->scenario, (guint)number, values[i]);
    }
  return TRUE;
}

SfVariant *
sf_variants_get (SfVariants *all, const double *values, GError **error)
{
  g_autofree char *key = key_of (all, values);
  guint place = place_of (all, key);
  SfVariant *v = all->kept[place];
  if (!v || strcmp (v->key, key) != 0) {
    g_clear_pointer (&all->kept[place], free_variant);
    v = make (all, values, g_steal_pointer (&key), error);
    if (!v)
      return NULL;
    all->kept[place] = v;
  }
  v->used = ++all->clock;
  return put_in (all, v, values, error) ? v : NULL;
}
