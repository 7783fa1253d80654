#!/usr/bin/env python3
# levers.py - what the shipped levers cost and change.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall levers.py [--self-test]

Every scenarios/lever-*.json checks clean, says what it is, has a row with a
label and a cost above 0, and changes how the capital is served in a short
run. The metric cost_xof is what the rows say, with what the models of
bonus and airlift spend. In a total blockade nothing goes on as before, and
when as much leaks as is used nobody goes without. --self-test proves that
levers without a cost, a label, an effect or an honest sum are found.
"""
import csv
import datetime
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.environ['SHORTFALL']
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
BASE = SCENARIOS / 'bamako-2025.json'
REPLICATIONS = 8
NEAR = 1e-4  # of a cost; curves are written with six digits
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}')
    if not holds:
        failures.append(what)
        print(shown)


def merge(base, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(base) if isinstance(base, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result


def read(path):
    """A scenario with all that it extends."""
    patch = json.loads(path.read_text(encoding='utf-8'))
    base = patch.get('extends')
    return merge(read(path.parent / base), patch) if base else patch


def number(value):
    """A number that is written plainly or with its source; not drawn."""
    return float(value['value'] if isinstance(value, dict) else value)


def day(scenario, date):
    start = datetime.date.fromisoformat(scenario['time']['start'])
    return (datetime.date.fromisoformat(date) - start).days


def paid_days(scenario, row):
    left = day(scenario, scenario['time']['end']) + 1 - day(scenario,
                                                            row['date'])
    return min(number(row.get('duration_days', left)), left)


def rows_cost(scenario, rows):
    """What dated rows cost; a row left to chance has no price in advance."""
    total = 0.0
    for row in rows.values():
        once, daily = (number(row.get(key, 0))
                       for key in ('cost_xof', 'cost_xof_per_day'))
        if once or daily:
            assert 'trigger' not in row and number(row.get('prob', 1)) == 1
            total += once + daily * paid_days(scenario, row)
    return total


def run(path, folder, *options):
    done = subprocess.run(
        [PROGRAM, 'run', str(path), '-n', str(REPLICATIONS), '-j', '1', '-q',
         '-f', '--no-plots', '-o', str(folder), *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False)
    return done.returncode, done.stdout


def table(folder, name):
    with open(folder / name, newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def mean(folder, metric, place='', commodity='', of_class=''):
    """A metric of the whole run; NaN when no replication has it."""
    for row in table(folder, 'metrics.csv'):
        if (row['metric'], row['place'], row['commodity'], row['class'],
                row['period']) == (metric, place, commodity, of_class, ''):
            return float(row['mean'] or 'nan')
    raise KeyError(metric)


def models_cost(scenario, folder):
    """What models spend by themselves: by what flew and by who came in."""
    total = 0.0
    days = day(scenario, scenario['time']['end']) + 1
    for name, model in scenario['models'].items():
        if model['model'] == 'supply/airlift':
            total += (number(model['cost_xof_per_t']) * days
                      * mean(folder, 'mean_flown_t_per_day', name))
        if model['model'] == 'driver/bonus':
            each = (number(model['bonus_xof_per_trip'])
                    + number(model['insured_frac'])
                    * number(model['premium_xof_per_trip']))
            first = min(day(scenario, row['date'])
                        for row in scenario['events'].values()
                        if row['kind'] == 'bonus')
            # The last day ends with the run, before anybody is paid for it.
            total += each * sum(
                float(row['mean']) for row in table(folder, 'curves.csv')
                if row['measure'] == 'entered_count' and not row['place']
                and first <= int(row['day']) < days - 1)
    return total


def outcome(folder):
    """How the capital was served, replication by replication."""
    return {tuple(row.values()) for row in table(folder, 'samples.csv')
            if row['place'] == 'bamako'
            and row['metric'] == 'resilience_loss_frac_days'}


def factors(scenario):
    """The factors of the stocks that a scenario writes."""
    return {(market, key): value['factor']
            for market, record in scenario.get('markets', {}).items()
            for key, value in record.items()
            if isinstance(value, dict) and 'factor' in value}


def try_lever(path, folder, base):
    """One lever against the scenario that it extends."""
    name, lever, whole = path.stem, json.loads(path.read_text()), read(path)
    checked = subprocess.run([PROGRAM, 'check', str(path)], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             check=False)
    expect(f'{name}: checks clean', checked.returncode == 0, checked.stdout)
    expect(f'{name}: says what it is',
           lever['name'] == name and lever['title'].startswith('Lever: ')
           and len(lever['description']) > 100)
    expect(f'{name}: has a label',
           any(row.get('label', '').startswith('Lever: ')
               for row in lever['events'].values()))
    known = factors(read(BASE))
    expect(f'{name}: makes no stock smaller',
           all(value > known.get(key, 1)
               for key, value in factors(lever).items()))
    status, said = run(path, folder)
    expect(f'{name}: runs', status == 0, said)
    if status != 0:
        return
    cost = mean(folder, 'cost_xof')
    wanted = rows_cost(whole, whole['events']) + models_cost(whole, folder)
    expect(f'{name}: has a cost', cost > 0)
    expect(f'{name}: costs what its rows and models say',
           math.isclose(cost, wanted, rel_tol=NEAR), f'{cost} is not {wanted}')
    expect(f'{name}: changes something', outcome(folder) - base)


def try_blockade(home):
    """All roads closed: all fuel runs out, unless as much leaks in."""
    path, folder = SCENARIOS / 'total-blockade.json', home / 'blockade'
    status, said = run(path, folder)
    expect('total blockade: runs', status == 0, said)
    shock = day(read(path), read(path)['time']['shock'])
    came = [float(row['mean']) for row in table(folder, 'curves.csv')
            if row['place'] == 'bamako' and not row['class']
            and row['measure'] in ('received_m3', 'received_t')
            and int(row['day']) > shock + 7]
    expect('total blockade: nothing comes in any more',
           came and max(came) == 0, str(max(came or [-1])))
    for commodity in ('petrol', 'diesel', 'power-fuel'):
        survived = mean(folder, 'time_to_survive_days', 'bamako', commodity)
        expect(f'total blockade: {commodity} runs out', 0 <= survived < 60,
               str(survived))
    status, said = run(path, folder, '--set', '/assumptions/leak_frac/value=1',
                       '--set', '/assumptions/leak_frac/range=[0,1]', '--set',
                       '/models/hot-season/enabled=false')
    expect('total blockade: runs with a leak', status == 0, said)
    for commodity in ('petrol', 'diesel', 'power-fuel'):
        served = mean(folder, 'worst_served_frac', 'bamako', commodity)
        expect(f'total blockade: as much {commodity} leaks as is used',
               served > 0.95, str(served))


def self_test(home):
    """Levers that are wrong in one way each are found."""
    good = json.loads((SCENARIOS / 'lever-escorts.json').read_text())
    good['extends'] = str(BASE)
    row = 'lever-escort-south'
    status, said = run(BASE, home / 'base')
    assert status == 0, said
    base = outcome(home / 'base')
    cases = {
        'has a cost': {'events': {key: {'cost_xof_per_day': None}
                                  for key in good['events']}},
        'has a label': {'events': {row: {'label': None}}},
        'changes something': {'events': {
            key: {'kind': 'lever', 'target': None, 'value': None}
            for key in good['events']}},
        'checks clean': {'events': {row: {'kind': 'levr'}}},
        'makes no stock smaller': {'markets': {'bamako-diesel': {
            'depot_days': {'factor': 0.5}}}},
        'costs what its rows and models say': {'models': {'cover': {
            'model': 'convoy/air-cover', 'cost_xof_per_day': 1000000}}},
    }
    for what, patch in cases.items():
        failures.clear()
        path = home / 'lever-escorts.json'
        path.write_text(json.dumps(merge(good, patch)), encoding='utf-8')
        try_lever(path, home / 'result', base)
        if f'lever-escorts: {what}' not in failures:
            sys.exit(f'self-test: not found: {what}')
    print('self-test passed; the failures above were expected')


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        if '--self-test' in sys.argv[1:]:
            self_test(home)
            return 0
        paths = sorted(SCENARIOS.glob('lever-*.json'))
        expect('there are ten levers or more', len(paths) >= 10)
        status, said = run(BASE, home / 'base')
        expect('the scenario without a lever runs', status == 0, said)
        base = outcome(home / 'base')
        expect('it costs nothing', mean(home / 'base', 'cost_xof') == 0)
        for path in paths:
            try_lever(path, home / path.stem, base)
        try_blockade(home)
    print(f'{len(failures)} failures')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
