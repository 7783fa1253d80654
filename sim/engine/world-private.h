/* world-private.h - the inside of the world. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by the files of sim/engine only. One owner a part: traffic.c moves
 * groups, stretch.c says how far, gate.c owns gates and convoys, queue.c the
 * servers, stock.c the markets, contest.c the losses, world.c the clock and
 * the rest.
 */
#pragma once

#include "sim/engine/model.h"
#include "sim/engine/world.h"
#include "sim/turns/due.h"
#include "sim/turns/line.h"
#include "sim/turns/pending.h"

/* Ticks of a day at which things that are not drawn take place. */
#define SAMPLE_TICK (SF_TICKS_PER_DAY / 2)

/* The sum of what is in the books may differ from what went in by rounding
 * only. */
#define IMBALANCE_MAX 1e-9

/* Trucks at a closed road wait so long for it before they take a detour; a
 * road block of some hours should turn nobody round. Assumed. */
#define PATIENCE_H 24

/* Times at which groups leave, or come to the end of a stretch, that are
 * remembered; loading takes about as many different times. */
#define LEAVING_N 4

/* The most routes among which trucks choose. */
#define ROUTES_MAX 16

/* Order of simultaneous events. */
enum {
  PRIO_MIDNIGHT, /* the day that is over is written before the new one begins */
  PRIO_EVENT_ROW,
  PRIO_ARRIVAL,
  PRIO_STOCK,
  PRIO_TIMER,
  PRIO_REVIEW,
  PRIO_SAMPLE
};

typedef enum {
  EV_ROW_BEGINS = 1, /* subject: event row */
  EV_ROW_ENDS,
  EV_LEAVES,      /* subject: the first of a list of groups, loaded and ready */
  EV_HOP_END,     /* subject: the first of a list of groups, at the end of
                  their stretches */
  EV_CONVOY_END,  /* subject: convoy, at the end of a hop */
  EV_CLEARED,     /* subject: group, done with a queue; or unloaded, too */
  EV_UNLOADED,    /* subject: group */
  EV_TURNED_BACK, /* subject: group, back at its gate */
  EV_PATIENCE,    /* subject: group (object 0) or convoy (1) that is stuck,
                  payload: since when */
  EV_STOCK,       /* subject: market, a stock runs out */
  EV_TIMER,       /* subject: model, object: what, payload */
  EV_MIDNIGHT,
  EV_REVIEW,
  EV_SAMPLE,
  EV_N,
} EventType;

typedef enum {
  AT_HOME,
  ON_HOP,
  IN_CONVOY,
  IN_QUEUE,
  AT_GATE,
  STUCK, /* waits for a road */
  HELD,  /* told to wait */
  UNLOADING,
} GroupState;

/* One line of the cache, since events come in no order of groups. */
typedef struct {
  gint shipment;
  guint trucks;
  gint route; /* in plan->routes */
  guint pos;  /* hop of the route that it is on or enters next */
  SfConvoyId convoy;
  SfGroupId next;    /* in whatever list it is in, or SF_NOBODY */
  SfTick since;      /* when it came to where it is */
  SfTick delay;      /* to be added to the hop that it enters */
  SfEventHandle way; /* the event that it waits for in a queue, or the end of
                        its stretch, where that is not 0; `next` is then the
                        next group that has the same event */
  gint queue;
  gint gate; /* over which it entered the country, or -1 */
  guint8 state, is_loaded, is_cleared; /* is_cleared: done with queues here */
  guint8 stretch;     /* hops from pos on that it takes without an event */
  guint8 is_due;      /* it will be hit on the hop after those */
  guint8 is_for_good; /* it has taken its last decision. Loaded, in a queue or
                         on its last hops: its event is that it is unloaded. Empty: it will be home
                         and ready by an entry in its fleet, `next` being the
                         ticket, and has no event */
} Group;

G_STATIC_ASSERT (sizeof (Group) == 64);

/* What seldom changes of a shipment, so that an event need not look it up. */
typedef struct {
  gint commodity, fleet;
  gint home, to;
  gint home_market, market; /* there, or -1 */
  guint first_hop;          /* of its vehicle in a table by vehicle and hop */
  SfTick loading_ticks;
  SfTick end_ticks[2]; /* to get ready for the next journey; to unload */
  guint8 is_fuel, is_imported, is_for_capital;
} Cargo;

