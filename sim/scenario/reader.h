/* reader.h - from JSON to records, table by table. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the files of this family only: scenarios, and in sim/observe the
 * observations they are compared with. A reader walks a document with the
 * tables of param.h in hand and collects every mistake; it never stops at the
 * first.
 */
#pragma once

#include "sim/scenario/scenario.h"

typedef struct {
  SfScenario *scenario;
  SfJsonDoc *doc;
  SfMistakes *mistakes;
  GHashTable **ids;      /* one a collection: id -> index + 1 */
  GHashTable *named;     /* named assumption -> index in assumptions + 1 */
  const SfJson *sources; /* object or NULL */
  GArray *assumptions;   /* of SfAssumption */
  const char *unit;      /* of the record's commodity, or NULL */
  const char *source;    /* of the record that is being read */
  const char *confidence;
} SfReader;

/* Adds a mistake at the place of a value. */
void sf_reader_mistake (SfReader *r, SfMistakeKind kind, const SfJson *at,
                        const char *pointer, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

/* Reads one record with a table; `also` lists further keys that are allowed
 * here and read elsewhere ("model|enabled"), or is NULL. */
void sf_reader_record (SfReader *r, const SfJson *object, const char *pointer,
                       const SfParam *params, const char *also, void *record);

/* Reads one number, plain or an assumption, into *target (which may be NULL
 * for a named assumption). */
void sf_reader_number (SfReader *r, const SfJson *value, const char *pointer,
                       const SfParam *param, double *target);

/* The least and the largest that a number can be drawn as: its bounds, or its
 * value when it is plain or its distribution has none (draws are cut off). */
void sf_reader_limits (const SfAssumption *assumption, double *low,
                       double *high);

/* Reads "sources", so that what names one can be checked; comes first. And
 * "format", which is 1. */
void sf_reader_sources (SfReader *r, const SfJson *root);
void sf_reader_format (SfReader *r, const SfJson *root);

/* Checks "translations", texts by language and title; see
 * sf_scenario_speak(). */
void sf_reader_translations (SfReader *r, const SfJson *root);

/* Reads the "assumptions" that the file names. */
void sf_reader_named (SfReader *r, const SfJson *object);

/* Resolves the names of the other files that a scenario has, and reads its
 * ensemble. Comes after all numbers. */
void sf_reader_files (SfReader *r);

/* TRUE when a text can be an id: 1 to 64 letters, digits, - _ . and no point
 * at the front. */
gboolean sf_reader_is_id (const char *text);

/* TRUE when value is an object; else a mistake. */
gboolean sf_reader_is_object (SfReader *r, const SfJson *value,
                              const char *pointer);

/* Checks that take the whole scenario: references between records, dates,
 * the network, events. Records that could not be read whole are passed over,
 * so that one mistake does not breed others. */
void sf_scenario_check (SfReader *r);

/* Which places hang together: by links in use at the start, and those that an
 * event may open. Places that links join both ways are one part. */
typedef struct {
  const SfScenario *scenario; /* borrowed */
  gboolean *is_usable;        /* by link */
  gint *parent; /* by node: one of its part, in the end the part's own */
} SfParts;

/* The ends of all links must be nodes. */
SfParts sf_parts_find (const SfScenario *scenario);
void sf_parts_clear (SfParts *parts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfParts, sf_parts_clear)

/* TRUE when a way leads from one node to another. */
gboolean sf_parts_lead (SfParts *parts, gint from, gint to);

/* Index of a collection in sf_collections, or -1. */
int sf_collection_index (const char *name);
