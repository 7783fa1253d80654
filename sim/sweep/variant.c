/* variant.c - the scenario of a point, ready to run. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sweep/variant.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/engine/error.h"
#include "sim/lang/lang.h"

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

gboolean
sf_variant_can_put_in (const SfScenario *s, const char *pointer)
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
          = sf_variant_can_put_in (s, *t) && sf_scenario_assumption (s, *t);
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
  if (m->pointer)
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO,
                 _ ("the point makes no scenario: %s: %s"), m->pointer,
                 m->message);
  else
    g_set_error (error, SF_RUN_ERROR, SF_RUN_ERROR_SCENARIO,
                 _ ("the point makes no scenario: %s"), m->message);
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

static void
find_series (const SfStudy *study, SfVariant *v, SfMistakes *mistakes)
{
  const SfJson *all = sf_json_member (sf_json_root (study->doc), "series");
  const char *file;
  int line, column;
  v->series = g_array_new (FALSE, FALSE, sizeof (gint));
  if (study->series[0] && v->plan->days != sf_scenario_days (study->base)) {
    sf_json_where (study->doc, all, &file, &line, &column);
    sf_mistakes_add (mistakes, SF_MISTAKE_RANGE, file, line, column, "/series",
                     _ ("daily series are as long as the scenario's %u days; a "
                        "point makes it run for %u"),
                     sf_scenario_days (study->base), v->plan->days);
    return;
  }
  for (char **name = study->series; *name; name++) {
    gint series = sf_book_find_named (v->plan->book, *name);
    g_array_append_val (v->series, series);
    if (series >= 0)
      continue;
    g_autofree char *near = sf_book_nearest_series (v->plan->book, *name);
    g_autofree char *hint = sf_text_hint (near);
    g_autofree char *safe = sf_text_safe (*name, -1);
    sf_json_where (study->doc, all, &file, &line, &column);
    sf_mistakes_add (mistakes, SF_MISTAKE_REFERENCE, file, line, column,
                     "/series", _ ("no series \"%s\" is recorded%s"), safe,
                     hint);
  }
}

static void
compile (const SfVariants *all, SfVariant *v, SfMistakes *mistakes)
{
  g_autoptr (GError) error = NULL;
  v->plan = sf_plan_new (v->scenario, &error);
  if (!v->plan) {
    sf_mistakes_add (mistakes, SF_MISTAKE_NETWORK, all->study->scenario, 0, 0,
                     NULL, "%s", error->message);
    return;
  }
  v->outcomes = sf_study_outcomes (all->study, mistakes);
  if (v->outcomes)
    sf_observations_bind (v->outcomes, v->plan->book, v->scenario->start,
                          mistakes);
  find_numbers (all, v);
  find_series (all->study, v, mistakes);
  v->world = sf_world_new (v->plan);
  sf_world_set_events_max (v->world, (guint64)all->study->events_count);
}

/* Takes the key. With is_key, numbers that are put in later are not in it. NULL
 * when there are mistakes. */
static SfVariant *
make (const SfVariants *all, const double *values, char *key, gboolean is_key,
      SfMistakes *mistakes)
{
  g_auto (GStrv) levers = sf_variants_levers (all, values);
  g_auto (GStrv) set = overrides (all, values, is_key);
  SfVariant *v = g_new0 (SfVariant, 1);
  v->key = key;
  v->scenario = sf_scenario_read_levers (
      all->study->scenario, (const char *const *)levers,
      (const char *const *)set, all->models, mistakes);
  if (v->scenario)
    sf_plan_check_series (v->scenario, mistakes);
  if (v->scenario && sf_mistakes_count (mistakes) == 0)
    compile (all, v, mistakes);
  if (sf_mistakes_count (mistakes) == 0)
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

gboolean
sf_variant_allows (const SfScenario *s, guint number, double value,
                   GError **error)
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
                 _ ("%s: %.17g is out of range; expected %g to %g"), a->pointer,
                 x, i == number ? a->min : fmax (a->min, a->low),
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
                     _ ("the point makes no scenario: %s is no number in it"),
                     *t);
        return FALSE;
      }
      if (!sf_variant_allows (v->scenario, (guint)number, values[i], error)) {
        g_prefix_error (error, "%s: ", _ ("the point makes no scenario"));
        return FALSE;
      }
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
    g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
    v = make (all, values, g_steal_pointer (&key), TRUE, mistakes);
    if (!v) {
      refuse (mistakes, error);
      return NULL;
    }
    all->kept[place] = v;
  }
  v->used = ++all->clock;
  return put_in (all, v, values, error) ? v : NULL;
}

/* ---- Before any point runs ---------------------------------------------------- */

