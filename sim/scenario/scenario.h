/* scenario.h - a scenario as plain records. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scenario file is read once into flat arrays of records; an id becomes an
 * index into the array of its collection. Every number stays where it is for
 * the life of the scenario, so that an assumption or an event can point at
 * it: before a replication the uncertain numbers are drawn into their places.
 * That is the only writing after reading, and it happens in the process that
 * runs the replication.
 *
 * Members carry the name of their JSON key, unit included. An amount is in
 * its commodity's unit (m3 or t): the key "demand_m3_per_day" is the member
 * demand_amount_per_day.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/base/mistakes.h"
#include "sim/base/param.h"
#include "sim/base/units.h"

/* A way to be uncertain; see sf_scenario_draw(). */
typedef enum {
  SF_DIST_NONE,
  SF_DIST_UNIFORM,    /* min, max */
  SF_DIST_TRIANGULAR, /* min, mode, max */
  SF_DIST_NORMAL,     /* mean, sd; cut off at the parameter's range */
  SF_DIST_LOGNORMAL,  /* median, sigma (of the logarithm) */
  SF_DIST_BETA,       /* min, max, a, b */
} SfDistKind;

/* One number that the file states, with what it rests on. Numbers are
 * `sourced` when the number or its record names a source. */
typedef struct {
  char *pointer;    /* where: "/links/dakar-mbour/km" */
  double *target;   /* the place in a record that the number fills; NULL
                             for a named assumption */
  double value;     /* as written, or the centre of the distribution */
  double low, high; /* stated range; NAN when none is */
  double min, max;  /* what the parameter allows */
  SfDistKind dist;
  double p[4];            /* parameters of dist, in the order above */
  gint named;             /* index of the named assumption it takes, or -1 */
  gint column;            /* in the rows of the ensemble, or -1 */
  double fixed;           /* replications take this; NAN: drawn as usual */
  double factor;          /* multiplies a named assumption */
  gboolean is_whole;      /* a _count: draws are rounded */
  const char *source;     /* borrowed; NULL when none */
  const char *confidence; /* "reported", "estimate", "derived", "unverified",
                             "assumed", or NULL */
  const char *note;       /* borrowed; NULL when none */
  const char *help;       /* what the number is, from the table */
} SfAssumption;

typedef enum { SF_UNIT_M3, SF_UNIT_T } SfUnit;
typedef enum {
  SF_CARGO_FUEL,
  SF_CARGO_GAS,
  SF_CARGO_FOOD,
  SF_CARGO_OTHER
} SfCargoKind;

typedef struct {
  const char *id, *title;
  gint unit;            /* SfUnit */
  gint kind;            /* SfCargoKind */
  double exposure_frac; /* share of the threat to fuel that it faces */
} SfCommodity;

typedef struct {
  const char *id, *title;
  double capacity_m3, capacity_t;
  double driving_h_per_day; /* 24: never rests */
} SfVehicle;

typedef enum {
  SF_NODE_PORT,
  SF_NODE_REFINERY,
  SF_NODE_BORDER,
  SF_NODE_TOWN,
  SF_NODE_CITY,
  SF_NODE_DEPOT,
  SF_NODE_CAPITAL,
  SF_NODE_JUNCTION,
} SfNodeKind;

typedef struct {
  const char *id, *title, *country;
  gint kind;               /* SfNodeKind */
  double lat_deg, lon_deg; /* NAN when not given */
} SfNodeSpec;

typedef struct {
  const char *id, *title, *country;
} SfZoneSpec;

typedef enum { SF_MODE_ROAD, SF_MODE_RAIL, SF_MODE_RIVER, SF_MODE_AIR } SfMode;

typedef struct {
  const char *id, *title, *road;
  gint from, to;    /* nodes */
  gint mode;        /* SfMode */
  gint surface;     /* paved, failed, unpaved, rail, river, air */
  gint zone;        /* threat zone, or -1 */
  gboolean border;  /* a frontier is crossed */
  gboolean closed;  /* not in use unless an event opens it */
  gboolean one_way; /* from -> to only */
  double km;
  double speed_kmh;      /* of a loaded truck while it drives */
  double wet_speed_frac; /* of that speed in the rains */
  double control_h_per_100km;
  double border_h;
  double capacity_trucks_per_day;
  double fail_prob; /* for network --reliability only */
} SfLinkSpec;

typedef struct {
  const char *id, *title;
  gint node;
  double servers_count;
  double service_h;           /* mean per truck */
  gint service;               /* fixed, exponential, erlang2 */
  double dwell_h;             /* paperwork after service, holds no server */
  double waiting_limit_count; /* trucks; later ones turn back */
  gint scope;                 /* ending, passing, all */
  GArray *commodities;        /* gint; NULL: every one */
} SfQueueSpec;

