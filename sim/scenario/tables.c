/* tables.c - what a scenario can say. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario/reader.h"

#include <math.h>
#include <string.h>

#include "sim/lang/lang.h"

#define NEED SF_PARAM_REQUIRED
#define MANY 1e9

const SfParam sf_time_params[] = {
  SF_PARAM_DAY (SfScenario, start, NEED, "first day of the run, YYYY-MM-DD"),
  SF_PARAM_DAY (SfScenario, end, NEED, "last day of the run, YYYY-MM-DD"),
  SF_PARAM_DAY (SfScenario, shock, 0,
                "day from which time to survive and the losses of service "
                "count, YYYY-MM-DD; when absent, the first day"),
  SF_PARAM_END,
};

const SfParam sf_run_params[] = {
  SF_PARAM (SfScenario, replications_count, 200, 1, 1e6,
            "replications when the command line gives none"),
  SF_PARAM (SfScenario, group_h, 6, 0, 168,
            "trucks of one shipment that leave within so many hours travel "
            "as one group; 0: each alone"),
  SF_PARAM (SfScenario, customs_reported_frac, 1, 0, 1,
            "share of imported fuel that the customs series counts: what is "
            "cleared elsewhere is not in it"),
  SF_PARAM (SfScenario, shortage_frac, 0.5, 0, 1,
            "served share of demand below which a day counts as shortage"),
  SF_PARAM (SfScenario, recovery_frac, 0.8, 0, 1,
            "served share at or above which a shortage is over"),
  SF_PARAM (SfScenario, shortage_days, 2, 1, 365,
            "days on end that make a shortage, or a recovery"),
  SF_PARAM_END,
};

const SfParam sf_scenario_params[] = {
  SF_PARAM_STRING (SfScenario, name, "short name, used for folders"),
  SF_PARAM_STRING (SfScenario, title, "one line"),
  SF_PARAM_STRING (SfScenario, description, "what the scenario asks"),
  SF_PARAM_STRING (SfScenario, country,
                   "country of the capital; corridors enter it"),
  SF_PARAM_ID (SfScenario, capital, 0, "nodes", "the place to be supplied"),
  SF_PARAM_STRING (SfScenario, observations,
                   "file of what was seen, for score and fit; beside this"),
  { "ensemble", SF_PARAM_TEXT, 0, G_STRUCT_OFFSET (SfScenario, ensemble_file),
    0, 0, 0, NULL,
    N_ ("file of values that uncertain numbers take together; beside this") },
  SF_PARAM_END,
};

static const SfParam commodities[] = {
  SF_PARAM_STRING (SfCommodity, title, "name in figures"),
  SF_PARAM_WORD (SfCommodity, unit, NEED, "m3|t", -1, "unit of its amounts"),
  SF_PARAM_WORD (SfCommodity, kind, NEED, "fuel|gas|food|other", 0,
                 "what it is"),
  SF_PARAM (SfCommodity, exposure_frac, 1, 0, 1,
            "share of the threat (1: the full one) that its trucks face"),
  SF_PARAM_END,
};

static const SfParam vehicles[] = {
  SF_PARAM_STRING (SfVehicle, title, "name"),
  SF_PARAM (SfVehicle, capacity_m3, 0, 0, 1000, "load of a liquid"),
  SF_PARAM (SfVehicle, capacity_t, 0, 0, 10000, "load of solid goods"),
  SF_PARAM (SfVehicle, driving_h_per_day, 24, 1, 24,
            "hours of the day on the move; 24: never rests"),
  SF_PARAM_END,
};

static const SfParam nodes[] = {
  SF_PARAM_STRING (SfNodeSpec, title, "name on maps"),
  SF_PARAM_STRING (SfNodeSpec, country, "ISO 3166 code of two letters"),
  SF_PARAM_WORD (SfNodeSpec, kind, 0,
                 "port|refinery|border|town|city|depot|capital|junction",
                 SF_NODE_TOWN, "what it is"),
  SF_PARAM (SfNodeSpec, lat_deg, NAN, -90, 90, "latitude, north positive"),
  SF_PARAM (SfNodeSpec, lon_deg, NAN, -180, 180, "longitude, east positive"),
  SF_PARAM_END,
};

static const SfParam zones[] = {
  SF_PARAM_STRING (SfZoneSpec, title, "stretch of road"),
  SF_PARAM_STRING (SfZoneSpec, country, "ISO 3166 code of two letters"),
  SF_PARAM_END,
};

static const SfParam links[] = {
  SF_PARAM_STRING (SfLinkSpec, title, "name"),
  SF_PARAM_STRING (SfLinkSpec, road, "road or corridor it belongs to"),
  SF_PARAM_ID (SfLinkSpec, from, NEED, "nodes", "one end"),
  SF_PARAM_ID (SfLinkSpec, to, NEED, "nodes", "the other end"),
  SF_PARAM_WORD (SfLinkSpec, mode, 0, "road|rail|river|air", SF_MODE_ROAD,
                 "how it is travelled"),
  SF_PARAM_WORD (SfLinkSpec, surface, 0, "paved|failed|unpaved|rail|river|air",
                 0, "state of the way"),
  SF_PARAM_ID (SfLinkSpec, zone, 0, "zones", "threat zone it lies in"),
  SF_PARAM_BOOL (SfLinkSpec, border, 0, "a frontier is crossed on it"),
  SF_PARAM_BOOL (SfLinkSpec, closed, 0, "not in use"),
  SF_PARAM_BOOL (SfLinkSpec, one_way, 0, "from -> to only"),
  SF_PARAM_NEED (SfLinkSpec, km, 0, 20000, "length"),
  SF_PARAM (SfLinkSpec, speed_kmh, 45, 0.1, 1000,
            "speed of a loaded truck while it drives"),
  SF_PARAM (SfLinkSpec, wet_speed_frac, 1, 0.01, 1,
            "share of that speed left in the rains"),
  SF_PARAM (SfLinkSpec, control_h_per_100km, 0, 0, 1000,
            "time lost at checkpoints"),
  SF_PARAM (SfLinkSpec, border_h, 0, 0, 10000,
            "time at the frontier besides queueing"),
  SF_PARAM (SfLinkSpec, capacity_trucks_per_day, MANY, 0, MANY,
            "most that can pass, for network capacity"),
  SF_PARAM (SfLinkSpec, fail_prob, 0, 0, 1,
            "chance to be closed, for network --reliability"),
  SF_PARAM_END,
};

static const SfParam queues[] = {
  SF_PARAM_STRING (SfQueueSpec, title, "name"),
  SF_PARAM_ID (SfQueueSpec, node, NEED, "nodes", "where it is"),
  SF_PARAM (SfQueueSpec, servers_count, 1, 1, 10000,
            "trucks served at the same time"),
  SF_PARAM (SfQueueSpec, service_h, 0, 0, 10000, "mean service of a truck"),
  SF_PARAM_WORD (SfQueueSpec, service, 0, "fixed|exponential|erlang2", 1,
                 "distribution of the service time"),
  SF_PARAM (SfQueueSpec, dwell_h, 0, 0, 10000,
            "time after service that occupies no server"),
  SF_PARAM (SfQueueSpec, waiting_limit_count, MANY, 0, MANY,
            "room for waiting trucks; later ones turn back"),
  SF_PARAM_WORD (SfQueueSpec, scope, 0, "ending|passing|all", 2,
                 "loaded trucks whose journey ends here, passes, or both"),
  SF_PARAM_IDS (SfQueueSpec, commodities, "commodities",
                "cargoes it serves; all when absent"),
  SF_PARAM_END,
};

static const SfParam fleets[] = {
  SF_PARAM_STRING (SfFleetSpec, title, "name"),
  SF_PARAM_ID (SfFleetSpec, vehicle, NEED, "vehicles", "what its trucks are"),
  SF_PARAM_ID (SfFleetSpec, home, NEED, "nodes", "where they load"),
  SF_PARAM_NEED (SfFleetSpec, trucks_count, 0, MANY, "trucks"),
  SF_PARAM (SfFleetSpec, loading_h, 0, 0, 10000,
            "from idle to loaded and leaving"),
  SF_PARAM (SfFleetSpec, unloading_h, 0, 0, 10000, "discharge"),
  SF_PARAM (SfFleetSpec, turnround_h, 0, 0, 10000,
            "at home between two journeys"),
  SF_PARAM (SfFleetSpec, replaced_per_day, 0, 0, MANY,
            "trucks bought for those lost, at most"),
  SF_PARAM_END,
};

static const SfParam shipments[] = {
  SF_PARAM_STRING (SfShipmentSpec, title, "name"),
  SF_PARAM_ID (SfShipmentSpec, fleet, NEED, "fleets", "who carries it"),
  SF_PARAM_ID (SfShipmentSpec, commodity, NEED, "commodities", "cargo"),
  SF_PARAM_ID (SfShipmentSpec, to, NEED, "nodes", "destination"),
  SF_PARAM_NEED (SfShipmentSpec, trucks_per_day, 0, MANY, "on an ordinary day"),
  SF_PARAM_WORD (SfShipmentSpec, dispatch, 0, "regular|poisson", 0,
                 "evenly spaced, or at random"),
  SF_PARAM_BOOL (SfShipmentSpec, from_stock, 0,
                 "loads from the depot at the fleet's home"),
  SF_PARAM (SfShipmentSpec, reserve_days, 0, 0, 3650,
            "days of cover that loading leaves in that depot"),
  SF_PARAM_END,
};

static const SfParam markets[] = {
  SF_PARAM_STRING (SfMarketSpec, title, "name"),
  SF_PARAM_ID (SfMarketSpec, node, NEED, "nodes", "place"),
  SF_PARAM_ID (SfMarketSpec, commodity, NEED, "commodities", "what is held"),
  SF_PARAM (SfMarketSpec, depot_days, 0, 0, 3650,
            "opening depot stock, in days of ordinary use"),
  SF_PARAM (SfMarketSpec, station_days, 0, 0, 3650,
            "opening stock of stations or shops"),
  SF_PARAM (SfMarketSpec, household_days, 0, 0, 3650,
            "opening stock in tanks and at home"),
  SF_PARAM (SfMarketSpec, depot_target_days, 0, 0, 3650,
            "stock that ordering aims at; 0: orders do not react"),
  SF_PARAM (SfMarketSpec, station_target_days, 0, 0, 3650,
            "stock that stations order up to"),
  SF_PARAM (SfMarketSpec, household_target_days, 0, 0, 3650,
            "stock that households refill to"),
  SF_PARAM (SfMarketSpec, pump_frac, 3, 0.01, 1000,
            "most that stations can sell, times ordinary use"),
  SF_PARAM (SfMarketSpec, delivery_frac, 1000, 0.01, 1000,
            "most that the depot can send to stations, likewise"),
  SF_PARAM (SfMarketSpec, fill_priority, 101, 1, 101,
            "rank of what only fills the stations' tanks, among the classes; "
            "101: after all"),
  SF_PARAM_BOOL (SfMarketSpec, serves_until_empty, 0,
                 "the depot serves in full until it is empty, instead of "
                 "spreading what it has until midnight"),
  SF_PARAM (SfMarketSpec, stations_spread_days, 0.5, 0.001, 365,
            /* xgettext:no-c-format */
            "station stock, in days of use, at which 63 % of them have some"),
  SF_PARAM_END,
};

