/* variant.h - the scenario of a point, ready to run. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers that no road depends on are put into a compiled scenario for each
 * run, which costs nothing. Levers, words and numbers of links make another
 * scenario, a variant, which is read and compiled when it is first wanted; a
 * process keeps the few it used last. Either way a run is the one that
 * `shortfall run --set POINTER=VALUE` makes.
 */
#pragma once

#include "sim/engine/world.h"
#include "sim/study/study.h"

/* One scenario, compiled. */
typedef struct {
  char *key; /* what is different in it */
  SfScenario *scenario;
  SfPlan *plan;
  SfWorld *world;
  SfObservations *outcomes;
  GArray *numbers; /* gint: index in the scenario's assumptions, target after
                      target of the factors that are put in; -1: none */
  GArray *series;  /* gint, in the book; -1: not recorded here */
  guint64 used;    /* when it was last wanted */
} SfVariant;

/* The variants of one process. */
typedef struct SfVariants SfVariants;

SfVariants *sf_variants_new (const SfStudy *study,
                             const SfModelInfo *const *models);
void sf_variants_free (SfVariants *variants);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfVariants, sf_variants_free)

/* The variant of a point (values by factor) with its numbers in place; borrowed
 * until the next call. NULL with SF_RUN_ERROR_SCENARIO, saying the first
 * mistake, when the point makes a scenario that makes no sense. */
SfVariant *sf_variants_get (SfVariants *variants, const double *values,
                            GError **error);

/* Reads and compiles the scenario with all factors at their low ends, at their
 * high ends, and with the words of categories between: what is wrong then would
 * be wrong when points run. FALSE with every mistake found; one that a factor
 * makes is at the factor's place in the study. */
gboolean sf_variants_check (const SfStudy *study,
                            const SfModelInfo *const *models,
                            SfMistakes *mistakes);

/* Whether all points of the study share one variant. */
gboolean sf_variants_is_single (const SfVariants *variants);

/* What a point changes, as overrides for --set, and the levers it pulls, as
 * paths; both end with NULL and are to be freed with g_strfreev. */
char **sf_variants_overrides (const SfVariants *variants, const double *values);
char **sf_variants_levers (const SfVariants *variants, const double *values);

/* Whether a number of a scenario, by its pointer, can be put into it compiled
 * (with sf_scenario_fix()), as no road depends on it. */
gboolean sf_variant_can_put_in (const SfScenario *scenario,
                                const char *pointer);
/* Whether a value for a number, by its index in the assumptions, is one that
 * reading would let pass, for those too that take it by name. FALSE with
 * SF_RUN_ERROR_SCENARIO, saying which number and what was expected. */
gboolean sf_variant_allows (const SfScenario *scenario, guint number,
                            double value, GError **error);
