/* assume.c - numbers with what they rest on. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/reader.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"

/* Keys of an assumption besides source, confidence and note. */
#define KEYS                                                                   \
  "value|range|dist|min|mode|max|mean|sd|median|sigma|a|b|assumption|factor"

/* The parameters of each distribution, in the order of SfAssumption.p. */
static const struct {
  const char *name;
  const char *keys[4];
  const char *rule;
} dists[] = {
  [SF_DIST_UNIFORM] = { "uniform", { "min", "max" }, "min < max" },
  [SF_DIST_TRIANGULAR]
  = { "triangular", { "min", "mode", "max" }, "min <= mode <= max, min < max" },
  [SF_DIST_NORMAL] = { "normal", { "mean", "sd" }, "sd > 0" },
  [SF_DIST_LOGNORMAL]
  = { "lognormal", { "median", "sigma" }, "median > 0, sigma > 0" },
  [SF_DIST_BETA]
  = { "beta", { "min", "max", "a", "b" }, "min < max, a > 0, b > 0" },
};

/* A plain number of an assumption object; NAN and a mistake when it is not. */
static double
plain (SfReader *r, const SfJson *object, const char *key, const char *pointer)
{
  const SfJson *v = sf_json_member (object, key);
  g_autofree char *child = sf_json_pointer_child (pointer, key);
  if (!v) {
    sf_reader_mistake (r, SF_MISTAKE_MISSING, object, pointer,
                       _ ("\"%s\" is missing"), key);
    return NAN;
  }
  if (sf_json_kind (v) == SF_JSON_NUMBER)
    return sf_json_number (v);
  sf_reader_mistake (r, SF_MISTAKE_TYPE, v, child,
                     _ ("expected a number, found %s"),
                     sf_json_kind_name (sf_json_kind (v)));
  return NAN;
}

static double
centre (const SfAssumption *a)
{
  switch (a->dist) {
  case SF_DIST_UNIFORM:
    return (a->p[0] + a->p[1]) / 2;
  case SF_DIST_TRIANGULAR:
    return a->p[1];
  case SF_DIST_BETA:
    return a->p[0] + (a->p[1] - a->p[0]) * a->p[2] / (a->p[2] + a->p[3]);
  case SF_DIST_NORMAL:
  case SF_DIST_LOGNORMAL:
    return a->p[0];
  case SF_DIST_NONE:
    break;
  }
  return a->value;
}

static gboolean
dist_makes_sense (const SfAssumption *a)
{
  switch (a->dist) {
  case SF_DIST_UNIFORM:
    return a->p[0] < a->p[1];
  case SF_DIST_TRIANGULAR:
    return a->p[0] <= a->p[1] && a->p[1] <= a->p[2] && a->p[0] < a->p[2];
  case SF_DIST_NORMAL:
    return a->p[1] > 0;
  case SF_DIST_LOGNORMAL:
    return a->p[0] > 0 && a->p[1] > 0;
  case SF_DIST_BETA:
    return a->p[0] < a->p[1] && a->p[2] > 0 && a->p[3] > 0;
  case SF_DIST_NONE:
    break;
  }
  return TRUE;
}

/* Each key must mean something beside the others: a mode beside a uniform
 * distribution is a mistake, not a decoration. `keys` ends with NULL. */
static void
check_keys (SfReader *r, const SfJson *object, const char *pointer,
            const char *const *keys, guint n, const char *way)
{
  for (const SfJson *v = sf_json_first (object); v; v = sf_json_next (v)) {
    const char *key = sf_json_key (v);
    gboolean is_good = strcmp (key, way) == 0 || strcmp (key, "range") == 0
                       || sf_param_choice (KEYS, key) < 0;
    for (guint i = 0; i < n && keys[i]; i++)
      is_good = is_good || strcmp (key, keys[i]) == 0;
    if (is_good)
      continue;
    g_autofree char *child = sf_json_pointer_child (pointer, key);
    sf_reader_mistake (r, SF_MISTAKE_UNKNOWN_KEY, v, child,
                       _ ("\"%s\" means nothing beside \"%s\""), key, way);
  }
}

