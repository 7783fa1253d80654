/* factor.c - what varies in a study. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/scenario/load.h"
#include "sim/study/study-private.h"

#define MUCH 1e15

/* Quantiles of distributions without an end, where a design reaches one. */
#define TAIL 0.005

/* Levels of a range in a grid when the study says nothing. */
#define GRID_LEVELS 3

/* ---- Values ------------------------------------------------------------------ */

static double
triangular (const double *p, double u)
{
  double cut = (p[1] - p[0]) / (p[2] - p[0]);
  return u < cut ? p[0] + sqrt (u * (p[2] - p[0]) * (p[1] - p[0]))
                 : p[2] - sqrt ((1 - u) * (p[2] - p[0]) * (p[2] - p[1]));
}

/* The quantile at u of a factor without levels, before it is rounded. */
static double
quantile_real (const SfStudyFactor *f, double u)
{
  const double *p = f->p;
  double v = TAIL + (1 - 2 * TAIL) * u;
  switch (f->dist) {
  case SF_DIST_TRIANGULAR:
    return triangular (p, u);
  case SF_DIST_NORMAL:
    return p[0] + p[1] * gsl_cdf_ugaussian_Pinv (u > 0 && u < 1 ? u : v);
  case SF_DIST_LOGNORMAL:
    return p[0] * exp (p[1] * gsl_cdf_ugaussian_Pinv (u > 0 && u < 1 ? u : v));
  case SF_DIST_BETA:
    return p[0] + (p[1] - p[0]) * gsl_cdf_beta_Pinv (u, p[2], p[3]);
  case SF_DIST_UNIFORM:
  case SF_DIST_NONE:
    break;
  }
  if (f->is_whole)
    return f->low + MIN (floor (u * (f->high - f->low + 1)), f->high - f->low);
  if (f->is_log)
    return fmin (f->low * pow (f->high / f->low, u), f->high);
  return fmin (f->low + u * (f->high - f->low), f->high);
}

/* What a run rounds is rounded here, so that the table shows it. */
static double
quantile (const SfStudyFactor *f, double u)
{
  double x = quantile_real (f, u);
  return f->is_whole ? round (x) : x;
}

guint
sf_study_levels (const SfStudyFactor *f)
{
  if (f->kind == SF_FACTOR_LEVER)
    return 2;
  if (f->kind == SF_FACTOR_DUMMY)
    return 1;
  if (f->n_levels > 0)
    return f->n_levels;
  /* No more levels than there are whole numbers. */
  double n = f->is_whole && f->dist == SF_DIST_UNIFORM ? f->high - f->low + 1
                                                       : f->levels_count;
  return (guint)MIN (n, f->levels_count);
}

/* Level i of n of a range or distribution: from end to end of a range; the
 * middle of each of n equal parts of a distribution. */
static double
level_of (const SfStudyFactor *f, guint i, guint n)
{
  if (f->dist != SF_DIST_UNIFORM)
    return quantile (f, (i + 0.5) / n);
  double u = n > 1 ? (double)i / (n - 1) : 0.5;
  if (f->is_whole)
    return round (f->low + u * (f->high - f->low));
  return quantile (f, u);
}

double
sf_study_value (const SfStudy *study, guint factor, double u, gboolean is_level)
{
  const SfStudyFactor *f = &study->factors[factor];
  guint n = sf_study_levels (f);
  if (f->kind == SF_FACTOR_DUMMY)
    return u;
  if (f->n_levels > 0 || f->kind == SF_FACTOR_LEVER) {
    guint i = is_level ? (guint)u : MIN ((guint)(u * n), n - 1);
    return f->numbers ? f->numbers[i] : i;
  }
  return is_level ? level_of (f, (guint)u, n) : quantile (f, u);
}

gboolean
sf_study_allows (const SfStudy *study, const double *values)
{
  for (guint r = 0; r < study->n_rules; r++) {
    const SfStudyRule *rule = &study->rules[r];
    double sum = 0;
    for (guint i = 0; i < study->n_factors; i++)
      sum += rule->weights[i] != 0 ? rule->weights[i] * values[i] : 0;
    double slack = 1e-9 * (1 + fabs (sum));
    if (sum < rule->min - slack || sum > rule->max + slack)
      return FALSE;
  }
  return TRUE;
}

/* ---- Reading ------------------------------------------------------------------- */

