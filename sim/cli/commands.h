/* commands.h - every subcommand, one line each. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new subcommand is a file cmd-NAME.c that defines sf_cmd_NAME, a line
 * here, in the order of the help, and a word in the table in main.c.
 */
#pragma once

#include "sim/cli/cmd.h"

extern const SfCommand sf_cmd_check;
extern const SfCommand sf_cmd_diff;
extern const SfCommand sf_cmd_run;
extern const SfCommand sf_cmd_compare;
extern const SfCommand sf_cmd_rank;
extern const SfCommand sf_cmd_sweep;
extern const SfCommand sf_cmd_sensitivity;
extern const SfCommand sf_cmd_score;
extern const SfCommand sf_cmd_fit;
extern const SfCommand sf_cmd_explore;
extern const SfCommand sf_cmd_plot;
extern const SfCommand sf_cmd_report;
extern const SfCommand sf_cmd_rerun;
extern const SfCommand sf_cmd_export;
extern const SfCommand sf_cmd_trace;
extern const SfCommand sf_cmd_network;
extern const SfCommand sf_cmd_new;
extern const SfCommand sf_cmd_today;
extern const SfCommand sf_cmd_models_list;
extern const SfCommand sf_cmd_explain;
extern const SfCommand sf_cmd_completion;
/* Hidden: for the build, and for scripts of completion. */
extern const SfCommand sf_cmd_manual;
extern const SfCommand sf_cmd_complete;
