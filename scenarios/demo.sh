#!/bin/sh
# demo.sh - builds Shortfall and runs one scenario, from nothing to a report.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sh scenarios/demo.sh [SCENARIO.json]     default: scenarios/bamako-2025.json
#
# A second run does no work that the first has done.
set -eu

case ${1:-} in
-h | --help)
  sed -n '5,/^[^#]/ s/^# \{0,1\}//p' "$0"
  exit 0
  ;;
-*)
  echo "usage: sh scenarios/demo.sh [SCENARIO.json]" >&2
  exit 2
  ;;
esac
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
scenario=${1:-$home/scenarios/bamako-2025.json}
case $scenario in
/*) ;;
*) scenario=$PWD/$scenario ;;
esac
cd "$home"
# Within the house the name is given as a reader would type it.
scenario=${scenario#"$home"/}
if [ ! -f "$scenario" ]; then
  echo "demo: there is no scenario $scenario" >&2
  exit 2
fi

name=$(basename "$scenario" .json)
build=build/demo
results=results/$name
stamp=$build/ran-$name

# Runs a command quietly: its log is shown only when it fails.
quietly () {
  log=build/demo.log
  if "$@" >"$log" 2>&1; then
    return 0
  fi
  tail -n 30 "$log" >&2
  echo "demo: failed: $* (whole log: $log)" >&2
  exit 1
}

# TRUE when nothing that the results depend on is newer than the run. The
# stamp's time is the run's beginning.
up_to_date () {
  [ -f "$stamp" ] && [ -d "$results" ] || return 1
  [ -z "$(find "$build/shortfall" scenarios plots "$scenario" \
    -type f -newer "$stamp" 2>/dev/null | head -n 1)" ]
}

name_results () {
  for report in report.html summary.md summary.txt; do
    if [ -f "$results/$report" ]; then
      echo "Report:  $results/$report"
    fi
  done
  if [ -d "$results/figures" ]; then
    echo "Figures: $results/figures/"
  fi
  echo "Tables:  $results/"
  echo "Program: $build/shortfall (next: $build/shortfall explore $scenario --open)"
}

sh sim/packaging/install.sh build
mkdir -p "$build" results
if [ ! -f "$build/build.ninja" ]; then
  echo "Setting up $build ..."
  quietly meson setup "$build" --buildtype=release
fi
if ! ninja -C "$build" -n shortfall 2>/dev/null | grep -q 'no work to do'; then
  echo "Building ..."
  quietly ninja -C "$build" shortfall # without the tests
fi

if up_to_date; then
  echo "The results of $scenario are already there; nothing has changed."
  name_results
  exit 0
fi
echo "Running $scenario ..."
: >"$stamp.new"
# An older result of the same name is ours to replace.
force=
[ ! -d "$results" ] || force=--force
status=0
"$build/shortfall" run "$scenario" -o "$results" $force || status=$?
if [ "$status" -ne 0 ]; then
  rm -f "$stamp.new"
  exit "$status"
fi
mv "$stamp.new" "$stamp"
name_results
