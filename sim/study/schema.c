/* schema.c - the format of studies, for editors and the manual. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records come from the tables that also read them; what no table describes is
 * put in by hand below. The schema helps while one types; `shortfall sweep
 * plan` has the last word.
 */
#include <math.h>
#include <string.h>

#include "sim/scenario/basis.h"
#include "sim/lang/lang.h"
#include "sim/study/study-private.h"

#define COLUMN "^[A-Za-z0-9_]{1,64}$"

/* ---- Small pieces ------------------------------------------------------------- */

static void
set_type (SfJson *schema, const char *type)
{
  sf_json_add_string (schema, "type", type);
}

static void
add_words (SfJson *schema, const char *key, const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);
  SfJson *array = sf_json_add_array (schema, key);
  for (char **w = list; *w; w++)
    sf_json_add_string (array, NULL, *w);
}

/* A list whose members are of one type. */
static SfJson *
fill_list (SfJson *schema, const char *type, guint least)
{
  set_type (schema, "array");
  sf_json_add_number (schema, "minItems", least);
  SfJson *items = sf_json_add_object (schema, "items");
  set_type (items, type);
  return items;
}

/* An object keyed by names whose members are like one definition. */
static void
fill_map (SfJson *schema, const char *names, const char *definition)
{
  g_autofree char *pointer = g_strconcat ("#/definitions/", definition, NULL);
  set_type (schema, "object");
  sf_json_add_string (sf_json_add_object (schema, "propertyNames"), "pattern",
                      names);
  sf_json_add_string (sf_json_add_object (schema, "additionalProperties"),
                      "$ref", pointer);
}

static void
fill_text (SfJson *schema)
{
  set_type (schema, "string");
}

static void
fill_any (SfJson *schema)
{
  (void)schema; /* anything */
}

/* ---- Keys that no table describes ------------------------------------------------ */

static void
fill_format (SfJson *schema)
{
  sf_json_add_number (schema, "const", 1);
}

static void
fill_sources (SfJson *schema)
{
  set_type (schema, "object");
}

static void
fill_set (SfJson *schema)
{
  set_type (schema, "object");
  sf_json_add_string (sf_json_add_object (schema, "propertyNames"), "pattern",
                      "^/[^=]*$");
}

static void
fill_seed (SfJson *schema)
{
  set_type (schema, "string");
  sf_json_add_string (schema, "pattern", "^[0-9]{1,20}$");
}

static void
fill_budget (SfJson *schema)
{
  sf_json_add_string (schema, "$ref", "#/definitions/budget");
}

static void
fill_design (SfJson *schema)
{
  sf_json_add_string (schema, "$ref", "#/definitions/design");
}

static void
fill_factors (SfJson *schema)
{
  fill_map (schema, COLUMN, "factors");
  sf_json_add_number (schema, "minProperties", 1);
}

static void
fill_constraints (SfJson *schema)
{
  fill_map (schema, "", "constraints");
}

static void
fill_outcomes (SfJson *schema)
{
  fill_map (schema, COLUMN, "outcomes");
  sf_json_add_number (schema, "minProperties", 1);
}

static void
fill_translations (SfJson *schema)
{
  set_type (schema, "object");
  SfJson *lang = sf_json_add_object (schema, "additionalProperties");
  set_type (lang, "object");
  set_type (sf_json_add_object (lang, "additionalProperties"), "string");
}

static void
fill_names (SfJson *schema)
{
  fill_list (schema, "string", 1);
}

static void
fill_series (SfJson *schema)
{
  fill_list (schema, "string", 0);
  sf_json_add_boolean (schema, "uniqueItems", TRUE);
}

static void
fill_target (SfJson *schema)
{
  SfJson *ways = sf_json_add_array (schema, "oneOf");
  SfJson *one = sf_json_add_object (ways, NULL);
  set_type (one, "string");
  sf_json_add_string (one, "pattern", "^/[^=]*$");
  SfJson *many = fill_list (sf_json_add_object (ways, NULL), "string", 1);
  sf_json_add_string (many, "pattern", "^/[^=]*$");
}

