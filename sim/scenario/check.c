/* check.c - what only the whole scenario can tell. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "sim/base/text.h"
#include "sim/lang/lang.h"
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

static const SfJson *
member (SfReader *r, const char *key)
{
  return sf_json_member (sf_json_root (r->doc), key);
}

/* The first record of a collection, in the order of the scenario's array. */
static const SfJson *
first (SfReader *r, const char *collection)
{
  const SfJson *all = member (r, collection);
  return all && sf_json_kind (all) == SF_JSON_OBJECT ? sf_json_first (all)
                                                     : NULL;
}

/* ---- Time ---------------------------------------------------------------- */

static void
check_time (SfReader *r)
{
  const SfScenario *s = r->scenario;
  /* A network alone needs none. */
  if (!member (r, "time")
      && s->n_shipments + s->n_markets + s->n_demands + s->n_events > 0)
    sf_reader_mistake (r, SF_MISTAKE_MISSING, sf_json_root (r->doc), "/time",
                       _ ("\"time\" with \"start\" and \"end\" is missing"));
  if (s->start == SF_PARAM_NO_DATE || s->end == SF_PARAM_NO_DATE)
    return;
  if (s->end < s->start)
    WRONG (r, SF_MISTAKE_RANGE, "time", "end", NULL,
           _ ("the end lies before the start"));
  else if (s->end - s->start > 36500)
    WRONG (r, SF_MISTAKE_RANGE, "time", "end", NULL,
           _ ("a run lasts at most 36500 days"));
  else if (s->shock != SF_PARAM_NO_DATE
           && (s->shock < s->start || s->shock > s->end))
    WRONG (r, SF_MISTAKE_RANGE, "time", "shock", NULL,
           _ ("the shock lies outside the run"));
}

static void
check_shortage (SfReader *r)
{
  const SfJson *run = member (r, "run");
  if (run && r->scenario->recovery_frac < r->scenario->shortage_frac)
    sf_reader_mistake (r, SF_MISTAKE_RANGE, run, "/run",
                       _ ("\"recovery_frac\" is less than \"shortage_frac\""));
}

/* ---- Network ------------------------------------------------------------- */

static void
check_places (SfReader *r)
{
  for (const SfJson *v = first (r, "nodes"); v; v = sf_json_next (v))
    if (!sf_json_member (v, "lat_deg") != !sf_json_member (v, "lon_deg"))
      WRONG (r, SF_MISTAKE_MISSING, "nodes", sf_json_key (v), NULL,
             _ ("\"lat_deg\" and \"lon_deg\" go together"));
}

/* FALSE when an end of some link could not be read. */
static gboolean
check_links (SfReader *r)
{
  const SfScenario *s = r->scenario;
  gboolean all_good = TRUE;
  for (guint i = 0; i < s->n_links; i++) {
    const SfLinkSpec *l = &s->links[i];
    if (l->from < 0 || l->to < 0)
      all_good = FALSE;
    else if (l->from == l->to)
      WRONG (r, SF_MISTAKE_NETWORK, "links", l->id, "to",
             _ ("the link begins and ends at \"%s\""), s->nodes[l->to].id);
  }
  return all_good;
}

/* ---- Shipments ----------------------------------------------------------- */

static gboolean
is_whole (const SfScenario *s, const SfShipmentSpec *p)
{
  return p->fleet >= 0 && p->commodity >= 0 && p->to >= 0
         && s->fleets[p->fleet].vehicle >= 0 && s->fleets[p->fleet].home >= 0
         && s->commodities[p->commodity].unit >= 0;
}

static double
capacity (const SfScenario *s, const SfShipmentSpec *p)
{
  const SfVehicle *v = &s->vehicles[s->fleets[p->fleet].vehicle];
  return s->commodities[p->commodity].unit == SF_UNIT_T ? v->capacity_t
                                                        : v->capacity_m3;
}

/* Markets by place and commodity. */
typedef struct {
  GHashTable *first; /* place and commodity -> index of the first + 1 */
  gboolean is_whole; /* FALSE: a place or commodity could not be read; then a
                        missing market may be that one */
} Markets;

static gpointer
market_key (const SfScenario *s, gint node, gint commodity)
{
  return GSIZE_TO_POINTER ((gsize)node * s->n_commodities + (gsize)commodity);
}