static void
read_dist (SfReader *r, const SfJson *object, const char *pointer,
           SfAssumption *a)
{
  const SfJson *d = sf_json_member (object, "dist");
  const char *word
      = sf_json_kind (d) == SF_JSON_STRING ? sf_json_string (d) : "";
  gsize kind = 1;
  while (kind < G_N_ELEMENTS (dists) && strcmp (dists[kind].name, word) != 0)
    kind++;
  g_autofree char *child = sf_json_pointer_child (pointer, "dist");
  if (kind == G_N_ELEMENTS (dists)) {
    g_autofree char *safe = sf_text_safe (word, -1);
    sf_reader_mistake (r, SF_MISTAKE_RANGE, d, child,
                       _ ("\"%s\" is none of uniform, triangular, normal, "
                          "lognormal, beta"),
                       safe);
    return;
  }
  check_keys (r, object, pointer, dists[kind].keys, 4, "dist");
  for (gsize i = 0; i < 4 && dists[kind].keys[i]; i++)
    a->p[i] = plain (r, object, dists[kind].keys[i], pointer);
  for (gsize i = 0; i < 4; i++)
    if (isnan (a->p[i]))
      return;
  a->dist = (SfDistKind)kind;
  if (!dist_makes_sense (a))
    sf_reader_mistake (r, SF_MISTAKE_RANGE, object, pointer,
                       _ ("the parameters of this %s distribution do not fit "
                          "together; expected %s"),
                       dists[kind].name, dists[kind].rule);
  a->value = centre (a);
}

static void
read_range (SfReader *r, const SfJson *range, const char *pointer,
            SfAssumption *a)
{
  const SfJson *low = sf_json_first (range);
  const SfJson *high = low ? sf_json_next (low) : NULL;
  if (sf_json_kind (range) != SF_JSON_ARRAY || sf_json_length (range) != 2
      || sf_json_kind (low) != SF_JSON_NUMBER
      || sf_json_kind (high) != SF_JSON_NUMBER
      || sf_json_number (low) > sf_json_number (high)) {
    sf_reader_mistake (r, SF_MISTAKE_TYPE, range, pointer,
                       _ ("a range is [lowest, highest]"));
    return;
  }
  a->low = sf_json_number (low);
  a->high = sf_json_number (high);
}

/* The name nearest to one that is not under /assumptions, among those that
 * are; an assumption can only take one that stands before it. */
static void
not_shared (SfReader *r, const SfJson *v, const char *pointer, const char *name)
{
  const SfJson *all = sf_json_member (sf_json_root (r->doc), "assumptions");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (const SfJson *a = all ? sf_json_first (all) : NULL; a;
       a = sf_json_next (a))
    if (sf_json_key (a))
      g_ptr_array_add (names, (gpointer)sf_json_key (a));
  const char *near
      = sf_text_nearest (name, (const char *const *)names->pdata, names->len);
  g_autofree char *child = sf_json_pointer_child (pointer, "assumption");
  g_autofree char *safe = sf_text_safe (name, -1);
  g_autofree char *hint = sf_text_hint (near);
  gboolean is_later = g_strcmp0 (near, name) == 0;
  if (is_later && !g_str_has_prefix (pointer, "/assumptions/"))
    return; /* it could not be read, which was said */
  if (is_later)
    sf_reader_mistake (r, SF_MISTAKE_REFERENCE, v, child,
                       _ ("\"%s\" stands later under /assumptions"), safe);
  else
    sf_reader_mistake (r, SF_MISTAKE_REFERENCE, v, child,
                       _ ("\"%s\" is not under /assumptions%s"), safe, hint);
}

static void
read_shared (SfReader *r, const SfJson *object, const char *pointer,
             SfAssumption *a)
{
  const SfJson *v = sf_json_member (object, "assumption");
  const char *name
      = sf_json_kind (v) == SF_JSON_STRING ? sf_json_string (v) : "";
  gint place = GPOINTER_TO_INT (g_hash_table_lookup (r->named, name));
  if (!place) {
    not_shared (r, v, pointer, name);
    return;
  }
  static const char *const keys[] = { "factor" };
  check_keys (r, object, pointer, keys, 1, "assumption");
  if (sf_json_member (object, "factor"))
    a->factor = plain (r, object, "factor", pointer);
  const SfAssumption *from
      = &g_array_index (r->assumptions, SfAssumption, place - 1);
  a->named = place - 1;
  a->value = from->value * a->factor;
  /* What it rests on is the shared one's matter, not the record's. */
  if (from->source && !sf_json_member (object, "source"))
    a->source = from->source;
  if (from->confidence && !sf_json_member (object, "confidence"))
    a->confidence = from->confidence;
}

/* source, confidence and note of the number itself, over its record's. */
static void
read_basis (SfReader *r, const SfJson *object, const char *pointer,
            SfAssumption *a)
{
  static const SfParam none[] = { SF_PARAM_END };
  char nothing[1];
  const char *source = r->source, *confidence = r->confidence;
  sf_reader_record (r, object, pointer, none, KEYS, nothing);
  a->source = r->source ? r->source : source;
  a->confidence = r->confidence ? r->confidence : confidence;
  r->source = source;
  r->confidence = confidence;
  const SfJson *note = sf_json_member (object, "note");
  if (note && sf_json_kind (note) == SF_JSON_STRING)
    a->note = sf_json_string (note);
}