/* The routes of a shipment's trucks from one end to the other, in one state of
 * the roads. */
typedef struct {
  guint64 state;
  guint n;
  guint n_patient; /* of them, those that are no great detour */
  guint hours;     /* the state of the times for which route_h are */
  guint routes[ROUTES_MAX];
  double route_h[ROUTES_MAX];
} Ways;

typedef struct {
  gint gate;
  SfGroupId first;
  gint route;
  guint pos;
  guint trucks, started;
  guint left; /* trucks that went to places on the way */
  double strength, speed_frac;
  gint owner; /* model */
  gint64 token;
  SfTick delay;
  gboolean is_stuck, is_used;
  SfTick since; /* when it got stuck */
} Convoy;

typedef struct {
  SfGroupId head, tail;
  guint trucks;
} Waiting;

typedef struct {
  Waiting *waiting; /* by line: commodity * 2 + 1 when bound for the capital */
  double *dares;    /* by 2 * commodity + 1 when escorted; NAN: to be asked */
  double risk;
  guint n_waiting;
  double entered, waited_h, lost; /* over the run */
  SfStream stream;
} Gate;

typedef struct {
  SfLine line;
  guint8 *serves;         /* by commodity */
  double turned, arrived; /* trucks, over the run */
  guint day_served;       /* those done before this day */
  SfTick day_system;      /* and their times here */
  SfStream stream;
} Queue;

enum { DEPOT, STATION, HOUSEHOLD, N_STOCKS };

typedef struct {
  const guint *users[N_STOCKS + 1]; /* the first demand on a stock, up to the
                                       first on the next one */
  double level[N_STOCKS];
  double urgent_priority; /* of the most urgent at home */
  gboolean keeps_reserve; /* somebody who draws from the depot leaves some
                             there: he may ask for less than he wants */
  gboolean is_ample; /* the depot gives all that is asked for until midnight */
  double use[N_STOCKS];                /* asked for from each, now, a day */
  double ordinary[N_STOCKS];           /* by the scenario, without factors */
  double station_want, household_want; /* a day */
  double station_rate, household_rate; /* what flows, a day */
  double served_rate[N_STOCKS];        /* of that to its users, a day */
  double net[N_STOCKS];
  SfTick last;
  SfEventHandle run_out;
  double backlog;     /* of batches, owed */
  double watch_level; /* of the depot; NAN: nobody watches */
  guint watch_model, watch_what;
  gboolean is_stale; /* its rates are to be computed anew */
  gboolean is_dry;   /* few stations have stock; for the story */
  /* of the day so far */
  double served, wanted, sold, sale_wanted, received;
} Market;

typedef struct {
  double need, ask;              /* a day: what people need, and ask for */
  double priority, reserve_days; /* of the scenario, now */
  double rate;                   /* served, a day */
  double day_served, day_wanted, unmet, wanted; /* wanted: the need */
  double person_days; /* persons times the share not served, summed */
} Demand;

typedef struct {
  guint idle;    /* without those who have come home since somebody asked */
  SfDues coming; /* home: who, by group */
  guint lost, bought;
  guint waiting; /* at gates */
} Fleet;

/* Groups that leave, or come to the end of a stretch, at the same time, by one
 * event. */
typedef struct {
  SfTick when; /* -1: none */
  SfGroupId last;
} Company;

/* One kind of factor: `own` by model * n + index. */
typedef struct {
  guint n;
  double *product, *own;
  gboolean is_used; /* some are not 1 */
} Factor;

/* A piece of the arena. */
typedef struct {
  char *memory;
  gsize size, used;
} Chunk;

struct SfWorld {
  SfPlan *plan;
  SfScenario *scenario;
  SfPending *pending;
  SfTick now, end;
  guint8 priority; /* of what happens now */
  guint64 seed, replication, fingerprint, n_events, events_max;
  SfRecord *record;
  SfLog *log;