static const SfParam classes[] = {
  SF_PARAM_STRING (SfClassSpec, title, "who they are"),
  SF_PARAM (SfClassSpec, priority, 1, 1, 100, "1 is served first"),
  SF_PARAM_WORD (SfClassSpec, from, NEED, "household|station|depot", 0,
                 "the stock it uses"),
  SF_PARAM_END,
};

static const SfParam demands[] = {
  SF_PARAM_STRING (SfDemandSpec, title, "name"),
  SF_PARAM_ID (SfDemandSpec, node, NEED, "nodes", "place"),
  SF_PARAM_ID (SfDemandSpec, commodity, NEED, "commodities", "what is used"),
  SF_PARAM_ID (SfDemandSpec, class, NEED, "classes", "by whom"),
  { "demand_{u}_per_day", SF_PARAM_AMOUNT, NEED,
    G_STRUCT_OFFSET (SfDemandSpec, demand_amount_per_day), 0, 0, 1e12, NULL,
    N_ ("ordinary use") },
  SF_PARAM (SfDemandSpec, persons_count, 0, 0, 1e10, "people who depend on it"),
  SF_PARAM (SfDemandSpec, reserve_days, 0, 0, 3650,
            "days of cover that it leaves in the depot it draws on"),
  SF_PARAM_END,
};

