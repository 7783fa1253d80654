/* contenders.c - scenarios that a command sets against each other. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/contenders.h"

#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
#include "sim/plan/plan.h"
#include "sim/report/manifest.h"
#include "sim/scenario/load.h"

/* What all levers at once are called. */
#define TOGETHER "together"

static void
free_contender (gpointer pointer)
{
  SfContender *c = pointer;
  g_free (c->name);
  sf_scenario_free (c->scenario);
  g_free (c);
}

static gboolean
is_taken (const GPtrArray *contenders, const char *name)
{
  for (guint i = 0; i < contenders->len; i++)
    if (strcmp (sf_contenders_get (contenders, i)->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* The same scenario may stand twice. */
static char *
free_name (const GPtrArray *contenders, const char *wanted)
{
  char *name = g_strdup (wanted);
  for (guint i = 2; is_taken (contenders, name); i++) {
    g_free (name);
    name = g_strdup_printf ("%s (%u)", wanted, i);
  }
  return name;
}

/* "lever-rail" of "scenarios/lever-rail.json". */
static char *
name_of_file (const char *path)
{
  char *name = g_path_get_basename (path);
  if (g_str_has_suffix (name, ".json"))
    name[strlen (name) - strlen (".json")] = '\0';
  return name;
}

/* Reads one; `name` (NULL: the scenario's own) is what it is called. */
static void
add (GPtrArray *contenders, const SfContenderChoice *choice, const char *path,
     const char *const *levers, const char *name, SfMistakes *mistakes)
{
  guint before = sf_mistakes_count (mistakes);
  g_autoptr (SfScenario) s = sf_scenario_read_levers (
      path, levers, choice->overrides, sf_cmd_models (), mistakes);
  if (s && s->start != SF_PARAM_NO_DATE)
    sf_plan_check_series (s, mistakes);
  if (!s || sf_mistakes_count (mistakes) > before)
    return;
  g_autofree char *file = name_of_file (path);
  SfContender *c = g_new0 (SfContender, 1);
  const char *given = choice->names ? choice->names[contenders->len] : NULL;
  c->name = free_name (contenders, given     ? given
                                   : name    ? name
                                   : s->name ? s->name
                                             : file);
  c->scenario = g_steal_pointer (&s);
  c->n_levers = levers ? g_strv_length ((char **)levers) : 0;
  g_ptr_array_add (contenders, c);
}

static GPtrArray *
read_all (const SfContenderChoice *choice, SfMistakes *mistakes)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (free_contender);
  add (all, choice, choice->files[0], NULL, NULL, mistakes);
  /* Its mistakes are those of every lever as well. */
  if (all->len == 0)
    return all;
  for (gsize i = 1; choice->files[i]; i++)
    add (all, choice, choice->files[i], NULL, NULL, mistakes);
  for (gsize i = 0; choice->levers && choice->levers[i]; i++) {
    const char *const one[] = { choice->levers[i], NULL };
    g_autofree char *name = name_of_file (one[0]);
    add (all, choice, choice->files[0], one, name, mistakes);
  }
  if (choice->is_together)
    add (all, choice, choice->files[0], choice->levers, TOGETHER, mistakes);
  return all;
}

/* What is wrong with the command line, to be freed; NULL: nothing. */
static char *
wrong_choice (const SfContenderChoice *choice)
{
  guint n_files = g_strv_length ((char **)choice->files);
  guint n_levers = choice->levers ? g_strv_length ((char **)choice->levers) : 0;
  if (n_files == 0)
    return g_strdup (_ ("which scenarios?"));
  if (n_files == 1 && n_levers == 0)
    return g_strdup (_ ("with what? name another scenario, or --lever FILE"));
  if (choice->is_together && n_levers < 2)
    return g_strdup (_ ("--together needs two levers or more"));
  guint n = n_files + n_levers + (choice->is_together ? 1 : 0);
  if (choice->names && g_strv_length ((char **)choice->names) != n)
    return g_strdup_printf (_ ("--called has to be given for all %u scenarios, "
                               "or for none"),
                            n);
  return sf_cmd_set_wrong (choice->overrides);
}

GPtrArray *
sf_contenders_load (const SfInvocation *invocation,
                    const SfContenderChoice *choice, SfExit *status)
{
  g_autofree char *wrong = wrong_choice (choice);
  if (wrong) {
    *status = sf_cmd_usage (invocation, "%s", wrong);
    return NULL;
  }
  g_autoptr (SfMistakes) mistakes = sf_mistakes_new ();
  g_autoptr (GPtrArray) all = read_all (choice, mistakes);
  if (sf_mistakes_count (mistakes) > 0) {
    *status = sf_cmd_mistakes (mistakes);
    return NULL;
  }
  for (guint i = 0; i < all->len; i++) {
    const SfScenario *s = sf_contenders_get (all, i)->scenario;
    if (s->start == SF_PARAM_NO_DATE) {
      *status = sf_cmd_timeless (invocation, s);
      return NULL;
    }
  }
  return g_steal_pointer (&all);
}

SfJson *
sf_contender_add_json (SfJson *manifest, SfJson *list, const SfContender *c)
{
  g_autofree char *hash = sf_scenario_hash (c->scenario);
  SfJson *one = sf_json_add_object (list, NULL);
  sf_json_add_string (one, "name", c->name);
  sf_json_add_string (one, "scenario_sha256", hash);
  sf_json_add_number (one, "levers_count", c->n_levers);
  sf_json_add_copy (one, "scenario", sf_json_root (c->scenario->doc));
  sf_manifest_add_ensemble (manifest, one, c->scenario);
  return one;
}

const SfContender *
sf_contenders_get (const GPtrArray *contenders, guint i)
{
  g_assert (i < contenders->len);
  return contenders->pdata[i];
}
