/* city-private.h - what the parts of a city share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scenario under way, and how its numbers are written: as reported, with
 * the line of the table; or as assumed, with a distribution.
 */
#pragma once

#include "sim/intake/city.h"

typedef struct {
  SfIntake *in;
  const SfGrid *supply;
  SfJsonDoc *doc;
  SfJson *root;
  const SfCityWish *wish;
  GPtrArray *assumed; /* char *: rank (one digit), then the line */
} SfCity;

/* Values of a triangular distribution, and what to say of them. */
typedef struct {
  double least, mode, most;
  const char *note;
} SfCityGuess;

/* The text of a cell as an id, NULL when empty; to be freed. */
char *sf_city_id (const SfCity *c, guint row, const char *column);

/* A number of the supply table; FALSE when it is empty. One that is none, or
 * below `least`, is a mistake. */
gboolean sf_city_number (const SfCity *c, guint row, const char *column,
                         double least, double *value);

/* What a record rests on when it comes from a row. */
void sf_city_reported (const SfCity *c, SfJson *record, guint row);

/* Adds a number that is assumed. Rank 1 is what to replace first. */
void sf_city_assume (SfCity *c, SfJson *record, const char *key,
                     SfCityGuess guess);
void sf_city_replace (SfCity *c, int rank, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* A text beside an assumption as JSON; to be freed. */
char *sf_city_guess_text (SfCityGuess guess);

/* The unit of a commodity ("m3" or "t"); NULL when no row says it. Borrowed. */
const char *sf_city_unit (const SfCity *c, const char *commodity);

/* What is used of a commodity at a place, in all rows. */
double sf_city_use (const SfCity *c, const char *place, const char *commodity);

/* Vehicles, fleets and shipments: what brings goods in. */
void sf_city_add_supply (SfCity *c);
