#!/usr/bin/env python3
# reach.py - what the shipped scenarios of Bamako must come out at.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: reach.py SHORTFALL SCENARIOS

Runs the baseline and the blockade and holds the medians against reported
figures, none of which is an input: no shortage and 143 tankers a day without a
blockade; with it a shortage of petrol, and at least HIT_LEAST of the 22 rows of
observations hit by the ensemble, which was fitted to them on other luck. Bytes
must not depend on the workers.
"""
import csv
import hashlib
import pathlib
import subprocess
import sys
import tempfile

# What the shipped ensemble hit when it was made, less one for another machine's
# last bits: a change that loses more has to be explained.
HIT_LEAST = 19


def run(program, scenario, folder, *options):
    subprocess.run([program, 'run', str(scenario), '--no-causes', '-o', str(folder),
                    '--no-plots', '--quiet', *options], check=True)
    return folder


def metrics(folder):
    with open(folder / 'metrics.csv', newline='') as table:
        return {(r['metric'], r['place'], r['commodity'], r['class'],
                 r['period']): r for r in csv.DictReader(table)}


def digest(folder):
    whole = hashlib.sha256()
    for path in sorted(folder.glob('*.csv')):
        whole.update(path.read_bytes())
    return whole.hexdigest()


class Verdict:
    def __init__(self):
        self.failed = 0

    def hold(self, what, value, low, high):
        good = value is not None and low <= value <= high
        shown = 'never' if value is None else f'{value:.4g}'
        print(f'{"ok" if good else "FAILED"}: {what}: {shown} '
              f'(expected {low:g} to {high:g})')
        self.failed += not good


def check_baseline(v, table):
    for (metric, place, commodity, klass, _), row in table.items():
        if metric == 'shortage_start_day':
            v.hold(f'replications with a shortage of {commodity} in {place}',
                   int(row['n']), 0, 0)
        if metric == 'served_frac' and place == 'bamako' and not klass:
            v.hold(f'least served share of {commodity} in {place}',
                   float(row['p05']), 0.999, 1)
    fuel = float(table['entered_fuel_per_day', '', '', '', '']['mean'])
    v.hold('tankers that enter a day', fuel, 143 * 0.97, 143 * 1.03)


def check_share(v, folder):
    """About half of the fuel is for Bamako: by what is used there."""
    use = {'bamako': 0.0, '': 0.0}
    with open(folder / 'assumptions.csv', newline='') as table:
        for row in csv.DictReader(table):
            pointer = row['pointer']
            if not (pointer.startswith('/demands/')
                    and pointer.endswith('/demand_m3_per_day')):
                continue
            use[''] += float(row['value'])
            if pointer.startswith('/demands/bamako-'):
                use['bamako'] += float(row['value'])
    v.hold('share of the fuel for Bamako', use['bamako'] / use[''], 0.4, 0.6)


def check_blockade(v, table):
    tankers = sum(
        float(r['mean']) for (metric, shipment, _, _, _), r in table.items()
        if metric == 'delivered_trucks_count' and '-bamako-' in shipment
        and shipment.rsplit('-bamako-')[1] in ('petrol', 'diesel',
                                               'power-fuel', 'lpg'))
    served = float(table['served_count', 'bamako-petroleum-customs', '', '',
                         '']['mean'])
    v.hold('tankers through customs for each delivered, convoys too',
           served / tankers, 0.98, 1.05)
    row = table['time_to_survive_days', 'bamako', 'petrol', '', '']
    # 0.88 of 100 with the sample as shipped.
    v.hold('share of replications in which Bamako runs short of petrol',
           int(row['n']) / (int(row['n']) + int(row['n_missing'])), 0.8, 1)


def check_score(v, program, scenario):
    """The calibrated ensemble against what was seen; on other luck than that
    which it was fitted to."""
    table = subprocess.run(
        [program, 'score', str(scenario), '-n', '100', '--seed', '11', '--csv',
         '--quiet'], check=True, capture_output=True, text=True).stdout
    rows = {r['row']: r for r in csv.DictReader(table.splitlines())}
    hit = sum(r['row_hit'] == 'yes' for r in rows.values())
    v.hold('rows of observations', len(rows), 22, 22)
    v.hold('rows hit by the median', hit, HIT_LEAST, 22)


def main():
    program, scenarios = sys.argv[1], pathlib.Path(sys.argv[2])
    v = Verdict()
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        base = run(program, scenarios / 'bamako-baseline.json', home / 'base',
                   '-n', '12')
        check_baseline(v, metrics(base))
        check_share(v, base)
        blockade = scenarios / 'bamako-2025.json'
        first = run(program, blockade, home / 'j2', '-n', '30', '-j', '2')
        check_blockade(v, metrics(first))
        check_score(v, program, scenarios / 'bamako-2025-window.json')
        few = [digest(run(program, blockade, home / f'few{j}', '-n', '5', '-j',
                          j)) for j in ('1', '2', '7')]
        v.hold('different bytes for 1, 2 and 7 workers', len(set(few)) - 1, 0,
               0)
        again = digest(run(program, blockade, home / 'again', '-n', '5'))
        v.hold('different bytes for the same seed', int(again != few[0]), 0, 0)
        other = digest(run(program, blockade, home / 'other', '-n', '5',
                           '--seed', '2'))
        v.hold('same bytes for another seed', int(other == few[0]), 0, 0)
    return 1 if v.failed else 0


if __name__ == '__main__':
    sys.exit(main())
