/* spread.c - pressure spreads between neighbouring zones. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pressure P of a zone diffuses over the graph of zones:
 *
 *   dP_z/dt = spread_per_day / n_z * sum over its n_z neighbours y of
 *             b_zy (P_y - P_z)  -  decay_per_day P_z
 *
 * with b = border_frac across a frontier and 1 within a country. Zones listed
 * as `home` are held at 1 from the first day on; the others begin at
 * outside_start_frac. Two zones are neighbours when links of theirs share a
 * place or one link that lies in no zone (not a flight) joins places of the
 * two. P multiplies the threat of its zone. Discrete Laplacian on a graph,
 * solved by Runge-Kutta of order 4 in steps of which none exceeds 0.05 /
 * (spread + decay) days.
 *
 * For the spill-over that coastal countries fear; form and numbers are
 * assumed. What matters is how long the corridors abroad keep clear.
 */
#include <math.h>
#include <string.h>

#include "sim/engine/model.h"

typedef struct {
  GArray *home;
  SfDate from;
  double spread_per_day, border_frac, decay_per_day, outside_start_frac;
  /* state */
  guint n;
  double *pressure, *scratch; /* by zone; 5 * n for a step */
  guint8 *kind;               /* z * n + y: what y is to z, see below */
  const char **country;       /* of a zone, or NULL */
} Spread;

enum { STRANGER, NEIGHBOUR, ABROAD };

static const SfParam params[] = {
  SF_PARAM_IDS (Spread, home, "zones",
                "zones that are held at 1; all when absent"),
  SF_PARAM_DAY (Spread, from, 0,
                "spreads from that day; from the start when absent"),
  SF_PARAM (Spread, spread_per_day, 0.01, 0, 10,
            "rate at which a zone becomes like its neighbours"),
  SF_PARAM (Spread, border_frac, 0.3, 0, 1, "of that over a frontier"),
  SF_PARAM (Spread, decay_per_day, 0.005, 0, 10,
            "rate at which pressure outside `home` dies away"),
  SF_PARAM (Spread, outside_start_frac, 0, 0, 1,
            "pressure of the other zones at the start"),
  SF_PARAM_END,
};

/* ---- Who is whose neighbour --------------------------------------------- */

static void
join (Spread *self, guint z, guint y)
{
  if (z == y)
    return;
  const char *a = self->country[z], *b = self->country[y];
  guint8 kind = a && b && strcmp (a, b) != 0 ? ABROAD : NEIGHBOUR;
  self->kind[z * self->n + y] = self->kind[y * self->n + z] = kind;
}

/* Joins the zones at one place with those at another, or the same. */
static void
join_places (Spread *self, const guint8 *touches, guint n_nodes, gint p, gint q)
{
  for (guint z = 0; z < self->n; z++)
    for (guint y = 0; y < self->n && touches[z * n_nodes + p]; y++)
      if (touches[y * n_nodes + q])
        join (self, z, y);
}

static void
find_neighbours (Spread *self, SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  guint8 *touches = sf_world_alloc (w, self->n * s->n_nodes + 1);
  for (guint z = 0; z < self->n; z++)
    self->country[z] = s->zones[z].country;
  for (guint i = 0; i < s->n_links; i++) {
    const SfLinkSpec *l = &s->links[i];
    if (l->zone < 0)
      continue;
    touches[l->zone * s->n_nodes + l->from] = TRUE;
    touches[l->zone * s->n_nodes + l->to] = TRUE;
    if (!self->country[l->zone]) /* a zone that does not say lies where its
                                    first link begins */
      self->country[l->zone] = s->nodes[l->from].country;
  }
  for (guint i = 0; i < s->n_nodes; i++)
    join_places (self, touches, s->n_nodes, (gint)i, (gint)i);
  for (guint i = 0; i < s->n_links; i++)
    if (s->links[i].zone < 0 && s->links[i].mode != SF_MODE_AIR)
      join_places (self, touches, s->n_nodes, s->links[i].from, s->links[i].to);
}