static gint
find_market (const SfScenario *s, const Markets *markets, gint node,
             gint commodity)
{
  gpointer key = market_key (s, node, commodity);
  return GPOINTER_TO_INT (g_hash_table_lookup (markets->first, key)) - 1;
}

static Markets
list_markets (const SfScenario *s)
{
  Markets markets = { g_hash_table_new (NULL, NULL), TRUE };
  for (guint i = s->n_markets; i-- > 0;) {
    const SfMarketSpec *m = &s->markets[i];
    if (m->node < 0 || m->commodity < 0)
      markets.is_whole = FALSE;
    else
      g_hash_table_insert (markets.first, market_key (s, m->node, m->commodity),
                           GINT_TO_POINTER ((gint)i + 1));
  }
  return markets;
}

static void
check_shipment (SfReader *r, const SfShipmentSpec *p, const Markets *markets)
{
  const SfScenario *s = r->scenario;
  gint home = s->fleets[p->fleet].home;
  if (capacity (s, p) <= 0)
    WRONG (r, SF_MISTAKE_RANGE, "shipments", p->id, "fleet",
           _ ("its vehicle \"%s\" has no capacity_%s for \"%s\""),
           s->vehicles[s->fleets[p->fleet].vehicle].id,
           sf_unit_name (s->commodities[p->commodity].unit),
           s->commodities[p->commodity].id);
  if (p->to == home)
    WRONG (r, SF_MISTAKE_NETWORK, "shipments", p->id, "to",
           _ ("the destination is where the fleet is at home"));
  if (p->from_stock && markets->is_whole
      && find_market (s, markets, home, p->commodity) < 0)
    WRONG (r, SF_MISTAKE_REFERENCE, "shipments", p->id, "from_stock",
           _ ("there is no market for \"%s\" at \"%s\" to load from"),
           s->commodities[p->commodity].id, s->nodes[home].id);
}

/* Every destination and the capital can be reached. */
static void
check_connected (SfReader *r)
{
  const SfScenario *s = r->scenario;
  g_auto (SfParts) parts = sf_parts_find (s);
  gboolean any = s->n_shipments == 0;
  for (guint i = 0; i < s->n_shipments; i++) {
    const SfShipmentSpec *p = &s->shipments[i];
    if (!is_whole (s, p)) {
      any = TRUE; /* perhaps that one */
      continue;
    }
    gint home = s->fleets[p->fleet].home;
    any = any || (s->capital >= 0 && sf_parts_lead (&parts, home, s->capital));
    if (!sf_parts_lead (&parts, home, p->to))
      WRONG (r, SF_MISTAKE_NETWORK, "shipments", p->id, "to",
             _ ("no open link leads from \"%s\" to \"%s\""), s->nodes[home].id,
             s->nodes[p->to].id);
  }
  if (s->capital >= 0 && !any)
    sf_reader_mistake (r, SF_MISTAKE_NETWORK, member (r, "capital"), "/capital",
                       _ ("no fleet can reach \"%s\": the capital is cut off"),
                       s->nodes[s->capital].id);
}

static void
check_shipments (SfReader *r, const Markets *markets)
{
  const SfScenario *s = r->scenario;
  for (guint i = 0; i < s->n_shipments; i++)
    if (is_whole (s, &s->shipments[i]))
      check_shipment (r, &s->shipments[i], markets);
}

/* ---- Markets ------------------------------------------------------------- */

static void
check_markets (SfReader *r, const Markets *markets)
{
  const SfScenario *s = r->scenario;
  for (guint i = 0; i < s->n_markets; i++) {
    const SfMarketSpec *m = &s->markets[i];
    if (m->node >= 0 && m->commodity >= 0
        && find_market (s, markets, m->node, m->commodity) != (gint)i)
      WRONG (r, SF_MISTAKE_DUPLICATE, "markets", m->id, NULL,
             _ ("a second market for \"%s\" at \"%s\""),
             s->commodities[m->commodity].id, s->nodes[m->node].id);
  }
  for (guint i = 0; i < s->n_demands && markets->is_whole; i++) {
    const SfDemandSpec *d = &s->demands[i];
    if (d->node >= 0 && d->commodity >= 0
        && find_market (s, markets, d->node, d->commodity) < 0)
      WRONG (r, SF_MISTAKE_REFERENCE, "demands", d->id, NULL,
             _ ("there is no market for \"%s\" at \"%s\" to serve it"),
             s->commodities[d->commodity].id, s->nodes[d->node].id);
    if (d->reserve_days > 0 && d->class >= 0
        && s->classes[d->class].from != SF_FROM_DEPOT)
      WRONG (r, SF_MISTAKE_REFERENCE, "demands", d->id, "reserve_days",
             _ ("\"%s\" does not draw on the depot"), s->classes[d->class].id);
  }
}

