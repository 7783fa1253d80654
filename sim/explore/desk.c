/* desk.c - scenarios that are ready to run. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/explore/desk.h"

#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/sweep/variant.h"

#define KEPT 12

struct SfExploreDesk {
  const SfExploreShelf *shelf;
  const SfModelInfo *const *models;
  SfExploreReady *kept[KEPT];
  guint64 clock;
};

SfExploreDesk *
sf_explore_desk_new (const SfExploreShelf *shelf,
                     const SfModelInfo *const *models)
{
  SfExploreDesk *desk = g_new0 (SfExploreDesk, 1);
  desk->shelf = shelf;
  desk->models = models;
  return desk;
}

static void
free_ready (SfExploreReady *r)
{
  if (--r->n_refs > 0)
    return;
  sf_plan_free (r->plan);
  sf_scenario_free (r->scenario);
  g_free (r->key);
  g_free (r);
}

void
sf_explore_desk_free (SfExploreDesk *desk)
{
  if (!desk)
    return;
  for (guint i = 0; i < KEPT; i++)
    g_clear_pointer (&desk->kept[i], free_ready);
  g_free (desk);
}

void
sf_explore_setup_clear (SfExploreSetup *setup)
{
  g_clear_pointer (&setup->numbers, g_free);
  g_clear_pointer (&setup->values, g_free);
  setup->n_puts = 0;
  g_clear_pointer (&setup->ready, free_ready);
}

void
sf_explore_setup_apply (const SfExploreSetup *setup)
{
  SfScenario *s = setup->ready->scenario;
  for (guint i = 0; i < s->n_assumptions; i++)
    if (!isnan (s->assumptions[i].fixed))
      sf_scenario_fix (s, i, NAN);
  for (guint i = 0; i < setup->n_puts; i++)
    sf_scenario_fix (s, setup->numbers[i], setup->values[i]);
}

/* ---- Reading --------------------------------------------------------------- */

static gboolean
refuse (const SfMistakes *mistakes, GError **error)
{
  const SfMistake *m = sf_mistakes_get (mistakes, 0);
  g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_SCENARIO, "%s%s%s",
               m->pointer ? m->pointer : "", m->pointer ? ": " : "",
               m->message);
  return FALSE;
}

/* Takes the scenario, which has no mistakes. */
static SfExploreReady *
compile (SfScenario *scenario, const char *key, GError **error)
{
  if (scenario->start == SF_PARAM_NO_DATE) {
    g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_SCENARIO,
                 _ ("%s is a network without a time to run"), scenario->path);
    sf_scenario_free (scenario);
    return NULL;
  }
  SfPlan *plan = sf_plan_new (scenario, error);
  if (!plan) {
    sf_scenario_free (scenario);
    return NULL;
  }
  sf_plan_prepare (plan);
  SfExploreReady *r = g_new0 (SfExploreReady, 1);
  r->n_refs = 1;
  r->key = g_strdup (key);
  r->scenario = scenario;
  r->plan = plan;
  return r;
}

/* Where the key stands, or should be put: the place used longest ago. */
static guint
place_of (const SfExploreDesk *desk, const char *key)
{
  guint oldest = 0;
  for (guint i = 0; i < KEPT; i++) {
    const SfExploreReady *r = desk->kept[i], *old = desk->kept[oldest];
    if (r && strcmp (r->key, key) == 0)
      return i;
    if (!r || (old && r->used < old->used))
      oldest = i;
  }
  return oldest;
}

static void
keep (SfExploreDesk *desk, SfExploreReady *r)
{
  guint place = place_of (desk, r->key);
  g_clear_pointer (&desk->kept[place], free_ready);
  desk->kept[place] = r;
}

void
sf_explore_desk_take (SfExploreDesk *desk, SfScenario *scenario)
{
  SfExploreReady *r = compile (scenario, "", NULL);
  if (r)
    keep (desk, r);
}

