/* check.c - what only the whole scenario can tell. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/scenario/reader.h"

/* Where a record stands in the document, for its line. */
static const SfJson *
place (SfReader *r, const char *collection, const char *id, const char *key,
       char **pointer)
{
  g_autofree char *root = g_strconcat ("/", collection, NULL);
  g_autofree char *record = sf_json_pointer_child (root, id);
  *pointer = key ? sf_json_pointer_child (record, key) : g_strdup (record);
  const SfJson *v = sf_json_pointer_get (sf_json_root (r->doc), *pointer);
  return v ? v : sf_json_pointer_get (sf_json_root (r->doc), record);
}

#define WRONG(R, KIND, COLLECTION, ID, KEY, ...)                               \
  G_STMT_START                                                                 \
  {                                                                            \
    g_autofree char *pointer_ = NULL;                                          \
    const SfJson *at_ = place ((R), COLLECTION, ID, KEY, &pointer_);           \
    sf_reader_mistake ((R), KIND, at_, pointer_, __VA_ARGS__);                 \
  }                                                                            \
  G_STMT_END

static void
check_time (SfReader *r)
{
  const SfScenario *s = r->scenario;
  const SfJson *end
      = sf_json_pointer_get (sf_json_root (r->doc), "/time/end");
  if (s->start == SF_PARAM_NO_DATE && s->n_shipments == 0)
    return; /* a network alone */
  if (s->start == SF_PARAM_NO_DATE || s->end == SF_PARAM_NO_DATE)
    sf_reader_mistake (r, SF_MISTAKE_MISSING, sf_json_root (r->doc), "/time",
                       "\"time\" with \"start\" and \"end\" is missing");
  else if (s->end < s->start)
    sf_reader_mistake (r, SF_MISTAKE_RANGE, end, "/time/end",
                       "the end lies before the start");
  else if (s->end - s->start > 36500)
    sf_reader_mistake (r, SF_MISTAKE_RANGE, end, "/time/end",
                       "a run lasts at most 36500 days");
}

static void
check_links (SfReader *r)
{
  const SfScenario *s = r->scenario;
  for (guint i = 0; i < s->n_links; i++) {
    const SfLinkSpec *l = &s->links[i];
    if (l->from == l->to)
      WRONG (r, SF_MISTAKE_NETWORK, "links", l->id, "to",
             "the link begins and ends at \"%s\"", s->nodes[l->to].id);
  }
}

static double
capacity (const SfScenario *s, const SfShipmentSpec *p)
{
  const SfVehicle *v = &s->vehicles[s->fleets[p->fleet].vehicle];
  return s->commodities[p->commodity].unit == SF_UNIT_T ? v->capacity_t
                                                         : v->capacity_m3;
}

static gint
find_market (const SfScenario *s, gint node, gint commodity)
{
  for (guint i = 0; i < s->n_markets; i++)
    if (s->markets[i].node == node && s->markets[i].commodity == commodity)
      return (gint)i;
  return -1;
}

static void
check_shipments (SfReader *r)
{
  const SfScenario *s = r->scenario;
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfShipmentSpec *p = &s->shipments[i];
    gint home = s->fleets[p->fleet].home;
    if (capacity (s, p) <= 0)
      WRONG (r, SF_MISTAKE_RANGE, "shipments", p->id, "fleet",
             "its vehicle \"%s\" has no capacity_%s for \"%s\"",
             s->vehicles[s->fleets[p->fleet].vehicle].id,
             sf_unit_name (s->commodities[p->commodity].unit),
             s->commodities[p->commodity].id);
    if (p->to == home)
      WRONG (r, SF_MISTAKE_NETWORK, "shipments", p->id, "to",
             "the destination is where the fleet is at home");
    if (p->from_stock && find_market (s, home, p->commodity) < 0)
      WRONG (r, SF_MISTAKE_REFERENCE, "shipments", p->id, "from_stock",
             "there is no market for \"%s\" at \"%s\" to load from",
             s->commodities[p->commodity].id, s->nodes[home].id);
  }
}

static void
check_markets (SfReader *r)
{
  const SfScenario *s = r->scenario;
  for (guint i = 0; i < s->n_markets; i++) {
    const SfMarketSpec *m = &s->markets[i];
    if (find_market (s, m->node, m->commodity) != (gint)i)
      WRONG (r, SF_MISTAKE_DUPLICATE, "markets", m->id, NULL,
             "a second market for \"%s\" at \"%s\"",
             s->commodities[m->commodity].id, s->nodes[m->node].id);
  }
  for (guint i = 0; i < s->n_demands; i++) {
    const SfDemandSpec *d = &s->demands[i];
    if (find_market (s, d->node, d->commodity) < 0)
      WRONG (r, SF_MISTAKE_REFERENCE, "demands", d->id, NULL,
             "there is no market for \"%s\" at \"%s\" to serve it",
             s->commodities[d->commodity].id, s->nodes[d->node].id);
  }
}

