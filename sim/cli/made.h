/* made.h - a scenario file that a command makes. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a command puts together must run: it is checked as any scenario is,
 * under a temporary name beside its own (so that what it extends is found),
 * before it gets its name.
 */
#pragma once

#include "sim/cli/cmd.h"
#include "sim/scenario/scenario.h"

/* FALSE, with the user told and *status what to return, when `path` is there
 * and must not be replaced. */
gboolean sf_cmd_may_make (const SfInvocation *invocation, const char *path,
                          gboolean is_forced, SfExit *status);

/* Checks a document and writes it as `path`, whole or not at all. Returns the
 * scenario, owned by the caller; NULL with all mistakes printed, nothing
 * written, and *status what to return. */
SfScenario *sf_cmd_write_made (const SfInvocation *invocation, SfJsonDoc *doc,
                               const char *path, SfExit *status);
