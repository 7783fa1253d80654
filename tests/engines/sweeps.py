# sweeps.py - what the tests of sweeps share.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies are written into a fresh folder, run by the program that the
variable SHORTFALL names, and looked at through SQLite. Every case prints what
holds; run_cases() ends with status 1 when anything did not, 77 when there was
nothing to do but skip."""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(os.environ['SHORTFALL'])
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
TWO_ROADS = SCENARIOS / 'two-roads.json'
failures = []

OUTCOMES = {
    'person_days': {'metric': 'kessa/fuel/household/person_days_without'},
    'short_days_count': {'metric': 'kessa/fuel/shortage_days_count'},
    'first_short_day': {'series': ['kessa/fuel/served_frac'],
                        'stat': 'first_below', 'limit': 0.5},
    'lost_count': {'metric': '/lost_count'}}
FACTORS = {
    'fear': {'target': '/models/drivers/announcement_risk', 'range': [0, 8]},
    'depot_days': {'target': '/assumptions/fuel_depot_days'},
    'attacks': {'target': '/models/ambushes/lone_attacks_per_100km',
                'range': [0.002, 0.05], 'is_log': True}}


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}', flush=True)
    if not holds:
        failures.append(what)
        print(shown, flush=True)


def study(home, points=8, name='s', **others):
    """Writes a study of two-roads and returns its path."""
    text = {'format': 1, 'name': name, 'scenario': str(TWO_ROADS), 'seed': '1',
            'replications_count': 1,
            'design': {'kind': 'random', 'points_count': points},
            'factors': FACTORS, 'outcomes': OUTCOMES,
            'series': ['kessa/fuel/served_frac'], **others}
    path = home / f'{name}.json'
    path.write_text(json.dumps(text))
    return path


def shortfall(*arguments, faults=None, **options):
    environment = dict(os.environ)
    environment.pop('SHORTFALL_FAULT', None)
    if faults:
        environment['SHORTFALL_FAULT'] = faults
    options.setdefault('cwd', '/')
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True,
                          text=True, timeout=240, env=environment,
                          errors='replace', **options)
    return done.returncode, done.stdout + done.stderr


def sweep(verb, target, folder=None, *arguments, **options):
    where = ['-o', folder] if folder else []
    return shortfall('sweep', verb, target, *where, *arguments, **options)


def start(target, folder, *arguments, faults=None, **options):
    environment = dict(os.environ)
    if faults:
        environment['SHORTFALL_FAULT'] = faults
    return subprocess.Popen(
        [PROGRAM, 'sweep', 'run', str(target), '-o', str(folder), *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd='/',
        env=environment, **options)


def asked(folder, sql):
    """All rows of the answer, read as anybody would."""
    base = sqlite3.connect(f'file:{folder / "sweep.sqlite"}?mode=ro', uri=True,
                           timeout=20)
    try:
        return base.execute(sql).fetchall()
    finally:
        base.close()


def told(folder, sql, *values):
    base = sqlite3.connect(folder / 'sweep.sqlite', timeout=20)
    with base:
        base.execute(sql, values)
    base.close()


def table(folder, where=''):
    """What must not depend on how a sweep was run: all but times, workers
    and attempts."""
    names = [row[1] for row in asked(folder, 'PRAGMA table_info(tidy)')]
    kept = [f'"{name}"' for name in names if name not in (
        'attempt', 'wall_s', 'cpu_s', 'finished_unix_s', 'worker')]
    return sorted(asked(folder, f'SELECT {", ".join(kept)} FROM tidy {where}'),
                  key=repr), sorted(asked(folder, 'SELECT * FROM series'))


def is_sound(folder):
    """No damage, and no run twice."""
    whole = asked(folder, 'PRAGMA integrity_check') == [('ok',)]
    runs = asked(folder, 'SELECT COUNT(*), COUNT(DISTINCT point * 100000 + '
                         'rep) FROM run')[0]
    outcomes = asked(folder, 'SELECT COUNT(*) FROM outcome')[0][0]
    done = asked(folder, "SELECT COUNT(*) FROM run WHERE state = 'done'")[0][0]
    return whole and runs[0] == runs[1] and outcomes == done


def status(folder):
    """The numbers that `sweep status` shows."""
    code, text = sweep('status', folder)
    counts = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) > 1 and words[1].isdigit():
            counts[words[0]] = int(words[1])
    return code, counts, text


def children_of(pid):
    children = []
    for entry in pathlib.Path('/proc').iterdir():
        try:
            parent = (entry / 'stat').read_text().rsplit(')', 1)[1].split()[1]
        except (OSError, IndexError):
            continue
        if entry.name.isdigit() and parent == str(pid):
            children.append(int(entry.name))
    return children


def is_alive(pid):
    try:
        stat = pathlib.Path(f'/proc/{pid}/stat').read_text()
    except OSError:
        return False
    return stat.rsplit(')', 1)[1].split()[0] not in 'ZX'


def wait_until(holds, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.005)
    return holds()


def done_count(folder):
    try:
        return asked(folder, "SELECT COUNT(*) FROM run WHERE state = 'done'"
                     )[0][0]
    except sqlite3.Error:
        return 0


def run_seconds(home):
    """Seconds that one run takes with this build, on this machine, now: what
    more runs take longer, since to start takes as long as some of them."""
    took = []
    for points in (12, 112):
        path = study(home, points, name=f'probe-{points}')
        began = time.monotonic()
        sweep('run', path, home / f'probe-{points}', '-j', '1')
        took.append(time.monotonic() - began)
    return max((took[1] - took[0]) / 100, 0.0002)


def run_cases(cases):
    wanted = sys.argv[1:]
    skipped = 0
    for case in cases:
        if wanted and case.__name__ not in wanted:
            continue
        print(f'-- {case.__name__}', flush=True)
        with tempfile.TemporaryDirectory() as name:
            skipped += case(pathlib.Path(os.path.realpath(name))) == 77
    if failures:
        return 1
    return 77 if skipped == len(cases) else 0
