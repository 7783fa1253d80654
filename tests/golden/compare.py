#!/usr/bin/env python3
# compare.py - a comparison agrees with what two runs say.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall compare.py

Runs two scenarios by themselves and compares them: every number of compare.csv
follows from the samples.csv of the two runs, by other code. Then it draws the
figure, and compares with one worker and with three: the same bytes.
"""
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.environ['SHORTFALL']
SCENARIO = (pathlib.Path(__file__).resolve().parents[2]
            / 'scenarios/two-roads.json')
N = 16
MEASURES = {  # name: (metric, place, commodity; classes are summed)
    'kessa/fuel/person_days_without': ('person_days_without', 'kessa', 'fuel'),
    'kessa/fuel/shortage_start_day': ('shortage_start_day', 'kessa', 'fuel'),
    '/lost_count': ('lost_count', '', ''),
    '/cost_xof': ('cost_xof', '', ''),
}
LEVER = {
    'format': 1,
    'events': {'thrift': {
        'date': '2030-01-10', 'title': 'Thrift', 'kind': 'set',
        'target': '/demands/fuel-transport/demand_m3_per_day',
        'value': {'dist': 'uniform', 'min': 220, 'max': 280},
        'cost_xof': {'dist': 'uniform', 'min': 1e6, 'max': 3e6},
        'source': 'model', 'confidence': 'assumed'}},
}
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}')
    if not holds:
        failures.append(what)
        print(shown)


def shortfall(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True,
                          timeout=240, check=True).stdout


def rows(path):
    with open(path, newline='', encoding='utf-8') as table:
        return list(csv.DictReader(table))


def samples(folder):
    """{measure: [value or None by replication]} of a result folder."""
    out = {name: [None] * N for name in MEASURES}
    for row in rows(folder / 'samples.csv'):
        for name, key in MEASURES.items():
            if (row['metric'], row['place'], row['commodity']) != key \
                    or row['period'] or row['value'] == '':
                continue
            r = int(row['replication'])
            out[name][r] = (out[name][r] or 0) + float(row['value'])
    return out


def t_tail(t, df):
    """P (T > t) by Simpson's rule over the angle."""
    steps = 2000
    low, high = math.atan(t / math.sqrt(df)), math.pi / 2
    h = (high - low) / steps
    c = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) \
        / math.sqrt(math.pi)
    f = [math.cos(low + i * h) ** (df - 1) for i in range(steps + 1)]
    return c * h / 3 * (f[0] + 4 * sum(f[1:-1:2]) + 2 * sum(f[2:-1:2]) + f[-1])


def t_quantile(tail, df):
    low, high = 0.0, 1e4
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tail(middle, df) > tail \
            else (low, middle)
    return low


def mean(x):
    return math.fsum(x) / len(x)


def covariance(x, y):
    a, b = mean(x), mean(y)
    return math.fsum((p - a) * (q - b) for p, q in zip(x, y)) / (len(x) - 1)


def interval(x, level):
    half = t_quantile((1 - level) / 2, len(x) - 1) \
        * math.sqrt(covariance(x, x) / len(x))
    return mean(x) - half, mean(x) + half


def near(found, expected):
    return abs(float(found) - expected) <= 1e-6 * max(1, abs(expected))


