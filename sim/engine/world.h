/* world.h - the state of one replication. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The world holds stocks, trucks, queues and roads, and is the only place
 * where they change: every change updates state, ledger and record together,
 * so that nothing is lost unrecorded. Models read it with the functions here
 * and change it with the verbs here.
 *
 * Trucks of one shipment that left together are a *group*. A *hop* is a
 * stretch between two places where something can happen; it is directed, and
 * its opposite is hop ^ 1. A *gate* is a hop that enters the capital's
 * country over a frontier; a corridor is named after the place it enters. At
 * a gate trucks go on alone, wait, or leave in a *convoy* with an escort.
 *
 * Simultaneous events: at midnight first the books of the day that is over,
 * then event rows, arrivals and services, stock crossings, timers of models,
 * daily review, daily sample; within one of these, in the order in which they
 * were scheduled.
 */
#pragma once

#include "sim/base/random.h"
#include "sim/base/units.h"
#include "sim/plan/plan.h"
#include "sim/observe/book.h"
#include "sim/scenario/scenario.h"

typedef struct SfWorld SfWorld;

typedef gint32 SfGroupId;
typedef gint32 SfConvoyId;
#define SF_NOBODY (-1)

/* Loaded or empty trucks that enter a hop in a threat zone, or one that an
 * event names. */
typedef struct {
  SfHopId hop;
  gint zone;         /* or -1 */
  SfConvoyId convoy; /* SF_NOBODY: on their own */
  SfGroupId group;   /* when on their own */
  guint trucks;
  double exposure_frac; /* of the cargo; of a convoy, the mean */
  gboolean is_loaded;
  double km;
} SfPassage;

/* What an ambush is like; see sf_world_ambush(). */
typedef struct {
  double attackers_strength;
  double contest_exponent;    /* g of p = a^g / (a^g + e^g) */
  double window_trucks_count; /* mean length of the window, in trucks */
  double destroyed_frac;      /* of the exposed when the escort loses */
  double seized_frac;         /* of the exposed that are not destroyed */
  double turned_back_frac;    /* of those not exposed */
  double delay_h;             /* of those who go on */
  double window_spread_frac;  /* sd / mean of that length; 0: it is fixed */
} SfAmbush;

/* What came of an attack. */
typedef struct {
  SfHopId hop;
  gint gate; /* of the corridor the trucks used; -1: none */
  gint zone;
  guint trucks, destroyed, seized, turned_back;
  gboolean is_convoy, is_repelled, is_loaded;
  SfConvoyId convoy; /* or SF_NOBODY */
} SfAttack;

/* A route that trucks could take. */
typedef struct {
  double travel_h;
  gint gate;     /* first gate on it, or -1 */
  double risk;   /* perceived at that gate; see sf_world_set_gate_risk() */
  guint waiting; /* trucks waiting at that gate */
} SfChoice;

/* What an escort is told when it takes trucks from a gate. */
typedef struct {
  guint trucks_min;   /* stays when fewer would come */
  guint trucks_max;   /* takes no more */
  double crowd_count; /* trucks at which its protection counts half: a driver
                         joins n others with probability q^(1 + n/crowd), q
                         being what dares() says of him; INFINITY:
                         numbers do not matter */
  double strength;    /* in the contest with attackers */
  double speed_frac;  /* of the speed of a truck on its own */
  gint64 token;       /* given back to convoy_ended() */
  gboolean is_capital_only; /* takes those who are bound for the capital */
} SfEscortOrder;

/* What models can multiply, and the index that says which one. The world keeps
 * the product over the models; 1 is the ordinary state. */
typedef enum {
  SF_FACTOR_NEED,    /* demand: what people need */
  SF_FACTOR_USE,     /* demand: share of the need that they ask for */
  SF_FACTOR_TARGET,  /* market: stock that households fill up to */
  SF_FACTOR_ORDERS,  /* shipment: trucks that its owners want to send */
  SF_FACTOR_LOADING, /* shipment: 0 keeps ordered trucks at the source */
  SF_FACTOR_TRANSIT, /* shipment: 0 holds its trucks at the next place */
  SF_FACTOR_RECEIPT, /* market: 0 keeps trucks from unloading */
  SF_FACTOR_WILLING, /* gate: chance that a driver goes at all */
  SF_FACTOR_RISK,    /* gate: perceived risk */
  SF_FACTOR_THREAT,  /* zone: rate of attacks */
  SF_FACTOR_ESCORT,  /* gate: strength of escorts that leave */
  SF_FACTOR_N,
} SfFactor;

/* ---- One replication ------------------------------------------------- */

