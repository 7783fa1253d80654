/* random-cast.h - models and events made by chance. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a random world has besides roads, trucks and markets. Nothing here
 * names a model's parameters: they are read from the table of models, so a
 * new model is in the worlds as soon as it is listed. Each model draws from a
 * stream under its own name; one more does not change the others, but for the
 * gauges that they may watch.
 *
 * Numbers are drawn around their defaults, so that worlds stay such as
 * somebody might write; the ends of the ranges are the matter of
 * tests/unit/test-models.c.
 */
#pragma once

#include "sim/base/param.h"
#include "sim/base/random.h"

typedef struct RandomCast RandomCast;

/* The cast of world number `which`. Without attacks no model of the kind
 * interdiction/ is picked, nor any row of kind "attack". */
RandomCast *random_cast_new (guint64 which, gboolean has_attacks);
void random_cast_free (RandomCast *cast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RandomCast, random_cast_free)

/* Says what there is to be named: an id of a collection ("links"), a place of
 * entry ("entries") or a recorded series ("series"). Copied. */
void random_cast_note (RandomCast *cast, const char *what, const char *name);

/* Says that a number is written at a JSON Pointer and can be set to anything
 * from low to high by an event. */
void random_cast_note_number (RandomCast *cast, const char *pointer, double low,
                              double high);

/* Says that a model is there anyway: rows may be of the kinds that it answers,
 * and it is picked more seldom. */
void random_cast_note_model (RandomCast *cast, const char *model);

/* Picks one model of a kind ("allocation") under that id. */
void random_cast_pick_kind (RandomCast *cast, const char *kind, const char *id);

/* Picks from all the others, some of them up to three times. */
void random_cast_pick (RandomCast *cast);

/* Adds ",\n" and `"id": {...}` for each model picked to a JSON text, once all
 * that could be named has been noted. Their numbers are noted, too. */
void random_cast_put_models (RandomCast *cast, GString *text);

/* Adds `"kind": ...` and what goes with the kind to the record of an event
 * row, after its date; `link` is what it closes. */
void random_cast_put_event (const RandomCast *cast, SfStream *s,
                            const char *link, GString *text);
/* Adds ", "trigger": ..." and its limits. */
void random_cast_put_trigger (const RandomCast *cast, SfStream *s,
                              GString *text);
