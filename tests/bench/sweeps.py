# sweeps.py - what a sweep costs besides its runs. SPDX-License-Identifier: GPL-3.0-or-later
"""Processor time of `sweep run`, user and system, of all its processes, less
the processor time that the runs say they took."""
import json
import pathlib
import resource
import sqlite3
import statistics
import subprocess
import tempfile

from table import row

RUNS = 4000


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
    used = base.execute('SELECT SUM(cpu_s) FROM run').fetchone()[0]
    base.close()
    return total, used


def write_study(path, scenario):
    path.write_text(json.dumps({
        'format': 1, 'name': 'bench', 'scenario': str(scenario), 'seed': '1',
        'set': {'/time/end': '2030-03-12'},
        'design': {'kind': 'random', 'points_count': RUNS},
        'factors': {
            'fear': {'target': '/models/drivers/announcement_risk',
                     'range': [0, 8]},
            'depot': {'target': '/assumptions/fuel_depot_days'}},
        'outcomes': {
            'lost': {'metric': '/lost_count'},
            'days': {'metric': 'kessa/fuel/shortage_days_count'}},
        'series': ['kessa/fuel/served_frac']}))


def sweep(house):
    """(f) A sweep of short runs."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        path = home / 'study.json'
        write_study(path, house.scenario('two-roads.json'))
        for jobs in 1, 2:
            found = [measure(house.program, path, home / f'{jobs}-{i}', jobs)
                     for i in range(3)]
            extra = statistics.median((a - b) / RUNS for a, b in found)
            each = statistics.median(b / RUNS for _, b in found)
            rows.append(row(
                f'sweep of two-roads, 70 days, {jobs} worker'
                f"{'s' if jobs > 1 else ''}: besides a run",
                f'{1e6 * extra:.0f} us ({100 * extra / each:.1f} % of a run of '
                f'{1e3 * each:.2f} ms)'))
    return rows
