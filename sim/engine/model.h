/* model.h - the contract between the engine and a model. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model is one file in models/ that fills one SfModel: what it is (name,
 * manual, parameter table) and what it does when something happens. The
 * engine calls the functions that are not NULL; it never names a model, and
 * one model never calls another. Models meet in the world: one sets a
 * gate's willingness, another releases trucks by it.
 *
 * `self` is the model's own struct: parameters first, then its state. Before
 * every replication the whole struct is put back as it was read, uncertain
 * parameters are drawn, and start() is called; so state begins as zero bytes.
 * Memory that a model needs comes from sf_world_alloc() and goes with the
 * replication.
 */
#pragma once

#include <math.h>

#include "sim/base/param.h"
#include "sim/engine/world.h"
#include "sim/lang/lang.h"

/* enters() has to be called. */
#define SF_OUTLOOK_ASK INFINITY

/* One who asks for a share of a scarce supply. */
typedef struct {
  double wanted;   /* amount, >= 0 */
  double priority; /* 1 first */
} SfClaim;

typedef struct {
  SfModelInfo info; /* first: an SfModelInfo pointer is an SfModel pointer */

  /* The replication begins; the clock is 0. */
  void (*start) (void *self, SfWorld *world);
  /* Midnight that begins a day (0 is the first). */
  void (*review) (void *self, SfWorld *world, guint day);
  /* A time set with sf_world_timer() has come. */
  void (*timer) (void *self, SfWorld *world, guint32 what, gint64 payload);
  /* An event row of a kind in info.events begins, or ends. */
  void (*event) (void *self, SfWorld *world, guint event, gboolean begins);
  /* Trucks enter a hop that lies in a threat zone or that an event names:
   * convoys, and those on their own where outlook() asks for it. */
  void (*enters) (void *self, SfWorld *world, const SfPassage *passage);
  /* What a truck on its own, of a cargo of exposure 1, has to expect there:
   * the mean number of hits, which come at random (Poisson) in proportion to
   * exposure, or SF_OUTLOOK_ASK. NULL: asked always. The answer may depend on
   * hop, zone, km and is_loaded of the passage and on the state of the model; a
   * change is told with sf_world_look_again(). Factors of threat and numbers
   * that are set need not be told. */
  double (*outlook) (const void *self, const SfWorld *world,
                     const SfPassage *passage);
  /* n >= 1 trucks of a passage on their own are hit, by such an outlook. */
  void (*strikes) (void *self, SfWorld *world, const SfPassage *passage,
                   guint n);
  /* Trucks were attacked, whatever came of it. */
  void (*attacked) (void *self, SfWorld *world, const SfAttack *attack);
  /* A convoy that this model sent is over; token is the one it gave. */
  void (*convoy_ended) (void *self, SfWorld *world, SfConvoyId convoy,
                        gint64 token);
  /* Splits a supply: award[i] in [0, wanted], sum = min (supply, sum of
   * wanted). Called by the world for the one model of kind allocation/, when
   * supply is less than all of them want. */
  void (*allocate) (const void *self, const SfClaim *claims, guint n,
                    double supply, double *award);
  /* At a gate: the chance that a driver whose cargo is exposed so much goes on
   * alone, or that he goes with an escort when nobody else does. Asked when it
   * is needed, and again after sf_world_set_gate_risk() and when an event sets a
   * number. */
  double (*dares) (const void *self, guint gate, double exposure_frac,
                   gboolean is_escorted);
  /* Picks one of n >= 1 routes for trucks that leave. */
  guint (*choose_route) (void *self, SfWorld *world, const SfChoice *choices,
                         guint n);
} SfModel;