typedef struct {
  const char *id, *title;
  gint vehicle, home;
  double trucks_count;
  double loading_h, unloading_h, turnround_h;
  double replaced_per_day; /* trucks bought for those lost, at most */
} SfFleetSpec;

typedef struct {
  const char *id, *title;
  gint fleet, commodity, to;
  double trucks_per_day; /* on an ordinary day */
  gint dispatch;         /* regular, poisson */
  gboolean from_stock;   /* loads from the depot at the fleet's home */
  double reserve_days;   /* days of cover that loading leaves in that depot */
} SfShipmentSpec;

/* Stocks of one commodity at one place: depot -> stations -> households. */
typedef struct {
  const char *id, *title;
  gint node, commodity;
  double depot_days, station_days, household_days; /* opening, days of use */
  double depot_target_days, station_target_days, household_target_days;
  double fill_priority;        /* of filling station tanks, among the classes */
  gboolean serves_until_empty; /* see the table */
  double pump_frac;     /* most the stations can sell, times ordinary use */
  double delivery_frac; /* most the depot can send them, likewise */
  double stations_spread_days; /* station stock, in days of use, at which
                                  1 - 1/e of the stations are open */
} SfMarketSpec;

typedef enum { SF_FROM_HOUSEHOLD, SF_FROM_STATION, SF_FROM_DEPOT } SfFrom;

typedef struct {
  const char *id, *title;
  double priority; /* 1 is served first */
  gint from;       /* SfFrom: where it draws */
} SfClassSpec;

typedef struct {
  const char *id, *title;
  gint node, commodity, class;
  double demand_amount_per_day;
  double persons_count; /* who depend on it */
  double reserve_days;  /* days of cover that it leaves in the depot */
} SfDemandSpec;

typedef struct {
  const char *id, *title;
  const char *kind;   /* "set", "close", or one that a model answers */
  const char *target; /* set: JSON Pointer of the number */
  const char *label;  /* for the timeline; NULL: not drawn */
  SfDate date;
  double window_days;   /* begins at random until so many days later */
  double ambush_days;   /* attack: lies in wait for so long */
  double duration_days; /* 0: does not end */
  double prob;
  double value;
  const char *trigger; /* series that sets it off; NULL: its date does */
  double trigger_below, trigger_above; /* NAN: not given */
  double trigger_mean_days, trigger_for_days, delay_days;
  double cost_xof, cost_xof_per_day; /* once, and while it lasts */
  GArray *links;                     /* gint; NULL: not given */
  GArray *nodes;                     /* gint */
  double attackers_strength;
  double trucks_min_count, trucks_max_count;
} SfEventSpec;

/* A model that the scenario switches on. */
typedef struct {
  const char *id;
  const SfModelInfo *info;
  void *params;   /* info->size bytes; the scenario's */
  gboolean is_on; /* "enabled": false keeps it readable but off */
} SfModelSpec;

/* Values of uncertain numbers that belong together, as from a calibration:
 * replication r takes row r modulo n_rows. Read from a file that the scenario
 * names; a number that the scenario has made certain has no column here. */
typedef struct {
  guint n_parameters, n_rows;
  guint *assumptions; /* by column: index of the number */
  double *values;     /* n_rows times n_parameters */
  char *path;         /* of the file */
  char *sha256;       /* of its content, white space aside */
  SfJsonDoc *doc;     /* its content */
} SfEnsemble;

typedef struct {
  const char *name, *title, *description;
  const char *path;         /* file it was read from */
  const char *observations; /* file to compare with, beside the file that
                               names it; NULL when none */
  gint capital;             /* node, or -1 */
  const char *country;      /* of the capital; NULL when not given */
  SfDate start, end;        /* first and last day, both run */
  SfDate shock; /* measures count from it; SF_PARAM_NO_DATE: the start */
  guint64 seed;
  double replications_count;
  double group_h; /* trucks leaving within it travel as one group */
  double customs_reported_frac; /* of imported fuel, in the customs series */
  double shortage_frac;         /* service below it is a shortage */
  double recovery_frac;         /* service above it again is recovery */
  double shortage_days;         /* so many days on end */

  guint n_commodities, n_vehicles, n_nodes, n_zones, n_links, n_queues,
      n_fleets, n_shipments, n_markets, n_classes, n_demands, n_events,
      n_models, n_assumptions;
  SfCommodity *commodities;
  SfVehicle *vehicles;
  SfNodeSpec *nodes;
  SfZoneSpec *zones;
  SfLinkSpec *links;
  SfQueueSpec *queues;
  SfFleetSpec *fleets;
  SfShipmentSpec *shipments;
  SfMarketSpec *markets;
  SfClassSpec *classes;
  SfDemandSpec *demands;
  SfEventSpec *events;
  SfModelSpec *models;
  SfAssumption *assumptions;

  const char *ensemble_file; /* as written; NULL when none */
  SfEnsemble *ensemble;      /* NULL when none */
  SfJsonDoc *doc;            /* after inheritance and overrides */
  GHashTable *numbers; /* pointer (borrowed) -> index in assumptions + 1 */
  GPtrArray *texts;    /* strings owned here */
} SfScenario;

