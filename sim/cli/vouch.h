/* vouch.h - tables against the checksums of a manifest. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A manifest names the tables beside it:
 *
 *   "files": [ { "file": "curves.csv", "bytes": 81234, "sha256": "9f..." } ]
 *
 * A manifest may come from anywhere. Its names are names of files beside it,
 * never paths; another one is refused, and no link is followed.
 */
#pragma once

#include "sim/base/json.h"

typedef struct {
  char *name, *sha256;
  guint64 length; /* bytes */
} SfVouched;

typedef enum {
  SF_VOUCH_SAME,
  SF_VOUCH_CHANGED,
  SF_VOUCH_MISSING, /* or no regular file, or not readable */
} SfVouchState;

/* The tables that a manifest names: SfVouched *, owned by the caller. NULL with
 * G_FILE_ERROR when there is no list, or an entry is not what it should be. */
GPtrArray *sf_vouch_read (const SfJson *manifest, GError **error);

/* How the table of that name in `folder` is. */
SfVouchState sf_vouch_check (const SfVouched *table, const char *folder);

/* The one with that name, or NULL. */
const SfVouched *sf_vouch_find (const GPtrArray *tables, const char *name);