/* Nodes reached from a node over links that are open. */
static void
flood (const SfScenario *s, gint from, gboolean *is_reached)
{
  gboolean grew = TRUE;
  is_reached[from] = TRUE;
  while (grew) {
    grew = FALSE;
    for (guint i = 0; i < s->n_links; i++) {
      const SfLinkSpec *l = &s->links[i];
      if (l->closed)
        continue;
      if (is_reached[l->from] && !is_reached[l->to])
        grew = is_reached[l->to] = TRUE;
      if (!l->one_way && is_reached[l->to] && !is_reached[l->from])
        grew = is_reached[l->from] = TRUE;
    }
  }
}

static void
check_connected (SfReader *r)
{
  const SfScenario *s = r->scenario;
  g_autofree gboolean *is_reached = g_new0 (gboolean, s->n_nodes + 1);
  gboolean any = s->n_shipments == 0;
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfShipmentSpec *p = &s->shipments[i];
    memset (is_reached, 0, s->n_nodes * sizeof *is_reached);
    flood (s, s->fleets[p->fleet].home, is_reached);
    any = any || (s->capital >= 0 && is_reached[s->capital]);
    if (!is_reached[p->to])
      WRONG (r, SF_MISTAKE_NETWORK, "shipments", p->id, "to",
             "no open link leads from \"%s\" to \"%s\"",
             s->nodes[s->fleets[p->fleet].home].id, s->nodes[p->to].id);
  }
  if (s->capital >= 0 && !any)
    sf_reader_mistake (r, SF_MISTAKE_NETWORK,
                       sf_json_member (sf_json_root (r->doc), "capital"),
                       "/capital",
                       "no fleet can reach \"%s\": the capital is cut off",
                       s->nodes[s->capital].id);
}

/* TRUE when a model that is on answers this kind of event. */
static gboolean
is_answered (const SfScenario *s, const char *kind)
{
  for (guint i = 0; i < s->n_models; i++)
    if (s->models[i].is_on && s->models[i].info->events
        && sf_param_choice (s->models[i].info->events, kind) >= 0)
      return TRUE;
  return FALSE;
}

static void
check_set (SfReader *r, const SfEventSpec *e)
{
  const SfScenario *s = r->scenario;
  const SfAssumption *a = e->target
                              ? sf_scenario_assumption (s, e->target) : NULL;
  if (isnan (e->value))
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           "\"value\" is missing");
  if (!e->target)
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           "\"target\" is missing (JSON Pointer of the number to set)");
  else if (!a || !a->target)
    WRONG (r, SF_MISTAKE_REFERENCE, "events", e->id, "target",
           "no number is written at %s", e->target);
  else if (e->value < a->min || e->value > a->max)
    WRONG (r, SF_MISTAKE_RANGE, "events", e->id, "value",
           "out of range for %s; expected %g to %g", e->target, a->min,
           a->max);
}

static void
check_event (SfReader *r, const SfEventSpec *e)
{
  const SfScenario *s = r->scenario;
  if (!e->kind) {
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           "\"kind\" is missing");
    return;
  }
  if (strcmp (e->kind, "set") == 0)
    check_set (r, e);
  else if (!is_answered (s, e->kind)) {
    g_autofree char *safe = sf_text_safe (e->kind, -1);
    WRONG (r, SF_MISTAKE_MODEL, "events", e->id, "kind",
           "no model that is switched on answers events of kind \"%s\"",
           safe);
  }
  if (s->start != SF_PARAM_NO_DATE
      && (e->date < s->start || e->date > s->end))
    WRONG (r, SF_MISTAKE_RANGE, "events", e->id, "date",
           "the date lies outside the run");
}

/* A model that handles lists of links or nodes is no use twice for them;
 * that is the model's own business. Here: roles that only one may have. */
static void
check_roles (SfReader *r)
{
  const SfScenario *s = r->scenario;
  static const char *const single[] = { "allocation/", "routing/", "driver/" };
  for (gsize k = 0; k < G_N_ELEMENTS (single); k++) {
    guint n = 0;
    for (guint i = 0; i < s->n_models; i++)
      if (s->models[i].is_on
          && g_str_has_prefix (s->models[i].info->name, single[k]) && n++ > 0)
        WRONG (r, SF_MISTAKE_MODEL, "models", s->models[i].id, "model",
               "a second model of the kind \"%.*s\" is switched on",
               (int)strlen (single[k]) - 1, single[k]);
  }
}

void
sf_scenario_check (SfReader *r)
{
  check_time (r);
  check_links (r);
  check_shipments (r);
  check_markets (r);
  check_connected (r);
  for (guint i = 0; i < r->scenario->n_events; i++)
    check_event (r, &r->scenario->events[i]);
  check_roles (r);
}
