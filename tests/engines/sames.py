#!/usr/bin/env python3
# sames.py - a row of a sweep is a run; other inputs are another sweep.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall sames.py [CASE...]

Rows are compared with samples.csv of `shortfall run --set`, to the last bit.
Studies that are odd, and changes between a stop and the next start."""
import csv
import json
import os
import subprocess
import sys

from sweeps import (PROGRAM, SCENARIOS, TWO_ROADS, FACTORS, OUTCOMES, asked,
                    expect, is_sound, run_cases, shortfall, status, study,
                    sweep, table, told)


def samples(folder):
    """metric path -> replication -> value."""
    values = {}
    with open(folder / 'samples.csv', newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            if not row['period']:
                key = tuple(row[name] for name in (
                    'metric', 'place', 'commodity', 'class'))
                values.setdefault(key, {})[int(row['replication'])] = float(
                    row['value']) if row['value'] else None
    return values


def compare(home, name, scenario, factors, outcomes, points, reps, levers=()):
    """Every row of a sweep against a run of its point alone."""
    path = study(home, points, name, scenario=str(scenario), factors=factors,
                 outcomes={key: {'metric': metric}
                           for key, (metric, _) in outcomes.items()},
                 replications_count=reps, series=[])
    code, text = sweep('run', path, home / name)
    expect(f'{name}: the sweep ends well', code == 0, text)
    different = 0
    for point in range(points):
        row = asked(home / name, 'SELECT {} FROM point WHERE id = {}'.format(
            ', '.join(f'"{key}"' for key in factors), point))[0]
        options, base = [], scenario
        for (key, factor), value in zip(factors.items(), row):
            if 'lever' in factor:
                if value:
                    base = merged(home, scenario, factor['lever'])
                continue
            text = value if isinstance(value, str) else repr(value)
            options += ['--set', f'{factor["target"]}={text}']
        folder = home / f'{name}-{point}'
        code, text = shortfall('run', base, '--seed', '1', '-n', reps, *options,
                               '--no-plots', '-o', folder)
        expect(f'{name}: point {point} runs alone', code == 0, text)
        found = samples(folder)
        for key, (_, where) in outcomes.items():
            for rep in range(reps):
                kept = asked(home / name, f'SELECT "{key}" FROM outcome WHERE '
                             f'point = {point} AND rep = {rep}')[0][0]
                if kept != found[where].get(rep):
                    print(name, point, rep, key, kept, found[where].get(rep))
                    different += 1
    expect(f'{name}: rows are runs, to the last bit', different == 0)


def merged(home, scenario, lever):
    """A scenario file that is the lever on top of the scenario."""
    text = json.loads(open(lever, encoding='utf-8').read())
    for key in ('$schema', 'title', 'description'):
        text.pop(key, None)
    text.update({'format': 1, 'name': 'merged', 'extends': str(scenario)})
    path = home / 'merged.json'
    path.write_text(json.dumps(text))
    return path


ROADS = {
    'days': ('kessa/fuel/household/person_days_without',
             ('person_days_without', 'kessa', 'fuel', 'household')),
    'lost': ('/lost_count', ('lost_count', '', '', ''))}
CITY = {
    'days': ('bamako/petrol/household/person_days_without',
             ('person_days_without', 'bamako', 'petrol', 'household')),
    'lost': ('/lost_count', ('lost_count', '', '', ''))}


def rows_are_runs(home):
    lever = home / 'lever.json'
    lever.write_text(json.dumps({
        'extends': str(TWO_ROADS), 'models': {'escorts': {'escorts_count': 3}},
        'fleets': {'tankers': {'trucks_count': 200}}}))
    factors = {
        'memory': {'target': '/models/drivers/memory_days', 'range': [10, 120]},
        'depot': {'target': '/assumptions/fuel_depot_days'},
        'market': {'target': '/markets/kessa-rice/depot_days', 'range': [9, 40]},
        'demand': {'target': '/demands/fuel-household/demand_m3_per_day',
                   'range': [300, 700]},
        'service': {'target': '/queues/customs/service_h', 'range': [1, 5]},
        'ban': {'target': '/events/ban/value', 'range': [0, 1]},
        'truce': {'target': '/events/truce/duration_days', 'range': [5, 60]},
        'km': {'target': '/links/north-kessa/km', 'range': [200, 400]},
        'driving': {'target': '/vehicles/tanker/driving_h_per_day',
                    'range': [6, 20]},
        'sharing': {'target': '/models/sharing/model', 'levels': [
            'allocation/proportional', 'allocation/priority']},
        'lever': {'lever': str(lever)}}
    compare(home, 'roads', TWO_ROADS, factors, ROADS, 6, 2)


def rows_are_runs_of_a_city(home):
    factors = {
        'memory': {'target': '/models/willingness/memory_days'},
        'risk': {'target': '/assumptions/escort_risk_frac'},
        'lever': {'lever': str(SCENARIOS / 'lever-escorts.json')}}
    compare(home, 'city', SCENARIOS / 'bamako-2025.json', factors, CITY, 3, 2)


def workers_do_not_matter(home):
    path = study(home, 40, replications_count=2)
    for jobs in (1, 2, 7):
        sweep('run', path, home / f'j{jobs}', '-j', jobs)
    expect('the same rows from 1, 2 and 7 workers', table(home / 'j1') == table(
        home / 'j2') == table(home / 'j7') and is_sound(home / 'j7'))
    sweep('run', path, home / 'parts', '--most', '13')
    sweep('run', path, home / 'parts', '--most', '50')
    sweep('run', path, home / 'parts')
    expect('and in parts', table(home / 'parts') == table(home / 'j1'))
    more = study(home, 40, 'more', replications_count=1)
    sweep('run', more, home / 'raised')
    sweep('run', home / 'raised', None, '-n', '2')
    expect('and with replications that are raised later',
           table(home / 'raised') == table(home / 'j1'))


def changed_inputs(home):
    ensemble = {'title': 'x'}
    scenario, lever = home / 'base.json', home / 'lever.json'
    scenario.write_text(json.dumps({'extends': str(TWO_ROADS), 'format': 1,
                                    'name': 'base'}))
    lever.write_text(json.dumps({'title': 'a', 'models': {
        'escorts': {'escorts_count': 3}}}))
    factors = {**FACTORS, 'more': {'lever': str(lever)}}
    options = {'scenario': str(scenario), 'factors': factors}
    path = study(home, 6, **options)
    code, text = sweep('run', path, home / 'c', '--most', '3')
    before = table(home / 'c')
    changes = [
        ('scenario', scenario, '"name": "base"',
         '"name": "base", "queues": {"customs": {"service_h": 4}}'),
        ('lever or ensemble', lever, '"escorts_count": 3',
         '"escorts_count": 4'),
        ('study', path, '"seed": "1"', '"seed": "2"')]
    for what, file, old, new in changes:
        content = file.read_text()
        file.write_text(content.replace(old, new))
        code, text = sweep('run', path, home / 'c')
        hashes = [word for word in text.replace(',', ' ').split()
                  if len(word) == 64]
        expect(f'another {what} is refused', code == 1
               and f'another {what}' in text, text)
        expect('both hashes are shown', len(set(hashes)) == 2, text)
        file.write_text(content)
    for key, what in (('version', 'version of the program'),
                      ('models_sha256', 'state of the models')):
        kept = asked(home / 'c', 'SELECT value FROM study WHERE key = '
                     f"'{key}'")[0][0]
        told(home / 'c', 'UPDATE study SET value = ? WHERE key = ?', 'f' * 64,
             key)
        for target, where in ((path, home / 'c'), (home / 'c', None)):
            code, text = sweep('run', target, where)
            expect(f'another {what} is refused', code == 1
                   and f'another {what}' in text and 'f' * 64 in text
                   and kept in text, text)
        told(home / 'c', 'UPDATE study SET value = ? WHERE key = ?', kept, key)
    lever.write_text(lever.read_text().replace('"a"', '"another title"'))
    expect('refused means untouched', table(home / 'c') == before, ensemble)
    code, text = sweep('run', path, home / 'c')
    expect('the title of a lever changes nothing', code == 0, text)
    lever.unlink()
    scenario.unlink()
    code, text = sweep('run', home / 'c', None, '-n', '2')
    expect('the folder needs no file outside', code == 0
           and is_sound(home / 'c'), text)


def odd_studies(home):
    one = study(home, 3, 'one', factors={'a': FACTORS['fear']}, series=[],
                set={'/time/end': '2030-03-12'})
    code, text = sweep('run', one, home / 'one')
    expect('one factor', code == 0, text)
    many = {f'f{i}': {'target': f'/sources/s{i}/title', 'levels': ['a', 'b']}
            for i in range(299)}
    many['memory_days'] = {'target': '/models/drivers/memory_days',
                           'range': [10, 120]}
    path = study(home, 20, 'many', factors=many, set={
        '/sources': {f's{i}': {'title': 'a'} for i in range(299)}})
    code, text = sweep('run', path, home / 'many', '-j', '2')
    expect('three hundred factors', code == 0
           and len(asked(home / 'many', 'SELECT * FROM point')[0]) == 303, text)
    words = ['it\'s', 'a "word"', '; DROP TABLE run; --', 'été', '12', '']
    path = study(home, 1, 'words', design={'kind': 'grid'}, factors={
        'w': {'target': '/title', 'levels': words},
        'select': {'target': '/models/drivers/memory_days',
                   'levels': [10, 60.5]}})
    code, text = sweep('run', path, home / 'words')
    kept = [row[0] for row in asked(home / 'words', 'SELECT DISTINCT w FROM '
                                    'tidy ORDER BY point')]
    expect('words with quotes', code == 0 and len(kept) == 6
           and kept[:4] == words[:4], f'{text} {kept}')
    code, text = sweep('rerun', home / 'words', None, '--point', '3', '-q')
    expect('and they can be run again', code == 0, text)
    never = study(home, 2, 'never', set={'/models/ambushes/enabled': False},
                  factors={'a': {'target': '/models/drivers/announcement_risk',
                                 'range': [0, 0.001]}})
    code, text = sweep('run', never, home / 'never')
    kept = asked(home / 'never', 'SELECT DISTINCT typeof(first_short_day) FROM '
                 'tidy')
    expect('what did not happen is NULL', code == 0 and kept == [('null',)],
           f'{text} {kept}')


def ends_of_ranges(home):
    ends = {'part': {'target': '/models/drivers/cross_frac', 'levels': [0, 1]},
            'count': {'target': '/models/escorts/escorts_count', 'range': [0, 3],
                      'is_whole': True, 'levels_count': 4}}
    path = study(home, 1, 'ends', design={'kind': 'grid'}, factors=ends)
    code, text = sweep('run', path, home / 'ends')
    expect('values at the ends of what is allowed', code == 0, text)
    kept = asked(home / 'ends', 'SELECT DISTINCT count FROM point ORDER BY 1')
    expect('all whole numbers of a range', kept == [(0,), (1,), (2,), (3,)],
           kept)
    beyond = {'part': {'target': '/models/drivers/cross_frac',
                       'levels': [0.5, 1.5]}, 'fear': FACTORS['fear']}
    path = study(home, 1, 'beyond', design={'kind': 'grid'}, factors=beyond)
    code, text = sweep('run', path, home / 'beyond')
    expect('a value beyond is refused, or its rows fail', code in (1, 3)
           and 'out of range' in text + status(home / 'beyond')[2], text)


def short_times(home):
    for end, what in (('2030-01-01', 'a run of one day'),
                      ('2030-01-02', 'a run of two days')):
        path = study(home, 3, what.replace(' ', '-'), set={
            '/time/end': end, '/events': {}, '/models/escorts/from': end,
            '/models/ambushes/from': end},
            outcomes={'lost': OUTCOMES['lost_count']})
        code, text = sweep('run', path, home / end)
        expect(what, code == 0, text)


def closed_pipes(home):
    path = study(home, 3)
    sweep('run', path, home / 'p')
    reader, writer = os.pipe()
    os.close(reader)
    for verb in ('status', 'plan', 'rerun'):
        more = {'plan': [path, '-o', home / 'new'],
                'rerun': [home / 'p', '--point', '0'],
                'status': [home / 'p']}[verb]
        done = subprocess.run([PROGRAM, 'sweep', verb, *map(str, more)],
                              stdout=writer, stderr=subprocess.PIPE, timeout=60,
                              check=False)
        expect(f'{verb} into a closed pipe is quiet', done.returncode in (
            0, 1, -13) and b'ERROR' not in done.stderr
            and b'Broken' not in done.stderr, done.stderr)
    done = subprocess.run(f'"{PROGRAM}" sweep status "{home / "p"}" | head -1',
                          shell=True, capture_output=True, text=True,
                          check=False)
    expect('status | head -1 is one line', done.stdout.count('\n') == 1
           and done.stderr == '', done)
    done = subprocess.run([PROGRAM, 'sweep', 'run', str(path), '-o',
                           str(home / 'q')], stderr=writer, timeout=60,
                          check=False)
    expect('a closed standard error does not stop a run in mid-way',
           done.returncode in (0, 1, -13))
    code, text = sweep('run', path, home / 'q')
    expect('and the rest is done', code == 0, text)


if __name__ == '__main__':
    sys.exit(run_cases([rows_are_runs, rows_are_runs_of_a_city,
                        workers_do_not_matter, changed_inputs, odd_studies,
                        ends_of_ranges, short_times, closed_pipes]))
