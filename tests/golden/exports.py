#!/usr/bin/env python3
# exports.py - an export is whole, or not there.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall exports.py

Exports a small sweep onto a disk that is full after so many bytes, kills it
while it writes, asks for it twice, and in a folder of somebody's papers.
Whatever happens, nothing stands under the name that is not whole.
"""
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(os.environ['SHORTFALL'])
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
FILES = ['dictionary.json', 'points.csv', 'runs.csv', 'series.nc']
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}')
    if not holds:
        failures.append(what)
        print(shown)


def shortfall(home, *arguments, **options):
    done = subprocess.run([PROGRAM, *arguments], cwd=home, text=True,
                          capture_output=True, timeout=240, check=False,
                          **options)
    return done.returncode, done.stdout + done.stderr


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def make_sweep(home):
    """Enough points that the series fill some 100 kB."""
    study = json.loads((SCENARIOS / 'sweeps/two-roads.json').read_text('utf-8'))
    study['scenario'] = str(SCENARIOS / 'two-roads.json')
    study['design']['points_count'] = 1024
    study['series'] += ['kessa/fuel/cover_days', 'kessa/rice/served_frac']
    (home / 'study.json').write_text(json.dumps(study), 'utf-8')
    code, text = shortfall(home, 'sweep', 'run', 'study.json', '-q', '--most',
                           '60')
    expect('some of the runs are done', code == 0, text)


def full_disk(home):
    for size in (1000, 20000, 40000, 70000, 100000):
        def small_files(limit=size):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        before = names(home)
        code, text = shortfall(home, 'sweep', 'export', 'two-roads-sweep',
                               '-o', 'out', preexec_fn=small_files)
        expect(f'no room after {size} bytes is status 1', code == 1,
               f'{code}: {text}')
        expect('it is said in one line', text.startswith('shortfall sweep '
                                                         'export: ')
               and text.count('\n') == 1, text)
        expect('and nothing is left', names(home) == before, names(home))


def killed(home):
    """Sooner and later; what stands under the name is whole."""
    for i in range(10):
        child = subprocess.Popen(
            [PROGRAM, 'sweep', 'export', 'two-roads-sweep', '-o', 'killed',
             '-f'], cwd=home, stderr=subprocess.DEVNULL)
        time.sleep(0.005 * 2 ** (i / 1.5))
        child.kill()
        child.wait()
        if (home / 'killed').exists() and names(home / 'killed') != FILES:
            expect('what a killed export leaves under its name is whole',
                   False, names(home / 'killed'))
    left = [path for path in home.glob('killed*/series.nc')
            if path.parent.name != 'killed']
    expect('a series gets its name when it is whole', all(
        (path.parent / 'runs.csv').exists() for path in left), left)


def asked_twice(home):
    sweep = home / 'two-roads-sweep'
    code, text = shortfall(home, 'sweep', 'export', 'study.json')
    expect('without -o it is in the folder of the sweep',
           code == 0 and names(sweep / 'export') == FILES, text)
    expect('what was done and planned is said', '60 are done' in text
           and '2048 planned' in text, text)
    code, text = shortfall(home, 'sweep', 'export', 'two-roads-sweep')
    expect('a second time is refused', code == 1 and '--force' in text, text)
    code, text = shortfall(home, 'sweep', 'export', 'two-roads-sweep', '-f')
    expect('or replaces it with --force', code == 0, text)
    papers = home / 'papers'
    papers.mkdir()
    (papers / 'letter.txt').write_text('precious')
    code, text = shortfall(home, 'sweep', 'export', 'two-roads-sweep', '-f',
                           '-o', 'papers')
    expect('a folder of papers is not replaced', code == 1
           and names(papers) == ['letter.txt'], text)
    code, text = shortfall(home, 'sweep', 'export', 'nowhere')
    expect('no such sweep is said', code != 0 and 'nowhere' in text, text)


def same_again(home):
    """The same store gives the same bytes, but for the time."""
    env = dict(os.environ, SOURCE_DATE_EPOCH='0')
    for name in ('one', 'two'):
        shortfall(home, 'sweep', 'export', 'two-roads-sweep', '-o', name,
                  env=env)
    for name in FILES:
        expect(f'{name} is the same again', (home / 'one' / name).read_bytes()
               == (home / 'two' / name).read_bytes())


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        make_sweep(home)
        for case in (full_disk, killed, asked_twice, same_again):
            case(home)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