/* ---- Models -------------------------------------------------------------- */

/* FALSE when a model could not be read: then what is missing may be that. */
static gboolean
are_models_whole (SfReader *r)
{
  const SfJson *models = member (r, "models");
  return !models || sf_json_length (models) == r->scenario->n_models;
}

/* Models of a kind ("supply/") that are switched on. */
static guint
count_models (const SfScenario *s, const char *kind)
{
  guint n = 0;
  for (guint i = 0; i < s->n_models; i++)
    n += s->models[i].is_on && g_str_has_prefix (s->models[i].info->name, kind);
  return n;
}

/* Roles that only one model may have: a second would undo the first. */
static void
check_single (SfReader *r)
{
  static const char *const single[]
      = { "allocation/", "routing/", "driver/willingness", "supply/regular",
          "market/retail" };
  const SfScenario *s = r->scenario;
  for (gsize k = 0; k < G_N_ELEMENTS (single); k++) {
    guint n = 0;
    for (guint i = 0; i < s->n_models; i++)
      if (s->models[i].is_on
          && g_str_has_prefix (s->models[i].info->name, single[k]) && n++ > 0)
        WRONG (r, SF_MISTAKE_MODEL, "models", s->models[i].id, "model",
               _ ("a second model \"%s\" is switched on; one is enough for its "
                  "role"),
               s->models[i].info->name);
  }
}

/* Roles that somebody must have. */
static void
check_needed (SfReader *r)
{
  const SfScenario *s = r->scenario;
  const SfJson *at = member (r, "models");
  if (!at)
    at = sf_json_root (r->doc);
  if (s->n_markets > 0 && count_models (s, "allocation/") == 0)
    sf_reader_mistake (r, SF_MISTAKE_MODEL, at, "/models",
                       _ ("there are markets, but no model of the kind "
                          "\"allocation\" is switched on to share what they "
                          "hold"));
  if (s->n_shipments > 0 && count_models (s, "supply/") == 0)
    sf_reader_mistake (r, SF_MISTAKE_MODEL, at, "/models",
                       _ ("there are shipments, but no model of the kind "
                          "\"supply\" is switched on: nothing would move"));
}

static gboolean
is_home (const SfScenario *s, gint node)
{
  return s->country && s->nodes[node].country
         && strcmp (s->nodes[node].country, s->country) == 0;
}

/* TRUE when some link leads over a frontier into the capital's country. */
static gboolean
has_gate (const SfScenario *s)
{
  for (guint i = 0; i < s->n_links; i++) {
    const SfLinkSpec *l = &s->links[i];
    if (!l->border)
      continue;
    gboolean from = is_home (s, l->from), to = is_home (s, l->to);
    if ((to && !from) || (from && !to && !l->one_way))
      return TRUE;
  }
  return FALSE;
}