  Group *groups;
  guint n_groups, groups_room;
  SfGroupId free_group;
  gint last_ticket; /* given to those who come home */
  Company leaving[LEAVING_N];
  Company coming[LEAVING_N]; /* what they say may be old */
  GArray *convoys;           /* Convoy */
  GArray *stuck;             /* SfGroupId: wait for a road */
  GArray *held;              /* SfGroupId: told to wait */

  Gate *gates;
  Queue *queues;
  Market *markets;
  guint *stale; /* markets whose rates are old, n_stale of them */
  guint n_stale;
  Demand *demands;
  Fleet *fleets;
  Cargo *cargoes;       /* by shipment */
  double *capacity;     /* a truck's, by shipment */
  double *exposure;     /* by shipment */
  SfTick *hop_ticks;    /* (wet * n_vehicles + vehicle) * n_hops + hop */
  SfTick *ticks_now;    /* the part for the season: vehicle * n_hops + hop */
  double *hop_km;       /* by hop */
  Ways *ways;           /* by 2 * shipment + 1 when loaded */
  guint64 roads_state;  /* changes with every road that opens or closes */
  guint hours_state;    /* changes with the times that hops take */
  guint *closed_count;  /* reasons, by link */
  guint8 *is_closed;    /* by link */
  guint *hop_closed;    /* closed links, by hop */
  SfTick *closed_since; /* by link */
  double *closed_days;  /* by link */
  double *hop_passed, *hop_lost; /* loaded trucks, by hop; passed as far as they
                                    entered it by an event */
  double *passing; /* by place in plan->route_hops: how many more have passed it
                      without one than the place before */
  guint passing_room;
  double *hazard; /* 2 * hop + is_loaded: expected hits on a truck on its own
                      with a cargo of exposure 1; SF_OUTLOOK_ASK: ask */
  guint8 *stops; /* (2 * commodity + is_loaded) * n_hops + hop; see stretch.c */
  guint8 *served; /* commodity * n_hops + hop: a queue before it serves them */
  guint8 *marks;  /* scratch, as hazard; all 0 when nobody is at it */
  SfStream *luck; /* of trucks on their own, by shipment */
  gboolean is_outlook_old; /* hazard is to be computed anew */
  double *delivered;       /* trucks, by shipment */

  const SfModel **models;
  void **selves;
  void **pristine;
  guint n_models;
  guint speaker;     /* the model that last said something */
  gint *first_gauge; /* series, by model */
  guint *sentries;   /* models that are told who enters, in order */
  guint n_sentries;
  const SfModel *allocation; /* and its self */
  const void *allocation_self;
  guint routing; /* model, or -1 */
  guint drivers; /* the same */
  SfClaim *claims;
  double *awards;

  Factor factors[SF_FACTOR_N];
  double *limit;       /* of sales, by model * n_markets + market */
  double *least_limit; /* of all models, by market */
  double *gauge;       /* by series */
  SfTick *row_delay;   /* by event row, from its date or trigger; SF_TICK_NEVER:
                        it does not happen in this replication */
  guint8 *row_fired;   /* by event row: its trigger came */
  double cost_xof;

  double *acc;     /* flows of the day, by series */
  double *ledger;  /* n_commodities * SF_LEDGER_N, running */
  double *transit; /* by commodity */
  GArray *arena;   /* Chunk: memory of models, used again by the next run */
  guint chunk;     /* the one in use */
};

#define GROUP(W, I) (&(W)->groups[(I)])
#define CONVOY(W, I) (&g_array_index ((W)->convoys, Convoy, (guint)(I)))
#define ROUTE(W, I) (&g_array_index ((W)->plan->routes, SfRoute, (guint)(I)))
#define ROUTE_HOP(W, R, P)                                                     \
  g_array_index ((W)->plan->route_hops, SfHopId, (R)->first_hop + (P))

/* Lines at a gate. */
static inline guint
n_lines (const SfWorld *w)
{
  return w->scenario->n_commodities * 2;
}

static inline gint
commodity_of (const SfWorld *w, gint shipment)
{
  return w->cargoes[shipment].commodity;
}

/* The time by which arrivals have taken place: those of this moment have when
 * it is the turn of what comes after them. */
