/* cmd-manual.c - manual pages, for the build. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "sim/base/file.h"
#include "sim/cli/commands.h"
#include "sim/cli/manual.h"
#include "sim/lang/lang.h"

typedef struct {
  const SfCommand *command;
  FILE *out;
} Page;

static void
write_page (const SfManual *manual, gpointer data)
{
  const Page *page = data;
  SfManual whole = *manual;
  whole.summary = page->command->summary;
  sf_roff_print (&whole, page->command, page->out);
}

/* One page on standard output: of the program, or of a command. */
static SfExit
run (SfInvocation *invocation)
{
  const GOptionEntry entries[] = { { NULL } };
  SfExit status;
  if (!sf_cmd_parse (invocation, entries, "shortfall manual run", "[COMMAND]",
                     N_ ("Prints a manual page in the format of man(7)."),
                     &status))
    return status;
  if (invocation->argc < 2) {
    sf_roff_print (sf_program_manual (), NULL, stdout);
    return SF_EXIT_DONE;
  }
  const char *name = invocation->argv[1];
  const SfCommand *command = sf_cmd_find (sf_cmd_all (), name);
  if (!command || !command->summary)
    return sf_cmd_usage (invocation, _ ("there is no such command"));
  Page page = { command, stdout };
  sf_manual_describe (command, name, write_page, &page);
  return SF_EXIT_DONE;
}

const SfCommand sf_cmd_manual = { "manual", NULL, run, NULL, NULL };
