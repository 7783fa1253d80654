/* figures.h - the figures of a result folder, and others. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures are drawn by gnuplot from scripts in plots/, each as SVG and PNG,
 * from a result folder alone: nothing is simulated. A figure for which the
 * folder has no data (no capital, no roads) is left out.
 *
 * The scripts are looked for in the folder that the environment variable
 * SHORTFALL_PLOTS names, then beside the installed program (bin/../share), then
 * in the source tree that this was built in (unless built without
 * -Dsource_plots), then where they were to be installed. SHORTFALL_GNUPLOT names
 * another gnuplot, SHORTFALL_FIGURE_SECONDS another time limit of a figure than
 * 60: gnuplot is killed when it is over. Ctrl-C ends the drawing, not us. A figure that fails does not hold up
 * the others; after two that were late no more is tried.
 */
#pragma once

#include <glib.h>

#define SF_PLOT_ERROR (sf_plot_error_quark ())
GQuark sf_plot_error_quark (void);

typedef enum {
  SF_PLOT_ERROR_MISSING, /* no gnuplot, or no scripts; says how to get it */
  SF_PLOT_ERROR_FAILED,  /* gnuplot failed; its complaint is quoted */
  SF_PLOT_ERROR_LATE,    /* gnuplot was killed when its time was over */
  SF_PLOT_ERROR_STOPPED, /* somebody stopped it, with Ctrl-C say */
} SfPlotError;

/* Draws every figure of `folder` into folder/figures (made when it is not
 * there), with the tables they are drawn from, and the words unless they are
 * English, in folder/figures/data. `lang` is the code of a language (NULL:
 * "en"). A figure is replaced when it is complete.
 * `n_drawn` (may be NULL) gets the number of files. FALSE with SF_PLOT_ERROR
 * (of the first figure that failed), or G_FILE_ERROR when the folder cannot be read or written. Starts child
 * programs: call it after all workers are gone (see pool.h). Cost: one to two
 * seconds. */
gboolean sf_figures_draw (const char *folder, const char *lang, guint *n_drawn,
                          GError **error);

/* The same into another folder than folder/figures, with tables in its data/;
 * it is made when it is not there. */
gboolean sf_figures_draw_into (const char *folder, const char *figures,
                               const char *lang, guint *n_drawn,
                               GError **error);

/* One figure of a table that the caller has; all borrowed. */
typedef struct {
  const char *script; /* "compare": plots/compare.gp, which is given the
                         table's path, then OUT, TITLE, NOTE and WORDS */
  const char *name;   /* of the files, without ending */
  const char *table;  /* TSV as the script's head says (see figure-data.h) */
  const char *title, *note;
  const char *lang; /* the code of a language; NULL: "en" */
} SfFigure;

/* Draws it as folder/NAME.svg and folder/NAME.png, with its table as
 * folder/data/NAME.tsv; folders are made. Fails as the above, and has to be
 * called as late. */
gboolean sf_figure_draw (const SfFigure *figure, const char *folder,
                         GError **error);

/* What gnuplot says of its version, "6.0 patchlevel 0"; to be freed, NULL when
 * there is none. Starts a child. */
char *sf_figures_gnuplot_version (void);