static inline SfTick
sf_world_come (const SfWorld *w)
{
  return w->priority >= PRIO_ARRIVAL ? w->now : w->now - 1;
}

/* sf_world_factor() */
static inline double
factor (const SfWorld *w, SfFactor kind, guint index)
{
  return w->factors[kind].product[index];
}

static inline SfTick
hop_ticks (const SfWorld *w, SfHopId hop, gint shipment)
{
  return w->ticks_now[w->cargoes[shipment].first_hop + (guint)hop];
}

/* What follows the end of a group's journey: it unloads, or gets ready for the
 * next one. */
static inline SfTick
sf_world_end_ticks (const SfWorld *w, const Group *g)
{
  return w->cargoes[g->shipment].end_ticks[g->is_loaded];
}

static inline double *
account (SfWorld *w, gint commodity, SfLedgerAccount a)
{
  return &w->ledger[(guint)commodity * SF_LEDGER_N + a];
}

static inline void
record_flow (SfWorld *w, gint series, double amount)
{
  if (series >= 0)
    w->acc[series] += amount;
}

static inline SfEventHandle
sf_world_schedule (SfWorld *w, SfTick delay, guint8 priority, EventType type,
                   guint subject, guint object, gint64 payload)
{
  SfEventHandle handle = SF_EVENT_NONE;
  SfEvent *e = sf_pending_push_blank (w->pending, w->now + MAX (delay, 0),
                                      priority, &handle);
  if (!e)
    g_error ("more than %u events are pending", SF_PENDING_MAX);
  e->type = (guint16)type;
  e->extra = 0;
  e->subject = subject;
  e->object = object;
  e->payload = payload;
  return handle;
}

/* world.c */
const char *sf_world_node_title (const SfWorld *w, gint node);

/* life.c */
void sf_life_compute_hours (SfWorld *w);
/* A place in the pool of groups; it may move the others. */
SfGroupId sf_life_take_group (SfWorld *w);
void sf_life_compute_exposure (SfWorld *w);
/* Everything as it is before a replication; the clock at 0. */
void sf_life_reset (SfWorld *w);
/* Puts what the run summed up into the record. */
void sf_life_finish (SfWorld *w);
#ifndef NDEBUG
void sf_life_assert_balanced (SfWorld *w);
#endif

/* factor.c */
void sf_factor_new (SfWorld *w);
void sf_factor_free (SfWorld *w);
void sf_factor_reset (SfWorld *w);
guint sf_factor_model_of (SfWorld *w, const void *self);
void sf_factor_flush_gauges (SfWorld *w, guint day);

/* traffic.c */
/* Those who are held or stuck look again. */
void sf_traffic_retry (SfWorld *w);
SfGroupId sf_traffic_new_group (SfWorld *w, gint shipment, guint trucks);
void sf_traffic_drop (SfWorld *w, SfGroupId id);
SfGroupId sf_traffic_split (SfWorld *w, SfGroupId id, guint trucks);
void sf_traffic_leave (SfWorld *w, SfGroupId first);
void sf_traffic_hop_end (SfWorld *w, SfGroupId id);
void sf_traffic_go_on (SfWorld *w, SfGroupId id);
void sf_traffic_enter (SfWorld *w, SfGroupId id);
void sf_traffic_at_node (SfWorld *w, SfGroupId id);
void sf_traffic_unloaded (SfWorld *w, SfGroupId id);
/* Ready for the next journey at a time, if nothing comes in between. */
void sf_traffic_expect_home (SfWorld *w, SfGroupId id, SfTick when);
/* TRUE when a model tells a group to wait, or, at the end of its journey, its
 * market takes nothing in. */
gboolean sf_traffic_is_held (const SfWorld *w, const Group *g, gboolean ends);
void sf_traffic_turn_away (SfWorld *w, SfGroupId id, guint trucks);
/* A route for trucks of a shipment, as an index, or -1; choosing among the
 * corridors or not; the patient take no detour. */
gint sf_traffic_find_route (SfWorld *w, gint from, gint to, gint shipment,
                            gboolean choose, gboolean is_patient);
