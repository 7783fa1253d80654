/* without.c - a scenario with something left out. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/causes/without.h"

SfScenario *
sf_without_read (const SfScenarioFiles *files, const GPtrArray *off,
                 SfMistakes *mistakes)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  for (gsize i = 0; files->overrides && files->overrides[i]; i++)
    g_strv_builder_add (all, files->overrides[i]);
  for (guint i = 0; i < off->len; i++)
    g_strv_builder_add (all, off->pdata[i]);
  g_auto (GStrv) overrides = g_strv_builder_end (all);
  return sf_scenario_read_levers (files->path, files->levers,
                                  (const char *const *)overrides, files->models,
                                  mistakes);
}