def check_row(row, a, b, level):
    both = [(p, q) for p, q in zip(a, b) if p is not None and q is not None]
    x, y = [p for p, _ in both], [q for _, q in both]
    d = [q - p for p, q in both]
    name = f'{row["measure"]} of {row["scenario"]}: '
    low, high = interval(d, level)
    expected = {'mean_reference': mean(x), 'mean': mean(y),
                'difference': mean(d), 'low': low, 'high': high,
                'level_frac': level}
    if covariance(d, d) > 0:
        expected['p'] = 2 * t_tail(abs(mean(d))
                                   / math.sqrt(covariance(d, d) / len(d)),
                                   len(d) - 1)
    if covariance(x, x) > 0 and covariance(y, y) > 0:
        expected['correlation'] = covariance(x, y) / math.sqrt(
            covariance(x, x) * covariance(y, y))
        expected['variance_ratio'] = covariance(d, d) / (
            covariance(x, x) + covariance(y, y))
    for key, value in expected.items():
        expect(name + key, near(row[key], value), f'{row[key]} {value}')
    counts = {'pairs_count': len(a), 'both_count': len(both),
              'reference_only_count': sum(p is not None and q is None
                                          for p, q in zip(a, b)),
              'scenario_only_count': sum(p is None and q is not None
                                         for p, q in zip(a, b))}
    for key, value in counts.items():
        expect(name + key, int(row[key]) == value, f'{row[key]} {value}')


def check_ratio(row, less, cost, level):
    """At either end of Fieller's interval cost - r less is not significant."""
    expect('the ratio is that of the means',
           near(row['xof_per_person_day'], mean(cost) / mean(less)), row)
    for key, end in (('xof_per_person_day_low', 1),
                     ('xof_per_person_day_high', 0)):
        r = float(row[key])
        rest = [c - r * q for c, q in zip(cost, less)]
        spread = math.sqrt(covariance(rest, rest))
        ends = [abs(e) / spread for e in interval(rest, level)]
        expect(f'{key} is where the difference ends', min(ends) < 1e-6, ends)


def check_differences(folder, values):
    for row in rows(folder / 'differences.csv'):
        if row['scenario'] != 'lever' or row['value'] == '' \
                or row['value_reference'] == '':
            continue
        r, name = int(row['replication']), row['measure']
        if not (float(row['value_reference']) == values[0][name][r]
                and float(row['value']) == values[1][name][r]):
            return False
    return True


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        lever, base = home / 'lever.json', str(SCENARIO)
        whole = home / 'whole.json'
        lever.write_text(json.dumps(LEVER))
        whole.write_text(json.dumps(dict(LEVER, extends=base, name='whole')))
        common = ['-n', str(N), '-q']
        for name, path in (('a', base), ('b', str(whole))):
            shortfall('run', path, '-o', str(home / name), '--no-plots',
                      *common)
        values = samples(home / 'a'), samples(home / 'b')
        chosen = [x for name in MEASURES for x in ('--measure', name)]
        same = [base, base, str(whole), '--lever', str(lever), *common, *chosen]
        text = shortfall('compare', *same, '-o', str(home / 'c'), '-j', '3')
        table = rows(home / 'c' / 'compare.csv')
        level = 1 - 0.05 / 3
        for row in table:
            name = row['measure']
            if row['scenario'] == 'two-roads (2)':
                expect(f'{name}: the same twice is identical',
                       row['verdict'] == 'identical in every replication'
                       and float(row['difference']) == 0, row)
                continue
            check_row(row, values[0][name], values[1][name], level)
            if name == 'kessa/fuel/person_days_without':
                less = [p - q for p, q in zip(values[0][name],
                                              values[1][name])]
                cost = [q - p for p, q in zip(values[0]['/cost_xof'],
                                              values[1]['/cost_xof'])]
                check_ratio(row, less, cost, level)
        expect('a lever is the scenario that holds it', all(
            p[k] == q[k] for p, q in zip(table[1::3], table[2::3])
            for k in p if k != 'scenario'))
        expect('differences.csv holds the samples',
               check_differences(home / 'c', values))
        expect('no NAN is shown', 'nan' not in text.lower(), text)
        expect('the figure is drawn', all(
            (home / 'c/figures' / f'compare.{ending}').stat().st_size > 1000
            for ending in ('svg', 'png')))
        shortfall('compare', *same, '-o', str(home / 'd'), '-j', '1',
                  '--no-plots')
        expect('one worker gives the same bytes', all(
            (home / 'c' / name).read_bytes() == (home / 'd' / name).read_bytes()
            for name in ('compare.csv', 'compare.txt', 'differences.csv')))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
