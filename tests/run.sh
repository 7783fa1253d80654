#!/bin/sh
# run.sh - the whole check: three builds, every test in each.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sh tests/run.sh            all builds
# sh tests/run.sh --quick    the release build only
# sh tests/run.sh --again    run even when nothing has changed
#
#   build/asan     gcc, debug, address and undefined behaviour sanitizers
#   build/release  gcc, as users run it
#   build/clang    clang, the quick tests
#
# The last line is "N passed, N failed, N skipped", summed over the builds; a
# build that cannot be made counts as one failure. Exit status 0 when none
# failed. When everything passed and no file has changed since, the next call
# says so, repeats the line and runs nothing.
set -u

usage () {
  sed -n '5,/^[^#]/ s/^# \{0,1\}//p' "$0"
}

quick=no
again=no
for argument in "$@"; do
  case $argument in
  --quick) quick=yes ;;
  --again) again=yes ;;
  -h | --help)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
  esac
done
cd "$(dirname "$0")/.." || exit 1
sh sim/packaging/install.sh test || exit 1
mkdir -p build

# Every file of the house, changed or new; what git ignores is left out.
house_files () {
  if [ -e .git ] && git ls-files >/dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard
  else
    find . \( -path './.git' -o -path './build*' -o -path './results' \
      -o -name node_modules -o -name __pycache__ \) -prune \
      -o -type f -print0
  fi
}

# Names the state of files and tools in one word.
fingerprint () {
  {
    house_files | sort -zu | xargs -0 sha256sum 2>&1
    gcc --version
    clang --version
    meson --version
    gnuplot --version
    pkg-config --modversion glib-2.0 igraph libcjson gsl
  } 2>&1 | sha256sum | cut -d' ' -f1
}

if [ "$quick" = yes ]; then
  builds='release'
else
  builds='asan release clang'
fi
stamp=build/green-$(echo "$builds" | tr ' ' '-')
state=$(fingerprint)
if [ "$again" = no ] && [ -f "$stamp" ] &&
  [ "$(sed -n 1p "$stamp")" = "$state" ]; then
  echo "Nothing has changed since these tests last passed; --again runs them."
  sed -n 2p "$stamp"
  exit 0
fi

passed=0
failed=0
skipped=0

set_up () {
  case $1 in
  asan)
    CC=gcc meson setup build/asan --buildtype=debug \
      -Db_sanitize=address,undefined -Dwerror=true
    ;;
  release) CC=gcc meson setup build/release --buildtype=release ;;
  clang)
    CC=clang meson setup build/clang --buildtype=debugoptimized -Dwerror=true
    ;;
  esac
}

compile () {
  log=build/$1.log
  : >"$log"
  if [ ! -f "build/$1/build.ninja" ] && ! set_up "$1" >>"$log" 2>&1; then
    return 1
  fi
  ninja -C "build/$1" >>"$log" 2>&1
}

# How many tests of a build ended in one of these ways.
count () {
  grep -cE "\"result\": \"($2)\"" "build/$1/meson-logs/testlog.json"
}

run_tests () {
  echo "== $1: testing"
  rm -f "build/$1/meson-logs/testlog.json"
  case $1 in
  # Means over very many runs say nothing more under a sanitizer.
  asan) set -- "$1" --timeout-multiplier 5 --no-suite long ;;
  clang) set -- "$1" --no-suite slow ;;
  esac
  build=$1
  shift
  status=0
  meson test -C "build/$build" --no-rebuild --print-errorlogs "$@" || status=$?
  if [ ! -f "build/$build/meson-logs/testlog.json" ]; then
    echo "== $build: no test ran" >&2
    failed=$((failed + 1))
    return
  fi
  bad=$(count "$build" 'FAIL|TIMEOUT|ERROR|INTERRUPT|UNEXPECTEDPASS')
  # A runner that fails without naming a test is a failure all the same.
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1
  fi
  passed=$((passed + $(count "$build" 'OK|EXPECTEDFAIL')))
  failed=$((failed + bad))
  skipped=$((skipped + $(count "$build" 'SKIP|IGNORED')))
}

export ASAN_OPTIONS="${ASAN_OPTIONS:-halt_on_error=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-halt_on_error=1:print_stacktrace=1}"
trap 'exit 130' INT
for build in $builds; do
  echo "== $build: building"
  if compile "$build"; then
    run_tests "$build"
  else
    tail -n 40 "build/$build.log" >&2
    echo "== $build: cannot be built (whole log: build/$build.log)" >&2
    failed=$((failed + 1))
  fi
done

line="$passed passed, $failed failed, $skipped skipped"
if [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]; then
  printf '%s\n%s\n' "$state" "$line" >"$stamp"
else
  rm -f "$stamp"
fi
echo "$line"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
