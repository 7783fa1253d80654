/* fuzz-today.c - can any table of today's stocks hurt? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is the table that a planner filled in, for a scenario of one road.
 * What is refused says why. What is made is a scenario that reads. How it is
 * run stands in replay.h.
 */
#include <string.h>

#include "sim/cli/cmd.h"
#include "sim/intake/intake.h"
#include "sim/intake/today.h"
#include "tests/fuzz/replay.h"

static void
check_made (SfJsonDoc *doc)
{
  g_autofree char *text = sf_json_print (sf_json_root (doc), TRUE);
  g_autofree char *path = fuzz_write ("made.json", text, strlen (text));
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  SfScenario *s = sf_scenario_read (path, NULL, sf_cmd_models (), mistakes);
  g_autofree char *list = sf_mistakes_format (mistakes);

  if (s == NULL)
    g_error ("what was made does not read: %s", list);
  sf_scenario_free (s);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *base = FUZZ_SCENARIOS "/lessons/2-stock.json";
  const SfTodayWish wish = { base, "fuzz", size % 2 == 0 ? 0 : 30 };
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = g_malloc (size + 1), *list = NULL;
  SfScenario *s = sf_scenario_read (base, NULL, sf_cmd_models (), mistakes);
  g_autoptr (SfJsonDoc) doc = NULL;
  SfGrid *table;

  g_assert_nonnull (s);
  memcpy (text, data, size);
  text[size] = '\0';
  table = sf_intake_table ("today.csv", text, size, mistakes);
  if (table != NULL)
    doc = sf_today_apply (s, table, &wish, remarks, mistakes);
  g_assert_true ((doc == NULL) == (sf_mistakes_count (mistakes) > 0));
  list = sf_mistakes_format (mistakes);
  g_assert_true (g_utf8_validate (list, -1, NULL));
  if (doc != NULL)
    check_made (doc);
  sf_grid_free (table);
  sf_scenario_free (s);
  return 0;
}
