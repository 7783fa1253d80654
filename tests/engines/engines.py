#!/usr/bin/env python3
# engines.py - workers and shards of this machine.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall engines.py [local|parallel]

The same sweep by 1, 2 and 7 workers, and as shards, gives the same rows; a
run that crashes or hangs is a row, in a shard as well.
"""
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import common
from common import expect, sweep

FAULTS = dict(os.environ, SHORTFALL_FAULT='4/0=crash,5/1=hang')


def no_mpi_inside(_home):
    code, text = common.run('ldd', common.PROGRAM)
    expect('the main program needs no MPI', code == 0 and 'libmpi' not in text,
           text)


def workers(home):
    path = common.study(home)
    found = []
    for jobs in (1, 2, 7):
        folder = home / f'j{jobs}'
        code, text = sweep('run', path, '-o', folder, '-j', jobs)
        expect(f'-j {jobs} does all', code == 0, text)
        found.append(common.results(folder))
    expect('all runs have a row', len(found[0]['run']) == 64)
    expect('1 and 2 workers give the same rows', found[0] == found[1])
    expect('1 and 7 workers give the same rows', found[0] == found[2])


def shard_with_faults(home):
    folder = common.plan(home, 'sweep', common.study(home, run_s=1))
    for shard in (0, 1):
        code, text = sweep('run', folder, '--shard', f'{shard}/2', '-j', 1,
                           env=FAULTS)
        expect(f'shard {shard} with bad runs has status 1', code == 1, text)
    code, text = sweep('merge', folder)
    expect('shards with bad runs merge', code == 0, text)
    expect('a crash in a shard is a row',
           common.state_of(folder, 4, 0)[0] == 'crashed')
    expect('a hang in a shard is a row',
           common.state_of(folder, 5, 1)[0] == 'timeout')
    expect('and the others are done', common.counts(folder).get('done') == 62,
           common.counts(folder))
    code, text = sweep('run', folder, '--retry-failed', '-j', 2)
    expect('which another engine completes', code == 0, text)


def shard_told_to_end(home):
    folder = common.plan(home, 'sweep',
                         common.study(home, points=64, replications=400))
    process = subprocess.Popen(
        [common.PROGRAM, 'sweep', 'run', str(folder), '--shard', '0/2', '-j',
         '1'], stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    text = process.communicate(timeout=30)[1]
    expect('a shard that is told to end has status 1', process.returncode == 1,
           text)
    expect('and says that it was stopped', 'stopped' in text, text)
    code, text = sweep('merge', folder)
    n = common.counts(folder).get('done', 0)
    expect('what it had done is kept', code == 0 and 0 < n < 12800, text)
    code, text = sweep('run', folder, '--shard', '0/2', '-j', 1, '--most', 20)
    expect('the shard is taken up again', code == 0, text)
    sweep('merge', folder)
    expect('and goes on where it was',
           common.counts(folder).get('done') == n + 20, common.counts(folder))


def shards_beside_a_writer(home):
    """The lock of whoever writes the sweep's store is not the shards'."""
    folder = common.plan(home, 'sweep', common.study(home))
    writer = sqlite3.connect(folder / 'sweep.sqlite', isolation_level=None)
    writer.execute('BEGIN IMMEDIATE')
    began = time.monotonic()
    code, text = sweep('run', folder, '--shard', '0/2', '-j', 1)
    expect('a shard works while the store is written', code == 0, text)
    expect('and does not wait for it', time.monotonic() - began < 9)
    writer.execute('ROLLBACK')
    writer.close()
    shard = next((folder / 'shards').glob('*.sqlite'))
    writer = sqlite3.connect(shard, isolation_level=None)
    writer.execute('BEGIN IMMEDIATE')
    began = time.monotonic()
    code, text = sweep('merge', folder)
    expect('a shard is merged while it is written',
           code == 0 and '32 new rows' in text, text)
    expect('and that does not wait', time.monotonic() - began < 9)
    writer.close()


def parallel(home):
    path = common.study(home)
    folder = common.plan(home, 'sweep', path)
    code, text = common.run(
        'parallel', '--jobs', 2, common.PROGRAM, 'sweep', 'run', folder,
        '--shard', '{}/8', '-j', 1, '-q', input='\n'.join('01234567'),
        env=dict(os.environ, HOME=str(home)))
    expect('GNU parallel does all shards', code == 0, text)
    code, text = sweep('merge', folder)
    expect('the shards merge', code == 0 and '64 new rows' in text, text)
    sweep('run', path, '-o', home / 'local', '-j', 2)
    expect('shards by GNU parallel give the same rows',
           common.results(folder) == common.results(home / 'local'))


if __name__ == '__main__':
    if sys.argv[1:] == ['parallel']:
        if not shutil.which('parallel'):
            common.skip('GNU parallel is not installed')
        sys.exit(common.in_folders([parallel]))
    sys.exit(common.in_folders([no_mpi_inside, workers, shard_with_faults,
                                shard_told_to_end, shards_beside_a_writer]))
