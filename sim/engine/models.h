/* models.h - the models that are built in. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table itself is made at build time from the list in models/meson.build.
 * Who reads a scenario hands it over, since a scenario names its models and
 * their parameters, and nothing else of the house knows which there are.
 */
#pragma once

#include "sim/base/param.h"

/* All of them, ending with NULL; static, never freed. */
const SfModelInfo *const *sf_cmd_models (void);
