#!/bin/sh
# targets.sh - make every fuzz target for libFuzzer. SPDX-License-Identifier: GPL-3.0-or-later
#
#   sh tests/fuzz/targets.sh [NAME...]
#
# needs clang. Each NAME becomes build/fuzz/fuzz-NAME; see tests/README.md.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
build=$here/build/fuzz
if [ ! -d "$build" ]; then
  CC=clang meson setup "$build" "$here" --buildtype=debugoptimized \
    -Db_sanitize=address,undefined -Db_lundef=false \
    -Dc_args=-fsanitize=fuzzer-no-link
fi
# The commands without their main(): only fuzz-manifest takes some of them.
objects=$(ninja -C "$build" -t targets all \
  | sed -n 's/^\(shortfall\.p\/[^:]*\.o\):.*/\1/p' | grep -v main.c)
ninja -C "$build" libmodels.a sim/libhouse.a $objects
rm -f "$build/libcommands.a"
(cd "$build" && ar rc libcommands.a $objects)
if [ $# -eq 0 ]; then
  set -- $(cd "$here/tests/fuzz" && ls fuzz-*.c | sed 's/^fuzz-//; s/\.c$//')
fi
packages="gio-2.0 igraph libcjson gsl sqlite3 netcdf libsoup-3.0 xlsxwriter"
for name in "$@"; do
  clang -std=gnu17 -D_GNU_SOURCE -DSF_LIBFUZZER -g -O1 \
    -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
    -DFUZZ_SCENARIOS="\"$here/scenarios\"" -I"$here" -I"$build" $(pkg-config --cflags $packages) \
    "$here/tests/fuzz/fuzz-$name.c" "$here/tests/fuzz/replay.c" \
    "$build/libcommands.a" "$build/libmodels.a" \
    "$build/sim/libhouse.a" $(pkg-config --libs $packages) -lm \
    -o "$build/fuzz-$name"
done
