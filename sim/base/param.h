/* param.h - tables that describe records. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything a scenario can say about a link, a queue or a model is one row of
 * a table: name with its unit, default, range and help. Reading, error
 * messages, the schema for editors, the manual and the names that can be
 * varied all come from these rows, so a new parameter is one line.
 *
 * A real number is always stored as a double, counts too, since any of them
 * may be drawn from a distribution or changed by an event.
 */
#pragma once

#include <glib.h>

typedef enum {
  SF_PARAM_REAL,   /* double; an assumption object is allowed */
  SF_PARAM_AMOUNT, /* double in the commodity's unit: "{u}" in the name stands
                      for m3 or t */
  SF_PARAM_FLAG,   /* gboolean */
  SF_PARAM_TEXT,   /* const char *, borrowed from the document, or NULL */
  SF_PARAM_CHOICE, /* gint: place in `choices`, words separated by "|" */
  SF_PARAM_DATE,   /* SfDate; SF_PARAM_NO_DATE when absent */
  SF_PARAM_REF,    /* gint: index in the collection named by `choices`; -1 */
  SF_PARAM_REFS,   /* GArray of gint, or NULL when absent (means: all) */
  SF_PARAM_SERIES, /* const char *: name of a recorded series, or NULL */
} SfParamKind;

#define SF_PARAM_NO_DATE G_MININT32

/* What reading does when the name is absent. */
typedef enum {
  SF_PARAM_OPTIONAL = 0,
  SF_PARAM_REQUIRED = 1 << 0,
} SfParamFlags;

typedef struct {
  const char *name; /* NULL ends a table */
  SfParamKind kind;
  SfParamFlags flags;
  gsize offset;    /* of the member in the record */
  double fallback; /* default of a number, flag (0, 1) or choice */
  double min, max; /* inclusive range of a number */
  const char *choices;
  const char *help; /* one line; the unit is in the name */
} SfParam;

/* clang-format off */
/* Rows of a table. T is the record, NAME its member and its JSON key. */
#define SF_PARAM(T, NAME, DEFAULT, MIN, MAX, HELP)                             \
  { #NAME, SF_PARAM_REAL, SF_PARAM_OPTIONAL, G_STRUCT_OFFSET (T, NAME),        \
    (DEFAULT), (MIN), (MAX), NULL, (HELP) }
#define SF_PARAM_NEED(T, NAME, MIN, MAX, HELP)                                 \
  { #NAME, SF_PARAM_REAL, SF_PARAM_REQUIRED, G_STRUCT_OFFSET (T, NAME), 0,     \
    (MIN), (MAX), NULL, (HELP) }
#define SF_PARAM_QTY(T, NAME, MEMBER, DEFAULT, HELP)                           \
  { NAME, SF_PARAM_AMOUNT, SF_PARAM_OPTIONAL, G_STRUCT_OFFSET (T, MEMBER),     \
    (DEFAULT), 0, 1e12, NULL, (HELP) }
#define SF_PARAM_BOOL(T, NAME, DEFAULT, HELP)                                  \
  { #NAME, SF_PARAM_FLAG, SF_PARAM_OPTIONAL, G_STRUCT_OFFSET (T, NAME),        \
    (DEFAULT), 0, 1, NULL, (HELP) }
#define SF_PARAM_STRING(T, NAME, HELP)                                         \
  { #NAME, SF_PARAM_TEXT, SF_PARAM_OPTIONAL, G_STRUCT_OFFSET (T, NAME), 0, 0,  \
    0, NULL, (HELP) }
#define SF_PARAM_WORD(T, NAME, FLAGS, CHOICES, DEFAULT, HELP)                  \
  { #NAME, SF_PARAM_CHOICE, (FLAGS), G_STRUCT_OFFSET (T, NAME), (DEFAULT), 0,  \
    0, (CHOICES), (HELP) }
#define SF_PARAM_DAY(T, NAME, FLAGS, HELP)                                     \
  { #NAME, SF_PARAM_DATE, (FLAGS), G_STRUCT_OFFSET (T, NAME), 0, 0, 0, NULL,   \
    (HELP) }
#define SF_PARAM_ID(T, NAME, FLAGS, COLLECTION, HELP)                          \
  { #NAME, SF_PARAM_REF, (FLAGS), G_STRUCT_OFFSET (T, NAME), -1, 0, 0,         \
    (COLLECTION), (HELP) }
#define SF_PARAM_IDS(T, NAME, COLLECTION, HELP)                                \
  { #NAME, SF_PARAM_REFS, SF_PARAM_OPTIONAL, G_STRUCT_OFFSET (T, NAME), 0, 0,  \
    0, (COLLECTION), (HELP) }
#define SF_PARAM_CURVE(T, NAME, HELP)                                          \
  { #NAME, SF_PARAM_SERIES, SF_PARAM_OPTIONAL, G_STRUCT_OFFSET (T, NAME), 0,   \
    0, 0, NULL, (HELP) }
#define SF_PARAM_END { NULL, SF_PARAM_REAL, 0, 0, 0, 0, 0, NULL, NULL }
/* clang-format on */

/* What a model says of itself; the engine's table of functions begins with
 * this, so that a reader needs no knowledge of the engine. */
typedef struct {
  const char *name;      /* "kind/word", as scenarios write it */
  const char *title;     /* one line */
  const char *manual;    /* equation, assumptions, sources: a few lines */
  const SfParam *params; /* offsets into the model's own struct */
  gsize size;            /* of that struct */
  const char *events;    /* event kinds it answers, "attack|ban", or NULL */
  const char *gauges;    /* what it measures, "power_h_per_day|...", or NULL:
                            daily series under the id of the model */
} SfModelInfo;

/* Number of rows before the end row. */
gsize sf_param_count (const SfParam *params);

/* The row of that name, where "{u}" in a row's name is read as unit (NULL:
 * no row with "{u}" matches). NULL when there is none. */
const SfParam *sf_param_find (const SfParam *params, const char *name,
                              const char *unit);

/* The name with "{u}" replaced by unit ("m3", "t"; NULL: "m3|t"). */
char *sf_param_name (const SfParam *param, const char *unit);

/* Puts every default into a record. */
void sf_param_set_defaults (const SfParam *params, void *record);

/* The place of a word in "a|b|c", or -1; and the word at a place, to be
 * freed, or NULL. */
int sf_param_choice (const char *choices, const char *word);
char *sf_param_choice_word (const char *choices, int place);
