/* retelling.h - what drove a shortage, told again from its table. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paragraph that `run` writes (causes.txt) speaks the language of that
 * day. Its numbers are in causes.csv and in the manifest, so that it can be
 * told in any language; in the same one it is the same, word by word.
 */
#pragma once

#include "sim/base/json.h"

/* The paragraph in the language in use, as one line without an end; to be
 * freed. `place` is what the city is called. NULL when the folder does not hold
 * what it takes: it is older, or nobody asked. */
char *sf_causes_retell (const char *folder, const SfJson *manifest,
                        const char *place);
