/* groups.c - what in a scenario may drive a shortage. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/causes/groups.h"

#include <string.h>

#include "sim/lang/lang.h"

/* Drivers whom no loss impresses fear nothing: they do as they are told. */
#define LOSS_RISK "risk_per_truck_lost"

/* Models whose names begin with one of `models`, or else event rows of a kind,
 * or queues. */
typedef struct {
  const char *key, *words;
  const char *models; /* "disruption/supplier|disruption/pause" */
  const char *number; /* of these models, that is set to 0; NULL: they are
                         switched off */
  const char *needs;  /* only models of which this number is not 0 */
  const char *lacks;  /* only models of which this number is 0 */
  const char *events; /* a kind: "set" */
  gboolean has_queues;
} Mechanism;

static const Mechanism mechanisms[] = {
  { "fear", N_ ("drivers' fear"), .models = "driver/willingness",
    .needs = LOSS_RISK },
  { "losses-fear", N_ ("the fear that lost trucks add"),
    .models = "driver/willingness", .number = LOSS_RISK, .needs = LOSS_RISK },
  { "orders", N_ ("the bans and orders that drivers follow"),
    .models = "driver/willingness", .lacks = LOSS_RISK },
  { "strikes", N_ ("drivers' strikes"), .models = "driver/strike" },
  { "bonus", N_ ("pay and insurance for drivers"), .models = "driver/bonus" },
  { "attacks", N_ ("attacks on trucks, with the fear that they add"),
    .models = "interdiction/" },
  { "escorts", N_ ("escorts and convoys"), .models = "convoy/" },
  { "queues", N_ ("queues at frontiers and customs"), .has_queues = TRUE },
  { "closures", N_ ("closed roads"), .models = "disruption/closure" },
  { "suppliers", N_ ("suppliers that fail"),
    .models = "disruption/supplier|disruption/pause" },
  { "hoarding", N_ ("hoarding"), .models = "market/hoarding" },
  { "street-market", N_ ("the street market"), .models = "market/parallel" },
  { "rationing", N_ ("rationing"), .models = "rationing/" },
  { "relief", N_ ("airlift and outside support"),
    .models = "supply/airlift|supply/support" },
  { "haulage", N_ ("the diesel that food trucks need"),
    .models = "supply/haulage" },
  { "season", N_ ("the seasons"), .models = "season/" },
  { "society", N_ ("what follows in the city (power, water, fares)"),
    .models = "society/" },
  { "endings", N_ ("endings of the crisis"), .models = "ending/" },
  { "truces", N_ ("truces"), .events = "truce" },
  { "decisions", N_ ("changes by date (plans, rules, strength)"),
    .events = "set" },
};

const char *
sf_cause_words (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (strcmp (mechanisms[i].key, key) == 0)
      return mechanisms[i].words;
  return NULL;
}

char *
sf_cause_model_off (const char *id)
{
  g_autofree char *model = sf_json_pointer_child ("/models", id);
  return g_strconcat (model, "/enabled=false", NULL);
}

static void
free_group (gpointer pointer)
{
  SfCauseGroup *group = pointer;
  g_ptr_array_unref (group->off);
  g_ptr_array_unref (group->names);
  g_free (group);
}

static gboolean
begins_with (const char *name, const char *prefixes)
{
  if (!prefixes)
    return FALSE;
  g_auto (GStrv) all = g_strsplit (prefixes, "|", -1);
  for (gsize i = 0; all[i]; i++)
    if (g_str_has_prefix (name, all[i]))
      return TRUE;
  return FALSE;
}

static void
take (SfCauseGroup *group, const char *id, char *off)
{
  if (group->names->len == 0
      || group->names->pdata[group->names->len - 1] != id)
    g_ptr_array_add (group->names, (gpointer)id);
  g_ptr_array_add (group->off, off);
}

static void
set_to_0 (SfCauseGroup *group, const char *collection, const char *id,
          const char *number)
{
  g_autofree char *record = sf_json_pointer_child (collection, id);
  take (group, id, g_strconcat (record, "/", number, "=0", NULL));
}

/* What an event does to a queue goes with the queue. */
static void
take_queues (SfCauseGroup *group, const SfScenario *s)
{
  for (guint i = 0; i < s->n_queues; i++) {
    set_to_0 (group, "/queues", s->queues[i].id, "service_h");
    set_to_0 (group, "/queues", s->queues[i].id, "dwell_h");
  }
  for (guint i = 0; i < s->n_events && s->n_queues > 0; i++)
    if (s->events[i].target
        && g_str_has_prefix (s->events[i].target, "/queues/"))
      set_to_0 (group, "/events", s->events[i].id, "prob");
}

/* TRUE when no number is named, or the model's is 0 or not, as asked. */
static gboolean
is_as_asked (const SfModelSpec *model, const char *name, gboolean is_0)
{
  const SfParam *p
      = name ? sf_param_find (model->info->params, name, NULL) : NULL;
  if (!p)
    return TRUE;
  const double *value
      = (gconstpointer)((const char *)model->params + p->offset);
  return (*value == 0) == is_0;
}

static void
take_model (SfCauseGroup *group, const Mechanism *m, const char *id)
{
  if (m->number)
    set_to_0 (group, "/models", id, m->number);
  else
    take (group, id, sf_cause_model_off (id));
}

static void
take_all (SfCauseGroup *group, const Mechanism *m, const SfScenario *s)
{
  for (guint i = 0; i < s->n_models; i++)
    if (s->models[i].is_on && begins_with (s->models[i].info->name, m->models)
        && is_as_asked (&s->models[i], m->lacks, TRUE)
        && is_as_asked (&s->models[i], m->needs, FALSE))
      take_model (group, m, s->models[i].id);
  for (guint i = 0; i < s->n_events && m->events; i++)
    if (strcmp (s->events[i].kind, m->events) == 0)
      set_to_0 (group, "/events", s->events[i].id, "prob");
  if (m->has_queues)
    take_queues (group, s);
}

GPtrArray *
sf_cause_groups (const SfScenario *s)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (free_group);
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++) {
    SfCauseGroup *group = g_new0 (SfCauseGroup, 1);
    group->key = mechanisms[i].key;
    group->words = mechanisms[i].words;
    group->off = g_ptr_array_new_with_free_func (g_free);
    group->names = g_ptr_array_new ();
    take_all (group, &mechanisms[i], s);
    if (group->off->len > 0)
      g_ptr_array_add (all, group);
    else
      free_group (group);
  }
  return all;
}
