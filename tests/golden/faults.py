#!/usr/bin/env python3
# faults.py - what a run does when the world around it fails.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall faults.py [CASE...]

Runs the program with gnuplot missing or broken, a full disk, a folder in the
way, a worker killed or stopped, the user interrupting, files that run out or
vanish, a clock that jumps, and standard output closed or full. Whatever happens, a result folder is whole or not there, and nothing is
left beside it.
"""
import csv
import json
import os
import pathlib
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ['SHORTFALL']
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
SMALL = str(SCENARIOS / 'two-roads.json')
MANY = 6000  # replications of it, more than are done before a signal comes
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}')
    if not holds:
        failures.append(what)
        print(shown)


def shortfall(*arguments, **options):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True,
                          text=True, timeout=240, **options)
    return done.returncode, done.stdout + done.stderr


def left_in(home):
    return sorted(path.name for path in home.iterdir())


def is_whole(folder):
    needed = ['curves.csv', 'metrics.csv', 'samples.csv', 'ledger.csv',
              'events.csv', 'replications.csv', 'assumptions.csv',
              'manifest.json', 'summary.txt']
    return all((folder / name).stat().st_size > 0 for name in needed)


def gnuplot_missing(home):
    environment = dict(os.environ, SHORTFALL_GNUPLOT='/nonexistent/gnuplot')
    code, text = shortfall('run', SMALL, '-n', '3', '-o', str(home / 'out'),
                           env=environment)
    expect('without gnuplot the status is 4', code == 4, text)
    expect('without gnuplot the package is named', 'gnuplot-nox' in text, text)
    expect('without gnuplot the tables are whole', is_whole(home / 'out'))
    code, text = shortfall('plot', str(home / 'out'), env=environment)
    expect('plot without gnuplot has status 4', code == 4, text)


def gnuplot_broken(home):
    environment = dict(os.environ, SHORTFALL_GNUPLOT='/bin/false')
    code, text = shortfall('run', SMALL, '-n', '3', '-o', str(home / 'out'),
                           env=environment)
    expect('with a broken gnuplot the status is 4', code == 4, text)
    expect('with a broken gnuplot the tables are whole',
           is_whole(home / 'out'))


def is_running(pid):
    """A zombie has ended, and waits for whoever adopted it."""
    try:
        stat = pathlib.Path('/proc', pid, 'stat').read_text()
    except OSError:
        return False
    return stat.rsplit(')', 1)[1].split()[0] != 'Z'


def gnuplot_hangs(home):
    """A gnuplot on PATH that never ends: every command ends all the same."""
    (home / 'bin').mkdir()
    fake = home / 'bin/gnuplot'
    fake.write_text(f'#!/bin/sh\necho $$ >> {home}/pids\nexec sleep 600\n')
    fake.chmod(0o755)
    environment = dict(os.environ, SHORTFALL_FIGURE_SECONDS='1',
                       PATH=f'{home}/bin:{os.environ["PATH"]}')
    environment.pop('SHORTFALL_GNUPLOT', None)
    out = str(home / 'out')
    begun = time.monotonic()
    code, text = shortfall('run', SMALL, '-n', '3', '-o', out, env=environment)
    expect('a run whose gnuplot hangs has status 4', code == 4, text)
    expect('it says which figure, and what to do', 'shortage in 1 s' in text
           and 'SHORTFALL_FIGURE_SECONDS' in text, text)
    expect('its tables and its page are whole', is_whole(home / 'out')
           and '</html>' in (home / 'out/report.html').read_text())
    code, text = shortfall('plot', out, env=environment)
    expect('plot has status 4', code == 4, text)
    code, text = shortfall('report', out, env=environment)
    expect('report writes its page and says what it lacks', code == 0
           and 'cannot be drawn' in text, text)
    code, text = shortfall('--version', env=environment)
    expect('--version ends', code == 0, text)
    expect('all within their limits', time.monotonic() - begun < 30)
    pids = (home / 'pids').read_text().split()
    time.sleep(0.3)  # what is killed ends in a moment
    expect('no gnuplot is left', len(pids) == 13
           and not any(is_running(pid) for pid in pids), pids)


def interrupted_while_drawing(home):
    (home / 'bin').mkdir()
    fake = home / 'bin/gnuplot'
    fake.write_text(f'#!/bin/sh\necho > {home}/begun\nexec sleep 600\n')
    fake.chmod(0o755)
    environment = dict(os.environ, SHORTFALL_GNUPLOT=str(fake))
    process = subprocess.Popen(
        [PROGRAM, 'run', SMALL, '-n', '3', '-o', str(home / 'out')],
        env=environment, stderr=subprocess.PIPE, text=True,
        start_new_session=True)
    deadline = time.monotonic() + 60
    while not (home / 'begun').exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    text = process.communicate(timeout=60)[1]
    expect('Ctrl-C while figures are drawn ends the drawing only',
           process.returncode == 4 and 'The tables are complete' in text, text)
    expect('the folder has its name', is_whole(home / 'out')
           and left_in(home) == ['begun', 'bin', 'out'], left_in(home))


# What else keeps its tables in a folder: the command, and what is in it.
KEPT = [
    (['compare', SMALL, str(SCENARIOS / 'example.json'), '-n', '3'],
     ['compare.csv', 'compare.txt', 'differences.csv', 'manifest.json']),
    (['rank', SMALL, str(SCENARIOS / 'example.json'), '-n', '3', '--max', '3',
      '--measure', '/lost_count'],
     ['rank.csv', 'rank.json', 'rank.txt', 'manifest.json']),
    (['sensitivity', str(SCENARIOS / 'sweeps/two-roads.json')],
     ['sensitivity.txt', 'manifest.json']),
]


def kept_in_folders(home):
    for arguments, names in KEPT:
        kept_in_folder(home, arguments, names)


def kept_in_folder(home, arguments, names):
    command, folder = arguments[0], home / arguments[0] / 'out'
    if command == 'sensitivity':
        arguments = [*arguments, '--folder', str(home / 'sweep')]
        code, text = shortfall('sweep', 'run', '-q', '-o',
                               str(home / 'sweep'), arguments[1])
        expect('a sweep is done', code == 0, text)
    arguments = [*arguments, '-q', '-o', str(folder)]

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    if command != 'sensitivity':  # its database is larger than that
        code, text = shortfall(*arguments, '--no-plots',
                               preexec_fn=little_room)
        expect(f'{command} with no room has status 1', code == 1, text)
        expect(f'{command} with no room leaves nothing',
               left_in(folder.parent) == [], text)
    environment = dict(os.environ, SHORTFALL_GNUPLOT='/nonexistent/gnuplot')
    code, text = shortfall(*arguments, env=environment)
    expect(f'{command} without gnuplot has status 4', code == 4, text)
    expect(f'{command} without gnuplot names the package',
           'gnuplot-nox' in text, text)
    expect(f'{command} without gnuplot keeps its tables',
           all((folder / name).stat().st_size > 0 for name in names))
    code, text = shortfall(*arguments, '--no-plots')
    expect(f'{command} overwrites nothing', code == 1, text)
    code, text = shortfall(*arguments, '--force')
    expect(f'{command} replaces when told to', code == 0
           and any((folder / 'figures').iterdir()), text)
    manifest = json.loads((folder / 'manifest.json').read_text())
    expect(f'{command} says how it was called',
           manifest['command'] == command
           and manifest['command_line'][:2] == ['shortfall', command]
           and '--force' in manifest['command_line'], manifest)
    expect(f'{command} leaves nothing beside',
           left_in(folder.parent) == ['out'])


def folder_in_the_way(home):
    folder = home / 'out'
    folder.mkdir()
    (folder / 'letter.txt').write_text('precious')
    for options in ([], ['--force']):
        code, text = shortfall('run', SMALL, '-n', '2', '--no-plots', '-o',
                               str(folder), *options)
        expect(f'a folder with other files is refused {options}', code == 1,
               text)
    expect('and left as it was', left_in(folder) == ['letter.txt'])
    expect('with nothing beside it', left_in(home) == ['out'])


def force_replaces(home):
    folder = home / 'out'
    for options in ([], ['--force']):
        code, text = shortfall('run', SMALL, '-n', '2', '--no-plots', '-o',
                               str(folder), *options)
        expect(f'results are written {options}',
               code == 0 and is_whole(folder), text)
    code, text = shortfall('run', SMALL, '-n', '2', '--no-plots', '-o',
                           str(folder))
    expect('results are not overwritten without --force', code == 1, text)
    expect('replacing leaves nothing beside', left_in(home) == ['out'])


def disk_full(home):
    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
    code, text = shortfall('run', str(SCENARIOS / 'bamako-2025.json'), '-n',
                           '2', '--no-plots', '-o', str(home / 'out'),
                           preexec_fn=small_files)
    expect('with no room the status is 1', code == 1, text)
    expect('with no room something is said', text.strip() != '')
    expect('with no room nothing is left', left_in(home) == [], left_in(home))


def no_room_for_the_page(home):
    """The page is the largest file: a limit that all others stay below."""
    run = ['run', str(SCENARIOS / 'lessons/2-stock.json'), '-n', '2', '--set',
           '/time/end=2030-03-01', '-o']
    code, text = shortfall(*run, str(home / 'all'))
    sizes = sorted((path.stat().st_size, path.name)
                   for path in (home / 'all').rglob('*') if path.is_file())
    expect('the page is the largest file', code == 0
           and sizes[-1][1] == 'report.html', sizes[-2:])
    room = (sizes[-2][0] + sizes[-1][0]) // 2

    def no_large_file():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    code, text = shortfall(*run, str(home / 'out'), preexec_fn=no_large_file)
    expect('with no room for the page the status is 1', code == 1, text)
    expect('its name is in what is said', 'report.html' in text
           and 'The tables are complete.' in text
           and 'begin with summary.txt' in text, text)
    expect('the tables are kept', is_whole(home / 'out'))
    expect('the figures too', (home / 'out/figures/shortage.svg').is_file())
    expect('no half page is left',
           not (home / 'out' / 'report.html').exists()
           and left_in(home) == ['all', 'out'], left_in(home / 'out'))


def no_such_place(home):
    code, text = shortfall('run', SMALL, '-n', '2', '--no-plots', '-o',
                           '/proc/nowhere/out')
    expect('a place that cannot be written is status 1', code == 1, text)


def children_of(pid):
    children = []
    for entry in pathlib.Path('/proc').iterdir():
        try:
            stat = (entry / 'stat').read_text()
        except OSError:
            continue
        if entry.name.isdigit() and stat.rsplit(')', 1)[1].split()[1] == str(
                pid):
            children.append(int(entry.name))
    return children


def start_long(home):
    process = subprocess.Popen(
        [PROGRAM, 'run', SMALL, '-n', str(MANY), '-j', '2', '--no-plots', '-o',
         str(home / 'out')], stderr=subprocess.PIPE, text=True)
    workers, deadline = [], time.monotonic() + 60
    while not workers and time.monotonic() < deadline:
        time.sleep(0.1)
        workers = children_of(process.pid)
    time.sleep(1.5)
    return process, workers


def statuses(home):
    with open(home / 'out' / 'replications.csv', newline='') as table:
        return list(csv.DictReader(table))


def worker_killed(home):
    process, workers = start_long(home)
    os.kill(workers[0], signal.SIGKILL)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    text = process.communicate(timeout=240)[1]
    rows = statuses(home)
    killed = [row for row in rows if 'signal 9' in row['message']]
    expect('a killed worker costs one replication', len(killed) == 1, text)
    expect('the others go on', sum(r['status'] == 'done' for r in rows) > 3)
    expect('a killed worker makes the status 1', process.returncode == 1, text)


def interrupted(home):
    process, _ = start_long(home)
    process.send_signal(signal.SIGINT)
    text = process.communicate(timeout=240)[1]
    rows = statuses(home)
    done = sum(row['status'] == 'done' for row in rows)
    expect('an interrupted run keeps what is done', 0 < done < MANY, text)
    expect('an interrupted run has status 1', process.returncode == 1, text)
    expect('an interrupted run says so', 'stopped' in text, text)
    expect('its folder is whole', is_whole(home / 'out'))
    expect('and nothing is beside it', left_in(home) == ['out'])


def interrupted_while_writing(home):
    """All replications are done, and their tables take a moment."""
    process = subprocess.Popen(
        [PROGRAM, 'run', SMALL, '-n', '2000', '-j', '2', '--no-causes',
         '--no-plots', '-o', str(home / 'out')], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)
    lines = []
    for line in process.stdout:
        lines.append(line)
        if '2000 replications in' in line:
            process.send_signal(signal.SIGINT)
    code = process.wait(timeout=240)
    expect('Ctrl-C while tables are written loses none', code == 0, lines)
    rows = statuses(home)
    expect('and no replication', len(rows) == 2000
           and all(row['status'] == 'done' for row in rows), len(rows))
    expect('its folder is whole', is_whole(home / 'out'))


def worker_stopped(home):
    process, workers = start_long(home)
    os.kill(workers[0], signal.SIGSTOP)
    time.sleep(2)
    expect('a stopped worker ends nothing', process.poll() is None)
    os.kill(workers[0], signal.SIGCONT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    text = process.communicate(timeout=240)[1]
    rows = statuses(home)
    expect('one that goes on costs no replication', len(rows) > 3
           and {row['status'] for row in rows} <= {'done', 'not run'}, text)
    expect('its folder is whole', is_whole(home / 'out'))


def worker_stopped_for_good(home):
    process, workers = start_long(home)
    os.kill(workers[0], signal.SIGSTOP)
    for _ in range(2):
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
    text = process.communicate(timeout=60)[1]
    expect('Ctrl-C twice ends a run with a stopped worker',
           process.returncode != 0, text)
    deadline = time.monotonic() + 10
    workers = [str(worker) for worker in workers]
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    expect('and the worker too', not any(map(is_running, workers)))
    left = left_in(home)
    expect('what is left is whole', not left or left == ['out']
           and is_whole(home / 'out'), left)


def few_files(home):
    """As many files open as may be: some, and then one more at a time."""
    base = home / 'base'
    shortfall('run', SMALL, '-n', '2', '--no-plots', '-o', str(base))
    calls = [('run', SMALL, '-n', '3', '-j', '2', '-o'),
             ('report', str(base), '-o'), ('export', str(base), '-o')]
    names = {'run': 'new', 'report': 'new.html', 'export': 'new.xlsx'}
    environment = dict(os.environ, ASAN_OPTIONS='detect_leaks=0')
    for call in calls:
        done = 0
        for limit in range(4, 20):
            out = home / names[call[0]]
            code, text = shortfall(
                *call, str(out), env=environment,
                preexec_fn=lambda n=limit: resource.setrlimit(
                    resource.RLIMIT_NOFILE, (n, n)))
            if code == 127:  # what loads the program needs files too
                continue
            done += 1
            if code not in (0, 1) or not text.strip() or 'GLib' in text:
                expect(f'{call[0]} with {limit} files ends in words', False,
                       (code, text))
            left = sorted(set(left_in(home)) - {'base', out.name})
            if left or (out.suffix and code == 1 and out.exists()):
                expect(f'{call[0]} with {limit} files leaves nothing', False,
                       left)
            if out.is_dir():
                expect(f'{call[0]} with {limit} files leaves it whole',
                       is_whole(out))
                shutil.rmtree(out)
            elif out.exists():
                out.unlink()
        expect(f'{call[0]} with few files was tried', done > 10)


def vanishing(home):
    """Folder and scenario go away, or shrink, while they are read."""
    base, copy, scenario = home / 'base', home / 'copy', home / 's.json'
    shortfall('run', SMALL, '-n', '20', '--no-plots', '-o', str(base))
    lasts = {}
    for name, out in (('report', 'new.html'), ('export', 'new.xlsx'),
                      ('check', None)):
        began, states = time.monotonic(), set()
        for i in range(-1, 12):
            shutil.copytree(base, copy, dirs_exist_ok=True)
            shutil.copy(SMALL, scenario)
            what = scenario if name == 'check' else copy
            process = subprocess.Popen(
                [PROGRAM, name, str(what)] + (['-o', str(home / out)] if out
                                              else []),
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if i >= 0:
                time.sleep(lasts[name] * i / 12)
                for path in sorted(copy.iterdir()):
                    os.truncate(path, 100 if i % 2 else 0)
                shutil.rmtree(copy)
                scenario.unlink()
            text = process.communicate(timeout=60)[0]
            lasts.setdefault(name, time.monotonic() - began)
            states.add(process.returncode)
            left = set(left_in(home)) - {'base', 'copy', 's.json', 'new.html',
                                         'new.xlsx'}
            if process.returncode not in (0, 1, 3) or not text.strip() or left:
                expect(f'{name} of what vanishes ends in words', False,
                       (process.returncode, text, left))
        expect(f'{name} of what vanishes was tried', 0 in states, states)


def clock_jumps(home):
    clock = os.environ.get('SHORTFALL_CLOCK')
    if not clock:
        print('skipped: sanitizers want to be loaded first')
        return
    environment = dict(os.environ, LD_PRELOAD=clock)
    seen = subprocess.run(['date', '+%s'], env=environment, text=True,
                          capture_output=True, check=True).stdout
    expect('the clock is another day\'s',
           abs(int(seen) - time.time()) > 80000, seen)
    for name, env in (('still', None), ('jumping', environment)):
        code, text = shortfall('run', SMALL, '-n', '40', '-j', '2',
                               '--no-plots', '-o', str(home / name), env=env)
        expect('a run ends well', code == 0, text)
    manifest = json.loads((home / 'jumping' / 'manifest.json').read_text())
    expect('a run took as long as it took',
           0 <= manifest['duration_s'] < 200, manifest['duration_s'])
    for table in ('samples.csv', 'curves.csv', 'metrics.csv'):
        expect(f'{table} does not depend on the clock',
               (home / 'still' / table).read_bytes()
               == (home / 'jumping' / table).read_bytes())
    clock_jumps_in_a_sweep(home, environment)
    clock_jumps_in_a_fit(home, environment)


def clock_jumps_in_a_sweep(home, environment):
    """In two parts, so that the store is taken up on another day."""
    rows = []
    for name, env in (('sweep', None), ('jumping-sweep', environment)):
        for most in (['--most', '50'], []):
            code, text = shortfall(
                'sweep', 'run', str(SCENARIOS / 'sweeps/two-roads.json'), '-o',
                str(home / name), '-j', '2', '-q', *most, env=env)
            expect('a part of a sweep ends well', code == 0, text)
        code, text = shortfall('sweep', 'status', str(home / name), env=env)
        expect('its status too, and nobody is at work', code == 0
               and 'at work' not in text and 'stale' not in text, text)
        base = sqlite3.connect(home / name / 'sweep.sqlite')
        names = ', '.join(
            f'"{row[1]}"' for row in base.execute('PRAGMA table_info(tidy)')
            if row[1] not in ('wall_s', 'cpu_s', 'finished_unix_s', 'worker'))
        rows.append([sorted(base.execute(f'SELECT {what}'), key=repr)
                     for what in (f'{names} FROM tidy', '* FROM series')])
        base.close()
    expect('rows of a sweep do not depend on the clock',
           rows[0] == rows[1] and len(rows[0][0]) == 128, rows)


def clock_jumps_in_a_fit(home, environment):
    for name, env in (('fit', None), ('jumping-fit', environment)):
        code, text = shortfall(
            'fit', str(SCENARIOS / 'bamako-2025.json'), '-o', str(home / name),
            '--chains', '8', '--generations', '2', '-j', '2', '-q', env=env)
        expect('a fit ends well', code == 0, text)
    for kind in ('fit', 'ensemble'):
        expect(f'the {kind} of a fit does not depend on the clock',
               (home / f'fit.{kind}.json').read_bytes()
               == (home / f'jumping-fit.{kind}.json').read_bytes())


# Functions of igraph, and what cannot be done without them.
NETWORK = str(SCENARIOS / 'bamako-network.json')
GRAPHS = [
    ('igraph_create', ('network', NETWORK)),
    ('igraph_get_shortest_path_dijkstra', ('network', NETWORK)),
    ('igraph_get_k_shortest_paths', ('network', NETWORK)),
    ('igraph_maxflow', ('network', NETWORK)),
    ('igraph_bridges', ('network', NETWORK)),
    ('igraph_articulation_points', ('network', NETWORK)),
    ('igraph_biconnected_components', ('network', NETWORK, '--reliability')),
    ('igraph_write_graph_graphml',
     ('network', NETWORK, '--export', 'graphml', '-o', 'OUT')),
    ('igraph_create', ('network', NETWORK, '--export', 'graphml', '-o', 'OUT')),
    ('igraph_read_graph_graphml',
     ('network', '--import', 'roads.graphml', '-o', 'OUT')),
    ('igraph_create', ('run', SMALL, '-n', '3', '--no-plots', '-o', 'OUT')),
    ('igraph_distances_dijkstra_cutoff',
     ('run', SMALL, '-n', '3', '--no-plots', '-o', 'OUT')),
    ('igraph_distances_dijkstra_cutoff', ('compare', SMALL, SMALL, '-n', '3')),
]


def igraph_fails(home):
    library = os.environ.get('SHORTFALL_NO_IGRAPH')
    if not library:
        print('skipped: sanitizers want to be loaded first')
        return
    roads = home / 'roads.graphml'
    shortfall('network', NETWORK, '--export', 'graphml', '-o', str(roads))
    for function, call in GRAPHS:
        place = home / 'place'
        place.mkdir()
        call = [{'OUT': str(place / 'out'), 'roads.graphml': str(roads)}.get(
            word, word) for word in call]
        for named in (function, 'none'):
            code, text = shortfall(*call, env=dict(
                os.environ, LD_PRELOAD=library, SHORTFALL_IGRAPH=named))
            if named == 'none':
                expect(f'{call[0]} works when {function} does', code == 0, text)
                continue
            expect(f'{call[0]} fails when {function} does', code in (1, 3),
                   (code, text))
            expect('it says why', 'made to fail' in text, text)
            expect('nothing is left', not left_in(place), left_in(place))
        shutil.rmtree(place)


def no_inodes(home):
    """A disk with room for bytes and none for files."""
    place = home / 'disk'
    place.mkdir()
    done = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'nr_inodes=6',
                           'tmpfs', str(place)], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        print(f'skipped: mount is refused: {done.stderr.strip()}')
        return
    try:
        code, text = shortfall('run', SMALL, '-n', '3', '-o',
                               str(place / 'out'))
        expect('a disk without inodes is status 1', code == 1, text)
        expect('it is said', 'No space left' in text, text)
        expect('nothing is left on it', not left_in(place), left_in(place))
    finally:
        subprocess.run(['umount', '-l', str(place)], check=False)


def output_closed(home):
    code, text = shortfall('explain', 'links', preexec_fn=lambda: os.dup2(
        os.open('/dev/full', os.O_WRONLY), 1))
    expect('standard output that is full is status 1', code == 1, text)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([PROGRAM, 'explain', 'links'], stdout=writer,
                          stderr=subprocess.PIPE, timeout=60)
    expect('a closed pipe ends quietly',
           done.returncode in (0, 1, -signal.SIGPIPE)
           and b'ERROR' not in done.stderr, done.stderr)


def main():
    cases = [gnuplot_missing, gnuplot_broken, gnuplot_hangs,
             interrupted_while_drawing,
             kept_in_folders, folder_in_the_way,
             force_replaces, disk_full, no_room_for_the_page, no_such_place,
             worker_killed, worker_stopped, worker_stopped_for_good,
             interrupted, interrupted_while_writing, few_files, vanishing,
             clock_jumps, igraph_fails, no_inodes,
             output_closed]
    named = sys.argv[1:]
    cases = [case for case in cases if not named or case.__name__ in named]
    for case in cases:
        print(f'-- {case.__name__}')
        with tempfile.TemporaryDirectory() as name:
            case(pathlib.Path(name))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
