/* design-fixture.h - designs and their rows, for tests. SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim/design/design.h"

/* The design of a spec that must be good. */
static inline SfDesign *
make (const SfDesignSpec *spec)
{
  g_autoptr (GError) error = NULL;
  SfDesign *design = sf_design_new (spec, &error);
  g_assert_no_error (error);
  g_assert_nonnull (design);
  return design;
}

/* All rows of the design of a spec, n_factors values each; *n of them. */
static inline double *
make_rows (const SfDesignSpec *spec, guint *n)
{
  g_autoptr (SfDesign) design = make (spec);
  *n = (guint)sf_design_count (design);
  double *rows = g_new (double, (gsize)*n * spec->n_factors);
  for (guint i = 0; i < *n; i++)
    sf_design_row (design, i, rows + (gsize)i * spec->n_factors);
  return rows;
}

/* Whether the values u[0], u[step] ... are one in each of n equal slices. */
static inline gboolean
is_stratified (const double *u, guint step, guint n)
{
  g_autofree guint8 *is_taken = g_malloc0 (n);
  for (guint i = 0; i < n; i++) {
    double x = u[(gsize)i * step];
    if (!(x >= 0 && x < 1) || is_taken[(guint)(x * n)]++)
      return FALSE;
  }
  return TRUE;
}