/* Drivers decide and escorts wait at the frontier, so there has to be one. */
static void
check_gates (SfReader *r)
{
  static const char *const kinds[] = { "driver/", "convoy/" };
  const SfScenario *s = r->scenario;
  for (guint i = 0; i < s->n_models && !has_gate (s); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
      if (s->models[i].is_on
          && g_str_has_prefix (s->models[i].info->name, kinds[k]))
        WRONG (r, SF_MISTAKE_MODEL, "models", s->models[i].id, "model",
               _ ("works at frontiers, but no link with \"border\" leads into "
                  "the \"country\" of the scenario"));
}

static const SfDate *
date_of (const SfModelSpec *m, const char *name)
{
  const SfParam *p = sf_param_find (m->info->params, name, NULL);
  return p && p->kind == SF_PARAM_DATE
             ? (const SfDate *)(const void *)((char *)m->params + p->offset)
             : NULL;
}

static void
check_model_dates (SfReader *r)
{
  const SfScenario *s = r->scenario;
  for (guint i = 0; i < s->n_models; i++) {
    const SfDate *from = date_of (&s->models[i], "from");
    const SfDate *until = date_of (&s->models[i], "until");
    if (from && until && *from != SF_PARAM_NO_DATE && *until != SF_PARAM_NO_DATE
        && *until < *from)
      WRONG (r, SF_MISTAKE_RANGE, "models", s->models[i].id, "until",
             _ ("lies before \"from\""));
  }
}

static void
check_models (SfReader *r)
{
  check_single (r);
  check_model_dates (r);
  if (are_models_whole (r))
    check_needed (r);
}

/* ---- Events -------------------------------------------------------------- */

/* Numbers that are used up when a run begins, or that no run uses: to set
 * them on a date would change nothing. */
static gboolean
is_opening_number (const char *pointer)
{
  static const char names[]
      = "vehicles/capacity_m3|vehicles/capacity_t|fleets/trucks_count|"
        "markets/depot_days|markets/station_days|markets/household_days|"
        "links/capacity_trucks_per_day|links/fail_prob|nodes/lat_deg|"
        "nodes/lon_deg|run/replications_count";
  g_auto (GStrv) part = g_strsplit (pointer, "/", -1);
  guint n = g_strv_length (part);
  if (n < 3)
    return FALSE;
  g_autofree char *name = g_strconcat (part[1], "/", part[n - 1], NULL);
  return sf_param_choice (names, name) >= 0;
}

static void
target_not_found (SfReader *r, const SfEventSpec *e, const SfAssumption *a)
{
  const SfScenario *s = r->scenario;
  if (a) {
    WRONG (r, SF_MISTAKE_REFERENCE, "events", e->id, "target",
           _ ("an assumption that others take cannot be set; set the numbers "
              "that take it"));
    return;
  }
  if (sf_json_pointer_get (sf_json_root (r->doc), e->target)
      && sf_mistakes_count (r->mistakes) > 0)
    return; /* a number that could not be read, which was said */
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < s->n_assumptions; i++)
    if (s->assumptions[i].target)
      g_ptr_array_add (names, s->assumptions[i].pointer);
  const char *near = sf_text_nearest (
      e->target, (const char *const *)names->pdata, names->len);
  g_autofree char *safe = sf_text_safe (e->target, -1);
  g_autofree char *hint
      = near ? g_strdup_printf (_ ("; did you mean %s?"), near) : g_strdup ("");
  WRONG (r, SF_MISTAKE_REFERENCE, "events", e->id, "target",
         _ ("no number is written at %s%s"), safe, hint);
}

/* What is set must be possible, also when it is drawn. */
static void
check_set_value (SfReader *r, const SfEventSpec *e, const SfAssumption *to)
{
  g_autofree char *record = sf_json_pointer_child ("/events", e->id);
  g_autofree char *pointer = sf_json_pointer_child (record, "value");
  gint i
      = GPOINTER_TO_INT (g_hash_table_lookup (r->scenario->numbers, pointer));
  if (!i)
    return;
  SfAssumption *value = &r->scenario->assumptions[i - 1];
  value->min = to->min;
  value->max = to->max;
  value->is_whole = to->is_whole;
  double low, high;
  sf_reader_limits (value, &low, &high);
  if (low >= to->min && high <= to->max)
    return;
  char least[SF_TEXT_NUMBER_SIZE], most[SF_TEXT_NUMBER_SIZE];
  WRONG (r, SF_MISTAKE_RANGE, "events", e->id, "value",
         _ ("out of range for %s; expected %s to %s"), e->target,
         sf_text_number (least, to->min), sf_text_number (most, to->max));
}

static void
check_set (SfReader *r, const SfEventSpec *e, const SfJson *record)
{
  const SfAssumption *to
      = e->target ? sf_scenario_assumption (r->scenario, e->target) : NULL;
  if (!sf_json_member (record, "value"))
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           _ ("\"value\" is missing"));
  if (!e->target)
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           _ ("\"target\" is missing (JSON Pointer of the number to set)"));
  else if (!to || !to->target)
    target_not_found (r, e, to);
  else if (is_opening_number (e->target))
    WRONG (r, SF_MISTAKE_REFERENCE, "events", e->id, "target",
           _ ("%s is used when a run begins or not at all; to set it on a date "
              "changes nothing"),
           e->target);
  else
    check_set_value (r, e, to);
}

