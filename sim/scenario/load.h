/* load.h - the files that make one scenario. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "extends" names a file beside the one that says so; the rest of a file is a
 * merge patch (RFC 7396) on what that file gives. Overrides come last.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/base/mistakes.h"

/* The path of a file that the file `path` names: beside it, unless the name
 * is absolute. To be freed. */
char *sf_scenario_beside (const char *path, const char *name);

/* The first override that is not of the form "/json/pointer=value", borrowed,
 * or NULL when all are: a mistake on the command line, not in a scenario, so
 * commands ask before they read. What such a pointer and value then do wrong
 * is a mistake of the scenario like any other. */
const char *sf_scenario_malformed_override (const char *const *overrides);

/* Reads a file and all it extends into one document, merges lever files into
 * it, one after the other, and puts overrides ("/json/pointer=value") on top;
 * both lists end with NULL or are NULL. Of a lever only what it changes counts:
 * what it extends, its name, title and description are passed over, so that a
 * scenario written as "this one, with that done otherwise" can be put on top
 * of another. Returns NULL when anything is wrong; the mistakes say what.
 * Overrides must be well formed. */
SfJsonDoc *sf_scenario_load (const char *path, const char *const *levers,
                             const char *const *overrides,
                             SfMistakes *mistakes);
