/* load.h - the files that make one scenario. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "extends" names a file beside the one that says so; the rest of a file is a
 * merge patch (RFC 7396) on what that file gives. Overrides come last.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/base/mistakes.h"

/* Reads a file and all it extends into one document, and puts overrides
 * ("/json/pointer=value", NULL-terminated, or NULL) on top. Returns NULL when
 * anything is wrong; the mistakes say what. */
SfJsonDoc *sf_scenario_load (const char *path, const char *const *overrides,
                             SfMistakes *mistakes);
