#!/usr/bin/env python3
# rank.py - a ranking agrees with what plain runs say.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall rank.py

Runs scenarios by themselves, ranks the outcomes in samples.csv by other code,
and compares with what the command says. Then: any number of workers and any
batch give the same; a worker that is killed and a user who stops end it with
status 1 and a reason; the figure is drawn.
"""
import csv
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from faults import children_of

PROGRAM = os.environ['SHORTFALL']
SCENARIO = str(pathlib.Path(__file__).resolve().parents[2]
               / 'scenarios/two-roads.json')
LEVERS = {
    'calm': {'models': {'drivers': {'announcement_risk': 5.3}}},
    'memory': {'models': {'drivers': {'memory_days': 56}}},
    'rest': {'models': {'escorts': {'rest_days': 5}}},
    'speed': {'models': {'escorts': {'speed_frac': 0.7}}},
}
N0, MOST, ZONE, ALPHA = 10, 80, 2e6, 0.05
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}')
    if not holds:
        failures.append(what)
        print(shown)


def shortfall(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True,
                          timeout=240, check=True).stdout


def write_levers(home):
    paths = []
    for name, lever in LEVERS.items():
        paths.append(str(home / f'{name}.json'))
        pathlib.Path(paths[-1]).write_text(json.dumps(lever))
    return paths


def rank(paths, *arguments):
    levers = [part for path in paths for part in ('--lever', path)]
    return ['rank', SCENARIO, *levers, '-n', str(N0), '--max', str(MOST),
            '--indifference', str(ZONE), *arguments]


def outcomes(home, settings):
    """Person-days without in the capital, summed, by replication."""
    out = home / 'plain'
    shortfall('run', SCENARIO, '-n', str(MOST), '--no-plots', '-f', '-o',
              str(out), *settings)
    sums = [0.0] * MOST
    with open(out / 'samples.csv', newline='', encoding='utf-8') as table:
        for row in csv.DictReader(table):
            if row['metric'] == 'person_days_without':
                sums[int(row['replication'])] += float(row['value'])
    shutil.rmtree(out)
    return sums


def settings_of(lever):
    return [part for name, model in lever['models'].items()
            for key, value in model.items()
            for part in ('--set', f'/models/{name}/{key}={value}')]


def kim_nelson(values):
    """{name: replications after which it left, or None}; smaller is better."""
    names, left = list(values), dict.fromkeys(values)
    power = -2 / (N0 - 1)
    h2 = ((2 * ALPHA / (len(names) - 1)) ** power - 1) * (N0 - 1)
    spread = {(i, j): statistics.variance(
        a - b for a, b in zip(values[i][:N0], values[j][:N0]))
              for i in names for j in names if i != j}
    for r in range(N0, MOST + 1):
        inside = [name for name in names if left[name] is None]
        mean = {name: statistics.fmean(values[name][:r]) for name in inside}
        for i in inside:
            if any(mean[i] > mean[j] + max(0, ZONE / (2 * r) * (
                    h2 * spread[i, j] / ZONE ** 2 - r))
                   for j in inside if j != i):
                left[i] = r
        if sum(left[name] is None for name in names) == 1:
            break
    return left


def other_code(home, paths):
    values = {'two-roads': outcomes(home, [])}
    for name, lever in LEVERS.items():
        values[name] = outcomes(home, settings_of(lever))
    left = kim_nelson(values)
    print('left:', left)
    rows = {row['scenario']: row for row in csv.DictReader(
        shortfall(*rank(paths, '--csv')).splitlines())}
    kept = [name for name in left if left[name] is None]
    expect('the case is worth it: early and late eliminations, one selected',
           len(kept) == 1 and len(set(left.values())) > 2, left)
    last = max(n for n in left.values() if n)
    for name in left:
        row, n = rows[name], left[name] or last
        expect(f'{name} leaves when it should',
               row['eliminated_after_count'] == str(left[name] or ''), row)
        mean = statistics.fmean(values[name][:n])
        expect(f'{name} has the mean of the plain run',
               row['n'] == str(n)
               and abs(float(row['mean']) - mean) <= 1e-9 * mean, (row, mean))
    expect('the one that is left is selected',
           rows[kept[0]]['result'] == 'selected', rows)


def same_for_all(paths):
    one = shortfall(*rank(paths, '-j', '1'))
    for jobs in ('2', '7'):
        expect(f'{jobs} workers give the same bytes',
               shortfall(*rank(paths, '-j', jobs)) == one, one)
    table = shortfall(*rank(paths, '--csv'))
    for batch in ('1', '37'):
        expect(f'batches of {batch} give the same table',
               shortfall(*rank(paths, '--csv', '--batch', batch)) == table)
    budget = rank(paths, '--method', 'ocba', '--csv')
    del budget[budget.index('--max'):budget.index('--max') + 2]
    expect('so do workers with a budget',
           shortfall(*budget, '-j', '1') == shortfall(*budget, '-j', '3'))


def drawn(home, paths):
    out = home / 'out'
    shortfall(*rank(paths, '-o', str(out), '--lang', 'fr'))
    for name in ('rank.csv', 'rank.json', 'rank.txt', 'manifest.json',
                 'figures/rank.svg', 'figures/rank.png'):
        expect(f'{name} is there', (out / name).stat().st_size > 0)
    manifest = json.loads((out / 'manifest.json').read_text())
    expect('the manifest names all scenarios',
           [s['name'] for s in manifest['scenarios']]
           == ['two-roads', *LEVERS], manifest)


def start_long(home, paths):
    process = subprocess.Popen(
        [PROGRAM, 'rank', SCENARIO, '--lever', paths[0], '-n', '6000', '-j',
         '2', '--max', '6000', '-o', str(home / 'out')],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    workers, deadline = [], time.monotonic() + 60
    while not workers and time.monotonic() < deadline:
        time.sleep(0.1)
        workers = children_of(process.pid)
    time.sleep(0.5)
    return process, workers


def killed(home, paths):
    process, workers = start_long(home, paths)
    os.kill(workers[0], signal.SIGKILL)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    text, talk = process.communicate(timeout=240)
    expect('a killed worker ends it with status 1', process.returncode == 1,
           talk)
    expect('scenario and replication are named',
           'of two-roads failed' in talk and 'signal 9' in talk, talk)
    expect('nothing is selected', text == '' and not (home / 'out').exists())


def stopped(home, paths):
    process, _ = start_long(home, paths)
    process.send_signal(signal.SIGINT)
    text, talk = process.communicate(timeout=240)
    expect('who stops it gets status 1', process.returncode == 1, talk)
    expect('and hears so', 'nothing was decided' in talk and text == '', talk)
    expect('and no folder', not (home / 'out').exists())


def main():
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        paths = write_levers(home)
        other_code(home, paths)
        same_for_all(paths)
        killed(home, paths)
        stopped(home, paths)
        drawn(home, paths)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
