/* load.h - reading the scenario that a command names. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every command that takes a scenario does first, said once.
 */
#pragma once

#include "sim/cli/cmd.h"
#include "sim/scenario/scenario.h"

/* Reads the one scenario that is left on the command line, with overrides
 * ("/json/pointer=value", or NULL). On NULL all mistakes were printed and
 * *status is what to return. */
SfScenario *sf_cmd_load (const SfInvocation *invocation,
                         const char *const *overrides, SfExit *status);

/* The number that --seed gives; without one (NULL) it stays. FALSE when the
 * text is none, with this to say: */
gboolean sf_cmd_seed (const char *text, guint64 *seed);
#define SF_CMD_SEED_WRONG "--seed takes a whole number"

/* The option that every such command has. */
#define SF_CMD_SET(VARIABLE)                                                   \
  {                                                                            \
    "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, VARIABLE,                          \
        "Change one value: /json/pointer=value (may be given again)",          \
        "/POINTER=VALUE"                                                       \
  }
