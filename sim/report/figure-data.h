/* figure-data.h - the small tables that figures are drawn from. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scripts in plots/ compute nothing and read tables of fixed columns (stated
 * at the head of each script). Here these tables are made, from a result
 * folder alone: curves.csv, weekly.csv, metrics.csv and the scenario in
 * manifest.json.
 * They are TSV without quoting, hence every text is freed of tabs, line breaks
 * and double quotes. Places on paper that need a look at several texts (rows
 * of flags, sides of names) are found here too.
 */
#pragma once

#include "sim/base/json.h"
#include "sim/base/units.h"

/* A day of a curve, or a week (its Monday). */
typedef struct {
  SfDate date;
  double mean, p05, p25, p50, p75, p95; /* NAN where a table has no number */
} SfPoint;

/* A curve of the folder: all classes together. */
typedef struct {
  char *place, *commodity, *measure;
  GArray *points; /* SfPoint, by date */
} SfCurve;

/* What a folder holds that figures need. */
typedef struct {
  char *folder;
  SfJsonDoc *manifest;
  const SfJson *scenario; /* in manifest */
  const char *capital;    /* id, "" when there is none */
  SfDate start;           /* first day */
  guint days;
  GPtrArray *curves; /* SfCurve: served_frac, cover_days of the capital */
  GPtrArray *weeks;  /* SfCurve: entered_count, lost_count, by week; place
                             "" is the country */
  GHashTable *link_trucks, *link_lost; /* id of a link -> mean (double) */
} SfFigureData;

/* Reads a result folder; NULL with G_FILE_ERROR when it is none. */
SfFigureData *sf_figure_data_new (const char *folder, GError **error);
void sf_figure_data_free (SfFigureData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFigureData, sf_figure_data_free)

/* The text of a member (or "" when it has none), and its number (or NAN). */
const char *sf_figure_text (const SfJson *object, const char *key);
double sf_figure_number (const SfJson *object, const char *key);

/* The title of a record ("nodes", "dakar"): its own, or its id. Borrowed. */
const char *sf_figure_title (const SfFigureData *data, const char *collection,
                             const char *id);

/* Appends cells of a TSV row, each with what follows it: '\t' or '\n'. */
void sf_figure_put_text (GString *out, const char *text, char end);
void sf_figure_put_number (GString *out, double number, char end);
void sf_figure_put_date (GString *out, SfDate date, char end);

/* The tables, as text; NULL when there is nothing to draw. Owned by the
 * caller. */

/* shortage.gp (measure "served_frac", factor 100) and cover.gp (measure
 * "cover_days", factor 1): panel, label, hue, date, p05 ... p95. */
char *sf_figure_panels (const SfFigureData *data, const char *measure,
                        double factor);
/* The days that these mark: date, label; at most 4, never the attacks. */
char *sf_figure_marks (const SfFigureData *data);

/* timeline.gp: date, p05 ... p95 of the first fuel; its title is put into
 * *title, borrowed. Then date, kind, label, row, side of the flags, and from,
 * to, kind, label, row of the periods. */
char *sf_figure_timeline (const SfFigureData *data, const char **title);
char *sf_figure_events (const SfFigureData *data);
char *sf_figure_periods (const SfFigureData *data);

/* arrivals.gp: week, label, hue, arrived_count, arrived_base_count,
 * lost_count, lost_base_count; the busiest corridors first, at most eight, of
 * which the last holds the others (`others` is its name) when there are more.
 * And week, arrived_p05, arrived_p95, lost_p05, lost_p95 of the country. */
char *sf_figure_arrivals (const SfFigureData *data, const char *others);
char *sf_figure_totals (const SfFigureData *data);

/* map.gp: links (not by air), and nodes with the side for their name; names
 * keep apart from each other and from those in the table of countries; NULL:
 * there is none. */
char *sf_figure_links (const SfFigureData *data);
char *sf_figure_nodes (const SfFigureData *data, const char *countries);
