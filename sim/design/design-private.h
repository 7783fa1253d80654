/* design-private.h - what the kinds of design share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each kind is a row of functions. The spec they are given was found good by
 * their own count(); the state is what they made of it, NULL when the spec is
 * enough. Only design.c knows the list of kinds. This header is the room's own.
 */
#pragma once

#include "sim/base/random.h"
#include "sim/design/design.h"

typedef struct {
  const char *word;
  gboolean is_levelled;
  /* Checks what only this kind knows and sets *count, G_MAXUINT64 for all that
   * does not fit. The number of factors and the groups are checked already. */
  gboolean (*count) (const SfDesignSpec *spec, guint64 *count, GError **error);
  /* NULL: there is no state */
  gpointer (*build) (const SfDesignSpec *spec);
  void (*free) (gpointer state);
  void (*row) (const SfDesignSpec *spec, gconstpointer state, guint64 i,
               double *u);
} SfDesignType;

extern const SfDesignType sf_design_lhs, sf_design_halton, sf_design_fractional,
    sf_design_plackett_burman, sf_design_morris, sf_design_saltelli;

/* Sets an SF_DESIGN_ERROR_SPEC; returns FALSE. */
gboolean sf_design_refuse (GError **error, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* a * b, or G_MAXUINT64 when that is larger than it. */
guint64 sf_design_times (guint64 a, guint64 b);

/* Sets *count to spec->points_count; refuses 0. */
gboolean sf_design_count_plain (const SfDesignSpec *spec, guint64 *count,
                                GError **error);

/* Number of groups, and the group of a factor: itself without groups. */
guint sf_design_n_groups (const SfDesignSpec *spec);
guint sf_design_group (const SfDesignSpec *spec, guint factor);

/* Rows of a block of `saltelli`. */
guint sf_design_saltelli_rows (const SfDesignSpec *spec);

/* Puts values into an order where any is as likely as any other. */
void sf_design_shuffle (guint32 *values, guint n, SfStream *stream);

/* -1 or 1 of a two-level column as the 0 or 1 of a row. */
#define SF_DESIGN_LEVEL(sign) ((sign) > 0 ? 1.0 : 0.0)