const SfParam sf_study_factor_params[] = {
  SF_PARAM_STRING (SfStudyFactor, title, "what it is, for figures"),
  SF_PARAM_STRING (SfStudyFactor, unit,
                   "its unit; else that of the target's name"),
  SF_PARAM_STRING (SfStudyFactor, lever,
                   "scenario file that is put on top, or not"),
  SF_PARAM_STRING (SfStudyFactor, group, "factors that move together"),
  SF_PARAM_BOOL (SfStudyFactor, is_whole, 0, "whole numbers only"),
  SF_PARAM_BOOL (SfStudyFactor, is_log, 0, "equal ratios, not differences"),
  SF_PARAM (SfStudyFactor, levels_count, GRID_LEVELS, 2, 1000,
            "levels of a range in a grid"),
  SF_PARAM_END,
};

#define FACTOR_KEYS "target|range|distribution|levels"

static const SfParam any_number
    = { "distribution", SF_PARAM_REAL, 0, 0, 0, -MUCH, MUCH, NULL, "a number" };

typedef struct {
  SfStudyJob *job;
  const SfJson *json;
  const char *pointer;
  SfStudyFactor *f;
} Reading;

static void mind (const Reading *r, const char *key, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* A mistake at a key of the factor, or at the factor. */
static void
mind (const Reading *r, const char *key, const char *format, ...)
{
  const SfJson *v = key ? sf_json_member (r->json, key) : NULL;
  g_autofree char *at
      = v ? sf_json_pointer_child (r->pointer, key) : g_strdup (r->pointer);
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  sf_reader_mistake (&r->job->reader, v ? SF_MISTAKE_RANGE : SF_MISTAKE_MISSING,
                     v ? v : r->json, at, "%s", text);
}

static void
read_targets (Reading *r)
{
  const SfJson *v = sf_json_member (r->json, "target");
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  const SfJson *one = v;
  gboolean is_list = v && sf_json_kind (v) == SF_JSON_ARRAY;
  if (is_list)
    one = sf_json_first (v);
  for (; one; one = is_list ? sf_json_next (one) : NULL) {
    if (sf_json_kind (one) == SF_JSON_STRING && *sf_json_string (one) == '/'
        && !strchr (sf_json_string (one), '='))
      g_strv_builder_add (all, sf_json_string (one));
    else
      mind (r, "target",
            _ ("expected a JSON Pointer such as "
               "\"/models/drivers/memory_days\", or a list of them"));
  }
  r->f->targets = g_strv_builder_end (all);
  gboolean has_target = r->f->targets[0] != NULL;
  if (!r->f->lever && !v)
    mind (r, NULL, _ ("\"target\" or \"lever\" is missing"));
  else if (r->f->lever && has_target)
    mind (r, "target", _ ("a factor has \"target\" or \"lever\", not both"));
}

static void
read_range (Reading *r, const SfJson *v)
{
  SfStudyFactor *f = r->f;
  const SfJson *low
      = sf_json_kind (v) == SF_JSON_ARRAY ? sf_json_first (v) : NULL;
  const SfJson *high = low ? sf_json_next (low) : NULL;
  if (!high || sf_json_next (high) || sf_json_kind (low) != SF_JSON_NUMBER
      || sf_json_kind (high) != SF_JSON_NUMBER
      || sf_json_number (low) >= sf_json_number (high)) {
    mind (r, "range", _ ("a range is [lowest, highest], the second larger"));
    return;
  }
  f->dist = SF_DIST_UNIFORM;
  f->low = f->p[0] = sf_json_number (low);
  f->high = f->p[1] = sf_json_number (high);
}

/* A distribution as a scenario states it, or the one that the scenario has. */
static void
take_assumption (Reading *r, const SfAssumption *a)
{
  SfStudyFactor *f = r->f;
  f->dist = a->dist;
  memcpy (f->p, a->p, sizeof f->p);
  if (f->dist == SF_DIST_NONE && a->low < a->high) {
    f->dist = SF_DIST_UNIFORM;
    f->p[0] = a->low;
    f->p[1] = a->high;
  }
  if (f->dist == SF_DIST_NONE)
    return;
  f->is_whole = f->is_whole || a->is_whole;
  f->low = f->high = NAN;
  if (f->dist == SF_DIST_UNIFORM || f->dist == SF_DIST_BETA) {
    f->low = f->p[0];
    f->high = f->p[1];
  } else if (f->dist == SF_DIST_TRIANGULAR) {
    f->low = f->p[0];
    f->high = f->p[2];
  }
}

static void
read_distribution (Reading *r, const SfJson *v)
{
  GArray *all = r->job->reader.assumptions;
  guint before = all->len;
  double number;
  g_autofree char *at = sf_json_pointer_child (r->pointer, "distribution");
  sf_reader_number (&r->job->reader, v, at, &any_number, &number);
  if (all->len > before)
    take_assumption (r, &g_array_index (all, SfAssumption, before));
  if (r->f->dist == SF_DIST_NONE)
    mind (
        r, "distribution",
        _ ("expected an object with \"dist\" or \"range\", as in a scenario"));
}

/* A word as an override takes it: as it is, or in quotes when it would be read
 * as something else than a word: "12", "true". */
static char *
word_of (const SfJson *v)
{
  const char *text = sf_json_string (v);
  const char *begin = text + strspn (text, " \t\r\n");
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (SfJsonDoc) doc = sf_json_parse (text, strlen (text), "", mistakes);
  gboolean is_plain = !doc && (*begin == '\0' || !strchr ("{[\"", *begin));
  return is_plain ? g_strdup (text) : sf_json_print (v, FALSE);
}

/* A level that stands twice would be two columns of one thing. */
static void
check_levels (Reading *r)
{
  const SfStudyFactor *f = r->f;
  for (guint i = 0; i < f->n_levels; i++)
    for (guint k = 0; k < i; k++)
      if (f->numbers ? f->numbers[i] == f->numbers[k]
                     : strcmp (f->words[i], f->words[k]) == 0) {
        mind (r, "levels", _ ("level %u is level %u again"), i + 1, k + 1);
        return;
      }
}

static void
read_levels (Reading *r, const SfJson *v)
{
  SfStudyFactor *f = r->f;
  guint n = sf_json_kind (v) == SF_JSON_ARRAY ? sf_json_length (v) : 0;
  if (n < 2 || n > 1000) {
    mind (r, "levels", _ ("expected a list of 2 to 1000 numbers, or of words"));
    return;
  }
  gboolean is_number = sf_json_kind (sf_json_first (v)) == SF_JSON_NUMBER;
  guint i = 0;
  f->n_levels = n;
  f->numbers = is_number ? g_new0 (double, n) : NULL;
  f->words = is_number ? NULL : g_new0 (char *, n + 1);
  for (const SfJson *e = sf_json_first (v); e; e = sf_json_next (e), i++) {
    SfJsonKind kind = sf_json_kind (e);
    if ((kind == SF_JSON_NUMBER) != is_number || kind == SF_JSON_ARRAY
        || kind == SF_JSON_OBJECT || kind == SF_JSON_NULL)
      mind (r, "levels", _ ("levels are numbers, or words and flags"));
    else if (is_number)
      f->numbers[i] = sf_json_number (e);
    else if (kind == SF_JSON_STRING)
      f->words[i] = word_of (e);
    if (!is_number && !f->words[i])
      f->words[i] = sf_json_print (e, FALSE);
    if (!is_number && strchr (f->words[i], '\n'))
      mind (r, "levels", _ ("a word is one line"));
  }
  f->kind = is_number ? SF_FACTOR_NUMBER : SF_FACTOR_CATEGORY;
  f->low = 0;
  f->high = n - 1;
  if (is_number)
    gsl_stats_minmax (&f->low, &f->high, f->numbers, 1, n);
  check_levels (r);
}

/* What the scenario itself says about the number. */
static void
read_own (Reading *r)
{
  const SfScenario *base = r->job->study->base;
  const SfAssumption *a = base && r->f->targets[0]
                              ? sf_scenario_assumption (base, r->f->targets[0])
                              : NULL;
  if (a)
    take_assumption (r, a);
  if (base && r->f->targets[0] && r->f->dist == SF_DIST_NONE)
    mind (r, NULL,
          _ ("\"range\", \"distribution\" or \"levels\" is missing, and the "
             "scenario states none for %s"),
          r->f->targets[0]);
}

static void
read_values (Reading *r)
{
  static const char *const ways[] = { "range", "distribution", "levels" };
  guint n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    n += sf_json_member (r->json, ways[i]) != NULL;
  if (r->f->lever) {
    r->f->kind = SF_FACTOR_LEVER;
    r->f->low = 0;
    r->f->high = 1;
    if (n > 0)
      mind (r, NULL, _ ("a lever is on or off; it has no range or levels"));
    return;
  }
  if (n > 1)
    mind (r, NULL, _ ("one of \"range\", \"distribution\" and \"levels\""));
  else if (sf_json_member (r->json, "range"))
    read_range (r, sf_json_member (r->json, "range"));
  else if (sf_json_member (r->json, "distribution"))
    read_distribution (r, sf_json_member (r->json, "distribution"));
  else if (sf_json_member (r->json, "levels"))
    read_levels (r, sf_json_member (r->json, "levels"));
  else
    read_own (r);
  const SfStudyFactor *f = r->f;
  if (f->is_log && (f->dist != SF_DIST_UNIFORM || !(f->low > 0)))
    mind (r, "is_log", _ ("equal ratios need a range above 0"));
  if (f->is_whole && f->dist == SF_DIST_UNIFORM
      && (f->low != floor (f->low) || f->high != floor (f->high)))
    mind (r, "is_whole", _ ("the ends of the range are not whole numbers"));
}

/* "service_h" -> "h", "attacks_per_100km" -> "per_100km"; "" when the name has
 * no unit. */
static const char *
unit_of (const char *target)
{
  const char *key = strrchr (target, '/') + 1;
  const char *per = strstr (key, "_per_");
  const char *last = per ? per : strrchr (key, '_');
  const char *unit = last && sf_unit_is_known_suffix (key) ? last + 1 : "";
  return sf_param_choice ("count|frac|prob", unit) >= 0 ? "" : unit;
}

/* Names become columns beside these. */
static const char taken[]
    = "point|rep|id|design_row|block|state|attempt|message|fingerprint|events|"
      "wall_s|cpu_s|finished_unix_s|worker|dummy|study|replications|n_done|n_"
      "failed";

static void
check_id (Reading *r, guint place)
{
  const char *id = r->f->id;
  const SfStudy *s = r->job->study;
  g_autofree char *small = g_ascii_strdown (id, -1);
  if (!sf_reader_is_id (id) || strchr (id, '.') || strchr (id, '-'))
    mind (r, NULL,
          _ ("a factor's name becomes a column: letters, digits and _"));
  else if (sf_param_choice (taken, small) >= 0)
    mind (r, NULL, _ ("\"%s\" is a column of every table; take another name"),
          id);
  for (guint i = 0; i < place; i++)
    if (g_ascii_strcasecmp (s->factors[i].id, id) == 0)
      mind (r, NULL, _ ("\"%s\" and \"%s\" differ in case only"),
            s->factors[i].id, id);
}

static void
read_factor (SfStudyJob *job, const SfJson *v, guint place)
{
  SfStudyFactor *f = &job->study->factors[place];
  g_autofree char *pointer
      = sf_json_pointer_child ("/factors", sf_json_key (v));
  Reading r = { job, v, pointer, f };
  sf_reader_record (&job->reader, v, pointer, sf_study_factor_params,
                    FACTOR_KEYS, f);
  f->id = sf_json_key (v);
  check_id (&r, place);
  if (sf_json_kind (v) != SF_JSON_OBJECT) {
    f->targets = g_new0 (char *, 1);
    return;
  }
  read_targets (&r);
  read_values (&r);
  if (!f->unit)
    f->unit = f->targets[0] ? unit_of (f->targets[0]) : "";
  if (f->lever)
    f->lever = sf_study_keep (job->study,
                              sf_scenario_beside (job->study->path, f->lever));
}

static gboolean
wants_dummy (const SfStudyJob *job)
{
  const SfJson *design
      = sf_json_member (sf_json_root (job->study->doc), "design");
  const SfJson *kind = design && sf_json_kind (design) == SF_JSON_OBJECT
                           ? sf_json_member (design, "kind")
                           : NULL;
  const SfJson *asked = kind ? sf_json_member (design, "has_dummy") : NULL;
  if (asked && sf_json_kind (asked) == SF_JSON_BOOLEAN)
    return sf_json_boolean (asked);
  return kind && sf_json_kind (kind) == SF_JSON_STRING
         && sf_param_choice ("morris|saltelli", sf_json_string (kind)) >= 0;
}

void
sf_study_read_factors (SfStudyJob *job)
{
  SfStudy *s = job->study;
  const SfJson *root = sf_json_root (s->doc);
  const SfJson *all = sf_json_member (root, "factors");
  if (!all)
    sf_reader_mistake (&job->reader, SF_MISTAKE_MISSING, root, "",
                       _ ("\"factors\" is missing: what varies?"));
  if (!all || !sf_reader_is_object (&job->reader, all, "/factors"))
    return;
  s->factors = g_new0 (SfStudyFactor, sf_json_length (all) + 1);
  for (const SfJson *v = sf_json_first (all); v; v = sf_json_next (v))
    read_factor (job, v, s->n_factors++);
  if (s->n_factors == 0)
    sf_reader_mistake (&job->reader, SF_MISTAKE_MISSING, all, "/factors",
                       _ ("there is no factor"));
  if (wants_dummy (job))
    s->factors[s->n_factors++]
        = (SfStudyFactor){ .id = "dummy",
                           .title = "Dummy that changes nothing",
                           .unit = "",
                           .kind = SF_FACTOR_DUMMY,
                           .targets = g_new0 (char *, 1),
                           .dist = SF_DIST_UNIFORM,
                           .levels_count = 1,
                           .high = 1 };
}