/* A world for a plan; reused for any number of replications. The plan and
 * its scenario stay the caller's, and are written to (see
 * sf_scenario_draw()). */
SfWorld *sf_world_new (SfPlan *plan);
void sf_world_free (SfWorld *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfWorld, sf_world_free)

/* More events than any sensible run has: a scenario that breeds them without
 * end is stopped. */
#define SF_WORLD_EVENTS_MAX ((guint64)100000000)

/* How many events a replication may take from now on; SF_WORLD_EVENTS_MAX
 * until another number is set. */
void sf_world_set_events_max (SfWorld *world, guint64 events_max);

/* Runs a replication into *record, which has the shape of the plan's book.
 * `log` gets what happened when it is not NULL. FALSE with SF_RUN_ERROR when
 * the ledger does not balance or the events it may take were not enough. */
gboolean sf_world_run (SfWorld *world, guint64 seed, guint replication,
                       SfRecord *record, SfLog *log, GError **error);

/* ---- Reading ---------------------------------------------------------- */

const SfPlan *sf_world_plan (const SfWorld *world);
const SfScenario *sf_world_scenario (const SfWorld *world);
SfTick sf_world_now (const SfWorld *world);
double sf_world_day (const SfWorld *world); /* with fraction */

/* A stream of this model (`self`), number `entity` of its own choice. The
 * stream is keyed by the model's id, so no other model shifts it. */
void sf_world_stream (const SfWorld *world, const void *self, guint64 entity,
                      SfStream *stream);

/* Memory until the end of the replication, zero bytes. */
gpointer sf_world_alloc (SfWorld *world, gsize size);

guint sf_world_idle_trucks (SfWorld *world, guint fleet);
/* Trucks of a fleet that are neither idle nor lost, counted one group after the
 * other: idle + out + sf_world_trucks_lost() is what the fleet began with. */
guint sf_world_trucks_out (SfWorld *world, guint fleet);
/* Trucks of a fleet that wait at gates. */
guint sf_world_fleet_waiting (const SfWorld *world, guint fleet);
/* Stock of depot (0), stations (1), households (2), now. */
double sf_world_stock (SfWorld *world, guint market, guint which);
/* Ordinary use a day, all classes, and of those that use a stock. */
double sf_world_use_per_day (const SfWorld *world, guint market);
double sf_world_use_from (const SfWorld *world, guint market, guint which);
/* The household target of a market in days of use, hoarding included. */
double sf_world_target_days (const SfWorld *world, guint market);
guint sf_world_convoy_trucks (const SfWorld *world, SfConvoyId convoy);
guint sf_world_gate_waiting (const SfWorld *world, guint gate);
/* Hours that the first of those who wait at a gate has waited; 0: nobody. */
double sf_world_gate_longest_h (const SfWorld *world, guint gate);
double sf_world_factor (const SfWorld *world, SfFactor kind, guint index);
/* Demand of a batch process that could not be met and is kept; see
 * sf_world_demand(). */
double sf_world_backlog (const SfWorld *world, guint market);

/* Recorded series by name: "PLACE/MEASURE", "PLACE/COMMODITY/MEASURE" or
 * "PLACE/COMMODITY/CLASS/MEASURE"; "/MEASURE" for the country, and for the
 * gauge of a model its id is the place. -1 when there is none; that cannot
 * happen for a parameter of kind SF_PARAM_SERIES that is given, which is
 * checked before the run. */
gint sf_world_find_series (const SfWorld *world, const char *name);
/* Value of a day that is over (below the day of sf_world_day()). */
double sf_world_series (const SfWorld *world, gint series, guint day);
/* Mean of the last `days` days that are over; NAN while there is none. */
double sf_world_series_mean (const SfWorld *world, gint series, guint days);
/* What event rows make of a gate: the product of the values of those that are
 * in force (by event row) and name its entry, at least 0; a row without a value
 * counts 1, and so does `is_on` by itself. -1: nothing is on there. */
double sf_world_rows_at_gate (const SfWorld *world, guint gate,
                              const guint8 *is_in_force, gboolean is_on);
/* Value of the last day that is over; `otherwise` where there is none, or no
 * series (-1). */
double sf_world_yesterday (const SfWorld *world, gint series, double otherwise);

/* ---- Verbs ------------------------------------------------------------ */

/* Calls timer() of this model after a delay. */
void sf_world_timer (SfWorld *world, const void *self, SfTick delay,
                     guint32 what, gint64 payload);

/* Sends up to n trucks of a shipment: as many as are idle and as the source
 * has goods for. Returns how many. */
guint sf_world_dispatch (SfWorld *world, guint shipment, guint n);

/* Puts n trucks where they would be had they left `age` ago; to be called
 * from start() only. FALSE, and nothing done, when they would be home again
 * or are not there. */
