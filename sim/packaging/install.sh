#!/bin/sh
# install.sh - makes sure that what the house is built from is on this machine.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# install.sh build    compiler, meson, libraries, gnuplot
# install.sh test     the same, the second compiler, MPI, Slurm, GNU parallel, what
#                     analysts read tables with, and a browser
# install.sh package  what build needs, and the tools that make Debian packages
#
# Looks for each thing itself (a command, a library, a header), so that a copy
# in somebody's own prefix counts. When nothing is missing it does and says
# nothing. Otherwise Debian and Ubuntu install the packages, as root or through
# sudo; elsewhere it names them and stops with status 1.
set -u
export LC_ALL=C
PATH=$PATH:/usr/sbin # daemons, which not everyone has in the path

# Debian 13's libxlsxwriter-dev asks pkg-config for minizip and does not bring it.
# level  what is looked for       Debian            Fedora             Arch
things='
build    command:gcc              gcc               gcc                gcc
build    include:stdlib.h         libc6-dev         glibc-devel        glibc
build    command:meson            meson             meson              meson
build    command:ninja            ninja-build       ninja-build        ninja
build    command:pkg-config       pkgconf           pkgconf-pkg-config pkgconf
build    library:glib-2.0         libglib2.0-dev    glib2-devel        glib2
build    library:igraph           libigraph-dev     igraph-devel       igraph
build    library:libcjson         libcjson-dev      cjson-devel        cjson
build    library:gsl              libgsl-dev        gsl-devel          gsl
build    library:sqlite3          libsqlite3-dev    sqlite-devel       sqlite
build    library:netcdf           libnetcdf-dev     netcdf-devel       netcdf
build    library:libsoup-3.0      libsoup-3.0-dev   libsoup3-devel     libsoup3
build    library:xlsxwriter       libxlsxwriter-dev,libminizip-dev libxlsxwriter-devel libxlsxwriter
build    command:msgfmt           gettext           gettext            gettext
build    command:glib-compile-resources libglib2.0-dev-bin glib2-devel   glib2-devel
build    include:Random123/philox.h librandom123-dev Random123-devel   random123
build    command:gnuplot          gnuplot-nox       gnuplot-minimal    gnuplot
build    font:                    fonts-dejavu-core dejavu-sans-fonts  ttf-dejavu
test     command:python3          python3           python3            python
test     command:clang            clang             clang              clang
test     command:Rscript          r-base-core       R-core             r
test     python:pandas            python3-pandas    python3-pandas     python-pandas
test     python:jsonschema        python3-jsonschema python3-jsonschema python-jsonschema
test     library:ompi-c           libopenmpi-dev    openmpi-devel      openmpi
test     command:mpirun           openmpi-bin       openmpi            openmpi
test     command:slurmctld        slurm-wlm         slurm-slurmctld    slurm-llnl
test     command:slurmd           slurmd            slurm-slurmd       slurm-llnl
test     command:sbatch           slurm-client      slurm              slurm-llnl
test     command:chromium         chromium          chromium           chromium
test     command:node             nodejs            nodejs             nodejs
test     command:npm              npm               nodejs-npm         npm
test     command:parallel         parallel          parallel           parallel
test     command:man              man-db             man-db             man-db
test     command:mandoc           mandoc             mandoc             mandoc
test     command:zsh              zsh                zsh                zsh
test     command:fish             fish               fish               fish
test     command:dpkg-shlibdeps   dpkg-dev           dpkg-dev           dpkg
test     command:valgrind         valgrind           valgrind           valgrind
test     command:readelf          binutils           binutils           binutils
package  command:dpkg-shlibdeps   dpkg-dev           dpkg-dev           dpkg
'

has_font () {
  if command -v fc-list >/dev/null 2>&1; then
    [ -n "$(fc-list 2>/dev/null | head -n 1)" ]
  else
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts \
      \( -name '*.ttf' -o -name '*.otf' \) 2>/dev/null | head -n 1)" ]
  fi
}

has () {
  case $1 in
  command:*) command -v "${1#*:}" >/dev/null 2>&1 ;;
  library:*) pkg-config --exists "${1#*:}" 2>/dev/null ;;
  include:*) echo "#include <${1#*:}>" | gcc -E -x c - >/dev/null 2>&1 ;;
  python:*) /usr/bin/python3 -c "import ${1#*:}" 2>/dev/null ;;
  font:) has_font ;;
  esac
}

# Prints "Debian Fedora Arch" of each thing that is missing at this level.
missing () {
  echo "$things" | while read -r level thing names; do
    case $level in
    build) ;;
    test | package) [ "$1" = "$level" ] || continue ;;
    *) continue ;;
    esac
    has "$thing" || echo "$names"
  done
}

# The n-th name of each line, on one line; a comma joins names of one thing.
column () {
  echo "$lacking" | awk -v n="$1" '{ gsub(",", " ", $n); printf "%s%s", sep, $n; sep = " " }'
}

name_packages () {
  echo "$1" >&2
  echo "  Debian, Ubuntu: apt-get install $(column 1)" >&2
  echo "  Fedora:         dnf install $(column 2)" >&2
  echo "  Arch:           pacman -S $(column 3)" >&2
}

# apt-get as root, with retries; its talk is shown only when it fails. In the
# runlevel of maintenance, daemons that come with a package are not started.
apt () {
  # shellcheck disable=SC2086 # $as_root is empty or several words
  $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -y \
    -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1 </dev/null
}

install_with_apt () {
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      name_packages "Missing, and this needs root (there is no sudo):"
      return 1
    fi
    as_root='sudo -n'
    if [ -t 0 ]; then
      as_root=sudo
      # The password is asked for here, where the question can be seen.
      sudo -v || return 1
    fi
  fi
  echo "Installing: $(column 1)" >&2
  log=$(mktemp) || return 1
  # shellcheck disable=SC2046 # one word per package
  if apt update && apt install --no-install-recommends $(column 1); then
    rm -f "$log"
    return 0
  fi
  tail -n 20 "$log" >&2
  rm -f "$log"
  name_packages "The installation failed. Still needed:"
  return 1
}

level=${1:-build}
case $level in
build | test | package) ;;
*)
  echo "usage: install.sh build|test|package" >&2
  exit 2
  ;;
esac

lacking=$(missing "$level")
[ -n "$lacking" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  name_packages "Missing on this machine; please install:"
  exit 1
fi
install_with_apt || exit 1
lacking=$(missing "$level")
[ -z "$lacking" ] || {
  name_packages "Installed, but still not found:"
  exit 1
}
