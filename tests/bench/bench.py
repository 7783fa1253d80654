#!/usr/bin/env python3
# bench.py - measures, and keeps one table. SPDX-License-Identifier: GPL-3.0-or-later
"""usage: bench.py BUILD SOURCE COMPILER [PART...]

Measures the parts (all of them) with the programs in BUILD, prints their rows
and writes BUILD/bench.md. `meson test --benchmark -C BUILD` calls it part by
part. It never fails on speed: a target that is not met is a line that says so."""
import sys

import parts
import sweeps
from table import HEAD, keep, lines_of, write

PARTS = {'hold': parts.hold, 'stations': parts.stations, 'runs': parts.runs,
         'thousand': parts.thousand, 'memory': parts.memory,
         'country': parts.country, 'sweep': sweeps.sweep}


def main():
    if len(sys.argv) < 4 or set(sys.argv[4:]) - PARTS.keys():
        sys.exit(__doc__ + '\n\nParts: ' + ' '.join(PARTS))
    build, source, compiler = sys.argv[1:4]
    house = parts.House(build, source)
    for part in sys.argv[4:] or PARTS:
        rows = PARTS[part](house)
        keep(build, part, rows)
        path = write(build, PARTS, compiler)
        print('\n'.join([f'{part}: {PARTS[part].__doc__}', ''] + HEAD
                        + lines_of(rows)), flush=True)
    print(f'\nThe whole table: {path}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