/* TRUE when a model that is on answers this kind of event. */
static gboolean
is_answered (const SfScenario *s, const char *kind)
{
  for (guint i = 0; i < s->n_models; i++)
    if (s->models[i].info->events
        && sf_param_choice (s->models[i].info->events, kind) >= 0)
      return TRUE;
  return FALSE;
}

static void
kind_not_answered (SfReader *r, const SfEventSpec *e)
{
  const SfScenario *s = r->scenario;
  g_autoptr (GString) all = g_string_new ("set|lever");
  for (guint i = 0; i < s->n_models; i++)
    if (s->models[i].info->events)
      g_string_append_printf (all, "|%s", s->models[i].info->events);
  g_auto (GStrv) words = g_strsplit (all->str, "|", -1);
  const char *near = sf_text_nearest (e->kind, (const char *const *)words,
                                      g_strv_length (words));
  g_autofree char *safe = sf_text_safe (e->kind, -1);
  g_autofree char *hint = sf_text_hint (near);
  WRONG (r, SF_MISTAKE_MODEL, "events", e->id, "kind",
         _ ("no model of this scenario answers events of kind \"%s\"%s"), safe,
         hint);
}

static void
check_kind (SfReader *r, const SfEventSpec *e, const SfJson *record)
{
  if (!e->kind) {
    if (!sf_json_member (record, "kind"))
      WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
             _ ("\"kind\" is missing"));
    return;
  }
  if (strcmp (e->kind, "set") == 0)
    check_set (r, e, record);
  else if (strcmp (e->kind, "lever") != 0 && !is_answered (r->scenario, e->kind)
           && are_models_whole (r))
    kind_not_answered (r, e);
  if ((strcmp (e->kind, "close") == 0 || strcmp (e->kind, "open") == 0)
      && !sf_json_member (record, "links"))
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           _ ("\"links\" is missing: which are to %s?"), e->kind);
}

static void
check_date (SfReader *r, const SfEventSpec *e)
{
  const SfScenario *s = r->scenario;
  if (s->start == SF_PARAM_NO_DATE || s->end == SF_PARAM_NO_DATE
      || e->date == SF_PARAM_NO_DATE || s->end < s->start
      || (s->start <= e->date && e->date <= s->end))
    return;
  char start[SF_DATE_SIZE], end[SF_DATE_SIZE];
  WRONG (r, SF_MISTAKE_RANGE, "events", e->id, "date",
         _ ("the date lies outside the run, %s to %s"),
         sf_date_format (start, s->start), sf_date_format (end, s->end));
}

static void
check_trigger (SfReader *r, const SfEventSpec *e, const SfJson *record)
{
  gboolean has_limit = !isnan (e->trigger_below) || !isnan (e->trigger_above);
  if (!e->trigger && e->date == SF_PARAM_NO_DATE
      && !sf_json_member (record, "date")
      && !sf_json_member (record, "trigger"))
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           _ ("\"date\" is missing, or a \"trigger\" that takes its place"));
  if (e->trigger && !has_limit)
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           _ ("a trigger needs \"trigger_below\" or \"trigger_above\""));
  if (!e->trigger && has_limit && !sf_json_member (record, "trigger"))
    WRONG (r, SF_MISTAKE_MISSING, "events", e->id, NULL,
           _ ("\"trigger\" is missing: which series is meant?"));
}

static void
check_events (SfReader *r)
{
  const SfEventSpec *e = r->scenario->events;
  for (const SfJson *v = first (r, "events"); v; v = sf_json_next (v), e++) {
    if (sf_json_kind (v) != SF_JSON_OBJECT)
      continue;
    check_kind (r, e, v);
    check_date (r, e);
    check_trigger (r, e, v);
  }
}

void
sf_scenario_check (SfReader *r)
{
  Markets markets = list_markets (r->scenario);
  check_time (r);
  check_shortage (r);
  check_places (r);
  check_shipments (r, &markets);
  check_markets (r, &markets);
  check_models (r);
  if (check_links (r)) {
    check_connected (r);
    check_gates (r);
  }
  check_events (r);
  g_hash_table_unref (markets.first);
}
