/* basis.c - what the numbers of a scenario rest on. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/basis.h"

const char *const sf_basis_words[]
    = { "reported", "derived", "estimate", "unverified", "assumed", NULL };

/* A number is uncertain by itself or by the named assumption it takes, which
 * may take another in its turn. */
static gboolean
is_drawn (const SfScenario *s, const SfAssumption *a)
{
  while (a->named >= 0)
    a = &s->assumptions[a->named];
  return a->dist != SF_DIST_NONE;
}

SfBasisCount
sf_basis_count (const SfScenario *s, const char *confidence)
{
  SfBasisCount n = { 0, 0 };
  for (guint i = 0; i < s->n_assumptions; i++) {
    const SfAssumption *a = &s->assumptions[i];
    if (g_strcmp0 (a->confidence, confidence) != 0)
      continue;
    n.numbers++;
    n.drawn += is_drawn (s, a);
  }
  return n;
}

guint
sf_basis_defaults (const SfScenario *s, SfBasisDefault each, gpointer data)
{
  guint n = 0;
  for (guint i = 0; i < s->n_models; i++) {
    const SfModelSpec *m = &s->models[i];
    for (const SfParam *p = m->info->params; m->is_on && p->name; p++) {
      g_autofree char *pointer
          = g_strdup_printf ("/models/%s/%s", m->id, p->name);
      if (p->kind != SF_PARAM_REAL || sf_scenario_assumption (s, pointer))
        continue;
      n++;
      if (each)
        each (pointer, p->fallback, data);
    }
  }
  return n;
}
