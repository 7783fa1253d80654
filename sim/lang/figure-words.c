/* figure-words.c - what the scripts in plots/ say, in the reader's language. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/lang/figure-words.h"

#include <string.h>

#include "sim/lang/lang.h"

const SfFigureWord sf_figure_words_all[] = {
  { "months", N_ ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec") },
  { "day_one", N_ ("1") },
  { "median", N_ ("median") },
  { "half",
    /* xgettext:no-c-format */
    N_ ("half of runs (25–75 %)") },
  { "wide",
    /* xgettext:no-c-format */
    N_ ("nine in ten runs (5–95 %)") },
  { "served",
    /* xgettext:no-c-format */
    N_ ("% of demand served:") },
  { "cover", N_ ("days of cover:") },
  { "arrived", N_ ("trucks arriving per week") },
  { "lost", N_ ("trucks lost per week") },
  { "bars",
    /* xgettext:no-c-format */
    N_ ("bars: mean of runs; whiskers: nine in ten runs (5–95 %)") },
  { "flow", N_ ("trucks per day") },
  { "losses", N_ ("trucks lost") },
  { "km", N_ ("km") },
  { "noflow", N_ ("none") },
  { "outlines", N_ ("outlines: Natural Earth") },
  { "difference", N_ ("mean difference and its confidence interval; grey: not "
                      "distinguishable from 0") },
  { "sobol_title", N_ ("Shares of the variance") },
  { "sobol_axis", N_ ("share of the variance of the outcome") },
  { "first", N_ ("alone (first order)") },
  { "total", N_ ("with all others (total)") },
  { "dummy_factor", N_ ("read by no model") },
  { "interval",
    /* xgettext:no-c-format */
    N_ ("95 % interval") },
  { "pawn_title", N_ ("How far each factor moves the distribution") },
  { "pawn_axis", N_ ("distance between distributions (0 to 1)") },
  { "median_slice", N_ ("median over slices") },
  { "chance", N_ ("chance: not told from a factor that does nothing") },
  { "morris_title", N_ ("Elementary effects") },
  { "mu_star", N_ ("mean size of the effect over the factor's range, µ*") },
  { "sigma", N_ ("spread of effects σ; dashed: σ / µ*") },
  { "trajectory_title", N_ ("Boxes on the way of peeling") },
  { "coverage",
    N_ ("coverage: share of the runs of interest that are in the box") },
  { "density", N_ ("density: share of the box's runs that are of interest") },
  { "restricted", N_ ("factors limited") },
  { "box_title", N_ ("Limits of the box") },
  { "range_axis", N_ ("share of the factor's range") },
  { "in_box", N_ ("in the box") },
  { "whole_range", N_ ("whole range") },
  { "limits", N_ ("limits") },
  { "trust", N_ ("quasi-p; found again in") },
  { "ranking",
    N_ ("Mean with its interval. Coloured: the best; black: still in "
        "contention; grey: dropped. On the right: replications.") },
  { "west", N_ ("%g° W") },
  { "east", N_ ("%g° E") },
  { "north", N_ ("%g° N") },
  { "south", N_ ("%g° S") },
  { NULL, NULL },
};

/* In double quotes, as gnuplot reads a text. */
static void
put (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "word_%s = \"", name);
  for (const char *c = value; *c; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_c (out, '\\');
    g_string_append_c (out, *c);
  }
  g_string_append (out, "\"\n");
}

char *
sf_figure_names_column (const char *countries)
{
  g_autofree char *wanted = g_strconcat ("name_", sf_lang_code (), NULL);
  g_autofree char *text = NULL;
  if (!countries || !g_file_get_contents (countries, &text, NULL, NULL))
    return g_strdup ("name");
  g_auto (GStrv) lines = g_strsplit (text, "\n", 2);
  g_auto (GStrv) names = g_strsplit (lines[0] ? lines[0] : "", "\t", -1);
  return g_strv_contains ((const char *const *)names, wanted)
             ? g_steal_pointer (&wanted)
             : g_strdup ("name");
}

char *
sf_figure_words (const char *countries)
{
  if (strcmp (sf_lang_code (), "en") == 0)
    return NULL;
  GString *out = g_string_new ("# Words of figures, for plots/words.gp.\n");
  char decimal[] = ".";
  g_autofree char *column = sf_figure_names_column (countries);
  for (const SfFigureWord *w = sf_figure_words_all; w->name; w++)
    put (out, w->name, _ (w->english));
  put (out, "decimal", sf_lang_decimal (decimal));
  put (out, "names", column);
  return g_string_free (out, FALSE);
}
