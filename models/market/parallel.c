/* parallel.c - the street price clears what the pumps do not. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The official price is held and rationed by queue; what is missing is
 * traded in the street. Each day, with q the mean share of what was wanted at
 * the pump that was sold in the last watch_days (at least floor_frac):
 *
 *   clearing ratio   r = q ^ (-1 / elasticity)
 *   with the cap     r' = exp (ln r / (1 + (ln r / ln cap_ratio)^4)^(1/4))
 *   price            P += (official r' - P) (1 - exp (-1 / smooth_days))
 *
 * in XOF per litre; r' is r while r is well below the cap and never above the
 * cap (6 % less at half a cap of 8), so that no kink hides what the
 * data could tell. When all is sold P is the official price. With
 * use_elasticity e, listed classes ask for (P / official)^(-e) of their need.
 *
 * Source: iso-elastic clearing, P / P0 = (Q / Q0)^(1 / e), any textbook.
 * Elasticity of petrol demand: medians 0.15 (short), 0.34, 0.55 (long) in
 * Dahl's data base of estimates. Street prices here follow from needs that can
 * wait as well, so the default is the long one; assumed. Left out: what comes
 * over the border by jerrican, and traders who hold stock for a better price.
 */
#include <math.h>

#include "sim/engine/model.h"

typedef struct {
  gint market;
  GArray *use_classes;
  double official_xof_per_l, elasticity, floor_frac, cap_ratio, watch_days,
      smooth_days, use_elasticity;
  /* state */
  double price_xof_per_l;
  gint sold; /* series, or -1: no market */
} Parallel;

static const SfParam params[] = {
  SF_PARAM_ID (Parallel, market, 0, "markets",
               "whose shortage it clears; the first of fuel at the capital "
               "when absent"),
  SF_PARAM (Parallel, official_xof_per_l, 775, 1, 1e6, "price at the pump"),
  SF_PARAM (Parallel, elasticity, 0.55, 0.05, 10,
            /* xgettext:no-c-format */
            "percent by which demand falls for a price 1 % higher"),
  SF_PARAM (Parallel, floor_frac, 0.05, 0.001, 1,
            "least share sold that still moves the price"),
  SF_PARAM (Parallel, cap_ratio, 8, 1.01, 1000,
            "most that is paid, times the official price"),
  SF_PARAM (Parallel, watch_days, 3, 1, 365,
            "days of sales that the street looks back on"),
  SF_PARAM (Parallel, smooth_days, 2, 0.01, 365,
            /* xgettext:no-c-format */
            "time in which the price makes up 63 % of a gap"),
  SF_PARAM (Parallel, use_elasticity, 0, 0, 10,
            "as elasticity, for the classes that heed the street price"),
  SF_PARAM_IDS (Parallel, use_classes, "classes",
                "those classes; all when absent"),
  SF_PARAM_END,
};

enum { PRICE };

static gint
usual_market (const SfScenario *s)
{
  for (guint m = 0; m < s->n_markets; m++)
    if (s->markets[m].node == s->capital
        && s->commodities[s->markets[m].commodity].kind == SF_CARGO_FUEL)
      return (gint)m;
  return -1;
}

static void
start (void *data, SfWorld *w)
{
  Parallel *self = data;
  const SfScenario *s = sf_world_scenario (w);
  self->sold = -1;
  self->price_xof_per_l = self->official_xof_per_l;
  if (self->market < 0)
    self->market = usual_market (s);
  if (self->market >= 0) {
    const SfMarketSpec *m = &s->markets[self->market];
    g_autofree char *name
        = g_strdup_printf ("%s/%s/purchase_frac", s->nodes[m->node].id,
                           s->commodities[m->commodity].id);
    self->sold = sf_world_find_series (w, name);
  }
  sf_world_set_gauge (w, self, PRICE, self->price_xof_per_l);
}

static double
clearing_ratio (const Parallel *self, double sold_frac)
{
  double q = CLAMP (sold_frac, self->floor_frac, 1);
  double log_ratio = -log (q) / self->elasticity;
  double of_cap = log_ratio / log (self->cap_ratio);
  return exp (log_ratio / pow (1 + pow (of_cap, 4), 0.25));
}

/* Those who heed the price ask for less. */
static void
respond (const Parallel *self, SfWorld *w)
{
  const SfScenario *s = sf_world_scenario (w);
  double ratio = self->price_xof_per_l / self->official_xof_per_l;
  double use = pow (MAX (ratio, 1), -self->use_elasticity);
  for (guint d = 0; d < s->n_demands; d++) {
    const SfDemandSpec *demand = &s->demands[d];
    if (sf_plan_market (sf_world_plan (w), demand->node, demand->commodity)
            == self->market
        && sf_refs_hold (self->use_classes, demand->class))
      sf_world_set_factor (w, self, SF_FACTOR_USE, d, use);
  }
}

static void
review (void *data, SfWorld *w, guint day)
{
  Parallel *self = data;
  if (self->sold < 0)
    return;
  double sold_frac
      = sf_world_series_mean (w, self->sold, (guint)lround (self->watch_days));
  double ratio = isnan (sold_frac) ? 1 : clearing_ratio (self, sold_frac);
  double gap = self->official_xof_per_l * ratio - self->price_xof_per_l;
  self->price_xof_per_l -= gap * expm1 (-1 / self->smooth_days);
  sf_world_set_gauge (w, self, PRICE, self->price_xof_per_l);
  respond (self, w);
}

const SfModel sf_model_market_parallel = {
  .info
  = { "market/parallel", N_ ("a street price clears what pumps do not sell"),
      N_ ("Ratio of street to official price r = q^(-1/elasticity), q being "
          "the mean share of what was wanted at the pump that was sold in "
          "watch_days, bent towards cap_ratio near it, and smoothed with "
          "smooth_days. Classes that heed it ask for r^(-use_elasticity) of "
          "their need. One instance a market."),
      params, sizeof (Parallel), NULL, "price_xof_per_l" },
  .start = start,
  .review = review,
};
