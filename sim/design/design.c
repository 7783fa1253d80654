/* design.c - the kinds of design, and those that are a line each. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/design/design-private.h"

#include <stdint.h>

#include "sim/design/sobol.h"
#include "sim/lang/lang.h"

G_DEFINE_QUARK (sf - design - error - quark, sf_design_error)

struct SfDesign {
  SfDesignSpec spec; /* its arrays are ours */
  const SfDesignType *type;
  gpointer state;
  guint64 count;
};

gboolean
sf_design_refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, SF_DESIGN_ERROR, SF_DESIGN_ERROR_SPEC, text);
  return FALSE;
}

guint64
sf_design_times (guint64 a, guint64 b)
{
  guint64 product;
  return __builtin_mul_overflow (a, b, &product) ? G_MAXUINT64 : product;
}

gboolean
sf_design_count_plain (const SfDesignSpec *spec, guint64 *count, GError **error)
{
  *count = spec->points_count;
  return *count > 0 || sf_design_refuse (error, _ ("0 points asked for"));
}

guint
sf_design_n_groups (const SfDesignSpec *spec)
{
  guint n = 0;
  if (!spec->groups)
    return spec->n_factors;
  for (guint j = 0; j < spec->n_factors; j++)
    n = MAX (n, spec->groups[j] + 1);
  return n;
}

guint
sf_design_group (const SfDesignSpec *spec, guint factor)
{
  return spec->groups ? spec->groups[factor] : factor;
}

void
sf_design_shuffle (guint32 *values, guint n, SfStream *stream)
{
  for (guint i = n; i > 1; i--) {
    guint j = sf_stream_index (stream, i);
    guint32 kept = values[i - 1];
    values[i - 1] = values[j];
    values[j] = kept;
  }
}

/* ---- Kinds that are a line each ------------------------------------------ */

static gboolean
grid_count (const SfDesignSpec *spec, guint64 *count, GError **error)
{
  if (!spec->levels)
    return sf_design_refuse (error,
                             _ ("a grid needs the levels of each factor"));
  *count = 1;
  for (guint j = 0; j < spec->n_factors; j++) {
    if (spec->levels[j] == 0)
      return sf_design_refuse (error, _ ("factor %u of the grid has 0 levels"),
                               j + 1);
    *count = sf_design_times (*count, spec->levels[j]);
  }
  return TRUE;
}

static void
grid_row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  (void)state;
  for (guint j = spec->n_factors; j-- > 0;) {
    u[j] = (double)(i % spec->levels[j]);
    i /= spec->levels[j];
  }
}

static gboolean
factorial_count (const SfDesignSpec *spec, guint64 *count, GError **error)
{
  (void)error;
  *count = spec->n_factors < 64 ? G_GUINT64_CONSTANT (1) << spec->n_factors
                                : G_MAXUINT64;
  return TRUE;
}

static void
factorial_row (const SfDesignSpec *spec, gconstpointer state, guint64 i,
               double *u)
{
  (void)state;
  for (guint j = 0; j < spec->n_factors; j++)
    u[j] = (double)(i >> j & 1);
}

static void
random_row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  SfStream stream;
  (void)state;
  sf_stream_init (&stream, spec->seed, "design/random", i, 0);
  for (guint j = 0; j < spec->n_factors; j++)
    u[j] = sf_stream_uniform (&stream);
}

static gboolean
sobol_count (const SfDesignSpec *spec, guint64 *count, GError **error)
{
  if (spec->n_factors > SF_DESIGN_SOBOL_FACTORS_MAX)
    return sf_design_refuse (error,
                             _ ("%u factors are too many for a Sobol sequence: "
                                "at most %u"),
                             spec->n_factors, SF_DESIGN_SOBOL_FACTORS_MAX);
  return sf_design_count_plain (spec, count, error);
}

static gpointer
sobol_build (const SfDesignSpec *spec)
{
  return sf_sobol_sequence_new (spec->n_factors, spec->is_scrambled,
                                spec->seed);
}

static void
sobol_free (gpointer state)
{
  sf_sobol_sequence_free (state);
}

static void
sobol_row (const SfDesignSpec *spec, gconstpointer state, guint64 i, double *u)
{
  for (guint j = 0; j < spec->n_factors; j++)
    u[j] = sf_sobol_sequence_value (state, i, j);
}

static const SfDesignType grid = {
  .word = "grid",
  .is_levelled = TRUE,
  .count = grid_count,
  .row = grid_row,
};

static const SfDesignType factorial = {
  .word = "factorial",
  .is_levelled = TRUE,
  .count = factorial_count,
  .row = factorial_row,
};

static const SfDesignType plain_random = {
  .word = "random",
  .count = sf_design_count_plain,
  .row = random_row,
};

static const SfDesignType sobol = {
  .word = "sobol",
  .count = sobol_count,
  .build = sobol_build,
  .free = sobol_free,
  .row = sobol_row,
};

static const SfDesignType *const types[SF_DESIGN_N_KINDS] = {
  [SF_DESIGN_GRID] = &grid,
  [SF_DESIGN_LHS] = &sf_design_lhs,
  [SF_DESIGN_SOBOL] = &sobol,
  [SF_DESIGN_HALTON] = &sf_design_halton,
  [SF_DESIGN_FACTORIAL] = &factorial,
  [SF_DESIGN_FRACTIONAL] = &sf_design_fractional,
  [SF_DESIGN_PLACKETT_BURMAN] = &sf_design_plackett_burman,
  [SF_DESIGN_MORRIS] = &sf_design_morris,
  [SF_DESIGN_SALTELLI] = &sf_design_saltelli,
  [SF_DESIGN_RANDOM] = &plain_random,
};

