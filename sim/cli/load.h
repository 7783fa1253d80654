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

/* The option that every such command has. */
#define SF_CMD_SET(VARIABLE)                                                   \
  {                                                                            \
    "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, VARIABLE,                          \
        "Change one value: /json/pointer=value (may be given again)",          \
        "/POINTER=VALUE"                                                       \
  }
