#!/usr/bin/env python3
# bench-sweep.py - what a sweep costs besides its runs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: bench-sweep.py PROGRAM SCENARIO [RUNS]

Processor time of `sweep run`, user and system, of all its processes, less the
processor time that the runs say they took: medians of three, for one and two
workers. Not a test: it never fails on speed."""
import json
import pathlib
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile


def children_s():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(program, path, folder, jobs):
    """Seconds of processor time: all, of the runs alone."""
    subprocess.run([program, 'sweep', 'plan', path, '-o', folder], check=True,
                   capture_output=True)
    before = children_s()
    subprocess.run([program, 'sweep', 'run', path, '-o', folder, '-q', '-j',
                    str(jobs)], check=True)
    total = children_s() - before
    base = sqlite3.connect(folder / 'sweep.sqlite')
    runs = base.execute('SELECT SUM(cpu_s) FROM run').fetchone()[0]
    base.close()
    return total, runs


def main():
    program, scenario = sys.argv[1:3]
    n = int(sys.argv[3]) if len(sys.argv) > 3 else 4000
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        path = home / 'study.json'
        path.write_text(json.dumps({
            'format': 1, 'name': 'bench', 'scenario': scenario, 'seed': '1',
            'set': {'/time/end': '2030-03-12'},
            'design': {'kind': 'random', 'points_count': n},
            'factors': {
                'fear': {'target': '/models/drivers/announcement_risk',
                         'range': [0, 8]},
                'depot': {'target': '/assumptions/fuel_depot_days'}},
            'outcomes': {
                'lost': {'metric': '/lost_count'},
                'days': {'metric': 'kessa/fuel/shortage_days_count'}},
            'series': ['kessa/fuel/served_frac']}))
        for jobs in (1, 2):
            found = [measure(program, path, home / f'{jobs}-{i}', jobs)
                     for i in range(3)]
            extra = statistics.median((a - b) / n for a, b in found)
            each = statistics.median(b / n for _, b in found)
            print(f'{jobs} workers: {1e3 * each:.2f} ms a run, {1e6 * extra:.0f}'
                  f' us besides ({100 * extra / each:.1f} %)')
    return 0


if __name__ == '__main__':
    sys.exit(main())
