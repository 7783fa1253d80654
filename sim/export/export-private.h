/* export-private.h - what the files of the export share. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column is described once: its name and tag go into the header, the rest
 * into the dictionary. The three writers are fed the same entries of the store,
 * in order of point and replication; a point without a run comes once, with
 * attempt 0.
 */
#pragma once

#include "sim/export/export.h"
#include "sim/report/csv.h"

typedef enum {
  SF_CELL_INTEGER,
  SF_CELL_NUMBER,
  SF_CELL_TEXT,
} SfCellType;

/* One column of a table. Texts live as long as the list it is in. */
typedef struct {
  const char *name, *title, *meaning, *tag; /* tag: HXL */
  const char *unit;                         /* "" where there is none */
  SfCellType type;
  gboolean is_needed;        /* never empty */
  double low, high;          /* NAN: no limit is known */
  const char *const *levels; /* the words that occur; or NULL */
} SfExportColumn;

typedef struct {
  GArray *list; /* of SfExportColumn */
  GStringChunk *texts;
} SfExportColumns;

/* The columns of runs.csv and points.csv. */
SfExportColumns *sf_export_columns_of_runs (const SfStoreShape *shape);
SfExportColumns *sf_export_columns_of_points (const SfStoreShape *shape);
void sf_export_columns_free (SfExportColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExportColumns, sf_export_columns_free)

/* The two tables under way. NULL with G_FILE_ERROR. */
typedef struct SfExportTables SfExportTables;
SfExportTables *sf_export_tables_new (const SfExport *what, const char *folder,
                                      GError **error);
void sf_export_tables_add (SfExportTables *tables, const SfStoreEntry *entry);
gboolean sf_export_tables_commit (SfExportTables *tables, GError **error);
void sf_export_tables_free (SfExportTables *tables);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExportTables, sf_export_tables_free)

/* The series under way, in a file of another name until they are committed.
 * The caller knows that the study keeps some. NULL with SF_EXPORT_ERROR. */
typedef struct SfExportSeries SfExportSeries;
SfExportSeries *sf_export_series_new (const SfExport *what, const char *folder,
                                      guint64 n_points, GError **error);
gboolean sf_export_series_add (SfExportSeries *series,
                               const SfStoreEntry *entry, GError **error);
gboolean sf_export_series_commit (SfExportSeries *series, GError **error);
void sf_export_series_free (SfExportSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExportSeries, sf_export_series_free)

/* Writes dictionary.json. */
gboolean sf_export_dictionary (const SfExport *what, const char *folder,
                               GError **error);

/* What a sweep was made from, key and value one after the other; values are to
 * be freed with the list. And the time now, "2025-09-01T12:00:00Z"; the
 * variable SOURCE_DATE_EPOCH replaces it. */
char **sf_export_facts (const SfExport *what);
char *sf_export_now (void);

/* What a lower-case unit suffix of the house ("km_per_h", "frac") is called in
 * UDUNITS, to be freed; "1" for what has no dimension there. */
char *sf_export_udunits (const char *unit);
