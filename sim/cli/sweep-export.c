/* sweep-export.c - a sweep as tables. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/sweep.h"

SfExit
sf_sweep_verb_export (SfInvocation *invocation)
{
  return sf_cmd_usage (invocation, "not written yet");
}
