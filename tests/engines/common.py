# common.py - what the tests of the engines share. SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ['SHORTFALL']
MPI_PROGRAM = os.environ.get('SHORTFALL_MPI', '')
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
SKIPPED = 77  # meson's word for it
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}', flush=True)
    if not holds:
        failures.append(what)
        print(shown, flush=True)


def skip(why):
    print(f'skipped: {why}')
    sys.exit(SKIPPED)


def run(*argv, limit_s=60, **options):
    """Exit status and what was said; a program that does not end in time is
    killed, and its status is None."""
    try:
        done = subprocess.run([str(a) for a in argv], capture_output=True,
                              text=True, timeout=limit_s, check=False,
                              **options)
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b'') + (late.stderr or b'')
        return None, said.decode(errors='replace')
    return done.returncode, done.stdout + done.stderr


def sweep(verb, *arguments, **options):
    return run(PROGRAM, 'sweep', verb, *arguments, **options)


def study(home, points=32, replications=2, run_s=60):
    """A small study in a folder, as a file."""
    text = json.loads((SCENARIOS / 'sweeps/two-roads.json').read_text())
    text.pop('$schema')
    text['scenario'] = str(SCENARIOS / 'two-roads.json')
    text['design']['points_count'] = points
    text['replications_count'] = replications
    text['budget'] = {'run_s': run_s}
    path = home / 'study.json'
    path.write_text(json.dumps(text))
    return path


def plan(home, name, path):
    """A new sweep of a study."""
    folder = home / name
    code, text = sweep('plan', path, '-o', folder)
    assert code == 0, text
    return folder


VOLATILE = {'wall_s', 'cpu_s', 'finished_unix_s', 'worker', 'attempt'}


def rows(path, table):
    """Rows of a table in order, without what differs from time to time."""
    uri = f'file:{path}?mode=ro'
    with sqlite3.connect(uri, uri=True, timeout=10) as db:
        db.row_factory = sqlite3.Row
        return sorted(
            (tuple((key, row[key]) for key in row.keys()
                   if key not in VOLATILE)
             for row in db.execute(f'SELECT * FROM {table}')),
            key=repr)


def results(folder):
    """All that came of a sweep."""
    path = folder / 'sweep.sqlite'
    return {table: rows(path, table) for table in ('run', 'outcome', 'series')}


def counts(folder):
    """How many rows there are of each state."""
    n = {}
    for row in rows(folder / 'sweep.sqlite', 'run'):
        state = dict(row)['state']
        n[state] = n.get(state, 0) + 1
    return n


def state_of(folder, point, rep):
    for row in map(dict, rows(folder / 'sweep.sqlite', 'run')):
        if (row['point'], row['rep']) == (point, rep):
            return row['state'], row['message']
    return None, None


def in_folders(cases):
    """Runs each case in a folder of its own; the exit status of the test."""
    for case in cases:
        began = time.monotonic()
        print(f'-- {case.__name__}', flush=True)
        with tempfile.TemporaryDirectory(prefix='engines-') as name:
            case(pathlib.Path(name))
        print(f'   {time.monotonic() - began:.1f} s', flush=True)
    return 1 if failures else 0
