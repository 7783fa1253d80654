/* contest.c - an ambush and what is lost in it. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The attackers win with p = a^g / (a^g + e^g), a and e being the strengths
 * of attackers and escort (Tullock's contest success function; without an
 * escort p = 1). Who wins strikes a window of at most so many trucks: the
 * number lost does not grow with the convoy, the share falls.
 */
#include <math.h>

#include "sim/engine/world-private.h"
#include "sim/lang/lang.h"

enum { DESTROYED, SEIZED, TURNED };

/* What happens to how many; the trucks hit are picked one by one. */
typedef struct {
  guint n[3];
} Toll;

/* Length of the stretch under fire, in trucks: gamma with the given mean and
 * spread; the column may be shorter. */
static double
draw_window (const SfAmbush *a, SfStream *s)
{
  double spread = a->window_spread_frac;
  if (spread <= 0)
    return floor (a->window_trucks_count);
  double shape = 1 / (spread * spread);
  return round (sf_stream_gamma (s, shape, a->window_trucks_count / shape));
}

static Toll
draw_toll (guint trucks, const SfAmbush *a, SfStream *s)
{
  Toll t;
  double window = draw_window (a, s);
  guint exposed = window < trucks ? (guint)window : trucks;
  t.n[DESTROYED] = sf_stream_binomial (s, exposed, a->destroyed_frac);
  t.n[SEIZED]
      = sf_stream_binomial (s, exposed - t.n[DESTROYED], a->seized_frac);
  t.n[TURNED] = sf_stream_binomial (s, trucks - exposed, a->turned_back_frac);
  return t;
}

/* Position of its gate on a group's route, or -1 when it lies not behind: a
 * group that left its road inside the country cannot turn back. */
static gint
gate_pos (const SfWorld *w, const Group *g)
{
  const SfRoute *r = ROUTE (w, g->route);
  for (gint i = (gint)g->pos; i >= 0; i--)
    if (w->plan->hops[ROUTE_HOP (w, r, i)].gate >= 0)
      return i;
  return -1;
}

/* Trucks of a group go back to the gate and decide anew; returns how many. */
static guint
turn_back (SfWorld *w, SfGroupId id, guint trucks)
{
  gint gate = gate_pos (w, GROUP (w, id));
  if (gate < 0 || trucks == 0 || !GROUP (w, id)->is_loaded)
    return 0;
  SfGroupId part = sf_traffic_split (w, id, trucks);
  Group *g = GROUP (w, part);
  const SfRoute *r = ROUTE (w, g->route);
  SfTick ticks = 0;
  for (gint i = gate; i < (gint)g->pos; i++)
    ticks += hop_ticks (w, ROUTE_HOP (w, r, i), g->shipment);
  g->pos = (guint)gate;
  g->convoy = SF_NOBODY;
  g->state = ON_HOP;
  g->delay = 0;
  sf_world_schedule (w, ticks, PRIO_ARRIVAL, EV_TURNED_BACK, (guint)part, 0, 0);
  return trucks;
}

/* Returns how many turned back. */
static guint
strike_group (SfWorld *w, SfGroupId id, const guint *n)
{
  sf_traffic_lose (w, id, n[DESTROYED], SF_LEDGER_LOST);
  sf_traffic_lose (w, id, n[SEIZED], SF_LEDGER_SEIZED);
  return turn_back (w, id, n[TURNED]);
}

/* Spreads a toll over the members of a convoy: each truck hit is any of
 * those left with equal chance. Returns how many turned back. */
static guint
strike_convoy (SfWorld *w, SfConvoyId id, const Toll *toll, SfStream *s)
{
  guint n_members = 0, left = CONVOY (w, id)->trucks;
  for (SfGroupId i = CONVOY (w, id)->first; i != SF_NOBODY;
       i = GROUP (w, i)->next)
    n_members++;
  guint (*hit)[3] = g_malloc0_n (n_members, sizeof *hit);
  for (guint kind = 0; kind < 3; kind++)
    for (guint k = 0; k < toll->n[kind]; k++, left--) {
      guint pick = sf_stream_index (s, left), m = 0;
      SfGroupId i = CONVOY (w, id)->first;
      for (;; i = GROUP (w, i)->next, m++) {
        guint rest = GROUP (w, i)->trucks - hit[m][0] - hit[m][1] - hit[m][2];
        if (pick < rest)
          break;
        pick -= rest;
      }
      hit[m][kind]++;
    }
  guint m = 0, turned = 0;
  SfGroupId next;
  for (SfGroupId i = CONVOY (w, id)->first; i != SF_NOBODY; i = next, m++) {
    next = GROUP (w, i)->next;
    turned += strike_group (w, i, hit[m]);
  }
  g_free (hit);
  sf_convoy_recount (w, id);
  return turned;
}

