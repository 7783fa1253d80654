/* run-outs.h - how likely the capital has run out by each day. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run-outs.csv: a row for each day of each commodity of the capital, for all
 * classes together (class empty) and for each class. run_out_prob is the share
 * of replications in which by the end of that day there has been a shortage
 * since the shock: run.shortage_days days on end with service below
 * run.shortage_frac, the last of them on that day or before. It never falls
 * from one day to the next, and on the last day it is the share of
 * replications whose time_to_survive_days is not missing.
 */
#pragma once

#include "sim/report/tables.h"

/* Writes run-outs.csv into `folder`, with HXL tags when asked for; a scenario
 * without a capital gives the header alone. FALSE with G_FILE_ERROR. Linear in
 * the numbers of all curves it looks at. */
gboolean sf_run_outs_write (const SfResults *results, const char *folder,
                            gboolean has_hxl, GError **error);
