#!/usr/bin/env python3
# bench-country.py - how cost grows with the size of a country.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: bench-country.py PROGRAM [LARGEST]

Made countries of 1,000, 10,000 ... LARGEST places (100,000), with as many
trucks: processor time and memory of `check`, which loads, and of `run -n 1`;
then 1,000 places with more and more trucks. "Growth" is the exponent from one
row to the next: 1 is linear. Not a test: it never fails on speed."""
import math
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def measure(arguments):
    """Seconds of processor time with children, MB at most of one process."""
    with open(os.devnull, 'w') as nowhere:
        child = subprocess.Popen(arguments, stdout=nowhere, stderr=nowhere)
        _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f'{arguments[:3]} ended with {status}')
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def row(program, home, places, trucks, before):
    path = home / 'country.json'
    with path.open('w') as out:
        subprocess.run([sys.executable, HERE / 'make-country.py', str(places),
                        str(trucks), '1'], check=True, stdout=out)
    load_s, load_mb = measure([program, 'check', path])
    run_s, run_mb = measure([program, 'run', path, '-n', '1', '-j', '1', '-q',
                             '-o', home / 'out', '--force', '--no-plots',
                             '--no-causes'])
    now = load_s, load_mb, run_s, run_mb
    growth = ''
    if before:
        step = math.log(max(places / before[1], trucks / before[2]))
        growth = ' '.join(f'{math.log(a / b) / step:7.2f}'
                          for a, b in zip(now, before[0]))
    print(f'{places:7} {trucks:8} {load_s:8.2f} {load_mb:8.0f} {run_s:8.2f} '
          f'{run_mb:8.0f}  {growth}', flush=True)
    return now, places, trucks


def main():
    program = sys.argv[1]
    largest = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    print(' places   trucks   load_s  load_MB    run_s   run_MB   growth of '
          'the four')
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        before, places = None, 1000
        while places <= largest:
            before = row(program, home, places, places, before)
            places *= 10
        before = None
        for trucks in (1000, 10000, 100000, 1000000):
            before = row(program, home, 1000, trucks, before)


if __name__ == '__main__':
    main()