static const SfParam events[] = {
  SF_PARAM_STRING (SfEventSpec, title, "what happens"),
  SF_PARAM_STRING (SfEventSpec, kind,
                   "set, close, or a kind that a model "
                   "answers (see explain)"),
  SF_PARAM_DAY (SfEventSpec, date, 0,
                "the day, YYYY-MM-DD; with a trigger: not before it"),
  SF_PARAM_CURVE (SfEventSpec, trigger,
                  "series that sets it off instead of a date; once"),
  SF_PARAM (SfEventSpec, trigger_below, NAN, -1e12, 1e12,
            "when the mean of the series is below this"),
  SF_PARAM (SfEventSpec, trigger_above, NAN, -1e12, 1e12,
            "when the mean of the series is above this"),
  SF_PARAM (SfEventSpec, trigger_mean_days, 1, 1, 365,
            "days that the mean is taken over"),
  SF_PARAM (SfEventSpec, trigger_for_days, 1, 1, 365,
            "days on end for which that holds"),
  SF_PARAM (SfEventSpec, delay_days, 0, 0, 3650,
            "from the date or trigger to the beginning"),
  SF_PARAM (SfEventSpec, cost_xof, 0, 0, 1e15, "what it costs once"),
  SF_PARAM (SfEventSpec, cost_xof_per_day, 0, 0, 1e15,
            "what it costs while it lasts"),
  SF_PARAM_STRING (SfEventSpec, target, "set: JSON Pointer of the number"),
  SF_PARAM_STRING (SfEventSpec, label, "short text on the timeline"),
  SF_PARAM (SfEventSpec, value, NAN, -1e12, 1e12, "set: the new number"),
  SF_PARAM (SfEventSpec, window_days, 0, 0, 3650,
            "begins at random until so many days later"),
  SF_PARAM (SfEventSpec, ambush_days, 1, 0, 365,
            "attack: lies in wait for so long"),
  SF_PARAM (SfEventSpec, duration_days, 0, 0, 36500,
            "how long it lasts; 0: for good"),
  SF_PARAM (SfEventSpec, prob, 1, 0, 1, "chance that it happens at all"),
  SF_PARAM_IDS (SfEventSpec, links, "links", "links it concerns"),
  SF_PARAM_IDS (SfEventSpec, nodes, "nodes", "places it concerns"),
  SF_PARAM (SfEventSpec, attackers_strength, 1, 0, 1e6,
            "attack: strength, against that of the escort"),
  SF_PARAM (SfEventSpec, trucks_min_count, 1, 0, 1e6,
            "attack: waits for a convoy of at least so many trucks"),
  SF_PARAM (SfEventSpec, trucks_max_count, MANY, 0, MANY,
            "attack: reaches at most so many trucks"),
  SF_PARAM_END,
};