/* The scenario with levers and `overrides` (of numbers that roads depend on). */
static SfExploreReady *
get (SfExploreDesk *desk, const SfExploreSide *side,
     const char *const *overrides, GError **error)
{
  const SfExploreFile *file
      = sf_explore_shelf_find (desk->shelf, side->file, FALSE, error);
  g_autofree const char **levers
      = file ? sf_explore_shelf_levers (desk->shelf, side, error) : NULL;
  if (!levers)
    return NULL;
  g_autoptr (GString) key = g_string_new (
      file == sf_explore_shelf_get (desk->shelf, 0) ? "" : file->name);
  for (gsize i = 0; levers[i]; i++)
    g_string_append_printf (key, "&%s", levers[i]);
  for (gsize i = 0; overrides && overrides[i]; i++)
    g_string_append_printf (key, "&%s", overrides[i]);
  SfExploreReady *r = desk->kept[place_of (desk, key->str)];
  if (!r || strcmp (r->key, key->str) != 0) {
    g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
    g_autoptr (SfScenario) s = sf_scenario_read_levers (
        file->path, levers, overrides, desk->models, mistakes);
    if (s && s->start != SF_PARAM_NO_DATE)
      sf_plan_check_series (s, mistakes);
    if (!sf_explore_shelf_check (desk->shelf, side, error))
      return NULL;
    if (!s || sf_mistakes_count (mistakes) > 0) {
      refuse (mistakes, error);
      return NULL;
    }
    r = compile (g_steal_pointer (&s), key->str, error);
    if (!r)
      return NULL;
    keep (desk, r);
  }
  r->used = ++desk->clock;
  return r;
}

/* ---- Numbers ----------------------------------------------------------------- */

/* Sorts the numbers of a side: TRUE in is_put where one can be put in. */
static gboolean
judge (const SfScenario *s, const SfExploreSide *side, gboolean *is_put,
       GError **error)
{
  for (guint i = 0; i < side->sets->len; i++) {
    const SfExploreSet *set = side->sets->pdata[i];
    const SfAssumption *a = sf_scenario_assumption (s, set->pointer);
    if (!a) {
      g_autofree char *safe = sf_text_safe (set->pointer, -1);
      g_set_error (error, SF_EXPLORE_ERROR, SF_EXPLORE_ERROR_SCENARIO,
                   _ ("%s is no number of this scenario"), safe);
      return FALSE;
    }
    if (!sf_variant_allows (s, (guint)(a - s->assumptions), set->value, error))
      return FALSE;
    is_put[i] = sf_variant_can_put_in (s, set->pointer);
  }
  return TRUE;
}

static char **
overrides_of (const SfExploreSide *side, const gboolean *is_put)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  for (guint i = 0; i < side->sets->len; i++) {
    const SfExploreSet *set = side->sets->pdata[i];
    char number[SF_TEXT_NUMBER_SIZE];
    if (is_put[i])
      continue;
    g_autofree char *one = g_strconcat (
        set->pointer, "=", sf_text_number (number, set->value), NULL);
    g_strv_builder_add (all, one);
  }
  return g_strv_builder_end (all);
}

static gboolean
put_in (const SfExploreSide *side, const gboolean *is_put,
        SfExploreSetup *setup, GError **error)
{
  const SfScenario *s = setup->ready->scenario;
  setup->numbers = g_new0 (guint, side->sets->len + 1);
  setup->values = g_new0 (double, side->sets->len + 1);
  for (guint i = 0; i < side->sets->len; i++) {
    const SfExploreSet *set = side->sets->pdata[i];
    if (!is_put[i])
      continue;
    const SfAssumption *a = sf_scenario_assumption (s, set->pointer);
    guint number = (guint)(a - s->assumptions);
    if (!sf_variant_allows (s, number, set->value, error))
      return FALSE;
    setup->numbers[setup->n_puts] = number;
    setup->values[setup->n_puts++] = set->value;
  }
  return TRUE;
}

gboolean
sf_explore_desk_set_up (SfExploreDesk *desk, const SfExploreSide *side,
                        SfExploreSetup *setup, GError **error)
{
  SfExploreReady *plain = get (desk, side, NULL, error);
  g_autofree gboolean *is_put = g_new0 (gboolean, side->sets->len + 1);
  if (!plain || !judge (plain->scenario, side, is_put, error))
    return FALSE;
  g_auto (GStrv) overrides = overrides_of (side, is_put);
  SfExploreSetup new_setup = { .ready = plain };
  if (overrides[0])
    new_setup.ready = get (desk, side, (const char *const *)overrides, error);
  if (!new_setup.ready)
    return FALSE;
  new_setup.ready->n_refs++;
  if (!put_in (side, is_put, &new_setup, error)) {
    sf_explore_setup_clear (&new_setup);
    return FALSE;
  }
  *setup = new_setup;
  return TRUE;
}
