#!/usr/bin/env python3
# mpi.py - a sweep on MPI ranks, and what is left when one dies.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall SHORTFALL_MPI=build/shortfall-mpi mpi.py"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import common
from common import expect, sweep

LAUNCH = ['mpirun', '--oversubscribe', '--allow-run-as-root', '-n']
# The leak check would list what the library of MPI leaves behind.
ENVIRONMENT = dict(os.environ, ASAN_OPTIONS='detect_leaks=0')


def mpi(ranks, *arguments, env=None, **options):
    return common.run(*LAUNCH, ranks, common.MPI_PROGRAM, *arguments,
                      env=dict(ENVIRONMENT, **(env or {})), **options)


def same_rows(home):
    path = common.study(home)
    code, text = mpi(4, path, '-o', home / 'mpi')
    expect('4 ranks do all', code == 0, text)
    expect('and say it once', text.count('of 64 planned are done') == 1, text)
    code, text = sweep('run', path, '-o', home / 'local', '-j', 2)
    expect('the local engine too', code == 0, text)
    expect('4 ranks give the rows of the local engine',
           common.results(home / 'mpi') == common.results(home / 'local'))
    code, text = mpi(2, home / 'mpi', '-n', 3)
    expect('2 ranks do what is missing',
           code == 0 and common.counts(home / 'mpi') == {'done': 96}, text)


def refusals(home):
    path = common.study(home)
    code, text = mpi(1, path, '-o', home / 'one')
    expect('a single rank is refused', code == 2, text)
    expect('and told why', 'one rank is the manager' in text, text)
    code, text = mpi(3, path, '--bogus')
    expect('a wrong option has status 2', code == 2, text)
    expect('and is said once', text.count('--bogus') == 1, text)
    good = path.read_text()
    path.write_text(good.replace('"range"', '"rnage"', 1))
    code, text = mpi(3, path, '-o', home / 'bad')
    expect('a study with mistakes has status 3', code == 3, text)
    expect('and its mistake is said once', text.count('1 mistake;') == 1, text)
    expect('and all ranks end in order', 'MPI_ABORT' not in text, text)
    expect('and nothing is written', not (home / 'bad').exists())
    path.write_text(good.replace('/models/drivers/announcement_risk',
                                 '/models/drivers/no_such'))
    code, text = mpi(3, path, '-o', home / 'worse')
    expect('so has one that names what is not there', code == 3, text)
    expect('and that is said once', text.count('1 mistake;') == 1, text)


def bad_runs(home):
    folder = common.plan(home, 'sweep', common.study(home, run_s=1))
    code, text = mpi(3, folder, env={
        'SHORTFALL_FAULT': '3/0=crash,4/0=crash,5/1=hang'})
    expect('bad runs make the status 1', code == 1, text)
    expect('a crash on a rank is a row',
           common.state_of(folder, 3, 0)[0] == 'crashed')
    expect('a hang on a rank is a row',
           common.state_of(folder, 5, 1)[0] == 'timeout')
    expect('and the others are done', common.counts(folder).get('done') == 61,
           common.counts(folder))
    code, text = mpi(3, folder, '--retry-failed')
    expect('bad runs are done again', code == 0
           and common.counts(folder) == {'done': 64}, text)


def ranks_of(folder):
    """Processes that mpirun started for a folder; their keepers are not among
    them. In the order of their ranks."""
    found = {}
    for entry in pathlib.Path('/proc').iterdir():
        try:
            words = (entry / 'cmdline').read_bytes().split(b'\0')
            stat = (entry / 'stat').read_text().rsplit(')', 1)[1].split()
            parent = (pathlib.Path('/proc') / stat[1] / 'comm').read_text()
            if (words[0].decode().endswith('shortfall-mpi')
                    and str(folder).encode() in words
                    and parent.startswith(('mpirun', 'orte', 'prte'))):
                environment = (entry / 'environ').read_bytes().split(b'\0')
                rank = [e for e in environment
                        if e.startswith(b'OMPI_COMM_WORLD_RANK=')][0]
                found[int(rank.split(b'=')[1])] = int(entry.name)
        except (OSError, IndexError):
            continue
    return [found[rank] for rank in sorted(found)]


def wait_for(what, limit_s=60):
    until = time.monotonic() + limit_s
    while time.monotonic() < until and not what():
        time.sleep(0.05)
    return what()


def rank_killed(home):
    path = common.study(home, points=64, replications=10)
    folder = common.plan(home, 'sweep', path)
    process = subprocess.Popen(
        [*LAUNCH, '3', common.MPI_PROGRAM, str(folder)], env=ENVIRONMENT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    wait_for(lambda: common.counts(folder).get('done', 0) > 60)
    ranks = ranks_of(folder)
    expect('there are three ranks', len(ranks) == 3, ranks)
    os.kill(ranks[-1], signal.SIGKILL)
    text = process.communicate(timeout=120)[0]
    expect('when a rank is killed mpirun ends', process.returncode != 0, text)
    expect('and no process is left',
           wait_for(lambda: not ranks_of(folder), 10), ranks_of(folder))
    n = common.counts(folder).get('done', 0)
    expect('rows that were committed are there', 60 < n < 640, n)
    code, text = sweep('run', folder, '-j', 2)
    expect('another engine does the rest', code == 0, text)
    sweep('run', path, '-o', home / 'local', '-j', 2)
    expect('and the table is the same',
           common.results(folder) == common.results(home / 'local'))


def told_to_end(home):
    folder = common.plan(home, 'sweep',
                         common.study(home, points=64, replications=100))
    process = subprocess.Popen(
        [*LAUNCH, '3', common.MPI_PROGRAM, str(folder)], env=ENVIRONMENT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    wait_for(lambda: common.counts(folder).get('done', 0) > 50)
    process.send_signal(signal.SIGINT)
    text = process.communicate(timeout=120)[0]
    n = common.counts(folder).get('done', 0)
    expect('an interrupted job ends, not with status 0',
           process.returncode != 0, text)
    expect('and keeps what was committed', 50 < n < 6400, n)
    code, text = mpi(3, folder, '--most', 10)
    expect('the same command goes on', code == 0
           and common.counts(folder).get('done') == n + 10, text)


if __name__ == '__main__':
    if not common.MPI_PROGRAM:
        common.skip('built without MPI')
    if not shutil.which('mpirun'):
        common.skip('mpirun is not installed')
    cases = [same_rows, refusals, bad_runs, rank_killed, told_to_end]
    if sys.argv[1:] == ['few']:
        cases = [same_rows]
    sys.exit(common.in_folders(cases))