/* ---- The equation ------------------------------------------------------- */

static gboolean
is_home (const Spread *self, guint zone)
{
  return sf_refs_hold (self->home, (gint)zone);
}

static void
slope (const Spread *self, const double *p, double *rate)
{
  for (guint z = 0; z < self->n; z++) {
    double pull = 0;
    guint n = 0;
    for (guint y = 0; y < self->n; y++) {
      guint8 kind = self->kind[z * self->n + y];
      if (kind == STRANGER)
        continue;
      n++;
      pull += (kind == ABROAD ? self->border_frac : 1) * (p[y] - p[z]);
    }
    rate[z] = (n > 0 ? self->spread_per_day * pull / n : 0)
              - self->decay_per_day * p[z];
    if (is_home (self, z))
      rate[z] = 0;
  }
}

/* One classical Runge-Kutta step. */
static void
step (Spread *self, double days)
{
  guint n = self->n;
  double *p = self->pressure, *at = self->scratch, *k = at + n;
  static const double where[] = { 0, 0.5, 0.5, 1 };
  for (guint i = 0; i < 4; i++) {
    for (guint z = 0; z < n; z++)
      at[z] = p[z] + (i > 0 ? where[i] * days * k[(i - 1) * n + z] : 0);
    slope (self, at, k + i * n);
  }
  for (guint z = 0; z < n; z++)
    p[z] += days / 6 * (k[z] + 2 * k[n + z] + 2 * k[2 * n + z] + k[3 * n + z]);
}

static void
publish (Spread *self, SfWorld *w)
{
  const char *capital = sf_world_scenario (w)->country;
  double sum = 0;
  guint n = 0;
  for (guint z = 0; z < self->n; z++) {
    sf_world_set_factor (w, self, SF_FACTOR_THREAT, z, self->pressure[z]);
    if (!capital || !self->country[z]
        || strcmp (capital, self->country[z]) == 0)
      continue;
    sum += self->pressure[z];
    n++;
  }
  sf_world_set_gauge (w, self, 0, n > 0 ? sum / n : NAN);
}

static void
start (void *data, SfWorld *w)
{
  Spread *self = data;
  guint n = self->n = sf_world_scenario (w)->n_zones;
  self->pressure = sf_world_alloc (w, (n + 1) * sizeof (double));
  self->scratch = sf_world_alloc (w, (5 * n + 1) * sizeof (double));
  self->kind = sf_world_alloc (w, n * n + 1);
  self->country = sf_world_alloc (w, (n + 1) * sizeof *self->country);
  find_neighbours (self, w);
  for (guint z = 0; z < n; z++)
    self->pressure[z] = is_home (self, z) ? 1 : self->outside_start_frac;
  publish (self, w);
}

static void
review (void *data, SfWorld *w, guint day)
{
  Spread *self = data;
  gboolean is_early
      = self->from != SF_PARAM_NO_DATE
        && (gint)day <= sf_scenario_day (sf_world_scenario (w), self->from);
  if (day == 0 || is_early)
    return;
  guint steps
      = (guint)ceil ((self->spread_per_day + self->decay_per_day) / 0.05);
  for (guint i = 0; i < steps; i++)
    step (self, 1.0 / steps);
  publish (self, w);
}

const SfModel sf_model_interdiction_spread = {
  .info
  = { "interdiction/spread", N_ ("pressure spreads to neighbouring zones"),
      N_ ("dP/dt = spread_per_day * mean over neighbours of b (P_neighbour - "
          "P) - decay_per_day P, b being border_frac across a frontier and "
          "1 otherwise. Zones in `home` are held at 1, the others begin at "
          "outside_start_frac. Neighbours: zones whose links share a place or "
          "are one link apart. P multiplies the threat of its zone. Gauge: "
          "abroad_pressure_frac, the mean over zones outside the capital's "
          "country. Assumed; for spill-over on coastal corridors."),
      params, sizeof (Spread), NULL, "abroad_pressure_frac" },
  .start = start,
  .review = review,
};
