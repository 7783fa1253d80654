/* story-private.h - the parts of a chain. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the files of this room only: numbers of the record by name, and what the
 * finding of turning points and of reasons share.
 */
#pragma once

#include "sim/story/chain.h"

/* Served less than this share: short; less where the scenario already calls
 * less recovered. */
#define SF_STORY_FULL 0.9
/* Days over which a recent mean is taken, and one of arrivals. */
#define SF_STORY_WEEK 7u
#define SF_STORY_FORTNIGHT 14u
/* A convoy after so many days without one is told. */
#define SF_STORY_GAP 10u
/* Fewer trucks than this are not worth telling of. */
#define SF_STORY_TRUCKS 20

typedef struct {
  const char *id; /* of the gate: the node at which the country is entered */
  const char *title;
  const float *entered, *waiting, *lost; /* a value a day */
} SfStoryGate;

typedef struct {
  const SfStory *story;
  guint days, usual_days; /* ordinary days are 0 to usual_days - 1 */
  guint n_gates;
  SfStoryGate *gates;
  float *entered, *waiting, *lost; /* sums over gates, a value a day */
  GArray *turns;                   /* SfTurn */
} SfTelling;

/* The series of a name, a value a day; NULL when it is not recorded. */
const float *sf_telling_curve (const SfTelling *t, const char *place,
                               const char *commodity, const char *measure);
/* The gauge of a model of this kind and name ("market/hoarding"): the first that
 * is on and has it; NULL: there is none. */
const float *sf_telling_gauge (const SfTelling *t, const char *model,
                               const char *gauge);

/* Mean over days first to end - 1, those without a value left out; NAN when
 * none has one. And the mean of ordinary days. */
double sf_telling_mean (const float *curve, guint first, guint end);
double sf_telling_usual (const SfTelling *t, const float *curve);
/* Mean over the last n days up to `day`. */
double sf_telling_recent (const float *curve, guint day, guint n);

/* Name of a record for people. */
const char *sf_telling_title (const char *title, const char *id);

/* Adds a turning point, which takes the title, and returns it; the pointer is
 * good until the next is added. */
SfTurn *sf_telling_turn (SfTelling *t, SfTurnKind kind, guint day,
                         gint commodity, double value);
void sf_telling_reason (SfTurn *turn, SfReasonKind kind, double value,
                        char *text);

/* The finders: events, roads and convoys; goods of the capital. */
void sf_turns_of_roads (SfTelling *t);
void sf_turns_of_goods (SfTelling *t);
/* Gives a turning point the reasons that the record has for it. */
void sf_reasons_add (const SfTelling *t, SfTurn *turn);