/* The gate of the corridor that the trucks use, or -1. */
static gint
corridor_of (const SfWorld *w, const SfPassage *p)
{
  return p->convoy != SF_NOBODY ? CONVOY (w, p->convoy)->gate
                                : GROUP (w, p->group)->gate;
}

static void
note_losses (SfWorld *w, const SfAttack *a)
{
  const SfSheet *sheet = w->plan->sheet;
  guint lost = a->destroyed + a->seized;
  w->hop_lost[a->hop] += lost;
  record_flow (w, sheet->nation[SF_NATION_LOST], lost);
  if (a->gate < 0)
    return;
  w->gates[a->gate].lost += lost;
  record_flow (w, sheet->gate[a->gate][SF_GATE_LOST], lost);
}

static void
say_attack (SfWorld *w, const SfAttack *a)
{
  gint node = w->plan->hops[a->hop].to;
  const char *id = w->scenario->nodes[node].id;
  const char *place = sf_world_node_title (w, node);
  if (a->is_repelled) /* only an escort can */
    sf_world_say (w, "attack", id, a->trucks,
                  N_ ("attack on a convoy (%u) before %s is repelled"),
                  a->trucks, place);
  else
    sf_world_say (
        w, a->is_convoy ? "attack-convoy" : "attack", id, a->trucks,
        a->is_convoy   ? N_ ("convoy (%u) hit before %s: %u destroyed, %u "
                               "seized, %u turned back")
        : a->is_loaded ? N_ ("trucks on their own (%u) hit before %s: %u "
                             "destroyed, %u seized, %u turned back")
                       : N_ ("trucks on their own (%u, empty) hit before %s: "
                             "%u destroyed, %u seized, %u turned back"),
        a->trucks, place, a->destroyed, a->seized, a->turned_back);
}

static void
tell (SfWorld *w, const SfAttack *a)
{
  if (w->log)
    say_attack (w, a);
  for (guint i = 0; i < w->n_models; i++)
    if (w->models[i]->attacked)
      w->models[i]->attacked (w->selves[i], w, a);
}

SfAttack
sf_world_ambush (SfWorld *w, const SfPassage *p, const SfAmbush *ambush,
                 SfStream *stream)
{
  gboolean is_convoy = p->convoy != SF_NOBODY;
  double e = is_convoy ? CONVOY (w, p->convoy)->strength : 0;
  double g = ambush->contest_exponent;
  double a = pow (ambush->attackers_strength, g);
  double win = e > 0 ? a / (a + pow (e, g)) : 1;
  SfAttack out = { .hop = p->hop,
                   .gate = corridor_of (w, p),
                   .zone = p->zone,
                   .trucks = p->trucks,
                   .convoy = p->convoy,
                   .is_convoy = is_convoy,
                   .is_loaded = p->is_loaded };
  SfTick delay = sf_ticks_from_h (ambush->delay_h);
  if (is_convoy)
    CONVOY (w, p->convoy)->delay += delay;
  else
    GROUP (w, p->group)->delay += delay;
  out.is_repelled = !sf_stream_chance (stream, win);
  if (!out.is_repelled) {
    Toll toll = draw_toll (p->trucks, ambush, stream);
    out.destroyed = toll.n[DESTROYED];
    out.seized = toll.n[SEIZED];
    out.turned_back = is_convoy ? strike_convoy (w, p->convoy, &toll, stream)
                                : strike_group (w, p->group, toll.n);
    note_losses (w, &out);
  }
  tell (w, &out);
  return out;
}
