#!/bin/sh
# hash-sources.sh - names the state of the files that decide results.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# hash-sources.sh FILE...   prints a C line with the SHA-256 over all of them,
#                           in the order given
set -eu
hash=$(cat "$@" | sha256sum | cut -d' ' -f1)
echo "#define SF_SOURCES_SHA256 \"$hash\""
