/* export.h - a sweep as files that other programs read. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * runs.csv has one row a run, points.csv one a point, dictionary.json says what
 * every column of both means, and series.nc holds the daily series that the
 * study keeps. All are written in one walk over the store as it is at one
 * moment, so they agree with each other even while the sweep goes on, and in
 * memory that does not grow with the number of runs.
 *
 * dictionary.json keeps to "Metadata Vocabulary for Tabular Data" (W3C
 * Recommendation, 17 December 2015), known as CSVW; series.nc is NetCDF-4 with
 * the CF conventions 1.8. Whatever is missing is an empty cell or NaN.
 */
#pragma once

#include "sim/base/units.h"
#include "sim/store/store.h"

#define SF_EXPORT_ERROR (sf_export_error_quark ())
GQuark sf_export_error_quark (void);

typedef enum {
  SF_EXPORT_ERROR_FAILED, /* the library says so: full disk, ... */
} SfExportError;

/* What is exported, besides what stands in the store itself. */
typedef struct {
  SfStore *store;
  const char *scenario_title; /* or NULL */
  SfDate start;               /* day 0 of the series */
  gboolean has_hxl;           /* a second header row, of HXL tags */
} SfExport;

/* The files, a list that ends with NULL; the last one is left out of a sweep
 * that keeps no series. */
extern const char *const sf_export_files[];

/* Writes the files into a folder that is there. The store shows the same moment
 * from then on. *counts is what was written. FALSE with an error of the files,
 * the store or SF_EXPORT_ERROR; the process must then end with _exit(), since
 * HDF5 1.10 crashes in exit() when it could not write a file. */
gboolean sf_export_write (const SfExport *what, const char *folder,
                          SfStoreCounts *counts, GError **error);

/* The version of NetCDF; to be freed. */
char *sf_export_netcdf_version (void);