gboolean sf_world_place (SfWorld *world, guint shipment, guint n, SfTick age);

/* Adds trucks to a fleet, at home. */
void sf_world_buy_trucks (SfWorld *world, guint fleet, guint n);
/* Trucks lost and not replaced; negative when a fleet has grown. */
gint sf_world_trucks_lost (const SfWorld *world, guint fleet);

/* What drivers at a gate think: perceived risk (>= 0). What dares() of a model
 * says of the gate is asked again. */
void sf_world_set_gate_risk (SfWorld *world, guint gate, double risk);

/* Every driver who waits at the gate decides again whether to go on alone. */
void sf_world_gate_reconsider (SfWorld *world, guint gate);

/* How many of those who wait would leave by such an order (its crowd_count and
 * is_capital_only matter): the expected number; 0 while the road there is
 * closed. */
double sf_world_gate_willing (const SfWorld *world, guint gate,
                              const SfEscortOrder *order);

/* Forms a convoy at a gate from those who wait and are willing, at most
 * trucks_max: each cargo gets its share of the places, the longest waiting of
 * it first. Returns SF_NOBODY, with nothing changed, when fewer than
 * trucks_min are willing. convoy_ended() of this model is called in the end. */
SfConvoyId sf_world_convoy (SfWorld *world, const void *self, guint gate,
                            const SfEscortOrder *order);

/* What outlook() of a model answers has changed (see model.h): trucks that are
 * under way on stretches that it tells apart are looked at again. */
void sf_world_look_again (SfWorld *world);

/* An ambush on a passage: the contest with the escort decides. Returns what
 * came of it; every model hears of it too. */
SfAttack sf_world_ambush (SfWorld *world, const SfPassage *passage,
                          const SfAmbush *ambush, SfStream *stream);

/* One more (by 1) or one less (by -1) reason for a link to be closed. It is
 * open when no reason is left. */
void sf_world_close (SfWorld *world, guint link, int by);
gboolean sf_world_is_open (const SfWorld *world, guint link);

/* The rains: speed of every link falls to its wet share. */
void sf_world_set_wet (SfWorld *world, gboolean is_wet);

/* What stations want from the depot and households from the stations, as
 * rates a day, until changed. */
void sf_world_set_want (SfWorld *world, guint market,
                        double stations_amount_per_day,
                        double households_amount_per_day);

/* This model's factor for a thing, until it sets another. */
void sf_world_set_factor (SfWorld *world, const void *self, SfFactor kind,
                          guint index, double factor);

/* Sets a gauge of this model (place in info.gauges); recorded at the end of
 * every day as it then stands, so a count of the day is set to 0 at the first
 * thing that happens on a new one, which need not be review().
 * NAN: does not apply. */
void sf_world_set_gauge (SfWorld *world, const void *self, guint gauge,
                         double value);
double sf_world_gauge (SfWorld *world, const void *self, guint gauge);

/* The most that stations of a market may sell in a day by this model's rule;
 * the least of all rules holds. G_MAXDOUBLE: no limit. */
void sf_world_limit_sales (SfWorld *world, const void *self, guint market,
                           double amount_per_day);

/* Goods from outside reach a depot, as by air. */
void sf_world_supply (SfWorld *world, guint market, double amount);
/* Takes up to an amount from a depot for a use that is no demand of the
 * scenario, as an escort's fuel; returns what was there. */
double sf_world_take (SfWorld *world, guint market, double amount);
/* A demand asks its depot for an amount at once. What is not there is lost,
 * or with `waits` kept as backlog, which the next arrivals serve first. */
void sf_world_demand (SfWorld *world, guint demand, double amount,
                      gboolean waits);
/* Calls timer() of this model, with the market as payload, when the depot has
 * fallen to a level or below it; once. One watch a market. */
void sf_world_watch (SfWorld *world, const void *self, guint market,
                     double level, guint32 what);

/* Money spent because of an event row or by a model, XOF. */
void sf_world_spend (SfWorld *world, double amount_xof);

/* What came of the attack that an event row of kind "attack" asked for; the
 * trucks it met, and what was lost. For the metrics of that row. */
void sf_world_note_attack (SfWorld *world, guint row, const SfAttack *attack);

/* The title of a record as the story has it, or its id when it has none. */
const char *sf_world_title (const SfWorld *world, const char *title,
                            const char *id);

/* A line of the story, when it is being told. `format` is English, in N_():
 * the log looks it up when it is kept for people. */
void sf_world_say (SfWorld *world, const char *kind, const char *place,
                   double trucks, const char *format, ...) G_GNUC_PRINTF (5, 6);
