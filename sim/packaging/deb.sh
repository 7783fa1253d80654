#!/bin/sh
# deb.sh - makes Debian packages. SPDX-License-Identifier: GPL-3.0-or-later
#
# deb.sh [FOLDER]   builds in build/deb and writes into FOLDER (build/deb/out)
#
#   shortfall         the program, scenarios, figures, manual, completion
#   shortfall-mpi     the program for MPI, where that was found
#   libshortfall-dev  archive, headers, pkg-config file
#
# What meson installs is packed as it is, with dependencies as dpkg-shlibdeps
# finds them in the programs: no debhelper, no debian/ folder. The same commit
# gives the same bytes. DEBFULLNAME and DEBEMAIL name the maintainer.
set -eu
cd "$(dirname "$0")/../.."
umask 022
export LC_ALL=C.UTF-8
sh sim/packaging/install.sh package

build=$PWD/build/deb
out=${1:-$build/out}
mkdir -p build "$out"
out=$(cd "$out" && pwd)
version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build)
arch=$(dpkg --print-architecture)
lib=lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
maintainer="${DEBFULLNAME:-Shortfall} <${DEBEMAIL:-shortfall@localhost}>"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null ||
  date +%s)}
export SOURCE_DATE_EPOCH

# Debian's hardening; how far to optimise, and to fortify, is meson's to say.
export DEB_BUILD_MAINT_OPTIONS=hardening=-fortify
CFLAGS=$(dpkg-buildflags --get CFLAGS | sed 's/-O2//')
CPPFLAGS=$(dpkg-buildflags --get CPPFLAGS)
LDFLAGS=$(dpkg-buildflags --get LDFLAGS)
export CFLAGS CPPFLAGS LDFLAGS
# Set up again each time: MPI may have come or gone since.
again=
[ ! -f "$build/build.ninja" ] || again=--reconfigure
meson setup "$build" $again --prefix=/usr --libdir="$lib" --buildtype=release \
  -Dsource_plots=false >"$build.log" 2>&1 ||
  { tail -n 20 "$build.log" >&2; exit 1; }
ninja -C "$build" installed
root=$build/root
rm -rf "$root" "$build"/pack-*
DESTDIR=$root meson install -C "$build" --no-rebuild --quiet

# move PACKAGE PATH...: what is there goes from the root into the package.
move () {
  pack=$build/pack-$1
  shift
  for path in "$@"; do
    [ -e "$root/$path" ] || continue
    mkdir -p "$pack/$(dirname "$path")"
    mv "$root/$path" "$pack/$path"
  done
}

# What the package has to say about itself in /usr/share/doc.
document () {
  doc=$pack/usr/share/doc/$1
  mkdir -p "$doc"
  rm -f "$doc/LICENSE" # every Debian has the text of the GPL
  cat >"$doc/copyright" <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: shortfall

Files: *
Copyright: the authors of shortfall
License: GPL-3.0-or-later
 On Debian systems, the full text of the GNU General Public License version 3
 is in /usr/share/common-licenses/GPL-3.

Files: plots/outlines/*
Copyright: Natural Earth
License: public-domain
 Made with Natural Earth. Free vector and raster map data.

Files: sim/design/sobol-numbers.inc
Copyright: Frances Y. Kuo and Stephen Joe
License: BSD-3-Clause
$(sed -n '/^ \* Redistribution/,/\*\//p' sim/design/sobol-numbers.inc |
    sed -e 's/^ \*\/*$/ ./' -e 's/^ \* / /')
END
  printf '%s\n\n  * See "What changed" in README.md.\n\n -- %s  %s\n' \
    "shortfall ($version) unstable; urgency=medium" "$maintainer" \
    "$(date -R -u -d "@$SOURCE_DATE_EPOCH")" |
    gzip -9n >"$doc/changelog.gz"
}

# Prints what the programs of a package link with; "" without any.
needs () {
  programs=$(find "$pack/usr/bin" -type f 2>/dev/null || true)
  [ -n "$programs" ] || return 0
  mkdir -p "$build/shlibs/debian"
  printf 'Source: shortfall\n\nPackage: %s\nArchitecture: any\n' "$1" \
    >"$build/shlibs/debian/control"
  # shellcheck disable=SC2086 # a word a program
  (cd "$build/shlibs" && dpkg-shlibdeps -O $programs 2>/dev/null) |
    sed 's/^shlibs:Depends=//'
}

# pack PACKAGE SECTION DEPENDS RECOMMENDS SUMMARY DESCRIPTION
pack () {
  pack=$build/pack-$1
  [ -d "$pack" ] || return 0
  document "$1"
  find "$pack" -path '*/man1/*.1' -exec gzip -9n {} +
  find "$pack/usr/bin" -type f -exec strip --strip-unneeded \
    --remove-section=.comment --remove-section=.note {} + 2>/dev/null || true
  find "$pack" -name '*.a' -exec strip --strip-debug --enable-deterministic-archives {} +
  find "$pack" -type f ! -path '*/bin/*' -exec chmod 644 {} +
  linked=$(needs "$1")
  depends=$linked${linked:+${3:+, }}$3
  mkdir -p "$pack/DEBIAN"
  (cd "$pack" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum) \
    >"$pack/DEBIAN/md5sums"
  {
    echo "Package: $1"
    [ "$1" = shortfall ] || echo "Source: shortfall"
    echo "Version: $version"
    echo "Architecture: $arch"
    echo "Maintainer: $maintainer"
    echo "Installed-Size: $(du -ks "$pack/usr" | cut -f1)"
    [ -z "$depends" ] || echo "Depends: $depends"
    [ -z "$4" ] || echo "Recommends: $4"
    echo "Section: $2"
    echo "Priority: optional"
    echo "Description: $5"
    echo "$6" | fold -s -w 76 | sed -e 's/ *$//' -e 's/^/ /'
  } >"$pack/DEBIAN/control"
  dpkg-deb --root-owner-group -Zxz --build "$pack" "$out" >&2
  echo "$out/$1_${version}_$arch.deb"
}

move shortfall-mpi usr/bin/shortfall-mpi usr/share/man/man1/shortfall-mpi.1 \
  usr/share/man/fr/man1/shortfall-mpi.1
move libshortfall-dev usr/include "usr/$lib"
move shortfall usr

about="Shortfall simulates the supply of a city over roads that an adversary \
disrupts: trucks and convoys, stocks, queues, fear, and what levers change, \
as curves of shortage with their uncertainty."
pack shortfall science '' 'gnuplot-nox | gnuplot, fonts-dejavu-core' \
  'simulate what happens to a city when its roads are cut' "$about"
pack shortfall-mpi science "shortfall (= $version)" openmpi-bin \
  'runs of a shortfall sweep over MPI' \
  "$about This program does the runs of a sweep on the ranks of an MPI job."
pack libshortfall-dev libdevel "libglib2.0-dev, libigraph-dev, libcjson-dev, \
libgsl-dev, libsqlite3-dev, libnetcdf-dev, libsoup-3.0-dev, libxlsxwriter-dev, \
libminizip-dev" \
  '' 'library of shortfall, for other programs' \
  "$about This package has the archive, its headers and a pkg-config file."
