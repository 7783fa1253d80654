#!/usr/bin/env python3
# slurm.py - a sweep as an array of Slurm, on three nodes of this machine.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall slurm.py

Brings up a real Slurm on the loopback (slurm/loopback.py). Whatever happens to
nodes, controller or queue, the command ends within its limit, says what is
missing, and the same command does the rest.
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import common
from common import expect, sweep

sys.path.insert(0, str(pathlib.Path(__file__).with_name('slurm')))
import loopback  # noqa: E402

slurm = None
known = {}  # by text of a study
LIMIT_S = 180  # of one command; more than any case should take
WAIT = 'slurm', '--wait-max', '0.04'


def on_slurm(*arguments, wait=WAIT, env=None):
    return sweep('run', *arguments, '--engine', *wait, limit_s=LIMIT_S,
                 env=dict(slurm.env, **(env or {})))


def start(*arguments, wait=WAIT):
    return subprocess.Popen(
        [common.PROGRAM, 'sweep', 'run', *map(str, arguments), '--engine',
         *wait], env=slurm.env, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)


def local(home, path):
    """Rows of the local engine; the same study is done once only."""
    study = path.read_text()
    if study not in known:
        code, text = sweep('run', path, '-o', home / 'local', '-j', 2)
        assert code == 0, text
        known[study] = common.results(home / 'local')
    return known[study]


def queue():
    return (slurm.call('squeue', '-h', '-r', '-o', '%t %N') or '').split('\n')


def wait_for_running(node=''):
    return slurm.wait_for(lambda: any(
        line.startswith('R') and line.endswith(node) for line in queue()))


def same_rows(home):
    path = common.study(home)
    code, text = on_slurm(path, '-o', home / 'slurm', '--tasks', 6)
    expect('an array on three nodes does all', code == 0, text + slurm.tell())
    expect('and says so', '64 of 64 planned are done' in text, text)
    expect('six shards were written',
           len(list((home / 'slurm/shards').glob('*.sqlite'))) == 6)
    expect('the array gives the rows of the local engine',
           common.results(home / 'slurm') == local(home, path))
    code, text = on_slurm(home / 'slurm', '-n', 3, '--at-most', 1)
    expect('raised replications are done by another array',
           code == 0 and common.counts(home / 'slurm') == {'done': 96}, text)
    code, text = on_slurm(home / 'slurm')
    expect('with nothing to do nothing is submitted',
           code == 0 and 'array' not in text, text)


def refusals(home):
    folder = common.plan(home, 'sweep', common.study(home, points=8,
                                                     replications=1))
    code, text = on_slurm(folder, env={'PATH': '/nonexistent'})
    expect('without sbatch the status is 4', code == 4, text)
    expect('and it is named', 'sbatch' in text and 'Slurm' in text, text)
    code, text = on_slurm(folder, '--sbatch', '--partition=nowhere')
    expect('when sbatch refuses the status is 4', code == 4, text)
    expect('and its words are shown', 'invalid partition' in text, text)
    code, text = on_slurm(folder, '--tasks', '5000')
    expect('more runs than tasks are not asked for', code == 0, text)
    code, text = on_slurm(folder, '--shard', '0/2')
    expect('shards by hand do not go with it', code == 2, text)


def bad_runs(home):
    folder = common.plan(home, 'sweep', common.study(home, run_s=1))
    code, text = on_slurm(folder, '--tasks', 3,
                          env={'SHORTFALL_FAULT': '3/0=crash,5/1=hang'})
    expect('bad runs make the status 1', code == 1 and '2 runs failed' in text,
           text)
    expect('a crash in a task is a row',
           common.state_of(folder, 3, 0)[0] == 'crashed')
    expect('a hang in a task is a row',
           common.state_of(folder, 5, 1)[0] == 'timeout')
    code, text = on_slurm(folder, '--tasks', 3, '--retry-failed')
    expect('bad runs are done again', code == 0
           and common.counts(folder) == {'done': 64}, text)