/* The stated range has to hold the number itself. */
static void
check_inside (SfReader *r, const SfJson *object, const char *pointer,
              const SfAssumption *a)
{
  if (isnan (a->low) || isnan (a->value)
      || (a->low <= a->value && a->value <= a->high))
    return;
  char found[SF_TEXT_NUMBER_SIZE];
  g_autofree char *child = sf_json_pointer_child (pointer, "range");
  sf_reader_mistake (r, SF_MISTAKE_RANGE, sf_json_member (object, "range"),
                     child, _ ("the range does not hold the number itself, %s"),
                     sf_text_number (found, a->value));
}

static void
read_object (SfReader *r, const SfJson *object, const char *pointer,
             SfAssumption *a)
{
  read_basis (r, object, pointer, a);
  const SfJson *range = sf_json_member (object, "range");
  if (range) {
    g_autofree char *child = sf_json_pointer_child (pointer, "range");
    read_range (r, range, child, a);
  }
  if (sf_json_member (object, "assumption"))
    read_shared (r, object, pointer, a);
  else if (sf_json_member (object, "dist"))
    read_dist (r, object, pointer, a);
  else {
    check_keys (r, object, pointer, NULL, 0, "value");
    a->value = plain (r, object, "value", pointer);
  }
  check_inside (r, object, pointer, a);
}

void
sf_reader_limits (const SfAssumption *a, double *low, double *high)
{
  *low = *high = a->value;
  if (a->dist == SF_DIST_UNIFORM || a->dist == SF_DIST_BETA) {
    *low = a->p[0];
    *high = a->p[1];
  } else if (a->dist == SF_DIST_TRIANGULAR) {
    *low = a->p[0];
    *high = a->p[2];
  }
}

static void
check_range (SfReader *r, const SfJson *value, const char *pointer,
             const SfAssumption *a)
{
  double low, high;
  sf_reader_limits (a, &low, &high);
  if (isnan (a->value) || (low >= a->min && high <= a->max))
    return;
  char found[SF_TEXT_NUMBER_SIZE], lo[SF_TEXT_NUMBER_SIZE],
      hi[SF_TEXT_NUMBER_SIZE];
  sf_reader_mistake (r, SF_MISTAKE_RANGE, value, pointer,
                     _ ("%s is out of range; expected %s to %s"),
                     sf_text_number (found, low < a->min ? low : high),
                     sf_text_number (lo, a->min), sf_text_number (hi, a->max));
}

void
sf_reader_number (SfReader *r, const SfJson *value, const char *pointer,
                  const SfParam *p, double *target)
{
  SfAssumption a = { .target = target,
                     .low = NAN,
                     .high = NAN,
                     .named = -1,
                     .column = -1,
                     .fixed = NAN,
                     .factor = 1,
                     .min = p->min,
                     .max = p->max,
                     .source = r->source,
                     .confidence = r->confidence,
                     .help = p->help };
  if (sf_json_kind (value) == SF_JSON_NUMBER)
    a.value = sf_json_number (value);
  else if (sf_json_kind (value) == SF_JSON_OBJECT)
    read_object (r, value, pointer, &a);
  else {
    sf_reader_mistake (r, SF_MISTAKE_TYPE, value, pointer,
                       _ ("expected a number or an assumption, found %s"),
                       sf_json_kind_name (sf_json_kind (value)));
    return;
  }
  check_range (r, value, pointer, &a);
  a.is_whole = g_str_has_suffix (pointer, "_count");
  a.pointer = g_strdup (pointer);
  if (target)
    *target = a.value;
  g_array_append_val (r->assumptions, a);
}

void
sf_reader_named (SfReader *r, const SfJson *object)
{
  static const SfParam any = { "assumption",
                               SF_PARAM_REAL,
                               0,
                               0,
                               0,
                               -1e12,
                               1e12,
                               NULL,
                               N_ ("an assumption that several numbers "
                                   "share") };
  if (!sf_reader_is_object (r, object, "/assumptions"))
    return;
  for (const SfJson *v = sf_json_first (object); v; v = sf_json_next (v)) {
    g_autofree char *child
        = sf_json_pointer_child ("/assumptions", sf_json_key (v));
    r->source = r->confidence = NULL;
    guint before = r->assumptions->len;
    sf_reader_number (r, v, child, &any, NULL);
    if (r->assumptions->len > before)
      g_hash_table_insert (r->named, (gpointer)sf_json_key (v),
                           GINT_TO_POINTER ((gint)before + 1));
  }
}
