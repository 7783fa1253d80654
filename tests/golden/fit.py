#!/usr/bin/env python3
# fit.py - a fit from the command line, interrupted in every way.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall fit.py

Makes an observation from a run with a known number and fits it: the number is
found again, and one that does not matter is not. Then the same fit is killed,
stopped, given another number of workers, a full disk and another scenario; its
files are the same bytes in the end, or it is refused.
"""
import csv
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ['SHORTFALL']
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
DEPOT_DAYS, WIDTH_M3 = 6.5, 60
FIT = ['--chains', '24', '--generations', '40', '--quiet']
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}')
    if not holds:
        failures.append(what)
        print(shown)


def start(home, *arguments, **options):
    return subprocess.Popen([PROGRAM, *arguments], cwd=home, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            **options)


def shortfall(home, *arguments, **options):
    process = start(home, *arguments, **options)
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


def fit(home, name, *more, **options):
    return shortfall(home, 'fit', 'small.json', '-o', name, *FIT, *more,
                     **options)


def stock_m3(home, *more):
    """Mean stock in the depots on days 5 to 20."""
    shortfall(home, 'run', 'small.json', '-n', '10', '--no-plots', '--force',
              '-o', 'known', '-q', *more)
    with open(home / 'known' / 'curves.csv', newline='') as table:
        values = [float(row['mean']) for row in csv.DictReader(table)
                  if row['measure'] == 'depot_stock_m3'
                  and row['commodity'] == 'fuel' and 5 <= int(row['day']) <= 20]
    return sum(values) / len(values)


def make(home):
    """A short run in which one uncertain number shows in the observation."""
    scenario = {'extends': str(SCENARIOS / 'two-roads.json'), 'name': 'small',
                'time': {'end': '2030-02-05'},
                'events': {'truce': None, 'forest-attack': None}}
    (home / 'small.json').write_text(json.dumps(scenario))
    known = stock_m3(home, '--set', f'/assumptions/fuel_depot_days={DEPOT_DAYS}')
    part = {'series': ['kessa/fuel/depot_stock_m3'], 'stat': 'mean',
            'from_day': 5, 'to_day': 20, 'min': known - WIDTH_M3,
            'max': known + WIDTH_M3}
    row = {'number': '1', 'title': 'Depot stock', 'source': 'model',
           'confidence': 'assumed', 'parts': {'mean': part}}
    late = dict(row, number='2', title='Late stock',
                parts={'mean': dict(part, from_day=31, to_day=33)})
    (home / 'seen.json').write_text(json.dumps(
        {'format': 1, 'title': 'Made', 'day0': '2030-01-01',
         'rows': {'early': row}}))
    (home / 'both.json').write_text(json.dumps(
        {'format': 1, 'title': 'Made', 'day0': '2030-01-01',
         'rows': {'early': row, 'late': late}}))
    scenario['observations'] = 'seen.json'
    (home / 'small.json').write_text(json.dumps(scenario))


def files(home, name):
    return [(home / f'{name}.{kind}.json').read_bytes()
            for kind in ('fit', 'ensemble')]


def left_in(home, name):
    return sorted(p.name for p in home.iterdir() if p.name.startswith(name))


def wait_for(home, name, generations):
    """Until a fit has so many generations on disk."""
    state, deadline = home / f'{name}.fit.json', time.monotonic() + 120
    while time.monotonic() < deadline:
        if state.exists() and state.read_text().count('"delta"') >= generations:
            return
        time.sleep(0.02)
    sys.exit('a fit that was started does not go on')


def finds_what_is_known(home):
    code, out, err = fit(home, 'whole', '--csv')
    expect('a fit succeeds', code == 0, err)
    rows = {row['number']: row for row in csv.DictReader(out.splitlines())}
    depot = rows['/assumptions/fuel_depot_days']
    other = rows['/models/drivers/announcement_risk']
    expect('the number is found again',
           float(depot['posterior_p05']) < DEPOT_DAYS
           < float(depot['posterior_p95'])
           and abs(float(depot['posterior_p50']) - DEPOT_DAYS) < 0.3, out)
    expect('it is narrowed', float(depot['narrowing_frac']) < 0.3
           and depot['verdict'] in ('narrowed', 'not settled'), out)
    expect('what does not matter is not identified',
           other['verdict'] == 'not identified', out)
    ensemble = json.loads((home / 'whole.ensemble.json').read_text())
    expect('the sample has its rows', len(ensemble['rows']) == 200
           and ensemble['parameters'] == list(rows), ensemble['parameters'])
    code, out, err = shortfall(
        home, 'run', 'small.json', '-n', '20', '--no-plots', '-q', '--force',
        '-o', 'known', '--set', '/ensemble=whole.ensemble.json')
    expect('a run takes the sample', code == 0, err)
    code, out, err = fit(home, 'whole', '--set',
                         '/ensemble=whole.ensemble.json')
    expect('a fit is the same when its scenario names the sample', code == 0,
           err)


def same_for_any_jobs(home):
    whole = files(home, 'whole')
    for jobs in ('1', '2', '5'):
        code, _, err = fit(home, 'jobs', '--restart', '-j', jobs)
        expect(f'{jobs} workers give the same bytes',
               code == 0 and files(home, 'jobs') == whole, err)
    code, _, err = fit(home, 'jobs', '--restart', '--seed', '2')
    expect('another seed gives others', files(home, 'jobs') != whole, err)


def killed(home):
    process = start(home, 'fit', 'small.json', '-o', 'killed', *FIT)
    wait_for(home, 'killed', 7)
    process.kill()
    process.communicate()
    n = len(json.loads((home / 'killed.fit.json').read_text())['generations'])
    expect('a killed fit leaves its generations', 7 <= n < 41, n)
    code, _, err = fit(home, 'killed')
    expect('it is taken up as if nothing had happened',
           code == 0 and files(home, 'killed') == files(home, 'whole'), err)


def stopped(home):
    process = start(home, 'fit', 'small.json', '-o', 'stopped', *FIT)
    wait_for(home, 'stopped', 3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=240)
    expect('a stopped fit has status 1 and says so',
           process.returncode == 1 and 'stopped' in err, err)
    rows = json.loads((home / 'stopped.ensemble.json').read_text())['rows']
    expect('its sample is the last generation', len(rows) == 24, len(rows))
    code, _, err = fit(home, 'stopped')
    expect('it is taken up as well',
           code == 0 and files(home, 'stopped') == files(home, 'whole'), err)


def more_generations(home):
    code, _, err = fit(home, 'more', '--generations', '20', '--burn-in', '20')
    expect('a fit that ends with its burn-in says so',
           code == 0 and 'burn-in' in err, err)
    code, _, err = fit(home, 'more', '--generations', '40')
    expect('more generations can be asked for, in the same files',
           code == 0 and files(home, 'more') == files(home, 'whole'), err)


def worker_killed(home):
    process = start(home, 'fit', 'small.json', '-o', 'worker', *FIT)
    wait_for(home, 'worker', 2)
    is_killed = False
    while not is_killed and process.poll() is None:
        children = pathlib.Path(f'/proc/{process.pid}/task/{process.pid}'
                                '/children').read_text().split()
        for worker in children[:1]:
            try:
                os.kill(int(worker), signal.SIGKILL)
                is_killed = True
            except ProcessLookupError:
                pass  # it was done in the meantime
    _, err = process.communicate(timeout=240)
    expect('a killed worker costs at most one replication',
           process.returncode == 0 and ('failed' not in err or
                                        '1 of' in err), err)


def state_of(pid):
    try:
        stat = pathlib.Path('/proc', pid, 'stat').read_text()
    except OSError:
        return 'gone'
    return stat.rsplit(')', 1)[1].split()[0]


def is_at_work(pid):
    """Whether a worker has come so far that it leaves signals to its parent,
    and has asked before to end with it."""
    try:
        status = pathlib.Path('/proc', pid, 'status').read_text()
    except OSError:
        return False
    ignored = int(re.search(r'SigIgn:\s*(\w+)', status).group(1), 16)
    return bool(ignored & 1 << signal.SIGTERM - 1)


def start_and_stop(home, name):
    """A fit with a worker that is stopped, and neither just made nor just about
    to end."""
    process = start(home, 'fit', 'small.json', '-o', name, '-j', '2', *FIT,
                    start_new_session=True)
    wait_for(home, name, 2)
    while process.poll() is None:
        children = pathlib.Path(f'/proc/{process.pid}/task/{process.pid}'
                                '/children').read_text().split()
        for worker in filter(is_at_work, children[:1]):
            try:
                os.kill(int(worker), signal.SIGSTOP)
                time.sleep(0.1)
            except ProcessLookupError:
                continue  # it was done in the meantime
            if state_of(worker) == 'T':
                return process, worker
    sys.exit('no worker of a fit could be stopped')


def worker_stopped(home):
    process, worker = start_and_stop(home, 'halt')
    time.sleep(1)
    before = len(tried(home, 'halt'))
    time.sleep(1)
    expect('a fit waits for a worker that is stopped', process.poll() is None
           and len(tried(home, 'halt')) == before)
    os.kill(int(worker), signal.SIGCONT)
    _, err = process.communicate(timeout=240)
    expect('when it goes on the files are the same bytes',
           process.returncode == 0
           and files(home, 'halt') == files(home, 'whole'), err)


def ended_beside_a_stopped_worker(home):
    for name, number, status in (('int', signal.SIGINT, 1),
                                 ('kill', signal.SIGKILL, -signal.SIGKILL)):
        process, worker = start_and_stop(home, name)
        if name == 'kill':
            process.kill()
        else:
            os.killpg(process.pid, number)  # as a terminal does
            time.sleep(0.5)
            expect('Ctrl-C waits for a worker that is stopped',
                   process.poll() is None)
            process.send_signal(number)
        _, err = process.communicate(timeout=60)
        expect(f'a fit with a stopped worker ends at {number.name}',
               process.returncode == status, err)
        expect('it says so', name == 'kill' or 'stopped;' in err, err)
        deadline = time.monotonic() + 10
        while state_of(worker) not in ('Z', 'gone') \
                and time.monotonic() < deadline:
            time.sleep(0.1)
        expect('the worker has ended too', state_of(worker) in ('Z', 'gone'))
        code, _, err = fit(home, name)
        expect('the fit is taken up as if nothing had happened', code == 0
               and files(home, name) == files(home, 'whole'), err)


def refused(home):
    before = files(home, 'whole')
    code, _, err = fit(home, 'whole', '--set', '/run/group_h=5')
    expect('another scenario is refused with both hashes', code == 1
           and err.count('scenario_sha256') == 1
           and sum(len(word) == 66 for word in err.split()) == 2, err)
    code, _, err = fit(home, 'whole', '--observations', 'both.json')
    expect('other observations are refused with both hashes', code == 1
           and err.count('observations_sha256') == 1
           and sum(len(word) == 66 for word in err.split()) == 2, err)
    code, _, err = fit(home, 'whole', '--tolerance', '0.2')
    expect('another tolerance is refused', code == 1
           and 'tolerance was 0.1' in err, err)
    state = home / 'whole.fit.json'
    state.write_bytes(before[0].replace(b'"terms": [', b'"terms": [0,', 1))
    code, _, err = fit(home, 'whole')
    expect('a state that was changed is refused',
           code == 1 and 'changed by hand' in err, err)
    state.write_bytes(before[0][:len(before[0]) // 2])
    code, _, err = fit(home, 'whole')
    expect('half a state is refused', code == 1, err)
    state.unlink()
    code, _, err = fit(home, 'whole')
    expect('a sample without its state is not written over', code == 1, err)
    expect('nor touched', files_kept(home, before[1]))
    state.write_bytes(before[0])


def files_kept(home, ensemble):
    return (home / 'whole.ensemble.json').read_bytes() == ensemble


def until(home):
    code, out, err = fit(home, 'until', '--observations', 'both.json',
                         '--until', '2030-01-25', '--json')
    rows = json.loads(out)['tables']['rows']['rows'] if code == 0 else []
    expect('--until leaves later rows out',
           [row['row'] for row in rows] == ['1'], err)


def no_room(home):
    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))
    code, _, err = fit(home, 'full', preexec_fn=small_files)
    expect('with no room the status is 1 and it is said',
           code == 1 and 'full.fit.json' in err, err)
    kept = json.loads((home / 'full.fit.json').read_text())['generations']
    expect('what had room is whole', len(kept) >= 1, len(kept))
    expect('nothing else is left',
           left_in(home, 'full') == ['full.fit.json'], left_in(home, 'full'))
    code, _, err = fit(home, 'full')
    expect('with room again it goes on',
           code == 0 and files(home, 'full') == files(home, 'whole'), err)
    code, _, err = fit(home, '/proc/nowhere')
    expect('a place that cannot be written is status 1', code == 1, err)


def tried(home, name):
    return json.loads((home / f'{name}.fit.json').read_text())['generations']


def renewed(home):
    """Chains that are compared on replications of their own, then on others"""
    code, _, err = fit(home, 'renewed', '--renew', '2')
    got = tried(home, 'renewed')
    same = [i for i in range(1, len(got))
            if got[i]['places'] == stood(got, i - 1)]
    later = len(got) // 2 + 1  # the first that is not of the burn-in
    expect('after the burn-in, every second generation the chains stay',
           code == 0 and same == [i for i in range(later + 1, len(got))
                                  if i % 2 == 0], err or same)
    expect('and are given other luck, which counts',
           all(got[i]['terms'] != stood(got, i - 1, 'terms')
               and got[i]['states'] == list(range(
                   i * len(got[i]['states']), (i + 1) * len(got[i]['states'])))
               for i in same), same)
    code, _, err = fit(home, 'renewed', '--renew', '3')
    expect('a fit cannot change over', code != 0 and 'renew' in err, err)


def stood(generations, last, what='places'):
    """Places (terms) at which the chains stand after a generation"""
    tries = [t for g in generations[:last + 1] for t in g[what]]
    return [tries[i] for i in generations[last]['states']]


def main():
    cases = [finds_what_is_known, same_for_any_jobs, killed, stopped,
             more_generations, worker_killed, worker_stopped,
             ended_beside_a_stopped_worker, until, no_room, renewed, refused]
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        make(home)
        for case in cases:
            print(f'-- {case.__name__}')
            case(home)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
