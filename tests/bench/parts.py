# parts.py - the parts of the benchmark. SPDX-License-Identifier: GPL-3.0-or-later
"""Each part is a function of a House that returns rows (see table.py). What is
compared is measured side by side, in turns, in one run."""
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from table import at_least, at_most, row

HERE = pathlib.Path(__file__).parent


class House:
    """Where the programs are, and how they are called."""

    def __init__(self, build, source):
        self.build = pathlib.Path(build).resolve()
        self.source = pathlib.Path(source).resolve()
        self.program = self.build / 'shortfall'

    def scenario(self, name):
        return self.source / 'scenarios' / name

    def bench(self, name, *arguments):
        """Lines of a benchmark in C, split."""
        done = subprocess.run([self.build / 'tests/bench' / name,
                               *map(str, arguments)], check=True,
                              stdout=subprocess.PIPE, text=True)
        return [line.split('\t') for line in done.stdout.splitlines()]

    def run_command(self, scenario, n, jobs, out, *more):
        return [self.program, 'run', scenario, '-n', str(n), '-j', str(jobs),
                '-q', '-o', out, '--force', '--no-plots', '--no-causes', *more]


def measure(arguments):
    """Seconds on the wall, of processor time with children, and MB of the
    largest process."""
    began = time.monotonic()
    with subprocess.Popen(list(map(str, arguments)), stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if status != 0:
        sys.exit(f'{arguments} ended with {status}')
    return (time.monotonic() - began, used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024)


# ---- The engine ----------------------------------------------------------------

def hold(house):
    """(a) Pending events."""
    rows = []
    times = {'exponential': 'exponential delays', 'whole': 'whole days'}
    for step, delays, n, ours, heap, same in house.bench('bench-hold'):
        name = 'hold + reschedule' if step == 'move' else 'hold'
        what = f'{name}, {int(n):,} events, {times[delays]}'
        if same != 'same':
            sys.exit(f'{what}: the two sets popped something different')
        ratio = float(ours) / float(heap)
        note = f'{float(ours):.0f} of {float(heap):.0f} ns'
        if n == '1000':
            rows.append(at_most(what, ratio, .3 if step == 'hold' else .5,
                                unit='x', note=note))
        else:
            rows.append(row(what, f'{ratio:.2f}x ({note})'))
    found = {(s, d, n): float(o) for s, d, n, o, _, _
             in house.bench('bench-hold', 1000)}
    for step, name in ('hold', 'hold'), ('move', 'hold + reschedule'):
        worse = (found[step, 'whole', '1000']
                 / found[step, 'exponential', '1000'])
        rows.append(at_most(f'{name}, 1,000 events: whole days beside '
                            'exponential delays', worse, 1.05, unit='x'))
    for step, delays, n, ours, heap, _ in house.bench('bench-hold-ticks', 1000):
        name = 'hold + reschedule' if step == 'move' else 'hold'
        rows.append(row(f'{name}, 1,000 events, {times[delays]}, beside the '
                        'heap with whole numbers as times',
                        f'{float(ours) / float(heap):.2f}x ({float(ours):.0f} '
                        f'of {float(heap):.0f} ns)'))
    return rows


def stations(house):
    """(b) Queues through the engine, and what the engine costs by itself."""
    found = {line[0]: [float(x) for x in line[1:]] for line in house.bench(
        'bench-stations', HERE / 'stations.json',
        house.scenario('theory/t19-queue.json'))}
    heap, bare = found['heap'][0], found['set'][0]
    rows = []
    for name, what, limit in (
            ('mm1', 'M/M/1, a customer, beside a hold of the heap at 1,000', 1),
            ('network', '1,000 stations, a customer served, beside the same',
             1.5)):
        ns = found[name][0]
        rows.append(at_most(what, ns / heap, limit, unit='x',
                            note=f'{ns:.0f} of {heap:.0f} ns'))
    ns = found['trucks'][0]
    rows.append(row('M/M/1 as a scenario, a truck that comes, queues, unloads '
                    'and goes home, beside the same',
                    f'{ns / heap:.2f}x ({ns:.0f} ns)'))
    ns = found['timers'][0]
    rows.append(at_most('an event of the engine beside a bare hold on the same '
                        'queue', ns / bare, 2, unit='x',
                        note=f'{ns:.0f} of {bare:.0f} ns'))
    common, apart = found['crn']
    rows.append(at_most('variance of the difference of two M/M/1, common '
                        'random numbers beside different seeds',
                        common / apart, .3, unit='x',
                        note=f'{common:.2f} of {apart:.2f}'))
    return rows


# ---- Replications ----------------------------------------------------------------

def runs(house):
    """(c) Replications a second, 1 and 2 workers; as many as a command makes
    when it is told nothing."""
    rows = []
    for name, n in ('two-roads', 100), ('bamako-baseline', 200), \
            ('bamako-2025', 200):
        events, one, two, ratio, apart = map(float, house.bench(
            'bench-runs', house.scenario(name + '.json'), n, 7)[0])
        rows.append(row(f'{name}: replications a second, 1 and 2 workers',
                        f'{one:.1f} and {two:.1f} ({events:.0f} events each, '
                        f'{1e9 / one / events:.0f} ns an event)'))
        what = f'{name}: 2 workers beside 1'
        if name == 'bamako-2025':
            rows.append(at_least(
                what, ratio, 1.85, unit='x',
                note=f'two programs apart, the most that is to be had: '
                     f'{apart:.2f}'))
        else:
            rows.append(row(what, f'{ratio:.2f}x; two programs apart '
                                  f'{apart:.2f}x'))
    return rows


def thousand(house):
    """1,000 replications of Bamako with tables, figures apart."""
    rows = []
    with tempfile.TemporaryDirectory() as home:
        for what, tries, limit, more in (
                ('grouped', 3, 10, ()),
                ('trucks one by one (group_h 0)', 1, 75,
                 ('--set', '/run/group_h=0'))):
            found = [measure(house.run_command(
                house.scenario('bamako-2025.json'), 1000, 2,
                pathlib.Path(home) / 'out', *more)) for _ in range(tries)]
            wall = statistics.median(f[0] for f in found)
            used = statistics.median(f[1] for f in found)
            rows.append(at_most(
                f'bamako-2025: 1,000 replications and tables, 2 workers, {what}',
                wall, limit, unit=' s', form='{:.1f}',
                note=f'{used:.1f} s of processor time'))
    return rows


def children_of(pid):
    path = pathlib.Path(f'/proc/{pid}/task/{pid}/children')
    return [int(word) for word in path.read_text().split()]


def memory_of(pid):
    """MB of a process: resident, and what it alone has."""
    found = {}
    for line in pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text() \
            .splitlines()[1:]:
        name, size = line.split(':')
        found[name] = int(size.split()[0]) / 1024
    return found['Rss'], found['Private_Dirty'] + found['Private_Clean']


def workers_memory(command):
    """The most that any child of a command has, in MB: resident, private."""
    most = (0, 0)
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as manager:
        while manager.poll() is None:
            try:
                for pid in children_of(manager.pid):
                    most = tuple(map(max, most, memory_of(pid)))
            except (OSError, KeyError, IndexError, ValueError):
                pass  # it ended while it was looked at
            time.sleep(.02)
    if manager.returncode != 0:
        sys.exit(f'{command} ended with {manager.returncode}')
    return most


def memory(house):
    """Memory of a worker."""
    rows = []
    with tempfile.TemporaryDirectory() as home:
        for name, more in (('grouped', ()),
                           ('trucks one by one', ('--set', '/run/group_h=0'))):
            resident, private = workers_memory(house.run_command(
                house.scenario('bamako-2025.json'), 100, 2,
                pathlib.Path(home) / 'out', *more))
            rows.append(at_most(
                f'bamako-2025, {name}: memory of a worker', resident, 64,
                form='{:.0f}', unit=' MB',
                note=f'resident; its own alone {private:.0f} MB'))
    return rows


# ---- Countries ---------------------------------------------------------------------

def make_country(path, places, trucks):
    with path.open('w') as out:
        subprocess.run([sys.executable, HERE / 'make-country.py', str(places),
                        str(trucks), '1'], check=True, stdout=out)


def measure_country(house, home, places, trucks, *more):
    """Seconds of processor time to load and to run once, MB to run."""
    path = home / 'country.json'
    make_country(path, places, trucks)
    load = [measure([house.program, 'check', path]) for _ in range(3)]
    tries = 3 if places * trucks <= 1e8 else 1
    run = [measure(house.run_command(path, 1, 1, home / 'out', *more))
           for _ in range(tries)]
    return {'load_s': statistics.median(t[1] for t in load),
            'load_mb': load[0][2], 'run_mb': run[0][2],
            'run_s': statistics.median(t[1] for t in run)}


def growth(small, large, a, b):
    """Exponent from size a to b, and that of n log n."""
    step = math.log(b / a)
    return (math.log(large / small) / step,
            math.log(b * math.log(b) / (a * math.log(a))) / step)


def series(house, home, name, sizes, *more):
    """Rows of countries that grow; `sizes` are (n, places, trucks)."""
    found = [(n, measure_country(house, home, places, trucks, *more))
             for n, places, trucks in sizes]
    rows = []
    for n, f in found:
        rows.append(row(f'{n:,} {name}',
                        f"load {f['load_s']:.2f} s, {f['load_mb']:.0f} MB; run "
                        f"{f['run_s']:.2f} s, {f['run_mb']:.0f} MB"))
    for what, text, is_linear in (('load_s', 'time to load', False),
                                  ('run_s', 'time to run', False),
                                  ('run_mb', 'memory to run', True)):
        steps = [growth(x[what], y[what], a, b)
                 for (a, x), (b, y) in zip(found, found[1:])]
        limits = [1 if is_linear else limit for _, limit in steps]
        rows.append(row(
            f'growth with {name}: {text}, exponents from one to the next',
            ', '.join(f'{g:.2f}' for g, _ in steps),
            'linear: ≤ 1' if is_linear else 'n log n: ≤ '
            + ', '.join(f'{limit:.2f}' for limit in limits),
            all(g <= limit for (g, _), limit in zip(steps, limits))))
    return rows, found


def country(house):
    """(d), (e) A country that grows, and how long the largest takes to load."""
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        rows, found = series(house, home, 'places and as many trucks',
                             [(n, n, n) for n in (1000, 10000, 100000)])
        rows.append(at_most('loading 100,000 places', found[-1][1]['load_s'], 3,
                            unit=' s'))
        more, _ = series(house, home, 'trucks in 1,000 places',
                         [(n, 1000, n) for n in (10**3, 10**4, 10**5, 10**6)])
        alone, _ = series(house, home, 'trucks one by one in 1,000 places',
                          [(n, 1000, n) for n in (10**3, 10**4, 10**5)],
                          '--set', '/run/group_h=0')
    return rows + more + alone