/* ---- What is the same for all -------------------------------------------- */

const char *
sf_design_kind_word (SfDesignKind kind)
{
  return (guint)kind < SF_DESIGN_N_KINDS ? types[kind]->word : NULL;
}

gboolean
sf_design_kind_from_word (const char *word, SfDesignKind *kind)
{
  for (guint k = 0; k < SF_DESIGN_N_KINDS; k++)
    if (g_strcmp0 (word, types[k]->word) == 0) {
      *kind = (SfDesignKind)k;
      return TRUE;
    }
  return FALSE;
}

static gboolean
has_blocks (const SfDesignSpec *spec)
{
  return spec->kind == SF_DESIGN_MORRIS || spec->kind == SF_DESIGN_SALTELLI;
}

/* Groups are numbered without a gap. */
static gboolean
check_groups (const SfDesignSpec *spec, GError **error)
{
  guint n_groups = 0;
  if (!spec->groups || !has_blocks (spec))
    return TRUE;
  for (guint j = 0; j < spec->n_factors; j++) {
    if (spec->groups[j] >= spec->n_factors)
      return sf_design_refuse (
          error,
          _ ("factor %u is in group %u, counted from 0, but "
             "%u factors have at most %u groups"),
          j + 1, spec->groups[j], spec->n_factors, spec->n_factors);
    n_groups = MAX (n_groups, spec->groups[j] + 1);
  }
  for (guint g = 0; g < n_groups; g++) {
    guint j = 0;
    while (j < spec->n_factors && spec->groups[j] != g)
      j++;
    if (j == spec->n_factors)
      return sf_design_refuse (error, _ ("no factor is in group %u of 0 to %u"),
                               g, n_groups - 1);
  }
  return TRUE;
}

static gboolean
refuse_points (guint64 count, GError **error)
{
  g_set_error (error, SF_DESIGN_ERROR, SF_DESIGN_ERROR_TOO_MANY,
               count == G_MAXUINT64
                   ? _ ("more than %ju points are too many: at most %ju")
                   : _ ("%ju points are too many: at most %ju"),
               (uintmax_t)count, (uintmax_t)SF_DESIGN_POINTS_MAX);
  return FALSE;
}

gboolean
sf_design_count_points (const SfDesignSpec *spec, guint64 *count,
                        GError **error)
{
  guint64 found = 0;
  g_return_val_if_fail (spec != NULL && count != NULL, FALSE);
  if (!sf_design_kind_word (spec->kind))
    return sf_design_refuse (error, _ ("%d is no kind of design"),
                             (int)spec->kind);
  if (spec->n_factors == 0)
    return sf_design_refuse (error, _ ("a design needs a factor"));
  if (spec->n_factors > SF_DESIGN_FACTORS_MAX)
    return sf_design_refuse (error, _ ("%u factors are too many: at most %u"),
                             spec->n_factors, SF_DESIGN_FACTORS_MAX);
  if (!check_groups (spec, error)
      || !types[spec->kind]->count (spec, &found, error))
    return FALSE;
  if (found > SF_DESIGN_POINTS_MAX)
    return refuse_points (found, error);
  *count = found;
  return TRUE;
}

/* Copies the arrays of a spec that are of its kind, and forgets the others:
 * they may be anything. */
static void
take_arrays (SfDesignSpec *spec)
{
  gsize size = spec->n_factors * sizeof (guint);
  gboolean is_grid = spec->kind == SF_DESIGN_GRID;
  gboolean is_fractional = spec->kind == SF_DESIGN_FRACTIONAL;
  spec->levels = is_grid ? g_memdup2 (spec->levels, size) : NULL;
  spec->groups = has_blocks (spec) ? g_memdup2 (spec->groups, size) : NULL;
  char **words = is_fractional ? g_strdupv ((char **)spec->generators) : NULL;
  spec->generators = (const char *const *)words;
}

SfDesign *
sf_design_new (const SfDesignSpec *spec, GError **error)
{
  guint64 count;
  if (!sf_design_count_points (spec, &count, error))
    return NULL;
  SfDesign *design = g_new0 (SfDesign, 1);
  design->spec = *spec;
  take_arrays (&design->spec);
  design->type = types[spec->kind];
  design->count = count;
  if (design->type->build)
    design->state = design->type->build (&design->spec);
  return design;
}

void
sf_design_free (SfDesign *design)
{
  if (!design)
    return;
  if (design->state)
    design->type->free (design->state);
  g_free ((guint *)design->spec.levels);
  g_free ((guint *)design->spec.groups);
  g_strfreev ((char **)design->spec.generators);
  g_free (design);
}

guint64
sf_design_count (const SfDesign *design)
{
  return design->count;
}

void
sf_design_row (const SfDesign *design, guint64 i, double *u)
{
  g_return_if_fail (design != NULL && u != NULL && i < design->count);
  design->type->row (&design->spec, design->state, i, u);
}

gboolean
sf_design_is_levelled (const SfDesign *design)
{
  return design->type->is_levelled;
}

guint
sf_design_rows_per_block (const SfDesign *design)
{
  const SfDesignSpec *spec = &design->spec;
  if (spec->kind == SF_DESIGN_MORRIS)
    return sf_design_n_groups (spec) + 1;
  if (spec->kind == SF_DESIGN_SALTELLI)
    return sf_design_saltelli_rows (spec);
  return 1;
}
