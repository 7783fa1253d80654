/* load.h - reading the scenario that a command names. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every command that takes a scenario does first, said once.
 */
#pragma once

#include "sim/cli/cmd.h"
#include "sim/cli/table.h"
#include "sim/lang/lang.h"
#include "sim/scenario/scenario.h"

/* Reads the one scenario that is left on the command line, with overrides
 * ("/json/pointer=value", or NULL). On NULL all mistakes were printed and
 * *status is what to return. */
SfScenario *sf_cmd_load (const SfInvocation *invocation,
                         const char *const *overrides, SfExit *status);

/* Says that this is a network that cannot be run; returns SF_EXIT_USAGE. */
SfExit sf_cmd_timeless (const SfInvocation *invocation,
                        const SfScenario *scenario);

/* The number that --seed gives; without one (NULL) it stays. FALSE when the
 * text is none, with this to say: */
gboolean sf_cmd_seed (const char *text, guint64 *seed);
#define SF_CMD_SEED_WRONG _ ("--seed takes a whole number")

/* What --csv, --json and --markdown say. */
typedef struct {
  gboolean is_csv, is_json, is_markdown;
} SfFormats;

#define SF_CMD_FORMATS(FORMATS)                                                  \
  { "csv",                                                                       \
    0,                                                                           \
    0,                                                                           \
    G_OPTION_ARG_NONE,                                                           \
    &(FORMATS)->is_csv,                                                          \
    N_ ("Print the first table as CSV"),                                         \
    NULL },                                                                      \
      { "json", 0, 0, G_OPTION_ARG_NONE, &(FORMATS)->is_json, N_ ("Print JSON"), \
        NULL },                                                                  \
  {                                                                              \
    "markdown", 0, 0, G_OPTION_ARG_NONE, &(FORMATS)->is_markdown,                \
        N_ ("Print Markdown tables"), NULL                                       \
  }

/* What options that several commands have must be. Each gives what to say when
 * it is not, and NULL when all is well: -n and -j; at most one format; --set
 * (to be freed). */
const char *sf_cmd_numbers_wrong (gint replications, gint jobs);
const char *sf_cmd_formats_wrong (const SfFormats *formats);
char *sf_cmd_set_wrong (const char *const *set);
/* The format that is asked for; text when none is. */
SfTableFormat sf_cmd_format (const SfFormats *formats);

/* Options that several commands have. */
#define SF_CMD_JOBS(VARIABLE)                                                  \
  {                                                                            \
    "jobs", 'j', 0, G_OPTION_ARG_INT, VARIABLE,                                \
        N_ ("Worker processes (default: one a processor)"), "N"                \
  }
#define SF_CMD_SET(VARIABLE)                                                   \
  {                                                                            \
    "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, VARIABLE,                          \
        N_ ("Change one value: /json/pointer=value (may be given again)"),     \
        "/POINTER=VALUE"                                                       \
  }
