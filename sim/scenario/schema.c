/* schema.c - the format, for editors. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draft-07, which every editor knows. A file that extends another is a patch:
 * it may leave out what a record needs and delete with null. So needed keys
 * are demanded only of a file that extends nothing, in one "then" at the end.
 * The schema helps while one types; `shortfall check` has the last word.
 */
#include <math.h>

#include "sim/scenario/basis.h"
#include "sim/scenario/scenario.h"

#define ID "^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$"

/* ---- Small pieces -------------------------------------------------------- */

/* A type, or null, by which a patch deletes. */
static void
add_type (SfJson *schema, const char *type)
{
  SfJson *types = sf_json_add_array (schema, "type");
  sf_json_add_string (types, NULL, type);
  sf_json_add_string (types, NULL, "null");
}

static void
add_null (SfJson *array)
{
  sf_json_add_number (array, NULL, NAN); /* which is written as null */
}

static void
add_words (SfJson *schema, const char *choices)
{
  g_auto (GStrv) words = g_strsplit (choices, "|", -1);
  SfJson *list = sf_json_add_array (schema, "enum");
  for (gsize i = 0; words[i]; i++)
    sf_json_add_string (list, NULL, words[i]);
  add_null (list);
}

static void
add_ref (SfJson *schema, const char *definition)
{
  g_autofree char *pointer = g_strconcat ("#/definitions/", definition, NULL);
  sf_json_add_string (schema, "$ref", pointer);
}

/* A member that is described, and of one type. */
static SfJson *
add_member (SfJson *properties, const char *name, const char *type,
            const char *help)
{
  SfJson *schema = sf_json_add_object (properties, name);
  add_type (schema, type);
  if (help)
    sf_json_add_string (schema, "description", help);
  return schema;
}

/* An object keyed by id whose members are like one definition. */
static void
add_map (SfJson *properties, const char *name, const char *help,
         const char *definition)
{
  SfJson *schema = add_member (properties, name, "object", help);
  SfJson *names = sf_json_add_object (schema, "propertyNames");
  sf_json_add_string (names, "pattern", ID);
  add_ref (sf_json_add_object (schema, "additionalProperties"), definition);
}

/* ---- Parameters ---------------------------------------------------------- */

static void
fill_number (SfJson *schema, const SfParam *p)
{
  SfJson *all = sf_json_add_array (schema, "allOf");
  add_ref (sf_json_add_object (all, NULL), "number");
  sf_json_add_number (schema, "minimum", p->min);
  sf_json_add_number (schema, "maximum", p->max);
  if (!(p->flags & SF_PARAM_REQUIRED) && !isnan (p->fallback))
    sf_json_add_number (schema, "default", p->fallback);
}

static void
fill_choice (SfJson *schema, const SfParam *p)
{
  add_words (schema, p->choices);
  g_autofree char *word = NULL;
  if (!(p->flags & SF_PARAM_REQUIRED))
    word = sf_param_choice_word (p->choices, (int)p->fallback);
  if (word)
    sf_json_add_string (schema, "default", word);
}