static void
fill_range (SfJson *schema)
{
  fill_list (schema, "number", 2);
  sf_json_add_number (schema, "maxItems", 2);
}

static void
fill_distribution (SfJson *schema)
{
  static const char *const numbers[]
      = { "value", "min",    "mode",  "max", "mean",
          "sd",    "median", "sigma", "a",   "b" };
  set_type (schema, "object");
  sf_json_add_boolean (schema, "additionalProperties", FALSE);
  SfJson *properties = sf_json_add_object (schema, "properties");
  add_words (sf_json_add_object (properties, "dist"), "enum",
             "uniform|triangular|normal|lognormal|beta");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    set_type (sf_json_add_object (properties, numbers[i]), "number");
  fill_range (sf_json_add_object (properties, "range"));
  static const char *const texts[] = { "source", "confidence", "note" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    fill_text (sf_json_add_object (properties, texts[i]));
}

static void
fill_levels (SfJson *schema)
{
  SfJson *ways = sf_json_add_array (schema, "oneOf");
  SfJson *numbers = sf_json_add_object (ways, NULL);
  SfJson *words = sf_json_add_object (ways, NULL);
  fill_list (numbers, "number", 2);
  sf_json_add_number (numbers, "maxItems", 1000);
  set_type (words, "array");
  sf_json_add_number (words, "minItems", 2);
  sf_json_add_number (words, "maxItems", 1000);
  add_words (sf_json_add_object (words, "items"), "type", "string|boolean");
}

static void
fill_terms (SfJson *schema)
{
  set_type (schema, "object");
  set_type (sf_json_add_object (schema, "additionalProperties"), "number");
}

static const SfStudyKey top_keys[] = {
  { "$schema", N_ ("this schema, for editors"), fill_text },
  { "format", N_ ("version of the format"), fill_format },
  { "sources", N_ ("what factors rest on, by id"), fill_sources },
  { "notes", N_ ("anything, for readers"), fill_any },
  { "scenario", N_ ("the file that is varied, beside this one"), fill_text },
  { "set", N_ ("changes for all points: JSON Pointer into the scenario, value"),
    fill_set },
  { "seed", N_ ("a whole number in quotes; else the scenario's"), fill_seed },
  { "budget", N_ ("what one run may take"), fill_budget },
  { "design", N_ ("at which points to run"), fill_design },
  { "factors", N_ ("what varies, by name"), fill_factors },
  { "constraints", N_ ("which points are left out, by name"),
    fill_constraints },
  { "outcomes", N_ ("the numbers that are kept of every run, by name"),
    fill_outcomes },
  { "series", N_ ("daily series to keep of every run"), fill_series },
  { "translations",
    N_ ("titles in other languages: language, title (or name), its "
        "translation"),
    fill_translations },
  { NULL, NULL, NULL },
};

static const SfStudyKey factor_keys[] = {
  { "target",
    N_ ("JSON Pointers into the scenario that take the value, or one"),
    fill_target },
  { "range", N_ ("lowest and highest"), fill_range },
  { "distribution", N_ ("as a scenario states it, with \"dist\" or \"range\""),
    fill_distribution },
  { "levels", N_ ("numbers, or words and flags"), fill_levels },
  { NULL, NULL, NULL },
};

static const SfStudyKey design_keys[] = {
  { "generators", N_ ("of fractional: \"D=ABC\", the first factor being A"),
    fill_names },
  { NULL, NULL, NULL },
};

static const SfStudyKey rule_keys[] = {
  { "terms", N_ ("how much each factor counts; a lever is 0 or 1"),
    fill_terms },
  { NULL, NULL, NULL },
};

static const SfStudyKey outcome_keys[] = {
  { "series", N_ ("daily series, added up, of which \"stat\" is taken"),
    fill_names },
  { NULL, NULL, NULL },
};

static const SfStudyKey no_keys[] = { { NULL, NULL, NULL } };

const SfStudyPart sf_study_parts[] = {
  { "study", N_ ("the top level of a study"), sf_study_top_params, top_keys,
    "name|scenario|design|factors|outcomes" },
  { "factors", N_ ("what varies; an object keyed by name"),
    sf_study_factor_params, factor_keys, "" },
  { "design", N_ ("which points are run"), sf_study_design_params, design_keys,
    "kind" },
  { "constraints", N_ ("which points are left out; an object keyed by name"),
    sf_study_rule_params, rule_keys, "terms" },
  { "outcomes", N_ ("what is kept of a run; an object keyed by name"),
    sf_observation_part_params, outcome_keys, "" },
  { "budget", N_ ("what one run may take"), sf_study_budget_params, no_keys,
    "" },
  { NULL, NULL, NULL, NULL, NULL },
};

/* ---- Records ----------------------------------------------------------------------- */

static void
fill_number (SfJson *schema, const SfParam *p)
{
  set_type (schema, "number");
  sf_json_add_number (schema, "minimum", p->min);
  sf_json_add_number (schema, "maximum", p->max);
  if (isfinite (p->fallback))
    sf_json_add_number (schema, "default", p->fallback);
}

static void
add_param (SfJson *properties, const SfParam *p)
{
  SfJson *schema = sf_json_add_object (properties, p->name);
  sf_json_add_string (schema, "description", p->help);
  switch (p->kind) {
  case SF_PARAM_FLAG:
    set_type (schema, "boolean");
    break;
  case SF_PARAM_CHOICE:
    add_words (schema, "enum", p->choices);
    break;
  case SF_PARAM_DATE:
    set_type (schema, "string");
    sf_json_add_string (schema, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    break;
  case SF_PARAM_REAL:
  case SF_PARAM_AMOUNT:
    fill_number (schema, p);
    break;
  case SF_PARAM_TEXT:
  case SF_PARAM_REF:
  case SF_PARAM_REFS:
  case SF_PARAM_SERIES:
    set_type (schema, "string");
    break;
  }
}

/* What any record may say of what it rests on. */
static void
add_basis (SfJson *properties)
{
  g_autofree char *words = g_strjoinv ("|", (char **)sf_basis_words);
  set_type (sf_json_add_object (properties, "source"), "string");
  add_words (sf_json_add_object (properties, "confidence"), "enum", words);
  set_type (sf_json_add_object (properties, "note"), "string");
}

static void
fill_record (SfJson *schema, const SfStudyPart *part)
{
  set_type (schema, "object");
  sf_json_add_boolean (schema, "additionalProperties", FALSE);
  SfJson *properties = sf_json_add_object (schema, "properties");
  for (const SfStudyKey *k = part->keys; k->key; k++) {
    SfJson *member = sf_json_add_object (properties, k->key);
    sf_json_add_string (member, "description", k->help);
    k->fill (member);
  }
  for (const SfParam *p = part->params; p->name; p++)
    add_param (properties, p);
  add_basis (properties);
  if (*part->needed)
    add_words (schema, "required", part->needed);
}

/* A record has one of two keys. */
static void
need_one (SfJson *schema, const char *one, const char *other)
{
  SfJson *ways = sf_json_add_array (schema, "oneOf");
  add_words (sf_json_add_object (ways, NULL), "required", one);
  add_words (sf_json_add_object (ways, NULL), "required", other);
}

char *
sf_study_schema (void)
{
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("study-schema");
  SfJson *root = sf_json_root (doc);
  sf_json_add_string (root, "$schema",
                      "http://json-schema.org/draft-07/schema#");
  sf_json_add_string (root, "title", "Shortfall study");
  sf_json_add_string (root, "description",
                      "Made by `shortfall explain study-schema`; `shortfall "
                      "explain study` says the same in words.");
  fill_record (root, &sf_study_parts[0]);
  SfJson *definitions = sf_json_add_object (root, "definitions");
  for (const SfStudyPart *part = &sf_study_parts[1]; part->name; part++) {
    SfJson *record = sf_json_add_object (definitions, part->name);
    fill_record (record, part);
    if (strcmp (part->name, "factors") == 0)
      need_one (record, "target", "lever");
    if (strcmp (part->name, "outcomes") == 0)
      need_one (record, "metric", "series");
  }
  return sf_json_print (root, TRUE);
}
