/* error.h - what can go wrong in a run. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run that was started can fail for these reasons only; an unreachable
 * place, a lost convoy or an empty depot are results, not errors.
 */
#pragma once

#include <glib.h>

#define SF_RUN_ERROR (sf_run_error_quark ())
GQuark sf_run_error_quark (void);

typedef enum {
  SF_RUN_ERROR_BUDGET,   /* too many events: the scenario's fault */
  SF_RUN_ERROR_LEDGER,   /* goods appeared or vanished: our fault */
  SF_RUN_ERROR_SCENARIO, /* a point of a sweep that makes no scenario */
  SF_RUN_ERROR_WORKER,   /* a worker process ended before its work did */
  SF_RUN_ERROR_ROUTES,   /* the graph library failed: ways are missing */
} SfRunError;
