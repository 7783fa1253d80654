/* version.c - what the program is made with. SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/cli/version.h"

#include <glib.h>
#include <gsl/gsl_version.h>

#include "sim/base/json.h"
#include "sim/export/export.h"
#include "sim/share/workbook.h"
#include "sim/lang/lang.h"
#include "sim/network/graph.h"
#include "sim/report/figures.h"
#include "sim/share/workbook.h"
#include "sim/store/store.h"

/* Takes the version. */
static void
line (FILE *out, const char *name, char *version)
{
  g_autofree char *taken = version;
  fprintf (out, "  %-14s %s\n", name, taken ? taken : _ ("not found"));
}

void
sf_version_print (FILE *out)
{
  fputs ("shortfall " SF_VERSION "\n", out);
  line (out, "GLib",
        g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version,
                         glib_micro_version));
  line (out, "igraph", sf_network_library_version ());
  line (out, "cJSON", sf_json_library_version ());
  line (out, "GSL", g_strdup (gsl_version));
  line (out, "SQLite", sf_store_library_version ());
  line (out, "NetCDF", sf_export_netcdf_version ());
  line (out, "libsoup", g_strdup (SF_SOUP_VERSION)); /* when it was built */
  line (out, "libxlsxwriter", sf_workbook_library_version ());
#ifdef __clang__
  line (out, "compiler", g_strdup (__VERSION__));
#else
  line (out, "compiler", g_strdup ("GCC " __VERSION__));
#endif
  line (out, "gnuplot", sf_figures_gnuplot_version ());
  fputs (_ ("Licence: GPL-3.0-or-later. There is no warranty.\n"), out);
}