/* Ends that are looked at: both of numbers, and so many words of categories. */
#define ENDS_MAX 20

static guint
count_ends (const SfStudy *s)
{
  guint n = 2;
  for (guint i = 0; i < s->n_factors; i++)
    if (s->factors[i].words)
      n = MAX (n, s->factors[i].n_levels);
  return MIN (n, ENDS_MAX);
}

/* All factors at their low ends (end 0, 2, ...) or high ends, a category at the
 * word of that number. Constraints may forbid a corner: then the first point
 * that they allow on the way to the opposite one. FALSE when there is none. */
static gboolean
stand_at (const SfStudy *s, guint end, double *values)
{
  for (guint step = 0; step <= 16; step++) {
    double u = end % 2 == 0 ? step / 16.0 : 1 - step / 16.0;
    for (guint i = 0; i < s->n_factors; i++)
      values[i] = s->factors[i].words ? MIN (end, s->factors[i].n_levels - 1)
                                      : sf_study_value (s, i, u, FALSE);
    if (sf_study_allows (s, values))
      return TRUE;
  }
  return FALSE;
}

/* The factor with a target that a pointer leads to, or into; or NULL. */
static const SfStudyFactor *
factor_of (const SfStudy *s, const char *pointer)
{
  for (guint i = 0; pointer && i < s->n_factors; i++)
    for (char **t = s->factors[i].targets; *t; t++) {
      gsize n = strlen (*t);
      if (strncmp (pointer, *t, n) == 0
          && (pointer[n] == '\0' || pointer[n] == '/'))
        return &s->factors[i];
    }
  return NULL;
}

static gboolean
is_known (const SfMistakes *mistakes, const SfMistake *m)
{
  for (guint i = 0; i < sf_mistakes_count (mistakes); i++) {
    const SfMistake *other = sf_mistakes_get (mistakes, i);
    if (other->line == m->line && other->column == m->column
        && g_strcmp0 (other->pointer, m->pointer) == 0
        && strcmp (other->message, m->message) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Puts a mistake where a factor stands; the pointer, to be freed. */
static char *
place_in_study (const SfStudy *s, const SfStudyFactor *f, SfMistake *m)
{
  char *at = sf_json_pointer_child ("/factors", f->id);
  sf_json_where (s->doc, sf_json_pointer_get (sf_json_root (s->doc), at),
                 &m->file, &m->line, &m->column);
  m->pointer = at;
  return at;
}

/* Of two factors with one target the later would win without a word. */
static void
check_targets (const SfStudy *s, SfMistakes *mistakes)
{
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < s->n_factors; i++)
    for (char **t = s->factors[i].targets; *t; t++) {
      const SfStudyFactor *owner = g_hash_table_lookup (owners, *t);
      SfMistake m = { 0 };
      if (!owner) {
        g_hash_table_insert (owners, *t, &s->factors[i]);
        continue;
      }
      g_autofree char *at = place_in_study (s, &s->factors[i], &m);
      sf_mistakes_add (mistakes, SF_MISTAKE_DUPLICATE, m.file, m.line, m.column,
                       at, _ ("%s is a target of \"%s\" already"), *t,
                       owner->id);
    }
}

/* Adds a mistake of an end, once; one that a factor makes stands where the
 * factor does. */
static void
tell (const SfStudy *s, const SfMistake *found, SfMistakes *mistakes)
{
  const SfStudyFactor *f = factor_of (s, found->pointer);
  SfMistake m = *found;
  g_autofree char *at = NULL, *text = NULL;
  if (f) {
    at = place_in_study (s, f, &m);
    text = g_strconcat (found->pointer, ": ", found->message, NULL);
    m.message = text;
  }
  if (!is_known (mistakes, &m))
    sf_mistakes_add (mistakes, m.kind, m.file, m.line, m.column, m.pointer,
                     "%s", m.message);
}

gboolean
sf_variants_check (const SfStudy *s, const SfModelInfo *const *models,
                   SfMistakes *mistakes)
{
  guint before = sf_mistakes_count (mistakes), n = count_ends (s);
  g_autoptr (SfVariants) all = sf_variants_new (s, models);
  g_autofree double *values = g_new0 (double, s->n_factors + 1);
  check_targets (s, mistakes);
  for (guint end = 0; end < n; end++) {
    g_autoptr (SfMistakes) found = sf_mistakes_new ();
    if (!stand_at (s, end, values))
      continue;
    free_variant (make (all, values, NULL, FALSE, found));
    for (guint i = 0; i < sf_mistakes_count (found); i++)
      tell (s, sf_mistakes_get (found, i), mistakes);
  }
  return sf_mistakes_count (mistakes) == before;
}