#define COLLECTION(NAME, TYPE, TITLE)                                          \
  {                                                                            \
#NAME, TITLE, NAME, sizeof(TYPE), G_STRUCT_OFFSET(SfScenario, NAME),       \
        G_STRUCT_OFFSET(SfScenario, n_##NAME)                                  \
  }

const SfCollection sf_collections[] = {
  COLLECTION (commodities, SfCommodity, N_ ("what is carried and used")),
  COLLECTION (vehicles, SfVehicle, N_ ("kinds of truck")),
  COLLECTION (nodes, SfNodeSpec, N_ ("places")),
  COLLECTION (zones, SfZoneSpec, N_ ("stretches with a common threat")),
  COLLECTION (links, SfLinkSpec, N_ ("roads and other ways between places")),
  COLLECTION (queues, SfQueueSpec, N_ ("border posts, customs, racks")),
  COLLECTION (fleets, SfFleetSpec, N_ ("trucks and where they load")),
  COLLECTION (shipments, SfShipmentSpec, N_ ("who carries what where")),
  COLLECTION (markets, SfMarketSpec, N_ ("stocks of a commodity at a place")),
  COLLECTION (classes, SfClassSpec, N_ ("groups of users and their priority")),
  COLLECTION (demands, SfDemandSpec, N_ ("ordinary use")),
  COLLECTION (events, SfEventSpec, N_ ("what happens on a date")),
  { NULL, NULL, NULL, 0, 0, 0 },
};

int
sf_collection_index (const char *name)
{
  for (int i = 0; sf_collections[i].name; i++)
    if (strcmp (sf_collections[i].name, name) == 0)
      return i;
  return -1;
}
