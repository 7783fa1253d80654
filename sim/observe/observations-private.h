/* observations-private.h - what an observations file says. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to observations-read.c, which fills these records from the file, and
 * observations.c, which finds what they name in a book and takes the values.
 * Texts and JSON values are borrowed from the document.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/observe/curve-stat.h"
#include "sim/observe/observations.h"

/* One part. Members that are JSON keys have the key's name; NAN or NULL: not
 * given. */
typedef struct {
  const char *title, *unit, *metric;
  const char *after, *before, *minus; /* "row/part" */
  gint stat;                          /* SfCurveStat, or -1 */
  double from_day, to_day, for_days;  /* counted from day 0 */
  double limit, window_days, factor, never;
  double min, max, value, tolerance;

  guint row;
  const char *id;
  const SfJson *json;                       /* for the place of mistakes */
  char *pointer;                            /* of the same; owned */
  gint after_part, before_part, minus_part; /* or -1 */
  /* Once bound: */
  gint first, last;   /* days of the run */
  GArray *series;     /* guint, of the book; empty for a metric */
  gint metric_index;  /* or -1 */
  gboolean is_absent; /* what it names is not recorded, or no day of the run */
} SfPartRecord;

typedef struct {
  const char *number, *title;
  gboolean is_order;
  double first_day, last_day;
} SfRowRecord;

struct SfObservations {
  SfJsonDoc *doc;
  gboolean is_guest; /* the document is someone else's */
  SfDate day0;
  GArray *rows;       /* SfObservationRow */
  GArray *records;    /* SfPartRecord */
  GArray *parts;      /* SfObservationPart, the same as shown */
  const SfBook *book; /* NULL until bound */
  gint offset;        /* day of the run that is day 0 */
};

/* Takes the document. */
SfObservations *sf_observations_new (SfJsonDoc *doc);