def interrupted(home):
    path = common.study(home, points=64, replications=30)
    folder = common.plan(home, 'sweep', path)
    process = start(folder, '--tasks', 6)
    wait_for_running()
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    text = process.communicate(timeout=LIMIT_S)[0]
    n = common.counts(folder).get('done', 0)
    expect('an interrupted command has status 1', process.returncode == 1,
           text)
    expect('and says that the array is cancelled', 'cancelled' in text, text)
    expect('which is true', slurm.wait_for(lambda: queue() == [''], 10),
           queue())
    expect('what tasks had done is merged', 0 < n < 1920, (n, text))


def never_starts(home):
    path = common.study(home)
    folder = common.plan(home, 'sweep', path)
    slurm.call('scontrol', 'update', 'nodename=' + ','.join(slurm.nodes),
               'state=drain', 'reason=test')
    began = time.monotonic()
    code, text = on_slurm(folder, '--tasks', 3,
                          wait=('slurm', '--wait-max', '0.001'))
    expect('an array that never starts has status 1', code == 1, text)
    expect('within the limit', time.monotonic() - began < 15)
    expect('and its reason is shown', 'DRAINED' in text, text)
    expect('and where it is', 'left in the queue' in text, text)
    slurm.call('scontrol', 'update', 'nodename=' + ','.join(slurm.nodes),
               'state=resume')
    code, text = on_slurm(folder)
    expect('the same command waits for the same array',
           code == 0 and 'submitted earlier' in text, text)
    expect('and all is done', common.counts(folder) == {'done': 64})


def node_lost(home):
    path = common.study(home, points=64, replications=10)
    folder = common.plan(home, 'sweep', path)
    process = start(folder, '--tasks', 6)
    expect('a task runs on the first node', wait_for_running('n1'), queue())
    slurm.call('scontrol', 'update', 'nodename=n1', 'state=down',
               'reason=test')
    time.sleep(0.5)
    slurm.call('scontrol', 'update', 'nodename=n1', 'state=resume')
    text = process.communicate(timeout=LIMIT_S)[0]
    expect('with a node lost the command ends', process.returncode in (0, 1),
           text)
    if process.returncode == 1:
        expect('and says what is missing', 'runs are missing' in text, text)
    code, text = on_slurm(folder)
    expect('the same command completes it', code == 0, text)
    expect('to the rows of the local engine',
           common.results(folder) == local(home, path))


def controller_killed(home):
    path = common.study(home, points=64, replications=10)
    folder = common.plan(home, 'sweep', path)
    process = start(folder, '--tasks', 12, wait=('slurm', '--wait-max',
                                                 '0.001'))
    began = time.monotonic()
    wait_for_running()
    slurm.wait_for(lambda: list((folder / 'shards').glob('*.sqlite')))
    slurm.kill_controller()
    text = process.communicate(timeout=LIMIT_S)[0]
    expect('without a controller the command ends within its limit',
           time.monotonic() - began < 35)
    expect('with status 1', process.returncode == 1, text)
    expect('and says so', 'does not answer' in text
           and 'has not answered' in text, text)
    slurm.start_controller()
    slurm.wait_for(lambda: slurm.call('squeue') is not None)
    # The controller starts tasks again that it did not see start, finds their
    # nodes busy and drains them: whoever looks after the nodes puts them back.
    for attempt in range(3):
        process = start(folder)
        while process.poll() is None:
            slurm.restore_nodes()
            time.sleep(0.5)
        text = process.communicate(timeout=LIMIT_S)[0]
        if process.returncode == 0:
            break
        expect('an incomplete end is said', 'The same command' in text, text)
    expect('after its return the same command completes',
           process.returncode == 0, text + slurm.tell())
    expect('to the rows of the local engine',
           common.results(folder) == local(home, path))


if __name__ == '__main__':
    if loopback.lacking():
        common.skip('not installed: ' + ', '.join(loopback.lacking()))
    os.umask(0o022)
    chosen = [globals()[name] for name in sys.argv[1:]] or [
        same_rows, refusals, bad_runs, interrupted, never_starts, node_lost,
        controller_killed]
    with tempfile.TemporaryDirectory(prefix='slurm-') as place:
        with loopback.Loopback(place) as slurm:
            status = common.in_folders(chosen)
    sys.exit(status)