void sf_traffic_patience_ends (SfWorld *w, SfGroupId id, gint64 since);
/* A new route from a node, the group having none or a closed one; FALSE and
 * nothing done when there is none. The patient take no detour. */
gboolean sf_traffic_reroute (SfWorld *w, SfGroupId id, gint from,
                             gboolean is_patient);
/* Trucks of a group are gone: fleet, ledger, transit. */
void sf_traffic_lose (SfWorld *w, SfGroupId id, guint trucks,
                      SfLedgerAccount how);

/* stretch.c */
/* A group enters a hop; FALSE when it does not come out, being lost there. */
gboolean sf_stretch_begin (SfWorld *w, SfGroupId id, SfHopId hop);
/* It stands behind the last hop of its stretch. */
void sf_stretch_end (SfWorld *w, SfGroupId id);
/* Before times on the road or what holds trucks change: all who are under way
 * stop at the end of their hop. */
void sf_stretch_halt_all (SfWorld *w);
/* Those who are going to unload look again when they are there, or through the
 * queue before. */
void sf_stretch_hold_planned (SfWorld *w);
/* A link was closed or opened, and is_closed says so: its hops are too, and those
 * who would take it stop before. */
void sf_stretch_road_changed (SfWorld *w, guint link);
/* What models expect has changed; see sf_world_look_again(). */
void sf_stretch_refresh (SfWorld *w);
/* All roads are open, and nobody has passed anywhere. */
void sf_stretch_reset (SfWorld *w);
/* After new routes were found. */
void sf_stretch_make_room (SfWorld *w);
/* Loaded trucks that have entered each hop. */
void sf_stretch_count_passed (const SfWorld *w, double *passed);

/* gate.c */
void sf_gate_arrive (SfWorld *w, SfGroupId id, guint gate);
void sf_gate_wait (SfWorld *w, SfGroupId id, guint gate);
void sf_convoy_hop_end (SfWorld *w, SfConvoyId id);
void sf_convoy_retry (SfWorld *w);
void sf_convoy_patience_ends (SfWorld *w, SfConvoyId id, gint64 since);
void sf_convoy_recount (SfWorld *w, SfConvoyId id);
void sf_gate_count_entry (SfWorld *w, SfGroupId id, guint gate);
/* What drivers dare there may be something else now. */
void sf_gate_ask_again (SfWorld *w, guint gate);

/* queue.c */
gboolean sf_queue_arrive (SfWorld *w, SfGroupId id, gint node, gboolean ends);
/* TRUE when a queue at a node serves trucks with a cargo. */
gboolean sf_queue_serves (const SfWorld *w, gint commodity, gint node,
                          gboolean ends);
double sf_queue_usual_h (const SfWorld *w, const Group *g, gint node);
void sf_queue_cleared (SfWorld *w, SfGroupId id);
void sf_queue_new_all (SfWorld *w);
void sf_queue_free_all (SfWorld *w);
void sf_queue_reset (SfWorld *w, guint queue);
/* Before numbers of the scenario change, and after. */
void sf_queue_settle_all (SfWorld *w);
void sf_queue_numbers_changed (SfWorld *w);
void sf_queue_finish (SfWorld *w, guint queue);
void sf_queue_day_end (SfWorld *w, guint day);
void sf_queue_sample (SfWorld *w, guint day);

/* stock.c */
void sf_stock_start (SfWorld *w);
/* The factors on a demand, or the scenario's numbers, have changed. */
void sf_stock_demand_changed (SfWorld *w, guint demand);
void sf_stock_numbers_changed (SfWorld *w);
void sf_stock_advance (SfWorld *w, guint market);
void sf_stock_advance_demand (SfWorld *w, guint demand);
/* A market's rates are computed anew once the event is over: several things
 * may change them in one event, and they matter only when time passes. */
void sf_stock_solve_later (SfWorld *w, guint market);
void sf_stock_solve_stale (SfWorld *w);
void sf_stock_receive (SfWorld *w, guint market, double amount);
double sf_stock_take (SfWorld *w, guint market, double amount);
void sf_stock_sample (SfWorld *w);
void sf_stock_day_end (SfWorld *w, guint day);
void sf_stock_day_begin (SfWorld *w);