static void
fill_param (SfJson *schema, const SfParam *p)
{
  switch (p->kind) {
  case SF_PARAM_REAL:
  case SF_PARAM_AMOUNT:
    fill_number (schema, p);
    break;
  case SF_PARAM_FLAG:
    add_type (schema, "boolean");
    sf_json_add_boolean (schema, "default", p->fallback != 0);
    break;
  case SF_PARAM_CHOICE:
    fill_choice (schema, p);
    break;
  case SF_PARAM_DATE:
    add_type (schema, "string");
    sf_json_add_string (schema, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    break;
  case SF_PARAM_TEXT:
  case SF_PARAM_SERIES:
  case SF_PARAM_REF:
    add_type (schema, "string");
    break;
  case SF_PARAM_REFS:
    add_type (schema, "array");
    sf_json_add_string (sf_json_add_object (schema, "items"), "type", "string");
    sf_json_add_number (schema, "minItems", 1);
    sf_json_add_boolean (schema, "uniqueItems", TRUE);
    break;
  }
}

static void
add_param (SfJson *properties, const SfParam *p, const char *unit)
{
  g_autofree char *name = sf_param_name (p, unit);
  SfJson *schema = sf_json_add_object (properties, name);
  gboolean is_id = p->kind == SF_PARAM_REF || p->kind == SF_PARAM_REFS;
  g_autofree char *help
      = is_id ? g_strdup_printf ("%s (from \"%s\")", p->help, p->choices)
              : g_strdup (p->help);
  sf_json_add_string (schema, "description", help);
  fill_param (schema, p);
}

static void
add_params (SfJson *properties, const SfParam *params)
{
  for (const SfParam *p = params; p->name; p++) {
    add_param (properties, p, "m3");
    if (p->kind == SF_PARAM_AMOUNT)
      add_param (properties, p, "t");
  }
}

/* What the numbers of a record, or one number, rest on. */
static void
add_basis (SfJson *properties)
{
  add_member (properties, "source", "string",
              "ids from \"sources\", separated by commas, or \"model\"");
  SfJson *confidence = sf_json_add_object (properties, "confidence");
  sf_json_add_string (confidence, "description", "how far to trust it");
  g_autofree char *words = g_strjoinv ("|", (char **)sf_basis_words);
  add_words (confidence, words);
  add_member (properties, "note", "string", "why, and what to mind");
}

/* An object with the rows of a table; returns its properties. */
static SfJson *
fill_record (SfJson *schema, const SfParam *params)
{
  add_type (schema, "object");
  sf_json_add_boolean (schema, "additionalProperties", FALSE);
  SfJson *properties = sf_json_add_object (schema, "properties");
  add_params (properties, params);
  add_basis (properties);
  return properties;
}

/* ---- Definitions --------------------------------------------------------- */

static void
add_way (SfJson *ways, const char *key)
{
  SfJson *needed
      = sf_json_add_array (sf_json_add_object (ways, NULL), "required");
  sf_json_add_string (needed, NULL, key);
}

static void
add_assumption (SfJson *definitions)
{
  static const char *const numbers[]
      = { "value",  "min",   "mode", "max", "mean",  "sd",
          "median", "sigma", "a",    "b",   "factor" };
  SfJson *schema = sf_json_add_object (definitions, "assumption");
  sf_json_add_string (schema, "description",
                      "a number with what it rests on: a value, a "
                      "distribution drawn once a replication, or one from "
                      "\"assumptions\" times a factor");
  sf_json_add_string (schema, "type", "object");
  sf_json_add_boolean (schema, "additionalProperties", FALSE);
  SfJson *properties = sf_json_add_object (schema, "properties");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_member (properties, numbers[i], "number", NULL);
  SfJson *range = add_member (properties, "range", "array",
                              "lowest and highest that is stated");
  sf_json_add_string (sf_json_add_object (range, "items"), "type", "number");
  sf_json_add_number (range, "minItems", 2);
  sf_json_add_number (range, "maxItems", 2);
  SfJson *dist = sf_json_add_object (properties, "dist");
  sf_json_add_string (dist, "description",
                      "uniform: min, max; triangular: min, mode, max; "
                      "normal: mean, sd; lognormal: median, sigma; beta: "
                      "min, max, a, b");
  add_words (dist, "uniform|triangular|normal|lognormal|beta");
  add_member (properties, "assumption", "string", "from \"assumptions\"");
  add_basis (properties);
}

/* A number is plain, or an assumption; a patch may change a part of one. */
static void
add_number (SfJson *definitions)
{
  SfJson *schema = sf_json_add_object (definitions, "number");
  SfJson *ways = sf_json_add_array (schema, "oneOf");
  add_type (sf_json_add_object (ways, NULL), "number");
  add_ref (sf_json_add_object (ways, NULL), "assumption");
}

static void
add_source (SfJson *definitions)
{
  SfJson *schema = sf_json_add_object (definitions, "source");
  static const SfParam none[] = { SF_PARAM_END };
  SfJson *properties = fill_record (schema, none);
  add_member (properties, "title", "string", "what it is, with its date");
  add_member (properties, "url", "string", "where it can be read");
}

/* One record for each model, told apart by "model"; a patch may leave that
 * out, and is then not looked into. */
static void
add_models (SfJson *definitions, const SfModelInfo *const *models)
{
  SfJson *schema = sf_json_add_object (definitions, "models");
  SfJson *ways = sf_json_add_array (schema, "oneOf");
  SfJson *patch = sf_json_add_object (ways, NULL);
  add_type (patch, "object");
  add_way (sf_json_add_array (sf_json_add_object (patch, "not"), "allOf"),
           "model");
  for (gsize i = 0; models[i]; i++) {
    SfJson *record = sf_json_add_object (ways, NULL);
    sf_json_add_string (record, "title", models[i]->title);
    sf_json_add_string (record, "description", models[i]->manual);
    SfJson *properties = fill_record (record, models[i]->params);
    SfJson *model = sf_json_add_object (properties, "model");
    sf_json_add_string (model, "const", models[i]->name);
    add_member (properties, "enabled", "boolean", "false: off, but readable");
    sf_json_add_string (sf_json_add_array (record, "required"), NULL, "model");
  }
}

static void
add_definitions (SfJson *root, const SfModelInfo *const *models)
{
  SfJson *definitions = sf_json_add_object (root, "definitions");
  add_number (definitions);
  add_assumption (definitions);
  add_source (definitions);
  for (int i = 0; sf_collections[i].name; i++) {
    SfJson *schema = sf_json_add_object (definitions, sf_collections[i].name);
    fill_record (schema, sf_collections[i].params);
  }
  add_models (definitions, models);
}

/* ---- The whole ----------------------------------------------------------- */

static void
add_top (SfJson *properties)
{
  add_member (properties, "$schema", "string", "this schema, for editors");
  SfJson *format = sf_json_add_object (properties, "format");
  sf_json_add_number (format, "const", 1);
  add_member (properties, "extends", "string",
              "the file that this one changes");
  add_params (properties, sf_scenario_params);
  add_basis (properties);
  SfJson *notes = sf_json_add_object (properties, "notes");
  sf_json_add_string (notes, "description", "anything, for readers");
  SfJson *words = sf_json_add_object (properties, "translations");
  sf_json_add_string (words, "description",
                      "titles in other languages: language, title, its "
                      "translation");
  sf_json_add_string (words, "type", "object");
  SfJson *lang = sf_json_add_object (words, "additionalProperties");
  sf_json_add_string (lang, "type", "object");
  sf_json_add_string (sf_json_add_object (lang, "additionalProperties"), "type",
                      "string");
  SfJson *time = sf_json_add_object (properties, "time");
  fill_record (time, sf_time_params);
  SfJson *run = sf_json_add_object (properties, "run");
  SfJson *seed = add_member (fill_record (run, sf_run_params), "seed", "string",
                             "a whole number in quotes");
  sf_json_add_string (seed, "pattern", "^[0-9]+$");
  sf_json_add_string (seed, "default", "1");
  add_map (properties, "sources", "what the numbers rest on", "source");
  add_map (properties, "assumptions", "numbers that several others take",
           "number");
  for (int i = 0; sf_collections[i].name; i++)
    add_map (properties, sf_collections[i].name, sf_collections[i].title,
             sf_collections[i].name);
  add_map (properties, "models", "the mechanisms that are switched on",
           "models");
}

static void
need_keys (SfJson *parts, const SfCollection *c)
{
  SfJson *needed = NULL;
  for (const SfParam *p = c->params; p->name; p++) {
    if (!(p->flags & SF_PARAM_REQUIRED) || p->kind == SF_PARAM_AMOUNT)
      continue;
    if (!needed) {
      SfJson *records = sf_json_add_object (sf_json_add_object (parts, c->name),
                                            "additionalProperties");
      needed = sf_json_add_array (records, "required");
    }
    sf_json_add_string (needed, NULL, p->name);
  }
}

/* A file that extends nothing has to be whole. */
static void
add_needs (SfJson *root)
{
  SfJson *has = sf_json_add_object (root, "if");
  sf_json_add_string (sf_json_add_array (has, "required"), NULL, "extends");
  sf_json_add_boolean (root, "then", TRUE);
  SfJson *whole = sf_json_add_object (root, "else");
  SfJson *parts = sf_json_add_object (whole, "properties");
  for (int i = 0; sf_collections[i].name; i++)
    need_keys (parts, &sf_collections[i]);
  SfJson *models = sf_json_add_object (sf_json_add_object (parts, "models"),
                                       "additionalProperties");
  sf_json_add_string (sf_json_add_array (models, "required"), NULL, "model");
}

char *
sf_scenario_schema (const SfModelInfo *const *models)
{
  g_autoptr (SfJsonDoc) doc = sf_json_doc_new_object ("schema");
  SfJson *root = sf_json_root (doc);
  sf_json_add_string (root, "$schema",
                      "http://json-schema.org/draft-07/schema#");
  sf_json_add_string (root, "title", "Shortfall scenario");
  sf_json_add_string (root, "description",
                      "Made by `shortfall models --schema`; `shortfall "
                      "explain NAME` says the same in words.");
  sf_json_add_string (root, "type", "object");
  sf_json_add_boolean (root, "additionalProperties", FALSE);
  add_top (sf_json_add_object (root, "properties"));
  add_needs (root);
  add_definitions (root, models);
  return sf_json_print (root, TRUE);
}
