#!/usr/bin/env python3
# shipped.py - what holds in every scenario that is shipped.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall shipped.py [--self-test]

Runs two replications of every scenario that has a time, of its own or from
what it extends: scenarios/*.json, those of theory/ and lessons/ too. Every one must finish,
its ledger balance to 1e-9 with no account below 0, its numbers be finite and
no less than 0, and its shares and chances no more than 1. Scenarios are found,
not listed. --self-test proves that each kind of wrong number is found.
"""
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
IMBALANCE = 1e-9
NEAR = 1e-9


def has_time(path):
    """Of its own or inherited; a network alone has none."""
    scenario = json.loads(path.read_text(encoding='utf-8'))
    if 'time' in scenario:
        return True
    base = scenario.get('extends')
    return isinstance(base, str) and has_time(path.parent / base)


def find_scenarios():
    paths = [path for part in ('', 'theory/', 'lessons/')
             for path in SCENARIOS.glob(part + '*.json')]
    return sorted(path for path in paths
                  if not path.name.endswith('schema.json') and has_time(path))


def read_table(path):
    with open(path, newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def wrong_numbers(row, columns, measure):
    """What is wrong with a row of numbers; empty cells stand for "did not
    happen"."""
    is_share = measure.endswith(('_frac', '_prob'))
    for column in columns:
        if not row[column]:
            continue
        value = float(row[column])
        if not math.isfinite(value):
            yield f'{column} is {row[column]}'
        elif value < -NEAR:
            yield f'{column} is {value}'
        elif is_share and value > 1 + NEAR:
            yield f'{column} is {value}, a share'


def wrong_ledger(row):
    yield from wrong_numbers(row, list(row)[3:], '')
    if float(row['imbalance_frac']) > IMBALANCE:
        yield f'imbalance_frac is {row["imbalance_frac"]}'


def wrong_in(tables):
    """Every fault in the tables of a run, as text."""
    for row in tables['ledger']:
        for fault in wrong_ledger(row):
            yield f'ledger {row["replication"]} {row["commodity"]}: {fault}'
    for row in tables['samples']:
        for fault in wrong_numbers(row, ['value'], row['metric']):
            yield f'{row["metric"]} {row["place"]}: {fault}'
    for row in tables['curves']:
        for fault in wrong_numbers(row, ['mean', 'p05', 'p95'],
                                   row['measure']):
            yield (f'{row["measure"]} {row["place"]} on day {row["day"]}: '
                   f'{fault}')
    for row in tables['replications']:
        if row['status'] != 'done':
            yield f'replication {row["replication"]} is {row["status"]}'
    if len(tables['replications']) != 2 or not tables['curves']:
        yield 'there is nothing in the tables'


def faults_of(program, path, home):
    out = pathlib.Path(home) / path.stem
    done = subprocess.run(
        [program, 'run', str(path), '-n', '2', '-j', '1', '--quiet',
         '--no-plots', '-o', str(out)],
        capture_output=True, text=True, timeout=240)
    if done.returncode != 0:
        return [f'status {done.returncode}', done.stdout + done.stderr]
    names = ('ledger', 'samples', 'curves', 'replications')
    return list(wrong_in({name: read_table(out / f'{name}.csv')
                          for name in names}))


def check_shipped(program):
    paths = find_scenarios()
    n_failed = 0
    with tempfile.TemporaryDirectory() as home:
        for path in paths:
            faults = faults_of(program, path, home)
            n_failed += bool(faults)
            print('FAILED' if faults else 'ok',
                  path.relative_to(SCENARIOS), flush=True)
            print(''.join(f'  {fault}\n' for fault in faults[:20]), end='')
    print(f'{len(paths)} scenarios, {n_failed} failed')
    return 1 if n_failed or len(paths) < 10 else 0


def self_test():
    """Sound tables have no fault, each broken one has."""
    def tables(imbalance='0', lost='0', value='0.5', mean='0.5',
               status='done', n=2):
        return {
            'ledger': [{'replication': '0', 'commodity': 'fuel', 'unit': 'm3',
                        'lost': lost, 'imbalance_frac': imbalance}],
            'samples': [{'metric': 'served_frac', 'place': 'city',
                         'value': value}],
            'curves': [{'measure': 'power_prob', 'place': 'city', 'day': '0',
                        'mean': mean, 'p05': '', 'p95': '1'}],
            'replications': [{'replication': str(r), 'status': status}
                             for r in range(n)]}
    sound = not list(wrong_in(tables())) and not list(wrong_in(tables(value='')))
    broken = [tables(imbalance='2e-9'), tables(lost='-1'), tables(value='inf'),
              tables(value='-0.1'), tables(value='nan'), tables(value='1.1'),
              tables(mean='1.01'), tables(mean='-inf'), tables(status='failed'),
              tables(n=1)]
    missed = [t for t in broken if not list(wrong_in(t))]
    print(f'sound tables {"pass" if sound else "FAIL"}; '
          f'{len(missed)} of {len(broken)} broken ones missed')
    return 0 if sound and not missed else 1


if __name__ == '__main__':
    sys.exit(self_test() if '--self-test' in sys.argv[1:]
             else check_shipped(os.environ['SHORTFALL']))