/* One collection of records, as the reader and the manual see it. */
typedef struct {
  const char *name;  /* JSON key: "links" */
  const char *title; /* what a record is */
  const SfParam *params;
  gsize size;                 /* of a record */
  gsize offset, count_offset; /* of the array and its length in SfScenario */
} SfCollection;

/* The collections in the order of the file format; ends with a NULL name. */
extern const SfCollection sf_collections[];
/* Rows of the top level, of "time" and of "run". */
extern const SfParam sf_scenario_params[];
extern const SfParam sf_time_params[];
extern const SfParam sf_run_params[];

/* Reads a scenario: the file, the files it extends, the overrides
 * ("/json/pointer=value", NULL-terminated, or NULL), records, models, and
 * checks them together. `models` ends with a NULL name. Returns NULL when
 * anything is wrong; every mistake found is then in `mistakes`. The caller
 * frees with sf_scenario_free(). */
SfScenario *sf_scenario_read (const char *path, const char *const *overrides,
                              const SfModelInfo *const *models,
                              SfMistakes *mistakes);
/* The same with lever files merged in before the overrides (see load.h);
 * NULL-terminated, or NULL. */
SfScenario *sf_scenario_read_levers (const char *path,
                                     const char *const *levers,
                                     const char *const *overrides,
                                     const SfModelInfo *const *models,
                                     SfMistakes *mistakes);
void sf_scenario_free (SfScenario *scenario);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfScenario, sf_scenario_free)

/* Index of an id in a collection ("links"), or -1. */
gint sf_scenario_find (const SfScenario *scenario, const char *collection,
                       const char *id);

/* The assumption behind a JSON Pointer, or NULL. */
const SfAssumption *sf_scenario_assumption (const SfScenario *scenario,
                                            const char *pointer);

/* Fills every uncertain number for one replication: what is not known is
 * drawn once, from the stream named "assume:" and the pointer, so that two
 * scenarios draw the same value for the same pointer. A number that is fixed,
 * or has a column in the ensemble, is taken from there instead; that shifts
 * no other's draw. Replication -1 puts in the central values of the file,
 * whatever is fixed. */
void sf_scenario_draw (SfScenario *scenario, guint64 seed, gint replication);

/* From now on every replication takes this value (cut off at what the
 * parameter allows) for a number, given by its index in assumptions; those
 * that take it by name follow. NAN: it is drawn again. */
void sf_scenario_fix (SfScenario *scenario, guint assumption, double value);

/* Forgets the ensemble: every uncertain number is drawn from its distribution
 * as the files state it. */
void sf_scenario_forget_ensemble (SfScenario *scenario);

/* Days of the run, and the day (0 is the start) of a date. */
guint sf_scenario_days (const SfScenario *scenario);
gint sf_scenario_day (const SfScenario *scenario, SfDate date);

/* The day from which measures count: that of the shock, 0 when none is given
 * or it lies before the start. Can lie behind a run that was cut short. */
guint sf_scenario_shock_day (const SfScenario *scenario);

/* SHA-256 of the scenario after inheritance and overrides, and of the content
 * of its ensemble, as hexadecimal; to be freed. How it is spread over files,
 * and what they are called, does not count. */
char *sf_scenario_hash (const SfScenario *scenario);
/* The same of a scenario that is kept as JSON, with the hash of its ensemble's
 * content (NULL: it has none). */
char *sf_scenario_hash_of (const SfJson *root, const char *ensemble_sha256);
/* What an ensemble is called in results: its file without the folders, which
 * are the machine's. To be freed. */
char *sf_scenario_ensemble_name (const SfScenario *scenario);

/* TRUE when list is NULL (all) or holds value. */
gboolean sf_refs_hold (const GArray *list, gint value);

/* Titles of a scenario (its root; also that in a manifest) in the languages of
 * its member "translations": from now on _() around a title finds them (see
 * lang.h). What has the wrong shape is passed over; reading reports it. */
void sf_scenario_speak (const SfJson *root);

/* "m3" or "t". */
const char *sf_unit_name (gint unit);

/* The JSON schema of the format (draft-07), made from the tables. */
char *sf_scenario_schema (const SfModelInfo *const *models);
