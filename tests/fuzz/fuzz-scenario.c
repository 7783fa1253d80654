/* fuzz-scenario.c - can any file hurt the scenario reader? SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read can be drawn, printed, read back, and is then the same; what
 * is refused must say why. How it is run stands in replay.h; fuzz-json tries
 * what is no JSON.
 */
#include <string.h>

#include "sim/cli/cmd.h"
#include "sim/scenario/basis.h"
#include "sim/scenario/scenario.h"
#include "tests/fuzz/replay.h"

static SfScenario *
read_bytes (const char *bytes, gsize length, gboolean must_be_good)
{
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autofree char *path = fuzz_write ("scenario.json", bytes, length);
  g_autofree char *list = NULL;
  SfScenario *s = sf_scenario_read (path, NULL, sf_cmd_models (), mistakes);
  list = sf_mistakes_format (mistakes);
  if (must_be_good && s == NULL)
    g_error ("what was read does not read back: %s", list);
  g_assert_true ((s == NULL) == (sf_mistakes_count (mistakes) > 0));
  g_assert_true (g_utf8_validate (list, -1, NULL));
  return s;
}

/* Every number that can be drawn stays where it may be. */
static void
check_draws (SfScenario *s)
{
  for (gint i = -1; i < 3; i++) {
    sf_scenario_draw (s, s->seed, i);
    for (guint k = 0; k < s->n_assumptions; k++) {
      const SfAssumption *a = &s->assumptions[k];

      g_assert_true (sf_scenario_assumption (s, a->pointer) == a);
      if (a->target != NULL)
        g_assert_true (*a->target >= a->min && *a->target <= a->max);
    }
  }
}

static void
check_counts (const SfScenario *s)
{
  guint sum = sf_basis_count (s, NULL).numbers;

  for (gsize i = 0; sf_basis_words[i] != NULL; i++)
    sum += sf_basis_count (s, sf_basis_words[i]).numbers;
  g_assert_cmpuint (sum, ==, s->n_assumptions);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SfScenario) s = NULL, again = NULL;
  g_autofree char *text = NULL, *first = NULL, *second = NULL;

  s = read_bytes ((const char *)data, size, FALSE);
  if (s == NULL)
    return 0;
  check_draws (s);
  check_counts (s);
  first = sf_scenario_hash (s);
  text = sf_json_print (sf_json_root (s->doc), TRUE);
  if (sf_json_member (sf_json_root (s->doc), "extends") != NULL)
    return 0; /* it would be inherited once more, where there is nothing */
  again = read_bytes (text, strlen (text), TRUE);
  second = sf_scenario_hash (again);
  g_assert_cmpstr (first, ==, second);
  return 0;
}
