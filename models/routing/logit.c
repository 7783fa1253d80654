/* logit.c - corridors are chosen by time and perceived risk. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * P (k) = exp (-theta C_k) / sum_j exp (-theta C_j), C_k = travel hours +
 * risk_h * perceived risk + waiting_h_per_truck * trucks waiting at the gate.
 * Multinomial logit; see McFadden 1974 and any text on route choice.
 */
#include <math.h>

#include "sim/engine/model.h"

#define ROUTES_MAX 16

typedef struct {
  double theta_per_h, risk_h, waiting_h_per_truck;
  SfStream stream;
} Logit;

static const SfParam params[] = {
  SF_PARAM (Logit, theta_per_h, 0.05, 0, 100,
            "how sharply cost decides: 0 evenly, large always the cheapest"),
  SF_PARAM (Logit, risk_h, 0, 0, 10000,
            "hours that one unit of perceived risk is worth"),
  SF_PARAM (Logit, waiting_h_per_truck, 0, 0, 100,
            "hours that one waiting truck is worth"),
  SF_PARAM_END,
};

static void
start (void *data, SfWorld *w)
{
  Logit *self = data;
  sf_world_stream (w, self, 0, &self->stream);
}

static guint
choose_route (void *data, SfWorld *w, const SfChoice *c, guint n)
{
  Logit *self = data;
  double cost[ROUTES_MAX], best = G_MAXDOUBLE, sum = 0;
  n = MIN (n, ROUTES_MAX);
  for (guint i = 0; i < n; i++) {
    cost[i] = c[i].travel_h + self->risk_h * c[i].risk
              + self->waiting_h_per_truck * c[i].waiting;
    best = MIN (best, cost[i]);
  }
  for (guint i = 0; i < n; i++)
    sum += cost[i] = exp (-self->theta_per_h * (cost[i] - best));
  double u = sf_stream_uniform (&self->stream) * sum;
  for (guint i = 0; i + 1 < n; i++)
    if ((u -= cost[i]) < 0)
      return i;
  return n - 1;
}

const SfModel sf_model_routing_logit = {
  .info
  = { "routing/logit", N_ ("corridors chosen by time and perceived risk"),
      N_ ("P (k) proportional to exp (-theta_per_h * C_k); C_k = travel "
          "hours + risk_h * perceived risk + waiting_h_per_truck * trucks "
          "that wait at the gate. One draw a group."),
      params, sizeof (Logit), NULL },
  .start = start,
  .choose_route = choose_route,
};
